"""Who stands between others: structural holes, brokerage between types of actors, ties across them.

Functions take a `Graph` and return ``ESTIMATES``, one row per actor in the order of its names (``group`` as in
`networks.measures.centrality`, or what a row of brokerage holds). ``types`` is a Series of each actor's type.
"""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Floats, Graph, Integers, network_row, node_rows, together
from digital_diplomacy.networks.measures.cohesion import mixing_counts

ROLES: Final = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
"""Gould and Fernandez's roles of v in a -> v -> b, by whose type is whose: all alike; a and b alike; a like v; b like
v; all different. ``total`` is their sum."""

Variance: TypeAlias = Literal["exact", "sna"]

_OPERATIONS: Final = 20_000_000  # multiplications in one block of a product: about 250 MB of results


def _blocks(left: sparse.csr_array, right: sparse.csr_array) -> Iterator[slice]:
    """Rows of ``left @ right`` in blocks that fit into memory."""
    ones = sparse.csr_array((np.ones(left.nnz), left.indices, left.indptr), shape=left.shape)
    cost = np.cumsum(ones @ np.diff(right.indptr).astype(float))
    start = 0
    while start < left.shape[0]:
        done = cost[start - 1] if start else 0.0
        stop = max(start + 1, int(np.searchsorted(cost, done + _OPERATIONS, side="right")))
        yield slice(start, stop)
        start = stop


def _where(matrix: sparse.csr_array, kept: np.ndarray) -> sparse.csr_array:
    """The entries of ``matrix`` for which ``kept``, one value per stored entry, is true."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[kept]
    return sparse.csr_array((matrix.data[kept], (rows, matrix.indices[kept])), shape=matrix.shape)


def _proportions(network: Graph, *, weighted: bool) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Burt's tie strengths in both directions together, and the share of each tie in its actor's sum."""
    ties = network.matrix(weighted=weighted)
    joint = (ties + ties.T).tocsr()
    sums = joint.sum(axis=1)
    scale = np.divide(1, sums, out=np.zeros(network.n), where=sums > 0)
    return joint, (sparse.diags_array(scale) @ joint).tocsr()


def constraint(network: Graph, *, weighted: bool = True) -> pd.DataFrame:
    """Burt's constraint: how far an actor's contacts are tied to each other, and so leave it no hole to bridge.

    C_i = sum over contacts j of (p_ij + sum_q p_iq p_qj)^2, p_ij = (w_ij + w_ji) / sum_k (w_ik + w_ki): ties in either
    direction are added first. Only contacts of i stand in the outer sum, not those two steps away. Missing for
    isolates; 1 for an actor with one contact who has no other, and possibly above 1 in dense small networks.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard University Press, 54-56.
    """
    weights = network.pairs()[2].tolist() if weighted else None
    values = network.built.constraint(weights=weights)  # igraph adds both directions, and leaves isolates missing
    group = "weighted" if weighted else "unweighted"
    return node_rows(network, values, measure="constraint", unit="index", group=group)


def effective_size(network: Graph, *, weighted: bool = True) -> pd.DataFrame:
    """Burt's effective size: contacts less their redundancy, from 1 to the number of contacts; missing for isolates.

    sum over contacts j of (1 - sum_q p_iq m_jq), q other than i and j, with p as in `constraint` and
    m_jq = (w_jq + w_qj) / max_k (w_jk + w_kj). Unweighted and undirected, this is n - 2t / n for n contacts with t ties
    among them.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard University Press, 51-54.
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20(1), 35-38.
    """
    joint, shares = _proportions(network, weighted=weighted)
    contacts = np.diff(joint.indptr).astype(float)
    largest = joint.max(axis=1).toarray().ravel()
    scale = np.divide(1, largest, out=np.zeros(network.n), where=largest > 0)
    marginal = (joint @ sparse.diags_array(scale)).tocsr()  # [q, j] is m_jq, since joint is symmetric
    values = contacts.copy()
    for rows in _blocks(shares, marginal):
        direct = shares[rows]
        ones = sparse.csr_array((np.ones(direct.nnz), direct.indices, direct.indptr), shape=direct.shape)
        values[rows] -= (direct @ marginal).multiply(ones).sum(axis=1)
    values[contacts == 0] = np.nan
    group = "weighted" if weighted else "unweighted"
    return node_rows(network, values, measure="effective_size", unit="actors", group=group)


def brokerage(network: Graph, types: pd.Series, *, weighted: bool = False) -> pd.DataFrame:
    """Gould and Fernandez's brokerage roles of each actor: observed, expected, and their ratio and distance.

    Role r of v counts the pairs a -> v -> b with a and b different and no tie a -> b (an undirected tie stands for
    both directions). Measures are ``brokerage_<role>`` for `ROLES`; groups are

    - ``count``: the number of pairs, or ``weighted``: the sum of sqrt(w_av w_vb), the geometric mean of both ties;
    - ``expected``: the mean over networks of the same actors and density d whose ties are drawn independently,
      d^2 (1 - d) times the number of possible pairs (for weights, times the squared mean of sqrt(w));
    - ``ratio``: observed over expected, missing where nothing can be expected;
    - ``sd`` and ``z``, for counts in directed networks only: the standard deviation in those networks and the distance
      from the mean in such deviations, missing where the deviation is 0.

    References
    ----------
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126.
    Opsahl, T., Panzarasa, P. (2009). Clustering in weighted networks. Social Networks 31(2), 155-163 (for the
    geometric mean of two ties).
    """
    codes, kinds = network.codes(types)
    observed = role_counts(network, codes, weighted=weighted)
    expected, sd = role_expectation(network, codes, len(kinds))
    if weighted:
        mean = np.sqrt(network.weights.data).mean() if network.ties else np.nan
        expected = expected * mean**2
    ratio = np.divide(observed, expected, out=np.full_like(observed, np.nan), where=expected > 0)
    tables = {"weighted" if weighted else "count": observed, "expected": expected, "ratio": ratio}
    if network.directed and not weighted:
        z = np.divide(observed - expected, sd, out=np.full_like(observed, np.nan), where=sd > 0)
        tables |= {"sd": sd, "z": z}
    units = {"ratio": "index", "z": "standard_deviations"}
    return together(
        node_rows(
            network, table[:, place],
            measure=f"brokerage_{role}", unit=units.get(group, "count"), group=group,
        )
        for group, table in tables.items()
        for place, role in enumerate(ROLES)
    )  # fmt: skip


PAIR_ROLES: Final = ("coordinator", "itinerant", "boundary", "liaison", "total")
"""Roles without direction: a representative of one side is the gatekeeper of the other, so ``boundary`` is both."""


def brokered_pairs(network: Graph, types: pd.Series | None = None) -> pd.DataFrame:
    """Plain brokerage in an undirected network: pairs a, b that are both tied to v and not to each other.

    Every pair counts once. `brokerage` counts it twice, a -> v -> b and b -> v -> a, as R's sna does for a symmetric
    matrix, so that its ``total`` is twice this one, and its representative and its gatekeeper are each ``boundary``.
    Measures are ``brokerage_<role>`` for ``PAIR_ROLES``, group ``pairs``; without types ``brokerage_total`` alone.

    Parameters
    ----------
    network : Graph
        Undirected; weights do not count.
    types : Series, optional
        Type by actor.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126. Butts, C. T. (2008). Social network analysis with sna. Journal of
    Statistical Software 24(6).
    """
    if network.directed:
        raise ArgumentError("pairs without direction need an undirected network; of this one take `brokerage`")
    codes = np.zeros(network.n, dtype=np.int64) if types is None else network.codes(types)[0]
    counts = role_counts(network, codes)
    both = counts[:, ROLES.index("gatekeeper")]
    halves = {role: both if role == "boundary" else counts[:, ROLES.index(role)] / 2 for role in PAIR_ROLES}
    told = {role: halves[role] for role in (PAIR_ROLES if types is not None else ("total",))}
    return together(
        node_rows(network, values, measure=f"brokerage_{role}", unit="pairs", group="pairs")
        for role, values in told.items()
    )


def role_counts(network: Graph, codes: Integers, *, weighted: bool = False) -> Floats:
    """Pairs brokered in each of `ROLES`, shape (n, 6); ``codes`` is the type of each actor as a number from 0."""
    paid = network.binary
    if weighted:
        paid = sparse.csr_array((np.sqrt(network.weights.data), paid.indices, paid.indptr), shape=paid.shape)
    received = paid.T.tocsr()
    alike_out, other_out = _split(paid, codes)
    alike_in, other_in = _split(received, codes)
    alike, other = _split(network.binary, codes)
    back = paid.multiply(received).tocsr()  # a -> v -> a is no pair
    alike_back, other_back = (part.sum(axis=1) for part in _split(back, codes))
    one_type = _same_ends(paid, received, codes)
    sums_in, sums_out = (alike_in.sum(axis=1), other_in.sum(axis=1)), (alike_out.sum(axis=1), other_out.sum(axis=1))
    coordinator = sums_in[0] * sums_out[0] - alike_back - _closed(alike_in, alike, [alike_out])[0]
    across = one_type - sums_in[0] * sums_out[0]
    itinerant = across - other_back - _closed(other_in, alike, [other_out])[0]
    representative = sums_in[0] * sums_out[1] - _closed(alike_in, other, [other_out])[0]
    closed_gatekeeper, closed_liaison = _closed(other_in, other, [alike_out, other_out])
    gatekeeper = sums_in[1] * sums_out[0] - closed_gatekeeper
    liaison = sums_in[1] * sums_out[1] - across - closed_liaison
    roles = np.column_stack([coordinator, itinerant, representative, gatekeeper, liaison])
    if weighted:  # differences of equal sums of roots leave rounding behind where no pair is left
        scale = np.maximum(sum(sums_in) * sum(sums_out), 1.0)
        roles[np.abs(roles) < 1e-12 * scale[:, None]] = 0
    return np.column_stack([roles, roles.sum(axis=1)])


def _split(matrix: sparse.csr_array, codes: Integers) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Entries between actors of one type, and those between types."""
    same = np.repeat(codes, np.diff(matrix.indptr)) == codes[matrix.indices]
    return _where(matrix, same), _where(matrix, ~same)


def _same_ends(paid: sparse.csr_array, received: sparse.csr_array, codes: Integers) -> Floats:
    """Sum of products of ties a -> v and v -> b whose ends a and b are of one type."""
    actors = len(codes)
    kinds = sparse.csr_array((np.ones(actors), (np.arange(actors), codes)), shape=(actors, codes.max(initial=0) + 1))
    return np.asarray((paid @ kinds).multiply(received @ kinds).sum(axis=1))


def _closed(received: sparse.csr_array, ties: sparse.csr_array, paid: list[sparse.csr_array]) -> list[Floats]:
    """For each kind of tie v -> b: the sum over a -> v -> b of the ties' product where a -> b exists."""
    sums = [np.zeros(ties.shape[0]) for _ in paid]
    for rows in _blocks(received, ties):
        steps = received[rows] @ ties
        for total, side in zip(sums, paid, strict=True):
            total[rows] = steps.multiply(side[rows]).sum(axis=1)
    return sums


def role_expectation(network: Graph, codes: Integers, kinds: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation of `role_counts` over directed networks of this density, both of shape (n, 6).

    Two pairs of one broker depend on each other only through a tie to or from it that they share: with density d, a
    pair counts with probability q = d^2 (1 - d), and two that share a tie have the covariance (d (1 - d))^3.
    """
    size = np.bincount(codes, minlength=kinds).astype(float)
    actors = float(network.n)
    density = network.weights.nnz / (actors * (actors - 1)) if actors > 1 else 0.0
    own, outside = size - 1, actors - size
    per_type = np.zeros((kinds, 2, len(ROLES)))
    per_type[:, :, 0] = np.column_stack([own * (own - 1), 2 * own * (own - 1) * (own - 2)])
    same, shared = size * (size - 1), 2 * size * (size - 1) * (size - 2)
    per_type[:, :, 1] = np.column_stack([same.sum() - same, shared.sum() - shared])
    mixed = np.column_stack([own * outside, own * outside * (outside - 1) + outside * own * (own - 1)])
    per_type[:, :, 2] = per_type[:, :, 3] = mixed
    # A liaison's first end is of any other type j, its second of any type but both: outside - size_j actors.
    rest = np.maximum(outside[:, None] - size[None, :], 0.0)
    ends = np.broadcast_to(size, rest.shape) * (1 - np.eye(kinds))
    per_type[:, :, 4] = np.column_stack([(ends * rest).sum(1), 2 * (ends * rest * np.maximum(rest - 1, 0)).sum(1)])
    others = actors - 1
    per_type[:, :, 5] = [others * (others - 1), 2 * others * (others - 1) * (others - 2)]
    chance, covariance = density**2 * (1 - density), (density * (1 - density)) ** 3
    mean = per_type[:, 0] * chance
    variance = mean * (1 - chance) + np.maximum(per_type[:, 1], 0) * covariance
    return mean[codes], np.sqrt(variance)[codes]


def network_brokerage(network: Graph, types: pd.Series, *, variance: Variance = "exact") -> pd.DataFrame:
    """Brokerage summed over all actors of a directed network: ``count, expected, sd, z`` for each of `ROLES`.

    ``variance="exact"`` counts every dependence between pairs of different brokers; ``sna`` leaves out what R's sna
    does (all conflicts of representatives and of gatekeepers, some of coordinators and of the total: a tie that one
    pair needs and another must lack), so that results compare with published ones; its group ends in ``_sna``.

    References
    ----------
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126.
    """
    if variance not in ("exact", "sna"):
        raise ArgumentError("unknown variance {variance!r}; allowed: exact, sna", variance=variance)
    if not network.directed:
        raise ArgumentError("the variance of brokerage is that of a directed network; this one is undirected")
    codes, kinds = network.codes(types)
    observed = role_counts(network, codes).sum(axis=0)
    expected, sd = _network_expectation(network, np.bincount(codes, minlength=len(kinds)).astype(float), variance)
    z = np.divide(observed - expected, sd, out=np.full_like(sd, np.nan), where=sd > 0)
    ending = "" if variance == "exact" else "_sna"
    tables = {"count": observed, "expected": expected, f"sd{ending}": sd, f"z{ending}": z}
    return together(
        network_row(
            network, table[place], measure=f"brokerage_{role}", group=group, n=float(network.n),
            unit="standard_deviations" if group.startswith("z") else "count",
        )
        for group, table in tables.items()
        for place, role in enumerate(ROLES)
    )  # fmt: skip


def _network_expectation(network: Graph, size: Floats, variance: Variance) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each role summed over the network, shape (6,).

    Over all ordered pairs of different triples a -> v -> b of one role: ``shared`` have a tie both need, covariance
    (d (1 - d))^3; ``absent`` have a tie both must lack, d^5 (1 - d); ``conflict`` have one that one needs and the other
    must lack, -q^2.
    """
    actors = float(network.n)
    density = network.weights.nnz / (actors * (actors - 1))
    counts = np.array([*_pairs_of_triples(size, variance), _alike(np.array([actors]), variance)])
    triples, shared, absent, conflict = counts.T
    chance = density**2 * (1 - density)
    covariance = shared * (density * (1 - density)) ** 3 + absent * density**5 * (1 - density) - conflict * chance**2
    spread = np.maximum(triples * chance * (1 - chance) + covariance, 0)
    return triples * chance, np.sqrt(np.where(triples > 0, spread, 0))


def _alike(size: Floats, variance: Variance) -> list[float]:
    """Triples within types of these sizes, and how many ordered pairs of them share, lack and contradict a tie."""
    triples = size * (size - 1) * (size - 2)
    twice = 2 if variance == "exact" else 4  # a, v, b and a, b, v contradict each other in two ties
    counts = [np.ones_like(size), 2 * (size - 3) + 2 * (size - 2), size - 3, 4 * (size - 2) - twice]
    return [float((triples * count).sum()) for count in counts]


def _pairs_of_triples(size: Floats, variance: Variance) -> list[list[float]]:
    """The same counts as `_alike` for each of the five roles."""
    rest, same = size.sum() - size, size * (size - 1)
    itinerant = [
        float((same * rest).sum()),
        float((2 * same * rest * (size - 2)).sum() + 2 * (same.sum() ** 2 - (same**2).sum())),
        float((same * rest * (rest - 1)).sum()),
        0.0,
    ]
    triples = same * rest
    contradict = 2 * (size - 1) - 1 if variance == "exact" else np.zeros_like(size)
    mixed = [
        float((triples * count).sum()) for count in (np.ones_like(size), rest - 1 + size - 2, size - 2, contradict)
    ]
    ends = np.outer(size, size) * (1 - np.eye(len(size)))
    third = rest[:, None] - size[None, :]  # actors of neither type
    liaisons, squares = float((ends * third).sum()), float((ends * third**2).sum())
    liaison = [liaisons, 4 * squares - 2 * liaisons, squares - liaisons, 4 * squares - 2 * liaisons]
    return [_alike(size, variance), itinerant, mixed, mixed, liaison]


def participation(
    network: Graph,
    types: pd.Series,
    *,
    direction: Literal["in", "out"] = "in",
    weighted: bool = True,
) -> pd.DataFrame:
    """How evenly an actor's ties spread over types: 1 - sum_t (k_it / k_i)^2, from 0 (one type only) to below 1.

    ``in`` looks at who attends to it, ``out`` at whom it attends to. 0 for an actor without such ties.

    References
    ----------
    Guimerà, R., Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433, 895-900.
    """
    if direction not in ("in", "out"):
        raise ArgumentError("unknown direction {direction!r}; allowed: in, out", direction=direction)
    codes, _ = network.codes(types)
    weights = "weighted" if weighted else "unweighted"
    group = f"{direction}_{weights}" if network.directed else weights
    values = participation_values(network, codes, direction=direction, weighted=weighted)
    return node_rows(network, values, measure="participation", unit="index", group=group)


def participation_values(network: Graph, codes: Integers, *, direction: Literal["in", "out"], weighted: bool) -> Floats:
    """The values of `participation`, shape (n,)."""
    ties = network.matrix(weighted=weighted)
    taken = ties.T.tocsr() if direction == "in" else ties
    actors = len(codes)
    kinds = sparse.csr_array((np.ones(actors), (np.arange(actors), codes)), shape=(actors, codes.max(initial=0) + 1))
    by_type = taken @ kinds
    sums = by_type.sum(axis=1)
    squares = by_type.power(2).sum(axis=1)
    return np.asarray(1 - np.divide(squares, sums**2, out=np.ones(actors), where=sums > 0))


def ei_index(network: Graph, types: pd.Series, *, weighted: bool = False) -> pd.DataFrame:
    """Krackhardt and Stern's E-I index: (E - I) / (E + I), E ties between types and I within them, -1 to 1.

    A row for each actor, over its ties in either direction, and one for the network; missing without ties.

    References
    ----------
    Krackhardt, D., Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    Social Psychology Quarterly 51(2), 123-140.
    """
    codes, kinds = network.codes(types)
    joint = network.matrix(weighted=weighted)
    alike, other = (part.sum(axis=0) + part.sum(axis=1) for part in _split(joint, codes))
    values = np.divide(other - alike, other + alike, out=np.full(network.n, np.nan), where=other + alike > 0)
    counts = mixing_counts(network, codes, len(kinds), weighted=weighted)
    total = float(counts.sum())
    whole = 1 - 2 * float(np.trace(counts)) / total if total else np.nan
    group = "weighted" if weighted else "unweighted"
    return together(
        [
            node_rows(network, values, measure="ei_index", unit="index", group=group),
            network_row(
                network, whole, measure="ei_index", unit="index", group=group, n=float(network.ties)
            ),
        ]
    )  # fmt: skip
