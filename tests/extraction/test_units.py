"""What is counted: the noun behind a number, before it, or of its column."""

import pytest

from digital_diplomacy.extraction.ages import is_age
from digital_diplomacy.extraction.units import (
    are_points,
    is_number_of,
    is_rate,
    noun_before,
    noun_behind,
    people_did,
    unit_named,
    unit_of_rate,
)


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


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        ("followers (of all kinds) came to ", "en", "followers"),
        ("users: messages (about ", "en", "messages"),
        ("users: so (about ", "en", "users"),
        ("users; so (about ", "en", None),
        ("users so) about ", "en", None),
        ("The population of Peru was ", "en", "persons"),
        ("The population of old towns was ", "en", None),
        ("the country had ", "en", None),  # one thing, and no number of it
        ("the countries had ", "en", "countries"),
        ("followers of all accounts were ", "en", "followers"),
        ("followers of large accounts were ", "en", "accounts"),
        ("It accounts for ", "en", None),
        ("users per country were ", "en", "users"),
        ("legal entities – ", "en", ""),
        ("приезжих было ", "ru", "persons"),
        ("Число зарегистрированных достигло ", "ru", "persons"),
        ("страна имела ", "ru", None),
        ("страны имели ", "ru", "countries"),
        ("Жалоб на действия водителей было ", "ru", "appeals"),
        ("розыск родственников – ", "ru", ""),  # a matter, and no people
        ("новых родственников – ", "ru", "persons"),
        ("учителей водителей – ", "ru", "persons"),
        ("быстро родственников – ", "ru", "persons"),
        ("азаматтардың сұрақтары – ", "kk", None),
        ("азаматтардың аккаунттары – ", "kk", "accounts"),
        ("ел аудиториясы – ", "kk", None),
        ("ел саны – ", "kk", "countries"),
        ("облыста – ", "kk", None),
    ],
)
def test_what_the_words_before_a_number_count(text: str, lang: str, unit: str | None) -> None:
    assert noun_before(text, lang) == unit


@pytest.mark.parametrize(
    ("before", "behind", "lang", "did"),
    [
        ("На вопросы ответили ", ".", "ru", True),
        ("Требованиям отвечали ", ".", "ru", False),
        ("На вопросы ответили, ", ".", "ru", False),  # no word stands right before it
        ("Всего ", " ответили", "ru", True),
        ("Всего ", " построили", "ru", False),
        ("In all, ", " attended", "en", True),
        ("In all, ", " stood", "en", False),
    ],
)
def test_people_do_what_a_verb_beside_a_number_says(before: str, behind: str, lang: str, did: bool) -> None:
    assert people_did(before, behind, lang) is did


@pytest.mark.parametrize(
    ("before", "lang", "is_one"),
    [
        ("The number of calls fell to ", "en", True),
        ("The number of users fell to ", "en", False),
        ("The number of trade fell to ", "en", False),
        ("The number of calls, then ", "en", False),
        ("The number of calls" + " so" * 70 + " ", "en", True),  # 230 characters
        ("The number of calls" + " so" * 76 + " ", "en", False),  # 248, of 240 that are looked at
        ("Число каналов достигло ", "ru", True),
        ("Число страны достигло ", "ru", False),
        ("Домендердің саны ", "kk", True),
        ("Олардың саны ", "kk", False),
        ("Жазылушылардың саны ", "kk", False),
    ],
)
def test_a_number_of_things_of_no_unit(before: str, lang: str, is_one: bool) -> None:
    assert is_number_of(before, lang) is is_one


@pytest.mark.parametrize(
    ("before", "lang", "unit"),
    [
        ("Hours per employee were ", "en", "hours"),
        ("Letters per teacher were ", "en", "items"),
        ("Messages per teacher were ", "en", "messages"),
        ("Teachers per school were ", "en", ""),
        ("Tonnes per hectare were ", "en", ""),
        ("The cost per visit was ", "en", ""),
        ("Hours per day; letters came to ", "en", ""),
        ("Hours per day, letters per teacher were ", "en", "items"),
        ("Число писем на одного жителя – ", "ru", "items"),
        ("Число учителей на одного жителя – ", "ru", ""),
    ],
)
def test_what_is_told_per_something(before: str, lang: str, unit: str) -> None:
    assert unit_of_rate(before, lang) == unit


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (["Town", "Languages of users, %"], "percent"),
        (["Town, number", "Languages of users, %"], "users"),
        (["Languages of users, %"], "percent"),
        (["Users from towns"], "users"),
        (["Towns with users"], "users"),
        (["Towns among users"], None),
    ],
)
def test_a_caption_in_percent_counts_for_heads_without_a_unit(texts: list[str], unit: str | None) -> None:
    assert unit_named(texts, "en") == unit
