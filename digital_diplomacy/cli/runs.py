"""Commands that execute notebooks."""

import os
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from digital_diplomacy.cli.app import app, refuse
from digital_diplomacy.cli.tables import process

if TYPE_CHECKING:
    from digital_diplomacy.reproduction import Outcome

_LANGUAGES: Final = "kk, ru, en or all"


@app.command()
def reproduce(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names of notebooks; all, if none is named.", show_default=False)
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            "-p",
            metavar="NAME=VALUE",
            help="A parameter of the notebooks; lists are separated by commas. May be repeated.",
        ),
    ] = None,
    lang: Annotated[str, typer.Option(help=f"Language of figures and tables: {_LANGUAGES}.")] = "all",
    jobs: Annotated[
        int, typer.Option(min=1, help="Notebooks executed at a time.", show_default="number of processors")
    ] = os.cpu_count() or 1,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results go.", show_default="reports/ of the project")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Execute also what has not changed.")] = False,
) -> None:
    """Execute the notebooks and write figures, tables and pages."""
    from rich.console import Console

    from digital_diplomacy import reproduction, sources

    start = time.perf_counter()
    root = sources.project_root()
    known = reproduction.find_notebooks(root)
    runs = reproduction.plan_runs(
        known, notebooks or [], _assignments(parameters or []), _languages(lang), _allowed(root)
    )
    target = _target(out, root)
    process(quiet=True)
    console = Console()
    progress = reproduction.LiveProgress(console) if console.is_terminal else reproduction.PlainProgress(console)
    outcomes = reproduction.run_all(runs, root=root, out=target, jobs=jobs, force=force, progress=progress)
    _summary(outcomes, target, time.perf_counter() - start)


def _target(out: Path | None, root: Path) -> Path:
    """The reports folder; never a file, and never a folder of the project's own sources."""
    target = (out or root / "reports").resolve()
    own = [root / name for name in ("data", "digital_diplomacy", "docs", "notebooks", "tests")]
    if any(target.is_relative_to(folder) for folder in own) or target == root:
        refuse(f"--out {target}: reports do not belong among the project's sources; choose another folder")
    if target.exists() and not target.is_dir():
        refuse(f"--out {target}: a file of that name exists; choose a folder")
    return target


def _summary(outcomes: "Sequence[Outcome]", target: Path, seconds: float) -> None:
    counts = {state: sum(outcome.state == state for outcome in outcomes) for state in ("done", "reused", "failed")}
    said = f"{counts['done']} executed, {counts['reused']} unchanged, {counts['failed']} failed"
    print(f"{said} in {seconds:.1f} s: {target / 'index.html'}")
    if counts["failed"]:
        raise SystemExit(1)


def _assignments(texts: Sequence[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            refuse(f"-p {text}: write NAME=VALUE, for instance -p country=UZB")
        if name.strip() in given:
            refuse(f"-p {text}: {name.strip()} is given twice; separate the values of a list by commas")
        given[name.strip()] = value.strip()
    return given


def _languages(lang: str) -> tuple[str, ...]:
    from digital_diplomacy import labels

    if lang != "all" and lang not in labels.LANGUAGES:
        refuse(f"unknown language {lang!r}; allowed: {', '.join(labels.LANGUAGES)}, all")
    return labels.LANGUAGES if lang == "all" else (lang,)


def _allowed(root: Path) -> dict[str, Collection[Any]]:
    """Values that named parameters may take in any notebook: what the tables know."""
    from digital_diplomacy import sources

    index = sources.load("un_egdi", root=root)
    users = sources.load("internet_users", root=root)
    countries = sorted({*index["iso3"], *users["iso3"]})
    documents = sources.load("documents", root=root)["document"]
    return {
        "country": countries,
        "compare": countries,
        "edition": [int(edition) for edition in sorted(index["edition"].unique())],
        "document": ["", *documents],
    }


@app.command("notebooks")
def list_notebooks() -> None:
    """List the notebooks and the parameters they take."""
    from digital_diplomacy import reproduction, sources

    for notebook in reproduction.find_notebooks(sources.project_root()).values():
        print(f"{notebook.name}: {notebook.title}")
        for parameter in notebook.parameters.values():
            print(f"    {parameter.name} ({parameter.kind}, default {parameter.default!r}): {parameter.comment}")
