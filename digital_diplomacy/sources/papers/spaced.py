"""Tables in plain text whose cells blanks, semicolons or a single bar part."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from digital_diplomacy.sources.papers.aligned import FIGURE, TITLE
from digital_diplomacy.sources.papers.single_blanks import rows_of_single_blanks

_ROWS: Final = 2  # of figures at least
_NUMERIC: Final = 0.6
"""Part of the cells behind the first column that are figures, at least."""
_LONGEST_CELL: Final = 90
_RULE: Final = re.compile(r"[\s:|+=_─━–—-]*[=_─━–—-]{3}[\s:|+=_─━–—-]*")
"""A line that only rules a table."""
_GAP: Final = re.compile(r"[ \u00a0\u2002\u2003\u2009]{2,}")
_MARK: Final = re.compile(r"\W*\d{0,3}[.)]?\W*")
"""A first cell that marks an item of a list."""
_PARTED: Final = (re.compile(r";"), re.compile(r" [|¦] |[|¦]"))


@dataclass(frozen=True)
class _Cell:
    text: str
    start: int
    end: int


def cells_of(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """The cells of every line that is a row of such a table, by its place; empty for a line that rules one.

    Lines are a table if, without an empty line between them, they fall into as many cells, most of them figures behind
    the first: by semicolons, by a bar, by two or more blanks, or by one. Cells of a row that has fewer belong to the
    columns that they stand over.

    Parameters
    ----------
    lines : sequence of str

    Examples
    --------
    >>> cells_of(["Platform    Posts  Share, %", "Facebook   82,944     71.5", "Twitter    33,056     28.5"])[1]
    ('Facebook', '82,944', '71.5')
    """
    found: dict[int, tuple[str, ...]] = {}
    for is_text, group in groupby(range(len(lines)), key=lambda place: _may_be_row(lines[place])):
        places = list(group)
        if is_text and len(places) > 1:
            found |= _of_run(lines, places)
    return found


def _may_be_row(line: str) -> bool:
    text = line.strip()
    return bool(text) and "\t" not in text and not (text.startswith("|") and text.count("|") > 1)


def _of_run(lines: Sequence[str], places: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rules = [place for place in places if _RULE.fullmatch(lines[place])]
    rows = [place for place in places if place not in rules]
    found: dict[int, tuple[str, ...]] = {}
    for mark in _PARTED:
        found |= _of_mark(lines, rows, mark)
    if not found:
        found = _of_blanks(lines, rows)
    if not found:
        found = rows_of_single_blanks({place: lines[place].strip() for place in rows})
    if not found:
        return {}
    first, last = min(found), max(found)
    return found | {place: () for place in rules if first - 1 <= place <= last + 1}


def _of_mark(lines: Sequence[str], places: Sequence[int], mark: re.Pattern[str]) -> dict[int, tuple[str, ...]]:
    """Rows that a mark parts: as many cells in each of them, and no marks of lists at their ends."""
    split = {place: tuple(part.strip() for part in mark.split(lines[place].strip())) for place in places}
    found: dict[int, tuple[str, ...]] = {}
    for size, group in groupby(places, key=lambda place: len(split[place])):
        run = list(group)
        if size > 1 and len(run) > _ROWS and _are_rows([split[place] for place in run]):
            found |= {place: split[place] for place in run}
    return found


def _are_rows(rows: Sequence[Sequence[str]]) -> bool:
    """Whether cells are those of a table: short, and figures behind the first column."""
    behind = [cell for row in rows for cell in row[1:] if cell]
    if not behind or any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        return False
    filled = [row for row in rows if any(FIGURE.fullmatch(cell) for cell in row[1:])]
    below = [cell for row in filled for cell in row[1:] if cell]
    figures = sum(FIGURE.fullmatch(cell) is not None for cell in below)
    is_list = all(_MARK.fullmatch(row[0]) for row in rows) and len(rows[0]) == _ROWS
    return len(filled) >= _ROWS and figures >= _NUMERIC * len(below) and not is_list


def _of_blanks(lines: Sequence[str], places: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Rows that two or more blanks part."""
    split = {place: _cells(lines[place]) for place in places}
    found: dict[int, tuple[str, ...]] = {}
    for run in _runs(split):
        sizes = Counter(len(split[place]) for place in run if _is_filled(split[place]))
        size = max(sizes, key=lambda one: (sizes[one], one), default=0)
        full = [split[place] for place in run if len(split[place]) == size and _is_filled(split[place])]
        if size > 1 and len(full) >= _ROWS and _are_rows([[cell.text for cell in row] for row in full]):
            columns = [
                (min(row[place].start for row in full), max(row[place].end for row in full)) for place in range(size)
            ]
            found |= {place: _placed(split[place], columns) for place in run}
    return found


def _cells(line: str) -> list[_Cell]:
    cells, start = [], len(line) - len(line.lstrip())
    end = len(line.rstrip())
    for gap in _GAP.finditer(line, start, end):
        cells.append(_Cell(line[start : gap.start()], start, gap.start()))
        start = gap.end()
    return [*cells, _Cell(line[start:end], start, end)]


def _is_filled(row: Sequence[_Cell]) -> bool:
    return len(row) > 1 and any(FIGURE.fullmatch(cell.text) for cell in row[1:])


def _runs(split: dict[int, list[_Cell]]) -> Iterator[list[int]]:
    """Lines of more than one cell that follow each other, with names of rows alone between them."""
    run: list[int] = []
    alone: list[int] = []
    for place, row in split.items():
        if len(row) > 1:
            run += [*alone, place] if run else [place]
            alone = []
        elif run and not alone and len(row[0].text) <= _LONGEST_CELL // 2 and not TITLE.match(row[0].text):
            alone = [place]
        elif run:
            yield run
            run, alone = [], []
    if run:
        yield run


def _placed(row: Sequence[_Cell], columns: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The cells of a row in their columns; a head over several columns stands over each."""
    if len(row) == len(columns):
        return tuple(cell.text for cell in row)
    texts = [""] * len(columns)
    if len(row) == 1:
        return (row[0].text, *texts[1:])
    taken = [_over(cell, columns) for cell in row]
    if len({place for over in taken for place in over}) < len([place for over in taken for place in over]):
        if len(row) < len(columns) and all(FIGURE.fullmatch(cell.text) is None for cell in row):
            return (*[""] * (len(columns) - len(row)), *(cell.text for cell in row))  # they do not stand over any
        taken = [_over(cell, columns)[:1] for cell in row]
    for cell, over in zip(row, taken, strict=True):
        for place in over:
            texts[place] = f"{texts[place]} {cell.text}".strip()
    return tuple(texts)


def _over(cell: _Cell, columns: Sequence[tuple[int, int]]) -> list[int]:
    over = [place for place, (start, end) in enumerate(columns) if cell.start < end and start < cell.end]
    nearest = min(range(len(columns)), key=lambda place: abs(sum(columns[place]) - cell.start - cell.end))
    return over or [nearest]
