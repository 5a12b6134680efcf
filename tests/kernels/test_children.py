"""Forked processes before they have said which process they are: as long as what they are forked from imports."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from digital_diplomacy.kernels import inprocess as in_process
from digital_diplomacy.kernels.forking import Child, Server
from digital_diplomacy.reproduction import Limits
from digital_diplomacy.runs.notebooks import Run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


def test_a_child_killed_before_it_is_there_is_killed_once_it_is() -> None:
    own, theirs = socket.socketpair()
    child = Child(cast(Server, SimpleNamespace(served=False)), own)
    child.kill()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True) as process:
        try:
            theirs.sendall(json.dumps({"pid": process.pid}).encode() + b"\n")
            child.receive(timeout=10)
            assert process.wait(timeout=30) == -9
        finally:
            process.kill()
    theirs.close()
    assert child.wait() == -9


class _Reporting:
    """A child that reports what a test lets it; a minute goes by before each report."""

    def __init__(self, reports: list[dict[str, Any]], clock: list[float]) -> None:
        self._reports, self._clock = reports, clock
        self.pid, self.returncode = 0, None

    def receive(self, timeout: float) -> list[dict[str, Any]]:
        self._clock[0] += 60 if self._reports else timeout
        report = self._reports.pop(0) if self._reports else {}
        self.pid = report.get("pid", self.pid)
        return [report]


def test_a_cell_has_its_time_from_when_its_process_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(in_process.time, "monotonic", lambda: clock[0])
    run = cast(Run, SimpleNamespace(values={}, lang="en", notebook=SimpleNamespace(path=Path("one.ipynb"))))

    def followed(*reports: dict[str, Any]) -> tuple[Any, Any]:
        child = cast(Child, _Reporting([*reports], clock))
        return in_process._Watch(run, child, tmp_path / "log", Limits(cell_seconds=50), lambda *_: None).until_it_ends()

    shown, failure = followed({}, {}, {"pid": os.getpid()}, {"done": [{"kind": "figure"}], "failure": None})
    assert (shown, failure) == ([{"kind": "figure"}], None)
    shown, failure = followed({}, {"pid": os.getpid()}, {"cell": 1, "total": 2})
    assert shown == []
    assert "the cell took more than 50 s" in failure.message
