"""Values side by side: dots with their intervals in rows, for estimates and for pairs."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import RANK, scale, thin

ROWS: Final = ("entity", "group", "period", "measure")
"""Columns of estimates that may name the rows of the figure."""

PANEL: Final = ["unit", "base"]

MAX_SERIES: Final = 6  # marks told apart within a row; more get rows of their own
_LABEL_WIDTH: Final = 2.4  # inches
_LINE: Final = 0.15  # inches of a line of a row's label
_SAID_SIZE: Final = 7.5  # points of the numbers at the right
_MARK: Final = 0.17  # inches of a mark within a row
_ROW_GAP: Final = 0.11  # inches between rows
_COMPUTED: Final = ("confidence", "prediction", "simulation")
_MUTED: Final = -1  # number of the look of rows that are not asked about
_BAND: Final = "#eaf1f8"
_PANEL_ROOM: Final = 0.75  # inches for heading, ticks and unit of a panel
_NO_LINE: Final = marks.Baseline()


class _Mark(NamedTuple):
    """A value in a row: its interval, the number of its look, its unit, and whether it is asked about."""

    dot: marks.Dot
    look: int
    unit: str
    asked: bool


@wording.in_own_names
def plot_estimates(
    estimates: pd.DataFrame,
    *,
    lang: str = "en",
    title: str = "",
    emphasis: str | Collection[str] = "",
    by: str = "entity",
    baseline: float | None = None,
    baseline_is: str = "",
    from_zero: bool = False,
) -> Figure:
    """Draw values as dots with their intervals, in rows from top to bottom in the given order.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``. Different units or bases go to panels one above the other.
    lang : str
        Language of every word and number.
    title : str
        Drawn above the figure: the finding, and behind a line break the topic.
    emphasis : str or collection of str
        Codes of entities, as those of one country, whose rows stand out by a band, a bold name and, where colour tells
        nothing else, colour; not where all rows are theirs.
    by : {"entity", "group", "period", "measure"}
        What the rows of the figure are; whatever else differs is told by colour and marker, or in the row's name.
    baseline : float, optional
        A value marked by a dashed line, in the unit of the rows.
    baseline_is : str
        What that value is, as the label ``notice.baseline_<...>`` says it; only the value is told where none is given.
    from_zero : bool
        Whether axes begin at 0, as those of counts and ratios do.

    Returns
    -------
    Figure
        The first place of a ranking lies at the right; a hollow marker says that no interval is known.

    Raises
    ------
    ValueError
        If no row has a value, ``by`` is none of the four columns, one kind of interval comes at two levels, or a
        baseline is given for several units.

    Examples
    --------
    >>> from digital_diplomacy import figures, penetration, sources
    >>> rows = penetration.printed_figures(sources.load("statcounter_2020"), source_id="statcounter_2020")
    >>> axes = figures.plot_estimates(rows, by="group", lang="en").axes[0]
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['Facebook', 'Instagram', 'Pinterest', 'Twitter', 'VKontakte', 'YouTube']
    >>> axes.get_xlabel()
    '% of page views referred by social platforms'
    """
    labels.check_language(lang)
    if by not in ROWS:
        raise ArgumentError("rows of the figure cannot be told by {by!r}; allowed: {rows}", by=by, rows=", ".join(ROWS))
    rows = marks.ready(estimates, tables.ESTIMATES)
    if baseline is not None and wording.differs(rows["unit"]):
        raise ArgumentError("a baseline has one unit, but these rows have several; draw each unit in its own figure")
    row_columns, mark_columns, heading = _roles(rows, by)
    named = rows.assign(
        row=wording.joined_rows(rows, row_columns, lang),
        mark=wording.joined_rows(rows, mark_columns, lang),
        panel=[
            wording.unit_and_base(unit, base, lang) for unit, base in rows[PANEL].itertuples(index=False, name=None)
        ],
        heading=wording.joined_rows(rows, heading, lang),
        scale=rows["unit"],
        asked=_asked(rows["entity"], [emphasis] if isinstance(emphasis, str) else emphasis),
    )
    with style.context():
        return _draw(named, lang=lang, title=title, baseline=marks.Baseline(baseline, baseline_is), from_zero=from_zero)


def _asked(entities: "pd.Series[str]", emphasis: Collection[str]) -> "pd.Series[bool]":
    found = entities.isin(list(emphasis))
    return found & (not found.all())


def plot_pairs(pairs: pd.DataFrame, *, lang: str = "en", title: str = "") -> Figure:
    """Draw a measure of pairs as dots with their intervals, one row a pair, in the given order.

    Parameters
    ----------
    pairs : DataFrame
        The table ``pairs``. Different measures or units go to panels one above the other.
    lang, title : str
        As in `plot_estimates`.

    Raises
    ------
    ValueError
        If no row has a value, or one kind of interval comes at two levels.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, penetration
    >>> counts = pd.DataFrame({"entity": ["KAZ", "UZB"], "group": "", "period": "2020", "measure": "has_account",
    ...     "base": "respondents", "successes": [56, 48], "n": [70, 80], "source_id": "iei_survey_2017"})
    >>> rows = penetration.share_difference(counts, left="KAZ", right="UZB")
    >>> figure = figures.plot_pairs(rows, lang="en")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['Kazakhstan – Uzbekistan']
    """
    labels.check_language(lang)
    rows = marks.ready(pairs, tables.PAIRS)
    sources, _ = wording.told(rows, ["unit"], [], source=["left", "right", "measure", "unit"])
    named = rows.assign(
        row=wording.pairs(rows, lang),
        mark=wording.joined_rows(rows, sources, lang),
        panel=[wording.name("unit", unit, lang) for unit in rows["unit"]],
        heading=wording.joined_rows(rows, ["measure"], lang),
        scale=rows["unit"].where(rows["unit"] != RANK, ""),  # a difference of ranks has no first place
        asked=False,
    )
    with style.context():
        return _draw(named, lang=lang, title=title)


def _roles(rows: pd.DataFrame, by: str) -> tuple[list[str], list[str], list[str]]:
    """Columns told in the name of a row, by the look of a mark, and in the heading of a panel."""
    differing, heading = wording.told(rows, PANEL, [column for column in ROWS if column != by], source=[*ROWS, *PANEL])
    marked = [column for column in differing if wording.varies(rows, [by, *PANEL], column)]
    fixed = [column for column in differing if column not in marked]
    if by != "measure" and "measure" not in differing:
        heading = ["measure", *(column for column in heading if column != "measure")]
    if marked and len(rows[marked].drop_duplicates()) > MAX_SERIES:
        return [by, *fixed, *marked], [], heading
    return [by, *fixed], marked, heading


def _draw(
    rows: pd.DataFrame, *, lang: str, title: str, baseline: marks.Baseline = _NO_LINE, from_zero: bool = False
) -> Figure:
    begun = [0.0] * from_zero + ([] if baseline.value is None else [baseline.value])
    said = baseline.note(lang)
    rows = rows.assign(look=rows.groupby("mark", sort=False).ngroup())
    if rows["asked"].any() and rows["look"].eq(0).all():  # colour tells no marks apart: it can tell the one asked about
        rows["look"] = rows["asked"].map({True: palette.ASKED, False: _MUTED})
    panels = [panel for _, panel in rows.groupby(["heading", "panel"], sort=False)]
    heights = [sum(_row_heights(panel)) for panel in panels]
    marked = _handles(rows) if len(rows["mark"].unique()) > 1 else []
    figure = style.sheet(
        title=title,
        height=sum(heights) + _PANEL_ROOM * len(panels),
        notes=marks.interval_notes(rows, lang) + said + wording.source_line(rows["source_id"], lang),
        handles=marked + marks.interval_handles(rows, lang),
    )
    grid = figure.add_gridspec(len(panels), 1, height_ratios=[height + 0.2 for height in heights])
    for number, panel in enumerate(panels):
        alike = (rows["scale"] == panel["scale"].iloc[0]) & rows["measure"].isin(panel["measure"])
        values = rows.loc[alike, ["value", "low", "high"]].to_numpy().ravel()
        axes = figure.add_subplot(grid[number])
        _draw_panel(axes, panel, [*begun, *(float(value) for value in values)], lang=lang)
        if baseline.value is not None:
            axes.axvline(baseline.value, color=style.INK, linewidth=1, linestyle=(0, (6, 3)), zorder=1)
    style.settle(figure)
    for axes in figure.axes:
        thin(axes)  # values written at the right may leave the axis little room
    return figure


def _handles(rows: pd.DataFrame) -> list[Artist]:
    first = rows.drop_duplicates("look")
    pairs = zip(first["look"], first["mark"], strict=True)
    return [Line2D([], [], label=text, **marks.marker(style.look(int(index)), hollow=False)) for index, text in pairs]


def _label(text: str) -> list[str]:
    return style.name_lines(text, style.across(_LABEL_WIDTH), style.SMALL_SIZE)


def _row_heights(panel: pd.DataFrame) -> list[float]:
    """Height in inches of every row of a panel: that of its label or of its marks."""
    counts = Counter(panel["row"].tolist())
    return [max(_LINE * len(_label(row)), _MARK * count) + _ROW_GAP for row, count in counts.items()]


def _draw_panel(axes: Axes, panel: pd.DataFrame, values: list[float], *, lang: str) -> None:
    heights = _row_heights(panel)
    edges = [sum(heights[:number]) for number in range(len(heights) + 1)]
    middles = [(above + below) / 2 for above, below in pairwise(edges)]
    scale(axes, "x", values, panel["scale"].iloc[0], lang)
    names = list(panel["row"].drop_duplicates())
    axes.set_yticks(middles, ["\n".join(_label(text)) for text in names])
    axes.set_ylim(edges[-1], 0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    room = style.width() - style.across(_LABEL_WIDTH) - 0.3
    axes.set_xlabel("\n".join(style.wrap(panel["panel"].iloc[0], room, style.SMALL_SIZE)))
    axes.set_title("\n".join(style.wrap(panel["heading"].iloc[0], room, style.TEXT_SIZE)), loc="left")
    low, high = sorted(axes.get_xlim())
    if low < 0 < high:
        axes.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
    least = _decimals(panel)
    brief = _crowded(panel, lang, least=least)
    rows: dict[str, list[_Mark]] = {text: [] for text in names}
    for text, *parts in zip(panel["row"].tolist(), marks.dots(panel), *_columns(panel, _Mark._fields[1:]), strict=True):
        rows[text].append(_Mark(*parts))
    for row, middle, tall, written in zip(rows.values(), middles, heights, axes.get_yticklabels(), strict=True):
        if any(mark.asked for mark in row):
            axes.axhspan(middle - tall / 2, middle + tall / 2, color=_BAND, linewidth=0, zorder=0.5)
            written.set_fontweight("bold")
        _draw_row(axes, row, middle, lang, least=least, brief=brief)


def _columns(panel: pd.DataFrame, names: Iterable[str]) -> list[list[Any]]:
    return [panel[name].tolist() for name in names]


def _decimals(panel: pd.DataFrame) -> int | None:
    """Decimals of the numbers beside a panel, which are alike where all were computed with an interval; figures that
    were printed keep their own."""
    if not panel["interval"].isin(_COMPUTED).all() or panel[["value", "low", "high"]].isna().any(axis=None):
        return None
    values = panel[["value", "low", "high"]].itertuples(index=False, name=None)
    return max(0, *(wording.decimals(value, width=high - low) for value, low, high in values))


def _said(dot: marks.Dot, unit: str, lang: str, *, least: int | None) -> str:
    described: dict[str, Any] = {"unit": unit, "least": least, "kind": dot.interval}
    return wording.value_with_interval(dot.value, dot.low, dot.high, lang, **described)


def _crowded(panel: pd.DataFrame, lang: str, *, least: int | None) -> bool:
    """Whether numbers with the intervals of their rounding would take a telephone's room from the marks: the bars,
    the drawn rows and the alternative text tell those intervals all the same."""
    if style.width() >= style.WIDTH or not panel["interval"].eq("rounding").all() or panel["value"].isna().any():
        return False
    said = [_said(dot, unit, lang, least=least) for dot, unit in zip(marks.dots(panel), panel["unit"], strict=True)]
    return max(style.text_width(text, _SAID_SIZE) for text in said) > style.inner() / 3


def _draw_row(
    axes: Axes, row: Sequence[_Mark], middle: float, lang: str, *, least: int | None, brief: bool = False
) -> None:
    """The marks of one row below each other, with their values written at the right."""
    top = middle - _MARK * (len(row) - 1) / 2
    for number, mark in enumerate(row):
        place = top + _MARK * number
        look = style.Look(palette.MUTED, style.MARKERS[0], "-") if mark.look == _MUTED else style.look(int(mark.look))
        marks.draw_dot(axes, mark.dot, place, look, upright=False)
        said = _said(mark.dot, mark.unit, lang, least=least)
        said = said.partition(" (")[0] if brief else said
        axes.annotate(
            said, (1, place), (marks.CLEAR, 0), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
            size=_SAID_SIZE, va="center", annotation_clip=False, gid="value",
        )  # fmt: skip
