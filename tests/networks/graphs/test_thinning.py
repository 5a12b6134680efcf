"""What is drawn of a network: all of it up to a bound, hubs and cohesion of the rest."""

import igraph
import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks import among_leading, drawing, local_degree
from digital_diplomacy.networks.graphs import thinning


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


# Three actors tied to each other, and a fourth to one of them.
KITE = np.array([[0, 1], [0, 2], [1, 2], [2, 3]])


@pytest.mark.parametrize(
    ("most", "kept", "core", "cut"),
    [
        (4, [0, 1, 2, 3], 0, False),
        (3, [0, 1, 2], 2, False),
        (2, [0, 2], 2, True),  # of the core the pair of the best connected: degrees 2 and 3
        (1, [], 2, True),
    ],
)
def test_the_largest_core_that_can_be_drawn_is_or_pairs_of_the_innermost(
    most: int, kept: list[int], core: int, cut: bool
) -> None:
    found, order, crowded = thinning._core(KITE, 4, most)
    assert (np.flatnonzero(found).tolist(), order, crowded) == (kept, core, cut)


def test_pairs_enter_by_their_less_connected_end_and_then_by_the_other() -> None:
    # Two triangles, 0-1-2 with an outer tie at 2 and 3-4-5 with outer ties at 3 and 4: degrees 2, 2, 3 and 3, 3, 2.
    pairs = np.array([[0, 1], [0, 2], [1, 2], [3, 4], [3, 5], [4, 5], [2, 6], [3, 7], [4, 8]])
    found, order, crowded = thinning._core(pairs, 9, 3)
    assert (np.flatnonzero(found).tolist(), order, crowded) == ([3, 4], 2, True)  # one more would make four
    assert np.flatnonzero(thinning._core(pairs, 9, 4)[0]).tolist() == [0, 2, 3, 4]


@pytest.mark.parametrize(
    ("heavy", "bare", "most", "taken"),
    [(6, 3, 6, True), (5, 3, 6, False), (6, 3, 5, False), (6, 4, 6, False), (7, 3, 9, True)],
)
def test_weights_choose_where_twice_as_many_ties_are_heavy_as_hold_all_together(
    heavy: int, bare: int, most: int, taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = ties(*(f"a-b{number}" for number in range(9)))
    monkeypatch.setattr(thinning, "skeleton", lambda edges, alpha: edges.head(heavy if alpha else bare))
    monkeypatch.setattr(thinning, "has_backbone", lambda _: True)
    found = thinning._by_weight(frame, most)
    assert (found is not None) is taken
    assert found is None or len(found) == heavy
    monkeypatch.setattr(thinning, "has_backbone", lambda weights: len(weights) == 9)
    both = pd.concat([frame, ties("x-y", relation="s")])
    assert thinning._by_weight(both, most) is None  # a relation of equal weights


def test_bounds_of_a_drawing_are_the_last_that_are_drawn() -> None:
    frame = ties("a-b", "b-c", "c-a", "c-d", "d-e")
    whole = drawing(frame, most_ties=5, most_actors=5)
    assert (whole.rule, whole.core, whole.among, whole.actors) == ("all", 0, 5, 5)
    fewer = drawing(frame, most_ties=4, most_actors=5)
    assert (fewer.rule, fewer.core, fewer.among) == ("hubs", 0, 5)
    core = drawing(frame, most_ties=5, most_actors=4)
    assert (core.rule, core.core, core.crowded, core.among, core.actors) == ("all", 2, False, 3, 3)
    assert core.ties.index.tolist() == [0, 1, 2]


def test_all_is_kept_up_to_the_bound_and_of_one_exponent_all_or_none() -> None:
    frame = ties("a-h", "a-b", "a-c", "b-h", "c-h", "d-h")
    assert local_degree(frame, most=6).equals(local_degree(frame, most=9))
    assert local_degree(frame, most=1)[["source", "target"]].to_numpy().tolist() == [
        ["a", "h"], ["b", "h"], ["c", "h"], ["d", "h"]]  # fmt: skip
    found = local_degree(frame.iloc[::-1], most=5)
    assert found.index.tolist() == [0, 1, 2, 3, 4]
    # Seen from a: h, b and c at log 1, log 2 and log 3 over log 3; from h a, b, c, d over log 4; the lesser counts.
    names, pairs, pair_of = thinning._pairs(frame)
    assert (names.tolist(), pair_of.tolist()) == (list("abcdh"), [2, 0, 1, 3, 4, 5])
    assert pairs.tolist() == [[0, 1], [0, 2], [0, 4], [1, 4], [2, 4], [3, 4]]
    assert thinning._exponents(pairs, 5) == pytest.approx([np.log(2) / np.log(3), 1, 0, 0, 0, 0])


def sizes_of(counts: dict[str, float]) -> pd.DataFrame:
    rows = {"entity": list(counts), "value": list(counts.values())}
    told = {
        "group": "r",
        "period": "",
        "measure": "in_degree",
        "interval": "none",
        "unit": "actors",
        "base": "",
        "source_id": "made",
    }
    return pd.DataFrame(rows).assign(**told, low=np.nan, high=np.nan, level=np.nan, n=np.nan)


def test_a_crowd_is_drawn_by_those_whom_most_turn_to_and_equals_stand_together() -> None:
    crowd = ties("a-b", "b-a", "c-a", "d-b", "e-c", "f-c", "e-d")
    sizes = sizes_of({"a": 2, "b": 2, "c": 2, "d": 1, "e": 0, "f": 0})
    drawn, notes = among_leading(crowd, sizes, most=4)  # four have at least 1
    assert drawn[["source", "target"]].agg("-".join, axis=1).tolist() == ["a-b", "b-a", "c-a", "d-b"]
    assert notes == ["leaders_only"]
    assert len(among_leading(crowd, sizes, most=3)[0]) == 3  # d, who has fewer, goes


def test_nothing_is_left_out_of_few_of_equals_or_where_leaders_have_no_tie() -> None:
    ring = ties("a-b", "b-c", "c-a")
    alike = sizes_of({"a": 1, "b": 1, "c": 1})
    assert among_leading(ring, alike, most=3)[1] == among_leading(ring, alike, most=2)[1] == []
    apart = ties("a-x", "b-x", "a-y", "b-y")
    assert among_leading(apart, sizes_of({"x": 2, "y": 2, "a": 0, "b": 0}), most=2) == (apart, [])
