"""One table of an index, and the groups of places that draws tell apart."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.rankings.composite.pipeline import default_steps, run
from digital_diplomacy.rankings.robustness.overview import ranking_table, tiers
from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty, simulate

TREE = pd.DataFrame({"code": ["a", "b", "c", "index"], "parent": ["index", "index", "index", ""]})
# Scores: K (100, 0, 100), L (75, 25, 0), M (75, 75, 50) with a imputed by the median 3, N (0, 100, 50), O (0, 0, 0).
TABLE = pd.DataFrame(
    {
        "entity": list("KLMNO"),
        "a": [4.0, 3.0, np.nan, 0.0, 0.0],
        "b": [1.0, 2.0, 4.0, 5.0, 1.0],
        "c": [3.0, 1.0, 2.0, 2.0, 1.0],
    }
)


def uncertainty(above: list[list[int]], nominal: list[int], draws: int = 100) -> Uncertainty:
    units = len(nominal)
    failures = pd.DataFrame({"cause": pd.Series(dtype=str), "draws": pd.Series(dtype=int)})
    counts = np.full((units, units), draws // units)
    return Uncertainty(tuple("ABCD"[:units]), "", np.array(nominal), counts, np.array(above), draws, failures)


def test_a_cut_needs_every_unit_before_it_ahead_of_every_one_after_it() -> None:
    # A is ahead of all in 96 and more; B and C are open; D falls behind B but not behind C.
    above = [[0, 96, 97, 99], [4, 0, 60, 98], [3, 40, 0, 90], [1, 2, 10, 0]]
    found = tiers(uncertainty(above, [1, 2, 3, 4]))
    assert found["tier"].tolist() == [1, 2, 2, 2]
    assert found[["first", "last"]].drop_duplicates().to_numpy().tolist() == [[1, 1], [2, 4]]
    assert tiers(uncertainty(above, [1, 2, 3, 4]), share=0.9)["tier"].tolist() == [1, 2, 2, 3]


def test_groups_stand_in_the_order_of_the_ranks_and_tied_units_are_not_told_apart() -> None:
    above = [[0, 0, 0], [100, 0, 0], [100, 0, 0]]
    found = tiers(uncertainty(above, [3, 1, 1]))
    assert found["entity"].tolist() == ["B", "C", "A"]
    assert found["tier"].tolist() == [1, 1, 2]


@pytest.mark.parametrize("share", [0.5, 1.01])
def test_a_share_that_is_no_majority_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match=r"above 0\.5 and at most 1"):
        tiers(uncertainty([[0, 1], [1, 0]], [1, 2]), share=share)


def test_the_table_has_scores_ranks_bounds_and_counts_in_the_order_of_ranks() -> None:
    made = run(TABLE, TREE, default_steps())
    table = ranking_table(made).set_index("entity")
    # a of M is imputed by the median of 4, 3, 0, 0 = 1.5: 37.5, so that M has (37.5 + 75 + 50) / 3.
    assert table["score"].to_dict() == pytest.approx(
        {"K": 200 / 3, "M": 162.5 / 3, "N": 50, "L": 100 / 3, "O": 0}, abs=1e-9
    )
    assert table["rank"].tolist() == [1, 2, 3, 4, 5]
    assert table["imputed"].tolist() == [0, 1, 0, 0, 0]
    # With a between 0 and 100, M has 41.7 to 75: before K, or behind N.
    assert table.loc["M", ["missing_low", "missing_high"]].tolist() == [1, 3]
    assert table.loc["L", ["missing_low", "missing_high"]].tolist() == [4, 4]
    assert table[["median", "low", "high"]].isna().all(axis=None)


def test_ranges_are_those_of_the_draws_and_a_mean_without_bounds_leaves_them_empty() -> None:
    steps = [step | ({"method": "copeland"} if step["step"] == "aggregate" else {}) for step in default_steps()]
    factors = [{"factor": "weights", "spread": 0.25}]
    found = simulate(TABLE, TREE, steps, factors, draws=50, rng=np.random.default_rng(1))
    table = ranking_table(run(TABLE, TREE, steps), found)
    assert table["missing_low"].isna().all()
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
