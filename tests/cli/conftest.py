"""The command as a person in a project would give it, in this process."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.cli import main


@pytest.fixture
def run(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[object, str, str]]:
    """Gives a command in the tests' ``project``, or in another place; its exit code, output and errors."""

    def command(*words: str, place: Path = project) -> tuple[object, str, str]:
        monkeypatch.chdir(place)
        monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *words])
        code: object = 0
        try:
            main()
        except SystemExit as error:
            code = error.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return command
