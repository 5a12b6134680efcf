"""Drafts of what the rows and columns of a table are of one another: totals, shares, changes and quotients.

A word may call a line the total; otherwise nearly all other lines must bear a relation out. What only one of them
contradicts is drafted for it too; what several do is not how the table is made up.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, TypeAlias

from digital_diplomacy.drafting.grids import Grid, Line, adds_up, ends, grids, is_part, summed
from digital_diplomacy.drafting.misprints import digits
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, unit_lent
from digital_diplomacy.extraction.tokens import Figure, Marked

_LEAST: Final = 3
"""Parts or rows from which figures alone tell how a table is made up."""
_LINES: Final = 2
"""Lines of shares that bear one another out; one alone may make a hundred by chance."""
_MOST_OFF: Final = 15.0
"""Percent by which a sum that contradicts the others may miss its whole."""
_PART: Final = 0.6
"""Rows that must bear a relation out, of all that could."""
_HUNDRED: Final = 100
_MOST_ROWS: Final = 80
_NO_QUOTIENT: Final = ("percent", "percentage_points", "rank", "date")


def made_up(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> Iterator[Draft]:
    """What the lines of each table are of one another."""
    for grid in grids(sentences, blocks):
        for lines, others in ((grid.columns, grid.rows), (grid.rows, grid.columns)):
            yield from _totals(grid, lines, others)
            yield from _shares_of_total(lines, others)
            if not grid.allows_several:
                yield from _hundreds(lines, others, is_across=lines is grid.rows)
        if len(grid.rows) <= _MOST_ROWS:
            yield from _of_two(grid.columns, _WAYS)
            if len(grid.rows) <= _FEW:
                yield from _of_two(grid.rows, _APART)


def _totals(grid: Grid, lines: Mapping[float, Line], others: Mapping[float, Line]) -> Iterator[Draft]:
    """Sums along lines: the closing place is named a total, or figures of other lines say so."""
    named = [place for place, other in others.items() if other.is_total]
    if len(named) > 1 or any(is_part(other.name) for other in others.values()):
        return
    order = list(others)
    for place in named or [order[-1], order[0]]:
        covered = _covered(others, place) if named else frozenset(order)
        groups = _groups(lines, place, covered, is_named=bool(named))
        found = [(parts, line.cells[place]) for line, parts in groups]
        sure = [each for each in found if adds_up(*each)]
        full = max((len(parts) for parts, _ in found), default=0)  # a line with an empty cell may well miss its total
        off = [each for each in found if each not in sure and _is_close(*each) and len(each[0]) == full]
        if named:
            is_whole = bool(sure) or (len(found) == 1 and not grid.is_chosen)
            is_known = is_whole and len(off) <= max(1, len(sure)) and not (grid.is_chosen and not sure)
        else:
            far = len(found) - len(sure) - len(off)
            is_known = bool(sure) and len(off) <= 1 and not far and len(sure[0][0]) >= _LEAST
        for parts, whole in [*sure, *off] if is_known else []:
            name = others[place].name
            sureness: Any = "words" if named else "place"
            yield draft("sum_of_parts", parts, [whole], "total", f"{name}: {whole.printed}", sure=sureness)
        if is_known:
            return


def _covered(others: Mapping[float, Line], place: float) -> frozenset[float]:
    """Lines that a total is of: those whose names it tells, "Total Scope 1 and 2"; else all others."""
    rest = {at: _names_in(other.name) for at, other in others.items() if at != place}
    common = frozenset.intersection(*rest.values()) if rest else frozenset()
    asked = _names_in(others[place].name)
    told = frozenset(at for at, names in rest.items() if names - common and names - common <= asked)
    return told if _LINES <= len(told) < len(rest) else frozenset(rest)


def _names_in(name: str) -> frozenset[str]:
    """The words and numbers of a name, without the endings of words."""
    return frozenset(word.casefold()[:_STEM] for word in _NAMES.findall(name))


_NAMES: Final = re.compile(r"[^\W\d_]{3,}|\d+|(?<![^\W\d_])[A-ZА-ЯӘҒҚҢӨҰҮҺІ](?![^\W\d_])")
_STEM: Final = 4


def _groups(
    lines: Mapping[float, Line], place: float, covered: frozenset[float], *, is_named: bool
) -> Iterator[tuple[Line, list[Figure]]]:
    """Lines with a figure at the place of the total, and their other figures."""
    for line in lines.values():
        if place not in line.cells or not line.is_counted or line.is_shares:
            continue
        parts = [one for at, one in line.cells.items() if at != place and at in covered]
        whole = line.cells[place]
        is_larger = all((one.value or 0) <= (whole.value or 0) for one in parts)
        is_positive = is_named or all((one.value or 0) > 0 for one in [*parts, whole])
        if len(parts) >= (2 if is_named else _LEAST) and is_positive and (is_larger or summed(parts) == whole.value):
            yield line, parts


def _is_close(parts: Sequence[Figure], whole: Figure) -> bool:
    """Whether a sum misses its whole by as little as misprints of parts make it."""
    return abs(summed(parts) - (whole.value or 0)) * _HUNDRED <= _MOST_OFF * abs(whole.value or 0)


def _hundreds(lines: Mapping[float, Line], others: Mapping[float, Line], *, is_across: bool) -> Iterator[Draft]:
    """Lines of shares that make a hundred: a line of totals says so, most of the others do, or one does exactly."""
    closing = {place for place, other in others.items() if other.is_total}
    shares, told = [], []
    for line in lines.values():
        parts = [one for place, one in line.cells.items() if place not in closing]
        if not _may_be_all(line, parts):
            continue
        totals = [one for place, one in line.cells.items() if place in closing]
        if len(totals) == 1 and totals[0].value == _HUNDRED:
            told.append((line, parts))
            yield from _to_total(line, parts, totals)
        elif len(parts) >= _LEAST and not totals and not _CHANGED.search(line.name):
            shares.append((line, parts))
    if any(is_part(other.name) for other in others.values()):
        return
    sure = [each for each in shares if _makes_hundred(each[1])]
    off = [each for each in shares if each not in sure]
    is_near = all(abs(summed(parts) - _HUNDRED) <= _MOST_OFF for _, parts in off)
    least = _LINES if is_across else 1
    if len(shares) >= _LINES and len(sure) >= least and len(off) <= min(1, len(sure)) and is_near:
        told += shares
    for line, parts in told:
        if abs(summed(parts) - _HUNDRED) <= _FAR:
            yield _hundred(line, parts, is_all=True)


def _to_total(line: Line, parts: Sequence[Figure], totals: Sequence[Figure]) -> Iterator[Draft]:
    """Shares and the hundred that a table prints as their total."""
    if abs(summed(parts) - _HUNDRED) <= _FAR:
        yield draft("sum_of_parts", parts, totals, "total", f"{line.name}: {totals[0].printed}")


def _may_be_all(line: Line, parts: Sequence[Figure]) -> bool:
    """Whether a line tells shares of one whole, and is not itself nothing but wholes."""
    is_all = line.is_total and all(one.value == _HUNDRED for one in line.cells.values())
    return line.is_shares and not is_all and len(parts) > 1 and all((one.value or 0) >= 0 for one in parts)


def _hundred(line: Line, parts: Sequence[Figure], *, is_all: bool) -> Draft:
    words = f"{line.name}: {' + '.join(one.printed for one in parts)}"
    kind = "sum_to_100" if is_all else "sum_at_most_100"
    return Draft(kind, tuple(parts), (), "hundred_column", words, sure="place", exhaustive=is_all)


_FAR: Final = 30.0


def _makes_hundred(parts: Sequence[Figure]) -> bool:
    low, high = ends(parts)
    return low <= _HUNDRED <= high


def _shares_of_total(lines: Mapping[float, Line], others: Mapping[float, Line]) -> Iterator[Draft]:
    """A line of shares of the total of a line of counts."""
    closing = [place for place, other in others.items() if other.is_total]
    if len(closing) != 1:
        return
    for place, shares in lines.items():
        best: tuple[int, list[tuple[Figure, Figure]], Figure] | None = None
        for at, counts in lines.items() if shares.is_shares else ():
            whole = counts.cells.get(closing[0])
            if at == place or whole is None or counts.is_shares or not whole.value:
                continue
            pairs = [
                (counts.cells[along], one)
                for along, one in shares.cells.items()
                if along in counts.cells and along != closing[0]
            ]
            held = sum(_is_near(_HUNDRED * (part.value or 0) / whole.value, told) for part, told in pairs)
            if _bears_out(held, len(pairs)) and (best is None or held > best[0]):
                best = (held, pairs, whole)
        for part, told in best[1] if best else ():
            words = f"{best[2].printed} … {part.printed} … {told.printed}" if best else ""
            yield draft("share_of_base", [part, best[2]] if best else [], [told], "carried", words, sure="place")


def _bears_out(held: int, count: int) -> bool:
    return held >= 2 and count - held <= 1 and held >= _PART * count


def _is_near(value: float, told: Figure) -> bool:
    half = (float(told.high or 0) - float(told.low or 0)) / 2
    return float(told.low or 0) - half <= value <= float(told.high or 0) + half


_CHANGED: Final = re.compile(
    r"grow|increase|change|differ|\bnet\b|balance|surplus|рост|прирост|измен|темп|разниц|сальдо|баланс|остат|"
    r"өсім|өсу|өзгер|айыр|қалды|теңгерім|(?<!\d)[+±Δ]",
    re.IGNORECASE,
)
"""Heads of lines that tell how another one changed."""


@dataclass(frozen=True)
class _Made:
    """How a column may be made of two others."""

    kind: str
    why: str
    told: Callable[[Figure, Figure], float]
    is_head: Callable[[Line], bool]
    are_alike: bool


def _is_percent(line: Line) -> bool:
    return line.is_shares


def _is_growth(line: Line) -> bool:
    return line.is_shares and _SHARE.search(line.name) is None


def _is_amount(line: Line) -> bool:
    is_of_points = all(one.unit == "percentage_points" for one in line.cells.values())
    return not line.is_shares and (is_of_points or bool(_CHANGED.search(line.name)))


_SHARE: Final = re.compile(r"share|доля|удельн|үлес", re.IGNORECASE)
_WAYS: Final = (
    _Made("growth_rate", "change_percent", lambda a, b: _HUNDRED * ((b.value or 0) / (a.value or 1) - 1),
          _is_growth, are_alike=True),
    _Made("decline_rate", "change_percent", lambda a, b: _HUNDRED * (1 - (b.value or 0) / (a.value or 1)),
          lambda line: _is_percent(line) and bool(_CHANGED.search(line.name)), are_alike=True),
    _Made("share_of_base", "carried", lambda a, b: _HUNDRED * (b.value or 0) / (a.value or 1),
          _is_percent, are_alike=False),
    _Made("difference", "change_amount", lambda a, b: (b.value or 0) - (a.value or 0), _is_amount, are_alike=True),
    _Made("ratio", "average", lambda a, b: (b.value or 0) / (a.value or 1),
          lambda line: not line.is_shares, are_alike=False),
)  # fmt: skip
_APART: Final = tuple(way for way in _WAYS if way.kind == "difference")
_FEW: Final = 14
"""Rows up to which they are asked what they are of one another."""


def _of_two(lines: Mapping[float, Line], ways: "Sequence[_Made]") -> Iterator[Draft]:
    """Lines that most places bear out to be the change between two others, their quotient, or the share of one."""
    for place, target in lines.items():
        found: list[tuple[int, float, _Made, list[tuple[Figure, Figure, Figure]]]] = []
        is_of_points = all(one.unit == "percentage_points" for one in target.cells.values())
        others = [at for at in lines if at != place and lines[at].is_shares == is_of_points]
        for first, last in combinations(others, 2):
            for one, other in ((first, last), (last, first)):
                a, b = lines[one], lines[other]
                rows = [
                    (a.cells[row], b.cells[row], told)
                    for row, told in target.cells.items()
                    if row in a.cells and row in b.cells and a.cells[row].value
                ]
                for way in ways if len(rows) > 1 else ():
                    if not _may_be_made(way, a, b, target):
                        continue
                    held = [(x, y, told) for x, y, told in rows if _is_near(way.told(x, y), told)]
                    is_named = way.is_head(target) and (len(rows) >= _LEAST or _CHANGED.search(target.name) is not None)
                    if _bears_out(len(held), len(rows)) and (is_named or _is_by_arithmetic(way, held, rows)):
                        away = abs(one - place) + abs(other - place) + (one > other)
                        found.append((-len(held), away, way, rows))
        if found:
            _, _, way, rows = min(found, key=lambda each: each[:2])
            yield from _made(way, rows, is_change=way.is_head(target))


def _is_by_arithmetic(way: "_Made", held: "Sequence[_Three]", rows: "Sequence[_Three]") -> bool:
    """Whether figures of so many digits are the difference of two others that no name is needed.

    Signs tell what is left of what; figures that are all more than nothing are a whole and its two parts.
    """
    if way.kind != "difference" or sum(_is_long(one) for each in held for one in each) < _LINES * len(held[0]):
        return False
    return all((x.value or 0) > 0 and (y.value or 0) > 0 and told.value for x, y, told in rows)


def _is_long(one: Figure) -> bool:
    return len(digits(one).rstrip("0")) >= _LEAST


_Three: TypeAlias = tuple[Figure, Figure, Figure]


def _may_be_made(way: _Made, a: Line, b: Line, target: Line) -> bool:
    """Whether two columns are of the units a way asks for; sums of three columns are told by a total."""
    first, last = next(iter(a.cells.values())), next(iter(b.cells.values()))
    if way.kind == "difference" and first.unit == last.unit == "percent":
        return True
    if any(one.unit in _NO_QUOTIENT for one in (first, last)):
        return False
    if way.kind == "ratio":
        own = next(iter(target.cells.values()))
        is_fine = any((one.value or 0) % 1 for one in target.cells.values()) or _PER.search(target.name) is not None
        return is_fine and own.unit not in _NO_QUOTIENT and len(target.cells) >= _LEAST
    if way.kind == "share_of_base":
        is_below = all((one.value or 0) <= _HUNDRED for one in target.cells.values())
        return is_below or are_of_one_unit(first, last)
    return True


_PER: Final = re.compile(
    r"\bper\b|(?<!\w)(?:на \d?\s?\w+|средн\w+)(?!\w)|(?<!\w)(?:шаққанда|орташа|бір \w+)(?!\w)|×|раз(?!\w)|есе(?!\w)",
    re.IGNORECASE,
)


def _made(way: _Made, rows: Sequence[_Three], *, is_change: bool) -> Iterator[Draft]:
    is_parted = way.kind == "difference" and not is_change and all((told.value or 0) > 0 for _, _, told in rows)
    are_shares = all(told.unit == "percent" for _, _, told in rows)
    for first, last, told in rows:
        words = f"{first.printed} … {last.printed} … {told.printed}"
        if way.kind == "difference" and told.unit == "percent" and not are_shares:
            continue  # counts add up, and the rates beside them do not
        if way.are_alike and not (are_of_one_unit(first, last) or unit_lent(first, last)):
            continue
        if is_parted:
            parts = sorted((first, told), key=lambda one: (one.paragraph, one.start))
            yield draft("sum_of_parts", parts, [last], "total", words, sure="place", lends=True)
            continue
        sides = [first, last] if way.kind in ("growth_rate", "decline_rate") else [last, first]
        yield draft(way.kind, sides, [told], way.why, words, sure="place", lends=True)
