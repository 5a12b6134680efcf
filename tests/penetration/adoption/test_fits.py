"""Adoption curves, forecasts and their back-test: published fits, exact curves, arithmetic by hand, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import curve_fit
from scipy.stats import t as student_t

from digital_diplomacy import penetration
from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration.adoption import backtest, checks, curves, fits, forecasts
from digital_diplomacy.tables import ESTIMATES, FINDINGS, PAIRS, validate

YEARS = np.arange(2000.0, 2025.0)


def series(values, *, first=2000, entity="KAZ", periods=None, **columns):
    """One estimate a year."""
    periods = periods or [str(first + place) for place in range(len(values))]
    named = {"measure": "internet_users_pct", "unit": "percent", "base": "population", "source_id": "example"}
    frame = pd.DataFrame({"entity": entity, "period": periods, "value": [float(value) for value in values]})
    empty = {"group": "", "low": math.nan, "high": math.nan, "interval": "none", "level": math.nan, "n": math.nan}
    return frame.assign(**{**named, **empty, **columns})


def noisy(model="logistic", *, sd=1.0, chance=7, entity="KAZ"):
    """Twenty years of a curve with residuals."""
    exact = {"logistic": logistic(YEARS[:20], 80, 0.5, 2009), "gompertz": gompertz(YEARS[:20], 80, 0.3, 2008)}[model]
    residuals = np.random.default_rng(chance).normal(0, sd, 20)
    return series(np.clip(exact + residuals, 0, 100), entity=entity)


def logistic(times, top, rate, middle):
    return top / (1 + np.exp(-rate * (times - middle)))


def gompertz(times, top, rate, middle):
    return top * np.exp(-np.exp(-rate * (times - middle)))


def bass(times, top, innovation, imitation, launch):
    decay = np.exp(-(innovation + imitation) * (times - launch))
    return top * (1 - decay) / (1 + imitation / innovation * decay)


def cell(frame, measure, group, column="value"):
    return float(frame.loc[(frame["measure"] == measure) & (frame["group"] == group), column].iloc[0])


# Individuals using the Internet, percent, 2000 to 2023 (ITU); the parameters are those that R's nls (port) finds.
KAZ = [
    *(0.66859, 1.00612, 1.67477, 2.00041, 2.65039, 2.96171, 3.26837, 4.02, 11, 18.2, 31.6, 50.6),
    *(61.9066, 63.3042, 66, 70.8299, 74.5877, 76.4267, 78.9039, 81.8776, 85.9426, 90.924, 92.2969, 92.8785),
]
UZB = [
    *(0.48435, 0.59757, 1.08194, 1.9126, 2.59373, 3.34351, 6.38832, 7.4906, 9.08011, 11.9, 15.9, 18.6),
    *(23.6, 26.8, 35.5, 42.8, 46.7913, 48.7, 55.2, 70.4, 71.1, 76.5904, 83.9, 89.0136),
]
DEU = [
    *(30.2163, 31.6509, 48.82, 55.9, 64.73, 68.71, 72.16, 75.16, 78, 79, 82, 81.27),
    *(82.35, 84.17, 86.1937, 87.5898, 84.1652, 84.3942, 87.0371, 88.1345, 89.8129, 91.4306, 91.6298, 92.4764),
]


# Published fits ---------------------------------------------------------------------------------------------------

# ELISA assay, run 1 of data set DNase of R (Davidian & Giltinan 1995, Nonlinear Models for Repeated Measurement Data,
# section 5.2.4); density against log(concentration). The estimates and standard errors stand in the help pages of
# R's SSlogis and SSgompertz.
LOG_CONCENTRATION = np.log(np.repeat([0.04882812, 0.1953125, 0.390625, 0.78125, 1.5625, 3.125, 6.25, 12.5], 2))
DENSITY = np.array(
    [0.017, 0.018, 0.121, 0.124, 0.206, 0.215, 0.377, 0.374, 0.614, 0.609, 1.019, 1.001, 1.334, 1.364, 1.730, 1.710]
)


def test_logistic_fit_is_the_published_one():
    # SSlogis: Asym 2.34518 (0.07815), xmid 1.48309 (0.08135), scal 1.04146 (0.03227); the rate is 1 / scal.
    curve = curves.fit_curve(LOG_CONCENTRATION, DENSITY, "logistic")
    assert curve.parameters[0] == pytest.approx(2.34518, abs=5e-5)
    assert curve.launch + curve.parameters[2] == pytest.approx(1.48309, abs=5e-5)
    assert 1 / curve.parameters[1] == pytest.approx(1.04146, abs=5e-5)
    errors = np.sqrt(np.diag(curve.covariance))
    assert errors[0] == pytest.approx(0.07815, abs=5e-5)
    assert errors[2] == pytest.approx(0.08135, abs=5e-5)
    assert errors[1] / curve.parameters[1] ** 2 == pytest.approx(0.03227, abs=5e-5)  # delta method: d(1/k) = dk / k^2
    assert curve.residual_sd == pytest.approx(0.01919, abs=5e-6)


def test_gompertz_fit_is_the_published_one():
    # SSgompertz: Asym exp(-b2 b3^x), Asym 4.60338, b2 2.27134, b3 0.71647; so k = -ln b3, and b2 = exp(k m).
    curve = curves.fit_curve(LOG_CONCENTRATION, DENSITY, "gompertz")
    top, rate, middle = curve.parameters[0], curve.parameters[1], curve.launch + curve.parameters[2]
    assert (top, math.exp(rate * middle), math.exp(-rate)) == pytest.approx((4.60338, 2.27134, 0.71647), abs=5e-5)


# Columns: values, model, largest ceiling, then ceiling, rate or innovation, inflection or imitation.
REFERENCE = [
    (KAZ, "logistic", 100, (85.8805399, 0.521826458, 11.0223498)),
    (KAZ, "gompertz", 100, (89.2703484, 0.333654282, 9.9567377)),
    (KAZ, "bass", 100, (85.9767207, 0.00103402068, 0.515795904)),
    (UZB, "logistic", None, (108.695612, 0.250980643, 17.2607951)),
    (UZB, "logistic", 100, (100, 0.272371116, 16.4783948)),
    (UZB, "gompertz", None, (178.40173, 0.0971728486, 19.1403218)),
    (UZB, "bass", 100, (100, 0.00257606845, 0.263773194)),
    (DEU, "bass", 100, (88.2430259, 0.251716802, 1e-4)),
]


@pytest.mark.parametrize(("values", "model", "limit", "expected"), REFERENCE)
def test_parameters_are_those_of_an_independent_implementation(values, model, limit, expected):
    fit = fits.adoption_fits(series(values), models=[model], ceiling_max=limit).iloc[0]
    names = ("innovation", "imitation") if model == "bass" else ("rate", "inflection")
    assert [fit["ceiling"], *fit[list(names)]] == pytest.approx(expected, rel=1e-4, abs=1e-7)


def test_prediction_interval_is_that_of_an_independent_implementation():
    # In the unit's own scale, as R has it: of persons there is no whole that an interval could not pass.
    rows = series(KAZ, unit="persons")
    made = fits.adoption_forecast(rows, periods=["2024", "2030"], models=["logistic", "gompertz"])
    found = made[["value", "low", "high"]].to_numpy()
    assert found[0] == pytest.approx([85.7822927, 75.1180492, 96.4465362], abs=1e-4)
    assert found[3] == pytest.approx([89.1591539, 80.1464139, 98.1718939], abs=1e-4)


# Exact curves -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ceiling_max", [100.0, None])
@pytest.mark.parametrize(("top", "rate", "middle"), [(80, 0.5, 2010), (95, 0.25, 2016), (40, 1.2, 2006)])
def test_exact_logistic_and_gompertz_are_recovered(top, rate, middle, ceiling_max):
    for model, curve in (("logistic", logistic), ("gompertz", gompertz)):
        fit = fits.adoption_fits(series(curve(YEARS, top, rate, middle)), models=[model], ceiling_max=ceiling_max).iloc[
            0
        ]
        found = [fit["ceiling"], fit["rate"], fit["inflection"] + 2000]
        assert found == pytest.approx([top, rate, middle], rel=1e-6)
        assert fit["rss"] == pytest.approx(0, abs=1e-10)


@pytest.mark.parametrize(("top", "innovation", "imitation"), [(90, 0.01, 0.4), (60, 0.03, 0.38), (99, 0.001, 0.7)])
def test_exact_bass_is_recovered_and_counts_from_a_year_before_the_first_observation(top, innovation, imitation):
    values = bass(YEARS, top, innovation, imitation, 1999)
    fit = fits.adoption_fits(series(values), models=["bass"]).iloc[0]
    assert [fit["ceiling"], fit["innovation"], fit["imitation"]] == pytest.approx([top, innovation, imitation])
    # Bass 1969, p. 219: the peak comes ln(q / p) / (p + q) after the launch.
    peak = math.log(imitation / innovation) / (innovation + imitation) - 1
    assert fit["inflection"] == pytest.approx(peak, rel=1e-5)


def test_gaps_months_and_the_order_of_rows_do_not_matter():
    periods = ["2000", "2001-07", "2004", "2006-01", "2009", "2011-07", "2014", "2018"]
    times = np.array([2000, 2001.5, 2004, 2006, 2009, 2011.5, 2014, 2018])
    rows = series(logistic(times, 70, 0.6, 2008), periods=periods)
    fit = fits.adoption_fits(rows.sample(frac=1, random_state=3), models=["logistic"]).iloc[0]
    assert [fit["ceiling"], fit["rate"], fit["inflection"]] == pytest.approx([70, 0.6, 8])
    assert fit["period"] == "2000/2018"


def test_a_given_ceiling_is_not_fitted():
    rows = series(logistic(YEARS, 80, 0.5, 2010))
    fit = fits.adoption_fits(rows, models=["logistic"], ceiling=80).iloc[0]
    assert [fit["ceiling"], fit["rate"], fit["inflection"]] == pytest.approx([80, 0.5, 10])
    assert math.isnan(fit["ceiling_se"])
    assert not fit["at_bound"]
    made = fits.adoption_parameters(noisy(), models=["logistic"], ceiling=80)
    assert made.loc[0, "interval"] == "none"
    assert made.loc[1, "high"] > made.loc[1, "value"]


@pytest.mark.parametrize("model", ["logistic", "gompertz", "bass"])
def test_derivatives_are_those_of_the_curve(model):
    curve = curves.fit_curve(YEARS[:20], noisy()["value"].to_numpy(), model)
    _, gradient = curves.fitted(curve, YEARS)
    for place in range(3):
        step = 1e-6 * curve.parameters[place]
        ends = []
        for sign in (1, -1):
            moved = curve.parameters + sign * step * np.eye(3)[place]
            reach, *_ = curves.SHAPES[model].reach(YEARS - curve.launch, moved[1], moved[2])
            ends.append(moved[0] * reach)
        assert gradient[:, place] == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-4, abs=1e-6)


def test_fitted_curve_has_no_better_neighbour():
    rows = noisy("gompertz", sd=3)
    for model in fits.CURVES:
        curve = curves.fit_curve(YEARS[:20], rows["value"].to_numpy(), model)
        for place, factor in ((place, factor) for place in (0, 1, 2) for factor in (0.999, 1.001)):
            moved = curve.parameters * np.where(np.arange(3) == place, factor, 1)
            reach, *_ = curves.SHAPES[model].reach(YEARS[:20] - curve.launch, moved[1], moved[2])
            assert ((moved[0] * reach - rows["value"]) ** 2).sum() >= curve.rss


# Flags ------------------------------------------------------------------------------------------------------------


def test_a_ceiling_at_its_bound_is_flagged_and_has_no_interval():
    rows = series(UZB)
    fit = fits.adoption_fits(rows, models=["logistic"]).iloc[0]
    assert fit["at_bound"]
    assert math.isnan(fit["ceiling_se"])
    made = fits.adoption_parameters(rows, models=["logistic"])
    assert made.loc[0, "interval"] == "none"
    assert not fits.adoption_fits(rows, models=["logistic"], ceiling_max=None).loc[0, "at_bound"]


def test_a_ceiling_below_the_last_observation_is_flagged():
    found = fits.adoption_fits(series(KAZ), models=["logistic", "gompertz"])
    assert found["below_last"].all()  # 85.9 and 89.3 against 92.9
    assert not found["before_inflection"].any()


def test_a_series_before_its_inflection_is_flagged():
    fit = fits.adoption_fits(series(logistic(YEARS[:10], 90, 0.4, 2014)), models=["logistic"]).iloc[0]
    assert fit["before_inflection"]


def test_findings_say_what_the_flags_say():
    rows = checks.check_adoption(fits.adoption_fits(series(DEU), models=["bass"]))
    assert validate(rows, FINDINGS).shape[0] == 2  # imitation below innovation: no inflection
    verdicts = dict(zip(rows["kind"], rows["verdict"], strict=True))
    assert verdicts == {"adoption_bound": "fails", "adoption_ceiling": "fails"}
    assert rows.loc[0, "reason"] == "88.2 / 100; 0.0001 / 0.0001"
    free = checks.check_adoption(fits.adoption_fits(series(KAZ), models=["logistic"], ceiling_max=None))
    assert free["kind"].tolist() == ["adoption_ceiling", "adoption_inflection"]
    assert free["verdict"].tolist() == ["fails", "holds"]


# What cannot be estimated -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "reason"),
    [([3, 9], "too_few"), ([3, 9, 20], "too_few"), ([5] * 9, "not_growing"), ([0] * 9, "not_growing")],
)
def test_too_few_or_constant_observations_are_answered_with_a_reason(values, reason):
    rows = series(values)
    fitted = fits.adoption_fits(rows)
    assert set(fitted["reason"]) == {reason}
    assert fitted["ceiling"].isna().all()
    assert fits.adoption_parameters(rows)["value"].isna().all()
    made = fits.adoption_forecast(rows, periods=["2030"], models=fits.CURVES)
    assert made["value"].isna().all()
    assert set(made["interval"]) == {"none"}
    found = checks.check_adoption(fitted)
    assert set(found["verdict"]) == {"cannot be checked"}


def test_two_observations_give_no_forecast_at_all():
    assert fits.adoption_forecast(series([3, 9]), periods=["2005"])["value"].isna().all()


def test_a_falling_series_is_no_adoption():
    assert set(fits.adoption_fits(series(np.linspace(60, 20, 12)))["reason"]) == {"not_growing"}


def test_no_series_gives_empty_tables():
    empty = series([])
    assert fits.adoption_fits(empty).empty
    assert fits.adoption_parameters(empty).empty
    assert fits.adoption_forecast(empty, periods=["2030"]).empty
    table = backtest.adoption_backtest(empty)
    assert table.empty
    assert backtest.backtest_summary(table).empty
    assert backtest.backtest_comparison(table).empty
    assert checks.check_adoption(fits.adoption_fits(empty)).empty


# Forecasts --------------------------------------------------------------------------------------------------------


def test_drift_and_its_interval_worked_by_hand():
    # 10, 13, 15, 19, 20: drift (20 - 10) / 4 = 2.5; steps 3, 2, 4, 1 leave 0.5, -0.5, 1.5, -1.5, squares 5;
    # variance 5 / 3. Two years ahead: 25, spread sqrt(5 / 3 (2 + 2^2 / 4)) = sqrt(5), t(3) = 3.18245.
    rows = series([10, 13, 15, 19, 20], unit="persons")
    row = fits.adoption_forecast(rows, periods=["2006"], models=["drift"]).iloc[0]
    half = 3.18245 * math.sqrt(5)
    assert [row["value"], row["low"], row["high"]] == pytest.approx([25, 25 - half, 25 + half], abs=1e-4)


def test_last_value_and_its_interval_worked_by_hand():
    # Steps 3, 2, 4, 1: mean square 30 / 4; one year ahead spread sqrt(7.5), t(4) = 2.77645.
    rows = series([10, 13, 15, 19, 20], unit="persons")
    row = fits.adoption_forecast(rows, periods=["2005"], models=["naive"]).iloc[0]
    half = 2.77645 * math.sqrt(7.5)
    assert [row["value"], row["low"], row["high"]] == pytest.approx([20, 20 - half, 20 + half], abs=1e-4)


def test_last_share_and_its_interval_worked_by_hand():
    # 25, 50, 75, 50 percent are angles of 30, 45, 60, 45 degrees: steps 15, 15, -15, mean square 225; t(3) = 3.18245.
    # One year ahead 45 +- 47.74 degrees: held at 0 and at the whole. At level 0.5, t(3) = 0.764892: 45 +- 11.4734;
    # sin(33.5266)^2 = 0.305065, sin(56.4734)^2 = 0.694935.
    rows = series([25, 50, 75, 50])
    made = [fits.adoption_forecast(rows, periods=["2004"], models=["naive"], level=p).iloc[0] for p in (0.95, 0.5)]
    assert made[0][["value", "low", "high"]].tolist() == pytest.approx([50, 0, 100])
    assert made[1][["value", "low", "high"]].tolist() == pytest.approx([50, 30.5065, 69.4935], abs=1e-3)


def test_interval_of_a_curve_of_shares_by_scipys_fit_and_angles_of_its_own():
    # The curve by scipy's curve_fit; errors, gradient (by differences) and back again in angles.
    rows = noisy()
    values = rows["value"].to_numpy()
    found, covariance = curve_fit(logistic, YEARS[:20], values, p0=[80, 0.5, 2009], xtol=1e-12)
    turned = np.arcsin(np.sqrt(values / 100)) - np.arcsin(np.sqrt(logistic(YEARS[:20], *found) / 100))
    steps = np.diag(1e-5 * found)
    angles = [np.arcsin(np.sqrt(logistic(2022.0, *(found + side * step)) / 100)) for step in steps for side in (1, -1)]
    gradient = (np.array(angles[::2]) - angles[1::2]) / (2e-5 * found)
    half = student_t.ppf(0.975, 17) * np.sqrt((turned**2).sum() / 17 + gradient @ covariance @ gradient)
    centre = np.arcsin(np.sqrt(logistic(2022.0, *found) / 100))
    made = fits.adoption_forecast(rows, periods=["2022"], models=["logistic"]).iloc[0]
    expected = 100 * np.sin([centre, centre - half, centre + half]) ** 2
    assert made[["value", "low", "high"]].tolist() == pytest.approx(expected.tolist(), abs=1e-3)


@pytest.mark.parametrize(("unit", "whole"), [("percent", 100.0), ("share", 1.0)])
@pytest.mark.parametrize("values", [KAZ, [0, 0, 1, 30, 95, 100, 100], [40, 90, 60, 99, 97, 99.99]])
def test_no_forecast_of_a_share_passes_its_whole(values, unit, whole):
    rows = series(np.array(values) * whole / 100, unit=unit)
    told = fits.adoption_forecast(rows, periods=["2005", "2030", "2100"], ceiling_max=None, level=0.999)
    assert told["low"].notna().sum() >= 6
    assert told[["value", "low", "high"]].min().min() >= 0
    assert told[["value", "low", "high"]].max().max() <= whole
    told = told.dropna(subset="low")
    assert (told["low"] <= told["value"]).all()
    assert (told["value"] <= told["high"]).all()


def test_no_refit_of_a_share_passes_its_whole():
    rng = np.random.default_rng(3)
    drawn = fits.adoption_bootstrap(series(UZB), periods=["2030"], models=["logistic"], draws=100, level=0.98, rng=rng)
    assert 100 >= drawn.loc[0, "high"] > drawn.loc[0, "value"] > drawn.loc[0, "low"] > 0


def test_a_share_and_its_percent_have_the_same_interval():
    percent, share = series(UZB), series(np.array(UZB) / 100, unit="share")
    one = fits.adoption_forecast(percent, periods=["2030"])
    two = fits.adoption_forecast(share, periods=["2030"], ceiling_max=1)
    assert one[["value", "low", "high"]].to_numpy() == pytest.approx(
        100 * two[["value", "low", "high"]].to_numpy(), abs=0.02
    )


def test_backtest_without_a_ceiling_stays_within_the_whole():
    made = backtest.adoption_backtest(series(KAZ), ceiling_max=None, least=14)
    assert made[["value", "low", "high"]].max().max() <= 100


def test_drift_over_gaps_divides_by_years_and_stops_at_the_base():
    rows = series([10, 14, 24, 30], periods=["2000", "2002", "2006", "2010"])
    made = fits.adoption_forecast(rows, periods=["2008", "2015", "2099"], models=["drift"])
    assert made["period"].tolist() == ["2015", "2099"]  # nothing to forecast before the last observation
    assert made["value"].tolist() == pytest.approx([40, 100])  # (30 - 10) / 10 a year; 208 is more than everybody
    assert made["high"].max() == 100


def test_forecasts_lie_in_the_series_own_measure_and_validate():
    made = fits.adoption_forecast(noisy(), periods=["2020", "2025"])
    assert validate(made, ESTIMATES).shape[0] == 10
    assert set(made["measure"]) == {"internet_users_pct"}
    assert made["group"].unique().tolist() == ["logistic", "gompertz", "bass", "drift", "naive"]


def test_intervals_widen_with_level_and_horizon():
    wide = fits.adoption_forecast(noisy(), periods=["2020", "2025"], level=0.99)
    usual = fits.adoption_forecast(noisy(), periods=["2020", "2025"])
    assert ((wide["high"] - wide["low"]) > (usual["high"] - usual["low"])).all()
    last = usual[usual["group"] == "naive"]  # a line that has come near the whole has less room
    assert (last["high"] - last["low"]).is_monotonic_increasing


def test_prediction_intervals_cover_as_often_as_they_say():
    # 200 series of a known curve with normal errors: 95 % intervals miss about 10 of the next values.
    chance = np.random.default_rng(11)
    exact = logistic(YEARS, 80, 0.5, 2010)
    hits = 0
    for _ in range(200):
        values = exact + chance.normal(0, 1.5, len(YEARS))
        curve = curves.fit_curve(YEARS[:20], values[:20], "logistic")
        _, low, high = curves.prediction(curve, YEARS[22:23], level=0.95)
        hits += int(low[0] <= values[22] <= high[0])
    assert 180 <= hits <= 199


def test_bootstrap_agrees_with_the_delta_method_where_the_curve_is_known_well():
    rows = noisy()
    exact = fits.adoption_forecast(rows, periods=["2022"], models=["logistic"]).iloc[0]
    drawn = fits.adoption_bootstrap(
        rows, periods=["2022"], models=["logistic"], draws=500, rng=np.random.default_rng(1)
    )
    assert drawn.loc[0, "value"] == pytest.approx(exact["value"], abs=0.5)
    width = exact["high"] - exact["low"]
    assert drawn.loc[0, "high"] - drawn.loc[0, "low"] == pytest.approx(width, rel=0.25)
    assert drawn.loc[1, ["measure", "value", "n"]].tolist() == ["adoption_failed_refits", 0.0, 500.0]


@pytest.mark.parametrize(("more", "draws"), [({}, 999), ({"draws": 100}, 100)])
def test_bootstrap_draws_as_often_as_asked_or_999_times(more, draws, monkeypatch):
    # Every draw an even step: the median, and the ends at the places (draws + 1) x 0.05 and as far from the last.
    end = ((draws + 1) * 0.05 - 1) / (draws - 1)
    monkeypatch.setattr(
        fits, "bootstrap", lambda *given, draws, **_: np.linspace(0, 1, draws)[:, None] + np.zeros(len(given[2]))
    )
    made = fits.adoption_bootstrap(
        noisy(), periods=["2022", "2023"], models=["logistic"], rng=np.random.default_rng(1), level=0.9, **more
    )
    assert made["n"].tolist()[-1] == draws
    assert made[["value", "low", "high"]].to_numpy()[0].tolist() == pytest.approx([0.5, end, 1 - end])
    with pytest.raises(ValueError, match="99 draws do not settle an interval; at least 100"):
        fits.adoption_bootstrap(noisy(), periods=["2022"], rng=np.random.default_rng(1), draws=99)


def test_bootstrap_repeats_with_the_same_generator():
    made = [
        fits.adoption_bootstrap(noisy(), periods=["2022"], draws=100, rng=np.random.default_rng(5)) for _ in range(2)
    ]
    pd.testing.assert_frame_equal(*made)


def test_refits_that_fail_are_counted(monkeypatch):
    rows = noisy()
    curve = curves.fit_curve(YEARS[:20], rows["value"].to_numpy(), "logistic")
    values = {**curve.__dict__, "converged": False}
    answers = iter([curve, *[curves.Curve(**values), curve] * 50])
    monkeypatch.setattr("digital_diplomacy.penetration.adoption.forecasts.fit_curve", lambda *_, **__: next(answers))
    made = fits.adoption_bootstrap(rows, periods=["2022"], models=["logistic"], draws=100, rng=np.random.default_rng(1))
    assert cell(made, "adoption_failed_refits", "logistic_bootstrap") == 50


# Back-test --------------------------------------------------------------------------------------------------------


def test_backtest_forecasts_use_nothing_after_their_origin():
    rows = noisy()
    made = backtest.adoption_backtest(rows, origins=["2012"], horizons=[1, 3])
    past = fits.adoption_forecast(rows[rows["period"] <= "2012"], periods=["2013", "2015"])
    assert made["value"].tolist() == pytest.approx(past["value"].tolist())
    actual = rows.set_index("period")["value"]
    assert made["error"].tolist() == pytest.approx((past["value"] - past["period"].map(actual)).tolist())
    assert made["covered"].isin([0, 1]).all()


def test_backtest_takes_every_origin_with_enough_observations_and_known_outcome():
    made = backtest.adoption_backtest(noisy(), models=["naive"], horizons=[1, 5])
    # Twenty years from 2000: origins 2009 to 2018 have an outcome one year ahead, 2009 to 2014 five years ahead.
    assert made.groupby("horizon").size().to_dict() == {1: 10, 5: 6}


def test_a_missing_year_is_neither_origin_nor_outcome():
    rows = noisy()
    made = backtest.adoption_backtest(rows[rows["period"] != "2015"], models=["naive"], horizons=[1])
    assert not {"2015"} & set(made["origin"]) | {"2015"} & set(made["period"])
    assert "2014" not in set(made["origin"])


def test_summary_worked_by_hand():
    # The last value, one year ahead. Two observations are too few, so only origin 2002
    # counts: 15 for 17, 25 for 26.
    rows = pd.concat([series([10, 12, 15, 17]), series([20, 21, 25, 26], entity="RUS")], ignore_index=True)
    made = backtest.adoption_backtest(rows, models=["naive"], horizons=[1], least=2)
    assert made["error"].dropna().tolist() == [-2, -1]
    summary = backtest.backtest_summary(made)
    # Mean of 2 and 1 is 1.5; deviations 0.5 and -0.5 by country: standard error
    # sqrt(2 / (2 - 1) * 0.5) / 2 = 0.5; t(1) = 12.7062.
    row = summary[summary["measure"] == "adoption_error_h1"].iloc[0]
    factor = math.exp(12.7062 * 0.5 / 1.5)
    assert [row["value"], row["low"], row["high"]] == pytest.approx([1.5, 1.5 / factor, 1.5 * factor], rel=1e-4)
    assert row["n"] == 2
    assert cell(summary, "adoption_not_estimated", "naive") == 2  # origin 2001 of both


def test_models_are_summed_up_over_the_same_forecasts():
    rows = pd.concat([noisy(), series([5] * 15, entity="UZB")], ignore_index=True)
    made = backtest.adoption_backtest(rows, horizons=[1, 2])
    summary = backtest.backtest_summary(made)
    assert validate(summary, ESTIMATES)["entity"].unique().tolist() == ["WORLD"]
    errors = summary[summary["measure"] == "adoption_error_h1"]
    assert errors["n"].unique().tolist() == [10]  # the constant series has no curve, so no model is judged on it
    assert cell(summary, "adoption_not_estimated", "bass") == 5 + 4
    assert errors["low"].isna().all()  # one country: nothing to take an interval from


def test_coverage_interval_takes_countries_as_the_units():
    rows = pd.concat([noisy(chance=c, entity=e) for c, e in enumerate(("KAZ", "UZB", "KGZ", "RUS"))])
    summary = backtest.backtest_summary(backtest.adoption_backtest(rows, models=["logistic"], horizons=[1]))
    row = summary[summary["measure"] == "adoption_coverage_h1"].iloc[0]
    assert 0 <= row["low"] <= row["value"] <= row["high"] <= 100
    assert (row["unit"], row["base"], row["n"]) == ("percent", "forecasts", 40)


def test_what_a_backtest_says_follows_from_its_coverage():
    rows = pd.DataFrame({"group": ["drift", "bass"], "value": [85.0, 90.0], "level": 0.95})
    rows = rows.assign(measure="adoption_coverage_h5")
    said = [
        backtest.backtest_reading(rows.assign(high=ends))["reading"].item()
        for ends in ([88.0, 94.9], [88.0, 96.0], [95.0, 96.0])
    ]
    assert said == ["intervals_narrow", "intervals_differ", "intervals_hold"]
    assert backtest.backtest_reading(rows.assign(high=math.nan)).empty


def test_comparison_is_the_mean_difference_of_absolute_errors():
    made = backtest.adoption_backtest(pd.concat([noisy(), noisy(chance=8, entity="RUS")]), horizons=[1, 3])
    pairs = validate(backtest.backtest_comparison(made), PAIRS)
    wide = made[made["horizon"] == 3].pivot_table("error", index=["entity", "origin"], columns="model").abs()
    row = pairs[(pairs["left"] == "gompertz") & (pairs["measure"] == "adoption_error_difference_h3")].iloc[0]
    assert row["value"] == pytest.approx((wide["gompertz"] - wide["drift"]).mean())
    by_country = (wide["gompertz"] - wide["drift"] - row["value"]).groupby(level="entity").sum()
    error = math.sqrt(2 * (by_country**2).sum()) / len(wide)
    assert row["high"] - row["value"] == pytest.approx(student_t.ppf(0.975, 1) * error)


# Refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (series([10, 20, 120, 40]), "outside what its unit allows.*KAZ//2002/internet_users_pct"),
        (series([10, -1, 20, 40]), "outside what its unit allows.*KAZ//2001/"),
        (series([10, math.nan, 20, 40]), "missing value.*KAZ//2001/"),
        (series([0.1, 1.2, 0.3], unit="share"), "outside what its unit allows.*KAZ//2001/"),
        (series([1, 2, 300], unit="persons"), "value above ceiling_max 100.*KAZ//2002/"),
        (series([1, 2], periods=["2000", "2000/2001"]), "periods of one date.*2000/2001"),
        (
            pd.concat([series([1, 2, 3]), series([1, 2, 3], group="facebook")]),
            "several groups in one series.*KAZ//2000",
        ),
    ],
)
def test_bad_series_are_refused_by_name(rows, said):
    with pytest.raises(TableError, match=said):
        fits.adoption_fits(rows)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"models": ["richards"]}, "unknown .*richards"),
        ({"models": ["drift"]}, "unknown .*drift"),
        ({"models": "bass"}, "as a list"),
        ({"ceiling": 0}, "ceiling 0 is not a number above 0"),
        ({"ceiling_max": math.nan}, "ceiling nan"),
    ],
)
def test_bad_arguments_are_refused(options, said):
    with pytest.raises(ValueError, match=said):
        fits.adoption_fits(noisy(), **options)


def test_a_forecast_begins_behind_the_last_value_and_reaches_as_far_as_asked():
    rows = noisy()[lambda rows: rows["period"] <= "2011"]
    assert forecasts.periods_ahead(rows, horizon=3)[-4:] == ["2011", "2012", "2013", "2014"]
    months = pd.DataFrame({"period": ["2020-07", "2019-07"]})  # in order of time, month by month of the year
    assert forecasts.periods_ahead(months, horizon=1) == ["2019-07", "2020-07", "2021-07"]
    assert forecasts.periods_ahead(months.head(0), horizon=1) == []
    for horizon in (0, 11):
        with pytest.raises(ValueError, match="must be whole years from 1 to 10"):
            forecasts.periods_ahead(rows, horizon=horizon)


def test_a_horizon_named_twice_counts_once():
    made = backtest.adoption_backtest(noisy(), models=["naive"], horizons=[1, 1])
    assert made["horizon"].tolist() == [1] * 10  # ten origins, as above


def test_bad_levels_draws_and_horizons_are_refused():
    with pytest.raises(ValueError, match="level 95 is not between 0 and 1"):
        fits.adoption_parameters(noisy(), level=95)
    with pytest.raises(ValueError, match="10 draws do not settle"):
        fits.adoption_bootstrap(noisy(), periods=["2030"], draws=10, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="level 95 is not between 0 and 1"):
        backtest.adoption_backtest(noisy(), models=["naive"], level=95)
    with pytest.raises(ValueError, match=r"horizons \[0\] must be whole years from 1 to 10"):
        backtest.adoption_backtest(noisy(), horizons=[0])
    with pytest.raises(ValueError, match="growth needs YYYY"):
        fits.adoption_forecast(noisy(), periods=["soon"])


def test_models_are_told_apart_on_the_same_forecasts():
    # Absolute errors by country, one forecast each: b errs 1 or 1.2 more than a everywhere, though both vary much;
    # c errs less than a in one country and more in the others: mean 0.75 more, standard error sqrt(4.75 / 12).
    errors = {"a": [1.0, 3.0, 5.0, 8.0], "b": [2.0, 4.2, 6.0, 9.2], "c": [2.0, 4.0, 7.0, 7.0]}
    rows = [
        {"entity": country, "model": model, "error": error}
        for model, values in errors.items()
        for country, error in zip(("KAZ", "UZB", "KGZ", "RUS"), values, strict=True)
    ]
    made = pd.DataFrame(rows).assign(
        measure="internet_users_pct", source_id="s", origin="2011", horizon=5, period="2016", n=11, value=50.0,
        low=40.0, high=60.0, level=0.95, covered=1.0, unit="percent", reason="",
    )  # fmt: skip
    made["actual"] = made["value"] - made["error"]
    told = ["horizon", "group", "top", "second_group", "alike", "rivals", "case"]
    assert backtest.backtest_best(made)[told].to_numpy().tolist() == [[5, "a", 4.25, "c", 1, 2, "close"]]
    two = made[made["model"] != "c"]
    assert backtest.backtest_best(two)[told].to_numpy().tolist() == [[5, "a", 4.25, "b", 0, 1, "clear"]]
    assert backtest.backtest_best(made[made["model"] == "a"]).empty
    assert backtest.backtest_best(made[made["entity"] == "KAZ"]).empty


def test_a_summary_of_two_levels_and_an_unknown_rival_are_refused():
    made = backtest.adoption_backtest(noisy(), models=["naive"], horizons=[1])
    with pytest.raises(ValueError, match="takes one level"):
        backtest.backtest_summary(pd.concat([made, made.assign(level=0.5, entity="RUS")]))
    with pytest.raises(ValueError, match="'drift' is not in this back-test: naive"):
        backtest.backtest_comparison(made)


def test_the_argument_stays_as_it_was():
    rows = noisy()
    before = rows.copy()
    fits.adoption_fits(rows)
    backtest.adoption_backtest(rows, horizons=[1], models=["naive"])
    pd.testing.assert_frame_equal(rows, before)


def test_a_date_named_twice_counts_once():
    rows = series([10, 20, 35, 50], first=2000)
    twice = fits.adoption_forecast(rows, periods=["2003", "2003", "2005"], models=["logistic"])
    assert twice["period"].tolist() == ["2003", "2005"]


def test_the_coverage_of_one_country_has_no_interval():
    # 3 of 4 intervals cover; how alike the forecasts of a country are cannot be told from one country.
    part = pd.DataFrame({"covered": [1.0, 1.0, 1.0, 0.0], "entity": "KAZ"})
    assert backtest._coverage(part, 0.95) == {"value": 75.0, "unit": "percent", "n": 4.0}
    two = backtest._coverage(part.assign(entity=["KAZ", "KAZ", "UZB", "UZB"]), 0.95)
    assert two["low"] < 75 < two["high"]


def test_years_whose_forecasts_have_no_outcome_yet_are_named_by_horizon():
    # The series ends in 2024: 2011 + 10 = 2021 is known, 2015 + 10 and 2019 + 10 are not; 2019 + 5 is.
    table = pd.DataFrame({"iso3": "KAZ", "year": range(2000, 2025)}).assign(
        internet_users_pct=lambda rows: 3.0 * (rows["year"] - 1999)
    )
    series = penetration.internet_users(table, countries=["KAZ"])
    origins = ["2011", "2015", "2019"]
    made = penetration.adoption_backtest(series, models=["naive"], origins=origins, horizons=[1, 5, 6, 10])
    assert penetration.backtest_unanswered(made).to_numpy().tolist() == [
        [6, "2011, 2015", "2019"],
        [10, "2011", "2015, 2019"],
    ]
    assert penetration.backtest_unanswered(made[made["horizon"] <= 5]).empty
