"""The command as a person in a project would give it, in this process."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

Given = Callable[..., tuple[object, str, str]]


@pytest.fixture(scope="module", autouse=True)
def small_pictures() -> Iterator[None]:
    """Of pictures these tests look at the name alone; how they are drawn is tested with the figures."""
    savefig = Figure.savefig

    def saved(figure: Figure, *where: Any, **how: Any) -> None:
        savefig(figure, *where, **how | ({"dpi": 30} if how.get("format") == "png" else {}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", saved)
        yield


@pytest.fixture
def run(project: Path, give: Given) -> Given:
    """Gives a command in the tests' ``project``, or in another place; its exit code, output and errors."""

    def command(*words: str, place: Path = project) -> tuple[object, str, str]:
        return give(*words, cwd=place)

    return command


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Callable[..., Path]]:
    """For those who only read what a command makes: the folder it was made in, once for the same arguments."""

    def maker(write: Callable[[Path], Path], command: Callable[..., object]) -> Callable[..., Path]:
        @cache
        def make(*arguments: str) -> Path:
            folder = write(tmp_path_factory.mktemp("made"))
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(folder)
                assert command(patch, *arguments) == 0
            return folder

        return make

    return maker
