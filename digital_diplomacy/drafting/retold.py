"""Drafts of cells told again where numbers alone say so: several of a row, or a long total.

Several cells of one row in a sentence are hardly met by chance, whatever its words; nor is a total of four digits in a
unit that no other column has. A number that is nearly such a cell is drafted as its misprint only where the sentence
tells nothing else of it: no other time, part or plan, and nothing else in the text or the table is it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from digital_diplomacy.drafting.elsewhere import is_average, is_told_apart
from digital_diplomacy.drafting.misprints import is_misprint, significant
from digital_diplomacy.drafting.rows_named import (
    Table,
    is_equal,
    is_of_all,
    is_of_other_time,
    tables_of,
    where,
    year_of,
)
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_GENERAL: Final = ("items", "unstated", "")
_LEAST_DIGITS: Final = 6
"""Digits of the cells of a row that a sentence tells together, closing zeros not counted."""
_LEAST_CELLS: Final = 2
_TELLING: Final = 3
_LONG: Final = 5
"""Digits of a total of which another number is a misprint, whatever its unit; of a unit of its own one less."""
_MOST_CELLS: Final = 400


def retold(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> Iterator[Draft]:
    """Numbers of the text that are cells of one row, or a total of a table."""
    tables = [table for table in tables_of(sentences, blocks) if len(table.cells) <= _MOST_CELLS]
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    told = [one for said in body for one in said.figures]
    for said in body if tables else ():
        own = [one for one in said.figures if _may_be_told(one) and not is_average(said, one)]
        yield from _of_rows(own, said, tables)
        for one in own:
            yield from _of_totals(one, said, tables, told)


def _may_be_told(one: Figure) -> bool:
    is_number = one.value is not None and not one.is_date and one.bound == "exact"
    return is_number and one.unit not in ("rank", "times", "years", "percentage_points")


def _of_rows(own: Sequence[Figure], said: Marked, tables: Sequence[Table]) -> Iterator[Draft]:
    """Numbers of a sentence that are cells of one row; one more of them may be misprinted."""
    for table in tables if len(own) >= _LEAST_CELLS else ():
        for row in dict.fromkeys(cell.row for cell in table.cells):
            cells = [cell for cell in table.cells if cell.row == row]
            pairs = _paired(own, cells)
            if len(pairs) < _LEAST_CELLS or sum(significant(one) for _, one in pairs) < _LEAST_DIGITS:
                continue
            for cell, one in pairs:
                yield draft("same_quantity", [cell], [one], "cell", _words(cell, one), sure="place")
            rest = [one for one in own if one not in [each for _, each in pairs]]
            other = [cell for cell in cells if cell not in [each for each, _ in pairs]]
            near = [(cell, one) for cell in other for one in rest if _is_near(cell, one) and _is_nowhere(one, table)]
            if len(near) == 1 and not is_told_apart(said, near[0][1]):
                yield draft("same_quantity", [near[0][0]], [near[0][1]], "cell", _words(*near[0]), sure="place")


def _paired(own: Sequence[Figure], cells: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Cells and the numbers that are the same, each taken once."""
    found: list[tuple[Figure, Figure]] = []
    for cell in cells:
        same = [
            one
            for one in own
            if one.value == cell.value
            and significant(one) > 0
            and _are_alike(cell, one)
            and not is_of_other_time(cell, one)
            and one not in [each for _, each in found]
        ]
        if same:
            found.append((cell, same[0]))
    return found


def _are_alike(cell: Figure, one: Figure) -> bool:
    is_bare = cell.unit in _GENERAL or one.unit in _GENERAL
    return are_of_one_unit(cell, one) or (is_bare and "percent" not in (cell.unit, one.unit))


def _is_near(cell: Figure, one: Figure) -> bool:
    is_long = significant(cell) >= _TELLING and not is_of_other_time(cell, one)
    return is_long and are_of_one_unit(cell, one) and is_misprint(cell, one)


def _is_nowhere(one: Figure, table: Table) -> bool:
    return all(cell.value != one.value for cell in table.cells)


def _of_totals(one: Figure, said: Marked, tables: Sequence[Table], told: Sequence[Figure]) -> Iterator[Draft]:
    """A number and the one total of its unit, and of its year if the columns are years."""
    if significant(one) < _TELLING:
        return
    totals = [(table, cell) for table in tables for cell in _totals(table, one, said)]
    equal = [cell for _, cell in totals if is_equal(cell, one) and significant(cell) >= _TELLING]
    if equal:
        yield draft("same_quantity", equal[:1], [one], "cell", _words(equal[0], one), sure="place")
        return
    near = [(table, cell) for table, cell in totals if is_misprint(cell, one)]
    if len(near) != 1 or is_told_apart(said, one):
        return
    cell = near[0][1]
    least = _LONG if one.unit in _GENERAL else _LONG - 1
    is_known = any(each.value == one.value for each in told if each is not one)
    if significant(cell) >= least and not is_known and all(_is_nowhere(one, each) for each in tables):
        same = [each for each in told if each.value == cell.value and are_of_one_unit(each, cell)]
        first = (same or [cell])[0]  # what the text itself has told is nearer than its table
        yield draft("same_quantity", [first], [one], "cell", _words(cell, one), sure="place")


@lru_cache(64)
def _rows_of_all(table: Table) -> frozenset[str]:
    """The rows called totals, and those of which a column is the sum of all others: a country over its regions."""
    found = {cell.row for cell in table.cells if is_of_all(cell.row)}
    columns: dict[str, list[Figure]] = defaultdict(list)
    for cell in table.cells:
        columns[cell.column].append(cell)
    for cells in columns.values():
        if len(cells) <= _LEAST_PARTS or not are_of_one_unit(*cells) or cells[0].unit == "percent":
            continue
        whole = sum(cell.value or 0 for cell in cells)
        spread = sum(float(cell.high or 0) - float(cell.low or 0) for cell in cells) / 2
        found |= {cell.row for cell in cells if abs(2 * (cell.value or 0) - whole) <= spread and cell.value}
    return frozenset(found)


_LEAST_PARTS: Final = 2


def _totals(table: Table, one: Figure, said: Marked) -> list[Figure]:
    """The totals of a table that a number may be: those of its year, the only one of its unit, or of a head told."""
    rows = _rows_of_all(table)
    row = [cell for cell in table.cells if cell.row in rows and are_of_one_unit(cell, one)]
    years = [cell for cell in row if year_of(cell.column)]
    if years:
        return [cell for cell in years if one.period and year_of(cell.column) in one.period]
    named = [cell for cell in row if where(cell.column, said, said.place(one)) is not None]
    return row if len(row) == 1 else named


def _words(cell: Figure, one: Figure) -> str:
    return f"{cell.printed} ({cell.row}, {cell.column}) … {one.printed}"
