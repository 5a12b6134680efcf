"""Sheets of Excel workbooks as rows of text; a formula whose value was never computed is refused."""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.archives import refuse_bombs
from digital_diplomacy.endless import refuse_endless
from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.sources.files import read_own_bytes
from digital_diplomacy.sources.identifiers import plain_text

_FORMULA: Final = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_HIDDEN: Final = re.compile(rb"""<(?:[\w.-]+:)?(row|col)\b[^>]*?\bhidden=["'](?:1|true)["'][^>]*>""")
_NUMBERS: Final = re.compile(rb"""\b(?:r|min|max)=["'](\d+)["']""")
_LONGEST: Final = 1024  # bytes that one of the elements searched for may take
_WIDEST: Final = 2**14  # columns of a sheet of Excel
_DIGITS: Final = 15  # "Excel specifications and limits" (Microsoft): number precision
_YEAR: Final = re.compile(r"(?:\[[^\]]*\])*y{2,4}(?:[^dhmsy]*)", re.IGNORECASE)
"""The format of a date that is shown as its year."""


def is_workbook(path: Path) -> bool:
    """Whether the file is an Excel workbook, whatever its name says."""
    refuse_endless(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets of a workbook, in their order."""
    return list(_loaded(path, read_own_bytes(path)))


def hidden_parts(path: Path) -> dict[str, tuple[bool, list[str], list[str]]]:
    """Of every sheet whether it is hidden, and which of its rows and columns that hold something are."""
    sheets = _loaded(path, read_own_bytes(path))
    return {name: (one.is_hidden, *one.hidden) for name, one in sheets.items()}


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
    sheets = _loaded(path, read_own_bytes(path))
    return [(name, _rows(path, name, sheet, as_shown=as_shown)) for name, sheet in sheets.items()
            if not only or name in only]  # fmt: skip


@dataclass(frozen=True)
class _Sheet:
    """Rows of texts; cells as the workbook shows them where that is another text, by place; a cell without a value;
    whether it is hidden, and which of its rows and columns are."""

    rows: list[list[str]]
    shown: dict[tuple[int, int], str]
    unvalued: str
    is_hidden: bool = False
    hidden: tuple[list[str], list[str]] = ([], [])


def _rows(path: Path, name: str, sheet: _Sheet, *, as_shown: bool) -> list[tuple[str, list[str]]]:
    if sheet.unvalued:
        raise TableError(
            "{path}, sheet {sheet!r}, cell {coordinate}: the formula has no value; open and save the "
            "workbook in Excel, or write the value",
            path=path,
            sheet=name,
            coordinate=sheet.unvalued,
        )
    rows = [list(row) for row in sheet.rows]
    if as_shown:
        for (number, place), text in sheet.shown.items():
            rows[number][place] = text
    return [(f"row {number}", row) for number, row in enumerate(rows, start=1)]


@lru_cache(maxsize=4)
def _loaded(path: Path, content: bytes) -> dict[str, _Sheet]:
    """Every sheet, a row at a time, read for its values and, where there are any, beside it for its formulas."""
    from openpyxl import load_workbook

    damaged = SourceError("{path}: the Excel workbook is damaged or protected; save it anew as .xlsx or CSV", path=path)
    try:
        refuse_bombs(path, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations that have no part in the values
            options: dict[str, bool] = {"read_only": True, "keep_links": False}
            values = load_workbook(io.BytesIO(content), data_only=True, **options).worksheets
            formulas: list[Any] = [None] * len(values)
            if _may_have_formulas(content):
                formulas = load_workbook(io.BytesIO(content), data_only=False, **options).worksheets
            pairs = [(one, _sheet(one, other)) for one, other in zip(values, formulas, strict=True)]
            return {str(one.title): _with_hidden(sheet, one, content) for one, sheet in pairs}
    except SourceError:
        raise
    # A damaged workbook can make openpyxl raise almost anything, from KeyError to zlib's own error.
    except Exception as error:
        raise damaged from error


def _may_have_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            with archive.open(part) as stream:
                before = b""
                while piece := stream.read(1 << 20):
                    if _FORMULA.search(before + piece) or b"\0" in piece[:4]:  # wide letters are not searched
                        return True
                    before = piece[-_LONGEST:]
    return False


def _with_hidden(sheet: _Sheet, worksheet: Any, content: bytes) -> _Sheet:
    """The sheet with what of it the workbook hides, as its file says."""
    found: dict[bytes, set[int]] = {b"row": set(), b"col": set()}
    part = str(worksheet._worksheet_path)
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
        before = b""
        while piece := stream.read(1 << 20):
            for element in _HIDDEN.finditer(before + piece):
                ends = [int(number) for number in _NUMBERS.findall(element[0])]
                found[element[1]].update(range(min(ends), min(max(ends), min(ends) + _WIDEST) + 1) if ends else ())
            before = piece[-_LONGEST:]
    rows = [str(number) for number in sorted(found[b"row"]) if any(any(row) for row in sheet.rows[number - 1 : number])]
    width = max(map(len, sheet.rows), default=0)
    columns = [_letters(number) for number in sorted(found[b"col"]) if number <= width]
    return replace(sheet, is_hidden=worksheet.sheet_state != "visible", hidden=(rows, columns))


def _letters(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _sheet(values: Any, formulas: Any = None) -> _Sheet:
    for sheet in (values, formulas) if formulas else (values,):
        sheet.reset_dimensions()  # what programs write of them is often wrong
    found = _Sheet([], {}, "")
    unvalued = ""
    rows = values.iter_rows()
    pairs = zip(rows, formulas.iter_rows(), strict=True) if formulas else ((row, row) for row in rows)
    for number, (row, beside) in enumerate(pairs):
        texts = [_text(cell.value) for cell in row]
        for place, (cell, formula) in enumerate(zip(row, beside, strict=True)):
            if cell.value is None and formula.data_type == "f":
                unvalued = unvalued or str(formula.coordinate)
            elif (shown := _shown(cell)) != texts[place]:
                found.shown[number, place] = shown
        while texts and not texts[-1]:
            texts.pop()
        found.rows.append(texts)
    while found.rows and not found.rows[-1]:
        found.rows.pop()
    width = max(map(len, found.rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in found.rows]
    return _Sheet(rows, found.shown, unvalued)


def _shown(cell: Any) -> str:
    if isinstance(cell.value, dt.date) and _YEAR.fullmatch(str(cell.number_format)):
        return str(cell.value.year)
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and "%" in str(cell.number_format):
        return f"{(_held(cell.value) * 100).normalize():f}%"
    if isinstance(cell.value, float):
        return f"{_held(cell.value):f}"
    return _text(cell.value)


def _held(number: float) -> Decimal:
    """A number with the digits Excel shows at most: what stands behind them is noise of its arithmetic.

    Examples
    --------
    >>> _held(78.70000000000002), _held(1 / 3)
    (Decimal('78.7'), Decimal('0.333333333333333'))
    """
    return Decimal(f"{number:.{_DIGITS}g}")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return plain_text(value)
