"""Tables in plain text whose cells blanks, semicolons or a bar part."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.sources.papers.spaced import cells_of

RU = """Отчёт министерства о работе в сети. Данные даны ниже.

Таблица 1. Доходы по видам услуг, млрд тенге

Вид услуг              2022    2023   Изменение, %
Мобильная связь       300,0   330,0           10,0
Интернет              200,0   212,0            6,0
Всего                 500,0   542,0            8,4

Других данных нет.
"""
KK = """Министрліктің желідегі жұмысы туралы есебі.

4-кесте. Өтініштер саны
мың

Өңір 2022 2023
Алматы 120,4 130,2
Астана 98,1 101,7
Барлығы 218,5 231,9
"""
EN = """Report of the ministry on its work online.

Platform; Posts; Share, %
Facebook; 1,230; 61.5
Telegram; 510; 25.5
X; 260; 13.0
Total; 2,000; 100.0
"""


def reviewed(text: str, folder: Path) -> drafting.Review:
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return drafting.review(sources.read_paper(path))


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        (RU, "Интернет", [(2e11, "KZT"), (2.12e11, "KZT"), (6.0, "percent")]),
        (KK, "Алматы", [(120_400.0, "appeals"), (130_200.0, "appeals")]),
        (EN, "Telegram", [(510.0, "messages"), (25.5, "percent")]),
    ],
)
def test_cells_have_the_value_and_unit_that_heads_and_titles_name(
    text: str, row: str, told: list[tuple[float, str]], tmp_path: Path
) -> None:
    figures = reviewed(text, tmp_path).figures
    cells = figures[(figures["row"] == row) & (figures["role"] == "figure")]
    assert list(zip(cells["value"], cells["unit"], strict=True)) == told


@pytest.mark.parametrize(("text", "kinds"), [
    (RU, {"sum_of_parts": 2, "growth_rate": 3}),
    (KK, {"sum_of_parts": 2}),
    (EN, {"sum_of_parts": 2, "share_of_base": 3, "sum_to_100": 1}),
])  # fmt: skip
def test_what_a_table_adds_up_is_drafted_and_holds(text: str, kinds: dict[str, int], tmp_path: Path) -> None:
    found = reviewed(text, tmp_path)
    assert found.relations["kind"].value_counts().to_dict() == kinds
    assert set(found.findings["verdict"]) == {"holds"}


def test_a_misprint_in_a_cell_fails_its_sums(tmp_path: Path) -> None:
    found = reviewed(RU.replace("212,0", "221,0"), tmp_path)
    assert set(found.findings.loc[found.findings["verdict"] == "fails", "kind"]) == {"growth_rate", "sum_of_parts"}


def test_a_total_is_not_set_against_a_share_of_something_else(tmp_path: Path) -> None:
    text = """Report of the ministry on its work online.

Table 1. Questions and replies by platform

Platform    Questions   Replies   Response rate
Facebook       82,944    19,077           23.0%
Twitter        34,560     4,147           12.0%
All           117,504    23,224           19.8%

In all, 117,504 comments, or 19.3% of the total, were classified as questions.
"""
    assert "fails" not in set(reviewed(text, tmp_path).findings["verdict"])


def test_one_blank_parts_cells_and_goes_through_numbers() -> None:
    rows = cells_of(["Желі Жазба Үлес, %", "Facebook 7 873 54,0", "Instagram 4 374 30,0", "Twitter 2 333 16,0"])
    assert [rows[place] for place in range(4)] == [
        ("Желі", "Жазба", "Үлес, %"),
        ("Facebook", "7 873", "54,0"),
        ("Instagram", "4 374", "30,0"),
        ("Twitter", "2 333", "16,0"),
    ]


def test_a_head_over_two_columns_stands_over_both() -> None:
    lines = [
        "            2022 год           2023 год",
        "        жители  сеть      жители  сеть",
        "Город     12,0  11,4        12,2  11,7",
        "Село       7,6   6,8         7,5   6,9",
    ]
    assert cells_of(lines)[0] == ("", "2022 год", "2022 год", "2023 год", "2023 год")


@pytest.mark.parametrize(
    "lines",
    [
        ["The ministry   has 23,900  followers", "and the embassy   had   1,200 of them"],
        ["– качество Интернета – 4 452;", "– неверное начисление платы – 2 226;", "– прочее – 1 020."],
        ["In 2021 there were 45", "embassies, and in 2022", "there were 52 of them."],
        ["1.  Facebook", "2.  Telegram", "3.  X"],
    ],
)
def test_prose_and_lists_are_no_tables(lines: list[str]) -> None:
    assert cells_of(lines) == {}
