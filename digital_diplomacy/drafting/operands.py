"""Figures that may be what a told one was worked out from, the nearest first."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, permutations
from typing import Final, NamedTuple

from digital_diplomacy.drafting.unjudged import are_of_one_unit, is_of_people, names_its_noun
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_BACK: Final = 4
"""Sentences of a paragraph looked back at."""
_BEFORE: Final = 6
"""Distance of the paragraph before."""
_MOST: Final = 14
"""Figures weighed for one question."""
_RUN: Final = 8
"""Parts of one whole."""
_BARE: Final = ("items", "unstated", "")
_WHO: Final = ("followers", "users", "accounts", "authors", "subscribers")
"""Who may be people."""
_NO_COUNT: Final = ("percent", "percentage_points", "times", "date", "rank", "places", "years")
_YEARS: Final = range(1900, 2101)


class Near(NamedTuple):
    """A figure with how far it is told from the one asked of: 0 in its clause, 1 in its sentence, then sentences."""

    level: int
    order: int
    figure: Figure


class Tried(NamedTuple):
    """Operands with the level of the farther one, and how far they are in all."""

    level: int
    distance: int
    operands: tuple[Figure, ...]


def around(sentences: Sequence[Marked], place: int, told: Figure) -> list[Near]:
    """Figures of the sentence, of those before it in its paragraph, of the next one, and of the paragraph before."""
    said = sentences[place]
    own = said.clause(told)
    found = []
    first = max(0, place - 2 * _BACK)
    before = _paragraphs_before(sentences, place)
    for at in range(first, min(len(sentences), place + 2)):
        each = sentences[at]
        if each.figures[0].table or each.figures[0].in_references:
            continue
        back = said.number - each.number
        if each.paragraph != said.paragraph:
            is_next = said.paragraph - each.paragraph == 1
            far = back if is_next else place - at if each.paragraph in before else 0
            level = _BEFORE + far if 0 < far <= _BACK else None
        else:
            level = 3 if back < 0 else 1 + back if back <= _BACK else None
        if level is None:
            continue
        here = each.by_clause[own] if level == 1 else []
        apart = (one for clause, those in each.by_clause.items() if level > 1 or clause != own for one in those)
        for near, figures in ((0, iter(here)), (level, apart)):
            kept = islice((one for one in figures if one is not told and is_operand(one)), _MOST)
            found += [Near(near, 1000 * (at - first) + each.place(one), one) for one in kept]
    found.sort(key=lambda one: one.level)
    return sorted(found[:_MOST], key=lambda one: one.order)


def _paragraphs_before(sentences: Sequence[Marked], place: int) -> set[int]:
    """The paragraph before, whatever table stands between; all entries of a list, if it is one."""
    own, found = sentences[place].paragraph, set[int]()
    for each in reversed(sentences[max(0, place - 2 * _BACK) : place]):
        is_entry = each.plain.rstrip().endswith(";")
        if each.paragraph != own and (not found or each.paragraph in found or is_entry):
            found.add(each.paragraph)
        elif each.paragraph != own:
            break
    return found


def order_of(sentences: Sequence[Marked], place: int, told: Figure) -> int:
    """Where a figure stands among those around it."""
    return 1000 * min(place, 2 * _BACK) + sentences[place].place(told)


def is_operand(one: Figure) -> bool:
    """Whether arithmetic can be done with a figure: no date, no cell, no bare year."""
    if one.is_date or one.value is None or one.table:
        return False
    return not (one.unit in _BARE and one.value in _YEARS and len(one.printed.strip()) == len("2024"))


def are_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures may count one thing: one unit, or one of them none that is told; one noun if both name it."""
    if are_of_one_unit(one, other):
        return (
            one.language == "kk"
            or not one.counted
            or not other.counted
            or one.counted == other.counted
            or is_of_people(one)
        )
    if {one.unit, other.unit} & set(_NO_COUNT):
        return False
    if {one.unit, other.unit} & set(DURATIONS):
        return False
    return any(each.unit in _BARE and not names_its_noun(each) for each in (one, other))


def pairs(near: Sequence[Near], order: int, may_be: Sequence[str] = ()) -> Iterator[Tried]:
    """Two figures of one kind, the larger first."""
    told = [one for one in near if one.figure.unit in may_be] if may_be else near
    for one, other in combinations(told, 2):
        if one.figure.value == other.figure.value or not are_alike(one.figure, other.figure):
            continue
        high, low = sorted((one, other), key=lambda each: -(each.figure.value or 0))
        yield _tried((one, other), (high.figure, low.figure), order)


def shares(near: Sequence[Near], order: int, *, is_above: bool = False) -> Iterator[Tried]:
    """A part and what it may be of; what is above all of something, and that."""
    told = [one for one in near if one.figure.unit not in _NO_COUNT and one.figure.value]
    for part in told:
        for base in told:
            is_other = ((base.figure.value or 0) < (part.figure.value or 0)) != is_above
            if part is base or is_other:
                continue
            if are_alike(part.figure, base.figure) or may_be_of(part.figure, base.figure):
                yield _tried((part, base), (part.figure, base.figure), order)


def may_be_of(part: Figure, base: Figure) -> bool:
    """Whether one of two counts of different names may be part of the other: people of people, money of money."""
    if {part.unit, base.unit} & {*MONEY, *DURATIONS}:
        return part.unit == base.unit
    return part.unit in _BARE or base.unit in _BARE or (is_of_people(part) and base.unit in _WHO)


def quotients(near: Sequence[Near], order: int, told: Figure) -> Iterator[Tried]:
    """What is divided, of the unit told or of none, and a count that divides it."""
    numbers = [one for one in near if one.figure.unit not in _NO_COUNT and one.figure.value]
    for total in numbers:
        for count in numbers:
            if not 2 <= (count.figure.value or 0) < (total.figure.value or 0) or (
                (total.figure.value or 0) <= (told.value or 0)
            ):
                continue
            one, other = total.figure, count.figure
            if one.unit in DURATIONS and not re.search(r"\d", one.printed):
                continue  # an eight-hour day is divided among nobody
            if other.unit not in _BARE and one.unit == other.unit == told.unit:
                continue  # hours over hours are no hours
            if (are_alike(one, told) or {one.unit, told.unit} & set(_BARE)) and other.unit not in MONEY:
                yield _tried((total, count), (one, other), order)


def exchanged(near: Sequence[Near], order: int, told: Figure) -> Iterator[Tried]:
    """An amount and a rate of exchange, both in a currency other than the told one."""
    money = [one for one in near if one.figure.unit in MONEY and one.figure.unit != told.unit]
    for total, rate in permutations(money, 2):
        if rate.level <= 1 and total.figure.unit == rate.figure.unit and (total.figure.value or 0) > (told.value or 0):
            yield _tried((total, rate), (total.figure, rate.figure), order)


def runs(near: Sequence[Near], order: int, told: Figure, *, least: int = 2) -> Iterator[Tried]:
    """Figures of its unit that stand one after the other right before or right behind a figure."""
    alike = [one for one in near if may_be_parts(one.figure, told)]
    behind = [one for one in alike if one.order > order]
    before = [one for one in reversed(alike) if one.order < order]
    for side in (before, behind):
        for size in range(least, min(_RUN, len(side)) + 1):
            run = side[:size]
            yield _tried(run, tuple(one.figure for one in sorted(run, key=lambda one: one.order)), order)


def by_sentence(near: Sequence[Near], order: int, told: Figure) -> Iterator[Tried]:
    """All figures of its unit that one sentence tells beside a figure, or behind it."""
    found: dict[int, list[Near]] = defaultdict(list)
    for one in near:
        if may_be_parts(one.figure, told) and (one.figure.sentence != told.sentence or one.order > order):
            found[one.figure.sentence].append(one)
    for run in found.values():
        if 1 < len(run) <= _RUN:
            yield _tried(run, tuple(one.figure for one in run), order)


def may_be_parts(one: Figure, told: Figure) -> bool:
    """Whether a figure may be added to others to make up another."""
    kinds = () if told.unit == "percent" else _NO_COUNT
    return one.unit not in kinds and (are_of_one_unit(one, told) or are_alike(one, told))


def _tried(near: Sequence[Near], operands: tuple[Figure, ...], order: int) -> Tried:
    return Tried(max(one.level for one in near), sum(abs(one.order - order) for one in near), operands)
