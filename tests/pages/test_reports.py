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


def figure(name: str) -> dict[str, Any]:
    """A figure as `figures.show` displays it."""
    described = {"kind": "figure", "name": name, "title": "It rose", "topic": "Users", "lang": "en", "alt": "It rose."}
    data = {"image/svg+xml": '<svg viewBox="0 0 518.4 300"/>', "image/png": "AAAA", "text/csv": "a\n1\n"}
    return {"output_type": "display_data", "data": data, "metadata": {"digital_diplomacy": described}}


def test_a_figure_has_number_topic_files_citation_and_the_way_to_how_it_was_made() -> None:
    run = Run(Notebook("mine", Path("notebooks/mine.ipynb"), {}, "Mine", 0), "en", {})
    files = {f"figures/{name}.{kind}": "0" for name in ("one", "two") for kind in ("svg", "png", "csv")}
    shown = [
        {"kind": "figure", "name": name, "title": "It rose", "files": {path: "0" for path in files if name in path}}
        for name in ("one", "two")
    ]
    cells = [
        {"cell_type": "markdown", "source": "## First\n", "metadata": {}},
        code("1", figure("one"), figure("two")),
        {"cell_type": "markdown", "source": "## Then *this*", "metadata": {}},
    ]
    text = notebook_page(run, {"cells": cells}, shown)
    assert 'href="#two">Figure 2.</a> Users' in text
    assert 'width="518" height="300" loading="lazy"' in text
    assert [f'<a href="figures/two.{kind}">{kind.upper()}</a>' in text for kind in ("svg", "png", "csv")] == [True] * 3
    assert 'href="made.html#figures/two.svg"' in text
    assert "figure “two”: It rose." in text
    assert ">First</a>" in text
    assert ">Then this</a>" in text
