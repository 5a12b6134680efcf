"""Marks behind a figure that are no part of it: of footnotes, of references, and a second figure in parentheses."""

import re
from typing import Final, NamedTuple

from digital_diplomacy.errors import said
from digital_diplomacy.printed.model import UnreadableError


class Parted(NamedTuple):
    """A text without the marks behind it, the marks, and the inner text of a second figure in parentheses."""

    text: str
    aside: str
    second: str = ""


RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_STARS: Final = re.compile(r"(?<=[\w%.)])\s?\*{1,3}$")
_RAISED: Final = re.compile(rf"(?<=[\w%. ])[{RAISED}]{{1,2}}$")
_POWER: Final = re.compile(rf"[×x·*хХ⋅] ?10[⁻{RAISED}]+$")
_CITED: Final = re.compile(r"\s?\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]$")
_SECOND: Final = re.compile(r"\s?\((?P<inner>[^()]+)\)$")
_BARE_NUMBER: Final = re.compile(r"(?:^|[^\d.,'’ \u00a0\u202f\u2009])\s?\d+$")
_ONE_LETTER: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]$")


def parted(text: str) -> Parted:
    """A figure's text without stars, raised digits and references in brackets behind it, or a figure in parentheses.

    Raises
    ------
    UnreadableError
        If raised digits stand behind a bare whole number or a single letter, where they may be a power.

    Examples
    --------
    >>> parted("12 458 [3]"), parted("741 тыс. (+5 %)").second
    (Parted(text='12 458', aside='[3]', second=''), '+5 %')
    """
    bare, aside = text.rstrip(), ""
    while not _POWER.search(bare):
        match = _STARS.search(bare) or _RAISED.search(bare) or _CITED.search(bare)
        if match is None or not bare[: match.start()].strip():
            break
        rest = bare[: match.start()].rstrip()
        if match.re is _RAISED and (_BARE_NUMBER.search(rest) or _ONE_LETTER.search(rest)):
            raise UnreadableError(text, said("{group!r} may be a power or the mark of a footnote", group=match.group()))
        bare, aside = rest, match.group().strip() + aside
    second = _SECOND.search(bare)
    if second is None or not bare[: second.start()].strip():
        return Parted(bare, aside)
    return Parted(bare[: second.start()], second.group().strip() + aside, second["inner"].strip())
