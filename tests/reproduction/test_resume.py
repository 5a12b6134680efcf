"""A sweep whose process is killed goes on where it was, and ends with the bytes of one that was left alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.cli import main

SHOWN = """
from IPython.display import display
described = {"kind": "table", "name": "t", "title": "T", "alt": "A"}
data = {"text/html": "<table></table>", "text/csv": f"x\\n{country}\\n"}
display({"text/plain": "t"} | data, raw=True, metadata={"digital_diplomacy": described})
"""
TIMED = ("run.json", "ro-crate-metadata.json", ".in-process.json")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")


LONG = 600  # seconds after which something hangs; the machine may be slow and busy

WORDS = ["sweep", "one", "--over", "country=KAZ,UZB,KGZ,TJK,TKM,AZE", "--out"]
Start = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture
def start(project: Path, few_libraries: str) -> Start:
    """Begin a sweep into a folder, as the command does, in a process that can be killed."""
    code = f"{few_libraries}from digital_diplomacy.cli import main; main()"
    command = [sys.executable, "-c", code, *WORDS]

    def begin(out: str) -> subprocess.Popen[bytes]:
        with (project / "log").open("ab") as log:
            return subprocess.Popen([*command, project / out], cwd=project, stdout=log, stderr=log)

    return begin


@pytest.fixture
def finish(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """The whole command in this process, which has its libraries already: what it ends with."""

    def run(out: str) -> object:
        monkeypatch.chdir(project)
        monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *WORDS, str(project / out)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code

    return run


def timeless(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in TIMED
    }


def test_killed_at_any_moment_a_sweep_resumes_to_the_same_bytes(
    project: Path, write_notebook: Callable[..., Path], start: Start, finish: Callable[[str], object]
) -> None:
    write_notebook("one", [SHOWN])
    assert finish("whole") in (0, None)
    for finished in (0, 3):  # before the first result, and between two
        process = start("killed")
        deadline = time.monotonic() + LONG
        while len(list((project / "killed").glob("one/*/result.json"))) < finished or not (project / "killed").exists():
            assert time.monotonic() < deadline
            assert process.poll() is None, (project / "log").read_text()
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait(LONG)
    assert finish("killed") in (0, None)
    assert timeless(project / "killed") == timeless(project / "whole")
    table = (project / "killed/collected/one/tables/t.csv").read_text()
    assert table.splitlines() == [
        "country,x",
        *(f"{code},{code}" for code in ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE")),
    ]
