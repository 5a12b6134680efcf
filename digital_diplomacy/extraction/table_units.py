"""Units of the columns and rows of a table that tell the total of the others, or their change, and name no unit."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, Final

from digital_diplomacy.extraction.tokens import Row, patterns

_GENERAL: Final = ("items", "unstated", "")
_NOT_COUNTED: Final = ("percent", "percentage_points", "times", "rank", "date")
_CHANGE: Final = re.compile(
    r"grow|increase|change|differ|рост|прирост|измен|разниц|өсім|өсу|өзгер|айырма|(?<!\d)[+±Δ]", re.IGNORECASE
)


def of_totals(rows: Sequence[Row], blocks: Sequence[Mapping[Hashable, Any]]) -> None:
    """Give the cells of such lines the one unit of the other counts of their row or column, in place.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the draft of claims.
    blocks : sequence of dict
        Rows of what ``sources.read_paper`` returns.
    """
    places = {int(one["paragraph"]): one for one in blocks if one["kind"] == "cell"}
    for head, along in (("column_header", "table_row"), ("row_header", "table_column")):
        lines: dict[tuple[int, int], list[tuple[Row, str]]] = defaultdict(list)
        for row in rows:
            block = places.get(int(str(row["paragraph"])))
            if block is not None and not block["is_head"] and row["unit"] not in _NOT_COUNTED:
                lines[int(block["table"]), int(block[along])].append((row, str(block[head])))
        for line in lines.values():
            units = {str(row["unit"]) for row, name in line if not _is_derived(name)}
            if len(units) != 1 or units <= set(_GENERAL):
                continue
            (unit,) = units
            for row, name in line:
                if row["unit"] in _GENERAL and _is_derived(name) and isinstance(row, dict):
                    row["unit"] = unit


def of_parts(rows: Sequence[Row], blocks: Sequence[Mapping[Hashable, Any]]) -> None:
    """Give columns whose heads are verbs the unit of the one column of people that they divide, in place.

    "Respondents | Follow a ministry": of those asked so many do.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the draft of claims.
    blocks : sequence of dict
        Rows of what ``sources.read_paper`` returns.
    """
    lines, columns, _ = _told(rows, {int(one["paragraph"]): one for one in blocks if not one["is_head"]})
    heads = {(int(one["table"]), int(one["table_column"])): str(one["column_header"]) for one in blocks}
    for (table, at), column in columns.items():
        people = {str(row["unit"]) for row in column}
        if len(people) != 1 or not people <= set(_ASKED):
            continue
        for (other_table, other), parts in columns.items():
            if other_table != table or other <= at or _VERB.match(heads.get((table, other), "")) is None:
                continue
            wholes = dict(_down(lines, table, at))
            if all(value <= wholes.get(line, 0) for line, value in _down(lines, table, other)):
                _count(parts, *people)


def _down(
    lines: Mapping[tuple[int, int], Sequence[tuple[Row, int]]], table: int, at: int
) -> Iterator[tuple[int, float]]:
    """Lines of a table with the numbers that a column has there."""
    for (of, line), cells in lines.items():
        yield from ((line, _value(row)) for row, place in cells if of == table and place == at)


_ASKED: Final = ("respondents", "persons", "users")
_VERB: Final = re.compile(
    r"\W*(?:(?:do not |don't )?(?:follow|trust|use|read|watch|know|agree|own|have|visit|"
    r"vote|prefer|support|subscribe|answer|refus)\w*\b|"
    r"(?:не\s)?[а-яё]{3,}(?:ют|ют(?:ся)?|ят(?:ся)?|али|или|ели|ились|ались)(?!\w)|"
    r"[^\W\d_]{3,}(?:ады|еді|йді|йды|ған|ген|қан|кен|атын|етін)(?:дар|дер)?(?!\w))",
    re.IGNORECASE,
)
"""Heads that tell what those of another column do."""


def of_repeated(rows: Sequence[Row], blocks: Sequence[Mapping[Hashable, Any]]) -> None:
    """Give columns that name no unit that of a sentence which tells two cells of one row again, in place.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the draft of claims.
    blocks : sequence of dict
        Rows of what ``sources.read_paper`` returns.
    """
    lines, columns, said = _told(rows, {int(one["paragraph"]): one for one in blocks if not one["is_head"]})
    for told in said.values():
        for (table, _), line in lines.items() if len(told) > 1 else ():
            found = [(row, at) for row, at in line if row["unit"] in _GENERAL and _value(row) in told]
            units = {told[_value(row)] for row, _ in found}
            if len({_value(row) for row, _ in found}) < _TWO or len(units) != 1:
                continue
            for _, at in found:
                _count(columns[table, at], *units)


def _count(column: Sequence[Row], unit: str) -> None:
    if all(row["unit"] in _GENERAL and _value(row) % 1 == 0 for row in column):
        for row in column:
            if isinstance(row, dict):
                row["unit"] = unit


def _told(
    rows: Sequence[Row], places: Mapping[int, Mapping[Hashable, Any]]
) -> tuple[
    dict[tuple[int, int], list[tuple[Row, int]]],
    dict[tuple[int, int], list[Row]],
    dict[tuple[int, str], dict[float, str]],
]:
    """The lines and columns of tables, and what each sentence counts."""
    lines: dict[tuple[int, int], list[tuple[Row, int]]] = defaultdict(list)
    columns: dict[tuple[int, int], list[Row]] = defaultdict(list)
    said: dict[tuple[int, str], dict[float, str]] = defaultdict(dict)
    for row in rows:
        block = places.get(int(str(row["paragraph"])))
        if not _is_number(row["value"]):
            continue
        if block is not None:
            lines[int(block["table"]), int(block["table_row"])].append((row, int(block["table_column"])))
            columns[int(block["table"]), int(block["table_column"])].append(row)
        elif row["unit"] not in (*_GENERAL, *_NOT_COUNTED) and _value(row) >= _LEAST and _value(row) % 1 == 0:
            said[int(str(row["paragraph"])), str(row["sentence"])].setdefault(_value(row), str(row["unit"]))
    return lines, columns, said


def _value(row: Row) -> float:
    return float(str(row["value"]))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and value == value


_LEAST: Final = 100
_TWO: Final = 2


def _is_derived(name: str) -> bool:
    return _CHANGE.search(name) is not None or any(pattern.search(name) for pattern in patterns("total", ""))
