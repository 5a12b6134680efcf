"""The page of a network as it is made: what it holds, in which words, how large it is, and what it refuses."""

import base64
import io
import json
import random
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from PIL import Image, ImageDraw

from digital_diplomacy import figures, labels, networks, sources, tables
from digital_diplomacy.errors import TableError

MOST_BYTES = 400_000

TIES = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": "r", "weight": [2.0, 1.0]})
TIES = tables.named(TIES, {"entity.a": "A", "relation.r": "rings", "type.odd": "odd"})
PLACES = pd.DataFrame({"actor_id": list("cab"), "type": ["odd", "state", "state"], "label": list("CAB")})
PLACES = PLACES.assign(x=[2.0, 0.0, 1.0], y=[0.0, 1.0, 2.0], size=[0.0, 4.0, 1.0])


def data_of(page: str) -> dict[str, Any]:
    [content] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(content)
    return found


def noisy(width: int = 1080, height: int = 1100) -> str:
    """A picture with a thousand lines, as that of a large network has."""
    rng = random.Random(1)  # noqa: S311
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for _ in range(1000):
        ends = [(rng.randrange(width), rng.randrange(height)) for _ in range(2)]
        pen.line(ends, fill=rng.choice(["#0173b2", "#cc78bc", "#de8f05"]))
    stream = io.BytesIO()
    picture.save(stream, format="png")
    return base64.b64encode(stream.getvalue()).decode()


def of_system(lang: str, **options: Any) -> str:
    relations, actors = sources.load("relations"), sources.load("actors")
    system = networks.system_of(relations[relations["relation"].isin(list(networks.LAYERS))], actors, "KAZ")
    ties = networks.build(system)
    places = networks.layers(ties, actors, lang=lang, country="KAZ")
    bands = networks.bands(ties, actors, places, country="KAZ")
    shown = {"statements": system, "bands": bands, "sources": ["relations"], "title": "T", **options}
    return figures.document(figures.view_network(ties, places, lang=lang, **shown))


def test_the_page_holds_the_network_at_the_places_of_the_figure() -> None:
    data = data_of(figures.document(figures.view_network(TIES, PLACES, lang="ru")))
    # By id; y turned, as a page counts downwards; the largest has an area of 380, one of a quarter half its radius.
    assert [one[:5] for one in data["actors"]] == [["a", "A", 0, 0, -1], ["b", "B", 0, 1, -2], ["c", "C", 1, 2, 0]]
    assert [one[5] for one in data["actors"]] == pytest.approx([10.998, 5.499, 2.523], abs=1e-3)
    assert data["ties"] == [[0, 1, 0, 2], [1, 2, 0, 1]]
    assert [one["name"] for one in data["types"]] == ["Государства и госорганы", "odd"]
    assert data["relations"][0]["name"] == "rings"
    assert (data["documents"], data["statements"], data["lang"]) == ([], [], "ru")


def test_a_page_that_holds_more_than_the_picture_begins_with_it() -> None:
    more = pd.concat([TIES, pd.DataFrame([{"source": "c", "target": "a", "relation": "runs", "weight": 1.0}])])
    whole = tables.named(more, {"relation.r": "rings", "relation.runs": "runs"}), PLACES.assign(x=[5.0, 0, 1]), None
    data = data_of(figures.document(figures.view_network(TIES, PLACES, whole=whole)))
    assert len(data["ties"]) == 3  # every tie of the whole
    assert [one[3] for one in data["actors"]] == [0, 1, 5]  # at the places of the whole
    assert data["shown"] == ["r"]  # with what the picture draws
    said = labels.text("notice.sizes_of_whole", "en")
    assert said in figures.view_network(TIES, PLACES, whole=whole).options["notes"][0]
    assert said not in figures.view_network(TIES, PLACES, whole=(TIES, PLACES, None)).options["notes"][0]
    assert "3 actors, 2 ties" in figures.view_network(TIES, PLACES, whole=whole).twin  # without scripts, the picture


def test_statements_stand_at_their_ties_with_words_place_and_document() -> None:
    said = pd.DataFrame(
        {
            "source": ["b", "a", "a", "x"],
            "target": ["c", "b", "b", "y"],
            "relation": "r",
            "document": ["Report", None, "Report", "Else"],
            "statement": ["says", "", "=1+1", "no tie of the picture"],
            "period": ["2024-05", "since spring", None, ""],
        }
    )
    data = data_of(figures.document(figures.view_network(TIES, PLACES, statements=said)))
    assert data["documents"] == [{"code": "", "name": "no document named"}, {"code": "Report", "name": "Report"}]
    assert data["statements"] == [[0, 0, "", "since spring"], [0, 1, "=1+1", ""], [1, 1, "says", "May 2024"]]


def test_own_documents_are_not_taken_for_those_of_the_project() -> None:
    said = TIES[["source", "target", "relation"]].assign(document="000")
    named = [
        data_of(figures.document(figures.view_network(TIES, PLACES, statements=rows)))["documents"][0]["name"]
        for rows in (said, said.assign(relation_id=["r1", "r2"]))
    ]
    assert named == ["000", "Almash 2018"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_statement_of_the_system_is_told_in_the_language(
    lang: str, foreign: Callable[[str, str], tuple[list[str], int]]
) -> None:
    page = of_system(lang)
    data = data_of(page)
    assert len(data["statements"]) == 63
    assert [one for one in data["statements"] if not one[2]] == []
    if lang != "en":
        told = " ".join(f"{one[2]}. {one[3]}." for one in data["statements"])
        names = " ".join(one["name"] for kind in ("types", "relations", "bands", "documents") for one in data[kind])
        texts = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
        words, many = foreign(f"{re.sub('r[0-9]{3}', '', told)} {names} {texts}", lang)
        assert len(words) <= 0.01 * many, words


def test_the_page_of_the_largest_network_is_small() -> None:
    rng = random.Random(2)  # noqa: S311
    pairs = rng.sample([(a, b) for a in range(300) for b in range(300) if a != b], 1000)
    ends = [[f"@account_{number}" for number in side] for side in zip(*pairs, strict=True)]
    ties = pd.DataFrame({"source": ends[0], "target": ends[1], "relation": "follows", "weight": 1.0})
    names = sorted({*ends[0], *ends[1]})
    places = pd.DataFrame({"actor_id": names, "type": "media", "label": [f"Account {name}" for name in names]})
    places = places.assign(x=[rng.random() for _ in names], y=[rng.random() for _ in names], size=1.0)
    said = ties.assign(document="Report of the year", statement="follows the other account, as its page says")
    page = figures.document(figures.view_network(ties, places, statements=said, picture=noisy()))
    assert "data:image/webp" in page
    assert len(page.encode()) <= MOST_BYTES


def test_a_page_is_made_the_same_again() -> None:
    assert of_system("kk", picture=noisy(200, 100)) == of_system("kk", picture=noisy(200, 100))


def test_what_a_page_cannot_show_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one edge"):
        figures.view_network(TIES.head(0), PLACES)
    with pytest.raises(TableError, match="no position for c"):
        figures.view_network(TIES, PLACES[PLACES["actor_id"] != "c"])
    with pytest.raises(TableError, match="no statement of the tie b → c"):
        figures.view_network(TIES, PLACES, statements=TIES.head(1).assign(document="d"))
    many = pd.concat([PLACES.assign(actor_id=[f"{n}{end}" for end in "xyz"]) for n in range(100)])
    with pytest.raises(ValueError, match=r"303 actors, but a page shows 300; give the ties that networks\.drawing"):
        figures.view_network(TIES, pd.concat([PLACES, many]))
    with pytest.raises(ValueError, match="unknown language 'de'"):
        figures.view_network(TIES, PLACES, lang="de")
