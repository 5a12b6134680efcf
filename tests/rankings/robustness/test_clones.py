import pandas as pd
import pytest

from digital_diplomacy import labels
from digital_diplomacy.rankings.robustness.clones import indicator_clones, rank_reversals, unit_clones

TREE = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})


def steps(method: str, **options: object) -> list[dict[str, object]]:
    skipped = {"method": "none", "reason": "not needed"}
    return [
        *({"step": step, **skipped} for step in ("denominate", "screen", "impute", "treat")),
        {"step": "normalise", "method": method, **options},
        {"step": "weigh", **skipped},
        {"step": "aggregate", "method": "arithmetic"},
    ]


TABLE = pd.DataFrame({"entity": ["u0", "u1", "u2"], "a": [6.0, 4.0, 0.0], "b": [0.0, 1.0, 4.0]})
PLAIN = steps("none", reason="one unit")


def test_min_max_reverses_a_pair_when_the_unit_that_sets_the_scale_leaves() -> None:
    more = pd.DataFrame({"entity": ["u0", "u1", "u2", "u3"], "a": [6.0, 5.0, 0.0, 3.0], "b": [0.0, 0.5, 4.0, 0.2]})
    # With all: u0 is 1/2, u1 (5/6 + 1/8) / 2 = 0.4792. Without u2: a runs from 3 to 6, b from 0 to 0.5: u0 is 1/2, u1
    # (2/3 + 1) / 2 = 0.8333, which is now above. u3: (1/2 + 0.05) / 2 = 0.275 before, (0 + 0.4) / 2 = 0.2 after.
    found = rank_reversals(more, TREE, steps("min_max"), entities=["u2"])
    assert found[["changed", "left", "right"]].to_numpy().tolist() == [["u2", "u0", "u1"]]
    assert found["before"].item() == pytest.approx(0.5 - (5 / 6 + 1 / 8) / 2)
    assert found["after"].item() == pytest.approx(0.5 - (2 / 3 + 1) / 2)


def test_fixed_scales_reverse_nothing() -> None:
    assert rank_reversals(TABLE, TREE, PLAIN).empty
    assert unit_clones(TABLE, TREE, PLAIN).empty


def test_a_copy_of_a_unit_ties_and_leaves_min_max_alone() -> None:
    assert unit_clones(TABLE, TREE, steps("min_max")).empty


def test_a_copy_of_a_unit_reverses_a_pair_under_points_by_rank() -> None:
    # Ranks of a are 3, 2, 1 and of b 1, 3, 2, the best highest; with weights 2.1 and 1 they make 7.3, 7.2, 4.1. A copy
    # of u2 turns them into 4, 3, 1.5 and 1, 4, 2.5: 9.4, 10.3, 5.65, so that u0 falls below u1.
    table = TABLE.assign(a=[3.0, 2.0, 1.0], b=[1.0, 3.0, 2.0])
    found = unit_clones(table, TREE.assign(weight=[2.1, 1.0, 1.0]), steps("rank"), entities=["u2"])
    assert found[["changed", "left", "right"]].to_numpy().tolist() == [["u2", "u0", "u1"]]
    assert found["before"].item() == pytest.approx(0.1 / 3.1)
    assert found["after"].item() == pytest.approx(-0.9 / 3.1)


def test_a_copy_that_comes_off_worse_is_reported() -> None:
    # In the order of rows the first of two equal units has the lower rank, so that a copy does not tie.
    found = unit_clones(TABLE, TREE, steps("rank", ties="ordinal"), entities=["u0"])
    pair = found[found["right"] == "u0 (copy)"]
    assert pair["left"].tolist() == ["u0"]
    assert pair["before"].tolist() == [0.0]
    assert pair["after"].tolist() == [-1.0]


def test_an_indicator_that_counts_twice_moves_ranks_as_worked_by_hand() -> None:
    # Stated: 3, 2.5, 2. With a twice (2 a + b) / 3: 4, 3, 4/3. With b twice (a + 2 b) / 3: 2, 2, 8/3.
    rows = indicator_clones(TABLE, TREE, PLAIN)
    wide = rows.set_index(["measure", "group", "entity"])["value"]
    assert [wide[("rank_indicator_cloned", "a", unit)] for unit in ("u0", "u1", "u2")] == [1, 2, 3]
    assert [wide[("rank_indicator_cloned", "b", unit)] for unit in ("u0", "u1", "u2")] == [2, 2, 1]
    spread = rows[rows["measure"] == "rank_clones"].set_index("entity")
    assert spread[["low", "value", "high"]].to_numpy().tolist() == [[1, 1, 2], [2, 2, 2], [1, 3, 3]]
    for measure in rows["measure"].unique():
        assert labels.text(f"measure.{measure}", "kk")


def test_the_tables_given_are_untouched() -> None:
    table, tree = TABLE.copy(), TREE.copy()
    indicator_clones(TABLE, TREE, PLAIN)
    rank_reversals(TABLE, TREE, PLAIN)
    pd.testing.assert_frame_equal(TABLE, table)
    pd.testing.assert_frame_equal(TREE, tree)


def test_a_unit_that_is_not_ranked_is_refused() -> None:
    with pytest.raises(ValueError, match="entities KAZ are not ranked"):
        rank_reversals(TABLE, TREE, PLAIN, entities=["KAZ"])
