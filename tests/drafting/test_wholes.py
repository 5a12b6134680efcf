"""Lines of tables with a total, and columns of shares, at the last place where they are one."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting.sums import _is_only, _may_be_part, _stem
from digital_diplomacy.drafting.wholes import _column_of_shares, _total
from digital_diplomacy.extraction.tokens import Figure

Made: TypeAlias = Callable[..., Figure]


def drawn(one: Made, cells: list[tuple[str, float, str]]) -> list[tuple[list[float | None], list[float | None]]]:
    line = [one(value, unit, row=row, table="1") for row, value, unit in cells]
    return [([each.value for each in made.left], [each.value for each in made.right]) for made in _total(line, "row")]


@pytest.mark.parametrize(
    ("cells", "drafts"),
    [
        ([("a", 1, "users"), ("b", 2, "users"), ("Total", 3, "users")], [([1, 2], [3])]),
        ([("Total", 3, "users"), ("a", 1, "users"), ("b", 2, "users")], [([1, 2], [3])]),
        ([("a", 1, "users"), ("Total", 3, "users")], []),  # one part is no sum
        ([("a", 1, "users"), ("b", 2, "persons"), ("Total", 3, "users")], []),
        ([("a", 1, "users"), ("a", 2, "users"), ("Total", 3, "users")], []),
        ([("a", 1, "users"), ("b", 2, "users"), ("Total", 3, "users"), ("Total", 4, "users")], []),
        ([("a", 1, "users"), ("b", 2, "users")], []),
        ([("a", 40, "percent"), ("b", 60, "percent"), ("Total", 100, "percent")], [([40, 60], [100])]),
        ([("a", 40, "percent"), ("b", 50, "percent"), ("Total", 90, "percent")], []),
    ],
)
def test_a_line_with_one_total_of_its_unit_is_a_sum(
    one: Made, cells: list[tuple[str, float, str]], drafts: list[object]
) -> None:
    assert drawn(one, cells) == drafts


@pytest.mark.parametrize(
    ("head", "rows", "units", "is_drafted"),
    [
        ("Distribution, %", "abc", ["percent"] * 3, True),
        ("Структура, %", "abc", ["percent"] * 3, True),
        ("Share, %", "abc", ["percent"] * 3, False),
        ("Distribution, %", "ab", ["percent"] * 2, False),
        ("Distribution, %", "abc", ["percent", "percent", "users"], False),
        ("Distribution, %", ["a", "b", "Total"], ["percent"] * 3, False),
    ],
)
def test_three_shares_below_a_head_of_a_distribution_are_at_most_all(
    one: Made, head: str, rows: list[str], units: list[str], is_drafted: bool
) -> None:
    cells = [one(10, unit, row=row, column=head) for row, unit in zip(rows, units, strict=True)]
    made = list(_column_of_shares(cells))
    assert [(each.kind, each.why, each.sure, each.words) for each in made] == (
        [("sum_at_most_100", "hundred_column", "place", head)] if is_drafted else []
    )


def test_only_is_said_before_less_than_was_told(one: Made) -> None:
    parts = [one(3), one(9)]
    told = [("Всего 8", 8), ("всего 9", 9), ("in all 2", 2)]
    assert [_is_only(words, one(value), parts) for words, value in told] == [True, False, False]
    assert not _is_only("всего 0", one(0), [])


def test_a_part_is_an_exact_whole_number_of_running_text(one: Made) -> None:
    assert _may_be_part(one(5))
    for other in (one(5.5), one(5, "percent"), one(5, bound="about"), one(5, table="1"), one(None)):
        assert not _may_be_part(other)


def test_words_are_alike_by_their_first_four_letters() -> None:
    assert _stem("women|girls", "Womenfolk")
    assert _stem("women|girls", "girlhood")
    assert not _stem("women", "womb")
