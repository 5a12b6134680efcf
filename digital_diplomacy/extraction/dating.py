"""Dates that need more than their own words: years of birth and death, the same year, days without a year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from digital_diplomacy.printed import Found, UnreadableError, read_date

_SAME_YEAR: Final = re.compile(
    r"\b(?:в\s+(?:том|этом)\s+же\s+году|(?:in\s+)?(?:the|that)\s+same\s+year|сол\s+жылы|дәл\s+осы\s+жылы)\b",
    re.IGNORECASE,
)
_MONTHS: Final = (
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|"
    r"қазан|қараша|желтоқсан|jan\.?|feb\.?|mar\.|apr\.?|jun\.|jul\.|aug\.?|sept?\.?|oct\.?|nov\.?|dec\."
)
_DAY: Final = re.compile(
    rf"(?:\b(?P<to>до|к|by|until|before)\s+)?(?:\b(?P<day>\d{{1,2}}(?:st|nd|rd|th)?)\s+(?:of\s+)?(?P<month>{_MONTHS})|"
    r"\b(?P<month2>(?:january|february|march|april|june|july|august|september|october|november|december)\b|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)\s+(?P<day2>\d{1,2})\b)"
    r"(?:(?P<kk>(?:ге|ға)\s+дейін)|[дт][ае]|[дт]ағы|[дт]егі|[дтн][ае]н|ғы|гі)?(?!\w)",
    re.IGNORECASE,
)
_DOTTED: Final = re.compile(r"(?<![\d.])\d{1,2}[./]\d{1,2}[./](?P<year>(?:19|20)\d\d)(?![\d.])")
"""A day that may be the other one's month: its year alone is sure."""
_LIFE: Final = re.compile(r"(?P<first>\d{4})\s?[-–—]\s?(?P<last>\d{4})")
_NAMED: Final = re.compile(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'.-]+\s*\(\s*$")
_LIVES: Final = range(20, 111)
"""Years between two in parentheses behind a name that are those of a life."""


def lives(found: Sequence[Found], text: str) -> list[Found]:
    """The findings with years of birth and death apart: "Georg Simmel (1858–1918)" is no period of sixty years."""
    return [part for one in found for part in _life(one, text)]


def _life(one: Found, text: str) -> Iterator[Found]:
    match = _LIFE.match(one.text) if one.date is not None else None
    if match is None or not _NAMED.search(text[: one.start]) or int(match["last"]) - int(match["first"]) not in _LIVES:
        yield one
        return
    for name in ("first", "last"):
        start, end = match.span(name)
        yield replace(one, start=one.start + start, end=one.start + end, text=match[name], date=read_date(match[name]))


def ages_told(text: str) -> str:
    """The text with a Kazakh span of ages as one of years, as long as before: «22 мен 63 жас аралығында».

    Examples
    --------
    >>> ages_told("Олар 22 мен 63 жас аралығында.")
    'Олар 22 мен 63 жыл аралығында.'
    """
    return _AGES.sub(r"\1жыл", text)


_AGES: Final = re.compile(r"(?<!\d)(\d{1,2} [мбп]ен \d{1,3} )жас(?= ара[лс])", re.IGNORECASE)


def year_told(one: Found) -> int | None:
    """The year of a date that lies in one; decades and centuries give none to a day told without it."""
    return one.date.end.year if one.date is not None and one.date.start.year == one.date.end.year else None


def with_implied(found: Sequence[Found], text: str, lang: str, year: int | None) -> list[Found]:
    """The findings and the dates told without a year, which is that of the other end of a period told backwards, or the
    last one told before; those take numbers' places."""
    implied = []
    days: list[tuple[int, int]] = []
    for start, end, said in _undated(text):
        days.append((start, end))
        before = [year_told(one) for one in found if one.end <= start and year_told(one)]
        behind = [one for one in found if one.start > end and _TO.fullmatch(text, end, one.start) and year_told(one)]
        at = year_told(behind[0]) if behind else before[-1] if before else year
        is_dated = any(one.date is not None and one.overlaps(start, end) for one in found)
        if at is not None and not is_dated:
            implied += _read(text, start, end, f"{said}{at}", lang)
    for match in _DOTTED.finditer(text):
        if not any(one.date is not None and one.overlaps(*match.span()) for one in found):
            implied += _read(text, *match.span(), match["year"], lang)
    kept = [one for one in found if not any(one.overlaps(other.start, other.end) for other in implied)]
    kept = [one for one in kept if not _is_of_a_day(one, days)]
    return sorted([*kept, *implied], key=lambda one: one.start)


_TO: Final = re.compile(r"\s+(?:to|until|till|по|до)\s+", re.IGNORECASE)


def _is_of_a_day(one: Found, days: Sequence[tuple[int, int]]) -> bool:
    """Whether an ordinal is the day of a date whose year nothing tells: "by the 17th of May" is no place."""
    is_rank = one.figure is not None and one.figure.unit == "rank"
    return is_rank and any(one.overlaps(*day) for day in days)


def _undated(text: str) -> Iterator[tuple[int, int, str]]:
    yield from ((*match.span(), "") for match in _SAME_YEAR.finditer(text))
    for match in _DAY.finditer(text):
        day, month = match["day"] or match["day2"], match["month"] or match["month2"]
        to = "by " if match["to"] or match["kk"] else ""
        yield *match.span(), f"{to}{day} {month} "


def _read(text: str, start: int, end: int, said: str, lang: str) -> list[Found]:
    try:
        return [Found(start, end, text[start:end], date=read_date(said, lang), is_implied=True)]
    except UnreadableError:
        return []
