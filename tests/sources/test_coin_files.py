from pathlib import Path

import openpyxl
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.coin_files import read_coin

META = "Level,iCode,iName,Direction,Weight,Parent,Type\n1,x,Ex,1,1,top,Indicator\n1,y,Why,-1,2,top,Indicator\n"
TOP = "2,top,Top,1,NA,NA,Aggregate\n"
DATA = "uCode,x,y\nNAM,1,NA\nKAZ,2,3\n"


def files(folder: Path, data: str, meta: str) -> tuple[Path, Path]:
    (folder / "d.csv").write_text(data, encoding="utf-8")
    (folder / "m.csv").write_text(meta, encoding="utf-8")
    return folder / "d.csv", folder / "m.csv"


def test_missing_values_of_r_are_missing_and_units_keep_their_codes(tmp_path: Path) -> None:
    found = read_coin(*files(tmp_path, DATA, META + TOP))
    assert found.values["entity"].tolist() == ["NAM", "KAZ"]
    assert found.values["y"].isna().tolist() == [True, False]
    assert found.framework["parent"].tolist() == ["top", "top", ""]
    assert found.framework["weight"].isna().tolist() == [False, False, True]


def test_an_exported_workbook_has_groups_and_names_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheets = {
        "Meta.Ind": [line.split(",") for line in (META + TOP + "NA,G,Gr,NA,NA,NA,Group\n").splitlines()],
        "Meta.Unit": [["uCode", "uName", "G"], ["A", "Aa", "big"], ["B", "Bb", "small"]],
        "Data.Raw": [["uCode", "x", "y"], ["A", 1, 4], ["B", 2, None]],
        "Data.Treated": [["uCode", "x", "y"], ["A", 9, 9], ["B", 9, 9]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([float(cell) if str(cell).lstrip("-").isdigit() else cell for cell in row])
    book.remove(book.active)
    book.save(tmp_path / "coin.xlsx")
    found = read_coin(tmp_path / "coin.xlsx")
    table = found.values.set_index("entity")
    assert table["name"].to_dict() == {"A": "Aa", "B": "Bb"}
    assert table["G"].to_dict() == {"A": "big", "B": "small"}
    assert table["x"].to_dict() == {"A": 1, "B": 2}
    said = {remark.code: dict(remark.named) for remark in found.remarks}
    assert said["coin_some"]["others"] == "Data.Treated"
    assert said["coin_spare"]["columns"] == "G"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Indicator\n1,y", "Measure\n1,y", "column 'Type': x: 'Measure' is unknown; allowed: Indicator, Aggregate"),
        ("1,y", "2,y", "'y' is at level 2 and its parent 'top' at level 2"),
        ("1,x,Ex", "1,z,Ex", "no column 'z'"),
        ("Direction", "Way", "no column 'Direction'"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    meta = META + TOP
    assert old in meta
    with pytest.raises(TableError, match=message):
        read_coin(*files(tmp_path, DATA, meta.replace(old, new, 1)))
