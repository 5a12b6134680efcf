"""A paper in any of the formats understood, as a frame of blocks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.files import check_there
from digital_diplomacy.sources.foreign_formats import refuse_other_text
from digital_diplomacy.sources.identifiers import writable
from digital_diplomacy.sources.papers.blocks import BLOCKS, Block, frame
from digital_diplomacy.sources.papers.captions import captioned
from digital_diplomacy.sources.papers.lines import Line, blocks
from digital_diplomacy.sources.papers.pdf import read_pdf
from digital_diplomacy.sources.papers.spaced import cells_of
from digital_diplomacy.sources.papers.word import read_word
from digital_diplomacy.sources.texts import read_content

__all__ = ["BLOCKS", "read_paper"]

_MARKDOWN: Final = (".md", ".markdown", ".rmd", ".qmd")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_AS_PAPER: Final = "save the paper as text, Word (.docx) or PDF"
_COMMENT: Final = re.compile(r"<!--(?s:.*?)-->")
_MARK: Final = re.compile(r"(?<=\S)\[\^(\d{1,3})\](?!:)")
"""The mark of a footnote in Markdown; at the start of a line it is the footnote itself."""


def read_paper(path: Path | str) -> pd.DataFrame:
    """Paragraphs, headings, list items, footnotes, captions and cells of a paper in reading order.

    Parameters
    ----------
    path : Path or str
        Plain text or Markdown in UTF-8, UTF-16 or Windows' Cyrillic (.txt, .md and any other ending), Word (.docx) or
        PDF (.pdf) with a text layer.

    Returns
    -------
    DataFrame
        One row a block with ``BLOCKS``: kind, text, start (offset in the texts of all blocks joined by line feeds),
        paragraph (number from 1), locator (in words), page, table, table_row, table_column, row_header, column_header,
        caption, is_head (of a cell), marker (characters of a list mark), number (of such a mark) and in_references.

    Raises
    ------
    SourceError
        If the file cannot be read, is empty, damaged, encrypted or has no text layer, or if what reads its format is
        not installed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "paper.md"
    >>> lines = ["# Audience", "", "The ministry has 23,900 followers.", "", "1. Twitter", "2. Facebook"]
    >>> size = path.write_text(chr(10).join(lines), encoding="utf-8")
    >>> sources.read_paper(path)[["kind", "text"]]
            kind                                text
    0    heading                            Audience
    1  paragraph  The ministry has 23,900 followers.
    2       item                          1. Twitter
    3       item                         2. Facebook
    >>> folder.cleanup()
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower(), _plain)
    check_there(path)
    read = (_written(block) for block in reader(path))
    found = frame(captioned(block for block in read if block.text.strip()))
    if found.empty:
        raise SourceError("{path}: there is no text in it", path=path)
    return found


def _written(block: Block) -> Block:
    """A block of what can be written again: what a reader accepts of it is kept in tables."""
    return replace(
        block,
        text=writable(block.text),
        row_header=writable(block.row_header),
        column_header=writable(block.column_header),
        caption=writable(block.caption),
    )


def _plain(path: Path) -> Iterator[Block]:
    text = read_content(path, _AS_PAPER).text
    refuse_other_text(text, path, _AS_PAPER, json=True)
    if "\0" in text:
        raise SourceError("{path} is no text; give the paper as text, Word (.docx) or PDF", path=path)
    if path.suffix.lower() in _MARKDOWN:
        text = _MARK.sub(lambda mark: mark[1].translate(_RAISED), _COMMENT.sub("", text))
    lines = text.replace("\f", "\n\n").splitlines()
    cells = cells_of(lines)
    return blocks(
        [Line(line, cells=cells.get(place, ())) for place, line in enumerate(lines) if cells.get(place, True)]
    )


_READERS: Final[dict[str, Callable[[Path], Iterator[Block]]]] = {".docx": read_word, ".pdf": read_pdf}
