"""Platforms: concentration of a market from rounded shares, and activity for each author."""

from itertools import permutations
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.audiences.markets import unevenness, unevenness_bounds
from digital_diplomacy.penetration.rows import estimates, refuse

MARKET: Final = ["entity", "period", "measure", "source_id", "unit", "base"]
MOST_ORDERED: Final = 8  # 40,320 orders
_TIE: Final = 1e-9  # noise of arithmetic between equal correlations
_Ends = tuple[float, float, float]
_INDICES: Final = (
    ("hhi", "hhi_closed", "hhi_points", 1e4),
    ("concentration_ratio", "concentration_ratio", "percent", 100.0),
    ("shannon", "shannon", "nats", 1.0),
    ("hill_0", "hill_0", "platforms", 1.0),
    ("hill_1", "hill_1", "platforms", 1.0),
    ("hill_2", "hill_2", "platforms", 1.0),
    ("gini", "gini", "index", 1.0),
    ("theil", "theil", "nats", 1.0),
)


def concentration(figures: pd.DataFrame, *, k: int = 3) -> pd.DataFrame:
    """How concentrated a market is, with the bounds that the rounding of its shares allows.

    Parameters
    ----------
    figures : DataFrame
        Estimates with rounding intervals, one row a platform: shares in percent, or counts. A market is what has the
        same entity, period, measure, source, unit and base.
    k : int
        Number of largest platforms in the concentration ratio, 1 or more.

    Returns
    -------
    DataFrame
        Estimates, group the market's measure, n the number of platforms:

        ``shares_sum`` (as printed; for shares in percent only), ``hhi_printed`` (sum of squares of the printed
        percentages; 10,000 is a monopoly; for shares in percent only), and, after closure (each divided by the sum,
        which is legitimate only if an excess over 100 is spread in proportion), ``hhi_closed``,
        ``concentration_ratio`` (percent of the k largest), ``shannon`` (natural logarithm), ``hill_0``, ``hill_1``,
        ``hill_2`` (effective numbers of platforms), ``gini``, ``theil``. Last, for shares in percent only,
        ``hhi_sum_100``: no value, but the bounds among shares within the rounding intervals that sum to 100; without
        bounds if none do. All bounds are the narrowest (`unevenness_bounds` names the exceptions).

        A market with a platform that is only named (value missing) has none of these, since the missing figure may be
        the largest; its one row, ``platforms_without_figure``, counts such platforms.

    Raises
    ------
    TableError
        If a value is negative, a share passes 100 percent, or all are 0, naming the row.
    ValueError
        If k is below 1.

    References
    ----------
    Hirschman 1964, American Economic Review 54, 761; Shannon 1948, Bell System Technical Journal 27, 379-423; Hill
    1973, Ecology 54, 427-432; Aitchison 1986, The Statistical Analysis of Compositional Data (closure); Moore R.E.
    (1966) Interval Analysis, Prentice-Hall (bounds); Gini 1912, Variabilita e mutabilita; Theil 1967, Economics and
    Information Theory.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("statcounter_2020"), source_id="statcounter_2020")
    >>> found = penetration.concentration(figures).set_index("measure")["value"]
    >>> found[["shares_sum", "hhi_printed", "concentration_ratio"]].round(2)
    measure
    shares_sum              102.84
    hhi_printed            2396.90
    concentration_ratio      71.00
    Name: value, dtype: float64
    """
    if k < 1:
        raise ArgumentError("k={k} must be 1 or more", k=k)
    complete = figures.groupby(MARKET, sort=False)["value"].transform(lambda shares: shares.notna().all()).astype(bool)
    check_market(figures[complete])
    refuse(figures, figures["value"] < 0, "missing or negative share")
    records: list[dict[str, object]] = []
    for key, market in figures.groupby(MARKET, sort=False):
        named = dict(zip(MARKET, key, strict=True))
        for measure, unit, (value, low, high) in _indices(market, k):
            # Equal ends may differ from the value by a unit in the last place; a missing value moves no end.
            found = {"value": value, "low": np.fmin(low, value), "high": np.fmax(high, value)}
            records.append(
                {**named, "group": named["measure"], "measure": measure, "unit": unit, **found, "n": len(market)}
            )
    return estimates(pd.DataFrame(records), interval="rounding") if records else estimates(figures.head(0))


def _indices(market: pd.DataFrame, k: int) -> list[tuple[str, str, _Ends]]:
    """What one market's figures allow to compute: nothing but a count where a platform has no figure."""
    bare = float(market["value"].isna().sum())
    if bare:
        return [("platforms_without_figure", "platforms", (bare, bare, bare))]
    percent = str(market["unit"].iloc[0]) == "percent"
    return _printed(market) * percent + _closed(market, k) + _sum_of_100(market) * percent


def check_market(figures: pd.DataFrame) -> None:
    """Refuse missing and negative shares, those above 100 percent, and markets whose shares are all 0."""
    refuse(figures, ~(figures["value"] >= 0), "missing or negative share")
    refuse(figures, (figures["unit"] == "percent") & (figures["value"] > 100), "share above 100 percent of its base")
    sums = figures.groupby(MARKET, sort=False)["value"].transform("sum")
    refuse(figures, sums == 0, "market without any share above 0")


def ends(market: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Values and ends; a value without an interval is taken as exact, a lower bound has no upper end."""
    exact = market["interval"] == "none"
    value = market["value"].to_numpy(dtype=float)
    low = market["low"].where(~exact, market["value"]).fillna(0).to_numpy(dtype=float)
    high = market["high"].where(~exact, market["value"]).fillna(np.inf).to_numpy(dtype=float)
    return value, low, high


def _printed(market: pd.DataFrame) -> list[tuple[str, str, _Ends]]:
    value, low, high = ends(market)
    return [
        ("shares_sum", "percent", (value.sum(), low.sum(), high.sum())),
        ("hhi_printed", "hhi_points", ((value**2).sum(), (low**2).sum(), (high**2).sum())),
    ]


def _closed(market: pd.DataFrame, k: int) -> list[tuple[str, str, _Ends]]:
    """Each index of the closed shares, with the range it takes while each share stays in its rounding interval."""
    value, low, high = ends(market)
    found, bounds = unevenness(value, k=k), unevenness_bounds(low, high, k=k)
    if bounds is None:
        raise ArgumentError("shares of a free sum always have bounds")
    scaled = [(code, unit, factor, float(found[name]), bounds[name]) for name, code, unit, factor in _INDICES]
    return [(code, unit, (factor * at, factor * one, factor * two)) for code, unit, factor, at, (one, two) in scaled]


def _sum_of_100(market: pd.DataFrame) -> list[tuple[str, str, _Ends]]:
    """Range of the sum of squares among shares that sum to 100; printed shares seldom do, so there is no value."""
    _, low, high = ends(market)
    bounds = unevenness_bounds(low, high, total=100.0)
    one, two = bounds["hhi"] if bounds else (np.nan, np.nan)
    return [("hhi_sum_100", "hhi_points", (np.nan, 1e4 * one, 1e4 * two))]


def messages_per_author(figures: pd.DataFrame) -> pd.DataFrame:
    """Public messages for each author on a platform in a month.

    Parameters
    ----------
    figures : DataFrame
        Estimates of measures ``messages_month`` and ``authors_month`` with rounding intervals, group the platform. A
        suppressed count has no value, and bounds.

    Returns
    -------
    DataFrame
        Estimates, measure ``messages_per_author``, largest first; the interval is that of rounding. Where a count is
        suppressed there is no value, and the interval is what the bounds leave, 1 at least: who is an author has
        written a message.

    Raises
    ------
    TableError
        If a number of authors is not above 0, naming the row.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("brand_analytics_2023"), source_id="brand_analytics_2023")
    >>> penetration.messages_per_author(figures)[["group", "value"]].round(1).head(3)  # 2.5 million by 181.4 thousand
               group  value
    0  odnoklassniki   13.8
    1      vkontakte   13.5
    2      instagram   10.5
    """
    key = ["entity", "group", "period", "source_id"]
    messages, authors = (figures[figures["measure"] == name] for name in ("messages_month", "authors_month"))
    refuse(authors, ~(authors["low"] > 0), "number of authors must be above 0")
    both = messages.merge(authors, on=key, validate="one_to_one", suffixes=("", "_authors"))
    hidden = both["value"].isna() | both["value_authors"].isna()
    least = both["low"] / both["high_authors"]
    found = both.assign(
        value=both["value"] / both["value_authors"],
        low=least.where(~hidden, least.fillna(0.0).clip(lower=1.0)),
        high=both["high"] / both["low_authors"],
        interval=np.where(hidden, "bound", "rounding"),
    ).sort_values("value", ascending=False, kind="stable")
    return estimates(found, measure="messages_per_author", unit="messages_per_author", base="authors")


def suppressed(figures: pd.DataFrame) -> pd.DataFrame:
    """Counts that whoever counted keeps back: what anyone can conclude of each, and no value.

    Parameters
    ----------
    figures : DataFrame
        Estimates of counts, group the platform; a suppressed one has bounds alone.

    Returns
    -------
    DataFrame
        ``group``, ``period``, ``measure``, ``low`` and ``high`` of each.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = {"group": ["telegram", "vkontakte"], "period": "2023-09", "measure": "authors_month"}
    >>> rows = pd.DataFrame({**rows, "value": [None, 40.0], "low": [1.0, 40.0], "high": [12.0, 40.0]})
    >>> penetration.suppressed(rows)
          group   period        measure  low  high
    0  telegram  2023-09  authors_month  1.0  12.0
    """
    kept = figures[figures["value"].isna() & figures["low"].notna()]
    return kept[["group", "period", "measure", "low", "high"]].reset_index(drop=True)


def order_agreement(figures: pd.DataFrame, *, left: str, right: str) -> pd.DataFrame:
    """How far two measures put the same platforms in the same order, and how often chance does as well.

    Parameters
    ----------
    figures : DataFrame
        Estimates of both measures, group the platform; a platform without one of them is left out.
    left, right : str
        The measures.

    Returns
    -------
    DataFrame
        One row an entity, period and source with 3 to ``MOST_ORDERED`` platforms: those three, ``left``, ``right``,
        ``n``, ``value`` (Spearman's rank correlation) and ``p`` (share of all orders of the platforms whose correlation
        is as far from 0 or farther).

    References
    ----------
    Spearman 1904, American Journal of Psychology 15, 72-101; the exact test goes through all n! orders.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("brand_analytics_2023"), source_id="brand_analytics_2023")
    >>> found = penetration.order_agreement(figures, left="messages_month", right="authors_month")
    >>> found[["n", "value", "p"]].round(3)
       n  value      p
    0  6  0.486  0.356
    """
    key = ["entity", "period", "source_id"]
    one, two = (figures.loc[figures["measure"] == name, [*key, "group", "value"]] for name in (left, right))
    both = one.merge(two, on=[*key, "group"], validate="one_to_one", suffixes=("_left", "_right")).dropna()
    records: list[dict[str, object]] = []
    for named, rows in both.groupby(key, sort=False):
        if not 3 <= len(rows) <= MOST_ORDERED:
            continue
        first, second = (rankdata(rows[f"value_{side}"]) for side in ("left", "right"))
        orders = np.array(list(permutations(second - second.mean())))
        size = float(np.sqrt(((first - first.mean()) ** 2).sum() * ((second - second.mean()) ** 2).sum()))
        rho = orders @ (first - first.mean()) / size if size else np.full(len(orders), np.nan)
        p = float((np.abs(rho) >= abs(rho[0]) - _TIE).mean()) if size else np.nan
        same: dict[str, object] = dict(zip(key, named, strict=True))
        records.append({**same, "left": left, "right": right, "n": len(rows), "value": rho[0], "p": p})
    return pd.DataFrame(records, columns=[*key, "left", "right", "n", "value", "p"])
