"""Structural holes, brokerage roles, participation, the E-I index and the disparity filter."""

import itertools
import math
from functools import cache

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digital_diplomacy import labels
from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.graphs import arrays, backbone
from digital_diplomacy.networks.graphs.arrays import Graph
from digital_diplomacy.networks.measures import brokerage
from digital_diplomacy.tables import ESTIMATES, validate

EMPTY = pd.DataFrame({"source": [], "target": []}, dtype=str)


def network_of(*ties: str, directed: bool = True, nodes: tuple[str, ...] = ()) -> Graph:
    parts = [(*tie.partition(":")[0].split("-"), float(tie.partition(":")[2] or 1)) for tie in ties]
    frame = pd.DataFrame(parts, columns=["source", "target", "weight"])
    return arrays.graph(frame, directed=directed, nodes=nodes)


def values(rows: pd.DataFrame, measure: str, group: str | None = None) -> dict[str, float]:
    found = rows[rows["measure"] == measure]
    found = found if group is None else found[found["group"] == group]
    return dict(zip(found["entity"], found["value"], strict=True))


def random_network(seed: int, actors: int = 9, ties: int = 30) -> tuple[Graph, pd.Series]:
    rng = np.random.default_rng(seed)
    pairs = pd.DataFrame(rng.integers(actors, size=(ties, 2)), columns=["source", "target"])
    frame = pairs.assign(weight=rng.integers(1, 9, size=ties))
    network = arrays.graph(frame, nodes=map(str, range(actors)), loops="drop", parallel="sum")
    return network, pd.Series(rng.integers(3, size=actors), index=list(map(str, range(actors))))


# Structural holes


def test_constraint_and_effective_size_of_a_star_and_a_triangle() -> None:
    # Burt (1992): three unconnected contacts with a third of the ties each leave constraint 3 * (1/3)^2 and size 3; a
    # pendant has its one contact, 1 and 1. In a triangle c_ij = (1/2 + 1/2 * 1/2)^2 twice, and 2 - 2 * 1/2 = 1.
    star = network_of("m-a", "m-b", "m-c", directed=False, nodes=("z",))
    assert values(brokerage.constraint(star), "constraint") == pytest.approx(
        {"a": 1, "b": 1, "c": 1, "m": 1 / 3, "z": np.nan}, nan_ok=True
    )
    assert values(brokerage.effective_size(star), "effective_size") == pytest.approx(
        {"a": 1, "b": 1, "c": 1, "m": 3, "z": np.nan}, nan_ok=True
    )
    triangle = network_of("a-b", "b-c", "a-c", directed=False)
    assert set(brokerage.constraint(triangle)["value"].round(12)) == {2 * 0.75**2}
    assert set(brokerage.effective_size(triangle)["value"].round(12)) == {1}


def test_directed_weights_of_both_directions_are_added() -> None:
    # a -> b 2, b -> a 1, a -> c 1, c -> b 4: ab 3, ac 1, bc 4. Of a: p = 3/4, 1/4; of b: 3/7, 4/7; of c: 1/5, 4/5.
    # C_a = (3/4 + 1/4 * 4/5)^2 + (1/4 + 3/4 * 4/7)^2. Size of a: 2 - p_ac m_bc - p_ab m_cb, m_bc = 4/4, m_cb = 4/4.
    network = network_of("a-b:2", "b-a:1", "a-c:1", "c-b:4")
    expected = (3 / 4 + 1 / 4 * 4 / 5) ** 2 + (1 / 4 + 3 / 4 * 4 / 7) ** 2
    assert values(brokerage.constraint(network), "constraint")["a"] == pytest.approx(expected)
    assert values(brokerage.effective_size(network), "effective_size")["a"] == pytest.approx(2 - 1 / 4 - 3 / 4)


def test_two_step_contacts_add_no_constraint() -> None:
    # a - b - c: of a only b counts, though c lies two steps away.
    assert values(brokerage.constraint(network_of("a-b", "b-c", directed=False)), "constraint")["a"] == 1


# Brokerage

TYPES = pd.Series({"a": "A", "b": "A", "v": "A", "x": "B", "y": "B", "z": "C"})


@pytest.mark.parametrize(
    ("ties", "role"),
    [
        (("a-v", "v-b"), "coordinator"),
        (("x-v", "v-y"), "itinerant"),
        (("a-v", "v-x"), "representative"),
        (("x-v", "v-a"), "gatekeeper"),
        (("x-v", "v-z"), "liaison"),
    ],
)
def test_each_role_is_named_by_the_types_along_the_way(ties: tuple[str, str], role: str) -> None:
    rows = brokerage.brokerage(network_of(*ties, nodes=("b", "y")), TYPES)
    assert {code: values(rows, f"brokerage_{code}", "count")["v"] for code in brokerage.ROLES} == {
        code: float(code in (role, "total")) for code in brokerage.ROLES
    }
    closed = brokerage.brokerage(network_of(*ties, f"{ties[0][0]}-{ties[1][2]}"), TYPES)
    assert values(closed, "brokerage_total", "count")["v"] == 0


def test_a_returned_tie_is_no_way_between_two() -> None:
    assert values(brokerage.brokerage(network_of("a-v", "v-a"), TYPES), "brokerage_total", "count") == {"a": 0, "v": 0}


def test_an_undirected_tie_stands_for_both_directions() -> None:
    rows = brokerage.brokerage(network_of("a-v", "v-x", directed=False), TYPES)
    found = {
        role: values(rows, f"brokerage_{role}", "count")["v"] for role in ("representative", "gatekeeper", "total")
    }
    assert found == {"representative": 1, "gatekeeper": 1, "total": 2}
    assert "z" not in set(rows["group"])


@pytest.mark.parametrize("seed", range(5))
def test_plain_pairs_of_an_undirected_network_are_those_counted_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ends = pd.DataFrame(rng.integers(9, size=(16, 2)).astype(str), columns=["source", "target"]).assign(weight=2.0)
    network = arrays.graph(ends, directed=False, nodes=map(str, range(9)), loops="drop", parallel="sum")
    types = pd.Series(rng.integers(3, size=9), index=list(map(str, range(9))))
    rows = brokerage.brokered_pairs(network, types)
    tied = {frozenset(pair) for pair in ends[["source", "target"]].to_numpy().tolist() if pair[0] != pair[1]}
    expected = {role: dict.fromkeys(map(str, range(9)), 0) for role in brokerage.PAIR_ROLES}
    for v in map(str, range(9)):
        for a, b in itertools.combinations([str(one) for one in range(9) if str(one) != v], 2):
            if {frozenset((a, v)), frozenset((b, v))} <= tied and frozenset((a, b)) not in tied:
                kinds = types[v], types[a], types[b]
                alone = "itinerant" if kinds[1] == kinds[2] else "boundary" if kinds[0] in kinds[1:] else "liaison"
                role = "coordinator" if len(set(kinds)) == 1 else alone
                expected[role][v] += 1
                expected["total"][v] += 1
    assert {role: values(rows, f"brokerage_{role}", "pairs") for role in brokerage.PAIR_ROLES} == expected
    plain = brokerage.brokered_pairs(network)
    assert values(plain, "brokerage_total") == expected["total"]
    assert set(plain["measure"]) == {"brokerage_total"}


def test_pairs_without_direction_are_refused_of_a_directed_network() -> None:
    with pytest.raises(ValueError, match="need an undirected network"):
        brokerage.brokered_pairs(network_of("a-v"))


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_roles_of_pairs_have_names(lang: str) -> None:
    assert labels.text("group.pairs", lang)
    assert all(labels.text(f"measure.brokerage_{role}", lang) for role in brokerage.PAIR_ROLES)


def test_weights_enter_by_the_geometric_mean_of_both_ties() -> None:
    # Ways x -> v -> z of weights 4 and 9, and y -> v -> z of 1 and 9: sqrt(36) + sqrt(9).
    rows = brokerage.brokerage(network_of("x-v:4", "y-v:1", "v-z:9"), TYPES, weighted=True)
    assert values(rows, "brokerage_liaison", "weighted")["v"] == pytest.approx(9)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_counts_are_those_of_all_triples(seed: int) -> None:
    network, types = random_network(seed)
    codes, _ = network.codes(types)
    ties, root = network.binary.toarray(), np.sqrt(network.weights.toarray())
    expected, weighted = np.zeros((network.n, 6)), np.zeros((network.n, 6))
    for a, v, b in itertools.permutations(range(network.n), 3):
        if ties[a, v] and ties[v, b] and not ties[a, b]:
            alike = (codes[a] == codes[v], codes[b] == codes[v], codes[a] == codes[b])
            role = {(1, 1, 1): 0, (0, 0, 1): 1, (1, 0, 0): 2, (0, 1, 0): 3, (0, 0, 0): 4}[tuple(map(int, alike))]
            expected[v, [role, 5]] += 1
            weighted[v, [role, 5]] += root[a, v] * root[v, b]
    assert brokerage.role_counts(network, codes) == pytest.approx(expected)
    assert brokerage.role_counts(network, codes, weighted=True) == pytest.approx(weighted)


def test_blocks_of_rows_give_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    network, types = random_network(4)
    whole = brokerage.brokerage(network, types), brokerage.constraint(network), brokerage.effective_size(network)
    monkeypatch.setattr(brokerage, "_OPERATIONS", 7)
    cut = brokerage.brokerage(network, types), brokerage.constraint(network), brokerage.effective_size(network)
    for one, other in zip(whole, cut, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_expectation_and_deviation_are_those_of_simulated_networks() -> None:
    # 4,000 networks of 9 actors whose 72 ties exist with the density of the given one, 1/3 (24 ties).
    names, codes = list("abcdefghi"), np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])
    a, v, b = np.array(list(itertools.permutations(range(9), 3))).T
    drawn = np.random.default_rng(7).random((4_000, 9, 9)) < 1 / 3
    ways = drawn[:, a, v] & drawn[:, v, b] & ~drawn[:, a, b]
    like_v, like_b, ends = codes[a] == codes[v], codes[v] == codes[b], codes[a] == codes[b]
    roles = [like_v & like_b, ends & ~like_v, like_v & ~like_b, like_b & ~like_v, ~(like_v | like_b | ends), v >= 0]
    tables = [[ways[:, role & (v == one)].sum(axis=1) for one in range(9)] for role in roles]
    counts = np.array(tables).transpose(2, 1, 0)
    ties = list(itertools.permutations(names, 2))[:24]
    network = arrays.graph(pd.DataFrame(ties, columns=["source", "target"]), nodes=names)
    mean, sd = brokerage.role_expectation(network, codes, 3)
    assert counts.mean(axis=0) == pytest.approx(mean, abs=0.25)
    assert counts.std(axis=0) == pytest.approx(sd, rel=0.08)
    rows = brokerage.network_brokerage(network, pd.Series(codes, index=names))
    summed = counts.sum(axis=1)
    deviations = [values(rows, f"brokerage_{role}", "sd")["network"] for role in brokerage.ROLES]
    assert deviations == pytest.approx(summed.std(axis=0), rel=0.05)


def test_networks_variance_as_sna_computes_it_stands_under_its_own_name() -> None:
    network, types = random_network(4)
    exact, sna = (brokerage.network_brokerage(network, types, variance=way) for way in ("exact", "sna"))  # type: ignore[arg-type]
    assert {"sd", "z"} <= set(exact["group"])
    assert {"sd_sna", "z_sna"} <= set(sna["group"])
    same, other = (values(rows, "brokerage_itinerant", group) for rows, group in ((exact, "sd"), (sna, "sd_sna")))
    assert same == pytest.approx(other)


def test_z_is_missing_where_nothing_can_vary() -> None:
    rows = brokerage.brokerage(network_of("a-v", "v-b"), pd.Series("A", index=["a", "b", "v"]))
    assert rows.loc[(rows["group"] == "z") & (rows["measure"] == "brokerage_liaison"), "value"].isna().all()


# Participation and the E-I index


def test_participation_is_zero_within_one_type_and_grows_with_the_mixture() -> None:
    # v hears x and y (type B, weights 1 and 2) and a (type A, weight 3): halves by weight, thirds by number.
    network = network_of("x-v:1", "y-v:2", "a-v:3", "v-b")
    assert values(brokerage.participation(network, TYPES), "participation")["v"] == pytest.approx(1 / 2)
    counted = values(brokerage.participation(network, TYPES, weighted=False), "participation")
    assert counted["v"] == pytest.approx(1 - (4 + 1) / 9)
    assert counted["a"] == 0
    assert values(brokerage.participation(network, TYPES, direction="out"), "participation")["v"] == 0


def test_ei_index_counts_ties_across_less_ties_within() -> None:
    # a -> b within A; a -> x and x -> b across; weights 5, 1, 2: (2 - 1) / 3 and (3 - 5) / 8.
    network = network_of("a-b:5", "a-x:1", "x-b:2", nodes=("z",))
    assert values(brokerage.ei_index(network, TYPES), "ei_index") == pytest.approx(
        {"a": 0, "b": 0, "x": 1, "z": np.nan, "network": 1 / 3}, nan_ok=True
    )
    assert values(brokerage.ei_index(network, TYPES, weighted=True), "ei_index")["network"] == -1 / 4


def test_disparity_is_the_chance_of_a_larger_share() -> None:
    # a pays 6, 3 and 1 to b, c, d: (1 - 0.6)^2, (1 - 0.3)^2, (1 - 0.1)^2; each of them hears a only; c also hears b 1.
    found = backbone.disparity(network_of("a-b:6", "a-c:3", "a-d:1", "b-c:1"))
    assert found["alpha_source"].tolist() == pytest.approx([0.16, 0.49, 0.81, 1])
    assert found["alpha_target"].tolist() == pytest.approx([1, 0.25, 1, 0.75])
    assert found["alpha_min"].tolist() == pytest.approx([0.16, 0.25, 0.81, 0.75])


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000))
def test_scale_of_weights_does_not_matter_where_it_must_not(seed: int) -> None:
    network, types = random_network(seed)
    scaled = Graph(network.names, (network.weights * 40).tocsr(), directed=True)
    for measure in (brokerage.constraint, brokerage.effective_size):
        assert measure(scaled)["value"].to_numpy() == pytest.approx(measure(network)["value"].to_numpy(), nan_ok=True)
    found = brokerage.participation(network, types)["value"]
    assert brokerage.participation(scaled, types)["value"].to_numpy() == pytest.approx(found)
    assert found.between(0, 1).all()


@cache
def every_result() -> pd.DataFrame:
    network, types = random_network(2)
    parts = [
        brokerage.constraint(network), brokerage.effective_size(network), brokerage.brokerage(network, types),
        brokerage.participation(network, types), brokerage.ei_index(network, types),
    ]  # fmt: skip
    rows = validate(arrays.together(parts), ESTIMATES)
    whole = [brokerage.network_brokerage(network, types, variance=way) for way in ("exact", "sna")]  # type: ignore[arg-type]
    return pd.concat([rows, *whole, brokerage.brokerage(network, types, weighted=True)])


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_result_is_declared_and_named(lang: str) -> None:
    both = every_result()
    for prefix, column in (("measure", "measure"), ("group", "group"), ("unit", "unit")):
        assert all(labels.text(f"{prefix}.{code}", lang) for code in set(both[column]))


def test_missing_types_and_unknown_choices_are_refused() -> None:
    network = network_of("a-q")
    with pytest.raises(TableError, match="no type of 'q'"):
        brokerage.brokerage(network, TYPES)
    with pytest.raises(ValueError, match="unknown variance 'guess'; allowed: exact, sna"):
        brokerage.network_brokerage(network, TYPES, variance="guess")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="this one is undirected"):
        brokerage.network_brokerage(network_of("a-b", directed=False), TYPES)
    with pytest.raises(ValueError, match="unknown direction 'up'"):
        brokerage.participation(network_of("a-b"), TYPES, direction="up")  # type: ignore[arg-type]


@pytest.mark.parametrize("weight", [1.0, 3.0])
def test_a_disparity_filter_of_equal_weights_is_refused(weight: float) -> None:
    given = network_of(f"a-b:{weight}", f"a-c:{weight}", f"d-b:{weight}")
    with pytest.raises(ValueError, match=f"all 3 weights are {weight:g}: a disparity filter compares weights"):
        backbone.disparity(given)


def test_pairs_of_itinerant_triples_are_those_that_are_counted_one_by_one() -> None:
    """Types of 2 and 3 actors: a and b of one type, v of the other; pairs that differ in v alone lack the same tie."""
    types = [0, 0, 1, 1, 1]
    triples = [(a, v, b) for a, v, b in itertools.permutations(range(5), 3) if types[a] == types[b] != types[v]]
    alike = sum(1 for one in triples for other in triples if one != other and (one[0], one[2]) == (other[0], other[2]))
    counted = brokerage._pairs_of_triples(np.array([2.0, 3.0]), "exact")[1]
    assert (len(triples), alike) == (18, 24)
    assert (counted[0], counted[2]) == (18, 24)


def role_of(types: list[int], a: int, v: int, b: int) -> int:
    """The place in `ROLES` of a way a -> v -> b."""
    kinds = types[a] == types[v], types[v] == types[b], types[a] == types[b]
    return {(True, True, True): 0, (False, False, True): 1, (True, False, False): 2, (False, True, False): 3}.get(
        kinds, 4
    )


SIZES = [(3, 2, 1), (2, 2, 2), (1, 1), (4,), (3, 3)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_pairs_of_triples_of_every_role_are_those_counted_one_by_one(size: tuple[int, ...]) -> None:
    """Triples of a role, and ordered pairs of them that share a tie, lack the same, or need and lack one."""
    types = np.repeat(range(len(size)), size).tolist()
    counts = np.zeros((5, 4))
    triples = list(itertools.permutations(range(len(types)), 3))
    for one in triples:
        counts[role_of(types, *one), 0] += 1
        for other in triples:
            if one != other and role_of(types, *one) == role_of(types, *other):
                (a, v, b), (c, w, e) = one, other
                needed, more = {(a, v), (v, b)}, {(c, w), (w, e)}
                against = (c, e) in needed or (a, b) in more
                counts[role_of(types, *one), 1:] += [len(needed & more), (a, b) == (c, e), against]
    found = np.array(brokerage._pairs_of_triples(np.array(size, dtype=float), "exact"))
    assert found.tolist() == counts.tolist()
    sna = np.array(brokerage._pairs_of_triples(np.array(size, dtype=float), "sna"))
    assert sna[:, :3].tolist() == counts[:, :3].tolist()
    assert sna[[1, 2, 3, 4], 3].tolist() == [counts[1, 3], 0, 0, counts[4, 3]]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_expectation_and_deviation_of_a_broker_are_those_of_its_pairs(size: tuple[int, ...]) -> None:
    types = np.repeat(range(len(size)), size)
    n = len(types)
    names = [str(one) for one in range(n)]
    ties = list(itertools.permutations(names, 2))[: max(1, n * (n - 1) // 3)]
    density = len(ties) / (n * (n - 1))
    q, shared = density**2 * (1 - density), (density * (1 - density)) ** 3
    network = arrays.graph(pd.DataFrame(ties, columns=["source", "target"]), nodes=names)
    mean, sd = brokerage.role_expectation(network, types, len(size))
    for v in range(n):
        ways = list(itertools.permutations([one for one in range(n) if one != v], 2))
        for place in range(6):
            own = [way for way in ways if place in (5, role_of(types.tolist(), way[0], v, way[1]))]
            both = sum((a == c) != (b == e) for (a, b), (c, e) in itertools.product(own, own))
            assert mean[v, place] == pytest.approx(len(own) * q)
            assert sd[v, place] == pytest.approx(math.sqrt(len(own) * q * (1 - q) + both * shared))


def test_one_actor_brokers_nothing() -> None:
    mean, sd = brokerage.role_expectation(arrays.graph(EMPTY, nodes=["a"]), np.array([0]), 1)
    assert (mean.tolist(), sd.tolist()) == ([[0] * 6], [[0] * 6])


def test_what_is_expected_and_how_far_it_is_off_by_hand() -> None:
    """Four actors of one type in a ring: q = (1/3)^2 2/3 = 2/27, times 6 pairs each; two ways of four in a row."""
    ring = network_of("a-b", "b-c", "c-d", "d-a")
    rows = brokerage.brokerage(ring, pd.Series("A", index=list("abcd"))).set_index(["measure", "group", "entity"])
    own = {group: rows["value"]["brokerage_total", group, "a"] for group in ("count", "expected", "ratio", "sd", "z")}
    variance = 12 / 27 * 25 / 27 + 2 * 3 * 2 * 1 * (2 / 9) ** 3
    assert own == pytest.approx(
        {
            "count": 1, "expected": 12 / 27, "ratio": 27 / 12, "sd": variance**0.5,
            "z": (1 - 12 / 27) / variance**0.5,
        }
    )  # fmt: skip
    assert rows["unit"]["brokerage_total", "z", "a"] == "standard_deviations"
    assert rows["unit"]["brokerage_total", "ratio", "a"] == "index"
    assert np.isnan(rows["value"]["brokerage_liaison", "ratio", "a"])
    weighted = brokerage.brokerage(
        network_of("a-b:4", "b-c:4", "c-d:4", "d-a:16"), pd.Series("A", index=list("abcd")), weighted=True
    ).set_index(["measure", "group", "entity"])["value"]
    # Roots 2, 2, 2 and 4: their mean 2.5, squared; a passes on 4 x 2.
    assert weighted["brokerage_total", "weighted", "a"] == 8
    assert weighted["brokerage_total", "expected", "a"] == pytest.approx(12 / 27 * 6.25)
    whole = brokerage.network_brokerage(ring, pd.Series("A", index=list("abcd"))).set_index(["measure", "group"])
    assert whole["value"]["brokerage_total", "count"] == 4
    assert whole["value"]["brokerage_total", "expected"] == pytest.approx(24 * 2 / 27)
    triples, shared, absent, conflict = brokerage._alike(np.array([4.0]), "exact")
    q, d = 2 / 27, 1 / 3
    sd = math.sqrt(triples * q * (1 - q) + shared * (2 / 9) ** 3 + absent * d**5 * (1 - d) - conflict * q**2)
    assert whole["value"]["brokerage_total", "sd"] == pytest.approx(sd)
    assert whole["value"]["brokerage_total", "z"] == pytest.approx((4 - 48 / 27) / sd)
    assert whole["unit"].to_dict()["brokerage_total", "z"] == "standard_deviations"
    assert set(whole["n"]) == {4}
    bare = arrays.graph(EMPTY, nodes=["a", "b", "c"])
    empty = brokerage.brokerage(bare, pd.Series("A", index=list("abc")), weighted=True)
    assert set(empty.loc[empty["group"] == "weighted", "value"]) == {0}
    assert empty.loc[empty["group"] != "weighted", "value"].isna().all()  # no tie has a mean weight


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("seed", range(2))
def test_structural_holes_as_networkx_and_the_definition_find(weighted: bool, seed: int) -> None:
    network, _ = random_network(seed, actors=7, ties=11)
    other = nx.Graph()
    other.add_nodes_from(network.names)
    for one, two, weight in zip(*network.pairs(), strict=True):
        ends = network.names[one], network.names[two]
        back = other.get_edge_data(*ends, {"weight": 0})["weight"]
        other.add_edge(*ends, weight=back + (weight if weighted else 1))
    found = brokerage.constraint(network, weighted=weighted)
    wanted = nx.constraint(other, weight="weight")
    assert values(found, "constraint") == pytest.approx(wanted, nan_ok=True)
    sizes = brokerage.effective_size(network, weighted=weighted)
    joint = nx.to_numpy_array(other)  # networkx counts otherwise here: the definition, contact by contact
    for i, name in enumerate(network.names):
        contacts = np.flatnonzero(joint[i])
        parts = [1 - joint[i] @ joint[j] / joint[i].sum() / joint[j].max() for j in contacts]
        assert values(sizes, "effective_size")[name] == pytest.approx(sum(parts) if parts else np.nan, nan_ok=True)
    assert set(found["group"]) == set(sizes["group"]) == {"weighted" if weighted else "unweighted"}


def test_participation_of_every_direction_and_an_index_without_ties() -> None:
    network = network_of("x-v:1", "y-v:2", "a-v:3", "v-b:2", "v-z:6")
    out = brokerage.participation(network, TYPES, direction="out")
    assert values(out, "participation")["v"] == pytest.approx(1 - (4 + 36) / 64)
    assert set(out["group"]) == {"out_weighted"}
    once = brokerage.participation(network_of("x-v", "v-a", directed=False), TYPES, weighted=False)
    assert values(once, "participation") == {"a": 0, "v": 0.5, "x": 0}
    assert set(once["group"]) == {"unweighted"}
    rows = brokerage.ei_index(arrays.graph(EMPTY, nodes=["a", "x"]), TYPES)
    assert rows["value"].isna().all()
    weighted = brokerage.ei_index(network_of("a-b:5", "a-x:1", "x-b:2"), TYPES, weighted=True)
    # a: 1 across, 5 within; b: 2 and 5; x: 3 and 0.
    assert values(weighted, "ei_index") == pytest.approx({"a": -4 / 6, "b": -3 / 7, "x": 1, "network": -1 / 4})
    assert weighted["n"].tolist()[-1] == 3
