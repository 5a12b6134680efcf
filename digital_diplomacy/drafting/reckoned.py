"""Whether figures fit one another within their rounding, by what chance they would, and by which misprint they do."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

from digital_diplomacy.extraction.tokens import Figure

Kind: TypeAlias = Literal["difference", "growth_rate", "decline_rate", "ratio", "share_of_base", "sum_of_parts"]
Span: TypeAlias = tuple[float, float]

_HUNDRED: Final = 100.0
_HALF: Final = 0.5
_WORDED: Final = 1.5
"""Points by which a share told as a fraction in words may be off."""
_SLACK: Final = 1e-9
_TINY: Final = 1e-12
_DIGITS: Final = re.compile(r"\d(?:[\d.,\s\u00a0\u202f]*\d)?")


def span(one: Figure) -> Span:
    """All values a figure may stand for by its digits; a count of things below ten thousand is exact."""
    value = float(one.value or 0)
    if one.unit == "percent" and one.bound == "about" and not _DIGITS.search(one.printed):
        return value - _WORDED, value + _WORDED  # "half" of an odd number
    width = None if one.low is None or one.high is None else one.high - one.low
    if one.is_whole and width in (0, 1):  # "3.0" is rounded, no count
        return value, value
    low, high = one.low, one.high
    return (value, value) if low is None or high is None else (low, high)


def result(kind: Kind, spans: Sequence[Span]) -> Span:
    """What arithmetic makes of operands: the first less the second, over it, or all of them together.

    Examples
    --------
    >>> result("difference", [(12, 12), (9, 9)]), result("ratio", [(95, 105), (20, 20)])
    ((3, 3), (4.75, 5.25))
    """
    (low, high), *rest = spans
    if kind == "sum_of_parts":
        return low + sum(one[0] for one in rest), high + sum(one[1] for one in rest)
    ((least, most),) = rest
    if kind == "difference":
        return low - most, high - least
    low, high, least, most = (one or _TINY for one in (low, high, least, most))  # "0" may be almost nothing
    if kind in ("growth_rate", "decline_rate"):  # of the earlier and the later
        sign = 1 if kind == "growth_rate" else -1
        ends = (sign * _HUNDRED * (least / high - 1), sign * _HUNDRED * (most / low - 1))
        return min(ends), max(ends)
    times = _HUNDRED if kind == "share_of_base" else 1
    return times * low / most, times * high / least


def fits(kind: Kind, operands: Sequence[Figure], told: Figure) -> bool:
    """Whether what is told may be the result."""
    low, high = span(told)
    half = _HALF if kind == "ratio" and low == high else 0.0  # a mean or a multiple is rounded, not counted
    return _meet(result(kind, [span(one) for one in operands]), (low - half, high + half))


def is_exact(kind: Kind, operands: Sequence[Figure], told: Figure) -> bool:
    """Whether what is told is the result of the operands as printed, whatever they were rounded from."""
    low, high = span(told)
    half = _HALF if kind == "ratio" and low == high else 0.0
    values = [(float(one.value or 0), float(one.value or 0)) for one in operands]
    return _meet(result(kind, values), (low - half, high + half))


def _meet(one: Span, other: Span) -> bool:
    slack = _SLACK * max(1.0, abs(one[1]), abs(other[1]))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def chance(kind: Kind, operands: Sequence[Figure], told: Figure) -> float:
    """The share of figures of this form, from nothing to twice the result, that would fit as well."""
    low, high = result(kind, [span(one) for one in operands])
    first, last = span(told)
    step = last - first or 1.0  # whole numbers are one apart
    reach = _HUNDRED if told.unit == "percent" else max(2 * abs(high), abs(last), 1.0)
    if kind == "difference":
        reach = max(float(one.value or 0) for one in operands) or 1.0
    return min(1.0, (step + high - low) / reach)


def is_near(kind: Kind, operands: Sequence[Figure], told: Figure, times: float) -> bool:
    """Whether what is told is the result up to a factor."""
    low, high = result(kind, [span(one) for one in operands])
    value = float(told.value or 0)
    return value > 0 and high > 0 and low / times <= value <= high * times


def mended(kind: Kind, operands: Sequence[Figure], told: Figure) -> int:
    """How many of the misprints of one digit, or of two exchanged, make the figures fit, were they printed so."""
    return sum(_mended(kind, operands, told))


def slips(figures: Sequence[Figure]) -> int:
    """Misprints of one digit, or of two exchanged, that figures may have."""
    return sum(len(list(_others(one))) for one in figures)


def _mended(kind: Kind, operands: Sequence[Figure], told: Figure) -> Iterator[bool]:
    spans = [span(one) for one in operands]
    own = result(kind, spans)
    for other in _others(told):
        yield _meet(own, other)
    for place, one in enumerate(operands):
        for other in _others(one):
            if other[0] > 0:
                yield _meet(result(kind, [*spans[:place], other, *spans[place + 1 :]]), span(told))


def _others(one: Figure) -> Iterator[Span]:
    """What a figure would stand for with another digit, or with two neighbours exchanged."""
    match = _DIGITS.search(one.printed)
    text = re.sub(r"\D", "", match.group()) if match else ""
    if not text or not int(text):
        return
    unit = float(one.value or 0) / int(text)
    low, high = span(one)
    half = (high - low) / 2
    for place, digit in enumerate(text):
        swapped = text[:place] + text[place + 1 : place + 2] + digit + text[place + 2 :]
        digits = {text[:place] + new + text[place + 1 :] for new in "0123456789" if new != digit}
        for other in digits | ({swapped} - {text}):
            if not other.startswith("0") or text.startswith("0"):
                yield unit * int(other) - half, unit * int(other) + half
