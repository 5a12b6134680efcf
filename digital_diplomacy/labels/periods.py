"""Ranges of days and months as a language writes them."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel.core import Locale

_THIN: Final = "\N{THIN SPACE}"  # figures' letters have none
_IN_NUMBERS: Final = re.compile(rf"(?<=\d){_THIN}?–{_THIN}?(?=\d)")


def interval(first: dt.date, last: dt.date, locale: "Locale", *, days: bool) -> str:
    """From a day or month to a later one; what both share, a year or a month, is said once.

    Examples
    --------
    >>> from digital_diplomacy.labels.columns import locale
    >>> days = dt.date(2023, 9, 1), dt.date(2023, 9, 15)
    >>> [interval(*days, locale(lang), days=True).replace(chr(0x202F), " ") for lang in ("kk", "ru", "en")]
    ['2023 ж. 1–15 қыр.', '1–15 сент. 2023 г.', 'Sep 1–15, 2023']
    """
    from babel.dates import format_interval

    said = str(format_interval(first, last, skeleton="yMMMd" if days else "yMMM", locale=locale))
    said = said.replace("—", "–")  # babel 2.19 joins Russian dates by the longer dash, 2.18 by this one
    return _IN_NUMBERS.sub("–", said).replace(_THIN, " ")
