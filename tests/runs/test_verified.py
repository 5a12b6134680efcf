"""What is remembered of files that were hashed before."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.runs import verified
from digital_diplomacy.runs.verified import Verified


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def content(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], str]:
    """A stand-in for a hash that notes each call; files count as settled at once."""
    monkeypatch.setattr(verified, "_SETTLED", -1)

    def read(file: Path) -> str:
        asked.append(file.name)
        return file.read_text()

    return read


def test_a_file_nobody_touched_is_hashed_once(tmp_path: Path, content: Callable[[Path], str], asked: list[str]) -> None:
    (tmp_path / "a").write_text("x")
    first = Verified(tmp_path / "cache/known.json")
    assert first.hash(tmp_path / "a", content) == "x"
    first.remember()
    assert Verified(tmp_path / "cache/known.json").hash(tmp_path / "a", content) == "x"
    assert asked == ["a"]


def test_a_change_of_equal_length_with_the_old_time_put_back_is_seen(
    tmp_path: Path, content: Callable[[Path], str]
) -> None:
    file = tmp_path / "a"
    file.write_text("x")
    first = Verified(tmp_path / "known.json")
    first.hash(file, content)
    first.remember()
    status = file.stat()
    while file.stat().st_ctime_ns == status.st_ctime_ns:
        file.write_text("y")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert Verified(tmp_path / "known.json").hash(file, content) == "y"


def test_a_file_changed_just_now_is_not_remembered(
    tmp_path: Path, content: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verified, "_SETTLED", 60 * 10**9)
    (tmp_path / "a").write_text("x")
    first = Verified(tmp_path / "known.json")
    first.hash(tmp_path / "a", content)
    first.remember()
    assert not (tmp_path / "known.json").exists()


@pytest.mark.parametrize("harm", ["", "{", "[]", "null"])
def test_a_harmed_memory_is_an_empty_one(tmp_path: Path, content: Callable[[Path], str], harm: str) -> None:
    (tmp_path / "known.json").write_text(harm)
    (tmp_path / "a").write_text("x")
    assert Verified(tmp_path / "known.json").hash(tmp_path / "a", content) == "x"


def test_missing_files_have_no_hash_and_are_forgotten(tmp_path: Path, content: Callable[[Path], str]) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    first = Verified(tmp_path / "known.json")
    first.hash(tmp_path / "a", content)
    first.remember()
    (tmp_path / "a").unlink()
    second = Verified(tmp_path / "known.json")
    assert second.hash(tmp_path / "a", content) is None
    second.hash(tmp_path / "b", content)
    second.remember()
    assert str(tmp_path / "a") not in (tmp_path / "known.json").read_text()
