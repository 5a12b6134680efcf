"""What a file is, by its first bytes: which reader takes it."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import ijson

from digital_diplomacy.messages.declared import is_meant, mark_in, schema_of
from digital_diplomacy.messages.intake import (
    delimited,
    documents,
    exports,
    fediverse,
    keyed,
    opening,
    telegram,
    twitter,
    vk,
    youtube,
)
from digital_diplomacy.messages.intake import twitter_archive as archive
from digital_diplomacy.messages.intake.opening import Part
from digital_diplomacy.messages.intake.shapes import Shape, packaged, recognised
from digital_diplomacy.messages.table import SCHEMA, Message, Unread, words_of

DECLARED: Final = "declared"
"""The code of tables taken in before."""

_OBJECTS: Final = (
    ("vk_api", vk.is_vk, vk.vk),
    ("youtube_api", youtube.is_youtube, youtube.youtube),
    ("bluesky", fediverse.is_bluesky, fediverse.bluesky),
    ("mastodon", fediverse.is_mastodon, fediverse.mastodon),
    ("telethon", telegram.is_telethon, telegram.telethon),
    ("twitter_first", archive.is_first_form, archive.first_form),
    ("twitter_archive", archive.is_archived, archive.archived),
    ("twarc", twitter.is_twarc, twitter.twarc),
)
_FAULTY: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What reading a record raises whose fields are missing or of another kind."""

_BEGINNING: Final = 400  # bytes of a first line
_TRIED: Final = 20  # lines that are tried for a whole object
_ASKED: Final = 20  # values by which their kind is known
_OF_OTHERS: Final = {"guild", "channel", "participants", "workspace"}
"""Keys before the messages of Discord's, Messenger's and Slack's exports, which Telegram's has not."""

_EXPORTED: Final = ("messages", "chats", "left_chats")

Found = Iterator[Message | Unread]


@dataclass(frozen=True)
class Reading:
    """What a part was recognised as, and what reads it."""

    shape: str
    read: Callable[[], Found]
    mark: str | None = None
    """Of a table taken in before, the mark of its key (`hashing.mark_of`), empty if it notes none; of others none."""


def recognise(part: Part, own: Shape | None = None) -> Reading | None:
    """How a part is read; none if nothing here knows it. A researcher's own mapping goes before what tools write.

    A table taken in before goes before both: by a mapping its identifiers would be hashed twice.

    Raises
    ------
    SourceError
        If it is Parquet packed again, or such a table with columns missing or of other types.
    """
    shapes = (own, *packaged()) if own else packaged()
    head = opening.head_of(part)
    if opening.is_workbook(part):
        found = delimited.workbooks(part, shapes)
        return Reading(found[0].name, lambda: found[1]) if found else None
    if head.startswith(delimited.PARQUET):
        return _of_parquet(part, shapes)
    encoding = opening.encoding_of(head)
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n\x1e")
    if text[:1] in ("{", "[") or archive.begins(text):
        return _of_json(part, encoding, text, shapes)
    table = delimited.table_of(text, shapes)
    return Reading(table[0].name, lambda: delimited.texts(part, encoding, *table)) if table else None


def _of_parquet(part: Part, shapes: Sequence[Shape]) -> Reading | None:
    header = delimited.header_of_parquet(part)
    shape = next((one for one in shapes if one.fits(header)), None)
    if is_meant(header) and (shape is None or not set(SCHEMA.names) - set(header)):
        return Reading(DECLARED, lambda: iter(()), mark_in(schema_of(part.path)))
    return Reading(shape.name, lambda: delimited.parquet(part, shape)) if shape else None


_TALKS: Final = (
    (re.compile(r"\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d\d[^\n]{0,15}?(?: [-–] |\] )"), "a chat of WhatsApp"),
    (
        re.compile(r"From (?:\S+@\S+|-) |(?:Return-Path|Received|Delivered-To|MIME-Version|From|Date|Message-ID): \S"),
        "e-mail",
    ),
)
"""How texts begin that hold messages in a form of their own, and what they are."""


def talk_of(part: Part) -> str:
    """What a text of messages is that no reader here takes and no mapping fits: a chat, a mailbox; or nothing."""
    if opening.is_workbook(part):
        return ""
    head = opening.head_of(part)
    text = head[:_BEGINNING].decode(opening.encoding_of(head), "replace").lstrip("\ufeff\u200e \t\r\n")
    return next((kind for begins, kind in _TALKS if begins.match(text)), "")


def header_of(part: Part) -> list[str]:
    """The columns of a table, for a mapping to fill in: the row with most filled cells among the first."""
    if opening.is_workbook(part):
        from python_calamine import CalamineWorkbook

        rows = CalamineWorkbook.from_path(str(part.path)).get_sheet_by_index(0).to_python()[:30]
        return max(([str(cell) for cell in row] for row in rows), key=_filled, default=[])
    head = opening.head_of(part)
    if head.startswith(delimited.PARQUET):
        return delimited.header_of_parquet(part)
    encoding = opening.encoding_of(head)
    text = head.decode(encoding, "replace").lstrip("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        return keyed.header(_first(_json(part, encoding, text.lstrip(" \t\r\n\x1e")), _ASKED))
    tables = ([*csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=mark)][:30] for mark in ",;\t|")
    return max((row for rows in tables for row in rows), key=_filled, default=[])


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _of_json(part: Part, encoding: str, head: str, shapes: Sequence[Shape]) -> Reading | None:
    if head.startswith("{") and _is_export(head):
        return Reading("telegram_desktop", lambda: _exported(part, encoding))
    first = _first(_json(part, encoding, head), _ASKED)
    own = [shape for shape in shapes if shape.name == "own"]
    if not recognised(keyed.header(first), own) and (
        kind := next(filter(None, (_kind(value) for _, value in first)), "")
    ):
        owner = archive.owner(part) if kind == "twitter_archive" else ""
        return Reading(kind, lambda: _read(_json(part, encoding, head), owner))
    header = keyed.header(first)
    shape = recognised(header, shapes)
    return Reading(shape.name, lambda: keyed.messages(_json(part, encoding, head), shape, header)) if shape else None


def _json(part: Part, encoding: str, head: str) -> Iterator[documents.Found | Unread]:
    """The values of a text with one a line, of an array, or of one after another."""
    if archive.begins(head):
        return _values(part, encoding, "item", archive.skip_words)
    first = head.split("\n", _TRIED)[:_TRIED]
    # The first line may be broken, or longer than what is looked at; within a document, braces are indented.
    by_line = head.startswith("{") and (any(map(_is_whole, first)) or len(first[0]) == len(head))
    return _lines(part, encoding) if by_line else _values(part, encoding, "item" if head.startswith("[") else "")


def _is_export(head: str) -> bool:
    """Whether a document begins as an export of Telegram Desktop does."""
    before = set[str]()
    try:
        content = documents.Shallow().checked(documents.repaired(head).encode("utf-8", "replace"))
        for prefix, event, value in ijson.parse(content, use_float=True):
            if prefix == "" and event == "map_key":
                if value in _EXPORTED:
                    return not before & _OF_OTHERS
                before.add(value)
            if prefix == "messages.item" or (prefix, event) == ("", "end_map"):
                return False
    except ijson.JSONError:
        return False
    return False


def _is_whole(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _first(values: Iterator[documents.Found | Unread], count: int) -> list[documents.Found]:
    """The first values that are any, among few."""
    found = []
    for value, _ in zip(values, range(10 * count), strict=False):
        if not isinstance(value, Unread):
            found.append(value)
            if len(found) == count or _kind(value[1]):
                break
    return found


def _lines(part: Part, encoding: str) -> Iterator[documents.Found | Unread]:
    with opening.text_of(part, encoding) as stream:
        yield from documents.lines(stream)


def _values(
    part: Part, encoding: str, prefix: str, before: Callable[[BinaryIO], None] | None = None
) -> Iterator[documents.Found | Unread]:
    with opening.bytes_of(part) as stream:
        if before:
            before(stream)
        yield from documents.values(stream, encoding, prefix)


def _kind(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    return next((name for name, fits, _ in _OBJECTS if fits(value)), None)


def _read(values: Iterator[documents.Found | Unread], owner: str) -> Found:
    """Messages of values of any kind known here, also mixed; those of an archive are of its owner."""
    readers = {name: read for name, _, read in _OBJECTS}
    for found in values:
        if isinstance(found, Unread):
            yield found
            continue
        line, value = found
        kind = _kind(value)
        if kind is None:
            yield Unread(line, "object", ", ".join(value)[:120] if isinstance(value, dict) else type(value).__name__)
        else:
            yield from _guarded(readers[kind], {**value, archive.OWNER: owner} if owner else value, line)


def _guarded(read: Callable[[Any, int], Found], value: Any, line: int) -> Found:
    """What a reader finds in a value; a field that is missing or of another kind is told."""
    try:
        yield from read(value, line)
    except _FAULTY as error:
        yield Unread(line, "fields", words_of(error))


def _exported(part: Part, encoding: str) -> Found:
    with opening.bytes_of(part) as stream:
        for found in exports.chats(stream, encoding):
            if isinstance(found, Unread):
                yield found
                continue
            number, (chat, message) = found
            try:
                told = telegram.exported(chat, message, number)
            except _FAULTY as error:
                told = Unread(number, "fields", words_of(error))
            yield told
