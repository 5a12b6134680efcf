"""Exports of Telegram Desktop, of any size, valid or not: their messages, each with what is said of its chat.

A parser of events keeps the place in a document, which may be larger than memory, but needs ten times as long for a
message as one that reads whole values. So both read: the second takes the messages out, and the first sees ``{}`` where
one has stood. It still says where messages begin and end, what is said of chats, and what is wrong; and a message about
which the two could differ it reads itself.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import ijson

from digital_diplomacy.messages.intake.documents import Found, Repaired, said_of
from digital_diplomacy.messages.intake.opening import BROKEN
from digital_diplomacy.messages.table import Unread

_BEGINS: Final = re.compile(r'"messages"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[ \t\r\n,]*")
_LONGEST: Final = 1 << 20  # characters of a message that is read whole
_BRACKETS: Final = 900  # of a message; with more it could be nested more deeply than `Shallow` lets pass
_DIGITS: Final = 18  # of a whole number that both parsers take
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_PAIR: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def chats(stream: BinaryIO, encoding: str) -> Iterator[Found | Unread]:
    """Messages of an export, each with what is said of its chat: ``(number, (chat, message))``."""
    number, chat, holder = 0, dict[str, Any](), ""
    builder: Any = None
    ending = ""
    source = _Thinned(stream, encoding)
    try:
        for prefix, event, value in ijson.parse(source, use_float=True):
            if builder is not None:
                builder.event(event, value)
                if event == "end_map" and prefix == ending:
                    number += 1
                    yield number, (chat, builder.value)
                    builder, source.is_within = None, False
            elif event == "start_map" and _in_messages(prefix):
                if source.taken:
                    number += 1
                    yield number, (chat, source.taken.popleft())
                    continue
                ending, builder, source.is_within = prefix, ijson.ObjectBuilder(), True
                builder.event(event, value)
            else:
                source.hear(prefix, event)
                if event == "start_map" and prefix.endswith("list.item"):
                    chat, holder = {}, prefix
                elif event in ("string", "number") and prefix.rpartition(".")[0] == holder:
                    chat = {**chat, prefix.rpartition(".")[2]: value}
    except ijson.JSONError as error:
        yield Unread(number + 1, "json", said_of(error))


def _in_messages(prefix: str) -> bool:
    return prefix == "messages.item" or prefix.endswith("list.item.messages.item")


class _Thinned(Repaired):
    """An export with ``{}`` in place of its messages, which wait in ``taken`` until the parser comes by.

    The parser asks for more when whoever listens to it has had all events of what it got: what they say then is true of
    the place where the text was cut.

    Attributes
    ----------
    is_within : bool
        Whether the parser is within a message: said by who hears its events.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__(stream, encoding)
        self.taken: deque[Any] = deque()
        self.is_within = self._is_open = False
        self._rest = ""
        self._is_cut = False  # whether the text was cut where the array began, so that the place in it is known
        self._failure: Exception | None = None

    def hear(self, prefix: str, event: str) -> None:
        """An event outside of messages: it may open an array of them, or close it."""
        if event in ("start_array", "end_array") and _in_messages(f"{prefix}.item"):
            self._is_open = event == "start_array"

    def text(self) -> str:
        """What the parser reads next; nothing at the end."""
        if not self._rest:
            self._more()
            if not self._rest and self._failure:
                raise self._failure
        if self._is_open and self._is_cut:
            return self._to_brace() if self.is_within else self._between()
        begun = None if self._is_open else _BEGINS.search(self._rest)
        self._is_cut = begun is not None
        return self._take(begun.end() if begun else len(self._rest))

    def _more(self) -> bool:
        """Whether there was more to read; what breaks off is told after what came before has been parsed."""
        if self._failure:
            return False
        try:
            piece = self.piece()
        except (ijson.JSONError, *BROKEN) as error:
            self._failure = error
            return False
        self._rest += piece
        return bool(piece)

    def _take(self, length: int) -> str:
        text, self._rest = self._rest[:length], self._rest[length:]
        return text

    def _to_brace(self) -> str:
        """To the next brace that can end a message."""
        return self._take(self._rest.find("}") + 1 or len(self._rest))

    def _between(self) -> str:
        """What stands between messages, and ``{}`` for each that is read whole."""
        while True:
            text, place, seen = self._rest, 0, list[str]()
            while True:
                start = _end(text, place)
                seen.append(text[place:start])
                whole = _whole(text, start) if text.startswith("{", start) else None
                if whole is None:
                    break
                value, place = whole
                self.taken.append(value)
                seen.append("{}")
            if start:
                self._rest = text[start:]
                return "".join(seen)
            if text.startswith("{"):
                if len(text) > _LONGEST or not self._more():
                    return self._to_brace()
                continue
            self._is_cut = text.startswith("]")  # anything else is no message: the parser reads this array alone
            return self._take(1 if self._is_cut else len(text))


def _end(text: str, place: int) -> int:
    """Where the blanks and commas from a place on end."""
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def _whole(text: str, start: int) -> tuple[Any, int] | None:
    """The object that begins at a place, and where it ends; nothing where two parsers could read it differently."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    if text.count("{", start, end) + text.count("[", start, end) > _BRACKETS:
        return None
    if text.find("\\u", start, end) >= 0:
        halves = len(_HALF.findall(text, start, end))
        if halves and (halves != 2 * len(_PAIR.findall(text, start, end)) or text.find("\\\\u", start, end) >= 0):
            return None
    return value, end


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueError(digits)
    return int(digits)


def _number(digits: str) -> float:
    found = float(digits)
    if abs(found) == float("inf"):
        raise ValueError(digits)
    return found


def _constant(name: str) -> float:
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(parse_int=_integer, parse_float=_number, parse_constant=_constant)
