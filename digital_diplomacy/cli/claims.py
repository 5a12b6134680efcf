"""The command that prints relations between published figures; commands on papers of one's own join its group."""

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from digital_diplomacy.cli.app import LANGUAGES, app, check_language, refuse

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
    lang: Annotated[str, typer.Option(help=f"Language of a table: {LANGUAGES}.")] = "en",
) -> None:
    """Print the relations between published figures with their verdicts; a new or mended failure exits with 2."""
    if context.invoked_subcommand is not None:
        return
    from digital_diplomacy import claims, sources, tables

    check_language(lang)
    for name, value, allowed in (
        ("--format", form, ("table", "csv", "json")),
        ("--document", document, ("", *sources.load("documents")["document"])),
        ("--verdict", verdict, ("", *tables.VERDICTS)),
    ):
        if value not in allowed:
            refuse(f"{name} {value!r}: allowed are {', '.join(filter(None, allowed))}")
    parsed = claims.parse(sources.load("claims"), sources.load("documents"))
    shown = claims.evidence(sources.load("claim_evidence"), load=sources.load)
    found = claims.check(parsed, sources.load("claim_relations"), shown)
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
