"""What each figure of a sentence counts: its own words, then its neighbours', then the noun before it."""

from decimal import Decimal

import pytest

from digital_diplomacy.extraction.counting import _alike, _may_hold, units_of
from digital_diplomacy.extraction.own_units import Around, is_small
from digital_diplomacy.printed import Convention, Printed, find


def units(text: str, lang: str = "en", *heads: str) -> list[str]:
    found = find(text, convention=Convention.of(lang))
    return units_of(found, text, Around(lang, heads))


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        # of itself
        ("In 2019 it had 12 users.", "en", ["date", "users"]),
        ("It has 12 %.", "en", ["percent"]),
        ("It scored 4.2 ± 0.5 percent.", "en", ["percent", "percent"]),
        ("It scored 12 ± 3.", "en", ["", "items"]),
        ("They are aged 12.", "en", ["years"]),
        ("It cost KZT 12.", "en", ["KZT"]),
        ("It cost USD 12.", "en", ["dollars"]),
        ("It cost £12.", "en", [""]),
        ("It has 12 km.", "en", [""]),
        ("It scored 12 points.", "en", [""]),
        ("It scored 12 points of 40 %.", "en", ["items", "percent"]),
        ("It lost 12 points and has 40 %.", "en", ["percentage_points", "percent"]),
        ("It lost 12 points.", "en", ["items"]),
        ("It has 12 schools.", "en", ["items"]),
        ("It has 12.5 schools.", "en", [""]),
        ("It has 12.5 users.", "en", ["users"]),
        ("Of the accounts, 112 belong to embassies.", "en", ["accounts"]),
        ("Олардың 71 – жазылушы.", "kk", ["followers"]),
        # of a neighbour: of the whole it is of, of the number before, of the number behind
        ("It is 19 of 20 users.", "en", ["users", "users"]),
        ("It is 1,900 of 20 users.", "en", ["users", "users"]),
        ("It has 12 users and 13.", "en", ["users", "users"]),
        ("It has 13 and 12 users.", "en", ["users", "users"]),
        ("It has 12 users and 1,300.", "en", ["users", "users"]),
        ("It has 12 users; it costs 13 million.", "en", ["users", "items"]),
        ("It has 12 million users and 13 million.", "en", ["users", "users"]),
        ("It has 12 % and 13.", "en", ["percent", "items"]),
        ("It has 12.5 % and 13.5.", "en", ["percent", "percent"]),
        ("It has 12.5 % and 13.25.", "en", ["percent", ""]),
        ("It has 12 years and 13.", "en", ["years", "items"]),
        ("It has 12 groups and 13.", "en", ["items", "items"]),
        ("It has 12 users, 13 per 14.", "en", ["users", "users", "users"]),
        # of the noun before
        ("The number of users was 12.", "en", ["users"]),
        ("The number of users was 12.5.", "en", [""]),
        ("Dollars were 12.5.", "en", ["dollars"]),
        ("The number of people per head was 12.", "en", ["items"]),
        # of a number before, though it has its unit from elsewhere
        ("Accounts grew to 27; in Kazakh, to 9.", "en", ["accounts", "accounts"]),
        ("Accounts grew to 1,500; in Kazakh, to 9.", "en", ["accounts", "items"]),
        ("On average 2.5 students and 3.5.", "en", ["persons", "persons"]),
        ("On average 2.5 students and 3.25.", "en", ["persons", ""]),
        ("On average 2.5 users and 3.5.", "en", ["users", "users"]),
    ],
)
def test_what_a_figure_counts(text: str, lang: str, told: list[str]) -> None:
    assert units(text, lang) == told


def number(value: object, last: object = 1, unit: str = "") -> Printed:
    own = (Decimal(str(value)),) * 7
    return Printed(str(value), *own, last_digit=Decimal(str(last)), unit=unit)


@pytest.mark.parametrize(
    ("value", "last", "small"),
    [(999, 1, True), (1000, 1, False), (-999, 1, True), (-1000, 1, False), (12, 10, False), (2.5, 0.1, False)],
)
def test_a_small_number_is_whole_and_below_a_thousand(value: float, last: float, small: bool) -> None:
    assert is_small(number(value, last)) is small


@pytest.mark.parametrize(
    ("figure", "near", "alike"),
    [
        (number(12), number(999), True),
        (number(12), number(1000), False),
        (number(1200), number(1300), True),
        (number(1200, 100), number(1300), True),
        (number(2000, 1000), number(1300), False),
        (number(2000, 1000), number(3000000, 1000000), True),
        (number(12), number(40, 1, "percent"), False),
        (number(2.5, 0.1), number(4.5, 0.1, "percent"), True),
        (number(2.5, 0.1), number(4.25, 0.01, "percent"), False),
        (number(2.5, 0.1), number(4.5, 0.1), False),
        (number(2.5, 0.1), number(4), False),
    ],
)
def test_figures_may_count_one_thing_if_they_are_of_one_size(figure: Printed, near: Printed, alike: bool) -> None:
    assert _alike(figure, near) is alike


@pytest.mark.parametrize(
    ("part", "whole", "may"),
    [
        (number(12), number(12), True),
        (number(12), number(11), False),
        (number(12), number(5000), True),
        (number(12), number(40, 1, "percent"), False),
        (number(12), number(40, 1, "years"), False),
        (number(2.5, 0.1), number(40), False),
    ],
)
def test_a_part_is_a_whole_number_and_at_most_its_whole(part: Printed, whole: Printed, may: bool) -> None:
    assert _may_hold(part, whole) is may


def test_a_head_is_asked_where_the_words_say_nothing() -> None:
    assert units("12", "en", "Users", "Accounts") == ["users"]
    assert units("12", "en", "2019", "Accounts") == ["accounts"]
    assert units("12 schools", "en", "Users") == ["items"]
    assert units("12 %", "en", "Users") == ["percent"]
    assert units("12", "en") == ["items"]


def test_a_unit_is_lent_to_the_forty_nearest_figures_on_either_side() -> None:
    bare = ", ".join(f"{number}.5" for number in range(20, 70))
    assert units(f"12.5% here, {bare} there.") == ["percent"] * 41 + [""] * 10
    assert units(f"{bare} here and 12.5% there.") == [""] * 10 + ["percent"] * 41
