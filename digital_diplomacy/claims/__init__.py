"""Published figures, the relations that must hold between them, and the verdicts.

``parse`` reads every figure again from its printed form, ``check`` works out each relation in exact interval
arithmetic, ``confirm`` compares the failures with those already acknowledged, ``explain`` says them in words. No
printed figure is ever corrected: a relation that fails is a finding about the documents. What the documents date and
list beside their figures is put in order by ``dated``, ``order`` and ``told_twice``, and crossed by ``crossing``.
"""

from digital_diplomacy.claims.checking import check, confirm
from digital_diplomacy.claims.chronology import (
    beginnings,
    count_orders,
    dated,
    extent_of,
    farthest,
    order,
    told_twice,
    undated,
)
from digital_diplomacy.claims.listing import (
    affiliations_matrix,
    all_meetings,
    count_lists,
    crossing,
    examples_in,
    in_lists,
    lists_by_document,
    meetings,
    repeated,
    stances_matrix,
)
from digital_diplomacy.claims.reading import parse
from digital_diplomacy.claims.relations import KINDS
from digital_diplomacy.claims.summaries import about, explain, kappa, matrix, of_document, overview, provenance, tally

__all__ = [
    "KINDS",
    "about",
    "affiliations_matrix",
    "all_meetings",
    "beginnings",
    "check",
    "confirm",
    "count_lists",
    "count_orders",
    "crossing",
    "dated",
    "examples_in",
    "explain",
    "extent_of",
    "farthest",
    "in_lists",
    "kappa",
    "lists_by_document",
    "matrix",
    "meetings",
    "of_document",
    "order",
    "overview",
    "parse",
    "provenance",
    "repeated",
    "stances_matrix",
    "tally",
    "told_twice",
    "undated",
]
