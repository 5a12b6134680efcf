"""What a sentence plainly says a figure was worked out from, whether it holds or not.

Arithmetic that holds is no reason to be asked, and arithmetic that fails none to be left out: where words name the
operands, these are drafted. What the sentence itself names goes before whatever fits; what stands before it is taken
only where nothing near fits.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.asked import Question, questions
from digital_diplomacy.drafting.bases import noun_of, told_pairs
from digital_diplomacy.drafting.changes import is_of_its_time
from digital_diplomacy.drafting.known import beside
from digital_diplomacy.drafting.operands import are_alike, is_operand
from digital_diplomacy.drafting.sought import Sought, Trial
from digital_diplomacy.drafting.unjudged import are_of_one_unit, is_of_people
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_PAIR: Final = 2
_BACK: Final = 4
"""Sentences of a paragraph looked back at for a whole."""
_STEM: Final = 4
_ALL: Final = 100
_NEARLY: Final = {"difference": 4.0, "ratio": 2.0, "sum_of_parts": 1.2, "share_of_base": 3.0}
_RATE: Final = 3.0
"""Times up to which what is told may miss what it should be, and still be meant."""
_LINK: Final = re.compile(
    r"(?:\(|[,–—]\s(?:(?:that|which) (?:is|was|makes?|made)|i\.e\.|or|to|то есть|т\. ?е\.|или|что составля\w+|"
    r"что составил\w*|это|яғни|немесе|бұл)(?!\w))(?P<of>[^\ue000-\uf8ff,;()]{0,40})$",
    re.IGNORECASE,
)
"""What opens the share of a count: a bracket, or "that is"; behind it, what it may be of."""
_OF: Final = re.compile(
    r"\s*(?:%|per ?cent\w*|процент\w*|пайыз\w*)?\s*(?:of|от|из)\s(?P<of>[^\ue000-\uf8ff,;.()]{2,40})", re.IGNORECASE
)
"""What a share is said to be of, behind it."""
_GENITIVE: Final = re.compile(r"[^\W\d_]+[дтн][ыі]ң(?!\w)", re.IGNORECASE)
_THEM: Final = re.compile(
    r"\b(?:them|these|those|all|total|sample|whole|respondents|participants|asked)\b|"
    r"(?<!\w)(?:них|всех|всего|общ\w+|числа|выборки|опрошенных|респондентов|участников)(?!\w)|"
    r"(?<!\w)(?:олардың|оның|соның|барлық|бүкіл|жалпы|сұралған\w*|респондент\w*|қатысушы\w*)(?!\w)",
    re.IGNORECASE,
)
"""Words for what was counted before."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


def plain(sought: Sought, *, is_named: bool) -> "tuple[Question, Trial] | None":
    """What words say that a figure is worked out from: named by its own sentence, or told right before it."""
    told, said = sought.told, sought.said
    if told.bound != "exact" or not told.value or said.has("told_elsewhere"):
        return None
    for question in questions(said, told, sought.before):
        for read in _READINGS.get(question.asked, ()):
            found = read(question, sought, is_named)
            if found is not None and _may_be(found, sought):
                return question, found
    return None


def _may_be(trial: Trial, sought: Sought) -> bool:
    """Whether figures are told exactly, miss each other by no more than a slip, and are not drafted already."""
    times = _NEARLY.get(trial.kind, _RATE)
    is_exact = all(one.bound == "exact" for one in trial.left)
    is_near = reckoned.is_near(trial.kind, trial.left, trial.right, times)
    return is_exact and is_near and not any(one.claim_id in sought.known.changes for one in trial.left)


def _share(question: Question, sought: Sought, is_named: bool) -> Trial | None:
    """The share that stands behind a count and "that is", or in brackets: of what the sentence names, or the one before."""
    said, share = sought.said, sought.told
    if (share.value or 0) >= _ALL or said.figures[0].table:
        return None
    part, of = _part_of(said, share)
    if part is None:
        return None
    whole = _whole_here(sought, part) if is_named else _whole_before(sought, part, of)
    if whole is None or not _is_of(of, whole, said.language):
        return None
    return Trial(0 if is_named else _PAIR, 0, "share_of_base", (part, whole), share)


def _part_of(said: Marked, share: Figure) -> tuple[Figure | None, str]:
    """The count right before a share that opens with "that is" or a bracket, and what words say the share is of."""
    place = said.place(share)
    before = [one for one in said.figures if one.start < share.start and not one.is_date]
    if not before or not _counts(before[-1]):
        return None, ""
    part = next((named["n"] for _, named, _ in said.find("n_of_m") if named["m"] is before[-1]), before[-1])
    if not _counts(part) or part.start > share.start:
        return None, ""
    between = said.plain[said.place(before[-1]) + 1 : place]
    link = _LINK.search(between)
    if link is None or ";" in between or _turns(between[: link.start()]):
        return None, ""
    behind = _OF.match(said.plain, place + 1)
    return part, f"{' '.join(_GENITIVE.findall(link['of']))} {behind['of'] if behind else ''}".strip()


def _turns(words: str) -> bool:
    return _TURN.search(words) is not None


_TURN: Final = re.compile(
    r",?\s(?:while|whereas|but|although)\b|,\s(?:а|но|зато|тогда как)(?!\w)|(?<!\w)(?:ал|бірақ|дегенмен)(?!\w)",
    re.IGNORECASE,
)
"""Words behind which something else is told."""


def _is_of(of: str, whole: Figure, language: str) -> bool:
    """Whether what a share is said to be of, if words say it, may be a whole: "them", "all", or its noun."""
    if not of or _THEM.search(of):
        return True
    noun = noun_of(whole)[:_STEM].casefold()
    return len(noun) == _STEM and noun in of.casefold()


def _whole_here(sought: Sought, part: Figure) -> Figure | None:
    """The whole that a sentence names: "N of M", or the only other count of its kind, told before the part.

    The second only where the share is that of no count told before either.
    """
    said = sought.said
    for _, named, _ in said.find("n_of_m"):
        if named["n"] is part and _counts(named["m"]):
            return named["m"]
    shares = {pair.part for pair in told_pairs(said) if pair.part is not part}
    others = [one for one in said.figures if one is not part and _counts(one) and one not in shares]
    if len(others) != 1 or others[0].start > part.start or said.has("from_to") or said.has("against"):
        return None
    before = [*sought.known.bases.values(), *(one for each in sought.paragraph_before(_BACK) for one in each.figures)]
    fits = any(_counts(one) and reckoned.fits("share_of_base", (part, one), sought.told) for one in before if one.value)
    return others[0] if _may_hold(part, others[0]) and not fits else None


def _whole_before(sought: Sought, part: Figure, of: str) -> Figure | None:
    """The only count of the sentences before that a part may be of, the nearest sentence first; else what others are of."""
    said = sought.said
    if any(_counts(one) and one is not part and one.start < part.start for one in said.figures):
        return None
    for each in sought.paragraph_before(_BACK):
        parts = [pair.part for pair in told_pairs(each)]
        may = {one.value: one for one in each.figures if _counts(one) and one not in parts and _may_hold(part, one)}
        bases = [one for one in may.values() if one.claim_id in sought.known.bases]
        if len(bases) == 1 or len(may) == 1:
            return (bases or list(may.values()))[0]
        if may:
            return None
    return None


def _counts(one: Figure) -> bool:
    return is_operand(one) and one.is_whole and one.bound == "exact" and one.unit not in (*DURATIONS, "places")


def _may_hold(part: Figure, one: Figure) -> bool:
    """Whether a count may be of what a part is of."""
    if (one.value or 0) <= (part.value or 0) or (part.period and one.period and part.period != one.period):
        return False
    if {part.unit, one.unit} & {*MONEY}:
        return part.unit == one.unit
    is_one = are_of_one_unit(part, one) or are_alike(part, one)
    return is_one and (not part.counted or part.counted == one.counted or is_of_people(part) or not one.counted)


_SO: Final = re.compile(
    r"\b(?:that is|which|this|so|thus|i\.e\.|an? (?:increase|rise|growth|gain|fall|drop|decline|decrease|difference|"
    r"improvement|gap|loss))\b|"
    r"(?<!\w)(?:то есть|т\. ?е\.|это|значит|так что|таким образом|рост\w*|прирост\w*|улучшени\w*|ухудшени\w*|снижени\w*|"
    r"разниц\w*|увеличени\w*|падени\w*|сокращени\w*)(?!\w)|"
    r"(?<!\w)(?:яғни|демек|бұл|сонда|сонымен|өсім\w*|айырма\w*|содан)(?!\w)",
    re.IGNORECASE,
)
"""Words by which a change is what lies between the figures just told."""
_OVER: Final = re.compile(
    r"\b(?:over|during|since|(?:in|by) (?:these|those|that|the same|\w+ years?)|altogether|overall)\b|"
    r"(?<!\w)(?:за (?:это|эти|этот|то же|вс[её]|весь|[\ue000-\uf0ff]|\w+ (?:год|лет|месяц)\w*)|с тех пор|всего|в целом)(?!\w)|"
    r"(?<!\w)(?:содан|кезең\w*|жалпы|барлығы|осы (?:уақыт|жыл|мерзім)\w*|(?:[\ue000-\uf0ff]|\w+) жыл\w* ішінде|жылда)(?!\w)",
    re.IGNORECASE,
)
"""Words for the time that figures told before are of."""
_WHOLE_TIME: Final = re.compile(
    r"\b(?:over(?:all)?|altogether|in all|in total|whole|entire)\b|"
    r"(?<!\w)(?:всё|все|весь|всего|общ\w+|в целом)(?!\w)|(?<!\w)(?:жалпы|барлығы|бүкіл|барлық)(?!\w)",
    re.IGNORECASE,
)


def _change(question: Question, sought: Sought, is_named: bool) -> Trial | None:
    """What lies between two figures of one unit: of its sentence, of the one before, or one of either."""
    said, told = sought.said, sought.told
    if said.figures[0].table or said.has("more_than") or not _is_change(said, told) or _is_reached(said, told):
        return None
    ends = [one for one in said.figures if one is not told and _may_be_end(one, question)]
    ends = [one for one in ends if one.unit != "percent" or not _is_change(said, one)]
    here = [one for one in ends if one.start < told.start]
    here = [one for one in here if are_alike(one, here[-1])]
    if is_named and len(here) == _PAIR:
        return _between(question, sought, here) if _are_told_on(said, here, told) else None
    if is_named:
        return _so_since(question, sought, ends[0]) if len(ends) == 1 else None
    if not ends:
        return _of_series(question, sought)
    return _since(question, sought, ends[0]) if len(ends) == 1 else None


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
    alike = [one for one in said.figures if one.unit == told.unit and one.start <= told.start]
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
    return is_compared and _SO.search(between) is not None and not _turns(between)


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
    is_told_on = said.has("so_told") or said.has("follows") or _OVER.search(said.plain)
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


_THEN_NOW: Final = re.compile(
    r"\b(?:beginning|start|end|before|after|earlier|later|ago|now|first|last)\b|"
    r"(?<!\w)(?:начал\w+|конц\w+|ранее|раньше|теперь|сейчас|назад|прежде|затем|до этого)(?!\w)|"
    r"(?<!\w)(?:басында|соңында|бұрын|қазір|кейін|алдында|алғаш\w*|былтыр)(?!\w)",
    re.IGNORECASE,
)


def _is_of_all_time(said: Marked, told: Figure) -> bool:
    start = max([said.place(one) for one in said.figures if one.start < told.start and not one.is_date], default=0)
    return _WHOLE_TIME.search(said.plain, start, said.place(told)) is not None


def _so_since(question: Question, sought: Sought, here: Figure) -> Trial | None:
    """Points since an earlier share, to the first of the sentence before: "41 %; 44 % … In 2021 it was 35 %, so that"."""
    said, before, told = sought.said, sought.before, sought.told
    between = said.plain[said.place(here) + 1 : said.place(told)]
    if told.unit != "percentage_points" or before is None or not _SO.search(between) or _turns(between):
        return None
    rivals = [one for one in before.figures if _may_be_end(one, question)]
    found = _since(question, sought, here)
    is_exact = any(
        reckoned.is_exact("difference", sorted((one, here), key=lambda each: -(each.value or 0)), told)
        for one in rivals
    )
    return found if found is not None and not is_exact and {*found.left} & {*rivals} else None


def _since(question: Question, sought: Sought, here: Figure) -> Trial | None:
    """A change since what its sentence tells as earlier, or up to what it tells as now, whose other end stands before."""
    said = sought.said
    is_earlier = _is_earlier(said, here)
    if not is_earlier and not here.period:
        return None
    for each in sought.paragraph_before(_PAIR):
        told = [one for one in each.figures if _may_be_end(one, question) and are_alike(one, here)]
        told = [one for one in told if one.value != here.value and _goes(question.way, one, here, is_earlier)]
        if told:
            return _between(question, sought, _in_time(here, _likest(said, each, told)))
    return None


def _is_earlier(said: Marked, here: Figure) -> bool:
    """Whether words at a figure, before it or in Kazakh right behind it, say that it is what was before."""
    last = said.place(here) + (_BEHIND if said.language == "kk" else 0)
    cues = [match for rule in ("earlier_told", "compared") for _, _, match in said.find(rule)]
    return any(match.start() <= last for match in cues)


_BEHIND: Final = 30


def _goes(way: str, other: Figure, here: Figure, is_earlier: bool) -> bool:
    """Whether the way of a change is that between a figure told before and that of its sentence, by when they are of."""
    if not way:
        return is_earlier
    is_up = (other.value or 0) > (here.value or 0)
    if other.period and here.period and other.period != here.period:
        is_earlier = here.period < other.period
    return is_up == (way == "up") if is_earlier else (not is_up) == (way == "up") and bool(here.period)


def _in_time(here: Figure, other: Figure) -> tuple[Figure, Figure]:
    is_later = bool(other.period) and other.period < here.period
    return (other, here) if is_later else (here, other)


def _likest(said: Marked, before: Marked, told: Sequence[Figure]) -> Figure:
    """Of figures of a sentence the one whose words another tells again; else the only one, or the first, its topic."""
    words = {word[:_STEM].casefold() for word in _WORD.findall(said.plain)}
    shared = [len(words & {word[:_STEM] for word in beside(before, one)}) for one in told]
    return told[shared.index(max(shared))]


def _total(question: Question, sought: Sought, is_named: bool) -> Trial | None:
    """What the sentence before tells of several times, told as the total of them."""
    said, before, told = sought.said, sought.before, sought.told
    if is_named or before is None or not question.is_near or before.number != said.number - 1:
        return None
    if any(one is not told and _counts(one) and are_alike(one, told) for one in said.figures):
        return None
    parts = [one for one in before.figures if is_operand(one) and one.bound == "exact" and are_alike(one, told)]
    periods = {one.period for one in parts} - {""}
    if len(parts) < _PAIR or len(periods) != len(parts) or not _OVER.search(said.plain):
        return None
    return Trial(_PAIR, 0, "sum_of_parts", tuple(parts), told)


def _each(question: Question, sought: Sought, is_named: bool) -> Trial | None:
    """What is told of each of a noun that one number near counts, and the only number of its own noun to divide."""
    said, told = sought.said, sought.told
    if is_named or not question.is_near or said.has("told_on_scale") or said.has("told_for_time"):
        return None
    near = [said, *sought.paragraph_before(_BACK)]
    totals = [one for one in said.figures if one is not told and _counts(one) and are_alike(one, told)]
    words = said.plain.casefold()
    counts = {
        one.value: one
        for each in near
        for one in each.figures
        if _counts(one) and one not in (*totals, told) and len(noun_of(one)) >= _STEM and noun_of(one)[:_STEM] in words
    }
    if len(totals) != 1 or len(counts) != 1:
        return None
    count = next(iter(counts.values()))
    if not 1 < (count.value or 0) < (totals[0].value or 0) or count in said.figures or are_alike(count, totals[0]):
        return None
    return Trial(_PAIR, 0, "ratio", (totals[0], count), told)


def _respective(question: Question, sought: Sought, is_named: bool) -> Trial | None:
    """One of the shares of a list that follow the counts of the sentence before: "respectively 45, 35 and 20 per cent"."""
    said, before, told = sought.said, sought.before, sought.told
    shares = [one for one in said.figures if not one.is_date]
    if before is None or len(shares) < _PAIR or any(one.unit != "percent" for one in shares):
        return None
    parts = [one for one in before.figures if _counts(one)]
    if len(parts) != len(shares) or not _IN_ORDER.search(said.plain):
        return None
    part = parts[shares.index(told)]
    known = [whole for told_parts, whole in sought.known.divided if {*parts} <= {*told_parts}]
    most = max(one.value or 0 for one in parts)
    for each in sought.paragraph_before(_BACK)[1:]:
        known = known or [one for one in each.figures if _counts(one) and (one.value or 0) > most]
    return Trial(_PAIR, 0, "share_of_base", (part, known[0]), told) if len(known) == 1 else None


_IN_ORDER: Final = re.compile(
    r"\b(?:respectively|in (?:shares|per ?cent|percentages?))\b|(?<!\w)(?:соответственно|в (?:долях|процентах))(?!\w)|"
    r"(?<!\w)(?:тиісінше|сәйкесінше|пайызбен|үлестері)(?!\w)",
    re.IGNORECASE,
)
"""Words by which numbers follow the order of others."""


_READINGS: Final = {
    "share": (_share, _respective), "apart": (_change,), "growth": (_change,), "times": (_change,), "all": (_total,),
    "each": (_each,),
}  # fmt: skip
