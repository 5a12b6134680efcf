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
        ("It has 612 diplomats. Of all 408 left.", ["612 = 612 persons number", "408 = 408 persons number"]),  # told on
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
