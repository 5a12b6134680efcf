"""The Digital Diplomacy Review: places as printed or bounded, as shares of the ministries ranked, and how they moved."""

import numpy as np
import pandas as pd

from digital_diplomacy.rankings.place_bounds import place_bounds
from digital_diplomacy.rankings.rows import estimates

SOURCE = "digital_diplomacy_review"


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
    """
    parts = [_bounded(rows, order, int(edition)) for edition, rows in review.groupby("edition")]
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


def _bounded(rows: pd.DataFrame, order: pd.DataFrame, edition: int) -> pd.DataFrame:
    stated = rows.rename(columns={"rank_low": "low", "rank_high": "high"})[["entity", "low", "high"]]
    pairs = order[order["edition"] == edition]
    found = place_bounds(stated, pairs, count=int(rows["ranked_count"].iloc[0]))
    return rows.reset_index(drop=True).assign(low=found["low"], high=found["high"])
