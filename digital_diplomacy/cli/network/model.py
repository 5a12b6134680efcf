"""The model of ties on the page of a network: what it says, its coefficients with their intervals, and a figure."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from digital_diplomacy import labels
from digital_diplomacy.formulas import to_csv

if TYPE_CHECKING:
    from digital_diplomacy.networks import TieModel

_TABLE: Final = "model.csv"
_FIGURE: Final = "model"
_DENSITY: Final = "ties"  # the term that says how many ties there are at all
_COEFFICIENT: Final = "tie_log_odds"
_TOLD: Final = (_COEFFICIENT, "tie_odds_ratio")


def model_section(model: "TieModel", out: Path, lang: str) -> Any:
    """A section of the page; table and figure are written beside it."""
    from digital_diplomacy import figures, networks
    from digital_diplomacy.pages.documents import Section

    heading = labels.text("network.model", lang)
    rows = model.estimates
    (out / _TABLE).write_text(to_csv(rows), encoding="utf-8", newline="")
    terms = networks.tie_term_names(model, lang=lang)
    with labels.own_names({f"entity.{code}": name for code, name in terms.items()}):
        shown = rows.loc[rows["measure"].isin(_TOLD), ["entity", "measure", "value", "low", "high"]]
        shown = shown.assign(entity=shown["entity"].map(terms)).rename(columns={"entity": "term"})
        table = figures.table_html(shown, title=labels.text("network.model_table", lang), lang=lang)
        drawn = rows[rows["measure"] == _COEFFICIENT]
        drawn = drawn[drawn["entity"] != _DENSITY] if len(drawn) > 1 else drawn
        title = labels.text("network.model_figure", lang)
        figure = figures.plot_estimates(drawn, lang=lang, title=f"{heading}\n{title}", baseline=0)
        alt = figures.describe(drawn, lang)
    (out / f"{_FIGURE}.svg").write_text(figures.svg(figure, title=heading), encoding="utf-8")
    (out / f"{_FIGURE}.png").write_bytes(figures.png(figure))
    said = tuple(networks.tie_sentences(model, lang=lang))
    links = {_TABLE: _TABLE}
    return Section(heading, paragraphs=said, tables=(table,), image=f"{_FIGURE}.svg", alt=alt, links=links)
