"""Names in letters that run the other way, kept apart: numbers and marks beside them stay where they were written."""

import re
from typing import Final

from digital_diplomacy import labels

_OTHER: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # Hebrew, Arabic and the alphabets between them
_RUN: Final = re.compile(rf"[{_OTHER}](?:[^<>&;]*[{_OTHER}])?")
_TURNING: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, which no page may hold, and those that turn all words up to the end of a paragraph."""

_SKIPPED: Final = re.compile(r"(<(script|style|title|option|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL)


def isolated(html: str, lang: str) -> str:
    """HTML in which every run of letters from right to left is a ``bdi``, and no character turns what is behind it.

    Pages that run from right to left are left alone but for control characters.

    Examples
    --------
    >>> isolated("<p title='\u05d0'>First: \u05d0\u05d1 \u05d2 (72)</p>", "en").replace("\u05d0\u05d1 \u05d2", "ABC")
    "<p title='\u05d0'>First: <bdi>ABC</bdi> (72)</p>"
    """
    html = _TURNING.sub("", html)
    if labels.direction(lang) == "rtl" or not _RUN.search(html):
        return html
    parts, done = [], 0
    for tag in _SKIPPED.finditer(html):
        parts += [_RUN.sub(r"<bdi>\g<0></bdi>", html[done : tag.start()]), tag[0]]
        done = tag.end()
    return "".join([*parts, _RUN.sub(r"<bdi>\g<0></bdi>", html[done:])])
