"""What a PDF encrypts though it asks nobody for a password: its keys, found without unpacking anything."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.papers.extras import module

Decryption = Callable[[int, int, bytes], bytes]
"""Of a stream, by the number and generation of its object."""

_LONGEST: Final = 65_536  # bytes of a dictionary


def decryptions(data: bytes, ends: Iterable[int], path: Path) -> list[Decryption]:
    """Ways to decrypt the streams of a file; none if it encrypts none.

    Parameters
    ----------
    data : bytes
        The file.
    ends : iterable of int
        Where dictionaries begin that say what the file is, besides those behind the word trailer.
    path : Path
        Its name, for the refusal.

    Raises
    ------
    SourceError
        If it needs a password, or is encrypted in a way that is not known.
    """
    said = [_object(data, place, path) for place in [*ends, *(one.end() for one in re.finditer(b"trailer", data))]]
    ends_said = [one for one in said if isinstance(one, dict) and "Encrypt" in one]
    found = [key for one in ends_said for key in _keys(data, one, path)]
    if ends_said and not found:
        raise SourceError("{path} is encrypted; save it without a password", path=path)
    return found


def _keys(data: bytes, end: dict[str, Any], path: Path) -> Iterator[Decryption]:
    documents = module("pdfminer.pdfdocument", path)
    number, given = getattr(end["Encrypt"], "objid", None), end.get("ID") or [b"", b""]
    heads = re.finditer(rb"(?<!\d)0*%d\s+\d+\s+obj" % number, data) if number is not None else ()
    for said in [end["Encrypt"], *(_object(data, head.end(), path) for head in heads)]:
        with suppress(Exception):  # of a description that is none, or of a password, whatever the library raises
            yield documents.PDFDocument.security_handler_registry[said["V"]](given, said, "").decrypt


def _object(data: bytes, place: int, path: Path) -> Any:
    """The object at a place of the file; None if there is none."""
    parser = module("pdfminer.pdfparser", path).PDFStreamParser(data[place : place + _LONGEST])
    with suppress(Exception):  # of bytes that are none, whatever the library raises
        return parser.nextobject()[1]
    return None
