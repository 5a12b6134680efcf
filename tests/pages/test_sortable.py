"""A table that is long, sorted by the page's script and read without one."""

import pytest

from digital_diplomacy.pages.documents import Section, document_page
from digital_diplomacy.pages.sortable import Column, sortable_table


def table() -> str:
    columns = [
        Column("Rank", ("1", "2"), (1.0, 2.0)),
        Column("<Name>", ("<a>", "b")),
        Column("R", ("–", "2–3"), (float("nan"), 2.000003)),
    ]
    return sortable_table(columns, caption="Places & scores", lang="kk", ordered=0)


def test_cells_carry_what_they_are_sorted_by_and_are_escaped() -> None:
    html = table()
    assert html.count('aria-sort="ascending"') == 1
    assert '<td class="dd-number" data-value="">–</td>' in html
    assert '<td class="dd-number" data-value="2.000003">2–3</td>' in html
    assert "&lt;Name&gt;" in html
    assert '<th scope="row">&lt;a&gt;</th>' in html
    assert "Places &amp; scores" in html


def test_the_script_of_a_page_sorts_by_what_cells_carry() -> None:
    page = document_page("T", [Section("", tables=(table(),))], lang="kk")
    assert "dataset.value" in page[page.index("<script") :]


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="every one needs as many cells and keys"):
        sortable_table([Column("a", ("1", "2")), Column("b", ("1",))], caption="", lang="en")


def test_an_answer_stands_in_a_block_of_its_own() -> None:
    page = document_page("T", [Section("H", paragraphs=("said",), kind="answer")], lang="en")
    block = page.split('<section class="answer">')[1].split("</section>")[0]
    assert "<h2>H</h2>" in block
    assert "<p>said</p>" in block
