"""What the gathering of ties decides is no finding: ties of one actor, and ties between two sides."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import networks


def ties(*pairs: str) -> pd.DataFrame:
    return pd.DataFrame([pair.split("-") for pair in pairs], columns=["source", "target"])


def value(rows: pd.DataFrame, entity: str, measure: str) -> float:
    return float(rows.set_index(["entity", "measure"]).loc[(entity, measure), "value"])


def test_ties_of_one_actor_are_an_ego_network_in_either_direction() -> None:
    assert networks.design(networks.graph(ties("m-a", "b-m", "m-c"))).ego == "m"
    assert networks.design(networks.graph(ties("m-a", "b-m", "b-a"))).ego == ""
    assert networks.design(networks.graph(ties("m-a", "a-m"))).ego == ""  # a pair has no centre


def test_sides_are_told_by_direction_or_by_two_types() -> None:
    found = networks.design(networks.graph(ties("a-x", "b-x", "b-y")))
    assert (found.senders, found.receivers) == (("a", "b"), ("x", "y"))
    assert not networks.design(networks.graph(ties("a-x", "b-x", "b-y", "x-a"))).receivers
    square = networks.graph(ties("a-x", "b-x", "b-y", "a-y"), directed=False)
    types = {"a": "state", "b": "state", "x": "platform", "y": "platform"}
    assert networks.design(square, types).senders == ("x", "y")
    assert not networks.design(square, types | {"x": "state"}).receivers
    assert not networks.design(square).receivers


def test_chance_chooses_among_those_who_can_be_chosen() -> None:
    # Three choose one of two each: all choose x with a chance of 1/8, doubled for two actors; 3/2 are expected.
    network = networks.graph(ties("a-x", "b-x", "c-x"), nodes=["y"])
    rows = networks.attention_received(network, receivers=["x", "y"])
    assert value(rows, "x", "in_degree_p") == pytest.approx(1 / 4)
    assert value(rows, "x", "in_degree_expected") == pytest.approx(3 / 2)
    assert np.isnan(value(rows, "a", "in_degree_p"))
    assert rows.loc[(rows["entity"] == "x") & (rows["measure"] == "in_degree"), "n"].tolist() == [3]


def test_ties_without_direction_fall_on_pairs_of_the_two_sides() -> None:
    # Of the four pairs of {a, b} and {x, y} two are tied: both are those of x with a chance of 1 in C(4, 2) = 6.
    network = networks.graph(ties("a-x", "b-x"), nodes=["y"], directed=False)
    rows = networks.attention_received(network, receivers=["x", "y"])
    assert value(rows, "x", "in_degree_p") == pytest.approx(4 / 6)  # four actors
    assert value(rows, "a", "in_degree_expected") == pytest.approx(1)


def test_rewired_ties_without_direction_keep_both_ways() -> None:
    # Two triangles joined by a tie: degrees 2, 2, 3, 3, 2, 2. A simple graph of them has no more than the 2-core, which
    # counted both ways is of order 4; ties rewired one way only would often leave less.
    pairs = ["a-b", "b-c", "a-c", "c-d", "d-e", "e-f", "d-f"]
    both = ties(*pairs, *("-".join(reversed(pair.split("-"))) for pair in pairs)).assign(relation="r", weight=1.0)
    actors = pd.DataFrame({"actor_id": list("abcdef"), "type": "state"})
    rows = networks.powers(both, actors, rng=np.random.default_rng(1), draws=9, rewirings=99, mutual=True)
    drawn = rows[rows["measure"] == "core_order_expected"]
    assert drawn[["value", "low", "high"]].to_numpy().tolist() == [[4, 4, 4]]


def test_between_two_sides_no_tie_is_turned_round() -> None:
    edges = ties("a-x", "b-x", "c-x", "a-y", "b-y", "d-y").assign(relation="r", weight=1.0)
    actors = pd.DataFrame({"actor_id": list("abcdxy"), "type": "state"})
    rows = networks.powers(edges, actors, rng=np.random.default_rng(1), draws=9, rewirings=0)
    assert rows.loc[rows["measure"] == "exclusion_asymmetry_p", "value"].isna().all()
