"""Changes drawn for the tests to notice: each at one place, and the tests that lead there."""

import ast
from pathlib import Path

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
