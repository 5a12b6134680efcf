"""The Lorenz curve worked by hand, and against the other definition of Gini's coefficient."""

import numpy as np
import pytest

from digital_diplomacy import lorenz
from digital_diplomacy.errors import ArgumentError


def test_points_and_what_is_read_off_them_are_those_worked_by_hand() -> None:
    # 1, 2 and 5 of 8: the least third holds 1/8, the least two 3/8. The area is (0 + 1/8) / 6 + (1/8 + 3/8) / 6 +
    # (3/8 + 1) / 6 = 1/3, and 1 - 2/3 = 1/3. The top third holds 5/8; the top half besides half of the 2: 6/8.
    units, held = lorenz.curve([5, 1, 2])
    assert (units.round(9).tolist(), held.tolist()) == ([0, 0.333333333, 0.666666667, 1], [0, 0.125, 0.375, 1])
    assert lorenz.gini(units, held) == pytest.approx(1 / 3)
    assert lorenz.top_share(units, held, 1 / 3) == pytest.approx(5 / 8)
    assert lorenz.top_share(units, held, 1 / 2) == pytest.approx(6 / 8)
    assert lorenz.gini(*lorenz.curve([3, 3, 3])) == 0


def test_counts_are_units_and_the_coefficient_is_the_mean_difference_over_twice_the_mean() -> None:
    rng = np.random.default_rng(4)
    for _ in range(20):
        values, counts = rng.integers(0, 9, 6).astype(float), rng.integers(1, 5, 6)
        values[0] = 4
        every = np.repeat(values, counts)
        counted, alone = (lorenz.curve(*given) for given in ((values, counts), (every,)))
        differences = np.abs(every[:, None] - every).mean() / (2 * every.mean())
        assert lorenz.gini(*counted) == pytest.approx(differences)
        assert lorenz.gini(*alone) == pytest.approx(differences)
        assert lorenz.top_share(*counted, 0.3) == pytest.approx(lorenz.top_share(*alone, 0.3))


@pytest.mark.parametrize(
    ("values", "counts", "said"),
    [([], None, "one row"), ([0, 0], None, "above 0"), ([1, -1], None, "0 or more"), ([1, np.nan], None, "one row"),
     ([1, 2], [1], "as many counts"), ([1, 2], [1, 0], "each above 0")],
)  # fmt: skip
def test_what_is_no_curve_is_refused(values: list[float], counts: list[float] | None, said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        lorenz.curve(values, counts)
