"""The page that says where everything the documents name is encoded and shown: no name in it leads nowhere."""

import ast
import json
import re
from pathlib import Path

import pytest

from digital_diplomacy import sources

REPOSITORY = Path(__file__).parents[1]
PAGE = (REPOSITORY / "docs" / "documents.md").read_text(encoding="utf-8")
ROWS = [
    line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ") and "Encoded in" not in line
]
SHOWS = ("show", "show_table", "show_sentences", "show_answer")


def names(text: str) -> list[str]:
    return re.findall(r"`(\w+)`", text)


def shown_in(notebook: str) -> set[str]:
    """Names of the figures, tables and sentences that a notebook displays."""
    cells = json.loads((REPOSITORY / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    trees = [ast.parse("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    texts = [
        str(node.value)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in SHOWS
        for node in ast.walk(call)
        if isinstance(node, ast.Constant)
    ]
    return {text.removeprefix("sentence.") for text in texts}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:30])
def test_everything_is_shown_where_the_page_says(row: list[str]) -> None:
    system, encoded, shown = row
    assert names(encoded), system
    places = re.findall(r"((?:`\w+`(?:, )?)+) in `(\w+)`", shown)
    assert sorted(names(shown)) == sorted(name for listed, notebook in places for name in [*names(listed), notebook])
    for listed, notebook in places:
        assert set(names(listed)) <= shown_in(notebook), system


def test_every_table_list_crossing_and_kind_of_event_stands_on_the_page_and_nothing_else() -> None:
    raw = sources.names("raw", root=REPOSITORY)
    table = {name: sources.load(name, root=REPOSITORY) for name in ("events", "ideas", "crosswalk")}
    known = {*raw, *table["events"]["event_kind"], *table["ideas"]["list_id"], *table["crosswalk"]["crosswalk"]}
    said = {name for _, encoded, _ in ROWS for name in names(encoded)}
    assert said - known == set()
    assert known - said == set()
