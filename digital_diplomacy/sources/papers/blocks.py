"""The pieces a paper is made of, and the frame they become."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal, TypeAlias

import pandas as pd

Kind: TypeAlias = Literal["paragraph", "heading", "item", "cell", "footnote", "caption"]

BLOCKS: Final = (
    "kind",
    "text",
    "start",
    "paragraph",
    "locator",
    "page",
    "table",
    "table_row",
    "table_column",
    "row_header",
    "column_header",
    "caption",
    "is_head",
    "marker",
    "number",
    "in_references",
)


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, footnote, caption or cell.

    Parameters
    ----------
    kind : str
        Which of them.
    text : str
        Its characters, in one line.
    page : int, optional
        Counted from 1, where the format has pages.
    table, row, column : int, optional
        Of a cell, counted from 1; the table within the paper.
    row_header, column_header, caption : str
        What stands at the head of a cell's row and column, and over or under its table.
    is_head : bool
        Whether a cell is itself the head of a column.
    marker : int
        How many characters of the text are the mark of a list item or footnote.
    number : int, optional
        The number such a mark prints.
    """

    kind: Kind
    text: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_header: str = ""
    column_header: str = ""
    caption: str = ""
    is_head: bool = False
    marker: int = 0
    number: int | None = None


_REFERENCES: Final = re.compile(
    r"\W*(?:\d+\W+)?(?:references?|bibliography|works cited|"
    r"literature(?: cited)?|reference list|список\b.{0,30}(?:литератур|источник).*|"
    r"(?:использованн\w+ )?(?:литератур\w*|источники)|библиографи\w*(?: список)?|"
    r"(?:пайдаланылған )?әдебиет\w*(?: тізімі)?|"
    r"sources|(?:пайдаланылған )?дереккөздер\w*(?: тізімі)?|transliteration|транслитерация)\W*",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"\W*(?:appendi\w+|annex\w*|приложени\w*|қосымша\w*|сведения об авторах?|information about (?:the )?authors?|"
    r"авторлар туралы.*|авторы?|received|accepted|поступила|принята|келіп түсті|қабылданды|"
    r"мақала (?:түсті|редакцияға|баспаға)|(?:статья|рукопись)(?: была)? (?:поступила|получена|принята|представлена)|"
    r"(?:the )?(?:article|paper|manuscript)(?: was)? (?:first )?(?:received|submitted|accepted)|"
    r"дата (?:поступления|принятия)|түскен күні|қабылданған күні).{0,90}",
    re.IGNORECASE,
)
_LONGEST_HEADING: Final = 120
_UNSURE: Final = re.compile(r"\W*(?:\d+\W+)?(?:sources|источники|дереккөздер|литература|әдебиет)\W*", re.IGNORECASE)
"""Headings that may as well stand over a chapter: on sources of news, on literature."""
_ENTRY: Final = re.compile(
    r"https?://|\bwww\.|\bdoi\b|\bURL\b|\bISBN\b|\s//\s|(?:^|\s)(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.\s?){1,2}|"
    r"\s[–—-]\s(?:[CСБ]\.|\d+\s(?:[cсб]\.|p\.|pp\.|бет))|\bpp?\.\s?\d|\bvol\.|\bред\.|\bизд\b|"
    r"(?:Press|University|Publish\w*|Verlag|Баспа\w*|баспасы|изд-во|Издательство)\b|"
    r",\s(?:1[5-9]|20)\d\d\.?$"
)
"""What an entry of a list of references has: an address, initials, pages, a publisher, a year at its end."""
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|https?://|www\.")
_LOOKED_AT: Final = 4
"""Blocks below an unsure heading that are asked whether they are entries."""


def frame(blocks: Iterable[Block]) -> pd.DataFrame:
    """One row a block with ``BLOCKS``: offsets in the text of all, joined by line feeds, numbers, places in words."""
    rows, start = [], 0
    for block, paragraph, heading, in_references in _placed(blocks):
        rows.append(
            {
                "kind": block.kind,
                "text": block.text,
                "start": start,
                "paragraph": paragraph,
                "locator": _locator(block, paragraph, heading, in_references),
                "page": block.page,
                "table": block.table,
                "table_row": block.row,
                "table_column": block.column,
                "row_header": block.row_header,
                "column_header": block.column_header,
                "caption": block.caption,
                "is_head": block.is_head,
                "marker": block.marker,
                "number": block.number,
                "in_references": in_references,
            }
        )
        start += len(block.text) + 1
    found = pd.DataFrame(rows, columns=BLOCKS)
    whole = ("page", "table", "table_row", "table_column", "number")
    return found.astype({**dict.fromkeys(whole, "Int64"), "is_head": bool})


def _placed(blocks: Iterable[Block]) -> Iterator[tuple[Block, int, str, bool]]:
    """Each block with its number, the heading over it and whether it is in a list of references."""
    heading, in_references = "", False
    listed = list(blocks)
    for paragraph, block in enumerate(listed, start=1):
        is_title = block.kind in ("heading", "paragraph") and len(block.text) <= _LONGEST_HEADING
        if is_title and heads_references(block.text) and _is_over_entries(block.text, listed[paragraph:]):
            heading, in_references = _cut(block.text), True
        elif block.kind == "heading":
            heading, in_references = _cut(block.text), False
        elif in_references and (block.table is not None or (is_title and _BEHIND.fullmatch(block.text))):
            in_references = False
        yield block, paragraph, heading, in_references


def _is_over_entries(heading: str, below: Sequence[Block]) -> bool:
    """Whether a heading stands over a list of references: one of other chapters too only if entries stand below it."""
    if _UNSURE.fullmatch(heading) is None:
        return True
    lines = list(takewhile(lambda block: block.kind != "heading" and block.table is None, below[:_LOOKED_AT]))
    entries = [block for block in lines if _YEAR.search(block.text) and _ENTRY.search(block.text)]
    return 2 * len(entries) > len(lines)


def heads_references(text: str) -> bool:
    """Whether a line is the heading of a list of references."""
    return _REFERENCES.fullmatch(text) is not None


def _cut(heading: str) -> str:
    bare = re.sub(r"^[\d.\s]+|[:.\s]+$", "", heading)
    return bare if len(bare) <= 60 else bare[:57].rsplit(" ", 1)[0] + "…"


def _locator(block: Block, paragraph: int, heading: str, in_references: bool) -> str:
    page = f", page {block.page}" if block.page is not None else ""
    if block.table is not None:
        row = block.row_header or block.row
        column = block.column_header or block.column
        return f"table {block.table}, row {row}, column {column}{page}"
    if in_references:
        place = f"item {block.number}" if block.number is not None else f"paragraph {paragraph}"
        return f"reference list, {place}{page}"
    if block.kind == "footnote":
        return f"footnote {block.number if block.number is not None else ''}".strip() + page
    section = f"section {heading}, " if heading else ""
    return f"{section}{block.kind} {paragraph}{page}"
