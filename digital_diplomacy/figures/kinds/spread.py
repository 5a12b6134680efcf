"""How values of many units spread: a dot a unit, heaped where they are alike, the one asked about marked."""

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import scale

_HEIGHT: Final = 2.3  # inches
_BAND: Final = "#e6efe6"
_BINS: Final = 41  # odd, so that nothing stands alone in the middle of the axis
_OTHER: Final = "#9aa5b1"


def plot_spread(estimates: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "") -> Figure:
    """Draw how one value spreads over many units, and the band within which it says nothing.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``: one measure, unit and period, a row a unit. The band is drawn around 0, as wide as the
        widest interval allows a value to be without leaving 0 behind.
    lang, title : str
        As in `plot_estimates`.
    emphasis : str
        Unit marked by its colour and name.

    Returns
    -------
    Figure
        Dots of equal height count one unit each, in columns a fortieth of the axis wide.

    Raises
    ------
    ValueError
        If rows have several measures, units or periods, or a unit has two rows.

    Examples
    --------
    >>> from digital_diplomacy import figures, rankings, sources
    >>> tables = [sources.load(name) for name in ("un_egdi", "un_egdi_editions", "un_egdi_exceptions")]
    >>> rows = rankings.index_differences(*[table[table["edition"] == 2018] for table in tables]).head(5)
    >>> figure = figures.plot_spread(rows, lang="en")
    >>> figure.axes[0].get_xlabel()
    'units of the last digit printed'
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES).dropna(subset=["value"])
    if rows["entity"].duplicated().any() or any(wording.differs(rows[name]) for name in ("measure", "unit", "period")):
        raise ArgumentError("one value a unit is drawn; choose one measure, unit and period")
    with style.context():
        return _draw(rows, lang=lang, title=title, emphasis=emphasis)


def _draw(rows: pd.DataFrame, *, lang: str, title: str, emphasis: str) -> Figure:
    half = float((rows["high"] - rows["low"]).max() / 2)
    figure = style.sheet(
        title=title,
        height=_HEIGHT,
        notes=wording.source_line(rows["source_id"], lang),
        handles=_handles(rows, emphasis, lang),
    )
    axes = figure.add_subplot()
    reach = max(float(rows["value"].abs().max()), half) * 1.08
    scale(axes, "x", [-reach, reach], str(rows["unit"].iloc[0]), lang, ticks=9)
    axes.set_xlim(-reach, reach)
    axes.axvspan(-half, half, color=_BAND, linewidth=0, zorder=0)
    axes.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
    edges = np.linspace(-reach, reach, _BINS + 1)
    column = np.clip(np.digitize(rows["value"], edges) - 1, 0, _BINS - 1)
    placed = rows.assign(column=column, asked=rows["entity"] == emphasis)
    # The one asked about lies at the bottom of its heap, where it is found.
    placed = placed.sort_values(["column", "asked"], ascending=[True, False], kind="stable")
    placed["level"] = placed.groupby("column").cumcount() + 0.5
    middles = (edges[:-1] + edges[1:]) / 2
    others, own = placed[~placed["asked"]], placed[placed["asked"]]
    highest = float(placed["level"].max()) + 0.5
    size = min(6.0, 72 * (_HEIGHT - 0.6) / highest * 0.9)
    dots: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": size, "markeredgewidth": 0}
    axes.plot(middles[others["column"]], others["level"], color=_OTHER, zorder=2, **dots)
    axes.plot(middles[own["column"]], own["level"], color=palette.ASKED_COLOUR, zorder=3, **dots)
    _finish(axes, rows, highest, lang)
    style.settle(figure)
    return figure


def _finish(axes: Axes, rows: pd.DataFrame, highest: float, lang: str) -> None:
    axes.set_ylim(0, highest * 1.05)
    axes.set_xlabel(wording.unit_and_base(str(rows["unit"].iloc[0]), "", lang))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False)


def _handles(rows: pd.DataFrame, emphasis: str, lang: str) -> list[Line2D | Patch]:
    dots: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 6}
    count = labels.number(len(rows), lang)
    shown: list[Line2D | Patch] = [
        Line2D([], [], color=_OTHER, label=labels.text("notice.a_unit_each", lang, count=count), **dots)
    ]
    own = rows[rows["entity"] == emphasis]
    if len(own):
        value = wording.rounded(float(own["value"].iloc[0]), lang, places=1)
        said = labels.text("notice.alt_item", lang, name=labels.entity(emphasis, lang), value=value)
        shown.insert(0, Line2D([], [], color=palette.ASKED_COLOUR, label=said, **dots))
    return [*shown, Patch(color=_BAND, label=labels.text("notice.within_rounding", lang))]
