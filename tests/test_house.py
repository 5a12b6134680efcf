"""The house and its plan agree: no module imports another in a circle, and what the documents name is there."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "digital_diplomacy"
PLAN = REPOSITORY / "docs" / "architecture.md"
GUIDES = [PLAN, REPOSITORY / "CONTRIBUTING.md", REPOSITORY / "benchmarks" / "README.md"]
NO_ROOM = {"browser", "faults", "security"}  # folders of tests that look at the whole instead of a room


def modules(top: Path, prefix: str) -> dict[str, Path]:
    """Files of modules below a folder by dotted name."""
    found = {}
    for path in sorted(top.rglob("*.py")):
        parts = path.relative_to(top).with_suffix("").parts
        found[".".join([prefix, *parts]).removesuffix(".__init__").strip(".")] = path
    return found


def statements(block: list[Any]) -> Iterator[ast.AST]:
    """Statements of a block and of every block within: an import is one, and expressions, which are many, hold none."""
    for node in block:
        yield node
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from statements(getattr(node, part, []))


def imported(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """Modules among the known that a file imports: anywhere, in functions and for type checkers alone, too.

    The latter run never, and would yet be a circle to a reader. Packages above a module are not counted: it is not for
    them that it is imported.
    """
    for node in statements(ast.parse(path.read_text(encoding="utf-8")).body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in known else str(node.module) for name in names)


def graph(known: Mapping[str, Path]) -> dict[str, set[str]]:
    return {name: {other for other in imported(path, known) if other in known} for name, path in known.items()}


def circle(edges: Mapping[str, set[str]]) -> list[str]:
    """Modules of a circle in the order they import each other; none if there is no circle."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


@pytest.mark.parametrize(("folder", "prefix"), [("digital_diplomacy", "digital_diplomacy"), ("benchmarks", "")])
def test_no_modules_import_each_other_in_a_circle(folder: str, prefix: str) -> None:
    edges = graph(modules(REPOSITORY / folder, prefix))
    assert any(edges.values())
    assert circle(edges) == []


def test_a_circle_is_seen_wherever_its_imports_stand(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.b import x\n")
    (tmp_path / "b.py").write_text("def x():\n    import p.c\n")
    (tmp_path / "c.py").write_text("from p import a\n")
    assert sorted(set(circle(graph(modules(tmp_path, "p"))))) == ["p.a", "p.b", "p.c"]


def rooms() -> set[str]:
    """Folders of the package, and modules that stand beside folders, as paths from the package."""
    folders = {path.parent for path in PACKAGE.rglob("__init__.py")}
    alone = {
        path for folder in folders if folder in {one.parent for one in folders} for path in folder.glob("[!_]*.py")
    }
    return {path.relative_to(PACKAGE).as_posix() for path in folders | alone} - {"."}


def drawn() -> set[str]:
    """Rooms of the drawing under that heading: two blanks of indent a floor, then the name, then what it is."""
    [drawing] = re.findall(r"## Rooms\n.*?```\n(.*?)```", PLAN.read_text(encoding="utf-8"), re.DOTALL)
    found, above = set(), [""]
    for indent, name in re.findall(r"^( {0,4})([\w.]+)/? ", drawing, re.MULTILINE):
        above = [*above[: len(indent) // 2 + 1], f"{name}/"]
        found.add("".join(above).removesuffix("/"))
    return found


def test_the_drawing_names_every_room_and_no_other() -> None:
    assert drawn() == rooms()


def test_tests_stand_in_the_folder_of_the_room_they_look_at() -> None:
    tests = REPOSITORY / "tests"
    folders = {path.parent.relative_to(tests).as_posix() for path in tests.rglob("test_*.py")} - {"."}
    assert folders - NO_ROOM <= rooms()
    assert {room for room in rooms() if "/" not in room and not room.endswith(".py")} <= folders


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_paths_that_guides_name_are_there(guide: Path) -> None:
    text = re.sub(r"```.*?```", "", guide.read_text(encoding="utf-8"), flags=re.DOTALL)
    said = re.findall(r"`([^`\s]+)(?:\s[^`]*)?`", text)
    paths = [word for word in said if "/" in word or re.search(r"\.(py|csv|md|toml|yml|lock|ipynb)$", word)]
    assert paths
    places = (REPOSITORY, PACKAGE, guide.parent)
    assert [path for path in paths if not any(any(place.glob(path.rstrip("/"))) for place in places)] == []


def test_every_benchmark_is_listed_with_its_command() -> None:
    said = (REPOSITORY / "benchmarks" / "README.md").read_text(encoding="utf-8")
    scripts = [path.name for path in (REPOSITORY / "benchmarks").glob("*.py") if "__main__" in path.read_text()]
    assert scripts
    assert [name for name in scripts if f"python benchmarks/{name}" not in said] == []
    others = {path.name for path in (REPOSITORY / "benchmarks").iterdir() if path.name not in said}
    assert others - {"__pycache__"} == {"README.md"}


@pytest.mark.parametrize("room", ["figures", "networks", "pages", "sources"])
def test_rooms_of_the_network_command_wait_with_imports_that_take_a_second(room: str) -> None:
    slow = ("seaborn", "scipy.stats")
    for path in sorted((PACKAGE / room).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "seaborn" not in text and "scipy" not in text:
            continue
        top = [node for node in ast.parse(text).body if not isinstance(node, ast.If)]
        names = [alias.name for node in top if isinstance(node, ast.Import) for alias in node.names]
        for node in top:
            if isinstance(node, ast.ImportFrom):
                names += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        assert [name for name in names if name.startswith(slow)] == [], path


def test_the_drawn_layers_are_those_that_are_held() -> None:
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    drawn = PLAN.read_text(encoding="utf-8").partition("## Who may import whom\n\n```\n")[2].partition("\n```")[0]
    assert drawn.splitlines() == contracts["contracts"][0]["layers"]
