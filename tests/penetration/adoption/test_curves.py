"""Curves beside their textbook formulas: shares and slopes, limits of the ceiling, covariance and intervals."""

import math

import numpy as np
import pytest
from scipy.optimize import curve_fit
from scipy.stats import t as student_t

from digital_diplomacy.penetration.adoption.curves import (
    LEAST_IMITATION,
    SHAPES,
    Curve,
    _covariance,
    _grid,
    fit_curve,
    fitted,
    inflection,
    prediction,
    student,
)

YEARS = np.arange(2000.0, 2020.0)
TIME = np.array([0.5, 3.0, 8.0, 15.0, 30.0])


def share(model: str, time: np.ndarray, first: float, second: float) -> np.ndarray:
    if model == "logistic":
        return 1 / (1 + np.exp(-first * (time - second)))
    if model == "gompertz":
        return np.exp(-np.exp(-first * (time - second)))
    decay = np.exp(-(first + second) * time)
    return (1 - decay) / (1 + second / first * decay)


def curve(model: str, *parameters: float, covariance: np.ndarray | None = None, **fields: float) -> Curve:
    told = {"launch": 1999.0, "rss": 8.0, "n": 10, "free": 2} | fields
    spread = np.zeros((3, 3)) if covariance is None else covariance
    return Curve(model, told["launch"], np.array(parameters), spread, told["rss"], int(told["n"]), int(told["free"]),
                 (), True)  # fmt: skip


PAIRS = [("logistic", 0.4, 9.0), ("gompertz", 0.25, 7.0), ("bass", 0.02, 0.35)]


@pytest.mark.parametrize(("model", "first", "second"), PAIRS)
def test_shares_and_their_slopes_are_those_of_the_formula(model: str, first: float, second: float) -> None:
    reach, by_first, by_second = SHAPES[model].reach(TIME, first, second)
    assert reach == pytest.approx(share(model, TIME, first, second), rel=1e-12)
    for slope, moved in ((by_first, (1e-6 * first, 0.0)), (by_second, (0.0, 1e-6 * second))):
        ahead, behind = (share(model, TIME, first + s * moved[0], second + s * moved[1]) for s in (1, -1))
        assert slope == pytest.approx((ahead - behind) / (2 * sum(moved)), rel=1e-5, abs=1e-9)


def test_far_from_its_inflection_a_curve_is_nothing_or_whole() -> None:
    for model, first, second in PAIRS:
        far = SHAPES[model].reach(np.array([-1e6, 1e6]), first, second)
        assert far[0].tolist() == [0.0, 1.0]
        assert np.isfinite(np.array(far)).all()
    assert SHAPES["bass"].reach(np.array([-1.0, 0.0]), 0.02, 0.35)[0].tolist() == [0.0, 0.0]


def test_spread_and_akaike_by_hand() -> None:
    made = curve("logistic", 80.0, 0.5, 10.0)
    assert made.residual_sd == 1  # 8 over 10 - 2
    assert made.aic == pytest.approx(10 * math.log(0.8) + 6)
    assert curve("logistic", 80.0, 0.5, 10.0, rss=0.0).aic == -math.inf


@pytest.mark.parametrize(("model", "first", "second"), PAIRS)
def test_intervals_join_the_residuals_and_the_curve(model: str, first: float, second: float) -> None:
    covariance = np.array([[4.0, 0.01, 0.2], [0.01, 0.0004, 0.001], [0.2, 0.001, 0.09]])
    made = curve(model, 80.0, first, second, covariance=covariance)
    value, gradient = fitted(made, 1999 + TIME)
    reach, *slopes = SHAPES[model].reach(TIME, first, second)
    assert value == pytest.approx(80 * share(model, TIME, first, second))
    assert gradient == pytest.approx(np.column_stack([reach, 80 * slopes[0], 80 * slopes[1]]))
    told, low, high = prediction(made, 1999 + TIME, level=0.9)
    half = student_t.ppf(0.95, 8) * np.sqrt([1 + row @ covariance @ row for row in gradient])
    assert told == pytest.approx(value)
    assert low == pytest.approx(value - half)
    assert high == pytest.approx(value + half)
    assert student(0.9, 8) == pytest.approx(student_t.ppf(0.95, 8))


def test_a_curve_grows_fastest_at_its_inflection() -> None:
    spread = np.diag([1.0, 1e-6, 0.0004])
    assert inflection(curve("gompertz", 80, 0.3, 8.0, covariance=spread)) == pytest.approx((2007, 0.02))
    first, second = 0.02, 0.35
    covariance = np.array([[1.0, 0, 0], [0, 1e-6, 2e-6], [0, 2e-6, 1e-4]])
    when = lambda p, q: math.log(q / p) / (p + q)  # noqa: E731
    step = 1e-7
    slopes = [(when(first + a * step, second + b * step) - when(first - a * step, second - b * step)) / (2 * step)
              for a, b in ((1, 0), (0, 1))]  # fmt: skip
    error = math.sqrt(np.array(slopes) @ covariance[1:, 1:] @ np.array(slopes))
    found = inflection(curve("bass", 80, first, second, covariance=covariance))
    assert found == pytest.approx((1999 + when(first, second), error), rel=1e-5)
    for imitation in (0.02, 0.01):  # it grows fastest at its launch
        assert np.isnan(inflection(curve("bass", 80, 0.02, imitation))).all()


@pytest.mark.parametrize(("model", "first", "second"), PAIRS)
def test_exact_values_give_their_curve_back(model: str, first: float, second: float) -> None:
    exact = 80 * share(model, YEARS - 1999, first, second)
    found = fit_curve(YEARS, exact, model)
    assert found.parameters == pytest.approx([80, first, second], rel=1e-4)
    assert (found.model, found.launch, found.n, found.free, found.at_bound, found.converged) == (
        model, 1999.0, 20, 3, (), True,
    )  # fmt: skip
    again = fit_curve(YEARS, exact, model, start=found)
    assert again.parameters == pytest.approx(found.parameters, rel=1e-4)


@pytest.mark.parametrize(("model", "first", "second"), PAIRS)
def test_covariances_are_those_of_least_squares(model: str, first: float, second: float) -> None:
    chance = np.random.default_rng(3)
    values = 80 * share(model, YEARS - 1999, first, second) + chance.normal(0, 0.3, 20)
    found = fit_curve(YEARS, values, model, ceiling_max=None)
    made, spread = curve_fit(
        lambda time, top, a, b: top * share(model, time, a, b), YEARS - 1999, values, p0=[80, first, second]
    )
    assert found.parameters == pytest.approx(made, rel=1e-3)
    assert found.covariance == pytest.approx(spread, rel=1e-2, abs=1e-9)
    given = fit_curve(YEARS, values, model, ceiling=81.0)
    made, spread = curve_fit(lambda time, a, b: 81 * share(model, time, a, b), YEARS - 1999, values, p0=[first, second])
    assert (given.parameters[0], given.free, given.at_bound) == (81.0, 2, ())
    assert given.parameters[1:] == pytest.approx(made, rel=1e-3)
    assert given.covariance[1:, 1:] == pytest.approx(spread, rel=1e-2, abs=1e-9)
    assert not given.covariance[0].any()
    assert not given.covariance[:, 0].any()
    rest = values - 81 * share(model, YEARS - 1999, *given.parameters[1:])
    assert given.rss == pytest.approx(float(rest @ rest))


def test_a_ceiling_stops_at_its_bound_and_says_so() -> None:
    values = 180 * share("logistic", YEARS - 1999, 0.4, 9.0)
    bounded = fit_curve(YEARS, values, "logistic", ceiling_max=150.0)
    assert (bounded.parameters[0], bounded.at_bound) == (150.0, ("ceiling",))
    assert fit_curve(YEARS, values, "logistic").parameters[0] == 100  # percent
    free = fit_curve(YEARS, values, "logistic", ceiling_max=None)
    assert (free.parameters[0], free.at_bound) == (pytest.approx(180, rel=1e-4), ())


def test_growth_without_imitation_ends_at_its_least() -> None:
    found = fit_curve(YEARS, 80 * (1 - np.exp(-0.1 * (YEARS - 1999))), "bass")
    assert found.at_bound == ("imitation",)
    assert found.parameters[2] == pytest.approx(LEAST_IMITATION, rel=1e-3)
    assert found.parameters[:2] == pytest.approx([80, 0.1], rel=1e-2)


@pytest.mark.parametrize(("model", "first", "second"), PAIRS)
def test_parameters_that_cannot_be_told_apart_have_no_covariance(model: str, first: float, second: float) -> None:
    """Two times tell two parameters, and never three; of a curve whose ceiling is nothing they tell none."""
    time, shape = np.array([5.0, 5.0, 9.0, 9.0]), SHAPES[model]
    assert np.isnan(_covariance(shape, time, np.array([80.0, first, second]), 3)).all()
    for free, times in ((2, time), (3, TIME)):
        assert np.isnan(_covariance(shape, times, np.array([0.0, first, second]), free)).all()
    known = _covariance(shape, time, np.array([80.0, first, second]), 2)
    slopes = 80 * np.array(shape.reach(time, first, second)[1:])
    (a, b), (_, d) = slopes @ slopes.T
    by_hand = np.array([[d, -b], [-b, a]]) / (a * d - b * b)  # the inverse of two by two
    assert known[1:, 1:] == pytest.approx(by_hand)
    assert (known[0].tolist(), known[:, 0].tolist()) == ([0, 0, 0], [0, 0, 0])  # a ceiling that is given has no spread


def test_the_best_of_two_minima_is_found_where_the_grid_points_to_the_other() -> None:
    """A curve as steep as a step passes the third value, keeps the last two and misses the first: 8 * 8 + 12 * 12."""
    found = fit_curve(np.arange(2000.0, 2005.0), np.array([8.0, 12.0, 29.0, 74.0, 74.0]), "gompertz")
    assert found.rss == pytest.approx(208, rel=1e-6)  # the slower curve next to the best point of the grid leaves 254


def test_a_ceiling_below_one_percent_is_found() -> None:
    exact = 0.5 * share("logistic", YEARS - 1999, 0.5, 9.0)
    assert fit_curve(YEARS, exact, "logistic").parameters == pytest.approx([0.5, 0.5, 9.0], rel=1e-4)


@pytest.mark.parametrize(("years", "per_year"), [(24, 1), (12, 2)])
def test_the_grid_of_starts_covers_the_years_seen(years: int, per_year: int) -> None:
    """Rates per 24 years, of shorter series as much higher; inflections from one span before to two behind."""
    times = tuple(float(time) for time in range(1, years + 2))
    (rates, inflections), reach, power = _grid("logistic", times)
    assert [rates[0], rates[-1]] == pytest.approx([0.02 * per_year, 3 * per_year])
    assert [inflections[0], inflections[-1]] == [1 - years, 1 + 3 * years]
    assert reach.shape == (len(rates) * len(inflections), years + 1)
    assert power == pytest.approx((reach**2).sum(axis=1))
    (innovations, imitations), *_ = _grid("bass", times)
    ends = [innovations[0], innovations[-1], imitations[0], imitations[-1]]
    assert ends == pytest.approx([1e-5 * per_year, 1 * per_year, 2e-3 * per_year, 3 * per_year])
