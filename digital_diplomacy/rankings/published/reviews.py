"""The Digital Diplomacy Review: places printed or bounded, as shares of the ministries ranked, and how they moved."""

from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.place_bounds import place_bounds
from digital_diplomacy.rankings.rows import estimates

SOURCE: Final = "digital_diplomacy_review"
_DECIMALS: Final = 1  # one place of 210 is half a percent


def review_ranks(review: pd.DataFrame, order: pd.DataFrame) -> pd.DataFrame:
    """Places of the Review: the place where a source prints one, and otherwise the narrowest bounds all sources leave.

    Parameters
    ----------
    review, order : DataFrame
        Tables ``digital_diplomacy_review`` and ``digital_diplomacy_review_order``.

    Returns
    -------
    DataFrame
        Estimates, unit ``rank``, interval ``bound``, group ``place_`` and the kind of evidence, n ministries ranked. A
        place printed without an edition has an empty period, no n, and ``_undated`` after its group: it is bounded by
        nothing but itself.

    Raises
    ------
    TableError
        If the places and the order of an edition contradict each other.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> tables = [sources.load(name) for name in ("digital_diplomacy_review", "digital_diplomacy_review_order")]
    >>> found = rankings.review_ranks(*tables)
    >>> own = found[found["entity"].isin(["LTU", "BLR"])]
    >>> own[["entity", "value", "low", "high", "n"]]  # Lithuania is 18th, and ahead of Belarus
       entity  value   low   high      n
    5     BLR    NaN  19.0  209.0  210.0
    25    LTU   18.0  18.0   18.0  210.0
    """
    parts = [_bounded(rows, order) for _, rows in review.groupby("edition")]
    undated = review[review["edition"].isna()]
    ends = {"low": undated["rank_low"], "high": undated["rank_high"]}
    rows = pd.concat([*parts, undated.assign(**ends)], ignore_index=True)
    frame = pd.DataFrame(
        {
            "entity": rows["entity"],
            "group": "place_" + rows["kind"] + np.where(rows["edition"].isna(), "_undated", ""),
            "period": rows["edition"].astype(object).map(lambda year: "" if pd.isna(year) else str(year)),
            "value": rows["rank"].astype(float),
            "low": rows["low"].astype(float),
            "high": rows["high"].astype(float),
            "n": rows["ranked_count"].astype(float),
        }
    )
    return estimates(
        frame, measure="ddr_rank", unit="rank", base="ministries_ranked", interval="bound", source_id=SOURCE
    )


def _bounded(rows: pd.DataFrame, order: pd.DataFrame) -> pd.DataFrame:
    """Rows of one edition with the narrowest bounds."""
    stated = rows.rename(columns={"rank_low": "low", "rank_high": "high"})[["entity", "low", "high"]]
    pairs = order[order["edition"] == rows["edition"].iloc[0]]
    found = place_bounds(stated, pairs, count=int(rows["ranked_count"].iloc[0]))
    return rows.reset_index(drop=True).assign(low=found["low"], high=found["high"])


def rank_shares(ranks: pd.DataFrame) -> pd.DataFrame:
    """How many of the units ranked stand ahead of each place: of place 38 of 210 it is 17.6 %. Ends of intervals alike.

    Those ahead are one fewer than the place, whether or not others share it, and of a late place it reads as plainly
    as of an early one.

    Parameters
    ----------
    ranks : DataFrame
        Estimates of unit ``rank`` with their n; rows without one, such as places without an edition, are left out.

    Returns
    -------
    DataFrame
        Estimates, unit ``percent`` of the units ranked (from 0, a smaller one is better) to one decimal, the measure
        with ``_share`` after it.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> from digital_diplomacy.rankings.rows import estimates
    >>> place = pd.DataFrame({"entity": ["KAZ"], "period": ["2016"], "value": 38, "low": 38, "high": 38, "n": 210})
    >>> rows = estimates(place, measure="ddr_rank", unit="rank", interval="bound", source_id="")
    >>> rankings.rank_shares(rows)["value"].tolist()  # 37 / 210
    [17.6]
    """
    known = ranks[ranks["n"].notna()].reset_index(drop=True)
    ends = {name: (100 * (known[name] - 1) / known["n"]).round(_DECIMALS) for name in ("value", "low", "high")}
    return estimates(known.assign(**ends, measure=known["measure"] + "_share", unit="percent"))


def rank_moves(ranks: pd.DataFrame) -> pd.DataFrame:
    """How many places each entity lost from its first to its last dated place; a gain is negative.

    Parameters
    ----------
    ranks : DataFrame
        Estimates of unit ``rank``, one measure and source, at most one row per entity and period.

    Returns
    -------
    DataFrame
        Estimates, unit ``places``, period from first to last, group that of the last place; the interval compares the
        worst with the best place. Entities with one dated place are left out.

    Raises
    ------
    ValueError
        If an entity has two places in one period.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> from digital_diplomacy.rankings.rows import estimates
    >>> places = pd.DataFrame({"entity": "KAZ", "period": ["2016", "2017"], "value": [38, 44]})
    >>> places = places.assign(low=places["value"], high=places["value"])
    >>> rows = estimates(places, measure="ddr_rank", unit="rank", interval="bound", source_id="")
    >>> rankings.rank_moves(rows)["value"].tolist()
    [6.0]
    """
    dated = ranks[ranks["period"] != ""].sort_values(["entity", "period"], kind="stable")
    twice = dated[dated.duplicated(["entity", "period"])]
    if len(twice):
        raise ArgumentError(
            "{iloc} has two places in {iloc_2}; choose one of them",
            iloc=twice["entity"].iloc[0],
            iloc_2=twice["period"].iloc[0],
        )
    first, last = (dated.groupby("entity").nth(number).reset_index(drop=True) for number in (0, -1))
    both = first.merge(last, on=["entity", "measure", "source_id"], suffixes=("_first", ""), validate="one_to_one")
    both = both[both["period_first"] < both["period"]]
    frame = both[["entity", "group", "measure", "source_id", "base", "interval"]].assign(
        period=both["period_first"] + "/" + both["period"],
        value=both["value"] - both["value_first"],
        low=both["low"] - both["high_first"],
        high=both["high"] - both["low_first"],
        measure=both["measure"] + "_move",
    )
    return estimates(frame, unit="places")


def both_editions(ranks: pd.DataFrame) -> pd.DataFrame:
    """First and last dated place of every entity with two of them or more, those best placed last coming first.

    Parameters
    ----------
    ranks : DataFrame
        Estimates of unit ``rank``, as `review_ranks` returns them; places without an edition, and bounds, are left out.

    Returns
    -------
    DataFrame
        Estimates without groups, so that places printed and derived stand in one line.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> tables = [sources.load(name) for name in ("digital_diplomacy_review", "digital_diplomacy_review_order")]
    >>> found = rankings.both_editions(rankings.review_ranks(*tables))
    >>> found.loc[found["entity"].isin(["ALB", "KAZ"]), ["entity", "period", "value"]]
      entity period  value
    0    ALB   2016   43.0
    1    ALB   2017   31.0
    4    KAZ   2016   38.0
    5    KAZ   2017   44.0
    """
    dated = ranks[(ranks["period"] != "") & ranks["value"].notna()].sort_values(["entity", "period"], kind="stable")
    edges = dated[~dated.duplicated("entity") | ~dated.duplicated("entity", keep="last")]
    known = edges[edges.duplicated("entity", keep=False)].assign(group="")
    last = known.groupby("entity")["value"].transform("last")
    return known.assign(last=last).sort_values(["last", "entity", "period"]).drop(columns="last").reset_index(drop=True)


def ranking(ranks: pd.DataFrame, period: str) -> pd.DataFrame:
    """One ranking as a table, best places first: places printed, then those within bounds by their best one.

    Parameters
    ----------
    ranks : DataFrame
        Estimates as `review_ranks` returns them.
    period : str
        The edition.

    Returns
    -------
    DataFrame
        ``entity, value, low, high`` (places), ``group``, ``share_low`` and ``share_high`` (percent of those ranked that
        stand ahead).

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> tables = [sources.load(name) for name in ("digital_diplomacy_review", "digital_diplomacy_review_order")]
    >>> found = rankings.ranking(rankings.review_ranks(*tables), "2017")
    >>> found[["entity", "value", "share_high"]]  # ALB: 30 of 209 ahead
       entity  value  share_high
    47    ALB   31.0        14.4
    48    ARM   34.0        15.8
    51    KAZ   44.0        20.6
    49    AZE   47.0        22.0
    50    GEO   66.0        31.1
    """
    rows = ranks[ranks["period"] == period].sort_values(["value", "low", "high", "entity"], na_position="last")
    share = rank_shares(rows)
    return rows[["entity", "value", "low", "high", "group"]].assign(
        share_low=share["low"].to_numpy(), share_high=share["high"].to_numpy()
    )
