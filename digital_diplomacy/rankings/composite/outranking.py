"""Orders by comparing units with each other: Copeland's pairwise majorities, and the distance from the best values."""

import numpy as np

from digital_diplomacy.rankings.composite.means import weighted_mean
from digital_diplomacy.rankings.composite.steps import Floats

_EVEN = 1e-12  # of the weight two units share: sums of weights that are equal on paper differ by less in binary


def outranking(x: Floats, weights: Floats) -> Floats:
    """Share of the weight on which each unit is better than each other one; ties count half.

    Parameters
    ----------
    x : ndarray, shape (units, children)
        More is better; missing as NaN. Two units are compared on the children that both have, so that the result does
        not depend on the order of the units.
    weights : ndarray, shape (children,)
        At least 0, of any sum.

    Returns
    -------
    ndarray, shape (units, units)
        0 to 1, row against column; with its opposite it sums to 1. Missing on the diagonal, and for two units that
        share no child of any weight.

    References
    ----------
    G. Munda and M. Nardo, Noncompensatory/nonlinear composite indicators for ranking countries: a defensible setting,
    2009, Applied Economics 41, pp. 1513-1523.

    Examples
    --------
    >>> outranking(np.array([[1.0, 5.0], [2.0, 5.0]]), np.array([3.0, 1.0]))[1, 0].item()
    0.875
    """
    better, shared = _comparisons(x, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(shared > 0, 0.5 + better / (2 * shared), np.nan)
    np.fill_diagonal(share, np.nan)
    return share


def _comparisons(x: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Weight for less weight against, and weight that both units share, each of shape (units, units)."""
    better, shared = np.zeros((2, len(x), len(x)))
    for column, weight in zip(x.T, weights, strict=True):
        sign = np.sign(column[:, None] - column[None, :])
        known = ~np.isnan(sign)
        better += weight * np.where(known, sign, 0.0)
        shared += weight * known
    return better, shared


def copeland(x: Floats, weights: Floats) -> Floats:
    """Copeland score: how many units a unit beats on most of the weight they share, less how many beat it.

    Parameters
    ----------
    x : ndarray, shape (..., units, children)
    weights : ndarray, shape (..., children)
        As for `outranking`; leading axes (draws) broadcast.

    Returns
    -------
    ndarray, shape (..., units)
        Whole numbers, 1 - units to units - 1; missing for a unit without a child of any weight.

    References
    ----------
    A. H. Copeland, A reasonable social welfare function, 1951, University of Michigan, mimeographed notes.
    """
    leading = np.broadcast_shapes(x.shape[:-2], weights.shape[:-1])
    values = np.broadcast_to(x, (*leading, *x.shape[-2:]))
    importance = np.broadcast_to(weights, (*leading, weights.shape[-1]))
    scores = np.empty((*leading, x.shape[-2]))
    for draw in np.ndindex(leading):
        better, shared = _comparisons(values[draw], importance[draw])
        won = np.where(np.abs(better) > _EVEN * shared, np.sign(better), 0.0)
        scores[draw] = np.where(np.diagonal(shared) > 0, won.sum(axis=1), np.nan)
    return scores


def hellwig(x: Floats, weights: Floats) -> Floats:
    """Wroclaw taxonomy: 1 less the distance from the best values, over the mean distance plus two standard deviations.

    Parameters
    ----------
    x : ndarray, shape (..., units, children)
        Standardised, more is better; missing as NaN. The distance of a unit with missing children is that over the
        children it has, scaled to all their weight.
    weights : ndarray, shape (..., children)
        Weights of the squared differences.

    Returns
    -------
    ndarray, shape (..., units)
        1 for a unit that has every best value; usually above 0. The sample standard deviation is used. Missing where
        all distances are 0, or with a single unit.

    References
    ----------
    Z. Hellwig, Zastosowanie metody taksonomicznej do typologicznego podzialu krajow ze wzgledu na poziom ich rozwoju
    oraz zasoby i strukture wykwalifikowanych kadr, 1968, Przeglad Statystyczny 15, pp. 307-327.
    """
    away = (np.fmax.reduce(x, axis=-2, keepdims=True) - x) ** 2
    distance = np.sqrt(weighted_mean(away, weights))
    have = (~np.isnan(distance)).sum(axis=-1, keepdims=True)
    mean = np.nansum(distance, axis=-1, keepdims=True) / np.maximum(have, 1)
    squares = np.nansum((distance - mean) ** 2, axis=-1, keepdims=True)
    limit = mean + 2 * np.sqrt(squares / np.maximum(have - 1, 1))
    usable = (have > 1) & (limit > 0)
    return np.where(usable, 1 - distance / np.where(usable, limit, 1.0), np.nan)
