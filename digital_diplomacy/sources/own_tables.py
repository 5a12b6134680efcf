"""Tables of researchers' own: read as they are, without a descriptor and without guesses about missing cells."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy.errors import TableError
from digital_diplomacy.printed import NOT_UNDERSTOOD, UnreadableError, read_date
from digital_diplomacy.sources.grids import Grid, read_grid
from digital_diplomacy.sources.identifiers import normal_form, refuse_twins, refuse_unwritable
from digital_diplomacy.sources.intake.words import unmarked
from digital_diplomacy.sources.numbers import has_decimal_commas, no_numbers, numbers
from digital_diplomacy.sources.remarks import Remark, listed, listed_places

_IDENTIFIERS: Final = ("entity", "period", "code", "parent", "actor_id", "type", "standard")
"""Columns whose cells have the normal form of identifiers, even where every one looks like a number."""

PERIOD: Final = "period"

_TEXTS: Final = (*_IDENTIFIERS, "name")

_ISO_PERIOD: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
_YEAR: Final = re.compile(r"\d{4}")
_POWER: Final = re.compile(r"10[\u207b\u00b9\u00b2\u00b3\u2070-\u2079]")  # raised digits that are no mark of a footnote
_DECIMAL_YEAR: Final = re.compile(r"(\d{4})[.,]0+")  # a year that a spreadsheet took for a number

_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")  # 1.234, which may be a thousand and more

_EXACT: Final = 2**53
"""Whole numbers beyond it do not fit into a floating-point number: they are identifiers and stay texts."""


@dataclass(frozen=True)
class OwnTable:
    """A table and what was assumed to read it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "mine.csv"
    >>> pd.DataFrame({"entity": ["KAZ"], "users": ["92,3"]}).to_csv(path, index=False, sep=";")
    >>> read = sources.read_own_table(path)
    >>> read.frame["users"].tolist(), [remark.code for remark in read.remarks]
    ([92.3], ['separator', 'decimal_commas'])
    >>> folder.cleanup()
    """

    frame: pd.DataFrame
    remarks: tuple[Remark, ...] = ()
    places: tuple[str, ...] = ()
    """Where each row stands in its file."""


_NO_ALIASES: Final[Mapping[str, Sequence[str]]] = {}


def read_table(path: Path | str, *, required: Collection[str] = (), names: Collection[str] = ()) -> pd.DataFrame:
    """The frame of :func:`read_own_table`.

    Parameters
    ----------
    path, required, names
        As for :func:`read_own_table`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "mine.csv"
    >>> pd.DataFrame({"Entity": ["KAZ", "NAM"], "Users": [92.3, None]}).to_csv(path, index=False)
    >>> sources.read_table(path, names=["entity", "users"])
      entity  users
    0    KAZ   92.3
    1    NAM    NaN
    >>> folder.cleanup()
    """
    return read_own_table(path, required=required, names=names).frame


def read_own_table(
    path: Path | str,
    *,
    required: Collection[str] = (),
    names: Collection[str] = (),
    aliases: Mapping[str, Sequence[str]] = _NO_ALIASES,
    missing: Collection[str] = (),
    grid: Grid | None = None,
) -> OwnTable:
    """A table of text or an Excel workbook; only an empty cell is missing, and numbers keep every digit.

    Parameters
    ----------
    path : Path or str
        Cells apart by commas, semicolons, tabs or bars, in UTF-8, UTF-16 or Cyrillic of Windows; or ``.xlsx``. Columns
        ``entity, period, name, code, parent, actor_id, type`` and ``standard`` are texts. Periods as statistics offices
        and newspapers write them (``2020Q3``, ``III квартал 2020 г.``) become ISO 8601; what is none, such as a
        wave, stays.
    required : collection of str
        Columns there must be, in any case; lines above the one that names them are left out with a remark.
    names : collection of str
        How further columns are to be spelled; a column that differs in case only is renamed.
    aliases : mapping of column to sequence of str
        Other names a column may bear, in any case, the likeliest first; it is renamed with a remark.
    missing : collection of str
        Words that stand for a missing number, such as the ``NA`` of R; texts keep them.
    grid : Grid, optional
        The file's rows, if they were read already and brought into another form.

    Raises
    ------
    SourceError
        If the file cannot be read.
    TableError
        If it is no table, lacks a required column, holds two identifiers that differ in form only, or a period that can
        be two.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "values.csv"
    >>> size = path.write_text("Entity;Users\\nKAZ;92,3\\nUZB;\\n\\n", encoding="utf-8")
    >>> sources.read_own_table(path, names=["users"]).frame.to_dict("list")
    {'entity': ['KAZ', 'UZB'], 'users': [92.3, nan]}
    >>> folder.cleanup()
    """
    where = Path(path)
    wanted = [(name, *aliases.get(name, ())) for name in required]
    grid = read_grid(where, wanted) if grid is None else grid
    there = {name.casefold() for name in grid.header}
    lacking = [words[:1] for words in wanted if there.isdisjoint(word.casefold() for word in words)]
    grid.refuse_without(lacking, str(path))  # by their own names: other words for them are many
    columns, renamed = _renamed(_columns(grid, (*_TEXTS, *required, *names), where), aliases, where)
    table = {name: [row[place] for _, row in grid.rows] for place, name in enumerate(columns)}
    cells_of = {name: [cell.strip() for cell in cells] for name, cells in table.items() if name not in _TEXTS}
    absent = {name: [cell in missing for cell in cells] for name, cells in cells_of.items()}
    for name, gaps in absent.items():
        table[name] = ["" if gap else cell for gap, cell in zip(gaps, table[name], strict=True)]
    for name, cells in table.items():
        for (place, _), cell in zip(grid.rows, cells, strict=True):
            if not cell.isprintable():
                refuse_unwritable(cell, f"{place}, column {name!r}", str(path))
    for group in (("code", "parent"), ("entity",), ("period",), ("actor_id",), ("type",), ("standard",)):
        named = [name for name in group if name in table]
        entries = ((table[name][at], place) for at, (place, _) in enumerate(grid.rows) for name in named)
        entries = ((cell, place) for cell, place in entries if cell)
        refuse_twins(entries, str(path))
    table, marked = _without_marks(table, where)
    table, told = _with_periods(table, [place for place, _ in grid.rows], where)
    frame = pd.DataFrame({name: _typed(name, cells) for name, cells in table.items()})
    commas = (*_decimal_commas(table, where), *_points(table, where))
    count = sum(sum(gaps) for gaps in absent.values())
    said = dict.fromkeys(cell for name in absent for cell in cells_of[name] if cell in missing)
    words = {"file": where.name, "words": ", ".join(said), "count": str(count)}
    gone = [Remark("missing_words", words)] if count else []
    places = tuple(place for place, _ in grid.rows)
    return OwnTable(frame, (*grid.remarks, *renamed, *gone, *marked, *told, *commas), places)


def refuse_texts(table: OwnTable, columns: Collection[str], where: str, *, keep: Collection[bool]) -> None:
    """Refuse columns of numbers that hold anything else, in the rows to be kept, naming those cells and no others.

    Raises
    ------
    TableError
        With the first few of the cells, where they stand, and how many there are.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "values.csv"
    >>> size = path.write_text("entity,users\\nKAZ,92.3\\nUZB,many\\n", encoding="utf-8")
    >>> table = sources.read_own_table(path, names=["users"])
    >>> sources.refuse_texts(table, ["users"], path.name, keep=[True, False])
    >>> sources.refuse_texts(table, ["users"], path.name, keep=[True, True])
    Traceback (most recent call last):
        ...
    digital_diplomacy.errors.TableError: values.csv, column 'users': cells that are no number like the others (1): \
line 3: 'many'; leave a cell empty if its number is missing
    >>> folder.cleanup()
    """
    for name in columns:
        rows = zip(table.places, table.frame[name], keep, strict=True)
        cells = [(place, cell) for place, cell, is_kept in rows if is_kept and not pd.isna(cell)]
        if table.frame[name].dtype != object:
            continue
        wrong = [cells[at] for at in no_numbers([cell for _, cell in cells])]
        commas = [(place, cell) for place, cell in cells if "," in str(cell)]
        if commas and not wrong:
            raise TableError(
                "{path}, column {name!r}: commas may stand before decimals or between thousands: {cells}; leave those "
                "between thousands out, or write decimals with a point",
                path=where,
                name=name,
                cells=listed_places(commas),
            )
        if wrong:
            raise TableError(
                "{path}, column {name!r}: cells that are no number like the others ({count}): {cells}; leave a cell "
                "empty if its number is missing",
                path=where,
                name=name,
                count=len(wrong),
                cells=listed_places(wrong),
            )


def _points(table: dict[str, list[str]], path: Path) -> tuple[Remark, ...]:
    """A remark on columns all of whose points have three figures behind them and others than 0 before them."""
    told = []
    for name, cells in table.items():
        pointed = [cell.strip() for cell in cells if "." in cell]
        if name not in _TEXTS and len(pointed) > 1 and all(map(_THOUSANDS.fullmatch, pointed)):
            told.append(Remark("points_decimal", {"file": path.name, "column": name, "cells": listed(pointed)}))
    return tuple(told)


def _renamed(
    columns: list[str], aliases: Mapping[str, Sequence[str]], path: Path
) -> tuple[list[str], tuple[Remark, ...]]:
    """The columns with the first alias of each absent one renamed, and what was renamed."""
    named, remarks = list(columns), []
    for name, others in aliases.items():
        folded = [column.casefold() for column in named]
        alias = next((other.casefold() for other in others if other.casefold() in folded), None)
        if name not in named and alias is not None:
            place = folded.index(alias)
            remarks.append(Remark("renamed", {"file": path.name, "column": named[place], "name": name}))
            named[place] = name
    return named, tuple(remarks)


def _without_marks(table: dict[str, list[str]], path: Path) -> tuple[dict[str, list[str]], tuple[Remark, ...]]:
    """The table without marks of footnotes behind figures, in columns that are numbers without them, and which."""
    kept, said = dict(table), []
    for name, cells in table.items():
        bare = [cell if _POWER.search(cell) else unmarked(cell) for cell in cells]
        marks = [old for old, new in zip(cells, bare, strict=True) if new and len(new) < len(normal_form(old))]
        if name not in _TEXTS and marks and None not in numbers([cell for cell in bare if cell]):
            kept[name] = bare
            said.append(f"{name}: {', '.join(map(repr, marks))}")
    remark = Remark("marks_left", {"file": path.name, "cells": listed(said)})
    return kept, (remark,) if said else ()


def _with_periods(
    table: dict[str, list[str]], places: Sequence[str], path: Path
) -> tuple[dict[str, list[str]], tuple[Remark, ...]]:
    """The table with its periods in ISO 8601, and which cells were written otherwise."""
    if PERIOD not in table:
        return table, ()
    cells = [normal_form(cell) for cell in table[PERIOD]]
    periods = [_period(cell, f"{path}, {place}") for cell, place in zip(cells, places, strict=True)]
    changed = [f"{cell}: {period}" for cell, period in zip(cells, periods, strict=True) if cell != period]
    remark = Remark("periods_read", {"file": path.name, "cells": listed(changed)})
    return {**table, PERIOD: periods}, (remark,) if changed else ()


def _period(cell: str, where: str) -> str:
    """A period in ISO 8601; what tells of no year with four digits is no period, and stays."""
    if decimal := _DECIMAL_YEAR.fullmatch(cell):
        return decimal[1]
    if not _YEAR.search(cell) or _ISO_PERIOD.fullmatch(cell):
        return cell
    try:
        found = read_date(cell)
    except UnreadableError as error:
        if error.reason == NOT_UNDERSTOOD:
            return cell
        raise TableError("{where}, column {period!r}: {error}", where=where, period=PERIOD, error=error) from error
    return found.period if found.bound == "exact" else cell


def _columns(grid: Grid, spelled: Sequence[str], path: Path) -> list[str]:
    """Names of the columns; one known to the caller is spelled as it knows it."""
    known = {name.casefold(): name for name in reversed(spelled)}
    for number, name in enumerate(grid.header, start=1):
        if not name:
            raise TableError(
                "{path}: column {number} has no name in {start}; give it one",
                path=path,
                number=number,
                start=grid.start,
            )
    columns = [
        name if name in spelled or known.get(name.casefold(), name) in grid.header else known.get(name.casefold(), name)
        for name in grid.header
    ]
    twice = [number for number, name in enumerate(columns) if name in columns[:number]]
    if twice:
        raise TableError("{path}: column {header!r} stands twice; keep one", path=path, header=grid.header[twice[0]])
    return columns


def _typed(name: str, cells: Sequence[str]) -> pd.Series:
    """Numbers if every filled cell is one, digit for digit; otherwise texts, the empty ones missing."""
    if name in _IDENTIFIERS:
        return pd.Series([normal_form(cell) for cell in cells], dtype=str)
    if name in _TEXTS:
        return pd.Series([cell.strip() for cell in cells], dtype=str)
    filled = [cell for cell in cells if cell.strip()]
    found = numbers(filled)
    if any(
        number is None or (abs(number) > _EXACT and cell.strip().isdigit())
        for number, cell in zip(found, filled, strict=True)
    ):
        return pd.Series([cell if cell != "" else None for cell in cells], dtype=object)
    remaining = iter(found)
    return pd.Series([next(remaining) if cell.strip() else math.nan for cell in cells], dtype=float)


def _decimal_commas(table: dict[str, list[str]], path: Path) -> list[Remark]:
    """That decimal commas were read, and where, with the cells of the first column to know the rows by."""
    keys = next(iter(table.values()))
    given = {
        name: [(key, cell) for key, cell in zip(keys, column, strict=True) if cell.strip()]
        for name, column in table.items()
        if name not in _TEXTS
    }
    found = [name for name, rows in given.items() if has_decimal_commas([cell for _, cell in rows])]
    if not found:
        return []
    cells = listed(f"{key}: {cell!r}" for key, cell in given[found[0]] if "," in cell)
    if len(found) == 1:
        return [Remark("decimal_commas", {"file": path.name, "column": found[0], "cells": cells})]
    words = {"file": path.name, "count": str(len(found)), "columns": listed(found), "cells": cells}
    return [Remark("decimal_commas_columns", words)]
