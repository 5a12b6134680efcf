"""The content of files, told apart by what they are and not by what they are called: text, JSON, CSV, ZIP."""

import csv
import io
import json
import math
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from digital_diplomacy.cells import csv_fault
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.sources.fetching.connecting import Limits
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError, sentence_of
from digital_diplomacy.sources.identifiers import normal_form

_PAGE: Final = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_XML: Final = re.compile(r"\s*(<\?xml\b|<[A-Za-z_][\w.-]*:[\w.-]+[\s>])")
_BELOW: Final = ("Data from database:", "Last Updated:")  # lines that DataBank writes below a table
_NUMBER: Final = re.compile(r"-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def is_zip(body: Received) -> bool:
    """Whether it is an archive."""
    return body.content.startswith(b"PK\x03\x04")


def is_page(text: str) -> bool:
    """Whether it is a web page.

    Examples
    --------
    >>> is_page("<!DOCTYPE html><html>"), is_page("Date,Facebook")
    (True, False)
    """
    return bool(_PAGE.match(text))


def text_of(body: Received) -> str:
    """The text of a file in UTF-8, with or without byte order mark.

    Raises
    ------
    FetchError
        ``empty``, ``encoding``, ``page`` or ``xml``, of which none is wanted.
    """
    if not body.content.strip():
        raise FetchError("empty", file=body.name)
    try:
        text = body.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FetchError("encoding", file=body.name, byte=str(error.start)) from error
    if is_page(text):
        raise FetchError("page", file=body.name)
    if _XML.match(text):
        raise FetchError("xml", file=body.name)
    return text


def json_of(body: Received) -> Any:
    """What a JSON file holds, every number as it is written.

    Raises
    ------
    FetchError
        ``json``, or one of `text_of`.
    """
    try:
        return json.loads(text_of(body), parse_float=str, parse_int=str, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FetchError("json", file=body.name, reason=sentence_of(error)) from error


def _refuse(name: str) -> Any:
    raise ArgumentError("{name} is no number of JSON", name=name)


def rows_of(body: Received, wanted: Sequence[str]) -> tuple[list[str], list[dict[str, str]]]:
    """The header of a CSV file and its rows by column, whatever the order of the columns.

    Parameters
    ----------
    body : Received
    wanted : sequence of str
        Columns it must have; it may have others.

    Raises
    ------
    FetchError
        ``columns``, ``width``, ``cut`` (the last row of a download whose length is not known has no end), ``csv``, or
        one of `text_of`.
    """
    header, rows = lines_of(body)
    lacking = [name for name in wanted if name not in header]
    if lacking or len(set(header)) < len(header):
        raise FetchError("columns", file=body.name, wanted=", ".join(wanted), found=", ".join(header[:12]))
    return header, [dict(zip(header, cells, strict=True)) for _, cells in rows]


def lines_of(body: Received, *, after: str = "") -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header of a CSV file, and its rows with the numbers of their lines.

    Parameters
    ----------
    body : Received
    after : str
        The first cell of the header, where lines may stand above it.
    """
    text = text_of(body)
    if not body.is_whole and not text.endswith(("\n", "\r")):
        raise FetchError("cut", file=body.name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        filled = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise FetchError("csv", file=body.name, reason=csv_fault(error)) from error
    rows = [(line, [normal_form(cell) for cell in cells]) for line, cells in filled]
    at = next((number for number, (_, cells) in enumerate(rows) if not after or cells[0] == after), None)
    if at is None:
        raise FetchError("columns", file=body.name, wanted=after, found=", ".join(rows[0][1][:12]))
    header = rows[at][1]
    kept = [(line, cells) for line, cells in rows[at + 1 :] if len(cells) > 1 or not cells[0].startswith(_BELOW)]
    for line, cells in kept:
        if len(cells) != len(header):
            raise FetchError("width", file=body.name, line=str(line), count=str(len(cells)), header=str(len(header)))
    return header, kept


def members(body: Received, limits: Limits) -> Mapping[str, Received]:
    """The files of an archive by their names.

    Raises
    ------
    FetchError
        ``zip`` if it is damaged, ``size`` if it unpacks to more than it may.
    """
    found, room = {}, limits.size
    try:
        with zipfile.ZipFile(io.BytesIO(body.content)) as archive:
            for info in archive.infolist():
                with archive.open(info) as stream:
                    content = stream.read(room + 1)  # not the size the archive states, which may be a lie
                room -= len(content)
                if room < 0:
                    raise FetchError("size", file=body.name, limit=str(limits.size))
                found[info.filename] = replace(
                    body, name=f"{body.name}/{info.filename}", content=content, is_whole=True
                )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error) as error:
        raise FetchError("zip", file=body.name, reason=str(error)[:120]) from error
    return found


def number(text: str, where: str, body: Received) -> float:
    """A number as publishers' machines write it: a point before decimals, nothing between thousands.

    Raises
    ------
    FetchError
        ``number``, naming where it stands.
    """
    found = float(text) if _NUMBER.fullmatch(text) and text.isascii() else math.inf
    if not math.isfinite(found):
        raise FetchError("number", file=body.name, place=where, text=text[:40])
    return found
