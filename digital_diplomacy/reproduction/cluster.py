"""Runs on the workers of a Dask cluster, each with its own copy of code and data, proven equal to those here.

A worker works on the project it was started in, or else on the same folder as here. What it has written comes back as
bytes and is put in place here, so that reuse, records and resuming are those of any other run.
"""

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import ClusterError, said
from digital_diplomacy.kernels.execution import OnCell
from digital_diplomacy.labels.refusals import told
from digital_diplomacy.runs.dependencies import PACKAGE
from digital_diplomacy.runs.notebooks import Notebook, Run, project_above
from digital_diplomacy.runs.results import Failure, Limits, Result
from digital_diplomacy.runs.snapshot import LOCK, Snapshot, hash_of
from digital_diplomacy.runs.translations import catalogues

_NAMED: Final = 5  # differing files that a refusal names
_PATIENCE: Final = 30.0  # seconds until a scheduler answers, and until it has a worker
_LOOK: Final = 0.5  # seconds between looks at a run
_RETRIES: Final = 2  # of a run whose worker could not execute it at all
_PER_THREAD: Final = 2  # runs sent out for every thread of the workers, so that none waits for the next


@contextlib.contextmanager
def connect(address: str, *, root: Path, notebook: Notebook, in_process: bool) -> Iterator["Cluster"]:
    """The cluster with a scheduler at ``address``, once each of its workers was found to have the same code and data.

    Parameters
    ----------
    address : str
        Such as ``tcp://10.0.0.1:8786``.
    root : Path
        The project here.
    notebook : Notebook
        The only one to be executed.
    in_process : bool
        As for `runner.run_all`; shown anew on each worker.

    Raises
    ------
    ClusterError
        If Dask is not installed, nobody answers, there is no worker, or a worker's files differ, naming them.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "runs on a cluster need Dask ({error}); install it with `pip install 'digital-diplomacy[cluster]'`",
            error=error,
        ) from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            "no Dask cluster with a worker answers at {address} ({error})", address=address, error=error
        ) from error
    with client:
        expected = fingerprint(root, notebook)
        _refuse_differing(client, expected, root, notebook.name)
        cluster = Cluster(client, expected, in_process)
        try:
            yield cluster
        finally:
            with contextlib.suppress(Exception):  # a worker that is gone has nothing to release
                client.run(_release, cluster.token, on_error="ignore")


class Cluster:
    """Executes runs on workers; an `Executor` for `runner.run_all`.

    Attributes
    ----------
    jobs : int
        Runs to send out at a time.
    token : str
        Stands for code and data: the same on every worker that may execute.
    """

    def __init__(self, client: Any, expected: Mapping[str, str | None], in_process: bool) -> None:
        self._client, self._expected, self._in_process = client, expected, in_process
        self.token = hash_of(expected)
        self.jobs = _PER_THREAD * max(sum(self.workers().values()), 1)

    def workers(self) -> dict[str, int]:
        """Addresses of the workers there are now, each with the number of its threads."""
        return dict(self._client.nthreads())

    def execute(self, run: Run, root: Path, place: Path, *, on_cell: OnCell, limits: Limits) -> Result:
        """Have a worker execute a run, and put the files it wrote into ``place``; a lost worker's run is done anew."""
        on_cell(run.folder, 0, 0)
        task = {
            "run": run,
            "root": str(root),
            "limits": limits,
            "in_process": self._in_process,
            "token": self.token,
        }
        future = self._client.submit(perform, task, pure=False, retries=_RETRIES)
        try:
            error = self._outcome(future, lambda: on_cell(run.folder, 0, 0))
            if error is not None:
                return Result(0.0, [], _failure(error, run.lang))
            return self._received(future.result(), root, place, run.lang)
        finally:
            future.cancel() if not future.done() else future.release()

    def _outcome(self, future: Any, look: Callable[[], None]) -> BaseException | None:
        """Wait for a run; why it could not be executed, if so."""
        from distributed.client import FutureCancelledError

        while True:
            look()  # ends this thread after an interrupt
            try:
                error: BaseException | None = future.exception(timeout=_LOOK)
                return error
            except TimeoutError:
                if self._client.status == "running":
                    continue
            except FutureCancelledError:
                pass
            raise ClusterError("the scheduler is gone; what was finished is kept, and the next run goes on from there")

    def _received(self, sent: Mapping[str, Any], root: Path, place: Path, lang: str) -> Result:
        for name, content in sent["files"].items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
        result: Result = sent["result"]
        now = Snapshot(root)
        for path, found in sent["inputs"].items():
            if now.seen(path) != found:
                differs = ClusterError(
                    "{path}, which the notebook read on worker {worker}, is not the same there as here; bring the "
                    "worker to the same files and run again",
                    path=path,
                    worker=sent["worker"],
                )
                return replace(result, failure=_failure(differs, lang))
        return result


def _failure(error: BaseException, lang: str) -> Failure:
    """Why a run could not be executed on the cluster, in the language of the run."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        error = ClusterError(
            "workers were lost over this run again and again, the last one {worker}; see in its log whether it had too "
            "little memory",
            worker=error.last_worker,
        )
    return Failure(0, "", type(error).__name__, told(error, lang), "")


def fingerprint(root: Path, notebook: Notebook) -> dict[str, str | None]:
    """Hashes of package, tables, notebook, its catalogues and modules beside it, and versions of software, by name."""
    now, path = Snapshot(root), root / "notebooks" / f"{notebook.name}.ipynb"
    package = [file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix != ".pyc"]
    own = [file for file in (root / "data").rglob("*") if file.is_file() and not file.name.startswith(".")]
    own += [file for file in now.module_files(path).values() if file.is_relative_to(root)]
    files = {f"package {file.relative_to(PACKAGE.parent).as_posix()}": now.file(file) for file in package}
    files |= {
        file.relative_to(root).as_posix(): now.file(file) for file in {*own, path, *catalogues(path), root / LOCK}
    }
    software = now.environment
    versions = {f"version of {name}": version for name, version in (software["packages"] | software["beneath"]).items()}
    return dict(sorted((files | versions | {"version of Python": software["Python"]}).items()))


def _refuse_differing(client: Any, expected: Mapping[str, str | None], root: Path, name: str) -> None:
    try:
        found: dict[str, dict[str, str | None]] = client.run(_fingerprint_there, str(root), name)
    except ImportError as error:
        raise ClusterError("a worker cannot import this package ({error}); install it there", error=error) from error
    for worker, theirs in found.items():
        differing = sorted(name for name in expected.keys() | theirs.keys() if expected.get(name) != theirs.get(name))
        if differing:
            more = said(" and {count} more", count=len(differing) - _NAMED) if len(differing) > _NAMED else ""
            raise ClusterError(
                "worker {worker} has not the same code and data as here; {differing}{more} differ or are missing: "
                "bring it to the same commit and environment",
                worker=worker,
                differing=", ".join(differing[:_NAMED]),
                more=more,
            )


# ---- on a worker ----------------------------------------------------------------------------------------------------


class _ReleasedError(BaseException):
    """Ends a run whose sweep is over."""


@dataclass
class _Site:
    """What this worker keeps between runs of a sweep."""

    root: Path
    choice: Any
    folder: Path
    released: threading.Event = field(default_factory=threading.Event)

    def on_cell(self, folder: str, done: int, total: int) -> None:  # noqa: ARG002 - only whether to go on matters
        if self.released.is_set():
            raise _ReleasedError


_sites: dict[str, _Site] = {}
_lock = threading.Lock()


def _project(root: str) -> Path:
    """The project this worker was started in, or the one at the same place as on the machine that asks."""
    return (project_above(Path.cwd()) or Path(root)).resolve()


def _fingerprint_there(root: str, name: str) -> dict[str, str | None]:
    place = _project(root)
    return fingerprint(place, Notebook(name, place / "notebooks" / f"{name}.ipynb", {}, "", 0))


def perform(task: Mapping[str, Any]) -> dict[str, Any]:
    """Execute a run on this worker: its result, the files written, and hashes of the files read."""
    from distributed import get_worker

    run: Run = task["run"]
    site = _site(task, run.notebook.name)
    own = replace(run, notebook=replace(run.notebook, path=site.root / "notebooks" / f"{run.notebook.name}.ipynb"))
    place = Path(tempfile.mkdtemp(dir=site.folder))
    try:
        result = site.choice.execute(own, site.root, place, on_cell=site.on_cell, limits=task["limits"])
        files = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
        now = Snapshot(site.root)
        inputs = {path: now.seen(path) for path in result.inputs.files}
        return {"result": result, "files": files, "inputs": inputs, "worker": get_worker().address}
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _site(task: Mapping[str, Any], name: str) -> _Site:
    """What this worker keeps for a sweep; made with the first run, and only if code and data are those expected.

    Workers may join, or be started again, after all were compared.
    """
    from distributed import get_worker

    from digital_diplomacy.kernels import execution, inprocess

    with _lock:
        if task["token"] not in _sites:
            root, scratch = _project(task["root"]), Path(get_worker().local_directory)
            if hash_of(_fingerprint_there(task["root"], name)) != task["token"]:
                raise ClusterError(
                    "worker {address}, which joined later, has not the same code and data; bring it to the same "
                    "commit and environment",
                    address=get_worker().address,
                )
            execution.prepare()
            folder = Path(tempfile.mkdtemp(prefix="digital-diplomacy-", dir=scratch))
            choice = inprocess.Choice(folder, Snapshot(root), task["in_process"])
            _sites[task["token"]] = _Site(root, choice, folder)
        return _sites[task["token"]]


def _release(token: str) -> None:
    """End what this worker still does for a sweep."""
    from digital_diplomacy.kernels import forking

    with _lock:
        site = _sites.pop(token, None)
    if site is not None:
        site.released.set()
        forking.stop()
        shutil.rmtree(site.folder, ignore_errors=True)
