"""Numerals and the half unit around them, by the usual meaning of their marks."""

import pytest

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
