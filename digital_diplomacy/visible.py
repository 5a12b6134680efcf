"""Words and names as they may be shown on a terminal, whatever somebody has put into them."""

import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_BREAKS: Final = re.compile(r"[\t\n]")


def visible(words: str) -> str:
    """Words in which whatever moves a terminal's cursor, sets its title or turns what is behind stands as its code.

    Examples
    --------
    >>> visible("a\\x1b[2J.csv, \\u202ea\\u200f"), visible("two\\nlines")
    ('a\\\\x1b[2J.csv, \\\\u202ea\\\\u200f', 'two\\nlines')
    """
    return _CONTROL.sub(_code, words)


def in_line(name: object) -> str:
    """A name or value within a sentence: line breaks and tabs of its own stand as their codes, too.

    Examples
    --------
    >>> in_line("a\\nerror: b\\x1b[2J.csv")
    'a\\\\nerror: b\\\\x1b[2J.csv'
    """
    return _BREAKS.sub(_code, visible(str(name)))


def _code(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
