"""Shares of people asked when nobody says how many: one dot, and an interval within an interval."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import scale

WIDEST: Final = "_widest"
NARROWEST: Final = "_narrowest"
_KEY: Final = ["stem", "entity", "group", "period", "base", "source_id"]
_THIN: Final = 1.4  # points
_THICK: Final = 5.0
_ROW: Final = 0.27  # inches
_HEAD: Final = 0.3  # inches of the name of a block
_LABEL_WIDTH: Final = 2.2  # inches


def plot_sensitivity(
    estimates: pd.DataFrame, *, lang: str = "en", title: str = "", blocks: Sequence[str] = ()
) -> Figure:
    """Draw shares whose sample size is not known as dots with the intervals of a small and of a large sample.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates`` in percent: measures ``<m>_widest`` and ``<m>_narrowest`` of the same figures, ``n`` the
        size each assumes. Blocks of rows stand for ``m``, rows for the group.
    lang, title : str
        As in `plot_estimates`.
    blocks : sequence of str, optional
        Measures (``m``) in the order of their blocks; others follow in the order of first use.

    Returns
    -------
    Figure
        A thin line is the interval of the small sample, a thick one that of the large; the axis starts at 0.

    Raises
    ------
    ValueError
        If a row has another unit than percent, or one of its two intervals is missing.

    Examples
    --------
    >>> from digital_diplomacy import figures, penetration, sources
    >>> survey = penetration.printed_figures(sources.load("trust_survey"), source_id="trust_survey")
    >>> rows = penetration.share_sensitivity(survey[survey["group"] == "social_networks"])
    >>> figure = figures.plot_sensitivity(rows, lang="en")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['Trust fully', '16.54', 'Do not trust at all', '12.22', 'Trust sometimes', '65.28']
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES)
    _refuse(rows)
    stem = rows["measure"].str.removesuffix(WIDEST).str.removesuffix(NARROWEST)
    both = [rows.assign(stem=stem)[rows["measure"].str.endswith(end)] for end in (WIDEST, NARROWEST)]
    paired = both[0].merge(both[1][[*_KEY, "low", "high", "n"]], on=_KEY, suffixes=("", "_narrow"), how="outer")
    if len(paired) != len(both[0]) or paired["n"].isna().any() or paired["n_narrow"].isna().any():
        raise ArgumentError(
            "each share needs both intervals, measures <m>_widest and <m>_narrowest; see share_sensitivity"
        )
    first = {key: place for place, key in enumerate(both[0][_KEY].itertuples(index=False, name=None))}
    block = {stem: place for place, stem in enumerate(dict.fromkeys([*blocks, *both[0]["stem"]]))}
    keys = list(paired[_KEY].itertuples(index=False, name=None))
    paired = paired.iloc[sorted(range(len(keys)), key=lambda place: (block[keys[place][0]], first[keys[place]]))]
    with style.context():
        return _draw(paired.reset_index(drop=True), lang=lang, title=title)


def _refuse(rows: pd.DataFrame) -> None:
    other = sorted(set(rows["unit"]) - {"percent"})
    if other:
        raise ArgumentError(
            "shares of people asked are drawn in percent, but these rows have {other}", other=", ".join(other)
        )
    named = rows["measure"].str.endswith((WIDEST, NARROWEST))
    if not named.all():
        first = rows.loc[~named, "measure"].iloc[0]
        raise ArgumentError(
            "measure {first!r} ends in neither {widest} nor {narrowest}; see share_sensitivity",
            first=first,
            widest=WIDEST,
            narrowest=NARROWEST,
        )


def _draw(rows: pd.DataFrame, *, lang: str, title: str) -> Figure:
    blocks = list(rows.groupby("stem", sort=False))
    names = _names(rows, lang)
    deep = [
        _ROW * len(style.name_lines(name, style.across(_LABEL_WIDTH), style.SMALL_SIZE)) * 0.62 + 0.1 for name in names
    ]
    height = sum(deep) + _HEAD * len(blocks) + 0.45
    notes = [labels.text("notice.open_end", lang)] if rows[["low", "high"]].isna().any(axis=None) else []
    figure = style.sheet(
        title=title,
        height=height,
        notes=notes + wording.source_line(rows["source_id"], lang),
        handles=_handles(rows, lang),
    )
    axes = figure.add_subplot()
    values = rows[["value", "low", "high", "low_narrow", "high_narrow"]].to_numpy().ravel()
    scale(axes, "x", [0.0, *(float(value) for value in values)], "percent", lang)
    top, ticks = 0.0, []
    for stem, block in blocks:
        head = wording.name("measure", str(stem), lang)
        axes.text(0, top + _HEAD * 0.62, head, size=style.SMALL_SIZE, weight="bold", va="center", gid="head")
        top += _HEAD
        for place in block.index:
            ticks.append(top + deep[place] / 2)
            _draw_row(axes, rows.loc[place], ticks[-1], lang)
            top += deep[place]
    axes.set_yticks(
        ticks, ["\n".join(style.name_lines(name, style.across(_LABEL_WIDTH), style.SMALL_SIZE)) for name in names]
    )
    axes.set_ylim(top + 0.05, 0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")
    bases = rows["base"].unique()
    one = wording.unit_and_base("percent", bases[0], lang) if len(bases) == 1 else wording.name("unit", "percent", lang)
    axes.set_xlabel(one)
    style.settle(figure)
    return figure


def _names(rows: pd.DataFrame, lang: str) -> list[str]:
    """Groups by name, with whom they are shares of where that differs."""
    names = wording.joined_rows(rows, ["group"], lang)
    if not wording.differs(rows["base"]):
        return names
    return [
        f"{name} ({wording.unit_and_base('percent', base, lang)})"
        for name, base in zip(names, rows["base"], strict=True)
    ]


def _draw_row(axes: Axes, row: pd.Series, y: float, lang: str) -> None:
    for low, high, width in (("low", "high", _THIN), ("low_narrow", "high_narrow", _THICK)):
        dot = marks.Dot(row["value"], row[low], row[high], row["interval"])
        ends = [row["value"] if pd.isna(end) else end for end in (row[low], row[high])]
        opaque = 1.0 if width == _THIN else 0.4
        axes.plot(
            ends, [y, y], color=palette.ASKED_COLOUR, linewidth=width, alpha=opaque, solid_capstyle="butt", zorder=3
        )
        if width == _THIN and any(pd.isna(end) for end in (dot.low, dot.high)):
            marks.draw_interval(axes, dot, y, palette.ASKED_COLOUR, upright=False)
    look = style.Look(palette.ASKED_COLOUR, "o", "-")
    style.stroke(axes, [row["value"]], [y], zorder=4, clip_on=False, **marks.marker(look, hollow=False))
    said = wording.number(float(row["value"]), lang)
    sign = "notice.at_least" if pd.isna(row["high"]) else "notice.at_most" if pd.isna(row["low"]) else ""
    said = labels.text(sign, lang, value=said) if sign else said
    place = axes.get_yaxis_transform()
    axes.text(1.02, y, said, transform=place, size=style.SMALL_SIZE, va="center", clip_on=False, gid="value")


def _handles(rows: pd.DataFrame, lang: str) -> list[Artist]:
    level = labels.number(round(100 * float(rows["level"].iloc[0]), 4), lang)
    made: list[Artist] = []
    for column, width, opaque in (("n", _THIN, 1.0), ("n_narrow", _THICK, 0.4)):
        size = labels.number(float(rows[column].iloc[0]), lang)
        text = labels.text("notice.if_so_many_asked", lang, level=level, n=size)
        settings: dict[str, Any] = {"linewidth": width, "alpha": opaque, "solid_capstyle": "butt"}
        made.append(Line2D([], [], color=palette.ASKED_COLOUR, label=text, **settings))
    return made
