"""Errors of a run's cells, told in the language of the run."""

from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Any


def attach(shell: Any) -> None:
    """Let a kernel tell the errors of its cells; what tells them is imported when there is one to tell."""
    shell.set_custom_exc((Exception,), _tell)
    shell.showsyntaxerror = partial(_tell_of, "tell_syntax_error", shell, shell.showsyntaxerror)
    shell.show_usage_error = partial(_tell_of, "tell_usage_error", shell, shell.show_usage_error)


def _tell(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> Sequence[str]:
    from digital_diplomacy.figures import interactive

    return interactive.tell_error(shell, kind, error, trace, tb_offset)


def _tell_of(name: str, shell: Any, shown: Callable[..., None], *given: Any, **named: Any) -> None:
    from digital_diplomacy.figures import interactive

    getattr(interactive, name)(shell, shown, *given, **named)
