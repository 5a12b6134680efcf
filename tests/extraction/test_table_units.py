"""Lines of totals and changes, and columns that a sentence tells again."""

from typing import Any

import pytest

from digital_diplomacy.extraction.table_units import of_parts, of_repeated, of_totals


def table(*lines: tuple[str, list[tuple[float, str]]], columns: tuple[str, ...] = ()) -> tuple[list[Any], list[Any]]:
    """Figures and cells of a table, a line of values and units under each name."""
    rows, blocks, number = [], [], 0
    for line, (name, cells) in enumerate(lines, 1):
        for column, (value, unit) in enumerate(cells, 1):
            number += 1
            head = columns[column - 1] if columns else f"Town {column}"
            blocks.append({
                "paragraph": number, "kind": "cell", "is_head": False, "table": 1, "table_row": line,
                "table_column": column, "row_header": name, "column_header": head,
            })  # fmt: skip
            rows.append({"paragraph": number, "value": value, "unit": unit, "sentence": ""})
    return rows, blocks


def units(rows: list[Any]) -> list[str]:
    return [row["unit"] for row in rows]


@pytest.mark.parametrize(
    ("name", "unit"), [("Total", "users"), ("Growth", "users"), ("Change since May", "users"), ("Doors", "items")]
)
def test_a_line_of_totals_or_changes_counts_what_the_other_lines_do(name: str, unit: str) -> None:
    rows, blocks = table(("Men", [(12, "users")]), ("Women", [(13, "users")]), (name, [(25, "items")]))
    of_totals(rows, blocks)
    assert units(rows) == ["users", "users", unit]


def test_totals_of_a_row_are_at_its_end() -> None:
    rows, blocks = table(("Men", [(12, "users"), (13, "users"), (25, "items")]), columns=("2019", "2020", "Total"))
    of_totals(rows, blocks)
    assert units(rows) == ["users"] * 3


def test_a_total_of_two_kinds_or_of_nothing_in_particular_counts_neither() -> None:
    for first, second in (("users", "messages"), ("items", "items")):
        rows, blocks = table(("Men", [(12, first)]), ("Posts", [(13, second)]), ("Total", [(25, "items")]))
        of_totals(rows, blocks)
        assert units(rows) == [first, second, "items"]


def test_shares_among_the_lines_and_a_total_with_a_unit_stay() -> None:
    lines = (("Men", [(12, "users")]), ("Share", [(48.0, "percent")]), ("Total", [(25, "items")]))
    rows, blocks = table(*lines)
    of_totals(rows, blocks)
    assert units(rows) == ["users", "percent", "users"]
    rows, blocks = table(("Men", [(12, "users")]), ("Total", [(25, "persons")]))
    of_totals(rows, blocks)
    assert units(rows) == ["users", "persons"]


def said(*values: float, unit: str = "messages") -> list[dict[str, Any]]:
    return [{"paragraph": 99, "value": value, "unit": unit, "sentence": "s"} for value in values]


@pytest.mark.parametrize(
    ("told", "unit"),
    [
        (said(410, 520), "messages"),
        (said(410), "items"),  # one may be chance
        (said(410, 521), "items"),
        (said(410, 410), "items"),
        (said(410, 520, unit="items"), "items"),
        (said(410, 520, unit="percent"), "items"),
        ([*said(410), *said(520, unit="users")], "items"),
    ],
)
def test_columns_count_what_a_sentence_says_that_tells_two_cells_of_a_row_again(told: list[Any], unit: str) -> None:
    rows, blocks = table(("Peru", [(410, "items"), (520, "items")]), ("Chad", [(7, "items"), (8, "items")]))
    of_repeated([*rows, *told], blocks)
    assert units(rows) == [unit] * 4


@pytest.mark.parametrize(("least", "unit"), [(99, "items"), (100, "messages")])
def test_numbers_below_a_hundred_are_told_again_by_chance(least: float, unit: str) -> None:
    rows, blocks = table(("Peru", [(least, "items"), (520, "items")]))
    of_repeated([*rows, *said(least, 520)], blocks)
    assert units(rows) == [unit] * 2


def test_a_column_with_a_unit_or_a_part_of_one_keeps_its_own() -> None:
    for value, unit in ((7.5, "items"), (7, "users")):
        rows, blocks = table(("Peru", [(410, "items"), (520, "items")]), ("Chad", [(value, unit), (8, "items")]))
        of_repeated([*rows, *said(410, 520)], blocks)
        assert units(rows) == ["items", "messages", unit, "messages"]


def test_cells_of_two_rows_are_not_told_again_together() -> None:
    rows, blocks = table(("Peru", [(410, "items")]), ("Chad", [(520, "items")]))
    of_repeated([*rows, *said(410, 520)], blocks)
    assert units(rows) == ["items", "items"]


@pytest.mark.parametrize(
    ("head", "asked", "least", "unit"),
    [
        ("Follow a ministry", "respondents", 12, "respondents"),
        ("Доверяют", "persons", 12, "persons"),
        ("Offices", "respondents", 12, "items"),  # no verb
        ("Follow a ministry", "messages", 12, "items"),  # no people
        ("Follow a ministry", "respondents", 60, "items"),  # more than the 50 who were asked
    ],
)
def test_columns_headed_by_verbs_divide_those_who_were_asked(head: str, asked: str, least: int, unit: str) -> None:
    lines = (("Town", [(40, asked), (8, "items")]), ("Village", [(50, asked), (least, "items")]))
    rows, blocks = table(*lines, columns=("Asked", head))
    of_parts(rows, blocks)
    assert units(rows) == [asked, unit, asked, unit]
