"""Papers in Word: paragraphs, lists, tables and footnotes in the order they are printed."""

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


def read_word(path: Path) -> Iterator[Block]:
    """Blocks of a .docx file; deleted text of tracked changes is left out, inserted text taken.

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
        AttributeError, KeyError, ValueError, docx.opc.exceptions.PackageNotFoundError, SyntaxError, zipfile.BadZipFile,
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
    tables, numbers = 0, _Numbers()
    for element in document.element.body.iterchildren():
        if element.tag == f"{_NAMESPACE}p":
            block = _paragraph(element, document, numbers)
            if block is not None:
                yield block
        elif element.tag == f"{_NAMESPACE}tbl":
            tables += 1
            yield from _table(element, tables)


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
    parts = []
    for node in element.iter():
        if node.tag == f"{_NAMESPACE}t":
            parts.append(_raised(node) if _is_raised(node) else node.text or "")
        elif (
            node.tag in (f"{_NAMESPACE}tab", f"{_NAMESPACE}br", f"{_NAMESPACE}cr")
            and node.getparent().tag == f"{_NAMESPACE}r"
        ):
            parts.append("\t" if node.tag.endswith("}tab") else " ")
        elif node.tag == f"{_NAMESPACE}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _is_raised(node: Any) -> bool:
    found = node.getparent().find(f"{_NAMESPACE}rPr/{_NAMESPACE}vertAlign")
    return found is not None and found.get(f"{_NAMESPACE}val") == "superscript"


def _raised(node: Any) -> str:
    return str(node.text or "").translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _table(element: Any, number: int) -> Iterator[Block]:
    rows = [
        [text for cell in row.findall(f"{_NAMESPACE}tc") for text in [_cell(cell), *[None] * (_width(cell) - 1)]]
        for row in element.findall(f"{_NAMESPACE}tr")
    ]
    return cells(rows, number, None)


def _cell(cell: Any) -> str:
    return clean(" ".join(_text(one).strip() for one in cell.iter(f"{_NAMESPACE}p"))).strip()


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
            text = "".join(node.text or "" for node in note.iter(f"{_NAMESPACE}t"))
            number = int(note.get(f"{_NAMESPACE}id", "0"))
            if text.strip() and note.get(f"{_NAMESPACE}type") is None:
                yield Block("footnote", clean(text).strip(), number=number)
