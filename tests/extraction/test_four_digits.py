"""Four digits that may be a year or a number; what each is was noted by hand beside its sentence."""

from pathlib import Path

import pytest

from digital_diplomacy import sources
from digital_diplomacy.extraction import scan
from digital_diplomacy.extraction.four_digits import as_number, counted, counts
from digital_diplomacy.printed import Convention, find

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
    # What they count may be any noun; years of our time want one of known unit in Kazakh and English.
    "Облыста 1860 көпір бар.",
    "Ауылда 1860 құдық қазылды.",
    "Обновлены 30 % причалов и 1860 лодок.",
    "About 12% of barns and 1860 mills were lost.",
    "They counted 640 barns and 1860 mills.",
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
    "Облыста 1860 жылы көпір салынды.",
    "Ауылда 1860 көктемінде су тасыды.",
    "Қалада 2019 форум өтті.",
    "Растёт на 12 % и 1860 году не уступает.",
    "It stood in 12 towns, and 1860 marked its end.",
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


def test_four_digits_leave_half_a_unit_open_and_cut_off_a_whole_one() -> None:
    figure = as_number("1860")
    assert figure is not None
    assert (figure.value, figure.last_digit, figure.unit) == (1860, 1, "")
    assert (figure.low, figure.high) == (figure.low_filled, figure.high_filled) == (1859.5, 1860.5)
    assert (figure.low_truncated, figure.high_truncated) == (1860, 1861)
    assert [as_number(text) for text in ("186", "18600", "1860s", "")] == [None] * 4


def test_four_digits_alone_in_a_cell_count_and_others_stay() -> None:
    def dated(text: str) -> list[bool]:
        return [one.date is not None for one in counts(find(text, convention=Convention.of("en")))]

    assert [dated(text) for text in ("1860", "1860, 1870", "5 March 2019", "12")] == [
        [False], [True, True], [True], [False],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lang", "is_year"),
    [
        ("It reached 12 teachers and 1860 parents.", "en", [False, False]),
        ("It reached 12 teachers, 1860 parents.", "en", [False, False]),
        ("It reached 12.5 and 1860 parents.", "en", [False, True]),  # no number of things before it
        ("It came 12th and 1860 parents.", "en", [False, True]),
        ("It reached 12 teachers. 1860 parents.", "en", [False, True]),
        ("It reached over 1860 parents.", "en", [False]),
        ("It reached over 1860.", "en", [True]),
        ("It reached over 1860 much.", "en", [True]),
        ("In 1860 parents came.", "en", [True]),
        ("Построено 1860 домов.", "ru", [False]),
        ("Построено 1860 там.", "ru", [True]),
    ],
)
def test_an_amount_needs_a_noun_behind_and_a_word_or_number_before(text: str, lang: str, is_year: list[bool]) -> None:
    found = counted(find(text, convention=Convention.of(lang)), text, lang)
    assert [one.date is not None for one in found] == is_year
