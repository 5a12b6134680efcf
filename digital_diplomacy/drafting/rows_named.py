"""Tables by the figures of their cells, and where words of a sentence name a row, a column, a year or the whole."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from digital_diplomacy.drafting.stems import is_common
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

LONG: Final = 3
"""Digits from which one other digit tells a misprint where the sentence does not name the period."""


TELLING: Final = 2
"""Digits of a number that is not met by chance."""


_BEGINNING: Final = 3
"""Letters of the shortest word of a head."""


_KEPT: Final = 4
"""Letters that a word keeps in all its forms, at least."""


_ENDING: Final = 3
"""Letters at the end of a word of a head that another form may change."""


_ADDED: Final = 7
"""Letters that another form may add to what both have in common."""


_PLURALS: Final = ("s", "es")


_YEAR: Final = re.compile(r"\W*((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Table:
    """The cells of a table, and what it is of."""

    caption: str
    cells: tuple[Figure, ...]
    beginnings: frozenset[str]
    """How the words begin by which a sentence may name a row or the whole: any form of a word keeps these letters."""


def beginnings(text: str) -> frozenset[str]:
    """The first letters of each word that tells something."""
    return frozenset(word[:_BEGINNING] for word in content(text))


def tables_of(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> list[Table]:
    """The tables of a paper by the figures of their cells, each with its caption."""
    cells: dict[str, list[Figure]] = defaultdict(list)
    for said in sentences:
        for one in said.figures:
            if one.table and one.value is not None and not one.is_date and one.column:
                cells[one.table].append(one)
    captions = {str(block["table"]): str(block["caption"]) for block in blocks if block["kind"] == "cell"}
    made = []
    for table, found in cells.items():
        caption = captions.get(table, "")
        named = " ".join([caption, *{cell.row for cell in found}])
        made.append(Table(caption, tuple(found), beginnings(named)))
    return made


def is_of_other_time(cell: Figure, one: Figure) -> bool:
    """Whether cell and number name periods of which neither holds the other."""
    return bool(cell.period and one.period) and cell.period not in one.period and one.period not in cell.period


def row_by_numbers(rows: Sequence[str], said: Marked, place: int) -> str | None:
    """The row told by its numbers: "Scope 1" of "Scope 1", "Scope 2" and "Total Scope 1 and 2"."""
    told = set(re.findall(r"\d+", said.text))
    fits = []
    for row in rows:
        numbers, rest = set(re.findall(r"\d+", row)), _TOTAL.sub("", row)
        spot = where(rest, said, place) if numbers and numbers <= told else None
        if spot is not None and words_of_head(rest) and _is_beside(rest, said.text):
            fits.append((len(numbers), row))
    most = max((count for count, _ in fits), default=0)
    best = [row for count, row in fits if count == most]
    return best[0] if len(best) == 1 else None


def _is_beside(name: str, text: str) -> bool:
    """Whether the first number of a name stands behind its word in a text, as it does in the name."""
    word = re.search(r"([^\W\d_]{3,})\W{1,3}(\d+)|(\d+)\W{1,3}([^\W\d_]{3,})", name)
    first, last = [part for part in word.groups() if part] if word else ("", "")
    return bool(first) and re.search(rf"{first[:_KEPT]}\w*\W{{1,3}}{last[:_KEPT]}", text, re.IGNORECASE) is not None


_TOTAL: Final = re.compile(
    r"^\W*(?:total|overall|sum|всего|итого|барлығы|жиыны|жалпы)(?!\w)(?: (?:of|по)(?!\w))?", re.IGNORECASE
)


def is_rate(kind: str, first: Figure, last: Figure, one: Figure) -> bool:
    """Whether a number is, within its rounding, the growth or decline from one cell to another."""
    change = 100 * ((last.value or 0) / (first.value or 1) - 1)
    low, high = float(one.low or 0), float(one.high or 0)
    return low <= (change if kind == "growth_rate" else -change) <= high


_NUMBERED: Final = re.compile(
    r"^\W*(?:\d[\d.]*\s?-?\s?кесте|(?:table|таблица|кесте)\s*(?:\d[\d.]*)?)[.:–—\s-]*", re.IGNORECASE
)


def subject_of(table: Table) -> str:
    """What a caption says its table is of."""
    return re.split(r"[,(]", _without_number(table.caption))[0]


def _without_number(caption: str) -> str:
    return _NUMBERED.sub("", caption)


def is_of_all(row: str) -> bool:
    """Whether the head of a row calls it the total."""
    return any(pattern.search(row) for rule in ("total", "total_of_place") for pattern in patterns(rule, ""))


def where(label: str, said: Marked, place: int, least: int | None = None) -> int | None:
    """Where the words of a head stand in the clause of a number; None where not all of them (or ``least``) do."""
    asked, words = words_of_head(label), _words_of(said.plain, *_clause(said, place))
    spots = []
    for word in asked:
        found = [
            spot
            for spot, told in words
            if told[:_BEGINNING] == word[:_BEGINNING] and is_form(told, word, said.language)
        ]
        before = [spot for spot in found if spot < place]
        if found:
            spots.append(max(before) if before else -min(found))
    enough = len(spots) >= (len(asked) if least is None else least)
    return min(spots, key=lambda spot: spot) if spots and enough else None


@lru_cache(10_000)
def words_of_head(label: str) -> tuple[str, ...]:
    """The words that name a row or column."""
    return tuple(word for word in content(re.split(r"[,(]", label)[0]) if not is_common(word))


@lru_cache(8)
def _words_of(plain: str, start: int, end: int) -> tuple[tuple[int, str], ...]:
    """Each word of a clause and where it stands."""
    return tuple((match.start(), match.group().casefold()) for match in WORD.finditer(plain, start, end))


WORD: Final = re.compile(r"[^\W\d_]{3,}")


def content(text: str) -> list[str]:
    """The words of three letters and more, in small letters."""
    return [word.casefold() for word in WORD.findall(text)]


def _clause(said: Marked, place: int) -> tuple[int, int]:
    """The part of a sentence between semicolons that a number stands in."""
    behind = said.plain.find(";", place)
    return said.plain.rfind(";", 0, place) + 1, len(said.plain) if behind < 0 else behind


def is_form(said: str, word: str, language: str) -> bool:
    """Whether a word of a sentence may be another form of a word of a head."""
    said = said.casefold()
    if language == "en":
        return said == word or any(said == word + end or word == said + end for end in _PLURALS)
    common = next((n for n, (a, b) in enumerate(zip(said, word, strict=False)) if a != b), min(len(said), len(word)))
    return common >= max(_KEPT, len(word) - _ENDING) and len(said) - common <= _ADDED


def year_of(text: str) -> str:
    """The year that a head begins with; empty if it begins with none."""
    match = _YEAR.match(text)
    return match[1] if match else ""


def is_equal(cell: Figure, one: Figure) -> bool:
    """Whether a cell and a number can be one value within their rounding."""
    ends = (cell.low, cell.high, one.low, one.high)
    if any(end is None for end in ends) or not cell.value or not one.value:
        return False
    low, high, first, last = (float(end) for end in ends if end is not None)
    return max(low, first) <= min(high, last)
