"""What a translation may hold: the fields of its English form, filled and never looked into, and no control characters.

A field such as ``{name.__class__}`` would print what a program holds, ``{name:>999999999}`` fill the memory, and an
escape character move the cursor of a reader's terminal. Whoever translates is trusted with words and with no more.
"""

import re
from string import Formatter
from typing import Final

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONVERSIONS: Final = (None, "", "r", "s")


def is_sound(text: str, english: str) -> bool:
    """Whether a text asks for nothing but what its English form asks for.

    Examples
    --------
    >>> is_sound("{n:|бир байланыш|# байланыш}: {what!r}", "{n:|# tie|# ties} of {what}")
    True
    >>> [is_sound(text, "{n} of {what}") for text in ("{n.__class__}", "{other}", "{n:>9999}", "{n", "\\x1b[2J{n}")]
    [False, False, False, False, False]
    """
    if _CONTROLS.search(text):
        return False
    if "{" not in text and "}" not in text:
        return True
    try:
        found, wanted = _fields(text), _fields(english)
    except ValueError:  # a brace that stands alone
        return False
    specs: dict[str, set[str]] = {}
    for name, _, spec in wanted:
        specs.setdefault(name, {"", "~"}).add(spec)
    return all(
        name in specs and conversion in _CONVERSIONS and "{" not in spec and (spec[:1] == "|" or spec in specs[name])
        for name, conversion, spec in found
    )


def _fields(text: str) -> list[tuple[str, str | None, str]]:
    return [(name, conversion, spec or "") for _, name, spec, conversion in Formatter().parse(text) if name is not None]
