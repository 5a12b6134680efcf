"""How uneven shares are, and all that the rounding of the shares allows an index of unevenness to be.

Every index here (except the number of platforms) is Schur-convex or Schur-concave in the shares: among shares of one
sum it is extreme at the most even ones and at a corner (Marshall, Olkin & Arnold 2011, Inequalities, chapter 3).
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digital_diplomacy.errors import ArgumentError

_Rows = NDArray[np.float64]
_Range = tuple[float, float]

MOST_CORNERS: Final = 16  # 2 ** 16 corners of 16 shares are half a million numbers; more would take a second and more
_LAST_PLACES: Final = 1e-14  # bounds are sure, so they stand off by what sums of floating-point numbers differ by
_SLACK: Final = 1e-9  # a total that misses the sum of the ends by less, relatively, is taken to reach it


def unevenness(shares: ArrayLike, *, k: int = 3) -> dict[str, _Rows]:
    """Indices of concentration of shares, which need not sum to 1.

    Parameters
    ----------
    shares : array-like, shape (..., platforms)
        Not negative, at least one above 0 in each row; they are closed (divided by their sum) first.
    k : int
        Number of the largest in the concentration ratio.

    Returns
    -------
    dict of arrays, shape (...)
        ``hhi`` (sum of squares, 1 / platforms to 1), ``concentration_ratio`` (0 to 1), ``shannon`` (nats), ``hill_0``,
        ``hill_1``, ``hill_2`` (effective numbers), ``gini`` (mean absolute difference over twice the mean, 0 to
        1 - 1 / platforms; not corrected for their number), ``theil`` (logarithm of their number minus ``shannon``).

    Raises
    ------
    ValueError
        If k is below 1, a share is negative or missing, or all shares of a row are 0.

    References
    ----------
    Hirschman 1964, American Economic Review 54, 761; Shannon 1948, Bell System Technical Journal 27, 379-423; Hill
    1973, Ecology 54, 427-432; Lorenz 1905, Publications of the American Statistical Association 9, 209-219; Gini 1912,
    Variabilita e mutabilita; Theil 1967, Economics and Information Theory, chapter 4.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> found = penetration.unevenness([50, 25, 25], k=1)
    >>> [round(float(found[name]), 4) for name in ("hhi", "concentration_ratio", "hill_2", "gini")]
    [0.375, 0.5, 2.6667, 0.1667]
    """
    given = np.asarray(shares, dtype=float)
    if k < 1:
        raise ArgumentError("k={k} must be 1 or more", k=k)
    if not (given >= 0).all() or not (given.sum(axis=-1) > 0).all():
        raise ArgumentError("shares must be 0 or more, and one of them above 0")
    share = np.sort(given / given.sum(axis=-1, keepdims=True), axis=-1)[..., ::-1]
    platforms = share.shape[-1]
    hhi, entropy = (share**2).sum(axis=-1), -_times_log(share).sum(axis=-1)
    # Largest first, so the weights fall from (platforms - 1) to -(platforms - 1).
    weights = np.arange(platforms - 1, -platforms, -2)
    return {
        "hhi": hhi,
        "concentration_ratio": np.minimum(1.0, share[..., :k].sum(axis=-1)),
        "shannon": entropy,
        "hill_0": (share > 0).sum(axis=-1).astype(float),
        "hill_1": np.exp(entropy),
        "hill_2": 1 / hhi,
        "gini": np.maximum(0.0, (share * weights).sum(axis=-1) / platforms),
        "theil": np.maximum(0.0, np.log(platforms) - entropy),
    }


def unevenness_bounds(
    low: ArrayLike, high: ArrayLike, *, total: float | None = None, k: int = 3
) -> dict[str, _Range] | None:
    """Smallest and largest value of each index of `unevenness` while every share stays in its interval.

    Parameters
    ----------
    low, high : array-like, shape (platforms,)
        Ends of the shares' intervals, ``low <= high``; below 0 they count as 0, and ``high`` may be infinite.
    total : float, optional
        What the shares are known to sum to. Without it the sum is free and the shares are closed.
    k : int
        Number of the largest in the concentration ratio.

    Returns
    -------
    dict of (low, high), or None
        None if no shares within the intervals have that total. The bounds are attained for up to ``MOST_CORNERS``
        platforms, and for any number whose intervals are equally wide; beyond that, and for infinite ends, they are
        sure to contain the value without being the narrowest.

    Raises
    ------
    ValueError
        If the ends are not in order, k is below 1, or all shares may only be 0.

    References
    ----------
    Moore 1966, Interval Analysis; Marshall, Olkin & Arnold 2011, Inequalities: Theory of Majorization, chapter 3.

    Examples
    --------
    Shares printed as 50, 30 and 20 percent, which sum to 100: 0.505, 0.3 and 0.195 are the least even.

    >>> from digital_diplomacy import penetration
    >>> low, high = [49.5, 29.5, 19.5], [50.5, 30.5, 20.5]
    >>> [round(end, 5) for end in penetration.unevenness_bounds(low, high, total=100)["hhi"]]
    [0.37705, 0.38305]
    >>> penetration.unevenness_bounds(low, high, total=102.84) is None
    True
    """
    first, last = np.maximum(0.0, np.asarray(low, dtype=float)), np.asarray(high, dtype=float)
    if not (first <= last).all() or not last.sum() > 0:
        raise ArgumentError("each share's low end must not be above its high end, and one share must be able to pass 0")
    if total is not None and not first.sum() * (1 - _SLACK) <= total <= last.sum() * (1 + _SLACK):
        return None
    last = last if total is None else np.minimum(last, total)
    even, corners = _most_even(first, last, total), _corners(first, last, total)
    calm = unevenness(even, k=k)
    wild = unevenness(corners, k=k) if corners is not None else _outer(first, last, k, total)
    found: dict[str, _Range] = {}
    for name in calm:
        ends = [float(side[name].min()) for side in (calm, wild)] + [float(side[name].max()) for side in (calm, wild)]
        found[name] = (min(ends) * (1 - _LAST_PLACES), max(ends) * (1 + _LAST_PLACES))
    return found | {"hill_0": (float((first > 0).sum()), float((last > 0).sum()))}


def _times_log(x: _Rows) -> _Rows:
    return np.asarray(x * np.log(np.where(x > 0, x, 1.0)))


def _most_even(low: _Rows, high: _Rows, total: float | None) -> _Rows:
    """Shares as near to one common level as their intervals allow; without a total, at every level that may count.

    Between two ends of intervals the shares inside move with the level c, the others rest. There the sum of squares is
    least at c = (sum of the others' squares) / (their sum), entropy is largest at ln c = (sum of x ln x) / (their sum),
    and the Gini coefficient and the concentration ratio are monotone.
    """
    points = np.unique(np.concatenate([low, high[np.isfinite(high)]]))
    if total is not None:
        reached = np.clip(points[:, None], low, high).sum(axis=1)
        return np.asarray(np.clip(np.interp(total, reached, points), low, high))[None, :]
    levels = list(points)
    edges = np.append(points, np.inf) if np.isinf(high).any() else points
    for start, end in pairwise(edges):
        moving = (low <= start) & (high >= end)
        rest = np.clip(start, low, high)[~moving]
        if moving.any() and rest.sum() > 0:
            stationary = ((rest**2).sum() / rest.sum(), np.exp(_times_log(rest).sum() / rest.sum()))
            levels += [level for level in stationary if start < level < end]
        elif moving.any() and np.isinf(end):
            levels.append(start + 1.0)  # every share moves: all are equal at any level
    rows = np.clip(np.array(levels)[:, None], low, high)
    return np.asarray(rows[rows.sum(axis=1) > 0])


def _corners(low: _Rows, high: _Rows, total: float | None) -> _Rows | None:
    """The corners among which the most uneven shares are; None if there are too many or an interval has no end."""
    width = high - low
    if np.isfinite(high).all() and np.allclose(width, width.mean(), rtol=1e-9, atol=0):
        return _equal_corners(low, float(width.mean()), total)
    if len(low) > MOST_CORNERS or np.isinf(high).any():
        return None
    bits = (np.arange(2 ** len(low))[:, None] >> np.arange(len(low))) & 1
    rows = np.where(bits == 1, high, low)
    if total is None:
        return np.asarray(rows[rows.sum(axis=1) > 0])
    parts = []
    for place in range(len(low)):
        free = rows.copy()
        free[:, place] += total - rows.sum(axis=1)
        slack = _SLACK * total
        inside = (free[:, place] >= low[place] - slack) & (free[:, place] <= high[place] + slack)
        parts.append(np.maximum(0.0, free[inside]))
    return np.concatenate(parts)


def _equal_corners(low: _Rows, width: float, total: float | None) -> _Rows:
    """Equally wide intervals: raising the largest shares majorises raising any others by the same sum."""
    order = np.argsort(-low, kind="stable")
    places = np.empty(len(low), dtype=int)
    places[order] = np.arange(len(low))
    if total is None:
        rows = low + width * (places < np.arange(len(low) + 1)[:, None])
        return np.asarray(rows[rows.sum(axis=1) > 0])
    left = max(0.0, total - low.sum())
    return np.asarray(low + np.clip(left - width * places, 0.0, width))[None, :]


def _outer(low: _Rows, high: _Rows, k: int, total: float | None) -> Mapping[str, _Rows]:
    """Sure bounds on the uneven side: each closed share lies between low / (low + others' high) and the converse."""
    least, most = np.zeros_like(low), np.ones_like(low)
    if np.isfinite(high).all():
        rest_high, rest_low = low + high.sum() - high, high + low.sum() - low
        if total is not None:
            rest_high = rest_low = np.full_like(low, total)
        least = np.divide(low, rest_high, out=least, where=rest_high > 0)
        most = np.minimum(1.0, np.divide(high, rest_low, out=most, where=rest_low > 0))
    hhi = min(1.0, float((most**2).sum()))
    entropy = max(0.0, float(np.minimum(-_times_log(least), -_times_log(most)).sum()))
    largest = min(1.0, float(np.sort(most)[::-1][:k].sum()))
    found = {"hhi": hhi, "concentration_ratio": largest, "shannon": entropy, "hill_0": 1.0, "hill_1": np.exp(entropy)}
    found |= {"hill_2": 1 / hhi, "gini": 1 - 1 / len(low), "theil": np.log(len(low)) - entropy}
    return {name: np.array([value]) for name, value in found.items()}
