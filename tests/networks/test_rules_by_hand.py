"""Networks by hand and by networkx: chance, ranks under it, triads, mixing, communities, standards, answers."""

import itertools
import math
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.chance import nulls, sampling
from digital_diplomacy.networks.graphs import arrays, thinning
from digital_diplomacy.networks.graphs.arrays import Graph
from digital_diplomacy.networks.measures import brokerage, brokers, centrality, cohesion, communities
from digital_diplomacy.networks.powers import answers, crossings, standards, standing
from digital_diplomacy.tables import ESTIMATES

NAN = math.nan


def made(seed: int, *, directed: bool, many: int = 9, share: float = 0.3) -> tuple[Graph, Any]:
    """A random network with weights 1 to 4, as here and as networkx has it."""
    rng = np.random.default_rng(seed)
    names = [f"n{number}" for number in range(many)]
    pairs = itertools.permutations(names, 2) if directed else itertools.combinations(names, 2)
    ties = [(one, two, float(rng.integers(1, 5))) for one, two in pairs if rng.random() < share]
    other = nx.DiGraph() if directed else nx.Graph()
    other.add_nodes_from(names)
    other.add_weighted_edges_from(ties)
    return arrays.graph(
        pd.DataFrame(ties, columns=["source", "target", "weight"]), directed=directed, nodes=names
    ), other


def told(rows: pd.DataFrame) -> dict[str, float]:
    return dict(zip(rows["entity"], rows["value"], strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_how_a_directed_network_holds_together_as_networkx_finds(seed: int) -> None:
    network, other = made(seed, directed=True)
    plain = other.to_undirected()
    assert cohesion.density(network)["value"].item() == pytest.approx(nx.density(other))
    assert told(cohesion.coreness(network)) == nx.core_number(plain)
    assert told(cohesion.clustering(network)) == pytest.approx(nx.clustering(plain))
    assert told(cohesion.clustering(network, convention="fagiolo")) == pytest.approx(nx.clustering(other))
    assert cohesion.transitivity(network)["value"].item() == pytest.approx(nx.transitivity(plain))
    wanted = nx.degree_pearson_correlation_coefficient(plain)
    assert cohesion.degree_assortativity(network)["value"].item() == pytest.approx(wanted)
    census = cohesion.census(network).set_index("group")["value"]
    assert {name: census[f"triad_{name}" if f"triad_{name}" in census else name]
            for name in nx.triadic_census(other)} == nx.triadic_census(other)  # fmt: skip
    rows = cohesion.reciprocity(network).set_index("measure")["value"]
    assert rows["reciprocity"] == pytest.approx(nx.overall_reciprocity(other))
    mutual = sum(other.has_edge(two, one) for one, two in other.edges) / 2
    tied, pairs = other.number_of_edges() - mutual, 9 * 8 / 2
    assert rows["reciprocity_tied"] == pytest.approx(mutual / tied)
    assert rows["reciprocity_pairs"] == pytest.approx((mutual + pairs - tied) / pairs)
    back = sum(
        min(data["weight"], other.get_edge_data(two, one, {"weight": 0})["weight"])
        for one, two, data in other.edges(data=True)
    )
    assert rows["reciprocity_weighted"] == pytest.approx(back / other.size("weight"))


@pytest.mark.parametrize("directed", [True, False])
def test_mixing_and_modularity_as_networkx_finds(directed: bool) -> None:
    network, other = made(7, directed=directed)
    kinds = {name: "ab"[number % 2] for number, name in enumerate(network.names)}
    types = pd.Series(kinds)
    nx.set_node_attributes(other, kinds, "kind")
    wanted = nx.attribute_assortativity_coefficient(other, "kind")
    assert cohesion.type_assortativity(network, types)["value"].item() == pytest.approx(wanted)
    parts = [{name for name in kinds if kinds[name] == code} for code in "ab"]
    for weighted, resolution in ((True, 1.0), (False, 1.0), (True, 0.6)):
        wanted = nx.community.modularity(other, parts, weight="weight" if weighted else None, resolution=resolution)
        found = communities.modularity(network, types, weighted=weighted, resolution=resolution)
        assert found["value"].item() == pytest.approx(wanted)
        assert found["group"].item() == ("weighted" if weighted else "unweighted")
        assert found["n"].item() == 2
    lone = arrays.graph(
        pd.DataFrame({"source": [], "target": [], "weight": []}).astype({"source": str, "target": str}),
        directed=directed,
        nodes=["a", "b"],
    )
    assert np.isnan(communities.modularity(lone, pd.Series({"a": "x", "b": "x"}))["value"].item())
    assert np.isnan(cohesion.type_assortativity(lone, pd.Series({"a": "x", "b": "x"}))["value"].item())
    assert np.isnan(cohesion.type_assortativity(network, pd.Series(dict.fromkeys(kinds, "x")))["value"].item())


def test_the_rich_club_as_networkx_finds() -> None:
    network, other = made(11, directed=False, share=0.5)
    found = cohesion.rich_club(network)
    wanted = nx.rich_club_coefficient(other, normalized=False)
    assert {int(k): value for k, value in zip(found["group"], found["value"], strict=True)} == pytest.approx(wanted)
    degrees = dict(other.degree)
    assert found["n"].tolist() == [sum(degree > int(k) for degree in degrees.values()) for k in found["group"]]


def test_communities_are_numbered_by_size_and_first_actor() -> None:
    assert communities._by_size(np.array([2, 2, 0, 0, 1, 1, 1])).tolist() == [1, 1, 2, 2, 0, 0, 0]
    ties = [("a", "b"), ("c", "d"), ("d", "e"), ("c", "e")]
    frame = pd.DataFrame(ties, columns=["source", "target"]).assign(weight=1.0)
    network = arrays.graph(frame, directed=False, nodes=["z"])
    found = communities.communities(network, rng=np.random.default_rng(1))
    members = told(found[found["measure"] == "community"])
    assert members == {"a": 2, "b": 2, "c": 1, "d": 1, "e": 1, "z": 3}
    whole = found[found["measure"] == "modularity_leiden"]
    # Four ties: one within the pair, three within the triangle; 1 - (2 / 8)^2 - (6 / 8)^2.
    assert (whole["value"].item(), whole["n"].item()) == (pytest.approx(1 - 1 / 16 - 9 / 16), 3)
    for runs, rounds in ((0, 1), (1, 0)):
        with pytest.raises(ValueError, match="at least 1 of each"):
            communities.leiden(network, rng=np.random.default_rng(1), runs=runs, rounds=rounds)
    assert len(communities.leiden(network, rng=np.random.default_rng(1), runs=1, rounds=1)) == 6


def test_what_an_actors_own_type_owes_it() -> None:
    ties = [("a", "b", 3), ("a", "c", 1), ("b", "c", 2), ("c", "b", 1), ("d", "c", 5)]
    network = arrays.graph(pd.DataFrame(ties, columns=["source", "target", "weight"]), directed=True)
    assert brokers.attention_shares(network).toarray().tolist() == [
        [0, 0.75, 0.25, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 0]]  # fmt: skip
    types = np.array([0, 0, 0, 1])
    assert brokers.own_dependence(network, types).tolist() == [0, 1.75, 1.25, 0]
    z = brokers.within_type_z([1, 2, 3, 7, 7], np.array([0, 0, 0, 1, 1]), least=2)
    assert z.tolist() == pytest.approx([-math.sqrt(1.5), 0, math.sqrt(1.5), NAN, NAN], nan_ok=True)
    assert np.isnan(brokers.within_type_z([1, 2, 3], np.zeros(3, dtype=int), least=4)).all()
    assert not np.isnan(brokers.within_type_z([1, 2, 3], np.zeros(3, dtype=int), least=3)).any()
    assert np.isnan(brokers.within_type_z([7, 1, 2], np.array([0, 1, 1]), least=1)[0])  # alone
    rows = brokers.type_positions(network, pd.Series({"a": "x", "b": "x", "c": "x", "d": "y"}), group="g")
    crossing = told(rows[rows["measure"] == "cross_brokerage"])
    assert crossing == {"a": 0, "b": 0, "c": 1, "d": 0}  # d to c to b, and not d to b
    assert set(rows["group"]) == {"g"}


def test_p_values_of_every_tail() -> None:
    null = np.array([1.0, 2.0, 2.0, 3.0, NAN])
    assert nulls.p_value(2.0, null) == pytest.approx(4 / 5)
    assert nulls.p_value(2.0, null, tail="less") == pytest.approx(4 / 5)
    assert nulls.p_value(3.0, null, tail="two_sided") == pytest.approx(2 * 2 / 5)
    assert nulls.p_value(2.0, null, tail="two_sided") == 1
    assert nulls.p_value(1e6, np.array([1e6 - 1e-7, 1e6 + 1e-7]), tail="two_sided") == 1  # equal but for rounding
    assert nulls.p_value(1e6, np.array([1e6 - 1e-7])) == nulls.p_value(0.1, np.array([0.1 - 5e-13])) == 1
    assert nulls.p_value(1e6, np.array([1e6 + 1e-7]), tail="less") == 1
    assert nulls.p_value(0.1, np.array([0.1 - 1e-11])) == 0.5
    assert np.isnan(nulls.p_value(NAN, null))
    assert np.isnan(nulls.p_value(1.0, np.array([NAN])))
    assert nulls.is_comparing(2.0, np.array([2.0, 3.0]))
    assert not nulls.is_comparing(2.0, np.array([2.0, NAN]))
    assert not nulls.is_comparing(1e6, np.array([1e6 + 1e-7]))
    observed, draws = np.array([3.0, NAN, 1.0]), np.array([[1.0, 2.0, NAN], [3.0, 0.0, 0.0]])
    found = nulls.max_statistic_p(observed, draws)
    assert found.tolist() == pytest.approx([2 / 3, NAN, 1], nan_ok=True)
    assert nulls.holm(np.array([0.04, NAN, 0.01, 0.03])).tolist() == pytest.approx([0.06, NAN, 0.03, 0.06], nan_ok=True)
    assert nulls.holm(np.array([0.9, 0.8])).tolist() == [1, 1]
    scores, drawn = nulls.standardised(np.array([3.0, 1.0]), np.array([[1.0, 1.0]]))
    assert scores.tolist() == pytest.approx([1, NAN], nan_ok=True)
    assert drawn[0].tolist() == pytest.approx([-1, NAN], nan_ok=True)
    assert nulls.check_draws(1) == 1
    for draws_asked in (0, -1):
        with pytest.raises(ValueError, match="at least 1 expected"):
            nulls.check_draws(draws_asked)


def test_turned_dyads_keep_what_is_equal() -> None:
    # 5 against 1 turns to 5 or 1; 2 and 2 stay: shares (5 + 2) / 10 and (1 + 2) / 10.
    found = nulls.reoriented_shares(np.array([5.0, 2.0]), np.array([1.0, 2.0]), rng=np.random.default_rng(1), draws=64)
    assert sorted(set(found.round(12))) == [0.3, 0.7]
    counted = nulls._counted_shares(np.array([4.0]), 3.0, 10.0, np.random.default_rng(1), 64)
    assert sorted(set(counted.round(12))) == [0.3, 0.7]


def test_chances_of_a_two_mode_table() -> None:
    # Who has all has them surely, who has none never; of the rest each row and column sums to one of two: halves.
    given = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 0, 0], [0, 0, 0]])
    chances = nulls.bipartite_configuration(given).probabilities
    assert chances[0].tolist() == [1, 1, 1]
    assert chances[4].tolist() == [0, 0, 0]
    assert chances.sum(axis=1).tolist() == pytest.approx(given.sum(axis=1).tolist(), abs=1e-6)
    assert chances.sum(axis=0).tolist() == pytest.approx(given.sum(axis=0).tolist(), abs=1e-6)
    cross = nulls.bipartite_configuration(np.eye(2)).probabilities
    assert cross.ravel().tolist() == pytest.approx([0.5] * 4)


def ranks(*given: tuple[str, float, float, float]) -> pd.DataFrame:
    known = {"group": "", "period": "", "measure": "rank", "interval": "confidence", "level": 0.95, "unit": "rank",
             "base": "", "n": 9.0, "source_id": "s"}  # fmt: skip
    frame = pd.DataFrame([dict(zip(("entity", "value", "low", "high"), one, strict=True)) | known for one in given])
    return frame[list(ESTIMATES.columns)]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([("a", 1, 1, 1), ("b", 2, 2, 3)], ["a", 1, 2, "sure"]),
        ([("a", 1, 1, 2), ("b", 2, 2, 3)], ["a", 1, 2, "open"]),
        ([("a", 1, 1, 1), ("b", 2, 1, 3)], ["a", 2, 2, "open"]),
        ([("b", 1, 1, 1), ("a", 1, 1, 1), ("c", NAN, NAN, NAN)], ["a", 2, 2, "open"]),
    ],
)
def test_who_is_first_and_whether_that_is_sure(given: Any, wanted: list[Any]) -> None:
    found = sampling.first_found(ranks(*given))
    assert found[["entity", "n", "actors", "case"]].to_numpy().tolist() == [wanted]


def test_ranks_of_draws_are_taken_outwards() -> None:
    values = pd.Series([3.0, 1.0, 3.0, NAN], index=list("abcd"))
    assert sampling._ranks(values).tolist() == pytest.approx([1, 3, 1, NAN], nan_ok=True)
    runs = pd.DataFrame([[1, 2, 3, 4], [NAN, 5, 5, 5]], index=["a", "b"], dtype=float)
    found = sampling._with_ends(pd.Series([2.0, 4.0], index=["a", "b"]), runs, level=0.6)
    assert found[["entity", "value", "low", "high", "n"]].to_numpy().tolist() == [["a", 2, 1, 4, 4], ["b", 4, 4, 5, 3]]
    edges = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "b", "c"], "relation": "r", "weight": [1.0, 2, 4]})
    summed = sampling._summed(edges)
    assert summed[["source", "weight"]].to_numpy().tolist() == [["a", 3], ["b", 4]]
    left = [len(part) for part in sampling._samples(edges, "actors", np.random.default_rng(1), 5)]
    assert left == [1, 0, 1]  # without a, without b, without c
    whole = list(sampling._samples(edges, "ties", np.random.default_rng(1), 40))
    assert len(whole) == 40
    counts = pd.concat(whole)["weight"]
    assert set(counts) <= {1, 2, 3, 4, 5, 6, 8, 12}
    blocks = edges.assign(period=["x", "x", "y"])
    assert sampling._units(blocks, "blocks").tolist() == [0, 0, 1]
    assert sampling._units(edges, "ties").tolist() == [0, 1, 2]
    for wrong in (edges, edges.assign(period="x")):
        with pytest.raises(Exception, match="blocks are periods"):
            sampling._units(wrong, "blocks")
    assert len(set(sampling._units(edges.assign(period=["x", None, "x"]), "blocks"))) == 2


def test_what_covered_ties_tell_of_a_standard() -> None:
    ends = (np.array([0, 1, 0, 2]), np.array([1, 0, 2, 3]))
    adopted = np.array([[True, True, True, False], [True, False, False, False]])
    coverage, lock_in = standards._statistics(adopted, ends, "haldane_anscombe")
    assert coverage.tolist() == [0.75, 0]
    assert lock_in.tolist() == pytest.approx([math.log(3.5 * 5.5 / (3.5 * 1.5)), math.log(0.5 * 8.5 / (0.5 * 4.5))])
    _, bare = standards._statistics(adopted, ends, "none")
    assert bare.tolist() == pytest.approx([math.log(5), NAN], nan_ok=True)
    nobody = (np.array([], dtype=int), np.array([], dtype=int))
    assert np.isnan(standards._statistics(adopted, nobody, "none")[0]).all()
    mean, low, high = standards._summary(np.array([*range(101), NAN], dtype=float))
    assert (mean, low, high) == pytest.approx((50, 1.55, 98.45))  # ranks 102 x 0.025 = 2.55 and 99.45 of 0 to 100
    assert standards._summary(np.array([0.0] * 99 + [100.0])) == (1, 0, 1)  # the mean may lie outside the middle
    assert np.isnan(standards._summary(np.array([NAN]))).all()
    repeated = pd.DataFrame({"actor_id": ["a", "a", "b"], "standard": ["s", "s", "t"]})
    assert standards.adoption_matrix(repeated, ["c", "b", "a"]).to_numpy().tolist() == [[0, 0], [0, 1], [1, 0]]


def said(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["source", "target", "relation"])
    blank = dict.fromkeys(("platform", "period", "measure", "unit", "base"), "")
    numbers = [f"r{number}" for number in range(len(frame))]
    return frame.assign(
        relation_id=numbers, document=[f"00{number % 2}" for number in range(len(frame))], weight=NAN, **blank
    )


def test_reliance_is_of_citizens_and_states_on_platforms_and_media() -> None:
    kinds = {"p": "citizens", "s": "state", "f": "platform", "m": "media", "x": "scholar"}
    actors = pd.DataFrame({"actor_id": list(kinds), "type": list(kinds.values()), "country": "KAZ"})
    rows = said(*((one, two, "uses") for one, two in itertools.permutations(kinds, 2)), ("p", "f", "cites"))
    found = answers.reliance(rows, actors)
    assert found[["source", "target"]].to_numpy().tolist() == [["p", "f"], ["p", "m"], ["s", "f"], ["s", "m"]]


def test_pairs_of_triples_are_those_of_trying_all() -> None:
    """What two broker's triples share, both lack, and contradict, counted over all pairs of five actors."""
    triples = list(itertools.permutations(range(5), 3))
    shared = absent = conflict = doubled = 0
    for (a, v, b), (c, w, e) in itertools.permutations(triples, 2):
        needed, other = {(a, v), (v, b)}, {(c, w), (w, e)}
        against = len(needed & {(c, e)}) + len(other & {(a, b)})
        conflict += against > 0
        doubled += against
        shared += len(needed & other)
        absent += (a, b) == (c, e)
    assert brokerage._alike(np.array([5.0]), "exact") == [len(triples), shared, absent, conflict]
    # sna leaves out those that contradict each other in two ties.
    assert brokerage._alike(np.array([5.0]), "sna")[3] == conflict - (doubled - conflict)


def test_a_bridge_that_comes_last_is_kept_all_the_same() -> None:
    stars = [(f"hub{side}", f"leaf{side}{number}") for side in "12" for number in range(5)]
    ties = pd.DataFrame([*stars, ("hub1", "x"), ("x", "y"), ("y", "hub2")], columns=["source", "target"])
    found = thinning.local_degree(ties.assign(relation="r", weight=1.0), most=12)
    assert ("x", "y") in set(zip(found["source"], found["target"], strict=True))


def test_a_chain_of_one_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nulls, "_RESTARTED", 0)
    network, _ = made(3, directed=True)
    for seed in range(4):
        [drawn] = nulls.rewirings_of(network, rng=np.random.default_rng(seed), draws=1)
        assert drawn.ecount() == network.ties


def test_equal_pairs_stand_in_the_order_of_their_documents() -> None:
    ends = [
        (document, target) for document in ("2", "1", "0") for target in ("a", "b") if (document, target) != ("2", "b")
    ]
    cited = pd.DataFrame(ends, columns=["source", "target"]).assign(relation="cites", weight=1.0)
    found = crossings.sources_of_pairs(cited.assign(source="document_" + cited["source"]))
    assert found.to_numpy().tolist() == [["0", "1", 2], ["0", "2", 1], ["1", "2", 1]]
    more = pd.DataFrame({"source": ["document_0", "document_1", "document_2"], "target": "a"})
    found = crossings.sources_of_pairs(more.assign(relation="cites", weight=1.0))
    assert found.to_numpy().tolist() == [["0", "1", 1], ["0", "2", 1], ["1", "2", 1]]


def test_the_first_missing_column_of_an_adoption_is_named() -> None:
    with pytest.raises(TableError, match="column `actor_id` is missing"):
        standards.adoption_matrix(pd.DataFrame({"x": ["a"]}), ["a"])


def test_who_stands_out_is_told_by_network_value_and_name() -> None:
    rows = [("x", 1.0, "b"), ("x", 3.0, "c"), ("x", 1.0, "a"), ("w", 2.0, "d"), ("w", 9.0, "e")]
    tested = pd.DataFrame(rows, columns=["group", "value", "entity"]).assign(
        p=[0.05, 0.01, 0.05, 0.05, 0.06], high=0.05
    )
    found = standing._standing_out(tested, 0.05)
    assert found[["group", "entity"]].to_numpy().tolist() == [["w", "d"], ["x", "c"], ["x", "a"], ["x", "b"]]


def with_lengths(other: Any) -> Any:
    for *_, data in other.edges(data=True):
        data["length"] = 1 / data["weight"]
    return other


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(("seed", "directed"), [(1, True), (2, True), (3, False), (4, False)])
def test_shortest_paths_as_networkx_finds(seed: int, directed: bool, weighted: bool) -> None:
    network, other = made(seed, directed=directed, many=8, share=0.2)
    length = "length" if weighted else None
    with_lengths(other)
    for normalised in (False, True):
        rows = centrality.betweenness(network, weighted=weighted, normalised=normalised)
        wanted = nx.betweenness_centrality(other, weight=length, normalized=normalised)
        assert told(rows) == pytest.approx(wanted)
        assert set(rows["measure"]) == {"betweenness_share" if normalised else "betweenness"}
        assert set(rows["unit"]) == {"share" if normalised else "pairs"}
    for direction in ("in", "out"):
        turned = other.reverse() if directed and direction == "out" else other
        for name, improved in (("reachable", False), ("improved", True)):
            rows = centrality.closeness(network, unreachable=name, direction=direction, weighted=weighted)  # type: ignore[arg-type]
            wanted = nx.closeness_centrality(turned, distance=length, wf_improved=improved)
            assert told(rows) == pytest.approx(wanted)
        away = turned.reverse() if directed else turned
        reach = {name: len(nx.single_source_shortest_path(away, name)) == 8 for name in network.names}
        whole = centrality.closeness(network, unreachable="zero", direction=direction, weighted=weighted)  # type: ignore[arg-type]
        bare = nx.closeness_centrality(turned, distance=length, wf_improved=False)
        assert told(whole) == pytest.approx({name: bare[name] * reach[name] for name in bare})
        rows = centrality.harmonic(network, direction=direction, weighted=weighted)  # type: ignore[arg-type]
        wanted = nx.harmonic_centrality(turned, distance=length)
        assert told(rows) == pytest.approx({name: value / 7 for name, value in wanted.items()})


def test_shortest_paths_of_one_and_of_two_actors() -> None:
    pair = arrays.graph(pd.DataFrame({"source": ["a"], "target": ["b"]}))
    assert np.isnan(centrality.betweenness(pair, normalised=True)["value"]).all()
    assert told(centrality.betweenness(pair)) == {"a": 0, "b": 0}
    lone = arrays.subgraph(pair, np.array([True, False]))
    assert told(centrality.harmonic(lone)) == told(centrality.closeness(lone)) == {"a": 0}


@pytest.mark.parametrize("weighted", [False, True])
def test_hubs_authorities_and_eigenvectors_as_numpy_finds(weighted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    network, other = made(5, directed=True, many=10, share=0.5)
    matrix = nx.to_numpy_array(other, weight="weight" if weighted else None)
    for most in (1_000_000, 0):  # all at once, and step by step as for large networks
        monkeypatch.setattr(centrality, "_DENSE", most)
        hub, authority, gap = centrality.hits_values(network, weighted=weighted)
        sizes, vectors = np.linalg.eigh(matrix @ matrix.T)
        assert hub == pytest.approx(np.abs(vectors[:, -1]) / np.abs(vectors[:, -1]).sum())
        assert gap == pytest.approx(1 - (sizes[-2] / sizes[-1]) ** 0.5)
        back = matrix.T @ hub
        assert authority == pytest.approx(back / back.sum())
        for direction, turned in (("in", matrix.T), ("out", matrix)):
            found = told(centrality.eigenvector(network, direction=direction, weighted=weighted))  # type: ignore[arg-type]
            value = np.array(list(found.values()))
            assert np.linalg.norm(value) == pytest.approx(1)
            assert (value > 0).all()
            assert turned @ value == pytest.approx(value * (turned @ value).max() / value.max())


def test_totals_of_batches_are_scaled_up_with_the_error_of_their_means() -> None:
    # Five of ten actors in batches of three and two: 6 in all, 2/3 and 2 each, 6/5 on average.
    total, error = centrality._scaled_up(np.array([[2.0, 0.0], [4.0, 0.0]]), drawn=5, actors=10)
    spread = (3 * (2 / 3 - 6 / 5) ** 2 + 2 * (2 - 6 / 5) ** 2) / 5 / (2 - 1)
    assert (total.tolist(), error.tolist()) == ([12, 0], pytest.approx([10 * math.sqrt(spread * (1 - 5 / 10)), 0]))
    rng = np.random.default_rng(1)
    for sources in (2, 10):
        assert len(set(centrality._drawn(10, sources, rng))) == sources
    for sources in (1, 11):
        with pytest.raises(ValueError, match=f"sources is {sources}; from 2 to the number of actors, 10"):
            centrality._drawn(10, sources, rng)
    with pytest.raises(ValueError, match="needs a random generator"):
        centrality._drawn(10, 5, None)


def partitions(many: int) -> list[list[int]]:
    """Every way to part so many actors, as numbers of their parts."""
    found: list[list[int]] = [[]]
    for _ in range(many):
        found = [[*one, part] for one in found for part in range(max(one, default=-1) + 2)]
    return found


@pytest.mark.parametrize(("seed", "directed"), [(1, True), (2, True), (3, True), (4, True), (5, False)])
def test_communities_are_the_best_of_all_partitions(seed: int, directed: bool) -> None:
    network, _ = made(seed, directed=directed, many=6, share=0.35)
    for weighted in (True, False):
        value = [
            communities.modularity_value(network, np.array(one), weighted=weighted) for one in partitions(network.n)
        ]
        members = communities.leiden(network, rng=np.random.default_rng(1), weighted=weighted)
        assert communities.modularity_value(network, members, weighted=weighted) == pytest.approx(max(value))
        rows = communities.communities(network, rng=np.random.default_rng(1), weighted=weighted)
        assert set(rows["group"]) == {"weighted" if weighted else "unweighted"}
