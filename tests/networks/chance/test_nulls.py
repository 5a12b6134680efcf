"""Null models: what they keep, what they give on average, and how p values are counted and corrected."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_diplomacy.networks.chance.nulls import (
    bipartite_configuration,
    check_draws,
    holm,
    max_statistic_p,
    p_value,
    reoriented_shares,
    rewired,
    rewirings_of,
    standardised,
)
from digital_diplomacy.networks.graphs.arrays import Graph, graph


def generator() -> np.random.Generator:
    return np.random.default_rng(20)


def network(*ties: str) -> Graph:
    """A network from texts like ``a-b:2``."""
    parts = [tie.partition(":") for tie in ties]
    pairs = [part[0].split("-") for part in parts]
    return graph(
        pd.DataFrame(
            {
                "source": [pair[0] for pair in pairs],
                "target": [pair[1] for pair in pairs],
                "weight": [float(part[2] or 1) for part in parts],
            }
        )
    )


# Exceedances


def test_the_observed_network_is_one_of_the_draws() -> None:
    # Draws 1, 2, 3, 4: two are at least 3, so (2 + 1) / (4 + 1); three are at most 3, so (3 + 1) / 5; twice the
    # smaller is 1.2, and p is at most 1.
    null = np.array([1.0, 2.0, 3.0, 4.0])
    assert p_value(3, null) == pytest.approx(3 / 5)
    assert p_value(3, null, tail="less") == pytest.approx(4 / 5)
    assert p_value(3, null, tail="two_sided") == 1
    assert p_value(9, null) == pytest.approx(1 / 5)
    assert p_value(9, null, tail="two_sided") == pytest.approx(2 / 5)


def test_values_that_differ_by_rounding_are_equal() -> None:
    assert p_value(0.3, np.array([0.1 + 0.2, 0.3 - 1e-15])) == 1


def test_missing_draws_are_left_out_and_a_missing_value_has_no_p() -> None:
    assert p_value(2, np.array([1.0, np.nan, 3.0])) == pytest.approx(2 / 3)
    assert np.isnan(p_value(np.nan, np.array([1.0])))
    assert np.isnan(p_value(1, np.array([np.nan])))


@given(st.floats(-5, 5), st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_p_lies_between_one_draw_and_all(observed: float, draws: list[float]) -> None:
    null = np.array(draws)
    sides = [p_value(observed, null, tail=tail) for tail in ("greater", "less", "two_sided")]
    assert min(sides) >= 1 / (len(null) + 1)
    assert max(sides) <= 1
    assert sides[0] + sides[1] >= 1


def test_the_largest_statistic_of_a_draw_decides_for_all_entries() -> None:
    # Largest of the draws: 5, 5, 2. Against 1 all three reach, against 5 two, against 9 none: (b + 1) / 4.
    null = np.array([[0.0, 5.0, np.nan], [5.0, 1.0, 0.0], [2.0, 0.0, 1.0]])
    found = max_statistic_p(np.array([1.0, 5.0, 9.0]), null)
    assert found.tolist() == [1.0, 3 / 4, 1 / 4]
    assert np.isnan(max_statistic_p(np.array([np.nan]), np.array([[1.0]]))[0])


def test_among_many_actors_one_that_chance_would_single_out_does_not_stand_out() -> None:
    # 40 fair coins tossed six times: six heads has p = 1/64 = 0.016 for one coin, but among 40 coins one or more shows
    # it in 1 - (63/64)^40 = 0.467 of the draws.
    drawn = np.random.default_rng(5)
    null = drawn.binomial(6, 0.5, size=(4000, 40)).astype(float)
    observed = np.full(40, 3.0)
    observed[7] = 6.0
    assert p_value(6.0, null[:, 7]) < 0.05
    assert max_statistic_p(observed, null)[7] == pytest.approx(1 - (63 / 64) ** 40, abs=0.03)


def test_holm_multiplies_the_smallest_by_the_number_of_tests() -> None:
    # 0.01 x 4 = 0.04; 0.02 x 3 = 0.06; 0.03 x 2 = 0.06; 0.5 x 1. The missing one is no test.
    found = holm(np.array([0.03, 0.5, 0.01, np.nan, 0.02]))
    assert found[[0, 1, 2, 4]].tolist() == pytest.approx([0.06, 0.5, 0.04, 0.06])
    assert np.isnan(found[3])
    assert holm(np.array([0.6, 0.9])).tolist() == [1.0, 1.0]


def test_scores_count_the_observed_as_one_of_the_draws() -> None:
    # 3, 0, 0: mean 1, variance (4 + 1 + 1) / 3 = 2. The second entry never changes.
    scores, drawn = standardised(np.array([3.0, 7.0]), np.array([[0.0, 7.0], [0.0, 7.0]]))
    assert scores[0] == pytest.approx(2 / np.sqrt(2))
    assert drawn[:, 0].tolist() == pytest.approx([-1 / np.sqrt(2)] * 2)
    assert np.isnan(scores[1])


def test_unknown_tail_and_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown tail 'both'; allowed: greater, less, two_sided"):
        p_value(1, np.array([1.0]), tail="both")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="draws is 0; at least 1 expected"):
        check_draws(0)


# Reorientation


def test_reoriented_dyads_take_every_pattern_equally_often() -> None:
    # Dyads (3, 0) and (1, 0), total 4: the four patterns give 4/4, 3/4, 1/4, 0/4, each with probability 1/4.
    found = reoriented_shares(np.array([3.0, 1.0]), np.array([0.0, 0.0]), rng=generator(), draws=8000)
    shares, counts = np.unique(found, return_counts=True)
    assert shares.tolist() == [0, 0.25, 0.75, 1]
    assert counts / 8000 == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 8000))


def test_reorientation_expects_half_with_the_variance_of_independent_coins() -> None:
    # in - out = 2, -1, 4, 0; total 2 + 3 + 6 + 2 = 13; variance (4 + 1 + 16) / (4 * 169) = 21 / 676.
    found = reoriented_shares(
        np.array([2.0, 1.0, 5.0, 1.0]), np.array([0.0, 2.0, 1.0, 1.0]), rng=generator(), draws=20000
    )
    error = np.sqrt(21 / 676 / 20000)
    assert found.mean() == pytest.approx(1 / 2, abs=4 * error)
    assert found.var() == pytest.approx(21 / 676, rel=0.05)


def test_balanced_dyads_leave_nothing_to_chance() -> None:
    assert set(reoriented_shares(np.array([2.0, 1.0]), np.array([2.0, 1.0]), rng=generator(), draws=5)) == {0.5}


def test_many_dyads_are_drawn_in_blocks() -> None:
    found = reoriented_shares(np.ones(10_000), np.zeros(10_000), rng=generator(), draws=50)
    assert found.mean() == pytest.approx(0.5, abs=0.005)


# Rewiring


def test_rewiring_keeps_ties_paid_and_received_and_what_each_pays() -> None:
    rng = generator()
    matrix = rng.random((30, 30)) < 0.2
    np.fill_diagonal(matrix, False)
    rows, columns = np.nonzero(matrix)
    names = [f"n{number:02}" for number in range(30)]
    ties = pd.DataFrame(
        {"source": np.take(names, rows), "target": np.take(names, columns), "weight": rng.random(len(rows)) + 0.1}
    )
    given_ = graph(ties, nodes=names)
    found = rewired(given_, rng=rng)
    for axis in (0, 1):
        assert found.binary.sum(axis=axis).tolist() == given_.binary.sum(axis=axis).tolist()
    assert found.weights.sum(axis=1) == pytest.approx(given_.weights.sum(axis=1))
    assert found.weights.diagonal().sum() == 0
    assert found.ties == given_.ties
    assert (found.weights != given_.weights).nnz > 0


def test_rewiring_reaches_every_network_of_these_ties_equally_often() -> None:
    # Each of four actors pays and receives one tie: the networks without loops are the nine derangements of four.
    found = [rewired(network("a-b", "b-a", "c-d", "d-c"), rng=rng) for rng in [generator()] for _ in range(540)]
    kinds, counts = np.unique([tuple(drawn.weights.indices.tolist()) for drawn in found], axis=0, return_counts=True)
    assert len(kinds) == 9
    assert counts / 540 == pytest.approx(1 / 9, abs=4 * np.sqrt(1 / 9 * 8 / 9 / 540))


def test_the_same_generator_gives_the_same_network() -> None:
    given_ = network("a-b:2", "b-c", "c-d:5", "d-a", "a-c")
    first, second = (rewired(given_, rng=generator()).weights.toarray() for _ in range(2))
    assert (first == second).all()


def test_rewiring_an_undirected_network_keeps_degrees_and_weights() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("a", "f"), ("a", "d")]
    ties = pd.DataFrame(pairs, columns=["source", "target"]).assign(weight=range(1, 8))
    network = graph(ties, directed=False)
    found = rewired(network, rng=generator())
    assert (found.weights != found.weights.T).nnz == 0
    assert found.binary.sum(axis=0).tolist() == network.binary.sum(axis=0).tolist() == [3, 2, 2, 3, 2, 2]
    assert sorted(found.pairs()[2]) == [1, 2, 3, 4, 5, 6, 7]
    assert found.weights.diagonal().sum() == 0


def test_rewiring_without_trials_is_refused() -> None:
    with pytest.raises(ValueError, match="swaps is 0"):
        rewired(network("a-b"), rng=generator(), swaps=0)


def ring(actors: int, *, steps: int) -> Graph:
    """Everybody attends to the next actors round a circle."""
    names = np.array([f"n{number:05}" for number in range(actors)])
    ends = [(names, np.roll(names, -step)) for step in range(1, steps + 1)]
    frame = pd.DataFrame(
        {end: np.concatenate([pair[at] for pair in ends]) for at, end in enumerate(("source", "target"))}
    )
    return graph(frame)


def test_a_chain_of_rewirings_keeps_what_everybody_pays_and_receives_and_moves_on() -> None:
    given_ = ring(1001, steps=10)  # 10,010 ties, more than are rewired each from the observed network
    seen = []
    for drawn in rewirings_of(given_, rng=generator(), draws=3):
        assert set(drawn.outdegree()) == set(drawn.indegree()) == {10}
        assert drawn.is_simple()
        seen.append(set(drawn.get_edgelist()))
    assert len(seen) == 3
    assert len(seen[0] & seen[1]) < 8_000


def test_the_observed_network_stands_anywhere_in_its_chain() -> None:
    # Switching half of the ties takes longer than one step: neighbours of the observed network share most with it, the
    # ends of a long chain least. If it stood at the beginning, the last draw would share least every time.
    given_ = ring(1001, steps=10)
    observed = set(zip(*(place.tolist() for place in given_.pairs()[:2]), strict=True))
    last = []
    for seed in range(8):
        shared = [
            len(observed & set(drawn.get_edgelist()))
            for drawn in rewirings_of(given_, rng=np.random.default_rng(seed), draws=3)
        ]
        last.append(shared[-1] == min(shared))
    assert 0 < sum(last) < 8


def test_turning_many_dyads_gives_half_with_the_variance_of_coins() -> None:
    inward, outward = np.repeat([3.0, 0.0], 3000), np.repeat([0.0, 1.0], 3000)
    shares = reoriented_shares(inward, outward, rng=generator(), draws=4000)
    # total 12,000; variance sum (in - out)^2 / (4 total^2) = (9 x 3000 + 3000) / (4 x 12000^2)
    spread = np.sqrt(30_000 / 4) / 12_000
    assert shares.mean() == pytest.approx(0.5, abs=4 * spread / np.sqrt(4000))
    assert shares.std() == pytest.approx(spread, rel=0.06)


# Bipartite configuration model


def test_square_with_equal_sums_has_equal_chances() -> None:
    # Every row and column of a permutation matrix sums to 1: by symmetry each of the 3 x 3 cells has 1/3.
    assert bipartite_configuration(np.eye(3)).probabilities == pytest.approx(np.full((3, 3), 1 / 3))


def test_full_row_is_certain_and_leaves_a_smaller_problem() -> None:
    # Rows sum to 1, 2, 1 and columns to 2, 2: the full row is certain; what is left, 1 and 1 against 1 and 1, is 1/2 in
    # every cell.
    found = bipartite_configuration(np.array([[1, 0], [1, 1], [0, 1]])).probabilities
    assert found == pytest.approx(np.array([[0.5, 0.5], [1, 1], [0.5, 0.5]]))


def test_chances_have_the_form_of_maximum_entropy() -> None:
    # Odds x_i y_j: in every two rows and columns the odds ratio is 1.
    matrix = np.array([[1, 1, 0, 1], [0, 1, 0, 0], [0, 1, 1, 1], [1, 0, 0, 1], [0, 0, 0, 1]])
    chances = bipartite_configuration(matrix).probabilities
    odds = chances / (1 - chances)
    assert odds / odds[0] == pytest.approx(np.tile((odds / odds[0])[:, :1], 4))


@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(2, 9), st.floats(0.05, 0.95))
def test_sums_are_reproduced(start: int, rows: int, columns: int, density: float) -> None:
    matrix = np.random.default_rng(start).random((rows, columns)) < density
    chances = bipartite_configuration(matrix).probabilities
    assert chances.sum(axis=1) == pytest.approx(matrix.sum(axis=1), abs=1e-6)
    assert chances.sum(axis=0) == pytest.approx(matrix.sum(axis=0), abs=1e-6)
    assert (chances >= 0).all()
    assert (chances <= 1).all()


def test_order_of_rows_does_not_matter() -> None:
    matrix = np.array([[1, 1, 0, 1], [0, 1, 0, 0], [0, 1, 1, 1], [1, 0, 0, 1], [0, 0, 0, 1]])
    turned = bipartite_configuration(matrix[::-1]).probabilities[::-1]
    assert turned == pytest.approx(bipartite_configuration(matrix).probabilities)


def test_drawn_columns_have_the_expected_sum() -> None:
    model = bipartite_configuration(np.array([[1, 0], [1, 1], [0, 1]]))
    drawn = model.draw_column(0, rng=generator(), draws=4000)
    assert drawn.shape == (4000, 3)
    assert drawn[:, 1].all()
    assert drawn.sum(axis=1).mean() == pytest.approx(2, abs=0.05)


def test_cells_other_than_zero_and_one_are_refused() -> None:
    with pytest.raises(ValueError, match="holds 0 and 1 only"):
        bipartite_configuration(np.array([[2.0, 0.0]]))
