import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.frontier import benefit_of_doubt
from digital_diplomacy.rankings.composite.methods import method_of

SMALL = np.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]])


def test_a_unit_below_the_frontier_scores_its_distance_along_the_ray() -> None:
    # weights .2 and .2 give the first two 1 and the third .8; by symmetry none does better
    assert benefit_of_doubt(SMALL).tolist() == pytest.approx([1, 1, 0.8])


def test_shares_restrict_the_weights() -> None:
    # half of the score from each value: w1 4 = w2 1 = s / 2, so w1 = s / 8, w2 = s / 2; the second unit then has
    # s / 8 + 2 s <= 1, s = 8 / 17. The third: w = s / 4 each, the first unit has 5 s / 4 <= 1, s = .8
    found = benefit_of_doubt(SMALL, share_low=0.5, share_high=0.5)
    assert found.tolist() == pytest.approx([8 / 17, 8 / 17, 0.8])
    assert benefit_of_doubt(SMALL, share_high=0.5).tolist() == pytest.approx(found.tolist())


def test_a_share_of_a_tenth_by_hand() -> None:
    # the first unit: w1 4 = .9 s, w2 1 = .1 s; the second unit has .9 s / 4 + .4 s <= 1 and the first s <= 1: s = 1
    assert benefit_of_doubt(SMALL, share_low=0.1).tolist() == pytest.approx([1, 1, 0.8])


def test_a_missing_value_is_left_out_of_a_unit_s_own_score() -> None:
    found = benefit_of_doubt(np.array([[4.0, np.nan], [2.0, 4.0], [np.nan, np.nan]]))
    assert found[:2].tolist() == pytest.approx([1, 1])
    assert np.isnan(found[2])


def test_a_unit_without_anything_scores_0() -> None:
    assert benefit_of_doubt(np.array([[0.0, 0.0], [1.0, 2.0]])).tolist() == pytest.approx([0, 1])


@settings(max_examples=25)
@given(arrays(float, (5, 3), elements=st.floats(0.1, 100)))
def test_scores_do_not_depend_on_units_and_somebody_has_1(x: np.ndarray) -> None:
    found = benefit_of_doubt(x)
    assert found.max() == pytest.approx(1)
    np.testing.assert_allclose(benefit_of_doubt(x * [1, 1000, 0.001]), found, rtol=1e-6)


def test_shares_that_cannot_sum_to_1_are_refused() -> None:
    with pytest.raises(TableError, match=r"row 1: 2 values cannot each make up between 0\.6 and 1"):
        benefit_of_doubt(SMALL, share_low=0.6)
    with pytest.raises(ValueError, match="share_low is 5"):
        method_of({"name": "benefit_of_doubt", "share_low": 5})
