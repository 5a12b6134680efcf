"""A network drawn where its positions say."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import textalloc
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import style, wording
from digital_diplomacy.figures.parts.names import WIDEST, keep_clear, write
from digital_diplomacy.figures.parts.palette import MUTED
from digital_diplomacy.figures.parts.ties import (
    FIRST,
    HEAD_ROOM,
    RELATIONS,
    Array,
    draw_ties,
    look_of_relation,
    make_room,
    tells_weights,
)

LABEL_ALL: Final = 60  # up to so many actors every one is labelled
LABELLED: Final = (40, 25)  # labels tried in a larger network, and in one of more than CROWD actors
CROWD: Final = 150
_HEIGHTS: Final = (3.0, 6.6)  # inches of the drawing
_PER_LABEL: Final = 0.13  # inches of height that a label needs, so that names find room
_STRETCH: Final = 1.7  # how much more the shorter side may be drawn out than the longer: the axes have no meaning
_MARGIN: Final = (0.75, 0.3)  # inches kept free for labels at the sides, above and below
_SEVERAL: Final = 2  # types of actor, from which on they have looks of their own
_TYPES: Final = (
    "citizens",
    "platform",
    "state",
    "programme",
    "document",
    "scholar",
    "media",
    "organisation",
    "concept",
    "ministry",
    "company",
)


@dataclass(frozen=True)
class _Words:
    """What is written around a drawing."""

    lang: str
    title: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    said: tuple[str, ...] = ()
    sized_by: str = ""
    is_directed: bool = True


class _Mark(NamedTuple):
    """How a group of actors is marked: points beyond the marker's rim (0 is inside it), filling, edge, order."""

    reach: float
    face: str
    edge: str
    order: float


_MARKS: Final = (
    _Mark(5.0, "none", style.INK, 4),
    _Mark(10.0, "#f3dfa2", "#f3dfa2", 2.5),
    _Mark(0.0, "white", style.INK, 4),
)
_MARGIN_OF_BANDS: Final = (0.8, 0.6)  # room for the names of bands, and of the lowest actors under their marks
_UNDER: Final = 1.2  # inches of a name under its mark
_BAND_NAME: Final = 2.5  # and of the name of a band
_DEEPER: Final = 0.8  # of how much narrower a sheet is, by how much a drawing with bands is deeper
_APART: Final = 4.0  # pixels between names, whose widths differ a little from one way of measuring to another
_CLOSE: Final = 2.0  # points between a mark and its name, where no arrow head ends between them
_STRIP: Final = ("#f4f4f1", "white")
_AREAS: Final = ((20.0, 380.0), (14.0, 240.0), (7.0, 150.0))  # square points of the smallest and largest marker
_PLACING: Final[dict[str, Any]] = {
    "textsize": 7.5,
    "textcolor": style.INK,
    "linecolor": style.FAINT,
    "linewidth": 0.6,
    "margin": 0.002,  # the distances are shares of the drawing
    "min_distance": 0.006,
    "max_distance": 0.12,
    "nbr_candidates": 400,
    "avoid_label_lines_overlap": True,
    "linespacing": 1.05,
    "zorder": 5,
}


@wording.in_own_names
def plot_network(
    edges: pd.DataFrame,
    positions: pd.DataFrame,
    *,
    lang: str = "en",
    title: str = "",
    sources: Sequence[str] = (),
    marked: Mapping[str, Collection[str]] = MappingProxyType({}),
    bands: pd.DataFrame | None = None,
    notes: Sequence[str] = (),
    said: Sequence[str] = (),
    sized_by: str = "",
    directed: bool = True,
) -> Figure:
    """Draw actors at their positions and the directed ties between them.

    Parameters
    ----------
    edges, positions : DataFrame
        The tables ``edges`` and ``positions``; every end of an edge has a position.
    lang : str
        Language of legend and notes; the actors' names stand in ``positions``.
    title : str
        Drawn above the figure.
    sources : sequence of str
        Codes of the tables the network comes from, named under the figure.
    marked : mapping of str to collection of str
        Up to three groups of actors to be told apart beside type and size, by label code (``mark.<code>``): a ring, a
        pale halo, a light centre, in this order. Those without a position are passed over.
    bands : DataFrame, optional
        ``band, low, high``: strips of the drawing by y, called ``band.<band>``. Names then stand under their actors,
        who are all marked alike: the strips tell their types, and colours are left to the relations.
    notes : sequence of str
        Label codes (``notice.<code>``) of further sentences under the figure.
    said : sequence of str
        Further sentences as they are.
    sized_by : str
        Code of the measure that the sizes show.
    directed : bool
        Whether ties end in arrow heads.

    Returns
    -------
    Figure
        Types of actor differ in shape and colour where there are several, relations in line and colour; edges bow to
        the left of their direction, each further one between the same two more than the last, and end in an arrow head.
        Of more than 60 actors the largest are labelled, as a note says.

    Raises
    ------
    ValueError
        If a table is empty, an edge names an actor without a position, or there are more than three marks.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": "cites", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state", "label": ["Adam", "Bela", "Cleo"]})
    >>> figure = figures.plot_network(ties, networks.layout(ties, actors, lang="en"), lang="en")
    >>> sorted(text.get_text() for text in figure.axes[0].texts)
    ['Adam', 'Bela', 'Cleo']
    """
    labels.check_language(lang)
    ties = tables.validate(edges, tables.EDGES)
    actors = tables.validate(positions, tables.POSITIONS)
    if ties.empty or actors.empty:
        raise ArgumentError("a network needs at least one edge and one position; check the selection that made them")
    unknown = sorted((set(ties["source"]) | set(ties["target"])) - set(actors["actor_id"]))
    if unknown:
        raise ArgumentError(
            "no position for {unknown}; lay out the same network that is drawn", unknown=", ".join(unknown[:10])
        )
    if len(marked) > len(_MARKS):
        raise ArgumentError(
            "{count} groups are marked; at most {count_2} can be told apart", count=len(marked), count_2=len(_MARKS)
        )
    # Largest first: they are labelled first, and small actors are drawn on top of large ones.
    actors = actors.sort_values(["size", "actor_id"], ascending=[False, True], ignore_index=True)
    with style.context():
        words = _Words(lang, title, tuple(sources), tuple(notes), tuple(said), sized_by, directed)
        return _draw(ties, actors, words, _present(marked, actors), bands)


def _present(marked: Mapping[str, Collection[str]], actors: pd.DataFrame) -> dict[str, list[str]]:
    """The groups without those that are not drawn; one that marks nobody is still none to explain."""
    return {code: sorted(set(names) & set(actors["actor_id"])) for code, names in marked.items()}


def _draw(
    ties: pd.DataFrame,
    actors: pd.DataFrame,
    words: _Words,
    marked: Mapping[str, Collection[str]],
    bands: pd.DataFrame | None,
    *,
    listed: Sequence[str] = (),
) -> Figure:
    """The figure; ``listed`` are the names that are known to have no room, for which the note then has it."""
    types = types_in_order(actors["type"]) if bands is None else {}
    relations = relations_in_order(ties["relation"])
    tried = len(actors) if len(actors) <= LABEL_ALL else LABELLED[len(actors) > CROWD]
    # The note is written as if all labels tried had found room, so that its lines are reserved before any is placed.
    notes = _notes(ties, actors, words, shown=tried, unnamed=listed)
    handles = [*_handles(types, relations, words.lang), *_mark_handles(marked, words.lang)]
    figure = style.sheet(
        title=words.title, height=_height(actors, tried, bands is not None), notes=notes, handles=handles
    )
    axes = figure.add_subplot()
    axes.set_axis_off()
    style.settle(figure)
    _set_limits(figure, axes, actors, _MARGIN if bands is None else _MARGIN_OF_BANDS)
    if bands is not None:
        _draw_bands(axes, bands, words.lang)
    areas = marker_areas(actors["size"].to_numpy(dtype=float))
    if bands is None:
        make_room(axes, ties, actors, areas, heads=words.is_directed)
    ways = draw_ties(axes, ties, actors, areas, relations=relations, heads=words.is_directed)
    for chosen, look in _looks(actors, types):
        axes.scatter(actors["x"][chosen], actors["y"][chosen], s=areas[chosen], **look, linewidth=0.7, zorder=3)
    _draw_marks(axes, actors, areas, marked)
    ringed = _with_rings(areas, actors, marked)
    unnamed: list[str] = []
    if bands is None:
        is_small = len(actors) <= LABEL_ALL
        shown = (
            write(figure, axes, actors, ringed, ways)
            if is_small
            else _write_labels(figure, axes, actors, ringed, tried)
        )
    else:
        unnamed = _write_beside(figure, axes, actors, ringed, ties)
        shown = len(actors) - len(unnamed)
        if unnamed and not listed:
            return _draw(ties, actors, words, marked, bands, listed=unnamed)
    if shown < tried:
        style.rewrite_notes(figure, _notes(ties, actors, words, shown=shown, unnamed=unnamed))
    return figure


def relations_in_order(relations: "pd.Series[str]") -> dict[str, int]:
    """The relations with the number of their look, the most frequent drawn first: known ones look the same in every
    figure, others follow in the order of their frequency, from the first colour on; one that is alone is grey."""
    counts = relations.groupby(relations).size().sort_values(ascending=False, kind="stable")
    known = [str(code) for code in counts.index if code in RELATIONS]
    others = [str(code) for code in counts.index if code not in RELATIONS]
    first = len(RELATIONS) if known else FIRST if len(others) > 1 else 0
    return {code: RELATIONS.index(code) for code in known} | {code: first + place for place, code in enumerate(others)}


def _extent(actors: pd.DataFrame) -> tuple[float, float]:
    """Width and height of the drawing in plot units; a row or column of actors still has both."""
    width, height = (float(actors[axis].max() - actors[axis].min()) for axis in ("x", "y"))
    floor = 0.2 * max(width, height) or 1.0
    return max(width, floor), max(height, floor)


def _height(actors: pd.DataFrame, labelled: int, has_bands: bool) -> float:
    width, height = _extent(actors)
    fitting = (style.inner() - 2 * _MARGIN[0]) * height / width + 2 * _MARGIN[1]
    tall = float(np.clip(max(fitting, _PER_LABEL * labelled), *_HEIGHTS))
    # Rows of bands are as many on a narrow sheet, where their names stand in more lines.
    return tall * (style.WIDTH / (style.inner() + 2 * style.PAD)) ** _DEEPER if has_bands else tall


def _set_limits(figure: Figure, axes: Axes, actors: pd.DataFrame, margins: tuple[float, float]) -> None:
    """Scales as large as the sheet allows, the shorter side drawn out a little, the actors in the middle."""
    inches = figure.get_size_inches() * axes.get_position().size
    fitting = [
        extent / (inch - 2 * margin) for extent, inch, margin in zip(_extent(actors), inches, margins, strict=True)
    ]
    for setter, axis, inch, own in (
        (axes.set_xlim, "x", inches[0], fitting[0]),
        (axes.set_ylim, "y", inches[1], fitting[1]),
    ):
        per_inch = max(own, max(fitting) / _STRETCH)
        middle = (actors[axis].max() + actors[axis].min()) / 2
        setter(middle - per_inch * inch / 2, middle + per_inch * inch / 2)


def _notes(
    ties: pd.DataFrame, actors: pd.DataFrame, words: _Words, *, shown: int, unnamed: Sequence[str] = ()
) -> list[str]:
    said = [labels.text("notice.edge_direction", words.lang)] if words.is_directed else []
    if tells_weights(ties["weight"]):
        said.append(labels.text("notice.edge_weight", words.lang))
    if wording.differs(actors["size"]):
        said.append(_size_note(words))
    if unnamed:
        said.append(labels.text("notice.unnamed", words.lang, names="; ".join(unnamed)))
    elif shown < len(actors):
        counts = {"shown": labels.number(shown, words.lang), "total": labels.number(len(actors), words.lang)}
        said.append(labels.text("notice.labelled", words.lang, **counts))
    said += [labels.text(f"notice.{code}", words.lang) for code in words.notes]
    said += words.said
    return [" ".join(said), *wording.source_line(words.sources, words.lang)]


def _size_note(words: _Words) -> str:
    if not words.sized_by:
        return labels.text("notice.node_size", words.lang)
    return labels.text("notice.node_size_of", words.lang, measure=labels.text(f"measure.{words.sized_by}", words.lang))


def types_in_order(types: "pd.Series[str]") -> dict[str, int]:
    """The types that occur, each with the number of its look: the usual ones look the same in every figure."""
    unusual = sorted(set(types) - set(_TYPES))
    return {kind: number for number, kind in enumerate([*_TYPES, *unusual]) if kind in set(types)}


def _looks(actors: pd.DataFrame, types: Mapping[str, int]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Which actors are marked in which way: by type, or alike where types are told otherwise, or are but one."""
    if len(types) < _SEVERAL:
        yield np.ones(len(actors), dtype=bool), {"marker": "o", "color": MUTED, "edgecolor": "white"}
        return
    for kind, number in types.items():
        look = style.look(number)
        chosen = (actors["type"] == kind).to_numpy()
        yield chosen, {"marker": look.marker, "color": look.colour, "edgecolor": "white"}


def _handles(types: dict[str, int], relations: dict[str, int], lang: str) -> list[Artist]:
    handles: list[Artist] = []
    for code, number in types.items() if len(types) >= _SEVERAL else ():
        look = style.look(number)
        handles.append(
            Line2D(
                [],
                [],
                linestyle="none",
                marker=look.marker,
                color=look.colour,
                markersize=7,
                label=wording.name("type", code, lang),
            )
        )
    for code, number in relations.items():
        tie = look_of_relation(number)
        handles.append(
            Line2D(
                [], [], linestyle=tie.line, color=tie.colour, linewidth=1.5, label=wording.name("relation", code, lang)
            )
        )
    return handles


def _mark_handles(marked: Mapping[str, Collection[str]], lang: str) -> list[Artist]:
    return [
        Line2D(
            [],
            [],
            linestyle="none",
            marker="o",
            markersize=10 if look.reach else 5,
            markerfacecolor=look.face,
            markeredgecolor=look.edge,
            label=labels.text(f"mark.{code}", lang),
        )
        for (code, names), look in zip(marked.items(), _MARKS, strict=False)
        if names
    ]


def _with_rings(areas: Array, actors: pd.DataFrame, marked: Mapping[str, Collection[str]]) -> Array:
    """Marker areas with their rings, which names must not cover either."""
    sides = np.sqrt(areas)
    for names, look in zip(marked.values(), _MARKS, strict=False):
        sides = np.where(actors["actor_id"].isin(set(names)), np.maximum(sides, np.sqrt(areas) + look.reach), sides)
    return np.asarray(sides**2)


def _draw_marks(axes: Axes, actors: pd.DataFrame, areas: Array, marked: Mapping[str, Collection[str]]) -> None:
    for names, look in zip(marked.values(), _MARKS, strict=False):
        chosen = actors["actor_id"].isin(set(names)).to_numpy()
        radius = np.sqrt(areas[chosen]) + look.reach if look.reach else 0.45 * np.sqrt(areas[chosen])
        axes.scatter(
            actors["x"][chosen],
            actors["y"][chosen],
            s=radius**2,
            facecolors=look.face,
            edgecolors=look.edge,
            linewidths=1.0,
            zorder=look.order,
        )


def marker_areas(sizes: Array) -> Array:
    """Marker areas in square points, in proportion to the sizes above the smallest that can be seen."""
    low, high = _AREAS[0] if len(sizes) <= 40 else _AREAS[1] if len(sizes) <= 120 else _AREAS[2]
    if sizes.min() == sizes.max():
        return np.full(len(sizes), (low + high) / 4)
    return np.asarray(np.maximum(low, high * sizes / sizes.max()))


def _draw_bands(axes: Axes, bands: pd.DataFrame, lang: str) -> None:
    """Pale strips that meet half way between their actors, each with its name at the left."""
    rows = bands.sort_values("high", ascending=False)
    tops, feet = rows["high"].tolist(), rows["low"].tolist()
    borders = [(above + below) / 2 for above, below in zip(feet, tops[1:], strict=False)]
    bottom, top = axes.get_ylim()
    for number, (code, low, high) in enumerate(zip(rows["band"], [*borders, bottom], [top, *borders], strict=True)):
        axes.axhspan(low, high, color=_STRIP[number % 2], zorder=0, linewidth=0)
        said = style.wrap(labels.text(f"band.{code}", lang), _BAND_NAME, 8, "bold")
        axes.annotate(
            "\n".join(said), (0, high), (4, -5), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
            va="top", size=8, weight="bold", color="#555555", zorder=5,
        )  # fmt: skip


def _write_beside(figure: Figure, axes: Axes, actors: pd.DataFrame, areas: Array, ties: pd.DataFrame) -> list[str]:
    """Write every name under its mark or, where more ties come from below, above it, else on the other side.

    So no name can be taken for a neighbour's, few cross a tie, and none covers an arrow head. The names that have no
    room, from the top down and from the left.
    """
    renderer = style.renderer(figure)
    gaps = [np.where(_reached(actors, ties, above=above), HEAD_ROOM, _CLOSE) for above in (False, True)]
    reaches = np.sqrt(areas / np.pi)
    taken = [text.get_window_extent(renderer) for text in axes.texts]  # names of bands
    marks = _boxes(axes, actors, reaches)
    unnamed = []
    rows = zip(actors["label"], actors["x"], actors["y"], reaches, *gaps, _crowned(actors, ties), strict=True)
    for number, (label, x, y, reach, under, over, is_crowned) in enumerate(rows):
        kept = [*taken, *marks[:number], *marks[number + 1 :]]
        for above in (True, False) if is_crowned else (False, True):
            text = axes.annotate(
                "\n".join(style.name_lines(label, _UNDER, 7.5)), (x, y), (0, reach + over if above else -reach - under),
                textcoords="offset points", ha="center", va="bottom" if above else "top", size=7.5, color=style.INK,
                linespacing=1.05, zorder=5,
            )  # fmt: skip
            box = text.get_window_extent(renderer)
            if not any(box.padded(_APART).overlaps(other) for other in kept):
                style.halo(text)
                taken.append(box)
                break
            text.remove()
        else:
            unnamed.append((-y, x, label))
    return [label for *_, label in sorted(unnamed)]


def _boxes(axes: Axes, actors: pd.DataFrame, reaches: Array) -> list[Bbox]:
    """Where the marks are, in pixels."""
    centres = axes.transData.transform(actors[["x", "y"]].to_numpy())
    half = (reaches * axes.figure.dpi / 72)[:, None]
    return [Bbox([low, high]) for low, high in zip(centres - half, centres + half, strict=True)]


def _crowned(actors: pd.DataFrame, ties: pd.DataFrame) -> list[bool]:
    """Whether more of an actor's ties lead down than up."""
    height = actors.set_index("actor_id")["y"]
    rises = (ties["target"].map(height) - ties["source"].map(height)).apply(np.sign)
    sums = rises.groupby(ties["target"]).sum().sub(rises.groupby(ties["source"]).sum(), fill_value=0)
    return [bool(sums.get(actor, 0) > 0) for actor in actors["actor_id"]]


def _reached(actors: pd.DataFrame, ties: pd.DataFrame, *, above: bool) -> "pd.Series[bool]":
    """Whether a tie comes to the actor from that side, so that its head ends where the name would begin."""
    height = actors.set_index("actor_id")["y"]
    rises = ties["target"].map(height) - ties["source"].map(height)
    return actors["actor_id"].isin(set(ties.loc[rises < 0 if above else rises > 0, "target"]))


def _write_labels(figure: Figure, axes: Axes, actors: pd.DataFrame, areas: Array, tried: int) -> int:
    """Write the names of the first ``tried`` actors where there is room; return how many found it."""
    radii = np.sqrt(areas / np.pi) * style.DPI / 72
    chosen = actors.head(tried)
    # Names may cover the smallest actors of a crowd, but never those that are named.
    avoided = actors if len(actors) <= CROWD else chosen
    texts = ["\n".join(style.name_lines(text, WIDEST, 7.5)) for text in chosen["label"]]
    _, _, written, leaders = textalloc.allocate(
        axes,
        chosen["x"].tolist(),
        chosen["y"].tolist(),
        texts,
        x_scatter=avoided["x"].tolist(),
        y_scatter=avoided["y"].tolist(),
        scatter_sizes=radii[: len(avoided)].tolist(),
        text_scatter_sizes=(0.8 * radii[:tried]).tolist(),
        **_PLACING,
        draw_all=False,
    )
    return keep_clear(figure, [pair for pair in zip(written, leaders, strict=True) if pair[0] is not None])
