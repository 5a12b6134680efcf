"""Texts in every language of the project, looked up by code; a missing label is an error, never a guess.

Only what researchers' own tables hold (`name`, `entity`) is shown under its own code in their own cells. Whatever makes
pages takes `NamelessWarning` for an error.

Every text stands in one of the ``*.csv`` files beside this module, a column a language. Names of countries, plural
forms and the shapes of numbers and dates come from the Unicode CLDR through Babel.
"""

import datetime as dt
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Final

from digital_diplomacy.errors import ArgumentError, LabelError, NamelessWarning, Said, said
from digital_diplomacy.labels import refusals
from digital_diplomacy.labels.agreement import agreed, nested
from digital_diplomacy.labels.articles import marked, with_articles
from digital_diplomacy.labels.columns import complete, declared, locale, missing, read, unsound
from digital_diplomacy.labels.nearness import nearest
from digital_diplomacy.labels.periods import interval
from digital_diplomacy.labels.plurals import FORMED, Counted
from digital_diplomacy.labels.ranges import without_empty

_GROUPED: Final = 5  # digits from which a number in arithmetic is grouped
_DOCUMENT: Final = re.compile(r"document_\d{3}")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_CUT_THOUSAND: Final = "м."
_THOUSAND: Final = "мың"
TURNING: Final = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of the words behind them."""

_NOT_SEEN: Final = re.compile(rf"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff{TURNING}]")
"""These, what moves a terminal's cursor, and what no SVG or workbook can hold."""

_OWN: Final = ("entity", "group", "relation", "type")  # kinds of codes that researchers' own tables hold
_own_names: ContextVar[Mapping[str, str]] = ContextVar("own_names", default=MappingProxyType({}))

# Sixty actors without a name would be sixty warnings above a picture that shows it; behind every other filter.
warnings.filterwarnings("ignore", category=NamelessWarning, append=True)


@cache
def _texts() -> dict[str, dict[str, str]]:
    return read()


LANGUAGES: Final = complete(_texts())
"""BCP 47 codes of the languages that have every text, in the order of the columns of ``core.csv``."""


def on_one_line(name: str) -> str:
    """A name without line breaks, control characters and those that turn the direction of the words behind them.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.on_one_line("Press\\n club \\u202eof\\x1b mine")
    'Press club of mine'
    """
    return " ".join(_NOT_SEEN.sub("", name).split())


@contextmanager
def own_names(texts: Mapping[str, str]) -> Iterator[None]:
    """Within the block, name what a researcher's own tables hold: code (``entity.embassy_7``) to its name.

    Names of people's own actors, indicators and relations stand in their tables, in one form for all languages. They
    come before labels of the package, which may have a word for the same code (an indicator called ``share``); of what
    tables do not hold, such as units, labels stay. Braces in a name are plain characters; names are told `on_one_line`.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> with labels.own_names({"entity.embassy_7": "Embassy in {Astana}"}):
    ...     labels.entity("embassy_7", "kk")
    'Embassy in {Astana}'
    """
    told = {code: on_one_line(name) or name for code, name in texts.items()}
    token = _own_names.set({**_own_names.get(), **told})
    try:
        yield
    finally:
        _own_names.reset(token)


def codes(prefix: str = "") -> list[str]:
    """All codes that start with ``prefix``, sorted.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> "unit.percent" in labels.codes("unit."), "unit.percent" in labels.codes("type.")
    (True, False)
    """
    return sorted(code for code in _texts() if code.startswith(prefix))


def is_known(code: str) -> bool:
    """Whether there is a text of this code.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.is_known("unit.percent"), labels.is_known("unit.parsec")
    (True, False)
    """
    return code in _texts()


def raw(code: str, lang: str) -> str:
    """A text as it stands, with its braces; nothing where there is none.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.raw("notice.from_to", "en")
    '{low} to {high}'
    """
    return _texts().get(code, {}).get(lang) or ""


def check_language(lang: str) -> str:
    """Return ``lang`` if texts exist in it.

    Raises
    ------
    ValueError
        Naming the allowed languages.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.check_language("kk")
    'kk'
    """
    if lang not in LANGUAGES:
        raise ArgumentError(refusal(lang))
    return lang


def refusal(lang: str, *more: str) -> Said:
    """Why there is nothing in a language, and what is allowed instead: the languages, and what else ``more`` names.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> str(labels.refusal("de", "all")).partition(";")[0]
    "unknown language 'de'"
    """
    allowed = ", ".join((*LANGUAGES, *more))
    if lang not in declared():
        return said("unknown language {lang!r}; allowed: {allowed}", lang=lang, allowed=allowed)
    lacks = sorted({*missing(_texts(), lang), *unsound(_texts(), lang)})
    return said(
        "language {lang!r} is not complete: {count} of its texts are missing or have other fields than the English "
        "ones, the first is that of {first!r} (see "
        "`digital-diplomacy labels --check`); allowed: {allowed}",
        lang=lang, count=len(lacks), first=lacks[0], allowed=allowed,
    )  # fmt: skip


def direction(lang: str) -> str:
    """Whether a language is written from the left (``ltr``) or from the right (``rtl``).

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.direction("kk")
    'ltr'
    """
    return "rtl" if locale(lang).character_order == "right-to-left" else "ltr"


def text(code: str, lang: str, /, **values: object) -> str:
    """The text of ``code`` in ``lang`` with ``{name}`` fields filled from ``values``.

    What stands beside a number may depend on it: ``{edges:|# tie|# ties}`` has a form for each of the language's
    plurals, in the order of `plurals.PLURALS`, and the number in the place of ``#``. A name in ``{measure:~}`` begins
    with a small letter, as inside of a sentence.

    Raises
    ------
    LabelError
        If the code, its text in that language, a value for one of its fields, or a form of a plural is missing.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.text("unit.percent", "en")
    'percent'
    >>> [labels.text("notice.alt_rows", "en", count=count) for count in ("1", "1,001", 2)]
    ['1 row', '1,001 rows', '2 rows']
    """
    check_language(lang)
    row, own = _texts().get(code), _own_names.get().get(code)
    if own and (row is None or code.partition(".")[0] in _OWN):
        return own
    if row is None or not row.get(lang):
        raise LabelError(
            "no {lang} text for {code!r}; add it to a CSV file in digital_diplomacy/labels/", lang=lang, code=code
        )
    try:
        told = refusals.named(values, lang)
        if lang == "en":
            told = {name: marked(value) for name, value in told.items()}
        if FORMED.search(row[lang]):
            told = {name: Counted(value, lang) for name, value in told.items()}
        filled = agreed(without_empty(row[lang], told, raw("range.forms", lang)).format(**told), lang)
        return with_articles(filled) if lang == "en" else nested(filled)
    except KeyError as error:
        raise LabelError("text {code!r} needs a value for {error}", code=code, error=error) from error


def counted(code: str, count: int, lang: str) -> str:
    """A number with what it counts, in the plural form of the language: ``count.<code>.<form>``, forms as CLDR's.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> [labels.counted("ties", count, lang) for count, lang in ((1, "en"), (2, "en"), (2, "ru"), (5, "ru"))]
    ['1 tie', '2 ties', '2 связи', '5 связей']
    """
    form = locale(check_language(lang)).plural_form(count)
    return text(f"count.{code}.{form}", lang, n=number(count, lang))


def fields(code: str, lang: str) -> frozenset[str]:
    """Names of the ``{fields}`` of a text.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> sorted(labels.fields("notice.from_to", "en"))
    ['high', 'low']
    """
    check_language(lang)
    parts = Formatter().parse(_texts().get(code, {}).get(lang) or "")
    return frozenset(name for _, name, _, _ in parts if name)


@cache
def _alpha_2(iso3: str) -> str:
    """ISO 3166 alpha-2 of an alpha-3 code; Kosovo has only the user-assigned pair XKX, XK."""
    import pycountry  # imported here: only this needs it

    found = pycountry.countries.get(alpha_3=iso3)
    return "XK" if iso3 == "XKX" else (found.alpha_2 if found else "")


_RESERVED: Final = {"UK": "GB", "EL": "GR"}
"""Two-letter codes people write for those of ISO 3166: that which it reserves, and that of the European Union."""


def nearest_country(text: str) -> str:
    """The alpha-3 code of the country of that name in a language of the package, or of that two-letter code, or else
    the code that a slip of the hand turns into the text; nothing where none is near.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.nearest_country("Узбекистан"), labels.nearest_country("KZ"), labels.nearest_country("KZA")
    ('UZB', 'KAZ', 'KAZ')
    >>> labels.nearest_country("12345")
    ''
    """
    import pycountry

    asked = text.strip()
    for lang in LANGUAGES:
        here = {_texts()[code][lang].casefold(): code.removeprefix("country.") for code in codes("country.")}
        if asked.casefold() in here:
            return here[asked.casefold()]
        named = {name.casefold(): code for code, name in locale(lang).territories.items()}
        found = pycountry.countries.get(alpha_2=named.get(asked.casefold(), "-"))
        if found:
            return str(found.alpha_3)
    short = pycountry.countries.get(alpha_2=_RESERVED.get(asked.upper(), asked.upper()))
    return str(short.alpha_3) if short else nearest(asked.upper(), [one.alpha_3 for one in pycountry.countries])


def is_country(code: str) -> bool:
    """Whether it is an ISO 3166 alpha-3 code.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.is_country("KAZ"), labels.is_country("WORLD")
    (True, False)
    """
    return f"country.{code}" in _texts() or bool(_alpha_2(code))


def country(iso3: str, lang: str) -> str:
    """Name of a country by ISO 3166 alpha-3 code: that of CLDR, unless ``country.<code>`` is labelled.

    Labelled are countries that Kazakhstan's Russian or Kazakh calls otherwise than CLDR (Кыргызстан, Әзербайжан), and
    those whose names CLDR abbreviates.

    Raises
    ------
    LabelError
        If no country has the code.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.country("KAZ", "kk")
    'Қазақстан'
    """
    check_language(lang)
    if f"country.{iso3}" in _texts():
        return text(f"country.{iso3}", lang)
    name = locale(lang).territories.get(_alpha_2(iso3))
    if name is None:
        raise LabelError("no {lang} name for country code {iso3!r}; ISO 3166 alpha-3 expected", lang=lang, iso3=iso3)
    return str(name)


def name(kind: str, code: str, lang: str) -> str:
    """Name of a code that researchers' own tables may hold: its label ``<kind>.<code>``, otherwise the code itself.

    Warns
    -----
    NamelessWarning
        Where it is the code itself; hidden unless warnings of this kind are asked for, an error in runs of notebooks.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.name("unit", "percent", "ru")
    'процент'
    """
    known = f"{kind}.{code}"
    if known in _texts() or known in _own_names.get():
        return text(known, lang)
    return _nameless(code, f"no {check_language(lang)} text for {known!r}")


def _nameless(code: str, missing: str) -> str:
    said = f"{missing}; add it to a CSV file in digital_diplomacy/labels/, or give it a name with labels.own_names"
    warnings.warn(NamelessWarning(said), stacklevel=3)
    return code


def language(code: str, lang: str) -> str:
    """Name of a language in another, or its BCP 47 code where the Unicode CLDR has no name.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.language("kk", "ru"), labels.language("xxx", "ru")
    ('казахский', 'xxx')
    """
    return str(locale(lang).languages.get(code, code))


def entity(code: str, lang: str) -> str:
    """Name of what a row is about: ``entity.<code>`` if labelled, the country of that code, or the code itself.

    Warns
    -----
    NamelessWarning
        As `name`.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.entity("KAZ", "kk")
    'Қазақстан'
    """
    known = f"entity.{code}"
    if known in _texts() or known in _own_names.get():
        return text(known, lang)
    if _DOCUMENT.fullmatch(code):
        return document(code.removeprefix("document_"), lang)
    try:
        return country(code, lang)
    except LabelError:
        return _nameless(code, f"no {lang} text for {known!r}, and {code!r} is no ISO 3166 alpha-3 code")


def document(code: str, lang: str) -> str:
    """A document of the project by author and year; the code itself where nobody has named it.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.document("000", "ru"), labels.document("a draft", "ru")
    ('Алмаш 2018', 'a draft')
    """
    known = f"entity.document_{code}"
    return text(known, lang) if known in _texts() or known in _own_names.get() else code


def titled(title: str, lang: str) -> str:
    """The title a descriptor gives a table or a source, in a language; nothing where it is known in its own alone.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.titled("The five source documents", "ru"), labels.titled("My survey", "ru")
    ('Пять исходных документов', '')
    """
    code = _titles().get(title)
    return text(code, lang) if code else ""


@cache
def _titles() -> dict[str, str]:
    return {_texts()[code]["en"]: code for code in codes("titled.")}


def or_own(code: str, own: str, lang: str) -> str:
    """A text, or in its place the word of a researcher's own table, underscores as blanks.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.or_own("says.internet_users", "internet_users", "ru"), labels.or_own("says.bot_share", "bot_share", "ru")
    ('Пользователи Интернета', 'bot share')
    """
    known = code in _texts() or code in _own_names.get()
    return text(code, lang) if known else on_one_line(own.replace("_", " "))


def quoted(words: str, lang: str) -> str:
    """Words as they are printed somewhere, in their own language, as tables carry them.

    Pages show them in quotation marks with their language marked, files of figures in quotation marks.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.quoted("более 3 миллиардов", "ru")
    '<q lang="ru">более 3 миллиардов</q>'
    """
    return f'<q lang="{lang}">{words}</q>'


def number(value: float, lang: str, *, decimals: int | None = None) -> str:
    """A number in the language's own marks; all its digits, or exactly ``decimals`` of them.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.number(1234.5, "ru").replace(chr(160), " ")
    '1 234,5'
    >>> labels.number(0.5, "en", decimals=2)
    '0.50'
    """
    from babel.numbers import format_decimal  # commands that say no number do not wait for it

    check_language(lang)
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=locale(lang), decimal_quantization=pattern is not None))


def digits(text: str, lang: str) -> str:
    """A number of computed digits as they stand, in the language's marks; a whole part of four digits may be a year.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> [labels.digits(*one).replace(chr(160), " ") for one in (("18199.50", "ru"), ("2031.2", "kk"), ("2024", "ru"))]
    ['18 199,50', '2031,2', '2024']
    """
    whole, _, rest = text.partition(".")
    if len(whole) >= _GROUPED:
        return number(float(text), lang, decimals=len(rest))
    return text.replace(".", number(0.5, lang, decimals=1)[1])


def short_number(value: float, lang: str) -> str:
    """A large number with the language's own word for thousand or million, to two decimals of it.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.short_number(1234.0, "en"), labels.short_number(2_500_000, "ru").replace(chr(160), " ")
    ('1.23K', '2,5 млн')
    >>> labels.short_number(100_000.0, "kk").replace(chr(160), " ")  # where CLDR cuts the word of a thousand to "м."
    '100 мың'
    """
    from babel.numbers import format_compact_decimal

    check_language(lang)
    digits = 0 if abs(value) < 1000 else 2
    said = str(format_compact_decimal(value, format_type="short", locale=locale(lang), fraction_digits=digits))
    return said.removesuffix(_CUT_THOUSAND) + _THOUSAND if lang == "kk" and said.endswith(_CUT_THOUSAND) else said


def period(iso: str, lang: str) -> str:
    """A period (``2021``, ``2021-01``, ``2021-01-31``, or a range ``2018/2022``) as people write it.

    Raises
    ------
    ArgumentError
        If the text is no period of ISO 8601.

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> labels.period("2018/2022", "en")
    '2018–2022'
    >>> [labels.period(iso, "ru").replace(chr(0x202F), " ") for iso in ("2021-01", "1881/2006-09-11")]
    ['янв. 2021 г.', '1881 – 11 сент. 2006 г.']
    """
    check_language(lang)
    parts = [_PERIOD.fullmatch(part) for part in iso.split("/")]
    dates = [found.groups() for found in parts if found is not None and _is_day(*found.groups())]
    if len(dates) < len(parts):
        raise ArgumentError("period {iso!r} is not ISO 8601 (YYYY, YYYY-MM, YYYY-MM-DD or a range with '/')", iso=iso)
    if len(dates) == 1:
        return _date(dates[0], lang)
    alike = len({(month is None, day is None) for _, month, day in dates}) == 1
    if len(dates) == 2 and alike and dates[0][1] is not None:
        ends = [dt.date(int(year), int(month), int(day or 1)) for year, month, day in dates]
        return interval(ends[0], ends[1], locale(lang), days=dates[0][2] is not None)
    told = [_date(date, lang) for date in dates]
    return (" – " if any(len(one.split()) > 1 for one in told) else "–").join(told)


def _is_day(year: str, month: str | None, day: str | None) -> bool:
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def _date(parts: Sequence[str | None], lang: str) -> str:
    from babel.dates import format_skeleton

    year, month, day = parts
    if month is None:
        return str(year)
    date = dt.date(int(year or 1), int(month), int(day or 1))
    return str(format_skeleton("yMMMd" if day else "yMMM", date, locale=locale(lang)))


def weekday(number: int, lang: str) -> str:
    """The name of a day of the week, from 1 for Monday to 7 for Sunday (ISO 8601).

    Examples
    --------
    >>> from digital_diplomacy import labels
    >>> [labels.weekday(6, lang) for lang in ("en", "ru", "kk")]
    ['Saturday', 'суббота', 'сенбі']
    """
    from babel.dates import get_day_names

    check_language(lang)
    return str(get_day_names("wide", locale=locale(lang))[number - 1])
