"""Property tests draw the same examples every time: a run of the tests depends on nothing but the code.

Importing takes longer than most tests: kernels are forked from a process that has imported next to nothing, but where a
test is about what notebooks see (`every_library`). Nor are the installed libraries looked through for edits.
"""

import gc
import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import settings

from digital_diplomacy.kernels import fork_server, forking
from digital_diplomacy.runs import software


def _named_only(name: str) -> bool:
    """Whether a room only names a function, whose examples run where it is written."""
    room, _, last = name.rpartition(".")
    written = getattr(getattr(sys.modules.get(room), last, None), "__wrapped__", None)
    return written is not None and written.__module__ != room


LIBRARIES: Final = fork_server.PRELOADED
FEW: Final = ("numpy.random", "digital_diplomacy.kernels.observing", "digital_diplomacy.kernels.sharing")
"""Which every forked process asks for."""

# A checker of web addresses that jsonschema imports where it is installed, for over a second; nobody asks for it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("repeatable")


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """A script of ``benchmarks`` by its name, which may import what lies beside it."""

    def load(name: str) -> ModuleType:
        monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "benchmarks"))
        return importlib.import_module(name)

    return load


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[object, str, str]]:
    """Gives a command as a person in a folder would, in this process: its exit code, output and errors."""
    from digital_diplomacy.cli import main

    def command(*words: str, cwd: Path) -> tuple[object, str, str]:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *words])
        code: object = 0
        try:
            main()
        except SystemExit as error:
            code = error.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


PARAMETERS = """
country = "KAZ"  # country in question
compare = ["UZB", "RUS"]  # set beside it
edition = 2024  # edition
lang = "en"  # language
"""


def cell(kind: str, source: str, number: int, *tags: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source,
    }
    return made if kind == "markdown" else made | {"outputs": [], "execution_count": None}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what starts processes and takes longest, so that nobody begins it when the others have nothing left."""
    items[:] = [item for item in items if not (isinstance(item, pytest.DoctestItem) and _named_only(item.name))]
    first = [Path(__file__).parent / room for room in ("reproduction", "kernels", "cli", "figures")]
    items.sort(key=lambda item: not any(item.path.is_relative_to(room) for room in first))


def pytest_collection_finish() -> None:
    """What was imported and collected stays: looking through it again and again took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, *gc.get_threshold()[1:])


@pytest.fixture(scope="session", autouse=True)
def _few_libraries() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fork_server, "PRELOADED", FEW)
        patch.setattr(software, "_edited", lambda *_: ())
        patch.setenv("LC_ALL", "C.UTF-8")  # whoever runs the tests is spoken to in English
        yield
    forking.stop()


@pytest.fixture(scope="session")
def _server_with_every_library() -> Iterator[forking.Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fork_server, "PRELOADED", LIBRARIES)
        started = forking.Server()
    yield started
    started.close()


@pytest.fixture
def every_library(_server_with_every_library: forking.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels are forked from a process with all libraries, as outside of tests."""
    monkeypatch.setattr(forking, "_current", _server_with_every_library)


@pytest.fixture(scope="session")
def few_libraries() -> str:
    """Code that makes the process it begins start as quickly as this one."""
    hidden = "import sys; sys.modules['rfc3987_syntax'] = None"
    return f"{hidden}\nfrom digital_diplomacy.kernels import fork_server; fork_server.PRELOADED = {FEW}\n"


@pytest.fixture(scope="session")
def comes_true() -> Callable[[Callable[[], bool]], bool]:
    """Whether something comes true while it is looked at again and again, for 100 seconds of a machine that runs.

    Looks are counted, not seconds: a machine that stands still for minutes stops the looks with what they wait for.
    """

    def look(is_true: Callable[[], bool]) -> bool:
        for _ in range(2_000):
            if is_true():
                return True
            time.sleep(0.05)
        return False

    return look


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with one table and no notebook yet."""
    for folder in ("raw", "processed"):
        place = tmp_path / "data" / folder
        place.mkdir(parents=True)
        (place / "datapackage.json").write_text('{"resources": []}')
    (tmp_path / "notebooks").mkdir()
    return tmp_path


@pytest.fixture
def write_notebook(project: Path) -> Callable[..., Path]:
    """Write a notebook with the given code cells after its title and parameters cell."""

    def write(name: str, codes: Sequence[str], *, parameters: str = PARAMETERS) -> Path:
        cells = [cell("markdown", f"# Title of {name}", 0), cell("code", parameters, 1, "parameters")]
        cells += [cell("code", code, number) for number, code in enumerate(codes, start=2)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = project / "notebooks" / f"{name}.ipynb"
        path.write_text(
            json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
        )
        return path

    return write


LATIN: Final = Path(__file__).parent / "labels" / "latin_words.txt"
OTHERS: Final = {
    "kk": re.compile("что|для|из|от|при|или|как|это|которые|который|она|они|только|также|между"),
    "ru": re.compile("және|мен|бойынша|үшін|туралы|бұл|емес|бар|жоқ|деген|сол|кейін|тек|арасындағы|болып|оның"),
}
"""Common words of the other language in Cyrillic letters, which have no meaning in this one."""


@pytest.fixture(scope="session")
def foreign() -> Callable[[str, str], tuple[list[str], int]]:
    """Words of a Kazakh or Russian text that are of another language, outside quotations and code; words in all.

    Latin are only the names, abbreviations and codes of a declared list, each line with its reason, and single letters.
    """
    kept = re.compile(
        r"\{[^{}]*\}|`[^`]*`|(?<!\w)--?[a-z][\w-]*|https?://\S+|[\w.-]+\.(?:csv|ipynb|json|html|md|po|svg|png|xlsx|gexf|graphml|net|clu)\b|«[^«»]*»|“[^“”]*”"
    )
    lines = LATIN.read_text(encoding="utf-8").splitlines()
    declared = {word for line in lines for word in line.partition(": ")[2].split()}

    def find(text: str, lang: str) -> tuple[list[str], int]:
        words = [part for part in re.findall(r"[^\W\d_]+", kept.sub(" ", text)) if len(part) > 1]
        latin = (word for word in words if re.match("[A-Za-z\u00c0-\u024f]", word) and word not in declared)
        return [*latin, *(word for word in words if OTHERS[lang].fullmatch(word.lower()))], len(words)

    return find


@pytest.fixture(scope="session")
def page_words() -> Callable[[str, str], str]:
    """What a page says in its own language: outside scripts, code, quotations, titles of works and other languages."""

    def read(page: str, lang: str) -> str:
        said = re.sub(r"(?s)<(style|script|pre|code|q|cite)\b.*?</\1>", " ", page.partition("<body>")[2])
        foreign, left = re.compile(rf'(?s)<(\w+)[^>]*\slang="(?!{lang}")[^>]*>(?:(?!<\1\b).)*?</\1>'), ""
        while left != said:
            left, said = said, foreign.sub(" ", said)
        spoken = re.findall(r'\s(?:alt|aria-label|title)="([^"]*)"', said)
        return unescape(" ".join([re.sub(r"<[^>]*>", " ", said), *spoken]))

    return read
