"""A run without a kernel of its own: a forked process executes the cells itself and writes the files and page too.

It saves the round trips between notebook and kernel, but is no kernel in every respect (background tasks between
cells, what C code prints, questions to the user). So it is used only for notebooks that have nothing of the kind
(`needs_no_kernel`), and where `same_bytes` has found no difference.
"""

import ast
import builtins
import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import Said, said
from digital_diplomacy.kernels import execution, forking, observing, sharing
from digital_diplomacy.kernels.execution import OnCell, Render
from digital_diplomacy.labels.refusals import told
from digital_diplomacy.runs.dependencies import imports
from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.places import write_text
from digital_diplomacy.runs.plan import before
from digital_diplomacy.runs.results import Failure, KernelLostError, Limits, Result
from digital_diplomacy.runs.snapshot import Snapshot, hash_of, read_json

RECORD: Final = ".in-process.json"
"""File of a reports folder: which notebooks were found to give the same bytes either way."""

_LOOK: Final = 1.0  # seconds between looks at a run's memory
_THIS_PYTHON: Final = ("", "python3")  # kernels that notebooks name if they ask for no other environment
_PACKAGE: Final = __name__.partition(".")[0]
_QUIET: Final = frozenset({_PACKAGE, "numpy", "pandas"})
"""What leaves no task behind, asks nobody and prints through Python alone: of this package whatever notebooks call."""


def needs_no_kernel(notebook: Path, codes: Sequence[str]) -> bool:
    """Whether a notebook only calls functions of this package, which a kernel would execute no otherwise.

    It is plain (`sharing.is_plain`), imports this package and nothing but `_QUIET`, and uses no name but those it sets
    or imports and Python's own types: nothing that prints, asks, opens or knows of IPython.

    Parameters
    ----------
    notebook : Path
    codes : sequence of str
        What its code cells execute.
    """
    imported = {name.partition(".")[0] for code in codes for name in imports(code)}
    if not (_PACKAGE in imported <= _QUIET and sharing.is_plain(notebook)):
        return False
    nodes = [node for code in codes for node in ast.walk(ast.parse(code))]
    set_here = {(name.asname or name.name).partition(".")[0] for node in nodes for name in getattr(node, "names", ())}
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    set_here |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return all(isinstance(getattr(builtins, name, None), type) for name in used - set_here)


def execute(
    run: Run,
    root: Path,
    staging: Path,
    render: Render,
    *,
    on_cell: OnCell,
    limits: Limits,
    shared: Path | None = None,
) -> Result:
    """Execute one run into ``staging`` as `execution.execute` does, in a forked process and without a kernel.

    Raises
    ------
    ForkError
        Where there is no process to fork.
    """
    from digital_diplomacy.kernels.provisioner import private_folder

    start, private = time.perf_counter(), private_folder()
    environment = {**os.environ, **forking.STABLE, "IPYTHONDIR": str(private)}
    request = {
        "run": run,
        "staging": staging,
        "render": render,
        "environment": environment | observing.request(root, private / "inputs") | sharing.request(shared),
        "cwd": str(root.resolve()),
        "log": str(private / "log"),
    }
    try:
        on_cell(run.folder, 0, 0)
        child = forking.server().fork("digital_diplomacy.kernels.shell:perform", request)
        try:
            watch = _Watch(run, child, private / "log", limits, lambda *at: on_cell(run.folder, *at))
            shown, failure = watch.until_it_ends()
        finally:
            child.kill()
            child.wait()
        return Result(time.perf_counter() - start, shown, failure, observing.read(private / "inputs", root))
    finally:
        shutil.rmtree(private, ignore_errors=True)


class _Watch:
    """Follows a forked run: cells done, limits, and how it ended."""

    def __init__(
        self, run: Run, child: forking.Child, log: Path, limits: Limits, on_cell: Callable[[int, int], None]
    ) -> None:
        self._run, self._child, self._log, self._limits, self._on_cell = run, child, log, limits, on_cell
        self._cell, self._since = 0, time.monotonic()

    def until_it_ends(self) -> tuple[list[dict[str, Any]], Failure | None]:
        """The named outputs it has written, and why it failed."""
        while True:
            for report in self._child.receive(timeout=_LOOK):
                if "done" in report:
                    return report["done"], Failure(**report["failure"]) if report["failure"] else None
                if "pid" in report:
                    self._since = time.monotonic()  # what it is forked from may have been importing until now
                if "cell" in report:
                    self._cell, self._since = report["cell"], time.monotonic()
                    self._on_cell(report["cell"], report["total"])
            how = self._over_limit() or self._ended()
            if how:
                return [], self._lost(how)

    def _over_limit(self) -> Said | None:
        from digital_diplomacy.kernels.provisioner import own_memory

        if not self._child.pid:
            return None
        if self._limits.cell_seconds and time.monotonic() - self._since > self._limits.cell_seconds:
            seconds = f"{self._limits.cell_seconds:g}"
            return said("was ended: the cell took more than {seconds} s", seconds=seconds)
        if self._limits.memory and own_memory(self._child.pid) > self._limits.memory * 2**20:
            return said("took more than {memory} MB of memory", memory=f"{self._limits.memory:g}")
        return None

    def _ended(self) -> Said | None:
        status = self._child.returncode
        if status is None:
            return None
        if status < 0:
            return said("was ended by {signal}", signal=signal.Signals(-status).name)
        return said("ended with exit code {status}", status=status)

    def _lost(self, how: Said) -> Failure:
        from digital_diplomacy.kernels.provisioner import tail

        last = tail(self._log.read_text(encoding="utf-8", errors="replace")) if self._log.is_file() else ""
        number = self._cell + (0 if self._run.values else 1)
        error = KernelLostError(str(self._run.notebook.path), number, "", how, last)
        return Failure(number, "", type(error).__name__, told(error, self._run.lang), "")


class Choice:
    """Which way to execute each run: with a kernel, or in process where that makes no difference.

    ``is_wanted`` is said in `reproduction.run_all`.
    """

    def __init__(
        self, out: Path, now: Snapshot, is_wanted: bool | None = None, shared: Mapping[str, Path] | None = None
    ) -> None:
        self._path, self._now, self._is_wanted, self._shared = out / RECORD, now, is_wanted, shared or {}
        self._known: dict[str, bool] = read_json(self._path) or {} if is_wanted else {}
        self._lock = threading.Lock()
        self._asked: set[str] = set()

    def needs_kernel(self, run: Run) -> bool:
        """Whether a run may need a kernel to begin with."""
        source = self._now.source(run.notebook.path) if self._is_wanted is not False else None
        if source is None or source.kernel not in _THIS_PYTHON:
            return True
        return not needs_no_kernel(run.notebook.path, source.codes)

    def execute(self, run: Run, root: Path, place: Path, *, on_cell: OnCell, limits: Limits) -> Result:
        """Execute a run; the first of a notebook not known yet is executed both ways and compared.

        One that failed in what it shares is executed again by itself, so that it fails as it would have alone.
        """
        shared = self._shared.get(run.folder)
        result = self._execute(run, root, place, on_cell=on_cell, limits=limits, shared=shared)
        if shared and result.failure and sharing.was_seen(result.failure.traceback):
            result = self._execute(run, root, place, on_cell=on_cell, limits=limits, shared=None)
        return result

    def _execute(self, run: Run, root: Path, place: Path, **options: Any) -> Result:
        from digital_diplomacy.pages.reports import notebook_page

        if not self.needs_kernel(run):
            with suppress(forking.ForkError):
                result = execute(run, root, place, notebook_page, **options)
                if not result.failure or result.failure.name == KernelLostError.__name__:  # as by a limit
                    return result
                shutil.rmtree(place)  # an error in a cell is told as a kernel tells it
                place.mkdir()
            return execution.execute(run, root, place, notebook_page, **options)
        key = self._key(run) if self._is_wanted else ""
        if key and self._known.get(key):
            with suppress(forking.ForkError):
                return execute(run, root, place, notebook_page, **options)
        result = execution.execute(run, root, place, notebook_page, **options)
        if key and not result.failure and self._is_first(key):
            self._note(key, same_bytes(run, root, place, notebook_page, result, **options))
        return result

    def _key(self, run: Run) -> str:
        """What a run depends on before it starts, but for the parameters; the language stays."""
        known = before(run.notebook.path, run.values, self._now)
        return hash_of({name: value for name, value in known.items() if name not in ("parameters", "narrative")})

    def _is_first(self, key: str) -> bool:
        with self._lock:
            is_first = key not in self._known and key not in self._asked
            self._asked.add(key)
        return is_first

    def _note(self, key: str, is_same: bool) -> None:
        with self._lock:
            self._known[key] = is_same
            write_text(self._path, json.dumps(self._known, indent=1, sort_keys=True) + "\n")


def same_bytes(run: Run, root: Path, place: Path, render: Render, ordinary: Result, **options: Any) -> bool:
    """Whether a run that ``place`` holds the files of gives the same files, outputs and inputs without a kernel."""
    other = place.with_name(f"{place.name}-in-process")
    other.mkdir()
    try:
        result = execute(run, root, other, render, **options)
        same = (result.shown, result.failure, result.inputs) == (ordinary.shown, ordinary.failure, ordinary.inputs)
        return same and _contents(other) == _contents(place)
    except forking.ForkError:
        return False
    finally:
        shutil.rmtree(other, ignore_errors=True)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
