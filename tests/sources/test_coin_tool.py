"""Workbooks laid out as the COIN Tool's guide and COINr's reader of them say, filled in by hand, and damaged twins."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from digital_diplomacy.cli.index.inputs import read_inputs
from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings import aggregate, check_framework
from digital_diplomacy.sources import is_coin_tool, read_coin_tool

# Column E, F and so on: weight, direction, goalposts, index, sub-index, pillar, sub-pillar, name, code; rows 7 to 16.
INDICATORS: list[list[Any]] = [
    [1, 1, 0, 10, "Index", "si.01", "p.01", "sp.01", "Posts a day", "Ind.01"],
    [3, 1, 0, 10, "Index", "si.01", "p.01", "sp.01", "Followers", "Ind.02"],
    [1, -1, 0, 5, "Index", "si.01", "p.02", "sp.01", "Days to answer", "Ind.03"],
    ["--", "--", "--", "--", "Index", "si.01", "p.02", "sp.01", "Budget", "Ind.04"],
    ["--", "--", "--", "--", "--", "--", "--", "--", "--", "Ind.05"],
]
UNITS: list[list[Any]] = [
    ["Kazakhstan", "KAZ", None, 2, 4, 5, "n/a"],
    ["Namibia", "NA", None, 6, "n/a", 1, "n/a"],
    ["Uzbekistan", "UZB", None, 1.5, 8, 3, "n/a"],
]
PARTS: list[list[Any]] = [
    ["p.01", 2, "Voice"],
    ["p.02", 1, "Service"],
    ["si.01", 1, "All"],
    ["Index", 1, "Digital diplomacy"],
]


def workbook(path: Path, *, cells: dict[str, Any] | None = None, parts: list[list[Any]] | None = None) -> Path:
    """A workbook of the tool; ``cells`` of the sheet Database are set at the end."""
    book = openpyxl.Workbook()
    book.active.title = "Start"
    book.active["A1"] = "=1+1"  # a formula whose value was never computed, on a sheet that is not read
    database, framework = book.create_sheet("Database"), book.create_sheet("Framework")
    for column, cells_above in enumerate(INDICATORS, start=5):
        for row, value in enumerate(cells_above, start=7):
            database.cell(row, column, value)
    for row, unit in enumerate(UNITS, start=17):
        for column, value in enumerate(unit, start=2):
            database.cell(row, column, value)
    for letter, title in zip("CDEFGH", ("Code", "Level", "Weight", "Part of", "", "Dimension/indicator"), strict=True):
        framework[f"{letter}4"] = title
    for place, part in enumerate(PARTS if parts is None else parts, start=5):
        for letter, value in zip("CEH", part, strict=True):
            framework[f"{letter}{place}"] = value
    framework["C20"], framework["H20"] = "sp.02", "--"
    for cell, value in (cells or {}).items():
        database[cell] = value
    book.save(path)
    return path


def test_values_units_and_gaps_are_those_of_the_sheet(tmp_path: Path) -> None:
    found = read_coin_tool(workbook(tmp_path / "tool.xlsx"))
    assert found.values["entity"].tolist() == ["KAZ", "NA", "UZB"]
    assert found.values["name"].tolist() == ["Kazakhstan", "Namibia", "Uzbekistan"]
    assert found.values[["Ind.01", "Ind.02", "Ind.03"]].fillna(-1).to_numpy().tolist() == [
        [2, 4, 5], [6, -1, 1], [1.5, 8, 3],
    ]  # fmt: skip
    assert list(found.values) == ["entity", "name", "Ind.01", "Ind.02", "Ind.03"]


def test_what_is_part_of_what_leaves_out_levels_that_join_nothing(tmp_path: Path) -> None:
    """All indicators share sub-pillar and sub-index: pillars are parts of the index itself."""
    found = read_coin_tool(workbook(tmp_path / "tool.xlsx")).framework.set_index("code")
    assert found["parent"].to_dict() == {
        "Ind.01": "p.01", "Ind.02": "p.01", "Ind.03": "p.02", "p.01": "Index", "p.02": "Index", "Index": "",
    }  # fmt: skip
    assert found["weight"].tolist() == [1, 3, 1, 2, 1, 1]
    assert found.loc[["Ind.01", "p.01", "Index"], "name"].tolist() == ["Posts a day", "Voice", "Digital diplomacy"]
    assert [found.loc["Ind.03", name] for name in ("direction", "goalpost_low", "goalpost_high")] == [-1, 0, 5]


def test_the_index_of_a_workbook_is_the_one_worked_by_hand(tmp_path: Path) -> None:
    """KAZ: p.01 = (2 + 3 x 4) / 4 = 3.5, p.02 = 5, index (2 x 3.5 + 5) / 3 = 4."""
    found = read_coin_tool(workbook(tmp_path / "tool.xlsx"))
    tree = check_framework(found.framework).assign(direction=1)
    table = found.values.drop(columns="name")
    made = vars(aggregate(table, tree))["values"].set_index("entity")
    assert made.loc["KAZ", ["p.01", "p.02", "Index"]].tolist() == pytest.approx([3.5, 5, 4])


def test_an_indicator_without_values_is_named_and_a_free_place_is_not(tmp_path: Path) -> None:
    remarks = read_coin_tool(workbook(tmp_path / "tool.xlsx")).remarks
    assert [(remark.code, remark.named.get("columns")) for remark in remarks] == [
        ("coin_tool", None),
        ("coin_empty", "Budget"),
    ]


def test_the_command_takes_the_workbook_alone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "tool.xlsm")
    assert is_coin_tool(path)
    found = read_inputs(path, None)
    assert found.values["entity"].tolist() == ["KAZ", "NA", "UZB"]
    assert set(found.framework["code"]) == {"Ind.01", "Ind.02", "Ind.03", "p.01", "p.02", "Index"}


def test_other_workbooks_are_not_taken_for_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Database"
    book.save(tmp_path / "other.xlsx")
    assert not is_coin_tool(tmp_path / "other.xlsx")
    (tmp_path / "table.csv").write_text("uCode,x\nKAZ,1\n", "utf-8")
    assert not is_coin_tool(tmp_path / "table.csv")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"E17": "2,5 or so"}, r"sheet 'Database', cell E17: '2,5 or so' is no number"),
        ({"F19": "#REF!"}, r"cell F19: '#REF!' is no number"),
        ({"E7": "high"}, r"cell E7: 'high' is no number"),
        ({"C18": None}, r"row 18: values without a code of the unit in column C"),
        ({"J18": 4}, r"cell J18: a value without a code of the indicator in row 16"),
        ({"F16": "Ind.01 "}, r"cell F16: 'Ind.01' stands twice"),
        ({"F12": "si.02"}, r"'p.01' is part of 'si.01' and of 'si.02'"),
        ({"G13": "p.09"}, r"sheet 'Framework': no row for p.09, which Database names"),
        ({"E11": "--"}, r"Ind.01 is part of no index; row 11 names it"),
        ({"C17": "--", "C18": "--", "C19": "--"} | {f"{c}{r}": None for c in "EFG" for r in (17, 18, 19)},
         r"no unit is filled in; codes of indicators stand in row 16"),
        ({"E17": "=2*3"}, r"cell E17: the formula has no value"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_by_its_cell(tmp_path: Path, cells: dict[str, Any], message: str) -> None:
    parts = [*PARTS, ["si.02", 1, "More"]]
    with pytest.raises(TableError, match=message):
        read_coin_tool(workbook(tmp_path / "tool.xlsx", cells=cells, parts=parts))


def test_a_sheet_framework_without_its_heading_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "tool.xlsx")
    book = openpyxl.load_workbook(path)
    book["Framework"]["H4"] = "Name"
    book.save(path)
    with pytest.raises(TableError, match="sheet 'Framework': no column 'Dimension/indicator'"):
        read_coin_tool(path)
