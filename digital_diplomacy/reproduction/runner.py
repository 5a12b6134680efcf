"""Runs side by side, each finished one moved into the reports folder in one step; then the index and ``run.json``.

One process does papermill's work for all notebooks, in threads: their kernels are processes of their own.
"""

import contextlib
import datetime as dt
import hashlib
import json
import platform
import shutil
import tempfile
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from digital_diplomacy import __version__
from digital_diplomacy.errors import NotebookError, Said, TranslationError, said
from digital_diplomacy.kernels.execution import OnCell
from digital_diplomacy.labels.refusals import ASKED, told
from digital_diplomacy.reproduction import committed
from digital_diplomacy.reproduction.outcomes import Outcome
from digital_diplomacy.reproduction.progress import Progress
from digital_diplomacy.runs import afterwards, outputs, plan, translations
from digital_diplomacy.runs.dependencies import imports
from digital_diplomacy.runs.notebooks import Run, find_notebooks, question
from digital_diplomacy.runs.places import STAGING, check_own, check_places, only_run, recover, swap, write_text
from digital_diplomacy.runs.plan import Decision
from digital_diplomacy.runs.results import Failure, Limits, Observed, Result
from digital_diplomacy.runs.snapshot import Snapshot, hash_of, read_json, sha256

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
_INDEX: Final = "index.html"
_INDEXED: Final = ("notebook", "lang", "parameters", "changed", "shown")  # a sweep has too many results to keep all
_RECORD: Final = "run.json"
_LONGEST: Final = 200  # bytes of a name; systems take 255
_IN_A_LINE: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class Executor(Protocol):
    """Executes single runs, each into an empty folder; called from several threads."""

    def execute(self, run: Run, root: Path, place: Path, *, on_cell: OnCell, limits: Limits) -> Result:
        """Execute a run into an empty folder."""


@dataclass(frozen=True)
class _Job:
    """What executing runs takes besides the runs."""

    root: Path
    out: Path
    now: Snapshot
    progress: Progress
    limits: Limits
    in_process: bool | None
    share: bool
    elsewhere: Executor | None
    stopped: threading.Event
    commit: committed.Commit | None

    def on_cell(self, folder: str, done: int, total: int) -> None:
        """Pass on how far a run is, and end its thread if the whole was interrupted."""
        if self.stopped.is_set():
            raise _StoppedError
        self.progress.cell(folder, done, total)


class _StoppedError(BaseException):
    """Ends the thread of a run: no failure of the run, so that nothing on the way takes it for one."""


def run_all(
    runs: Sequence[Run],
    *,
    root: Path | str,
    out: Path | str,
    jobs: int,
    force: bool,
    progress: Progress,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    in_process: bool | None = None,
    share: bool = True,
    elsewhere: Executor | None = None,
    now: Snapshot | None = None,
) -> list[Outcome]:
    """Execute the runs that are not current, publish each when finished, then write ``index.html`` and ``run.json``.

    Parameters
    ----------
    runs : sequence of Run
    root : Path or str
        The project's folder.
    out : Path or str
        The reports folder; made if missing. Results of runs not asked for stay as they are.
    jobs : int
        Notebooks executed at a time, 1 or more.
    force : bool
        Execute also what has not changed.
    progress : Progress
    limits : Limits
        What a run may take; above it, it fails.
    in_process : bool, optional
        Whether cells are executed without a kernel: unless it is said, those of notebooks that only call functions of
        this package (`inprocess.needs_no_kernel`); if true, also of those shown to give the same bytes that way, whose
        first run is then executed both ways, as suits many runs of few notebooks; if false, none.
    share : bool
        Compute once what runs that differ in language alone have in common.
    elsewhere : Executor, optional
        Executes the runs in place of this machine, as `cluster.Cluster` does.
    now : Snapshot, optional
        The project's files, if they have been looked at just now.

    Returns
    -------
    list of Outcome
        In the order of ``runs``.

    Raises
    ------
    BusyError
        If another run is writing to ``out``.
    ParameterError
        If ``out`` holds files that are no results.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from io import StringIO
    >>> from digital_diplomacy import reproduction, sources
    >>> folder, root = tempfile.TemporaryDirectory(), sources.project_root()
    >>> told = reproduction.PlainProgress(StringIO())
    >>> reproduction.run_all([], root=root, out=folder.name, jobs=1, force=False, progress=told)
    []
    >>> (Path(folder.name) / "index.html").is_file()  # without a run the index alone is written
    True
    >>> folder.cleanup()
    """
    base, reports = Path(root), Path(out)
    check_own(reports)
    reports.mkdir(parents=True, exist_ok=True)
    with only_run(reports):
        recover(reports)
        check_places([reports / run.folder for run in runs])
        stopped, commit = threading.Event(), committed.head(base)
        job = _Job(
            base, reports, now or Snapshot(base), progress, limits, in_process, share, elsewhere, stopped, commit
        )
        return _run_all(runs, job, jobs, force)


def _run_all(runs: Sequence[Run], job: _Job, jobs: int, force: bool) -> list[Outcome]:
    began, clock = dt.datetime.now(dt.UTC), time.perf_counter()
    folders = [run.folder for run in runs]
    decisions = {run.folder: _decide(run, job, force) for run in runs}
    job.progress.plan(folders)
    try:
        outcomes = _reuse(runs, decisions, job)
        todo = [run for run in runs if run.folder not in outcomes]
        outcomes |= _execute_todo(todo, decisions, job, jobs) if todo else {}
    finally:
        job.progress.close()
    ordered = [outcomes[run.folder] for run in runs]
    listed = _write_index(ordered, job, force)
    record = _record(ordered, job, began, time.perf_counter() - clock) | listed
    told = f"{_laid_out(record)}\n".encode(errors="backslashreplace")  # halves of surrogates as JSON escapes them
    write_text(job.out / _RECORD, told.decode())
    job.now.outputs.remember()
    return ordered


def _decide(run: Run, job: _Job, force: bool) -> Decision:
    if force or run.notebook.fault:
        return Decision("rerun", (said("asked for"),) if force else (run.notebook.fault,))
    return plan.decide(run.notebook.path, run.values, job.out / run.folder, job.now)


def _reuse(runs: Iterable[Run], decisions: Mapping[str, Decision], job: _Job) -> dict[str, Outcome]:
    """Runs whose results stay, if only after their pages have been written anew."""
    outcomes = {}
    for run in runs:
        decision = decisions[run.folder]
        if decision.state == "rewrite":
            _rewrite(run, job)
        if decision.state != "rerun":
            outcome = outcomes[run.folder] = Outcome(run, "reused", 0.0, reasons=decision.reasons)
            job.progress.finish(outcome)
    return outcomes


def _rewrite(run: Run, job: _Job) -> None:
    from digital_diplomacy.reproduction import finishing

    with _staging(job.out) as staging:
        place = staging / "0"
        place.mkdir()
        finishing.rewrite(run, job.out / run.folder, place, job.now, job.commit)
        swap(place, job.out / run.folder)


@contextlib.contextmanager
def _staging(out: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=out))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _execute_todo(runs: Sequence[Run], decisions: Mapping[str, Decision], job: _Job, jobs: int) -> dict[str, Outcome]:
    if job.elsewhere:
        return _execute_all(runs, decisions, job, jobs, job.elsewhere)
    from digital_diplomacy.kernels import execution, forking, inprocess, sharing

    # The libraries are imported there while papermill is imported here.
    with forking.one_version(forking.libraries_for(_imported(runs, job.now))), sharing.place() as place:
        shared = sharing.folders(runs, place) if job.share else {}
        choice = inprocess.Choice(job.out, job.now, job.in_process, shared)
        if any(map(choice.needs_kernel, runs)):
            execution.prepare()
        return _execute_all(runs, decisions, job, jobs, choice)


def _imported(runs: Iterable[Run], now: Snapshot) -> set[str]:
    """What the notebooks of runs import themselves."""
    sources = {run.notebook.path: now.source(run.notebook.path) for run in runs}
    return {name for source in sources.values() if source for code in source.codes for name in imports(code)}


def _execute_all(
    runs: Sequence[Run], decisions: Mapping[str, Decision], job: _Job, jobs: int, executor: Executor
) -> dict[str, Outcome]:
    """A run's folder is replaced as soon as it is finished, so that what is done stays done."""
    from concurrent.futures import Future, ThreadPoolExecutor, as_completed  # where nothing has changed, not needed

    from digital_diplomacy.kernels import forking, provisioner

    outcomes: dict[str, Outcome] = {}
    speak = ASKED.set  # what a thread says is said in the language asked for; more of a context it may not share
    pool = ThreadPoolExecutor(min(jobs, len(runs)), "notebook", initializer=speak, initargs=(ASKED.get(),))
    with _staging(job.out) as staging:
        try:
            waiting: dict[Future[Outcome], str] = {}
            for number, run in enumerate(_in_order(runs)):
                place, reasons = staging / str(number), decisions[run.folder].reasons
                waiting[pool.submit(_execute_one, run, place, reasons, job, executor)] = run.folder
            for future in as_completed(waiting):
                outcome = outcomes[waiting[future]] = future.result()
                job.progress.finish(outcome)
        except BaseException:  # an interrupt: nothing goes on without the one who asked for it
            job.stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            forking.stop()
            provisioner.end_all()
            raise
        finally:
            pool.shutdown(wait=True)
    return outcomes


def _in_order(runs: Sequence[Run]) -> list[Run]:
    """The longest first, so that no thread starts a long one when the others have nothing left; but of each notebook
    one before its siblings, which then find done what they share."""
    before: dict[str, int] = {}
    for run in runs:
        before[run.folder] = sum(other.notebook is run.notebook for other in runs[: runs.index(run)])
    return sorted(runs, key=lambda run: (before[run.folder], -run.notebook.length))


def _execute_one(run: Run, place: Path, reasons: tuple[Said | str, ...], job: _Job, executor: Executor) -> Outcome:
    """Execute a run, complete its folder and move it into place."""
    from digital_diplomacy.kernels import execution

    refused = _refusal(run)
    if refused:
        return Outcome(run, "failed", 0.0, refused, reasons)
    try:
        return _executed(run, place, reasons, job, executor)
    except OSError as error:  # no room, or a folder that somebody removed: the others go on
        return Outcome(run, "failed", 0.0, execution.unexpected(error, run.lang, job.out / run.folder), reasons)


def _executed(run: Run, place: Path, reasons: tuple[Said | str, ...], job: _Job, executor: Executor) -> Outcome:
    from digital_diplomacy.kernels import execution

    place.mkdir(parents=True)
    known = plan.before(run.notebook.path, run.values, job.now)
    began, began_ns, tables = dt.datetime.now(dt.UTC), time.time_ns(), afterwards.tables(job.root)
    result = executor.execute(run, job.root, place, on_cell=job.on_cell, limits=job.limits)
    changed = afterwards.changed(tables, afterwards.tables(job.root))
    if not result.failure:
        try:
            _complete(run, result, place, known, (began, began_ns), job, changed)
        except Exception as error:  # a page that cannot be written fails this run, not the others
            result = replace(result, failure=execution.unexpected(error, run.lang, job.out / run.folder))
    outcome = _publish(run, result, place, reasons, job.out)
    told = tuple(
        said("{path} changed while it ran; if that was not you, restore it from the repository", path=path)
        for path in changed
    )
    return replace(outcome, remarks=(*outcome.remarks, *told))


def _refusal(run: Run) -> Failure | None:
    """Why a run need not start: it cannot be read, or has no prose in its language."""
    if run.notebook.fault:
        return Failure(0, "", NotebookError.__name__, told(run.notebook.fault, run.lang), "")
    why = translations.refusal(run.notebook.path, run.lang)
    return Failure(0, "", TranslationError.__name__, told(why, run.lang), "") if why else None


def _complete(
    run: Run,
    result: Result,
    place: Path,
    known: Mapping[str, Any],
    began: tuple[dt.datetime, int],
    job: _Job,
    changed: Sequence[str],
) -> None:
    """Write the record of a run into the folder of its results."""
    from digital_diplomacy.reproduction import finishing

    ended_at = dt.datetime.now(dt.UTC)
    depends = plan.record(
        known,
        notebook=run.notebook.path,
        lang=run.lang,
        inputs=_dated(run, result, place, (began[0], ended_at), job),
        shown=[entry["name"] for entry in result.shown],
        started_ns=began[1],
        now=job.now,
        changed=changed,
    )
    described = {
        "notebook": run.notebook.name,
        "lang": run.lang,
        "parameters": run.values,
        "changed": run.changed,
        "shown": result.shown,
        "dependencies": depends,
        "commit": asdict(job.commit) if job.commit else None,
    }
    started, ended = (time_.isoformat(timespec="milliseconds") for time_ in (began[0], ended_at))
    finishing.finish(place, described, job.now, started=started, ended=ended)


def _dated(run: Run, result: Result, place: Path, times: tuple[dt.datetime, dt.datetime], job: _Job) -> Observed:
    """What a run was seen to rest on, with the date of the run itself if its results show that."""
    given = [job.root / path for path in result.inputs.files if not path.endswith("/")]
    shows = afterwards.moment(place, [run.notebook.path, *given], *times)
    more = (f"moment {shows}",) if shows else ()
    return replace(result.inputs, unrepeatable=(*result.inputs.unrepeatable, *more))


def _publish(run: Run, result: Result, place: Path, reasons: tuple[Said | str, ...], out: Path) -> Outcome:
    """Move a finished run into place; a failed one leaves earlier results, and its notebook in ``failed/``."""
    failed = out / "failed" / f"{_short(run.folder.replace('/', '-'))}.ipynb"
    if result.failure:
        if (place / "notebook.ipynb").is_file():
            failed.parent.mkdir(exist_ok=True)
            (place / "notebook.ipynb").replace(failed)
        return Outcome(run, "failed", result.seconds, result.failure, reasons)
    failed.unlink(missing_ok=True)
    swap(place, out / run.folder)
    remarks = tuple(plan.never_reused(plan.read_result(out / run.folder) or {}))
    return Outcome(run, "done", result.seconds, reasons=reasons, remarks=remarks)


def _short(name: str) -> str:
    """A name of a file that any system takes, with a mark of the whole where it was too long."""
    if len(name.encode()) <= _LONGEST:
        return name
    return f"{name.encode()[:_LONGEST].decode(errors='ignore')}_{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _write_index(outcomes: Sequence[Outcome], job: _Job, force: bool) -> dict[str, Any]:
    """Write the first pages if they would be others than before; the hash of what they show, and their own."""
    current = {outcome.run.folder for outcome in outcomes if outcome.state == "reused"}  # looked at a moment ago
    places = {name: place for place, name in enumerate(find_notebooks(job.root))}
    results = sorted(_results(job, current), key=lambda result: places.get(result["notebook"], len(places)))
    failures = {o.run.folder: o.failure for o in outcomes if o.failure}
    listed = hash_of([job.now.page_maker, results, {folder: asdict(failures[folder]) for folder in sorted(failures)}])
    before = read_json(job.out / _RECORD) or {}
    pages: dict[str, Any] = before["pages"] if isinstance(before.get("pages"), dict) else {}
    harmed = _INDEX not in pages or any(sha256(job.out / name) != sha for name, sha in pages.items())
    if force or before.get("index") != listed or harmed:
        from digital_diplomacy.pages import front

        made = front.front_pages(results, failures, job.root, job.out)
        for path in (path for pattern in front.PATTERNS for path in job.out.glob(pattern) if path.name not in made):
            path.unlink()  # of a language that has no results any more
        for name, content in made.items():
            write_text(job.out / name, content)
        pages = {name: sha256(job.out / name) for name in made}
    return {"index": listed, "pages": pages}


def _results(job: _Job, current: Collection[str]) -> list[dict[str, Any]]:
    """Every stored result with its folder, and whether it is older than the notebook, library or tables as they are."""
    results = []
    for path in sorted(job.out.glob(f"*/*/{plan.RESULT}")):
        result = plan.read_result(path.parent)
        if result:
            folder = path.parent.relative_to(job.out).as_posix()
            notebook = job.root / "notebooks" / f"{result['notebook']}.ipynb"
            stale = folder not in current and plan.is_stale(result, notebook, job.now)
            results.append(
                {name: result[name] for name in _INDEXED if name in result} | {"folder": folder, "is_stale": stale}
            )
    return results


def _record(outcomes: Sequence[Outcome], job: _Job, began: dt.datetime, seconds: float) -> dict[str, Any]:
    """What ``run.json`` says; beside the crates' metadata the only file with times."""
    return {
        "digital_diplomacy": __version__,
        "commit": asdict(job.commit) if job.commit else None,
        "started": began.isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: job.now.installed.get(name, "") for name in _REPORTED},
        "summary": {
            state: sum(outcome.state == state for outcome in outcomes) for state in ("done", "reused", "failed")
        },
        "runs": [_entry(outcome, job.out) for outcome in outcomes],
    }


def _laid_out(value: Any, depth: int = 3) -> str:
    """JSON with a line for each value of each run; what is within these on one line, which is written far quicker."""
    if not depth or not value or not isinstance(value, dict | list):
        return _IN_A_LINE(value)
    edge = " " * (3 - depth)
    if isinstance(value, dict):
        parts = [f"{json.dumps(name)}: {_laid_out(value[name], depth - 1)}" for name in sorted(value)]
    else:
        parts = [_laid_out(part, depth - 1) for part in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{edge} " + f",\n{edge} ".join(parts) + f"\n{edge}{closing}"


def _entry(outcome: Outcome, out: Path) -> dict[str, Any]:
    stored = plan.read_result(out / outcome.run.folder) if outcome.state != "failed" else None
    shown = stored["shown"] if stored else []
    answer = outputs.answer_of(shown)
    return {
        "notebook": outcome.run.notebook.name,
        "lang": outcome.run.lang,
        "parameters": outcome.run.values,
        "state": outcome.state,
        "reasons": list(map(str, outcome.reasons)),
        "seconds": round(outcome.seconds, 2),
        "commit": (stored or {}).get("commit"),
        "folder": outcome.run.folder,
        "question": question(outcome.run.notebook.name, outcome.run.lang),
        "answer": answer["said"],
        "evidence": answer["evidence"],
        "shown": shown,
        "never_reused": list(map(str, plan.never_reused(stored or {}))),
        "files": stored["files"] if stored else {},
        "failure": asdict(outcome.failure) if outcome.failure else None,
    }
