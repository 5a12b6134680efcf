"""PDFs made here: columns, tables with and without rules, captions in every place, passwords and pictures."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import docx
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from pdfminer.arcfour import Arcfour

from digital_diplomacy.errors import SourceError
from digital_diplomacy.extraction import scan
from digital_diplomacy.sources import picture_pages, read_paper
from digital_diplomacy.sources.papers.columns import Word
from digital_diplomacy.sources.papers.lines import Line, blocks, joined
from digital_diplomacy.sources.papers.pdf import _of_size

LEFT = [
    "The first column tells what was counted",
    "and how the records of the ministry were",
    "kept over the years before the reform of",
    "the service that is described further on.",
]
RIGHT = [
    "The second column goes on with the text",
    "where the first one ended and tells more",
    "about the people who follow the ministry",
    "and about nothing else, for it ends here.",
]
ROWS = [["Year", "Users", "Sites"], ["2019", "410", "35"], ["2020", "655", "47"], ["Both", "1,065", "82"]]


def texts(figure: Figure, lines: Sequence[str], x: float, y: float) -> float:
    for line in lines:
        figure.text(x, y, line, fontsize=9)
        y -= 0.018
    return y


def table(figure: Figure, rows: Sequence[Sequence[str]], x: float, y: float, rules: str) -> float:
    """Cells 0.11 of the page apart; rules: every (cells), across (head and foot) or none."""
    for row in rows:
        for place, cell in enumerate(row):
            figure.text(x + 0.005 + 0.11 * place, y, cell, fontsize=9)
        y -= 0.018
    top, right = y + 0.018 * (len(rows) + 1) - 0.004, x + 0.11 * len(rows[0])
    lines = [top - 0.018 * place for place in range(len(rows) + 1)]
    for height in {"every": lines, "across": [lines[0], lines[1], lines[-1]], "none": []}[rules]:
        figure.add_artist(Line2D([x, right], [height, height], color="black", linewidth=0.5))
    for edge in range(len(rows[0]) + 1) if rules == "every" else []:
        at = x + 0.11 * edge
        figure.add_artist(Line2D([at, at], [lines[0], lines[-1]], color="black", linewidth=0.5))
    return y


def saved(path: Path, figures: Sequence[Figure]) -> Path:
    with PdfPages(path) as target:
        for figure in figures:
            target.savefig(figure)
    return path


def sheet() -> Figure:
    return Figure(figsize=(8, 11))


def values(path: Path) -> list[float]:
    figures = scan(read_paper(path))
    return [float(one) for one in figures.loc[figures["locator"].str.startswith("table"), "value"].dropna()]


THOUSANDS = [410e3, 35e3, 655e3, 47e3, 1065e3, 82e3]


@pytest.mark.parametrize("rules", ["every", "across", "none"])
@pytest.mark.parametrize(
    ("over", "under"),
    [
        (["Table 1. Users and sites (thousand)"], []),
        (["Table 1. Users and sites", "(thousand)"], []),
        (["Таблица 1", "Пользователи и сайты в двух столицах, тыс."], []),
        (["тыс. человек"], []),
        ([], ["Table 1. Users and sites (thousand)"]),
    ],
)
def test_a_table_of_a_pdf_knows_its_scale(tmp_path: Path, rules: str, over: list[str], under: list[str]) -> None:
    """410 under a caption that says thousand is 410,000, wherever the caption stands and whatever lines are drawn."""
    figure = sheet()
    y = texts(figure, [*LEFT, *RIGHT], 0.08, 0.9) - 0.02
    y = texts(figure, over, 0.08, y) - (0.02 if len(over) > 1 else 0)
    y = table(figure, ROWS, 0.08, y - 0.005, rules)
    y = texts(figure, under, 0.08, y - 0.01)
    texts(figure, RIGHT, 0.08, y - 0.03)
    assert values(saved(tmp_path / "a.pdf", [figure])) == THOUSANDS


@pytest.mark.parametrize("rules", ["every", "none"])
def test_columns_under_a_wide_title_are_read_one_after_the_other(tmp_path: Path, rules: str) -> None:
    figure = sheet()
    texts(figure, ["A title that runs over both of the columns of this page and is read before them"], 0.16, 0.95)
    y = texts(figure, [*LEFT, "Users rose from 12 to 42 mil-"], 0.07, 0.9)
    y = texts(figure, ["Table 1. Users and sites, million"], 0.07, y - 0.03)
    table(figure, ROWS, 0.07, y - 0.005, rules)
    texts(figure, ["lions, and fell again.", *RIGHT], 0.53, 0.9)
    texts(figure, ["A last line over both of the columns, as wide as the title, which is read after them."], 0.16, 0.5)
    blocks = read_paper(saved(tmp_path / "a.pdf", [figure]))
    text = "\n".join(blocks.loc[blocks["kind"] != "cell", "text"])
    wanted = ["A title that", "described further on", "Table 1", "where the first one ended", "A last line"]
    assert sorted(wanted, key=text.index) == wanted
    assert set(blocks.loc[blocks["kind"] == "cell", "caption"]) == {"Table 1. Users and sites, million"}
    assert values(tmp_path / "a.pdf") == [one * 1000 for one in THOUSANDS]


def test_a_table_that_goes_on_overleaf_keeps_scale_and_heads(tmp_path: Path) -> None:
    first, second, third = sheet(), sheet(), sheet()
    for figure in (first, second, third):
        figure.text(0.08, 0.98, "Journal of Tests", fontsize=9)
    texts(first, ["Table 7. Users and sites (thousand)"], 0.08, 0.9)
    table(first, ROWS[:3], 0.08, 0.88, "every")
    table(second, [["2021", "700", "50"], ["2022", "720", "51"]], 0.08, 0.9, "every")
    texts(third, ["Table 7 (continued)"], 0.08, 0.9)
    table(third, [["2023", "730", "52"], ["2024", "740", "53"]], 0.08, 0.88, "every")
    path = saved(tmp_path / "a.pdf", [first, second, third])
    cells = read_paper(path).query("kind == 'cell' and table_column == 2")
    assert list(cells["column_header"]) == ["", *["Users"] * 6]
    assert values(path)[-8:] == [700e3, 50e3, 720e3, 51e3, 730e3, 52e3, 740e3, 53e3]


@pytest.mark.parametrize("kept", [2, 3])
@pytest.mark.parametrize("repeats_head", [False, True])
def test_rows_broken_off_at_the_head_of_the_next_column_stay_in_their_table(
    tmp_path: Path, kept: int, repeats_head: bool
) -> None:
    """One row or two, under the head again or not: the caption says thousand, so 1,065 is 1,065,000 there too."""
    figure = sheet()
    y = texts(figure, [*LEFT, *RIGHT], 0.07, 0.9)
    y = texts(figure, ["Table 1. Users and sites (thousand)"], 0.07, y - 0.03)
    table(figure, ROWS[:kept], 0.07, y - 0.005, "every")
    rest = [*ROWS[:1], *ROWS[kept:]] if repeats_head else ROWS[kept:]
    y = table(figure, rest, 0.53, 0.9, "every")
    texts(figure, [*RIGHT, *LEFT], 0.53, y - 0.03)
    cells = read_paper(saved(tmp_path / "a.pdf", [figure])).query("kind == 'cell'")
    assert set(cells["caption"]) == {"Table 1. Users and sites (thousand)"}
    assert list(cells.query("table_column == 2")["text"]) == ["Users", "410", "655", "1,065"]
    assert values(tmp_path / "a.pdf") == THOUSANDS


@pytest.mark.parametrize(("rules", "kept"), [("every", 2), ("every", 3), ("across", 3), ("none", 3)])
def test_rows_without_rules_at_the_head_of_the_next_column_stay_in_their_table(
    tmp_path: Path, kept: int, rules: str
) -> None:
    figure = sheet()
    y = texts(figure, [*LEFT, *RIGHT], 0.07, 0.9)
    y = texts(figure, ["Table 1. Users and sites (thousand)"], 0.07, y - 0.03)
    table(figure, ROWS[:kept], 0.07, y - 0.005, rules)
    y = table(figure, ROWS[kept:], 0.53, 0.9, "none")
    texts(figure, [*RIGHT, *LEFT], 0.53, y - 0.03)
    cells = read_paper(saved(tmp_path / "a.pdf", [figure])).query("kind == 'cell'")
    assert set(cells["caption"]) == {"Table 1. Users and sites (thousand)"}
    assert list(cells.query("table_column == 2")["text"]) == ["Users", "410", "655", "1,065"]
    assert values(tmp_path / "a.pdf") == THOUSANDS


@pytest.mark.parametrize(("rules", "kept"), [("every", 2), ("every", 3), ("across", 3), ("none", 3)])
def test_rows_without_rules_overleaf_stay_in_their_table_under_a_running_head(
    tmp_path: Path, kept: int, rules: str
) -> None:
    """One row or two on the next page, below a running head there and above a page's number here."""
    first, second, third = sheet(), sheet(), sheet()
    for number, figure in enumerate((first, second, third), start=1):
        figure.text(0.08, 0.98, "Journal of Tests", fontsize=9)
        figure.text(0.5, 0.02, str(number), fontsize=9)
    texts(first, ["Table 7. Users and sites (thousand)"], 0.08, 0.9)
    table(first, ROWS[:kept], 0.08, 0.88, rules)
    y = table(second, ROWS[kept:], 0.08, 0.95, "none")
    texts(second, [*RIGHT, *LEFT], 0.08, y - 0.03)
    texts(third, [*LEFT, *RIGHT], 0.08, 0.95)
    cells = read_paper(saved(tmp_path / "a.pdf", [first, second, third])).query("kind == 'cell'")
    assert list(cells.query("table_column == 2")["text"]) == ["Users", "410", "655", "1,065"]
    assert set(cells["caption"]) == {"Table 7. Users and sites (thousand)"}
    assert list(cells.query("table_column == 2")["column_header"]) == ["", "Users", "Users", "Users"]
    assert values(tmp_path / "a.pdf") == THOUSANDS


def test_a_line_of_text_at_the_head_of_the_next_column_is_no_row(tmp_path: Path) -> None:
    figure = sheet()
    y = texts(figure, [*LEFT, *RIGHT], 0.07, 0.9)
    y = texts(figure, ["Table 1. Users and sites (thousand)"], 0.07, y - 0.03)
    table(figure, ROWS, 0.07, y - 0.005, "every")
    texts(figure, ["In 2021 there were 700 of them.", *RIGHT, *LEFT], 0.53, 0.9)
    cells = read_paper(saved(tmp_path / "a.pdf", [figure])).query("kind == 'cell'")
    assert list(cells.query("table_column == 2")["text"]) == ["Users", "410", "655", "1,065"]


def test_a_ruled_row_overleaf_is_the_rest_of_the_table_and_a_box_of_another_width_is_not(tmp_path: Path) -> None:
    first, second, third = sheet(), sheet(), sheet()
    texts(first, ["Table 7. Users and sites (thousand)"], 0.08, 0.9)
    table(first, ROWS[:3], 0.08, 0.88, "every")
    table(second, ROWS[3:], 0.08, 0.9, "every")
    table(third, [["Box", "5"]], 0.08, 0.9, "every")
    texts(third, LEFT, 0.08, 0.8)
    cells = read_paper(saved(tmp_path / "a.pdf", [first, second, third])).query("kind == 'cell'")
    assert list(cells.query("table_column == 2")["text"]) == ["Users", "410", "655", "1,065"]
    assert values(tmp_path / "a.pdf") == THOUSANDS


def test_captions_under_and_over_tables_are_told_apart_by_the_paper() -> None:
    """Table, caption, table, caption: each caption is of the table above it, though the first touches both."""
    from digital_diplomacy.sources.papers.blocks import Block
    from digital_diplomacy.sources.papers.captions import captioned

    one, two = Block("cell", "5", table=1, row=1, column=1), Block("cell", "6", table=2, row=1, column=1)
    first, second = Block("caption", "Table 1. Users, thousand"), Block("caption", "Table 2. Share, %")
    figure = Block("caption", "Figure 3. Users, million")
    for order, wanted in (
        ([one, first, two, second], [first, second]),
        ([first, one, second, two], [first, second]),
        ([first, one, figure, Block("paragraph", "Text of a length that no caption has. " * 9)], [first]),
        ([Block("paragraph", "Text of a length that no caption has. " * 9), one, figure], [Block("caption", "")]),
    ):
        said = dict.fromkeys((block.table, block.caption) for block in captioned(order) if block.table)
        assert [caption for _, caption in said] == [block.text for block in wanted]


def test_heads_of_two_rows_and_over_several_columns_scale_each(tmp_path: Path) -> None:
    """Users, thousand over 2019 and 2020; the share beside them is not scaled."""
    document = docx.Document()
    grid = document.add_table(rows=3, cols=4)
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "Users, thousand"
    for row, column, text in (
        (0, 0, "Country"), (0, 3, "Share, %"), (1, 1, "2019"), (1, 2, "2020"), (2, 0, "Peru"), (2, 1, "410"),
        (2, 2, "655"), (2, 3, "12"),
    ):  # fmt: skip
        grid.cell(row, column).text = text
    document.save(str(tmp_path / "a.docx"))
    cells = read_paper(tmp_path / "a.docx").query("kind == 'cell'").set_index(["table_row", "table_column"])
    heads = [cells.loc[(3, column), "column_header"] for column in (2, 3, 4)]
    assert heads == ["Users, thousand; 2019", "Users, thousand; 2020", "Share, %"]
    assert list(scan(read_paper(tmp_path / "a.docx"))["value"].dropna()) == [410e3, 655e3, 12]


def test_justified_text_and_lists_are_no_tables(tmp_path: Path) -> None:
    figure = sheet()
    rows = ["In 2019", "it had 410", "users and 35", "sites, then 47"]
    for place, (row, gap) in enumerate(zip(rows, (0.11, 0.17, 0.23, 0.29), strict=True)):
        figure.text(0.08, 0.9 - 0.018 * place, row, fontsize=9)
        figure.text(0.12 + gap, 0.9 - 0.018 * place, "more of the words than figures 12", fontsize=9)
    for place in range(4):
        figure.text(0.08, 0.7 - 0.018 * place, f"{place + 1}.", fontsize=9)
        figure.text(0.14, 0.7 - 0.018 * place, f"20{place}0 users", fontsize=9)
    assert "cell" not in set(read_paper(saved(tmp_path / "a.pdf", [figure]))["kind"])


def test_spans_parted_at_the_end_of_a_line_are_whole(tmp_path: Path) -> None:
    figure = sheet()
    texts(
        figure, ["Imports of goods are forecast to bring in $310–", "330 million in the year that follows."], 0.1, 0.9
    )
    found = scan(read_paper(saved(tmp_path / "a.pdf", [figure])))
    assert list(zip(found["low"], found["high"], strict=True)) == [(310e6, 330e6)]


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def md5(text: bytes) -> bytes:
    return hashlib.md5(text, usedforsecurity=False).digest()


def encrypted(path: Path, user: str) -> Path:
    """Protected as ISO 32000-1, 7.6.3 tells for 40 bits (algorithms 2, 3 and 4); the owner's password is "boss"."""
    padded, owner = ((name.encode() + PADDING)[:32] for name in (user, "boss"))
    owned = Arcfour(md5(owner)[:5]).process(padded)
    key = md5(padded + owned + (-64).to_bytes(4, "little", signed=True) + b"0123456789abcdef")[:5]
    said = b"BT /F1 12 Tf 20 50 Td (The ministry has 23,900 followers.) Tj ET"
    content = Arcfour(md5(key + (4).to_bytes(3, "little") + b"\0\0")[:10]).process(said)
    protection = (
        f"<< /Filter /Standard /V 1 /R 2 /P -64 /O <{owned.hex()}> /U <{Arcfour(key).process(PADDING).hex()}> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        protection.encode(),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    name = b"0123456789abcdef".hex().encode()
    trailer = b"<< /Size 6 /Root 1 0 R /Encrypt 5 0 R /ID [<%b> <%b>] >>" % (name, name)
    tail = b"xref\n0 6\n0000000000 65535 f \n%btrailer\n%b\nstartxref\n%d\n%%%%EOF" % (table, trailer, len(body))
    path.write_bytes(body + tail)
    return path


def test_a_pdf_that_only_forbids_copying_is_read_and_one_with_a_password_refused(tmp_path: Path) -> None:
    assert list(read_paper(encrypted(tmp_path / "open.pdf", ""))["text"]) == ["The ministry has 23,900 followers."]
    with pytest.raises(SourceError, match=r"closed\.pdf is encrypted; save it without a password"):
        read_paper(encrypted(tmp_path / "closed.pdf", "secret"))


def scanned() -> Figure:
    figure = sheet()
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.imshow(np.arange(12).reshape(4, 3), aspect="auto")
    axes.set_axis_off()
    figure.text(0.1, 0.01, "Downloaded from an archive on 3 May 2021", fontsize=7)
    return figure


def test_pages_that_are_pictures_are_named_and_a_paper_of_them_refused(tmp_path: Path) -> None:
    printed = sheet()
    texts(printed, [*LEFT, *RIGHT], 0.08, 0.9)
    mixed = saved(tmp_path / "mixed.pdf", [printed, scanned()])
    assert picture_pages(mixed) == (2,)
    assert isinstance(read_paper(mixed), pd.DataFrame)
    with pytest.raises(SourceError, match="its pages are pictures with hardly a word of text"):
        read_paper(saved(tmp_path / "scans.pdf", [scanned(), scanned()]))


def test_the_end_of_a_citation_on_a_line_of_its_own_is_no_number_of_a_page(tmp_path: Path) -> None:
    figure = sheet()
    y = texts(figure, ["Works", "1. Author A. Old towns. https://example.org/a (accessed 6 May"], 0.07, 0.9)
    texts(figure, ["2021)."], 0.07, y)
    assert "(accessed 6 May 2021)." in read_paper(saved(tmp_path / "a.pdf", [figure]))["text"].iloc[-1]
    figure = sheet()
    texts(figure, [*LEFT, "17"], 0.07, 0.9)
    assert read_paper(saved(tmp_path / "b.pdf", [figure]))["text"].iloc[-1].endswith("further on.")


def test_letters_of_another_font_make_no_heading_of_a_line() -> None:
    word = Word("тәуір", 0.0, 30.0, 86.0, 100.0, 14.0)  # one letter of five from a font with higher boxes
    assert _of_size(word, [9.0, 14.0, 9.0, 9.0, 9.0]) == Word("тәуір", 0.0, 30.0, 91.0, 100.0, 9.0)
    assert _of_size(word, [14.0] * 5) == word


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["They asked forty-", "six firms."], "They asked forty-six firms."),
        (["Сұралғаны бір-", "екі адам."], "Сұралғаны бір-екі адам."),
        (["They asked compa-", "nies of one-", "sided trade."], "They asked companies of onesided trade."),
    ],
)
def test_numbers_in_words_keep_their_hyphen_at_the_end_of_a_line(lines: list[str], said: str) -> None:
    assert joined(lines) == said


def test_a_line_that_closes_a_bracket_goes_on_with_the_paragraph_above() -> None:
    parted = [Line("2. Old towns (accessed 6 May"), Line(""), Line("2021).")]
    assert [block.text for block in blocks(parted)] == ["2. Old towns (accessed 6 May 2021)."]
    apart = [Line("Old towns (and new)"), Line(""), Line("2021 was a year.")]
    assert len(list(blocks(apart))) == 2
