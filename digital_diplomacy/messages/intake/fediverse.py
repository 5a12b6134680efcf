"""Statuses of Mastodon and posts of Bluesky, an object a line.

Mastodon: docs.joinmastodon.org/entities/Status. Numbers of statuses and accounts hold on one server only, so addresses
identify them. Bluesky: events of Jetstream (github.com/bluesky-social/jetstream), and posts as the interface shows them
(docs.bsky.app, ``app.bsky.feed.defs#postView``). A name there can change, an account's ``did`` does not; ``createdAt``
is what the writer's program claims, ``time_us`` the server's clock, which is taken.
"""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from digital_diplomacy.messages.table import Message, Unread
from digital_diplomacy.messages.times import microseconds

_TAG: Final = re.compile(r"<[^>]*>")
_SEEN_BY: Final = {"public": "public", "unlisted": "unlisted", "private": "friends", "direct": "private"}
_POST: Final = "app.bsky.feed.post"
_REPOST: Final = "app.bsky.feed.repost"
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_Object = Mapping[str, Any]


def is_mastodon(value: _Object) -> bool:
    """Whether an object is a status."""
    return isinstance(value.get("account"), dict) and "created_at" in value


def mastodon(value: _Object, _line: int) -> Iterator[Message | Unread]:
    """A status."""
    boosted = value.get("reblog")
    answered = value.get("in_reply_to_id")
    quoted = ((value.get("quote") or {}).get("quoted_status") or {}) if isinstance(value.get("quote"), dict) else {}
    origin = boosted or quoted
    people = {str(one.get("id")): _account(one) for one in value.get("mentions") or ()}
    text = html.unescape(_TAG.sub("", str(value.get("content") or "")))
    yield Message(
        platform="mastodon",
        author=_account(value["account"]),
        message=str(value.get("uri") or value["id"]),
        time=microseconds(value["created_at"]),
        kind="repost" if boosted else "reply" if answered else "quote" if quoted else "post",
        parent=str(origin["uri"]) if origin else f"id:{answered}" if answered else None,
        parent_time=microseconds(origin["created_at"]) if origin else None,
        visibility=_SEEN_BY.get(str(value.get("visibility"))),
        language=_language(value.get("language")),
        text_length=len(text),
        mentioned=tuple(people.values()),
        forwarded=_account(origin["account"]) if origin else None,
        replied=people.get(str(value.get("in_reply_to_account_id"))) if answered else None,
    )


def _account(account: _Object) -> str:
    return str(account.get("url") or account.get("uri") or account["acct"])


def is_bluesky(value: _Object) -> bool:
    """Whether an object is an event of Jetstream, or a post as the interface shows it."""
    return "did" in value or "record" in value or isinstance(value.get("post"), dict)


def bluesky(value: _Object, line: int) -> Iterator[Message | Unread]:
    """A post or repost; other events are no messages."""
    if "did" not in value:
        yield _shown(value)
        return
    commit = value.get("commit") or {}
    name = commit.get("collection")
    if commit.get("operation") != "create" or name not in (_POST, _REPOST):
        yield Unread(line, "event", str(name or value.get("kind", "")))
        return
    identifier = f"at://{value['did']}/{name}/{commit['rkey']}"
    record = commit["record"]
    yield _record(str(value["did"]), identifier, value.get("time_us") or record["createdAt"], record)


def _shown(value: _Object) -> Message:
    """A post in a list; with a ``reason`` it stands there because another account passed it on."""
    post, reason = value.get("post", value), value.get("reason") or {}
    if "by" in reason:
        record = {"subject": {"uri": post["uri"]}}
        passed_on = f"{post['uri']}#{reason['by']['did']}"
        return _record(str(reason["by"]["did"]), passed_on, reason["indexedAt"], record)
    time = post.get("indexedAt") or post["record"]["createdAt"]
    return _record(str(post["author"]["did"]), str(post["uri"]), time, post["record"])


def _record(author: str, identifier: str, time: object, record: _Object) -> Message:
    parent = ((record.get("reply") or {}).get("parent") or {}).get("uri")
    embedded = (record.get("embed") or {}).get("record") or {}
    quoted = embedded.get("uri") or (embedded.get("record") or {}).get("uri")
    subject = (record.get("subject") or {}).get("uri")
    above = subject or parent or quoted
    passed_on = subject or quoted
    return Message(
        platform="bluesky",
        author=author,
        message=identifier,
        time=microseconds(time),
        kind="repost" if subject else "reply" if parent else "quote" if quoted else "post",
        parent=above,
        visibility="public",
        language=_language(next(iter(record.get("langs") or ()), None)),
        text_length=len(str(record.get("text", ""))),
        mentioned=tuple(_mentioned(record)),
        forwarded=_owner(passed_on) if passed_on else None,
        replied=_owner(parent) if parent else None,
    )


def _owner(address: str) -> str:
    return str(address).split("/")[2]


def _mentioned(record: _Object) -> Iterator[str]:
    for facet in record.get("facets") or ():
        yield from (str(one["did"]) for one in facet.get("features") or () if one.get("did"))


def _language(code: Any) -> str | None:
    """A tag of BCP 47 in its usual case; what is none is unknown."""
    if not isinstance(code, str) or not _LANGUAGE.fullmatch(code):
        return None
    first, *rest = code.split("-")
    return "-".join([first.lower(), *rest])
