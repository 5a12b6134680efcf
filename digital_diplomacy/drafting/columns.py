"""Drafts of what the columns of a table are of one another, where nearly all of their rows bear it out."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import permutations
from typing import Any, Final

from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_LEAST: Final = 3
"""Parts or rows from which figures alone tell how a table is made up."""
_LINES: Final = 2
"""Lines of shares that bear one another out; one alone may make a hundred by chance."""
_MOST_OFF: Final = 15.0
"""Percent by which the shares of a column that contradicts the others may miss a hundred."""
_PART: Final = 0.6
"""Rows that must bear a relation out, of all that could."""
_NOT_COUNTED: Final = ("percent", "percentage_points", "times", "rank", "date")

Lines = dict[str, dict[str, Figure]]
"""Columns of a table by their heads, cells by their rows."""


def made_up(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> Iterator[Draft]:
    """Columns that add up to a hundred, to a row of totals no word calls so, or are shares or growth of others.

    What only one column or row contradicts is drafted for it too; what several do is not how the table is made up.
    """
    captions = {str(block["table"]): str(block["caption"]) for block in blocks if block["kind"] == "cell"}
    tables: dict[str, list[Figure]] = defaultdict(list)
    for said in sentences:
        for one in said.figures:
            if one.table and one.value is not None and not one.is_date and one.column and one.row:
                tables[one.table].append(one)
    for table, cells in tables.items():
        columns = _lines(cells, "column", "row")
        rows = _lines(cells, "row", "column")
        if not columns or not rows:
            continue
        if not any(pattern.search(captions.get(table, "")) for pattern in patterns("several", "")):
            yield from _hundreds(columns)
            yield from _hundreds(rows, least_sure=2)
        yield from _last_rows(columns)
        yield from _shares(columns)
        yield from _growth(columns)


def _lines(cells: Sequence[Figure], across: str, along: str) -> Lines:
    lines: Lines = defaultdict(dict)
    for cell in cells:
        line, name = lines[getattr(cell, across)], getattr(cell, along)
        if name in line:
            return {}  # two lines of one name
        line[name] = cell
    return lines


def _is_total(name: str) -> bool:
    return any(pattern.search(name) for rule in ("total", "total_of_place") for pattern in patterns(rule, ""))


def _ends(figures: Sequence[Figure]) -> tuple[float, float]:
    return sum(float(one.low or 0) for one in figures), sum(float(one.high or 0) for one in figures)


def _hundreds(lines: Lines, least_sure: int = 1) -> Iterator[Draft]:
    """Lines of shares of which nearly all make a hundred."""
    shares = [
        (name, parts)
        for name, line in lines.items()
        if not _is_total(name) and (parts := [one for row, one in line.items() if not _is_total(row)])
        and len(parts) >= _LEAST and all(one.unit == "percent" and (one.value or 0) >= 0 for one in parts)
    ]  # fmt: skip
    sure = [each for each in shares if _is_within(100, _ends(each[1]))]
    off = [each for each in shares if each not in sure]
    is_near = all(abs(sum(one.value or 0 for one in parts) - 100) <= _MOST_OFF for _, parts in off)
    if len(shares) < _LINES or len(sure) < least_sure or len(off) > len(sure) or len(off) > 1 or not is_near:
        return
    for name, parts in shares:
        words = f"{name}: {' + '.join(one.printed for one in parts)}"
        yield Draft("sum_to_100", tuple(parts), (), "hundred_column", words, sure="place", exhaustive=True)


def _is_within(value: float, ends: tuple[float, float]) -> bool:
    return ends[0] <= value <= ends[1]


def _last_rows(columns: Lines) -> Iterator[Draft]:
    """Columns whose last row, or first, is the sum of the others, though no word calls it a total."""
    counted = [
        line
        for line in columns.values()
        if len(line) > _LEAST and not any(_is_called(row) for row in line) and _are_counts(list(line.values()))
    ]
    for place in (-1, 0):
        found = []
        for line in counted:
            rows = list(line.values())
            whole = rows[place]
            found.append(([one for one in rows if one is not whole], whole))
        sure = [each for each in found if _adds_up(*each)]
        off = [each for each in found if each not in sure]
        if not sure or len(off) > 1 or not all(_is_close(*each) for each in off):
            continue
        for parts, whole in found:
            yield draft("sum_of_parts", parts, [whole], "total", f"{whole.row}: {whole.printed}", sure="place")
        return


def _is_called(row: str) -> bool:
    return any(pattern.search(row) for rule in ("total", "total_not") for pattern in patterns(rule, ""))


def _are_counts(cells: Sequence[Figure]) -> bool:
    return are_of_one_unit(*cells) and not any(
        one.unit in _NOT_COUNTED or not one.value or one.value < 0 for one in cells
    )


def _adds_up(parts: Sequence[Figure], whole: Figure) -> bool:
    low, high = _ends(parts)
    return low <= float(whole.high or 0) and float(whole.low or 0) <= high


def _is_close(parts: Sequence[Figure], whole: Figure) -> bool:
    """Whether a sum misses its whole by as little as misprints of parts make it."""
    total = sum(one.value or 0 for one in parts)
    return abs(total / (whole.value or 1) - 1) * 100 <= _MOST_OFF


def _shares(columns: Lines) -> Iterator[Draft]:
    """A column of shares of the total of a column of counts."""
    for share, count in permutations(columns, 2):
        whole = [one for row, one in columns[count].items() if _is_total(row)]
        if len(whole) != 1 or whole[0].unit in _NOT_COUNTED:
            continue
        pairs = [
            (columns[count][row], one)
            for row, one in columns[share].items()
            if one.unit == "percent" and row in columns[count] and not _is_total(row)
        ]
        if _bear_out(pairs, partial(_share_of, whole[0])):
            for part, told in pairs:
                words = f"{whole[0].printed} … {part.printed} … {told.printed}"
                yield draft("share_of_base", [part, whole[0]], [told], "carried", words, sure="place")


def _share_of(whole: Figure, part: Figure, told: Figure) -> bool:
    return _is_near(100 * (part.value or 0) / (whole.value or 1), told)


def _is_near(value: float, told: Figure) -> bool:
    half = (float(told.high or 0) - float(told.low or 0)) / 2
    return float(told.low or 0) - half <= value <= float(told.high or 0) + half


def _bear_out(pairs: Sequence[tuple[Figure, Figure]], holds: Callable[[Figure, Figure], bool]) -> bool:
    held = [holds(*pair) for pair in pairs]
    return sum(held) >= 2 and len(held) - sum(held) <= 1 and sum(held) / len(held) >= _PART


_GROWTH: Final = re.compile(r"grow|increase|change|рост|прирост|измен|темп|өсім|өсу|өзгеріс|[+±]", re.IGNORECASE)
"""Heads of columns that tell how another one grew."""


def _growth(columns: Lines) -> Iterator[Draft]:
    """A column of growth between the two before it, for rows that grew."""
    heads = list(columns)
    for place, head in enumerate(heads):
        if place < 2 or not _GROWTH.search(head):
            continue
        first, second = columns[heads[place - 2]], columns[heads[place - 1]]
        rows = [
            row for row in columns[head] if row in first and row in second and _are_counts([first[row], second[row]])
        ]
        rows = [row for row in rows if (second[row].value or 0) > (first[row].value or 0)]
        told = [(first[row], second[row], columns[head][row]) for row in rows if (columns[head][row].value or 0) > 0]
        for kind, grown in (("growth_rate", _rate), ("difference", _more)):
            held = [grown(*each) for each in told if (each[2].unit == "percent") == (kind == "growth_rate")]
            if sum(held) < 2 or len(held) - sum(held) > 1:
                continue
            for old, new, by in told:
                words = f"{old.printed} … {new.printed} … {by.printed}"
                sides = [old, new] if kind == "growth_rate" else [new, old]
                yield draft(kind, sides, [by], "change_percent" if kind == "growth_rate" else "change_amount", words,
                            sure="place")  # fmt: skip


def _rate(old: Figure, new: Figure, by: Figure) -> bool:
    return _is_near(100 * (new.value or 0) / (old.value or 1) - 100, by)


def _more(old: Figure, new: Figure, by: Figure) -> bool:
    return are_of_one_unit(old, by) and _is_near((new.value or 0) - (old.value or 0), by)
