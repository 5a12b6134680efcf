"""An index in one table: every unit with its place, its ranges and its made-up values; what of the order is sure."""

from itertools import pairwise

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.composite.account import KINDS, made_cells
from digital_diplomacy.rankings.composite.pipeline import Index
from digital_diplomacy.rankings.robustness.missing_bounds import missing_bounds
from digital_diplomacy.rankings.robustness.standing import chosen_period, standing
from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty, pairs_counted, rank_estimates


def ranking_table(
    index: Index, found: Uncertainty | None = None, *, period: str = "", level: float = 0.9
) -> pd.DataFrame:
    """Every unit that has a place, the first on top; units that share one in the order of their codes.

    Parameters
    ----------
    index : Index
        As `run` returns it.
    found : Uncertainty, optional
        From `simulate` of the same index; without it median and range of ranks are missing.
    period : str
        To be said only if there are several.
    level : float
        Share of the draws within the range of ranks.

    Returns
    -------
    DataFrame
        ``entity``, ``score`` and ``rank`` as declared, ``median``, ``low``, ``high`` (ranks over draws),
        ``missing_low``, ``missing_high`` (ranks wherever on their scales the missing values lie; missing where a mean
        allows no such bounds), ``imputed`` and ``winsorised`` (numbers of the unit's cells).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> columns = {"a": [4.0, 3, np.nan, 0], "b": [1.0, 2, 4, 5], "c": [3.0, 1, 2, 2]}
    >>> tree = pd.DataFrame({"code": ["a", "b", "c", "index"], "parent": ["index", "index", "index", ""]})
    >>> made = rankings.run(pd.DataFrame({"entity": list("KLMN"), **columns}), tree, rankings.default_steps())
    >>> found = rankings.ranking_table(made).set_index("entity")
    >>> found.loc["M", ["rank", "missing_low", "missing_high", "imputed"]].tolist()
    [1.0, 1.0, 3.0, 1.0]
    """
    chosen = chosen_period(index.scores, period)
    table = standing(index.scores, index.framework, period).astype({"rank": int}).reset_index()
    ranges = _ranges(found, level) if found is not None else pd.DataFrame(columns=["entity", "median", "low", "high"])
    for more in (ranges, _bounds(index, chosen), _made(index, chosen)):
        table = table.merge(more, on="entity", how="left", validate="one_to_one")
    counts = {kind: table[kind].fillna(0).astype(int) for kind in KINDS}
    ordered = table.assign(**counts).sort_values(["rank", "entity"], kind="stable", ignore_index=True)
    return ordered.astype(dict.fromkeys(["median", "low", "high"], float))


def _ranges(found: Uncertainty, level: float) -> pd.DataFrame:
    rows = rank_estimates(found, level=level)
    rows = rows[rows["measure"] == "rank_median_method"]
    return rows[["entity", "value", "low", "high"]].rename(columns={"value": "median"})


def _bounds(index: Index, period: str) -> pd.DataFrame:
    columns = {"low": "missing_low", "high": "missing_high"}
    try:
        rows = missing_bounds(index)
    except ValueError:  # a mean that compares units, or may fall when a value rises
        return pd.DataFrame(columns=["entity", *columns.values()])
    rows = rows[(rows["measure"] == "rank_missing") & (rows["period"] == period)]
    return rows[["entity", *columns]].rename(columns=columns)


def _made(index: Index, period: str) -> pd.DataFrame:
    cells = made_cells(index)
    counts = cells[cells["period"] == period].groupby(["entity", "kind"]).size().unstack("kind")  # noqa: PD010
    return counts.reindex(columns=list(KINDS)).reset_index()


def tiers(found: Uncertainty, *, share: float = 0.95) -> pd.DataFrame:
    """Groups of units told apart: each unit of one stands ahead of each unit of every later one in enough draws.

    The groups are the smallest of this kind in the order of the index as declared; within one the order is open, for
    some of its units at least.

    Parameters
    ----------
    found : Uncertainty
        From `simulate`.
    share : float
        Of the draws, above 0.5 and at most 1.

    Returns
    -------
    DataFrame
        ``tier`` (from 1), ``entity``, ``first`` and ``last`` (places the group takes), in the order of the ranks.

    Raises
    ------
    ValueError
        If the share is out of bounds, or pairs were not counted.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> found = rankings.Uncertainty(
    ...     entities=("A", "B", "C"), period="", nominal=np.array([1, 2, 3]),
    ...     counts=np.array([[10, 0, 0], [0, 6, 4], [0, 4, 6]]), above=np.array([[0, 10, 10], [0, 0, 6], [0, 4, 0]]),
    ...     draws=10, failures=pd.DataFrame({"cause": [], "draws": []}),
    ... )
    >>> rankings.tiers(found)  # A stands ahead in all draws; B and C change places in four of ten
       tier entity  first  last
    0     1      A      1     1
    1     2      B      2     3
    2     2      C      2     3
    """
    if not 0.5 < share <= 1:
        raise ArgumentError("share is {share}; above 0.5 and at most 1 expected", share=share)
    order = np.lexsort((np.array(found.entities, dtype=str), found.nominal))
    ahead = pairs_counted(found)[np.ix_(order, order)] >= share * found.used
    cuts = [place for place in range(1, len(order)) if ahead[:place, place:].all()]
    ends = [0, *cuts, len(order)]
    rows = [
        {"tier": number, "entity": found.entities[order[place]], "first": start + 1, "last": end}
        for number, (start, end) in enumerate(pairwise(ends), start=1)
        for place in range(start, end)
    ]
    return pd.DataFrame(rows, columns=["tier", "entity", "first", "last"])
