"""Relations between dates: every pair of sides, and the time that told years may last."""

import datetime as dt
from fractions import Fraction

import pytest

from digital_diplomacy.claims.dating import (
    date_order,
    dates_in_order,
    dates_within,
    elapsed,
    elapsed_by,
    same_date,
    same_period,
)
from digital_diplomacy.claims.quantities import Claim, Quantity, alike
from digital_diplomacy.claims.sides import Relation, Sides, Unchecked
from digital_diplomacy.printed import Interval


def year(number: int, to: int | None = None) -> Claim:
    first, last = dt.date(number, 1, 1), dt.date(to or number, 12, 31)
    return Claim(f"000-{number}", "000", "date", str(number), "", None, first, last, "exact")


def lasting(low: Fraction | float | int, high: Fraction | float | int, value: object, unit: str = "years") -> Claim:
    quantity = None
    if value is not None:
        exact = None if value == "range" else Fraction(str(value))
        quantity = Quantity("so long", exact, alike(Interval(low, high)), claim_id="000-001")  # type: ignore[arg-type]
    return Claim("000-001", "000", unit, "so long", "", quantity, None, None, "exact")


def told(outcome: object) -> list[tuple[str, str, str, str]]:
    assert isinstance(outcome, list)
    return [(one.left.claim_id, one.right.claim_id, one.test, one.unit) for one in outcome]


A, B, C = year(2001), year(2002), year(2003)


def test_every_kind_compares_its_dates_and_no_others() -> None:
    one, two, three = (f"000-{number}@date" for number in (2001, 2002, 2003))
    assert told(same_date(Relation("r", [A], [B]))) == [(one, two, "equal", "date")]
    assert told(date_order(Relation("r", [A], [B]))) == [(one, two, "at_most", "date")]
    assert told(dates_in_order(Relation("r", [A, B], [C]))) == [
        (one, two, "at_most", "date"), (two, three, "at_most", "date"),
    ]  # fmt: skip
    assert told(dates_within(Relation("r", [A, B], [C]))) == [
        (one, three, "equal", "date"), (two, three, "equal", "date"),
    ]  # fmt: skip
    both = year(2001, 2003)
    assert told(same_period(Relation("r", [both], [A, C]))) == [
        ("000-2001@first@date", "000-2001@first@date", "equal", "date"),
        ("000-2001@last@date", "000-2003@last@date", "equal", "date"),
    ]


@pytest.mark.parametrize(
    ("duration", "low", "high"),
    [
        # Two years from 2001: from the start of 2003 to the day before three years after the end of 2001 (364/365).
        (lasting(2, 2, 2), 2003, 2001 + Fraction(364, 365) + 3 - Fraction(1, 366)),
        (
            lasting(Fraction(9, 4), Fraction(11, 4), "2.5"),
            Fraction(8013, 4),
            2003 + Fraction(364, 365) + Fraction(3, 4),
        ),
        (lasting(2, 3, "range"), 2003, 2004 + Fraction(364, 365)),
        # a limit keeps its open end, and its own year
        (lasting(2, float("inf"), 2), 2003, float("inf")),
        (lasting(Fraction(3, 2), 2, 2), 2001 + Fraction(3, 2), 2003 + Fraction(364, 365)),
    ],
)
def test_whole_years_last_to_the_day_before_the_next_and_others_as_long_as_they_say(
    duration: Claim, low: Fraction, high: Fraction
) -> None:
    outcome = elapsed(Relation("r", [A, duration], []))
    assert isinstance(outcome, Unchecked)
    assert (outcome.code, outcome.unit, outcome.arithmetic) == ("no_date", "date", str(outcome.left))
    assert outcome.left is not None
    assert outcome.left.rounded == Interval(low, high)
    (sides,) = elapsed(Relation("r", [A, duration], [C]))  # type: ignore[misc]
    assert isinstance(sides, Sides)
    assert (sides.left.rounded, sides.right.claim_id, sides.test) == (Interval(low, high), "000-2003@date", "equal")
    (by,) = elapsed_by(Relation("r", [A, duration], [C]))  # type: ignore[misc]
    assert isinstance(by, Sides)
    assert (by.test, by.left) == ("at_most", sides.left)
    assert isinstance(elapsed_by(Relation("r", [A, duration], [])), Unchecked)


@pytest.mark.parametrize("duration", [lasting(2, 2, 2, "months"), lasting(2, 2, None)])
def test_what_is_no_number_of_years_is_refused_by_name(duration: Claim) -> None:
    with pytest.raises(ValueError, match="000-001 is not a number of years"):
        elapsed(Relation("r", [A, duration], []))


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [([A, B], [C], "2 and 1"), ([A], [A, B, C], "1 and 3"), ([A], [], "1 and 0")],
)
def test_a_period_told_twice_needs_one_and_then_one_or_two(left: list[Claim], right: list[Claim], said: str) -> None:
    with pytest.raises(ValueError, match=f"one or two dates, not {said}"):
        same_period(Relation("r", left, right))
