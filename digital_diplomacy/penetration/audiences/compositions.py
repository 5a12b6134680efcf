"""Parts of a whole: closure with the total it hides, log-ratios, and what to do about parts of nothing.

Only the ratios of parts say anything once the whole is fixed. Closing shares that do not sum to the whole is legitimate
only if what is too much, or missing, is spread in proportion; so the total before closure stays in the result.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.audiences.platforms import MARKET, check_market, ends
from digital_diplomacy.penetration.rows import estimates, refuse

LOG_RATIOS: Final = ("clr", "ilr")
BELOW_DETECTION: Final = 0.65
"""Part of the smallest printable share put in place of a share printed as 0 (Martin-Fernandez et al. 2003)."""


def closure(parts: ArrayLike, *, total: float = 1.0) -> NDArray[np.float64]:
    """Parts rescaled to a total: x * total / sum(x), along the last axis.

    Raises
    ------
    ValueError
        If a part is negative or missing, or all are 0.

    References
    ----------
    Aitchison 1986, The Statistical Analysis of Compositional Data, chapter 2.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> penetration.closure([1, 3], total=100).tolist()
    [25.0, 75.0]
    """
    given = np.asarray(parts, dtype=float)
    if not (given >= 0).all() or not (given.sum(axis=-1) > 0).all():
        raise ArgumentError("parts must be 0 or more, and one of them above 0")
    return np.asarray(total * given / given.sum(axis=-1, keepdims=True))


def replace_zeros(parts: ArrayLike, small: ArrayLike) -> NDArray[np.float64]:
    """Multiplicative replacement: zeros become ``small``, the other parts shrink alike, the total stays.

    Parameters
    ----------
    parts : array-like, shape (..., parts)
        Not negative.
    small : array-like
        What stands in for a zero, above 0, in the unit of the parts; broadcast to their shape.

    Raises
    ------
    ValueError
        If a part is negative, ``small`` is not above 0, or the replacements use up the whole.

    References
    ----------
    Martin-Fernandez, Barcelo-Vidal & Pawlowsky-Glahn 2003, Mathematical Geology 35, 253-278.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> penetration.replace_zeros([50, 50, 0], 1).tolist()
    [49.5, 49.5, 1.0]
    """
    given = np.asarray(parts, dtype=float)
    put = np.where(given == 0, np.asarray(small, dtype=float), 0.0)
    total, added = given.sum(axis=-1, keepdims=True), put.sum(axis=-1, keepdims=True)
    if not (given >= 0).all() or not (put[given == 0] > 0).all() or not (added < total).all():
        raise ArgumentError("parts must be 0 or more, replacements above 0 and together below the total")
    return np.where(given == 0, put, given * (1 - added / total))


def clr(parts: ArrayLike) -> NDArray[np.float64]:
    """Centred log-ratios: ln of each part over the geometric mean of all; they sum to 0.

    Raises
    ------
    ValueError
        If a part is not above 0; see `replace_zeros`.

    References
    ----------
    Aitchison 1986, The Statistical Analysis of Compositional Data, 4.6.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> penetration.clr([1, 1, 8]).round(4).tolist()
    [-0.6931, -0.6931, 1.3863]
    """
    logs = _logs(parts)
    return np.asarray(logs - logs.mean(axis=-1, keepdims=True))


def ilr(parts: ArrayLike) -> NDArray[np.float64]:
    """Isometric log-ratios: sqrt(i / (i + 1)) ln(geometric mean of the first i parts / part i + 1).

    Returns
    -------
    array, shape (..., parts - 1)
        Orthonormal coordinates; they depend on the order of the parts, distances between compositions do not.

    Raises
    ------
    ValueError
        If a part is not above 0; see `replace_zeros`.

    References
    ----------
    Egozcue, Pawlowsky-Glahn, Mateu-Figueras & Barcelo-Vidal 2003, Mathematical Geology 35, 279-300.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> penetration.ilr([1, 1, 8]).round(4).tolist()
    [0.0, -1.6979]
    """
    logs = _logs(parts)
    i = np.arange(1, logs.shape[-1])
    means = logs.cumsum(axis=-1)[..., :-1] / i
    return np.asarray(np.sqrt(i / (i + 1)) * (means - logs[..., 1:]))


def _logs(parts: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(parts, dtype=float)
    if not (given > 0).all():
        raise ArgumentError("log-ratios need parts above 0; replace zeros first")
    return np.asarray(np.log(given))


def closed_shares(figures: pd.DataFrame) -> pd.DataFrame:
    """Shares of each market rescaled to 100, and the total they had before.

    Parameters
    ----------
    figures : DataFrame
        Estimates with rounding intervals, one row a platform, as for `concentration`.

    Returns
    -------
    DataFrame
        Estimates: for each platform measure ``closed_share`` (percent, with the range that the rounding of all shares
        allows), and for each market ``total_before_closure`` (its own unit, group the market's measure).

    Raises
    ------
    TableError
        If a value is missing or negative, a share passes 100 percent, or all are 0, naming the row.

    References
    ----------
    Aitchison 1986, The Statistical Analysis of Compositional Data, chapter 2; Moore 1966, Interval Analysis.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("statcounter_2020"), source_id="statcounter_2020")
    >>> found = penetration.closed_shares(figures)
    >>> found.loc[found["group"].isin(["pinterest", "referral_share"]), ["measure", "value"]].round(2)  # 37.72 / 102.84
                    measure   value
    2          closed_share   36.68
    6  total_before_closure  102.84
    """
    check_market(figures)
    parts: list[pd.DataFrame] = []
    for key, market in figures.groupby(MARKET, sort=False):
        named = dict(zip(MARKET, key, strict=True))
        value, low, high = ends(market)
        if np.isfinite(high).all():
            most = np.where(high > 0, high / np.where(high + low.sum() - low > 0, high + low.sum() - low, 1.0), 0.0)
            least = low / np.where(low + high.sum() - high > 0, low + high.sum() - high, 1.0)
        else:
            least, most = np.zeros_like(low), np.ones_like(low)
        share = closure(value)
        found = {"value": 100 * share, "low": 100 * np.minimum(least, share), "high": 100 * np.maximum(most, share)}
        parts.append(market.assign(**found, measure="closed_share", unit="percent", n=float(len(market))))
        total = {"value": value.sum(), "low": low.sum(), "high": high.sum() if np.isfinite(high).all() else np.nan}
        row = {**named, **total, "group": named["measure"], "measure": "total_before_closure", "n": float(len(market))}
        parts.append(pd.DataFrame([row]))
    return _rounding(parts, figures)


def log_ratios(figures: pd.DataFrame, *, kind: str = "clr", below_detection: float = BELOW_DETECTION) -> pd.DataFrame:
    """Log-ratios of the platforms of each market.

    Parameters
    ----------
    figures : DataFrame
        Estimates with rounding intervals, one row a platform, as for `concentration`.
    kind : {"clr", "ilr"}
        ``clr``: each platform against the geometric mean of all. ``ilr``: those before a platform, in the order of the
        rows, against it; the first has none.
    below_detection : float
        A share printed as 0 is replaced by this part of the upper end of its interval.

    Returns
    -------
    DataFrame
        Estimates, measure the kind, unit ``log_ratio``, group the platform. The interval is that of rounding; an end
        is missing where a share that may be 0 puts no limit.

    Raises
    ------
    ValueError
        For an unknown kind.
    TableError
        As for `closed_shares`; or if a share is 0 and nothing says how large it may be, naming the row.

    References
    ----------
    Aitchison 1986; Egozcue et al. 2003, Mathematical Geology 35, 279-300; Martin-Fernandez et al. 2003, Mathematical
    Geology 35, 253-278.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> ends = {"value": [80.0, 20.0], "low": [79.5, 19.5], "high": [80.5, 20.5]}
    >>> table = pd.DataFrame({"entity": "KAZ", "platform": ["a", "b"], "period": "2020", "measure": "share", **ends})
    >>> figures = penetration.printed_figures(table.assign(unit="percent", base="users"), source_id="made")
    >>> penetration.log_ratios(figures)[["group", "value"]].round(4)  # ln(80 / 40) and ln(20 / 40)
      group   value
    0     a  0.6931
    1     b -0.6931
    """
    if kind not in LOG_RATIOS:
        raise ArgumentError("unknown kind {kind!r}; allowed: {log_ratios}", kind=kind, log_ratios=", ".join(LOG_RATIOS))
    check_market(figures)
    parts: list[pd.DataFrame] = []
    for _, market in figures.groupby(MARKET, sort=False):
        value, low, high = ends(market)
        unknown = (value == 0) & ~((high > 0) & np.isfinite(high))
        refuse(market, pd.Series(unknown, index=market.index), "0 without an upper end has no log-ratio")
        positive = replace_zeros(value, np.where(value == 0, below_detection * high, 1.0))
        rows, found = market.iloc[1 if kind == "ilr" else 0 :], _ratio_ranges(kind, positive, low, high)
        parts.append(rows.assign(**found, measure=kind, unit="log_ratio", n=float(len(market))))
    return _rounding(parts, figures)


def _ratio_ranges(
    kind: str, value: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Both ratios are monotone in every part, so each end is reached with every part at one of its own ends."""
    size = len(value)
    signs = np.eye(size) - 1 / size
    if kind == "ilr":
        i = np.arange(1, size)[:, None]
        place = np.arange(size)
        signs = np.sqrt(i / (i + 1)) * ((place < i) / i - (place == i))
    with np.errstate(divide="ignore"):
        bottom, top = np.log(np.maximum(low, 0.0)), np.log(high)
    # A part without weight must not turn an infinite logarithm into "not a number".
    least = signs * np.where(signs > 0, bottom, np.where(signs < 0, top, 0.0))
    most = signs * np.where(signs > 0, top, np.where(signs < 0, bottom, 0.0))
    at = signs @ np.log(value)
    first, last = least.sum(axis=1), most.sum(axis=1)
    return {
        "value": at,
        "low": np.where(np.isfinite(first), np.minimum(first, at), np.nan),
        "high": np.where(np.isfinite(last), np.maximum(last, at), np.nan),
    }


def _rounding(parts: list[pd.DataFrame], figures: pd.DataFrame) -> pd.DataFrame:
    return estimates(pd.concat(parts, ignore_index=True) if parts else figures.head(0), interval="rounding")
