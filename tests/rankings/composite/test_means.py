"""Means on arrays, each by hand: weights, missing children, and the ends of a formula."""

import numpy as np
import pytest

from digital_diplomacy.rankings.composite.means import (
    geometric_mean,
    harmonic_mean,
    mean_min,
    ordered_mean,
    penalised_mean,
    power_mean,
    quantifier_of,
    quantifier_through,
    weighted_mean,
)

NAN = np.nan


def same(found: np.ndarray, *expected: float) -> bool:
    return bool(np.allclose(found, expected, equal_nan=True, rtol=1e-12))


def test_weights_are_shared_over_what_is_there_for_one_set_of_weights_and_for_draws() -> None:
    x, drawn = np.array([[1.0, 4.0], [NAN, 3.0], [NAN, NAN]]), np.array([[2.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
    assert same(weighted_mean(x, drawn[0]), 2, 3, NAN)
    assert same(weighted_mean(x, drawn), [2, 3, NAN], [4, 3, NAN], [1, NAN, NAN])
    assert same(weighted_mean(x[:1], drawn), [2], [4], [1])
    # values and weights drawn together
    assert same(weighted_mean(np.array([[[1.0, 4.0]], [[3.0, 9.0]]]), drawn[:2]), [2], [9])
    assert same(weighted_mean(x[:1], np.zeros(2)), NAN)


def test_logarithms_and_reciprocals_want_values_above_0() -> None:
    x, two_to_one = np.array([[8.0, 1.0], [0.0, 1.0], [-1.0, 1.0], [NAN, 5.0]]), np.array([2.0, 1.0])
    assert same(geometric_mean(x, two_to_one), 4, NAN, NAN, 5)  # (8 * 8 * 1) ** (1 / 3)
    assert same(harmonic_mean(x, two_to_one), 3 / (2 / 8 + 1), NAN, NAN, 5)


@pytest.mark.parametrize(
    ("power", "expected"),
    [
        (1, (4.0, 2.0, NAN, 3.0)),
        (2, (np.sqrt(20), np.sqrt(8), NAN, 3.0)),  # of 2 and 6: 4 + 36 over 2; of 0 and 4: 16 over 2
        (0, (np.sqrt(12), NAN, NAN, 3.0)),
        (-1, (3.0, NAN, NAN, 3.0)),  # 2 / (1/2 + 1/6)
        (-2, (np.sqrt(2 / (1 / 4 + 1 / 36)), NAN, NAN, 3.0)),
    ],
)
def test_a_mean_of_powers_is_missing_outside_of_its_domain(power: float, expected: tuple[float, ...]) -> None:
    x = np.array([[2.0, 6.0], [0.0, 4.0], [-1.0, 5.0], [NAN, 3.0]])
    assert same(power_mean(x, np.ones(2), power=power), *expected)


def test_powers_of_the_least_and_the_largest_doubles_do_not_overflow() -> None:
    assert same(power_mean(np.array([[1e300, 1e300]]), np.ones(2), power=9), 1e300)
    assert same(power_mean(np.array([[1e-300, 1e-300]]), np.ones(2), power=-9) * 1e300, 1)
    assert same(power_mean(np.array([[1e-300, 1.0]]), np.ones(2), power=-2) * 1e300, np.sqrt(2))
    assert same(power_mean(np.array([[0.0, 0.0]]), np.ones(2), power=2), 0)


def test_the_penalty_is_the_variance_over_the_mean_of_all_or_of_one_less() -> None:
    x = np.array([[1.0, 3.0], [NAN, 3.0], [0.0, 3.0], [2.0, 2.0]])
    # mean 2, variance 1, of a sample 2; a single child has no spread of a sample
    assert same(penalised_mean(x, np.ones(2)), 1.5, 3, NAN, 2)
    assert same(penalised_mean(x, np.ones(2), penalty="positive"), 2.5, 3, NAN, 2)
    assert same(penalised_mean(x, np.ones(2), spread="sample"), 1, NAN, NAN, 2)
    # weights 3 and 1: mean 1.5, variance (3 * 0.25 + 2.25) / 4 = 0.75
    assert same(penalised_mean(x[:1], np.array([3.0, 1.0])), 1)


def test_the_smallest_value_is_that_of_children_with_a_weight() -> None:
    x, weights = np.array([[1.0, 5.0, 9.0], [NAN, 5.0, NAN]]), np.array([0.0, 1.0, 1.0])
    assert same(mean_min(x, weights, strength=0.5, smoothing=0.0), 6, 5)  # 7 - 0.5 * (7 - 5)
    assert same(mean_min(x, weights, strength=1.0, smoothing=1.5), 6, 5)  # sqrt(4 + 2.25) - 1.5 = 1
    assert same(mean_min(x[:1], np.ones(3), strength=1.0, smoothing=3.0), 3)  # mean 5: sqrt(16 + 9) - 3 = 2


def test_quantifiers_are_0_to_the_first_limit_and_1_from_the_second() -> None:
    assert same(quantifier_of([0.25, 0.75])(np.array([0, 0.25, 0.5, 0.75, 1])), 0, 0, 0.5, 1, 1)
    assert same(quantifier_through([3.0, 1.0])(np.array([0, 0.25, 0.5, 0.75, 1])), 0, 0.375, 0.75, 0.875, 1)


def test_an_ordered_mean_gives_the_best_values_the_weight_of_their_share() -> None:
    x = np.array([[1.0, 8.0, 4.0, 2.0], [NAN, 8.0, 4.0, NAN], [NAN] * 4])
    best_half = quantifier_of([0.0, 0.5])
    assert same(ordered_mean(x, np.ones(4), quantifier=best_half), 6, 8, NAN)
    # 8 holds a half of the importance and so all of the weight; where 4 holds three quarters of it, the rest is its own
    assert same(ordered_mean(x[:1], np.array([1.0, 3.0, 1.0, 1.0]), quantifier=best_half), 8)
    assert same(ordered_mean(x[1:2], np.array([1.0, 1.0, 3.0, 1.0]), quantifier=best_half), 6)
    drawn = np.array([[1.0, 1.0, 1.0, 1.0], [1.0, 3.0, 1.0, 1.0]])
    assert same(ordered_mean(x, drawn, quantifier=best_half), [6, 8, NAN], [8, 8, NAN])
