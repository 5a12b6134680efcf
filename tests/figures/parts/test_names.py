"""Names of marks in a small network: clear of marks, of arrow heads and of each other."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure

from digital_diplomacy.figures.kinds.networks import plot_network
from digital_diplomacy.figures.parts import style
from digital_diplomacy.figures.parts.names import place


def drawn(actors: int, ties: int, seed: int, *, words: str = "A") -> Figure:
    """Actors anywhere, and ties between any of them."""
    rng = np.random.default_rng(seed)
    names = [f"a{number}" for number in range(actors)]
    pairs = [(one, other) for one in names for other in names if one != other]
    chosen = [pairs[number] for number in rng.choice(len(pairs), ties, replace=False)]
    edges = pd.DataFrame(chosen, columns=["source", "target"]).assign(relation="cites", weight=1.0)
    places = pd.DataFrame(rng.uniform(0, 10, (actors, 2)), columns=["x", "y"])
    labelled = [f"{words}{number}" for number in range(actors)]
    positions = places.assign(actor_id=names, type="state", label=labelled, size=rng.integers(1, 9, actors) * 1.0)
    return plot_network(edges, positions, lang="en", title="Anywhere")


@pytest.mark.parametrize(("actors", "ties", "seed"), [(6, 10, 1), (14, 32, 2), (14, 32, 3), (20, 40, 4), (30, 45, 5)])
def test_no_name_meets_an_arrow_head_a_mark_or_a_name(actors: int, ties: int, seed: int) -> None:
    figure = drawn(actors, ties, seed)
    axes, renderer = figure.axes[0], style.renderer(figure)
    boxes = [text.get_window_extent(renderer) for text in axes.texts]
    heads = [
        axes.transData.transform(path.vertices)
        for group in axes.collections
        if isinstance(group, PolyCollection)
        for path in group.get_paths()
    ]
    marks = [
        axes.transData.transform(group.get_offsets())
        for group in axes.collections
        if isinstance(group, PathCollection) and not (group.get_gid() or "").startswith("ties")
    ]
    assert (len(boxes), len(heads), sum(map(len, marks))) == (actors, ties, actors)
    met = [point for points in [*heads, *marks] for point in points if any(box.contains(*point) for box in boxes)]
    assert met == []
    assert [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])] == []
    assert all(axes.get_window_extent(renderer).contains(*end) for box in boxes for end in (box.min, box.max))


def test_a_name_far_from_its_mark_is_led_to() -> None:
    crowded = drawn(40, 120, 7, words="Ministry of long words ").axes[0]
    lone = drawn(2, 1, 8).axes[0]
    assert len(crowded.lines) > 0
    assert len(lone.lines) == 0


NOTHING = np.empty((0, 4))
SHEET = np.array([0.0, 0.0, 200.0, 200.0])


def test_a_name_leaves_the_side_where_an_arrow_head_ends() -> None:
    size, mark, reach = np.array([[20.0, 10.0]]), np.array([[100.0, 100.0]]), np.array([4.0])
    (free,) = place(size, mark, reach, NOTHING, NOTHING[:, :2], SHEET)
    assert free[0] < 100  # the first place tried is at the left
    (kept,) = place(size, mark, reach, np.array([[80.0, 97.0, 96.0, 103.0]]), NOTHING[:, :2], SHEET)
    assert not (abs(kept[0] - 88) < 18 and abs(kept[1] - 100) < 8)  # half of both widths, half of both heights


def test_two_names_never_share_a_place() -> None:
    sizes, marks = np.full((2, 2), (30.0, 10.0)), np.array([[100.0, 100.0], [112.0, 100.0]])
    one, other = place(sizes, marks, np.array([4.0, 4.0]), NOTHING, NOTHING[:, :2], SHEET)
    assert abs(one[0] - other[0]) >= 30 or abs(one[1] - other[1]) >= 10
