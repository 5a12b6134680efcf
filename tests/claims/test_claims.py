"""Verdicts worked by hand for every kind of relation, the published figures themselves, and refusals."""

import datetime as dt
import re

import pandas as pd
import pytest

from digital_diplomacy import claims, labels, sources, tables
from digital_diplomacy.errors import TableError

DOCUMENTS = pd.DataFrame(
    [("000", "ru", ",", ","), ("001", "ru", ",", " "), ("002", "en", ".", ",")],
    columns=["document", "lang", "decimal_mark", "grouping_mark"],
)

FIELDS = {
    "locator": "paragraph 1",
    "entity": "KAZ",
    "measure": "internet_users",
    "platform": None,
    "period": None,
    "value": None,
    "value_date": None,
    "low": None,
    "high": None,
    "unit": "percent",
    "bound": "exact",
    "reading": "number",
    "credited_source": None,
    "kind": "observation",
}


def claim(number: int, as_printed: str, value: float | None, half: float = 0.0, **fields: object) -> dict[str, object]:
    """A row of the claims whose interval is the value give or take ``half``."""
    ends = {} if value is None else {"value": value, "low": value - half, "high": value + half}
    return {"claim_id": f"002-{number:03d}", "document": "002", "as_printed": as_printed} | FIELDS | ends | fields


def date(number: int, as_printed: str, value_date: str, **fields: object) -> dict[str, object]:
    return claim(number, as_printed, None, value_date=value_date, unit="date", reading="date", kind="date") | fields


def relation(
    kind: str, left: str, right: str = "", *, exhaustive: bool = False, constant: float | None = None
) -> pd.DataFrame:
    """One relation; claims are named by their running number."""
    ids = {"left": left, "right": right}
    named = {side: " ".join(f"002-{int(number):03d}" for number in text.split()) or None for side, text in ids.items()}
    return pd.DataFrame([{"relation_id": "r", "kind": kind, "exhaustive": exhaustive, "constant": constant, **named}])


def judged(rows: list[dict[str, object]], relations: pd.DataFrame) -> pd.Series:
    return claims.check(claims.parse(pd.DataFrame(rows), DOCUMENTS), relations).iloc[0]


def shares(*printed: str) -> list[dict[str, object]]:
    """Shares in percent with their rounding interval: 20.4 is 20.35 to 20.45."""
    rows = []
    for number, text in enumerate(printed, start=1):
        places = len(text.partition(".")[2])
        half = 0.5 * 10**-places
        low, high = (round(float(text) + sign * half, places + 1) for sign in (-1, 1))
        rows.append(claim(number, f"{text}%", float(text), low=low, high=high))
    return rows


class TestParse:
    def test_value_and_both_intervals_come_from_the_last_printed_digit(self) -> None:
        # The last digit of 17.73 million counts ten thousands: half of one on either side, or a whole one if cut off.
        rows = [claim(1, "17.73 million", 17_730_000, 5_000, unit="users")]
        parsed = claims.parse(pd.DataFrame(rows), DOCUMENTS).iloc[0]
        assert (parsed["value"], parsed["low"], parsed["high"]) == (17_730_000, 17_725_000, 17_735_000)
        assert (parsed["low_truncated"], parsed["high_truncated"]) == (17_730_000, 17_740_000)

    def test_a_comma_groups_or_divides_as_the_document_says(self) -> None:
        rows = [
            claim(1, "18,200", 18_200, 0.5, document="000", unit="followers"),
            claim(2, "1,65 млрд", 1_650_000_000, 5_000_000, document="000", unit="users"),
        ]
        assert claims.parse(pd.DataFrame(rows), DOCUMENTS)["value"].tolist() == [18_200, 1_650_000_000]

    def test_ranks_and_counts_are_exact(self) -> None:
        parsed = claims.parse(pd.DataFrame([claim(1, "17", 17, kind="count", unit="regions")]), DOCUMENTS).iloc[0]
        assert parsed["low"] == parsed["high"] == 17
        assert parsed["low_truncated"] == parsed["high_truncated"] == 17  # cut off, a measured 17 would reach 18

    def test_a_printed_range_has_no_value_and_keeps_its_rounded_ends(self) -> None:
        rows = [claim(1, "2,700 to 2,800", None, low=2700, high=2800, unit="items", bound="about")]
        parsed = claims.parse(pd.DataFrame(rows), DOCUMENTS).iloc[0]
        assert pd.isna(parsed["value"])
        assert (parsed["low"], parsed["high"]) == (2699.5, 2800.5)

    @pytest.mark.parametrize("printed", ["18 to 29", "between eighteen and twenty-nine"])
    def test_a_range_of_whole_years_has_exact_ends(self, printed: str) -> None:
        rows = [claim(1, printed, None, low=18, high=29, unit="years")]
        parsed = claims.parse(pd.DataFrame(rows), DOCUMENTS).iloc[0]
        assert (parsed["low"], parsed["high"], parsed["low_truncated"], parsed["high_truncated"]) == (18, 29, 18, 29)

    def test_a_date_is_given_by_its_days(self) -> None:
        parsed = claims.parse(pd.DataFrame([date(1, "March 2021", "2021-03")]), DOCUMENTS).iloc[0]
        assert (parsed["first_day"].date(), parsed["last_day"].date()) == (dt.date(2021, 3, 1), dt.date(2021, 3, 31))

    def test_the_argument_is_not_changed(self) -> None:
        rows = pd.DataFrame(shares("20.4"))
        before = rows.copy()
        claims.parse(rows, DOCUMENTS)
        pd.testing.assert_frame_equal(rows, before)

    def test_a_stored_value_that_is_not_printed_is_refused(self) -> None:
        with pytest.raises(TableError, match=r"002-001 stores value 20.5, but '20.4%' reads 20.4"):
            claims.parse(pd.DataFrame([claim(1, "20.4%", 20.5, 0.05)]), DOCUMENTS)

    def test_a_stored_interval_that_is_not_printed_is_refused(self) -> None:
        with pytest.raises(TableError, match="002-001 stores low"):
            claims.parse(pd.DataFrame([claim(1, "20.4%", 20.4, 0.5)]), DOCUMENTS)

    def test_a_stored_date_that_is_not_printed_is_refused(self) -> None:
        with pytest.raises(TableError, match="002-001 stores 2020, but '2021' reads 2021"):
            claims.parse(pd.DataFrame([date(1, "2021", "2020")]), DOCUMENTS)

    def test_a_date_without_a_stored_one_is_refused(self) -> None:
        with pytest.raises(TableError, match="002-001 is a date without value_date"):
            claims.parse(pd.DataFrame([date(1, "2021", "2021") | {"value_date": None}]), DOCUMENTS)

    def test_a_bound_that_is_printed_but_not_stored_is_refused(self) -> None:
        with pytest.raises(TableError, match="stores bound exact, but 'more than 15 thousand' reads at_least"):
            claims.parse(pd.DataFrame([claim(1, "more than 15 thousand", 15_000, 500, unit="houses")]), DOCUMENTS)

    def test_a_figure_that_cannot_be_read_is_refused(self) -> None:
        with pytest.raises(TableError, match="002-001: 'a lot' cannot be read"):
            claims.parse(pd.DataFrame([claim(1, "a lot", 1)]), DOCUMENTS)

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"locator": " "}, r"row 1 \(002-001\): no locator"),
            ({"locator": None}, r"row 1 \(002-001\): no locator"),
            ({"unit": "parsecs"}, "unit 'parsecs' has no label"),
            ({"bound": "roughly"}, "bound 'roughly' is none of"),
            ({"kind": "opinion"}, "kind 'opinion' is none of"),
            ({"reading": "guess"}, "reading 'guess' is none of"),
            ({"document": "009"}, "document '009' is none of"),
        ],
    )
    def test_a_bad_row_is_refused_by_number_and_reason(self, fields: dict[str, object], said: str) -> None:
        with pytest.raises(TableError, match=said):
            claims.parse(pd.DataFrame([claim(1, "20.4%", 20.4, 0.05) | fields]), DOCUMENTS)


class TestVerdicts:
    def test_exhaustive_shares_hold_within_their_rounding(self) -> None:
        # 33.3 + 33.3 + 33.3 = 99.9, give or take 0.15: 99.75 to 100.05 contains 100.
        found = judged(shares("33.3", "33.3", "33.3"), relation("sum_to_100", "1 2 3", exhaustive=True))
        assert found["verdict"] == "holds"
        assert (found["left_low"], found["left_high"], found["right_low"]) == (99.75, 100.05, 100)
        assert found["reason"] == "not_contradicted: 33.3% + 33.3% + 33.3% = 99.9 [99.75; 100.05] ≈ 100"

    def test_exhaustive_shares_that_only_cutting_off_saves_are_approximate(self) -> None:
        # 33.2 + 33.3 + 33.3 = 99.8: rounded at most 99.95, but cut off from up to 100.1.
        found = judged(shares("33.2", "33.3", "33.3"), relation("sum_to_100", "1 2 3", exhaustive=True))
        assert (found["verdict"], found["reason"].split(":")[0]) == ("approximate", "cut_off_only")

    def test_exhaustive_shares_too_small_fail(self) -> None:
        # 33.0 + 33.3 + 33.3 = 99.6: cut off from less than 99.9 at most.
        found = judged(shares("33.0", "33.3", "33.3"), relation("sum_to_100", "1 2 3", exhaustive=True))
        assert found["verdict"] == "fails"

    def test_the_same_shares_hold_where_something_is_left_out(self) -> None:
        found = judged(shares("33.0", "33.3", "33.3"), relation("sum_at_most_100", "1 2 3"))
        assert found["verdict"] == "holds"

    def test_a_relation_must_say_that_its_shares_are_exhaustive(self) -> None:
        with pytest.raises(TableError, match=r"row 1 \(r\): its shares are not marked exhaustive"):
            judged(shares("50", "50"), relation("sum_to_100", "1 2"))

    def test_a_share_of_persons_above_100_fails(self) -> None:
        found = judged(shares("130.5"), relation("share_of_persons", "1"))
        assert (found["verdict"], found["reason"]) == ("fails", "contradiction: 130.5% [130.45; 130.55] > 100")

    def test_one_quantity_printed_twice_must_overlap(self) -> None:
        # 20.4 is 20.35 to 20.45 and 20 is 19.5 to 20.5; 20.4 and 20.6 have no number in common, rounded or cut off.
        assert judged(shares("20.4", "20"), relation("same_quantity", "1", "2"))["verdict"] == "holds"
        assert judged(shares("20.4", "20.6"), relation("same_quantity", "1", "2"))["verdict"] == "fails"

    def test_a_lower_bound_is_used_as_a_bound(self) -> None:
        more = claim(1, "more than 364 thousand", 364_000, 500, unit="followers", bound="at_least")
        exact = claim(2, "364,547", 364_547, 0.5, unit="followers")
        found = judged([more, exact], relation("same_quantity", "1", "2"))
        assert found["verdict"] == "holds"
        assert pd.isna(found["left_high"])

    def test_almost_is_an_upper_limit_and_then_certain(self) -> None:
        # At most 42 and at most 32.95 are at most 74.95, whatever they are.
        rows = [claim(1, "almost 42%", 42, 0.5, bound="at_most"), claim(2, "32.9%", 32.9, low=32.85, high=32.95)]
        found = judged(rows, relation("sum_at_most_100", "1 2"))
        assert (found["verdict"], found["reason"].split(":")[0]) == ("holds", "certain")
        with pytest.raises(TableError, match="stores bound about, but 'almost 42%' reads at_most"):
            judged([rows[0] | {"bound": "about"}, rows[1]], relation("sum_at_most_100", "1 2"))

    def test_a_bound_is_taken_at_its_word(self) -> None:
        # More than 364 thousand is above 364,000, not above 363,500.
        rows = [
            claim(1, "more than 364 thousand", 364_000, 500, unit="followers", bound="at_least"),
            claim(2, "363,700", 363_700, 0.5, unit="followers"),
        ]
        found = judged(rows, relation("same_quantity", "1", "2"))
        assert (found["verdict"], found["left_low"]) == ("fails", 364_000)

    def test_open_ends_alone_decide_nothing(self) -> None:
        # Less than 5 and less than 7: no figure could have shown that they differ.
        rows = [
            claim(1, "less than 5%", 5, 0.5, bound="at_most"),
            claim(2, "less than 7%", 7, 0.5, bound="at_most"),
            claim(3, "6%", 6, 0.5),
        ]
        found = judged(rows, relation("same_quantity", "1", "2"))
        assert (found["verdict"], found["reason"].split(":")[0]) == ("cannot be checked", "open_ends")
        assert judged(rows, relation("same_quantity", "1", "3"))["verdict"] == "fails"
        assert judged(rows, relation("order", "3 1"))["reason"].startswith("certain")

    def test_closing_zeros_are_read_both_ways(self) -> None:
        # 18,200 is 18,199.5 to 18,200.5 or 18,150 to 18,250; 18,240 is only in the second, 18,300 in neither; the sum
        # of 18,240 and 1 is at most 18,250.5 in any reading and so below 19,000, which is 18,500 at least.
        rows = [
            claim(number, printed, value, 0.5, unit="followers")
            for number, (printed, value) in enumerate(
                [("18,200", 18_200), ("18,241", 18_241), ("18,301", 18_301), ("19,000", 19_000)], start=1
            )
        ]
        apart = judged(rows, relation("same_quantity", "1", "2"))
        assert (apart["verdict"], apart["reason"].split(":")[0]) == ("approximate", "zeros_only")
        assert "18,200 [18199.5; 18200.5 | 18150; 18250]" in apart["reason"]
        wrong = judged(rows, relation("same_quantity", "1", "3"))
        assert (wrong["verdict"], wrong["reason"].split(":")[0]) == ("fails", "contradiction zeros")
        sure = judged(rows, relation("order", "4 2"))
        assert (sure["verdict"], sure["reason"].split(":")[0]) == ("holds", "certain zeros")

    def test_a_documents_convention_settles_closing_zeros(self) -> None:
        rows = [claim(1, "18,200", 18_200, 0.5, unit="followers"), claim(2, "18,241", 18_241, 0.5, unit="followers")]
        digits = DOCUMENTS.assign(closing_zeros="digits")
        parsed = claims.parse(pd.DataFrame(rows), digits)
        assert claims.check(parsed, relation("same_quantity", "1", "2")).iloc[0]["verdict"] == "fails"

    @pytest.mark.parametrize("caveat", ["different_things", "several_subjects"])
    def test_sides_that_cannot_be_compared_are_not_judged(self, caveat: str) -> None:
        found = judged(shares("20.4", "30.4"), relation("same_quantity", "1", "2").assign(caveat=caveat))
        assert found["verdict"] == "cannot be checked"
        assert found["reason"] == f"{caveat}: 20.4% [20.35; 20.45]; 30.4% [30.35; 30.45]"

    def test_two_names_of_one_thing_must_be_one(self) -> None:
        same, other = (
            relation("same_name", "1").assign(named=named) for named in ("The Report | the report", "Report | Letter")
        )
        assert judged(shares("20.4"), same)["verdict"] == "holds"
        assert judged(shares("20.4"), other)["reason"] == "contradiction: «Report» ≠ «Letter»"
        with pytest.raises(TableError, match="names no two names"):
            judged(shares("20.4"), relation("same_name", "1"))

    def test_accounts_outnumber_the_persons_who_hold_them(self) -> None:
        rows = [
            *shares("15.3", "32.9", "18.5"),
            claim(4, "almost 42%", 42, 0.5, bound="at_most", kind="survey_share"),
            claim(5, "10%", 10, 0.5, kind="survey_share"),
        ]
        # 15.3 + 32.9 + 18.5 = 66.7; all but almost 42 of 100 are 58 to 100; all but 10 are 89.5 to 90.5, above 66.7.
        found = judged(rows, relation("several_accounts", "1 2 3", "4", constant=100))
        assert (found["verdict"], found["right_low"], found["right_high"]) == ("holds", 58, 100)
        assert judged(rows, relation("several_accounts", "1 2 3", "5", constant=100))["verdict"] == "fails"

    def test_a_place_told_and_a_place_counted(self) -> None:
        first = [claim(1, "first", 1, kind="rank", unit="rank")]
        assert judged(first, relation("place_counted", "1", constant=1))["verdict"] == "holds"
        assert judged(first, relation("place_counted", "1", constant=3))["verdict"] == "fails"
        with pytest.raises(TableError, match="names no constant"):
            judged(first, relation("place_counted", "1"))

    def test_an_approximate_figure_never_more_than_approximates(self) -> None:
        rows = [claim(1, "about 42%", 42, 0.5, bound="about"), claim(2, "32.9%", 32.9, low=32.85, high=32.95)]
        found = judged(rows, relation("sum_at_most_100", "1 2"))
        assert (found["verdict"], found["reason"].split(":")[0]) == ("approximate", "about")

    @pytest.mark.parametrize(
        ("other", "verdict", "code"),
        [
            ("58.5", "approximate", "about"),  # 41.5 + 58.45 = 99.95
            ("58.9", "approximate", "about_only"),  # 41.5 + 58.85 = 100.35; 41 + 58.85 = 99.85
            ("82.9", "fails", "out_of_reach"),  # 41 + 82.85 = 123.85
        ],
    )
    def test_about_reaches_to_the_next_figure_as_round(self, other: str, verdict: str, code: str) -> None:
        rows = [claim(1, "about 42%", 42, 0.5, bound="about"), *shares("0", other)[1:]]
        found = judged(rows, relation("sum_at_most_100", "1 2"))
        assert (found["verdict"], found["reason"].split(":")[0]) == (verdict, code)

    def test_a_figure_told_roughly_that_fails_is_told_from_the_ends_of_its_reach(self) -> None:
        rows = [claim(1, "about 40%", 40, 5, bound="about"), claim(2, "62.0%", 62, low=61.95, high=62.05)]
        found = judged(rows, relation("same_quantity", "1", "2"))
        assert found["reason"] == "out_of_reach: about 40% [30; 50] ≠ 62.0% [61.95; 62.05]"
        assert (found["left_low"], found["left_high"]) == (30, 50)  # so that 11.95 lie between them, and not 16.95

    def test_a_count_told_roughly_fails_nothing(self) -> None:
        rows = [claim(1, "about 40", 40, kind="count", unit="countries", bound="about")]
        rows += [claim(2, "43", 43, kind="count", unit="countries")]
        assert judged(rows, relation("same_quantity", "1", "2"))["reason"].startswith("about_only: ")

    def test_an_approximate_figure_on_the_right_never_more_than_approximates(self) -> None:
        rows = [*shares("2.7"), claim(2, "about 4.8%", 4.8, low=4.75, high=4.85, bound="about")]
        found = judged(rows, relation("nesting", "1", "2"))
        assert (found["verdict"], found["reason"].split(":")[0]) == ("approximate", "about")

    def test_users_and_persons_count_the_same_things(self) -> None:
        rows = [claim(1, "6", 6, unit="users"), claim(2, "10", 10, unit="persons")]
        found = judged(rows, relation("nesting", "1", "2"))
        assert (found["verdict"], found["unit"]) == ("holds", "persons")

    def test_parts_lie_within_the_whole(self) -> None:
        assert judged(shares("2.7", "4.8"), relation("nesting", "1", "2"))["verdict"] == "holds"
        assert judged(shares("2.7", "4.8"), relation("nesting", "2", "1"))["verdict"] == "fails"

    def test_an_order_fails_if_one_pair_does_and_names_that_pair(self) -> None:
        found = judged(shares("32.9", "15.3", "18.5"), relation("order", "1 2 3"))
        assert found["verdict"] == "fails"
        assert found["reason"] == "contradiction: 15.3% [15.25; 15.35] < 18.5% [18.45; 18.55]"

    def test_an_order_of_figures_equal_as_printed_holds(self) -> None:
        assert judged(shares("2.4", "2.4"), relation("order", "1 2"))["verdict"] == "holds"

    def test_an_order_holds_where_the_intervals_have_one_end_in_common(self) -> None:
        # 2 is 1.5 to 2.5 and 3 is 2.5 to 3.5: both may be 2.5, so 2 need not lie below 3.
        found = judged(shares("2", "3"), relation("order", "1 2"))
        assert (found["verdict"], found["left_high"], found["right_low"]) == ("holds", 2.5, 2.5)

    def test_a_leader_without_a_second_figure_cannot_be_checked(self) -> None:
        found = judged(shares("2.4"), relation("order", "1"))
        assert (found["verdict"], found["reason"]) == ("cannot be checked", "no_figure: 2.4%")

    def test_a_rank_after_a_fall_lies_within_the_places(self) -> None:
        rows = [
            claim(1, "38th", 38, kind="rank", unit="rank"),
            claim(2, "six", 6, kind="growth", unit="places"),
            claim(3, "fifty", 50, kind="rank", unit="rank"),
        ]
        # 38 + 6 = 44
        assert judged(rows, relation("rank_within", "1 2", "3"))["verdict"] == "holds"
        assert judged(rows, relation("rank_within", "3 2", "1"))["verdict"] == "fails"

    def test_authors_cannot_outnumber_messages(self) -> None:
        rows = [claim(1, "509", 509, unit="authors"), claim(2, "3,500", 3500, 0.5, unit="messages")]
        assert judged(rows, relation("at_least_one_each", "1", "2"))["verdict"] == "holds"
        assert judged(rows, relation("at_least_one_each", "2", "1"))["verdict"] == "fails"

    def test_a_difference_of_a_range_holds_but_for_its_about(self) -> None:
        # 3,700 less 2,700 to 2,800 is 900 to 1,000, a half more on either side for each rounding: 899 to 1,001.
        rows = [
            claim(1, "3,700", 3700, 0.5, unit="items"),
            claim(2, "2,700 to 2,800", None, low=2700, high=2800, unit="items"),
            claim(3, "1,000", 1000, 0.5, unit="items"),
        ]
        found = judged(rows, relation("difference", "1 2", "3"))
        assert (found["verdict"], found["left_low"], found["left_high"]) == ("holds", 899, 1001)
        assert (
            judged([rows[0], rows[1] | {"bound": "about"}, rows[2]], relation("difference", "1 2", "3"))["verdict"]
            == "approximate"
        )

    def test_an_increase_over_its_base_is_its_growth(self) -> None:
        # 741,000 / (15,470,000 - 741,000) = 741,000 / 14,729,000 = 5.03%; 6% is not within 5.029 to 5.033.
        rows = [
            claim(1, "15.47 million", 15_470_000, 5_000, unit="users"),
            claim(2, "741,000", 741_000, 0.5, unit="persons"),
            claim(3, "5%", 5, 0.5),
            claim(4, "6%", 6, 0.5),
        ]
        found = judged(rows, relation("growth_over_base", "1 2", "3"))
        assert found["verdict"] == "holds"
        assert (found["left_low"], found["left_high"]) == pytest.approx((5.029, 5.033), abs=5e-4)
        assert judged(rows, relation("growth_over_base", "1 2", "4"))["verdict"] == "fails"

    def test_division_by_an_interval_with_zero_is_refused(self) -> None:
        # An end of 5, 4.5 to 5.5, over an increase of 5 less 1 runs from -0.18 to 0.22.
        with pytest.raises(TableError, match="the divisor contains zero"):
            judged(shares("5", "5", "5"), relation("growth_over_base", "1 2", "3"))

    def test_counts_and_shares_imply_one_population(self) -> None:
        # 50 of 50% and 30 of 30% are 100 each; 30 of 40% is 75, between 30/0.405 = 74.1 and 30/0.395 = 75.9.
        people = [claim(1, "50", 50, unit="persons"), claim(3, "30", 30, unit="persons")]
        rows = [*people, claim(2, "50%", 50, 0.5), claim(4, "30%", 30, 0.5), claim(5, "40%", 40, 0.5)]
        assert judged(rows, relation("implied_population", "1 2", "3 4"))["verdict"] == "holds"
        assert judged(rows, relation("implied_population", "1 2", "3 5"))["verdict"] == "fails"
        assert judged(rows, relation("common_population", "1 2 3 4"))["verdict"] == "holds"
        found = judged(rows, relation("common_population", "1 2 3 4 3 5"))
        assert (found["verdict"], found["left"]) == ("fails", "50 / 50% × 100")

    def test_accounts_beside_persons_cannot_be_checked_but_give_a_ratio(self) -> None:
        rows = [
            claim(1, "8", 8, unit="users"),
            claim(2, "6", 6, unit="users"),
            claim(3, "10", 10, unit="persons"),
        ]
        found = judged(rows, relation("persons_vs_accounts", "1 2", "3"))
        # (8 + 6) / 10 = 1.4
        assert (found["verdict"], "(8 + 6) / 10 = 1.4" in found["reason"]) == ("cannot be checked", True)

    def test_a_stated_number_is_that_of_the_listed_entries(self) -> None:
        six = [claim(1, "six", 6, kind="count", unit="items")]
        assert judged(six, relation("list_length", "1", constant=6))["verdict"] == "holds"
        assert judged(six, relation("list_length", "1", constant=7))["reason"] == "contradiction: six = 6 ≠ 7"
        with pytest.raises(TableError, match="names no constant"):
            judged(six, relation("list_length", "1"))

    def test_a_target_is_judged_only_by_a_figure_of_its_period(self) -> None:
        target = claim(1, "80%", 80, 0.5, period="2020", kind="target")
        met = claim(2, "81.9%", 81.9, low=81.85, high=81.95, period="2020-12")
        missed = claim(3, "70%", 70, 0.5, period="2020")
        later = claim(4, "90.9%", 90.9, low=90.85, high=90.95, period="2023-01")
        rows = [target, met, missed, later]
        assert judged(rows, relation("target_reached", "2", "1"))["verdict"] == "holds"
        assert judged(rows, relation("target_reached", "3", "1"))["verdict"] == "fails"
        found = judged(rows, relation("target_reached", "4", "1"))
        assert (found["verdict"], found["reason"]) == (
            "cannot be checked",
            "period_differs: 90.9% (2023-01); 80% (2020)",
        )
        assert judged(rows, relation("target_reached", "", "1"))["reason"] == "no_outcome: 80%"
        assert judged(rows, relation("target_reached", "4 3", "1"))["verdict"] == "fails"  # only 3 is of its period

    @pytest.mark.parametrize("period", ["2019", "2019-12/2020-01", "2020-12/2021-01", None])
    def test_a_figure_not_wholly_of_the_targets_period_does_not_judge_it(self, period: str | None) -> None:
        rows = [
            claim(1, "80%", 80, 0.5, period="2020", kind="target"),
            claim(2, "81.9%", 81.9, low=81.85, high=81.95, period=period),
        ]
        found = judged(rows, relation("target_reached", "2", "1"))
        assert found["reason"] == f"period_differs: 81.9% ({period or '…'}); 80% (2020)"

    def test_a_forecast_cannot_be_checked_but_gives_a_factor(self) -> None:
        rows = [
            claim(1, "2 billion", 2e9, 5e8, unit="users"),
            claim(2, "5 billion", 5e9, 5e8, unit="users", kind="forecast"),
        ]
        found = judged(rows, relation("forecast_growth", "1", "2"))
        # 5 / 2 = 2.5; 4.5 / 2.5 = 1.8 and 5.5 / 1.5 = 3.6667
        assert found["reason"] == "forecast: 5 billion / 2 billion = 2.5 [1.8; 3.666667]"

    def test_two_dates_of_one_thing_may_differ_in_precision_only(self) -> None:
        rows = [date(1, "March 2021", "2021-03"), date(2, "2021", "2021"), date(3, "2020", "2020")]
        assert judged(rows, relation("same_date", "1", "2"))["verdict"] == "holds"
        assert judged(rows, relation("same_date", "2", "3"))["reason"] == "contradiction: 2021 ≠ 2020"

    def test_a_dated_bound_is_open_on_its_side_only(self) -> None:
        # By 2030 has no first day, since 2004 no last one: 2020 lies in both, 2031 and 2003 in neither.
        rows = [
            date(1, "by 2030", "2030", bound="at_most"),
            date(2, "since 2004", "2004", bound="at_least"),
            *(date(number, str(year), str(year)) for number, year in enumerate((2020, 2031, 2003), start=3)),
        ]
        by, since = (judged(rows, relation("same_date", side, "3")) for side in ("1", "2"))
        assert (by["verdict"], since["verdict"]) == ("holds", "holds")
        assert (pd.isna(by["left_low"]), since["left_low"], pd.isna(since["left_high"])) == (True, 2004, True)
        assert judged(rows, relation("same_date", "1", "4"))["verdict"] == "fails"
        assert judged(rows, relation("same_date", "2", "5"))["verdict"] == "fails"

    def test_a_figure_is_dated_by_its_period(self) -> None:
        rows = [claim(1, "20%", 20, 0.5, period="2020"), date(2, "March 2021", "2021-03")]
        assert judged(rows, relation("same_date", "1", "2"))["reason"] == "contradiction: 20% (2020) ≠ March 2021"

    def test_later_before_earlier_fails(self) -> None:
        rows = [date(1, "2004", "2004"), date(2, "2003", "2003")]
        assert judged(rows, relation("date_order", "2", "1"))["verdict"] == "holds"
        assert judged(rows, relation("date_order", "1", "2"))["reason"] == "contradiction: 2004 > 2003"

    def test_a_date_and_years_lead_to_another(self) -> None:
        rows = [
            date(1, "2017", "2017"),
            claim(2, "five years", 5, kind="count", unit="years"),
            date(3, "2022", "2022"),
            date(4, "2024", "2024"),
        ]
        assert judged(rows, relation("elapsed", "1 2", "3"))["verdict"] == "holds"
        assert judged(rows, relation("elapsed", "1 2", "4"))["verdict"] == "fails"
        assert judged(rows, relation("elapsed", "1 2"))["reason"].startswith("no_date: 2017 + five years = ")

    @pytest.mark.parametrize("years", ["7 years", "seven years"])
    def test_whole_years_in_words_and_digits_lead_to_the_same_date(self, years: str) -> None:
        # Seven years from 13 March 2024 have passed from 13 March 2031 to 12 March 2032: not in 2030, whichever way.
        rows = [
            date(1, "March 13, 2024", "2024-03-13"),
            claim(2, years, 7, unit="years"),
            *(date(number, str(year), str(year)) for number, year in enumerate((2030, 2031, 2032, 2033), start=3)),
        ]
        found = [judged(rows, relation("elapsed", "1 2", str(place)))["verdict"] for place in (3, 4, 5, 6)]
        assert found == ["fails", "holds", "holds", "fails"]

    def test_every_kind_has_a_label_in_every_language(self) -> None:
        for kind in claims.KINDS:
            for lang in labels.LANGUAGES:
                assert labels.text(f"kind.{kind}", lang)

    def test_the_order_of_relations_does_not_matter(self) -> None:
        parsed = claims.parse(pd.DataFrame(shares("2.7", "4.8")), DOCUMENTS)
        relations = pd.concat([relation("nesting", "1", "2"), relation("nesting", "2", "1").assign(relation_id="s")])
        forth, back = claims.check(parsed, relations), claims.check(parsed, relations[::-1])
        pd.testing.assert_frame_equal(forth, back[::-1].reset_index(drop=True))


class TestRefusals:
    def test_a_relation_that_names_a_missing_claim_is_refused(self) -> None:
        with pytest.raises(TableError, match=r"row 1 \(r\): claim '002-009' is not in the table of claims"):
            judged(shares("2.7"), relation("nesting", "1", "9"))

    def test_an_unknown_kind_is_refused(self) -> None:
        with pytest.raises(TableError, match=r"row 1 \(r\): unknown kind 'likes'; allowed: same_quantity"):
            judged(shares("2.7"), relation("likes", "1"))

    def test_different_units_are_not_compared(self) -> None:
        rows = [claim(1, "2%", 2, 0.5), claim(2, "3", 3, unit="views")]
        with pytest.raises(TableError, match=r"different units \(percent, views\)"):
            judged(rows, relation("nesting", "1", "2"))

    def test_a_date_where_a_number_is_needed_is_refused(self) -> None:
        with pytest.raises(TableError, match="002-001 has no number"):
            judged([date(1, "2004", "2004")], relation("sum_at_most_100", "1"))

    def test_a_figure_without_a_period_has_no_date(self) -> None:
        with pytest.raises(TableError, match="002-001 has neither a date nor a period"):
            judged([*shares("2.7"), date(2, "2004", "2004")], relation("same_date", "1", "2"))

    def test_one_claim_too_many_is_refused(self) -> None:
        with pytest.raises(TableError, match="one claim is expected on each side, not 2"):
            judged(shares("2.7", "4.8"), relation("same_quantity", "1 2", "1"))

    def test_a_missing_column_is_named(self) -> None:
        with pytest.raises(TableError, match="claim_relations: column `kind` is missing"):
            claims.check(
                claims.parse(pd.DataFrame(shares("2.7")), DOCUMENTS), relation("nesting", "1", "1").drop(columns="kind")
            )


class TestConfirm:
    FOUND = pd.DataFrame(
        {"relation_id": ["a", "b"], "verdict": ["fails", "holds"], "reason": ["contradiction: 1 ≠ 2", "x: 1"]}
    )

    @staticmethod
    def known(**reasons: str) -> pd.DataFrame:
        return pd.DataFrame({"relation_id": list(reasons), "reason": list(reasons.values())}, dtype=str)

    def test_acknowledged_failures_pass(self) -> None:
        passed = claims.confirm(self.FOUND, self.known(a="contradiction: 1 ≠ 2"))
        pd.testing.assert_frame_equal(passed, self.FOUND)

    def test_a_new_failure_is_named(self) -> None:
        with pytest.raises(TableError, match="a fails and is not acknowledged"):
            claims.confirm(self.FOUND, self.known())

    def test_an_acknowledgement_that_no_longer_applies_is_named(self) -> None:
        with pytest.raises(TableError, match="b is acknowledged but does not fail"):
            claims.confirm(self.FOUND, self.known(a="contradiction: 1 ≠ 2", b="x"))

    def test_a_failure_with_other_figures_than_acknowledged_is_named(self) -> None:
        with pytest.raises(TableError, match="a now fails otherwise than acknowledged"):
            claims.confirm(self.FOUND, self.known(a="contradiction: 1 ≠ 3"))


class TestSummaries:
    def test_kappa_is_that_of_a_table_worked_by_hand(self) -> None:
        # 50 units: observed (20 + 15) / 50 = 0.7; by chance (25 * 30 + 25 * 20) / 2500 = 0.5; (0.7 - 0.5) / 0.5 = 0.4.
        assert claims.kappa(both=20, only_first=5, only_second=10, neither=15) == pytest.approx(0.4)

    def test_kappa_without_any_variation_is_refused(self) -> None:
        with pytest.raises(ValueError, match="undefined"):
            claims.kappa(both=9, only_first=0, only_second=0, neither=0)
        with pytest.raises(ValueError, match="at least 0"):
            claims.kappa(both=-1, only_first=0, only_second=0, neither=0)

    def test_reasons_are_told_in_the_language(self) -> None:
        parsed = claims.parse(pd.DataFrame(shares("2.4")), DOCUMENTS)
        found = claims.check(parsed, relation("order", "1"))
        told = claims.explain(found, "ru", verdict="cannot be checked")
        assert found["reason"].tolist() == ["no_figure: 2.4%"]
        assert told["reason"].tolist() == [labels.text("sentence.claims_no_figure", "ru", arithmetic="2.4%")]

    def test_an_unknown_verdict_is_refused(self) -> None:
        with pytest.raises(ValueError, match="unknown verdict 'wrong'"):
            claims.explain(pd.DataFrame(columns=list(tables.FINDINGS.columns)), "en", verdict="wrong")

    def test_one_document_is_kept_and_an_unknown_one_refused(self) -> None:
        rows = pd.DataFrame({"documents": ["000", "000 002", "001"]})
        assert claims.of_document(rows, "000")["documents"].tolist() == ["000", "000 002"]
        assert len(claims.of_document(rows, "")) == 3
        with pytest.raises(ValueError, match="no row of document '004'; documents: 000, 001, 002"):
            claims.of_document(rows, "004")

    def test_claims_about_a_country_are_counted_with_those_tested_and_contradicted(self) -> None:
        parsed = pd.DataFrame(
            {
                "claim_id": ["a", "b", "c", "d"],
                "document": ["000", "000", "001", "001"],
                "entity": ["KAZ"] * 3 + ["RUS"],
            }
        )
        found = pd.DataFrame({"verdict": ["fails", "holds", "fails"], "claims": ["a d", "a c", "d"]})
        # Of 000 a is in two relations, one of them contradicted, and b in none; of 001 c is in one that is not.
        counted = claims.about(parsed, found, "KAZ")
        assert counted.to_numpy().tolist() == [["000", 2, 1, 1], ["001", 1, 1, 0]]
        assert claims.about(parsed, found, "UZB").empty


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    """Parsing compares every printed figure with the stored one, so a figure that reads otherwise stops here."""
    return claims.parse(sources.load("claims"), sources.load("documents"))


@pytest.fixture(scope="module")
def findings(published: pd.DataFrame) -> pd.DataFrame:
    shown = claims.evidence(sources.load("claim_evidence"), load=sources.load)
    return claims.check(published, sources.load("claim_relations"), shown).set_index("relation_id")


class TestPublishedFigures:
    def test_every_claim_reads_as_stored(self, published: pd.DataFrame) -> None:
        assert published["claim_id"].tolist() == sources.load("claims")["claim_id"].tolist()

    def test_ids_run_without_gaps_in_every_document(self, published: pd.DataFrame) -> None:
        for document, rows in published.groupby("document"):
            assert rows["claim_id"].tolist() == [f"{document}-{number:03d}" for number in range(1, len(rows) + 1)]

    def test_every_unit_and_kind_has_a_label(self, published: pd.DataFrame) -> None:
        for prefix in ("unit", "kind"):
            for code in published[prefix].unique():
                assert labels.text(f"{prefix}.{code}", "kk")

    def test_traffic_shares_come_to_more_than_the_whole(self, findings: pd.DataFrame) -> None:
        # 37.72 + 20.41 + 14.89 + 13.54 + 11.3 + 4.98 = 102.84, give or take 5 * 0.005 + 0.05 = 0.075.
        found = findings.loc["001_statcounter_sum"]
        assert found["verdict"] == "fails"
        assert (found["left_low"], found["left_high"]) == (102.765, 102.915)
        assert "= 102.84 [102.765; 102.915] > 100" in found["reason"]

    @pytest.mark.parametrize(
        ("relation_id", "verdict"),
        [
            ("001_trust_networks", "holds"),  # 16.54 + 12.22 + 65.28 = 94.04
            ("001_internet_growth", "holds"),  # 741,000 / 14,729,000 = 5.03%
            ("001_social_growth", "holds"),  # 2.5 / 9.5 = 26.3%, 24.4 to 28.5
            ("001_population", "holds"),  # 15.47 / 0.819 = 18.89 million, 12 / 0.635 = 18.90 million
            ("002_population", "holds"),  # 19.50, 19.49 and 19.49 million
            ("002_phone_users", "fails"),  # 130.5% of the population
            ("002_lodging_rise", "approximate"),  # 900 to 1,000 against 1,000, from "around 2,700 to 2,800"
            ("002_target_internet", "holds"),  # 85.94 of ITU for 2020, the document's own figure is of 2023
            ("002_seven_years", "cannot be checked"),  # "within" seven years and "by" 2030
            ("x_social_users_rise", "fails"),  # 11.855 million at most, after 11.974 million at least
            ("x_social_share_rise", "fails"),  # 60.8 after 63.5
            ("000_lead_video", "fails"),  # 176,375 and 440,606
            ("x_states_of_the_world", "fails"),  # 210 and 193
            ("003_several_accounts", "holds"),  # 66.7 and at least 58
            ("001_several_accounts_internet", "approximate"),  # 16.19 and 15.47 million, one of them "about"
            ("001_several_accounts_population", "approximate"),  # 22.99 and 18.89 million
            ("001_vkontakte_place", "cannot be checked"),  # by users and by traffic
            ("001_digital_2021_edition", "fails"),  # Global Overview and Kazakhstan
            ("002_boston_residents", "fails"),  # Boston and Kazakhstan
            ("003_news_sources_sum", "holds"),  # 60 + 18.3 + 4.8 = 83.1
            ("003_unregistered_and_vkontakte", "holds"),  # at most 42 + 32.95 = 74.95
            ("003_facebook_forecast", "cannot be checked"),
            ("001_barnes_year", "fails"),  # 1954 and 1975
            ("002_trikala_year", "cannot be checked"),  # two works run together
            ("000_aspen_year", "cannot be checked"),  # a report and, perhaps, its meeting
            ("x_regions", "cannot be checked"),  # 14 regions and 3 cities of 2019, regions of 2023
            ("001_colour_revolutions", "fails"),  # 2004, first example 2003
            ("001_openasia_last", "cannot be checked"),  # a singular verb before three subjects
            ("000_rank_after_fall", "holds"),  # 38 + 6 = 44
            ("000_directions", "holds"),  # five stated, five listed
            ("x_facebook_users", "holds"),  # more than 1.6 billion, 1.65 billion
            ("001_population_published", "holds"),  # 15.47 / 0.819 = 18.89, 18.871 to 18.907; 18.8771 million
            ("002_population_published", "cannot be checked"),  # the estimate of the United Nations and a census
            ("002_social_of_internet", "holds"),  # 11.85 / 17.73 = 66.84, 66.79 to 66.88; 66.75 to 66.85
            ("000_websites", "holds"),  # 208 and 210
            ("000_russian_facebook_rounded", "holds"),  # 364,547 is above 364 and below 365 thousand
            ("003_internet_second", "holds"),  # 18.3 behind 60 and before 4.8
        ],
    )
    def test_verdicts_are_those_worked_by_hand(self, findings: pd.DataFrame, relation_id: str, verdict: str) -> None:
        assert findings.loc[relation_id, "verdict"] == verdict

    def test_failures_are_exactly_the_acknowledged_ones(self, findings: pd.DataFrame) -> None:
        claims.confirm(findings.reset_index(), sources.load("acknowledged_findings"))

    @pytest.mark.parametrize("lang", labels.LANGUAGES)
    def test_every_reason_can_be_told(self, findings: pd.DataFrame, lang: str) -> None:
        for verdict in tables.VERDICTS:
            told = claims.explain(findings.reset_index(), lang, verdict=verdict)
            assert told["reason"].str.len().gt(0).all()

    def test_stored_kappa_follows_from_the_stored_counts(self) -> None:
        stored = sources.load("readings_agreement").set_index("measure")["value"]
        counts = {
            name: int(stored[f"reading_units_{name}"]) for name in ("both", "only_first", "only_second", "neither")
        }
        assert sum(counts.values()) == stored["reading_units"]
        assert claims.kappa(**counts) == pytest.approx(stored["reading_kappa"], abs=5e-5)
        assert claims.adjusted_kappa(**counts) == pytest.approx(stored["reading_adjusted_kappa"], abs=5e-5)
        assert claims.prevalence(**counts) == pytest.approx(stored["reading_prevalence"], abs=5e-5)
        assert stored["reading_claims_settled"] == len(sources.load("claims"))

    def test_a_fall_is_told_with_what_pins_the_earlier_figure_down(self, findings: pd.DataFrame) -> None:
        # 15.47 million are 81.9% of the residents and "12 million" 63.5%: 15.465 / 81.95 x 63.45 = 11.9738 at least and
        # 15.475 / 81.85 x 63.55 = 12.0151 at most, above 11.855 million, the most that "11.85 million" can be.
        found = findings.loc["x_social_users_rise"]
        assert (found["left_high"], found["right_low"], found["right_high"]) == pytest.approx(
            (11_855_000, 11_973_816, 12_015_104), abs=1
        )
        assert found["reason"].endswith("⇐ 15.47 миллионов / 81,9% × 63,5% = 11994444 [11973816; 12015104]")

    def test_an_idiom_has_no_tenths_of_a_percent(self, published: pd.DataFrame) -> None:
        # One in three to the nearest whole number: one in 3.5 is 28.57%, one in 2.5 is 40%.
        idiom = published.set_index("claim_id").loc["003-007"]
        assert (idiom["low"], idiom["high"]) == pytest.approx((100 / 3.5, 100 / 2.5), abs=1e-6)
        assert idiom["bound"] == "about"

    def test_numbers_below_a_thousand_are_counted_alike_in_words_and_digits(self, published: pd.DataFrame) -> None:
        whole = published[(published["value"] % 1 == 0) & (published["value"] < 1000)]
        counted = whole[(whole["unit"] != "percent") & whole["bound"].isin(["exact", "at_most"])]
        counted = counted[~counted["as_printed"].str.contains("полтора|полутора")]  # tens told in halves
        assert (counted["low"] == counted["high"]).all()
        assert {"7 years", "five years", "742", "одиннадцать"} <= set(counted["as_printed"])

    def test_one_figure_is_about_one_country_in_every_table(self) -> None:
        printed = sources.load("claims")[["document", "as_printed", "value", "entity"]]
        others = [
            sources.load(name) for name in ("programme_targets", "datareportal", "iei_survey_2017", "global_users")
        ]
        rows = pd.concat([frame[["document", "as_printed", "value", "entity"]] for frame in others])
        both = printed.merge(rows, on=["document", "as_printed", "value"], suffixes=("", "_other")).dropna()
        assert len(both) > 20
        assert both.loc[both["entity"] != both["entity_other"], "as_printed"].tolist() == []

    def test_every_figure_says_where_it_is_recomputed(self) -> None:
        printed = sources.load("claims")
        told = printed[printed["also_in"].notna()]
        assert told["notebook"].notna().all()
        assert printed.loc[printed["also_in"].isna(), "notebook"].isna().all()
        for name in told["also_in"].unique():
            table = sources.load(name)
            if "as_printed" not in table or "document" not in table:
                continue  # a table of places, not of printed figures
            cells = set(zip(table["document"], table["value"].astype(float), strict=True))
            own = told[(told["also_in"] == name) & told["value"].notna()]
            assert [row.claim_id for row in own.itertuples() if (row.document, float(row.value)) not in cells] == []

    def test_the_notebook_named_is_one_that_uses_the_table(self) -> None:
        told = sources.load("claims").dropna(subset=["also_in"])[["also_in", "notebook"]].drop_duplicates()
        folder = sources.project_root() / "notebooks"
        texts = {name: (folder / f"{name}.ipynb").read_text(encoding="utf-8") for name in told["notebook"].unique()}
        assert [row for row in told.itertuples(index=False) if row.also_in not in texts[row.notebook]] == []

    def test_relations_that_hold_for_certain_are_counted_apart(
        self, published: pd.DataFrame, findings: pd.DataFrame
    ) -> None:
        counts = claims.overview(published, findings.loc[["004_six_platforms", "001_population", "002_phone_users"]])
        # Six are six; two populations may be one; 130.5 percent are no part of a whole.
        assert counts[["relations_count", "holds_count", "certain_count", "fails_count"]].iloc[0].tolist() == [
            3,
            2,
            1,
            1,
        ]

    def test_no_printed_figure_of_another_table_is_left_unlinked(self) -> None:
        printed = sources.load("claims")
        loose = printed[printed["also_in"].isna()]
        for name in ("ministry_audiences", "theopenasia_2020", "statcounter_2020", "brand_analytics_2023"):
            table = sources.load(name).dropna(subset=["value"])
            cells = set(zip(table["document"], table["as_printed"], strict=True))
            assert [row.claim_id for row in loose.itertuples() if (row.document, row.as_printed) in cells] == []


def test_matrix_has_one_row_a_claim_and_relation_and_leaves_no_claim_out() -> None:
    printed = pd.DataFrame(
        {"document": "001", "claim_id": ["001-001", "001-002"], "as_printed": ["60%", "50%"], "locator": "table"}
    )
    found = pd.DataFrame(
        {"relation_id": ["a", "b"], "kind": "nesting", "verdict": ["fails", "holds"], "claims": ["001-001", "001-001"]}
    )
    relations = pd.DataFrame({"relation_id": ["a", "b"], "notebook": ["penetration", "rankings"]})
    table = claims.matrix(printed, found, relations)
    assert table["claim_id"].tolist() == ["001-001", "001-001", "001-002"]
    assert table["verdict"].tolist()[:2] == ["fails", "holds"]
    assert table["verdict"].isna().tolist() == [False, False, True]
    assert table["notebook"].tolist()[:2] == ["penetration", "rankings"]
    assert pd.isna(table["notebook"].iloc[2])  # nothing recomputes it
    own = claims.matrix(printed.assign(notebook=[None, "programmes"]), found, relations)
    assert own["notebook"].tolist() == ["penetration", "rankings", "programmes"]


def test_matrix_of_the_project_names_every_claim(published: pd.DataFrame, findings: pd.DataFrame) -> None:
    printed, relations = sources.load("claims"), sources.load("claim_relations")
    table = claims.matrix(printed, findings.reset_index(), relations)
    assert set(table["claim_id"]) == set(printed["claim_id"])
    assert set(table["relation_id"].dropna()) == set(findings.index)
    alone = table[table["relation_id"].isna()]
    assert (alone["notebook"] != "claims").all()
    assert table.set_index("claim_id").loc["000-028", "notebook"] == "rankings"  # 18,200, which no relation touches


def test_every_failure_is_explained_in_every_language(findings: pd.DataFrame) -> None:
    for lang in labels.LANGUAGES:
        explained = claims.explain(findings.reset_index(), lang, verdict="fails")
        assert explained["explanation"].notna().all()
    failing = {f"finding.{code}" for code in explained["relation_id"]}
    relations = sources.load("claim_relations")
    kept_apart = {f"finding.{code}" for code in relations.loc[relations["caveat"].notna(), "relation_id"]}
    told = {code for code in labels.codes("finding.") if re.match(r"finding\.(\d{3}|x)_", code)}
    assert told == failing | kept_apart | {"finding.002_seven_years"}
    grave = relations.loc[relations["matter"] == "substance", "relation_id"]
    short = {f"finding_short.{code}" for code in set(grave) & set(explained["relation_id"])}
    assert set(labels.codes("finding_short.")) == short


def test_without_a_verdict_all_findings_are_told(findings: pd.DataFrame) -> None:
    assert claims.explain(findings.reset_index(), "ru")["verdict"].tolist() == findings["verdict"].tolist()


def test_provenance_counts_claims_by_source_and_keeps_those_without_one() -> None:
    rows = pd.DataFrame({"document": "001", "credited_source": ["26", "26", None]})
    credit = {"document": "001", "credited_source": "26", "credited": "A", "original": "B", "hand": "second"}
    known = pd.DataFrame([credit | {"conflict": None}])
    table = claims.provenance(rows, known, "en")
    assert table["claims_count"].tolist() == [2, 1]
    assert table["hand"].tolist()[0] == "second"
    assert table["credited_source"].tolist() == ["26", "no source named"]


def test_a_source_without_provenance_is_refused_by_name() -> None:
    rows = pd.DataFrame({"document": ["001"], "credited_source": ["99"]})
    columns = ["document", "credited_source", "credited", "original", "hand", "conflict"]
    with pytest.raises(TableError, match="no row for the source credited in 001/99"):
        claims.provenance(rows, pd.DataFrame(columns=columns, dtype=object), "en")


def test_provenance_describes_exactly_the_sources_credited() -> None:
    keys = ["document", "credited_source"]
    credited = sources.load("claims")[keys].dropna().drop_duplicates()
    described = sources.load("provenance")[keys]
    assert set(credited.itertuples(index=False, name=None)) == set(described.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "12,5% + 2.5 = 15.0 [11,973,816; 12,015,104.5 | 99.5; 100] ≈ 1,000; [2022; 2023.995]"),
        ("ru", "12,5% + 2.5 = 15,0 [11 973 816; 12 015 104,5 | 99,5; 100] ≈ 1,000; [2022; 2023,995]"),
        ("kk", "12,5% + 2.5 = 15,0 [11 973 816; 12 015 104,5 | 99,5; 100] ≈ 1,000; [2022; 2023,995]"),
    ],
)
def test_computed_numbers_take_the_marks_of_the_language_and_printed_ones_keep_theirs(lang: str, said: str) -> None:
    arithmetic = "12,5% + 2.5 = 15.0 [11973816; 12015104.5 | 99.5; 100] ≈ 1,000; [2022; 2023.995]"
    assert claims.arithmetic_in(arithmetic, lang).replace("\N{NO-BREAK SPACE}", " ") == said


def test_signs_and_infinities_of_arithmetic_stay() -> None:
    assert claims.arithmetic_in("7 = [−∞; 2031.197]; [-0.5; 1]", "ru") == "7 = [−∞; 2031,197]; [-0,5; 1]"


def test_every_credited_work_has_a_name_in_every_language() -> None:
    table = sources.load("provenance")
    names = set("; ".join([*table["credited"].dropna(), *table["original"].dropna()]).split("; "))
    witnesses = set(sources.load("claim_evidence")["source"].dropna())  # of whom some have one name everywhere
    labelled = {labels.text(code, "en") for code in labels.codes("credit.")}
    assert names <= labelled <= names | witnesses


def test_credits_are_told_in_the_language(published: pd.DataFrame) -> None:
    told = claims.provenance(published, sources.load("provenance"), "ru")
    assert {"Интервью с экспертом", "Kepios; МСЭ (о проникновении)"} <= {*told["credited"], *told["original"].dropna()}


def test_the_kind_with_most_contradictions_is_named_and_a_tie_or_none_is_said() -> None:
    rows = pd.DataFrame({"kind": ["order", "order", "nesting", "same_date"], "verdict": ["fails"] * 3 + ["holds"]})
    assert claims.worst_kind(rows).iloc[0].tolist() == [3, 4, "order", 2, "most"]
    assert claims.worst_kind(rows[1:])["case"].tolist() == ["spread"]  # one each of order and nesting
    assert claims.worst_kind(rows[3:]).iloc[0][["fails_count", "relations_count", "case"]].tolist() == [0, 1, "clear"]
    assert claims.worst_kind(rows[:0]).empty


def test_an_unknown_language_of_a_document_is_an_error_of_its_claims() -> None:
    table, documents = sources.load("claims"), sources.load("documents")
    spoilt = documents.assign(lang=documents["lang"].where(documents["document"] != "003", "xx"))
    others = table[table["document"] != "003"]
    assert len(claims.parse(others, spoilt)) == len(others)
    with pytest.raises(TableError, match=r"row 1 \(003-001\): document 003: unknown language 'xx'"):
        claims.parse(table[table["document"] == "003"].head(1), spoilt)
