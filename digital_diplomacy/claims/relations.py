"""One small function per kind of relation: from claims to the two sides that must meet, or to why nothing can be said.

``KINDS`` is the table of them. A side is a ``Quantity``; ``equal`` sides must overlap, an ``at_most`` side must not lie
wholly above the other. What compares dates stands in ``dating``, what compares places in ``placing``.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from digital_diplomacy.claims.dating import (
    date_order,
    dates_in_order,
    dates_within,
    elapsed,
    elapsed_by,
    same_date,
    same_deadline,
    same_period,
    told_as_past,
    weekday,
)
from digital_diplomacy.claims.placing import place_counted, rank_agreement, rank_among, rank_within
from digital_diplomacy.claims.quantities import Quantity, alike, as_rounded, combine, constant, span
from digital_diplomacy.claims.sides import (
    DATED,
    Outcome,
    Relation,
    Sides,
    Unchecked,
    only,
    pairs_of,
    population_of,
    quantities_of,
    unit_of,
)
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.printed import Interval

__all__ = ["DATED", "EQUATIONS", "KINDS", "Outcome", "Relation", "Sides", "Unchecked"]

DAYS_IN_YEAR: Final = 365
"""The fewest a year has, so that a rate is never given a day too many."""


def same_quantity(relation: Relation) -> Outcome:
    """Two printed figures for one quantity."""
    return [Sides(only(relation.left), only(relation.right), "equal", unit_of(relation))]


def sum_to_100(relation: Relation) -> Outcome:
    """Shares that leave nothing out."""
    if not relation.is_exhaustive:
        raise ArgumentError("its shares are not marked exhaustive, so they need not sum to 100; use sum_at_most_100")
    return [Sides(combine("+", quantities_of(relation.left)), constant(100), "equal", unit_of(relation))]


def sum_at_most_100(relation: Relation) -> Outcome:
    """Shares of one whole that do not overlap."""
    return [Sides(combine("+", quantities_of(relation.left)), constant(100), "at_most", unit_of(relation))]


def share_of_persons(relation: Relation) -> Outcome:
    """A share of people among people, which cannot pass 100 percent."""
    return [Sides(only(relation.left), constant(100), "at_most", unit_of(relation))]


def nesting(relation: Relation) -> Outcome:
    """Parts that do not overlap, within the whole they belong to."""
    return [Sides(combine("+", quantities_of(relation.left)), only(relation.right), "at_most", unit_of(relation))]


def at_least_one_each(relation: Relation) -> Outcome:
    """Authors of messages: each wrote one or more."""
    return [Sides(only(relation.left), only(relation.right), "at_most", relation.left[0].unit)]


def order(relation: Relation) -> Outcome:
    """Figures said to go down, or one said to lead where the others are not printed."""
    chain = [*relation.left, *relation.right]
    if len(chain) == 1:
        return Unchecked("no_figure", chain[0].as_printed, chain[0].quantity, unit=chain[0].unit)
    figures = quantities_of(chain)
    unit = unit_of(relation)
    return [Sides(before, after, "at_least", unit) for before, after in pairwise(figures)]


def difference(relation: Relation) -> Outcome:
    """Later minus earlier figure against the printed change."""
    return [Sides(combine("−", quantities_of(relation.left)), only(relation.right), "equal", unit_of(relation))]


def growth_over_base(relation: Relation) -> Outcome:
    """Increase over what was there before, in percent.

    Written 100 / (end / increase - 1), which equals increase / (end - increase) * 100 but names each figure once, so
    that the interval is no wider than it must be.
    """
    end, increase = quantities_of(relation.left)
    times_less_one = combine("−", [combine("/", [end, increase]), constant(1)])
    return [Sides(combine("/", [constant(100), times_less_one]), only(relation.right), "equal", "percent")]


def growth_rate(relation: Relation) -> Outcome:
    """Earlier and later figure against the growth between them in percent: (later / earlier - 1) * 100."""
    earlier, later = quantities_of(relation.left)
    rate = combine("×", [combine("−", [combine("/", [later, earlier]), constant(1)]), constant(100)])
    return [Sides(rate, only(relation.right), "equal", "percent")]


def decline_rate(relation: Relation) -> Outcome:
    """Earlier and later figure against the decline between them in percent: (1 - later / earlier) * 100."""
    earlier, later = quantities_of(relation.left)
    rate = combine("×", [combine("−", [constant(1), combine("/", [later, earlier])]), constant(100)])
    return [Sides(rate, only(relation.right), "equal", "percent")]


def ratio(relation: Relation) -> Outcome:
    """How many times one figure is another, or what falls to each; a whole number is then rounded, not counted."""
    return [Sides(combine("/", quantities_of(relation.left)), as_rounded(only(relation.right)), "equal", "times")]


def share_of_base(relation: Relation) -> Outcome:
    """A part and its whole against the share in percent that is printed of it: part / whole * 100."""
    part, whole = quantities_of(relation.left)
    share = combine("×", [combine("/", [part, whole]), constant(100)])
    return [Sides(share, only(relation.right), "equal", "percent")]


def sum_of_parts(relation: Relation) -> Outcome:
    """Parts that leave nothing out, against their printed total."""
    return [Sides(combine("+", quantities_of(relation.left)), only(relation.right), "equal", unit_of(relation))]


def implied_population(relation: Relation) -> Outcome:
    """Two counts with their shares, which imply the same population: count / share * 100.

    On the right the population itself may stand.
    """
    population = only(relation.right) if len(relation.right) == 1 else population_of(relation.right)
    return [Sides(population_of(relation.left), population, "equal", "persons")]


def common_population(relation: Relation) -> Outcome:
    """Any number of counts each followed by its share; every two of them imply the same population.

    Intervals that overlap in pairs have a point in common (Helly's theorem on the line), so pairs suffice.
    """
    implied = [population_of(pair) for pair in pairs_of(relation.left)]
    return [Sides(a, b, "equal", "persons") for place, a in enumerate(implied) for b in implied[place + 1 :]]


def persons_vs_accounts(relation: Relation) -> Outcome:
    """Accounts of several platforms beside a number of persons: one person may hold several."""
    accounts, persons = combine("+", quantities_of(relation.left)), only(relation.right)
    ratio = combine("/", [accounts, persons])
    return Unchecked("accounts_not_persons", str(ratio), accounts, persons, "persons")


def several_accounts(relation: Relation) -> Outcome:
    """Accounts that outnumber the persons who hold them, as they must where people hold several.

    On the right persons, or a count and its share, which imply all residents; with a constant, what is left of it.
    """
    accounts = combine("+", quantities_of(relation.left))
    persons = population_of(relation.right) if len(relation.right) > 1 else only(relation.right)
    if relation.constant is not None:
        persons = combine("−", [constant(relation.constant), persons])
    return [Sides(accounts, persons, "at_least", relation.left[0].unit)]


def same_name(relation: Relation) -> Outcome:
    """Two names that a document gives one thing, as printed and divided by a bar."""
    first, bar, second = relation.named.partition(" | ")
    if not bar:
        raise ArgumentError("it names no two names divided by ' | '")
    is_same = first.casefold() == second.casefold()
    sides = [Quantity(f"«{name}»", None, alike(Interval(place, place)), form="date") for place, name in
             ((0, first), (0 if is_same else 1, second))]  # fmt: skip
    return [Sides(sides[0], sides[1], "equal", "")]


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
        raise ArgumentError("it names no constant: the step of the rounder figure")
    figure, least = only(relation.left), only(relation.right)
    if least.value is None:
        raise ArgumentError("{text} is no single number that a figure could have passed", text=least.text)
    most = combine("+", [constant(least.value), constant(relation.constant)])
    unit = unit_of(relation)
    return [Sides(figure, least, "at_least", unit), Sides(figure, most, "at_most", unit)]


def least_each(relation: Relation) -> Outcome:
    """Things and those who have them, pair by pair, against the least that one of them has by definition."""
    least = only(relation.right)
    pairs = pairs_of(relation.left)
    return [Sides(combine("/", quantities_of(pair)), least, "at_least", relation.right[0].unit) for pair in pairs]


def share_of_share(relation: Relation) -> Outcome:
    """A part over what it is a part of, both counts or both shares of one whole, against the printed percentage."""
    if len({claim.unit for claim in relation.left}) != 1:
        raise ArgumentError("its part and what it is a part of are in different units")
    part = combine("×", [combine("/", quantities_of(relation.left)), constant(100)])
    return [Sides(part, only(relation.right), "equal", "percent")]


def rate_reaches(relation: Relation) -> Outcome:
    """A daily rate that has grown, kept up for a number of years, against what as many years brought before."""
    rate, duration = relation.left
    if rate.unit != f"{relation.right[0].unit}_per_day" or duration.unit != "years":
        raise ArgumentError(
            "{unit} and {unit_2} give no {unit_3}", unit=rate.unit, unit_2=duration.unit, unit_3=relation.right[0].unit
        )
    total = combine("×", [*quantities_of(relation.left), constant(DAYS_IN_YEAR)])
    return [Sides(total, only(relation.right), "at_least", relation.right[0].unit)]


def list_length(relation: Relation) -> Outcome:
    """A stated number of entries against those counted in the document."""
    if relation.constant is None:
        raise ArgumentError("it names no constant: the number of entries counted in the list")
    return [Sides(only(relation.left), constant(relation.constant), "equal", relation.left[0].unit)]


def target_reached(relation: Relation) -> Outcome:
    """Figures against the target they are said to have reached; only those of the target's own period judge it."""
    (target,) = relation.right
    if not relation.left:
        return Unchecked("no_outcome", target.as_printed, right=target.quantity, unit=target.unit)
    right, unit = only(relation.right), unit_of(relation)
    judges = [claim for claim in relation.left if _lies_within(claim.period, target.period)]
    if not judges:
        dated = [f"{claim.as_printed} ({claim.period or '…'})" for claim in (*relation.left, target)]
        return Unchecked("period_differs", "; ".join(dated), only(relation.left[:1]), right, target.unit)
    return [Sides(only([claim]), right, "at_least", unit) for claim in judges]


def forecast_growth(relation: Relation) -> Outcome:
    """A forecast over the figure it starts from: only the factor between them can be told."""
    start, forecast = only(relation.left), only(relation.right)
    factor = combine("/", [forecast, start])
    return Unchecked("forecast", str(factor), start, forecast, relation.right[0].unit)


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
        same_period,
        date_order,
        dates_in_order,
        dates_within,
        elapsed,
        elapsed_by,
        told_as_past,
        same_deadline,
        weekday,
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


def _lies_within(inner: str, outer: str) -> bool:
    first, second = span(inner), span(outer)
    return first is not None and second is not None and second[0] <= first[0] and first[1] <= second[1]
