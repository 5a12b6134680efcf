"""The command that runs everything for a country and says what is missing and where to get it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from digital_diplomacy.cli.app import LANGUAGES, app, refuse, spoken, talk
from digital_diplomacy.cli.countries import countries_meant
from digital_diplomacy.cli.new import project
from digital_diplomacy.cli.runs import Jobs, Quiet, choose_progress, refresh_tables, target_folder
from digital_diplomacy.cli.streams import put
from digital_diplomacy.errors import TranslationError
from digital_diplomacy.visible import in_line

if TYPE_CHECKING:
    from digital_diplomacy.pages.documents import Section
    from digital_diplomacy.reproduction import Outcome, Run
    from digital_diplomacy.reproduction.gaps import Gap
    from digital_diplomacy.runs.results import Failure

_PROCESSORS: Final = os.cpu_count() or 1


@app.command("adapt")
def adapt(
    country: Annotated[str, typer.Option(help="Its ISO 3166 alpha-3 code, or its name in Kazakh, Russian or English.")],
    lang: Annotated[
        str,
        typer.Option(help=f"Language of pages and of what is said: {LANGUAGES}.", show_default="that of the system"),
    ] = "",
    jobs: Jobs = _PROCESSORS,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results go.", show_default="reports/ of the project")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Run every notebook for a country; say what is missing for it, and where to get it."""
    from digital_diplomacy import labels, reproduction

    lang = talk(lang)
    root, code = project(), _code(country)
    runs, target = _runs(root, code, lang), target_folder(out, root / "reports", root)
    now, progress = refresh_tables(root, silent=quiet), choose_progress(quiet=quiet, as_json=False)
    outcomes = reproduction.run_all(runs, root=root, out=target, jobs=jobs, force=False, progress=progress, now=now)
    gaps = _gaps(outcomes, target, code, root)
    title, page = labels.text("adapt.title", lang, country=labels.country(code, lang)), f"adapt-{code}.{lang}.html"
    sections = [
        _summary(len(outcomes), gaps, lang),
        *_notebooks(outcomes, gaps, lang, target),
        *_where(gaps, code, lang, root),
    ]
    _write(target / page, title, sections, lang)
    if not quiet:
        put("\n".join(["", title, *_lines(sections, target), "", _named("page", lang, path=str(target / page))]))
    if any(outcome.state == "failed" for outcome in outcomes):
        raise SystemExit(1)


def _named(code: str, lang: str, **values: str) -> str:
    from digital_diplomacy import labels

    return labels.text(f"adapt.{code}", lang, **values)


def _code(name: str) -> str:
    """The code of a country, refused with the nearest ones where it is none."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources.countries import near_countries

    found = countries_meant([name]) or countries_meant([name.upper()])
    if found:
        return next(iter(found.values()))
    lang = spoken()
    near = [f"{code} ({labels.country(code, lang)})" for code in dict.fromkeys(near_countries(name).values())]
    wrong = "unknown_country" if near else "unlike_country"
    return refuse(_named(wrong, lang, name=name, near=", ".join(near)))


def _runs(root: Path, code: str, lang: str) -> "list[Run]":
    """A run of every notebook that takes a country, and of those that cannot be read, which then say why."""
    from digital_diplomacy.reproduction import find_notebooks, plan_runs

    chosen = {name: one for name, one in find_notebooks(root).items() if "country" in one.parameters or one.fault}
    if not any("country" in one.parameters for one in chosen.values()):
        refuse(_named("no_notebook", spoken()))
    return plan_runs(chosen, [], {"country": code}, (lang,), {})


def _gaps(outcomes: "Sequence[Outcome]", target: Path, code: str, root: Path) -> "dict[str, Gap]":
    """What each run left out, by its folder; nothing of one that failed."""
    from digital_diplomacy.reproduction import gaps
    from digital_diplomacy.runs import plan
    from digital_diplomacy.runs.places import only_run

    ended = [outcome.run.folder for outcome in outcomes if outcome.state != "failed"]
    with only_run(target):  # another command may put other results in their place meanwhile
        results = {folder: plan.read_result(target / folder) or {} for folder in ended}
    held = gaps.countries_held((path for one in results.values() for path in one["dependencies"]["inputs"]), root)
    return {folder: gaps.find(result, code, held) for folder, result in results.items()}


def _summary(asked: int, gaps: "dict[str, Gap]", lang: str) -> "Section":
    from digital_diplomacy.pages.documents import Section

    partly = sum(bool(gap.left_out or gap.sentences) for gap in gaps.values())
    counts = {"n": asked, "whole": len(gaps) - partly, "partly": partly, "failed": asked - len(gaps)}
    said = _named("summary", lang, **{name: str(count) for name, count in counts.items()})
    return Section("", paragraphs=(said,), kind="answer")


def _notebooks(outcomes: "Sequence[Outcome]", gaps: "dict[str, Gap]", lang: str, target: Path) -> "list[Section]":
    """A section a notebook: what is left out, and the link to its page."""
    from digital_diplomacy.pages.documents import Section
    from digital_diplomacy.pages.reports import stored_title

    made = []
    for outcome in outcomes:
        notebook, folder = outcome.run.notebook, outcome.run.folder
        heading = stored_title(notebook.name, lang, target / folder)
        if outcome.failure:
            made.append(Section(heading, paragraphs=(_failed(outcome.failure, notebook.name, lang),), kind="notice"))
        else:
            links = {f"{folder}/index.html": heading}
            made.append(Section(heading, paragraphs=tuple(_left_out(gaps[folder], lang)), links=links))
    return made


def _failed(failure: "Failure", notebook: str, lang: str) -> str:
    if failure.name == TranslationError.__name__:
        return _named("untranslated", lang, notebook=notebook)
    return _named("failed", lang, reason=failure.message)


def _left_out(gap: "Gap", lang: str) -> list[str]:
    if not gap.left_out and not gap.sentences:
        return [_named("whole", lang)]
    listed = [_named("left_out", lang, n=str(len(gap.left_out))), *(f"• {title}" for title in gap.left_out)]
    listed = listed if gap.left_out else [_named("sentences", lang)]
    lacking = _named("lacks", lang, tables=", ".join(gap.tables)) if gap.tables else _named("documents_only", lang)
    return [*listed, lacking]


def _where(gaps: "dict[str, Gap]", code: str, lang: str, root: Path) -> "list[Section]":
    """A section a table that holds nothing of the country: where such figures are published, and how they come in."""
    from digital_diplomacy.pages.documents import Section
    from digital_diplomacy.sources.intake import TABLES

    wanted = list(dict.fromkeys(table for gap in gaps.values() for table in gap.tables))
    wanted.sort(key=lambda table: table not in TABLES)  # those that a command takes in come first
    if not wanted:
        return []
    again = _named("again", lang, command=f"digital-diplomacy adapt --country {code} --lang {lang}")
    made = [Section(_named("where_heading", lang), paragraphs=(again,))]
    return [*made, *(Section(table, paragraphs=tuple(_way(table, code, lang, root))) for table in wanted)]


def _way(table: str, code: str, lang: str, root: Path) -> list[str]:
    """Where figures like those of a table are, what it holds now, and the command that takes them in."""
    from digital_diplomacy import labels, sources
    from digital_diplomacy.reproduction import gaps
    from digital_diplomacy.sources.fetching import PUBLISHERS, SERIES
    from digital_diplomacy.sources.intake import TABLES

    known = next((code for code in (f"source.{table}", f"held.{table}") if labels.is_known(code)), "")
    holds = [_named("holds", lang, source=labels.text(known, lang))] if known else []
    if table in TABLES:
        by = f'--source "{_named("own_source", lang)}"'
        command = f"digital-diplomacy data add my_table.csv --as {table} --country {code} {by} --lang {lang}"
        way = _named("take_in", lang, command=command)
    elif table == "claims":
        way = _named("scan", lang, command=f"digital-diplomacy claims scan paper.pdf --out draft --lang {lang}")
    else:
        file = str(sources.describe(table, root=root)["file"])
        way = _named("add_rows", lang, file=file, command=f"digital-diplomacy seal {table}")
    # The first publisher of such a series that an indicator and a country are enough to ask.
    one = next((s for s in SERIES.values() if s.table == table and PUBLISHERS[s.publisher].needs == "indicator"), None)
    asked = f"data fetch {one.publisher} --indicator {one.indicator} --countries {code} --lang {lang}" if one else ""
    fetched = [_named("fetch", lang, command=f"digital-diplomacy {asked}")] if one else []
    return [gaps.where(table, lang), *holds, *fetched, way]


def _write(path: Path, title: str, sections: "Sequence[Section]", lang: str) -> None:
    from digital_diplomacy.pages.documents import document_page
    from digital_diplomacy.runs.places import write_text

    write_text(path, document_page(title, sections, lang=lang))


def _lines(sections: "Sequence[Section]", target: Path) -> list[str]:
    """The sections as they are said on a terminal."""
    lines = []
    for section in sections:
        lines += ["", section.heading] if section.heading else []
        lines += [f"  {paragraph}" for paragraph in section.paragraphs]
        lines += [f"  {in_line(target / path)}" for path in section.links or {}]
    return lines
