"""Shares and multiples of figures told elsewhere by their names: parts of a list, rows and columns of a table.

"The port took 4,800 ships: 2,160 tankers, 1,680 ferries and 960 trawlers. Tankers make up 45 %": the words beside a
share call the part, and the whole is that of its list, of its column or of its row.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from digital_diplomacy.drafting.grids import Grid, Line, adds_up, grids
from digital_diplomacy.drafting.unjudged import are_of_one_unit
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_At: TypeAlias = tuple[float, float]
"""Row and column of a cell."""
_BACK: Final = 8
"""Sentences looked back at for what words call."""
_MANY: Final = 9
"""Foreign words where it is not one thing alone that is called."""
_LEAST: Final = 3
"""Letters of the shortest word that calls something."""
_KEPT: Final = {"en": 0.75, "ru": 0.7, "kk": 0.6}
"""Part of the shorter of two forms of a word that they have in common."""
_WITHOUT: Final = ("сыз", "сіз")
"""What makes a Kazakh word its opposite."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO_COUNT: Final = ("percent", "percentage_points", "times", "date", "rank", "places", "years")
_NUMBER: Final = re.compile(r"[\ue000-\uf0ff;]")
_NEXT: Final = re.compile(r"[\ue000-\uf0ff;,]")
_CLAUSE: Final = re.compile(r"[;:,–—]|\s(?:and|и|және)\s")
_BEFORE: Final = re.compile(r"[\ue000-\uf0ff;:,)]")
_BEHIND: Final = re.compile(r"[\ue000-\uf0ff;:,(.]|\s(?:and|и|және|мен|пен|бен)\s")


class Called(NamedTuple):
    """A part and a whole, or two of a list, that words call; and how many words say something else."""

    figures: tuple[Figure, Figure]
    foreign: int


@dataclass(frozen=True)
class Named:
    """Something of a list, a row or a column, and the words that tell it from the others."""

    key: Any
    names: tuple[str, ...]


@dataclass
class Lists:
    """Lists of figures that make up a whole, and tables."""

    divided: list[tuple[tuple[Figure, ...], Figure]] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)


def tables_of(sentences: Sequence[Marked], texts: Sequence[Mapping[str, Any]]) -> list[Grid]:
    """The tables of a paper."""
    return list(grids(sentences, texts)) if texts else []


def called(body: Sequence[Marked], place: int, told: Figure, lists: Lists) -> list[Called]:
    """What a share or a multiple may be of, by the words around it."""
    said = body[place]
    near = _near(lists.tables, said)
    if told.unit == "times":
        found = [*_two_told(body, place, told), *(one for grid in near for one in _two_cells(said, grid))]
    elif told.unit == "percent":
        found = [*_parts_told(body, place, told, lists.divided),
                 *(one for grid in near for one in _cells(said, told, grid))]  # fmt: skip
    else:
        return []
    return list({tuple(each.claim_id for each in one.figures): one for one in found}.values())


def _near(tables: Sequence[Grid], said: Marked) -> list[Grid]:
    """The tables nearest to a sentence; of a long paper words may call the cells of too many."""
    if len(tables) <= _TABLES:
        return list(tables)
    return sorted(tables, key=lambda grid: abs(_paragraph(grid) - said.paragraph))[:_TABLES]


def _paragraph(grid: Grid) -> int:
    return next((one.paragraph for line in grid.rows.values() for one in line.cells.values()), 0)


_TABLES: Final = 8


def totals_of(tables: Sequence[Grid]) -> list[Figure]:
    """The cells of rows and columns of totals."""
    found = {
        one.claim_id: one
        for grid in tables
        for lines in (grid.rows, grid.columns)
        for line in lines.values()
        if line.is_total
        for one in line.cells.values()
        if _may_be_called(one)
    }
    return list(found.values())


def called_cells(said: Marked, tables: Sequence[Grid]) -> list[Figure]:
    """The cells of rows that words of a sentence call."""
    return [
        one
        for grid in _near(tables, said)
        for at in _lines_called(grid.rows, said)
        for one in grid.rows[at].cells.values()
        if _may_be_called(one)
    ]


def _parts_told(
    body: Sequence[Marked], place: int, told: Figure, divided: Sequence[tuple[tuple[Figure, ...], Figure]]
) -> Iterator[Called]:
    said = body[place]
    near = {one.claim_id: each for each in body[max(0, place - _BACK) : place + 1] for one in each.figures}
    for parts, whole in divided:
        if told in parts or not all(one.claim_id in near for one in parts) or len(parts) < 2:
            continue
        if any(one in said.figures for one in parts):
            continue
        told_in = {near[one.claim_id].number: near[one.claim_id] for one in parts}
        named = _names([(near[one.claim_id], one) for one in parts])
        found = _all_called(named, said, told)
        for part in found:
            words = [word for each in told_in.values() for word in _words(each.plain)]
            words += [word for each in body if whole in each.figures for word in beside(each, whole)]
            foreign = _MANY if len(found) > 1 else _foreign(said, _until(said, told), words)
            yield Called((part.key, whole), foreign)


def _two_told(body: Sequence[Marked], place: int, told: Figure) -> Iterator[Called]:
    """Two of the numbers told before in a sentence, or in the nearest with any, that words call; or its only two."""
    said = body[place]
    here = [one for one in said.figures if one is not told and not one.is_date]
    if here and here[-1].start > told.start:
        return
    text = _CLAUSE.split(said.plain[said.place(here[-1]) :], maxsplit=1)[-1] if here else said.plain
    for each in [said] if here else reversed(body[max(0, place - _BACK) : place]):
        counts = [(each, one) for one in each.figures if _may_be_called(one)]
        named = _names(counts) if len(counts) > 1 else []
        found = [one.key for one in named if _is_called(one, _words(text), said.language)]
        if len(found) == 1 and len(named) == len(counts) == 2:
            found = [one.key for one in named]
        if len(found) == 2 and are_of_one_unit(*found) and found[0].value != found[1].value:
            high, low = sorted(found, key=lambda one: -(one.value or 0))
            yield Called((high, low), _foreign(said, text, _words(each.plain.replace(text, " "))))
            return


def _cells(said: Marked, told: Figure, grid: Grid) -> Iterator[Called]:
    """A cell that words call, and the total of its column or of its row."""
    rows, columns = _named_lines(grid.rows, said.language), _named_lines(grid.columns, said.language)
    in_rows, in_columns = _all_called(rows, said, told), _all_called(columns, said, told)
    total_row, total_column = _total(grid.rows), _total(grid.columns)
    is_one = len(in_rows) <= 1 and len(in_columns) <= 1 and not _has_other_date(said, grid)
    foreign = _foreign(said, _until(said, told), _heads(grid)) if is_one else _MANY
    places = [one.key for one in in_columns] or _columns_meant(grid)
    for row in in_rows:
        for at in places if total_row is not None else ():
            yield from _pair(grid, (row.key, at), (total_row or 0, at), foreign if len(places) == 1 else _MANY)
        for at in _years(grid) if total_row is not None and not in_columns else ():
            yield from _pair(grid, (row.key, at), (total_row or 0, at), _MANY)
        for column in in_columns if total_column is not None else ():
            yield from _pair(grid, (row.key, column.key), (row.key, total_column or 0), _MANY)
    for column in in_columns:
        if not in_rows and total_row is not None and total_column is not None:
            yield from _pair(grid, (total_row, column.key), (total_row, total_column), foreign)


def _two_cells(said: Marked, grid: Grid) -> Iterator[Called]:
    """Two cells of one column whose rows words call, or of one row whose columns they call."""
    foreign = _MANY if _has_other_date(said, grid) else _foreign(said, said.plain, _heads(grid))
    rows, columns = _lines_called(grid.rows, said), _lines_called(grid.columns, said)
    subject = [word for name in [grid.caption, *(grid.columns[at].name for at in columns)] for word in _words(name)]
    if not any(is_form(word, other, said.language) for word in _words(said.plain) for other in subject):
        foreign = _MANY  # "It is twice as much in the north as in the south": what is?
    found: list[tuple[_At, _At]] = []
    if len(rows) == 2 and len(columns) <= 1:
        found = [((rows[0], at), (rows[1], at)) for at in columns or _columns_meant(grid)]
    elif len(columns) == 2 and len(rows) <= 1:
        total = _total(grid.rows)
        at_rows = rows or ([total] if total is not None else [])
        found = [((at, columns[0]), (at, columns[1])) for at in at_rows]
    for one, other in found:
        yield from _pair(grid, one, other, foreign if len(found) == 1 else _MANY, is_ordered=False)


def _pair(grid: Grid, one: _At, other: _At, foreign: int, *, is_ordered: bool = True) -> Iterator[Called]:
    if one == other or one[0] not in grid.rows or other[0] not in grid.rows:
        return
    first, last = grid.rows[one[0]].cells.get(one[1]), grid.rows[other[0]].cells.get(other[1])
    if first is None or last is None:
        return
    are_shares = not is_ordered and first.unit == last.unit == "percent" and bool(first.value and last.value)
    if not are_shares and not (_may_be_called(first) and _may_be_called(last)):
        return
    if (one[1] != other[1] and not are_of_one_unit(first, last)) or first.value == last.value:
        return
    if (first.value or 0) > (last.value or 0):
        if not is_ordered:
            yield Called((first, last), foreign)
        return
    yield Called((first, last) if is_ordered else (last, first), foreign)


def _columns_meant(grid: Grid) -> list[float]:
    """Columns of counts that a sentence may mean that names none: the total, or the last year; else any."""
    counts = {at: line for at, line in grid.columns.items() if any(_may_be_called(one) for one in line.cells.values())}
    total = [at for at, line in counts.items() if line.is_total]
    years = {at: match[0] for at, line in counts.items() if (match := _YEAR.search(line.name))}
    if total:
        return total[-1:]
    return [max(years, key=lambda at: years[at])] if years and len(years) == len(counts) else list(counts)


def _years(grid: Grid) -> list[float]:
    """Columns of counts of years before the last."""
    return [
        at
        for at, line in grid.columns.items()
        if _YEAR.search(line.name) and any(map(_may_be_called, line.cells.values()))
    ][:-1]


def _total(lines: Mapping[float, Line]) -> float | None:
    """Where the line of totals is, if there is one: by its name, or the first or last that all others make up."""
    found = [at for at, line in lines.items() if line.is_total]
    if found or len(lines) <= _LEAST:
        return found[0] if len(found) == 1 else None
    return next((at for at in (min(lines), max(lines)) if _is_made_up(lines, at)), None)


def _is_made_up(lines: Mapping[float, Line], at: float) -> bool:
    """Whether every count of a line is what those beside it come to."""
    sums = [
        (one, [line.cells[along] for place, line in lines.items() if place != at and along in line.cells])
        for along, one in lines[at].cells.items()
        if _may_be_called(one)
    ]
    return len(sums) > 1 and all(len(parts) > 1 and adds_up(parts, one) for one, parts in sums)


def _named_lines(lines: Mapping[float, Line], language: str) -> list[Named]:
    rest = [(at, [*_words(line.name), *_YEAR.findall(line.name)]) for at, line in lines.items() if not line.is_total]
    return _told_apart(rest, language)


def _lines_called(lines: Mapping[float, Line], said: Marked) -> list[float]:
    words = [*_words(said.plain), *_YEAR.findall(said.text)]
    return [one.key for one in _named_lines(lines, said.language) if _is_called(one, words, said.language)]


def _heads(grid: Grid) -> list[str]:
    names = [line.name for lines in (grid.rows, grid.columns) for line in lines.values()]
    return [word for name in [grid.caption, *names] for word in _words(name)]


def _has_other_date(said: Marked, grid: Grid) -> bool:
    """Whether a sentence tells a year that no head does."""
    names = " ".join(line.name for lines in (grid.rows, grid.columns) for line in lines.values())
    return any(year not in names + grid.caption for year in _YEAR.findall(said.text))


def _told_apart(named: Iterable[tuple[Any, Sequence[str]]], language: str) -> list[Named]:
    """Each with those of its words that no other has."""
    told = [(key, [word for word in dict.fromkeys(words) if not _is_neutral(word, language)]) for key, words in named]
    apart = []
    for at, (key, words) in enumerate(told):
        others = {word for place, (_, other) in enumerate(told) if place != at for word in other}
        own = tuple(word for word in words if not any(is_form(word, other, language) for other in others))
        if own:
            apart.append(Named(key, own))
    return apart


def _names(figures: Sequence[tuple[Marked, Figure]]) -> list[Named]:
    """What figures of a list are called: by the words behind them, by those before, or by both, as all of them are."""
    language = figures[0][0].language
    ways = (_behind, _ahead, beside)
    found = [_told_apart([(one, way(said, one)) for said, one in figures], language) for way in ways]
    return next((named for named in found if len(named) == len(figures)), max(found, key=len))


def _all_called(named: Sequence[Named], said: Marked, told: Figure) -> list[Named]:
    """Those that the words before a figure, and those behind it, call one alone of; else that of its sentence."""
    place = said.place(told)
    *_, before, ahead = ["", *_NUMBER.split(said.plain[:place])]
    if not _words(ahead):
        ahead = before  # "the share of refusals fell from 8 % to 5 %"
    behind = _NEXT.split(said.plain[place + 1 :])[0]
    near: dict[int, Named] = {}
    for text in (ahead, behind, f"{ahead} {behind}", said.plain):
        words = [*_words(text), *_YEAR.findall(text)]
        found = [one for one in named if _is_called(one, words, said.language)]
        if len(found) == 1:
            near[id(found[0])] = found[0]
        if text not in (ahead, behind) and (near or found):
            break
    return list(near.values())


def _is_called(one: Named, words: Sequence[str], language: str) -> bool:
    """Whether words are forms of at least half the words of a name."""
    held = sum(any(is_form(word, name, language) for word in words) for name in one.names)
    return held * 2 >= len(one.names)


def _foreign(said: Marked, text: str, known: Sequence[str]) -> int:
    """How many words of a text are none that tell shares and multiples, and not known."""
    lang = said.language
    if said.has("other_time"):
        return _MANY
    return sum(
        not _is_neutral(word, lang) and not any(is_form(word, other, lang) for other in known) for word in _words(text)
    )


@lru_cache(10_000)
def _is_neutral(word: str, language: str) -> bool:
    return any(pattern.fullmatch(word) for pattern in patterns("says_only", language))


def _until(said: Marked, told: Figure) -> str:
    """The words of a sentence up to the comma or figure behind a figure."""
    place = said.place(told)
    return f"{said.plain[:place]} {_NEXT.split(said.plain[place + 1 :])[0]}"


def beside(said: Marked, one: Figure) -> list[str]:
    """The words beside a figure, up to the next mark or figure on either side."""
    return [*_ahead(said, one), *_behind(said, one)]


def _ahead(said: Marked, one: Figure) -> list[str]:
    return _words(_BEFORE.split(said.plain[: said.place(one)])[-1])


def _behind(said: Marked, one: Figure) -> list[str]:
    return _words(_BEHIND.split(said.plain[said.place(one) + 1 :])[0])


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


@lru_cache(50_000)
def is_form(one: str, other: str, language: str) -> bool:
    """Whether two words may be forms of one.

    Examples
    --------
    >>> is_form("астанадан", "астананікі", "kk"), is_form("parks", "parts", "en"), is_form("школы", "школам", "ru")
    (True, False, True)
    """
    if one == other or one.isdigit() or other.isdigit():
        return one == other
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if language == "kk" and one[common:].startswith(_WITHOUT) != other[common:].startswith(_WITHOUT):
        return False
    return common >= max(_LEAST, _KEPT.get(language, 1) * min(len(one), len(other)))


def _may_be_called(one: Figure) -> bool:
    return one.value is not None and not one.is_date and one.unit not in _NO_COUNT and (one.value or 0) > 0
