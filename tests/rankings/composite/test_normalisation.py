"""Normalising: formulas by hand, directions, missing values, refusals."""

# ruff: noqa: PD011 -- ``values`` is the frame of a step here.

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.normalisation import METHODS, normalise, normalise_columns

X = np.array([2.0, 4.0, 4.0, 10.0])
TREE = pd.DataFrame(
    {
        "code": ["a", "index"],
        "parent": ["index", ""],
        "target": [12.0, np.nan],
        "goalpost_low": [1.0, np.nan],
        "goalpost_high": [8.0, np.nan],
    }
)


def table(x: object) -> pd.DataFrame:
    return pd.DataFrame({"entity": ["KAZ", "UZB", "KGZ", "TJK"], "a": x})


@pytest.mark.parametrize(
    ("method", "options", "up", "down"),
    [
        ("min_max", {}, [0, 0.25, 0.25, 1], [1, 0.75, 0.75, 0]),
        ("min_max", {"low": 1, "high": 5}, [1, 2, 2, 5], [5, 4, 4, 1]),
        # mean 5, squared deviations 9 + 1 + 1 + 25 = 36, sd = sqrt(36 / 3) = sqrt 12
        ("z_score", {}, np.array([-3, -1, -1, 5]) / 12**0.5, np.array([3, 1, 1, -5]) / 12**0.5),
        ("z_score", {"mean": 50, "sd": 12**0.5}, [47, 49, 49, 55], [53, 51, 51, 45]),
        ("z_score_min_max", {}, [0, 0.25, 0.25, 1], [1, 0.75, 0.75, 0]),
        ("rank", {}, [1, 2.5, 2.5, 4], [4, 2.5, 2.5, 1]),
        ("rank", {"ties": "min"}, [1, 2, 2, 4], [4, 2, 2, 1]),
        ("borda", {"ties": "max"}, [0, 2, 2, 3], [3, 2, 2, 0]),
        ("percentile", {}, [0, 0.5, 0.5, 1], [1, 0.5, 0.5, 0]),
        ("distance_to_maximum", {}, [0, 0.25, 0.25, 1], [1, 0.75, 0.75, 0]),
        ("distance_to_reference", {"reference": 1}, [0, 1, 1, 4], [8 / 6, 1, 1, 0]),
        ("distance_to_reference", {"reference": 1, "cap": True}, [0, 1, 1, 1], [1, 1, 1, 0]),
        ("distance_to_target", {"target": 12}, [0, 0.2, 0.2, 0.8], None),
        ("distance_to_target", {"target": 6, "cap": False}, [0, 0.5, 0.5, 2], [2, 1.5, 1.5, 0]),
        ("distance_to_target", {"target": 6}, [0, 0.5, 0.5, 1], [1, 1, 1, 0]),
        ("fraction_of_maximum", {}, [0.2, 0.4, 0.4, 1], [1, 0.5, 0.5, 0.2]),
        ("goalposts", {"goalpost_low": 0, "goalpost_high": 8}, [0.25, 0.5, 0.5, 1], [0.75, 0.5, 0.5, 0]),
        ("goalposts", {"goalpost_low": 0, "goalpost_high": 8, "cap": False, "high": 100}, [25, 50, 50, 125], None),
        # ln 2 / ln 8 = 1/3, ln 4 / ln 8 = 2/3
        ("goalposts", {"goalpost_low": 1, "goalpost_high": 8, "log": True}, [1 / 3, 2 / 3, 2 / 3, 1], None),
        ("none", {}, X, -X),
    ],
)
def test_formulas_by_hand(method, options, up, down):
    assert normalise_columns(X, method, **options).tolist() == pytest.approx(list(up))
    if down is not None:
        assert normalise_columns(X, method, directions=-1, **options).tolist() == pytest.approx(list(down))


def test_income_index_of_the_human_development_report():
    # Technical note: goalposts 100 and 75,000 dollars; (ln 10,000 - ln 100) / (ln 75,000 - ln 100)
    posts = {"goalpost_low": 100, "goalpost_high": 75000, "log": True}
    found = normalise_columns(np.array([10000.0, 200000.0]), "goalposts", **posts)
    assert found.tolist() == pytest.approx([np.log(100) / np.log(750), 1.0])
    assert round(float(found[0]), 3) == 0.696


def test_arrays_of_many_indicators_and_draws_keep_their_shape():
    x = np.random.default_rng(1).normal(size=(6, 5, 3))
    for method in METHODS:
        options = {"distance_to_target": {"target": 9.0}, "distance_to_reference": {"reference": 0}}.get(method, {})
        if method == "goalposts":
            options = {"goalpost_low": -3.0, "goalpost_high": 3.0}
        whole = normalise_columns(x, method, directions=[1, -1, 1], **options)
        assert whole.shape == x.shape
        single = normalise_columns(x[:, 2, 1], method, directions=-1, **options)
        assert whole[:, 2, 1] == pytest.approx(single, nan_ok=True)


@given(
    arrays.arrays(float, 8, elements=st.integers(-50, 50).map(float)).filter(lambda x: np.ptp(x) > 0),
    st.sampled_from(["min_max", "z_score", "rank", "percentile", "borda", "distance_to_maximum", "z_score_min_max"]),
)
def test_more_is_better_and_the_unit_does_not_matter(x, method):
    y = normalise_columns(x, method)
    assert np.all(np.diff(y[np.argsort(x, kind="stable")]) >= -1e-12)
    assert normalise_columns(3 * x + 7, method) == pytest.approx(y, abs=1e-9)
    assert normalise_columns(-x, method, directions=-1) == pytest.approx(y)


@pytest.mark.parametrize("method", ["min_max", "z_score", "rank", "percentile"])
def test_missing_values_stay_missing_and_count_for_nothing(method):
    found = normalise_columns(np.array([2.0, np.nan, 4.0, 10.0]), method)
    assert np.isnan(found[1])
    assert found[[0, 2, 3]].tolist() == normalise_columns(np.array([2.0, 4.0, 10.0]), method).tolist()


@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1e150])
def test_z_scores_do_not_depend_on_the_unit(scale):
    assert normalise_columns(X * scale, "z_score") == pytest.approx(normalise_columns(X, "z_score"))


def test_z_scores_of_large_numbers_keep_their_digits():
    # 1e15 + (0, 2, 1): mean 1e15 + 1, sd 1
    assert normalise_columns(1e15 + np.array([0.0, 2, 1]), "z_score").tolist() == pytest.approx([-1, 1, 0])


def test_directions_are_one_afterwards():
    step = normalise(table(X), TREE.assign(direction=-1, unit="x"), method="min_max")
    assert step.values["a"].tolist() == [1, 0.75, 0.75, 0]
    assert step.framework["direction"].tolist() == [1, -1]
    again = normalise(step.values, step.framework, method="min_max")
    assert again.values["a"].tolist() == [1, 0.75, 0.75, 0]


def test_targets_goalposts_and_reference_come_from_the_tables():
    assert normalise(table(X), TREE, method="distance_to_target").values["a"].tolist() == [0, 0.2, 0.2, 0.8]
    assert normalise(table(X), TREE, method="goalposts").values["a"].tolist() == pytest.approx([1 / 7, 3 / 7, 3 / 7, 1])
    step = normalise(table(X), TREE, method="distance_to_reference", reference="UZB", cap=False)
    assert step.values["a"].tolist() == [0, 1, 1, 4]


def test_indicators_may_differ():
    tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    values = table(X).assign(b=X)
    step = normalise(values, tree, by_indicator={"b": {"method": "rank", "ties": "min"}})
    assert step.values["a"].tolist() == [0, 0.25, 0.25, 1]
    assert step.values["b"].tolist() == [1, 2, 2, 4]


def test_scale_of_the_panel_or_of_each_period():
    panel = pd.DataFrame({"entity": ["K", "U"] * 2, "period": ["2020"] * 2 + ["2021"] * 2, "a": [0.0, 4.0, 6.0, 8.0]})
    assert normalise(panel, TREE, over="period").values["a"].tolist() == [0, 1, 0, 1]
    assert normalise(panel, TREE, over="panel").values["a"].tolist() == [0, 0.5, 0.75, 1]
    with pytest.raises(ValueError, match="several periods: say over="):
        normalise(panel, TREE)


@pytest.mark.parametrize(
    ("x", "options", "message"),
    [
        (5.0, {}, "column 'a' is 5 for every unit; method 'min_max' needs a spread"),
        (np.nan, {"method": "rank"}, "column 'a': every value is missing"),
        (X, {"method": "distance_to_reference", "reference": "KAZ"}, "the reference KAZ is missing or has the worst"),
        (X + 20, {"method": "distance_to_target"}, "target 12 is no better than the worst value"),
        (-X, {"method": "fraction_of_maximum"}, "KAZ: -2, .* a fraction of the maximum needs values 0 or more"),
        (0.0, {"method": "fraction_of_maximum"}, "the maximum is 0 and has no fractions"),
        (X - 2, {"method": "goalposts", "log": True}, "KAZ: 0; a logarithm needs values above 0"),
        ([1.0, 2, 3, np.inf], {}, "TJK: inf is no finite number"),
    ],
)
def test_data_a_method_cannot_take_are_refused(x, options, message):
    with pytest.raises(TableError, match=message):
        normalise(table(x), TREE, **options)


@pytest.mark.parametrize(
    ("column", "method", "message"),
    [("target", "distance_to_target", "'a': no target"), ("goalpost_low", "goalposts", "'a': goalposts are missing")],
)
def test_framework_without_what_a_method_needs_is_refused(column, method, message):
    with pytest.raises(TableError, match=message):
        normalise(table(X), TREE.assign(**{column: np.nan}), method=method)


def test_logarithm_of_a_goalpost_of_zero_is_refused():
    with pytest.raises(TableError, match="goalpost_low is 0; a logarithm needs more than 0"):
        normalise(table(X), TREE.assign(goalpost_low=0.0), method="goalposts", log=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "vector"}, "unknown method 'vector'"),
        ({"low": 1, "high": 1}, "low must be below high"),
        ({"sd": 0}, "sd is 0"),
        ({"ties": "random"}, "unknown ties 'random'"),
        ({"method": "distance_to_reference"}, "reference is ''"),
        ({"over": "year"}, "unknown over 'year'"),
    ],
)
def test_bad_arguments_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        normalise(table(X), TREE, **options)


def test_a_fraction_of_the_maximum_takes_zero_where_more_is_better_and_not_where_less_is():
    up = normalise(table(np.array([0.0, 1, 2, 4])), TREE, method="fraction_of_maximum")
    assert up.values["a"].tolist() == [0, 0.25, 0.5, 1]
    with pytest.raises(TableError, match="a fraction of the maximum needs values above 0"):
        normalise(table(np.array([0.0, 1, 2, 4])), TREE.assign(direction=-1), method="fraction_of_maximum")
    down = normalise(table(np.array([1.0, 2, 4, 5])), TREE.assign(direction=-1), method="fraction_of_maximum")
    assert down.values["a"].tolist() == [1, 0.5, 0.25, 0.2]
    with pytest.raises(TableError, match="the maximum is 0 and has no fractions"):
        normalise(table(np.array([0.0, 0, 0, 0])), TREE, method="fraction_of_maximum")
