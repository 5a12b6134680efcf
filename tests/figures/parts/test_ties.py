"""Ties: one look a relation."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

from digital_diplomacy import figures
from digital_diplomacy.figures.kinds import exchange
from digital_diplomacy.figures.parts.ties import RELATIONS, _bends, look_of_relation, tells_weights

PLACES = pd.DataFrame({"actor_id": list("abc"), "type": "state", "label": list("ABC"), "size": 1.0}).assign(
    x=[0.0, 1.0, 2.0], y=[0.0, 1.0, 0.0]
)


def looks(*relations: str) -> dict[str, tuple[object, object]]:
    """Colour and line of each relation in the legend of a figure with these ties."""
    edges = pd.DataFrame({"source": list("abc"), "target": list("bca"), "relation": relations, "weight": 1.0})
    legend = figures.plot_network(edges, PLACES, lang="en").legends[0]
    lines = [(text.get_text(), line) for text, line in zip(legend.texts, legend.get_lines(), strict=True)]
    return {text: (line.get_color(), line._dash_pattern) for text, line in lines if line.get_linestyle() != "None"}


def test_a_relation_has_one_look_however_often_it_occurs() -> None:
    often, seldom, alone = (
        looks("run_by", "run_by", "responds_to"),
        looks("run_by", "responds_to", "responds_to"),
        looks("run_by", "run_by", "run_by"),
    )
    assert often == seldom
    assert alone["is run by"] == often["is run by"]
    assert often["is run by"] != often["responds to"]


def test_no_two_relations_share_colour_and_dash() -> None:
    looks = [look_of_relation(number) for number in range(len(RELATIONS))]
    assert len({(look.colour, str(look.line)) for look in looks}) == len(RELATIONS)


def test_relations_drawn_together_as_one_system_have_a_colour_each() -> None:
    # Who speaks and answers, who sets goals, who runs and regulates: the six of one drawing.
    told = ("addresses", "responds_to", "instructed_by", "proposed_by", "run_by", "regulated_by")
    assert len({look_of_relation(RELATIONS.index(code)).colour for code in told}) == len(told)


def test_who_speaks_and_who_answers_look_alike_in_every_figure() -> None:
    drawn = looks("addresses", "responds_to", "addresses")
    said = {way: look.colour for way, look in exchange.LOOKS.items()}
    assert {way: drawn[name][0] for way, name in {"speaks": "addresses", "answers": "responds to"}.items()} == said
    assert len(set(said.values())) == 2


@pytest.mark.parametrize(("directed", "bends"), [(True, [0.12, 0.12, 0.22, 0.12]), (False, [0.04, 0.14, 0.24, 0.04])])
def test_ties_between_the_same_two_do_not_cover_each_other(directed: bool, bends: list[float]) -> None:
    # a to b by two relations, with b to a between; without direction the three lie between the same two.
    ties = pd.DataFrame({"source": list("abaa"), "target": list("babc"), "relation": list("rrsr"), "weight": 1.0})
    assert np.round(_bends(ties, directed=directed), 9).tolist() == bends


@pytest.mark.parametrize("order", ["bca", "cab"])  # clockwise and against it: one of them bows out
def test_no_tie_bows_out_of_the_drawing(order: str) -> None:
    edges = pd.DataFrame({"source": list("abc"), "target": list(order), "relation": "tie", "weight": 1.0})
    axes = figures.plot_network(edges, PLACES, lang="en").axes[0]
    ties = [path for drawn in axes.collections if isinstance(drawn, PathCollection) for path in drawn.get_paths()]
    curves = [path.to_polygons(closed_only=False)[0] for path in ties if len(path.vertices) == 3]
    assert len(curves) == 3
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    for points in curves:
        assert points[:, 0].min() >= left
        assert points[:, 0].max() <= right
        assert points[:, 1].min() >= low
        assert points[:, 1].max() <= high


def test_widths_are_told_only_where_they_can_be_seen() -> None:
    # From 0.6 points on, 1.8 more for the strongest: half of its weight is 0.9 points less, a hundredth 0.02.
    assert tells_weights(pd.Series([1.0, 2.0]))
    for alike in ([3.0, 3.0], [100.0, 99.0], [5.0]):
        assert not tells_weights(pd.Series(alike))
    edges = pd.DataFrame({"source": list("abc"), "target": list("bca"), "relation": "uses", "weight": [99.0, 100, 100]})
    notes = [
        next(
            text.get_text() for text in figures.plot_network(rows, PLACES, lang="en").texts if text.get_gid() == "notes"
        )
        for rows in (edges, edges.assign(weight=[1.0, 2.0, 3.0]))
    ]
    assert ["wider the line" in " ".join(text.split()) for text in notes] == [False, True]
