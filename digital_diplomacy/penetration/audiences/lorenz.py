"""How much of all that is done the most active do: points of the Lorenz curve, and shares of the top."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.lorenz import curve, top_share
from digital_diplomacy.penetration.rows import estimates, refuse
from digital_diplomacy.penetration.surveys.shares import share_interval

TOPS: Final = (1.0, 10.0)  # percent of the units
_SAME: Final = ["entity", "period", "measure", "source_id", "base"]
_Array = NDArray[np.float64]


def lorenz_points(values: ArrayLike) -> pd.DataFrame:
    """Points of the Lorenz curve: what part of the whole the least active part of the units holds.

    Parameters
    ----------
    values : array-like, shape (n,)
        Of each unit (messages of each author), 0 or more, one of them above 0.

    Returns
    -------
    DataFrame
        ``units_share`` and ``held_share``, 0 to 1, n + 1 rows from (0, 0) to (1, 1), least first. One minus twice the
        area under the curve is the ``gini`` of `unevenness`.

    Raises
    ------
    ValueError
        If there are no values, one is negative or missing, or all are 0.

    References
    ----------
    Lorenz 1905, Publications of the American Statistical Association 9, 209-219; Gastwirth 1971, Econometrica 39,
    1037-1039.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> penetration.lorenz_points([5, 1, 2]).round(3).to_numpy().tolist()
    [[0.0, 0.0], [0.333, 0.125], [0.667, 0.375], [1.0, 1.0]]
    """
    units, held = curve(values)
    return pd.DataFrame({"units_share": units, "held_share": held})


def top_shares(
    units: pd.DataFrame, *, tops: Sequence[float] = TOPS, sampled: bool = False, level: float = 0.95
) -> pd.DataFrame:
    """What part of the whole the top percent of the units hold.

    Parameters
    ----------
    units : DataFrame
        One row a unit: ``value`` (0 or more), and ``entity``, ``period``, ``measure``, ``source_id``, ``base``, which
        tell the wholes apart.
    tops : sequence of float
        Percent of the units, above 0 and below 100.
    sampled : bool
        False: these are all units, and nothing is uncertain. True: a simple random sample of them.
    level : float
        Confidence level, 0.5 up to but not 1.

    Returns
    -------
    DataFrame
        Estimates in percent of the whole, group the whole's measure, measure ``top_share_<percent>``, ``n`` the units.
        Where the top ends within a unit, that part of it counts (the Lorenz curve is straight between its points). For
        a sample, Wilson's interval with the effective size share (1 - share) / error^2. With few very large values
        among few units it is too narrow (Cowell & Flachaire 2007), and missing if the top is less than one unit.

    Raises
    ------
    TableError
        If a value is missing or negative, or all of a whole are 0, naming the row.
    ValueError
        If a top is not above 0 and below 100, or the level is outside its range.

    References
    ----------
    Beach & Davidson 1983, Review of Economic Studies 50, 723-735 (errors of Lorenz ordinates); Kovacevic & Binder 1997,
    Journal of Official Statistics 13, 41-58 (linearised); Cowell & Flachaire 2007, Journal of Econometrics 141,
    1044-1072 (heavy tails).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"value": [40, 30, 20, 5, 5], "entity": "KAZ", "period": "2023", "measure": "messages",
    ...     "source_id": "example", "base": "authors"})
    >>> penetration.top_shares(rows, tops=[20, 50])[["measure", "value"]].to_numpy().tolist()
    [['top_share_20', 40.0], ['top_share_50', 80.0]]
    """
    if not all(0 < top < 100 for top in tops):
        raise ArgumentError("tops {tops} must be percent of the units, above 0 and below 100", tops=list(tops))
    refuse(units, ~(units["value"] >= 0), "missing or negative value")
    refuse(units, units.groupby(_SAME)["value"].transform("sum") == 0, "a whole without any value above 0")
    records: list[dict[str, object]] = []
    for key, rows in units.groupby(_SAME, sort=False):
        named = dict(zip(_SAME, key, strict=True))
        values = rows["value"].to_numpy(dtype=float)
        for top in tops:
            share, error = _top(values, top / 100)
            low, high = _ends(share, error, level) if sampled and len(values) * top >= 100 else (np.nan, np.nan)
            told = {"measure": f"top_share_{top:g}", "group": named["measure"], "value": 100 * share, "n": len(values)}
            records.append({**named, **told, "low": 100 * low, "high": 100 * high})
    if not records:
        return estimates(units.head(0).assign(value=np.nan, unit=""))
    found = pd.DataFrame(records)
    return estimates(found, unit="percent", interval="confidence", level=np.where(found["low"].notna(), level, np.nan))


def _top(values: _Array, top: float) -> tuple[float, float]:
    """Share of the largest values and its standard error under simple random sampling.

    The share is U / m, U the mean of what the top holds: by its influence function, U moves with (y - q) above the
    quantile q, and the ratio with what is left of it after the share times y.
    """
    share = top_share(*curve(values), top)
    quantile = float(np.sort(values)[min(int(np.floor((1 - top) * len(values) + 1e-9)), len(values) - 1)])
    moved = np.maximum(values - quantile, 0) - share * values
    return share, float(moved.std(ddof=1) / np.sqrt(len(values)) / values.mean()) if len(values) > 1 else np.nan


def _ends(share: float, error: float, level: float) -> tuple[float, float]:
    if not error > 0 or not 0 < share < 1:
        return np.nan, np.nan
    size = share * (1 - share) / error**2
    low, high = share_interval([share * size], [size], level=level)
    return float(low[0]), float(high[0])
