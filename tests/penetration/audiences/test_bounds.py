"""Bounds of what nobody counted: behind audiences, beside printed answers, in lists with names without figures."""

import math
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import penetration as pen
from digital_diplomacy import sources
from digital_diplomacy.errors import TableError

REPOSITORY = Path(__file__).parents[3]


def survey(*rows, **columns):
    """Rows of (measure, platform, value, low, high)."""
    frame = pd.DataFrame(rows, columns=["measure", "platform", "value", "low", "high"]).assign(
        entity="KAZ", period="2017", unit="percent", base="respondents"
    )
    return pen.printed_figures(frame.assign(**columns), source_id="example", keep_named=True)


REGISTERED = [("has_account", "vkontakte", 32.9, 32.85, 32.95), ("has_account", "odnoklassniki", 18.5, 18.45, 18.55)]
NOBODY = ("not_registered", "social_networks", 42, np.nan, 42)


def test_those_on_no_network_bound_the_registered_from_below():
    # Almost 42 % are in none, so at least 100 - 42 = 58 % are registered somewhere; the two listed networks alone leave
    # 32.85 to 51.5 %, which is the people on one of these two.
    two = survey(*REGISTERED)
    alone = pen.audience_bounds(two).iloc[0]
    assert (alone["low"], alone["high"]) == pytest.approx((32.85, 51.5))
    bounded = pen.audience_bounds(two, outside=survey(NOBODY)).iloc[0]
    assert (bounded["low"], bounded["high"], bounded["n"]) == (58, 100, 2)


def test_an_interval_of_those_outside_bounds_from_both_sides():
    found = pen.audience_bounds(
        survey(*REGISTERED), outside=survey(("not_registered", "social_networks", 42, 41.5, 42.5))
    ).iloc[0]
    assert (found["low"], found["high"]) == pytest.approx((57.5, 58.5))


def test_figures_that_contradict_each_other_have_no_bounds():
    # 60 % on one network and 50 % on none
    found = pen.audience_bounds(survey(("has_account", "a", 60, 60, 60)), outside=survey((*NOBODY[:2], 50, 50, 50)))
    assert found[["low", "high"]].isna().all(axis=None)


def test_those_outside_another_survey_say_nothing():
    elsewhere = survey(NOBODY, period="2018")
    assert pen.audience_bounds(survey(*REGISTERED), outside=elsewhere)["high"].item() == pytest.approx(51.5)
    with pytest.raises(TableError, match="more than one row of those outside: KAZ/"):
        pen.audience_bounds(
            survey(*REGISTERED), outside=pd.concat([survey(NOBODY), survey(NOBODY, measure="x", platform="y")])
        )


def test_a_network_without_a_figure_leaves_a_lower_bound_that_says_so():
    named = [("accounts", "first", np.nan, np.nan, np.nan), ("accounts", "second", 6.8e6, 6.75e6, 6.85e6)]
    rows = survey(*named, ("accounts", "third", 2.4e6, 2.35e6, 2.45e6), unit="accounts", base="accounts")
    found = pen.audience_bounds(rows).iloc[0]
    assert (found["group"], found["low"], found["n"]) == ("accounts_incomplete", 6.75e6, 2)
    assert math.isnan(found["high"])
    complete = pen.audience_bounds(rows[rows["value"].notna()]).iloc[0]
    assert (complete["group"], complete["high"]) == ("accounts", pytest.approx(9.3e6))


def test_a_market_of_names_is_refused():
    with pytest.raises(TableError, match="no audience has a figure: KAZ/first"):
        pen.audience_bounds(survey(("accounts", "first", np.nan, np.nan, np.nan)))


def test_the_shipped_tables_give_the_bounds_the_document_allows():
    table = sources.load("iei_survey_2017", root=REPOSITORY)
    rows = pen.printed_figures(table, source_id="iei_survey_2017")
    registered = rows.query("measure == 'has_account' and base == 'respondents'")
    found = pen.audience_bounds(registered, outside=rows.query("measure == 'not_registered'")).iloc[0]
    assert found["low"] == 58
    named = pen.printed_figures(sources.load("theopenasia_2020", root=REPOSITORY), source_id="x", keep_named=True)
    assert pen.audience_bounds(named)["group"].tolist() == ["accounts_incomplete"]


# Lists, remainders, overlaps --------------------------------------------------------------------------------------


def test_a_ranking_with_a_name_without_a_figure_has_a_least_total():
    # 6.8 + 2.4 + 2.4 + 2 + 1.8 + 0.79 = 16.19 million; the first is at least as large as the second, 6.75 million:
    # 15.4895 + 6.75 = 22.2395 million.
    found = pen.ranked_total(sources.load("theopenasia_2020", root=REPOSITORY), source_id="x")
    total, least = found.iloc[0], found.iloc[1]
    assert (total["measure"], total["value"], total["n"]) == ("ranked_sum", pytest.approx(16.19e6), 6)
    assert (least["measure"], least["low"], least["interval"]) == ("ranked_least", pytest.approx(22.2395e6), "bound")
    assert math.isnan(least["high"])


def test_a_complete_ranking_has_only_its_sum_and_the_order_of_rows_does_not_matter():
    rows = pd.DataFrame(
        {"entity": "KAZ", "period": "2020", "measure": "accounts", "position": [2, 1, 3], "unit": "accounts",
         "base": "accounts", "value": [np.nan, 5.0, 3.0], "low": [np.nan, 4.5, 2.5], "high": [np.nan, 5.5, 3.5]}
    )  # fmt: skip
    found = pen.ranked_total(rows, source_id="x")
    assert found["low"].tolist() == [7, 9.5]
    assert pen.ranked_total(rows[rows["value"].notna()], source_id="x")["measure"].tolist() == ["ranked_sum"]
    with pytest.raises(TableError, match="two platforms at one place: KAZ/2020/accounts"):
        pen.ranked_total(rows.assign(position=1), source_id="x")
    assert pen.ranked_total(rows.head(0), source_id="x").empty


def test_remainder_of_trust_and_of_main_sources():
    # 100 - 16.54 - 65.28 - 12.22 = 5.96 with 3 * 0.005 either way; 100 - 60 - 18.25 - 4.75 = 17 at most.
    trust = [("a", "n", 16.54, 16.535, 16.545), ("b", "n", 65.28, 65.275, 65.285), ("c", "n", 12.22, 12.215, 12.225)]
    left = pen.remainder(survey(*trust)).iloc[0]
    assert left[["value", "low", "high"]].tolist() == pytest.approx([5.96, 5.945, 5.975])
    news = [("m", "tv", 60, 60, np.nan), ("m", "net", 18.3, 18.25, 18.35), ("m", "social", 4.8, 4.75, 4.85)]
    left = pen.remainder(survey(*news).assign(group="news")).iloc[0]
    assert left[["low", "high"]].tolist() == pytest.approx([0, 17])
    assert math.isnan(left["value"])
    over = pen.remainder(survey(("a", "n", 60, 60, 60), ("b", "n", 50, 50, 50))).iloc[0]
    assert over[["value", "low", "high"]].isna().all()
    with pytest.raises(TableError, match="not a share in percent"):
        pen.remainder(survey(*trust, unit="persons"))


def test_registrations_above_the_people_registered():
    # 32.9 + 18.5 + 15.3 = 66.7; 66.7 - (100 - 42) = 8.7
    three = survey(*REGISTERED, ("has_account", "facebook", 15.3, 15.25, 15.35))
    found = pen.registered_twice(three, survey(NOBODY)).iloc[0]
    assert found[["total", "people", "value", "low", "high", "least_outside"]].tolist() == pytest.approx(
        [66.7, 58, 8.7, 8.55, 8.85, 33.3]
    )


def test_at_least_six_administrations_have_neither():
    # 17 - 4 - 7 = 6 if no one has both; 17 - 7 = 10 if all four are among the seven.
    counts = pd.DataFrame({"entity": "KAZ", "measure": ["whole", "a", "b"], "value": [17, 4, 7]})
    assert pen.neither(counts, parts=["a", "b"], whole="whole").to_numpy().tolist() == [["KAZ", 17, 6, 10]]
    assert pen.neither(counts.head(2), parts=["a", "b"], whole="whole").empty


def test_appeals_in_numbers():
    # 80 % of 1.9 million is 1.52 million, both at least; 1.9 million of 18.9 million people is 10.05 for each hundred.
    def figure(measure, value, high, unit, period="2020"):
        rows = pd.DataFrame({"measure": [measure], "value": value, "low": value, "high": high, "unit": unit})
        return pen.printed_figures(rows.assign(entity="KAZ", period=period, base="population"), source_id="x")

    appeals = figure("appeals", 1.9e6, np.nan, "appeals")
    part = pen.part_of_count(appeals, figure("share", 80, np.nan, "percent")).iloc[0]
    assert part["low"] == pytest.approx(1.52e6)
    assert math.isnan(part["high"])
    people = pd.concat([figure("p", 30e6, 30e6, "persons", "2010"), figure("p", 18.9e6, 18.9e6, "persons", "2021-01")])
    near = pen.per_hundred(appeals, people).iloc[0]
    assert (near["low"], near["people_period"]) == (pytest.approx(10.053, abs=1e-3), "2021-01")
    assert pen.per_hundred(appeals, people.head(0)).empty


def test_orders_of_six_platforms_agree_no_more_than_chance():
    # Messages rank 1 to 6: instagram, vkontakte, telegram, facebook, odnoklassniki, youtube; authors put them 1, 5, 3,
    # 2, 6, 4: squared differences 0 + 9 + 0 + 4 + 1 + 4 = 18, so 1 - 6 * 18 / (6 * 35) = 17 / 35. As far from 0 are all
    # orders whose squares sum to 18 or less, or to 70 - 18 = 52 or more.
    squares = [sum((a - b) ** 2 for a, b in enumerate(order)) for order in permutations(range(6))]
    as_far = sum(square <= 18 or square >= 52 for square in squares) / len(squares)
    table = sources.load("brand_analytics_2023", root=REPOSITORY)
    figures = pen.printed_figures(table, source_id="x")
    found = pen.order_agreement(figures, left="messages_month", right="authors_month").iloc[0]
    assert (found["n"], found["value"], found["p"]) == (6, pytest.approx(17 / 35), pytest.approx(as_far))
    assert pen.order_agreement(figures.head(0), left="messages_month", right="authors_month").empty
    few = figures[figures["group"].isin(["facebook", "instagram"])]
    assert pen.order_agreement(few, left="messages_month", right="authors_month").empty


def test_platforms_without_an_order_are_summed_and_one_without_a_figure_adds_nothing():
    rows = pd.DataFrame(
        {"entity": "KGZ", "period": "2023", "measure": "accounts", "position": np.nan, "unit": "accounts",
         "base": "accounts", "value": [2.0, 2.0, np.nan], "low": [1.5, 1.5, np.nan], "high": [2.5, 2.5, np.nan]}
    )  # fmt: skip
    found = pen.ranked_total(rows, source_id="x").set_index("measure")
    assert found.loc["ranked_sum", ["value", "low", "high"]].tolist() == [4, 3, 5]
    assert found.loc["ranked_least", "low"] == 3  # nothing says below whom the third stands
