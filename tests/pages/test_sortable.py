"""A table that is sorted by a script and read without one."""

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
    assert 'tabindex="0"' in html


def test_the_script_is_there_only_where_a_table_needs_it() -> None:
    with_table = document_page("T", [Section("H", tables=(table(),))], lang="en")
    without = document_page("T", [Section("H", tables=("<table></table>",))], lang="en")
    assert "aria-sort" in with_table.split("<script>")[1]
    assert "<script>" not in without


def test_an_answer_stands_in_a_block_of_its_own() -> None:
    page = document_page("T", [Section("H", paragraphs=("said",), is_answer=True)], lang="en")
    block = page.split('<div class="answer">')[1].split("</div>")[0]
    assert "<h2>H</h2>" in block
    assert "<p>said</p>" in block
