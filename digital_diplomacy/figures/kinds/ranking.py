"""A ranking with all that its places leave open: one row for each unit, in the order of the ranks as declared."""

import math
from collections.abc import Collection
from itertools import pairwise
from typing import Any, Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, style, wording
from digital_diplomacy.figures.parts.axes import RANK, scale

STATED: Final = "index_rank"
DRAWN: Final = "rank_median_method"
MISSING: Final = "rank_missing"
"""Measures of the rows: the rank, which every unit has; its range over draws, and its bounds for missing data."""

_LABEL_WIDTH: Final = 2.4  # inches
_LINE: Final = 0.15  # inches of a line of a row's label
_GAP: Final = 0.09  # inches between rows
_AXIS: Final = 0.55  # inches for ticks and unit
_BOUND: Final[dict[str, Any]] = {"color": "#b0b7bf", "linewidth": 1.1, "solid_capstyle": "butt"}
_RANGE: Final[dict[str, Any]] = {"color": style.COLOURS[0], "linewidth": 3.4, "alpha": 0.45, "solid_capstyle": "butt"}
_CAP: Final[dict[str, Any]] = {"marker": "|", "color": "#8b939c", "markersize": 5, "linestyle": "none"}
_LOOK: Final = style.Look(style.COLOURS[0], "o", "-")


def plot_ranking(estimates: pd.DataFrame, *, lang: str = "en", title: str = "", hollow: Collection[str] = ()) -> Figure:
    """Draw the rank of each unit, the range of ranks over draws, and its bounds whatever the missing values are.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``, unit ``rank``: measure ``index_rank`` for each unit, in the order of the rows, and
        ``rank_median_method`` and ``rank_missing`` where they are known.
    lang : str
        Language of every word and number.
    title : str
        Drawn above the figure.
    hollow : collection of str
        Entities some of whose values are imputed: their markers are hollow.

    Returns
    -------
    Figure
        The first place lies at the right; rank and range stand in numbers beside each row.

    Raises
    ------
    ValueError
        If no unit has a rank, or one has several.

    Examples
    --------
    >>> import math
    >>> import pandas as pd
    >>> from digital_diplomacy import figures
    >>> row = {"entity": "KAZ", "measure": "index_rank", "value": 1.0, "unit": "rank", "interval": "none"}
    >>> rest = {"group": "", "period": "", "base": "", "source_id": "", "n": 1.0}
    >>> ends = dict.fromkeys(["low", "high", "level"], math.nan)
    >>> len(figures.plot_ranking(pd.DataFrame([row | rest | ends]), lang="en").axes)
    1
    """
    labels.check_language(lang)
    rows = tables.validate(estimates, tables.ESTIMATES)
    stated = rows[rows["measure"] == STATED].dropna(subset="value")
    if stated.empty or stated["entity"].duplicated().any():
        raise ArgumentError("one row of measure 'index_rank' for each unit expected; choose one period")
    with style.context():
        return _draw(stated, rows, hollow, lang=lang, title=title)


def _draw(stated: pd.DataFrame, rows: pd.DataFrame, hollow: Collection[str], *, lang: str, title: str) -> Figure:
    spans = {measure: rows[rows["measure"] == measure].set_index("entity") for measure in (DRAWN, MISSING)}
    names = [
        style.name_lines(labels.entity(entity, lang), style.across(_LABEL_WIDTH), style.SMALL_SIZE)
        for entity in stated["entity"]
    ]
    heights = [_LINE * len(lines) + _GAP for lines in names]
    marked = [entity for entity in stated["entity"] if entity in hollow]
    figure = style.sheet(
        title=title,
        height=sum(heights) + _AXIS,
        notes=wording.source_line(rows["source_id"], lang),
        handles=_handles(spans, bool(marked), len(marked) < len(stated), lang),
    )
    axes = figure.add_subplot()
    edges = [sum(heights[:number]) for number in range(len(heights) + 1)]
    middles = [(above + below) / 2 for above, below in pairwise(edges)]
    known = rows.loc[rows["entity"].isin(stated["entity"]), ["value", "low", "high"]].to_numpy().ravel()
    scale(axes, "x", [float(value) for value in known if not math.isnan(value)], RANK, lang)
    axes.set_yticks(middles, ["\n".join(lines) for lines in names])
    axes.set_ylim(edges[-1], 0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(wording.name("unit", RANK, lang))
    for entity, rank, middle in zip(stated["entity"], stated["value"], middles, strict=True):
        _draw_row(axes, entity, rank, spans, middle, hollow=entity in hollow, lang=lang)
    style.settle(figure)
    return figure


def _draw_row(
    axes: Axes, entity: str, rank: float, spans: dict[str, pd.DataFrame], middle: float, *, hollow: bool, lang: str
) -> None:
    ends: dict[str, tuple[float, float]] = {
        measure: (float(part["low"][entity]), float(part["high"][entity]))
        for measure, part in spans.items()
        if entity in part.index
    }
    if MISSING in ends and ends[MISSING][0] < ends[MISSING][1]:
        style.stroke(axes, ends[MISSING], [middle] * 2, zorder=2, clip_on=False, **_BOUND)
        style.stroke(axes, ends[MISSING], [middle] * 2, zorder=2, clip_on=False, **_CAP)
    if DRAWN in ends and ends[DRAWN][0] < ends[DRAWN][1]:
        style.stroke(axes, ends[DRAWN], [middle] * 2, zorder=3, clip_on=False, **_RANGE)
    style.stroke(axes, [rank], [middle], zorder=4, clip_on=False, **marks.marker(_LOOK, hollow=hollow))
    low, high = ends.get(DRAWN, (rank, rank))
    said = labels.number(rank, lang, decimals=0)
    if low < high:
        said += f" ({labels.number(low, lang, decimals=0)}–{labels.number(high, lang, decimals=0)})"
    axes.text(
        1.02, middle, said, transform=axes.get_yaxis_transform(), size=7.5, va="center", clip_on=False, gid="value"
    )


def _handles(spans: dict[str, pd.DataFrame], some_hollow: bool, some_full: bool, lang: str) -> list[Artist]:
    handles: list[Artist] = []
    for hollow, wanted, code in ((False, some_full, "notice.rank_stated"), (True, some_hollow, "notice.rank_imputed")):
        if wanted:
            handles.append(Line2D([], [], label=labels.text(code, lang), **marks.marker(_LOOK, hollow=hollow)))
    drawn, missing = spans[DRAWN], spans[MISSING]
    if len(drawn):
        level = labels.number(round(100 * float(drawn["level"].iloc[0]), 4), lang)
        handles.append(Line2D([], [], label=labels.text("notice.rank_range", lang, level=level), **_RANGE))
    if (missing["low"] < missing["high"]).any():
        handles.append(
            Line2D([], [], label=labels.text("notice.rank_missing", lang), **(_CAP | _BOUND | {"linestyle": "-"}))
        )
    return handles
