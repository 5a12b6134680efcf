"""The core-periphery model beside its definition: correlations of all pairs, slopes, and cores tried one by one."""

import itertools

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks.graphs import arrays
from digital_diplomacy.networks.graphs.arrays import Graph
from digital_diplomacy.networks.measures import core_periphery as continuous
from digital_diplomacy.networks.measures.core_periphery import (
    MOST_ACTORS,
    _climb,
    _correlation,
    _fit_of_equals,
    _residual,
    _without,
    core_periphery,
    discrete_core,
)


def drawn(seed: int, actors: int = 7, density: float = 0.4) -> tuple[Graph, np.ndarray]:
    """A random undirected network and its matrix."""
    rng = np.random.default_rng(seed)
    above = np.triu(rng.random((actors, actors)) < density, k=1)
    ties = [(f"a{i}", f"a{j}", 1.0) for i, j in zip(*np.nonzero(above), strict=True)]
    frame = pd.DataFrame(ties, columns=["source", "target", "weight"])
    names = tuple(f"a{place}" for place in range(actors))
    return arrays.graph(frame, directed=False, nodes=names), (above | above.T).astype(float)


def of_pairs(matrix: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    above = np.triu_indices(len(c), k=1)
    return matrix[above], np.outer(c, c)[above]


@pytest.mark.parametrize("seed", range(4))
def test_both_objectives_and_their_slopes_are_those_of_all_pairs(seed: int) -> None:
    network, matrix = drawn(seed)
    columns = np.random.default_rng(seed + 10).uniform(0.1, 1, (7, 3))
    for objective in (_correlation(network.united.binary), _residual(network.united.binary)):
        _, slopes = objective(columns)
        for place, column in enumerate(columns.T):
            for actor in range(7):
                step = 1e-6 * np.eye(7)[actor]
                ahead, behind = (float(objective((column + s * step)[:, None])[0][0]) for s in (1, -1))
                assert slopes[actor, place] == pytest.approx((ahead - behind) / 2e-6, abs=1e-6)
    found, _ = _correlation(network.united.binary)(columns)
    assert found == pytest.approx([-np.corrcoef(*of_pairs(matrix, c))[0, 1] for c in columns.T])


def test_residuals_are_squared_differences_up_to_what_does_not_change() -> None:
    network, matrix = drawn(1)
    columns = np.random.default_rng(5).uniform(0.1, 1, (7, 4))
    found, _ = _residual(network.united.binary)(columns)
    squared = [float(np.sum((np.subtract(*of_pairs(matrix, c))) ** 2)) for c in columns.T]
    assert found - np.array(squared) == pytest.approx(-matrix.sum() / 2)  # each tie's own square


def test_the_sum_of_all_others() -> None:
    assert _without(np.array([[1.0, 2], [3, 4], [5, 6]])).tolist() == [[8, 10], [6, 8], [4, 6]]
    tiny = _without(np.array([[1.0], [1e-20], [1e-20]]))
    assert tiny[0, 0] == 2e-20  # not what is left of 1 by rounding


@pytest.mark.parametrize("seed", range(3))
def test_the_limit_of_equal_corenesses_is_approached(seed: int) -> None:
    _, matrix = drawn(seed)
    degree = matrix.sum(axis=0)
    c = 1 + 1e-5 * (degree - degree.mean())
    assert _fit_of_equals(degree) == pytest.approx(np.corrcoef(*of_pairs(matrix, c))[0, 1], abs=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_the_discrete_core_leaves_as_few_errors_as_any_and_is_the_smallest(seed: int) -> None:
    network, matrix = drawn(seed)
    errors = {}
    for size in range(1, 8):
        for core in itertools.combinations(range(7), size):
            rest = [actor for actor in range(7) if actor not in core]
            within = matrix[np.ix_(core, core)].sum() / 2
            errors[core] = size * (size - 1) / 2 - within + matrix[np.ix_(rest, rest)].sum() / 2
    least = min(errors.values())
    rows = discrete_core(network).set_index(["measure", "entity"])["value"]
    core = tuple(place for place in range(7) if rows["core_member", f"a{place}"])
    assert errors[core] == rows["core_errors", "network"] == least
    assert len(core) == rows["core_size", "network"] == min(len(one) for one, left in errors.items() if left == least)


@pytest.mark.parametrize(("convention", "ending"), [("correlation", ""), ("minres", "_minres")])
def test_coreness_has_length_1_and_the_fit_is_its_correlation_with_the_ties(convention: str, ending: str) -> None:
    network, matrix = drawn(2)
    rows = core_periphery(network, convention=convention, rng=np.random.default_rng(1))  # type: ignore[arg-type]
    weights = rows[rows["measure"] == f"core_weight{ending}"].set_index("entity")["value"]
    own = weights[[f"a{place}" for place in range(7)]].to_numpy()
    assert (own**2).sum() == pytest.approx(1)
    assert (own >= 0).all()
    fit = rows[rows["measure"] == f"core_fit{ending}"].iloc[0]
    assert fit["value"] == pytest.approx(np.corrcoef(*of_pairs(matrix, own))[0, 1])
    assert (fit["entity"], fit["n"], fit["group"], fit["unit"]) == ("network", 7, "unweighted", "index")


@pytest.mark.parametrize("ties", [[], list(itertools.combinations("abc", 2))])
def test_without_a_tie_or_a_gap_there_is_no_core(ties: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame([(*tie, 1.0) for tie in ties], columns=["source", "target", "weight"])
    network = arrays.graph(frame, directed=False, nodes=("a", "b", "c"))
    rows = core_periphery(network, rng=np.random.default_rng(1))
    assert rows["value"].isna().all()
    assert len(rows) == 4


def test_a_star_is_its_hub_alone_where_squares_are_summed() -> None:
    """With c = (t, 1/t, 1/t, 1/t, 0) ties are met, and three pairs of leaves leave 3/t^4: the larger t, the less."""
    frame = pd.DataFrame([("h", leaf, 1.0) for leaf in "abc"], columns=["source", "target", "weight"])
    network = arrays.graph(frame, directed=False, nodes=("h", "a", "b", "c", "alone"))
    rows = core_periphery(network, convention="minres", rng=np.random.default_rng(1))
    weights = rows[rows["measure"] == "core_weight_minres"].set_index("entity")["value"]
    assert weights.to_dict() == {"h": 1, "a": 0, "b": 0, "c": 0, "alone": 0}
    assert rows.loc[rows["measure"] == "core_fit_minres", "value"].tolist() == [1]
    pair = arrays.graph(frame.head(1), directed=False, nodes=("h", "a", "b"))
    rows = core_periphery(pair, convention="minres", rng=np.random.default_rng(1))
    weights = rows[rows["measure"] == "core_weight_minres"].set_index("entity")["value"]
    assert weights[["h", "a", "b"]].tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 0], abs=1e-6)


def pairs(*ties: str, nodes: str = "") -> Graph:
    frame = pd.DataFrame([(*tie, 1.0) for tie in ties], columns=["source", "target", "weight"])
    return arrays.graph(frame, directed=False, nodes=tuple(nodes))


def test_five_hundred_actors_are_fitted_and_no_more() -> None:
    lone = arrays.graph(pd.DataFrame({"source": [], "target": []}, dtype=str), nodes=[f"n{n}" for n in range(501)])
    with pytest.raises(ValueError, match="501 actors; the continuous model is fitted up to 500"):
        core_periphery(lone, rng=np.random.default_rng(1))
    fewer = arrays.subgraph(lone, np.arange(501) < MOST_ACTORS)
    assert len(core_periphery(fewer, rng=np.random.default_rng(1))) == 501  # with the row of the network
    with pytest.raises(ValueError, match="unknown convention 'svd'; allowed: correlation, minres"):
        core_periphery(fewer, convention="svd", rng=np.random.default_rng(1))  # type: ignore[arg-type]


def test_twenty_two_starts_of_length_1_follow_degree_its_root_and_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    given, ended = [], []

    def climb(objective: object, starts: np.ndarray) -> np.ndarray:
        given.append(starts)
        return starts

    def descend(objective: object, start: np.ndarray) -> tuple[float, np.ndarray]:
        ended.append(start)
        return -1.0 - len(ended), 3 * start

    monkeypatch.setattr(continuous, "_climb", climb)
    monkeypatch.setattr(continuous, "_descend", descend)
    network = pairs("ab", "ac", "ad", "bc", "de")
    values, _ = continuous._fitted(network.united.binary, "correlation", np.random.default_rng(1))
    [starts] = given
    assert starts.shape == (5, 22)
    assert np.linalg.norm(starts, axis=0) == pytest.approx(1)
    degree = np.array([3.0, 2, 2, 2, 1])
    assert starts[:, 0] == pytest.approx(degree / 22**0.5)
    assert starts[:, 1] == pytest.approx((degree / 10) ** 0.5)
    drawn = starts[:, 2:]
    assert (drawn.min(), len(np.unique(drawn))) == (pytest.approx(0.01, abs=0.02), 100)
    # The three best starts are followed, and the best end, the last here, has length 1.
    value = continuous._correlation(network.united.binary)(starts)[0]
    assert np.array(ended) == pytest.approx(starts[:, np.argsort(value)[:3]].T)
    assert values == pytest.approx(ended[2])


def test_a_climb_takes_only_steps_that_lower_the_value_and_stays_at_0_or_above() -> None:
    """A valley at (2, -1) of which each column has its own part: the end is (2, 0), for good and bad first steps."""

    def valley(c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        scale, centre = np.array([1.0, 30.0]), np.array([[2.0], [-1.0]])
        return (scale * (c - centre) ** 2).sum(axis=0), 2 * scale * (c - centre)

    found = _climb(valley, np.array([[0.5, 3.0], [0.5, 0.5]]))
    assert found == pytest.approx(np.array([[2.0, 2.0], [0.0, 0.0]]), abs=1e-6)


@pytest.mark.parametrize(
    ("ties", "nodes", "correlation"),
    [
        # One pair of three actors: degree 1, 1, 0, so that c of the two grows beside the third's: products 1, 0, 0.
        (("ab",), "abc", 1.0),
        # A path: products of 1 + e d with d of the middle 1, of the ends 0: as the ties 1, 1, 0.
        (("ab", "bc"), "abc", 1.0),
        # A ring of four: all degrees are equal, and nothing of the ties is told.
        (("ab", "bc", "cd", "da"), "abcd", 0.0),
    ],
)
def test_the_limit_of_equal_corenesses_by_hand(ties: tuple[str, ...], nodes: str, correlation: float) -> None:
    degree = pairs(*ties, nodes=nodes).united.binary.sum(axis=1)
    assert _fit_of_equals(degree) == pytest.approx(correlation)


def test_where_equal_corenesses_are_the_limit_there_is_none() -> None:
    """All of four are tied but c and d: products 1, 0, 0, 0, 0, -1 in the limit, with ties 1, 1, 1, 1, 1, 0."""
    rows = core_periphery(pairs("ab", "ac", "ad", "bc", "bd"), rng=np.random.default_rng(1))
    assert rows.loc[rows["measure"] == "core_weight", "value"].isna().all()
    assert rows.loc[rows["measure"] == "core_fit", "value"].item() == pytest.approx((1 / (2 * 5 / 6)) ** 0.5)
    found = core_periphery(pairs("ab", "ac", "ad", "bc", "bd"), convention="minres", rng=np.random.default_rng(1))
    assert found["value"].notna().all()


def test_products_that_are_all_equal_have_no_correlation() -> None:
    flat = _correlation(pairs("ab", "bc").united.binary)
    value, slope = flat(np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 1.0]]))
    assert value.tolist() == pytest.approx([0, -1])  # products 1, 1, 1; and 2, 2, 1, as the ties
    assert slope[:, 0].tolist() == [0, 0, 0]
    assert np.isnan(continuous._fit(pairs("ab", "bc").united.binary, np.ones(3)))


@pytest.mark.parametrize(
    ("ties", "nodes", "core", "errors"),
    [
        (("ab", "ac", "bc", "ad", "be", "cf"), "abcdef", "abc", 0),  # without c its tie to f would be left over
        (("ab", "ac", "bc", "ad"), "abcd", "ab", 0),
        (("ab", "cd"), "abcd", "a", 1),  # one of two pairs is left over, whichever core is taken
        ((), "ab", "a", 0),
        (("ab", "ac", "ad"), "abcd", "a", 0),
    ],
)
def test_the_discrete_core_by_hand(ties: tuple[str, ...], nodes: str, core: str, errors: int) -> None:
    frame = pd.DataFrame([tuple(tie) for tie in ties], columns=["source", "target"], dtype=str).assign(weight=1.0)
    rows = discrete_core(arrays.graph(frame, directed=False, nodes=tuple(nodes)))
    found = rows.set_index(["measure", "entity"])["value"]
    assert "".join(name for name in nodes if found["core_member", name]) == core
    assert (found["core_size", "network"], found["core_errors", "network"]) == (len(core), errors)
    assert rows.loc[rows["entity"] == "network", ["unit", "n"]].to_numpy().tolist() == [
        ["actors", len(nodes)],
        ["count", len(nodes)],
    ]


def test_no_actors_have_no_core() -> None:
    nobody = arrays.graph(pd.DataFrame({"source": [], "target": []}, dtype=str))
    found = discrete_core(nobody).set_index("measure")["value"]
    assert found["core_size"] == 0
    assert np.isnan(found["core_errors"])
