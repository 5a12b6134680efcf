"""Names lead nowhere else: of outputs, of tables, of notebooks' parameters."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_diplomacy.errors import NotebookError, SourceError
from digital_diplomacy.runs import outputs
from digital_diplomacy.runs.notebooks import Notebook, Run
from digital_diplomacy.runs.parameters import Parameter
from digital_diplomacy.sources.files import read_package


def notebook(*names: object) -> dict[str, object]:
    def output(name: object) -> dict[str, object]:
        described = {"kind": "table", "name": name, "title": "T", "alt": "A"}
        return {"output_type": "display_data", "metadata": {outputs.KEY: described}, "data": {"text/csv": "a\n1\n"}}

    return {"cells": [{"outputs": [output(name) for name in names]}]}


HOSTILE = (
    "../ESC", "../../../../../../var/ESC", "/var/ESC", "a/b", "a\\b", "..", ".", ".hidden", "a.", "-rf", "a\0b", "a\nb",
    "C:evil", "con:", "a b", "<script>", "'quoted'", "\u202eabc", "x" * 201, "ә" * 101, 7, None, ["a"],
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_an_output_whose_name_is_none_of_a_file_fails_its_run_and_writes_nothing(tmp_path: Path, name: object) -> None:
    place = tmp_path / "run"
    place.mkdir()
    with pytest.raises(NotebookError, match="an output is named"):
        outputs.write_outputs(notebook(name), place)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.rglob("*")] == ["run"]


def test_names_of_every_script_are_names_of_files(tmp_path: Path) -> None:
    names = ["egdi_over_time", "қазақстан", "a-b.2024", "1", "x" * 200]
    written = outputs.write_outputs(notebook(*names), tmp_path)  # type: ignore[arg-type]
    assert [list(entry["files"]) for entry in written] == [[f"tables/{name}.csv"] for name in names]
    with pytest.raises(NotebookError, match="two outputs are named 'MAP'"):  # one file where capitals count for nothing
        outputs.write_outputs(notebook("map", "MAP"), tmp_path / "other")  # type: ignore[arg-type]


@given(st.text())
def test_whatever_an_output_is_called_nothing_is_written_elsewhere(name: str) -> None:
    try:
        outputs._check_name(name)
    except NotebookError:
        return
    assert not name or (Path("x") / f"{name}.csv").resolve().parent == Path("x").resolve()


@pytest.mark.parametrize(
    "path",
    ["../outside.csv", "../../../etc/passwd", "a/../../b.csv", "/etc/passwd", "http://e.org/a.csv", "file:///a",
     "c:\\a", "a\\..\\b", ".", "..", "", "a/", "a//b", ".hidden/a.csv"],
)  # fmt: skip
def test_a_table_lies_beside_its_description(tmp_path: Path, path: str) -> None:
    """Data Package (v2), "path": relative, without ``..``, none hidden."""
    place = tmp_path / "data/raw"
    place.mkdir(parents=True)
    resource = {"name": "t", "path": path, "schema": {"fields": []}}
    (place / "datapackage.json").write_text(json.dumps({"resources": [resource]}))
    with pytest.raises(SourceError, match="does not lie in that folder"):
        read_package(tmp_path, "raw")
    (place / "datapackage.json").write_text(json.dumps({"resources": [resource | {"path": "t.csv"}]}))
    assert read_package(tmp_path, "raw")["resources"][0]["path"] == "t.csv"


@given(st.text(), st.text())
def test_folders_of_runs_stay_in_place_and_apart(one: str, other: str) -> None:
    note = Notebook("n", Path("n.ipynb"), {"text": Parameter("text", "default", "")}, "N", 0)
    folders = [Run(note, "en", {"text": value, "lang": "en"}).folder for value in (one, other)]
    for folder in folders:
        assert (Path("x") / folder).resolve().parent == (Path("x") / "n").resolve()
        assert len(folder.rpartition("/")[2].encode()) < 255
    assert (folders[0] == folders[1]) == (one == other)
