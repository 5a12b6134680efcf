"""Figures of any paper as a draft of the table of claims: nothing is accepted unseen.

scan
    Every printed figure and date of a paper's blocks (see ``sources.read_paper``), with what its sentence says of it.
told_apart
    The same with one row for each figure a relation may name.
"""

from digital_diplomacy.extraction.apart import told_apart
from digital_diplomacy.extraction.claim_rows import COLUMNS, scan
from digital_diplomacy.frames import in_words as _in_words

__all__ = ["COLUMNS", "scan", "told_apart"]

globals().update(_in_words(__name__, {"scan": scan, "told_apart": told_apart}))
