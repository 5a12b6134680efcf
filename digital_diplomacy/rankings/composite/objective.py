"""Weights read off the data, on arrays: one weight per indicator, summing to 1.

Every function takes ``x``, shape (units, indicators), missing as NaN, and passes over missing values. An indicator
without values, or constant where a method has no answer for it, gives missing weights.
"""

from collections.abc import Callable, Mapping
from typing import Final, Literal

import numpy as np
import pandas as pd

from digital_diplomacy.rankings.composite.steps import Floats

Correlation = Literal["pearson", "spearman", "kendall"]


def correlation_matrix(x: Floats, method: Correlation = "pearson") -> Floats:
    """Correlations of all pairs of columns over the rows that have both, shape (columns, columns)."""
    return pd.DataFrame(x).corr(method=method).to_numpy(float)


def entropy_weights(x: Floats) -> Floats:
    """One less the entropy of an indicator's shares of its own sum, over its greatest value, the logarithm of n.

    Values are at least 0. Meant for ratio scales: adding a constant changes the weight.

    References
    ----------
    C. E. Shannon, A mathematical theory of communication, 1948, Bell System Technical Journal 27, pp. 379-423.
    C.-L. Hwang and K. Yoon, Multiple attribute decision making, 1981, Springer, chapter 3.

    Examples
    --------
    >>> entropy_weights(np.array([[1.0, 1.0], [1.0, 0.0]])).tolist()
    [0.0, 1.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = x / np.nansum(x, axis=0)
        terms = np.where(shares == 0, 0.0, shares * np.log(shares))
        entropy = -np.nansum(terms, axis=0) / np.log((~np.isnan(x)).sum(axis=0))
    defined = np.nansum(x, axis=0) > 0
    return _to_one(np.where(defined, np.maximum(1 - entropy, 0.0), np.nan))


def deviation_weights(x: Floats) -> Floats:
    """Standard deviations, to a sum of 1; meant for indicators on one scale.

    Examples
    --------
    >>> deviation_weights(np.array([[0.0, 0.0], [1.0, 3.0]])).tolist()
    [0.25, 0.75]
    """
    return _to_one(_deviations(x))


def critic_weights(x: Floats, *, directions: Floats | float = 1.0) -> Floats:
    """CRITIC: the standard deviation of the min-max scaled indicator times the sum of 1 - r over all indicators.

    Parameters
    ----------
    x : ndarray, shape (units, indicators)
        Two units at least with different values of each indicator.
    directions : ndarray, shape (indicators,), or float
        1 where more is better, -1 where less is. Without them an indicator of costs counts as in conflict with those
        it agrees with.

    References
    ----------
    D. Diakoulaki, G. Mavrotas and L. Papayannakis, Determining objective weights in multiple criteria problems: the
    CRITIC method, 1995, Computers and Operations Research 22, pp. 763-770.
    """
    turned = x * directions
    low, high = np.fmin.reduce(turned, axis=0), np.fmax.reduce(turned, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = (turned - low) / (high - low)
    conflict = (1 - correlation_matrix(scaled)).sum(axis=1)
    return _to_one(_deviations(scaled) * conflict)


def _deviations(x: Floats) -> Floats:
    have = (~np.isnan(x)).sum(axis=0)
    mean = np.nansum(x, axis=0) / np.maximum(have, 1)
    variance = np.nansum((x - mean) ** 2, axis=0) / np.maximum(have, 1)
    return np.where(have > 0, np.sqrt(variance), np.nan)


def _to_one(weights: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled: Floats = weights / weights.sum()
    return scaled


def components(x: Floats) -> tuple[Floats, Floats]:
    """Principal components of the standardised columns, over the rows without a missing value.

    Parameters
    ----------
    x : ndarray, shape (units, columns)
        No column constant.

    Returns
    -------
    loadings : ndarray, shape (columns, components)
        Unit vectors, the component of largest variance first. The sign of each is the one whose loadings have the
        larger sum, so that the first component grows with most columns.
    deviations : ndarray, shape (components,)
        Standard deviations of the components.

    References
    ----------
    H. Hotelling, Analysis of a complex of statistical variables into principal components, 1933, Journal of Educational
    Psychology 24, pp. 417-441.
    """
    full = x[~np.isnan(x).any(axis=1)]
    standard = (full - full.mean(axis=0)) / full.std(axis=0, ddof=1)
    _, lengths, rows = np.linalg.svd(standard, full_matrices=False)
    signs = np.where(rows.sum(axis=1) < 0, -1.0, 1.0)
    return (rows * signs[:, None]).T, lengths / np.sqrt(len(full) - 1)


KERNELS: Final[Mapping[str, Callable[[Floats], Floats]]] = {
    "entropy": entropy_weights,
    "standard_deviation": deviation_weights,
    "critic": critic_weights,
}
"""Weights of indicators that are turned so that more is better."""
