"""Captions of tables: over them or under them, in one line or several, and of tables that go on overleaf."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from digital_diplomacy.sources.papers.blocks import Block

_OF_FIGURE: Final = re.compile(
    r"\W*(?:рис|диаграмма|сурет|fig|chart|\d[\d.]*\s?-\s?(?:сурет|диаграмма))", re.IGNORECASE
)
_BARE: Final = re.compile(
    r"\W*(?:(?:table|таблица|табл\.|кесте)\s*[\dA-ZА-Я.]+|\d[\d.]*\s?-\s?кесте)\W*", re.IGNORECASE
)
_CONTINUED: Final = re.compile(r"\bcont(?:inued|'?d|\.)|продолжение|окончание|жалғасы|соңы\b", re.IGNORECASE)
_LONGEST_UNIT: Final = 60
"""Characters up to which a line between a caption and its table belongs to the caption: "(thousand persons)"."""
SCALED_UNIT: Final = re.compile(
    r"\(?(?:(?:in|в|во)\s+)?(?:(?:thousand|million|billion)s?|mln|bln|тыс\.?|тысяч\w?|млн\.?|миллион\w*|млрд\.?|"
    r"миллиард\w*|мың)(?:\s[^\s.;:!?)]+){0,4}(?:(?<=\s[^\W\d_]{2})\.|(?<=\s[^\W\d_]{3})\.)?\)?",
    re.IGNORECASE,
)
"""A line between a title and its table that says what its numbers are: "thousand persons", «тыс. человек»."""
_LONGEST_TITLE: Final = 250
_NUMBERED: Final = re.compile(r"\d[\d.]*\s+[^\n]*[^\s.;:!?]$")
"""A line with a number of its own that ends as titles do."""
_LINES: Final = 3  # of a caption: "Table 1", its title, its unit


def captioned(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, cells with the caption of their table; a table that goes on overleaf keeps its caption and heads.

    A caption stands over its table, unless the paper has its captions under them. A short line between a caption and
    its table belongs to it, and so does the title under a number that has a line of its own.
    """
    groups = [list(group) for _, group in groupby(blocks, key=_place)]
    under = _are_under(groups)
    told: dict[str, str] = {}
    last: list[Block] = []
    for place, group in enumerate(groups):
        if group[0].table is None:
            continue
        own = _under(groups, place) if under else _over(groups, place)
        number = re.search(r"\d+(?:\.\d+)*", own)
        if not own or _CONTINUED.search(own):
            is_rest = bool(last) and (bool(own) or _goes_on(groups, place)) and _columns(last) == _columns(group)
            original = told.get(number.group(), "") if number else last[0].caption if is_rest else ""
            group = _with_heads(group, last) if original or is_rest else group
            own = f"{own} {original}".strip()
        elif number:
            told.setdefault(number.group(), own)
        groups[place] = last = [replace(cell, caption=own) for cell in group]
    for group in groups:
        yield from group


def _place(block: Block) -> tuple[int, int]:
    """Cells of one table together, every other block alone."""
    return (1, block.table) if block.table is not None else (0, id(block))


def _is_caption(group: Sequence[Block]) -> bool:
    return group[0].kind == "caption" and not _OF_FIGURE.match(group[0].text)


def _are_under(groups: Sequence[Sequence[Block]]) -> bool:
    """Whether captions stand under the tables of a paper, by those that touch one table only."""
    over = under = 0
    for place, group in enumerate(groups):
        if _is_caption(group):
            above = place > 0 and groups[place - 1][0].table is not None
            below = any(
                one[0].table is not None
                for number, one in enumerate(groups[place + 1 : place + 1 + _LINES])
                if all(_is_short(each) for each in groups[place + 1 : place + 1 + number])
            )
            over, under = over + (below and not above), under + (above and not below)
    return under > over


def _is_short(group: Sequence[Block]) -> bool:
    return group[0].kind == "paragraph" and len(group[0].text) <= _LONGEST_TITLE


def _under(groups: Sequence[Sequence[Block]], place: int) -> str:
    below = groups[place + 1] if place + 1 < len(groups) else []
    return below[0].text if below and _is_caption(below) else ""


def _over(groups: list[list[Block]], place: int) -> str:
    """The caption over a table; lines that belong to it become captions themselves."""
    lines: list[int] = []
    for above in range(place - 1, -1, -1):
        block = groups[above][0]
        if block.kind == "footnote":
            continue
        is_name = block.kind == "heading" or _is_numbered_title(groups, above)
        are_units = all(SCALED_UNIT.fullmatch(groups[line][0].text) for line in lines)
        if _is_caption(groups[above]) or (is_name and are_units):
            return _joined(groups, [*lines, above])
        is_title = above > 0 and _is_caption(groups[above - 1]) and _BARE.fullmatch(groups[above - 1][0].text)
        most = _LONGEST_TITLE if is_title else _LONGEST_UNIT
        if block.kind != "paragraph" or len(block.text) > most or len(lines) == _LINES - 1:
            break
        lines.append(above)
    first = groups[lines[0]][0].text if lines else ""
    is_unit = first and (not re.search(r"[1-9]", first) or _CONTINUED.search(first))
    return _joined(groups, lines[:1]) if is_unit else ""


def _is_numbered_title(groups: Sequence[Sequence[Block]], place: int) -> bool:
    """Whether a numbered line over a table names it ("1. Users of the Internet") and is no item of a list."""
    block = groups[place][0]
    is_alone = place == 0 or groups[place - 1][0].kind != "item"
    return (
        block.kind == "item"
        and is_alone
        and len(block.text) <= _LONGEST_TITLE
        and _NUMBERED.match(block.text) is not None
    )


def _joined(groups: list[list[Block]], lines: Sequence[int]) -> str:
    for line in lines:
        if groups[line][0].kind in ("paragraph", "item"):
            groups[line] = [replace(groups[line][0], kind="caption")]
    texts = [groups[line][0].text for line in reversed(lines)]
    return "".join(
        (", " if SCALED_UNIT.fullmatch(text) else " ") * (number > 0) + text for number, text in enumerate(texts)
    )


def _goes_on(groups: Sequence[Sequence[Block]], place: int) -> bool:
    """Whether a table without a caption is the rest of the one right before it, on the page before.

    Where a format has no pages, nothing but blanks stands between the two, and the rest has no heads or the same.
    """
    above = groups[place - 1] if place else [groups[place][0]]
    page, before = groups[place][0].page, above[-1].page
    if page is None and before is None:
        return above[0].table is not None and _heads(groups[place]) in ([], _heads(above))
    return above[0].table is not None and page is not None and before is not None and page == before + 1


def _heads(group: Sequence[Block]) -> list[str]:
    return [cell.text for cell in group if cell.is_head]


def _columns(group: Sequence[Block]) -> int:
    return max((cell.column or 0 for cell in group), default=0)


def _with_heads(group: Sequence[Block], before: Sequence[Block]) -> list[Block]:
    """The heads of the columns of the table's first part, where this part has none."""
    heads = {cell.column: cell.column_header for cell in before if cell.column_header}
    if any(cell.column_header for cell in group) or _columns(group) != _columns(before):
        return list(group)
    return [replace(cell, column_header=heads.get(cell.column, ""), is_head=False) for cell in group]
