"""Missing values: every method worked by hand, multiple imputation, panels, trends."""

# ruff: noqa: PD011 -- ``values`` is the frame of a step here.

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite import gaussian, panel
from digital_diplomacy.rankings.composite.gaussian import draw_missing, expect_missing, fit
from digital_diplomacy.rankings.composite.imputation import impute, impute_many
from digital_diplomacy.rankings.composite.panel import fill_series, trends

TREE = pd.DataFrame({"code": ["a", "b", "c", "p", "index"], "parent": ["p", "p", "index", "index", ""]})
VALUES = pd.DataFrame(
    {
        "entity": ["KAZ", "UZB", "KGZ", "TJK"],
        "region": ["x", "x", "y", ""],
        "a": [1.0, np.nan, 3.0, 8.0],
        "b": [10.0, 30.0, 50.0, 20.0],
        "c": [0.0, 4.0, 8.0, 2.0],
    }
)


def filled(method: str, **options: object) -> float:
    return float(impute(VALUES, TREE, method=method, **options).values.loc[1, "a"])


def test_column_methods():
    assert filled("mean") == 4.0  # (1 + 3 + 8) / 3
    assert filled("median") == 3.0


def test_group_methods_use_the_same_group_only():
    assert filled("group_mean", by="region") == 1.0  # KAZ is the only other unit in x
    alone = VALUES.assign(region=["y", "x", "y", "y"])
    assert np.isnan(impute(alone, TREE, method="group_median", by="region").values.loc[1, "a"])


def test_row_mean_goes_through_min_max_scales_and_back():
    # UZB in p: b = (30 - 10) / 40 = 0.5, so a = 1 + 0.5 (8 - 1) = 4.5
    assert filled("row_mean") == 4.5
    # Over all indicators: b 0.5, c 4 / 8 = 0.5
    assert filled("row_median", level=None) == 4.5
    # In the units as they are: b alone
    assert filled("row_mean", rescale=False) == 30.0


def test_row_mean_follows_directions():
    # b counts down: (50 - 30) / 40 = 0.5; with b = 20 at UZB it would be 0.75 and a = 1 + 0.75 * 7 = 6.25
    turned = TREE.assign(direction=[1, -1, 1, 1, 1])
    step = impute(VALUES.assign(b=[10.0, 20.0, 50.0, 30.0]), turned, method="row_mean")
    assert step.values.loc[1, "a"] == 6.25


def test_nearest_by_gower():
    # Distances of UZB over b (range 40) and c (range 8): KAZ (20/40 + 4/8)/2 = 0.5, KGZ (20/40 + 4/8)/2 = 0.5,
    # TJK (10/40 + 2/8)/2 = 0.25. The nearest is TJK; the second of equals is the first row, KAZ.
    assert filled("nearest", neighbours=1) == 8.0
    assert filled("nearest", neighbours=2) == 4.5
    assert filled("nearest", neighbours=9) == 4.0


def test_nearest_by_euclidean_distance():
    assert filled("nearest", neighbours=1, metric="euclidean") == 8.0


def test_iterative_finds_an_exact_line():
    x = np.column_stack([np.arange(12.0), 3 + 2 * np.arange(12.0)])
    x[5, 1] = np.nan
    assert expect_missing(x, ridge=0)[5, 1] == pytest.approx(13, abs=1e-4)


def test_em_of_two_variables_agrees_with_factored_likelihood():
    # With y missing for some units only, the maximum-likelihood mean of y is that of the regression of y on x among
    # complete units, taken at the mean of x over all (Anderson 1957).
    x = np.array([0.0, 1, 2, 3, 4, 5, 6, 7])
    y = np.array([1.0, 0, 3, 2, 5, np.nan, np.nan, np.nan])
    slope, intercept = np.polyfit(x[:5], y[:5], 1)
    mean, _ = fit(np.column_stack([x, y]), ridge=0)
    assert mean[1] == pytest.approx(intercept + slope * x.mean(), abs=1e-5)


def test_iterative_stays_in_the_observed_range_with_more_indicators_than_units():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(8, 12))
    x[[0, 3, 5], [1, 1, 7]] = np.nan
    y = expect_missing(x, ridge=0.2)
    assert np.isfinite(y).all()
    assert (y <= np.nanmax(x, axis=0)).all()
    assert (y >= np.nanmin(x, axis=0)).all()


def test_every_filled_cell_has_a_note_and_others_do_not_change():
    step = impute(VALUES, TREE, method="median")
    assert step.notes[["entity", "code", "after", "reason"]].to_numpy().tolist() == [["UZB", "a", 3.0, "median"]]
    assert step.values.drop(index=1).equals(VALUES.drop(index=1))
    assert np.isnan(VALUES.loc[1, "a"])


def test_none_fills_nothing():
    assert np.isnan(filled("none"))


PANEL = pd.DataFrame(
    {"entity": "KAZ", "period": ["2018", "2019", "2021", "2022"], "a": [np.nan, 2.0, np.nan, 8.0], "b": 1.0, "c": 1.0}
)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("latest", [np.nan, 2.0, 2.0, 8.0]),
        ("constant", [2.0, 2.0, 2.0, 8.0]),
        ("linear", [2.0, 2.0, 6.0, 8.0]),  # 2 + (8 - 2) * 2 / 3
    ],
)
def test_panel_methods_fill_from_other_periods(method, expected):
    found = impute(PANEL, TREE, method=method).values["a"].to_numpy()
    assert found == pytest.approx(expected, nan_ok=True)


def test_panel_methods_say_which_period_a_value_comes_from():
    said = impute(PANEL, TREE, method="linear").notes.set_index("period")["reason"]
    assert said.to_dict() == {"2018": "linear: from 2019", "2021": "linear: from 2019 and 2022"}


def test_distance_counts_years():
    # From 2019 to 2021 there are two years though they stand side by side.
    assert np.isnan(impute(PANEL, TREE, method="latest", max_distance=1).values.loc[2, "a"])
    assert impute(PANEL, TREE, method="latest", max_distance=2).values.loc[2, "a"] == 2.0


def test_series_without_values_stays_missing():
    found, sources = fill_series(np.full(2, np.nan), np.array([1.0, 2.0]), "linear")
    assert np.isnan(found).all()
    assert sources == [(), ()]


def test_rows_of_a_panel_may_stand_in_any_order():
    shuffled = PANEL.iloc[[2, 0, 3, 1]]
    found = impute(shuffled, TREE, method="linear").values.sort_values("period")["a"].tolist()
    assert found == [2.0, 2.0, 6.0, 8.0]


def test_many_imputations_keep_what_is_known_and_differ_where_nothing_is():
    for method in ("iterative", "nearest"):
        made = impute_many(VALUES, TREE, method=method, draws=20, neighbours=3, rng=np.random.default_rng(3))
        assert len(made) == 20
        assert all(frame.drop(index=1).equals(VALUES.drop(index=1)) for frame in made)
        assert len({frame.loc[1, "a"] for frame in made}) > 1
        assert all(1 <= frame.loc[1, "a"] <= 8 for frame in made)


def test_drawn_values_spread_as_the_regression_leaves_open():
    # y = x + e with sd(e) = 1 and 400 units: the draws of one missing y have mean x and standard deviation near 1.
    rng = np.random.default_rng(11)
    x = rng.normal(size=400) * 3
    y = x + rng.normal(size=400)
    data = np.column_stack([x, y])
    data[0] = [2.0, np.nan]
    drawn = draw_missing(data, draws=600, ridge=0, rng=rng)[:, 0, 1]
    assert drawn.mean() == pytest.approx(2, abs=0.25)
    assert drawn.std() == pytest.approx(1, abs=0.12)


def test_same_generator_gives_the_same_draws():
    runs = [impute_many(VALUES, TREE, draws=3, rng=np.random.default_rng(5)) for _ in range(2)]
    assert all(first.equals(second) for first, second in zip(*runs, strict=True))


@pytest.mark.parametrize("method", ["mean", "row_mean", "nearest", "iterative"])
def test_indicator_without_values_is_refused(method):
    with pytest.raises(TableError, match="column 'a': every value is missing; give values or take the indicator out"):
        impute(VALUES.assign(a=np.nan), TREE, method=method)


def test_constant_indicator_is_refused_where_a_spread_is_needed():
    with pytest.raises(TableError, match="'c' is 1 for every unit"):
        impute(VALUES.assign(c=1.0), TREE, method="iterative")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "zero"}, "unknown method 'zero'"),
        ({"method": "group_mean"}, "by is ''; name the column"),
        ({"method": "row_mean", "level": 3}, "level is 3; the framework has aggregates of height 1 to 2"),
        ({"method": "nearest", "neighbours": 0}, "neighbours is 0"),
        ({"method": "nearest", "metric": "cosine"}, "unknown metric 'cosine'"),
        ({"method": "iterative", "ridge": 1.0}, "ridge is 1.0"),
        ({"method": "latest"}, "no column 'period'"),
    ],
)
def test_bad_arguments_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        impute(VALUES, TREE, **options)


def test_trends_by_hand():
    # 8 / 2 over 2019 to 2022: 4^(1/3) - 1
    found = trends(PANEL, TREE, source_id="own").set_index("group")
    assert found.loc["a", "value"] == pytest.approx(4 ** (1 / 3) - 1)
    assert found.loc["a", ["period", "n"]].tolist() == ["2019/2022", 2.0]
    assert found.loc["b", "value"] == 0.0
    # Years 0, 2, 3 (mean 5/3) and values 1, 3, 2 (mean 2): slope 2 / (14/3) = 3/7, start 2 - 5/3 * 3/7 = 9/7.
    series = PANEL.iloc[:3].assign(period=["2018", "2020", "2021"], a=[1.0, 3.0, 2.0])
    fitted = trends(series, TREE, method="fitted_change", source_id="own").set_index("group")
    assert fitted.loc["a", "value"] == pytest.approx(1 / 3)


def test_trend_from_zero_or_one_value_is_missing():
    series = PANEL.assign(a=[0.0, 1, 2, 3], b=[np.nan, np.nan, np.nan, 1.0])
    found = trends(series, TREE, source_id="own").set_index("group")["value"]
    assert found[["a", "b"]].isna().all()


def test_periods_that_are_no_dates_are_refused():
    with pytest.raises(TableError, match="'early' is not ISO 8601"):
        impute(PANEL.assign(period=["early", "2019", "2021", "2022"]), TREE, method="latest")


def test_a_gap_is_filled_from_its_nearest_years_alone() -> None:
    """Between 5 and 7 lies 6, whatever stands before and after; the last known is 2, the first 3."""
    gap = np.array([1.0, 5.0, np.nan, 7.0, 100.0])
    filled, sources = fill_series(gap, np.arange(5.0), "linear")
    assert (filled[2], sources[2]) == (6.0, (1, 3))
    filled, sources = fill_series(np.array([1.0, 2.0, np.nan]), np.arange(3.0), "latest")
    assert (filled[2], sources[2]) == (2.0, (1,))
    filled, sources = fill_series(np.array([np.nan, 3.0, 9.0]), np.arange(3.0), "constant")
    assert (filled[0], sources[0]) == (3.0, (1,))


def test_growth_to_a_value_below_zero_is_undefined_and_to_zero_is_the_whole():
    # From 8 to -2 no yearly rate leads; from 8 to 0 it is -100 %.
    for last, told in ((-2.0, np.nan), (0.0, -1.0)):
        series = PANEL.assign(a=[8.0, 8.0, 8.0, last])
        found = trends(series, TREE, source_id="own").set_index("group").loc["a"]
        assert found["value"] == pytest.approx(told, nan_ok=True)


def test_a_conditional_distribution_by_hand() -> None:
    # Given 3 for the first, 2 above its mean, the second lies 2 * 2/4 above its own; its variance is 3 - 2 * 2/4.
    mean, covariance = np.array([1.0, 2.0]), np.array([[4.0, 2.0], [2.0, 3.0]])
    expected, spread = gaussian._conditional(np.array([[3.0, np.nan]]), np.array([True, False]), mean, covariance)
    assert (expected, spread) == (pytest.approx(np.array([[3.0]])), pytest.approx(np.array([[2.0]])))
    nothing = np.full((2, 2), np.nan)
    expected, spread = gaussian._conditional(nothing, np.array([False, False]), mean, covariance)
    assert expected.tolist() == [[1, 2], [1, 2]]
    assert (spread == covariance).all()


@pytest.mark.parametrize("ridge", [0.0, 0.25])
def test_of_complete_values_the_fit_is_their_mean_and_covariance_shrunk(ridge: float) -> None:
    z = np.random.default_rng(1).normal(size=(30, 3))
    mean, covariance = gaussian.fit(z, ridge=ridge)
    plain = np.cov(z.T, ddof=0)
    assert mean == pytest.approx(z.mean(axis=0))
    assert covariance == pytest.approx(np.where(np.eye(3) == 1, plain, (1 - ridge) * plain))


def test_a_fit_that_has_not_come_to_rest_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    z = np.random.default_rng(1).normal(size=(30, 3))
    monkeypatch.setattr(gaussian, "MAX_ROUNDS", 2)
    gaussian.fit(z, ridge=0.1)  # complete: the first round finds it, the second sees that nothing changes
    z[:9, 0] = np.nan
    with pytest.raises(ValueError, match=r"not converged in 2 rounds; raise ridge \(it is 0.1\)"):
        gaussian.fit(z, ridge=0.1)


def test_rows_that_miss_alike_are_taken_together() -> None:
    nan = np.nan
    z = np.array([[1.0, nan], [1, 2], [3, nan], [nan, 4]])
    found = {tuple(known.tolist()): rows.tolist() for rows, known in gaussian._patterns(z)}
    assert found == {(True, False): [0, 2], (False, True): [3]}
    assert len(gaussian._patterns(z, complete=True)) == 3


def test_a_root_gives_its_covariance_and_rounding_below_zero_counts_as_zero() -> None:
    covariance = np.array([[4.0, 2.0], [2.0, 3.0]])
    root = gaussian._root(covariance)
    assert root @ root.T == pytest.approx(covariance)
    flat = gaussian._root(np.array([[1.0, 1.0 + 1e-15], [1.0 + 1e-15, 1.0]]))
    assert flat @ flat.T == pytest.approx(np.ones((2, 2)))


def test_filled_values_are_held_within_what_was_observed() -> None:
    x = np.array([[1.0, np.nan], [np.nan, 5.0], [3.0, 7.0]])
    filled = np.array([[9.0, 9.0], [-9.0, 9.0], [9.0, 9.0]])
    assert gaussian._within(filled, x).tolist() == [[1, 7], [1, 5], [3, 7]]


def test_units_are_drawn_anew_until_every_indicator_has_two_values() -> None:
    class Given:
        def __init__(self) -> None:
            self.draws = iter([[0, 0, 0], [0, 2, 0], [0, 1, 2]])  # one value, one of b, two of each

        def integers(self, end: int, *, size: int) -> np.ndarray:
            assert (end, size) == (3, 3)
            return np.array(next(self.draws))

    z = np.array([[1.0, 4.0], [2.0, 5.0], [3.0, np.nan]])
    drawn = gaussian._resample(z, Given())  # type: ignore[arg-type]
    assert drawn[:, 0].tolist() == [1, 2, 3]


def test_a_unit_without_any_value_is_expected_at_the_means() -> None:
    x = np.array([[1.0, 4.0], [2.0, 7.0], [3.0, 4.0], [np.nan, np.nan]])
    assert gaussian.expect_missing(x, ridge=0.0)[3] == pytest.approx([2, 5], abs=1e-6)


@pytest.mark.parametrize(
    ("period", "year"),
    [("2021", 2021), ("2021-07", 2021.5), ("2021-07-15", 2021.5 + 14 / 365.25), ("2021-01-01", 2021),
     ("2021/2023", 2021), ("2021-12", 2021 + 11 / 12)],
)  # fmt: skip
def test_a_period_is_its_first_day_in_years(period: str, year: float) -> None:
    assert panel.years(period) == pytest.approx(year)


@pytest.mark.parametrize(
    ("method", "limit", "filled"),
    [
        ("latest", np.inf, [np.nan, 1, 1, 4, 4]),
        ("constant", np.inf, [1, 1, 1, 4, 4]),
        ("linear", np.inf, [1, 1, 2, 4, 4]),
        ("latest", 1, [np.nan, 1, 1, 4, 4]),
        ("latest", 0.9, [np.nan, 1, np.nan, 4, np.nan]),
        ("linear", 2, [1, 1, 2, 4, 4]),
        ("linear", 1.9, [1, 1, np.nan, 4, 4]),  # one of the two it lies between is too far
    ],
)
def test_a_gap_is_filled_from_years_within_the_limit(method: str, limit: float, filled: list[float]) -> None:
    y, at = np.array([np.nan, 1, np.nan, 4, np.nan]), np.array([2017.0, 2018, 2019, 2021, 2022])
    found, sources = panel.fill_series(y, at, method, limit=limit)
    assert found == pytest.approx(np.array(filled), nan_ok=True)
    assert [len(one) for one in sources] == [
        0 if np.isnan(value) else 2 if method == "linear" and place == 2 else 1 for place, value in enumerate(filled)
    ]


def test_a_line_that_starts_at_or_below_zero_has_no_relative_change() -> None:
    at = np.array([2000.0, 2001.0, 2002.0])
    assert panel._fitted_change(at, np.array([1.0, 2.0, 3.0])) == pytest.approx(1)
    assert panel._fitted_change(at, np.array([3.0, 2.0, 1.0])) == pytest.approx(-1 / 3)
    assert panel._fitted_change(at, np.array([5.0, 5.0, 5.0])) == 0
    assert np.isnan(panel._fitted_change(at, np.array([0.0, 1.0, 2.0])))
    assert np.isnan(panel._fitted_change(at, np.array([-1.0, 1.0, 3.0])))
