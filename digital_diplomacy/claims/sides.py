"""What a relation compares, and how its claims become quantities."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from digital_diplomacy.claims.quantities import Claim, Quantity, combine, constant, span, years
from digital_diplomacy.errors import ArgumentError


@dataclass(frozen=True)
class Sides:
    """What a relation compares."""

    left: Quantity
    right: Quantity
    test: Literal["equal", "at_most", "at_least"]
    unit: str


@dataclass(frozen=True)
class Unchecked:
    """Why a relation cannot be checked: a label code, and what is printed."""

    code: str
    arithmetic: str
    left: Quantity | None = None
    right: Quantity | None = None
    unit: str = ""


@dataclass(frozen=True)
class Relation:
    """One row of the relations, its claim_ids replaced by the claims they name."""

    relation_id: str
    left: Sequence[Claim]
    right: Sequence[Claim]
    is_exhaustive: bool = False
    constant: float | None = None
    named: str = ""


DATED: Final = "@date"
"""Behind the id of a claim: its date or period, not its number."""

FIRST: Final = f"@first{DATED}"
LAST: Final = f"@last{DATED}"
"""Behind the id of a claim: the date its period begins with, and the one it ends with."""

LIMIT: Final = f"@limit{DATED}"
"""Behind the id of a claim: a date that is told as a limit, taken as the date it is."""

Outcome: TypeAlias = list[Sides] | Unchecked
"""Several pairs of sides must all hold, as in an order of several figures."""


def quantities_of(claims: Sequence[Claim]) -> list[Quantity]:
    """The numbers of claims, each of which must have one."""
    dates = [claim.claim_id for claim in claims if claim.quantity is None]
    if dates:
        raise ArgumentError("{dates} has no number", dates=", ".join(dates))
    return [claim.quantity for claim in claims if claim.quantity is not None]


def only(claims: Sequence[Claim]) -> Quantity:
    """The number of the one claim there must be."""
    if len(claims) != 1:
        raise ArgumentError("one claim is expected on each side, not {count}", count=len(claims))
    return quantities_of(claims)[0]


def pairs_of(claims: Sequence[Claim]) -> list[Sequence[Claim]]:
    """Claims two by two, in order."""
    if len(claims) % 2:
        raise ArgumentError("{count} claims are no pairs", count=len(claims))
    return [claims[place : place + 2] for place in range(0, len(claims), 2)]


def unit_of(relation: Relation) -> str:
    """The unit that all claims of a relation share."""
    units = list(dict.fromkeys(claim.unit for claim in (*relation.left, *relation.right)))
    if len(units) != 1:
        raise ArgumentError(
            "its claims are in different units ({units}), which no sum or comparison joins", units=", ".join(units)
        )
    return units[0]


def population_of(pair: Sequence[Claim]) -> Quantity:
    """How many there are in all, from a count and the percentage it is of them."""
    count, share = quantities_of(pair)
    return combine("×", [combine("/", [count, share]), constant(100)])


def days_of(claims: Sequence[Claim]) -> Quantity:
    """A claim's printed date; of a figure, the period it is about."""
    if len(claims) != 1:
        raise ArgumentError("one date is expected on each side, not {count}", count=len(claims))
    (claim,) = claims
    first, last, text, bound = _dated(claim)
    return replace(years(first, last, text=text, bound=bound), claim_id=f"{claim.claim_id}{DATED}")


def end_of(claim: Claim, which: str) -> Quantity:
    """The date a claim's period begins (``FIRST``) or ends with (``LAST``), as precise as the period is told.

    A period from the first day of a year to the last of another is told in years, one from the first of a month to the
    last of another in months; any other in days.
    """
    first, last, text, bound = _dated(claim)
    day = first if which == FIRST else last
    follows = last + dt.timedelta(days=1)
    if (first.month, first.day, follows.month, follows.day) == (1, 1, 1, 1):
        ends = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    elif first.day == follows.day == 1:
        ends = day.replace(day=1), day if which == LAST else _last_of_month(day)
    else:
        ends = day, day
    return replace(years(*ends, text=text, bound=bound), claim_id=f"{claim.claim_id}{which}")


def limit_of(claim: Claim) -> Quantity:
    """The date itself of a claim that tells it as a limit ("by 2030")."""
    first, last, text, _ = _dated(claim)
    return replace(years(first, last, text=text), claim_id=f"{claim.claim_id}{LIMIT}")


def claim_id_of(key: str) -> str:
    """The claim of a quantity's id, which may name its date or an end of its period."""
    return key.partition("@")[0]


def _last_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _dated(claim: Claim) -> tuple[dt.date, dt.date, str, str]:
    """First and last day, the text, and what the words around a date claim; the period of a figure is exact."""
    if claim.first_day is not None and claim.last_day is not None:
        return claim.first_day, claim.last_day, claim.as_printed, claim.bound
    days = span(claim.period)
    if days is None:
        raise ArgumentError("{claim_id} has neither a date nor a period", claim_id=claim.claim_id)
    return *days, f"{claim.as_printed} ({claim.period})", "exact"
