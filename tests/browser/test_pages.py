"""What a reader sees: the pages in a real browser, and a notebook run in JupyterLab. Run with `make test-browser`."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

import pytest

from digital_diplomacy import labels

REPOSITORY = Path(__file__).parents[2]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports")
    words = [sys.executable, "-m", "digital_diplomacy", "reproduce", "--out", str(out)]
    subprocess.run(words, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    return out


def every_page(reports: Path) -> list[Path]:
    return sorted(reports.glob("*.html")) + sorted(reports.glob("*/*/*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_fetches_anything_or_complains(browser, reports: Path, scheme: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if request.url[:5] not in ("file:", "data:") else None)
    for path in every_page(reports):
        page.goto(path.as_uri())
    assert said == []


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_index_opens_in_two_seconds_with_a_megabyte_and_a_half(browser, reports: Path, lang: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[Path] = []
    page.on(
        "request", lambda one: asked.append(Path(unquote(one.url.removeprefix("file://")))) if "file:" in one.url else 0
    )
    page.goto((reports / f"index.{lang}.html").as_uri())
    page.wait_for_load_state("load")
    took = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert 0 < took < 2_000  # milliseconds
    assert sum(path.stat().st_size for path in set(asked)) < 1_500_000


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_index_has_one_language_the_answers_and_pictures_that_load(browser, reports: Path, lang: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale=lang)
    page.goto((reports / "index.html").as_uri())
    page.wait_for_url(f"**/index.{lang}.html")
    assert page.locator("html").get_attribute("lang") == lang
    record = json.loads((reports / "run.json").read_text(encoding="utf-8"))
    for sentence in (line for run in record["runs"] if run["lang"] == lang for line in run["answer"]):
        for part in sentence.split("• "):  # what it lists stands as a list
            assert page.get_by_text(part.strip(), exact=True).count() >= 1
    shown = page.locator(".picture img")
    assert shown.count() >= 8
    for number in range(shown.count()):
        shown.nth(number).scroll_into_view_if_needed()
        assert shown.nth(number).evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
        assert shown.nth(number).get_attribute("alt")


def test_the_language_changes_and_the_place_stays(browser, reports: Path) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    page.goto((reports / "rankings/en/index.html").as_uri() + "#egdi_rank_over_time")
    page.locator("a.language[hreflang=ru]").click()
    page.wait_for_url("**/rankings/ru/index.html#egdi_rank_over_time")
    assert page.locator("html").get_attribute("lang") == "ru"
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/penetration/ru/index.html")


def test_a_table_is_sorted_and_narrowed_by_the_keyboard(browser, reports: Path) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    page.goto((reports / "claims/ru/index.html").as_uri())
    box = page.locator(".narrow").first
    table = page.locator(".narrow + .scroll table, .narrow + table").first
    count = table.locator("tbody tr").count()
    head = table.locator("thead th").first
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    first = table.locator("tbody tr").first.inner_text()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert table.locator("tbody tr").last.inner_text() == first
    box.locator("input[type=search]").focus()
    page.keyboard.type("no such words")
    assert table.locator("tbody tr:visible").count() == 0
    page.locator(".narrow input[type=search]").first.fill("")
    assert table.locator("tbody tr:visible").count() == count


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_matrix_of_claims_is_narrowed_by_document_kind_and_verdict(browser, reports: Path, lang: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    page.goto((reports / f"claims/{lang}/index.html").as_uri())
    matrix = page.locator("#claims_matrix")
    box = page.locator(".narrow:has(+ #claims_matrix)")
    for code in ("document", "kind", "verdict"):
        heading = labels.text(f"column.{code}", lang)
        choice = box.locator("label").filter(has_text=re.compile(f"^{re.escape(heading)} ")).locator("select")
        wanted = choice.locator("option").nth(1).inner_text()
        choice.select_option(wanted)
        place = matrix.locator("thead th").all_inner_texts().index(heading)
        shown = matrix.locator("tbody tr:visible")
        count = shown.count()
        assert 0 < count < matrix.locator("tbody tr").count()
        assert {shown.nth(number).locator("td").nth(place).inner_text() for number in range(count)} == {wanted}
        choice.select_option(index=0)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_drawer_of_a_claim_opens_by_the_keyboard_and_without_scripts(browser, reports: Path, scripts: bool) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(java_script_enabled=scripts)
    page.goto((reports / "claims/ru/index.html").as_uri())
    drawer = page.locator("#claims_matrix .drawer", has_text=labels.text("column.worked", "ru")).first
    assert not drawer.locator("dl").is_visible()
    drawer.locator("summary").focus()
    page.keyboard.press("Enter")
    assert drawer.locator("dl").is_visible()
    assert drawer.locator("q").first.inner_text()
    assert drawer.locator("dt").all_inner_texts()[0] == labels.text("column.printed", "ru")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_on_paper_no_column_is_cut_the_claims_take_less_than_twenty_sheets_and_the_brief_one(
    browser, reports: Path, lang: str
) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 725, "height": 1054})  # A4 within margins of 9 mm, at 96 dots an inch
    for path in sorted(reports.glob(f"*/{lang}/index.html")):
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        wide = page.evaluate(
            "[...document.querySelectorAll('table')].filter(t => t.getBoundingClientRect().right > 726).length"
        )
        assert wide == 0, path
        sizes = page.evaluate(
            "[...document.querySelectorAll('td')].map(cell => parseFloat(getComputedStyle(cell).fontSize))"
        )
        assert min(sizes, default=10) >= 7.5 * 96 / 72, path  # points to dots
    page.goto((reports / f"claims/{lang}/index.html").as_uri())
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert 5 < len(sheets) < 20
    page.goto((reports / f"brief.{lang}.html").as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_pages_are_in_their_language(  # type: ignore[no-untyped-def]
    reports: Path, lang: str, foreign, page_words
) -> None:
    for path in [*reports.glob(f"*.{lang}.html"), *reports.glob(f"*/{lang}/*.html")]:
        odd, count = foreign(page_words(path.read_text(encoding="utf-8"), lang), lang)
        assert len(odd) <= 0.01 * count, (path, odd)


def test_what_is_touched_is_24_pixels_high(browser, reports: Path) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 390, "height": 800})
    touched = "nav a, .files a, summary, figcaption .number, .narrow select, .narrow input, th button"
    for path in [reports / "index.ru.html", *sorted(reports.glob("*/ru/index.html"))]:
        page.goto(path.as_uri())
        heights = page.eval_on_selector_all(
            touched, "found => found.map(one => one.getBoundingClientRect().height).filter(height => height > 0)"
        )
        assert heights, path
        assert min(heights) >= 23.9, path


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_the_window(browser, reports: Path, width: int) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in [*reports.glob("*.kk.html"), *reports.glob("*/kk/*.html")]:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, path


def test_links_of_a_page_lead_to_files(browser, reports: Path) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    for path in [*reports.glob("*.ru.html"), *reports.glob("*/ru/*.html")]:
        page.goto(path.as_uri())
        links = page.eval_on_selector_all("a[href]", "found => found.map(link => link.href)")
        local = [link.removeprefix("file://").partition("#")[0] for link in links if link.startswith("file:")]
        assert [link for link in local if not Path(link).exists()] == []


@pytest.fixture
def jupyter(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(tmp_path),
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path),
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path),
    }
    settings = tmp_path / "@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # otherwise cells out of sight are not in the page
    waiting = tmp_path / "@jupyterlab/completer-extension/manager.jupyterlab-settings"
    waiting.parent.mkdir(parents=True)
    waiting.write_text('{"providerTimeout": 60000}')  # a second, as usual, is short for a busy machine
    copy = tmp_path / "clone"
    shutil.copytree(REPOSITORY, copy, ignore=shutil.ignore_patterns(".venv", ".git", "reports", ".*_cache"))
    words = ["lab", "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    process = subprocess.Popen(
        [sys.executable, "-m", "digital_diplomacy", *words],
        cwd=copy,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api", process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=30)


def wait_for(address: str, process: "subprocess.Popen[bytes]", seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "JupyterLab ended"
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - a loopback address
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return
    raise AssertionError("JupyterLab did not answer")


def open_notebook(browser, jupyter: str, name: str):  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(120_000)  # of a machine that does other things, too
    page.goto(f"{jupyter}/lab/tree/notebooks/{name}.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.locator("text=Python 3 >> visible=true").first.wait_for()  # a list out of sight may name it, too
    return page


def run_all(page, cells: int, times: int = 1) -> None:  # type: ignore[no-untyped-def]
    """Run all cells for the so many-th time, and wait until each has the number that it then has."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        "([cells, times]) => { const found = document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt');"
        " const prompts = [...found].map(p => Number((/\\[(\\d+)\\]/.exec(p.textContent) || [0, 0])[1]));"
        " return prompts.length === cells && prompts.every(number => number > cells * (times - 1))"
        " && Math.max(...prompts) === cells * times; }",
        arg=[cells, times],
        timeout=600_000,
    )


@pytest.mark.parametrize("name", sorted(path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb")))
def test_a_notebook_runs_in_jupyterlab(browser, jupyter: str, name: str) -> None:  # type: ignore[no-untyped-def]
    written = json.loads((REPOSITORY / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    page = open_notebook(browser, jupyter, name)
    run_all(page, sum(cell["cell_type"] == "code" for cell in written))
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator(".jp-OutputArea-output svg, .jp-OutputArea-output img").count() >= 1


ASKING_CELLS = (
    'lang = "ru"',
    "from digital_diplomacy import figures, labels, penetration, sources",
    'sources.load("internet_users").head(3)',
    "penetration.share_interval",
    'labels.country("Узбекистан", lang)',
)


def write_own(folder: Path, cells: Sequence[str]) -> None:
    """A notebook of a person's own among those of the project."""
    made = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": text, "outputs": [], "execution_count": None}
        for n, text in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    content = {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "own.ipynb").write_text(json.dumps(content), encoding="utf-8")


def test_jupyterlab_speaks_the_language_of_the_notebook_and_shows_how_a_function_is_called(  # type: ignore[no-untyped-def]
    browser, jupyter: str, tmp_path: Path
) -> None:
    write_own(tmp_path / "clone" / "notebooks", ASKING_CELLS)
    page = open_notebook(browser, jupyter, "own")
    cell = page.locator(".jp-CodeCell")
    run_all(page, len(ASKING_CELLS))
    frame = cell.nth(2).locator(".jp-RenderedHTMLCommon table").inner_text()
    assert "Афганистан" in frame or "Аруба" in frame
    assert "iso3" in frame
    error = cell.nth(4).locator(".jp-OutputArea-output").inner_text()
    assert "возможно, «UZB»?" in error
    assert "Traceback" not in error
    cell.nth(3).locator(".cm-content").click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Tab")
    tip = page.locator(".jp-Tooltip, .jp-Inspector").first
    tip.wait_for()
    assert {"Parameters", "Examples", ">>>"} <= set(re.findall(r"Parameters|Examples|>>>", tip.inner_text()))
    page.keyboard.press("Escape")
    page.locator(".jp-Tooltip").wait_for(state="detached")
    cell.nth(3).locator(".cm-content").click()  # Escape may leave the cell, too
    page.keyboard.press("End")
    for _ in "interval":
        page.keyboard.press("Backspace")
    assert cell.nth(3).locator(".cm-content").inner_text().strip() == "penetration.share_"
    page.keyboard.press("Tab")
    page.locator(".jp-Completer:not(.lm-mod-hidden)").wait_for()
    offered = page.locator(".jp-Completer").inner_text()
    assert {"share_interval", "share_difference"} <= set(offered.split())


OWN_CELLS = (
    'country = "KAZ"',
    "from digital_diplomacy import figures, penetration, sources\n"
    'rows = penetration.internet_users(sources.load("internet_users"), countries=[country])',
    "figures.plot_series(rows)",
    'figures.show_table(rows.tail(3), title="The last three years")',
    'ties = sources.read_network("own_ties.csv").edges\n'
    'values = sources.read_table("own_values.csv")\n'
    'print(len(ties), "ties,", len(values), "rows")',
)


def test_a_question_of_ones_own_is_answered_in_jupyterlab(browser, jupyter: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A picture without a word more, a table in words, paths as texts; and all of it anew for another country."""
    folder = tmp_path / "clone" / "notebooks"
    (folder / "own_ties.csv").write_text("source,target\na,b\nb,c\n", encoding="utf-8")
    (folder / "own_values.csv").write_text("entity;users\nKAZ;92,3\n", encoding="utf-8")
    write_own(folder, OWN_CELLS)
    page = open_notebook(browser, jupyter, "own")
    seen = []
    for times, country in enumerate(("KAZ", "UZB"), start=1):
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(f'country = "{country}"')
        run_all(page, len(OWN_CELLS), times=times)
        assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        drawn = page.locator(".jp-CodeCell").nth(2).locator(".jp-OutputArea-output svg, .jp-OutputArea-output img")
        assert drawn.count() == 1
        shown = page.locator(".jp-CodeCell .jp-OutputArea").all_inner_texts()
        seen.append((drawn.first.evaluate("found => found.outerHTML"), "\n".join(shown)))
    (first, words), (second, other) = seen
    assert first != second
    assert "Kazakhstan" in words
    assert "Uzbekistan" in other
    assert "Kazakhstan" not in other
    assert "KAZ" not in words.replace('country = "KAZ"', "")
    assert "2 ties, 1 rows" in words
