"""Growth between two dates; no curve is fitted."""

from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.rows import estimates, refuse

_SERIES: Final = ["entity", "group", "measure", "unit", "base", "source_id"]
_EXACT: Final = ("none", "rounding", "bound")


def years(period: str) -> float:
    """A date as a number of years; a month counts from its beginning.

    Raises
    ------
    ValueError
        If the period is empty or a range.

    Examples
    --------
    >>> years("2021"), years("2021-07")
    (2021.0, 2021.5)
    """
    parts = period.split("-")
    if "/" in period or not parts[0].isdigit():
        raise ArgumentError(
            "period {period!r} is not one date; growth needs YYYY, YYYY-MM or YYYY-MM-DD", period=period
        )
    numbers = [int(part) for part in parts] + [1, 1]
    return numbers[0] + (numbers[1] - 1) / 12 + (numbers[2] - 1) / 365.25


def growth(series: pd.DataFrame) -> pd.DataFrame:
    """Growth from the first to the last observation of each series.

    Parameters
    ----------
    series : DataFrame
        Estimates whose period is one date. A series is what has the same entity, group, measure, unit, base and source.

    Returns
    -------
    DataFrame
        Five estimates a series, period ``first/last``, group the series' own or else its measure: ``growth_absolute``
        (the series' unit; percentage points for percent), ``growth_percent``, ``growth_annual`` (percent a year, the
        constant rate between both ends), ``growth_log`` (natural logarithm, per year), ``doubling_time`` (years;
        missing unless it grew). Intervals follow from both ends' rounding intervals or bounds (Moore 1966). A series of
        one observation has no growth and gives no row.

    Raises
    ------
    TableError
        If a value is missing or not above 0, naming the row.
    ValueError
        If an interval is not one of rounding or bounds: growth of sampled values needs their joint distribution.

    References
    ----------
    Moore R.E. (1966) Interval Analysis, Prentice-Hall.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = penetration.printed_figures(sources.load("datareportal"), source_id="datareportal")
    >>> found = penetration.growth(rows[rows["measure"] == "internet_users"])
    >>> found.loc[found["measure"] != "growth_log", ["measure", "value"]].round(2)  # 17.73 / 15.47 in two years
               measure       value
    0  growth_absolute  2260000.00
    1   growth_percent       14.61
    2    growth_annual        7.06
    4    doubling_time       10.17
    """
    _check_levels(series)
    ends = _ends(series)
    ratio = _ratio(ends)
    span = ends["years_last"] - ends["years_first"]
    annual = ratio.pow(1 / span, axis=0).sub(1).mul(100)
    logs = ratio.apply(np.log).div(span, axis=0)
    absolute = pd.DataFrame(
        {
            "value": ends["value_last"] - ends["value_first"],
            "low": ends["low_last"] - ends["high_first"],
            "high": ends["high_last"] - ends["low_first"],
        }
    )
    unit = ends["unit"].where(ends["unit"] != "percent", "percentage_points")
    parts = [
        absolute.assign(measure="growth_absolute", unit=unit),
        ratio.sub(1).mul(100).assign(measure="growth_percent", unit="percent"),
        annual.assign(measure="growth_annual", unit="percent_per_year"),
        logs.assign(measure="growth_log", unit="per_year"),
        _doubling(logs).assign(measure="doubling_time", unit="years"),
    ]
    named = ends[["entity", "group", "period", "base", "interval", "source_id"]]
    return estimates(pd.concat([part.join(named) for part in parts]).sort_index(kind="stable"))


def required_growth(start: pd.DataFrame, goal: pd.DataFrame) -> pd.DataFrame:
    """Constant yearly growth that leads from one figure to a forecast or target.

    Parameters
    ----------
    start, goal : DataFrame
        Estimates of the same entity, group, unit, base and source at two dates; their measures may differ.

    Returns
    -------
    DataFrame
        Estimates, measure ``required_growth``, percent a year, period ``start/goal``.

    Raises
    ------
    ValueError
        If nothing of the one belongs to anything of the other.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> table = sources.load("global_users").query("as_printed in ['1,65 млрд', '5 billion']")
    >>> rows = penetration.printed_figures(table, source_id="global_users")
    >>> start, goal = rows[rows["period"] == "2018"], rows[rows["period"] == "2030"]
    >>> penetration.required_growth(start, goal)[["period", "value"]].round(2)  # 5 / 1.65 in twelve years
          period  value
    0  2018/2030   9.68
    """
    name = "required_growth"
    found = growth(pd.concat([start.assign(measure=name), goal.assign(measure=name)], ignore_index=True))
    if len(start) and len(goal) and found.empty:
        raise ArgumentError("start and goal have no entity, group, unit, base and source in common, or the same date")
    found = found[found["measure"] == "growth_annual"]
    return estimates(found.assign(group=found["group"].mask(found["group"] == name, "")), measure=name)


def required_share(goal: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Share of a population that a forecast of users or accounts would take, every account a person of its own.

    Parameters
    ----------
    goal, population : DataFrame
        Estimates; joined by entity and period, one population each.

    Returns
    -------
    DataFrame
        Estimates, measure ``required_share``, percent of the population; the interval divides low by high and high by
        low (Moore R.E. (1966) Interval Analysis, Prentice-Hall). No row where no population is known.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> table = sources.load("global_users").query("period == '2030'")
    >>> goal = penetration.printed_figures(table, source_id="global_users")
    >>> people = penetration.printed_figures(sources.load("world_population"), source_id="world_population")
    >>> penetration.required_share(goal, people)[["value"]].round(1)  # 5 of 8.51 billion
       value
    0   58.7
    """
    people = population[["entity", "period", "value", "low", "high"]]
    both = goal.merge(people, on=["entity", "period"], validate="many_to_one", suffixes=("", "_people"))
    refuse(both, ~(both["low_people"] > 0), "a share needs a population above 0")
    found = both.assign(
        value=100 * both["value"] / both["value_people"],
        low=100 * both["low"] / both["high_people"],
        high=100 * both["high"] / both["low_people"],
    )
    return estimates(found, measure="required_share", unit="percent", base="population")


def _check_levels(series: pd.DataFrame) -> None:
    refuse(series, ~(series["value"] > 0), "growth needs values above 0")
    kinds = sorted(set(series["interval"]) - set(_EXACT))
    if kinds:
        raise ArgumentError(
            "intervals of kind {kinds} cannot be carried through growth; allowed: {exact}",
            kinds=", ".join(kinds),
            exact=", ".join(_EXACT),
        )


def _ends(series: pd.DataFrame) -> pd.DataFrame:
    """First and last observation of each series side by side."""
    rows = series.assign(years=series["period"].map(years).astype(float)).sort_values("years", kind="stable")
    grouped = rows.groupby(_SERIES, sort=False)
    columns = ["value", "low", "high", "interval", "years", "period"]
    first, last = grouped[columns].first(skipna=False), grouped[columns].last(skipna=False)
    both = first.add_suffix("_first").join(last.add_suffix("_last"))
    ends = both[both["years_first"] < both["years_last"]].reset_index()
    kinds = ends[["interval_first", "interval_last"]]
    return ends.assign(
        period=ends["period_first"] + "/" + ends["period_last"],
        group=ends["group"].where(ends["group"] != "", ends["measure"]),
        interval=np.where((kinds == "bound").any(axis=1), "bound", "rounding"),
    )


def _ratio(ends: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "value": ends["value_last"] / ends["value_first"],
            "low": ends["low_last"] / ends["high_first"],
            "high": ends["high_last"] / ends["low_first"],
        }
    )


def _doubling(logs: pd.DataFrame) -> pd.DataFrame:
    """Faster growth doubles sooner, so the ends change places; without growth there is no end."""
    times = np.log(2) / logs.where(logs > 0)
    known = times["value"].notna()
    return pd.DataFrame({"value": times["value"], "low": times["high"].where(known), "high": times["low"].where(known)})
