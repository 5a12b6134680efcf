"""Cores, returned ties, triangles, mixing, communities, and the core-periphery model."""

import itertools
import random

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels
from digital_diplomacy.networks.graphs import arrays
from digital_diplomacy.networks.graphs.arrays import Graph
from digital_diplomacy.networks.measures import cohesion, communities, core_periphery
from digital_diplomacy.tables import ESTIMATES, validate

# a -> b <-> c -> d and c <-> d back, x -> y apart, z alone.
TRICKY = ["a-b:2", "b-c:4", "c-b:1", "c-d:2", "d-c:2", "x-y:4"]


def network_of(*ties: str, directed: bool = True, nodes: tuple[str, ...] = ()) -> Graph:
    parts = [(*tie.partition(":")[0].split("-"), float(tie.partition(":")[2] or 1)) for tie in ties]
    frame = pd.DataFrame(parts, columns=["source", "target", "weight"])
    return arrays.graph(frame, directed=directed, nodes=nodes)


def values(rows: pd.DataFrame, measure: str) -> dict[str, float]:
    found = rows[rows["measure"] == measure]
    return dict(zip(found["entity"], found["value"], strict=True))


def whole(rows: pd.DataFrame, measure: str, group: str | None = None) -> float:
    found = rows[(rows["measure"] == measure) & (rows["entity"] == "network")]
    return float((found if group is None else found[found["group"] == group])["value"].item())


def tricky() -> Graph:
    return network_of(*TRICKY, nodes=("z",))


def two_cliques() -> Graph:
    """Two groups of four, all tied within, and one tie between."""
    ties = [f"{side}{one}-{side}{other}" for side in "pq" for one in range(4) for other in range(one + 1, 4)]
    return network_of(*ties, "p0-q0", directed=False)


def rng() -> np.random.Generator:
    return np.random.default_rng(12)


def test_density_counts_possible_ties() -> None:
    assert whole(cohesion.density(tricky()), "density") == pytest.approx(6 / 42)
    assert whole(cohesion.density(two_cliques()), "density") == pytest.approx(13 / 28)
    assert np.isnan(whole(cohesion.density(network_of(nodes=("a",))), "density"))


def test_coreness_counts_a_mutual_tie_once_or_twice_as_named() -> None:
    # Undirected: the path a-b-c-d and the pair x-y are 1-cores. By ties of both directions b, c and d hold a 2-core.
    order = ["a", "b", "c", "d", "x", "y", "z"]
    union = values(cohesion.coreness(tricky()), "coreness")
    total = values(cohesion.coreness(tricky(), convention="total"), "coreness_total")
    received = values(cohesion.coreness(tricky(), convention="in"), "coreness_in")
    assert [union[name] for name in order] == [1, 1, 1, 1, 1, 1, 0]
    assert [total[name] for name in order] == [1, 2, 2, 2, 1, 1, 0]
    assert [received[name] for name in order] == [0, 1, 1, 1, 0, 0, 0]


def test_reciprocity_has_four_readings() -> None:
    # 6 ties, 4 of them returned; weight 15, returned min(4, 1) and 2, twice each; pairs: 2 mutual, 2 single, 17 null.
    rows = cohesion.reciprocity(tricky())
    found = {code: whole(rows, code) for code in set(rows["measure"])}
    assert found == pytest.approx(
        {
            "reciprocity": 4 / 6,
            "reciprocity_weighted": 6 / 15,
            "reciprocity_tied": 2 / 4,
            "reciprocity_pairs": 19 / 21,
        }
    )
    assert np.isnan(whole(cohesion.reciprocity(network_of(nodes=("a", "b"))), "reciprocity"))


def test_census_of_a_small_network() -> None:
    # a -> b -> c: three triads with a, b, c, d (d alone): abc is 021C; abd and bcd are 012; acd is 003.
    rows = cohesion.census(network_of("a-b", "b-c", nodes=("d",)))
    triads = rows[(rows["measure"] == "triads") & (rows["value"] > 0)]
    assert dict(zip(triads["group"], triads["value"], strict=True)) == {"triad_003": 1, "triad_012": 2, "triad_021C": 1}
    assert [whole(rows, "dyads", f"dyad_{kind}") for kind in ("mutual", "asymmetric", "null")] == [0, 2, 4]
    with pytest.raises(ValueError, match="this one is undirected"):
        cohesion.census(two_cliques())


def test_clustering_of_directed_triangles_follows_fagiolo() -> None:
    # A cycle a -> b -> c -> a has one of the two directed triangles possible around each actor; undirected, all.
    cycle = network_of("a-b", "b-c", "c-a")
    assert cohesion.clustering(cycle)["value"].tolist() == [1, 1, 1]
    assert cohesion.clustering(cycle, convention="fagiolo")["value"].tolist() == pytest.approx([0.5] * 3)
    assert cohesion.clustering(tricky())["value"].tolist() == [0] * 7
    assert whole(cohesion.transitivity(cycle), "transitivity") == 1
    assert np.isnan(whole(cohesion.transitivity(network_of("a-b")), "transitivity"))


def test_assortativity_by_degree_of_a_star_is_minus_one() -> None:
    star = network_of("m-a", "m-b", "m-c", directed=False)
    assert whole(cohesion.degree_assortativity(star), "degree_assortativity") == pytest.approx(-1)
    cycle = network_of("a-b", "b-c", "c-a", directed=False)
    assert np.isnan(whole(cohesion.degree_assortativity(cycle), "degree_assortativity"))


def test_assortativity_by_type_is_one_within_types() -> None:
    types = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})
    found = cohesion.type_assortativity(network_of("a-b", "c-d"), types)
    assert whole(found, "assortativity") == pytest.approx(1)


def test_rich_club_is_the_density_above_each_degree() -> None:
    # Two cliques with a tie between: above 0, 1 and 2 ties 13 of 28 pairs; above 3, the two ends of that tie.
    rows = cohesion.rich_club(two_cliques())
    assert rows["group"].tolist() == ["0", "1", "2", "3"]
    assert rows["value"].tolist() == pytest.approx([13 / 28] * 3 + [1])
    assert rows["n"].tolist() == [8, 8, 8, 2]


def test_modularity_of_two_cliques() -> None:
    # 12 of 13 ties within, half of the degrees on each side: 12/13 - 1/2.
    types = pd.Series({name: name[0] for name in two_cliques().names})
    assert whole(communities.modularity(two_cliques(), types), "modularity") == pytest.approx(12 / 13 - 1 / 2)


def test_directed_modularity_compares_with_ties_paid_and_received() -> None:
    # a -> b and c -> d in groups ab, cd: within 2/2; paid and received halves each: 1 - (1/4 + 1/4).
    types = pd.Series({"a": 1, "b": 1, "c": 2, "d": 2})
    assert whole(communities.modularity(network_of("a-b", "c-d"), types), "modularity") == pytest.approx(1 / 2)


def test_leiden_finds_two_cliques_and_leaves_isolates_alone() -> None:
    network = two_cliques()
    with_isolate = Graph(
        network.names.append(pd.Index(["z"])),
        arrays.sparse.block_diag([network.weights, np.zeros((1, 1))], format="csr"),
        directed=False,
    )
    rows = communities.communities(with_isolate, rng=rng())
    found = values(rows, "community")
    assert [found[name] for name in with_isolate.names] == [1] * 4 + [2] * 4 + [3]
    assert whole(rows, "modularity_leiden") == pytest.approx(12 / 13 - 1 / 2)


def test_communities_depend_on_the_given_generator_alone() -> None:
    ties = np.random.default_rng(3).integers(40, size=(200, 2))
    network = arrays.graph(pd.DataFrame(ties, columns=["source", "target"]), loops="drop", parallel="sum")
    one = communities.leiden(network, rng=rng(), runs=2)
    random.seed(99)
    assert communities.leiden(network, rng=rng(), runs=2).tolist() == one.tolist()
    turned = communities.leiden(arrays.reversed_graph(network), rng=rng(), runs=2)
    assert communities.modularity_value(arrays.reversed_graph(network), turned, weighted=True) > 0.2


def test_core_and_periphery_of_an_ideal_pattern_fit_fully() -> None:
    # Core a, b, c tied to each other and to nobody else: products of (1, 1, 1, 0, 0) are the ties themselves.
    network = network_of("a-b", "b-c", "a-c", directed=False, nodes=("p", "q"))
    for convention, ending in (("correlation", ""), ("minres", "_minres")):
        rows = core_periphery.core_periphery(network, convention=convention, rng=rng())  # type: ignore[arg-type]
        weights = values(rows, f"core_weight{ending}")
        assert whole(rows, f"core_fit{ending}") == pytest.approx(1, abs=1e-4)
        assert [weights[name] for name in "abcpq"] == pytest.approx([1 / np.sqrt(3)] * 3 + [0, 0], abs=1e-3)


def test_core_of_one_actor_and_its_neighbours_fits_by_the_correlation_it_has() -> None:
    # In a cycle of 15 the best fit is one actor whose products with its two neighbours alone are not nearly 0: 2 of 105
    # pairs, both among the 15 tied. Two such indicators correlate by (2/105) (1 - 1/7) over the root of
    # (1/7) (6/7) (2/105) (103/105).
    ties = [f"n{number:02}-n{(number + 1) % 15:02}" for number in range(15)]
    rows = core_periphery.core_periphery(network_of(*ties, directed=False), rng=rng())
    expected = (2 / 105 * 6 / 7) / np.sqrt(1 / 7 * 6 / 7 * 2 / 105 * 103 / 105)
    assert whole(rows, "core_fit") == pytest.approx(expected, abs=1e-3)
    assert max(values(rows, "core_weight").values()) == pytest.approx(1, abs=1e-3)


def test_coreness_is_missing_where_no_best_one_exists() -> None:
    # Closer and closer to c = 1 + e d, e to 0, the correlation grows to that of the ties with the best d_i + d_j.
    ties = [(0, 1), (0, 4), (1, 2), (1, 3), (1, 4)]
    tied = [float(pair in ties) for pair in itertools.combinations(range(5), 2)]
    pairs = np.array([[float(actor in pair) for actor in range(5)] for pair in itertools.combinations(range(5), 2)])
    sums = pairs @ np.linalg.lstsq(pairs, np.array(tied), rcond=None)[0]
    rows = core_periphery.core_periphery(
        network_of(*(f"n{one}-n{two}" for one, two in ties), directed=False), rng=rng()
    )
    assert whole(rows, "core_fit") == pytest.approx(np.corrcoef(tied, sums)[0, 1], abs=1e-12)
    assert all(np.isnan(value) for value in values(rows, "core_weight").values())
    # A star is d_i + d_j as well, but any c with a larger one in the centre fits it fully.
    star = core_periphery.core_periphery(network_of("a-b", "a-c", "a-d", "a-e", directed=False), rng=rng())
    assert whole(star, "core_fit") == pytest.approx(1)
    assert values(star, "core_weight")["a"] > values(star, "core_weight")["b"] > 0


def test_coreness_weights_are_missing_without_any_pattern() -> None:
    empty = core_periphery.core_periphery(network_of(nodes=("a", "b", "c")), rng=rng())
    assert empty["value"].isna().all()


def test_discrete_core_leaves_fewest_errors() -> None:
    # Core a, b, c: all three pairs tied; outside p-q is tied: one error. Any other size makes more.
    network = network_of("a-b", "b-c", "a-c", "a-p", "b-p", "c-q", "p-q", directed=False)
    rows = core_periphery.discrete_core(network)
    # Degrees a 3, b 3, c 3, p 3, q 2; errors by size: 0 + 7 - 3 = 4, 1 + 7 - 6 = 2, 3 + 7 - 9 = 1, 6 + 7 - 12 = 1.
    assert [whole(rows, "core_size"), whole(rows, "core_errors")] == [3, 1]
    assert values(rows, "core_member") == {"a": 1, "b": 1, "c": 1, "p": 0, "q": 0}


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_result_is_declared_and_named(lang: str) -> None:
    types = pd.Series({name: name < "c" for name in tricky().names})
    network = tricky()
    parts = [
        cohesion.density(network), cohesion.coreness(network), cohesion.reciprocity(network), cohesion.census(network),
        cohesion.clustering(network, convention="fagiolo"), cohesion.transitivity(network),
        cohesion.type_assortativity(network, types), cohesion.degree_assortativity(network),
        communities.communities(network, rng=rng()), communities.modularity(network, types),
        core_periphery.core_periphery(network, rng=rng()), core_periphery.discrete_core(network),
    ]  # fmt: skip
    rows = validate(arrays.together(parts), ESTIMATES)
    for column in ("measure", "group", "unit"):
        assert all(labels.text(f"{column}.{code}", lang) for code in set(rows[column]))


def test_unknown_choices_and_large_networks_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown convention 'both'; allowed: union, total, in, out"):
        cohesion.coreness(tricky(), convention="both")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown convention 'all'; allowed: union, fagiolo"):
        cohesion.clustering(tricky(), convention="all")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least 1 of each"):
        communities.communities(tricky(), rng=rng(), runs=0)
    many = network_of(nodes=tuple(map(str, range(501))))
    with pytest.raises(ValueError, match="501 actors; the continuous model is fitted up to 500"):
        core_periphery.core_periphery(many, rng=rng())
    with pytest.raises(ValueError, match="unknown convention 'svd'"):
        core_periphery.core_periphery(tricky(), convention="svd", rng=rng())  # type: ignore[arg-type]


def test_fagiolos_clustering_is_the_same_in_blocks_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    network = network_of("a-b", "b-a", "a-c", "b-c", "c-d", "d-e")
    whole_at_once = cohesion.clustering(network, convention="fagiolo")["value"].tolist()
    for size in (1, 2, 3):
        monkeypatch.setattr(cohesion, "_BLOCK", size)
        assert cohesion.clustering(network, convention="fagiolo")["value"].tolist() == whole_at_once
    # Around a, of degree 3 with one mutual tie, 2 x (3 x 2 - 2 x 1) = 8 could be; by b and c, and c and b, 2 each are.
    assert whole_at_once[0] == pytest.approx(4 / 8)
