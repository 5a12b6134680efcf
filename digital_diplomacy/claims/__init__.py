"""Published figures, the relations that must hold between them, and the verdicts.

``parse`` reads every figure again from its printed form, ``check`` works out each relation in exact interval
arithmetic, ``confirm`` compares the failures with those already acknowledged, ``explain`` says them in words. No
printed figure is ever corrected: a relation that fails is a finding about the documents.
"""

from digital_diplomacy.claims.agreement import adjusted_kappa, kappa, prevalence
from digital_diplomacy.claims.answers import answer
from digital_diplomacy.claims.checking import check, confirm, pinned
from digital_diplomacy.claims.evidence import evidence
from digital_diplomacy.claims.reading import parse
from digital_diplomacy.claims.relations import KINDS
from digital_diplomacy.claims.summaries import (
    about,
    described,
    explain,
    matrix,
    of_document,
    overview,
    provenance,
    tally,
)

__all__ = [
    "KINDS",
    "about",
    "adjusted_kappa",
    "answer",
    "check",
    "confirm",
    "described",
    "evidence",
    "explain",
    "kappa",
    "matrix",
    "of_document",
    "overview",
    "parse",
    "pinned",
    "prevalence",
    "provenance",
    "tally",
]
