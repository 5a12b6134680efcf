"""Papers of our own on trade, health and education, and the figures that a reader noted in them by hand."""

from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from digital_diplomacy.extraction import scan, told_apart
from digital_diplomacy.sources import read_paper

NOTED: Final = Path(__file__).parents[2] / "benchmarks" / "claims_scan_papers"

# What the scan is known to read otherwise than the reader: an order of magnitude told once for two figures, two ages,
# a school year, scores out of a hundred; and what it has instead of them or beside them.
OTHERWISE: Final = {"education_kk": {18, 20}, "health_ru": {8, 9}, "trade_en": {1, 19, 20}}
INSTEAD: Final = {
    "education_kk": {"22", "63"},
    "health_ru": {"10 тыс.", "9,8", "7,4"},
    "trade_en": {"2018/19", "2016/17", "70.2", "100", "2"},
}
# Periods of figures below a head or behind a sentence that names another.
OTHER_PERIODS: Final[dict[str, set[int]]] = {"trade_en": {2, 3, 4, 22, 23}}


def noted(document: str) -> dict[int, dict[str, Any]]:
    texts = {"claim_id": str, "entity": str, "period": str}
    claims = pd.read_csv(NOTED / "claims.csv", dtype=texts).fillna({"entity": "", "period": ""})
    rows = claims[claims["document"] == document].to_dict("records")
    return {int(row["claim_id"].removeprefix(f"{document}-")): row for row in rows}


@pytest.mark.parametrize("document", OTHERWISE)
def test_the_figures_a_reader_noted_are_found_and_no_others(document: str, benchmark) -> None:
    judge, blocks = benchmark("claims_scan"), read_paper(NOTED / f"{document}.txt")
    rows, claims = told_apart(scan(blocks), blocks).to_dict("records"), noted(document)

    def answers(claim: dict[str, Any], row: dict[str, Any]) -> bool:
        unit = row["unit"] or "unstated"
        same = judge.same_value(claim, row) and judge.same_unit(claim["unit"], unit)
        return same and judge.overlap(claim["as_printed"], row["as_printed"])

    found = {number: [row for row in rows if answers(claim, row)] for number, claim in claims.items()}
    assert {number for number, answering in found.items() if not answering} <= OTHERWISE[document]
    others = [row for row in rows if row["unit"] != "date" and not any(answers(one, row) for one in claims.values())]
    assert {row["as_printed"] for row in others} <= INSTEAD[document]

    def unlike(column: str) -> set[int]:
        """Figures with another country or period than noted, where "-" is none."""
        said = {number: claim[column] for number, claim in claims.items() if claim[column] and found[number]}
        return {n for n, text in said.items() if ("" if text == "-" else text) not in [row[column] for row in found[n]]}

    assert unlike("entity") == set()
    assert unlike("period") <= OTHER_PERIODS.get(document, set())
