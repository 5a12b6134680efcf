"""Means of indicators, on arrays: units by children in, one number per unit out, missing children passed over.

Every function takes ``x``, shape (..., units, children), missing as NaN, and ``weights``, shape (..., children), at
least 0 and of any sum; leading axes (draws) broadcast. It returns shape (..., units). Weights are shared out over the
children a unit has; a unit without any, or whose children all weigh 0, is missing.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from digital_diplomacy.rankings.composite.steps import Floats

PENALTIES: Final = {"negative": -1.0, "positive": 1.0}
"""Signs of the penalty for unbalanced values: taken off where more is better, added where more is worse."""

SPREADS: Final = ("population", "sample")
"""Divisor of the variance within a unit: the number of children, or one less."""


def weighted_mean(x: Floats, weights: Floats) -> Floats:
    """Arithmetic mean.

    Examples
    --------
    >>> weighted_mean(np.array([[1.0, 4.0], [np.nan, 3.0]]), np.array([2.0, 1.0])).tolist()
    [2.0, 3.0]
    """
    missing = np.isnan(x)
    if not missing.any():
        total = np.cumsum(weights)[-1:] if weights.ndim == 1 else weights.sum(axis=-1)[..., None]
        return _over(_weighted_sum(x, weights), total)
    have = _weighted_sum((~missing).astype(float), weights)
    return _over(_weighted_sum(np.where(missing, 0.0, x), weights), have)


def _weighted_sum(x: Floats, weights: Floats) -> Floats:
    """Sum over children; one matrix product for many draws of weights over the same values.

    With one set of weights, children are added one after the other: a matrix product adds them in an order of its own
    that differs from row to row and from machine to machine, so that units with the same values would not tie.
    """
    if weights.ndim == 1:
        return np.asarray(sum(weight * column for weight, column in zip(weights, np.moveaxis(x, -1, 0), strict=True)))
    if x.ndim == 2:
        product: Floats = weights @ x.T
    else:
        product = np.matmul(x, weights[..., None])[..., 0]
    return product


def _over(above: Floats, below: Floats) -> Floats:
    """Quotient, missing where ``below`` is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below != 0, above / below, np.nan)


def geometric_mean(x: Floats, weights: Floats) -> Floats:
    """Geometric mean of values above 0; missing for a unit with any other value."""
    with np.errstate(divide="ignore", invalid="ignore"):
        made = np.exp(weighted_mean(np.log(x), weights))
    return np.where((x <= 0).any(axis=-1), np.nan, made)


def harmonic_mean(x: Floats, weights: Floats) -> Floats:
    """Harmonic mean of values above 0; missing for a unit with any other value."""
    with np.errstate(divide="ignore", invalid="ignore"):
        made = 1 / weighted_mean(1 / x, weights)
    return np.where((x <= 0).any(axis=-1), np.nan, made)


def power_mean(x: Floats, weights: Floats, *, power: float) -> Floats:
    """Generalised mean: the ``power``-th root of the mean of the ``power``-th powers, 0 being the geometric mean.

    Values are at least 0 (above 0 for a power of 0 or less); missing for a unit with any other value.

    References
    ----------
    G. H. Hardy, J. E. Littlewood and G. Polya, Inequalities, 1934, Cambridge University Press, chapter 2.

    Examples
    --------
    >>> float(power_mean(np.array([[1.0, 7.0, np.nan]]), np.ones(3), power=2)[0])
    5.0
    """
    if power == 0:
        return geometric_mean(x, weights)
    refused = (x < 0) if power > 0 else (x <= 0)
    # The largest value of the unit is taken out before powers are formed, so that none of them overflows.
    with np.errstate(divide="ignore", invalid="ignore"):
        extreme = np.fmax.reduce(x, axis=-1) if power > 0 else np.fmin.reduce(x, axis=-1)
        scale = np.where(extreme > 0, extreme, 1.0)[..., None]
        made = weighted_mean((x / scale) ** power, weights) ** (1 / power) * scale[..., 0]
    return np.where(refused.any(axis=-1), np.nan, made)


def penalised_mean(x: Floats, weights: Floats, *, penalty: str = "negative", spread: str = "population") -> Floats:
    """Mazziotta-Pareto index: the mean, less (or plus) the standard deviation times the coefficient of variation.

    With z-scores of mean 100 and standard deviation 10 it is the MPI; with goalposts 70 to 130 around a reference of
    100 the adjusted MPI. Published with equal weights; with others, mean and variance within the unit are weighted
    alike. Values are above 0; missing for a unit with any other value.

    References
    ----------
    M. Mazziotta and A. Pareto, On a generalized non-compensatory composite index for measuring socio-economic
    phenomena, 2016, Social Indicators Research 127, pp. 983-1003.
    """
    mean = weighted_mean(x, weights)
    variance = weighted_mean((x - mean[..., None]) ** 2, weights)
    if spread == "sample":
        have = (~np.isnan(x)).sum(axis=-1)
        variance = variance * np.where(have > 1, have / np.maximum(have - 1, 1), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):  # a unit of zeros alone, which is refused
        made = mean + PENALTIES[penalty] * variance / mean
    return np.where((x <= 0).any(axis=-1), np.nan, made)


def reference_goalposts(x: Floats, reference: Floats) -> tuple[Floats, Floats]:
    """Goalposts of the adjusted MPI: half the range of each indicator to either side of its reference value.

    Parameters
    ----------
    x : ndarray, shape (units, indicators)
        Values of all units in all periods, missing as NaN.
    reference : ndarray, shape (indicators,)
        The value that is to score 100, such as the mean in a base year.

    Returns
    -------
    low, high : ndarray, shape (indicators,)
        To be normalised to 70 and 130, without a cap.

    References
    ----------
    M. Mazziotta and A. Pareto, Measuring well-being over time: the adjusted Mazziotta-Pareto index versus other
    non-compensatory indices, 2018, Social Indicators Research 136, pp. 967-976.

    Examples
    --------
    >>> low, high = reference_goalposts(np.array([[0.0], [10.0]]), np.array([4.0]))
    >>> (low.item(), high.item())
    (-1.0, 9.0)
    """
    half = (np.fmax.reduce(x, axis=0) - np.fmin.reduce(x, axis=0)) / 2
    return reference - half, reference + half


def mean_min(x: Floats, weights: Floats, *, strength: float, smoothing: float) -> Floats:
    """Mean-min function: the mean M less ``strength`` (sqrt((M - min)^2 + smoothing^2) - smoothing).

    References
    ----------
    E. Casadio Tarabusi and G. Guarini, An unbalance adjustment method for development indicators, 2013, Social
    Indicators Research 112, pp. 19-45.
    """
    mean = weighted_mean(x, weights)
    lowest = np.fmin.reduce(np.where(weights[..., None, :] > 0, x, np.nan), axis=-1)
    distance: Floats = mean - strength * (np.sqrt((mean - lowest) ** 2 + smoothing**2) - smoothing)
    return distance


def quantifier_of(limits: Sequence[float]) -> Callable[[Floats], Floats]:
    """Weight held by the best share r of the children: 0 up to the first limit, 1 from the second on."""
    low, high = limits
    return lambda share: np.clip((share - low) / (high - low), 0.0, 1.0)


def quantifier_through(order_weights: Sequence[float]) -> Callable[[Floats], Floats]:
    """Weight held by the best share r of the children, for weights by order, the best value's first."""
    heights = np.concatenate([[0.0], np.cumsum(order_weights)]) / np.sum(order_weights)
    places = np.linspace(0.0, 1.0, len(heights))
    return lambda share: np.interp(share, places, heights)


def ordered_mean(x: Floats, weights: Floats, *, quantifier: Callable[[Floats], Floats]) -> Floats:
    """Ordered weighted average: weights belong to places in the unit's own order of values, the best first.

    The weight of the i-th best child is Q(S_i) - Q(S_(i-1)), where S_i is the share of importance (``weights``) held by
    the i best and Q the ``quantifier``. With equal weights it is Yager's first form.

    References
    ----------
    R. R. Yager, On ordered weighted averaging aggregation operators in multicriteria decisionmaking, 1988, IEEE
    Transactions on Systems, Man, and Cybernetics 18, pp. 183-190.
    R. R. Yager, Quantifier guided aggregation using OWA operators, 1996, International Journal of Intelligent Systems
    11, pp. 49-73.
    """
    both, importance = np.broadcast_arrays(x, weights[..., None, :])
    importance = np.where(np.isnan(both), 0.0, importance)
    order = np.argsort(-both, axis=-1, kind="stable")  # missing values come last and weigh nothing
    values = np.take_along_axis(both, order, axis=-1)
    held = np.cumsum(np.take_along_axis(importance, order, axis=-1), axis=-1)
    total = held[..., -1:]
    shares = quantifier(_over(held, total))
    places = np.diff(shares, axis=-1, prepend=0.0)
    mean: Floats = np.where(np.isnan(values), 0.0, places * values).sum(axis=-1)
    return np.where(total[..., 0] > 0, mean, np.nan)
