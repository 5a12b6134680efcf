"""Directed ties of a network as curves with arrow heads, computed in points so that both keep their shape."""

import math
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.path import Path

from digital_diplomacy.figures.parts import style

Array = np.ndarray[Any, np.dtype[np.float64]]

_BEND: Final = 0.12  # how far a tie bows out to its left, as a share of its length,
_STRAIGHT: Final = 0.04  # one without direction,
_FURTHER: Final = 0.1  # and each further tie between the same two
_THINNEST: Final = 0.6  # points
_RANGE: Final = 1.8  # points added for the strongest tie
_SEEN: Final = 0.2  # points by which two lines differ for the eye
_HEAD: Final = 4.5  # points from the tip to the back of an arrow head
_SPARSE: Final = 100  # ties up to which lines and heads have their full size
_GAP: Final = 1.0  # points between a marker's rim and the end of a tie
HEAD_ROOM: Final = _GAP + _HEAD + _THINNEST + _RANGE
"""Points between a marker's rim and the back of the longest arrow head."""
_CODES: Final = {3: [Path.MOVETO, Path.CURVE3, Path.CURVE3], 4: [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]}
RELATIONS: Final = (
    "dialogue", "goals", "steering", "means", "addresses", "responds_to", "run_by", "regulated_by", "instructed_by",
    "proposed_by", "uses", "follows", "measures", "studies", "builds_on", "belongs_to", "takes_as_model", "cites",
    "opposes", "works_with", "funded_by", "reports_on", "owned_by", "restricted_by", "appointed_by",
)  # fmt: skip
"""Relations with a look of their own, whichever figure draws them: the place of each is the number of its look.

There are six colours: those of one system of dialogue, goals and steering (4 to 9) have one each, who speaks and who
answers the two that differ most; relations that share a colour differ in their dashes.
"""
_COLOURS: Final = tuple(style.COLOURS[place] for place in (0, 1, 2, 3, 4, 6))  # thin lines of two blues look alike
FIRST: Final = RELATIONS.index("addresses")
"""Number of the look with the first colour and a solid line."""


class Drawn(NamedTuple):
    """What names should keep clear of, in pixels.

    Attributes
    ----------
    heads : ndarray, shape (heads, 4)
        Left, lower, right and upper ends of arrow heads.
    lines : ndarray, shape (points, 2)
        Points along the ties, `STEP` or less from each other.
    """

    heads: Array
    lines: Array


STEP: Final = 8.0
_RIM: Final = _HEAD  # points between a tie and the rim of the axes


def look_of_relation(number: int) -> style.Look:
    """Grey for the first relation, then the colours in order from the one of who speaks to whom."""
    if number == 0:
        return style.Look("#7d7d7d", "", "-")
    place = number - FIRST
    return style.Look(_COLOURS[place % len(_COLOURS)], "", style.LINES[place % len(style.LINES)])


def widths(weights: Array, *, strongest: float) -> Array:
    """Line widths in points, linear in the weights; thinner in a dense network."""
    return np.asarray(_THINNEST + _RANGE * weights / strongest)


def tells_weights(weights: "pd.Series[float]") -> bool:
    """Whether the lines of a drawing are of widths that a reader sees to differ."""
    values: Array = np.asarray(weights, dtype=np.float64)
    return bool(np.ptp(_slim(len(values)) * widths(values, strongest=float(values.max()))) >= _SEEN)


def _slim(count: int) -> float:
    """How much thinner lines are where there are many."""
    return float(np.clip(np.sqrt(_SPARSE / count), 0.45, 1.0))


def draw_ties(
    axes: Axes,
    ties: pd.DataFrame,
    actors: pd.DataFrame,
    areas: Array,
    *,
    relations: dict[str, int],
    heads: bool = True,
) -> Drawn:
    """Draw all ties, relation by relation; the limits of ``axes`` must be final.

    Parameters
    ----------
    axes : Axes
        Gets two collections for each relation.
    ties, actors : DataFrame
        The tables ``edges`` and ``positions``.
    areas : ndarray, shape (actors,)
        Areas of the markers in square points; ties end at their rims.
    relations : dict of str to int
        In order of drawing, each with the number of its look.
    heads : bool
        Whether ties end in arrow heads.

    Returns
    -------
    Drawn
    """
    ends: list[Array] = []
    slim = _slim(len(ties))
    opacity = float(np.clip(5 / np.sqrt(len(ties)), 0.35, 0.8))  # names are read through a hundred ties
    curves = _curves(axes, ties, actors, areas, directed=heads)
    wide = slim * widths(ties["weight"].to_numpy(dtype=float), strongest=float(ties["weight"].max()))
    if not tells_weights(ties["weight"]):
        wide = np.full(len(ties), slim)
    for relation, number in relations.items():
        chosen = np.flatnonzero((ties["relation"] == relation).to_numpy())
        drawn, look = [curves[index] for index in chosen], look_of_relation(number)
        paths = [Path(_to_data(axes, curve), _CODES[len(curve)]) for curve in drawn]
        lines = PathCollection(
            paths, facecolors="none", edgecolors=look.colour, linewidths=wide[chosen], linestyles=[look.line]
        )
        lines.set(alpha=opacity, zorder=1 + 0.01 * number, gid=f"ties-{number}")
        axes.add_collection(lines, autolim=False)
        if not heads:
            continue
        tips = [_head(curve, slim * _HEAD + width) for curve, width in zip(drawn, wide[chosen], strict=True)]
        ends += tips
        arrows = PolyCollection(
            [_to_data(axes, tip) for tip in tips],
            facecolors=look.colour,
            edgecolors="none",
            alpha=min(1.0, opacity + 0.2),
            zorder=2,
        )
        axes.add_collection(arrows, autolim=False)
    corners = [np.concatenate([tip.min(axis=0), tip.max(axis=0)]) for tip in ends]
    along = np.vstack([_along(curve) for curve in curves])
    return Drawn(np.array(corners).reshape(-1, 4) * style.DPI / 72, along * style.DPI / 72)


def make_room(axes: Axes, ties: pd.DataFrame, actors: pd.DataFrame, areas: Array, *, heads: bool) -> None:
    """Widen the limits of ``axes`` where ties bow out of it: those at the rim of a small network do."""
    for _ in range(2):  # a wider view bows them a little less
        points = np.vstack([_along(curve) for curve in _curves(axes, ties, actors, areas, directed=heads)])
        least, most = (_to_data(axes, end) for end in (points.min(axis=0) - _RIM, points.max(axis=0) + _RIM))
        (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
        axes.set_xlim(min(left, least[0]), max(right, most[0]))
        axes.set_ylim(min(low, least[1]), max(high, most[1]))


def _along(curve: Array) -> Array:
    """Points of a tie, in points, a few pixels from each other."""
    length = float(np.hypot(*np.diff(curve, axis=0).T).sum())
    parts = max(2, math.ceil(length * style.DPI / 72 / STEP))
    at, order = np.linspace(0, 1, parts + 1)[:, None], len(curve) - 1
    weights = [math.comb(order, k) * at**k * (1 - at) ** (order - k) for k in range(order + 1)]
    return np.asarray(sum(weight * point for weight, point in zip(weights, curve, strict=True)))


def _bends(ties: pd.DataFrame, *, directed: bool) -> Array:
    """How far each tie bows out, as a share of its length: those between the same two do not cover each other."""
    ends = ties[["source", "target"]].to_numpy(dtype=str)
    pairs = pd.DataFrame(ends if directed else np.sort(ends, axis=1))
    return np.asarray((_BEND if directed else _STRAIGHT) + _FURTHER * pairs.groupby([0, 1]).cumcount())


def _curves(axes: Axes, ties: pd.DataFrame, actors: pd.DataFrame, areas: Array, *, directed: bool) -> list[Array]:
    index = pd.Series(range(len(actors)), index=actors["actor_id"])
    tails, tips = index[ties["source"]].to_numpy(), index[ties["target"]].to_numpy()
    points = axes.transData.transform(actors[["x", "y"]].to_numpy()) * 72 / style.DPI
    radii = np.sqrt(areas / np.pi) + _GAP
    bends = _bends(ties, directed=directed)
    return [
        _curve(points[tail], points[tip], radii[tail], radii[tip], bend)
        for tail, tip, bend in zip(tails, tips, bends, strict=True)
    ]


def _to_data(axes: Axes, points: Array) -> Array:
    return np.asarray(axes.transData.inverted().transform(points * style.DPI / 72))


def _curve(tail: Array, tip: Array, tail_radius: float, tip_radius: float, bend: float) -> Array:
    """Control points of a tie: a bow between the rims of two markers, or a loop above one."""
    along = tip - tail
    length = float(np.hypot(*along))
    if length == 0:
        reach = np.array([[-0.5, 0.9], [-2.2, 4.0], [2.2, 4.0], [0.5, 0.9]])
        return np.asarray(tail + reach * max(tail_radius, 4.0))
    middle = (tail + tip) / 2 + bend * np.array([-along[1], along[0]])
    start = tail + _unit(middle - tail) * min(tail_radius, 0.4 * length)
    end = tip + _unit(middle - tip) * min(tip_radius, 0.4 * length)
    return np.array([start, middle, end])


def _unit(vector: Array) -> Array:
    return np.asarray(vector / max(float(np.hypot(*vector)), 1e-9))


def _head(curve: Array, size: float) -> Array:
    """Triangle at the end of a curve; ``size`` points long."""
    back = _unit(curve[-2] - curve[-1])
    across = np.array([-back[1], back[0]]) * size * 0.42
    return np.array([curve[-1], curve[-1] + back * size + across, curve[-1] + back * size - across])
