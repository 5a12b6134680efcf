"""Cells as numbers: decimal points and commas, thousands apart by blanks or apostrophes; what can be two is refused."""

import math
import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.printed.model import BLANKS

_PLAIN: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_COMMA: Final = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?")
_GROUPS: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_BLANKS: Final = re.compile(rf"(?<=\d)[{BLANKS}'\u2019](?=\d{{3}}(\D|$))")
_MINUS: Final = re.compile(r"^\s*[\u2212\u2013](?=[\d.,])")  # as typographers write it
_PERCENT: Final = re.compile(r"\s*%\s*$")


def plain_number(cell: object) -> float | None:
    """A number as people write it with a decimal point, or nothing; words such as nan and underscores are no numbers.

    Examples
    --------
    >>> plain_number("1 250.5"), plain_number("\u22121"), plain_number("1_000"), plain_number("nan")
    (1250.5, -1.0, None, None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        try:
            return float(cell)
        except OverflowError:
            return None
    text = _MINUS.sub("-", str(cell)).strip()
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
    texts = [_BLANKS.sub("", _MINUS.sub("-", str(cell)).strip()) for cell in cells]
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


def no_numbers(cells: Sequence[object]) -> list[int]:
    """Places of the cells that keep a column from being read as numbers; of one way of writing the commoner is right.

    Examples
    --------
    >>> no_numbers(["10,5", "about 5", "9,1"]), no_numbers(["1.5", "2,5", "3.5"]), no_numbers(["81 %", "7", "8 %"])
    ([1], [1], [1])
    """
    if all(number is not None for number in numbers(cells)):
        return []
    ways = [_way(cell) for cell in cells]
    told = [way for way in ways if way is not None]
    percent = 2 * sum(way[0] for way in told) > len(told)
    commas = 2 * sum(way[1] == "," for way in told) > sum(way[1] != "" for way in told)
    good = ((percent, ""), (percent, "," if commas else "."))
    return [place for place, way in enumerate(ways) if way not in good]


def _way(cell: object) -> tuple[bool, str] | None:
    """Whether a number bears a sign of percent, and its decimal mark, if it has one; nothing where it is no number."""
    text = _PERCENT.sub("", str(cell))
    mark = "," if "," in text else "." if "." in text else ""
    return (text != str(cell), mark) if plain_number(text.replace(",", ".")) is not None else None


def _without_percent(cells: Sequence[object]) -> Sequence[object]:
    """The cells without their signs of percent, where every one bears it; beside plain numbers it may be a unit."""
    texts = [str(cell) for cell in cells]
    return [_PERCENT.sub("", text) for text in texts] if texts and all(map(_PERCENT.search, texts)) else cells
