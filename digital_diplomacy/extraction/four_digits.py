"""Four digits that look like a year and count something, told by what is counted and by the words before them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from digital_diplomacy.extraction.nouns import is_plural
from digital_diplomacy.extraction.russian import is_genitive_plural
from digital_diplomacy.extraction.units import noun_behind
from digital_diplomacy.printed import Found, Printed

_YEAR: Final = re.compile(r"\d{4}")
_BOUND: Final = (
    r"more than|at least|over|nearly|almost|fewer than|exactly|a total of|altogether|"
    r"более|свыше|около|почти|не менее|не более|порядка|всего|итого|ещ[её]|"
    r"барлығы|жалпы саны|шамамен|кемінде|тағы"
)
_BEFORE: Final = {
    "en": re.compile(rf"\b(?:{_BOUND})\s+$", re.IGNORECASE),
    # Verbs and short participles: «опрошено 1860 родителей», «участвовали 1860 …», «приняли участие 1860 …».
    "ru": re.compile(
        rf"\b(?:{_BOUND}|участие|(?!начал|число|дело|детали)\w+(?:[аиыяе]ло|[аиыя]ли|шли|л[ои]сь|\w\w[еёая]но|\w\wято))\s+$",
        re.IGNORECASE,
    ),
    # Who or where stands before the number, in the dative or locative: «Сауалнамаға 1860 ата-ана», «Облыста 1860 …».
    "kk": re.compile(rf"\b(?:{_BOUND}|(?!және)[а-яёәғқңөұүһі-]{{2,}}[ғгқкндт][ае])\s+$", re.IGNORECASE),
}
"""What stands before a number and not before a year, which follows a preposition, a name or nothing."""
_LISTED: Final = re.compile(
    r"\s*(?:[^\W\d_]+(?:-[^\W\d_]+)?\s+){0,3}(?:(?:and|и|мен|бен|пен|және)\s+)?|[^.;:()\d]{0,40},\s*"
)
"""Between a number and the next one that counts: its noun, and a conjunction or a comma."""
_NOUN: Final = {
    "en": re.compile(r"\s+(?:[a-z]+\s+)?[a-z-]+"),
    "ru": re.compile(r"\s+(?:[а-яё]+[ыи]х\s+)?[а-яё-]+"),
    # No plural stands behind a number.
    "kk": re.compile(r"\s+(?:[а-яёәғқңөұүһі]+\s+)?(?![а-яәғқңөұүһі-]+[лдт][ае]р)[а-яёәғқңөұүһі-]+"),
}
_MANY: Final = re.compile(r"\s+(?:[а-яё]+[ыи]х\s+)?[а-яё]{2,}(?:ов|ев|(?<!и)ей|(?<!к)ий)(?![\w-])")
"""Russian nouns as they stand behind a number of many: «предприятий», «домов»; not «редакцией» or «детский»."""


def as_number(text: str) -> Printed | None:
    """Four digits as what they count; nothing if the text is no such digits.

    Examples
    --------
    >>> as_number("1860").value, as_number("2019–2020")
    (Decimal('1860'), None)
    """
    if not _YEAR.fullmatch(text):
        return None
    value = Decimal(text)
    limits = (value - Decimal("0.5"), value + Decimal("0.5"))
    return Printed(text, value, *limits, *limits, value, value + 1, last_digit=Decimal(1))


def counts(found: Sequence[Found]) -> list[Found]:
    """The findings of a cell under a head that names what is counted: four digits alone are no year there."""
    return [_counted(one) if one.date is not None and len(found) == 1 else one for one in found]


def counted(found: Sequence[Found], text: str, lang: str) -> list[Found]:
    """The findings of a sentence; four digits with a counted noun behind and no word of time before are no year.

    A year stays one behind a preposition («в 2020 учителей …»), a name (PISA 2018) or at the beginning: a number must
    be told by a word of amount, by a verb, or by another number before it.

    Examples
    --------
    >>> from digital_diplomacy.printed import Convention, find
    >>> texts = ["Опрошено 640 учителей и 1860 родителей.", "В 2020 учителей стало больше."]
    >>> read = [(text, find(text, convention=Convention.of("ru"))) for text in texts]
    >>> [[one.date is not None for one in counted(found, text, "ru")] for text, found in read]
    [[False, False], [True]]
    """
    kept: list[Found] = []
    for one in found:
        is_counted = one.date is not None and _YEAR.fullmatch(one.text) and _is_counted(one, kept, text, lang)
        kept.append(_counted(one) if is_counted else one)
    return kept


def _is_counted(one: Found, before: Sequence[Found], text: str, lang: str) -> bool:
    if _SHARED.match(text, one.end) and not _DATED[lang].search(text, 0, one.start):
        return True
    noun = _NOUN[lang].match(text, one.end)
    if noun is None or not (noun_behind(noun.group(), lang) or _is_open(one, text, lang)):
        return False
    last = before[-1] if before else None
    is_listed = (
        last is not None
        and last.figure is not None
        and last.figure.last_digit == 1
        and last.figure.unit != "rank"
        and _LISTED.fullmatch(text, last.end, one.start) is not None
    )
    return is_listed or _BEFORE[lang].search(text, 0, one.start) is not None


_SHARED: Final = re.compile(
    r"(?:(?:,| [–—-])?\s+(?:или|or|that is,?|то есть|яғни|немесе)\s+|,\s+|\s?\()\d{1,2}(?:[.,]\d+)?\s?(?:%|"
    r"per ?cent\b|процент|пайыз)"
)
"""A share told behind a count: «пришли 1920, или 80 %»."""
_DATED: Final = {
    "en": re.compile(
        r"(?:\b(?:in|on|than|over|against|versus|of|by|since|from|to|until|for|during|before|"
        r"after|and|year|[A-Z]\w+)|[–—,(-]|^)\s*$"
    ),
    "ru": re.compile(
        r"(?:(?<!\w)(?:в|во|с|со|к|ко|до|по|на|против|чем|от|за|из|и|год\w*|конц\w|начал\w|январ\w|феврал\w|март\w?|апрел\w|ма[яйе]|"
        r"июн\w|июл\w|август\w?|сентябр\w|октябр\w|ноябр\w|декабр\w)|[–—,(-]|^)\s*$",
        re.IGNORECASE,
    ),
    "kk": re.compile(r"(?:(?<!\w)(?:мен|және|жыл\w*)|[–—,(-]|^)\s*$", re.IGNORECASE),
}
"""What stands before a year."""


def _is_open(one: Found, text: str, lang: str) -> bool:
    """Whether a noun of no known unit stands as behind a number; years of our time want a known one."""
    if lang == "ru":
        word = _WORD.match(text, one.end)
        return bool(_MANY.match(text, one.end) or (word and is_genitive_plural(word[1])))
    if _OUR_TIME[0] <= int(one.text) <= _OUR_TIME[1]:
        return False
    noun = _OPEN[lang].match(text, one.end)
    return noun is not None and (lang == "kk" or is_plural(noun[1]))


_WORD: Final = re.compile(r"\s+(?:[а-яё]+[ыи]х\s+)?([а-яё]{3,})(?![\w-])")
_OUR_TIME: Final = (1950, 2035)
"""Years that a paper of today may tell without a word that says so."""
_OPEN: Final = {
    "en": re.compile(r"\s+([a-z]{3,})\b"),
    # No case stands on what a number counts, and neither a month nor a word of time or order is counted.
    "kk": re.compile(
        r"\s+(?!ж(?:ыл|\.|ж)|(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан|"
        r"көктем|жаз|күз|қыс|және|мен|дейін|бастап|кейін|бұрын|аралығ|ғасыр)\w*)"
        r"([а-яёәғқңөұүһі]{3,})(?<![дт][ае])(?<![дтн][ае]н)(?<![дтн][ыі]ң)(?<![лдт][ае]р)(?<!ғы)(?<!гі)\b"
    ),
}


def _counted(one: Found) -> Found:
    figure = as_number(one.text)
    return one if figure is None else replace(one, figure=figure, date=None)
