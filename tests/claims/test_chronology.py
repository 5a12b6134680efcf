"""The order of what is dated, worked by hand."""

import pandas as pd
import pytest

from digital_diplomacy import claims, tables
from digital_diplomacy.errors import TableError

PLAIN = {"entity": "WORLD", "extent": "within", "dated_in": "text", "bound": "exact", "document": "001"}


def events(*rows: dict[str, str]) -> pd.DataFrame:
    made = [
        PLAIN | {"event": f"e{place}", "event_kind": "protest", "period": "2004"} | row
        for place, row in enumerate(rows)
    ]
    return pd.DataFrame(made)


def drawn(*rows: dict[str, str]) -> pd.DataFrame:
    return claims.dated(events(*rows))


@pytest.mark.parametrize(
    ("protest", "platform", "cell"),
    [
        ("2005", "2002/2004", "before"),  # 31 December 2004 is the day before 1 January 2005
        ("2004", "2002/2004", "undecided"),
        ("2004-03", "2004-02", "before"),
        ("2004-03", "2004-03-31", "undecided"),
        ("2004-03", "2004-03-01", "undecided"),
        ("2004-03-01", "2004-03-01", "undecided"),
        ("2004-03", "2004-02-29", "before"),
        ("2004-03", "2004-04-01", "after"),
        ("2003", "2006-03-21", "after"),
    ],
)
def test_an_order_is_certain_only_where_no_day_is_shared(protest: str, platform: str, cell: str) -> None:
    matrix = claims.order(drawn({"event": "p", "period": protest}), drawn({"event": "f", "period": platform}))
    assert matrix["cell"].tolist() == [cell]
    assert matrix[["row", "column"]].iloc[0].tolist() == ["event.p", "event.f"]


def test_what_lasted_began_within_its_first_year() -> None:
    lasted = drawn({"event": "p", "period": "2013/2014", "extent": "throughout"})
    moment = drawn({"event": "p", "period": "2013/2014"})
    later = drawn({"event": "f", "period": "2014"})
    assert claims.order(lasted, later)["cell"].tolist() == ["after"]
    assert claims.order(moment, later)["cell"].tolist() == ["undecided"]


def test_two_datings_of_one_event_leave_both_years_open() -> None:
    twice = drawn({"event": "p", "period": "2003"}, {"event": "p", "period": "2005", "document": "002"})
    found = claims.beginnings(twice)
    assert found[["event", "documents"]].iloc[0].tolist() == ["p", "001 002"]
    assert (str(found["first_day"][0]), str(found["last_day"][0])) == ("2003-01-01", "2005-12-31")
    assert claims.order(twice, drawn({"event": "f", "period": "2004"}))["cell"].tolist() == ["undecided"]


def test_documents_of_both_sides_stand_in_the_cell() -> None:
    matrix = claims.order(drawn({"document": "001"}), drawn({"event": "f", "document": "000"}))
    assert matrix["documents"].tolist() == ["000 001"]


def test_orders_are_counted() -> None:
    protests = drawn({"event": "p", "period": "2003"}, {"event": "q", "period": "2006"})
    platforms = drawn({"event": "f", "period": "2002/2004"}, {"event": "g", "period": "1995"})
    counts = claims.count_orders(claims.order(protests, platforms)).iloc[0].to_dict()
    # f: open for 2003, before 2006; g: before both.
    assert counts == {"pairs_count": 4, "before_count": 3, "undecided_count": 1, "after_count": 0}


def test_events_stand_by_kind_then_by_first_date_with_their_datings_together() -> None:
    rows = events(
        {"event": "late", "period": "2010"},
        {"event": "twice", "period": "2011", "document": "002"},
        {"event": "site", "event_kind": "platform", "period": "2012"},
        {"event": "twice", "period": "2001"},
    )
    kept = claims.dated(rows, kinds=["platform", "protest"])
    assert kept["event"].tolist() == ["site", "twice", "twice", "late"]
    assert kept["period"].tolist()[1:3] == ["2001", "2011"]
    assert list(kept.columns) == list(tables.EVENTS.columns)


def test_rows_of_one_country_are_kept_and_none_is_no_error() -> None:
    rows = events({"entity": "KAZ"}, {"entity": "GEO"})
    assert claims.dated(rows, entity="GEO")["entity"].tolist() == ["GEO"]
    assert claims.dated(rows, kinds=["protest"], entity="BRA").empty


def test_an_unknown_kind_is_refused_naming_the_known() -> None:
    with pytest.raises(ValueError, match="no event of kind war; kinds: protest"):
        claims.dated(events({}), kinds=["war"])


def test_an_event_without_period_is_refused() -> None:
    with pytest.raises(ValueError, match="without a period"):
        claims.dated(events({"period": ""}))


def test_a_place_of_dating_that_is_none_is_refused() -> None:
    with pytest.raises(TableError, match="column `dated_in`: 'margin'"):
        claims.dated(events({"dated_in": "margin"}))


def test_gaps_between_two_dates_of_one_thing_are_worked_by_hand() -> None:
    rows = drawn(
        {"event": "term", "period": "1954"},
        {"event": "term", "period": "1975", "dated_in": "reference_list"},
        {"event": "law", "period": "2017"},
        {"event": "law", "period": "2017-12-12", "dated_in": "reference_list"},
        {"event": "once", "period": "1990"},
    )
    told = claims.told_twice(rows).set_index("event")
    assert list(told.index) == ["term", "law"]
    # 31 December 1954 to 1 January 1975: 20 years and a day; 1 January 1954 to 31 December 1975: 22 years less a day.
    assert told.loc["term", ["value", "low", "high", "verdict"]].tolist() == [21, 20.0, 22.0, "differ"]
    # One day of 2017 satisfies both; at most 1 January to 12 December: 345 days of 365.2425.
    assert told.loc["law", ["value", "low", "high", "verdict"]].tolist() == [0, 0.0, 0.94, "agree"]


def test_days_after_each_other_differ_although_no_year_lies_between() -> None:
    rows = drawn({"event": "e", "period": "2016"}, {"event": "e", "period": "2017", "dated_in": "reference_list"})
    told = claims.told_twice(rows).iloc[0]
    # 31 December 2016 to 1 January 2017 is one day, 0.003 years.
    assert (told["value"], told["low"], told["high"], told["verdict"]) == (1, 0.0, 2.0, "differ")


def test_dates_in_other_documents_are_not_two_dates_of_one() -> None:
    rows = drawn({"event": "e", "period": "2016"}, {"event": "e", "period": "2017", "document": "002"})
    assert claims.told_twice(rows).empty


def test_the_farthest_pair_is_named_and_the_differing_are_counted() -> None:
    rows = drawn(
        {"event": "near", "period": "2016"},
        {"event": "near", "period": "2017", "dated_in": "address"},
        {"event": "far", "period": "2018"},
        {"event": "far", "period": "2023", "dated_in": "reference_list"},
        {"event": "same", "period": "2020"},
        {"event": "same", "period": "2020", "dated_in": "reference_list"},
    )
    row = claims.farthest(claims.told_twice(rows)).iloc[0]
    assert row[["compared_count", "differ_count", "event", "value"]].tolist() == [3, 2, "far", 5]
    assert claims.farthest(claims.told_twice(rows[4:])).empty


def test_what_is_dated_about_a_country_is_counted_by_thing() -> None:
    rows = drawn(
        {"event": "e", "entity": "KAZ", "period": "2018/2022", "extent": "throughout"},
        {"event": "f", "entity": "KAZ", "period": "2019", "document": "002"},
        {"event": "f", "entity": "KAZ", "period": "2019-09-02"},
        {"event": "g", "entity": "GEO", "period": "2003"},
    )
    row = claims.extent_of(rows, "KAZ").iloc[0].to_dict()
    assert row == {"entity": "KAZ", "events_count": 2, "documents_count": 2, "period": "2018/2022"}
    assert claims.extent_of(rows, "GEO")["period"].tolist() == ["2003"]
    assert claims.extent_of(rows, "BRA").empty
    assert claims.undated(rows, "BRA")["entity"].tolist() == ["BRA"]
    assert claims.undated(rows, "KAZ").empty


def test_kinds_are_dated_from_their_first_year_to_their_last() -> None:
    rows = drawn(
        {"event": "a", "period": "2018/2022"}, {"event": "b", "period": "2006-03-21"}, {"event": "b", "period": "2004",
         "document": "002"}, {"event": "c", "event_kind": "platform", "period": "1995"},
    )  # fmt: skip
    found = claims.extents(rows).iloc[0].to_dict()
    assert found == {
        "platform_count": 1, "platform_period": "1995", "protest_count": 2, "protest_period": "2004/2022",
    }  # fmt: skip
    assert claims.extents(rows[:0]).empty


def test_the_last_event_is_the_one_that_ends_last() -> None:
    rows = drawn({"event": "term", "period": "2018/2030"}, {"event": "late", "period": "2029-12-31"})
    row = claims.latest(rows).iloc[0].to_dict()
    assert row == {
        "entity": "WORLD", "events_count": 2, "period": "2018/2030", "event": "term", "last_period": "2018/2030",
    }  # fmt: skip
    assert claims.latest(rows[:0]).empty


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (["2001", "2015", "2017", "2020"], [4, 2, 2017]),
        (["2001", "2015", "2017"], [3, 2, 2015]),
        (["2015", "2015", "2001"], [3, 2, 2015]),
        (["1999"], [1, 1, 1999]),
    ],
)
def test_half_of_the_events_are_of_the_year_said_or_later(years: list[str], said: list[int]) -> None:
    rows = drawn(*({"event": f"e{place}", "period": year} for place, year in enumerate(years)))
    assert claims.half_since(rows).iloc[0].tolist() == said
    assert claims.half_since(rows[:0]).empty


def test_the_argument_is_never_changed() -> None:
    rows = events({"period": "2004"}, {"event": "e0", "period": "2005", "dated_in": "address"})
    before = rows.copy()
    claims.told_twice(claims.dated(rows))
    pd.testing.assert_frame_equal(rows, before)


def test_the_difference_of_two_dates_is_that_of_their_years_whatever_else_they_name() -> None:
    rows = drawn(
        {"event": "a", "period": "2019-05"},
        {"event": "a", "period": "2017-12-12", "dated_in": "reference_list"},
        {"event": "b", "period": "2012/2014"},
        {"event": "b", "period": "2015", "dated_in": "reference_list"},
    )
    assert claims.told_twice(rows).set_index("event")["value"].to_dict() == {"a": 2, "b": 3}
