"""Whoever keeps paths as text gives them as text: everywhere in the public functions."""

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from digital_diplomacy import reproduction, sources
from digital_diplomacy.pages import network_files, workbook
from digital_diplomacy.reproduction.outcomes import Outcome

PUBLIC = [
    *(getattr(sources, name) for name in sources.__all__),
    *(getattr(reproduction, name) for name in reproduction.__all__),
    network_files.write_network,
    workbook.write_workbook,
]
TAKING = {
    (function.__name__, one.name): one
    for function in PUBLIC
    if inspect.isfunction(function)
    for one in inspect.signature(function).parameters.values()
    if "Path" in str(one.annotation)
}
TIES = pd.DataFrame({"source": ["a"], "target": ["b"], "relation": ["tie"], "weight": [1.0]})
ACTORS = pd.DataFrame({"actor_id": ["a", "b"], "type": "", "label": ["a", "b"]})


@pytest.mark.parametrize("name", TAKING, ids=".".join)
def test_every_argument_that_takes_a_path_takes_text(name: tuple[str, str]) -> None:
    assert "str" in str(TAKING[name].annotation)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A project with one table, as its descriptor has it."""
    for folder in ("raw", "processed"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        (tmp_path / "data" / folder / "datapackage.json").write_text('{"resources": []}')
    schema = {"fields": [{"name": "year", "type": "integer"}], "primaryKey": ["year"]}
    described = {"name": "years", "path": "years.csv", "format": "csv", "title": "Years", "schema": schema,
                 "sources": [{"title": "x", "path": "https://example.org"}],
                 "licenses": [{"name": "CC0-1.0", "title": "CC0", "path": "https://example.org"}]}  # fmt: skip
    (tmp_path / "data" / "raw" / "datapackage.json").write_text(json.dumps({"resources": [described]}))
    made = {**described, "name": "made", "path": "made.csv"}
    (tmp_path / "data" / "processed" / "datapackage.json").write_text(json.dumps({"resources": [made]}))
    (tmp_path / "data" / "raw" / "years.csv").write_text("year\n2020\n", encoding="utf-8")
    sources.seal("years", root=tmp_path)
    return tmp_path


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


class Silent:
    """Progress nobody sees."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


def run_none(root: Any, out: Any) -> list[Outcome]:
    return reproduction.run_all([], root=root, out=out, jobs=1, force=False, progress=Silent())  # type: ignore[arg-type]


def tried(root: Any) -> list[str]:
    with sources.trial(root=root) as copy:
        return sources.names(root=copy)


COIN_META = (
    "iCode,Parent,Direction,Weight,Type,Level\n"
    "a,index,1,1,Indicator,1\nb,index,1,1,Indicator,1\nindex,,1,1,Aggregate,2\n"
)


def coin_tool(root: Path) -> Path:
    """The smallest workbook of the COIN Tool: one indicator of an index, one unit."""
    above = {"E7": 1, "E8": 1, "E11": "Index", "E15": "A", "E16": "Ind.01", "C17": "KAZ", "E17": 2}
    frames = {"Database": above, "Framework": {"H4": "Dimension/indicator", "C5": "Index", "E5": 1, "H5": "All"}}
    book = openpyxl.Workbook()
    for name, cells in frames.items():
        sheet = book.create_sheet(name)
        for place, value in cells.items():
            sheet[place] = value
    book.save(root / "tool.xlsx")
    return root / "tool.xlsx"


USES: dict[str, Callable[[Path, Callable[[Path], Any]], Any]] = {
    "project_root": lambda root, as_given: sources.project_root(as_given(root / "data")),
    "names": lambda root, as_given: sources.names(root=as_given(root)),
    "trial": lambda root, as_given: tried(as_given(root)),
    "describe": lambda root, as_given: sources.describe("years", root=as_given(root)),
    "load": lambda root, as_given: sources.load("years", root=as_given(root)).to_csv(),
    "seal": lambda root, as_given: sources.seal("years", root=as_given(root)),
    "save": lambda root, as_given: sources.save("made", pd.DataFrame({"year": [2020]}), root=as_given(root)),
    "read_network": lambda root, as_given: sources.read_network(
        as_given(written(root, "t.csv", "source,target\na,b\n")), nodes=as_given(written(root, "n.csv", "id\na\nb\n"))
    ).actors.to_csv(),
    "read_table": lambda root, as_given: sources.read_table(as_given(written(root, "v.csv", "a,b\n1,2\n"))).to_csv(),
    "read_own_table": lambda root, as_given: sources.read_own_table(
        as_given(written(root, "v.csv", "a,b\n1,2\n"))
    ).frame.to_csv(),
    "read_paper": lambda root, as_given: sources.read_paper(as_given(written(root, "p.txt", "Of 10, 5."))).to_csv(),
    "picture_pages": lambda root, as_given: sources.picture_pages(as_given(written(root, "p.txt", "Of 10, 5."))),
    "is_coin": lambda root, as_given: sources.is_coin(as_given(written(root, "m.csv", COIN_META))),
    "read_coin": lambda root, as_given: sources.read_coin(  # noqa: PD011 - a field of the result
        as_given(written(root, "d.csv", "uCode,a,b\nKAZ,1,2\nUZB,2,3\n")), as_given(written(root, "m.csv", COIN_META))
    ).values.to_csv(),
    "is_coin_tool": lambda root, as_given: sources.is_coin_tool(as_given(coin_tool(root))),
    "read_coin_tool": lambda root, as_given: sources.read_coin_tool(as_given(coin_tool(root))).framework.to_csv(),
    "find_notebooks": lambda _, as_given: reproduction.find_notebooks(as_given(Path(__file__).parents[2])),
    "run_all": lambda root, as_given: run_none(as_given(Path(__file__).parents[2]), as_given(root / "out")),
    "write_network": lambda root, as_given: network_files.write_network(TIES, ACTORS, as_given(root)),
    "write_workbook": lambda root, as_given: workbook.write_workbook({"ties": TIES}, as_given(root / "a.xlsx")),
}


def test_every_function_that_takes_a_path_is_used_here() -> None:
    assert {function for function, _ in TAKING} == set(USES)


@pytest.mark.parametrize("name", USES)
def test_text_and_path_give_the_same(tables: Path, name: str) -> None:
    outcomes = []
    for as_given in (Path, str):
        try:
            outcomes.append(USES[name](tables, as_given))
        except (AttributeError, TypeError) as error:
            outcomes.append(error)
    assert outcomes[0] == outcomes[1]
    assert not isinstance(outcomes[0], Exception)
