"""Runs on a Dask cluster whose scheduler and workers are processes of their own, on ports the system chooses."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digital_diplomacy.errors import ClusterError
from digital_diplomacy.reproduction import Outcome, find_notebooks, run_all
from digital_diplomacy.reproduction.cluster import connect
from digital_diplomacy.reproduction.progress import QuietProgress
from digital_diplomacy.reproduction.sweep import Sweep, plan_sweep

pytest.importorskip("distributed")

SHOWN = """
import time
from pathlib import Path
from IPython.display import display
read = Path("data/raw/a.csv").read_text()
described = {"kind": "table", "name": "t", "title": "T", "alt": "A"}
data = {"text/html": "<table></table>", "text/csv": f"x\\n{country}\\n"}
display({"text/plain": "t"} | data, raw=True, metadata={"digital_diplomacy": described})
time.sleep(0.3)
"""
TIMED = ("run.json", "ro-crate-metadata.json")


class Processes:
    """A scheduler and its workers."""

    def __init__(self, folder: Path, preload: str) -> None:
        self.folder, self.running = folder, []  # type: tuple[Path, list[subprocess.Popen[bytes]]]
        self.preload = folder / "preload.py"
        self.preload.write_text(preload)
        file = folder / "scheduler.json"
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), cwd=folder)
        deadline = time.monotonic() + 600
        while not file.exists() or not file.read_text().endswith("}"):
            assert time.monotonic() < deadline, "the scheduler never came up"
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]

    def worker(self, cwd: Path) -> "subprocess.Popen[bytes]":
        scratch = self.folder / f"worker-{len(self.running)}"
        options = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", "--local-directory", str(scratch))
        options = (*options, "--preload", str(self.preload))
        return self._start("dask_worker", self.address, *options, cwd=cwd)

    def _start(self, module: str, *options: str, cwd: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", *options]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(command, cwd=cwd, stdout=log, stderr=log)
        self.running.append(process)
        return process

    def end(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def processes(tmp_path_factory: pytest.TempPathFactory, few_libraries: str) -> Iterator[Processes]:
    started = Processes(tmp_path_factory.mktemp("dask"), few_libraries)
    try:
        yield started
    finally:
        started.end()


@pytest.fixture
def sweep(project: Path, write_notebook: Callable[..., Path]) -> Sweep:
    (project / "data/raw/a.csv").write_text("1\n")
    write_notebook("one", [SHOWN])
    codes = "KAZ,UZB,KGZ,TJK,TKM,AZE"
    return plan_sweep(find_notebooks(project)["one"], over={"country": codes}, given={}, allowed={})


def timeless(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and path.name not in TIMED]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.failure.message if outcome.failure else outcome.state for outcome in outcomes]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_lost_workers_runs_are_done_by_the_others_with_the_bytes_of_runs_here(
    project: Path, sweep: Sweep, processes: Processes
) -> None:
    copy = processes.folder / "copy"  # as on another machine: a project of the same content elsewhere
    shutil.copytree(project, copy)
    lost = processes.worker(copy)
    processes.worker(project)

    class KillsOne(QuietProgress):
        def finish(self, outcome: Outcome) -> None:  # noqa: ARG002
            lost.send_signal(signal.SIGKILL)

    options = {"root": project, "force": False}
    with connect(processes.address, root=project, notebook=sweep.notebook, in_process=False) as cluster:
        while cluster.jobs < 4:  # two a worker
            time.sleep(0.1)
            cluster.jobs = 2 * len(cluster.workers())
        progress = KillsOne(sys.stderr)
        far = run_all(sweep.runs, out=project / "far", jobs=4, progress=progress, elsewhere=cluster, **options)
    assert states(far) == ["done"] * 6
    here = run_all(sweep.runs, out=project / "here", jobs=2, progress=QuietProgress(sys.stderr), **options)
    assert states(here) == ["done"] * 6
    assert timeless(project / "far") == timeless(project / "here")


def test_a_worker_with_other_data_is_refused_by_the_files_name(
    project: Path, sweep: Sweep, processes: Processes
) -> None:
    copy = processes.folder / "copy"
    shutil.copytree(project, copy)
    (copy / "data/raw/a.csv").write_text("2\n")
    processes.worker(copy)
    with (
        pytest.raises(ClusterError, match=r"has not the same code and data.*; data/raw/a\.csv differ or are missing"),
        connect(processes.address, root=project, notebook=sweep.notebook, in_process=False),
    ):
        pass


def test_without_dask_the_refusal_says_how_to_get_it(
    project: Path, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ClusterError, match=r"pip install 'digital-diplomacy\[cluster\]'"),
        connect("tcp://127.0.0.1:1", root=project, notebook=sweep.notebook, in_process=False),
    ):
        pass
