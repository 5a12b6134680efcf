import os
from pathlib import Path

import pytest

from digital_diplomacy.runs import dependencies, verified
from digital_diplomacy.runs.dependencies import (
    Texts,
    imports,
    label_digests,
    label_hashes,
    modules_used,
    page_label_hash,
)
from digital_diplomacy.runs.snapshot import Snapshot


@pytest.mark.parametrize(
    ("source", "module", "is_package", "expected"),
    [
        ("import a.b", "", False, {"a", "a.b"}),
        ("from a import b", "", False, {"a", "a.b"}),
        ("from a import *", "", False, {"a"}),
        ("def f():\n    from a import b", "", False, {"a", "a.b"}),
        ("from . import b", "a.c", False, {"a", "a.b"}),
        ("from . import b", "a", True, {"a", "a.b"}),
        ("from ..d import e", "a.c.f", False, {"a", "a.d", "a.d.e"}),
        ("import importlib\nimportlib.import_module('a.b')", "", False, {"importlib", "a", "a.b"}),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    import b", "", False, {"b"}),
        ("try:\n    import a\nexcept ImportError:\n    import b", "", False, {"a", "b"}),
        ("%matplotlib inline\nimport a", "", False, {"a"}),
        ("files = !ls\nimport a", "", False, {"a"}),
        ("x = (\nimport a", "", False, set()),
    ],
)
def test_imports_are_found_wherever_they_stand(source: str, module: str, is_package: bool, expected: set[str]) -> None:
    assert imports(source, module, is_package=is_package) == expected


def write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def test_modules_of_the_project_are_followed_through_one_another_also_in_circles(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "mine/__init__.py": "from mine.first import f",
            "mine/first.py": "def f():\n    from . import second",
            "mine/second.py": "from mine import first",
            "mine/unused.py": "",
            "mine/figures.json": "{}",
            "beside.py": "import pandas",
        },
    )
    assert modules_used(["from mine import f", "import beside"], tmp_path) == {
        "beside": tmp_path / "beside.py",
        "mine": tmp_path / "mine/__init__.py",
        "mine.first": tmp_path / "mine/first.py",
        "mine.second": tmp_path / "mine/second.py",
        "mine/figures.json": tmp_path / "mine/figures.json",
    }


def test_a_metric_is_a_dependency_of_the_notebooks_that_import_it_alone(tmp_path: Path) -> None:
    used = modules_used(["from digital_diplomacy import rankings, sources"], tmp_path)
    assert {"digital_diplomacy.rankings.places", "digital_diplomacy.tables", "digital_diplomacy.errors"} <= set(used)
    assert not any(name.startswith(("digital_diplomacy.networks", "digital_diplomacy.figures")) for name in used)


def test_every_name_leads_back_to_its_file(tmp_path: Path) -> None:
    write(tmp_path, {"mine/__init__.py": "", "mine/a.txt": "a"})
    for name, path in modules_used(["import mine", "from digital_diplomacy import penetration"], tmp_path).items():
        assert dependencies.located(name, tmp_path) == path


ROWS = {
    "core": [
        {"code": "unit.percent", "en": "percent", "kk": "пайыз", "ru": "процент"},
        {"code": "figure.one", "en": "One", "kk": "Бір", "ru": "Один"},
        {"code": "figure.two", "en": "Two", "kk": "Екі", "ru": "Два"},
    ],
    "pages": [{"code": "page.index", "en": "All", "kk": "Барлығы", "ru": "Все"}],
}


TEXTS = {name: label_digests(rows) for name, rows in ROWS.items()}


def changed(code: str, lang: str, text: str) -> dict[str, Texts]:
    return {
        name: label_digests(row | {lang: text} if row["code"] == code else row for row in rows)
        for name, rows in ROWS.items()
    }


@pytest.mark.parametrize(
    ("code", "lang", "counts"),
    [
        ("unit.percent", "kk", True),
        ("unit.percent", "ru", False),
        ("figure.one", "kk", True),
        ("figure.two", "kk", False),  # the run shows figure one only
        ("page.index", "kk", False),
    ],
)
def test_texts_of_the_runs_language_that_it_can_show_count(code: str, lang: str, counts: bool) -> None:
    before = label_hashes(TEXTS, "kk", ["one"])
    assert (label_hashes(changed(code, lang, "x"), "kk", ["one"]) != before) is counts


def test_without_a_language_all_count() -> None:
    assert label_hashes(changed("unit.percent", "ru", "x"), None, []) != label_hashes(TEXTS, None, [])


def test_page_texts_count_for_pages_in_their_language() -> None:
    before = page_label_hash(TEXTS, "kk", "rankings")
    assert page_label_hash(changed("page.index", "kk", "x"), "kk", "rankings") != before
    assert page_label_hash(changed("page.index", "en", "x"), "kk", "rankings") == before
    assert page_label_hash(changed("unit.percent", "kk", "x"), "kk", "rankings") == before


def test_moved_rows_say_the_same() -> None:
    moved = {name: label_digests(rows[::-1]) for name, rows in ROWS.items()}
    assert label_hashes(moved, "kk", ["one", "two"]) == label_hashes(TEXTS, "kk", ["one", "two"])


def test_a_snapshot_remembers_no_text_that_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was asked before, by it or by another; titles that are not shown do not count."""
    folder = tmp_path / "labels"
    monkeypatch.setattr(dependencies, "label_files", lambda: sorted(folder.glob("*.csv")))
    rows = "code,kk,ru,en\nfigure.a,а,,a\nfigure.b,б,,b\nunit.x,х,,x\n"
    write(tmp_path, {"labels/core.csv": rows, "labels/pages.csv": "code,kk,ru,en\npage.x,х,,x\n"})
    os.utime(folder / "core.csv", (0, 0))
    monkeypatch.setattr(verified, "_SETTLED", -1)  # remembered although written a moment ago
    now = Snapshot(tmp_path)
    both, alone = now.labels("kk", ["a", "b", "other"]), now.labels("kk", ["a"])
    assert both != alone == now.labels("kk", ["a"])
    now.outputs.remember()
    assert Snapshot(tmp_path).labels("kk", ["a"]) == alone
    write(tmp_path, {"labels/core.csv": rows.replace("б", "в")})
    os.utime(folder / "core.csv", (0, 0))
    assert Snapshot(tmp_path).labels("kk", ["a"]) == alone
    assert Snapshot(tmp_path).labels("kk", ["a", "b", "other"]) != both
    assert Snapshot(tmp_path).labels("ru", ["b"]) == now.labels("ru", ["b"])
