"""One ranking as a list: every unit in its place, the one asked about emphasised, unknown places as bounds."""

from typing import Any, Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import RANK, scale

_ROW: Final = 0.15  # inches
_LEAST: Final = 0.45  # inches, so that a single row keeps room for its axis
_PANEL_ROOM: Final = 0.35  # inches for heading and ticks of a panel
_SIZE: Final = 7.0  # points of names and places


def plot_places(estimates: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "") -> Figure:
    """Draw one ranking: places printed as markers by kind of evidence, below them places known within bounds as bars.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``, unit ``rank``, of one measure and period, one row per entity; ``group`` says what a
        place rests on, n how many are ranked.
    lang, title : str
        As in `plot_estimates`.
    emphasis : str
        Entity that stands out; it need not be among the rows.

    Raises
    ------
    ValueError
        If the rows are not ranks, of several measures or periods, or name an entity twice.

    Examples
    --------
    >>> from digital_diplomacy import figures, rankings, sources
    >>> tables = [sources.load(name) for name in ("digital_diplomacy_review", "digital_diplomacy_review_order")]
    >>> rows = rankings.review_ranks(*tables).query("period == '2017'")
    >>> figure = figures.plot_places(rows, lang="en", emphasis="KAZ")
    >>> sorted(text.get_text() for text in figure.axes[0].texts)
    ['31 · 14.4%', '34 · 15.8%', '44 · 20.6%', '47 · 22.0%', '66 · 31.1%']
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES)
    if set(rows["unit"]) != {RANK}:
        raise ArgumentError(
            "places of units {unit}; ranks expected, or use plot_estimates", unit=sorted(set(rows["unit"]))
        )
    if len(rows[["measure", "period"]].drop_duplicates()) > 1 or rows["entity"].duplicated().any():
        raise ArgumentError("a ranking has one measure, one period and a row per entity; choose one of them")
    rows = rows.sort_values(["value", "low", "high", "entity"], na_position="last").reset_index(drop=True)
    with style.context():
        return _draw(rows, lang=lang, title=title, emphasis=emphasis)


def _draw(rows: pd.DataFrame, *, lang: str, title: str, emphasis: str) -> Figure:
    printed = rows["value"].notna()
    panels = [panel for panel in (rows[printed], rows[~printed]) if len(panel)]
    heights = [max(_ROW * len(panel), _LEAST) for panel in panels]
    kinds = list(rows.loc[printed, "group"].drop_duplicates())
    figure = style.sheet(
        title=title,
        height=sum(heights) + _PANEL_ROOM * len(panels),
        notes=[*_notes(rows, lang), *wording.source_line(rows["source_id"], lang)],
        handles=_handles(kinds, rows[~printed], lang),
    )
    grid = figure.add_gridspec(len(panels), 1, height_ratios=heights)
    values = [float(end) for end in rows[["value", "low", "high"]].to_numpy().ravel()]
    for number, panel in enumerate(panels):
        axes = figure.add_subplot(grid[number])
        scale(axes, "x", values, RANK, lang)
        _draw_panel(axes, panel.reset_index(drop=True), kinds, lang=lang, emphasis=emphasis)
        if number == len(panels) - 1:
            axes.set_xlabel(wording.unit_and_base(RANK, rows["base"].iloc[0], lang))
    style.settle(figure)
    return figure


def _notes(rows: pd.DataFrame, lang: str) -> list[str]:
    """How many places are known and how, of how many ranked, where the rows say that."""
    if rows["n"].isna().any():
        return []
    known = int(rows["value"].notna().sum())
    values = {"printed": known, "bounded": len(rows) - known, "count": int(rows["n"].iloc[0])}
    said = {name: labels.number(value, lang) for name, value in values.items()}
    return [labels.text("notice.places_known", lang, **said)]


def _handles(kinds: list[str], bounded: pd.DataFrame, lang: str) -> list[Artist]:
    """What each marker says of the evidence, and the bar."""
    shown: list[Artist] = [
        Line2D([], [], label=wording.name("group", kind, lang), **marks.marker(_look(number), hollow=False))
        for number, kind in enumerate(kinds)
        if kind
    ]
    for kind in bounded["group"].drop_duplicates():
        text = wording.name("group", kind, lang) or wording.name("interval", "bound", lang)
        shown.append(Line2D([], [], color=style.FAINT, linewidth=1.2, marker="d", markersize=4, label=text))
    return shown


def _look(number: int, *, emphasised: bool = False) -> style.Look:
    colour = palette.ASKED_COLOUR if emphasised else style.FAINT
    return style.Look(colour, style.MARKERS[number % len(style.MARKERS)], "-")


def _draw_panel(axes: Axes, panel: pd.DataFrame, kinds: list[str], *, lang: str, emphasis: str) -> None:
    names = [labels.entity(entity, lang) for entity in panel["entity"]]
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", length=0, labelsize=_SIZE, pad=2)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")
    for place, (dot, row) in enumerate(zip(marks.dots(panel), panel.itertuples(), strict=True)):
        own = str(row.entity) == emphasis
        look = _look(kinds.index(str(row.group)) if row.group in kinds else 0, emphasised=own)
        marks.draw_dot(axes, dot, place, look, upright=False, bar=pd.isna(dot.value))
        strong: dict[str, Any] = {"color": look.colour, "weight": "bold"} if own else {}
        text = _said(dot, float(row.n), lang)  # type: ignore[arg-type]
        axes.annotate(
            text, (1, place), (marks.CLEAR, 0), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
            size=_SIZE, va="center", gid="value", **strong,
        )  # fmt: skip
        if own:
            axes.axhspan(place - 0.5, place + 0.5, color=look.colour, alpha=0.12, linewidth=0)
            axes.get_yticklabels()[place].set(**strong)


def _said(dot: marks.Dot, count: float, lang: str) -> str:
    """The place or its bounds, and how many percent of those ranked stand ahead of it."""
    place = wording.value_with_interval(dot.value, dot.low, dot.high, lang, kind=dot.interval)
    if pd.isna(count):
        return place
    ends = [dot.value] * 2 if not pd.isna(dot.value) else [dot.low, dot.high]
    low, high = (labels.number(100 * (end - 1) / count, lang, decimals=1) for end in ends)
    return labels.text("notice.place_share", lang, place=place, share=low if low == high else f"{low}–{high}")
