"""Scores and ranks as intervals where the values behind them are only known between two ends, such as rounded ones."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.composite.aggregation import aggregate, methods_by_aggregate
from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, check_framework, check_values, hierarchy
from digital_diplomacy.rankings.composite.methods import Spec
from digital_diplomacy.rankings.places import rank_intervals, ranks
from digital_diplomacy.rankings.rows import estimates

INCREASING: Final = ("arithmetic", "geometric", "harmonic", "generalised", "owa", "mean_min")
"""Methods whose score never falls when a value rises and depends on no other unit: ends of values give its ends."""


def rounded_ranks(
    values: pd.DataFrame,
    low: pd.DataFrame,
    high: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: Spec | Sequence[Spec] | Mapping[str, Spec] = "arithmetic",
    ties: str = "min",
) -> pd.DataFrame:
    """The index and the rank of each unit, with all that the digits of the values leave open.

    Parameters
    ----------
    values, low, high : DataFrame
        As `check_values` takes them, normalised (with fixed goalposts, so that no unit moves another), the same units
        in the same order: the values, and the ends between which they lie. Missing in all three or in none.
    framework, method
        As for `aggregate`; methods of ``INCREASING``.
    ties : str
        What tied units share in the rank itself; see `ranks`.

    Returns
    -------
    DataFrame
        Estimates, interval ``rounding``: ``index_score`` (unit ``score``) and ``index_rank`` (unit ``rank``, ends as in
        `rank_intervals`, n units of the period). Units without a score are left out.

    Raises
    ------
    ValueError
        If a method may fall when a value rises.
    TableError
        If the three tables do not match, or a value is outside its ends.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["A", "B", "C"], "x": [0.9, 0.8, 0.8]})
    >>> tree = pd.DataFrame({"code": ["x", "index"], "parent": ["index", ""]})
    >>> ends = [table.assign(x=table["x"] + half) for half in (-0.05, 0.04)]
    >>> found = rankings.rounded_ranks(table, *ends, tree)
    >>> found.loc[found["measure"] == "index_rank", ["entity", "value", "low", "high"]]
      entity  value  low  high
    3      A    1.0  1.0   1.0
    4      B    2.0  2.0   3.0
    5      C    2.0  2.0   3.0
    """
    checked = check_framework(framework)
    tree = hierarchy(checked)
    falling = {made.name for made in methods_by_aggregate(method, checked).values()} - set(INCREASING)
    if falling:
        raise ArgumentError(
            "method {falling} gives no ends of scores; allowed: {increasing}",
            falling=", ".join(sorted(falling)),
            increasing=", ".join(INCREASING),
        )
    tables = [check_values(table, checked) for table in (values, low, high)]
    _refuse_mismatch(tables[0], tables[1], tables[2], list(tree.indicators))
    ends = [vars(aggregate(table, checked, method=method))["values"][tree.index] for table in tables]
    frame = tables[0][[ENTITY]].assign(value=ends[0], low=ends[1], high=ends[2])
    frame = frame.assign(period=tables[0].get(PERIOD, "")).dropna(subset="value")
    # Ends computed in another order of sums may cross the value by its last digits.
    frame = frame.assign(low=frame[["low", "value"]].min(axis=1), high=frame[["high", "value"]].max(axis=1))
    placed = pd.concat([_placed(rows, ties) for _, rows in frame.groupby("period", sort=False)])
    scored = estimates(frame, measure="index_score", unit="score", interval="rounding", source_id="")
    ranked = estimates(placed, measure="index_rank", unit="rank", interval="rounding", source_id="")
    return pd.concat([scored, ranked], ignore_index=True)


def _refuse_mismatch(values: pd.DataFrame, low: pd.DataFrame, high: pd.DataFrame, codes: list[str]) -> None:
    key = [ENTITY, *([PERIOD] if PERIOD in values else [])]
    for end in (low, high):
        if not all(column in end for column in key) or not values[key].equals(end[key]):
            raise TableError("values, low and high have different units; give the same rows in the same order")
    inside = ((low[codes] <= values[codes]) & (values[codes] <= high[codes])).to_numpy()
    empty = (values[codes].isna() & low[codes].isna() & high[codes].isna()).to_numpy()
    rows, columns = np.nonzero(~(inside | empty))
    if len(rows):
        unit = "/".join(values.loc[rows[0], key].astype(str))
        raise TableError(
            "{unit}, column {codes!r}: the value is not between low and high; mend the ends, or leave all three "
            "empty if it is missing",
            unit=unit,
            codes=codes[columns[0]],
        )


def _placed(rows: pd.DataFrame, ties: str) -> pd.DataFrame:
    span = rank_intervals(rows["low"], rows["high"])
    place = ranks(rows["value"], method=ties).to_numpy()
    low, high = np.minimum(span["low"], place), np.maximum(span["high"], place)
    return rows.assign(value=place, low=low, high=high, n=len(rows))
