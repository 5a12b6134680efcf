"""One measure of one period on a map of the world."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError, LabelError
from digital_diplomacy.figures.parts import marks, palette, style, wording
from digital_diplomacy.figures.parts.axes import RANK
from digital_diplomacy.figures.parts.outlines import NORTH, SOUTH, Outline, equal_earth, outlines

STEPS: Final = 5  # shades that can be told apart on a map
SMALL: Final = 15_000.0  # square kilometres; a state below is hardly seen at this size and becomes a dot
_ONE_VALUE: Final = ("measure", "period", "unit", "base", "group", "source_id")
_COLOURS: Final = "YlGnBu"  # its lightness falls steadily, for readers with any colour vision and in print
_FROM: Final = 0.12  # where the lightest step stands on it; the darkest is its end
_SPREAD: Final = 0.8  # below 1: its light end changes slowest, so that steps there are farther apart on it
_LAND: Final = "#9a9a9a"
_HEIGHT: Final = 3.1  # inches of the map, across a sheet as wide as a page
_ABOVE: Final = 0.45  # inches of the lines above it
_DOT: Final = 13.0  # square points
_EMPTY_DOT: Final = 5.0
_HATCH: Final = "/////"
_CROSSING: Final = "....."
_DARK: Final = 1.3  # sum of red, green and blue, each up to 1, below which white is seen better than black


class Steps(NamedTuple):
    """Bounds of the steps, one more than colours; a value on a bound belongs to the step above."""

    bounds: tuple[float, ...]
    colours: tuple[str, ...]

    def of(self, value: float) -> int:
        """Number of the step a value lies in."""
        return int(np.digitize(value, self.bounds[1:-1]))


class Ink(NamedTuple):
    """Colours of one group of countries on the map."""

    face: str
    edge: str
    hatch: str = ""


def plot_map(
    estimates: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "", bounds: Sequence[float] = ()
) -> Figure:
    """Draw one measure of one period on a map of the world (Equal Earth projection) in labelled steps of colour.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``, one row a country (ISO 3166 alpha-3); measure, period, unit, base, group and source
        are the same in all rows.
    lang : str
        Language of every word and number.
    title : str
        Drawn above the figure.
    emphasis : str
        ISO 3166 alpha-3 code of a country drawn with a strong outline; may be empty.
    bounds : sequence of float, optional
        Bounds of the steps, rising, around all values; without them steps are equal and round.

    Returns
    -------
    Figure
        Countries without a value are hatched, small ones are dots, and a dotted pattern marks a country whose interval
        reaches into another step.

    Raises
    ------
    ValueError
        If no row has a value, rows differ in more than the country, a code has no place on the map, or the bounds do
        not rise or leave a value outside.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, rankings
    >>> states = pd.DataFrame({"edition": [2022, 2024], "iso3": "KAZ", "status": "agrees", "index": [0.8628, 0.9009]})
    >>> rows = rankings.index_values(states.assign(index_low=states["index"], index_high=states["index"]))
    >>> figures.plot_map(rows, lang="en")
    Traceback (most recent call last):
    digital_diplomacy.errors.ArgumentError: a map shows one period, but these rows have '2022', '2024'; select one
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES).dropna(subset=["value"]).sort_values("entity", ignore_index=True)
    _refuse(rows, emphasis)
    with style.context():
        return _draw(
            rows, _steps(rows["value"], str(rows["unit"].iloc[0]), bounds), lang=lang, title=title, emphasis=emphasis
        )


def _refuse(rows: pd.DataFrame, emphasis: str) -> None:
    if rows.empty:
        raise ArgumentError("no row of these estimates has a value for a map; check the selection that made them")
    own = rows["source_id"].map(tables.own_title).astype(bool)
    for column in _ONE_VALUE:
        # Countries that are read from a table of the user's own stand among the others, as they do in a series.
        cells = rows.loc[~own, column] if column == "source_id" else rows[column]
        if wording.differs(cells):
            found = ", ".join(repr(str(value)) for value in cells.unique()[:4])
            raise ArgumentError(
                "a map shows one {column}, but these rows have {found}; select one", column=column, found=found
            )
    known = outlines()
    lost = [code for code in [*rows["entity"], emphasis] if code and code not in known]
    if lost:
        raise ArgumentError(_no_place(sorted(set(lost))))


def _no_place(codes: list[str]) -> str:
    """Tell codes of places that exist but are not drawn from those that are no codes at all."""
    unknown = [code for code in codes if not _is_country(code)]
    drawn_with_others = [code for code in codes if code not in unknown]
    parts = {
        "ISO 3166 alpha-3 codes expected": unknown,
        "a code of ISO 3166 without an outline of its own on this map; leave its rows out": drawn_with_others,
    }
    return "; ".join(f"no place on the map for {', '.join(found)}: {why}" for why, found in parts.items() if found)


def _is_country(code: str) -> bool:
    try:
        return bool(labels.country(code, "en"))
    except LabelError:
        return False


def _draw(rows: pd.DataFrame, steps: Steps, *, lang: str, title: str, emphasis: str) -> Figure:
    empty = [code for code in outlines() if code not in set(rows["entity"])]
    uncertain = set(rows.loc[_crosses(rows, steps), "entity"])
    figure = style.sheet(
        title=title,
        height=style.across(_HEIGHT) + _ABOVE,
        notes=_notes(rows, lang),
        handles=_handles(rows, steps, lang=lang, emphasis=emphasis),
    )
    axes = figure.add_subplot()
    _frame(axes, rows, lang)
    _draw_empty(axes, [outlines()[code] for code in empty])
    for number, colour in enumerate(steps.colours):
        chosen = [code for code, value in zip(rows["entity"], rows["value"], strict=True) if steps.of(value) == number]
        _draw_group(axes, [outlines()[code] for code in chosen], Ink(colour, "white"))
        crossing = [outlines()[code] for code in chosen if code in uncertain]
        dotted = "white" if sum(to_rgb(colour)) < _DARK else style.INK
        _draw_group(axes, crossing, Ink("none", dotted, _CROSSING))
    if emphasis:
        _draw_outlined(axes, outlines()[emphasis])
    style.settle(figure)
    return figure


def _frame(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    """Limits of the inhabited world, and above it what is drawn: measure, group, period, unit and base."""
    corner = equal_earth(np.array([180.0, 0.0, 0.0]), np.array([0.0, SOUTH, NORTH]))
    axes.set(xlim=(-0.97 * corner[0, 0], 0.97 * corner[0, 0]), ylim=(corner[1, 1], corner[2, 1]), aspect="equal")
    axes.set(xticks=[], yticks=[])
    axes.axis("off")
    first = rows.iloc[0]
    what = wording.joined_rows(rows.head(1), ["measure", "group", "period"], lang)[0]
    unit = wording.unit_and_base(str(first["unit"]), str(first["base"]), lang)
    lines = [line for text in (what, unit) for line in style.wrap(text, style.width() - 0.3, style.TEXT_SIZE)]
    axes.set_title("\n".join(lines), loc="left", linespacing=1.3)


def _steps(values: pd.Series, unit: str, given: Sequence[float] = ()) -> Steps:
    """Bounds around all values, those given or round ones, and a colour each; first places of a ranking are darkest."""
    low, high = float(values.min()), float(values.max())
    if given and (list(given) != sorted(set(given)) or not given[0] <= low <= high <= given[-1]):
        raise ArgumentError(
            "bounds {given} must rise and lie around all values, which are {low:g} to {high:g}",
            given=list(given),
            low=low,
            high=high,
        )
    bounds = [float(bound) for bound in given] or _round_bounds(low, high, whole=unit == RANK)
    places = _FROM + (1 - _FROM) * np.linspace(0, 1, len(bounds) - 1) ** _SPREAD
    shades = mpl.colormaps[_COLOURS](places)
    colours = [to_hex(shade) for shade in shades]
    return Steps(tuple(bounds), tuple(colours[::-1] if unit == RANK else colours))


def _round_bounds(low: float, high: float, *, whole: bool) -> list[float]:
    tried = MaxNLocator(STEPS, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    bounds = [float(bound) for bound in np.round(np.asarray(tried, dtype=float), 10)]
    bounds = bounds if len(bounds) > 1 else [bounds[0], bounds[0] + 1]
    while len(bounds) > 2 and bounds[1] <= low:
        bounds = bounds[1:]
    while len(bounds) > 2 and bounds[-2] >= high:
        bounds = bounds[:-1]
    return bounds


def _crosses(rows: pd.DataFrame, steps: Steps) -> "pd.Series[bool]":
    """Whether the interval of a row reaches into a step other than that of its value; an open end always does."""
    ends = rows[["low", "high"]].apply(lambda end: end.fillna(rows["value"]).map(steps.of))
    own = rows["value"].map(steps.of)
    open_end = rows["low"].isna() != rows["high"].isna()
    crossing: pd.Series[bool] = ends.ne(own, axis=0).any(axis=1) | open_end
    return crossing


def _draw_empty(axes: Axes, countries: list[Outline]) -> None:
    """Land without a value, hatched; small countries among it are hollow dots."""
    drawn = Path.make_compound_path(*(country.path for country in countries if len(country.path)))
    land = PathPatch(drawn, facecolor="white", edgecolor=_LAND, linewidth=0.4, hatch=_HATCH, gid="no-data")
    land.set_hatch_linewidth(0.45)
    axes.add_artist(land)  # as a patch it would be followed point by point for limits, which are set already
    _dots(axes, [country for country in countries if country.code], Ink("white", _LAND), _EMPTY_DOT)


def _draw_group(axes: Axes, countries: list[Outline], ink: Ink) -> None:
    """Countries of one colour or pattern, the small ones as dots above the others."""
    if not countries:
        return
    paths = [country.path for country in countries if len(country.path)]
    look: dict[str, Any] = {"facecolors": ink.face, "edgecolors": ink.edge, "linewidths": 0.3, "zorder": 2}
    if ink.hatch:
        look |= {"hatch": ink.hatch, "linewidths": 0.0, "zorder": 2.5}
    axes.add_collection(PathCollection(paths, **look), autolim=False)
    if ink.hatch:
        _dots(axes, countries, Ink(ink.edge, ink.edge), _DOT / 8)
    else:
        _dots(axes, countries, Ink(ink.face, style.INK), _DOT)


def _dots(axes: Axes, countries: list[Outline], ink: Ink, area: float) -> None:
    places = [country.middle for country in countries if country.area < SMALL]
    if places:
        x, y = zip(*places, strict=True)
        axes.scatter(x, y, s=area, c=ink.face, edgecolors=ink.edge, linewidths=0.45, zorder=3 + area / 100, gid="dots")


def _draw_outlined(axes: Axes, country: Outline) -> None:
    """A strong outline on a white one, so that it stands out from any shade."""
    for colour, width in (("white", 2.6), (palette.ASKED_COLOUR, 1.5)):
        if country.area < SMALL:
            axes.scatter(*country.middle, s=5 * _DOT, c="none", edgecolors=colour, linewidths=width, zorder=5)
        else:
            path = PathPatch(country.path, facecolor="none", edgecolor=colour, linewidth=width, zorder=4)
            path.set_joinstyle("round")
            axes.add_artist(path)


def _handles(rows: pd.DataFrame, steps: Steps, *, lang: str, emphasis: str) -> list[Artist]:
    """Legend entries: the steps from low to high, no data, patterns, and the country outlined."""
    texts = [_step_text(low, high, lang) for low, high in pairwise(steps.bounds)]
    handles: list[Artist] = [
        Patch(facecolor=colour, edgecolor="white", label=text)
        for colour, text in zip(steps.colours, texts, strict=True)
    ]
    none: dict[str, Any] = {"facecolor": "white", "edgecolor": _LAND, "linewidth": 0.4, "hatch": _HATCH}
    handles.append(Patch(label=labels.text("notice.map_no_data", lang), **none))
    if _crosses(rows, steps).any():
        dotted: dict[str, Any] = {"facecolor": "white", "edgecolor": style.INK, "linewidth": 0.0, "hatch": _CROSSING}
        handles.append(Patch(label=labels.text("notice.map_crossing", lang), **dotted))
    if emphasis:
        handles.append(Line2D([], [], color=palette.ASKED_COLOUR, linewidth=1.8, label=labels.entity(emphasis, lang)))
    return handles


def _step_text(low: float, high: float, lang: str) -> str:
    if max(abs(low), abs(high)) < wording.COMPACT_FROM:
        return wording.interval_text(low, high, lang)
    ends = [wording.signed(labels.short_number(end, lang)) for end in (low, high)]
    return labels.text("notice.from_to", lang, low=ends[0], high=ends[1]) if low < 0 else "–".join(ends)


def _notes(rows: pd.DataFrame, lang: str) -> list[str]:
    known = rows.loc[rows["interval"] != "none", ["low", "high"]].notna().any(axis=1)
    said = [labels.text("notice.map_steps", lang, countries=labels.number(len(rows), lang))]
    if not known.any():
        said.append(labels.text("notice.map_no_interval", lang))
    said.append(labels.text("notice.map_small", lang, area=labels.number(SMALL, lang)))
    return [" ".join(said), labels.text("notice.map_boundaries", lang), *wording.source_line(rows["source_id"], lang),
            *wording.own_line(rows, lang)]  # fmt: skip
