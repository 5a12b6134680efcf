"""Which country a cell of a foreign table names, behind and before numbers and marks."""

import re
from functools import lru_cache
from typing import Final

from digital_diplomacy.sources.countries import whole_names
from digital_diplomacy.sources.intake.words import in_languages, unmarked

_KEPT: Final = 2**16  # names whose country is kept
_NUMBERED: Final = re.compile(r"^(?:[*†‡]+\s*|\[?\d{1,3}[.)\]]\s*)(?=\D)")  # marks and numbers before a name
_NOTED: Final = re.compile(r"\s*(?:\(?\d{1,2}|\([a-zа-я*])\)$", re.IGNORECASE)  # and behind it
_LED: Final = re.compile(r"(?<=\w)\s*(?:[.…·_]\s?){2,}$|(?<=\w)\s*…$")  # dots that lead from a name to its figures


@lru_cache(_KEPT)
def plain_name(text: str) -> str:
    """A name without what stands around it: numbers, marks of notes, dots that lead to its figures.

    Examples
    --------
    >>> plain_name("12. Kazakhstan (a)"), plain_name("Казахстан .......")
    ('Kazakhstan', 'Казахстан')
    """
    return unmarked(_NOTED.sub("", _NUMBERED.sub("", _LED.sub("", unmarked(text)))))


@lru_cache(_KEPT)
def country_of(text: str) -> str:
    """The code of the one country that a cell names, in one language or several; nothing if it names none.

    Examples
    --------
    >>> country_of("Қазақстан / Казахстан"), country_of("Korea")
    ('KAZ', '')
    """
    plain = plain_name(text)
    found = whole_names([plain]).get(plain, "")
    meant = {found} if found else {country_of(part) for part in in_languages(text)}
    return meant.pop() if len(meant) == 1 else ""
