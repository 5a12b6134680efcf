"""Switchers connect different networks: pairs counted by hand, and against layers dealt at random."""

import itertools

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks.powers import switching
from digital_diplomacy.networks.powers.switching import LAYERS, layered, switching_power


def ties(**layers: str) -> pd.DataFrame:
    """Ties from texts like ``talk="a-b b-c"``."""
    rows = [(*pair.split("-"), layer) for layer, pairs in layers.items() for pair in pairs.split()]
    return pd.DataFrame(rows, columns=["source", "target", "layer"])


def measured(given: pd.DataFrame, *, draws: int = 9) -> pd.DataFrame:
    names = pd.Index(sorted({*given["source"], *given["target"]}))
    return switching_power(given, names, rng=np.random.default_rng(4), draws=draws)


def values(rows: pd.DataFrame, measure: str) -> dict[str, float]:
    found = rows[rows["measure"] == measure]
    return dict(zip(found["entity"], found["value"], strict=True))


# v is tied to a and b in talk, to c in rule, and to d in both; a and c are tied themselves.
STAR = ties(talk="a-v v-b d-v", rule="v-c v-d a-c")


def test_pairs_that_meet_only_in_v_and_in_no_network_together() -> None:
    # Of a, b, c, d: a-b share talk, a-c are tied, b-c count, a-d and b-d share talk, c-d share rule.
    rows = measured(STAR)
    assert values(rows, "switched_pairs") == {"a": 0, "b": 0, "c": 0, "d": 0, "v": 1}
    assert values(rows, "layers_joined") == {"a": 2, "b": 1, "c": 1, "d": 2, "v": 2}
    assert rows.loc[rows["measure"] == "layers_joined", "n"].unique().tolist() == [2]


def test_a_bridge_of_types_inside_one_network_is_no_switch() -> None:
    # A chain through actors of whatever type, all in one network: nothing is measured, for there is nothing to switch.
    assert measured(ties(talk="a-v v-b v-c")).empty
    both = measured(ties(talk="a-v v-b v-c", rule="c-d"))
    assert values(both, "switched_pairs") == {"a": 0, "b": 0, "c": 1, "d": 0, "v": 0}


def test_chance_deals_the_networks_to_the_tied_pairs() -> None:
    # v has four neighbours, not tied; two ties of talk, two of rule: 2 x 2 = 4 pairs, in every deal. Nothing varies.
    rows = measured(ties(talk="a-v b-v", rule="c-v d-v"))
    assert values(rows, "switched_pairs")["v"] == 4
    assert np.isnan(values(rows, "switcher_p")["v"])
    # A path a-v-b-w-c with networks x, y, y, x: S is 1, 0, 1 at v, b, w. The six deals of two x and two y give
    # xxyy: 0, 1, 0; xyxy: 1, 1, 1; xyyx: 1, 0, 1; and the same with x and y exchanged. So v has 1 in 2/3 of them.
    path = measured(ties(x="a-v w-c", y="v-b b-w"), draws=6000)
    assert values(path, "switched_pairs_expected")["v"] == pytest.approx(2 / 3, abs=0.03)
    # No score of v is above the one observed, and it is reached in 2/3 of the deals, by b in the rest: p = 1.
    assert values(path, "switcher_p")["v"] == 1


@pytest.mark.parametrize("seed", range(4))
def test_pairs_are_those_counted_one_by_one(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    rows = [(f"n{a}", f"n{b}", f"l{c}") for a, b, c in zip(*drawn.integers(0, [[8], [8], [3]], (3, 30)), strict=True)]
    given = pd.DataFrame([row for row in rows if row[0] != row[1]], columns=["source", "target", "layer"])
    held: dict[tuple[str, str], set[str]] = {}
    for source, target, layer in given.itertuples(index=False, name=None):
        for pair in ((source, target), (target, source)):
            held.setdefault(pair, set()).add(layer)
    names = sorted({*given["source"], *given["target"]})
    expected = dict.fromkeys(names, 0)
    for v, a, b in itertools.product(names, names, names):
        tied = (v, a) in held and (v, b) in held and (a, b) not in held
        expected[v] += a < b and tied and not held[v, a] & held[v, b]
    assert values(measured(given), "switched_pairs") == expected


def test_order_and_direction_do_not_matter() -> None:
    turned = STAR.rename(columns={"source": "target", "target": "source"}).iloc[::-1]
    pd.testing.assert_frame_equal(measured(STAR), measured(turned))


def test_relations_belong_to_one_network_each_and_a_ban_to_none() -> None:
    edges = pd.DataFrame(
        {"source": list("aabc"), "target": list("bbca"), "relation": ["addresses", "responds_to", "run_by", "uses"]}
    )
    assert layered(edges).to_numpy().tolist() == [["a", "b", "dialogue"], ["b", "c", "steering"]]
    assert "restricted_by" not in LAYERS


def test_pairs_of_a_network_too_large_to_list_them_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # v has 4 neighbours, a, c and d have 2, 2 and 1: 6 + 1 + 1 pairs.
    monkeypatch.setattr(switching, "MOST_PAIRS", 7)
    assert set(measured(STAR)["measure"]) == {"layers_joined"}
    monkeypatch.setattr(switching, "MOST_PAIRS", 8)
    assert "switched_pairs" in set(measured(STAR)["measure"])


def test_too_many_networks_are_refused() -> None:
    given = pd.DataFrame({"source": "a", "target": "b", "layer": [f"l{number}" for number in range(63)]})
    with pytest.raises(ValueError, match="63 networks; at most 62"):
        measured(given)


def test_what_chance_deals_has_its_middle_which_holds_its_mean() -> None:
    names, busy = pd.Index(["a", "b", "c"]), np.array([0, 2])
    null = np.column_stack([np.arange(41.0), [0.0] * 40 + [41.0]])
    expected, chances = switching._against(names, np.array([39.0, 0.0, 0.0]), null, busy)
    # Of 41 deals the ends are the draws of rank 42 x 0.025 = 1.05 and 40.95: of a 0 + 0.05 and 39 + 0.95, of c 0 and
    # 0.95 x 41; b switches nothing in any deal.
    told = expected[["value", "low", "high"]].to_numpy()
    assert told == pytest.approx(np.array([[20, 0.05, 39.95], [0, 0, 0], [1, 0, 38.95]]))
    assert (set(expected["n"]), set(expected["level"]), set(expected["interval"])) == ({41}, {0.95}, {"simulation"})
    assert np.isnan(chances["value"][1])
    # 39 is reached in two deals: by a itself, and by a with 40, when c has its 41.
    assert chances["value"][0] == pytest.approx(3 / 42)
    assert set(chances["n"]) == {2}


def test_ties_of_one_network_stand_once_and_others_are_left_out() -> None:
    rows = [("b", "a", "cites", 1.0), ("a", "b", "cites", 2.0), ("a", "b", "studies", 4.0), ("a", "b", "owns", 8.0)]
    edges = pd.DataFrame(rows, columns=["source", "target", "relation", "weight"])
    named = layered(edges.iloc[::-1], {"cites": "ideas", "studies": "ideas"})
    assert named.to_numpy().tolist() == [["a", "b", "ideas"], ["b", "a", "ideas"]]
    assert named.index.tolist() == [0, 1]


def test_sixty_two_networks_are_told_apart_and_rows_outside_passed_over() -> None:
    given = pd.DataFrame({"source": "a", "target": "b", "layer": [f"l{number:02}" for number in range(62)]})
    outside = pd.DataFrame({"source": ["a", "z"], "target": ["z", "b"], "layer": "other"})
    both = pd.concat([given, outside])
    rows = switching_power(both, pd.Index(["b", "a"]), rng=np.random.default_rng(4), draws=1)
    assert values(rows, "layers_joined") == {"a": 62, "b": 62}
    with pytest.raises(ValueError, match="draws is 0"):
        measured(STAR, draws=0)
