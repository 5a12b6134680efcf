"""Who is ranked in an index, in which period, and where: as declared, and over several ways of making it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, hierarchy
from digital_diplomacy.rankings.composite.pipeline import run
from digital_diplomacy.rankings.composite.steps import choose
from digital_diplomacy.rankings.places import ranks


def standing(scores: pd.DataFrame, framework: pd.DataFrame, period: str = "") -> pd.DataFrame:
    """Scores and competition ranks of the units ranked in a period.

    Parameters
    ----------
    scores, framework : DataFrame
        As `pipeline.run` leaves them in its result.
    period : str
        To be said only if there are several.

    Returns
    -------
    DataFrame
        ``score`` and ``rank``, rows named by entity; units without a score are left out.
    """
    index = hierarchy(framework).index
    part = scores.iloc[period_rows(scores, chosen_period(scores, period))].dropna(subset=[index])
    column = part.set_index(part[ENTITY].astype(str))[index].astype(float)
    return pd.DataFrame({"score": column, "rank": ranks(column)}).rename_axis(ENTITY)


def made_standing(
    values: pd.DataFrame, framework: pd.DataFrame, steps: Sequence[Mapping[str, Any]], period: str
) -> pd.DataFrame:
    """The `standing` in the index that `pipeline.run` makes of its arguments."""
    made = run(values, framework, steps)
    return standing(made.scores, made.framework, period)


def rank_spread(places: Sequence[pd.Series], measure: str) -> pd.DataFrame:
    """Each unit's rank as declared, and the least and the greatest of it over several ways of making the index.

    Parameters
    ----------
    places : sequence of Series
        Ranks by entity: as declared first, then those of each other way.
    measure : str
        What the rows are called.

    Returns
    -------
    DataFrame
        Rows for `estimates`, interval ``sensitivity``; n is the number of other ways.

    Examples
    --------
    >>> declared, other = (pd.Series(ranks, index=pd.Index(["a", "b"], name="entity")) for ranks in ([1, 2], [2, 1]))
    >>> rank_spread([declared, other], "rank_x")[["entity", "value", "low", "high", "n"]].to_numpy().tolist()
    [['a', 1, 1, 2, 1.0], ['b', 2, 1, 2, 1.0]]
    """
    every = pd.concat(places, axis=1)
    ends = {"low": every.min(axis=1), "high": every.max(axis=1), "n": float(len(places) - 1)}
    spread = pd.DataFrame({"value": places[0], **ends}).loc[places[0].index].reset_index()
    return spread.assign(group="", measure=measure, unit="rank", interval="sensitivity")


def chosen_period(scores: pd.DataFrame, period: str) -> str:
    """The period whose units are ranked: the one asked for, or the only one."""
    if PERIOD not in scores:
        return period
    known = sorted(scores[PERIOD].astype(str).unique())
    return choose("period", period, known) if period or len(known) > 1 else known[0]


def period_rows(frame: pd.DataFrame, period: str) -> npt.NDArray[np.intp]:
    """Rows of a period; all if there are no periods."""
    if PERIOD not in frame:
        return np.arange(len(frame))
    return np.flatnonzero(frame[PERIOD].astype(str) == period)
