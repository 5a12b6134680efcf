"""What a file is that is neither text, nor a workbook, nor a paper as read here: told by how it begins."""

import io
import re
import zipfile
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import SourceError, said

_BYTES: Final = (
    (b"\xd0\xcf\x11\xe0", "of the old kind of Excel or Word (.xls, .doc), or encrypted"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"(\xb5\x2f\xfd", "compressed (zstd)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "an SQLite database"),
    (b"$FL2", "a table of SPSS"),
    (b"$FL3", "a table of SPSS"),
    (b"RDX", "a file of R; there write.csv() writes the table"),
    (b"ARROW1", "a table of Feather"),
    (b"\x89HDF", "an HDF5 file"),
    (b"AT&TFORM", "a scan (DjVu)"),
)
"""How files begin that are no text, and what they are."""

_PACKED: Final = (
    ("xl/workbook.bin", "a binary workbook of Excel (.xlsb)"),
    ("word/document.xml", "a Word file"),
    ("ppt/presentation.xml", "slides of PowerPoint"),
    ("Index/Document.iwa", "of Apple's Numbers or Pages"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
)
"""Parts by which a ZIP archive is known, and what it is."""

_MARKED: Final = tuple(
    (re.compile(begins, re.IGNORECASE), kind)
    for begins, kind in (
        (r"\{\\rtf", "a text in RTF"),
        (r"(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|table)\b", "a web page (HTML), whatever its name says"),
        (
            r"(?:MIME-Version|Return-Path|Delivered-To|Message-ID): \S|Received: (?:from|by)\b|From:?[^\n]*@",
            "an e-mail or a saved page (MIME)",
        ),
        (r"(?:CHARSET|AXIS-VERSION|CODEPAGE|MATRIX|CREATION-DATE)=\"", "a table of PC-Axis (.px)"),
        (r"(?:%[^\n]*\n\s*)*\\(?:documentclass|documentstyle|begin)\b", "a text in LaTeX"),
        (r"\{\|", "the source of a wiki's table"),
        (r"<\?xml[^>]*>(?s:.{0,2000}?)urn:schemas-microsoft-com:office:spreadsheet", "a workbook of Excel 2003 (XML)"),
        (r"<\?xml[^>]*>(?s:.{0,2000}?)sdmx\.org", "SDMX-ML, which its publisher offers as SDMX-CSV, too"),
    )
)
"""How text begins that is the source of something else, and what of."""

_XML: Final = re.compile(r"<\?xml\b")
_JSON: Final = re.compile(r"[\[{]\s*[\"\[{]")


def refuse_bytes(content: bytes, path: Path, cure: str) -> None:
    """Refuse what is no text by its name and with what to do, if it is of a kind known by its first bytes."""
    kind = next((kind for start, kind in _BYTES if content.startswith(start)), "")
    if not kind and content.startswith(b"PK\x03\x04"):
        kind = _packed(content)
    if kind:
        raise _refused(path, kind, cure)


def refuse_markup(text: str, path: Path, cure: str) -> None:
    """Refuse text that is the source of a page, a letter or another table by its name and with what to do."""
    start = text.lstrip("\ufeff \t\r\n")
    kind = next((kind for begins, kind in _MARKED if begins.match(start)), "")
    if kind:
        raise _refused(path, kind, cure)


def refuse_other_text(text: str, path: Path, cure: str, *, json: bool = False) -> None:
    """Refuse any other XML, which only networks are read from, and with ``json`` also JSON."""
    start = text.lstrip()
    if _XML.match(start) or (json and _JSON.match(start)):
        raise _refused(path, "XML" if _XML.match(start) else "JSON", cure)


def _refused(path: Path, kind: str, cure: str) -> SourceError:
    return SourceError("{path} is {kind}; {cure}", path=path, kind=said(kind), cure=said(cure))


def _packed(content: bytes) -> str:
    """What a ZIP archive is by its parts; a damaged one is an archive and no more."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    # A damaged archive raises by its part: of zlib, of a compression nobody has, of a password.
    except (KeyError, ValueError, RuntimeError, EOFError, OSError, zipfile.BadZipFile):
        return "a damaged ZIP archive or workbook"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "a text of OpenDocument (.odt)"
    return next((kind for part, kind in _PACKED if part in names), "a ZIP archive, whose files are read unpacked")
