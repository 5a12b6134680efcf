"""How far a network is one core whose members attend to each other and a periphery that attends to the core."""

from collections.abc import Callable
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import optimize, sparse

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Floats, Graph, network_row, node_rows, together

MOST_ACTORS: Final = 500
"""Actors up to which the continuous model is fitted: its many starts grow dear and its optima flat."""

# Random starts beside the two that follow degree. Both are needed: of 28 networks (relations of the documents, four of
# the literature, few drawn) the correlation ended below the best end seen in 10 without the two (by 0.0001 at most), in
# 9 without the random ones (in some far below it), and in 2 with all 22 (by 0.000002 at most).
_STARTS: Final = 20
_CLIMB: Final = 150  # steps of all starts together, after which the best are told apart
_POLISHED: Final = 3  # starts that are followed to the end
_FIRST_STEP: Final = 0.1  # every start has length 1
_FLAT: Final = 1e-9  # relative variance below which products are as good as equal, and correlations of them noise
_SAME: Final = 1e-9  # correlations that differ by less are one

Convention = Literal["correlation", "minres"]
_Objective = Callable[[Floats], tuple[Floats, Floats]]


def core_periphery(
    network: Graph,
    *,
    convention: Convention = "correlation",
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Borgatti and Everett's continuous coreness, and how well it fits; direction and weight ignored.

    An actor's coreness c_i is at least 0, all of them together have Euclidean length 1, and products c_i c_j
    come as close as possible to the ties between different actors. ``correlation`` (``core_weight``) maximises their
    correlation, ``minres`` (``core_weight_minres``) minimises the sum of squared differences, which for a star falls
    without end towards a hub of 1 and others of 0, and is told so. The best of 22 starts
    counts; a row of the network (``core_fit``, ``core_fit_minres``) holds the correlation. Missing if no pair, or every
    pair, is tied, and where the correlation only grows as the coreness of all becomes the same: no coreness is the best
    then, and the row holds the correlation's limit.

    Raises
    ------
    ValueError
        Above ``MOST_ACTORS`` actors.

    References
    ----------
    Borgatti, S. P., Everett, M. G. (2000). Models of core/periphery structures. Social Networks 21(4), 375-395.
    Boyd, J. P., Fitzgerald, W. J., Mahutga, M. C., Smith, D. A. (2010). Computing continuous core/periphery structures
    for social relations data with MINRES/SVD. Social Networks 32(2), 125-137.
    """
    if convention not in ("correlation", "minres"):
        raise ArgumentError("unknown convention {convention!r}; allowed: correlation, minres", convention=convention)
    if network.n > MOST_ACTORS:
        raise ArgumentError(
            "{n} actors; the continuous model is fitted up to {most_actors}, use k-cores above",
            n=network.n,
            most_actors=MOST_ACTORS,
        )
    ties = network.united.binary
    values, fit = _fitted(ties, convention, rng)
    ending = "" if convention == "correlation" else "_minres"
    group = "unweighted"
    return together(
        [
            node_rows(network, values, measure=f"core_weight{ending}", unit="index", group=group),
            network_row(
                network, fit, measure=f"core_fit{ending}", unit="index", group=group, n=float(network.n)
            ),
        ]
    )  # fmt: skip


def _fitted(ties: sparse.csr_array, convention: Convention, rng: np.random.Generator) -> tuple[Floats, float]:
    actors = ties.shape[0]
    if ties.nnz in (0, actors * (actors - 1)):
        return np.full(actors, np.nan), float("nan")
    objective = _correlation(ties) if convention == "correlation" else _residual(ties)
    degree = ties.sum(axis=1)[:, None]
    hub = degree[:, 0] == ties.nnz / 2
    if convention == "minres" and hub.sum() == 1:  # a star's sum falls for ever, the larger the hub's share
        return hub.astype(float), 1.0
    starts = np.column_stack([degree, np.sqrt(degree), rng.uniform(0.01, 1, size=(_STARTS, actors)).T])
    climbed = _climb(objective, starts / np.linalg.norm(starts, axis=0))
    values = objective(climbed)[0]
    ends = [_descend(objective, climbed[:, place]) for place in np.argsort(values, kind="stable")[:_POLISHED]]
    reached, best = min(ends, key=lambda found: found[0])
    limit = _fit_of_equals(degree[:, 0])
    if convention == "correlation" and -reached < limit - _SAME:  # where a search ends says nothing
        return np.full(actors, np.nan), limit
    best = best / np.linalg.norm(best)
    return best, _fit(ties, best)


def _fit_of_equals(degree: Floats) -> float:
    """The highest correlation as all c_i become equal: c_i = 1 + e d_i makes products of 1 + e (d_i + d_j), e to 0.

    It is that of the ties with the least-squares d_i + d_j, where d_i is the degree less the mean over n - 2, so that
    squares of d_i + d_j over all pairs come to n - 2 times those of d_i.
    """
    actors = len(degree)
    pairs = actors * (actors - 1) / 2
    mean = degree.sum() / 2 / pairs
    squares = ((degree - degree.mean()) ** 2).sum() / max(actors - 2, 1)
    return float(np.sqrt(squares / (pairs * mean * (1 - mean))))


def _fit(ties: sparse.csr_array, values: Floats) -> float:
    """Correlation of the ties with c_i c_j over all pairs; exact where one actor is all of the core, and c nearly 0."""
    above = np.triu_indices(len(values), k=1)
    products = np.outer(values, values)[above]
    return float(np.corrcoef(ties.toarray()[above], products)[0, 1]) if np.ptp(products) > 0 else float("nan")


def _climb(objective: _Objective, starts: Floats) -> Floats:
    """All starts, one a column, some way down the projected gradient, each with a step of its own."""
    columns, step = starts, np.full(starts.shape[1], _FIRST_STEP)
    values, slopes = objective(columns)
    for _ in range(_CLIMB):
        tried = np.maximum(columns - step * slopes, 0)
        reached, turned = objective(tried)
        better = reached < values
        columns, slopes = np.where(better, tried, columns), np.where(better, turned, slopes)
        values, step = np.where(better, reached, values), step * np.where(better, 1.5, 0.4)
    return columns


def _descend(objective: _Objective, start: Floats) -> tuple[float, Floats]:
    def of_one(c: Floats) -> tuple[float, Floats]:
        value, slope = objective(c[:, None])
        return float(value[0]), slope[:, 0]

    found = optimize.minimize(
        of_one, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start),
        options={"maxiter": 5000, "maxfun": 20000, "ftol": 1e-15, "gtol": 1e-10},
    )  # fmt: skip
    return float(found.fun), np.asarray(found.x)


def _without(x: Floats) -> Floats:
    """Sum of the other entries of a column for each entry.

    Added up from both ends, not as the total less the entry: where one actor is nearly all of the core, what is left
    would be rounding, and a correlation made of it can exceed 1.
    """
    before, after = np.zeros_like(x), np.zeros_like(x)
    np.cumsum(x[:-1], axis=0, out=before[1:])
    after[:-1] = np.cumsum(x[:0:-1], axis=0)[::-1]
    return np.asarray(before + after)


def _correlation(ties: sparse.csr_array) -> _Objective:
    """Minus the correlation of c_i c_j with the ties over i < j, and its gradient, for every column c."""
    actors = ties.shape[0]
    pairs = actors * (actors - 1) / 2
    mean = ties.nnz / 2 / pairs
    spread = np.sqrt(pairs * mean * (1 - mean))

    def objective(c: Floats) -> tuple[Floats, Floats]:
        product, others, squares = ties @ c, _without(c), _without(c**2)
        sums = (c * others).sum(axis=0) / 2  # of c_i c_j
        variance = (c**2 * squares).sum(axis=0) / 2 - sums**2 / pairs
        known = variance > _FLAT * sums**2 / pairs
        root = np.sqrt(np.where(known, variance, 1.0))
        value = np.where(known, ((c * product).sum(axis=0) / 2 - mean * sums) / (root * spread), 0.0)
        slope = (product - mean * others) / (root * spread)
        slope -= value * (c * squares - sums / pairs * others) / root**2
        return -value, -slope * known

    return objective


def _residual(ties: sparse.csr_array) -> _Objective:
    """Sum of squared differences of c_i c_j and the ties over i < j, up to a constant, and its gradient."""

    def objective(c: Floats) -> tuple[Floats, Floats]:
        product, squares = ties @ c, _without(c**2)
        return (c * (c * squares / 2 - product)).sum(axis=0), 2 * (c * squares - product)

    return objective


def discrete_core(network: Graph) -> pd.DataFrame:
    """The core that leaves fewest errors: pairs of its members without a tie, and ties among the others.

    Ties between core and periphery count for nothing. ``core_member`` is 1 for its members; the rows ``core_size`` and
    ``core_errors`` describe it. Actors enter by falling degree, equal ones by name; of equally good cores the
    smallest counts. Direction and weight are ignored.

    References
    ----------
    Lip, S. Z. W. (2011). A fast algorithm for the discrete core/periphery bipartitioning problem. arXiv:1102.5511.
    """
    degree = network.united.binary.sum(axis=1)
    order = np.argsort(-degree, kind="stable")
    sizes = np.arange(1, network.n + 1)
    # Errors of the first k: k(k-1)/2 - ties within + ties without = k(k-1)/2 + all ties - sum of the k degrees.
    errors = sizes * (sizes - 1) / 2 + degree.sum() / 2 - np.cumsum(degree[order])
    size = int(np.argmin(errors)) + 1 if network.n else 0
    member = np.zeros(network.n)
    member[order[:size]] = 1
    found = {
        "core_size": (float(size), "actors"),
        "core_errors": (float(errors[size - 1]) if size else np.nan, "count"),
    }
    return together(
        [
            node_rows(
                network, member, measure="core_member", unit="membership", group="unweighted"
            ),
            *(
                network_row(
                    network, value, measure=code, unit=unit, group="unweighted", n=float(network.n)
                )
                for code, (value, unit) in found.items()
            ),
        ]
    )  # fmt: skip
