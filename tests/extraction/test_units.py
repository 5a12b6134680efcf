"""What is counted: the noun behind a number, before it, or of its column."""

import pytest

from digital_diplomacy.extraction.ages import is_age
from digital_diplomacy.extraction.units import are_points, is_rate, noun_before, noun_behind, unit_named


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        (" users", "en", "users"),
        (" very very active users", "en", "users"),  # three words between, of four that are looked at
        (" very very very active users", "en", ""),
        (" schools", "en", ""),
        (" of users", "en", None),
        (" user groups", "en", ""),  # groups are counted, and not the users they are of
        (" user accounts", "en", "accounts"),
        (" user group", "en", ""),
        (" user status", "en", ""),
        (" user groups as", "en", ""),
        (" users groups", "en", ""),
        (" of the users", "en", "users"),
        (" of our new users", "en", "users"),
        (" of the very new users", "en", None),
        (" of these schools", "en", ""),
        (" of the user", "en", None),
        (", users", "en", None),
        ("", "en", None),
        ("*** users", "en", "users"),
        (" [3] users", "en", "users"),
        (". users", "en", "users"),  # the full stop of an abbreviation
        (". Users", "en", None),
        (" students", "en", "persons"),
        (" years", "en", ""),  # a time is nothing that is counted
        (" активных пользователей", "ru", "users"),
        (" школьников", "ru", "persons"),
        (" дәрігердің", "kk", "persons"),
        (" белсенді пайдаланушы", "kk", "users"),
    ],
)
def test_the_noun_behind_a_number(text: str, lang: str, unit: str | None) -> None:
    assert noun_behind(text, lang) == unit


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        ("the number of users was", "en", "users"),
        ("accounts of users were", "en", "accounts"),  # that of which the others tell
        ("users; it was", "en", None),
        ("users (about", "en", "users"),
        ("in countries it was", "en", None),  # only where
        ("across countries users were", "en", "users"),
        ("число пользователей в области составило", "ru", "users"),
        ("пайдаланушылар саны облыста", "kk", "users"),
        ("пайдаланушы саны облыста", "kk", "users"),
        ("users " + "x " * 11, "en", "users"),  # twelve words are looked at
        ("users " + "x " * 12, "en", None),
    ],
)
def test_the_noun_before_a_number_in_its_clause(text: str, lang: str, unit: str | None) -> None:
    assert noun_before(text, lang) == unit


def test_heads_name_units_and_money_first() -> None:
    assert unit_named(["Number", "Users", "Accounts"], "en") == "users"
    assert unit_named(["Users", "Revenue, US$"], "en") == "dollars"
    assert unit_named(["Users, %"], "en") == "percent"
    assert unit_named(["Share, %"], "en") == "percent"
    assert unit_named(["Number", "2019"], "en") is None
    assert unit_named(["Доход, тенге"], "ru") == "KZT"


@pytest.mark.parametrize(
    ("printed", "before", "behind", "is_told"),
    [
        ("over the age of 18", "", "", True),
        ("18", "aged ", "", True),
        ("18", "aged about ", "", False),
        ("18", "в возрасте ", "", True),
        ("старше 18", "", "", True),
        ("63", "", " жас", True),
        ("22", "", " мен 63 жас", True),
        ("22", "", "-63 жаста", True),
        ("63", "", " жас маман", False),  # young specialists
        ("18", "", " users", False),
    ],
)
def test_an_age_is_told_by_the_words_around_it(printed: str, before: str, behind: str, is_told: bool) -> None:
    assert is_age(printed, before, behind) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("per 1,000 births", True), ("for every user", True), ("на 10 тыс. населения", True), ("оқушыға шаққанда", True),
     ("per cent", False), ("на рост", False)],
)  # fmt: skip
def test_a_rate_is_told_by_its_words(text: str, is_told: bool) -> None:
    assert is_rate(text) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [(" points", True), (" point", True), ("points", False), (" points out", False), (" points of 5", False),
     (" пункта", True), (" тармақ", True), (" pointless", False)],
)  # fmt: skip
def test_points_stand_right_behind_a_number(text: str, is_told: bool) -> None:
    assert are_points(text) is is_told


@pytest.mark.parametrize(
    ("printed", "before", "is_told"),
    [
        ("over 60", "It is read by women ", True),
        ("under 25", "Half of those ", True),
        ("over 60", "It has roads ", False),
    ],
)
def test_a_bare_bound_behind_people_is_an_age(printed: str, before: str, is_told: bool) -> None:
    assert is_age(printed, before, ".") == is_told
