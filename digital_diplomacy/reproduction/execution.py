"""One run in a worker process: papermill executes the notebook, then its files and page are written to a folder."""

import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.reproduction import outputs
from digital_diplomacy.reproduction.notebooks import Run
from digital_diplomacy.reproduction.publishing import PRIVATE

ENGINE: Final = "digital_diplomacy"
_ANSI: Final = re.compile(r"\x1b\[[0-9;]*m")

# What would make equal runs differ: hash order, threaded sums, the debugger's warning, settings of the user's own.
_ENVIRONMENT: Final = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

_events: "SimpleQueue[tuple[str, int, int] | None] | None" = None  # a queue reaches a worker only when it is started


@dataclass(frozen=True)
class Failure:
    """Why a run failed: the cell (1-based, as the notebook is stored; 0 if outside any), error and traceback."""

    cell: int
    source: str
    name: str
    message: str
    traceback: str


@dataclass(frozen=True)
class Result:
    """What a run left in its staging folder, or why it failed."""

    seconds: float
    shown: list[dict[str, Any]]
    failure: Failure | None


def start_worker(events: "SimpleQueue[tuple[str, int, int] | None]") -> None:
    """Prepare a worker process: stable environment for its kernels, papermill's engine, signals."""
    global _events
    _events = events
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    os.environ.update(_ENVIRONMENT)
    # jsonschema loads this to check web addresses, which no notebook's schema asks for; it takes a second to import.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    _register_engine()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def _emit(folder: str, done: int, total: int) -> None:
    """Tell the parent how many cells of a run are done; silent where nobody listens."""
    if _events is not None:
        _events.put((folder, done, total))


def _register_engine() -> None:
    from papermill.engines import NBClientEngine, papermill_engines

    class CountingEngine(NBClientEngine):  # type: ignore[misc]
        """papermill's own engine, which also says how far each notebook has come."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
            run, total, complete = options.pop("run_folder"), len(nb_man.nb.cells), nb_man.cell_complete

            def count(cell: Any, cell_index: int | None = None, **more: Any) -> None:
                complete(cell, cell_index, **more)
                _emit(run, (cell_index or 0) + 1, total)

            nb_man.cell_complete = count
            path, nb_man.output_path = nb_man.output_path, None  # papermill would write the whole file twice a cell
            try:
                with tempfile.TemporaryDirectory(prefix=f"{PRIVATE}{os.getpid()}-") as private:
                    os.environ["IPYTHONDIR"] = private  # no start-up files of the user's own
                    options |= {"config": _kernel_config(private), "shutdown_kernel": "immediate"}
                    return super().execute_managed_notebook(nb_man, kernel_name, **options)
            finally:
                nb_man.output_path = path

    papermill_engines.register(ENGINE, CountingEngine)


def _kernel_config(sockets: str) -> Any:
    """Kernels talk over sockets in a folder of their own: a port taken by another kernel meanwhile would fail a run."""
    from traitlets.config import Config

    if os.name == "nt":  # no such sockets there
        return Config()
    return Config({"ConnectionFileMixin": {"transport": "ipc", "ip": f"{sockets}/k"}})


def execute(
    run: Run, root: Path, staging: Path, render: Callable[[Run, dict[str, Any], list[dict[str, Any]]], str]
) -> Result:
    """Execute one run into ``staging``: ``notebook.ipynb``, ``index.html``, ``figures/``, ``tables/``.

    Parameters
    ----------
    run : Run
    root : Path
        The project; the notebook's working directory.
    staging : Path
        An empty folder nobody else writes to.
    render : callable
        Makes the HTML page from the run, the executed notebook and its named outputs.

    Returns
    -------
    Result
        With ``failure`` set if a cell raised or the outputs could not be written; the notebook as far as it came is
        then in ``staging`` too.
    """
    import nbformat
    import papermill

    start = time.perf_counter()
    path = staging / "notebook.ipynb"
    failure, written = None, []
    _emit(run.folder, 0, 0)
    try:
        papermill.execute_notebook(
            run.notebook.path,
            path,
            parameters=run.values,
            engine_name=ENGINE,
            cwd=str(root),
            progress_bar=False,
            run_folder=run.folder,
        )
    except papermill.PapermillExecutionError as error:
        # papermill has put one cell of its own, the injected parameters, in front of the failing one
        number = error.cell_index + (0 if run.values else 1)
        failure = Failure(number, error.source, error.ename, error.evalue, _plain(error.traceback))
    except SystemExit as stopped:  # an interrupt: the kernel has been shut down on the way here
        os._exit(int(stopped.code or 0))
    except Exception as error:  # a dead kernel or a full disk fails this run, not the others
        failure = _unexpected(error)
    if path.is_file():
        executed = outputs.stable(nbformat.read(path, as_version=4), run.values)
        try:
            written = [] if failure else outputs.write_outputs(executed, staging)
            if not failure:
                (staging / "index.html").write_text(render(run, executed, written), encoding="utf-8")
        except Exception as error:  # reported like a failing cell
            failure = _unexpected(error)
        outputs.write_notebook(executed, path)
    return Result(time.perf_counter() - start, written, failure)


def _plain(lines: list[str]) -> str:
    return _ANSI.sub("", "\n".join(lines))


def _unexpected(error: Exception) -> Failure:
    return Failure(0, "", type(error).__name__, str(error), "".join(traceback.format_exception(error)))
