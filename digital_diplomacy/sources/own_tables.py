"""Tables of researchers' own: read as they are, without a descriptor and without guesses about missing cells."""

import csv
import io
import math
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.sources.files import read_bytes

_TEXTS: Final = ("entity", "period", "name", "code", "parent", "actor_id", "type", "standard")
"""Columns that hold texts even where every one of them looks like a number."""


def read_text(path: Path) -> str:
    """The content of a text file in UTF-8, with or without byte order mark.

    Raises
    ------
    SourceError
        Naming file and line of the first byte that is not UTF-8.
    """
    content = read_bytes(path, str(path))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{path} is UTF-16; save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{path}, line {line}: byte {error.start} is not UTF-8; save the file as UTF-8") from error


def read_table(path: Path) -> pd.DataFrame:
    """A table of comma-separated values; only an empty cell is missing, and numbers keep every digit.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8 with one header line. Columns ``entity, period, name, code, parent, actor_id, type`` and
        ``standard`` are texts.

    Raises
    ------
    SourceError
        If the file cannot be read or is not UTF-8.
    TableError
        If it is no table, or separated by semicolons.
    """
    text = read_text(path)
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError) as error:
        raise TableError(f"{path}: not a table of comma-separated values ({error or 'it is empty'})") from error
    names = [name.strip() for name in header]
    _refuse_shape(names, rows, path)
    return pd.DataFrame({name: _typed(name, [row[place] for row in rows]) for place, name in enumerate(names)})


def _refuse_shape(names: list[str], rows: list[list[str]], path: Path) -> None:
    if len(names) == 1 and ";" in names[0]:
        raise TableError(f"{path}: cells are separated by semicolons; save the file with commas")
    twice = [name for number, name in enumerate(names) if name in names[:number]]
    if twice or "" in names:
        said = f"column {twice[0]!r} stands twice; keep one" if twice else "a column has no name; give it one"
        raise TableError(f"{path}: {said}")
    if not rows:
        raise TableError(f"{path}: the table has no rows")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(names):
            raise TableError(
                f"{path}: row {number} ({'/'.join(row[:2])}) has {len(row)} cells, the header {len(names)}"
            )


def _typed(name: str, cells: list[str]) -> pd.Series:
    """Numbers if every filled cell is one, digit for digit; otherwise texts, the empty ones missing."""
    if name not in _TEXTS:
        try:
            return pd.Series([_number(cell) if cell.strip() else math.nan for cell in cells], dtype=float)
        except ValueError:
            return pd.Series([cell if cell != "" else None for cell in cells], dtype=object)
    return pd.Series([cell.strip() for cell in cells], dtype=str)


def _number(cell: str) -> float:
    """A number as people write them; the words and underscores that Python takes for numbers are texts here."""
    number = float(cell)
    if "_" in cell or math.isnan(number):
        raise ValueError(f"{cell!r} is no number")
    return number
