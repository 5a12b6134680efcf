"""Entries of a list that all open, or in Kazakh all close, with a verb: «продлить …, ввести … и наладить …»."""

import re
from typing import Final

_VERB: Final = {
    "en": re.compile(r"to\s+(?!the\b|a\b|an\b)[a-z]{2,}\b", re.IGNORECASE),
    "ru": re.compile(r"(?:не\s)?[а-яё]{2,}(?:ть|ти|чь)(?:ся|сь)?(?!\w)", re.IGNORECASE),
    "kk": re.compile(r"[^,;]*?[а-яёәғқңөұүһі]+[ую](?:[ыі])?$", re.IGNORECASE),
}
_AND: Final = {"en": r"and", "ru": r"и|а также", "kk": r"және|мен|сондай-ақ"}
_LEAST: Final = 2


def verbs_listed(listed: str, language: str, *, stated: int = 0) -> int | None:
    """Entries of such a list, figures among them or not; None where not all of them open with a verb.

    The last entry may have an "and" of its own before a verb: then the count nearest to the one stated is taken.

    Examples
    --------
    >>> verbs_listed("продлить срок, ввести квоты и наладить учёт", "ru", stated=4)
    3
    >>> verbs_listed("to open schools, to train staff, and to pay them", "en", stated=3)
    3
    >>> verbs_listed("мерзімді ұзарту, квота енгізу және есепті жолға қою", "kk", stated=3)
    3
    >>> verbs_listed("продлить срок, чтобы все успели", "ru") is None
    True
    """
    if language not in _VERB or re.search(r"[.!?]\s|[()–—]", listed):
        return None
    joined = rf"\s+(?:{_AND[language]})\s+"
    chunks = [
        re.sub(rf"^(?:{_AND[language]})\s+", "", part.strip(" .")) for part in re.split(r"[,;]\s", listed.strip(" ."))
    ]
    last = re.split(joined, chunks[-1])
    if len(chunks) < _LEAST or not all(_opens(chunk, language) for chunk in chunks):
        return None
    links = sum(_opens(part, language) for part in last[1:])
    is_closed = re.search(rf"[,;]\s+(?:{_AND[language]})\s", listed) is not None
    most = len(chunks) + links
    least = len(chunks) if is_closed or not links else len(chunks) + 1
    return min(max(stated, least), most)


def _opens(chunk: str, language: str) -> bool:
    return _VERB[language].match(chunk) is not None
