"""Where actors are drawn, and which ties carry a dense network."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels
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


TURN = np.array([[0.6, -0.8], [0.8, 0.6]])
