"""Pipes, devices and folders given in the place of files, files too large for the memory, and half moved folders."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy import messages, sources
from digital_diplomacy.cli import fresh_folders
from digital_diplomacy.errors import SourceError
from digital_diplomacy.unfinished import MARK

from .conftest import Command, files

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
KILLED = 4_000_000  # more than a system numbers processes to
READERS: dict[str, Callable[[Path], object]] = {
    "table": sources.read_own_table,
    "network": sources.read_network,
    "paper": sources.read_paper,
    "COINr": lambda path: sources.read_coin(path, path),
    "COIN Tool": sources.read_coin_tool,
    "messages": lambda path: messages.intake.opening.files([path]),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["pipe.csv", "zero.csv", "pipe.json", "zero.docx", "pipe.xlsx", "zero.pdf"])
def test_what_never_ends_is_refused_before_it_is_opened(reader: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name.startswith("pipe"):
        os.mkfifo(path)  # to open it is to wait for somebody who writes
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(SourceError, match=r"it is a pipe or a device and not a file; write what|unknown format"):
        READERS[reader](path)


@pytest.mark.parametrize(
    "words",
    [
        ("index", "base.csv", "fw.csv", "--out", "out", "--steps", "PIPE"),
        ("index", "base.csv", "fw.csv", "--out", "out", "--steps=PIPE"),
        ("network", "PIPE", "--out", "out"),
        ("network", "base.csv", "--standards", "PIPE", "--out", "out"),
        ("messages", "base.csv", "--zone", "UTC", "--out", "out", "--key", "PIPE"),
        ("messages", "base.csv", "--zone", "UTC", "--out", "out", "--accounts=PIPE"),
        ("claims", "scan", "PIPE", "--out", "out"),
        ("claims", "take-in", "PIPE"),
        ("data", "add", "PIPE"),
        ("sweep", "one", "--grid", "PIPE"),
    ],
)
@pytest.mark.parametrize(
    ("lang", "told"), [("kk", "арна не құрылғы"), ("ru", "канал или устройство"), ("en", "a pipe")]
)
def test_every_command_refuses_a_pipe_in_words(
    words: tuple[str, ...], lang: str, told: str, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", f"{lang}_{'US' if lang == 'en' else 'KZ'}.UTF-8")
    os.mkfifo(tmp_path / "pipe")
    said = command(*(word.replace("PIPE", "pipe") for word in words), cwd=tmp_path)
    assert (said.code, told in said.err, len(said.err.splitlines())) == (2, True, 1), said.err
    assert not (tmp_path / "out").exists()


def test_a_folder_or_a_file_larger_than_memories_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(SourceError, match="cannot be read: Is a directory"):
        sources.read_own_table(tmp_path / "folder.csv")
    with (tmp_path / "large.csv").open("wb") as stream:
        stream.truncate(4_000_000_001)  # a file of holes, which takes no room
    with pytest.raises(SourceError, match="it holds more than 4000000000 bytes; save what is needed of it"):
        sources.read_own_table(tmp_path / "large.csv")


def test_a_memory_that_does_not_suffice_is_told_in_a_line(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_small(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(sources, "read_network", too_small)
    (tmp_path / "ties.csv").write_text("source,target\na,b\n")
    said = command("network", "ties.csv", "--out", "out", "--lang", "en", cwd=tmp_path)
    assert (said.code, said.err) == (
        2,
        "error: this machine's memory is too small for that; give it less at a time, or use a larger machine\n",
    )
    assert not (tmp_path / "out").exists()


BASE = "entity,a,b\n" + "".join(f"u{number},{number},{number * number % 7}\n" for number in range(8))


def test_results_half_moved_by_a_killed_command_are_whole_for_the_next(tmp_path: Path, command: Command) -> None:
    (tmp_path / "base.csv").write_text(BASE)
    (tmp_path / "fw.csv").write_text("code,parent\nindex,\na,index\nb,index\n")
    place = tmp_path / f"out/{MARK}{KILLED}-whole"
    (place / "tables").mkdir(parents=True)
    (place / "tables/scores.csv").write_text("whole")
    (place / "index.html").write_text("whole")
    (tmp_path / "out/answer.txt").write_text("moved before")
    mine = tmp_path / f"out/{MARK}mine-whole"
    mine.write_text("mine")
    said = command("index", "base.csv", "fw.csv", "--draws", "0", "--out", "out", "--lang", "en", cwd=tmp_path)
    assert (said.code, "it exists and is not empty" in said.err) == (2, True)
    assert files(tmp_path / "out") == {
        "tables/scores.csv": b"whole",
        "index.html": b"whole",
        "answer.txt": b"moved before",
        mine.name: b"mine",
    }


def test_a_command_killed_while_it_moves_its_results_leaves_them_whole_for_the_next(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from digital_diplomacy.cli import fresh_folders\n"
        "moved, rename = [], Path.rename\n"
        "def once(path, to):\n"
        "    if moved[1:]: os.kill(os.getpid(), 9)\n"
        "    moved.append(path); return rename(path, to)\n"
        "Path.rename = once\n"
        "with fresh_folders.fresh_folder(Path(sys.argv[1])) as place:\n"
        "    for name in 'abc': (place / name).write_text(name)\n"
    )
    out = tmp_path / "out"
    killed = subprocess.run([sys.executable, "-c", code, str(out)], check=False)
    assert killed.returncode == -9
    assert (out / "a").is_file()
    assert not (out / "b").exists()
    fresh_folders.check_fresh(out)  # the same command may come again
    (out / "a").write_text("my own remarks")
    with pytest.raises(SystemExit):
        fresh_folders.check_fresh(out)
    assert files(out) == {"a": b"my own remarks", "b": b"b", "c": b"c"}
    assert [path.name for path in out.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize("name", ["claims.csv", "datapackage.json"])
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_table_that_is_a_pipe_or_a_device_is_refused_before_it_is_opened(
    name: str, kind: str, tmp_path: Path
) -> None:
    raw = tmp_path / "data/raw"
    raw.mkdir(parents=True)
    described = {"name": "claims", "path": "claims.csv", "schema": {"fields": [{"name": "x", "type": "integer"}]}}
    (raw / "datapackage.json").write_text(json.dumps({"resources": [described]}))
    (raw / name).unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(raw / name)
    else:
        (raw / name).symlink_to("/dev/zero")
    with pytest.raises(SourceError, match=rf"{name}: it is a pipe or a device"):
        sources.load("claims", root=tmp_path)
