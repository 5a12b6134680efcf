"""The command that drafts figures and relations from a paper, for a reviewer to accept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digital_diplomacy.cli.app import LANGUAGES, refuse, talk
from digital_diplomacy.cli.claims.command import group
from digital_diplomacy.cli.fresh_folders import check_fresh, fresh_folder
from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.drafting import Review

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CLAIMS = (
    "accepted", "claim_id", "document", "locator", "entity", "measure", "platform", "period", "value", "value_date",
    "low", "high", "unit", "bound", "as_printed", "reading", "credited_source", "kind", "also_in", "notebook",
    "paraphrase", "note", "sentence",
)  # fmt: skip


@group.command("scan")
def scan_paper(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A paper: text, Word (.docx) or PDF.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for what is found.")],
    lang: Annotated[
        str, typer.Option(help=f"Language of page and terminal: {LANGUAGES}.", show_default="that of the system")
    ] = "",
) -> None:
    """Find every printed figure of a paper, draft what must hold between them, and say what does not."""
    from digital_diplomacy import drafting, labels, sources
    from digital_diplomacy.cli.claims.scan_page import page, summary

    lang = talk(lang)
    if out.exists() and not out.is_dir():
        refuse("--out {out!r} is a file; name a folder", out=out)
    check_fresh(out)  # a reviewer's own marks may stand in there
    found = drafting.review(sources.read_paper(file))
    pictures = ", ".join(map(str, sources.picture_pages(file)))
    with fresh_folder(out) as place:
        for name, frame in _tables(found).items():
            frame.to_csv(place / name, index=False, lineterminator="\n", encoding="utf-8")
        (place / "scan.html").write_text(page(found, file.name, lang, pictures=pictures), encoding="utf-8")
    put(summary(found, lang))
    put(labels.text("scan.unseen", lang))
    if pictures:
        put(labels.text("scan.pictures", lang, pages=pictures))
    put(out / "scan.html")


def _tables(found: "Review") -> "dict[str, pd.DataFrame]":
    """What a reviewer edits in a spreadsheet, in the columns of the project's own tables."""
    figures = found.figures.assign(accepted="", credited_source="", also_in="", notebook="", paraphrase="", note="")
    relations = found.relations.assign(note=found.relations["words"])
    relations.insert(0, "accepted", "")
    made = {"claims.csv": figures[list(_CLAIMS)], "relations.csv": relations, "findings.csv": found.findings}
    made["document.csv"] = _described(found)
    return {name: _guarded(frame) for name, frame in made.items()}


def _described(found: "Review") -> "pd.DataFrame":
    """Language and marks of the paper; where its figures do not tell a mark, the usual one of the language."""
    import pandas as pd

    decimal = found.decimal_mark or ("." if found.language == "en" or found.grouping_mark == "," else ",")
    usual = "," if found.language == "en" and decimal != "," else " "
    marks = {"lang": found.language, "decimal_mark": decimal, "grouping_mark": found.grouping_mark or usual}
    return pd.DataFrame([marks])


def _guarded(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Texts that a spreadsheet would take for a formula, behind an apostrophe; numbers stay numbers."""
    guarded = frame.copy()
    for name in guarded.select_dtypes(exclude=["number", "bool"]):
        guarded[name] = [
            f"'{text}" if isinstance(text, str) and text.startswith(_FORMULA) else text for text in guarded[name]
        ]
    return guarded
