"""Drafts of a cell of a table told again in the text: its row, its column and its unit must be named there."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from digital_diplomacy.drafting.misprints import are_swapped, digits, is_misprint
from digital_diplomacy.drafting.twice import is_average, is_common
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_NOTHING_SPECIAL: Final = ("percentage_points", "times", "rank", "date", "", "years", "unstated")
_LONG: Final = 3
"""Digits from which one other digit tells a misprint where the sentence does not name the period."""
_TELLING: Final = 2
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
class _Table:
    """The cells of a table, and what it is of."""

    caption: str
    cells: tuple[Figure, ...]
    beginnings: frozenset[str]
    """How the words begin by which a sentence may name a row or the whole: any form of a word keeps these letters."""


def told_in_text(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> Iterator[Draft]:
    """A number of the text and the cell it repeats; one that is nearly that of its cell may be misprinted.

    A cell is told where words name its row (or, for a row of totals, what the table is of) and its column. Equal
    numbers are drafted; others only where row, column and period leave one cell and the digits differ as in a misprint.
    """
    tables = _tables(sentences, blocks)
    for said in sentences if tables else ():
        if said.figures[0].table or said.figures[0].in_references:
            continue
        begun = _beginnings(said.plain)
        near = [table for table in tables if not table.beginnings.isdisjoint(begun)]
        for one in said.figures if near else ():
            if one.value is None or one.unit in _NOTHING_SPECIAL or one.in_references or is_average(said, one):
                continue
            if len(digits(one)) >= _TELLING:
                yield from _told(one, said, near)


def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word[:_BEGINNING] for word in _content(text))


def _tables(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> list[_Table]:
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
        made.append(_Table(caption, tuple(found), _beginnings(named)))
    return made


def _told(one: Figure, said: Marked, tables: Sequence[_Table]) -> Iterator[Draft]:
    found = [(table, row) for table in tables for row in _rows_named(one, said, table)]
    equal = [cell for table, row in found for cell in row if _is_equal(cell, one) and _may_be(cell, one, row, said)]
    if equal:
        cell = next((each for each in equal if each.period and each.period == one.period), equal[0])
        yield draft("same_quantity", [cell], [one], "cell", _words(cell, one))
        return
    if len(found) != 1 or one.bound != "exact":
        return
    table, row = found[0]
    if _is_of_another(one, said, table, row[0].row):
        return
    told = [cell for cell in row if _is_named_column(cell, one, row, said)]
    if len(told) == 1 and told[0].bound == "exact" and _is_mistold(told[0], one):
        yield draft("same_quantity", told, [one], "cell", _words(told[0], one), sure="place")


def _is_of_another(one: Figure, said: Marked, table: _Table, row: str) -> bool:
    """Whether another row is named right behind a number: "189 from rail, 75 from road"."""
    place = said.place(one)
    behind = _ENDS.split(said.plain[place + 1 :])[0]
    others = {cell.row for cell in table.cells if cell.row != row and not _is_of_all(cell.row)}
    words = [match.group() for match in _WORD.finditer(behind)]
    return any(_is_form(told, word, said.language) for other in others for word in _content(other) for told in words)


_ENDS: Final = re.compile(r"[,;:()\ue000-\uf8ff]|\s(?:and|while|и|а|және|ал)\s")


def _words(cell: Figure, one: Figure) -> str:
    return f"{cell.printed} ({cell.row}, {cell.column}) … {one.printed}"


def _rows_named(one: Figure, said: Marked, table: _Table) -> list[list[Figure]]:
    """The row that a sentence names last before a number; of a sentence that names none, that of totals."""
    rows: dict[str, list[Figure]] = defaultdict(list)
    for cell in table.cells:
        if are_of_one_unit(cell, one):
            rows[cell.row].append(cell)
    place = said.place(one)
    named = {row: spot for row in rows if not _is_of_all(row) and (spot := _where(row, said, place)) is not None}
    if named:
        nearest = max(named.values())
        last = [row for row, spot in named.items() if spot == nearest]
        return [rows[last[0]]] if len(last) == 1 else []
    of_all = [row for row in rows if _is_of_all(row)]
    subject = re.split(r"[,(]", _without_number(table.caption))[0]
    is_told = subject and _where(subject, said, place, least=1) is not None
    return [rows[of_all[0]]] if len(of_all) == 1 and is_told else []


_NUMBERED: Final = re.compile(
    r"^\W*(?:\d[\d.]*\s?-?\s?кесте|(?:table|таблица|кесте)\s*(?:\d[\d.]*)?)[.:–—\s-]*", re.IGNORECASE
)


def _without_number(caption: str) -> str:
    return _NUMBERED.sub("", caption)


def _is_of_all(row: str) -> bool:
    return any(pattern.search(row) for rule in ("total", "total_of_place") for pattern in patterns(rule, ""))


def _where(label: str, said: Marked, place: int, least: int | None = None) -> int | None:
    """Where the words of a head stand in the clause of a number; None where not all of them (or ``least``) do."""
    asked, words = _asked(label), _words_of(said.plain, *_clause(said, place))
    spots = []
    for word in asked:
        found = [
            spot
            for spot, told in words
            if told[:_BEGINNING] == word[:_BEGINNING] and _is_form(told, word, said.language)
        ]
        before = [spot for spot in found if spot < place]
        if found:
            spots.append(max(before) if before else -min(found))
    enough = len(spots) >= (len(asked) if least is None else least)
    return min(spots, key=lambda spot: spot) if spots and enough else None


@lru_cache(10_000)
def _asked(label: str) -> tuple[str, ...]:
    """The words that name a row or column."""
    return tuple(word for word in _content(re.split(r"[,(]", label)[0]) if not is_common(word))


@lru_cache(8)
def _words_of(plain: str, start: int, end: int) -> tuple[tuple[int, str], ...]:
    """Each word of a clause and where it stands."""
    return tuple((match.start(), match.group().casefold()) for match in _WORD.finditer(plain, start, end))


_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def _content(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _clause(said: Marked, place: int) -> tuple[int, int]:
    """The part of a sentence between semicolons that a number stands in."""
    behind = said.plain.find(";", place)
    return said.plain.rfind(";", 0, place) + 1, len(said.plain) if behind < 0 else behind


def _is_form(said: str, word: str, language: str) -> bool:
    """Whether a word of a sentence may be another form of a word of a head."""
    said = said.casefold()
    if language == "en":
        return said == word or any(said == word + end or word == said + end for end in _PLURALS)
    common = next((n for n, (a, b) in enumerate(zip(said, word, strict=False)) if a != b), min(len(said), len(word)))
    return common >= max(_KEPT, len(word) - _ENDING) and len(said) - common <= _ADDED


def _year(text: str) -> str:
    match = _YEAR.match(text)
    return match[1] if match else ""


def _may_be(cell: Figure, one: Figure, row: Sequence[Figure], said: Marked) -> bool:
    """Whether nothing says that an equal number is of another column."""
    year = _year(cell.column)
    if year:
        return not one.period or not one.period.startswith(("19", "20")) or year in one.period
    return len(row) == 1 or _names(cell.column, said, one)


def _names(column: str, said: Marked, one: Figure) -> bool:
    return _where(column, said, said.place(one)) is not None


def _is_named_column(cell: Figure, one: Figure, row: Sequence[Figure], said: Marked) -> bool:
    """Whether a cell stands under the period of a number, the last one where it has none, or a head its words name."""
    year = _year(cell.column)
    if not year:
        return len(row) == 1 or _names(cell.column, said, one)
    return year == one.period if one.period else year == max(_year(each.column) for each in row)


def _is_equal(cell: Figure, one: Figure) -> bool:
    ends = (cell.low, cell.high, one.low, one.high)
    if any(end is None for end in ends) or not cell.value or not one.value:
        return False
    low, high, first, last = (float(end) for end in ends if end is not None)
    return max(low, first) <= min(high, last)


def _is_mistold(cell: Figure, one: Figure) -> bool:
    """Whether a number may be a misprint of a cell; short ones, and those without a period, must be more alike."""
    is_told_of = bool(one.period) or not _year(cell.column)
    alike = len(digits(one)) >= _LONG and is_told_of
    return are_swapped(cell, one) or (is_misprint(cell, one) and (alike or len(digits(one)) > _LONG))
