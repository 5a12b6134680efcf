"""Strings of digits with marks between them: every way to read one, and the document's habit that decides."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from digital_diplomacy.errors import either, said
from digital_diplomacy.printed.model import APOSTROPHES, BLANKS, DECIMAL_MARKS, Convention, UnreadableError

_ZEROS: Final = {"\u0660": "Arabic-Indic", "\u06f0": "Persian"}
_STRAY: Final = ", "

NUMERAL: Final = re.compile(
    rf"[0-9]+(?:[.,\u066b\u066c{APOSTROPHES}][0-9]+| [0-9]{{3}}(?![0-9])|, [0-9]{{3}}(?![0-9]))*"
)
"""A numeral after ``plain_digits``: a blank only joins groups of three, so that two numbers side by side stay two."""

_MARK: Final = re.compile(rf", |[.,\u066b\u066c {APOSTROPHES}]")


_SCRIPTS: Final = {chr(ord(zero) + n): zero for zero in ("0", *_ZEROS) for n in range(10)}
_PLAIN: Final = {ord(char): str(ord(char) - ord(zero)) for char, zero in _SCRIPTS.items()} | dict.fromkeys(
    map(ord, BLANKS), " "
)


class Numeral(NamedTuple):
    """A number, and the place value of its last digit."""

    value: Decimal
    place: Decimal


def plain_digits(text: str) -> str:
    """The text with ASCII digits and plain blanks.

    Raises
    ------
    UnreadableError
        If it mixes digits of two scripts.
    """
    scripts = {_SCRIPTS[char] for char in text if char in _SCRIPTS}
    if len(scripts) > 1:
        raise UnreadableError(text, "it mixes digits of two scripts")
    return text.translate(_PLAIN)


def readings(numeral: str) -> list[Numeral]:
    """Every number the digits and marks can mean, whatever the document's habit.

    Examples
    --------
    >>> [str(found.value) for found in readings("18,200")], [str(found.value) for found in readings("15.47")]
    (['18200', '18.200'], ['15.47'])
    """
    parts, marks = _MARK.split(numeral), [_kind(mark) for mark in _MARK.findall(numeral)]
    decimal = "" if not marks or _STRAY in numeral else marks[-1]  # nobody sets a blank behind a decimal mark
    found = []
    if _is_whole(parts, marks):
        found.append(Numeral(Decimal("".join(parts)), Decimal(1)))
    if decimal in DECIMAL_MARKS and decimal not in marks[:-1] and _is_whole(parts[:-1], marks[:-1]):
        value = Decimal("".join(parts[:-1]) + "." + parts[-1])
        found.append(Numeral(value, Decimal(1).scaleb(-len(parts[-1]))))
    return found


def _kind(mark: str) -> str:
    return "'" if mark in APOSTROPHES else mark.strip() or " "


def _is_whole(parts: list[str], marks: list[str]) -> bool:
    """Digits without a leading zero, or groups of three behind one to three digits, always with the same mark."""
    if len(parts[0]) > 1 and parts[0].startswith("0"):
        return False
    if not marks:
        return True
    same = len(set(marks)) == 1 and marks[0] != "\u066b"
    return same and parts[0] != "0" and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def resolve(numeral: str, convention: Convention, *, is_plain_count: bool) -> Numeral:
    """The one reading the digits allow, or the one the document's habit selects.

    Parameters
    ----------
    numeral : str
        A match of ``NUMERAL``.
    convention : Convention
        Consulted only where the digits allow two readings.
    is_plain_count : bool
        Whether neither a scale word nor a percent sign follows. A document that uses one mark for both purposes means
        groups in plain counts; before a scale word or percent sign that cannot be told.

    Raises
    ------
    UnreadableError
        If no reading, or more than one, remains.
    """
    found = readings(numeral)
    grouping = " " if convention.grouping in (*BLANKS, None) else _kind(str(convention.grouping))
    if _STRAY in numeral and grouping != ",":
        raise UnreadableError(numeral, "two numbers, or one whose grouping comma is followed by a blank")
    if not found:
        raise UnreadableError(numeral, "its digits and marks form no number")
    if len(found) == 1:
        return found[0]
    whole, fraction = found
    mark = _MARK.findall(numeral)[0]
    if mark == grouping and (mark != convention.decimal or is_plain_count):
        return whole
    if mark == convention.decimal and mark != grouping:
        return fraction
    choice = either([whole.value, fraction.value])
    raise UnreadableError(
        numeral, said("it can mean {choice}; name the document's decimal and grouping marks", choice=choice)
    )


def plain_numerals(text: str) -> list[tuple[str, str]]:
    """What marks do in the numerals of a text that have but one reading: ``decimal`` or ``grouping``, and the mark.

    A comma with a blank behind it, a blank, and dates and codes (``1.2.3``) tell nothing.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> printed.plain_numerals("1,65 of 1,220,000; 18,200")
    [('decimal', ','), ('grouping', ',')]
    """
    found = []
    for match in NUMERAL.finditer(text):
        marks = [_kind(mark) for mark in _MARK.findall(match.group())]
        said = readings(match.group()) if marks and _STRAY not in match.group() else []
        if len(said) == 1 and (said[0].place < 1 or marks[0] != " "):
            found.append(("decimal" if said[0].place < 1 else "grouping", marks[-1] if said[0].place < 1 else marks[0]))
    return found
