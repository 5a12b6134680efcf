"""Centrality: published values, conventions on a network with an isolate, a sink, a loop and two components."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digital_diplomacy import labels
from digital_diplomacy.networks.graphs import arrays
from digital_diplomacy.networks.graphs.arrays import Graph
from digital_diplomacy.networks.measures import centrality
from digital_diplomacy.tables import ESTIMATES, validate

# Krackhardt, D. (1990). Assessing the political landscape. Administrative Science Quarterly 35(2), 342-369: the kite.
KITE = [
    *("Andre-Beverly", "Andre-Carol", "Andre-Diane", "Andre-Fernando", "Beverly-Diane", "Beverly-Ed", "Beverly-Garth"),
    *("Carol-Diane", "Carol-Fernando", "Diane-Ed", "Diane-Fernando", "Diane-Garth", "Ed-Garth", "Fernando-Garth"),
    *("Fernando-Heather", "Garth-Heather", "Heather-Ike", "Ike-Jane"),
]

# Padgett, J. F., Ansell, C. K. (1993). American Journal of Sociology 98(6), 1259-1319; the Pucci have no tie.
MARRIAGES = [
    *("Acciaiuoli-Medici", "Albizzi-Ginori", "Albizzi-Guadagni", "Albizzi-Medici", "Barbadori-Castellani"),
    *("Barbadori-Medici", "Bischeri-Guadagni", "Bischeri-Peruzzi", "Bischeri-Strozzi", "Castellani-Peruzzi"),
    *("Castellani-Strozzi", "Guadagni-Lamberteschi", "Guadagni-Tornabuoni", "Medici-Ridolfi", "Medici-Salviati"),
    *("Medici-Tornabuoni", "Pazzi-Salviati", "Peruzzi-Strozzi", "Ridolfi-Strozzi", "Ridolfi-Tornabuoni"),
]

# a -> b <-> c -> d (a sink), x -> y apart, z alone.
TRICKY = ["a-b:2", "b-c:4", "c-b:1", "c-d:2", "x-y:4"]


def network_of(*ties: str, directed: bool = True, nodes: tuple[str, ...] = ()) -> Graph:
    parts = [(*tie.partition(":")[0].split("-"), float(tie.partition(":")[2] or 1)) for tie in ties]
    frame = pd.DataFrame(parts, columns=["source", "target", "weight"])
    return arrays.graph(frame, directed=directed, nodes=nodes)


def values(rows: pd.DataFrame, measure: str) -> dict[str, float]:
    found = rows[rows["measure"] == measure]
    return dict(zip(found["entity"], found["value"], strict=True))


def kite() -> Graph:
    return network_of(*KITE, directed=False)


def tricky() -> Graph:
    return network_of(*TRICKY, nodes=("z",))


def random_network(seed: int, *, directed: bool = True, actors: int = 12, ties: int = 40) -> Graph:
    rng = np.random.default_rng(seed)
    pairs = pd.DataFrame(rng.integers(actors, size=(ties, 2)), columns=["source", "target"])
    frame = pairs.assign(weight=rng.integers(1, 9, size=ties))
    return arrays.graph(frame, directed=directed, nodes=map(str, range(actors)), loops="drop", parallel="sum")


def test_betweenness_of_the_kite_is_krackhardts() -> None:
    found = values(centrality.betweenness(kite(), normalised=True), "betweenness_share")
    published = {"Heather": 0.389, "Fernando": 0.231, "Garth": 0.231, "Ike": 0.222, "Diane": 0.102, "Andre": 0.023}
    assert {name: found[name] for name in published} == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize("unreachable", ["reachable", "improved", "zero"])
def test_closeness_of_the_kite_is_krackhardts_in_every_convention(unreachable: centrality.Unreachable) -> None:
    rows = centrality.closeness(kite(), unreachable=unreachable)
    found = dict(zip(rows["entity"], rows["value"], strict=True))
    published = {"Fernando": 0.643, "Diane": 0.600, "Heather": 0.600, "Andre": 0.529, "Ed": 0.500, "Jane": 0.310}
    assert {name: found[name] for name in published} == pytest.approx(published, abs=5e-4)


def test_florentine_families_are_those_of_wasserman_and_faust() -> None:
    # Wasserman, S., Faust, K. (1994). Social Network Analysis, chapter 5: degree 6 of 15 and betweenness 0.452 of the
    # Medici, betweenness 0.221 of the Guadagni.
    network = network_of(*MARRIAGES, directed=False, nodes=("Pucci",))
    assert values(centrality.degrees(network), "degree")["Medici"] == 6
    shares = values(centrality.betweenness(network, normalised=True), "betweenness_share")
    assert [shares["Medici"], shares["Guadagni"], shares["Pucci"]] == pytest.approx([0.452, 0.221, 0], abs=5e-4)


def test_degrees_and_strengths_of_every_kind_of_actor() -> None:
    degrees, strengths = centrality.degrees(tricky()), centrality.strengths(tricky())
    assert list(values(degrees, "in_degree").values()) == [0, 2, 1, 1, 0, 1, 0]
    assert list(values(degrees, "out_degree").values()) == [1, 1, 2, 0, 1, 0, 0]
    assert list(values(strengths, "in_strength").values()) == [0, 3, 4, 2, 0, 4, 0]
    assert set(degrees["group"]) == {"unweighted"}
    assert set(values(centrality.strengths(kite()), "strength")) == set(kite().names)


def test_pagerank_spreads_what_reaches_sinks_and_isolates() -> None:
    # a -> b and z alone, damping 1/2: x_a = x_z = 1/6 + (x_b + x_z) / 6 and x_b = x_a + x_a / 2, summing to 1,
    # so that x_a = x_z = 2/7 and x_b = 3/7.
    found = values(centrality.pagerank(network_of("a-b", nodes=("z",)), damping=0.5), "pagerank")
    assert found == pytest.approx({"a": 2 / 7, "b": 3 / 7, "z": 2 / 7})


def test_hits_of_a_star_put_all_weight_at_its_ends() -> None:
    # b and c attend to d with weights 3 and 4: the hub vector is (3, 4) / 5, which sums to 1 as 3/7 and 4/7.
    rows = centrality.hits(network_of("b-d:3", "c-d:4"))
    assert values(rows, "hits_hub") == pytest.approx({"b": 3 / 7, "c": 4 / 7, "d": 0})
    assert values(rows, "hits_authority") == pytest.approx({"b": 0, "c": 0, "d": 1})


def test_hits_are_missing_where_they_are_not_unique() -> None:
    assert centrality.hits(network_of("a-b", "c-d"))["value"].isna().all()
    assert centrality.hits(network_of(nodes=("a", "b")))["value"].isna().all()


def test_eigenvector_follows_the_chosen_direction() -> None:
    # a -> b (1), b -> a (4): incoming x_a = 4 x_b / L and x_b = x_a / L, so L = 2 and x_a : x_b = 2 : 1; out, 1 : 2.
    network = network_of("a-b:1", "b-a:4")
    received = values(centrality.eigenvector(network), "eigenvector")
    paid = values(centrality.eigenvector(network, direction="out"), "eigenvector")
    assert received == pytest.approx({"a": 2 / np.sqrt(5), "b": 1 / np.sqrt(5)})
    assert paid == pytest.approx({"a": 1 / np.sqrt(5), "b": 2 / np.sqrt(5)})


def test_eigenvector_is_missing_unless_strongly_connected() -> None:
    assert centrality.eigenvector(tricky())["value"].isna().all()
    assert centrality.eigenvector(network_of(*MARRIAGES, directed=False, nodes=("Pucci",)))["value"].isna().all()


def test_large_and_small_networks_have_the_same_eigenvectors() -> None:
    network = random_network(5, actors=150, ties=1500)
    dense = np.linalg.eig(network.weights.toarray().T)
    expected = np.abs(dense[1][:, np.argmax(dense[0].real)].real)
    assert centrality.eigenvector(network)["value"].to_numpy() == pytest.approx(expected, abs=1e-8)
    left, sizes, _ = np.linalg.svd(network.weights.toarray())
    hub = np.abs(left[:, 0]) / np.abs(left[:, 0]).sum()
    found = centrality.hits_values(network, weighted=True)
    assert found[2] == pytest.approx(1 - sizes[1] / sizes[0])
    assert found[0] == pytest.approx(hub, abs=1e-6)


def test_closeness_conventions_differ_where_actors_are_out_of_reach() -> None:
    # Incoming distances of d: c 1, b 2, a 3 (3 of 6 others): 3/6; times 3/6; 0, since x, y and z do not reach it.
    found = {
        unreachable: centrality.closeness(tricky(), unreachable=unreachable)["value"].to_numpy()  # type: ignore[arg-type]
        for unreachable in ("reachable", "improved", "zero")
    }
    assert [float(found[name][3]) for name in found] == pytest.approx([0.5, 0.25, 0])
    assert all(found[name][[0, 6]].tolist() == [0, 0] for name in found)


def test_harmonic_closeness_counts_the_unreachable_as_zero() -> None:
    # d is 1, 2 and 3 steps from c, b and a: (1 + 1/2 + 1/3) / 6.
    assert values(centrality.harmonic(tricky()), "harmonic")["d"] == pytest.approx((1 + 1 / 2 + 1 / 3) / 6)


def test_weighted_paths_are_short_where_ties_are_strong() -> None:
    # a-b is 1 long; a-c-b is 1/4 + 1/4 and passes c. Three ties of 1/3 tie a path of one of 1, although 1/3 is inexact.
    through = network_of("a-b:1", "a-c:4", "c-b:4", directed=False)
    assert values(centrality.betweenness(through, weighted=True), "betweenness")["c"] == 1
    equal = network_of("a-b:1", "a-p:3", "p-q:3", "q-b:3", directed=False)
    assert values(centrality.betweenness(equal, weighted=True), "betweenness")["p"] == pytest.approx(1 + 0.5)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_all_sources_sampled_give_the_exact_values(directed: bool, weighted: bool) -> None:
    network = random_network(3, directed=directed)
    rng = np.random.default_rng(1)
    exact = centrality.betweenness(network, weighted=weighted)["value"].to_numpy()
    sampled = centrality.betweenness(network, weighted=weighted, sources=network.n, rng=rng)
    assert sampled["value"].to_numpy() == pytest.approx(exact)
    assert sampled["high"].to_numpy() == pytest.approx(exact)
    nearness = centrality.harmonic_sampled(network, sources=network.n, rng=rng, weighted=weighted)
    assert nearness["value"].to_numpy() == pytest.approx(
        centrality.harmonic(network, weighted=weighted)["value"].to_numpy()
    )


def test_intervals_of_sampled_betweenness_mostly_hold_the_exact_value() -> None:
    network = random_network(8, actors=150, ties=900)
    exact = centrality.betweenness(network)["value"]
    rows = centrality.betweenness(network, sources=60, rng=np.random.default_rng(4))
    held = (rows["low"] <= exact) & (exact <= rows["high"])
    assert held.mean() > 0.8  # intervals of rarely met actors are too short, as few batches meet them
    assert set(rows["n"]) == {60}
    assert set(rows["measure"]) == {"betweenness_sampled"}


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.permutations(range(12)))
def test_names_do_not_matter_and_weights_only_in_proportion(seed: int, order: list[int]) -> None:
    network = random_network(seed)
    moved = Graph(network.names, network.weights[order][:, order].tocsr(), directed=True)
    scaled = Graph(network.names, (network.weights * 1000).tocsr(), directed=True)
    for measure in (centrality.pagerank, centrality.closeness, centrality.betweenness, centrality.degrees):
        found = measure(network)["value"].to_numpy().reshape(-1, 12)
        assert measure(moved)["value"].to_numpy().reshape(-1, 12) == pytest.approx(found[:, order], abs=1e-9)
    assert centrality.pagerank(scaled)["value"].to_numpy() == pytest.approx(centrality.pagerank(network)["value"])
    assert centrality.pagerank(network)["value"].sum() == pytest.approx(1)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_result_is_declared_and_named(lang: str) -> None:
    rng = np.random.default_rng(0)
    network = random_network(2)
    parts = [
        centrality.degrees(network), centrality.degrees(kite()), centrality.strengths(network),
        centrality.strengths(kite()), centrality.pagerank(network), centrality.hits(network),
        centrality.eigenvector(network, direction="out"), centrality.betweenness(network, normalised=True),
        centrality.betweenness(network, sources=5, rng=rng), centrality.harmonic(kite()),
        centrality.harmonic_sampled(network, sources=5, rng=rng), centrality.closeness(network, direction="out"),
    ]  # fmt: skip
    rows = validate(arrays.together(parts), ESTIMATES)
    assert all(labels.text(f"measure.{code}", lang) for code in set(rows["measure"]))
    assert all(labels.text(f"group.{code}", lang) for code in set(rows["group"]))
    assert all(labels.text(f"unit.{code}", lang) for code in set(rows["unit"]))


def test_unknown_choices_are_refused() -> None:
    network = tricky()
    with pytest.raises(ValueError, match="unknown unreachable 'far'"):
        centrality.closeness(network, unreachable="far")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown direction 'up'; allowed: in, out"):
        centrality.harmonic(network, direction="up")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="damping is 1"):
        centrality.pagerank(network, damping=1)
    with pytest.raises(ValueError, match="sources is 9; from 2 to the number of actors, 7"):
        centrality.betweenness(network, sources=9, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="needs a random generator"):
        centrality.betweenness(network, sources=3)
