"""Commands on tables a user brings: read, asked about, taken in, listed and taken out again."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from digital_diplomacy.cli.app import LANGUAGES, app, project_root, refuse, talk
from digital_diplomacy.cli.countries import countries_meant
from digital_diplomacy.cli.data.counts import read_counts, refuse_unasked
from digital_diplomacy.cli.data.editions import companions
from digital_diplomacy.cli.data.editions import say as say_found
from digital_diplomacy.cli.remarks import say
from digital_diplomacy.cli.streams import put
from digital_diplomacy.handed_counts import is_counts
from digital_diplomacy.visible import in_line

if TYPE_CHECKING:
    from digital_diplomacy.sources.intake import Answers, Kind, Question, Reading

data = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Tables of your own beside those of the project.")
app.add_typer(data, name="data")

_LISTED: Final = 200  # faults told one by one
_SEVERAL: Final = 2  # names of no country after which leaving all of them out is offered

_NOTEBOOKS: Final[dict[str, str]] = {}
"""The notebook that reads a table, where it is not that on penetration."""

_FIELDS: Final = {
    "--column": "columns", "--entity": "entities", "--platform": "platforms", "--country": "country",
    "--period": "period", "--decimal": "decimal", "--unit": "unit",
}  # fmt: skip

Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="HEADER=ROLE",
        help="What a column holds: country, code, period, platform, a measure; or - (nothing).",
    ),
]
Entities = Annotated[
    list[str] | None,
    typer.Option(
        "--entity",
        metavar="NAME=CODE",
        help="Code of a country (ISO 3166 alpha-3) by its name, or - to leave it out; *=- leaves out all others.",
    ),
]
Platforms = Annotated[
    list[str] | None,
    typer.Option("--platform", metavar="NAME=CODE", help="Code of a platform by its name, or - to leave it out."),
]


@data.command("add")
def add_table(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV, Excel, OpenDocument, JSON, Stata, Eurostat's TSV, or a table pasted into a text file."
        ),
    ],
    table: Annotated[
        str, typer.Option("--as", metavar="TABLE", help="The table of the project it stands before.")
    ] = "internet_users",
    source: Annotated[str, typer.Option(help="Who published the figures, as pages are to name them.")] = "",
    licence: Annotated[str, typer.Option(help="Licence of the figures, such as CC-BY-4.0.")] = "",
    address: Annotated[str, typer.Option(help="Web address of the figures.")] = "",
    column: Columns = None,
    entity: Entities = None,
    platform: Platforms = None,
    country: Annotated[str, typer.Option(help="Code of the country of all figures, where no column names it.")] = "",
    period: Annotated[str, typer.Option(help="Period of all figures, where no column names it.")] = "",
    decimal: Annotated[str, typer.Option(help="Mark before decimals, where it cannot be told: . or ,")] = "",
    unit: Annotated[str, typer.Option(help="share or percent, where all figures are below 1.")] = "",
    lang: Annotated[
        str, typer.Option(help=f"Language of what is said: {LANGUAGES}.", show_default="that of the system")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read; write nothing.")] = False,
    page: Annotated[
        bool,
        typer.Option(
            "--page",
            help="Make the page of the notebook that reads such a table, on the table's first country, at once.",
        ),
    ] = False,
) -> None:
    """Take a table of your own in: the notebooks then read its countries from it."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources import intake
    from digital_diplomacy.sources.intake.kinds import YEARLY

    lang = talk(lang)
    _check_choices({"--decimal": (decimal, ".,"), "--unit": (unit, ("share", "percent"))})
    if is_counts(file):
        refuse_unasked(file, {"--column": column, "--entity": entity, "--decimal": decimal, "--unit": unit})
    try:
        kind = intake.counts_kind() if is_counts(file) else intake.kind_of(table)
    except ValueError as error:
        refuse("--as: {error}", error=error)
    answers = intake.Answers(
        columns=_pairs("--column", column),
        entities=_codes(_pairs("--entity", entity)),
        platforms=_pairs("--platform", platform),
        country=_codes({"--country": country})["--country"] if country else "",
        period=period, decimal=decimal, unit=unit, today=datetime.now(UTC).date().isoformat(),
    )  # fmt: skip
    reading, answers = _read(file, kind, answers, lang)
    say(reading.remarks, lang)
    _refuse_faults(reading, file, lang)
    _report(reading, kind.table, lang)
    if dry_run:
        put(labels.text("intake.dry_run", lang))
        return
    source = labels.on_one_line(source)
    if not source:
        if not sys.stdin.isatty():
            refuse(labels.text("intake.ask.source", lang, option='--source "…"'))
        source = labels.on_one_line(str(typer.prompt(labels.text("intake.prompt.source", lang))))
    root, origin = project_root(), intake.Origin(file, source, licence, address)
    further = companions(kind.table, intake.laid_out(reading, kind), root)
    later = _later(reading, kind, root) if kind.table == YEARLY else {}
    name = intake.add(reading, kind, origin, root=root, answers=answers, further=further)
    say_found(further, root, lang)
    put(labels.text("intake.added", lang, name=name, table=kind.table))
    if later:
        told = ", ".join(f"{labels.country(code, lang)} {year}" for code, year in later.items())
        put(labels.text("intake.later", lang, table=kind.table, years=told))
    if not licence:
        put(labels.text("intake.no_licence", lang))
    notebook, parameters = _asking(reading, kind)
    command = f"digital-diplomacy reproduce {notebook} {' '.join(f'-p {one}' for one in parameters)} --lang {lang}"
    if page:
        from digital_diplomacy.cli.runs import reproduce

        reproduce([notebook], parameters=parameters, lang=[lang])
    else:
        put(labels.text("intake.next", lang, command=command))


def _later(reading: "Reading", kind: "Kind", root: Path) -> dict[str, int]:
    """The last year of each country whose figures now stand behind older ones."""
    from digital_diplomacy import sources

    last = reading.frame.groupby("entity", sort=False)["period"].max().astype(int)
    known = sources.load(kind.table, root=root).groupby("iso3")["year"].max()
    beyond = known[known > last.reindex(known.index)]  # nothing is beyond a year that there is not
    return dict(zip(map(str, beyond.index), beyond.astype(int).tolist(), strict=True))


def _asking(reading: "Reading", kind: "Kind") -> tuple[str, list[str]]:
    """The notebook that answers from such a table, and its parameters: the first country, the last edition."""
    frame = reading.frame
    if kind.table == "un_egdi":
        country = "KAZ" if "KAZ" in set(frame["entity"]) else frame["entity"].iloc[0]
        return "rankings", [f"country={country}", f"edition={frame['period'].max()}"]
    lines = frame["place"].str.extract(r"(\d+)$", expand=False).astype(float)  # figures are sorted by country
    first = frame["entity"].iloc[int(lines.fillna(0).argmin())]
    return _NOTEBOOKS.get(kind.table, "penetration"), [f"country={first}"]


@data.command("remove")
def remove_table(
    name: Annotated[str, typer.Argument(help="Name of the table, as `data list` gives it.")],
    lang: Annotated[
        str, typer.Option(help=f"Language of what is said: {LANGUAGES}.", show_default="that of the system")
    ] = "",
) -> None:
    """Take a table of your own out again."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources import intake

    lang = talk(lang)
    intake.remove(name, root=project_root())
    put(labels.text("intake.removed", lang, name=name))


@data.command("list")
def list_own() -> None:
    """List the tables of your own and those they stand before."""
    from digital_diplomacy import sources
    from digital_diplomacy.sources import intake

    root = project_root()
    for own, table in intake.own_tables(root).items():
        put(f"{own}: {sources.describe(own, root=root)['title']} → {table}")


def _read(file: Path, kind: "Kind", answers: "Answers", lang: str) -> "tuple[Reading, Answers]":
    """The table and all answers to it: those to earlier tables, where it leaves something open, and those asked for.

    Questions are asked on a terminal; elsewhere they are refused with the option that answers them.
    """
    from digital_diplomacy import labels
    from digital_diplomacy.sources import intake

    read, reading = (read_counts, None) if is_counts(file) else (intake.read_foreign, _first(file, kind, answers))
    if read is intake.read_foreign and (reading is None or reading.questions or reading.faults):
        more = _with_remembered(file, kind, answers, lang)
        answers, reading = more, reading if more == answers else None
    while True:
        reading = reading or read(file, kind, answers)
        if not reading.questions:
            return reading, answers
        if not sys.stdin.isatty():
            say(reading.remarks, lang)
            asked = [_asked(one, lang) for one in reading.questions]
            refuse("\n".join([f"{in_line(file)}: {labels.text('intake.open', lang)}", *asked]))
        one = reading.questions[0]
        answer = str(typer.prompt(labels.text(f"intake.ask.{one.code}", lang, **dict(one.named))))
        answers, reading = _with(answers, one, answer), None


def _first(file: Path, kind: "Kind", answers: "Answers") -> "Reading | None":
    """The table with the answers given; nothing if no header is known, which may have been explained before."""
    from digital_diplomacy.errors import TableError
    from digital_diplomacy.sources import intake

    try:
        return intake.read_foreign(file, kind, answers)
    except TableError:
        return None


def _with_remembered(file: Path, kind: "Kind", answers: "Answers", lang: str) -> "Answers":
    """The answers with those given to earlier tables, which are said if the file has the names they are about."""
    from digital_diplomacy import labels
    from digital_diplomacy.runs.notebooks import project_above
    from digital_diplomacy.sources import intake

    root = project_above(Path.cwd())
    known = intake.remembered(kind, root=root) if root else intake.Answers()
    if not (known.columns or known.entities or known.platforms):
        return answers
    there = intake.folded_cells(file)
    kept = {
        name: {text: code for text, code in getattr(known, name).items() if there.issuperset(_parts(text))}
        for name in ("columns", "entities", "platforms")
    }
    said = ", ".join(f"{text}={code}" for told in kept.values() for text, code in told.items())
    if said:
        put(labels.text("intake.remembered", lang, file=file.name, answers=said))
    columns, entities, platforms = ({**told, **getattr(answers, name)} for name, told in kept.items())
    return replace(answers, columns=columns, entities=entities, platforms=platforms)


def _parts(header: str) -> list[str]:
    """The cells of a header that stands in several lines, as words are compared."""
    from digital_diplomacy.sources import intake

    return [intake.fold(part) for part in header.split(" / ")]


def _asked(question: "Question", lang: str) -> str:
    from digital_diplomacy import labels

    value = f'{question.option} "{question.before}{question.example}{question.after}"'
    said = labels.text(f"intake.ask.{question.code}", lang, **dict(question.named))
    return f"  {said} {labels.text('intake.give', lang, option=value)}"


def _with(answers: "Answers", question: "Question", answer: str) -> "Answers":
    field, value = _FIELDS[question.option], f"{question.before}{answer}{question.after}"
    if field not in ("columns", "entities", "platforms"):
        return _replaced(answers, field, value)
    return _replaced(answers, field, {**getattr(answers, field), **_pairs(question.option, [value])})


def _replaced(answers: "Answers", field: str, value: Any) -> "Answers":
    return replace(answers, **{field: value})


def _refuse_faults(reading: "Reading", file: Path, lang: str) -> None:
    from digital_diplomacy import labels

    if not reading.faults:
        return
    count, listed = len(reading.faults) + reading.further, reading.faults[:_LISTED]
    said = [labels.text(f"intake.fault.{one.code}", lang, **dict(one.named)) for one in listed]
    more = [f"  … (+{count - _LISTED})"] if count > _LISTED else []
    if sum(one.code in ("country", "no_country") for one in reading.faults) > _SEVERAL:
        more.append(f"  {labels.text('intake.others', lang)}")
    head = labels.text("intake.wrong", lang, count=str(count))
    refuse("\n".join([f"{in_line(file)}: {head}", *(f"  {one}" for one in said), *more]))


def _report(reading: "Reading", table: str, lang: str) -> None:
    """What was read, from which columns."""
    from digital_diplomacy import labels

    frame = reading.frame
    for one in reading.columns:
        meant = f"{one.role}, {one.period}" if one.period else one.role
        put(f"  {one.header or f'#{one.place + 1}'} → {meant}")
    countries = ", ".join(labels.country(code, lang) for code in dict.fromkeys(frame["entity"].head(400)))
    named = {"count": str(len(frame)), "first": min(frame["period"]), "last": max(frame["period"])}
    code = "intake.read" if named["first"] != named["last"] else "intake.read_once"
    put(labels.text(code, lang, countries=countries, table=table, **named))


def _pairs(option: str, texts: Sequence[str] | None) -> dict[str, str]:
    found = {}
    for text in texts or ():
        name, equals, value = text.rpartition("=")
        if not equals or not name.strip() or not value.strip():
            refuse("{option} {text}: write NAME=VALUE", option=option, text=text)
        found[name.strip()] = value.strip()
    return found


def _codes(named: Mapping[str, str]) -> dict[str, str]:
    """Countries by their codes, whatever name the option gives them."""
    found = countries_meant(named.values()) | {"-": "-"}
    for name, given in named.items():
        if given not in found:
            refuse(
                "{name}: {given!r} is no country; write its ISO 3166 alpha-3 code, such as KGZ", name=name, given=given
            )
    return {name: found[given] for name, given in named.items()}


def _check_choices(options: Mapping[str, tuple[str, Sequence[str]]]) -> None:
    for option, (given, allowed) in options.items():
        if given and given not in tuple(allowed):
            refuse("{option}: {given!r} is none of {allowed}", option=option, given=given, allowed=", ".join(allowed))
