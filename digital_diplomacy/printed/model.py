"""What a reading of a printed figure, a printed date, or a document's habits consists of."""

import calendar
import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from babel import Locale

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.printed.intervals import Interval

Bound: TypeAlias = Literal["exact", "at_least", "at_most", "about"]
Precision: TypeAlias = Literal["day", "month", "season", "quarter", "half", "year", "decade", "century"]

LANGUAGES: Final = ("kk", "ru", "en")


class UnreadableError(DigitalDiplomacyError, ValueError):
    """A printed figure or date cannot be read, or can be read in more than one way."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r} cannot be read: {reason}")
        self.text = text
        self.reason = reason


@dataclass(frozen=True)
class Convention:
    """How a document prints figures; what is not known is ``None``.

    Parameters
    ----------
    lang : {"kk", "ru", "en"}, optional
        Number words and counted words of other languages are then refused.
    decimal : {".", ","}, optional
        The mark before decimals.
    grouping : {".", ",", " ", "'"}, optional
        The mark between groups of three digits; any blank or apostrophe stands for all of its kind. May equal
        ``decimal`` in a document that uses one mark for both.

    Raises
    ------
    ValueError
        If one of them is none of these.
    """

    lang: str | None = None
    decimal: str | None = None
    grouping: str | None = None

    def __post_init__(self) -> None:
        if self.lang is not None and self.lang not in LANGUAGES:
            raise ValueError(f"unknown language {self.lang!r}; allowed: {', '.join(LANGUAGES)}")
        if self.decimal is not None and self.decimal not in DECIMAL_MARKS:
            raise ValueError(f"unknown decimal mark {self.decimal!r}; allowed: . ,")
        if self.grouping is not None and self.grouping not in GROUPING_MARKS:
            raise ValueError(f"unknown grouping mark {self.grouping!r}; allowed: . , a blank, an apostrophe")

    @classmethod
    def of(cls, lang: str) -> "Convention":
        """The marks the Unicode CLDR gives for a language.

        Examples
        --------
        >>> Convention.of("en")
        Convention(lang='en', decimal='.', grouping=',')
        """
        if lang not in LANGUAGES:
            raise ValueError(f"unknown language {lang!r}; allowed: {', '.join(LANGUAGES)}")
        symbols = Locale(lang).number_symbols["latn"]
        return cls(lang, symbols["decimal"], symbols["group"])


BLANKS: Final = " \u00a0\u202f\u2009\u2007\u200a"  # blank, no-break, narrow no-break, thin, figure, hair space
APOSTROPHES: Final = "'\u2019\u02bc\u2018"
DECIMAL_MARKS: Final = (".", ",", "\u066b")
GROUPING_MARKS: Final = (".", ",", "\u066c", *BLANKS, *APOSTROPHES)


@dataclass(frozen=True)
class Printed:
    """A figure as printed, and what its digits leave open.

    Parameters
    ----------
    text : str
        The characters that were read.
    value : Decimal
        The figure; of a printed range the midpoint between its ends, which nobody printed.
    low, high : Decimal
        Rounding interval: half a unit of the last printed digit on either side; of a range the outer limits of both
        ends. Equal to ``value`` for ranks and for counts in words below a thousand, which are exact.
    low_truncated, high_truncated : Decimal
        The interval if digits were cut off instead: one unit of the last digit away from zero.
    last_digit : Decimal
        Place value of the last printed digit, in units of ``value`` (10000 for ``1,05 млн``); of a range the coarser
        one; half of a unit for figures told in halves (one and a half million).
    bound : {"exact", "at_least", "at_most", "about"}
        What the words around the figure claim; almost and nearly count as about.
    unit : str
        ``percent``, ``percentage_points``, ``rank``, a recognised counted word (``users``, ``years``, ``EUR``) or "".
    ends : tuple of Decimal, optional
        Both ends of a printed range.
    """

    text: str
    value: Decimal
    low: Decimal
    high: Decimal
    low_truncated: Decimal
    high_truncated: Decimal
    last_digit: Decimal
    bound: Bound = "exact"
    unit: str = ""
    ends: tuple[Decimal, Decimal] | None = None

    def interval(self, *, truncated: bool = False) -> Interval:
        """All values the printed figure is compatible with, taking its bound into account.

        A lower bound has no upper end and starts where its own rounding interval starts; an upper bound the reverse.
        About changes nothing here: how far an author's "about" reaches is not printed, so whoever compares must look
        at ``bound``. Ends count as inside, though rounding or cutting off may exclude one of them.
        """
        low, high = (self.low_truncated, self.high_truncated) if truncated else (self.low, self.high)
        return Interval(
            -math.inf if self.bound == "at_most" else Fraction(low),
            math.inf if self.bound == "at_least" else Fraction(high),
        )


@dataclass(frozen=True)
class PrintedDate:
    """A printed date or period: its first and last day.

    Parameters
    ----------
    start, end : date
        Both included.
    precision : str
        The finest unit printed: day, month, season, quarter, half, year, decade or century.
    bound : {"exact", "at_least", "at_most", "about"}
        "at_least" for since, "at_most" for by and until, "about" for around.
    """

    start: dt.date
    end: dt.date
    precision: Precision
    bound: Bound = "exact"

    @property
    def period(self) -> str:
        """ISO 8601: ``2017-01-31``, ``2021-01``, ``2016``, or first and last with a slash between them.

        Examples
        --------
        >>> PrintedDate(dt.date(2018, 1, 1), dt.date(2018, 3, 31), "quarter").period
        '2018-01/2018-03'
        """
        length = {"day": 10, "month": 7, "season": 7, "quarter": 7, "half": 7}.get(self.precision, 4)
        first, last = self.start.isoformat()[:length], self.end.isoformat()[:length]
        return first if first == last else f"{first}/{last}"


def month_end(year: int, month: int) -> dt.date:
    """Last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])
