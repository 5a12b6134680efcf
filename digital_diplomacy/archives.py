"""Workbooks, spreadsheets and papers are archives of XML: what they unpack to and reach is known before they are read.

A few kilobytes can stand for gigabytes: blanks that unpack, a cell in the last row and column of a sheet, a row that is
repeated a million times, entities that name each other.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from digital_diplomacy.errors import SourceError

MOST_BYTES: Final = 200_000_000
"""Unpacked, with pictures."""
MOST_CELLS: Final = 30_000_000
"""Of the rectangle that the cells of a sheet span: all rows that Excel has, and 28 columns."""
MOST_FILLED: Final = 6_000_000
"""Cells with content of a table of any format: all rows that Excel has, and five columns."""
_MOST_ROWS: Final = 1_048_576
_WIDEST: Final = 16_384  # columns
_MOST: Final = {"sst": 10_000_000, "worksheet": 1_000_000}
"""Elements held at once of a part of a workbook, by its root: texts of cells, and what is no cell of a sheet."""
_MOST_OF_WORKBOOK: Final = 1_000_000  # Excel keeps 65,490 styles of cells
_MOST_OF_OTHERS: Final = 5_000_000  # a gigabyte of memory
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROWS: Final = f"{_TABLE}number-rows-repeated"
_COLUMNS: Final = f"{_TABLE}number-columns-repeated"
_VALUE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_XML: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")


def refuse_bombs(path: Path, content: bytes | None = None) -> None:
    """Refuse an archive that would fill the memory or whose XML declares entities; nothing unpacked is kept.

    Parameters
    ----------
    path : Path
        A workbook of Excel, a spreadsheet of OpenDocument or a paper of Word.
    content : bytes, optional
        What stands in it, where that is known.

    Raises
    ------
    SourceError
        Naming the file and what is too much.
    ValueError
        If it is damaged, for whoever reads it to say in the words of its format.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from zipfile import ZIP_DEFLATED, ZipFile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "a.xlsx"
    >>> with ZipFile(path, "w", ZIP_DEFLATED) as archive:
    ...     archive.writestr("xl/workbook.xml", " " * 200_000_001)
    >>> refuse_bombs(path)
    Traceback (most recent call last):
    ...
    digital_diplomacy.errors.SourceError: .../a.xlsx: it holds more than 200000000 bytes; ...
    >>> folder.cleanup()
    """
    try:
        with zipfile.ZipFile(path if content is None else io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_BYTES:
                raise too_large(path, MOST_BYTES)
            is_workbook = any(part.filename.startswith("xl/") for part in parts)
            for part in parts:
                with archive.open(part) as stream:
                    start = stream.read(64)
                    if start.lstrip()[:4].startswith(_XML):
                        _Part(path, _MOST_OF_WORKBOOK if is_workbook else _MOST_OF_OTHERS).scan(start, stream)
    # A damaged archive raises by its part: of zlib, of a compression nobody has, of a password.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, expat.ExpatError) as error:
        raise ValueError(str(error)) from error


def too_large(path: Path, most: int) -> SourceError:
    """The refusal of a file, or of what it unpacks to, with more bytes than are read."""
    told = "{path}: it holds more than {most} bytes; save what is needed of it in a file of its own"
    return SourceError(told, path=path, most=most)


def too_many(path: Path) -> SourceError:
    """The refusal of a table of any format that has more cells than are read."""
    return SourceError(
        "{path}: it has more than {most} cells, which would take minutes to read; keep the rows and columns that are "
        "needed in a file of their own (DuckDB, for one, selects from CSV and Parquet of any size)",
        path=path,
        most=MOST_FILLED,
    )


class _Part:
    """Counts elements of a part of an archive that would be held at once, and how far its cells reach."""

    def __init__(self, path: Path, most: int) -> None:
        self._path, self._most = path, most
        self._root, self._held = "", 0
        self._row = self._column = self._height = self._width = self._filled = 0
        self._repeated = 1

    def scan(self, start: bytes, rest: IO[bytes]) -> None:
        """Read the part to its end, or to where it is too much."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._element
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(start)
        while piece := rest.read(1 << 20):
            parser.Parse(piece)
        parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        raise SourceError(
            "{where}: a document type or entities in the file; they can hide files and memory bombs, so remove them",
            where=self._path,
        )

    def _element(self, name: str, given: Mapping[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if not self._root:
            self._root = tag
            self._most = _MOST.get(tag, self._most)
        self._held += 1
        if self._root == "worksheet":
            self._excel(tag, given)
        elif name.startswith(_TABLE):
            self._opendocument(tag, given)
        elif tag == "p":
            self._reach(self._row, self._column)
        if self._held > self._most:
            told = "{path}: it holds more than {most} elements; save what is needed of it in a file of its own"
            raise SourceError(told, path=self._path, most=self._most)

    def _excel(self, tag: str, given: Mapping[str, str]) -> None:
        """Rows and cells stand in order, or readers would lose them; without a place they follow the one before."""
        place = given.get("r", "")
        if tag == "row":
            self._row, self._column, self._held = self._next(place or "", self._row, _MOST_ROWS), 0, 0
        elif tag == "c":
            letters = place.rstrip("0123456789")
            self._column, self._held = self._next(str(_number(letters)) if letters else "", self._column, _WIDEST), 0
            self._reach(self._row, self._column)
        elif tag in ("v", "is"):
            self._fill(1)

    @staticmethod
    def _next(place: str, before: int, most: int) -> int:
        number = int(place) if place else before + 1
        if not before < number <= most:
            raise ValueError(f"{number} after {before}")
        return number

    def _opendocument(self, tag: str, given: Mapping[str, str]) -> None:
        """Empty rows and cells up to the last place of a sheet are usual; those with content reach."""
        if tag == "table":
            self._row = self._column = self._height = self._width = 0
        elif tag == "table-row":
            self._repeated = _repeats(given, _ROWS)
            self._row, self._column = self._row + self._repeated, 0
        elif tag in ("table-cell", "covered-table-cell"):
            before, self._column = self._column, min(self._column + _repeats(given, _COLUMNS), _WIDEST)
            if _VALUE in given:
                self._reach(self._row, self._column)
                self._fill((self._column - before) * self._repeated)

    def _fill(self, count: int) -> None:
        self._filled += count
        if self._filled > MOST_FILLED:
            raise too_many(self._path)

    def _reach(self, row: int, column: int) -> None:
        self._height, self._width = max(self._height, row), max(self._width, column)
        if self._height * self._width > MOST_CELLS:
            raise SourceError(
                "{path}: its cells reach to row {row} and column {column}; delete what stands far from the table, or "
                "save the table as CSV",
                path=self._path,
                row=self._height,
                column=self._width,
            )


def _number(letters: str) -> int:
    """The number of a column by its letters: 1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = 26 * number + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter.upper()) + 1
    return number


def _repeats(given: Mapping[str, str], name: str) -> int:
    number = int(given.get(name, "1"))
    if number < 1:
        raise ValueError(f"{name}: {number}")
    return number
