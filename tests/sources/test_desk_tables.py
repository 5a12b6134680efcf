"""Tables as they lie on desks: units told above or beside, countries as columns, parts of workbooks that are hidden."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources import intake
from digital_diplomacy.sources.countries import near_countries
from digital_diplomacy.sources.grids import read_lines

USERS = intake.kind_of("internet_users")


def read(folder: Path, content: str, **said: Any) -> intake.Reading:
    path = folder / "desk.csv"
    path.write_text(content, encoding="utf-8")
    return intake.read_foreign(path, USERS, intake.Answers(**said))


def figures(reading: intake.Reading) -> dict[tuple[str, str], float]:
    assert (reading.questions, reading.faults) == ((), ())
    return {(one.entity, one.period): one.value for one in reading.frame.itertuples()}


def remarks(reading: intake.Reading) -> dict[str, Any]:
    return {one.code: dict(one.named) for one in reading.remarks}


@pytest.mark.parametrize(
    "content",
    [
        "Пользователи интернета, тыс. чел.\nСтрана;2021;2022\nКазахстан;16,4;16,9\nУзбекистан;25,1;26,7\n",
        "Internet users, millions\nCountry,2021,2022\nKazakhstan,16.4,16.9\n",
        "Интернет пайдаланушылар саны (млн адам)\nЕл;2021\nҚазақстан;16,4\n",
    ],
)
def test_a_unit_told_above_the_table_is_not_read_over(tmp_path: Path, content: str) -> None:
    assert [one.code for one in read(tmp_path, content).questions] == ["unit_above"]
    assert figures(read(tmp_path, content, unit="percent"))["KAZ", "2021"] == 16.4


def test_a_title_in_percent_is_no_question(tmp_path: Path) -> None:
    title = "Пользователи интернета, тыс. чел. и в процентах\nДоля, %\n"
    content = f"{title}Страна;2021;2022\nКазахстан;90,9;92,3\nУзбекистан;76,6;83,9\n"
    assert figures(read(tmp_path, content))["KAZ", "2021"] == 90.9


def test_counts_take_the_scale_told_above_them(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Пользователи интернета, млн чел.\nСтрана;Год;Пользователи интернета\nКазахстан;2022;16,9\n")
    found = intake.read_foreign(path, intake.kind_of("datareportal"), intake.Answers())
    counted = found.frame[found.frame["measure"] == "internet_users"]
    assert counted["value"].tolist() == [16_900_000]


def test_figures_of_households_are_not_taken_for_those_of_people(tmp_path: Path) -> None:
    table = "Страна;2021;2022\nКазахстан;95,9;96,5\n"
    asked = read(tmp_path, f"Доля домашних хозяйств, имеющих доступ к сети Интернет, %\n{table}").questions
    assert [one.code for one in asked] == ["about_others"]
    said = {"2021": "internet_users_pct"}
    assert figures(read(tmp_path, f"Доля домашних хозяйств, %\n{table}", columns=said))["KAZ", "2022"] == 96.5


def test_of_a_column_of_units_only_rows_in_percent_are_taken(tmp_path: Path) -> None:
    head = "Country,Year,Value,Unit of measure\n"
    found = read(tmp_path, f"{head}Kazakhstan,2021,90.9,Percent\nKazakhstan,2021,16.4,Millions\n")
    assert figures(found) == {("KAZ", "2021"): 90.9}
    assert remarks(found)["other_units"]["units"] == "millions"
    asked = read(tmp_path, f"{head}Kazakhstan,2021,16.4,Millions\n").questions
    assert [(one.code, one.example + one.after) for one in asked] == [("units", "Unit of measure=-")]


READ = {
    "countries as columns": "Год;Казахстан;Узбекистан;СНГ\n2020;85,9;71,1;80\n2021;90,9;76,6;83\n",
    "the same, years nameless": ";Казахстан;Узбекистан\n2020;85,9;71,1\n2021;90,9;76,6\n",
    "numbers of rows": ",iso3,year,internet_users_pct\n0,KAZ,2020,85.9\n1,KAZ,2021,90.9\n2,UZB,2020,71.1\n"
    "3,UZB,2021,76.6\n",
    "years within headers": "Country;Internet users, 2020 (%);Internet users, 2021 (%)\nKAZ;85,9;90,9\nUZB;71,1;76,6\n",
    "names in three languages": "Ел / Страна / Country;2020;2021\nҚазақстан / Казахстан / Kazakhstan;85,9;90,9\n"
    "Өзбекстан / Узбекистан / Uzbekistan;71,1;76,6\n",
    "marks behind names": "Country;2020;2021\nKazakhstan 1);85,9;90,9\nUzbekistan(a);71,1;76,6\n1) Estimate\n",
    "code and name": "REF_AREA,Reference area,TIME_PERIOD,Time period,OBS_VALUE\nKAZ,Kazakhstan,2020,,85.9\n"
    "KAZ,Kazakhstan,2021,,90.9\nUZB,Uzbekistan,2020,,71.1\nUZB,Uzbekistan,2021,,76.6\n",
    "Markdown": "| Country | 2020 | 2021 |\n|---|:---:|---|\n| KAZ | 85.9 | 90.9 |\n| UZB | 71.1 | 76.6 |\n",
    "cells kept as texts of Excel": 'Country,Year,Value\n="KAZ",="2020",85.9\n="KAZ",="2021",90.9\n'
    '="UZB",="2020",71.1\n="UZB",="2021",76.6\n',
    "heads of two lines, the first cell empty": ";2020;;2021;\n;Total;Female;Total;Female\nKAZ;85,9;85;90,9;90\n"
    "UZB;71,1;70;76,6;75\n",
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_forms_of_desks_are_read_right(tmp_path: Path, case: str) -> None:
    wanted = {("KAZ", "2020"): 85.9, ("KAZ", "2021"): 90.9, ("UZB", "2020"): 71.1, ("UZB", "2021"): 76.6}
    assert figures(read(tmp_path, READ[case])) == wanted


def test_columns_that_are_totals_are_left_out_by_name(tmp_path: Path) -> None:
    assert remarks(read(tmp_path, READ["countries as columns"]))["totals_left"]["rows"] == "СНГ"


def test_commas_of_a_unit_and_of_decimals_separate_no_cells(tmp_path: Path) -> None:
    content = "Год;Пользователи интернета, %\n2019;81,9\n2020;85,9\n"
    assert figures(read(tmp_path, content, country="KAZ")) == {("KAZ", "2019"): 81.9, ("KAZ", "2020"): 85.9}


def test_rows_of_one_country_may_be_of_several_indicators(tmp_path: Path) -> None:
    content = (
        "Показатели;ед. изм.;2020;2021\nДоля пользователей интернета;%;85,9;90,9\nЧисло абонентов;тыс. ед.;2,6;2,7\n"
    )
    found = read(tmp_path, content, country="KAZ")
    assert figures(found) == {("KAZ", "2020"): 85.9, ("KAZ", "2021"): 90.9}
    asked = read(tmp_path, "Что;2020;2021\nОхват телевидением;98,1;98,2\n", country="KAZ").questions
    assert [(one.code, one.example) for one in asked] == [("series", "Охват телевидением")]


def test_a_plan_beside_a_fact_is_asked_about(tmp_path: Path) -> None:
    content = "Страна;2022 план;2022 факт\nКазахстан;95;92,3\n"
    assert [one.code for one in read(tmp_path, content).questions] == ["measure"]
    said = {"2022 факт": "internet_users_pct"}
    assert figures(read(tmp_path, content, columns=said)) == {("KAZ", "2022"): 92.3}


def test_regions_are_left_out_at_once(tmp_path: Path) -> None:
    content = "Страна;2021\nРеспублика Казахстан;90,9\nАбай;88\nАкмолинская;88,1\nг. Алматы;93,6\n"
    assert {one.code for one in read(tmp_path, content).faults} == {"no_country"}
    found = read(tmp_path, content, entities={"*": "-"})
    assert figures(found) == {("KAZ", "2021"): 90.9}
    assert remarks(found)["totals_left"]["rows"] == "Абай, Акмолинская, г. Алматы"


def test_georgia_below_a_header_of_countries_is_the_country(tmp_path: Path) -> None:
    assert figures(read(tmp_path, "Country,Year,Value\nGeorgia,2020,72.5\n")) == {("GEO", "2020"): 72.5}
    assert [one.code for one in read(tmp_path, "Territory,Year,Value\nGeorgia,2020,72.5\n").questions] == ["georgia"]


def test_no_country_is_proposed_for_a_common_word() -> None:
    assert near_countries("город") == {}
    assert near_countries("РУз") == {}


def book(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Workbook:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return made


def test_a_hidden_sheet_gives_way_and_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    path, head = tmp_path / "book.xlsx", ["Country", "Year", "Value", "Draft"]
    made = book(
        path, ("old", [head, ["KAZ", 2020, 1.9, 1]]), ("new", [head, ["KAZ", 2020, 85.9, 1], ["KAZ", 2021, 99.9, 1]])
    )
    made["old"].sheet_state = "hidden"
    made["new"].row_dimensions[3].hidden = True
    made["new"].column_dimensions["D"].hidden = True
    made.save(path)
    found = intake.read_foreign(path, USERS, intake.Answers())
    assert figures(found) == {("KAZ", "2020"): 85.9, ("KAZ", "2021"): 99.9}
    assert str(remarks(found)["hidden"]["what"]) == "rows 3; columns D"


def test_a_day_that_a_workbook_shows_as_its_year_is_the_year(tmp_path: Path) -> None:
    path = tmp_path / "years.xlsx"
    made = book(path, ("a", [["Страна", dt.datetime(2020, 1, 1), dt.datetime(2021, 1, 1)], ["Казахстан", 85.9, 90.9]]))  # noqa: DTZ001
    for cell in ("B1", "C1"):
        made["a"][cell].number_format = "YYYY"
    made.save(path)
    assert figures(intake.read_foreign(path, USERS, intake.Answers())) == {("KAZ", "2020"): 85.9, ("KAZ", "2021"): 90.9}


def test_a_rule_of_dashes_is_no_row_but_missing_figures_are(tmp_path: Path) -> None:
    path = tmp_path / "rules.csv"
    path.write_text("a|b\n---|:---\n1|2\n-|-\n")
    assert [cells for _, cells in read_lines(path).rows] == [["a", "b"], ["1", "2"], ["-", "-"]]


@pytest.mark.parametrize(
    "title", ["Численность населения", "Охват населения мобильной связью, %", "Mobile cellular coverage"]
)
def test_a_title_without_a_word_of_the_measure_is_asked_about(tmp_path: Path, title: str) -> None:
    table = "Страна;2020;2021\nКазахстан;18,9;19,2\n"
    assert [one.code for one in read(tmp_path, f"{title}\n{table}").questions] == ["about_others"]
    for told in (f"{title}\nДоля пользователей интернета", "Таблица 4", "Share of people who went online by Internet"):
        assert figures(read(tmp_path, f"{told}\n{table}"))["KAZ", "2021"] == 19.2
    explicit = table.replace("Страна;2020;2021", "Страна;Пользователи интернета, 2020;Пользователи интернета, 2021")
    assert figures(read(tmp_path, f"{title}\n{explicit}"))["KAZ", "2021"] == 19.2


def test_of_men_women_and_all_the_column_of_all_is_read(tmp_path: Path) -> None:
    content = "Страна;Мужчины;Женщины;Всего\nКазахстан;91,5;90,3;90,9\n"
    assert figures(read(tmp_path, content, period="2021")) == {("KAZ", "2021"): 90.9}


def test_names_of_two_languages_may_stand_below_each_other(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    book(path, ("a", [["Ел\nСтрана", "2020"], ["Қазақстан\nКазахстан", 85.9], ["Өзбекстан\nУзбекистан", 71.1]]))
    assert figures(intake.read_foreign(path, USERS)) == {("KAZ", "2020"): 85.9, ("UZB", "2020"): 71.1}


def test_a_unit_beside_the_row_says_which_measure_it_is(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "Country,Year,Indicator,Unit,Value\nKAZ,2023,Internet users,millions,17.73\nKAZ,2023,Internet users,%,90.9\n"
    )
    found = intake.read_foreign(path, intake.kind_of("datareportal")).frame
    assert dict(zip(found["measure"], found["value"], strict=True)) == {
        "internet_users": 17_730_000,
        "internet_users_pct": 90.9,
    }


def test_rows_that_a_column_calls_plans_are_left_out_and_told(tmp_path: Path) -> None:
    content = "Country,Year,Value,Status\nKazakhstan,2021,90.9,actual\nKazakhstan,2022,95,Plan (draft)\n"
    found = read(tmp_path, content)
    assert figures(found) == {("KAZ", "2021"): 90.9}
    assert remarks(found)["plans_left"]["parts"] == "plan (draft)"


@pytest.mark.parametrize("title", ["Internet users per 1,000 people", "Пользователи интернета на 10 000 жителей"])
def test_figures_for_a_thousand_people_are_no_percent(tmp_path: Path, title: str) -> None:
    table = "Country;2020;2021\nKazakhstan;59;90\n"
    assert [one.code for one in read(tmp_path, f"{title}\n{table}").questions] == ["unit_above"]
    assert figures(read(tmp_path, f"Internet users per 100 people\n{table}"))["KAZ", "2020"] == 59


def test_groups_and_codes_of_publishers_are_known(tmp_path: Path) -> None:
    rows = "EL,2021,78.5\nEE,2021,91\nEU27_2020,2021,89\nEurope (UN),2021,80\n"
    found = read(tmp_path, f"geo,TIME_PERIOD,OBS_VALUE\n{rows}")
    assert figures(found) == {("GRC", "2021"): 78.5, ("EST", "2021"): 91}
    assert remarks(found)["totals_left"]["rows"] == "EU27_2020, Europe (UN)"


def test_a_figure_that_stands_twice_counts_once_and_another_one_is_refused(tmp_path: Path) -> None:
    table = "Страна;Год;Пользователи интернета, %\nГрузия;2021;76,4\nАрмения;2021;78,6\nГрузия;2021;76,4\n"
    found = read(tmp_path, table)
    assert figures(found) == {("GEO", "2021"): 76.4, ("ARM", "2021"): 78.6}
    assert remarks(found)["rows_again"]["rows"] == "line 4"
    refused = read(tmp_path, f"{table}Грузия;2021;76,5\n")
    assert [dict(one.named) for one in refused.faults] == [
        {"place": "line 5", "other": "line 2", "entity": "GEO", "period": "2021"}
    ]


def test_a_series_of_unknown_name_is_told_by_its_name(tmp_path: Path) -> None:
    table = "Series,2021,2022\nOnline people (Geostat),76.4,78.7\nSocial media users (DataReportal),73,80.7\n"
    [asked] = read(tmp_path, table, country="GEO").questions
    assert (asked.code, asked.example + asked.after) == ("series", "Online people (Geostat)=internet_users_pct")
    found = read(tmp_path, table, country="GEO", columns={asked.example: "internet_users_pct"})
    assert figures(found) == {("GEO", "2021"): 76.4, ("GEO", "2022"): 78.7}
    assert remarks(found)["series_left"]["series"] == "Social media users (DataReportal)"


def test_headers_of_another_language_are_asked_about_by_name(tmp_path: Path) -> None:
    head, rows = "ქვეყანა;წელი;მომხმარებლები, %\n", "საქართველო;2021;76,4\nსაქართველო;2022;78,7\n"
    with pytest.raises(TableError, match='--column "ქვეყანა=country"'):
        read(tmp_path, head + rows)
    said = {"ქვეყანა": "country", "წელი": "period", "მომხმარებლები, %": "internet_users_pct"}
    found = read(tmp_path, head + rows, columns=said, entities={"საქართველო": "GEO"})
    assert figures(found) == {("GEO", "2021"): 76.4, ("GEO", "2022"): 78.7}
    with pytest.raises(TableError, match="put a line above the figures"):
        read(tmp_path, rows)


def test_the_columns_of_itus_datahub_are_known(tmp_path: Path) -> None:
    head = "seriesID,seriesCode,seriesName,seriesParent,seriesUnits,entityID,entityIso,entityName,dataValue,dataYear"
    told = ["83,GEO,Georgia,78.7,2022", "83,GEO,Georgia,81.9,2023", "118,KGZ,Kyrgyzstan,79.8,2022"]
    rows = "\n".join(f"11624,i99H,Individuals using the Internet,,%,{one}" for one in told)
    found = figures(read(tmp_path, f"{head}\n{rows}\n"))
    assert found == {("GEO", "2022"): 78.7, ("GEO", "2023"): 81.9, ("KGZ", "2022"): 79.8}


def test_a_name_of_no_country_is_told_once_with_all_its_rows(tmp_path: Path) -> None:
    rows = "".join(f"Город;20{year};50,5\nСело;20{year};40,5\n" for year in range(10, 22))
    found = read(tmp_path, f"Страна;Год;Значение\nКазахстан;2021;90,9\n{rows}")
    assert [(one.code, one.named["text"]) for one in found.faults] == [("no_country", "Город"), ("no_country", "Село")]
    assert str(found.faults[0].named["place"]) == (
        "line 3, line 5, line 7, line 9, line 11, line 13, line 15, line 17, … (+4)"
    )
    assert figures(read(tmp_path, f"Страна;Год;Значение\nКазахстан;2021;90,9\n{rows}", entities={"*": "-"})) == {
        ("KAZ", "2021"): 90.9
    }


def test_figures_above_the_first_country_are_told_to_have_none(tmp_path: Path) -> None:
    found = read(tmp_path, "Country,Year,Value\n,2019,50.5\n,2020,51.5\nKazakhstan,2021,90.9\n")
    assert [(one.code, str(one.named["place"])) for one in found.faults] == [("unnamed", "line 2, line 3")]


def test_what_excel_does_not_show_of_a_number_is_noise(tmp_path: Path) -> None:
    path = tmp_path / "noise.xlsx"
    rows = [["Country", "2020", "2021"], ["KAZ", 78.70000000000002, 0.1 + 0.2], ["UZB", 1 / 3 * 100, 76.6]]
    made = book(path, ("a", rows))
    made["a"]["C2"].number_format = "0.0%"
    made.save(path)
    frame = intake.read_foreign(path, USERS, intake.Answers()).frame
    assert frame["as_printed"].tolist() == ["78.7", "30%", "33.3333333333333", "76.6"]


ACCOUNTS = intake.kind_of("theopenasia_2020")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("X (Twitter)", "twitter"),
        ("Twitter/X", "twitter"),
        ("X, formerly Twitter", "twitter"),
        ("Фейсбук", "facebook"),
        ("ВК", "vkontakte"),
        ("VK (ВКонтакте)", "vkontakte"),
        ("ТикТок", "tiktok"),
    ],
)
def test_platforms_are_known_by_names_that_are_typed(tmp_path: Path, written: str, code: str) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(f"Страна;Дата;Платформа;Аккаунты\nКазахстан;2023-01;{written};2300\n", encoding="utf-8")
    found = intake.read_foreign(path, ACCOUNTS, intake.Answers())
    assert (found.faults, found.frame["platform"].tolist()) == ((), [code])


@pytest.mark.parametrize("written", ["Facebook/Instagram", "TikTok (18+)"])
def test_two_platforms_and_parts_of_one_are_none(tmp_path: Path, written: str) -> None:
    path = tmp_path / "accounts.csv"
    text = f"Страна;Дата;Платформа;Аккаунты\nКазахстан;2023-01;{written};2300\nКазахстан;2023-01;MyNet;1200\n"
    path.write_text(text, encoding="utf-8")
    found = intake.read_foreign(path, ACCOUNTS, intake.Answers())
    assert [(one.code, one.named["text"]) for one in found.faults] == [("platform", written), ("platform", "MyNet")]


def test_a_question_names_a_column_that_can_be_its_answer(tmp_path: Path) -> None:
    share = "Доля пользователей сети Интернет в возрасте 6 лет и старше"
    content = f";{share};;\n;2021;2022;2023\nКазахстан;90,9;92,3;92,9\nАбай;…;91,1;92,0\n"
    asked = {
        one.code: f"{one.option} {one.before}{one.example}{one.after}" for one in read(tmp_path, content).questions
    }
    assert asked == {"country": "--column #1=country", "measure": f"--column {share}=internet_users_pct"}
    answers = {"columns": {"#1": "country", share: "internet_users_pct"}, "entities": {"*": "-"}}
    assert figures(read(tmp_path, content, **answers)) == {
        ("KAZ", "2021"): 90.9, ("KAZ", "2022"): 92.3, ("KAZ", "2023"): 92.9,
    }  # fmt: skip


def test_where_no_column_holds_years_the_period_is_asked_for(tmp_path: Path) -> None:
    (asked,) = read(tmp_path, "Country,Internet users (%)\nKazakhstan,90.9\nUzbekistan,76.6\n").questions
    assert (asked.code, asked.option) == ("period", "--period")


@pytest.mark.parametrize("head", ["iso2", "ISO 2", "alpha-2"])
def test_a_column_of_codes_of_two_letters_names_countries_namibia_too(tmp_path: Path, head: str) -> None:
    found = read(tmp_path, f"{head},year,value\nGE,2022,78.7\nAM,2022,77\nNA,2022,62\n")
    assert figures(found) == {("GEO", "2022"): 78.7, ("ARM", "2022"): 77, ("NAM", "2022"): 62}
