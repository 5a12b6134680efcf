"""What chance alone gives: reoriented dyads, rewired ties, permuted types, random two-mode matrices of given degrees.

Every null model answers one question and holds the rest fixed. Exceedances are counted so that the observed network
is one of the draws: p = (b + 1) / (m + 1) is never 0, and its smallest value tells how many draws were made.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import igraph
import numpy as np
from scipy import sparse

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Graph, seeded, to_igraph

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]
Tail = Literal["greater", "less", "two_sided"]

TIES_TOLERANCE: Final = 1e-12  # statistics equal but for the order of additions count as equal
_BLOCK: Final = 4096  # dyads whose orientations are drawn at once: 1,000 draws of them take 32 MB
_STEPS: Final = 20_000
_DEGREE_ERROR: Final = 1e-8
_SWAPS: Final = 10  # switches tried per tie, the number from which published chains count as mixed
_RESTARTED: Final = 10_000  # ties up to which every rewired network starts from the observed one
_BETWEEN: Final = 2  # switches tried per tie between two networks of one chain


def p_value(observed: float, null: Array, *, tail: Tail = "greater") -> float:
    """Share of a null distribution as extreme as what was observed: p = (b + 1) / (m + 1).

    Parameters
    ----------
    observed : float
    null : ndarray, shape (m,)
        The statistic under the null model, draw by draw; missing draws are left out.
    tail : {"greater", "less", "two_sided"}
        What counts as extreme; two-sided is twice the smaller of the others, at most 1.

    Returns
    -------
    float
        Between 1 / (m + 1) and 1; missing if the observed value is, or if every draw is.

    References
    ----------
    Davison, A. C., Hinkley, D. V. (1997). Bootstrap Methods and their Application. Cambridge University Press, 4.2.
    Phipson, B., Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics
    and Molecular Biology 9(1), 39.

    Examples
    --------
    >>> p_value(3.0, np.array([1.0, 2.0, 3.0, 4.0]))
    0.6
    """
    known = null[~np.isnan(null)]
    if np.isnan(observed) or not len(known):
        return float("nan")
    slack = TIES_TOLERANCE * max(1.0, abs(observed))
    above = (float((known >= observed - slack).sum()) + 1) / (len(known) + 1)
    below = (float((known <= observed + slack).sum()) + 1) / (len(known) + 1)
    if tail not in ("greater", "less", "two_sided"):
        raise ArgumentError("unknown tail {tail!r}; allowed: greater, less, two_sided", tail=tail)
    return {"greater": above, "less": below, "two_sided": min(1.0, 2 * min(above, below))}[tail]


def is_comparing(observed: float, null: Array) -> bool:
    """Whether some draw differs from what was observed; if none does, a p of 1 would say nothing.

    Examples
    --------
    >>> is_comparing(0.5, np.array([0.5, 0.25])), is_comparing(0.5, np.array([0.5, 0.5]))
    (True, False)
    """
    return bool((np.abs(null - observed) > TIES_TOLERANCE * max(1.0, abs(observed))).any())


def max_statistic_p(observed: Array, null: Array) -> Array:
    """Per entry, p = (b + 1) / (m + 1) that the *largest* null statistic of a draw is at least as large as observed.

    The chance that any of the n entries reaches a value is what matters when all of them are looked at: these p hold
    for all entries together (family-wise). Holm's procedure would do so too, but with m draws no p is below
    1 / (m + 1), so that n entries could never pass it where n / (m + 1) exceeds the level.

    Parameters
    ----------
    observed : ndarray, shape (n,)
        Missing entries stay missing.
    null : ndarray, shape (m, n)
        The statistics of every draw; entries that are missing are left out of the largest.

    References
    ----------
    Westfall, P. H., Young, S. S. (1993). Resampling-Based Multiple Testing: Examples and Methods for p-Value
    Adjustment. Wiley.
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6(2),
    65-70.

    Examples
    --------
    >>> max_statistic_p(np.array([3.0, 1.0]), np.array([[0.0, 3.0], [1.0, 0.0], [0.0, 0.0]])).tolist()
    [0.5, 0.75]
    """
    largest = np.fmax.reduce(null, axis=1, initial=-np.inf)
    slack = TIES_TOLERANCE * np.maximum(1.0, np.abs(observed))
    reached = (largest[:, None] >= observed - slack).sum(axis=0)
    return np.where(np.isnan(observed), np.nan, (reached + 1) / (len(null) + 1))


def holm(chances: Array) -> Array:
    """Holm's adjusted p values, shape (n,): they hold for all tests together, whatever their dependence.

    The k-th smallest is multiplied by n - k + 1, is never below a smaller one, and is at most 1. Missing ones are no
    tests.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6(2),
    65-70.

    Examples
    --------
    >>> holm(np.array([0.25, 0.125, 0.5])).tolist()
    [0.5, 0.375, 0.5]
    """
    found = np.full(len(chances), np.nan)
    order = np.argsort(chances, kind="stable")[: int((~np.isnan(chances)).sum())]
    steps = chances[order] * np.arange(len(order), 0, -1)
    found[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return found


def standardised(observed: Array, null: Array) -> tuple[Array, Array]:
    """Scores of the observed and the drawn statistics, entry by entry, so that entries of unlike size compare.

    Mean and standard deviation are those of the draws and the observed statistics together: under the null model the
    observed network is one of the draws. Missing where they are all equal.

    Parameters
    ----------
    observed : ndarray, shape (n,)
    null : ndarray, shape (m, n)
    """
    pooled = np.vstack([observed, null])
    spread = pooled.std(axis=0)
    scores = (pooled - pooled.mean(axis=0)) / np.where(spread > TIES_TOLERANCE, spread, np.nan)
    return scores[0], scores[1:]


def check_draws(draws: int) -> int:
    """``draws`` if there is at least one."""
    if draws < 1:
        raise ArgumentError("draws is {draws}; at least 1 expected (999 give p in steps of 0.001)", draws=draws)
    return draws


def reoriented_shares(inward: Array, outward: Array, *, rng: np.random.Generator, draws: int) -> Array:
    """Inward share of crossing ties when every dyad is turned round, or not, by the toss of a coin.

    A dyad that crosses the border of a set has the weight ``inward`` towards it and ``outward`` from it. Turning whole
    dyads keeps the size of the set, every dyad's two weights, and who is tied to whom; it forgets which of the two
    attends to the other. (Rewiring that keeps in- and out-strengths cannot serve here: for a fixed set it leaves the
    difference of the two sums unchanged.) The expected share is 1/2, its variance sum (in - out)^2 / (4 total^2).

    Parameters
    ----------
    inward, outward : ndarray, shape (dyads,)
        Weights, at least 0; their total is above 0.

    Returns
    -------
    ndarray, shape (draws,)
        Shares between 0 and 1.
    """
    check_draws(draws)
    total = float(inward.sum() + outward.sum())
    differing = (inward - outward)[inward != outward]
    if len(differing) > _BLOCK:
        return _counted_shares(np.abs(differing), float(np.minimum(inward, outward).sum()), total, rng, draws)
    sums = np.full(draws, float(outward[inward != outward].sum() + inward[inward == outward].sum()))
    return np.asarray((sums + rng.integers(0, 2, size=(draws, len(differing)), dtype=np.int8) @ differing) / total)


def _counted_shares(apart: Array, least: float, total: float, rng: np.random.Generator, draws: int) -> Array:
    """The same of many dyads: those that differ by one amount fall inwards in a binomial number."""
    sums = np.full(draws, least)
    amounts, counts = np.unique(apart, return_counts=True)
    for start in range(0, len(amounts), _BLOCK):
        part = slice(start, start + _BLOCK)
        sums += rng.binomial(counts[part], 0.5, size=(draws, len(counts[part]))) @ amounts[part]
    return np.asarray(sums / total)


def rewired(network: Graph, *, rng: np.random.Generator, swaps: int = _SWAPS) -> Graph:
    """A random network with the same number of ties paid and received by every actor.

    Pairs of ties u -> v, x -> y become u -> y, x -> v unless that makes a loop or a second tie of a pair; ``swaps``
    trials per tie. A sender's weights fall on its new ties at random, so that strengths paid stay and strengths
    received do not. In an undirected network degrees stay, and weights fall on any ties at random.

    Raises
    ------
    ValueError
        If ``swaps`` is below 1.

    References
    ----------
    Maslov, S., Sneppen, K. (2002). Specificity and stability in topology of protein networks. Science 296, 910-913.
    Milo, R., Kashtan, N., Itzkovitz, S., Newman, M. E. J., Alon, U. (2003). On the uniform generation of random graphs
    with prescribed degree sequences. arXiv:cond-mat/0312028.
    """
    if swaps < 1:
        raise ArgumentError("swaps is {swaps}; at least 1 trial per tie expected", swaps=swaps)
    built = to_igraph(network)
    with seeded(rng):
        built.rewire(n=swaps * network.ties)
    found = np.asarray(built.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    chance = rng.random(len(found))
    order = np.lexsort((chance, found[:, 0])) if network.directed else np.argsort(chance)
    rows, columns = found[order].T
    matrix = sparse.csr_array((network.pairs()[2], (rows, columns)), shape=network.weights.shape)
    weights = matrix if network.directed else (matrix + matrix.T).tocsr()
    weights.sort_indices()
    return replace(network, weights=weights)


def rewirings_of(network: Graph, *, rng: np.random.Generator, draws: int) -> Iterator[igraph.Graph]:
    """Rewired networks, as :func:`rewired` makes them, without weights; each is to be read before the next is drawn.

    Up to 10,000 ties each starts from the observed network. Above, the draws are one chain of switches, two tried per
    tie from each network to the next, in which the observed one stands at a random place: switching is reversible, so
    that p = (b + 1) / (m + 1) holds however slowly the chain mixes, if none of its members is told from the observed
    one by its place.

    References
    ----------
    Besag, J., Clifford, P. (1989). Generalized Monte Carlo significance tests. Biometrika 76(4), 633-642.
    """
    if network.ties <= _RESTARTED:
        for _ in range(draws):
            yield to_igraph(rewired(network, rng=rng))
        return
    before = int(rng.integers(draws + 1))
    for steps in (before, draws - before):
        built = to_igraph(network)
        for _ in range(steps):
            with seeded(rng):
                built.rewire(n=_BETWEEN * network.ties)
            yield built


@dataclass(frozen=True)
class BipartiteModel:
    """A random two-mode matrix whose expected row and column sums are those observed.

    Attributes
    ----------
    probabilities : ndarray, shape (rows, columns)
        Of a one in each cell; cells are independent.
    """

    probabilities: Array

    def draw_column(self, column: int, *, rng: np.random.Generator, draws: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Random columns, shape (draws, rows)."""
        chance = self.probabilities[:, column]
        return np.asarray(rng.random((check_draws(draws), len(chance))) < chance)


def bipartite_configuration(matrix: np.ndarray[Any, Any]) -> BipartiteModel:
    """The bipartite configuration model: maximum entropy given the expected sums of all rows and columns.

    p_ij = x_i y_j / (1 + x_i y_j), where sum_j p_ij = k_i and sum_i p_ij = d_j. Rows (columns) of equal sum share one
    unknown. They are found by iterating x_i = k_i / sum_j [y_j / (1 + x_i y_j)] and likewise y_j, until every
    sum is met to 1e-8. Empty and full rows and columns are certain, so they are set aside first.

    Parameters
    ----------
    matrix : ndarray of 0 and 1, shape (rows, columns)

    Raises
    ------
    ValueError
        If a cell is neither 0 nor 1, or the iteration does not meet the sums.

    References
    ----------
    Saracco, F., Di Clemente, R., Gabrielli, A., Squartini, T. (2015). Randomizing bipartite networks: the case of the
    World Trade Web. Scientific Reports 5, 10595.

    Examples
    --------
    >>> model = bipartite_configuration(np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1]]))
    >>> np.round(model.probabilities.sum(axis=1), 6).tolist()
    [2.0, 1.0, 2.0]
    """
    ones = np.asarray(matrix, dtype=float)
    if ones.ndim != 2 or not np.isin(ones, (0.0, 1.0)).all():
        raise ArgumentError("a two-mode matrix holds 0 and 1 only; a row for each actor, a column for each standard")
    chances = np.zeros(ones.shape)
    rows, columns, certain = _uncertain(ones)
    chances[certain] = 1.0
    if len(rows):  # without rows no column is uncertain, and the other way round
        inner = ones[np.ix_(rows, columns)]
        chances[np.ix_(rows, columns)] = _solve(inner.sum(axis=1), inner.sum(axis=0))
    return BipartiteModel(chances)


def _uncertain(ones: Array) -> tuple[Codes, Codes, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Rows and columns that are neither empty nor full among each other, and the cells that are surely one."""
    rows, columns = np.arange(ones.shape[0]), np.arange(ones.shape[1])
    certain = np.zeros(ones.shape, dtype=bool)
    while True:
        inner = ones[np.ix_(rows, columns)]
        by_row, by_column = inner.sum(axis=1), inner.sum(axis=0)
        certain[np.ix_(rows[by_row == len(columns)], columns)] = True
        certain[np.ix_(rows, columns[by_column == len(rows)])] = True
        kept_rows = rows[(by_row > 0) & (by_row < len(columns))]
        kept_columns = columns[(by_column > 0) & (by_column < len(rows))]
        if len(kept_rows) == len(rows) and len(kept_columns) == len(columns):
            return rows, columns, certain
        rows, columns = kept_rows, kept_columns


def _solve(row_sums: Array, column_sums: Array) -> Array:
    """Probabilities of all cells by the fixed point of the two families of unknowns."""
    sums, row_of, many = np.unique(row_sums, return_inverse=True, return_counts=True)
    totals, column_of, much = np.unique(column_sums, return_inverse=True, return_counts=True)
    x, y = sums / np.sqrt(row_sums.sum()), totals / np.sqrt(row_sums.sum())
    for _ in range(_STEPS):
        x = sums / ((much * y) / (1 + np.outer(x, y))).sum(axis=1)
        y = totals / ((many * x)[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        odds = np.outer(x, y)
        chances = odds / (1 + odds)
        if (
            np.abs(chances @ much - sums).max() < _DEGREE_ERROR
            and np.abs(many @ chances - totals).max() < _DEGREE_ERROR
        ):
            return np.asarray(chances[np.ix_(row_of, column_of)])
    raise ArgumentError(
        "the bipartite configuration model was not found; leave out standards with extreme numbers of users"
    )
