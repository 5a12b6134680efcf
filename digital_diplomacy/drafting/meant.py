"""Figures that do not fit although nothing else can be meant, or that would but for one misprint."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.asked import Question, is_told_as_change
from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.changes import is_of_its_time, turns
from digital_diplomacy.drafting.gaps import is_between_others
from digital_diplomacy.drafting.known import OF_ANY, beside, stems
from digital_diplomacy.drafting.meant_shares import (
    EDGE,
    NAME,
    NAMES,
    SHARE,
    THREE,
    is_of,
    is_of_another,
    of_both,
    of_listed,
    of_named,
)
from digital_diplomacy.drafting.operands import are_alike
from digital_diplomacy.drafting.sought import Sought, Trial
from digital_diplomacy.drafting.tried import is_tied
from digital_diplomacy.drafting.unjudged import are_of_one_unit
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_SLIP: Final = 0.1
_PARTS_SLIP: Final = 0.03
"""Chance up to which one misprint explains what does not fit; parts may be of others too."""
_FACTOR: Final = {"difference": 4.0, "ratio": 2.0, "sum_of_parts": 1.1}
_ANY: Final = 3.0
_ALL: Final = 100
_STEM: Final = 4
_LEVELS: Final = 3
_PAIR: Final = 2
_CLOSE: Final = 20
_AT: Final = 5
"""Characters between a figure, "that is", and a multiple of it."""
_BACK: Final = 3
"""Sentences of a paragraph looked back at for what points are since."""
_NEXT: Final = 2
"""Level of the sentence before."""
_AMONG_FIRST: Final = re.compile(
    r"(?:\b(?:top|first|best|upper|lowest|bottom|last)|(?<!\w)(?:верхни|перв|лучши|нижни|последни)\w+|"
    r"(?<!\w)(?:алғашқы|жоғарғы|үздік|төменгі|соңғы))\s$",
    re.IGNORECASE,
)
"""Words by which a share is a bound of a ranking."""
_YEAR: Final = re.compile(r"[\uf100-\uf8ff]")
"""A date in its sentence."""
_FROM: Final = re.compile(r"\b(?:from|since)\s$|(?<!\w)(?:со?|от)\s$", re.IGNORECASE)
"""What stands before the share that others have come from."""
_WHEN: Final = re.compile(r"\b(?:when|while)\b|(?<!\w)(?:когда|кезде)(?!\w)", re.IGNORECASE)
"""What opens a clause that tells only what was."""


def failing(question: Question, trials: Sequence[Trial], sought: Sought) -> Trial | None:
    """The one set of figures that a question can only mean, and that does not answer it."""
    told, said = question.told, sought.said
    if told.bound != "exact" or not (question.is_near or question.asked in ("parts", "each")):
        return None
    is_of_others = question.asked in ("apart", "growth", "times") and said.has("told_elsewhere")
    if is_of_others or (question.asked == "share" and _is_of_no_base(told, said)):
        return None
    near = [one for one in trials if _is_sound(one) and not _is_of_its_time(question, one, said)]
    if question.asked == "share":
        near = [one for one in near if one.left[0] not in said.figures or not is_told_as_change(said, one.left[0])]
        near = [one for one in near if not is_of_another(sought, one.left[1])]
    if question.asked in ("apart", "growth"):
        near = [one for one in near if not _is_whole_of(told, one, said)]
    if sought.called and (found := _of_called(near, sought)) is not None:
        return found
    if question.asked == "apart" and (found := _of_two_before(near, sought)) is not None:
        return found
    near = [one for one in near if one.level > 1 or all(each in said.figures for each in one.left)]
    if question.asked in ("apart", "rest", "share"):
        for find in (_taken_from, of_listed, _since):
            if (taken := find(near, sought, question)) is not None:
                return taken
    sound = [one for one in near if not sought.known.explains(one.left)]
    only = _only(question, sound, sought)
    return only if only is not None else _slipped(question, sound, sought)


def _is_of_no_base(told: Figure, said: Marked) -> bool:
    """Whether a share is more than all, or tells how far up a place is: 28 of 193 are among the first 15 %."""
    is_above = told.unit == "percent" and float(told.value or 0) > _ALL
    return is_above or _AMONG_FIRST.search(said.plain[: said.place(told)]) is not None


def _is_whole_of(told: Figure, trial: Trial, said: Marked) -> bool:
    """Whether a figure is one of two others told again, or what one of them is part of: "122 of the 129 were added"."""
    if told.value in trial.values:
        return True
    named = [names for _, names, _ in said.find("n_of_m")] if said.language != "kk" else []  # there it may be "from"
    return any(names["m"] is told and names["n"] in trial.left for names in named)


def _is_of_its_time(question: Question, trial: Trial, said: Marked) -> bool:
    """Whether a change is told of another time than the figures before it in its sentence."""
    if question.asked not in ("apart", "growth") or any(one not in said.figures for one in trial.left):
        return False
    return is_of_its_time(said, max(trial.left, key=lambda one: one.start), question.told)


def _of_called(near: Sequence[Trial], sought: Sought) -> Trial | None:
    """The only figures that words call, where they say no more and one misprint explains it."""
    told = sought.told
    if told.unit == "percent" and not sought.said.has("says_share"):
        return None  # "In the north 28 %" may be of anything
    plain = [one.figures for one in sought.called if not one.foreign]
    found = next((one for one in near if one.left in plain), None)
    if found is None or len(plain) != 1 or not reckoned.is_near(found.kind, found.left, told, SHARE):
        return None
    return found if reckoned.mended(found.kind, found.left, told) else None


def _of_two_before(near: Sequence[Trial], sought: Sought) -> Trial | None:
    """What lies between the only two shares told before: "26 % with, 13 % without. The gap of 50 points"."""
    said, told = sought.said, sought.told
    unit = {"percentage_points": "percent", "places": "rank"}.get(told.unit)
    is_first = not any(one.start < told.start or one.unit == unit for one in said.figures if one is not told)
    if unit is None or not is_first or not said.has("asks_gap") or _TO_OTHER.match(_behind_gap(said)):
        return None
    ends: list[Figure] = []
    for before in sought.paragraph_before(_BACK):
        ends += [one for one in before.figures if one.unit == unit]
        if is_between_others(before, said) or any(one.unit == told.unit for one in before.figures):
            return None
        if len(ends) >= _PAIR:
            break
    found = [one for one in near if {*one.left} == {*ends}]
    return found[0] if len(ends) == _PAIR and found else None


def _behind_gap(said: Marked) -> str:
    return said.plain[min(match.end() for _, _, match in said.find("asks_gap")) :]


_TO_OTHER: Final = re.compile(r"\s(?:to|over|from|with|on|с|со|от|до|у)\s(?![\ue000-\uf8ff])", re.IGNORECASE)
"""What opens the other end of a gap, "to the runner-up", which shares told before are not."""


def _is_sound(trial: Trial) -> bool:
    figures = (*trial.left, trial.right)
    if trial.kind == "difference" and not _are_printed_alike(trial.left):
        return False  # "what five texts state" and "2 are said to answer"
    if trial.kind == "sum_of_parts" and _is_of_fewer(trial):
        return False
    return all(one.bound == "exact" for one in figures) and reckoned.is_near(
        trial.kind, trial.left, trial.right, _FACTOR.get(trial.kind, _ANY)
    )


def _is_of_fewer(trial: Trial) -> bool:
    """Whether one of the parts was none: without it, or with it taken away, the others make up the whole.

    "18,400 firms with ten people or more: 14,900 small, …"; "315 pages, 18 opened and 7 closed, now 326".
    """
    for place, one in enumerate(trial.left if len(trial.left) >= THREE else ()):
        others = (*trial.left[:place], *trial.left[place + 1 :])
        away = replace(one, value=-(one.value or 0), low=-(one.high or 0), high=-(one.low or 0))
        if any(reckoned.fits(trial.kind, parts, trial.right) for parts in (others, (*others, away))):
            return True
    return False


def _only(question: Question, sound: Sequence[Trial], sought: Sought) -> Trial | None:
    """The only figures that may be meant by the structure of a sentence."""
    if question.asked == "parts":
        return _divided(question, sound, sought)
    if question.asked == "each":
        return _rated(question, sound, sought)
    if question.asked == "times" and (told := _times_before(sound, sought)) is not None:
        return told
    if question.asked == "share":
        for find in (of_named, of_both):
            if (named := find(sound, sought)) is not None:
                return named
    of_ranks = question.told.unit == "places"
    here = {one.values: one for one in sound if one.level <= (2 if of_ranks else 1)}
    trial = next(iter(here.values())) if len(here) == 1 else None
    if trial is None or any(
        one.level == 0 and one.figure not in trial.left and _is_rival(question, one.figure, trial)
        for one in sought.near
    ):
        return None
    is_near = trial.level == 0 or of_ranks or (question.asked == "growth" and _are_all(trial, sought))
    return trial if _is_clear(question, trial, sought.said, is_near=is_near) else None


def _are_all(trial: Trial, sought: Sought) -> bool:
    """Whether a sentence tells nothing else, however it is cut up: "Rent is $640; a year ago it was $500, 28 % up"."""
    others = [
        one for one in sought.said.figures if one is not sought.told and not one.is_date and one.unit not in DURATIONS
    ]
    return len(others) == len(trial.left) and all(one in trial.left for one in others)


def _taken_from(near: Sequence[Trial], sought: Sought, question: Question) -> Trial | None:
    """What is alone in its sentence and left of a whole of which the one before tells a part, and no more."""
    before = sought.before
    if question.asked == "share" or not sought.is_alone or before is None:
        return None
    told = [one for one in before.figures if not one.is_date and one.unit != "percent"]
    found = {
        (one.kind, one.values): one
        for one in near
        if one.level == _NEXT
        and len(told) == _PAIR
        and {*told} == {*one.left, one.right} - {sought.told}
        and _is_nearly_left(told, sought.told)
    }
    is_part = any(
        kind in ("nesting", "share_of_base") and {one.claim_id for one in told} <= ids
        for kind, ids in sought.known.together
    )
    return next(iter(found.values())) if len(found) == 1 and is_part else None


def _since(near: Sequence[Trial], sought: Sought, question: Question) -> Trial | None:
    """Points since a share of a year named beside it, to the one told before that shares most words, and that way."""
    said, before, told = sought.said, sought.before, question.told
    if told.unit != "percentage_points" or not question.way or before is None:
        return None
    here = [one for one in said.figures if one.unit == "percent"]
    others = (one for one in said.figures if one.unit != "percent" and one is not told and not one.is_date)
    if len(here) != 1 or any(one.unit not in DURATIONS for one in others):
        return None
    earlier = here[0]
    opened = said.plain[: said.place(earlier)]
    marks = ",:;–—" if _WHEN.search(opened) else ":;–—"
    is_ahead = earlier.start < told.start
    is_apart = said.has("was_told") and re.search(f"[{marks}]", said.plain[said.place(earlier) : said.place(told)])
    is_compared = said.has("was_told") and any(
        match.start() < said.place(earlier) for _, _, match in said.find("compared")
    )
    is_from = _FROM.search(opened) is not None and not said.has("from_to")
    if not is_from and not (is_ahead and _YEAR.search(opened) and (opened.endswith("(") or is_apart or is_compared)):
        return None
    words = stems(said)
    sign = 1 if question.way == "up" else -1
    told_in = {
        one.claim_id: each
        for each in sought.body[max(0, sought.place - _BACK) : sought.place]
        if each.paragraph == said.paragraph
        for one in each.figures
    }
    found = {
        later.claim_id: (len(words & beside(told_in[later.claim_id], later)), trial)
        for trial in near
        for later in trial.left
        if earlier in trial.left
        and later.claim_id in told_in
        and sign * ((later.value or 0) - (earlier.value or 0)) > 0
    }
    most = max((count for count, _ in found.values()), default=0)
    likest = [trial for count, trial in found.values() if count == most and count]
    return likest[0] if len(likest) == 1 else None


def _is_nearly_left(ends: Sequence[Figure], rest: Figure) -> bool:
    high, low = sorted(ends, key=lambda one: -(one.value or 0))
    return reckoned.is_near("difference", (high, low), rest, SHARE)


def _is_clear(question: Question, trial: Trial, said: Marked, *, is_near: bool) -> bool:
    """Whether a sentence says of its only figures that they belong together."""
    if question.asked == "share":
        return is_of(said, trial, question.told)
    last = max((said.place(one) for one in trial.left if one in said.figures), default=-1)
    if not is_near or not are_of_one_unit(*trial.left) or turns(said.plain[last + 1 : said.place(question.told)]):
        return False
    if question.asked == "growth":
        shares = [one for one in said.figures if one.unit == "percent"]
        return (
            bool(question.way and said.has("earlier_told"))
            and len(shares) == 1
            and not _of_another(question, trial, said)
        )
    return question.asked in ("apart", "times")


def _of_another(question: Question, trial: Trial, said: Marked) -> bool:
    """Whether a word between figures and their change names something else: "6 billion (2022: 5), taxes rose 9 %"."""
    last = max(said.place(one) for one in trial.left)
    _, _, between = re.sub("[),;:–—]", "|", said.plain[last + 1 : said.place(question.told)], count=1).partition("|")
    words = {word[:NAME].casefold() for word in NAMES.findall(between)}
    return bool(words - OF_ANY - {word[:NAME].casefold() for word in NAMES.findall(question.words)})


def _is_rival(question: Question, one: Figure, trial: Trial) -> bool:
    """Whether another figure of the clause may as well be meant."""
    if question.asked == "share":
        return one.unit not in ("percent", "times", "rank")
    return are_alike(one, trial.left[0])


def _rated(question: Question, sound: Sequence[Trial], sought: Sought) -> Trial | None:
    """What is told of each of a noun that one count has; or what three figures of a clause leave no doubt of."""
    said, rate = sought.said, question.told
    if said.has("told_on_scale"):
        return None
    here = [one for one in sound if one.level <= 1]
    named = {one.values: one for one in here if _names(said, rate, one.left[1]) and _may_be_told(one.left[0], rate)}
    if len(named) == 1:
        return next(iter(named.values()))
    others = [one for one in sought.near if one.level == 0 and one.figure.unit not in ("percent", "rank", "times")]
    here = [one for one in here if not one.level] or here  # its own clause
    is_pair = question.is_near and len(here) == 1 and len(others) == len(here[0].left) and not here[0].level
    if not is_pair or said.has("told_for_time"):
        return None
    total = here[0].left[0]
    is_same = rate.counted in ("", total.counted) and are_of_one_unit(rate, total)
    return here[0] if is_same else None


def _may_be_told(total: Figure, rate: Figure) -> bool:
    return are_of_one_unit(total, rate) and (not rate.counted or total.counted in ("", rate.counted))


def _names(said: Marked, rate: Figure, count: Figure) -> bool:
    """Whether the words beside a rate name what divides."""
    place = said.place(rate)
    ahead, behind = EDGE.split(said.plain[:place])[-1], EDGE.split(said.plain[place + 1 :])[0]
    words = re.split("[,(]", ahead)[-1] + behind
    stem = noun_of(count)[:_STEM]
    return len(stem) == _STEM and stem in words.casefold()


def _times_before(sound: Sequence[Trial], sought: Sought) -> Trial | None:
    """A multiple told right behind "that is" of the only sum of its sentence, where the one before tells one too."""
    said, before, told = sought.said, sought.before, sought.told
    here = [one for one in said.figures if one is not told and not one.is_date]
    if before is None or len(here) != 1 or here[0].start > told.start or here[0].unit not in MONEY:
        return None
    one = here[0]
    others = [each for each in before.figures if not each.is_date]
    is_told = any(
        0 < match.start() - said.place(one) <= _CLOSE and 0 < said.place(told) - match.end() <= _AT
        for _, _, match in said.find("that_is")
    )
    if not is_told or len(others) != 1 or others[0].unit != one.unit:
        return None
    found = [each for each in sound if {*each.left} == {one, others[0]}]
    return found[0] if found and reckoned.mended(found[0].kind, found[0].left, told) else None


def _divided(question: Question, sound: Sequence[Trial], sought: Sought) -> Trial | None:
    """The parts of a count that nearly make it up: three or more, or two told right behind it."""
    said, told = sought.said, question.told
    found = [
        one
        for one in sound
        if one.level <= _LEVELS and is_tied(question, one, sought)
        and told.unit not in ("percent", "rank") and not _is_partly(one, sought) and _are_printed_alike(one.left)
        and (len(one.left) >= THREE or _is_listed(said, told, one.left)) and not _has_subtotal(one.left)
    ]  # fmt: skip
    return found[0] if len(found) == 1 and not said.has("told_elsewhere") else None


def _are_printed_alike(parts: Sequence[Figure]) -> bool:
    """Whether parts are told in one way: no smaller number in digits than one in words."""
    in_words = [one.value or 0 for one in parts if not re.search(r"\d", one.printed)]
    in_digits = [one.value or 0 for one in parts if re.search(r"\d", one.printed)]
    return not in_words or not in_digits or max(in_words) < min(in_digits)


def _has_subtotal(parts: Sequence[Figure]) -> bool:
    """Whether one of three parts or more is what the others come to."""
    total = sum(one.value or 0 for one in parts)
    return len(parts) >= THREE and any(total == 2 * (one.value or 0) for one in parts)


def _is_partly(trial: Trial, sought: Sought) -> bool:
    """Whether parts that come to less than a whole are told as some of it."""
    low, _ = reckoned.result(trial.kind, [reckoned.span(one) for one in trial.left])
    if low > float(trial.right.value or 0):
        return False
    return any(
        each.has(rule) for each in sought.around_of(trial.left[0]) for rule in ("including", "of_them", "n_of_m")
    )


def _is_listed(said: Marked, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether two parts stand right behind their whole, joined by "and"."""
    first, last = parts
    if first not in said.figures or last not in said.figures:
        return False
    start, middle, end = said.place(whole), said.place(first), said.place(last)
    numbers = [one for one in said.figures if not one.is_date]
    return (
        len(numbers) == THREE
        and re.fullmatch(r"[^\ue000-\uf8ff;]{1,30}?[,:–—]\s(?:[^\W\d_]+\s)?", said.plain[start + 1 : middle])
        is not None
        and re.fullmatch(r"[^\ue000-\uf8ff;.]{1,20}?\s(?:and|и|және|мен|пен)\s", said.plain[middle + 1 : end])
        is not None
    )


def _slipped(question: Question, sound: Sequence[Trial], sought: Sought) -> Trial | None:
    """The one set of figures that one misprint makes fit, where by chance none would."""
    levels = 1 if question.asked == "each" else _LEVELS  # a sentence of its own may tell of another place
    distinct = {one.values: one for one in sound if one.level <= levels and is_tied(question, one, sought)}
    found, chance = [], 0.0
    for trial in distinct.values():
        chance += trial.chance * reckoned.slips((*trial.left, trial.right))
        if question.asked == "parts" and (_is_partly(trial, sought) or not _are_printed_alike(trial.left)):
            continue
        if reckoned.mended(trial.kind, trial.left, trial.right):
            found.append(trial)
    most = _PARTS_SLIP if question.asked == "parts" else _SLIP
    return found[0] if len(found) == 1 and chance <= most else None
