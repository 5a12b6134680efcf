"""What holds for the repository as a whole: its files agree with each other."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from digital_diplomacy import __version__, labels
from digital_diplomacy.reproduction import find_notebooks

REPOSITORY = Path(__file__).parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def place(path: Path) -> int:
    """Place of a notebook among those of the project; 0 for a researcher's own, of which nothing is asked here."""
    about = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("digital_diplomacy", {})
    return int(about.get("order", 0))


NOTEBOOKS = sorted(path for path in (REPOSITORY / "notebooks").glob("*.ipynb") if place(path))
TEMPLATE = REPOSITORY / "digital_diplomacy" / "runs" / "templates" / "question.ipynb"
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.If, ast.IfExp, ast.Try, ast.Lambda, ast.While)
LONGEST_CELL = 8
CONDA_NAMES = {"python-igraph": "igraph"}  # on conda-forge, igraph is the C library


@cache
def notebook(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in notebook(path) if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def calls(name: str, *more: Path) -> Iterator[tuple[Path, ast.Call]]:
    """Calls of ``figures.<name>`` in all notebooks, and in ``more``."""
    for path in (*NOTEBOOKS, *more):
        yield from ((path, node) for node in of_attributes(path) if node.func.attr == name)  # type: ignore[attr-defined]


@cache
def of_attributes(path: Path) -> list[ast.Call]:
    """All calls of the form ``thing.name(...)`` in a notebook."""
    nodes = (node for cell in cells(path, "code") for node in ast.walk(ast.parse(source(cell))))
    return [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def named(call: ast.Call, keyword: str = "name") -> str:
    return next(str(ast.literal_eval(word.value)) for word in call.keywords if word.arg == keyword)


def test_conda_and_pip_install_the_same_packages() -> None:
    wanted = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    named = [entry for entry in wanted if isinstance(entry, str) and entry != "pip"]
    from_conda = [re.sub(r"^[\w-]+", lambda found: CONDA_NAMES.get(found[0], found[0]), entry) for entry in named]
    from_pip = next(entry["pip"] for entry in wanted if isinstance(entry, dict))
    [python] = [entry.partition("=")[2] for entry in from_conda if re.fullmatch(r"python=\d\.\d+", entry)]
    assert sorted([*from_conda, *from_pip]) == sorted([*PROJECT["dependencies"], f"python={python}", "-e .[messages]"])
    # Binder takes one exact minor version: the oldest that is supported, and one that continuous integration tests.
    assert PROJECT["requires-python"] == f">={python}"
    tested = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    assert python in tested["jobs"]["check"]["strategy"]["matrix"]["python"]
    container = json.loads((REPOSITORY / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert container["image"].split("-")[1] == python


def test_the_lock_covers_every_dependency_with_hashes_and_names_no_host() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    assert {re.split(r"[<>=!~]", name)[0].lower().replace("_", "-") for name in declared} <= pinned
    assert len(re.findall(r"^[a-z0-9._-]+==", lock, re.MULTILINE)) <= lock.count("--hash=sha256:")
    assert not re.search(r"https?://|--index|--find-links", lock)


def test_versions_agree() -> None:
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
    assert f"## {__version__}" in (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    for folder in ("raw", "processed"):
        assert (
            json.loads((REPOSITORY / "data" / folder / "datapackage.json").read_text(encoding="utf-8"))["version"]
            == __version__
        )


def test_top_level_holds_what_is_expected_and_no_more() -> None:
    made = {".git", ".venv", *re.findall(r"^([^*/\n]+)/$", (REPOSITORY / ".gitignore").read_text(), re.MULTILINE)}
    assert {path.name for path in REPOSITORY.iterdir()} - made == {
        ".ci", ".devcontainer", ".gitattributes", ".github", ".gitignore", ".pre-commit-config.yaml", ".zenodo.json",
        "CHANGELOG.md", "CITATION.cff", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "LICENSE", "LICENSES", "Makefile",
        "README.md", "REUSE.toml", "SECURITY.md", "SUPPORT.md", "benchmarks", "codemeta.json", "data",
        "digital_diplomacy", "docs", "environment.yml", "notebooks", "paper", "pyproject.toml", "reports",
        "requirements.lock", "tests",
    }  # fmt: skip


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = {"pandas", "papermill", "matplotlib"}
    code = f"import sys, digital_diplomacy.cli; print(sorted({heavy} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_notebooks_of_the_project_are_known_by_their_place() -> None:
    assert sorted(map(place, NOTEBOOKS)) == list(range(1, 13))  # one without a place would not be looked at


@pytest.mark.parametrize("path", [*NOTEBOOKS, TEMPLATE], ids=lambda path: path.stem)
def test_notebooks_are_narrative_without_logic_or_outputs(path: Path) -> None:
    assert source(cells(path, "markdown")[0]).startswith("# ")
    assert any(source(cell).startswith("## Limits") for cell in cells(path, "markdown")[-2:])
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert not [type(node).__name__ for node in ast.walk(ast.parse(source(cell))) if isinstance(node, FORBIDDEN)]
        is_declared = "parameters" in cell["metadata"].get("tags", [])  # a line each, and no call
        assert is_declared or len(source(cell).strip().splitlines()) <= LONGEST_CELL
        assert not re.search(
            r"""["'][^"']*(?:/|\\|\.csv|\.json)[^"']*["']""", re.sub(r'"(?:\d{4}/\d{4}|Asia/\w+)"', "", source(cell))
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cell_needs_rows_to_have_columns(path: Path) -> None:
    """Of no text pandas makes no parts: for a country without rows ``.str.partition(…)[0]`` is a KeyError."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert [cell["id"] for cell in cells if re.search(r"\.str\.(r?partition|extract)\(", "".join(cell["source"]))] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_declare_their_parameters_with_a_comment_each(path: Path) -> None:
    parameters = find_notebooks(REPOSITORY)[path.stem].parameters
    assert {"country", "lang"} <= set(parameters)
    assert [name for name, parameter in parameters.items() if not parameter.comment] == []


@pytest.mark.parametrize(("function", "prefix"), [("show", "figure"), ("show_table", "table")])
def test_figures_and_tables_have_one_name_and_a_title_in_every_language(function: str, prefix: str) -> None:
    names = [named(call) for _, call in calls(function)]
    assert names
    assert sorted(names) == sorted(set(names))
    assert [name for name in names if f"{prefix}.{name}" not in labels.codes(f"{prefix}.")] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_one_answer_that_rests_on_what_it_shows(path: Path) -> None:
    displays = ("show", "show_table", "show_sentences", "show_answer")
    made = [call for name in displays for where, call in calls(name) if where == path]
    answers = [call for call in made if call.func.attr == "show_answer"]  # type: ignore[attr-defined]
    assert len(answers) == 1
    order = [source(cell) for cell in cells(path, "code")]
    first = next(place for place, text in enumerate(order) if "figures.show" in text)
    assert order[first].index("figures.show") == order[first].index("figures.show_answer")
    [evidence] = [word.value for word in answers[0].keywords if word.arg == "evidence"]
    shown = {named(call) for call in made if call.func.attr in ("show", "show_table")}  # type: ignore[attr-defined]
    assert ast.literal_eval(evidence)
    assert set(ast.literal_eval(evidence)) <= shown


def test_every_figure_has_a_finding_as_its_title() -> None:
    untold = [named(call) for _, call in calls("show") if "finding" not in {word.arg for word in call.keywords}]
    assert untold == []
    codes = set(labels.codes("finding."))
    shown = {named(call) for _, call in calls("show")}
    assert {name for name in shown if not any(f"{code}_".startswith(f"finding.{name}_") for code in codes)} == set()


IDENTIFIER = re.compile(r"(?<![\d.,\u202f\u00a0])(?<!\d )00[0-4](?!\d)")


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_labels_name_documents_by_author_and_year(lang: str) -> None:
    codes = [code for code in labels.codes() if not code.startswith("group.triad_")]
    rows = {code: labels._texts()[code][lang] for code in codes}
    assert not {code: text for code, text in rows.items() if IDENTIFIER.search(text)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_name_documents_by_author_and_year(path: Path) -> None:
    assert not [text for cell in cells(path, "markdown") if IDENTIFIER.search(text := source(cell))]


def test_every_notebook_has_a_title_and_a_question_in_every_language() -> None:
    wanted = {f"notebook.{path.stem}{part}" for path in NOTEBOOKS for part in ("", ".question")}
    assert wanted <= set(labels.codes("notebook."))


def test_every_label_of_a_figure_or_table_is_used() -> None:
    shown = [*calls("show", TEMPLATE), *calls("show_view")]
    tables = calls("show_table", TEMPLATE)
    # A finding that may be absent is told so under the title a figure would have.
    absent = [call for _, call in calls("show_finding") if "absent" in {word.arg for word in call.keywords}]
    used = {f"figure.{ast.literal_eval(call.args[1])}" for call in absent}
    used |= {f"figure.{named(call)}" for _, call in shown} | {f"table.{named(call)}" for _, call in tables}
    assert set(labels.codes("figure.")) | set(labels.codes("table.")) == used


def test_commands_the_readme_names_exist() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`?make ([a-z-]+)", readme))
    assert {"reproduce", "test"} <= targets
    assert targets <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_links_in_the_documentation_lead_somewhere() -> None:
    pages = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").rglob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))]
    local = [(page, link) for page, link in links if not link.startswith("http")]
    assert [f"{page.name}: {link}" for page, link in local if not (page.parent / link).exists()] == []


def test_the_readme_names_what_the_scan_of_a_paper_needs() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    [named] = re.findall(r"pip install ((?:[\w-]+ )+) *# the first command", readme)
    wanted = {re.split(r"[>=<]", need)[0] for need in PROJECT["optional-dependencies"]["scan"]}
    assert set(named.split()) == wanted
