"""Notebooks as other people write them: each does what it does in Jupyter, or fails in words; nothing is silent.

`CASES` is also what `benchmarks/notebooks_foreign.py` prints as a table.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from digital_diplomacy.kernels import forking
from digital_diplomacy.reproduction import Outcome, PlainProgress, find_notebooks, plan_runs, run_all

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here"),
    pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId"),
]


@dataclass(frozen=True)
class Case:
    """A notebook (its code cells, or whole cells) and what is expected of it.

    Attributes
    ----------
    expected : str
        In words, for the table.
    fails : str
        Part of what is said of its failure; empty if it does not fail.
    printed : str or None
        All it printed, as stored: of every cell standard output, then standard error. None where other parts count.
    page, not_on_page : tuple of str
        What its page says and does not say.
    remark : str
        Part of what is said of it although it is done.
    parts : mapping
        What its file has in place of the usual.
    """

    cells: tuple[str | dict[str, Any], ...]
    expected: str
    fails: str = ""
    printed: str | None = None
    page: tuple[str, ...] = ()
    not_on_page: tuple[str, ...] = ()
    remark: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)


def tagged(source: str, *tags: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source}


KILLED = "was ended by SIGKILL"
ESCAPE = "\x1b"
BAR = "from tqdm import tqdm\nimport sys\nfor i in tqdm(range(200), file=sys.stdout, mininterval=0, ncols=40,"
WIDGET = {
    "application/vnd.jupyter.widget-view+json": {"model_id": "a", "version_major": 2},
    "text/plain": "IntSlider(7)",
}

CASES: Final[dict[str, Case]] = {
    "standard output and error in turn": Case(
        ("import sys\nfor n in '12': print('out', n, flush=True); print('err', n, file=sys.stderr, flush=True)",),
        "both kept, each in its order",
        printed="out 1\nout 2\nerr 1\nerr 2\n",
    ),
    "a display updated from another cell": Case(
        ("shown = display('first', display_id=True)", "shown.update('second')"),
        "the first cell shows what came last",
        page=("second",),
        not_on_page=("<pre>&#39;first&#39;",),
    ),
    "clear_output in a loop": Case(
        ("from IPython.display import clear_output\nfor n in range(50): clear_output(wait=True); print('step', n)",),
        "the last state alone",
        printed="step 49\n",
    ),
    "input()": Case(("input('name? ')",), "fails: nobody is there to answer", fails="StdinNotImplementedError"),
    "os._exit(3)": Case(("import os; os._exit(3)",), "fails: the kernel ended", fails="ended with exit code 3"),
    "sys.exit(1)": Case(("import sys; sys.exit(1)",), "fails", fails="SystemExit: 1"),
    "sys.exit() before other cells": Case(
        ("import sys; sys.exit()", "print('after')", "1"),
        "fails: cells were left out",
        fails="the notebook ended itself here, and 2 code cells after it did not run",
    ),
    "sys.exit() in the last cell": Case(("print('all')", "import sys; sys.exit()"), "done", page=("all",)),
    "a kernel that kills itself": Case(("import os; os.kill(os.getpid(), 9)",), "fails: SIGKILL", fails=KILLED),
    "a kernel that interrupts itself": Case(
        ("import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(5)",),
        "fails: KeyboardInterrupt",
        fails="KeyboardInterrupt",
    ),
    "one output of 20 MB": Case(
        ("print('a' * 20_000_000, end='')",),
        "stored whole; the page says what it leaves out",
        printed="a" * 20_000_000,
        page=("19,900,000 characters are left out here",),
        not_on_page=("a" * 100_000,),
    ),
    "an output of bytes": Case(
        ("display({'application/octet-stream': 'AA' + 'EC', 'text/plain': '3 bytes'}, raw=True)",),
        "what a page cannot show stands there as text",
        page=("3 bytes",),
        not_on_page=("AAEC",),
    ),
    "bytes written to standard output": Case(
        ("import sys; sys.stdout.buffer.write(b'a')",), "fails, as in Jupyter", fails="AttributeError"
    ),
    "a thread that prints after its cell": Case(
        (
            "import threading; go = threading.Event()\n"
            "def late(): go.wait(); print('late')\nthread = threading.Thread(target=late); thread.start()",
            "go.set(); thread.join(); print('next')",
        ),
        "both lines kept",
        page=("late", "next"),
    ),
    "output of a program": Case(
        ("import subprocess; subprocess.run(['echo', 'from a child'])", "print('own')"),
        "kept; the result is never reused",
        page=("from a child", "own"),
        remark="never reused: it started the program echo",
    ),
    "await outside a function": Case(
        ("import asyncio\nawait asyncio.sleep(0.01); print('awaited')",), "as in Jupyter", printed="awaited\n"
    ),
    "%matplotlib and %load_ext": Case(
        ("%matplotlib inline\n%load_ext autoreload\n%autoreload 2", "print('on')"), "as in Jupyter", printed="on\n"
    ),
    "%%bash": Case(
        ("%%bash\necho from bash",), "kept; never reused", printed="from bash\n", remark="started the program bash"
    ),
    "an unknown magic": Case(
        ("%no_such_magic", "print('after')"),
        "its message stands there, as in Jupyter",
        page=("UsageError: Line magic function `%no_such_magic` not found.", "after"),
    ),
    "colours of a terminal": Case(
        ("print('\\x1b[31mred\\x1b[0m plain')",),
        "coloured on the page, no control characters",
        page=("red</span>",),
        not_on_page=(ESCAPE,),
    ),
    "half a letter (a lone surrogate)": Case(("print('a\\udcffb')",), "a mark in its place", printed="a\ufffdb\n"),
    "a cell magic in the parameters cell": Case(
        (tagged("%%time\nx = 1", "parameters"),), "refused in words", fails="parameters cell, line 1"
    ),
    "empty cells and raw cells": Case(
        ("", "   \n", {"cell_type": "raw", "metadata": {}, "source": "RAW TEXT"}, "print('code')"),
        "left alone",
        printed="code\n",
    ),
    "a tag given twice": Case((tagged("x = 3", "parameters", "parameters"), "print(x)"), "counts once", printed="3\n"),
    "format 4.0 without cell ids": Case(("print('old')",), "runs", printed="old\n", parts={"nbformat_minor": 0}),
    "format 4.4 without cell ids": Case(("print('old')",), "runs", printed="old\n", parts={"nbformat_minor": 4}),
    "two cells with one id": Case(
        (tagged("print(1)") | {"id": "same"}, tagged("print(2)") | {"id": "same"}), "both run", printed="1\n2\n"
    ),
    "format 3": Case(
        (),
        "refused: says how to convert it",
        fails="is in format 3 of Jupyter",
        parts={"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": []}], "cells": None},
    ),
    "another working folder": Case(
        ("import os; os.mkdir('away'); os.chdir('away'); print(os.path.basename(os.getcwd()))", "print(os.listdir())"),
        "holds for its own later cells; results go where they should",
        printed="away\n[]\n",
    ),
    "standard output closed": Case(
        ("import sys; sys.stdout.close()", "print('after')"),
        "fails, as in Jupyter",
        fails="ValueError: I/O operation on closed file",
    ),
    "standard output replaced": Case(
        ("import io, sys; sys.stdout = io.StringIO(); print('hidden')", "sys.stdout = sys.__stdout__"),
        "what goes elsewhere is not shown",
        printed="",
    ),
    "print replaced": Case(
        ("import builtins\nold = print\nbuiltins.print = lambda *a: old('patched', *a)", "print('text')"),
        "holds for this notebook alone",
        printed="patched text\n",
    ),
    "handlers of signals": Case(
        (
            "import signal, time\nsignal.signal(signal.SIGALRM, lambda *_: print('rung'))\n"
            "signal.setitimer(signal.ITIMER_REAL, 0.1); time.sleep(0.3)",
        ),
        "called",
        printed="rung\n",
    ),
    "warnings": Case(
        ("import warnings; warnings.warn('take care')",),
        "kept, without what differs from run to run",
        page=("UserWarning: take care",),
    ),
    "a progress bar": Case(
        (f"{BAR} bar_format='{{n_fmt}}/{{total_fmt}}'): pass\nprint('done')",),
        "its last state",
        printed="200/200\ndone\n",
    ),
    "tqdm.auto without ipywidgets": Case(
        ("from tqdm.auto import tqdm\nfrom tqdm.notebook import trange\nprint(sum(tqdm(range(5))))",),
        "works",
        page=("<pre>10\n",),
    ),
    "a widget": Case(
        (f"display({WIDGET!r}, raw=True)",), "its text, as where widgets are not there", page=("IntSlider(7)",)
    ),
    "an object whose repr fails": Case(
        ("class Bad:\n    def __repr__(self): raise ValueError('no repr')", "Bad()", "print('after')"),
        "fails, as with papermill",
        fails="ValueError: no repr",
    ),
    "endless recursion": Case(
        ("import sys; sys.setrecursionlimit(400)\ndef f(): return f()\nf()",), "fails", fails="RecursionError"
    ),
    "get_ipython and display overwritten": Case(
        ("get_ipython = display = None", "import sys; print('still'); 1 + 1"), "runs", printed="still\n", page=("2",)
    ),
    "what is printed at the end of the kernel": Case(
        ("import atexit; atexit.register(lambda: print('too late'))", "print('in time')"),
        "as in Jupyter: nobody listens any more",
        printed="in time\n",
    ),
    "a forked child that prints": Case(
        ("import os, sys\nif not os.fork(): print('child', flush=True); os._exit(0)\nos.wait(); print('parent')",),
        "both kept",
        page=("child", "parent"),
    ),
}


def write(root: Path, name: str, case: Case) -> None:
    """The notebook of a case."""
    cells: list[dict[str, Any]] = []
    for number, given in enumerate(case.cells):
        cell = {"id": f"cell-{number}"} | (tagged(given) if isinstance(given, str) else given)
        cell |= {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        cells.append(cell)
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | case.parts
    if content["nbformat_minor"] < 5:
        for cell in cells:
            del cell["id"]
    (root / "notebooks" / f"{name}.ipynb").write_text(json.dumps({k: v for k, v in content.items() if v is not None}))


def execute_all(root: Path) -> dict[str, Outcome]:
    """Every case as a notebook of one project, executed side by side."""
    for folder in ("raw", "processed"):
        (root / "data" / folder).mkdir(parents=True)
        (root / "data" / folder / "datapackage.json").write_text('{"resources": []}')
    (root / "notebooks").mkdir()
    for number, case in enumerate(CASES.values()):
        write(root, f"case_{number:02d}", case)
    runs = plan_runs(find_notebooks(root), [], {}, ["en"], {})
    with (root / "log").open("w") as log:
        outcomes = run_all(runs, root=root, out=root / "reports", jobs=2, force=True, progress=PlainProgress(log))
    return dict(zip(CASES, sorted(outcomes, key=lambda outcome: outcome.run.notebook.name), strict=True))


def printed(outcome: Outcome, root: Path) -> str:
    """What the stored notebook holds of the streams."""
    executed = json.loads((root / "reports" / outcome.run.folder / "notebook.ipynb").read_text(encoding="utf-8"))
    outputs = [output for cell in executed["cells"] for output in cell.get("outputs", [])]
    return "".join(output["text"] for output in outputs if output["output_type"] == "stream")


def wrong(case: Case, outcome: Outcome, root: Path) -> list[str]:
    """What is not as it is expected, in words."""
    said = f"{outcome.failure.name}: {outcome.failure.message}" if outcome.failure else ""
    if said or case.fails:
        return [] if case.fails and case.fails in said else [f"failure: {said or 'none'}"]
    page = (root / "reports" / outcome.run.folder / "index.html").read_text(encoding="utf-8")
    faults = [f"page lacks {text!r}" for text in case.page if text not in page]
    faults += [f"page has {text[:40]!r}" for text in case.not_on_page if text in page]
    faults += [] if case.remark in "; ".join(map(str, outcome.remarks)) else [f"remarks: {outcome.remarks}"]
    if case.printed is not None and (text := printed(outcome, root)) != case.printed:
        faults.append(f"printed {text[:200]!r}")
    return faults


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("foreign")


@pytest.fixture(scope="module")
def outcomes(root: Path) -> Iterator[dict[str, Outcome]]:
    yield execute_all(root)
    forking.stop()


@pytest.mark.parametrize("name", CASES)
def test_a_foreign_notebook_does_as_in_jupyter_or_fails_in_words(
    outcomes: dict[str, Outcome], root: Path, name: str
) -> None:
    assert wrong(CASES[name], outcomes[name], root) == []
