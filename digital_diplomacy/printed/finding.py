"""Printed figures and dates within running text: where each begins and ends, and what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

from digital_diplomacy.printed import lexicon
from digital_diplomacy.printed.finding_dates import find_dates
from digital_diplomacy.printed.idioms import find_idioms
from digital_diplomacy.printed.idle import is_idle
from digital_diplomacy.printed.model import Convention, Printed, PrintedDate, UnreadableError
from digital_diplomacy.printed.numerals import plain_digits, readings
from digital_diplomacy.printed.reading import may_be_figure, read
from digital_diplomacy.printed.words import ABBREVIATED, TOKEN


@dataclass(frozen=True)
class Found:
    """A figure or date in a text.

    Parameters
    ----------
    start, end : int
        Where it stands in the text.
    text : str
        Its characters.
    figure : Printed, optional
        What it says, if it is a number.
    date : PrintedDate, optional
        What it says, if it is a date or period.
    refusal : str
        Why neither is known; empty if one is.
    is_implied : bool
        Whether an idiom says it ("every third", "24/7") and no number does.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> text = "By January 2023 the network had 11.85 million users."
    >>> found = printed.find(text, convention=printed.Convention.of("en"))
    >>> [(one.text, one.date.period if one.date else str(one.figure.value)) for one in found]
    [('By January 2023', '2023-01'), ('11.85 million users', '11850000')]
    """

    start: int
    end: int
    text: str
    figure: Printed | None = None
    date: PrintedDate | None = None
    refusal: str = ""
    is_implied: bool = False

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a character from ``start`` up to ``end``, without it, is one of its own.

        Examples
        --------
        >>> from digital_diplomacy import printed
        >>> (found,) = printed.find("It has 40 users.", convention=printed.Convention.of("en"))
        >>> found.text, found.overlaps(0, 7), found.overlaps(0, 8)
        ('40 users', False, True)
        """
        return max(self.start, start) < min(self.end, end)


class _Piece(NamedTuple):
    """A part of the text with the code of its words (see ``lexicon``); x is what no figure contains."""

    start: int
    end: int
    code: str
    is_name: bool = False


BROKEN_YEAR: Final = "on which day a year of treasuries or schools begins is not printed"
_BROKEN_YEAR: Final = re.compile(r"(?<![\w№#/.,-])(?P<year>(?:1[6-9]|20)\d\d)[/–](?P<later>\d\d)(?![\d%/.,]\d|\d)")
"""2018/19: one year in parts of two; no number, and no date by itself."""
_MILLIONS: Final = re.compile(
    r"(?P<money>[$€₸₽£]\s?\d[\d.,]{0,9})m\b|(?<![\w.,])(?P<decimal>\d{1,3}\.\d+)m\b(?! (?:long|wide|high|tall|deep|"
    r"above|below|away|apart|square|of|x|by|distance)\b)|(?<![\w.,])(?P<whole>\d{1,3})m(?= [a-z]+s\b)"
)
"""A small m of money or before a noun is millions and no metres: "$3m", "1.6m followers"."""
_SEGMENT: Final = re.compile(r"[^()\[\]{}«»\"“”„;:!?\ufffc\n\t|]+")
_ANCHORS: Final = frozenset("nwoqs")
_STARTS: Final = frozenset("bfmtc+nwoqs")
_ENDS: Final = frozenset("nwoqsh%ecupkm")
_BEFORE: Final = 4
_BEHIND: Final = 24
"""Pieces looked at before and behind the first number of a figure."""


def find(text: str, *, convention: Convention) -> list[Found]:
    """All figures and dates of a text, the longest reading of each, in reading order; none overlap.

    Digits that have more than one reading are given with the reason of the refusal. Letters joined to digits (``3D``)
    and digits joined to letters (``COVID-19``) are names, not figures.

    Parameters
    ----------
    text : str
        Running text, best a sentence; the object replacement character (U+FFFC) stands for what is not to be read.
    convention : Convention
        How the document prints figures, with the language of the text.

    Returns
    -------
    list of Found
        With offsets in ``text``.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> text = "В 2020 году более 1,9 млн человек (12 %) ушли."
    >>> [found.text for found in printed.find(text, convention=printed.Convention.of("ru"))]
    ['2020 году', 'более 1,9 млн человек', '12 %']
    """
    try:
        plain = plain_digits(text)
    except UnreadableError:
        plain = text
    plain = _MILLIONS.sub(lambda match: f"{match.group()[:-1]}M", plain) if convention.lang == "en" else plain
    idioms = [
        Found(start, end, "", *_told(meaning), is_implied=True)
        for start, end, meaning in find_idioms(plain, convention.lang)
    ]
    plain = _without(plain, idioms)
    broken = [
        Found(*match.span(), "", refusal=BROKEN_YEAR)
        for match in _BROKEN_YEAR.finditer(plain)
        if int(match["later"]) == (int(match["year"]) + 1) % 100
    ]
    plain = _without(plain, broken)
    dates = [Found(start, end, "", date=date) for start, end, date in find_dates(plain, convention.lang)]
    masked = _without(plain, dates)
    numbers = [
        replace(one, start=one.start + match.start(), end=one.end + match.start())
        for match in _SEGMENT.finditer(masked)
        for one in _numbers(match.group(), convention, is_dated=bool(dates))
    ]
    return sorted(
        (replace(one, text=text[one.start : one.end]) for one in [*idioms, *broken, *dates, *numbers]),
        key=lambda one: one.start,
    )


def _told(meaning: Printed | PrintedDate) -> tuple[Printed | None, PrintedDate | None]:
    return (None, meaning) if isinstance(meaning, PrintedDate) else (meaning, None)


def _without(text: str, found: Sequence[Found]) -> str:
    kept = list(text)
    for one in found:
        kept[one.start : one.end] = "\ufffc" * (one.end - one.start)
    return "".join(kept)


def _numbers(text: str, convention: Convention, *, is_dated: bool) -> Iterator[Found]:
    pieces = list(_pieces(text, convention))
    here = 0
    while here < len(pieces):
        if pieces[here].code not in _ANCHORS or pieces[here].is_name:
            here += 1
            continue
        last, found = _longest(text, pieces, here, convention)
        if found is not None and not is_idle(text, found.start, found.end, found.figure, is_dated=is_dated):
            yield found
        here = last + 1


def _longest(text: str, pieces: Sequence[_Piece], anchor: int, convention: Convention) -> tuple[int, Found | None]:
    """The longest figure around a number that begins no earlier than the one before ended, and its last piece."""
    first, last = _run(pieces, anchor)
    spans = [
        (a, b)
        for a in range(first, anchor + 1)
        for b in range(anchor, last + 1)
        if pieces[a].code in _STARTS and pieces[b].code in _ENDS
    ]
    refusal = ""
    for a, b in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if _compares(text, pieces, a) or not may_be_figure("".join(piece.code for piece in pieces[a : b + 1])):
            continue
        start, end = pieces[a].start, pieces[b].end
        figure, reason = _read(text[start:end], convention)
        if figure is not None:
            return b, Found(start, end, "", figure)
        refusal = reason if (a, b) == (anchor, anchor) else refusal
    piece = pieces[anchor]
    if piece.code == "n" and ("can mean" in refusal or "may be a power" in refusal):
        return anchor, Found(piece.start, piece.end, "", refusal=refusal)
    return anchor, None


_THAN: Final = re.compile(
    r"(?:(?:more|less|fewer|greater|higher|lower) than|(?:больше|меньше|более|менее)(?: чем)?)\b", re.IGNORECASE
)
_THE: Final = re.compile(r"[a-z]+ than the \d", re.IGNORECASE)


def _compares(text: str, pieces: Sequence[_Piece], first: int) -> bool:
    """Whether words of bound compare two figures, as in "17 % more than 37 million" and "more than the 37"."""
    if pieces[first].code != "b" or _THAN.match(text, pieces[first].start) is None:
        return False
    is_amount = first > 0 and pieces[first - 1].code in "u%s" and text[: pieces[first].start].endswith(" ")
    return is_amount or _THE.match(text, pieces[first].start) is not None


def _run(pieces: Sequence[_Piece], anchor: int) -> tuple[int, int]:
    """First and last piece a figure around this number may have."""
    first = anchor
    while first > 0 and anchor - first < _BEFORE and pieces[first - 1].code not in "xnwosqku%pe":
        first -= 1
    last = anchor
    while last < len(pieces) - 1 and last - anchor < _BEHIND and pieces[last + 1].code != "x":
        last += 1
    return first, last


@lru_cache(maxsize=1 << 16)
def _read(text: str, convention: Convention) -> tuple[Printed | None, str]:
    try:
        return read(text, convention=convention), ""
    except UnreadableError as error:
        return None, str(error.reason)


def _pieces(text: str, convention: Convention) -> Iterator[_Piece]:
    place, whole = 0, text.strip()
    while place < len(text):
        match = TOKEN.match(text, place)
        kind = str(match.lastgroup) if match else "x"
        end = match.end() if match else place + 1
        if kind in ("numeral", "scientific", "power") and match is not None:
            is_alone = match.group() == whole
            end = place + len(_one_numeral(match.group(), convention, is_alone=is_alone)) if kind == "numeral" else end
            yield _Piece(place, end, "n", _is_name(text, place, end))
        elif kind == "word" and match is not None:
            if _NTH.fullmatch(match.group().removesuffix(".")) and text[place - 1 : place].isdigit():
                end = place + 2
                yield _Piece(place, end, "e")
            else:
                end, code = _word(text, place, convention.lang)
                yield _Piece(place, end, code)
        elif kind != "blank":
            yield _Piece(place, end, _code(kind, text[place:end]))
        place = end


def _one_numeral(text: str, convention: Convention, *, is_alone: bool) -> str:
    """The digits up to where a second number begins: "of the 480, 168 left" has two; "364, 547" is one where the comma
    groups, if nothing else stands in its cell."""
    if ", " in text and not (is_alone and convention.grouping == ","):
        return _one_numeral(text.partition(", ")[0], convention, is_alone=False)
    return text if " " not in text or readings(text) else text.partition(" ")[0]


_NTH: Final = re.compile(r"st|nd|rd|th")
"""Letters that make the digits they are joined to a place in an order."""
_JOINED: Final = re.compile(r"[^\W\d_]|[-‐‑–][^\W\d_]|[.,]\d|²|³")
_JOINED_BEFORE: Final = re.compile(r"(?:[^\W\d_]-?|[\d/._@&=#№][.,-]?|№ ?|# ?)$")


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether letters or further marks stick to the digits, so that they are part of a name or an enumeration."""
    behind = text[end:]
    if _JOINED_BEFORE.search(text[max(0, start - 2) : start]):
        return True
    if not _JOINED.match(behind):
        return False
    token = TOKEN.match(text, end)
    sticking = token.group() if token else behind[:1]
    bare = sticking.removeprefix("-").removesuffix(".")
    if sticking.casefold() == "-fold":
        return False
    entry = look_up(bare) if not sticking.startswith("-") else None
    return not lexicon.ending(sticking.removesuffix(".")) and not (entry is not None and entry.code in "s%")


look_up = lru_cache(maxsize=1 << 16)(lexicon.look_up)
_opens_phrase = lru_cache(maxsize=1 << 14)(lexicon.opens_phrase)
_POINTS: Final = {
    "ru": re.compile(r"п\. ?п\.?(?!\w)", re.IGNORECASE),
    "kk": re.compile(r"п\. ?[пт]\.?(?!\w)", re.IGNORECASE),
    "en": re.compile(r"p\. ?p\.?(?!\w|\s?\d)"),
}
"""Percentage points abbreviated; elsewhere a full stop ends a phrase."""
_SETTLEMENT: Final = re.compile("елді(?= мекен)", re.IGNORECASE)
"""«88 елді мекен» are settlements and no countries."""
_WORD: Final = re.compile(r"[^\W\d_]+(?!\d)\.?")
_TOWARDS: Final = re.compile(
    r"(?<=\s)[Кк]\s+(?:\ufffc|(?!(?:тенге|евро)(?!\w))[а-яё]*(?:[аеиоуыэюя]|м|(?<!е)й)(?!\w))", re.IGNORECASE
)
"""A Russian preposition before a dative, and no thousand: «292 к концу года», not «292 к подписчиков»."""


def _word(text: str, place: int, lang: str | None) -> tuple[int, str]:
    """End and code of the longest phrase the lexicon knows in this language."""
    if (settlement := _SETTLEMENT.match(text, place)) is not None:
        return settlement.end(), "x"
    points = _POINTS[lang or "ru"].match(text, place)
    if points is not None:
        return points.end(), "%"
    if _TOWARDS.match(text, place):
        return place + 1, "x"
    ends = []
    at = place
    for word in range(lexicon.PHRASE_LENGTH):
        match = _WORD.match(text, at)
        if match is None:
            break
        ends.append((match.end(), text[place : match.end()]))
        if word == 0 and not _opens_phrase(match.group()):
            break
        if match.group().endswith(".") or not text.startswith(" ", match.end()):
            break
        at = match.end() + 1
    for end, phrase in reversed(ends):
        bare = phrase.removesuffix(".")
        entry = look_up(bare)
        if entry is not None and (lang is None or lang in entry.languages):
            keeps_dot = phrase == bare or bare.casefold() in ABBREVIATED
            return (end if keeps_dot else end - 1), entry.code
    return (ends[0][0] if ends else place + 1), "x"


def _code(kind: str, text: str) -> str:
    if kind in ("ending", "glued"):
        return "e" if lexicon.ending(text) else "u" if text.casefold() == "-fold" else "x"
    if kind in ("sign", "plus", "dash"):
        return {"sign": "+", "plus": "p", "dash": "r"}[kind]
    if kind == "symbol":
        entry = lexicon.look_up(text)
        return "c" if text in lexicon.CURRENCY_SIGNS else entry.code if entry else "x"
    return "x"
