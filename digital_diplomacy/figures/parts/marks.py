"""Dots and their intervals: one way to draw each kind of interval, and the words that explain it."""

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts.style import INK, Look, stroke
from digital_diplomacy.figures.parts.wording import name, number

NUMBERS: Final = ["value", "low", "high"]
"""Columns of what is drawn of a row."""

MARKER_SIZE: Final = 5.5  # points
_ARROW: Final = 16  # points an open end is drawn beyond its value
CLEAR: Final = 5.5
"""Points between the end of an axis and what is written beside it, so that a mark at the end does not touch it."""

_SHORT: Final = 0.03  # of the range: shorter intervals hide behind their marker


class Bar(NamedTuple):
    """How one kind of interval is drawn: width and style of its line, caps and their size, opacity; in points."""

    width: float
    line: str
    cap: str
    cap_size: float
    opacity: float


BARS: Final = {
    "rounding": Bar(4.0, "-", "", 0.0, 0.45),
    "confidence": Bar(1.3, "-", "|", 6.0, 1.0),
    "prediction": Bar(1.5, ":", "|", 6.0, 1.0),
    "simulation": Bar(1.3, "--", "|", 6.0, 1.0),
    "bound": Bar(1.0, "-", "d", 5.0, 1.0),
    "sensitivity": Bar(1.0, "-", "d", 5.0, 1.0),
}


class Baseline(NamedTuple):
    """A value marked by a dashed line, if any, and the code that says what it is."""

    value: float | None = None
    says: str = ""

    def note(self, lang: str) -> list[str]:
        """What is written of the line below the figure."""
        if self.value is None:
            return []
        code = f"notice.baseline_{self.says}" if self.says else "notice.baseline"
        return [labels.text(code, lang, value=number(self.value, lang))]


class Dot(NamedTuple):
    """One value with its interval, in data units; missing parts are NaN."""

    value: float
    low: float
    high: float
    interval: str

    @property
    def hollow(self) -> bool:
        """Whether nothing is known about how far the value may be off."""
        return self.interval == "none" or (math.isnan(self.low) and math.isnan(self.high))

    @property
    def barred(self) -> bool:
        """Whether its interval is drawn: known at an end, and wider than nothing, as a census is not."""
        return not self.hollow and self.low != self.high


def ready(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """The validated rows that can be drawn.

    Raises
    ------
    ValueError
        If no row has anything to draw, or one kind of interval comes at two levels.
    """
    rows = tables.validate(frame, schema)
    numbers = rows.select_dtypes("number")
    finite = rows.assign(**numbers.where(np.isfinite(numbers))) if np.isinf(numbers.to_numpy(float)).any() else rows
    known = ~np.isnan(finite[NUMBERS].to_numpy()).all(axis=1)
    drawn = finite if known.all() else finite.loc[known].reset_index(drop=True)
    if drawn.empty:
        raise ArgumentError(
            "no row of these {name} has a value to draw; check the selection that made them", name=schema.name
        )
    for kind, levels in _levels(drawn).items():
        if len(levels) > 1:
            raise ArgumentError(
                "intervals of kind {kind!r} come at the levels {levels}; draw one level in a figure",
                kind=kind,
                levels=levels,
            )
    return drawn


def _levels(rows: pd.DataFrame) -> dict[str, list[float]]:
    """The levels that intervals of each kind come at, in order."""
    pairs = sorted(zip(rows["interval"].tolist(), rows["level"].tolist(), strict=True))
    found: dict[str, list[float]] = {}
    for kind, level in pairs:
        if kind != "none" and not math.isnan(level) and level not in found.setdefault(kind, []):
            found[kind].append(level)
    return found


def dots(rows: pd.DataFrame) -> list[Dot]:
    """The rows as dots, in their order."""
    return [Dot(*row) for row in zip(*(rows[column].tolist() for column in (*NUMBERS, "interval")), strict=True)]


def draw_dot(axes: Axes, dot: Dot, place: float, look: Look, *, upright: bool, bar: bool = True) -> None:
    """Draw a value and its interval at ``place`` on the other axis; ``upright`` when values run along y.

    An interval of no width has no bar: its ends would only blur the marker.
    """
    if bar and not dot.hollow and dot.low != dot.high:
        draw_interval(axes, dot, place, look.colour, upright=upright)
    if not math.isnan(dot.value):
        point = (place, dot.value) if upright else (dot.value, place)
        stroke(axes, [point[0]], [point[1]], zorder=4, clip_on=False, **marker(look, hollow=dot.hollow))


def marker(look: Look, *, hollow: bool, size: float = MARKER_SIZE) -> dict[str, Any]:
    """Settings of a marker; white inside when no interval is known."""
    return {
        "marker": look.marker,
        "color": look.colour,
        "markerfacecolor": "white" if hollow else look.colour,
        "markeredgecolor": look.colour if hollow else "white",
        "markeredgewidth": 1.4 if hollow else 0.6,
        "markersize": size,
        "linestyle": "none",
    }


def draw_interval(axes: Axes, dot: Dot, place: float, colour: str, *, upright: bool) -> None:
    """Draw the bar of one interval; an open end becomes an arrow."""
    bar = BARS[dot.interval]
    known = [end for end in (dot.low, dot.value, dot.high) if not math.isnan(end)]
    ends = [min(known), max(known)]
    # An end at the value itself has no cap, which would peep out from behind the marker.
    capped = [end for end in (dot.low, dot.high) if not math.isnan(end) and end != dot.value]
    style: dict[str, Any] = {"color": colour, "alpha": bar.opacity, "zorder": 3, "clip_on": False}
    line: dict[str, Any] = {"linewidth": bar.width, "linestyle": bar.line, "solid_capstyle": "butt", "marker": ""}
    places = [place] * 2
    stroke(axes, *((places, ends) if upright else (ends, places)), **line, **style)
    cap = {"|": "_" if upright else "|"}.get(bar.cap, bar.cap)
    if cap:
        places = [place] * len(capped)
        points = (places, capped) if upright else (capped, places)
        stroke(axes, *points, linestyle="none", marker=cap, markersize=bar.cap_size, markeredgewidth=1.2, **style)
    for end, start, sign in ((dot.low, min(known), -1), (dot.high, max(known), 1)):
        if math.isnan(end):
            _arrow(axes, start, place, sign, colour, upright=upright)


def _arrow(axes: Axes, start: float, place: float, sign: int, colour: str, *, upright: bool) -> None:
    inverted = axes.yaxis_inverted() if upright else axes.xaxis_inverted()
    reach = _ARROW * sign * (-1 if inverted else 1)
    axes.annotate(
        "",
        xy=(place, start) if upright else (start, place),
        xytext=(0, reach) if upright else (reach, 0),
        textcoords="offset points",
        arrowprops={"arrowstyle": "<-", "color": colour, "shrinkA": 0, "shrinkB": 0},
        annotation_clip=False,
    )


def kinds(rows: pd.DataFrame) -> list[str]:
    """Kinds of interval that are drawn, in the order of their declaration."""
    drawn = {dot.interval for dot in dots(rows) if dot.barred}
    return [kind for kind in tables.INTERVALS if kind in drawn]


def any_hollow(rows: pd.DataFrame) -> bool:
    """Whether some value has no known interval."""
    return any(dot.hollow for dot in dots(rows))


def interval_name(rows: pd.DataFrame, kind: str, lang: str) -> str:
    """The kind of interval in words, with its level if it has one."""
    levels = zip(rows["interval"].tolist(), rows["level"].tolist(), strict=True)
    known = [level for of, level in levels if of == kind and not math.isnan(level)]
    if not known:
        return name("interval", kind, lang)
    level = labels.number(round(100 * known[0], 4), lang)
    return labels.text("notice.interval_with_level", lang, interval=name("interval", kind, lang), level=level)


def interval_handles(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend entries: what a hollow marker says, and each kind of interval where there are several."""
    shown = kinds(rows)
    handles: list[Artist] = [_handle(BARS[kind], interval_name(rows, kind, lang)) for kind in shown if len(shown) > 1]
    if shown and any_hollow(rows):  # where no value has an interval, none is missed
        handles.append(
            Line2D([], [], label=labels.text("notice.hollow", lang), **marker(Look(INK, "o", "-"), hollow=True))
        )
    return handles


def _handle(bar: Bar, text: str) -> Line2D:
    line: dict[str, Any] = {"linewidth": bar.width, "linestyle": bar.line, "solid_capstyle": "butt"}
    cap: dict[str, Any] = {"marker": bar.cap, "markersize": bar.cap_size} if bar.cap else {}
    return Line2D([], [], color=INK, alpha=bar.opacity, label=text, **line, **cap)


def interval_notes(rows: pd.DataFrame, lang: str, *, bands: bool = False) -> list[str]:
    """Sentences under the figure: what the bars show, what an arrow means, and where bars are too short to be seen."""
    shown = kinds(rows)
    names = "; ".join(interval_name(rows, kind, lang) for kind in shown)
    notes = [labels.text("notice.bands" if bands else "notice.bars", lang, interval=names)] if shown else []
    drawn = [(dot, unit) for dot, unit in zip(dots(rows), rows["unit"].tolist(), strict=True) if dot.barred]
    if any(math.isnan(dot.low) or math.isnan(dot.high) for dot, _ in drawn):
        notes.append(labels.text("notice.open_end", lang))
    reach = _reach(rows)
    if any(dot.high - dot.low < _SHORT * reach[unit] for dot, unit in drawn):
        notes.append(labels.text("notice.short_bars", lang))
    return [" ".join(notes)] if notes else []


def _reach(rows: pd.DataFrame) -> dict[str, float]:
    """From the least to the most of the values and ends of each unit."""
    ends: dict[str, list[float]] = {}
    for unit, *numbers in zip(rows["unit"].tolist(), *(rows[column].tolist() for column in NUMBERS), strict=True):
        ends.setdefault(unit, []).extend(number for number in numbers if not math.isnan(number))
    return {unit: max(known) - min(known) for unit, known in ends.items()}


def in_one_mark(rows: pd.DataFrame, mark: Sequence[str]) -> None:
    """Refuse a line that would join values whose intervals say different things.

    Raises
    ------
    ValueError
        Naming the line and the kinds of interval.
    """
    kinds_of: dict[tuple[str, ...], set[str]] = {}
    for kind, *codes in zip(*(rows[column].tolist() for column in ("interval", *mark)), strict=True):
        if kind != "none":
            kinds_of.setdefault(tuple(codes), set()).add(kind)
    for line, unique in sorted(kinds_of.items()):
        if len(unique) > 1:
            said = "/".join(str(code) for code in line if code)
            raise ArgumentError(
                "{said}: one line would mix the kinds of interval {unique}; tell its rows apart by `group` or "
                "`source_id`, or use plot_estimates",
                said=said,
                unique=sorted(unique),
            )
