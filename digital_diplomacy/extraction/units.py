"""What a figure without a unit of its own counts: the noun behind it, its column, or its neighbours."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from digital_diplomacy.printed import counted_unit

_WORD: Final = re.compile(r"\s*([^\W\d_][\w’'-]*)")
_STOP_WORDS: Final = (
    "of in on at for to from by with and or but as is are was were be been has have had can will would "
    "may that which who than while when after before during since per vs и или но а в во на с со к ко о "
    "об у по до из от для при за над под что который которая которые которых это как чем же бы ли не "
    "был была были было будет будут есть составил составила составило составили мен бен пен және немесе "
    "бірақ үшін туралы болды болып бойынша қарай ретінде"
)
_STOP: Final = frozenset(_STOP_WORDS.split())
_MARKS: Final = re.compile(r"(?:\*{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\s?\[\d[\d,; –-]*\])|\.(?= [a-zа-яәғқңөұүһі])")
_AGE: Final = re.compile(
    r"\bage of\b|\b(?:older|younger) than\b|старше|младше|моложе|\baged?\b|жастан|жасқа", re.IGNORECASE
)
_RATE: Final = re.compile(
    r"\bper (?:1|one|thousand|million|head|capita)|\b(?:for|in) every\b|"
    r"(?<!\w)на\s+(?:1\s?0|тысяч|кажд|одн|душу)|шаққан",
    re.IGNORECASE,
)
_PEOPLE: Final = {
    "en": re.compile(
        r"patients?|doctors?|physicians?|nurses?|(?:wo)?men|girls?|boys?|child(?:ren)?|pupils?|students?|teachers?|workers?|"
        r"employees?|participants?|voters?|tourists?|visitors?|parents?|specialists?|officials?|diplomats?|migrants?",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:пациент|врач|медработник|медик|студент|школьник|ученик|участник|турист|работник|сотрудник|специалист|избирател|"
        r"учител|преподавател|педагог|родител|дипломат|мигрант|чиновник|ребен|женщин|мужчин|девуш|девоч|юнош|мальчик)\w{0,3}|"
        r"дет(?:и|ей|ям|ях|ьми)|опрошенн\w{1,3}|учащ\w{2,4}|респондент\w{0,3}",
        re.IGNORECASE,
    ),
    "kk": re.compile(
        r"(?:оқушы|студент|мұғалім|дәрігер|науқас|пациент|ата-ана|бала|әйел|қыз|қызметкер|маман|қатысушы|сайлаушы|турист|"
        r"ұстаз|дипломат|мигрант|жұмысшы)\w{0,8}|ер(?:лер\w{0,5}|кек\w{0,8})?",
        re.IGNORECASE,
    ),
}
"""Words for people that no unit of its own stands for."""
_REACH: Final = 3
"""Words looked at behind a number, adjectives among them."""
_REACH_BEFORE: Final = 12
CLAUSE: Final = 600
"""Characters before a number within which those words stand."""


def noun_behind(text: str, lang: str) -> str | None:
    """Unit of the first counted word behind a figure, with adjectives between; "" for a word of no known unit."""
    marks = _MARKS.match(text)
    place, is_followed = (marks.end() if marks else 0), False
    for _ in range(_REACH):
        match = _WORD.match(text, place)
        if match is None or match[1].casefold() in _STOP:
            break
        found = _unit(match[1], lang)
        if found:
            return found
        is_followed, place = True, match.end()
    return "" if is_followed else None


def is_age(printed: str, before: str, behind: str) -> bool:
    """Whether a bare number is an age: "over the age of 18", "aged 25", «63 жас», the first of «22 мен 63 жас»."""
    if re.match(
        r"\s*(?:[мбп]ен\s+\d+\s+|[-–]\s?\d+\s+)?жас(?:тан|қа|та|тағы|ында)?\b(?! \w*(?:адам|маман|ұрпақ))", behind
    ):
        return True
    return bool(_AGE.search(printed) or re.search(r"\b(?:aged?|в возрасте)\s+$", before, re.IGNORECASE))


def noun_before(text: str, lang: str) -> str | None:
    """Unit of the last counted word before a figure in its clause: "число пользователей составило"."""
    words = re.findall(r"[^\W\d_][\w’'-]*", re.split(r"[;:()]", text)[-1])
    near = list(pairwise(["", *words]))[-_REACH_BEFORE:]
    told = (word for before, word in reversed(near) if not _tells_where(before, word, lang))
    return next((unit for word in told if (unit := _unit(word, lang))), None)


def _tells_where(before: str, word: str, lang: str) -> bool:
    """Whether a word only says where something is counted: "in the region", «в области», «облыста»."""
    if lang == "kk":
        return re.search(r"(?:[дт][ае]|нда|нде|[дт]ағы|[дт]егі)$", word, re.IGNORECASE) is not None
    return before.casefold() in ("in", "across", "within", "в", "во", "по")


def unit_named(texts: Iterable[str], lang: str) -> str | None:
    """Unit that a header or caption names, the nearest text first; money, wherever it is named, is what is counted."""
    words = [word for text in texts for word in re.findall(r"%|US\$|[€₸₽$]|[^\W\d_][\w’'-]*", text)]
    found = [unit for word in words if (unit := _unit(word, lang))]
    return next((unit for unit in found if unit in _MONEY), found[0] if found else None)


_MONEY: Final = ("EUR", "KZT", "RUB", "dollars")


def is_rate(text: str) -> bool:
    """Whether words tell a rate: "per 1,000 births", «на 10 тыс. населения», «бір оқушыға шаққанда»."""
    return bool(_RATE.search(text))


@lru_cache(maxsize=1 << 14)
def _unit(word: str, lang: str) -> str:
    found = counted_unit(word, lang)
    if not found and _PEOPLE[lang].fullmatch(word):
        return "persons"
    return "" if found in ("years", "months", "days", "weeks", "hours", "times") else found
