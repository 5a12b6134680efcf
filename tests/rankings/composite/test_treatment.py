"""Outliers: the rule on skewness and kurtosis, winsorising, transformations."""

# ruff: noqa: PD011 -- ``values`` is the frame of a step here.

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.treatment import Rule, kurtosis, skewness, transform, treat, winsorise

TREE = pd.DataFrame({"code": ["a", "index"], "parent": ["index", ""]})
NORMAL = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10])
OUTLIER = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 900])


def table(x: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"entity": [f"u{number}" for number in range(len(x))], "a": x})


@given(arrays.arrays(float, st.integers(4, 30), elements=st.floats(-1e6, 1e6, width=32), unique=True))
def test_moments_are_those_of_an_independent_implementation(x):
    assert skewness(x) == pytest.approx(stats.skew(x, bias=False), rel=1e-6, abs=1e-6)
    assert kurtosis(x) == pytest.approx(stats.kurtosis(x, bias=False), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_moments_do_not_depend_on_the_unit(scale):
    assert float(skewness(OUTLIER / 900 * scale)) == pytest.approx(float(skewness(OUTLIER)), rel=1e-9)


def test_moments_leave_missing_values_out_and_are_missing_for_few():
    assert skewness(np.append(OUTLIER, np.nan)) == skewness(OUTLIER)
    assert np.isnan(skewness(np.array([1.0, 2.0])))
    assert np.isnan(kurtosis(np.array([1.0, 2.0, 4.0])))


def test_extreme_value_takes_the_next_one():
    assert winsorise(OUTLIER).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert winsorise(-OUTLIER).tolist() == [-1, -2, -3, -4, -5, -6, -7, -8, -9, -9]


def test_tied_top_counts_every_tied_value():
    x = np.append(np.arange(1.0, 41), [900, 900])
    # One value may be moved, but the two at the top are tied: moving one alone would be arbitrary, both too many.
    assert winsorise(x, winmax=1).tolist() == x.tolist()
    assert winsorise(x, winmax=2).tolist() == [*range(1, 41), 40, 40]


def test_force_winsorises_what_passes():
    assert Rule().passes(NORMAL)
    assert winsorise(NORMAL, winmax=1, force=True).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    step = treat(table(NORMAL), TREE, winmax=1, force=True)
    assert step.values["a"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert step.notes["entity"].tolist() == ["u9"]


def test_winsorising_never_makes_a_constant():
    x = np.array([0.0] * 12 + [1.0])
    assert winsorise(x, winmax=5, force=True).tolist() == x.tolist()


@given(
    arrays.arrays(float, st.integers(5, 40), elements=st.integers(0, 9).map(lambda n: float(n**5))),
    st.integers(0, 6),
    st.booleans(),
)
def test_at_most_winmax_values_are_moved_and_order_holds(x, winmax, force):
    if np.ptp(x) == 0:
        return
    y = winsorise(x, winmax=winmax, force=force)
    assert np.sum(y != x) <= winmax
    assert np.all(np.diff(y[np.argsort(x, kind="stable")]) >= 0)
    assert np.ptp(y) > 0


def test_log_of_a_low_tail_is_mirrored():
    x = 901 - OUTLIER  # the tail is at the low end
    bent = transform(x, "log")
    # -ln(max - x + range / 100) with max 900, range 899
    assert bent.tolist() == pytest.approx((-np.log(900 - x + 8.99)).tolist())
    assert abs(skewness(bent)) < abs(skewness(x))
    assert abs(skewness(transform(x, "log", mirror=False))) > abs(skewness(x))


@pytest.mark.parametrize("method", ["log", "log_plus_one", "log_to_maximum", "box_cox"])
@pytest.mark.parametrize("x", [OUTLIER, 901 - OUTLIER], ids=["high tail", "low tail"])
def test_transformations_rise(method, x):
    order = np.argsort(x)
    assert np.all(np.diff(transform(x, method)[order]) > 0)


def test_transformations_follow_their_formulas():
    x = np.array([0.0, 3.0, 99.0])
    assert transform(x, "log_plus_one").tolist() == pytest.approx([0, np.log(4), np.log(100)])
    assert transform(x, "log_to_maximum").tolist() == pytest.approx([0, np.log(98 * 3 / 99 + 1), np.log(99)])
    # ((3 + 1)^0.5 - 1) / 0.5 = 2; (100^0.5 - 1) / 0.5 = 18
    assert transform(x, "box_cox", power=0.5).tolist() == pytest.approx([0, 2, 18])


def test_log_to_a_maximum_of_one_or_less_is_refused():
    with pytest.raises(ValueError, match=r"needs a maximum above 1, found 0\.9"):
        transform(np.array([0.1, 0.2, 0.3, 0.9]), "log_to_maximum")


def test_indicator_that_passes_is_left_alone():
    step = treat(table(NORMAL), TREE)
    assert step.values["a"].tolist() == NORMAL.tolist()
    assert step.notes.empty


def test_second_stage_replaces_the_first_unless_combined():
    x = np.append(np.arange(1.0, 21), [500, 5000, 50000])
    replaced = treat(table(x), TREE, winmax=1).values["a"].to_numpy()
    combined = treat(table(x), TREE, winmax=1, combine=True).values["a"].to_numpy()
    assert replaced.tolist() == pytest.approx(transform(x, "log").tolist())
    assert combined.tolist() == pytest.approx(transform(winsorise(x, winmax=1), "log").tolist())


def test_notes_name_cells_or_the_whole_indicator():
    cells = treat(table(OUTLIER), TREE).notes
    assert cells[["entity", "code", "before", "after"]].to_numpy().tolist() == [["u9", "a", 900.0, 9.0]]
    assert cells["reason"].str.startswith("winsorised: skewness, kurtosis 3.16").all()
    whole = treat(table(OUTLIER), TREE, method="log", then="none").notes
    assert whole[["entity", "code"]].to_numpy().tolist() == [["", "a"]]


def test_one_indicator_may_have_its_own_options():
    step = treat(table(OUTLIER), TREE, by_indicator={"a": {"method": "none"}})
    assert step.values["a"].tolist() == OUTLIER.tolist()


def test_periods_are_judged_as_said():
    panel = pd.concat([table(NORMAL).assign(period="2020"), table(OUTLIER).assign(period="2021")])
    assert treat(panel, TREE, over="period").notes["period"].tolist() == ["2021"]
    with pytest.raises(ValueError, match="several periods: say over='period'"):
        treat(panel, TREE)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (np.full(5, 3.0), "column 'a' is 3 for every unit.*take the indicator out.*leave it untreated"),
        (np.full(5, np.nan), "column 'a': every value is missing"),
        (np.array([1.0, 2, 3]), "column 'a': fewer than 4 values"),
    ],
)
def test_indicators_without_a_distribution_are_refused(x, message):
    with pytest.raises(TableError, match=message):
        treat(table(x), TREE)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "trim"}, "unknown method 'trim'"),
        ({"winmax": -1}, "winmax is -1"),
        ({"by_indicator": {"b": {}}}, "by_indicator names 'b'"),
        ({"by_indicator": {"a": {"maximum": 1}}}, "'a': unknown option 'maximum'"),
    ],
)
def test_bad_arguments_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        treat(table(OUTLIER), TREE, **options)


def test_two_values_that_are_left_are_enough_and_one_is_not():
    x = np.array([0.0] * 10 + [1.0, 900.0])
    assert winsorise(x).tolist() == [0.0] * 10 + [1.0, 1.0]


def test_moves_at_both_ends_count_together():
    x = np.array([-100.0, 1, 2, 3, 4, 5, 6, 7, 8, 90])
    assert skewness(x) < 0
    assert winsorise(x, winmax=1, force=True).tolist() == [1.0, 1, 2, 3, 4, 5, 6, 7, 8, 90]
    assert winsorise(x, winmax=2, force=True).tolist() == [1.0, 1, 2, 3, 4, 5, 6, 7, 8, 8]
    assert winsorise(x, winmax=0, force=True).tolist() == x.tolist()


def test_a_bound_that_is_just_met_is_not_passed():
    s, k = float(skewness(OUTLIER)), float(kurtosis(OUTLIER))
    for rule, passes in (
        (Rule(s, 0), False), (Rule(s * 1.001, 0), True), (Rule(0, k), False), (Rule(0, k * 1.001), True),
    ):  # fmt: skip
        assert rule.passes(OUTLIER) is passes
    assert Rule(s * 1.001, 0).passes(-OUTLIER)
    assert (Rule().skewness, Rule().kurtosis) == (2.0, 3.5)


def test_logarithms_at_their_ends():
    # range 4: a hundredth of it is 0.04
    assert transform(np.array([1.0, 2.0, 5.0]), "log").tolist() == pytest.approx(np.log([0.04, 1.04, 4.04]).tolist())
    assert transform(np.array([1.0, np.nan, 5.0]), "log", mirror=False)[[0, 2]].tolist() == pytest.approx(
        np.log([0.04, 4.04]).tolist()
    )
    with pytest.raises(ValueError, match=r"needs a maximum above 1, found 1;"):
        transform(np.array([0.1, 0.2, 0.3, 1.0]), "log_to_maximum")
    # turned within its own range: 0 and 99 change places, 96 becomes 3
    low = transform(np.array([0.0, 96.0, 99.0]), "log_to_maximum")
    assert low.tolist() == pytest.approx([-np.log(99), -np.log(98 * 3 / 99 + 1), 0])


def test_notes_say_what_was_done_in_which_period_and_whether_it_helped():
    step = treat(table(OUTLIER), TREE, method="log_plus_one", then="none")
    note = step.notes.iloc[0]
    s, k = (float(measure(np.log(OUTLIER))) for measure in (skewness, kurtosis))
    assert note["reason"].startswith("log_plus_one: skewness, kurtosis 3.16, 10.00 -> ")
    assert f"{s:.2f}, {k:.2f}" in note["reason"]
    assert (note["entity"], note["period"]) == ("", "")
    assert np.isnan([note["before"], note["after"]]).all()
    held = treat(table(OUTLIER), TREE, winmax=0, then="none")
    assert held.notes.empty  # nothing was moved
    both = (
        treat(table(OUTLIER), TREE, winmax=0, then="log", combine=True, skewness=0, kurtosis=0).notes["reason"].item()
    )
    assert both.startswith("winsorise, then log: ")
    assert both.endswith("; still fails the rule")
    panel = pd.concat([table(OUTLIER).assign(period="2020"), table(NORMAL).assign(period="2021")])
    told = treat(panel, TREE, method="log", then="none", over="period").notes
    assert told[["period", "code", "entity"]].to_numpy().tolist() == [["2020", "a", ""]]
    assert treat(table(np.append(OUTLIER[:3], 900.0)), TREE).values.shape == (4, 2)  # four are enough
