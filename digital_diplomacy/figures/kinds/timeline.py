"""What happened when: events and intervals on one axis of time, with what each date leaves open."""

import math
from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import palette, style, wording
from digital_diplomacy.figures.parts.axes import days

MAX_ROWS: Final = 60  # more rows than a page holds
MARKERS: Final = {"text": "o", "reference_list": "s", "address": "^"}
"""Shape of a date by the place it stands in; the first is filled, the others are hollow and larger."""

_LABEL_WIDTH: Final = 2.35  # inches
_SAID_WIDTH: Final = 1.45  # inches right of the axis for the documents, at most
_LINE: Final = 0.15  # inches of a line of text
_GAP: Final = 0.06  # inches between rows
_HEAD: Final = 0.24  # inches of the name of a kind
_AXIS: Final = 0.35  # inches for the years
_BAR: Final = 0.11  # inches
_LEAST: Final = 0.012  # of the range; a shorter bar would not be seen
_MAX_TICKS: Final = 8
_MARGIN: Final = 0.02  # of the range, kept free on both sides
_FORMATS: Final = {"text": 5.0, "reference_list": 8.0, "address": 9.0}  # points across


def plot_timeline(events: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "") -> Figure:
    """Draw dated events under each other on one axis of time, kinds as blocks.

    Parameters
    ----------
    events : DataFrame
        The table ``events``, 1 to 60 of them; they stand in the order of their first row, kinds in that of theirs.
    lang, title : str
        Language of every word, and what is drawn above the figure.
    emphasis : str
        ISO 3166 alpha-3 code of the country whose events have bold names and a colour of their own.

    Returns
    -------
    Figure
        A thick bar is what lasted; a thin line is the time in which something happened, a year where no more is
        printed, with a marker in its middle. The marker's shape tells where the document dates it. Of dates of one
        event that agree the most precise is drawn; dates that share no day are joined by a dotted line. The documents
        stand on the right.

    Raises
    ------
    ValueError
        If there is no event, or more than can be read.

    Examples
    --------
    >>> from digital_diplomacy import claims, figures, sources
    >>> rows = claims.dated(sources.load("events"), kinds=["life"])
    >>> figure = figures.plot_timeline(rows, lang="en", emphasis="DEU")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['Lives', 'Émile Durkheim', '', 'Georg Simmel', '', 'Alfred Reginald Radcliffe-Brown', '', 'Jacob Levy Moreno', '']
    """
    labels.check_language(lang)
    rows = tables.validate(events, tables.EVENTS)
    count = rows.groupby(["event_kind", "event"]).ngroups
    if not 1 <= count <= MAX_ROWS:
        raise ArgumentError(
            "{count} events, but a timeline shows 1 to {max_rows}; check the selection that made them",
            count=count,
            max_rows=MAX_ROWS,
        )
    with style.context():
        return _draw(rows, emphasis, lang=lang, title=title)


def _draw(rows: pd.DataFrame, emphasis: str, *, lang: str, title: str) -> Figure:
    emphasis = emphasis if wording.differs(rows["entity"]) else ""  # what all rows are does not stand out
    drawn = pd.concat([_apart(group) for _, group in rows.groupby(["event_kind", "event"], sort=False)])
    blocks = [(str(kind), block) for kind, block in rows.groupby("event_kind", sort=False)]
    names = {event: _name(event, lang) for event in rows["event"]}
    said = _documents(rows, lang)
    height = len(blocks) * _HEAD + sum(_height(names[key[1]], lines) for key, lines in said.items())
    figure = style.sheet(
        title=title, height=height + _AXIS, notes=_notes(rows, drawn, lang), handles=_handles(drawn, emphasis, lang)
    )
    axes = figure.add_subplot()
    axes.set_ylim(height, 0)
    axes.grid(visible=False, axis="y")
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    _time(axes, rows)
    top = 0.0
    for kind, block in blocks:
        _head(axes, top + _HEAD / 2, labels.text(f"event_kind.{kind}", lang))
        top += _HEAD
        for event, group in block.groupby("event", sort=False):
            lines = said[kind, str(event)]
            middle = top + _height(names[event], lines) / 2
            _write(axes, middle, names[event], lines, bold=bool(emphasis) and emphasis in set(group["entity"]))
            _mark(axes, middle, drawn.loc[drawn.index.intersection(group.index)], _colour(group, emphasis))
            top += _height(names[event], lines)
    _place(figure, axes, height, [line for lines in said.values() for line in lines])
    return figure


def _apart(group: pd.DataFrame) -> pd.DataFrame:
    """Dates of one event without those that agree with a more precise one; the text's before the list's."""
    places = group["dated_in"].map(tables.DATED_IN.index)
    spans = {row: days(period) for row, period in group["period"].items()}
    order = sorted(group.index, key=lambda row: (spans[row].end - spans[row].start, places[row]))
    kept: list[Hashable] = []
    for row in order:
        if not any(spans[row].start < spans[one].end and spans[one].start < spans[row].end for one in kept):
            kept.append(row)
    return group.loc[sorted(kept)]  # type: ignore[type-var]


def _name(event: Hashable, lang: str) -> list[str]:
    return style.name_lines(
        wording.name("event", str(event), lang), style.across(_LABEL_WIDTH) - 0.12, style.SMALL_SIZE, "bold"
    )


def _documents(rows: pd.DataFrame, lang: str) -> dict[tuple[str, str], list[str]]:
    """Names of the documents that date each event, each once; none if one document dates them all."""
    said = {}
    for (kind, event), group in rows.groupby(["event_kind", "event"], sort=False):
        names = [labels.document(str(code), lang) for code in dict.fromkeys(group["document"])]
        lines = [line for name in names for line in style.wrap(name, style.across(_SAID_WIDTH), style.SMALL_SIZE)]
        said[str(kind), str(event)] = lines if wording.differs(rows["document"]) else []
    return said


def _height(name: list[str], documents: list[str]) -> float:
    return _LINE * max(len(name), len(documents)) + _GAP


def _place(figure: Figure, axes: Axes, height: float, said: list[str]) -> None:
    """Fix the axes between names and documents: their widths are known, so nothing is left to a solver."""
    widest = max((style.text_width(line, style.SMALL_SIZE) for line in said), default=0.0)
    left, right = style.PAD + style.across(_LABEL_WIDTH), style.width() - style.PAD - widest - 0.1
    style.settle(figure)
    _, bottom, _, tall = axes.get_position().bounds
    total = figure.get_figheight()
    top = round(bottom + tall, 5)
    axes.set_position((left / style.width(), top - height / total, (right - left) / style.width(), height / total))


def _time(axes: Axes, rows: pd.DataFrame) -> None:
    spans = [days(period) for period in rows["period"]]
    low, high = math.floor(min(span.start for span in spans)), math.ceil(max(span.end for span in spans))
    room = _MARGIN * (high - low)
    ticks = [
        year
        for year in MaxNLocator(round(style.across(_MAX_TICKS)), integer=True, steps=[1, 2, 5, 10]).tick_values(
            low, high
        )
        if low - room <= year <= high + room
    ]
    axes.set_xticks(ticks, [f"{year:.0f}" for year in ticks])
    axes.set_xlim(low - room, high + room)


def _head(axes: Axes, middle: float, text: str) -> None:
    axes.annotate(
        text,
        (0, middle),
        xycoords=("axes fraction", "data"),
        xytext=(-style.across(_LABEL_WIDTH) * 72, 0),
        textcoords="offset points",
        va="center",
        weight="bold",
        color="#555555",
    )
    axes.axhline(middle + _HEAD / 2, color="#d8d8d8", linewidth=0.7, zorder=0)


def _write(axes: Axes, middle: float, name: list[str], documents: list[str], *, bold: bool) -> None:
    """The event's name left of the axis, the documents right of it."""
    fixed: dict[str, Any] = {"textcoords": "offset points", "va": "center", "size": style.SMALL_SIZE}
    ends = ("axes fraction", "data")
    weight = "bold" if bold else "normal"
    place = (-(style.across(_LABEL_WIDTH) - 0.08) * 72, 0)
    axes.annotate("\n".join(name), (0, middle), xycoords=ends, xytext=place, weight=weight, gid="name", **fixed)
    text = "\n".join(documents)
    axes.annotate(text, (1, middle), xycoords=ends, xytext=(4, 0), color="#555555", gid="documents", **fixed)


def _colour(group: pd.DataFrame, emphasis: str) -> str:
    """Of the country that stands out, or of all others."""
    return str(palette.ASKED_COLOUR if emphasis and emphasis in set(group["entity"]) else style.COLOURS[0])


def _mark(axes: Axes, middle: float, group: pd.DataFrame, colour: str) -> None:
    """Every date of one event, on one height."""
    spans = [days(period) for period in group["period"]]
    middles = sorted({span.middle for span in spans})
    if len(middles) > 1:
        style.stroke(
            axes, [middles[0], middles[-1]], [middle, middle], color=colour, linewidth=1, linestyle=(0, (1, 1.5))
        )
    dates = zip(spans, group["extent"], group["dated_in"], strict=True)
    for span, extent, place in sorted(
        dates, key=lambda date: date[2] == "text"
    ):  # small and full above large and hollow
        if extent == "throughout":
            low, high = axes.get_xlim()
            wide = max(span.end - span.start, _LEAST * (high - low))
            axes.barh(middle, wide, left=span.middle - wide / 2, height=_BAR, color=colour, linewidth=0)
            continue
        style.stroke(axes, [span.start, span.end], [middle, middle], color=colour, linewidth=2.2, solid_capstyle="butt")
        style.stroke(axes, [span.middle], [middle], **_look(place, colour))


def _look(place: str, colour: str) -> dict[str, Any]:
    return {
        "marker": MARKERS[place],
        "markersize": _FORMATS[place],
        "markerfacecolor": colour if place == "text" else "white",
        "markeredgecolor": colour,
        "linestyle": "none",
    }


def _handles(rows: pd.DataFrame, emphasis: str, lang: str) -> list[Artist]:
    """The places dates stand in, what lasted, and the country that stands out."""
    within = rows[rows["extent"] == "within"]
    found = [place for place in tables.DATED_IN if place in set(within["dated_in"])]
    handles: list[Artist] = [
        Line2D([], [], **_look(place, style.COLOURS[0]), label=labels.text(f"dated_in.{place}", lang))
        for place in found
    ]
    if (rows["extent"] == "throughout").any():
        handles.append(Patch(color=style.COLOURS[0], linewidth=0, label=labels.text("notice.lasted", lang)))
    if emphasis in set(rows["entity"]):
        handles.append(Patch(color=palette.ASKED_COLOUR, linewidth=0, label=labels.entity(emphasis, lang)))
    return handles


def _notes(rows: pd.DataFrame, drawn: pd.DataFrame, lang: str) -> list[str]:
    within = drawn[drawn["extent"] == "within"]
    notes = [labels.text("notice.within", lang)] if (within["period"].str.len() != len("2017-01-31")).any() else []
    if drawn.duplicated(["event_kind", "event"]).any():
        notes.append(labels.text("notice.two_dates", lang))
    if len(drawn) < len(rows):
        notes.append(labels.text("notice.agreeing_dates", lang))
    if not wording.differs(rows["document"]):
        name = labels.document(str(rows["document"].iloc[0]), lang)
        notes.append(labels.text("notice.one_document", lang, document=name))
    return [*notes, *wording.source_line(rows["source_id"], lang)]
