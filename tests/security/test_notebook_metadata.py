"""Metadata of a notebook that somebody else wrote: of any kind, and refused or text."""

import json
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.labels import refusals
from digital_diplomacy.runs.notebooks import find_notebooks

MARKUP = '"><img src=x onerror=alert(1)>'


def project(folder: Path, metadata: Any, of_cell: Any) -> Path:
    (folder / "notebooks").mkdir()
    cell = {"cell_type": "markdown", "source": ["# Heading"], "metadata": of_cell}
    for name, about in (("odd", (metadata, of_cell)), ("right", ({}, {}))):
        content = {"cells": [{**cell, "metadata": about[1]}], "metadata": about[0], "nbformat": 4, "nbformat_minor": 5}
        (folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(content))
    return folder


@pytest.mark.parametrize(
    ("metadata", "of_cell", "place"),
    [
        (None, {}, "metadata"),
        ("a", {}, "metadata"),
        ({"kernelspec": "python3"}, {}, "metadata.kernelspec"),
        ({"kernelspec": None}, {}, "metadata.kernelspec"),
        ({"language_info": []}, {}, "metadata.language_info"),
        ({"digital_diplomacy": ["x"]}, {}, "metadata.digital_diplomacy"),
        ({}, [], "cells[0].metadata"),
        ({}, {"tags": {"a": 1}}, "cells[0].metadata.tags"),
        ({}, {"tags": "parameters"}, "cells[0].metadata.tags"),
        ({}, {"tags": [["a"]]}, "cells[0].metadata.tags"),
    ],
)
def test_metadata_of_another_kind_break_their_own_notebook_alone(
    tmp_path: Path, metadata: Any, of_cell: Any, place: str
) -> None:
    found = find_notebooks(project(tmp_path, metadata, of_cell))
    assert not found["right"].fault
    fault = found["odd"].fault
    assert str(fault).startswith(f"odd.ipynb is not a Jupyter notebook: {place} is not what the format has there")
    assert refusals.told(fault, "ru").startswith(f"odd.ipynb — не блокнот Jupyter: на месте {place} ")
    assert f": {place} орнында" in refusals.told(fault, "kk")


def test_markup_in_metadata_and_tags_is_text_and_no_fault(tmp_path: Path) -> None:
    about = {"title": MARKUP, "authors": [{"name": MARKUP}], "language_info": {"name": MARKUP}}
    found = find_notebooks(project(tmp_path, about, {"tags": [MARKUP]}))
    assert [name for name, notebook in found.items() if notebook.fault] == []
