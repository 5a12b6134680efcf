"""Changes drawn for the tests to notice: each at one place, and the tests that lead there."""

import ast
import sys
from pathlib import Path

import pytest

SOURCE = '''def part(x, y):
    """Of 1 or 2."""
    if x < 1 and y:
        return x[1:] + 2
'''


def test_a_change_is_made_at_one_place_and_none_in_words(benchmark) -> None:
    mutations = benchmark("mutations")
    lines = SOURCE.splitlines()
    made = []
    for number, place in enumerate(mutations.places(ast.parse(SOURCE))):
        for choice in range(len(place.choices)):
            changed = mutations.mutated(SOURCE, number, choice).splitlines()
            (line,) = [n for n, (old, new) in enumerate(zip(lines, changed, strict=True)) if old != new]
            assert place.line == line + 1
            made.append(changed[line].strip())
    conditions = ["x < 1 or y", "y", "x < 1", "x <= 1 and y", "x >= 1 and y", "x < 2 and y", "x < 0 and y"]
    values = ["None", "x[1:] - 2", "x[:] + 2", "x[2:] + 2", "x[0:] + 2", "x[1:] + 3", "x[1:] + 1"]
    assert made == [f"if {condition}:" for condition in conditions] + [f"return {value}" for value in values]


def test_the_nearest_tests_come_first_and_those_of_others_never(benchmark, tmp_path: Path) -> None:
    """Of `_half` know: `share`, which uses it, and its example; then `told`, which uses `share`, and its test."""
    (tmp_path / "room.py").write_text(
        "def _half(x):\n    return x / 2\n\n"
        "def share(x):\n    '''>>> share(2)\n    1.0\n    '''\n    return _half(x)\n\n"
        "def told(x):\n    return str(share(x))\n\n"
        "def other(x):\n    return x\n"
    )
    (tmp_path / "test_room.py").write_text(
        "def test_told():\n    assert told(4) == '2.0'\n\ndef test_other():\n    assert other(1) == 1\n"
    )
    tests = benchmark("mutants_tests")
    known = [one for name in ("room.py", "test_room.py") for one in tests.definitions(tmp_path, tmp_path / name)]
    assert tests.nearest(tmp_path / "room.py", 2, known, tmp_path) == ["room.py::room.share", "test_room.py::test_told"]


def test_a_private_name_is_known_where_a_test_takes_it_from_its_module(benchmark, tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room/one.py").write_text("def _half(x):\n    return x / 2\n")
    (tmp_path / "test_one.py").write_text(
        "from room import one\nfrom room.one import _half\n\ndef test_half():\n    assert _half(2) == 1\n\n"
        "def test_one():\n    assert one._half(2) == 1\n\ndef test_own():\n    assert own._third(3) == 1\n"
    )
    tests = benchmark("mutants_tests")
    known = [one for name in ("room/one.py", "test_one.py") for one in tests.definitions(tmp_path, tmp_path / name)]
    found = tests.nearest(tmp_path / "room/one.py", 2, known, tmp_path)
    assert found == ["test_one.py::test_half", "test_one.py::test_one"]


ROOM = {
    "housed/__init__.py": "",
    "housed/part/__init__.py": "from housed.part.half import half\n",
    "housed/part/half.py": '''def half(x):
    """Half of it.

    >>> from housed import part
    >>> part.half(2), part.half(4)
    (1.0, 2.0)
    """
    return x / 2


def least(x, y):
    return min(x, y)


def told(x):
    return x
''',
    "tests/part/test_part.py": """from importlib import import_module


def test_least_of_two():
    assert half().least(1, 2) == 1


def half():
    return import_module("housed.part.half")


def test_that_never_passes():
    assert half().half(2) == 3
""",
}


@pytest.fixture
def mutants(benchmark, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The tool in a repository of one room: a function with an example, one with a test that no name leads to, and
    one without any."""
    for name, text in ROOM.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\naddopts = "--doctest-modules --import-mode=importlib"\n'
    )
    tool = benchmark("mutants")
    monkeypatch.setattr(tool, "PACKAGE", "housed")
    return tool


def judged(tool, top: Path, lines: list[int], capsys: pytest.CaptureFixture[str]) -> list[str]:
    changes = [tool.every(top / "housed/part/half.py", line)[-1] for line in lines]
    tool.judged(top, "part", dict(enumerate(changes, 1)), [], tool.Limits(40, 20, 20))
    return [line.strip() for line in capsys.readouterr().out.splitlines()]


def test_a_change_is_killed_by_any_test_of_its_room_and_survives_if_none_fails(
    mutants, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = judged(mutants, tmp_path, [8, 12, 16], capsys)
    told = [line.split(maxsplit=3) for line in said if line[:1].isdigit()]
    by = [line.split(",")[0] for line in said if line.endswith("CPU s")]
    found = {change.replace("  ", " "): (mark, why) for (_, mark, _, change), why in zip(told, by, strict=True)}
    example, least = "housed/part/half.py::housed.part.half.half", "tests/part/test_part.py::test_least_of_two"
    assert found == {
        "2 -> 1": ("killed", example),
        "min(x, y) -> max(x, y)": ("killed", least),  # which is not among those that lead there by name
        "return x -> return None": ("SURVIVED", "all tests"),
    }
    assert said[-2:] == [
        "part: 2 of 3 killed",
        "left out, as it fails or goes on without any change: tests/part/test_part.py::test_that_never_passes",
    ]
    assert (tmp_path / "housed/part/half.py").read_text() == ROOM["housed/part/half.py"]


@pytest.mark.parametrize(("room", "is_kept"), [("part", False), ("part/half.py", False), ("part/half.py:8", False),
                                               ("other", True), ("part/half_of.py", True)])  # fmt: skip
def test_what_is_changed_is_not_imported_before_it_is(
    mutants, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str, is_kept: bool
) -> None:
    """A module that stands in memory already is not read again, and no test would notice a change to it."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(mutants, "BELOW", ("part",))
    mutants.preload(tmp_path, [room])
    kept = [sys.modules.pop(name, None) for name in ("housed.part.half", "housed.part", "housed")]
    assert [one is not None for one in kept] == [is_kept] * 3
