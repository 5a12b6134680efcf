"""Communities that Leiden finds, and how far ties stay within given ones."""

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Graph, Integers, network_row, node_rows, seeded, together


def communities(
    network: Graph,
    *,
    rng: np.random.Generator,
    weighted: bool = True,
    resolution: float = 1.0,
    runs: int = 10,
    rounds: int = 2,
) -> pd.DataFrame:
    """Communities of largest modularity among ``runs`` runs of Leiden of ``rounds`` rounds, and their modularity.

    Rows of measure ``community`` number each actor's community, 1 being the largest (equal ones in the order of their
    first actor), and one row ``modularity_leiden`` of the network has their number in ``n``. The same ``rng``
    state gives the same communities; isolates stand alone. Direction counts as in `modularity`.

    References
    ----------
    Traag, V. A., Waltman, L., van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing well-connected communities.
    Scientific Reports 9, 5233.
    """
    members = leiden(network, rng=rng, weighted=weighted, resolution=resolution, runs=runs, rounds=rounds)
    value = modularity_value(network, members, weighted=weighted, resolution=resolution)
    group = "weighted" if weighted else "unweighted"
    found = float(len(np.unique(members)))
    return together(
        [
            node_rows(network, members + 1, measure="community", unit="number", group=group),
            network_row(
                network, value, measure="modularity_leiden", unit="index", group=group, n=found
            ),
        ]
    )  # fmt: skip


def leiden(
    network: Graph,
    *,
    rng: np.random.Generator,
    weighted: bool = True,
    resolution: float = 1.0,
    runs: int = 10,
    rounds: int = 2,
) -> Integers:
    """Community of each actor, from 0, the largest first; the best of ``runs`` runs, the first among equals."""
    if runs < 1 or rounds < 1:
        raise ArgumentError(
            "runs is {runs} and rounds is {rounds}; at least 1 of each expected", runs=runs, rounds=rounds
        )
    if network.ties == 0:
        return np.arange(network.n)
    strengths = network.pairs()[2].tolist() if weighted else None
    matrix = network.matrix(weighted=weighted)
    options: dict[str, object] = {"resolution": resolution, "objective_function": "modularity"}
    if network.directed:  # Leicht and Newman's null model: out-strength times in-strength over the whole weight
        total = float(matrix.sum())
        options = {"resolution": resolution / total, "objective_function": "CPM"}
        options["node_weights"] = matrix.sum(axis=1).tolist()
        options["node_in_weights"] = matrix.sum(axis=0).tolist()
    best, members = -np.inf, np.arange(network.n)
    with seeded(rng):
        for _ in range(runs):
            found = network.built.community_leiden(weights=strengths, n_iterations=rounds, **options)
            tried = np.asarray(found.membership, dtype=np.int64)
            value = modularity_value(network, tried, weighted=weighted, resolution=resolution)
            if value > best + 1e-12:
                best, members = value, tried
    return _by_size(members)


def _by_size(members: Integers) -> Integers:
    """The same communities numbered by falling size, equal ones by their first actor."""
    _, first, inverse, sizes = np.unique(members, return_index=True, return_inverse=True, return_counts=True)
    place = np.empty(len(sizes), dtype=np.int64)
    place[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return np.asarray(place[inverse])


def modularity(network: Graph, types: pd.Series, *, weighted: bool = True, resolution: float = 1.0) -> pd.DataFrame:
    """How much more weight stays within the given groups than at random; ``types`` holds the group by actor.

    Q = sum over groups of (W_cc / W - resolution * W_c. W_.c / W^2), W_cc the weight within, W_c. and W_.c that
    paid and received. At resolution 1 from -1/2 to below 1; missing without ties.

    References
    ----------
    Newman, M. E. J. (2004). Analysis of weighted networks. Physical Review E 70, 056131.
    Leicht, E. A., Newman, M. E. J. (2008). Community structure in directed networks. Physical Review Letters 100,
    118703.
    """
    codes, kinds = network.codes(types)
    value = modularity_value(network, codes, weighted=weighted, resolution=resolution)
    group = "weighted" if weighted else "unweighted"
    return network_row(
        network, value, measure="modularity", unit="index", group=group, n=float(len(kinds))
    )  # fmt: skip


def modularity_value(network: Graph, members: Integers, *, weighted: bool, resolution: float = 1.0) -> float:
    """Modularity of a partition given as one number per actor."""
    matrix = network.matrix(weighted=weighted)
    total = float(matrix.sum())
    if total == 0:
        return float("nan")
    senders = np.repeat(members, np.diff(matrix.indptr))
    within = float(matrix.data[senders == members[matrix.indices]].sum())
    paid = np.bincount(members, weights=matrix.sum(axis=1))
    received = np.bincount(members, weights=matrix.sum(axis=0))
    return within / total - resolution * float(paid @ received) / total**2
