"""Misprints counted and judged by hand."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pandas as pd
import pytest

from digital_diplomacy import claims, sources
from digital_diplomacy.claims.seeing.misprints import misprints
from digital_diplomacy.errors import TableError

Made: TypeAlias = Callable[..., Any]


def texts(parsed: pd.DataFrame, kind: str) -> list[str]:
    return [one.text for one in misprints(parsed.iloc[0].to_dict()) if one.kind == kind]


def test_every_digit_is_replaced_by_each_other_and_none_begins_with_zero(read: Made, figure: Made) -> None:
    # 8 other first digits (1, 2, 4 to 9) and 9 other second ones.
    assert texts(read(figure("30%", 30, 0.5)), "digit") == [
        *(f"{first}0%" for first in "12456789"),
        *(f"3{second}%" for second in "123456789"),
    ]


def test_neighbours_are_exchanged_where_they_differ_and_stand_side_by_side(read: Made, figure: Made) -> None:
    # 4 and 4 are the same, 4 and 7 have the comma between them, 07 would begin a group but no number.
    parsed = read(figure("44,705", 44_705, 0.5, unit="users"))
    assert texts(parsed, "swap") == ["44,075", "44,750"]


def test_a_decimal_mark_is_lost_or_moved_and_a_grouping_mark_is_not(read: Made, figure: Made) -> None:
    # 12.50 without its mark is 1250; a place to the left 1.250, to the right 125.0.
    assert texts(read(figure("12.50%", 12.5, 0.005)), "mark") == ["1250%", "1.250%", "125.0%"]
    # A place to the left nothing stood before the mark of 1.5, a place to the right nothing behind it.
    assert texts(read(figure("1.5%", 1.5, 0.05)), "mark") == ["15%"]
    assert texts(read(figure("18,200", 18_200, 0.5, unit="users")), "mark") == []


def test_a_document_with_a_decimal_comma_loses_the_comma(read: Made, figure: Made) -> None:
    parsed = read(figure("81,9%", 81.9, 0.05), habit=("ru", ",", " ", "unknown"))
    assert texts(parsed, "mark") == ["819%", "8,19%"]


def test_what_cannot_be_read_is_no_misprint(read: Made, figure: Made, date: Made) -> None:
    # 4th can become 5th to 9th; 1th to 3th and 0th are no places.
    parsed = read(figure("4th", 4, 0, unit="rank", kind="rank"))
    assert texts(parsed, "digit") == [f"{place}th" for place in "56789"]
    # No day is the 41st to 91st, 01.01 begins with zero, and 11.01 may be a day of January or of November.
    days = texts(read(date("31.01.2017", "2017-01-31")), "digit")
    assert [text for text in days if text.endswith(".01.2017")] == ["21.01.2017", "30.01.2017"]


def test_a_figure_only_its_sentence_tells_has_no_misprint_to_count(read: Made, related: Made) -> None:
    parsed = read({"as_printed": "24/7", "value": 24, "low": 24, "high": 24, "reading": "implied"})
    row = claims.power(parsed, related("share_of_persons", "002-001")).iloc[0]
    assert row["misprints_count"] == 0
    assert pd.isna(row["misprints_share"])


def test_a_figure_in_words_has_no_row(read: Made, figure: Made, related: Made) -> None:
    parsed = read(figure("forty percent", 40, 0.5), figure("40%", 40, 0.5))
    assert claims.power(parsed, related("same_quantity", "002-001", "002-002"))["claim_id"].tolist() == ["002-002"]


def test_two_figures_for_one_quantity_reveal_what_leaves_the_interval(read: Made, figure: Made, related: Made) -> None:
    # 40% is 39.5 to 40.5, or 40 to 41 if digits were cut off; 41% is 40.5 to 41.5. Both meet 40.5% (40.45 to 40.55), so
    # that one of the 8 first and 9 second digits is not noticed: 16 of 17. 40.4% (40.35 to 40.45) meets no other.
    # Exchanged, 04 would begin with zero.
    parsed = read(figure("40%", 40, 0.5), figure("40.4%", 40.4, 0.05))
    row = claims.power(parsed, related("same_quantity", "002-001", "002-002")).iloc[0]
    assert (row["digit_count"], row["digit_revealed"]) == (17, 17)
    close = read(figure("40%", 40, 0.5), figure("40.5%", 40.5, 0.05))
    row = claims.power(close, related("same_quantity", "002-001", "002-002")).iloc[0]
    assert (row["digit_count"], row["digit_revealed"], row["swap_count"], row["mark_count"]) == (17, 16, 0, 0)
    assert row["digit_share"] == pytest.approx(16 / 17)


def test_a_limit_reveals_one_side_only(read: Made, figure: Made, related: Made) -> None:
    # A share of persons may not pass 100: of 8 + 9 misprints of 95% none does; of 95.5% one that lost its mark does.
    row = claims.power(read(figure("95%", 95, 0.5)), related("share_of_persons", "002-001")).iloc[0]
    assert (row["digit_count"], row["digit_revealed"]) == (17, 0)
    row = claims.power(read(figure("95.5%", 95.5, 0.05)), related("share_of_persons", "002-001")).iloc[0]
    assert (row["mark_count"], row["mark_revealed"]) == (2, 1)  # 955%, and 9.55%


def test_no_relation_reveals_nothing_and_a_failing_one_nothing_new(read: Made, figure: Made, related: Made) -> None:
    parsed = read(figure("40%", 40, 0.5), figure("70%", 70, 0.5), figure("20%", 20, 0.5))
    row = claims.power(parsed, related("same_quantity", "002-001", "002-002"))
    assert row["relations_count"].tolist() == [1, 1, 0]
    assert row["misprints_revealed"].tolist() == [0, 0, 0]


def test_dates_are_figures_too(read: Made, date: Made, related: Made) -> None:
    # 2015 before 2018. Later are, of years that can be read: by the last digit 2019; by the tens 2025 to 2095, eight;
    # by the hundreds 2115 alone, for the reader takes no year from 2200 on. 1015 and 2005 are earlier.
    parsed = read(date("2015", "2015"), date("2018", "2018"))
    row = claims.power(parsed, related("date_order", "002-001", "002-002")).iloc[0]
    assert row["digit_revealed"] == 1 + 8 + 1


def test_a_period_is_watched_at_both_ends(read: Made, date: Made, related: Made) -> None:
    # Of 2004-2011 every other first and last year is told by one of the two dates; a period that only had to touch
    # them would let 2003-2011, 2004-2019 and many more pass.
    parsed = read(date("2004-2011", "2004/2011"), date("2004", "2004"), date("2011", "2011"))
    row = claims.power(parsed, related("same_period", "002-001", "002-002 002-003")).iloc[0]
    assert row["digit_count"] > 20
    assert row["digit_revealed"] == row["digit_count"]


def test_a_figure_that_others_narrow_with_it_is_watched_by_their_relations(
    read: Made, figure: Made, related: Made
) -> None:
    # 9 million (8.5 to 9.5) are 90% of 10 (9.95 to 10.05, of 99.95 to 100.05%: a population of 9.945 to 10.055).
    # Printed as 95.0% they would be 94.95% of 9.945, that is 9.443 at least: possible (below 9.5), yet above 9.405,
    # which alone the relation to 9.40 shows. 96.0% would be 9.542, which the population shows already.
    rows = [
        figure("9 million", 9e6, 5e5, unit="persons"),
        figure("90.0%", 90, 0.05),
        figure("10.0 million", 10e6, 5e4, unit="persons"),
        figure("100.0%", 100, 0.05),
        figure("9.4 million", 9.4e6, 5e3, unit="persons", as_printed="9.40 million"),
    ]
    population = related("implied_population", "002-001 002-002", "002-003 002-004")
    below = related("nesting", "002-001", "002-005", relation_id="below")
    alone = claims.power(read(*rows), population).iloc[1]
    both = claims.power(read(*rows), pd.concat([population, below])).iloc[1]
    assert both["relations_count"] == 1
    assert both["digit_revealed"] > alone["digit_revealed"]


def test_order_of_relations_does_not_matter_and_the_table_stays_as_it_was(
    read: Made, figure: Made, related: Made
) -> None:
    parsed = read(figure("40%", 40, 0.5), figure("40.5%", 40.5, 0.05), figure("70.5%", 70.5, 0.05))
    both = pd.concat([
        related("same_quantity", "002-001", "002-002"), related("order", "002-003 002-001", relation_id="s"),
    ])  # fmt: skip
    before = parsed.copy()
    pd.testing.assert_frame_equal(claims.power(parsed, both), claims.power(parsed, both.iloc[::-1]))
    pd.testing.assert_frame_equal(parsed, before)


def test_totals_add_up_by_document_and_over_all() -> None:
    rows = pd.DataFrame({"document": ["a", "a", "b"], "relations_count": [2, 0, 1]})
    for kind in ("digit", "swap", "mark", "misprints"):
        rows[f"{kind}_count"], rows[f"{kind}_revealed"] = [10, 10, 20], [5, 0, 0]
    by = claims.totals(rows, by=["document"])
    assert by[["figures_count", "related_count", "blind_count"]].to_numpy().tolist() == [[2, 1, 1], [1, 1, 1]]
    assert by["misprints_share"].tolist() == [0.25, 0.0]
    assert claims.totals(rows)["digit_share"].tolist() == [5 / 40]


def test_figures_that_were_not_read_here_are_refused(read: Made, figure: Made, related: Made) -> None:
    parsed = read(figure("40%", 40, 0.5)).drop(columns="decimal_mark")
    with pytest.raises(TableError, match="`claims` has no column `decimal_mark`"):
        claims.power(parsed, related("share_of_persons", "002-001"))


def test_the_figures_of_one_document_are_held_against_all_others() -> None:
    printed = sources.load("claims").query("claim_id in ['003-002', '000-010', '002-019', '001-045']")
    read = claims.parse(printed, sources.load("documents"))
    relations = sources.load("claim_relations").query("relation_id in ['x_facebook_users', 'x_social_users_rise']")
    whole = claims.power(read, relations)
    for document in ("000", "001", "002", "003"):
        own = whole[whole["document"] == document].reset_index(drop=True)
        assert own["misprints_revealed"].sum() > 0
        pd.testing.assert_frame_equal(claims.power(read, relations, document=document), own)
    assert claims.power(read, relations, document="004").empty
