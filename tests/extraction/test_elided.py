"""Units and scales that a sentence or table tells once, in three languages; each value was noted by hand."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import sources
from digital_diplomacy.extraction import scan, told_apart


def figures(tmp_path: Path, text: str) -> pd.DataFrame:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    return told_apart(scan(blocks), blocks)


def told(tmp_path: Path, text: str) -> list[tuple[float, str]]:
    found = figures(tmp_path, text)
    found = found[found["unit"] != "date"]
    return list(zip(found["value"], found["unit"], strict=True))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Площадь сократилась с 13,2 до 12,4 млн гектаров, а сбор вырос.", [13.2e6, 12.4e6]),
        ("Emissions were cut from 95 to 40 thousand tonnes while output rose.", [95e3, 40e3]),
        ("Өнім 13,2-ден 12,4 млн тоннаға дейін азайды, ал баға өсті.", [13.2e6, 12.4e6]),
        ("It fell from 900 to 3 million tonnes.", [900e6, 3e6]),
        ("It rose from 900 to 3 million tonnes.", [900, 3e6]),  # nine hundred million would have fallen
    ],
)
def test_a_scale_told_once_is_of_both_ends_of_a_change(tmp_path: Path, text: str, values: list[float]) -> None:
    assert list(figures(tmp_path, text)["value"]) == values


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Turkey bought 1.0 million barrels, Egypt 0.9 million, and users grew to 3.2 million.", ["", "", "users"]),
        ("Перу закупило 1,0 млн тонн, Гана – 0,9 млн, Мали – 0,8 млн.", ["", "", ""]),
        ("Ресейге 1,2 млн тонна, Қытайға 0,9 млн жөнелтілді.", ["", ""]),
        ("Орташа балы 58,7 болса, кейін 68,3 балға жетті, яғни 9,6 балға немесе 16,4%-ға артты.",
         ["score", "score", "score", "percent"]),
        ("Output rose to 40 tonnes, a multiple of 2.4.", ["", "times"]),
        ("Hours worked totalled 35.7 million.", ["hours"]),
        ("Отработано часов – 35,7 млн.", ["hours"]),
        ("126 студент алты апталық курстан өтті.", ["persons", "weeks"]),
        ("Өңірлік үш университет студенттерінің дағдылары қаралды.", ["items"]),
        ("Донорлар 3,4 млн АҚШ долларын қосты.", ["dollars"]),  # no plural of «дол»
        ("Two of our suppliers' workers were hurt.", ["persons"]),
        ("Опрошено 1 600 респондентов в 20 регионах: 985 в городах и 715 в сёлах.",
         ["respondents", "regions", "respondents", "respondents"]),
        ("The survey covered 1,600 respondents in 20 regions: 985 in towns and 715 in villages.",
         ["respondents", "regions", "respondents", "respondents"]),
        ("Ещё 208 респондентов (13%) готовы платить, 1 296 (81%) – нет.",
         ["respondents", "percent", "respondents", "percent"]),
        ("Неэффективно израсходовано 2,6 млрд тенге, системных недостатков – 7.", ["KZT", "items"]),
        ("Permanent staff numbered 16,801 (91.0%), while 1,661 worked under fixed-term contracts.",
         ["persons", "percent", "persons"]),
        ("The channel had 61,480 followers. A year before this number was 34,910.", ["followers", "followers"]),
        ("Арнаның 61 480 жазылушысы бар. Бұрын бұл сан 34 910 болған.", ["followers", "followers"]),
        ("16 отырыстың 2-еуі кейінге қалды.", ["items", "items"]),
    ],
)  # fmt: skip
def test_a_number_is_of_the_unit_that_its_sentence_tells_for_all(tmp_path: Path, text: str, units: list[str]) -> None:
    assert [unit for _, unit in told(tmp_path, text)] == units


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Data were processed in SPSS 26.0 and R 4.3.1.", []),
        ("Scope 1 and 2 emissions fell by 8.3%.", [8.3]),
        ("Талдау корпусына 2021–2023 жылдары 24 елшіліктің хабарламасы енді.", [24]),
        ("Хабарламалардың 9 331-і (корпустың 49,8%-ы) орыс тілінде.", [9331, 49.8]),
        ("As Wood (1992: 118) remarks, 12 heard it.", [12]),
        ("It covers a hundred years.", [100]),
    ],
)
def test_names_with_numbers_are_no_figures_and_words_like_them_are(
    tmp_path: Path, text: str, values: list[float]
) -> None:
    assert [value for value, _ in told(tmp_path, text)] == values


@pytest.mark.parametrize(
    ("caption", "head", "rows", "told_of"),
    [
        ("Table 1. Emissions (thousand tonnes of CO2 equivalent)", "Source | 2023 | 2024", "Power | 1,912 | 1,874",
         [(1_912_000, ""), (1_874_000, "")]),
        ("Таблица 1. Источник новостей, %", "Источник | 2022 | Изменение, п.п.", "Радио | 41 | −10",
         [(41, "percent"), (-10, "percentage_points")]),
        ("Table 1. Trust, %", "Source | 2022 | Change, pp", "Radio | 41 | −10",
         [(41, "percent"), (-10, "percentage_points")]),
        ("1-кесте. Сенім, %", "Дереккөз | 2022 | Өзгеріс, п.т.", "Радио | 41 | −10",
         [(41, "percent"), (-10, "percentage_points")]),
        ("Table 1. Weekly reach, adults", "Country | Sample | Watched weekly | Per cent", "A | 1,500 | 315 | 21.0",
         [(1500, "persons"), (315, "persons"), (21, "percent")]),
        ("Table 1. Grain, thousand tonnes", "Region | 2024 | Farms, number", "North | 1,912 | 35",
         [(1_912_000, ""), (35, "items")]),
    ],
)  # fmt: skip
def test_heads_and_captions_tell_the_measure_of_cells(
    tmp_path: Path, caption: str, head: str, rows: str, told_of: list[tuple[float, str]]
) -> None:
    rule = "|".join(["---"] * (head.count("|") + 1))
    text = f"{caption}\n\n| {head} |\n|{rule}|\n| {rows} |\n"
    found = [one for one in told(tmp_path, text) if one[0] != 1]
    assert found == told_of


@pytest.mark.parametrize(
    ("title", "unit", "rows"),
    [
        ("1. Халық саны", "мың адам", "Өңір\t2022\t2023\nБатыс өңір\t2 518,8\t2 571,4\nШығыс өңір\t2 140,6\t2 158,9"),
        (
            "2.1 Численность занятых",
            "тыс. человек",
            "Регион\t2022\t2023\nЗапад\t2 518,8\t2 571,4\nВосток\t2 140,6\t2 158,9",
        ),
        (
            "Table 3. Employed",
            "(thousand persons)",
            "Region\t2022\t2023\nWest\t2,518.8\t2,571.4\nEast\t2,140.6\t2,158.9",
        ),
    ],
)
def test_a_line_between_a_title_and_its_table_says_what_its_numbers_are(
    tmp_path: Path, title: str, unit: str, rows: str
) -> None:
    wanted = [(2518800.0, "persons"), (2571400.0, "persons"), (2140600.0, "persons"), (2158900.0, "persons")]
    assert told(tmp_path, f"{title}\n\n{unit}\n\n{rows}\n") == wanted


def test_a_title_that_ends_with_a_time_counts_what_it_names(tmp_path: Path) -> None:
    text = "### Authors of posts in a month\n\nLakes\t1.05 million\nRivers\t509 thousand\n"
    assert told(tmp_path, text) == [(1050000.0, "authors"), (509000.0, "authors")]
    text = "### Авторов в сетях в месяц\n\nОзёра\t1,05 млн\nРеки\t509 тыс.\n"
    assert told(tmp_path, text) == [(1050000.0, "authors"), (509000.0, "authors")]


def test_a_sentence_that_goes_on_below_a_blank_line_is_no_unit_of_a_table(tmp_path: Path) -> None:
    assert told(tmp_path, "В селе их 5\n\nтыс. человек и более.\n") == [(5000.0, "persons")]
    assert told(tmp_path, "Таких лиц 16, и среди них\n\nмлн причин жить.\n\nГод\tЧисло лиц\n2020\t45\n")[-1][0] == 45
