"""Which lines below a header are rows of its table; notes, titles and further tables are none."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from digital_diplomacy.sources.grids import Line
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.intake.country_cells import country_of, plain_name
from digital_diplomacy.sources.intake.headers import is_header_of_another
from digital_diplomacy.sources.intake.words import fold, is_note, is_total, tells_indicator
from digital_diplomacy.sources.remarks import Remark, listed

_CONTINUED: Final = re.compile(r"continu|продолж|окончан|жалғас|соңы")
"""What titles say over the rest of a table."""


def first_table(
    lines: Sequence[Line], parts: Sequence[tuple[str, ...]], over: Sequence[str]
) -> tuple[Sequence[Line], list[str], str]:
    """The lines before another table begins among them, what stands over their rows, and where the other begins.

    It begins by a header, or by a title of its own where the first has one, too. The same header again, at the head of
    a page or of a group of countries, begins none.
    """
    header = [fold(texts[-1]) if texts else "" for texts in parts]
    titles, start, is_filled = list(over), 0, False
    for at, (_, cells) in enumerate(lines):
        filled = [cell for cell in cells if cell.strip()]
        is_again = [fold(cell) for cell in cells[: len(header)]] == header
        is_alone = len(filled) == 1 and not country_of(filled[0])
        if is_alone and not is_filled:
            titles.append(normal_form(filled[0]))
        is_title = is_alone and is_filled and len(titles) > len(over) and _is_another(filled[0], titles)
        if is_filled and (is_again or is_header_of_another(cells)):
            above = [" ".join(filter(str.strip, texts)) for _, texts in lines[start:at]]
            is_title = not is_again or any(_is_another(text, titles) for text in above)
        if is_title:
            return lines[:start], titles[len(over) :], lines[start][0]
        if not is_alone:
            start, is_filled = at + 1, is_filled or not is_again
    return lines, titles[len(over) :], ""


def _is_another(text: str, titles: Sequence[str]) -> bool:
    """Whether a line is the title of another table than those with these titles."""
    is_known = fold(text) in set(map(fold, titles)) or _CONTINUED.search(text.casefold())
    return tells_indicator(text) and not is_known


def rows_of(
    lines: Sequence[Line], parts: Sequence[tuple[str, ...]], where: Path, *, pasted: bool
) -> tuple[list[Line], list[Remark], list[Remark]]:
    """The rows of the table as wide as its header, what was left out, and rows that do not fit it."""
    kept: list[Line] = []
    notes, faults, width = [], [], len(parts)
    header = [fold(texts[-1]) if texts else "" for texts in parts]
    for place, cells in lines:
        filled = [cell for cell in cells if cell.strip()]
        first = filled[0]
        is_header = len(cells) >= width and all(fold(cell) == name for cell, name in zip(cells, header, strict=False))
        numbered = len(filled) > 1 and all(cell.strip() == str(n) for n, cell in enumerate(filled, start=1))
        is_country = bool(country_of(first))
        alone = len(filled) == 1 and bool(cells[0].strip())
        if is_header or numbered or (not is_country and (alone or is_note(first))):
            notes.append(" ".join(map(normal_form, filled)))
        # In a pasted table nothing tells which cell of a short row is the empty one.
        elif any(cell.strip() for cell in cells[width:]) or (
            pasted and len(cells) < width and not is_total(plain_name(first))
        ):
            named = {"place": place, "text": first, "count": str(len(cells)), "header": str(width)}
            faults.append(Remark("width", named))
        else:
            kept.append((place, [*cells[:width], *[""] * (width - len(cells))]))
    told = [Remark("notes_left", {"file": where.name, "lines": listed(notes)})] if notes else []
    return kept, told, faults
