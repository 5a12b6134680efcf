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


def test_availability_is_a_whole_table_of_units_under_aggregates():
    found = availability(VALUES, TREE)
    third, no = 1 / 3, np.nan
    expected = pd.DataFrame(
        [
            ("KAZ", "p", 2, 0, 0, 1.0, 1.0), ("UZB", "p", 2, 0, 2, 1.0, 0.0), ("KGZ", "p", 2, 2, 0, 0.0, no),
            ("KAZ", "index", 3, 0, 0, 1.0, 1.0), ("UZB", "index", 3, 0, 2, 1.0, third),
            ("KGZ", "index", 3, 2, 1, third, 0.0),
        ],
        columns=["entity", "code", "indicators_count", "missing_count", "zero_count", "available_share",
                 "nonzero_share"],
    )  # fmt: skip
    pd.testing.assert_frame_equal(
        found.sort_values(["code", "entity"], ignore_index=True),
        expected.sort_values(["code", "entity"], ignore_index=True),
    )
    assert found.index.tolist() == list(range(6))


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


def test_shares_of_nothing_and_of_all_may_be_asked_and_what_is_at_the_limit_stays():
    # KAZ 3 of 3 and none zero, UZB one of three not zero, KGZ one value, which is zero.
    every = {"available": 1, "nonzero": 1, "method": "both"}
    assert screen(VALUES, TREE, **every).values["entity"].tolist() == ["KAZ"]
    assert len(screen(VALUES, TREE, available=0, nonzero=0, method="both").values) == 3
    assert screen(VALUES, TREE, nonzero=1 / 3, method="nonzero").values["entity"].tolist() == ["KAZ", "UZB"]
    reasons = screen(VALUES, TREE, **every).notes["reason"].tolist()
    assert reasons == [
        "removed: 0.333 of its values not zero, below 1.000",
        "removed: 0.333 of the indicators, below 1.000; 0.000 of its values not zero, below 1.000",
    ]


def test_a_unit_without_values_has_none_that_is_not_zero():
    nothing = VALUES.assign(c=[3.0, 5.0, np.nan])
    assert screen(nothing, TREE, method="nonzero", nonzero=0.01).values["entity"].tolist() == ["KAZ", "UZB"]
    assert len(screen(nothing, TREE, method="nonzero", nonzero=0).values) == 3


def test_a_unit_removed_by_hand_that_falls_short_too_is_noted_with_both_and_rows_are_counted_anew():
    step = screen(VALUES, TREE, remove={"KAZ": "own data", "KGZ": "one year"})
    assert step.notes["reason"].tolist() == [
        "removed: own data", "removed: one year (0.333 of the indicators, below 0.667)",
    ]  # fmt: skip
    assert step.values.index.tolist() == [0]
    kept = screen(VALUES, TREE, keep={"KAZ": "own data"})
    assert kept.notes["entity"].tolist() == ["KGZ"]  # it would have stayed anyhow: nothing to note


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
        ({"keep": {"XYZ": "why", "ABC": "why"}}, "'ABC', 'XYZ' is no unit of the values"),
        ({"available": 1.5}, "available is 1.5; it is a share"),
        ({"available": -0.01}, "available is -0.01; it is a share from 0 to 1"),
        ({"nonzero": 1.01}, "nonzero is 1.01; it is a share"),
        ({"nonzero": -0.01}, "nonzero is -0.01; it is a share"),
        ({"method": "most"}, "unknown method 'most'"),
    ],
)
def test_bad_arguments_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        screen(VALUES, TREE, **options)


@pytest.mark.parametrize(("indicators", "kept"), [(20, ["one", "all"]), (21, ["all"])])
def test_unless_another_share_is_said_one_value_of_twenty_is_to_be_no_zero(indicators: int, kept: list[str]) -> None:
    codes = [f"i{number}" for number in range(indicators)]
    tree = pd.DataFrame({"code": [*codes, "index"], "parent": ["index"] * indicators + [""]})
    table = pd.DataFrame(0.0, index=range(2), columns=codes).assign(entity=["one", "all"])
    table.loc[0, "i3"] = 7.0
    table.loc[1, codes] = 1.0
    assert screen(table, tree, method="nonzero").values["entity"].tolist() == kept


@pytest.mark.parametrize(("missing", "count"), [(1, 2), (2, 1)])
def test_unless_another_share_is_said_two_values_of_three_are_to_be_there(missing: int, count: int) -> None:
    tree = pd.DataFrame({"code": [*"abc", "index"], "parent": ["index"] * 3 + [""]})
    table = pd.DataFrame({"entity": ["u", "v"], "a": [1.0, 1.0], "b": [2.0, 2.0], "c": [3.0, 3.0]})
    table.loc[0, list("abc")[:missing]] = np.nan
    assert len(screen(table, tree).values) == count
