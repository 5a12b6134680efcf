"""Commands on figures of publishers: fetched, kept edition by edition, and one of them read."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digital_diplomacy.cli.app import LANGUAGES, project_root, refuse, talk
from digital_diplomacy.cli.data.command import data
from digital_diplomacy.cli.data.editions import put_in_front
from digital_diplomacy.cli.remarks import say
from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.sources.fetching import Limits, Published, Publisher, Query, Received

Lang = Annotated[str, typer.Option(help=f"Language of what is said: {LANGUAGES}.", show_default="that of the system")]


@data.command("fetch")
def fetch(
    publisher: Annotated[str, typer.Argument(help="Whose figures; --list names them.", show_default=False)] = "",
    indicator: Annotated[str, typer.Option(help="The publisher's code of a series.")] = "",
    countries: Annotated[str, typer.Option(help="ISO 3166 alpha-3 codes, separated by commas; all if none.")] = "",
    period: Annotated[str, typer.Option(help="Year or month, or first/last; all if none.")] = "",
    bulk: Annotated[bool, typer.Option("--bulk", help="The whole series as an archive, where there is one.")] = False,
    file: Annotated[list[Path] | None, typer.Option(help="A file you downloaded; may be repeated.")] = None,
    address: Annotated[str, typer.Option(help="Instead of the publisher's usual address.")] = "",
    sha256: Annotated[str, typer.Option(help="What the SHA-256 of the file has to be.")] = "",
    max_size: Annotated[int, typer.Option(min=1, help="Megabytes of a file, also unpacked.")] = 200,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="For one file, waits included.")] = 900.0,
    attempts: Annotated[int, typer.Option(min=1, help="Requests for one file.")] = 5,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what was read; write nothing.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the publishers and what was fetched.")] = False,
    lang: Lang = "",
) -> None:
    """Fetch figures of a publisher as a new edition; what is here stays as it is."""
    from digital_diplomacy.sources import fetching

    lang = talk(lang)
    root = project_root()
    if listed or not publisher:
        put("\n".join(_list(root, lang)))
        return
    whose = fetching.publisher_of(publisher)
    codes = tuple(code.strip().upper() for code in countries.split(",") if code.strip())
    query = fetching.Query(indicator, codes, period, bulk)
    limits = fetching.Limits(size=max_size * 1_000_000, seconds=max_seconds, attempts=attempts)
    with told(lang):
        try:
            bodies = _bodies(whose, query, file or [], address, sha256, limits, root)
        except fetching.OfflineError as error:
            _offline(error.told(lang), whose, root, lang)
            return
        published = fetching.read(whose, bodies, query, limits=limits)
        say(published.remarks, lang)
        if dry_run:
            put(_read(published, lang))
            return
        name, is_new = fetching.keep(published, bodies, whose, query, root=root)
    _report(name, published, whose, root, lang, is_new=is_new)


@data.command("use")
def use(
    name: Annotated[str, typer.Argument(help="Name of an edition, as `data fetch --list` gives it.")],
    off: Annotated[bool, typer.Option("--off", help="Read it no longer.")] = False,
    lang: Lang = "",
) -> None:
    """Let the notebooks read an edition in front of the project's own table."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources import fetching, registry

    lang = talk(lang)
    root = project_root()
    with told(lang):
        table = fetching.known_edition(root, name).table
        if off:
            was = fetching.release(name, root=root)
            put(labels.text("fetching.released" if was else "fetching.not_in_use", lang, name=name, table=table))
            return
        gone = put_in_front(name, root, lang)
    used = "used_editions" if table in registry.BY_EDITION else "used"
    put(labels.text(f"fetching.{used}", lang, name=name, table=table))
    if gone:
        put(labels.text("fetching.gone", lang, names=", ".join(gone)))


@contextmanager
def told(lang: str) -> Iterator[None]:
    """Within the block, what could not be had or read is refused in a language."""
    from digital_diplomacy.sources.fetching import FetchError

    try:
        yield
    except FetchError as error:
        refuse(error.told(lang))


def _bodies(
    whose: "Publisher",
    query: "Query",
    files: Sequence[Path],
    address: str,
    sha256: str,
    limits: "Limits",
    root: Path,
) -> "list[Received]":
    from digital_diplomacy.sources import fetching

    if files:
        return fetching.given(files, sha256=sha256, limits=limits)
    folder = root / "data" / "fetched"
    with _progress() as tell:
        return fetching.get(whose, query, folder, address=address, sha256=sha256, limits=limits, tell=tell)


@contextmanager
def _progress() -> Iterator[Callable[[int, int | None], None] | None]:
    """A bar where somebody is watching."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(here: int, total: int | None) -> None:
            bar.update(task, completed=here, total=total)

        yield tell


def _offline(said: str, whose: "Publisher", root: Path, lang: str) -> None:
    """Say that nothing could be reached, and what is here; without anything here, that is a failure."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources import fetching

    here = [one.name for one in fetching.editions(root) if one.publisher == whose.publisher]
    if not here:
        refuse(said)
    put(said, file=sys.stderr)
    put(labels.text("fetching.stays", lang, names=", ".join(here)))


def _read(published: "Published", lang: str) -> str:
    from digital_diplomacy import labels

    figures = published.figures
    key, when = ("iso3", "edition") if "iso3" in figures else ("entity", "period")
    named = ", ".join(labels.country(code, lang) for code in list(dict.fromkeys(figures[key]))[:8])
    more = ", …" if figures[key].nunique() > 8 else ""
    said = {"count": str(len(figures)), "span": _span(figures[when]), "countries": f"{named}{more}"}
    return f"{labels.text('fetching.read', lang, **said)}\n{labels.text('fetching.dry_run', lang)}"


def _span(periods: "pd.Series") -> str:
    """The first and the last of periods, or the only one."""
    first, last = str(periods.min()), str(periods.max())
    return first if first == last else f"{first}–{last}"


def _report(name: str, published: "Published", whose: "Publisher", root: Path, lang: str, *, is_new: bool) -> None:
    from digital_diplomacy import labels
    from digital_diplomacy.sources import fetching

    if not is_new:
        put(labels.text("fetching.there", lang, name=name))
        return
    edition, figures = fetching.known_edition(root, name), published.figures
    when = figures["edition" if "iso3" in figures else "period"]
    said = {"count": str(len(figures)), "span": _span(when), "edition": edition.edition}
    put(labels.text("fetching.kept", lang, name=name, **said))
    if not published.edition:
        put(labels.text("fetching.dated", lang))
    put(labels.text("fetching.licence", lang, licence=f"{whose.licence} ({whose.licence_title})"))
    suffix = "" if lang == "en" else f" --lang {lang}"
    if edition.table:
        compared = f"digital-diplomacy data diff {edition.table}{suffix}"
        put(labels.text("fetching.next_diff", lang, command=compared))
    if edition.table in fetching.USED:
        put(labels.text("fetching.next_use", lang, command=f"digital-diplomacy data use {name}{suffix}"))


def _list(root: Path, lang: str) -> Iterator[str]:
    """The publishers with what each has to be asked, and the editions that are here."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources import fetching

    for one in fetching.PUBLISHERS.values():
        options = ", ".join(f"--{'countries' if need == 'country' else need}" for need in one.needs.split())
        how = labels.text("fetching.asks", lang, options=options) if one.address else None
        yield f"{one.publisher}: {one.title} ({how or labels.text('fetching.file_only', lang)}; {one.licence})"
    for found in fetching.editions(root):
        used = f", {labels.text('fetching.in_use', lang, table=found.table)}" if found.used else ""
        asked = f", {','.join(found.countries)}" if found.countries else ""
        yield f"  {found.name}: {found.edition}{asked}, {found.retrieved}{used}"
