"""Papers in Word: paragraphs, lists, tables and footnotes in the order they are printed."""

import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.archives import refuse_bombs
from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.papers.blocks import Block
from digital_diplomacy.sources.papers.extras import module
from digital_diplomacy.sources.papers.lines import Line, blocks, cells, clean

_OLD: Final = b"\xd0\xcf\x11\xe0"
_TEXT_PARTS: Final = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_WIDEST: Final = 1_000  # columns; Word has 63
_NAMESPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What older programs are to show in place of what stands beside it: the same text box a second time."""

_BOX: Final = f"{_NAMESPACE}txbxContent"
_BLOCKS: Final = frozenset(f"{_NAMESPACE}{name}" for name in ("p", "tbl"))
_AROUND: Final = frozenset(f"{_NAMESPACE}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
"""What stands around paragraphs, rows and cells and is not printed: controls of a form, marks of tracked changes."""

_UNPRINTED: Final = frozenset((_BOX, _FALLBACK, *(f"{_NAMESPACE}{name}" for name in ("del", "moveFrom", "rt", "tbl"))))
"""Parts of a paragraph that are not printed in it: what was deleted or moved away, and boxes, which stand beside it."""

_CONTENTS: Final = ("toc ", "table of figures", "оглавление", "список иллюстраций")
"""Styles of paragraphs that tell the pages of others."""

_OFF: Final = ("0", "false", "off")
_MATH_SIGNS: Final = {f"{_MATH}den": "/", f"{_MATH}sup": "^", f"{_MATH}sub": "_"}
"""What stands before the lower or raised part of a formula, so that its numbers do not run into each other."""


def read_word(path: Path) -> Iterator[Block]:
    """Blocks of a .docx file, boxes and tables within cells as blocks of their own behind what they stand in.

    Deleted and hidden text, text moved elsewhere and tables of contents are left out, inserted text is taken.

    Raises
    ------
    SourceError
        If the file is no .docx, encrypted, damaged, or unpacks to more than any paper has.
    """
    docx = module("docx", path)
    _check(path)
    try:
        document = docx.Document(str(path))
        return iter([*_body(document), *_notes(document)])
    # What is no Word document although it says so raises by what is missing in it.
    except (
        AttributeError, KeyError, ValueError, RecursionError, SyntaxError,
        docx.opc.exceptions.PackageNotFoundError, zipfile.BadZipFile,
    ) as error:  # fmt: skip
        raise SourceError(
            "{path}: the Word file is damaged ({error}); open it in Word and save it anew", path=path, error=error
        ) from error


def _check(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == _OLD:
        raise SourceError("{path} is encrypted or of Word's old kind; save it as .docx without a password", path=path)
    try:
        refuse_bombs(path)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (ValueError, OSError) as error:
        raise SourceError(
            "{path} is no Word file or damaged ({error}); save it as .docx anew", path=path, error=error
        ) from error
    if not any(_TEXT_PARTS.fullmatch(name) for name in names):
        raise SourceError("{path} is a ZIP archive without a Word document in it", path=path)


def _body(document: Any) -> Iterator[Block]:
    yield from _blocks(document.element.body, document, _Numbers(), itertools.count(1))


def _blocks(element: Any, document: Any, numbers: "_Numbers", tables: Iterator[int]) -> Iterator[Block]:
    """Paragraphs and tables that an element holds, also within controls of a form, each with the boxes within it."""
    for child in _within(element, _BLOCKS):
        if child.tag == f"{_NAMESPACE}tbl":
            yield from _table(child, document, numbers, tables)
            continue
        block = _paragraph(child, document, numbers)
        if block is not None:
            yield block
        for box in _boxes(child):
            yield from _blocks(box, document, numbers, tables)


def _within(element: Any, wanted: frozenset[str]) -> Iterator[Any]:
    """The wanted children of an element, also those that something unprinted stands around."""
    for child in element.iterchildren():
        if child.tag in wanted:
            yield child
        elif child.tag in _AROUND and not _is_contents(child):
            yield from _within(child, wanted)


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{_NAMESPACE}sdtPr/{_NAMESPACE}docPartObj/{_NAMESPACE}docPartGallery")
    return gallery is not None and gallery.get(f"{_NAMESPACE}val") == "Table of Contents"


def _boxes(element: Any) -> Iterator[Any]:
    """Text boxes anchored in an element, but for those within them, which their own paragraphs tell."""
    for child in element.iterchildren():
        if child.tag == _BOX:
            yield child
        elif child.tag not in _UNPRINTED:
            yield from _boxes(child)


class _Numbers:
    """Counts the items of Word's own numbered lists, whose numbers are no text."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def next(self, name: str) -> int:
        """The number of the next item of a list."""
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._counts[name]


def _paragraph(element: Any, document: Any, numbers: _Numbers) -> Block | None:
    text = _text(element)
    if not text.strip():
        return None
    style = _style(element, document)
    if style.startswith(_CONTENTS):
        return None
    if style.startswith(("heading", "title", "заголовок", "название")):
        return Block("heading", clean(text).strip())
    if style.startswith("caption"):
        return Block("caption", clean(text).strip())
    block = next(
        blocks([Line(line) for line in text.split("\n")] if "\t" not in text else [Line(text.replace("\t", " "))])
    )
    numbered = element.find(f"{_NAMESPACE}pPr/{_NAMESPACE}numPr/{_NAMESPACE}numId")
    if block.kind == "paragraph" and numbered is not None:
        return replace(block, kind="item", number=numbers.next(str(numbered.get(f"{_NAMESPACE}val"))))
    return block


def _style(element: Any, document: Any) -> str:
    """The English or own name of a paragraph's style, in small letters."""
    found = element.find(f"{_NAMESPACE}pPr/{_NAMESPACE}pStyle")
    if found is None:
        return ""
    wanted = found.get(f"{_NAMESPACE}val")
    names = (style.name for style in document.styles if style.style_id == wanted)
    return str(next(names, wanted)).casefold()


def _text(element: Any) -> str:
    """What is printed of a paragraph; raised digits (marks of footnotes) keep their height."""
    return "".join(_parts(element))


def _parts(element: Any) -> Iterator[str]:
    is_run = element.tag == f"{_NAMESPACE}r"
    if is_run and _is_hidden(element):
        return
    yield _MATH_SIGNS.get(element.tag, "")
    for child in element:
        name = child.tag
        if name == f"{_NAMESPACE}t" and is_run:
            yield _raised(child) if _is_raised(element) else child.text or ""
        elif name == f"{_MATH}t":
            yield child.text or ""
        elif name == f"{_NAMESPACE}tab" and is_run:
            yield "\t"
        elif name in (f"{_NAMESPACE}br", f"{_NAMESPACE}cr") and is_run:
            yield " "
        elif name == f"{_NAMESPACE}noBreakHyphen":
            yield "-"
        elif name not in _UNPRINTED:
            yield from _parts(child)


def _is_hidden(run: Any) -> bool:
    found = run.find(f"{_NAMESPACE}rPr/{_NAMESPACE}vanish")
    return found is not None and found.get(f"{_NAMESPACE}val") not in _OFF


def _is_raised(run: Any) -> bool:
    found = run.find(f"{_NAMESPACE}rPr/{_NAMESPACE}vertAlign")
    return found is not None and found.get(f"{_NAMESPACE}val") == "superscript"


def _raised(node: Any) -> str:
    return str(node.text or "").translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _table(element: Any, document: Any, numbers: _Numbers, tables: Iterator[int]) -> Iterator[Block]:
    """The cells of a table, and behind them what stands in its cells apart: boxes, and tables within it."""
    number = next(tables)
    found = [
        list(_within(row, frozenset((f"{_NAMESPACE}tc",))))
        for row in _within(element, frozenset((f"{_NAMESPACE}tr",)))
        if row.find(f"{_NAMESPACE}trPr/{_NAMESPACE}del") is None
    ]
    yield from cells(
        [[text for cell in row for text in [_cell(cell), *[None] * (_width(cell) - 1)]] for row in found], number, None
    )
    for cell in itertools.chain.from_iterable(found):
        for child in _within(cell, _BLOCKS):
            if child.tag == f"{_NAMESPACE}tbl":
                yield from _table(child, document, numbers, tables)
            for box in _boxes(child) if child.tag == f"{_NAMESPACE}p" else ():
                yield from _blocks(box, document, numbers, tables)


def _cell(cell: Any) -> str:
    paragraphs = _within(cell, frozenset((f"{_NAMESPACE}p",)))
    return clean(" ".join(_text(one).strip() for one in paragraphs)).strip()


def _width(cell: Any) -> int:
    """Columns a cell reaches over."""
    found = cell.find(f"{_NAMESPACE}tcPr/{_NAMESPACE}gridSpan")
    width = int(found.get(f"{_NAMESPACE}val", "1")) if found is not None else 1
    return range(_WIDEST + 1).index(width)  # a ValueError where it is none of them, told as damage


def _notes(document: Any) -> Iterator[Block]:
    """Footnotes and endnotes, which lie in parts of their own."""
    from defusedxml.ElementTree import fromstring

    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] not in ("footnotes", "endnotes"):
            continue
        for note in fromstring(relation.target_part.blob):
            text = " ".join(_text(one).strip() for one in note.iter(f"{_NAMESPACE}p"))
            number = int(note.get(f"{_NAMESPACE}id", "0"))
            if text.strip() and note.get(f"{_NAMESPACE}type") is None:
                yield Block("footnote", clean(text).strip(), number=number)
