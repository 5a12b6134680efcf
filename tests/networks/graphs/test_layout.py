"""Where actors are drawn, and which ties carry a dense network."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels
from digital_diplomacy.networks.graphs import layout as drawing
from digital_diplomacy.networks.graphs.arrays import graph
from digital_diplomacy.networks.graphs.backbone import disparity
from digital_diplomacy.networks.graphs.layout import bands, layers, layout
from digital_diplomacy.networks.graphs.skeleton import skeleton


def edges(*ties: str, weight: float = 1.0) -> pd.DataFrame:
    ends = [tie.split("-") for tie in ties]
    return pd.DataFrame(
        {"source": [u for u, _ in ends], "target": [v for _, v in ends], "relation": "cites", "weight": weight}
    )


def dense(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(4)
    ends = np.argwhere(np.triu(rng.random((n, n)) < 0.2, 1))
    weights = rng.pareto(1.0, len(ends)) + 0.1
    frame = pd.DataFrame(ends, columns=["source", "target"]).map(lambda number: f"a{number:02d}")
    return frame.assign(relation="cites", weight=weights)


def actors(names: list[str], **more: object) -> pd.DataFrame:
    return pd.DataFrame({"actor_id": names, "type": "state"} | more)


def names(frame: pd.DataFrame) -> list[str]:
    return sorted({*frame["source"], *frame["target"]})


def own(frame: pd.DataFrame) -> dict[str, str]:
    return {f"entity.{name}": name for name in names(frame)}


def test_the_skeleton_keeps_heavy_ties_and_every_actor() -> None:
    ties = dense(40)
    kept = skeleton(ties)
    assert len(kept) < len(ties) / 2
    assert names(kept) == names(ties)
    tested = disparity(graph(ties))
    heavy = tested[tested["alpha_min"] <= 0.15]
    assert set(heavy[["source", "target"]].itertuples(index=False)) <= set(
        kept[["source", "target"]].itertuples(index=False)
    )


def test_alpha_0_leaves_a_spanning_tree_and_alpha_1_every_tie() -> None:
    ties = dense(30)
    assert len(skeleton(ties, alpha=0)) == len(names(ties)) - 1
    assert len(skeleton(ties, alpha=1)) == len(ties)
    with pytest.raises(ValueError, match="alpha is 2"):
        skeleton(ties, alpha=2)


def test_a_skeleton_of_equal_weights_is_refused_and_a_relation_of_them_keeps_its_ties() -> None:
    # Two documents share s; a filter would drop ties by the number of sources alone.
    cited = edges("d-s", "e-s", "d-a", "e-b")
    with pytest.raises(ValueError, match=r"weights of every relation are equal: .* draw every tie"):
        skeleton(cited)
    heavy = edges("a-b", "a-c", "b-c").assign(relation="uses", weight=[9.0, 9.0, 1.0])
    kept = skeleton(pd.concat([cited, heavy]), alpha=0.01)
    assert len(kept[kept["relation"] == cited["relation"].iloc[0]]) == 4


def test_the_skeleton_shapes_the_drawing_and_every_tie_finds_its_actors() -> None:
    ties = dense(40)
    with labels.own_names(own(ties)):
        drawn = layout(ties, actors(names(ties)), lang="kk", skeleton=skeleton(ties))
        bare = layout(skeleton(ties), actors(names(ties)), lang="kk")
    assert drawn[["actor_id", "x", "y"]].equals(bare[["actor_id", "x", "y"]])


def test_a_skeleton_that_leaves_an_actor_out_is_refused() -> None:
    with pytest.raises(ValueError, match="no tie of KGZ"):
        layout(edges("KAZ-UZB", "KAZ-KGZ"), actors(["KAZ", "UZB", "KGZ"]), lang="en", skeleton=edges("KAZ-UZB"))


def test_steps_become_distances() -> None:
    # On a path every least-stress drawing is a line of equal steps.
    found = layout(edges("ARM-AZE", "AZE-BLR", "BLR-GEO"), actors(["ARM", "AZE", "BLR", "GEO"]), lang="en")
    assert np.diff(np.sort(found["x"])) == pytest.approx(np.ones(3), abs=0.02)
    assert np.ptp(found["y"]) < 0.05


def test_sizes_are_those_of_the_estimates_given() -> None:
    sizes = pd.DataFrame({"entity": ["KAZ", "QQQ"], "value": [3.0, 9.0]}).assign(
        group="", period="", measure="m", low=np.nan, high=np.nan, interval="none", level=np.nan, unit="u", base="",
        n=np.nan, source_id="relations",
    )  # fmt: skip
    found = layout(edges("KAZ-UZB"), actors(["KAZ", "UZB"]), lang="en", sizes=sizes).set_index("actor_id")["size"]
    assert found.to_dict() == {"KAZ": 3.0, "UZB": 0.0}
    with pytest.raises(ValueError, match="KAZ, QQQ has several sizes"):
        layout(edges("KAZ-UZB"), actors(["KAZ", "UZB"]), lang="en", sizes=pd.concat([sizes, sizes.assign(group="g")]))


def layered(**options: object) -> pd.DataFrame:
    ties = edges("RUS-KAZ", "KAZ-fb", "ngo-fb", "people-fb", "odd-fb")
    listed = pd.DataFrame(
        {
            "actor_id": ["RUS", "KAZ", "fb", "ngo", "people", "odd"],
            "type": ["state", "state", "platform", "organisation", "citizens", "other"],
            "country": ["RUS", "KAZ", "USA", "", "KAZ", None],
        }
    )
    with labels.own_names(own(ties)):
        return layers(ties, listed, lang="en", **options).set_index("actor_id")  # type: ignore[arg-type]


def test_layers_stand_from_international_actors_down_to_citizens() -> None:
    y = layered()["y"]
    assert y["ngo"] > y["KAZ"] == y["RUS"] > y["fb"] == y["odd"] > y["people"]


def test_for_one_country_other_states_stand_among_international_actors() -> None:
    y = layered(country="KAZ")["y"]
    assert y["RUS"] == y["ngo"] > y["KAZ"]


def test_neighbours_stand_near_each_other_across_layers() -> None:
    # Names in alphabetical order would cross both ties; the sweeps part them.
    ties = edges("KAZ-zz", "RUS-aa")
    listed = pd.DataFrame({"actor_id": ["KAZ", "RUS", "aa", "zz"], "type": ["state", "state", "platform", "platform"]})
    with labels.own_names(own(ties)):
        x = layers(ties, listed, lang="en").set_index("actor_id")["x"]
    assert (x["KAZ"] - x["RUS"]) * (x["zz"] - x["aa"]) > 0


def test_a_crowded_layer_takes_several_rows() -> None:
    ties = pd.DataFrame({"source": [f"s{n:02d}" for n in range(30)], "target": "t", "relation": "uses", "weight": 1.0})
    listed = pd.concat([actors(names(ties)[:-1]), actors(["t"]).assign(type="platform")])
    with labels.own_names(own(ties)):
        drawn = layers(ties, listed, lang="en")
    states = drawn[drawn["type"] == "state"]
    assert states["y"].nunique() == 3
    assert not states.duplicated(["x", "y"]).any()


@pytest.mark.parametrize("arrange", [layout, layers])
def test_the_order_of_rows_does_not_move_an_actor(arrange: object) -> None:
    ties = dense(20)
    with labels.own_names(own(ties)):
        first = arrange(ties, actors(names(ties)), lang="en")  # type: ignore[operator]
        again = arrange(ties.iloc[::-1], actors(names(ties)[::-1]), lang="en")  # type: ignore[operator]
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.parametrize(
    ("types", "band"),
    [
        (["concept", "document"], "ideas"),
        (["organisation"], "above"),
        (["scholar", "organisation"], "ideas_and_others"),
    ],
)
def test_the_uppermost_band_is_called_by_what_it_holds(types: list[str], band: str) -> None:
    names = [f"a{number}" for number in range(len(types))]
    ties = pd.DataFrame({"source": names, "target": "us", "relation": "addresses", "weight": 1.0})
    actors = pd.DataFrame({"actor_id": [*names, "us"], "type": [*types, "citizens"]})
    places = layers(ties, actors, lang="en")
    found = bands(ties, actors, places)
    assert found["band"].tolist() == [band, "citizens"]
    assert labels.is_known(f"band.{band}")


# Rules of the drawing, each worked by hand.


def box(name: str, width: float, height: float, *, at: tuple[float, float] = (3.0, 7.0)) -> drawing.Places:
    """Two actors at opposite corners, wherever these lie before they are packed."""
    return {f"{name}1": at, f"{name}2": (at[0] + width, at[1] + height)}


def test_components_stand_in_rows_a_little_wider_than_the_first() -> None:
    # Rows may be 1.3 x 4 = 5.2 wide: two boxes of 2 with a gap of 1, and the third begins another row.
    places = drawing._packed([box("a", 4, 2), box("b", 2, 1), box("c", 2, 0.5), box("d", 2, 1)])
    assert places == {
        "a1": (0, -2), "a2": (4, 0),
        "b1": (0, -4), "b2": (2, -3), "c1": (3, -3.5), "c2": (5, -3),  # a gap of 1 below the first, tops in line
        "d1": (0, -6), "d2": (2, -5),  # a gap below the higher of the row
    }  # fmt: skip


@pytest.mark.parametrize(
    ("widths", "rows"),
    [((1, 2, 1), 1), ((1, 2, 1.01), 2), ((1, 1, 1, 1), 2), ((9, 9, 1.7), 1), ((9, 9, 1.71), 2), ((9, 12), 1)],
)
def test_a_row_is_four_wide_below_a_small_component(widths: tuple[float, ...], rows: int) -> None:
    places = drawing._packed([box(str(number), width, 0) for number, width in enumerate(widths)])
    assert len({y for name, (_, y) in places.items() if not name.startswith("0")}) == rows
    assert places["01"] == (0, 0)


def test_positions_have_four_decimals() -> None:
    assert drawing._packed([{"a": (0.0, 0.0), "b": (1 / 3, 2 / 3)}]) == {"a": (0, -0.6667), "b": (0.3333, 0)}


def test_all_components_but_the_largest_are_drawn_smaller() -> None:
    ties = edges("ARM-AZE", "AZE-BLR", "BLR-GEO", "KAZ-KGZ", "KGZ-LTU", "LVA-MDA")
    place = layout(ties, actors(names(ties)), lang="en").set_index("actor_id")[["x", "y"]]
    apart = {
        pair: float(np.hypot(*(place.loc[pair[:3]] - place.loc[pair[4:]])))
        for pair in ("ARM-AZE", "BLR-GEO", "KAZ-KGZ", "KGZ-LTU", "LVA-MDA")
    }
    assert list(apart.values()) == pytest.approx([1, 1, 0.7, 0.7, 0.7], abs=0.02)
    assert apart["LVA-MDA"] == pytest.approx(0.7)
    assert place.loc["ARM", "y"] > place.loc["KAZ", "y"]


def test_components_are_ordered_by_size_and_then_by_their_first_actor() -> None:
    parts = drawing._components(edges("x-y", "y-x", "c-d", "d-e", "a-b"))
    assert [part.vs["name"] for part in parts] == [["c", "d", "e"], ["a", "b"], ["x", "y"]]
    assert [part.ecount() for part in parts] == [2, 1, 1]


def test_a_drawing_is_scaled_to_its_steps_by_weighted_least_squares() -> None:
    steps = np.array([[0.0, 1, 2], [1, 0, 1], [2, 1, 0]])
    line = np.array([[0.0, 0], [1, 0], [3, 0]])  # distances 1, 3 and 2 for 1, 2 and 1 steps
    assert drawing._step_length(line, steps) == pytest.approx((1 + 3 / 2 + 2) / (1 + 9 / 4 + 4))
    assert drawing._step_length(2 * line[:, ::-1], steps) == pytest.approx(4.5 / 7.25 / 2)


def test_classical_scaling_finds_distances_again_and_moves_all_round_a_circle() -> None:
    found = drawing._classical(np.array([[0.0, 1, 2], [1, 0, 1], [2, 1, 0]]))
    half, root = 0.05 / 2, 0.05 * 3**0.5 / 2
    # On a line 1, 0, -1, the first of the farthest being above 0; a twentieth of a step away at 0, 120 and 240 degrees.
    assert found == pytest.approx(np.array([[1.05, 0], [-half, root], [-1 - half, -root]]), abs=1e-6)
    corners = np.array([[-4.0, -1], [4, -1], [4, 1], [-4, 1]])
    apart = np.hypot(*(corners[:, None] - corners[None]).transpose(2, 0, 1))
    moved = drawing._classical(apart) - 0.05 * np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])
    assert np.abs(moved) == pytest.approx(np.abs(corners))
    assert moved[0] == pytest.approx([4, 1])
    assert np.hypot(*(moved[:, None] - moved[None]).transpose(2, 0, 1)) == pytest.approx(apart)


def test_the_widest_spread_lies_flat() -> None:
    turned = drawing._flat(np.array([[1.0, -2], [-1, 0], [0, 2]]))
    assert turned[0, 0] > 0
    assert np.ptp(turned[:, 0]) > np.ptp(turned[:, 1])
    assert drawing._flat(np.array([[0.0, -2], [0, 0], [0, 2]])) == pytest.approx(np.array([[2.0, 0], [0, 0], [-2, 0]]))


def test_sizes_are_what_is_received_in_one_relation_and_who_attends_in_several() -> None:
    ties = pd.DataFrame({"source": ["a", "b", "a"], "target": ["c", "c", "b"], "weight": [2.0, 3.0, 4.0]})
    assert drawing._received(ties.assign(relation="r")).to_dict() == {"b": 4, "c": 5}
    assert drawing._received(pd.concat([ties.assign(relation="r"), ties.assign(relation="s")])).to_dict() == {
        "b": 1,
        "c": 2,
    }


def test_a_size_below_nothing_is_none() -> None:
    sizes = pd.DataFrame({"entity": ["KAZ", "UZB"], "value": [3.0, -9.0]}).assign(
        group="", period="", measure="m", low=np.nan, high=np.nan, interval="none", level=np.nan, unit="u", base="",
        n=np.nan, source_id="relations",
    )  # fmt: skip
    assert drawing._given(sizes).to_dict() == {"KAZ": 3, "UZB": 0}


def test_a_crowded_layer_alternates_between_its_rows() -> None:
    found = drawing._in_rows([["a", "b", "c"], ["d"], ["e", "f"]], 2)
    assert found == {
        "a": (3.3333, 0), "b": (10, -2), "c": (16.6667, 0),
        "d": (10, -5.2),  # 3.2 below the second row
        "e": (5, -8.4), "f": (15, -8.4),
    }  # fmt: skip


@pytest.mark.parametrize(("many", "rows"), [(10, 1), (11, 2), (20, 2), (21, 3)])
def test_ten_stand_side_by_side(many: int, rows: int) -> None:
    ties = edges(*(f"s{number:02d}-t" for number in range(many)))
    listed = pd.concat([actors(names(ties)[:-1]), actors(["t"]).assign(type="platform")])
    drawn = layers(ties, listed, lang="en")
    assert drawn.loc[drawn["type"] == "state", "y"].nunique() == rows


def test_actors_move_to_the_middle_of_those_they_are_tied_to_in_other_layers() -> None:
    # Below, x is tied to c, y to a and b, z to nobody of another layer, and z and x are tied in theirs.
    ties = edges("c-x", "a-y", "y-b", "z-x", "b-y")
    level = {"a": 0, "b": 0, "c": 0, "x": 2, "y": 2, "z": 2}
    # x goes to c at 5/6, y to 1/3, z stays at 5/6 and gives way to x by its name.
    assert drawing._swept(ties, level) == [["a", "b", "c"], ["y", "x", "z"]]
    two = {"a": 0, "b": 0, "c": 0, "x": 2, "y": 2}
    for ends in (("c-x", "a-y"), ("x-c", "y-a"), ("c-x", "y-a")):  # whoever attends to whom: the lowest move first
        assert drawing._swept(edges(*ends, "b-c"), two) == [["a", "b", "c"], ["y", "x"]]
    assert drawing._share(0, "abcd") == 0.125
    assert drawing._share(3, "abcd") == 0.875


def test_types_without_a_layer_stand_in_the_last_but_one_and_other_states_on_top() -> None:
    ties = edges("a-b", "c-d", "e-f", "g-h")
    listed = pd.DataFrame(
        {
            "actor_id": list("abcdefghi"),
            "type": ["x", "y", "z", "state", "ministry", "state", "programme", "y", "state"],
            "country": ["UZB", "UZB", "KAZ", None, "UZB", "", "UZB", None, "UZB"],
        }
    )
    order = {"x": 0, "state": 1, "ministry": 2, "programme": 2, "y": 5}
    plain = {"a": 0, "b": 5, "c": 4, "d": 1, "e": 2, "f": 1, "g": 2, "h": 5}
    assert drawing._levels(ties, listed, "", order) == plain
    assert drawing._levels(ties, listed, "KAZ", order) == plain | {"e": 0, "g": 0}
    assert drawing._levels(ties, listed.drop(columns="country"), "KAZ", order) == plain
    assert set(drawing._levels(ties, listed, "", {}).values()) == {-1}


def test_bands_reach_from_the_lowest_to_the_highest_of_their_actors() -> None:
    ties = edges(*(f"s{number:02d}-t" for number in range(11)), "t-u")
    types = [*["state"] * 11, "platform", "document"]
    listed = pd.DataFrame({"actor_id": names(ties), "type": types})
    found = bands(ties, listed, layers(ties, listed, lang="en"))
    assert found.to_numpy().tolist() == [["ideas", 0, 0], ["state", -5.2, -3.2], ["platforms", -8.4, -8.4]]


def test_ten_actors_that_a_skeleton_leaves_out_are_named() -> None:
    ties = edges("a-z", *(f"n{number:02d}-z" for number in range(11)))
    with pytest.raises(ValueError, match="no tie of n00, n01, n02, n03, n04, n05, n06, n07, n08, n09; it must"):
        layout(ties, actors(names(ties)), lang="en", skeleton=edges("a-z"))


TURN = np.array([[0.6, -0.8], [0.8, 0.6]])


@pytest.mark.parametrize("name", ["ring", "star", "all"])
def test_which_of_two_equal_directions_a_library_names_first_moves_nobody(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    actors = [f"a{number}" for number in range(9)]
    pairs = {
        "ring": [(actors[at], actors[(at + 1) % 9]) for at in range(9)],
        "star": [(actors[0], other) for other in actors[1:]],
        "all": [(one, other) for one in actors for other in actors if one < other],
    }[name]
    edges = pd.DataFrame(pairs, columns=["source", "target"]).assign(relation="r", weight=1.0)
    described = pd.DataFrame({"actor_id": actors, "type": "state"})
    before = layout(edges, described, lang="en")
    eigh, svd = np.linalg.eigh, np.linalg.svd

    def other_eigenvectors(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values, vectors = eigh(matrix)
        for at in range(len(values) - 1):  # any turn of directions of one value is as right
            if abs(values[at + 1] - values[at]) < 1e-9:
                vectors[:, [at, at + 1]] = vectors[:, [at, at + 1]] @ TURN
        return values, vectors

    def other_axes(points: np.ndarray, *, full_matrices: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        left, widths, axes = svd(points, full_matrices=full_matrices)
        return left, widths, TURN @ axes if abs(widths[0] - widths[1]) < 1e-6 else axes

    monkeypatch.setattr(np.linalg, "eigh", other_eigenvectors)
    monkeypatch.setattr(np.linalg, "svd", other_axes)
    pd.testing.assert_frame_equal(layout(edges, described, lang="en"), before)
