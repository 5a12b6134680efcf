"""Parts of a people, years to come and merged years: what a table of a country's figures must not be read as.

Every table is made here, and what is expected was read off it by eye.
"""

from pathlib import Path

import pytest
from openpyxl import Workbook

from digital_diplomacy.sources import intake
from digital_diplomacy.sources.intake import Answers, Reading

USERS = intake.kind_of("internet_users")


def read(folder: Path, text: str, **said: object) -> Reading:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return intake.read_foreign(path, USERS, Answers(**said))  # type: ignore[arg-type]


def figures(reading: Reading) -> dict[tuple[str, str], float]:
    assert (reading.questions, reading.faults) == ((), ())
    rows = reading.frame[["entity", "period", "value"]].itertuples(index=False)
    return {(entity, period): value for entity, period, value in rows}


PARTS = (
    "Страна;Регион;Год;Пользователи интернета, %\nКыргызстан;г. Бишкек;2022;95,1\nКыргызстан;г. Бишкек;2023;96,2\n",
    "Country;Sex;Year;Internet users (%)\nEstonia;Women;2022;91,1\nLatvia;Women;2022;92,2\n",
    "Ел;Жас тобы;Жыл;Интернет пайдаланушылар, %\nМоңғолия;15–24;2022;98,1\nМоңғолия;15–24;2023;98,2\n",
)


@pytest.mark.parametrize("text", PARTS)
def test_a_part_of_the_people_is_not_taken_for_the_country(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    assert [one.code for one in reading.questions] == ["breakdown"]
    assert reading.frame.empty


def test_the_user_can_say_that_a_column_breaks_nothing_down(tmp_path: Path) -> None:
    assert figures(read(tmp_path, PARTS[0], columns={"Регион": "-"})) == {("KGZ", "2022"): 95.1, ("KGZ", "2023"): 96.2}


@pytest.mark.parametrize(
    ("header", "whole", "part"),
    [
        ("Тұрғылықты жері", "Барлығы", "Қала"),
        ("Sex", "Both sexes", "Women"),
        ("Местность", "Всего", "Село"),
        ("Область", "По стране", "Ош"),
    ],
)
def test_of_parts_and_everybody_the_rows_on_everybody_are_taken(
    tmp_path: Path, header: str, whole: str, part: str
) -> None:
    text = f"Country;Year;{header};Internet users, %\nKyrgyzstan;2022;{part};88,0\nKyrgyzstan;2022;{whole};79,8\n"
    reading = read(tmp_path, text)
    assert figures(reading) == {("KGZ", "2022"): 79.8}
    assert ("parts_left", part) in [(one.code, one.named.get("parts")) for one in reading.remarks]


def test_parts_of_the_world_break_nothing_down(tmp_path: Path) -> None:
    text = "Country;Region;Year;Internet users, %\nKyrgyzstan;Asia;2022;79,8\nMongolia;Asia;2022;82,0\n"
    text += "Estonia;Europe;2022;91,0\n"
    assert len(figures(read(tmp_path, text))) == 3


def test_a_year_to_come_has_no_figure_of_what_is(tmp_path: Path) -> None:
    text = "Country;Year;Internet users, %\nMongolia;2025;84,0\nMongolia;2030;95\n"
    told = read(tmp_path, text, today="2026-05-01").faults
    assert [(one.code, one.named["period"]) for one in told] == [("future", "2030")]
    assert len(figures(read(tmp_path, text))) == 2


@pytest.mark.parametrize(
    ("above", "years"),
    [
        (("Страны", "Годы"), ("2018 г.", "2019 г.", "2020 г.¹⁾")),
        (("Елдер", "Жылдар"), ("2018 жыл", "2019 жыл", "2020 жыл")),
        (("Countries", "Years"), (2018, 2019, 2020)),
    ],
)
def test_years_under_one_merged_head_are_columns(
    tmp_path: Path, above: tuple[str, str], years: tuple[object, ...]
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*above, None, None])
    sheet.append([None, *years])
    sheet.append(["Uzbekistan", "55,2", "70,4", "71,1"])
    sheet.append(["Tajikistan", "21,9", "…", "–"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:D1")
    book.save(tmp_path / "book.xlsx")
    found = figures(intake.read_foreign(tmp_path / "book.xlsx", USERS))
    assert found == {("UZB", "2018"): 55.2, ("UZB", "2019"): 70.4, ("UZB", "2020"): 71.1, ("TJK", "2018"): 21.9}
