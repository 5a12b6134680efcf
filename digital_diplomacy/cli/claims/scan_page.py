"""The page of a scanned paper: what was found, what fails with its arithmetic, then every figure in its sentence."""

import re
from typing import TYPE_CHECKING, Final

from digital_diplomacy import labels

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.drafting import Review
    from digital_diplomacy.pages.documents import Section

_PART = re.compile(
    r"(?P<mark>^|, )(?P<kind>section|paragraph|heading|caption|footnote|item|table|row|column|page)(?: (?P<name>.+?))?"
    r"(?=, (?:row|column|item|paragraph|heading|caption|page) |$)"
)
_SHARED = ("paragraph", "item", "table", "row", "column")
"""Parts that places in the project's own documents are told by too."""
_WORST = ("fails", "approximate", "cannot be checked", "holds")


def summary(found: "Review", lang: str) -> str:
    """One sentence of counts."""
    verdicts = found.findings["verdict"]
    return labels.text(
        "scan.found", lang, figures=len(found.figures), relations=len(found.relations),
        fails=int((verdicts == "fails").sum()), approximate=int((verdicts == "approximate").sum()),
        unread=len(found.unread),
    )  # fmt: skip


def page(found: "Review", name: str, lang: str, *, pictures: str = "") -> str:
    """The whole page; texts of the paper are shown as text, and pages that are pictures named."""
    from digital_diplomacy.pages.documents import Section, document_page

    title = labels.text("scan.title", lang, name=labels.on_one_line(name))
    unread = (_figures(found.unread, lang, "scan.unread"),) if len(found.unread) else ()
    missed = (labels.text("scan.pictures", lang, pages=pictures),) if pictures else ()
    all_read = () if unread or missed else (labels.text("scan.all_read", lang),)
    sections = [
        Section(
            labels.text("scan.answer", lang),
            paragraphs=(summary(found, lang), labels.text("scan.unseen", lang)),
            kind="answer",
        ),
        _relations(found, lang),
        Section(
            labels.text("scan.figures", lang),
            tables=(_figures(found.figures, lang, "scan.figures"),) if len(found.figures) else (),
        ),
        Section(
            labels.text("scan.unread", lang),
            paragraphs=(*missed, *all_read),
            tables=unread,
        ),
        Section(
            labels.text("scan.files", lang), links={one: one for one in ("claims.csv", "relations.csv", "findings.csv")}
        ),
    ]
    return document_page(title, sections, lang=lang)


def _relations(found: "Review", lang: str) -> "Section":
    from digital_diplomacy.pages.documents import Section

    heading = labels.text("scan.relations", lang)
    if found.relations.empty:
        return Section(heading, paragraphs=(labels.text("scan.no_relations", lang),))
    return Section(heading, tables=(_drafts(found, lang, heading),))


def _drafts(found: "Review", lang: str, caption: str) -> str:
    from digital_diplomacy import claims
    from digital_diplomacy.pages.sortable import Column, sortable_table

    told = claims.explain(found.findings, lang).drop(columns=["kind"])
    rows = found.relations.drop(columns=["reason"], errors="ignore").merge(
        told, on="relation_id", validate="one_to_one"
    )
    rows = rows.sort_values("verdict", key=lambda one: one.map(_WORST.index), kind="stable")
    places = found.figures.set_index("claim_id")["locator"]
    reasons = tuple(_why(one, sure, lang) for one, sure in zip(rows["why"], rows["sure"], strict=True))
    columns = [
        Column(_head("verdict", lang), tuple(labels.text(f"verdict.{one}", lang) for one in rows["verdict"])),
        Column(_head("kind", lang), tuple(labels.text(f"kind.{one}", lang) for one in rows["kind"])),
        Column(_head("quoted", lang), tuple(f"«{one}»" for one in rows["words"])),
        Column(_head("place", lang), tuple(_places(one, places, lang) for one in rows["claims"])),
        Column(_head("arithmetic", lang), tuple(rows["reason"])),
        Column(_head("why", lang), reasons),
    ]
    return sortable_table(columns, caption=caption, lang=lang)


def _places(ids: str, places: "pd.Series[str]", lang: str) -> str:
    return "; ".join(dict.fromkeys(_place(str(places[one]), lang) for one in ids.split()))


def _place(locator: str, lang: str) -> str:
    """A place in the reader's language; names of rows and columns, which may hold commas, stay as printed."""

    def told(part: re.Match[str]) -> str:
        own = "place" if part["kind"] in _SHARED else "scan.place"
        return part["mark"] + labels.text(f"{own}.{part['kind']}", lang, name=part["name"] or "").strip()

    return _PART.sub(told, re.sub("^reference list", labels.text("place.reference_list", lang), locator))


def _why(code: str, sure: str, lang: str) -> str:
    return f"{labels.text(f'scan.why_{code}', lang)} ({labels.text(f'scan.sure_{sure}', lang)})"


_NAMED: Final = {"": "unstated"}
"""What a figure without a unit is called."""


def _figures(figures: "pd.DataFrame", lang: str, caption: str) -> str:
    from digital_diplomacy.pages.sortable import Column, sortable_table

    shown = [_value(row, lang) for row in figures.to_dict("records")]
    units = [labels.text(f"unit.{_NAMED.get(one, one)}", lang) for one in figures["unit"]]
    columns = [
        Column(_head("number", lang), tuple(figures["claim_id"])),
        Column(_head("quoted", lang), tuple(f"«{one}»" for one in figures["as_printed"])),
        Column(_head("value", lang), tuple(shown)),
        Column(_head("unit", lang), tuple(units)),
        Column(_head("place", lang), tuple(_place(one, lang) for one in figures["locator"])),
        Column(_head("sentence", lang), tuple(figures["sentence"])),
    ]
    return sortable_table(columns, caption=labels.text(caption, lang), lang=lang)


def _value(row: "dict[object, object]", lang: str) -> str:
    ends = [row["value"]] if row["value"] == row["value"] and row["value"] is not None else [row["low"], row["high"]]
    numbers = [float(str(one)) for one in ends if one is not None and one == one]
    if not numbers:
        return str(row["value_date"] or "–")
    return "–".join(labels.digits(f"{one:f}".rstrip("0").rstrip("."), lang) for one in numbers)


def _head(name: str, lang: str) -> str:
    return labels.text(f"scan.column_{name}", lang)
