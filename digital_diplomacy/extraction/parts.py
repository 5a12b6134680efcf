"""Parts without a noun that make up a count told before: their unit is that of the count."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final

import pandas as pd

from digital_diplomacy.extraction.tokens import Row, in_order

_WEAK: Final = ("items", "persons", "users", "followers", "countries", "messages")
"""Units that a number without a noun may have got from words around it."""
_COUNTS: Final = (*_WEAK, "accounts", "appeals", "websites", "respondents", "authors", "views", "houses", "regions")
_FEWEST: Final = 3
_LEAST: Final = 30
"""Sums from which they are hardly alike by chance."""
_LOOKED_BACK: Final = 40
"""Counts told before that parts may make up."""


def count_parts(said: Sequence[Sequence[Row]]) -> None:
    """Give the numbers of one sentence or list that make up a count told before the unit of that count.

    Three numbers at least, none with a noun behind it: "The desk took 1,200 calls. Citizens asked about passports
    (480), visas (360), births (360)." Here calls were counted, and no citizens.

    Parameters
    ----------
    said : sequence of sequence of Row
        Rows of the draft of claims by sentence; dicts among them are changed in place.
    """
    told: list[tuple[float, str]] = []
    run: list[dict[Hashable, Any]] = []
    for rows in said:
        bare = [row for row in in_order(rows) if isinstance(row, dict) and _is_bare(row)]
        counts = [row for row in rows if _is_count(row)]
        run = [*run, *bare] if len(bare) == len(counts) == 1 else []
        for parts in (bare, run):
            _take(parts, told)
        told += [(float(str(row["value"])), str(row["unit"])) for row in counts]
        del told[:-_LOOKED_BACK]


def _take(parts: Sequence[dict[Hashable, Any]], told: Sequence[tuple[float, str]]) -> None:
    for some in _runs(parts):
        total = sum(float(str(row["value"])) for row in some)
        known = next((unit for value, unit in reversed(told) if value == total), "")
        if known and total >= _LEAST:
            for row in some:
                row["unit"] = known
            return


def _runs(parts: Sequence[dict[Hashable, Any]]) -> Iterator[Sequence[dict[Hashable, Any]]]:
    """All of them, then those up to the last or from the first without one."""
    if len(parts) >= _FEWEST:
        yield parts
    for size in range(len(parts) - 1, _FEWEST - 1, -1):
        yield parts[-size:]


def _is_count(row: Row) -> bool:
    return row["unit"] in _COUNTS and not pd.isna(row["value"]) and float(str(row["value"])) % 1 == 0


def _is_bare(row: Row) -> bool:
    return row["unit"] in _WEAK and not row["counted"] and _is_count(row)
