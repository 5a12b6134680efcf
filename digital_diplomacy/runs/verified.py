"""Files whose content was hashed before and that the file system says nobody has touched since."""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from digital_diplomacy.unfinished import replace

_PARTS: Final = 5  # size, two times, number, hash
_OF: Final = "\0"  # in no file's name
_SETTLED: Final = 2_000_000_000  # nanoseconds: a file changed just now can change again within one tick of its clock


class Verified:
    """Hashes of files, remembered beside size, times of change and number of each file.

    A file is hashed again as soon as one of these differs. Setting back the time of its content does not hide a change:
    the time of the file's own record cannot be set. Where there is no such time (Windows), nothing is remembered.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._known, self._new = path, _read(path), dict[str, list[int | str]]()

    def hash(self, file: Path | str, hash_of: Callable[[Path], str | None], of: str = "") -> str | None:
        """The hash of a file, by ``hash_of`` if it is not known to be what it was; None if there is no such file.

        Where more than one thing is remembered of a file, ``of`` tells them apart.
        """
        marked = mark(file)
        if marked is None:
            return None
        name = f"{file}{_OF}{of}" if of else str(file)
        entry = self._known.get(name)
        if entry is not None and entry[:-1] == [*marked]:
            return str(entry[-1])
        found = hash_of(Path(file))
        if found and os.name != "nt" and time.time_ns() - marked[2] > _SETTLED:
            self._new[name] = [*marked, found]
        return found

    def remember(self) -> None:
        """Write what was learnt; files that are gone are forgotten. Nothing depends on this file but time.

        Where it cannot be written, as in a project of somebody else, all is hashed again the next time.
        """
        if self._new:
            with suppress(OSError):
                self._write()

    def _write(self) -> None:
        kept = {name: entry for name, entry in self._known.items() if Path(name.partition(_OF)[0]).exists()} | self._new
        self._path.parent.mkdir(parents=True, exist_ok=True)
        replace(self._path, json.dumps(kept).encode())


def mark(file: Path | str) -> tuple[int, int, int, int] | None:
    """What the file system says of a file: size, time of its content, time of its record, number; None if it is not."""
    try:
        status = os.stat(file)  # noqa: PTH116 - of thousands of files, where nothing has changed
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _read(path: Path) -> dict[str, list[int | str]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    entries = found.items() if isinstance(found, dict) else ()
    return {name: entry for name, entry in entries if isinstance(entry, list) and len(entry) == _PARTS}
