"""The command as a person in a project would give it, in this process."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

Given = Callable[..., tuple[object, str, str]]


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
