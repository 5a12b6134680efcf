"""How much a PDF unpacks to, told before it is opened: a kilobyte can stand for gigabytes of text."""

import re
import zlib
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import SourceError

_MOST: Final = 64_000_000  # bytes of texts, fonts and drawings; long books have a few million
_TIMES: Final = 8  # that a stream may be packed over and over
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_BEFORE: Final = 4000  # bytes in front of a stream in which it is described
_OBJECT: Final = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_CONTENTS: Final = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)")
_NUMBER: Final = re.compile(rb"(\d+)\s+\d+\s+R")


def refuse_large(path: Path) -> None:
    """Refuse a PDF whose texts, fonts and drawings unpack to more than any paper's; pictures are not unpacked.

    What a password protects, though none is asked for, cannot be looked into.

    Raises
    ------
    SourceError
        Naming the file, and what to do.
    """
    data = path.read_bytes()
    found = [(_described(data, one.start()), one.end()) for one in _STREAM.finditer(data)]
    left, drawn = _MOST, _referred(data)
    for (_, is_picture), start in found:
        if not is_picture:
            content = _unpacked(data, start, left, path)
            left, drawn = left - len(content), drawn | _referred(content)
    for (number, is_picture), start in found:
        if is_picture and number in drawn:  # called a picture, and drawn as a page
            left -= len(_unpacked(data, start, left, path))


def _described(data: bytes, at: int) -> tuple[int, bool]:
    """The number of the object that a stream is of, and whether it says that it is a picture."""
    before = data[max(0, at - _BEFORE) : at]
    heads = list(_OBJECT.finditer(before))
    said = before[heads[-1].end() :] if heads else before
    return int(heads[-1][1]) if heads else -1, re.search(rb"/Subtype\s*/Image\b", said) is not None


def _referred(content: bytes) -> set[int]:
    """Numbers of the objects that are the contents of pages."""
    return {int(number) for said in _CONTENTS.findall(content) for number in _NUMBER.findall(said)}


def _unpacked(data: bytes, start: int, most: int, path: Path) -> bytes:
    """What a stream holds, however often it is packed; empty if it is packed in another way."""
    content = data[start:]
    for time in range(_TIMES):
        if content[:1] != b"\x78":
            return content if time else b""
        unpacking = zlib.decompressobj()
        try:
            content = unpacking.decompress(content, most + 1)
        except zlib.error:
            return content if time else b""
        if len(content) > most:
            raise SourceError(
                "{path}: it unpacks to more than any paper holds ({most} bytes); print the pages that are needed to a "
                "PDF of their own",
                path=path,
                most=_MOST,
            )
    raise SourceError("{path}: the PDF is damaged; print it to a PDF anew", path=path)
