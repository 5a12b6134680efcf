"""What population stands behind a printed count and its printed share, and whether printed figures agree.

All intervals are those of rounding: a figure printed to some digit is anything within half a unit of that digit.

References
----------
Moore R.E. (1966) Interval Analysis, Prentice-Hall.
"""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from digital_diplomacy.penetration.rows import estimates, findings, refuse

_EDITION: Final = ["entity", "period", "source_id"]


def implied_population(figures: pd.DataFrame) -> pd.DataFrame:
    """Population by which a printed count gives its printed share: count / share.

    Parameters
    ----------
    figures : DataFrame
        Estimates with rounding intervals; a count of measure ``m`` belongs to the share ``m_pct`` of the
        population with the same entity, group, period and source.

    Returns
    -------
    DataFrame
        Estimates, measure ``implied_population``, group the count's measure, in persons.

    Raises
    ------
    TableError
        If a share is not above 0, or passes 100 percent although persons are counted, naming the row.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> edition = sources.load("datareportal").query("period == '2023-01'")
    >>> rows = penetration.printed_figures(edition, source_id="datareportal")
    >>> penetration.implied_population(rows)[["group", "value"]].round()  # 17.73 million / 0.909 and so on
                    group       value
    0      internet_users  19504950.0
    1  mobile_connections  19494253.0
    2  social_media_users  19490132.0
    """
    percent = (figures["unit"] == "percent") & (figures["base"] == "population")
    shares = figures[percent & figures["measure"].str.endswith("_pct")]
    shares = shares.assign(measure=shares["measure"].str.removesuffix("_pct"))
    counts = figures[figures["unit"] != "percent"]
    key = ["entity", "group", "period", "measure", "source_id"]
    both = counts.merge(shares, on=key, validate="one_to_one", suffixes=("", "_pct"))
    refuse(both, ~(both["low_pct"] > 0), "share must be above 0 percent")
    refuse(
        both, (both["value_pct"] > 100) & (both["unit"] == "persons"), "share of persons above 100 percent of its base"
    )
    found = both.assign(
        group=both["measure"],
        value=100 * both["value"] / both["value_pct"],
        low=100 * both["low"] / both["high_pct"],
        high=100 * both["high"] / both["low_pct"],
    )
    return estimates(found, measure="implied_population", unit="persons", base="population", interval="rounding")


def common_population(implied: pd.DataFrame) -> pd.DataFrame:
    """Population that all figures of one entity, period and source can share; no row where there is none.

    Parameters
    ----------
    implied : DataFrame
        From `implied_population`.

    Returns
    -------
    DataFrame
        Estimates, measure ``common_population``; low and high are the intersection, value its middle and no more.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> edition = sources.load("datareportal").query("period == '2023-01'")
    >>> rows = penetration.printed_figures(edition, source_id="datareportal")
    >>> implied = penetration.implied_population(rows)
    >>> penetration.common_population(implied)[["low", "high"]].round()
              low        high
    0  19488730.0  19505558.0
    """
    ends = implied.groupby(_EDITION, sort=False).agg(low=("low", "max"), high=("high", "min")).reset_index()
    found = ends[ends["low"] <= ends["high"]]
    found = found.assign(value=(found["low"] + found["high"]) / 2)
    return estimates(found, measure="common_population", unit="persons", base="population", interval="rounding")


def check_population(implied: pd.DataFrame) -> pd.DataFrame:
    """Whether the figures of one entity, period and source can share one population (as in `common_population`).

    Parameters
    ----------
    implied : DataFrame
        From `implied_population`.

    Returns
    -------
    DataFrame
        Findings, kind ``shared_population``, one for each two figures: they agree if their intervals meet. Intervals
        that meet two by two have a point common to all. A single figure gives no row.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> edition = sources.load("datareportal").query("period == '2023-01'")
    >>> rows = penetration.printed_figures(edition, source_id="datareportal")
    >>> found = penetration.check_population(penetration.implied_population(rows))
    >>> found[["left", "right", "verdict"]]
                     left               right verdict
    0      internet_users  mobile_connections   holds
    1      internet_users  social_media_users   holds
    2  mobile_connections  social_media_users   holds
    """
    both = implied.merge(implied, on=_EDITION, suffixes=("_left", "_right"))
    both = both[both["group_left"] < both["group_right"]]
    return findings([_population_finding(row) for row in both.to_dict("records")])


def _population_finding(row: dict[Hashable, Any]) -> dict[str, object]:
    meets = row["low_left"] <= row["high_right"] and row["low_right"] <= row["high_left"]
    name = f"{row['source_id']}:{row['entity']}:{row['period']}:{row['group_left']}:{row['group_right']}"
    return {
        "relation_id": f"shared_population:{name}",
        "kind": "shared_population",
        "documents": "",
        "left": row["group_left"],
        "left_low": row["low_left"],
        "left_high": row["high_left"],
        "right": row["group_right"],
        "right_low": row["low_right"],
        "right_high": row["high_right"],
        "unit": "persons",
        "verdict": "holds" if meets else "fails",
        "reason": f"{row['period']}: {row['low_left']:.0f}..{row['high_left']:.0f}, "
        f"{row['low_right']:.0f}..{row['high_right']:.0f}",
        "claims": "",
    }


def _grown(figures: pd.DataFrame) -> pd.DataFrame:
    """Level, growth in units and growth in percent of one measure side by side; the percentage may be missing."""
    key = ["entity", "group", "measure", "source_id", "end"]
    levels = figures[~figures["period"].str.contains("/")].assign(end=figures["period"])
    ranges = figures[figures["period"].str.contains("/")]
    ranges = ranges.assign(end=ranges["period"].str.split("/").str[-1], start=ranges["period"].str.split("/").str[0])
    percent = ranges[ranges["measure"].str.endswith("_growth_pct")]
    units = ranges[ranges["measure"].str.endswith("_growth")]
    percent = percent.assign(measure=percent["measure"].str.removesuffix("_growth_pct"))
    units = units.assign(measure=units["measure"].str.removesuffix("_growth"))
    both = levels.merge(units, on=key, validate="one_to_one", suffixes=("", "_units"))
    return both.merge(percent.drop(columns="start"), on=key, how="left", validate="one_to_one", suffixes=("", "_pct"))


def previous_level(figures: pd.DataFrame) -> pd.DataFrame:
    """Level before the growth: level minus growth in the same units, both as printed.

    Parameters
    ----------
    figures : DataFrame
        Estimates: a level of measure ``m`` at a date, and its growth ``m_growth`` over a range that ends there.

    Returns
    -------
    DataFrame
        Estimates of measure ``m``, group ``derived_level``, at the beginning of the range. It is what the later
        edition says of the earlier date, which need not be what was published then.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = penetration.printed_figures(sources.load("datareportal"), source_id="datareportal")
    >>> penetration.previous_level(rows)[["measure", "period", "value"]]  # 15.47 million - 741 000, 12 - 2.5 million
                  measure   period       value
    0      internet_users  2020-01  14729000.0
    1  social_media_users  2020-01   9500000.0
    """
    both = _grown(figures)
    found = both.assign(
        group="derived_level",
        period=both["start"],
        value=both["value"] - both["value_units"],
        low=both["low"] - both["high_units"],
        high=both["high"] - both["low_units"],
    )
    return estimates(found, interval="rounding")


def check_growth(figures: pd.DataFrame) -> pd.DataFrame:
    """Whether growth printed in percent agrees with growth printed in units and the level it led to.

    Parameters
    ----------
    figures : DataFrame
        Estimates: level ``m``, ``m_growth`` in its units, ``m_growth_pct`` in percent of the earlier level.

    Returns
    -------
    DataFrame
        Findings, kind ``growth_in_percent``: left is growth as printed in percent, right growth / (level - growth)
        with the interval that the rounding of both allows. Without a printed percentage it cannot be checked.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = penetration.printed_figures(sources.load("datareportal"), source_id="datareportal")
    >>> found = penetration.check_growth(rows)
    >>> found[["left_low", "left_high", "right_low", "right_high", "verdict"]].round(2)  # printed as 5 % and 26 %
       left_low  left_high  right_low  right_high verdict
    0       4.5        5.5       5.03        5.04   holds
    1      25.5       26.5      24.38       28.49   holds
    """
    return findings([_growth_finding(row) for row in _grown(figures).to_dict("records")])


def _growth_finding(row: dict[Hashable, Any]) -> dict[str, object]:
    """One level with its growth in units and in percent; the percentage may be missing."""
    rate = 100 * row["value_units"] / (row["value"] - row["value_units"])
    low = 100 * row["low_units"] / (row["high"] - row["low_units"])
    high = 100 * row["high_units"] / (row["low"] - row["high_units"])
    meets = row["low_pct"] <= high and low <= row["high_pct"]
    printed = not pd.isna(row["value_pct"])
    return {
        "relation_id": f"growth:{row['source_id']}:{row['entity']}:{row['measure']}:{row['end']}",
        "kind": "growth_in_percent",
        "documents": "",
        "left": f"{row['measure']}_growth_pct",
        "left_low": row["low_pct"],
        "left_high": row["high_pct"],
        "right": f"{row['measure']}_growth",
        "right_low": low,
        "right_high": high,
        "unit": "percent",
        "verdict": ("holds" if meets else "fails") if printed else "cannot be checked",
        "reason": f"{row['value_units']:.0f} / ({row['value']:.0f} - {row['value_units']:.0f}) = {rate:.2f} %",
        "claims": "",
    }
