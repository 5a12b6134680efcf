"""Comments of YouTube as its interface answers (``commentThreads.list``, ``comments.list``), an answer or item a value.

Fields are those of developers.google.com/youtube/v3/docs/commentThreads. A thread holds its first comment and at most a
few of its answers; the others come by ``comments.list``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from digital_diplomacy.messages.table import Message, Unread
from digital_diplomacy.messages.times import microseconds

PLATFORM: Final = "youtube"
_ANSWERS: Final = ("youtube#commentThreadListResponse", "youtube#commentListResponse")
_THREAD: Final = "youtube#commentThread"
_COMMENT: Final = "youtube#comment"

_Item = Mapping[str, Any]


def is_youtube(value: _Item) -> bool:
    """Whether an object is an answer of the interface on comments, or one item of it."""
    return value.get("kind") in (*_ANSWERS, _THREAD, _COMMENT)


def youtube(value: _Item, line: int) -> Iterator[Message | Unread]:
    """The comments of an answer, a thread or a comment."""
    if value["kind"] == _COMMENT:
        yield _comment(value, "")
    elif value["kind"] == _THREAD:
        video = str(value["snippet"].get("videoId", ""))
        for one in (value["snippet"]["topLevelComment"], *(value.get("replies") or {}).get("comments", ())):
            yield _comment(one, video)
    else:
        for one in value.get("items", ()):
            yield from youtube(one, line)


def _comment(value: _Item, video: str) -> Message:
    told = value["snippet"]
    place, answered = str(told.get("videoId") or video) or None, told.get("parentId")
    author = (told.get("authorChannelId") or {}).get("value") or told.get("authorDisplayName")
    return Message(
        platform=PLATFORM,
        author=str(author) if author else None,
        message=str(value["id"]),
        time=microseconds(told["publishedAt"]),
        kind="reply" if answered else "comment",
        place=place,
        parent=str(answered) if answered else place,
        visibility="public",
        text_length=len(told.get("textOriginal") or told.get("textDisplay") or ""),
        names=(place,) if place else (),
    )
