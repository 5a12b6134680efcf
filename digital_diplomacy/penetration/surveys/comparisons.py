"""Tests of the equality of two shares, of two samples or of one asked twice; that of whole tables is in `contingency`.

Samples of a complex design enter by their effective sizes.
"""

from collections.abc import Hashable
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom, chi2, norm

from digital_diplomacy.penetration.surveys.shares import EXACT_BELOW

_JUST_ABOVE: Final = 1e-6  # answers; `mcnemar_p` takes numbers nearer to a whole one than 1e-9 for it
_Array = NDArray[np.float64]


def two_proportion_p(
    first: ArrayLike, second: ArrayLike, n_first: ArrayLike, n_second: ArrayLike, *, pooled: ArrayLike | None = None
) -> _Array:
    """Two-sided p-value for equal shares of two independent samples (pooled, without continuity correction).

    Parameters
    ----------
    first, second : array-like
        Shares, 0 to 1.
    n_first, n_second : array-like
        Effective numbers of respondents, above 0.
    pooled : array-like, optional
        The share of both samples together; by default that of the effective numbers.

    Returns
    -------
    array
        0 to 1; 1 where all or none of both samples answered yes, which is no evidence against equality.

    References
    ----------
    Pearson 1900, Philosophical Magazine 50, 157-175: the square of the statistic is his chi-square of the 2 x 2 table.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> float(penetration.two_proportion_p(0.6, 0.5, 100, 100).round(4))
    0.1552
    """
    p, q, n, m = (np.asarray(given, dtype=float) for given in (first, second, n_first, n_second))
    both = (p * n + q * m) / (n + m) if pooled is None else np.asarray(pooled, dtype=float)
    spread = np.sqrt(np.maximum(both * (1 - both), 0.0) * (1 / n + 1 / m))
    z = np.divide(np.abs(p - q), spread, out=np.zeros(np.broadcast(p, q, n, m).shape), where=spread > 0)
    return np.asarray(2 * norm.sf(z))


def mcnemar_p(first: ArrayLike, second: ArrayLike, joint: ArrayLike, n: ArrayLike) -> _Array:
    """Two-sided p-value for equal shares of one sample asked twice: (b - c)^2 / (b + c) as chi-square.

    Where fewer than ``EXACT_BELOW`` answers differ the binomial test takes its place, in whole answers: the larger
    number cut off, the smaller rounded up.

    Parameters
    ----------
    first, second : array-like
        Shares of yes to either question, 0 to 1.
    joint : array-like
        Share of yes to both, between ``max(0, first + second - 1)`` and ``min(first, second)``.
    n : array-like
        Effective number of respondents.

    Returns
    -------
    array
        0 to 1; 1 where nobody answers the two questions differently.

    References
    ----------
    McNemar 1947, Psychometrika 12, 153-157.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> float(penetration.mcnemar_p(0.3, 0.2, 0.1, 100).round(4))  # 20 against 10: 100 / 30
    0.0679
    """
    p, q, both, size = (np.asarray(given, dtype=float) for given in (first, second, joint, n))
    discordant = p + q - 2 * both
    shape = np.broadcast(p, q, both, size).shape
    statistic = np.divide(size * (p - q) ** 2, discordant, out=np.zeros(shape), where=discordant > 0)
    most = np.floor((size * (np.maximum(p, q) - both)).round(9))
    least = np.ceil((size * (np.minimum(p, q) - both)).round(9))
    exact = np.minimum(1.0, 2 * binom.cdf(np.minimum(most, least), most + least, 0.5))
    return np.asarray(np.where((size * discordant).round(9) < EXACT_BELOW, exact, chi2.sf(statistic, 1)), dtype=float)


def joint_extremes(p: float, q: float, n: ArrayLike) -> _Array:
    """Joint shares of yes to both among which the largest p-value of `mcnemar_p` is, shape (sizes, joints).

    The fewer said yes to both, the more answers differ, and the larger is the p-value: of the approximation without
    exception, so the least overlap (Fréchet) comes last. The exact test takes whole answers, and its p-value leaps up
    whenever the smaller number of differing answers passes a whole one. The first joint share is the most overlap,
    whose p-value is the smallest.
    """
    size = np.atleast_1d(np.asarray(n, dtype=float))[:, None]
    most, least = min(p, q), max(0.0, p + q - 1)
    passing = np.arange(EXACT_BELOW // 2 + 1) + _JUST_ABOVE
    return np.asarray(np.hstack([np.full_like(size, most), np.maximum(least, most - passing / size), 0 * size + least]))


def largest_paired_p(p: float, q: float, n: ArrayLike) -> _Array:
    """Largest p-value of `mcnemar_p` over every joint table that two shares of one sample allow, for each size."""
    return np.asarray(mcnemar_p(p, q, joint_extremes(p, q, n), np.atleast_1d(n)[:, None]).max(axis=1))


def _differ(row: dict[Hashable, Any], left: str, right: str, alpha: float) -> dict[str, object]:
    verdict = "holds" if row["high"] < alpha else "fails" if row["low"] >= alpha else "cannot be checked"
    parts = ("source_id", "entity", "group", "period", "measure")
    name = ":".join([*(str(row[part]) for part in parts), left, right, f"{row['n']:.0f}"])
    return {
        "relation_id": f"shares_differ:{name}",
        "kind": "shares_differ",
        "documents": "",
        "left": left,
        "left_low": row["low_left"],
        "left_high": row["high_left"],
        "right": right,
        "right_low": row["low_right"],
        "right_high": row["high_right"],
        "unit": "percent",
        "verdict": verdict,
        "reason": f"n = {row['n']:.0f}: p = {row['low']:.2g}..{row['high']:.2g}",
        "claims": "",
    }
