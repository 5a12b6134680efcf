"""The command that counts single messages: files of platforms and tools in, tables of a month out."""

import csv
import io
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from digital_diplomacy.cells import separator_of
from digital_diplomacy.cli.app import LANGUAGES, app, refuse, talk
from digital_diplomacy.cli.fresh_folders import naming
from digital_diplomacy.cli.streams import put
from digital_diplomacy.errors import said
from digital_diplomacy.unfinished import beside, replace
from digital_diplomacy.visible import visible

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from digital_diplomacy.messages import Accounts, Connection, Summary, TakenIn

_TABLE: Final = "messages.parquet"
_COUNTED: Final = (
    *("counts", "estimates", "daily", "hourly", "languages", "kinds", "concentration", "frequencies", "newcomers"),
    "files",
)
_NEEDED: Final = ("charset_normalizer", "duckdb", "ibis", "ijson", "pyarrow", "pyarrow_hotfix", "python_calamine")
_ON_SPARK: Final = ("pyspark", "grpc", "grpc_status")
_ENGINES: Final = ("duckdb", "spark")
_KEY: Final = "messages.key"
_HELD: Final = ".counting"
_COUNTS: Final = "aggregate.csv"
_LEAST: Final = 2  # a threshold below leaves nothing to suppress
_APART: Final = 5.0  # seconds between two lines of progress


@app.command("messages")
def count_messages(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files, folders and patterns; what each is, is recognised.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for the tables; only --template needs none.")
    ] = None,
    zone: Annotated[
        str,
        typer.Option(
            help="Time zone whose days and hours are meant, as Asia/Almaty; only --template needs none.",
            show_default=False,
        ),
    ] = "",
    month: Annotated[str, typer.Option(help="Month to count, as 2023-09; all of them unless given.")] = "",
    publisher: Annotated[str, typer.Option("--rules", help="Whose rules decide what counts.")] = "brand-analytics",
    country: Annotated[str, typer.Option(help="Country asked about, ISO 3166 alpha-3.")] = "KAZ",
    places: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Chats and pages with their countries: columns place, country.")
    ] = None,
    of_country: Annotated[
        bool, typer.Option("--all-of-country", help="Every chat and page not named in --places is of the country.")
    ] = False,
    mapping: Annotated[
        Path | None, typer.Option(metavar="CSV", help="What the columns of other tools' tables mean.")
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="Print a mapping to fill in, and end.")] = False,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help=f"Key of the hashes; DIR/{_KEY} unless given, made if missing.")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Keep identifiers of people and messages as they are.")
    ] = False,
    suppress: Annotated[
        int | None,
        typer.Option(metavar="K", help="Write one table alone, safe to hand on: no count below K to be found."),
    ] = None,
    accounts: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Whose accounts are whose: columns platform, account, actor.")
    ] = None,
    relations: Annotated[
        str, typer.Option(help="Networks to measure, joined by commas: forwards, mentions, replies_to, quotes.")
    ] = "forwards",
    periods: Annotated[
        str, typer.Option(help="Periods whose ties are compared, as 2023-03/2023-05,2023-06/2023-08; halves if none.")
    ] = "",
    draws: Annotated[int, typer.Option(min=1, help="Draws from each null model.")] = 199,
    tables_only: Annotated[bool, typer.Option("--tables-only", help="No network, figures and pages.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse the first record with a fault.")] = False,
    engine: Annotated[str, typer.Option(help="What counts: duckdb on this machine, or spark.")] = "duckdb",
    remote: Annotated[
        str, typer.Option(metavar="URL", help="Where Spark is: sc://HOST:15002 or spark://HOST:7077; it must see DIR.")
    ] = "",
    lang: Annotated[
        str, typer.Option(help=f"Language of the terminal: {LANGUAGES}.", show_default="that of the system")
    ] = "",
) -> None:
    """Count messages and authors of a month under a publisher's rules, and measure who passes on whom."""
    from digital_diplomacy import labels

    lang = talk(lang)
    _check_engine(engine, remote)
    _check_installed(engine, lang)
    from digital_diplomacy import messages

    _check_asked(country, suppress, lang)
    if template:
        _print_template(paths[0])
        return
    out = _given(out, zone, context.command_path)
    try:
        if len(paths) == 1 and messages.is_counts(Path(paths[0])):
            context.with_resource(_alone(out))
            _read_counts(Path(paths[0]), out, country, publisher, lang)
            return
        _check_alone(paths, lang)
        messages.rules.rules_of(publisher)
        if month:
            messages.counting.in_month(messages.messages(), month)
        if remote:
            messages.cluster.verify(remote)
        wanted, sliced = _networks(relations, periods, lang)
        named = _places(places, lang)
        _check_out(out)
        context.with_resource(_alone(out))
        kept_key = None if plain else _key_file(paths, mapping, key, out)
        secret = kept_key.read_bytes() if kept_key else None
        known = _accounts(accounts, secret, paths, mapping, lang)
        taken = messages.take_in(
            paths, out, zone=zone, key=secret, country=country if of_country else None, places=named,
            mapping=mapping, strict=strict, told=_progress(lang), lang=lang,
        )  # fmt: skip
        _say_taken(taken, lang)
        if kept_key:
            put(labels.text("messages.key", lang, file=kept_key))
        asked: dict[str, Any] = {"publisher": publisher, "country": country, "month": month or None}
        found: messages.Month | None = None
        with _counting(taken.path, remote) as connection:
            if tables_only or suppress is not None:
                counted = messages.summary(connection, **asked)
            else:
                found = messages.month_of(connection, **asked, accounts=known, relations=wanted)
                counted = found.summary
        if suppress is not None:
            _write_safe(counted, suppress, taken, out, lang)
            return
    except ValueError as error:
        refuse(error)
    _write(counted, taken, out)
    _say_counted(counted, lang)
    if found is not None:
        from digital_diplomacy.cli.messages.network import show_month

        show_month(found, out, lang, relations=wanted, periods=sliced, draws=draws)


def _given(out: Path | None, zone: str, command: str) -> Path:
    """The folder for the tables; refused without it, or without a time zone: but for a template both are needed."""
    if out is None or not zone:
        missing = said("{name} is missing", name="--zone" if out else "--out")
        refuse("{what}; see `{command} --help`", what=missing, command=command)
    return out


def _print_template(path: str) -> None:
    """It goes into a file as it is; only a terminal is spared what moves its cursor."""
    from digital_diplomacy import messages

    try:
        text = messages.mapping_template(path)
    except ValueError as error:
        refuse(error)
    print(visible(text) if sys.stdout.isatty() else text, end="")


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep other commands out of the folder meanwhile: tables of two would stand among each other."""
    from digital_diplomacy.runs.places import only_run

    was_there = out.exists()
    try:
        with naming(out), only_run(out, lock=_HELD):
            yield
    finally:
        if not was_there and [path.name for path in out.glob("*")] == [_HELD]:  # nothing came of it
            (out / _HELD).unlink()
            out.rmdir()


def _check_out(out: Path) -> None:
    """Refuse a folder in which files of somebody else have the names of ours: they would be gone."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from digital_diplomacy.messages.table import SCHEMA

    table = out / _TABLE
    try:
        is_ours = set(SCHEMA.names[:3]) <= set(pq.read_schema(table).names)
    except (OSError, pa.ArrowException):
        is_ours = False
    strange = (
        [] if is_ours else [name for name in (_TABLE, *(f"{one}.csv" for one in _COUNTED)) if (out / name).exists()]
    )
    if strange:
        refuse(
            "{folder} holds files that are no results of this command ({name}); choose a new or empty folder with "
            "--out",
            folder=out,
            name=strange[0],
        )


def _check_asked(country: str, suppress: int | None, lang: str) -> None:
    from digital_diplomacy import labels

    if not _is_code(country):
        refuse(labels.text("messages.country", lang, code=country))
    if suppress is not None and suppress < _LEAST:
        refuse(labels.text("messages.suppress.threshold", lang, threshold=suppress))


def _networks(relations: str, periods: str, lang: str) -> tuple[list[str], list[str]]:
    """The relations and the periods asked for, which are known and in order."""
    from digital_diplomacy import labels, messages

    wanted, sliced = _split(relations), _split(periods)
    if any(code not in messages.ties.RELATIONS for code in wanted):
        refuse(labels.text("messages.relations", lang, wrong=relations, known=", ".join(messages.ties.RELATIONS)))
    messages.ties.check_periods(sliced)
    return wanted, sliced


def _split(text: str) -> list[str]:
    """The parts of a list with commas."""
    return [part for part in (one.strip() for one in text.split(",")) if part]


def _check_engine(engine: str, remote: str) -> None:
    """Refuse an engine that is none, and Spark without an address or an address without Spark."""
    if engine not in _ENGINES:
        refuse("--engine {engine}: known are {known}", engine=engine, known=", ".join(_ENGINES))
    if engine == "spark" and not remote:
        refuse("--engine spark: say where it is by --remote sc://HOST:15002, or spark://HOST:7077")
    if engine != "spark" and remote:
        refuse("--remote {remote}: this is for --engine spark", remote=remote)


def _check_installed(engine: str, lang: str) -> None:
    from digital_diplomacy import labels

    needed, extras = (_NEEDED + _ON_SPARK, "messages,spark") if engine == "spark" else (_NEEDED, "messages")
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        refuse(labels.text("messages.missing", lang, names=", ".join(missing), extras=extras))


def _counting(path: Path, remote: str) -> "AbstractContextManager[Connection]":
    """The engine asked for, over the table."""
    from digital_diplomacy import messages

    return messages.connected([path], remote=remote) if remote else messages.opened([path])


def _key_file(paths: list[str], mapping: Path | None, given: Path | None, out: Path) -> Path | None:
    """The file of the key that hashes; none where nothing is left to hash and no key is at hand.

    Tables taken in before have theirs beside them; a new one is made, readable to its owner alone, if there is none.
    """
    from digital_diplomacy import messages

    if given:
        return given
    places = [Path(path) if Path(path).is_dir() else Path(path).parent for path in paths]
    there = [place / _KEY for place in dict.fromkeys([out, *places]) if (place / _KEY).exists()]
    if there:
        return there[0]
    if not messages.needs_key(paths, mapping=mapping):
        return None
    path = out / _KEY
    half = beside(path)  # a killed command leaves no key that is empty
    half.touch(mode=0o600)
    half.write_bytes(secrets.token_bytes(32))
    half.replace(path)
    return path


def _accounts(
    path: Path | None, secret: bytes | None, paths: list[str], mapping: Path | None, lang: str
) -> "Accounts | None":
    """The known accounts; refused where tables are hashed with a key that is not at hand, for none would be found."""
    from digital_diplomacy import labels, messages

    if path is None:
        return None
    known = messages.read_accounts(path, key=secret)  # what is wrong with the file comes before what goes with it
    if secret is None and not messages.needs_key(paths, mapping=mapping):
        refuse(labels.text("messages.accounts_key", lang, file=path))
    return known


def _check_alone(paths: list[str], lang: str) -> None:
    """Refuse counts that were handed on among files of messages."""
    from digital_diplomacy import labels, messages

    handed = next((path for path in paths if messages.is_counts(Path(path))), "")
    if handed:
        refuse(labels.text("messages.counts_alone", lang, file=handed))


def _is_code(code: str) -> bool:
    """Whether it is a code as the table has them; in small letters it would equal none of its cells."""
    from digital_diplomacy import labels

    return code.isupper() and labels.is_country(code)


def _places(path: Path | None, lang: str) -> dict[str, str]:
    """Countries by place; refused is a file without them and a line that names no place or no country."""
    from digital_diplomacy import labels

    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            text = stream.read()
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator_of(text))
        header = list(reader.fieldnames or ())
        rows = [(reader.line_num, row) for row in reader]
    except OSError:
        refuse(labels.text("messages.places.open", lang, file=path))
    except (UnicodeDecodeError, csv.Error):
        refuse(labels.text("messages.places.encoding", lang, file=path))
    if not {"place", "country"} <= set(header):
        refuse(labels.text("messages.places.columns", lang, file=path, found=", ".join(header) or "–"))
    places = {}
    for line, row in rows:
        place, code = ((row[name] or "").strip() for name in ("place", "country"))
        if not place and code:
            refuse(labels.text("messages.places.place", lang, file=path, line=line))
        if place and not _is_code(code):
            refuse(labels.text("messages.places.country", lang, file=path, line=line, place=place, code=code))
        if place:
            places[place] = code
    return places


def _progress(lang: str) -> Callable[[str, int], None]:
    from digital_diplomacy import labels

    last = [time.monotonic()]

    def tell(file: str, count: int) -> None:
        if time.monotonic() - last[0] >= _APART:
            last[0] = time.monotonic()
            put(labels.text("messages.progress", lang, file=file, count=labels.number(count, lang)))

    return tell


def _say_taken(taken: "TakenIn", lang: str) -> None:
    """A line a file, and below it why records gave no message."""
    from digital_diplomacy import labels
    from digital_diplomacy.labels.refusals import told

    for row in taken.files.itertuples(index=False):
        counts = {"messages": row.messages, "others": row.no_messages, "unread": row.unread}
        said = {name: labels.number(int(str(count)), lang) for name, count in counts.items()}
        shape = labels.text(f"messages.shape.{row.shape}", lang)
        put(labels.text("messages.file", lang, file=row.file, shape=shape, **said))
        for one in taken.reasons[taken.reasons["file"] == row.file].itertuples(index=False):
            why = labels.text(f"messages.unread.{one.reason}", lang)
            said = {"reason": why, "count": labels.number(int(str(one.count)), lang)}
            is_told = one.reason == "fields" and one.detail
            first = {"line": labels.number(int(str(one.line)), lang), "detail": one.detail} if is_told else {}
            put(labels.text("messages.reason_first" if first else "messages.reason", lang, **said, **first))
    for remark in taken.remarks:
        put(told(remark, lang))
    if taken.repeated:
        put(labels.text("messages.repeated", lang, count=labels.number(taken.repeated, lang)))


def _write(found: "Summary", taken: "TakenIn", out: Path) -> None:
    """The tables as CSV, which appear when all of them are whole."""
    from digital_diplomacy.formulas import to_csv
    from digital_diplomacy.messages.intake.writing import appearing

    frames = {
        "counts": found.counts, "estimates": found.estimates, "daily": found.daily, "hourly": found.hourly,
        "languages": found.languages, "kinds": found.kinds, "concentration": found.concentration,
        "frequencies": found.frequencies, "newcomers": found.newcomers, "files": taken.files,
    }  # fmt: skip
    with ExitStack() as stack:
        for name, frame in frames.items():
            half = stack.enter_context(appearing(out / f"{name}.csv"))
            half.write_text(to_csv(frame), encoding="utf-8", newline="")


def _write_safe(found: "Summary", threshold: int, taken: "TakenIn", out: Path, lang: str) -> None:
    """The table to hand on, and nothing beside it of which it could be undone."""
    from digital_diplomacy import labels, messages

    rows = messages.suppress(messages.aggregate(found), threshold=threshold)
    messages.write_counts(rows, out / _COUNTS)
    hidden = int((rows["status"] == "suppressed").sum())
    counts = {"published": labels.number(len(rows) - hidden, lang), "suppressed": labels.number(hidden, lang)}
    files = {"file": out / _COUNTS, "table": taken.path}
    put(labels.text("messages.suppress.written", lang, threshold=labels.number(threshold, lang), **counts, **files))


def _read_counts(path: Path, out: Path, country: str, publisher: str, lang: str) -> None:
    """A table that was handed on: its months as estimates, suppressed counts within their bounds."""
    from digital_diplomacy import labels, messages

    rows = messages.read_counts(path)
    found = messages.aggregate_estimates(rows, messages.attack(rows), country=country, source=publisher)
    content = found.to_csv(index=False, lineterminator="\n")
    replace(out / "estimates.csv", content.encode())
    hidden = labels.number(int((rows["status"] == "suppressed").sum()), lang)
    put(labels.text("messages.suppress.read", lang, file=path, suppressed=hidden, estimates=out / "estimates.csv"))


def _say_counted(found: "Summary", lang: str) -> None:
    """Messages and authors of each platform and month, and what they do not say."""
    from digital_diplomacy import labels

    rows = found.estimates.sort_values(["group", "period", "measure"])
    if rows.empty:
        put(labels.text("messages.none", lang))
        return
    for (platform, period), both in rows.groupby(["group", "period"], sort=False):
        said = {row["unit"]: _said(row["value"], row["high"], lang) for row in both.to_dict("records")}
        named = labels.or_own(f"platform.{platform}", str(platform), lang)
        put(labels.text("messages.counted", lang, platform=named, period=labels.period(str(period), lang), **said))
    sums = {name: labels.number(int(found.counts[name].sum()), lang) for name in ("left_out", "undecided")}
    put(labels.text("messages.left_out", lang, **sums))
    if (rows["interval"] == "bound").any():
        put(labels.text("messages.open", lang))
    if rows["group"].nunique() > 1:
        put(labels.text("messages.apart", lang))


def _said(low: float, high: float, lang: str) -> str:
    from digital_diplomacy import labels

    if not high > low:
        return labels.number(int(low), lang)
    return labels.text("messages.between", lang, low=labels.number(int(low), lang), high=labels.number(int(high), lang))
