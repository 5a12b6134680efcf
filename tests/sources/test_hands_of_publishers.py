"""Tables as publishers hand them out: several on one sheet, powers of ten, three heads, names of the United Nations."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources import intake

USERS = intake.kind_of("internet_users")
TWO = {("KAZ", "2020"): 85.9, ("KAZ", "2021"): 90.9}


def read(folder: Path, content: str, *, name: str = "table.csv", table: str = "internet_users", **said: Any) -> Any:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return intake.read_foreign(path, intake.kind_of(table), intake.Answers(**said))


def figures(found: intake.Reading) -> dict[tuple[Any, Any], Any]:
    assert (found.questions, found.faults) == ((), ())
    return {(one.entity, one.period): one.value for one in found.frame.itertuples()}


def remarks(found: intake.Reading) -> dict[str, Any]:
    return {one.code: dict(one.named) for one in found.remarks}


def sheet(path: Path, title: str, rows: list[list[Any]]) -> Path:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


BLOCKS = {
    "a title of its own": "Internet users, %\nCountry;2020;2021\nKazakhstan;85,9;90,9\n\n"
    "Mobile subscriptions per 100 people\nCountry;2020;2021\nUzbekistan;97,1;98,6\n",
    "other years": "Пользователи интернета, %\nСтрана;2020;2021\nКазахстан;85,9;90,9\n\n"
    "Домохозяйства с интернетом, %\nСтрана;2018;2019\nКазахстан;87,1;90,6\n",
    "other years and no title": "Страна;2020;2021\nКазахстан;85,9;90,9\nСтрана;2018;2019\nКазахстан;81,3;81,9\n",
}


@pytest.mark.parametrize("case", BLOCKS)
def test_of_two_tables_on_a_sheet_the_first_is_read_and_the_other_told(tmp_path: Path, case: str) -> None:
    found = read(tmp_path, BLOCKS[case])
    assert figures(found) == TWO
    assert remarks(found)["more_tables"]["place"] == (
        "line 5" if "title of" in case or "Польз" in BLOCKS[case] else "line 3"
    )


@pytest.mark.parametrize("title", ["Central Asia", "Internet users, % (continued)", "Internet users, %"])
def test_a_header_that_stands_again_over_more_rows_begins_no_other_table(tmp_path: Path, title: str) -> None:
    head = "Country;2020;2021"
    found = read(tmp_path, f"Internet users, %\n{head}\nArmenia;76,5;78,6\n{title}\n{head}\nKazakhstan;85,9;90,9\n")
    assert figures(found) == TWO | {("ARM", "2020"): 76.5, ("ARM", "2021"): 78.6}


@pytest.mark.parametrize("name", ["Households with Internet", "Mobile subscriptions"])
def test_the_name_of_a_sheet_is_a_title(tmp_path: Path, name: str) -> None:
    rows: list[list[Any]] = [["Country", 2020, 2021], ["Kazakhstan", 85.9, 90.9]]
    asked = intake.read_foreign(sheet(tmp_path / "a.xlsx", name, rows), USERS, intake.Answers()).questions
    assert [(one.code, one.named["text"]) for one in asked] == [("about_others", name)]
    assert figures(intake.read_foreign(sheet(tmp_path / "b.xlsx", "Sheet1", rows), USERS, intake.Answers())) == TWO


@pytest.mark.parametrize(("power", "value"), [("0", 17.73), ("3", 17_730), ("6", 17_730_000), ("Millions", 17_730_000)])
def test_a_power_of_ten_beside_a_count_multiplies_it(tmp_path: Path, power: str, value: float) -> None:
    head = "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT"
    found = read(tmp_path, f"{head}\nKAZ,Internet users,2023,17.73,{power}\n", table="datareportal")
    assert found.frame.query("measure == 'internet_users'")["value"].tolist() == [value]


def test_a_power_of_ten_that_is_not_known_is_refused(tmp_path: Path) -> None:
    head = "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT"
    found = read(tmp_path, f"{head}\nKAZ,Internet users,2023,17.73,2\n", table="datareportal")
    assert [(one.code, one.named["scale"]) for one in found.faults] == [("multiplier", "2")]


def test_heads_of_three_lines_name_the_column_of_everybody(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["", 2020, "", "", 2021, "", ""],
        ["", "Барлығы", "оның ішінде", "", "Барлығы", "оның ішінде", ""],
        ["", "", "қала", "ауыл", "", "қала", "ауыл"],
        ["Қазақстан Республикасы", 85.9, 88.1, 82.0, 90.9, 92.1, 89.0],
        ["Ақмола", 80.1, 83.0, 76.0, 88.1, 90.0, 86.0],
    ]
    said = intake.Answers(columns={"#1": "country"}, entities={"*": "-"})
    assert figures(intake.read_foreign(sheet(tmp_path / "a.xlsx", "2", rows), USERS, said)) == TWO


FORMS = {
    "the goals of the United Nations": "Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,"
    "TimePeriod,Value,[Nature],[Sex],[Units]\n"
    "17,17.8,17.8.1,IT_USE_ii99,Internet users per 100 inhabitants,398,Kazakhstan,2020,85.9,C,BOTHSEX,PER_100_POP\n"
    "17,17.8,17.8.1,IT_USE_ii99,Internet users per 100 inhabitants,398,Kazakhstan,2021,90.9,C,BOTHSEX,PER_100_POP\n"
    "17,17.8,17.8.1,IT_USE_ii99,Internet users per 100 inhabitants,398,Kazakhstan,2021,90.1,C,FEMALE,PER_100_POP\n",
    "years before what a column holds": "Economy name,2020_value,2020_source,2021_value,2021_source\n"
    "Kazakhstan,85.9,Survey,90.9,Survey\n",
    "an estimate's year": "Country,Penetration (% population),Internet users,Year\n"
    "Kazakhstan,85.9,16000000,2020\nKazakhstan,90.9,17300000,2021 est.\n",
    "quotation marks around lines": '"Country,Year,Value"\n"Kazakhstan,2020,85.9"\n"Kazakhstan,2021,90.9"\n',
    "dots that lead to figures": "Страна;2020;2021\nКазахстан ..........;85,9;90,9\n",
    "the OECD's breakdowns": "REF_AREA,MEASURE,BREAKDOWNS,TIME_PERIOD,OBS_VALUE\nKAZ,Internet users,_T,2020,85.9\n"
    "KAZ,Internet users,F,2020,85\nKAZ,Internet users,_T,2021,90.9\n",
}  # fmt: skip


@pytest.mark.parametrize("case", FORMS)
def test_forms_of_publishers_are_read_right(tmp_path: Path, case: str) -> None:
    assert figures(read(tmp_path, FORMS[case])) == TWO


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_a_record_a_line_is_a_row(tmp_path: Path, ending: str) -> None:
    lines = [json.dumps({"country": code, "year": int(year), "value": value}) for (code, year), value in TWO.items()]
    assert figures(read(tmp_path, "\n".join(lines), name=f"a.{ending}")) == TWO
    with pytest.raises(TableError, match="line 2: not valid JSON"):
        read(tmp_path, f'{lines[0]}\n{{"country": KAZ}}\n', name=f"b.{ending}")


def test_two_codes_of_stata_may_have_one_label(tmp_path: Path) -> None:
    path, frame = (
        tmp_path / "a.dta",
        pd.DataFrame({"country": ["Kazakhstan"] * 2, "year": [2020, 2021], "part": [1, 2]}),
    )
    frame = frame.assign(value=[85.9, 90.9])
    frame.to_stata(path, write_index=False, version=118, value_labels={"part": {1: "Central", 2: "Centrak"}})
    path.write_bytes(path.read_bytes().replace(b"Centrak", b"Central"))
    assert figures(intake.read_foreign(path, USERS, intake.Answers())) == TWO


def test_platforms_may_be_columns(tmp_path: Path) -> None:
    content = "Date,Facebook,VKontakte,Other\n2020-01,40.5,30.1,29.4\n2020-02,41.5,30.2,28.3\n"
    found = read(tmp_path, content, table="statcounter_2020", country="KAZ")
    assert (found.questions, found.faults) == ((), ())
    known = found.frame[found.frame["platform"] != "other"]
    rows = known[["platform", "period", "value"]].to_numpy().tolist()
    assert rows == [
        ["facebook", "2020-01", 40.5], ["facebook", "2020-02", 41.5],
        ["vkontakte", "2020-01", 30.1], ["vkontakte", "2020-02", 30.2],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Venezuela (Bolivarian Republic of)", "VEN"),
        ("Dem. Rep. of the Congo", "COD"),
        ("Lao P.D.R.", "LAO"),
        ("Russian Fed.", "RUS"),
    ],
)
def test_names_of_the_united_nations_are_known(tmp_path: Path, name: str, code: str) -> None:
    found = figures(read(tmp_path, f"Country;Year;Value\n{name};2021;50,5\nKazakhstan;2021;90,9\n"))
    assert found[code, "2021"] == 50.5


def test_lines_of_one_cell_are_refused_with_how_to_part_them(tmp_path: Path) -> None:
    lines = "Country^Year^Value\nKazakhstan^2020^85.9\nKazakhstan^2021^90.9\n"
    with pytest.raises(TableError, match=r"every line is one cell; .* sep=\^"):
        read(tmp_path, lines)
    assert figures(read(tmp_path, f"sep=^\n{lines}")) == TWO


@pytest.mark.parametrize(
    "title",
    [
        "Пользователи интернета, мужчины, %", "Доля пользователей интернета в городской местности, %",
        "Доля населения, не пользующегося интернетом, %", "Пользователи интернета, в % к предыдущему году",
        "Internet users, index 2010=100", "Доля страны в мировом числе пользователей интернета, %",
        "Доля населения, ежедневно пользующегося интернетом, %", "Доля детей, пользующихся интернетом, %",
        "Доля школ, подключённых к интернету, %", "Интернет пайдаланушылардың үлесі, ерлер, %", "Internet users, women",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", [",", ";"])
def test_a_title_of_part_of_the_people_is_asked_about(tmp_path: Path, title: str, mark: str) -> None:
    rows = "Country;2020;2021\nKazakhstan;85.9;90.9\n".replace(";", mark)
    found = read(tmp_path, f"{title}\n{rows}")
    assert [one.code for one in found.questions] == ["about_others"]
    answered = read(tmp_path, f"{title}\n{rows}", columns={"2020": "internet_users_pct", "2021": "internet_users_pct"})
    assert figures(answered) == TWO


@pytest.mark.parametrize(
    "title",
    [
        "Пользователи интернета: мужчины и женщины, %", "Internet users, urban and rural areas, %",
        "Доля пользователей интернета в возрасте 6 лет и старше, %",
    ],
)  # fmt: skip
def test_a_title_of_all_people_is_no_question(tmp_path: Path, title: str) -> None:
    assert figures(read(tmp_path, f"{title}\nСтрана;2020;2021\nКазахстан;85,9;90,9\n")) == TWO


def test_a_year_and_a_unit_do_not_make_a_header_the_measure(tmp_path: Path) -> None:
    found = read(tmp_path, "Country;Never used the internet, 2021, %\nKazakhstan;9,1\n")
    assert [one.code for one in found.questions] == ["measure"]


def test_titles_within_a_table_begin_another_one(tmp_path: Path) -> None:
    first, other = (
        "Internet users, %;;\nKazakhstan;85,9;90,9\n",
        "Mobile lines, number per 100 people;;\nUzbekistan;97;98\n",
    )
    found = read(tmp_path, f"Country;2020;2021\n{first}{other}")
    assert (figures(found), remarks(found)["more_tables"]["place"]) == (TWO, "line 4")
    turned = read(tmp_path, f"Country;2020;2021\nMobile subscriptions, %;;\nUzbekistan;97;98\n{first}")
    assert [one.code for one in turned.questions] == ["about_others"]
