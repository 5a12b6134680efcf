"""Pages show what Jupyter's own tools would show of a notebook, and nothing its author asked to leave out."""

from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.pages.reports import notebook_page
from digital_diplomacy.runs.notebooks import Notebook, Run


def page(*cells: dict[str, Any], tmp_path: Path = Path()) -> str:
    run = Run(Notebook("mine", tmp_path / "notebooks" / "mine.ipynb", {}, "Mine", 0), "en", {})
    whole = [{"metadata": {}, **cell} for cell in cells]
    return notebook_page(run, {"cells": whole}, [])


def code(source: str, *outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {"tags": list(tags)}}


def shown(**data: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {name.replace("_", "/"): text for name, text in data.items()}}


PRINTED = {"output_type": "stream", "name": "stdout", "text": "PRINTED"}


def test_an_attached_picture_is_embedded() -> None:
    attached = {"cell_type": "markdown", "source": "![a map](attachment:map.png)"}
    assert 'src="data:image/png;base64,AAAA"' in page(attached | {"attachments": {"map.png": {"image/png": "AAAA"}}})


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif"])
def test_pictures_of_every_usual_kind_are_shown(kind: str) -> None:
    text = page(code("1", shown(**{f"image_{kind}": "AAAA", "text_plain": "<object>"})))
    assert f'<img src="data:image/{kind};base64,AAAA"' in text
    assert "object" not in text


def test_a_formula_is_shown_as_it_is_written() -> None:
    text = page(code("1", shown(text_latex="$a^2 < b$", text_plain="<IPython.core.display.Math object>")))
    assert "<pre>$a^2 &lt; b$</pre>" in text
    assert "object" not in text


@pytest.mark.parametrize(
    ("tag", "code_shown", "output_shown"),
    [
        ("", True, True),
        ("remove-cell", False, False),
        ("remove_cell", False, False),
        ("hide-input", False, True),
        ("remove-input", False, True),
        ("remove-output", True, False),
    ],
)
def test_tags_hide_what_they_say(tag: str, code_shown: bool, output_shown: bool) -> None:
    text = page(code("SECRET = 1", PRINTED, tags=(tag,) if tag else ()))
    assert ("SECRET" in text, "PRINTED" in text) == (code_shown, output_shown)
