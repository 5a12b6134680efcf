"""A network in named bands: every name under its own mark, bands that can be told apart, kinds that keep their look."""

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from digital_diplomacy import labels
from digital_diplomacy.figures.kinds.networks import plot_network
from digital_diplomacy.figures.parts import style

NAMES = {"en": "Ministry of long words", "ru": "Министерство длинных слов", "kk": "Ұзын сөздер министрлігі"}


def network(lang: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Two ideas, four state bodies, five programmes in two rows, and citizens at the bottom."""
    rows = [("idea", "concept", 2, 9.0), ("body", "state", 4, 6.0), ("plan", "programme", 5, 3.0)]
    placed = [
        (f"{name}{number}", kind, 20.0 * (number + 0.5) / many, y - 1.6 * (number % 2) * (name == "plan"))
        for name, kind, many, y in rows
        for number in range(many)
    ]
    placed.append(("people", "citizens", 10.0, -2.0))
    positions = pd.DataFrame(placed, columns=["actor_id", "type", "x", "y"])
    label = [f"{NAMES[lang]} {number}" for number in range(len(positions))]
    positions = positions.assign(label=label, size=[float(number % 4) for number in range(len(positions))])
    pairs = [(f"plan{n}", f"body{n % 4}", "steering") for n in range(5)]
    pairs += [(f"body{n}", "people", "dialogue") for n in range(4)] + [("idea0", "body1", "goals")]
    edges = pd.DataFrame(pairs, columns=["source", "target", "relation"]).assign(weight=1.0)
    ends = {"ideas": (9.0, 9.0), "state": (6.0, 6.0), "programmes": (1.4, 3.0), "citizens": (-2.0, -2.0)}
    bands = pd.DataFrame([(code, low, high) for code, (low, high) in ends.items()], columns=["band", "low", "high"])
    return edges, positions, bands


def drawn(lang: str, **options: object) -> tuple[Figure, pd.DataFrame]:
    edges, positions, bands = network(lang)
    figure = plot_network(edges, positions, lang=lang, title="Bands", bands=bands, **options)  # type: ignore[arg-type]
    return figure, positions


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_name_stands_below_or_above_its_own_mark_and_on_nobody_elses(lang: str) -> None:
    figure, positions = drawn(lang)
    axes, renderer = figure.axes[0], style.renderer(figure)
    boxes = {text.get_text().replace("\n", " "): text.get_window_extent(renderer) for text in axes.texts}
    marks = axes.transData.transform(positions[["x", "y"]].to_numpy())
    for name, (x, y) in zip(positions["label"], marks, strict=True):
        assert boxes[name].x0 < x < boxes[name].x1
        assert y - 40 < boxes[name].y1 < y or y < boxes[name].y0 < y + 40
        assert not any(boxes[name].contains(*other) for other in marks)
    assert [pair for pair in combinations(boxes, 2) if boxes[pair[0]].overlaps(boxes[pair[1]])] == []


def test_no_name_covers_an_arrow_head() -> None:
    figure, positions = drawn("en")
    axes, renderer = figure.axes[0], style.renderer(figure)
    names = [text for text in axes.texts if text.get_text().replace("\n", " ") in set(positions["label"])]
    heads = [
        axes.transData.transform(path.vertices)
        for group in axes.collections
        if isinstance(group, PolyCollection)
        for path in group.get_paths()
    ]
    assert (len(names), len(heads)) == (len(positions), 10)
    boxes = [text.get_window_extent(renderer) for text in names]
    assert [tip for tip in heads if any(box.contains(*point) for box in boxes for point in tip)] == []


def test_a_name_stands_on_the_side_that_fewer_ties_take() -> None:
    figure, positions = drawn("en")
    axes, renderer = figure.axes[0], style.renderer(figure)
    boxes = {text.get_text().replace("\n", " "): text.get_window_extent(renderer) for text in axes.texts}
    marks = axes.transData.transform(positions[["x", "y"]].to_numpy())
    above = {
        actor: boxes[name].y0 > y
        for actor, name, (_, y) in zip(positions["actor_id"], positions["label"], marks, strict=True)
    }
    # body2 has a tie from plan2 below and one to the people below; everything of people and plan1 leads up.
    assert (above["body2"], above["people"], above["plan1"]) == (True, False, False)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_bands_have_their_names_from_the_top(lang: str) -> None:
    figure, _ = drawn(lang)
    axes, renderer = figure.axes[0], style.renderer(figure)
    places = {text.get_text().replace("\n", " "): text.get_window_extent(renderer).y1 for text in axes.texts}
    named = [labels.text(f"band.{code}", lang) for code in ("ideas", "state", "programmes", "citizens")]
    assert sorted(named, key=lambda name: -places[name]) == named


def test_kinds_of_tie_keep_their_look_whatever_else_is_drawn() -> None:
    edges, positions, bands = network("en")
    looks = []
    for kept in (["dialogue", "goals", "steering"], ["dialogue", "steering"]):
        figure = plot_network(edges[edges["relation"].isin(kept)], positions, lang="en", bands=bands)
        handles = {text.get_text(): line for text, line in zip(
            figure.legends[0].get_texts(), figure.legends[0].get_lines(), strict=False
        )}  # fmt: skip
        looks.append(
            {code: handles[labels.text(f"relation.{code}", "en")].get_color() for code in ("dialogue", "steering")}
        )
    assert looks[0] == looks[1]


def test_a_group_that_marks_nobody_is_not_in_the_legend() -> None:
    figure, _ = drawn("en", marked={"core": [], "switcher": ["absent"], "programmer": ["body0"]}, notes=["no_marks"])
    said = [text.get_text() for text in figure.legends[0].get_texts()]
    assert sum("more than chance" in text or "denser" in text for text in said) == 1
    assert "Nobody is ringed" in " ".join(text.get_text() for text in figure.texts).replace("\n", " ")


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_name_without_room_stands_in_the_note(lang: str) -> None:
    edges, positions, bands = network(lang)
    crowd = [
        (f"plan{10 + n}", "programme", 20.0 * (n + 0.5) / 14, 2.2, f"{NAMES[lang]} {100 + n}", 1.0) for n in range(14)
    ]
    more = pd.DataFrame(crowd, columns=list(positions.columns))
    ties = pd.DataFrame({"source": more["actor_id"], "target": "body1", "relation": "steering", "weight": 1.0})
    positions, edges = (pd.concat(part, ignore_index=True) for part in ([positions, more], [edges, ties]))
    figure = plot_network(edges, positions, lang=lang, title="Bands", bands=bands)
    written = {text.get_text().replace("\n", " ") for text in figure.axes[0].texts}
    notes = " ".join(text.get_text().replace("\n", " ") for text in figure.texts)
    unwritten = [label for label in positions["label"] if label not in written]
    assert unwritten
    assert "; ".join(label for label in more["label"] if label in unwritten) in notes
    assert all(label in notes for label in unwritten)
    boxes = [text.get_window_extent(style.renderer(figure)) for text in (*figure.texts, *figure.axes[0].texts)]
    assert [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])] == []
    assert min(box.y0 for box in boxes) >= 0


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_types_are_told_by_the_bands_alone_and_colours_by_the_ties(lang: str) -> None:
    figure, positions = drawn(lang)
    relations = {labels.text(f"relation.{code}", lang) for code in ("steering", "dialogue", "goals")}
    assert {text.get_text() for text in figure.legends[0].get_texts()} == relations
    [marks] = [part for part in figure.axes[0].collections if len(part.get_offsets()) == len(positions)]
    assert len({tuple(colour) for colour in marks.get_facecolor().tolist()}) == 1


def test_types_have_looks_of_their_own_only_where_there_are_several() -> None:
    _, positions, _ = network("en")
    ties = pd.DataFrame({"source": ["body0"], "target": ["body1"], "relation": "steering", "weight": 1.0})
    legends = []
    for kinds in (["state", "programme"], ["state"]):
        figure = plot_network(ties, positions[positions["type"].isin(kinds)], lang="en")
        legends.append({text.get_text() for text in figure.legends[0].get_texts()})
    steering = labels.text("relation.steering", "en")
    assert legends == [{"States and their bodies", "Programmes and services", steering}, {steering}]
