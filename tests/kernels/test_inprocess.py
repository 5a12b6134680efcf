"""Which notebooks are executed without a kernel from the first, and that this makes no difference."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.kernels import execution, forking, inprocess
from digital_diplomacy.kernels.inprocess import Choice
from digital_diplomacy.reproduction import PlainProgress, find_notebooks, plan_runs, run_all
from digital_diplomacy.runs.results import Failure, Result
from digital_diplomacy.runs.snapshot import Snapshot
from digital_diplomacy.sources import project_root

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

OWN = "from digital_diplomacy import figures, sources"


def needs_kernel(project: Path, *, in_process: bool | None = None) -> dict[str, bool]:
    choice = Choice(project / "reports", Snapshot(project), in_process)
    runs = plan_runs(find_notebooks(project), [], {}, ("en",), {})
    return {run.notebook.name: choice.needs_kernel(run) for run in runs}


@pytest.mark.parametrize(
    ("codes", "needs"),
    [
        ([OWN, "rows = sources.names()", "for name in rows:\n    figures.labelled(list(name))"], False),
        ([OWN, "import pandas as pd", "import numpy.random", "pd.DataFrame(numpy.random.rand(2))"], False),
        ([OWN, "print(1)"], True),
        ([OWN, "input()"], True),
        ([OWN, "get_ipython().system('ls')"], True),
        ([OWN, "open('a')"], True),
        ([OWN, "import asyncio"], True),
        ([OWN, "await figures.labelled()", "def f(): pass"], True),
        ([OWN, "!ls"], True),
        (["1 + 1"], True),
    ],
)
def test_plain_calls_of_this_package_need_no_kernel(
    project: Path, write_notebook: Callable[..., Path], codes: list[str], *, needs: bool
) -> None:
    write_notebook("one", codes)
    assert needs_kernel(project) == {"one": needs}
    assert needs_kernel(project, in_process=False) == {"one": True}


def test_a_notebook_for_another_environment_needs_its_kernel(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    path = write_notebook("one", [OWN])
    path.write_text(path.read_text().replace('"python3"', '"other"'))
    assert needs_kernel(project) == {"one": True}


def test_the_notebooks_of_this_project_need_none() -> None:
    assert set(needs_kernel(project_root()).values()) == {False}


@pytest.mark.usefixtures("every_library")
def test_without_a_kernel_the_files_are_the_same_and_what_fails_is_told_as_by_a_kernel(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "import pandas as pd\nrows = pd.DataFrame({'entity': ['KAZ'], 'rank': [24]})"
    showing = "figures.show_table(rows, name='places', lang=lang, title='Places')"
    write_notebook("shows", [OWN, table, showing, "rows", "pd.Series([1]).plot()"])
    write_notebook("fails", [OWN, "rows = 1", "sources.load('nowhere')"])
    (project / "data/raw/documents.csv").write_text("document,lang,authors,year,title,container\n")  # pages read it
    forked: list[str] = []
    execute = inprocess.execute
    monkeypatch.setattr(inprocess, "execute", lambda run, *a, **b: forked.append(run.folder) or execute(run, *a, **b))
    without, with_kernels = (made(project, name, way) for name, way in (("without", None), ("kernels", False)))
    assert without == with_kernels
    assert set(forked) == {"fails/en", "fails/kk", "shows/en", "shows/kk"}
    assert any(name.endswith("places.csv") for name in without[1])


def test_where_nothing_can_be_forked_kernels_are_used(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forking, "_refused", "the test forbids it")
    asked: list[str] = []
    monkeypatch.setattr(execution, "execute", lambda run, *_, **__: asked.append(run.folder))
    write_notebook("one", [OWN])
    run = plan_runs(find_notebooks(project), [], {}, ("en",), {})[0]
    Choice(project, Snapshot(project)).execute(run, project, project, on_cell=lambda *_: None, limits=Any)
    assert asked == ["one/en"]


@pytest.mark.parametrize(("name", "again"), [("KernelLostError", False), ("ValueError", True)])
def test_what_a_limit_ends_is_not_executed_once_more(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, name: str, *, again: bool
) -> None:
    failed = Result(1.0, [], Failure(1, "", name, "", ""))
    asked: list[str] = []
    monkeypatch.setattr(inprocess, "execute", lambda *_, **__: failed)
    monkeypatch.setattr(execution, "execute", lambda run, *_, **__: asked.append(run.folder))
    write_notebook("one", [OWN])
    run = plan_runs(find_notebooks(project), [], {}, ("en",), {})[0]
    (project / "place").mkdir()
    Choice(project, Snapshot(project)).execute(run, project, project / "place", on_cell=lambda *_: None, limits=Any)
    assert bool(asked) == again


def made(project: Path, out: str, in_process: bool | None) -> tuple[list[tuple[str, Any]], dict[str, bytes]]:
    """How runs ended, and every file they made but those with times."""
    runs = plan_runs(find_notebooks(project), [], {}, ("en", "kk"), {})
    with (project / "log").open("a") as log:
        options = {"root": project, "jobs": 2, "force": True, "progress": PlainProgress(log), "in_process": in_process}
        outcomes = run_all(runs, out=project / out, **options)
    timed = ("run.json", "ro-crate-metadata.json")
    paths = [path for path in (project / out).rglob("*") if path.is_file() and path.name not in timed]
    files = {path.relative_to(project / out).as_posix(): path.read_bytes() for path in paths}
    return [(outcome.run.folder, outcome.failure) for outcome in outcomes], files
