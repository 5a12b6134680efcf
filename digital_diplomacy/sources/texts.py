"""Bytes of researchers' own files as text: what encoding it is, and what the file is if it is no text."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from digital_diplomacy.byte_order import utf16_of
from digital_diplomacy.errors import SourceError, said
from digital_diplomacy.sources.cyrillic import NAMES, WORD, readings
from digital_diplomacy.sources.files import read_own_bytes
from digital_diplomacy.sources.foreign_formats import refuse_bytes, refuse_markup
from digital_diplomacy.sources.remarks import Remark

_MARKS: Final = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
                 (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
AS_TABLE: Final = "open it in a program that reads it, and save the table as .xlsx or CSV"
"""What to do with a file whose table was to be read."""

_BINARY: Final = "neither text nor a workbook; open it in the program that made it and save it as .xlsx or CSV"
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
"""Characters that text may hold by mistake, but not many of them."""
_SAMPLE: Final = 1 << 16  # characters looked at
_MOST_UNSEEN: Final = 0.02
_DECLARED: Final = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


@dataclass(frozen=True)
class Content:
    """A file's text without byte order mark, and what was assumed to read it."""

    text: str
    remarks: tuple[Remark, ...] = ()


def read_content(path: Path, cure: str = AS_TABLE) -> Content:
    """The content of a text file: UTF-8, UTF-16 or UTF-32; XML in the encoding it declares; Cyrillic of other systems.

    Parameters
    ----------
    path : Path
    cure : str
        What a refusal tells to do with a file that is of a kind known here, and no text.

    Raises
    ------
    SourceError
        If it cannot be read, is empty, is no text but the source of something else, or naming line and byte where it
        is in no encoding known here.
    """
    content = read_own_bytes(path)
    refuse_bytes(content, path, cure)
    found = _decoded(content, path)
    text = found.text.removeprefix("\ufeff")
    if not text.strip():
        raise SourceError("{path}: the file is empty", path=path)
    if _is_binary(text):
        raise SourceError("{path} is {kind}", path=path, kind=said(_BINARY))
    refuse_markup(text, path, cure)
    return Content(text, found.remarks)


def _decoded(content: bytes, path: Path) -> Content:
    declared = _DECLARED.match(content[:200])
    names = [name for mark, name in _MARKS if content.startswith(mark)][:1]
    is_guessed = not names and bool(guess := utf16_of(content))
    if is_guessed:
        names = [guess]
    if not names and declared:
        names = [declared[1].decode()]
    name = names[0] if names else "utf-8"
    try:
        return Content(content.decode(name))
    except LookupError as error:
        raise SourceError(
            "{path} declares the encoding {name!r}, which is unknown; save it as UTF-8", path=path, name=name
        ) from error
    except UnicodeDecodeError as error:
        if names and not is_guessed:
            raise SourceError(
                "{path}: byte {start} is not {name}; save the file as UTF-8",
                path=path,
                start=error.start,
                name=name.upper(),
            ) from error
        if is_guessed or _is_binary(content[:_SAMPLE].decode("latin-1")):
            raise SourceError("{path} is {kind}", path=path, kind=said(_BINARY)) from error
        return _cyrillic(content, path, error)


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_UNSEEN.findall(sample)) > max(1, _MOST_UNSEEN * len(sample))


def _cyrillic(content: bytes, path: Path, error: UnicodeDecodeError) -> Content:
    """Text in the one Cyrillic encoding in which it makes words; otherwise the refusal of what it may be."""
    found = readings(content)
    if len(found) > 1:
        names = ", ".join(f"{NAMES[name]} («{_example(text)}»)" for name, text in found)
        raise SourceError("{path}: it may be {names}; save the file as UTF-8", path=path, names=names) from error
    if not found:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            "{path}, line {line}: byte {start} is not UTF-8; save the file as UTF-8",
            path=path,
            line=line,
            start=error.start,
        ) from error
    name, text = found[0]
    named = {"file": path.name, "encoding": NAMES[name], "example": _example(text)}
    return Content(text, (Remark("encoding", named),))


def _example(text: str) -> str:
    """The longest Cyrillic word."""
    words: list[str] = WORD.findall(text)
    return max((word for word in words if not word.isascii()), key=len)
