"""The Lorenz curve: what part of a whole the least active part of its units holds, and what is read off it.

References
----------
Lorenz 1905, Publications of the American Statistical Association 9, 209-219; Gini 1912, Variabilita e mutabilita;
Gastwirth 1971, Econometrica 39, 1037-1039.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digital_diplomacy.errors import ArgumentError

_Array = NDArray[np.float64]


def curve(values: ArrayLike, counts: ArrayLike | None = None) -> tuple[_Array, _Array]:
    """Points of the curve, least first.

    Units that hold equally much lie on one straight piece, so that a point for each value is the whole curve.

    Parameters
    ----------
    values : array-like, shape (n,)
        What a unit holds, 0 or more, one of them above 0; in any order.
    counts : array-like, shape (n,), optional
        How many units hold that much, above 0; by default one each.

    Returns
    -------
    units, held : ndarray, shape (n + 1,)
        Shares of the units and of the whole, 0 to 1, from (0, 0) to (1, 1).

    Raises
    ------
    ArgumentError
        If there are no values, one is negative or missing, all are 0, or a count is not above 0.

    Examples
    --------
    >>> from digital_diplomacy import lorenz
    >>> units, held = lorenz.curve([6, 1], [1, 2])
    >>> units.round(3).tolist(), held.tolist()
    ([0.0, 0.667, 1.0], [0.0, 0.25, 1.0])
    """
    given = np.asarray(values, dtype=float)
    if given.ndim != 1 or not given.size or not (given >= 0).all() or not given.sum() > 0:
        raise ArgumentError("values must be one row of numbers, 0 or more, and one of them above 0")
    times = np.ones(len(given)) if counts is None else np.asarray(counts, dtype=float)
    if times.shape != given.shape or not (times > 0).all():
        raise ArgumentError("there must be as many counts as values, each above 0")
    order = np.argsort(given, kind="stable")
    units, held = (np.concatenate([[0.0], np.cumsum(one[order])]) for one in (times, times * given))
    return units / units[-1], held / held[-1]


def gini(units: _Array, held: _Array) -> float:
    """One minus twice the area under the curve: 0 if all hold equally much, towards 1 if one unit holds all.

    Examples
    --------
    >>> from digital_diplomacy import lorenz
    >>> round(lorenz.gini(*lorenz.curve([1, 1, 6])), 4)  # 20 of all differences over 2 x 9 x 8 / 3
    0.4167
    """
    return max(0.0, 1 - float((np.diff(units) * (held[1:] + held[:-1])).sum()))


def top_share(units: _Array, held: _Array, top: float) -> float:
    """What part of the whole the top part of the units holds; where that ends within a unit, so much of it counts.

    Examples
    --------
    >>> from digital_diplomacy import lorenz
    >>> lorenz.top_share(*lorenz.curve([1, 1, 6]), 0.5)  # the one with 6 and half of one with 1, of 8
    0.8125
    """
    return 1 - float(np.interp(1 - top, units, held))
