"""Drafts of a change of the text that two cells of a table make, though no words name their row.

Which cells are meant, arithmetic tells: among all pairs of a table one alone is so far apart, and by chance none would.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.asked import Question, questions
from digital_diplomacy.drafting.operands import is_operand
from digital_diplomacy.drafting.rows_named import Table, is_of_all, tables_of, where, words_of_head, year_of
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, unit_lent
from digital_diplomacy.extraction.tokens import Figure, Marked

_MOST_CELLS: Final = 120
_CHANCE: Final = 0.03
"""Chance up to which one pair of all may be taken for meant."""
_TABLES: Final = 3
"""Tables looked at, the nearest first."""
_UNASKED: Final = 0.004
"""The same where no word asks for it."""
_POINTS: Final = 0.06
"""The same of percentage points, which lie between shares whatever words say."""
_FACTOR: Final = 3.0
_PAIR: Final = 2
_NO_RATE: Final = ("percent", "percentage_points", "rank", "date", "times")


def changes(
    sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]], results: Container[str]
) -> Iterator[Draft]:
    """Differences and rates that no two numbers of a sentence make, and that two cells of a table do.

    Ids among ``results`` are of figures that come from others already.
    """
    tables = [one for one in tables_of(sentences, blocks) if len(one.cells) <= _MOST_CELLS]
    pairs = [(table, _pairs(table)) for table in tables]
    for said in sentences if tables else ():
        if said.figures[0].table or said.figures[0].in_references:
            continue
        near = sorted(pairs, key=lambda pair: abs(pair[0].cells[0].paragraph - said.paragraph))[:_TABLES]
        for one in said.figures:
            if one.claim_id in results or not is_operand(one) or one.bound not in ("exact", "about") or not one.value:
                continue
            asked = next((each for each in questions(said, one) if each.asked in ("apart", "growth")), None)
            others = [each for each in said.figures if each is not one and each.unit == one.unit and not each.is_date]
            is_told = asked is not None and asked.is_near and asked.asked == "growth"
            if (len(others) < _PAIR or is_told) and (one.unit not in _NO_RATE or asked is not None):
                unasked = Question(one, "apart", is_near=False, way="", words="")
                yield from _drawn(asked or unasked, said, near)
                yield from _of_years(asked, said, near) if asked is not None and asked.is_near else ()


def _of_years(
    asked: Question, said: Marked, tables: Sequence[tuple[Table, Sequence[tuple[Figure, Figure]]]]
) -> Iterator[Draft]:
    """The only two cells of both years that a sentence names, whether they answer or not: "in 2022 60 more than in"."""
    years = sorted(one.date for one in said.figures if one.is_date)
    for _, pairs in tables if not said.has("told_elsewhere") else ():
        ends = [pair for pair in pairs if [_year(one) for one in pair] == years and _may_answer(asked, pair)]
        if len(ends) == 1 and where(ends[0][0].column, said, said.place(asked.told)) is not None:
            yield from _answers(asked, ends[0], _nearly if asked.way else reckoned.fits)
            return


def _nearly(kind: reckoned.Kind, sides: Sequence[Figure], told: Figure) -> bool:
    return reckoned.is_near(kind, sides, told, _FACTOR)


def _pairs(table: Table) -> list[tuple[Figure, Figure]]:
    """Cells of one row or of one column that count one thing; of years the earlier first."""
    return [
        tuple(sorted(pair, key=_year))  # type: ignore[misc]
        for pair in combinations(table.cells, 2)
        if (pair[0].row == pair[1].row) != (pair[0].column == pair[1].column) and are_of_one_unit(*pair)
        and pair[0].unit != "date" and all(one.value and one.bound == "exact" for one in pair)
    ]  # fmt: skip


def _year(one: Figure) -> str:
    return year_of(one.column) or year_of(one.row)


def _drawn(
    asked: Question, said: Marked, tables: Sequence[tuple[Table, Sequence[tuple[Figure, Figure]]]]
) -> Iterator[Draft]:
    """The only two cells that answer, those of the nearest table first, and of it those of rows that are named."""
    one, chance = asked.told, 0.0
    most = (_POINTS if one.unit == "percentage_points" else _CHANCE) if asked.is_near else _UNASKED
    for _, all_pairs in tables:
        fitting = [pair for pair in all_pairs if _may_answer(asked, pair)]
        for pairs in _by_name(fitting, said, one):
            made = {each.key: each for pair in pairs for each in _answers(asked, pair)}
            chance += sum(_chance(asked, pair) for pair in pairs)
            if chance > most:
                return
            if made:
                if len({each.left for each in made.values()}) == 1:
                    yield next(iter(made.values()))
                return


def _by_name(
    pairs: Sequence[tuple[Figure, Figure]], said: Marked, one: Figure
) -> Iterator[list[tuple[Figure, Figure]]]:
    """Pairs of a row or total that a sentence names, then all others."""
    place = said.place(one)
    rows = {each.row for pair in pairs for each in pair}
    named = {row for row in rows if is_of_all(row) or (words_of_head(row) and where(row, said, place) is not None)}
    first = [pair for pair in pairs if all(each.row in named for each in pair)]
    yield first
    yield [pair for pair in pairs if pair not in first]


def _may_answer(asked: Question, pair: tuple[Figure, Figure]) -> bool:
    """Whether cells are of a unit that a change is told in; a rate is from an earlier to a later year."""
    one, (first, last) = asked.told, pair
    high, low = sorted((first.value or 0, last.value or 0), reverse=True)
    if high == low or (asked.asked == "growth" and high > _FACTOR * low > 0):
        return False
    if one.unit == "percentage_points":
        return first.unit == "percent"
    if asked.asked == "growth":
        is_timed = bool(_year(first)) and _year(first) < _year(last)
        is_beside = first.row == last.row and not _year(first) and not _year(last)  # "Last year | This year"
        return first.unit not in _NO_RATE and (is_timed or is_beside)
    if first.unit in _NO_RATE:
        return False
    return first.unit == one.unit or are_of_one_unit(first, one) or unit_lent(first, one) != ""


def _answers(
    asked: Question,
    pair: tuple[Figure, Figure],
    fits: Callable[[reckoned.Kind, Sequence[Figure], Figure], bool] = reckoned.fits,
) -> Iterator[Draft]:
    one, (first, last) = asked.told, pair
    words = f"{first.printed} … {last.printed} … {one.printed}"
    if asked.asked == "growth":
        rates: tuple[tuple[reckoned.Kind, str], ...] = (("growth_rate", "up"), ("decline_rate", "down"))
        for kind, way in rates:
            if asked.way in (way, "") and fits(kind, pair, one):
                yield draft(kind, pair, [one], "change_percent", words, sure="place")
        return
    sides = tuple(sorted(pair, key=lambda each: -(each.value or 0)))
    if fits("difference", sides, one):
        yield draft("difference", sides, [one], "change_amount", words, sure="place", lends=True)


def _chance(asked: Question, pair: tuple[Figure, Figure]) -> float:
    kind: reckoned.Kind = "growth_rate" if asked.asked == "growth" else "difference"
    sides = pair if asked.asked == "growth" else tuple(sorted(pair, key=lambda each: -(each.value or 0)))
    return reckoned.chance(kind, sides, asked.told)
