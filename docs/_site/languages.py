"""A page has one language, wholly: its mark, its list of pages, and the words of the theme around its text."""

import csv
import re
from pathlib import Path
from typing import Any, Final

from bs4 import BeautifulSoup
from made import CONTENTS, LANGUAGES

WORDS: Final = Path(__file__).parent / "words.csv"
"""What the theme writes, and what is written instead on the pages of each language."""

CAPTIONS: Final = {
    lang: caption for caption, pages in CONTENTS.items() for lang in LANGUAGES if pages[0].startswith(f"{lang}/")
}
"""Heading of each language's own part of the list of pages, by language."""


def language_of(docname: str) -> str:
    """Language of a page: that of its folder, or English."""
    folder = docname.partition("/")[0]
    return folder if folder in LANGUAGES else "en"


def dress(_: Any, docname: str, __: str, context: dict[str, Any], ___: Any) -> None:
    """Mark a page's language and show only what is written in it beside it (event ``html-page-context``)."""
    lang = context["language"] = language_of(docname)
    tree = BeautifulSoup(context["furo_navigation_tree"], "html.parser")
    for other, caption in CAPTIONS.items():
        for part in _parts(tree, caption):
            if other == lang:
                continue
            if lang == "en":
                part["lang"] = other
            else:
                part.decompose()
    if lang != "en":
        for caption in CONTENTS.keys() - CAPTIONS.values():
            for part in _parts(tree, caption):
                part.decompose()
        _lead_to_english(tree, context["pathto"])
        for way in ("prev", "next"):
            if context.get(way) and "../" in context[way]["link"]:
                context[way] = None
    context["furo_navigation_tree"] = str(tree)


def _parts(tree: BeautifulSoup, caption: str) -> list[Any]:
    """A heading of the list of pages and the list below it."""
    found = [one for one in tree.find_all("p", class_="caption") if one.get_text(strip=True) == caption]
    return [part for one in found for part in (one, one.find_next_sibling("ul")) if part is not None]


def _lead_to_english(tree: BeautifulSoup, pathto: Any) -> None:
    listed = tree.new_tag("ul", lang="en")
    item = tree.new_tag("li", attrs={"class": "toctree-l1"})
    link = tree.new_tag("a", attrs={"class": "reference internal", "href": pathto("index")})
    link.string = "English: guides, reference, data"
    item.append(link)
    listed.append(item)
    tree.append(listed)


_LINES: Final = re.compile(r'<dl>\n((?:<dd><em class="sig-param">.*</dd>\n)+)</dl>')
"""Lines of a signature, which Sphinx writes as a list of descriptions that describe nothing."""
_AROUND: Final = re.compile(
    r'(<dd class="field-(?:odd|even)">)<p>((?:(?!</?p>|<ul).)*)(<p>|<ul)((?:(?!<dd class="field-).)*?)</p>\n</dd>',
    re.DOTALL,
)
"""A paragraph around a list or another paragraph, which no paragraph can hold."""


def valid(page: str) -> str:
    """A page in which signatures of several lines and what a function returns are valid HTML."""
    page = _LINES.sub(lambda found: _in_lines(found[1]), page)
    return _AROUND.sub(_apart, page)


def _apart(found: re.Match[str]) -> str:
    start, said, inner, rest = found.groups()
    before = f"<p>{said}" if inner == "<p>" else f"<p>{said}</p><ul" if said.strip() else "<ul"
    return f"{start}{before}{rest}</dd>"


def _in_lines(listed: str) -> str:
    return listed.replace("<dd>", '<span class="sig-line">').replace("</dd>", "</span>").strip()


def translate(app: Any, failure: Exception | None) -> None:
    """Say the words of the theme in the language of each page (event ``build-finished``).

    What a reader without a mouse needs and the theme leaves out is put in by the same table.

    Raises
    ------
    ValueError
        If the theme says something else than is known, which would then stay as it is.
    """
    if failure or app.builder.format != "html":
        return
    with WORDS.open(encoding="utf-8", newline="") as file:
        words = list(csv.DictReader(file))
    missed = {lang: {word["theme"] for word in words} for lang in LANGUAGES}
    for path in sorted(Path(app.outdir).rglob("*.html")):
        lang = language_of(path.relative_to(app.outdir).as_posix())
        page = path.read_text(encoding="utf-8")
        missed[lang] -= {
            word["theme"] for word in words if word["theme"] in page or word[lang] in page
        }  # written before
        for word in words:
            page = page.replace(word["theme"], word[lang])
        page = valid(page)
        path.write_text(page, encoding="utf-8")
    for lang, left in missed.items():
        if left:
            raise ValueError(f"{WORDS.name}: no page in {lang} says {', '.join(sorted(left))}; the theme has changed")
