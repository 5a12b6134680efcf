"""Counts of claims and findings, each worked by hand."""

import pandas as pd
import pytest

from digital_diplomacy import claims


def test_claims_are_tallied_by_document_and_kind_largest_first() -> None:
    kinds = ["date", "rank", "rank", "date", "date", "rank"]
    printed = pd.DataFrame({"document": ["001", "001", "001", "000", "000", "000"], "kind": kinds})
    found = claims.tally(printed, "en")
    assert found.columns.tolist() == ["document", "claim_kind", "claims_count"]
    # 000: two dates, one rank; 001: two ranks, one date.
    assert found["document"].tolist() == ["000", "000", "001", "001"]
    assert found["claims_count"].tolist() == [2, 1, 2, 1]
    assert found["claim_kind"].str.casefold().tolist() == ["date", "rank", "rank", "date"]


@pytest.mark.parametrize(
    ("verdicts", "reasons", "counts"),
    [
        ([], [], [3, 0, 0, 0, 0, 0, 0]),
        (["holds"], ["certain: 1 = 1"], [3, 1, 1, 1, 0, 0, 0]),
        (["holds", "holds"], ["certain zeros: 1 = 1", "not_contradicted: 2 = 2"], [3, 2, 1, 2, 0, 0, 0]),
        (
            ["fails", "approximate", "approximate", "cannot be checked"],
            ["contradiction: 1 > 0", "about: 1 = 1", "zeros_only: certain", "no_figure: few"],
            [3, 4, 0, 0, 2, 1, 1],
        ),
    ],
)
def test_an_overview_counts_claims_relations_and_every_verdict(
    verdicts: list[str], reasons: list[str], counts: list[int]
) -> None:
    findings = pd.DataFrame({"verdict": pd.Series(verdicts, dtype=str), "reason": pd.Series(reasons, dtype=str)})
    found = claims.overview(pd.DataFrame({"claim_id": ["a", "b", "c"]}), findings)
    names = ["claims", "relations", "certain", "holds", "approximate", "fails", "cannot_be_checked"]
    assert found[[f"{name}_count" for name in names]].to_numpy().tolist() == [counts]
    assert found.shape == (1, len(names))
