"""The command that makes what a reviewer accepted of a scan a document of the project."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from digital_diplomacy.cli.app import check_language, project_root, refuse
from digital_diplomacy.cli.claims import group

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.sources.intake.reviewed import Reviewed

_FIGURES: Final = (
    "claim_id", "locator", "entity", "measure", "platform", "period", "value", "value_date", "low", "high", "unit",
    "bound", "as_printed", "reading", "credited_source", "kind", "also_in", "notebook", "paraphrase", "note",
)  # fmt: skip
_RELATIONS: Final = (
    "relation_id", "kind", "left", "right", "exhaustive", "constant", "named", "caveat", "matter", "notebook", "note",
)  # fmt: skip
_DOCUMENT: Final = ("lang", "decimal_mark", "grouping_mark")


@group.command("take-in")
def take_in(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder a scan wrote, its rows accepted.")],
    document: Annotated[str, typer.Option(help="Number of the new document, three digits.")],
    author: Annotated[str, typer.Option(help="Authors, surname first, separated by semicolons.")],
    year: Annotated[int, typer.Option(help="Year of publication.")],
    title: Annotated[str, typer.Option(help="Title of the paper.")],
    lang: Annotated[str, typer.Option(help="Language of the paper, if it is not the one the scan found.")] = "",
) -> None:
    """Take the accepted figures and relations of a scanned paper into the project's tables."""
    from digital_diplomacy import scanning
    from digital_diplomacy.sources.intake import reviewed

    root = project_root()
    if lang:
        check_language(lang)
    named = {"document": document, "authors": author, "year": str(year), "title": title, "lang": lang}
    paper = _paper(folder, named, root)
    figures = reviewed.read_reviewed(folder / "claims.csv", _FIGURES)
    relations = reviewed.read_reviewed(folder / "relations.csv", _RELATIONS)
    if figures.rows.empty:
        refuse(
            "claims.csv: no row is accepted; write {yes} into `accepted` of those that hold",
            yes=", ".join(reviewed.YES),
        )
    claims = scanning.numbered(figures.rows, document, figures.where)
    drafts = scanning.related(relations.rows, claims, document, relations.where)
    new = {
        "documents": paper,
        "claims": reviewed.typed(_with(figures, claims), "claims", root=root),
        "claim_relations": reviewed.typed(_with(relations, drafts), "claim_relations", root=root),
    }
    where = {"claims": figures.where, "claim_relations": relations.where}
    found = scanning.judged(new["claims"], new["claim_relations"], paper, where)
    new["acknowledged_findings"] = scanning.acknowledged(found, new["claim_relations"])
    reviewed.append(new, root=root)
    for name, read in (("claims.csv", figures), ("relations.csv", relations)):
        print(f"{name}: {len(read.rows)} → {document}; {read.left_out} × `accepted` = ∅")
    print(f"acknowledged_findings: {len(new['acknowledged_findings'])}")


def _with(read: "Reviewed", rows: "pd.DataFrame") -> "Reviewed":
    from dataclasses import replace

    return replace(read, rows=rows)


def _paper(folder: Path, named: dict[str, str], root: Path) -> "pd.DataFrame":
    """The row of the document; refused if its number or its title is there."""
    import pandas as pd

    from digital_diplomacy import sources
    from digital_diplomacy.sources.intake import reviewed

    there = sources.load("documents", root=root)
    if named["document"] in set(there["document"]):
        refuse(
            "--document {document}: there is such a document; its successor is free, take the next number",
            document=named["document"],
        )
    same = there[there["title"].str.casefold() == named["title"].strip().casefold()]
    if len(same):
        refuse("--title: this paper was taken in already, as document {iloc}", iloc=same["document"].iloc[0])
    marks = reviewed.read_described(folder / "document.csv", _DOCUMENT)
    row = marks | {name: value for name, value in named.items() if value}
    row |= {"short": _short(named["authors"], named["year"], set(there["short"])), "type": "article"}
    rows = pd.DataFrame([row | {"closing_zeros": "unknown"}], dtype=object)
    read = reviewed.Reviewed(rows, ("--document, --author, --year, --title",), 0, "claims take-in")
    return reviewed.typed(read, "documents", root=root)


def _short(authors: str, year: str, taken: set[str]) -> str:
    """First surname and year, with a letter if another document is called so."""
    names = [one.partition(",")[0].strip() for one in authors.split(";") if one.strip()]
    if not names:
        refuse("--author: no author is named; write them surname first, separated by semicolons")
    several = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
    tails = ("", *"bcdefghijklmnopqrstuvwxyz")
    return next((f"{several} {year}{tail}" for tail in tails if f"{several} {year}{tail}" not in taken), several)
