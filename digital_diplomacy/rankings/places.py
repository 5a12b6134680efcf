"""Places in a ranking: tie rules, how far a place is sure, and how alike two rankings are."""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.rows import estimates
from digital_diplomacy.tables import PAIRS, validate

Floats = npt.NDArray[np.float64]

TIE_RULES: Final = {"min": "min", "max": "max", "average": "average", "dense": "dense", "ordinal": "first"}
"""What tied units share: the best, the worst or the mean of their places, the next place, or nothing."""

COEFFICIENTS: Final = {"kendall": "kendall_tau_b", "spearman": "spearman_rho"}
"""Rank correlations and the codes of their measures."""

MIN_UNITS: Final = 5  # four units have 24 orders, too few for an interval of a correlation to say anything
_MAX_TRIES: Final = 100  # a sampled order can run into a full interval and is then drawn again


def ranks(scores: pd.Series, *, method: str = "min") -> pd.Series:
    """Places by descending score; a missing score has no place.

    Parameters
    ----------
    scores : Series
        One number per unit.
    method : str
        What tied units share, one of ``TIE_RULES``; ``min`` is the competition rank (1, 2, 2, 4).

    Examples
    --------
    >>> ranks(pd.Series([0.9, 0.7, 0.7, 0.1])).tolist()
    [1.0, 2.0, 2.0, 4.0]
    """
    if method not in TIE_RULES:
        raise ValueError(f"unknown tie rule {method!r}; allowed: {', '.join(TIE_RULES)}")
    rule: Literal["average", "min", "max", "first", "dense"] = TIE_RULES[method]  # type: ignore[assignment]
    return scores.rank(ascending=False, method=rule)


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
    >>> rank_intervals([5, 3, 2], [6, 4, 3.5]).to_numpy().tolist()
    [[1, 1], [2, 3], [2, 3]]
    """
    bottom, top = np.asarray(low, float), np.asarray(high, float)
    if bottom.shape != top.shape or not np.all(bottom <= top):
        raise ValueError("every unit needs both ends of its score, with low <= high")
    surely = len(bottom) - np.searchsorted(np.sort(bottom), top, side="right")
    possibly = len(top) - np.searchsorted(np.sort(top), bottom, side="right")
    itself = bottom < top
    return pd.DataFrame({"low": 1 + surely, "high": 1 + possibly - itself})


def review_ranks(review: pd.DataFrame) -> pd.DataFrame:
    """Places of the Digital Diplomacy Review as estimates: the bounds a page allows, and the place where it prints one.

    Parameters
    ----------
    review : DataFrame
        Table ``digital_diplomacy_review``.

    Returns
    -------
    DataFrame
        Estimates, unit ``rank``, interval ``bound``, group ``place_`` and the kind of evidence, n ministries ranked.
    """
    frame = pd.DataFrame(
        {
            "entity": review["entity"],
            "group": "place_" + review["kind"],
            "period": review["edition"].astype(str),
            "value": review["rank"].astype(float),
            "low": review["rank_low"].astype(float),
            "high": review["rank_high"].astype(float),
            "n": review["ranked_count"].astype(float),
        }
    )
    return estimates(
        frame,
        measure="ddr_rank",
        unit="rank",
        base="ministries_ranked",
        interval="bound",
        source_id="digital_diplomacy_review",
    )


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

    References
    ----------
    M. G. Kendall, The treatment of ties in ranking problems, 1945, Biometrika 33, pp. 239-251.
    B. Efron, Bootstrap methods: another look at the jackknife, 1979, Annals of Statistics 7, pp. 1-26.
    """
    _check_draws(method, draws, level)
    both = _shared(left.dropna(subset="value"), right.dropna(subset="value"))
    if len(both) < MIN_UNITS:
        return _pairs([])
    x, y = both["value_left"].to_numpy(float), both["value_right"].to_numpy(float)
    counts = rng.multinomial(len(both), np.full(len(both), 1 / len(both)), size=draws).astype(float)
    drawn = _coefficients(x, y, counts, method)
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    value = _coefficients(x, y, np.ones((1, len(both))), method)[0]
    ends = {"low": min(low, value), "high": max(high, value), "interval": "confidence", "level": level}
    return _pairs([_names(left, right) | ends | {"measure": COEFFICIENTS[method], "value": value, "n": len(both)}])


def compatible_correlation(
    left: pd.DataFrame, right: pd.DataFrame, *, method: str = "kendall", draws: int = 1000, rng: np.random.Generator
) -> pd.DataFrame:
    """Correlation of a ranking with one only known within bounds: its range over sampled orders that fit them.

    Places are drawn without repetition, narrow bounds first. The draw is not uniform over all orders, so the range
    tells what is possible and is no probability; more extreme orders may exist.

    Parameters
    ----------
    left : DataFrame
        Estimates with a value per entity.
    right : DataFrame
        Estimates with whole ``low`` and ``high`` places per entity; all its entities take part in drawing.
    method, rng
        As for `rank_correlation`.
    draws : int
        Orders drawn.

    Returns
    -------
    DataFrame
        Pairs, one row: median, smallest and largest coefficient (interval ``simulation``); the right side is named
        ``<measure>_compatible``. Empty with fewer than five shared entities.

    Raises
    ------
    TableError
        If no order fits the bounds.
    """
    _check_draws(method, draws)
    both = _shared(left.dropna(subset="value"), right.reset_index(drop=True).assign(row=np.arange(len(right))))
    if len(both) < MIN_UNITS:
        return _pairs([])
    low, high = right["low"].to_numpy(int), right["high"].to_numpy(int)
    orders = np.array([_draw_order(low, high, rng) for _ in range(draws)])[:, both["row"].to_numpy(int)]
    x, ones = both["value_left"].to_numpy(float), np.ones((1, len(both)))
    drawn = np.array([_coefficients(x, order.astype(float), ones, method)[0] for order in orders])
    ends = {
        "value": np.median(drawn),
        "low": drawn.min(),
        "high": drawn.max(),
        "interval": "simulation",
        "level": np.nan,
    }
    names = _names(left, right)
    names["right"] = f"{names['right']}_compatible"
    return _pairs([names | ends | {"measure": COEFFICIENTS[method], "n": len(both)}])


def _check_draws(method: str, draws: int, level: float = 0.5) -> None:
    if method not in COEFFICIENTS:
        raise ValueError(f"unknown coefficient {method!r}; allowed: {', '.join(COEFFICIENTS)}")
    if draws < 1 or not 0 < level < 1:
        raise ValueError(f"draws is {draws} and level is {level}; draws must be at least 1, level between 0 and 1")


def _shared(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    for side in (left, right):
        if side["entity"].duplicated().any():
            twice = sorted(side.loc[side["entity"].duplicated(), "entity"].unique())
            raise ValueError(f"entities {twice} have more than one row; choose one period and one group")
    return left[["entity", "value"]].merge(right, on="entity", suffixes=("_left", "_right"), validate="one_to_one")


def _names(left: pd.DataFrame, right: pd.DataFrame) -> dict[str, object]:
    """Both measures, and the sources of both joined by a blank."""
    first, second = left.iloc[0], right.iloc[0]
    named = " ".join(dict.fromkeys([str(first["source_id"]), str(second["source_id"])]))
    return {"left": first["measure"], "right": second["measure"], "source_id": named}


def _pairs(rows: list[dict[str, object]]) -> pd.DataFrame:
    return validate(pd.DataFrame(rows, columns=list(PAIRS.columns)).assign(unit="coefficient"), PAIRS)


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


def _draw_order(
    low: npt.NDArray[np.int_], high: npt.NDArray[np.int_], rng: np.random.Generator
) -> npt.NDArray[np.int_]:
    """One place per unit within its bounds, none taken twice."""
    for _ in range(_MAX_TRIES):
        free = np.ones(high.max() + 1, dtype=bool)
        drawn = np.zeros(len(low), dtype=int)
        for unit in np.lexsort((rng.random(len(low)), high - low)):
            places = low[unit] + np.flatnonzero(free[low[unit] : high[unit] + 1])
            if not len(places):
                break
            drawn[unit] = places[rng.integers(len(places))]
            free[drawn[unit]] = False
        else:
            return drawn
    raise TableError(
        f"no order fits the bounds of the ranks ({_MAX_TRIES} tries); more units may share places than there are places"
    )
