"""What is told of the tables of an index before anything is computed."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy.cli.index.inputs import read_inputs
from digital_diplomacy.cli.remarks import sentences

FRAMEWORK = "code,name,parent,direction,weight,unit\nusers,{name},index,1,1,{unit}\nposts,,index,1,1,\nindex,,,1,1,\n"
VALUES = "entity,period,users,posts\nKAZ,2020,77.9,10\nKGZ,2020,0.615,0.12\nUZB,2020,81.9,9\n"


def remarks(folder: Path, *, name: str = "", unit: str = "") -> dict[str, str]:
    (folder / "values.csv").write_text(VALUES, encoding="utf-8")
    (folder / "framework.csv").write_text(FRAMEWORK.format(name=name, unit=unit), encoding="utf-8")
    found = read_inputs(folder / "values.csv", folder / "framework.csv").remarks
    return {
        lang: said
        for lang in ("kk", "ru", "en")
        for said in sentences([one for one in found if one.code == "mixed_units"], lang)
    }


@pytest.mark.parametrize(
    ("name", "unit"), [("Доля пользователей", ""), ("Пайдаланушылар үлесі", ""), ("", "percent"), ("Users, %", "")]
)
def test_a_fraction_among_percentages_is_told_with_its_unit(tmp_path: Path, name: str, unit: str) -> None:
    said = remarks(tmp_path, name=f'"{name}"', unit=unit)
    assert set(said) == {"kk", "ru", "en"}
    assert all("0.615" in text and "0.12" not in text for text in said.values())


def test_an_indicator_that_is_no_percentage_is_not_suspected(tmp_path: Path) -> None:
    assert remarks(tmp_path, name="Users", unit="persons") == {}


def test_the_values_stay_as_they_are(tmp_path: Path) -> None:
    remarks(tmp_path, unit="percent")
    found = read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv").values  # noqa: PD011 (a field)
    assert pd.to_numeric(found["users"]).tolist() == [77.9, 0.615, 81.9]
