"""Ends of what was simulated: ranks by hand, other programs' rule, and how often they hold what they say."""

from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError


def test_ends_are_the_draws_of_the_ranks_that_the_level_leaves_out() -> None:
    # Davison and Hinkley 1997, section 2.4: R = 999, the 25th and the 975th of the ordered draws.
    low, high = simulated.middle(np.arange(999, 0, -1), 0.95)
    assert [low, high] == pytest.approx([25, 975])
    # R = 1000: (R + 1) x 0.025 = 25.025, and as far from the other end.
    assert [*simulated.middle(range(1, 1001), 0.95)] == pytest.approx([25.025, 975.975])
    assert [*simulated.middle(range(1, 1001), 0.95, whole=True)] == [25, 976]
    assert [*simulated.middle(range(1, 11), 0.95)] == [1, 10]
    assert [simulated.bound(range(1, many + 1), 0.95) for many in (18, 19, 99, 100, 1000)] == [np.inf, 19, 95, 96, 951]


def test_missing_draws_are_none_and_rows_are_apart() -> None:
    draws = np.array([[3.0, np.nan, 1.0, 2.0], [np.nan] * 4, [5.0, 5.0, 5.0, 5.0]])
    low, high = simulated.middle(draws, 0.5, axis=1)
    # Three draws: place (3 + 1) / 4 = 1; four: 5 / 4, between equals.
    np.testing.assert_array_equal(low, [1, np.nan, 5])
    np.testing.assert_array_equal(high, [3, np.nan, 5])
    np.testing.assert_array_equal(simulated.middle(draws.T, 0.5)[1], high)
    assert np.isnan(simulated.middle([], 0.9)).all()


@pytest.mark.parametrize("draws", [7, 20, 99, 250])
def test_the_definition_is_the_sixth_of_hyndman_and_fan(draws: int) -> None:
    drawn = np.random.default_rng(draws).normal(size=draws)
    expected = np.quantile(drawn, [0.1, 0.9], method="weibull")
    assert [*simulated.middle(drawn, 0.8)] == pytest.approx(expected)


def test_one_more_draw_lies_within_as_often_as_is_said() -> None:
    """Counted out: of 19 draws and one more all ranks are equally likely, so that 18 of 20 lie strictly between."""
    ranks = range(1, 21)
    within = beyond = 0
    for last in ranks:
        drawn = [rank for rank in ranks if rank != last]
        low, high = simulated.middle(drawn, 0.9)
        within += bool(low <= last <= high)
        beyond += bool(last > simulated.bound(drawn, 0.95))
    assert (within, beyond) == (18, 1)
    # Quantiles with B - 1 in the place of B + 1 hold one of twenty less.
    narrow = [np.quantile([rank for rank in ranks if rank != last], [0.05, 0.95]) for last in ranks]
    assert sum(low <= last <= high for (low, high), last in zip(narrow, ranks, strict=True)) == 16


def test_a_value_beyond_the_ends_has_a_p_at_most_what_the_level_leaves() -> None:
    """p = 2 (b + 1) / (B + 1) of both tails, as networks.p_value has it."""
    rng = np.random.default_rng(3)
    for draws in (39, 99, 500, 999):
        null = rng.normal(size=draws)
        low, high = simulated.middle(null, 0.95)
        for observed in np.linspace(-3, 3, 301):
            tail = min((null <= observed).sum(), (null >= observed).sum())
            assert bool(low <= observed <= high) or 2 * (tail + 1) / (draws + 1) <= 0.05 + 1 / (draws + 1)


def test_the_largest_of_several_is_exceeded_as_often_as_the_level_leaves() -> None:
    """Every way in which 12 equally likely values fall into an observed one and 11 draws of their largest in threes."""
    values, level = range(1, 13), 0.75
    hits = total = 0
    for group in combinations(values, 3):  # the observed three; the other nine make three draws
        others = [value for value in values if value not in group]
        drawn = [max(others[place::3]) for place in range(3)]
        total += 1
        hits += max(group) > simulated.bound(drawn, level)
    assert total == comb(12, 3)
    # Worked by hand: the observed largest exceeds all three others if it is 12, so of 220 those with 12: C(11, 2) = 55.
    assert Fraction(hits, total) == Fraction(55, 220) == Fraction(1, 4)


@pytest.mark.parametrize("level", [0.0, 1.0, float("nan"), 1.5])
def test_what_is_no_level_is_refused(level: float) -> None:
    for asked in (simulated.middle, simulated.bound):
        with pytest.raises(ArgumentError, match="above 0 and below 1"):
            asked([1.0, 2.0], level)
