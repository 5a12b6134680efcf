"""Tables as grids of figures, by the places their cells stand at: what rules on rows and columns look at."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from digital_diplomacy.drafting.unjudged import are_of_one_unit
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_NOT_COUNTED: Final = ("percent", "percentage_points", "times", "rank", "date")
_MOST: Final = 14
"""Lines up to which a table is asked what its columns are of one another."""
_CHOSEN: Final = re.compile(
    r"\b(?:top|largest|selected|leading|main|some of|best|first)\b|"
    r"(?<!\w)(?:топ|крупнейш\w+|отдельны\w+|избранны\w+|основны\w+|ведущи\w+|первы\w+|некоторы\w+)(?!\w)|"
    r"(?<!\w)(?:ең|ірі|таңдаулы|жетекші|негізгі|алғашқы|кейбір)(?!\w)",
    re.IGNORECASE,
)
"""Words of captions of tables that do not list everything."""
_AVERAGED: Final = re.compile(
    r"\b(?:average|mean|median|index|score|rank\w*|rate|per|share|density|price|age|ratio)\b|"
    r"(?<!\w)(?:средн\w+|медиан\w+|индекс\w*|балл\w*|оценк\w+|место|ранг\w*|доля|плотность|цена|возраст|"
    r"на \d?\s?\w+ (?:жител|человек)\w*|на одн\w+|на душу)(?!\w)|"
    r"(?<!\w)(?:орташа|индекс\w*|балл\w*|баға\w*|орын|үлес\w*|тығызды\w*|жасы|шаққанда)(?!\w)",
    re.IGNORECASE,
)
"""Words of heads whose figures are not added up."""


@dataclass(frozen=True)
class Line:
    """The figures of a row or column by their places along it, under its name; it may be the total of the others."""

    name: str
    cells: Mapping[float, Figure]
    is_total: bool = False

    @cached_property
    def is_counted(self) -> bool:
        """Whether its figures may be added: of one unit, no share or rank, under no head of averages."""
        figures = list(self.cells.values())
        is_alike = bool(figures) and are_of_one_unit(*figures) and figures[0].unit not in _NOT_COUNTED
        return is_alike and _AVERAGED.search(self.name) is None

    @cached_property
    def is_shares(self) -> bool:
        """Whether its figures are percentages."""
        return bool(self.cells) and all(one.unit == "percent" for one in self.cells.values())


@dataclass(frozen=True)
class Grid:
    """A table: its caption and its lines in both directions, each in the order they are printed."""

    caption: str
    columns: Mapping[float, Line]
    rows: Mapping[float, Line]

    @property
    def is_chosen(self) -> bool:
        """Whether its caption says that it lists only some of what there is."""
        return _CHOSEN.search(self.caption) is not None

    @property
    def allows_several(self) -> bool:
        """Whether its caption says that several answers were allowed."""
        return any(pattern.search(self.caption) for pattern in patterns("several", ""))


def grids(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> Iterator[Grid]:
    """The tables of a paper, also those whose columns have no heads.

    A cell that tells a share in brackets behind a number, "240 (48 %)", tells two columns.
    """
    places = {int(one["paragraph"]): one for one in blocks if one["kind"] == "cell" and not one["is_head"]}
    found: dict[int, list[tuple[float, float, Figure, Mapping[str, Any]]]] = defaultdict(list)
    for said in sentences:
        block = places.get(said.paragraph)
        told = [one for one in said.figures if one.value is not None and not one.is_date] if block is not None else []
        if block is not None and 1 <= len(told) <= 2 and (block["column_header"] or block["row_header"]):
            is_name = not block["row_header"] and _WORD.search(str(block["text"]))
            for extra, one in enumerate(told if not is_name else []):
                place = float(block["table_column"]) + extra / 2
                found[int(block["table"])].append((float(block["table_row"]), place, one, block))
    years = {
        (int(one["table"]), float(one["table_row"])): str(one["text"])
        for one in places.values()
        if one["table_column"] == 1 and not one["row_header"] and _YEAR.fullmatch(str(one["text"]).strip())
    }
    for table, cells in found.items():
        columns, rows = _lines(cells, across=True), _lines(cells, across=False)
        rows = {at: replace(row, name=row.name or years.get((table, at), "")) for at, row in rows.items()}
        if rows and columns and len(columns) <= _MOST:
            yield Grid(str(cells[0][3]["caption"]), columns, rows)


_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def _lines(cells: Sequence[tuple[float, float, Figure, Mapping[str, Any]]], *, across: bool) -> dict[float, Line]:
    lines: dict[float, dict[float, Figure]] = defaultdict(dict)
    names: dict[float, str] = {}
    for row, column, one, block in cells:
        place, along = (column, row) if across else (row, column)
        lines[place][along] = one
        names[place] = str(block["column_header" if across else "row_header"])
    totals = _totals(lines, names)
    return {place: Line(names[place], lines[place], place in totals) for place in sorted(lines)}


def _totals(lines: Mapping[float, Mapping[float, Figure]], names: Mapping[float, str]) -> set[float]:
    """Lines called the total; a country is all of it only where none is and where it stands among no other country."""
    called = {place for place, name in names.items() if _is_called(name, "total")}
    countries = {one.entity for cells in lines.values() for one in cells.values() if one.entity}
    if called or len(countries) > 1:
        return called
    return {place for place, name in names.items() if _is_called(name, "total_of_place")}


def _is_called(name: str, rule: str) -> bool:
    return any(pattern.search(name) for pattern in patterns(rule, ""))


def is_total(name: str) -> bool:
    """Whether a head calls its line the total of the others, or names the place they are all of.

    Examples
    --------
    >>> is_total("Total"), is_total("По области"), is_total("Total share"), is_total("Toys")
    (True, True, False, False)
    """
    return _is_called(name, "total") or _is_called(name, "total_of_place")


def is_part(name: str) -> bool:
    """Whether a head says that its line is part of another: "of which women".

    Examples
    --------
    >>> is_part("of which women"), is_part("Women")
    (True, False)
    """
    return _is_called(name, "total_not")


def ends(figures: Sequence[Figure]) -> tuple[float, float]:
    """Between which bounds the sum of figures lies."""
    return sum(float(one.low or 0) for one in figures), sum(float(one.high or 0) for one in figures)


def adds_up(parts: Sequence[Figure], whole: Figure) -> bool:
    """Whether figures may be the parts of a whole, within their rounding."""
    low, high = ends(parts)
    return low - _TINY <= float(whole.high or 0) and float(whole.low or 0) <= high + _TINY


_TINY: Final = 1e-9


def summed(figures: Sequence[Figure]) -> float:
    """The sum of printed values."""
    return sum(float(one.value or 0) for one in figures)
