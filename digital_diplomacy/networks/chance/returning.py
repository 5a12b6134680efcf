"""Who chooses back, more or less than if everybody chose as many others at random.

Everybody keeps the number of others it attends to, and whom is left to chance: random networks of given outdegrees. The
mean and the variance of the number of mutual pairs are exact. Its distribution is drawn, or, where networks are too
large to be drawn often, taken for one of which it is proved, or known, how near it is.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.networks.graphs.arrays import Floats, Graph, Integers

COLUMNS: Final = ("value", "expected", "low", "high", "p")

_LEVEL: Final = 0.95
_LEAST: Final = 1e-12  # what rounding leaves of a variance that vanishes
_APART: Final = 1e-3
"""Largest distance from a Poisson distribution at which it stands for the number of mutual pairs."""
_WIDE: Final = 100.0
"""Variance from which the number is taken for normal: with a standard deviation of ten pairs and a skewness of about a
tenth its ends are within a pair, and a p near 0.05 within 0.006 (the first term of the Edgeworth series, skewness / 6
times (z^2 - 1) times the density at z)."""
_DRAWS: Final = (1_999, 9_999)
_DRAWN: Final = 10_000_000  # ties drawn in all, about a second, before there are fewer draws
_AT_ONCE: Final = 2_000_000  # ties that are held at a time


def returned(network: Graph, *, rng: np.random.Generator) -> pd.DataFrame:
    """The share of ties that are returned, beside what chance gives: ``value, expected, low, high, p``, one row.

    If everybody attended to as many others as it does, but at random, the number of mutual pairs M would have the mean
    sum p_u p_v over the pairs, p_u = d_u / (n - 1), and, since whom one chooses excludes others, the variance
    sum p_u p_v (1 - p_u p_v) + 2 sum over u and pairs {v, w} of (q_u - p_u^2) p_v p_w, with
    q_u = d_u (d_u - 1) / ((n - 1)(n - 2)).

    Low and high, the middle 95 per cent, are whole pairs, two ties each; p is twice the chance of as many pairs or
    more, or of as few or fewer, whichever is less, and at most 1. Both come from 9,999 networks drawn, fewer (1,999 at
    least) from 1,000 ties on, where p counts the network itself among them. Two kinds of large networks need no draws.
    Choices exclude one another, so that M is within (1 - exp(-mean)) (1 - variance / mean) of a Poisson number; where
    that is below 0.001, it is taken for one, and p is raised by twice that much. Where the variance is 100 or more, M
    is taken for normal, with half a pair's correction. Where more ties are there than not, what is said of M is worked
    out from the choices not made.

    Low, high and p are missing where M cannot vary, and all is for an undirected network.

    Parameters
    ----------
    network : Graph
        Isolates in it could be attended to.
    rng : Generator

    References
    ----------
    Katz, L., Wilson, T. R. (1956). The variance of the number of mutual choices in sociometry. Psychometrika 21(3),
    299-304.
    Joag-Dev, K., Proschan, F. (1983). Negative association of random variables, with applications. Annals of
    Statistics 11(1), 286-295.
    Barbour, A. D., Holst, L., Janson, S. (1992). Poisson Approximation. Oxford: Clarendon Press. Corollary 2.C.2.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "a", "a"]})
    >>> found = networks.returned(networks.graph(ties), rng=np.random.default_rng(0))
    >>> found[["value", "expected", "low", "high"]].round(4).to_numpy().tolist()  # 2 of 3 ties; 3 pairs x 1/4 x 2 / 3
    [[0.6667, 0.5, 0.0, 0.6667]]
    """
    ties = network.ties
    if not ties or not network.directed:
        return pd.DataFrame({column: [np.nan] for column in COLUMNS})
    mutual = round(float(network.binary.multiply(network.received.astype(bool)).sum()) / 2)
    chance = _chance(np.diff(network.weights.indptr), network.n, mutual, rng)
    share = 2.0 / ties
    ends = {"expected": chance.mean, "low": chance.low, "high": chance.high}
    told = {"value": mutual, **ends}
    return pd.DataFrame([{name: share * pairs for name, pairs in told.items()} | {"p": chance.p}])


@dataclass(frozen=True)
class _Chance:
    """What chance gives of mutual pairs: mean, ends of the middle 95 per cent, and how likely as many are."""

    mean: float
    low: float = math.nan
    high: float = math.nan
    p: float = math.nan


def _chance(paid: Integers, actors: int, mutual: int, rng: np.random.Generator) -> _Chance:
    """A dense network by the choices that were not made, whose mutual pairs follow from those of the choices made."""
    pairs, unpaid = actors * (actors - 1) // 2, int((actors - 1 - paid).sum())
    if unpaid >= paid.sum():
        return _of_choices(paid, actors, mutual, rng)
    more = pairs - unpaid  # a pair without either choice is taken away twice, and given back as mutual among the unmade
    found = _of_choices(actors - 1 - paid, actors, mutual - more, rng)
    return _Chance(found.mean + more, found.low + more, found.high + more, found.p)


def _of_choices(paid: Integers, actors: int, mutual: int, rng: np.random.Generator) -> _Chance:
    mean, variance = moments(paid.astype(float), actors)
    if variance <= _LEAST:
        return _Chance(mean)
    apart = -math.expm1(-mean) * (1 - variance / mean)
    if apart <= _APART:
        return _poisson(mean, apart, mutual)
    if variance >= _WIDE:
        return _normal(mean, math.sqrt(variance), mutual)
    drawn = drawn_pairs(paid, actors, rng=rng, draws=_number_of_draws(int(paid.sum())))
    low, high = simulated.middle(drawn, _LEVEL, whole=True)
    tail = min((drawn >= mutual).sum(), (drawn <= mutual).sum())
    return _Chance(mean, float(low), float(high), min(1.0, 2 * (1 + int(tail)) / (1 + len(drawn))))


def _number_of_draws(ties: int) -> int:
    return int(np.clip(_DRAWN // ties, *_DRAWS))


def _poisson(mean: float, apart: float, mutual: int) -> _Chance:
    from scipy import stats  # takes longer to import than most networks to be measured, and few are that sparse

    found = stats.poisson(mean)
    low, high = (float(found.ppf(end)) for end in ((1 - _LEVEL) / 2, (1 + _LEVEL) / 2))
    tail = min(float(found.sf(mutual - 1)), float(found.cdf(mutual)))
    return _Chance(mean, low, high, min(1.0, 2 * (tail + apart)))


def _normal(mean: float, spread: float, mutual: int) -> _Chance:
    from scipy import special

    half = float(special.ndtri((1 + _LEVEL) / 2)) * spread
    p = min(1.0, 2 * float(special.ndtr(-max(abs(mutual - mean) - 0.5, 0.0) / spread)))
    return _Chance(mean, float(round(mean - half)), float(round(mean + half)), p)


def moments(paid: Floats, actors: int) -> tuple[float, float]:
    """Mean and variance of the number of mutual pairs.

    Examples
    --------
    >>> moments(np.array([1.0, 1.0, 1.0]), 3)  # 8 networks: 2 circles without a pair, 6 with one
    (0.75, 0.1875)
    """
    p = paid / (actors - 1)
    q = paid * (paid - 1) / ((actors - 1) * max(actors - 2, 1))
    first, second, fourth = p.sum(), (p**2).sum(), (p**4).sum()
    mean = (first**2 - second) / 2
    alone = mean - (second**2 - fourth) / 2
    others = ((first - p) ** 2 - (second - p**2)) / 2  # over v < w, of p_v p_w
    return float(mean), float(alone + 2 * ((q - p**2) * others).sum())


def drawn_pairs(paid: Integers, actors: int, *, rng: np.random.Generator, draws: int) -> Integers:
    """How many pairs are mutual in each of ``draws`` networks in which actor u attends to ``paid[u]`` others at random.

    Examples
    --------
    >>> drawn_pairs(np.array([1, 1]), 2, rng=np.random.default_rng(0), draws=3)  # two actors have nobody else
    array([1, 1, 1])
    """
    size = max(1, min(draws, _AT_ONCE // max(int(paid.sum()), 1)))
    parts = [_drawn(paid, actors, rng, min(size, draws - begun)) for begun in range(0, draws, size)]
    return np.concatenate(parts)


def _drawn(paid: Integers, actors: int, rng: np.random.Generator, draws: int) -> Integers:
    rows = draws * actors
    keys = np.concatenate([_few(paid, actors, rng, draws), *_many(paid, actors, rng, draws)])
    row, other = np.divmod(keys, actors - 1)
    draw, one = np.divmod(row, actors)
    other += other >= one  # an actor is none of its own choices
    pair = np.sort((draw * actors + np.minimum(one, other)) * actors + np.maximum(one, other))
    twice = pair[1:][pair[1:] == pair[:-1]]
    return np.bincount(twice // (actors * actors), minlength=rows // actors)


def _few(paid: Integers, actors: int, rng: np.random.Generator, draws: int) -> Integers:
    """Choices of those who choose at most half of the others: what was chosen before is drawn again."""
    wanted = np.tile(np.where(2 * paid <= actors - 1, paid, 0), draws)
    keys = np.empty(0, dtype=np.int64)
    missing = wanted
    while missing.any():
        rows = np.repeat(np.arange(len(wanted)), missing)
        keys = np.sort(np.concatenate([keys, rows * (actors - 1) + rng.integers(actors - 1, size=len(rows))]))
        keys = keys[np.diff(keys, prepend=-1) > 0]
        missing = wanted - np.bincount(keys // (actors - 1), minlength=len(wanted))
    return keys


def _many(paid: Integers, actors: int, rng: np.random.Generator, draws: int) -> list[Integers]:
    """Choices of each who chooses more than half of the others: the first of an order by lot."""
    found = []
    for actor in np.flatnonzero(2 * paid > actors - 1):
        chosen = np.argsort(rng.random((draws, actors - 1)), axis=1)[:, : paid[actor]]
        rows = np.arange(draws) * actors + actor
        found.append((rows[:, None] * (actors - 1) + chosen).ravel())
    return found
