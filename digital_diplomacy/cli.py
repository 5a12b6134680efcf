"""The command ``digital-diplomacy``: it composes the library and computes nothing itself.

Imports stand inside the commands, so that ``--help`` answers at once.
"""

import os
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from digital_diplomacy import __version__
from digital_diplomacy.errors import DigitalDiplomacyError

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.reproduction import Outcome

_LANGUAGES: Final = "kk, ru, en or all"
_PIPE_WIDTH: Final = 160  # characters, where there is no terminal whose width could be asked

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reproduce digital-diplomacy rankings, penetration figures and networks from their published sources.",
)


def main() -> None:
    """Entry point: errors raised on purpose become one line and exit code 2."""
    try:
        app()
    except DigitalDiplomacyError as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename or 'file'}: {error.strerror or error}")
    except KeyboardInterrupt:
        print("interrupted; what was finished is kept, the next run goes on from there", file=sys.stderr)
        raise SystemExit(130) from None


def _refuse(message: str) -> NoReturn:
    print(f"error: {message}", file=sys.stderr)
    raise SystemExit(2)


def _version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


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
        _refuse(f"--out {target}: reports do not belong among the project's sources; choose another folder")
    if target.exists() and not target.is_dir():
        _refuse(f"--out {target}: a file of that name exists; choose a folder")
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
            _refuse(f"-p {text}: write NAME=VALUE, for instance -p country=UZB")
        if name.strip() in given:
            _refuse(f"-p {text}: {name.strip()} is given twice; separate the values of a list by commas")
        given[name.strip()] = value.strip()
    return given


def _languages(lang: str) -> tuple[str, ...]:
    from digital_diplomacy import labels

    if lang != "all" and lang not in labels.LANGUAGES:
        _refuse(f"unknown language {lang!r}; allowed: {', '.join(labels.LANGUAGES)}, all")
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


@app.command("claims")
def list_findings(
    document: Annotated[str, typer.Option(metavar="000-004", help="Only relations that concern this document.")] = "",
    verdict: Annotated[
        str, typer.Option(help="Only this verdict: holds, approximate, fails or 'cannot be checked'.")
    ] = "",
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    lang: Annotated[str, typer.Option(help="Language of a table: kk, ru or en.")] = "en",
) -> None:
    """Print the relations between published figures with their verdicts; a new or mended failure exits with 2."""
    from digital_diplomacy import claims, labels, sources, tables

    for name, value, allowed in (
        ("--format", form, ("table", "csv", "json")),
        ("--lang", lang, labels.LANGUAGES),
        ("--document", document, ("", *sources.load("documents")["document"])),
        ("--verdict", verdict, ("", *tables.VERDICTS)),
    ):
        if value not in allowed:
            _refuse(f"{name} {value!r}: allowed are {', '.join(filter(None, allowed))}")
    parsed = claims.parse(sources.load("claims"), sources.load("documents"))
    found = claims.check(parsed, sources.load("claim_relations"))
    found = claims.of_document(claims.confirm(found, sources.load("acknowledged_findings")), document)
    found = found[found["verdict"] == verdict] if verdict else found
    if form == "csv":
        print(found.to_csv(index=False, lineterminator="\n"), end="")
    elif form == "json":
        print(found.to_json(orient="records", force_ascii=False, indent=1))
    else:
        _print_findings(claims.explain(found, lang), lang)


def _print_findings(explained: "pd.DataFrame", lang: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from digital_diplomacy import labels

    table = Table(show_lines=True)
    for column in ("verdict", "kind", "reason", "claims"):
        table.add_column(labels.text(f"column.{column}", lang), overflow="fold")
    for row in explained.itertuples():
        verdict, kind = labels.text(f"verdict.{row.verdict}", lang), labels.text(f"kind.{row.kind}", lang)
        table.add_row(verdict, kind, str(row.reason), str(row.claims).replace(" ", "\n"))
    Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH).print(table)


@app.command()
def process(quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing.")] = False) -> None:
    """Rebuild the tables of data/processed from those of data/raw."""
    from digital_diplomacy import claims, networks, rankings, sources

    load = sources.load
    tables = {
        "claims_parsed": claims.parse(load("claims"), load("documents")),
        "egdi_by_edition": rankings.by_edition(load("un_egdi"), load("un_egdi_editions"), load("un_egdi_exceptions")),
        "network_by_relation": networks.edge_list(load("relations")),
    }
    for name, frame in tables.items():
        path = sources.save(name, frame)
        if not quiet:
            print(f"{path}: {len(frame)} rows")


@app.command("notebooks")
def list_notebooks() -> None:
    """List the notebooks and the parameters they take."""
    from digital_diplomacy import reproduction, sources

    for notebook in reproduction.find_notebooks(sources.project_root()).values():
        print(f"{notebook.name}: {notebook.title}")
        for parameter in notebook.parameters.values():
            print(f"    {parameter.name} ({parameter.kind}, default {parameter.default!r}): {parameter.comment}")


@app.command("tables")
def list_tables() -> None:
    """List the tables with their titles and licences."""
    from digital_diplomacy import sources

    for name in sources.names():
        described = sources.describe(name)
        licences = ", ".join(licence["name"] for licence in described["licenses"])
        print(f"{described['file']}: {described['title']} ({licences})")


@app.command()
def seal(name: Annotated[str, typer.Argument(help="Name of a table.")]) -> None:
    """Accept a changed table: validate it and store its new SHA-256 in its descriptor."""
    from digital_diplomacy import sources

    print(f"{name}: sha256 {sources.seal(name)}")
