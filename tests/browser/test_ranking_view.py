"""The ranking to play with, in a real browser. Run with `make test-browser`."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels, rankings
from digital_diplomacy.figures import document, view_ranking

pytestmark = pytest.mark.browser

CODES = ["a", "b", "c"]
NAMES = {"entity.x": "<b>=1+1</b>", "group.a": "Posts", "group.b": "Answers", "group.c": "Days", "group.index": "Index"}
UNITS = ["KAZ", "UZB", "KGZ", "TJK", "x", "GEO"]


@pytest.fixture(scope="module")
def made() -> rankings.Index:
    values = pd.DataFrame(
        {"entity": UNITS, "a": [1.0, 5, 2, 4, 3, 0], "b": [9.0, 1, np.nan, 3, 2, 4], "c": [7.0, 3, 4, 5, 1, 6]}
    )
    tree = pd.DataFrame({"code": [*CODES, "index"], "parent": [*["index"] * 3, ""], "direction": [1, 1, -1, 1]})
    return rankings.run(values, tree, rankings.default_steps())


@pytest.fixture(scope="module", params=labels.LANGUAGES)
def view(request: pytest.FixtureRequest, made: rankings.Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    factors = [{"factor": "weights", "spread": 0.5}]
    given = made.stages[0]
    found = rankings.simulate(
        vars(given)["values"], given.framework, made.steps, factors, draws=200, rng=np.random.default_rng(1)
    )
    path = tmp_path_factory.mktemp("view") / f"ranking.{request.param}.html"
    with labels.own_names(NAMES):
        parts = rankings.reweighable(made, found)
        page = document(view_ranking(*parts, lang=request.param, title="Index", about="KAZ", draws=200))
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Any, view: Path) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda asked: said.append(asked.url) if asked.url[:5] not in ("file:", "blob:") else None)
    opened.goto(view.as_uri())
    yield opened
    assert said == []
    opened.close()


def ranks_shown(page: Any) -> dict[str, str]:
    rows = page.locator("#table tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").nth(1).inner_text() for row in rows}


def expected(made: rankings.Index, weights: list[float], method: Any, lang: str) -> dict[str, str]:
    framework = made.framework.assign(weight=weights)
    step = rankings.aggregate(vars(made.stages[-2])["values"], framework, method=method)
    table = vars(step)["values"].set_index("entity")["index"]
    with labels.own_names(NAMES):
        return {labels.entity(unit, lang): str(int(rank)) for unit, rank in rankings.ranks(table).items()}


def lang_of(page: Any) -> str:
    return str(page.locator("html").get_attribute("lang"))


def test_a_slider_moved_by_keys_ranks_as_the_library_and_says_so(page: Any, made: rankings.Index) -> None:
    page.locator("#range-1").focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    weight = float(page.locator("#range-1").input_value())
    assert weight < 1
    wanted = expected(made, [1.0, weight, 1.0, 1.0], "arithmetic", lang_of(page))
    assert ranks_shown(page) == wanted
    page.locator("#said").filter(has_text=re.compile("→|as before|бұрынғыша|как и прежде")).wait_for()
    assert labels.entity("KAZ", lang_of(page)) in page.locator("[role=status]").inner_text()
    assert labels.number(weight, lang_of(page)) in page.locator("#range-1").get_attribute("aria-valuetext")
    assert re.search(r"#w=b%3A", page.url)
    page.go_back()  # ten keys are one move
    assert ranks_shown(page) == expected(made, [1, 1, 1, 1], "arithmetic", lang_of(page))


def test_a_number_a_mean_and_the_back_button(page: Any, made: rankings.Index) -> None:
    start = ranks_shown(page)
    page.locator("#number-2").fill("0")
    page.keyboard.press("Tab")
    assert ranks_shown(page) == expected(made, [1, 1, 0, 1], "arithmetic", lang_of(page))
    page.locator("#mean-1-lowest").check()
    lowest = {"name": "mean_min", "strength": 1}
    assert ranks_shown(page) == expected(made, [1, 1, 0, 1], lowest, lang_of(page))
    shared = page.url
    page.go_back()
    assert ranks_shown(page) == expected(made, [1, 1, 0, 1], "arithmetic", lang_of(page))
    page.go_back()
    assert ranks_shown(page) == start
    page.goto("about:blank")
    page.goto(shared)
    assert ranks_shown(page) == expected(made, [1, 1, 0, 1], lowest, lang_of(page))
    page.locator("#reset").click()
    assert ranks_shown(page) == start
    assert "#w" not in page.url


def test_a_mean_that_cannot_be_formed_is_closed_with_its_reason(page: Any) -> None:
    closed = page.locator("#mean-1-geometric")
    assert closed.is_disabled()
    reason = page.locator(f"[id='{closed.get_attribute('aria-describedby')}']").inner_text()
    assert "1–100" in reason or "1 to 100" in reason or "от 1 до 100" in reason


def test_weights_of_zero_alone_take_the_ranking_away(page: Any) -> None:
    start = ranks_shown(page)
    for number in range(3):
        page.locator(f"#number-{number}").fill("0")
    assert set(ranks_shown(page).values()) == {"–"}
    page.locator("#equal").click()
    assert ranks_shown(page) == start


def test_search_pins_and_sorting_by_the_keyboard(page: Any) -> None:
    lang = lang_of(page)
    first = page.locator("#table tbody tr").first
    assert first.locator("th").inner_text() == labels.entity("KAZ", lang)  # the one asked about is pinned
    assert "asked" in str(first.get_attribute("class"))
    page.locator("#search").fill(labels.entity("GEO", lang)[:4])
    visible = [row.locator("th").inner_text() for row in page.locator("#table tbody tr:visible").all()]
    assert visible == [labels.entity("KAZ", lang), labels.entity("GEO", lang)]
    page.locator("#search").fill("")
    box = page.locator("#rows tr").last.locator("input")
    box.focus()
    page.keyboard.press("Space")
    assert page.locator("#pinned tr").count() == 2
    assert page.evaluate("document.activeElement.type") == "checkbox"
    head = page.locator("th.name")
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"


def test_what_is_taken_away_is_what_is_seen(page: Any) -> None:
    page.locator("#number-0").fill("2.5")
    page.keyboard.press("Tab")
    with page.expect_download() as waiting:
        page.locator("#export").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    shown = ranks_shown(page)
    assert {row["name"]: row["rank"] for row in rows} == shown
    assert {row["setting"] for row in rows} == {"#w=a%3A2.5"}
    assert "<b>=1+1</b>" in shown  # a name is a text


def test_every_control_has_a_name_and_the_page_fits_a_phone(page: Any) -> None:
    unnamed = "[...document.querySelectorAll('input')].filter(one => !one.labels?.length && !one.ariaLabel).length"
    assert page.evaluate(unnamed) == 0
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_made_up_value_is_hollow(page: Any) -> None:
    row = page.locator("#table tbody tr", has_text=labels.entity("KGZ", lang_of(page)))
    assert "◯ 1" in row.inner_text()
