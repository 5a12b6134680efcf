"""A cell of a table told again in the text, and misprints of either."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.drafting.misprints import are_swapped, digits, is_misprint
from digital_diplomacy.extraction.tokens import Figure

Made: TypeAlias = Callable[..., Figure]

MUSEUMS = (
    "Table 3. Visits by museum, thousand\n\nMuseum\t2021\t2022\nHarbour\t318\t342\nCastle\t126\t157\nTotal\t444\t499"
)
WATER = (
    "5-кесте. Су есептегіштер, мың\n\n"
    "Аудан\t2021\t2022\nҚаратал\t41,3\t45,8\nАқсу\t27,6\t29,4\nАудан бойынша\t68,9\t75,2"
)
SHARES = "Таблица 5. Язык обращений, %\n\nЯзык\tГород\tСело\nКазахский\t42,7\t61,8\nРусский\t57,3\t38,2"


def verdicts(tmp_path: Path, table: str, text: str) -> list[str]:
    """What becomes of the drafts that a sentence behind a table makes of its cells."""
    (tmp_path / "paper.txt").write_text(f"{table}\n\n{text}", encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    rows = found.findings.merge(found.relations[["relation_id", "why"]], on="relation_id")
    return [str(one) for one in rows[rows["why"] == "cell"]["verdict"]]


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (MUSEUMS, "The Harbour remained first with 342 thousand visits."),
        (MUSEUMS, "In 2021 the Castle had 126,000 visits."),
        (MUSEUMS, "All visits together came to 499 thousand in 2022."),
        (WATER, "Қараталда 2022 жылы 45,8 мың есептегіш болды."),
        (WATER, "Су есептегіштер саны 2021 жылғы 68,9 мыңға тең еді."),
        (SHARES, "На казахском языке в городах пишут 42,7 %."),
    ],
)
def test_a_cell_told_again_is_drafted(tmp_path: Path, table: str, text: str) -> None:
    assert verdicts(tmp_path, table, text) == ["holds"]


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (MUSEUMS, "The Harbour had 432 thousand visits."),  # changed places, of the last year
        (MUSEUMS, "In 2021 the Castle had 136 thousand visits."),
        (WATER, "Қараталда 2022 жылы 43,8 мың есептегіш болды."),
        (WATER, "Су есептегіштер саны 2021 жылғы 68,9 мыңнан 2022 жылы 72,2 мыңға жетті."),
        (SHARES, "На казахском языке в городах пишут 47,7 %."),
    ],
)
def test_nearly_the_digits_of_its_cell_fail(tmp_path: Path, table: str, text: str) -> None:
    assert "fails" in verdicts(tmp_path, table, text)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (MUSEUMS, "The Harbour had 352 thousand visits."),  # maybe of another year
        (MUSEUMS, "In 2020 the Harbour had 352 thousand visits."),
        (MUSEUMS, "In 2022 the Lighthouse had 343 thousand visits."),  # no row of the table
        (MUSEUMS, "In 2021 the Castle had about 136 thousand visits."),
        (MUSEUMS, "In 2022 the Harbour earned $343 thousand."),
        (MUSEUMS, "In 2022 the Harbour had on average 343 thousand visits a season."),
        (MUSEUMS, "In 2022, beside the Harbour, 158 thousand visits to the Castle were counted."),  # told behind it
        (SHARES, "На казахском языке пишут 47,7 %."),  # in towns or in villages?
        (SHARES, "В городах растёт доля английского языка, она достигла 47,7 %."),
        (WATER, "Қараталда 2022 жылы 46 мың есептегіш болды."),
    ],
)
def test_what_may_be_something_else_is_left_alone(tmp_path: Path, table: str, text: str) -> None:
    assert "fails" not in verdicts(tmp_path, table, text)


@pytest.mark.parametrize(
    ("first", "second", "misprint", "swapped"),
    [
        ("48", "84", True, True),
        ("487", "478", True, True),
        ("1 512", "1 521", True, True),
        ("72,0", "70,0", True, False),
        ("487", "784", False, False),
        ("487", "4870", False, False),
        ("487", "487", False, False),
        ("512", "943", False, False),
    ],
)
def test_misprints_are_of_one_digit_or_of_two_that_changed_places(
    one: Made, first: str, second: str, *, misprint: bool, swapped: bool
) -> None:
    pair = [one(float(text.replace(" ", "").replace(",", ".")), printed=text) for text in (first, second)]
    assert (is_misprint(*pair), are_swapped(*pair)) == (misprint, swapped)


def test_numbers_in_words_have_no_digits(one: Made) -> None:
    assert (digits(one(5, printed="five")), digits(one(64_000, printed="64,0 мыңнан"))) == ("", "640")
