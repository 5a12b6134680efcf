"""The page of a network as people use it: mouse, keys, address, what is taken away. Run with `make test-browser`."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from defusedxml import ElementTree

from digital_diplomacy import figures, networks, sources, tables

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "=HYPERLINK(1)",
    "مرحبا بالعالم",
    "x" * 200,
    "a,b&c#d%41'",
    "<b>&lt;",
]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    relations, actors = sources.load("relations"), sources.load("actors")
    rows = networks.system_of(relations[relations["relation"].isin(list(networks.LAYERS))], actors, "KAZ")
    ties = networks.build(rows)
    places = networks.layers(ties, actors, lang="en", country="KAZ", per_row=6)
    shown = {"bands": networks.bands(ties, actors, places, country="KAZ"), "shown": list(networks.DIALOGUE)}
    path = tmp_path_factory.mktemp("views") / "system.html"
    view = figures.view_network(ties, places, title="Who listens", statements=rows, sources=["relations"], **shown)
    path.write_text(figures.document(view), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pairs = [(HOSTILE[n], HOSTILE[(n + 1) % 6], HOSTILE[n % 3]) for n in range(6)]
    ties = pd.DataFrame(pairs, columns=["source", "target", "relation"]).assign(weight=1.0)
    named = {f"relation.{name}": name for name in HOSTILE} | {"type.<i>": "<i>"}
    places = pd.DataFrame({"actor_id": HOSTILE, "type": "<i>", "label": HOSTILE, "size": 1.0})
    places = places.assign(x=[0.0, 1, 2, 2, 1, 0], y=[0.0, 0, 0, 1, 1, 1])
    said = ties.assign(document=[*HOSTILE[:3], *HOSTILE[:3]], statement=HOSTILE)
    path = tmp_path_factory.mktemp("views") / "hostile.html"
    view = figures.view_network(tables.named(ties, named), places, title=HOSTILE[0], statements=said)
    path.write_text(figures.document(view), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page in a window of its own; whatever it asks for or complains of fails the test."""
    window = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = window.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    asked = ("file:", "data:", "blob:")
    opened.on("request", lambda request: None if request.url.startswith(asked) else said.append(request.url))
    yield opened
    assert said == []
    window.close()


def counts(page: Any) -> list[int]:
    """Ties, ties in all, actors, actors in all, and statements, as the page says them."""
    return [int(found) for found in re.findall(r"\d+", page.locator("#counts").inner_text())]


def box(page: Any, name: str) -> Any:
    return page.get_by_role("checkbox", name=name)


def shown(page: Any) -> int:
    found: int = page.locator(".tie:not(.off)").count()
    return found


def test_what_is_counted_is_what_is_drawn_and_listed(page: Any, system: Path) -> None:
    page.goto(system.as_uri())
    assert counts(page) == [17, 43, 13, 29, 34, 63]
    for name in ("Zhussupova 2021", "is proposed by"):
        box(page, name).click()
        assert counts(page)[0] == shown(page) == page.locator("#rows tr:visible").count()
        assert counts(page)[2] == page.locator(".actor:not(.faint)").count()
        assert page.locator("#said").inner_text() == page.locator("#counts").inner_text()
    page.get_by_role("button", name="Show everything").click()
    assert counts(page)[:4] == [43, 43, 29, 29]


def test_pointing_and_focus_tell_statement_and_document(page: Any, system: Path) -> None:
    page.goto(system.as_uri())
    tie = page.locator('.tie[aria-label^="Akimats of Kazakhstan → responds to"]')
    middle = "p => p.getPointAtLength(p.getTotalLength() / 2).matrixTransform(p.getScreenCTM())"
    place = tie.locator(".hit").evaluate(f"p => {{ const {{ x, y }} = ({middle})(p); return [x, y]; }}")
    page.mouse.move(*place)
    told = page.locator("#told")
    assert "Akimats of Kazakhstan → responds to → Citizens of Kazakhstan" in told.inner_text()
    assert "feedback is not in place everywhere – Zhussupova 2021" in told.inner_text()
    page.mouse.move(5, 5)
    assert "Zhussupova" not in told.inner_text()
    tie.focus()
    assert "feedback is not in place everywhere – Zhussupova 2021" in told.inner_text()
    assert page.locator("#details").get_attribute("aria-live") == "polite"


def test_a_walk_by_keys_alone_from_the_beginning(page: Any, system: Path) -> None:
    page.goto(system.as_uri())
    reached = ""
    for _ in range(12):
        page.keyboard.press("Tab")
        reached = page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")
        if page.evaluate("Boolean(document.activeElement.closest('.actor'))"):
            break
    assert "; ties from it:" in reached
    assert page.locator('.actor[tabindex="0"]').count() == 1
    page.keyboard.press("End")
    at = "document.activeElement.dataset.actor ?? `tie ${document.activeElement.dataset.tie}`"
    citizens = page.evaluate(at)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Citizens of Kazakhstan")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(at).startswith("tie")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(at) not in (citizens, "undefined")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")  # from the tie back to the actor
    assert not page.evaluate(at).startswith("tie")
    page.keyboard.press("Enter")
    assert "at=" in page.evaluate("location.hash")
    page.keyboard.press("+")
    assert "view=1.4" in page.evaluate("location.hash")
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    assert page.evaluate("location.hash") == ""
    for _ in range(40):  # every actor shown is met by Page Down
        page.keyboard.press("PageDown")
    assert page.evaluate("document.activeElement.closest('.actor.faint')") is None


def test_the_address_holds_the_view_and_the_back_button_takes_it_back(page: Any, system: Path) -> None:
    page.goto(system.as_uri())
    box(page, "Almash 2018").click()
    page.locator("#find").fill("akimats")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="1 step").click()
    page.get_by_role("radio", name="from it").click()
    seen, address = counts(page), page.url
    assert seen[0] == 2
    again = page.context.new_page()
    again.goto(address)
    assert counts(again) == seen
    assert not box(again, "Almash 2018").is_checked()
    assert again.get_by_role("radio", name="from it").is_checked()
    assert again.locator("#told").inner_text() == page.locator("#told").inner_text()
    page.go_back()
    page.go_back()
    assert counts(page)[0] == 16  # without Almash 2018, as Akimats are chosen
    page.go_forward()
    page.go_forward()
    assert counts(page) == seen


def taken(page: Any, button: str) -> str:
    with page.expect_download() as download:
        page.locator(button).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_what_is_taken_away_is_what_is_seen(page: Any, system: Path) -> None:
    page.goto(system.as_uri())
    box(page, "Zhussupova 2021").click()
    rows = list(csv.DictReader(io.StringIO(taken(page, "#save-csv"))))
    assert len(rows) == counts(page)[0] == 10
    assert not any("Zhussupova" in row["documents"] for row in rows)
    picture = ElementTree.fromstring(taken(page, "#save-svg"))
    titles = [one.text for one in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert sum(" → " in str(title) for title in titles) == 10
    assert sum("; ties from it:" in str(title) for title in titles) == counts(page)[2]
    text = ElementTree.tostring(picture, encoding="unicode")
    assert "var(" not in text
    assert page.locator("#counts").inner_text() in text
    for name in ("addresses", "responds to", "States and their bodies", "Who listens"):
        assert name in text
    assert "is proposed by" not in text


def test_hostile_names_are_text_wherever_they_go(page: Any, hostile: Path) -> None:
    page.goto(hostile.as_uri())
    assert page.locator("h1").inner_text() == HOSTILE[0]
    assert page.locator("img, b, i").count() <= page.locator("#told b").count()
    labels = page.locator(".actor").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert all(any(label.startswith(name) for label in labels) for name in HOSTILE)
    rows = list(csv.DictReader(io.StringIO(taken(page, "#save-csv"), newline="")))
    assert sorted(row["source"] for row in rows) == sorted(HOSTILE)
    ElementTree.fromstring(taken(page, "#save-svg"))
    for name in HOSTILE:
        page.locator("#find").fill(name)
        page.keyboard.press("Enter")
        page.get_by_role("radio", name="1 step").check()
        address, seen = page.url, counts(page)
        page.goto("about:blank")
        page.goto(address)
        assert counts(page) == seen
        assert page.locator("#told").inner_text().startswith(name)
        page.get_by_role("button", name="Start again").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1281


def test_nothing_of_it_is_global_and_without_scripts_there_is_the_picture(
    browser: Any, system: Path, page: Any
) -> None:
    page.goto(system.as_uri())
    own = ["net", "state", "data", "texts", "svg", "draw", "indexed", "fill", "say", "make", "module"]
    is_global = "names => names.filter((one) => one in window && !(window[one] instanceof Element))"
    names = page.evaluate(is_global, own)
    assert names == []
    still = browser.new_context(java_script_enabled=False).new_page()
    still.goto(system.as_uri())
    told = still.locator("noscript p").last
    assert told.bounding_box()
    assert told.text_content().startswith("29 actors, 43 ties")
    assert not still.locator("#drawing").is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_the_window_in_the_dark_and_on_paper(browser: Any, system: Path, width: int) -> None:
    window = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark", reduced_motion="reduce")
    page = window.new_page()
    page.goto(system.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 1
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", ground)[:3])) < 60
    assert page.locator(".tie").first.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("#find").is_visible()
    assert page.locator("#rows tr:visible").count() == 17
    window.close()


def test_it_opens_in_a_frame_that_has_no_address(page: Any, system: Path, tmp_path: Path) -> None:
    from digital_diplomacy.figures.views.document import frame

    inside = frame(system.read_text(encoding="utf-8"), "A network")
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><title>Notebook</title>{inside}", encoding="utf-8")
    page.goto(path.as_uri())
    framed = page.frame_locator("iframe")
    framed.get_by_role("checkbox", name="Zhussupova 2021").click()
    assert framed.locator("#counts").inner_text().startswith("Shown: ties 10 of 43")
    assert json.loads(page.evaluate("JSON.stringify(location.hash)")) == ""
