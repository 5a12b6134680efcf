"""Drafts on dates of a work that a paper lists twice, once in each of two languages, under one number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import pandas as pd

from digital_diplomacy.drafting.citations import is_accessed
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.addresses import is_in_address
from digital_diplomacy.extraction.tokens import Figure, Marked

_PAIRS: Final = 5
"""Works with dates in both lists from which the lists are compared."""
_ALIKE: Final = 0.8
"""Part of them that must share a year, so that a number means one work in both."""


def listed_twice(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> Iterator[Draft]:
    """Dates of an entry against those of the entry of the same number in the other list of references.

    Two lists are of the same works if both number as many, and nearly all entries share a year with their namesake. A
    date that stands in the other entry too, alone or as part of a span, is drafted with it; one that does not, only
    where each entry has one date. Days a work was looked at and dates in addresses are left out.
    """
    dates = _dates(sentences)
    for one, other in combinations([each for each in _lists(blocks) if len(each) >= _PAIRS], 2):
        pairs = [(dates[one[number]], dates[other[number]]) for number in sorted(one.keys() & other.keys())]
        dated = [(first, second) for first, second in pairs if first and second]
        alike = sum(any(_meets(a, b) for a in first for b in second) for first, second in dated)
        if one.keys() == other.keys() and len(dated) >= _PAIRS and alike >= _ALIKE * len(dated):
            for first, second in dated:
                yield from _compared(first, second)


def _lists(blocks: Sequence[Mapping[str, Any]]) -> list[dict[int, int]]:
    """The paragraphs of numbered references by their number, a list for each time the numbers begin again."""
    lists: list[dict[int, int]] = []
    for block in blocks:
        if block["in_references"] and block["kind"] == "item" and not pd.isna(block["number"]):
            number = int(block["number"])
            if not lists or number == 1:
                lists.append({})
            lists[-1].setdefault(number, int(block["paragraph"]))
    return lists


def _dates(sentences: Sequence[Marked]) -> dict[int, list[Figure]]:
    dates: dict[int, list[Figure]] = defaultdict(list)
    for said in sentences:
        dates[said.paragraph] += [
            one for one in said.figures if one.is_date and not is_in_address(one, said) and not is_accessed(said, one)
        ]
    return dates


def _compared(first: Sequence[Figure], second: Sequence[Figure]) -> Iterator[Draft]:
    for date in second:
        met = [one for one in first if one.date == date.date] or [one for one in first if _meets(one, date)]
        twin = met[0] if met else first[0] if len(first) == len(second) == 1 else None
        if twin is not None:
            yield draft("same_date", [date], [twin], "listed_twice", f"{twin.printed} … {date.printed}",
                        matter="reference")  # fmt: skip


def _meets(one: Figure, other: Figure) -> bool:
    """Whether two dates share a year."""
    (first, last), (begin, end) = _years(one), _years(other)
    return first <= end and begin <= last


def _years(date: Figure) -> tuple[str, str]:
    ends = date.date.split("/")
    return ends[0][:4], (ends[-1] or ends[0])[:4]
