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
    return "" if isinstance(answer, Real) and not isinstance(answer, bool) and _is_finite(answer) else "number"


def _is_finite(answer: Real) -> bool:
    """Whether it is a number that binary arithmetic holds."""
    try:
        return math.isfinite(answer)
    except OverflowError:
        return False


def number(answer: object) -> float:
    """An answer that `misfit` has nothing against."""
    return float(answer)  # type: ignore[arg-type]


def score(*checks: pd.DataFrame) -> pd.DataFrame:
    """How many exercises are done: one row with ``done`` and ``n``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import exercises
    >>> checks = pd.DataFrame({"state": ["done"]}), pd.DataFrame({"state": ["open"]})
    >>> exercises.score(*checks).to_dict("records")
    [{'done': 1, 'n': 2}]
    """
    states = [state for check in checks for state in check["state"]]
    return pd.DataFrame({"done": [states.count("done")], "n": [len(states)]})
