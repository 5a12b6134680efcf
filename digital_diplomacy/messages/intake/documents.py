"""JSON of any size as its values, one after another: lines and arrays, valid or as Telegram writes it."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, TextIO

import ijson
import numpy as np

from digital_diplomacy.messages.intake.opening import read_some
from digital_diplomacy.messages.table import Unread

_LONGEST: Final = 1 << 26  # characters of a line; a page of 100 posts has a few million at most
_CHUNK: Final = 1 << 16
_ESCAPE: Final = re.compile(
    r'\\(?:x([0-9A-Fa-f]{2})|(.))|("\w+"\s*:\s*)((?:user|chat|channel)\d+)(?=\s*[,}\]])', re.DOTALL
)
_DEEPEST: Final = 1000  # brackets within each other; exports of platforms have about ten
_STEPS: Final = np.zeros(256, dtype=np.int8)
_STEPS[[ord("["), ord("{")]] = 1
_STEPS[[ord("]"), ord("}")]] = -1
_LOOSE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BARE: Final = re.compile(r":\s*(?:user|chat|channel)\d")
_CONTROLS: Final = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_ONE_BYTE: Final = ("utf-8", "utf-8-sig", "cp1251", "kz1048", "koi8_r", "cp866", "cp1252", "cp1254", "cp1256")
"""Encodings in which a control character is the byte of its number, and such a byte is nothing else."""

Found = tuple[int, Any]  # where, and the value there


def lines(stream: TextIO) -> Iterator[Found | Unread]:
    """The values of a text with one a line; a line that is none is told and passed over."""
    number = 0
    while line := stream.readline(_LONGEST):
        number += 1
        if not line.strip(" \t\r\n\ufeff\0\x1e"):
            continue
        if len(line) == _LONGEST and not line.endswith("\n"):
            yield Unread(number, "long_line", str(_LONGEST))
            while (rest := stream.readline(_LONGEST)) and not rest.endswith("\n"):
                pass
            continue
        try:
            yield number, json.loads(line.strip(" \t\r\n\ufeff\0\x1e"))
        except (ValueError, RecursionError) as error:
            yield Unread(number, "json", str(error)[:120])


def values(stream: BinaryIO, encoding: str, prefix: str) -> Iterator[Found | Unread]:
    """The values at a place of a document (``item``: those of an array), numbered from 1."""
    number = 0
    try:
        for value in ijson.items(Repaired(stream, encoding), prefix, use_float=True, multiple_values=True):
            number += 1
            yield number, value
    except ijson.JSONError as error:
        yield Unread(number + 1, "json", said_of(error))


def said_of(error: Exception) -> str:
    """What the parser says of a text, in a line."""
    found = error.args[0] if error.args else error
    text = found.decode("utf-8", "replace") if isinstance(found, bytes) else str(found)
    return " ".join(text.split())[:120]


def repaired(text: str) -> str:
    r"""JSON as Telegram Desktop meant it: its escapes of control characters and its bare identifiers made valid.

    Examples
    --------
    >>> repaired(r'{"from_id": user7, "text": "a\x0cb \\x0c"}')
    '{"from_id": "user7", "text": "a\\u000cb \\\\x0c"}'
    """
    return _LOOSE.sub(" ", _mending(text))


def _mending(text: str) -> str:
    """The text with its escapes and identifiers made valid, looked through only if there can be any."""
    return _ESCAPE.sub(_mended, text) if "\\x" in text or _BARE.search(text) else text


def _mended(found: re.Match[str]) -> str:
    control, _, key, bare = found.groups()
    if control:
        return f"\\u00{control}"
    return f'{key}"{bare}"' if key else found[0]


class Shallow:
    """Bytes of a JSON text, piece by piece, refused where they are nested deeper than anything people write.

    The parser keeps the path to every level, whose lengths add up to gigabytes for a hundred kilobytes of brackets.
    """

    def __init__(self) -> None:
        self._depth, self._is_text = 0, False

    def checked(self, content: bytes) -> bytes:
        """The same bytes.

        Raises
        ------
        ijson.JSONError
            If a bracket stands within more than a thousand others.
        """
        plain = np.frombuffer(content.replace(b"\\\\", b"").replace(b'\\"', b""), dtype=np.uint8)
        if not plain.size:
            return content
        quotes = np.cumsum(plain == ord('"'), dtype=np.int32) + self._is_text
        depths = np.cumsum(np.where(quotes % 2 == 0, _STEPS[plain], 0), dtype=np.int32) + self._depth
        if depths.max() > _DEEPEST:
            raise ijson.JSONError("nested too deeply")
        self._depth, self._is_text = int(depths[-1]), bool(quotes[-1] % 2)
        return content


class Repaired:
    """Bytes of a JSON text in any encoding as UTF-8 that parsers take, a piece at a time."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._is_loose = encoding not in _ONE_BYTE  # whether there can be control characters
        self._held: list[str] = []
        self._length = 0
        self._ended = False
        self._shallow = Shallow()

    def read(self, size: int = -1) -> bytes:
        """About as many bytes as asked for; none at the end."""
        return self._shallow.checked(self.text().encode("utf-8", "replace")) if size else b""

    def text(self) -> str:
        """What the parser reads next; nothing at the end."""
        return self.piece()

    def piece(self) -> str:
        """The next piece of the repaired text; nothing at the end.

        Raises
        ------
        ijson.JSONError
            If no value ends for too long.
        """
        while not self._ended:
            content = read_some(self._stream, _CHUNK)
            self._ended = not content
            # Looked for among bytes, which takes a twentieth of the time, until there is one.
            self._is_loose = self._is_loose or len(content.translate(None, _CONTROLS)) < len(content)
            piece = self._decoder.decode(content, final=self._ended)
            cut = len(piece) if self._ended else self._safe(piece)  # what is held has no mark
            if cut or self._ended:
                text, self._held, self._length = "".join([*self._held, piece[:cut]]), [piece[cut:]], 0
                return repaired(text) if self._is_loose else _mending(text)
            self._held.append(piece)
            self._length += len(piece)
            if self._length > _LONGEST:
                raise ijson.JSONError("no value ends for too long")
        return ""

    @staticmethod
    def _safe(text: str) -> int:
        """Where a text can be cut: behind the last mark that stands in no escape and before no bare identifier."""
        return max(text.rfind(mark) for mark in ",}]\n") + 1
