"""Files that are no table, or no paper, as read here are named, and what to do is told, in every language."""

import io
import zipfile
from pathlib import Path

import pytest

from digital_diplomacy.errors import SourceError
from digital_diplomacy.labels import refusals
from digital_diplomacy.sources import foreign_formats, read_paper
from digital_diplomacy.sources.grids import read_lines
from digital_diplomacy.sources.texts import AS_TABLE


def packed(*parts: tuple[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts:
            archive.writestr(name, text)
    return content.getvalue()


FILES = {
    "a.px": (b'CHARSET="ANSI";\nTITLE="Users";\nDATA=\n85.9;\n', "PC-Axis"),
    "b.xml": (b'<?xml version="1.0"?>\n<m:GenericData xmlns:m="http://www.sdmx.org/x"/>', "SDMX-ML"),
    "c.xls": (b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "Excel 2003"),
    "d.xls": ("<table><tr><td>Казахстан</td><td>90,9</td></tr></table>".encode(), "web page"),
    "e.xlsb": (packed(("xl/workbook.bin", "x")), "xlsb"),
    "f.numbers": (packed(("Index/Document.iwa", "x")), "Numbers"),
    "g.csv": (packed(("a.csv", "x"), ("b.csv", "x")), "a ZIP archive, whose files"),
    "h.tex": (b"% \n\\begin{tabular}{lr}\nCountry & 2021 \\\\\n", "LaTeX"),
    "i.txt": (b'{| class="wikitable"\n! Country\n|}\n', "wiki"),
    "j.rtf": (b"{\\rtf1\\ansi\\fs24 Of 1,200 citizens 672 read.\\par}", "RTF"),
    "k.odt": (packed(("mimetype", "application/vnd.oasis.opendocument.text")), "OpenDocument"),
    "l.mht": (b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>12</p>", "MIME"),
    "m.xml": (b'<?xml version="1.0"?><article><p id="t12">640 citizens</p></article>', "XML"),
    "n.epub": (packed(("mimetype", "application/epub+zip"), ("META-INF/container.xml", "x")), "EPUB"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_kind_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    path, (content, kind) = tmp_path / name, FILES[name]
    path.write_bytes(content)
    with pytest.raises(SourceError, match=rf"{name} is .*{kind}.*save the table as .xlsx or CSV"):
        read_lines(path)
    with pytest.raises(SourceError, match=rf"{name} is .*{kind}.*save the paper as text, Word"):
        read_paper(path)


def test_json_is_no_paper(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text('{"cells": [], "nbformat": 4}')
    with pytest.raises(SourceError, match="is JSON; save the paper"):
        read_paper(tmp_path / "a.ipynb")


def test_every_kind_has_a_name_in_every_language() -> None:
    kinds = [
        kind for of in (foreign_formats._BYTES, foreign_formats._PACKED, foreign_formats._MARKED) for _, kind in of
    ]
    assert [kind for kind in [*kinds, AS_TABLE] if kind not in refusals.sentences()] == []


def test_comments_and_marks_of_footnotes_in_markdown_are_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text("It has 23,900 followers[^1].\n\n<!-- 77\nhidden -->\n\n[^1]: As of May.\n", encoding="utf-8")
    assert read_paper(path)["text"].tolist() == ["It has 23,900 followers¹.", "[^1]: As of May."]
