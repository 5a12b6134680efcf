"""One small function per kind of relation: from claims to the two sides that must meet, or to why nothing can be said.

``KINDS`` is the table of them. A side is a ``Quantity``; ``equal`` sides must overlap, an ``at_most`` side must not lie
wholly above the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from digital_diplomacy.claims.quantities import Claim, Quantity, alike, combine, constant, span, years
from digital_diplomacy.printed import Interval


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


Outcome: TypeAlias = list[Sides] | Unchecked
"""Several pairs of sides must all hold, as in an order of several figures."""


def same_quantity(relation: Relation) -> Outcome:
    """Two printed figures for one quantity."""
    return [Sides(_only(relation.left), _only(relation.right), "equal", _unit(relation))]


def sum_to_100(relation: Relation) -> Outcome:
    """Shares that leave nothing out."""
    if not relation.is_exhaustive:
        raise ValueError("its shares are not marked exhaustive, so they need not sum to 100; use sum_at_most_100")
    return [Sides(combine("+", _quantities(relation.left)), constant(100), "equal", _unit(relation))]


def sum_at_most_100(relation: Relation) -> Outcome:
    """Shares of one whole that do not overlap."""
    return [Sides(combine("+", _quantities(relation.left)), constant(100), "at_most", _unit(relation))]


def share_of_persons(relation: Relation) -> Outcome:
    """A share of people among people, which cannot pass 100 percent."""
    return [Sides(_only(relation.left), constant(100), "at_most", _unit(relation))]


def nesting(relation: Relation) -> Outcome:
    """Parts that do not overlap, within the whole they belong to."""
    return [Sides(combine("+", _quantities(relation.left)), _only(relation.right), "at_most", _unit(relation))]


def rank_within(relation: Relation) -> Outcome:
    """A rank, or a rank and the places lost since, within the number of places there are."""
    return [Sides(combine("+", _quantities(relation.left)), _only(relation.right), "at_most", "rank")]


def at_least_one_each(relation: Relation) -> Outcome:
    """Authors of messages: each wrote one or more."""
    return [Sides(_only(relation.left), _only(relation.right), "at_most", relation.left[0].unit)]


def order(relation: Relation) -> Outcome:
    """Figures said to go down, or one said to lead where the others are not printed."""
    chain = [*relation.left, *relation.right]
    if len(chain) == 1:
        return Unchecked("no_figure", chain[0].as_printed, chain[0].quantity, unit=chain[0].unit)
    figures = _quantities(chain)
    unit = _unit(relation)
    return [Sides(before, after, "at_least", unit) for before, after in pairwise(figures)]


def difference(relation: Relation) -> Outcome:
    """Later minus earlier figure against the printed change."""
    return [Sides(combine("−", _quantities(relation.left)), _only(relation.right), "equal", _unit(relation))]


def growth_over_base(relation: Relation) -> Outcome:
    """Increase over what was there before, in percent.

    Written 100 / (end / increase - 1), which equals increase / (end - increase) * 100 but names each figure once, so
    that the interval is no wider than it must be.
    """
    end, increase = _quantities(relation.left)
    times_less_one = combine("−", [combine("/", [end, increase]), constant(1)])
    return [Sides(combine("/", [constant(100), times_less_one]), _only(relation.right), "equal", "percent")]


def growth_rate(relation: Relation) -> Outcome:
    """Earlier and later figure against the growth between them in percent: (later / earlier - 1) * 100."""
    earlier, later = _quantities(relation.left)
    rate = combine("×", [combine("−", [combine("/", [later, earlier]), constant(1)]), constant(100)])
    return [Sides(rate, _only(relation.right), "equal", "percent")]


def decline_rate(relation: Relation) -> Outcome:
    """Earlier and later figure against the decline between them in percent: (1 - later / earlier) * 100."""
    earlier, later = _quantities(relation.left)
    rate = combine("×", [combine("−", [constant(1), combine("/", [later, earlier])]), constant(100)])
    return [Sides(rate, _only(relation.right), "equal", "percent")]


def ratio(relation: Relation) -> Outcome:
    """How many times one figure is another."""
    return [Sides(combine("/", _quantities(relation.left)), _only(relation.right), "equal", "times")]


def share_of_base(relation: Relation) -> Outcome:
    """A part and its whole against the share in percent that is printed of it: part / whole * 100."""
    part, whole = _quantities(relation.left)
    share = combine("×", [combine("/", [part, whole]), constant(100)])
    return [Sides(share, _only(relation.right), "equal", "percent")]


def sum_of_parts(relation: Relation) -> Outcome:
    """Parts that leave nothing out, against their printed total."""
    return [Sides(combine("+", _quantities(relation.left)), _only(relation.right), "equal", _unit(relation))]


def implied_population(relation: Relation) -> Outcome:
    """Two counts with their shares, which imply the same population: count / share * 100."""
    return [Sides(_population(relation.left), _population(relation.right), "equal", "persons")]


def common_population(relation: Relation) -> Outcome:
    """Any number of counts each followed by its share; every two of them imply the same population.

    Intervals that overlap in pairs have a point in common (Helly's theorem on the line), so pairs suffice.
    """
    pairs = [relation.left[place : place + 2] for place in range(0, len(relation.left), 2)]
    implied = [_population(pair) for pair in pairs]
    return [Sides(a, b, "equal", "persons") for place, a in enumerate(implied) for b in implied[place + 1 :]]


def persons_vs_accounts(relation: Relation) -> Outcome:
    """Accounts of several platforms beside a number of persons: one person may hold several."""
    accounts, persons = combine("+", _quantities(relation.left)), _only(relation.right)
    ratio = combine("/", [accounts, persons])
    return Unchecked("accounts_not_persons", str(ratio), accounts, persons, "persons")


def several_accounts(relation: Relation) -> Outcome:
    """Accounts that outnumber the persons who hold them, as they must where people hold several.

    On the right persons, or a count and its share, which imply all residents; with a constant, what is left of it.
    """
    accounts = combine("+", _quantities(relation.left))
    persons = _population(relation.right) if len(relation.right) > 1 else _only(relation.right)
    if relation.constant is not None:
        persons = combine("−", [constant(relation.constant), persons])
    return [Sides(accounts, persons, "at_least", relation.left[0].unit)]


def same_name(relation: Relation) -> Outcome:
    """Two names that a document gives one thing, as printed and divided by a bar."""
    first, bar, second = relation.named.partition(" | ")
    if not bar:
        raise ValueError("it names no two names divided by ' | '")
    is_same = first.casefold() == second.casefold()
    sides = [Quantity(f"«{name}»", None, alike(Interval(place, place)), form="date") for place, name in
             ((0, first), (0 if is_same else 1, second))]  # fmt: skip
    return [Sides(sides[0], sides[1], "equal", "")]


def list_length(relation: Relation) -> Outcome:
    """A stated number of entries against those counted in the document."""
    if relation.constant is None:
        raise ValueError("it names no constant: the number of entries counted in the list")
    return [Sides(_only(relation.left), constant(relation.constant), "equal", relation.left[0].unit)]


def place_counted(relation: Relation) -> Outcome:
    """A stated place against the one counted in another list."""
    if relation.constant is None:
        raise ValueError("it names no constant: the place counted in the other list")
    return [Sides(_only(relation.left), constant(relation.constant), "equal", relation.left[0].unit)]


def target_reached(relation: Relation) -> Outcome:
    """Figures against the target they are said to have reached; only those of the target's own period judge it."""
    (target,) = relation.right
    if not relation.left:
        return Unchecked("no_outcome", target.as_printed, right=target.quantity, unit=target.unit)
    right, unit = _only(relation.right), _unit(relation)
    judges = [claim for claim in relation.left if _lies_within(claim.period, target.period)]
    if not judges:
        dated = [f"{claim.as_printed} ({claim.period or '…'})" for claim in (*relation.left, target)]
        return Unchecked("period_differs", "; ".join(dated), _only(relation.left[:1]), right, target.unit)
    return [Sides(_only([claim]), right, "at_least", unit) for claim in judges]


def forecast_growth(relation: Relation) -> Outcome:
    """A forecast over the figure it starts from: only the factor between them can be told."""
    start, forecast = _only(relation.left), _only(relation.right)
    factor = combine("/", [forecast, start])
    return Unchecked("forecast", str(factor), start, forecast, relation.right[0].unit)


def same_date(relation: Relation) -> Outcome:
    """Two printed dates of one thing; the coarser one counts as a period."""
    return [Sides(_days(relation.left), _days(relation.right), "equal", "date")]


def date_order(relation: Relation) -> Outcome:
    """An earlier date and a later one: the earlier must not begin after the later has ended."""
    return [Sides(_days(relation.left), _days(relation.right), "at_most", "date")]


def elapsed(relation: Relation) -> Outcome:
    """A date and the years since, against the date they lead to, if one is printed.

    Whole years are told as ages are: seven years have passed from the seventh anniversary to the day before the eighth.
    """
    start, duration = relation.left
    if duration.unit != "years" or duration.quantity is None:
        raise ValueError(f"{duration.claim_id} is not a number of years")
    arrival = combine("+", [_days([start]), _completed(duration.quantity)])
    if not relation.right:
        return Unchecked("no_date", str(arrival), arrival, unit="date")
    return [Sides(arrival, _days(relation.right), "equal", "date")]


KINDS: Final[dict[str, Callable[[Relation], Outcome]]] = {
    function.__name__: function
    for function in (
        same_quantity,
        sum_to_100,
        sum_at_most_100,
        share_of_persons,
        nesting,
        rank_within,
        at_least_one_each,
        order,
        difference,
        growth_over_base,
        growth_rate,
        decline_rate,
        ratio,
        share_of_base,
        sum_of_parts,
        implied_population,
        common_population,
        persons_vs_accounts,
        several_accounts,
        list_length,
        place_counted,
        target_reached,
        forecast_growth,
        same_name,
        same_date,
        date_order,
        elapsed,
    )
}
"""Kinds of relation a row of ``claim_relations`` may have."""

EQUATIONS: Final = frozenset(
    {
        "same_quantity",
        "sum_to_100",
        "sum_of_parts",
        "difference",
        "growth_over_base",
        "growth_rate",
        "decline_rate",
        "ratio",
        "share_of_base",
        "implied_population",
        "common_population",
    }
)
"""Kinds whose sides are equal by what they mean, so that within one document they tell more of each figure."""


def _quantities(claims: Sequence[Claim]) -> list[Quantity]:
    dates = [claim.claim_id for claim in claims if claim.quantity is None]
    if dates:
        raise ValueError(f"{', '.join(dates)} has no number")
    return [claim.quantity for claim in claims if claim.quantity is not None]


def _only(claims: Sequence[Claim]) -> Quantity:
    if len(claims) != 1:
        raise ValueError(f"one claim is expected on each side, not {len(claims)}")
    return _quantities(claims)[0]


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


def _unit(relation: Relation) -> str:
    units = list(dict.fromkeys(claim.unit for claim in (*relation.left, *relation.right)))
    if len(units) != 1:
        raise ValueError(f"its claims are in different units ({', '.join(units)}), which no sum or comparison joins")
    return units[0]


def _population(pair: Sequence[Claim]) -> Quantity:
    count, share = _quantities(pair)
    return combine("×", [combine("/", [count, share]), constant(100)])


def _days(claims: Sequence[Claim]) -> Quantity:
    """A claim's printed date; of a figure, the period it is about."""
    if len(claims) != 1:
        raise ValueError(f"one date is expected on each side, not {len(claims)}")
    (claim,) = claims
    if claim.first_day is not None and claim.last_day is not None:
        return years(claim.first_day, claim.last_day, text=claim.as_printed, bound=claim.bound)
    days = span(claim.period)
    if days is None:
        raise ValueError(f"{claim.claim_id} has neither a date nor a period")
    return years(*days, text=f"{claim.as_printed} ({claim.period})")


def _lies_within(inner: str, outer: str) -> bool:
    first, second = span(inner), span(outer)
    return first is not None and second is not None and second[0] <= first[0] and first[1] <= second[1]
