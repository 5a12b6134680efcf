"""The software results rest on: versions, edited modules, settings."""

import base64
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

from digital_diplomacy.runs import software
from digital_diplomacy.runs.verified import Verified

_edited = software._edited  # as it is outside of tests
MODULE = "scale = 0.4\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two libraries, `drawing` which this one requires and `colours` which that requires, and one nobody requires."""
    place = tmp_path / "site-packages"
    required = {
        "digital_diplomacy": ["Drawing>=1; python_version > '3'", "missing", "testing; extra == 'test'"],
        "drawing": ["Colours>=1", "testing; extra == 'test'"],
        "colours": [],
        "testing": [],
    }
    for name, requires in required.items():
        for folder in ("parts", "tests"):
            (place / name / folder).mkdir(parents=True)
        meta = place / f"{name}-1.0.dist-info"
        meta.mkdir()
        told = "".join(f"Requires-Dist: {one}\n" for one in requires)
        (meta / "METADATA").write_text(f"Name: {name}\n{told}\nRequires-Dist: prose\n")
        lines = []
        for file in (f"{name}/__init__.py", f"{name}/parts/first.py", f"{name}/tests/test_it.py"):
            (place / file).write_text(MODULE)
            digest = base64.urlsafe_b64encode(hashlib.sha256(MODULE.encode()).digest()).rstrip(b"=").decode()
            lines.append(f"{file},sha256={digest},{len(MODULE)}\n")
        (meta / "RECORD").write_text("".join(lines) + f"{meta.name}/RECORD,,\n")
    monkeypatch.setattr(software.sys, "path", [str(place)])
    monkeypatch.setattr(software, "_edited", _edited)
    return place


@pytest.fixture
def ask(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Any]]:
    for name in ("PYTHONPATH", "MATPLOTLIBRC", "XDG_CONFIG_HOME", "MPLCONFIGDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(site.parent / "home"))

    def now() -> dict[str, Any]:
        software._requirements.cache_clear()
        software._looked.clear()
        return software.environment(tmp_path, "l", software.installed(), Verified(tmp_path / "known.json"))

    return now


def touch(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, ns=(2 * 10**18, 2 * 10**18))  # later than any list of files


def test_what_is_required_in_turn_counts_and_nothing_else(ask: Callable[[], dict[str, Any]]) -> None:
    found = ask()
    assert found["packages"] == {"drawing": "1.0", "missing": None}
    assert found["beneath"] == {"colours": "1.0"}
    assert found["edited"] == {}
    assert found["settings"] == {"matplotlibrc": None, "PYTHONPATH": None}
    assert list(software.changes(found, ask())) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda site: (site / "colours-1.0.dist-info").rename(site / "colours-1.1.dist-info"),
            "colours 1.0 is now 1.1",
        ),
        (
            lambda site: touch(site / "colours/parts/first.py", "scale = 0.5\n"),  # of the same length
            "colours/parts/first.py, a module of an installed library, changed",
        ),
        (
            lambda site: touch(site / "drawing/__init__.py", "scale = 4\n"),
            "drawing/__init__.py, a module of an installed library, changed",
        ),
        (lambda site: touch(site.parent / "matplotlibrc", "figure.dpi: 30\n"), "matplotlibrc changed"),
        (lambda site: touch(site.parent / "home/.config/matplotlib/matplotlibrc", "x"), "matplotlibrc changed"),
        (lambda site: touch(site.parent / "home/.config/matplotlib/stylelib/a.mplstyle", "x"), "matplotlibrc changed"),
    ],
)
def test_each_change_is_named(
    ask: Callable[[], dict[str, Any]], site: Path, change: Callable[[Path], None], said: str
) -> None:
    before = ask()
    change(site)
    assert list(map(str, software.changes(before, ask()))) == [said]


@pytest.mark.parametrize(
    "change",
    [
        lambda site: touch(site / "colours/parts/first.py", MODULE),  # written anew as it was
        lambda site: touch(site / "testing/__init__.py", "scale = 9\n"),
        lambda site: touch(site / "drawing/tests/test_it.py", "scale = 9\n"),
        lambda site: (site / "testing-1.0.dist-info").rename(site / "testing-2.0.dist-info"),
    ],
)
def test_what_no_notebook_uses_changes_nothing(
    ask: Callable[[], dict[str, Any]], site: Path, change: Callable[[Path], None]
) -> None:
    before = ask()
    change(site)
    assert ask() == before


def test_another_place_to_search_first_is_a_change(
    ask: Callable[[], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask()
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert list(map(str, software.changes(before, ask()))) == ["PYTHONPATH changed"]


def test_matplotlib_agrees_where_its_settings_are(
    ask: Callable[[], dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "set/matplotlibrc"
    touch(place, "figure.dpi: 30\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(place.parent))
    monkeypatch.chdir(tmp_path)
    assert Path(mpl.matplotlib_fname()) == place
    assert ask()["settings"]["matplotlibrc"] is not None
