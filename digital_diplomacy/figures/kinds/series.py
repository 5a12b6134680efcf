"""Values over time."""

from typing import Any, Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import breaks as crossings
from digital_diplomacy.figures.parts import line_ends, marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import scale, spans, time_scale

LINE: Final = ["entity", "group", "measure", "base", "source_id"]
"""Rows that agree in these, and in the unit, are joined by one line."""

PANEL: Final = ["unit", "base"]
MAX_DIRECT: Final = 8  # lines that can be named at their ends; more need a legend
BAND_FROM: Final = 16  # periods from which a band is calmer than bars
_PANEL_HEIGHT: Final = 3.0  # inches
_SMALL_PANEL: Final = 2.3  # inches, when there are several
_MONTH: Final = 32 / 365  # years


def plot_series(
    estimates: pd.DataFrame,
    *,
    lang: str = "en",
    title: str = "",
    emphasis: str = "",
    baseline: float | None = None,
    baseline_is: str = "",
    from_zero: bool = False,
    breaks: pd.DataFrame | None = None,
    observed: str = "",
) -> Figure:
    """Draw values over their periods, one line for each entity, group, measure, base and source.

    Parameters
    ----------
    estimates, lang, title
        As in `plot_estimates`.
    emphasis : str
        Code of the entity whose lines stand out by colour, width and the weight of their name.
    baseline : float, optional
        A value marked by a dashed line, in the unit of the rows.
    baseline_is : str
        What that value is, as the label ``notice.baseline_<...>`` says it; only the value is told where none is given.
    from_zero : bool
        Whether the axes of values begin at 0.
    breaks : DataFrame, optional
        ``measure, period, code`` of changes in what a measure counts: those that a line crosses are drawn and told.
    observed : str
        Code of the group whose line stands out where all rows are of the entity asked about: what was observed of it,
        beside what was fitted, promised or quoted.

    Returns
    -------
    Figure
        Ranks run downwards; every interval is drawn; a hollow marker says that none is known.

    Raises
    ------
    ValueError
        If no row has a value or a row has no period, if one line would mix kinds of interval, or if a baseline is
        given for several units.

    Examples
    --------
    >>> from digital_diplomacy import figures, penetration, sources
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ", "UZB"])
    >>> figure = figures.plot_series(penetration.within(series, "2015/2024"), lang="en", emphasis="KAZ")
    >>> sorted(text.get_text() for text in figure.axes[0].texts)
    ['Kazakhstan', 'Uzbekistan']
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES)
    marks.in_one_mark(rows, [*LINE, "unit"])
    if baseline is not None and wording.differs(rows["unit"]):
        raise ArgumentError("a baseline has one unit, but these rows have several; draw each unit in its own figure")
    rows = _placed(rows, lang, emphasis, observed)
    with style.context():
        line = marks.Baseline(baseline, baseline_is)
        return _draw(rows, lang=lang, title=title, baseline=line, from_zero=from_zero, breaks=breaks)


def _placed(rows: pd.DataFrame, lang: str, emphasis: str, observed: str) -> pd.DataFrame:
    """The rows with the place of their period, the look and the name of their line."""
    places = spans(rows["period"])
    within, across = wording.told(
        rows, PANEL, ["entity", "group", "measure"], source=["entity", "group", "measure", "unit", "base"]
    )
    named = within or ["entity"]
    names = wording.joined_rows(rows, named, lang)
    asked = _asked(rows, emphasis, observed)
    return rows.assign(
        start=[place.start for place in places],
        end=[place.end for place in places],
        x=[place.middle for place in places],
        name=names,
        look=_looks(rows, names, named, emphasis, asked),
        asked=asked,
        heading=wording.joined_rows(rows, list(dict.fromkeys([*_common(rows), *across])), lang),
    )


def _asked(rows: pd.DataFrame, emphasis: str, observed: str) -> "pd.Series[bool]":
    """Which rows are of what is asked about; none where nothing else is beside it."""
    of_entity = rows["entity"] == emphasis
    if wording.differs(rows["entity"]):
        return of_entity
    return of_entity & (rows["group"] == observed) & wording.differs(rows["group"]) & bool(observed)


def _looks(
    rows: pd.DataFrame, names: list[str], named: list[str], emphasis: str, asked: "pd.Series[bool]"
) -> list[int]:
    """Numbers of looks: those of the entities where they alone are told apart, otherwise in order of appearance, what
    is asked about with its own."""
    if named == ["entity"]:
        own = palette.numbers(rows["entity"], asked=emphasis)
        return [own[code] for code in rows["entity"]]
    if wording.differs(rows["entity"]) or not asked.any():
        return [int(number) for number in pd.factorize(pd.Series(names))[0]]
    others = list(dict.fromkeys(name for name, is_asked in zip(names, asked, strict=True) if not is_asked))
    return [
        palette.ASKED if is_asked else palette.beside(others.index(name))
        for name, is_asked in zip(names, asked, strict=True)
    ]


def _common(rows: pd.DataFrame) -> list[str]:
    """The measure heads every panel, unless panels hold several."""
    return ["measure"] if rows.groupby(PANEL)["measure"].nunique().max() == 1 else []


def _draw(
    rows: pd.DataFrame,
    *,
    lang: str,
    title: str,
    baseline: marks.Baseline,
    from_zero: bool,
    breaks: pd.DataFrame | None,
) -> Figure:
    panels = [panel for _, panel in rows.groupby(PANEL, sort=False)]
    height = _PANEL_HEIGHT if len(panels) == 1 else _SMALL_PANEL
    direct = all(_fits(panel, height) for panel in panels)
    bands = len(marks.kinds(rows)) == 1 and bool(rows.groupby([*LINE, "unit"]).size().max() >= BAND_FROM)
    handles = marks.interval_handles(rows, lang) if direct else _handles(rows) + marks.interval_handles(rows, lang)
    figure = style.sheet(
        title=title,
        height=height * len(panels),
        notes=[*crossings.notes(rows, breaks, lang), *_notes(rows, lang=lang, bands=bands, baseline=baseline)],
        handles=handles,
    )
    axes = [figure.add_subplot(len(panels), 1, number + 1) for number in range(len(panels))]
    for place, panel in zip(axes, panels, strict=True):
        values = [0.0] * from_zero + _comparable(rows, panel)
        _draw_panel(place, panel, values, height=height, lang=lang, bands=bands, baseline=baseline.value)
        time_scale(place, spans(rows["period"]), lang)
        crossings.draw(place, panel, breaks)
        place.tick_params(labelbottom=place is axes[-1])
    moving = [line_ends.reserve(place, panel) for place, panel in zip(axes, panels, strict=True) if direct]
    style.settle(figure)
    for place, texts in zip(axes, moving, strict=False):
        line_ends.write(figure, place, texts)
    return figure


def _comparable(rows: pd.DataFrame, panel: pd.DataFrame) -> list[float]:
    """All values that share the panel's unit and measures: panels to be compared have one scale."""
    alike = (rows["unit"] == panel["unit"].iloc[0]) & rows["measure"].isin(panel["measure"])
    return [float(value) for value in rows.loc[alike, ["value", "low", "high"]].to_numpy().ravel()]


def _fits(panel: pd.DataFrame, height: float) -> bool:
    """Whether the names of a panel's lines have room beside their ends."""
    names = panel.drop_duplicates("look")["name"]
    lines = sum(len(line_ends.lines_of(text)) for text in names)
    return len(names) <= MAX_DIRECT and lines * line_ends.LINE_HEIGHT < height - 0.6


def _notes(rows: pd.DataFrame, *, lang: str, bands: bool, baseline: marks.Baseline) -> list[str]:
    notes = [*marks.interval_notes(rows, lang, bands=bands), *baseline.note(lang)]
    if _long(rows).any():
        notes.append(labels.text("notice.long_period", lang))
    return notes + wording.source_line(rows["source_id"], lang) + wording.own_line(rows, lang)


def _handles(rows: pd.DataFrame) -> list[Artist]:
    first = rows.drop_duplicates("look")
    return [
        _handle(style.look(int(index)), text, palette.ASKED_WIDTH if asked else palette.OTHER_WIDTH)
        for index, text, asked in zip(first["look"], first["name"], first["asked"], strict=True)
    ]


def _handle(look: style.Look, text: str, width: float) -> Line2D:
    settings = marks.marker(look, hollow=False) | {"linestyle": look.line}
    return Line2D([], [], label=text, linewidth=width, **settings)


def _draw_panel(
    axes: Axes,
    panel: pd.DataFrame,
    values: list[float],
    *,
    height: float,
    lang: str,
    bands: bool,
    baseline: float | None,
) -> None:
    unit, base = panel["unit"].iloc[0], panel["base"].iloc[0]
    scale(axes, "y", [*values, *([] if baseline is None else [baseline])], unit, lang)
    if baseline is not None:
        axes.axhline(baseline, color=style.INK, linewidth=1, linestyle=(0, (6, 3)), zorder=1)
    for _, line in panel.groupby(LINE, sort=False):
        _draw_line(axes, line.sort_values("x", kind="stable"), bands=bands)
    unit_text = wording.unit_and_base(unit, base, lang)
    axes.set_ylabel("\n".join(style.wrap(unit_text, height - 0.9, style.SMALL_SIZE)))
    heading = style.wrap(panel["heading"].iloc[0], style.width() - 2.2, style.TEXT_SIZE)
    axes.set_title("\n".join(heading), loc="left")
    axes.grid(visible=False, axis="x")


def _draw_line(axes: Axes, line: pd.DataFrame, *, bands: bool) -> None:
    look = style.look(int(line["look"].iloc[0]))
    asked = bool(line["asked"].iloc[0])
    dashes = "-" if asked else look.line
    width, order = (palette.ASKED_WIDTH, 2.5) if asked else (palette.OTHER_WIDTH, 2.0)
    x = line["x"].tolist()
    described: dict[str, Any] = {"color": look.colour, "linestyle": dashes, "linewidth": width, "zorder": order}
    style.stroke(axes, x, line["value"].tolist(), clip_on=False, **described)
    for start, end, value in line.loc[_long(line), ["start", "end", "value"]].itertuples(index=False):
        axes.plot([start, end], [value, value], color=look.colour, linewidth=1.2, marker="|", markersize=5, zorder=2)
    if bands:
        axes.fill_between(line["x"], line["low"], line["high"], color=look.colour, alpha=0.18, linewidth=0, zorder=1)
    step = max(1, len(line) // 10) if bands else 1  # a marker on every point would hide a dense line
    for number, (dot, place) in enumerate(zip(marks.dots(line), x, strict=True)):
        if dot.hollow or number % step == 0:
            marks.draw_dot(axes, dot, place, look, upright=True, bar=not bands)


def _long(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a period is so long, beside the others, that its span is drawn; a month or a day is a point."""
    return rows["end"] - rows["start"] > _MONTH
