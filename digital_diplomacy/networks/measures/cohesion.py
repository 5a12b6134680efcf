"""How a network holds together: cores, returned ties, triangles, and who is tied to whom.

Functions take a `Graph` and return ``ESTIMATES``: one row per actor in the order of its names, or rows whose entity is
``network``. The column ``group`` names direction and weights as in `digital_diplomacy.networks.measures.centrality`.
"""

from typing import Final, Literal

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Floats, Graph, network_row, node_rows, together

_BLOCK: Final = 10_000  # rows of a product of matrices that are held at once

# Holland and Leinhardt's names, in the order igraph counts them: mutual, asymmetric and null dyads, then the variant.
_TRIADS: Final = (
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C", "210",
    "300",
)  # fmt: skip


def density(network: Graph) -> pd.DataFrame:
    """Ties as a share of those possible without loops; missing below two actors. ``n`` is the number of actors."""
    possible = network.n * (network.n - 1) / (1 if network.directed else 2)
    value = network.ties / possible if possible else np.nan
    return network_row(network, value, measure="density", unit="share", group="unweighted", n=float(network.n))


def coreness(network: Graph, *, convention: Literal["union", "total", "in", "out"] = "union") -> pd.DataFrame:
    """Largest k such that the actor lies in the k-core; weights are ignored.

    ``union`` ignores direction, a mutual tie counting once (``coreness``); ``total`` counts ties received and paid, a
    mutual tie thus twice (``coreness_total``); ``in`` and ``out`` count one side (``coreness_in``, ``coreness_out``).
    On an undirected network all four are equal.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), 269-287.
    Batagelj, V., Zaveršnik, M. (2011). Fast algorithms for determining (generalized) core groups in social networks.
    Advances in Data Analysis and Classification 5(2), 129-145.
    """
    modes = {"union": "all", "total": "all", "in": "in", "out": "out"}
    if convention not in modes:
        raise ArgumentError(
            "unknown convention {convention!r}; allowed: {modes}", convention=convention, modes=", ".join(modes)
        )
    taken = network.united if convention == "union" else network
    values = taken.built.coreness(mode=modes[convention])
    code = "coreness" if convention == "union" else f"coreness_{convention}"
    return node_rows(network, values, measure=code, unit="count", group="unweighted")


def reciprocity(network: Graph) -> pd.DataFrame:
    """How far ties are returned, four ways; 1 for an undirected network, missing where nothing can be counted.

    - ``reciprocity``: share of ties u -> v for which v -> u exists, ``n`` the number of ties;
    - ``reciprocity_weighted``: share of the weight that is returned, sum of min(w_uv, w_vu) over sum of w_uv;
    - ``reciprocity_tied``: mutual pairs as a share of the pairs tied at all;
    - ``reciprocity_pairs``: mutual and null pairs as a share of all pairs (sna's ``dyadic``).

    References
    ----------
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press, 507-515.
    Squartini, T., Picciolo, F., Ruzzenenti, F., Garlaschelli, D. (2013). Reciprocity of weighted networks. Scientific
    Reports 3, 2729.
    """
    mutual, single, null = dyads(network)
    total = float(network.weights.sum())
    returned = float(network.weights.minimum(network.received).sum())
    pairs = mutual + single + null
    values = {
        "reciprocity": (2 * mutual, 2 * mutual + single, "unweighted"),
        "reciprocity_weighted": (returned, total, "weighted"),
        "reciprocity_tied": (mutual, mutual + single, "unweighted"),
        "reciprocity_pairs": (mutual + null, pairs, "unweighted"),
    }
    return together(
        network_row(
            network, part / whole if whole else np.nan,
            measure=code, unit="share", group=group, n=float(network.weights.nnz),
        )
        for code, (part, whole, group) in values.items()
    )  # fmt: skip


def dyads(network: Graph) -> tuple[int, int, int]:
    """Number of mutual, asymmetric and null pairs of actors."""
    returned = int(network.binary.multiply(network.received).nnz)
    mutual, single = returned // 2, int(network.weights.nnz) - returned
    return mutual, single, network.n * (network.n - 1) // 2 - mutual - single


def census(network: Graph) -> pd.DataFrame:
    """Numbers of dyads (``mutual, asymmetric, null``) and of triads of the sixteen types, which are the groups.

    References
    ----------
    Holland, P. W., Leinhardt, S. (1976). Local structure in social networks. Sociological Methodology 7, 1-45.
    """
    if not network.directed:
        raise ArgumentError("the census of dyads and triads is that of a directed network; this one is undirected")
    pairs = zip(("mutual", "asymmetric", "null"), dyads(network), strict=True)
    counts = network.built.triad_census()
    triads = ((f"triad_{name}", count) for name, count in zip(_TRIADS, tuple(counts), strict=True))
    rows = [("dyads", f"dyad_{name}", value) for name, value in pairs] + [("triads", *pair) for pair in triads]
    return together(
        network_row(network, float(value), measure=measure, unit="count", group=group, n=float(network.n))
        for measure, group, value in rows
    )


def clustering(network: Graph, *, convention: Literal["union", "fagiolo"] = "union") -> pd.DataFrame:
    """Share of an actor's pairs of contacts who are tied themselves, 0 to 1; 0 below two contacts. Weights ignored.

    ``union`` ignores direction (``clustering``); ``fagiolo`` counts directed triangles of every pattern among those
    possible (``clustering_directed``), mutual ties twice.

    References
    ----------
    Watts, D. J., Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. Nature 393, 440-442.
    Fagiolo, G. (2007). Clustering in complex directed networks. Physical Review E 76, 026107.
    """
    if convention == "union":
        code, values = "clustering", np.asarray(network.united.built.transitivity_local_undirected(mode="zero"))
    elif convention == "fagiolo":
        code, values = "clustering_directed", _fagiolo(network)
    else:
        raise ArgumentError("unknown convention {convention!r}; allowed: union, fagiolo", convention=convention)
    return node_rows(network, values, measure=code, unit="share", group="unweighted")


def _fagiolo(network: Graph) -> Floats:
    ties = network.binary
    both = (ties + ties.T).tocsr()
    total = both.sum(axis=1)
    mutual = ties.multiply(ties.T).sum(axis=1)
    triangles = np.zeros(network.n)
    for start in range(0, network.n, _BLOCK):  # a square of the whole matrix would not fit into memory
        rows = both[start : start + _BLOCK]
        triangles[start : start + _BLOCK] = (rows @ both).multiply(rows).sum(axis=1)
    possible = 2 * (total * (total - 1) - 2 * mutual)
    return np.asarray(np.divide(triangles, possible, out=np.zeros(network.n), where=possible > 0))


def transitivity(network: Graph) -> pd.DataFrame:
    """Share of all pairs of ties that meet in an actor and are closed, direction and weight ignored.

    Missing if no two ties meet.

    References
    ----------
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press, 243-248.
    """
    value = network.united.built.transitivity_undirected(mode="nan")
    return network_row(network, value, measure="transitivity", unit="share", group="unweighted")


def type_assortativity(network: Graph, types: pd.Series) -> pd.DataFrame:
    """How far ties stay within a type: Newman's r, 1 if all do, 0 if ties ignore types (``assortativity``).

    r = (sum e_ii - sum a_i b_i) / (1 - sum a_i b_i), where e_ij is the share of ties from type i to type j, and a_i
    and b_i its row and column sums. Missing if all ties join one type. ``types`` holds the type by actor.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126, equation (2).
    """
    codes, kinds = network.codes(types)
    value = nominal_assortativity(mixing_counts(network, codes, len(kinds), weighted=False))
    return network_row(network, value, measure="assortativity", unit="index", group="unweighted", n=float(network.ties))


def mixing_counts(network: Graph, codes: np.ndarray, kinds: int, *, weighted: bool) -> Floats:
    """Ties, or their weight, from type to type, shape (kinds, kinds); an undirected tie in both directions."""
    matrix = network.matrix(weighted=weighted)
    senders = np.repeat(codes, np.diff(matrix.indptr))
    cells = np.bincount(senders * kinds + codes[matrix.indices], weights=matrix.data, minlength=kinds * kinds)
    return np.asarray(cells, dtype=float).reshape(kinds, kinds)


def nominal_assortativity(counts: Floats) -> float:
    """Newman's r of a table of ties from type to type; missing without ties, or if all join one type."""
    total = counts.sum()
    if total == 0:
        return float("nan")
    shares = counts / total
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return (float(np.trace(shares)) - chance) / (1 - chance) if chance < 1 else float("nan")


def degree_assortativity(network: Graph) -> pd.DataFrame:
    """Correlation of the degrees at both ends of a tie, direction and weight ignored; missing if all are equal.

    References
    ----------
    Newman, M. E. J. (2002). Assortative mixing in networks. Physical Review Letters 89, 208701.
    """
    taken = network.united.binary
    degree = taken.sum(axis=1)
    one, other = np.repeat(degree, np.diff(taken.indptr)), degree[taken.indices]
    value = float(np.corrcoef(one, other)[0, 1]) if len(one) and np.ptp(one) > 0 else np.nan
    return network_row(
        network, value, measure="degree_assortativity", unit="index", group="unweighted", n=taken.nnz / 2
    )


def rich_club(network: Graph) -> pd.DataFrame:
    """Density among the actors with more than k ties, direction and weight ignored, for k from 0.

    ``group`` is k as a text and ``n`` the number of those actors; k ends where fewer than two are left. The values are
    not divided by those of a random network: high degrees raise them by themselves.

    References
    ----------
    Colizza, V., Flammini, A., Serrano, M. A., Vespignani, A. (2006). Detecting rich-club ordering in complex networks.
    Nature Physics 2, 110-115.
    """
    taken = network.united.binary
    degree = taken.sum(axis=1).astype(np.int64)
    least = np.minimum(np.repeat(degree, np.diff(taken.indptr)), degree[taken.indices])
    steps = int(degree.max(initial=0)) + 1
    above = network.n - np.cumsum(np.bincount(degree, minlength=steps))
    ties = taken.nnz - np.cumsum(np.bincount(least, minlength=steps))  # each tie stands twice, so does each pair
    several = above > 1
    pairs = (above * (above - 1))[several]
    return network_row(
        network,
        ties[several] / pairs,
        measure="rich_club",
        unit="share",
        group=[str(k) for k in np.flatnonzero(several)],
        n=above[several],
    )
