"""Papers in PDF: lines in reading order, columns one after the other, without running heads and page numbers."""

import ctypes
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median, median_low
from typing import Any, Final, NamedTuple

from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.papers.aligned import rest_of, with_tables
from digital_diplomacy.sources.papers.blocks import Block
from digital_diplomacy.sources.papers.columns import Word, in_order, usual_size
from digital_diplomacy.sources.papers.extras import module
from digital_diplomacy.sources.papers.lines import Line, blocks, clean
from digital_diplomacy.sources.papers.pdf_size import refuse_large

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LINE_HYPHENS: Final = "\x02\ufffe"
"""What PDFium gives for a hyphen at the end of a line."""

_PAGES: Final = 5000
_OBJECTS: Final = 5_000_000
"""Runs of letters, lines and pictures of all pages; a book of a thousand pages has about half a million."""

_RULES: Final = 6  # drawn paths on a page from which it may have a table
_HEADING_SIZE: Final = 1.15
"""Times the usual size of letters from which a line is a heading."""
_PARTED: Final = 1.6
"""Times the usual distance of lines from which a paragraph ends."""
_RUNNING: Final = 3
"""Pages with the same line at their edge from which it is a running head."""
_STAMP: Final = 25
"""Words on a page of a picture up to which they are a stamp or a page's number rather than its text."""
_COVERED: Final = 0.5
"""Part of a page from which a picture is the page."""
_SAME_WIDTH: Final = 2.0
"""Points by which the widths of two parts of a table may differ: a rule's width on either side."""
_UNHEARD: Final = logging.NullHandler()
"""Keeps remarks of pdfminer, in English and without the name of a file, from being printed where nobody listens."""
_EDGE: Final = 2  # lines at the top and at the bottom of a page looked at for running heads


class _Printed(NamedTuple):
    """A line of a page or row of a table: heights of top and bottom, its left edge, its column's, size of letters."""

    text: str
    top: float
    bottom: float
    left: float
    edge: float
    size: float
    cells: tuple[str | None, ...] = ()


def read_pdf(path: Path) -> Iterator[Block]:
    """Blocks of a PDF in reading order; tables cell by cell, whether they have ruled lines or stand below one another.

    A PDF that only forbids copying or printing, without a password to open it, is read like any other.

    Raises
    ------
    SourceError
        If the file needs a password or is damaged, or no page has a text layer.
    """
    pages = _opened(path)
    if len(picture_pages(path)) == len(pages) and any(pages):
        raise SourceError(
            "{path}: its pages are pictures with hardly a word of text; run a text recognition (OCR) on it first",
            path=path,
        )
    if not any(pages):
        raise SourceError(
            "{path}: no page has a text layer; it is made of pictures, so run a text recognition (OCR) on it first",
            path=path,
        )
    running = _running(pages)
    usual = median([line.size for page in pages for line in page if not line.cells] or [0])
    found: list[Line] = []
    for number, page in enumerate(pages, start=1):
        kept = [line for place, line in enumerate(page) if not _is_edge(place, page, running)]
        found += _with_gaps(kept, number, usual)
    yield from blocks(found)


def _opened(path: Path) -> list[list[_Printed]]:
    """Lines of every page; only pages with rules are looked at for ruled tables."""
    raw = module("pypdfium2.raw", path)
    with document_of(path) as document:
        ruled, left = set(), _OBJECTS
        for number, page in enumerate(document):
            left -= raw.FPDFPage_CountObjects(page)
            if left < 0:  # pages may all draw the same content
                raise SourceError(
                    "{path}: its pages draw more than any paper does; print those that are needed to a PDF of their "
                    "own",
                    path=path,
                )
            if sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])) >= _RULES:
                ruled.add(number)
        tables = _tables(path, ruled) if ruled else {}
        found, above = [], None
        for number, page in enumerate(document):
            lines, above = _lines(page, raw, tables.get(number, []), above)
            found.append(lines)
        return found


@contextmanager
def document_of(path: Path) -> Iterator[Any]:
    """The opened PDF, closed at the end of the block.

    Raises
    ------
    SourceError
        If it needs a password, is protected in a way that is not known, is damaged, also in a page that the block looks
        at, or is more than a paper.
    """
    pdfium = module("pypdfium2", path)
    refuse_large(path.read_bytes(), path)
    try:
        with pdfium.PdfDocument(str(path)) as document:
            if len(document) > _PAGES:
                raise SourceError(
                    "{path}: {count} pages are more than a paper has ({most}); print those that are needed to a PDF of "
                    "their own",
                    path=path,
                    count=len(document),
                    most=_PAGES,
                )
            yield document
    except pdfium.PdfiumError as error:
        if re.search("password|security", str(error), re.IGNORECASE):
            raise SourceError("{path} is encrypted; save it without a password", path=path) from error
        raise SourceError("{path}: the PDF is damaged; print it to a PDF anew", path=path) from error


def picture_pages(path: Path | str) -> tuple[int, ...]:
    """Pages of a PDF, from 1, that are a picture with hardly a word over it: scans, whose figures stay unread.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> sources.picture_pages("paper.txt")  # other formats have none
    ()
    """
    path = Path(path)
    if path.suffix.lower() != ".pdf":
        return ()
    raw = module("pypdfium2.raw", path)
    with document_of(path) as document:
        return tuple(number for number, page in enumerate(document, start=1) if _is_picture(page, raw))


def _is_picture(page: Any, raw: Any) -> bool:
    if len(page.get_textpage().get_text_bounded().split()) > _STAMP:
        return False
    boxes = [image.get_bounds() for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
    covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes)
    return bool(covered > _COVERED * page.get_width() * page.get_height())


def _tables(path: Path, ruled: set[int]) -> dict[int, list[Word]]:
    """Tables with ruled lines on some pages, each as a word that holds its cells."""
    pdfplumber = module("pdfplumber", path)
    logging.getLogger("pdfminer").addHandler(_UNHEARD)
    try:
        with path.open("rb") as stream, pdfplumber.open(stream) as pdf:  # which leaves its own open when it fails
            found = {number: list(_ruled(pdf.pages[number])) for number in sorted(ruled)}
    except MemoryError:
        raise
    except Exception as error:  # whatever an object of another kind leads to: pdfminer looks at none before it uses it
        raise SourceError("{path}: the PDF is damaged; print it to a PDF anew", path=path) from error
    return {
        number: [
            one for one in tables if len(one.cells) > 1 or any(_is_like(one, near) for near in _near(found, number))
        ]
        for number, tables in found.items()
    }


def _near(found: Mapping[int, Sequence[Word]], page: int) -> Iterator[Word]:
    """Tables of several rows on a page and on the one before it."""
    yield from (one for number in (page - 1, page) for one in found.get(number, ()) if len(one.cells) > 1)


def _is_like(one: Word, other: Word) -> bool:
    """Whether two tables have as many columns and are equally wide, as parts of one table are."""
    return len(one.cells[0]) == len(other.cells[0]) and abs((one.x1 - one.x0) - (other.x1 - other.x0)) < _SAME_WIDTH


def _ruled(page: Any) -> Iterator[Word]:
    for table in page.find_tables():
        rows = tuple(
            tuple(cell if cell is None else clean(re.sub(r"\s+", " ", cell)).strip() for cell in row)
            for row in table.extract()
        )
        if rows and len(rows[0]) > 1:
            x0, top, x1, bottom = table.bbox
            yield Word("", x0, x1, top, bottom, 0.0, rows)
    page.close()


def _lines(
    page: Any, raw: Any, tables: Sequence[Word], before: Word | None = None
) -> tuple[list[_Printed], Word | None]:
    """Lines of a page in reading order, tables row by row where they stand, and the table that ends it, if one does.

    ``before`` is the table that ended the page before: rows at the head of this one may be its rest.
    """
    words = [
        word
        for word in _words(page, raw)
        if not any(one.x0 <= word.x0 <= one.x1 and one.top <= word.bottom <= one.bottom for one in tables)
    ]
    usual = usual_size(words)
    found: list[_Printed] = []
    above, last, behind = before, None, 0
    for number, column in enumerate(in_order([*words, *tables], float(page.get_width()))):
        edge = min((line[0].x0 for line in column), default=0.0)
        heads = _running_heads(above, column) if above is not None and before is not None and not number else 0
        found += [_line(line, edge, usual) for line in column[:heads]]
        rest = rest_of(above, column[heads:]) if above is not None and above.cells else []
        if above is not None and rest:
            found += [_Printed("", above.top, above.bottom, above.x0, edge, usual, cells) for cells in rest]
            last, behind = above, 0
        start_of = heads + len(rest)
        for place, line in enumerate(with_tables(column[start_of:]), start=start_of):
            whole = line[0]
            if not whole.cells:
                found.append(_line(line, edge, usual))
                behind += 1
            else:
                # What a column's end has broken off goes on at the head of the next one: rows of one table.
                is_rest = bool(not place and number and above is not None and above.cells and _is_like(whole, above))
                start = above if is_rest and above is not None else whole
                repeated = is_rest and whole.cells[0] == start.cells[0]
                for cells in whole.cells[1:] if repeated else whole.cells:
                    found.append(_Printed("", start.top, start.bottom, start.x0, edge, usual, cells))
                whole = Word("", whole.x0, whole.x1, start.top, start.bottom, whole.size, start.cells)
                last, behind = whole, 0
            above = whole
    return found, last if behind <= _EDGE else None


def _running_heads(table: Word, column: Sequence[list[Word]]) -> int:
    """Lines over the rows that go on a table of the page before; 0 where none do."""
    return next((number for number in range(_EDGE + 1) if rest_of(table, column[number:])), 0)


def _words(page: Any, raw: Any) -> Iterator[Word]:
    """Words of a page with their boxes, heights counted from the top; letters far apart are of two words.

    ``bottom`` is the line the letters stand on: parts of a ligature have lower boxes than the letters beside them. The
    size of a word is that of most of its letters, as letters its font lacks come from another one with other boxes.
    """
    text, height = page.get_textpage(), float(page.get_height())
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    word: Word | None = None
    sizes: list[float] = []
    for place in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text.raw, place))
        raw.FPDFText_GetLooseCharBox(text.raw, place, ctypes.byref(box))
        raw.FPDFText_GetCharOrigin(text.raw, place, ctypes.byref(x), ctypes.byref(y))
        char = "-" if char in _LINE_HYPHENS else char
        size, bottom = abs(box.top - box.bottom), height - y.value
        goes_on = (
            word is not None
            and abs(bottom - word.bottom) < 0.2 * max(size, word.size)
            and -max(size, word.size) < box.left - word.x1 < 0.25 * max(size, word.size)
        )
        if word is not None and (char.isspace() or not goes_on):
            yield _of_size(word, sizes)
            word, sizes = None, []
        if char.isspace() or not char.isprintable() or not size:
            continue
        if word is None:
            word = Word(char, box.left, box.right, bottom - size, bottom, size)
        else:
            most = max(size, word.size)
            word = Word(word.text + char, word.x0, box.right, word.bottom - most, word.bottom, most)
        sizes.append(size)
    if word is not None:
        yield _of_size(word, sizes)


def _of_size(word: Word, sizes: Sequence[float]) -> Word:
    if sizes.count(sizes[0]) == len(sizes):
        return word
    size = median_low(sizes)
    return replace(word, top=word.bottom - size, size=size)


def _line(row: Sequence[Word], edge: float, usual: float) -> _Printed:
    text, end = "", None
    for word in row:
        is_mark = word.size < 0.75 * usual and word.text.isdigit() and len(word.text) < 3 and text
        wide = end is not None and word.x0 - end > 2.5 * word.size
        text += word.text.translate(_RAISED) if is_mark else ("   " if wide else " " if text else "") + word.text
        end = word.x1
    size = median(word.size for word in row)
    top, bottom = min(word.top for word in row), max(word.bottom for word in row)
    return _Printed(text, top, bottom, row[0].x0, edge, size)


def _running(pages: Sequence[Sequence[_Printed]]) -> set[str]:
    """Lines that stand at the edges of several pages, numbers apart."""
    edges = Counter(
        shape
        for page in pages
        for shape in {_shape(line.text) for line in [*page[:_EDGE], *page[-_EDGE:]] if not line.cells}
    )
    return {shape for shape, count in edges.items() if count >= _RUNNING and len(shape) < 150}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text).strip()


def _is_edge(place: int, page: Sequence[_Printed], running: set[str]) -> bool:
    """Whether a line is a running head or the number of its page."""
    if _EDGE <= place < len(page) - _EDGE or page[place].cells:
        return False
    text = page[place].text.strip()
    is_number = re.fullmatch(r"\W*(?:p\.|page|с\.|стр\.|бет)?\s*\d{1,4}\W*", text) is not None
    is_number = is_number and text.count("(") == text.count(")")  # "2021)." closes what the line above it opens
    return _shape(text) in running or (is_number and place in (0, len(page) - 1))


def _with_gaps(lines: Sequence[_Printed], page: int, usual: float) -> Iterator[Line]:
    """Lines with an empty one where a paragraph ends by distance or indent, and around tables."""
    steps = [after.bottom - before.bottom for before, after in pairwise(lines)]
    step = median([one for one in steps if one > 0] or [0])
    for place, line in enumerate(lines):
        above = lines[place - 1] if place else None
        if above is not None and _is_parted(line, above, step, usual):
            yield Line("", page)
        is_heading = line.size > _HEADING_SIZE * usual and len(line.text) < 120 and _is_of_words(line.text)
        yield Line(line.text, page, is_heading, line.cells)


def _is_of_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) > sum(map(str.isdigit, text))


def _is_parted(line: _Printed, above: _Printed, step: float, usual: float) -> bool:
    """Whether a paragraph ends between two lines; indents count from the edge of their own column."""
    if line.cells or above.cells:
        return (line.top, line.bottom) != (above.top, above.bottom)
    indent, upper = line.left - line.edge, above.left - above.edge
    return line.bottom - above.bottom > _PARTED * step or (indent - upper > 0.8 * usual and upper < 0.5 * usual)
