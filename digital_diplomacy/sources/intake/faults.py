"""What is wrong with a foreign table: each fault once, the first of many in words."""

from collections.abc import Callable, Mapping
from typing import Final

from digital_diplomacy.errors import Said
from digital_diplomacy.sources.remarks import Remark

_TOLD: Final = 1000  # faults in words; a table of a million rows may have as many


class Faults:
    """What is wrong, each once: the first of it in words, and how much there is."""

    def __init__(self) -> None:
        self.first: list[Remark] = []
        self._seen: set[int] = set()

    def add(self, code: str, named: Mapping[str, str | Said]) -> None:
        """One more, unless the same was added."""
        self.make((code, *named.items()), lambda: Remark(code, named))

    def make(self, key: tuple[object, ...], made: Callable[[], Remark]) -> None:
        """One more, unless one of that key was; its words are made if they will be told."""
        before = len(self._seen)
        self._seen.add(hash(key))
        if before < len(self._seen) <= _TOLD:
            self.first.append(made())

    @property
    def further(self) -> int:
        """How many there are beyond those in words."""
        return len(self._seen) - len(self.first)
