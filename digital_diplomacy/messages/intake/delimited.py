"""Tables of messages: text between separators, workbooks, Parquet; lines that stand before a header are passed over."""

import csv
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from digital_diplomacy.archives import refuse_bombs
from digital_diplomacy.errors import SourceError, said
from digital_diplomacy.messages.intake.opening import Part, text_of
from digital_diplomacy.messages.intake.shapes import Shape, reader, recognised
from digital_diplomacy.messages.table import Message, Unread, words_of

PARQUET: Final = b"PAR1"
_BEFORE: Final = 30  # lines that may stand before a header
_SEPARATORS: Final = ",;\t|"

csv.field_size_limit(min(sys.maxsize, 1 << 30))


def table_of(head: str, shapes: Sequence[Shape]) -> tuple[Shape, str, int] | None:
    """The shape of a text by its first lines, its separator, and how many rows stand before the header.

    Examples
    --------
    >>> from digital_diplomacy.messages.intake.shapes import packaged
    >>> head = "sep=;\\nvideo_id;comment_id;author_name;text;published_at;parent_comment_id\\n"
    >>> table_of(head, packaged())[1:]
    (';', 1)
    """
    for separator in _SEPARATORS:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        for number, cells in zip(range(_BEFORE), _unbroken(rows), strict=False):
            if shape := recognised(_header(cells), shapes):
                return shape, separator, number
    return None


def _unbroken(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            yield next(rows)
        except (StopIteration, csv.Error):
            return


def _header(cells: Sequence[Any]) -> list[str]:
    return [str(cell if cell is not None else "").strip(" \ufeff\u00a0") for cell in cells]


def texts(part: Part, encoding: str, shape: Shape, separator: str, before: int) -> Iterator[Message | Unread]:
    """Messages of a text between separators."""
    with text_of(part, encoding) as stream:
        escape = "\\" if shape.constant("escapes") == "backslash" else None
        rows = csv.reader(_cleaned(stream), delimiter=separator, strict=True, escapechar=escape)
        yield from _messages(_numbered(rows), shape, before)


def _cleaned(stream: TextIO) -> Iterator[str]:
    return (line.replace("\0", "") for line in stream)


def _numbered(rows: Any) -> Iterator[tuple[int, list[str]] | Unread]:
    """Rows with the line each begins in; a quotation mark that is never closed is told with the lines it took."""
    while True:
        begins = rows.line_num + 1
        try:
            yield begins, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unread(begins, "csv", f"{error}; {begins}-{rows.line_num}")


def _messages(rows: Iterator[tuple[int, Any] | Unread], shape: Shape, before: int) -> Iterator[Message | Unread]:
    for _ in range(before):
        next(rows)
    first = next(rows)
    if isinstance(first, Unread):
        yield first
        return
    header = _header(first[1])
    if shape.name == "gdelt_events":
        rows = chain([first], rows)
    read = reader(shape, header)
    for row in rows:
        yield row if isinstance(row, Unread) else _message(row[0], row[1], len(header), read)


def _message(line: int, cells: Sequence[Any], wanted: int, read: Any) -> Message | Unread:
    if len(cells) != wanted:
        return Unread(line, "cells" if any(cells) else "empty", f"{len(cells)} / {wanted}")
    try:
        found: Message = read(cells)
    except ValueError as error:
        return Unread(line, "fields", words_of(error))
    return found


def workbooks(part: Part, shapes: Sequence[Shape]) -> tuple[Shape, Iterator[Message | Unread]] | None:
    """Messages of the first sheet of a workbook in which a shape is recognised."""
    from python_calamine import CalamineWorkbook

    if zipfile.is_zipfile(part.path):
        _refuse_bombs(part)
    book = CalamineWorkbook.from_path(str(part.path))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for number, cells in enumerate(rows[:_BEFORE]):
            if shape := recognised(_header(cells), shapes):
                numbered = ((line, row) for line, row in enumerate(rows, start=1))
                return shape, _messages(numbered, shape, number)
    return None


def _refuse_bombs(part: Part) -> None:
    try:
        refuse_bombs(part.path)
    except ValueError as error:
        raise SourceError(
            "{path}: cannot be opened ({reason})", path=part.name, reason=said("the file breaks off or is damaged")
        ) from error


def header_of_parquet(part: Part) -> list[str]:
    """Names of the columns of a Parquet file.

    Raises
    ------
    SourceError
        If it is packed again, so that it cannot be read in pieces, or damaged.
    """
    with part.path.open("rb") as stream:
        is_packed = bool(part.member) or stream.read(4) != PARQUET
    if is_packed:
        raise SourceError("{file}: Parquet within another packing; unpack it, it is packed by itself", file=part.name)
    try:
        return [str(name) for name in pq.read_schema(part.path).names]
    except (OSError, pa.ArrowException) as error:
        raise SourceError(
            "{path}: cannot be opened ({reason})", path=part.name, reason=said("the file breaks off or is damaged")
        ) from error


def parquet(part: Part, shape: Shape) -> Iterator[Message | Unread]:
    """Messages of a Parquet file."""
    file = pq.ParquetFile(part.path)
    header = [str(name) for name in file.schema_arrow.names]
    read, line = reader(shape, header), 0
    for batch in file.iter_batches(batch_size=10_000):
        for row in zip(*(_values(column) for column in batch.columns), strict=True):
            line += 1
            yield _message(line, row, len(header), read)


def _values(column: pa.Array) -> list[Any]:
    """Cells of a column; times without zone stay so."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return list(column.to_pylist())
