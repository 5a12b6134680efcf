"""Published figures, the relations that must hold between them, and the verdicts.

``parse`` reads every figure again from its printed form, ``check`` works out each relation in exact interval
arithmetic, ``confirm`` compares the failures with those already acknowledged, ``explain`` says them in words;
``power`` counts the misprints the relations would reveal, ``chance`` the random figures they would let pass, and
``localise`` names the smallest sets of figures at fault; ``tell`` and ``read_out`` put figures and findings into the
language of a reader. No printed figure is ever corrected: a relation that fails is a finding about the documents. What
the documents date and list beside their figures is put in order by ``dated``, ``order`` and ``told_twice``, and crossed
by ``crossing``.
"""

from digital_diplomacy.claims.agreement import adjusted_kappa, kappa, prevalence
from digital_diplomacy.claims.answers import answer
from digital_diplomacy.claims.checking import check, confirm, pinned
from digital_diplomacy.claims.chronology import (
    beginnings,
    count_orders,
    dated,
    extent_of,
    extents,
    farthest,
    half_since,
    latest,
    order,
    told_twice,
    undated,
)
from digital_diplomacy.claims.evidence import evidence
from digital_diplomacy.claims.listing import (
    all_meetings,
    bodies,
    count_lists,
    crossing,
    debates,
    examples_in,
    in_lists,
    lists_by_document,
    meetings,
    meetings_by_list,
    most_listed,
    repeated,
)
from digital_diplomacy.claims.quantities import ONE_UNIT
from digital_diplomacy.claims.reading import parse, refused
from digital_diplomacy.claims.relations import KINDS
from digital_diplomacy.claims.seeing.chance import chance
from digital_diplomacy.claims.seeing.detection import power, totals
from digital_diplomacy.claims.seeing.faults import localise
from digital_diplomacy.claims.seeing.shown import (
    blind,
    by_document,
    faults,
    kinds,
    located,
    noticed,
    passed,
    sight,
    sight_of_related,
    weak,
)
from digital_diplomacy.claims.summaries import (
    about,
    arithmetic_in,
    explain,
    matrix,
    of_document,
    overview,
    provenance,
    tally,
    worst_kind,
)
from digital_diplomacy.claims.telling import described, narrowings, read_out, tell
from digital_diplomacy.frames import in_words as _in_words

__all__ = [
    "KINDS",
    "ONE_UNIT",
    "about",
    "adjusted_kappa",
    "all_meetings",
    "answer",
    "arithmetic_in",
    "beginnings",
    "blind",
    "bodies",
    "by_document",
    "chance",
    "check",
    "confirm",
    "count_lists",
    "count_orders",
    "crossing",
    "dated",
    "debates",
    "described",
    "evidence",
    "examples_in",
    "explain",
    "extent_of",
    "extents",
    "farthest",
    "faults",
    "half_since",
    "in_lists",
    "kappa",
    "kinds",
    "latest",
    "lists_by_document",
    "localise",
    "located",
    "matrix",
    "meetings",
    "meetings_by_list",
    "most_listed",
    "narrowings",
    "noticed",
    "of_document",
    "order",
    "overview",
    "parse",
    "passed",
    "pinned",
    "power",
    "prevalence",
    "provenance",
    "read_out",
    "refused",
    "repeated",
    "sight",
    "sight_of_related",
    "tally",
    "tell",
    "told_twice",
    "totals",
    "undated",
    "weak",
    "worst_kind",
]

# A frame without a column that is needed is refused in words, whatever function it is given to.
globals().update(_in_words(__name__, {name: globals()[name] for name in __all__}))
