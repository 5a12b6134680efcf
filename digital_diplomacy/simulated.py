"""Ends of intervals read off draws: the rank that each has among the draws and what was not drawn.

Of B draws and one value more from the same distribution, all B + 1 are equally likely to have any rank, so the draw of
rank k has (on average over all draws) k / (B + 1) of the distribution below it. Intervals that took quantiles with
B - 1 or B in its place would hold less than they say, and be at odds with p = (b + 1) / (B + 1) beside them.

References
----------
Davison, A. C., Hinkley, D. V. (1997). Bootstrap Methods and their Application. Cambridge University Press, sections
2.4 and 4.2.5: the (R + 1) p-th of R ordered draws.
Hyndman, R. J., Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician 50(4), 361-365:
definition 6.
Phipson, B., Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics and
Molecular Biology 9(1), article 39.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digital_diplomacy.errors import ArgumentError

Floats = NDArray[np.float64]

_DIGITS: Final = 9  # (1 - 0.95) / 2 is no tenth of a binary fraction: 1000 of it are 25.00000000000002


def middle(draws: ArrayLike, level: float, *, axis: int = 0, whole: bool = False) -> tuple[Floats, Floats]:
    """Ends of the middle of the draws that a further draw lies within with probability ``level``.

    Parameters
    ----------
    draws : array-like
        One or many rows of draws; missing ones are none.
    level : float
        Above 0 and below 1. More than (B - 1) / (B + 1) cannot be had of B draws, whose least and greatest are given.
    axis : int
        Along which the draws lie.
    whole : bool
        Whether ends are draws themselves, outwards, as for counts and ranks; else interpolated between two.

    Returns
    -------
    low, high : ndarray
        Without the axis; missing where there are no draws.

    Raises
    ------
    ArgumentError
        If ``level`` is none.

    Examples
    --------
    Of 39 draws the first and the last have 1 / 40 and 39 / 40 below them: 95 of 100 lie between.

    >>> from digital_diplomacy import simulated
    >>> low, high = simulated.middle(range(1, 40), 0.95)
    >>> low.round(6).item(), high.round(6).item()
    (1.0, 39.0)
    """
    _check(level)
    ordered = np.moveaxis(np.sort(np.asarray(draws, dtype=float), axis=axis), axis, 0)  # missing ones stand last
    count = (~np.isnan(ordered)).sum(axis=0)
    place = np.clip(np.round((count + 1) * (1 - level) / 2, _DIGITS), 1, np.maximum(count, 1))
    place = np.minimum(np.floor(place) if whole else place, (count + 1) / 2)
    if not len(ordered):
        return np.full(count.shape, np.nan), np.full(count.shape, np.nan)
    return _at(ordered, place, count), _at(ordered, np.maximum(count + 1 - place, 1), count)


def _at(ordered: Floats, place: Floats, count: NDArray[np.int64]) -> Floats:
    """Value at a place counted from 1, between two by what is left of it; missing where nothing is."""
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(count, 1))
    first, second = (np.take_along_axis(ordered, (at - 1)[None], axis=0)[0] for at in (below, above))
    part = place - below
    return np.asarray(np.where(part == 0, first, first + part * (second - first)), dtype=float)


def bound(draws: ArrayLike, level: float) -> Floats:
    """The least draw (along the first axis) that a further one exceeds with a probability of at most 1 - ``level``.

    It is infinite if none is.

    Examples
    --------
    Of 19 draws a twentieth is the largest of all once in 20; of 18 no draw is exceeded as seldom as that.

    >>> from digital_diplomacy import simulated
    >>> [simulated.bound(range(1, many + 1), 0.95).item() for many in (18, 19, 39)]
    [inf, 19.0, 38.0]
    """
    _check(level)
    ordered = np.sort(np.asarray(draws, dtype=float), axis=0)
    rank = math.ceil(round((len(ordered) + 1) * level, _DIGITS))
    return np.asarray(ordered[rank - 1] if rank <= len(ordered) else np.full(ordered.shape[1:], np.inf))


def least_draws(level: float) -> int:
    """How many draws :func:`bound` needs at least to be finite.

    Examples
    --------
    >>> from digital_diplomacy import simulated
    >>> simulated.least_draws(0.95)
    19
    """
    _check(level)
    return math.ceil(round(1 / (1 - level), _DIGITS)) - 1


def _check(level: float) -> None:
    if not 0 < level < 1:
        raise ArgumentError("level is {level}; above 0 and below 1 expected, such as 0.95", level=level)
