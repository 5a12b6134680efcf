"""The command that prints relations between published figures; commands on papers of one's own join its group."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from digital_diplomacy.cli.app import LANGUAGES, app, refuse, talk
from digital_diplomacy.cli.streams import is_narrow, put

if TYPE_CHECKING:
    import pandas as pd

_PIPE_WIDTH: Final = 160  # characters, where there is no terminal whose width could be asked


group: Final = typer.Typer(add_completion=False, invoke_without_command=True, rich_markup_mode=None)
app.add_typer(group, name="claims")


@group.callback()
def list_findings(
    context: typer.Context,
    document: Annotated[str, typer.Option(metavar="000-004", help="Only relations that concern this document.")] = "",
    verdict: Annotated[
        str, typer.Option(help="Only this verdict: holds, approximate, fails or 'cannot be checked'.")
    ] = "",
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    lang: Annotated[
        str, typer.Option(help=f"Language of a table: {LANGUAGES}.", show_default="that of the system")
    ] = "",
    power: Annotated[bool, typer.Option("--power", help="Print what the audit can and cannot see instead.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="With --power: new folder for power.csv, chance.csv and localised.csv.")
    ] = None,
) -> None:
    """Print the relations between published figures with their verdicts; a new or mended failure exits with 2."""
    if context.invoked_subcommand is not None:
        return
    from digital_diplomacy import claims, sources, tables

    lang = talk(lang)
    for name, value, allowed in (
        ("--format", form, ("table", "csv", "json")),
        ("--document", document, ("", *sources.load("documents")["document"])),
        ("--verdict", verdict, ("", *tables.VERDICTS)),
    ):
        if value not in allowed:
            refuse(
                "{name} {value!r}: allowed are {allowed}",
                name=name,
                value=value,
                allowed=", ".join(filter(None, allowed)),
            )
    parsed = claims.parse(sources.load("claims"), sources.load("documents"))
    shown = claims.evidence(sources.load("claim_evidence"), load=sources.load)
    if power or out is not None:
        _print_power(parsed, shown, document, lang, out if power else refuse("--out {out}: only with --power", out=out))
        return
    found = claims.check(parsed, sources.load("claim_relations"), shown)
    found = claims.of_document(claims.confirm(found, sources.load("acknowledged_findings")), document)
    found = found[found["verdict"] == verdict] if verdict else found
    if form == "csv":
        from digital_diplomacy.formulas import to_csv

        print(to_csv(found), end="")
    elif form == "json":
        print(found.to_json(orient="records", force_ascii=is_narrow(), indent=1))
    else:
        _print_findings(claims.explain(found, lang), lang)


def _print_power(parsed: "pd.DataFrame", shown: "pd.DataFrame", document: str, lang: str, out: Path | None) -> None:
    """What misprints would be noticed, what random figures would pass, and whether faults can be localised."""
    from digital_diplomacy import claims, figures, sources

    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        refuse("--out {out}: it exists and is not empty; choose a new folder", out=out)
    relations = sources.load("claim_relations")
    own = claims.of_document(parsed, document)
    seen = claims.power(parsed, relations, shown, document=document)
    random = claims.chance(parsed, relations, shown)
    localised = claims.localise(parsed, relations, shown, document=document)
    if document:
        random = random[random["document"] == document]
    for code, rows in (
        ("sentence.claims_power", claims.sight(seen, own)),
        ("sentence.claims_power_related", claims.sight_of_related(seen)),
        ("notice.power_document", claims.by_document(seen)),
        ("sentence.claims_weak", claims.weak(random)),
        ("sentence.claims_located", claims.located(localised)),
    ):
        put("\n".join(figures.fill_sentences(rows, code, lang=lang)))
    tables = {"power": seen, "chance": random, "localised": localised}
    if out is not None:
        for name, frame in tables.items():
            _write(frame, out / f"{name}.csv", lang)


def _write(frame: "pd.DataFrame", path: Path, lang: str) -> None:
    from digital_diplomacy import labels
    from digital_diplomacy.formulas import to_csv

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_csv(frame), encoding="utf-8", newline="")
    put(labels.text("notice.power_written", lang, path=path, rows=labels.number(len(frame), lang)))


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
