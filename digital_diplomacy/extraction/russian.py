"""Russian words by the dictionaries of pymorphy3: their part of speech, dictionary form, and what is animate."""

import importlib
import re
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from digital_diplomacy.errors import SourceError

_OTHER: Final = frozenset(
    {"VERB", "INFN", "GRND", "PRTS", "ADVB", "PREP", "CONJ", "PRCL", "NPRO", "PRED", "COMP", "ADJS"}
)
_ADJECTIVES: Final = frozenset({"ADJF", "PRTF"})
_LIKELY: Final = 0.3
"""Share of what a word is elsewhere from which it may well be a noun."""
_NAMES: Final = frozenset({"Name", "Surn", "Patr", "Geox", "Abbr"})

_PEOPLES: Final = re.compile(r"(?:[её]р|ор|ист|[нщ]ик|тель|лог|вед|[ае]нт|ец)$")
"""Endings of names of people that no dictionary has yet."""


class Word(NamedTuple):
    """What a word may be.

    Parameters
    ----------
    noun, adjective, verb : str
        Dictionary forms, "" where the dictionaries know it as none.
    is_adjective : bool
        Whether it is more likely an adjective or a participle than a noun.
    is_other : bool
        Whether it is most likely a verb, an adverb, a preposition or another word that no number governs.
    is_animate : bool
        Whether as a noun it is most likely animate.
    is_nominative : bool
        Whether as a noun it may stand in the nominative.
    """

    noun: str
    adjective: str
    verb: str
    is_adjective: bool
    is_other: bool
    is_animate: bool
    is_nominative: bool


@cache
def _analyser() -> Any:
    try:
        return importlib.import_module("pymorphy3").MorphAnalyzer(lang="ru")
    except ModuleNotFoundError as error:
        raise SourceError(
            "papers in Russian and Kazakh are read with {name}, which is not installed; "
            "pip install 'digital-diplomacy[scan]'",
            name="pymorphy3",
        ) from error


@lru_cache(maxsize=1 << 14)
def look_up(word: str) -> Word:
    """What a word may be.

    Examples
    --------
    >>> [look_up(word).noun for word in ("учеников", "посёлков", "ответили")]
    ['ученик', 'поселок', '']
    >>> look_up("механизаторов").is_animate, look_up("комбайнов").is_animate, look_up("ответили").verb
    (True, False, 'ответить')
    """
    parses = _analyser().parse(word)
    nouns = [one for one in parses if one.tag.POS == "NOUN" and not _NAMES & one.tag.grammemes]
    animate = sum(one.score if "anim" in one.tag else -one.score for one in nouns)
    adjectives = [one for one in parses if one.tag.POS in _ADJECTIVES or "Apro" in one.tag]
    top = parses[0].tag.POS if parses else None
    return Word(
        _plain(nouns[0].normal_form) if nouns else "",
        _as_adjective(adjectives[0]) if adjectives else "",
        next((_plain(one.normal_form) for one in parses if one.tag.POS == "VERB"), ""),
        sum(one.score for one in adjectives) > sum(one.score for one in nouns),
        top in _OTHER and sum(one.score for one in nouns) < _LIKELY,
        animate > 0 and (nouns[0].is_known or _PEOPLES.search(nouns[0].normal_form) is not None),
        any("nomn" in one.tag for one in nouns),
    )


def _as_adjective(parse: Any) -> str:
    """An adjective or participle in the masculine nominative."""
    if parse.tag.POS == "ADJF":
        return _plain(parse.normal_form)
    found = parse.inflect({"sing", "nomn", "masc"})
    return _plain(found.word if found is not None else parse.word)


def _plain(word: str) -> str:
    return str(word).replace("ё", "е")


@lru_cache(maxsize=1 << 14)
def is_animate_form(word: str) -> bool:
    """Whether the dictionary has a word as the nominative of an animate noun: a Kazakh stem that Russian shares."""
    found = [
        one
        for one in _analyser().parse(word)
        if one.is_known and one.tag.POS == "NOUN" and not _NAMES & one.tag.grammemes and "nomn" in one.tag
    ]
    return any("anim" in one.tag and one.normal_form == word for one in found) and "inan" not in found[0].tag


@lru_cache(maxsize=1 << 14)
def is_genitive_plural(word: str) -> bool:
    """Whether a word is a noun in the one form it takes behind a number of many, and no other form.

    Examples
    --------
    >>> [is_genitive_plural(word) for word in ("аптек", "музеев", "школе", "работы")]
    [True, True, False, False]
    """
    found = [one for one in _analyser().parse(word) if one.is_known]
    return bool(found) and all(
        one.tag.POS == "NOUN" and "plur" in one.tag and ("gent" in one.tag or "accs" in one.tag) for one in found
    )


@lru_cache(maxsize=1 << 14)
def is_dative(word: str) -> bool:
    """Whether a word is a noun in the dative of one, and no other form.

    Examples
    --------
    >>> [is_dative(word) for word in ("оператору", "операторов", "по", "области")]
    [True, False, False, False]
    """
    found = [one for one in _analyser().parse(word) if one.is_known]
    return bool(found) and all(one.tag.POS == "NOUN" and {"datv", "sing"} <= one.tag.grammemes for one in found)


@lru_cache(maxsize=1 << 12)
def is_singular(word: str) -> bool:
    """Whether a word is a noun that can only be one thing.

    Examples
    --------
    >>> [is_singular(word) for word in ("страна", "страны", "аккаунт", "человек")]
    [True, False, True, False]
    """
    found = [one for one in _analyser().parse(word) if one.tag.POS == "NOUN"]
    return bool(found) and all("sing" in one.tag for one in found)
