"""Where the actors of a network are drawn: distances follow the steps between actors, or layers follow their types."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import igraph
import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.building import actor_types, build, checked_edges
from digital_diplomacy.networks.graphs.naming import names_given
from digital_diplomacy.tables import ESTIMATES, POSITIONS, named, validate

_GAP: Final = 1.0  # between components, in units of a tie's ideal length
_ROW: Final = 1.3  # width of a row of small components, as a share of the largest one's
_SMALLER: Final = 0.7  # scale of all components but the largest, which carries the figure
_JITTER: Final = 0.05  # parts actors that stand in the same place of the network, which no distance tells apart
_DECIMALS: Final = 4  # beyond these, positions depend on the processor
_ALIKE: Final = 1e-3  # share by which two widths differ that are taken for one, and by which they are parted
_GOLDEN: Final = 0.6180339887  # its multiples spread evenly, so that no two steps stay alike
_BEGUN: Final = 6  # decimals of starting points
_ROUNDS: Final = 2000  # moves per actor, which small networks settle in
_MOVES: Final = 60_000  # moves in all: 300 actors settle in a tenth, though forces stay above any threshold
_SWEEPS: Final = 12  # passes over the layers; crossings stop falling after a few
_PER_ROW: Final = 10  # actors side by side; more would write their names over each other

LAYERS: Final[Mapping[str, int]] = {
    "organisation": 0,
    "scholar": 0,
    "document": 0,
    "concept": 0,
    "state": 1,
    "ministry": 1,
    "programme": 2,
    "platform": 3,
    "company": 3,
    "media": 3,
    "citizens": 4,
}
"""Layer of each type, from the top: international actors and ideas, the state, its programmes, platforms, citizens. The
arrangement is this project's own."""

BANDS: Final = ("ideas", "state", "programmes", "platforms", "citizens")
"""What the layers of ``LAYERS`` are called, from the top (label ``band.<code>``); the first by what it holds."""

_IDEAS: Final = frozenset({"scholar", "document", "concept"})
_OF_A_STATE: Final = ("state", "ministry", "programme")

Floats = npt.NDArray[np.float64]
Places = dict[str, tuple[float, float]]


def layout(
    edges: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    lang: str,
    skeleton: pd.DataFrame | None = None,
    sizes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Positions of all actors that have a tie (``POSITIONS``), the same ones for the same edges.

    Distances on the page approach the number of steps between actors (weights and direction ignored), by least
    weighted stress from the classical scaling of those steps. The largest component stands first, the others in rows
    below it, by size.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    actors : DataFrame
        ``actor_id`` (unique) and ``type``, for at least every actor of the edges.
    lang : str
        Language of the names, which are those of the column ``label`` of ``actors``, or else labelled for their codes.
    skeleton : DataFrame, optional
        ``EDGES`` whose steps shape the drawing instead, such as the backbone of a dense network; it reaches every
        actor of ``edges``.
    sizes : DataFrame, optional
        ``ESTIMATES`` of one measure and group; the value of each actor is its size, 0 where there is none. By default
        the strength received if the edges hold one relation, otherwise the number of actors that attend to one.

    Returns
    -------
    DataFrame
        ``POSITIONS``, sorted by actor_id; empty without edges.

    Raises
    ------
    TableError
        Naming actors listed twice, and those of the edges that are not listed.
    ValueError
        If the skeleton leaves actors out, or the sizes name an actor twice.

    References
    ----------
    Kamada, T., Kawai, S. (1989). An algorithm for drawing general undirected graphs. Information Processing Letters
    31(1), 7-15.
    Torgerson, W. S. (1952). Multidimensional scaling: I. Theory and method. Psychometrika 17(4), 401-419.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": "uses", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state", "label": ["A", "B", "C"]})
    >>> place = networks.layout(ties, actors, lang="en").set_index("actor_id")[["x", "y"]]
    >>> steps = [float(np.hypot(*(place.loc[one] - place.loc[other]))) for one, other in ("ab", "bc", "ac")]
    >>> [round(step / steps[0], 3) for step in steps]  # a chain: b lies half way
    [1.0, 1.0, 2.0]
    """
    ties = checked_edges(edges)
    shape = ties if skeleton is None else checked_edges(skeleton)
    left_out = sorted({*ties["source"], *ties["target"]} - {*shape["source"], *shape["target"]})
    if left_out:
        raise ArgumentError(
            "the skeleton has no tie of {left_out}; it must reach every actor of the edges",
            left_out=", ".join(left_out[:10]),
        )
    parts = _components(shape)
    places = _packed([_component(part, 1.0 if number == 0 else _SMALLER) for number, part in enumerate(parts)])
    return _positions(ties, actors, places, lang, sizes)


def layers(
    edges: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    lang: str,
    country: str = "",
    order: Mapping[str, int] = LAYERS,
    sizes: pd.DataFrame | None = None,
    per_row: int = _PER_ROW,
) -> pd.DataFrame:
    """Positions in layers by type (``POSITIONS``): international actors and ideas on top, citizens at the bottom.

    The arrangement is this project's own, for the question who stands between whom. Within a layer actors stand near
    those they are tied to, by the barycentre rule swept down and up; a crowded layer takes several rows.

    Parameters
    ----------
    edges, actors, lang, sizes
        As for :func:`layout`.
    country : str
        ISO 3166 alpha-3 code of the state whose layers are drawn: states, ministries and programmes of other countries
        (column ``country`` of ``actors``) then stand on top, among the international actors.
    order : mapping of type to int
        Layer of each type, 0 on top; types it does not name stand in the last layer but one.
    per_row : int
        Actors side by side before a layer takes another row; six names fit under their marks.

    Returns
    -------
    DataFrame
        ``POSITIONS``, sorted by actor_id; layers without an actor take no room.

    References
    ----------
    Sugiyama, K., Tagawa, S., Toda, M. (1981). Methods for visual understanding of hierarchical system structures.
    IEEE Transactions on Systems, Man, and Cybernetics 11(2), 109-125.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["people"], "target": ["body"], "relation": "uses", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["people", "body"], "type": ["citizens", "state"], "label": ["P", "B"]})
    >>> places = networks.layers(ties, actors, lang="en").set_index("actor_id")["y"]
    >>> bool(places["body"] > places["people"])  # citizens stand at the bottom
    True
    """
    ties = checked_edges(edges)
    level = _levels(ties, actors, country, order)
    return _positions(ties, actors, _in_rows(_swept(ties, level), per_row), lang, sizes)


def bands(edges: pd.DataFrame, actors: pd.DataFrame, positions: pd.DataFrame, *, country: str = "") -> pd.DataFrame:
    """The named bands of a drawing by :func:`layers`: ``band, low, high``, from the top; y of their actors.

    Parameters
    ----------
    edges, actors, country
        As given to :func:`layers`, whose ``order`` is the usual one.
    positions : DataFrame
        What it returned.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["people"], "target": ["body"], "relation": "uses", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["people", "body"], "type": ["citizens", "state"], "label": ["P", "B"]})
    >>> networks.bands(ties, actors, networks.layers(ties, actors, lang="en"))["band"].tolist()
    ['state', 'citizens']
    """
    level = _levels(checked_edges(edges), actors, country, LAYERS)
    placed = positions.assign(level=positions["actor_id"].map(level))
    ends = placed.groupby("level", sort=True)["y"].agg(["min", "max"]).reset_index()
    top = _top_band(set(placed.loc[placed["level"] == 0, "type"].astype(str)))
    named = [top if number == 0 else BANDS[number] for number in ends["level"]]
    return pd.DataFrame({"band": named, "low": ends["min"], "high": ends["max"]})


def _top_band(types: set[str]) -> str:
    """What the uppermost layer is called: by what it holds, ideas, others such as organisations, or both."""
    ideas = types & _IDEAS
    return "above" if not ideas else BANDS[0] if types == ideas else f"{BANDS[0]}_and_others"


def _levels(ties: pd.DataFrame, actors: pd.DataFrame, country: str, order: Mapping[str, int]) -> dict[str, int]:
    types = actor_types(ties, actors)
    names = sorted({*ties["source"], *ties["target"]})
    unnamed = max(order.values(), default=0) - 1
    level = {name: order.get(str(types[name]), unnamed) for name in names}
    return level | dict.fromkeys(_foreign(actors, country, names), 0)


def _foreign(actors: pd.DataFrame, country: str, names: Sequence[str]) -> list[str]:
    """State actors of other countries; none if no country is asked for, or known."""
    if not country or "country" not in actors:
        return []
    other = actors["type"].isin(_OF_A_STATE) & ~actors["country"].isin([country, ""]) & actors["country"].notna()
    return sorted(set(actors.loc[other, "actor_id"]) & set(names))


def _positions(
    ties: pd.DataFrame, actors: pd.DataFrame, places: Places, lang: str, sizes: pd.DataFrame | None
) -> pd.DataFrame:
    types, names = actor_types(ties, actors), sorted(places)
    size = (_received(ties) if sizes is None else _given(sizes)).reindex(names).fillna(0.0)
    frame = pd.DataFrame({"actor_id": names, "type": [str(types[name]) for name in names]})
    own = names_given(actors[actors["actor_id"].isin(names)], relations=ties["relation"])
    with labels.own_names(own):
        frame["label"] = [labels.entity(name, lang) for name in names]
    frame["x"] = [places[name][0] for name in names]
    frame["y"] = [places[name][1] for name in names]
    return named(validate(frame.assign(size=size.to_numpy(dtype=float)), POSITIONS), own)


def _received(ties: pd.DataFrame) -> pd.Series:
    if len(set(ties["relation"])) > 1:
        return ties.groupby("target")["source"].nunique().astype(float)
    return ties.groupby("target")["weight"].sum()


def _given(sizes: pd.DataFrame) -> pd.Series:
    values = validate(sizes, ESTIMATES).set_index("entity")["value"]
    twice = sorted(set(values.index[values.index.duplicated()]))
    if twice:
        raise ArgumentError("{twice} has several sizes; choose one measure and group", twice=", ".join(twice[:10]))
    return values.clip(lower=0.0)


def _components(ties: pd.DataFrame) -> list[igraph.Graph]:
    """Components as undirected graphs whose vertices stand in sorted order, largest first."""
    names = sorted({*ties["source"], *ties["target"]})
    number = {name: position for position, name in enumerate(names)}
    pairs = {tuple(sorted((number[u], number[v]))) for u, v in zip(ties["source"], ties["target"], strict=True)}
    whole = igraph.Graph(n=len(names), edges=sorted(pairs), vertex_attrs={"name": names})
    parts = sorted(whole.connected_components(), key=lambda part: (-len(part), part[0]))
    return [whole.induced_subgraph(part) for part in parts]


def _component(graph: igraph.Graph, scale: float) -> Places:
    """One component, ``scale`` units a step, its wider side lying flat."""
    names = graph.vs["name"]
    if len(names) == 2:
        return {names[0]: (0.0, 0.0), names[1]: (scale, 0.0)}
    steps = np.array(graph.distances(), dtype=float)
    start = _classical(steps)
    # Starting points are given and nothing is drawn by lot, so the drawing is the same every time; they are rounded, as
    # moves may lead elsewhere from a point that differs in its last bit, which depends on the version of a library.
    start = np.round(start, _BEGUN)
    found = graph.layout_kamada_kawai(seed=start.tolist(), maxiter=min(_ROUNDS * len(names), _MOVES), epsilon=1e-6)
    placed = np.array(found.coords)
    flat = scale * _step_length(placed, steps) * _flat(placed - placed.mean(axis=0))
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, flat, strict=True)}


def _step_length(points: Floats, steps: Floats) -> float:
    """The factor that brings distances nearest to the steps, both weighted by the inverse square of the steps."""
    apart = np.triu_indices(len(points), 1)
    distance = np.hypot(*(points[apart[0]] - points[apart[1]]).T)
    return float((distance / steps[apart]).sum() / (distance**2 / steps[apart] ** 2).sum())


def _classical(steps: Floats) -> Floats:
    """Classical scaling to two dimensions, moved a little round a circle so that no two points coincide."""
    n = len(steps)
    values, vectors = _spread(steps)
    first, second, third = values[-1], values[-2], values[-3]
    if second > _ALIKE * first > min(first - second, second - third):  # those on a line have one direction
        # As wide in one direction as in another: which is taken would depend on the version of a library.
        number = np.arange(1, n + 1)
        values, vectors = _spread(steps * (1 + _ALIKE * np.modf(_GOLDEN * np.outer(number, number))[0]))
    chosen = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    largest = np.abs(np.round(chosen, _DECIMALS)).argmax(axis=0)
    signs = np.where(chosen[largest, [0, 1]] < 0, -1.0, 1.0)  # an eigenvector's sign is arbitrary
    angles = 2 * math.pi * np.arange(n) / n
    return np.asarray(chosen * signs + _JITTER * np.column_stack([np.cos(angles), np.sin(angles)]))


def _spread(steps: Floats) -> tuple[Floats, Floats]:
    """How wide the actors lie in each direction, from narrow to wide, and the directions."""
    centre = np.eye(len(steps)) - 1 / len(steps)
    return np.linalg.eigh(-0.5 * centre @ steps**2 @ centre)


def _flat(points: Floats) -> Floats:
    """Turned so that the widest spread runs along x, since a page's figure is wider than high."""
    _, widths, axes = np.linalg.svd(points, full_matrices=False)
    turned = points @ axes.T if widths[0] - widths[1] > _ALIKE * widths[0] else points
    largest = np.abs(np.round(turned, _DECIMALS)).argmax(axis=0)
    return np.asarray(turned * np.where(turned[largest, [0, 1]] < 0, -1.0, 1.0))


def _packed(parts: list[Places]) -> Places:
    """The first part on top, the others in rows below it about as wide; coordinates rounded."""
    places: Places = {}
    width, left, top, row = 0.0, 0.0, 0.0, 0.0
    for number, part in enumerate(parts):
        points = np.array(list(part.values()))
        low, extent = points.min(axis=0), np.ptp(points, axis=0)
        if number and (number == 1 or left + extent[0] > max(_ROW * width, 4.0)):
            left, top, row = 0.0, top - row - _GAP, 0.0
        for node, (x, y) in part.items():
            place = (x - low[0] + left, y - low[1] + top - extent[1])
            places[node] = (round(float(place[0]), _DECIMALS), round(float(place[1]), _DECIMALS))
        if number == 0:
            width = float(extent[0])
        left, row = left + float(extent[0]) + _GAP, max(row, float(extent[1]))
    return places


def _swept(ties: pd.DataFrame, level: Mapping[str, int]) -> list[list[str]]:
    """Actors of each layer, each near the middle of those it is tied to in other layers."""
    floors = [sorted(name for name in level if level[name] == number) for number in sorted(set(level.values()))]
    near: dict[str, list[str]] = {name: [] for name in level}
    for u, v in sorted(set(zip(ties["source"], ties["target"], strict=True))):
        if level[u] != level[v]:
            near[u].append(v)
            near[v].append(u)
    place = {name: _share(position, floor) for floor in floors for position, name in enumerate(floor)}
    for sweep in range(_SWEEPS):
        for floor in floors if sweep % 2 else floors[::-1]:
            middle = {
                name: sum(place[other] for other in near[name]) / len(near[name]) if near[name] else place[name]
                for name in floor
            }
            floor.sort(key=lambda name: (round(middle[name], 9), name))
            place |= {name: _share(position, floor) for position, name in enumerate(floor)}
    return floors


def _share(position: int, floor: Sequence[str]) -> float:
    """Where a position lies along its layer, from 0 to 1."""
    return (position + 0.5) / len(floor)


def _in_rows(floors: list[list[str]], per_row: int) -> Places:
    """Layers as rows one below another; neighbours in a crowded layer stand in different rows."""
    places: Places = {}
    top = 0.0
    for floor in floors:
        rows = math.ceil(len(floor) / per_row)
        for position, name in enumerate(floor):
            x = 2.0 * _PER_ROW * _share(position, floor)
            places[name] = (round(x, _DECIMALS), round(top - 2.0 * (position % rows), _DECIMALS))
        top -= 2.0 * (rows - 1) + 3.2
    return places


def in_layers(
    statements: pd.DataFrame, actors: pd.DataFrame, *, lang: str, country: str = "", per_row: int = _PER_ROW
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What a figure in layers is made of: the ties of the statements, the places of their actors, and the bands.

    Parameters
    ----------
    statements : DataFrame
        The table ``relations``, or some of its rows.
    actors, lang, country, per_row
        As in `layers`.

    Examples
    --------
    >>> from digital_diplomacy import networks, sources
    >>> said = sources.load("relations").query("relation == 'responds_to'")
    >>> ties, places, bands = networks.in_layers(said, sources.load("actors"), lang="en", country="KAZ")
    >>> set(ties["source"]) | set(ties["target"]) == set(places["actor_id"])
    True
    """
    ties = build(statements)
    places = layers(ties, actors, lang=lang, country=country, per_row=per_row)
    return ties, places, bands(ties, actors, places, country=country)
