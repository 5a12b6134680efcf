"""Runs are made here without a kernel: what a kernel would leave is written, so that every case takes milliseconds."""

import csv
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy import errors
from digital_diplomacy.labels import refusals
from digital_diplomacy.pages import reports
from digital_diplomacy.reproduction import finishing, processed
from digital_diplomacy.runs import dependencies, plan, software
from digital_diplomacy.runs.notebooks import Run, find_notebooks
from digital_diplomacy.runs.plan import Decision, decide
from digital_diplomacy.runs.results import Observed
from digital_diplomacy.runs.snapshot import Snapshot, sha256

TIMES = {"started": "2024-01-01T00:00:00.000+00:00", "ended": "2024-01-01T00:00:01.000+00:00"}


def run_of(project: Path, name: str = "one") -> Run:
    notebook = find_notebooks(project)[name]
    return Run(notebook, "kk", {key: parameter.default for key, parameter in notebook.parameters.items()})


def finish(project: Path, run: Run, *, inputs: Iterable[str] = (), shown: Iterable[str] = ("map",)) -> Path:
    """What an execution leaves, in the folder of its results."""
    now = Snapshot(project)
    known = plan.before(run.notebook.path, run.values, now)
    started = time.time_ns()
    folder = project / "reports" / run.folder
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    entries = []
    for name in shown:
        (folder / f"figures/{name}.svg").write_text(f"<svg>{run.values}</svg>")
        files = {f"figures/{name}.svg": sha256(folder / f"figures/{name}.svg")}
        entries.append({"kind": "figure", "name": name, "title": "T", "alt": "A", "files": files})
    executed = json.loads(run.notebook.path.read_text())
    (folder / "notebook.ipynb").write_text(json.dumps(executed))
    (folder / plan.PAGE).write_text(reports.notebook_page(run, executed, entries))
    depends = plan.record(
        known,
        notebook=run.notebook.path,
        lang=run.lang,
        inputs=Observed(tuple(inputs)),
        shown=[entry["name"] for entry in entries],
        started_ns=started,
        now=now,
    )
    result = {
        "notebook": run.notebook.name,
        "lang": run.lang,
        "parameters": run.values,
        "changed": run.changed,
        "shown": entries,
        "dependencies": depends,
    }
    finishing.finish(folder, result, now, **TIMES)
    return folder


def asked(project: Path, name: str = "one") -> Decision:
    run = run_of(project, name)
    found = decide(run.notebook.path, run.values, project / "reports" / run.folder, Snapshot(project))
    for lang in ("kk", "ru"):
        assert ENGLISH.findall(plan.explain("x", found, lang)) == []
    return Decision(found.state, tuple(map(str, found.reasons)))


ENGLISH = re.compile(
    r"\b(?:is|are|now|changed|missing|new|runs?|only|nothing|the|of|in|to|results|modules?|parameter|output|names|cells?"
    r"|kernel|environment|installed|description|translation|program|texts?|title|there|while|pages)\b(?![/.])"
)
"""Words of the reasons' English; a name, such as that of a file, stands in every language."""


def describe(project: Path, folder: str, *names: str, **more: Any) -> None:
    entries = [{"name": name, "path": f"{name}.csv", "title": f"Table {name}", **more} for name in names]
    licence = [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    content = {"licenses": licence, "resources": entries}
    (project / f"data/{folder}/datapackage.json").write_text(json.dumps(content))


LABELS = {
    "core": [("unit.percent", "percent", "пайыз", "процент"), ("figure.map", "Map", "Карта", "Карта")],
    "other": [("figure.elsewhere", "Elsewhere", "Басқа жерде", "Другое")],
    "pages": [("page.x", "All", "Барлығы", "Все")],
}


def write_labels(folder: Path, texts: dict[str, list[tuple[str, ...]]] | None = None) -> None:
    folder.mkdir(exist_ok=True)
    for name, rows in (texts or LABELS).items():
        with (folder / f"{name}.csv").open("w", newline="") as stream:
            csv.writer(stream).writerows([("code", "en", "kk", "ru"), *rows])


@pytest.fixture
def finished(project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two finished runs: ``one`` imported mine.first and read table a, ``two`` mine.second and table b."""
    for name in ("__init__", "first", "second", "below"):
        (project / "mine").mkdir(exist_ok=True)
        (project / f"mine/{name}.py").write_text("" if name != "first" else "from mine import below")
    for name in ("a", "b", "unread"):
        (project / f"data/raw/{name}.csv").write_text("x\n1\n")
    describe(project, "raw", "a", "b", "unread")
    (project / "requirements.lock").write_text("pandas==3.1.1\n")
    write_labels(project / "labels")
    monkeypatch.setattr(dependencies, "label_files", lambda: sorted((project / "labels").glob("*.csv")))
    write_notebook("one", ["from mine import first", "first"])
    write_notebook("two", ["from mine import second"])
    time.sleep(0.01)  # clocks of files tick slower than those of processes
    descriptor = "data/raw/datapackage.json"
    finish(project, run_of(project, "one"), inputs=["data/raw/a.csv", descriptor, "mine/first.py"])
    finish(project, run_of(project, "two"), inputs=["data/raw/b.csv", descriptor], shown=["elsewhere"])
    return project


def edit(path: str, old: str, new: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        text = (project / path).read_text()
        assert old in text
        (project / path).write_text(text.replace(old, new))

    return change


def translate(name: str, lang: str, title: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        path = project / "notebooks" / "locale" / lang / f"{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "Title of {name}"\nmsgstr "{title}"\n')

    return change


def relabel(code: str, place: int, text: str) -> Callable[[Path], object]:
    texts = {
        name: [(*row[:place], text, *row[place + 1 :]) if row[0] == code else row for row in rows]
        for name, rows in LABELS.items()
    }
    return lambda project: write_labels(project / "labels", texts)


def redescribe(**more: Any) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        content = json.loads((project / "data/raw/datapackage.json").read_text())
        content["resources"][0] |= more
        (project / "data/raw/datapackage.json").write_text(json.dumps(content))

    return change


def remove(path: str) -> Callable[[Path], object]:
    return lambda project: (project / path).unlink()


def nothing(project: Path) -> None:
    """The case in which all stays."""


SAME = Decision("reuse")
PAGE_TEXTS = "texts of the pages in kk changed"
TRANSLATION = "translation of the prose to kk changed"
CASES: dict[str, tuple[Callable[[Path], object], Decision, Decision]] = {
    "nothing": (nothing, SAME, SAME),
    "a code cell": (
        edit("notebooks/one.ipynb", '"first"', '"first, 1"'),
        Decision("rerun", ("code cell 3 changed",)),
        SAME,
    ),
    "a default": (
        edit("notebooks/one.ipynb", "edition = 2024", "edition = 2022"),
        Decision("rerun", ("code cell 1 changed", "parameter edition: 2024 is now 2022")),
        SAME,
    ),
    "the kernel": (
        edit("notebooks/one.ipynb", '"name": "python3"', '"name": "other"'),
        Decision("rerun", ("kernel 'python3' is now 'other'",)),
        SAME,
    ),
    "a markdown cell": (
        edit("notebooks/one.ipynb", "Title of one", "Another title"),
        Decision("rewrite", ("text between the code cells changed",)),
        SAME,
    ),
    "an imported module": (
        edit("mine/first.py", "from", "\nfrom"),
        Decision("rerun", ("module mine.first changed",)),
        SAME,
    ),
    "a module below it": (
        lambda project: (project / "mine/below.py").write_text("1"),
        Decision("rerun", ("module mine.below changed",)),
        SAME,
    ),
    "a module of both": (
        lambda project: (project / "mine/__init__.py").write_text("1"),
        Decision("rerun", ("module mine changed",)),
        Decision("rerun", ("module mine changed",)),
    ),
    "a module gone": (remove("mine/below.py"), Decision("rerun", ("module mine.below is missing",)), SAME),
    "a table read": (edit("data/raw/a.csv", "1", "2"), Decision("rerun", ("data/raw/a.csv changed",)), SAME),
    "a table gone": (remove("data/raw/a.csv"), Decision("rerun", ("data/raw/a.csv is missing",)), SAME),
    "a table nobody read": (edit("data/raw/unread.csv", "1", "2"), SAME, SAME),
    "a new table": (lambda project: (project / "data/raw/new.csv").write_text("x\n"), SAME, SAME),
    "how a table is loaded": (
        redescribe(schema={"missingValues": ["-"]}),
        Decision("rerun", ("description of data/raw/a.csv changed",)),
        SAME,
    ),
    "a translation": (translate("one", "kk", "Атау"), Decision("rewrite", (TRANSLATION,)), SAME),
    "a translation to another language only": (
        translate("one", "ru", "Название"),
        Decision("rerun", ("notebooks/locale/kk/one.po: not every paragraph",)),
        SAME,
    ),
    "a table's licence": (
        redescribe(licenses=[{"name": "CC0-1.0"}]),
        Decision("rewrite", ("title, source or licence of a table changed",)),
        SAME,
    ),
    "a label": (
        relabel("unit.percent", 2, "пайызы"),
        Decision("rerun", ("labels/core.csv in kk changed",)),
        Decision("rerun", ("labels/core.csv in kk changed",)),
    ),
    "a label in another language": (relabel("unit.percent", 1, "per cent"), SAME, SAME),
    "the title of a figure": (
        relabel("figure.elsewhere", 2, "Сонда"),
        SAME,
        Decision("rerun", ("labels/other.csv in kk changed",)),
    ),
    "a label of pages": (
        relabel("page.x", 2, "Бәрі"),
        Decision("rewrite", (PAGE_TEXTS,)),
        Decision("rewrite", (PAGE_TEXTS,)),
    ),
    "the lock": (
        edit("requirements.lock", "3.1.1", "3.1.2"),
        Decision("rerun", ("requirements.lock changed",)),
        Decision("rerun", ("requirements.lock changed",)),
    ),
    "an output": (
        edit("reports/one/kk/figures/map.svg", "svg", "SVG"),
        Decision("rerun", ("output figures/map.svg changed",)),
        SAME,
    ),
    "an output gone": (
        remove("reports/one/kk/figures/map.svg"),
        Decision("rerun", ("output figures/map.svg is missing",)),
        SAME,
    ),
    "a page": (
        edit("reports/one/kk/index.html", "html", "HTML"),
        Decision("rewrite", ("output index.html changed",)),
        SAME,
    ),
    "the crate": (
        remove("reports/one/kk/ro-crate-metadata.json"),
        Decision("rewrite", ("output ro-crate-metadata.json is missing",)),
        SAME,
    ),
    "the result": (remove("reports/one/kk/result.json"), Decision("rerun", ("there were no results",)), SAME),
    "half a result": (
        lambda project: (project / "reports/one/kk/result.json").write_text('{"files'),
        Decision("rerun", ("there were no results",)),
        SAME,
    ),
    "a result of another version": (
        edit("reports/one/kk/result.json", '"format": 2', '"format": 1'),
        Decision("rerun", ("the results are of another version of this package",)),
        SAME,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_concerns_exactly_the_runs_that_depend_on_it(finished: Path, case: str) -> None:
    change, one, two = CASES[case]
    change(finished)
    for name, wanted in (("one", one), ("two", two)):
        decision = asked(finished, name)
        assert (decision.state, len(decision.reasons)) == (wanted.state, len(wanted.reasons))
        assert all(said.startswith(reason) for said, reason in zip(decision.reasons, wanted.reasons, strict=True))


def test_a_translation_concerns_the_runs_of_its_language_alone(finished: Path) -> None:
    for lang in ("kk", "ru"):
        translate("one", lang, "Атау")(finished)
    finish(finished, run_of(finished, "one"), inputs=["data/raw/a.csv"])
    assert asked(finished, "one") == SAME
    translate("one", "ru", "Название")(finished)
    assert asked(finished, "one") == SAME
    translate("one", "kk", "Басқа атау")(finished)
    assert asked(finished, "one") == Decision("rewrite", (TRANSLATION,))


def test_software_of_another_version_runs_all_again(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = software.installed()
    monkeypatch.setattr(software, "installed", lambda: found | {"pandas": ("0.1", found["pandas"][1])})
    [reason] = asked(finished).reasons
    assert reason.startswith("pandas 3.")
    assert reason.endswith("is now 0.1")
    monkeypatch.undo()


def test_another_python_runs_all_again(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(software.sys, "version_info", (3, 99, 1))
    assert asked(finished).reasons == (f"Python {sys.version.split()[0]} is now 3.99.1",)


def test_a_table_changed_while_the_notebook_ran_is_not_trusted(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 0)  # the run seems to have started before every file was written
    finish(finished, run_of(finished), inputs=["data/raw/a.csv"])
    assert asked(finished).reasons == ("data/raw/a.csv is new, or changed while the notebook ran",)


def test_a_notebook_that_asks_for_the_list_of_tables_depends_on_all_descriptors(
    finished: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("one", ["from digital_diplomacy import sources", "sources.names()"])
    finish(finished, run_of(finished), inputs=["data/raw/datapackage.json"])
    describe(finished, "raw", "a", "b", "unread", "new")
    assert asked(finished).reasons == ("data/raw/datapackage.json changed",)


def test_parts_of_the_software_are_no_inputs(finished: Path) -> None:
    opened = [str(dependencies.PACKAGE / "labels/core.csv"), f"{sys.prefix}/lib/matplotlibrc", "mine/first.py"]
    folder = finish(finished, run_of(finished), inputs=[*opened, "data/raw/b.csv", "own.txt"])
    stored = plan.read_result(folder)
    assert stored is not None
    assert list(stored["dependencies"]["inputs"]) == ["data/raw/b.csv", "own.txt"]


def test_stored_results_know_that_they_are_old(finished: Path) -> None:
    path = finished / "notebooks/one.ipynb"
    result = plan.read_result(finished / "reports/one/kk")
    assert result is not None
    assert not plan.is_stale(result, path, Snapshot(finished))
    path.unlink()
    assert plan.is_stale(result, path, Snapshot(finished))


def test_the_reasons_are_told_in_words() -> None:
    said = plan.explain("rankings/en", Decision("rerun", ("data/raw/un_egdi.csv changed", "code cell 3 changed")))
    assert said == "rankings/en: runs\n    data/raw/un_egdi.csv changed\n    code cell 3 changed"
    assert plan.explain("rankings/en", SAME) == "rankings/en: nothing has changed"
    inner = errors.said("module {name}", name="claims.sides")
    why = (errors.said("there were no results"), errors.said("{what} changed", what=inner))
    assert (
        plan.explain("x", Decision("rerun", why))
        == "x: runs\n    there were no results\n    module claims.sides changed"
    )
    assert plan.explain("x", Decision("rerun", why), "ru") == (
        "x: будет выполнено\n    результатов не было\n    изменилось: модуль claims.sides"
    )
    assert plan.explain("x", Decision("rewrite", why[1:]), "kk") == (
        "x: тек беттері қайта жазылады\n    claims.sides модулі өзгерді"
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pages_written_anew_equal_those_of_a_new_run_and_keep_its_times(finished: Path) -> None:
    edit("notebooks/one.ipynb", "Title of one", "Another title")(finished)
    describe(finished, "raw", "a", "b", "unread", licenses=[{"name": "CC0-1.0"}])
    run, place = run_of(finished), finished / "place"
    place.mkdir()
    before = contents(finished / "reports/one/kk")
    finishing.rewrite(run, finished / "reports/one/kk", place, Snapshot(finished))
    assert contents(finished / "reports/one/kk") == before
    finish(finished, run, inputs=["data/raw/a.csv"])
    written, fresh = contents(place), contents(finished / "reports/one/kk")
    told = json.loads(written.pop("notebook.ipynb")), json.loads(fresh.pop("notebook.ipynb"))
    assert [cell["source"] for cell in told[0]["cells"]] == [cell["source"] for cell in told[1]["cells"]]
    assert "Another title" in told[0]["cells"][0]["source"]
    assert "CC0-1.0" in written["made.html"].decode()
    assert written["figures/map.svg"] == fresh["figures/map.svg"] == before["figures/map.svg"]
    assert json.loads(written["result.json"])["dependencies"] == json.loads(fresh["result.json"])["dependencies"]
    assert TIMES["ended"] in written["ro-crate-metadata.json"].decode()
    assert decide(run.notebook.path, run.values, place, Snapshot(finished)) == SAME


def test_times_stand_in_the_crate_alone(finished: Path) -> None:
    holding = [name for name, content in contents(finished / "reports/one/kk").items() if b"2024-01-01" in content]
    assert holding == ["ro-crate-metadata.json"]


def test_deciding_imports_no_library_of_data_or_notebooks() -> None:
    script = "import sys, digital_diplomacy.runs.plan; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    slow = {"pandas", "numpy", "nbformat", "papermill", "pandera", "matplotlib", "IPython", "babel", "jinja2", "rich"}
    assert slow.isdisjoint(loaded)


@pytest.fixture
def built(finished: Path) -> Path:
    """The project with a processed table that was built from table a by mine.first."""
    describe(finished, "processed", "c")
    (finished / "data/processed/c.csv").write_text("x\n1\n")
    processed.stamp_tables(finished / "stamp.json", {"c": ["a"]}, ["mine.first"], finished)
    return finished


BUILT = {
    "nothing": (nothing, []),
    "another raw table": (edit("data/raw/b.csv", "1", "2"), []),
    "another module": (lambda project: (project / "mine/second.py").write_text("1"), []),
    "a licence": (redescribe(licenses=[]), []),
    "its raw table": (edit("data/raw/a.csv", "1", "2"), ["data/raw/a.csv changed"]),
    "its raw table's rules": (redescribe(schema={}), ["description of data/raw/a.csv changed"]),
    "its module": (edit("mine/first.py", "from", "\nfrom"), ["module mine.first changed"]),
    "a module below": (lambda project: (project / "mine/below.py").write_text("1"), ["module mine.below changed"]),
    "the table": (edit("data/processed/c.csv", "1", "2"), ["data/processed/c.csv changed"]),
    "the table gone": (remove("data/processed/c.csv"), ["data/processed/c.csv is missing"]),
    "the lock": (edit("requirements.lock", "3.1.1", "3.1.2"), ["requirements.lock changed"]),
    "another table described": (
        lambda project: describe(project, "processed", "c", "d"),
        ["data/processed/d.csv is described but not built"],
    ),
    "the stamp": (remove("stamp.json"), ["the tables of data/processed were not built here yet"]),
}


@pytest.mark.parametrize("case", BUILT)
def test_processed_tables_are_built_again_only_for_what_they_rest_on(built: Path, case: str) -> None:
    change, reasons = BUILT[case]
    change(built)
    now = Snapshot(built)
    wanted = [described["name"] for path, described in now.tables.items() if path.startswith("data/processed/")]
    found = processed.tables_to_build(built / "stamp.json", now, wanted, ["mine.first"])
    assert list(map(str, found)) == reasons
    for lang in ("kk", "ru"):
        assert [told for one in found if ENGLISH.search(told := refusals.told(one, lang))] == []


def test_a_table_built_again_with_the_same_content_leaves_runs_alone(built: Path) -> None:
    finish(built, run_of(built), inputs=["data/processed/c.csv"])
    (built / "data/processed/c.csv").write_text("x\n1\n")
    assert asked(built) == SAME
