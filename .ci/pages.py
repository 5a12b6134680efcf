"""Judges of what runs made: pages in a browser, crates, and colours as the colour-blind see them.

    python .ci/pages.py axe | lighthouse | crates | colours | nbval

Each looks at all there is of its kind in reports/, prints what it found, and last how many are without fault, of how
many.
"""

import functools
import http.server
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
REPORTS: Final = ROOT / "reports"
CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
OFFLINE: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
TOLD_APART: Final = 8.0  # distance in CAM02-UCS
COLOURFUL: Final = 20.0  # chroma in CIELAB: below it a colour stands for nothing here
SCALE: Final = 10  # so many colours in one figure are steps of a scale, which are near each other on purpose
MARKED: Final = ("accessibility", "best-practices", "seo")


def pages() -> list[Path]:
    """Every page of the reports."""
    return sorted(REPORTS.glob("**/*.html"))


def axe() -> Iterator[tuple[str, list[str]]]:
    """Rules of axe-core that a page breaks, as it stands when it has been opened."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(OFFLINE))
        for path in pages():
            page = browser.new_page()
            page.goto(path.as_uri())
            found = Axe().run(page).response["violations"]
            yield str(path), [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]
            page.close()
        browser.close()


class _Silent(http.server.SimpleHTTPRequestHandler):
    """Tells nobody what was asked for, so that the marks are the last that is said."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The reports at an address of this machine."""
    handler = functools.partial(_Silent, directory=REPORTS)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def lighthouse() -> Iterator[tuple[str, list[str]]]:
    """Marks below 100 of one page of each kind, by name; speed is left out, as it is that of a busy machine."""
    kinds = {re.sub(r"\.(?:kk|ru|en)\b", "", path.name): path for path in pages()}
    command = ["npx", "--yes", "--package=lighthouse", "--", "lighthouse", "--quiet", "--output=json"]
    wanted = [f"--only-categories={','.join(MARKED)}", f"--chrome-flags={' '.join(OFFLINE)}"]
    with served() as address:
        for path in kinds.values():
            where = f"{address}/{path.relative_to(REPORTS).as_posix()}"
            done = subprocess.run(
                [*command, *wanted, where],
                env=os.environ | {"CHROME_PATH": CHROMIUM},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise SystemExit(done.stderr[-400:])
            found = json.loads(done.stdout)
            failed = {name for name, one in found["audits"].items() if one["score"] not in (None, 1)}
            yield (
                str(path),
                [
                    f"{name}: {round(100 * (one['score'] or 0))} ({', '.join(_weighed(one) & failed)})"
                    for name, one in found["categories"].items()
                    if one["score"] != 1
                ],
            )


def _weighed(category: dict[str, Any]) -> set[str]:
    """The audits that a mark of Lighthouse is made of."""
    return {str(one["id"]) for one in category["auditRefs"] if one["weight"]}


def crates() -> Iterator[tuple[str, list[str]]]:
    """What the validator finds in each crate, up to what is recommended; the two contexts are those of the tests."""
    from rocrate_validator import services
    from rocrate_validator.models import Severity
    from rocrate_validator.utils.http import HttpRequester

    file = ROOT / "tests/reproduction/test_provenance.py"
    spec = importlib.util.spec_from_file_location("provenance_of_tests", file)
    tests = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(tests)  # type: ignore[union-attr]
    web = tests.Web()
    HttpRequester.__getattr__ = lambda _self, name: getattr(web, name)
    for path in sorted(REPORTS.glob("**/ro-crate-metadata.json")):
        with tempfile.TemporaryDirectory() as cache:
            settings = {
                "rocrate_uri": str(path.parent),
                "profile_identifier": "process-run-crate",
                "requirement_severity": Severity.RECOMMENDED,
                "cache_path": Path(cache),
            }
            yield str(path), [str(issue.message) for issue in services.validate(settings).get_issues()]


def colours() -> Iterator[tuple[str, list[str]]]:
    """Pairs of colours in one figure that are too near each other without one kind of cone."""
    with warnings.catch_warnings(action="ignore"):
        from colorspacious import cspace_convert, cspace_converter, deltaE

    def rgb(colour: str) -> list[float]:
        return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]

    kinds = ("deuteranomaly", "protanomaly", "tritanomaly")
    eyes = {kind: cspace_converter({"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}, "sRGB1") for kind in kinds}

    @functools.cache
    def apart(one: str, other: str) -> tuple[float, str]:
        return min(
            (float(deltaE(see(rgb(one)), see(rgb(other)), input_space="sRGB1")), kind) for kind, see in eyes.items()
        )

    for path in sorted(REPORTS.glob("**/figures/*.svg")):
        found = set(re.findall(r"(?:fill|stroke): ?(#[0-9a-f]{6})", path.read_text(encoding="utf-8")))
        strong = sorted(one for one in found if cspace_convert(rgb(one), "sRGB1", "CIELCh")[1] >= COLOURFUL)
        near = [(one, other, *apart(one, other)) for one, other in combinations(strong, 2)]
        is_scale = len(strong) >= SCALE
        yield str(path), [f"{a} {b}: {d:.1f} ({eye})" for a, b, d, eye in near if d < TOLD_APART and not is_scale]


def nbval() -> Iterator[tuple[str, list[str]]]:
    """Cells that do not give again what an executed notebook of the reports holds, in English.

    Each is copied into the project, where its tables are found, and away again.
    """
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
        "-o",
        "filterwarnings=",
    ]
    for path in sorted(REPORTS.glob("*/en/notebook.ipynb")):
        copy = ROOT / "notebooks" / f".judged-{path.parts[-3]}.ipynb"
        shutil.copyfile(path, copy)
        try:
            done = subprocess.run(
                [*command, "--nbval", "--nbval-current-env", "--nbval-cell-timeout=600", str(copy)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            copy.unlink()
        print(done.stdout.splitlines()[-1])
        yield str(path), re.findall(r"^FAILED (.*)", done.stdout, re.MULTILINE) + ["failed"] * bool(done.returncode)


JUDGES: Final[dict[str, Callable[[], Iterator[tuple[str, list[str]]]]]] = {
    "axe": axe, "lighthouse": lighthouse, "crates": crates, "colours": colours, "nbval": nbval,
}  # fmt: skip


def main(name: str) -> int:
    """Have one of the judges look at all, and say what it found."""
    whole, total = 0, 0
    for path, faults in JUDGES[name]():
        whole, total = whole + (not faults), total + 1
        for fault in faults:
            print(f"{Path(path).relative_to(ROOT)}: {fault}", flush=True)
    print(f"{whole} of {total} without fault")
    return int(not total or whole < total)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
