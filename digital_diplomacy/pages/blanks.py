"""Where Kazakh and Russian break no line: before a dash, a percent sign, a unit, an ending, within an abbreviation."""

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
_WHOLE: Final = re.compile(
    r"\d{4}–\d{4}(?!\d)"
    r"|(?:\d[\d\u00a0\u202f.,]*(?:\u00a0%)?|\b[A-Za-zА-ЯЁӘІҢҒҮҰҚӨҺ]{2,})-[а-яёәіңғүұқөһ]+"
)
"""Years, or a number, an abbreviation or a Latin name with its ending: 2018–2024, 44-орын, 5 %-ы, 44-е, БҰҰ-ның."""


def unbroken(html: str, lang: str) -> str:
    """HTML of a language whose lines do not end at some blanks and hyphens; tables, code and tags as they are.

    Examples
    --------
    >>> said = unbroken("<p>Рост — 5 % в 2024 г.</p><code>a — b</code>", "ru")
    >>> said.replace(chr(160), "~")
    '<p>Рост~— 5~% в 2024~г.</p><code>a — b</code>'
    >>> unbroken("<p>44-орын</p>", "kk")
    '<p><span class="whole">44-орын</span></p>'
    >>> unbroken("<p>5 % — x</p>", "en")
    '<p>5 % — x</p>'
    """
    if lang not in _LANGUAGES:
        return html
    parts, done = [], 0
    for tag in _KEPT.finditer(html):
        parts += [_kept(html[done : tag.start()]), tag[0]]
        done = tag.end()
    return "".join([*parts, _kept(html[done:])])


def _kept(text: str) -> str:
    return _WHOLE.sub(r'<span class="whole">\g<0></span>', _UNBROKEN.sub(_BLANK, text))
