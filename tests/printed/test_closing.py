"""Stored figures with closing zeros have the ends of figures that are read."""

import math

import pytest

from digital_diplomacy import claims, penetration, sources
from digital_diplomacy.printed import Convention, filled, read


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("741,000", (740_500, 741_500)),
        ("741,200", (741_150, 741_250)),
        ("741,003", (741_002.5, 741_003.5)),
        ("1,000", (500, 1_500)),
        ("3,700", (3_650, 3_750)),
        ("15.47 million", (15_465_000, 15_475_000)),
        ("2,700 to 2,800", (2_650, 2_850)),
        ("999", (998.5, 999.5)),
    ],
)
def test_ends_are_those_of_the_digits_before_the_zeros(text: str, ends: tuple[float, float]) -> None:
    found = read(text, convention=Convention("en", ".", ","))
    assert filled(float(found.low), float(found.high)) == ends
    assert (found.low_filled, found.high_filled) == ends


def test_a_missing_end_stays_missing() -> None:
    low, high = filled(14_000_000.0, math.nan)
    assert low == 14_000_000
    assert math.isnan(high)


@pytest.mark.parametrize("name", ["datareportal", "programme_targets"])
def test_tables_are_read_as_the_audit_of_claims_reads_the_same_figures(name: str) -> None:
    audited = claims.parse(sources.load("claims"), sources.load("documents"))
    audited = audited.dropna(subset=["low_filled"]).drop_duplicates(["document", "as_printed"])
    rows = penetration.outer_ends(sources.load(name)).dropna(subset=["low", "high"])
    both = rows.merge(audited, on=["document", "as_printed"], suffixes=("", "_audited"))
    both = both[both["value"] >= 1000]
    assert len(both) >= 2
    assert both[["low", "high"]].to_numpy().tolist() == both[["low_filled", "high_filled"]].to_numpy().tolist()
