"""Messy tables as people have them: read right, asked about or refused row by row, never silently wrong.

Every table is made here, and what is expected was read off it by eye.
"""

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from digital_diplomacy import penetration, sources
from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.sources import intake
from digital_diplomacy.sources.intake import Answers, Origin, Reading
from digital_diplomacy.tables import own_source

USERS = intake.kind_of("internet_users")
REPOSITORY = Path(__file__).parents[2]


def ods(rows: list[list[object]]) -> bytes:
    """A spreadsheet of OpenDocument with one sheet, numbers as numbers."""
    cells = [
        "".join(
            f"<table:table-cell office:value-type='{kind}' office:value='{cell}'><text:p>{cell}</text:p>"
            "</table:table-cell>"
            for cell, kind in ((cell, "string" if isinstance(cell, str) else "float") for cell in row)
        )
        for row in rows
    ]
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='1'>{body}"
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated='
            '"1024"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return stream.getvalue()


def xlsx(rows: list[list[object]], *, percent: str = "", merged: str = "") -> bytes:
    """A workbook of Excel; cells ``percent`` are shown as percent, cells ``merged`` are one."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for line in sheet[percent] if percent else ():
        for cell in line:
            cell.number_format = "0.0%"
    if merged:
        sheet.merge_cells(merged)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(
    folder: Path, content: str | bytes, encoding: str = "utf-8", kind: str = "internet_users", **said: Any
) -> Reading:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return intake.read_foreign(path, intake.kind_of(kind), Answers(**said))


def figures(reading: Reading) -> dict[tuple[str, str], float]:
    assert not reading.questions, [one.code for one in reading.questions]
    assert not reading.faults, [(one.code, dict(one.named)) for one in reading.faults]
    frame = reading.frame
    return {(one.entity, one.period): one.value for one in frame.itertuples()}


TWO = {("KAZ", "2020"): 85.9, ("KGZ", "2021"): 77.9}

RIGHT: dict[str, tuple[str | bytes, str, dict[str, Any], dict[tuple[str, str], float]]] = {
    "plain English": ("Country,Year,Value\nKazakhstan,2020,85.9\nKyrgyzstan,2021,77.9\n", "utf-8", {}, TWO),
    "byte order mark": ("Country,Year,Value\nKAZ,2020,85.9\nKGZ,2021,77.9\n", "utf-8-sig", {}, TWO),
    "Windows-1251, semicolons, commas, totals, notes": (
        "Страна;Год;Пользователи интернета, %\nРеспублика Казахстан;2020 г.;85,9 %\nКыргызстан;2021*;77,9\n"
        "Итого;;81,9\n* предварительные данные;;\n",
        "cp1251", {}, TWO,
    ),
    "KZ-1048 in Kazakh": (
        "Ел;Жыл;Интернет пайдаланушылардың үлесі, %\nҚазақстан;2020 ж.;85,9\nҚырғызстан;2021;77,9\nБарлығы;;82\n",
        "kz1048", {}, TWO,
    ),
    "UTF-16 with tabs": ("Ел\tЖыл\tМәні\nҚазақстан\t2020\t85,9\nҚырғыз Республикасы\t2021\t77,9\n", "utf-16", {}, TWO),
    "UTF-16 without a mark": ("Country;Year;Value\nKAZ;2020;85,9\nKGZ;2021;77,9\n", "utf-16-be", {}, TWO),
    "UTF-32": ("Country;Year;Value\nKAZ;2020;85,9\nKGZ;2021;77,9\n", "utf-32", {}, TWO),
    "line sep=": ("sep=|\nCountry|Year|Value\nKAZ|2020|85,9\nKGZ|2021|77,9\n", "utf-8", {}, TWO),
    "bars, words for nothing": (
        "Страна|Год|Значение\nКазахстан|2020|85,9\nКазахстан|2021|н/д\nКыргызстан|2021|77,9\nКыргызстан|2022|—\n"
        "Кыргызстан|2023|..\n",
        "utf-8", {}, TWO,
    ),
    "years as columns, aggregates, Korea": (
        "Country Name;2015;2016\nKorea, Rep.;89.9;92.8\nWorld;41;43\nEurope & Central Asia;66;70\n",
        "utf-8", {}, {("KOR", "2015"): 89.9, ("KOR", "2016"): 92.8},
    ),
    "World Bank's file": (
        '"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-04-08",\n\n"Country Name",'
        '"Country Code","Indicator Name","Indicator Code","2019","2020",\n"Kazakhstan","KAZ","Individuals using the '
        'Internet (% of population)","IT.NET.USER.ZS","81.9","85.9",\n"World","WLD","Individuals using the Internet '
        '(% of population)","IT.NET.USER.ZS","54","60",\n',
        "utf-8-sig", {}, {("KAZ", "2019"): 81.9, ("KAZ", "2020"): 85.9},
    ),
    "World Bank's DataBank, another indicator": (
        "Country Name,Country Code,Series Name,Series Code,2020 [YR2020],2021 [YR2021]\nKazakhstan,KAZ,Individuals "
        'using the Internet (% of population),IT.NET.USER.ZS,85.9,..\nKazakhstan,KAZ,"Population, total",SP.POP.TOTL,'
        "18.7,19\n",
        "utf-8", {}, {("KAZ", "2020"): 85.9},
    ),
    "Our World in Data": (
        "Entity,Code,Year,it_net_user_zs\nKazakhstan,KAZ,2020,85.9\nKyrgyzstan,KGZ,2021,77.9\nWorld,OWID_WRL,2020,60\n",
        "utf-8", {}, TWO,
    ),
    "small letters of Gapminder": ("geo,time,value\nkaz,2020,85.9\nkgz,2021,77.9\n", "utf-8", {}, TWO),
    "merged header of two lines": (
        "Таблица 3. Доступ к сети\nСтрана;Доля пользователей интернета, %;\n;2020;2021\nКазахстан;85,9;90,9\n"
        "Примечание: оценка\n",
        "utf-8", {}, {("KAZ", "2020"): 85.9, ("KAZ", "2021"): 90.9},
    ),
    "years above two measures": (
        "Страна;2020;;2021;\n;Население, млн;Пользователи интернета, %;Население, млн;Пользователи интернета, %\n"
        "Казахстан;18,7;85,9;19,0;90,9\n",
        "utf-8", {}, {("KAZ", "2020"): 85.9, ("KAZ", "2021"): 90.9},
    ),
    "numbers of columns, repeated header": (
        "Страна;Год;Значение\n1;2;3\nКазахстан;2020;85,9\nСтрана;Год;Значение\nКыргызстан;2021;77,9\n",
        "utf-8", {}, TWO,
    ),
    "pasted from a PDF": (
        "Кыргызстан и соседи\nСтрана            2020    2021\nКыргызстан        61,5    77,9\n"
        "Российская Федерация   85,0    88,2\nВсего  70,0  80,0\n",
        "utf-8", {},
        {("KGZ", "2020"): 61.5, ("KGZ", "2021"): 77.9, ("RUS", "2020"): 85.0, ("RUS", "2021"): 88.2},
    ),
    "marks of footnotes and flags": (
        "Country\tYear\tInternet users\nTürkiye¹\t2020*\t77.7 b\nGeorgia (Country)\t2020\t72.5²\n",
        "utf-8", {}, {("TUR", "2020"): 77.7, ("GEO", "2020"): 72.5},
    ),
    "decimals of three digits beside others": (
        "Country;Year;Value\nKAZ;2020;10,500\nKGZ;2020;61,5\n",
        "utf-8", {}, {("KAZ", "2020"): 10.5, ("KGZ", "2020"): 61.5},
    ),
    "decimals of three digits, answered": (
        'Country,Year,Value\nKAZ,2020,"10,500"\n', "utf-8", {"decimal": ","}, {("KAZ", "2020"): 10.5},
    ),
    "merged cells of countries": (
        "Страна;Год;Значение\nКазахстан;2020;85,9\n;2021;90,9\nКыргызстан;2020;61,5\n;2021;77,9\n", "utf-8", {},
        {("KAZ", "2020"): 85.9, ("KAZ", "2021"): 90.9, ("KGZ", "2020"): 61.5, ("KGZ", "2021"): 77.9},
    ),
    "one country, said": (
        "Год;Доля пользователей интернета\n2020;61,5\n2021;77,9\n", "utf-8", {"country": "KGZ"},
        {("KGZ", "2020"): 61.5, ("KGZ", "2021"): 77.9},
    ),
    "column, period and name said": (
        "Республика;Охват\nКазахстан;85,9\nКорея;96,5\n", "utf-8",
        {"columns": {"Охват": "internet_users_pct", "#1": "country"}, "period": "2020", "entities": {"Корея": "KOR"}},
        {("KAZ", "2020"): 85.9, ("KOR", "2020"): 96.5},
    ),
    "shares, said": (
        "ел,жыл,мәні\nҚазақстан,2020,0.859\nҚырғызстан,2021,0.779\n", "utf-8", {"unit": "share"}, TWO,
    ),
    "Excel, percent as numbers, merged title": (
        xlsx([["Интернет", None, None], ["Страна", "Год", "Доля пользователей интернета"], ["Казахстан", 2020, 0.859],
              ["Кыргызстан", 2021, 0.779]], percent="C3:C4", merged="A1:C1"),
        "", {}, TWO,
    ),
    "a comma in every line, within cells": (
        "Пользователи интернета, % населения\nСтрана;Год;Доля пользователей, %\nКазахстан;2020;85,9\n"
        "Кыргызстан;2021;77,9\n", "cp1251", {}, TWO,
    ),
    "OpenDocument": (
        ods([["Страна", "Год", "Значение"], ["Казахстан", 2020, 85.9], ["Кыргызстан", 2021, 77.9]]), "", {}, TWO,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_a_messy_table_is_read_right(tmp_path: Path, case: str) -> None:
    content, encoding, said, expected = RIGHT[case]
    assert figures(read(tmp_path, content, encoding, **said)) == expected


ASKED = {
    "no countries": ("Год;Доля пользователей интернета\n2020;61,5\n", "country"),
    "no years": ("Страна;Доля пользователей интернета\nКазахстан;85,9\nКыргызстан;61,5\n", "period"),
    "unknown column": ("Страна;Год;Охват\nКазахстан;2020;85,9\n", "measure"),
    "people instead of percent": ("Страна;Год;Пользователи интернета, тыс. чел.\nКазахстан;2020;16,1\n", "measure"),
    "two columns of the same": ("Страна;Год;Значение;Мәні\nКазахстан;2020;85,9;86\n", "twice"),
    "two readings of every figure": ('Country,Year,Value\nKAZ,2020,"10,500"\nKGZ,2020,"12,250"\n', "decimal"),
    "shares or percent": ("Country,Year,Value\nKAZ,2020,0.859\n", "unit"),
    "decimal commas between commas, a comma at the end": ("country,year,value,\nKAZ,2020,85,9\n", "nameless"),
    "Georgia alone": ("State,Year,Value\nGeorgia,2020,72.5\n", "georgia"),
    "no row of the measure": ("Country,Indicator,2020\nKAZ,Mobile subscriptions,85\n", "series"),
}  # fmt: skip


def test_a_state_that_is_left_out_does_not_make_a_country_of_georgia(tmp_path: Path) -> None:
    content = "Country,Year,Value\nGeorgia,2020,72.5\nAlabama,2020,80.1\n"
    found = read(tmp_path, content, entities={"Alabama": "-"})
    assert [one.code for one in found.questions] == ["georgia"]
    told = read(tmp_path, content, entities={"Alabama": "-", "Georgia": "GEO"})
    assert told.questions == ()
    assert list(told.frame["entity"]) == ["GEO"]


def test_a_share_of_one_of_several_measures_is_asked_for(tmp_path: Path) -> None:
    asked = read(tmp_path, "Страна;Год;Доля, %\nКазахстан;2020;85,9\n", kind="datareportal").questions
    assert [one.code for one in asked] == ["measure"]


@pytest.mark.parametrize("case", ASKED)
def test_what_a_table_leaves_open_is_asked(tmp_path: Path, case: str) -> None:
    content, code = ASKED[case]
    assert [one.code for one in read(tmp_path, content).questions] == [code]


WRONG = {
    "a country of two names": ("Congo,2020,20.1", "country", "line 2"),
    "a country nobody knows": ("Kazahstan,2020,20.1", "country", "line 2"),
    "no country's name at all": ("Атлантида,2020,20.1", "no_country", "line 2"),
    "a figure above 100": ("KAZ,2020,859", "outside", "line 2"),
    "below 0": ("KAZ,2020,-8.5", "outside", "line 2"),
    "a footnote that may be a digit": ("KAZ,2020,85.91)", "bracket", "line 2"),
    "no figure": ("KAZ,2020,many", "unreadable", "line 2"),
    "a bound": ("KAZ,2020,more than 85", "bound", "line 2"),
    "a range": ("KAZ,2020,80-85", "bound", "line 2"),
    "a month": ("KAZ,2020-05,85.9", "period", "line 2"),
    "a footnote at a year": ("KAZ,20201,85.9", "period", "line 2"),
    "one country twice": ("KAZ,2020,85.9\nKazakhstan,2020,86.0", "doubled", "line 3"),
    "decimal commas between commas": ("KAZ,2020,85,9", "width", "line 2"),
    "persons": ("KAZ,2020,16 million people", "outside", "line 2"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, case: str) -> None:
    rows, code, place = WRONG[case]
    found = read(tmp_path, f"Country,Year,Value\n{rows}\nUZB,2020,71.1\n")
    assert [(one.code, one.named["place"]) for one in found.faults] == [(code, place)]


@pytest.mark.parametrize(("messages", "authors"), [("100", "200"), ("100", "0"), ("0", "0")])
def test_authors_who_cannot_have_written_the_messages_are_told(tmp_path: Path, messages: str, authors: str) -> None:
    rows = [f"Instagram,{messages},{authors}", "YouTube,7,7"]
    table = "\n".join(["Country,Period,Platform,Messages,Authors", *(f"KAZ,2023-09,{row}" for row in rows)])
    found = read(tmp_path, table, kind="brand_analytics_2023")
    assert [(one.code, one.named["place"], one.named["text"]) for one in found.faults] == [
        ("authors", "line 2", authors)
    ]


def test_name_and_code_of_two_countries_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, "Country,Code,Year,Value\nKazakhstan,KGZ,2020,85.9\n")
    assert [one.code for one in found.faults] == ["two_countries"]


def test_a_number_or_mark_before_a_country_makes_no_note_of_its_row(tmp_path: Path) -> None:
    table = "Страна;Год;Значение\n1) Казахстан;2020;85,9\n*Кыргызстан;2021;77,9\n* по оценке; см. 2019;\n"
    assert figures(read(tmp_path, table)) == TWO


def test_an_index_reads_opendocument_and_names_of_publishers(tmp_path: Path) -> None:
    path = tmp_path / "values.ods"
    path.write_bytes(ods([["entity", "users"], ["Korea, Rep.", 96.5], ["Kazakhstan", 85.9]]))
    frame = sources.read_table(path, required=["entity"])
    assert frame["users"].tolist() == [96.5, 85.9]
    assert sources.country_codes([*frame["entity"], "Congo"]) == {"Korea, Rep.": "KOR", "Kazakhstan": "KAZ"}


def test_a_short_row_of_a_pasted_table_is_no_guess(tmp_path: Path) -> None:
    # The gap is that of 2020; cut at blanks alone, 77,9 would become a figure of 2020.
    table = "Страна        2020    2021\nКазахстан     85,9    90,9\nКыргызстан            77,9\n"
    assert [(one.code, one.named["place"]) for one in read(tmp_path, table).faults] == [("width", "line 3")]


def test_codes_of_two_letters_count_only_in_company(tmp_path: Path) -> None:
    # GA alone is Gabon, or Georgia in the USA.
    assert figures(read(tmp_path, "Country,Year,Value\nKZ,2020,85.9\nKG,2021,77.9\n")) == TWO
    assert [one.code for one in read(tmp_path, "Country,Year,Value\nGA,2020,85.9\n").faults] == ["country"]


def test_the_last_digit_is_the_interval(tmp_path: Path) -> None:
    # 85,90 is told to hundredths: half of 0.01 on either side.
    frame = read(tmp_path, "Страна;Год;Значение\nКазахстан;2020;85,90\n").frame
    assert frame[["as_printed", "low", "high"]].to_numpy().tolist() == [["85,90", 85.895, 85.905]]


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no line names the columns"):
        read(tmp_path, "KAZ,2020,85.9\nKGZ,2021,77.9\n")


def test_figures_on_platforms_are_known_by_any_name_of_theirs(tmp_path: Path) -> None:
    # 13,54 % to hundredths: 13.535 to 13.545.
    found = read(
        tmp_path, "Страна;Год;Соцсеть;Доля, %\nКыргызстан;2024;ВКонтакте;13,54\nКыргызстан;2024;facebook;20,1\n",
        kind="statcounter_2020",
    )  # fmt: skip
    assert not found.questions
    assert not found.faults
    rows = found.frame.sort_values("platform")[["platform", "measure", "value", "low", "high", "base"]]
    assert rows.to_numpy().tolist()[1] == ["vkontakte", "referral_share", 13.54, 13.535, 13.545, "page_views"]


def test_thousands_of_a_header_count(tmp_path: Path) -> None:
    # 4,52 млн: 4,515,000 to 4,525,000.
    found = read(
        tmp_path, "Страна;Год;Пользователи интернета, млн чел.\nКыргызстан;2024;4,52\n", kind="datareportal"
    )  # fmt: skip
    rows = found.frame[["measure", "value", "low", "high", "unit"]]
    assert rows.to_numpy().tolist() == [["internet_users", 4520000, 4515000, 4525000, "persons"]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "data" / "raw").mkdir(parents=True)
    for name in ("datapackage.json", "internet_users.csv"):
        shutil.copy(REPOSITORY / "data" / "raw" / name, folder / "data" / "raw" / name)
    (folder / "data" / "processed").mkdir()
    shutil.copy(REPOSITORY / "data" / "processed" / "datapackage.json", folder / "data" / "processed")
    return folder


def brought(tmp_path: Path, rows: str = "Кыргызстан;2022;79,8\nКыргызстан;2023;88,5\n") -> tuple[Reading, Origin]:
    path = tmp_path / "mine.csv"
    path.write_text(f"Страна;Год;Значение\n{rows}", encoding="cp1251")
    return intake.read_foreign(path, USERS), Origin(path, "Нацстатком КР", "CC-BY-4.0", "https://example.org")


def test_a_table_taken_in_stands_before_the_projects(project: Path, tmp_path: Path) -> None:
    before = sources.load("internet_users", root=project)
    name = intake.add(*_with_kind(brought(tmp_path)), root=project)
    table = sources.load("internet_users", root=project)
    own = table[table["iso3"] == "KGZ"]
    assert own["year"].tolist() == [2022, 2023]
    assert own["internet_users_pct"].tolist() == [79.8, 88.5]
    assert set(own["source_id"]) == {own_source("Нацстатком КР")}
    rest = table[table["iso3"] != "KGZ"]
    assert set(rest["source_id"]) == {"internet_users"}
    assert (
        rest.drop(columns="source_id")
        .reset_index(drop=True)
        .equals(before[before["iso3"] != "KGZ"].reset_index(drop=True))
    )
    users = penetration.internet_users(table, countries=["KGZ", "KAZ"])
    assert users.groupby("entity")["source_id"].unique().str[0].to_dict() == {
        "KGZ": own_source("Нацстатком КР"), "KAZ": "internet_users",
    }  # fmt: skip
    described = sources.describe(name, root=project)
    assert described["licenses"] == [{"name": "CC-BY-4.0"}]
    [source] = described["sources"]
    assert (source["title"], source["path"]) == ("Нацстатком КР", "https://example.org/")
    assert described["takenFrom"]["columns"] == {"Страна": "entity", "Год": "period", "Значение": "internet_users_pct"}


def _with_kind(given: tuple[Reading, Origin]) -> tuple[Reading, intake.Kind, Origin]:
    return given[0], USERS, given[1]


def test_a_table_taken_out_leaves_the_descriptor_as_it_was(project: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in (project / "data" / "raw").iterdir()}
    name = intake.add(*_with_kind(brought(tmp_path)), root=project)
    intake.remove(name, root=project)
    assert {path.name: path.read_bytes() for path in (project / "data" / "raw").iterdir()} == before


def test_a_tables_own_words_never_take_a_project_table_out(project: Path) -> None:
    said = "'internet_users' is no table that `data add` or `data fetch` took in; there are: none"
    with pytest.raises(SourceError, match=said):
        intake.remove("internet_users", root=project)


def test_a_second_table_on_a_country_is_refused_and_one_on_another_is_not(project: Path, tmp_path: Path) -> None:
    intake.add(*_with_kind(brought(tmp_path)), root=project)
    with pytest.raises(SourceError, match=r"mine\.csv is there already, as the table own_internet_users"):
        intake.add(*_with_kind(brought(tmp_path)), root=project)
    with pytest.raises(SourceError, match=r"KGZ: your table own_internet_users .* has figures already"):
        intake.add(*_with_kind(brought(tmp_path, "Кыргызстан;2024;90,1\n")), root=project)
    assert intake.add(*_with_kind(brought(tmp_path, "Узбекистан;2024;90,1\n")), root=project) == "own_internet_users_2"
    table = sources.load("internet_users", root=project).query("source_id != 'internet_users'")
    assert sorted(set(table["iso3"])) == ["KGZ", "UZB"]


def test_a_reading_with_faults_is_never_taken_in(project: Path, tmp_path: Path) -> None:
    before = (project / "data" / "raw" / "datapackage.json").read_bytes()
    with pytest.raises(ValueError, match="answer its questions and mend its faults"):
        intake.add(*_with_kind(brought(tmp_path, "Кыргызстан;2024;901\n")), root=project)
    assert (project / "data" / "raw" / "datapackage.json").read_bytes() == before
    assert json.loads(before)["resources"]


LONG = "Страна;Год;Значение\nКазахстан;2020;85,9\nКыргызстан;2021;77,9\n"
WIDE = "Страна;2020;2021\nКазахстан;85,9;90,9\n"


@pytest.mark.parametrize(
    ("content", "said", "codes"),
    [
        (WIDE, {"period": "20201"}, ["no_period"]),
        (LONG, {"period": "20201"}, ["no_period"]),
        ("Страна;Значение\nКазахстан;85,9\n", {"period": "2020-13"}, ["no_period"]),
        ("Страна;Значение\nКазахстан;85,9\n", {"period": "2020-05"}, ["no_period"]),  # this table is one of years
        (WIDE, {"period": "2020"}, ["period_told"]),
        (LONG, {"period": "2019"}, ["period_told"]),
        (LONG, {"country": "KGZ"}, ["other_country"]),
        (LONG, {"columns": {"Охват": "internet_users_pct"}}, ["strange_name"]),
        (LONG, {"columns": {"#4": "-"}}, ["strange_name"]),
        (LONG, {"entities": {"Узбекия": "UZB"}}, ["strange_name"]),
        (LONG, {"platforms": {"VK": "vkontakte"}}, ["strange_name"]),
    ],
)
def test_an_answer_that_the_file_gives_itself_or_knows_nothing_of_is_a_fault(
    tmp_path: Path, content: str, said: dict[str, Any], codes: list[str]
) -> None:
    found = read(tmp_path, content, **said)
    assert [one.code for one in found.faults] == codes


def test_answers_that_add_to_what_the_file_says_are_taken(tmp_path: Path) -> None:
    short = "Страна;Год;Значение\nКазахстан;2020;85,9\nКыргызстан;;77,9\n"
    assert figures(read(tmp_path, short, period="2021")) == TWO
    assert figures(read(tmp_path, "Год;Значение\n2020;85,9\n", country="KAZ")) == {("KAZ", "2020"): 85.9}
    own = "Страна;Год;Значение\nРеспублика Казахстан;2020;85,9\n"
    assert figures(read(tmp_path, own, country="KAZ")) == {("KAZ", "2020"): 85.9}
    left = read(tmp_path, LONG.replace("2021", "2022"), country="KGZ", columns={"Страна": "-"})
    assert figures(left) == {("KGZ", "2020"): 85.9, ("KGZ", "2022"): 77.9}


@pytest.mark.parametrize("name", ["table.xlsx", "table.csv", "table.sav"])
@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 4,
        b"\x00\x01\x02\x03\x05\x06",
    ],
)
def test_what_is_no_text_is_told_so(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match="neither text nor a workbook; open it in the program that made it"):
        intake.read_foreign(tmp_path / name, USERS)


def test_a_stray_mark_of_control_or_the_end_of_old_files_is_still_text(tmp_path: Path) -> None:
    assert figures(read(tmp_path, LONG + "\x1a")) == TWO


@pytest.mark.parametrize("header", ["Месяц", "Ай", "Month"])
def test_a_column_of_months_is_one_of_periods(tmp_path: Path, header: str) -> None:
    text = f"{header};Платформа;Авторы\n2024-01;Telegram;500\nфевраль 2024;Telegram;550\n"
    found = read(tmp_path, text, kind="brand_analytics_2023", country="KGZ")
    assert figures(found) == {("KGZ", "2024-01"): 500, ("KGZ", "2024-02"): 550}
