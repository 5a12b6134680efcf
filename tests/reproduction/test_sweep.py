import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.errors import NotebookError, ParameterError
from digital_diplomacy.reproduction import Outcome, Run, find_notebooks
from digital_diplomacy.reproduction.sweep import Sweep, collect, plan_sweep, read_grid
from digital_diplomacy.runs.notebooks import Notebook
from digital_diplomacy.runs.results import Failure

ALLOWED = {"country": ["KAZ", "UZB", "KGZ"], "lang": ("kk", "ru", "en")}


@pytest.fixture
def notebook(project: Path, write_notebook: Callable[..., Path]) -> Notebook:
    write_notebook("one", ["country"])
    return find_notebooks(project)["one"]


def planned(notebook: Notebook, over: dict[str, str], **options: Any) -> Sweep:
    return plan_sweep(notebook, over=over, given=options.pop("given", {}), allowed=ALLOWED, **options)


def said(sweep: Sweep) -> list[tuple[Any, ...]]:
    return [tuple(run.values[name] for name in sweep.names) for run in sweep.runs]


def test_every_combination_runs_and_the_last_parameter_changes_fastest(notebook: Notebook) -> None:
    sweep = planned(notebook, {"country": "KAZ,UZB", "lang": "kk, ru"})
    assert sweep.names == ("country", "lang")
    assert said(sweep) == [("KAZ", "kk"), ("KAZ", "ru"), ("UZB", "kk"), ("UZB", "ru")]
    assert [run.lang for run in sweep.runs] == ["kk", "ru", "kk", "ru"]
    assert len({run.folder for run in sweep.runs}) == 4


def test_values_have_the_type_of_the_default_and_lists_are_separated_by_semicolons(notebook: Notebook) -> None:
    assert said(planned(notebook, {"edition": "2020,2022"})) == [(2020,), (2022,)]
    assert said(planned(notebook, {"compare": "UZB,RUS;KGZ"})) == [(["UZB", "RUS"],), (["KGZ"],)]


def test_a_star_stands_for_all_allowed_values(notebook: Notebook) -> None:
    assert said(planned(notebook, {"country": "*"})) == [("KAZ",), ("UZB",), ("KGZ",)]
    with pytest.raises(ParameterError, match="not all of its values are known"):
        planned(notebook, {"edition": "*"})


def test_parameters_given_once_are_the_same_in_all_runs(notebook: Notebook) -> None:
    sweep = planned(notebook, {"country": "KAZ,UZB"}, given={"edition": "2020", "lang": "ru"})
    assert {(run.values["edition"], run.lang) for run in sweep.runs} == {(2020, "ru")}


@pytest.mark.parametrize(
    ("over", "given", "message"),
    [
        ({"countri": "KAZ"}, {}, "unknown parameter 'countri'; did you mean 'country'"),
        ({"country": "KAZ"}, {"country": "UZB"}, "country is given twice"),
        ({"country": "KAZ,UZZ"}, {}, "unknown value 'UZZ'; did you mean 'UZB'"),
        ({"country": "KAZ,KAZ"}, {}, "two runs of the sweep are the same: country = 'KAZ'"),
        ({"edition": "2020,x"}, {}, "edition=x: a whole number expected"),
        ({"country": ","}, {}, "at least one value expected"),
    ],
)
def test_a_wrong_sweep_is_refused(
    notebook: Notebook, over: dict[str, str], given: dict[str, str], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        planned(notebook, over, given=given)


def test_values_that_look_alike_in_a_folders_name_have_folders_of_their_own(notebook: Notebook) -> None:
    names = {Run(notebook, "en", {"country": text}).folder for text in ("a b", "a-b", "a/b", "ә б")}
    assert len(names) == 4


GRIDS = {
    "grid.csv": 'country,edition,compare\nKAZ,2020,"RUS,UZB"\nUZB,2022,KGZ\n',
    "grid.json": json.dumps(
        [
            {"country": "KAZ", "edition": 2020, "compare": ["RUS", "UZB"]},
            {"country": "UZB", "edition": 2022, "compare": ["KGZ"]},
        ]
    ),
    "grid.toml": '[[runs]]\ncountry = "KAZ"\nedition = 2020\ncompare = ["RUS", "UZB"]\n'
    '[[runs]]\ncountry = "UZB"\nedition = 2022\ncompare = ["KGZ"]\n',
}


@pytest.mark.parametrize("name", GRIDS)
def test_a_grid_is_the_same_from_every_kind_of_file(notebook: Notebook, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GRIDS[name], encoding="utf-8")
    rows = read_grid(tmp_path / name, notebook)
    sweep = planned(notebook, {"lang": "kk,ru"}, rows=rows)
    assert sweep.names == ("country", "edition", "compare", "lang")
    assert said(sweep)[::2] == [("KAZ", 2020, ["RUS", "UZB"], "kk"), ("UZB", 2022, ["KGZ"], "kk")]
    assert len(sweep.runs) == 4


def test_a_grid_of_lists_gives_every_combination(notebook: Notebook, tmp_path: Path) -> None:
    (tmp_path / "grid.toml").write_text('country = ["KAZ", "UZB"]\nedition = [2020, 2022]\n')
    assert said(planned(notebook, {}, rows=read_grid(tmp_path / "grid.toml", notebook))) == [
        ("KAZ", 2020),
        ("KAZ", 2022),
        ("UZB", 2020),
        ("UZB", 2022),
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("grid.csv", "country\n", "holds no runs"),
        ("grid.csv", "country,edition\nKAZ\n", "line 2 has 1 cells, the first 2"),
        ("grid.csv", "country,country\nKAZ,UZB\n", "two columns have the same name"),
        ("grid.csv", "edition\nx\n", r"grid\.csv, run 1: parameter edition=x: a whole number expected"),
        ("grid.csv", "place\nx\n", r"run 1: unknown parameter 'place'"),
        ("grid.json", "[1]", "expected a list of values for each parameter"),
        ("grid.json", '[{"country": "KAZ"}, {"edition": 1}]', "has to name the same parameters"),
        ("grid.json", '[{"edition": "2020"}]', "run 1: parameter edition=2020: a whole number expected"),
        ("grid.json", '[{"edition": NaN}]', "run 1: parameter edition=nan: a whole number expected"),
        ("grid.json", "{", "cannot be read as a grid"),
        ("grid.toml", "country = 1", "expected a list of values"),
        ("grid.txt", "", "a grid is a file of type"),
    ],
)
def test_a_wrong_grid_is_refused_naming_the_place(
    notebook: Notebook, tmp_path: Path, name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises((NotebookError, ParameterError), match=message):
        read_grid(tmp_path / name, notebook)


def test_a_grid_that_is_not_there_is_refused(notebook: Notebook, tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="there is no such file"):
        read_grid(tmp_path / "grid.csv", notebook)


def ended(sweep: Sweep, out: Path, tables: dict[str, str | None]) -> list[Outcome]:
    """Results as the runner would have left them: a table by country, none where a run failed."""
    outcomes = []
    for run in sweep.runs:
        content = tables[run.values["country"]]
        failure = Failure(2, "", "ValueError", "no, really", "") if content is None else None
        folder = out / run.folder / "tables"
        folder.mkdir(parents=True)
        # A failed run leaves what an earlier one has written.
        (folder / "t.csv").write_text(content or "old\n1\n", encoding="utf-8")
        shown = [{"kind": "table", "name": "t", "title": "", "alt": "", "files": {"tables/t.csv": ""}}]
        told = {"notebook": "one", "lang": run.lang, "parameters": run.values, "files": {}, "dependencies": {}}
        (out / run.folder / "result.json").write_text(json.dumps({**told, "shown": shown}))
        outcomes.append(Outcome(run, "failed" if failure else "done", 1.0, failure))
    return outcomes


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_tables_are_joined_behind_the_parameters_and_failed_runs_left_out(notebook: Notebook, tmp_path: Path) -> None:
    sweep = planned(notebook, {"country": "KAZ,UZB,KGZ", "compare": "RUS,UZB"})
    tables = {"KAZ": "country,x\nKAZ,1\nRUS,2\n", "UZB": None, "KGZ": 'y,x\n"ә, б",3\n'}
    place = collect(sweep, ended(sweep, tmp_path, tables), tmp_path)
    assert place == tmp_path / "collected/one"
    assert rows(place / "tables/t.csv") == [
        ["parameter_country", "compare", "country", "x", "y"],
        ["KAZ", "RUS,UZB", "KAZ", "1", ""],
        ["KAZ", "RUS,UZB", "RUS", "2", ""],
        ["KGZ", "RUS,UZB", "", "3", "ә, б"],
    ]
    folders = [run.folder for run in sweep.runs]
    assert rows(place / "runs.csv") == [
        ["country", "compare", "run", "state", "failed_cell", "error", "message"],
        ["KAZ", "RUS,UZB", folders[0], "finished", "", "", ""],
        ["UZB", "RUS,UZB", folders[1], "failed", "2", "ValueError", "no, really"],
        ["KGZ", "RUS,UZB", folders[2], "finished", "", "", ""],
    ]


def test_collecting_again_replaces_the_whole(notebook: Notebook, tmp_path: Path) -> None:
    sweep = planned(notebook, {"country": "KAZ"})
    outcomes = ended(sweep, tmp_path, {"KAZ": "x\n1\n"})
    (collect(sweep, outcomes, tmp_path) / "tables/gone.csv").write_text("")
    place = collect(sweep, outcomes, tmp_path)
    assert [path.name for path in (place / "tables").iterdir()] == ["t.csv"]
    assert [path.name for path in tmp_path.glob(".*")] == [".running"]


def test_a_table_with_two_columns_of_one_name_is_refused(notebook: Notebook, tmp_path: Path) -> None:
    sweep = planned(notebook, {"country": "KAZ"})
    with pytest.raises(NotebookError, match="two columns of one name"):
        collect(sweep, ended(sweep, tmp_path, {"KAZ": "x,x\n1,2\n"}), tmp_path)
