"""What every comparison with reference files counts: cases that agree, that differ, and that nobody here knows.

A reference file may hold more than the package has: a variant, a method, a language, a network without its file. Such
cases are counted and named, and the known ones are compared all the same.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

LISTED: Final = 20  # cases named of each sort, unless all are asked for


class UnknownCaseError(ValueError):
    """A case of a reference file that the package, or the comparison, does not know; says what of it."""


class Counts:
    """Cases by kind; ``agrees`` is None where the case is not known."""

    def __init__(self) -> None:
        self._cases: dict[str, list[tuple[str, bool | None, str]]] = {}

    def add(self, kind: str, case: str, agrees: bool | None, said: str = "") -> None:
        self._cases.setdefault(kind, []).append((case, agrees, said))

    def line(self, kind: str) -> str:
        """How many cases of a kind agree, of those compared."""
        judged = [agrees for _, agrees, _ in self._cases.get(kind, []) if agrees is not None]
        unknown = len(self._cases.get(kind, [])) - len(judged)
        counted = f"{sum(judged)} of {len(judged)} agree" if judged else "nothing compared"
        return f"{kind}: {counted}" + (f", {unknown} not known" if unknown else "")

    def named(self, agrees: bool | None, *, most: int | None = LISTED) -> Iterator[str]:
        """The cases that agree, differ or are not known, one a line."""
        word = {True: "agrees", False: "differs", None: "not known"}[agrees]
        found = [(kind, *case) for kind, cases in self._cases.items() for case in cases if case[1] is agrees]
        for kind, case, _, said in found[:most]:
            yield f"  {word}: {kind}: {case}" + (f": {said}" if said else "")
        if most is not None and len(found) > most:
            yield f"  {word}: ... and {len(found) - most} more"

    def show(self) -> int:
        """Print lines and what did not agree; the exit status: 1 if a case differs, 2 if none could be compared."""
        for kind in self._cases:
            print(self.line(kind))
        return self.finish()

    def finish(self) -> int:
        """Print what did not agree and the sum; the exit status as ``show``."""
        for line in (*self.named(False), *self.named(None)):
            print(line)
        judged = [agrees for cases in self._cases.values() for _, agrees, _ in cases if agrees is not None]
        if not judged:
            print("nothing was compared")
            return 2
        print(f"{sum(judged)} of {len(judged)} agree")
        return 0 if all(judged) else 1


def lacking(path: Path, found: "list[str] | tuple[str, ...] | None", wanted: tuple[str, ...]) -> None:
    """Refuse a file without the columns that are read.

    Raises
    ------
    UnknownCaseError
        Naming file and columns.
    """
    missing = [name for name in wanted if name not in (found or ())]
    if missing:
        raise UnknownCaseError(f"{path.name} has no column {', '.join(missing)}")
