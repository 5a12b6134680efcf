"""Which tests may notice a change: those whose words lead, from name to name, to the definition that is changed.

Nothing is run for it. A definition uses the names in it; a private name is known in its own module only, and where a
test takes it from there, a public one everywhere. So the tests nearest to a definition are those that name it, then
those that name what uses it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Name = tuple[str, str]
"""A module, "" for public names, and the name."""


@dataclass(frozen=True)
class Definition:
    """A function, class or assigned name of a module, the names it uses, and its tests by pytest's names."""

    name: Name
    uses: frozenset[Name]
    tests: tuple[str, ...]


def definitions(top: Path, path: Path) -> Iterator[Definition]:
    """What the top level of a module defines."""
    file = path.relative_to(top).as_posix()
    tree = ast.parse(path.read_text())
    taken = dict(_taken(tree, top))
    for statement in tree.body:
        uses = frozenset(taken.get(name) or _known(name, file) for name in _words(statement))
        for name in defined(statement):
            yield Definition(_known(name, file), uses, tuple(_tests(statement, file)))


def defined(statement: ast.stmt) -> list[str]:
    """Names that a statement of a module's top level defines."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def nearest(changed: Path, line: int, known: list[Definition], top: Path) -> list[str]:
    """Tests that lead to the definition at a line of a module, the nearest first."""
    file = changed.relative_to(top).as_posix()
    begun = [node for node in ast.parse(changed.read_text()).body if node.lineno <= line <= (node.end_lineno or 0)]
    reached = {_known(name, file) for node in begun for name in defined(node)}
    found: dict[str, None] = {}
    ring = reached
    while ring:
        at = [one for one in known if one.name in ring]
        found |= dict.fromkeys(test for one in at for test in one.tests)
        ring = {one.name for one in known if one.uses & ring} - reached
        reached = reached | ring
    return list(found)


def _known(name: str, file: str) -> Name:
    return (file if name.startswith(("_", "test_")) else "", name)


def _taken(tree: ast.Module, top: Path) -> Iterator[tuple[str, Name]]:
    """Private names of other modules: those imported, and those that stand behind the name of an imported module."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            folder = node.module.replace(".", "/")
            file = f"{folder}.py" if (top / f"{folder}.py").is_file() else f"{folder}/__init__.py"
            for alias in node.names:
                if alias.name.startswith("_"):
                    yield alias.name, (file, alias.name)
                elif (top / folder / f"{alias.name}.py").is_file():
                    modules[alias.asname or alias.name] = f"{folder}/{alias.name}.py"
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=base), attr=name) if base in modules and name.startswith("_"):
                yield name, (modules[base], name)


def _words(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name


def _tests(statement: ast.stmt, file: str) -> Iterator[str]:
    """A test function, or the examples of a docstring."""
    if isinstance(statement, ast.FunctionDef) and statement.name.startswith("test_"):
        yield f"{file}::{statement.name}"
    elif isinstance(statement, ast.FunctionDef) and ">>>" in (ast.get_docstring(statement) or ""):
        module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        yield f"{file}::{module}.{statement.name}"
