"""What a relation compares: the numbers, pairs, units and days of claims, by hand."""

import datetime as dt
from fractions import Fraction

import pytest

from digital_diplomacy.claims.quantities import Claim, Quantity, alike
from digital_diplomacy.claims.sides import (
    FIRST,
    LAST,
    Relation,
    claim_id_of,
    days_of,
    end_of,
    only,
    pairs_of,
    population_of,
    quantities_of,
    unit_of,
)
from digital_diplomacy.printed import Interval


def figure(claim_id: str, low: int, high: int, unit: str = "users", **fields: object) -> Claim:
    quantity = Quantity(claim_id, Fraction(low + high, 2), alike(Interval(low, high)), claim_id=claim_id)
    made = {"as_printed": claim_id, "period": "", "first_day": None, "last_day": None, "bound": "exact"} | fields
    return Claim(claim_id=claim_id, document="000", unit=unit, quantity=quantity, **made)  # type: ignore[arg-type]


def dated(first: tuple[int, int, int], last: tuple[int, int, int], bound: str = "exact") -> Claim:
    return Claim("000-009", "000", "date", "then", "", None, dt.date(*first), dt.date(*last), bound)


ONE, TWO, THREE = figure("000-001", 9, 11), figure("000-002", 20, 30, "percent"), figure("000-003", 5, 5)
YEAR = dated((2004, 1, 1), (2004, 12, 31))


def test_numbers_are_those_of_the_claims_and_dates_are_named() -> None:
    assert [one.claim_id for one in quantities_of([ONE, TWO])] == ["000-001", "000-002"]
    assert only([ONE]) == ONE.quantity
    with pytest.raises(ValueError, match="000-009 has no number"):
        quantities_of([ONE, YEAR])
    with pytest.raises(ValueError, match="one claim is expected on each side, not 2"):
        only([ONE, TWO])


def test_pairs_follow_each_other() -> None:
    assert pairs_of([ONE, TWO, THREE, ONE]) == [[ONE, TWO], [THREE, ONE]]
    assert pairs_of([]) == []
    with pytest.raises(ValueError, match="3 claims are no pairs"):
        pairs_of([ONE, TWO, THREE])


def test_a_relation_is_in_the_unit_of_all_its_claims() -> None:
    assert unit_of(Relation("r", [ONE], [THREE])) == "users"
    with pytest.raises(ValueError, match=r"different units \(users, percent\)"):
        unit_of(Relation("r", [ONE], [THREE, TWO]))


def test_a_count_over_its_percentage_is_the_whole() -> None:
    # 9 to 11 are 20 to 30 percent of 9 / 0.3 = 30 to 11 / 0.2 = 55
    found = population_of([ONE, TWO])
    assert (found.rounded, found.value) == (Interval(30, 55), 40)


def test_days_are_those_printed_or_else_of_the_period() -> None:
    told = days_of([YEAR])
    assert (told.text, told.claim_id) == ("then", "000-009@date")
    assert told.rounded == Interval(2004, 2004 + Fraction(365, 366))
    about = figure("000-004", 1, 1, period="2005", bound="at_least")
    assert (days_of([about]).text, days_of([about]).rounded.high) == ("000-004 (2005)", 2005 + Fraction(364, 365))
    assert days_of([dated((2004, 1, 1), (2004, 12, 31), "at_most")]).rounded.low == -float("inf")
    with pytest.raises(ValueError, match="000-001 has neither a date nor a period"):
        days_of([ONE])
    with pytest.raises(ValueError, match="one date is expected on each side, not 2"):
        days_of([YEAR, YEAR])
    assert claim_id_of(told.claim_id) == "000-009"


@pytest.mark.parametrize(
    ("first", "last", "begins", "ends"),
    [
        # whole years: told in years
        ((2004, 1, 1), (2012, 12, 31), ((2004, 1, 1), (2004, 12, 31)), ((2012, 1, 1), (2012, 12, 31))),
        # whole months, whether or not a year begins or ends with them
        ((2003, 1, 1), (2003, 6, 30), ((2003, 1, 1), (2003, 1, 31)), ((2003, 6, 1), (2003, 6, 30))),
        ((2003, 2, 1), (2004, 12, 31), ((2003, 2, 1), (2003, 2, 28)), ((2004, 12, 1), (2004, 12, 31))),
        ((2003, 12, 1), (2004, 2, 29), ((2003, 12, 1), (2003, 12, 31)), ((2004, 2, 1), (2004, 2, 29))),
        # anything else: told in days
        ((2003, 3, 1), (2003, 4, 15), ((2003, 3, 1), (2003, 3, 1)), ((2003, 4, 15), (2003, 4, 15))),
        ((2003, 3, 2), (2003, 4, 30), ((2003, 3, 2), (2003, 3, 2)), ((2003, 4, 30), (2003, 4, 30))),
        ((2003, 1, 2), (2003, 12, 31), ((2003, 1, 2), (2003, 1, 2)), ((2003, 12, 31), (2003, 12, 31))),
    ],
)
def test_an_end_of_a_period_is_as_precise_as_the_period(
    first: tuple[int, int, int], last: tuple[int, int, int], begins: tuple[tuple[int, int, int], ...],
    ends: tuple[tuple[int, int, int], ...],
) -> None:  # fmt: skip
    for which, days in ((FIRST, begins), (LAST, ends)):
        found = end_of(dated(first, last), which)
        start, end = (dt.date(*day) for day in days)
        expected = days_of([dated((start.year, start.month, start.day), (end.year, end.month, end.day))])
        assert found.rounded == expected.rounded
        assert (found.claim_id, found.text) == (f"000-009{which}", "then")
