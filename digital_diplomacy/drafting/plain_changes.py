"""Changes whose two ends a sentence plainly names, or the one before it, whether they hold or not."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.asked import Question, questions
from digital_diplomacy.drafting.bases import told_pairs
from digital_diplomacy.drafting.changes import is_of_its_time, turns
from digital_diplomacy.drafting.known import beside
from digital_diplomacy.drafting.operands import are_alike, is_operand
from digital_diplomacy.drafting.sought import Sought, Trial
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked

_PAIR: Final = 2
_BACK: Final = 2
"""Sentences of a paragraph looked back at for the other end."""
_STEM: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_SO: Final = re.compile(
    r"\b(?:that is|which|this|so|thus|i\.e\.|an? (?:increase|rise|growth|gain|fall|drop|decline|decrease|"
    r"difference|improvement|gap|loss))\b|"
    r"(?<!\w)(?:то есть|т\. ?е\.|это|значит|так что|таким образом|рост\w*|прирост\w*|улучшени\w*|ухудшени\w*|"
    r"снижени\w*|разниц\w*|увеличени\w*|падени\w*|сокращени\w*)(?!\w)|"
    r"(?<!\w)(?:яғни|демек|бұл|сонда|сонымен|өсім\w*|айырма\w*|содан)(?!\w)",
    re.IGNORECASE,
)
"""Words by which a change is what lies between the figures just told."""
OVER: Final = re.compile(
    r"\b(?:over|during|since|(?:in|by) (?:these|those|that|the same|\w+ years?)|altogether|overall)\b|"
    r"(?<!\w)(?:за (?:это|эти|этот|то же|вс[её]|весь|[\ue000-\uf0ff]|\w+ (?:год|лет|месяц)\w*)|с тех пор|всего|"
    r"в целом)(?!\w)|"
    r"(?<!\w)(?:содан|кезең\w*|жалпы|барлығы|осы (?:уақыт|жыл|мерзім)\w*|(?:[\ue000-\uf0ff]|\w+) жыл\w* ішінде|"
    r"жылда)(?!\w)",
    re.IGNORECASE,
)
"""Words for the time that figures told before are of."""
_WHOLE_TIME: Final = re.compile(
    r"\b(?:over(?:all)?|altogether|in all|in total|whole|entire)\b|"
    r"(?<!\w)(?:всё|все|весь|всего|общ\w+|в целом)(?!\w)|(?<!\w)(?:жалпы|барлығы|бүкіл|барлық)(?!\w)",
    re.IGNORECASE,
)


def change_named(question: Question, sought: Sought) -> Trial | None:
    """What lies between the only two figures of one unit of its sentence; or points since its only share."""
    said, told = sought.said, sought.told
    ends = _ends(question, said)
    here = [one for one in ends if one.start < told.start]
    here = [one for one in here if are_alike(one, here[-1])]
    if len(here) == _PAIR:
        return _between(question, sought, here) if _are_told_on(said, here, told) else None
    return _so_since(question, sought, ends[0]) if len(ends) == 1 else None


def change_told(question: Question, sought: Sought) -> Trial | None:
    """What lies between figures of the sentence before, or between one of them and the only one of its own."""
    ends = _ends(question, sought.said)
    if not ends and _may_change(question, sought.said):
        return _of_series(question, sought)
    return _since(question, sought, ends[0]) if len(ends) == 1 else None


def _ends(question: Question, said: Marked) -> list[Figure]:
    """Figures of a sentence that what is told as a change may lie between."""
    if not _may_change(question, said):
        return []
    of_counts = [question.told, *(pair.share for pair in told_pairs(said))]
    ends = [one for one in said.figures if one not in of_counts and _may_be_end(one, question)]
    return [one for one in ends if one.unit != "percent" or not _is_change(said, one)]


def _may_change(question: Question, said: Marked) -> bool:
    is_told = not said.figures[0].table and not said.has("more_than")
    return is_told and _is_change(said, question.told) and not _is_reached(said, question.told)


def _is_reached(said: Marked, told: Figure) -> bool:
    """Whether a figure is what something came to, not by how much: "it climbed to 10,935"."""
    place = said.place(told)
    return _TO.search(said.plain[:place]) is not None or _TO_BEHIND.match(said.plain, place + 1) is not None


_TO: Final = re.compile(
    r"(?:\b(?:to|at|reach\w*|from)|(?<!\w)(?:до|с|со|достиг\w*|стал\w*))\s(?:(?:about|almost|почти|около)\s)?$",
    re.IGNORECASE,
)
_TO_BEHIND: Final = re.compile(r"[^\ue000-\uf8ff,;.]{0,25}?(?:ға|ге|қа|ке|на|не)\s(?:дейін|же[тд])", re.IGNORECASE)


def _is_change(said: Marked, told: Figure) -> bool:
    """Whether a word for a change stands at a figure, or at another of its unit that it is told beside."""
    if told.unit in ("percentage_points", "places", "times"):
        return True
    of_counts = [pair.share for pair in told_pairs(said) if pair.share is not told]
    alike = [one for one in said.figures if one.unit == told.unit and one.start <= told.start and one not in of_counts]
    asked = [each for one in alike for each in questions(said, one) if each.asked in ("apart", "growth")]
    return any(each.is_near for each in asked if each.told is told or told.unit == "percent")


def _may_be_end(one: Figure, question: Question) -> bool:
    told = question.told
    if not is_operand(one) or one.bound != "exact" or not one.value:
        return False
    if told.unit in ("percentage_points", "places"):
        return one.unit == {"percentage_points": "percent", "places": "rank"}[told.unit]
    if one.unit in ("times", "rank", "places", "percentage_points", *DURATIONS):
        return False
    if question.asked == "times":
        return True
    return one.unit != "percent" and (question.asked == "growth" or are_alike(one, told))


def _are_told_on(said: Marked, ends: Sequence[Figure], told: Figure) -> bool:
    """Whether a change is told right behind its ends, of one noun, with words that say that it is what lies between."""
    last = max(ends, key=lambda one: one.start)
    if told.start < last.start or is_of_its_time(said, last, told) or not are_alike(*ends):
        return False
    if any({*ends} <= {*named.values()} for _, named, _ in said.find("n_of_m")):
        return False
    between = said.plain[said.place(last) + 1 : said.place(told)]
    is_timed = all(one.period for one in ends) and ends[0].period != ends[1].period
    is_compared = is_timed or any(said.has(rule) for rule in ("earlier_told", "from_to", "against", "asks_gap"))
    is_compared = is_compared or _THEN_NOW.search(said.plain) is not None
    return is_compared and _SO.search(between) is not None and not turns(between)


def _between(question: Question, sought: Sought, ends: Sequence[Figure]) -> Trial | None:
    """Two figures as the sides of a change, the way it is told to go."""
    first, last = ends
    if first.value == last.value or sought.told.value in (first.value, last.value):
        return None
    high, low = sorted(ends, key=lambda one: -(one.value or 0))
    if question.asked == "growth":
        is_down = question.way == "down" if question.way else first is high
        kind: reckoned.Kind = "decline_rate" if is_down else "growth_rate"
        return Trial(0, 0, kind, (high, low) if is_down else (low, high), sought.told)
    return Trial(0, 0, "ratio" if question.asked == "times" else "difference", (high, low), sought.told)


def _of_series(question: Question, sought: Sought) -> Trial | None:
    """The first and the last of what the sentence before tells year by year; of several changes, each its own step."""
    said, before = sought.said, sought.before
    if before is None or before.number != said.number - 1:
        return None
    told = _series(before, question)
    words = set[str]().union(*(beside(before, one) for one in told)) if told else set()
    is_told_on = said.has("so_told") or said.has("follows") or OVER.search(said.plain) or _CHANGE.match(said.plain)
    if len(told) < _PAIR or not (is_told_on or words & beside(said, sought.told)):
        return None
    if len(told) == _PAIR:
        return _between(question, sought, told)
    changes = [one for one in said.figures if one.unit == sought.told.unit and one.bound == "exact"]
    place = changes.index(sought.told)
    if len(changes) == 1 or _is_of_all_time(said, sought.told):
        return _between(question, sought, (told[0], told[-1]))
    steps = [one for one in changes if not _is_of_all_time(said, one)]
    if len(steps) == len(told) - 1:
        place = steps.index(sought.told)
        return _between(question, sought, (told[place], told[place + 1]))
    return None


def _series(said: Marked, question: Question) -> list[Figure]:
    """Figures of one unit that a sentence tells each of its own time, and nothing else of that unit."""
    told = [one for one in said.figures if _may_be_end(one, question)]
    units = {one.unit for one in told}
    if len(told) < _PAIR or len(units) > 1 or not all(are_alike(told[0], one) for one in told[1:]):
        return []
    if any(named["n"] in told and named["m"] in told for _, named, _ in said.find("n_of_m")):
        return []
    periods = [one.period for one in told if one.period]
    is_timed = periods == sorted(periods) and len({*periods}) >= max(_PAIR, len(told) - 1)
    return told if is_timed or (len(told) == _PAIR and _THEN_NOW.search(said.plain)) else []


_CHANGE: Final = re.compile(
    r"\s*(?:(?:the|this|an?) )?(?:increase|growth|rise|gain|decline|drop|fall|decrease)\b|"
    r"\s*(?:прирост|рост|увеличение|снижение|сокращение|падение|спад)(?!\w)|\s*(?:өсім|өсу|төмендеу|азаю)(?:[ыі])?(?!\w)",
    re.IGNORECASE,
)
"""A change that opens its sentence without a word of what changed goes on telling what stands before it."""
_THEN_NOW: Final = re.compile(
    r"\b(?:beginning|start|end|before|after|earlier|later|ago|now|first|last)\b|"
    r"(?<!\w)(?:начал\w+|конц\w+|ранее|раньше|теперь|сейчас|назад|прежде|затем|до этого)(?!\w)|"
    r"(?<!\w)(?:перв\w+ (?:год|месяц|квартал|полугоди|этап|период|недел)\w*)|"
    r"(?<!\w)(?:басында|соңында|бұрын|қазір|кейін|алдында|алғаш\w*|былтыр)(?!\w)",
    re.IGNORECASE,
)


def _is_of_all_time(said: Marked, told: Figure) -> bool:
    start = max([said.place(one) for one in said.figures if one.start < told.start and not one.is_date], default=0)
    return _WHOLE_TIME.search(said.plain, start, said.place(told)) is not None


def _so_since(question: Question, sought: Sought, here: Figure) -> Trial | None:
    """Points since an earlier share, to the first of the sentence before: "41 %; 44 % … In 2021 35 %, so that"."""
    said, before, told = sought.said, sought.before, sought.told
    between = said.plain[said.place(here) + 1 : said.place(told)]
    if told.unit != "percentage_points" or before is None or not _SO.search(between) or turns(between):
        return None
    rivals = [one for one in before.figures if _may_be_end(one, question)]
    found = _since(question, sought, here)
    is_exact = any(
        reckoned.is_exact("difference", sorted((one, here), key=lambda each: -(each.value or 0)), told)
        for one in rivals
    )
    return found if found is not None and not is_exact and {*found.left} & {*rivals} else None


def _since(question: Question, sought: Sought, here: Figure) -> Trial | None:
    """A change since what its sentence tells as earlier, or up to what it tells as now; its other end stands before.

    It is the figure that shares most words; of several one that fits, else the first, which is the topic.
    """
    said = sought.said
    is_earlier = _is_earlier(said, here)
    if not is_earlier and not here.period:
        return None
    words = {word[:_STEM].casefold() for word in _WORD.findall(said.plain)}
    between = said.plain[said.place(here) + 1 : said.place(question.told)]
    is_told_on = bool(said.has("compared") or _SO.search(between))
    told = [
        (len(words & {word[:_STEM] for word in beside(each, one)}), one)
        for each in sought.paragraph_before(_BACK)
        for one in each.figures
        if _may_be_end(one, question) and are_alike(one, here) and one.value != here.value
        and _goes(question.way, one, here, is_earlier) and (is_told_on or (one.period and one.period != here.period))
    ]  # fmt: skip
    if not told:
        return None
    most = max(shared for shared, _ in told)
    likest = [_between(question, sought, _in_time(here, one)) for shared, one in told if shared == most]
    return next((one for one in likest if one is not None and one.is_exact), likest[0])


def _is_earlier(said: Marked, here: Figure) -> bool:
    """Whether words at a figure, before it or in Kazakh right behind it, say that it is what was before."""
    last = said.place(here) + (_BEHIND if said.language == "kk" else 0)
    cues = [match for rule in ("earlier_told", "compared") for _, _, match in said.find(rule)]
    return any(match.start() <= last for match in cues)


_BEHIND: Final = 30


def _goes(way: str, other: Figure, here: Figure, is_earlier: bool) -> bool:
    """Whether the way of a change is that between a figure told before and that of its sentence, by their times."""
    if not way:
        return is_earlier
    is_up = (other.value or 0) > (here.value or 0)
    if other.period and here.period and other.period != here.period:
        is_earlier = here.period < other.period
    return is_up == (way == "up") if is_earlier else (not is_up) == (way == "up") and bool(here.period)


def _in_time(here: Figure, other: Figure) -> tuple[Figure, Figure]:
    is_later = bool(other.period) and other.period < here.period
    return (other, here) if is_later else (here, other)
