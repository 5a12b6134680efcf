import pytest

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.sources.countries import country_codes, near_countries


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kazakhstan", "KAZ"),
        ("Қазақстан", "KAZ"),
        ("КАЗАХСТАН", "KAZ"),
        ("Кыргызстан", "KGZ"),  # as Kazakhstan's Russian has it
        ("Киргизия", "KGZ"),  # as CLDR has it
        ("Республика Корея", "KOR"),
        ("Republic of Korea", "KOR"),  # ISO 3166 writes Korea, Republic of
        ("  South   Korea\u00a0", "KOR"),
        ("Côte d’Ivoire", "CIV"),
        ("Косово", "XKX"),
        ("NAM", "NAM"),
        ("Turkey", "TUR"),  # as most tables still have it
        ("Соединенные Штаты Америки", "USA"),  # without the dots of ё
        ("O‘zbekiston", "UZB"),  # with any of the marks that stand for an apostrophe
        ("Кыргыз Республикасы", "KGZ"),
        ("Әзербайжан", "AZE"),
        ("ЮАР", "ZAF"),
        ("Holy See", "VAT"),
    ],
)
def test_a_whole_name_of_one_country_has_its_code(name: str, code: str) -> None:
    assert country_codes([name]) == {name: code}


@pytest.mark.parametrize("name", ["Korea", "Конго", "Kazakh", "KZ", "", "European Union", "Центральная Азия"])
def test_what_is_no_whole_name_of_one_country_has_none(name: str) -> None:
    assert country_codes([name]) == {}


@pytest.mark.parametrize("names", [["Georgia"], [" GEORGIA ", "georgia"], ["Georgia", "Alabama"]])
def test_georgia_without_another_country_beside_it_is_a_question(names: list[str]) -> None:
    with pytest.raises(ArgumentError, match="a country and a state of the USA"):
        country_codes(names)


def test_another_country_or_a_language_tells_that_no_state_is_meant() -> None:
    assert country_codes(["Georgia", "Armenia"]) == {"Georgia": "GEO", "Armenia": "ARM"}
    assert country_codes(["Грузия"]) == {"Грузия": "GEO"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("KZA", "KAZ"),  # two neighbours changed places: not TZA, one letter away, nor ZAF
        ("ZUB", "UZB"),
        ("KAX", "KAZ"),
        ("RUSS", "RUS"),
        ("KZ", "KAZ"),  # ISO 3166 alpha-2
        ("UK", "GBR"),
        ("КАZ", "KAZ"),  # the first two letters are Cyrillic
        ("QQQ", ""),
    ],
)
def test_the_nearest_code_is_what_a_slip_of_the_hand_turns_into_the_text(typed: str, meant: str) -> None:
    assert labels.nearest_country(typed) == meant
    assert set(near_countries(typed).values()) == ({meant} if meant else set())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Казахстон", {"Казахстан": "KAZ"}),
        ("Корея", {"Южная Корея": "KOR", "Северная Корея": "PRK"}),
        ("Kazahstan", {"Kazakhstan": "KAZ"}),  # nearest is qazaqstan, which people type
        ("KZA", {"Kazakhstan": "KAZ"}),
        ("Нарния", {"Армения": "ARM"}),
        ("Узбекистанн", {"Узбекистан": "UZB"}),
    ],
)
def test_near_names_are_told_as_they_are_written(typed: str, told: dict[str, str]) -> None:
    assert near_countries(typed) == told
