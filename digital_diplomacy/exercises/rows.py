"""What checks share: what kind of thing an answer is, and the row a check returns."""

import math
from numbers import Real
from typing import Final

import pandas as pd

STATES: Final = ("open", "again", "done")


def row(exercise: int, advice: str) -> pd.DataFrame:
    """The row of a check; the end of the advice's code says how the exercise stands."""
    last = advice.rpartition("_")[2]
    state = last if last in ("open", "done") else "again"
    return pd.DataFrame({"exercise": [exercise], "state": [state], "advice": [advice]})


def misfit(answer: object) -> str:
    """The advice on an answer that is no number; empty for one.

    Examples
    --------
    >>> misfit(None), misfit("24"), misfit([24]), misfit(True), misfit(24)
    ('open', 'text', 'number', 'number', '')
    """
    if answer is None:
        return "open"
    if isinstance(answer, str):
        return "text"
    if isinstance(answer, pd.Series | pd.DataFrame):
        return "column"
    if isinstance(answer, bool) or not isinstance(answer, Real) or not math.isfinite(answer):
        return "number"
    return ""


def number(answer: object) -> float:
    """An answer that `misfit` has nothing against."""
    return float(answer)  # type: ignore[arg-type]


def score(*checks: pd.DataFrame) -> pd.DataFrame:
    """How many exercises are done: one row with ``done`` and ``n``.

    Examples
    --------
    >>> score(row(1, "rank_done"), row(2, "open")).to_dict("records")
    [{'done': 1, 'n': 2}]
    """
    states = [state for check in checks for state in check["state"]]
    return pd.DataFrame({"done": [states.count("done")], "n": [len(states)]})
