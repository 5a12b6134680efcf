"""What stands in a Word file beside plain paragraphs: controls, text boxes, tables within cells, what was changed."""

from pathlib import Path

import pytest

from digital_diplomacy.sources.papers import read_paper

docx = pytest.importorskip("docx")

SPACES = " ".join(
    f'xmlns:{name}="http://schemas.{address}"'
    for name, address in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "m": "openxmlformats.org/officeDocument/2006/math",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def told(folder: Path, *elements: str) -> list[tuple[str, str]]:
    """Kinds and texts of what is read of a body of these elements."""
    document = docx.Document()
    for element in elements:
        name, rest = element.split(">", 1)
        made = docx.oxml.parse_xml(f"{name} {SPACES}>{rest}")
        document.element.body.insert(len(document.element.body) - 1, made)
    document.save(str(folder / "paper.docx"))
    return list(read_paper(folder / "paper.docx")[["kind", "text"]].itertuples(index=False, name=None))


def control(inside: str, gallery: str = "") -> str:
    part = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    return f"<w:sdt><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def test_what_stands_in_controls_is_read_but_for_tables_of_contents(tmp_path: Path) -> None:
    contents = control(paragraph(run("Results 12")), "Table of Contents")
    inner = control(paragraph(run("640 citizens answered.")))
    assert told(tmp_path, contents, inner) == [("paragraph", "640 citizens answered.")]


def test_rows_and_cells_in_controls_are_those_of_their_table(tmp_path: Path) -> None:
    cell = f"<w:tc>{paragraph(run('640'))}</w:tc>"
    row = f"<w:tr><w:tc>{paragraph(run('North'))}</w:tc>{control(cell)}</w:tr>"
    head = f"<w:tr><w:tc>{paragraph(run('Region'))}</w:tc><w:tc>{paragraph(run('Users'))}</w:tc></w:tr>"
    found = told(tmp_path, f"<w:tbl>{head}{control(row)}</w:tbl>")
    assert [text for _, text in found] == ["Region", "Users", "North", "640"]


def test_text_that_was_moved_stands_where_it_was_moved_to(tmp_path: Path) -> None:
    away = f'<w:moveFrom w:id="1" w:author="a">{run("1,200 citizens")}</w:moveFrom>'
    here = f'<w:moveTo w:id="2" w:author="a">{run("1,200 citizens")}</w:moveTo>'
    found = told(tmp_path, paragraph(run("It asked "), away, run("all.")), paragraph(here))
    assert [text for _, text in found] == ["It asked all.", "1,200 citizens"]


def test_a_text_box_stands_once_behind_the_paragraph_it_hangs_on(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('34 ministries'))}</w:txbxContent>"
    either = f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    shape = f"<w:r>{either}</mc:AlternateContent></w:r>"
    found = told(tmp_path, paragraph(run("In all 12"), shape, run(" accounts.")))
    assert [text for _, text in found] == ["In all 12 accounts.", "34 ministries"]


def test_a_table_within_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('12'))}</w:tc><w:tc>{paragraph(run('345'))}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph(run('North'))}</w:tc><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert [text for _, text in told(tmp_path, outer)] == ["North", "12", "345"]


def test_hidden_text_is_not_printed_and_numbers_of_formulas_are(tmp_path: Path) -> None:
    hidden, shown = run(" 99 drafts", "<w:vanish/>"), run(" or 10", '<w:vanish w:val="0"/>')
    half = "<m:f><m:num><m:r><m:t>12</m:t></m:r></m:num><m:den><m:r><m:t>34</m:t></m:r></m:den></m:f>"
    found = told(tmp_path, paragraph(run("Posts "), f"<m:oMath>{half}</m:oMath>", hidden, shown))
    assert found == [("paragraph", "Posts 12/34 or 10")]


def test_a_row_that_was_deleted_is_none(tmp_path: Path) -> None:
    rows = [f"<w:tr>{kind}<w:tc>{paragraph(run(text))}</w:tc></w:tr>" for kind, text in (("", "640"), (
        '<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>', "560"))]  # fmt: skip
    assert [text for _, text in told(tmp_path, f"<w:tbl>{''.join(rows)}</w:tbl>")] == ["640"]
