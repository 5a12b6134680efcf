"""Who listens to whom: what people say to each body above what it says back, through the channel that is named."""

from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import style, wording
from digital_diplomacy.figures.parts.ties import RELATIONS, look_of_relation

WAYS: Final = {"asks": "speaks", "tells": "speaks", "answers": "answers"}
"""The two kinds of edges: somebody speaks to somebody, or answers; either has one look, whoever does it."""

_RELATIONS: Final = {"speaks": "addresses", "answers": "responds_to"}
LOOKS: Final = {way: look_of_relation(RELATIONS.index(code)) for way, code in _RELATIONS.items()}
"""Those of the relations, so that a network of the same statements looks alike."""

MAX_LANES: Final = 60

_BANDS: Final = {"people": (0.02, 1.5), "channels": (2.4, 4.25), "partners": (5.1, 7.02)}
"""Inches from and to which each band of boxes reaches, across a sheet as wide as a page."""
_LANE: Final = 0.17  # inches between two edges of a row
_LINE: Final = 0.14  # inches of a line of words
_ROW: Final = 0.09  # inches between rows, and
_GROUP: Final = 0.16  # between those of two partners
_HEAD: Final = 0.14  # inches above and below the names of bands
_COUNT: Final = 0.13  # inches kept free at the start of an edge for its number
_GAP: Final = 0.05  # inches between an edge and a box
_WIDTHS: Final = (1.0, 0.55, 4.0)  # points of an edge of one statement, what each further one adds, and the most
_FILL: Final = "#f4f4f1"


class _Row(NamedTuple):
    """One channel between people and one partner: what is said each way, and where it stands (inches from the top)."""

    people: str
    partner: str
    channel: str
    ways: dict[str, pd.DataFrame]
    top: float
    tall: float


def plot_exchange(rows: pd.DataFrame, *, lang: str = "en", title: str = "") -> Figure:
    """Draw who speaks to whom and who answers, an edge for each direction, channel and kind.

    Parameters
    ----------
    rows : DataFrame
        The table ``exchanges``, a row a statement; partners and channels stand in the order of their first use.
    lang, title : str
        Language of every word, and what is drawn above the figure.

    Returns
    -------
    Figure
        Three bands: people at the left, channels, partners at the right. Speaking and answering differ in colour, line
        and head; the number of statements stands where an edge begins, and its width grows with it. Edges run side
        by side and meet only the boxes of their own row. In SVG every edge tells its statements with their documents.

    Raises
    ------
    ValueError
        If there is no statement, or more edges than can be read.

    Examples
    --------
    >>> from digital_diplomacy import figures, networks, sources
    >>> rows = networks.exchanges(sources.load("relations"), sources.load("actors"), "KAZ").head(3)
    >>> figure = figures.plot_exchange(rows, lang="en")
    >>> rows["way"].value_counts().to_dict(), figure.axes[0].texts[-1].get_text()
    ({'answers': 2, 'asks': 1}, 'addressed: 1; answers: 2')
    """
    labels.check_language(lang)
    known = tables.validate(rows, tables.EXCHANGES)
    if known.empty:
        raise ArgumentError("an exchange needs at least one statement; check the selection that made these rows")
    edges = len(known[["people", "partner", "channel", "way"]].drop_duplicates())
    if edges > MAX_LANES:
        raise ArgumentError(
            "{edges} edges, but {max_lanes} can be read; choose fewer partners", edges=edges, max_lanes=MAX_LANES
        )
    with style.context():
        return _draw(known, lang=lang, title=title)


def _draw(rows: pd.DataFrame, *, lang: str, title: str) -> Figure:
    heads = [
        style.wrap(labels.text(f"band.{code}", lang), _end(code) - _start(code), style.SMALL_SIZE, "bold")
        for code in _BANDS
    ]
    deep = _LINE * max(map(len, heads)) + _HEAD
    placed = _placed(rows, deep, lang)
    height = placed[-1].top + placed[-1].tall + 0.05
    figure = style.sheet(title=title, height=height, notes=_notes(rows, lang), handles=_handles(rows, lang))
    axes = figure.add_subplot()
    axes.set_axis_off()
    _fill_sheet(figure, axes, height)
    for code, head in zip(_BANDS, heads, strict=True):
        axes.text((_start(code) + _end(code)) / 2, 0, "\n".join(head), ha="center", va="top", size=style.SMALL_SIZE,
                  weight="bold", color="#555555", gid="band")  # fmt: skip
    for row in placed:
        _draw_row(axes, row, lang)
    for column, band in (("people", "people"), ("partner", "partners")):
        for members in _runs(placed, column):
            top, foot = members[0].top, members[-1].top + members[-1].tall
            ways = pd.concat([part["way"] for row in members for part in row.ways.values()])
            below = _sums(ways, lang) if column == "partner" else ""
            name = labels.entity(str(getattr(members[0], column)), lang)
            _box(axes, band, top, foot - top, name, below=below, bold=True)
    return figure


def _start(band: str) -> float:
    """Inches at which the boxes of a band begin on this sheet."""
    return style.across(_BANDS[band][0])


def _end(band: str) -> float:
    """Inches at which they end."""
    return style.across(_BANDS[band][1])


def _sums(ways: "pd.Series[str]", lang: str) -> str:
    """How often people speak to a partner, and it answers; empty where they do not speak to it."""
    asked, answered = (int((ways == way).sum()) for way in ("asks", "answers"))
    counts = {"asked": labels.number(asked, lang), "answered": labels.number(answered, lang)}
    return labels.text("exchange.sums", lang, **counts) if asked else ""


def _fill_sheet(figure: Figure, axes: Axes, height: float) -> None:
    """Axes in inches, exactly where the sheet leaves room for them, from the top down."""
    engine: Any = figure.get_layout_engine()
    left, bottom, width, tall = engine.get()["rect"]
    style.settle(figure)
    axes.set_position((left, bottom, width, tall))
    axes.set(xlim=(0, style.inner()), ylim=(height, 0))


def _placed(rows: pd.DataFrame, top: float, lang: str) -> list[_Row]:
    """A row for each channel of each partner; a partner's rows are as tall together as its name needs."""
    made: list[_Row] = []
    for (people, partner), members in rows.groupby(["people", "partner"], sort=False):
        top += _GROUP if made else 0.0
        channels = list(members.groupby("channel", sort=False))
        named = _room_of_name(labels.entity(str(partner), lang), members, lang)
        tall = [_tall(str(channel), part, lang) for channel, part in channels]
        spare = max(0.0, named - sum(tall) - _ROW * (len(tall) - 1)) / len(tall)
        for (channel, part), own in zip(channels, tall, strict=True):
            ways = {str(way): said for way, said in part.groupby("way")}
            made.append(_Row(str(people), str(partner), str(channel), ways, top, own + spare))
            top += own + spare + _ROW
        top -= _ROW
    return made


def _tall(channel: str, part: pd.DataFrame, lang: str) -> float:
    named = len(_wrapped(labels.entity(channel, lang), "channels")) * _LINE + 0.06 if channel else 0.0
    return max(_LANE * part["way"].nunique() + 0.04, named)


def _room_of_name(name: str, said: pd.DataFrame, lang: str) -> float:
    """Inches a partner's name and its sums take."""
    lines = len(_wrapped(name, "partners", bold=True)) + len(_wrapped(_sums(said["way"], lang), "partners"))
    return lines * _LINE + 0.1


def _wrapped(name: str, band: str, *, bold: bool = False) -> list[str]:
    return style.name_lines(name, _end(band) - _start(band) - 0.12, 7.5, "bold" if bold else "normal") if name else []


def _runs(placed: list[_Row], column: str) -> list[list[_Row]]:
    """Rows that follow each other with the same people, or the same partner of the same people."""
    runs: list[list[_Row]] = []
    for row in placed:
        same = (
            bool(runs) and runs[-1][-1].people == row.people and getattr(runs[-1][-1], column) == getattr(row, column)
        )
        if same:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _box(axes: Axes, band: str, top: float, tall: float, name: str, *, below: str = "", bold: bool = False) -> None:
    """A box with a name in its middle, and below it plain words."""
    start, end = _start(band), _end(band)
    axes.add_patch(
        FancyBboxPatch(
            (start, top), end - start, tall, boxstyle="round,pad=0,rounding_size=0.04",
            facecolor=_FILL if bold else "white", edgecolor=style.FAINT, linewidth=0.8, zorder=2, gid="box",
        )
    )  # fmt: skip
    middle, height = (start + end) / 2, top + tall / 2
    said, more = _wrapped(name, band, bold=bold), _wrapped(below, band)
    settings: dict[str, Any] = {"ha": "center", "va": "center", "size": 7.5, "linespacing": 1.05, "zorder": 3}
    weight = "bold" if bold else "normal"
    axes.text(middle, height - len(more) * _LINE / 2, "\n".join(said), weight=weight, gid="name", **settings)
    if more:
        axes.text(middle, height + len(said) * _LINE / 2, "\n".join(more), gid="sums", color="#555555", **settings)


def _draw_row(axes: Axes, row: _Row, lang: str) -> None:
    if row.channel:
        _box(axes, "channels", row.top, row.tall, labels.entity(row.channel, lang))
    ways = [way for way in WAYS if way in row.ways]
    for number, way in enumerate(ways):
        height = row.top + row.tall * (number + 0.5) / len(ways)
        said = row.ways[way]
        line, head = _edge(height, len(said), way, through=bool(row.channel))
        for artist in (*line, head):
            style.tell(artist, _told(said, row, way, lang))
            axes.add_artist(artist)
        tail = _end("people") + _GAP if way == "asks" else _start("partners") - _GAP
        axes.text(
            tail, height, labels.number(len(said), lang), ha="left" if way == "asks" else "right", va="center",
            size=7.5, weight="bold", color=LOOKS[WAYS[way]].colour, gid="count",
        )  # fmt: skip


def _edge(height: float, count: int, way: str, *, through: bool) -> tuple[list[Line2D], Line2D]:
    """The parts of an edge, which passes behind the box of its channel, and its head."""
    look = LOOKS[WAYS[way]]
    width = min(_WIDTHS[2], _WIDTHS[0] + _WIDTHS[1] * (count - 1))
    start, end = _end("people") + _GAP, _start("partners") - _GAP
    start, end = (start + _COUNT, end) if way == "asks" else (end - _COUNT, start)
    stops = sorted([start, end])
    parts = [(stops[0], _start("channels")), (_end("channels"), stops[1])] if through else [(stops[0], stops[1])]
    settings: dict[str, Any] = {"color": look.colour, "linewidth": width, "solid_capstyle": "butt", "zorder": 1}
    lines = [Line2D(part, (height, height), linestyle=look.line, **settings) for part in parts]
    head = Line2D(
        [end], [height], linestyle="none", marker=">" if way == "asks" else "<", color=look.colour,
        markersize=4.5 + width / 2, markeredgewidth=0, zorder=1.5,
    )  # fmt: skip
    return lines, head


def _told(said: pd.DataFrame, row: _Row, way: str, lang: str) -> str:
    """What an edge tells on hover: who says what to whom, and a line for each statement."""
    first, last = (row.people, row.partner) if way == "asks" else (row.partner, row.people)
    ends = {"source": labels.entity(first, lang), "target": labels.entity(last, lang)}
    through = labels.entity(row.channel, lang) if row.channel else labels.text("notice.no_channel", lang)
    heading = labels.text(f"exchange.{WAYS[way]}", lang, channel=through, **ends)
    return "\n".join([heading, *(_statement(one, lang) for one in said.to_dict("records"))])


def _statement(one: dict[Any, Any], lang: str) -> str:
    """What a statement says, which only those of the five documents have labelled, and the document it is from."""
    code = f"statement.{one['relation_id']}"
    parts = [labels.document(one["document"], lang), one["relation_id"]]
    parts += [labels.period(one["period"], lang)] if one["period"] else []
    where = ", ".join(parts)
    return labels.text("notice.pair", lang, left=labels.text(code, lang), right=where) if labels.codes(code) else where


def _handles(rows: pd.DataFrame, lang: str) -> list[Artist]:
    drawn = {WAYS[way] for way in rows["way"]}
    return [
        Line2D(
            [],
            [],
            color=look.colour,
            linestyle=look.line,
            linewidth=2.0,
            label=labels.text(f"exchange.is_{code}", lang),
        )
        for code, look in LOOKS.items()
        if code in drawn
    ]


def _notes(rows: pd.DataFrame, lang: str) -> list[str]:
    said = [labels.text("notice.exchange_counts", lang)]
    if (rows["channel"] == "").any():
        said.append(labels.text("notice.exchange_direct", lang))
    return [" ".join(said), *wording.source_line(rows["source_id"], lang)]
