"""Four digits that may be a year or a number; what each is was noted by hand beside its sentence."""

from pathlib import Path

import pytest

from digital_diplomacy import sources
from digital_diplomacy.extraction import scan

COUNTS = [
    "В опросе участвовали 640 учителей и 1860 родителей.",
    "Опрошено 1860 родителей.",
    "В опросе приняли участие 1860 сельских учителей.",
    "Форум собрал более 2019 участников.",
    "Программа охватила: зарегистрировано 1900 предприятий.",
    "Сауалнамаға 640 мұғалім мен 1860 ата-ана қатысты.",
    "Сауалнамаға 1860 ата-ана қатысты.",
    "Облыста 1860 ауыл мұғалімі жұмыс істейді.",
    "The survey reached 640 teachers and 1860 parents.",
    "The survey reached more than 1860 parents.",
]
YEARS = [
    "В 2020 учителей стало больше.",
    "С 2019 по 2020 учителей стало больше.",
    "В 2018 и 2019 учителей стало больше.",
    "С начала 2020 преподавателей стало больше.",
    "Закон 1998 учителей не касается.",
    "В отчёте 2019 родителей назвали участниками.",
    "В исследовании PISA 2018 учеников спросили о чтении.",
    "Создано в 2019 детский центр.",
    "Опубликовано 2018 редакцией журнала.",
    "2018 және 2019 оқушылар саны өсті.",
    "PISA 2018 оқушылар арасында өтті.",
    "In 2020 students stayed at home.",
    "In 12 regions, in 2019 students stayed at home.",
    "PISA 2018 students read more.",
    "Under the Act of 1998 teachers strike.",
    "The 2019 participants were asked again.",
    "From 2018 and 2019 students were asked.",
]


def units(folder: Path, text: str) -> list[str]:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    found = scan(sources.read_paper(folder / "paper.txt"))
    return list(found.loc[found["as_printed"].str.contains(r"(?:18|19|20)\d\d"), "unit"])


@pytest.mark.parametrize("text", COUNTS)
def test_digits_told_as_an_amount_of_what_follows_are_no_year(tmp_path: Path, text: str) -> None:
    assert units(tmp_path, text) in (["persons"], ["items"])


@pytest.mark.parametrize("text", YEARS)
def test_no_year_is_lost_to_a_noun_behind_it(tmp_path: Path, text: str) -> None:
    found = units(tmp_path, text)
    assert found
    assert set(found) == {"date"}
