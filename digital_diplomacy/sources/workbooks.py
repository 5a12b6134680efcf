"""Sheets of Excel workbooks as rows of text; a formula whose value was never computed is refused."""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.sources.files import read_own_bytes
from digital_diplomacy.sources.identifiers import plain_text

_LARGEST: Final = 200_000_000  # bytes unpacked; more is no table of figures


def is_workbook(path: Path) -> bool:
    """Whether the file is an Excel workbook, whatever its name says."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets of a workbook, in their order."""
    return list(_loaded(path, read_own_bytes(path)))


def read_sheets(
    path: Path, *, only: Collection[str] = (), as_shown: bool = False
) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Every sheet, or ``only`` these, with its rows: where a row stands (``row 3``) and its cells.

    With ``as_shown``, numbers that the workbook shows as percent are read as percent (``63.5%``, not ``0.635``).

    Raises
    ------
    SourceError
        If the workbook is damaged.
    TableError
        Naming a cell whose formula has no value.
    """
    content = read_own_bytes(path)
    sheets = _loaded(path, content).items()
    return [
        (str(name), _rows(path, name, *both, as_shown=as_shown)) for name, both in sheets if not only or name in only
    ]


@lru_cache(maxsize=4)
def _loaded(path: Path, content: bytes) -> dict[str, tuple[list[Any], list[Any]]]:
    """Values and formulas of every sheet, row by row."""
    from openpyxl import load_workbook

    _refuse_bombs(path, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations that have no part in the values
            found: list[dict[str, list[Any]]] = []
            for values in (True, False):
                book = load_workbook(io.BytesIO(content), data_only=values)
                found.append({sheet.title: list(sheet.iter_rows()) for sheet in book.worksheets})
    # A damaged workbook can make openpyxl raise almost anything, from KeyError to zlib's own error.
    except Exception as error:
        raise SourceError(
            "{path}: the Excel workbook is damaged or protected; save it anew as .xlsx or CSV", path=path
        ) from error
    return {name: (rows, found[1][name]) for name, rows in found[0].items()}


def _refuse_bombs(path: Path, content: bytes) -> None:
    """Refuse a workbook whose parts are more than any table of figures takes, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return  # damaged, which is said of it where it is read
    if size > _LARGEST:
        raise SourceError(
            "{path}: the spreadsheet holds more than {largest} bytes; save the table as CSV",
            path=path,
            largest=_LARGEST,
        )


def _rows(
    path: Path, sheet: str, values: list[Any], formulas: list[Any], *, as_shown: bool
) -> list[tuple[str, list[str]]]:
    for row in formulas:
        for cell in row:
            if cell.data_type == "f" and values[cell.row - 1][cell.column - 1].value is None:
                raise TableError(
                    "{path}, sheet {sheet!r}, cell {coordinate}: the formula has no value; open and save the "
                    "workbook in Excel, or write the value",
                    path=path,
                    sheet=sheet,
                    coordinate=cell.coordinate,
                )
    return [
        (f"row {number}", [_shown(cell) if as_shown else _text(cell.value) for cell in row])
        for number, row in enumerate(values, start=1)
    ]


def _shown(cell: Any) -> str:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and "%" in str(cell.number_format):
        return f"{(Decimal(repr(cell.value)) * 100).normalize():f}%"
    return _text(cell.value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return plain_text(value)
