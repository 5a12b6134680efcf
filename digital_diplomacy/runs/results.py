"""How an execution ended, and what it may take."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digital_diplomacy.errors import NotebookError, Said, said


class KernelLostError(NotebookError):
    """A kernel died, took too long over a cell, or too much memory.

    Attributes
    ----------
    cell : int
        1-based, in the notebook as executed.
    notebook, source, output : str
        The notebook's file name, the cell's code, and the last that was printed.
    how : str or Said
        What became of the kernel.
    is_orphan : bool
        Whether the kernel ended only because the process it was forked from did.

    Examples
    --------
    >>> from digital_diplomacy import reproduction
    >>> error = reproduction.KernelLostError("rankings.ipynb", 3, "sort(rows)", "took longer than 60 s", "")
    >>> print(error)
    kernel died in cell 3 of rankings.ipynb: it took longer than 60 s; it had printed nothing
    >>> print(error.said(7))  # as another notebook counts its cells
    kernel died in cell 7 of rankings.ipynb: it took longer than 60 s; it had printed nothing
    """

    def __init__(
        self, notebook: str, cell: int, source: str, how: str | Said, output: str, is_orphan: bool = False
    ) -> None:
        self.notebook, self.cell, self.source, self.is_orphan = Path(notebook).name, cell, source, is_orphan
        self.how, self.output = how, output
        super().__init__(self.said(cell))

    def said(self, cell: int) -> Said:
        """The message with the number of the cell as another notebook counts it."""
        values = {"cell": cell, "notebook": self.notebook, "how": self.how}
        if not self.output:
            return said("kernel died in cell {cell} of {notebook}: it {how}; it had printed nothing", **values)
        return said(
            "kernel died in cell {cell} of {notebook}: it {how}; its last output: {output}",
            output=self.output, **values,
        )  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """What a run may take: seconds over one cell and megabytes of memory of its own; 0 means no limit.

    Examples
    --------
    >>> from digital_diplomacy import reproduction
    >>> limits = reproduction.Limits(cell_seconds=60, memory=500)
    >>> limits.cell_seconds, reproduction.Limits().memory  # 0 is no limit
    (60, 0)
    """

    cell_seconds: float = 0
    memory: float = 0


@dataclass(frozen=True)
class Failure:
    """Why a run failed: the cell (1-based, as the notebook is stored; 0 if outside any), error and traceback."""

    cell: int
    source: str
    name: str
    message: str
    traceback: str

    def neutral(self, lang: str) -> str:
        """What of it is the same in every language: what is told in that of the run stands behind its traceback.

        Examples
        --------
        >>> Failure(3, "", "TableError", "пусто", "TableError: empty\\nTableError: пусто").neutral("ru")
        'TableError: empty'
        >>> Failure(3, "", "TableError", "empty", "TableError: empty").neutral("en")
        'TableError: empty'
        """
        before = self.traceback.removesuffix(self.message).removesuffix(f"{self.name}: ").rstrip()
        is_told = lang != "en" and f"\n{self.name}:" in f"\n{before}"  # in English it stands there once
        return before if is_told else self.traceback or self.message


@dataclass(frozen=True)
class Observed:
    """What a run was seen to rest on besides its code.

    Attributes
    ----------
    files : tuple of str
        Files read or looked for in vain; with ``/`` at the end folders whose names were listed. Below the project's
        folder relative to it, others in full.
    variables : tuple of str
        Names of the environment variables that its code asked for.
    unrepeatable : tuple of str
        Programs it started (``program bash``), connections it opened (``connection example.org``) and dates of the run
        itself that it shows (``moment 2026-11-29``): nobody can tell beforehand what these would give, so that its
        results are never reused.
    """

    files: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    unrepeatable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What a run left in its staging folder, or why it failed."""

    seconds: float
    shown: list[dict[str, Any]]
    failure: Failure | None
    inputs: Observed = Observed()
