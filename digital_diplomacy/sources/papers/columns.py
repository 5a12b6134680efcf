"""What stands on a page in reading order: columns one after the other, parted by what runs over the whole page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Final

_STRIP: Final = 8
"""Points that part two columns at least; between words there are about three."""
_MIDDLE: Final = (0.35, 0.65)
"""Part of the page's width where columns are parted."""
_LINES: Final = 4  # of a page of two columns at least, on each side
_WORDS: Final = 3  # in a line of a column on average; cells of a table have fewer
_SAME_LINE: Final = 0.35
"""Part of the usual size of letters by which words of one line may stand higher or lower."""


@dataclass(frozen=True)
class Word:
    """Letters side by side, or a table with ruled lines (``cells``), with its box in points from the page's top."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    cells: tuple[tuple[str | None, ...], ...] = ()


def usual_size(words: Sequence[Word]) -> float:
    """The size most letters have."""
    return median([word.size for word in words if not word.cells] or [0.0])


def in_order(words: Sequence[Word], width: float) -> list[list[list[Word]]]:
    """Words of a page as columns of lines, in the order they are read; a ruled table is a line."""
    usual = usual_size(words)
    lines = list(_lines(words, usual))
    strip = _parting(words, lines, width)
    if strip is None:
        return [lines]
    columns: list[list[list[Word]]] = []
    band: list[Word] = []
    wide: list[list[Word]] = []
    for line in lines:
        if any(_crosses(word, strip) for word in line):
            columns += _in_columns(band, strip, usual)
            wide, band = [*wide, line], []
        else:
            columns += [wide] if wide else []
            wide, band = [], [*band, *line]
    return [*columns, *([wide] if wide else []), *_in_columns(band, strip, usual)]


def _in_columns(band: Sequence[Word], strip: tuple[float, float], usual: float) -> list[list[list[Word]]]:
    left, right = ([word for word in band if _is_right(word, strip) == is_right] for is_right in (False, True))
    return [list(_lines(side, usual)) for side in (left, right) if side]


def _lines(words: Sequence[Word], usual: float) -> Iterator[list[Word]]:
    """Words on one height, from left to right."""
    line: list[Word] = []
    for word in sorted(words, key=lambda one: (one.top if one.cells else one.bottom, one.x0)):
        parted = line and (word.cells or line[-1].cells or word.bottom - line[-1].bottom > max(2.0, _SAME_LINE * usual))
        if parted:
            yield sorted(line, key=lambda one: one.x0)
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda one: one.x0)


def _parting(words: Sequence[Word], lines: Sequence[Sequence[Word]], width: float) -> tuple[float, float] | None:
    """The strip in the middle that the fewest words cross, if there are two columns of running text beside it."""
    first, last = (int(width * part) for part in _MIDDLE)
    if last - first < _STRIP:
        return None
    crossing = [0] * (last - first)
    for word in words:
        for place in range(max(first, int(word.x0)), min(last - 1, int(word.x1)) + 1):
            crossing[place - first] += 1
    most = [max(crossing[place : place + _STRIP]) for place in range(len(crossing) - _STRIP + 1)]
    starts = [place for place, count in enumerate(most) if count == min(most)]
    run = [place for place in starts if place - starts[0] == starts.index(place)]
    strip = (float(first + run[0]), float(first + run[-1] + _STRIP))
    sides: tuple[list[int], list[int]] = ([], [])
    for line in lines:
        if not any(_crosses(word, strip) for word in line):
            for side, count in zip(sides, _either(line, strip), strict=True):
                side += [count] if count else []
    return strip if all(len(side) >= _LINES and mean(side) >= _WORDS for side in sides) else None


def _either(line: Sequence[Word], strip: tuple[float, float]) -> tuple[int, int]:
    right = sum(_is_right(word, strip) for word in line)
    return len(line) - right, right


def _crosses(word: Word, strip: tuple[float, float]) -> bool:
    return min(word.x1, strip[1]) - max(word.x0, strip[0]) > _STRIP / 2


def _is_right(word: Word, strip: tuple[float, float]) -> bool:
    return word.x0 + word.x1 > strip[0] + strip[1]
