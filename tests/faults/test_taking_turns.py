"""Two commands at once: one writes, the other is told or waits; a killed one holds nothing."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy import sources
from digital_diplomacy.errors import BusyError, SourceError
from digital_diplomacy.runs.places import only_run
from digital_diplomacy.sources import files as source_files

HOLDS = """
import sys
from pathlib import Path
from digital_diplomacy.runs.places import only_run
with only_run(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

ENTERS = """
import os, sys, time
from pathlib import Path
from digital_diplomacy.errors import BusyError
from digital_diplomacy.runs.places import only_run
folder, until, entries = Path(sys.argv[1]), time.monotonic() + 1.5, 0
while time.monotonic() < until:
    try:
        with only_run(folder):
            inside = os.open(folder / "inside", os.O_CREAT | os.O_EXCL)  # fails where another is inside
            os.close(inside)
            entries += 1
            os.unlink(folder / "inside")
    except BusyError:
        pass
print(entries)
"""

SEALS = """
import sys
from digital_diplomacy import sources
for _ in range(8):
    sources.seal(sys.argv[2], root=sys.argv[1])
"""


def start(code: str, *words: object, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], text=True, **options)


def test_a_folder_is_held_by_one_and_by_nobody_once_that_one_is_killed(tmp_path: Path) -> None:
    with start(HOLDS, tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=f"process {holder.pid} is writing to"), only_run(tmp_path):
            pass
        holder.kill()
        holder.wait()
    with only_run(tmp_path):
        pass


def test_never_two_are_inside(tmp_path: Path) -> None:
    """Also where a killed run left its mark: the file of the lock is there from the first entry on."""
    (tmp_path / ".running").write_text("4000000")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    racing = [start(ENTERS, tmp_path, **pipes) for _ in range(3)]
    told = [process.communicate() for process in racing]
    assert [error for _, error in told if error] == []
    assert sum(int(entries) for entries, _ in told) > 10


@pytest.mark.parametrize("left", ["", "4000000", "1", "9" * 30, "\u049b\u0430\u0437\u0430\u049b", "\0\0"])
def test_whatever_stands_in_a_lock_nobody_holds_it_is_taken(tmp_path: Path, left: str) -> None:
    (tmp_path / ".running").write_text(left, encoding="utf-8")
    (tmp_path / ".running-process").write_bytes(b"\xff\xfe")
    with only_run(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [".running"]


def test_tables_sealed_at_once_all_keep_their_hash(project: Path, table: Callable[[str], Path]) -> None:
    names = ["one", "two", "three"]
    for name in names:
        table(name)
    # Each seals a table again and again that another process changes the description of meanwhile.
    racing = [start(SEALS, project, name, stderr=subprocess.PIPE) for name in names]
    assert [process.communicate()[1] for process in racing] == [""] * 3
    assert [len(sources.load(name, root=project)) for name in names] == [2, 2, 2]
    package = json.loads((project / "data/raw/datapackage.json").read_text())
    assert [one["bytes"] for one in package["resources"]] == [6, 6, 6]


def test_one_that_changes_tables_waits_and_then_says_why(
    project: Path, table: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    table("one")
    monkeypatch.setattr(source_files, "_PATIENCE", 0)
    with (
        source_files.changing(project),
        pytest.raises(SourceError, match=r"another command is changing the tables of .*data; try again"),
    ):
        sources.seal("one", root=project)
    assert len(sources.seal("one", root=project)) == 64
