"""Measures, spans of time, multiples and places, each told beside what is none."""

from decimal import Decimal

import pytest

from digital_diplomacy.extraction.counting import units_of
from digital_diplomacy.extraction.measures import (
    duration_before,
    duration_behind,
    is_in_measures,
    is_part_of,
    tells_place,
    unit_of_occasions,
)
from digital_diplomacy.extraction.own_units import Around
from digital_diplomacy.printed import Convention, Found, Printed, find


@pytest.mark.parametrize(
    ("heads", "is_one"),
    [
        ((), False),
        (("Tonnes",), True),
        (("Emissions (thousand tonnes)",), True),
        (("Emissions, kt CO2",), True),
        (("Emissions, people",), False),
        (("Output in GWh",), True),
        (("Output in towns",), False),
        (("2023", "Power", "Emissions, tonnes"), True),
        (("Number of sites", "Power", "Emissions, tonnes"), False),  # the column counts something else
        (("Users", "Power", "Emissions, tonnes"), False),
        (("2023", "Emissions (tonnes of grain in towns of the north)"), True),  # "of" opens what is measured
        (("2023", "Emissions (whole dry heavy tonnes)"), False),  # four words are no name of a unit
        (("2023", "Emissions (dry heavy tonnes)"), True),
    ],
)
def test_a_cell_is_of_a_measure_by_its_nearest_head(heads: tuple[str, ...], is_one: bool) -> None:
    assert is_in_measures(heads, "en") is is_one


@pytest.mark.parametrize(
    ("printed", "before", "behind", "unit"),
    [
        ("96 раз", "выходил в эфир ", ",", "items"),
        ("96 раз", "видео просмотрено ", ",", "views"),
        ("96 раз", "видео просмотрено" + " " * 23, ",", "views"),  # forty characters, the verb's last among them
        ("2,5 раза", "выросло в ", ".", ""),
        ("2,5 раза", "выросло ", ".", ""),  # no number of occasions has decimals
        ("96 раз", "звонили ", " больше", ""),
        ("96 рет", "Жазба ", " қаралды", "views"),
        ("96 рет", "Жазба ", " шықты", "items"),
        ("96 рет", "Жазба ", " көп", ""),
        ("96 times", "The clip was played ", ".", "views"),
        ("96 times", "The club visited ", ".", "items"),
        ("96 times", "Output increased ", ".", ""),
        ("96 times", "Output grew ", ".", ""),
        ("96 fold", "The club visited ", ".", ""),
    ],
)
def test_how_often_something_was_done_is_no_multiple(printed: str, before: str, behind: str, unit: str) -> None:
    assert unit_of_occasions(printed, before, behind) == unit


@pytest.mark.parametrize(
    ("behind", "lang", "unit"),
    [
        ("-hour day", "en", "hours"), ("-year-old", "en", ""), (" working weeks", "en", "weeks"),
        (" weeks", "en", ""), (" рабочих недель", "ru", "weeks"), (" календарных месяца", "ru", "months"),
        (" полных часов", "ru", "hours"), (" часов", "ru", ""), (" күндік жол", "kk", "days"), (" күн", "kk", ""),
        (" тәулікте", "kk", "days"),
    ],
)  # fmt: skip
def test_a_span_of_time_is_told_by_an_adjective(behind: str, lang: str, unit: str) -> None:
    assert duration_behind(behind, lang) == unit


@pytest.mark.parametrize(
    ("before", "lang", "unit"),
    [
        ("Training days came to ", "en", "days"), ("Teachers of days came to ", "en", ""),
        ("Отработано дней – ", "ru", "days"), ("Сағат саны – ", "kk", "hours"), ("Күн көлемі ", "kk", "days"),
        ("Адам саны – ", "kk", ""),
    ],
)  # fmt: skip
def test_a_span_of_time_may_be_the_subject(before: str, lang: str, unit: str) -> None:
    assert duration_before(before, lang) == unit


def number(value: float) -> Printed:
    return Printed(str(value), *(Decimal(str(value)),) * 7, last_digit=Decimal(1))


@pytest.mark.parametrize(
    ("text", "value", "unit", "is_one"),
    [
        ("It ran in 20 regions.", 985, "regions", True),
        ("It ran in 20 regions.", 20, "regions", False),  # no more than a thing a place
        ("It ran in 20 regions.", 21, "regions", True),
        ("It ran with 20 regions.", 985, "regions", False),
        ("It ran in 20 towns.", 985, "items", False),
        ("It ran in all 20 countries.", 985, "countries", True),
        ("Within sight of 20 regions.", 985, "regions", False),
    ],
)
def test_a_count_of_places_tells_where_a_larger_number_was_counted(
    text: str, value: float, unit: str, is_one: bool
) -> None:
    start = text.index("20")
    one = Found(start, start + 2, "20", number(20))
    assert tells_place(one, unit, text, number(value)) is is_one
    assert not tells_place(Found(start, start + 2, "20"), unit, text, number(value))


def test_parts_stand_behind_a_colon_and_before_where_they_are() -> None:
    text = "Of 1,600 so: 985 in towns and 715 of it (45%)"

    def at(printed: str) -> Found:
        return Found(text.index(printed), text.index(printed) + len(printed), printed)

    assert is_part_of(text, 8, at("985"))
    assert not is_part_of(text, 8, at("715"))
    assert not is_part_of(text, text.index("985"), at("985"))  # no colon between
    assert is_part_of(text.replace("715 of it", "715"), 8, at("715"))


def units(text: str) -> list[str]:
    return units_of(find(text, convention=Convention.of("en")), text, Around("en"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It sold 1.0 million tonnes, and to Iran 0.5 million.", ["", ""]),
        ("It sold 1.0 million tonnes (12%), and to Iran 0.5 million.", ["", "percent", ""]),
        ("It sold 1.0 million tonnes, and to Iran 500.", ["", "items"]),
        ("It sold 500 tonnes, and to Iran 0.5 million.", ["", "items"]),
        ("It sold 1.0 million pencils, and to Iran 0.5 million.", ["items", "items"]),
        ("It sold 1.0 million tonnes, users were 0.5 million.", ["", "users"]),
    ],
)
def test_a_scaled_number_goes_on_in_the_measure_of_the_last(text: str, told: list[str]) -> None:
    assert units(text) == told
