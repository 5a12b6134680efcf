"""Units that words around a bare number tell, figures under the heading of a chapter, and number words of Kazakh."""

from pathlib import Path

import pytest

from digital_diplomacy import extraction, sources
from digital_diplomacy.extraction import told_on

UNITS = [
    ("Трамвай потерял 14 процентных пунктов, а автобус прибавил 18.", "18", "percentage_points"),
    ("Тех, кто ездит трамваем, оказалось 455 (28 %).", "455", "persons"),
    ("Among those who sail, 210 (35 %) own a boat.", "210", "persons"),
    ("Общий объём – 700,0 млн тенге. Из бюджета поступит 650,0 млн.", "650,0 млн.", "KZT"),
    ("In tonnes, barley came to 3.4 million.", "3.4 million", ""),
    ("Ships from 21 countries sent 81 cables (mean 4 per country).", "4", "items"),
    ("A crew of five officers costs about €400,000.", "five", "persons"),
    ("Жалоб на действия кондукторов было 312.", "312", "appeals"),
    ("Абоненттері – 63 500, заңды тұлғалар – 24 700.", "24 700", "items"),
    ("Зерттеуге 3 600 үй шаруашылығы қатысты.", "3 600 үй", "items"),
    ("Халқы 1 204,5 мың адам, оның 722,7 мыңы қалада тұрады.", "722,7 мыңы", "persons"),
    ("Среди тех, кому за 60, трамваем ездят 40 %.", "60", "years"),
    ("За рубежом живёт 281 млн мигрантов¹.", "281 млн", "persons"),
    ("Missions of 62 states answered.", "62", "countries"),
    ("The readers saw 260 posts, 20 from each ship. Of them 90, or 35%, were long; 60 (23%) were new.", "60",
     "messages"),
    ("Table 1. Ways to work, % of those asked\n\n\tTown\tVillage\nUp to 15 minutes\t22\t31\nMore\t78\t69\n", "31",
     "percent"),
    ("Кесте. Жолға қанша уақыт кетеді, %\n\nУақыты\tҚала\tАуыл\n15 минутқа дейін\t22\t31\nОдан көп\t78\t69\n", "69",
     "percent"),
]  # fmt: skip


def figures(folder: Path, text: str) -> dict[str, tuple[str, float]]:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(folder / "paper.txt")
    found = extraction.told_apart(extraction.scan(blocks), blocks)
    return {
        str(said).removeprefix("за "): (unit, value)
        for said, unit, value in zip(found["as_printed"], found["unit"], found["value"], strict=True)
    }


@pytest.mark.parametrize(("text", "said", "unit"), UNITS)
def test_words_around_a_number_tell_its_unit(tmp_path: Path, text: str, said: str, unit: str) -> None:
    assert figures(tmp_path, text)[said][0] == unit


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Алты болжамның төртеуі расталды, үшеуі расталмады.", [6, 4, 3]),
        ("12 порттың бесеуінде қойма бар, жетеуінде жоқ.", [12, 5, 7]),
        ("Он екі кеменің тоғызы жаңа. Бұл үшін ақша керек.", [12, 9]),
    ],
)
def test_kazakh_collective_numerals_are_read(tmp_path: Path, text: str, values: list[float]) -> None:
    assert [value for _, value in figures(tmp_path, text).values()] == values


CHAPTERS = [
    "# Sources\n\nMost people, 48 %, hear news from neighbours.\n\n27 % read papers.\n",
    "# Источники\n\nГлавным источником новостей 48 % назвали соседей.\n\n27 % читают газеты.\n",
    "# Дереккөздер\n\nТұрғындардың 48 %-ы жаңалықты көршіден біледі.\n\n27 %-ы газет оқиды.\n",
]


@pytest.mark.parametrize("text", CHAPTERS)
def test_a_chapter_on_sources_is_no_list_of_references(tmp_path: Path, text: str) -> None:
    assert [value for _, value in figures(tmp_path, text).values()] == [48, 27]


LISTS = [
    "# Sources\n\n1. Baker, C. Bread and ports. Harbour Press, 2015.\n\n2. URL: https://example.org/2019/bread.\n",
    "# Источники\n\nПекарь А. Б. Хлеб и порт. – М.: Наука, 2015. – 48 с.\n\nhttps://example.org/2019\n",
    "# Дереккөздер\n\n1. Наубай А. Нан. – Алматы: Баспа, 2015. – 48 б.\n",
]


@pytest.mark.parametrize("text", LISTS)
def test_entries_make_it_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    assert sources.read_paper(tmp_path / "paper.txt")["in_references"].all()


@pytest.mark.parametrize(
    ("text", "value", "told", "money", "unit"),
    [
        ("The budget gets ", 650e6, [("KZT", 700e6)], "", "KZT"),
        ("The budget gets ", 700e6, [("KZT", 700e6)], "", "KZT"),
        ("The budget gets ", 650e6, [("items", 800e6), ("KZT", 700e6)], "", "KZT"),
        ("The budget gets ", 800e6, [("KZT", 700e6)], "EUR", "EUR"),  # larger than what was told: of the paper's money
        ("The town gets ", 650e6, [("KZT", 700e6)], "", "KZT"),  # it goes on telling the sum before
        ("The town gets ", 650e6, [("items", 800e6), ("KZT", 700e6)], "", ""),
        ("The town gets ", 1e6, [("KZT", 700e6)], "", "KZT"),
        ("The town gets ", 0.9e6, [("KZT", 700e6)], "", ""),
        ("The town gets ", 1e9, [], "EUR", "EUR"),
        ("The town gets ", 0.9e9, [], "EUR", ""),
        ("The budget gets ", 0.9e9, [], "EUR", "EUR"),
    ],
)
def test_a_scaled_number_is_of_the_money_told(
    text: str, value: float, told: list[tuple[str, float]], money: str, unit: str
) -> None:
    assert told_on.fund(text, value, told, money) == unit


@pytest.mark.parametrize(
    ("units", "behind", "is_one"),
    [
        (["percentage_points"], ".", True),
        (["percentage_points", "percent"], ".", False),  # its neighbour is no number of points
        (["percent", "percentage_points"], ".", True),
        ([], ".", False),
        (["percentage_points"], " masts.", False),
    ],
)
def test_points_go_on_behind_a_number_of_points(units: list[str], behind: str, is_one: bool) -> None:
    assert told_on.are_more_points(units, ", and the tram lost ", behind, "en") is is_one
    assert not told_on.are_more_points(units, ", and the tram had ", behind, "en")


def test_those_who_are_counted_where_nothing_else_is() -> None:
    assert told_on.are_those_who("Of those who sail, ", ["percent", None])
    assert not told_on.are_those_who("Of those who sail, ", ["percent", "messages"])
    assert not told_on.are_those_who("Of all that sail, ", ["percent"])


@pytest.mark.parametrize(
    ("behind", "unit", "is_one"),
    [(" per region", "regions", True), (" per regions", "regions", True), (" for each account", "accounts", True),
     (" per region", "accounts", False), (" in region", "regions", False)],
)  # fmt: skip
def test_a_number_is_told_per_what_another_counts(behind: str, unit: str, is_one: bool) -> None:
    assert told_on.is_per(behind, unit, "en") is is_one
