"""Misprints of a printed figure: one digit, two neighbouring digits, the decimal mark."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from digital_diplomacy.claims.reading import reread
from digital_diplomacy.printed.numerals import NUMERAL, plain_digits

MISPRINTS: Final = ("digit", "swap", "mark")
"""One digit printed as another; two digits side by side exchanged; a decimal mark lost or moved by one place."""

_MARKS: Final = ".,\u066b"


class Misprint(NamedTuple):
    """Other characters in place of a printed figure, and the row of ``parse`` they would make."""

    kind: str
    text: str
    row: dict[str, Any]


def has_digits(text: str) -> bool:
    """Whether a figure is printed in digits."""
    return any(char.isdecimal() for char in text)


def misprints(row: Mapping[Any, Any]) -> list[Misprint]:
    """Every misprint of one figure that can still be read as a figure of its kind.

    A digit is replaced by each other digit, digits that stand side by side are exchanged, a decimal mark is left out or
    exchanged with the digit before or behind it. No number comes to begin with zero. What its document's convention
    cannot read is left out: whoever reads it sees that something is wrong.

    Parameters
    ----------
    row : mapping
        A row of what ``parse`` returns. A figure only its sentence tells (reading ``implied``) has none.

    References
    ----------
    Verhoeff J. (1969). Error detecting decimal codes. Mathematical Centre Tracts 29, Amsterdam (most slips in decimal
    numbers replace one digit, the next most exchange two neighbours).
    Damerau F. J. (1964). A technique for computer detection and correction of spelling errors. Communications of the
    ACM 7(3), 171-176.

    Examples
    --------
    >>> habit = {"lang": "en", "decimal_mark": ".", "grouping_mark": ",", "closing_zeros": "unknown"}
    >>> row = habit | {"unit": "percent", "kind": "observation", "bound": "exact", "reading": "number"}
    >>> found = misprints(row | {"as_printed": "1.25%"})
    >>> [(one.kind, one.text) for one in found if one.kind != "digit"]
    [('swap', '1.52%'), ('mark', '125%'), ('mark', '12.5%')]
    >>> len(found)  # 8 first digits, and twice 9 others
    29
    """
    if row["reading"] == "implied":
        return []
    own = str(row["as_printed"])
    drafts = [*_one_digit(own), *_swaps(own), *([] if row["unit"] == "date" else _marks(row, own))]
    read = [(kind, text, reread(row, text)) for kind, text in dict.fromkeys(drafts) if _begins_well(text, own)]
    return [Misprint(kind, text, found) for kind, text, found in read if found is not None]


def _one_digit(text: str) -> Iterator[tuple[str, str]]:
    for place, char in enumerate(text):
        if char.isdecimal():
            zero = ord(char) - int(char)
            others = (chr(zero + digit) for digit in range(10) if digit != int(char))
            yield from (("digit", text[:place] + other + text[place + 1 :]) for other in others)


def _swaps(text: str) -> Iterator[tuple[str, str]]:
    for place in range(len(text) - 1):
        first, second = text[place], text[place + 1]
        if first.isdecimal() and second.isdecimal() and first != second:
            yield "swap", text[:place] + second + first + text[place + 2 :]


def _marks(row: Mapping[Any, Any], text: str) -> Iterator[tuple[str, str]]:
    """Losses and moves of each mark whose loss changes the number, as that of a grouping mark does not."""
    own = reread(row, text)
    for place in range(1, len(text) - 1):
        before, mark, behind = text[place - 1], text[place], text[place + 1]
        if mark not in _MARKS or not (before.isdecimal() and behind.isdecimal()):
            continue
        lost = text[:place] + text[place + 1 :]
        found = reread(row, lost)
        if own is None or found is None or not _differ(own, found):
            continue
        yield "mark", lost
        moves = (
            text[: place - 1] + mark + before + text[place + 1 :],
            text[:place] + behind + mark + text[place + 2 :],
        )
        yield from (("mark", moved) for moved in moves if _is_between(moved, mark))


def _differ(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether two readings are of different numbers; a range has two and no value."""
    ends = ("low", "high", "low_filled", "high_filled", "low_truncated", "high_truncated")
    return any(one[end] != other[end] for end in ends)


def _is_between(text: str, mark: str) -> bool:
    """Whether every such mark has a digit on either side, or a blank behind it."""
    padded = f" {text} "
    places = [place for place, char in enumerate(padded) if char == mark]
    return all(padded[place - 1].isdecimal() and padded[place + 1].isdecimal() for place in places)


def _begins_well(text: str, own: str) -> bool:
    """Whether no number begins with zero that did not before."""
    first, before = ([found[0][0] == "0" for found in NUMERAL.finditer(plain_digits(one))] for one in (text, own))
    return sum(first) <= sum(before)
