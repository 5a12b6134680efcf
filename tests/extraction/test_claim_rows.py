"""Short texts of our own in three languages; what each prints was noted by hand beside it."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy.extraction import COLUMNS, scan
from digital_diplomacy.extraction.claim_rows import _limits, _period
from digital_diplomacy.printed import Convention, Printed, find
from digital_diplomacy.sources import read_paper

RUSSIAN = (
    "В 2022 году страницу министерства читали более 12,5 тыс. подписчиков, а каждый третий из них моложе 30 лет [4].",
    [
        ("2022 году", "2022", "date", "exact"),
        ("более 12,5 тыс. подписчиков", 12500, "followers", "at_least"),
        ("каждый третий", 33.333333, "percent", "about"),
        ("моложе 30 лет", 30, "years", "at_most"),
    ],
)
RUSSIAN_SHARES = (
    "Доверяют 41,25 процента опрошенных, не доверяют 30,5 проц.; подробнее см. www.example.kz/2019/05 и табл. 3.",
    [("41,25 процента", 41.25, "percent", "exact"), ("30,5 проц.", 30.5, "percent", "exact")],
)
RUSSIAN_RANK = (
    "Страна поднялась на 28-е место из 193 стран (DOI: 10.1234/ab.2020.5), хотя тысячи граждан ждали первой десятки.",
    [
        ("28-е место", 28, "rank", "exact"),
        ("193 стран", 193, "countries", "exact"),
        ("тысячи", 1000, "persons", "at_least"),
    ],
)
ENGLISH = (
    "By 2027 the portal should serve 3.4 million users; in 2021 it had 2,150,000 users, almost half of adults aged 18.",
    [
        ("By 2027", "2027", "date", "at_most"),
        ("3.4 million users", 3400000, "users", "exact"),
        ("2021", "2021", "date", "exact"),
        ("2,150,000 users", 2150000, "users", "exact"),
        ("almost half of", 50, "percent", "about"),
        ("18", 18, "years", "exact"),
    ],
)
ENGLISH_COUNTS = (
    "One of the surveys covered 17 regions and twelve cities; COVID-19 and 3D models are no figures (Smith 2014: 5-9).",
    [
        ("17 regions", 17, "regions", "exact"),
        ("twelve", 12, "items", "exact"),
        ("2014", "2014", "date", "exact"),
    ],
)
ENGLISH_MARKS = (
    "The ministry opened 741* accounts and closed 12 [3] of them, from 15 to 20 percent fewer than in March 2019.",
    [
        ("741", 741, "accounts", "exact"),
        ("12", 12, "accounts", "exact"),
        ("from 15 to 20 percent", (15, 20), "percent", "exact"),
        ("March 2019", "2019-03", "date", "exact"),
    ],
)
KAZAKH = (
    "2023 жылы порталға 1,2 млн пайдаланушы тіркелді, олардың үштен бірі жастар; сайтты 15 мыңнан астам адам оқиды.",
    [
        ("2023 жылы", "2023", "date", "exact"),
        ("1,2 млн пайдаланушы", 1200000, "users", "exact"),
        ("үштен бірі", 33.333333, "percent", "about"),
        ("15 мыңнан астам адам", 15000, "persons", "at_least"),
    ],
)
KAZAKH_RANK = (
    "Қазақстан рейтингте 44-орын алды және 17 өңірдің бесеуінде 24/7 байланыс орталығы бар, үлесі 63,5 пайыз.",
    [
        ("44-орын", 44, "rank", "exact"),
        ("17 өңірдің", 17, "regions", "exact"),
        ("24/7", 24, "hours_per_day", "exact"),
        ("63,5 пайыз", 63.5, "percent", "exact"),
    ],
)
KAZAKH_MONEY = (
    "Бағдарламаға 2021–2025 жылдарға 18,4 млрд теңге бөлінді, бұл мыңдаған азамат үшін 10 жылдық жұмыс.",
    [
        ("2021–2025 жылдарға", "2021/2025", "date", "exact"),
        ("18,4 млрд теңге", 18400000000, "KZT", "exact"),
        ("мыңдаған", 1000, "persons", "at_least"),
    ],
)
LIVES = (
    "Социолог Анна Петрова (1881–1955) описала сеть; в начале 2000-х её открыли вновь, а 9 мая 2010 года издали.",
    [
        ("1881", "1881", "date", "exact"),
        ("1955", "1955", "date", "exact"),
        ("начале 2000-х", "2000", "date", "about"),
        ("9 мая 2010 года", "2010-05-09", "date", "exact"),
    ],
)
TEXTS = {
    "ru": RUSSIAN, "ru_shares": RUSSIAN_SHARES, "ru_rank": RUSSIAN_RANK, "en": ENGLISH, "en_counts": ENGLISH_COUNTS,
    "en_marks": ENGLISH_MARKS, "kk": KAZAKH, "kk_rank": KAZAKH_RANK, "kk_money": KAZAKH_MONEY, "lives": LIVES,
}  # fmt: skip


def found(tmp_path: Path, text: str) -> pd.DataFrame:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    return scan(read_paper(tmp_path / "paper.txt"))


def said(row: object) -> tuple[object, ...]:
    value = row.value if row.value == row.value else row.value_date or (row.low, row.high)  # type: ignore[attr-defined]
    return row.as_printed, value, row.unit, row.bound  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", TEXTS)
def test_figures_of_a_text_are_found_with_value_unit_and_bound(tmp_path: Path, name: str) -> None:
    text, expected = TEXTS[name]
    table = found(tmp_path, text)
    wanted = {row[0]: row for row in expected}
    read = {said(row)[0]: said(row) for row in table.itertuples()}
    assert {key: read.get(key) for key in wanted} == wanted
    assert len(read) <= len(wanted) + 1


@pytest.mark.parametrize("name", TEXTS)
def test_offsets_and_language_are_those_of_the_text(tmp_path: Path, name: str) -> None:
    text = TEXTS[name][0]
    table = found(tmp_path, text)
    assert list(table.columns) == list(COLUMNS)
    assert [text[row.start : row.end] for row in table.itertuples()] == list(table["as_printed"])
    assert set(table["language"]) == {"ru" if name == "lives" else name[:2]}


def test_numbers_of_lists_are_no_figures_but_their_length_is_one(tmp_path: Path) -> None:
    table = found(tmp_path, "Есть три задачи:\n\n1) учить людей;\n2) читать письма;\n3) отвечать всем.\n")
    assert [said(row)[:3] for row in table.itertuples()] == [("три", 3, "items"), ("3", 3, "items")]


def test_references_are_told_from_the_text(tmp_path: Path) -> None:
    text = "In 2020 12 countries joined.\n\n## References\n\n1. Author A. (2011) A title // Journal, 4(2), 15-20.\n"
    table = found(tmp_path, text)
    assert list(table["role"]) == ["period", "figure", "reference"]
    assert list(table["in_references"]) == [False, False, True]
    assert table["value_date"].iloc[2] == "2011"


def test_cells_take_their_unit_from_the_column(tmp_path: Path) -> None:
    table = found(tmp_path, "Страна\tПодписчики\nАлжир\t1,5 тыс\nПеру\t2,5 тыс\n")
    assert [(row.value, row.unit, row.row, row.column) for row in table.itertuples()] == [
        (1500, "followers", "Алжир", "Подписчики"),
        (2500, "followers", "Перу", "Подписчики"),
    ]


def test_digits_with_two_meanings_are_said_to_be_refused(tmp_path: Path) -> None:
    table = found(tmp_path, "The index rose to 10² points.")
    assert list(table["reading"]) == [] or set(table["reading"]) == {"refused"}
    assert table["value"].isna().all()


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("There were 12 % in 2018 and 13 % by 2019 and 14 %.", ["2018", "2019", "2019"]),
        ("In 2017 there were 12 of 13 in 2018.", ["2017", "2018"]),
        ("There were 12 schools in 2018.", ["2018"]),  # nothing is told before
        ("In 2017 there were 12 schools, in 2018 others.", ["2017"]),
        ("In 2017 there were 12 % (2018).", ["2017"]),
        ("In 2016 and 2017 there were 12 %.", ["2017"]),
        ("There were 12 %, in 2016 and 2017.", ["2016"]),
        ("There were 12 %.", [""]),
    ],
)
def test_a_figure_is_of_the_date_right_behind_it_or_the_last_before_or_the_first_behind(
    text: str, periods: list[str]
) -> None:
    found = find(text, convention=Convention.of("en"))
    assert [_period(found, place, text) for place, one in enumerate(found) if one.date is None] == periods


def printed(value: int, half: str, *, bound: str = "exact", last: int = 1) -> Printed:
    low, high = Decimal(value) - Decimal(half), Decimal(value) + Decimal(half)
    return Printed(str(value), Decimal(value), *(low, high) * 3, last_digit=Decimal(last), bound=bound)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figure", "unit", "ends"),
    [
        (printed(12, "0.5"), "items", (12, 12)),
        (printed(999, "0.5"), "users", (999, 999)),
        (printed(1000, "0.5"), "users", (999.5, 1000.5)),
        (printed(12, "0.5"), "percent", (11.5, 12.5)),
        (printed(12, "0.5"), "", (11.5, 12.5)),
        (printed(12, "0.5", bound="about"), "items", (11.5, 12.5)),
        (printed(12, "0.5", bound="at_least"), "items", (12, 12)),
        (printed(120, "5", last=10), "items", (115, 125)),
    ],
)
def test_small_whole_numbers_of_things_are_counted(figure: Printed, unit: str, ends: tuple[float, float]) -> None:
    assert _limits(figure, unit) == ends


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("In 2019 it had 12 schools.", ["period", "figure"]),
        ("It was in 2019.", ["figure"]),
        ("In 2019 it came 5th.", ["figure", "figure"]),  # a place is not dated by its sentence alone
        ("It had 12 schools (Simmel 2012).", ["figure", "citation"]),
        ("Tasks:\n\n1) roads;\n\n2) schools in 5 towns.", ["length", "figure"]),
        ("It had 12 schools.\n\n## References\n\n1. Simmel G. 15 roads. 2012.", ["figure", "reference"]),
    ],
)
def test_each_figure_has_a_role(tmp_path: Path, text: str, roles: list[str]) -> None:
    assert list(found(tmp_path, text)["role"]) == roles


def test_rows_are_numbered_with_their_sentences_in_reading_order(tmp_path: Path) -> None:
    table = found(tmp_path, "It had 12 schools. Then 13. Nothing.\n\nThen 14 and 15.")
    assert list(table["claim_id"]) == ["NEW-001", "NEW-002", "NEW-003", "NEW-004"]
    assert list(table["sentence_number"]) == [1, 2, 4, 4]
    assert list(table["paragraph"].rank(method="dense")) == [1, 1, 2, 2]
    assert set(table["document"]) == {"NEW"}
