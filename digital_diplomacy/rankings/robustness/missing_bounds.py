"""How far missing values can move a score and a rank: each missing cell at the worst and at the best of its scale."""

from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.composite.aggregation import aggregate_levels, methods_by_aggregate, weights_of
from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, hierarchy
from digital_diplomacy.rankings.composite.pipeline import Index
from digital_diplomacy.rankings.composite.steps import Floats
from digital_diplomacy.rankings.places import rank_intervals, ranks, settled
from digital_diplomacy.rankings.rows import estimates

MONOTONE: Final = ("arithmetic", "geometric", "harmonic", "generalised", "owa")
"""Means of a unit's own values that never fall when one of the values rises."""

_SCALED: Final = ("min_max", "z_score_min_max", "goalposts")


def missing_bounds(index: Index, *, source_id: str = "") -> pd.DataFrame:
    """Logical bounds on scores and ranks, wherever on the scale of their indicator the values not observed lie.

    What was missing before imputation is set to the worst and to the best of the normalised scale: its ``low`` and
    ``high`` where the method of normalisation has them, otherwise the extremes of all units. The scale itself is taken
    from the values there are: one beyond them all would stretch it, and move everybody. Both ends of every rank are
    reached by some values of the missing cells.

    Parameters
    ----------
    index : Index
        As `run` returns it; every mean one of ``MONOTONE``.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    DataFrame
        Estimates, two rows per unit (and period): measure ``index_missing``, unit ``score``, value the score as made;
        and ``rank_missing``, unit ``rank``, value the competition rank as made. Interval ``bound``, n units with a
        score.

    Raises
    ------
    ValueError
        If a mean compares units with each other or may fall when a value rises.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 40, 80, 100], "y": [np.nan, 0, 100, 50]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> steps = [step | ({"available": 0.5} if step["step"] == "screen" else {}) for step in rankings.default_steps()]
    >>> made = rankings.run(table, tree, steps)
    >>> rankings.missing_bounds(made)[["entity", "low", "high"]].iloc[[0, 4]].to_numpy().tolist()
    [['A', 0.0, 50.0], ['A', 3.0, 4.0]]
    """
    tree = hierarchy(index.framework)
    methods = methods_by_aggregate(index.steps[-1]["method"], index.framework)
    wrong = sorted({method.name for method in methods.values() if method.name not in MONOTONE})
    if wrong:
        raise ArgumentError(
            "no bounds for the method {wrong}; means that allow it: {monotone}",
            wrong=", ".join(wrong),
            monotone=", ".join(MONOTONE),
        )
    codes = list(tree.indicators)
    normalised = _values(index, "normalise")[codes].to_numpy(float)
    missing = np.isnan(_values(index, "impute", before=True)[codes].to_numpy(float))
    ends = [
        aggregate_levels(np.where(missing, end, normalised), weights_of(index.framework), tree, methods)[:, -1]
        for end in _scale(index, codes, normalised)
    ]
    scores = index.scores[tree.index].to_numpy(float)
    frame = index.scores[[ENTITY]].assign(
        period=index.scores[PERIOD].astype(str) if PERIOD in index.scores else "",
        low=np.fmin(ends[0], scores),
        high=np.fmax(ends[1], scores),
        value=scores,
    )
    return _rows(frame.reset_index(drop=True), source_id)


def _values(index: Index, step: str, *, before: bool = False) -> pd.DataFrame:
    """Values the step left (the last of its name), or those the first of its name found; units as finally scored."""
    numbers = [number for number, declared in enumerate(index.steps) if declared["step"] == step]
    stage = index.stages[numbers[0] if before else numbers[-1] + 1]
    values = stage.values  # noqa: PD011 (an attribute of a step)
    key = [ENTITY, *([PERIOD] if PERIOD in values else [])]
    return index.scores[key].merge(values, on=key, how="left", validate="one_to_one")


def _scale(index: Index, codes: list[str], normalised: Floats) -> tuple[Floats, Floats]:
    """Worst and best normalised value of each indicator."""
    worst, best = np.nanmin(normalised, axis=0), np.nanmax(normalised, axis=0)
    step = [declared for declared in index.steps if declared["step"] == "normalise"][-1]
    for column, code in enumerate(codes):
        options = {**step, **(step.get("by_indicator") or {}).get(code, {})}
        if options["method"] in _SCALED:
            worst[column] = min(worst[column], options["low"])
            best[column] = max(best[column], options["high"])
    return worst, best


def _rows(frame: pd.DataFrame, source_id: str) -> pd.DataFrame:
    ranked = frame.assign(n=0.0, rank=np.nan, rank_low=np.nan, rank_high=np.nan)
    scored = frame[frame["low"].notna() & frame["high"].notna()]
    for rows in scored.groupby("period", sort=False).groups.values():
        # Settled together: the last binary digits of equal scores, summed in two ways, make no place.
        ends = settled(pd.concat([frame.loc[rows, column] for column in ("low", "high", "value")]))
        low, high, value = np.split(ends.to_numpy(float), 3)
        ranked.loc[rows, ["rank_low", "rank_high"]] = rank_intervals(low, high).to_numpy(float)
        ranked.loc[rows, "rank"] = ranks(pd.Series(value)).to_numpy(float)
        ranked.loc[rows, "n"] = float(len(rows))
    places = ranked.assign(value=ranked["rank"], low=ranked["rank_low"], high=ranked["rank_high"])
    both = [ranked.assign(measure="index_missing", unit="score"), places.assign(measure="rank_missing", unit="rank")]
    extra = ["rank", "rank_low", "rank_high"]
    return estimates(pd.concat(both, ignore_index=True).drop(columns=extra), interval="bound", source_id=source_id)
