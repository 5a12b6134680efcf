"""What is drawn of a network: all of it up to a bound, hubs and cohesion of the rest."""

import igraph
import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks import drawing, local_degree


def ties(*pairs: str, weight: float = 1.0, relation: str = "r") -> pd.DataFrame:
    ends = [pair.split("-") for pair in pairs]
    frame = pd.DataFrame(ends, columns=["source", "target"])
    return frame.assign(relation=relation, weight=weight)


def random_ties(actors: int, count: int, *, seed: int = 1, weighted: bool = False) -> pd.DataFrame:
    """Ties towards few hubs, equal in weight or with a heavy tail."""
    rng = np.random.default_rng(seed)
    chances = 1 / np.arange(1, actors + 1)
    ends = np.column_stack(
        [rng.integers(actors, size=9 * count), rng.choice(actors, 9 * count, p=chances / chances.sum())]
    )
    pairs = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    chosen = pairs[rng.permutation(len(pairs))[:count]]
    names = np.array([f"n{number:04}" for number in range(actors)])
    weights = rng.pareto(1.0, len(chosen)) + 0.1 if weighted else 1.0
    return pd.DataFrame(
        {"source": names[chosen[:, 0]], "target": names[chosen[:, 1]], "relation": "r", "weight": weights}
    )


def pieces(frame: pd.DataFrame) -> int:
    return len(igraph.Graph.TupleList(frame[["source", "target"]].itertuples(index=False)).connected_components())


def test_ties_to_the_best_connected_neighbours_stay() -> None:
    # a has the neighbours h (4 ties), b (2) and c (2); h has a, b, c, d; b and c have a and h.
    # Exponents seen from a: h 0, b log 2 / log 3 = .63, c 1; from h: a 0, b .5, c log 3 / log 4 = .79, d 1; from b and
    # from c: h 0, a 1; from d: h 0.
    frame = ties("a-h", "a-b", "a-c", "b-h", "c-h", "d-h")
    everybody_first = [["a", "h"], ["b", "h"], ["c", "h"], ["d", "h"]]
    assert local_degree(frame, most=4)[["source", "target"]].to_numpy().tolist() == everybody_first
    # The next pair, a-b at .63, comes with e = .63; a-c needs e = 1.
    assert local_degree(frame, most=5)[["source", "target"]].to_numpy().tolist() == [["a", "b"], *everybody_first]
    assert len(local_degree(frame, most=6)) == 6


def test_pairs_of_one_exponent_enter_together_or_not_at_all() -> None:
    ring = ties("a-b", "b-c", "c-d", "d-a")  # everybody has two neighbours with two ties each
    assert 3 <= len(local_degree(ring, most=3)) <= 3
    assert pieces(local_degree(ring, most=3)) == 1


@pytest.mark.parametrize("seed", range(5))
def test_nobody_is_lost_no_piece_falls_apart_and_the_hub_keeps_all(seed: int) -> None:
    whole = random_ties(120, 2000, seed=seed)
    found = local_degree(whole, most=400)
    assert {*found["source"], *found["target"]} == {*whole["source"], *whole["target"]}
    assert pieces(found) == pieces(whole)
    assert len(found) <= 400
    # The best connected actor is the best connected neighbour of all its neighbours, so that it keeps every one.
    hub = min(neighbours(whole).items(), key=lambda one: (-len(one[1]), one[0]))[0]
    assert neighbours(found)[hub] == neighbours(whole)[hub]


def neighbours(frame: pd.DataFrame) -> dict[str, set[str]]:
    both = pd.concat([frame, frame.rename(columns={"source": "target", "target": "source"})])
    return {str(name): set(part) for name, part in both.groupby("source")["target"]}


def test_both_directions_and_all_relations_of_a_pair_stay_together() -> None:
    frame = pd.concat([ties("a-h", "h-a"), ties("a-h", relation="s"), ties("b-h", "c-h", "a-b", "a-c")])
    found = local_degree(frame, most=5)
    assert len(found[found["source"].isin(["a", "h"]) & found["target"].isin(["a", "h"])]) == 3


def test_order_of_rows_changes_nothing() -> None:
    whole = random_ties(60, 700)
    turned = whole.sample(frac=1, random_state=1)
    assert local_degree(whole, most=200).equals(local_degree(turned, most=200))


def test_all_is_drawn_up_to_the_bound_whatever_the_weights() -> None:
    for weighted in (False, True):
        found = drawing(random_ties(60, 665, weighted=weighted))
        assert (found.rule, len(found.ties), found.among, found.actors, found.core) == ("all", 665, 665, 60, 0)


def test_equal_weights_are_thinned_by_structure_and_heavy_tails_by_weight() -> None:
    equal, heavy = drawing(random_ties(200, 5000)), drawing(random_ties(200, 5000, weighted=True))
    assert (equal.rule, equal.among, equal.actors) == ("hubs", 5000, 200)
    assert 600 <= len(equal.ties) <= 1000
    assert heavy.rule == "weight"
    assert len(heavy.ties) <= 1000


def test_weights_of_which_hardly_any_is_heavier_than_chance_leave_no_bare_tree() -> None:
    frame = random_ties(200, 5000)
    weights = frame.assign(weight=1 + np.arange(len(frame)) % 2 / 100)
    found = drawing(weights)
    assert found.rule == "hubs"
    assert len(found.ties) > 2 * found.actors


def test_of_a_large_network_the_core_is_drawn() -> None:
    # Twelve actors, each tied to all others, in a crowd of 400 who attend to one of them.
    core = [f"c{a:02}-c{b:02}" for a in range(12) for b in range(a + 1, 12)]
    crowd = [f"x{number:03}-c{number % 12:02}" for number in range(400)]
    found = drawing(ties(*core, *crowd))
    assert (found.core, found.crowded, found.actors, len(found.ties)) == (2, False, 12, 66)


def test_a_core_that_is_itself_too_large_is_cut_to_pairs_of_the_best_connected() -> None:
    star = drawing(ties(*(f"x{number:03}-hub" for number in range(400))))
    assert (star.core, star.crowded, star.actors, len(star.ties)) == (1, True, 300, 299)
    pairs = drawing(ties(*(f"x{number:03}-y{number:03}" for number in range(400))))
    assert (pairs.crowded, pairs.actors, len(pairs.ties)) == (True, 300, 150)


def test_no_tie_at_most_is_refused() -> None:
    with pytest.raises(ValueError, match="most is 0; at least 1 tie expected"):
        local_degree(ties("a-b"), most=0)
