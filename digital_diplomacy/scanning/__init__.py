"""Figures of any paper as a draft of the table of claims: nothing is accepted unseen.

scan
    Every printed figure and date of a paper's blocks (see ``sources.read_paper``), with what its sentence says of it.
told_apart
    The same with one row for each figure a relation may name.
draft_relations
    What must hold between the figures, by the paper's own words.
review
    All of it, with the verdicts.
numbered, related, judged, acknowledged
    What a reviewer accepted, as rows of the project's tables, with the verdicts on it.
"""

from digital_diplomacy.frames import in_words as _in_words
from digital_diplomacy.scanning.accepting import acknowledged, judged, numbered, related
from digital_diplomacy.scanning.apart import told_apart
from digital_diplomacy.scanning.draft import COLUMNS, scan
from digital_diplomacy.scanning.relating import RELATIONS, draft_relations
from digital_diplomacy.scanning.reviewing import Review, review

__all__ = [
    "COLUMNS",
    "RELATIONS",
    "Review",
    "acknowledged",
    "draft_relations",
    "judged",
    "numbered",
    "related",
    "review",
    "scan",
    "told_apart",
]

_FUNCTIONS = {"draft_relations": draft_relations, "review": review, "scan": scan, "told_apart": told_apart}
globals().update(_in_words(__name__, _FUNCTIONS))
