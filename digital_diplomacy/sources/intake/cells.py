"""Cells of a foreign table as printed figures, by the marks that the other figures of their column show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from digital_diplomacy.errors import Said
from digital_diplomacy.printed import Convention, UnreadableError, read
from digital_diplomacy.printed.model import BLANKS
from digital_diplomacy.sources.intake.kinds import INDEX, PERCENT, RANK, Measure
from digital_diplomacy.sources.intake.words import unmarked

_FLAG: Final = re.compile(r"(?<=\d)\s+[a-zа-я]{1,2}$")  # Eurostat's b, e, p and the like, apart by a blank
_BRACKET: Final = re.compile(r"\d\s?\)$")
_SHARE: Final = re.compile(r"[\d,.]+")
_SCALES: Final = {"thousands": " thousand", "millions": " million"}
_OTHER: Final = {",": ".", ".": ","}
_HUNDRED: Final = 100
_TOPS: Final = {PERCENT: Decimal(_HUNDRED), INDEX: Decimal("1.5")}
"""An index lies between 0 and 1, but for human capital, which the survey of 2003 prints above 1 for two states."""

_SURE: Final = {
    mark: re.compile(rf"(?:0|\d{{4,}}){re.escape(mark)}\d+|\d+{re.escape(mark)}(?:\d{{1,2}}|\d{{4,}})"
                     rf"|\d{{1,3}}(?:[{BLANKS}]\d{{3}})+{re.escape(mark)}\d+"
                     rf"|\d{{1,3}}(?:{re.escape(_OTHER[mark])}\d{{3}})+{re.escape(mark)}\d+"
                     rf"|\d{{1,3}}(?:{re.escape(_OTHER[mark])}\d{{3}}){{2,}}")
    for mark in _OTHER
}  # fmt: skip
"""Numbers in which a mark can only stand before decimals, or the other one only between thousands."""


@dataclass(frozen=True)
class Figure:
    """A figure in the unit of its measure, with the interval its digits leave open; an open end is None."""

    value: float
    low: float | None
    high: float | None
    bound: str
    is_range: bool


class UnfitError(Exception):
    """A cell is no figure of its measure: the code of the fault, and what its sentence needs."""

    def __init__(self, code: str, **named: str | Said) -> None:
        super().__init__(code)
        self.code, self.named = code, named


def bare(cell: str) -> str:
    """The figure without marks of footnotes and flags behind it."""
    return _FLAG.sub("", unmarked(cell)).strip()


def convention(figures: Iterable[str], decimal: str) -> Convention:
    """How bare figures are printed: with the mark given, or the one of which the unambiguous among them tell."""
    numbers = [re.sub(rf"[^\d.,{BLANKS}]", "", text).strip() for text in figures]
    found = {mark for mark, sure in _SURE.items() if any(sure.fullmatch(number) for number in numbers)}
    mark = decimal or (found.pop() if len(found) == 1 else "")
    return Convention(decimal=mark, grouping=_OTHER[mark]) if mark else Convention()


def is_open(text: str, habit: Convention) -> bool:
    """Whether a bare figure can be two numbers."""
    if any(sure.fullmatch(text) for sure in _SURE.values()):
        return False
    try:
        read(text, convention=habit)
    except UnreadableError as error:
        return "it can mean" in str(error)
    return False


def are_shares(figures: Iterable[str], habit: Convention) -> bool:
    """Whether all bare figures lie between 0 and 1 and none is marked as percent, so that shares may be meant."""
    is_between = False
    for text in figures:
        try:
            number = read(text, convention=habit).value if _SHARE.fullmatch(text) else Decimal(_HUNDRED)
        except UnreadableError:
            continue
        if number > 1:
            return False
        is_between = is_between or 0 < number < 1
    return is_between


def figure(text: str, measure: Measure, habit: Convention, *, scale: str, is_share: bool) -> Figure:
    """A bare figure as one of a measure.

    Raises
    ------
    UnfitError
        If it is none.
    """
    if _BRACKET.search(text) and "(" not in text:
        raise UnfitError("bracket")
    try:
        if scale and scale not in _SCALES:
            raise UnfitError("multiplier", scale=scale)
        found = read(text + _SCALES.get(scale, ""), convention=habit)
    except UnreadableError as error:
        raise UnfitError("unreadable", reason=error.reason) from error
    is_percent = found.unit == PERCENT
    other = found.unit in ("percentage_points", "years") or (found.unit == RANK and measure.unit != RANK)
    if other or (is_percent and (measure.unit != PERCENT or is_share)):
        raise UnfitError("unit", unit=found.unit, wanted=measure.unit)
    low, value, high = found.low_filled, found.value, found.high_filled
    if is_share:
        low, value, high = (number * _HUNDRED for number in (low, value, high))
    if value < 0 or value > _TOPS.get(measure.unit, value) or (measure.unit == RANK and value != int(value)):
        raise UnfitError("outside", value=f"{value:f}")
    top = min(high, Decimal(_HUNDRED)) if measure.unit == PERCENT else high
    ends: dict[str, tuple[Decimal | None, Decimal | None]] = {"at_least": (value, None), "at_most": (None, value)}
    least, most = ends.get(found.bound, (max(low, Decimal(0)), top))
    return Figure(float(value), _number(least), _number(most), found.bound, found.ends is not None)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
