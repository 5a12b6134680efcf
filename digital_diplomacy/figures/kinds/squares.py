"""Parts of a small whole that was counted: a square for each unit, so that the count is seen before any percentage."""

from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording

MAX_UNITS: Final = 60
_IN_ROW: Final = 20
_LABEL_WIDTH: Final = 2.2  # inches
_SIDE: Final = 0.19  # inches from one square to the next
_GAP: Final = 0.16  # inches between rows
_EMPTY: Final = "#e3e3e3"


def plot_squares(estimates: pd.DataFrame, *, lang: str = "en", title: str = "") -> Figure:
    """Draw each share of a counted whole as squares, the filled ones being the part.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates`` in percent, ``n`` the units of the whole (1 to 60); each share is some of them.
    lang, title : str
        As in `plot_estimates`.

    Raises
    ------
    ValueError
        If a row is no count of whole units, or its whole is too large to be drawn unit by unit.

    Examples
    --------
    >>> from digital_diplomacy import figures, penetration, sources
    >>> counts = sources.load("appeals_and_channels").query("entity == 'KAZ'")
    >>> named = {"whole": "akimats", "base": "regions", "source_id": "appeals_and_channels"}
    >>> rows = penetration.counted_shares(counts, parts=["akimats_with_call_centre"], **named)
    >>> figure = figures.plot_squares(rows, lang="en")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['4 of 17']
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES)
    counts = rows["value"] * rows["n"] / 100
    whole = (rows["unit"] == "percent") & rows["n"].between(1, MAX_UNITS) & ((counts - counts.round()).abs() < 1e-6)
    if not whole.all():
        first = rows.loc[~whole].iloc[0]
        raise ArgumentError(
            "{measure}: {value:g} {unit} of {n:g} is no part of 1 to {max_units} whole units; use plot_estimates",
            measure=first["measure"],
            value=first["value"],
            unit=first["unit"],
            n=first["n"],
            max_units=MAX_UNITS,
        )
    with style.context():
        return _draw(rows.assign(filled=counts.round().astype(int)), lang=lang, title=title)


def _draw(rows: pd.DataFrame, *, lang: str, title: str) -> Figure:
    names = [
        "\n".join(style.name_lines(text, style.across(_LABEL_WIDTH), style.TEXT_SIZE)) for text in _names(rows, lang)
    ]
    deep = [
        max(_SIDE * -(-int(n) // _IN_ROW), 0.17 * (name.count("\n") + 1)) + _GAP
        for n, name in zip(rows["n"], names, strict=True)
    ]
    figure = style.sheet(title=title, height=sum(deep) + 0.1, notes=wording.source_line(rows["source_id"], lang))
    axes = figure.add_subplot()
    tops = [sum(deep[:number]) for number in range(len(deep))]
    wholes, parts = rows["n"].astype(int).tolist(), rows["filled"].tolist()
    for top, height, units, part in zip(tops, deep, wholes, parts, strict=True):
        lines = -(-units // _IN_ROW)
        first = top + height / 2 - _SIDE * (lines - 1) / 2
        xs = [_SIDE * (unit % _IN_ROW) for unit in range(units)]
        ys = [first + _SIDE * (unit // _IN_ROW) for unit in range(units)]
        colours = [palette.ASKED_COLOUR if unit < part else _EMPTY for unit in range(units)]
        axes.scatter(
            xs, ys, marker="s", s=(0.82 * _SIDE * 72) ** 2, c=colours, linewidths=0, gid="units", clip_on=False
        )
        said = labels.text("notice.of_so_many", lang, count=labels.number(part, lang), n=labels.number(units, lang))
        axes.text(_SIDE * (min(units, _IN_ROW) + 0.2), top + height / 2, said, weight="bold", va="center", gid="value")
    middles = [top + height / 2 for top, height in zip(tops, deep, strict=True)]
    axes.set_yticks(middles, names, size=style.TEXT_SIZE)
    axes.set(xlim=(-_SIDE, _SIDE * (_IN_ROW + 4)), ylim=(sum(deep), 0), xticks=[])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    style.settle(figure)
    return figure


def _names(rows: pd.DataFrame, lang: str) -> list[str]:
    """What was counted: the measure of the count, not that of its share."""
    codes = rows["measure"].str.removesuffix("_pct")
    return [wording.name("measure", code, lang) for code in codes]
