"""Sheets of OpenDocument spreadsheets as rows of text.

The format is XML in a ZIP archive: OASIS, Open Document Format for Office Applications 1.3, part 3 (2021), chapter 9,
Tables. Runs of equal cells and rows are stored once with a number of repeats (19.676, 19.679).
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from digital_diplomacy.archives import refuse_bombs
from digital_diplomacy.endless import refuse_endless
from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.files import read_own_bytes

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_WIDEST: Final = 16_384  # columns a spreadsheet has


def is_spreadsheet(path: Path) -> bool:
    """Whether the file is an OpenDocument spreadsheet, whatever its name says."""
    refuse_endless(path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as stream:
            return stream.read(len(_MIMETYPE)) == _MIMETYPE
    # A damaged archive raises by its part: of zlib, of a compression nobody has, of a password.
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        return False


def read_spreadsheet(path: Path) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Every sheet with its rows: where a row stands (``row 3``) and its cells, numbers with every digit.

    Raises
    ------
    SourceError
        If the file is damaged, or what it unpacks to is no table of figures.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    content = read_own_bytes(path)
    try:
        refuse_bombs(path, content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = fromstring(archive.read("content.xml"))
    # A damaged archive raises by its part: of zlib, of a compression nobody has, of a password.
    except (
        KeyError, ValueError, RuntimeError, EOFError, OSError, zlib.error, zipfile.BadZipFile, ParseError,
        DefusedXmlException,
    ) as error:  # fmt: skip
        raise SourceError(
            "{path}: the spreadsheet is damaged; save it anew as .ods, .xlsx or CSV", path=path
        ) from error
    return [(table.get(f"{_TABLE}name", ""), list(_rows(table))) for table in root.iter(f"{_TABLE}table")]


def _rows(table: Any) -> Iterator[tuple[str, list[str]]]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells = _cells(row)
        repeats = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        if any(cells):
            yield from ((f"row {number + n}", list(cells)) for n in range(repeats))
        number += repeats


def _cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            repeats = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            cells += [_text(cell)] * min(repeats, _WIDEST - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Any) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    shown = "\n".join("".join(paragraph.itertext()) for paragraph in cell.findall(f"{_TEXT}p"))
    if kind == "float":
        return str(cell.get(f"{_OFFICE}value", "")).removesuffix(".0")
    if kind == "date":
        return str(cell.get(f"{_OFFICE}date-value", "")).removesuffix("T00:00:00")
    return shown  # percentages as the spreadsheet shows them
