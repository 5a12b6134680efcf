"""Nouns of two meanings or two words, and heads of columns of measures: "640 posts", "286 post offices"."""

import re
from typing import Final

from digital_diplomacy.extraction.nouns import MEASURED_UNIT, noun_unit
from digital_diplomacy.extraction.phrases import head_behind
from digital_diplomacy.extraction.units import merged

POSTS: Final = re.compile(r"\d\s+posts?$|[a-z]\s+posts?$", re.IGNORECASE)
_STAFF: Final = re.compile(
    r"\b(?:vacan\w+|unfilled|fill(?:ed|s|ing)?|replac\w+|teach\w+|nurs\w+|medical|budgeted|full-time|part-time|"
    r"held|hold|holds|senior|junior|public service|establishment|staff\w*|"
    r"civil serv\w+|salar\w+|recruit\w+|abolish\w+|payroll|appoint\w+|"
    r"posts? (?:of|for) (?:[a-z]+ )?[a-z]+(?:ers|ors|ists|ants|ians|cians|nurses|judges))\b",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(
    r"\b(?:facebook|twitter|telegram|instagram|account|social|likes?|channel|page|publish\w+|wrote|shar(?:ed|es)|"
    r"tweet\w*|post(?:ed|ing)|comment\w*)\b",
    re.IGNORECASE,
)
"""Posts of staff, and those that are written."""
_OFFICES: Final = re.compile(
    r"\b(?:consular|diplomatic|border|frontier|customs|check|guard|police|military|army|trading|first-aid|outpatient|"
    r"observation|command|polling|honorary)[ -]posts?\b",
    re.IGNORECASE,
)
"""Posts that are places, whatever is published there."""

_MEASURED_HEAD: Final = re.compile(
    r"[,(]\s*(?:k?m|км|м|ha|га|kg|кг|t|т|tonnes?|тонн\w*|m[²³23]|м[²³23]|km²|км²|[kMG]W(?:h|·h)?|[кМГ]Вт\S*|л|litres?|"
    r"km/h|°C|mm|мм|см|cm)\s*\)?\s*$"
)
"""The head of a column of measures: "Canals, km"."""


def is_measured_head(head: str, lang: str) -> bool:
    """Whether the head of a column names a measure: "Tonnes", «Тысяч тонн», "Canals, km".

    Examples
    --------
    >>> [is_measured_head(head, "en") for head in ("Tonnes", "Canals, km", "Canals")]
    [True, True, False]
    """
    if _MEASURED_HEAD.search(head):
        return True
    words = re.findall(r"[^\W\d_]+", head)
    return 0 < len(words) <= _FEW_WORDS and noun_unit(words[-1].casefold(), lang) == MEASURED_UNIT


_FEW_WORDS: Final = 2


def is_of_staff(text: str) -> bool:
    """Whether posts in a sentence are those that people hold, or offices and guards.

    Examples
    --------
    >>> is_of_staff("Women hold 1,120 of the 3,500 posts."), is_of_staff("It published 640 posts.")
    (True, False)
    >>> is_of_staff("Accounts of 126 consular posts were found."), is_of_staff("126 border posts have pages.")
    (True, True)
    """
    return _OFFICES.search(text) is not None or (_STAFF.search(text) is not None and not _WRITTEN.search(text))


_BOOKED: Final = re.compile(
    r"(?<!\w)уч[её]тн\w+\s+запис|(?<!\w)запис(?:ь|и|ей|ям|ями|ях)\s+(?:на\s+[а-яё]*(?:при[её]м|консультац|курс)|к\s+врач|актов)|"
    r"(?<!\w)(?:при[её]м|документ|журнал|реестр|регистр|трудов|архив|метрическ|базы? данных|базе данных|звук)\w*",
    re.IGNORECASE,
)
_ONLINE: Final = re.compile(
    r"(?<!\w)(?:страниц|аккаунт|канал|соцсет|социальн\w+ сет|подписчик|лайк|просмотр|репост|лент[аеуы](?!\w)|твит|"
    r"пост(?:ы|ов|ам)?(?!\w))|\b(?:facebook|twitter|telegram|instagram|tiktok|youtube)\b",
    re.IGNORECASE,
)
"""Russian records that are kept, and what is put online."""


def is_online(word: str, text: str) -> bool:
    """Whether Russian publications are put online by the words of their sentence.

    Examples
    --------
    >>> is_online("публикация", "На странице 13 публикаций."), is_online("публикация", "Вышло 13 публикаций.")
    (True, False)
    """
    return word == "публикация" and _ONLINE.search(text) is not None


def is_no_message(word: str, text: str) -> bool:
    """Whether Russian records in a sentence are kept, and none that are put online.

    Examples
    --------
    >>> is_no_message("запись", "За день сделано 40 записей на приём.")
    True
    """
    return word == "запись" and _BOOKED.search(text) is not None and not _ONLINE.search(text)


def compound_unit(printed: str, behind: str) -> str:
    """Unit of an English noun of two words whose first is a counted one: "286 post offices"; "" for any other.

    Examples
    --------
    >>> compound_unit("286 post", " offices in the province"), compound_unit("1 post", " office")
    ('items', '')
    """
    word = _SINGLE.search(printed)
    if word is None or not re.match(r"\s[a-z]", behind):
        return ""
    head = head_behind(f" {word[1]}{behind}", "en")
    return "" if head is None or not head.word or head.word == word[1] else merged(head.unit) or "items"


_SINGLE: Final = re.compile(
    r"(?:^|\s)(post|message|user|account|country|region|province|house|citizen|"
    r"resident|site)$",
    re.IGNORECASE,
)
