"""Whether words before a count tell that it is one of a place by its name, whose whole may be another."""

import re
from typing import Final

_NAMED: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|[Вв]о?|[Нн]а|[Уу])\s+[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\w+")
_KAZAKH: Final = re.compile(r"(?<!\w)[А-ЯЁӘҒҚҢӨҰҮҺІ]\w+[дт][ае]\s")


def is_elsewhere(clause: str, lang: str) -> bool:
    """Whether a clause opens with a place by its name.

    Examples
    --------
    >>> is_elsewhere("In Aktau ", "en"), is_elsewhere("In all ", "en"), is_elsewhere("Ақтауда ", "kk")
    (True, False, True)
    """
    return _NAMED.search(clause) is not None or (lang == "kk" and _KAZAKH.search(clause) is not None)
