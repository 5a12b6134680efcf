"""One run: papermill executes the notebook, then its files and page are written to a folder.

Nothing heavy is imported before something is to be executed.
"""

import json
import re
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import said
from digital_diplomacy.labels.refusals import told
from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.results import Failure, KernelLostError, Limits, Result

ENGINE: Final = "digital_diplomacy"
_ANSI: Final = re.compile(r"\x1b\[[0-9;]*m")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ATTEMPTS: Final = 2  # a kernel lost with the process it was forked from has done nothing wrong

Render = Callable[[Run, dict[str, Any], list[dict[str, Any]]], str]
OnCell = Callable[[str, int, int], None]


def prepare() -> None:
    """Import what executing takes, without the second that a checker of web addresses takes, which nobody asks for."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import papermill  # noqa: F401

    from digital_diplomacy.kernels import clients  # noqa: F401


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
    on_cell : callable
        Told the run's folder, how many cells are done, and of how many.
    limits : Limits
    shared : Path, optional
        Where it finds and leaves what its siblings compute as well.

    Returns
    -------
    Result
        With ``failure`` set if a cell raised or the outputs could not be written; the notebook as far as it came is
        then in ``staging`` too.
    """
    from digital_diplomacy.kernels import observing, sharing

    start, notes = time.perf_counter(), staging / ".inputs"
    on_cell(run.folder, 0, 0)
    options = {
        "on_cell": lambda done, total: on_cell(run.folder, done, total),
        "errors_only": True,  # the notebook itself is handed on when it is started
        "kernel_environment": observing.request(root, notes) | sharing.request(shared),
        "execution_timeout": limits.cell_seconds or None,
        "memory_limit": limits.memory,
        "resources": {"metadata": {"path": str(root)}},  # papermill's own cwd moves the whole process
    }
    executed, failure = _papermill(run, options)
    inputs = observing.read(notes, root)
    notes.unlink(missing_ok=True)
    shown, failure = finish(run, executed, failure, staging, render)
    return Result(time.perf_counter() - start, shown, failure, inputs)


def _papermill(run: Run, options: dict[str, Any]) -> tuple[dict[str, Any] | None, Failure | None]:
    """The executed notebook, as far as it came, and why it came no further."""
    try:
        for attempt in range(1, _ATTEMPTS + 1):
            executed, failure, lost = papermill_once(run, ENGINE, options)
            if not (lost and lost.is_orphan) or attempt == _ATTEMPTS:
                break
        return executed, failure
    finally:
        _close_loop()


def _close_loop() -> None:
    """Close the event loop that nbclient leaves open in this thread, with what a lost kernel left waiting in it."""
    import asyncio

    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
    loop.close()


def pass_over_homes() -> None:
    """Let IPython not warn that a home takes no files, as in containers: nothing of it is read, and nothing kept."""
    warnings.filterwarnings("ignore", r"IPython (parent|dir) .* is not a writable location", UserWarning)


def papermill_once(
    run: Run, engine: str, options: dict[str, Any]
) -> tuple[dict[str, Any] | None, Failure | None, KernelLostError | None]:
    """Execute a notebook with papermill: the notebook, why it failed, and if that was the kernel's end."""
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel, find_kernel_specs

    pass_over_homes()
    started: list[dict[str, Any]] = []
    shift = 0 if run.values else 1  # papermill puts one cell of its own, the given parameters, before the failing one
    failure, lost = None, None
    try:
        papermill.execute_notebook(
            str(run.notebook.path),
            None,
            parameters=run.values,
            engine_name=engine,
            progress_bar=False,
            on_start=started.append,
            **_kernel(run.notebook.path),
            **options,
        )
        failure = _stopped(started[-1], shift, run.lang)
    except papermill.PapermillExecutionError:
        failure = _raised(started[-1], shift)
    except KernelLostError as error:
        lost = error
        number = error.cell - 1 + shift
        failure = Failure(number, error.source, type(error).__name__, _clear(told(error.said(number), run.lang)), "")
    except NoSuchKernel as error:
        here = ", ".join(sorted(find_kernel_specs()))
        reason = said(
            "the notebook asks for the kernel {name!r}, which is not installed here; these are: {here}",
            name=error.name, here=here,
        )  # fmt: skip
        failure = Failure(0, "", type(error).__name__, told(reason, run.lang), "")
    except Exception as error:  # a kernel that does not start fails this run, not the others
        failure = unexpected(error, run.lang)
    return (started[-1] if started else None), failure, lost


def _kernel(notebook: Path) -> dict[str, str]:
    """What papermill has to be told of a notebook that names no kernel, or no language: Python is meant."""
    metadata = json.loads(notebook.read_text(encoding="utf-8")).get("metadata", {})
    kernel = metadata.get("kernelspec", {})
    language = kernel.get("language") or metadata.get("language_info", {}).get("name")
    said = {} if kernel.get("name") else {"kernel_name": "python3"}
    return said if language else {**said, "language": "python"}


def _raised(executed: dict[str, Any], shift: int) -> Failure | None:
    """The error that ended a notebook; papermill takes for one also those that a cell's tag says to expect."""
    from digital_diplomacy.runs import outputs

    for place, cell in enumerate(outputs.unmarked(executed["cells"])):
        if "raises-exception" not in cell["metadata"].get("tags", []):
            for output in cell.get("outputs", []):
                if output["output_type"] == "error":
                    named = _clear(output["ename"]), _clear(output["evalue"]), _clear("\n".join(output["traceback"]))
                    return Failure(place + shift, cell["source"], *named)
    return None


def _stopped(executed: dict[str, Any], shift: int, lang: str) -> Failure | None:
    """An exit that papermill takes for the notebook's proper end, where it left code cells out."""
    from digital_diplomacy.runs import outputs

    cells = outputs.unmarked(executed["cells"])
    for place, cell in enumerate(cells):
        left = sum(other["cell_type"] == "code" and bool(other["source"].strip()) for other in cells[place + 1 :])
        if left and any(output.get("ename") == "SystemExit" for output in cell.get("outputs", [])):
            reason = said("the notebook ended itself here, and one code cell after it did not run")
            if left > 1:
                reason = said("the notebook ended itself here, and {left} code cells after it did not run", left=left)
            return Failure(place + shift, cell["source"], "SystemExit", told(reason, lang), "")
    return None


def finish(
    run: Run,
    executed: dict[str, Any] | None,
    failure: Failure | None,
    staging: Path,
    render: Render,
) -> tuple[list[dict[str, Any]], Failure | None]:
    """Write an executed notebook's files and page; the named outputs written, and the failure if there is one."""
    from digital_diplomacy.runs import outputs, translations

    if executed is None:
        return [], failure
    written: list[dict[str, Any]] = []
    clean = outputs.stable(executed, run.values, outputs.cell_ids(run.notebook.path))
    try:
        clean = translations.told(clean, run.notebook.path, run.lang)
        if not failure:
            written = outputs.write_outputs(clean, staging)
            (staging / "index.html").write_text(render(run, clean, written), encoding="utf-8")
    except Exception as error:  # reported like a failing cell
        failure = unexpected(error, run.lang, staging)
    outputs.write_notebook(clean, staging / "notebook.ipynb")
    return written, failure


def _clear(text: str) -> str:
    """Text without colours; what would move a terminal's cursor or set its title stands as its code."""
    plain = _ANSI.sub("", text)
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), plain)


def unexpected(error: Exception, lang: str = "en", place: Path | None = None) -> Failure:
    """A failure outside any cell, in the language of its run; one of the system (no room, no rights) by its place."""
    if isinstance(error, OSError) and error.strerror:
        words = said("{file}: {reason}", file=error.filename or place or said("file"), reason=said(error.strerror))
        return Failure(0, "", type(error).__name__, _clear(told(words, lang)), "")
    traced = "".join(traceback.format_exception(error))
    return Failure(0, "", type(error).__name__, _clear(told(error, lang)), _clear(traced))
