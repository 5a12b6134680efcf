"""Messages of Telegram: exports of Telegram Desktop, and objects of Telethon, one a line.

The exports are written by ``export_output_json.cpp`` of github.com/telegramdesktop/tdesktop, whose fields these are;
``date`` is the clock of the machine that exported, so that only ``date_unixtime`` is a time. Of Telethon, objects come
as ``to_dict`` makes them (docs.telethon.dev) or as 4CAT keeps them, with ``_chat`` and ``_sender``.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from digital_diplomacy.messages.table import Message, Unread
from digital_diplomacy.messages.times import microseconds

PLATFORM: Final = "telegram"
_PEERS: Final = (("channel_id", "channel"), ("chat_id", "chat"), ("user_id", "user"))
_CHATS: Final = {
    "public_channel": "channel", "private_channel": "channel", "public_supergroup": "channel",
    "private_supergroup": "channel", "private_group": "chat", "personal_chat": "user", "bot_chat": "user",
    "saved_messages": "user",
}  # fmt: skip


def exported(chat: Mapping[str, Any], message: Mapping[str, Any], number: int) -> Message | Unread:
    """A message of an export, by what the export says of its chat (``name``, ``type``, ``id``)."""
    if message.get("type") != "message":
        return Unread(number, "service", str(message.get("type", "")))
    if "date_unixtime" not in message:
        return Unread(number, "time", "date_unixtime")
    place, visibility, names = _of_chat(chat.get("type", ""), chat.get("id"), chat.get("name"))
    answered = message.get("reply_to_message_id")
    passed_on = "forwarded_from" in message or "forwarded_from_id" in message
    text = _text(message.get("text", ""))
    return Message(
        platform=PLATFORM,
        author=_sender(message.get("from_id")) or place,
        message=f"{place}/{message['id']}",
        time=microseconds(message["date_unixtime"]),
        kind="repost" if passed_on else "post" if answered is None else "reply",
        place=place,
        parent=None if answered is None else f"{_sender(message.get('reply_to_peer_id')) or place}/{answered}",
        visibility=visibility,
        text_length=len(text),
        mentioned=tuple(_mentions(message)),
        forwarded=_sender(message.get("forwarded_from_id")) or _named(message.get("forwarded_from")),
        names=names,
    )


@lru_cache(maxsize=64, typed=True)  # all messages of a chat ask the same
def _of_chat(kind: Any, identifier: Any, name: Any) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The place a chat is, who can read it, and its names, by what an export says of it: texts and numbers."""
    visibility = "public" if str(kind).startswith("public_") else "private" if str(kind) else None
    names = tuple(str(one) for one in (name, identifier) if one is not None)
    return _peer(_CHATS.get(str(kind), "chat"), identifier), visibility, names


def _text(text: Any) -> str:
    if isinstance(text, str):
        return text
    return "".join([part if isinstance(part, str) else str(part.get("text", "")) for part in text])


def _mentions(message: Mapping[str, Any]) -> Iterator[str]:
    entities = message.get("text_entities") or message.get("text", "")
    for entity in entities if isinstance(entities, list) else []:
        if isinstance(entity, dict) and entity.get("type") == "mention_name" and entity.get("user_id"):
            yield _peer("user", entity["user_id"]) or ""
        elif isinstance(entity, dict) and entity.get("type") == "mention":
            yield str(entity.get("text", "")).lower()


def _peer(kind: str, identifier: Any) -> str | None:
    if identifier in (None, ""):
        return None
    text = str(identifier)
    return f"{kind}{text.removeprefix('-100') if kind == 'channel' else text.lstrip('-')}"


def _sender(identifier: Any) -> str | None:
    """``user1`` as it stands; older exports write users as plain numbers."""
    if identifier in (None, ""):
        return None
    return str(identifier) if isinstance(identifier, str) and not identifier.isdigit() else f"user{identifier}"


def _named(name: Any) -> str | None:
    return f"name:{name}" if name else None


def is_telethon(value: Mapping[str, Any]) -> bool:
    """Whether an object is a message of Telethon."""
    return "date" in value and "id" in value and bool({"peer_id", "_chat", "to_id", "fwd_from"} & set(value))


def telethon(value: Mapping[str, Any], line: int) -> Iterator[Message | Unread]:
    """A message of Telethon."""
    if "Service" in str(value.get("_", value.get("_type", ""))):
        yield Unread(line, "service")
        return
    chat, sender = value.get("_chat") or {}, value.get("_sender") or {}
    place = _any_peer(value.get("peer_id") or value.get("to_id")) or _peer("channel", chat.get("id"))
    header = value.get("reply_to")
    answered = value.get("reply_to_msg_id") or (header.get("reply_to_msg_id") if isinstance(header, dict) else None)
    origin = value.get("fwd_from") or {}
    source = origin.get("from_id")
    text = str(value.get("message") or "")
    yield Message(
        platform=PLATFORM,
        author=_any_peer(value.get("from_id")) or _of_sender(sender, place) or place,
        message=f"{place}/{value['id']}",
        time=microseconds(value["date"]),
        kind="repost" if origin else "post" if answered is None else "reply",
        place=place,
        parent=None if answered is None else f"{place}/{answered}",
        visibility="public" if chat.get("username") else None,
        text_length=len(text),
        mentioned=tuple(_entities(value.get("entities"), text)),
        forwarded=(_any_peer(source) if isinstance(source, dict) else _sender(source))
        or _named(origin.get("from_name")),
        names=tuple(str(chat[name]) for name in ("username", "title", "id") if chat.get(name)),
    )


def _any_peer(peer: Any) -> str | None:
    if not isinstance(peer, dict):
        return _sender(peer)
    return next((_peer(kind, peer[key]) for key, kind in _PEERS if peer.get(key)), None)


def _of_sender(sender: Mapping[str, Any], place: str | None) -> str | None:
    identifier = sender.get("id")
    if identifier is not None and place == f"channel{identifier}":
        return place
    return _peer("user", identifier)


def _entities(entities: Any, text: str) -> Iterator[str]:
    """Who is mentioned: offsets count units of UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in entities or ():
        kind = str(entity.get("_", entity.get("_type", "")))
        if kind == "MessageEntityMentionName" and entity.get("user_id"):
            yield f"user{entity['user_id']}"
        elif kind == "MessageEntityMention":
            start = 2 * int(entity["offset"])
            yield units[start : start + 2 * int(entity["length"])].decode("utf-16-le", "replace").lower()
