"""Property tests draw the same examples every time: a run of the tests depends on nothing but the code."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

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
