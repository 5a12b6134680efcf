"""Drafts of figures told again anywhere in a paper by the words beside them, and of those whose digits changed places.

No word need say that a figure is recalled: one value in one unit beside the same words is hardly met by chance. What
was told again with two digits exchanged fails only if the paper tells that number nowhere else and nothing explains it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from digital_diplomacy.drafting.elsewhere import is_elsewhere, is_told_apart
from digital_diplomacy.drafting.misprints import are_swapped, digits
from digital_diplomacy.drafting.tried import OF_ANY
from digital_diplomacy.drafting.twice import is_average, is_common
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_AHEAD: Final = 70
_BEHIND: Final = 45
"""Characters before and behind a figure whose words say what it is of."""
_STEM: Final = 5
_LEAST_DIGITS: Final = 2
_LEAST_EXCHANGED: Final = 3
"""Digits of a figure of which another is no misprint by chance: 34 and 43 may both be."""
_LEAST_WORDS: Final = 2
_MOST: Final = 1200
"""Figures of a paper looked at."""
_NEVER: Final = ("date", "rank", "times", "places", "percentage_points", "", "years", "months", "weeks")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_NUMBER: Final = re.compile(r"[\ue000-\uf0ff]")
_EDGE: Final = re.compile(r"[\ue000-\uf0ff;:()]")


class _Told(NamedTuple):
    """A figure with the stems right beside it, and with those of its part of the sentence."""

    figure: Figure
    said: Marked
    beside: frozenset[str]
    around: frozenset[str]


def echoed(sentences: Sequence[Marked], known: Sequence[Draft]) -> Iterator[Draft]:
    """Figures that tell a value again, each with the first and with the last that told it."""
    told = [
        _Told(one, said, *_stems(said, one))
        for said in sentences
        if not said.figures[0].table and not said.figures[0].in_references
        for one in said.figures
        if _may_be_told_again(one)
    ][:_MOST]
    joined = {frozenset((one.left[0].claim_id, one.right[0].claim_id)) for one in known if one.kind == "same_quantity"}
    by_value: dict[float, list[_Told]] = defaultdict(list)
    for one in told:
        value = float(one.figure.value or 0)
        same = [each for each in by_value[value] if _tell_the_same(each, one)]
        for first in dict.fromkeys((*same[:1], *same[-1:])):
            if frozenset((first.figure.claim_id, one.figure.claim_id)) not in joined:
                yield _draft(first.figure, one.figure, "place")
        by_value[value].append(one)
    yield from _exchanged(told, known)


def _draft(first: Figure, second: Figure, sure: Literal["words", "place"]) -> Draft:
    return draft("same_quantity", [first], [second], "again", f"{first.printed} … {second.printed}", sure=sure)


def _may_be_told_again(one: Figure) -> bool:
    is_told = one.value is not None and one.bound in ("exact", "about") and not one.is_date
    return is_told and one.unit not in _NEVER and len(digits(one).strip("0")) >= 1 and (one.value or 0) >= 1


def _tell_the_same(first: _Told, second: _Told) -> bool:
    one, other = first.figure, second.figure
    if first.said.number == second.said.number or not are_of_one_unit(one, other):
        return False
    if one.period and other.period and not (one.period in other.period or other.period in one.period):
        return False
    shared = first.around & second.around
    is_long = len(digits(one).strip("0")) >= _LEAST_DIGITS
    if is_long and first.beside & second.beside:
        return True
    return len(shared) >= (_LEAST_WORDS if is_long else _LEAST_WORDS + 1)


def _exchanged(told: Sequence[_Told], known: Sequence[Draft]) -> Iterator[Draft]:
    """A figure with two digits exchanged of one that others confirm, beside the same words, if nothing explains it.

    What lies between both is told nowhere either: 15.1 may be 11.5 and the 3.6 of a sentence before.
    """
    explained = {each.claim_id for one in known for each in (*one.left, *one.right)}
    values: dict[float, list[_Told]] = defaultdict(list)
    for one in told:
        values[float(one.figure.value or 0)].append(one)
    for place, one in enumerate(told):
        figure = one.figure
        if figure.claim_id in explained or figure.bound != "exact" or len(values[float(figure.value or 0)]) > 1:
            continue
        clause = one.said.plain[: one.said.place(figure)]
        is_other = is_told_apart(one.said, figure) or is_elsewhere(clause, one.said.language)
        if is_other or is_average(one.said, figure):
            continue
        found = {
            each.figure.value: each
            for each in told[:place]
            if each.figure.bound == "exact"
            and each.figure.claim_id in explained
            and round(abs(float((each.figure.value or 0) - (figure.value or 0))), 9) not in values
            and are_of_one_unit(each.figure, figure)
            and are_swapped(each.figure, figure)
            and len(digits(figure)) >= _LEAST_EXCHANGED
            and each.said.paragraph != one.said.paragraph
            and len(each.around & one.beside) >= _LEAST_WORDS
        }
        if len(found) == 1:
            yield _draft(next(iter(found.values())).figure, figure, "words")


def _stems(said: Marked, one: Figure) -> tuple[frozenset[str], frozenset[str]]:
    place = said.place(one)
    ahead, behind = said.plain[max(0, place - _AHEAD) : place], said.plain[place + 1 : place + 1 + _BEHIND]
    start = max(ahead.rfind(mark) for mark in ";.") + 1
    end = min((at for mark in ";." if (at := behind.find(mark)) >= 0), default=len(behind))
    near = f"{_EDGE.split(ahead[start:])[-1]} {_EDGE.split(behind[:end])[0]}"
    return _words(near), _words(_NUMBER.sub(" ", f"{ahead[start:]} {behind[:end]}"))


def _words(text: str) -> frozenset[str]:
    return (
        frozenset(
            word[:_STEM].casefold() for word in _WORD.findall(text) if not is_common(word) and len(word) > _STEM - 1
        )
        - OF_ANY
    )
