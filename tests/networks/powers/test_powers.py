"""The four powers: worked by hand on small networks, their null models, and what is refused."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import figures, labels
from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.graphs.arrays import Graph, graph
from digital_diplomacy.networks.measures.brokers import own_dependence, type_positions, within_type_z
from digital_diplomacy.networks.powers import networking
from digital_diplomacy.networks.powers.four import (
    POWERS,
    dyadic_power,
    network_making_power,
    networked_power,
    one_relation,
    power_sentence,
    powers,
)
from digital_diplomacy.networks.powers.networking import density_within, exclusion_asymmetry, networking_power
from digital_diplomacy.tables import EDGES, ESTIMATES, PAIRS, validate


def generator() -> np.random.Generator:
    return np.random.default_rng(11)


def edges_of(*ties: str, relation: str = "uses") -> pd.DataFrame:
    """Edges from texts like ``a-b`` or ``a-b:3``."""
    parts = [tie.partition(":") for tie in ties]
    pairs = [part[0].split("-") for part in parts]
    rows = [
        {"source": pair[0], "target": pair[1], "relation": relation, "weight": float(part[2] or 1)}
        for pair, part in zip(pairs, parts, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(EDGES.columns))


# a, b, d and e attend to c, which attends to a (1) and d (3).
EXAMPLE = edges_of("a-c:2", "b-c", "c-a", "c-d:3", "d-c", "e-c")
ACTORS = pd.DataFrame({"actor_id": list("abcde"), "type": ["state", "state", "platform", "state", "state"]})


MADE = {
    "goals": pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"]}),
    "layers": pd.DataFrame({"source": ["a", "b", "c"], "target": ["c", "c", "d"], "layer": ["x", "x", "y"]}),
}


def built(edges: pd.DataFrame = EXAMPLE) -> Graph:
    return graph(edges)


def values(rows: pd.DataFrame, measure: str) -> dict[str, float]:
    found = rows[rows["measure"] == measure]
    return dict(zip(found["entity"], found["value"], strict=True))


def one(rows: pd.DataFrame, measure: str, entity: str = "network") -> float:
    return values(rows, measure)[entity]


# Networking power


def test_innermost_core_by_hand() -> None:
    # Ties in both directions: a 2, b 1, c 6, d 2, e 1. Without b and e, c has 4 and a and d have 2 each; none has 3.
    rows = networking_power(built(), rng=generator(), draws=9, rewirings=0)
    assert values(rows, "core_ratio") == {"a": 1, "b": 0.5, "c": 1, "d": 1, "e": 0.5}
    assert one(rows, "core_members") == 3
    assert one(rows, "core_order") == 2
    # a-c, c-a, c-d, d-c of the 3 x 2 ordered pairs.
    assert one(rows, "core_density") == pytest.approx(4 / 6)


def test_exclusion_asymmetry_of_a_declared_core_by_hand() -> None:
    # Core c, d: a-c 2, b-c 1 and e-c 1 go in, c-a 1 goes out: X = 4 / 5 over three dyads.
    rows = networking_power(built(), core=["c", "d"], rng=generator(), draws=9, rewirings=0)
    assert one(rows, "exclusion_asymmetry") == pytest.approx(4 / 5)
    assert rows.loc[rows["measure"] == "exclusion_asymmetry", "n"].tolist() == [3]
    assert one(rows, "core_density") == 1


def test_chance_of_asymmetry_is_that_of_two_coins() -> None:
    # Innermost core a, c, d: b-c and e-c go in, nothing goes out, X = 1. Two coins give 1, 1/2, 1/2 and 0, so that
    # P(X >= 1) = 1/4, two-sided 1/2, and the mean is 1/2.
    rows = networking_power(built(), rng=generator(), draws=4000, rewirings=0)
    assert one(rows, "exclusion_asymmetry") == 1
    assert one(rows, "exclusion_asymmetry_p") == pytest.approx(1 / 2, abs=0.06)
    assert one(rows, "exclusion_asymmetry_expected") == pytest.approx(1 / 2, abs=0.03)


def test_nothing_crosses_leaves_asymmetry_missing() -> None:
    rows = networking_power(built(edges_of("a-b", "b-a")), rng=generator(), draws=9, rewirings=0)
    assert np.isnan(one(rows, "exclusion_asymmetry"))
    assert np.isnan(one(rows, "exclusion_asymmetry_p"))


def test_turning_every_tie_turns_asymmetry_round() -> None:
    inside = np.array([False, False, True, True, False])
    value, inward, outward = exclusion_asymmetry(built(), inside)
    turned, out, into = exclusion_asymmetry(graph(EXAMPLE, orientation="reversed"), inside)
    assert turned == pytest.approx(1 - value)
    assert (inward.tolist(), outward.tolist()) == (into.tolist(), out.tolist())


def test_absent_actors_count_in_inclusion() -> None:
    # Core a, c, d. States in the universe: a, b, d, e and the absent f; platforms: c and the absent g.
    universe = pd.DataFrame(
        {"actor_id": list("abcdefg"), "type": ["state"] * 2 + ["platform"] + ["state"] * 3 + ["platform"]}
    )
    rows = networking_power(built(), universe=universe, rng=generator(), draws=9, rewirings=0)
    assert values(rows, "inclusion") == pytest.approx({"state": 2 / 5, "platform": 1 / 2, "network": 3 / 7})
    assert rows.loc[rows["measure"] == "inclusion", "n"].tolist() == [2, 5, 7]


def test_rewiring_a_clique_leaves_it() -> None:
    # All six ties among three actors: no switch is possible, so every rewired network is the same.
    rows = networking_power(
        built(edges_of("a-b", "b-a", "a-c", "c-a", "b-c", "c-b")), rng=generator(), draws=9, rewirings=5
    )
    assert one(rows, "core_density") == one(rows, "core_density_expected") == 1
    assert one(rows, "core_order") == one(rows, "core_order_expected") == 4
    # A null model that cannot differ from what was observed compares with nothing: no p, rather than p = 1.
    assert np.isnan(one(rows, "core_order_p"))
    assert np.isnan(one(rows, "core_density_p"))


def test_wrong_core_and_universe_are_refused_by_name() -> None:
    with pytest.raises(TableError, match="core: x not in the network"):
        networking_power(built(), core=["c", "x"], rng=generator())
    with pytest.raises(TableError, match="universe: 'c', 'd' listed twice, or in the core and not listed"):
        networking_power(built(), universe=ACTORS.head(2), rng=generator(), draws=1, rewirings=0)


# Networked power


def test_dependence_by_hand() -> None:
    # Shares: a, b, d, e give all to c; c gives 1/4 to a and 3/4 to d.
    rows = networked_power(built())
    assert values(rows, "dependence") == pytest.approx({"a": 1 / 4, "b": 0, "c": 4, "d": 3 / 4, "e": 0})
    assert values(rows, "net_dependence") == pytest.approx({"a": -3 / 4, "b": -1, "c": 3, "d": -1 / 4, "e": -1})
    assert sum(values(rows, "net_dependence").values()) == pytest.approx(0)
    assert sum(values(rows, "pagerank").values()) == pytest.approx(1)


def test_nothing_is_subtracted_from_who_pays_no_attention() -> None:
    rows = networked_power(built(edges_of("a-b", "c-b")))
    assert values(rows, "net_dependence") == {"a": -1, "b": 2, "c": -1}


def test_dyadic_power_by_hand() -> None:
    # c over a: 1 - 1/4; over d: 1 - 3/4; over b and e, whom it ignores: 1.
    found = validate(dyadic_power(built()), PAIRS)
    pairs = {(row.left, row.right): row.value for row in found.itertuples()}
    assert pairs == pytest.approx({("c", "a"): 3 / 4, ("c", "b"): 1, ("c", "d"): 1 / 4, ("c", "e"): 1})


def test_equals_have_no_power_over_each_other() -> None:
    found = dyadic_power(built(edges_of("a-b:5", "b-a")))
    assert found[["left", "right", "value"]].to_numpy().tolist() == [["a", "b", 0]]


# Network-making power


def test_own_dependence_counts_ones_own_type() -> None:
    types = np.array([0, 0, 1, 0, 0])
    assert own_dependence(built(), types).tolist() == [0, 0, 0, 0, 0]
    assert own_dependence(built(), np.array([0, 0, 0, 0, 1])) == pytest.approx([1 / 4, 0, 3, 3 / 4, 0])


def test_scores_within_a_type_need_five_actors() -> None:
    # 0, 0, 0, 0, 5: mean 1, variance (4 x 1 + 16) / 5 = 4.
    assert within_type_z([0, 0, 0, 0, 5], np.zeros(5, dtype=int)) == pytest.approx([-0.5, -0.5, -0.5, -0.5, 2])
    assert np.isnan(within_type_z([0, 0, 0, 5], np.zeros(4, dtype=int))).all()
    assert np.isnan(within_type_z([0.1 + 0.2] * 4 + [0.3], np.zeros(5, dtype=int))).all()


def positions(edges: pd.DataFrame = EXAMPLE) -> pd.DataFrame:
    return type_positions(built(edges), ACTORS.set_index("actor_id")["type"])


def test_ways_between_types_have_ends_of_different_types() -> None:
    # Through c, the only platform: a-d, b-a, b-d, d-a, e-a, e-d lead from state to state, so from no type to another.
    assert values(positions(), "cross_brokerage") == {"a": 0, "b": 0, "c": 0, "d": 0, "e": 0}
    # b -> a -> c and d -> a -> c lead from state to platform; b -> a -> d and d -> a -> b from state to state.
    found = positions(edges_of("b-a", "d-a", "a-c", "a-d", "a-b", "e-b"))
    assert one(found, "cross_brokerage", "a") == 2


def test_holes_and_participation_by_hand() -> None:
    # c receives 2 + 1 + 1 + 1 from states only: participation 0. b has one contact: constraint 1, so 0 is left.
    rows = positions()
    assert values(rows, "participation") == {"a": 0, "b": 0, "c": 0, "d": 0, "e": 0}
    assert one(rows, "one_minus_constraint", "b") == pytest.approx(0)
    # c's contacts are not tied to each other; shares of its weight 9 in both directions: 3, 1, 4, 1.
    assert one(rows, "one_minus_constraint", "c") == pytest.approx(1 - (9 + 1 + 16 + 1) / 81)


# One connected system


def test_powers_are_measured_in_the_largest_connected_part() -> None:
    # The triangle v, w, x is denser than the part of five, and would be the core if pieces were measured together.
    ties = pd.concat([EXAMPLE, edges_of("v-w", "w-v", "w-x", "x-w", "v-x", "x-v")])
    actors = pd.concat([ACTORS, pd.DataFrame({"actor_id": list("vwx"), "type": "state"})])
    rows = powers(ties, actors, rng=generator(), draws=9, rewirings=0)
    assert set(rows["entity"]) == {*"abcde", "network"}
    assert values(rows, "core_ratio") == {"a": 1, "b": 0.5, "c": 1, "d": 1, "e": 0.5}
    assert rows.loc[rows["measure"] == "system_actors", ["value", "n"]].to_numpy().tolist() == [[5, 8]]


def test_network_making_spans_relations_and_passes_over_other_pieces() -> None:
    # d sets goals for a and b; y sets one for x, in a piece of its own.
    ties = pd.concat([edges_of("a-d", "b-d", "x-y", relation="proposed_by"), edges_of("a-b", "c-a")])
    actors = pd.DataFrame({"actor_id": list("abcdxy"), "type": "state"})
    rows = network_making_power(ties, actors, rng=generator(), draws=9)
    assert set(rows["group"]) == {"all_relations"}
    assert values(rows, "goals_set") == {"a": 0, "b": 0, "c": 0, "d": 2}
    assert rows.loc[rows["measure"] == "goals_set", "n"].unique().tolist() == [2]
    assert rows.loc[rows["measure"] == "system_actors", ["value", "n"]].to_numpy().tolist() == [[4, 6]]


# All four


def test_table_has_every_power_and_only_the_group_of_its_relation() -> None:
    standards = pd.DataFrame({"actor_id": ["a", "b", "c"], "standard": ["s", "s", "t"]})
    rows = powers(EXAMPLE, ACTORS, rng=generator(), standards=standards, universe=ACTORS, draws=19, rewirings=3, **MADE)
    validate(rows, ESTIMATES)
    assert set(rows["group"]) == {"uses"}
    assert {
        "core_ratio",
        "core_weight",
        "inclusion",
        "reach",
        "lock_in",
        "dependence",
        "goals_set",
        "programmer_p",
        "switched_pairs",
        "switcher_p",
    } <= set(rows["measure"])
    chances = rows.loc[rows["measure"].str.endswith("_p"), "value"].dropna()
    assert chances.between(1 / 20, 1).all()


def test_order_of_rows_does_not_matter_and_the_same_generator_gives_the_same_table() -> None:
    first = powers(EXAMPLE, ACTORS, rng=generator(), draws=19, rewirings=3)
    again = powers(EXAMPLE.iloc[::-1], ACTORS.iloc[::-1], rng=generator(), draws=19, rewirings=3)
    pd.testing.assert_frame_equal(first, again)


def test_names_of_actors_do_not_matter() -> None:
    renamed = {"a": "v", "b": "w", "c": "x", "d": "y", "e": "z"}  # in the same order
    other = EXAMPLE.assign(source=EXAMPLE["source"].map(renamed), target=EXAMPLE["target"].map(renamed))
    found = powers(
        other, ACTORS.assign(actor_id=ACTORS["actor_id"].map(renamed)), rng=generator(), draws=9, rewirings=0
    )
    plain = powers(EXAMPLE, ACTORS, rng=generator(), draws=9, rewirings=0)
    assert found["value"].tolist() == pytest.approx(plain["value"].tolist(), nan_ok=True)


def test_isolates_stand_outside_the_system_and_are_counted() -> None:
    actors = pd.concat([ACTORS, pd.DataFrame({"actor_id": ["f"], "type": ["state"]})])
    rows = powers(EXAMPLE, actors, rng=generator(), nodes=["f"], draws=9, rewirings=0)
    assert "f" not in set(rows["entity"])
    assert rows.loc[rows["measure"] == "system_actors", ["value", "n"]].to_numpy().tolist() == [[5, 6]]


def test_no_ties_leave_powers_that_need_them_missing() -> None:
    rows = powers(EXAMPLE.head(0), ACTORS, rng=generator(), nodes=ACTORS["actor_id"], draws=9)
    assert set(values(rows, "dependence").values()) == {0}
    assert one(rows, "core_members") == 0
    assert np.isnan(one(rows, "exclusion_asymmetry"))


def test_weights_of_several_relations_are_not_added() -> None:
    mixed = pd.concat([EXAMPLE, edges_of("a-b:1000", relation="follows")])
    with pytest.raises(ValueError, match="computed within one relation, found follows, uses; choose one, or declare a"):
        powers(mixed, ACTORS, rng=generator())


def test_declared_rescaling_brings_relations_to_one_scale() -> None:
    # uses: a-b 1, a-c 3 (total 4); follows: a-b 500, b-c 500 (total 1000).
    mixed = pd.concat([edges_of("a-b", "a-c:3"), edges_of("a-b:500", "b-c:500", relation="follows")])
    ties, group = one_relation(mixed, "equal_totals")
    assert group == "rescaled"
    assert ties.to_numpy().tolist() == [["a", "b", 0.75], ["a", "c", 0.75], ["b", "c", 0.5]]
    ties, _ = one_relation(mixed, {"uses": 1, "follows": 0.01})
    assert ties["weight"].tolist() == pytest.approx([6, 3, 5])
    with pytest.raises(ValueError, match="no factor above 0 for follows"):
        one_relation(mixed, {"uses": 1})
    with pytest.raises(ValueError, match="unknown rescaling 'ranks'"):
        one_relation(mixed, "ranks")  # type: ignore[arg-type]


def test_actors_without_a_type_are_refused_by_name() -> None:
    with pytest.raises(TableError, match="no type of 'c', 'd', 'e'"):
        powers(EXAMPLE, ACTORS.head(2), rng=generator())


def test_arguments_are_not_changed() -> None:
    before = EXAMPLE.copy(), ACTORS.copy()
    powers(EXAMPLE, ACTORS, rng=generator(), draws=1, rewirings=1)
    pd.testing.assert_frame_equal(EXAMPLE, before[0])
    pd.testing.assert_frame_equal(ACTORS, before[1])


# Sentences


def test_sentences_name_the_first_of_each_power() -> None:
    standards = pd.DataFrame({"actor_id": ["a", "c", "b"], "standard": ["s", "s", "t"]})
    rows = powers(EXAMPLE, ACTORS, rng=generator(), standards=standards, draws=19, rewirings=0)
    said = {power: power_sentence(rows, power).iloc[0] for power in POWERS}
    assert said["networking"][["members", "actors", "value"]].tolist() == [3, 5, 100]
    # s: two of five actors, 40 %; both ties between a and c of six, 33.3 %.
    assert said["network"][["entity", "reach", "value"]].tolist() == ["s", 40.0, 33.3]
    assert said["networked"][["entity", "value", "net"]].tolist() == ["c", 4, 3]


def test_power_that_was_not_measured_has_no_sentence() -> None:
    rows = powers(EXAMPLE, ACTORS, rng=generator(), draws=1, rewirings=0)
    assert power_sentence(rows, "network").empty
    with pytest.raises(ValueError, match="unknown power 'soft'; allowed: networking, network, networked"):
        power_sentence(rows, "soft")


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("power", POWERS)
def test_every_power_has_its_sentence(power: str, lang: str) -> None:
    standards = pd.DataFrame({"actor_id": ["a", "c", "b"], "standard": ["s", "s", "t"]})
    rows = powers(EXAMPLE, ACTORS, rng=generator(), standards=standards, draws=1, rewirings=0)
    fields = power_sentence(rows, power).iloc[0].to_dict()
    said = labels.text(f"sentence.power_{power}", lang, **fields)
    # Every share of a whole is said as percent, a range of one draw as one number; dependence is a number of actors.
    assert said.count("%") == {"networking": 2, "network": 3, "networked": 0}[power]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_networked_power_has_a_sentence_with_its_range(lang: str) -> None:
    fields = power_sentence(networked_power(built(), group="uses"), "networked").iloc[0].to_dict()
    assert labels.text("sentence.power_networked_range", lang, **fields)


def test_a_range_of_values_is_told_to_the_nearest_and_no_bound() -> None:
    """Bounds of 4.4935 and 5.693 would be 4.4 and 5.7; what was found is told as 4.5 and 5.7."""
    rows = networked_power(built(), group="uses")
    rows = rows[rows["measure"] == "dependence"].sort_values("value").tail(1).assign(entity="KAZ")
    found = rows.assign(value=5.6765, low=4.4935, high=5.693, interval="sensitivity")
    told = power_sentence(found, "networked")
    assert told["interval"].tolist() == ["sensitivity"]
    [said] = figures.fill_sentences(told, "sentence.power_networked_range", lang="en")
    assert "(4.5 to 5.7 when" in said
    standards = pd.DataFrame({"actor_id": ["a", "c", "b"], "standard": ["s", "s", "t"]})
    drawn = powers(EXAMPLE, ACTORS, rng=generator(), standards=standards, draws=19, rewirings=0)
    assert power_sentence(drawn, "network")["interval"].tolist() == ["simulation"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_measure_and_unit_has_a_name(lang: str) -> None:
    standards = pd.DataFrame({"actor_id": ["a", "c", "b"], "standard": ["s", "s", "t"]})
    rows = powers(EXAMPLE, ACTORS, rng=generator(), standards=standards, universe=ACTORS, draws=1, rewirings=1, **MADE)
    for measure in {*rows["measure"], *positions()["measure"], "dyadic_power"}:
        assert labels.text(f"measure.{measure}", lang)
    for unit in set(rows["unit"]):
        assert labels.text(f"unit.{unit}", lang)


def test_nothing_is_called_like_the_network_as_a_whole() -> None:
    with pytest.raises(TableError, match="actors: actor_id 'network' stands for the network as a whole"):
        powers(EXAMPLE, ACTORS.replace({"actor_id": {"e": "network"}}), rng=generator())
    with pytest.raises(TableError, match="universe: column `type` is missing"):
        networking_power(built(), universe=ACTORS[["actor_id"]], rng=generator(), draws=1)
    with pytest.raises(TableError, match="universe: no type of 'b'"):
        networking_power(built(), universe=ACTORS.assign(type=["x", None, "x", "x", "x"]), rng=generator(), draws=1)


def test_actors_on_whom_others_depend_alike_are_counted() -> None:
    # a, b and c attend in a ring: each receives the whole attention of one actor.
    rows = powers(edges_of("a-b", "b-c", "c-a"), ACTORS, rng=generator(), draws=1, rewirings=0)
    assert power_sentence(rows, "networked").iloc[0][["value", "count"]].tolist() == [1, 3]


# Rules of the parts, each worked by hand.


def test_ranks_pass_on_weights_as_networkx_finds() -> None:
    other = nx.DiGraph()
    other.add_weighted_edges_from(EXAMPLE[["source", "target", "weight"]].itertuples(index=False))
    found = values(networked_power(built()), "pagerank")
    assert found == pytest.approx(nx.pagerank(other, alpha=0.85, tol=1e-12, max_iter=1000), abs=1e-8)


def test_a_universe_without_types_is_refused_in_all_four_too() -> None:
    with pytest.raises(TableError, match="universe: column `type` is missing"):
        powers(EXAMPLE, ACTORS, rng=generator(), universe=ACTORS[["actor_id"]], draws=1, rewirings=0)
    for given in ({"universe": ACTORS.assign(type=["x", "network", "x", "x", "x"])},
                  {"standards": pd.DataFrame({"actor_id": ["a", "b"], "standard": ["s", "network"]})}):  # fmt: skip
        with pytest.raises(TableError, match="'network' stands for the network as a whole"):
            powers(EXAMPLE, ACTORS, rng=generator(), draws=1, rewirings=0, **given)


def test_ties_on_one_scale_stand_in_order_and_one_relation_as_it_is() -> None:
    mixed = pd.concat([edges_of("b-c:500", "a-b:500", relation="follows"), edges_of("a-c:3", "a-b")])
    ties, group = one_relation(mixed, "equal_totals")
    assert ties.to_numpy().tolist() == [["a", "b", 0.75], ["a", "c", 0.75], ["b", "c", 0.5]]
    ties, group = one_relation(EXAMPLE, None)
    assert (group, ties["weight"].tolist()) == ("uses", [2, 1, 1, 3, 1, 1])
    assert one_relation(EXAMPLE.head(0), None)[1] == ""
    with pytest.raises(ValueError, match="no factor above 0 for uses"):
        one_relation(mixed, {"uses": 0, "follows": 0.5})
    with pytest.raises(ValueError, match="no factor above 0 for follows"):
        one_relation(mixed, {"uses": 0.5})


def test_the_row_of_all_actors_counts_those_inside_and_everybody() -> None:
    ties = edges_of("a-b", "b-c", "x-y")
    making = network_making_power(ties, ACTORS, goals=(), rng=generator(), draws=1, source_id="said")
    row = making[making["measure"] == "system_actors"]
    assert row[["value", "n", "group", "source_id"]].to_numpy().tolist() == [[3, 5, "all_relations", "said"]]
    assert "goals_set" not in set(making["measure"])


def test_sentences_have_a_row_for_each_group_and_none_for_nothing() -> None:
    first = powers(EXAMPLE, ACTORS, rng=generator(), draws=1, rewirings=0, core=["c"])
    ring = powers(edges_of("c-a", "a-b", "b-c", relation="cites"), ACTORS, rng=generator(), draws=1, rewirings=0)
    both = pd.concat([first, ring])
    told = power_sentence(both, "networked")
    assert told[["group", "entity", "value", "net", "count"]].to_numpy().tolist() == [
        ["cites", "a", 1, 0, 3],  # of equals the first by name
        ["uses", "c", 4, 3, 1],
    ]
    inward = power_sentence(both, "networking").iloc[1]
    # a, b, d and e give 5 to c, which gives 4 back: 55.6 per cent goes inwards.
    assert inward[["group", "members", "actors", "value"]].tolist() == ["uses", 1, 5, 55.6]
    nothing = powers(EXAMPLE.head(0), ACTORS, rng=generator(), nodes=["a", "b"], draws=1, rewirings=0)
    assert power_sentence(nothing, "networked").empty
    assert power_sentence(first[first["measure"] == "dependence"], "networking").empty


@pytest.mark.parametrize(
    ("value", "null", "ends", "p"),
    [
        (39.0, range(41), (20, 0.05, 39.95), 3 / 42),  # 39 and 40, and itself; ranks 1.05 and 40.95
        (100.0, [0.0] * 99 + [100.0], (1, 0, 1), 2 / 101),  # the mean lies above the middle 95 per cent
        (0.0, [100.0] * 99 + [0.0], (99, 99, 100), 1),
        (2.0, [1.0, np.nan, 3.0], (2, 1, 3), 2 / 3),  # one draw of two that are known, beyond which nothing is
        (2.0, [2.0, 2.0], (2, 2, 2), np.nan),
        (2.0, [np.nan], (np.nan,) * 3, np.nan),
    ],
)
def test_a_value_stands_beside_the_mean_the_middle_and_the_upper_end_of_draws(
    value: float, null: object, ends: tuple[float, ...], p: float
) -> None:
    drawn = np.array([*null], dtype=float)  # type: ignore[misc]
    own, expected, chance = networking._against("m", value, drawn, "share", tail="greater", n=7)
    assert (own["measure"], own["value"], own["n"], own["unit"]) == ("m", value, 7, "share")
    assert [expected[name] for name in ("value", "low", "high")] == pytest.approx([*ends], nan_ok=True)
    assert (expected["measure"], expected["n"], expected["level"]) == ("m_expected", len(drawn), 0.95)
    assert (chance["measure"], chance["n"]) == ("m_p", len(drawn))
    assert chance["value"] == pytest.approx(p, nan_ok=True)


def test_a_declared_core_is_kept_in_rewired_networks_and_each_of_them_is_told() -> None:
    # A clique of three and one that attends to a: no two ties can be switched. Of a and d one of two ties is there.
    told: list[tuple[int, int]] = []
    network = built(edges_of("a-b", "b-a", "a-c", "c-a", "b-c", "c-b", "d-a"))
    rows = networking_power(
        network, core=["a", "d"], rng=generator(), draws=1, rewirings=3, told=lambda *counts: told.append(counts)
    )
    assert one(rows, "core_density") == one(rows, "core_density_expected") == 0.5
    assert told == [(1, 3), (2, 3), (3, 3)]
    own = networking_power(network, rng=generator(), draws=1, rewirings=1)
    assert one(own, "core_density") == one(own, "core_density_expected") == 1
    assert "core_density_expected" not in set(
        networking_power(network, rng=generator(), draws=1, rewirings=0)["measure"]
    )


def test_coreness_is_told_up_to_as_many_actors_as_it_is_fitted_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for most, there in ((5, True), (4, False)):
        monkeypatch.setattr(networking, "MOST_ACTORS", most)
        rows = networking_power(built(), rng=generator(), draws=1, rewirings=0)
        assert ("core_weight" in set(rows["measure"])) is there


@pytest.mark.parametrize(
    ("members", "density"), [("acd", 4 / 6), ("cd", 1), ("ab", 0), ("c", np.nan), ("", np.nan), ("abcde", 6 / 20)]
)
def test_density_is_of_ordered_pairs_and_needs_two(members: str, density: float) -> None:
    inside = np.isin(list("abcde"), list(members))
    assert density_within(built(), inside) == pytest.approx(density, nan_ok=True)


def test_ten_of_those_that_are_wrong_are_named() -> None:
    absent = [f"x{number:02d}" for number in range(11)]
    ten = ", ".join(absent[:10])
    with pytest.raises(TableError, match=f"core: {ten} not in the network; declare"):
        networking_power(built(), core=absent, rng=generator())
    listed = ", ".join(map(repr, absent[:10]))
    everybody = pd.DataFrame({"actor_id": [*"abcde", *absent], "type": "x"})
    bare, twice = everybody.assign(type=["x"] * 5 + [""] * 11), pd.concat([everybody, everybody.tail(11)])
    with pytest.raises(TableError, match=f"universe: no type of {listed}; give"):
        networking_power(built(), universe=bare, rng=generator(), draws=1, rewirings=0)
    with pytest.raises(TableError, match=f"universe: {listed} listed twice"):
        networking_power(built(), universe=twice, rng=generator(), draws=1, rewirings=0)


def test_without_ties_nobody_has_a_core() -> None:
    rows = networking_power(graph(EXAMPLE.head(0), nodes=["a", "b"]), rng=generator(), draws=1)
    assert values(rows, "core_ratio") == {"a": 0, "b": 0}
    assert (one(rows, "core_members"), one(rows, "core_order")) == (0, 0)
    one_tie = networking_power(built(edges_of("a-b")), rng=generator(), draws=1, rewirings=0)
    assert values(one_tie, "core_ratio") == {"a": 1, "b": 1}
    assert (one(one_tie, "core_members"), one(one_tie, "core_order")) == (2, 1)
