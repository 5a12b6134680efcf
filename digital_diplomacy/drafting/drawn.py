"""Drafts of a number of the text drawn from cells of a table: how far apart two are, or what rows make together.

Only what the cells make exactly is drafted, where the text names the rows: nothing here fails.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from digital_diplomacy.drafting.misprints import digits
from digital_diplomacy.drafting.rows_named import (
    LONG,
    TELLING,
    Table,
    is_equal,
    is_of_all,
    is_of_other_time,
    is_rate,
    row_by_numbers,
    tables_of,
    where,
    words_of_head,
    year_of,
)
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked


def drawn(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> Iterator[Draft]:
    """Differences and sums of the text that cells of a table make."""
    tables = tables_of(sentences, blocks)
    apart = [(table, _pairs(table)) for table in tables if len(table.cells) <= _MOST_CELLS]
    for said in sentences if tables else ():
        if said.figures[0].table or said.figures[0].in_references:
            continue
        for one in said.figures:
            yield from _between(one, said, apart)
            yield from _together(one, said, tables)
            yield from _since(one, said, tables)
    yield from _summed(sentences, tables)


def _since(one: Figure, said: Marked, tables: Sequence[Table]) -> Iterator[Draft]:
    """A rate from the only count of its sentence to the last cell of the row it names: "from 3,380 … fallen by 15%"."""
    own = [
        each for each in said.figures if each is not one and not each.is_date and len(digits(each).rstrip("0")) >= LONG
    ]
    ways = [kind for kind, rules in _CHANGES.items() if any(said.has(rule) for rule in rules)]
    if one.unit != "percent" or one.bound != "exact" or one.table or len(own) != 1 or not ways or not own[0].value:
        return
    place, found = said.place(one), []
    for table in tables:
        rows = list(dict.fromkeys(cell.row for cell in table.cells))
        named = [row for row in rows if words_of_head(row) and where(row, said, place) is not None]
        row = row_by_numbers(rows, said, place) or (named[0] if len(named) == 1 else None)
        years = [cell for cell in table.cells if cell.row == row and year_of(cell.column)]
        last = max(years, key=lambda cell: year_of(cell.column), default=None)
        if last is not None and are_of_one_unit(last, own[0]):
            found += [(kind, last) for kind in ways if is_rate(kind, own[0], last, one)]
    if len(found) == 1:
        kind, last = found[0]
        words = f"{own[0].printed} … {last.printed} … {one.printed}"
        yield draft(kind, [own[0], last], [one], "change_percent", words, sure="place")


_CHANGES: Final = {"decline_rate": ("down", "asks_less"), "growth_rate": ("up", "asks_more")}


def _summed(sentences: Sequence[Marked], tables: Sequence[Table]) -> Iterator[Draft]:
    """Columns of counts without a total whose sum is told elsewhere: in the text, or as the total of another table."""
    places = {one.claim_id: place for place, said in enumerate(sentences) for one in said.figures}
    told = [one for said in sentences for one in said.figures if one.is_whole and len(digits(one).rstrip("0")) > LONG]
    for table in tables:
        if any(is_of_all(cell.row) for cell in table.cells):
            continue
        for column in dict.fromkeys(cell.column for cell in table.cells):
            parts = [cell for cell in table.cells if cell.column == column]
            is_counted = all(cell.is_whole and cell.value for cell in parts) and are_of_one_unit(*parts)
            if len(parts) < _LEAST_PARTS or not is_counted:
                continue
            whole = sum(cell.value or 0 for cell in parts)
            same = [
                one
                for one in told
                if one.value == whole and one not in table.cells and are_of_one_unit(one, parts[0])
                and (not one.table or is_of_all(one.row))
            ]  # fmt: skip
            if same:
                near = min(same, key=lambda one: abs(places[one.claim_id] - places[parts[0].claim_id]))
                words = f"{' + '.join(cell.printed for cell in parts)} … {near.printed}"
                yield draft("sum_of_parts", parts, [near], "total", words, sure="place")


_LEAST_PARTS: Final = 3


def _pairs(table: Table) -> Mapping[float, Sequence[tuple[Figure, Figure]]]:
    """Pairs of cells of one column, or of two years of one row, by how far apart they are."""
    found: dict[float, list[tuple[Figure, Figure]]] = defaultdict(list)
    for first, second in combinations(table.cells, 2):
        is_column = first.column == second.column and first.row != second.row
        is_row = first.row == second.row and year_of(first.column) and year_of(second.column)
        if (is_column or is_row) and are_of_one_unit(first, second):
            found[round(abs((first.value or 0) - (second.value or 0)), _DECIMALS)].append((first, second))
    return found


_DECIMALS: Final = 6


def _between(
    one: Figure, said: Marked, tables: Sequence[tuple[Table, Mapping[float, Sequence[tuple[Figure, Figure]]]]]
) -> Iterator[Draft]:
    """What a sentence tells as apart, and the two cells of one column, or of one row, that are so far apart.

    One of the two rows is named or its cell told; both, if a number is short. Nothing else fits.
    """
    if one.value is None or len(digits(one)) < TELLING or one.table or one.bound != "exact":
        return
    if not (
        said.has("asks_apart") or said.has("asks_more") or said.has("asks_less") or one.unit == "percentage_points"
    ):
        return
    found: list[tuple[Figure, Figure]] = []
    starts = [0, *(match.end() for match in re.finditer(";", said.plain))]
    for table, pairs in tables:
        for first, second in pairs.get(round(abs(one.value), _DECIMALS), ()):
            if not _are_alike(first, one):
                continue
            named = [_is_told(cell.row, table, one, said, starts) for cell in (first, second)]
            if all(named) or (any(named) and len(digits(one).rstrip("0")) >= LONG and len(digits(one)) > LONG):
                found.append((first, second))
    if len(found) == 1:
        is_loss = one.value < 0
        larger, smaller = sorted(found[0], key=lambda cell: (cell.value or 0) if is_loss else -(cell.value or 0))
        words = f"{larger.printed} … {smaller.printed} … {one.printed}"
        yield draft("difference", [larger, smaller], [one], "change_amount", words, sure="place")


def _together(one: Figure, said: Marked, tables: Sequence[Table]) -> Iterator[Draft]:
    """A number told of rows together, and the cells of those a sentence names that make it, the last column first."""
    if one.value is None or one.table or one.bound != "exact":
        return
    if len(digits(one)) < LONG and not _TOGETHER.search(said.plain):
        return
    place = said.place(one)
    for table in tables:
        if len(table.cells) > _MOST_CELLS:
            continue
        names = {row for row in dict.fromkeys(cell.row for cell in table.cells)
                 if words_of_head(row) and not is_of_all(row) and where(row, said, place) is not None}  # fmt: skip
        for column in reversed(list(dict.fromkeys(cell.column for cell in table.cells))):
            parts = [cell for cell in table.cells if cell.column == column and cell.row in names]
            is_alike = len(parts) > 1 and len(parts) == len(names) and are_of_one_unit(*parts, one)
            if is_alike and _comes_to(parts, one) and not is_of_other_time(parts[0], one):
                words = f"{' + '.join(cell.printed for cell in parts)} … {one.printed}"
                yield draft("sum_of_parts", parts, [one], "total", words, sure="place")
                return


def _comes_to(parts: Sequence[Figure], one: Figure) -> bool:
    return round(sum(cell.value or 0 for cell in parts) - (one.value or 0), _DECIMALS) == 0


_TOGETHER: Final = re.compile(
    r"\b(?:together|combined|jointly|between them|in all|in total|both)\b|"
    r"(?<!\w)(?:вместе|совместно|в сумме|суммарно|в совокупности|совокупн\w+|обе|оба)(?!\w)|"
    r"(?<!\w)(?:бірге|қосып|қоса|жиынтығында|бірлесіп|екеуі\w*|үшеуі\w*)(?!\w)",
    re.IGNORECASE,
)


def _is_told(row: str, table: Table, one: Figure, said: Marked, starts: Sequence[int]) -> bool:
    """Whether a sentence names a row or tells a cell of it."""
    if words_of_head(row) and any(where(row, said, spot) is not None for spot in starts):
        return True
    rest = [each for each in said.figures if each is not one and len(digits(each)) >= TELLING]
    return any(cell.row == row and is_equal(cell, each) for cell in table.cells for each in rest)


def _are_alike(cell: Figure, one: Figure) -> bool:
    return are_of_one_unit(cell, one) or {cell.unit, one.unit} <= {"items", "unstated", "", "score"}


_MOST_CELLS: Final = 120
"""Cells up to which pairs of them are tried: among more, two differ by any number."""
