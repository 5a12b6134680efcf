"""Reading dates and periods as people print them, from a day to a century."""

import re
import unicodedata
from typing import Final

from digital_diplomacy.errors import ArgumentError, either, said
from digital_diplomacy.printed.date_patterns import read_alone
from digital_diplomacy.printed.model import LANGUAGES, Bound, PrintedDate, UnreadableError
from digital_diplomacy.printed.numerals import plain_digits

NOT_UNDERSTOOD: Final = said("no date or period is understood")
"""Why a text that is no date or period is refused."""

_WINTER: Final = re.compile(r"зим|winter|қыс")
_AROUND: Final[tuple[tuple[Bound, str], ...]] = (
    ("about", r"(?:около|примерно|around|about|circa|c\.|шамамен) (.+)"),
    ("at_least", r"(?:since|from|начиная с|со?) (.+)"),
    ("at_least", r"(.+ жыл)дан (?:бастап|бері)"),
    ("at_most", r"(?:by|until|till|up to|before|к|до) (.+)"),
    ("at_most", r"(.+ жыл)ға (?:дейін|қарай)"),
)

_SPANS: Final = (
    r"(.+?) - (.+)",
    r"(?:(?:со?|от|from) )?(.+?) (?:по|до|to|until|till|through) (.+)",
    r"(?:between|между) (.+?) (?:and|и) (.+)",
    r"(.+ жыл)дан (.+ жыл)ға дейін(?:гі)?",
    r"(.+[дтн][ае]н) (.+?) (?:дейін|шейін)(?:гі)?",
    r"(.+) [мбп]ен (.+?) (?:аралығы|арасы)(?:нда(?:ғы)?|н)",
    r"(.+?)-(.+)",
)
"""What stands between the ends of a span."""

_PARTS: Final = (
    r"(?P<part>начал(?:о|а|е|у|ом)|кон(?:ец|ца|це|цу|цом)|середин(?:а|ы|е|у|ой)) (?P<of>.+)",
    r"(?:the )?(?P<part>early|mid|late|beginning|start|middle|end)(?: of| in|-)? ?(?P<of>.+)",
    r"(?P<of>.+?) ?(?P<part>бас|орта|соң)(?:ы|сы|ында|сында|ынан|ына)",
)
"""Parts of a period of which nobody says how long they last."""


def read_date(text: str, lang: str | None = None) -> PrintedDate:
    """The period a printed date covers.

    Understood are days, months, quarters (``I кв. 2018``), half-years, seasons of the northern hemisphere by whole
    months (``осень 2023`` is September to November), years, decades (``1990s``), centuries (``XIX век`` is 1801 to
    1900), codes of statistics offices (``2020-Q3``, ``2021M01``, ``2020-W05`` by ISO 8601) and spans between two of the
    same precision (``с 28 февраля по 3 марта 2020 года``). Refused are dates whose day and month may change places,
    two-digit years, winters of one year, ``1900s`` and ``2000s`` (decade or century), ISO months that may be two years
    (``2011-12``), years of schools and treasuries (``2019/20``), and what has no length (``начало 2020 года``).

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

    References
    ----------
    SDMX (2021). Statistical data and metadata exchange 2.1, section 6: technical notes, 4.2 (observational time
    period): A, S, T, Q, M, W, D, and a first day with a duration.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> printed.read_date("в январе 2021 года").period, printed.read_date("I кв. 2018").period
    ('2021-01', '2018-01/2018-03')
    """
    if lang is not None and lang not in LANGUAGES:
        raise ArgumentError(
            "unknown language {lang!r}; allowed: {languages}", lang=lang, languages=", ".join(LANGUAGES)
        )
    plain = plain_digits(unicodedata.normalize("NFC", text)).strip().casefold().replace("ё", "е")
    plain = re.sub(r"[‐‑–—−]", "-", re.sub(r" {2,}", " ", plain))
    plain = re.sub(r"(?<=[\w.])[.,;]$", "", plain) if not re.search(r"\.\.$", plain) else plain
    try:
        found = _read(plain, lang)
    except UnreadableError as error:
        raise UnreadableError(text, error.reason) from error
    if found is None:
        winter = _WINTER.match(plain)
        raise UnreadableError(text, said("a winter lies in two years") if winter else NOT_UNDERSTOOD)
    return found


def _read(text: str, lang: str | None) -> PrintedDate | None:
    bare = re.sub(r"^(?:in the|in|on|during|as of|the|в|во|за|от|на|по состоянию на) ", "", text)
    found = read_alone(bare, lang) or _between(bare, lang)
    if found is not None:
        return found
    for shape in _PARTS:
        match = re.fullmatch(shape, bare)
        found = _read(match["of"], lang) if match is not None else None
        if match is not None and found is not None:
            raise UnreadableError(
                text,
                said(
                    "how long its {part} lasts is not printed; it lies in {period}",
                    part=match["part"],
                    period=found.period,
                ),
            )
    for bound, shape in _AROUND:
        match = re.fullmatch(shape, bare)
        found = _read(match[1], lang) if match is not None else None
        if found is not None and found.bound == "exact":
            return PrintedDate(found.start, found.end, found.precision, bound)
    return None


def _between(text: str, lang: str | None) -> PrintedDate | None:
    """A span of two dates of one precision; what they share may be printed once: "1-5 March 2020".

    Raises
    ------
    UnreadableError
        If there are two such spans.
    """
    for shape in _SPANS:
        match = re.fullmatch(shape, text)
        if match is None:
            continue
        found = {span for pair in _completed(match[1], match[2]) if (span := _spanned(pair, lang)) is not None}
        if len(found) > 1:
            raise UnreadableError(
                text, said("it can mean {choice}", choice=either(sorted(span.period for span in found)))
            )
        if found:
            return found.pop()
    return None


def _spanned(pair: tuple[str, str], lang: str | None) -> PrintedDate | None:
    first, last = (_alone(end, lang) for end in pair)
    if first is None or last is None or first.precision != last.precision or first.end >= last.start:
        return None
    return PrintedDate(first.start, last.end, first.precision)


def _alone(text: str, lang: str | None) -> PrintedDate | None:
    """A date that is no span, or nothing."""
    try:
        return read_alone(text, lang)
    except UnreadableError:
        return None


def _completed(first: str, last: str) -> list[tuple[str, str]]:
    """Both ends as printed; otherwise each with what only the other has: the year, or month and year."""
    if len(re.findall(r"(?<!\d)\d{4}(?!\d)", f"{first} {last}")) != 1:
        return [(first, last)]
    year_last = re.search(r",? ?\d{4}\D*$", last)
    _, _, rest = last.partition(" ")
    word, blank, _ = first.rpartition(" ")
    year_first = re.match(r"\d{4}\D*? (?=\S+(?: \S+)?$)", first)
    firsts = [first, f"{first} {rest}", f"{first}{year_last[0]}" if year_last else ""]
    lasts = [last, f"{word}{blank}{last}", f"{year_first[0]}{last}" if year_first else ""]
    return [(a, b) for a in firsts for b in lasts if a and b]
