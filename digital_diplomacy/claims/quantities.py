"""Printed figures as exact intervals, once as rounded and once as cut off, with the text they were printed in."""

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

import pandas as pd

from digital_diplomacy.printed import Interval

SIGNIFICANT: Final = 7  # digits shown of a number that has no finite decimal form

ONE_UNIT: Final = {"users": "persons"}
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
    rounded, truncated : Interval
        All values it can stand for if its last digit was rounded, or if further digits were cut off.
    is_about : bool
        Whether a figure in it is printed as approximate, so that its interval is wider than its digits say.
    form : {"figure", "date", "result"}
        One printed figure, one printed date, or what arithmetic made.
    """

    text: str
    value: Fraction | None
    rounded: Interval
    truncated: Interval
    is_about: bool = False
    form: Literal["figure", "date", "result"] = "figure"

    def __str__(self) -> str:
        """As printed, with what the characters alone do not tell: the number, where words or arithmetic hide it, and
        the interval, where it has a width."""
        if self.form == "date":
            return self.text
        is_hidden = self.form == "result" or not re.search(r"\d", self.text)
        number = [plain(self.value)] if is_hidden and self.value is not None else []
        ends = [plain(end) for end in (self.rounded.low, self.rounded.high)]
        interval = [] if ends[0] == ends[1] and self.value is not None else [f"[{'; '.join(ends)}]"]
        signs = ["="] if number or self.form == "result" else []
        return " ".join([self.text, *signs, *number, *interval])


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
    return Quantity(plain(exact), exact, Interval(exact, exact), Interval(exact, exact))


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
        rounded = operation(
            result.rounded, part.rounded
        )  # refuses a divisor that may be zero, before any value is divided
        result = Quantity(
            text=f"{_inner(result.text, sign)} {sign} {_inner(part.text, sign)}",
            value=None if result.value is None or part.value is None else operation(result.value, part.value),
            rounded=rounded,
            truncated=operation(result.truncated, part.truncated),
            is_about=result.is_about or part.is_about,
            form="result",
        )
    return result


_OPERATIONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


def _inner(text: str, sign: str) -> str:
    """Brackets round a sum or difference that is itself multiplied, divided or taken away."""
    return f"({text})" if sign != "+" and (" + " in text or " − " in text) and not text.startswith("(") else text


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
    return Quantity(text, None, Interval(low, high), Interval(low, high), bound == "about", "date")


def _decimal_year(day: dt.date) -> Fraction:
    length = (dt.date(day.year + 1, 1, 1) - dt.date(day.year, 1, 1)).days
    return day.year + Fraction((day - dt.date(day.year, 1, 1)).days, length)


def claim_of(row: "pd.Series[Any]") -> Claim:
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


def _quantity(row: "pd.Series[Any]") -> Quantity:
    ends = {name: Fraction(repr(float(row[name]))) for name in ("low", "high", "low_truncated", "high_truncated")}
    low_open, high_open = row["bound"] == "at_most", row["bound"] == "at_least"
    rounded, truncated = (
        Interval(-math.inf if low_open else ends[f"low{how}"], math.inf if high_open else ends[f"high{how}"])
        for how in ("", "_truncated")
    )
    value = None if pd.isna(row["value"]) else Fraction(repr(float(row["value"])))
    return Quantity(row["as_printed"], value, rounded, truncated, row["bound"] == "about")
