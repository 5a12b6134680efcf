"""Posts of X (Twitter) in the form of its first interface: its objects, and the archive that an account asks for.

An object of the interface's version 1.1 bears its author (docs.x.com, "Tweet object"), as twarc 1 and streams kept it.
In an archive (``data/tweets.js``, JSON behind ``window.YTD.tweets.part0 =``) each stands in ``tweet`` and bears
none: all are of the account that ``account.js`` in the same folder names, and numbers are texts. There a post passed on
is known by its first letters, ``RT @name:``, and by the mention that stands behind them; whose words they are is said,
which post it was is not. What ``deleted-tweets.js`` holds is not counted: its author has taken it back.
"""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final

from digital_diplomacy.errors import SourceError
from digital_diplomacy.messages.intake.opening import BROKEN, Part, bytes_of
from digital_diplomacy.messages.intake.twitter import NO_LANGUAGE, PLATFORM
from digital_diplomacy.messages.table import Message
from digital_diplomacy.messages.times import microseconds

OWNER: Final = "account_of_archive"
"""Under which key of an object the account of its archive is handed on."""

_BEGINS: Final = re.compile(r"window\.YTD\.(tweets?|community_tweet)\.part\d+\s*=\s*(?=\[)")
_POSTS: Final = re.compile(r"(tweets?|community-tweet)(-part\d+)?\.js$")
_REST: Final = (".js", ".html", ".css", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".mp4", ".woff", ".woff2")
_NAMED: Final = "account.js"
_MOST: Final = 1 << 20  # bytes of account.js, which has about three hundred
_PASSED_ON: Final = ("RT @", 3)  # how a post passed on begins, and where the mention stands in it

_Post = Mapping[str, Any]


def begins(head: str) -> bool:
    """Whether a file of an archive begins so, and holds posts.

    Examples
    --------
    >>> [begins(f"window.YTD.{name}.part0 = [ {{") for name in ("tweets", "tweet", "like", "deleted_tweets")]
    [True, True, False, False]
    """
    return _BEGINS.match(head) is not None


def skip_words(stream: BinaryIO) -> None:
    """Read to where the JSON of a file of an archive begins."""
    while (letter := stream.read(1)) and letter != b"=":
        pass


def is_archived(value: _Post) -> bool:
    """Whether an object is a post of an archive."""
    post = value.get("tweet")
    return isinstance(post, dict) and "created_at" in post


def is_first_form(value: _Post) -> bool:
    """Whether an object is a post of the interface's version 1.1."""
    return "created_at" in value and "id_str" in value and isinstance(value.get("user"), dict)


def root(name: str) -> str:
    """How names of all files of an archive begin, by that of one that holds posts.

    Examples
    --------
    >>> root("mine/data/tweets.js"), root("x.zip!data/tweets.js"), root("data/tweets.js"), root("posts/tweets.js")
    ('mine/', 'x.zip!', 'data/', 'posts/')
    """
    folder = name[: max(name.rfind("/"), name.rfind("!"), name.rfind("\\")) + 1]
    above = folder.removesuffix("data/").removesuffix("data\\")
    return above or folder


def is_rest(name: str) -> bool:
    """Whether a file is called as those of an archive that hold no posts; what might hold some is told of.

    Examples
    --------
    >>> [is_rest(f"x.zip!data/{name}") for name in ("like.js", "deleted-tweets.js", "tweets-part1.js", "more.csv")]
    [True, True, False, False]
    """
    last = name[max(name.rfind("/"), name.rfind("!"), name.rfind("\\")) + 1 :]
    return last.lower().endswith(_REST) and not _POSTS.match(last)


def owner(part: Part) -> str:
    """The account whose archive a file is of, by ``account.js`` beside it.

    Raises
    ------
    SourceError
        If it is not there or does not say so.
    """
    found = _beside(part)
    with suppress(*BROKEN, KeyError, TypeError, ValueError, IndexError), bytes_of(found) as stream:
        text = stream.read(_MOST).decode("utf-8-sig")
        return str(json.loads(text[text.index("[") :])[0]["account"]["accountId"])
    raise SourceError(
        "{file}: posts of an archive of X, which do not say whose they are; put the file {named} from the same folder "
        "of the archive beside it",
        file=part.name,
        named=_NAMED,
    )


def _beside(part: Part) -> Part:
    if not part.member:
        return Part(part.path.with_name(_NAMED))
    with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(part.path) as archive:
        near = str(PurePosixPath(part.member).with_name(_NAMED))
        if near in archive.namelist():
            return replace(part, member=near)
    return Part(part.path.with_name(_NAMED))


def archived(value: _Post, line: int) -> Iterator[Message]:  # noqa: ARG001
    """The post of an archive."""
    post = value["tweet"]
    found = _message(post, str(value[OWNER]))
    start, at = _PASSED_ON
    if _text(post).startswith(start) and found.kind != "repost":
        first = next((one for one in _mentions(post) if int((one.get("indices") or [-1])[0]) == at), None)
        whose = _identifier(first) if first else None
        found = replace(found, kind="repost", parent=None, replied=None, forwarded=whose)
    yield found


def first_form(value: _Post, line: int) -> Iterator[Message]:  # noqa: ARG001
    """A post of the interface's version 1.1."""
    yield _message(value, str(value["user"]["id_str"]))


def _message(post: _Post, author: str) -> Message:
    passed_on, quoted = post.get("retweeted_status") or {}, post.get("quoted_status") or {}
    answered, named = post.get("in_reply_to_status_id_str"), post.get("quoted_status_id_str") or quoted.get("id_str")
    kind, parent = next(
        (
            (kind, str(of))
            for kind, of in (("repost", passed_on.get("id_str")), ("reply", answered), ("quote", named))
            if of
        ),
        ("post", None),
    )
    origin = passed_on or quoted
    dated = {"repost": passed_on, "quote": quoted}.get(kind, {}).get("created_at")
    replied = post.get("in_reply_to_user_id_str") if answered and not passed_on else None
    return Message(
        platform=PLATFORM,
        author=author,
        message=str(post["id_str"]),
        time=microseconds(post["created_at"]),
        kind=kind,
        parent=parent,
        parent_time=microseconds(dated) if dated else None,
        visibility=None if (post.get("user") or {}).get("protected") else "public",
        language=None if post.get("lang") in NO_LANGUAGE else post.get("lang"),
        text_length=len(_text(post)),
        mentioned=tuple(_identifier(one) for one in _mentions(post)),
        forwarded=str(origin["user"]["id_str"]) if "user" in origin else None,
        replied=str(replied) if replied else None,
    )


def _text(post: _Post) -> str:
    whole = (post.get("extended_tweet") or {}).get("full_text")
    return str(whole or post.get("full_text") or post.get("text") or "")


def _mentions(post: _Post) -> list[_Post]:
    return list((post.get("entities") or {}).get("user_mentions") or ())


def _identifier(mention: _Post) -> str:
    known = mention.get("id_str") or mention.get("id")
    return str(known) if known else f"@{str(mention.get('screen_name', '')).lower()}"
