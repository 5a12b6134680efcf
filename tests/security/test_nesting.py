"""Exports nested without end: neither memory nor the other records are lost."""

import io
import json
import tracemalloc
from pathlib import Path

import ijson
import pyarrow.parquet as pq
import pytest

from digital_diplomacy.messages import take_in
from digital_diplomacy.messages.intake import documents, exports, recognising
from digital_diplomacy.messages.table import Unread

BRACKETS = {
    "open": "[" * 60_000,
    "objects": '{"a":' * 20_000,
    "with values between": "[1, " * 30_000,
    "with texts that look like closing": '["]]]]", ' * 15_000,
    "with escapes": r'["\"]\\", ' * 12_000,
    "behind a message": '[{"id": 1}, ' + "[" * 60_000,
    "in an export": '{"chats": {"list": [{"messages": [' + "[" * 60_000,
}


@pytest.mark.parametrize("form", BRACKETS)
def test_brackets_without_end_cost_no_memory_and_are_told(form: str) -> None:
    """The paths to 60,000 levels, each 5 letters longer, would take 60,000² x 5 / 2 = 9 GB."""
    deep = BRACKETS[form].encode()
    tracemalloc.start()
    try:
        told = [*documents.values(io.BytesIO(deep), "utf-8", "item"), *exports.chats(io.BytesIO(deep), "utf-8")]
        found = recognising._is_export(deep.decode())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [one.reason for one in told if isinstance(one, Unread)] == ["json", "json"]
    assert all("nested too deeply" in one.detail for one in told if isinstance(one, Unread))
    assert not found
    assert most < 30_000_000


def test_a_record_nested_without_end_is_passed_over_and_the_others_are_read(tmp_path: Path) -> None:
    tweet = {"id": "1", "author_id": "1", "created_at": "2023-09-15T21:30:00Z", "text": "[[[[ }}}"}
    (tmp_path / "t.jsonl").write_text('{"a":' * 20_000 + "\n" + json.dumps(tweet) + "\n")
    found = take_in([tmp_path / "t.jsonl"], tmp_path / "out", zone="UTC", key=None)
    assert pq.read_table(found.path).num_rows == 1
    assert "t.jsonl,1,json," in (tmp_path / "out/unread.csv").read_text()


def test_a_thousand_levels_and_brackets_in_texts_are_no_fault() -> None:
    text = json.dumps([{"text": "[" * 3000 + '\\"' * 5}] * 3)
    assert len([*documents.values(io.BytesIO(text.encode()), "utf-8", "item")]) == 3
    assert documents.Shallow().checked(b"[" * 1000) == b"[" * 1000
    with pytest.raises(ijson.JSONError, match="nested too deeply"):
        documents.Shallow().checked(b"[" * 1001)
    pieces = documents.Shallow()  # a text and its depth go on from one piece to the next
    for piece in (b'["[[[', b'[[[", ' + b"[" * 998, b"["):
        assert pieces.checked(piece) == piece
    with pytest.raises(ijson.JSONError, match="nested too deeply"):
        pieces.checked(b"[")


class Endless(io.RawIOBase):
    """Blanks without end behind a bracket; counts what is asked of it."""

    def __init__(self) -> None:
        self.given = 0

    def read1(self, size: int) -> bytes:
        self.given += size
        return b"[" + b" " * (size - 1) if self.given == size else b" " * size


def test_a_document_in_which_no_value_ends_is_told_and_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_LONGEST", 1 << 20)
    stream = Endless()
    [told] = documents.values(stream, "utf-8", "item")  # type: ignore[arg-type]
    assert isinstance(told, Unread)
    assert (told.reason, "no value ends" in str(told.detail)) == ("json", True)
    assert stream.given <= 1 << 21


def test_a_value_in_many_pieces_is_read_whole() -> None:
    text = json.dumps([{"text": "x " * 400_000, "id": number} for number in range(3)])
    found = [value for _, value in documents.values(io.BytesIO(text.encode()), "utf-8", "item")]
    assert found == json.loads(text)
