"""Cyrillic text in the encodings of Windows, DOS, Unix and Macintosh: which of them its letters make words in.

The same bytes are letters in each of these encodings, and only in one of them words. How likely letters follow each
other in Kazakh and Russian is counted in the texts of this package.
"""

import math
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Final

from digital_diplomacy import labels

NAMES: Final = {"cp1251": "Windows-1251", "kz1048": "KZ-1048", "koi8_r": "KOI8-R", "cp866": "CP866",
                "iso8859_5": "ISO 8859-5", "mac_cyrillic": "MacCyrillic"}  # fmt: skip
"""Encodings by the names people know, those of today first."""

WORD: Final = re.compile(r"[^\W\d_]+")
_BESIDE: Final = frozenset("«»„“”‘’‚‹›–—−…№§°·•±×€©®™\u00a0\u202f\u00ad")
"""What stands beside words: marks and signs, but no frames, no letters of other scripts."""

_BEHIND: Final = re.compile(r"(?<=[^\W\d_])€")  # the euro sign of one encoding is the last letter of another

_SURE: Final = math.log(1000)  # how many times likelier than the second the best reading has to be
_ODD: Final = 3.0  # what a capital behind a small letter takes from the logarithm of a word's likelihood
_SIGN: Final = 6.0  # what a sign takes that other encodings may read as a letter
_WINDOWS: Final = ("cp1251", "kz1048")
_TODAY: Final = 4.0  # files in the other encodings are some fifty times rarer
_LANGUAGES: Final = ("kk", "ru")


def readings(content: bytes) -> list[tuple[str, str]]:
    """Readings of bytes as Cyrillic words, encoding and text, the likely one alone or all that it may be.

    Examples
    --------
    >>> readings("страна;год".encode("koi8_r")), readings("Straße".encode("cp1252"))
    ([('koi8_r', 'страна;год')], [])
    """
    found: dict[str, str] = {}
    for encoding in NAMES:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text not in found.values() and _is_cyrillic(text):
            found[encoding] = text
    scores = {encoding: _likelihood(text) + _TODAY * (encoding in _WINDOWS) for encoding, text in found.items()}
    near = [encoding for encoding in found if scores[encoding] > max(scores.values()) - _SURE]
    return [(encoding, found[encoding]) for encoding in near]


def _is_cyrillic(text: str) -> bool:
    """Whether all words are of one script, some of them Cyrillic, and only usual signs stand beside them."""
    words = {word for word in WORD.findall(text) if not word.isascii()}
    strange = {char for char in set(text) - _BESIDE if not char.isascii() and not char.isalnum()}
    strange |= set(_BEHIND.findall(text))
    return bool(words) and not strange and all(_has_one_script(word) for word in words)


def _has_one_script(word: str) -> bool:
    return all(unicodedata.name(char, "").startswith("CYRILLIC") for char in word)


def _likelihood(text: str) -> float:
    """The logarithm of how likely these letters follow each other in a language, that of each word in its likelier."""
    words = Counter(word for word in WORD.findall(text) if not word.isascii())
    signs = sum(count for char, count in Counter(text).items() if not char.isascii() and not char.isalpha())
    return -_SIGN * signs + sum(count * (max(map(_of_word, [word] * 2, _LANGUAGES)) - _ODD * _turns(word))
               for word, count in words.items())  # fmt: skip


def _turns(word: str) -> int:
    return sum(left.islower() and right.isupper() for left, right in pairwise(word))


def _of_word(word: str, lang: str) -> float:
    pairs, singles = _counts(lang)
    folded = f" {word.casefold()} "
    # One more of each: a pair that no text has is rare, not impossible.
    return sum(
        math.log((pairs[left + right] + 0.5) / (singles[left] + 0.5 * len(singles))) for left, right in pairwise(folded)
    )


@cache
def _counts(lang: str) -> tuple[Counter[str], Counter[str]]:
    """How often each letter is followed by each other, and how often it stands, in the texts of a language."""
    pairs, singles = Counter[str](), Counter[str]()
    for code in labels.codes():
        for word in WORD.findall(labels.raw(code, lang)):
            folded = f" {word.casefold()} "
            pairs.update(folded[at : at + 2] for at in range(len(folded) - 1))
            singles.update(folded[:-1])
    return pairs, singles
