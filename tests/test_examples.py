"""Every public name shows an example that can be pasted as it stands; `--doctest-modules` runs them all."""

import ast
import builtins
import doctest
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

import pytest

import digital_diplomacy

HOUSE: Final = "digital_diplomacy."
WHOLE: Final = tuple(f"{HOUSE}{room}" for room in ("labels", "tables", "readings"))
"""Rooms without a list of names: what they define is public."""

ROOMS: Final = [
    name
    for _, name, is_package in pkgutil.walk_packages(digital_diplomacy.__path__, HOUSE)
    if is_package or name in WHOLE
]


def public(room: ModuleType) -> dict[str, Any]:
    """The functions and classes of a room by name."""
    names = getattr(room, "__all__", ())
    if room.__name__ in WHOLE:
        names = [name for name, one in vars(room).items() if getattr(one, "__module__", "") == room.__name__]
    found = {name: inspect.unwrap(getattr(room, name)) for name in names if not name.startswith("_")}
    return {name: one for name, one in found.items() if inspect.isfunction(one) or inspect.isclass(one)}


def documented(one: Any) -> Iterator[Any]:
    """A function, or a class with what it defines for its users."""
    yield one
    if inspect.isclass(one):
        for name, member in vars(one).items():
            if not name.startswith("_") and (callable(member) or hasattr(member, "__get__")):
                yield getattr(member, "fget", None) or getattr(member, "func", None) or inspect.unwrap(member)


def shown(one: Any) -> list[doctest.Example]:
    return doctest.DocTestParser().get_examples(inspect.getdoc(one) or "")


def used(examples: list[doctest.Example]) -> set[str]:
    """Names and attributes in the code of examples."""
    nodes = [node for example in examples for node in ast.walk(ast.parse(example.source))]
    return {getattr(node, "attr", None) or getattr(node, "id", "") for node in nodes}


def undefined(examples: list[doctest.Example]) -> set[str]:
    """Names that an example takes from nowhere, so that it fails where it is pasted."""
    nodes = [node for example in examples for node in ast.walk(ast.parse(example.source))]
    imported = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    made = {alias.asname or alias.name for alias in imported}
    made |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    made |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return loaded - made - set(dir(builtins))


def faults(name: str, one: Any) -> Iterator[str]:
    """What is wrong with the examples of a public name."""
    own = [shown(part) for part in documented(one)]
    every = [example for examples in own for example in examples]
    if name not in used(every) and not (inspect.isclass(one) and every):
        yield "no example that uses it"
    if not any(example.want for example in every):
        yield "no example that shows anything"
    if any(example.options.get(flag) for example in every for flag in (doctest.SKIP, doctest.ELLIPSIS)):
        yield "an example that is skipped or leaves out what it shows"
    for missing in sorted(set().union(*(undefined(examples) for examples in own))):
        yield f"`{missing}` is not defined in its example"
    if inspect.isclass(one):
        for part in list(documented(one))[1:]:
            called = getattr(part, "__name__", "")
            if not shown(part) and called not in used(every):
                yield f"`{called}` is in no example"


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_has_an_example_to_paste(room: str) -> None:
    names = public(importlib.import_module(room))
    found = [f"{room}.{name}: {fault}" for name, one in names.items() for fault in faults(name, one)]
    assert not found, "\n".join(found)


def test_examples_stand_where_they_are_run() -> None:
    """Those of names that a room only passes on from elsewhere would not be collected."""
    homes = {one.__module__ for room in ROOMS for one in public(importlib.import_module(room)).values()}
    assert {home.partition(".")[0] for home in homes} == {HOUSE.rstrip(".")}


def raised(one: Any) -> set[str]:
    """Names of the errors that a function raises itself; what it calls may raise others."""
    nodes = ast.walk(ast.parse(textwrap.dedent(inspect.getsource(one))))
    errors = [node.exc for node in nodes if isinstance(node, ast.Raise) and node.exc is not None]
    return {ast.unparse(error.func if isinstance(error, ast.Call) else error) for error in errors}


def test_every_public_function_says_what_it_raises() -> None:
    names = {one: f"{room}.{name}" for room in ROOMS for name, one in public(importlib.import_module(room)).items()}
    functions = {one: name for one, name in names.items() if inspect.isfunction(one)}
    assert [
        name for one, name in functions.items() if raised(one) and "Raises\n---" not in str(inspect.getdoc(one))
    ] == []
    assert sum(bool(raised(one)) for one in functions) > 100  # they are seen


def example(text: str) -> Any:
    def total() -> None: ...

    total.__doc__ = text
    return total


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Nothing.", "no example that uses it"),
        (">>> 1 + 1\n2", "no example that uses it"),
        (">>> import math\n>>> total = math.fsum([1])", "no example that shows anything"),
        (">>> total([1])\n1", "`total` is not defined in its example"),
        (
            ">>> total = sum\n>>> total([1])  # doctest: +SKIP\n1",
            "an example that is skipped or leaves out what it shows",
        ),
        (">>> total = str\n>>> total(10)  # doctest: +ELLIPSIS\n...", "an example that is skipped or leaves out"),
    ],
)
def test_an_example_that_shows_nothing_or_hides_is_found(text: str, fault: str) -> None:
    assert any(said.startswith(fault) for said in faults("total", example(text)))


def test_a_method_that_no_example_uses_is_found() -> None:
    class Pair:
        """Two.

        >>> Pair = tuple
        >>> len(Pair((1, 2)))
        2
        """

        @property
        def first(self) -> int:
            return 1

        def last(self) -> int:
            """The second.

            >>> [1, 2][-1]
            2
            """
            return 2

    assert list(faults("Pair", Pair)) == ["`first` is in no example"]
