"""Who is chosen, against every network in which everybody chooses as many."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from digital_diplomacy.networks import attention_received, chosen_found, graph

NAMES = "abcd"


def every_network(paid: tuple[int, ...]) -> np.ndarray:
    """All matrices in which actor i attends to paid[i] others, shape (networks, n, n)."""
    n = len(paid)
    rows = [list(itertools.combinations([j for j in range(n) if j != i], many)) for i, many in enumerate(paid)]
    found = []
    for choice in itertools.product(*rows):
        matrix = np.zeros((n, n))
        for i, targets in enumerate(choice):
            matrix[i, list(targets)] = 1
        found.append(matrix)
    return np.array(found)


def frame_of(matrix: np.ndarray) -> pd.DataFrame:
    rows, columns = np.nonzero(matrix)
    return pd.DataFrame({"source": [NAMES[i] for i in rows], "target": [NAMES[j] for j in columns]})


def values(rows: pd.DataFrame, measure: str, column: str = "value") -> list[float]:
    return rows[rows["measure"] == measure].sort_values("entity")[column].tolist()


@pytest.mark.parametrize("paid", [(2, 1, 3, 1), (1, 1, 1, 1), (0, 2, 1, 3), (2, 2, 2, 0)])
def test_attention_is_compared_with_every_network_of_these_choices(paid: tuple[int, ...]) -> None:
    networks = every_network(paid)
    received = networks.sum(axis=1)
    for observed in networks[:: max(len(networks) // 5, 1)]:
        rows = attention_received(graph(frame_of(observed), nodes=NAMES))
        assert values(rows, "in_degree") == observed.sum(axis=0).tolist()
        assert values(rows, "in_degree_expected") == pytest.approx(received.mean(axis=0).tolist())
        chances = np.array([(received[:, j] >= observed[:, j].sum()).mean() for j in range(4)])
        free = [any(0 < many < 3 for i, many in enumerate(paid) if i != j) for j in range(4)]
        tested = chances[free]
        # Holm: the k-th smallest times n - k + 1, never below a smaller one, at most 1.
        order = np.argsort(tested, kind="stable")
        steps = np.minimum(np.maximum.accumulate(tested[order] * np.arange(len(order), 0, -1)), 1)
        adjusted = np.full(4, np.nan)
        adjusted[np.flatnonzero(free)[order]] = steps
        assert values(rows, "in_degree_p") == pytest.approx(adjusted.tolist(), nan_ok=True)
        assert set(values(rows, "in_degree_p", "n")) == {sum(free)}
        assert set(values(rows, "in_degree", "n")) == {3}


def test_the_middle_of_chance_is_that_of_a_binomial_number_where_all_choose_alike() -> None:
    # 41 actors of whom each attends to the next four: all others choose one with 4/40, independently.
    names = np.array([f"n{number:02}" for number in range(41)])
    ends = [(names, np.roll(names, -step)) for step in range(1, 5)]
    frame = pd.DataFrame({"source": np.tile(names, 4), "target": np.concatenate([pair[1] for pair in ends])})
    rows = attention_received(graph(frame))
    low, high = stats.binom(40, 0.1).ppf([0.025, 0.975])
    assert set(values(rows, "in_degree_expected", "low")) == {low}
    assert set(values(rows, "in_degree_expected", "high")) == {high}


def test_ties_without_direction_fall_on_any_pairs() -> None:
    # Three ties among four actors, all of a: of 20 ways to choose three of six pairs one takes all three of a.
    frame = pd.DataFrame({"source": ["a", "a", "a"], "target": ["b", "c", "d"]})
    rows = attention_received(graph(frame, directed=False))
    assert values(rows, "in_degree") == [3, 1, 1, 1]
    assert values(rows, "in_degree_expected") == [1.5] * 4
    # One way in twenty gives an actor none of its three pairs, and one all: neither end is beyond the middle.
    assert values(rows, "in_degree_expected", "low") == [0] * 4
    assert values(rows, "in_degree_expected", "high") == [3] * 4
    assert values(rows, "in_degree_p")[0] == pytest.approx(4 * 1 / 20)


@pytest.mark.parametrize("paid", [(3, 3, 3, 3), (0, 0, 3, 0)])
def test_where_nobody_has_a_choice_there_is_no_p(paid: tuple[int, ...]) -> None:
    rows = attention_received(graph(frame_of(every_network(paid)[0]), nodes=NAMES))
    assert np.isnan(values(rows, "in_degree_p")).all()


def test_a_complete_network_without_direction_is_described_without_a_warning() -> None:
    # Three ties are all there can be among three actors: everybody has two whatever chance does, and no choice is left.
    frame = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "c", "c"]})
    rows = attention_received(graph(frame, directed=False))
    assert values(rows, "in_degree_expected") == [2.0] * 3
    assert np.isnan(values(rows, "in_degree_p")).all()


def test_the_end_of_the_middle_is_where_its_chance_is_just_reached() -> None:
    # One of 41 actors chooses one of the other 40: nobody chooses any other actor with a chance of 39 / 40 = 0.975.
    names = [f"a{number:02}" for number in range(41)]
    rows = attention_received(graph(pd.DataFrame({"source": ["a00"], "target": ["a01"]}), nodes=names))
    expected = rows[rows["measure"] == "in_degree_expected"]
    assert expected["value"].tolist() == pytest.approx([0.0] + [1 / 40] * 40)
    # So nobody is the end for everybody, and the mean stands in its place where it is above it.
    assert expected["high"].tolist() == expected["value"].tolist()


def test_the_lower_end_of_the_middle_is_where_its_chance_is_just_reached_too() -> None:
    # One of 41 actors chooses all of the others but one: any other is left out with a chance of 1 / 40 = 0.025.
    names = [f"a{number:02}" for number in range(41)]
    rows = attention_received(graph(pd.DataFrame({"source": "a00", "target": names[1:40]}), nodes=names))
    expected = rows[rows["measure"] == "in_degree_expected"].set_index("entity")
    assert expected.loc[names[1:], ["low", "high"]].drop_duplicates().to_numpy().tolist() == [[0, 1]]


def test_whom_most_attend_to_is_told_with_what_chance_gives() -> None:
    # Nine actors choose one of nine others each, and all choose a: by chance as many as a binomial number, 9 of 1/9.
    others = list("bcdefghij")
    rows = attention_received(graph(pd.DataFrame({"source": others, "target": "a"})))
    [found] = chosen_found(rows).to_dict("records")
    chance = stats.binom(9, 1 / 9)
    assert (found["entity"], found["value"], found["firsts"], found["beyond"], found["case"]) == (
        "a",
        9,
        1,
        1,
        "beyond",
    )
    assert (found["low"], found["high"], found["n"]) == (chance.ppf(0.025), chance.ppf(0.975), 10)
    assert found["p"] == float(f"{10 * (1 / 9) ** 9:.2g}")
    assert chosen_found(rows, level=0.0)["case"].item() == "none"
    exact = rows[rows["measure"] == "in_degree_p"]["value"].min()
    assert [chosen_found(rows, level=level)["beyond"].item() for level in (exact, exact * 0.999)] == [1, 0]  # or equal


def test_of_equals_the_first_is_named_and_nobody_where_nobody_is_attended_to() -> None:
    pair = attention_received(graph(pd.DataFrame({"source": ["x", "y"], "target": ["c", "b"]})))
    [found] = chosen_found(pair).to_dict("records")
    assert (found["entity"], found["value"], found["firsts"], found["beyond"]) == ("b", 1, 2, 0)
    assert found["case"] == "none_equal"  # so that no sentence says that most attend to b
    every = attention_received(graph(pd.DataFrame({"source": ["x", "y"], "target": ["y", "x"]})))
    [found] = chosen_found(every).to_dict("records")
    assert (found["entity"], found["n"], found["case"]) == ("x", 0, "untested_equal")
    assert np.isnan(found["p"])
    alone = attention_received(graph(pd.DataFrame({"source": [], "target": []}, dtype=str), nodes=("a", "b")))
    assert chosen_found(alone).empty
