"""Posts and comments of VKontakte as its interface answers (``wall.get``, ``wall.getComments``, ``newsfeed.search``).

Fields are those of github.com/VKCOM/vk-api-schema. A community writes under its negative number. A repost carries what
it passes on in ``copy_history``, and a comment its answers in ``thread``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from digital_diplomacy.messages.table import Message, Unread
from digital_diplomacy.messages.times import microseconds

PLATFORM: Final = "vkontakte"

_Item = Mapping[str, Any]


def is_vk(value: _Item) -> bool:
    """Whether an object is an answer of the interface, or one item of it."""
    response = value.get("response")
    if isinstance(response, dict | list):
        return True
    return "date" in value and "from_id" in value and bool({"owner_id", "post_id"} & set(value))


def vk(value: _Item, line: int) -> Iterator[Message | Unread]:
    """The messages of an answer or item."""
    response = value.get("response", value)
    items = response.get("items", [response]) if isinstance(response, dict) else response
    for item in items:
        if isinstance(item, dict) and "items" in item:  # several answers at once, as of the method execute
            yield from vk(item, line)
        else:
            yield from _of_item(item, line)


def _of_item(item: _Item, line: int) -> Iterator[Message | Unread]:
    if item.get("deleted") or not item.get("from_id"):
        yield Unread(line, "deleted", str(item.get("id", "")))
    else:
        yield _comment(item) if "post_id" in item and "post_type" not in item else _post(item)
    for answer in (item.get("thread") or {}).get("items") or ():
        below = {"owner_id": item.get("owner_id"), "post_id": item.get("post_id")}
        yield from _of_item({**below, **answer}, line)


def _post(item: _Item) -> Message:
    history = item.get("copy_history") or ()
    origin = history[0] if history else {}
    source = origin.get("from_id") or origin.get("owner_id")
    return Message(
        platform=PLATFORM,
        author=str(item["from_id"]),
        message=f"{item['owner_id']}_{item['id']}",
        time=microseconds(item["date"]),
        kind="repost" if history else "post",
        place=str(item["owner_id"]),
        parent=f"{origin['owner_id']}_{origin['id']}" if history else None,
        parent_time=microseconds(origin["date"]) if origin.get("date") else None,
        visibility="friends" if item.get("friends_only") else "public",
        text_length=len(str(item.get("text", ""))),
        forwarded=str(source) if source else None,
        names=(str(item["owner_id"]),),
    )


def _comment(item: _Item) -> Message:
    owner, post = item.get("owner_id"), item["post_id"]
    answered, person = item.get("reply_to_comment"), item.get("reply_to_user")
    return Message(
        platform=PLATFORM,
        author=str(item["from_id"]),
        message=f"{owner}_{post}?reply={item['id']}",
        time=microseconds(item["date"]),
        kind="reply" if answered else "comment",
        place=None if owner is None else str(owner),
        parent=f"{owner}_{post}?reply={answered}" if answered else f"{owner}_{post}",
        visibility="public",
        text_length=len(str(item.get("text", ""))),
        replied=str(person) if person else None,
        names=() if owner is None else (str(owner),),
    )
