"""What each reader makes of one object, field by field, by the fields' own documentation; and the cells of tables."""

import codecs
import datetime as dt
import gc
import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from digital_diplomacy.errors import SourceError
from digital_diplomacy.messages.intake import (
    cells,
    fediverse,
    opening,
    recognising,
    taking,
    telegram,
    twitter,
    vk,
    youtube,
)
from digital_diplomacy.messages.table import Message, Unread, words_of
from digital_diplomacy.messages.times import microseconds

AT = 1694813400  # 2023-09-15 21:30 UTC
TOLD = "2023-09-15T21:30:00Z"
MICRO = AT * 1_000_000
GROUP = {"name": "Chat", "type": "public_supergroup", "id": 77}


def exported(chat: dict[str, Any] | None = None, **more: Any) -> Message:
    message = {"id": 1, "type": "message", "date_unixtime": str(AT), "text": ""}
    found = telegram.exported(GROUP if chat is None else chat, message | more, 5)
    assert isinstance(found, Message)
    return found


def only(found: Iterator[Message | Unread]) -> Message:
    [one] = found
    assert isinstance(one, Message)
    return one


def test_a_message_of_an_export() -> None:
    found = exported(from_id="user5", text="Сәлем")
    assert found == Message(
        platform="telegram", author="user5", message="channel77/1", time=MICRO, kind="post", place="channel77",
        visibility="public", text_length=5, names=("Chat", "77"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chat", "place", "visibility", "names"),
    [
        ({"type": "public_channel", "id": -10077}, "channel77", "public", ("-10077",)),  # -100 marks a channel
        ({"type": "private_channel", "id": 77}, "channel77", "private", ("77",)),
        ({"type": "private_supergroup", "id": 77}, "channel77", "private", ("77",)),
        ({"type": "private_group", "id": -77, "name": "n"}, "chat77", "private", ("n", "-77")),
        ({"type": "personal_chat", "id": 5}, "user5", "private", ("5",)),
        ({"type": "saved_messages", "id": 5}, "user5", "private", ("5",)),
        ({"type": "of a later time", "id": 5}, "chat5", "private", ("5",)),
        ({"id": 5}, "chat5", None, ("5",)),
        ({"type": "public_channel"}, None, "public", ()),
        ({"type": "public_channel", "id": "", "name": ""}, None, "public", ("", "")),
    ],
)
def test_a_chat_says_where_and_for_whom(chat: Any, place: Any, visibility: Any, names: Any) -> None:
    found = exported(chat)
    assert (found.place, found.author, found.visibility, found.names) == (place, place, visibility, names)


def test_what_an_export_answers_and_passes_on() -> None:
    answer = exported(reply_to_message_id=9)
    assert (answer.kind, answer.parent) == ("reply", "channel77/9")
    elsewhere = exported(reply_to_message_id=9, reply_to_peer_id="channel3")
    assert elsewhere.parent == "channel3/9"
    assert (exported().kind, exported().parent) == ("post", None)
    named = exported(forwarded_from="Somebody", reply_to_message_id=9)
    assert (named.kind, named.forwarded) == ("repost", "name:Somebody")
    hidden = exported(forwarded_from=None)
    assert (hidden.kind, hidden.forwarded) == ("repost", None)
    known = exported(forwarded_from="Somebody", forwarded_from_id="channel8")
    assert (known.kind, known.forwarded) == ("repost", "channel8")
    assert exported(forwarded_from_id="channel8").kind == "repost"


@pytest.mark.parametrize(
    ("given", "author"),
    [
        ("user5", "user5"),
        ("5", "user5"),
        (5, "user5"),
        ("channel6", "channel6"),
        ("", "channel77"),
        (None, "channel77"),
    ],
)
def test_older_exports_number_their_users(given: Any, author: str) -> None:
    assert exported(from_id=given).author == author


def test_texts_in_parts_and_mentions() -> None:
    parts = ["ab", {"type": "mention", "text": "@Mfa"}, {"type": "bold"}, {"type": "mention_name", "user_id": 6}]
    found = exported(text=parts)
    assert (found.text_length, found.mentioned) == (6, ("@mfa", "user6"))
    # Entities of their own go before those of the text, and texts have none.
    other = exported(text=parts, text_entities=[{"type": "mention", "text": "@B"}])
    assert other.mentioned == ("@b",)
    assert exported(text="@a", text_entities=[]).mentioned == ()
    assert exported(text=[{"type": "mention_name"}, {"type": "link", "text": "@x", "user_id": 1}]).mentioned == ()


def test_what_is_no_message_of_an_export_is_told() -> None:
    assert telegram.exported(GROUP, {"type": "service", "date_unixtime": str(AT)}, 5) == Unread(5, "service", "service")
    assert telegram.exported(GROUP, {}, 5) == Unread(5, "service", "")
    assert telegram.exported(GROUP, {"type": "message"}, 5) == Unread(5, "time", "date_unixtime")


def of_telethon(**more: Any) -> Message:
    value = {"_": "Message", "id": 1, "date": AT, "peer_id": {"_": "PeerChannel", "channel_id": 77}, "message": "ab"}
    return only(telegram.telethon(value | more, 3))


def test_a_message_of_telethon() -> None:
    assert of_telethon() == Message(
        platform="telegram", author="channel77", message="channel77/1", time=MICRO, place="channel77", text_length=2
    )
    assert of_telethon(from_id={"user_id": 5}).author == "user5"
    assert of_telethon(from_id=5).author == "user5"
    assert of_telethon(peer_id=None, to_id={"chat_id": 8}).place == "chat8"
    assert of_telethon(peer_id={"user_id": 8}).place == "user8"
    assert of_telethon(peer_id=None, _chat={"id": 9}).place == "channel9"
    assert of_telethon(_sender={"id": 6}).author == "user6"
    assert of_telethon(_sender={"id": 77}).author == "channel77"  # a channel writes as itself
    assert of_telethon(peer_id={"chat_id": 77}, _sender={"id": 77}).author == "user77"
    chat = {"username": "u", "title": "T", "id": 77}
    assert (of_telethon(_chat=chat).visibility, of_telethon(_chat=chat).names) == ("public", ("u", "T", "77"))
    assert of_telethon(_chat={"title": "T"}).visibility is None


def test_what_telethon_answers_and_passes_on() -> None:
    assert (of_telethon(reply_to_msg_id=9).kind, of_telethon(reply_to_msg_id=9).parent) == ("reply", "channel77/9")
    assert of_telethon(reply_to={"reply_to_msg_id": 4}).parent == "channel77/4"
    assert of_telethon(reply_to="a story").kind == "post"
    passed = of_telethon(fwd_from={"from_id": {"channel_id": 8}, "from_name": "n"}, reply_to_msg_id=9)
    assert (passed.kind, passed.forwarded) == ("repost", "channel8")
    assert of_telethon(fwd_from={"from_id": 8}).forwarded == "user8"
    assert of_telethon(fwd_from={"from_name": "n"}).forwarded == "name:n"
    assert of_telethon(fwd_from={"date": AT}).forwarded is None


def test_mentions_of_telethon_count_units_of_utf_16() -> None:
    text = "😀 @Mfa x"  # the face takes two units
    entities = [
        {"_": "MessageEntityMention", "offset": 3, "length": 4},
        {"_type": "MessageEntityMentionName", "offset": 8, "length": 1, "user_id": 6},
        {"_": "MessageEntityMentionName", "offset": 8, "length": 1},
        {"_": "MessageEntityBold", "offset": 0, "length": 2, "user_id": 7},
    ]
    found = of_telethon(message=text, entities=entities)
    assert (found.mentioned, found.text_length) == (("@mfa", "user6"), 8)


@pytest.mark.parametrize("key", ["_", "_type"])
def test_services_of_telethon_are_no_messages(key: str) -> None:
    assert list(telegram.telethon({key: "MessageService", "id": 1, "date": AT}, 3)) == [Unread(3, "service")]


@pytest.mark.parametrize("more", ["peer_id", "_chat", "to_id", "fwd_from"])
def test_what_is_of_telethon(more: str) -> None:
    assert telegram.is_telethon({"date": AT, "id": 1, more: {}})
    assert not telegram.is_telethon({"id": 1, more: {}})
    assert not telegram.is_telethon({"date": AT, more: {}})
    assert not telegram.is_telethon({"date": AT, "id": 1})


POST = {"id": "1", "author_id": "5", "created_at": TOLD, "text": "abc"}


def post(**more: Any) -> Message:
    return only(twitter.twarc(POST | more, 3))


def test_a_post_of_twarc() -> None:
    assert post(lang="kk") == Message(
        platform="twitter", author="5", message="1", time=MICRO, visibility="public", language="kk", text_length=3
    )
    assert post(lang="und").language is None
    assert post().language is None
    mentions = [{"id": "7", "username": "A"}, {"username": "Bb"}]
    assert post(entities={"mentions": mentions}).mentioned == ("7", "@bb")
    assert post(entities=None, referenced_tweets=None).mentioned == ()


def test_what_a_post_refers_to() -> None:
    other = {"id": "9", "author_id": "6", "created_at": "2023-09-14T21:30:00Z"}
    for name, kind, forwarded in (
        ("retweeted", "repost", "6"),
        ("quoted", "quote", "6"),
        ("replied_to", "reply", None),
    ):
        found = post(referenced_tweets=[{"type": name} | other], in_reply_to_user_id="8")
        assert (found.kind, found.parent, found.forwarded) == (kind, "9", forwarded)
        assert found.parent_time == MICRO - 86_400_000_000
        assert found.replied == ("8" if kind == "reply" else None)
    # An answer that quotes is an answer to one, and passes on the other.
    both = [{"type": "quoted"} | other, {"type": "replied_to", "id": "4"}]
    found = post(referenced_tweets=both)
    assert (found.kind, found.parent, found.parent_time, found.forwarded) == ("reply", "4", None, "6")
    assert found.replied is None
    # A page includes what its posts refer to; what stands inside the post goes before it.
    page = {"data": [POST | {"referenced_tweets": [{"type": "quoted", "id": "9"}]}], "includes": {"tweets": [other]}}
    found = only(twitter.twarc(page, 3))
    assert (found.forwarded, found.parent_time) == ("6", MICRO - 86_400_000_000)
    alone = only(twitter.twarc({"data": page["data"]}, 3))
    assert (alone.forwarded, alone.parent_time) == (None, None)


def test_pages_of_twarc() -> None:
    found = list(twitter.twarc({"data": [POST, {"id": "2"}, POST | {"id": "3"}]}, 3))
    assert [one.message if isinstance(one, Message) else (one.line, one.reason, str(one.detail)) for one in found] == [
        "1", (3, "fields", "2: KeyError: 'author_id'"), "3"
    ]  # fmt: skip
    assert only(twitter.twarc({"data": POST}, 3)).message == "1"
    [empty] = twitter.twarc({"meta": {}}, 3)
    assert isinstance(empty, Unread)
    assert (empty.line, empty.reason) == (3, "event")
    for value, fits in (
        ({"data": []}, True), ({"data": {}}, True), ({"data": "x"}, False), ({"data": [], "kind": "t"}, False),
        ({"author_id": "5", "created_at": TOLD}, True), ({"author_id": "5"}, False), ({"created_at": TOLD}, False),
        ({"meta": {}, "__twarc": {}}, True), ({"meta": {}, "errors": []}, True), ({"meta": {}}, False),
        ({"errors": []}, False), ({"meta": {}, "errors": [], "data": 1}, False),
        ({"timestamp": AT, "data": [{"post": "a"}], "title": "b"}, False),  # posts that Facebook hands to their author
    ):  # fmt: skip
        assert twitter.is_twarc(value) is fits


def comment(name: str, **more: object) -> dict[str, Any]:
    told = {"authorChannelId": {"value": f"UC{name}"}, "publishedAt": TOLD, "textOriginal": "wow 😀", **more}
    return {"kind": "youtube#comment", "id": name, "snippet": told}


def test_a_thread_of_youtube_gives_its_comment_and_the_answers_it_holds() -> None:
    first, answer = comment("c1", videoId="v"), comment("c1.r", parentId="c1")
    thread = {"kind": "youtube#commentThread", "snippet": {"videoId": "v", "topLevelComment": first}}
    whole = {"kind": "youtube#commentThreadListResponse", "items": [thread | {"replies": {"comments": [answer]}}]}
    for value in (whole, whole["items"][0]):
        assert youtube.is_youtube(value)
        found = [one for one in youtube.youtube(value, 1) if isinstance(one, Message)]
        assert [(one.author, one.kind, one.place, one.parent) for one in found] == [
            ("UCc1", "comment", "v", "v"), ("UCc1.r", "reply", "v", "c1"),
        ]  # fmt: skip
        assert {(one.time, one.text_length, one.visibility) for one in found} == {(microseconds(TOLD), 5, "public")}
    alone = only(youtube.youtube({"kind": "youtube#commentListResponse", "items": [answer]}, 1))
    assert (alone.place, alone.parent) == (None, "c1")
    assert not youtube.is_youtube({"kind": "youtube#videoListResponse", "items": []})


ITEM = {"id": 1, "owner_id": -7, "from_id": 5, "date": AT, "text": "abcd"}


def test_a_post_of_vkontakte() -> None:
    [found] = vk.vk(ITEM, 3)
    assert found == Message(
        platform="vkontakte", author="5", message="-7_1", time=MICRO, place="-7", visibility="public", text_length=4,
        names=("-7",),
    )  # fmt: skip
    assert only(vk.vk(ITEM | {"friends_only": 1}, 3)).visibility == "friends"
    origin = {"id": 9, "owner_id": -8, "date": AT - 60}
    repost = only(vk.vk(ITEM | {"copy_history": [origin, {"id": 2, "owner_id": 3}]}, 3))
    assert (repost.kind, repost.parent, repost.parent_time, repost.forwarded) == (
        "repost", "-8_9", MICRO - 60_000_000, "-8")  # fmt: skip
    assert only(vk.vk(ITEM | {"copy_history": [origin | {"from_id": 6, "date": 0}]}, 3)).forwarded == "6"
    assert only(vk.vk(ITEM | {"copy_history": [{"id": 9, "owner_id": -8}]}, 3)).parent_time is None


def test_comments_of_vkontakte_and_their_answers() -> None:
    thread = {"items": [{"id": 3, "from_id": 6, "date": AT, "reply_to_comment": 2, "reply_to_user": 8}]}
    comment = {"id": 2, "from_id": 5, "owner_id": -7, "post_id": 1, "date": AT, "text": "ab", "thread": thread}
    first, second = vk.vk({"response": {"items": [comment]}}, 3)
    assert first == Message(
        platform="vkontakte", author="5", message="-7_1?reply=2", time=MICRO, kind="comment", place="-7",
        parent="-7_1", visibility="public", text_length=2, names=("-7",),
    )  # fmt: skip
    assert second == Message(
        platform="vkontakte", author="6", message="-7_1?reply=3", time=MICRO, kind="reply", place="-7",
        parent="-7_1?reply=2", visibility="public", text_length=0, replied="8", names=("-7",),
    )  # fmt: skip
    lone = only(vk.vk({"id": 2, "from_id": 5, "post_id": 1, "date": AT}, 3))
    assert (lone.place, lone.names) == (None, ())
    # A post found by a search may name the post it is of.
    assert only(vk.vk(ITEM | {"post_id": 1, "post_type": "post"}, 3)).message == "-7_1"


def test_answers_of_vkontakte_are_opened() -> None:
    for value in (
        {"response": [ITEM]},
        {"response": ITEM},
        {"response": {"items": [ITEM]}},
        {"response": [{"items": [ITEM]}]},
    ):
        assert only(vk.vk(value, 3)).message == "-7_1"
    assert list(vk.vk(ITEM | {"deleted": "x"}, 3)) == [Unread(3, "deleted", "1")]
    assert list(vk.vk({"from_id": 0, "date": AT}, 3)) == [Unread(3, "deleted", "")]
    for value, fits in (
        ({"response": {}}, True), ({"response": []}, True), ({"response": 1}, False), (ITEM, True),
        ({"date": 1, "from_id": 1, "post_id": 1}, True), ({"date": 1, "from_id": 1}, False),
        ({"date": 1, "owner_id": 1}, False), ({"from_id": 1, "owner_id": 1}, False),
    ):  # fmt: skip
        assert vk.is_vk(value) is fits


def status(**more: Any) -> Message:
    value = {"id": "1", "created_at": TOLD, "account": {"acct": "a"}, "content": "<p>a &amp; <b>b</b></p>"}
    return only(fediverse.mastodon(value | more, 3))


def test_a_status_of_mastodon() -> None:
    assert status(visibility="unlisted", language="KK") == Message(
        platform="mastodon", author="a", message="1", time=MICRO, visibility="unlisted", language="kk", text_length=5
    )
    assert status(uri="https://m/1").message == "https://m/1"
    assert status(account={"acct": "a", "uri": "u"}).author == "u"
    assert status(account={"acct": "a", "uri": "u", "url": "w"}).author == "w"
    told = {code: status(visibility=code).visibility for code in ("public", "private", "direct", "other")}
    assert told == {"public": "public", "private": "friends", "direct": "private", "other": None}


def test_what_a_status_answers_quotes_and_boosts() -> None:
    mentions = [{"id": 7, "acct": "b"}, {"id": "8", "acct": "c"}]
    answer = status(in_reply_to_id="4", in_reply_to_account_id=8, mentions=mentions)
    assert (answer.kind, answer.parent, answer.replied, answer.mentioned) == ("reply", "id:4", "c", ("b", "c"))
    assert status(in_reply_to_account_id=8, mentions=mentions).replied is None
    origin = {"uri": "u9", "created_at": "2023-09-14T21:30:00Z", "account": {"acct": "d"}}
    for name, value, kind in (
        ("reblog", origin, "repost"), ("quote", {"quoted_status": origin}, "quote")
    ):  # fmt: skip
        found = status(**{name: value})
        assert (found.kind, found.parent, found.forwarded) == (kind, "u9", "d")
        assert found.parent_time == MICRO - 86_400_000_000
    both = status(quote={"quoted_status": origin}, in_reply_to_id="4")
    assert (both.kind, both.parent, both.forwarded) == ("reply", "u9", "d")
    for nothing in (None, "x", {}, {"quoted_status": None}):
        assert (status(quote=nothing).kind, status(quote=nothing).parent) == ("post", None)
    assert fediverse.is_mastodon({"account": {}, "created_at": TOLD})
    assert not fediverse.is_mastodon({"account": "a", "created_at": TOLD})
    assert not fediverse.is_mastodon({"account": {}})


def event(record: dict[str, Any], name: str = "post", **more: Any) -> dict[str, Any]:
    commit = {"collection": f"app.bsky.feed.{name}", "operation": "create", "rkey": "k", "record": record}
    return {"did": "did:a", "time_us": MICRO, "commit": commit | more}


def test_a_post_of_bluesky() -> None:
    facets = [{"features": [{"did": "did:b"}, {"tag": "x"}]}, {}]
    record = {"text": "abc", "langs": ["zh-hant", "en"], "facets": facets, "createdAt": "2023-09-14T21:30:00Z"}
    assert only(fediverse.bluesky(event(record), 3)) == Message(
        platform="bluesky", author="did:a", message="at://did:a/app.bsky.feed.post/k", time=MICRO, visibility="public",
        language="zh-hant", text_length=3, mentioned=("did:b",),
    )  # fmt: skip
    clockless = event(record) | {"time_us": None}
    assert only(fediverse.bluesky(clockless, 3)).time == MICRO - 86_400_000_000
    told = {code: only(fediverse.bluesky(event({"langs": [code]}), 3)).language for code in ("KK", "k", "kk_KZ", 5)}
    assert told == {"KK": "kk", "k": None, "kk_KZ": None, 5: None}


def test_what_a_post_of_bluesky_answers_and_passes_on() -> None:
    there, then = "at://did:b/app.bsky.feed.post/1", "at://did:c/app.bsky.feed.post/2"
    answer = {"reply": {"parent": {"uri": there}}}
    for embedded in ({"uri": then}, {"record": {"uri": then}}):
        quote = {"embed": {"record": embedded}}
        found = only(fediverse.bluesky(event(quote), 3))
        assert (found.kind, found.parent, found.forwarded, found.replied) == ("quote", then, "did:c", None)
        found = only(fediverse.bluesky(event(answer | quote), 3))
        assert (found.kind, found.parent, found.forwarded, found.replied) == ("reply", there, "did:c", "did:b")
    found = only(fediverse.bluesky(event({"subject": {"uri": then}}, "repost"), 3))
    assert (found.kind, found.parent, found.forwarded, found.replied) == ("repost", then, "did:c", None)


def test_events_of_bluesky_that_are_no_messages() -> None:
    assert list(fediverse.bluesky(event({}, "like"), 3)) == [Unread(3, "event", "app.bsky.feed.like")]
    assert list(fediverse.bluesky(event({}, operation="delete"), 3)) == [Unread(3, "event", "app.bsky.feed.post")]
    assert list(fediverse.bluesky({"did": "did:a", "kind": "identity"}, 3)) == [Unread(3, "event", "identity")]


def test_posts_of_bluesky_as_they_are_shown() -> None:
    shown = {"uri": "at://did:b/app.bsky.feed.post/1", "author": {"did": "did:b"}, "record": {"createdAt": TOLD}}
    for value in (shown, {"post": shown}):
        found = only(fediverse.bluesky(value, 3))
        assert (found.author, found.message, found.time, found.kind) == ("did:b", shown["uri"], MICRO, "post")
    assert only(fediverse.bluesky(shown | {"indexedAt": "2023-09-14T21:30:00Z"}, 3)).time == MICRO - 86_400_000_000
    passed = {"post": shown, "reason": {"by": {"did": "did:c"}, "indexedAt": TOLD}}
    found = only(fediverse.bluesky(passed, 3))
    assert (found.author, found.message, found.kind) == ("did:c", f"{shown['uri']}#did:c", "repost")
    assert (found.parent, found.forwarded) == (shown["uri"], "did:b")
    assert only(fediverse.bluesky({"post": shown, "reason": {"pinned": 1}}, 3)).author == "did:b"
    for value, fits in (({"did": 1}, True), ({"record": 1}, True), ({"post": {}}, True), ({"post": "x"}, False)):
        assert fediverse.is_bluesky(value) is fits


def test_cells_by_hand() -> None:
    plain = {cell: cells.plain(cell) for cell in ("7.0", "7.5", "v1.0", "-7.0", " nan", " ", "null", 7.5, 0.0, 0, True)}
    assert plain == {"7.0": "7", "7.5": "7.5", "v1.0": "v1.0", "-7.0": "-7.0", " nan": "nan", " ": None, "null": None,
                     7.5: "7.5", 0.0: "0", 1: "True"}  # fmt: skip
    assert [cells.filled(cell) for cell in ("0", 0.0, "0.0", "No", "2", None, " ")] == [False] * 4 + [
        True,
        False,
        False,
    ]
    assert (cells.account(""), cells.account("@@A")) == (None, "@@a")
    assert [cells.first(cell) for cell in ("a , b", ", b", "", "a")] == ["a", None, None, "a"]
    assert cells.listed('[{"id": "5"}, {"username": "A"}, {"id": "", "username": "b"}, {}, "did:X", null]') == (
        "5", "@a", "@b", "did:X")  # fmt: skip
    assert cells.listed("['@A', 'b', '']") == ("@a", "@b")
    assert cells.listed("12, ,@C") == ("12", "@c")
    hosts = [cells.host(cell) for cell in ("https://WWW.Example.org:80/x", "example.org", "www.example.org", "")]
    assert hosts == ["example.org", "example.org", "example.org", None]


def test_words_of_an_error_are_cut() -> None:
    assert words_of(ValueError("x" * 200)) == "ValueError: " + "x" * 108


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (AT, AT), (str(AT), AT), (float(AT), AT), (AT * 1000, AT), (AT * 10**6, AT), (AT * 10**9, AT),
        (f"{AT}000", AT), ("1.6948134e9", AT), ("20230915213000", AT), ("Fri Sep 15 21:30:00 +0000 2023", AT),
        ("15.09.2023 21:30", AT), ("15.09.2023, 21:30:05", AT + 5), ("15.09.2023", AT - 77_400),
        ("2023-09-16T00:30 MSK", AT), ("2014-06-01 04:00 MSK", 1_401_580_800), ("2023-09-15 16:30 EST", AT),
        ("2023-09-15 23:30 CEST", AT), ("2023-09-15T21:30:00Z", AT), ("1990-01-01", 631_152_000),
    ],
)  # fmt: skip
def test_times_by_hand(given: Any, seconds: int) -> None:
    assert microseconds(given, naive=dt.UTC) == seconds * 1_000_000


@pytest.mark.parametrize(
    "given", [True, float("nan"), None, "", "1989-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "2023-09-15 10:00 CST", -1,
              "2023-09-15T10:00:00"],
)  # fmt: skip
def test_what_is_no_time(given: Any) -> None:
    with pytest.raises(ValueError, match=r"no time|not a time|no time zone|mean several|names no"):
        microseconds(given)


def test_a_line_is_an_object_only_where_it_begins_with_one() -> None:
    lines = {'{"a": 1}': True, ' {"a": 1}': False, "{": False, "[1]": False, "7": False, "": False}
    assert {line: recognising._is_whole(line) for line in lines} == lines


ROW = "дипломатия;қазақ тілі;сәлем\n" * 20


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (codecs.BOM_UTF8 + b"a", "utf-8-sig"),
        (codecs.BOM_UTF16_LE + "a".encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + "a".encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "utf-32"),
        (codecs.BOM_UTF32_BE + "a".encode("utf-32-be"), "utf-32"),
        ("time,author\n1,2\n".encode("utf-16-le"), "utf-16-le"),
        ("time,author\n1,2\n".encode("utf-16-be"), "utf-16-be"),
        (b"abc\0defg", "utf-8"),  # one zero among letters
        (ROW.encode(), "utf-8"),
        (ROW.encode()[:-2], "utf-8"),  # cut within a letter
        (ROW.encode() + b"\xff" + ROW.encode(), "utf-8"),  # a byte broken on its way
        ("Россия и Казахстан: дипломатия в сети, ".encode("cp1251") * 20, "cp1251"),
        (b"", "utf-8"),
    ],
)
def test_letters_of_a_file_are_told_by_its_beginning(head: bytes, encoding: str) -> None:
    assert opening.encoding_of(head) == encoding


def test_files_are_those_of_names_folders_and_patterns_each_once(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", ".hidden", "deep/c.csv", "deep/.also"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")

    def found(*given: str) -> list[str]:
        return [path.relative_to(tmp_path).as_posix() for path in opening.files([tmp_path / one for one in given])]

    assert found("") == ["a.csv", "b.csv", "deep/c.csv"]
    assert found("b.csv", "*.csv", "b.csv") == ["b.csv", "a.csv"]
    assert found("**/c.csv") == ["deep/c.csv"]
    assert found(".hidden") == [".hidden"]  # asked for by name
    for nothing in ("none.csv", "*.txt", "dee?"):
        with pytest.raises(SourceError, match="no such file; check the name"):
            found(nothing)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="the folder holds no file"):
        found("empty")


def test_parts_of_a_file_are_what_an_archive_holds_and_a_workbook_is_one(tmp_path: Path) -> None:
    def packed(name: str, members: list[str]) -> Path:
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member in members:
                archive.writestr(member, "" if member.endswith("/") else member)
        return tmp_path / name

    archive = packed("a.zip", ["b.txt", "folder/", "folder/a.txt"])
    found = list(opening.parts(archive))
    assert [(part.member, part.name) for part in found] == [
        ("b.txt", f"{archive}!b.txt"), ("folder/a.txt", f"{archive}!folder/a.txt")
    ]  # fmt: skip
    assert [opening.is_workbook(part) for part in found] == [False, False]
    with opening.bytes_of(found[1]) as stream:
        assert stream.read() == b"folder/a.txt"
    for inside in ("[Content_Types].xml", "content.xml"):
        [book] = opening.parts(packed("book.xlsx", [inside, "more.xml"]))
        assert (book.member, book.name, opening.is_workbook(book)) == ("", str(tmp_path / "book.xlsx"), True)
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0rest")
    (tmp_path / "plain").write_bytes(b"PK")
    assert [opening.is_workbook(opening.Part(tmp_path / name)) for name in ("old.xls", "plain")] == [True, False]
    (tmp_path / "broken.zip").write_bytes(archive.read_bytes()[:20])
    with pytest.raises(SourceError, match=r"broken\.zip: cannot be opened \(the archive is damaged\)"):
        list(opening.parts(tmp_path / "broken.zip"))


def test_packed_bytes_are_those_that_were_packed_and_of_a_torn_file_what_is_there(tmp_path: Path) -> None:
    content = b"".join(b"%d," % number for number in range(100_000))
    assert len(content) > opening.HEAD
    packed = {
        "plain": content,
        "gz": gzip.compress(content, 1),
        "zst": pa.compress(content, codec="zstd", asbytes=True),
        "gz_torn": gzip.compress(content, 0)[:-200_000],
        "short": b"ab",
    }
    for name, written in packed.items():
        (tmp_path / name).write_bytes(written)
        head = opening.head_of(opening.Part(tmp_path / name))
        assert head == (content if name != "short" else b"ab")[: opening.HEAD], name
    for name in ("plain", "gz", "zst"):
        with opening.bytes_of(opening.Part(tmp_path / name)) as stream:
            assert stream.read() == content
    with opening.text_of(opening.Part(tmp_path / "short"), "utf-8") as text:
        assert text.read() == "ab"


def batch(count: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"x": list(range(count))})


def test_messages_are_written_by_batches_and_whole_batches_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking.writing, "BATCH", 2)
    given: list[Any] = ["a", "b", "c", batch(3), batch(1), "d", "e"]
    found = [one if isinstance(one, list) else one.num_rows for one in taking._batches(iter(given))]
    assert found == [["a", "b"], ["c"], 3, 1, ["d", "e"]]
    assert list(taking._batches(iter([]))) == []


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ([], 1),
        (["m", "m"], 3),
        ([Unread(7, "time")], 8),
        ([Unread(7, "time"), "m"], 9),
        ([batch(5)], 6),
        ([batch(5), "m"], 7),
    ],
)
def test_a_file_that_breaks_off_is_told_behind_its_last_line(before: list[Any], line: int) -> None:
    def every() -> Iterator[Any]:
        yield from before
        raise EOFError("torn")

    *read, last = taking._unbroken(every())
    assert (len(read), last.line, last.reason) == (len(before), line, "broken")  # type: ignore[union-attr]


def test_names_of_places_are_met_without_sign_blanks_and_case() -> None:
    assert [taking._plain(name) for name in (" @Channel5 ", "channel5", "CHANNEL5")] == ["channel5"] * 3
    threshold = gc.get_threshold()
    with taking._seldom_collected():
        assert gc.get_threshold() == (max(threshold[0], 200_000), *threshold[1:])
    assert gc.get_threshold() == threshold


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("a,b\n1,2\n", ["a", "b"]),
        ("a;b;c\n1;2;3\n", ["a", "b", "c"]),
        ("a\tb\tc\n", ["a", "b", "c"]),
        ("\ufeffa|b\n", ["a", "b"]),
        ("made by a tool,,\na,b,c\n1,,\n", ["a", "b", "c"]),  # the fullest row, and of those as full the first
        ("", []),
    ],
)
def test_the_names_of_columns_are_the_fullest_of_the_first_rows(text: str, header: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    assert recognising.header_of(opening.Part(tmp_path / "t.csv")) == header
