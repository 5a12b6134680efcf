"""Drafts of a change and what it led to, whose beginning was told before: "There were 40. It grew by 25 % to 50"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.changes import change_of
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit
from digital_diplomacy.extraction.tokens import Figure, Marked

_BACK: Final = 2
"""Sentences looked back at for the beginning."""
_FACTOR: Final = 4
"""Times up to which beginning and end may be apart; others seldom are of one thing."""
_NO_END: Final = ("percentage_points", "times", "date", "rank", "places", "years", "")
_COMPARED: Final = re.compile(
    r"\b(?:than|compared|expected|planned|target|forecast\w*|average|will|would|per year|annual\w*)\b|"
    r"(?<!\w)(?:чем|сравнени\w+|план\w*|прогноз\w*|ожида\w+|средн\w+|ежегодн\w+|в год)(?!\w)|"
    r"(?<!\w)(?:қарағанда|салыстыр\w+|жоспар\w*|болжам\w*|күтіл\w+|орташа|жыл сайын)(?!\w)",
    re.IGNORECASE,
)
"""Words by which a change may be one against something else, or of each year."""


def grown_to(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """A change, its end, and the only figure told before of which it may be the change."""
    for place, said in enumerate(sentences):
        if said.figures[0].table or any(said.has(rule) for rule in ("from_to", "against", "more_than")):
            continue
        found = list(said.find("grown_to"))
        if len(found) != 1 or _COMPARED.search(said.plain):
            continue
        words, named, match = found[0]
        change, later = named["c"], named["b"]
        is_down = _goes(said, match, "down")
        if is_down == _goes(said, match, "up") or change.value is None or not _is_end(later):
            continue
        near = [one for one in sentences[max(0, place - _BACK) : place] if one.paragraph == said.paragraph]
        earlier = _earlier(said, later, change, near)
        if earlier is None or not _may_lead(earlier, later, is_down=is_down):
            continue
        made = change_of(earlier, later, change, is_down=is_down, words=f"{earlier.printed} … {words}", sure="place")
        if made is not None:
            yield made


def _goes(said: Marked, match: re.Match[str], way: str) -> bool:
    """Whether a word of a way stands at a change."""
    return any(found.start() < match.end() and match.start() - 1 <= found.end() for _, _, found in said.find(way))


def _is_end(one: Figure) -> bool:
    return one.value is not None and one.bound == "exact" and one.unit not in _NO_END and not one.table


def _earlier(said: Marked, later: Figure, change: Figure, near: Sequence[Marked]) -> Figure | None:
    """The one figure of the same unit and noun: in the sentence, in the one before, or two before by its noun."""
    here = [one for one in said.figures if one.start < min(later.start, change.start)]
    for distance, figures in enumerate([here, *(list(each.figures) for each in reversed(near))]):
        others = [one for one in figures if one is not change and _is_end(one) and are_of_one_unit(one, later)]
        if not others:
            continue
        same = [one for one in others if later.counted and one.counted == later.counted]
        if same or distance == _BACK:
            return same[0] if len(same) == 1 else None
        is_one = len(others) == 1 and (not later.counted or not others[0].counted)
        return others[0] if is_one else None
    return None


def _may_lead(earlier: Figure, later: Figure, *, is_down: bool) -> bool:
    first, last = float(earlier.value or 0), float(later.value or 0)
    if first <= 0 or last <= 0 or max(first, last) > _FACTOR * min(first, last):
        return False
    if earlier.period and later.period and earlier.period >= later.period:
        return False
    return (last < first) == is_down
