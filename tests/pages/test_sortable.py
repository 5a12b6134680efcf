"""A table that is long, sorted by the page's script and read without one."""

from digital_diplomacy.pages.documents import Section, document_page
from digital_diplomacy.pages.sortable import Column, sortable_table


def table() -> str:
    columns = [Column("A <b>", ["x & y", "z"]), Column("n", [2.0, float("nan")], ["2", ""])]
    return sortable_table(columns, caption="All", lang="en", missing="none known")


def test_cells_hold_what_is_sorted_by_and_a_dash_for_what_is_missing() -> None:
    html = table()
    assert '<th scope="row">x &amp; y</th><td class="dd-number" data-value="2.0">2</td>' in html
    assert '<th scope="row">z</th><td class="dd-number"><span title="none known">–</span></td>' in html
    assert '<th scope="col">A &lt;b&gt;</th><th scope="col" class="dd-number">n</th>' in html


def test_a_page_sorts_by_the_exact_number_of_a_cell() -> None:
    page = document_page("T", [Section("H", tables=(table(),))], lang="en")
    assert "dataset.value" in page.split("<script>")[1]


def test_an_answer_stands_in_a_block_of_its_own() -> None:
    page = document_page("T", [Section("H", paragraphs=("said",), is_answer=True)], lang="en")
    block = page.split('<div class="answer">')[1].split("</div>")[0]
    assert "<h2>H</h2>" in block
    assert "<p>said</p>" in block
