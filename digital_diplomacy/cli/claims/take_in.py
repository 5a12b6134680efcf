"""The command that makes what a reviewer accepted of a scan a document of the project."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from digital_diplomacy.cli.app import LANGUAGES, check_language, project_root, refuse, talk
from digital_diplomacy.cli.claims.command import group
from digital_diplomacy.cli.streams import put

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
    lang: Annotated[
        str, typer.Option(help=f"Language of the terminal: {LANGUAGES}.", show_default="that of the system")
    ] = "",
    paper_lang: Annotated[str, typer.Option(help="Language of the paper, if it is not the one the scan found.")] = "",
) -> None:
    """Take the accepted figures and relations of a scanned paper into the project's tables."""
    from digital_diplomacy import labels
    from digital_diplomacy.sources.files import changing

    lang = talk(lang)
    root = project_root()
    if paper_lang:
        check_language(paper_lang)
    given = {"document": document, "authors": author, "year": str(year), "title": title, "lang": paper_lang}
    named = {name: text.strip() for name, text in given.items()}
    with changing(root):  # what it is called depends on the documents there are
        figures, relations, failing = _taken_in(folder, named, root, lang)
    for name, read in (("claims.csv", figures), ("relations.csv", relations)):
        counts = {"count": labels.number(len(read.rows), lang), "left_out": labels.number(read.left_out, lang)}
        put(labels.text("taking.taken", lang, file=name, document=document, **counts))
    if relations.rows.empty:
        put(labels.text("taking.unrelated", lang))
    else:
        put(labels.text("taking.acknowledged", lang, count=labels.number(failing, lang)))


def _taken_in(folder: Path, named: dict[str, str], root: Path, lang: str) -> "tuple[Reviewed, Reviewed, int]":
    """The figures and relations that stand in the tables now, and how many of these fail; the tables are held."""
    from digital_diplomacy import drafting, labels
    from digital_diplomacy.sources.intake import reviewed

    document, paper = named["document"], _paper(folder, named, root, lang)
    figures = reviewed.read_reviewed(folder / "claims.csv", _FIGURES, lang=lang)
    relations = reviewed.read_reviewed_if_any(folder / "relations.csv", _RELATIONS, lang=lang)
    figures, coded = reviewed.with_codes(figures)
    if coded:
        told = ", ".join(f"{name} → {code}" for name, code in coded.items())
        put(labels.text("taking.countries", lang, names=told))
    if figures.rows.empty:
        refuse(labels.text("taking.none", lang, words=", ".join(reviewed.YES)))
    claims = drafting.numbered(figures.rows, document, figures.where, lang=lang)
    drafts = drafting.related(relations.rows, claims, document, relations.where, lang=lang)
    new = {
        "documents": paper,
        "claims": reviewed.typed(_with(figures, claims), "claims", root=root),
        "claim_relations": reviewed.typed(_with(relations, drafts), "claim_relations", root=root),
    }
    where = {"claims": figures.where, "claim_relations": relations.where}
    found = drafting.judged(new["claims"], new["claim_relations"], paper, where, lang=lang)
    new["acknowledged_findings"] = drafting.acknowledged(found, new["claim_relations"])
    reviewed.append(new, root=root, is_held=True)
    return figures, relations, len(new["acknowledged_findings"])


def _with(read: "Reviewed", rows: "pd.DataFrame") -> "Reviewed":
    from dataclasses import replace

    return replace(read, rows=rows)


def _paper(folder: Path, named: dict[str, str], root: Path, lang: str) -> "pd.DataFrame":
    """The row of the document; refused if its number or its title is there."""
    import pandas as pd

    from digital_diplomacy import labels, sources
    from digital_diplomacy.sources.intake import reviewed

    there = sources.load("documents", root=root)
    if named["document"] in set(there["document"]):
        refuse(labels.text("taking.document", lang, document=named["document"]))
    same = there[[text.casefold() == named["title"].casefold() for text in there["title"]]]
    if len(same):
        refuse(labels.text("taking.title", lang, document=str(same["document"].iloc[0])))
    marks = reviewed.read_described(folder / "document.csv", _DOCUMENT, lang=lang)
    row = marks | {name: value for name, value in named.items() if value}
    row |= {"short": _short(named["authors"], named["year"], set(there["short"]), lang), "type": "article"}
    rows = pd.DataFrame([row | {"closing_zeros": "unknown"}], dtype=object)
    read = reviewed.Reviewed(rows, ("--document, --author, --year, --title",), 0, "claims take-in", lang)
    return reviewed.typed(read, "documents", root=root)


def _short(authors: str, year: str, taken: set[str], lang: str) -> str:
    """First surname and year, with a letter if another document is called so."""
    from digital_diplomacy import labels

    names = [one.partition(",")[0].strip() for one in authors.split(";") if one.strip()]
    if not names:
        refuse(labels.text("taking.author", lang))
    several = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
    tails = ("", *"bcdefghijklmnopqrstuvwxyz")
    return next((f"{several} {year}{tail}" for tail in tails if f"{several} {year}{tail}" not in taken), several)
