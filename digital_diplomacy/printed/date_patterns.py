"""The forms of one date or period, each with what it is built to: days, codes of statistics offices, years."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Final, cast

from babel import Locale

from digital_diplomacy.errors import either, said
from digital_diplomacy.printed.lexicon import look_up
from digital_diplomacy.printed.model import LANGUAGES, Precision, PrintedDate, UnreadableError, month_end

_YEARS: Final = range(1000, 2200)

# Forms the Unicode CLDR does not list.
_MORE_MONTHS: Final = (
    "", "янв jan", "фев feb", "мар mar", "апр apr", "", "июн jun", "июл jul", "авг aug", "сен сент sep sept", "окт oct",
    "ноя нояб nov", "дек dec",
)  # fmt: skip
_KK_ENDINGS: Final = (
    r"(?:ы|і|сы|сі|(?:ын|ін|сын|сін)(?:да|де)?|(?:ын|ін|сын|сін)(?:ан|ен|а|е)|да|де|та|те|дан|ден|тан|тен|нан|нен|"
    r"ға|ге|қа|ке|[дт]ағы|[дт]егі|(?:ы|і|сы|сі)?(?:ның|нің|дың|дің|тың|тің))?"
)
_SEASONS: Final = {
    3: r"весн(?:а|ы|е|у|ой)|spring|көктем" + _KK_ENDINGS,
    6: r"лет(?:о|а|у|ом|е)|summer|жаз" + _KK_ENDINGS,
    9: r"осен(?:ь|и|ью)|autumn|fall|күз" + _KK_ENDINGS,
}
_CODED: Final[dict[str, tuple[int, Precision]]] = {
    "a": (1, "year"),
    "h": (2, "half"),
    "s": (2, "half"),
    "t": (3, "trimester"),
    "q": (4, "quarter"),
    "m": (12, "month"),
}
"""How many of them a year has; letters of SDMX, and H as English writes half-years."""

_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_CYRILLIC_ROMAN: Final = str.maketrans({"і": "i", "х": "x"})

_Y: Final = r"(?P<year>\d{4})"
_Y2: Final = r"(?P<year2>\d{4})"
_D: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORD: Final = (
    r"(?: ?(?:гг?\.?|жж?\.?|год(?:а|у|ом|е|ы|ов|ах|ам)?|years?|"
    r"жыл(?:ы|ғы|ға|дың|ды|да|дан|мен|дағы|ғыдан|ғымен|ғыға|дар|дары|дардың|дарда|дарғы|дарға|дарында)?)(?!\w))?"
)
_QUARTER: Final = (
    r"(?P<part>[ivі]{1,3}|[1-4]|\w{4,})(?:-?(?:й|ый|ой|го|м|ом|е|ое|я|ая|ші|шы|ншы|нші|st|nd|rd|th))?[ -]?"
)
_QUARTER_WORD: Final = r"(?:кв\.?|квартал(?:а|е|у|ом|ы|ов)?|quarters?|тоқсан" + _KK_ENDINGS + ")"
_HALF_WORD: Final = (
    r"(?:п/?г\.?|полугоди(?:е|я|и|ю|ем)|половин(?:а|е|у|ы|ой)|half(?: of the year)?|"
    r"жартыжылд(?:ық|ығы|ығында|ықта|ығының|ықтың))"
)
_FIRST_MONTHS: Final = (
    r"(?:(?:перв(?:ые|ых) )?(?P<count>\d{1,2}|\w{2,}) (?:месяц(?:а|ев|ах|ам|ами)|мес\.?)|"
    r"(?:the )?first (?P<count_en>\d{1,2}|\w{2,}) months|"
    r"(?P<count_kk>\d{1,2}|\w{2,}) айы?|алғашқы (?P<count_of>\d{1,2}|\w{2,}) ай(?:ы|ында|да|ға|дың|ының)?)"
)
"""Months counted from the first, as a running year is reported; a ninth month (``9-ай``) has a hyphen."""
_CODE: Final = r"(?P<unit>[amqsthwd])"
_BETWEEN_CODES: Final = r"(?:[ /-]|, ?| of )?"
_WINTER_WORD: Final = r"(?:зим(?:а|ы|е|у|ой)|winter|қыс" + _KK_ENDINGS + ")"
_ISO: Final = r"\d{4}-\d\d(?:-\d\d)?"
_OF: Final = r"(?:,? of |, | )"


def read_alone(text: str, lang: str | None) -> PrintedDate | None:
    """A date or period that is no span of two, or nothing; day and month as the language orders them."""
    for pattern, build in _patterns():
        match = pattern.fullmatch(text)
        if match is not None:
            found = _checked(text, match, build, lang)
            if found is not None:
                return found
    return None


_Build = Callable[[dict[str, str], str | None], PrintedDate | None]


def _checked(text: str, match: re.Match[str], build: _Build, lang: str | None) -> PrintedDate | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    for name in ("year", "year2"):
        if name in parts and int(parts[name]) not in _YEARS:
            raise UnreadableError(
                text,
                said(
                    "{parts} is no year from {years} to {years_2}",
                    parts=parts[name],
                    years=_YEARS[0],
                    years_2=_YEARS[-1],
                ),
            )
    try:
        return build(parts, lang)
    except UnreadableError:
        raise
    except ValueError as error:
        raise UnreadableError(text, said("no such date ({error})", error=error)) from error


@cache
def _patterns() -> list[tuple[re.Pattern[str], _Build]]:
    month, month2 = (f"(?P<{name}>{'|'.join(month_forms())})\\.?" for name in ("month", "month2"))
    season = "|".join(f"(?P<season{first}>{forms})" for first, forms in _SEASONS.items())
    # The years of schools and treasuries: which day they begin on is not printed.
    within = rf"{_Y} ?[-/] ?(?:{_Y2}|(?P<number>\d\d))"
    of_schools = r"(?:академическ|уч(?:ебн|\.)|финансов)\w* ?(?:год\w*|г\.?)|(?:оқу|қаржы) жыл\w*"
    ordinal_decade = r"-(?:(?:[ех]|ые|ых|шы|ші|ыншы|інші) )?"
    table: list[tuple[str, _Build]] = [
        (rf"{_Y}([-/.])(?P<number>\d\d)\2(?P<day>\d\d)", _iso_day),
        (rf"(?P<first>{_ISO})/(?P<last>{_ISO})", _iso_span),
        (r"(?P<first>\d{4}-\d\d-\d\d)(?:t00:00:00)?/p(?P<number>\d{1,4})(?P<unit>[ymwd])", _duration),
        (rf"{_Y}[ -]?{_CODE}-?(?P<number>\d{{1,3}})", _coded),
        (rf"{_CODE}(?P<number>\d{{1,2}}){_BETWEEN_CODES}{_Y}", _coded),
        (rf"(?P<number>\d)(?P<unit>[qh]){_BETWEEN_CODES}{_Y}", _coded),
        (rf"{_Y}[-/](?P<number>\d\d)", _iso_month),
        (rf"(?P<number>\d\d)\.{_Y}{_WORD}", _iso_month),
        (rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_Y}{_WORD}", _dotted),
        (rf"(?P<day>\d{{1,2}})([/-])(?P<number>\d{{1,2}})\2{_Y}{_WORD}", _slashed),
        (rf"{_D}{_OF}{month},? {_Y}{_WORD}", _day),
        (rf"{month} {_D}(?:, ?| ){_Y}", _day),
        (rf"{_Y}{_WORD},? {_D} {month}", _day),
        (rf"{month}{_OF}{_Y}{_WORD}", _month),
        (rf"{_Y}{_WORD},? {month}", _month),
        (rf"{month} ?- ?{month2}{_OF}{_Y}{_WORD}", _months),
        (rf"{_Y}{_WORD}", _years),
        (rf"{_Y}-(?:м|го|му)(?: год\w*)?", _years),
        (rf"{_Y} ?[-/] ?{_Y2}{_WORD}", _years),
        (rf"{within},? (?:{of_schools}|(?:academic|school|fiscal|financial) year)", _broken_year),
        (rf"(?:academic year|school year|fiscal year|financial year|fy)(?: of)? ?{within}", _broken_year),
        (rf"(?:с|from) {_Y}{_WORD} (?:по|до|to|until) {_Y2}{_WORD}", _years),
        (rf"(?:between|между) {_Y} (?:and|и) {_Y2}{_WORD}", _years),
        (rf"{_QUARTER}{_QUARTER_WORD}{_OF}{_Y}{_WORD}|q(?P<part_q>[1-4])(?:,| of)? {_Y2}", _quarter),
        (rf"{_Y}{_WORD},? {_QUARTER}{_QUARTER_WORD}|{_Y2},? q(?P<part_q>[1-4])", _quarter),
        (rf"{_QUARTER}{_HALF_WORD}{_OF}{_Y}{_WORD}|h(?P<part_q>[12])(?:,| of)? {_Y2}", _half),
        (rf"{_Y}{_WORD},? {_QUARTER}{_HALF_WORD}|{_Y2},? h(?P<part_q>[12])", _half),
        (rf"{_FIRST_MONTHS}{_OF}{_Y}{_WORD}", _first_months),
        (rf"{_Y}{_WORD},? {_FIRST_MONTHS}", _first_months),
        (rf"(?:{season}){_OF}{_Y}{_WORD}", _season),
        (rf"{_Y}{_WORD},? (?:{season})", _season),
        (rf"{_WINTER_WORD}{_OF}{_Y} ?[-/] ?(?:{_Y2}|(?P<number>\d\d)){_WORD}", _winter),
        (rf"{_Y} ?[-/] ?{_Y2}{_WORD},? {_WINTER_WORD}", _winter),
        (rf"{_Y}['’]?s|{_Y2}{ordinal_decade}(?:годы|годов|годах|гг\.?|жылдар\w*)", _decade),
        (rf"{_Y}-(?:е|х|ые|ых)", _decade),
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
def month_forms() -> tuple[str, ...]:
    """Patterns of the names of months as texts have them, in three languages; longer names before shorter."""
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


def _iso_span(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    """Both ends of one precision, as ISO 8601 writes an interval: here nothing can be taken for two years."""
    first, last = parts["first"], parts["last"]
    if len(first) != len(last) or first >= last:
        raise ValueError(f"{first} to {last} does not rise")
    if len(first) == len("2020-01-31"):
        return PrintedDate(dt.date.fromisoformat(first), dt.date.fromisoformat(last), "day")
    return PrintedDate(dt.date.fromisoformat(f"{first}-01"), month_end(int(last[:4]), int(last[5:])), "month")


def _duration(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    """A first day and how long it lasts."""
    start, number = dt.date.fromisoformat(parts["first"]), int(parts["number"])
    if not number:
        raise ValueError("it lasts no day")
    if parts["unit"] in "wd":
        end = start + dt.timedelta(days=number * (7 if parts["unit"] == "w" else 1))
    else:
        months = start.year * 12 + start.month - 1 + number * (12 if parts["unit"] == "y" else 1)
        end = start.replace(year=months // 12, month=months % 12 + 1)
    return PrintedDate(start, end - dt.timedelta(days=1), "day")


def _coded(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    """Codes of statistics offices: ``2020-Q3``, ``2021M01``, ``2020-W05``; weeks are those of ISO 8601."""
    year, number, unit = int(parts["year"]), int(parts["number"]), parts["unit"]
    if unit == "w":
        first = dt.date.fromisocalendar(year, number, 1)
        return PrintedDate(first, first + dt.timedelta(days=6), "week")
    if unit == "d":
        day = dt.date(year, 1, 1) + dt.timedelta(days=number - 1)
        if day.year != year:
            raise ValueError(f"day {number} of {year}")
        return PrintedDate(day, day, "day")
    count, precision = _CODED[unit]
    if not 1 <= number <= count:
        raise ValueError(f"{unit.upper()}{number}")
    length = 12 // count
    return _span(year, (number - 1) * length + 1, number * length, precision)


def _broken_year(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    first = int(parts["year"])
    last = int(parts["year2"]) if "year2" in parts else _later(first, int(parts["number"]))
    raise UnreadableError(
        f"{first}/{last}",
        said(
            "on which day a year of {first} and {last} begins is not printed; write its first and last day",
            first=first,
            last=last,
        ),
    )


def _later(year: int, ending: int) -> int:
    """The first year after another that ends in these two digits."""
    return year + ((ending - year) % 100 or 100)


def _iso_month(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    year, number = int(parts["year"]), int(parts["number"])
    if number == (year + 1) % 100 and number in range(1, 13):
        raise UnreadableError(
            f"{year}-{number:02}",
            said(
                "it can mean month {number} of {year}, or the years {year} and {year_2}",
                number=number,
                year=year,
                year_2=year + 1,
            ),
        )
    if number == (year + 1) % 100:
        raise UnreadableError(
            f"{year}/{number:02}",
            said(
                "it can mean the years {year} and {year_2}, or one year that begins in {year} and ends in {year_2}",
                year=year,
                year_2=year + 1,
            ),
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
        choice = either([f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"])
        raise UnreadableError(f"{first:02}/{second:02}/{year}", said("it can mean {choice}", choice=choice))
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


_LAST_PART: Final = re.compile(r"last|final|последн(?:ий|его|ему|им|ем|яя|ей|юю|ее)|соңғы", re.IGNORECASE)


def _part_number(parts: dict[str, str], count: int) -> int | None:
    """Number of the quarter or half: a digit, a Roman numeral, or an ordinal word."""
    said = parts.get("part_q") or parts["part"]
    entry = look_up(said)
    if said.isdigit():
        number = int(said)
    elif entry is not None and entry.code == "o":
        number = int(entry.value)
    elif _LAST_PART.fullmatch(said):
        number = count
    else:
        number = roman_number(said) or 0
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


def _first_months(parts: dict[str, str], _lang: str | None) -> PrintedDate | None:
    said = next(value for name, value in parts.items() if name.startswith("count"))
    entry = look_up(said)
    number = int(said) if said.isdigit() else int(entry.value) if entry is not None and entry.code == "w" else 0
    return _span(int(parts["year"]), 1, number, "month") if 2 <= number <= 12 else None


def _season(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    first = next(int(name.removeprefix("season")) for name in parts if name.startswith("season"))
    return _span(int(parts["year"]), first, first + 2, "season")


def _winter(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    first = int(parts["year"])
    last = int(parts["year2"]) if "year2" in parts else _later(first, int(parts["number"]))
    if last != first + 1:
        raise ValueError(f"no winter is in {first} and {last}")
    return PrintedDate(dt.date(first, 12, 1), month_end(last, 2), "season")


def _decade(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    year = int(parts.get("year") or parts["year2"])
    if year % 10:
        raise ValueError(f"no decade starts in {year}")
    if year % 100 == 0:
        raise UnreadableError(
            f"{year}s",
            said("it can mean {year} to {year_2} or {year} to {year_3}", year=year, year_2=year + 9, year_3=year + 99),
        )
    return PrintedDate(dt.date(year, 1, 1), dt.date(year + 9, 12, 31), "decade")


def _century(parts: dict[str, str], _lang: str | None) -> PrintedDate:
    number = int(parts["number"]) if "number" in parts else roman_number(parts["roman"])
    if number is None or number not in range(11, 23):
        raise ValueError(f"century {parts}")
    return PrintedDate(dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31), "century")


def roman_number(text: str) -> int | None:
    """A Roman numeral up to 39, also in the Cyrillic letters that look the same; ``None`` if it is none."""
    letters = text.translate(_CYRILLIC_ROMAN)
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", letters) or not letters:
        return None
    values = [_ROMAN[letter] for letter in letters]
    following = cast(list[int], [*values[1:], 0])
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
