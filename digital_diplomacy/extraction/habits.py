"""How a paper prints its numbers, told by the numerals that can be read in one way alone."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from digital_diplomacy.printed import Convention, plain_numerals

_DIGIT: Final = re.compile(r"\d[.,' \u00a0\u202f\u2009’]\d")


def habit(texts: Iterable[str], lang: str) -> Convention:
    """The marks most numerals of the texts use; those of the language where none of them tells."""
    decimals: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for text in texts:
        if _DIGIT.search(text):
            for role, mark in plain_numerals(text):
                (decimals if role == "decimal" else groups)[mark] += 1
    usual = Convention.of(lang)
    decimal = max(decimals, key=decimals.__getitem__, default=usual.decimal)
    grouping = max(groups, key=groups.__getitem__, default=usual.grouping)
    return Convention(lang, decimal, grouping)
