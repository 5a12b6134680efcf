"""Papers of our own on trade, health and education, and the figures that a reader noted in them by hand."""

from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from digital_diplomacy.extraction import scan
from digital_diplomacy.sources import read_paper

NOTED: Final = Path(__file__).parents[2] / "benchmarks" / "claims_scan_papers"

# What the scan is known to read otherwise than the reader: an order of magnitude told once for two figures, two ages,
# a school year, scores out of a hundred, a figure whose unit stands in another sentence.
OTHERWISE: Final = {
    "education_kk": {18, 20, 64},
    "health_ru": {8, 9, 43, 44, 80},
    "trade_en": {1, 17, 19, 20, 73, 74, 81, 83},
}
# And what it has instead of them or beside them.
INSTEAD: Final = {
    "education_kk": {"22", "63"},
    "health_ru": {"10 тыс.", "9,8", "до 7,4", "с 7 726,0 млн до 8 244,6 млн рублей"},
    "trade_en": {"2018/19", "2016/17", "9.4", "70.2", "100", "2", "from 93 to 120"},
}


def noted(document: str) -> dict[int, dict[str, Any]]:
    claims = pd.read_csv(NOTED / "claims.csv", dtype={"claim_id": str})
    rows = claims[claims["document"] == document].to_dict("records")
    return {int(row["claim_id"].removeprefix(f"{document}-")): row for row in rows}


@pytest.mark.parametrize("document", OTHERWISE)
def test_the_figures_a_reader_noted_are_found_and_no_others(document: str, benchmark) -> None:
    judge = benchmark("claims_scan")
    rows = scan(read_paper(NOTED / f"{document}.txt")).to_dict("records")

    def answers(claim: dict[str, Any], row: dict[str, Any]) -> bool:
        same = judge.same_value(claim, row) and judge.same_unit(claim["unit"], row["unit"])
        return same and judge.overlap(claim["as_printed"], row["as_printed"])

    claims = noted(document)
    missed = {number for number, claim in claims.items() if not any(answers(claim, row) for row in rows)}
    assert missed <= OTHERWISE[document]
    others = [row for row in rows if row["unit"] != "date" and not any(answers(one, row) for one in claims.values())]
    assert {row["as_printed"] for row in others} <= INSTEAD[document]
