"""Where the actors of a network are drawn: distances on the page follow the steps between actors."""

import math
from itertools import count
from typing import Final

import networkx as nx
import numpy as np
import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.networks.building import actor_types, checked_edges
from digital_diplomacy.tables import POSITIONS, validate

_GAP: Final = 1.0  # between components, in units of a tie's ideal length
_ROW: Final = 1.3  # width of a row of small components, as a share of the largest one's
_SMALLER: Final = 0.7  # scale of all components but the largest, which carries the figure
_JITTER: Final = 0.05  # parts actors that stand in the same place of the network, which no distance tells apart
_DECIMALS: Final = 4  # beyond these, positions depend on the processor

Places = dict[str, tuple[float, float]]


def layout(edges: pd.DataFrame, actors: pd.DataFrame, *, lang: str) -> pd.DataFrame:
    """Positions of all actors that have a tie (``POSITIONS``), the same ones for the same edges.

    Distances on the page approach the number of steps between actors (weights and direction ignored), by least
    weighted stress from the classical scaling of those steps. The largest component stands first, the others in rows
    below it, by size. ``size`` is the strength received if the edges hold one relation, otherwise the number of
    distinct actors that attend to one; ``label`` is the actor's name in ``lang``.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    actors : DataFrame
        ``actor_id`` (unique) and ``type``, for at least every actor of the edges.

    Returns
    -------
    DataFrame
        ``POSITIONS``, sorted by actor_id; empty without edges.

    Raises
    ------
    TableError
        Naming actors listed twice, and those of the edges that are not listed.

    References
    ----------
    Kamada, T., Kawai, S. (1989). An algorithm for drawing general undirected graphs. Information Processing Letters
    31(1), 7-15.
    Torgerson, W. S. (1952). Multidimensional scaling: I. Theory and method. Psychometrika 17(4), 401-419.
    """
    ties = checked_edges(edges)
    types = actor_types(ties, actors)
    scales = (1.0 if number == 0 else _SMALLER for number in count())
    places = _packed([_component(graph, scale) for graph, scale in zip(_components(ties), scales, strict=False)])
    names = sorted(places)
    received = _received(ties).reindex(names, fill_value=0.0)
    frame = pd.DataFrame({"actor_id": names, "type": [str(types[name]) for name in names]})
    frame["label"] = [labels.entity(name, lang) for name in names]
    frame["x"] = [places[name][0] for name in names]
    frame["y"] = [places[name][1] for name in names]
    return validate(frame.assign(size=received.to_numpy(dtype=float)), POSITIONS)


def _received(ties: pd.DataFrame) -> pd.Series:
    if len(set(ties["relation"])) > 1:
        return ties.groupby("target")["source"].nunique().astype(float)
    return ties.groupby("target")["weight"].sum()


def _components(ties: pd.DataFrame) -> "list[nx.Graph[str]]":
    """Components as graphs whose nodes stand in sorted order, largest first."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(set(ties["source"]) | set(ties["target"])))
    graph.add_edges_from(sorted(ties[["source", "target"]].itertuples(index=False, name=None)))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    ordered = []
    for part in parts:
        one: nx.Graph[str] = nx.Graph()
        one.add_nodes_from(part)
        one.add_edges_from(graph.subgraph(part).edges)
        ordered.append(one)
    return ordered


def _component(graph: "nx.Graph[str]", scale: float) -> Places:
    """One component, ``scale`` units a step, its wider side lying flat."""
    nodes = list(graph)
    if len(nodes) == 2:
        return {nodes[0]: (0.0, 0.0), nodes[1]: (scale, 0.0)}
    steps = np.asarray(nx.floyd_warshall_numpy(graph, nodelist=nodes, weight=None), dtype=float)
    start = _classical(steps)
    distances = {one: dict(zip(nodes, row, strict=True)) for one, row in zip(nodes, steps.tolist(), strict=True)}
    pos = {node: tuple(place) for node, place in zip(nodes, start.tolist(), strict=True)}
    found = nx.kamada_kawai_layout(graph, dist=distances, pos=pos, scale=float(np.abs(start).max()))
    placed = np.array([found[node] for node in nodes])
    flat = scale * _flat(placed - placed.mean(axis=0))
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, flat, strict=True)}


def _classical(
    steps: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Classical scaling to two dimensions, moved a little round a circle so that no two points coincide."""
    n = len(steps)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ steps**2 @ centre)
    chosen = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    largest = np.abs(np.round(chosen, _DECIMALS)).argmax(axis=0)
    signs = np.where(chosen[largest, [0, 1]] < 0, -1.0, 1.0)  # an eigenvector's sign is arbitrary
    angles = 2 * math.pi * np.arange(n) / n
    return np.asarray(chosen * signs + _JITTER * np.column_stack([np.cos(angles), np.sin(angles)]))


def _flat(
    points: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Turned so that the widest spread runs along x, since a page's figure is wider than high."""
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    turned = points @ axes.T
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
        width = max(width, float(extent[0])) if number == 0 else width
        left, row = left + float(extent[0]) + _GAP, max(row, float(extent[1]))
    return places
