"""Two measures of the same units against each other, points or the bounds in which they lie."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import scale

_HEIGHT: Final = 4.3  # inches
_MARKER: Final = 5.5  # points
_BOUND: Final = "#b9c3cd"
_ROOM: Final = 5.0  # pixels kept free around a point and beside a name
_NAMED: Final = 40  # points whose names may find room


def plot_scatter(estimates: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "") -> Figure:
    """Draw two measures of the same units: the first to appear runs along, the second upwards.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates`` with two measures, a row for each of them and a unit; units without both are left out.
        The second may be known within bounds only.
    lang, title : str
        As in `plot_estimates`.
    emphasis : str
        Unit marked by its colour and name.

    Returns
    -------
    Figure
        Points, named where there is room; a thin line for bounds. The first place of a ranking lies at the top and at
        the right.

    Raises
    ------
    ValueError
        If there are not two measures, a unit has two rows of one, or none has both.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, rankings, sources
    >>> tables = [sources.load(name) for name in ("digital_diplomacy_review", "digital_diplomacy_review_order")]
    >>> review = rankings.review_ranks(*tables).query("period == '2017'")
    >>> index = rankings.index_ranks(sources.load("egdi_by_edition").query("edition == 2018"))
    >>> figure = figures.plot_scatter(pd.concat([index, review]), lang="en", emphasis="KAZ")
    >>> figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()
    ('Rank in the E-Government Development Index', 'Place in the Digital Diplomacy Review')
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES)
    measures = list(dict.fromkeys(rows["measure"]))
    if len(measures) != 2 or rows.duplicated(["entity", "measure"]).any():
        raise ArgumentError("two measures with one row a unit are drawn; these rows have {measures}", measures=measures)
    x, y = (rows[rows["measure"] == measure].dropna(axis=1, how="all") for measure in measures)
    both = x.merge(rows[rows["measure"] == measures[1]], on="entity", suffixes=("_x", ""), validate="one_to_one")
    both = both.dropna(subset=["value_x"])
    if both.empty:
        raise ArgumentError("no unit has both measures; check the selection that made the rows")
    with style.context():
        return _draw(both, rows, (x.iloc[0], y.iloc[0]), lang=lang, title=title, emphasis=emphasis)


def _draw(
    both: pd.DataFrame, rows: pd.DataFrame, firsts: tuple[pd.Series, pd.Series], *, lang: str, title: str, emphasis: str
) -> Figure:
    figure = style.sheet(
        title=title,
        height=_HEIGHT,
        notes=wording.source_line(rows["source_id"], lang),
        handles=_handles(both, emphasis, lang),
    )
    axes = figure.add_subplot()
    scale(axes, "x", both["value_x"].tolist(), str(firsts[0]["unit"]), lang)
    ends = [float(end) for end in both[["value", "low", "high"]].to_numpy(float).ravel()]
    scale(axes, "y", ends, str(firsts[1]["unit"]), lang)
    along, upwards = ("\n".join(_lines(str(first["measure"]), lang)) for first in firsts)
    axes.set(xlabel=along, ylabel=upwards)
    bounded = both[both["value"].isna()]
    for code, x, low, high in bounded[["entity", "value_x", "low", "high"]].itertuples(index=False, name=None):
        colour, width = (palette.ASKED_COLOUR, palette.ASKED_WIDTH) if code == emphasis else (_BOUND, 1.0)
        axes.plot([x, x], [low, high], color=colour, linewidth=width, zorder=1.5)
    points = both.dropna(subset=["value"])
    others, own = points[points["entity"] != emphasis], points[points["entity"] == emphasis]
    for shown, colour in ((others, palette.MUTED), (own, palette.ASKED_COLOUR)):
        look = marks.marker(style.Look(colour, "o", "-"), hollow=False, size=_MARKER)
        axes.plot(shown["value_x"], shown["value"], zorder=3, clip_on=False, **look)
    style.settle(figure)
    if len(points) <= _NAMED:
        _name(figure, axes, points, emphasis, lang)
    return figure


def _lines(measure: str, lang: str) -> list[str]:
    return style.wrap(wording.name("measure", measure, lang), _HEIGHT - 0.6, style.SMALL_SIZE)


def _handles(both: pd.DataFrame, emphasis: str, lang: str) -> list[Line2D]:
    """What is drawn, with the numbers of units."""
    known, bounded = int(both["value"].notna().sum()), int(both["value"].isna().sum())
    look = marks.marker(style.Look(palette.MUTED, "o", "-"), hollow=False, size=_MARKER)
    said = [(known, "notice.points_known", look), (bounded, "notice.points_bounded", {"color": _BOUND})]
    shown = [
        Line2D([], [], label=labels.text(code, lang, count=labels.number(count, lang)), **settings)
        for count, code, settings in said
        if count
    ]
    if emphasis in set(both["entity"]):
        own = marks.marker(style.Look(palette.ASKED_COLOUR, "o", "-"), hollow=False, size=_MARKER)
        shown.insert(0, Line2D([], [], label=labels.entity(emphasis, lang), **own))
    return shown


def _name(figure: Figure, axes: Axes, points: pd.DataFrame, emphasis: str, lang: str) -> None:
    """Names beside their points, to the right or the left, where they touch neither another name nor a point."""
    renderer = style.renderer(figure)
    at = axes.transData.transform(points[["value_x", "value"]].to_numpy(float))
    taken = [(x - _ROOM, y - _ROOM, x + _ROOM, y + _ROOM) for x, y in at]
    order = sorted(range(len(points)), key=lambda number: points["entity"].iloc[number] != emphasis)
    for number in order:
        code = str(points["entity"].iloc[number])
        for side, shift in (("left", 5), ("right", -5)):
            text = axes.annotate(
                labels.entity(code, lang),
                (float(points["value_x"].iloc[number]), float(points["value"].iloc[number])),
                (shift, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                size=7,
                weight="bold" if code == emphasis else "normal",
                gid="name",
            )
            box = text.get_window_extent(renderer)
            inside = axes.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 - 2
            if inside and not any(
                box.x0 < right and left < box.x1 and box.y0 < top and low < box.y1 for left, low, right, top in taken
            ):
                taken.append((box.x0 - _ROOM, box.y0, box.x1 + _ROOM, box.y1))
                break
            text.remove()
