"""What lines above a table, or the name of its sheet, say of all its figures: whom they are of, and what is counted."""

import re
from functools import cache
from typing import Final

from digital_diplomacy.sources.intake.words import fold, words

_BOTH: Final = (
    frozenset(("мужчин-", "женщин-")),
    frozenset(("male", "female")),
    frozenset(("men", "women")),
    frozenset(("ерлер-", "әйелдер-")),
    frozenset(("городск-", "сельск-")),
    frozenset(("urban", "rural")),
    frozenset(("қала-", "ауыл-")),
)
"""Words that narrow nothing where they stand together."""


def is_of_others(title: str) -> bool:
    """Whether a title says that figures are of part of the people, of no people, or no shares of them.

    Examples
    --------
    >>> is_of_others("Доля домохозяйств с интернетом"), is_of_others("Internet users, women")
    (True, True)
    >>> is_of_others("Internet users, men and women"), is_of_others("Internet users, aged 6 and over")
    (False, False)
    """
    text = fold(title)
    found = {word for word in words("narrowing") if _pattern(word).search(text)}
    for pair in _BOTH:
        found -= pair if pair <= found else frozenset()
    return bool(found)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """A word or phrase, or with a hyphen at its end any word that begins so."""
    end = "" if word.endswith("-") else r"(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(word.rstrip('-'))}{end}")
