"""Lines of text as blocks: paragraphs broken over lines and pages joined, lists, headings and tables told apart."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from digital_diplomacy.sources.papers.blocks import Block


class Line(NamedTuple):
    """A line as printed, with its page and whether it is set as a heading."""

    text: str
    page: int | None = None
    is_heading: bool = False


_MARKER: Final = re.compile(r"(?:[-–•*]\s*)?(?P<number>\d{1,3})(?:\\?[.)]|\.\))\s*(?=[^\W\d_]|[«\"“*(\[]|\d{4}\b)")
_BULLET: Final = re.compile(r"[-–—•▪◦●]\s+")
_FOOTNOTE: Final = re.compile(r"(?:\*{1,3}|[¹²³⁴-⁹]{1,2}|\[\^\d+\]:?)\s*(?=\S)")
_HEADING: Final = re.compile(r"#{1,6}\s+(?P<text>.+?)\s*#*$")
_CAPTION: Final = re.compile(
    r"(?:таблица|рисунок|рис\.|диаграмма|кесте|сурет|table|figure|fig\.|chart)\s*\d|"
    r"\d{1,2}(?:\.\d{1,2})?\s?-\s?(?:кесте|сурет|диаграмма)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(
    r"(?:\b[QH1-4]\s?(?:кв\.?|тоқсан\w*)?\s?)?(?<!\d)(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d\d){1,2})?(?![\d%])"
)
_RULE: Final = re.compile(r"\|?[\s:|+=-]+\|?")
_CLOSED: Final = re.compile(r"[.!?:;…]['»”\")\]*]*\s*$|[»”\")\]]\s*$")
_EMPHASIS: Final = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=[^\s*_])(?P<text>[^*\n]*?[^\s*])\1(?![\w*])")
_TAG: Final = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|br|p|span)\s*/?>", re.IGNORECASE)


def clean(text: str) -> str:
    """One normal form, without marks of emphasis, soft hyphens and zero-width characters; no-break blanks stay."""
    bare = unicodedata.normalize("NFC", text)
    bare = re.sub(r"[\u00ad\u200b\u200c\u200d\u2060\ufeff]", "", bare)
    bare = _TAG.sub("", bare)
    for _ in range(2):
        bare = _EMPHASIS.sub(lambda found: found["text"], bare)
    return re.sub(r"\\([*_#\[\]()<>~.-])", r"\1", bare)


def blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Blocks of lines of which empty ones part paragraphs."""
    table = 0
    caption = ""
    for part in _parts(lines):
        rows = _rows(part)
        if rows:
            table += 1
            yield from cells(rows, table, caption, part[0].page)
            caption = ""
            continue
        block = _block(part)
        caption = block.text if block.kind in ("caption", "heading") else caption if block.kind == "footnote" else ""
        yield block


def _parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: a paragraph, a list item, the rows of a table."""
    part: list[Line] = []
    is_parted = False
    for line in lines:
        if not line.text.strip():
            is_parted = True
            continue
        if part and _begins(line, part, is_parted):
            yield part
            part = []
        part.append(line)
        is_parted = False
    if part:
        yield part


def _begins(line: Line, part: Sequence[Line], is_parted: bool) -> bool:
    """Whether a line begins something new rather than going on with what is above it."""
    text, above = line.text.strip(), part[-1].text.strip()
    if _is_row(text) or _is_row(above):
        return is_parted or _is_row(text) != _is_row(above)
    if line.is_heading or part[-1].is_heading or _HEADING.match(text) or _HEADING.match(above):
        return not (line.is_heading and part[-1].is_heading and not is_parted)
    if _MARKER.match(text) or _BULLET.match(text) or _FOOTNOTE.match(text) or _CAPTION.match(text):
        return True
    goes_on = text[:1].islower() and not _CLOSED.search(above)
    if above.endswith(("-", "‐")) and text[:1].islower():
        goes_on = True
    if is_parted:
        return not goes_on
    return (
        not goes_on
        and _CLOSED.search(above) is not None
        and text[:1].isupper()
        and len(above) < 0.8 * len(max((one.text for one in part), key=len)) + 0.1
    )


def _is_row(text: str) -> bool:
    return "\t" in text.strip() or (text.startswith("|") and text.count("|") > 1)


def _rows(part: Sequence[Line]) -> list[list[str]]:
    """Cells of every row, if the lines are a table of tabs or bars."""
    if not all(_is_row(line.text.strip()) for line in part):
        return []
    rows = []
    for line in part:
        text = line.text.strip("\n")
        if "|" in text and _RULE.fullmatch(text.strip()):
            continue
        split = text.split("\t") if "\t" in text else text.strip().strip("|").split("|")
        rows.append([clean(cell).strip() for cell in split])
    return rows


def cells(rows: Sequence[Sequence[str]], table: int, caption: str, page: int | None) -> Iterator[Block]:
    """Cells with the heads of their rows and columns; a first row of numbers is no head unless they are years."""
    has_head = len(rows) > 1 and (
        not any(re.search(r"\d", cell) for cell in rows[0][1:])
        or (_are_years(rows[0][1:]) and not any(_are_years(row[1:]) for row in rows[1:]))
    )
    head = list(rows[0]) if has_head else []
    for number, row in enumerate(rows, start=1):
        is_head = has_head and number == 1
        label = next((cell for cell in row if re.search(r"[^\W\d_]", cell)), "")
        for place, cell in enumerate(row):
            if cell:
                yield Block(
                    "cell",
                    cell,
                    page,
                    table,
                    number,
                    place + 1,
                    row_header="" if is_head or cell == label else label,
                    column_header="" if is_head or place >= len(head) else head[place],
                    caption=caption,
                )


def _are_years(cells: Sequence[str]) -> bool:
    """Whether cells name years or parts of them, and nothing else."""
    said = [cell for cell in cells if cell]
    return bool(said) and all(_YEAR.search(cell) and not re.search(r"\d", _YEAR.sub("", cell)) for cell in said)


def _block(part: Sequence[Line]) -> Block:
    page = part[0].page
    heading = _HEADING.match(part[0].text.strip())
    if heading or part[0].is_heading:
        said = " ".join(line.text.strip() for line in part)
        return Block("heading", clean(heading["text"] if heading else said), page)
    text = clean(joined([line.text for line in part]))
    if _CAPTION.match(text) and len(text) < 250:
        return Block("caption", text, page)
    marker = _MARKER.match(text)
    if marker:
        return Block("item", text, page, marker=marker.end(), number=int(marker["number"]))
    note = _FOOTNOTE.match(text)
    if note:
        return Block("footnote", text, page, marker=note.end())
    bullet = _BULLET.match(text)
    return replace(Block("item" if bullet else "paragraph", text, page), marker=bullet.end() if bullet else 0)


def joined(lines: Sequence[str]) -> str:
    """Lines as one; a word parted by a hyphen at the end of a line is whole again."""
    text = ""
    for line in lines:
        said = re.sub(r"[ \t\u00a0]+$", "", line).lstrip()
        if re.search(r"[^\W\d_]{2}[-‐]$", text) and said[:1].islower():
            text = text[:-1] + said
        else:
            text = f"{text} {said}" if text else said
    return text
