"""Words people put into headers and beside figures, by what they mean; in Kazakh, Russian and English."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from digital_diplomacy.printed import UnreadableError, read_date
from digital_diplomacy.sources.identifiers import normal_form

_SPACES: Final = re.compile(r"\s+")
_MARKS: Final = re.compile(
    r"(?:\s*(?:\*+|[†‡§]|\u207d?[\u00b9\u00b2\u00b3\u2070-\u2079]+[)\u207e]?|\[[\d*a-z]{1,2}\]))+$"
)
"""Marks of footnotes at the end of a cell: stars, daggers, raised digits, numbers in square brackets."""

_BETWEEN: Final = re.compile(r"\s*[/|\n]\s*")
"""What stands between the names of one thing in several languages."""

_PERCENT: Final = re.compile(r"(?:pt|pc)(?:_|$)|(?:%|percent(?:age)?|процент(?:ов|ы)?|пайыз)(?= (?:of|от|к|из)\b)")
"""Units of tables of SDMX (PT_IND), and a unit that tells what the percent are of."""

_WITHIN: Final = re.compile(
    r"(?<![\d./–-])(?:19|20)\d\d(?![\d./–-])(?:\s*(?:гг?\b\.?|год[а-я]*|ж\b\.?|жыл[а-яғқңөұүһі]*))?"
)
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")  # between words that programs write as one: dataYear
_EMPTY: Final = re.compile(r"\(\s*\)")
_YEAR: Final = re.compile(r"x?((?:19|20)\d\d)(?:[.,]0+)?(?: ?\[yr\d{4}\])?(?: ?(?:г|год|года|ж|жыл|жылы|year|est))?\.?")
_ISO: Final = re.compile(r"\d{4}-\d\d(-\d\d)?(/\d{4}(-\d\d(-\d\d)?)?)?")
_FOUR: Final = re.compile(r"(?:19|20)\d\d")
_TAIL: Final = re.compile(r"(?P<base>.*?)\s*(?:[,(:]|\s-\s|\s–\s|\s—\s)\s*(?P<tail>[^,(]+?)\)?")
_LONGEST: Final = 25  # characters of a period
_NEARLY: Final = 0.9  # of the phrases that mean one thing
_KEPT: Final = 2**16  # texts whose meaning is kept: names and periods of a long table stand in it again and again

SCALES: Final = ("thousands", "millions")
UNITS: Final = ("percent", "persons", *SCALES)


@cache
def _roles() -> dict[str, frozenset[str]]:
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["role"], row["word"]) for row in csv.DictReader(stream)]
    return {role: frozenset(fold(word) for of, word in rows if of == role) for role, _ in rows}


def words(role: str) -> frozenset[str]:
    """The words that mean something, folded."""
    return _roles()[role]


def stems(of: Iterable[str]) -> frozenset[str]:
    """Beginnings of words that nearly all phrases of a role, in one script, hold: ``intern`` of Internet users.

    Examples
    --------
    >>> sorted(stems(["internet_users_pct"])), stems(["referral_share"])
    (['intern', 'интерн'], frozenset())
    """
    found = set()
    for role in of:
        phrases = [text for text in words(role) if " " in text]
        for script in (r"[a-z]{6,}", r"[а-яәғқңөұүһі]{6,}"):
            begun = [{word[:6] for word in re.findall(script, text)} for text in phrases if re.search(script, text)]
            counts = Counter(stem for one in begun for stem in one)
            found |= {stem for stem, count in counts.items() if len(begun) > 2 and count >= _NEARLY * len(begun)}
    return frozenset(found)


def unmarked(text: str) -> str:
    """The text in normal form on one line, without marks of footnotes at its end.

    Examples
    --------
    >>> unmarked("Казахстан\\u00b9"), unmarked("2020 **")
    ('Казахстан', '2020')
    """
    return _MARKS.sub("", _SPACES.sub(" ", normal_form(text))).strip()


@lru_cache(_KEPT)
def fold(text: str) -> str:
    """The text as words are compared: in one case, without marks of footnotes, ``ё`` as ``е``.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> intake.fold(" Учётные\\nзаписи* ")
    'учетные записи'
    """
    plain = unmarked(text).casefold().replace("ё", "е")
    return plain if set(plain) <= set(".-–—−…:") else plain.strip(" :;.")


@lru_cache(_KEPT)
def roles(text: str) -> frozenset[str]:
    """What a header may mean, by its words without those of its unit; nothing if it is not known."""
    whole, (base, _) = fold(text), _parted(text)
    said = {whole, base, whole.replace("_", " "), whole.strip("[]"), fold(_HUMP.sub(" ", text))} - {""}
    found = frozenset(role for role, known in _roles().items() if role not in UNITS and said & known)
    parts = [] if found else in_languages(text)
    return frozenset.intersection(*map(roles, parts)) if parts else found  # Ел / Страна / Country


def unit(text: str) -> str:
    """The unit a header names: percent, persons, thousands, millions, or none.

    Examples
    --------
    >>> unit("Пользователи, тыс. чел."), unit("Internet users (% of population)"), unit("Users, total")
    ('thousands', 'percent', '')
    """
    return _parted(text)[1]


def without_unit(text: str) -> str:
    """What a header says besides its unit, folded.

    Examples
    --------
    >>> without_unit("Never online, %"), without_unit("in percent")
    ('never online', '')
    """
    return _parted(text)[0]


def in_languages(text: str) -> list[str]:
    """The names of one thing in several languages that a text puts side by side or below each other; else nothing.

    Examples
    --------
    >>> in_languages("Ел / Страна / Country"), in_languages("Country")
    (['Ел', 'Страна', 'Country'], [])
    """
    parts = [unmarked(part) for part in _BETWEEN.split(text.strip())]
    return parts if len(parts) > 1 and all(parts) else []


def dated(text: str) -> tuple[str, str]:
    """A header's text without the one year it holds, and the year; as it is if it holds none or several.

    Examples
    --------
    >>> dated("Internet users, 2022 (%)"), dated("2022 г. (факт)"), dated("2022 to 2021, %")
    (('Internet users (%)', '2022'), ('(факт)', '2022'), ('2022 to 2021, %', ''))
    """
    found = _WITHIN.findall(text)
    if len(found) != 1:
        return text, ""
    before, after = (side.strip() for side in text.split(found[0]))
    rest = f"{before.rstrip(' ,;:')}{'' if after.startswith((',', ';', ')')) else ' '}{after}" if before else after
    return _EMPTY.sub("", rest).strip(" ,;:._"), found[0][:4]


def tells_indicator(text: str) -> bool:
    """Whether a line names what is counted, in two words or more: a unit, or a share, number or access of something.

    Examples
    --------
    >>> tells_indicator("Mobile subscriptions per 100 people"), tells_indicator("Central Asia")
    (True, False)
    """
    found = re.findall(r"[^\W\d_]+", fold(text))
    return bool(found[1:]) and (bool(unit(text)) or not words("counted").isdisjoint(found))


def _parted(text: str) -> tuple[str, str]:
    """A header without its unit, and the unit."""
    folded = unmarked(text).casefold().replace("ё", "е")
    for candidate in (folded, folded.strip(" :;.")):
        named = next((one for one in UNITS if candidate in words(one)), "")
        if named:
            return "", named
        found = _TAIL.fullmatch(candidate)
        tail = next((one for one in UNITS if found and fold(found["tail"]) in words(one)), "")
        if found and tail:
            return fold(found["base"]), tail
    if folded.endswith("%"):
        return fold(folded[:-1]), "percent"
    return ("", "percent") if _PERCENT.match(folded) else (fold(folded), "")


@lru_cache(_KEPT)
def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no figure: nothing, dots, a dash, ``н/д``."""
    text = _SPACES.sub(" ", normal_form(cell)).casefold()
    return not text or fold(text) in words("missing") or text in words("missing")


@lru_cache(_KEPT)
def is_total(text: str) -> bool:
    """Whether a row's name says that it is a sum or mean of others."""
    folded = fold(text)
    return folded in words("total") or folded.split(" ")[0].strip(",:(") in words("total")


def is_everybody(text: str) -> bool:
    """Whether a text says that figures are of all people and not of a part of them.

    Examples
    --------
    >>> is_everybody("Both sexes"), is_everybody("Всего"), is_everybody("Women")
    (True, True, False)
    """
    return is_total(text) or fold(text) in words("everybody")


def is_no_unit(text: str, *, among_countries: bool) -> bool:
    """Whether a row's name says that it is a sum or mean of others or, among countries, a group of them.

    Elsewhere only a name that is nothing but such a word says so: units of one's own may be called what they like.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> intake.is_no_unit("Average", among_countries=False), intake.is_no_unit("Total Energies", among_countries=False)
    (True, False)
    >>> intake.is_no_unit("Итого по СНГ", among_countries=True)
    True
    """
    if fold(text) in words("total"):
        return True
    return among_countries and (is_total(text) or fold(text) in words("aggregate"))


def statistics_of(names: Iterable[str]) -> list[str]:
    """Names of rows that describe the others, such as the least and the deviation, if two rows or more do so.

    One alone may be a unit: Max is a messenger.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> intake.statistics_of(["Max", "Telegram"]), intake.statistics_of(["Kazakhstan", "Mean", "Min", "Max"])
    ([], ['Min', 'Max'])
    """
    told = list(names)
    found = [name for name in told if fold(name) in words("statistic")]
    return found if len(found) + sum(fold(name) in words("total") for name in told) > 1 else []


@lru_cache(_KEPT)
def is_note(text: str) -> bool:
    """Whether a row's beginning says that it is a note, a source or a footnote.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> intake.is_note("Source: national statistics"), intake.is_note("* provisional"), intake.is_note("Norway")
    (True, True, False)
    """
    stripped = normal_form(text)
    marked = re.match(r"(\*|†|‡|[\u00b9\u00b2\u00b3\u2070-\u2079]|\[?\d{1,2}[\])])\s*\S", stripped)
    first = re.split(r"[:.\-–—]", stripped, maxsplit=1)[0]
    return bool(marked) or (len(first) < len(stripped) and fold(first) in words("note")) or fold(text) in words("note")


@lru_cache(_KEPT)
def period_of(text: str) -> str:
    """A period in ISO 8601, or nothing if the text is none.

    Examples
    --------
    >>> period_of("2020 г."), period_of("2021 [YR2021]"), period_of("январь 2021"), period_of("63,5")
    ('2020', '2021', '2021-01', '')
    """
    plain = unmarked(text)
    if year := _YEAR.fullmatch(plain.casefold()):
        return year[1]
    if _ISO.fullmatch(plain):
        return plain
    if len(plain) > _LONGEST or not _FOUR.search(plain):
        return ""
    try:
        found = read_date(plain)
    except UnreadableError:
        return ""
    return found.period if found.bound == "exact" else ""
