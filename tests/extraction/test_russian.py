"""What the dictionaries of Russian say of a word that has several readings."""

import pytest

from digital_diplomacy.extraction.russian import is_animate_form, is_genitive_plural, is_singular, look_up


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("механик", True),
        ("концерт", False),
        ("проводник", True),  # who conducts, before what does
        ("носитель", False),  # what bears, before who does
        ("механика", False),  # no nominative of who
        ("механики", False),
    ],
)
def test_a_kazakh_stem_is_one_of_people_by_its_first_reading(word: str, is_one: bool) -> None:
    assert is_animate_form(word) is is_one


def test_readings_of_a_word() -> None:
    assert look_up("рабочих").noun == look_up("рабочих").adjective == "рабочий"
    assert look_up("рабочих").is_adjective
    assert look_up("учёных").noun == "ученый"
    assert not look_up("учёный").is_adjective
    assert look_up("стали").is_other
    assert not look_up("сталь").is_other
    assert look_up("опрошенных").adjective == "опрошенный"
    assert look_up("дом").is_nominative
    assert not look_up("домам").is_nominative


def test_numbers_of_a_noun() -> None:
    assert [is_singular(word) for word in ("дома", "дом", "домов", "ответили")] == [False, True, False, False]
    assert [is_genitive_plural(word) for word in ("домов", "дома", "новых", "ытвук")] == [True, False, False, False]
