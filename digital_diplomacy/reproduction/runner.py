"""Runs side by side, each finished one moved into the reports folder in one step; then the index and ``run.json``."""

import datetime as dt
import hashlib
import importlib.metadata
import json
import multiprocessing
import platform
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any, Final

from digital_diplomacy import __version__
from digital_diplomacy.reproduction import pages, plan
from digital_diplomacy.reproduction.execution import Failure, Result, execute, start_worker
from digital_diplomacy.reproduction.notebooks import Run
from digital_diplomacy.reproduction.progress import Progress
from digital_diplomacy.reproduction.publishing import STAGING, check_places, only_run, recover, swap, write_text

_REPORTED: Final = (
    "jupyterlab",
    "matplotlib",
    "networkx",
    "numpy",
    "pandas",
    "papermill",
    "scipy",
    "seaborn",
    "statsmodels",
)


@dataclass(frozen=True)
class Outcome:
    """How one run ended: ``done``, ``reused`` or ``failed``."""

    run: Run
    state: str
    seconds: float
    failure: Failure | None = None


def run_all(
    runs: Sequence[Run],
    *,
    root: Path,
    out: Path,
    jobs: int,
    force: bool,
    progress: Progress,
) -> list[Outcome]:
    """Execute the runs that are not current, publish each when finished, then write ``index.html`` and ``run.json``.

    Parameters
    ----------
    runs : sequence of Run
    root : Path
        The project's folder.
    out : Path
        The reports folder; made if missing. Results of runs not asked for stay as they are.
    jobs : int
        Notebooks executed at a time, 1 or more.
    force : bool
        Execute also what has not changed.
    progress : Progress

    Returns
    -------
    list of Outcome
        In the order of ``runs``.

    Raises
    ------
    BusyError
        If another run is writing to ``out``.
    """
    out.mkdir(parents=True, exist_ok=True)
    with only_run(out):
        recover(out)
        check_places([out / run.folder for run in runs])
        return _run_all(runs, root, out, jobs, force, progress)


def _run_all(runs: Sequence[Run], root: Path, out: Path, jobs: int, force: bool, progress: Progress) -> list[Outcome]:
    began, clock = dt.datetime.now(dt.UTC), time.perf_counter()
    shared = plan.surroundings(root)
    keys = {run.folder: plan.key(run.notebook.path, run.values, shared) for run in runs}
    progress.plan([run.folder for run in runs])
    try:
        outcomes = _reuse(runs, keys, out, force, progress)
        todo = [run for run in runs if run.folder not in outcomes]
        outcomes |= _execute_all(todo, keys, root, out, jobs, progress)
    finally:
        progress.close()
    ordered = [outcomes[run.folder] for run in runs]
    write_text(out / "index.html", pages.index_page(_results(out, root, shared), _failures(ordered)))
    record = _record(ordered, out, began, time.perf_counter() - clock)
    write_text(out / "run.json", json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return ordered


def _reuse(
    runs: Iterable[Run], keys: Mapping[str, str], out: Path, force: bool, progress: Progress
) -> dict[str, Outcome]:
    current = {} if force else {run.folder: run for run in runs if plan.is_current(out / run.folder, keys[run.folder])}
    for folder in current:
        progress.finish(folder, "reused", 0.0, None)
    return {folder: Outcome(run, "reused", 0.0) for folder, run in current.items()}


def _execute_all(
    runs: Sequence[Run], keys: Mapping[str, str], root: Path, out: Path, jobs: int, progress: Progress
) -> dict[str, Outcome]:
    """One process pool; a run's folder is replaced as soon as it is finished, so what is done stays done."""
    if not runs:
        return {}
    context = multiprocessing.get_context("spawn")
    events: SimpleQueue[tuple[str, int, int] | None] = context.SimpleQueue()
    listener = threading.Thread(target=_listen, args=(events, progress), daemon=True)
    listener.start()
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=out))
    pool = ProcessPoolExecutor(
        max_workers=min(jobs, len(runs)), mp_context=context, initializer=start_worker, initargs=(events,)
    )
    outcomes: dict[str, Outcome] = {}
    try:
        waiting = {}
        # The longest first, so that no worker starts a long one when the others have nothing left.
        for number, run in enumerate(sorted(runs, key=lambda run: -run.notebook.length)):
            place = staging / str(number)
            place.mkdir()
            waiting[pool.submit(execute, run, root, place, pages.notebook_page)] = (run, place)
        for future in as_completed(waiting):
            run, place = waiting[future]
            outcomes[run.folder] = _publish(run, _result(future), place, keys[run.folder], out)
            ended = outcomes[run.folder]
            progress.finish(run.folder, ended.state, ended.seconds, ended.failure)
    finally:
        _stop(pool)
        events.put(None)
        listener.join(timeout=1)
        shutil.rmtree(staging, ignore_errors=True)
    return outcomes


def _listen(events: "SimpleQueue[tuple[str, int, int] | None]", progress: Progress) -> None:
    while (event := events.get()) is not None:
        progress.cell(*event)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End workers at once, also in mid-run after an interrupt; kernels die with the process that started them."""
    workers = list((pool._processes or {}).values())  # the executor has no public way to end running work
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(timeout=10)


def _result(future: "Future[Result]") -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        said = "a worker process ended while it ran (out of memory, or killed); run again, perhaps with --jobs 1"
        return Result(0.0, [], Failure(0, "", type(error).__name__, said, ""))


def _publish(run: Run, result: Result, place: Path, key: str, out: Path) -> Outcome:
    """Move a finished run into place; a failed one leaves earlier results, and its notebook in ``failed/``."""
    failed = out / "failed" / f"{run.folder.replace('/', '-')}.ipynb"
    if result.failure:
        if (place / "notebook.ipynb").is_file():
            failed.parent.mkdir(exist_ok=True)
            (place / "notebook.ipynb").replace(failed)
        return Outcome(run, "failed", result.seconds, result.failure)
    failed.unlink(missing_ok=True)
    described = {
        "notebook": run.notebook.name,
        "lang": run.lang,
        "parameters": run.values,
        "changed": run.changed,
        "key": key,
        "shown": result.shown,
        "files": {
            path.relative_to(place).as_posix(): _sha256(path) for path in sorted(place.rglob("*")) if path.is_file()
        },
    }
    write_text(place / plan.RESULT, json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    swap(place, out / run.folder)
    return Outcome(run, "done", result.seconds)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _results(out: Path, root: Path, shared: str) -> list[dict[str, Any]]:
    """Every stored result with its folder, and whether it is older than the notebook, library or tables as they are."""
    results = []
    for path in sorted(out.glob(f"*/*/{plan.RESULT}")):
        result = plan.read_result(path.parent)
        if result:
            current = plan.key(root / "notebooks" / f"{result['notebook']}.ipynb", result["parameters"], shared)
            folder = path.parent.relative_to(out).as_posix()
            results.append(result | {"folder": folder, "is_stale": current != result["key"]})
    return results


def _failures(outcomes: Iterable[Outcome]) -> dict[str, Failure]:
    return {outcome.run.folder: outcome.failure for outcome in outcomes if outcome.failure}


def _record(outcomes: Sequence[Outcome], out: Path, began: dt.datetime, seconds: float) -> dict[str, Any]:
    """What `run.json` says; the only file with times."""
    return {
        "digital_diplomacy": __version__,
        "started": began.isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: importlib.metadata.version(name) for name in _REPORTED},
        "summary": {
            state: sum(outcome.state == state for outcome in outcomes) for state in ("done", "reused", "failed")
        },
        "runs": [_entry(outcome, out) for outcome in outcomes],
    }


def _entry(outcome: Outcome, out: Path) -> dict[str, Any]:
    stored = plan.read_result(out / outcome.run.folder) if outcome.state != "failed" else None
    return {
        "notebook": outcome.run.notebook.name,
        "lang": outcome.run.lang,
        "parameters": outcome.run.values,
        "state": outcome.state,
        "seconds": round(outcome.seconds, 2),
        "folder": outcome.run.folder,
        "shown": stored["shown"] if stored else [],
        "files": stored["files"] if stored else {},
        "failure": asdict(outcome.failure) if outcome.failure else None,
    }
