"""Percent written as fractions of 1 in some cells of a column and as percent in others."""

from typing import Final

import pandas as pd

_HUNDRED: Final = 100.0
_NEAR: Final = 2.0  # how far a hundred times a fraction may be from what stands beside it
_LEAST: Final = (0.1, 10.0)
"""Smaller fractions, and smaller percentages beside them, are common among true percentages: of early years, of small
platforms."""


def maybe_fractions(rows: pd.DataFrame) -> pd.Series:
    """Which figures of a column of percentages may be fractions of 1, as far as the other figures tell.

    A small percentage is no fault, so that a figure of 1 or less alone tells nothing. It is suspicious where a hundred
    times the figure is within a factor of two of the figure of the same unit next to it in time, or, of a unit that has
    no figure above 1 at all, of the median of other units in the same period. Figures below 0.1 and others below 10 are
    not suspected. Both rules are of this package.

    Parameters
    ----------
    rows : DataFrame
        Columns ``entity``, ``group`` (units that are compared with nobody but themselves where it is not empty),
        ``period``, ``value``.

    Returns
    -------
    Series of bool
        With the index of the rows.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> rows = pd.DataFrame({"entity": ["KAZ"] * 3, "group": "", "period": ["2018", "2019", "2020"]})
    >>> sources.maybe_fractions(rows.assign(value=[0.615, 77.9, 81.9])).tolist()  # 61.5 before 77.9
    [True, False, False]
    >>> sources.maybe_fractions(rows.assign(value=[0.4, 0.9, 2.3])).tolist()  # true percentages, of early years
    [False, False, False]
    """
    ordered = rows.sort_values(["entity", "group", "period"], kind="stable")
    units, value = ordered.groupby(["entity", "group"])["value"], ordered["value"].astype(float)
    is_small = value.between(_LEAST[0], 1)
    neighbours = [units.shift(step) for step in (-1, 1)]
    beside = pd.concat([_is_hundredfold(value, other) for other in neighbours], axis=1).any(axis=1)
    large = value.where(value > 1)
    others = large.groupby(ordered["period"]).transform("median")
    alone = (units.transform("max") <= 1) & (ordered["group"] == "") & _is_hundredfold(value, others)
    return (is_small & (beside | alone)).reindex(rows.index)


def _is_hundredfold(value: pd.Series, other: pd.Series) -> pd.Series:
    """Whether the other is about a hundred times as large, and no small percentage itself."""
    return (other >= _LEAST[1]) & (other / (_HUNDRED * value)).between(1 / _NEAR, _NEAR)
