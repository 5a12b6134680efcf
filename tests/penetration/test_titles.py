"""What figures on penetration say in their titles: for any entity, with what intervals leave open."""

import math
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import penetration as pen
from digital_diplomacy import sources
from digital_diplomacy.figures import fill_sentences
from digital_diplomacy.penetration.rows import estimates

REPOSITORY = Path(__file__).parents[2]


def by_year(**values):
    rows = [(code, year, value) for code, known in values.items() for year, value in known.items()]
    frame = pd.DataFrame(rows, columns=["entity", "period", "value"])
    return estimates(frame, measure="internet_users_pct", unit="percent", base="population", source_id="s")


def groups(*rows, unit="percent", measure="has_account"):
    frame = pd.DataFrame(rows, columns=["group", "value", "low", "high"])
    return estimates(frame, entity="KAZ", period="2020", measure=measure, unit=unit, interval="rounding", source_id="s")


def test_half_online_counts_those_who_were_earlier():
    rows = by_year(A={"2001": 40, "2002": 50}, B={"2001": 60}, C={"2002": 70}, D={"2003": 10})
    found = pen.half_online(rows, "A").iloc[0]
    # A reaches 50 in 2002; of B, C and D only B was there in an earlier year.
    assert found[["period", "earlier", "others", "case"]].tolist() == ["2002", 1, 3, "reached"]
    assert pen.half_online(rows, "D")[["case", "period", "last_pct"]].to_numpy().tolist() == [["never", "", 10.0]]
    assert pen.half_online(rows[rows["entity"] == "B"], "B")["case"].item() == "alone"
    assert pen.half_online(rows, "Z").empty


def test_distance_to_the_median_takes_years_all_have():
    rows = by_year(
        A={"2000": 1, "2001": 10, "2003": 40}, B={"2001": 30, "2002": 1, "2003": 50}, C={"2001": 50, "2003": 52}
    )
    found = pen.distance_to_median(rows, "A").iloc[0]
    # 2001: 10 - median(30, 50) = -30; 2003: 40 - median(50, 52) = -11.
    assert found[["first_period", "first_gap_pct", "last_period", "last_gap_pct"]].tolist() == [
        "2001",
        30,
        "2003",
        11,
    ]
    assert found["case"] == "below"
    turned = by_year(A={"2001": 40, "2003": 60}, B={"2001": 50, "2003": 50})
    assert pen.distance_to_median(turned, "A")["case"].item() == "risen_one"
    assert pen.distance_to_median(turned, "B")["case"].item() == "fallen_one"
    assert (
        pen.distance_to_median(by_year(A={"2001": 60, "2003": 70}, B={"2001": 50, "2003": 50}), "A")["case"].item()
        == "above_one"
    )
    # A: 40 - 51, 60 - 52; B: 50 - 46, 50 - 57; C: 52 - 45, 54 - 55.
    three = by_year(A={"2001": 40, "2003": 60}, B={"2001": 50, "2003": 50}, C={"2001": 52, "2003": 54})
    assert [pen.distance_to_median(three, code)["case"].item() for code in "ABC"] == ["risen", "fallen", "fallen"]
    assert pen.distance_to_median(rows, "Z").empty
    one = pen.distance_to_median(by_year(A={"2001": 60, "2003": 70}, B={"2001": 50, "2003": 75}), "A").iloc[0]
    assert one[["first_gap_pct", "last_gap_pct", "other_entity", "case"]].tolist() == [10, 5, "B", "fallen_one"]
    assert pen.distance_to_median(by_year(A={"2001": 1}, B={"2001": 2}), "A").empty


def test_a_change_across_a_new_definition_is_no_rise_or_fall():
    rows = editions(y2021=63.5, y2023=60.8)
    breaks = pd.DataFrame({"measure": ["internet_users_pct"] * 2, "period": ["2022-01", "2019-01/2020-01"]})

    def case(of):
        return pen.percent_change(rows, "A", breaks=of)["case"].item()

    assert [case(breaks), case(breaks.head(1)), case(breaks.tail(1)), case(None)] == ["redefined"] * 2 + ["down"] * 2
    assert case(breaks.assign(measure="social_media_users_pct")) == "down"
    assert case(breaks.head(1).assign(period="2023-01")) == "redefined"  # the last figure is the first of the new kind
    assert case(breaks.head(1).assign(period="2021-01")) == "down"


def test_the_first_of_two_whose_intervals_meet_is_not_called_first():
    clear = pen.extremes(groups(("x", 10, 9, 11), ("y", 20, 19, 21), ("z", 5, 4, 6))).iloc[0]
    assert clear[["group", "top", "second_group", "last_group", "last_value", "case"]].tolist() == [
        "y",
        20,
        "x",
        "z",
        5,
        "clear",
    ]
    assert pen.extremes(groups(("x", 19, 18, 20), ("y", 20, 20, 21)))["case"].item() == "close"
    least = pen.extremes(groups(("x", 3, 2, 4.5), ("y", 5, 4, 6), ("z", 9, 8, 9)), smallest=True).iloc[0]
    assert least[["group", "last_group", "case"]].tolist() == ["x", "z", "close"]
    assert pen.extremes(groups(("x", 1, 1, 1))).empty


def test_extremes_refuse_what_cannot_be_compared():
    mixed = pd.concat([groups(("x", 1, 1, 1)), groups(("y", 2, 2, 2), unit="accounts")])
    with pytest.raises(ValueError, match="in one unit; select the rows"):
        pen.extremes(mixed)
    with pytest.raises(ValueError, match="one figure of each group"):
        pen.extremes(pd.concat([groups(("x", 1, 1, 1)), groups(("x", 2, 2, 2))]))


def test_forecasts_that_pass_are_told_with_the_ends_of_all_their_intervals():
    frame = pd.DataFrame(
        {
            "group": ["a", "a", "b", "b"],
            "period": ["2025", "2028"] * 2,
            "value": [90, 95, 80, 85.0],
            "low": [89, 93, 79, 80.0],
            "high": [91, 97, 81, 88.0],
        }
    )
    ahead = estimates(frame, entity="A", measure="m", unit="percent", interval="prediction", level=0.95, source_id="s")
    some = pen.forecast_reach(ahead, ahead).iloc[0]
    assert some[["models", "drawn", "period", "low_pct", "high_pct", "case"]].tolist() == [2, 2, "2028", 80, 97, "some"]
    none = pen.forecast_reach(ahead, ahead[ahead["period"] < "2026"]).iloc[0]
    assert none[["drawn", "case"]].tolist() == [0, "none"]
    bare = pen.forecast_reach(ahead, ahead.assign(low=math.nan, high=math.nan)).iloc[0]
    assert bare[["low_pct", "high_pct", "case"]].tolist() == [85, 95, "bare"]
    assert pen.forecast_reach(ahead.head(0), ahead.head(0)).empty


def test_coverage_of_horizons_that_differ_is_said_to_differ():
    rows = pd.DataFrame({"level": 0.95, "least_pct": [80.0, 50.0], "most_pct": [96.0, 60.0]})
    found = pen.coverage_found(rows.assign(reading=["intervals_hold", "intervals_narrow"])).iloc[0]
    assert found[["least_pct", "most_pct", "case"]].tolist() == [50.0, 96.0, "intervals_differ"]
    assert pen.coverage_found(rows.assign(reading="intervals_narrow"))["case"].item() == "intervals_narrow"


def test_populations_agree_all_some_or_none():
    pair = pd.DataFrame({"verdict": ["holds", "fails"]})
    people = pd.DataFrame({"period": ["2021-01", "2023-01"], "low": [1.0, 3.0], "high": [2.0, 4.0]})
    some = pen.populations_found(pair, people).iloc[0]
    assert some[["pairs", "agree", "period", "low", "case"]].tolist() == [2, 1, "2023-01", 3.0, "some"]
    assert pen.populations_found(pair.head(1), people)["case"].item() == "all"
    assert pen.populations_found(pair.tail(1), people.head(0))["case"].item() == "none"
    assert pen.populations_found(pair.head(0), people).empty


def editions(**printed):
    rows = pd.DataFrame([(f"{year[1:]}-01", value) for year, value in printed.items()], columns=["period", "value"])
    rows = rows.assign(low=rows["value"] - 0.05, high=rows["value"] + 0.05, entity="A", interval="rounding")
    return estimates(rows, measure="internet_users_pct", unit="percent", base="population", source_id="printed")


def test_editions_repeat_the_value_of_an_earlier_year():
    series = by_year(A={"2019": 81.88, "2020": 85.94, "2021": 90.92, "2023": 92.88})
    printed = editions(y2021=81.9, y2023=90.9)
    found = pen.repeats_found(pen.penetration_lag(printed, series)).iloc[0]
    # 81.9 is 2019 rounded, two years before 2021; 90.9 is 2021 rounded, two years before 2023.
    assert found[["editions", "repeats", "group", "case"]].tolist() == [2, 2, "lag_2", "repeated"]
    assert pen.repeats_found(pen.penetration_lag(editions(y2021=70.0), series))["case"].item() == "new"
    assert pen.repeats_found(pen.penetration_lag(editions(y2021=90.9), series))["case"].item() == "same"
    shown = pen.edition_repeats(printed, series)
    cell = shown[(shown["period"] == "2023-01") & (shown["group"] == "lag_2")].iloc[0]
    assert cell["value"] == pytest.approx(90.92)
    assert cell["source_id"] == "s"
    assert shown[shown["group"] == "printed"]["value"].tolist() == [81.9, 90.9]
    assert pen.edition_repeats(printed, series.head(0)).empty
    # What the editions print beside it is passed over, as penetration_lag does.
    beside = pd.concat([printed, printed.assign(measure="social_media_users_pct")])
    pd.testing.assert_frame_equal(pen.edition_repeats(beside, series), shown)


def test_bounds_in_persons_become_percent_of_the_nearest_population():
    rows = pd.DataFrame(
        {
            "group": ["late", "early", "asked"],
            "period": ["2023-09", "2020", "2017"],
            "low": [2e6, 6e6, 58.0],
            "high": [3e6, math.nan, 100.0],
            "unit": ["persons", "persons", "percent"],
            "base": ["authors", "accounts", "respondents"],
        }
    )
    bounds = estimates(rows, entity="A", measure="distinct_people", interval="bound", source_id="s")
    people = pd.DataFrame({"period": ["2021", "2023"], "value": [1e7, 2e7], "low": [1e7, 1.9e7], "high": [1.2e7, 2e7]})
    people = estimates(people, entity="A", measure="p", unit="persons", interval="rounding", source_id="s")
    found = pen.audience_shares(bounds, people).set_index("group")
    # late: 2e6 / 2e7 = 10 % to 3e6 / 1.9e7 = 15.79 %; early: 6e6 / 1.2e7 = 50 % and open.
    assert found.loc["late", ["low", "high"]].tolist() == pytest.approx([10, 15.789473])
    assert found.loc["early", "low"] == 50
    assert math.isnan(found.loc["early", "high"])
    assert found.loc["asked", ["low", "high", "base"]].tolist() == [58, 100, "respondents"]
    told = pen.people_found(found.reset_index().query("base == 'population'"))
    assert told[["group", "low", "case"]].to_numpy().tolist() == [["early", 50, "open"]]
    assert pen.people_found(found.reset_index().query("group == 'late'"))["case"].item() == "bounded"
    assert pen.audience_shares(bounds, people.head(0))["group"].tolist() == ["asked"]
    assert pen.audience_shares(bounds.head(0), people).empty


def test_a_ranking_may_name_its_first_without_a_figure():
    named = groups(("vk", math.nan, math.nan, math.nan), ("ig", 9, 9, 9), unit="accounts")
    shares = groups(("pin", 30, 30, 30), ("ig", 40, 40, 40))
    assert pen.leaders(named, shares).to_numpy().tolist() == [["vk", "ig", "unprinted"]]
    assert pen.leaders(named.tail(1), shares)["case"].item() == "same"
    assert pen.leaders(named.tail(1), shares.head(1))["case"].item() == "differ"
    assert pen.leaders(named.head(0), shares).empty


def test_a_ranking_is_led_by_the_largest_figure_whatever_the_order_of_rows_and_by_nobody_among_equals():
    by_name = groups(("fb", 2, 2, 2), ("ig", 9, 9, 9), unit="accounts")
    views = groups(("fb", 40, 39.5, 40.5), ("ig", 30, 29.5, 30.5))
    assert pen.leaders(by_name, views).to_numpy().tolist() == [["ig", "fb", "differ"]]
    equal = groups(("fb", 2, 2, 2), ("ig", 2, 2, 2), unit="accounts")
    assert pen.leaders(equal, views)["case"].item() == "open"
    near = groups(("fb", 40, 39.5, 40.5), ("ig", 40.4, 39.9, 40.9))
    assert pen.leaders(by_name, near)["case"].item() == "open"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("country", ["KAZ", "UZB", "BRA", "EST"])
def test_titles_are_said_of_any_country(lang, country):
    users = pen.internet_users(sources.load("internet_users", root=REPOSITORY), countries=[country, "AUT", "SGP"])
    drawn = pen.within(users, "2010/2024")
    rows = {
        "finding.penetration_multiples": pen.half_online(users, country),
        "finding.model_countries_internet_users": pen.distance_to_median(drawn, country),
        "finding.internet_users_over_time": pen.percent_change(drawn, country),
    }
    for code, found in rows.items():
        said = fill_sentences(found, f"{code}_{found['case'].item()}", lang=lang)[0]
        assert "{" not in said
        assert not said.endswith(".")
        assert len(said) <= 120
