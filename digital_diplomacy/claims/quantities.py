"""Printed figures as exact intervals, one for each reading of their last digits, with the text they were printed in."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final, Literal, get_args

import pandas as pd

from digital_diplomacy.printed import Interval
from digital_diplomacy.printed.model import Reading

READINGS: Final[tuple[Reading, ...]] = get_args(Reading)
SIGNIFICANT: Final = 7  # digits shown of a number that has no finite decimal form

_MOST_DIGITS: Final = 3
"""Significant digits of the finest number that "about" is taken to tell from the next."""
_SIX: Final = 6
_BY_SIXES: Final = ("months", "hours", "minutes", "seconds")
"""Units of which a dozen, or ten of six, make the next larger one."""

ONE_UNIT: Final = {"users": "persons", "respondents": "persons", "percentage_points": "percent", "places": "rank"}
"""Units that count the same things under two names."""


@dataclass(frozen=True)
class Quantity:
    """A figure, or what arithmetic makes of several.

    Parameters
    ----------
    text : str
        As printed, or the printed figures with the signs of the arithmetic between them.
    value : Fraction, optional
        What is printed, or follows from it; missing for a printed range.
    intervals : mapping of reading to Interval
        All values it can stand for if its last digit was rounded, if it was rounded to the digit before its closing
        zeros, or if further digits were cut off.
    is_about : bool
        Whether a figure in it is printed as approximate, so that its interval is wider than its digits say.
    form : {"figure", "date", "result"}
        One printed figure, one printed date, or what arithmetic made.
    sign, parts : str, tuple of Quantity
        Of a result: the arithmetic and the two quantities it joined, so that it can be solved for either.
    claim_id : str
        Of a printed figure: the claim; of constants and results empty.
    reach : Interval, optional
        Of a figure printed as approximate: how far it can reach at most (see ``reach_of``).
    """

    text: str
    value: Fraction | None
    intervals: Mapping[Reading, Interval]
    is_about: bool = False
    form: Literal["figure", "date", "result"] = "figure"
    sign: str = ""
    parts: "tuple[Quantity, ...]" = field(default=(), compare=False)
    claim_id: str = ""
    reach: Interval | None = None

    @property
    def rounded(self) -> Interval:
        """The values it can stand for if every printed digit counts."""
        return self.intervals["rounded"]

    @property
    def leaves(self) -> Iterator["Quantity"]:
        """The printed figures and constants that arithmetic made it of, from left to right; of a figure, itself."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves

    @property
    def has_open_zeros(self) -> bool:
        """Whether it is wider if closing zeros only fill up its places."""
        return self.intervals["filled"] != self.rounded

    def __str__(self) -> str:
        """As printed, with what the characters alone do not tell: the number, where words or arithmetic hide it, and
        the interval, where it has a width; behind a bar that of the other reading of closing zeros."""
        if self.form == "date":
            return self.text
        is_hidden = self.form == "result" or not re.search(r"\d", self.text)
        number = [plain(self.value)] if is_hidden and self.value is not None else []
        readings = ["rounded", "filled"] if self.has_open_zeros else ["rounded"]
        spans = [_span(self.intervals[reading]) for reading in READINGS if reading in readings]
        has_width = self.has_open_zeros or self.rounded.low != self.rounded.high or self.value is None
        interval = [f"[{' | '.join(spans)}]"] if has_width else []
        signs = ["="] if number or self.form == "result" else []
        return " ".join([self.text, *signs, *number, *interval])


def as_rounded(told: Quantity) -> Quantity:
    """A whole number that is no count of things but the mean or multiple of some, and so rounded to one.

    Examples
    --------
    >>> from fractions import Fraction
    >>> exact = Interval(Fraction(54), Fraction(54))
    >>> str(as_rounded(Quantity("54", Fraction(54), dict.fromkeys(READINGS, exact))))
    '54 [53.5; 54.5]'
    """
    is_whole = told.value is not None and told.value.denominator == 1
    if not is_whole or any(one.low != one.high for one in told.intervals.values()):
        return told
    half = Fraction(1, 2)
    wider = {reading: Interval(one.low - half, one.high + half) for reading, one in told.intervals.items()}
    return replace(told, intervals=wider)


@dataclass(frozen=True)
class Claim:
    """One parsed row of the claims: who says it, when, and the quantity and days it stands for."""

    claim_id: str
    document: str
    unit: str
    as_printed: str
    period: str
    quantity: Quantity | None
    first_day: dt.date | None
    last_day: dt.date | None
    bound: str


def constant(number: float | int | Fraction) -> Quantity:
    """A number that is known exactly, such as 100 percent or the entries counted in a list."""
    exact = Fraction(str(number))
    return Quantity(plain(exact), exact, alike(Interval(exact, exact)))


def alike(interval: Interval) -> dict[Reading, Interval]:
    """One interval for every reading of the digits."""
    return dict.fromkeys(READINGS, interval)


def _span(interval: Interval) -> str:
    return f"{plain(interval.low)}; {plain(interval.high)}"


def combine(sign: str, parts: Sequence[Quantity]) -> Quantity:
    """Add, subtract, multiply or divide quantities from left to right; the ends are exact.

    Raises
    ------
    ValueError
        If an interval that contains zero would divide.
    """
    operation = _OPERATIONS[sign]
    result = parts[0]
    for part in parts[1:]:
        # The intervals come first: they refuse a divisor that may be zero, before any value is divided.
        intervals = _by_reading(operation, result.intervals, part.intervals)
        result = Quantity(
            text=f"{_inner(result, sign)} {sign} {_inner(part, sign, is_right=True)}",
            value=None if result.value is None or part.value is None else operation(result.value, part.value),
            intervals=intervals,
            is_about=result.is_about or part.is_about,
            form="result",
            sign=sign,
            parts=(result, part),
        )
    return result


def _by_reading(
    operation: Callable[[Any, Any], Any], left: Mapping[Reading, Interval], right: Mapping[Reading, Interval]
) -> dict[Reading, Interval]:
    """The operation on the intervals of each reading; those of readings that share them are worked out once."""
    made: dict[tuple[int, int], Interval] = {}
    for reading in READINGS:
        key = id(left[reading]), id(right[reading])
        if key not in made:
            made[key] = operation(left[reading], right[reading])
    return {reading: made[id(left[reading]), id(right[reading])] for reading in READINGS}


def narrowed(quantity: Quantity, intervals: Mapping[Reading, Interval]) -> Quantity:
    """The quantity within the intervals, reading by reading; where the two have nothing in common it stays as it is."""
    closer = _by_reading(Interval.within, quantity.intervals, intervals)
    is_same = all(closer[reading] is own for reading, own in quantity.intervals.items())
    return quantity if is_same else replace(quantity, intervals=closer)


def reach_of(
    interval: Interval, value: Fraction | None = None, *, unit: str = "", is_range: bool = False
) -> Interval | None:
    """How far a figure told as "about" can reach at most: to the next figures as round as it is.

    Whoever tells a figure roughly names the nearest one of the roundness that is meant (the maxim of quantity, Grice
    1975), so that the true one lies before the next of them. Figures closing in five are as round as multiples of five
    (Jansen and Pollmann 2001); months, hours, minutes and seconds are counted by sixes as well (12 months, 24 hours).
    A figure of more than three digits reaches to the next of three, for "about" before one that is not round makes it
    rough (Williams and Power 2013). Of a range, the next ranges as wide as it are the limit. How roughly a figure is
    meant whose interval has no width, because only the sentence tells it or it counts things, nobody knows.

    Parameters
    ----------
    interval : Interval
        All values the figure stands for by its digits, closing zeros filling up its places.
    value : Fraction, optional
        The figure; the middle of the interval if it is not given.
    unit : str
        What it counts.
    is_range : bool
        Whether two numbers are printed.

    References
    ----------
    Grice H. P. (1975). Logic and conversation. In: Cole P., Morgan J. (eds.), Syntax and Semantics 3: Speech Acts.
    Academic Press, 41-58.
    Jansen C. J. M., Pollmann M. M. W. (2001). On round numbers: pragmatic aspects of numerical expressions. Journal of
    Quantitative Linguistics 8(3), 187-201.
    Williams S., Power R. (2013). Hedging and rounding in numerical expressions. Pragmatics & Cognition 21(1), 193-223.

    Examples
    --------
    >>> about_30, about_150 = Interval(25, 35), Interval(145, 155)
    >>> print(reach_of(about_30), reach_of(about_150))
    [20, 40] [100, 200]
    """
    low, high = interval.low, interval.high
    if isinstance(low, float) or isinstance(high, float) or low == high:
        return None
    step = Fraction(high) - Fraction(low)
    if is_range:
        return Interval(low - step, high + step)
    middle = (Fraction(low) + Fraction(high)) / 2 if value is None else value
    if (middle / step) % 10 == 5:
        step *= 5
    if middle:
        step = max(step, Fraction(10) ** (math.floor(math.log10(abs(middle))) + 1 - _MOST_DIGITS))
    if unit in _BY_SIXES and middle % _SIX == 0:
        step = max(step, Fraction(_SIX))
    return Interval(middle - step, middle + step)


def loosened(quantity: Quantity) -> Quantity:
    """The quantity with every figure told as approximate as wide as it can reach, and dates told so without ends."""
    if not quantity.is_about:
        return quantity
    if quantity.parts:
        return combine(quantity.sign, [loosened(part) for part in quantity.parts])
    widest = Interval(-math.inf, math.inf) if quantity.reach is None else quantity.reach
    return replace(quantity, intervals=alike(widest))


_OPERATIONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


def _inner(part: Quantity, sign: str, *, is_right: bool = False) -> str:
    """Brackets round a sum that is multiplied, divided or taken away, and round a product that divides."""
    is_sum = part.sign in ("+", "−") and (sign in ("×", "/") or (sign == "−" and is_right))
    is_divisor = part.sign in ("×", "/") and sign == "/" and is_right
    return f"({part.text})" if is_sum or is_divisor else part.text


def plain(number: Fraction | float) -> str:
    """A number in decimal digits: all of them where they end, otherwise seven significant ones.

    Examples
    --------
    >>> plain(Fraction(10284, 100)), plain(Fraction(1, 3)), plain(Fraction(741000)), plain(math.inf)
    ('102.84', '0.3333333', '741000', '∞')
    """
    if isinstance(number, float):
        return "∞" if number > 0 else "−∞"
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        text = f"{number.numerator / number.denominator:.12f}" if number.denominator > 1 else str(number.numerator)
        return text.rstrip("0").rstrip(".") if "." in text else text
    places = max(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(number))))
    return f"{float(number):.{places}f}"


def span(period: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of an ISO 8601 period; nothing if it is empty.

    Examples
    --------
    >>> span("2020-02"), span("")
    ((datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)), None)
    """
    if not period:
        return None
    first, last = period.split("/")[0], period.split("/")[-1]
    end = pd.Period(last, freq={4: "Y", 7: "M", 10: "D"}[len(last)]).end_time
    return pd.Timestamp(first).date(), end.date()


def years(first: dt.date, last: dt.date, *, text: str, bound: str = "exact") -> Quantity:
    """Days as an interval of decimal years, from the start of the first to the start of the last.

    So one year and the next have no point in common.

    Examples
    --------
    >>> plain(years(dt.date(2020, 1, 1), dt.date(2020, 12, 31), text="2020").rounded.high)
    '2020.997'
    """
    low: Fraction | float = -math.inf if bound == "at_most" else _decimal_year(first)
    high: Fraction | float = math.inf if bound == "at_least" else _decimal_year(last)
    return Quantity(text, None, alike(Interval(low, high)), bound == "about", "date")


def _decimal_year(day: dt.date) -> Fraction:
    length = (dt.date(day.year + 1, 1, 1) - dt.date(day.year, 1, 1)).days
    return day.year + Fraction((day - dt.date(day.year, 1, 1)).days, length)


def claim_of(row: "Mapping[Any, Any] | pd.Series[Any]") -> Claim:
    """A row of the parsed claims, with floats turned back into the decimals they were printed as."""
    numeric = not pd.isna(row["low"])
    return Claim(
        claim_id=row["claim_id"],
        document=row["document"],
        unit=ONE_UNIT.get(row["unit"], row["unit"]),
        as_printed=row["as_printed"],
        period="" if pd.isna(row["period"]) else row["period"],
        quantity=_quantity(row) if numeric else None,
        first_day=None if pd.isna(row["first_day"]) else row["first_day"].date(),
        last_day=None if pd.isna(row["last_day"]) else row["last_day"].date(),
        bound=row["bound"],
    )


def _quantity(row: "Mapping[Any, Any] | pd.Series[Any]") -> Quantity:
    value = None if pd.isna(row["value"]) else Fraction(repr(float(row["value"])))
    bounds = [_bounded(row, _ENDS[reading], value) for reading in READINGS]
    shared = {bound: bound for bound in bounds}  # readings that agree share one interval
    intervals = {reading: shared[bound] for reading, bound in zip(READINGS, bounds, strict=True)}
    is_about = row["bound"] == "about"
    reach = None
    if is_about:
        is_range = value is None
        reach = reach_of(intervals["rounded" if is_range else "filled"], value, unit=row["unit"], is_range=is_range)
    return Quantity(row["as_printed"], value, intervals, is_about, claim_id=row["claim_id"], reach=reach)


_ENDS: Final[dict[Reading, str]] = {"rounded": "", "filled": "_filled", "truncated": "_truncated"}


def _bounded(row: "Mapping[Any, Any] | pd.Series[Any]", how: str, value: Fraction | None) -> Interval:
    """The interval of one reading; a bound is taken at its word, and a share of those asked lies from 0 to 100."""
    least, most = (0, 100) if row["kind"] == "survey_share" else (-math.inf, math.inf)
    if value is not None and row["bound"] in ("at_most", "at_least"):
        return Interval(least, value) if row["bound"] == "at_most" else Interval(value, most)
    low, high = (Fraction(repr(float(row[f"{end}{how}"]))) for end in ("low", "high"))
    return Interval(low, high)
