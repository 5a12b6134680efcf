"""Drafts of a cell of a table told again in the text: its row, its column and its unit must be named there."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from digital_diplomacy.drafting.elsewhere import is_average, is_told_apart
from digital_diplomacy.drafting.misprints import are_swapped, digits, is_misprint
from digital_diplomacy.drafting.rows_named import (
    LONG,
    TELLING,
    WORD,
    Table,
    beginnings,
    content,
    is_equal,
    is_form,
    is_of_all,
    is_of_other_time,
    is_rate,
    row_by_numbers,
    subject_of,
    tables_of,
    where,
    words_of_head,
    year_of,
)
from digital_diplomacy.drafting.stems import stems
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_NOTHING_SPECIAL: Final = ("percentage_points", "times", "rank", "date", "", "years", "unstated")


def told_in_text(sentences: Sequence[Marked], blocks: Sequence[Mapping[str, Any]]) -> Iterator[Draft]:
    """A number of the text and the cell it repeats; one that is nearly that of its cell may be misprinted.

    A cell is told where words name its row (or, for a row of totals, what the table is of) and its column. Equal
    numbers are drafted; others only where row, column and period leave one cell and the digits differ as in a misprint.
    """
    tables = tables_of(sentences, blocks)
    for said in sentences if tables else ():
        if said.figures[0].table or said.figures[0].in_references:
            continue
        begun = beginnings(said.plain)
        near = [table for table in tables if not table.beginnings.isdisjoint(begun)]
        told = [
            one
            for one in said.figures
            if one.value is not None and (one.unit not in _NOTHING_SPECIAL or one.unit in ("unstated", ""))
        ]
        averaged = [one for one in told if is_average(said, one) or one.unit in _NOTHING_SPECIAL]
        yield from _of_averages(averaged, said, near)
        told = [one for one in told if one not in averaged]
        drafts = [each for one in told if near and len(digits(one)) >= TELLING for each in _told(one, said, near)]
        met = {each.right[0].claim_id for each in drafts}
        drafts += _beside([one for one in told if one.claim_id not in met], said, near, drafts)
        met |= {each.right[0].claim_id for each in drafts}
        yield from _of_totals([one for one in told if one.claim_id not in met], said, tables)
        yield from drafts
        yield from (each for one in told for each in _derived(one, said, near))


def _of_totals(told: Sequence[Figure], said: Marked, tables: Sequence[Table]) -> Iterator[Draft]:
    """A total of a table told again: a number too long to be met by chance needs no words in common."""
    long = [one for one in told if len(digits(one).rstrip("0")) > LONG]
    if not long:
        return
    sums = [replace(table, cells=tuple(cell for cell in table.cells if is_of_all(cell.row))) for table in tables]
    for one in long:
        alike = _alike(one, said, sums)
        if alike is not None:
            yield draft("same_quantity", [alike], [one], "cell", _words(alike, one), sure="place")


def _of_averages(told: Sequence[Figure], said: Marked, tables: Sequence[Table]) -> Iterator[Draft]:
    """An average told again: the column is one of averages, and row and column are named."""
    heads = [
        replace(table, cells=tuple(cell for cell in table.cells if _AVERAGED.search(cell.column))) for table in tables
    ]
    for one in told:
        alike = _alike(one, said, [table for table in heads if table.cells]) if len(digits(one)) >= LONG else None
        if alike is not None:
            yield draft("same_quantity", [alike], [one], "cell", _words(alike, one), sure="place")


_AVERAGED: Final = re.compile(
    r"\b(?:average|mean|median|index|score|rate|per)\b|(?<!\w)(?:средн\w+|медиан\w+|индекс\w*|балл\w*|"
    r"на (?:одн\w+|душу))(?!\w)|(?<!\w)(?:орташа|индекс\w*|балл\w*|шаққанда)(?!\w)",
    re.IGNORECASE,
)


def _told(one: Figure, said: Marked, tables: Sequence[Table]) -> Iterator[Draft]:
    found = [(table, row) for table in tables for row in _rows_named(one, said, table)]
    equal = [cell for table, row in found for cell in row if is_equal(cell, one) and _may_be(cell, one, row, said)]
    if equal:
        cell = next((each for each in equal if each.period and each.period == one.period), equal[0])
        yield draft("same_quantity", [cell], [one], "cell", _words(cell, one))
        return
    if (alike := _alike(one, said, tables)) is not None:
        yield draft("same_quantity", [alike], [one], "cell", _words(alike, one), sure="place")
        return
    if len(found) != 1 or one.bound != "exact" or is_told_apart(said, one):
        return
    table, row = found[0]
    if _is_of_another(one, said, table, row[0].row) or _is_behind_another(one, said, row[0].row):
        return
    told = [cell for cell in row if _is_named_column(cell, one, row, said)]
    if is_of_all(row[0].row):  # what the table is of names neither: "12 % of all comments were questions"
        told = [
            cell for cell in told if year_of(cell.column) or where(cell.column, said, said.place(one), 1) is not None
        ]
    if len(told) == 1 and told[0].bound == "exact" and _is_mistold(told[0], one):
        yield draft("same_quantity", told, [one], "cell", _words(told[0], one), sure="place")


def _alike(one: Figure, said: Marked, tables: Sequence[Table]) -> Figure | None:
    """The cell of the same number whose heads and caption share most words with a sentence, at least one or two."""
    here = stems(said.plain)
    scored = []
    for table in tables:
        for cell in table.cells:
            if not (cell.value == one.value and are_of_one_unit(cell, one)) or is_of_other_time(cell, one):
                continue
            row, around = stems(cell.row) & here, stems(f"{cell.column} {table.caption}") & here
            least = 1 if len(digits(one)) > LONG else 2
            is_long = len(digits(one).rstrip("0")) > LONG and is_of_all(cell.row)
            is_most = around and len(digits(one)) >= LONG and _is_extreme(cell, table, said)
            if is_long or is_most:
                scored.append((2 * len(row) + len(around) + 1, cell))
            elif len(row) + len(around) >= least and (row or is_of_all(cell.row) or not stems(cell.row)):
                scored.append((2 * len(row) + len(around) + bool(one.period), cell))
    best = max((score for score, _ in scored), default=0)
    found = [cell for score, cell in scored if score == best]
    return found[0] if len(found) == 1 else None


def _is_extreme(cell: Figure, table: Table, said: Marked) -> bool:
    """Whether a sentence tells of the most or least, and a cell is that of its column."""
    column = [each.value or 0 for each in table.cells if each.column == cell.column and not is_of_all(each.row)]
    return (_MOST.search(said.plain) is not None and cell.value == max(column)) or (
        _LEAST.search(said.plain) is not None and cell.value == min(column)
    )


_MOST: Final = re.compile(
    r"\b(?:highest|largest|greatest|most|biggest|best)\b|(?<!\w)(?:сам\w+ (?:высок|больш|крупн)\w+|наибол\w+|"
    r"наивысш\w+|максимальн\w+|лидир\w+)|(?<!\w)ең (?:жоғары|көп|үлкен|жақсы|ірі)",
    re.IGNORECASE,
)
_LEAST: Final = re.compile(
    r"\b(?:lowest|smallest|least|fewest|worst)\b|(?<!\w)(?:сам\w+ (?:низк|маленьк|мал)\w+|наимен\w+|наинизш\w+|"
    r"минимальн\w+)|(?<!\w)ең (?:төмен|аз|кіші|нашар)",
    re.IGNORECASE,
)


def _beside(rest: Sequence[Figure], said: Marked, tables: Sequence[Table], drafts: Sequence[Draft]) -> list[Draft]:
    """Numbers beside one that a cell repeats: the same row under another head, told or misprinted."""
    found = []
    rows = {
        (id(table), each.left[0].row): (table, each)
        for table in tables
        for each in drafts
        if each.left[0] in table.cells
    }
    for table, each in rows.values():
        row = [cell for cell in table.cells if cell.row == each.left[0].row and cell is not each.left[0]]
        for one in rest:
            same = [cell for cell in row if is_equal(cell, one) and are_of_one_unit(cell, one)]
            if len(same) == 1 and len(digits(one)) >= TELLING and not is_of_other_time(same[0], one):
                found.append(draft("same_quantity", same, [one], "cell", _words(same[0], one), sure="place"))
                continue
            other = [cell for cell in row if are_of_one_unit(cell, one) and is_misprint(cell, one)]
            is_pair = any({one, each.right[0]} == {named["a"], named["b"]} for _, named, _ in said.find("from_to"))
            is_told = any(cell.value == one.value for cell in table.cells)
            if is_pair and len(other) == 1 and one.bound == "exact" and not is_told:
                found.append(draft("same_quantity", other, [one], "cell", _words(other[0], one), sure="place"))
    if not found and not drafts and len(rest) > 1:
        for table in tables:
            for name in dict.fromkeys(cell.row for cell in table.cells):
                pairs = [
                    (cell, one)
                    for one in rest
                    for cell in table.cells
                    if cell.row == name and cell.value == one.value and are_of_one_unit(cell, one)
                    and _is_headed(cell.column, said, one)
                ]  # fmt: skip
                if len({one.claim_id for _, one in pairs}) > 1 and len(pairs) == len(
                    {cell.claim_id for cell, _ in pairs}
                ):
                    return [
                        draft("same_quantity", [cell], [one], "cell", _words(cell, one), sure="place")
                        for cell, one in pairs
                    ]
    return found


def _derived(one: Figure, said: Marked, tables: Sequence[Table]) -> Iterator[Draft]:
    """A share of the total, or a growth, that a sentence tells of a row it names and that the row's cells make.

    A share that they do not make is drafted only where it differs from theirs as a misprint does.
    """
    found = _rows_of(said, one, tables) if one.unit == "percent" and one.bound == "exact" else []
    if len(found) != 1:
        return
    table, row = found[0]
    counts = [cell for cell in row if cell.unit != "percent" and (not one.period or not cell.period
              or not is_of_other_time(cell, one))]  # fmt: skip
    if _OF_ALL.search(said.plain):
        totals = {cell.column: cell for cell in table.cells if is_of_all(cell.row)}
        pairs = [(cell, totals[cell.column]) for cell in counts if cell.column in totals]
        fits = [pair for pair in pairs if _is_share(*pair, one)]
        is_of_it = where(subject_of(table), said, said.place(one), least=1) is not None
        near = [pair for pair in pairs[-1:] if is_of_it and not fits and _is_nearly(_share_told(*pair, one), one)]
        for part, whole in (fits or near)[-1:]:
            words = f"{whole.printed} … {part.printed} … {one.printed}"
            yield draft("share_of_base", [part, whole], [one], "carried", words, sure="place")
    elif any(said.has(rule) for rule in ("up", "down", "asks_more", "asks_less")):
        kind = "decline_rate" if said.has("down") or said.has("asks_less") else "growth_rate"
        years = [cell for cell in row if year_of(cell.column) and cell.unit != "percent" and cell.value]
        for last, first in [(b, a) for b in reversed(years) for a in reversed(years) if a.column < b.column]:
            if is_rate(kind, first, last, one):
                words = f"{first.printed} … {last.printed} … {one.printed}"
                yield draft(kind, [first, last], [one], "change_percent", words, sure="place")
                return


_OF_ALL: Final = re.compile(
    r"\b(?:share|of all|of the (?:total|whole)|accounts? for|made up)\b|"
    r"(?<!\w)(?:дол[яиюей]+|всех|общ\w+|приходит\w+|пришл\w+|составля\w+)(?!\w)|(?<!\w)(?:үлес\w*|барлық|жалпы|бүкіл)(?!\w)",
    re.IGNORECASE,
)


def _rows_of(said: Marked, one: Figure, tables: Sequence[Table]) -> list[tuple[Table, list[Figure]]]:
    """The row a sentence names last before a share, in each table; none where it tells its own counts."""
    if any(each.is_whole and (each.value or 0) >= _LEAST_TOLD and not each.is_date for each in said.figures):
        return []
    found = []
    for table in tables:
        rows: dict[str, list[Figure]] = defaultdict(list)
        for cell in table.cells:
            rows[cell.row].append(cell)
        place = said.place(one)
        named = {row: spot for row in rows if not is_of_all(row) and (spot := where(row, said, place)) is not None}
        last = [row for row, spot in named.items() if 0 <= spot == max(named.values())]
        if (numbered := row_by_numbers(list(rows), said, place)) is not None:
            last = [numbered]
        if len(last) == 1 and (words_of_head(last[0]) or numbered):
            found.append((table, rows[last[0]]))
    return found


_LEAST_TOLD: Final = 10


def _share_told(part: Figure, whole: Figure, one: Figure) -> str:
    """The share of two cells in the form of a printed one."""
    decimals = len(match[1]) if (match := re.search(r"[.,](\d+)", one.printed)) else 0
    return f"{100 * (part.value or 0) / (whole.value or 1):.{decimals}f}"


def _is_share(part: Figure, whole: Figure, one: Figure) -> bool:
    return bool(whole.value) and float(_share_told(part, whole, one)) == one.value


def _is_nearly(told: str, one: Figure) -> bool:
    return len(digits(one)) >= LONG and is_misprint(replace(one, printed=told, value=float(told)), one)


_TOKEN: Final = re.compile(r"[^\W\d_]{3,}|\d+")


def _is_headed(column: str, said: Marked, one: Figure) -> bool:
    """Whether all words and numbers of a head stand behind a number, before the next of its unit."""
    behind = min((each.start for each in said.figures if each.start > one.start and each.unit == one.unit),
                 default=len(said.text))  # fmt: skip
    told = [token.casefold() for token in _TOKEN.findall(said.text[one.end : behind])]
    asked = [token.casefold() for token in _TOKEN.findall(column)]
    return bool(asked) and all(token in told for token in asked)


def _is_of_another(one: Figure, said: Marked, table: Table, row: str) -> bool:
    """Whether another row is named right behind a number: "189 from rail, 75 from road"."""
    place = said.place(one)
    behind = _ENDS.split(said.plain[place + 1 :])[0]
    others = {cell.row for cell in table.cells if cell.row != row and not is_of_all(cell.row)}
    words = [match.group() for match in WORD.finditer(behind)]
    return any(is_form(told, word, said.language) for other in others for word in content(other) for told in words)


def _is_behind_another(one: Figure, said: Marked, row: str) -> bool:
    """Whether a row has its number before this one, of no time that tells them apart: "rail 49%, undecided 13%"."""
    place, spot = said.place(one), where(row, said, said.place(one))
    others = [each for each in said.figures if each is not one and are_of_one_unit(each, one)]
    is_between = any(spot is not None and 0 <= spot < said.place(each) < place for each in others)
    return is_between and not one.period


_ENDS: Final = re.compile(r"[,;:()\ue000-\uf8ff]|\s(?:and|while|и|а|және|ал)\s")


def _words(cell: Figure, one: Figure) -> str:
    return f"{cell.printed} ({cell.row}, {cell.column}) … {one.printed}"


def _rows_named(one: Figure, said: Marked, table: Table) -> list[list[Figure]]:
    """The row that a sentence names last before a number; of a sentence that names none, that of totals."""
    rows: dict[str, list[Figure]] = defaultdict(list)
    for cell in table.cells:
        if are_of_one_unit(cell, one):
            rows[cell.row].append(cell)
    place = said.place(one)
    named = {row: spot for row in rows if not is_of_all(row) and (spot := where(row, said, place)) is not None}
    if named:
        nearest = max(named.values())
        last = [row for row, spot in named.items() if spot == nearest]
        return [rows[last[0]]] if len(last) == 1 else []
    of_all = [row for row in rows if is_of_all(row)]
    subject = subject_of(table)
    is_told = subject and where(subject, said, place, least=1) is not None
    return [rows[of_all[0]]] if len(of_all) == 1 and is_told else []


def _may_be(cell: Figure, one: Figure, row: Sequence[Figure], said: Marked) -> bool:
    """Whether nothing says that an equal number is of another column."""
    year = year_of(cell.column)
    if year:
        return not one.period or not one.period.startswith(("19", "20")) or year in one.period
    return len(row) == 1 or _names(cell.column, said, one)


def _names(column: str, said: Marked, one: Figure) -> bool:
    return where(column, said, said.place(one)) is not None


def _is_named_column(cell: Figure, one: Figure, row: Sequence[Figure], said: Marked) -> bool:
    """Whether a cell stands under the period of a number, the last one where it has none, or a head its words name."""
    year = year_of(cell.column)
    if not year:
        is_total = is_of_all(cell.column) and _IN_ALL.search(said.plain[: said.place(one)]) is not None
        return len(row) == 1 or is_total or (not is_of_all(cell.column) and _names(cell.column, said, one))
    return year == one.period if one.period else year == max(year_of(each.column) for each in row)


_IN_ALL: Final = re.compile(
    r"(?:\b(?:total|in all|altogether|overall)|(?<!\w)(?:всего|в целом|в общей сложности|общ\w+)|"
    r"(?<!\w)(?:барлығы|жалпы))(?!\w)[^;]*$",
    re.IGNORECASE,
)
"""Words before a number that call it a total."""


def _is_mistold(cell: Figure, one: Figure) -> bool:
    """Whether a number may be a misprint of a cell; short ones, and those without a period, must be more alike."""
    is_told_of = bool(one.period) or not year_of(cell.column)
    alike = len(digits(one)) >= LONG and is_told_of
    return are_swapped(cell, one) or (is_misprint(cell, one) and (alike or len(digits(one)) > LONG))
