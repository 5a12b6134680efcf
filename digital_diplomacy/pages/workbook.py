"""Result tables as sheets of one Excel workbook, the same bytes for the same tables."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy.errors import ArgumentError

_EPOCH: Final = dt.datetime(1980, 1, 1)  # noqa: DTZ001  # the earliest a ZIP archive can say, in no time zone
_SHEET_NAME: Final = 31  # characters Excel allows
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDEST: Final = 60  # characters of a column


def write_workbook(sheets: Mapping[str, pd.DataFrame], path: Path | str) -> None:
    """Write frames as sheets with a fixed header row; texts stay texts, whatever they begin with.

    Parameters
    ----------
    sheets : mapping of str to DataFrame
        Name of the sheet (at most 31 characters, none of ``[]:*?/\\``) to its table; missing cells stay empty.
    path : Path or str
        Of the file; replaced if it exists.

    Raises
    ------
    ValueError
        Naming a sheet whose name Excel does not take, or a text that holds a control character.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, frame in sheets.items():
        if not name or len(name) > _SHEET_NAME or _FORBIDDEN.search(name):
            raise ArgumentError(
                "sheet {name!r}: 1 to {sheet_name} characters and none of []:*?/\\ expected",
                name=name,
                sheet_name=_SHEET_NAME,
            )
        _fill(book.create_sheet(name), frame)
    book.properties.creator = "digital_diplomacy"
    book.properties.created = book.properties.modified = _EPOCH
    stream = io.BytesIO()
    book.save(stream)
    Path(path).write_bytes(_without_times(stream.getvalue()))


def _fill(sheet: Any, frame: pd.DataFrame) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    columns = [str(column) for column in frame.columns]
    rows = [[_plain(value) for value in row] for row in frame.astype(object).to_numpy().tolist()]
    for number, row in enumerate([columns, *rows], start=1):
        for place, value in enumerate(row, start=1):
            if isinstance(value, str) and _CONTROL.search(value):
                raise ArgumentError(
                    "sheet {title!r}, row {number}, column {columns!r}: {value!r} holds a control character; remove it",
                    title=sheet.title,
                    number=number,
                    columns=columns[place - 1],
                    value=value,
                )
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with an equals sign is no formula
                cell.quotePrefix = value.startswith(_FORMULAS)  # nor does it become one when a reader edits it
    for place, name in enumerate(columns, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        longest = max([len(name), *(len(str(row[place - 1] or "")) for row in rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, _WIDEST)
    sheet.freeze_panes = "A2"
    if rows:
        sheet.auto_filter.ref = sheet.dimensions


def _plain(value: Any) -> Any:
    """A cell as Excel knows it; what is missing is empty."""
    if value is None or value is pd.NA or value != value:  # a missing number differs from itself
        return None
    return value.item() if hasattr(value, "item") else value


def _without_times(content: bytes) -> bytes:
    """The archive with every member dated alike, and its properties too: the library writes the time of saving."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda member: (member != "[Content_Types].xml", member)):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", part)
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, part)
    return stream.getvalue()
