"""The four powers: worked by hand on small networks, their null models, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels
from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.graphs.arrays import Graph, graph
from digital_diplomacy.networks.measures.brokers import own_dependence, type_positions, within_type_z
from digital_diplomacy.networks.powers.four import (
    POWERS,
    dyadic_power,
    network_making_power,
    networked_power,
    one_relation,
    power_sentence,
    powers,
)
from digital_diplomacy.networks.powers.networking import exclusion_asymmetry, networking_power
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
