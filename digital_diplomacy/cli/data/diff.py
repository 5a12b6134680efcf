"""The command that shows what a publisher revised between two editions, and which answers change with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from digital_diplomacy.cli.app import project_root, talk
from digital_diplomacy.cli.data.answers import readers, say_answers
from digital_diplomacy.cli.data.command import data
from digital_diplomacy.cli.data.fetch import Lang, told
from digital_diplomacy.cli.runs import Parameters, assignments
from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    from digital_diplomacy.sources.fetching import Difference

_SHOWN: Final = 40  # rows told one by one


@data.command("diff")
def diff(
    table: Annotated[str, typer.Argument(help="A table of the project, or an edition that was fetched.")],
    old: Annotated[str, typer.Argument(help="The older edition: its name, or its date.", show_default=False)] = "",
    new: Annotated[str, typer.Argument(help="The newer edition.", show_default=False)] = "",
    answers: Annotated[
        bool, typer.Option("--answers", help="Run the notebooks with both, and show whose answers differ.")
    ] = False,
    parameters: Parameters = None,
    every: Annotated[bool, typer.Option("--all", help="Show all rows.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all rows as CSV.")] = None,
    lang: Lang = "",
) -> None:
    """Show what a publisher added, removed and revised, and which notebooks read it."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources import fetching

    lang = talk(lang)
    root, given = project_root(), assignments(parameters or [])
    with told(lang):
        subject, before, after = _pair(table, old, new, root)
        found = fetching.compare(before, after, root=root)
        if answers and subject not in fetching.USED:
            raise fetching.FetchError("not_used", name=after, tables=", ".join(fetching.USED))
    put("\n".join(_lines(found, lang, limit=len(found.rows) if every else _SHOWN)))
    if out is not None:
        from digital_diplomacy.formulas import to_csv

        out.write_text(to_csv(found.rows), encoding="utf-8", newline="")
        put(labels.text("fetching.diff.written", lang, file=str(out), count=str(len(found.rows))))
    names = readers(subject, root)
    if not names:
        put(labels.text("fetching.diff.no_notebook", lang, table=subject))
        return
    put(labels.text("fetching.diff.notebooks", lang, table=subject, notebooks=", ".join(names)))
    if answers:
        say_answers(subject, names, (before, after), given, root, lang)
    elif subject in fetching.USED and len(found.rows):
        command = f"digital-diplomacy data diff {table} {before} {after} --answers --lang {lang}"
        put(labels.text("fetching.diff.how", lang, command=command))


def _pair(table: str, old: str, new: str, root: Path) -> tuple[str, str, str]:
    """The table in question, and the two to compare: those named, or the newest edition and the one before it."""
    from digital_diplomacy import sources
    from digital_diplomacy.sources import fetching

    known = fetching.editions(root)
    asked = next((one for one in known if one.name == table), None)
    if not known:
        raise fetching.FetchError("nothing_fetched", name=table)
    if asked is None and table not in {one.table for one in known}:
        raise fetching.FetchError("no_table", name=table, names=", ".join(dict.fromkeys(_tables(known))))
    subject = asked.table if asked else table
    group = sorted(
        (one for one in known if (one.publisher, one.series) == (asked.publisher, asked.series))
        if asked
        else (one for one in known if one.table == subject),
        key=lambda one: (one.edition, one.retrieved, one.name),
    )
    names = {one.edition: one.name for one in group} | {one.name: one.name for one in group}
    if subject in sources.names("raw", root=root):
        names[subject] = subject
    if new or old:
        chosen = [names.get(text, "") for text in (old, new or group[-1].name)]
        if not all(chosen):
            raise fetching.FetchError("no_edition", name=new if chosen[0] else old, names=", ".join(names))
        return subject, chosen[0], chosen[1]
    last = asked or group[-1]
    alike = [one for one in group if (one.publisher, one.series) == (last.publisher, last.series)]
    earlier = [one.name for one in alike[: alike.index(last)]]
    before = earlier[-1] if earlier else subject
    if not before:
        raise fetching.FetchError("one_edition", name=last.name)
    return subject, before, last.name


def _tables(known: Any) -> Iterator[str]:
    for one in known:
        yield from filter(None, (one.table, one.name))


def _lines(found: "Difference", lang: str, *, limit: int) -> Iterator[str]:
    """How much differs, then what, in the order of countries and periods."""
    from digital_diplomacy import labels

    kinds = {kind: str((found.rows["kind"] == kind).sum()) for kind in ("changed", "added", "removed")}
    told_of = {"old": found.old, "new": found.new, "same": str(found.same), "rounded": str(found.rounded), **kinds}
    yield labels.text("fetching.diff.head", lang, **told_of)
    if found.left:
        yield labels.text("fetching.diff.left", lang, count=str(found.left))
    if found.beyond:
        yield labels.text("fetching.diff.beyond", lang, old=found.old, new=found.new, count=str(found.beyond))
    order = found.rows["kind"].map({"changed": 0, "added": 1, "removed": 2})
    shown = found.rows.assign(order=order).sort_values(["order", "entity", "period"], kind="stable").head(limit)
    for one in shown.to_dict("records"):
        yield "  " + _line(one, lang)
    if len(found.rows) > limit:
        yield "  " + labels.text("fetching.diff.more", lang, count=str(len(found.rows) - limit))


def _line(one: dict[Any, Any], lang: str) -> str:
    from digital_diplomacy import labels

    where = labels.country(one["entity"], lang) if labels.is_country(one["entity"]) else one["entity"]
    measure = f"measure.{one['measure']}"
    named = labels.text(measure, lang) if labels.is_known(measure) else one["measure"]
    what = ", ".join(filter(None, (where, one["period"], named, one["platform"])))
    change = "" if one["change"] != one["change"] or one["change"] is None else f"{one['change']:+.6g}"
    return labels.text(f"fetching.diff.{one['kind']}", lang, what=what, old=one["old"], new=one["new"], change=change)
