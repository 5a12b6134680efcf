"""What population stands behind a printed count and its printed share, and whether printed figures agree.

All intervals are those of rounding: a figure printed to some digit is anything within half a unit of that digit.

References
----------
Moore 1966, Interval Analysis, chapter 2.
"""

import pandas as pd

from digital_diplomacy.penetration.rows import estimates, findings, refuse


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


def _tightest(implied: pd.DataFrame) -> pd.DataFrame:
    """For each entity, period and source: the largest lower and the smallest upper end, and whose they are."""
    key = ["entity", "period", "source_id"]
    grouped = implied.groupby(key, sort=False)
    lowest = implied.loc[grouped["low"].idxmax(), [*key, "group", "low", "high"]]
    highest = implied.loc[grouped["high"].idxmin(), [*key, "group", "low", "high"]]
    both = lowest.merge(highest, on=key, validate="one_to_one", suffixes=("_left", "_right"))
    return both.merge(grouped.size().rename("figures").reset_index(), on=key, validate="one_to_one")


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
    """
    both = _tightest(implied)
    found = both[both["low_left"] <= both["high_right"]]
    found = found.assign(
        low=found["low_left"], high=found["high_right"], value=(found["low_left"] + found["high_right"]) / 2
    )
    return estimates(
        found.assign(group=""), measure="common_population", unit="persons", base="population", interval="rounding"
    )


def check_population(implied: pd.DataFrame) -> pd.DataFrame:
    """Whether the figures of one entity, period and source share one population.

    Parameters
    ----------
    implied : DataFrame
        From `implied_population`.

    Returns
    -------
    DataFrame
        Findings, kind ``common_population``: left is the figure with the largest lower, right the one with the smallest
        upper end. A single figure cannot be checked.
    """
    records: list[dict[str, object]] = []
    for row in _tightest(implied).to_dict("records"):
        holds = "holds" if row["low_left"] <= row["high_right"] else "fails"
        sign = "<=" if holds == "holds" else ">"
        records.append(
            {
                "relation_id": f"common_population:{row['source_id']}:{row['entity']}:{row['period']}",
                "kind": "common_population",
                "documents": "",
                "left": row["group_left"],
                "left_low": row["low_left"],
                "left_high": row["high_left"],
                "right": row["group_right"],
                "right_low": row["low_right"],
                "right_high": row["high_right"],
                "unit": "persons",
                "verdict": holds if row["figures"] > 1 else "cannot be checked",
                "reason": f"{row['low_left']:.0f} {sign} {row['high_right']:.0f}",
                "claims": "",
            }
        )
    return findings(records)


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
        Estimates of measure ``m``, group ``derived``, at the beginning of the range. It is what the later edition says
        of the earlier date, which need not be what was published then.
    """
    both = _grown(figures)
    found = both.assign(
        group="derived",
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
        Findings, kind ``growth``: left is growth as printed in percent, right growth / (level - growth) with the
        interval that the rounding of both allows. Without a printed percentage it cannot be checked.
    """
    both = _grown(figures)
    rate = 100 * both["value_units"] / (both["value"] - both["value_units"])
    low = 100 * both["low_units"] / (both["high"] - both["low_units"])
    high = 100 * both["high_units"] / (both["low"] - both["high_units"])
    meets = (both["low_pct"] <= high) & (low <= both["high_pct"])
    verdict = meets.map({True: "holds", False: "fails"}).where(both["value_pct"].notna(), "cannot be checked")
    found = pd.DataFrame(
        {
            "relation_id": "growth:"
            + both["source_id"]
            + ":"
            + both["entity"]
            + ":"
            + both["measure"]
            + ":"
            + both["end"],
            "kind": "growth",
            "documents": "",
            "left": both["measure"] + "_growth_pct",
            "left_low": both["low_pct"],
            "left_high": both["high_pct"],
            "right": both["measure"] + "_growth",
            "right_low": low,
            "right_high": high,
            "unit": "percent",
            "verdict": verdict,
            "reason": [
                f"{grown:.0f} / ({level:.0f} - {grown:.0f}) = {share:.2f} %"
                for grown, level, share in zip(both["value_units"], both["value"], rate, strict=True)
            ],
            "claims": "",
        }
    )
    return findings([{str(name): cell for name, cell in row.items()} for row in found.to_dict("records")])
