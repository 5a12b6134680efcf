"""Ties in a square table: who stands in the row attends to who stands in the column, as often as the cell says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from math import isclose
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.grids import Grid, Line
from digital_diplomacy.sources.identifiers import normal_form, refuse_twins
from digital_diplomacy.sources.intake.words import is_total
from digital_diplomacy.sources.network_files.model import Parts, Row
from digital_diplomacy.sources.numbers import numbers
from digital_diplomacy.sources.remarks import Remark, listed

_LEAST: Final = 2  # actors
_DASHES: Final = re.compile(r"\s*[-–—]+\s*")  # on the diagonal, where nobody is asked about oneself
_NOISE: Final = 1e-9  # of binary arithmetic, in sums of decimals

_Cells = dict[tuple[str, str], tuple[str, str, float]]  # place, cell and number by both names


def read_matrix(grid: Grid, path: Path) -> Parts | None:
    """Ties of a table that names the same actors in its first row and its first column; none if it is no such table.

    Cells that are empty or 0 are no ties. A table that its diagonal mirrors has ties without a direction, each of which
    is read once; so has one of three actors or more that is filled on one side of its diagonal and empty on the other.
    A last row or column that bears a word for totals and holds them is left out.

    Raises
    ------
    TableError
        If it is a matrix that cannot be read with certainty, with what to do.
    """
    grid, totals = _without_totals(grid, path)
    columns, rows = list(grid.header[1:]), [normal_form(cells[0]) for _, cells in grid.rows]
    _refuse_without_rows(grid, path)
    if len(columns) < _LEAST or len(rows) < _LEAST or len(set(columns)) < len(columns) or len(set(rows)) < len(rows):
        return None
    if not all(columns) or not all(rows):
        return None
    if set(columns) != set(rows):
        _refuse_two_modes(grid.rows, rows, columns, path)
        return _two_modes(grid, rows, columns, path, totals)
    refuse_twins(((name, place) for name, (place, _) in zip(rows, grid.rows, strict=True)), str(path))
    cells = _cells(grid.rows, rows, columns, path)
    rank = {name: number for number, name in enumerate(columns)}
    is_half = _is_half(grid.rows, [rank[name] for name in rows])
    is_mirrored = not is_half and all(number == cells[other, one][2] for (one, other), (_, _, number) in cells.items())
    ties = [
        Row(place, {"source": one, "target": other, "weight": cell})
        for (one, other), (place, cell, number) in cells.items()
        if number and not (is_mirrored and rank[one] > rank[other])
    ]
    actors = [Row(place, {"actor_id": name}) for name, (place, _) in zip(rows, grid.rows, strict=True)]
    code = "matrix_half" if is_half else "matrix_mirrored" if is_mirrored else "matrix"
    told = Remark(code, {"file": path.name, "ties": str(len(ties)), "actors": str(len(actors))})
    return Parts(ties, actors, not (is_mirrored or is_half), (*grid.remarks, *totals, told))


def _is_half(lines: Sequence[Line], order: Sequence[int]) -> bool:
    """Whether every cell on one side of the diagonal is empty and every one on the other filled."""
    if len(order) <= _LEAST:
        return False
    sides: dict[bool, set[bool]] = {True: set(), False: set()}
    for (_, cells), row in zip(lines, order, strict=True):
        for column, cell in enumerate(cells[1:]):
            if column != row:
                sides[column > row].add(bool(cell.strip()))
    return {frozenset(side) for side in sides.values()} == {frozenset({True}), frozenset({False})}


def _without_totals(grid: Grid, path: Path) -> tuple[Grid, tuple[Remark, ...]]:
    """The table without a last row and a last column of totals, which is said."""
    table = [[cell if cell.strip() else "0" for cell in cells[1:]] for _, cells in grid.rows]
    held = [numbers(row) for row in table]
    if len(held) <= _LEAST or any(None in row for row in held):
        return grid, ()
    found = [[number or 0.0 for number in row] for row in held]
    names = list[str]()
    rows, header = list(grid.rows), list(grid.header)
    if is_total(rows[-1][1][0]) and _adds_up(zip(*found, strict=True)):
        names, rows, found = [normal_form(rows[-1][1][0])], rows[:-1], found[:-1]
    if is_total(header[-1]) and _adds_up(found):
        names = list(dict.fromkeys([*names, header.pop()]))
        rows = [(place, cells[:-1]) for place, cells in rows]
    if not names:
        return grid, ()
    told = Remark("matrix_totals", {"file": path.name, "names": listed(names)})
    return replace(grid, header=tuple(header), rows=tuple(rows)), (told,)


def _adds_up(lines: Iterable[Sequence[float]]) -> bool:
    """Whether the last number of each line is the sum of those before it."""
    return all(isclose(sum(line[:-1]), line[-1], rel_tol=_NOISE, abs_tol=_NOISE) for line in lines)


def _two_modes(
    grid: Grid, rows: Sequence[str], columns: Sequence[str], path: Path, totals: Sequence[Remark]
) -> Parts | None:
    """Ties between names of two kinds, from the row to the column; none if the table may be one of attributes.

    It holds 0 and 1, or any numbers below an empty corner, as matrices of pandas and R have it.
    """
    is_bare = all(cell.strip() in ("", "0", "1") for _, cells in grid.rows for cell in cells[1:])
    if not is_bare and (grid.header[0] or None in numbers([c for _, row in grid.rows for c in row[1:] if c.strip()])):
        return None
    ties = [
        Row(place, {"source": row, "target": column} | ({} if is_bare else {"weight": cell}))
        for (row, column), (place, cell, number) in _cells(grid.rows, rows, columns, path).items()
        if number
    ]
    actors = [
        Row("", {"actor_id": name, "type": f"mode {mode}"})
        for mode, names in ((1, rows), (2, columns))
        for name in names
    ]
    told = Remark("matrix", {"file": path.name, "ties": str(len(ties)), "actors": str(len(actors))})
    modes = Remark("two_modes", {"file": path.name})
    return Parts(ties, actors, True, (*grid.remarks, *totals, told, modes)) if ties else None


def _cells(lines: Sequence[Line], rows: Sequence[str], columns: Sequence[str], path: Path) -> _Cells:
    found = {}
    for (place, cells), row in zip(lines, rows, strict=True):
        filled = [
            cell if cell.strip() and not (column == row and _DASHES.fullmatch(cell)) else "0"
            for column, cell in zip(columns, cells[1:], strict=True)
        ]
        for column, cell, number in zip(columns, filled, numbers(filled), strict=True):
            if number is None:
                raise TableError(
                    "{path}, {place}, column {column!r}: {cell!r} is no number; in a matrix of ties a cell says how "
                    "strong the tie from the row to the column is, and is 0 or empty where there is none",
                    path=path,
                    place=place,
                    column=column,
                    cell=cell,
                )
            found[row, column] = (place, cell, number)
    return found


def _refuse_without_rows(grid: Grid, path: Path) -> None:
    """Refuse as many rows of numbers as there are named columns: whose rows they are is not said."""
    square = len(grid.header) == len(grid.rows) >= _LEAST and all(grid.header)
    if square and all(number is not None for _, cells in grid.rows for number in numbers([c or "0" for c in cells])):
        raise TableError(
            "{path}: as many rows of numbers as columns ({count}), but the rows have no names; put the names of the "
            "columns also into a first column, one before each row",
            path=path,
            count=len(grid.rows),
        )


def _refuse_two_modes(lines: Sequence[Line], rows: Sequence[str], columns: Sequence[str], path: Path) -> None:
    """Refuse a table of numbers between names of which only some stand on both sides."""
    if not set(rows) & set(columns):
        return
    first = [cell if cell.strip() else "0" for _, cells in islice(lines, 20) for cell in cells[1:]]
    if any(number is None for number in numbers(first)):
        return
    raise TableError(
        "{path}: a matrix whose rows and columns name different actors (only a row: {rows}; only a column: {columns}); "
        "name the same on both sides, or write a row for each tie with the columns source, target and weight",
        path=path,
        rows=listed(name for name in rows if name not in set(columns)) or "-",
        columns=listed(name for name in columns if name not in set(rows)) or "-",
    )
