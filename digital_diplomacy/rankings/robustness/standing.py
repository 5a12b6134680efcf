"""Who is ranked in an index, in which period, and where."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, hierarchy
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
