"""Numbers composed of digits, words and scales: what makes one, what its last place is, and what makes none."""

from decimal import Decimal

import pytest

from digital_diplomacy.printed import Convention, UnreadableError, read

HABITS = {"en": Convention("en", decimal=".", grouping=","), "ru": Convention("ru", decimal=",", grouping=" ")}


@pytest.mark.parametrize(
    ("text", "lang", "value", "last_digit"),
    [
        ("five million three thousand two", "en", 5_003_002, 1),
        ("one thousand and five", "en", 1005, 1),
        ("one million two hundred", "en", 1_000_200, 100),
        ("1 million 200 thousand", "en", 1_200_000, 1000),
        ("1 million 999 thousand", "en", 1_999_000, 1000),
        ("5 hundred thousand", "en", 500_000, 1000),
        ("3 hundred", "en", 300, 1),  # counted, as three hundred is
        ("12 hundred", "en", 1200, 100),
        ("twelve hundred", "en", 1200, 100),
        ("nine hundred and ninety-nine", "en", 999, 1),
        ("twenty one", "en", 21, 1),
        ("zero", "en", 0, 1),
        ("two and a half", "en", "2.5", "0.5"),
        ("20 and a half million", "en", 20_500_000, 500_000),
        ("half a million", "en", 500_000, 500_000),
        ("thousand", "en", 1000, 1000),
        ("полтора", "ru", "1.5", "0.5"),
        ("более тысячи", "ru", 1000, 1000),
        ("двести сорок пять тысяч", "ru", 245_000, 1000),
        ("два миллиона тридцать", "ru", 2_000_030, 10),
        ("1,5·10³", "ru", 1500, 100),
        ("2.50e3", "en", 2500, 10),
    ],
)
def test_a_number_is_composed_and_ends_at_its_last_place(
    text: str, lang: str, value: int | str, last_digit: int | str
) -> None:
    found = read(text, convention=HABITS[lang])
    assert (found.value, found.last_digit) == (Decimal(value), Decimal(last_digit))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("five thousand three million", "en"),  # the smaller scale stands first
        ("two million three million", "en"),
        ("five million thousand", "en"),
        ("1 million 200", "en"),  # digits without a scale behind one
        ("1.5 million 200 thousand", "en"),
        ("1 million 1000 thousand", "en"),  # as large as the term before it
        ("two million and a half", "en"),
        ("1.5 and a half million", "en"),
        ("one hundred and", "en"),
        ("and five", "en"),
        ("twenty and five", "en"),
        ("one twenty", "en"),
        ("five six", "en"),
        ("nineteen two", "en"),
        ("5 five", "en"),
        ("half", "en"),
        ("and a half", "en"),
        ("тысячи", "ru"),
        ("более тысяч", "ru"),
        ("сто двести", "ru"),
        ("пять двадцать", "ru"),
        ("двадцать пять третий", "ru"),
        ("$5 euros", "en"),
        ("€5 users", "en"),
        ("in 5 to 10", "en"),
    ],
)
def test_words_that_compose_no_number_are_refused(text: str, lang: str) -> None:
    with pytest.raises(UnreadableError, match=r"form no (figure|number)"):
        read(text, convention=HABITS[lang])


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("отызға дейін", 30, "at_most"),  # up to thirty
        ("жиырма беске дейін", 25, "at_most"),  # up to twenty-five
        ("он бестен астам", 15, "at_least"),  # over fifteen
        ("жүз отызға жуық", 130, "about"),  # nearly a hundred and thirty
    ],
)
def test_kazakh_words_for_numbers_are_read_with_their_case_endings(text: str, value: int, bound: str) -> None:
    found = read(text, convention=Convention("kk", decimal=",", grouping=" "))
    assert (found.value, found.bound) == (value, bound)
