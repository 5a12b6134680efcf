"""Numbers of list items, rows and ordinals, and how many items they make."""

import pandas as pd
import pytest

from digital_diplomacy.extraction.lists import Length, is_title, lengths, row_numbers, told_lengths, unmarked
from digital_diplomacy.extraction.masks import BLANK


def blocks(*rows: dict[str, object]) -> pd.DataFrame:
    plain = {"kind": "paragraph", "text": "x", "number": None, "marker": 0, "in_references": False, "table": "",
             "table_column": 0, "column_header": ""}  # fmt: skip
    return pd.DataFrame([plain | row for row in rows])


def item(number: int | None, text: str = "", **more: object) -> dict[str, object]:
    return {"kind": "item", "number": number, "text": text or f"{number}) x", "marker": 3} | more


GAP = {"kind": "paragraph"}


@pytest.mark.parametrize(
    ("rows", "sizes"),
    [
        ([item(1), item(2), item(3)], {2: 3}),
        ([item(1), item(2)], {1: 2}),
        ([item(1)], {}),
        ([item(1), item(2), item(1), item(2), item(3)], {1: 2, 4: 3}),
        ([item(1), item(2), item(4)], {1: 2}),
        ([item(2), item(3)], {}),
        ([item(1), item(3)], {}),
        ([item(1), GAP, GAP, GAP, item(2)], {4: 2}),  # three other blocks may stand between
        ([item(1), GAP, GAP, GAP, GAP, item(2)], {}),
        ([item(1), item(2), GAP, GAP, GAP, GAP, item(3)], {1: 2}),
        ([item(1), item(2, in_references=True)], {}),
        ([item(1), item(2), item(2), item(3)], {1: 2}),
        ([item(1), item(2, text="x")], {}),  # a number that is not printed is none
    ],
)
def test_a_list_is_as_long_as_its_numbers_go_on(rows: list[dict[str, object]], sizes: dict[int, int]) -> None:
    found = lengths(blocks(*rows), frozenset())
    assert {index: each[0].size for index, each in found.items()} == sizes
    assert all(each == [Length(0, 1, each[0].size, False)] for each in found.values())


def cell(text: str, column: int = 0, header: str = "№", table: str = "1") -> dict[str, object]:
    return {"kind": "cell", "text": text, "table": table, "table_column": column, "column_header": header}


@pytest.mark.parametrize(
    ("rows", "numbered"),
    [
        ([cell("1"), cell("2"), cell("3")], {0, 1, 2}),
        ([cell("1."), cell("2)")], {0, 1}),
        ([cell("1")], set()),
        ([cell("1"), cell("3")], set()),
        ([cell("2"), cell("3")], set()),
        ([cell("1", header="Users"), cell("2", header="Users")], set()),
        ([cell("1", header="п/п"), cell("2", header="п/п")], {0, 1}),
        ([cell("1"), cell("1", column=1, header="Users"), cell("2")], {0, 2}),
        ([cell("1"), cell("2", table="2")], set()),
    ],
)
def test_cells_below_a_head_of_numbers_number_the_rows(rows: list[dict[str, object]], numbered: set[int]) -> None:
    found = row_numbers(blocks(*rows))
    assert found == numbered
    sizes = {index: each[0].size for index, each in lengths(blocks(*rows), found).items()}
    assert sizes == ({max(numbered): len(numbered)} if numbered else {})


def test_marks_of_lists_headings_and_rows_are_blanked() -> None:
    assert unmarked(item(2, text="2) schools"), is_row_number=False) == BLANK * 3 + "schools"
    for kind, text, left in (
        ("heading", "1.2. Roads 5", BLANK * 5 + "Roads 5"),
        ("heading", "IV. Roads", BLANK * 4 + "Roads"),
        ("heading", "Roads 5", "Roads 5"),
        ("paragraph", "1.2. Roads", BLANK * 5 + "Roads"),
        ("paragraph", "1.2 roads", "1.2 roads"),
    ):
        assert unmarked({"kind": kind, "text": text, "marker": 0}, is_row_number=False) == left
    assert unmarked({"kind": "cell", "text": "12", "marker": 0}, is_row_number=True) == BLANK * 2


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (["Firstly, roads.", "Secondly, schools."], {1: 2}),
        (["Firstly, roads.", "Secondly, schools.", "Thirdly, trade."], {2: 3}),
        (["Firstly, roads; secondly, schools; finally, trade."], {0: 3}),
        (["Firstly, roads.", "Thirdly, trade."], {}),
        (["Secondly, schools."], {}),
        (["Firstly, a.", "Secondly, b.", "Firstly, c.", "Secondly, d.", "Thirdly, e."], {1: 2, 4: 3}),
        (["Во-первых, а.", "Во-вторых, б.", "В-третьих, в; наконец, г."], {2: 4}),
        (["Біріншіден, а.", "Екіншіден, б."], {1: 2}),
        (["На первом месте Перу, на втором месте Чад."], {}),  # places are none
    ],
)
def test_ordinals_that_follow_each_other_count_an_enumeration(sentences: list[str], told: dict[int, int]) -> None:
    found = told_lengths(sentences)
    assert {place: each.size for place, each in found.items()} == told
    assert all(each.is_told for each in found.values())


@pytest.mark.parametrize(
    ("kind", "text", "is_one"),
    [
        ("paragraph", "Annual report for 2023", True),
        ("item", "Annual report for 2023", True),
        ("cell", "Annual report for 2023", False),
        ("heading", "annual report.", True),
        ("caption", "annual report.", True),
        ("paragraph", "annual report for 2023", False),
        ("paragraph", "Annual report for 2023.", False),
        ("paragraph", "Annual report: 2.5 parts", True),
        ("paragraph", "Annual report; parts", False),
        ("paragraph", "A" + "b" * 139, True),
        ("paragraph", "A" + "b" * 140, False),
    ],
)
def test_a_title_is_a_short_line_with_a_capital_and_without_a_mark(kind: str, text: str, is_one: bool) -> None:
    assert is_title({"kind": kind, "text": text}) is is_one


def test_a_numbered_title_above_text_is_a_heading_and_no_item() -> None:
    titles = [item(1, "Old roads"), {"kind": "paragraph"}, item(2, "New roads"), {"kind": "paragraph"}]
    assert lengths(blocks(*titles), frozenset()) == {}
    titles = [item(1, "1 Old roads"), item(2, "2 New roads")]
    assert {index: each[0].size for index, each in lengths(blocks(*titles), frozenset()).items()} == {1: 2}


def test_a_length_is_the_number_printed_at_the_end_of_the_list() -> None:
    rows = [item(1, "(1) roads of 12"), item(2, "(2) roads of 15")]
    assert lengths(blocks(*rows), frozenset()) == {1: [Length(1, 2, 2, False)]}
