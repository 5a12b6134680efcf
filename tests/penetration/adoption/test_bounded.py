"""Intervals of shares in angles, worked by hand: the slope of the angle at a part p is 1 / (2 sqrt(p (1 - p)))."""

import math

import numpy as np
import pytest

from digital_diplomacy.penetration.adoption.bounded import angle, from_angle, share_prediction
from digital_diplomacy.penetration.adoption.curves import Curve

T_3 = 3.182446305  # Student's t, 3 degrees of freedom, 97.5 percent: any table


def curve(variance: float, *, ceiling: float = 100.0) -> Curve:
    """A logistic curve through half its ceiling in 2010, at a rate of 0.5; its turning point alone is uncertain."""
    covariance = np.zeros((3, 3))
    covariance[2, 2] = variance
    return Curve("logistic", 2000.0, np.array([ceiling, 0.5, 10.0]), covariance, 0.0, 5, 2, (), True)


def on_it(times: list[float], ceiling: float = 100.0) -> tuple[np.ndarray, np.ndarray]:
    given = np.array(times)
    return given, ceiling / (1 + np.exp(-0.5 * (given - 2010)))


def test_the_curves_own_variance_is_carried_into_angles() -> None:
    """In 2010 the share changes by 100 x 0.25 x 0.5 = 12.5 points a year of the turning point, which is sure to 0.2
    years: 2.5 points. There the angle changes by 1 per 1 = 100 points, so 0.025; with an interval of 0.025 T_3 the
    ends are 50 (1 -/+ sin(2 x 0.025 T_3))."""
    past = on_it([2006, 2007, 2008, 2009, 2010])
    value, low, high = share_prediction(curve(0.04), past, np.array([2010.0]), whole=100.0, level=0.95)
    reach = 50 * math.sin(2 * 0.025 * T_3)
    assert [value[0], low[0], high[0]] == pytest.approx([50, 50 - reach, 50 + reach], rel=1e-8)


@pytest.mark.parametrize("time", [2003.0, 2008.0, 2014.0])
@pytest.mark.parametrize("whole", [100.0, 1.0])
def test_it_is_the_slope_of_the_angle_times_that_of_the_share(time: float, whole: float) -> None:
    """The slope by a difference of angles of two curves, 0.0002 years apart, in place of the formula."""
    given = curve(0.04, ceiling=whole)
    past = on_it([2006, 2007, 2008, 2009, 2010], whole)
    step = 1e-4
    near = [whole / (1 + math.exp(-0.5 * (time - 2010 - sign * step))) for sign in (1, -1)]
    slope = float(np.diff(angle(np.array(near), whole))[0]) / (2 * step)
    half = T_3 * abs(slope) * 0.2
    value, low, high = share_prediction(given, past, np.array([time]), whole=whole, level=0.95)
    ends = from_angle(angle(value, whole) + np.array([-half, half]), whole)
    assert [low[0], high[0]] == pytest.approx(ends.tolist(), rel=1e-6)


def test_errors_of_the_past_count_in_angles_too() -> None:
    """Errors of 0.01, twice, in angles: mean square 0.0002 / 3; with the curve's own 0.025 squared, as above."""
    times, values = on_it([2006, 2007, 2008, 2009, 2010])
    moved = from_angle(angle(values, 100.0) + np.array([0.01, 0, 0, 0, -0.01]), 100.0)
    _, low, high = share_prediction(curve(0.04), (times, moved), np.array([2010.0]), whole=100.0, level=0.95)
    half = T_3 * math.sqrt(0.0002 / 3 + 0.025**2)
    assert [low[0], high[0]] == pytest.approx([50 - 50 * math.sin(2 * half), 50 + 50 * math.sin(2 * half)], rel=1e-8)


def test_nearer_to_a_bound_than_figures_are_told_the_slope_is_that_of_there() -> None:
    """At 100 less 1e-6 points the slope would be 5000; it is 1 / (2 sqrt(0.0005 x 0.9995))."""
    given = curve(0.0)
    given.covariance[0, 0] = 0.01  # the ceiling itself, to 0.1 points: 0.001 of the whole
    past = on_it([2006, 2007, 2008, 2009, 2010])
    value, low, high = share_prediction(given, past, np.array([2050.0]), whole=100.0, level=0.95)
    half = T_3 * 0.001 * value[0] / 100 / (2 * math.sqrt(0.0005 * 0.9995))
    assert low[0] == pytest.approx(float(from_angle(angle(value, 100.0) - half, 100.0)[0]), rel=1e-6)
    assert value[0] <= high[0] <= 100
