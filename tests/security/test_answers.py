"""Answers to exercises of any kind, size and shape are told by their mistake, and end no notebook."""

import datetime as dt
import math
import warnings
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import exercises

RANKS = pd.DataFrame(
    {"entity": "UZB", "period": ["2020", "2024"], "value": [87.0, 63.0], "low": [86.0, 62.0], "high": [87.0, 63.0],
     "n": 193.0}
)  # fmt: skip
USERS = pd.DataFrame({"entity": "UZB", "period": ["2010", "2022"], "value": [15.9, 83.87]})
ASKED = {"country": "UZB", "edition": 2024}
HUGE = 10**5000  # of so many digits Python makes no text
ANSWERS = [
    HUGE, -HUGE, Fraction(HUGE), Decimal(24), Decimal("sNaN"), complex(1, 2), math.nan, -math.inf, 1e308, -0.0,
    np.float64("nan"), np.int8(25), np.bool_(True), np.array(24), np.array([]), np.datetime64("NaT", "s"),
    pd.NA, pd.NaT,
    "", "\x00\x1b[2J", "=cmd|' /C calc'!A0", "9" * 100_000, b"24", [], {}, set(), object(), type, print, ...,
    dt.date(2024, 1, 1), pd.Series([24]), pd.DataFrame(), (HUGE, HUGE), (math.nan, "x"), ([], {}), [None, 63],
]  # fmt: skip
CHECKS: list[Callable[[object], pd.DataFrame]] = [
    lambda answer: exercises.check_rank(answer, RANKS, **ASKED),
    lambda answer: exercises.check_range(answer, RANKS, **ASKED),
    lambda answer: exercises.check_range((answer, 63), RANKS, **ASKED),
    lambda answer: exercises.check_places(answer, RANKS, country="UZB"),
    lambda answer: exercises.check_points(answer, USERS, country="UZB", period="2010/2022"),
    lambda answer: exercises.check_table(answer, USERS),
]


@pytest.mark.parametrize("check", range(len(CHECKS)))
def test_no_answer_to_an_exercise_ends_its_notebook(check: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = pd.concat([CHECKS[check](answer) for answer in ANSWERS])
    assert set(told["state"]) <= {"again", "open"}
    assert len(told) == len(ANSWERS)


def table(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"entity": ["KGZ", "KGZ"], "period": [2022, 2023], "value": [79.8, 88.5], **columns})


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (table(period=pd.Series([HUGE, 2023], dtype=object)), "table_years"),
        (table(period=[-1, 2023]), "table_years"),
        (table(period=[math.inf, 2023]), "table_years"),
        (table(period=pd.to_datetime(["2022-01-01", "2023-01-01"])), "table_years"),
        (table(value=[1 + 2j, 3 + 4j]), "table_text"),
        (table(value=[Decimal(1), Decimal(2)]), "table_text"),
        (table(value=[HUGE, 1]), "table_text"),
        (table(value=[1e308, -1e308]), "table_bounds"),
        (table(value=pd.array([79, 88], dtype="Int64")), "table_done"),
        (table(entity=pd.Categorical(["KGZ", "KGZ"])), "table_done"),
        (table(entity=[["KGZ"], {}]), "table_names"),
        (table(entity=["../../etc", "\x00"]), "table_names"),
        (table().set_index(pd.Index([0, 0])), "table_done"),
        (pd.concat([table(), table()], axis=1), "table_columns"),
        (table().iloc[:0], "table_short"),
        (pd.DataFrame(index=range(5)), "table_columns"),
        (
            pd.DataFrame(np.zeros((2, 3)), columns=pd.MultiIndex.from_product([["entity"], list("abc")])),
            "table_columns",
        ),
    ],
)
def test_a_table_of_odd_cells_and_columns_is_told_by_its_mistake(answer: pd.DataFrame, advice: str) -> None:
    before = answer.copy(deep=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert exercises.check_table(answer, USERS)["advice"].tolist() == [advice]
        exercises.taken_in(_estimates(), answer, lang="en")
    pd.testing.assert_frame_equal(answer, before)


def _estimates() -> pd.DataFrame:
    from digital_diplomacy import penetration, sources

    return penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
