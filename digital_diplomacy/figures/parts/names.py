"""Where the names of marks stand so that they cover no other mark, no arrow head and no other name."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy.figures.parts import style
from digital_diplomacy.figures.parts.ties import Drawn

Array = np.ndarray[Any, np.dtype[np.float64]]

_ANGLES: Final = 24
_GAPS: Final = (3.0, 8.0, 14.0, 22.0, 32.0, 45.0, 60.0, 80.0, 105.0)  # pixels between a mark's rim and its name
_APART: Final = 3.0  # pixels between a name and what it must not cover
_COVERED: Final = 1000.0  # of covering a mark, a head or a name: more than any distance and any line
_FOREIGN: Final = 60.0  # of standing nearer to another mark than to its own
_CROSSED: Final = 3.0  # of a point of a line under a name; points are a few pixels from each other
_NEAR: Final = 25.0  # pixels between a name and a mark that could be taken for its own
_LED: Final = 6.0  # points between a mark and its name from which a line leads from one to the other
WIDEST: Final = 1.5  # inches of a name
_ROUNDS: Final = 4  # in which each name takes the best place that the others leave


def write(figure: Figure, axes: Axes, actors: pd.DataFrame, areas: Array, ways: Drawn) -> int:
    """Write every name of a small network clear of marks, arrow heads and names; return how many found room.

    Parameters
    ----------
    figure, axes : Figure, Axes
        Whose limits are final.
    actors : DataFrame
        The table ``positions``.
    areas : ndarray, shape (actors,)
        Areas of the marks in square points.
    ways : Drawn
        The ties.
    """
    renderer, pixels = style.renderer(figure), style.DPI / 72
    points, reaches = actors[["x", "y"]].to_numpy(), np.sqrt(areas / np.pi) * pixels
    texts = [
        axes.annotate(
            "\n".join(style.name_lines(label, WIDEST, 7.5)), tuple(point), (0, 0), textcoords="offset points",
            ha="center", va="center", size=7.5, color=style.INK, linespacing=1.05, zorder=5,
        )
        for label, point in zip(actors["label"], points, strict=True)
    ]  # fmt: skip
    sizes = np.array([text.get_window_extent(renderer).size for text in texts])
    marks, sheet = axes.transData.transform(points), np.array(axes.get_window_extent(renderer).extents)
    written = []
    for text, size, mark, reach, centre in zip(
        texts, sizes, marks, reaches, place(sizes, marks, reaches, ways.heads, ways.lines, sheet), strict=True
    ):
        text.set_position(tuple((centre - mark) / pixels))
        end = nearest([*(centre - size / 2), *(centre + size / 2)], mark)
        away = float(np.hypot(*(end - mark)))
        line = _leader(axes, mark + (end - mark) * reach / away, end) if away > reach + _LED * pixels else None
        written.append((text, line))
    return keep_clear(figure, written)


def _leader(axes: Axes, start: Array, end: Array) -> Line2D:
    """A thin line from a mark's rim to its name, given in pixels."""
    ends = axes.transData.inverted().transform([start, end])
    (line,) = axes.plot(
        ends[:, 0], ends[:, 1], color=style.FAINT, linewidth=0.6, zorder=0.9, scalex=False, scaley=False
    )
    return line


def keep_clear(figure: Figure, written: Sequence[tuple[Any, Any]]) -> int:
    """Remove each label, with its leader, that would touch a larger actor's; return how many stay."""
    renderer = style.renderer(figure)
    kept: list[Any] = []
    for text, leader in written:
        box = text.get_window_extent(renderer)
        if any(box.overlaps(other) for other in kept):
            for artist in (text, leader):
                if artist is not None:
                    artist.remove()
            continue
        style.halo(text)
        kept.append(box)
    return len(kept)


def place(sizes: Array, marks: Array, reaches: Array, heads: Array, lines: Array, sheet: Array) -> Array:
    """Centres of names, one a mark, in pixels: near their marks, over as few lines as can be.

    Parameters
    ----------
    sizes : ndarray, shape (names, 2)
        Widths and heights.
    marks : ndarray, shape (marks, 2)
        Centres of all marks; the first belong to the names.
    reaches : ndarray, shape (marks,)
        Their radii.
    heads : ndarray, shape (heads, 4)
        Left, lower, right and upper ends of arrow heads.
    lines : ndarray, shape (points, 2)
        Points along all lines.
    sheet : ndarray, shape (4,)
        Left, lower, right and upper end of what can be written on.

    Examples
    --------
    >>> sizes, marks = np.array([[20.0, 10.0]]), np.array([[50.0, 50.0], [80.0, 50.0]])
    >>> nothing = np.empty((0, 4))
    >>> place(sizes, marks, np.array([4.0, 4.0]), nothing, nothing[:, :2], np.array([0.0, 0.0, 100.0, 100.0])).round()
    array([[33., 50.]])
    """
    boxes = [_boxes(size, mark, reach) for size, mark, reach in zip(sizes, marks, reaches, strict=False)]
    rims = np.column_stack([marks - reaches[:, None], marks + reaches[:, None]])
    costs = [
        _cost(some, own, marks, reaches, np.vstack([np.delete(rims, own, axis=0), heads]), lines, sheet)
        for own, some in enumerate(boxes)
    ]
    chosen = [int(np.argmin(cost)) for cost in costs]
    for _ in range(_ROUNDS):
        before = list(chosen)
        for own, (some, cost) in enumerate(zip(boxes, costs, strict=True)):
            others = [boxes[other][place] for other, place in enumerate(chosen) if other != own]
            chosen[own] = int(np.argmin(cost + _COVERED * _covered(some, np.array(others).reshape(-1, 4))))
        if chosen == before:
            break
    ends = np.array([some[place] for some, place in zip(boxes, chosen, strict=True)]).reshape(-1, 4)
    return np.asarray((ends[:, :2] + ends[:, 2:]) / 2)


def _boxes(size: Array, mark: Array, reach: float) -> Array:
    """Where a name could stand: at every angle, first close to its mark; on the left, below, on the right, above."""
    angles = np.pi + np.arange(_ANGLES) * 2 * np.pi / _ANGLES
    ways = np.column_stack([np.cos(angles), np.sin(angles)])
    beside = np.clip(ways * np.sqrt(2), -1, 1) * size / 2
    centres = np.vstack([mark + ways * (reach + gap) + beside for gap in _GAPS])
    return np.hstack([centres - size / 2, centres + size / 2])


def _cost(boxes: Array, own: int, marks: Array, reaches: Array, kept_clear: Array, lines: Array, sheet: Array) -> Array:
    """What is wrong with each place of a name: far off, nearer to another mark, on a mark or head, across lines."""
    far = np.repeat(_GAPS, _ANGLES)
    away = np.stack([_distance(boxes, mark) - reach for mark, reach in zip(marks, reaches, strict=True)], axis=1)
    others = np.delete(away, own, axis=1)
    is_foreign = others.min(axis=1, initial=np.inf) < np.minimum(away[:, own], _NEAR)
    is_off = (boxes[:, :2] < sheet[:2]).any(axis=1) | (boxes[:, 2:] > sheet[2:]).any(axis=1)
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    near = lines[((lines > low) & (lines < high)).all(axis=1)]
    within = np.ones((len(boxes), len(near)), dtype=bool)
    for axis in (0, 1):
        at = near[:, axis]
        within &= (at > boxes[:, axis, None]) & (at < boxes[:, axis + 2, None])
    return np.asarray(
        far + _FOREIGN * is_foreign + _CROSSED * within.sum(axis=1) + _COVERED * (_covered(boxes, kept_clear) + is_off)
    )


def _distance(boxes: Array, point: Array) -> Array:
    """From a point to each box; 0 inside."""
    outside = np.maximum(np.maximum(boxes[:, :2] - point, point - boxes[:, 2:]), 0)
    return np.asarray(np.hypot(outside[:, 0], outside[:, 1]))


def _covered(boxes: Array, others: Array) -> Array:
    """How many of the others each box comes too near to."""
    if not len(others):
        return np.zeros(len(boxes))
    overlap = (boxes[:, None, :2] - _APART < others[None, :, 2:]) & (boxes[:, None, 2:] + _APART > others[None, :, :2])
    return np.asarray(overlap.all(axis=2).sum(axis=1), dtype=float)


def nearest(box: Sequence[float], point: Array) -> Array:
    """The point of a box that is nearest to another point.

    Examples
    --------
    >>> nearest((0.0, 0.0, 4.0, 2.0), np.array([6.0, 1.0]))
    array([4., 1.])
    """
    ends = np.asarray(box, dtype=float)
    return np.asarray(np.clip(point, ends[:2], ends[2:]))
