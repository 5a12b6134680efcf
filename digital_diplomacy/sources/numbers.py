"""Cells as numbers: decimal points and commas, thousands apart by blanks or apostrophes; what can be two is refused."""

import math
import re
from collections.abc import Sequence
from typing import Final

_PLAIN: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_COMMA: Final = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?")
_GROUPS: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_BLANKS: Final = re.compile(r"(?<=\d)[ \u00a0\u2007\u202f'\u2019](?=\d{3}(\D|$))")
_PERCENT: Final = re.compile(r"\s*%\s*$")


def plain_number(cell: object) -> float | None:
    """A number as people write it with a decimal point, or nothing; words such as nan and underscores are no numbers.

    Examples
    --------
    >>> plain_number("1 250.5"), plain_number("1_000"), plain_number("nan")
    (1250.5, None, None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        try:
            return float(cell)
        except OverflowError:
            return None
    text = str(cell).strip()
    text = text if _PLAIN.fullmatch(text) else _BLANKS.sub("", text)
    return float(text) if _PLAIN.fullmatch(text) and text.isascii() else None


def has_decimal_commas(cells: Sequence[object]) -> bool:
    """Whether every number among the cells is written with a decimal comma or as a whole number, at least one with it.

    ``1,203`` alone may be a thousand and more: it counts only beside a cell that cannot be, such as ``0,6``.

    Examples
    --------
    >>> has_decimal_commas(["0,6", "1"]), has_decimal_commas(["1,203", "2"]), has_decimal_commas(["0,6", "1.5"])
    (True, False, False)
    """
    if not any("," in str(cell) for cell in cells):
        return False
    cells = _without_percent(cells)
    texts = [_BLANKS.sub("", str(cell).strip()) for cell in cells]
    commas = [text for text in texts if _COMMA.fullmatch(text) and text.isascii()]
    plain = [text for text in texts if "," not in text and "." not in text and plain_number(text) is not None]
    certain = any(not _GROUPS.fullmatch(text) for text in commas)
    return certain and len(commas) + len(plain) == len(texts)


def numbers(cells: Sequence[object]) -> list[float | None]:
    """Every cell as a finite number or None; decimal commas, and signs of percent, where all cells agree on them.

    Examples
    --------
    >>> numbers(["81,5 %", "7 %"]), numbers(["81 %", "7"]), numbers(["1'210,5", "98,6"])
    ([81.5, 7.0], [None, 7.0], [1210.5, 98.6])
    """
    cells = _without_percent(cells)
    commas = has_decimal_commas(cells)
    found = [plain_number(str(cell).replace(",", ".") if commas else cell) for cell in cells]
    return [number if number is not None and math.isfinite(number) else None for number in found]


def _without_percent(cells: Sequence[object]) -> Sequence[object]:
    """The cells without their signs of percent, where every one bears it; beside plain numbers it may be a unit."""
    texts = [str(cell) for cell in cells]
    return [_PERCENT.sub("", text) for text in texts] if texts and all(map(_PERCENT.search, texts)) else cells
