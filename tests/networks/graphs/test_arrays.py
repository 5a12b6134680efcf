"""One network as a sparse matrix: what is read, refused, merged and handed on."""

import random

import igraph
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_diplomacy import networks
from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.chance.nulls import rewired
from digital_diplomacy.networks.graphs import arrays
from digital_diplomacy.networks.measures import brokerage, centrality, cohesion
from digital_diplomacy.tables import ESTIMATES, MAX_REPORTED, validate


def edges_of(*ties: str) -> pd.DataFrame:
    """Edges from texts like ``a-b`` or ``a-b:3``."""
    parts = [(*tie.partition(":")[0].split("-"), float(tie.partition(":")[2] or 1)) for tie in ties]
    return pd.DataFrame(parts, columns=["source", "target", "weight"])


# An isolate z, a sink d, a source a, a loop at c, a parallel pair b -> c, a mutual pair, and a second component x -> y.
TRICKY = edges_of("a-b:2", "b-c:1", "b-c:3", "c-c:5", "c-b:1", "c-d:2", "x-y:4")


def test_isolates_sinks_loops_parallels_and_components_are_kept_as_documented() -> None:
    found = arrays.graph(TRICKY, nodes=["z"], loops="drop", parallel="sum")
    assert list(found.names) == ["a", "b", "c", "d", "x", "y", "z"]
    assert found.ties == 5
    assert found.weights.toarray()[1].tolist() == [0, 0, 4, 0, 0, 0, 0]
    assert found.weights.diagonal().tolist() == [0] * 7


def test_a_pair_counts_once_without_weight_over_relations() -> None:
    both = pd.concat([edges_of("a-b:5").assign(relation="uses"), edges_of("a-b:2", "b-c").assign(relation="cites")])
    found = arrays.graph(both, parallel="once")
    assert found.weights.toarray().tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
    with pytest.raises(ValueError, match="one relation expected, found cites, uses"):
        arrays.graph(both, parallel="sum")


def test_an_undirected_tie_stands_in_both_triangles_and_counts_once() -> None:
    found = arrays.graph(edges_of("b-a:2", "b-c:3"), directed=False)
    assert found.ties == 2
    assert (found.weights != found.weights.T).nnz == 0
    assert [list(map(int, side)) for side in found.pairs()] == [[0, 1], [1, 2], [2, 3]]


def test_reversed_orientation_turns_every_tie() -> None:
    given_ties, turned = (arrays.graph(edges_of("a-b:2"), orientation=way) for way in ("as_given", "reversed"))
    assert turned.weights.toarray().tolist() == given_ties.weights.toarray().T.tolist()
    assert arrays.reversed_graph(given_ties).weights.toarray().tolist() == turned.weights.toarray().tolist()


def test_symmetrised_networks_unite_or_add_directions() -> None:
    network = arrays.graph(edges_of("a-b:2", "b-a:3", "b-c:4"))
    assert arrays.symmetrised(network, rule="sum").weights.toarray()[0].tolist() == [0, 5, 0]
    assert arrays.symmetrised(network, rule="union").weights.toarray()[1].tolist() == [1, 0, 1]


def test_integer_names_are_texts_in_the_order_of_texts() -> None:
    found = arrays.graph(pd.DataFrame({"source": [10, 2], "target": [2, 1]}))
    assert list(found.names) == ["1", "10", "2"]
    assert found.weights.toarray().tolist() == [[0, 0, 0], [0, 0, 1], [1, 0, 0]]


@given(st.permutations(range(6)))
def test_order_of_rows_does_not_matter(order: list[int]) -> None:
    ties = edges_of("a-b:2", "b-c:4", "c-b:1", "c-d:2", "x-y:4", "d-a:7")
    before = ties.copy(deep=True)
    one, other = arrays.graph(ties), arrays.graph(ties.iloc[order])
    assert one.weights.toarray().tolist() == other.weights.toarray().tolist()
    pd.testing.assert_frame_equal(ties, before)


@pytest.mark.parametrize(("weight", "said"), [(0, "0.0"), (-1, "-1.0"), (np.nan, "nan"), (np.inf, "inf")])
def test_a_weight_that_is_not_above_zero_is_named_with_its_row(weight: float, said: str) -> None:
    ties = edges_of("a-b", "b-c").assign(weight=[1.0, weight])
    with pytest.raises(TableError, match=rf"row 2 \(b -> c, weight {said}\): a weight must be a number above 0"):
        arrays.graph(ties)


def test_a_missing_name_is_named_with_its_row() -> None:
    with pytest.raises(TableError, match=r"row 2 .*the name of an end is missing"):
        arrays.graph(pd.DataFrame({"source": ["a", None], "target": ["b", "c"]}))


def test_names_read_as_decimals_are_refused() -> None:
    with pytest.raises(TableError, match="names are float64; read source and target as text"):
        arrays.graph(pd.DataFrame({"source": [1.0], "target": [2.0]}))


def test_a_loop_is_refused_unless_dropped() -> None:
    with pytest.raises(TableError, match=r"row 1 \(a -> a, weight 1.0\): an actor tied to itself"):
        arrays.graph(edges_of("a-a", "a-b"))


def test_a_parallel_tie_is_refused_unless_added() -> None:
    with pytest.raises(TableError, match=r"row 1 .*row 3 .*a pair named more than once"):
        arrays.graph(edges_of("a-b", "b-c", "a-b"))


def test_a_directed_file_with_mutual_ties_is_not_read_as_undirected() -> None:
    with pytest.raises(TableError, match=r"row 1 \(a -> b.*row 2 \(b -> a"):
        arrays.graph(edges_of("a-b", "b-a"), directed=False)


def test_an_actor_outside_a_closed_list_is_named_with_its_row() -> None:
    with pytest.raises(TableError, match=r"row 2 \(b -> q, weight 1.0\): an actor that is not among the nodes"):
        arrays.graph(edges_of("a-b", "b-q"), nodes=["a", "b"], closed=True)


def test_a_missing_column_and_unknown_options_are_refused() -> None:
    with pytest.raises(TableError, match="column `target` is missing"):
        arrays.graph(pd.DataFrame({"source": ["a"]}))
    with pytest.raises(ValueError, match="unknown loops 'keep'; allowed: refuse, drop"):
        arrays.graph(edges_of("a-b"), loops="keep")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown rule 'mean'"):
        arrays.symmetrised(arrays.graph(edges_of("a-b")), rule="mean")  # type: ignore[arg-type]


def test_types_must_name_every_actor_once() -> None:
    network = arrays.graph(edges_of("a-b"))
    codes, kinds = network.codes(pd.Series({"b": "state", "a": "media", "c": "state"}))
    assert (codes.tolist(), list(kinds)) == ([0, 1], ["media", "state"])
    with pytest.raises(TableError, match="no type of 'b'"):
        network.codes(pd.Series({"a": "state"}))
    with pytest.raises(TableError, match="'a' listed more than once"):
        network.codes(pd.Series(["x", "y", "z"], index=["a", "a", "b"]))


def test_a_network_without_ties_has_no_ties() -> None:
    found = arrays.graph(edges_of(), nodes=["a", "b"])
    assert (found.n, found.ties) == (2, 0)
    assert centrality.degrees(found)["value"].tolist() == [0] * 4


def test_a_subgraph_keeps_the_ties_among_its_actors() -> None:
    network = arrays.graph(edges_of("a-b:2", "b-c:3", "c-a:4"))
    found = arrays.subgraph(network, np.array([True, False, True]))
    assert list(found.names) == ["a", "c"]
    assert found.weights.toarray().tolist() == [[0, 0], [4, 0]]


def test_distances_are_inverse_strengths() -> None:
    built = arrays.to_igraph(arrays.graph(edges_of("a-b:4")), weights="distance")
    assert built.es["weight"] == [0.25]


def test_igraph_draws_from_the_generator_within_the_block_only() -> None:
    def drawn() -> list[tuple[int, int]]:
        with arrays.seeded(np.random.default_rng(5)):
            return igraph.Graph.Erdos_Renyi(n=20, m=30).get_edgelist()

    assert drawn() == drawn()
    random.seed(3)
    first = igraph.Graph.Erdos_Renyi(n=20, m=30).get_edgelist()
    random.seed(3)
    assert igraph.Graph.Erdos_Renyi(n=20, m=30).get_edgelist() == first


def test_rows_of_many_actors_are_the_declared_table() -> None:
    actors = 30_000
    network = arrays.graph(pd.DataFrame({"source": np.arange(actors - 1), "target": np.arange(1, actors)}))
    validate(arrays.node_rows(network, np.ones(actors), measure="degree", unit="actors"), ESTIMATES)


def test_names_beyond_the_most_reported_are_counted() -> None:
    names = [f"a{number}" for number in range(MAX_REPORTED + 2)]
    listed = ", ".join(map(repr, names[:MAX_REPORTED]))
    assert arrays._listed(pd.Index(names[:MAX_REPORTED])) == listed
    assert arrays._listed(pd.Index(names)) == f"{listed} and 2 more"


@pytest.mark.parametrize(
    ("frame", "options", "said"),
    [
        ({"source": ["a", ""], "target": ["b", "c"]}, {}, r"edges: row 2 \( -> c, weight 1\): the name of an end"),
        ({"source": ["a", "b"], "target": [None, "c"]}, {}, r"edges: row 1 \(a -> \w*, weight 1\): the name of an end"),
        ({"source": [True], "target": [False]}, {}, "names are bool; read source and target as text"),
        (
            {"source": ["q", "b"], "target": ["a", "a"]},
            {"nodes": "ab", "closed": True},
            r"edges: row 1 \(q -> a, weight",
        ),
        (
            {"source": list("aaba"), "target": list("abcb")},
            {"loops": "drop"},
            r"edges: row 2 \(a -> b, weight 1\), row 4 \(a -> b, weight 1\): a pair named more than once",
        ),
        ({"source": ["a"], "target": ["b"], "weight": ["many"]}, {}, r"row 1 \(a -> b, weight many\): a weight must"),
    ],
)
def test_rows_that_are_no_ties_are_named(frame: dict[str, list[object]], options: dict[str, object], said: str) -> None:
    with pytest.raises(TableError, match=said):
        arrays.graph(pd.DataFrame(frame), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("more", [0, 1, 3])
def test_rows_beyond_the_most_reported_are_counted(more: int) -> None:
    many = pd.DataFrame({"source": ["a"] * (MAX_REPORTED + more), "target": "a"})
    with pytest.raises(TableError) as said:
        arrays.graph(many)
    assert str(said.value).count("row ") == MAX_REPORTED
    assert (f"... and {more} more" in str(said.value)) is (more > 0)


def test_an_undirected_network_read_backwards_is_the_same() -> None:
    ties = edges_of("b-a:2", "b-c:3")
    one, other = (arrays.graph(ties, directed=False, orientation=way) for way in ("as_given", "reversed"))
    assert one.weights.toarray().tolist() == other.weights.toarray().tolist() == [[0, 2, 0], [2, 0, 3], [0, 3, 0]]
    assert one.received is one.weights
    assert arrays.symmetrised(one, rule="sum") is one
    assert one.united.weights.toarray().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert one.united.ties == 2
    assert one.lengths(weighted=True) == pytest.approx([1 / 2, 1 / 3])
    assert one.lengths(weighted=False) is None
    assert arrays.to_igraph(one, weights="strength").es["weight"] == [2, 3]
    assert "weight" not in arrays.to_igraph(one).es.attributes()


def test_an_interval_about_a_value_is_cut_at_nothing() -> None:
    network = arrays.graph(edges_of("a-b", "b-c"), source_id="s")
    rows = arrays.node_rows(network, [5.0, 1.0, -1.0], measure="m", unit="u", half_width=[2.0, 3.0, 3.0], n=7)
    assert rows[["low", "high"]].to_numpy().tolist() == [[3, 7], [0, 4], [-1, 2]]
    assert rows[["interval", "level", "n", "source_id"]].drop_duplicates().to_numpy().tolist() == [
        ["confidence", 0.95, 7, "s"]
    ]
    plain = arrays.node_rows(network, [1.0, 2.0, 3.0], measure="m", unit="u")
    assert plain[["low", "high", "level", "n"]].isna().all(axis=None)
    several = arrays.network_row(network, [0.5, 0.25], measure="m", unit="u", group=["0", "1"], n=[4, 2])
    assert several[["entity", "group", "value", "n", "source_id"]].to_numpy().tolist() == [
        ["network", "0", 0.5, 4, "s"], ["network", "1", 0.25, 2, "s"]]  # fmt: skip
    both = arrays.together([several, plain.head(0), plain])
    assert both.index.tolist() == [0, 1, 2, 3, 4]
    assert list(arrays.together([]).columns) == list(both.columns) == list(ESTIMATES.columns)


def test_of_many_rows_the_ends_are_validated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "_VALIDATED_WHOLE", 4)
    network = arrays.graph(edges_of("a-b", "c-d", "e-f"))

    def rows(*values: float) -> pd.DataFrame:
        return arrays.node_rows(network, values, measure="m", unit="share", half_width=0.0)

    assert list(rows(1, 2, 3, 4, 5, 6).columns) == list(ESTIMATES.columns)
    wrong = pd.DataFrame(rows(1, 2, 3, 4, 5, 6)).assign(interval="confidence")
    for place in (0, 1, 4, 5):
        with pytest.raises(TableError):
            arrays._checked(wrong.assign(low=[9.0 if at == place else 0.0 for at in range(6)]))
    assert len(arrays._checked(wrong.assign(low=[0, 0, 9.0, 0, 0, 0]))) == 6
    with pytest.raises(TableError):
        arrays._checked(wrong.head(4).assign(low=[0, 0, 9.0, 0]))


def test_a_network_carries_its_source_into_what_is_made_of_it() -> None:
    network = arrays.graph(edges_of("a-b", "b-c", "c-a"), source_id="embassies")
    assert arrays.graph(edges_of("a-b")).source_id == ""
    made = [
        network.united, arrays.symmetrised(network, rule="sum"), arrays.reversed_graph(network),
        arrays.symmetrised(arrays.symmetrised(network, rule="sum"), rule="union"),
        arrays.subgraph(network, np.array([True, True, False])), rewired(network, rng=np.random.default_rng(1)),
    ]  # fmt: skip
    assert [other.source_id for other in made] == ["embassies"] * len(made)
    assert [other.directed for other in made] == [False, False, True, False, True, True]
    rows = arrays.together([
        centrality.degrees(network), cohesion.census(network), brokerage.constraint(network),
        networks.networked_power(network), networks.attention_received(network),
    ])  # fmt: skip
    assert rows["source_id"].unique().tolist() == ["embassies"]
