"""Pipes and devices given in the place of files: to read one may never end, or fill the memory."""

import stat
from pathlib import Path

from digital_diplomacy.errors import SourceError


def is_endless(path: Path) -> bool:
    """Whether there is something of that name that is neither a file nor a folder.

    Examples
    --------
    >>> import os
    >>> from pathlib import Path
    >>> from digital_diplomacy.endless import is_endless
    >>> is_endless(Path(os.devnull)), is_endless(Path(".")), is_endless(Path("no such file"))
    (True, False, False)
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # no such thing, or no name that a file could bear
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def refuse_endless(path: Path) -> None:
    """Refuse a pipe or a device before it is opened; to open one may already take for ever.

    Raises
    ------
    SourceError
        Naming it, and what to do.
    """
    if is_endless(path):
        raise SourceError(
            "{path}: it is a pipe or a device and not a file; write what comes from it into a file, and name that",
            path=path,
        )
