"""Commands that execute notebooks."""

import os
import re
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from digital_diplomacy.cli.app import LANGUAGES, app, check_language, project_root, refuse, spoken
from digital_diplomacy.cli.streams import lasting, put
from digital_diplomacy.cli.tables import build, reasons_to_build

if TYPE_CHECKING:
    from digital_diplomacy.reproduction import Outcome, Run
    from digital_diplomacy.reproduction.progress import Progress
    from digital_diplomacy.runs.snapshot import Snapshot

_CODE: Final = re.compile(r"[A-Z0-9*]{1,5}|[a-z]{1,3}")
"""What is meant as a code, right or wrong, and no name."""

_PROCESSORS: Final = os.cpu_count() or 1

Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="NAME=VALUE",
        help="A parameter of the notebooks; lists are separated by commas. May be repeated.",
    ),
]
Jobs = Annotated[int, typer.Option(min=1, help="Notebooks executed at a time.", show_default="number of processors")]
Force = Annotated[bool, typer.Option("--force", help="Execute also what has not changed.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would run and why; execute and write nothing.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing but what failed.")]
TimeLimit = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="End a run whose cell takes longer; 0 for no limit.")
]
MemoryLimit = Annotated[
    float, typer.Option(min=0, metavar="MB", help="End a run that takes more memory of its own; 0 for no limit.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line for each event, on standard output.")]


@app.command()
def reproduce(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names of notebooks; all, if none is named.", show_default=False)
    ] = None,
    parameters: Parameters = None,
    lang: Annotated[
        list[str] | None,
        typer.Option(help=f"Language of figures and tables: {LANGUAGES} or all. May be repeated.", show_default="all"),
    ] = None,
    jobs: Jobs = _PROCESSORS,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results go.", show_default="reports/ of the project")
    ] = None,
    force: Force = False,
    share: Annotated[
        bool, typer.Option("--share/--no-share", help="Compute once what the languages of a notebook have in common.")
    ] = True,
    dry_run: DryRun = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Like --dry-run, with all that the results rest on.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare every number with the baseline in data/baseline; 1 if one differs.")
    ] = False,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Keep the numbers of this run in data/baseline.")
    ] = False,
    time_limit: TimeLimit = 0,
    memory_limit: MemoryLimit = 0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Execute the notebooks and write figures, tables and pages; what has not changed is kept."""
    from digital_diplomacy import reproduction
    from digital_diplomacy.cli import baseline

    start = time.perf_counter()
    root = project_root()
    given = with_codes(assignments(parameters or []))
    spoken_of = _languages(lang or [])
    baseline.check_asked(check=check, keep=write_baseline, given=bool(given), dry=dry_run or explain, langs=spoken_of)
    allowed = allowed_values(root, given)
    runs = reproduction.plan_runs(reproduction.find_notebooks(root), notebooks or [], given, spoken_of, allowed)
    check_compared(runs, given)
    target = target_folder(out, root / "reports", root)
    if dry_run or explain:
        decide(runs, root, target, force=force, explain=explain, as_json=as_json)
        return
    quietly = quiet or as_json
    now = refresh_tables(root, silent=quietly)
    progress = choose_progress(quiet=quiet, as_json=as_json)
    limits = reproduction.Limits(cell_seconds=time_limit, memory=memory_limit)
    outcomes = reproduction.run_all(
        runs, root=root, out=target, jobs=jobs, force=force, progress=progress, limits=limits, share=share, now=now
    )
    if not quietly:
        say_changed(root, outcomes)
    if write_baseline:
        baseline.write(root, target, outcomes, quiet=quietly)
    good = summary(outcomes, target / "index.html", time.perf_counter() - start, quiet=quiet, as_json=as_json)
    if check:
        good = baseline.check(root, target, outcomes, quiet=quiet, as_json=as_json) and good
    if not good:
        raise SystemExit(1)


def say_changed(root: Path, outcomes: "Sequence[Outcome]") -> None:
    """Say which of the notebooks just executed are not those that came with the project."""
    executed = dict.fromkeys(outcome.run.notebook.name for outcome in outcomes if outcome.state != "reused")
    if executed:
        from digital_diplomacy.labels.refusals import told
        from digital_diplomacy.reproduction import committed

        for name, cells in committed.changed_cells(root, executed).items():
            put(told(committed.changed(name, cells), spoken()))


def refresh_tables(root: Path, *, silent: bool) -> "Snapshot":
    """Build the tables of data/processed if the raw tables have changed; the files as they then are."""
    from digital_diplomacy.runs.snapshot import Snapshot

    now = Snapshot(root)
    reasons = reasons_to_build(root, now)
    if reasons:
        from digital_diplomacy import labels
        from digital_diplomacy.reproduction.progress import in_short

        if not silent:
            why = in_short(reasons, spoken())
            put(labels.text("run.tables_built", spoken(), folder="data/processed", reasons=why))
        build(root)
        return Snapshot(root)
    return now


def target_folder(out: Path | None, default: Path, root: Path) -> Path:
    """The folder for results; never a file, a folder of the project's own sources, or one with files of others."""
    from digital_diplomacy.runs.places import check_own

    target = (out or default).resolve()
    own = [root / name for name in ("benchmarks", "data", "digital_diplomacy", "docs", "notebooks", "paper", "tests")]
    if any(target.is_relative_to(folder) for folder in own) or target == root:
        refuse(
            "--out {target}: reports do not belong among the project's sources; choose another folder", target=target
        )
    if target.exists() and not target.is_dir():
        refuse("--out {target}: a file of that name exists; choose a folder", target=target)
    check_own(target)
    return target


def choose_progress(*, quiet: bool, as_json: bool) -> "Progress":
    """The form of progress that suits whoever is watching; GitHub Actions is told of failures besides."""
    from digital_diplomacy.reproduction import progress

    chosen: Progress
    if as_json:
        chosen = progress.JsonProgress(lasting(sys.stdout))
    elif quiet:
        chosen = progress.QuietProgress(sys.stderr, spoken())
    elif sys.stdout.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb":
        chosen = progress.LiveProgress(lang=spoken())
    else:
        chosen = progress.PlainProgress(lasting(sys.stdout), spoken())
    if os.environ.get("GITHUB_ACTIONS") == "true":
        workspace = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
        return progress.Annotating(chosen, workspace=workspace, stream=sys.stderr)
    return chosen


def decide(
    runs: "Sequence[Run]", root: Path, target: Path, *, force: bool, explain: bool = False, as_json: bool = False
) -> None:
    """Say of each run what would become of it and why."""
    from digital_diplomacy import labels
    from digital_diplomacy.errors import Said, said
    from digital_diplomacy.labels.refusals import told
    from digital_diplomacy.reproduction import progress
    from digital_diplomacy.runs import plan
    from digital_diplomacy.runs.snapshot import Snapshot

    now, events = Snapshot(root), progress.JsonProgress(lasting(sys.stdout))
    tables = reasons_to_build(root, now)
    if tables and as_json:
        events.say("tables", reasons=list(map(str, tables)))
    elif tables:
        put(labels.text("run.tables_would", spoken(), folder="data/processed"))
        put("\n".join(f"    {told(reason, spoken())}" for reason in tables))
    for run in runs:
        folder = target / run.folder
        asked = plan.Decision("rerun", (said("asked for"),))
        decision = asked if force or run.notebook.fault else plan.decide(run.notebook.path, run.values, folder, now)
        rests = plan.rests_on(folder) if explain else {}
        if as_json:
            more = {"rests_on": rests} if explain else {}
            events.say(
                "decision", run=run.folder, state=decision.state, reasons=list(map(str, decision.reasons)), **more
            )
        else:
            put(plan.explain(run.folder, decision, spoken()))
            for what, names in rests.items():
                on = said("rests on {what}: {names}", what=Said(what), names=", ".join(names))
                put(f"    {told(on, spoken())}")


def summary(outcomes: "Sequence[Outcome]", written: Path, seconds: float, *, quiet: bool, as_json: bool) -> bool:
    """Say how many runs ended how; whether none failed."""
    from digital_diplomacy import labels
    from digital_diplomacy.reproduction import progress

    counts = {state: sum(outcome.state == state for outcome in outcomes) for state in ("done", "reused", "failed")}
    if as_json:
        progress.JsonProgress(lasting(sys.stdout)).say("end", **counts, seconds=round(seconds, 3), written=str(written))
    elif not quiet:
        took = progress.duration(seconds, spoken())
        put(labels.text("run.summary", spoken(), **counts, duration=took, written=written))
        put("\n".join(answers(outcomes, written.parent)))
    return not counts["failed"]


def answers(outcomes: "Sequence[Outcome]", out: Path) -> list[str]:
    """What each notebook answers, under its folder: in the user's language if it was among those run, or English."""
    from digital_diplomacy.runs import outputs, plan

    langs = [outcome.run.lang for outcome in outcomes]
    lang = next((one for one in (spoken(), "en") if one in langs), langs[0])
    lines = []
    for outcome in outcomes:
        result = plan.read_result(out / outcome.run.folder) if outcome.run.lang == lang else None
        said = outputs.answer_of(result["shown"])["said"] if result and outcome.state != "failed" else []
        lines += ["", outcome.run.folder, *(f"  {sentence}" for sentence in said)] if said else []
    return lines


def assignments(texts: Sequence[str], option: str = "-p", example: str = "country=UZB") -> dict[str, str]:
    """Names and values of options written ``NAME=VALUE``; a list may be written as notebooks do, ``["UZB", "KGZ"]``."""
    given: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            refuse(
                "{option} {text}: write NAME=VALUE, for instance {option} {example}",
                option=option,
                text=text,
                example=example,
            )
        if name.strip() in given:
            refuse(
                "{option} {text}: {name} is given twice; separate the values of a list by commas",
                option=option,
                text=text,
                name=name.strip(),
            )
        is_list = value.strip().startswith("[") and value.strip().endswith("]")
        items = [item.strip().strip("\"'") for item in value.strip()[1:-1].split(",")] if is_list else [value.strip()]
        given[name.strip()] = ",".join(items)
    return given


def with_codes(given: Mapping[str, str]) -> dict[str, str]:
    """The parameters, countries by their codes whatever name they are given by; a name of none is refused."""
    named = {name: given[name].split(",") for name in ("country", "compare") if name in given}
    strange = [
        one.strip() for names in named.values() for one in names if one.strip() and not _CODE.fullmatch(one.strip())
    ]
    if not strange:
        return dict(given)
    from digital_diplomacy.cli.countries import countries_meant
    from digital_diplomacy.sources.countries import near_countries
    from digital_diplomacy.sources.remarks import listed

    codes = countries_meant(strange)
    for one in strange:
        if one not in codes:
            near = listed(f"{code} ({name})" for name, code in near_countries(one).items())
            of = next(name for name, names in named.items() if one in map(str.strip, names))
            if not near:
                refuse(
                    "parameter {parameter}: {name!r} is no name of a country; write its ISO 3166 code, as KGZ",
                    parameter=of, name=one,
                )  # fmt: skip
            refuse(
                "parameter {parameter}: {name!r} is no name of one country; near: {near}; "
                "write its ISO 3166 code, as KGZ",
                parameter=of, name=one, near=near,
            )  # fmt: skip
    coded = {name: ",".join(codes.get(one.strip(), one.strip()) for one in names) for name, names in named.items()}
    return {**given, **coded}


def check_compared(runs: "Sequence[Run]", given: Collection[str]) -> None:
    """Refuse to compare a country with itself, where the others were chosen; those a notebook names may hold it."""
    for run in runs if "compare" in given else ():
        country = run.values.get("country")
        if country in run.values.get("compare", ()):
            refuse(
                "parameter compare: {country} is the country that is compared; leave it out of the others",
                country=country,
            )


def _languages(given: list[str]) -> tuple[str, ...]:
    """The languages asked for, each once; all of them unless any is."""
    from digital_diplomacy import labels

    for lang in given:
        check_language(lang, "all")
    return labels.LANGUAGES if not given or "all" in given else tuple(dict.fromkeys(given))


def allowed_values(root: Path, names: Collection[str]) -> dict[str, Collection[Any]]:
    """Values that those of the named parameters may take, in any notebook, of which the tables know all values."""
    if not {"country", "compare", "edition", "document"} & set(names):
        return {}
    from digital_diplomacy import sources

    known = set(sources.names(root=root))
    index, users, documents = (
        sources.load(table, root=root) if table in known else None
        for table in ("un_egdi", "internet_users", "documents")
    )
    found: dict[str, Collection[Any]] = {}
    if index is not None and users is not None:
        found["country"] = found["compare"] = sorted({*index["iso3"], *users["iso3"]})
    if index is not None:
        found["edition"] = [int(edition) for edition in sorted(index["edition"].unique())]
    if documents is not None:
        found["document"] = ["", *documents["document"]]
    return found


@app.command("notebooks")
def list_notebooks() -> None:
    """List the notebooks and the parameters they take."""
    from digital_diplomacy import labels, reproduction
    from digital_diplomacy.labels.refusals import told
    from digital_diplomacy.runs.notebooks import question

    lang = spoken()
    for notebook in reproduction.find_notebooks(project_root()).values():
        asked = notebook.title if lang == "en" else question(notebook.name, lang)
        put(f"{notebook.name}: {told(notebook.fault, lang) or asked or notebook.title}")
        for one in notebook.parameters.values():
            known = lang != "en" and labels.is_known(f"parameter.{one.name}")
            said = labels.text(f"parameter.{one.name}", lang) if known else one.comment
            kind, default = told(one.said_kind, lang), repr(one.default)
            put("    " + labels.text("command.parameter", lang, name=one.name, kind=kind, default=default, said=said))
