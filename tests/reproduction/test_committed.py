"""A notebook that came with the project and was changed is told of, and how to get the standard one back."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.reproduction import committed


@pytest.fixture
def repository(project: Path, write_notebook: Callable[..., Path]) -> Path:
    for name in ("one", "two"):
        write_notebook(name, ["1 + 1", "country"])
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        named = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
        subprocess.run(["git", *named, *command], cwd=project, check=True)
    return project


def change(project: Path, name: str, old: str, new: str) -> None:
    path = project / "notebooks" / f"{name}.ipynb"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_cells_that_differ_are_numbered(repository: Path) -> None:
    change(repository, "one", "KAZ", "UZB")
    change(repository, "one", "1 + 1", "1 + 2")
    assert committed.changed_cells(repository, ["one", "two"]) == {"one": [1, 2]}


def test_a_cell_more_is_one_that_differs(repository: Path) -> None:
    path = repository / "notebooks/two.ipynb"
    content = json.loads(path.read_text())
    content["cells"].append(content["cells"][-1] | {"id": "more"})
    path.write_text(json.dumps(content))
    assert committed.changed_cells(repository, ["two"]) == {"two": [4]}


def test_outputs_text_and_form_do_not_count(repository: Path) -> None:
    change(repository, "one", '"outputs": []', '"outputs": [{"output_type": "stream", "name": "stdout", "text": "a"}]')
    change(repository, "two", "Title of two", "Another title")
    assert committed.changed_cells(repository, ["one", "two"]) == {}


def test_what_git_does_not_know_is_left_out(repository: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("mine", ["1"])
    assert committed.changed_cells(repository, ["mine"]) == {}


def test_without_a_repository_nothing_is_said(project: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("one", ["1"])
    assert committed.changed_cells(project, ["one"]) == {}
    assert committed.head(project) is None


def test_the_commit_is_known_and_whether_results_could_rest_on_other_files(repository: Path) -> None:
    said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True, check=True)
    assert committed.head(repository) == committed.Commit(said.stdout.strip(), changed=False)
    (repository / "data/baseline").mkdir()
    for path in ("README.md", "data/baseline/one.csv"):
        (repository / path).write_text("words")
    assert committed.head(repository) == committed.Commit(said.stdout.strip(), changed=False)
    for path in ("notebooks/mine.ipynb", "data/raw/mine.csv"):
        (repository / path).write_text("a")
        assert committed.head(repository) == committed.Commit(said.stdout.strip(), changed=True)
        (repository / path).unlink()
    change(repository, "one", "1 + 1", "1 + 2")
    assert committed.head(repository) == committed.Commit(said.stdout.strip(), changed=True)


def test_a_project_that_only_lies_in_a_repository_has_no_commit(repository: Path, tmp_path: Path) -> None:
    inner = repository / "inner"
    (inner / "data/raw").mkdir(parents=True)
    (inner / "data/raw/datapackage.json").write_text("{}")
    assert committed.head(inner) is None
    assert committed.head(tmp_path) == committed.head(repository)


def test_the_words_name_file_cells_and_the_way_back() -> None:
    text = str(committed.changed("one", [1, 4]))
    assert text.startswith("notebooks/one.ipynb is not as committed (code cells 1, 4)")
    assert "git checkout -- notebooks/one.ipynb" in text
