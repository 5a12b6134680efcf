"""Small multiples: one measure over time, a panel for each country on common axes, all others drawn faint behind."""

import math
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.kinds.series import BAND_FROM
from digital_diplomacy.figures.parts import marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import scale, spans, time_scale

MAX_PANELS: Final = 24
MAX_COLUMNS: Final = 5  # narrower panels would cut the names of countries
_ONE_VALUE: Final = ("measure", "unit", "base", "group")
_PANEL_HEIGHT: Final = 1.1  # inches without the name
_NAME_LINE: Final = 0.17  # inches of a line of a panel's name
_LEFT: Final = 0.75  # inches for the numbers and the unit left of the first panel
_BEHIND: Final = "#d3d3d3"
_MARKER: Final = 3.2  # points
_MARKERS: Final = 6  # a line of more points has its markers spread
_BETWEEN: Final = 0.12  # inches that must stay free between two numbers of the time axis


def plot_multiples(
    estimates: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "", columns: int = 4
) -> Figure:
    """Draw one measure over time in small panels of common axes, one a country, in the order of first appearance.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``: 1 to 24 entities; measure, unit, base and group are the same in all rows, and each
        entity has one source and one row a period.
    lang : str
        Language of every word and number.
    title : str
        As in `plot_estimates`.
    emphasis : str
        Code of the entity whose panel stands out; without one, all have its colour.
    columns : int
        Panels side by side, 1 to 5; fewer on a narrow sheet.

    Returns
    -------
    Figure
        Every interval is drawn; a hollow marker says that none is known. Ranks run downwards.

    Raises
    ------
    ValueError
        If no row has a value or a row has no period, if there are more than 24 entities, or rows differ in measure,
        unit, base, group, or in the kind of interval or the source of one entity.

    Examples
    --------
    >>> from digital_diplomacy import figures, penetration, sources
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ", "UZB", "KGZ"])
    >>> figure = figures.plot_multiples(penetration.within(series, "2015/2024"), lang="en", emphasis="KAZ")
    >>> [axes.get_title(loc="left") or axes.get_title() for axes in figure.axes]
    ['Kazakhstan', 'Uzbekistan', 'Kyrgyzstan']
    """
    labels.check_language(lang)
    if not 1 <= columns <= MAX_COLUMNS:
        raise ArgumentError("columns {columns} must be 1 to {max_columns}", columns=columns, max_columns=MAX_COLUMNS)
    rows = marks.ready(estimates, tables.ESTIMATES)
    _refuse(rows)
    marks.in_one_mark(rows, ["entity", "measure"])
    rows = rows.assign(x=[place.middle for place in spans(rows["period"])])
    beside = max(1, min(round(style.across(columns)), rows["entity"].nunique()))
    with style.context():
        return _draw(rows, lang=lang, title=title, emphasis=emphasis, columns=beside)


def _refuse(rows: pd.DataFrame) -> None:
    for column in _ONE_VALUE:
        if wording.differs(rows[column]):
            found = ", ".join(repr(str(value)) for value in rows[column].unique()[:4])
            raise ArgumentError(
                "small multiples show one {column}, but these rows have {found}; select one", column=column, found=found
            )
    entities = rows["entity"].nunique()
    if entities > MAX_PANELS:
        raise ArgumentError(
            "{entities} entities are more than the {max_panels} panels that can be read; select fewer",
            entities=entities,
            max_panels=MAX_PANELS,
        )
    sources = rows.groupby("entity", sort=False)["source_id"].nunique()
    if (sources > 1).any():
        several = ", ".join(str(code) for code in sources[sources > 1].index)
        raise ArgumentError(
            "{several}: one line would join values of several sources; select one source", several=several
        )


def _draw(rows: pd.DataFrame, *, lang: str, title: str, emphasis: str, columns: int) -> Figure:
    names = [labels.entity(str(code), lang) for code in rows["entity"].unique()]
    size = style.TEXT_SIZE if columns < MAX_COLUMNS else style.SMALL_SIZE
    lines = [style.name_lines(name, (style.width() - _LEFT) / columns - 0.1, size) for name in names]
    height = _PANEL_HEIGHT + _NAME_LINE * max(len(line) for line in lines)
    count = math.ceil(len(names) / columns)
    bands = bool(rows.groupby("entity").size().max() >= BAND_FROM)
    notes = marks.interval_notes(rows, lang, bands=bands)
    figure = style.sheet(
        title=title,
        height=height * count + 0.25,
        notes=notes + wording.source_line(rows["source_id"], lang),
        handles=_handles(rows, lang),
    )
    axes = _panels(figure, len(names), columns)
    grouped = rows.sort_values("x", kind="stable").groupby("entity", sort=False)
    curves = {code: curve[["x", "value"]].to_numpy() for code, curve in grouped}  # each is drawn in every other panel
    values, years = rows[["value", "low", "high"]].to_numpy().ravel().tolist(), spans(rows["period"])
    for place, (code, line), name in zip(axes, rows.groupby("entity", sort=False), lines, strict=True):
        asked = code == emphasis or emphasis not in set(rows["entity"])
        place.set_title("\n".join(name), loc="left", size=size, weight="bold" if code == emphasis else "normal")
        scale(place, "y", values, str(rows["unit"].iloc[0]), lang, ticks=4)
        time_scale(place, years, lang)
        others = [curve for other, curve in curves.items() if other != code]
        _draw_panel(place, line, others, bands=bands, colour=palette.ASKED_COLOUR if asked else palette.MUTED)
    _write_axes(figure, axes, rows, lang=lang, columns=columns)
    return figure


def _panels(figure: Figure, count: int, columns: int) -> list[Axes]:
    """The panels row by row, with common axes; the last row may stay short."""
    grid = figure.add_gridspec(math.ceil(count / columns), columns)
    return [figure.add_subplot(grid[number // columns, number % columns]) for number in range(count)]


def _handles(rows: pd.DataFrame, lang: str) -> list[Artist]:
    handles = marks.interval_handles(rows, lang)
    if wording.differs(rows["entity"]):
        grey = Line2D([], [], color=_BEHIND, linewidth=1.2, label=labels.text("notice.multiples_others", lang))
        handles.insert(0, grey)
    return handles


def _draw_panel(axes: Axes, line: pd.DataFrame, others: list[Any], *, bands: bool, colour: str) -> None:
    axes.grid(visible=False, axis="x")
    axes.add_collection(LineCollection(others, colors=_BEHIND, linewidths=0.6, zorder=1.2), autolim=False)
    _draw_line(axes, line.sort_values("x", kind="stable"), bands=bands, colour=colour)


def _draw_line(axes: Axes, line: pd.DataFrame, *, bands: bool, colour: str) -> None:
    look = style.Look(colour, style.MARKERS[0], "-")
    axes.plot(line["x"], line["value"], color=look.colour, linewidth=1.5, zorder=2, clip_on=False)
    if bands:
        axes.fill_between(line["x"], line["low"], line["high"], color=look.colour, alpha=0.2, linewidth=0, zorder=1.5)
    shown = set(np.linspace(0, len(line) - 1, min(len(line), _MARKERS)).round().astype(int).tolist())
    for number, (dot, x) in enumerate(zip(marks.dots(line), line["x"], strict=True)):
        if not bands and not dot.hollow:
            marks.draw_interval(axes, dot, float(x), look.colour, upright=True)
        if number in shown and not math.isnan(dot.value):
            kind = marks.marker(look, hollow=dot.hollow, size=_MARKER) | {"markeredgewidth": 1.0 if dot.hollow else 0.4}
            style.stroke(axes, [x], [dot.value], zorder=4, clip_on=False, **kind)


def _write_axes(figure: Figure, axes: list[Axes], rows: pd.DataFrame, *, lang: str, columns: int) -> None:
    """Numbers only at the left and the lowest panels, unit and base once at the left; then the layout is kept."""
    layout = figure.get_layout_engine()
    area = layout.get()["rect"] if layout is not None else (0.0, 0.0, 1.0, 1.0)
    first = rows.iloc[0]
    measure = wording.name("measure", str(first["measure"]), lang)
    unit = wording.unit_and_base(str(first["unit"]), str(first["base"]), lang)
    room = area[3] * float(figure.get_size_inches()[1]) - 0.2
    said = style.wrap(f"{measure}: {unit}", room, style.SMALL_SIZE)
    figure.supylabel("\n".join(said), y=area[1] + area[3] / 2, size=style.SMALL_SIZE, linespacing=1.2)
    for number, place in enumerate(axes):
        place.tick_params(labelleft=number % columns == 0, labelbottom=number + columns >= len(axes))
    style.settle(figure)
    for place in axes[-columns:]:
        _few_times(figure, place)


def _few_times(figure: Figure, axes: Axes) -> None:
    """Only the first and the last number of the time axis, turned inwards, or the last one where two have no room."""
    texts = [text.get_text() for text in axes.get_xticklabels()]
    pairs = sorted(zip([float(tick) for tick in axes.get_xticks()], texts, strict=True))
    width = float(figure.get_size_inches()[0]) * axes.get_position().width
    needed = [style.text_width(text, style.SMALL_SIZE) for _, text in pairs]
    ends = [pairs[0], pairs[-1]] if needed[0] + needed[-1] + _BETWEEN < width else [pairs[-1]]
    chosen = ends if len(pairs) > 1 else pairs
    axes.xaxis.set_major_locator(FixedLocator([tick for tick, _ in chosen]))
    axes.xaxis.set_major_formatter(FixedFormatter([text for _, text in chosen]))
    numbers = axes.get_xticklabels()
    if len(chosen) == 2:
        numbers[0].set_horizontalalignment("left")
    if len(pairs) > 1:
        numbers[-1].set_horizontalalignment("right")
