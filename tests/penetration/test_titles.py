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
    # A reaches 50 in 2002; B was there in an earlier year, C may have been, D was not.
    assert found[["period", "earlier", "unclear", "others", "case"]].tolist() == ["2002", 1, 1, 3, "open"]
    known = pen.half_online(rows[rows["entity"] != "C"], "A").iloc[0]
    assert known[["period", "earlier", "unclear", "others", "case"]].tolist() == ["2002", 1, 0, 2, "reached"]
    assert pen.half_online(rows, "D")[["case", "period", "last_pct"]].to_numpy().tolist() == [["never", "", 10.0]]
    assert pen.half_online(rows[rows["entity"] == "A"], "A")["case"].item() == "alone"
    assert pen.half_online(rows, "Z").empty


def test_who_was_first_is_not_told_by_years_without_a_value():
    own = {"2010": 40, "2011": 55}
    # 2008 to 2013: somewhere between, before, with or after A; 2009 at the latest: before; 2011 at the earliest: not.
    rows = by_year(A=own, B={"2008": 30, "2013": 70}, C={"2005": 20, "2009": 51}, D={"2010": 49, "2020": 90})
    found = pen.half_online(rows, "A").iloc[0]
    assert found[["earlier", "unclear", "others", "case"]].tolist() == [1, 1, 3, "open"]
    # The series of E ends below the level in 2009: it may have passed in 2010. That of F ends in 2010.
    ended = by_year(A=own, E={"2008": 10, "2009": 45}, F={"2010": 45})
    assert pen.half_online(ended, "A")[["earlier", "unclear", "case"]].to_numpy().tolist() == [[0, 1, "open"]]
    # What is known of A leaves 2008 to 2011, so that B of 2009 may have been later.
    gap = by_year(A={"2007": 40, "2011": 55}, B={"2008": 40, "2009": 55}, C={"2006": 40, "2007": 55})
    assert pen.half_online(gap, "A")[["earlier", "unclear", "case"]].to_numpy().tolist() == [[1, 1, "open"]]


def test_a_first_year_above_half_says_nothing_of_others():
    rows = by_year(A={"2012": 62, "2013": 63}, B={"2012": 90, "2013": 91}, C={"2012": 20, "2013": 51})
    found = pen.half_online(rows, "A").iloc[0]
    assert found[["period", "case"]].tolist() == ["2012", "already"]
    for lang, words in {"en": "2012 already", "ru": "уже в первом", "kk": "бірінші жылы-ақ (2012)"}.items():
        said = fill_sentences(
            pen.half_online(rows.assign(entity=rows["entity"].replace("A", "KAZ")), "KAZ"),
            "finding.penetration_multiples_already",
            lang=lang,
        )[0]
        assert words in said


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
    assert one[["first_gap_pct", "last_gap_pct", "right", "case"]].tolist() == [10, 5, "B", "fallen_one"]
    assert pen.distance_to_median(by_year(A={"2001": 1}, B={"2001": 2}), "A").empty
    pair = pen.distance_to_median(by_year(KAZ={"2001": 60, "2003": 70}, DNK={"2001": 50, "2003": 75}), "KAZ")
    for lang, name in {"en": "Denmark", "ru": "Дания", "kk": "Дания"}.items():
        assert name in fill_sentences(pair, "finding.model_countries_internet_users_fallen_one", lang=lang)[0]


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
    wide = pen.forecast_reach(ahead, ahead.assign(low=0.04, high=99.96)).iloc[0]
    assert wide["case"] == "open"  # 0.0 to 100.0 percent says nothing
    unknown = ahead.assign(value=math.nan)  # of one observation no model tells anything: none of them failed
    assert pen.forecast_reach(unknown, unknown).iloc[0]["case"] == "few"
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
    assert pen.leaders(named, shares).to_numpy().tolist() == [["vk", "ig", "2020", "unprinted"]]
    assert pen.leaders(named.tail(1), shares)["case"].item() == "same"
    assert pen.leaders(named.tail(1), shares.head(1))["case"].item() == "differ"
    assert pen.leaders(named.head(0), shares).empty


def test_a_ranking_is_led_by_the_largest_figure_whatever_the_order_of_rows_and_by_nobody_among_equals():
    by_name = groups(("fb", 2, 2, 2), ("ig", 9, 9, 9), unit="accounts")
    views = groups(("fb", 40, 39.5, 40.5), ("ig", 30, 29.5, 30.5))
    assert pen.leaders(by_name, views).to_numpy().tolist() == [["ig", "fb", "2020", "differ"]]
    later = pen.leaders(by_name, views.assign(period="2021")).assign(first_group="instagram", other_group="facebook")
    said = fill_sentences(later, "finding.platform_figures_differ", lang="en")[0]
    assert (
        said == "By accounts Instagram leads, by page views Facebook (2020–2021): the rankings count different things"
    )
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


@pytest.mark.parametrize(
    ("first", "last", "case"),
    [
        (-5, -3, "below"), (-5, 0, "below"), (0, 0, "below"), (0, -5, "below"),
        (-5, 5, "risen"),
        (0, 5, "above"), (5, 0, "above"), (5, 3, "above"),
        (5, -5, "fallen"),
    ],
)  # fmt: skip
def test_on_which_side_of_the_median_an_entity_is(first, last, case):
    # B and C lie 10 below and 10 above the median of 50 in both years.
    both = {"2001": 40, "2003": 40}, {"2001": 60, "2003": 60}
    rows = by_year(A={"2001": 50 + first, "2003": 50 + last}, B=both[0], C=both[1])
    found = pen.distance_to_median(rows, "A").iloc[0]
    assert found[["entity", "others", "first_gap_pct", "last_gap_pct", "case"]].tolist() == [
        "A", 2, abs(first), abs(last), case,
    ]  # fmt: skip
    one = pen.distance_to_median(by_year(A={"2001": 50 + first, "2003": 50 + last}, B={"2001": 50, "2003": 50}), "A")
    assert one[["others", "case"]].to_numpy().tolist() == [[1, f"{case}_one"]]


def test_who_was_online_in_the_same_year_was_not_earlier():
    rows = by_year(A={"2003": 20, "2001": 10, "2002": 60}, B={"2002": 55}, C={"2001": 49, "2002": 51}, D={"2001": 50})
    found = pen.half_online(rows, "A")
    told = ["entity", "level_pct", "period", "earlier", "unclear", "others", "last_period", "last_pct", "case"]
    assert found[told].iloc[0].tolist() == [
        "A", 50, "2002", 1, 1, 3, "2003", 20, "open",
    ]  # fmt: skip
    high = pen.half_online(rows, "A", level=60).iloc[0]
    assert high[["level_pct", "period", "earlier", "case"]].tolist() == [60, "2002", 0, "reached"]
    assert pen.half_online(rows, "A", level=60.01)["case"].item() == "never"


@pytest.mark.parametrize(
    ("rows", "smallest", "told"),
    [
        ((("x", 20, 19, 21), ("y", 18, 17, 19)), False, ["x", 20, "y", "y", 18, "close"]),  # they meet at 19
        ((("x", 20, 19.1, 21), ("y", 18, 17, 19)), False, ["x", 20, "y", "y", 18, "clear"]),
        ((("x", 20, 19, 21), ("y", 18, 17, 19)), True, ["y", 18, "x", "x", 20, "close"]),
        ((("x", 20, 19.1, 21), ("y", 18, 17, 19), ("z", 90, 1, 99)), True, ["y", 18, "x", "z", 90, "clear"]),
        ((("x", 20, math.nan, math.nan), ("y", 18, 17, 20)), False, ["x", 20, "y", "y", 18, "close"]),
        ((("x", 20, 18.5, 21), ("y", 18, 17, math.nan)), False, ["x", 20, "y", "y", 18, "clear"]),
        ((("x", 20, 19, 21), ("y", 20, 19, 21), ("w", math.nan, 50, math.nan)), False,
         ["x", 20, "y", "y", 20, "close"]),
    ],
)  # fmt: skip
def test_first_and_last_of_figures_and_whether_their_intervals_meet(rows, smallest, told):
    found = pen.extremes(groups(*rows), smallest=smallest).iloc[0]
    assert found[["group", "top", "second_group", "last_group", "last_value", "case"]].tolist() == told
    assert found[["entity", "period", "n"]].tolist() == ["KAZ", "2020", sum(not math.isnan(row[1]) for row in rows)]


def test_ratios_within_bounds_alone_name_nobody():
    known = groups(("x", 3, 3, 3), ("y", 9, 9, 9))
    pd.testing.assert_frame_equal(pen.writers_found(known), pen.extremes(known))
    hidden = pen.writers_found(groups(("x", 3, 3, 3), ("y", math.nan, 1, 9), ("z", math.nan, 1, 9)))
    assert hidden.to_dict("records") == [{"period": "2020", "n": 3, "known": 1, "case": "hidden"}]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # A lag repeats where its interval holds 0, at an end as well; the years of editions are counted once.
        ([("2021-01", "lag_1", 0, 1), ("2022-01", "lag_1", -1, 0), ("2022-01", "lag_2", -1, 1)],
         (2, 2, "lag_1", "repeated")),
        ([("2021-01", "lag_1", 0.01, 1), ("2022-01", "lag_1", -1, -0.01)], (2, 0, "", "new")),
        ([("2021-01", "lag_1", -1, 1), ("2021-01", "lag_1", -2, 1), ("2021-01", "lag_0", -1, 1),
          ("2022-01", "lag_0", -1, 1), ("2023-01", "lag_3", 1, 2)], (3, 2, "lag_0", "same")),
    ],
)  # fmt: skip
def test_the_lag_that_most_editions_repeat(rows, told):
    found = pen.repeats_found(pd.DataFrame(rows, columns=["period", "group", "low", "high"])).iloc[0]
    assert tuple(found[["editions", "repeats", "group", "case"]]) == told


@pytest.mark.parametrize(("high", "case"), [(99.9, "bounded"), (100.0, "open"), (math.nan, "open")])
def test_the_audience_that_needs_most_people_and_what_limits_them(high, case):
    bounds = groups(
        *((name, math.nan, *ends) for name, ends in {"few": (10, 20), "most": (63, high), "same": (63, 70)}.items())
    )
    told = pen.people_found(bounds.assign(period=["2019", "2020", "2021"])).iloc[0]
    assert told[["group", "period", "unit", "low", "case"]].tolist() == ["most", "2020", "percent", 63, case]
    assert pen.people_found(bounds.head(0)).empty


@pytest.mark.parametrize(
    ("verdicts", "editions_known", "told"),
    [
        (["holds", "holds"], 2, (2, 2, "all")),
        (["holds", "cannot be checked", "fails"], 2, (3, 1, "some")),
        (["fails"], 2, (1, 0, "none")),
        (["holds"], 0, (1, 1, "none")),
    ],
)
def test_pairs_agree_on_a_population_of_the_last_edition(verdicts, editions_known, told):
    people = pd.DataFrame({"period": ["2023-01", "2021-01"], "low": [3.0, 1.0], "high": [4.0, 2.0]}).head(
        editions_known
    )
    found = pen.populations_found(pd.DataFrame({"verdict": verdicts}), people).iloc[0]
    assert tuple(found[["pairs", "agree", "case"]]) == told
    if told[2] != "none":
        assert found[["period", "low", "high"]].tolist() == ["2023-01", 3, 4]
    else:
        assert "low" not in found


def test_the_level_of_a_back_test_and_the_ends_of_all_horizons():
    rows = pd.DataFrame({"level": [0.9, 0.9], "least_pct": [80.0, 50.0], "most_pct": [96.0, 60.0], "reading": "x"})
    assert pen.coverage_found(rows).to_dict("records") == [{"level": 0.9, "least_pct": 50, "most_pct": 96, "case": "x"}]
    assert pen.coverage_found(rows.head(0)).empty


def test_forecasts_of_the_last_year_with_an_interval_give_the_ends():
    rows = groups(("a", 90, 85, 95), ("b", 70, math.nan, math.nan), ("c", math.nan, math.nan, math.nan))
    found = pen.forecast_reach(rows, rows).iloc[0]
    assert found[["models", "drawn", "low_pct", "high_pct", "case"]].tolist() == [3, 2, 85, 95, "some"]
    older = pd.concat([rows, rows.assign(period="2019", low=1.0, high=99.0)], ignore_index=True)
    assert pen.forecast_reach(older, older)[["period", "low_pct"]].to_numpy().tolist() == [["2020", 85]]


@pytest.mark.parametrize(
    ("first", "second", "case"),
    [
        ([("a", 9, 8, 10), ("b", 7, 6, 8)], [("a", 9, 9, 9)], "open"),  # the intervals of a and b meet at 8
        ([("a", 9, 8.1, 10), ("b", 7, 6, 8)], [("a", 9, 9, 9)], "same"),
        ([("b", 7, 6, 8), ("a", 9, 8.1, 10)], [("b", 9, 9, 9)], "differ"),
        ([("a", 9, 9, 9)], [("a", 9, 8, 10), ("b", 7, 6, 8)], "open"),
        ([("n", math.nan, math.nan, math.nan), ("a", 9, 8, 10), ("b", 9, 8, 10)], [("a", 9, 9, 9)], "unprinted"),
        ([("n", math.nan, math.nan, math.nan)], [("a", 9, 9, 9), ("b", 9, 9, 9)], "open"),
    ],
)
def test_who_leads_two_rankings(first, second, case):
    assert pen.leaders(groups(*first), groups(*second))["case"].item() == case
    assert pen.leaders(groups(*first), groups(("a", math.nan, 1, 2))).empty
