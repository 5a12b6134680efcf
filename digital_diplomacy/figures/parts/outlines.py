"""Outlines of countries on the Equal Earth projection, from the Natural Earth shapes that ``geo-intel-offline`` ships.

Natural Earth (public domain) draws boundaries as they are held on the ground; nothing is corrected here.
"""

import gzip
import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.path import Path

Array = np.ndarray[Any, np.dtype[np.float64]]
Cell = tuple[float, float]

EARTH_RADIUS: Final = 6371.0072  # km, of the sphere with the area of the WGS 84 ellipsoid
SOUTH, NORTH = -56.5, 83.7  # degrees of latitude between which states lie; Antarctica has none
_GRID: Final = 0.0035  # earth radii, about a third of a point on the page; corners closer than that become one
_DETAIL: Final = 2.0  # cells of that grid by which a border may be smoothed
_LEAST: Final = 4  # corners of a closed ring that encloses something
_ISLET: Final = 8.0  # cells of that grid; a smaller ring is a speck beside the rest of its country

# The package gives no code to these. ISO 3166 puts them under the country named here; areas it leaves open have none.
_CODES: Final = {
    "Ashmore and Cartier Is.": "AUS",
    "Baikonur": "KAZ",
    "Clipperton I.": "FRA",
    "Coral Sea Is.": "AUS",
    "Cyprus U.N. Buffer Zone": "CYP",
    "France": "FRA",
    "Kosovo": "XKX",
    "N. Cyprus": "CYP",
    "Norway": "NOR",
    "Somaliland": "SOM",
    "USNB Guantanamo Bay": "CUB",
}
_NO_CODE: Final = "-99"
_LEFT_OUT: Final = "ATA"


class Outline(NamedTuple):
    """One country: its rings, its area in square kilometres, and the middle of its largest ring."""

    code: str
    path: Path
    area: float
    middle: tuple[float, float]


def equal_earth(longitude: Array, latitude: Array) -> Array:
    """Places on the Equal Earth map, in earth radii; areas are kept.

    Parameters
    ----------
    longitude, latitude : ndarray, shape (points,)
        In degrees, -180 to 180 and -90 to 90.

    Returns
    -------
    ndarray, shape (points, 2)
        x between -2.7066 and 2.7066, y between -1.3173 and 1.3173.

    References
    ----------
    Šavrič B., Patterson T. and Jenny B. (2019). The Equal Earth map projection. International Journal of Geographical
    Information Science 33(3), 454-465, equations 9 and 10.

    Examples
    --------
    >>> equal_earth(np.array([180.0, 0.0]), np.array([0.0, 90.0])).round(4).tolist()
    [[2.7066, 0.0], [0.0, 1.3174]]
    """
    one, two, three, four = 1.340264, -0.081106, 0.000893, 0.003796
    angle = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(latitude)))
    square = angle**2
    sixth = square**3
    slope = one + 3 * two * square + sixth * (7 * three + 9 * four * square)
    x = 2 * np.sqrt(3) * np.radians(longitude) * np.cos(angle) / (3 * slope)
    y = angle * (one + two * square + sixth * (three + four * square))
    return np.column_stack([x, y])


@cache
def outlines() -> dict[str, Outline]:
    """Every country of the package by ISO 3166 alpha-3 code; under the empty code what ISO 3166 leaves open."""
    names: dict[str, dict[str, str]] = _read("metadata")
    rings: dict[str, list[Array]] = {}
    for number, shape in _read("polygons").items():
        name, given = names[number]["name"], names[number]["iso3"]
        code = _CODES.get(name, "") if given == _NO_CODE else given
        if code != _LEFT_OUT:
            rings.setdefault(code, []).extend(_rings(shape))
    cells = {code: [_snapped(ring) for ring in parts] for code, parts in rings.items()}
    meetings = _meetings(ring for parts in cells.values() for ring in parts)
    return {code: _outline(code, rings[code], cells[code], meetings) for code in sorted(rings)}


def _read(name: str) -> Any:
    file = resources.files("geo_intel_offline") / "data" / f"{name}.json.gz"
    return json.loads(gzip.decompress(file.read_bytes()))


def _rings(shape: dict[str, Any]) -> list[Array]:
    """Rings on the map; outer ones run against the clock and holes with it, so that holes stay empty."""
    outer = shape.get("exteriors") or [shape["exterior"]]
    return [_turned(_placed(ring), 1) for ring in outer] + [_turned(_placed(ring), -1) for ring in shape["holes"]]


def _placed(ring: Sequence[Sequence[float]]) -> Array:
    """The corners of a ring, which the package stores latitude first, on the map."""
    points = np.asarray(ring, dtype=float)
    return equal_earth(points[:, 1], points[:, 0])


def _turned(ring: Array, sign: int) -> Array:
    return ring if _area(ring) * sign >= 0 else ring[::-1]


def _area(ring: Array) -> float:
    """Signed area enclosed by a ring in square earth radii (shoelace formula)."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float((x * _onward(y) - y * _onward(x)).sum() / 2)


def _onward(values: Array) -> Array:
    """Each value's successor, the first behind the last; of ten thousand short rings faster than `numpy.roll`."""
    return np.concatenate([values[1:], values[:1]])


def _snapped(ring: Array) -> Array:
    """The corners of a ring as cells of the grid, closed; borders of neighbours stay common, both are moved alike."""
    cells = np.round(ring / _GRID)
    before = np.concatenate([cells[-1:], cells[:-1]])
    kept = cells[np.any(cells != before, axis=1)]
    return np.vstack([kept, kept[:1]])


def _meetings(rings: Iterable[Array]) -> set[Cell]:
    """Cells where borders meet: those with more than two neighbours along all rings."""
    beside: dict[Cell, set[Cell]] = {}
    for ring in rings:
        corners = _corners(ring)
        for one, other in pairwise(corners):
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    return {cell for cell, others in beside.items() if len(others) > 2}


def _corners(ring: Array) -> list[Cell]:
    return [(x, y) for x, y in ring.tolist()]


def _outline(code: str, rings: list[Array], cells: list[Array], meetings: set[Cell]) -> Outline:
    areas = [_area(ring) for ring in rings]
    largest = rings[int(np.argmax(areas))]
    middle = (largest.min(axis=0) + largest.max(axis=0)) / 2
    thin = [_simplified(ring, meetings) for ring in _without_filled_holes(cells)]
    drawn = [Path(ring * _GRID, closed=True) for ring in thin if len(ring) >= _LEAST]
    path = Path.make_compound_path(*drawn) if drawn else Path(np.empty((0, 2)))
    return Outline(code, path, sum(areas) * EARTH_RADIUS**2, (float(middle[0]), float(middle[1])))


def _without_filled_holes(rings: list[Array]) -> list[Array]:
    """Rings large enough to be seen; a hole vanishes together with the part of the same country that fills it."""
    shaped = [ring for ring in rings if len(ring) >= _LEAST and abs(_area(ring)) >= _ISLET]
    corners = [frozenset(_corners(ring)) for ring in shaped]
    return [ring for ring, corner in zip(shaped, corners, strict=True) if corners.count(corner) == 1]


def _simplified(ring: Array, meetings: set[Cell]) -> Array:
    """A ring with fewer corners; the pieces between meetings of borders are smoothed alike from both sides."""
    corners = _corners(ring)[:-1]
    cuts = [place for place, corner in enumerate(corners) if corner in meetings]
    if len(cuts) < 2:
        first = cuts[0] if cuts else corners.index(min(corners))
        away = np.hypot(*(ring[:-1] - ring[first]).T)
        cuts = sorted({first, int(np.argmax(away))})
    turned = np.roll(ring[:-1], -cuts[0], axis=0)
    ends = [cut - cuts[0] for cut in cuts] + [len(corners)]
    closed = np.vstack([turned, turned[:1]])
    pieces = [_thinned(closed[start : end + 1])[:-1] for start, end in pairwise(ends)]
    return np.vstack([*pieces, pieces[0][:1]])


def _thinned(piece: Array) -> Array:
    """The corners of a line that lie away from the straight connection of its neighbours kept.

    References
    ----------
    Douglas D.H. and Peucker T.K. (1973). Algorithms for the reduction of the number of points required to represent a
    digitized line or its caricature. Cartographica 10(2), 112-122.
    """
    if len(piece) < 3:  # as most are, where borders meet
        return piece
    if tuple(piece[0]) > tuple(piece[-1]):  # one direction for both sides of a border
        return _thinned(piece[::-1])[::-1]
    kept, open_parts = {0, len(piece) - 1}, [(0, len(piece) - 1)]
    while open_parts:
        start, end = open_parts.pop()
        if end - start < 2:
            continue
        along, among = piece[end] - piece[start], piece[start + 1 : end] - piece[start]
        length = float(np.hypot(*along))
        off = np.abs(along[0] * among[:, 1] - along[1] * among[:, 0]) / length if length else np.hypot(*among.T)
        farthest = int(np.argmax(off))
        if off[farthest] > _DETAIL:
            middle = start + 1 + farthest
            kept.add(middle)
            open_parts += [(start, middle), (middle, end)]
    return piece[sorted(kept)]
