"""Ranges both ends of which are told alike, as one number."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

_OF: Final = r"\s\([«“]?\{\w+\}[»”]?\)"
_ENDS: Final = re.compile("([12])")
_NUMERAL: Final = re.compile(r"[−-]?\d[\d\s.,]*")


def without_empty(template: str, told: Mapping[str, object], forms: str) -> str:
    """The text with one number where both ends of a range are told alike: no reader is to look for what lies between.

    Whose the ends are, as ``{low}% ({one}) to {high}% ({other})`` says, stands behind it. ``forms`` are those of the
    language's label ``range.forms``: how a range is told, of 1 to 2.

    Examples
    --------
    >>> without_empty("{low} to {high} people", {"low": "3", "high": "3"}, "1 to 2")
    '{low} people'
    """

    def told_once(found: re.Match[str]) -> str:
        first, last = (str(told.get(found[name], name)) for name in ("first", "last"))
        if first != last or not _NUMERAL.fullmatch(first):
            return found[0]
        whose = [of for of in (found["whose"], found["other"]) if of]
        if len(whose) > 1 and whose[0].format(**told) != whose[1].format(**told):
            whose = [f"{whose[0].removesuffix(')')}, {whose[1].lstrip(' (')}"]
        unit = found["last_unit"] or found["unit"] or ""
        return f"{{{found['first']}}}{unit}{whose[0] if whose else ''}"

    for form in _patterns(forms):
        template = form.sub(told_once, template)
    return template


@cache
def _patterns(forms: str) -> tuple[re.Pattern[str], ...]:
    """A pattern for each form, the longest first."""
    ends = {
        "1": rf"\{{(?P<first>\w+)\}}(?P<unit>\s?%)?(?P<whose>{_OF})?",
        "2": rf"\{{(?P<last>\w+)\}}(?P<last_unit>\s?%)?(?P<other>{_OF})?",
    }
    told = sorted(filter(None, map(str.strip, forms.split("|"))), key=len, reverse=True)
    return tuple(
        re.compile(
            rf"(?<!\w){''.join(ends.get(part, re.escape(part)) for part in _ENDS.split(form))}(?!\w)", re.IGNORECASE
        )
        for form in told
    )
