"""An exercise on shares: percentage points are not percent."""

from typing import Final

import pandas as pd

from digital_diplomacy.exercises.rows import misfit, number, row

_READ: Final = 0.1 + 1e-9
"""How far an answer may be off, in percentage points: as the difference of two shares, each read to a decimal, may."""

_WHOLE: Final = 0.5 + 1e-9
"""How far an answer in whole numbers may be off."""


def check_points(answer: object, users: pd.DataFrame, *, country: str, period: str) -> pd.DataFrame:
    """Exercise 4: by how many percentage points a share changed between two years, to one decimal.

    Parameters
    ----------
    answer : object
        What the student wrote.
    users : DataFrame
        Estimates of unit ``percent``, as `penetration.internet_users` returns them.
    country : str
        ISO 3166 alpha-3.
    period : str
        First and last year, ``2010/2020``.

    Returns
    -------
    DataFrame
        ``exercise, state, advice``.

    Examples
    --------
    >>> users = pd.DataFrame({"entity": "KAZ", "period": ["2010", "2020"], "value": [40.0, 60.0]})
    >>> [list(check_points(said, users, country="KAZ", period="2010/2020")["advice"]) for said in (20, 50, 0.2)]
    [['points_done'], ['points_percent'], ['points_share']]
    """
    known = users[users["entity"] == country].dropna(subset=["value"]).groupby("period")["value"].first()
    ends = known.reindex((period.split("/") * 2)[:2])
    if ends.isna().any():
        return row(4, "points_none")
    unfit = misfit(answer)
    return row(4, unfit or f"points_{_case(number(answer), ends.iloc[0], ends.iloc[1])}")


def _case(said: float, first: float, last: float) -> str:
    gained = last - first
    told = {
        "done": abs(said - gained) <= _READ,
        "sign": abs(said + gained) <= _READ,
        "rounded": abs(said - gained) <= _WHOLE and said.is_integer(),
        "level": min(abs(said - first), abs(said - last)) <= _READ,
        "share": abs(said) <= 1 and abs(100 * said - gained) <= _WHOLE,
        "percent": first > 0 and abs(said - 100 * gained / first) <= _WHOLE,
    }
    return next((case for case, holds in told.items() if holds), "wrong")
