"""Wholes split into parts: a stacked bar a period, every part with its count."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import style, wording

_ROW: Final = 0.24  # inches
_BAR: Final = 0.78  # of the row
_AXIS: Final = 0.5  # inches for ticks and unit
_FILLS: Final = ("#9db8d3", style.COLOURS[1], style.INK, style.COLOURS[2], style.FAINT)
"""The first part, which is what one hopes for, stays pale; what deviates is strong."""
_LIGHT: Final = ("#9db8d3", style.FAINT)
_INSIDE: Final = 0.045  # of the axis: narrower parts have their number left out


def plot_stacks(estimates: pd.DataFrame, *, lang: str = "en", title: str = "") -> Figure:
    """Draw counts as stacked bars, a period a row, the parts in the order of first appearance.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``: one entity, measure and unit; ``group`` names the parts, which add up to ``n``.
    lang, title : str
        As in `plot_estimates`.

    Returns
    -------
    Figure
        Parts too narrow for their number, and parts of nothing, go without; the whole stands beside each bar.

    Raises
    ------
    ValueError
        If there are several entities, measures or units, more than five parts, a negative count, or parts that do not
        add up to n.

    Examples
    --------
    >>> from digital_diplomacy import figures, rankings, sources
    >>> rows = rankings.agreement(sources.load("egdi_by_edition").query("edition >= 2022"))
    >>> figure = figures.plot_stacks(rows[rows["group"] != "rank_inside"], lang="en")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['193', '193', '101', '92', '193']
    """
    labels.check_language(lang)
    rows = tables.validate(estimates, tables.ESTIMATES)
    for column in ("entity", "measure", "unit"):
        if wording.differs(rows[column]):
            raise ArgumentError(
                "stacked bars are of one {column}; choose one of {unique}",
                column=column,
                unique=sorted(rows[column].unique()),
            )
    table = rows.pivot_table(index="period", columns="group", values="value", dropna=False, sort=True)[
        list(dict.fromkeys(rows["group"]))
    ]
    wholes = rows.groupby("period")["n"].first()
    if table.isna().any(axis=None) or (table < 0).any(axis=None) or (table.sum(axis=1) != wholes).any():
        raise ArgumentError("the parts of a period do not add up to its n; every part needs its count")
    if len(table.columns) > len(_FILLS):
        raise ArgumentError(
            "{count} parts are more than the {count_2} that can be told apart",
            count=len(table.columns),
            count_2=len(_FILLS),
        )
    with style.context():
        return _draw(table, wholes, rows, lang=lang, title=title)


def _draw(table: pd.DataFrame, wholes: pd.Series, rows: pd.DataFrame, *, lang: str, title: str) -> Figure:
    shown = [group for group in table.columns if table[group].any()]
    fills = dict(zip(table.columns, _FILLS, strict=False))
    figure = style.sheet(
        title=title,
        height=_ROW * len(table) + _AXIS,
        notes=wording.source_line(rows["source_id"], lang),
        handles=[Patch(color=fills[group], label=wording.name("group", group, lang)) for group in shown],
    )
    axes = figure.add_subplot()
    axes.set_yticks(range(len(table)), [labels.period(str(period), lang) for period in table.index])
    axes.set(ylim=(len(table) - 0.4, -0.6), xlim=(0, float(wholes.max())))
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    axes.set_xlabel(
        wording.name("base", rows["base"].iloc[0], lang) or wording.name("unit", rows["unit"].iloc[0], lang)
    )
    axes.set_xticks(axes.get_xticks(), [labels.number(float(tick), lang) for tick in axes.get_xticks()])
    for place, (period, row) in enumerate(table.iterrows()):
        _draw_bar(axes, place, row[shown], fills, float(wholes.max()), lang)
        axes.text(
            1.015,
            place,
            labels.number(float(wholes[str(period)]), lang),
            transform=axes.get_yaxis_transform(),
            size=style.SMALL_SIZE,
            va="center",
            gid="value",
        )
    style.settle(figure)
    return figure


def _draw_bar(axes: Axes, place: int, row: pd.Series, fills: dict[str, str], reach: float, lang: str) -> None:
    start = 0.0
    for group, count in row.items():
        axes.barh([place], [count], left=start, height=_BAR, color=fills[str(group)], linewidth=0)
        if count / reach >= _INSIDE:
            axes.text(
                start + count / 2,
                place,
                labels.number(float(count), lang),
                ha="center",
                va="center",
                size=7.5,
                color=style.INK if fills[str(group)] in _LIGHT else "white",
            )
        start += float(count)
