"""Indicators divided by what makes units comparable."""

# ruff: noqa: PD011 -- ``values`` is the frame of a step here.

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.denominators import denominate

TREE = pd.DataFrame(
    {
        "code": ["posts", "rate", "index"],
        "parent": ["index", "index", ""],
        "unit": ["messages", "share", ""],
        "denominator": ["people", "", ""],
    }
)
VALUES = pd.DataFrame({"entity": ["KAZ", "UZB"], "posts": [40.0, 30.0], "rate": [0.5, 0.7], "people": [20.0, 60.0]})


def test_value_is_divided_by_denominator_over_scale():
    # 40 / (20 / 1000) = 2000; 30 / (60 / 1000) = 500
    assert denominate(VALUES, TREE, scale={"posts": 1000}).values["posts"].tolist() == [2000.0, 500.0]
    assert denominate(VALUES, TREE).values["posts"].tolist() == [2.0, 0.5]


def test_other_columns_and_the_argument_stay_as_they_are():
    before = VALUES.copy()
    after = denominate(VALUES, TREE).values
    pd.testing.assert_frame_equal(VALUES, before)
    assert after[["rate", "people"]].equals(VALUES[["rate", "people"]])


def test_nothing_is_divided_twice():
    once = denominate(VALUES, TREE)
    twice = denominate(once.values, once.framework)
    assert twice.values["posts"].tolist() == [2.0, 0.5]
    assert once.framework["unit"].tolist() == ["messages / people", "share", ""]


def test_missing_denominator_leaves_a_missing_value_and_a_note():
    step = denominate(VALUES.assign(people=[20.0, np.nan]), TREE)
    assert np.isnan(step.values.loc[1, "posts"])
    assert step.notes[["entity", "code", "before", "reason"]].to_numpy().tolist() == [
        ["UZB", "posts", 30.0, "denominator people is missing"]
    ]


def test_none_divides_nothing():
    assert denominate(VALUES, TREE, method="none").values["posts"].tolist() == [40.0, 30.0]


@pytest.mark.parametrize("wrong", [0.0, -1.0, np.inf, "many"])
def test_denominators_that_cannot_divide_are_refused(wrong):
    with pytest.raises(TableError, match=r"column 'people': UZB: .* is no number above 0"):
        denominate(VALUES.assign(people=[20.0, wrong]), TREE)


def test_unknown_denominator_is_refused():
    with pytest.raises(TableError, match="no column 'people'; the framework names it as a denominator"):
        denominate(VALUES.drop(columns="people"), TREE)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"scale": 0}, "scale must be a number above 0"),
        ({"scale": {"rate": 10}}, "scale names 'rate'"),
        ({"method": "share"}, "unknown method 'share'; allowed: ratio, none"),
    ],
)
def test_bad_arguments_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        denominate(VALUES, TREE, **options)
