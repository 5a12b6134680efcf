"""The page for replicators is whole, true to the notebooks and descriptors, and says what was measured."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

REPOSITORY: Final = Path(__file__).parents[1]
PAGE: Final = (REPOSITORY / "docs/replication.md").read_text(encoding="utf-8")
README: Final = (REPOSITORY / "README.md").read_text(encoding="utf-8")


FOLDERS: Final = ("raw", "processed")


def in_ticks(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    described = importlib.util.spec_from_file_location("replication", REPOSITORY / ".ci/replication.py")
    assert described is not None
    assert described.loader is not None
    made = importlib.util.module_from_spec(described)
    described.loader.exec_module(made)
    return made


def table(name: str) -> list[list[str]]:
    """Cells of the rows of a table of the page, without those of its head."""
    [part] = re.findall(rf"<!-- {name}: made by .*?-->\n(.*?)<!-- end of {name} -->", PAGE, re.DOTALL)
    rows = [re.split(r"(?<!\\) ?\| ?", line)[1:-1] for line in part.strip().splitlines()]
    assert len({len(row) for row in rows}) == 1
    return rows[2:]


def test_the_tables_are_those_that_notebooks_and_descriptors_make(maker: ModuleType) -> None:
    made = PAGE
    for name in ("files", "exhibits", "sources", "programs"):
        made = maker.filled(made, name, getattr(maker, name)())
    assert made == PAGE, "run `make metadata`"
    stale = re.sub(r"\| figure `ddr_moves`.*\n", "", PAGE)
    assert maker.filled(stale, "exhibits", maker.exhibits()) == PAGE != stale
    with pytest.raises(ValueError, match="the comments around the exhibits are missing"):
        maker.filled("# A page", "exhibits", iter(()))


def test_every_exhibit_of_the_baseline_has_its_program() -> None:
    listed = {
        f"{in_ticks(made)[0]}/{exhibit.split()[0]}s/{in_ticks(exhibit)[0]}" for exhibit, _, made in table("exhibits")
    }
    kept = {
        f"{path.stem}/{line.partition(',')[0]}"
        for path in (REPOSITORY / "data/baseline").glob("*.csv")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("figures/", "tables/"))
    }
    assert listed == kept


def test_every_table_and_every_source_is_listed_once() -> None:
    packages = {folder: json.loads((REPOSITORY / f"data/{folder}/datapackage.json").read_text()) for folder in FOLDERS}
    tables = {f"{folder}/{one['path']}": one for folder in FOLDERS for one in packages[folder]["resources"]}
    assert [row[0].strip("`") for row in table("files")] == list(tables)
    assert [row[2].count("`") // 2 for row in table("files")] == [len(one["licenses"]) for one in tables.values()]
    used = sorted((one["name"], source["title"]) for one in tables.values() for source in one["sources"])
    listed = [(name, re.sub(r"^\[(.*?)\]\(.*", r"\1", row[0])) for row in table("sources") for name in in_ticks(row[3])]
    assert [name for name, _ in sorted(listed)] == [name for name, _ in used]
    assert all(told.startswith(title) for (_, title), (_, told) in zip(used, sorted(listed), strict=True))
    assert not [row for row in table("sources") if not row[1] or not row[2]]


def test_the_seeds_are_those_of_the_notebooks() -> None:
    seeds = {re.findall(r"\[(\w+)\]", row[0])[0]: row[3] for row in table("programs")}
    drawing = {
        path.stem
        for path in (REPOSITORY / "notebooks").glob("*.ipynb")
        if "default_rng" in path.read_text(encoding="utf-8")
    } & seeds.keys()
    assert {name for name, said in seeds.items() if said != "no draws"} == drawing
    assert seeds["powers"] == "`7`"


@pytest.mark.parametrize(
    "heading",
    [
        "Overview",
        "Data availability and provenance",
        "Statement about rights",
        "Summary of availability",
        "Each source",
        "Computational requirements",
        "Software",
        "Controlled randomness",
        "Memory, time and disk",
        "Description of programs",
        "Instructions",
        "List of exhibits",
        "References",
    ],
)
def test_the_parts_that_data_editors_ask_for_are_there_with_text(heading: str) -> None:
    [text] = re.findall(rf"^##+ {heading}\n\n(.+?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert len(text.split()) > 10 or heading == "Data availability and provenance"


def test_readme_and_page_tell_the_same_measurements_and_the_readme_how_to_install() -> None:
    assert re.search(r"^## Installation$", README, re.MULTILINE)
    rows = dict(re.findall(r"^\| ([^|]+?) \| (\d[\d.]* [a-zA-Z]+) \|$", PAGE, re.MULTILINE))
    assert {measured.split()[1] for measured in rows.values()} == {"s", "MB", "GB"}
    for what in (
        "processor time of `reproduce`, without that of the system",
        "memory at its peak, all processes together",
        "`reports/`",
    ):
        assert rows[what].replace(" s", " seconds") in README
