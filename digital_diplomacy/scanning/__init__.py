"""Figures of any paper as a draft of the table of claims: nothing is accepted unseen.

scan
    Every printed figure and date of a paper's blocks (see ``sources.read_paper``), with what its sentence says of it.
"""

from digital_diplomacy.frames import in_words as _in_words
from digital_diplomacy.scanning.draft import COLUMNS, scan

__all__ = ["COLUMNS", "scan"]

globals().update(_in_words(__name__, {"scan": scan}))
