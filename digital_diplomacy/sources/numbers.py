"""Cells as numbers: decimal points and commas, thousands apart by blanks; what could be two numbers is refused."""

import math
import re
from collections.abc import Sequence
from typing import Final

_PLAIN: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_COMMA: Final = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?")
_GROUPS: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_BLANKS: Final = re.compile(r"(?<=\d)[ \u00a0\u2007\u202f](?=\d{3}(\D|$))")


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
    texts = [_BLANKS.sub("", str(cell).strip()) for cell in cells]
    commas = [text for text in texts if _COMMA.fullmatch(text) and text.isascii()]
    plain = [text for text in texts if "," not in text and "." not in text and plain_number(text) is not None]
    certain = any(not _GROUPS.fullmatch(text) for text in commas)
    return certain and len(commas) + len(plain) == len(texts)


def numbers(cells: Sequence[object]) -> list[float | None]:
    """Every cell as a finite number or None; decimal commas where all cells agree on them."""
    commas = has_decimal_commas(cells)
    found = [plain_number(str(cell).replace(",", ".") if commas else cell) for cell in cells]
    return [number if number is not None and math.isfinite(number) else None for number in found]
