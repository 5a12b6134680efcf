"""No forecast where a check fails: for the tables' countries and for curves made to fail one check at a time."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import penetration as pen
from digital_diplomacy import sources

REPOSITORY = Path(__file__).parents[3]
MODELS = ("logistic", "gompertz", "drift")


def series(values, *, first=2000, entity="KAZ"):
    frame = pd.DataFrame({"value": np.asarray(values, dtype=float)})
    named = {"entity": entity, "measure": "internet_users_pct", "unit": "percent", "base": "population"}
    frame = frame.assign(period=[str(first + k) for k in range(len(frame))], low=np.nan, high=np.nan, **named)
    return pen.printed_figures(frame, source_id="example").assign(interval="none")


def logistic(ceiling, rate, middle, years):
    return ceiling / (1 + np.exp(-rate * (np.asarray(years) - middle)))


def forecasts(rows, models=MODELS):
    last = int(rows["period"].iloc[-1])
    years = [*rows["period"], *(str(last + ahead) for ahead in (1, 2, 3, 4))]
    ahead = pen.adoption_forecast(rows, periods=years, models=models)
    curves = [model for model in models if model != "drift"]
    fits = pen.adoption_fits(rows, models=curves)
    checks = pd.concat([pen.check_adoption(fits), pen.check_lines(ahead)])
    return ahead, checks, pen.sound_forecasts(rows, ahead, checks)


@pytest.mark.parametrize("country", ["KAZ", "KGZ", "UZB", "RUS", "SGP", "TKM", "ETH", "NGA", "DEU", "IND"])
def test_no_countrys_forecast_falls_below_its_last_observation_or_leaves_the_shares(country):
    rows = pen.internet_users(sources.load("internet_users", root=REPOSITORY), countries=[country])
    ahead, checks, sound = forecasts(rows)
    drawn = sound[sound["period"] > rows["period"].iloc[-1]]
    assert (drawn["value"] >= rows["value"].iloc[-1]).all()
    for end in ("value", "low", "high"):
        assert ahead[end].dropna().between(0, 100).all()
    failed = set(checks.loc[checks["verdict"] != "holds", "relation_id"].str.split(":").str[-1])
    assert not failed & set(drawn["group"])
    assert set(drawn["group"]) == set(MODELS) - failed


def test_kazakhstan_has_no_forecast_and_the_fit_stays():
    rows = pen.internet_users(sources.load("internet_users", root=REPOSITORY), countries=["KAZ"])
    ahead, _, sound = forecasts(rows)
    assert sound["period"].max() == rows["period"].max()
    assert set(sound["group"]) == {"logistic", "gompertz"}
    assert sound[["low", "high", "level"]].isna().all(axis=None)
    told = pen.forecast_counts(rows, ahead, sound)
    assert told[["models", "drawn"]].to_numpy().tolist() == [[3, 0]]
    assert told[["last_period", "period"]].to_numpy().tolist() == [["2024", "2028"]]


def test_a_curve_that_passes_is_carried_on_with_its_interval():
    years = np.arange(2000, 2020)
    noise = np.random.default_rng(1).normal(0, 0.3, len(years))
    values = (logistic(80, 0.4, 2010, years) + noise).clip(0.1)
    rows = series([*values[:-1], values[-1] - 1])  # the last year lies below the curve
    ahead, _, sound = forecasts(rows)
    drawn = sound[sound["period"] > "2019"]
    assert "logistic" in set(drawn["group"])
    assert drawn[["low", "high"]].notna().all(axis=None)
    assert pen.forecast_counts(rows, ahead, sound)["drawn"].item() == drawn["group"].nunique()


def test_a_step_down_is_a_check_of_its_own():
    # Russia's Gompertz curve rises to a ceiling above the last observation, but is still below it a year later.
    rows = pen.internet_users(sources.load("internet_users", root=REPOSITORY), countries=["RUS"])
    last = rows["value"].iloc[-1]
    fits = pen.adoption_fits(rows, models=["gompertz"])
    following = pen.adoption_forecast(rows, periods=["2025"], models=["gompertz"])["value"].item()
    assert following < last < fits["ceiling"].item()
    assert fits["next_value"].item() == pytest.approx(following)
    checks = pen.check_adoption(fits)
    verdicts = dict(zip(checks["kind"], checks["verdict"], strict=True))
    assert (verdicts["adoption_ceiling"], verdicts["adoption_step"]) == ("holds", "fails")
    reasons = dict(zip(checks["kind"], checks["reason"], strict=True))
    assert (" < " in reasons["adoption_step"], " >= " in reasons["adoption_ceiling"]) == (True, True)


def test_a_line_that_runs_into_the_whole_is_no_forecast():
    # 80, 90: 100 in the year after; 10, 12, 14 goes on.
    steep, flat = series([70, 80, 90]), series([10, 12, 14, 16.5])
    found = [pen.check_lines(pen.adoption_forecast(rows, periods=["2010"], models=["drift"])) for rows in (steep, flat)]
    assert [frame["verdict"].item() for frame in found] == ["fails", "holds"]
    assert found[0]["reason"].item() == "2010: 100"
    short = pen.check_lines(pen.adoption_forecast(series([3]), periods=["2010"], models=["drift"]))
    assert short[["verdict", "reason"]].to_numpy().tolist() == [["cannot be checked", "n = 1"]]


def test_nothing_gives_nothing():
    empty = series([])
    ahead = pen.adoption_forecast(empty, periods=["2030"], models=MODELS)
    checks = pd.concat([pen.check_adoption(pen.adoption_fits(empty)), pen.check_lines(ahead)])
    sound = pen.sound_forecasts(empty, ahead, checks)
    assert sound.empty
    assert pen.forecast_counts(empty, ahead, sound).empty
