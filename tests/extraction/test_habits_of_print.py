"""Ways papers print figures and tables, in three languages; each value was noted by hand beside its text."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import sources
from digital_diplomacy.extraction import scan, told_apart


def figures(tmp_path: Path, text: str) -> pd.DataFrame:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    return told_apart(scan(blocks), blocks)


def test_zeros_behind_a_grouping_comma_are_digits_and_no_word_of_scale(tmp_path: Path) -> None:
    found = figures(tmp_path, "Страна\tЧитатели\nПеру\t1,220,000 (май)\nЧад\t18,200 (май)\n")
    assert list(found["value"]) == [1_220_000, 18_200]


@pytest.mark.parametrize(
    ("caption", "rows", "unit", "scale"),
    [
        ("Table 1. Exports ($ million)", "Goods\t2018\t2020\nOre\t1,410\t1,655\nFlour\t620\t590", "dollars", 10**6),
        ("Таблица 1. Расходы, млн руб.", "Статья\t2018\t2020\nВрачи\t1410\t1655\nТехника\t620\t590", "RUB", 10**6),
        ("1-кесте. Шығыс, млн теңге", "Бап\t2018\t2020\nБайланыс\t1410\t1655\nКөлік\t620\t590", "KZT", 10**6),
    ],
)
def test_years_head_columns_and_date_their_figures(
    tmp_path: Path, caption: str, rows: str, unit: str, scale: int
) -> None:
    found = figures(tmp_path, f"{caption}\n\n{rows}\n")
    cells = found[found["unit"] == unit]
    assert list(cells["value"]) == [number * scale for number in (1410, 1655, 620, 590)]
    assert list(cells["period"]) == ["2018", "2020"] * 2
    assert set(found.loc[found["unit"] == "date", "value_date"]) == {"2018", "2020"}


def test_four_digits_under_a_head_that_names_what_is_counted_are_no_year(tmp_path: Path) -> None:
    found = figures(tmp_path, "Platform\tPosts\nPinterest\t1811\nTelegram\t725\n")
    assert list(found["value"]) == [1811, 725]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("It ranked 65th of 193 economies.", "65th", 65, "rank"),
        ("Exports were worth US$ 4.2 bn that year.", "US$ 4.2 bn", 4.2e9, "dollars"),
        ("Бюджет программы – 96,4 млн долл. США.", "96,4 млн долл.", 96.4e6, "dollars"),
        ("Machinery exports went up 1.3-fold.", "1.3-fold", 1.3, "times"),
        ("A dozen firms left.", "dozen", 12, "items"),
        ("Опрошено 1 480 пациентов области.", "1 480", 1480, "persons"),
        ("Сауалнамаға 640 мұғалім қатысты.", "640", 640, "persons"),
        ("Облыста 1 247 мектеп жұмыс істеді.", "1 247", 1247, "items"),
        ("Порталды 1,1 млн-нан астам адам пайдаланады.", "1,1 млн-нан астам адам", 1.1e6, "persons"),
        ("Container traffic grew 2.4 times and reached 87,300 TEU.", "87,300", 87_300, "items"),
        ("Смертность снизилась с 9,8 до 7,4 на 1000 родившихся, т. е. на 24,5 %.", "9,8", 9.8, ""),
        ("The survey asked about five obstacles.", "five", 5, "items"),
        ("Балалардың жасы 7-ден басталады, орташа жасы 11 жас.", "11", 11, "years"),
        ("Доля выросла на 19 п.п. – с 32 до 51 %.", "19 п.п.", 19, "percentage_points"),
    ],
)
def test_a_figure_is_read_with_its_unit(tmp_path: Path, text: str, printed: str, value: float, unit: str) -> None:
    found = figures(tmp_path, text).set_index("as_printed")
    assert (found.loc[printed, "value"], found.loc[printed, "unit"]) == (value, unit)


def test_more_than_behind_a_kazakh_ending_is_a_bound(tmp_path: Path) -> None:
    found = figures(tmp_path, "Порталды 1,1 млн-нан астам адам пайдаланады.")
    assert list(found["bound"]) == ["at_least"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In fiscal year 2018/19 it sold 12 ships.", [12]),  # which day a fiscal year begins on is not printed
        ("Есть четыре задачи: 1) дороги; 2) школы; 3) связь; 4) спорт.", [4]),
        ("Различия значимы (p < 0,05) у 12 врачей.", [12]),
        ("2030 жылға қарай 15 мектеп салынады.", [15]),
    ],
)
def test_what_is_no_number_is_not_read_as_one(tmp_path: Path, text: str, values: list[float]) -> None:
    assert list(figures(tmp_path, text)["value"].dropna()) == values


def test_a_range_is_two_figures_only_where_a_change_is_told_from_one_to_the_other(tmp_path: Path) -> None:
    whole = figures(tmp_path, "There were 2,700 to 2,800 hotels, and the number has risen.")
    assert list(whole[["low", "high"]].iloc[0]) == [2700, 2800]
    apart = figures(tmp_path, "The number of hotels has risen from 2,700 to 2,800.")
    assert list(apart["value"]) == [2700, 2800]
    assert apart[["low", "high"]].to_numpy().tolist() == [[2699.5, 2700.5], [2799.5, 2800.5]]  # half of the last digit


def test_a_period_in_brackets_is_no_life_and_a_century_gives_a_day_no_year(tmp_path: Path) -> None:
    assert list(figures(tmp_path, "Арабская Весна (2011–2012) шла волнами.")["value_date"]) == ["2011/2012"]
    text = "It is the method of the 21st century. A decree of December 12 followed."
    assert "2100-12-12" not in set(figures(tmp_path, text)["value_date"])


def test_a_day_that_may_be_a_month_leaves_its_year(tmp_path: Path) -> None:
    assert list(figures(tmp_path, "The page was seen on 03.04.2019 in full.")["value_date"]) == ["2019"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Tariffs averaged 7.25 % in 2014 and 5.5 % in 2019.", ["2014", "2019"]),
        ("В 2014 году было 12 школ, затем 15.", ["2014", "2014"]),
    ],
)
def test_a_figure_is_of_the_date_right_behind_it_or_told_before(tmp_path: Path, text: str, periods: list[str]) -> None:
    found = figures(tmp_path, text)
    assert list(found.loc[found["unit"] != "date", "period"]) == periods
