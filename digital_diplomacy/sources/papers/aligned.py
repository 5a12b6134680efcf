"""Tables without vertical rules: lines whose cells stand below one another."""

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from digital_diplomacy.sources.papers.columns import Word

_GAP: Final = 0.6
"""Times the size of letters from which a blank may part two cells."""
_ROWS: Final = 3  # of a table at least, its head among them
_HEADS: Final = 3  # lines of a head at most
_NUMERIC: Final = 0.6
"""Part of the cells behind the first column that are figures, at least."""
_APART: Final = 2.6
"""Times the usual distance of lines from which a table ends."""
FIGURE: Final = re.compile(
    r"(?:[^\w\s]{0,3}\s?)?(?:[<>≈~]\s?)?(?:\d.{0,24}|[–—-]{1,2}|…|\.{2,3}|n/?a|н/?д|х|x)", re.IGNORECASE
)
_WIDER: Final = 12.0
"""Points by which longer words in the first or last cell may make rows wider than those of the column before."""
_MARK: Final = re.compile(r"\W*\d{0,3}\W*")
TITLE: Final = re.compile(
    r"\W*(?:table|таблица|табл|кесте|figure|fig|рис|сурет|\d[\d.]*\s?-\s?(?:кесте|сурет))\b", re.IGNORECASE
)


class _Cell(NamedTuple):
    text: str
    x0: float
    x1: float


_Row = tuple[_Cell, ...]
_Spans = list[tuple[float, float]]


def with_tables(lines: Sequence[list[Word]]) -> Iterator[list[Word]]:
    """The lines, those of a table without rules as one word that holds its cells.

    Lines are a table if, three or more, they fall into cells that stand below one another, most of them figures behind
    the first column. Blanks of justified text do not stand below one another.
    """
    rows = [_cells(line) for line in lines]
    done = 0
    for first, last, spans in _bodies(lines, rows):
        start = _head(lines, rows, first, spans, done)
        if last - start + 1 < _ROWS:
            continue
        yield from lines[done:start]
        words = [word for line in lines[start : last + 1] for word in line]
        table = tuple(_placed(row, spans) for row in rows[start : last + 1])
        yield [
            Word("", min(word.x0 for word in words), max(word.x1 for word in words), words[0].top, words[-1].bottom,
                 words[0].size, table)
        ]  # fmt: skip
        done = last + 1
    yield from lines[done:]


def rest_of(table: Word, lines: Sequence[list[Word]]) -> list[tuple[str, ...]]:
    """Rows at the head of a column that belong to a table at the end of the one before it, rules or none.

    They have as many cells, figures behind the first, and are no wider.
    """
    found: list[tuple[str, ...]] = []
    for place, line in enumerate(lines):
        row = _cells(line)
        is_row = len(row) == len(table.cells[0]) > 1 and all(FIGURE.fullmatch(cell.text) for cell in row[1:])
        is_wider = bool(row) and row[-1].x1 - row[0].x0 > table.x1 - table.x0 + _WIDER
        if not is_row or is_wider or (place and not _is_near(lines, place)):
            break
        found.append(tuple(cell.text for cell in row))
    return found


def _cells(line: Sequence[Word]) -> _Row:
    cells: list[_Cell] = []
    for word in line:
        if word.cells:
            return ()
        if cells and word.x0 - cells[-1].x1 < _GAP * word.size:
            cells[-1] = _Cell(f"{cells[-1].text} {word.text}", cells[-1].x0, word.x1)
        else:
            cells.append(_Cell(word.text, word.x0, word.x1))
    return tuple(cells)


def _bodies(lines: Sequence[list[Word]], rows: Sequence[_Row]) -> Iterator[tuple[int, int, _Spans]]:
    """First and last line of what may be the rows of a table, and where its columns stand."""
    place = 0
    while place < len(rows):
        last, spans = _grown(lines, rows, place)
        if last > place and _is_table(rows[place : last + 1], spans):
            yield place, last, spans
            place = last
        place += 1


def _grown(lines: Sequence[list[Word]], rows: Sequence[_Row], first: int) -> tuple[int, _Spans]:
    spans = [(cell.x0, cell.x1) for cell in rows[first]]
    last = first
    if len(spans) < 2:
        return first, spans
    for place in range(first + 1, len(rows)):
        if not rows[place] or not _is_near(lines, place):
            break
        wider = _merged([*spans, *((cell.x0, cell.x1) for cell in rows[place])])
        if len(wider) < max(2, len(spans)) or any(_clash(row, wider) for row in rows[first : place + 1]):
            break
        if len(rows[place]) > 1:
            last, spans = place, wider
        elif rows[place][0].x0 > wider[0][1] or TITLE.match(rows[place][0].text):
            break
    return last, spans


def _is_near(lines: Sequence[list[Word]], place: int) -> bool:
    """Whether a line stands no farther below the one above it than rows of a table do."""
    above, own = lines[place - 1][-1], lines[place][0]
    return 0 < own.bottom - above.bottom < _APART * max(own.size, above.size)


def _merged(spans: _Spans) -> _Spans:
    found: _Spans = []
    for x0, x1 in sorted(spans):
        if found and x0 <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _clash(row: _Row, spans: _Spans) -> bool:
    """Whether two cells of a row fall into one column."""
    columns = [_column(cell, spans) for cell in row]
    return len(set(columns)) < len(columns)


def _column(cell: _Cell, spans: _Spans) -> int:
    return next((place for place, (x0, x1) in enumerate(spans) if x0 <= cell.x0 and cell.x1 <= x1), -1)


def _is_table(rows: Sequence[_Row], spans: _Spans) -> bool:
    full = [row for row in rows if len(row) > 1]
    behind = [cell.text for row in full for cell in row[1:]]
    figures = sum(FIGURE.fullmatch(text) is not None for text in behind)
    is_list = len(spans) == 2 and all(_MARK.fullmatch(row[0].text) for row in full)
    return len(full) > 1 and not is_list and figures >= _NUMERIC * len(behind)


def _head(lines: Sequence[list[Word]], rows: Sequence[_Row], first: int, spans: _Spans, done: int) -> int:
    """The first line of a table's head: lines right above its rows that fit into its columns or span some of them."""
    start = first
    usual = median(len(cell.text) for row in rows[first : first + 1] for cell in row)
    while start > max(done, first - _HEADS):
        row = rows[start - 1]
        fits = row and _is_near(lines, start) and not TITLE.match(row[0].text)
        names = len(row) > 1 or (row and row[0].x0 > spans[0][1])
        if not fits or not names or max(len(cell.text) for cell in row) > 40 + usual:
            break
        if row[0].x0 < spans[0][0] - 5 or row[-1].x1 > spans[-1][1] + 40:
            break
        start -= 1
    return start


def _placed(row: _Row, spans: _Spans) -> tuple[str, ...]:
    """The cells of a row in their columns; a head over several columns stands over each."""
    texts = [""] * len(spans)
    for cell in row:
        over = [place for place, (x0, x1) in enumerate(spans) if cell.x0 <= x1 and x0 <= cell.x1]
        nearest = min(range(len(spans)), key=lambda place: abs(sum(spans[place]) - cell.x0 - cell.x1))
        for place in over or [nearest]:
            texts[place] = f"{texts[place]} {cell.text}".strip()
    return tuple(texts)
