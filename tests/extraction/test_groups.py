"""Bounds of groups, which are no figures, and bounds that are."""

import pytest

from digital_diplomacy.extraction.groups import without_groups
from digital_diplomacy.printed import Convention, find

PARAGRAPH = {"kind": "paragraph"}


def kept(text: str, lang: str = "en", **block: object) -> list[str]:
    found = find(text, convention=Convention.of(lang))
    return [one.text for one in without_groups(found, text, PARAGRAPH | block)]


@pytest.mark.parametrize(
    ("text", "lang", "left"),
    [
        ("24% were under 30, 43% between 30 and 49, and 33% 50 or over.", "en", ["24%", "43%", "33%"]),
        ("24% were under 30, and 76% 30 or over.", "en", ["24%", "76%"]),
        ("24% were under 30.", "en", ["24%", "under 30"]),  # one alone is no grouping
        ("76% were 30 or over, and 24% under 30.", "en", ["76%", "30", "24%", "under 30"]),  # falling
        ("24% paid under 130, and 76% 130 or over.", "en", ["24%", "under 130", "76%", "130"]),  # no age is so high
        ("24% paid under 119, and 76% 119 or over.", "en", ["24%", "76%"]),
        (
            "24% paid under 120, and 76% 120 or over.",
            "en",
            ["24%", "under 120", "76%", "120"],
        ),  # a group as wide as life
        ("24% were under 30.5, and 76% 30.5 or over.", "en", ["24%", "under 30.5", "76%", "30.5"]),
        ("40 were under 30, and 60 30 or over.", "en", ["40", "under 30", "60", "30"]),  # nothing is a share
        ("24%; under 30; 43%; 50 or over", "en", ["24%", "under 30", "43%", "50"]),  # each stands for itself
        ("18–29 жас – 24 %, 30–49 жас – 43 %.", "kk", ["24 %", "43 %"]),
        ("18–29 лет – 24 %, 30–49 лет – 43 %.", "ru", ["24 %", "43 %"]),
    ],
)
def test_rising_bounds_with_a_share_each_are_no_figures(text: str, lang: str, left: list[str]) -> None:
    assert kept(text, lang) == left


@pytest.mark.parametrize(
    ("head", "left"),
    [
        ("50 years and over", []),
        ("18–29 years", []),
        ("50 years", ["50 years"]),  # closed at no end
        ("Up to 15 minutes", []),
        ("Reply to a letter of a citizen within 18–29 days", ["18–29 days"]),  # too many words to be a group's name
        ("12 users", ["12 users"]),
    ],
)
def test_heads_of_rows_name_groups(head: str, left: list[str]) -> None:
    block = {"kind": "cell", "is_head": False, "column_header": "Age", "row_header": "", "table_row": 2}
    assert kept(head, **block) == left


def test_a_group_is_named_by_a_short_head_alone() -> None:
    place = {"kind": "cell", "column_header": "Age", "table_row": 2}
    assert kept("18–29", **place, is_head=True, row_header="x") == []
    assert kept("18–29", **place, is_head=False, row_header="x") == ["18–29"]  # a cell of the table's inside
    assert kept("18–29" + " " * 35, **place, is_head=True, row_header="x") == []  # forty characters
    assert kept("18–29" + " " * 36, **place, is_head=True, row_header="x") == ["18–29"]
    assert kept("18–29", **place | {"column_header": "", "table_row": 1}, is_head=False, row_header="x") == []
    assert kept("18–29", **place | {"column_header": "", "table_row": 2}, is_head=False, row_header="x") == ["18–29"]
