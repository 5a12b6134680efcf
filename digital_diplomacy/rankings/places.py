"""Places in a ranking: tie rules, how far a place is sure, and how alike two rankings are."""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.tables import PAIRS, validate

Floats = npt.NDArray[np.float64]

TIE_RULES: Final = {"min": "min", "max": "max", "average": "average", "dense": "dense", "ordinal": "first"}
"""What tied units share: the best, the worst or the mean of their places, the next place, or nothing."""

COEFFICIENTS: Final = {"kendall": "kendall_tau_b", "spearman": "spearman_rho"}
"""Rank correlations and the codes of their measures."""

_NOISE: Final = 1e-12  # of the largest score: sums that are equal on paper differ by less in binary

MIN_UNITS: Final = 5  # four units have 24 orders, too few for an interval of a correlation to say anything


def ranks(scores: pd.Series, *, method: str = "min") -> pd.Series:
    """Places by descending score; a missing score has no place.

    Parameters
    ----------
    scores : Series
        One number per unit; compared as `settled` leaves them.
    method : str
        What tied units share, one of ``TIE_RULES``; ``min`` is the competition rank (1, 2, 2, 4).

    Raises
    ------
    ArgumentError
        If no such rule for ties is known.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> rankings.ranks(pd.Series([0.9, 0.7, 0.7, 0.1])).tolist()
    [1.0, 2.0, 2.0, 4.0]
    """
    if method not in TIE_RULES:
        raise ArgumentError(
            "unknown tie rule {method!r}; allowed: {tie_rules}", method=method, tie_rules=", ".join(TIE_RULES)
        )
    rule: Literal["average", "min", "max", "first", "dense"] = TIE_RULES[method]  # type: ignore[assignment]
    return settled(scores).rank(ascending=False, method=rule)


def settled(scores: pd.Series) -> pd.Series:
    """Scores of which those that are equal but for the noise of binary arithmetic are equal.

    Scores follow each other in one run where each is within a millionth of a millionth of the largest one's size from
    the next; all of a run become its highest. Otherwise the order of (8, 1, 1) and (4, 2, 1) by their geometric means
    would be that of their last binary digits, and another on another machine.

    Examples
    --------
    >>> settled(pd.Series([0.1 + 0.2, 0.3, 0.3001])).tolist()
    [0.30000000000000004, 0.30000000000000004, 0.3001]
    """
    values = scores.to_numpy(float, na_value=np.nan)
    order = np.argsort(-values, kind="stable")[: int((~np.isnan(values)).sum())]
    falling = values[order]
    if len(falling) == 0:
        return scores
    near = _NOISE * np.max(np.abs(falling), where=np.isfinite(falling), initial=0.0)
    with np.errstate(invalid="ignore"):  # infinity less infinity
        begins = np.append(True, ~((falling[:-1] - falling[1:] <= near) | (falling[:-1] == falling[1:])))
    made = values.copy()
    made[order] = falling[begins][np.cumsum(begins) - 1]
    return pd.Series(made, index=scores.index)


def rank_intervals(low: npt.ArrayLike, high: npt.ArrayLike) -> pd.DataFrame:
    """Best and worst competition rank of each unit, given the interval of its score and of all others.

    Above a unit are surely those whose lowest score is above its highest, and possibly those whose highest score is
    above its lowest. Both ranks are attained, whatever the joint distribution of the errors.

    Parameters
    ----------
    low, high : array-like, shape (units,)
        Ends of the scores; a larger score is better.

    Returns
    -------
    DataFrame
        ``low`` (best rank) and ``high`` (worst rank), 1 to the number of units.

    Raises
    ------
    ValueError
        If an end is missing, or low is above high.

    Examples
    --------
    >>> from digital_diplomacy import rankings
    >>> rankings.rank_intervals([5, 3, 2], [6, 4, 3.5]).to_numpy().tolist()
    [[1, 1], [2, 3], [2, 3]]
    """
    bottom, top = np.asarray(low, float), np.asarray(high, float)
    if bottom.shape != top.shape or not np.all(bottom <= top):
        raise ArgumentError("every unit needs both ends of its score, with low <= high")
    surely = len(bottom) - np.searchsorted(np.sort(bottom), top, side="right")
    possibly = len(top) - np.searchsorted(np.sort(top), bottom, side="right")
    itself = bottom < top
    return pd.DataFrame({"low": 1 + surely, "high": 1 + possibly - itself})


def rank_correlation(
    left: pd.DataFrame,
    right: pd.DataFrame,
    *,
    method: str = "kendall",
    draws: int = 2000,
    level: float = 0.95,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Correlation of two rankings over the entities in both, with a bootstrap interval over entities.

    Parameters
    ----------
    left, right : DataFrame
        Estimates, each of one measure and at most one row per entity; rows without a value are left out.
    method : str
        ``kendall`` (tau-b, corrected for ties) or ``spearman`` (rho of mid-ranks).
    draws : int
        Resamples; those without a coefficient, because they repeat one entity, are not counted.
    level : float
        Share of resamples inside the percentile interval, above 0 and below 1.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    DataFrame
        Pairs, one row (-1 to 1, interval ``confidence``, n entities in both), empty with fewer than five entities.

    Raises
    ------
    ArgumentError
        If ``draws`` is below 1, or ``level`` not between 0 and 1.

    References
    ----------
    M. G. Kendall, The treatment of ties in ranking problems, 1945, Biometrika 33, pp. 239-251.
    B. Efron, Bootstrap methods: another look at the jackknife, 1979, Annals of Statistics 7, pp. 1-26.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> left = pd.DataFrame({"entity": list("ABCDE"), "value": [1.0, 2, 3, 4, 5], "measure": "a_rank", "source_id": ""})
    >>> right = left.assign(value=[1.0, 2, 3, 5, 4], measure="b_rank")
    >>> found = rankings.rank_correlation(left, right, rng=np.random.default_rng(1))
    >>> found[["measure", "value", "n"]]  # nine pairs of ten in the same order: (9 - 1) / 10
             measure  value    n
    0  kendall_tau_b    0.8  5.0
    """
    check_method(method)
    if draws < 1 or not 0 < level < 1:
        raise ArgumentError(
            "draws is {draws} and level is {level}; draws must be at least 1, level between 0 and 1",
            draws=draws,
            level=level,
        )
    both = shared_entities(left.dropna(subset="value"), right.dropna(subset="value"))
    if len(both) < MIN_UNITS:
        return pair_rows([])
    x, y = both["value_left"].to_numpy(float), both["value_right"].to_numpy(float)
    counts = rng.multinomial(len(both), np.full(len(both), 1 / len(both)), size=draws).astype(float)
    drawn = _coefficients(x, y, counts, method)
    low, high = (float(end) for end in simulated.middle(drawn, level))
    value = coefficient(x, y, method)
    ends = {"low": min(low, value), "high": max(high, value), "interval": "confidence", "level": level}
    return pair_rows([sides(left, right) | ends | {"measure": COEFFICIENTS[method], "value": value, "n": len(both)}])


def check_method(method: str) -> None:
    """Refuse a coefficient that is not one of ``COEFFICIENTS``."""
    if method not in COEFFICIENTS:
        raise ArgumentError(
            "unknown coefficient {method!r}; allowed: {coefficients}",
            method=method,
            coefficients=", ".join(COEFFICIENTS),
        )


def shared_entities(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``right`` whose entity is in ``left`` too, with both values; one row per entity on each side."""
    for side in (left, right):
        if side["entity"].duplicated().any():
            twice = sorted(side.loc[side["entity"].duplicated(), "entity"].unique())
            raise ArgumentError("entities {twice} have more than one row; choose one period and one group", twice=twice)
    return left[["entity", "value"]].merge(right, on="entity", suffixes=("_left", "_right"), validate="one_to_one")


def sides(left: pd.DataFrame, right: pd.DataFrame) -> dict[str, object]:
    """Both measures, and the sources of both joined by a blank."""
    first, second = left.iloc[0], right.iloc[0]
    named = " ".join(dict.fromkeys([str(first["source_id"]), str(second["source_id"])]))
    return {"left": first["measure"], "right": second["measure"], "source_id": named}


def pair_rows(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Coefficients as the table of pairs."""
    return validate(pd.DataFrame(rows, columns=list(PAIRS.columns)).assign(unit="coefficient"), PAIRS)


def coefficient(x: Floats, y: Floats, method: str) -> float:
    """One coefficient of two lists of numbers, each shape (units,)."""
    return float(_coefficients(x, y, np.ones((1, len(x))), method)[0])


def _coefficients(x: Floats, y: Floats, counts: Floats, method: str) -> Floats:
    """One coefficient per row of ``counts`` (how often a resample holds each unit); missing where undefined.

    Signs of differences serve both: tau-b is their correlation over pairs, and their sum over units is a linear
    function of the mid-rank, so that rho is the correlation of the sums.
    """
    a, b = np.sign(x[:, None] - x[None, :]), np.sign(y[:, None] - y[None, :])
    if method == "kendall":
        products = [np.einsum("di,ij,dj->d", counts, m, counts, optimize=True) for m in (a * b, a * a, b * b)]
    else:
        u, v = counts @ a.T, counts @ b.T
        products = [(counts * m).sum(axis=1) for m in (u * v, u * u, v * v)]
    scale = np.sqrt(products[1] * products[2])
    found: Floats = np.divide(products[0], scale, out=np.full(len(counts), np.nan), where=scale > 0)
    return found
