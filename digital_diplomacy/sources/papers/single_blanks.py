"""Tables in plain text whose cells one blank parts, as copies of pages leave them: a name and its figures a line."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

from digital_diplomacy.sources.papers.aligned import TITLE

_ROWS: Final = 2  # at least; three of a single figure
_LONGEST_NAME: Final = 60
_MOST: Final = 12  # figures of a row
_PIECE: Final = re.compile(r"(?:[<>≈~+−–-]?\d[\d.,]*\d|[<>≈~+−–-]?\d)(?:%|[*¹²³]{1,2})?|[–—-]|…|n/a|н/д|%")
_OPENS_GROUPS: Final = re.compile(r"[<>≈~+−–-]?\d{1,3}(?:\s\d{3})*")
_GROUP: Final = re.compile(r"\d{3}(?:[.,]\d+)?(?:%|[*¹²³]{1,2})?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[–/-](?:\d\d){1,2})?")
_CLOSED: Final = re.compile(r"[.!?:;,]$")
_OPENS_CELL: Final = re.compile(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ(]|%$")


def rows_of_single_blanks(lines: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """The cells of lines that end in as many figures each, by their place, with those of the line of heads over them.

    Three digits behind a blank go on a number or begin one: so that all rows have as many figures, the fewest.

    Parameters
    ----------
    lines : mapping of int to str
        Lines with nothing between them.

    Examples
    --------
    >>> rows_of_single_blanks({1: "Желі Жазба Үлес, %", 2: "Facebook 7 873 84,4", 3: "Twitter 1 458 15,6"})[2]
    ('Facebook', '7 873', '84,4')
    """
    split = {place: _split(text) for place, text in lines.items()}
    found: dict[int, tuple[str, ...]] = {}
    for run in _runs(lines, split):
        head = next((place for place in reversed(list(lines)) if place < run[0]), None)
        rows = _rows([split[place] for place in run], (head is not None and lines[head]) or "")
        if not rows:
            continue
        found |= dict(zip(run, rows, strict=True))
        named = _heads(lines[head], len(rows[0])) if head is not None and head not in found else ()
        if head is not None and named:
            found[head] = named
    return found


def _split(text: str) -> tuple[str, tuple[str, ...]]:
    """The name of a row and the pieces of its figures; no pieces for a line that is none."""
    words = text.split()
    pieces = list(takewhile(lambda word: _PIECE.fullmatch(word), reversed(words)))[::-1]
    if len(pieces) == len(words):
        pieces = pieces[1:]
    name = words[: len(words) - len(pieces)]
    joined: list[str] = []
    for piece in pieces:
        if piece == "%" and joined:
            joined[-1] += " %"
        else:
            joined.append(piece)
    is_named = (len(name) == 1 and _YEAR.fullmatch(name[0])) or any(re.search(r"[^\W\d_]", word) for word in name)
    said = " ".join(name)
    if not is_named or len(said) > _LONGEST_NAME or _CLOSED.search(said) or not re.search(r"\d", "".join(joined)):
        return said, ()
    return said, tuple(joined)


def _runs(lines: Mapping[int, str], split: Mapping[int, tuple[str, tuple[str, ...]]]) -> Iterator[list[int]]:
    run: list[int] = []
    for place, text in lines.items():
        pieces = split[place][1]
        is_row = bool(pieces) and not TITLE.match(text) and not all(_YEAR.fullmatch(piece) for piece in pieces)
        if is_row:
            run.append(place)
        if run and not is_row:
            yield run
            run = []
    if run:
        yield run


def _rows(split: Sequence[tuple[str, tuple[str, ...]]], head: str) -> list[tuple[str, ...]]:
    if len(split) < _ROWS or any(len(pieces) > _MOST for _, pieces in split):
        return []
    ways = [list(_ways(pieces)) for _, pieces in split]
    sizes = set.intersection(*({len(way) for way in one} for one in ways))
    headed = [size for size in sorted(sizes) if head and len(_heads(head, size + 1)) == size + 1]
    size = (headed or sorted(sizes) or [0])[0]
    if size == 0 or (size == 1 and (len(split) <= _ROWS or not headed)) or (len(split) == _ROWS and not headed):
        return []
    fitting = [[way for way in one if len(way) == size] for one in ways]
    sure = [Counter(_shape(one[0][place]) for one in fitting if len(one) == 1) for place in range(size)]
    best = [max(one, key=lambda way: sum(sure[at][_shape(cell)] for at, cell in enumerate(way))) for one in fitting]
    return [(name, *way) for (name, _), way in zip(split, best, strict=True)]


def _ways(pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every way in which pieces are figures, three digits behind a blank going on the one before or not."""
    if not pieces:
        yield ()
        return
    number = pieces[0]
    for place in range(1, len(pieces) + 1):
        for rest in _ways(pieces[place:]):
            yield (number, *rest)
        if place == len(pieces) or not (_OPENS_GROUPS.fullmatch(number) and _GROUP.fullmatch(pieces[place])):
            return
        number = f"{number} {pieces[place]}"


def _shape(cell: str) -> tuple[int, bool, bool]:
    decimals = re.search(r"[.,](\d{1,2})\D*$", cell)
    return len(decimals[1]) if decimals else 0, "%" in cell, " " in cell.strip(" %")


def _heads(text: str, size: int) -> tuple[str, ...]:
    """The heads of so many columns that a line names; none if it does not part into them."""
    words = text.split()
    if not words or _CLOSED.search(text) or TITLE.match(text):
        return ()
    years = list(takewhile(lambda word: _YEAR.fullmatch(word), reversed(words)))
    if len(years) == size - 1:
        return (" ".join(words[: 1 - size]), *words[1 - size :])
    if re.search(r"(?<![\d.,])\d{3}", _YEAR.sub("", text)):
        return ()
    if len(words) == size and not any(word.endswith(",") for word in words):
        return tuple(words)
    cells: list[str] = []
    for word in words:
        if cells and (not _OPENS_CELL.match(word) or cells[-1].endswith(",") or word[0] == "("):
            cells[-1] += f" {word}"
        else:
            cells.append(word)
    if len(cells) == size - 1:
        return ("", *cells)
    return tuple(cells) if len(cells) == size else ()
