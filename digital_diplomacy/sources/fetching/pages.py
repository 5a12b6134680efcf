"""Web pages that a user saved, or a publisher sent: their text by blocks, their tables by cells."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag

from digital_diplomacy.sources.fetching.bodies import is_page
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.identifiers import normal_form

_BLOCKS: Final = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "td", "th", "br", "blockquote")
_UNSEEN: Final = ("script", "style", "noscript", "template")
_BLANKS: Final = re.compile(r"\s+")
_END: Final = "\x1e"  # of a block; line ends within one are blanks
_WIDEST: Final = 200  # columns that a cell may say it spans


def page_of(body: Received) -> BeautifulSoup:
    """A page without what readers do not see, in whatever encoding it says it has.

    Raises
    ------
    FetchError
        ``empty`` or ``no_page``.
    """
    if not body.content.strip():
        raise FetchError("empty", file=body.name)
    if not is_page(body.content[:4000].decode("latin-1").removeprefix("\xef\xbb\xbf")):
        raise FetchError("no_page", file=body.name)
    page = BeautifulSoup(body.content, "html.parser")
    for tag in page.find_all(_UNSEEN):
        tag.decompose()
    return page


def lines_of_text(page: BeautifulSoup) -> list[str]:
    """The blocks of a page's text, a line each.

    Examples
    --------
    >>> lines_of_text(BeautifulSoup("<h2>A</h2><p>There <b>were</b> two.</p>", "html.parser"))
    ['A', 'There were two.']
    """
    for tag in page.find_all(_BLOCKS):
        tag.insert_before(_END)
        tag.append(_END)
    told = (_BLANKS.sub(" ", normal_form(line)).strip() for line in page.get_text().split(_END))
    return [line for line in told if line]


def tables_of(page: BeautifulSoup) -> Iterator[list[list[str]]]:
    """The tables that hold no other, as rows of cells as wide as the widest of them."""
    for table in page.find_all("table"):
        if table.find("table"):
            continue
        rows = [[cell for tag in row.find_all(["td", "th"]) for cell in _cells(tag)] for row in table.find_all("tr")]
        width = max(map(len, rows), default=0)
        yield [[*row, *[""] * (width - len(row))] for row in rows if any(row)]


def _cells(tag: Tag) -> list[str]:
    """A cell, and an empty one for every further column that it spans."""
    said = str(tag.get("colspan", "1"))
    span = min(int(said), _WIDEST) if re.fullmatch(r"[1-9][0-9]{0,5}", said) else 1
    return [_BLANKS.sub(" ", normal_form(tag.get_text(" "))), *[""] * (span - 1)]
