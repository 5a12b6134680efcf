"""Papers made here, in every format; what stands in them is known."""

import importlib
import zipfile
from pathlib import Path
from types import ModuleType

import docx
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from digital_diplomacy.errors import SourceError
from digital_diplomacy.extraction import scan
from digital_diplomacy.sources import read_paper

TEXT = "Министерство читают 12,5 тыс. подписчиков."


def pdf(path: Path, pages: list[list[str]]) -> Path:
    with PdfPages(path) as target:
        for page, lines in enumerate(pages):
            figure = Figure(figsize=(8, 11))
            figure.text(0.4, 0.97, "Journal of Tests", fontsize=9)
            for place, line in enumerate(lines):
                figure.text(0.1, 0.9 - 0.02 * place, line, fontsize=10)
            figure.text(0.5, 0.03, str(page + 1), fontsize=9)
            target.savefig(figure)
    return path


def word(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Нәтижелер", level=1)
    document.add_paragraph(TEXT)
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("Ел", "Жазылушылар", "Перу", "2,5 мың")):
        table.cell(place // 2, place % 2).text = text
    document.save(str(path))
    return path


def test_word_is_read_with_headings_and_cells(tmp_path: Path) -> None:
    blocks = read_paper(word(tmp_path / "a.docx"))
    assert list(blocks["kind"]) == ["heading", "paragraph", "cell", "cell", "cell", "cell"]
    assert list(blocks["text"])[:2] == ["Нәтижелер", TEXT]
    assert blocks["column_header"].iloc[-1] == "Жазылушылар"
    assert list(scan(blocks)["value"]) == [12500, 2500]


def test_pdf_is_read_without_running_heads_and_page_numbers(tmp_path: Path) -> None:
    pages = [
        [f"Глава {name}.", "В этом году министер-", "ство читают 12,5 тыс. подписчиков.", f"Конец {name}."]
        for name in ("первой мысли", "второй мысли", "иной мысли")
    ]
    blocks = read_paper(pdf(tmp_path / "a.pdf", pages))
    text = " ".join(blocks["text"])
    assert text.count("министерство читают 12,5 тыс. подписчиков.") == 3
    assert "Journal" not in text
    assert set(blocks["page"]) == {1, 2, 3}
    figures = scan(blocks)
    assert list(figures[figures["unit"] == "followers"]["value"]) == [12500, 12500, 12500]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_text_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding=encoding)
    assert list(read_paper(tmp_path / "a.txt")["text"]) == [TEXT]


def test_paragraphs_broken_over_lines_are_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The min-\nistry has 12\nusers.\n\nNext one.\n", encoding="utf-8")
    assert list(read_paper(tmp_path / "a.txt")["text"]) == ["The ministry has 12 users.", "Next one."]


def hostile(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / ("a.pdf" if "pdf" in kind else "a.docx")
    if kind == "empty docx" or kind == "empty pdf":
        path.write_bytes(b"")
    elif kind == "broken pdf":
        path.write_bytes(b"%PDF-1.7\n1 0 obj <<")
    elif kind == "pictures pdf":
        with PdfPages(path) as target:
            target.savefig(Figure(figsize=(2, 2)))
    elif kind == "old docx":
        path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "word/document.xml" if kind == "bomb docx" else "a.txt",
                b"0" * (201 * 2**20 if kind == "bomb docx" else 1),
            )
    return path


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("empty docx", "no Word file or damaged"),
        ("empty pdf", "damaged"),
        ("broken pdf", "damaged"),
        ("pictures pdf", "no page has a text layer"),
        ("old docx", "encrypted or of Word's old kind"),
        ("bomb docx", "holds more than 200000000 bytes"),
        ("other docx", "without a Word document"),
    ],
)
def test_hostile_files_are_refused_with_their_reason(tmp_path: Path, kind: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_paper(hostile(tmp_path, kind))


def test_a_missing_library_is_named_with_what_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, package: str | None = None) -> ModuleType:
        raise ModuleNotFoundError(name)

    path = word(tmp_path / "a.docx")
    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(SourceError, match=r"pip install 'digital-diplomacy\[scan\]'"):
        read_paper(path)


@pytest.mark.parametrize(
    ("second", "is_rest"),
    [
        ([["Wool", "315"], ["Other", "215"]], True),
        ([["Good", "2018"], ["Wool", "315"]], True),  # the head again
        ([["Town", "Ships"], ["Osh", "315"]], False),
        ([["Wool", "315", "402"], ["Other", "215", "302"]], False),
    ],
)
def test_a_table_of_word_broken_in_two_keeps_its_caption(
    tmp_path: Path, second: list[list[str]], is_rest: bool
) -> None:
    """Thousands in the caption hold below the break too; a table of other heads or columns is another one."""
    document = docx.Document()
    document.add_paragraph("Table 1. Exports, thousand tonnes")
    for rows in ([["Good", "2018"], ["Ore", "1,410"], ["Flour", "620"]], second):
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("")
    document.save(str(tmp_path / "a.docx"))
    blocks = read_paper(tmp_path / "a.docx")
    below = blocks[(blocks["table"] == 2) & (blocks["text"] == "315")].iloc[0]
    assert (below["caption"] == "Table 1. Exports, thousand tonnes") == is_rest
    assert (below["column_header"] == "2018") == is_rest
    assert scan(blocks).set_index("as_printed").loc["315", "value"] == (315_000 if is_rest else 315)


def test_control_characters_of_a_paper_are_blanks_so_that_its_figures_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ministry has 23,900\x07followers,\x1b and 12 posts.\n", encoding="utf-8")
    blocks = read_paper(tmp_path / "a.txt")
    assert blocks["text"].tolist() == ["The ministry has 23,900 followers,  and 12 posts."]
    assert scan(blocks)[["as_printed", "value"]].to_numpy().tolist() == [["23,900 followers", 23900], ["12 posts", 12]]
