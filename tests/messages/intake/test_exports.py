"""Exports are read as a parser of events alone reads them: the same messages, the same faults, at the same places."""

import io
import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import ijson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digital_diplomacy.messages.intake import documents, exports
from digital_diplomacy.messages.table import Unread

# Values about which parsers differ, and texts that look like what stands around messages.
SOUND = [
    "1", "-0", "1.5", "1e5", "123456789012345678", "true", "null", "user7", '"user7"', '"a\\"b"', '"x\\x0cb"',
    '"\\\\x0c"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\u0000"', '"тест"', '"\x0b"', '"{}"', '"}"', '"],"',
    '"a, \\"messages\\": ["', '[1,[2],{"a":[]}]', "{}", "[]", '{"messages": [{"id":1},{"id":2}]}',
    '{"list":[{"id":3,"messages":[{"z":1}]}]}', '"' + "y" * 300 + '"',
]  # fmt: skip
HOSTILE = [
    "NaN", "-Infinity", "01", "1.", '"\\q"', "1e999", "12345678901234567890", "/* { */ 1", '"a\nb"', '"a\tb"',
    '"\\ude00 q"', '"\\\\ud83d\\ude00"', "[" * 950 + "]" * 950,
]  # fmt: skip

ENCODINGS = st.sampled_from(["utf-8", "utf-16-le", "cp1251"])


def by_events(stream: io.BytesIO, encoding: str) -> Iterator[Any]:
    """The same by events alone."""
    number, chat, holder, ending, builder = 0, dict[str, Any](), "", "", None
    try:
        for prefix, event, value in ijson.parse(documents.Repaired(stream, encoding), use_float=True):
            if builder is not None:
                builder.event(event, value)
                if event == "end_map" and prefix == ending:
                    number += 1
                    yield number, (chat, builder.value)
                    builder = None
            elif event == "start_map" and (prefix == "messages.item" or prefix.endswith("list.item.messages.item")):
                ending, builder = prefix, ijson.ObjectBuilder()
                builder.event(event, value)
            elif event == "start_map" and prefix.endswith("list.item"):
                chat, holder = {}, prefix
            elif event in ("string", "number") and prefix.rpartition(".")[0] == holder:
                chat = {**chat, prefix.rpartition(".")[2]: value}
    except ijson.JSONError:
        yield Unread(number + 1, "json")


def flat(value: Any) -> Iterator[object]:
    """All of a value without recursion, which ends where pytest stands deep itself; 1, 1.0 and True differ."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield type(one), one if not isinstance(one, dict | list | tuple) else len(one)
        waiting += [part for pair in one.items() for part in pair] if isinstance(one, dict) else []
        waiting += one if isinstance(one, list | tuple) else []


def told(found: Iterator[Any]) -> list[object]:
    """What was found; of faults where and why, for their words quote what stands around.

    Half a letter alone stops both, and a parser of events then forgets what it had of the same piece.
    """
    try:
        return [(one.line, one.reason) if isinstance(one, Unread) else list(flat(one)) for one in found]
    except UnicodeDecodeError:
        return ["broken"]


@st.composite
def documents_of(draw: st.DrawFn) -> str:
    values = SOUND if draw(st.integers(0, 3)) else SOUND + HOSTILE
    names = st.sampled_from(["id", "type", "text", "from_id", "messages", "list", "item"])
    colons = st.sampled_from([":", ": ", ":\n "])
    pairs = st.tuples(names, colons, st.sampled_from(values)).map(lambda one: f'"{one[0]}"{one[1]}{one[2]}')
    objects = st.lists(pairs, max_size=4).map(lambda some: "{" + ",".join(some) + "}")
    items = st.one_of(objects, objects, objects, objects, st.sampled_from(values) if draw(st.booleans()) else objects)
    comma = draw(st.sampled_from([",", ",\n ", " , "]))
    key = draw(st.sampled_from(['"messages": ', '"messages":', '"messages":\n', '"mess\\u0061ges": ']))

    def chat() -> str:
        array = "[" + draw(st.sampled_from(["", "\n"])) + comma.join(draw(st.lists(items, max_size=6))) + "]"
        return f'{{"name":"n","type":"public_channel","id":5,{key}{array}{draw(st.sampled_from(["", ",", chr(10)]))}}}'

    text = chat()
    if draw(st.booleans()):
        several = ",".join([text, *(chat() for _ in range(draw(st.integers(0, 2))))])
        text = f'{{"contacts":{{"list":[{{"id":1}}]}},"chats":{{"list":[{several}]}}}}'
    return text[: draw(st.integers(0, len(text)))] if draw(st.integers(0, 3)) == 0 else text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(documents_of(), st.sampled_from([1 << 16, 7, 13, 300]), st.sampled_from([1 << 20, 50]), ENCODINGS)
def test_messages_are_those_that_a_parser_of_events_finds(text: str, piece: int, longest: int, encoding: str) -> None:
    content = text.encode(encoding, "replace")
    with patch.object(documents, "_CHUNK", piece), patch.object(exports, "_LONGEST", longest):
        assert told(exports.chats(io.BytesIO(content), encoding)) == told(by_events(io.BytesIO(content), encoding))


@pytest.mark.parametrize("value", SOUND + HOSTILE)
def test_every_value_is_read_as_by_events(value: str) -> None:
    text = f'{{"type": "public_channel", "messages": [\n {{"id": 1}},\n {{"id": 2, "x": {value}}},\n {{"id": 3}}\n]}}'
    found = told(exports.chats(io.BytesIO(text.encode()), "utf-8"))
    assert found == told(by_events(io.BytesIO(text.encode()), "utf-8"))
    if value not in HOSTILE:
        assert len(found) == 3


def test_messages_are_taken_whole_and_the_parser_sees_none_of_them() -> None:
    rows = [{"id": number, "text": "тест " * 40} for number in range(2000)]
    text = json.dumps({"name": "n", "id": 5, "messages": rows}, ensure_ascii=False, indent=1)
    with patch.object(ijson, "ObjectBuilder", side_effect=AssertionError("read by events")):
        found = [one for _, (_, one) in exports.chats(io.BytesIO(text.encode()), "utf-8")]  # type: ignore[misc]
    assert found == rows


@pytest.mark.parametrize("value", ["[" * 1001, '"\\ude00"'])
def test_messages_before_one_that_cannot_be_read_are_kept(value: str) -> None:
    text = f'{{"type": "public_channel", "messages": [\n {{"id": 1}},\n {{"id": 2, "x": {value}}},\n {{"id": 3}}\n]}}'
    found = exports.chats(io.BytesIO(text.encode()), "utf-8")
    assert next(found) == (1, ({"type": "public_channel"}, {"id": 1}))
    # By events alone all of the piece is lost: half a letter raises, brackets without end are told.
    assert told(found) in (["broken"], [(2, "json")])
    assert told(by_events(io.BytesIO(text.encode()), "utf-8")) in (["broken"], [(1, "json")])


def test_what_breaks_off_is_told_after_what_is_wrong_before_it() -> None:
    class Torn(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            if content := super().read1(size):
                return content
            raise EOFError("torn")

    start = b'{"id": 1, "messages": [\n{"id": 1},\n'
    assert told(exports.chats(Torn(start + b'{"id": nonsense},\n{"id": 3},\n'), "utf-8")) == [
        list(flat((1, ({"id": 1}, {"id": 1})))),
        (2, "json"),
    ]
    found = exports.chats(Torn(start + b'{"id": 2, "x": ['), "utf-8")
    assert next(found) == (1, ({"id": 1}, {"id": 1}))
    with pytest.raises(EOFError, match="torn"):
        next(found)
