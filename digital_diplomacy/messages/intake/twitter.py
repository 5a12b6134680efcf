"""Posts of X (Twitter) as twarc2 keeps them: a page of the interface a line, or a post a line, also in one file.

Fields are those of the interface's version 2 (docs.x.com, data dictionary); ``twarc2 flatten`` puts the posts referred
to and their authors inside each post (github.com/DocNow/twarc). What a page includes to explain its posts is not
counted: it was not collected.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from digital_diplomacy.errors import said
from digital_diplomacy.messages.table import Message, Unread, words_of
from digital_diplomacy.messages.times import microseconds

PLATFORM: Final = "twitter"
_KINDS: Final = (("retweeted", "repost"), ("replied_to", "reply"), ("quoted", "quote"))
NO_LANGUAGE: Final = ("und", "zxx", "qht", "qme", "qst", "qam", "qct")  # "undetermined", links alone, tags alone, ...

_Post = Mapping[str, Any]


def is_twarc(value: _Post) -> bool:
    """Whether an object is a page or a post."""
    data = value.get("data")
    posts = [one for one in (data if isinstance(data, list) else [data]) if one]
    page = isinstance(data, list | dict) and "kind" not in value
    page = page and all(isinstance(one, dict) and "id" in one for one in posts)
    page = page and (not posts or any("author_id" in one for one in posts))
    return page or ("author_id" in value and "created_at" in value) or _is_empty_page(value)


def _is_empty_page(value: _Post) -> bool:
    return "meta" in value and "data" not in value and ("__twarc" in value or "errors" in value)


def twarc(value: _Post, line: int) -> Iterator[Message | Unread]:
    """The posts of a line."""
    if "data" not in value and "author_id" not in value:
        yield Unread(line, "event", said("page without posts"))
        return
    included = value.get("includes", {}) if "data" in value else {}
    around = {str(one["id"]): one for one in included.get("tweets", ()) if "id" in one}
    found = value.get("data", value)
    for number, one in enumerate(found if isinstance(found, list) else [found], start=1):
        try:
            yield _post(one, around)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield Unread(line, "fields", said("{number}: {error}", number=number, error=words_of(error)))


def _post(post: _Post, around: Mapping[str, _Post]) -> Message:
    references = {one["type"]: one for one in post.get("referenced_tweets") or ()}
    kind, reference = next(((kind, references[name]) for name, kind in _KINDS if name in references), ("post", None))
    parent = {**around.get(str(reference["id"]), {}), **reference} if reference else {}
    passed_on = next((references[name] for name in ("retweeted", "quoted") if name in references), None)
    origin = {**around.get(str(passed_on["id"]), {}), **passed_on} if passed_on else {}
    replied = post.get("in_reply_to_user_id") if "replied_to" in references else None
    return Message(
        platform=PLATFORM,
        author=str(post["author_id"]),
        message=str(post["id"]),
        time=microseconds(post["created_at"]),
        kind=kind,
        parent=str(reference["id"]) if reference else None,
        parent_time=microseconds(parent["created_at"]) if "created_at" in parent else None,
        visibility="public",
        language=None if post.get("lang") in NO_LANGUAGE else post.get("lang"),
        text_length=len(str(post.get("text", ""))),
        mentioned=tuple(_mentioned(post)),
        forwarded=str(origin["author_id"]) if "author_id" in origin else None,
        replied=str(replied) if replied else None,
    )


def _mentioned(post: _Post) -> Iterator[str]:
    for one in (post.get("entities") or {}).get("mentions") or ():
        yield str(one["id"]) if one.get("id") else f"@{str(one.get('username', '')).lower()}"
