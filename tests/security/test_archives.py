"""Workbooks, spreadsheets and papers of a few kilobytes that would fill the memory, or name files of the reader."""

import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import openpyxl
import pytest

from digital_diplomacy import archives, sources
from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.messages import take_in
from digital_diplomacy.sources.spreadsheets import is_spreadsheet

SHEET = "xl/worksheets/sheet1.xml"
CONTENT = "content.xml"
PAPER = "word/document.xml"
EXCEL = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'

Archive = Callable[[str, Mapping[str, str]], Path]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A sound file of its kind, with some parts replaced."""

    def make(kind: str, parts: Mapping[str, str]) -> Path:
        sound, path = tmp_path / f"sound.{kind}", tmp_path / f"a.{kind}"
        if kind == "xlsx":
            openpyxl.Workbook().save(sound)
        elif kind == "docx":
            docx.Document().save(str(sound))
        else:
            with zipfile.ZipFile(sound, "w") as target:
                target.writestr("mimetype", SPREADSHEET)
        with zipfile.ZipFile(sound) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                if name not in parts:
                    target.writestr(name, source.read(name))
            for name, text in parts.items():
                target.writestr(name, text)
        return path

    return make


def sheet(rows: str, after: str = "", before: str = "") -> dict[str, str]:
    return {SHEET: f"{before}<worksheet {EXCEL}><sheetData>{rows}</sheetData>{after}</worksheet>"}


def content(rows: str, before: str = "") -> dict[str, str]:
    names = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="s">{rows}</table:table>'
    closing = "</office:spreadsheet></office:body></office:document-content>"
    return {CONTENT: f"{before}<office:document-content {names}>{body}{closing}"}


def row(cell: str, repeated: object = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cell}</table:table-row>'


def cell(text: str, repeated: object = 1) -> str:
    filled = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell table:number-columns-repeated="{repeated}">{filled}</table:table-cell>'


def paper(body: str, before: str = "") -> dict[str, str]:
    return {PAPER: f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"}


ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
SPAN = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
HARMFUL = {
    "a cell in the last place of a sheet": ("xlsx", sheet(ONE + '<row r="1048576"><c r="XFD1048576"/></row>'), "reach"),
    "a row of a number no sheet has": ("xlsx", sheet(ONE + '<row r="9999999999"><c><v>1</v></c></row>'), "damaged"),
    "a column no sheet has": ("xlsx", sheet('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'), "damaged"),
    "cells whose order readers would lose": ("xlsx", sheet('<row r="1"><c r="B1"/><c r="A1"/></row>'), "damaged"),
    "entities in a sheet": (
        "xlsx", sheet('<row><c t="inlineStr"><is><t>&b;&f;</t></is></c></row>', before=LAUGHS), "document type",
    ),
    "styles without end": (
        "xlsx", {"xl/styles.xml": f"<styleSheet {EXCEL}><fonts>{'<font/>' * 20_001}</fonts></styleSheet>"},
        "more than 10000 elements",
    ),
    "what is no cell in a sheet": ("xlsx", sheet("<x/>" * 20_001), "more than 10000 elements"),
    "one row repeated": ("ods", content(row(cell("x"), 1_000_000_000_000)), "reach"),
    "one cell repeated in all places": ("ods", content(row(cell("x", 16_384), 1_048_576)), "reach"),
    "a number as a value repeated": (
        "ods", content(row('<table:table-cell office:value-type="float" office:value="1"/>', 10**9)), "reach",
    ),
    "repeats that are no number": ("ods", content(row(cell("x"), "many")), "damaged"),
    "repeats below one": ("ods", content(row(cell("x"), -5)), "damaged"),
    "entities in a spreadsheet": ("ods", content(row(cell("&b;&f;")), LAUGHS), "document type"),
    "elements without end": ("ods", content("<a/>" * 20_001), "more than 10000 elements"),
    "a cell over all columns": ("docx", paper(SPAN), "damaged"),
    "entities in a paper": ("docx", paper("<w:p><w:r><w:t>&b;&f; 5</w:t></w:r></w:p>", LAUGHS), "document type"),
    "entities in the footnotes": (
        "docx", {**paper("<w:p/>"), "word/footnotes.xml": f"{LAUGHS}<w:footnotes {WORD}/>"}, "document type",
    ),
    "a paper of nothing but paragraphs": ("docx", paper("<w:p/>" * 20_001), "more than 10000 elements"),
    "a paper without a body": ("docx", {PAPER: f"<w:document {WORD}/>"}, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMFUL)
def test_a_small_archive_that_stands_for_much_is_refused_in_little_memory(
    case: str, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_MOST_OF_WORKBOOK", "_MOST_OF_OTHERS"):
        monkeypatch.setattr(archives, name, 10_000)
    monkeypatch.setitem(archives._MOST, "worksheet", 10_000)
    kind, parts, reason = HARMFUL[case]
    path = archive(kind, parts)
    assert path.stat().st_size < 100_000
    read = sources.read_paper if kind == "docx" else sources.read_own_table
    tracemalloc.start()
    try:
        with pytest.raises(DigitalDiplomacyError, match=reason):
            read(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 50_000_000


def test_what_spreadsheets_usually_hold_is_no_fault(archive: Archive) -> None:
    """Merged cells, and rows and columns without content up to the last place, as LibreOffice ends every sheet."""
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row r="5"><c r="A5"><v>7</v></c></row>'
    merged = archive("xlsx", sheet(rows, '<mergeCells count="1"><mergeCell ref="A6:XFD1048576"/></mergeCells>'))
    assert sources.read_own_table(merged).frame["x"].tolist() == [7]
    filled = row(cell("x")) + row(cell("7"), 3)
    ended = archive("ods", content(filled + row(cell("", 16_384), 1_048_572)))
    assert sources.read_own_table(ended).frame["x"].tolist() == [7, 7, 7]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "docx"])
def test_an_archive_that_unpacks_to_more_than_any_table_is_refused_before_it_is(kind: str, archive: Archive) -> None:
    part = {"xlsx": SHEET, "ods": CONTENT, "docx": PAPER}[kind]
    path = archive(kind, {part: "<a/>"})
    said = path.read_bytes()
    # The size that the archive's own list tells, two gigabytes, is what is looked at: nothing is unpacked.
    at = said.rindex(b"PK\x01\x02", 0, said.rindex(part.encode())) + 24
    assert said[at : at + 4] == (4).to_bytes(4, "little")
    path.write_bytes(said[:at] + (2**31).to_bytes(4, "little") + said[at + 4 :])
    read = sources.read_paper if kind == "docx" else sources.read_own_table
    with pytest.raises(DigitalDiplomacyError, match=f"holds more than {archives.MOST_BYTES} bytes"):
        read(path)


def test_a_kind_is_told_by_the_first_bytes_alone(archive: Archive) -> None:
    path = archive("ods", {"mimetype": SPREADSHEET + "0" * 50_000_000})
    tracemalloc.start()
    try:
        assert is_spreadsheet(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 5_000_000


def test_messages_in_such_a_workbook_are_refused_and_nothing_is_left(archive: Archive, tmp_path: Path) -> None:
    path = archive("xlsx", HARMFUL["a cell in the last place of a sheet"][1])
    with pytest.raises(DigitalDiplomacyError, match="its cells reach to row 1048576 and column 16384"):
        take_in([path], tmp_path / "out", zone="UTC", key=None)
    assert not list((tmp_path / "out").glob("*"))
