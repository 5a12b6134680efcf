"""The declared table of messages: what is kept of a message, and nothing else. Texts are not kept."""

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from digital_diplomacy.errors import DigitalDiplomacyError, Said

KINDS: Final = ("post", "comment", "repost", "reply", "quote")
"""What a message is: on its own, under another, another passed on, an answer to a person, another quoted."""

VISIBILITIES: Final = ("public", "unlisted", "friends", "private")
"""Who can read it: anyone, anyone who has the address, those the author lets, those it is written to."""

SCHEMA: Final = pa.schema(
    [
        pa.field("platform", pa.string(), nullable=False),
        pa.field("author", pa.string()),
        pa.field("message", pa.string()),
        pa.field("time", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("local_day", pa.date32(), nullable=False),
        pa.field("local_hour", pa.int8(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("place", pa.string()),
        pa.field("country", pa.string()),
        pa.field("parent", pa.string()),
        pa.field("parent_time", pa.timestamp("us", tz="UTC")),
        pa.field("visibility", pa.string()),
        pa.field("language", pa.string()),
        pa.field("text_length", pa.int32()),
        pa.field("mentioned", pa.list_(pa.string())),
        pa.field("forwarded", pa.string()),
        pa.field("replied", pa.string()),
    ]
)
"""platform (code), author, message and place (chat, channel, page or wall it stands in; keyed hashes), time (UTC),
local_day and local_hour (of the zone given at intake), kind (one of ``KINDS``), country (ISO 3166 alpha-3, where it is
known that the place is of it), parent (hash) and parent_time (of what it answers or passes on), visibility (one of
``VISIBILITIES``), language (BCP 47), text_length (characters), mentioned (hashes), forwarded (author of what is passed
on or quoted) and replied (author who is answered; hashes). Missing is unknown, or there is none."""

HASHED: Final = ("author", "message", "place", "parent", "forwarded", "replied")
"""Columns with one identifier a row; ``mentioned`` has a list of them. Identifiers of messages name their authors on
some platforms (Bluesky, VKontakte), so they are hashed too."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a reader of files found it, its identifiers as in the file.

    Attributes
    ----------
    time, parent_time : int
        Microseconds since 1970 in UTC.
    """

    platform: str
    author: str | None
    message: str | None
    time: int
    kind: str = "post"
    place: str | None = None
    parent: str | None = None
    parent_time: int | None = None
    visibility: str | None = None
    language: str | None = None
    text_length: int | None = None
    mentioned: tuple[str, ...] = ()
    forwarded: str | None = None
    replied: str | None = None
    names: tuple[str, ...] = ()  # further names of the place, to find its country by


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a file that gives no message.

    Attributes
    ----------
    line : int
        Line of a text, number of the record in a document.
    reason : str
        The text is the label ``messages.unread.<reason>``.
    detail : str or Said
        Words of the file, numbers, or a sentence about them (`words_of`).
    """

    line: int
    reason: str
    detail: str | Said = ""


def words_of(error: BaseException) -> str | Said:
    """What an error says of a record: a sentence of this package as it is, words of another with its kind, cut.

    Examples
    --------
    >>> words_of(KeyError("id"))
    "KeyError: 'id'"
    """
    if isinstance(error, DigitalDiplomacyError):
        return error.sentence
    return f"{type(error).__name__}: {error}"[:_WORDS]


_WORDS: Final = 120


NO_MESSAGES: Final = ("service", "deleted", "event")
"""Reasons that are no fault: joins and titles of chats, what has been deleted, likes and other events of a stream."""
