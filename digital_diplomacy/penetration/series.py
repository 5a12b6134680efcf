"""Internet users over time, and which year of that series a printed figure repeats."""

import math
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.rows import estimates

LAGS: Final = (0, 1, 2, 3, 4)


def internet_users(table: pd.DataFrame, *, countries: Sequence[str], source_id: str = "internet_users") -> pd.DataFrame:
    """Individuals using the Internet in some countries, in percent of the population, all years of the table.

    Parameters
    ----------
    table : DataFrame
        ``iso3``, ``year``, ``internet_users_pct``.
    countries : sequence of str
        ISO 3166 alpha-3, in the order of the result; a code named twice counts once, one the table lacks gives no rows.
    source_id : str
        Name of the raw table; rows of a user's table before it name their own in the column ``source_id``.

    Returns
    -------
    DataFrame
        Estimates, measure ``internet_users_pct``; the source states no uncertainty, so none is shown.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> found = penetration.internet_users(sources.load("internet_users"), countries=["UZB", "KAZ"])
    >>> found.loc[found["period"] == "2020", ["entity", "value", "unit"]]
       entity    value     unit
    20    UZB  71.1000  percent
    44    KAZ  85.9426  percent
    """
    rows = table[table["iso3"].isin(list(countries))]
    order = rows["iso3"].map({iso3: place for place, iso3 in enumerate(dict.fromkeys(countries))})
    rows = rows.assign(order=order).sort_values(["order", "year"], kind="stable")
    found = pd.DataFrame(
        {"entity": rows["iso3"], "period": rows["year"].astype(str), "value": rows["internet_users_pct"]}
    )
    found["source_id"] = rows.get("source_id", source_id)
    return estimates(found, measure="internet_users_pct", unit="percent", base="population")


def within(series: pd.DataFrame, period: str) -> pd.DataFrame:
    """Rows of some years, to be drawn; what is computed takes the whole series, so that no result hangs on the window.

    Parameters
    ----------
    series : DataFrame
        Estimates whose period is one date.
    period : str
        ``first/last`` year, or one year.

    Raises
    ------
    ValueError
        If the period is not years in order.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> penetration.within(series, "2019/2020")[["period", "value"]]
      period    value
    0   2019  81.8776
    1   2020  85.9426
    """
    first, last = (period.split("/") * 2)[:2]
    if not (first.isdigit() and last.isdigit() and len(first) == len(last) == 4 and first <= last):
        raise ArgumentError("period {period!r} is not YYYY or YYYY/YYYY in order", period=period)
    return estimates(series[series["period"].str[:4].between(first, last)].reset_index(drop=True))


def latest(series: pd.DataFrame) -> pd.DataFrame:
    """The last observation of each series (same entity, group, measure and source), in order of first appearance.

    Parameters
    ----------
    series : DataFrame
        Estimates whose period is one date.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> penetration.latest(penetration.within(series, "2000/2020"))[["entity", "period", "value"]]
      entity period    value
    0    KAZ   2020  85.9426
    """
    rows = (
        series.sort_values("period", kind="stable")
        .groupby(["entity", "group", "measure", "source_id"], sort=False)
        .tail(1)
    )
    place = {entity: number for number, entity in enumerate(series["entity"].unique())}
    return estimates(rows.assign(place=rows["entity"].map(place)).sort_values("place", kind="stable"))


def last_periods(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of each measure's last period, so that platforms compared with each other are of one period.

    Parameters
    ----------
    figures : DataFrame
        Columns ``entity``, ``measure`` and ``period``, such as rows of a table or estimates; each period one date.

    Returns
    -------
    DataFrame
        All columns; of each entity and measure the rows of its last period, in their order.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"entity": "KAZ", "measure": "authors_month", "period": ["2024-01", "2024-02", "2024-02"]})
    >>> penetration.last_periods(rows.assign(platform=["telegram", "telegram", "youtube"]))
      entity        measure   period  platform
    0    KAZ  authors_month  2024-02  telegram
    1    KAZ  authors_month  2024-02   youtube
    """
    last = figures.groupby(["entity", "measure"])["period"].transform("max")
    return figures[figures["period"] == last].reset_index(drop=True)


def periods_before(figures: pd.DataFrame) -> pd.DataFrame:
    """Measures of which there are figures of several periods, so that `last_periods` leaves some out.

    Parameters
    ----------
    figures : DataFrame
        As for `last_periods`.

    Returns
    -------
    DataFrame
        One row each: ``entity``, ``measure``, ``n`` (periods), ``first_period`` and ``period``, the last one.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"entity": "KAZ", "measure": "authors_month", "period": ["2024-01", "2024-02", "2024-02"]})
    >>> penetration.periods_before(rows)
      entity        measure  n first_period   period
    0    KAZ  authors_month  2      2024-01  2024-02
    """
    told = {"n": ("period", "nunique"), "first_period": ("period", "min"), "period": ("period", "max")}
    found = figures.groupby(["entity", "measure"], sort=False).agg(**told).reset_index()
    return found[found["n"] > 1].reset_index(drop=True)


def penetration_lag(printed: pd.DataFrame, series: pd.DataFrame, *, lags: Sequence[int] = LAGS) -> pd.DataFrame:
    """Printed penetration minus the series' value of the same year and of earlier years.

    Parameters
    ----------
    printed : DataFrame
        Estimates with rounding intervals; only the measure of ``series`` is compared.
    series : DataFrame
        Estimates by year, from `internet_users`.
    lags : sequence of int
        Years back, 0 or more.

    Returns
    -------
    DataFrame
        Estimates, measure ``difference_from_series``, group ``lag_<years>``, period that of the printed figure, in
        percentage points. An interval that contains 0 says that rounding that year's value gives the printed figure.

    Raises
    ------
    ValueError
        If a lag is negative.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = penetration.printed_figures(sources.load("datareportal"), source_id="datareportal")
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> found = penetration.penetration_lag(rows, series, lags=[0, 2])
    >>> found[["period", "group", "value"]].round(2)  # the two editions print the series' values of two years before
        period  group  value
    0  2021-01  lag_0  -9.02
    1  2021-01  lag_2   0.02
    2  2023-01  lag_0  -1.98
    3  2023-01  lag_2  -0.02
    """
    if any(lag < 0 for lag in lags):
        raise ArgumentError("lags {lags} must be 0 or more years", lags=list(lags))
    known = series[["entity", "measure", "period", "value"]].rename(columns={"period": "year", "value": "observed"})
    parts = [printed.assign(group=f"lag_{lag}", year=(_year(printed) - lag).astype(str)) for lag in lags]
    both = pd.concat(parts, ignore_index=True) if parts else printed.assign(year="")
    both = both.merge(known, on=["entity", "measure", "year"], validate="many_to_one")
    both = both.sort_values(["entity", "period", "group"], kind="stable")
    ends = {end: both[end] - both["observed"] for end in ("value", "low", "high")}
    return estimates(both.assign(**ends), measure="difference_from_series", unit="percentage_points")


def edition_repeats(printed: pd.DataFrame, series: pd.DataFrame, *, lags: Sequence[int] = LAGS) -> pd.DataFrame:
    """Printed penetration beside the series' values of the same year and of earlier years.

    Parameters
    ----------
    printed, series, lags
        As in `penetration_lag`.

    Returns
    -------
    DataFrame
        Estimates by period of the printed figure: group ``printed`` with its rounding interval, and groups
        ``lag_<years>`` with the value of the series, for those years that it covers; printed figures without any are
        left out.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = penetration.printed_figures(sources.load("datareportal"), source_id="datareportal")
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> found = penetration.edition_repeats(rows, series, lags=[2])
    >>> found[["period", "group", "value"]].round(2)
        period    group  value
    0  2021-01  printed  81.90
    1  2021-01    lag_2  81.88
    2  2023-01  printed  90.90
    3  2023-01    lag_2  90.92
    """
    compared = penetration_lag(printed, series, lags=lags)
    key = ["entity", "period", "source_id"]
    from_series = series["source_id"].iloc[0] if len(series) else ""
    same = printed[printed["measure"].isin(series["measure"])]
    own = same.merge(compared[key].drop_duplicates(), on=key).assign(group="printed")
    both = compared.merge(
        own[[*key, "value", "measure", "unit"]], on=key, suffixes=("", "_own"), validate="many_to_one"
    )
    ends: dict[str, Any] = {"low": math.nan, "high": math.nan, "interval": "none"}
    ends["value"] = both["value_own"] - both["value"]
    past = both.assign(**ends, measure=both["measure_own"], unit=both["unit_own"], source_id=from_series)
    rows = pd.concat([own, past]).sort_values(["entity", "period"], kind="stable")
    return estimates(rows.reset_index(drop=True))


def _year(rows: pd.DataFrame) -> pd.Series:
    return rows["period"].str.split("/").str[-1].str[:4].astype(int)
