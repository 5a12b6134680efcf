"""The page of an index on which weights and means are moved, and the link to it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from digital_diplomacy.rankings.composite.pipeline import Index
    from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty

FILE: Final = "ranking.html"


def write_view(
    made: "Index",
    found: "Uncertainty | None",
    out: Path,
    lang: str,
    *,
    title: str,
    period: str,
    about: str,
    account: Sequence[str],
) -> tuple[tuple[str, str] | None, str]:
    """Write the page, or say why there is none.

    Parameters
    ----------
    made, found, out, lang, title, period
        As `index_page.write_page` takes them.
    about : str
        Code of the unit that stands out; empty for none.
    account : sequence of str
        What the index leaves out and makes up, in sentences.

    Returns
    -------
    link : tuple of two str, or None
        The file and the words of the link to it.
    why : str
        Why there is no page; empty if there is one.
    """
    from digital_diplomacy import figures, labels, rankings

    if why := rankings.fixed_because(made):
        return None, labels.text(f"view_ranking.not_{why}", lang)
    parts = rankings.reweighable(made, found, period=period)
    topic = ", ".join(filter(None, [labels.text("index.ranking", lang), period]))
    draws = found.used if found is not None else 0
    view = figures.view_ranking(*parts, lang=lang, title=title, topic=topic, about=about, draws=draws, left=account)
    (out / FILE).write_text(figures.document(view), encoding="utf-8")
    return (FILE, labels.text("view.link_ranking", lang)), ""
