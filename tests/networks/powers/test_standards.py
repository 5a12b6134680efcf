"""Network power: reach, coverage and lock-in of standards, worked by hand, and their null model."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.powers.standards import adoption_matrix, standard_powers
from digital_diplomacy.tables import ESTIMATES, validate

ACTORS = ["a", "b", "c", "d"]
TIES = pd.DataFrame({"source": ["a", "b", "a", "c"], "target": ["b", "a", "c", "d"]})
ADOPTION = pd.DataFrame({"actor_id": ["a", "b", "c", "d"], "standard": ["s", "s", "s", "t"]})


def generator() -> np.random.Generator:
    return np.random.default_rng(3)


def table(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.pivot_table(index="entity", columns="measure", values="value", dropna=False)


def test_reach_coverage_and_lock_in_by_hand() -> None:
    # 4 actors, 12 ordered pairs, 4 ties. s: 3 of 4 actors; ties a-b, b-a, a-c of 4. Of the 6 pairs of its adopters 3
    # are tied; of the 6 others 1. Lock-in ln[(3.5 x 5.5) / (3.5 x 1.5)] = ln(11/3).
    # t: 1 of 4 actors; no pair of adopters. Lock-in ln[(0.5 x 8.5) / (0.5 x 4.5)] = ln(17/9).
    rows = validate(standard_powers(TIES, ADOPTION, actors=ACTORS, rng=generator(), draws=9), ESTIMATES)
    found = table(rows)
    assert found.loc["s", ["reach", "coverage", "lock_in"]].tolist() == pytest.approx([3 / 4, 3 / 4, np.log(11 / 3)])
    assert found.loc["t", ["reach", "coverage", "lock_in"]].tolist() == pytest.approx([1 / 4, 0, np.log(17 / 9)])
    assert set(rows["n"]) == {4}


def test_without_correction_an_empty_count_leaves_lock_in_missing() -> None:
    # s: ln[(3 x 5) / (3 x 1)] = ln 5; t has no tie and no pair of adopters.
    rows = standard_powers(TIES, ADOPTION, actors=ACTORS, rng=generator(), draws=9, correction="none")
    found = table(rows)
    assert found.loc["s", "lock_in"] == pytest.approx(np.log(5))
    assert np.isnan(found.loc["t", "lock_in"])
    assert np.isnan(found.loc["t", "lock_in_p"])


def test_random_adoption_covers_ties_as_independent_adopters_would() -> None:
    # Every actor has one standard, so the model gives each 3/4 of s and 1/4 of t; both ends have s with (3/4)^2 = 9/16,
    # t with 1/16. Coverage of s is at least 3/4 with probability known by simulation only; that of t, 0, always is.
    rows = standard_powers(TIES, ADOPTION, actors=ACTORS, rng=generator(), draws=20_000)
    found = table(rows)
    assert found.loc["s", "coverage_expected"] == pytest.approx(9 / 16, abs=0.01)
    assert found.loc["t", "coverage_expected"] == pytest.approx(1 / 16, abs=0.01)
    assert found.loc["t", "coverage_p"] == 1
    expected = rows[rows["measure"].str.endswith("_expected")]
    assert set(expected["interval"]) == {"simulation"}
    assert (expected["low"] <= expected["high"]).all()


def test_a_standard_whose_adopters_tie_only_with_each_other_locks_in() -> None:
    # Two cliques of four, each with a standard of its own: no random adoption of these sums does better.
    actors = list("abcdefgh")
    ties = [(u, v) for part in (actors[:4], actors[4:]) for u in part for v in part if u != v]
    edges = pd.DataFrame(ties, columns=["source", "target"])
    adoption = pd.DataFrame({"actor_id": actors, "standard": ["x"] * 4 + ["y"] * 4})
    found = table(standard_powers(edges, adoption, actors=actors, rng=generator(), draws=499))
    assert found.loc["x", "coverage"] == 0.5
    assert found.loc["x", "lock_in_p"] < 0.05
    assert found.loc["x", "lock_in"] > 0


def test_everybody_having_a_standard_tells_nothing_of_it() -> None:
    every = pd.DataFrame({"actor_id": ACTORS, "standard": "s"})
    found = table(standard_powers(TIES, every, actors=ACTORS, rng=generator(), draws=19))
    assert found.loc["s", ["reach", "coverage", "coverage_expected", "coverage_p"]].tolist() == [1, 1, 1, 1]


def test_repeated_adoptions_and_order_do_not_matter() -> None:
    twice = pd.concat([ADOPTION, ADOPTION.head(1)])
    shuffled = standard_powers(TIES.iloc[::-1], twice.iloc[::-1], actors=ACTORS, rng=generator(), draws=9)
    pd.testing.assert_frame_equal(shuffled, standard_powers(TIES, ADOPTION, actors=ACTORS, rng=generator(), draws=9))


def test_no_ties_leave_coverage_missing() -> None:
    found = table(standard_powers(TIES.head(0), ADOPTION, actors=ACTORS, rng=generator(), draws=9))
    assert found["coverage"].isna().all()
    assert found.loc["s", "reach"] == 0.75


def test_matrix_has_a_row_for_those_without_a_standard() -> None:
    found = adoption_matrix(ADOPTION.head(2), ACTORS)
    assert found.to_dict("list") == {"s": [1, 1, 0, 0]}


@pytest.mark.parametrize("adoption", [None, ADOPTION.head(0)])
def test_without_two_mode_data_there_is_no_network_power(adoption: pd.DataFrame | None) -> None:
    with pytest.raises(ValueError, match="network power needs two-mode data, a table `actor_id, standard`"):
        standard_powers(TIES, adoption, actors=ACTORS, rng=generator())


def test_unknown_names_and_corrections_are_refused() -> None:
    with pytest.raises(TableError, match="adoption: z not among the actors"):
        adoption_matrix(pd.DataFrame({"actor_id": ["z"], "standard": ["s"]}), ACTORS)
    with pytest.raises(TableError, match="ties: d not among the actors"):
        standard_powers(TIES, ADOPTION.head(3), actors=["a", "b", "c"], rng=generator())
    with pytest.raises(TableError, match="column `standard` is missing"):
        adoption_matrix(pd.DataFrame({"actor_id": ["a"]}), ACTORS)
    with pytest.raises(ValueError, match="unknown correction 'yates'; allowed: haldane_anscombe, none"):
        standard_powers(TIES, ADOPTION, actors=ACTORS, rng=generator(), correction="yates")  # type: ignore[arg-type]
