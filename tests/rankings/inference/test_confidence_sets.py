"""Confidence sets for ranks: published results, values worked by hand, coverage, refusals."""

from unittest.mock import Mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.inference.confidence_sets import (
    count_rank_sets,
    critical_value,
    joint_rank_ranges,
    rank_sets,
    score_differences,
    tau_best,
)


def scores(values: list[float], errors: float | list[float] = 1.0) -> pd.DataFrame:
    names = [f"U{number}" for number in range(len(values))]
    return pd.DataFrame({"entity": names, "value": values, "standard_error": errors})


def ends(rows: pd.DataFrame) -> list[list[float]]:
    return rows[["low", "high"]].to_numpy().tolist()


def rng(number: int = 1) -> np.random.Generator:
    return np.random.default_rng(number)


# the critical value ---------------------------------------------------------------------------------------------------


def test_critical_value_of_two_units_is_the_normal_quantile():
    # one difference only: the 95 % quantile of |Z| is 1.95996
    assert critical_value(scores([1, 2]), draws=400_000, rng=rng()) == pytest.approx(1.95996, abs=0.01)


@pytest.mark.parametrize("size", [3, 10, 38])
def test_critical_value_of_equal_errors_is_the_studentised_range_over_root_two(size: int):
    # all units equal: max |Zi - Zj| / sqrt 2, Tukey's studentised range with infinite degrees of freedom
    expected = stats.studentized_range.ppf(0.95, size, np.inf) / np.sqrt(2)
    assert critical_value(scores([0.0] * size), draws=60_000, rng=rng()) == pytest.approx(expected, abs=0.03)


def test_critical_value_of_tied_errors_is_that_of_one_difference():
    # correlation 1 between the first two with equal errors: their difference is known, the third decides alone
    covariance = [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    found = critical_value(scores([0, 0, 0]), covariance=covariance, draws=200_000, rng=rng())
    assert found == pytest.approx(1.96, abs=0.015)


# sets -----------------------------------------------------------------------------------------------------------------


def test_sets_of_four_units_by_hand():
    # errors 1 each, so a difference has error 1.4142. Two steps of 2 are 1.41 errors (not sure at any level near 95 %),
    # 20 are 14 errors (sure): {A, B} above {C, D}, within them nothing is sure.
    found = rank_sets(scores([22, 20, 2, 0]), rng=rng())
    assert ends(found) == [[1, 2], [1, 2], [3, 4], [3, 4]]
    assert found["value"].tolist() == [1, 2, 3, 4]
    assert set(found["measure"]) == {"rank_simultaneous_sampling"}
    assert found[["unit", "interval", "level", "n"]].iloc[0].tolist() == ["rank", "confidence", 0.95, 4]


def test_stepdown_finds_more():
    # A is far above all others, which settles three pairs. B - D = 3.58 / 1.4142 = 2.531 errors is below the critical
    # value of four units, 3.633 / 1.4142 = 2.569. Without what was rejected, the largest of |B - C|, |B - D|, |C - D|,
    # B - A, C - A and D - A decides; its 95 % quantile, simulated here, is below 2.531.
    a, b, c, d = rng(2).standard_normal((4, 400_000)) / np.sqrt(2)
    left = np.max([abs(b - c), abs(b - d), abs(c - d), b - a, c - a, d - a], axis=0)
    assert np.quantile(left, 0.95) < 2.52
    table = scores([40.0, 3.58, 1.8, 0.0])
    once = rank_sets(table, stepdown=False, draws=100_000, rng=rng())
    again = rank_sets(table, stepdown=True, draws=100_000, rng=rng())
    assert ends(once) == [[1, 1], [2, 4], [2, 4], [2, 4]]
    assert ends(again) == [[1, 1], [2, 3], [2, 4], [3, 4]]


def test_a_marginal_set_is_the_simultaneous_one_of_its_own_comparisons():
    # two units: the one comparison is all there is
    table = scores([3.0, 0.0])
    assert ends(rank_sets(table, simultaneous=False, rng=rng())) == ends(rank_sets(table, rng=rng()))


def test_one_sided_sets_leave_the_other_end_open():
    # of two units 2.4 apart, error 1.4142: 1.697 errors, above 1.645 (one-sided) and below 1.960 (two-sided)
    table = scores([2.4, 0.0])
    options = {"simultaneous": False, "draws": 100_000}
    assert ends(rank_sets(table, side="both", rng=rng(), **options)) == [[1, 2], [1, 2]]
    assert ends(rank_sets(table, side="best", rng=rng(), **options)) == [[1, 2], [2, 2]]
    assert ends(rank_sets(table, side="worst", rng=rng(), **options)) == [[1, 1], [1, 2]]


def test_a_diagonal_covariance_is_independence():
    table = scores([5.0, 3.0, 0.0, -1.0], [0.5, 0.7, 0.9, 0.2])
    first = rank_sets(table, rng=rng(), draws=50_000)
    covariance = np.diag(table["standard_error"] ** 2)
    second = rank_sets(table.drop(columns="standard_error"), covariance=covariance, rng=rng(), draws=50_000)
    assert ends(first) == ends(second)


def test_a_shared_error_does_not_blur_a_difference():
    # errors of 10 in common and 0.1 of each unit's own: the difference of 1 has an error of 0.1414
    covariance = np.full((2, 2), 100.0) + np.diag([0.01, 0.01])
    assert ends(rank_sets(scores([1.0, 0.0]), covariance=covariance, rng=rng())) == [[1, 1], [2, 2]]
    assert ends(rank_sets(scores([1.0, 0.0], 10.0), rng=rng())) == [[1, 2], [1, 2]]


def test_scores_without_error_have_their_ranks():
    found = rank_sets(scores([3.0, 1.0, 1.0, 2.0], 0.0), rng=rng())
    assert ends(found) == [[1, 1], [3, 4], [3, 4], [2, 2]]


def test_best_and_worst_units():
    # A, B near 10, C to E near 0: the best is A or B, the worst one of the three others
    table = scores([10.0, 9.9, 0.1, 0.0, -0.1], 0.5)
    assert tau_best(table, 1, rng=rng())["entity"].tolist() == ["U0", "U1"]
    assert tau_best(table, 1, worst=True, rng=rng())["entity"].tolist() == ["U2", "U3", "U4"]
    assert len(tau_best(table, 3, rng=rng())) == 5
    with pytest.raises(ValueError, match="tau is 6; choose 1 to 5"):
        tau_best(table, 6, rng=rng())


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=6), st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_sets_hold_the_rank_shrink_with_stepdown_and_forget_order(values: list[float], turn: int):
    table = scores(values)
    whole = rank_sets(table, draws=500, rng=rng())
    single = rank_sets(table, draws=500, stepdown=False, rng=rng())
    assert (whole["low"] <= whole["value"]).all()
    assert (whole["value"] <= whole["high"]).all()
    assert (single["low"] <= whole["low"]).all()
    assert (whole["high"] <= single["high"]).all()
    turned = Mock(standard_normal=lambda shape: -rng().standard_normal(shape))  # noise turned with the values
    lowered = rank_sets(table.assign(value=-table["value"]), draws=500, rng=turned)
    assert lowered["low"].tolist() == (len(values) + 1 - whole["high"]).tolist()
    before = table.copy()
    rank_sets(table.iloc[turn % len(values) :], draws=19, rng=rng()) if len(table) - turn % len(values) > 1 else None
    pd.testing.assert_frame_equal(table, before)


def test_simultaneous_sets_cover_ties_and_naive_percentiles_do_not():
    # eight equal units, 200 replications: two Monte Carlo errors of 95 % are 3.1 points. All sets of a replication hold
    # every shared place if nothing is rejected. Percentiles of simulated ranks are judged kindly: they need hold only
    # the middle of the shared places, 4.5, and still cover far less often.
    replications, size, chance = 200, 8, rng(8)
    sets, naive = 0, 0
    for _ in range(replications):
        drawn = chance.standard_normal(size)
        found = rank_sets(scores(drawn.tolist()), draws=500, rng=chance)
        sets += bool(((found["low"] == 1) & (found["high"] == size)).all())
        simulated = stats.rankdata(-(drawn + chance.standard_normal((400, size))), axis=1)
        low, high = np.quantile(simulated, [0.025, 0.975], axis=0)
        naive += bool(((low <= 4.5) & (high >= 4.5)).all())
    assert sets / replications == pytest.approx(0.95, abs=2.5 * np.sqrt(0.95 * 0.05 / replications))
    assert naive / replications < 0.85


def test_a_large_ranking_is_done_in_blocks():
    # 210 units on a line, one error apart: neighbours are never separated, units 20 apart always are
    found = rank_sets(scores(np.arange(210.0).tolist()), draws=600, rng=rng())
    width = found["high"] - found["low"]
    assert width.iloc[50:160].between(2, 12).all()


# joint ranges ---------------------------------------------------------------------------------------------------------


def test_joint_ranges_by_hand():
    # three units, 95 %: Bonferroni z is the quantile 1 - 0.05 / 6, 2.394. Half-widths 2.394, 0.2394, 0.2394:
    # A 7.606 to 12.394, B 8.761 to 9.239, C 0.761 to 1.239. C is below both; A and B meet.
    found = joint_rank_ranges(scores([10.0, 9.0, 1.0], [1.0, 0.1, 0.1]))
    assert ends(found) == [[1, 2], [1, 2], [3, 3]]
    assert found["measure"].tolist() == ["rank_joint_sampling"] * 3


def test_independence_is_a_little_narrower():
    # two units, 95 %: z is 2.2414 (quantile 0.9875) and 2.2365 (quantile (1 + sqrt 0.95) / 2); errors 1, so intervals
    # part at 4.4829 and at 4.4730
    table = scores([4.48, 0.0])
    assert ends(joint_rank_ranges(table)) == [[1, 2], [1, 2]]
    assert ends(joint_rank_ranges(table, method="independence")) == [[1, 1], [2, 2]]


# counts ---------------------------------------------------------------------------------------------------------------


def test_counts_of_two_answers_are_the_binomial_test():
    # 9 against 1: P(X >= 9 of 10) = 11 / 1024 = 0.0107, at most 0.05 / 2; 8 against 2: 56 / 1024 = 0.0547
    table = pd.DataFrame({"entity": ["yes", "no"], "value": [9, 1]})
    assert ends(count_rank_sets(table)) == [[1, 1], [2, 2]]
    assert ends(count_rank_sets(table.assign(value=[8, 2]))) == [[1, 2], [1, 2]]
    # one-sided at 5 %, a single test: 0.0107 is enough, and 7 against 1, 9 / 256 = 0.035, too
    one_sided = count_rank_sets(table.assign(value=[7, 1]), simultaneous=False, side="best")
    assert ends(one_sided) == [[1, 2], [2, 2]]
    assert ends(count_rank_sets(table.assign(value=[7, 1]), simultaneous=False)) == [[1, 2], [1, 2]]


def test_holm_rejects_what_bonferroni_does_not():
    # 100, 30, 14: six tests, Bonferroni 0.05 / 6 = 0.00833. 30 against 14: P(X >= 30 of 44) = 0.0113 is above it. The
    # other two are below any bound, so that Holm's third threshold 0.05 / 4 = 0.0125 applies
    p = stats.binom.sf(29, 44, 0.5)
    assert 0.05 / 6 < p <= 0.05 / 4
    table = pd.DataFrame({"entity": list("abc"), "value": [100, 30, 14]})
    assert ends(count_rank_sets(table)) == [[1, 1], [2, 2], [3, 3]]
    assert ends(count_rank_sets(table, correction="bonferroni")) == [[1, 1], [2, 3], [2, 3]]


def test_answers_nobody_chose_share_the_last_places():
    table = pd.DataFrame({"entity": list("abc"), "value": [30, 0, 0]})
    assert ends(count_rank_sets(table)) == [[1, 1], [2, 3], [2, 3]]


def test_shares_are_refused_as_counts():
    with pytest.raises(TableError, match="whole number of at least 0; give counts, not shares"):
        count_rank_sets(pd.DataFrame({"entity": ["a", "b"], "value": [0.4, 0.6]}))


# differences ----------------------------------------------------------------------------------------------------------


def test_differences_of_one_unit_and_of_all():
    # two units: 3 -/+ 1.96 * 1.4142 = 3 -/+ 2.772
    row = score_differences(scores([3.0, 0.0]), draws=200_000, rng=rng()).iloc[0]
    assert row[["left", "right", "measure", "interval"]].tolist() == [
        "U0",
        "U1",
        "score_difference_sampling",
        "confidence",
    ]
    assert (row["value"], row["low"], row["high"]) == pytest.approx((3, 0.228, 5.772), abs=0.02)
    every = score_differences(scores([3.0, 2.0, 1.0]), draws=50_000, rng=rng())
    own = score_differences(scores([3.0, 2.0, 1.0]), entity="U1", draws=50_000, rng=rng())
    assert every[["left", "right"]].to_numpy().tolist() == [["U0", "U1"], ["U0", "U2"], ["U1", "U2"]]
    assert own["value"].tolist() == [-1, 1]
    assert (own["high"] - own["low"]).max() < (every["high"] - every["low"]).min()
    with pytest.raises(ValueError, match="no unit 'U9' among the scores"):
        score_differences(scores([1.0, 2.0]), entity="U9", rng=rng())


# refusals -------------------------------------------------------------------------------------------------------------


def test_bad_scores_are_refused_by_name():
    with pytest.raises(TableError, match="no column 'standard_error'"):
        rank_sets(scores([1, 2]).drop(columns="standard_error"), rng=rng())
    with pytest.raises(TableError, match=r"given twice: \['U0'\]"):
        rank_sets(pd.concat([scores([1, 2]), scores([1])]), rng=rng())
    with pytest.raises(TableError, match="1 rows, given twice: none; give two units or more"):
        rank_sets(scores([1]), rng=rng())
    with pytest.raises(TableError, match=r"U1, `value`; U0, `standard_error`: no finite number, or an error below 0"):
        rank_sets(scores([1, np.nan], [-1, 1]), rng=rng())


def test_bad_covariances_are_refused():
    with pytest.raises(TableError, match="2 rows and columns of finite numbers needed"):
        rank_sets(scores([1, 2]), covariance=[[1.0]], rng=rng())
    with pytest.raises(TableError, match=r"smallest eigenvalue -1\); check its cells"):
        rank_sets(scores([1, 2]), covariance=[[1, 2], [2, 1]], rng=rng())


def test_bad_options_are_refused():
    with pytest.raises(ValueError, match="unknown choice 'left'; allowed: both, best, worst"):
        rank_sets(scores([1, 2]), side="left", rng=rng())
    with pytest.raises(ValueError, match="level is 95 and draws is 10000"):
        rank_sets(scores([1, 2]), level=95, rng=rng())
    for level, draws in ((0, 10), (1, 10), (0.9, 0)):  # open at both ends; a quantile of no draws is none
        with pytest.raises(ValueError, match=f"level is {level} and draws is {draws}; level must be between 0 and 1"):
            rank_sets(scores([1, 2]), level=level, draws=draws, rng=rng())
    with pytest.raises(ValueError, match=r"18 draws do not settle .* probability 0.05; at least 19"):
        rank_sets(scores([1, 2]), draws=18, rng=rng())
    with pytest.raises(ValueError, match="unknown choice 'tukey'; allowed: bonferroni, independence"):
        joint_rank_ranges(scores([1, 2]), method="tukey")


def test_bonferroni_of_one_unit_counts_both_directions_of_its_comparisons() -> None:
    # 12 categories, 2 x 11 tests: 0.05 / 22 = 0.00227. 60 against 33: P(X >= 60 of 93) = 0.00335 is above it, but
    # below 0.05 / 11 = 0.00455, what counting one direction alone would compare it with.
    counts = [520, 310, 305, 300, 210, 120, 119, 60, 33, 30, 12, 5]
    table = pd.DataFrame({"entity": [f"c{n}" for n in range(12)], "value": counts})
    found = count_rank_sets(table, simultaneous=False, correction="bonferroni")
    assert ends(found)[7] == [8, 9]
