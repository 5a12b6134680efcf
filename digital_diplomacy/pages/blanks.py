"""Blanks at which Kazakh and Russian break no line: before a dash, a percent sign, a unit, within an abbreviation."""

import re
from typing import Final

_BLANK: Final = "\N{NO-BREAK SPACE}"
_LANGUAGES: Final = ("kk", "ru")  # those that set blanks there
_KEPT: Final = re.compile(
    r"(<(script|style|pre|code|svg|table|title|option|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
_UNBROKEN: Final = re.compile(
    r"(?<=\S) (?=— )|(?<=\d) (?=%|г\.|гг\.|ж\.|жж\.|жыл|п\. |тыс|млн|млрд|мың)|(?<=\bп\.) (?=п\.)|(?<=№) (?=\d)"
)


def unbroken(html: str, lang: str) -> str:
    """HTML of a language with no-break spaces where its lines do not end; tables, code and tags as they are.

    Examples
    --------
    >>> said = unbroken("<p>Рост — 5 % в 2024 г.</p><code>a — b</code>", "ru")
    >>> said.replace(chr(160), "~")
    '<p>Рост~— 5~% в 2024~г.</p><code>a — b</code>'
    >>> unbroken("<p>5 % — x</p>", "en")
    '<p>5 % — x</p>'
    """
    if lang not in _LANGUAGES:
        return html
    parts, done = [], 0
    for tag in _KEPT.finditer(html):
        parts += [_UNBROKEN.sub(_BLANK, html[done : tag.start()]), tag[0]]
        done = tag.end()
    return "".join([*parts, _UNBROKEN.sub(_BLANK, html[done:])])
