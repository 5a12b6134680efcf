"""Rules of small tables by hand: growth, targets, answers, editions, markets, orders, and printed shares compared."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, chi2, norm
from scipy.stats import t as student_t

from digital_diplomacy import penetration as pen
from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration import answers, rows, series, targets
from digital_diplomacy.penetration.adoption import forecasts
from digital_diplomacy.penetration.audiences import compositions, markets, people, platforms, populations
from digital_diplomacy.penetration.growth import growth, required_share, years
from digital_diplomacy.penetration.surveys import comparisons, contingency, weighting
from digital_diplomacy.penetration.surveys.shares import EXACT_BELOW
from digital_diplomacy.tables import ESTIMATES

NAN = math.nan


def made(*given: dict[str, Any], **same: Any) -> pd.DataFrame:
    """Estimates of which a test says only what it is about."""
    known = {"entity": "KAZ", "group": "", "period": "2020", "measure": "m", "value": 1.0, "low": NAN, "high": NAN,
             "interval": "none", "level": NAN, "unit": "percent", "base": "all", "n": NAN,
             "source_id": "s"}  # fmt: skip
    found = pd.DataFrame([known | same | one for one in given])
    assert set(found.columns) == set(ESTIMATES.columns)
    return found


def cells(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return frame[list(columns)].to_numpy().tolist()


@pytest.mark.parametrize(
    ("period", "number"),
    [("2020", 2020), ("2020-01", 2020), ("2020-12", 2020 + 11 / 12), ("2020-01-31", 2020 + 30 / 365.25)],
)
def test_a_date_as_years(period: str, number: float) -> None:
    assert years(period) == pytest.approx(number, abs=1e-12)
    for wrong in ("2020/2021", "", "x-01"):
        with pytest.raises(ValueError, match="is not one date"):
            years(wrong)


def test_growth_of_each_series_from_its_first_to_its_last_observation() -> None:
    given = made(
        {"period": "2022", "value": 8.0, "low": 7.0, "high": 9.0},
        {"period": "2020", "value": 2.0, "low": 1.0, "high": 3.0},
        {"period": "2021", "value": 50.0, "low": 49.0, "high": 51.0},
        {"period": "2020", "value": 6.0, "low": 5.0, "high": NAN, "group": "g", "unit": "persons", "interval": "bound"},
        {"period": "2021", "value": 3.0, "low": 2.0, "high": 4.0, "group": "g", "unit": "persons"},
        {"period": "2021", "value": 3.0, "low": 3.0, "high": 3.0, "group": "alone"},
        interval="rounding",
    )
    found = growth(given).set_index(["group", "measure"])[["value", "low", "high", "unit", "interval", "period"]]
    # A series without a group has its measure for one; percent grow by percentage points.
    assert found.loc[("m", "growth_absolute")].tolist() == [6, 4, 8, "percentage_points", "rounding", "2020/2022"]
    assert [found.loc[("m", "growth_percent"), end] for end in ("value", "low", "high")] == pytest.approx(
        [300, 400 / 3, 800]
    )
    assert [found.loc[("m", "growth_annual"), end] for end in ("value", "low", "high")] == pytest.approx(
        [100, 100 * (math.sqrt(7 / 3) - 1), 200]
    )
    assert [found.loc[("m", "growth_log"), end] for end in ("value", "low", "high")] == pytest.approx(
        [math.log(4) / 2, math.log(7 / 3) / 2, math.log(9) / 2]
    )
    doubling = [found.loc[("m", "doubling_time"), end] for end in ("value", "low", "high")]
    assert doubling == pytest.approx([1, 2 * math.log(2) / math.log(9), 2 * math.log(2) / math.log(7 / 3)])
    shrunk = found.loc["g"]
    assert shrunk.loc["growth_absolute"].tolist()[3:] == ["persons", "bound", "2020/2021"]
    assert shrunk.loc["growth_absolute", "value"] == -3
    assert np.isnan(shrunk.loc["growth_absolute", "low"])
    assert shrunk.loc["growth_absolute", "high"] == -1
    assert shrunk.loc["doubling_time", ["value", "low", "high"]].isna().all()
    assert "alone" not in found.index.get_level_values(0)


def test_a_share_that_a_goal_takes() -> None:
    goal = made({"value": 30.0, "low": 20.0, "high": 40.0}, interval="rounding", unit="persons")
    everybody = made({"value": 60.0, "low": 50.0, "high": 80.0}, interval="rounding", unit="persons")
    assert cells(required_share(goal, everybody), "value", "low", "high", "unit", "base") == [
        [50, 25, 80, "percent", "population"]
    ]
    assert required_share(goal, everybody.assign(period="2021")).empty
    with pytest.raises(TableError, match="population above 0"):
        required_share(goal, everybody.assign(low=0.0))


def test_targets_are_reached_at_their_own_height() -> None:
    goals = made({"value": 80.0, "low": 79.5, "high": 80.5, "interval": "rounding", "source_id": "programme"},
                 {"value": 5.0, "measure": "other", "unit": "persons", "period": "2021", "source_id": "programme"},
                 {"value": 5.0, "measure": "unseen", "period": "", "source_id": "programme"})  # fmt: skip
    seen = made({"value": 80.0}, {"period": "2019", "value": 79.0}, {"period": "2021", "value": 90.0},
                {"measure": "other", "unit": "persons", "period": "2021", "value": 4.0},
                source_id="series")  # fmt: skip
    gaps = targets.target_gaps(goals, seen)
    assert cells(gaps, "group", "measure", "value", "unit", "source_id") == [
        ["target", "m", 80, "percent", "programme"],
        ["observed", "m", 80, "percent", "series"],
        ["gap", "m", 0, "percentage_points", "programme"],
        ["target", "other", 5, "persons", "programme"],
        ["observed", "other", 4, "persons", "series"],
        ["gap", "other", -1, "persons", "programme"],
    ]
    assert gaps.loc[gaps["group"] != "target", ["low", "high"]].isna().all(axis=None)
    assert cells(targets.first_reached(goals, seen), "measure", "period", "target") == [["m", "2020", 80]]
    dated = targets.dated_targets(goals, seen)
    assert cells(dated, "measure", "target", "observed_pct", "gap_pct", "reading", "first_period", "source_id") == [
        ["m", 80, 80, 0, "reached", "2020", "series"], ["other", 5, 4, -1, "missed", "", "series"]
    ]  # fmt: skip
    # Another measure in the same year, another year of the same measure, another programme for the same year.
    more = made({"value": 80.0}, {"measure": "other", "value": 30.0}, {"period": "2021", "value": 90.0},
                {"value": 70.0, "source_id": "second"}, source_id="programme")  # fmt: skip
    both = made({"period": "2019", "value": 75.0}, {"value": 79.0}, {"measure": "other", "value": 30.0},
                {"period": "2021", "value": 91.0}, source_id="series")  # fmt: skip
    assert sorted(cells(targets.target_gaps(more, both), "group", "measure", "period", "value", "source_id")) == [
        ["gap", "m", "2020", -1, "programme"], ["gap", "m", "2020", 9, "second"], ["gap", "m", "2021", 1, "programme"],
        ["gap", "other", "2020", 0, "programme"],
        ["observed", "m", "2020", 79, "series"], ["observed", "m", "2021", 91, "series"],
        ["observed", "other", "2020", 30, "series"],
        ["target", "m", "2020", 70, "second"], ["target", "m", "2020", 80, "programme"],
        ["target", "m", "2021", 90, "programme"], ["target", "other", "2020", 30, "programme"],
    ]  # fmt: skip
    dated = targets.dated_targets(more, both)
    assert cells(dated, "measure", "period", "target", "reading", "first_period") == [
        ["m", "2020", 80, "missed", "2021"], ["other", "2020", 30, "reached", "2020"],
        ["m", "2021", 90, "reached", "2021"], ["m", "2020", 70, "reached", "2019"],
    ]  # fmt: skip
    cited = made({"period": "2021-03", "value": 90.0, "low": 89.0, "high": 91.0}, {"period": "2020-05", "value": 70.0})
    found = targets.check_targets(goals, seen, cited=cited)
    assert cells(found, "kind", "verdict", "reason") == [
        ["target_own_year", "holds", "2020: 80 >= 80"],
        ["target_own_year", "fails", "2021: 4 < 5"],
        ["target_own_year", "cannot be checked", "?: ? >= 5"],
        ["target_other_year", "cannot be checked", "90 (2021-03); 80 (2020)"],
    ]
    assert cells(found, "left_low", "left_high", "right_low", "right_high")[0] == [80, 80, 79.5, 80.5]
    assert cells(found, "left_low", "left_high")[3] == [89, 91]
    assert found["relation_id"].iloc[3].endswith(":2021-03")
    assert cells(targets.verdict_counts(found), "targets", "reached", "missed", "unchecked") == [[3, 1, 1, 1]]


def test_figures_are_told_apart_by_as_many_decimals_as_it_takes() -> None:
    assert rows.told_apart(1.0, 1.000_000_4) == ("1", "1")  # six decimals are the most
    assert rows.told_apart(1.0, 1.000_002) == ("1", "1.000002")
    assert rows.told_apart(0.04, 0.0) == ("0.04", "0")
    assert rows.told_apart(100, 200) == ("100", "200")


def test_printed_figures_with_one_end_are_bounds() -> None:
    table = pd.DataFrame({
        "entity": "KAZ", "period": "2020", "measure": "m", "unit": "percent",
        "platform": ["a", "b", "c", "d", "e", "other"],
        "value": [5, 60, NAN, NAN, NAN, 7], "low": [4.5, 60, 1, NAN, NAN, 6.5], "high": [5.5, NAN, 9, 5, NAN, 7.5],
    })  # fmt: skip
    found = rows.printed_figures(table, source_id="s")
    assert cells(found, "group", "interval") == [["a", "rounding"], ["b", "bound"], ["c", "bound"], ["d", "bound"]]
    kept = rows.printed_figures(table, source_id="s", keep_named=True)
    assert cells(kept, "group", "interval")[4:] == [["e", "none"]]
    with pytest.raises(TableError, match=r"negative figure: KAZ/a/2020/m"):
        rows.printed_figures(table.assign(value=[-1, 0, 0, 0, 0, 0]), source_id="s")
    assert (
        rows.printed_figures(table.assign(value=0.0, low=0.0, high=1.0), source_id="s")["value"].tolist() == [0.0] * 5
    )


def test_answers_of_one_country() -> None:
    told = made({"group": "tv", "value": 60.0, "low": 60.0}, {"group": "web", "value": 61.0, "low": 50.0},
                {"group": "social_networks", "value": 5.0, "low": 4.5, "high": 5.5}, measure="main_source")  # fmt: skip
    other = made({"group": "press", "value": 99.0, "low": 99.0, "measure": "another"})
    found = answers.news_sources(pd.concat([other, told]), made({"value": 80.0}))
    assert cells(found, "group", "top_low", "networks", "networks_low", "networks_high", "online_pct") == [
        ["tv", 60, 5, 4.5, 5.5, 80]
    ]
    counts = pd.DataFrame({"entity": ["A", "A", "B", "A"], "measure": ["x", "y", "x", "z"], "value": [1, 2, 3, 4.0]})
    both = answers.counted_together(counts, measures=["x", "y"])
    assert both.to_numpy().tolist() == [["A", 1, 2]]
    assert answers.counted_together(counts, measures=["x", "w"]).empty
    assert answers.counted_together(counts, measures=["x"])["entity"].tolist() == ["A", "B"]


def test_rows_of_a_series_by_period() -> None:
    given = made(*({"period": period, "entity": entity, "value": value} for period, entity, value in (
        ("2019", "B", 1), ("2021-03", "A", 2), ("2020", "A", 3), ("2020", "B", 4))))  # fmt: skip
    assert cells(series.within(given, "2020/2021"), "period", "entity") == [
        ["2021-03", "A"], ["2020", "A"], ["2020", "B"]]  # fmt: skip
    assert cells(series.within(given, "2019"), "entity") == [["B"]]
    for wrong in ("2021/2020", "20/21", "2020/21", "x", "2020-01"):
        with pytest.raises(ValueError, match="is not YYYY or YYYY/YYYY"):
            series.within(given, wrong)
    assert cells(series.latest(given), "entity", "period") == [["B", "2020"], ["A", "2021-03"]]
    assert cells(series.last_periods(given), "period", "entity") == [["2021-03", "A"], ["2020", "B"]]
    told = series.periods_before(pd.concat([given, made({"entity": "C"})]))
    assert cells(told, "entity", "n", "first_period", "period") == [
        ["B", 2, "2019", "2020"],
        ["A", 2, "2020", "2021-03"],
    ]


def test_an_edition_behind_the_series_it_repeats() -> None:
    printed = made(
        {"period": "2021-01", "value": 7.0, "low": 6.5, "high": 7.5, "interval": "rounding", "source_id": "e"}
    )
    known = made({"period": "2021", "value": 9.0}, {"period": "2020", "value": 7.0}, {"period": "2018", "value": 3.0})
    lag = series.penetration_lag(printed, known, lags=[0, 1, 2])
    assert cells(lag, "group", "value", "low", "high") == [["lag_0", -2, -2.5, -1.5], ["lag_1", 0, -0.5, 0.5]]
    assert series.penetration_lag(printed, known, lags=[]).empty
    with pytest.raises(ValueError, match="0 or more years"):
        series.penetration_lag(printed, known, lags=[0, -1])
    repeats = series.edition_repeats(printed, known, lags=[0, 1])
    assert cells(repeats, "group", "value", "source_id", "unit") == [
        ["printed", 7, "e", "percent"], ["lag_0", 9, "s", "percent"], ["lag_1", 7, "s", "percent"]]  # fmt: skip


def test_a_population_behind_counts_and_shares() -> None:
    pair = made(
        {"measure": "users", "value": 30.0, "low": 29.0, "high": 31.0, "unit": "persons"},
        {"measure": "users_pct", "value": 60.0, "low": 58.0, "high": 62.0, "base": "population"},
        {"measure": "users_pct", "value": 10.0, "low": 9.0, "high": 11.0, "group": "g", "base": "adults"},
        {"measure": "lines", "value": 60.0, "low": 59.0, "high": 61.0, "unit": "connections"},
        {"measure": "lines_pct", "value": 120.0, "low": 118.0, "high": 122.0, "base": "population"},
        interval="rounding",
    )
    implied = populations.implied_population(pair)
    assert cells(implied, "group", "value", "unit") == [["users", 50, "persons"], ["lines", 50, "persons"]]
    assert cells(implied, "low", "high")[0] == pytest.approx([100 * 29 / 62, 100 * 31 / 58])
    common = populations.common_population(implied)
    low, high = 100 * 59 / 122, 100 * 61 / 118
    assert cells(common, "low", "high", "value")[0] == pytest.approx([low, high, (low + high) / 2])
    found = populations.check_population(implied)
    assert cells(found, "left", "right", "verdict") == [["lines", "users", "holds"]]
    apart = implied.assign(low=implied["low"] + [0, 20], high=implied["high"] + [0, 20])
    assert populations.check_population(apart)["verdict"].tolist() == ["fails"]
    assert populations.check_population(apart.iloc[::-1].assign(low=[10, 40], high=[20, 50]))["verdict"].tolist() == [
        "fails"
    ]
    touching = implied.assign(low=[10.0, 20.0], high=[20.0, 30.0])
    assert populations.check_population(touching)["verdict"].tolist() == ["holds"]
    assert len(populations.common_population(touching)) == 1
    assert populations.common_population(apart).empty
    with pytest.raises(TableError, match="above 100 percent"):
        populations.implied_population(pair.assign(value=[30, 101, 10, 60, 120]))
    with pytest.raises(TableError, match="above 0 percent"):
        populations.implied_population(pair.assign(low=0.0))


def test_growth_that_editions_print() -> None:
    def printed(percent: tuple[float, float, float]) -> pd.DataFrame:
        value, low, high = percent
        return made(
            {"period": "2021", "measure": "users", "value": 110.0, "low": 109.0, "high": 111.0},
            {"period": "2020/2021", "measure": "users_growth", "value": 10.0, "low": 9.0, "high": 12.0},
            {"period": "2020/2021", "measure": "users_growth_pct", "value": value, "low": low, "high": high},
            interval="rounding",
        )

    before = populations.previous_level(printed((10, 9.5, 10.5)))
    assert cells(before, "period", "group", "value", "low", "high") == [["2020", "derived_level", 100, 97, 102]]
    least, most = 100 * 9 / 102, 100 * 12 / 97
    for percent, verdict in (
        ((10, 9.5, 10.5), "holds"), ((8, least - 1, least), "holds"), ((8, least - 1, least - 0.01), "fails"),
        ((13, most, 14), "holds"), ((13, most + 0.01, 14), "fails"), ((NAN, 9.5, 10.5), "cannot be checked"),
    ):  # fmt: skip
        found = populations.check_growth(printed(percent))
        assert found["verdict"].tolist() == [verdict], percent
        assert cells(found, "right_low", "right_high")[0] == pytest.approx([least, most])
        assert found["reason"].item() == "10 / (110 - 10) = 10.00 %"


def test_how_uneven_shares_are() -> None:
    found = markets.unevenness([6, 3, 1], k=2)
    told = {name: float(value) for name, value in found.items()}
    entropy = -(0.6 * math.log(0.6) + 0.3 * math.log(0.3) + 0.1 * math.log(0.1))
    assert told == pytest.approx({
        "hhi": 0.46, "concentration_ratio": 0.9, "shannon": entropy, "hill_0": 3, "hill_1": math.exp(entropy),
        "hill_2": 1 / 0.46, "gini": 1 / 3, "theil": math.log(3) - entropy,
    })  # fmt: skip
    assert float(markets.unevenness([1, 1, 0])["hill_0"]) == 2
    for wrong in ([0, 0], [1, -1], [NAN, 1]):
        with pytest.raises(ValueError, match="one of them above 0"):
            markets.unevenness(wrong)
    with pytest.raises(ValueError, match="must be 1 or more"):
        markets.unevenness([1], k=0)


def test_bounds_of_unevenness_hold_every_market_and_are_reached() -> None:
    low, high, rng = np.array([50.0, 20, 0]), np.array([60.0, 25, 8]), np.random.default_rng(3)
    free = rng.uniform(low, high, size=(4000, 3))
    corners = np.array([[a, b, c] for a in (50, 60) for b in (20, 25) for c in (0, 8)], dtype=float)
    every = markets.unevenness(np.concatenate([free, corners]), k=1)
    bounds = markets.unevenness_bounds(low, high, k=1)
    assert bounds is not None
    for name, (least, most) in bounds.items():
        assert least <= every[name].min() <= every[name].max() <= most
        # All extremes lie at corners but the least of what is most even, which random markets come near to.
        assert [least, most] == pytest.approx([every[name].min(), every[name].max()], rel=5e-3)
    # With a sum of 80: the last two move, the first is what they leave.
    first = np.linspace(50, 60, 2001)
    third = np.linspace(0, 8, 81)
    grid = np.array([(a, 80 - a - c, c) for a in first for c in third if 20 <= 80 - a - c <= 25])
    every, bounds = markets.unevenness(grid, k=1), markets.unevenness_bounds(low, high, total=80.0, k=1)
    assert bounds is not None
    for name in ("hhi", "shannon", "gini", "theil", "hill_2", "concentration_ratio"):
        assert list(bounds[name]) == pytest.approx([every[name].min(), every[name].max()], rel=1e-6), name
    assert markets.unevenness_bounds(low, high, total=69.9) is None
    assert markets.unevenness_bounds(low, high, total=93.1) is None
    assert markets.unevenness_bounds(low, high, total=93.0) is not None
    assert markets.unevenness_bounds(low, high, total=70.0) is not None
    for wrong in (([2, 1], [1, 1]), ([0, 0], [0, 0])):
        with pytest.raises(ValueError, match="low end must not be above"):
            markets.unevenness_bounds(*wrong)


@pytest.mark.parametrize(
    ("low", "high", "total", "k", "told"),
    [
        # Each share lies between low / (low + the other's high) and high / (high + the other's low): 0.5 to 0.8 and
        # 0.2 to 0.5, so at most 0.64 + 0.25; the least of -x ln x is at an end: 0.8 of the first, 0.2 of the second.
        ([2, 1], [4, 2], None, 1, {"hhi": 0.89, "concentration_ratio": 0.8, "hill_2": 1 / 0.89}),
        ([2, 1], [4, 2], None, 2, {"concentration_ratio": 1, "gini": 0.5,
                                   "shannon": -0.8 * math.log(0.8) - 0.2 * math.log(0.2)}),
        # With a sum of 5: 0.4 to 0.8 and 0.2 to 0.4.
        ([2, 1], [4, 2], 5.0, 1, {"hhi": 0.8, "concentration_ratio": 0.8, "hill_2": 1.25,
                                  "shannon": -0.8 * math.log(0.8) - 0.2 * math.log(0.2)}),
        # Nothing limits the first: it may be nearly everything, and an index has the value of a market of one.
        ([2, 1], [math.inf, 2], None, 1, {"hhi": 1, "concentration_ratio": 1, "hill_2": 1, "shannon": 0, "hill_1": 1,
                                          "theil": math.log(2), "gini": 0.5}),
    ],
)  # fmt: skip
def test_bounds_of_many_markets_are_those_of_each_share_alone(
    low: list[float], high: list[float], total: float | None, k: int, told: dict[str, float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(markets, "MOST_CORNERS", 1)
    bounds = markets.unevenness_bounds(low, high, total=total, k=k)
    assert bounds is not None
    for name, value in told.items():
        end = bounds[name][0 if name in ("shannon", "hill_1", "hill_2") else 1]
        assert end == pytest.approx(value, abs=1e-12), name
    assert bounds["hill_0"] == (2, 2)


def test_corners_of_a_sum_lie_within_every_interval() -> None:
    # 10 shared by intervals of different widths: one end is taken by all but one share, which has what is left.
    low, high = np.array([1.0, 2, 3]), np.array([2.0, 4, 7])
    found = {tuple(row) for row in markets._corners(low, high, 10.0)}
    assert found == {(1, 2, 7), (1, 4, 5), (2, 2, 6), (2, 4, 4)}
    assert {tuple(row) for row in markets._corners(low, high, 6.0)} == {(1, 2, 3)}
    assert {tuple(row) for row in markets._corners(low, high, 13.0)} == {(2, 4, 7)}
    # Equally wide ones: what is above the lowest ends goes to the largest share first.
    assert markets._corners(np.array([1.0, 3, 2]), np.array([2.0, 4, 3]), 7.5).tolist() == [[1, 4, 2.5]]
    assert markets._corners(np.array([1.0, 3, 2]), np.array([2.0, 4, 3]), 6.0).tolist() == [[1, 3, 2]]
    free = markets._corners(np.array([1.0, 3, 2]), np.array([2.0, 4, 3]), None)
    assert free.tolist() == [[1, 3, 2], [1, 4, 2], [1, 4, 3], [2, 4, 3]]


def test_messages_for_each_author() -> None:
    given = made(
        {"group": "a", "measure": "messages_month", "value": 10.0, "low": 9.0, "high": 11.0},
        {"group": "a", "measure": "authors_month", "value": 5.0, "low": 4.0, "high": 6.0},
        {"group": "b", "measure": "messages_month", "value": 30.0, "low": 29.0, "high": 31.0},
        {"group": "b", "measure": "authors_month", "value": 5.0, "low": 4.0, "high": 6.0},
        {"group": "c", "measure": "messages_month", "value": NAN, "low": 1.0, "high": 9.0},
        {"group": "c", "measure": "authors_month", "value": NAN, "low": 1.0, "high": 4.0},
        interval="rounding",
    )
    found = platforms.messages_per_author(given)
    assert cells(found, "group", "value", "low", "high", "interval")[:2] == [
        ["b", 6, 29 / 6, 31 / 4, "rounding"], ["a", 2, 1.5, 11 / 4, "rounding"]]  # fmt: skip
    # Nobody writes without a message, so that a hidden ratio is 1 or more.
    assert cells(found, "group", "low", "high", "interval")[2] == ["c", 1, 9, "bound"]
    assert cells(platforms.suppressed(given), "group", "measure", "low", "high") == [
        ["c", "messages_month", 1, 9], ["c", "authors_month", 1, 4]]  # fmt: skip
    with pytest.raises(TableError, match="authors must be above 0"):
        platforms.messages_per_author(given.assign(low=0.0))


def test_how_far_two_measures_order_alike() -> None:
    def ordered(left: list[float], right: list[float]) -> pd.DataFrame:
        sides = (("l", left), ("r", right))
        return made(*({"group": str(at), "measure": name, "value": value} for name, values in sides
                      for at, value in enumerate(values)))  # fmt: skip

    found = platforms.order_agreement(ordered([1, 2, 3], [10, 20, 30]), left="l", right="r")
    assert cells(found, "n", "value")[0] == pytest.approx([3, 1])
    assert found["p"].item() == pytest.approx(2 / 6)  # one order of six agrees wholly, one is turned round
    turned = platforms.order_agreement(ordered([1, 2, 3, 4], [4, 3, 2, 1]), left="l", right="r")
    assert cells(turned, "value", "p")[0] == pytest.approx([-1, 2 / 24])
    tied = platforms.order_agreement(ordered([1, 1, 1], [1, 2, 3]), left="l", right="r")
    assert tied[["value", "p"]].isna().all(axis=None)
    assert platforms.order_agreement(ordered([1, 2], [1, 2]), left="l", right="r").empty
    assert len(platforms.order_agreement(ordered([*range(8)], [*range(8)]), left="l", right="r")) == 1
    assert platforms.order_agreement(ordered([*range(9)], [*range(9)]), left="l", right="r").empty


def test_parts_of_a_whole() -> None:
    assert compositions.closure([1, 3], total=100).tolist() == [25, 75]
    assert compositions.replace_zeros([0, 6, 4], 1).tolist() == pytest.approx([1, 5.4, 3.6])
    assert compositions.clr([1, math.e]).tolist() == pytest.approx([-0.5, 0.5])
    # Egozcue's coordinates: sqrt(i / (i + 1)) ln (geometric mean of the first i, over the next).
    assert compositions.ilr([1, math.e, math.e**2]).tolist() == pytest.approx(
        [-math.sqrt(1 / 2), -1.5 * math.sqrt(2 / 3)]
    )
    for wrong in ([0, 0], [-1, 2]):
        with pytest.raises(ValueError, match="one of them above 0"):
            compositions.closure(wrong)
    for parts, small in (([0, 1], 0), ([0, 1], 1), ([-1, 3], 1)):
        with pytest.raises(ValueError, match="together below the total"):
            compositions.replace_zeros(parts, small)
    with pytest.raises(ValueError, match="replace zeros first"):
        compositions.clr([0, 1])


def test_shares_closed_to_a_hundred() -> None:
    given = made({"group": "a", "value": 30.0, "low": 29.0, "high": 31.0}, {"group": "b", "value": 10.0, "low": 9.0,
                 "high": 11.0}, interval="rounding")  # fmt: skip
    found = compositions.closed_shares(given)
    assert cells(found, "group", "measure", "value") == [
        ["a", "closed_share", 75], ["b", "closed_share", 25], ["m", "total_before_closure", 40]]  # fmt: skip
    assert cells(found, "low", "high") == [pytest.approx(ends) for ends in (
        [100 * 29 / 40, 100 * 31 / 40], [100 * 9 / 40, 100 * 11 / 40], [38, 42])]  # fmt: skip
    assert found["n"].tolist() == [2, 2, 2]
    ratios = compositions.log_ratios(given)
    one, ends = math.log(3) / 2, (math.log(29 / 11) / 2, math.log(31 / 9) / 2)
    assert cells(ratios, "value", "low", "high") == [
        pytest.approx([one, *ends]), pytest.approx([-one, -ends[1], -ends[0]])]  # fmt: skip
    coordinate = compositions.log_ratios(given, kind="ilr")
    assert cells(coordinate, "group", "value")[0] == ["b", pytest.approx(math.sqrt(2) * one)]
    assert len(coordinate) == 1


@pytest.mark.parametrize(
    ("values", "unit", "said"),
    [
        ([100.0, 0.0], "percent", ""),
        ([150.0, 0.0], "accounts", ""),
        ([100.01, 1.0], "percent", "share above 100 percent of its base"),
        ([-0.01, 1.0], "percent", "missing or negative share"),
        ([NAN, 1.0], "percent", "missing or negative share"),
        ([0.0, 0.0], "percent", "market without any share above 0"),
    ],
)
def test_what_is_a_market(values: list[float], unit: str, said: str) -> None:
    market = made({"group": "a"}, {"group": "b"}, unit=unit).assign(value=values)
    if not said:
        platforms.check_market(market)
        assert platforms.concentration(market, k=1).set_index("measure")["value"]["hhi_closed"] == pytest.approx(10_000)
        return
    with pytest.raises(TableError, match=f"{said}: KAZ/a"):
        platforms.check_market(market)
    for k in (0, -1):
        with pytest.raises(ValueError, match=f"k={k} must be 1 or more"):
            platforms.concentration(market, k=k)


def test_a_market_in_percent_is_told_as_printed_closed_and_summing_to_a_hundred() -> None:
    given = made({"group": "a", "value": 60.0, "low": 59.0, "high": 61.0}, {"group": "b", "value": 30.0, "low": 29.0,
                 "high": 31.0}, interval="rounding")  # fmt: skip
    found = platforms.concentration(given, k=1).set_index("measure")
    assert found.loc["shares_sum", ["value", "low", "high"]].tolist() == [90, 88, 92]
    assert found.loc["hhi_printed", ["value", "low", "high"]].tolist() == [4500, 59**2 + 29**2, 61**2 + 31**2]
    assert found.loc["hhi_closed", "value"] == pytest.approx(1e4 * 5 / 9)
    assert found.loc["concentration_ratio", ["value", "unit"]].tolist() == [pytest.approx(200 / 3), "percent"]
    assert found.loc[["hill_0", "gini", "theil"], "value"].tolist() == pytest.approx(
        [2, 1 / 6, math.log(2) + 2 / 3 * math.log(2 / 3) + 1 / 3 * math.log(1 / 3)]
    )
    assert found.loc["hhi_sum_100", ["value", "low", "high"]].isna().all()  # nothing within the rounding sums to 100
    assert (set(found["n"]), set(found["group"])) == ({2}, {"m"})
    hundred = platforms.concentration(given.assign(value=[65.0, 35.0], low=[64.0, 34.0], high=[66.0, 36.0]))
    ends = hundred.set_index("measure").loc["hhi_sum_100", ["value", "low", "high"]].tolist()
    assert ends == pytest.approx([NAN, 64**2 + 36**2, 66**2 + 34**2], nan_ok=True)
    accounts = platforms.concentration(given.assign(unit="accounts"))
    assert {"shares_sum", "hhi_printed", "hhi_sum_100"}.isdisjoint(accounts["measure"])
    bare = platforms.concentration(given.assign(value=[60.0, NAN]))
    assert cells(bare, "measure", "value", "low", "high", "n") == [["platforms_without_figure", 1, 1, 1, 2]]
    assert platforms.concentration(given.head(0)).empty


def test_closed_shares_at_the_ends_of_what_is_known() -> None:
    # One may be nothing or everything, and none without an upper end limits the others.
    given = made({"group": "a", "value": 30.0, "low": 0.0, "high": 40.0}, {"group": "b", "value": 10.0, "low": 0.0,
                 "high": 0.0}, {"group": "c", "value": 0.0, "low": 0.0, "high": 0.0}, interval="rounding")  # fmt: skip
    found = compositions.closed_shares(given.assign(high=[40.0, 20.0, 0.0]))
    assert cells(found, "value", "low", "high") == [[75, 0, 100], [25, 0, 100], [0, 0, 0], [40, 0, 60]]
    endless = compositions.closed_shares(
        given.assign(high=[NAN, 20.0, 0.0], interval=["bound", "rounding", "rounding"])
    )
    assert cells(endless, "value", "low", "high")[:3] == [[75, 0, 100], [25, 0, 100], [0, 0, 100]]
    assert cells(endless, "value", "low", "high")[3] == pytest.approx([40, 0, NAN], nan_ok=True)


def test_log_ratios_of_nothing_found() -> None:
    given = made({"group": "a", "value": 8.0, "low": 7.0, "high": 9.0}, {"group": "b", "value": 0.0, "low": 0.0,
                 "high": 2.0}, interval="rounding")  # fmt: skip
    # Half of 2 stands for the part not found, taken from the other: 1 and 7.
    found = compositions.log_ratios(given, below_detection=0.5)
    assert found["value"].tolist() == pytest.approx([math.log(7) / 2, -math.log(7) / 2])
    assert cells(found, "low", "high")[0] == pytest.approx([math.log(7 / 2) / 2, NAN], nan_ok=True)
    assert cells(found, "low", "high")[1] == pytest.approx([NAN, -math.log(7 / 2) / 2], nan_ok=True)
    usual = 0.65 * 2
    assert compositions.log_ratios(given)["value"].iloc[0] == pytest.approx(math.log((8 - usual) / usual) / 2)
    for wrong in ({"high": [9.0, 0.0]}, {"high": [9.0, NAN], "interval": ["rounding", "bound"]}):
        with pytest.raises(TableError, match="0 without an upper end has no log-ratio: KAZ/b"):
            compositions.log_ratios(given.assign(**wrong))
    with pytest.raises(ValueError, match="unknown kind 'alr'; allowed: clr, ilr"):
        compositions.log_ratios(given, kind="alr")
    # Of three parts the second coordinate sets the third against the mean of the first two.
    three = made({"group": "a", "value": 2.0, "low": 1.0, "high": 3.0}, {"group": "b", "value": 8.0, "low": 7.0,
                 "high": 9.0}, {"group": "c", "value": 4.0, "low": 3.0, "high": 5.0}, interval="rounding")  # fmt: skip
    found = compositions.log_ratios(three, kind="ilr")
    one, two = math.sqrt(1 / 2), math.sqrt(2 / 3)
    assert cells(found, "group", "value", "low", "high", "n") == [
        ["b", *map(pytest.approx, (-one * math.log(4), one * math.log(1 / 9), one * math.log(3 / 7))), 3],
        ["c", *map(pytest.approx, (0, two * math.log(math.sqrt(7) / 5), two * math.log(math.sqrt(27) / 3))), 3],
    ]  # fmt: skip


def test_audiences_within_a_population() -> None:
    given = made({"group": "a", "value": 60.0, "low": 59.0, "high": 61.0}, {"group": "b", "value": 50.0, "low": 49.0,
                 "high": 51.0}, unit="persons", interval="rounding")  # fmt: skip
    everybody = made({"value": 90.0, "low": 89.0, "high": 100.0}, {"value": 80.0, "high": 95.0, "low": 70.0},
                     {"entity": "UZB", "value": 5.0, "high": 6.0, "low": 4.0})  # fmt: skip
    for people_known, high in (
        (everybody, 100),
        (everybody.tail(1), 112),
        (None, 112),
        (everybody.assign(high=NAN), 112),
    ):
        found = pen.audience_bounds(given, population=people_known)
        assert cells(found, "low", "high", "unit", "n") == [[59, high, "persons", 2]]
    with pytest.raises(TableError, match="audience above the population's 58: KAZ/a"):
        pen.audience_bounds(given, population=everybody.assign(high=58.0))
    assert pen.audience_bounds(given, population=everybody.assign(high=59.0))["high"].item() == 59
    for value, said in ((-0.1, "negative audience"), (100.1, "share above 100 percent")):
        with pytest.raises(TableError, match=f"{said}.*: KAZ/a"):
            pen.audience_bounds(made({"group": "a", "value": value}))
    assert cells(pen.audience_bounds(made({"group": "a", "value": 100.0})), "low", "high") == [[100, 100]]


def test_what_printed_answers_leave() -> None:
    def left(*answers_given: dict[str, Any]) -> list[Any]:
        return cells(pen.remainder(made(*answers_given, measure="yes")), "value", "low", "high", "interval", "n")[0]

    one = {"value": 60.0, "low": 59.0, "high": 61.0, "interval": "rounding"}
    two = {**one, "measure": "no", "value": 40.0, "low": 39.0, "high": 42.0}
    assert left(one) == [40, 39, 41, "rounding", 1]
    assert left(one, two) == [0, 0, 2, "rounding", 2]  # 100, and 98 at least
    assert left({**one, "value": 70.0, "low": 61.0, "high": 71.0}, two) == [
        0,
        0,
        0,
        "rounding",
        2,
    ]  # 110: none are left
    more = left({**one, "value": 70.0, "low": 61.5, "high": 71.0}, two)  # 100.5 at least: no answers at all
    assert more == pytest.approx([NAN, NAN, NAN, "none", 2], nan_ok=True)
    assert left({**one, "high": NAN, "interval": "bound"}) == pytest.approx([NAN, 0, 41, "bound", 1], nan_ok=True)
    with pytest.raises(TableError, match="not a share in percent"):
        left({**one, "unit": "persons"})


def test_counts_for_each_hundred_of_the_nearest_population() -> None:
    count = made({"period": "2020-07", "value": 50.0, "low": 40.0, "high": 60.0})
    near = made({"period": "2020", "value": 100.0, "low": 80.0, "high": 120.0},
                {"period": "2021", "value": 200.0, "low": 160.0, "high": 250.0},
                {"period": "2020-08", "value": 400.0, "low": 300.0, "high": 500.0})  # fmt: skip
    assert cells(pen.per_hundred(count, near), "people_period", "count", "value", "low", "high") == [
        ["2020-08", 50, 12.5, 8, 20]
    ]
    assert pen.per_hundred(count, near.assign(entity="UZB")).empty
    share = made({"value": 10.0, "low": 5.0, "high": 15.0, "measure": "joined"})
    assert cells(pen.part_of_count(count, share), "count", "share_measure", "share", "value", "low", "high") == [
        [50, "joined", 10, 5, 2, 9]
    ]


def of_two(*given: dict[str, Any], **same: Any) -> pd.DataFrame:
    """The same rows of Uzbekistan and of Kazakhstan, in this order."""
    return pd.concat([made(*given, **same, entity=code) for code in ("UZB", "KAZ")], ignore_index=True)


SHARES = ({"group": "b", "value": 60.0}, {"group": "a", "value": 30.0}, {"group": "c", "value": 20.0})
ORDERED = {
    "concentration": lambda: platforms.concentration(of_two(*SHARES)),
    "closed_shares": lambda: compositions.closed_shares(of_two(*SHARES)),
    "log_ratios": lambda: compositions.log_ratios(of_two(*SHARES)),
    "audience_bounds": lambda: pen.audience_bounds(of_two(*SHARES)),
    "remainder": lambda: pen.remainder(of_two({"value": 60.0}, {"measure": "n", "value": 30.0})),
    "registered_twice": lambda: pen.registered_twice(of_two(*SHARES), of_two({"value": 10.0})),
    "ranked_total": lambda: pen.ranked_total(of_two(*SHARES).assign(position=[1, 2, 3] * 2), source_id="s"),
    "neither": lambda: pen.neither(
        of_two({"measure": "w", "value": 9.0}, {"measure": "p", "value": 4.0}), parts=["p"], whole="w"
    ),
    "common_population": lambda: populations.common_population(of_two({"low": 0.0, "high": 2.0})),
    "order_agreement": lambda: platforms.order_agreement(
        of_two(*({"group": code, "measure": side, "value": ord(code)} for side in "lr" for code in "xyz")),
        left="l", right="r",
    ),
    "growth": lambda: growth(of_two({"value": 1.0}, {"period": "2021", "value": 2.0})),
    "latest": lambda: series.latest(of_two({"value": 1.0}, {"period": "2021", "value": 2.0})),
    "periods_before": lambda: series.periods_before(of_two({"value": 1.0}, {"period": "2021", "value": 2.0})),
    "first_reached": lambda: targets.first_reached(of_two({"value": 1.0}), of_two({"value": 2.0})),
    "all_series": lambda: pd.DataFrame(
        [one.shared for one in forecasts.all_series(of_two({"value": 1.0}), ceiling_max=None)]
    ),
    "chi_square": lambda: contingency.chi_square(
        pd.concat([
            counted(("b", "x", 4, 9, 1.0), ("b", "y", 5, 9, 1.0), ("a", "x", 3, 9, 1.0), ("a", "y", 6, 9, 1.0)
                    ).assign(entity=code) for code in ("UZB", "KAZ")
        ], ignore_index=True)
    ),
    "goodness_of_fit": lambda: contingency.goodness_of_fit(
        pd.concat([counted(("", "x", 4, 9, 1.0), ("", "y", 5, 9, 1.0)).assign(entity=code) for code in ("UZB", "KAZ")],
                  ignore_index=True),
        pd.DataFrame({"measure": ["x", "y"], "share_pct": [40.0, 60.0]}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDERED)
def test_rows_come_in_the_order_of_what_was_given(name: str) -> None:
    found = ORDERED[name]()
    assert list(dict.fromkeys(found["entity"])) == ["UZB", "KAZ"]


P_AND_SIDES = [(0.6, 0.5, 100, 100), (0.2, 0.5, 40, 160), (1.0, 0.9, 50, 50)]


@pytest.mark.parametrize(("p", "q", "n", "m"), P_AND_SIDES)
def test_two_proportions_by_the_formula(p: float, q: float, n: float, m: float) -> None:
    both = (p * n + q * m) / (n + m)
    z = abs(p - q) / math.sqrt(both * (1 - both) * (1 / n + 1 / m))
    assert float(comparisons.two_proportion_p(p, q, n, m)) == pytest.approx(2 * norm.sf(z), rel=1e-12)
    z = abs(p - q) / math.sqrt(0.25 * (1 / n + 1 / m))
    assert float(comparisons.two_proportion_p(p, q, n, m, pooled=0.5)) == pytest.approx(2 * norm.sf(z), rel=1e-12)
    assert float(comparisons.two_proportion_p(1, 1, n, m)) == 1


def test_mcnemar_is_exact_where_few_answers_differ() -> None:
    n = 100
    for b, c in ((10, 4), (14, 10), (15, 10), (0, 3)):
        p, q = (b + 20) / n, (c + 20) / n
        few = b + c < EXACT_BELOW
        wanted = min(1.0, 2 * binom.cdf(min(b, c), b + c, 0.5)) if few else chi2.sf((b - c) ** 2 / (b + c), 1)
        assert float(comparisons.mcnemar_p(p, q, 0.2, n)) == pytest.approx(wanted), (b, c)
        assert float(comparisons.mcnemar_p(q, p, 0.2, n)) == pytest.approx(wanted)
    # Parts of answers: 10.5 against 3.5 are 10 against 4.
    assert float(comparisons.mcnemar_p(0.305, 0.235, 0.2, n)) == pytest.approx(2 * binom.cdf(4, 14, 0.5))
    assert float(comparisons.mcnemar_p(0.3, 0.3, 0.3, n)) == 1


@pytest.mark.parametrize(("p", "q", "n"), [(0.10, 0.02, 100), (0.30, 0.24, 80), (0.7, 0.6, 50), (0.9, 0.8, 60)])
def test_the_largest_paired_p_is_that_of_some_joint_table(p: float, q: float, n: int) -> None:
    both = np.linspace(max(0.0, p + q - 1), min(p, q), 20_001)
    every = comparisons.mcnemar_p(p, q, both, n)
    assert float(comparisons.largest_paired_p(p, q, n)[0]) == pytest.approx(every.max(), rel=2e-3)
    assert float(comparisons.largest_paired_p(p, q, n)[0]) >= every.max() - 1e-12


def shown(**sides: tuple[float, float, float, str]) -> pd.DataFrame:
    return made(*({"group": name, "value": value, "low": low, "high": high, "interval": kind}
                  for name, (value, low, high, kind) in sides.items()))  # fmt: skip


def test_p_values_over_the_rounding_of_two_shares() -> None:
    def tested(**more: Any) -> list[Any]:
        found = pen.share_tests(shown(a=left, b=right), left="a", right="b", sizes=[400], **more)
        return cells(found, "value", "low", "high", "interval", "group", "n")[0]

    def p(one: float, two: float, n: float = 400) -> float:
        return float(comparisons.two_proportion_p(one, two, n, n))

    left, right = (50.0, 49.0, 51.0, "rounding"), (40.0, 38.0, 43.0, "rounding")
    assert tested() == [*map(pytest.approx, (p(0.5, 0.4), p(0.51, 0.38), p(0.49, 0.43))), "rounding", "n_400", 400]
    assert tested(deff=2.0)[0] == pytest.approx(p(0.5, 0.4, 200))
    left, right = right, left
    assert tested()[:3] == [*map(pytest.approx, (p(0.5, 0.4), p(0.51, 0.38), p(0.49, 0.43)))]
    left, right = (50.0, 49.0, 51.0, "rounding"), (50.0, 51.0, 53.0, "rounding")
    assert tested()[2] == 1  # rounding meets
    left, right = (50.0, NAN, NAN, "none"), (40.0, NAN, NAN, "none")
    assert tested()[:3] == [*map(pytest.approx, [p(0.5, 0.4)] * 3)]
    left, right = (50.0, 50.0, NAN, "bound"), (40.0, 39.0, 41.0, "rounding")
    assert tested()[1:4] == [pytest.approx(p(1.0, 0.39)), pytest.approx(p(0.5, 0.41)), "bound"]
    left, right = (50.0, 49.0, 51.0, "rounding"), (0.2, -0.3, 0.7, "rounding")  # nobody is fewer than nobody
    assert tested()[1] == pytest.approx(p(0.51, 0.0))
    left, right = (50.0, 49.0, 51.0, "rounding"), (99.8, 99.3, 100.3, "rounding")
    assert tested()[1] == pytest.approx(p(0.49, 1.0))
    left, right = (50.0, NAN, 50.0, "bound"), (60.0, 59.0, 61.0, "rounding")
    assert tested()[1] == pytest.approx(p(0.0, 0.61))
    left, right = (50.0, 49.0, 51.0, "rounding"), (40.0, 38.0, 43.0, "rounding")
    paired = tested(paired=True)
    assert paired[3] == "bound"
    assert paired[0] == pytest.approx(float(comparisons.mcnemar_p(0.5, 0.4, 0.2, 400)))
    assert paired[1] == pytest.approx(float(comparisons.mcnemar_p(0.51, 0.38, 0.38, 400)))
    assert paired[2] == pytest.approx(float(comparisons.mcnemar_p(0.49, 0.43, 0.0, 400)))


def test_a_verdict_at_the_level_itself() -> None:
    given = {"source_id": "s", "entity": "E", "group": "", "period": "", "measure": "m", "n": 5.0, "low_left": 1.0,
             "high_left": 2.0, "low_right": 3.0, "high_right": 4.0}  # fmt: skip
    for low, high, verdict in (
        (0.01, 0.04, "holds"), (0.01, 0.05, "cannot be checked"), (0.05, 0.9, "fails"), (0.04, 0.9, "cannot be checked")
    ):  # fmt: skip
        found = comparisons._differ(given | {"low": low, "high": high}, "a", "b", 0.05)
        assert found["verdict"] == verdict
    assert (found["relation_id"], found["left_high"]) == ("shares_differ:s:E:::m:a:b:5", 2.0)
    for level in (0, 1):
        with pytest.raises(ValueError, match="outside 0 to 1"):
            pen.check_differences(shown(a=(1, 1, 1, "none"), b=(2, 2, 2, "none")), left="a", right="b", level=level)


def counted(*given: tuple[str, str, float, float, float]) -> pd.DataFrame:
    table = pd.DataFrame(list(given), columns=["group", "measure", "successes", "n", "deff"])
    return table.assign(entity="KAZ", period="2020", base="all", source_id="s")


def test_a_table_of_answers_and_its_design() -> None:
    table = counted(
        ("a", "x", 30, 100, 2.0), ("a", "y", 60, 100, 2.0), ("b", "x", 40, 80, 2.0), ("b", "y", 20, 80, 2.0)
    )
    found = contingency.chi_square(table).set_index("measure")
    observed = np.array([[30, 60, 10], [40, 20, 20]])
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / 180
    statistic = ((observed - expected) ** 2 / expected).sum()
    assert found["value"].to_dict() == pytest.approx({
        "chi_square": statistic, "design_effect_mean": 2.0, "chi_square_corrected": statistic / 2,
        "degrees_of_freedom": 2, "p_value": chi2.sf(statistic / 2, 2), "smallest_expected": expected.min(),
    })  # fmt: skip
    assert set(found["n"]) == {180}
    expecting = pd.DataFrame({"measure": ["x", "y"], "share_pct": [40.0, 60.0]})
    whole = counted(("a", "x", 30, 100, 1.0), ("a", "y", 70, 100, 3.0))
    fit = contingency.goodness_of_fit(whole, expecting).set_index("measure")["value"]
    assert fit["chi_square"] == pytest.approx(100 / 40 + 100 / 60)
    assert fit["design_effect_mean"] == pytest.approx(0.6 * 1 + 0.4 * 3)
    assert (fit["degrees_of_freedom"], fit["smallest_expected"]) == (1, 40)


def test_weights_below_one_have_a_design_effect_too() -> None:
    assert weighting.kish_design_effect([0.1, 0.1, 0.2]) == pytest.approx(3 * 0.06 / 0.16)
    assert weighting.kish_design_effect([0.0, 0.5]) == 2
    for wrong in ([], [0, 0], [-1, 2], [NAN, 1]):
        with pytest.raises(ValueError, match="one of them above 0"):
            weighting.kish_design_effect(wrong)


def test_an_error_of_exactly_nothing_leaves_kishs_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighting, "_linearised_variance", lambda *_: 0.0)
    asked = pd.DataFrame({"sex": ["f", "f", "m", "m"], "online": [1, 1, 1, 0]})
    totals = pd.DataFrame({"variable": "sex", "category": ["f", "m"], "total": [50, 50]})
    found = weighting.weighted_share(asked, totals, answer="online", entity="E", period="2020", source_id="s")
    row = found[found["measure"] == "online"].iloc[0]
    low, high = pen.share_interval([0.75 * 4], [4])
    assert (row["value"], row["low"], row["high"]) == pytest.approx((75, 100 * low[0], 100 * high[0]))
    assert np.isnan(found.loc[found["measure"] == "design_effect", "value"].item())


def test_a_walk_over_uneven_years() -> None:
    # Values 0, 1, 4 after 1 and 2 years: a slope of 4/3, which the steps miss by 1/3 each.
    slope, noise = forecasts._walk(np.array([1.0, 2]), np.array([0.0, 1, 4]), 1, drift=True)
    assert (slope, noise) == pytest.approx((4 / 3, 1 / 9 + 1 / 18))
    slope, noise = forecasts._walk(np.array([1.0, 2]), np.array([0.0, 1, 4]), 2, drift=False)
    assert (slope, noise) == pytest.approx((0, (1 + 9 / 2) / 2))
    slope, noise = forecasts._walk(np.array([1.0, 0, 2]), np.array([0.0, 1, 1, 4]), 1, drift=True)
    assert noise == pytest.approx(1 / 9 + (3 - 8 / 3) ** 2 / 2)


@pytest.mark.parametrize(
    ("change", "ceiling_max", "said"),
    [
        ({}, 100.0, ""),
        ({"value": [0.0, 100.0]}, 100.0, ""),
        ({"value": [0.0, 1.0], "unit": "share"}, 1.0, ""),
        ({"value": [0.0, 1e9], "unit": "persons"}, None, ""),
        ({"period": ["2020-01", "2020-01-31"]}, None, ""),
        ({"value": [1.0, NAN]}, 100.0, "missing value; leave out periods"),
        ({"value": [1.0, 100.01]}, None, "value outside what its unit allows"),
        ({"value": [1.0, 1.01], "unit": "share"}, None, "value outside what its unit allows"),
        ({"value": [1.0, -0.01], "unit": "persons"}, None, "value outside what its unit allows"),
        ({"value": [1.0, 50.01]}, 50.0, "value above ceiling_max 50; state the ceiling in the series' unit"),
        ({"period": ["2019", "2020/2021"]}, None, "a curve needs periods of one date"),
        ({"period": ["2019", ""]}, None, "a curve needs periods of one date"),
        ({"group": ["", "g"]}, None, "several groups in one series"),
    ],
)
def test_what_is_a_series_of_observations(change: dict[str, Any], ceiling_max: float | None, said: str) -> None:
    rows = made({"period": "2021"}, {"period": "2020"}, value=50.0).assign(**change)
    if not said:
        [found] = forecasts.all_series(rows, ceiling_max=ceiling_max)
        assert len(found.times) == 2
        assert found.shared["base"] == "all"
        return
    with pytest.raises(TableError, match=said):
        forecasts.all_series(rows, ceiling_max=ceiling_max)


def test_series_are_told_apart_and_stand_in_the_order_of_time() -> None:
    rows = made({"period": "2021", "value": 5.0}, {"period": "2020-07", "value": 4.0}, {"entity": "UZB", "value": 3.0})
    one, other = forecasts.all_series(rows, ceiling_max=None)
    assert (one.shared["entity"], one.times.tolist(), one.observed.tolist()) == ("KAZ", [2020.5, 2021], [4, 5])
    assert (one.period, other.period, other.shared["entity"]) == ("2020-07/2021", "2020/2020", "UZB")
    assert (forecasts.largest(one), forecasts.largest(one._replace(shared={"unit": "persons"}))) == (100, math.inf)


def observed(*values: float, unit: str = "persons") -> forecasts.Series:
    years_of = np.arange(2000.0, 2000 + len(values))
    return forecasts.Series({"unit": unit}, years_of, np.array(values), [f"{year:.0f}" for year in years_of])


@pytest.mark.parametrize(
    ("values", "ceiling", "reason"),
    [
        ((1, 2, 4), None, "too_few"),  # three parameters take four observations
        ((1, 2, 4, 7), None, ""),
        ((1, 2), 100.0, "too_few"),
        ((1, 2, 4), 100.0, ""),
        ((5, 5, 5, 5), None, "not_growing"),
        ((4, 3, 2, 1), None, "not_growing"),
        ((1, 5, 5, 1), None, "not_growing"),  # no slope at all
    ],
)
def test_why_there_is_no_curve(values: tuple[float, ...], ceiling: float | None, reason: str) -> None:
    found = forecasts.fit(observed(*values), "logistic", ceiling=ceiling)
    assert (found.reason, found.curve is None) == (reason, reason != "")
    told = forecasts.forecast(observed(*values), "logistic", np.array([2010.0, 2011]), ceiling=ceiling)
    assert told[1] == reason
    assert [np.isnan(one).tolist() for one in told[0]] == [[reason != ""] * 2] * 3


@pytest.mark.parametrize(
    ("values", "drift", "ceiling_max", "told"),
    [
        ((10, 12), True, None, "too_few"),  # one step, which is the drift itself
        ((10, 12), False, None, "too_few"),
        # Steps 2, 4: a drift of 3 that they miss by 1 each, one degree of freedom, variance 2; two years on 3 * 2.
        ((10, 12, 16), True, None, (22, 2 * (2 + 4 / 2), 1)),
        ((10, 12, 16), True, 20.0, (20, None, 1)),
        ((16, 12, 2), True, None, (0, None, 1)),  # it would go on below nothing
        ((10, 12, 16), False, None, (16, (4 + 16) / 2 * 2, 2)),
        ((10, 12, 14), True, None, (18, NAN, 1)),  # never off its line
        ((10, 10, 10), False, None, (10, NAN, 2)),
    ],
)
def test_a_walk_carried_on_two_years(
    values: tuple[float, ...], drift: bool, ceiling_max: float | None, told: str | tuple[float, float | None, int]
) -> None:
    series_given = observed(*values)
    ahead = series_given.times[-1:] + 2
    (value, low, high), reason = forecasts.straight(
        series_given, ahead, level=0.9, drift=drift, ceiling_max=ceiling_max
    )
    if isinstance(told, str):
        assert (reason, np.isnan([value, low, high]).all()) == (told, True)
        return
    assert (reason, value.item()) == ("", told[0])
    if told[1] is None:
        assert low.item() <= value.item() <= high.item()
        assert (low.item() >= 0, high.item() <= (ceiling_max or math.inf)) == (True, True)
        return
    half = student_t.ppf(0.95, told[2]) * math.sqrt(told[1])
    ends = [np.maximum(0, told[0] - half), told[0] + half]
    assert [low.item(), high.item()] == pytest.approx(ends, rel=1e-9, nan_ok=True)


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 95, NAN])
def test_levels_lie_between_0_and_1(level: float) -> None:
    with pytest.raises(ValueError, match=f"level {level} is not between 0 and 1"):
        forecasts.check_level(level)
    forecasts.check_level(0.001)
    forecasts.check_level(0.999)


@pytest.mark.parametrize("ceiling", [0.0, -1.0, math.inf, NAN])
def test_ceilings_are_numbers_above_0(ceiling: float) -> None:
    with pytest.raises(ValueError, match="is not a number above 0"):
        forecasts.check_ceilings(None, 50.0, ceiling)
    forecasts.check_ceilings(None, 1e-9, 1e9)


@pytest.mark.parametrize("models", [["logistic", "spline"], "drift"])
def test_models_are_a_list_of_known_ones(models: Any) -> None:
    with pytest.raises(ValueError, match="allowed, as a list: logistic, drift"):
        forecasts.check_models(models, ["logistic", "drift"])
    forecasts.check_models(["drift"], ["logistic", "drift"])
    forecasts.check_models([], ["logistic"])


def test_one_audience_larger_than_everybody() -> None:
    assert people._contradiction({frozenset("a"): (20.0, 20.0)}, (10.0, 10.0)) == ["a = 20", "population = 10"]
    more = {frozenset("a"): (20.0, 21.0), frozenset("b"): (5.0, 6.0)}
    assert people._contradiction(more, (10.0, 10.0)) == ["a = 20..21", "population = 10"]
