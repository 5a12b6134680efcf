"""What was stored and then harmed is seen, said in words, and mended by the next run."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.errors import NotebookError, SourceError
from digital_diplomacy.reproduction import find_notebooks
from digital_diplomacy.reproduction.processed import made_from, tables_to_build
from digital_diplomacy.reproduction.sweep import read_grid
from digital_diplomacy.runs import plan
from digital_diplomacy.runs.snapshot import Snapshot, read_json
from digital_diplomacy.runs.verified import Verified
from digital_diplomacy.sources.files import read_package

from .conftest import Project, files

TIMED = ("run.json", "ro-crate-metadata.json", ".cache/outputs.json")  # the last remembers what has settled by then
DEEP = "[" * 200_000
BROKEN = ("", "{", "null", "[]", "7", '"x"', "\0\0", DEEP, '{"a":' * 100_000)


def timeless(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in files(folder).items() if not name.endswith(TIMED)}


@pytest.mark.parametrize("content", [None, b"", b"<html>", b"\xff\xfe"])
def test_pages_in_front_that_are_not_as_written_are_written_again(small: Project, content: bytes | None) -> None:
    small.reproduce()
    whole = timeless(small.reports)
    for path in small.reports.glob("*.*"):
        if path.is_file() and path.name not in ("run.json", ".running"):
            path.unlink() if content is None else path.write_bytes(content)
    assert small.states() == ["reused", "reused"]
    assert timeless(small.reports) == whole


def test_asked_to_do_all_again_it_writes_all_again(small: Project) -> None:
    small.reproduce()
    whole = timeless(small.reports)
    (small.reports / "run.json").write_text("{}")
    (small.reports / "index.html").write_text("")
    assert small.states(force=True) == ["done", "done"]
    assert timeless(small.reports) == whole


@pytest.mark.parametrize("harm", ["", "{", "{}", '{"@graph": 1}', '{"@graph": [{}, 1]}', "other", "half"])
def test_a_crate_that_does_not_describe_the_results_is_written_again(small: Project, harm: str) -> None:
    small.reproduce("one")
    crate = small.reports / "one/en" / plan.CRATE
    whole = json.loads(crate.read_text())
    other = json.dumps(whole).replace(read_json(small.reports / "one/en/result.json")["files"]["index.html"], "0" * 64)  # type: ignore[index]
    crate.write_text({"other": other, "half": crate.read_text()[:300]}.get(harm, harm))
    assert small.states("one") == ["reused"]
    assert len(small.executor.executed) == 1
    mended = json.loads(crate.read_text())["@graph"]
    assert [entity["@id"] for entity in mended] == [entity["@id"] for entity in whole["@graph"]]


def shapes(whole: dict[str, object]) -> list[str]:
    """Valid JSON of other shapes: nothing, each part left out, each part of another kind."""
    found = ["{}", "[]", "null", "1"]
    for name in whole:
        found.append(json.dumps({key: value for key, value in whole.items() if key != name}))
        found += [json.dumps(whole | {name: odd}) for odd in (None, 7, "x", [1], {"x": 1}, [[]])]
    return found


def test_a_result_of_another_shape_is_no_result_for_its_own_and_other_notebooks(small: Project) -> None:
    small.reproduce()
    place = small.reports / "one/en/result.json"
    whole = json.loads(place.read_text())
    inner = whole["dependencies"]
    odd = [*shapes(whole), DEEP, *(json.dumps(whole | {"dependencies": json.loads(text)}) for text in shapes(inner))]
    odd += [json.dumps(whole | {"dependencies": inner | {"environment": {part: 1}}}) for part in inner["environment"]]
    now = Snapshot(small.root)
    one = find_notebooks(small.root)["one"]
    values = {name: parameter.default for name, parameter in one.parameters.items()}
    for text in odd:
        place.write_text(text)
        decision = plan.decide(one.path, values, place.parent, now)
        assert decision.state in ("rerun", "rewrite", "reuse"), text[:200]
    for text in ("{}", json.dumps(whole | {"shown": [1]}), json.dumps(whole | {"dependencies": [1]})):
        place.write_text(text)
        assert small.states("two") == ["reused"]  # another's result is in nobody's way
    assert small.states("one") == ["done"]


@pytest.mark.parametrize("text", [*BROKEN, '{"/x": 1}', '{"/x": [1]}', '{"/x": {}}', '{"/x": ["a", null, {}, 1, 2]}'])
def test_a_cache_of_another_shape_is_an_empty_one(small: Project, text: str) -> None:
    place = small.root / "reports/.cache"
    place.mkdir(parents=True)
    for name in ("outputs.json", "tables.json"):
        (place / name).write_text(text)
    known = small.root / "x"
    known.write_text("x")
    assert Verified(place / "outputs.json").hash(known, lambda _: "hash") == "hash"
    assert tables_to_build(place / "tables.json", Snapshot(small.root), [], [])
    assert made_from(place / "tables.json", "x") is None


def test_a_stamp_with_parts_of_other_kinds_is_none(small: Project) -> None:
    place = small.root / "tables.json"
    whole = {"asked": [], "tables": {"x": {"files": {}, "descriptions": {}}}, "modules": {}, "environment": {}}
    for text in [*shapes(whole), DEEP]:
        place.write_text(text)
        assert isinstance(tables_to_build(place, Snapshot(small.root), [], []), list)
        assert made_from(place, "y") is None


@pytest.mark.parametrize("text", [text for text in BROKEN if text != "[]"])
def test_files_that_people_write_are_refused_in_words(small: Project, text: str) -> None:
    """Notebooks, grids of a sweep and descriptions of tables, however they are broken."""
    (small.root / "notebooks/bad.ipynb").write_text(text)
    found = find_notebooks(small.root)
    assert "bad.ipynb is not a Jupyter notebook" in str(found["bad"].fault)
    (small.root / "grid.json").write_text(text)
    with pytest.raises(NotebookError, match="cannot be read as a grid"):
        read_grid(small.root / "grid.json", found["one"])
    (small.root / "data/raw/datapackage.json").write_text(text)
    with pytest.raises(SourceError, match=r"data/raw/datapackage\.json.*(not valid JSON|not as a data|nested too)"):
        read_package(small.root, "raw")


def test_one_broken_notebook_is_in_nobodys_way(small: Project, write_notebook: Callable[..., Path]) -> None:
    (small.root / "notebooks/half.ipynb").write_text('{"cells": [')
    (small.root / "notebooks/folder.ipynb").mkdir()
    (small.root / "notebooks/lost.ipynb").symlink_to("nowhere")
    write_notebook("code", [], parameters="import os")
    assert small.states("one") == ["done"]
    assert sorted(small.states()) == ["done", *["failed"] * 4, "reused"]
