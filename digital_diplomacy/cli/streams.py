"""Standard output and error, whatever they lead to: nothing, a full disk, an encoding of few letters."""

import io
import os
import sys
from pathlib import PurePath
from typing import TextIO, cast

from digital_diplomacy.visible import in_line, visible


def put(words: object = "", /, file: TextIO | None = None) -> None:
    """Print a sentence, at once also where output goes to a file; names of files and of what is in them are `visible`.

    Who reads no further, as ``head -1`` behind a pipe, does not end what the command is there for.
    """
    try:
        print(in_line(words) if isinstance(words, PurePath) else visible(str(words)), file=file, flush=True)
    except BrokenPipeError:
        give_up(file or sys.stdout)


class _Lasting(io.TextIOBase):
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> int:
        """Write to the stream, if anybody reads it."""
        try:
            self._stream.write(words)
        except BrokenPipeError:
            give_up(self._stream)
        return len(words)

    def flush(self) -> None:
        """Have it read at once; Python flushes this once more when it is gone, and the stream may be closed by then."""
        try:
            if not self._stream.closed:
                self._stream.flush()
        except BrokenPipeError:
            give_up(self._stream)


def lasting(stream: TextIO) -> TextIO:
    """A stream that whoever reads it may leave: what is written from then on goes nowhere."""
    return cast("TextIO", _Lasting(stream))


def make_ready() -> None:
    """Print what a narrow encoding lacks as its code, and what nobody listens to nowhere; no letter ends a command."""
    _occupy()
    for number, name in enumerate(("stdout", "stderr"), start=1):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the command
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _occupy() -> None:
    """Lead to nowhere what whoever started the command has closed, so that no file of ours takes its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)


def is_narrow() -> bool:
    """Whether standard output lacks letters, so that data are better written in those of ASCII.

    Examples
    --------
    >>> import contextlib, io
    >>> from digital_diplomacy.cli import streams
    >>> with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="cp1251")):
    ...     narrow = streams.is_narrow()
    >>> narrow
    True
    """
    return not str(sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def has_failed() -> bool:
    """Whether standard output takes nothing more; what waits for it is then given up."""
    try:
        leads_to = sys.stdout.fileno()
    except OSError:  # to no file
        return False
    try:
        os.write(leads_to, b"\n")  # what waited for it is gone: a flush that has failed tries it no more
    except OSError:
        give_up()
        return True
    return False


def give_up(stream: TextIO | None = None) -> None:
    """Lead a stream, or else standard output, to nowhere, so that the end of the process does not try it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, (stream or sys.stdout).fileno())
    os.close(nowhere)
