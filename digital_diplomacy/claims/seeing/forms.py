"""All figures that could be printed in the form of one: as many digits, the same marks and words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isinf
from typing import Any

from digital_diplomacy.claims.quantities import READINGS, Claim, Quantity, claim_of, reach_of
from digital_diplomacy.claims.reading import reread
from digital_diplomacy.printed import Interval
from digital_diplomacy.printed.intervals import End
from digital_diplomacy.printed.model import Reading
from digital_diplomacy.printed.numerals import NUMERAL, plain_digits


@dataclass(frozen=True)
class Line:
    """An end of an interval as a function of the digits: slope times them plus what is added."""

    slope: Fraction
    start: End

    def at(self, digits: int) -> End:
        """The end of the interval of a figure with these digits."""
        return self.start if isinstance(self.start, float) else self.slope * digits + self.start


@dataclass(frozen=True)
class Class:
    """Figures of one form whose digits close with equally many zeros, so that their intervals are equally wide.

    Parameters
    ----------
    first, last, step : int
        The digits as whole numbers; every multiple of ``step`` from first to last that is none of ten times ``step``.
    lows, highs : mapping of reading to Line
        The interval of each.
    """

    first: int
    last: int
    step: int
    lows: Mapping[Reading, Line]
    highs: Mapping[Reading, Line]

    def count(self, first: int, last: int) -> int:
        """How many members lie from ``first`` to ``last``."""
        low, high = max(first, self.first), min(last, self.last)
        if low > high:
            return 0
        multiples, tens = (high // step - (low - 1) // step for step in (self.step, 10 * self.step))
        return multiples - tens

    def members(self) -> Iterator[int]:
        """The digits of every figure of this class, rising."""
        begin = -(-self.first // self.step) * self.step
        return (m for m in range(begin, self.last + 1, self.step) if m % (10 * self.step))

    def intervals(self, digits: int) -> dict[Reading, Interval]:
        """The interval of the figure with these digits, in each reading."""
        return {how: Interval(self.lows[how].at(digits), self.highs[how].at(digits)) for how in READINGS}


def forms(row: Mapping[Any, Any]) -> list[Class]:
    """Every figure in the form of a printed one, by the number of zeros it closes with.

    Parameters
    ----------
    row : mapping
        A row of what ``parse`` returns.

    Returns
    -------
    list of Class
        Empty for dates, ranges, figures in words, and figures only their sentence tells. Figures whose interval would
        be none, as of a share of those asked of more than 100 percent, are no members.

    Examples
    --------
    >>> habit = {"lang": "en", "decimal_mark": ".", "grouping_mark": ",", "closing_zeros": "unknown"}
    >>> row = habit | {"unit": "users", "kind": "observation", "bound": "exact", "reading": "number"}
    >>> row |= {"claim_id": "a", "document": "d", "period": "", "first_day": None, "last_day": None, "value": 18200.0}
    >>> found = forms(row | {"as_printed": "18,200"})
    >>> [(one.step, one.count(one.first, one.last)) for one in found]
    [(1, 81000), (10, 8100), (100, 810), (1000, 81), (10000, 9)]
    >>> str(found[2].intervals(18_200)["filled"])
    '[18150, 18250]'
    """
    numerals = list(NUMERAL.finditer(plain_digits(str(row["as_printed"]))))
    is_number = row["reading"] == "number" and row["unit"] != "date" and row["value"] == row["value"]
    if not is_number or len(numerals) != 1:
        return []
    begin, end = numerals[0].span()
    text = str(row["as_printed"])
    digits = "".join(str(int(char)) for char in text[begin:end] if char.isdecimal())
    if int(digits) == 0:
        return []
    least = 1 if digits[0] == "0" else 10 ** (len(digits) - 1)
    most = 10 ** (len(digits) - (digits[0] == "0")) - 1
    made = (_class(row, text, (begin, end), int(digits), least, most, 10**zeros) for zeros in range(len(digits)))
    return [one for one in made if one is not None]


def _class(
    row: Mapping[Any, Any], text: str, place: tuple[int, int], own: int, least: int, most: int, step: int
) -> Class | None:
    unit = Fraction(repr(float(row["value"]))) / own
    if row["kind"] == "survey_share" and row["bound"] == "at_least":
        most = min(most, int(100 / unit))
    inside = [m for m in (-(-least // step) * step, -(-least // step) * step + step) if m <= most and m % (10 * step)]
    if not inside:
        return None
    sample = inside[0]
    found = reread(row, _printed(text, place, sample))
    if found is None:  # "11st" is no place; places are exact, whatever their digits
        found, sample = dict(row), own
    quantity = claim_of(found).quantity
    if quantity is None:
        return None
    lows, highs = (
        {how: _line(getattr(quantity.intervals[how], end), sample, unit, _moves(row, end)) for how in READINGS}
        for end in ("low", "high")
    )
    return Class(least, most, step, lows, highs)


def _printed(text: str, place: tuple[int, int], digits: int) -> str:
    """The text with other digits, its marks where they were."""
    begin, end = place
    left = iter(str(digits).zfill(sum(char.isdecimal() for char in text[begin:end])))
    return text[:begin] + "".join(next(left) if c.isdecimal() else c for c in text[begin:end]) + text[end:]


def _moves(row: Mapping[Any, Any], end: str) -> bool:
    """Whether an end follows the digits; of a limit only one does."""
    return str(row["bound"]) != {"low": "at_most", "high": "at_least"}[end]


def _line(end: End, sample: int, unit: Fraction, moves: bool) -> Line:
    if isinstance(end, float) or not moves:
        return Line(Fraction(0), end)
    return Line(unit, end - unit * sample)


def standing(claim: Claim, intervals: Mapping[Reading, Interval]) -> Claim:
    """A claim with another figure's intervals."""
    own = claim.quantity
    is_about = own is not None and own.is_about
    reach = reach_of(intervals["filled"], unit=claim.unit) if is_about else None
    made = Quantity(claim.as_printed, None, intervals, is_about, claim_id=claim.claim_id, reach=reach)
    return replace(claim, quantity=made)


def within(line: Line, bound: End, *, is_low: bool) -> tuple[End, End]:
    """The digits for which a low end does not lie above a bound, or a high end not below it."""
    everything: tuple[End, End] = (-float("inf"), float("inf"))
    if isinstance(line.start, float) or isinstance(bound, float) or line.slope == 0:
        at = line.start
        is_met = at <= bound if is_low else at >= bound
        return everything if is_met else (float("inf"), -float("inf"))
    limit = (bound - line.start) / line.slope
    is_upper = is_low == (line.slope > 0)
    return (everything[0], limit) if is_upper else (limit, everything[1])


def whole(low: End, high: End, one: Class) -> tuple[int, int]:
    """The same as whole numbers among those of a class."""
    first = one.first if isinf(low) and low < 0 else one.last + 1 if isinf(low) else -(-low // 1)
    last = one.last if isinf(high) and high > 0 else one.first - 1 if isinf(high) else high // 1
    return int(first), int(last)
