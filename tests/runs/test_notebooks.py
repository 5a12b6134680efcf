import json
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.errors import NotebookError, ParameterError
from digital_diplomacy.reproduction import find_notebooks, plan_runs

ALLOWED = {"country": ["KAZ", "RUS", "UZB"], "compare": ["KAZ", "RUS", "UZB"]}


@pytest.fixture
def two(project: Path, write_notebook: Callable[..., Path]) -> Path:
    write_notebook("one", [])
    write_notebook("two", [], parameters='country = "KAZ"\nlang = "en"')
    return project


def test_one_run_a_notebook_and_language(two: Path) -> None:
    runs = plan_runs(find_notebooks(two), [], {}, ("kk", "ru"), ALLOWED)
    assert [run.folder for run in runs] == ["one/kk", "one/ru", "two/kk", "two/ru"]
    assert [run.values["lang"] for run in runs] == ["kk", "ru", "kk", "ru"]


def test_values_other_than_the_defaults_name_the_folder(two: Path) -> None:
    runs = plan_runs(find_notebooks(two), ["one"], {"country": "UZB", "compare": "KAZ,RUS"}, ("kk",), ALLOWED)
    assert [run.folder for run in runs] == ["one/kk_country-UZB_compare-KAZ-RUS"]


def test_long_values_give_short_folders_that_still_differ(two: Path) -> None:
    long = ",".join(["KAZ"] * 40)
    folders = {
        plan_runs(find_notebooks(two), ["one"], {"compare": text}, ("kk",), ALLOWED)[0].folder
        for text in (long, long + ",UZB")
    }
    assert len(folders) == 2
    assert max(map(len, folders)) <= len("one/") + 60


def test_a_parameter_goes_to_the_notebooks_that_take_it(two: Path) -> None:
    runs = plan_runs(find_notebooks(two), [], {"edition": "2020"}, ("kk",), ALLOWED)
    assert [run.values.get("edition") for run in runs] == [2020, None]


def test_a_parameter_no_notebook_takes_is_refused_naming_those_it_takes(two: Path) -> None:
    with pytest.raises(ParameterError, match="unknown parameter 'editions': two takes country, lang"):
        plan_runs(find_notebooks(two), ["two"], {"editions": "2020"}, ("kk",), ALLOWED)


def test_language_is_not_a_parameter_of_the_command(two: Path) -> None:
    with pytest.raises(ParameterError, match="lang is set with --lang"):
        plan_runs(find_notebooks(two), [], {"lang": "kk"}, ("kk",), ALLOWED)


def test_an_unknown_notebook_is_refused_naming_the_known(two: Path) -> None:
    with pytest.raises(NotebookError, match="unknown notebook 'three'; known: one, two"):
        plan_runs(find_notebooks(two), ["three"], {}, ("kk",), ALLOWED)


def test_notebooks_may_be_named_by_path(two: Path) -> None:
    assert len(plan_runs(find_notebooks(two), ["notebooks/one.ipynb"], {}, ("kk",), ALLOWED)) == 1


@pytest.mark.parametrize("content", ["{", "[]", '{"cells": 1}', '{"cells": [{}]}'])
def test_a_file_that_is_no_notebook_says_so_and_leaves_the_others(two: Path, content: str) -> None:
    (two / "notebooks" / "three.ipynb").write_text(content)
    found = find_notebooks(two)
    assert str(found["three"].fault).startswith("three.ipynb is not a Jupyter notebook")
    assert not found["one"].fault


def test_notebooks_stand_in_the_order_their_metadata_give_them_then_by_name(two: Path) -> None:
    for name, order in (("zeta", 1), ("eta", 2)):
        metadata = {"digital_diplomacy": {"order": order}}
        (two / "notebooks" / f"{name}.ipynb").write_text(json.dumps({"cells": [], "metadata": metadata}))
    assert list(find_notebooks(two)) == ["zeta", "eta", "one", "two"]


def test_the_title_is_a_heading_of_the_text_and_no_comment_of_the_code(two: Path) -> None:
    cells = [{"cell_type": "code", "source": "# load"}, {"cell_type": "markdown", "source": "# My report\n\nText"}]
    (two / "notebooks" / "three.ipynb").write_text(json.dumps({"cells": cells}))
    assert find_notebooks(two)["three"].title == "My report"


def test_what_systems_hide_beside_notebooks_is_none(two: Path) -> None:
    (two / "notebooks" / "._one.ipynb").write_bytes(
        b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
    )  # RFC 1740, AppleDouble
    assert list(find_notebooks(two)) == ["one", "two"]


def test_an_empty_folder_is_refused(project: Path) -> None:
    with pytest.raises(NotebookError, match="no notebooks in"):
        find_notebooks(project)
