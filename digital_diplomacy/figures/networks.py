"""A network drawn where its positions say."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import textalloc
from matplotlib import patheffects
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text

from digital_diplomacy import labels, tables
from digital_diplomacy.figures import style, wording

LABEL_ALL: Final = 60  # up to so many actors every one is labelled
LABELLED: Final = 40  # labels tried in a larger network
_HEIGHT: Final = 6.4  # inches of the drawing
_AREAS: Final = ((20.0, 380.0), (14.0, 240.0), (7.0, 150.0))  # square points of the smallest and largest marker
_BEND: Final = 0.12  # how far an edge bows out, as a share of its length
_WIDTHS: Final = (0.6, 2.4)  # points
_HEAD: Final = 4.5  # points from the tip to the back of an arrow head
_LABEL_WIDTH: Final = 1.5  # inches

Array = np.ndarray[Any, np.dtype[np.float64]]


def plot_network(edges: pd.DataFrame, positions: pd.DataFrame, *, lang: str, title: str = "", sources: Sequence[str] = ()) -> Figure:
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

    Returns
    -------
    Figure
        Types of actor differ in shape and colour, relations in line and colour; edges bow to the left of their
        direction and end in an arrow head. In a network of more than 60 actors the largest are labelled, and the note says so.

    Raises
    ------
    ValueError
        If a table is empty, or an edge names an actor without a position.
    """
    labels.check_language(lang)
    ties = tables.validate(edges, tables.EDGES)
    actors = tables.validate(positions, tables.POSITIONS)
    if ties.empty or actors.empty:
        raise ValueError("a network needs at least one edge and one position; check the selection that made them")
    unknown = sorted((set(ties["source"]) | set(ties["target"])) - set(actors["actor_id"]))
    if unknown:
        raise ValueError(f"no position for {', '.join(unknown[:10])}; lay out the same network that is drawn")
    # Largest first: they are labelled first, and small actors are drawn on top of large ones.
    actors = actors.sort_values(["size", "actor_id"], ascending=[False, True], ignore_index=True)
    with style.context():
        return _draw(ties, actors, lang=lang, title=title, sources=sources)


def _draw(ties: pd.DataFrame, actors: pd.DataFrame, *, lang: str, title: str, sources: Sequence[str]) -> Figure:
    types, relations = sorted(actors["type"].unique()), sorted(ties["relation"].unique())
    tried = len(actors) if len(actors) <= LABEL_ALL else LABELLED
    # The note is written with all labels tried, so that its room is reserved before any label is placed.
    notes = _notes(ties, actors, lang, shown=tried, sources=sources)
    figure = style.sheet(title=title, height=_HEIGHT, notes=notes, handles=_handles(types, relations, lang))
    axes = figure.add_subplot()
    axes.set_axis_off()
    areas = _areas(actors["size"].to_numpy(dtype=float))
    axes.set_aspect("equal", adjustable="datalim")
    axes.margins(0.09, 0.06)
    axes.update_datalim(actors[["x", "y"]].to_numpy())
    axes.autoscale_view()
    style.settle(figure)
    axes.set(xlim=axes.get_xlim(), ylim=axes.get_ylim())
    for number, relation in enumerate(relations):
        _draw_ties(axes, ties.loc[ties["relation"] == relation], actors, areas, number=number, widest=float(ties["weight"].max()))
    for number, kind in enumerate(types):
        chosen = (actors["type"] == kind).to_numpy()
        axes.scatter(actors["x"][chosen], actors["y"][chosen], s=areas[chosen], **_node(number), linewidth=0.7, zorder=3)
    shown = _write_labels(figure, axes, actors, areas, tried)
    if shown < tried:
        text = "\n".join(line for note in _notes(ties, actors, lang, shown=shown, sources=sources) for line in style.wrap(note, style.WIDTH - 2 * style.PAD, style.SMALL_SIZE))
        next(artist for artist in figure.texts if artist.get_gid() == "notes").set_text(text)
    return figure


def _notes(ties: pd.DataFrame, actors: pd.DataFrame, lang: str, *, shown: int, sources: Sequence[str]) -> list[str]:
    said = [labels.text("notice.edge_direction", lang)]
    if ties["weight"].nunique() > 1:
        said.append(labels.text("notice.edge_weight", lang))
    if actors["size"].nunique() > 1:
        said.append(labels.text("notice.node_size", lang))
    if shown < len(actors):
        said.append(labels.text("notice.labelled", lang, shown=labels.number(shown, lang), total=labels.number(len(actors), lang)))
    return [" ".join(said), *wording.source_line(sources, lang)]


def _node(number: int) -> dict[str, Any]:
    look = style.look(number)
    return {"marker": look.marker, "color": look.colour, "edgecolor": "white"}


def _relation(number: int) -> style.Look:
    """Looks of relations: grey first, then the colours that types of actor use last."""
    if number == 0:
        return style.Look("#5f5f5f", "", "-")
    return style.Look(style.COLOURS[-number % len(style.COLOURS)], "", style.look(number).line)


def _handles(types: list[str], relations: list[str], lang: str) -> list[Artist]:
    handles: list[Artist] = []
    for number, code in enumerate(types):
        look = style.look(number)
        handles.append(
            Line2D([], [], linestyle="none", marker=look.marker, color=look.colour, markersize=7, label=wording.name("type", code, lang))
        )
    for number, code in enumerate(relations):
        tie = _relation(number)
        handles.append(Line2D([], [], linestyle=tie.line, color=tie.colour, linewidth=1.5, label=wording.name("relation", code, lang)))
    return handles


def _areas(sizes: Array) -> Array:
    """Marker areas in square points, in proportion to the sizes above the smallest that can be seen."""
    low, high = _AREAS[0] if len(sizes) <= 40 else _AREAS[1] if len(sizes) <= 120 else _AREAS[2]
    if sizes.min() == sizes.max():
        return np.full(len(sizes), (low + high) / 4)
    return np.maximum(low, high * sizes / sizes.max())


def _draw_ties(axes: Axes, ties: pd.DataFrame, actors: pd.DataFrame, areas: Array, *, number: int, widest: float) -> None:
    """All ties of one relation: curves that stop short of the markers, and arrow heads."""
    look = _relation(number)
    index = pd.Series(range(len(actors)), index=actors["actor_id"])
    tails, tips = index[ties["source"]].to_numpy(), index[ties["target"]].to_numpy()
    points = axes.transData.transform(actors[["x", "y"]].to_numpy()) * 72 / style.DPI  # places in points
    radii = np.sqrt(areas / np.pi) + 1.0
    widths = _WIDTHS[0] + (_WIDTHS[1] - _WIDTHS[0]) * np.sqrt(ties["weight"].to_numpy() / widest) * (1 if ties["weight"].nunique() > 1 else 0.3)
    curves = [_curve(points[tail], points[tip], radii[tail], radii[tip]) for tail, tip in zip(tails, tips, strict=True)]
    to_data = axes.transData.inverted()
    opacity = float(np.clip(9 / np.sqrt(len(ties) + 1), 0.3, 0.75))
    paths = [Path(to_data.transform(curve * style.DPI / 72), _CODES[len(curve)]) for curve in curves]
    axes.add_collection(
        PathCollection(paths, facecolors="none", edgecolors=look.colour, linewidths=widths, linestyles=[look.line], alpha=opacity, zorder=1),
        autolim=False,
    )
    heads = [to_data.transform(_head(curve, width) * style.DPI / 72) for curve, width in zip(curves, widths, strict=True)]
    axes.add_collection(PolyCollection(heads, facecolors=look.colour, edgecolors="none", alpha=min(1.0, opacity + 0.2), zorder=2), autolim=False)


_CODES: Final = {3: [Path.MOVETO, Path.CURVE3, Path.CURVE3], 4: [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]}


def _curve(tail: Array, tip: Array, tail_radius: float, tip_radius: float) -> Array:
    """Control points of a tie in points: a bow between the rims of two markers, or a loop above one."""
    along = tip - tail
    length = float(np.hypot(*along))
    if length == 0:
        reach = np.array([[-0.5, 0.9], [-2.2, 4.0], [2.2, 4.0], [0.5, 0.9]])
        return np.asarray(tail + reach * max(tail_radius, 4.0))
    middle = (tail + tip) / 2 + _BEND * np.array([-along[1], along[0]])
    start = tail + _unit(middle - tail) * min(tail_radius, 0.4 * length)
    end = tip + _unit(middle - tip) * min(tip_radius, 0.4 * length)
    return np.array([start, middle, end])


def _unit(vector: Array) -> Array:
    return np.asarray(vector / max(float(np.hypot(*vector)), 1e-9))


def _head(curve: Array, width: float) -> Array:
    """Triangle at the end of a curve, in points."""
    back = _unit(curve[-2] - curve[-1])
    size = _HEAD + width
    across = np.array([-back[1], back[0]]) * size * 0.42
    return np.array([curve[-1], curve[-1] + back * size + across, curve[-1] + back * size - across])


def _write_labels(figure: Figure, axes: Axes, actors: pd.DataFrame, areas: Array, tried: int) -> int:
    """Write the names of the first ``tried`` actors where they are free of markers and of each other; return how many fit."""
    scale = style.DPI / 72
    radii = np.sqrt(areas / np.pi) * scale
    chosen = actors.head(tried)
    texts = ["\n".join(style.wrap(text, _LABEL_WIDTH, 7.5)) for text in chosen["label"]]
    _, _, written, _ = textalloc.allocate(
        axes,
        chosen["x"].tolist(),
        chosen["y"].tolist(),
        texts,
        x_scatter=actors["x"].tolist(),
        y_scatter=actors["y"].tolist(),
        scatter_sizes=radii.tolist(),
        text_scatter_sizes=(0.8 * radii[:tried]).tolist(),
        textsize=7.5,
        textcolor=style.INK,
        linecolor=style.FAINT,
        linewidth=0.6,
        margin=0.002,
        min_distance=0.006,
        max_distance=0.09,
        draw_all=True,
        avoid_label_lines_overlap=True,
        linespacing=1.05,
        zorder=5,
        path_effects=[patheffects.withStroke(linewidth=2.2, foreground="white", alpha=0.85)],
    )
    return _keep_clear(figure, [text for text in written if text is not None])


def _keep_clear(figure: Figure, written: list[Text]) -> int:
    """Remove each label that would touch an earlier, larger actor's; return how many stay."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    kept: list[Any] = []
    for text in written:
        box = text.get_window_extent(renderer)
        if any(box.overlaps(other) for other in kept):
            text.remove()
            continue
        kept.append(box)
    return len(kept)
