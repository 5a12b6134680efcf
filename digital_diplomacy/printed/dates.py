"""Reading dates and periods as people print them, from a day to a century."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final, cast

from babel import Locale

from digital_diplomacy.printed.lexicon import look_up
from digital_diplomacy.printed.model import LANGUAGES, Bound, Precision, PrintedDate, UnreadableError, month_end
from digital_diplomacy.printed.numerals import plain_digits

_YEARS: Final = range(1000, 2200)

# Forms the Unicode CLDR does not list.
_MORE_MONTHS: Final = (
    "", "янв jan", "фев feb", "мар mar", "апр apr", "", "июн jun", "июл jul", "авг aug", "сен сент sep sept", "окт oct",
    "ноя нояб nov", "дек dec",
)  # fmt: skip
_KK_ENDINGS: Final = (
    r"(?:ы|і|сы|сі|(?:ын|ін|сын|сін)(?:да|де)?|(?:ын|ін|сын|сін)(?:ан|ен)|да|де|та|те|дан|ден|тан|тен|нан|нен|"
    r"ға|ге|қа|ке|(?:ы|і|сы|сі)?(?:ның|нің|дың|дің|тың|тің))?"
)
_SEASONS: Final = {
    3: r"весн(?:а|ы|е|у|ой)|spring|көктем" + _KK_ENDINGS,
    6: r"лет(?:о|а|у|ом|е)|summer|жаз" + _KK_ENDINGS,
    9: r"осен(?:ь|и|ью)|autumn|fall|күз" + _KK_ENDINGS,
}
_WINTER: Final = re.compile(r"зим|winter|қыс")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_CYRILLIC_ROMAN: Final = str.maketrans({"і": "i", "х": "x"})

_Y: Final = r"(?P<year>\d{4})"
_Y2: Final = r"(?P<year2>\d{4})"
_D: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORD: Final = (
    r"(?: ?(?:гг?\.?|жж?\.?|год(?:а|у|ом|е|ы|ов|ах|ам)?|years?|"
    r"жыл(?:ы|ғы|дың|да|дар|дары|дардың|дарда|дарғы|дарында)?)(?!\w))?"
)
_QUARTER: Final = r"(?P<part>[ivі]{1,3}|[1-4]|\w{4,})(?:-(?:й|го|м|ші|шы|ншы|нші))?"
_QUARTER_WORD: Final = r"(?:кв\.?|квартал(?:а|е|у|ом)?|quarter|тоқсан" + _KK_ENDINGS + ")"
_HALF_WORD: Final = (
    r"(?:полугоди(?:е|я|и|ю|ем)|половин(?:а|е|у|ы|ой)|half(?: of the year)?|жартыжылд(?:ық|ығы|ығында|ықта))"
)
_OF: Final = r"(?:,? of |, | )"

_AROUND: Final[tuple[tuple[Bound, str], ...]] = (
    ("about", r"(?:около|примерно|around|about|circa|c\.|шамамен) (.+)"),
    ("at_least", r"(?:since|from|начиная с|со?) (.+)"),
    ("at_least", r"(.+ жыл)дан (?:бастап|бері)"),
    ("at_most", r"(?:by|until|till|up to|before|к|до) (.+)"),
    ("at_most", r"(.+ жыл)ға (?:дейін|қарай)"),
)


def read_date(text: str, lang: str | None = None) -> PrintedDate:
    """The period a printed date covers.

    Understood are days, months, quarters (``I кв. 2018``), half-years, seasons of the northern hemisphere by whole
    months (``осень 2023`` is September to November), years, decades (``1990s``), centuries (``XIX век`` is 1801 to
    1900) and spans between two of the same precision. Refused are dates whose day and month may change places,
    two-digit years, winters (they lie in two years), ``1900s`` and ``2000s`` (decade or century), and ISO months that
    may be two years (``2011-12``).

    Parameters
    ----------
    text : str
        The date alone, with its own words: ``"в январе 2021 года"``, ``"2023 жылғы қыркүйек"``, ``"by 2030"``.
    lang : {"kk", "ru", "en"}, optional
        The document's language. Dates with full stops are day-first, but ``03.04.2021`` is refused in English.

    Raises
    ------
    UnreadableError
        If the date is not understood or can mean two dates; the message names them.
    ValueError
        If ``lang`` is none of the three.

    Examples
    --------
    >>> read_date("в январе 2021 года").period, read_date("I кв. 2018").period
    ('2021-01', '2018-01/2018-03')
    """
    if lang is not None and lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}; allowed: {', '.join(LANGUAGES)}")
    plain = plain_digits(unicodedata.normalize("NFC", text)).strip().casefold().replace("ё", "е")
    plain = re.sub(r"[‐‑–—−]", "-", re.sub(r" {2,}", " ", plain))
    plain = re.sub(r"(?<=[\w.])[.,;]$", "", plain) if not re.search(r"\.\.$", plain) else plain
    try:
        found = _read(plain, lang)
    except UnreadableError as error:
        raise UnreadableError(text, error.reason) from error
    if found is None:
        winter = _WINTER.match(plain)
        raise UnreadableError(text, "a winter lies in two years" if winter else "no date or period is understood")
    return found


def _read(text: str, lang: str | None) -> PrintedDate | None:
    bare = re.sub(r"^(?:in the|in|on|during|as of|the|в|во|за|от|на|по состоянию на) ", "", text)
    for pattern, build in _patterns():
        match = pattern.fullmatch(bare)
        if match is not None:
            return _checked(text, match, build, lang)
    for bound, shape in _AROUND:
        match = re.fullmatch(shape, bare)
        found = _read(match[1], lang) if match is not None else None
        if found is not None and found.bound == "exact":
            return PrintedDate(found.start, found.end, found.precision, bound)
    return _between(bare, lang)


def _between(text: str, lang: str | None) -> PrintedDate | None:
    """A span whose ends are whole dates of one precision: "December 2017 - March 2018"."""
    first, mark, last = text.partition(" - ")
    ends = [_read(end, lang) for end in (first, last)] if mark else []
    known = [end for end in ends if end is not None and end.bound == "exact"]
    if len(known) < 2 or known[0].precision != known[1].precision or known[0].end >= known[1].start:
        return None
    return PrintedDate(known[0].start, known[1].end, known[0].precision)


_Build = Callable[[dict[str, str], str | None], PrintedDate | None]


def _checked(text: str, match: re.Match[str], build: _Build, lang: str | None) -> PrintedDate | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    for name in ("year", "year2"):
        if name in parts and int(parts[name]) not in _YEARS:
            raise UnreadableError(text, f"{parts[name]} is no year from {_YEARS[0]} to {_YEARS[-1]}")
    try:
        return build(parts, lang)
    except UnreadableError:
        raise
    except ValueError as error:
        raise UnreadableError(text, f"no such date ({error})") from error


@cache
def _patterns() -> list[tuple[re.Pattern[str], _Build]]:
    month, month2 = (f"(?P<{name}>{'|'.join(_month_forms())})\\.?" for name in ("month", "month2"))
    season = "|".join(f"(?P<season{first}>{forms})" for first, forms in _SEASONS.items())
    ordinal_decade = r"-(?:(?:[ех]|ые|ых|шы|ші|ыншы|інші) )?"
    table: list[tuple[str, _Build]] = [
        (rf"{_Y}-(?P<number>\d\d)-(?P<day>\d\d)", _iso_day),
        (rf"{_Y}[-/](?P<number>\d\d)", _iso_month),
        (rf"(?P<number>\d\d)\.{_Y}{_WORD}", _iso_month),
        (rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_Y}{_WORD}", _dotted),
        (rf"(?P<day>\d{{1,2}})([/-])(?P<number>\d{{1,2}})\2{_Y}", _slashed),
        (rf"{_D}{_OF}{month},? {_Y}{_WORD}", _day),
        (rf"{month} {_D},? {_Y}", _day),
        (rf"{_Y}{_WORD},? {_D} {month}", _day),
        (rf"{month}{_OF}{_Y}{_WORD}", _month),
        (rf"{_Y}{_WORD},? {month}", _month),
        (rf"{month} ?- ?{month2}{_OF}{_Y}{_WORD}", _months),
        (rf"{_Y}{_WORD}", _years),
        (rf"{_Y} ?[-/] ?{_Y2}{_WORD}", _years),
        (rf"(?:с|from) {_Y}{_WORD} (?:по|до|to|until) {_Y2}{_WORD}", _years),
        (rf"(?:between|между) {_Y} (?:and|и) {_Y2}{_WORD}", _years),
        (rf"{_QUARTER} {_QUARTER_WORD}{_OF}{_Y}{_WORD}|q(?P<part_q>[1-4])(?:,| of)? {_Y2}", _quarter),
        (rf"{_Y}{_WORD},? {_QUARTER} {_QUARTER_WORD}|{_Y2},? q(?P<part_q>[1-4])", _quarter),
        (rf"{_QUARTER} {_HALF_WORD}{_OF}{_Y}{_WORD}|h(?P<part_q>[12])(?:,| of)? {_Y2}", _half),
        (rf"{_Y}{_WORD},? {_QUARTER} {_HALF_WORD}|{_Y2},? h(?P<part_q>[12])", _half),
        (rf"(?:{season}){_OF}{_Y}{_WORD}", _season),
        (rf"{_Y}{_WORD},? (?:{season})", _season),
        (rf"{_Y}['’]?s|{_Y2}{ordinal_decade}(?:годы|годов|годах|гг\.?|жылдар\w*)", _decade),
        (r"(?P<roman>[ivxіх]+) (?:век(?:а|е|у|ом)?|в\.?|ғасыр\w*|century)", _century),
        (r"(?P<number>\d\d?)(?:-?(?:й|го|м|st|nd|rd|th|ші|шы))? (?:век(?:а|е|у|ом)?|ғасыр\w*|century)", _century),
    ]
    return [(re.compile(shape), build) for shape, build in table]


@cache
def _month_numbers() -> dict[str, int]:
    """Every form of every month's name, without a closing full stop, and the month's number."""
    found: dict[str, int] = {}
    for lang in LANGUAGES:
        months = Locale(lang).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {name.casefold().rstrip("."): number for number, name in months[context][width].items()}
    for number, name in Locale("ru").months["stand-alone"]["wide"].items():
        stem = name.casefold().rstrip("ьй")
        found |= {stem + ending: number for ending in ("у", "е", "ом") if stem[-1] == "т"}
        found |= {stem + ending: number for ending in ("я", "ю", "е", "ем") if stem[-1] != "т"}
    return found | {form: number for number, forms in enumerate(_MORE_MONTHS) for form in forms.split()}


@cache
def _month_forms() -> tuple[str, ...]:
    kazakh = [name.casefold() for name in Locale("kk").months["format"]["wide"].values()]
    inflected = [f"(?:{name[:-1]}г|{name})" if name.endswith("к") else name for name in kazakh]
    return (
        *(f"{name}{_KK_ENDINGS}(?: айы(?:нда|ның)?)?" for name in inflected),
        *sorted(map(re.escape, _month_numbers()), key=len, reverse=True),
    )


def _number_of(name: str) -> int:
    known = _month_numbers()
    kazakh = {month.casefold()[:-1]: n for n, month in Locale("kk").months["format"]["wide"].items()}
    return known[name] if name in known else next(number for stem, number in kazakh.items() if name.startswith(stem))


def _one_day(parts: dict[str, str], month: int, day: int) -> PrintedDate:
    date = dt.date(int(parts["year"]), month, day)
    return PrintedDate(date, date, "day")


def _span(year: int, first: int, last: int, precision: Precision) -> PrintedDate:
    return PrintedDate(dt.date(year, first, 1), month_end(year, last), precision)


def _iso_day(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    return _one_day(parts, int(parts["number"]), int(parts["day"]))


def _iso_month(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    year, number = int(parts["year"]), int(parts["number"])
    if number == (year + 1) % 100 and number in range(1, 13):
        raise UnreadableError(
            f"{year}-{number:02}", f"it can mean month {number} of {year}, or the years {year} and {year + 1}"
        )
    if number not in range(1, 13):
        raise ValueError(f"month {number}")
    return _span(year, number, number, "month")


def _dotted(parts: dict[str, str], lang: str | None) -> PrintedDate:
    """Full stops are day-first everywhere but in some English print."""
    return _slashed(parts, lang) if lang == "en" else _one_day(parts, int(parts["number"]), int(parts["day"]))


def _slashed(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    first, second = int(parts["day"]), int(parts["number"])
    if first <= 12 and second <= 12 and first != second:
        year = parts["year"]
        choice = f"{year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
        raise UnreadableError(f"{first:02}/{second:02}/{year}", f"it can mean {choice}")
    return _one_day(parts, min(first, second) if max(first, second) > 12 else second, max(first, second))


def _day(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    return _one_day(parts, _number_of(parts["month"]), int(parts["day"]))


def _month(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    number = _number_of(parts["month"])
    return _span(int(parts["year"]), number, number, "month")


def _months(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    first, last = _number_of(parts["month"]), _number_of(parts["month2"])
    if first >= last:
        raise ValueError(f"months {first} to {last} do not rise")
    return _span(int(parts["year"]), first, last, "month")


def _years(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    first, last = int(parts["year"]), int(parts.get("year2", parts["year"]))
    if first > last or ("year2" in parts and first == last):
        raise ValueError(f"years {first} to {last} do not rise")
    return PrintedDate(dt.date(first, 1, 1), dt.date(last, 12, 31), "year")


def _part_number(parts: dict[str, str], count: int) -> int | None:
    """Number of the quarter or half: a digit, a Roman numeral, or an ordinal word."""
    said = parts.get("part_q") or parts["part"]
    entry = look_up(said)
    if said.isdigit():
        number = int(said)
    elif entry is not None and entry.code == "o":
        number = int(entry.value)
    else:
        number = _roman(said) or 0
    return number if 1 <= number <= count else None


def _part_of_year(parts: dict[str, str], count: int, precision: Precision) -> PrintedDate | None:
    number, length = _part_number(parts, count), 12 // count
    if number is None:
        return None
    year = int(parts.get("year") or parts["year2"])
    return _span(year, (number - 1) * length + 1, number * length, precision)


def _quarter(parts: dict[str, str], _lang: str | None) -> PrintedDate | None:
    return _part_of_year(parts, 4, "quarter")


def _half(parts: dict[str, str], _lang: str | None) -> PrintedDate | None:
    return _part_of_year(parts, 2, "half")


def _season(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    first = next(int(name.removeprefix("season")) for name in parts if name.startswith("season"))
    return _span(int(parts["year"]), first, first + 2, "season")


def _decade(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    year = int(parts.get("year") or parts["year2"])
    if year % 10:
        raise ValueError(f"no decade starts in {year}")
    if year % 100 == 0:
        raise UnreadableError(f"{year}s", f"it can mean {year} to {year + 9} or {year} to {year + 99}")
    return PrintedDate(dt.date(year, 1, 1), dt.date(year + 9, 12, 31), "decade")


def _century(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    number = int(parts["number"]) if "number" in parts else _roman(parts["roman"])
    if number is None or number not in range(11, 23):
        raise ValueError(f"century {parts}")
    return PrintedDate(dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31), "century")


def _roman(text: str) -> int | None:
    """A Roman numeral up to 39, also in the Cyrillic letters that look the same; ``None`` if it is none."""
    letters = text.translate(_CYRILLIC_ROMAN)
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", letters) or not letters:
        return None
    values = [_ROMAN[letter] for letter in letters]
    following = cast(list[int], [*values[1:], 0])
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
