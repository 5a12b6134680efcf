"""Stems of words, by which two sentences are known to tell of one thing."""

import re
from importlib.resources import files
from typing import Final

_STEM: Final = 5
"""Letters of a word that stand for it: cases and numbers change what is behind them."""
_COMMON: Final = frozenset(
    word[:_STEM]
    for word in (files("digital_diplomacy.drafting") / "common_words.txt").read_text(encoding="utf-8").split()
)


def is_common(word: str) -> bool:
    """Whether a word is one of those that any two sentences may share.

    Examples
    --------
    >>> is_common("million"), is_common("accounts")
    (True, False)
    """
    return word[:_STEM] in _COMMON


def stems(text: str) -> frozenset[str]:
    """Stems of the words of a text that are not common ones.

    Examples
    --------
    >>> sorted(stems("Of embassies that were studied, all the embassy pages"))
    ['embas', 'pages', 'studi']
    """
    return frozenset({word[:_STEM] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())} - _COMMON)
