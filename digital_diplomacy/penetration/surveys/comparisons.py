"""Tests of two printed shares over plausible sample sizes, where none is printed; those of counts are in `contingency`.

Samples of a complex design enter by their effective sizes.
"""

from collections.abc import Hashable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom, chi2, norm

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.rows import estimates, findings
from digital_diplomacy.penetration.surveys.shares import EXACT_BELOW, beside

SAMPLE_SIZES: Final = (500, 1000, 1500, 2000, 3000, 4000)
"""Respondents of national surveys as they are usual."""

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


def _paired_range(p: float, q: float, n: float) -> tuple[float, float, float]:
    """p-value for independent answers, and the smallest and largest over all joint tables the two shares allow."""
    return float(mcnemar_p(p, q, p * q, n)), float(mcnemar_p(p, q, min(p, q), n)), float(largest_paired_p(p, q, n)[0])


def _p_range(row: dict[Hashable, Any], n: float, *, paired: bool) -> tuple[float, float, float]:
    """p-value at the printed shares, and its smallest and largest over rounding (and over joint tables).

    Moving the larger share up or the smaller one down raises either statistic, so the ends lie at the nearest and the
    farthest two points of the intervals.
    """
    one, two = _interval(row, "left"), _interval(row, "right")
    p, q = row["value_left"] / 100, row["value_right"] / 100
    far = max(((one[1], two[0]), (one[0], two[1])), key=lambda pair: abs(pair[0] - pair[1]))
    meets = one[0] <= two[1] and two[0] <= one[1]
    near = (one[0], two[1]) if one[0] > two[1] else (one[1], two[0])
    if paired:
        high = 1.0 if meets else _paired_range(*near, n)[2]
        return _paired_range(p, q, n)[0], _paired_range(*far, n)[1], high
    high = 1.0 if meets else float(two_proportion_p(*near, n, n))
    return float(two_proportion_p(p, q, n, n)), float(two_proportion_p(*far, n, n)), high


def _interval(row: dict[Hashable, Any], side: str) -> tuple[float, float]:
    if row[f"interval_{side}"] == "none":
        return row[f"value_{side}"] / 100, row[f"value_{side}"] / 100
    low, high = row[f"low_{side}"], row[f"high_{side}"]
    return (0.0 if pd.isna(low) else max(0.0, low / 100)), (1.0 if pd.isna(high) else min(1.0, high / 100))


def share_tests(
    shares: pd.DataFrame,
    *,
    left: str,
    right: str,
    by: str = "group",
    sizes: Sequence[int] = SAMPLE_SIZES,
    paired: bool = False,
    deff: float = 1.0,
) -> pd.DataFrame:
    """p-values for the equality of two printed shares over plausible sample sizes, when none is printed.

    Parameters
    ----------
    shares : DataFrame
        Estimates in percent, as printed, with rounding intervals.
    left, right : str
        Values of column ``by``.
    by : {"entity", "group", "period"}
        Column that tells the two shares apart; all other key columns must agree.
    sizes : sequence of int
        Numbers of respondents, each above 0; of either sample, or of the one sample if ``paired``.
    paired : bool
        False: two independent samples, pooled two-proportion test. True: both shares come from the same respondents,
        McNemar's test, whose joint table is not printed: the ends are over every joint table the two shares allow
        (Frechet), the value is for independent answers.
    deff : float
        Design effect assumed for either sample, above 0; the tests use n / deff.

    Returns
    -------
    DataFrame
        Estimates for each size: measure ``p_value``, group ``n_<size>``, ``n`` the size, unit ``probability``. The
        interval is that of the shares' rounding (kind ``bound`` if paired or a share has one end only); ``entity`` or
        ``period`` is empty if it tells the sides apart. Takes one measure at a time, whose rows could not be told apart
        otherwise; `check_differences` takes any number.

    Raises
    ------
    TableError
        If a share is not in percent or outside 0 to 100, the two sides have different bases, or there are several
        measures, naming the row.
    ValueError
        If a size or ``deff`` is not above 0.

    References
    ----------
    McNemar 1947, Psychometrika 12, 153-157; Frechet 1935, Fundamenta Mathematicae 25, 379-387; Kish 1965, Survey
    Sampling, 8.2.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("trust_survey"), source_id="trust_survey")
    >>> rows = survey[survey["measure"] == "trust_full"]
    >>> found = penetration.share_tests(rows, left="social_networks", right="mobile_messengers", sizes=[1000, 2000])
    >>> found[["n", "value"]].round(3)  # 16.54 against 12.52 percent
            n  value
    0  1000.0  0.011
    1  2000.0  0.000
    """
    rows = _tested(shares, left=left, right=right, by=by, sizes=sizes, paired=paired, deff=deff)
    rows["group"] = "n_" + rows["n"].astype(int).astype(str)
    return estimates(rows, measure="p_value", unit="probability")


def _tested(
    shares: pd.DataFrame, *, left: str, right: str, by: str, sizes: Sequence[int], paired: bool, deff: float
) -> pd.DataFrame:
    """Both shares in one row for each sample size, with value, low and high of the p-value and the kind of interval."""
    if not deff > 0 or not all(size > 0 for size in sizes):
        raise ArgumentError("sizes {sizes} and deff {deff} must be above 0", sizes=list(sizes), deff=deff)
    both = beside(shares, left=left, right=right, by=by).assign(**{by: ""})
    rows = both.merge(pd.DataFrame({"n": list(sizes)}, dtype=float), how="cross", validate="many_to_many")
    ranges = [_p_range(row, row["n"] / deff, paired=paired) for row in rows.to_dict("records")]
    ends = pd.DataFrame(ranges, columns=["value", "low", "high"], index=rows.index, dtype=float)
    ends["low"], ends["high"] = ends[["low", "value"]].min(axis=1), ends[["high", "value"]].max(axis=1)
    kinds = rows[["interval_left", "interval_right"]]
    return rows.drop(columns=["n_left", "n_right"]).assign(
        **{str(name): ends[name] for name in ends.columns},
        base=rows["base_left"],
        interval=np.where(paired | (kinds == "bound").any(axis=1), "bound", "rounding"),
    )


def check_differences(
    shares: pd.DataFrame,
    *,
    left: str,
    right: str,
    by: str = "group",
    sizes: Sequence[int] = SAMPLE_SIZES,
    paired: bool = False,
    deff: float = 1.0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Whether two printed shares differ significantly at each plausible sample size.

    Parameters
    ----------
    shares, left, right, by, sizes, paired, deff
        As in `share_tests`; here with any number of measures.
    level : float
        1 minus the level of significance, between 0 and 1.

    Returns
    -------
    DataFrame
        Findings, kind ``shares_differ``, one for each measure and size: it holds if every p-value that rounding (and
        the unprinted joint table) allows is below ``1 - level``, fails if none is, and otherwise cannot be checked.

    Raises
    ------
    TableError, ValueError
        As `share_tests`, or for a level outside 0 to 1.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("trust_survey"), source_id="trust_survey")
    >>> rows = survey[survey["measure"] == "trust_full"]
    >>> pair = {"left": "social_networks", "right": "mobile_messengers"}
    >>> penetration.check_differences(rows, **pair, sizes=[100, 2000])[["verdict", "reason"]]
      verdict                         reason
    0   fails        n = 100: p = 0.42..0.42
    1   holds  n = 2000: p = 0.0003..0.00032
    """
    if not 0 < level < 1:
        raise ArgumentError("level {level} is outside 0 to 1", level=level)
    rows = _tested(shares, left=left, right=right, by=by, sizes=sizes, paired=paired, deff=deff)
    return findings([_differ(row, left, right, 1 - level) for row in rows.to_dict("records")])


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
