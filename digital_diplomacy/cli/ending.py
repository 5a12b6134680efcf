"""The end of a command that somebody else asked for: as by Ctrl-C, tidied up and told, with the code of its signal."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

_ASKING: Final = ("SIGTERM", "SIGHUP")
"""What services, schedulers and closed terminals send."""

INTERRUPTED: Final = 130  # what shells expect of a command that Ctrl-C ended
_BY_SIGNAL: Final = 128  # and, with its number, of one that another signal did


class EndedError(KeyboardInterrupt):
    """Another program asked this one to end."""


@contextmanager
def heard() -> Iterator[list[int]]:
    """Within the block, what asks the command to end raises `EndedError`, once; the numbers of what did.

    What whoever started the command has it ignore, as ``nohup`` does, is ignored.
    """
    numbers: list[int] = []
    own = threading.current_thread() is threading.main_thread()
    known = [getattr(signal, name) for name in _ASKING if own and hasattr(signal, name)]  # Windows has one of them
    taken = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]

    def end(number: int, _frame: object) -> NoReturn:
        for one in taken:  # whoever asks again does not want to wait until all is tidied up
            signal.signal(one, signal.SIG_DFL)
        numbers.append(number)
        raise EndedError

    for number in taken:
        signal.signal(number, end)
    try:
        yield numbers
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def code(numbers: list[int]) -> int:
    """The exit code of a command that was interrupted, or ended by the first of these signals.

    Examples
    --------
    >>> code([]), code([15])
    (130, 143)
    """
    return _BY_SIGNAL + numbers[0] if numbers else INTERRUPTED
