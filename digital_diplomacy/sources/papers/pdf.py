"""Papers in PDF: lines in reading order, columns one after the other, without running heads and page numbers."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple, TypeAlias

from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.papers.blocks import Block
from digital_diplomacy.sources.papers.extras import module
from digital_diplomacy.sources.papers.lines import Line, blocks, cells, clean

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_Box: TypeAlias = tuple[float, float, float, float]
_LINE_HYPHENS: Final = "\x02\ufffe"
"""What PDFium gives for a hyphen at the end of a line."""

_RULES: Final = 6  # drawn paths on a page from which it may have a table
_HEADING_SIZE: Final = 1.15
"""Times the usual size of letters from which a line is a heading."""
_PARTED: Final = 1.6
"""Times the usual distance of lines from which a paragraph ends."""
_RUNNING: Final = 3
"""Pages with the same line at their edge from which it is a running head."""
_EDGE: Final = 2  # lines at the top and at the bottom of a page looked at for running heads


class _Printed(NamedTuple):
    """A line of a page: its text, the heights of its top and bottom, its left edge and the size of its letters."""

    text: str
    top: float
    bottom: float
    left: float
    size: float


def read_pdf(path: Path) -> Iterator[Block]:
    """Blocks of a PDF; tables with ruled lines cell by cell, at the end of their page.

    Raises
    ------
    SourceError
        If the file is encrypted or damaged, or no page has a text layer.
    """
    pages, tables = _opened(path)
    if not any(pages) and not tables:
        raise SourceError(
            "{path}: no page has a text layer; it is made of pictures, so run a text recognition (OCR) on it first",
            path=path,
        )
    running = _running(pages)
    usual = median([line.size for page in pages for line in page] or [0])
    found: list[Line] = []
    for number, page in enumerate(pages, start=1):
        kept = [line for place, line in enumerate(page) if not _is_edge(place, page, running)]
        found += _with_gaps(kept, number, usual)
    yield from blocks(found)
    for number, (page_number, rows) in enumerate(tables, start=1):
        yield from cells(rows, number, "", page_number)


def _opened(path: Path) -> tuple[list[list[_Printed]], list[tuple[int, list[list[str]]]]]:
    """Lines of every page, and the ruled tables with their pages; only pages with rules are looked at for tables."""
    pdfium = module("pypdfium2", path)
    raw = module("pypdfium2.raw", path)
    try:
        document = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise SourceError("{path} is encrypted; save it without a password", path=path) from error
        raise SourceError("{path}: the PDF is damaged; print it to a PDF anew", path=path) from error
    with document:
        ruled = {
            number
            for number, page in enumerate(document)
            if sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])) >= _RULES
        }
        tables, boxes = _tables(path, ruled) if ruled else ([], {})
        pages = [_lines(page, raw, boxes.get(number, [])) for number, page in enumerate(document)]
    return pages, tables


def _tables(path: Path, ruled: set[int]) -> tuple[list[tuple[int, list[list[str]]]], dict[int, list[_Box]]]:
    """Rows of tables with ruled lines on some pages, and where they stand."""
    pdfplumber = module("pdfplumber", path)
    tables: list[tuple[int, list[list[str]]]] = []
    boxes: dict[int, list[_Box]] = {}
    with pdfplumber.open(str(path)) as pdf:
        for number in sorted(ruled):
            for table in pdf.pages[number].find_tables():
                rows = [[clean(re.sub(r"\s+", " ", cell or "")).strip() for cell in row] for row in table.extract()]
                if len(rows) > 1 and len(rows[0]) > 1:
                    tables.append((number + 1, rows))
                    boxes.setdefault(number, []).append(table.bbox)
            pdf.pages[number].close()
    return tables, boxes


def _lines(page: Any, raw: Any, boxes: Sequence[_Box]) -> list[_Printed]:
    """Lines of a page in reading order, without what stands in its tables."""
    words = [
        word
        for word in _words(page, raw)
        if not any(x0 <= word["x0"] <= x1 and top <= word["bottom"] <= bottom for x0, top, x1, bottom in boxes)
    ]
    usual = median([word["size"] for word in words] or [0])
    split = _gutter(words, float(page.get_width()))
    left = [word for word in words if split is None or word["x1"] <= split]
    right = [word for word in words if split is not None and word["x1"] > split]
    return [*_rows_of(left, usual), *_rows_of(right, usual)]


def _words(page: Any, raw: Any) -> Iterator[dict[str, Any]]:
    """Words of a page with their boxes, heights counted from the top; letters far apart are of two words."""
    text, height = page.get_textpage(), float(page.get_height())
    box = raw.FS_RECTF()
    word: dict[str, Any] = {}
    for place in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text.raw, place))
        raw.FPDFText_GetLooseCharBox(text.raw, place, ctypes.byref(box))
        char = "-" if char in _LINE_HYPHENS else char
        size, bottom = abs(box.top - box.bottom), height - box.bottom
        goes_on = (
            bool(word)
            and abs(bottom - word["bottom"]) < 0.2 * max(size, word["size"])
            and -size < box.left - word["x1"] < 0.25 * size
        )
        if word and (char.isspace() or not goes_on):
            yield word
            word = {}
        if char.isspace() or not char.isprintable() or not size:
            continue
        if word:
            word |= {"text": word["text"] + char, "x1": box.right}
        else:
            word = {"text": char, "x0": box.left, "x1": box.right, "top": bottom - size, "bottom": bottom, "size": size}
    if word:
        yield word


def _gutter(words: Sequence[dict[str, Any]], width: float) -> float | None:
    """The middle of a blank strip from top to bottom in the middle third of a page with two columns."""
    if len(words) < 40:
        return None
    covered = [False] * int(width + 1)
    crossing = Counter(
        place for word in words for place in range(int(max(0, word["x0"])), int(min(width, word["x1"])) + 1)
    )
    for place in range(int(width + 1)):
        covered[place] = crossing[place] > len(words) * 0.004
    middle = [place for place in range(int(width * 0.4), int(width * 0.6)) if not covered[place]]
    runs: list[list[int]] = []
    for place in middle:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    widest = max(runs, key=len, default=[])
    if len(widest) < 8:
        return None
    split = float(widest[len(widest) // 2])
    right = sum(word["x0"] > split for word in words)
    return split if 0.25 < right / len(words) < 0.75 else None


def _rows_of(words: Sequence[dict[str, Any]], usual: float) -> list[_Printed]:
    """Words on one height as lines; small raised digits keep their height as superscripts."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda one: (one["bottom"], one["x0"])):
        row = rows[-1] if rows else []
        if row and abs(word["bottom"] - row[-1]["bottom"]) <= max(2.0, 0.35 * usual):
            row.append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda one: float(one["x0"])), usual) for row in rows]


def _line(row: Sequence[dict[str, Any]], usual: float) -> _Printed:
    text, end = "", None
    for word in row:
        said = word["text"]
        is_mark = word["size"] < 0.75 * usual and said.isdigit() and len(said) < 3 and text
        gap = word["x0"] - end if end is not None else 0
        wide = end is not None and gap > 2.5 * word["size"]
        text += said.translate(_RAISED) if is_mark else ("   " if wide else " " if text else "") + said
        end = word["x1"]
    size = median(word["size"] for word in row)
    return _Printed(text, min(word["top"] for word in row), max(word["bottom"] for word in row), row[0]["x0"], size)


def _running(pages: Sequence[Sequence[_Printed]]) -> set[str]:
    """Lines that stand at the edges of several pages, numbers apart."""
    edges = Counter(
        shape for page in pages for shape in {_shape(line.text) for line in [*page[:_EDGE], *page[-_EDGE:]]}
    )
    return {shape for shape, count in edges.items() if count >= _RUNNING and len(shape) < 150}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text).strip()


def _is_edge(place: int, page: Sequence[_Printed], running: set[str]) -> bool:
    """Whether a line is a running head or the number of its page."""
    if _EDGE <= place < len(page) - _EDGE:
        return False
    text = page[place].text.strip()
    is_number = re.fullmatch(r"\W*(?:p\.|page|с\.|стр\.|бет)?\s*\d{1,4}\W*", text) is not None
    return _shape(text) in running or (is_number and place in (0, len(page) - 1))


def _with_gaps(lines: Sequence[_Printed], page: int, usual: float) -> Iterator[Line]:
    """Lines with an empty one where a paragraph ends by distance or indent."""
    steps = [after.bottom - before.bottom for before, after in pairwise(lines)]
    step = median([one for one in steps if one > 0] or [0])
    edge = min((line.left for line in lines), default=0)
    for place, line in enumerate(lines):
        above = lines[place - 1] if place else None
        far = above is not None and line.bottom - above.bottom > _PARTED * step
        indented = above is not None and line.left - above.left > 0.8 * usual and above.left - edge < 0.5 * usual
        if far or indented:
            yield Line("", page)
        yield Line(line.text, page, is_heading=line.size > _HEADING_SIZE * usual and len(line.text) < 120)
