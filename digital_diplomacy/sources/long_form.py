"""Tables with indicators in their rows, a row a unit and indicator, or years or units as columns; made wide."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.grids import Grid, Line
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.intake.words import fold, is_missing, period_of, roles
from digital_diplomacy.sources.numbers import no_numbers, numbers
from digital_diplomacy.sources.remarks import Remark, listed, listed_places

_MOST: Final = 0.5  # of the indicators wanted, for a column to be the one that names them


@dataclass(frozen=True)
class _Columns:
    """Places of columns: indicators, the unit (of whole rows, if there is one), the period, and the figures."""

    indicator: int
    unit: int | None
    period: int | None
    figures: tuple[int, ...]


@dataclass(frozen=True)
class _Cell:
    text: str
    place: str
    row: int


_Key = tuple[str, str]  # unit and period


def once(grid: Grid, path: Path) -> Grid:
    """The table with each of its wholly identical rows once, which is said.

    Examples
    --------
    >>> from pathlib import Path
    >>> grid = Grid(("unit", "users"), (("line 2", ["a", "1"]), ("line 3", ["a", "1"])), "line 1", "commas", ())
    >>> found = once(grid, Path("mine.csv"))
    >>> len(found.rows), found.remarks[0].named["rows"]
    (1, 'line 3')
    """
    first: dict[tuple[str, ...], str] = {}
    kept, again = list[Line](), list[Line]()
    for place, cells in grid.rows:
        (again if tuple(map(normal_form, cells)) in first else kept).append((place, cells))
        first.setdefault(tuple(map(normal_form, cells)), place)
    return replace(grid, rows=tuple(kept), remarks=(*grid.remarks, *_told_again([one for one, _ in again], path)))


def _told_again(places: Sequence[str], path: Path) -> list[Remark]:
    return [Remark("rows_again", {"file": path.name, "rows": listed(places)})] if places else []


def widened(grid: Grid, codes: Collection[str], units: Collection[str], path: Path) -> Grid | None:
    """The table with a column for every indicator; none if its indicators stand in columns already.

    Parameters
    ----------
    grid : Grid
    codes : collection of str
        Indicators: the column that holds them names those of the rows. Without them its header says so.
    units : collection of str
        What the column of units may be called, in any case.
    path : Path
        The file, for remarks and refusals.

    Raises
    ------
    TableError
        If an indicator is missing, stands twice with different figures, or has a cell that is no number.

    Examples
    --------
    >>> from pathlib import Path
    >>> rows = (("line 2", ["a", "users", "1"]), ("line 3", ["a", "posts", "2"]), ("line 4", ["b", "users", "3"]))
    >>> grid = Grid(("unit", "indicator", "value"), rows, "line 1", "commas", ())
    >>> found = widened(grid, ["users", "posts"], ["unit"], Path("mine.csv"))
    >>> found.header, [cells for _, cells in found.rows]
    (('unit', 'users', 'posts'), [['a', '1', '2'], ['b', '3', '']])
    """
    known = {fold(code): code for code in codes}
    columns = _columns(grid, known, {name.casefold() for name in units}, path)
    if columns is None:
        return None
    cells, again = _cells(grid, columns, known, path)
    named = list(dict.fromkeys(code for code, _ in cells))
    _refuse_no_numbers(cells, [code for code in named if fold(code) in known], path)
    rows_of = dict[_Key, list[int]]()
    for (_, key), one in cells.items():
        rows_of.setdefault(key, []).append(one.row)
    used = {columns.indicator, columns.unit, columns.period, *columns.figures}
    spare = [place for place in range(len(grid.header)) if place not in used]
    stay = [
        place
        for place in spare
        if columns.unit is not None
        and all(len({normal_form(grid.rows[row][1][place]) for row in rows}) == 1 for rows in rows_of.values())
    ]
    is_timed = any(period for _, period in rows_of)
    unit = grid.header[columns.unit] if columns.unit is not None else "entity"
    header = (unit, *["period"] * is_timed, *(grid.header[place] for place in stay), *named)
    rows = []
    for key in rows_of:
        place, row = grid.rows[rows_of[key][0]]
        figures = [cells[code, key].text if (code, key) in cells else "" for code in named]
        rows.append((place, [key[0], *[key[1]] * is_timed, *(row[at] for at in stay), *figures]))
    left = [grid.header[place] for place in spare if place not in stay and grid.header[place]]
    said = {"file": path.name, "column": grid.header[columns.indicator], "count": str(len(named))}
    remarks = [Remark("long_form", said), *_told_again(again, path)]
    remarks += [Remark("columns_left", {"file": path.name, "columns": listed(left)})] if left else []
    return Grid(header, tuple(rows), grid.start, grid.separator, (*grid.remarks, *remarks))


def _columns(grid: Grid, known: Mapping[str, str], units: Collection[str], path: Path) -> _Columns | None:
    """Which column holds what; none if the table is no such one."""
    places = range(len(grid.header))
    at = _indicators(grid, known, path)
    if at is None:
        return None
    rest = [place for place in places if place != at]
    meant = {place: roles(grid.header[place]) for place in rest}
    unit = next((place for place in rest if grid.header[place].casefold() in units), None)
    period = next((place for place in rest if place != unit and "period" in meant[place]), None)
    years = tuple(place for place in rest if period_of(grid.header[place]))
    figures = [place for place in rest if place not in (unit, period) and _is_numeric(grid, place)]
    value = tuple(place for place in figures if "value" in meant[place]) or tuple(figures)
    if unit is None and not years and len(value) > 1:  # units as columns: each row is an indicator
        names = [fold(cells[at]) for _, cells in grid.rows]
        return _Columns(at, None, None, value) if len(set(names)) == len(names) else None
    unit = next((place for place in rest if place not in (period, *figures)), None) if unit is None else unit
    if unit is None or (not years and len(value) != 1):
        return None
    return _Columns(at, unit, None if years else period, years or value)


def _indicators(grid: Grid, known: Mapping[str, str], path: Path) -> int | None:
    """The column whose cells are the indicators."""
    header = [fold(name) for name in grid.header]
    if not known:
        has_values = any("value" in roles(name) for name in grid.header)
        return next((at for at, name in enumerate(grid.header) if has_values and "series" in roles(name)), None)
    if known.keys() & set(header):
        return None
    held = [{fold(cells[at]) for _, cells in grid.rows} & known.keys() for at in range(len(header))]
    at = max(range(len(header)), key=lambda place: len(held[place]))
    if len(held[at]) <= _MOST * len(known):
        return None
    if missing := [code for name, code in known.items() if name not in held[at]]:
        raise TableError(
            "{path}: indicators stand in the rows, in column {column!r}, and none of these is there: {codes}; add "
            "their rows, or leave them out of the framework",
            path=path,
            column=grid.header[at],
            codes=listed(missing),
        )
    return at


def _is_numeric(grid: Grid, place: int) -> bool:
    cells = [cells[place] for _, cells in grid.rows if not is_missing(cells[place])]
    found = [one for cell in cells for one in numbers([cell])]
    return bool(found) and sum(one is not None for one in found) > _MOST * len(found)


def _cells(
    grid: Grid, columns: _Columns, known: Mapping[str, str], path: Path
) -> tuple[dict[tuple[str, _Key], _Cell], list[str]]:
    """Cells by indicator, unit and period, and the places of those that say the same again."""
    found: dict[tuple[str, _Key], _Cell] = {}
    again = []
    for row, (place, cells) in enumerate(grid.rows):
        name = normal_form(cells[columns.indicator])
        if not name:
            continue  # a note below the table
        for at in columns.figures:
            unit = normal_form(cells[columns.unit] if columns.unit is not None else grid.header[at])
            period = period_of(grid.header[at]) if columns.unit is not None else ""
            period = period or (normal_form(cells[columns.period]) if columns.period is not None else "")
            key = known.get(fold(name), name), (unit, period)
            one = _Cell(cells[at], place, row)
            before = found.setdefault(key, one)
            if before is one:
                continue
            if normal_form(before.text) != normal_form(one.text):
                raise TableError(
                    "{path}: {first} and {second} give {code!r} of {unit} different figures ({left!r}, {right!r}); "
                    "keep one",
                    path=path,
                    first=before.place,
                    second=place,
                    code=key[0],
                    unit=" ".join(filter(None, key[1])),
                    left=before.text,
                    right=one.text,
                )
            again.append(place)
    return found, again


def _refuse_no_numbers(cells: Mapping[tuple[str, _Key], _Cell], codes: Sequence[str], path: Path) -> None:
    for code in codes:
        mine = [one for (name, _), one in cells.items() if name == code and not is_missing(one.text)]
        if wrong := [mine[at] for at in no_numbers([one.text for one in mine])]:
            raise TableError(
                "{path}, column {name!r}: cells that are no number like the others ({count}): {cells}; leave a cell "
                "empty if its number is missing",
                path=path.name,
                name=code,
                count=len(wrong),
                cells=listed_places((one.place, one.text) for one in wrong),
            )
