import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digital_diplomacy.rankings.composite.outranking import copeland, hellwig, outranking

MISSING = np.array(
    [
        [1, 3, 2],
        [2, np.nan, 2],
        [np.nan, 1, 5],
        [4, 2, np.nan],
        [5, 6, 1],
    ],
    dtype=float,
)


def test_a_tie_counts_half_on_its_weight() -> None:
    # weights 1, 2, 1: the first wins 1, ties 2, loses 1
    share = outranking(np.array([[2.0, 5.0, 0.0], [1.0, 5.0, 9.0]]), np.array([1.0, 2.0, 1.0]))
    assert share[0, 1] == 0.5
    assert np.isnan(np.diagonal(share)).all()


def test_condorcet_s_paradox_leaves_everybody_level() -> None:
    # 1 beats 2 on two of three, 2 beats 3, 3 beats 1: nobody is ahead
    assert copeland(np.array([[3.0, 1, 2], [2, 3, 1], [1, 2, 3]]), np.ones(3)).tolist() == [0, 0, 0]


def test_scores_with_missing_values_are_those_of_shared_indicators() -> None:
    # u1-u2: loses a, ties c: -1; u1-u3: wins b, loses c: 0; u1-u4: loses a, wins b: 0; u1-u5: loses a, b, wins c: -1
    # u2-u3: loses c: -1; u2-u4: loses a: -1; u2-u5: loses a, wins c: 0
    # u3-u4: loses b: -1; u3-u5: loses b, wins c: 0; u4-u5: loses a and b: -1
    assert copeland(MISSING, np.ones(3)).tolist() == [-2, -1, 0, 1, 2]


def test_scores_with_missing_values_do_not_depend_on_the_order_of_rows() -> None:
    for order in ([4, 3, 2, 1, 0], [2, 0, 4, 1, 3]):
        assert copeland(MISSING[order], np.ones(3)).tolist() == copeland(MISSING, np.ones(3))[order].tolist()


@given(arrays(float, (6, 4), elements=st.sampled_from([1.0, 2.0, 3.0, np.nan])))
def test_scores_sum_to_0_and_turn_with_the_values(x: np.ndarray) -> None:
    scores = copeland(x, np.arange(1.0, 5.0))
    assert np.nansum(scores) == 0
    np.testing.assert_array_equal(copeland(-x, np.arange(1.0, 5.0)), -scores)


def test_equal_weights_that_sum_unevenly_in_binary_still_tie() -> None:
    # .1 + .2 against .3: equal on paper
    x = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    assert copeland(x, np.array([0.1, 0.2, 0.3])).tolist() == [0, 0]


def test_a_unit_without_values_has_no_score_and_beats_nobody() -> None:
    scores = copeland(np.array([[1.0, 2.0], [np.nan, np.nan], [3.0, 4.0]]), np.ones(2))
    assert np.isnan(scores[1])
    assert scores[[0, 2]].tolist() == [-1, 1]


def test_distance_from_the_best_values_by_hand() -> None:
    # one indicator, 2, 1, 0: distances 0, 1, 2, mean 1, deviation 1, limit 3
    assert hellwig(np.array([[2.0], [1.0], [0.0]]), np.ones(1)).tolist() == pytest.approx([1, 2 / 3, 1 / 3])


def test_distance_is_undefined_where_all_units_are_alike() -> None:
    assert np.isnan(hellwig(np.ones((3, 2)), np.ones(2))).all()
