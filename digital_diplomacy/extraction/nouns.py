"""Nouns: their dictionary form and the unit they count, by the table, the dictionaries, or how they are derived."""

import re
from functools import lru_cache
from typing import Final

from digital_diplomacy.extraction import russian
from digital_diplomacy.extraction.counted_words import kazakh_stems, listed, listed_kazakh
from digital_diplomacy.printed import counted_unit

MEASURED_UNIT: Final = "measured"
"""Of a noun that measures; a number of it counts nothing."""
COUNTING: Final = "counting"
"""Of a noun that says only that something is counted: "number", «число»."""
_TIMES: Final = ("years", "months", "days", "weeks", "hours", "times")
_IRREGULAR: Final = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "staff": "staff",
    "personnel": "personnel", "feet": "foot", "alumni": "alumnus", "folk": "folk", "police": "police", "data": "data",
    "media": "media", "series": "series", "cattle": "cattle", "sheep": "sheep", "livestock": "livestock",
    "aircraft": "aircraft", "species": "species", "households": "household", "mice": "mouse", "geese": "goose",
    "lives": "life", "wives": "wife", "leaves": "leaf", "shelves": "shelf", "halves": "half", "criteria": "criterion",
    "phenomena": "phenomenon", "movies": "movie", "heroes": "hero",
}  # fmt: skip
_NO_PLURAL: Final = frozenset({
    "news", "perhaps", "always", "across", "plus", "less", "unless", "its", "this", "thus", "has", "was", "is",
    "does", "as", "us", "sports", "physics", "mathematics", "politics", "economics", "afterwards", "towards",
    "besides", "overseas", "whereas", "sometimes",
})  # fmt: skip
_LAST: Final = re.compile(r"(?<!eci)(?<!egi)(?:wom|m)en$|\w*(?:people|folk|children)$", re.IGNORECASE)
_PARTICIPLE: Final = re.compile(
    r"\w{2,}(?:ған|ген|қан|кен|тын|тін)(?:дар|дер)(?:[ыі]?[мн]?)?(?:ың|ің|д[ыі]ң|н[ыі]ң|ға|ге|дан|ден|нан|нен|[мбп]ен)?",
    re.IGNORECASE,
)
_KK_PLURAL: Final = re.compile(
    r"(\w{2,}?)[лдт][ае]р(?:[ыі]н?|[ыі]ның|[ыі]нің|[ыі]на|[ыі]не|[ғг][ае]|[дт][ыі]|[дт][ае]|[дт][ае]н|[дт][ыі]ң)?"
)
_KK_GENITIVE: Final = re.compile(r"(?<=\w{2})[дтн][ыі]ң$")
_SHORTEST_LOAN: Final = 5
"""Letters from which a Kazakh word that is also a Russian one is taken for a loan."""


def is_plural(word: str) -> bool:
    """Whether an English word is a noun in the plural, or one of those that have no other form behind a number.

    Examples
    --------
    >>> [is_plural(word) for word in ("schools", "women", "status", "boss", "news")]
    [True, True, False, False, False]
    """
    said = word.casefold()
    if said in _IRREGULAR or _LAST.search(said):
        return True
    return said.endswith("s") and not said.endswith(("ss", "us", "is", "’s", "'s")) and said not in _NO_PLURAL


def singular(word: str) -> str:
    """An English noun in the singular, in small letters but for a word that is a name.

    Examples
    --------
    >>> [singular(word) for word in ("embassies", "churches", "housewives", "salesmen", "prizes")]
    ['embassy', 'church', 'housewife', 'salesman', 'prize']
    """
    said = word if word[:1].isupper() and not word.isupper() else word.casefold()
    low = said.casefold()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    for ending, one in (("men", "man"), ("people", "people"), ("children", "child"), ("wives", "wife")):
        if low.endswith(ending):
            return said[: -len(ending)] + one
    if re.search(r"[^aeiou]ies$", low) and len(low) > len("dies"):
        return said[:-3] + "y"
    if re.search(r"(?:ch|sh|x|ss|zz|[^aeiou]o)es$", low):
        return said[:-2]
    return said[:-1] if is_plural(word) else said


def lemma(word: str, lang: str) -> str:
    """A noun in its dictionary form; in Kazakh without its plural, as none stands behind a number, and its genitive.

    Examples
    --------
    >>> lemma("посёлков", "ru"), lemma("pianos", "en"), lemma("мектептер", "kk"), lemma("мектептің", "kk")
    ('поселок', 'piano', 'мектеп', 'мектеп')
    """
    if lang == "ru":
        found = russian.look_up(word)
        return found.noun or found.adjective or word.casefold()
    if lang == "en":
        return singular(word)
    plural = _KK_PLURAL.fullmatch(word.casefold())
    return plural[1] if plural else _KK_GENITIVE.sub("", word.casefold())


@lru_cache(maxsize=1 << 14)
def noun_unit(word: str, lang: str) -> str:
    """Unit that a noun counts; ``items`` of what looks like people and is none, "" of any other.

    ``measured`` is a measure, and ``counting`` a word behind which stands what it counts.

    Examples
    --------
    >>> [noun_unit(word, "ru") for word in ("пользователей", "домохозяек", "коров", "гектаров", "посёлков")]
    ['users', 'persons', 'items', 'measured', '']
    """
    found = counted_unit(word, lang)
    if not found and lang == "kk" and (plural := _KK_PLURAL.fullmatch(word.casefold())):
        found = counted_unit(plural[1], lang)
    if found:
        return "" if found in _TIMES else found
    return {"ru": _russian, "en": _english, "kk": _kazakh}[lang](word)


def _russian(word: str) -> str:
    if not re.search(r"[а-яё]", word, re.IGNORECASE):
        return ""
    known = russian.look_up(word)
    if known.is_other:
        return ""
    if known.is_adjective or (known.noun and known.noun == known.adjective):
        return listed(known.adjective, "ru")
    if unit := listed(known.noun, "ru") or listed(known.noun.rpartition("-")[2], "ru"):
        return unit
    is_of_people = bool(known.noun) and known.is_animate and all(map(_may_be_people, word.split("-")[:-1]))
    return "persons" if is_of_people else ""


def _may_be_people(first: str) -> bool:
    """Whether the first half of a double noun is none that declines as a thing: «регионов-лидеров»."""
    known = russian.look_up(first)
    return known.is_animate or known.noun in ("", first.casefold())


def _english(word: str) -> str:
    if not is_plural(word):
        return ""
    said = singular(word)
    return listed(said, "en") or ("persons" if listed(said.rpartition("-")[2], "en") == "persons" else "")


def _kazakh(word: str) -> str:
    if unit := listed_kazakh(word):
        return unit
    if _PARTICIPLE.fullmatch(word):
        return "persons"
    loans = (stem for stem in kazakh_stems(word) if len(stem) >= _SHORTEST_LOAN and re.fullmatch(r"[а-яё-]+", stem))
    return "persons" if any(russian.is_animate_form(stem) and not listed(stem, "ru") for stem in loans) else ""
