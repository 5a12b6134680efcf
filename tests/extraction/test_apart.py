"""Numerals and the half unit around them, and what of a sentence is told apart: ends, lives, units, addresses."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import sources
from digital_diplomacy.extraction import scan, told_apart
from digital_diplomacy.extraction.apart import _number, _rounded


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("5", 5),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("1,234", 1234),
        ("1.234", 1234),
        ("0,234", 0.234),  # no group begins with zero
        ("1,2345", 1.2345),
        ("1 234", 1234),
        ("1\u00a0234 567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1234,567", 1234.567),
        ("1.23,45", 12_345),  # two marks that group no threes: its digits
    ],
)
def test_a_numeral_is_read_by_its_marks(numeral: str, number: float) -> None:
    assert _number(numeral) == number


@pytest.mark.parametrize(
    ("numeral", "value", "unit", "ends"),
    [
        ("40", 40, "users", (40, 40)),  # counted
        ("999", 999, "users", (999, 999)),
        ("1000", 1000, "users", (999.5, 1000.5)),
        ("40", 40, "percent", (39.5, 40.5)),
        ("2.5", 2.5, "users", (2.45, 2.55)),
        ("2,5", 2_500_000, "users", (2_450_000, 2_550_000)),
        ("3", 3000, "users", (2500, 3500)),
        ("2.0", 2.0, "percent", (1.95, 2.05)),
        ("0", 0, "users", (0, 0)),
    ],
)
def test_the_interval_is_half_a_unit_of_the_last_digit_in_the_scale(
    numeral: str, value: float, unit: str, ends: tuple[float, float]
) -> None:
    assert _rounded(numeral, value, unit) == pytest.approx(ends)


def apart(folder: Path, text: str) -> pd.DataFrame:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(folder / "paper.txt")
    return told_apart(scan(blocks), blocks)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # the two ends of a change, each with its own words and place
        ("It rose from 40% to 46%.", ["40% = 40 percent number", "46% = 46 percent number"]),
        ("It rose from 2 million to 3 million users.", ["2 million = 2000000 users number",
                                                       "3 million users = 3000000 users number"]),
        ("It rose from 2 to 3 million users.", ["2 = 2000000 users implied", "3 million users = 3000000 users number"]),
        ("It ranges from 40 to 46 percent.", ["from 40 to 46 percent = nan percent number"]),
        ("It rose, at 2,700 to 2,800 hotels.", ["2,700 to 2,800 = nan items number"]),
        ("The age rose from 40 to 46 years.", ["from 40 to 46 years = nan years number"]),
        ("Үлесі 38-ден 52 пайызға өсті.", ["38-ден = 38 percent number", "52 пайызға = 52 percent number"]),
        # who "they" are
        ("It has 612 diplomats. Of them 408 left.", ["612 = 612 persons number", "408 = 408 persons number"]),
        ("It has 612 diplomats.\n\nOf them 408 left.", ["612 = 612 persons number",
                                                       "408 = 408 items number"]),
        ("It has 612 diplomats. It is so in 2 towns. Of them 408 left.",
         ["612 = 612 persons number", "2 = 2 items number", "408 = 408 persons number"]),
        ("It has 612 diplomats and 20 users. Of them 408 left.",
         ["612 = 612 persons number", "20 users = 20 users number", "408 = 408 persons number"]),  # 20 hold no 408
        ("It has 612 diplomats for 20 days. Of them 408 left.",
         ["612 = 612 persons number", "20 days = 20 days number", "408 = 408 persons number"]),
        # carried on
        ("It has 612 diplomats. Of all 408 left.", ["612 = 612 persons number", "408 = 408 persons number"]),
        ("It has 612 masts. Of them 408 left.", ["612 = 612 items number", "408 = 408 items number"]),
        # years of a life, and in the wrong order
        ("Georg Simmel (1858–1918) wrote.", ["1858 = nan date date", "1918 = nan date date"]),
        ("In 1918–1858 it was.", ["1918 = nan date date", "1858 = nan date date"]),
        ("Of 12%1918–1858 all.", ["12% = 12 percent number", "1918 = nan date date", "1858 = nan date date"]),
    ],
)  # fmt: skip
def test_figures_of_a_sentence_are_told_apart(tmp_path: Path, text: str, told: list[str]) -> None:
    rows = apart(tmp_path, text)
    assert [f"{one.as_printed} = {one.value:.10g} {one.unit} {one.reading}" for one in rows.itertuples()] == told
    joined = text.replace("\n\n", "\n")  # offsets are those in the blocks, joined by line feeds
    assert [joined[one.start : one.end] for one in rows.itertuples()] == list(rows["as_printed"])
    assert list(rows["claim_id"]) == [f"NEW-{number:03}" for number in range(1, len(rows) + 1)]


def test_dates_of_lives_have_no_value_and_their_own_years(tmp_path: Path) -> None:
    rows = apart(tmp_path, "Georg Simmel (1858–1918) wrote.")
    assert list(rows["value_date"]) == ["1858", "1918"]
    assert rows[["value", "low", "high"]].isna().all(axis=None)
    assert list(rows["period"]) == ["", ""]
    assert set(rows["kind"]) == set(rows["measure"]) == {"date"}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://site.kz/2019/03/12/news", ("2019/03/12", "2019-03-12")),
        ("https://site.kz/2019-03/news", ("2019-03", "2019-03")),
        ("https://site.kz/news-2019", ("2019", "2019")),
        ("https://site.kz/20190312", ("20190312", "2019-03-12")),
        ("https://site.kz/2019/news/2020", ("2019", "2019")),  # the first of them
        ("https://site.kz/12019", None),
        ("https://site.kz/1979", None),
        ("https://site.kz/2045", None),
        ("https://site.kz/20192", None),
    ],
)
def test_a_date_in_an_address_of_the_references_is_a_figure(
    tmp_path: Path, address: str, told: tuple[str, str] | None
) -> None:
    rows = apart(tmp_path, f"Text of 12 towns.\n\n## References\n\n1. Author A. Roads. {address}\n")[1:]
    assert [(one.as_printed, one.value_date) for one in rows.itertuples()] == ([told] if told else [])
    for one in rows.itertuples():
        assert (one.unit, one.reading, one.bound, one.in_references) == ("date", "implied", "exact", True)
    assert len(apart(tmp_path, f"Text of 12 towns: {address} is cited.")) == 1


def test_a_paper_may_have_no_figure_but_a_date_in_an_address(tmp_path: Path) -> None:
    rows = apart(tmp_path, "Text.\n\n## References\n\n1. Author A. Roads. https://site.kz/2019/03/12/news\n")
    assert rows[["claim_id", "document", "value_date"]].to_numpy().tolist() == [["NEW-001", "NEW", "2019-03-12"]]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        # "they" are the only count of the sentence before
        ("It has 612 diplomats. Some of those 408 left.", ["persons", "persons"]),
        ("It has 612 diplomats for 5 days. Some of those 408 left.", ["persons", "days", "persons"]),
        ("It has 612 diplomats and 20 users. Some of those 408 left.", ["persons", "users", "items"]),
        ("It has 612 diplomats. It rains. Some of those 408 left.", ["persons", "items"]),
        ("It has 612 diplomats.\n\nSome of those 408 left.", ["persons", "items"]),
        ("It has 612 masts. Some of those 408 left.", ["items", "items"]),
        ("It has 612 diplomats. Of 30 masts, some of those 408 left.", ["persons", "items", "items"]),
        ("Мұрағатта 64 300 хабарлама бар. Олардың 28 935 орыс тілінде жазылған.", ["messages", "messages"]),
        # parts of "them" with a share
        (
            "It has 612 diplomats. Of 30 masts and of them 408 left, 204 (33%) stayed.",
            ["persons", "items", "persons", "persons", "percent"],
        ),
        ("It has 612 diplomats. Of them 408 left, 204 masts (33%) stayed.", ["persons", "persons", "items", "percent"]),
        # what something grew to, behind a sentence with one count
        ("It has 612 diplomats for 5 months. It grew by 8% to 660.", ["persons", "months", "percent", "persons"]),
        ("It has 612 diplomats and 20 users. It grew by 8% to 660.", ["persons", "users", "percent", "items"]),
        ("It has 612 diplomats. It grew by 8% to 660 masts.", ["persons", "percent", "items"]),
        ("It has 61.5% of 612 diplomats. It grew by 8% to 660.", ["percent", "persons", "percent", "persons"]),
        # "the" number told before, of twenty and more
        ("It had 20 drivers. It rained. Of the 20, 8 left.", ["persons", "persons", "persons"]),
        ("It had 19 drivers. It rained. Of the 19, 8 left.", ["persons", "items", "items"]),
        ("It had 20 drivers. It rained. Of the 20 masts, 8 left.", ["persons", "items", "items"]),
        ("It had 20 drivers. It rained. Of the 21, 8 left.", ["persons", "items", "items"]),
        ("It took 20 hours. It rained. Of the 20, 8 left.", ["hours", "items", "items"]),
        # two ends and the step between them are of one unit
        ("It rose from 900 to 1,000 drivers, by 100.", ["persons"] * 3),
        ("It rose from 900 drivers to 1,000, by 100.", ["persons"] * 3),
        ("It rose from 900 to 1,000, by 100 drivers.", ["persons"] * 3),
        ("It rose from 900 to 1,000 drivers, by 12%.", ["persons", "persons", "percent"]),
        ("It had 2,700 drivers, 300 fewer than in May (3,000).", ["persons"] * 3),
        ("It had 2,700 masts, 300 fewer than in May (3,000).", ["items"] * 3),
        (
            "Добыча руды сократится с 5,2 до 4,4 млн тонн, зато угля вырастет до 3,3 млн тонн – на 400 тысяч больше "
            "прошлогодних 2,9 млн.",
            [""] * 5,
        ),
        # but not where both have a noun
        ("It has 2,000 hotels, up from 3,000 users.", ["items", "users"]),
        ("It rose from 2,000 hotels to 3,000 users.", ["items", "users"]),
        # places of a ranking
        ("The port ranked 58th, five rungs down.", ["rank", "places"]),
        ("The port is old, five rungs down.", ["items"]),
    ],
)
def test_bare_numbers_have_the_unit_of_what_they_are_set_against(tmp_path: Path, text: str, units: list[str]) -> None:
    assert list(apart(tmp_path, text)["unit"]) == units


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It went from 2 to 3 million letters.", [2e6, 3e6]),
        ("It went from 9 to 2 million letters.", [9e6, 2e6]),  # less than five times apart
        ("It went from 10 to 2 million letters.", [10, 2e6]),
        ("It fell from 10 to 2 million letters.", [10e6, 2e6]),
        ("It rose from 10 to 2 million letters.", [10, 2e6]),
        ("It went from 0.5 to 2 million letters.", [0.5e6, 2e6]),
        ("It went from 2 to 300 letters.", [2, 300]),
    ],
)
def test_a_scale_is_shared_where_the_ends_then_go_the_way_told(tmp_path: Path, text: str, values: list[float]) -> None:
    assert list(apart(tmp_path, text)["value"]) == values


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Доля упала до 27,7 %.", "exact"),
        ("Доля до 27,7 %.", "at_most"),
        ("Papers are to be submitted by 30 November 2023.", "exact"),
        ("Papers may be read by 30 November 2023.", "at_most"),
        ("Read it by 30 November 2023, " + "and so " * 3 + "apply.", "exact"),  # within thirty characters behind it
        ("Read it by 30 November 2023, " + "and so " * 4 + "apply.", "at_most"),
        ("Submit it; papers may be read by 30 November 2023.", "at_most"),  # another clause
    ],
)
def test_a_word_of_bound_that_says_where_a_change_or_a_term_ends_bounds_nothing(
    tmp_path: Path, text: str, bound: str
) -> None:
    assert apart(tmp_path, text)["bound"].tolist() == [bound]
