"""What somebody may have meant who mistyped a code or a name."""

from collections.abc import Iterable
from typing import Final

_SHORT: Final = 4  # letters; of a longer word a third may be wrong
_ALIKE: Final = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")
"""Cyrillic capitals that look like Latin ones, as they come from a keyboard left in the other layout."""


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word that one slip of the hand, or a few in a long word, turns into ``text``; nothing if none is near.

    Two neighbouring letters that changed places come before one wrong letter, a wrong letter further on before a wrong
    first one, and earlier words before later ones.

    Examples
    --------
    >>> nearest("KZA", ["KAZ", "TZA", "ZAF"]), nearest("KZA", ["TZA"]), nearest("XQ", ["KAZ"])
    ('KAZ', 'TZA', '')
    """
    plain = text.translate(_ALIKE)
    limit = 1 if len(plain) <= _SHORT else len(plain) // 3
    order = [(slips(plain, word), *_manner(plain, word), word) for word in known]
    near = [one for one in order if one[0] <= limit]
    return min(near, key=lambda one: one[:-1])[-1] if near else ""


def _manner(text: str, word: str) -> tuple[bool, bool, bool]:
    return sorted(text) != sorted(word), text[:1] != word[:1], text[-1:] != word[-1:]


def slips(left: str, right: str) -> int:
    """Letters wrong, missing or too many, and neighbours that changed places, between two words.

    References
    ----------
    Damerau F.J. (1964) A technique for computer detection and correction of spelling errors, Communications of the ACM
    7(3), 171-176: four in five misspellings are one of these four.

    Examples
    --------
    >>> slips("KZA", "KAZ"), slips("KZA", "ZAF"), slips("KZ", "KAZ"), slips("", "KAZ")
    (1, 2, 1, 3)
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left, start=1):
        earlier, before, row = before, row, [at]
        for place, other in enumerate(right, start=1):
            best = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != other))
            swapped = at > 1 and place > 1 and letter == right[place - 2] and left[at - 2] == other
            row.append(min(best, earlier[place - 2] + 1) if swapped else best)
    return row[-1]
