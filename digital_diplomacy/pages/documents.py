"""Single pages with figures and tables of a researcher's own data; nothing is fetched from elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from digital_diplomacy.pages.anchors import distinct
from digital_diplomacy.pages.blanks import unbroken
from digital_diplomacy.pages.directions import isolated
from digital_diplomacy.pages.reports import templates


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, a figure (path from the page, and what it shows in words), tables and links.

    Attributes
    ----------
    heading : str
    paragraphs : tuple of str
        Plain text.
    image, alt : str
        Path of a picture beside the page, and the sentence that stands for it.
    tables : tuple of str
        HTML as `figures.table_html` makes it.
    links : mapping of str to str
        Path to the words of the link.
    play : tuple of two str, optional
        Path of a page to play with what the figure shows, and the words of the link to it.
    kind : str
        ``answer`` for what the page comes to, ``notice`` for a warning; otherwise empty.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    image: str = ""
    alt: str = ""
    tables: tuple[str, ...] = ()
    links: Mapping[str, str] | None = None
    kind: str = ""
    play: tuple[str, str] | None = None


def document_page(
    title: str, sections: Sequence[Section], *, lang: str, others: Mapping[str, str] = MappingProxyType({})
) -> str:
    """One HTML page; all texts are escaped but the tables, which are HTML already.

    ``others`` are the paths of the same page in other languages, by language.
    """
    names = iter(distinct(_name(table, section.heading or title) for section in sections for table in section.tables))
    parts = [
        {
            "heading": section.heading,
            "paragraphs": section.paragraphs,
            "image": section.image,
            "alt": section.alt,
            "tables": [(next(names), Markup(table)) for table in section.tables],  # noqa: S704  # made by figures, which escapes
            "links": dict(section.links or {}),
            "kind": section.kind,
            "play": section.play,
        }
        for section in sections
    ]
    page = templates().get_template("document.html.j2")
    said = page.render(title=title, sections=parts, lang=lang, others=dict(others))
    return unbroken(isolated(said, lang), lang)


def _name(table: str, otherwise: str) -> str:
    """What readers of screens hear of a table they may move in: its caption."""
    caption = re.search(r"<caption>(.*?)</caption>", table, re.DOTALL)
    return Markup(caption[1]).striptags() if caption and caption[1] else otherwise  # noqa: S704 - made by figures
