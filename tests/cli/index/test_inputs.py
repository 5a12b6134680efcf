"""What is told of the tables of an index before anything is computed."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import rankings
from digital_diplomacy.cli.index.draft import draft
from digital_diplomacy.cli.index.inputs import plain_steps, read_inputs
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


def test_rows_that_describe_the_others_have_no_rank_but_one_alone_may_be_a_unit(tmp_path: Path) -> None:
    text = "Страна;f;a\nЭстония;1;81\nЛатвия;2;74\nТурция;3;60\nМедиана;2;74\nСт. отклонение;1;9\nМинимум;1;60\n"
    values, said = inputs(tmp_path, text + "N;3;3\n")
    assert values["entity"].tolist() == ["EST", "LVA", "TUR"]
    assert said["units_left"]["names"] == "Медиана, Ст. отклонение, Минимум, N"
    values, _ = inputs(tmp_path, "unit,f,a\nMax,1,2\nTelegram,2,3\n")
    assert values["entity"].tolist() == ["Max", "Telegram"]


def test_a_line_of_units_below_the_header_is_told_and_no_unit(tmp_path: Path) -> None:
    values, said = inputs(tmp_path, "entity,f,a\n,%,USD\nEST,1,81\nLVA,2,74\n")
    assert (values["entity"].tolist(), values["a"].tolist()) == (["EST", "LVA"], [81, 74])
    assert said["line_of_units"]["texts"] == "%, USD"


def test_words_in_a_row_without_a_name_are_refused_by_their_line(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="line 3: 'low'"):
        inputs(tmp_path, "entity,f,a\nEST,1,81\n,2,low\n")


def test_commas_that_may_part_thousands_are_refused_and_points_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="between thousands: line 2: '1,234', line 3: '12,345'"):
        inputs(tmp_path, 'entity,f,a\nEST,"1,234",81\nLVA,"12,345",74\n')
    values, said = inputs(tmp_path, "entity;f;a\nEST;1.234;8.25\nLVA;12.345;7.1\n")
    assert values["f"].tolist() == [1.234, 12.345]
    assert (said["points_decimal"]["column"], said["points_decimal"]["cells"]) == ("f", "1.234, 12.345")
    _, said = inputs(tmp_path, "entity;f;a\nEST;0.234;8.25\nLVA;12.345;7.1\n")
    assert "points_decimal" not in said


def test_units_that_may_be_one_are_told(tmp_path: Path) -> None:
    _, said = inputs(tmp_path, "city,f,a\nAstana,1,2\nastana,2,3\nAlmaty,3,4\n")
    assert said["name_twins"]["names"] == "Astana/astana"


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
    steps, told = plain_steps(given, rankings.default_steps(), "values.csv")
    assert [remark.code for remark in told] == ["by_period", "untreated"]
    scores = rankings.run(given.values, given.framework, steps).scores
    found = scores.set_index(["entity", "period"])["index"]
    # 2022: Latvia leads in both; 2023: Latvia in f, Estonia in a. On one scale Latvia would have (25 + 33) / 2 in 2022.
    assert found[("LVA", "2022")] == 100
    assert found[("EST", "2022")] == 0
    assert (found.xs("2023", level="period") == 50).all()


def test_one_period_needs_no_word(tmp_path: Path) -> None:
    text = "Страна;Год;f;a\nЭстония;2023;5;40\nЛатвия;2023;9;30\nЛитва;2023;7;35\nПольша;2023;6;37\n"
    (tmp_path / "values.csv").write_text(text, encoding="utf-8")
    (tmp_path / "framework.csv").write_text(TREE, encoding="utf-8")
    given = read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv")
    assert plain_steps(given, rankings.default_steps(), "values.csv") == (rankings.default_steps(), [])


def test_a_draft_names_the_cell_that_keeps_a_column_out(tmp_path: Path) -> None:
    (tmp_path / "values.csv").write_text("entity;a;b;c\nKAZ;1;около 200;x\nUZB;2;300;y\n", encoding="utf-8")
    begun, left, _ = draft(tmp_path / "values.csv")
    assert begun["code"].tolist() == ["a", "index"]
    assert left == ["b ('около 200')", "c"]


def test_the_first_column_holds_the_units_whatever_it_is_called(tmp_path: Path) -> None:
    values, said = inputs(tmp_path, "Область;f;a\nАбай;1;2\nАлматинская;3;1\nЖетысу;2;2\n")
    assert values["entity"].tolist() == ["Абай", "Алматинская", "Жетысу"]
    assert said["renamed"]["column"] == "Область"
    with pytest.raises(TableError, match="no column 'entity'"):
        inputs(tmp_path, "Номер;f;a\n1;1;2\n2;3;1\n")


def test_a_row_that_adds_up_all_others_is_no_unit(tmp_path: Path) -> None:
    rows = "Абай;10;20\nАлматинская;30;10\nЖетысу;20;20\n"
    values, said = inputs(tmp_path, f"Область;f;a\n{rows}Республика;60;50\n")
    assert said["sum_of_others"]["name"] == "Республика"
    assert values["entity"].tolist() == ["Абай", "Алматинская", "Жетысу"]
    assert "sum_of_others" not in inputs(tmp_path, f"Область;f;a\n{rows}Республика;60;51\n")[1]


def test_headers_of_a_framework_may_be_russian_or_kazakh(tmp_path: Path) -> None:
    (tmp_path / "values.csv").write_text("entity;f;a\nKAZ;1;2\nUZB;2;1\n", encoding="utf-8")
    for header in ("Код;Родитель;Направление;Вес", "Код;Тобы;Бағыты;Салмағы"):
        tree = f"{header}\nf;index;1;3\na;index;\u22121;1\nindex;;1;1\n"  # a minus as typographers write it
        (tmp_path / "framework.csv").write_text(tree, encoding="utf-8")
        read = read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv").framework
        assert read["weight"].tolist() == [3, 1, 1]
        assert read["direction"].tolist() == [1, -1, 1]


def test_goalposts_that_the_plain_index_does_not_use_are_told_and_turned_ones_refused(tmp_path: Path) -> None:
    (tmp_path / "values.csv").write_text("entity;f;a\nKAZ;1;2\nUZB;2;1\nKGZ;3;3\nTJK;4;4\n", encoding="utf-8")
    tree = "code;parent;goalpost_low;goalpost_high\nf;index;0;10\na;index;;\nindex;;;\n"
    (tmp_path / "framework.csv").write_text(tree, encoding="utf-8")
    given = read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv")
    told = {remark.code: remark.named for remark in plain_steps(given, rankings.default_steps(), "values.csv")[1]}
    assert told["goalposts_left"]["columns"] == "goalpost_low, goalpost_high"
    (tmp_path / "framework.csv").write_text(tree.replace("0;10", "10;0"), encoding="utf-8")
    with pytest.raises(TableError, match="'f': goalpost_low is not below goalpost_high"):
        read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv")


@pytest.mark.parametrize("period", ["wave 1", "2020-13", "2023-02-30", "0000", "<img src=x>"])
def test_a_period_that_is_none_is_refused_before_anything_is_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], period: str
) -> None:
    (tmp_path / "values.csv").write_text(f"entity,period,a\nKAZ,2020,1\nKAZ,{period},2\n", encoding="utf-8")
    (tmp_path / "framework.csv").write_text("code,parent,direction,weight\na,index,1,1\nindex,,1,1\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv")
    assert f"values.csv: period '{period}' is not ISO 8601" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ((0.5, 0.3), "index 0.8"),
        ((0.7, 0.4), "index 1.1"),
        ((0.6, 0.4), ""),
        ((0.33, 0.66), ""),  # rounded to two decimals
        ((2, 0.5), ""),  # one counts four times the other
        ((1, 1), ""),
    ],
)
def test_weights_that_look_like_shares_and_do_not_sum_to_1_are_told(
    tmp_path: Path, weights: tuple[float, float], told: str
) -> None:
    (tmp_path / "values.csv").write_text("entity,f,a\nKAZ,1,2\nUZB,2,1\n", encoding="utf-8")
    tree = "code,parent,direction,weight\nf,index,1,{}\na,index,1,{}\nindex,,1,1\n".format(*weights)
    (tmp_path / "framework.csv").write_text(tree, encoding="utf-8")
    read = read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv")
    sums = [str(one.named["sums"]) for one in read.remarks if one.code == "weights_scaled"]
    assert sums == ([told] if told else [])


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009", "\u2007", "\u200a"])
def test_thousands_stand_apart_by_any_blank_of_typographers(tmp_path: Path, blank: str) -> None:
    (tmp_path / "framework.csv").write_text("code,parent,direction\nf,index,1\na,index,1\nindex,,1\n", encoding="utf-8")
    (tmp_path / "values.csv").write_text(f"entity;f;a\nKAZ;1{blank}234,5;2\nUZB;980;1\n", encoding="utf-8")
    read = read_inputs(tmp_path / "values.csv", tmp_path / "framework.csv")
    assert read.values["f"].tolist() == [1234.5, 980]  # noqa: PD011 (a field)
