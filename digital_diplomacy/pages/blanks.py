"""Where Kazakh and Russian break no line: before a dash, a percent sign, a unit or an ending, in an abbreviation, at a
sign between a letter and its number."""

import re
from typing import Final

_BLANK: Final = "\N{NO-BREAK SPACE}"
_LANGUAGES: Final = ("kk", "ru")  # those that set blanks there
_KEPT: Final = re.compile(
    r"(<(script|style|pre|code|svg|table|title|option|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
_UNBROKEN: Final = re.compile(
    r"(?<=\S) (?=— )|(?<=\d) (?=%|г\.|гг\.|год|ж\.|жж\.|жыл|п\. |тыс|млн|млрд|мың)|(?<=\bп\.) (?=п\.)|(?<=№) (?=\d)|"
    r"(?<=\bт\.) (?=[пдкб]\.)|(?<=\S) (?=др\.)|(?<=\b\w) (?=(?:[=<>≤≥≈]|&[lg]t;) [\d−])|"
    r"(?<=[=<>≤≥≈]) (?=[\d−])|(?<=&[lg]t;) (?=\d)"
)
_OF_RUSSIAN: Final = re.compile(  # a word of one letter ends no line, and a month stays with its day and year
    r"(?<=(?<!\w)[авикосуяАВИКОСУЯ]) (?=[\w«(])|"
    r"(?<=\d) (?=(?:янв|февр|мар|апр|мая|июн|июл|авг|сент|окт|нояб|дек)\w*\b)|"
    r"(?<=(?:янв|мар|апр|июн|июл|авг|окт|дек)\.) (?=\d)|(?<=(?:февр|сент|нояб)\.) (?=\d)|(?<=\bмая) (?=\d)|"
    r"(?<=\w:) (?=\d)"
)
_BEHIND_A_WORD: Final = re.compile(r"^ (?=— )")  # what an inline tag closes: <em>власть</em> — …
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
    '<p>Рост~— 5~% в~2024~г.</p><code>a — b</code>'
    >>> unbroken("<p><em>Ядро</em> — и т. п., p = 0,05</p>", "ru").replace(chr(160), "~")
    '<p><em>Ядро</em>~— и~т.~п., p~=~0,05</p>'
    >>> unbroken("<p>44-орын</p>", "kk")
    '<p><span class="whole">44-орын</span></p>'
    >>> unbroken("<p>5 % — x</p>", "en")
    '<p>5 % — x</p>'
    """
    if lang not in _LANGUAGES:
        return html
    parts, done, before = [], 0, ""
    for tag in _KEPT.finditer(html):
        parts += [_set(html[done : tag.start()], before, lang), tag[0]]
        done, before = tag.end(), tag[0]
    return "".join([*parts, _set(html[done:], before, lang)])


def _set(text: str, before: str, lang: str) -> str:
    """Text between two tags, of which the one before it may end a word."""
    said = _UNBROKEN.sub(_BLANK, text)
    said = _OF_RUSSIAN.sub(_BLANK, said) if lang == "ru" else said
    said = _BEHIND_A_WORD.sub(_BLANK, said) if before.startswith("</") else said
    return _WHOLE.sub(r'<span class="whole">\g<0></span>', said)
