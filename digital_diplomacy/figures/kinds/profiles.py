"""One unit among all others: where it stands in every indicator and aggregate."""

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
from digital_diplomacy.figures.parts import palette, style, wording
from digital_diplomacy.figures.parts.axes import RANK, scale

_LABEL_WIDTH: Final = 2.4  # inches
_LINE: Final = 0.15  # inches of a line of a row's label
_ROW: Final = 0.2  # inches of a row
_AXIS: Final = 0.5  # inches for ticks and unit
_OWN: Final[dict[str, Any]] = {
    "marker": "D",
    "color": palette.ASKED_COLOUR,
    "markeredgecolor": "white",
    "markersize": 6.5,
    "linestyle": "none",
}
_HOLLOW: Final[dict[str, Any]] = {
    "markerfacecolor": "white",
    "markeredgecolor": style.COLOURS[0],
    "markeredgewidth": 1.4,
}
_OTHERS: Final[dict[str, Any]] = {"marker": "|", "color": "#b5b5b5", "markersize": 8, "linestyle": "none"}
_TICKS: Final[dict[str, Any]] = {"color": _OTHERS["color"], "linewidth": 1, "solid_capstyle": "butt"}
_TICK: Final = 0.055  # inches from the middle of a row to the end of a tick
_MIDDLE: Final[dict[str, Any]] = {"marker": "|", "color": style.INK, "markersize": 11, "linestyle": "none"}


def plot_profile(
    estimates: pd.DataFrame, *, about: str, lang: str = "en", title: str = "", hollow: Collection[str] = ()
) -> Figure:
    """Draw the scores of one unit among those of all units, a row for each indicator or aggregate.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``: scores of one measure and unit for every entity, told apart by ``group``, and ranks
        (unit ``rank``) of at least the entity the figure is about. Rows stand in the order of the groups.
    about : str
        The entity.
    lang : str
        Language of every word and number.
    title : str
        Drawn above the figure.
    hollow : collection of str
        Groups whose value of the entity was not observed but imputed or winsorised: their diamonds are hollow.

    Returns
    -------
    Figure
        A diamond for the unit, a tick for every other, a dark tick for the median, and score and rank in numbers; an
        indicator the unit has no score in shows the others alone.

    Raises
    ------
    ValueError
        If the scores have several units or periods, or the entity has none.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, rankings, sources
    >>> components = pd.DataFrame({"entity": ["KAZ", "UZB"], "osi": [0.6, 0.9], "hci": 0.6, "tii": [0.9, 0.6]})
    >>> framework = rankings.edition_framework(sources.load("un_egdi_editions"), 2024)
    >>> rows = rankings.edition_profile(components, framework, entity="KAZ", edition=2024)
    >>> figure = figures.plot_profile(rows, about="KAZ", lang="en")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['index', 'online services', 'human capital', 'telecommunication infrastructure']
    """
    labels.check_language(lang)
    rows = tables.validate(estimates, tables.ESTIMATES)
    scores, places = rows[rows["unit"] != RANK], rows[(rows["unit"] == RANK) & (rows["entity"] == about)]
    for column in ("unit", "period", "measure"):
        if wording.differs(scores[column]):
            raise ArgumentError("the scores have several values of {column}; a profile shows one", column=column)
    if scores.loc[scores["entity"] == about, "value"].isna().all():
        raise ArgumentError("{about!r} has no score; a profile is of a unit that was scored", about=about)
    with style.context():
        return _draw(scores, places.set_index("group")["value"], about, hollow, lang=lang, title=title)


def _draw(
    scores: pd.DataFrame,
    places: "pd.Series[float]",
    about: str,
    hollow: Collection[str],
    *,
    lang: str,
    title: str,
) -> Figure:
    groups = list(dict.fromkeys(scores["group"]))
    names = [
        style.name_lines(wording.name("group", group, lang), style.across(_LABEL_WIDTH), style.SMALL_SIZE)
        for group in groups
    ]
    heights = [max(_ROW, _LINE * len(lines)) + 0.06 for lines in names]
    figure = style.sheet(
        title=title,
        height=sum(heights) + _AXIS,
        notes=wording.source_line(scores["source_id"], lang),
        handles=_handles(about, lang, any_hollow=any(group in hollow for group in groups)),
    )
    axes = figure.add_subplot()
    edges = [sum(heights[:number]) for number in range(len(heights) + 1)]
    middles = [(above + below) / 2 for above, below in pairwise(edges)]
    scale(axes, "x", scores["value"].dropna().tolist(), scores["unit"].iloc[0], lang)
    axes.set_yticks(middles, ["\n".join(lines) for lines in names])
    axes.set_ylim(edges[-1], 0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(wording.name("unit", scores["unit"].iloc[0], lang))
    digits = max(wording.column_decimals(row) for _, row in scores.groupby("group")["value"])  # the same in all rows
    for group, middle in zip(groups, middles, strict=True):
        own = _OWN | (_HOLLOW if group in hollow else {})
        row = scores[scores["group"] == group]
        _draw_row(axes, row, about, places.get(group, float("nan")), middle, own, lang, digits=digits)
    style.settle(figure)
    return figure


def _handles(about: str, lang: str, *, any_hollow: bool) -> list[Artist]:
    said = (
        (_OWN, labels.entity(about, lang)),
        *([(_OWN | _HOLLOW, labels.text("notice.made_value", lang))] if any_hollow else []),
        (_OTHERS, labels.text("notice.other_units", lang)),
        (_MIDDLE, labels.text("notice.median_unit", lang)),
    )
    return [Line2D([], [], label=text, **look) for look, text in said]


def _draw_row(
    axes: Axes,
    row: pd.DataFrame,
    about: str,
    place: float,
    middle: float,
    look: dict[str, Any],
    lang: str,
    *,
    digits: int,
) -> None:
    own, others = row.loc[row["entity"] == about, "value"].dropna(), row.loc[row["entity"] != about, "value"].dropna()
    # One path for all units: a mark each makes a file of megabytes where units are many.
    ends = [end for value in others for end in (value, value, float("nan"))]
    axes.plot(ends, [middle - _TICK, middle + _TICK, float("nan")] * len(others), zorder=2, **_TICKS)
    known = row["value"].dropna()
    if len(known):
        axes.plot([known.median()], [middle], zorder=3, **_MIDDLE)
    if own.empty:
        return
    axes.plot(own, [middle], zorder=4, clip_on=False, **look)
    score = labels.number(float(own.iloc[0]), lang, decimals=digits)
    said = score if pd.isna(place) else _with_place(score, place, len(known), lang)
    axes.text(
        1.02, middle, said, transform=axes.get_yaxis_transform(), size=7.5, va="center", clip_on=False, gid="value"
    )


def _with_place(score: str, place: float, count: int, lang: str) -> str:
    rank = wording.number(float(place), lang)
    return labels.text("notice.score_and_place", lang, score=score, rank=rank, count=labels.number(count, lang))
