"""Errors of a run's cells, told in the language of the run."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any


def attach(shell: Any) -> None:
    """Let a kernel tell the errors of its cells; what tells them is imported when there is one to tell."""
    shell.set_custom_exc((Exception,), _tell)


def _tell(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> Sequence[str]:
    from digital_diplomacy.figures import interactive

    return interactive.tell_error(shell, kind, error, trace, tb_offset)
