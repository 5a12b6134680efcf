import pytest

from digital_diplomacy.sources.countries import country_codes


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
    ],
)
def test_a_whole_name_of_one_country_has_its_code(name: str, code: str) -> None:
    assert country_codes([name]) == {name: code}


@pytest.mark.parametrize("name", ["Korea", "Конго", "Kazakh", "KZ", "", "European Union", "Центральная Азия"])
def test_what_is_no_whole_name_of_one_country_has_none(name: str) -> None:
    assert country_codes([name]) == {}
