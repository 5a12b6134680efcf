"""Two values of each row on one axis: what was and what is, or what is and what would be needed."""

import math
from itertools import pairwise
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import scale

TOLD: Final = ("period", "measure")
_LABEL_WIDTH: Final = 2.4  # inches
_LINE: Final = 0.15  # inches of a line of a row's label
_ROW: Final = 0.3  # inches
_AXIS: Final = 0.5  # inches for ticks and unit
_BAND: Final = "#eaf1f8"
_SIZE: Final = 6.5  # points of a marker


def plot_dumbbells(
    estimates: pd.DataFrame,
    *,
    lang: str = "en",
    title: str = "",
    emphasis: str = "",
    by: str = "entity",
    told: str = "period",
) -> Figure:
    """Draw the first and the second value of each row, joined by a line, in the order of the rows.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates`` in one unit; every row of the figure has one value, or none, of each kind.
    lang, title : str
        As in `plot_estimates`.
    emphasis : str
        Code of the entity whose rows stand out where there are several; without it all have its colour.
    by : {"entity", "group"}
        What the rows of the figure are.
    told : {"period", "measure"}
        What tells the two values apart; the first to appear is the hollow marker.

    Returns
    -------
    Figure
        The first place of a ranking lies at the right; the numbers stand beside each row.

    Raises
    ------
    ValueError
        If units differ, there are not two kinds of value, or a row has two of one kind.

    Examples
    --------
    >>> from digital_diplomacy import figures, rankings, sources
    >>> tables = [sources.load(name) for name in ("digital_diplomacy_review", "digital_diplomacy_review_order")]
    >>> rows = rankings.both_editions(rankings.review_ranks(*tables))
    >>> figure = figures.plot_dumbbells(rows, lang="en", emphasis="KAZ")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['Albania', 'Armenia', 'Kazakhstan']
    """
    labels.check_language(lang)
    rows = tables.validate(estimates, tables.ESTIMATES)
    if told not in TOLD or by not in ("entity", "group"):
        raise ArgumentError(
            "values told by {told!r} in rows of {by!r}; give one of {told_2}, and entity or group",
            told=told,
            by=by,
            told_2=TOLD,
        )
    kinds = list(dict.fromkeys(rows[told]))
    if len(kinds) != 2 or wording.differs(rows["unit"]) or rows.duplicated([by, told]).any():
        raise ArgumentError(
            "two values of one unit a row are drawn; these rows have {told} {kinds}", told=told, kinds=kinds
        )
    if rows["value"].isna().all():
        raise ArgumentError("no row has a value to draw; check the selection that made them")
    with style.context():
        return _draw(rows, kinds, lang=lang, title=title, emphasis=emphasis, by=by, told=told)


def _draw(rows: pd.DataFrame, kinds: list[str], *, lang: str, title: str, emphasis: str, by: str, told: str) -> Figure:
    codes = list(dict.fromkeys(rows[by]))
    names = [
        style.name_lines(wording.name(by, code, lang), style.across(_LABEL_WIDTH), style.SMALL_SIZE) for code in codes
    ]
    heights = [max(_ROW, _LINE * len(lines) + 0.1) for lines in names]
    edges = [sum(heights[:number]) for number in range(len(heights) + 1)]
    figure = style.sheet(
        title=title,
        height=sum(heights) + _AXIS,
        notes=wording.source_line(rows["source_id"], lang),
        handles=_handles(kinds, told, lang),
    )
    axes = figure.add_subplot()
    factor = 100.0 if rows["unit"].iloc[0] == "share" else 1.0
    unit = "percent" if factor > 1 else str(rows["unit"].iloc[0])
    rows = rows.assign(drawn=rows["value"] * factor)
    scale(axes, "x", rows["drawn"].dropna().tolist(), unit, lang)
    middles = [(above + below) / 2 for above, below in pairwise(edges)]
    axes.set_yticks(middles, ["\n".join(lines) for lines in names])
    axes.set_ylim(edges[-1], 0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(wording.unit_and_base(unit, rows["base"].iloc[0], lang))
    several = wording.differs(rows["entity"]) and emphasis in set(rows["entity"])
    for code, middle, height in zip(codes, middles, heights, strict=True):
        own = rows[rows[by] == code].set_index(told)["drawn"].reindex(kinds)
        asked = not several or bool((rows.loc[rows[by] == code, "entity"] == emphasis).any())
        if several and asked:
            axes.axhspan(middle - height / 2, middle + height / 2, color=_BAND, linewidth=0, zorder=0.5)
            axes.get_yticklabels()[codes.index(code)].set_fontweight("bold")
        colour = palette.ASKED_COLOUR if asked else palette.MUTED
        _draw_row(axes, float(own.iloc[0]), float(own.iloc[1]), middle, colour)
        _write(axes, own.tolist(), middle, unit, lang)
    style.settle(figure)
    return figure


def _handles(kinds: list[str], told: str, lang: str) -> list[Line2D]:
    look = style.Look(style.INK, "o", "-")
    return [
        Line2D([], [], label=wording.name(told, kind, lang), **marks.marker(look, hollow=number == 0, size=_SIZE))
        for number, kind in enumerate(kinds)
    ]


def _draw_row(axes: Axes, first: float, last: float, middle: float, colour: str) -> None:
    look = style.Look(colour, "o", "-")
    style.stroke(axes, [first, last], [middle] * 2, color=colour, linewidth=1.6, zorder=2)
    for value, hollow in ((last, False), (first, True)):
        if not math.isnan(value):
            style.stroke(
                axes, [value], [middle], zorder=4, clip_on=False, **marks.marker(look, hollow=hollow, size=_SIZE)
            )


def _write(axes: Axes, values: list[float], middle: float, unit: str, lang: str) -> None:
    """Both numbers with one number of decimals: as many as their difference needs, for a percentage one."""
    places = {"index": 3, "percent": 1}.get(unit, 0)
    said = ["–" if math.isnan(value) else wording.rounded(value, lang, places=places) for value in values]
    axes.text(
        1.02,
        middle,
        " → ".join(said),
        transform=axes.get_yaxis_transform(),
        size=style.SMALL_SIZE,
        va="center",
        clip_on=False,
        gid="value",
    )
