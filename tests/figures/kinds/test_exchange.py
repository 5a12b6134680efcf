"""Who listens to whom: what is drawn, that nothing touches, and what lines tell."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from digital_diplomacy import figures, labels, sources
from digital_diplomacy.figures import alternative
from digital_diplomacy.figures.kinds import exchange
from digital_diplomacy.figures.parts import style

REPOSITORY = Path(__file__).parents[3]
CODES = ["citizens_of_kazakhstan", "state_bodies_kazakhstan", "concept_state_social_media", "social_media"]


def rows(*cells: tuple[str, str, str], **changed: object) -> pd.DataFrame:
    made = pd.DataFrame(cells, columns=["partner", "channel", "way"])
    made["relation_id"] = [f"x{number}" for number in range(len(made))]
    blank = {"people": CODES[0], "period": "", "document": "001", "source_id": "relations"}
    return made.assign(**blank | changed)


SMALL = rows(
    (CODES[1], CODES[3], "asks"),
    (CODES[1], CODES[3], "asks"),
    (CODES[1], CODES[3], "answers"),
    (CODES[1], "", "tells"),
    (CODES[2], "", "asks"),
)


def texts(figure: Figure, gid: str) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in figure.axes[0].texts if text.get_gid() == gid]


def test_numbers_of_statements_stand_where_edges_begin() -> None:
    drawn = figures.plot_exchange(SMALL, lang="en").axes[0]
    counts = {text.get_text(): text.get_position()[0] for text in drawn.texts if text.get_gid() == "count"}
    assert sorted(text.get_text() for text in drawn.texts if text.get_gid() == "count") == ["1", "1", "1", "2"]
    assert counts["2"] < drawn.get_xlim()[1] / 2  # two statements of citizens, who stand at the left


def test_partners_tell_how_often_they_are_addressed_and_answer() -> None:
    figure = figures.plot_exchange(SMALL, lang="en")
    assert texts(figure, "sums") == ["addressed: 2; answers: 1", "addressed: 1; answers: 0"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("changed", [{}, {"channel": "concept_state_social_media"}, {"partner": CODES[2]}])
def test_nothing_touches(lang: str, changed: dict[str, str], touching: Callable[[Figure], object]) -> None:
    figure = figures.plot_exchange(SMALL.assign(**changed), lang=lang, title="T\nt")
    figure.draw_without_rendering()
    assert touching(figure) == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_names_stay_in_their_boxes_and_numbers_outside_of_them(lang: str) -> None:
    figure = figures.plot_exchange(SMALL, lang=lang)
    renderer = style.renderer(figure)
    boxes = [patch.get_window_extent(renderer) for patch in figure.findobj(FancyBboxPatch) if patch.get_gid() == "box"]
    written = {kind: [text.get_window_extent(renderer) for text in figure.axes[0].texts if text.get_gid() == kind]
               for kind in ("name", "sums", "count")}  # fmt: skip
    for text in written["name"] + written["sums"]:
        assert any(box.x0 <= text.x0 and text.x1 <= box.x1 and box.y0 <= text.y0 and text.y1 <= box.y1 for box in boxes)
    assert not any(box.overlaps(text) for box, text in product(boxes, written["count"]))
    assert not any(one.overlaps(other) for one in boxes for other in boxes if one is not other)


def test_lines_tell_their_statements_and_documents_in_svg() -> None:
    drawn = style.svg(figures.plot_exchange(SMALL, lang="en"))
    asked = next(part for part in drawn.split("<title>")[1:] if "x0" in part.split("</title>")[0]).split("</title>")[0]
    assert asked.splitlines()[1:] == ["Zhussupova 2021, x0", "Zhussupova 2021, x1"]
    assert style.svg(figures.plot_exchange(SMALL, lang="en")) == drawn


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_statement_of_the_documents_between_citizens_and_others_is_told(lang: str) -> None:
    said, actors = (sources.load(name, root=REPOSITORY) for name in ("relations", "actors"))
    people = set(actors.loc[actors["type"] == "citizens", "actor_id"])
    dialogue = said[said["relation"].isin(["addresses", "responds_to"])]
    met = dialogue[dialogue["source"].isin(people) != dialogue["target"].isin(people)].set_index("relation_id")
    told = {number: labels.text(f"statement.{number}", lang) for number in met.index}
    assert {f"statement.{number}" for number in met.index} <= set(labels.codes("statement."))
    if lang == "en":
        assert told == met["paraphrase"].to_dict()


def test_words_that_are_told_are_only_words() -> None:
    figure = figures.plot_exchange(SMALL, lang="en")
    style.tell(figure.axes[0].lines[0], "<script>")
    assert "<title>&lt;script&gt;</title>" in style.svg(figure)


def test_the_alternative_tells_what_each_is_told_and_answers() -> None:
    said = alternative.describe(SMALL, "en")
    assert said.startswith("State bodies of Kazakhstan: addressed 2, addresses 1, answers 1;")


def test_nothing_to_draw_and_too_much_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one statement"):
        figures.plot_exchange(SMALL.head(0), lang="en")
    many = rows(*((f"p{number}", "", "asks") for number in range(exchange.MAX_LANES + 1)))
    with pytest.raises(ValueError, match="61 edges"):
        figures.plot_exchange(many, lang="en")


@pytest.mark.parametrize(("lang", "dash"), [("en", " – "), ("kk", " — "), ("ru", " — ")])
def test_a_statement_and_its_document_are_parted_by_the_dash_of_the_language(lang: str, dash: str) -> None:
    said = exchange._statement({"relation_id": "r045", "document": "000", "period": "2018"}, lang)
    told, place = said.split(dash)
    assert told == labels.text("statement.r045", lang)
    assert place == f"{labels.document('000', lang)}, r045, 2018"
