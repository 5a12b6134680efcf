"""What is told of the tables of an index before anything is computed."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import rankings
from digital_diplomacy.cli.index.draft import draft
from digital_diplomacy.cli.index.inputs import by_period, read_inputs
from digital_diplomacy.cli.remarks import sentences
from digital_diplomacy.errors import TableError

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


TREE = "code,parent,direction,weight\nf,index,1,1\na,index,1,1\nindex,,1,1\n"


def inputs(folder: Path, values: str) -> tuple[pd.DataFrame, dict[str, dict[str, object]]]:
    (folder / "values.csv").write_text(values, encoding="utf-8")
    (folder / "framework.csv").write_text(TREE, encoding="utf-8")
    found = read_inputs(folder / "values.csv", folder / "framework.csv")
    return found.values, {one.code: dict(one.named) for one in found.remarks}  # noqa: PD011 (a field)


def test_notes_below_a_table_with_years_are_no_units_either(tmp_path: Path) -> None:
    text = "Страна;Год;f;a\nЭстония;2023;1;81\nЛатвия;2023;2;74\nИтого;;3;\n* оценка;;;\n\u00b9 за полгода;;;\n"
    values, said = inputs(tmp_path, text)
    assert values["entity"].tolist() == ["EST", "LVA"]
    assert said["units_left"]["names"] == "Итого, * оценка, \u00b9 за полгода"


def test_sums_means_and_notes_below_a_table_have_no_rank(tmp_path: Path) -> None:
    text = "Страна;f;a\nЭстония;1;81\nЛатвия;2;74\nТурция;3;60\nСреднее;2;72\nИтого по региону;6;\n"
    values, said = inputs(tmp_path, text + "World;9;9\nИсточник: расчёты автора;;\n")
    assert values["entity"].tolist() == ["EST", "LVA", "TUR"]
    assert said["units_left"]["names"] == "Среднее, Итого по региону, World, Источник: расчёты автора"


def test_units_of_ones_own_may_be_called_what_they_like(tmp_path: Path) -> None:
    values, _ = inputs(tmp_path, "unit,f,a\nTotal Energies,1,2\nWorld Vision,2,3\nAverage,1.5,2.5\n")
    assert values["entity"].tolist() == ["Total Energies", "World Vision"]


def test_missing_words_percent_and_apostrophes_are_read_as_offices_write_them(tmp_path: Path) -> None:
    values, said = inputs(tmp_path, "Country;f;a\nEstonia;1'210,5;81,5 %\nLatvia;—;7 %\nTurkey;98,6;н/д\n")
    assert values[["f", "a"]].fillna(-1).to_numpy().tolist() == [[1210.5, 81.5], [-1, 7], [98.6, -1]]
    assert said["missing_words"] == {"file": "values.csv", "words": "—, н/д", "count": "2"}


def test_a_sign_of_percent_beside_plain_numbers_stays_a_question(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"column 'a'.*line 2: '81 %'"):
        inputs(tmp_path, "Country;f;a\nEstonia;1;81 %\nLatvia;2;0,7\n")


def test_a_plain_index_of_several_periods_takes_each_by_itself_and_says_so(tmp_path: Path) -> None:
    text = "Страна;Год;f;a\nЭстония;2022;1;10\nЛатвия;2022;3;20\nЭстония;2023;5;40\nЛатвия;2023;9;30\n"
    (tmp_path / "values.csv").write_text(text, encoding="utf-8")
    (tmp_path / "framework.csv").write_text(TREE, encoding="utf-8")
    given = read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv")
    steps, told = by_period(given, rankings.default_steps(), "values.csv")
    assert [remark.code for remark in told] == ["by_period"]
    none = {"step": "treat", "method": "none", "reason": "two units have no outliers"}
    steps = [none if step["step"] == "treat" else step for step in steps]
    scores = rankings.run(given.values, given.framework, steps).scores
    found = scores.set_index(["entity", "period"])["index"]
    # 2022: Latvia leads in both; 2023: Latvia in f, Estonia in a. On one scale Latvia would have (25 + 33) / 2 in 2022.
    assert found[("LVA", "2022")] == 100
    assert found[("EST", "2022")] == 0
    assert (found.xs("2023", level="period") == 50).all()


def test_one_period_needs_no_word(tmp_path: Path) -> None:
    text = "Страна;Год;f;a\nЭстония;2023;5;40\nЛатвия;2023;9;30\n"
    (tmp_path / "values.csv").write_text(text, encoding="utf-8")
    (tmp_path / "framework.csv").write_text(TREE, encoding="utf-8")
    given = read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv")
    assert by_period(given, rankings.default_steps(), "values.csv") == (rankings.default_steps(), [])


def test_a_draft_names_the_cell_that_keeps_a_column_out(tmp_path: Path) -> None:
    (tmp_path / "values.csv").write_text("entity;a;b;c\nKAZ;1;около 200;x\nUZB;2;300;y\n", encoding="utf-8")
    begun, left, _ = draft(tmp_path / "values.csv")
    assert begun["code"].tolist() == ["a", "index"]
    assert left == ["b ('около 200')", "c"]
