"""Who has which look: the one asked about stands out, and everything else keeps its own from figure to figure."""

import zlib
from collections.abc import Iterable
from typing import Final

from digital_diplomacy.figures.parts import style

ASKED: Final = 1
"""Number of the look of what is asked about; nothing else has its colour."""

ASKED_COLOUR: Final = style.COLOURS[ASKED]

ASKED_WIDTH: Final = 2.6  # points of the line of the one asked about
OTHER_WIDTH: Final = 1.3  # points of every other line

MUTED: Final = "#6f7a86"
"""Colour of the others where a colour of their own would tell nothing."""

_COLOURS: Final = len(style.COLOURS)
_SLOTS: Final = 7 * _COLOURS  # numbers whose looks differ in more than one part
_OWN: Final = ("KAZ", "RUS", "UZB", "KGZ", "EST", "GBR", "SGP", "KOR", "USA", "CHN", "TUR", "UKR", "GEO", "BLR")
"""Codes with a number of their own, so that the countries usually compared never change places."""


def numbers(codes: Iterable[str], *, asked: str = "") -> dict[str, int]:
    """The number of the look of every code, which depends on the code alone unless two meet at one number.

    Parameters
    ----------
    codes : iterable of str
        Codes drawn together; of two that want one number, the later in the alphabet takes the next that is free.
    asked : str
        The one asked about; it has the number `ASKED`, whose colour no other has.

    Returns
    -------
    dict of str to int
        Numbers for `style.look`.

    Examples
    --------
    >>> numbers(["KAZ", "RUS", "UZB"], asked="KAZ")
    {'KAZ': 1, 'RUS': 2, 'UZB': 3}
    >>> numbers(["UZB", "KAZ"], asked="UZB")
    {'KAZ': 0, 'UZB': 1}
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    for code in sorted(set(codes), key=lambda code: (code not in _OWN, code)):
        if code == asked:
            found[code] = ASKED
            continue
        number = _OWN.index(code) if code in _OWN else zlib.crc32(code.encode()) % _SLOTS
        while beside(number) in taken:
            number += 1
        taken.add(beside(number))
        found[code] = beside(number)
    return dict(sorted(found.items()))


def beside(number: int) -> int:
    """The numbers whose colour is not that of the one asked about, one after the other: 0, 2 to 8, 10 to 16, …"""
    place = number % _SLOTS
    return place + (place + _COLOURS - 1 - ASKED) // (_COLOURS - 1)
