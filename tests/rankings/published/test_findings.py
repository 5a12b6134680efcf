"""Titles of figures: what they say in every case, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels, rankings
from digital_diplomacy.rankings.rows import estimates


def rows(entity: list[str], value: list[float], **changed: object) -> pd.DataFrame:
    frame = pd.DataFrame({"entity": entity, "value": value}).assign(period="2024", measure="m", unit="rank")
    frame = frame.assign(low=frame["value"], high=frame["value"], source_id="un_egdi").assign(**changed)
    return estimates(frame)


def told(frame: pd.DataFrame) -> dict[str, object]:
    return {str(key): value for key, value in frame.iloc[0].items()}


def test_a_place_is_printed_or_bounded_or_there_is_none() -> None:
    review = rows(["KAZ", "EST"], [38, np.nan], low=[38.0, 19.0], high=[38.0, 209.0], n=210.0)
    assert told(rankings.review_place(review, "KAZ"))["case"] == "place"
    bounded = told(rankings.review_place(review, "EST"))
    assert (bounded["case"], bounded["low"], bounded["high"], bounded["n"]) == ("bounds", 19, 209, 210)
    assert rankings.review_place(review, "BRA").empty


@pytest.mark.parametrize(
    ("value", "left", "least", "most"),
    [([57.1, 9.93], "RUS", 9.9, 57), ([0.5, 0.1], "KAZ", 2, 10)],  # of 0.5 and 0.1 times, the other has 2 and 10
)
def test_the_larger_audience_is_named_first(value: list[float], left: str, least: float, most: float) -> None:
    ratio = rows(["RUS", "RUS"], value, group=["twitter", "facebook"], unit="times", measure="audience_ratio")
    lead = told(rankings.audience_lead(ratio, "KAZ"))
    assert (lead["case"], lead["left"], lead["least"], lead["most"]) == ("lead", left, least, most)


def test_audiences_that_cannot_be_told_apart_make_no_lead() -> None:
    ratio = rows(["RUS", "RUS"], [2, 1.01], low=[1.9, 0.99], high=[2.1, 1.03], group=["twitter", "facebook"])
    lead = told(rankings.audience_lead(ratio, "KAZ"))
    assert (lead["case"], lead["more"], lead["fewer"], lead["n"]) == ("mixed", 0, 1, 2)
    assert rankings.audience_lead(ratio.head(0), "KAZ").empty


def test_several_other_ministries_are_counted_and_not_named() -> None:
    ratio = rows(["RUS", "UZB"], [2, 3], group="twitter")
    assert told(rankings.audience_lead(ratio, "KAZ"))["case"] == "mixed"


def test_the_course_of_an_index_counts_who_stood_above_in_each_edition() -> None:
    index = rows(
        ["KAZ", "UZB", "KAZ", "UZB", "EST"],
        [0.3, 0.4, 0.9, 0.8, 0.95],
        period=["2003", "2003", "2024", "2024", "2024"],
        unit="index",
    )
    course = told(rankings.index_course(index, "KAZ"))
    # 2003: UZB of 1 other above; 2024: EST of 2 others.
    assert [course[name] for name in ("first_above", "first_n", "last_above", "last_n")] == [1, 1, 1, 2]
    assert rankings.index_course(index, "EST").empty
    # Australia has 0.95770 in 2024 and the United Kingdom 0.95771, each to 0.00005: who is higher is not certain.
    near = rows(
        ["AUS", "GBR", "AUS", "GBR"], [0.94053, 0.9138, 0.95770, 0.95771],
        low=[0.94048, 0.91375, 0.95765, 0.95766], high=[0.94058, 0.91385, 0.95775, 0.95776],
        interval="rounding", period=["2022", "2022", "2024", "2024"], unit="index",
    )  # fmt: skip
    course = told(rankings.index_course(near, "AUS"))
    assert [course[name] for name in ("first_above", "last_above", "last_n", "case")] == [0, 0, 1, "ahead"]
    assert "case" not in told(rankings.index_course(index, "KAZ"))
    certain = {"en": "certainly below", "ru": "заведомо больший", "kk": "анық жоғары"}
    assert all(word in labels.raw("finding.egdi_over_time", lang) for lang, word in certain.items())
    said = labels.text("finding.egdi_over_time_ahead", "en", **course | {"entity": "Australia"})
    assert said.endswith("in both editions certainly below none of the others shown")


def test_the_course_of_an_index_begins_where_there_are_others_and_is_told_alone_where_there_are_none() -> None:
    states, periods = ["KAZ", "KAZ", "UZB", "KAZ", "UZB"], ["2003", "2004", "2004", "2024", "2024"]
    index = rows(states, [0.3, 0.4, 0.5, 0.9, 0.8], period=periods, unit="index")
    course = told(rankings.index_course(index, "KAZ"))
    assert [course[name] for name in ("first_period", "first_above", "last_above")] == ["2004", 1, 0]
    alone = told(rankings.index_course(index[index["entity"] == "KAZ"], "KAZ"))
    assert [alone[name] for name in ("first_period", "first", "last", "case")] == ["2003", 0.3, 0.9, "alone"]


def counts(agreeing: list[float]) -> pd.DataFrame:
    periods = ["2020", "2022", "2024"]
    return rows(["WORLD"] * 3, agreeing, period=periods, group="index_agrees", unit="count", n=193.0)


def test_agreement_names_the_edition_with_most_that_do_not_follow() -> None:
    found = told(rankings.agreement_found(counts([193, 190, 101])))
    assert (found["case"], found["count"], found["total"]) == ("some", 1, 3)
    assert (found["edition"], found["off"], found["states"]) == (2024, 92, 193)
    assert told(rankings.agreement_found(counts([193, 193, 193])))["case"] == "all"


def test_weights_are_equal_only_if_a_third_lies_inside_all_three() -> None:
    groups, periods = ["osi", "hci", "tii"] * 2, ["2008"] * 3 + ["2024"] * 3
    low, high = [0.33995, 0.3299, 0.3299, 0.333, 0.333, 0.333], [0.34, 0.3301, 0.3301, 0.334, 0.334, 0.334]
    weights = rows(["WORLD"] * 6, [0.34, 0.33, 0.33, *[1 / 3] * 3], low=low, high=high, group=groups, period=periods)
    found = told(rankings.weights_found(weights))
    # The farthest end is 0.34: 0.67 points above a third, told as at most 0.7.
    assert (found["count"], found["total"], found["most"]) == (1, 2, 0.7)


def test_differences_count_those_whose_interval_holds_nothing() -> None:
    differences = rows(
        ["KAZ", "UZB", "EST"], [-2.0, 1.0, 0.2], low=[-3, 0, -0.8], high=[-1, 2, 1.2], unit="last_digits"
    )
    found = told(rankings.differences_found(differences))
    assert (found["case"], found["count"], found["total"], found["most"]) == ("some", 2, 3, 2.0)


def changes(now: list[float], needed: list[float], kind: str) -> pd.DataFrame:
    groups = ["osi", "hci", "tii"] * 2
    frame = rows(["KAZ"] * 6, [*now, *needed], group=groups, measure=[f"{kind}_now"] * 3 + [f"{kind}_needed"] * 3)
    return frame.assign(low=np.nan, high=np.nan)


AIM = pd.DataFrame({"entity": ["KAZ"], "now": [24], "goal": [19]})


def test_the_rises_of_components_are_told_rounded_up_and_apart_where_they_differ() -> None:
    found = told(rankings.component_needed(changes([0.9, 0.8, 0.95], [0.9554, 0.8561, np.nan], "value"), AIM))
    # 0.0554 and 0.0561: told as 0.056 and 0.057, which are enough; the third component has no room.
    assert (found["case"], found["count"], found["total"], found["goal"]) == ("several", 2, 3, 19)
    assert (found["rise"], found["most"]) == (0.056, 0.057)
    alike = told(rankings.component_needed(changes([0.9, 0.8, 0.95], [0.9554, 0.8556, np.nan], "value"), AIM))
    assert (alike["case"], alike["rise"], alike["most"]) == ("one", 0.056, 0.056)  # 0.0554 and 0.0556
    none = rankings.component_needed(changes([0.9] * 3, [np.nan] * 3, "value"), AIM)
    assert told(none)["case"] == "none"
    first = rankings.component_needed(changes([0.9] * 3, [0.9] * 3, "value"), AIM.assign(now=1, goal=1))
    assert told(first)["case"] == "first"
    assert rankings.component_needed(changes([0.9] * 3, [0.9] * 3, "value"), AIM.head(0)).empty


def test_the_weight_that_must_change_most_is_told_in_percent() -> None:
    third = [1 / 3] * 3
    found = told(rankings.weights_needed(changes(third, [0.428, 0.153, 0.419], "weight"), AIM))
    assert (found["group"], found["first"], found["last"]) == ("hci", 33.3, 15.3)
    assert told(rankings.weights_needed(changes(third, [np.nan] * 3, "weight"), AIM))["case"] == "none"


def pair(low: float, value: float, high: float, n: int) -> pd.DataFrame:
    return pd.DataFrame({"measure": ["kendall_tau_b"], "value": [value], "low": [low], "high": [high], "n": [float(n)]})


@pytest.mark.parametrize(
    ("sampled", "bounded", "case"),
    [
        # Of 44 units in independent orders 95 % stay below 1.96 sqrt(2 * 93 / (9 * 44 * 43)) = 1.96 * 0.1045 = 0.2048.
        (pair(0.43, 0.65, 0.85, 20), pair(0.206, np.nan, 0.611, 44), "alike"),
        (pair(0.43, 0.65, 0.85, 20), pair(0.204, np.nan, 0.611, 44), "partly"),
        (pair(0.43, 0.65, 0.85, 20), pair(-0.1, np.nan, 0.611, 44), "partly"),
        (pair(-0.1, 0.3, 0.6, 20), pair(0.3, np.nan, 0.611, 44), "unclear"),
        (pair(-0.9, -0.65, -0.4, 20), pair(-0.7, np.nan, -0.206, 44), "opposed"),
        (pair(-0.9, -0.65, -0.4, 20), pair(-0.7, np.nan, -0.1, 44), "unclear"),
    ],
)
def test_rankings_agree_only_where_every_order_that_fits_stands_out_from_chance(
    sampled: pd.DataFrame, bounded: pd.DataFrame, case: str
) -> None:
    assert told(rankings.rankings_alike(sampled, bounded))["case"] == case
    assert rankings.rankings_alike(sampled.head(0), bounded).empty


@pytest.mark.parametrize("low", [0.038, -0.038])
def test_bounds_of_a_coefficient_are_rounded_outwards(low: float) -> None:
    found = told(rankings.rankings_alike(pair(0.4, 0.65, 0.8, 20), pair(low, np.nan, 0.611, 44)))
    assert (found["least"], found["most"]) == ({0.038: 0.03, -0.038: -0.04}[low], 0.62)


def test_other_methods_move_a_rank_or_leave_it() -> None:
    frame = pd.concat([rows(["KAZ"], [24], measure="rank_nominal"), rows(["KAZ"], [24], measure="rank_median_method")])
    moved = frame.assign(low=[np.nan, 22.0], high=[np.nan, 26.0])
    found = told(rankings.method_range(moved, "KAZ"))
    assert (found["case"], found["best"], found["worst"], found["declared"]) == ("range", 22, 26, 24)
    assert told(rankings.method_range(frame, "KAZ"))["case"] == "fixed"
    assert rankings.method_range(frame, "UZB").empty


def test_only_entities_with_two_places_are_compared_and_the_best_comes_first() -> None:
    review = rows(
        ["KAZ", "KAZ", "ALB", "ALB", "RUS", "AZE", "AZE"],
        [38, 44, 43, 31, 4, np.nan, 47],
        period=["2016", "2017", "2016", "2017", "", "2016", "2017"],
        low=1.0,
        high=209.0,
        group=["place_document", "place_derived", *["place_exact"] * 5],
    )
    both = rankings.both_editions(review)
    assert list(zip(both["entity"], both["period"], both["value"], strict=True)) == [
        ("ALB", "2016", 43),
        ("ALB", "2017", 31),
        ("KAZ", "2016", 38),
        ("KAZ", "2017", 44),
    ]


def test_a_difference_is_told_in_units_of_the_last_digit() -> None:
    values = pd.DataFrame({"edition": 2024, "iso3": ["KAZ"], "osi": 0.5, "hci": 0.5, "tii": 0.5004, "egdi": 0.5003})
    values = values.assign(epi=0.5, rank=1)
    scheme = pd.DataFrame({"edition": [2024], "agreeing_decimals": 4, "assessed_count": 1})
    scheme = scheme.assign(**{f"{name}_decimals": 4 for name in ("egdi", "osi", "hci", "tii")})
    scheme = scheme.assign(**{f"{name}_weight": 1 for name in ("osi", "hci", "tii")})
    exceptions = pd.DataFrame({"edition": [], "iso3": [], "column": [], "reason": []})
    row = rankings.index_differences(values, scheme, exceptions).iloc[0]
    # The mean is 0.50013333…: 1.666667 units of 0.0001 below 0.5003; half a unit of each side is open.
    assert row["value"] == pytest.approx(5 / 3, abs=1e-6)
    assert (row["low"], row["high"]) == pytest.approx((2 / 3, 8 / 3), abs=1e-6)


def test_every_case_of_a_finding_has_words_in_every_language() -> None:
    cases = {
        "ddr_ranking": "place bounds none",
        "ddr_moves": "up down same none",
        "audiences_compared": "lead mixed",
        "egdi_rank_over_time": "up down same unclear none",
        "egdi_agreement": "all some",
        "egdi_published": "all some",
        "egdi_method_uncertainty": "fixed range",
        "egdi_what_if": "one none first",
        "egdi_weights_what_if": "other none first",
        "egdi_ddr_correlation": "alike opposed unclear",
    }
    wanted = {f"finding.{name}_{case}" for name, words in cases.items() for case in words.split()}
    assert not wanted - set(labels.codes("finding."))
    for code in wanted:
        assert labels.fields(code, "en") == labels.fields(code, "kk") == labels.fields(code, "ru"), code


def test_editions_that_follow_to_the_last_digit_are_counted_and_the_worst_is_named() -> None:
    """Of four editions of 193 states two follow wholly; in one 193 - 190 = 3 do not, in another 193 - 101 = 92."""
    fixed = {"period": ["2018", "2020", "2022", "2024"], "group": "index_agrees", "n": 193}
    found = rankings.agreement_found(pd.DataFrame({**fixed, "value": [193, 190, 193, 101]})).iloc[0]
    told = {"count": 2, "total": 4, "edition": 2024, "off": 92, "states": 193, "case": "some"}
    assert found.to_dict() == told
    whole = pd.DataFrame({**fixed, "value": 193})
    assert rankings.agreement_found(whole).to_dict("records") == [{"count": 4, "total": 4, "case": "all"}]
    assert rankings.agreement_found(whole.head(0)).empty
