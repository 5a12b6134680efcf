"""A project whose runs cost nothing: what is tried here is what happens around them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.reproduction import Outcome, PlainProgress, find_notebooks, plan_runs, run_all
from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.results import Limits, Result


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Command = Callable[..., Said]


@dataclass
class Executor:
    """Stands for kernels: leaves the files that a run leaves, or does what a test wants done in its place."""

    instead: Callable[[Run, Path], None] | None = None
    executed: list[str] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)

    def execute(self, run: Run, root: Path, place: Path, *, on_cell: Any, limits: Limits) -> Result:  # noqa: ARG002
        self.executed.append(run.folder)
        self.limits.append(limits)
        if self.instead:
            self.instead(run, place)
        (place / "notebook.ipynb").write_bytes(run.notebook.path.read_bytes())
        (place / "index.html").write_text(f"<!doctype html><title>{run.notebook.name}</title>")
        (place / "figures").mkdir()
        (place / "figures/map.svg").write_text("<svg/>")
        files = {"figures/map.svg": sha256(b"<svg/>").hexdigest()}
        shown = [{"kind": "figure", "name": "map", "title": "T", "alt": "A", "files": files}]
        return Result(0.0, shown, None)


@dataclass(frozen=True)
class Project:
    root: Path
    executor: Executor

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    def reproduce(self, *names: str, out: Path | None = None, force: bool = False, **given: str) -> list[Outcome]:
        runs = plan_runs(find_notebooks(self.root), names, given, ["en"], {})
        told = PlainProgress(StringIO())
        return run_all(
            runs,
            root=self.root,
            out=out or self.reports,
            jobs=1,
            force=force,
            progress=told,
            elsewhere=self.executor,
        )

    def states(self, *names: str, **options: Any) -> list[str]:
        return [outcome.state for outcome in self.reproduce(*names, **options)]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def small(project: Path, write_notebook: Callable[..., Path]) -> Project:
    """A project with the notebooks ``one`` and ``two``."""
    for name in ("one", "two"):
        write_notebook(name, ["1 + 1"])
    return Project(project, Executor())


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, give: Callable[..., tuple[object, str, str]]) -> Command:
    """The command line in this process."""
    for name in ("CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, cwd: Path) -> Said:
        code, out, err = give(*words, cwd=cwd)
        return Said(code if isinstance(code, int) else int(code is not None), out, err)

    return run


@pytest.fixture
def table(project: Path) -> Callable[[str], Path]:
    """Describe a raw table of one column; its hash is missing until it is sealed."""

    def make(name: str) -> Path:
        place = project / "data/raw/datapackage.json"
        package = json.loads(place.read_text())
        schema = {"fields": [{"name": "x", "type": "integer"}], "primaryKey": ["x"]}
        package["resources"].append({"name": name, "path": f"{name}.csv", "schema": schema})
        place.write_text(json.dumps(package))
        path = project / "data/raw" / f"{name}.csv"
        path.write_text("x\n1\n2\n")
        return path

    return make
