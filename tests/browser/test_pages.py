"""What a reader sees: the pages in a real browser, and a notebook run in JupyterLab. Run with `make test-browser`."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    assert path, "no Chromium or Chrome found; install one to run these tests"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports")
    words = [sys.executable, "-m", "digital_diplomacy", "reproduce", "--out", str(out)]
    subprocess.run(words, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    return out


def test_the_index_shows_every_figure_in_every_language_and_fetches_nothing(browser, reports: Path) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    for lang in ("kk", "ru", "en"):
        page.goto(f"{(reports / 'index.html').as_uri()}#{lang}")
        page.reload()
        shown = page.locator(f"section#{lang} img")
        assert shown.count() == len(list(reports.glob(f"*/{lang}/figures/*.svg")))
        for number in range(shown.count()):
            shown.nth(number).scroll_into_view_if_needed()
            assert shown.nth(number).evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
            assert shown.nth(number).get_attribute("alt")
        visible = [code for code in ("kk", "ru", "en") if page.locator(f"section#{code}").is_visible()]
        assert visible == [lang]
    assert said == []


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_the_window(browser, reports: Path, width: int) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in [reports / "index.html", *reports.glob("*/kk/index.html")]:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, path


def test_links_of_a_page_lead_to_files(browser, reports: Path) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    for path in [reports / "index.html", *reports.glob("*/ru/index.html")]:
        page.goto(path.as_uri())
        links = page.eval_on_selector_all("main a[href], nav a[href]", "found => found.map(link => link.href)")
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
    copy = tmp_path / "clone"
    shutil.copytree(REPOSITORY, copy, ignore=shutil.ignore_patterns(".venv", ".git", "reports", ".*_cache"))
    words = [
        "lab",
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--IdentityProvider.token=",
        "--allow-root",
        f"--ServerApp.root_dir={copy}",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter", *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address: str, process: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
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


@pytest.mark.parametrize("name", sorted(path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb")))
def test_a_notebook_runs_in_jupyterlab(browser, jupyter: str, name: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{jupyter}/lab/tree/notebooks/{name}.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.get_by_text("Python 3", exact=False).first.wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        "() => { const found = document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt');"
        " const prompts = [...found].map(p => p.textContent);"
        " return prompts.length > 3 && prompts.every(p => /\\[\\d+\\]/.test(p)); }",
        timeout=300_000,
    )
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator(".jp-OutputArea-output svg, .jp-OutputArea-output img").count() >= 1
