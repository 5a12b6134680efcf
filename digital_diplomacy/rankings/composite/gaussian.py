"""Missing values under a multivariate normal distribution: fitted by the EM algorithm, expected, and drawn."""

from typing import Final

import numpy as np
import numpy.typing as npt

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.composite.steps import Floats

TOLERANCE: Final = 1e-8  # largest change of a parameter, in standard deviations, at which the fit has converged
MAX_ROUNDS: Final = 2000


def expect_missing(x: Floats, *, ridge: float = 0.1) -> Floats:
    """Missing values replaced by their expectations given the unit's other values, held within the observed range.

    Parameters
    ----------
    x : ndarray, shape (units, indicators)
        Every indicator with at least two different values.
    ridge : float
        Share by which correlations are shrunk to 0 in every round, 0 to below 1.

    Returns
    -------
    ndarray, shape of x
    """
    centre, scale, z = _standardise(x)
    mean, covariance = fit(z, ridge=ridge)
    filled = z.copy()
    for rows, known in _patterns(z):
        filled[np.ix_(rows, ~known)] = _conditional(z[rows], known, mean, covariance)[0]
    return _within(filled * scale + centre, x)


def draw_missing(x: Floats, *, draws: int, ridge: float = 0.1, rng: np.random.Generator) -> Floats:
    """Missing values drawn ``draws`` times, each time from a fit to units resampled with replacement.

    Returns
    -------
    ndarray, shape (draws, units, indicators)
    """
    centre, scale, z = _standardise(x)
    filled = np.repeat(z[None], draws, axis=0)
    for draw in range(draws):
        mean, covariance = fit(_resample(z, rng), ridge=ridge)
        for rows, known in _patterns(z):
            expected, spread = _conditional(z[rows], known, mean, covariance)
            chance = rng.standard_normal(expected.shape) @ _root(spread).T
            filled[draw][np.ix_(rows, ~known)] = expected + chance
    return _within(filled * scale + centre, x)


def fit(z: Floats, *, ridge: float) -> tuple[Floats, Floats]:
    """Mean and covariance of standardised indicators by the EM algorithm, correlations shrunk by ``ridge``.

    Raises
    ------
    ValueError
        If it does not converge, which more ridge cures.
    """
    width = z.shape[1]
    mean, covariance = np.nanmean(z, axis=0), np.diag(np.nanvar(z, axis=0) + 1e-12)
    patterns = _patterns(z, complete=True)
    for _ in range(MAX_ROUNDS):
        filled, extra = z.copy(), np.zeros((width, width))
        for rows, known in patterns:
            if known.all():
                continue
            expected, spread = _conditional(z[rows], known, mean, covariance)
            filled[np.ix_(rows, ~known)] = expected
            extra[np.ix_(~known, ~known)] += len(rows) * spread
        new_mean = filled.mean(axis=0)
        second = ((filled - new_mean).T @ (filled - new_mean) + extra) / len(z)
        new_covariance = (1 - ridge) * second + ridge * np.diag(np.diag(second))
        change = max(np.max(np.abs(new_mean - mean)), np.max(np.abs(new_covariance - covariance)))
        mean, covariance = new_mean, new_covariance
        if change < TOLERANCE:
            return mean, covariance
    raise ArgumentError(
        "the EM algorithm has not converged in {max_rounds} rounds; raise ridge (it is {ridge})",
        max_rounds=MAX_ROUNDS,
        ridge=ridge,
    )


def _standardise(x: Floats) -> tuple[Floats, Floats, Floats]:
    centre, scale = np.nanmean(x, axis=0), np.nanstd(x, axis=0)
    return centre, scale, (x - centre) / scale


def _patterns(z: Floats, *, complete: bool = False) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]]:
    """Rows that miss the same indicators, with what they have; complete rows only if wanted."""
    kinds, kind = np.unique(~np.isnan(z), axis=0, return_inverse=True)
    found = [(np.flatnonzero(kind == number), known) for number, known in enumerate(kinds)]
    return [(rows, known) for rows, known in found if complete or not known.all()]


def _conditional(z: Floats, known: npt.NDArray[np.bool_], mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """Expectation (rows, missing) and covariance (missing, missing) given the known indicators."""
    if not known.any():
        return np.tile(mean, (len(z), 1)), covariance
    slopes = np.linalg.lstsq(covariance[np.ix_(known, known)], covariance[np.ix_(known, ~known)], rcond=None)[0]
    expected = mean[~known] + (z[:, known] - mean[known]) @ slopes
    return expected, covariance[np.ix_(~known, ~known)] - covariance[np.ix_(~known, known)] @ slopes


def _resample(z: Floats, rng: np.random.Generator) -> Floats:
    """Units drawn with replacement until every indicator has two different values."""
    while True:
        drawn = z[rng.integers(len(z), size=len(z))]
        known = (
            np.where(np.isnan(drawn), -np.inf, drawn).max(axis=0),
            np.where(np.isnan(drawn), np.inf, drawn).min(axis=0),
        )
        if (known[0] > known[1]).all():
            return drawn


def _root(covariance: Floats) -> Floats:
    """A matrix whose product with its transpose is the covariance; rounding below zero counts as zero."""
    sizes, axes = np.linalg.eigh((covariance + covariance.T) / 2)
    root: Floats = axes * np.sqrt(np.maximum(sizes, 0))
    return root


def _within(filled: Floats, x: Floats) -> Floats:
    """Observed values as they were, others held within the range of their indicator."""
    held: Floats = np.where(np.isnan(x), np.clip(filled, np.nanmin(x, axis=0), np.nanmax(x, axis=0)), x)
    return held
