"""Relations between places and the figures that stand at them."""

from fractions import Fraction
from itertools import pairwise

from digital_diplomacy.claims.quantities import READINGS, Claim, Quantity, combine, constant
from digital_diplomacy.claims.sides import Outcome, Relation, Sides, days_of, only, quantities_of
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.printed import Interval


def rank_within(relation: Relation) -> Outcome:
    """A rank, or a rank and the places lost since, within the number of places there are."""
    return [Sides(combine("+", quantities_of(relation.left)), only(relation.right), "at_most", "rank")]


def rank_among(relation: Relation) -> Outcome:
    """A stated place against where its figure, named first on the right, stands among the others.

    The largest is first; of dates the earliest. Figures that may be the larger leave a range of places.
    """
    own, *others = (_standing(claim) for claim in relation.right)
    ahead = {how: [other.intervals[how].low > own.intervals[how].high for other in others] for how in READINGS}
    perhaps = {how: [other.intervals[how].high > own.intervals[how].low for other in others] for how in READINGS}
    places = {how: Interval(Fraction(1 + sum(ahead[how])), Fraction(1 + sum(perhaps[how]))) for how in READINGS}
    said = " | ".join(claim.as_printed for claim in relation.right)
    return [Sides(only(relation.left), Quantity(said, None, places, form="result"), "equal", "rank")]


def rank_agreement(relation: Relation) -> Outcome:
    """Places on the left, their figures in the same order on the right: the better the place, the larger the figure."""
    ranks, figures = quantities_of(relation.left), quantities_of(relation.right)
    if len(ranks) != len(figures) or len(ranks) < 2:
        raise ArgumentError(
            "{count} places and {count_2} figures are no pairs to compare", count=len(ranks), count_2=len(figures)
        )
    placed = sorted(zip(ranks, figures, strict=True), key=lambda pair: pair[0].rounded.low)
    unit = relation.right[0].unit
    return [
        Sides(figure, other, "at_least", unit)
        for (rank, figure), (later, other) in pairwise(placed)
        if rank.rounded.high < later.rounded.low
    ]


def place_counted(relation: Relation) -> Outcome:
    """A stated place against the one counted in another list."""
    if relation.constant is None:
        raise ArgumentError("it names no constant: the place counted in the other list")
    return [Sides(only(relation.left), constant(relation.constant), "equal", relation.left[0].unit)]


def _standing(claim: Claim) -> Quantity:
    """What a claim is placed by: its figure; a date counts backwards, so that the earliest is the largest."""
    if claim.quantity is not None:
        return claim.quantity
    return combine("−", [constant(0), days_of([claim])])
