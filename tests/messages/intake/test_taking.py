"""Every shape from a small sample and from a hostile twin of it; the account of what was not read is complete."""

import csv
import gzip
import io
import json
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy.errors import SourceError
from digital_diplomacy.messages import SCHEMA, TakenIn, mapping_template, take_in
from digital_diplomacy.messages.intake.opening import Part
from digital_diplomacy.messages.intake.recognising import recognise
from digital_diplomacy.messages.table import Message, Unread

KEY = b"a key of thirty-two bytes, or so"
AT = 1_694_813_400  # 2023-09-15 21:30:00 UTC
Rows = list[dict[str, Any]]


def table(rows: list[dict[str, object]], separator: str = ",") -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def lines(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def expected(**columns: Any) -> dict[str, Any]:
    return {"time": AT, "kind": "post", "visibility": "public", "mentioned": [], **columns}


TELEGRAM = {
    "name": "Қазақ арнасы", "type": "public_channel", "id": 77,
    "messages": [
        {"id": 1, "type": "message", "date": "2023-09-16T03:30:00", "date_unixtime": str(AT), "from": "A",
         "from_id": "channel77", "text": ["сәлем ", {"type": "mention", "text": "@Bas"}, {"type": "mention_name",
         "text": "B", "user_id": 5}], "text_entities": [{"type": "mention", "text": "@Bas"},
         {"type": "mention_name", "text": "B", "user_id": 5}]},
        {"id": 2, "type": "service", "date_unixtime": str(AT), "action": "pin_message"},
        {"id": 3, "type": "message", "date_unixtime": str(AT), "from_id": "user5", "reply_to_message_id": 1, "text": ""},
        {"id": 4, "type": "message", "date_unixtime": str(AT), "from_id": "user5", "forwarded_from": "News",
         "forwarded_from_id": "channel9", "text": "x"},
        {"id": 5, "type": "unsupported"},
    ],
}  # fmt: skip
OF_TELEGRAM: Rows = [
    expected(platform="telegram", author="channel77", message="channel77/1", place="channel77", text_length=11,
             mentioned=["@bas", "user5"]),
    expected(platform="telegram", author="user5", message="channel77/3", parent="channel77/1", kind="reply", text_length=0),
    expected(platform="telegram", author="user5", message="channel77/4", kind="repost", forwarded="channel9"),
]  # fmt: skip
# As some versions write it: bare identifiers, escapes that JSON does not know; and text that looks like them.
BROKEN_TELEGRAM = (
    f'{{"name":"K","type":"private_group","id":8,"messages":[{{"id":1,"type":"message","date_unixtime":"{AT}",'
    '"from_id": user5,"text":"a\\x0Cb \\\\x0C, \\"from_id\\": user6, c"},{"id":2,"type":"message",'
    f'"date_unixtime":"{AT}","from_id": user7 ,"text":"\x01 ok"}}]}}'
)
TWEET = {
    "id": "10", "author_id": "1", "created_at": "2023-09-15T21:30:00.000Z", "text": "hi @mfa", "lang": "kk",
    "entities": {"mentions": [{"username": "MFA", "id": "2"}]},
}  # fmt: skip
RETWEET = TWEET | {"id": "11", "lang": "und", "entities": {}, "referenced_tweets": [{"type": "retweeted", "id": "9"}]}
REPLY = TWEET | {"id": "12", "in_reply_to_user_id": "3", "entities": {}, "new_field": {"never": "seen"},
                 "referenced_tweets": [{"type": "replied_to", "id": "8"}, {"type": "quoted", "id": "9"}]}  # fmt: skip
ABOUT = {"tweets": [{"id": "9", "author_id": "4", "created_at": "2023-09-14T21:30:00Z", "text": "o"}], "users": []}
OF_TWITTER: Rows = [
    expected(platform="twitter", author="1", message="10", language="kk", text_length=7, mentioned=["2"]),
    expected(platform="twitter", author="1", message="11", kind="repost", forwarded="4", parent="9",
             parent_time=AT - 86_400, language=None),
    expected(platform="twitter", author="1", message="12", kind="reply", parent="8", replied="3", forwarded="4"),
]  # fmt: skip
# As the first interface writes posts, and streams and twarc 1 kept them; and the archive of an account.
WRITTEN = "Fri Sep 15 21:30:00 +0000 2023"
FIRST = {"id_str": "20", "created_at": WRITTEN, "user": {"id_str": "1", "screen_name": "a"}, "full_text": "hi @mfa", "lang": "kk",
         "entities": {"user_mentions": [{"screen_name": "MFA", "id_str": "2", "indices": [3, 7]}]},
         "in_reply_to_status_id_str": None, "in_reply_to_user_id_str": None}  # fmt: skip
OLDER = FIRST | {"id_str": "19", "created_at": "Thu Sep 14 21:30:00 +0000 2023", "user": {"id_str": "4"}}
OF_FIRST: Rows = [
    expected(platform="twitter", author="1", message="20", language="kk", text_length=7, mentioned=["2"]),
    expected(author="1", message="21", kind="repost", parent="19", parent_time=AT - 86_400, forwarded="4",
             mentioned=["2"]),
    expected(author="1", message="22", kind="reply", parent="8", replied="3", mentioned=["2"]),
    expected(author="1", message="23", kind="quote", parent="19", forwarded="4", visibility=None, text_length=9,
             mentioned=["2"]),
]  # fmt: skip
FIRSTS = [FIRST, FIRST | {"id_str": "21", "retweeted_status": OLDER},
          FIRST | {"id_str": "22", "in_reply_to_status_id_str": "8", "in_reply_to_user_id_str": "3"},
          FIRST | {"id_str": "23", "quoted_status": OLDER, "user": {"id_str": "1", "protected": True},
                   "extended_tweet": {"full_text": "123456789"}}]  # fmt: skip
ARCHIVED = [{"tweet": {name: cell for name, cell in one.items() if name != "user"}} for one in (
    FIRST | {"id_str": "30"}, FIRST | {"id_str": "31", "full_text": "RT @mfa: a", "entities": {
        "user_mentions": [{"screen_name": "mfa", "id_str": "2", "id": "2", "indices": ["3", "7"]}]}},
    FIRST | {"id_str": "32", "in_reply_to_status_id_str": "8", "in_reply_to_user_id_str": "3"})]  # fmt: skip
OF_ARCHIVE: Rows = [
    expected(author="777", message="30", language="kk", mentioned=["2"]),
    expected(author="777", message="31", kind="repost", parent=None, forwarded="2", mentioned=["2"], text_length=10),
    expected(author="777", message="32", kind="reply", parent="8", replied="3", mentioned=["2"]),
]  # fmt: skip


def of_archive(name: str, content: object) -> str:
    return f"window.YTD.{name}.part0 = {json.dumps(content, indent=2)}"


ACCOUNT_OF_ARCHIVE = of_archive("account", [{"account": {"username": "a", "accountId": "777"}}])
FLAT = RETWEET | {"referenced_tweets": [{"type": "retweeted"} | ABOUT["tweets"][0]]}
NO = {"is_retweet": "no", "is_reply": "no", "is_quote_tweet": "no"}
VK = {
    "response": {
        "count": 3,
        "items": [
            {"id": 1, "owner_id": -9, "from_id": -9, "date": AT, "text": "п", "post_type": "post"},
            {"id": 2, "owner_id": 7, "from_id": 7, "date": AT, "text": "", "friends_only": 1, "post_type": "post",
             "copy_history": [{"id": 1, "owner_id": -9, "from_id": -9, "date": AT - 60}]},
            {"id": 3, "owner_id": -9, "post_id": 1, "from_id": 5, "date": AT, "text": "к", "parents_stack": [],
             "thread": {"items": [{"id": 4, "post_id": 1, "from_id": 6, "date": AT, "text": "о",
                                   "reply_to_user": 5, "reply_to_comment": 3}, {"id": 6, "deleted": True}]}},
        ],
    }
}  # fmt: skip
OF_VK: Rows = [
    expected(platform="vkontakte", author="-9", message="-9_1", place="-9"),
    expected(platform="vkontakte", author="7", message="7_2", kind="repost", visibility="friends", parent="-9_1",
             parent_time=AT - 60, forwarded="-9"),
    expected(platform="vkontakte", author="5", message="-9_1?reply=3", kind="comment", parent="-9_1"),
    expected(platform="vkontakte", author="6", message="-9_1?reply=4", kind="reply", parent="-9_1?reply=3", replied="5"),
]  # fmt: skip
ACCOUNT = {"id": "1", "acct": "a", "url": "https://m.example/@a"}
STATUS = {
    "id": "5", "uri": "https://m.example/s/5", "created_at": "2023-09-15T21:30:00.000Z", "account": ACCOUNT,
    "visibility": "unlisted", "language": "kk", "content": "<p>a &amp; b</p>", "mentions": [], "reblog": None,
}  # fmt: skip
BOOST = STATUS | {"id": "6", "uri": "https://m.example/s/6", "visibility": "direct", "content": "", "reblog":
                  STATUS | {"account": {"acct": "b@n.example", "url": "https://n.example/@b"}}}  # fmt: skip
OF_MASTODON: Rows = [
    expected(platform="mastodon", author="https://m.example/@a", message="https://m.example/s/5", visibility="unlisted",
             language="kk", text_length=5),
    expected(platform="mastodon", author="https://m.example/@a", kind="repost", visibility="private",
             parent="https://m.example/s/5", parent_time=AT, forwarded="https://n.example/@b"),
]  # fmt: skip
SKEET = {
    "did": "did:plc:a", "time_us": AT * 1_000_000, "kind": "commit",
    "commit": {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "k", "cid": "c", "record": {
        "$type": "app.bsky.feed.post", "text": "hi", "createdAt": "1999-01-01T00:00:00Z", "langs": ["KK"],
        "facets": [{"features": [{"did": "did:plc:b"}]}],
        "reply": {"parent": {"uri": "at://did:plc:c/app.bsky.feed.post/p"}}}},
}  # fmt: skip
LIKE = {
    "did": "did:plc:a",
    "time_us": 1,
    "cursor": 3,
    "commit": {"operation": "create", "collection": "app.bsky.feed.like"},
}
GONE = {"did": "did:plc:a", "time_us": 1, "kind": "commit", "commit": {"operation": "delete", "collection": "app.bsky.feed.post", "rkey": "k"}}  # fmt: skip
REPOST = SKEET | {"commit": {"operation": "create", "collection": "app.bsky.feed.repost", "rkey": "r", "record": {
    "subject": {"uri": "at://did:plc:c/app.bsky.feed.post/p"}, "createdAt": "2023-09-15T21:30:00Z"}}}  # fmt: skip
OF_BLUESKY: Rows = [
    expected(platform="bluesky", author="did:plc:a", message="at://did:plc:a/app.bsky.feed.post/k", language="kk",
             kind="reply", mentioned=["did:plc:b"], replied="did:plc:c", parent="at://did:plc:c/app.bsky.feed.post/p"),
    expected(platform="bluesky", kind="repost", forwarded="did:plc:c"),
]  # fmt: skip
TELETHON = {"_": "Message", "id": 3, "peer_id": {"_": "PeerChannel", "channel_id": 77}, "date": AT, "message": "😀 @bas",
            "from_id": None, "entities": [{"_": "MessageEntityMention", "offset": 3, "length": 4}],
            "fwd_from": {"from_id": {"channel_id": 9}, "date": AT - 9}, "_chat": {"id": 77, "username": "kz"}}  # fmt: skip
OF_TELETHON: Rows = [
    expected(platform="telegram", author="channel77", message="channel77/3", kind="repost", forwarded="channel9",
             mentioned=["@bas"], text_length=6),
]  # fmt: skip
CROWDTANGLE = {
    "Page Name": "МИД", "User Name": "mfa", "Facebook Id": "100", "Page Category": "GOV", "Page Admin Top Country": "KZ",
    "Post Created": "2023-09-15 17:30:00 EDT", "Post Created Date": "2023-09-15", "Post Created Time": "17:30:00",
    "Type": "Link", "Total Interactions": "1,234", "URL": "https://fb/1", "Message": "abc",
    "Overperforming Score (weighted  —  Likes 1x )": "-1.5",
}  # fmt: skip
INSTAGRAM = {
    "Account": "МИД", "User Name": "mfa", "Followers at Posting": "10", "Post Created": "2023-09-15 14:30:00 PDT",
    "Type": "Photo", "Likes": 1, "URL": "https://ig/1", "Photo": "", "Title": "", "Description": "abcd",
}  # fmt: skip
GDELT = ["1", "20230101", *["x"] * 57, "20230915213000", "https://www.kaz.example/n/1"]

Sample = tuple[str, str, bytes, Rows, dict[str, int]]


def sample(shape: str, name: str, text: str, rows: Rows, encoding: str = "utf-8", **reasons: int) -> Sample:
    return shape, name, text.encode(encoding), rows, reasons


SAMPLES: list[Sample] = [
    sample("telegram_desktop", "result.json", json.dumps(TELEGRAM, ensure_ascii=False), OF_TELEGRAM, service=2),
    sample("telegram_desktop", "whole.json", json.dumps({"about": "x", "contacts": {"list": [{"id": 1}]}, "chats": {
        "list": [{"name": "?", "type": "saved_messages", "id": 1, "messages": []}, TELEGRAM]}}, indent=1),
        OF_TELEGRAM, service=2),
    sample("telegram_desktop", "broken.json", BROKEN_TELEGRAM, [
        expected(platform="telegram", author="user5", message="chat8/1", visibility="private", text_length=29),
        expected(platform="telegram", author="user7", text_length=4, visibility="private")]),
    sample("telegram_desktop", "cut.json", json.dumps(TELEGRAM)[:-160], OF_TELEGRAM[:2], "utf-16", service=1, json=1),
    sample("telethon", "t.ndjson", lines(TELETHON, {"_": "MessageService", "id": 4, "peer_id": {}, "date": AT}),
           OF_TELETHON, service=1),
    sample("telethon", "iso.ndjson", lines(TELETHON | {"date": "2023-09-15T21:30:00+00:00"}) + "\n\n{]\n", OF_TELETHON, json=1),
    sample("twarc", "pages.jsonl", lines({"data": [TWEET, RETWEET, REPLY], "includes": ABOUT, "meta": {}, "__twarc": {}}),
           OF_TWITTER),
    sample("twarc", "mixed.jsonl", "\ufeff" + lines({"data": [TWEET], "meta": {}}, {"meta": {"result_count": 0}, "__twarc": {}},
           FLAT, {"data": [REPLY, {"id": "13"}], "includes": ABOUT}) + '{"data": [{"id"', OF_TWITTER, event=1, fields=1, json=1),
    sample("twarc", "torn.jsonl", '{"data": [{"id": "1", "auth\n' + lines(TWEET), OF_TWITTER[:1], json=1),
    sample("twitter_first", "stream.jsonl", lines(*FIRSTS), OF_FIRST),
    sample("twitter_first", "list.json", json.dumps(FIRSTS, indent=1), OF_FIRST),
    sample("twarc_csv", "t.csv", table([
        {"id": "10", "author_id": "1", "created_at": "2023-09-15T21:30:00.000Z", "text": 'a,"b"\nc', "lang": "und",
         "referenced_tweets.replied_to.id": "", "referenced_tweets.retweeted.id": "9", "referenced_tweets.quoted.id": "",
         "retweeted_user_id": "4", "entities.mentions": '["@MFA"]', "in_reply_to_user_id": ""}]),
        [expected(platform="twitter", author="1", message="10", kind="repost", parent="9", forwarded="4", language=None,
                  mentioned=["@mfa"], text_length=7)]),
    sample("4cat_telegram", "c.csv", table([
        {"id": "kz-5", "thread_id": "kz", "chat": "kz", "author": "5", "body": "ab", "reply_to": "4",
         "timestamp": "2023-09-16 03:30:00", "unix_timestamp": AT, "author_forwarded_from_id": ""},
        {"id": "kz-6", "thread_id": "kz", "chat": "kz", "author": "5", "body": "", "reply_to": "",
         "timestamp": "2023-09-16 03:30:00", "unix_timestamp": f"{AT}.0", "author_forwarded_from_id": "9.0"}], ";"),
        [expected(platform="telegram", author="5", kind="reply", parent="kz/4", place="kz", text_length=2),
         expected(platform="telegram", kind="repost", forwarded="9", text_length=0)], "utf-8-sig"),
    sample("4cat_twitter", "x.csv", table([
        {"id": "1", "thread_id": "1", "timestamp": "?", "unix_timestamp": AT, "body": "b", "author": "mfa", "author_id": "7",
         **NO, "is_quote_tweet": "yes", "quoted_user": "B", "replied_user": "", "mentions": "B,c"}]),
        [expected(platform="twitter", author="7", kind="quote", forwarded="@b", mentioned=["@b", "@c"])]),
    sample("4cat_bluesky", "b.csv", table([
        {"id": "at://did:plc:a/x/1", "thread_id": "t", "created_at": "2023-09-15T21:30:00+00:00", "author": "a.example",
         "author_id": "did:plc:a", "body": "b", "replied_to_user": "", "replied_to_post": "", "quoted_post": "",
         "mentions": "", "languages": "kk,ru", "timestamp": float(AT)}]),
        [expected(platform="bluesky", author="did:plc:a", language="kk")]),
    sample("4cat_vk", "v.csv", table([
        {"id": 3, "thread_id": 1, "timestamp": "2023-09-16 03:30:00", "unix_timestamp": AT, "link": "https://vk.com/wall-9_3",
         "item_type": "comment", "body": "к", "author_id": 5, "in_reply_to_user": "", "in_reply_to_comment_id": ""}]),
        [expected(platform="vkontakte", author="5", kind="comment", message="https://vk.com/wall-9_3")]),
    sample("vk_api", "wall.json", json.dumps(VK), OF_VK, deleted=1),
    sample("vk_api", "walls.json", json.dumps([VK["response"]["items"][0], {"response": {"items": VK["response"]["items"][1:]}},
           {"error": {"error_code": 15}}], indent=2), OF_VK, deleted=1, object=1),
    sample("mastodon", "m.jsonl", lines(STATUS, BOOST), OF_MASTODON),
    sample("mastodon", "m.json", json.dumps([STATUS, BOOST, STATUS | {"account": {}}], indent=1), OF_MASTODON, fields=1),
    sample("bluesky", "j.jsonl", lines(SKEET, LIKE, GONE, REPOST, {"did": "x", "kind": "identity"}), OF_BLUESKY, event=3),
    sample("crowdtangle_facebook", "f.csv", table([CROWDTANGLE]), [
        expected(platform="facebook", author="100", message="https://fb/1", place="100", text_length=3)]),
    sample("crowdtangle_facebook", "w.csv", table([CROWDTANGLE, CROWDTANGLE | {"Post Created": "2023-09-15 21:30:00 BST",
           "URL": "https://fb/2"}], "\t").replace("—", "-"), [expected(platform="facebook", author="100")], "cp1251", fields=1),
    sample("crowdtangle_instagram", "i.csv", table([INSTAGRAM]), [
        expected(platform="instagram", author="mfa", message="https://ig/1", text_length=4)]),
    sample("youtube_tools_comments", "y.csv", 'id,publishedAt,authorName,text,authorChannelId,isReplyTo\n'
           'c1,2023-09-15T21:30:00Z,A,"say \\"hi\\", all",UC1,\nc2,2023-09-15 21:30:00,B,x,UC2,c1\nc3,15/09/2023,B,x,UC2,\n', [
        expected(platform="youtube", author="UC1", message="c1", kind="comment", text_length=13),
        expected(platform="youtube", author="UC2", kind="reply", parent="c1")], fields=1),
    sample("youtube_tools_videos", "yv.csv", table([
        {"videoId": "v1", "channelId": "UC1", "channelTitle": "K", "publishedAt": "2023-09-15 21:30:00", "videoDescription": "ab"}]),
        [expected(platform="youtube", author="UC1", message="v1", place="UC1", text_length=2)]),
    sample("minet_youtube", "my.csv", table([
        {"video_id": "v1", "comment_id": "c1", "author_name": "A", "author_channel_id": "UC1", "text": "t", "like_count": 1,
         "published_at": "2023-09-15T21:30:00Z", "parent_comment_id": ""}]),
        [expected(platform="youtube", author="UC1", kind="comment", parent="v1", place="v1")]),
    sample("minet_telegram", "mt.csv", table([
        {"link_to_message": "https://t.me/kz/1", "user": "kz", "user_link": "https://t.me/kz", "text": "t", "views": "1.2K",
         "datetime": "2023-09-16T03:30:00+06:00", "is_reply_user": "False"}]),
        [expected(platform="telegram", author="https://t.me/kz", message="https://t.me/kz/1")]),
    sample("gdelt_events", "g.export.CSV", "\t".join(GDELT) + "\n" + "\t".join(GDELT[:-1]) + "\n",
           [expected(platform="gdelt", author="kaz.example", message="1")], cells=1),
]  # fmt: skip


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., TakenIn]:
    def taken(*paths: Path, **named: Any) -> TakenIn:
        return take_in(paths, tmp_path / "out", **{"zone": "Asia/Almaty", "key": None, **named})

    return taken


def read(path: Path) -> Rows:
    return [seconds(row) for row in pq.read_table(path).to_pylist()]


def seconds(row: dict[str, Any]) -> dict[str, Any]:
    """Times as whole seconds, lists as lists."""
    found = dict(row)
    for name in ("time", "parent_time"):
        cell = found[name]
        found[name] = int(cell.timestamp()) if hasattr(cell, "timestamp") else cell and cell // 1_000_000
    return found | {"mentioned": list(found["mentioned"])}


def check(found: Rows, wanted: Rows) -> None:
    assert len(found) == len(wanted)
    for row, one in zip(found, wanted, strict=True):
        assert {name: row[name] for name in one} == one


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: f"{one[0]}:{one[1]}")
def test_each_shape_is_recognised_and_read_and_the_rest_is_told(sample: Sample, tmp_path: Path) -> None:
    shape, name, content, wanted, reasons = sample
    (tmp_path / name).write_bytes(content)
    reading = recognise(Part(tmp_path / name))
    assert reading is not None
    assert reading.shape == shape
    found = list(reading.read())
    check([seconds(asdict(one)) for one in found if isinstance(one, Message)], wanted)
    assert Counter(one.reason for one in found if isinstance(one, Unread)) == Counter(reasons)


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_of_x_is_read_with_the_account_it_is_of(
    take: Callable[..., TakenIn], tmp_path: Path, packed: bool
) -> None:
    """What its owner has deleted is not counted, and without the account nothing is: the posts name no author."""
    held = {"tweets.js": of_archive("tweets", ARCHIVED[:2]), "tweets-part1.js": of_archive("tweets", ARCHIVED[2:]),
            "deleted-tweets.js": of_archive("deleted_tweets", ARCHIVED), "account.js": ACCOUNT_OF_ARCHIVE,
            "like.js": of_archive("like", [{"like": {"tweetId": "1"}}])}  # fmt: skip
    folder = tmp_path / "archive/data"
    folder.mkdir(parents=True)
    for name, text in held.items():
        (folder / name).write_text(text, encoding="utf-8")
    given = folder
    if packed:
        given = tmp_path / "archive.zip"
        with zipfile.ZipFile(given, "w") as archive:
            for name, text in held.items():
                archive.writestr(f"data/{name}", text)
    taken = take(given)
    check(sorted(read(taken.path), key=lambda row: row["message"]), OF_ARCHIVE)
    assert taken.files["shape"].tolist() == ["twitter_archive"] * 2  # its hundred other files are told in a line
    assert [str(one).partition("tweets")[2] for one in taken.remarks] == [
        ".js: of the same archive of X, 3 further files hold no posts that it still shows, and are left out"
    ]
    (folder / "account.js").unlink()
    for wrong in (None, "window.YTD.account.part0 = [ ]", "{", '[{"account": {}}]'):
        if wrong is not None:
            (folder / "account.js").write_text(wrong)
        with pytest.raises(SourceError, match=r"tweets\.js: posts of an archive of X.*put the file account\.js"):
            take(folder / "tweets.js")


def test_json_of_other_tools_is_read_by_a_mapping_each_key_a_column(
    take: Callable[..., TakenIn], tmp_path: Path
) -> None:
    rows = [
        {"user": {"id": 5}, "at": AT, "text": "hi", "to": ["a"]},
        {"at": AT, "user": {"id": 6}},
        [],
        {"at": "?"},
    ]
    (tmp_path / "own.jsonl").write_text(lines(*rows))
    (tmp_path / "own.json").write_text(json.dumps(rows, indent=1))
    for name in ("own.jsonl", "own.json"):
        with pytest.raises(SourceError, match=rf"{name} \(user\.id, at, text, to\); give a mapping .* --template"):
            take(tmp_path / name)
        assert '"user.id"' in mapping_template(tmp_path / name)
        mapping = tmp_path / "mapping.csv"
        told = "platform,constant,vkontakte\nvisibility,constant,public\nauthor,column,user.id\ntime,column,at\ntext_length,column,text\nmentioned,list,to\n"
        mapping.write_text(f"field,how,column\n{told}")
        taken = take(tmp_path / name, mapping=mapping)
        wanted = [expected(author="5", text_length=2, mentioned=["@a"]), expected(author="6", mentioned=[])]
        check(read(taken.path), wanted)
        assert dict(taken.reasons[["reason", "count"]].to_numpy()) == {"object": 1, "fields": 1}


def test_the_table_is_the_same_whatever_the_clock_of_the_machine_and_hides_who_wrote(
    take: Callable[..., TakenIn], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (_, name, content, _, _) in enumerate(SAMPLES):
        (folder / f"{number}_{name}").write_bytes(content)
    tables = {}
    for clock in ("America/New_York", "Asia/Almaty", "UTC"):
        monkeypatch.setenv("TZ", clock)
        time.tzset()
        taken = take(folder, key=KEY)
        tables[clock] = taken.path.read_bytes()
    assert len(set(tables.values())) == 1
    assert pq.read_schema(taken.path).equals(SCHEMA)
    rows = read(taken.path)
    assert {(str(row["local_day"]), row["local_hour"]) for row in rows} == {("2023-09-16", 3)}
    assert len(rows) == taken.files["messages"].sum() - taken.repeated
    cells = {str(cell) for row in rows for cell in row.values()}
    for secret in ("user5", "channel77", "did:plc:a", "-9", "-9_1", "@bas", "https://m.example/@a", "сәлем"):
        assert not [cell for cell in cells if secret in cell and not cell.startswith("20")]
    with (taken.path.parent / "unread.csv").open(encoding="utf-8") as stream:
        noted = Counter(row["reason"] for row in csv.DictReader(stream))
    assert noted == sum((Counter(reasons) for *_, reasons in SAMPLES), Counter())
    assert take(folder, key=KEY[::-1]).path.read_bytes() != tables["UTC"]


def test_packed_files_of_all_shapes_together_give_the_same_and_repeats_are_dropped(
    take: Callable[..., TakenIn], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for number, (_, name, content, _, _) in enumerate(SAMPLES):
            archive.writestr(f"{number:02}/{name}", content)
    once = take(folder / "all.zip")
    assert once.repeated > 0  # samples and their twins tell of the same messages
    for number, (_, name, content, _, _) in enumerate(SAMPLES):
        (folder / f"{number:02}_{name}.gz").write_bytes(gzip.compress(content))
        with pa.CompressedOutputStream(str(folder / f"{number:02}_{name}.zst"), "zstd") as stream:
            stream.write(content)
    before = read(once.path)
    (folder / "all.zip").unlink()
    twice = take(f"{folder}/*.gz", folder / "..", folder, country=None)
    after = read(twice.path)
    assert sorted(map(repr, after)) == sorted(map(repr, before))
    assert twice.files["messages"].sum() - twice.repeated == len(after)


def test_what_breaks_off_is_told_and_strict_refuses_it(take: Callable[..., TakenIn], tmp_path: Path) -> None:
    whole = gzip.compress(lines(*(TWEET | {"id": str(number)} for number in range(3_000))).encode())
    cases = {"cut.gz": (whole[: len(whole) // 2], "broken"), "flipped.gz": (whole[:4_000] + b"\0" * 9 + whole[4_009:], "broken"),
             "open.csv": (table([CROWDTANGLE]).encode() + b'"never closed\nand so on\n', "csv"),
             "odd.bin": (bytes(range(256)) * 9, "shape"), "empty.csv": (b"", "shape"),
             "unknown.csv": ("ИД;Автор\n1;2\n".encode("cp1251"), "shape")}  # fmt: skip
    good = tmp_path / "good.jsonl"
    good.write_text(lines(TWEET | {"id": "x"}))
    for name, (content, reason) in cases.items():
        bad = tmp_path / name
        bad.write_bytes(content)
        taken = take(good, bad)
        assert (name, reason) in {(Path(file).name, why) for file, why in taken.reasons[["file", "reason"]].to_numpy()}
        assert taken.files.loc[taken.files["file"] == str(good), "messages"].item() == 1
        before = taken.path.read_bytes()
        with pytest.raises(SourceError, match=rf"{name}, \d+: \w+ \("):
            take(good, bad, strict=True)
        assert taken.path.read_bytes() == before  # nothing half written took its place
        assert sorted(path.name for path in taken.path.parent.iterdir()) == ["messages.parquet", "unread.csv"]


def test_a_service_s_own_table_is_read_by_a_mapping(take: Callable[..., TakenIn], tmp_path: Path) -> None:
    rows = [["Отчёт за сентябрь", None, None, None, None],
            ["Источник", "Автор", "Дата", "Тип", "Текст"],
            ["vk.com", "id5", "16.09.2023 03:30", "Комментарий", "аб"],
            ["ok.ru", 7.0, pd.Timestamp("2023-09-16 03:30"), "Пост", None],
            ["ok.ru", "x", "когда-то", "Пост", ""]]  # fmt: skip
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "s.xlsx")
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows)
    (tmp_path / "s.csv").write_text(text.replace("7.0", "7"), encoding="cp1251")
    frame = pd.DataFrame(rows[2:], columns=rows[1]).astype(str).replace("None", "").replace("7.0", "7")
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), tmp_path / "s.parquet")
    mapping = tmp_path / "mapping.csv"
    mapping.write_text(
        "field,how,column,values\nplatform,column,Источник,vk.com=vkontakte; ok.ru=odnoklassniki\nauthor,column,Автор,\n"
        "time,column,Дата,\nnaive_zone,constant,Asia/Almaty,\nkind,column,Тип,Пост=post; Комментарий=comment\n"
        "text_length,column,Текст,\nvisibility,constant,public,\nlanguage,column,,\n", encoding="utf-8"
    )  # fmt: skip
    wanted = [expected(platform="vkontakte", author="id5", kind="comment", text_length=2),
              expected(platform="odnoklassniki", author="7", text_length=0)]  # fmt: skip
    for name in ("s.xlsx", "s.csv", "s.parquet"):
        taken = take(tmp_path / name, mapping=mapping)
        check(read(taken.path), wanted)
        assert taken.reasons[["reason", "count"]].to_numpy().tolist() == [["fields", 1]]
    assert 'author,column,,,"Автор"' in mapping_template(tmp_path / "s.csv")
    with pytest.raises(SourceError, match=r"s\.csv \(Источник, Автор, Дата, Тип, Текст\); give a mapping"):
        take(tmp_path / "s.csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "a mapping has the columns field, how, column, values"),
        ("field,how,column\nwriter,column,A\n", "line 2: unknown field 'writer'"),
        ("field,how,column\ntime,guess,A\n", "line 2: unknown how 'guess'"),
        ("field,how,column\nplatform,constant,x\n", "no line for time"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(
    text: str, said: str, take: Callable[..., TakenIn], tmp_path: Path
) -> None:
    (tmp_path / "m.csv").write_text(text)
    (tmp_path / "t.csv").write_text("A,B\n1,2\n")
    with pytest.raises(SourceError, match=said):
        take(tmp_path / "t.csv", mapping=tmp_path / "m.csv")


def test_countries_are_those_of_places_or_of_all(take: Callable[..., TakenIn], tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(json.dumps(TELEGRAM))
    assert {row["country"] for row in read(take(tmp_path / "r.json").path)} == {None}
    named = take(tmp_path / "r.json", places={"@Қазақ Арнасы": "KAZ"}, country="RUS")
    assert {row["country"] for row in read(named.path)} == {"KAZ"}
    assert {row["country"] for row in read(take(tmp_path / "r.json", country="UZB").path)} == {"UZB"}


def test_a_name_that_is_no_file_is_refused(take: Callable[..., TakenIn], tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\*\.json: no such file"):
        take(tmp_path / "none*.json")


def test_of_many_files_of_no_known_kind_five_are_named(take: Callable[..., TakenIn], tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(6)]
    for file in files:
        file.write_text("one,two\n1,2\n")
    with pytest.raises(SourceError, match=r"no file is of a kind known here: .*give a mapping") as refused:
        take(*files)
    named = [file.name for file in files if f"{file} (one, two)" in str(refused.value)]
    assert named == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"]
