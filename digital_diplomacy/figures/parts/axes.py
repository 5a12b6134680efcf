"""Axes that speak the language: limits, ticks and their numbers, periods as places on a time axis."""

import datetime as dt
import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import style
from digital_diplomacy.figures.parts.wording import COMPACT_FROM, signed

RANK: Final = "rank"
_UPPER: Final = {"share": 1.0, "index": 1.0, "percent": 100.0}
_MARGIN: Final = 0.06  # of the range, kept free on both sides
_TICK_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_MAX_MONTHS: Final = 5  # their names are long
_DAILY: Final = 0.2  # years at most that have ticks at days
_DAY: Final = 1.5 / 365  # years: what is no longer is a day
_TICK_DAYS: Final = (1, 2, 5, 7, 10, 14, 28)
_MAX_DAYS: Final = 4.5
_MAX_YEARS: Final = 11
_APART: Final = 0.06  # inches between two numbers of an axis


class Span(NamedTuple):
    """Where a period lies on the time axis, in years."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        """Where its value is drawn."""
        return (self.start + self.end) / 2


def limits(values: Iterable[float], unit: str) -> tuple[float, float]:
    """Ends of an axis with room for the markers; no rank above 1, no share above the whole.

    Examples
    --------
    >>> limits([1, 51], "rank")
    (1.0, 54.0)
    >>> limits([0.0, 50.0, 100.0], "percent")
    (0.0, 100.0)
    """
    known = [value for value in values if math.isfinite(value)]
    low, high = min(known), max(known)
    room = _MARGIN * (high - low) or 0.1 * abs(high) or 1.0
    if unit == RANK:
        return max(1.0, low - max(1.0, room)), high + max(1.0, room)
    top = _UPPER.get(unit, math.inf)
    lower = low - room if low < 0 else max(0.0, low - room)
    return lower, high + room if high > top else min(top, high + room)


def scale(axes: Axes, which: str, values: Iterable[float], unit: str, lang: str, *, ticks: int = 6) -> None:
    """Set limits, ticks and numbers of the ``x`` or ``y`` axis; ranks run with the first place at the far end."""
    ticks = max(2, round(style.across(ticks))) if which == "x" else ticks
    shown = [value for value in values if math.isfinite(value)]
    low, high = limits(shown, unit)
    whole = unit == RANK or all(float(value).is_integer() for value in shown)
    tried = np.asarray(MaxNLocator(ticks, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high), dtype=float)
    places = np.round(tried[(tried >= low) & (tried <= high)], 10)
    if unit == RANK and low == 1.0 and 1.0 not in places:
        places = np.unique(np.append(places[places > 1 + 0.05 * (high - low)], 1.0))
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_ticks(places.tolist(), _numbers(places, lang))
    ends = (high, low) if unit == RANK else (low, high)
    (axes.set_xlim if which == "x" else axes.set_ylim)(*ends)


def thin(axes: Axes) -> None:
    """Leave out every other number of a laid-out x axis until none touches its neighbour."""
    low, high = axes.get_xlim()
    figure = axes.get_figure(root=True)
    wide = axes.get_position().width * float(figure.get_size_inches()[0] if figure else 0.0) / abs(high - low)
    shown = [
        (float(tick), text.get_text()) for tick, text in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True)
    ]
    shown.sort()
    while any(
        wide * (after - before) < (_text(left) + _text(right)) / 2 + _APART
        for (before, left), (after, right) in pairwise(shown)
    ):
        shown = shown[::2] if len(shown) > 2 else shown[-1:]
    axes.set_xticks([tick for tick, _ in shown], [text for _, text in shown])


def _text(number: str) -> float:
    return style.text_width(number, style.SMALL_SIZE)


def _numbers(places: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", lang: str) -> list[str]:
    if np.abs(places).max(initial=0) >= COMPACT_FROM:
        return [signed(labels.short_number(float(place), lang)) for place in places]
    digits = max((len(f"{place:.8f}".rstrip("0").partition(".")[2]) for place in places), default=0)
    return [signed(labels.number(float(place), lang, decimals=digits)) for place in places]


def spans(periods: Iterable[str]) -> list[Span]:
    """Places of periods on one time axis: years on whole numbers, or everything to the day once a month or day occurs.

    Examples
    --------
    >>> spans(["2021", "2018/2022"])
    [Span(start=2021.0, end=2021.0), Span(start=2018.0, end=2022.0)]
    >>> spans(["2021", "2021-07"])[0]
    Span(start=2021.0, end=2022.0)
    """
    known = list(periods)
    if not all(known):
        raise ArgumentError(
            "a row without a period has no place on a time axis; leave such rows out or use plot_estimates"
        )
    parts = [period.split("/") for period in known]
    if all(len(part) == 4 for pair in parts for part in pair):
        return [Span(float(pair[0]), float(pair[-1])) for pair in parts]
    return [days(period) for period in known]


def days(period: str) -> Span:
    """From the first to the last moment of a period, whatever its precision.

    Examples
    --------
    >>> days("2021"), days("2018/2022").middle
    (Span(start=2021.0, end=2022.0), 2020.5)
    """
    return Span(_day(period.split("/")[0], end=False), _day(period.split("/")[-1], end=True))


def _day(part: str, *, end: bool) -> float:
    """First or last moment of a year, month or day, as a fraction of years."""
    year, month, day = (*(int(field) for field in part.split("-")), 0, 0)[:3]
    first = dt.date(year, month or 1, day or 1)
    if not end:
        moment = first
    elif day:
        moment = first + dt.timedelta(days=1)
    else:
        moment = dt.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    start = dt.date(moment.year, 1, 1)
    return moment.year + (moment - start).days / (dt.date(moment.year + 1, 1, 1) - start).days


def time_scale(axes: Axes, places: list[Span], lang: str) -> None:
    """Limits and ticks of a time axis; every year of few, round ones of many, months by name."""
    low, high = min(span.start for span in places), max(span.end for span in places)
    room = 0.03 * (high - low) or 0.5
    if all(value.is_integer() for span in places for value in span):
        _years(axes, sorted({span.middle for span in places if span.middle.is_integer()} | {low, high}))
    elif high - low <= _DAILY and any(span.end - span.start < _DAY for span in places):
        _days(axes, low, high, lang)
    else:
        _months(axes, low, high, lang)
    axes.set_xlim(low - room, high + room)


def _years(axes: Axes, years: list[float]) -> None:
    """Ticks at the years that occur, from the last one backwards, as many as have room."""
    least = (years[-1] - years[0]) / style.across(_MAX_YEARS)
    shown = [years[-1]]
    for year in reversed(years[:-1]):
        if shown[-1] - year >= least:
            shown.append(year)
    axes.set_xticks(shown, [f"{year:.0f}" for year in shown])


def _days(axes: Axes, low: float, high: float, lang: str) -> None:
    """Ticks at days, as many as have room, from the first."""
    year = dt.date(math.floor(low), 1, 1)
    length = (dt.date(year.year + 1, 1, 1) - year).days
    first, count = year + dt.timedelta(days=round((low - year.year) * length)), round((high - low) * length)
    step = next((days for days in _TICK_DAYS if count / days <= style.across(_MAX_DAYS)), count)
    shown = [(first + dt.timedelta(days=day)).isoformat() for day in range(0, count, step)]
    axes.set_xticks([days(day).middle for day in shown], [labels.period(day, lang) for day in shown])


def _months(axes: Axes, low: float, high: float, lang: str) -> None:
    first, last = math.floor(low * 12), math.ceil(high * 12)
    step = next(
        (months for months in _TICK_MONTHS if (last - first) / months <= style.across(_MAX_MONTHS)), _TICK_MONTHS[-1]
    )
    months = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first - first % step, last + 1, step)]
    shown = [month for month in months if low <= _day(month, end=False) <= high] or months[:1]
    texts = [labels.period(month[:4] if step >= 12 else month, lang) for month in shown]
    axes.set_xticks([_day(month, end=False) for month in shown], texts)
