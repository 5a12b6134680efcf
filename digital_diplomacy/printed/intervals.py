"""Exact arithmetic on intervals: what is certain about a sum, difference, product or ratio of rounded figures."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from digital_diplomacy.errors import ArgumentError

End: TypeAlias = Fraction | float
"""An end of an interval: a fraction, or ``math.inf`` or ``-math.inf``, the only floats allowed."""

Exact: TypeAlias = int | Fraction | Decimal


@dataclass(frozen=True)
class Interval:
    """All numbers from ``low`` to ``high``, both included; an infinite end stands for "no bound known".

    Ends are stored as fractions, so that no operation rounds. Every operation returns the narrowest interval that holds
    all results, on the presumption that both operands vary independently: ``x - x`` is not 0.

    Parameters
    ----------
    low, high : int, Fraction, Decimal, or an infinite float
        In this order.

    Raises
    ------
    ValueError
        If ``low`` is above ``high``, or an end is a finite float (its printed digits are already lost) or not a number.

    References
    ----------
    Moore R. E. (1966). Interval Analysis. Prentice-Hall.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> print(printed.Interval(1, 2) - printed.Interval(1, 2), printed.Interval(1, 2) / printed.Interval(4, 5))
    [-1, 1] [1/5, 1/2]
    >>> share, other = printed.Interval(10, 20), printed.Interval(20, 30)
    >>> share.overlaps(other), share.disjoint(other), share.contains(20), str(share.scaled(2))
    (True, False, True, '[20, 40]')
    >>> str(share.within(printed.Interval(15, 30))), share.within(printed.Interval(30, 40)) is share
    ('[15, 20]', True)
    """

    low: End
    high: End

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", _end(self.low))
        object.__setattr__(self, "high", _end(self.high))
        if self.low > self.high or _is_infinite(self.low, math.inf) or _is_infinite(self.high, -math.inf):
            raise ArgumentError("no interval runs from {low} to {high}", low=self.low, high=self.high)

    def __str__(self) -> str:
        return f"[{self.low}, {self.high}]"

    def __add__(self, other: "Interval | Exact") -> "Interval":
        right = _interval(other)
        return _made(_sum(self.low, right.low), _sum(self.high, right.high))

    __radd__ = __add__

    def __neg__(self) -> "Interval":
        return _made(-self.high, -self.low)

    def __sub__(self, other: "Interval | Exact") -> "Interval":
        return self + -_interval(other)

    def __rsub__(self, other: Exact) -> "Interval":
        return _interval(other) - self

    def __mul__(self, other: "Interval | Exact") -> "Interval":
        right = _interval(other)
        if not _is_negative(self.low) and not _is_negative(right.low):
            return _made(_product(self.low, right.low), _product(self.high, right.high))
        products = [_product(a, b) for a in (self.low, self.high) for b in (right.low, right.high)]
        return _made(min(products), max(products))

    __rmul__ = __mul__

    def __truediv__(self, other: "Interval | Exact") -> "Interval":
        right = _interval(other)
        if not _is_positive(right.low) and not _is_negative(right.high):
            raise ArgumentError("cannot divide {self} by {right}: the divisor contains zero", self=self, right=right)
        return self * _made(_reciprocal(right.high), _reciprocal(right.low))

    def __rtruediv__(self, other: Exact) -> "Interval":
        return _interval(other) / self

    def scaled(self, factor: Exact) -> "Interval":
        """The interval times an exact factor."""
        return self * factor

    def contains(self, value: Exact) -> bool:
        """Whether ``value`` lies in the interval, ends included."""
        exact = Fraction(value)
        return self.low <= exact <= self.high

    def within(self, other: "Interval") -> "Interval":
        """What lies in both; the interval itself where nothing does, or where it lies in the other."""
        if (other.low <= self.low and self.high <= other.high) or self.disjoint(other):
            return self
        return _made(max(self.low, other.low), min(self.high, other.high))

    def overlaps(self, other: "Interval") -> bool:
        """Whether one number can lie in both; a common end counts."""
        return self.low <= other.high and other.low <= self.high

    def disjoint(self, other: "Interval") -> bool:
        """Whether no number lies in both: only then do two rounded figures contradict each other."""
        return not self.overlaps(other)


def total(intervals: Iterable[Interval]) -> Interval:
    """The interval of a sum; of nothing it is [0, 0].

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> str(printed.total([printed.Interval(1, 2), printed.Interval(10, 20)]))
    '[11, 22]'
    """
    result = Interval(0, 0)
    for interval in intervals:
        result = result + interval
    return result


def _end(value: object) -> End:
    if type(value) is Fraction:  # nearly always, and cheaper to see than that it is a number at all
        return value
    if isinstance(value, float) and math.isinf(value):
        return value
    if isinstance(value, Decimal) and value.is_infinite():
        return math.copysign(math.inf, value)
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal) or value != value:
        raise ArgumentError(
            "an interval's end is an int, Fraction, Decimal or infinite float, not {value!r}", value=value
        )
    return Fraction(value)


def _made(low: End, high: End) -> Interval:
    """An interval of ends that exact arithmetic has made of ends, which need not be looked at again."""
    interval = object.__new__(Interval)
    object.__setattr__(interval, "low", low)
    object.__setattr__(interval, "high", high)
    return interval


def _interval(value: "Interval | Exact") -> Interval:
    return value if isinstance(value, Interval) else Interval(Fraction(value), Fraction(value))


def _is_infinite(end: End, which: float) -> bool:
    return type(end) is float and end == which


def _is_negative(end: End) -> bool:
    """Whether an end is below zero: a fraction's numerator says so far sooner than a comparison of fractions."""
    return end.numerator < 0 if type(end) is Fraction else end < 0


def _is_positive(end: End) -> bool:
    return end.numerator > 0 if type(end) is Fraction else end > 0


def _sum(a: End, b: End) -> End:
    """Ends of one side only meet infinities of one sign, so no infinity cancels another."""
    if type(a) is type(b) is Fraction:
        return a + b
    if isinstance(a, float) or isinstance(b, float):
        return a if isinstance(a, float) else b
    return a + b


def _product(a: End, b: End) -> End:
    """Zero times an unbounded end is zero: every number below that end, times zero, is."""
    if type(a) is type(b) is Fraction:
        return a * b
    if not a or not b:
        return Fraction(0)
    if isinstance(a, float) or isinstance(b, float):
        return math.inf if (a > 0) == (b > 0) else -math.inf
    return a * b


def _reciprocal(a: End) -> End:
    return Fraction(0) if isinstance(a, float) else Fraction(a.denominator, a.numerator)
