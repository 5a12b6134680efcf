"""Bare numbers that make up a count told before, are a printed share of it or repeat it."""

from typing import Any

import pytest

from digital_diplomacy.extraction.parts import count_parts


def sentence(text: str, *figures: tuple[str, str], **said: Any) -> list[dict[str, Any]]:
    """Rows of a sentence with the unit of each figure; one whose unit ends in a star has a noun of its own."""
    rows, start = [], 0
    for printed, unit in figures:
        start = text.index(printed, start)
        value = float(printed.replace(",", "").rstrip("%"))
        half = 0.5 if unit == "percent" else 0.0
        rows.append({
            "as_printed": printed, "value": value, "low": value - half, "high": value + half,
            "unit": unit.rstrip("*"), "counted": "noun" if unit.endswith("*") else "", "table": "", "sentence": text,
            "start": start, "end": start + len(printed),
        } | said)  # fmt: skip
        start += len(printed)
    return rows


def counted(*sentences: list[dict[str, Any]]) -> list[list[str]]:
    count_parts(sentences)
    return [[row["unit"] for row in rows] for rows in sentences]


CALLS = sentence("The desk took 1,200 calls.", ("1,200", "appeals*"))


def calls() -> list[dict[str, Any]]:
    return [dict(row) for row in CALLS]


@pytest.mark.parametrize(
    ("figures", "unit"),
    [
        (("480", "360", "360"), "appeals"),  # 480 + 360 + 360 = 1,200
        (("480", "360", "370"), "persons"),  # 1,210
        (("1150", "50"), "persons"),  # two alone, of a sum with two digits but zeros
    ],
)
def test_three_numbers_that_make_up_a_count_are_of_it(figures: tuple[str, ...], unit: str) -> None:
    text = f"Of visas {', '.join(figures)}."
    assert counted(calls(), sentence(text, *((one, "persons") for one in figures)))[1] == [unit] * len(figures)


def test_two_numbers_make_up_a_count_of_three_digits_alone_but_not_in_a_table() -> None:
    told = sentence("The desk took 1,230 calls.", ("1,230", "appeals*"))
    parts = sentence("Of visas 1000, of births 230.", ("1000", "persons"), ("230", "persons"))
    in_table = [row | {"table": "1"} for row in parts]
    assert counted([dict(row) for row in told], in_table)[1] == ["persons", "persons"]
    assert counted(told, parts)[1] == ["appeals", "appeals"]


def test_small_sums_are_alike_by_chance() -> None:
    for total, unit in (("29", "persons"), ("30", "appeals")):
        told = sentence(f"It took {total} calls.", (total, "appeals*"))
        parts = sentence(f"Of visas 10, 10, {int(total) - 20}.", *((one, "persons") for one in ("10", "10")),
                         (str(int(total) - 20), "persons"))  # fmt: skip
        assert counted(told, parts)[1] == [unit] * 3


def test_parts_may_stand_one_to_a_sentence() -> None:
    parts = [sentence(f"There were {one} so.", (one, "persons")) for one in ("480", "360", "360")]
    assert counted(calls(), *parts)[1:] == [["appeals"]] * 3
    apart = [sentence(f"There were {one} so.", (one, "persons")) for one in ("480", "360", "360")]
    apart.insert(1, sentence("It has 3 doors.", ("3", "items*")))
    assert counted(calls(), *apart)[1:] == [["persons"], ["items"], ["persons"], ["persons"]]


def test_a_number_with_a_noun_of_its_own_is_no_part() -> None:
    text = "Of visas 480, 360 and 360 drivers."
    said = sentence(text, ("480", "persons"), ("360", "persons"), ("360", "persons*"))
    assert counted(calls(), said)[1] == ["persons"] * 3


def test_what_a_colon_lists_are_parts_though_each_has_a_noun() -> None:
    figures = (("12", "messages*"), ("7", "items*"), ("5", "persons*"))
    assert counted(sentence("It got 12 posts: 7 notes, 5 pupils.", *figures)) == [["messages", "items", "persons"]]
    figures = (("42", "messages*"), ("37", "items*"), ("5", "persons"))
    assert counted(sentence("It got 42 posts: 37 notes, 5 so.", *figures)) == [["messages"] * 3]
    assert counted(sentence("It got 42 posts, 37 notes: 5 so.", *figures)) == [["messages", "items", "persons"]]


@pytest.mark.parametrize(
    ("text", "share", "unit"),
    [
        ("Visas: 300 (25%).", "25%", "appeals"),  # 300 of 1,200
        ("Visas: 300, or 25%.", "25%", "appeals"),
        ("Visas: 300 (30%).", "30%", "items"),
        ("Visas: 300 so 25%.", "25%", "items"),  # not beside it
    ],
)
def test_a_number_beside_its_share_of_a_count_is_of_it(text: str, share: str, unit: str) -> None:
    assert counted(calls(), sentence(text, ("300", "items"), (share, "percent")))[1] == [unit, "percent"]


def test_a_share_may_be_of_the_ten_counts_told_last() -> None:
    for others, unit in ((9, "appeals"), (10, "items")):
        between = [sentence("It has 3 doors.", ("3", "items*")) for _ in range(others)]
        share = sentence("Visas: 300 (25%).", ("300", "items"), ("25%", "percent"))
        assert counted(calls(), *between, share)[-1][0] == unit


def test_a_number_of_three_digits_but_zeros_is_the_count_told_before() -> None:
    for number, unit in (("1,230", "appeals"), ("1,200", "items")):
        told = sentence(f"It took {number} calls.", (number, "appeals*"))
        assert counted(told, sentence(f"These {number} grew.", (number, "items")))[1] == [unit]
    cell = sentence("1,230", ("1,230", "items"), table="1")
    assert counted(sentence("It took 1,230 calls.", ("1,230", "appeals*")), cell)[1] == ["items"]


def test_beside_a_thing_with_a_noun_all_are_such_things() -> None:
    said = sentence("There were 600 cases (50%), from the heart 300 (25%).", ("600", "items*"), ("50%", "percent"),
                    ("300", "items"), ("25%", "percent"))  # fmt: skip
    assert counted(calls(), said)[1] == ["items", "percent", "items", "percent"]
