"""Numbers without a noun that make up a count told before, are a share of it or repeat it: its unit is theirs."""

import re
from collections.abc import Hashable, Iterator, Sequence
from math import isclose
from typing import Any, Final

import pandas as pd

from digital_diplomacy.extraction.tokens import Row, in_order

_WEAK: Final = ("items", "persons", "users", "followers", "countries", "messages")
"""Units that a number without a noun may have got from words around it."""
_COUNTS: Final = (*_WEAK, "accounts", "appeals", "websites", "respondents", "authors", "views", "houses", "regions")
_FEWEST: Final = 3
_LEAST: Final = 30
"""Sums from which they are hardly alike by chance."""
_TELLING: Final = 3
"""Digits but closing zeros from which two numbers alone make up a third, or one repeats another, hardly by chance."""
_NEAR: Final = 10
"""Counts told last of which a share may be told."""
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
        _take_behind(bare, in_order(rows))
        _share_or_repeat(rows, told)
        told += [(float(str(row["value"])), str(row["unit"])) for row in counts]
        del told[:-_LOOKED_BACK]


def _take(parts: Sequence[dict[Hashable, Any]], told: Sequence[tuple[float, str]], *, is_listed: bool = False) -> None:
    for some in _runs(parts):
        total = sum(float(str(row["value"])) for row in some)
        known = next((unit for value, unit in reversed(told) if isclose(value, total, rel_tol=1e-9)), "")
        is_told = (
            is_listed
            or len(some) >= _FEWEST
            or (known != "items" and _digits(total) >= _TELLING and not _is_cell(some[0]))
        )
        if known and total >= _LEAST and is_told:
            for row in some:
                row["unit"] = known
            return


def _take_behind(bare: Sequence[dict[Hashable, Any]], rows: Sequence[Row]) -> None:
    """Give parts the unit of the count that opens their sentence: "19.8 million people, 12.3 million in towns, …"."""
    wholes = [row for row in rows if _is_count(row) and row["unit"] != "items" and not _is_cell(row)]
    for whole in wholes[:1]:
        after = [row for row in rows if int(str(row["start"])) > int(str(whole["start"]))]
        if is_listed := _are_listed(whole, after):
            listed = [row for row in after if isinstance(row, dict) and row["unit"] in _WEAK and _is_count(row)]
            bare = listed if len({row["counted"] for row in listed}) > 1 else bare
        behind = [row for row in bare if int(str(row["start"])) > int(str(whole["start"]))]
        if len(behind) >= _FEWEST - 1 and any(row["unit"] != whole["unit"] for row in behind):
            _take(behind, [(float(str(whole["value"])), str(whole["unit"]))], is_listed=is_listed)


def _are_listed(whole: Row, after: Sequence[Row]) -> bool:
    """Whether a colon stands between a count and the next: what is listed then may have nouns of its own."""
    if not after:
        return False
    sentence = str(whole["sentence"])
    offset = int(str(whole["start"])) - sentence.find(str(whole["as_printed"]))
    return ":" in sentence[int(str(whole["end"])) - offset : int(str(after[0]["start"])) - offset]


def _runs(parts: Sequence[dict[Hashable, Any]]) -> Iterator[Sequence[dict[Hashable, Any]]]:
    """All of them, then those up to the last or from the first without one; two alone last."""
    if len(parts) >= _FEWEST - 1:
        yield parts
    for size in range(len(parts) - 1, _FEWEST - 2, -1):
        yield parts[-size:]


def _share_or_repeat(rows: Sequence[Row], told: Sequence[tuple[float, str]]) -> None:
    """Give a number of nothing in particular the unit of the count whose printed share it is, or that it repeats."""
    ordered = in_order(rows)
    for place, row in enumerate(ordered):
        if (row["unit"] == "items" and row["counted"]) or _is_cell(row):
            return  # "2,014 cases (24 %), from the heart 1,091 (13 %)" are all cases
        if not isinstance(row, dict) or row["unit"] != "items" or not _is_bare(row):
            continue
        value = float(str(row["value"]))
        repeated = next((unit for other, unit in reversed(told) if other == value), "")
        if repeated and _digits(value) >= _TELLING:
            row["unit"] = repeated
        elif share := _share_behind(row, ordered[place + 1 : place + 2]):
            low, high = share
            wholes = [unit for other, unit in told[-_NEAR:] if other > value and low <= 100 * value / other <= high]
            if wholes:
                row["unit"] = wholes[-1]


def _share_behind(row: Row, behind: Sequence[Row]) -> tuple[float, float] | None:
    """The share in percent that stands right behind a number, in brackets or behind a comma."""
    for one in behind:
        if one["unit"] != "percent" or pd.isna(one["low"]) or pd.isna(one["high"]):
            continue
        offset = int(str(row["start"])) - str(row["sentence"]).find(str(row["as_printed"]))
        between = str(row["sentence"])[int(str(row["end"])) - offset : int(str(one["start"])) - offset]
        if _BESIDE.fullmatch(between):
            return float(str(one["low"])), float(str(one["high"]))
    return None


_BESIDE: Final = re.compile(
    r"(?:-[^\W\d_]{1,4})?\s*(?:\(|,\s|[–—-]\s)\s*(?:(?:or|that is|i\.e\.|или|то есть|т\.\s?е\.|яғни|немесе)\s+)?",
    re.IGNORECASE,
)


def _is_cell(row: Row) -> bool:
    return not pd.isna(row["table"]) and bool(row["table"])


def _digits(value: float) -> int:
    return len(f"{value:.0f}".rstrip("0"))


def _is_count(row: Row) -> bool:
    return row["unit"] in _COUNTS and not pd.isna(row["value"]) and float(str(row["value"])) % 1 == 0


def _is_bare(row: Row) -> bool:
    return row["unit"] in _WEAK and not row["counted"] and _is_count(row)
