"""Agreement of two readers, worked by hand."""

import pytest

from digital_diplomacy import claims


def test_adjusted_kappa_is_twice_the_agreement_less_one() -> None:
    # 35 of 50 agree: 2 * 0.7 - 1 = 0.4. Cohen's own example of 1960: 176 of 200 agree, 0.76.
    assert claims.adjusted_kappa(both=20, only_first=5, only_second=10, neither=15) == pytest.approx(0.4)
    assert claims.adjusted_kappa(both=100, only_first=12, only_second=12, neither=76) == pytest.approx(0.76)


def test_kappa_falls_with_prevalence_and_adjusted_kappa_does_not() -> None:
    even = {"both": 45, "only_first": 5, "only_second": 5, "neither": 45}
    rare = {"both": 1, "only_first": 5, "only_second": 5, "neither": 89}
    assert (claims.prevalence(**even), claims.prevalence(**rare)) == (0.5, 0.06)
    assert claims.adjusted_kappa(**even) == claims.adjusted_kappa(**rare) == pytest.approx(0.8)
    # By chance 0.06 * 0.06 + 0.94 * 0.94 = 0.8872: (0.9 - 0.8872) / 0.1128 = 0.1135.
    assert claims.kappa(**rare) == pytest.approx(0.1135, abs=5e-5)


def test_no_units_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 0 and not all 0"):
        claims.prevalence(both=0, only_first=0, only_second=0, neither=0)
