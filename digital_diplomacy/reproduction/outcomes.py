"""How the runs of a command ended."""

from dataclasses import dataclass

from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.results import Failure


@dataclass(frozen=True)
class Outcome:
    """How one run ended: ``done``, ``reused`` or ``failed``; and why it was executed, or only its pages rewritten.

    Attributes
    ----------
    remarks : tuple of str
        What its reader has to know besides.
    """

    run: Run
    state: str
    seconds: float
    failure: Failure | None = None
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
