"""What the view of a network counts and where its keys lead, beside the library, networkx and what a hand can work."""

import itertools
import math
import random
from collections.abc import Callable
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from digital_diplomacy import figures, networks, sources, tables

Node = Callable[[str, str, Any], Any]

ASKED = """(() => {
  const net = own.indexed(given.net);
  const list = (numbers, or) => new Set(numbers ?? or);
  return given.states.map((one) => {
    const [relations, without] = [list(one.relations, net.relations.keys()), list(one.without, [])];
    const state = { ...own.startState(net), ...one, relations, without };
    return EXPRESSION;
  });
})()"""

TAKEN = """(() => {
  const state = own.takenState(own.indexed(given.net), given.told);
  return { ...state, relations: [...state.relations], without: [...state.without] };
})()"""


def ask(node: Node, view: figures.View, states: list[dict[str, Any]], expression: str) -> list[Any]:
    """An expression of `net` and `state` for each of the states, which say what differs from the beginning."""
    given = {"net": dict(view.data), "states": states}
    found: list[Any] = node("network_logic.js", ASKED.replace("EXPRESSION", expression), given)
    return found


@pytest.fixture(scope="module")
def system() -> pd.DataFrame:
    relations, actors = sources.load("relations"), sources.load("actors")
    return networks.system_of(relations[relations["relation"].isin(list(networks.LAYERS))], actors, "KAZ")


@pytest.fixture(scope="module")
def view(system: pd.DataFrame) -> figures.View:
    actors, ties = sources.load("actors"), networks.build(system)
    places = networks.layers(ties, actors, lang="en", country="KAZ")
    return figures.view_network(ties, places, statements=system, shown=list(networks.DIALOGUE))


def small(rows: list[tuple[str, str, str]], places: dict[str, tuple[float, float]], **options: Any) -> figures.View:
    ties = pd.DataFrame(rows, columns=["source", "target", "relation"]).assign(weight=1.0)
    named = {f"entity.{code}": code for code in places} | {f"relation.{row[2]}": row[2] for row in rows}
    actors = pd.DataFrame(
        [(code, "state", code, float(x), float(y), 1.0) for code, (x, y) in places.items()],
        columns=["actor_id", "type", "label", "x", "y", "size"],
    )
    return figures.view_network(tables.named(ties, named), actors, **options)


def test_counts_are_the_librarys_whatever_is_left_out(node: Node, view: figures.View, system: pd.DataFrame) -> None:
    codes = [one["code"] for one in view.data["documents"]]  # type: ignore[index,attr-defined]
    kinds = [one["code"] for one in view.data["relations"]]  # type: ignore[index,attr-defined]
    everything = [0, 1, 2, 3, 4, 5]
    choices = [(without, everything) for size in range(6) for without in itertools.combinations(range(5), size)]
    choices += [((), [0]), ((1,), [0, 5]), ((0, 4), [1, 2, 4])]
    states = [{"without": list(without), "relations": kept} for without, kept in choices]
    found = ask(node, view, states, "own.countsOf(net, state)")
    assert len(codes) == 5
    for state, told in zip(states, found, strict=True):
        kept = {kinds[number] for number in state["relations"]}
        rows = system[system["relation"].isin(kept) & ~system["document"].isin([codes[n] for n in state["without"]])]
        ties = networks.build(rows)
        actors = len({*ties["source"], *ties["target"]})
        assert told == {"ties": len(ties), "actors": actors, "statements": len(rows)}, state


def test_what_is_left_without_a_document_or_of_a_relation_is_the_librarys(
    node: Node, view: figures.View, system: pd.DataFrame
) -> None:
    codes = [one["code"] for one in view.data["documents"]]  # type: ignore[index,attr-defined]
    [told] = ask(node, view, [{}], "net.documents.map((_, number) => own.tiesWithout(net, state, number))")
    assert told == [len(networks.build(system[system["document"] != code])) for code in codes]
    # A relation's number stands beside it whether it is drawn or not.
    [told] = ask(
        node, view, [{"relations": [0], "without": [1]}], "net.relations.map((_, n) => own.tiesOf(net, state, n))"
    )
    rows = system[system["document"] != codes[1]]
    kinds = [one["code"] for one in view.data["relations"]]  # type: ignore[index,attr-defined]
    assert told == [len(networks.build(rows[rows["relation"] == kind])) for kind in kinds]


def test_weights_are_those_of_the_network_without_the_document(
    node: Node, view: figures.View, system: pd.DataFrame
) -> None:
    codes = [one["code"] for one in view.data["documents"]]  # type: ignore[index,attr-defined]
    states = [{"without": [number]} for number in range(len(codes))]
    called = "own.shownTies(net, state).map((tie) => [...net.ties[tie].slice(0, 3), own.weightOf(net, state, tie)])"
    ids = [one[0] for one in view.data["actors"]]  # type: ignore[index,attr-defined]
    kinds = [one["code"] for one in view.data["relations"]]  # type: ignore[index,attr-defined]
    for code, told in zip(codes, ask(node, view, states, called), strict=True):
        ties = networks.build(system[system["document"] != code])
        found = sorted((ids[a], ids[b], kinds[r], weight) for a, b, r, weight in told)
        assert found == sorted(ties.itertuples(index=False, name=None))


def drawn_by_lot(actors: int, ties: int, seed: int) -> list[tuple[str, str, str]]:
    rng = random.Random(seed)  # noqa: S311
    pairs = [(f"n{a}", f"n{b}") for a in range(actors) for b in range(actors) if a != b]
    return [(*pair, "r") for pair in sorted(rng.sample(pairs, ties))]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_near_an_actor_is_what_networkx_and_the_library_find(node: Node, seed: int) -> None:
    rows = drawn_by_lot(14, 22, seed)
    names = sorted({end for row in rows for end in row[:2]})
    view = small(rows, {name: (number, number % 3) for number, name in enumerate(names)})
    edges = pd.DataFrame(rows, columns=["source", "target", "relation"]).assign(weight=1.0)
    whole = nx.DiGraph([row[:2] for row in rows])
    states = [
        {"at": at, "steps": steps, "way": way}
        for at in range(len(names))
        for steps in (1, 2)
        for way in ("both", "out", "in")
    ]
    called = "own.shownTies(net, state).map((tie) => net.ties[tie].slice(0, 2))"
    for state, told in zip(states, ask(node, view, states, called), strict=True):
        at, steps = names[state["at"]], state["steps"]
        if state["way"] == "both":
            near = networks.actors_near(edges, [at], radius=steps)
            expected = set(zip(near["source"], near["target"], strict=True))
        else:
            graph = whole if state["way"] == "out" else whole.reverse()
            walked = nx.single_source_shortest_path_length(graph, at, cutoff=steps - 1)
            expected = {pair for pair in whole.edges if pair[state["way"] == "in"] in walked}
        assert {(names[a], names[b]) for a, b in told} == expected, state


def test_a_state_is_read_from_the_address_as_it_was_told(node: Node, view: figures.View) -> None:
    states = [
        {},
        {"relations": [0, 1, 2, 3, 4, 5]},
        {"relations": []},
        {"without": [0, 4], "at": 3, "steps": 2, "way": "out"},
        {"tie": 7, "at": 1, "view": {"k": 2.5, "x": -0.125, "y": 0.25}},
        {"at": 5, "steps": 1, "way": "in"},
    ]
    plain = "{...state, relations: [...state.relations], without: [...state.without]}"
    taken = (
        "(() => { const now = own.takenState(net, own.toldState(net, state)); return ["
        + plain
        + ", "
        + plain.replace("state", "now")
        + "]; })()"
    )
    for first, again in ask(node, view, states, taken):
        assert again == first
    told = ask(node, view, [{"relations": [0, 5]}], "own.toldState(net, state)")
    assert [value for value in told[0].values() if value] == []  # what was there at first is not told


def test_names_that_an_address_cannot_hold_plainly_come_back(node: Node) -> None:
    codes = ["a,b", "c&d=e", "</script>", "ғ ұ", "%41"]
    rows = [(codes[n], codes[(n + 1) % 5], codes[n]) for n in range(5)]
    view = small(rows, {code: (n, n * n) for n, code in enumerate(codes)})
    ids = [one[0] for one in view.data["actors"]]  # type: ignore[index,attr-defined]
    told = {
        "at": [ids[2]],
        "tie": list(rows[1]),
        "show": [codes[3]],
        "way": ["up"],
        "view": ["99", "x"],
    }
    found = node("network_logic.js", TAKEN, {"net": dict(view.data), "told": told})
    kinds = [one["code"] for one in view.data["relations"]]  # type: ignore[index,attr-defined]
    assert (found["at"], found["relations"], found["way"]) == (2, [kinds.index(codes[3])], "both")
    tie = view.data["ties"][found["tie"]]  # type: ignore[index]
    assert (ids[tie[0]], ids[tie[1]], kinds[tie[2]]) == rows[1]
    assert found["view"] == {"k": 1, "x": 0, "y": 0}


def test_what_the_network_does_not_know_is_passed_over(node: Node, view: figures.View) -> None:
    told = {
        "show": ["nothing"],
        "without": ["999"],
        "at": ["nobody"],
        "steps": ["7"],
        "tie": ["a", "b", "c"],
        "x": ["y"],
    }
    found = node("network_logic.js", TAKEN, {"net": dict(view.data), "told": told})
    assert (found["relations"], found["without"], found["at"], found["tie"], found["steps"]) == ([], [], -1, -1, 0)


def test_search_finds_beginnings_first_and_does_not_ask_for_accents_or_case(node: Node) -> None:
    names = {"Émile": (0, 0), "Camille Emile": (1, 1), "Philemon": (2, 0), "Zoë": (3, 1)}
    view = small([("Émile", "Zoë", "r"), ("Camille Emile", "Philemon", "r")], names)
    called = "given.states.map((one) => own.matches(own.indexed(given.net), one).map((n) => given.net.actors[n][1]))"
    texts = ["EMIL", "lem", "zoe", "  ", "nobody"]
    told = node("network_logic.js", called, {"net": dict(view.data), "states": texts})
    assert told == [["Émile", "Camille Emile"], ["Philemon"], ["Zoë"], [], []]


CROSS = {"mid": (0, 0), "east": (1, 0), "south": (0, -1), "west": (-1, 0), "north": (0, 1)}


def walked(node: Node, view: figures.View, keys: list[str], start: str) -> list[str]:
    """Names of where keys lead one after the other: an actor, or of a tie its ends; "-" where nothing is."""
    code = """(() => {
      const net = own.indexed(given.net);
      const state = own.startState(net);
      const { spots } = own.places(net, 800, 800, [50, 50, 50]);
      const bow = own.bends(net);
      let focus = { actor: net.actors.findIndex((one) => one[0] === given.start) };
      return given.keys.map((key) => {
        const next = own.walk(net, own.shownTies(net, state), spots, bow, focus, key);
        if (!next) return "-";
        focus = next;
        if (focus.tie === undefined) return net.actors[focus.actor][0];
        return net.ties[focus.tie].slice(0, 2).map((actor) => net.actors[actor][0]).join(">");
      });
    })()"""
    found: list[str] = node("network_logic.js", code, {"net": dict(view.data), "keys": keys, "start": start})
    return found


def test_an_arrow_leads_onto_a_tie_and_along_it_and_back(node: Node) -> None:
    rows = [("mid", "east", "r"), ("south", "mid", "r"), ("mid", "west", "r"), ("mid", "north", "r")]
    view = small(rows, CROSS)
    right, left, up, down = "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"
    assert walked(node, view, [right, right], "mid") == ["mid>east", "east"]
    assert walked(node, view, [right, left], "mid") == ["mid>east", "mid"]
    assert walked(node, view, [down, down, down], "mid") == ["south>mid", "south", "-"]
    assert walked(node, view, [up, up, down, down], "mid") == ["mid>north", "north", "mid>north", "mid"]
    # Across a tie to the next that leaves the same actor: from east turning down to south, then left to west.
    assert walked(node, view, [right, down, left], "mid") == ["mid>east", "south>mid", "mid>west"]


def test_turning_meets_every_tie_of_an_actor_those_between_the_same_two_as_well(node: Node) -> None:
    rows = [
        ("mid", "east", "r"),
        ("mid", "east", "s"),
        ("east", "mid", "r"),
        ("mid", "north", "r"),
        ("mid", "west", "r"),
    ]
    view = small(rows, {name: place for name, place in CROSS.items() if name != "south"})
    code = """(() => {
      const net = own.indexed(given.net);
      const { spots } = own.places(net, 800, 800, [50, 50, 50]);
      const [bow, ties] = [own.bends(net), [...net.ties.keys()]];
      const actor = net.actors.findIndex((one) => one[0] === "mid");
      const seen = new Set();
      let focus = { actor, tie: 0 };
      for (let turn = 0; turn < 5; turn += 1) {
        seen.add(focus.tie);
        const angle = own.heading(net, spots, bow, focus.tie, actor);
        const across = (Math.round((angle + 90) / 90) % 4 + 4) % 4;
        focus = own.walk(net, ties, spots, bow, focus, ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"][across]);
      }
      return [...seen].sort();
    })()"""
    assert node("network_logic.js", code, {"net": dict(view.data)}) == [0, 1, 2, 3, 4]


def test_places_keep_the_proportions_of_the_static_figure(node: Node) -> None:
    view = small([("mid", "east", "r"), ("south", "west", "r"), ("mid", "north", "r")], CROSS)
    code = "own.places(own.indexed(given.net), 600, 400, [50, 40, 60]).spots"
    ids = [one[0] for one in view.data["actors"]]  # type: ignore[index,attr-defined]
    spots = dict(zip(ids, node("network_logic.js", code, {"net": dict(view.data)}), strict=True))
    # Two units wide in 600 - 100 pixels, two high in 400 - 100: 250 and 150 a unit, within the stretch of 1.7.
    assert spots["east"][0] - spots["mid"][0] == pytest.approx(250)
    assert spots["south"][1] - spots["mid"][1] == pytest.approx(150)
    assert (spots["west"][0], spots["north"][1], spots["south"][1]) == pytest.approx((50, 40, 340))


def test_ties_begin_and_end_at_the_rims_and_do_not_cover_each_other(node: Node) -> None:
    curve = node("network_logic.js", "own.curve([0, 0], [100, 0], 10, 20, 0.12)", None)
    start, middle, end = curve
    assert middle == pytest.approx([50, -12])  # to the left of its direction, which is up on a page
    assert math.hypot(*start) == pytest.approx(10)
    assert math.hypot(end[0] - 100, end[1]) == pytest.approx(20)
    rows = [("a", "b", "r"), ("a", "b", "s"), ("b", "a", "r"), ("a", "c", "r")]
    view = small(rows, {"a": (0, 0), "b": (1, 0), "c": (0, 1)})
    bends = node("network_logic.js", "own.bends(own.indexed(given.net))", {"net": dict(view.data)})
    pairs = [tie[:2] for tie in view.data["ties"]]  # type: ignore[index,attr-defined]
    assert len({(*pair, bend) for pair, bend in zip(map(tuple, pairs), bends, strict=True)}) == 4


def test_names_stand_apart_and_off_the_marks(node: Node) -> None:
    rng = random.Random(7)  # noqa: S311
    spots = [[rng.uniform(20, 780), rng.uniform(20, 580)] for _ in range(80)]
    sizes = [[rng.uniform(30, 120), 16] for _ in spots]
    given = {"spots": spots, "sizes": sizes, "radii": [6] * 80, "order": list(range(80)), "kept": [[0, 0, 120, 20]]}
    called = "own.placeNames(given.order, given.spots, given.radii, given.sizes, [800, 600], {kept: given.kept})"
    found = node("network_logic.js", called, given)
    boxes = [
        (x - width / 2, y, x + width / 2, y + height)
        for place, (width, height) in zip(found, sizes, strict=True)
        if place
        for x, y in [place]
    ]
    assert 20 < len(boxes) < 80
    meet = [
        (a, b)
        for a, b in itertools.combinations([*boxes, (0, 0, 120, 20)], 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert meet == []
    assert [1 for box in boxes for x, y in spots if box[0] < x < box[2] and box[1] < y < box[3]] == []


def test_the_table_taken_away_holds_what_is_shown(node: Node, view: figures.View, system: pd.DataFrame) -> None:
    codes = [one["code"] for one in view.data["documents"]]  # type: ignore[index,attr-defined]
    [rows] = ask(node, view, [{"without": [1], "relations": [0, 5]}], "own.csvRows(net, state)")
    kept = system[system["relation"].isin(networks.DIALOGUE) & (system["document"] != codes[1])]
    ties = networks.build(kept)
    assert rows[0][:3] == ["source", "source_name", "relation"]
    found = sorted((row[0], row[4], row[2], row[6]) for row in rows[1:])
    assert found == sorted(ties.itertuples(index=False, name=None))
    assert not any("Zhussupova" in row[7] for row in rows[1:])


def test_ties_without_direction_bow_one_way_only_and_are_near_from_both_ends(node: Node) -> None:
    view = small([("a", "b", "r"), ("b", "c", "r")], {"a": (0, 0), "b": (1, 0), "c": (2, 1)}, directed=False)
    told = ask(node, view, [{"at": 1, "steps": 1, "way": "out"}, {"at": 2, "steps": 1}], "own.shownTies(net, state)")
    assert told == [[0, 1], [1]]
    [[head]] = ask(node, view, [{}], "[own.paths(own.curve([0, 0], [9, 0], 1, 1, 0.1), 1, net.directed).head]")
    assert head == ""
