"""The table of words beside the code: which nouns are merged into a unit, and which only look like people."""

import csv
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Final

DO: Final = "do"
"""Unit of the rows of verbs that only people are subjects of; bodies are of those of ``MAY_DO``."""
MAY_DO: Final = "may_do"
_KK_END: Final = (
    r"(?:[лдт][ае]р)?(?:[ыі]м[ыі]з|[сы]?[ыі])?(?:н?[ыі]ң|[дт][ыі]ң|н[ыі]ң|[ғг][ае]|[қк][ае]|н[ае]|н[ыі]|н|д[ыі]|т[ыі]|"
    r"[дт][ае]н?|н[дае]{1,2}н?|[мбп]ен)?"
)
"""Plural, possessive and case of a Kazakh noun."""


@cache
def _rows() -> dict[tuple[str, str], list[str]]:
    """Stems by language and unit."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    with (files("digital_diplomacy.extraction") / "counted_words.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found[row["language"], row["unit"]].append(row["stem"])
    return dict(found)


@cache
def _whole(lang: str) -> dict[str, str]:
    """Units of whole words in their dictionary form."""
    return {
        stem: unit
        for (of, unit), stems in _rows().items()
        for stem in stems
        if of == lang and unit not in (DO, MAY_DO) and not stem.startswith("*")
    }


@cache
def _endings(lang: str) -> dict[str, str]:
    return {stem[1:]: unit for (of, unit), stems in _rows().items() for stem in stems if of == lang and stem[:1] == "*"}


def listed(word: str, lang: str) -> str:
    """Unit of a noun in its dictionary form: its own row, else that of its longest ending; "" for none.

    Examples
    --------
    >>> [listed(word, "en") for word in ("teacher", "server", "tonne", "school", "State")]
    ['persons', 'items', 'measured', '', 'countries']
    """
    known = _whole(lang)
    if unit := known.get(word) or known.get(word.casefold()):
        return unit
    said = word.casefold()
    return next((unit for size in range(len(said), 1, -1) if (unit := _endings(lang).get(said[-size:]))), "")


def listed_kazakh(word: str) -> str:
    """The same of a Kazakh word in any of its forms; what looks like people and is none goes first.

    Examples
    --------
    >>> [listed_kazakh(word) for word in ("тыңдаушының", "үшінші", "гектарға", "мектептің")]
    ['persons', 'items', 'measured', '']
    """
    return next((unit for unit, pattern in _kazakh().items() if pattern.fullmatch(word)), "")


@cache
def _kazakh() -> dict[str, re.Pattern[str]]:
    made = {}
    for unit in ("items", "measured", "score", "appeals", "persons"):
        stems = [re.escape(stem).replace(r"\*", r"\w{2,}", 1) for stem in _rows()["kk", unit]]
        made[unit] = re.compile(rf"(?:{'|'.join(stems)}){_KK_END}", re.IGNORECASE)
    return made


def kazakh_stems(word: str) -> list[str]:
    """What a Kazakh word may be without its endings, the longest first.

    Examples
    --------
    >>> "механизатор" in kazakh_stems("механизаторлардың")
    True
    """
    said = word.casefold()
    end = _end_of_kazakh()
    return [said[:size] for size in range(len(said), 3, -1) if end.fullmatch(said, size)]


@cache
def _end_of_kazakh() -> re.Pattern[str]:
    return re.compile(_KK_END)


@cache
def _verbs(lang: str, unit: str) -> frozenset[str]:
    return frozenset(_rows().get((lang, unit), []))


def is_done_by_people(word: str, lang: str, *, may_be_bodies: bool = False) -> bool:
    """Whether a verb, in English as printed and in Russian in its infinitive, is one of what people do.

    Examples
    --------
    >>> is_done_by_people("attended", "en"), is_done_by_people("answered", "en")
    (True, False)
    """
    return word in _verbs(lang, DO) or (may_be_bodies and word in _verbs(lang, MAY_DO))
