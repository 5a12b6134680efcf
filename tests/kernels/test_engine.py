"""The engine and the processes behind it: the bytes of an ordinary kernel, limits, and life without a server."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from digital_diplomacy.kernels import engine, forking, provisioner
from digital_diplomacy.kernels import inprocess as in_process
from digital_diplomacy.reproduction import Limits, PlainProgress, find_notebooks, plan_runs, run_all
from digital_diplomacy.runs.places import is_running

papermill = pytest.importorskip("papermill")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

# What a notebook can see of the process it runs in, and drawings, tables, prints and warnings as libraries make them.
TELLING = [
    "import os, sys, warnings, random, locale, signal, gc, builtins",
    "import numpy as np, pandas as pd, matplotlib as mpl, matplotlib.pyplot as plt, seaborn as sns",
    "import statsmodels.api, networkx, scipy.stats",
    "print(sys.flags, sys.path, sys.argv[0], sys.orig_argv[0], __name__, sorted(globals()))",
    "print(pd.options.display.max_columns, pd.options.display.encoding, np.get_printoptions(), np.geterr())",
    "print(sorted((name, str(value)) for name, value in mpl.rcParams.items()), mpl.is_interactive())",
    "print(os.getcwd(), sorted(set(os.environ) - {'_'}), hash('text'), {'b', 'a', 'c'})",
    "print(gc.isenabled(), gc.get_threshold(), sys.getrecursionlimit(), locale.getlocale(), signal.getsignal(2))",
    "print(sorted(dir(builtins)), type(sys.stdout))",
    "plt.plot([1, 2, 4]); plt.title('A figure');",
    "sns.histplot(pd.DataFrame({'a': [1, 2, 2, 3]}), x='a');",
    "pd.DataFrame({f'column_{number}': [number] for number in range(30)})",
    "print('out'); print('error', file=sys.stderr); print('out again'); warnings.warn('look')",
    "from IPython.display import clear_output, display; handle = display('first', display_id='x')",
    "print('gone'); clear_output(); handle.update('second'); display('third')",
    "import asyncio; await asyncio.sleep(0.01); 'awaited'",
    "!echo from a shell",
    "import pandera.pandas as pa; pa.DataFrameSchema({'a': pa.Column(int, pa.Check.ge(0))}).validate("
    "pd.DataFrame({'a': [1]}))",
    "scipy.stats.norm.cdf(np.linspace(-1, 1, 3)), np.linalg.inv(np.arange(1, 161).reshape(40, 4)[:4] ** 0.5)",
    "print(repr(pd.Series(['text', None]).dtype), pd.options.mode.string_storage)",
    "from digital_diplomacy import tables; print(repr(tables.EDGES.columns['source'].dtype.type))",
]


@pytest.fixture
def ordinary(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make this process one that has no server to fork from."""
    return lambda: monkeypatch.setattr(forking, "_refused", "the test forbids it")


def reproduce(project: Path, out: str = "reports", **options: Any) -> dict[str, Any]:
    """Outcomes by notebook."""
    runs = plan_runs(find_notebooks(project), [], {}, options.pop("langs", ("en",)), {})
    with (project / "log").open("a") as log:
        progress = PlainProgress(log)
        found = run_all(
            runs,
            root=project,
            out=project / out,
            jobs=2,
            force=options.pop("force", True),
            progress=progress,
            **options,
        )
    return {outcome.run.notebook.name: outcome for outcome in found}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but those that hold times and the record of the comparison."""
    timed = ("run.json", "ro-crate-metadata.json", in_process.RECORD)
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name not in timed]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.usefixtures("every_library")
def test_forked_and_ordinary_kernels_give_the_same_bytes(
    project: Path, write_notebook: Callable[..., Path], ordinary: Callable[[], None]
) -> None:
    write_notebook("telling", TELLING)
    assert reproduce(project, "forked")["telling"].failure is None
    ordinary()
    assert reproduce(project, "fresh")["telling"].failure is None
    assert contents(project / "forked") == contents(project / "fresh")


def test_libraries_of_others_are_imported_beforehand_where_a_notebook_names_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forking.fork_server, "PRELOADED", ("numpy", "networkx", "statsmodels.api"))
    assert forking.libraries_for({"pandas"}) == ["numpy"]
    assert forking.libraries_for({"networkx.algorithms", "numpy"}) == ["numpy", "networkx"]
    assert forking.libraries_for({"statsmodels"}) == ["numpy", "statsmodels.api"]
    rooms = {"digital_diplomacy", "digital_diplomacy.claims"}
    assert forking.libraries_for(rooms) == ["numpy"]
    assert forking.libraries_for(rooms | {"digital_diplomacy.messages"}) == ["numpy", "digital_diplomacy.messages"]


def test_what_one_room_alone_uses_is_imported_beforehand_where_a_notebook_names_the_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the rooms themselves do: claims use no statistics, penetration those of its intervals."""
    monkeypatch.setattr(forking.fork_server, "PRELOADED", ("numpy", *forking.fork_server.ASKED_BY))
    rooms = ("sources", "claims", "penetration")
    found = {room: set(forking.libraries_for({"digital_diplomacy", f"digital_diplomacy.{room}"})) for room in rooms}
    assert found == {
        "sources": {"numpy"},
        "claims": {"numpy", "digital_diplomacy.claims"},
        "penetration": {"numpy", "digital_diplomacy.penetration", "scipy.stats", "statsmodels.stats.proportion"},
    }


def test_the_engine_works_for_papermill_users(
    project: Path, write_notebook: Callable[..., Path], few_libraries: str
) -> None:
    source = write_notebook("one", ["import os; print(country, os.getcwd())", "1 / 0"])
    target = project / "out.ipynb"
    start = f"{few_libraries}import runpy; runpy.run_module('papermill', run_name='__main__', alter_sys=True)"
    command = [sys.executable, "-c", start, "--engine", "digital_diplomacy", "-p", "country", "Қазақстан"]
    ended = subprocess.run(
        [*command, "--no-progress-bar", "--cwd", project / "data", source, target], capture_output=True, text=True
    )
    assert "ZeroDivisionError" in ended.stderr
    cells = json.loads(target.read_text())["cells"]
    printed = [output["text"] for cell in cells for output in cell.get("outputs", []) if "text" in output]
    assert "".join(printed[0]) == f"Қазақстан {project / 'data'}\n"


def test_a_kernel_that_dies_is_reported_with_notebook_cell_and_last_output(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("dying", ["print('all is well')", "import os; print('last words'); os.kill(os.getpid(), 9)"])
    failure = reproduce(project)["dying"].failure
    assert failure is not None
    stored = json.loads((project / "notebooks/dying.ipynb").read_text())
    assert "last words" in "".join(stored["cells"][failure.cell - 1]["source"])
    assert "dying.ipynb" in failure.message
    assert "SIGKILL" in failure.message
    assert failure.message.endswith("last words")


@pytest.mark.parametrize("in_process_too", [False, True])
def test_a_cell_that_hangs_and_one_that_eats_memory_are_ended(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, *, in_process_too: bool
) -> None:
    if in_process_too:  # as if shown before to give the same bytes
        (project / "reports").mkdir()
        (project / "reports" / in_process.RECORD).write_text('{"known": true}')
        monkeypatch.setattr(in_process.Choice, "_key", lambda *_: "known")
    hanging = write_notebook("hanging", ["print('so far')\nimport time; time.sleep(600)"])
    found = reproduce(project, limits=Limits(cell_seconds=5), in_process=in_process_too)
    hanging.unlink()
    eating = "print('hungry')\nimport time; kept = [bytearray(2**20) for _ in range(500)]; time.sleep(600)"
    write_notebook("eating", [eating])
    found |= reproduce(project, limits=Limits(memory=400), in_process=in_process_too)
    assert "hanging.ipynb: it was ended: the cell took more than 5 s" in found["hanging"].failure.message
    assert "so far" in found["hanging"].failure.message
    assert "eating.ipynb: it took more than 400 MB of memory" in found["eating"].failure.message
    assert "hungry" in found["eating"].failure.message


def test_runs_survive_the_end_of_the_process_they_are_forked_from(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    ender = (
        "from pathlib import Path; import os, signal, time\n"
        "if not Path('ended').exists():\n"
        "    Path('ended').touch(); os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)"
    )
    write_notebook("ender", [ender, "country"])
    write_notebook("other", ["country"])
    found = reproduce(project)
    assert [found[name].state for name in ("ender", "other")] == ["done", "done"]


def test_a_kernel_lost_with_its_server_before_its_first_cell_is_started_again(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, ready = [], provisioner.QuickClient.wait_for_ready

    async def losing(self: Any, timeout: float | None = None) -> None:
        if not lost:
            lost.append(forking.server().pid)
            [kernel] = psutil.Process(lost[0]).children()
            os.kill(lost[0], signal.SIGKILL)
            while is_running(kernel.pid):
                await asyncio.sleep(0.01)
        await ready(self, timeout)

    monkeypatch.setattr(provisioner.QuickClient, "wait_for_ready", losing)
    write_notebook("one", ["country"])
    assert reproduce(project)["one"].state == "done"
    assert lost


def test_without_a_server_ordinary_kernels_are_used_and_it_is_said(
    project: Path,
    write_notebook: Callable[..., Path],
    ordinary: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ordinary()
    monkeypatch.setattr(provisioner, "_said", set())
    (project / "data/raw/table.csv").write_text("a\n1\n")
    write_notebook("one", ["open('data/raw/table.csv').read()", "country"])
    outcome = reproduce(project)["one"]
    assert outcome.state == "done"
    result = json.loads((project / "reports/one/en/result.json").read_text())
    assert "data/raw/table.csv" in result["dependencies"]["inputs"]
    assert "notebooks run in ordinary kernels, which start more slowly: the test forbids it" in caplog.text


@pytest.mark.parametrize(("lang", "told"), [("kk", "ядро"), ("ru", "ядра")])
def test_ordinary_kernels_are_told_of_in_the_language_that_was_asked_for(
    lang: str,
    told: str,
    project: Path,
    write_notebook: Callable[..., Path],
    ordinary: Callable[[], None],
    give: Callable[..., tuple[object, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Said in a thread of its own, in a system of another language (`LC_ALL` of these tests is English)."""
    ordinary()
    monkeypatch.setattr(provisioner, "_said", set())
    write_notebook("one", ["country"])
    code, _, said = give("reproduce", "--lang", lang, "--out", "made", cwd=project)
    assert (code, caplog.text.count("the test forbids it")) == (0, 1), said
    assert told in caplog.text


@pytest.mark.parametrize("is_forked", [True, False])
def test_an_error_of_a_cell_is_told_in_the_language_of_the_run(
    project: Path, write_notebook: Callable[..., Path], ordinary: Callable[[], None], is_forked: bool
) -> None:
    if not is_forked:
        ordinary()
    write_notebook(
        "wrong",
        [
            "from digital_diplomacy.errors import SourceError",
            "raise SourceError('{path}: the file is empty', path='a')",
        ],
    )
    failure = reproduce(project, langs=("kk",))["wrong"].failure
    assert (failure.name, failure.message) == ("SourceError", "a: файл бос")
    assert failure.neutral("kk").endswith("SourceError: a: the file is empty")


@pytest.mark.usefixtures("every_library")
def test_runs_in_process_give_the_same_bytes_where_they_were_shown_to(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("plain", [*TELLING[:2], *TELLING[9:15], TELLING[16], TELLING[-1]])
    write_notebook("peculiar", ["import sys; type(sys.stdout).__name__"])  # differs, so goes on in a kernel
    (project / "data/raw/documents.csv").write_text("document,lang,authors,year,title,container\n")  # pages read it
    reproduce(project, "kernels", langs=("kk", "ru", "en"))
    outcomes = reproduce(project, "either", langs=("kk", "ru", "en"), in_process=True)
    assert {outcome.state for outcome in outcomes.values()} == {"done"}
    assert contents(project / "either") == contents(project / "kernels")
    shown = json.loads((project / "either" / in_process.RECORD).read_text())
    assert sorted(shown.values()) == [False, True]


def test_a_kernel_of_another_environment_is_refused_as_what_it_reads_is_not_seen(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = project / "jupyter/kernels/python3"
    place.mkdir(parents=True)
    argv = ["/elsewhere/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (place / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "P", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(project / "jupyter"))
    write_notebook("one", ["country"])
    failure = reproduce(project)["one"].failure
    assert failure is not None
    assert "starts /elsewhere/python, not an IPython kernel of this environment" in failure.message


def test_importing_the_engine_imports_nothing_heavy() -> None:
    code = "import sys, digital_diplomacy.kernels.engine as engine; engine.ForkedEngine; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"papermill", "nbformat", "zmq", "pandas", "numpy", "IPython", "jinja2"} & set(loaded)


def test_a_changed_library_is_not_served_from_an_old_process(monkeypatch: pytest.MonkeyPatch) -> None:
    first = forking.server()
    assert forking.server() is first
    with forking.one_version():
        monkeypatch.setattr(first, "version", 0)
        assert forking.server() is first
    second = forking.server()
    assert second is not first
    assert first.ended()


WAITS = """
print(forking.server().pid, child.pid, flush=True)
sys.stdin.read()
"""


def test_the_server_and_all_its_children_end_with_the_process_that_started_them(
    project: Path, forks: str, comes_true: Callable[..., bool]
) -> None:
    command, pipe = [sys.executable, "-c", forks + WAITS], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=project) as process:
        assert process.stdout is not None
        server, child = map(int, process.stdout.readline().split())
        assert is_running(server)
        assert is_running(child)
        process.kill()
    assert comes_true(lambda: not is_running(server))
    assert comes_true(lambda: not is_running(child))


def test_an_error_that_its_cell_announces_is_shown_and_ends_nothing(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    path = write_notebook("expected", ["1 / 0", "print('after')"])
    notebook = json.loads(path.read_text())
    notebook["cells"][2]["metadata"]["tags"] = ["raises-exception"]
    path.write_text(json.dumps(notebook))
    outcome = reproduce(project)["expected"]
    assert outcome.failure is None
    page = (project / "reports" / outcome.run.folder / "index.html").read_text()
    assert "ZeroDivisionError" in page
    assert "after" in page
    notebook["cells"][3]["source"] = "None + 1"
    path.write_text(json.dumps(notebook))
    failure = reproduce(project)["expected"].failure
    assert (failure.cell, failure.source, failure.name) == (4, "None + 1", "TypeError")


def test_a_notebook_without_a_kernel_runs_in_python_and_one_of_an_absent_kernel_says_which_there_are(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    for name, metadata in (("none", {}), ("other", {"kernelspec": {"name": "my_env", "display_name": "Mine"}})):
        path = write_notebook(name, ["print('n')"])
        path.write_text(json.dumps(json.loads(path.read_text()) | {"metadata": metadata}))
    found = reproduce(project)
    assert found["none"].failure is None
    failure = found["other"].failure
    assert failure.message.startswith("the notebook asks for the kernel 'my_env', which is not installed here; these")
    assert "python3" in failure.message
    assert not failure.traceback


def test_a_caller_that_has_the_notebook_is_given_its_errors_only() -> None:
    cell = nbformat.v4.new_code_cell(
        "1", outputs=[nbformat.v4.new_output("stream", text="1"), nbformat.v4.new_output("error", ename="ValueError")]
    )
    executed = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Question"), cell])
    returned = engine._with_errors_only(executed)
    assert [output.output_type for output in returned.cells[1].outputs] == ["error"]
    assert [output.output_type for output in executed.cells[1].outputs] == ["stream", "error"]
    assert returned.cells[0].source == "# Question"
