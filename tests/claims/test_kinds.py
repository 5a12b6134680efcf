"""Kinds of relations between places, dates, parts of parts and rates, each worked by hand."""

import datetime as dt

import pandas as pd
import pytest

from digital_diplomacy import claims, labels
from digital_diplomacy.errors import TableError

DOCUMENTS = pd.DataFrame({"document": ["000"], "lang": ["en"], "decimal_mark": ["."], "grouping_mark": [","]})
EXACT = {"locator": "paragraph 1", "entity": "UZB", "measure": "x", "platform": None, "period": None, "value": None}
EXACT |= {"value_date": None, "low": None, "high": None, "bound": "exact", "reading": "number", "credited_source": None}


def figure(
    printed: str, value: float, half: float = 0.0, *, unit: str = "percent", **fields: object
) -> dict[str, object]:
    ends = {"value": value, "low": round(value - half, 6), "high": round(value + half, 6)}
    return EXACT | {"as_printed": printed, "unit": unit, "kind": "observation"} | ends | fields


def date(printed: str, value: str) -> dict[str, object]:
    return EXACT | {"as_printed": printed, "value_date": value, "unit": "date", "kind": "date", "reading": "date"}


def place(value: int) -> dict[str, object]:
    return figure(str(value), value, unit="rank", kind="rank")


def judged(kind: str, left: list[dict[str, object]], right: list[dict[str, object]], **fields: object) -> pd.Series:
    """The finding on one relation of these figures."""
    rows = [row | {"claim_id": f"000-{number:03d}", "document": "000"} for number, row in enumerate(left + right, 1)]
    ids = [str(row["claim_id"]) for row in rows]
    sides = {"left": " ".join(ids[: len(left)]) or None, "right": " ".join(ids[len(left) :]) or None}
    relation = {"relation_id": "r", "kind": kind, "exhaustive": False, "constant": None} | sides | fields
    return claims.check(claims.parse(pd.DataFrame(rows), DOCUMENTS), pd.DataFrame([relation])).iloc[0]


THREE = [figure("32.9%", 32.9, 0.05), figure("18.5%", 18.5, 0.05), figure("15.3%", 15.3, 0.05)]


@pytest.mark.parametrize(("own", "stands"), [(0, 1), (1, 2), (2, 3)])
@pytest.mark.parametrize("said", [1, 2, 3])
def test_a_stated_place_is_that_of_its_figure(own: int, stands: int, said: int) -> None:
    others = [row for row in THREE if row is not THREE[own]]
    found = judged("rank_among", [place(said)], [THREE[own], *others])
    assert found["verdict"] == ("holds" if said == stands else "fails")
    assert (found["right_low"], found["right_high"]) == (stands, stands)


@pytest.mark.parametrize(("said", "verdict"), [(1, "holds"), (2, "holds"), (3, "fails")])
def test_figures_that_may_be_equal_leave_a_range_of_places(said: int, verdict: str) -> None:
    # 2 is 1.5 to 2.5 and 2.4 is 2.35 to 2.45: either may be the larger; 1 is 0.5 to 1.5, surely no larger than either.
    rows = [figure("2%", 2, 0.5), figure("2.4%", 2.4, 0.05), figure("1%", 1, 0.5)]
    assert judged("rank_among", [place(said)], rows)["verdict"] == verdict


def test_of_dates_the_earliest_is_first() -> None:
    first, later = date("1995", "1995"), date("2002", "2002")
    assert judged("rank_among", [place(1)], [first, later])["verdict"] == "holds"
    assert judged("rank_among", [place(1)], [later, first])["verdict"] == "fails"
    assert judged("rank_among", [place(2)], [later, first])["verdict"] == "holds"


def test_places_and_figures_go_in_one_order_whatever_the_order_of_their_columns() -> None:
    assert (
        judged("rank_agreement", [place(3), place(1), place(2)], [THREE[2], THREE[0], THREE[1]])["verdict"] == "holds"
    )
    found = judged("rank_agreement", [place(1), place(2)], [THREE[2], THREE[0]])
    assert found["reason"] == "contradiction: 15.3% [15.25; 15.35] < 32.9% [32.85; 32.95]"
    with pytest.raises(TableError, match="2 places and 1 figures are no pairs"):
        judged("rank_agreement", [place(1), place(2)], THREE[:1])


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(364_547, "holds"), (364_000, "holds"), (363_547, "fails"), (365_647, "fails"), (374_547, "fails")],
)
def test_a_figure_told_again_has_passed_the_round_one_by_less_than_a_step(value: int, verdict: str) -> None:
    exact = figure(f"{value:,}", value, 0.5, unit="followers")
    rounded = figure("more than 364 thousand", 364_000, 500, unit="followers", bound="at_least")
    assert judged("restated", [exact], [rounded], constant=1000)["verdict"] == verdict


def test_a_figure_told_again_needs_a_step() -> None:
    both = [figure("364,547", 364_547, 0.5, unit="followers")]
    with pytest.raises(TableError, match="names no constant: the step"):
        judged("restated", both, both)


def test_each_has_at_least_what_the_definition_says_pair_by_pair() -> None:
    # 900 messages of 300 authors are 3 each, 900 of 1,000 are fewer than one.
    many, few, crowd = (figure(*row) for row in (("900", 900), ("300", 300), ("1,000", 1000)))
    least = figure("at least 1", 1, unit="messages", bound="at_least", kind="count")
    counts = [row | {"unit": unit, "kind": "count"} for row, unit in ((many, "messages"), (few, "authors"))]
    assert judged("least_each", counts, [least])["verdict"] == "holds"
    worse = [*counts, counts[0], crowd | {"unit": "authors", "kind": "count"}]
    assert judged("least_each", worse, [least])["verdict"] == "fails"
    with pytest.raises(TableError, match="3 claims are no pairs"):
        judged("least_each", worse[:3], [least])


@pytest.mark.parametrize(("said", "verdict"), [(50.0, "holds"), (50.1, "holds"), (50.2, "fails"), (40.0, "fails")])
def test_a_part_of_a_part(said: float, verdict: str) -> None:
    # 30.0 of 60.0 are 29.95 / 60.05 = 49.875 to 30.05 / 59.95 = 50.125 percent; 50.1 is 50.05 to 50.15, and 50.2 begins
    # at 50.15. Cut off, 30.0 to 30.1 of 60.0 to 60.1 are 49.92 to 50.17, which 50.2 to 50.3 do not reach either.
    part, whole = figure("30.0%", 30, 0.05), figure("60.0%", 60, 0.05)
    found = judged("share_of_share", [part, whole], [figure(f"{said}%", said, 0.05)])
    assert (found["left_low"], found["left_high"]) == pytest.approx((49.875104, 50.125104), abs=1e-6)
    assert found["verdict"] == verdict


def test_a_part_and_its_whole_are_in_one_unit() -> None:
    with pytest.raises(TableError, match="in different units"):
        judged("share_of_share", [figure("30", 30, unit="persons"), THREE[0]], [THREE[1]])


@pytest.mark.parametrize(("total", "verdict"), [(1_299_999_999, "holds"), (1_399_999_999, "fails")])
def test_a_rate_kept_up_brings_what_earlier_years_brought(total: int, verdict: str) -> None:
    # 1,234,567 a day for three years of 365 days are 1,351,850,865.
    rate = figure("1,234,567", 1_234_567, 0.5, unit="messages_per_day")
    time = figure("3", 3, unit="years", kind="count")
    found = judged("rate_reaches", [rate, time], [figure(f"{total:,}", total, 0.5, unit="messages")])
    assert found["verdict"] == verdict
    with pytest.raises(TableError, match="give no persons"):
        judged("rate_reaches", [rate, time], [figure("5", 5, unit="persons")])


def test_dates_are_told_from_the_earliest_on() -> None:
    dates = [date("2005", "2005"), date("2010", "2010"), date("2020", "2020")]
    assert judged("dates_in_order", dates, [])["verdict"] == "holds"
    assert judged("dates_in_order", [dates[0], dates[2], dates[1]], [])["verdict"] == "fails"


def test_dates_lie_within_a_period() -> None:
    inside, outside, period = date("2016", "2016"), date("2014", "2014"), date("2015-2021", "2015/2021")
    assert judged("dates_within", [inside], [period])["verdict"] == "holds"
    assert judged("dates_within", [inside, outside], [period])["verdict"] == "fails"


@pytest.mark.parametrize(("later", "verdict"), [("2015", "holds"), ("2009", "holds"), ("2008", "fails")])
def test_years_since_a_date_had_passed_by_another(later: str, verdict: str) -> None:
    # Three years from 21 March 2006 end on 21 March 2009.
    duration = figure("3", 3, unit="years", kind="count")
    found = judged("elapsed_by", [date("March 21, 2006", "2006-03-21"), duration], [date(later, later)])
    assert found["verdict"] == verdict


def test_a_count_and_its_share_imply_the_population_itself() -> None:
    # 50 of 50.0% are 50 / 0.5005 = 99.90 to 50 / 0.4995 = 100.10.
    count, share = figure("50", 50, unit="persons"), figure("50.0%", 50, 0.05)
    for whole, verdict in ((100, "holds"), (101, "fails")):
        found = judged("implied_population", [count, share], [figure(str(whole), whole, unit="persons")])
        assert found["verdict"] == verdict


def test_an_entry_of_another_table_can_be_a_date() -> None:
    listed = pd.DataFrame({"entry": [1, 2], "year": [2016, 3]})
    named = {"evidence_id": "list", "table": "listed", "keys": "entry=1", "column": "year", "kind": "date"}
    named |= {"entity": "WORLD", "measure": "x", "period": "2016", "unit": "date", "source": "#1", "vintage": "2018"}
    found = claims.evidence(pd.DataFrame([named]), load={"listed": listed}.__getitem__).iloc[0]
    assert (found["first_day"].date(), found["last_day"].date()) == (dt.date(2016, 1, 1), dt.date(2016, 12, 31))
    assert (found["as_printed"], pd.isna(found["value"])) == ("2016 (#1; v. 2018)", True)
    with pytest.raises(TableError, match="'3' in listed is no date of ISO 8601"):
        claims.evidence(pd.DataFrame([named | {"keys": "entry=2"}]), load={"listed": listed}.__getitem__)


@pytest.mark.parametrize("kind", sorted(claims.KINDS))
@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_kind_has_a_name(kind: str, lang: str) -> None:
    assert labels.text(f"kind.{kind}", lang)


@pytest.mark.parametrize(
    ("kind", "left", "printed", "unit", "true", "false"),
    [
        ("growth_rate", (320, 480), "{}%", "percent", 50, 150),  # 480 / 320 - 1
        ("decline_rate", (480, 360), "{}%", "percent", 25, 75),  # 1 - 360 / 480
        ("share_of_base", (50, 200), "{}%", "percent", 25, 400),  # 50 of 200
        ("ratio", (300, 100), "{} times", "times", 3, 2),
        ("sum_of_parts", (120, 80), "{}", "items", 200, 40),
    ],
)
def test_what_two_counts_make_is_held_against_what_is_printed_of_them(
    kind: str, left: tuple[int, int], printed: str, unit: str, true: int, false: int
) -> None:
    counts = [figure(str(value), value, unit="items") for value in left]  # whole, below a thousand: exact
    half = 0.5 if unit == "percent" else 0.0
    for said, verdict in ((true, "holds"), (false, "fails")):
        found = judged(kind, counts, [figure(printed.format(said), said, half, unit=unit)])
        assert found["verdict"] == verdict
        assert found["left_low"] == found["left_high"] == true


PERIODS = [  # left, right, verdict: whether first and last date agree, each as precise as its period is told
    (("2013-2014", "2013/2014"), [("21 November 2013", "2013-11-21"), ("22 February 2014", "2014-02-22")], "holds"),
    (("2013-2014", "2013/2014"), [("21 November 2013", "2013-11-21"), ("2 January 2015", "2015-01-02")], "fails"),
    (("2010-2014", "2010/2014"), [("21 November 2013", "2013-11-21"), ("22 February 2014", "2014-02-22")], "fails"),
    (("2004-2011", "2004/2011"), [("2004", "2004"), ("2011", "2011")], "holds"),
    (("2004-2011", "2004/2011"), [("2011", "2011"), ("2004", "2004")], "fails"),
    (("2004-2011", "2004/2011"), [("2004-2011", "2004/2011")], "holds"),
    (("2004-2011", "2004/2011"), [("2004-2010", "2004/2010")], "fails"),
    (("2013", "2013"), [("March 2013", "2013-03"), ("May 2013", "2013-05")], "holds"),
    (("2013", "2013"), [("March 2013", "2013-03"), ("May 2014", "2014-05")], "fails"),
    (("March 2013", "2013-03"), [("31 March 2013", "2013-03-31")], "holds"),
    (("March 2013", "2013-03"), [("1 April 2013", "2013-04-01")], "fails"),
    (("31 December 2013", "2013-12-31"), [("2013", "2013"), ("1 January 2014", "2014-01-01")], "fails"),
]


@pytest.mark.parametrize(("period", "told", "verdict"), PERIODS)
def test_a_period_told_twice_agrees_at_both_ends(
    period: tuple[str, str], told: list[tuple[str, str]], verdict: str
) -> None:
    assert judged("same_period", [date(*period)], [date(*each) for each in told])["verdict"] == verdict


def test_a_period_of_months_ends_with_its_months() -> None:
    # By its statement the figure is of November 2013 to February 2014: it ends in that February, on any of its days.
    rate = [figure("5%", 5, 0.5, period="2013-11/2014-02")]
    for last, verdict in (("2014-02-01", "holds"), ("2014-02-28", "holds"), ("2014-03-01", "fails")):
        days = [date("30 November 2013", "2013-11-30"), date(dt.date.fromisoformat(last).strftime("%d %B %Y"), last)]
        assert judged("same_period", rate, days)["verdict"] == verdict


def test_a_period_has_two_ends_and_no_third() -> None:
    years = [date(str(year), str(year)) for year in (2001, 2002, 2003)]
    with pytest.raises(TableError, match="one period is expected on the left, and on the right one or two dates"):
        judged("same_period", [date("2001-2003", "2001/2003")], years)


def test_one_period_stands_on_the_left() -> None:
    years = [date("2001-2003", "2001/2003"), date("2001", "2001")]
    with pytest.raises(TableError, match=r"one period is expected on the left, and on the right .* not 2 and 1$"):
        judged("same_period", years, [date("2003", "2003")])


@pytest.mark.parametrize(("told", "verdict"), [("2024-05-22", "holds"), ("2024", "holds"), ("2025", "fails")])
def test_what_is_told_as_past_is_no_later_than_the_text(told: str, verdict: str) -> None:
    text = [date("22 May 2024", "2024-05-22")]
    assert judged("told_as_past", [date("1998", "1998"), date(told, told)], text)["verdict"] == verdict


@pytest.mark.parametrize(("period", "verdict"), [("2015/2021", "holds"), ("2015/2022", "fails")])
def test_a_period_told_as_past_is_over(period: str, verdict: str) -> None:
    assert judged("told_as_past", [date(period, period)], [date("2021", "2021")])["verdict"] == verdict


@pytest.mark.parametrize(
    ("day", "verdict"), [("2014-03-29", "holds"), ("2014-03-28", "fails"), ("2014-04-05", "holds")]
)
def test_a_date_falls_on_the_day_named(day: str, verdict: str) -> None:
    # 29 March 2014 was a Saturday (20 March 2014, the equinox, a Thursday).
    found = judged("weekday", [date(day, day)], [], constant=6, named="News on Saturday")
    assert found["verdict"] == verdict
    if verdict == "fails":
        assert found["reason"] == "contradiction: 2014-03-28 (W-5) ≠ «News on Saturday» (W-6)"


def test_a_day_of_the_week_needs_its_number_and_one_day() -> None:
    day, month = date("29 March 2014", "2014-03-29"), date("March 2014", "2014-03")
    for wrong in ({"constant": 8, "named": "x"}, {"constant": 6, "named": ""}):
        with pytest.raises(TableError, match="it names no day of the week"):
            judged("weekday", [day], [], **wrong)
    for dates in ([month], [day, day]):
        with pytest.raises(TableError, match="one date of one day is expected on the left"):
            judged("weekday", dates, [], constant=6, named="x")


@pytest.mark.parametrize(("year", "verdict"), [(2030, "holds"), (2031, "holds"), (2029, "fails"), (2130, "fails")])
def test_a_deadline_told_twice_is_one(year: int, verdict: str) -> None:
    # Seven whole years from 10 September 2023 end between 10 September 2030 and 9 September 2031.
    start, time = date("10 September 2023", "2023-09-10"), figure("7", 7, unit="years", kind="count", bound="at_most")
    limit = date(f"by {year}", str(year)) | {"bound": "at_most"}
    assert judged("same_deadline", [start, time], [limit])["verdict"] == verdict


def test_a_deadline_is_told_in_years_and_as_one_date() -> None:
    start, limit = date("2023", "2023"), date("2030", "2030")
    with pytest.raises(TableError, match="is not a number of years"):
        judged("same_deadline", [start, figure("7", 7, unit="items")], [limit])
    with pytest.raises(TableError, match="one date is expected"):
        judged("same_deadline", [start, figure("7", 7, unit="years", kind="count")], [limit, limit])
