"""What columns hold, told by their cells where the header does not."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from digital_diplomacy.sources.countries import whole_names
from digital_diplomacy.sources.grids import Line
from digital_diplomacy.sources.intake.model import Column
from digital_diplomacy.sources.intake.words import fold, is_missing, is_no_unit, period_of, roles, unmarked

_MOSTLY: Final = 0.6  # of the names of a column, to be one of countries without a header that says so
_NUMBERING: Final = re.compile(r"|unnamed: ?\d+|\.\.\.\d+|x|index")  # how pandas and R call the numbers of rows
_DIGIT: Final = re.compile(r"\d")
_NAMING: Final = ("entity", "code")
_PARTS: Final = {"breakdown", "breakdown_place"}


def by_content(columns: list[Column], rows: Sequence[Line], *, has_country: bool) -> list[Column]:
    """The columns with the roles that their cells tell: numbers of rows, countries, years, indicators.

    Parameters
    ----------
    columns : list of Column
    rows : sequence of Line
    has_country : bool
        Whether the user said of which country all figures are.
    """
    columns = [replace(one, role="-") if _counts_rows(one, rows) else one for one in columns]
    columns = _with_period(_with_countries(columns, rows), rows)
    if has_country and not any(one.role in (*_NAMING, "series") or one.entity for one in columns):
        columns = _with_series(columns, rows)
    return _without_twins(columns, rows)


def _texts(column: Column, rows: Sequence[Line]) -> list[str]:
    return [unmarked(cells[column.place]) if len(cells) > column.place else "" for _, cells in rows]


def _counts_rows(column: Column, rows: Sequence[Line]) -> bool:
    if column.role or not _NUMBERING.fullmatch(fold(column.header)):
        return False
    texts = list(filter(None, _texts(column, rows)))
    first = int(texts[0] == "1") if texts else 0
    return bool(texts) and texts == [str(number) for number in range(first, first + len(texts))]


def _with_countries(columns: list[Column], rows: Sequence[Line]) -> list[Column]:
    """A nameless or unknown column taken for that of countries if most of its cells are, or columns called by them."""
    if any(one.role in _NAMING for one in columns):
        return columns
    for one in columns:
        cells = set(_texts(one, rows)) - {""}
        if not one.role and len(cells) > 1 and len(whole_names(cells)) >= _MOSTLY * len(cells):
            return [replace(other, role="entity") if other is one else other for other in columns]
    headers = [one.header for one in columns if not one.role and one.header]
    named = [header for header in headers if is_no_unit(header, among_countries=True)]
    known = whole_names(headers)
    if not known or len(known) + len(named) < _MOSTLY * len(headers):
        return columns
    return [
        replace(one, role="value", entity=one.header) if not one.role and one.header in {*known, *named} else one
        for one in columns
    ]


def _with_period(columns: list[Column], rows: Sequence[Line]) -> list[Column]:
    """The one nameless column taken for that of years if all its cells are."""
    if any(one.role == "period" or one.period for one in columns):
        return columns
    nameless = [one for one in columns if not one.role and not one.header]
    years = [one for one in nameless if (texts := _texts(one, rows)) and all(map(period_of, filter(None, texts)))]
    return [replace(one, role="period") if years == [one] else one for one in columns]


def _with_series(columns: list[Column], rows: Sequence[Line]) -> list[Column]:
    """The first column taken for that of indicators if it holds words: figures of one country may be of several."""
    first = next((one for one in columns if not one.role and not _PARTS & roles(one.header)), None)
    texts = _texts(first, rows) if first else []
    if first is None or not all(texts) or any(map(_DIGIT.match, texts)) or whole_names(texts):
        return columns
    return [replace(one, role="series") if one is first else one for one in columns]


def _without_twins(columns: list[Column], rows: Sequence[Line]) -> list[Column]:
    """The columns, of two that say the same in every row the later one left out: a code and its words."""
    kept: list[Column] = []
    for one in columns:
        twin = next((other for other in kept if other.role == one.role and other.role in (*_NAMING, "period")), None)
        kept.append(replace(one, role="-") if twin and _agree(twin, one, rows) else one)
    return kept


def _agree(first: Column, second: Column, rows: Sequence[Line]) -> bool:
    pairs = {(left, right) for left, right in zip(_texts(first, rows), _texts(second, rows), strict=True)}
    return all(is_missing(right) or _meant(left) == _meant(right) for left, right in pairs)


def _meant(text: str) -> str:
    return whole_names([text]).get(text) or period_of(text) or fold(text)
