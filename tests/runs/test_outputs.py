"""Executed notebooks as they are stored: what a screen shows in the end, and nothing that differs from run to run."""

import json
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.runs import outputs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("10 %\r50 %\r100 %\n", "100 %\n"),
        ("long line\rab\n", "abng line\n"),  # what is not written over stays, as on a screen
        ("windows\r\nlines\r\n", "windows\nlines\n"),
        ("first\rsecond", "second"),
        ("waits\r", "waits"),
        ("one\n\rtwo\rTWO\nthree", "one\nTWO\nthree"),
        ("abc\b\bX\n", "aX\n"),
        ("\n\bkept", "\n\bkept"),  # a backspace does not reach into the line before
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_text_is_stored_as_it_stands_in_the_end(written: str, shown: str) -> None:
    assert outputs.overwritten(written) == shown


def test_a_bar_in_many_pieces_is_one_line() -> None:
    pieces = [f"\r{number} %" for number in range(101)]
    stored = stable([cell("a", *pieces)], ["a"])
    assert [output["text"] for output in stored[0]["outputs"]] == ["100 %"]


def cell(identifier: str, *texts: str) -> dict[str, Any]:
    printed = [{"output_type": "stream", "name": "stderr", "text": text} for text in texts]
    return {"cell_type": "code", "id": identifier, "metadata": {}, "source": "1", "outputs": printed}


def stable(cells: list[dict[str, Any]], ids: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = outputs.stable({"metadata": {}, "cells": cells}, {}, outputs.Counter(ids))["cells"]
    return found


def test_ids_given_at_random_become_places_and_the_notebooks_own_stay(tmp_path: Path) -> None:
    source = tmp_path / "a.ipynb"
    source.write_text(json.dumps({"cells": [{"id": "own"}, {}, {"id": "twice"}, {"id": "twice"}]}))
    executed = [cell("own"), cell("5f0c1d2e"), cell("twice"), cell("8a9b0c1d")]
    found = stable(executed, list(outputs.cell_ids(source).elements()))
    assert [one["id"] for one in found] == ["own", "cell-at-1", "cell-at-2", "cell-at-3"]


@pytest.mark.parametrize(
    "place",
    ["/home/a b/.venv/lib/python3.11/site-packages/", "C:\\Users\\Ayan\\env\\Lib\\site-packages\\", "site-packages/"],
)
def test_warnings_of_libraries_name_no_folder_of_a_machine(place: str) -> None:
    told = f"{place}pandas/core.py:12: FutureWarning: look\n  at /data/site\n"
    stored = stable([cell("a", told)], ["a"])
    tail = "site-packages" + place[-1] + "pandas/core.py:12: FutureWarning: look\n  at /data/site\n"
    assert stored[0]["outputs"][0]["text"] == tail
