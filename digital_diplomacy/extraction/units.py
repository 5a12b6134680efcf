"""What a figure without a unit of its own counts: the noun behind it, its column, or its neighbours."""

import re
from collections.abc import Iterable
from functools import lru_cache
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
_REACH: Final = 3
"""Words looked at behind a number, adjectives among them."""
_REACH_BEFORE: Final = 12


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


def is_age(printed: str, before: str) -> bool:
    """Whether a bare number is an age: "over the age of 18", "aged 25"."""
    return bool(_AGE.search(printed) or re.search(r"\b(?:aged?|в возрасте)\s+$", before, re.IGNORECASE))


def noun_before(text: str, lang: str) -> str | None:
    """Unit of the last counted word before a figure in its clause: "число пользователей составило"."""
    words = re.findall(r"[^\W\d_][\w’'-]*", re.split(r"[;:()]", text)[-1])
    return next((unit for word in reversed(words[-_REACH_BEFORE:]) if (unit := _unit(word, lang))), None)


def unit_named(texts: Iterable[str], lang: str) -> str | None:
    """Unit that a header or caption names, the nearest text first."""
    for text in texts:
        for word in re.findall(r"%|[^\W\d_][\w’'-]*", text):
            found = _unit(word, lang)
            if found:
                return found
    return None


@lru_cache(maxsize=1 << 14)
def _unit(word: str, lang: str) -> str:
    found = counted_unit(word, lang)
    return "" if found in ("years", "months", "days", "weeks", "hours", "times") else found
