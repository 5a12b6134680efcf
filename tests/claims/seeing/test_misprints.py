"""Misprints written out by hand: one digit, two neighbours exchanged, a mark lost or moved."""

from typing import Any

import pytest

from digital_diplomacy.claims.seeing.misprints import _begins_well, _differ, _is_between, has_digits, misprints

ENGLISH = {"lang": "en", "decimal_mark": ".", "grouping_mark": ",", "closing_zeros": "unknown"}
PERCENT = ENGLISH | {"unit": "percent", "kind": "observation", "bound": "exact", "reading": "number"}
USERS = PERCENT | {"unit": "users"}
DATE = PERCENT | {"unit": "date", "kind": "date", "reading": "date"}


def texts(row: dict[str, Any], printed: str, kind: str) -> list[str]:
    return [one.text for one in misprints(row | {"as_printed": printed}) if one.kind == kind]


@pytest.mark.parametrize(
    ("row", "printed", "swaps", "marks"),
    [
        (PERCENT, "1.25%", ["1.52%"], ["125%", "12.5%"]),
        (PERCENT, "12.5%", ["21.5%"], ["125%", "1.25%"]),
        (PERCENT, "11%", [], []),
        (PERCENT, "10%", [], []),  # 01 would begin with zero
        (PERCENT, "12.05%", ["21.05%", "12.50%"], ["1205%", "1.205%", "120.5%"]),
        (PERCENT, "1.05%", ["1.50%"], ["105%", "10.5%"]),
        (USERS, "1,250", ["1,520", "1,205"], []),  # without its grouping mark it is the same number
        (USERS, "3,121", ["3,211", "3,112"], []),
        (DATE, "2019", ["2109", "2091"], []),
    ],
)
def test_swaps_and_marks_of_a_figure(row: dict[str, Any], printed: str, swaps: list[str], marks: list[str]) -> None:
    assert texts(row, printed, "swap") == swaps
    assert texts(row, printed, "mark") == marks


def test_each_digit_is_printed_as_each_other_and_none_first_as_zero() -> None:
    assert texts(PERCENT, "12%", "digit") == [f"{n}2%" for n in range(2, 10)] + [
        f"1{n}%" for n in (*range(2), *range(3, 10))
    ]
    assert texts(PERCENT, "5%", "digit") == [f"{n}%" for n in (*range(1, 5), *range(6, 10))]


def test_a_misprint_is_the_row_it_would_be_read_as() -> None:
    made = next(one for one in misprints(PERCENT | {"as_printed": "1.25%"}) if one.text == "12.5%")
    assert (made.kind, float(made.row["value"]), float(made.row["low"])) == ("mark", 12.5, 12.45)
    assert misprints(PERCENT | {"as_printed": "1.25%", "reading": "implied"}) == []


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("1.25", True), (".125", False), ("125.", False), ("1. 25", False), ("1.2.5", True), ("125", True)],
)
def test_a_mark_stands_between_digits(text: str, is_so: bool) -> None:
    assert _is_between(text, ".") is is_so


@pytest.mark.parametrize(
    ("text", "own", "is_well"),
    [("05", "15", False), ("51", "15", True), ("05", "05", True), ("50", "05", True), ("0.5", "1.5", False),
     ("1 of 05", "1 of 15", False), ("05 of 1", "15 of 1", False), ("100", "101", True)],
)  # fmt: skip
def test_no_number_comes_to_begin_with_zero(text: str, own: str, is_well: bool) -> None:
    assert _begins_well(text, own) is is_well


def test_readings_differ_in_any_of_their_ends() -> None:
    ends = ("low", "high", "low_filled", "high_filled", "low_truncated", "high_truncated")
    one = dict.fromkeys(ends, 1)
    assert not _differ(one, dict(one))
    assert all(_differ(one, one | {end: 2}) for end in ends)


def test_words_have_no_digits() -> None:
    assert [has_digits(text) for text in ("five", "5", "a third of 12", "", "½")] == [False, True, True, False, False]
