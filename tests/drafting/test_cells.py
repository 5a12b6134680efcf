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


BUDGET = (
    "Table 5. Budget, million tenge\n\n"
    "Programme\t2022\t2023\nRadio\t1,200\t1,320\nTraining\t400\t460\nTotal\t1,600\t1,780"
)


def kinds(tmp_path: Path, table: str, text: str) -> list[tuple[str, str]]:
    (tmp_path / "paper.txt").write_text(f"{table}\n\n{text}", encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    verdict = found.findings[["relation_id", "verdict"]]
    rows = verdict.merge(found.relations[["relation_id", "kind", "right"]], on="relation_id")
    in_text = set(found.figures["claim_id"][found.figures["table"].isna()])
    rows = rows[rows["right"].isin(in_text)]
    return list(zip(rows["kind"], rows["verdict"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Training received 0.46 billion tenge in 2023.", ("same_quantity", "holds")),
        ("Training received 640 million tenge in 2023.", ("same_quantity", "fails")),
        ("Radio, with 74.2% of all money in 2023, leads.", ("share_of_base", "holds")),  # 1,320 / 1,780 = 74.16 %
        ("Radio, with 72.4% of the whole budget of 2023, leads.", ("share_of_base", "fails")),
        ("Money for training grew by 15.0%.", ("growth_rate", "holds")),  # 460 / 400 = 1.15
        ("The budget grew from 1,600 million to 1,870 million tenge.", ("same_quantity", "fails")),
    ],
)
def test_what_a_row_makes_is_set_against_the_text(tmp_path: Path, text: str, expected: tuple[str, str]) -> None:
    assert expected in kinds(tmp_path, BUDGET, text)


@pytest.mark.parametrize(
    "text",
    [
        "Radio reaches 72.4% of all homes.",
        "Radio, with 71% of all listeners, leads.",
        "Money for training grew by 16% more slowly.",
        "In 2021 the budget grew from 1,100 million to 1,870 million tenge.",
    ],
)
def test_other_shares_of_a_row_do_not_fail(tmp_path: Path, text: str) -> None:
    assert "fails" not in [verdict for _, verdict in kinds(tmp_path, BUDGET, text)]


def test_short_numbers_are_told_by_two_heads_of_one_row(tmp_path: Path) -> None:
    table = (
        "Table 3. First contact, by age (%)\n\nChannel\tUnder 30\t30–49\t50 and over\nSite\t77\t66\t57\nCall\t5\t12\t22"
    )
    text = "The young hardly ever do: 5% of those under 30 did so, and 22% of those aged 50 and over."
    assert verdicts(tmp_path, table, text) == ["holds", "holds"]
    assert verdicts(tmp_path, table, "It is the 5% of those under 30 that matter.") == []
