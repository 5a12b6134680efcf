"""An exercise on a table of one's own: what a table has to be like, and a figure with its rows."""

import math
import re
from typing import Final

import pandas as pd

from digital_diplomacy import labels, tables
from digital_diplomacy.exercises.rows import row

COLUMNS: Final = ("entity", "period", "value")
_YEAR: Final = re.compile(r"\d{4}")
_FIRST, _LAST = 1000, 9999


def check_table(answer: object, users: pd.DataFrame) -> pd.DataFrame:
    """Exercise 5: a table of shares of Internet users, a row a country and year.

    Parameters
    ----------
    answer : object
        What the student made: a DataFrame with ``entity`` (ISO 3166 alpha-3), ``period`` (a year) and ``value``
        (percent), of a country in two years or more; further columns are left alone.
    users : DataFrame
        Estimates, as `penetration.internet_users` returns them: what is known of the same countries and years tells a
        small share in percent from one that is a fraction.

    Returns
    -------
    DataFrame
        ``exercise, state, advice``: the first thing to mend.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import exercises
    >>> mine = pd.DataFrame({"entity": ["KGZ", "KGZ"], "period": [2022, 2023], "value": [0.8, 0.9]})
    >>> users = pd.DataFrame({"entity": ["KGZ"], "period": ["2022"], "value": [79.8]})
    >>> [list(exercises.check_table(one, users)["advice"]) for one in (mine, mine.assign(value=[79.8, 88.5]))]
    [['table_share'], ['table_done']]
    """
    if answer is None:
        return row(5, "open")
    return row(5, f"table_{_case(answer, users) if isinstance(answer, pd.DataFrame) else 'frame'}")


def _case(frame: pd.DataFrame, users: pd.DataFrame) -> str:
    """The first thing that is wrong with a table, or ``done``."""
    if not set(COLUMNS) <= set(frame.columns) or not frame.columns.is_unique:
        return "columns"
    values = frame["value"]
    told = {
        "missing": bool(frame[list(COLUMNS)].isna().any(axis=None)),
        "names": not all(map(_is_code, frame["entity"])),
        "years": not all(_year(value) for value in frame["period"]),
        "text": values.dtype.kind not in "iuf",
    }
    wrong = next((case for case, holds in told.items() if holds), "")
    return wrong or _value_case(frame.assign(period=frame["period"].map(_year)), users)


def _value_case(frame: pd.DataFrame, users: pd.DataFrame) -> str:
    values = frame["value"].astype(float)
    told = {
        "bounds": not values.between(0, 100).all(),
        "twice": bool(frame.duplicated(["entity", "period"]).any()),
        "short": len(frame) == 0 or int(frame["entity"].value_counts().max()) < 2,
        "share": _is_fraction(frame, users),
    }
    return next((case for case, holds in told.items() if holds), "done")


def _is_code(value: object) -> bool:
    """Whether it is a code as the tables write it: ``kgz`` would be another country than ``KGZ``."""
    return isinstance(value, str) and value.isupper() and labels.is_country(value)


def _is_fraction(frame: pd.DataFrame, users: pd.DataFrame) -> bool:
    """Whether values are fractions of 1: none is above 1, and what is known of the same years is nearer to 100 times as
    much. Where nothing is known they are taken for fractions."""
    values = frame["value"].astype(float)
    if not len(values) or (values > 1).any() or (values == 0).all():
        return False
    known = users.dropna(subset=["value"]).drop_duplicates(["entity", "period"])[list(COLUMNS)]
    both = frame[list(COLUMNS)].merge(known, on=["entity", "period"], suffixes=("", "_known"), validate="one_to_one")
    off = [(times * both["value"] - both["value_known"]).abs().sum() for times in (1, 100)]
    return both.empty or bool(off[1] < off[0])


def _year(value: object) -> str:
    """A year as text, however it was written: 2022, "2022" or 2022.0; empty for anything else."""
    whole = isinstance(value, float) and math.isfinite(value) and value.is_integer()
    if isinstance(value, int) and not _FIRST <= value <= _LAST:
        return ""  # of very long ones Python makes no text
    text = str(int(value)) if whole else str(value)  # type: ignore[call-overload]
    return text if _YEAR.fullmatch(text) else ""


def taken_in(users: pd.DataFrame, answer: object, *, lang: str) -> pd.DataFrame:
    """The series with the rows of a table that is right, whose countries are then read from it alone.

    Parameters
    ----------
    users : DataFrame
        Estimates, as `penetration.internet_users` returns them.
    answer : object
        As in `check_table`; as long as it is not right, the series stays as it is.
    lang : str
        Language in which figures name the table as a source.

    Returns
    -------
    DataFrame
        Estimates.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import exercises, penetration, sources
    >>> users = penetration.internet_users(sources.load("internet_users"), countries=["KAZ", "KGZ"])
    >>> mine = pd.DataFrame({"entity": ["KGZ", "KGZ"], "period": [2022, 2023], "value": [80.0, 85.0]})
    >>> found = exercises.taken_in(users, mine, lang="en")
    >>> found.loc[found["entity"] == "KGZ", ["period", "value"]]  # the series keeps none of its own
      period  value
    0   2022   80.0
    1   2023   85.0
    """
    if check_table(answer, users)["state"].iloc[0] != "done" or not isinstance(answer, pd.DataFrame):
        return users
    mine = pd.DataFrame(
        {
            "entity": answer["entity"].astype(str),
            "group": "",
            "period": answer["period"].map(_year),
            "measure": "internet_users_pct",
            "value": answer["value"].astype(float),
            "low": math.nan,
            "high": math.nan,
            "interval": "none",
            "level": math.nan,
            "unit": "percent",
            "base": "population",
            "n": math.nan,
            "source_id": tables.own_source(labels.text("exercise.own_table", lang)),
        }
    ).sort_values(["entity", "period"])
    left = users[~users["entity"].isin(mine["entity"])]
    return tables.validate(pd.concat([mine, left], ignore_index=True) if len(left) else mine, tables.ESTIMATES)
