"""The same quantity of a few entities side by side, row by row, with what the rows say of them in numbers."""

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import palette, style, wording

_NAME: Final = 1.1  # inches of the names of rows
_COLUMN: Final = 1.05  # inches of a column of numbers
_NUMBER: Final = 0.85  # inches of the number behind a bar
_BAR: Final = 0.19  # inches
_GAP: Final = 0.14  # inches between rows
_HEAD: Final = 0.42  # inches of the heads of columns
_DIGITS: Final = 2  # significant digits of a ratio or a growth


def plot_compared(estimates: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "") -> Figure:
    """Draw values as bars, a row a group, an entity a bar, and other measures of them as columns of numbers.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``. The first measure to appear is drawn, with its last period where there are several;
        all others are written, one column each, beside the bar of their entity.
    lang, title : str
        As in `plot_estimates`.
    emphasis : str
        Entity whose bars have its colour and come first.

    Returns
    -------
    Figure
        Bars within a row are to one scale, rows are not; the notes say so.

    Raises
    ------
    ValueError
        If no row of the first measure has a value, or an entity has two in a row and period.

    Examples
    --------
    >>> from digital_diplomacy import figures, rankings, sources
    >>> audiences = rankings.audiences(sources.load("ministry_audiences"))
    >>> rows = rankings.audiences_compared(audiences[audiences["group"] == "facebook"], "KAZ")
    >>> figure = figures.plot_compared(rows, lang="en", emphasis="KAZ")
    >>> sorted(text.get_text() for text in figure.axes[0].texts)  # 364,547 is 31 times 11,668
    ['11,668', '364,547', '7.8%', 'Facebook', 'growth (Aug 2017 –\\nFeb 2018)', 'times (Feb 2018)', '× 31']
    """
    labels.check_language(lang)
    rows = tables.validate(estimates, tables.ESTIMATES)
    first = rows["measure"].iloc[0]
    drawn = rows[rows["measure"] == first].dropna(subset=["value"]).sort_values("period", kind="stable")
    if drawn.empty or drawn.duplicated(["entity", "group", "period"]).any():
        raise ArgumentError(
            "{first!r} needs one value of an entity in a row and period; choose one of its sources", first=first
        )
    drawn = drawn.drop_duplicates(["entity", "group"], keep="last")
    told = rows[rows["measure"] != first]
    with style.context():
        return _draw(drawn, told, rows, lang=lang, title=title, emphasis=emphasis)


def _draw(
    drawn: pd.DataFrame, told: pd.DataFrame, rows: pd.DataFrame, *, lang: str, title: str, emphasis: str
) -> Figure:
    entities = sorted(drawn["entity"].unique(), key=lambda code: (code != emphasis, code))
    groups = list(drawn.sort_values("value", ascending=False, kind="stable")["group"].drop_duplicates())
    sizes = [_BAR * int((drawn["group"] == group).sum()) + _GAP for group in groups]
    colours = dict(zip(entities, _colours(len(entities)), strict=True))
    note = labels.text("notice.rows_own_scale", lang)
    figure = style.sheet(
        title=title,
        height=sum(sizes) + _HEAD,
        notes=[note, *wording.source_line(rows["source_id"], lang)],
        handles=[Patch(color=colours[code], label=labels.entity(code, lang)) for code in entities],
    )
    axes = figure.add_subplot()
    axes.set(xlim=(0, style.inner()), ylim=(sum(sizes), -_HEAD))
    axes.set_axis_off()
    measures = list(dict.fromkeys(told["measure"]))
    _write_heads(axes, measures, told, lang)
    top = 0.0
    for group, size in zip(groups, sizes, strict=True):
        style.stroke(axes, [0, style.inner()], [top, top], color="#e4e4e4", linewidth=0.7)
        axes.text(0, top + size / 2, wording.name("group", group, lang), va="center", size=style.SMALL_SIZE)
        own = drawn[drawn["group"] == group].set_index("entity").reindex(entities).dropna(subset=["value"])
        for number, (code, row) in enumerate(own.iterrows()):
            middle = top + _GAP / 2 + _BAR * (number + 0.5)
            bar = (
                (_reach(len(measures)) - style.across(_NAME) - _NUMBER)
                * float(row["value"])
                / float(own["value"].max())
            )
            axes.barh(
                [middle], [bar], left=style.across(_NAME), height=_BAR * 0.82, color=colours[str(code)], linewidth=0
            )
            said = wording.number(float(row["value"]), lang)
            axes.text(style.across(_NAME) + bar + 0.05, middle, said, va="center", size=style.SMALL_SIZE, gid="value")
            _write_told(axes, told[(told["group"] == group) & (told["entity"] == code)], measures, middle, lang)
        top += size
    style.settle(figure)
    return figure


def _colours(count: int) -> list[str]:
    return [palette.ASKED_COLOUR, palette.MUTED, *(style.COLOURS[2:] * count)][:count]


def _reach(columns: int) -> float:
    """Where the bars and their numbers end, in inches."""
    return style.inner() - columns * style.across(_COLUMN)


def _write_heads(axes: Axes, measures: list[str], told: pd.DataFrame, lang: str) -> None:
    for number, measure in enumerate(measures):
        period = told.loc[told["measure"] == measure, "period"].iloc[0]
        said = labels.text(f"head.{measure}", lang, period=labels.period(str(period), lang))
        lines = style.wrap(said, style.across(_COLUMN) - 0.08, 7)
        axes.text(
            _reach(len(measures)) + style.across(_COLUMN) * (number + 1),
            -0.04,
            "\n".join(lines),
            ha="right",
            va="bottom",
            size=7,
        )


def _write_told(axes: Axes, told: pd.DataFrame, measures: list[str], middle: float, lang: str) -> None:
    for row in told.dropna(subset=["value"]).itertuples():
        place = _reach(len(measures)) + style.across(_COLUMN) * (measures.index(str(row.measure)) + 1)
        value = float(row.value)  # type: ignore[arg-type]
        places = _DIGITS - 1 - math.floor(math.log10(abs(value))) if value else 0
        number = wording.rounded(value, lang, places=places)
        said = labels.text(f"cell.{row.unit}", lang, value=number)
        axes.text(place, middle, said, ha="right", va="center", size=style.SMALL_SIZE, weight="bold", gid="value")
