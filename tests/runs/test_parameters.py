import datetime as dt
import json
import math
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_diplomacy.errors import NotebookError, ParameterError
from digital_diplomacy.runs.parameters import Parameter, check, coerce, inject, parse, read_parameters


def read(path: Path) -> dict[str, Parameter]:
    return read_parameters(json.loads(path.read_text()), path)


def test_the_cell_gives_names_defaults_and_comments(write_notebook: Callable[..., Path]) -> None:
    found = read(write_notebook("a", []))
    assert {name: parameter.default for name, parameter in found.items()} == {
        "country": "KAZ",
        "compare": ["UZB", "RUS"],
        "edition": 2024,
        "lang": "en",
    }
    assert found["country"].comment == "country in question"
    assert found["compare"].kind == "a list of text"


def test_a_typed_parameter_is_one(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("typed", [], parameters="x: int = 3  # a number")
    [parameter] = read_parameters(json.loads(path.read_text()), path).values()
    assert (parameter.name, parameter.default, parameter.comment) == ("x", 3, "a number")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1 + y", "line 1: x is not a literal"),
        ("import os", "line 1: only `name = literal"),
        ("x = 1\nx.y = 2", "line 2: only `name = literal"),
        ("x = {'a': 1}", "x must be text, a number"),
        ("x = None", "x must be text, a number"),
        ("x = (", "parameters cell, line 1"),
    ],
)
def test_anything_but_literals_is_refused_naming_the_line(
    write_notebook: Callable[..., Path], source: str, said: str
) -> None:
    with pytest.raises(NotebookError, match=rf"a\.ipynb.*{said}"):
        read(write_notebook("a", [], parameters=source))


@pytest.mark.parametrize(
    ("default", "text", "value"),
    [
        ("KAZ", "UZB", "UZB"),
        (2024, "2020", 2020),
        (0.5, "0.25", 0.25),
        (True, "false", False),
        (["A"], "B, C", ["B", "C"]),
        ([1], "2,3", [2, 3]),
    ],
)
def test_text_becomes_the_defaults_type(default: Any, text: str, value: Any) -> None:
    assert parse(Parameter("p", default, ""), text) == value


@pytest.mark.parametrize(
    ("default", "text"), [(2024, "new"), (2024, "20.5"), (0.5, "nan"), (0.5, "inf"), (True, "yes"), ([1], "1,x")]
)
def test_a_wrong_type_is_refused_naming_the_parameter(default: Any, text: str) -> None:
    with pytest.raises(ParameterError, match=r"parameter p=.* expected, such as"):
        parse(Parameter("p", default, ""), text)


def test_an_unknown_value_is_refused_naming_the_nearest_and_the_allowed() -> None:
    with pytest.raises(ParameterError, match="unknown value 'uzb'; did you mean 'UZB'\\? allowed: KAZ, UZB"):
        check(Parameter("country", "KAZ", ""), "uzb", ["KAZ", "UZB"])


def test_a_country_without_any_row_is_no_misspelling() -> None:
    with pytest.raises(ParameterError, match=r"country: the tables hold nothing on TWN; .*choose one of TON, UZB"):
        check(Parameter("country", "UZB", ""), "TWN", ["TON", "UZB"])
    with pytest.raises(ParameterError, match="unknown value 'TWN'"):
        check(Parameter("relation", "uses", ""), "TWN", ["uses"])


def test_every_item_of_a_list_is_checked() -> None:
    with pytest.raises(ParameterError, match="unknown value 'ZZZ'"):
        check(Parameter("compare", ["KAZ"], ""), ["KAZ", "ZZZ"], ["KAZ"])


def test_a_whole_number_is_not_taken_for_text() -> None:
    with pytest.raises(ParameterError, match="parameter country=3: text expected"):
        check(Parameter("country", "KAZ", ""), 3, None)


@pytest.mark.parametrize(
    ("default", "given", "value"),
    [
        (2024, np.int64(2020), 2020),
        (0.5, np.float64(0.25), 0.25),
        (0.5, 2, 2.0),
        (True, np.bool_(False), False),
        ("a", np.str_("Қазақстан"), "Қазақстан"),
        ("2020-01-01", dt.date(2021, 5, 1), "2021-05-01"),
        ("2020", dt.datetime(2021, 5, 1, 12, tzinfo=dt.UTC), "2021-05-01T12:00:00+00:00"),
        ("a.csv", PurePosixPath("b/c.csv"), "b/c.csv"),
        ("a.csv", PureWindowsPath("b\\c.csv"), "b/c.csv"),
        ([1], (2, 3), [2, 3]),
        ([1], np.array([2, 3]), [2, 3]),
        ([1.5], [2], [2.0]),
        (["A"], (), []),
        ([], ["B"], ["B"]),
    ],
)
def test_values_given_in_python_become_plain_ones(default: Any, given: Any, value: Any) -> None:
    found = coerce(Parameter("p", default, ""), given)
    assert found == value
    assert type(found) is type(value)
    assert [type(item) for item in found] == [type(item) for item in value] if isinstance(value, list) else True


@pytest.mark.parametrize(
    ("default", "given"),
    [
        (2024, True),
        (2024, 20.0),
        (2024, "2020"),
        (True, 1),
        (0.5, True),
        (0.5, math.nan),
        (0.5, math.inf),
        (0.5, np.float64("-inf")),
        (0.5, 2**53 + 1),  # 53 bits are all a float holds
        (0.5, 10**400),
        ("a", 1),
        ("a", None),
        ("a", "\ud800"),
        (["A"], "A"),
        (["A"], {"A", "B"}),
        (["A"], [1]),
        ([1], np.array([[1]])),
        ([0.5], [math.nan]),
    ],
)
def test_values_that_would_change_are_refused(default: Any, given: Any) -> None:
    with pytest.raises(ParameterError, match=r"parameter p=.* expected, such as"):
        coerce(Parameter("p", default, ""), given)


@pytest.mark.parametrize(("source", "said"), [("x = 1e999", "not a finite number"), ("x = [1, 'a']", "mixes types")])
def test_defaults_that_cannot_be_given_back_are_refused(
    write_notebook: Callable[..., Path], source: str, said: str
) -> None:
    with pytest.raises(NotebookError, match=said):
        read(write_notebook("a", [], parameters=source))


plain = st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), plain | st.lists(st.text()), min_size=1))
def test_injected_values_come_out_of_the_cell_exactly(values: dict[str, Any]) -> None:
    cells = [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "a = 1"}]
    namespace: dict[str, Any] = {}
    exec(inject({"cells": cells}, values)["cells"][1]["source"], namespace)  # noqa: S102 - what a kernel would do
    found = {name: namespace[name] for name in values}
    assert repr(found) == repr(values)  # of one type too, and -0.0 is not 0.0


def test_the_injected_cell_stands_behind_the_parameters_and_is_readable(write_notebook: Callable[..., Path]) -> None:
    notebook = json.loads(write_notebook("a", ["1"]).read_text())
    told = inject(notebook, {"country": "Қазақстан", "edition": 2020})
    assert told["cells"][2]["source"] == "# Parameters\ncountry = 'Қазақстан'\nedition = 2020"
    assert told["cells"][2]["metadata"]["tags"] == ["injected-parameters"]
    assert len(told["cells"]) == len(notebook["cells"]) + 1
    assert inject(told, {"edition": 2022})["cells"][2]["source"] == "# Parameters\nedition = 2022"


def test_values_without_a_parameters_cell_are_refused() -> None:
    with pytest.raises(ParameterError, match="no cell is tagged 'parameters', so that edition cannot be set"):
        inject({"cells": []}, {"edition": 2020})
