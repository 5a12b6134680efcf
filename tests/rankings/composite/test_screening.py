"""Data availability and the screening of units, with reasons."""

# ruff: noqa: PD011 -- ``values`` is the frame of a step here.

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.screening import availability, screen

TREE = pd.DataFrame({"code": ["a", "b", "c", "p", "index"], "parent": ["p", "p", "index", "index", ""]})
VALUES = pd.DataFrame(
    {"entity": ["KAZ", "UZB", "KGZ"], "a": [1.0, 0.0, np.nan], "b": [2.0, 0.0, np.nan], "c": [3.0, 5.0, 0.0]}
)


def test_availability_counts_indicators_under_every_aggregate():
    found = availability(VALUES, TREE).set_index(["entity", "code"])
    # UZB has 3 of 3, of which 2 are zero; KGZ has 1 of 3, and none of the 2 in p.
    assert found.loc[("UZB", "index"), ["missing_count", "zero_count"]].tolist() == [0, 2]
    assert found.loc[("UZB", "index"), "nonzero_share"] == pytest.approx(1 / 3)
    assert found.loc[("KGZ", "index"), "available_share"] == pytest.approx(1 / 3)
    assert found.loc[("KGZ", "p"), "available_share"] == 0
    assert np.isnan(found.loc[("KGZ", "p"), "nonzero_share"])


@pytest.mark.parametrize(
    ("method", "stay"),
    [("available", ["KAZ", "UZB"]), ("nonzero", ["KAZ"]), ("both", ["KAZ"]), ("none", ["KAZ", "UZB", "KGZ"])],
)
def test_rule_decides_who_stays(method, stay):
    step = screen(VALUES, TREE, method=method, available=0.5, nonzero=0.5)
    assert step.values["entity"].tolist() == stay
    assert len(step.notes) == 3 - len(stay)


def test_share_exactly_at_the_threshold_is_enough():
    assert "KGZ" in screen(VALUES, TREE, available=1 / 3).values["entity"].tolist()


def test_decisions_by_hand_overrule_and_are_noted():
    step = screen(VALUES, TREE, keep={"KGZ": "observer since 2012"}, remove={"KAZ": "own data"})
    assert step.values["entity"].tolist() == ["UZB", "KGZ"]
    reasons = dict(zip(step.notes["entity"], step.notes["reason"], strict=True))
    assert reasons == {
        "KAZ": "removed: own data",
        "KGZ": "kept: observer since 2012 (0.333 of the indicators, below 0.667)",
    }


def test_periods_are_screened_apart():
    panel = pd.DataFrame({"entity": "KAZ", "period": ["2020", "2021"], "a": [1, None], "b": [1, None], "c": [1, None]})
    step = screen(panel, TREE)
    assert step.values["period"].tolist() == ["2020"]
    assert step.notes["period"].tolist() == ["2021"]


def test_nothing_left_is_refused():
    with pytest.raises(TableError, match="leaves no unit; lower the thresholds"):
        screen(VALUES.iloc[2:], TREE)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep": {"XYZ": "why"}}, "'XYZ' is no unit"),
        ({"keep": {"KAZ": "x"}, "remove": {"KAZ": "y"}}, "'KAZ' is both kept and removed"),
        ({"remove": {"KAZ": " "}}, "'KAZ' is decided by hand without a reason"),
        ({"available": 1.5}, "available is 1.5; it is a share"),
        ({"method": "most"}, "unknown method 'most'"),
    ],
)
def test_bad_arguments_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        screen(VALUES, TREE, **options)
