"""What a reading of a printed figure, a printed date, or a document's habits consists of."""

import calendar
import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from babel import Locale

from digital_diplomacy.errors import ArgumentError, DigitalDiplomacyError, Said
from digital_diplomacy.printed.intervals import Interval

Bound: TypeAlias = Literal["exact", "at_least", "at_most", "about"]
Reading: TypeAlias = Literal["rounded", "filled", "truncated"]
"""How the last digits came about: rounded, all of them; rounded to the last digit before the closing zeros; cut off."""
Precision: TypeAlias = Literal[
    "day", "week", "month", "season", "quarter", "trimester", "half", "year", "decade", "century"
]

LANGUAGES: Final = ("kk", "ru", "en")


class UnreadableError(DigitalDiplomacyError, ValueError):
    """A printed figure or date cannot be read, or can be read in more than one way.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> error = printed.UnreadableError("18,200", "it can mean two numbers")
    >>> error.text, str(error.reason)
    ('18,200', 'it can mean two numbers')
    >>> print(error)
    '18,200' cannot be read: it can mean two numbers
    """

    def __init__(self, text: str, reason: str | Said) -> None:
        super().__init__("{text!r} cannot be read: {reason}", text=text, reason=reason)
        self.text = text
        self.reason = reason if isinstance(reason, Said) else Said(reason)


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
    zeros : {"digits", "filler"}, optional
        Whether zeros that close a whole number (``18,200``) are digits like any other, or only fill up the places
        behind the last digit that was kept. Not known, both readings are given.

    Raises
    ------
    ValueError
        If one of them is none of these.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> russian = printed.Convention("ru", decimal=",", grouping=" ")
    >>> [str(printed.read(text, convention=russian).value) for text in ("10,5 %", "18 200")]
    ['10.5', '18200']
    >>> printed.Convention(decimal=";")
    Traceback (most recent call last):
    digital_diplomacy.errors.ArgumentError: unknown decimal mark ';'; allowed: . ,
    """

    lang: str | None = None
    decimal: str | None = None
    grouping: str | None = None
    zeros: str | None = None

    def __post_init__(self) -> None:
        if self.lang is not None and self.lang not in LANGUAGES:
            raise ArgumentError(
                "unknown language {lang!r}; allowed: {languages}", lang=self.lang, languages=", ".join(LANGUAGES)
            )
        if self.decimal is not None and self.decimal not in DECIMAL_MARKS:
            raise ArgumentError("unknown decimal mark {decimal!r}; allowed: . ,", decimal=self.decimal)
        if self.grouping is not None and self.grouping not in GROUPING_MARKS:
            raise ArgumentError(
                "unknown grouping mark {grouping!r}; allowed: . , a blank, an apostrophe", grouping=self.grouping
            )
        if self.zeros is not None and self.zeros not in ZEROS:
            raise ArgumentError(
                "unknown reading of closing zeros {zeros!r}; allowed: {zeros_2}",
                zeros=self.zeros,
                zeros_2=", ".join(ZEROS),
            )

    @classmethod
    def of(cls, lang: str) -> "Convention":
        """The marks the Unicode CLDR gives for a language.

        Examples
        --------
        >>> from digital_diplomacy import printed
        >>> printed.Convention.of("en")
        Convention(lang='en', decimal='.', grouping=',', zeros=None)
        """
        if lang not in LANGUAGES:
            raise ArgumentError(
                "unknown language {lang!r}; allowed: {languages}", lang=lang, languages=", ".join(LANGUAGES)
            )
        symbols = Locale(lang).number_symbols["latn"]
        return cls(lang, symbols["decimal"], symbols["group"])


ZEROS: Final = ("digits", "filler")
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
        ends. Equal to ``value`` for ranks and for whole numbers below a thousand that stand in words or before a
        counted word, which are exact.
    low_filled, high_filled : Decimal
        Rounding interval if the zeros that close a whole number are no digits: half a unit of the last digit before
        them. Equal to low and high where no zero closes it, and in percentages, which are told to the percent.
    low_truncated, high_truncated : Decimal
        The interval if digits were cut off instead: one unit of the last digit, closing zeros not counted, away from
        zero.
    last_digit : Decimal
        Place value of the last printed digit, in units of ``value`` (10000 for ``1,05 млн``); of a range the coarser
        one; half of a unit for figures told in halves (one and a half million).
    bound : {"exact", "at_least", "at_most", "about"}
        What the words around the figure claim; almost and nearly say that it was not reached, so they are at_most.
    unit : str
        ``percent``, ``percentage_points``, ``rank``, a recognised counted word (``users``, ``years``, ``EUR``) or "".
    ends : tuple of Decimal, optional
        Both ends of a printed range.
    aside : str
        What stands behind the figure and was set aside: marks of footnotes (``*``, ``¹``), references (``[3]``), or a
        second figure in parentheses, a change or a share (``(+5 %)``).

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> russian = printed.Convention("ru", decimal=",", grouping=" ")
    >>> figure = printed.read("1,05 млн", convention=russian)
    >>> str(figure.value), str(figure.low), str(figure.high), str(figure.last_digit)
    ('1050000', '1045000', '1055000', '10000')
    >>> print(figure.interval(), printed.read("более 80 %", convention=russian).interval())
    [1045000, 1055000] [80, inf]
    """

    text: str
    value: Decimal
    low: Decimal
    high: Decimal
    low_filled: Decimal
    high_filled: Decimal
    low_truncated: Decimal
    high_truncated: Decimal
    last_digit: Decimal
    bound: Bound = "exact"
    unit: str = ""
    ends: tuple[Decimal, Decimal] | None = None
    aside: str = ""

    def interval(self, *, reading: Reading = "rounded") -> Interval:
        """All values the printed figure is compatible with in one reading of its digits, its bound taken at its word.

        "More than 14 million" starts at 14 million and has no upper end; "almost 42" ends at 42 and has no lower one:
        who states a bound chooses it, and does not round. About changes nothing here: how far an author's "about"
        reaches is not printed, so whoever compares must look at ``bound``. Ends count as inside, though rounding or
        cutting off may exclude one of them.
        """
        ends = {
            "rounded": (self.low, self.high),
            "filled": (self.low_filled, self.high_filled),
            "truncated": (self.low_truncated, self.high_truncated),
        }
        low, high = ends[reading]
        if self.bound == "at_most":
            return Interval(-math.inf, Fraction(self.value))
        return (
            Interval(Fraction(self.value), math.inf)
            if self.bound == "at_least"
            else Interval(Fraction(low), Fraction(high))
        )


@dataclass(frozen=True)
class PrintedDate:
    """A printed date or period: its first and last day.

    Parameters
    ----------
    start, end : date
        Both included.
    precision : str
        The finest unit printed: day, week, month, season, quarter, trimester (a third of a year), half, year, decade
        or century.
    bound : {"exact", "at_least", "at_most", "about"}
        "at_least" for since, "at_most" for by and until, "about" for around.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> date = printed.read_date("31 января 2017 года", "ru")
    >>> date.period, date.precision
    ('2017-01-31', 'day')
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
        >>> import datetime as dt
        >>> from digital_diplomacy import printed
        >>> printed.PrintedDate(dt.date(2018, 1, 1), dt.date(2018, 3, 31), "quarter").period
        '2018-01/2018-03'
        """
        length = {"day": 10, "week": 10, "year": 4, "decade": 4, "century": 4}.get(self.precision, 7)
        first, last = self.start.isoformat()[:length], self.end.isoformat()[:length]
        return first if first == last else f"{first}/{last}"


def month_end(year: int, month: int) -> dt.date:
    """Last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])
