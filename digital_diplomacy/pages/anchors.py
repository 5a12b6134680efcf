"""Anchors and names of the places of a page: checkers and readers of screens take no odd letter, and none twice."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any, Final
from urllib.parse import unquote

from markupsafe import Markup

_HEADED: Final = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)


def anchor(words: str) -> str:
    """Words as the anchor of a place: letters, digits, hyphens and underscores of any alphabet, a letter first.

    Examples
    --------
    >>> anchor("figures/map.svg"), anchor("Was it there?"), anchor("Шектеулер"), anchor("2024")
    ('figures-map-svg', 'Was-it-there', 'Шектеулер', 'at-2024')
    """
    plain = re.sub(r"\W+", "-", words).strip("-_")
    return plain if plain[:1].isalpha() else f"at-{plain}".strip("-")


def distinct(names: Iterable[str]) -> list[str]:
    """The names, numbered from the second of one name on.

    Examples
    --------
    >>> distinct(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    found: list[str] = []
    for name in names:
        tried = (f"{name} ({number})" if number > 1 else name for number in range(1, len(found) + 2))
        found.append(next(one for one in tried if one not in found))
    return found


def anchored(cells: Sequence[dict[str, Any]], taken: Iterable[str]) -> list[dict[str, Any]]:
    """Cells of a page whose headings have anchors of their own; links that led to the former ones lead to these.

    Parameters
    ----------
    cells : sequence of mapping
        Those of prose have ``markdown``, HTML as nbconvert makes it.
    taken : iterable of str
        Anchors of other places of the page.
    """
    used, moved = set(taken), dict[str, str]()
    made = [
        cell | {"markdown": _numbered(cell["markdown"], used, moved)} if "markdown" in cell else cell for cell in cells
    ]
    return [cell | {"markdown": _led(cell["markdown"], moved)} if "markdown" in cell else cell for cell in made]


def _numbered(html: str, used: set[str], moved: dict[str, str]) -> str:
    return _HEADED.sub(lambda match: _headed(match, used, moved), html)


def _headed(match: "re.Match[str]", used: set[str], moved: dict[str, str]) -> str:
    level, old, words = match.groups()
    base = anchor(unquote(unescape(old)))
    new = next(
        one for one in (f"{base}-{number}" if number > 1 else base for number in range(1, 10_000)) if one not in used
    )
    used.add(new)
    moved.setdefault(old, new)
    inside = words.replace(f'href="#{old}"', f'href="#{new}"')
    return f'<h{level} id="{new}">{inside}</h{level}>'


def _led(html: str, moved: Mapping[str, str]) -> Markup:
    def led(match: "re.Match[str]") -> str:
        return f'href="#{moved.get(match[1], match[1])}"'

    return Markup(re.sub(r'href="#([^"]*)"', led, html))  # noqa: S704 - was HTML before
