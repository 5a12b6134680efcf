"""Editions of one publisher: what all figures of an edition leave open together, and what changed between two.

All intervals are those of rounding: a figure printed to some digit is anything within half a unit of that digit.

References
----------
Moore R.E. (1966) Interval Analysis, Prentice-Hall.
"""

from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.penetration.audiences.populations import common_population, implied_population
from digital_diplomacy.penetration.rows import estimates

_SERIES: Final = ["entity", "group", "measure", "unit", "base", "source_id"]
_EDITION: Final = ["entity", "period", "source_id"]


def pinned_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Printed figures, each narrowed to what the other figures of its edition leave open.

    A count and its share belong to one population, and so do all counts and shares of an edition: a count printed with
    few digits is pinned down by its share times the population that better printed pairs imply.

    Parameters
    ----------
    figures : DataFrame
        Estimates with rounding intervals; a count of measure ``m`` and its share ``m_pct`` of the population as in
        `implied_population`.

    Returns
    -------
    DataFrame
        The same rows. Low and high of a count are those of its rounding and of share times common population together,
        of a share those of its rounding and of count by common population; a value outside moves to the nearer end.
        Figures without partner, and all of an edition whose figures can share no population, stay as printed.

    Raises
    ------
    TableError
        As in `implied_population`.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> edition = sources.load("datareportal").query("period == '2021-01'")
    >>> rows = penetration.printed_figures(edition, source_id="datareportal")
    >>> found = penetration.pinned_figures(rows)
    >>> own = found[found["measure"] == "social_media_users"]
    >>> own[["value", "low", "high"]].round()  # printed as 12 million, and as 63.5 % of the same people
            value         low        high
    2  12000000.0  11973816.0  12015104.0
    """
    people = common_population(implied_population(figures))[[*_EDITION, "low", "high"]]
    rows = figures.reset_index(drop=True)
    rows = rows.assign(place=rows.index, stem=rows["measure"].str.removesuffix("_pct"))
    share = (rows["unit"] == "percent") & (rows["base"] == "population") & (rows["stem"] != rows["measure"])
    pairs = rows[rows["unit"] != "percent"].merge(
        rows[share], on=[*_EDITION, "group", "stem"], validate="one_to_one", suffixes=("", "_pct")
    )
    pairs = pairs.merge(people, on=_EDITION, validate="many_to_one", suffixes=("", "_people"))
    for end, other, nearer in (("low", "high", np.fmax), ("high", "low", np.fmin)):
        count = pairs[f"{end}_pct"] * pairs[f"{end}_people"] / 100
        percent = 100 * pairs[end] / pairs[f"{other}_people"]
        found = pd.concat([count.set_axis(pairs["place"]), percent.set_axis(pairs["place_pct"])])
        rows[end] = nearer(rows[end], found.reindex(rows.index))
    value = rows["value"].clip(rows["low"].fillna(-np.inf), rows["high"].fillna(np.inf))
    return estimates(rows.assign(value=value))


def edition_changes(figures: pd.DataFrame) -> pd.DataFrame:
    """Change of each measure between the first and the last edition that prints it, with the interval of rounding.

    Parameters
    ----------
    figures : DataFrame
        Estimates with rounding intervals; the period is one date, ranges (growth) are left out. A series is what has
        the same entity, group, measure, unit, base and source.

    Returns
    -------
    DataFrame
        One row a series with two editions: its key columns, ``period`` (first/last), ``first_period``, ``first``,
        ``last_period``, ``last`` (as printed), ``value``, ``low``, ``high`` (last minus first, in the series' unit or
        percentage points, from figures pinned down as in `pinned_figures`; an end is missing where a bound is open) and
        ``direction``: ``rose`` or ``fell`` if the interval excludes 0, otherwise ``open``.

    Raises
    ------
    TableError
        As in `implied_population`.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = penetration.printed_figures(sources.load("datareportal"), source_id="datareportal")
    >>> found = penetration.edition_changes(rows)
    >>> shares = found[found["unit"] == "percentage_points"]
    >>> shares[["measure", "first", "last", "low", "high", "direction"]].round(2)
                      measure  first  last   low  high direction
    1      internet_users_pct   81.9  90.9  8.92  9.10      rose
    3  social_media_users_pct   63.5  60.8 -2.80 -2.62      fell
    """
    levels = figures[~figures["period"].str.contains("/") & (figures["period"] != "")]
    rows = pinned_figures(levels).assign(printed=levels["value"].to_numpy()).sort_values("period", kind="stable")
    grouped = rows.groupby(_SERIES, sort=False)
    columns = ["period", "value", "low", "high", "printed"]
    first, last = grouped[columns].first(skipna=False), grouped[columns].last(skipna=False)
    both = first.add_prefix("first_").join(last.add_prefix("last_"))
    both = both[both["first_period"] < both["last_period"]].reset_index()
    found = both[_SERIES].assign(
        unit=both["unit"].where(both["unit"] != "percent", "percentage_points"),
        period=both["first_period"] + "/" + both["last_period"],
        first_period=both["first_period"],
        first=both["first_printed"],
        last_period=both["last_period"],
        last=both["last_printed"],
        value=both["last_value"] - both["first_value"],
        low=both["last_low"] - both["first_high"],
        high=both["last_high"] - both["first_low"],
    )
    fell, rose = found["high"] < 0, found["low"] > 0
    return found.assign(direction=np.select([fell, rose], ["fell", "rose"], "open")).reset_index(drop=True)


def editions_without(table: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    """Editions that print other figures but not this one, with what they print instead.

    Parameters
    ----------
    table : DataFrame
        Columns ``publisher``, ``edition``, ``entity``, ``period``, ``measure``, ``as_printed`` and ``value``.
    measure : str
        Code of the figure looked for.

    Returns
    -------
    DataFrame
        One row an edition, by period: publisher, edition, entity, period, and ``measure`` and ``as_printed`` of the
        first figure it does print.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = sources.load("kz_headlines").query("publisher == 'DataReportal'")
    >>> found = penetration.editions_without(rows, measure="internet_users_pct")
    >>> found[["edition", "measure", "as_printed"]]
            edition         measure            as_printed
    0  Digital 2018  internet_users  more than 14 million
    1  Digital 2020  internet_users       15.47 M - 741 k
    2  Digital 2025  internet_users          19,2 миллион
    """
    key = ["publisher", "edition", "entity"]
    having = table.loc[table["measure"] == measure, key].drop_duplicates()
    rows = table.merge(having, on=key, how="left", indicator=True, validate="many_to_one")
    rows = rows[rows["_merge"] == "left_only"].sort_values([*key, "period", "measure"], kind="stable")
    first = rows.groupby(key, sort=False).head(1).sort_values("period", kind="stable")
    return first[[*key, "period", "measure", "as_printed"]].reset_index(drop=True)
