"""How the runs of a command ended."""

from dataclasses import dataclass

from digital_diplomacy.errors import Said
from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.results import Failure


@dataclass(frozen=True)
class Outcome:
    """How one run ended: ``done``, ``reused`` or ``failed``; and why it was executed, or only its pages rewritten.

    Attributes
    ----------
    remarks : tuple of str
        What its reader has to know besides.

    Examples
    --------
    >>> from digital_diplomacy import reproduction, sources
    >>> notebook = reproduction.find_notebooks(sources.project_root())["rankings"]
    >>> outcome = reproduction.Outcome(reproduction.Run(notebook, "en"), "reused", 0)
    >>> outcome.state, outcome.run.folder, outcome.failure is None
    ('reused', 'rankings/en', True)
    """

    run: Run
    state: str
    seconds: float
    failure: Failure | None = None
    reasons: tuple[Said | str, ...] = ()
    remarks: tuple[Said | str, ...] = ()
