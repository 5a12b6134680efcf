import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.errors import NotebookError, ParameterError
from digital_diplomacy.reproduction.parameters import Parameter, check, parse, read_parameters


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


def test_every_item_of_a_list_is_checked() -> None:
    with pytest.raises(ParameterError, match="unknown value 'ZZZ'"):
        check(Parameter("compare", ["KAZ"], ""), ["KAZ", "ZZZ"], ["KAZ"])


def test_a_whole_number_is_not_taken_for_text() -> None:
    with pytest.raises(ParameterError, match="parameter country=3: text expected"):
        check(Parameter("country", "KAZ", ""), 3, None)
