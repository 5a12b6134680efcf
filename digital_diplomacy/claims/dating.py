"""Relations between dates: told twice, in order, within a period, so many years apart."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from digital_diplomacy.claims.quantities import Claim, Quantity, alike, combine
from digital_diplomacy.claims.sides import (
    FIRST,
    LAST,
    Outcome,
    Relation,
    Sides,
    Unchecked,
    days_of,
    end_of,
    limit_of,
)
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.printed import Interval


def same_date(relation: Relation) -> Outcome:
    """Two printed dates of one thing; the coarser one counts as a period."""
    return [Sides(days_of(relation.left), days_of(relation.right), "equal", "date")]


def same_period(relation: Relation) -> Outcome:
    """A period told twice: its first date and its last one agree; on the right another, or its first and last date."""
    if len(relation.left) != 1 or len(relation.right) not in (1, 2):
        raise ArgumentError(
            "one period is expected on the left, and on the right one or two dates, not {count} and {count_2}",
            count=len(relation.left),
            count_2=len(relation.right),
        )
    pairs = ((relation.right[0], FIRST), (relation.right[-1], LAST))
    return [Sides(end_of(relation.left[0], end), end_of(told, end), "equal", "date") for told, end in pairs]


def date_order(relation: Relation) -> Outcome:
    """An earlier date and a later one: the earlier must not begin after the later has ended."""
    return [Sides(days_of(relation.left), days_of(relation.right), "at_most", "date")]


def dates_in_order(relation: Relation) -> Outcome:
    """Dates listed from the earliest on: none begins after the next has ended."""
    days = [days_of([claim]) for claim in (*relation.left, *relation.right)]
    return [Sides(before, after, "at_most", "date") for before, after in pairwise(days)]


def dates_within(relation: Relation) -> Outcome:
    """Dates of what is said to belong to a period: each has a day in it."""
    return [Sides(days_of([claim]), days_of(relation.right), "equal", "date") for claim in relation.left]


def told_as_past(relation: Relation) -> Outcome:
    """Dates that a text tells as past or cites: none lies, and no period ends, after the text's own date."""
    return [Sides(end_of(claim, LAST), days_of(relation.right), "at_most", "date") for claim in relation.left]


def weekday(relation: Relation) -> Outcome:
    """A date and a name that says on which day of the week it was.

    The name stands in ``named``, its day in the constant: 1 for Monday to 7 for Sunday (ISO 8601).
    """
    if relation.constant is None or relation.constant not in range(1, 8) or not relation.named:
        raise ArgumentError("it names no day of the week: a name, and as its constant a number from 1 to 7")
    if len(relation.left) != 1 or (day := relation.left[0].first_day) is None or day != relation.left[0].last_day:
        raise ArgumentError("one date of one day is expected on the left")
    printed, told = day.isoweekday(), int(relation.constant)
    sides = [
        Quantity(f"{text} (W-{number})", None, alike(Interval(number, number)), form="date")
        for text, number in ((relation.left[0].as_printed, printed), (f"«{relation.named}»", told))
    ]
    return [Sides(sides[0], sides[1], "equal", "")]


def same_deadline(relation: Relation) -> Outcome:
    """A deadline told as years from a date on, and as a date; both are limits, and the limits are compared."""
    start, duration = relation.left
    if len(relation.right) != 1:
        raise ArgumentError("one date is expected on each side, not {count}", count=len(relation.right))
    told = _years_of(duration)
    if told.value is None:
        raise ArgumentError("{claim_id} is not a number of years", claim_id=duration.claim_id)
    limit = replace(told, intervals=alike(Interval(told.value, told.value)))
    arrival = combine("+", [days_of([start]), _completed(limit)])
    return [Sides(arrival, limit_of(relation.right[0]), "equal", "date")]


def elapsed(relation: Relation) -> Outcome:
    """A date and the years since, against the date they lead to, if one is printed.

    Whole years are told as ages are: seven years have passed from the seventh anniversary to the day before the eighth.
    """
    start, duration = relation.left
    arrival = combine("+", [days_of([start]), _completed(_years_of(duration))])
    if not relation.right:
        return Unchecked("no_date", str(arrival), arrival, unit="date")
    return [Sides(arrival, days_of(relation.right), "equal", "date")]


def elapsed_by(relation: Relation) -> Outcome:
    """A date and the years that have passed since, which end no later than another date."""
    reached = elapsed(relation)
    return reached if isinstance(reached, Unchecked) else [replace(sides, test="at_most") for sides in reached]


def _years_of(duration: Claim) -> Quantity:
    if duration.unit != "years" or duration.quantity is None:
        raise ArgumentError("{claim_id} is not a number of years", claim_id=duration.claim_id)
    return duration.quantity


def _completed(duration: Quantity) -> Quantity:
    """A whole number of years as the time from its own to the day before the next; a limit ends with its own."""
    value = duration.value
    if value is None or value.denominator != 1:
        return duration
    last = value + 1 - Fraction(1, 366)
    spans = {
        reading: Interval(interval.low, last) if interval.low == interval.high == value else interval
        for reading, interval in duration.intervals.items()
    }
    return replace(duration, intervals=spans)
