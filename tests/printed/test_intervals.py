"""Interval arithmetic at its ends: signs, infinities, zeros and kinds of numbers, by hand."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from digital_diplomacy.printed import Interval, total

INF = math.inf


def ends(interval: Interval) -> tuple[Fraction | float, Fraction | float]:
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("made", "low", "high"),
    [
        (Interval(1, 2) * Interval(3, 4), 3, 8),
        (Interval(-2, 1) * Interval(3, 4), -8, 4),
        (Interval(3, 4) * Interval(-2, 1), -8, 4),
        (Interval(-2, -1) * Interval(-4, -3), 3, 8),
        (Interval(-2, 3) * Interval(-5, 4), -15, 12),
        (Interval(0, 2) * Interval(0, INF), 0, INF),
        (Interval(0, 0) * Interval(-INF, INF), 0, 0),
        (Interval(-1, 2) * Interval(3, INF), -INF, INF),
        (Interval(-2, -1) * Interval(3, INF), -INF, -3),
        (Interval(-INF, -1) * Interval(-INF, -3), 3, INF),
        (Interval(1, INF) * Interval(1, INF), 1, INF),
        (Interval(1, 2) + Interval(-INF, 5), -INF, 7),
        (Interval(-INF, 5) + Interval(1, 2), -INF, 7),
        (Interval(1, INF) + Interval(1, 2), 2, INF),
        (Interval(1, 2) - Interval(-INF, 5), -4, INF),
        (-Interval(-1, INF), -INF, 1),
        (Interval(1, 2) / Interval(4, INF), 0, Fraction(1, 2)),
        (Interval(1, 2) / Interval(-4, -2), -1, Fraction(-1, 4)),
        (3 - Interval(1, 2), 1, 2),
        (3 + Interval(1, 2), 4, 5),
        (6 / Interval(2, 3), 2, 3),
        (6 * Interval(2, 3), 12, 18),
        (Interval(2, 3).scaled(-2), -6, -4),
        (Interval(Decimal("0.1"), Fraction(1, 3)), Fraction(1, 10), Fraction(1, 3)),
        (Interval(Decimal("-Infinity"), Decimal("Infinity")), -INF, INF),
        (total([]), 0, 0),
        (total([Interval(1, 2), Interval(-3, 4), Interval(0, INF)]), -2, INF),
    ],
)
def test_arithmetic_reaches_from_the_least_result_to_the_largest(
    made: Interval, low: Fraction | float, high: Fraction | float
) -> None:
    assert ends(made) == (low, high)
    assert all(isinstance(end, Fraction) or math.isinf(end) for end in ends(made))


@pytest.mark.parametrize("bad", [True, 1.5, math.nan, "1", None, Decimal("NaN")])
def test_ends_whose_digits_are_lost_or_that_are_no_numbers_are_refused(bad: object) -> None:
    with pytest.raises(ValueError, match="an interval's end is an int, Fraction, Decimal or infinite float"):
        Interval(bad, INF)  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high"), [(2, 1), (INF, INF), (-INF, -INF), (INF, 1)])
def test_an_interval_rises_and_has_a_number_in_it(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="no interval runs from"):
        Interval(low, high)  # type: ignore[arg-type]


@pytest.mark.parametrize("divisor", [Interval(0, 1), Interval(-1, 0), Interval(-1, 1), Interval(0, 0)])
def test_nothing_is_divided_by_what_may_be_zero(divisor: Interval) -> None:
    with pytest.raises(ValueError, match="the divisor contains zero"):
        Interval(1, 2) / divisor


def test_ends_belong_to_an_interval() -> None:
    one = Interval(1, 2)
    assert [one.contains(value) for value in (Fraction(99, 100), 1, Decimal("1.5"), 2, Fraction(201, 100))] == [
        False, True, True, True, False,
    ]  # fmt: skip
    others = [Interval(0, Fraction(99, 100)), Interval(0, 1), Interval(2, 3), Interval(Fraction(201, 100), 3)]
    assert [one.overlaps(other) for other in others] == [False, True, True, False]
    assert [one.disjoint(other) for other in others] == [True, False, False, True]
