"""Values over time."""

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import blended_transform_factory

from digital_diplomacy import labels, tables
from digital_diplomacy.figures import marks, style, wording
from digital_diplomacy.figures.axes import scale, spans, time_scale

LINE: Final = ["entity", "group", "measure", "base", "source_id"]
"""Rows that agree in these, and in the unit, are joined by one line."""

PANEL: Final = ["unit", "base"]
MAX_DIRECT: Final = 8  # lines that can be named at their ends; more need a legend
BAND_FROM: Final = 16  # periods from which a band is calmer than bars
_PANEL_HEIGHT: Final = 3.0  # inches
_SMALL_PANEL: Final = 2.3  # inches, when there are several
_LABEL_WIDTH: Final = 1.7  # inches
_LINE_HEIGHT: Final = 0.155  # inches a line of a direct label takes


def plot_series(estimates: pd.DataFrame, *, lang: str, title: str = "", baseline: float | None = None) -> Figure:
    """Draw values over their periods, one line for each entity, group, measure, base and source.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``. Different units or bases go to panels one above the other.
    lang : str
        Language of every word and number.
    title : str
        Drawn above the figure.
    baseline : float, optional
        A value marked by a dashed line, in the unit of the rows.

    Returns
    -------
    Figure
        Ranks run downwards; every interval is drawn; a hollow marker says that none is known.

    Raises
    ------
    ValueError
        If no row has a value or a row has no period, if one line would mix kinds of interval, or if a baseline is
        given for several units.
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES)
    marks.in_one_mark(rows, [*LINE, "unit"])
    if baseline is not None and rows["unit"].nunique() > 1:
        raise ValueError("a baseline has one unit, but these rows have several; draw each unit in its own figure")
    rows = _placed(rows, lang)
    with style.context():
        return _draw(rows, lang=lang, title=title, baseline=baseline)


def _placed(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The rows with the place of their period, the look and the name of their line."""
    places = spans(rows["period"])
    looks = rows.groupby(["entity", "group", "measure", "source_id"], sort=False).ngroup()
    return rows.assign(
        start=[place.start for place in places],
        end=[place.end for place in places],
        x=[place.middle for place in places],
        look=looks,
        name=_names(rows, lang),
    )


def _names(rows: pd.DataFrame, lang: str) -> list[str]:
    """What tells the lines apart; the source only where nothing else does."""
    shared = rows.groupby(["entity", "group", "measure", "unit", "base"])["source_id"].transform("nunique").max() > 1
    told = wording.varying(rows, ["entity", "group", "measure"]) + (["source_id"] if shared else [])
    told = told or ["entity"]
    return [wording.joined(codes, told, lang) for codes in rows[told].itertuples(index=False, name=None)]


def _draw(rows: pd.DataFrame, *, lang: str, title: str, baseline: float | None) -> Figure:
    panels = [panel for _, panel in rows.groupby(PANEL, sort=False)]
    height = _PANEL_HEIGHT if len(panels) == 1 else _SMALL_PANEL
    direct = all(_fits(panel, height) for panel in panels)
    bands = len(marks.kinds(rows)) == 1 and bool(rows.groupby([*LINE, "unit"]).size().max() >= BAND_FROM)
    handles = marks.interval_handles(rows, lang) if direct else _handles(rows) + marks.interval_handles(rows, lang)
    figure = style.sheet(
        title=title, height=height * len(panels), notes=_notes(rows, lang=lang, bands=bands, baseline=baseline), handles=handles
    )
    axes = [figure.add_subplot(len(panels), 1, number + 1) for number in range(len(panels))]
    for place, panel in zip(axes, panels, strict=True):
        _draw_panel(place, panel, lang=lang, bands=bands, baseline=baseline)
        time_scale(place, spans(rows["period"]), lang)
        place.tick_params(labelbottom=place is axes[-1])
    moving = [_direct_labels(place, panel) for place, panel in zip(axes, panels, strict=True) if direct]
    style.settle(figure)
    for place, texts in zip(axes, moving, strict=False):
        _spread(figure, place, texts)
    return figure


def _fits(panel: pd.DataFrame, height: float) -> bool:
    """Whether the names of a panel's lines have room beside their ends."""
    names = panel.drop_duplicates("look")["name"]
    lines = sum(len(style.wrap(text, _LABEL_WIDTH, style.SMALL_SIZE)) for text in names)
    return len(names) <= MAX_DIRECT and lines * _LINE_HEIGHT < height - 0.6


def _notes(rows: pd.DataFrame, *, lang: str, bands: bool, baseline: float | None) -> list[str]:
    notes = marks.interval_notes(rows, lang, bands=bands)
    if baseline is not None:
        notes.append(labels.text("notice.baseline", lang, value=wording.number(baseline, lang)))
    if (rows["start"] < rows["end"]).any():
        notes.append(labels.text("notice.long_period", lang))
    return notes + wording.source_line(rows["source_id"], lang)


def _handles(rows: pd.DataFrame) -> list[Artist]:
    first = rows.drop_duplicates("look")
    return [_handle(style.look(int(index)), text) for index, text in zip(first["look"], first["name"], strict=True)]


def _handle(look: style.Look, text: str) -> Line2D:
    settings = marks.marker(look, hollow=False) | {"linestyle": look.line}
    return Line2D([], [], label=text, linewidth=1.6, **settings)


def _draw_panel(axes: Axes, panel: pd.DataFrame, *, lang: str, bands: bool, baseline: float | None) -> None:
    values = [*panel[["value", "low", "high"]].to_numpy().ravel(), *([] if baseline is None else [baseline])]
    unit, base = panel["unit"].iloc[0], panel["base"].iloc[0]
    scale(axes, "y", values, unit, lang)
    if baseline is not None:
        axes.axhline(baseline, color=style.INK, linewidth=1, linestyle=(0, (6, 3)), zorder=1)
    for _, line in panel.groupby(LINE, sort=False):
        _draw_line(axes, line.sort_values("x", kind="stable"), bands=bands)
    one = panel["measure"].iloc[0] if panel["measure"].nunique() == 1 else ""
    unit_text = wording.unit_and_base(unit, base, lang)
    height = axes.figure.get_size_inches()[1] * axes.get_position().height
    axes.set_ylabel("\n".join(style.wrap(unit_text, height - 0.1, style.SMALL_SIZE)))
    if one:
        heading = style.wrap(wording.name("measure", one, lang), style.WIDTH - 1.2, style.TEXT_SIZE)
        axes.set_title("\n".join(heading), loc="left", size=style.TEXT_SIZE)
    axes.grid(visible=False, axis="x")


def _draw_line(axes: Axes, line: pd.DataFrame, *, bands: bool) -> None:
    look = style.look(int(line["look"].iloc[0]))
    axes.plot(line["x"], line["value"], color=look.colour, linestyle=look.line, linewidth=1.6, zorder=2, clip_on=False)
    for start, end, value in line.loc[line["start"] < line["end"], ["start", "end", "value"]].itertuples(index=False):
        axes.plot([start, end], [value, value], color=look.colour, linewidth=1.2, marker="|", markersize=5, zorder=2)
    if bands:
        axes.fill_between(line["x"], line["low"], line["high"], color=look.colour, alpha=0.18, linewidth=0, zorder=1)
    step = max(1, len(line) // 10) if bands else 1  # a marker on every point would hide a dense line
    for number, (dot, x) in enumerate(zip(marks.dots(line), line["x"], strict=True)):
        if not bands:
            marks.draw_dot(axes, dot, float(x), look, upright=True)
        elif dot.hollow or number % step == 0:
            marks.draw_dot(axes, dot._replace(low=np.nan, high=np.nan) if dot.hollow else dot, float(x), look, upright=True)


def _direct_labels(axes: Axes, panel: pd.DataFrame) -> list[tuple[float, float, str, style.Look]]:
    """Where each line ends, its name and its look; the names reserve their room at once."""
    ends = []
    for _, line in panel.dropna(subset=["value"]).groupby("look", sort=False):
        last = line.sort_values("x", kind="stable").iloc[-1]
        text = "\n".join(style.wrap(str(last["name"]), _LABEL_WIDTH, style.SMALL_SIZE))
        ends.append((float(last["x"]), float(last["value"]), text, style.look(int(last["look"]))))
        axes.text(1.06, 0.5, text, transform=axes.transAxes, size=style.SMALL_SIZE, gid="room", alpha=0)
    return ends


def _spread(figure: Figure, axes: Axes, ends: list[tuple[float, float, str, style.Look]]) -> None:
    """Write the names beside the line ends, moved apart just as far as needed, each tied to its end."""
    for text in [text for text in axes.texts if text.get_gid() == "room"]:
        text.remove()
    height = float(figure.get_size_inches()[1] * axes.get_position().height)
    to_axes = axes.transData + axes.transAxes.inverted()
    wanted = [float(to_axes.transform((x, value))[1]) for x, value, _, _ in ends]
    needed = [_LINE_HEIGHT * (text.count("\n") + 1) / height for _, _, text, _ in ends]
    beside = blended_transform_factory(axes.transAxes, axes.transAxes)
    for (x, value, text, look), y in zip(ends, apart(wanted, needed), strict=True):
        axes.text(1.06, y, text, transform=beside, size=style.SMALL_SIZE, va="center", gid="name", linespacing=1.1)
        start = to_axes.transform((x, value))
        path = Line2D([start[0] + 0.012, 1.015, 1.05], [start[1], start[1], y], transform=beside, color=look.colour)
        path.set(linewidth=0.8, alpha=0.8, clip_on=False, zorder=1.5)
        axes.add_artist(path)


def apart(wanted: list[float], needed: list[float]) -> list[float]:
    """Places as near as possible to those wanted, at which pieces of the heights needed do not overlap.

    Neighbours that would overlap are pooled and share the room around the mean of what they want, as in isotonic
    regression.

    Examples
    --------
    >>> [round(place, 3) for place in apart([0.5, 0.5, 0.9], [0.1, 0.1, 0.1])]
    [0.45, 0.55, 0.9]
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], -index))
    blocks: list[tuple[list[int], float]] = []  # members from below, middle of the block
    for index in order:
        blocks.append(([index], wanted[index]))
        while len(blocks) > 1 and _overlap(blocks[-2], blocks[-1], needed):
            (below, low), (above, high) = blocks[-2:]
            members = below + above
            middle = (low * len(below) + high * len(above)) / len(members)
            blocks[-2:] = [(members, middle)]
    places = [0.0] * len(wanted)
    for members, middle in blocks:
        edge = middle - sum(needed[index] for index in members) / 2
        for index in members:
            places[index] = edge + needed[index] / 2
            edge += needed[index]
    return places


def _overlap(below: tuple[list[int], float], above: tuple[list[int], float], needed: list[float]) -> bool:
    room = sum(needed[index] for index in (*below[0], *above[0])) / 2
    return above[1] - below[1] < room - 1e-12
