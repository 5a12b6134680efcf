"""One small function per kind of relation: from claims to the two sides that must meet, or to why nothing can be said.

``KINDS`` is the table of them. A side is a ``Quantity``; ``equal`` sides must overlap, an ``at_most`` side must not lie
wholly above the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from digital_diplomacy.claims.quantities import READINGS, Claim, Quantity, alike, combine, constant, span, years
from digital_diplomacy.printed import Interval

DAYS_IN_YEAR: Final = Fraction(1461, 4)
"""Days of a Julian year."""


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


def implied_population(relation: Relation) -> Outcome:
    """Two counts with their shares, which imply the same population: count / share * 100.

    On the right the population itself may stand.
    """
    population = _only(relation.right) if len(relation.right) == 1 else _population(relation.right)
    return [Sides(_population(relation.left), population, "equal", "persons")]


def common_population(relation: Relation) -> Outcome:
    """Any number of counts each followed by its share; every two of them imply the same population.

    Intervals that overlap in pairs have a point in common (Helly's theorem on the line), so pairs suffice.
    """
    implied = [_population(pair) for pair in _pairs(relation.left)]
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


def rank_among(relation: Relation) -> Outcome:
    """A stated place against where its figure, named first on the right, stands among the others.

    The largest is first; of dates the earliest. Figures that may be the larger leave a range of places.
    """
    own, *others = (_standing(claim) for claim in relation.right)
    ahead = {how: [other.intervals[how].low > own.intervals[how].high for other in others] for how in READINGS}
    perhaps = {how: [other.intervals[how].high > own.intervals[how].low for other in others] for how in READINGS}
    places = {how: Interval(Fraction(1 + sum(ahead[how])), Fraction(1 + sum(perhaps[how]))) for how in READINGS}
    said = " | ".join(claim.as_printed for claim in relation.right)
    return [Sides(_only(relation.left), Quantity(said, None, places, form="result"), "equal", "rank")]


def rank_agreement(relation: Relation) -> Outcome:
    """Places on the left, their figures in the same order on the right: the better the place, the larger the figure."""
    ranks, figures = _quantities(relation.left), _quantities(relation.right)
    if len(ranks) != len(figures) or len(ranks) < 2:
        raise ValueError(f"{len(ranks)} places and {len(figures)} figures are no pairs to compare")
    placed = sorted(zip(ranks, figures, strict=True), key=lambda pair: pair[0].rounded.low)
    unit = relation.right[0].unit
    return [
        Sides(figure, other, "at_least", unit)
        for (rank, figure), (later, other) in pairwise(placed)
        if rank.rounded.high < later.rounded.low
    ]


def restated(relation: Relation) -> Outcome:
    """A figure told again as "more than" a rounder one: it is no less, and less than one step of the rounder one more.

    The step is the constant. Whoever rounds a known figure down names the last round number it has passed (the maxim of
    quantity, Grice 1975).

    References
    ----------
    Grice H. P. (1975). Logic and conversation. In: Cole P., Morgan J. (eds.), Syntax and Semantics 3: Speech Acts.
    Academic Press, 41-58.
    """
    if relation.constant is None:
        raise ValueError("it names no constant: the step of the rounder figure")
    figure, least = _only(relation.left), _only(relation.right)
    if least.value is None:
        raise ValueError(f"{least.text} is no single number that a figure could have passed")
    most = combine("+", [constant(least.value), constant(relation.constant)])
    return [Sides(figure, side, test, _unit(relation)) for side, test in ((least, "at_least"), (most, "at_most"))]


def least_each(relation: Relation) -> Outcome:
    """Things and those who have them, pair by pair, against the least that one of them has by definition."""
    least = _only(relation.right)
    pairs = _pairs(relation.left)
    return [Sides(combine("/", _quantities(pair)), least, "at_least", relation.right[0].unit) for pair in pairs]


def share_of_share(relation: Relation) -> Outcome:
    """A part over what it is a part of, both counts or both shares of one whole, against the printed percentage."""
    if len({claim.unit for claim in relation.left}) != 1:
        raise ValueError("its part and what it is a part of are in different units")
    part = combine("×", [combine("/", _quantities(relation.left)), constant(100)])
    return [Sides(part, _only(relation.right), "equal", "percent")]


def rate_reaches(relation: Relation) -> Outcome:
    """A daily rate that has grown, kept up for a number of years, against what as many years brought before."""
    rate, duration = relation.left
    if rate.unit != f"{relation.right[0].unit}_per_day" or duration.unit != "years":
        raise ValueError(f"{rate.unit} and {duration.unit} give no {relation.right[0].unit}")
    total = combine("×", [*_quantities(relation.left), constant(DAYS_IN_YEAR)])
    return [Sides(total, _only(relation.right), "at_least", relation.right[0].unit)]


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


def dates_in_order(relation: Relation) -> Outcome:
    """Dates listed from the earliest on: none begins after the next has ended."""
    days = [_days([claim]) for claim in (*relation.left, *relation.right)]
    return [Sides(before, after, "at_most", "date") for before, after in pairwise(days)]


def dates_within(relation: Relation) -> Outcome:
    """Dates of what is said to belong to a period: each has a day in it."""
    return [Sides(_days([claim]), _days(relation.right), "equal", "date") for claim in relation.left]


def elapsed_by(relation: Relation) -> Outcome:
    """A date and the years that have passed since, which end no later than another date."""
    reached = elapsed(relation)
    return reached if isinstance(reached, Unchecked) else [replace(sides, test="at_most") for sides in reached]


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
        implied_population,
        common_population,
        persons_vs_accounts,
        several_accounts,
        rank_among,
        rank_agreement,
        restated,
        least_each,
        share_of_share,
        rate_reaches,
        list_length,
        place_counted,
        target_reached,
        forecast_growth,
        same_name,
        same_date,
        date_order,
        dates_in_order,
        dates_within,
        elapsed,
        elapsed_by,
    )
}
"""Kinds of relation a row of ``claim_relations`` may have."""

EQUATIONS: Final = frozenset(
    {"same_quantity", "sum_to_100", "difference", "growth_over_base", "implied_population", "common_population"}
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


def _pairs(claims: Sequence[Claim]) -> list[Sequence[Claim]]:
    if len(claims) % 2:
        raise ValueError(f"{len(claims)} claims are no pairs")
    return [claims[place : place + 2] for place in range(0, len(claims), 2)]


def _standing(claim: Claim) -> Quantity:
    """What a claim is placed by: its figure; a date counts backwards, so that the earliest is the largest."""
    if claim.quantity is not None:
        return claim.quantity
    return combine("−", [constant(0), _days([claim])])


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
        found = years(claim.first_day, claim.last_day, text=claim.as_printed, bound=claim.bound)
        return replace(found, claim_id=f"{claim.claim_id}{DATED}")
    days = span(claim.period)
    if days is None:
        raise ValueError(f"{claim.claim_id} has neither a date nor a period")
    return replace(years(*days, text=f"{claim.as_printed} ({claim.period})"), claim_id=f"{claim.claim_id}{DATED}")


def _lies_within(inner: str, outer: str) -> bool:
    first, second = span(inner), span(outer)
    return first is not None and second is not None and second[0] <= first[0] and first[1] <= second[1]
