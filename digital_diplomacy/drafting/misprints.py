"""Numbers that differ as a misprint does from what was meant: by one digit, or by two that changed places."""

import re
from functools import lru_cache
from typing import Final

from digital_diplomacy.extraction.tokens import Figure

_SIZE: Final = 10.0
"""Times that neither of two numbers may be of the other."""


def digits(one: Figure) -> str:
    """The digits a number is printed with, closing zeros among them; "" for a number in words."""
    return _digits(one.printed)


@lru_cache(10_000)  # each number of a long paper is set against many
def _digits(printed: str) -> str:
    match = re.search(r"\d[\d.,\s\u00a0\u202f]*", printed)
    return re.sub(r"\D", "", match.group()) if match else ""


def are_swapped(first: Figure, second: Figure) -> bool:
    """Whether two neighbouring digits changed places: 48 and 84."""
    one, other = digits(first), digits(second)
    apart = _apart(one, other) if _are_alike(first, second) else []
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )


def is_misprint(first: Figure, second: Figure) -> bool:
    """Whether two numbers with as many digits differ in one of them, or in two that changed places."""
    apart = _apart(digits(first), digits(second)) if _are_alike(first, second) else []
    return len(apart) == 1 or are_swapped(first, second)


def is_carried(first: Figure, second: Figure) -> bool:
    """Whether one digit is off by one, and those before it with it: 2,912 and 3,012."""
    if not _are_alike(first, second) or None in (first.value, second.value):
        return False
    if not digits(first) or not digits(second):
        return False  # numbers in words
    one, other = int(digits(first)), int(digits(second))
    return re.fullmatch("10*", str(abs(one - other))) is not None


def may_be_misprint(first: Figure, second: Figure) -> bool:
    """Whether one digit, two of them changed places, or one carried, tells two numbers apart."""
    return is_misprint(first, second) or is_carried(first, second)


def _are_alike(first: Figure, second: Figure) -> bool:
    if not first.value or not second.value or len(digits(first)) != len(digits(second)):
        return False
    return 1 / _SIZE < first.value / second.value < _SIZE


def _apart(one: str, other: str) -> list[int]:
    return [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]


def significant(one: Figure) -> int:
    """Digits of a number without the zeros that close it, those of its scale among them; 0 for one in words.

    They are those printed where it is printed as one number, and those of its value where it is not: «1 млн 284 мың».
    """
    if not digits(one):
        return 0
    whole = f"{one.value:f}".strip("0").replace(".", "") if one.value else ""
    return len(whole.lstrip("0").rstrip("0"))
