"""Who stands where in a network: ties, prestige passed on, distances and paths between others.

Every function takes a `Graph` and returns ``ESTIMATES``, one row per actor in the order of its names. The column
``group`` names what was chosen: the direction (``in`` for attention received, ``out`` for attention paid) and whether
ties are weighed. The measure's code names the convention where several exist under one name.
"""

from typing import Final, Literal, TypeAlias

import igraph
import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import ArpackError, eigs, eigsh, svds

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Floats, Graph, Integers, node_rows, reversed_graph, together

DAMPING: Final = 0.85  # Brin and Page's value, kept so that results compare with published ones

Direction: TypeAlias = Literal["in", "out"]
Unreachable: TypeAlias = Literal["reachable", "improved", "zero"]

_PASSES: Final = 10_000  # of PageRank; each takes the error down to ``damping`` times the last one
_DENSE: Final = 100  # actors up to which a dense decomposition is quicker than Arnoldi's iteration
_TOLERANCE: Final = 1e-12  # L1 distance of two passes, or relative gap of two singular values
_BATCHES: Final = 20  # of sampled sources; their spread gives the standard error
_NORMAL_95: Final = 1.959963984540054  # quantile of the normal distribution for an interval of level 0.95


def _chosen(direction: str, *, weighted: bool, directed: bool = True) -> str:
    """The group of a result: direction, if there is one, and weights."""
    if direction not in ("in", "out"):
        raise ArgumentError("unknown direction {direction!r}; allowed: in, out", direction=direction)
    weights = "weighted" if weighted else "unweighted"
    return f"{direction}_{weights}" if directed else weights


def degrees(network: Graph) -> pd.DataFrame:
    """Number of ties: ``in_degree`` and ``out_degree``, or ``degree`` of an undirected network."""
    ties = network.binary
    sides = {"in_degree": ties.sum(axis=0), "out_degree": ties.sum(axis=1)}
    wanted = sides if network.directed else {"degree": sides["out_degree"]}
    return together(
        node_rows(network, side, measure=code, unit="actors", group="unweighted") for code, side in wanted.items()
    )


def strengths(network: Graph, *, unit: str = "statements") -> pd.DataFrame:
    """Sum of weights: ``in_strength`` and ``out_strength``, or ``strength``; ``unit`` is that of the weights.

    References
    ----------
    Barrat, A., Barthélemy, M., Pastor-Satorras, R., Vespignani, A. (2004). The architecture of complex weighted
    networks. PNAS 101(11), 3747-3752.
    """
    sides = {"in_strength": network.weights.sum(axis=0), "out_strength": network.weights.sum(axis=1)}
    wanted = sides if network.directed else {"strength": sides["out_strength"]}
    return together(
        node_rows(network, side, measure=code, unit=unit, group="weighted") for code, side in wanted.items()
    )


def pagerank(network: Graph, *, weighted: bool = True, damping: float = DAMPING) -> pd.DataFrame:
    """PageRank: attention passed on along the ties, in proportion to weight; values sum to 1.

    A share ``1 - damping`` is spread evenly over all actors, as is all that reaches an actor without outgoing ties,
    isolates among them. Iterated until two passes differ by less than 1e-12 in sum.

    References
    ----------
    Page, L., Brin, S., Motwani, R., Winograd, T. (1999). The PageRank Citation Ranking: Bringing Order to the Web.
    Stanford InfoLab, technical report 1999-66.
    """
    if not 0 <= damping < 1:
        raise ArgumentError("damping is {damping}; from 0 to below 1 expected", damping=damping)
    values = pagerank_values(network, weighted=weighted, damping=damping)
    group = "weighted" if weighted else "unweighted"
    return node_rows(network, values, measure="pagerank", unit="share", group=group)


def pagerank_values(network: Graph, *, weighted: bool, damping: float) -> Floats:
    """The values of `pagerank`, shape (n,)."""
    if network.n == 0:
        return np.empty(0)
    paid = network.matrix(weighted=weighted).sum(axis=1)
    share = np.divide(damping, paid, out=np.zeros(network.n), where=paid > 0)
    received = network.received if weighted else reversed_graph(network).binary
    even = 1 / network.n
    values = np.full(network.n, even)
    for _ in range(_PASSES):
        following = received @ (values * share)
        following += (1 - following.sum()) * even  # what jumps, and what reached actors without outgoing ties
        moved = np.abs(following - values).sum()
        values = following
        if moved < _TOLERANCE:
            return np.asarray(values)
    raise ArgumentError(
        "PageRank does not settle in {passes} passes with damping {damping}; choose a smaller one",
        passes=_PASSES,
        damping=damping,
    )


def hits(network: Graph, *, weighted: bool = True) -> pd.DataFrame:
    """Hubs and authorities (``hits_hub``, ``hits_authority``): those who attend to authorities, and the attended.

    Leading singular vectors of the weights, each scaled to sum to 1. Missing for every actor where they are not
    unique, that is if the two largest singular values are equal, or there is no tie.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. Journal of the ACM 46(5), 604-632.
    """
    hub, authority, _ = hits_values(network, weighted=weighted)
    group = "weighted" if weighted else "unweighted"
    return together(
        node_rows(network, side, measure=code, unit="share", group=group)
        for code, side in {"hits_hub": hub, "hits_authority": authority}.items()
    )


def hits_values(network: Graph, *, weighted: bool) -> tuple[Floats, Floats, float]:
    """Hub and authority values, and the relative gap between the two largest singular values."""
    missing = np.full(network.n, np.nan)
    if network.ties == 0:
        return missing, missing, 0.0
    matrix = network.matrix(weighted=weighted)
    if network.n <= _DENSE:
        left, sizes, right = np.linalg.svd(matrix.toarray())
        hub, authority, second = left[:, 0], right[0], sizes[1]
        first = sizes[0]
    else:
        left, sizes, right = svds(matrix, k=2, v0=np.ones(network.n), tol=1e-14)
        hub, authority, first, second = left[:, -1], right[-1], sizes[-1], sizes[0]
    gap = float(1 - second / first)
    if gap < np.sqrt(_TOLERANCE):
        return missing, missing, gap
    return _scaled(hub), _scaled(authority), gap


def _scaled(vector: Floats) -> Floats:
    positive = np.abs(vector)
    return np.asarray(positive / positive.sum())


def eigenvector(network: Graph, *, direction: Direction = "in", weighted: bool = True) -> pd.DataFrame:
    """Eigenvector centrality: an actor's value is proportional to the sum of its neighbours', of Euclidean length 1.

    ``in`` sums over those who attend to the actor (the left eigenvector, as igraph and networkx give it), ``out`` over
    those it attends to (the right one, as sna's ``evcent``). Missing for every actor unless the network is
    (strongly) connected: otherwise the vector is not unique or is 0 for most.

    References
    ----------
    Bonacich, P. (1987). Power and centrality: a family of measures. American Journal of Sociology 92(5), 1170-1182.
    """
    group = _chosen(direction, weighted=weighted, directed=network.directed)
    values = eigenvector_values(network, direction=direction, weighted=weighted)
    return node_rows(network, values, measure="eigenvector", unit="index", group=group)


def eigenvector_values(network: Graph, *, direction: Direction, weighted: bool) -> Floats:
    """The values of `eigenvector`, shape (n,)."""
    parts, _ = sparse.csgraph.connected_components(network.weights, directed=network.directed, connection="strong")
    if parts != 1 or network.ties == 0:
        return np.full(network.n, np.nan)
    matrix = network.matrix(weighted=weighted)
    turned = matrix.T.tocsr() if direction == "in" and network.directed else matrix
    if network.n <= _DENSE:
        sizes, vectors = np.linalg.eig(turned.toarray())
        vector = np.abs(vectors[:, np.argmax(sizes.real)].real)
    else:
        vector = np.abs(_leading(turned, directed=network.directed))
    return np.asarray(vector / np.linalg.norm(vector))


def _leading(matrix: sparse.csr_array, *, directed: bool) -> Floats:
    """Leading eigenvector of a large irreducible non-negative matrix, always from the same start."""
    start = np.ones(matrix.shape[0])
    solve, which = (eigs, "LR") if directed else (eigsh, "LA")
    try:
        _, vectors = solve(matrix, k=1, which=which, v0=start, tol=1e-13)
    except ArpackError as error:
        raise ArgumentError(
            "the eigenvector does not settle ({error}); the network is close to falling apart, take a component",
            error=error,
        ) from error
    return np.asarray(vectors[:, 0].real)


def betweenness(
    network: Graph,
    *,
    weighted: bool = False,
    normalised: bool = False,
    sources: int | None = None,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Shortest paths between others that lead through an actor (``betweenness``, or ``betweenness_share``).

    Pairs are ordered in a directed network and unordered otherwise; a pair with several shortest paths counts for the
    share of them that lead through the actor; ends do not count.

    Parameters
    ----------
    weighted : bool
        Whether a tie is 1 / weight long, instead of 1.
    normalised : bool
        Whether to divide by the number of pairs of other actors: 0 to 1, missing below three actors.
    sources : int, optional
        How many actors to draw as starting points, without replacement. Values are then scaled up to all actors
        and stand in a confidence interval (normal, level 0.95, with the finite-population correction) from the spread
        of up to 20 batches of sources. ``n`` is the number of sources, and the measure's code ends in ``_sampled``.
    rng : Generator
        Needed to draw sources.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40(1), 35-41.
    Brandes, U., Pich, C. (2007). Centrality estimation in large networks. International Journal of Bifurcation and
    Chaos 17(7), 2303-2318.
    """
    group = "weighted" if weighted else "unweighted"
    scale, unit = (1.0, "pairs")
    if normalised:
        pairs = (network.n - 1) * (network.n - 2) / (1 if network.directed else 2)
        scale, unit = (1 / pairs if pairs > 0 else np.nan, "share")
    code = "betweenness_share" if normalised else "betweenness"
    built, lengths = network.built, network.lengths(weighted=weighted)
    if sources is None:
        values = np.asarray(built.betweenness(directed=network.directed, weights=lengths)) * scale
        return node_rows(network, values, measure=code, unit=unit, group=group)
    drawn = _drawn(network.n, sources, rng)
    totals = [
        built.betweenness(directed=network.directed, weights=lengths, sources=batch.tolist())
        for batch in np.array_split(drawn, min(_BATCHES, sources))
    ]
    values, error = _scaled_up(np.array(totals) * scale, drawn=sources, actors=network.n)
    rows = {"measure": f"{code}_sampled", "unit": unit, "group": group}
    return node_rows(network, values, half_width=_NORMAL_95 * error, n=float(sources), **rows)


def _drawn(actors: int, sources: int, rng: np.random.Generator | None) -> Integers:
    if not 2 <= sources <= actors:
        raise ArgumentError(
            "sources is {sources}; from 2 to the number of actors, {actors}, expected", sources=sources, actors=actors
        )
    if rng is None:
        raise ArgumentError("drawing sources needs a random generator; give rng=numpy.random.default_rng(...)")
    return np.asarray(rng.choice(actors, size=sources, replace=False), dtype=np.int64)


def _scaled_up(batches: Floats, *, drawn: int, actors: int) -> tuple[Floats, Floats]:
    """Totals over all sources from those of batches, shape (batches, n), and their standard errors."""
    sizes = np.array([len(part) for part in np.array_split(np.arange(drawn), len(batches))])
    means = batches / sizes[:, None]
    spread = np.average((means - batches.sum(axis=0) / drawn) ** 2, axis=0, weights=sizes) / (len(batches) - 1)
    error = actors * np.sqrt(spread * (1 - drawn / actors))
    return actors / drawn * batches.sum(axis=0), np.asarray(error)


def closeness(
    network: Graph,
    *,
    unreachable: Unreachable = "improved",
    direction: Direction = "in",
    weighted: bool = False,
) -> pd.DataFrame:
    """Inverse of the mean distance to an actor (``in``) or from it (``out``), 0 to 1 if ties are 1 long.

    With r the number of others who reach the actor, d the sum of their distances, and n actors:

    - ``reachable`` (``closeness_reachable``): r / d, whatever r (igraph's convention);
    - ``improved`` (``closeness_improved``): r / (n - 1) times that (Wasserman and Faust; networkx);
    - ``zero`` (``closeness_connected``): (n - 1) / d, and 0 unless every other actor reaches it (Freeman's original
      formula, as R's sna applies it).

    All are 0 where nobody reaches the actor. ``weighted`` ties are 1 / weight long.

    References
    ----------
    Freeman, L. C. (1979). Centrality in social networks: conceptual clarification. Social Networks 1(3), 215-239.
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press, 184-185 and 201.
    """
    codes = {"reachable": "closeness_reachable", "improved": "closeness_improved", "zero": "closeness_connected"}
    if unreachable not in codes:
        raise ArgumentError(
            "unknown unreachable {unreachable!r}; allowed: {codes}", unreachable=unreachable, codes=", ".join(codes)
        )
    group = _chosen(direction, weighted=weighted, directed=network.directed)
    built, lengths = network.built, network.lengths(weighted=weighted)
    mean = np.asarray(built.closeness(mode=direction, weights=lengths, normalized=True))
    reached = _reached(built, direction)
    others = max(network.n - 1, 1)
    shares = {"reachable": np.ones(network.n), "improved": reached / others, "zero": (reached == network.n - 1) * 1.0}
    values = np.where(reached > 0, mean, 0.0) * shares[unreachable]
    return node_rows(network, values, measure=codes[unreachable], unit="index", group=group)


def _reached(built: igraph.Graph, direction: Direction) -> Floats:
    """How many others reach each actor (``in``), or are reached by it (``out``)."""
    parts = built.connected_components(mode="strong" if built.is_directed() else "weak")
    sizes = np.asarray(parts.sizes(), dtype=float)
    if not built.is_directed() or len(sizes) == 1:
        return np.asarray(sizes[parts.membership] - 1)
    return np.asarray(built.neighborhood_size(order=built.vcount(), mode=direction), dtype=float) - 1


def harmonic(network: Graph, *, direction: Direction = "in", weighted: bool = False) -> pd.DataFrame:
    """Mean of the inverse distances to an actor (``in``) or from it, those who do not reach it counting 0.

    References
    ----------
    Marchiori, M., Latora, V. (2000). Harmony in the small-world. Physica A 285(3-4), 539-546.
    """
    group = _chosen(direction, weighted=weighted, directed=network.directed)
    built, lengths = network.built, network.lengths(weighted=weighted)
    values = np.zeros(network.n)
    if network.n > 1:
        values = np.asarray(built.harmonic_centrality(mode=direction, weights=lengths))
    return node_rows(network, values, measure="harmonic", unit="index", group=group)


def harmonic_sampled(
    network: Graph,
    *,
    sources: int,
    rng: np.random.Generator,
    direction: Direction = "in",
    weighted: bool = False,
) -> pd.DataFrame:
    """`harmonic` from ``sources`` actors drawn without replacement, with a confidence interval as for `betweenness`.

    The mean over the drawn actors estimates that over all; unlike a mean of distances it stays defined where some
    actors are out of reach.

    References
    ----------
    Eppstein, D., Wang, J. (2004). Fast approximation of centrality. Journal of Graph Algorithms and Applications 8(1),
    39-45.
    """
    drawn = _drawn(network.n, sources, rng)
    group = _chosen(direction, weighted=weighted, directed=network.directed)
    built, lengths = network.built, network.lengths(weighted=weighted)
    away = "out" if direction == "in" else "in"  # distances to the actors are those from the drawn ones
    totals = []
    for batch in np.array_split(drawn, min(_BATCHES, sources)):
        steps = np.array(built.distances(source=batch.tolist(), weights=lengths, mode=away), dtype=float)
        totals.append(np.divide(1, steps, out=np.zeros_like(steps), where=steps > 0).sum(axis=0))
    values, error = _scaled_up(np.array(totals) / (network.n - 1), drawn=sources, actors=network.n)
    rows = {"measure": "harmonic_sampled", "unit": "index", "group": group}
    return node_rows(network, values, half_width=_NORMAL_95 * error, n=float(sources), **rows)
