"""What a result table says in one row, for titles and answers: how far something moved, who is highest, where one is.

Every reading has a column ``case`` for what the intervals allow to be said. Where two intervals meet, the case is
``unclear``: the figures do not tell which is larger.
"""

import math
from collections.abc import Mapping
from itertools import combinations
from typing import Final

import pandas as pd

from digital_diplomacy import tables
from digital_diplomacy.errors import ArgumentError

_MOST_DECIMALS: Final = 10


def same(one: float, other: float) -> bool:
    """Whether two numbers are the same but for what binary arithmetic adds.

    Examples
    --------
    >>> from digital_diplomacy import readings
    >>> readings.same(0.1 + 0.2, 0.3), readings.same(12.31, 12.32)
    (True, False)
    """
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def apart(values: Mapping[str, float], *, decimals: int) -> dict[str, float]:
    """Numbers of one sentence rounded alike, with more decimals where different ones would be told as the same.

    Parameters
    ----------
    values : mapping of str to float
        Fields of a sentence that compares them; missing ones stay missing.
    decimals : int
        Of numbers that this tells apart.

    Examples
    --------
    >>> from digital_diplomacy import readings
    >>> readings.apart({"first": 12.341, "last": 12.302}, decimals=1), readings.apart({"a": 2.0, "b": 2.0}, decimals=1)
    ({'first': 12.34, 'last': 12.3}, {'a': 2.0, 'b': 2.0})
    """
    known = [float(value) for value in values.values() if math.isfinite(value)]
    different = [pair for pair in combinations(known, 2) if not same(*pair)]
    places = next(
        (
            places
            for places in range(decimals, _MOST_DECIMALS)
            if all(round(one, places) != round(other, places) for one, other in different)
        ),
        _MOST_DECIMALS,
    )
    return {name: round(float(value), places) if math.isfinite(value) else math.nan for name, value in values.items()}


def change(estimates: pd.DataFrame, entity: str) -> pd.DataFrame:
    """First and last value of an entity, and whether the last is larger.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``; the rows of the entity have one measure and unit, and one source and group.
    entity : str
        Code of the entity read.

    Returns
    -------
    DataFrame
        One row, or none where fewer than two periods have a value: ``entity, measure, unit, first_period, first,
        first_low, first_high, last_period, last, last_low, last_high, difference, case``. ``difference`` is last minus
        first in the unit of the rows; ``case`` is ``up``, ``down``, ``same`` or ``unclear``, and of ranks ``mixed``
        where the share of those ranked (rank by n) moved the other way than the rank. ``first_n`` and ``last_n`` are n.

    Raises
    ------
    ValueError
        If the rows of the entity mix measures, units, groups or sources.

    Examples
    --------
    >>> from digital_diplomacy import penetration, readings, sources
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> found = readings.change(penetration.within(series, "2020/2024"), "KAZ")
    >>> found[["first_period", "first", "last_period", "last", "case"]]
      first_period    first last_period     last case
    0         2020  85.9426        2024  93.3917   up
    """
    rows = _of_one(estimates, entity)
    known = rows.dropna(subset=["value"]).sort_values("period", kind="stable")
    if known["period"].nunique() < 2:
        return pd.DataFrame()
    first, last = known.iloc[0], known.iloc[-1]
    ends = {
        f"{when}{part}": row[column]
        for when, row in (("first", first), ("last", last))
        for part, column in (("_period", "period"), ("", "value"), ("_low", "low"), ("_high", "high"), ("_n", "n"))
    }
    row = {"entity": entity, "measure": first["measure"], "unit": first["unit"], **ends}
    difference = last["value"] - first["value"]
    case = "mixed" if _moved_apart(first, last) else _order(first, last)
    return pd.DataFrame([row | {"difference": difference, "case": case}])


def standing(estimates: pd.DataFrame, entity: str) -> pd.DataFrame:
    """Where one entity stands among those of the same rows, with the highest and the lowest of them.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``, one row an entity.
    entity : str
        Code of the entity read.

    Returns
    -------
    DataFrame
        One row, or none where the entity has no value or is alone: ``entity, measure, unit, period, value, low, high,
        n, above, below, unclear, highest, highest_value, lowest, lowest_value, case``. ``above`` and ``below`` count
        those whose values are larger and smaller for certain, ``unclear`` those whose intervals meet that of the
        entity. ``case`` is ``highest``, ``lowest``, ``between``, or ``unclear`` where the intervals leave that open.

    Raises
    ------
    ValueError
        If rows mix measures or units, or an entity has two.

    Examples
    --------
    >>> from digital_diplomacy import penetration, readings, sources
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ", "UZB", "KGZ"])
    >>> found = readings.standing(penetration.within(series, "2020"), "KAZ")
    >>> found[["value", "n", "above", "below", "case"]]
         value  n  above  below     case
    0  85.9426  3      0      2  highest
    """
    rows = tables.validate(estimates, tables.ESTIMATES).dropna(subset=["value"])
    _refuse_mixed(rows, ["measure", "unit"], "the rows")
    if rows["entity"].duplicated().any():
        twice = rows.loc[rows["entity"].duplicated(), "entity"].iloc[0]
        raise ArgumentError("{twice!r} has several rows; choose one period, group and source", twice=twice)
    own = rows[rows["entity"] == entity]
    if own.empty or len(rows) < 2:
        return pd.DataFrame()
    one, others = own.iloc[0], rows[rows["entity"] != entity]
    orders = [_order(one, other) for _, other in others.iterrows()]
    above, below = orders.count("up"), orders.count("down")
    unclear = len(orders) - above - below
    case = "unclear" if unclear else "between"
    case = "highest" if below == len(orders) else "lowest" if above == len(orders) else case
    ordered = rows.sort_values(["value", "entity"], kind="stable")
    row = {
        **{column: one[column] for column in ("entity", "measure", "unit", "period", "value", "low", "high")},
        "n": len(rows),
        "above": above,
        "below": below,
        "unclear": unclear,
        "highest": ordered["entity"].iloc[-1],
        "highest_value": ordered["value"].iloc[-1],
        "lowest": ordered["entity"].iloc[0],
        "lowest_value": ordered["value"].iloc[0],
        "case": case,
    }
    return pd.DataFrame([row])


def _of_one(estimates: pd.DataFrame, entity: str) -> pd.DataFrame:
    rows = tables.validate(estimates, tables.ESTIMATES)
    rows = rows[rows["entity"] == entity]
    _refuse_mixed(rows, ["measure", "unit", "group", "source_id"], f"the rows of {entity!r}")
    return rows


def _refuse_mixed(rows: pd.DataFrame, columns: list[str], what: str) -> None:
    for column in columns:
        found = sorted(rows[column].unique())
        if len(found) > 1:
            raise ArgumentError(
                "{what} have several of {column}: {found}; choose one",
                what=what,
                column=column,
                found=", ".join(map(repr, found[:4])),
            )


def _order(one: pd.Series, other: pd.Series) -> str:
    """Whether the other is larger (up), smaller or the same, or the intervals leave it unclear."""
    if _high(one) < _low(other):
        return "up"
    if _high(other) < _low(one):
        return "down"
    exact = _low(one) == _high(one) == _low(other) == _high(other)
    return "same" if exact else "unclear"


def _moved_apart(first: pd.Series, last: pd.Series) -> bool:
    """Whether a rank and its share of all that were ranked moved in opposite ways, as where more are ranked."""
    if first["unit"] != "rank" or not (first["value"] <= first["n"] and last["value"] <= last["n"]):
        return False
    difference = float(last["value"] - first["value"])
    return difference * float(last["value"] / last["n"] - first["value"] / first["n"]) < 0


def _low(row: pd.Series) -> float:
    return _end(row, "low", -math.inf)


def _high(row: pd.Series) -> float:
    return _end(row, "high", math.inf)


def _end(row: pd.Series, end: str, unbounded: float) -> float:
    """An end of the interval; a value of which no interval is known stands for itself."""
    if row["interval"] == "none":
        return float(row["value"])
    return unbounded if pd.isna(row[end]) else float(row[end])
