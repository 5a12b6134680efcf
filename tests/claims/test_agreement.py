"""Agreement of two readers, worked by hand."""

import pytest

from digital_diplomacy import claims


def test_no_units_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 0 and not all 0"):
        claims.prevalence(both=0, only_first=0, only_second=0, neither=0)
