"""Dates and periods within running text."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from digital_diplomacy.printed import lexicon
from digital_diplomacy.printed.date_patterns import month_forms
from digital_diplomacy.printed.dates import read_date
from digital_diplomacy.printed.model import PrintedDate, UnreadableError

_SEGMENT: Final = re.compile(r"[^()\[\]{}«»\"“”„;:!?\ufffc\n\t|<>]+")
_WORD: Final = re.compile(r"[^ ]+")
_CORE: Final = re.compile(
    r"(?<![\w№#/.,])(?<![\w-]-)(?:(?:1[0-9]|20|21)\d\d(?![\d%])|\d{1,2}[./]\d{1,2}[./](?:1[0-9]|20|21)\d\d(?!\d)"
    r"|\d{1,2}\.(?:1[0-9]|20|21)\d\d(?!\d)|\d\d?(?:-?(?:го|й|м|st|nd|rd|th|шы|ші))?$|[IVXХІ]+$)"
)
_CENTURY: Final = re.compile(r"(?:век(?:а|е|у|ом)?|в|ғасыр\w*|century)[.,]?", re.IGNORECASE)
_OTHER: Final = (
    r"гг?\.?|жж?\.?|год(?:а|у|ом|е|ы|ов|ах|ам)?|years?|жыл(?:ы|ғы\w*|дың|ды|да|дар\w*|дан|ға|мен|дағы)?|"
    r"\d{1,2}(?:[-–—]\d{1,2})?(?:-?(?:го|е|й|м|ого|ая|st|nd|rd|th|шы|ші|інші|ыншы))?|[ivxі]{1,4}|q[1-4]|h[12]|[-–—−]|"
    r"с|со|по|до|к|от|между|и|около|примерно|начиная|from|to|until|till|by|since|before|between|and|through|"
    r"around|about|circa|of|the|[мбп]ен|аралығында(?:ғы)?|арасында(?:ғы)?|first|second|third|fourth|перв\w+|втор\w+|трет\w+|четверт\w+|"
    r"квартал\w*|кв\.?|тоқсан\w*|quarters?|полугоди\w*|half|жартыжылд\w*|дейін(?:гі)?|шейін(?:гі)?|қарай|бастап|бері|шамамен|алғашқы|last|final|последн\w+|соңғы|"
    r"месяц\w*|мес\.?|months|ай|айы|айында|айдан|весн\w|лет[оау]м?|осен\w+|зим\w|spring|summer|autumn|winter|fall|"
    r"көктем\w*|жаз\w*|күз\w*|қыс\w*"
)
_NEUTRAL_STARTS: Final = re.compile(
    r"(?:по|и|в|во|за|на|со?|[мбп]ен|of|the|and|to|till|through|in|on|during|[-–—−]|г|гг|ж|жж|years?|год\w*|жыл\w*)\.?",
    re.IGNORECASE,
)
_REACH: Final = 8
"""Words looked at before and behind a year."""

_LIKELY: Final = range(1700, 2151)
"""Four digits that alone are read as a year."""


def find_dates(text: str, lang: str | None) -> Iterator[tuple[int, int, PrintedDate]]:
    """Start, end and reading of every date and period of a text, longest first around each year or century.

    Four digits alone are a year from 1700 to 2150, unless a counted word follows.
    """
    for segment in _SEGMENT.finditer(text):
        words = [(match.start(), match.end()) for match in _WORD.finditer(segment.group())]
        yield from (
            (start + segment.start(), end + segment.start(), date)
            for start, end, date in _in_segment(segment.group(), words, lang)
        )


def _in_segment(
    text: str, words: Sequence[tuple[int, int]], lang: str | None
) -> Iterator[tuple[int, int, PrintedDate]]:
    taken = 0
    for place, (start, _) in enumerate(words):
        if start < taken or not _is_core(text, words, place):
            continue
        found = _around(text, words, place, taken, lang)
        if found is not None:
            yield found
            taken = found[1]


def _is_core(text: str, words: Sequence[tuple[int, int]], place: int) -> bool:
    start, end = words[place]
    word = text[start:end].rstrip(".,")
    match = _CORE.match(word)
    if match is None:
        return False
    if len(re.sub(r"\D", "", match.group())) < 4:
        return place + 1 < len(words) and _CENTURY.fullmatch(text[slice(*words[place + 1])]) is not None
    return True


def _around(
    text: str, words: Sequence[tuple[int, int]], place: int, taken: int, lang: str | None
) -> tuple[int, int, PrintedDate] | None:
    first, last = place, place
    while first > 0 and place - first < _REACH and words[first - 1][0] >= taken and _is_part(text, words[first - 1]):
        first -= 1
    while last < len(words) - 1 and last - place < _REACH and _is_part(text, words[last + 1]):
        last += 1
    spans = [(a, b) for a in range(first, place + 1) for b in range(place, last + 1)]
    for a, b in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        start, end = words[a][0], _bare_end(text, words[a][0], words[b][1])
        if a < place and _NEUTRAL_STARTS.fullmatch(text[slice(*words[a])]) and not _opens_a_span(text[start:end]):
            continue
        date = _read(text[start:end], lang)
        if date is not None and _counts_roughly(text, words, place, text[start:end]):
            continue
        if date is not None and (a < b or _stands_alone(text, words, place, text[start:end])):
            return start, end, date
    return None


def _opens_a_span(said: str) -> bool:
    """ "с 2016 года" may be since or with; only a span shows it is neither."""
    return re.match(r"(?:со?|between) .+ (?:по|до|and) ", said, re.IGNORECASE) is not None


def _is_part(text: str, word: tuple[int, int]) -> bool:
    return _part().fullmatch(text[slice(*word)].rstrip(",")) is not None


@lru_cache
def _part() -> re.Pattern[str]:
    years = r"(?:1\d|20|21)\d\d(?:-?\w{1,3})?(?:[-–—/](?:1\d|20|21)\d\d)?"
    return re.compile(rf"(?:{_OTHER}|{years}|{'|'.join(month_forms())})\.?|{_CENTURY.pattern}", re.IGNORECASE)


def _bare_end(text: str, start: int, end: int) -> int:
    """The end without the comma or full stop of the sentence; that of an abbreviation stays."""
    said = text[start:end]
    bare = said.rstrip(".,;")
    keeps = bare.endswith(("г", "гг", "ж", "жж", "в", "кв")) and said[len(bare) :].startswith(".")
    return start + len(bare) + keeps


def _stands_alone(text: str, words: Sequence[tuple[int, int]], place: int, said: str) -> bool:
    """Whether one word is a date: a likely year with no counted word behind it, or more than four digits."""
    if not said.isdigit():
        return True
    if int(said) not in _LIKELY:
        return False
    if place + 1 == len(words) or text[words[place][1] - 1] in ".,":
        return True
    entry = lexicon.look_up(text[slice(*words[place + 1])].rstrip(".,"))
    return entry is None or entry.code not in "us%k"


def _counts_roughly(text: str, words: Sequence[tuple[int, int]], place: int, said: str) -> bool:
    """Whether four digits told roughly are no year: «около 1000», and 1850 or 2000 with a counted word behind them."""
    match = _ROUGHLY.fullmatch(said)
    if match is None or _stands_alone(text, words, place, match[1]):
        return False
    year = int(match[1])
    return year not in _LIKELY or year not in _RECENT or year % 100 == 0


_ROUGHLY: Final = re.compile(r"(?:around|about|circa|около|примерно|шамамен) (\d{4})", re.IGNORECASE)
_RECENT: Final = range(1900, 2101)
"""Years before which people may stand without being counted: "around 2010 people began to"."""


@lru_cache(maxsize=1 << 16)
def _read(text: str, lang: str | None) -> PrintedDate | None:
    try:
        return read_date(text, lang)
    except UnreadableError:
        return None
