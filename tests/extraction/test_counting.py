"""What each figure of a sentence counts: its own words, then its neighbours', then the noun before it."""

from decimal import Decimal

import pytest

from digital_diplomacy.extraction.counting import _alike, _may_be_of, _may_hold, units_of
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


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [
        # one of them: of the last count before that is as large, in its sentence or its paragraph
        ("It ran 1,260 courses, 840 of them for users.", [], ["items", "items"]),
        ("It has 50 users, 12% of 30 towns, 40 of them large.", [], ["users", "percent", "items", "users"]),
        ("It has 90 users and 50 messages, 40 of them long.", [], ["users", "messages", "messages"]),
        ("It has 90 users and 30 messages, 40 of them old.", [], ["users", "messages", "users"]),
        ("It has 90 users and 40 messages, 40 of them old.", [], ["users", "messages", "messages"]),
        ("Of them, 90 had 40 users.", [("items", 260)], ["items", "users"]),
        ("Of them, 90 had 40 users.", [("items", 90)], ["items", "users"]),
        ("Of them, 90 had 40 users.", [("items", 89), ("messages", 91)], ["messages", "users"]),
        ("Of them, 90 had 40 users.", [("percent", 260), ("items", 260)], ["items", "users"]),
        ("Of them, 90 had 95 users.", [], ["users", "users"]),
        ("In 12 towns, of them 9 large.", [("messages", 260)], ["items", "items"]),
        # what goes on telling a count
        ("This number was 90 in May.", [("messages", 95), ("users", 99)], ["messages"]),
        ("In May it was 90.", [("messages", 95), ("users", 99)], ["items"]),
        ("That of the old one had 90.", [("persons", 99), ("messages", 95)], ["messages"]),
        ("That of the old one had 95.", [("messages", 95)], ["messages"]),
        ("That of the old one had 96.", [("messages", 95)], ["items"]),
        ("The old account had 9 thousand.", [("followers", 9500)], ["followers"]),
        ("The old account had 900.", [("followers", 9500)], ["items"]),
        ("The old town had 9 thousand.", [("followers", 9500)], ["items"]),
        # money is not told on by small numbers
        ("Of them, 90 had 40 users.", [("KZT", 260), ("items", 260)], ["KZT", "users"]),
    ],
)
def test_a_bare_number_goes_on_telling_what_its_paragraph_counts(
    text: str, told: list[tuple[str, float]], found: list[str]
) -> None:
    figures = find(text, convention=Convention.of("en"))
    assert units_of(figures, text, Around("en", (), tuple(told))) == found


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        # a mean is of the last larger count
        ("It sent 40 messages from 12 towns (mean 12).", "en", ["messages", "items", "messages"]),
        ("It sent 40 messages from 13 towns (mean 12).", "en", ["messages", "items", "items"]),
        # the shares of a list have the sign of the last
        ("It is 45, 35, 12 and 8 per cent.", "en", ["percent"] * 4),
        ("It is 45, 35, 12 or 8 per cent.", "en", ["items", "items", "items", "percent"]),
        ("It is 100, 35 and 8 per cent.", "en", ["percent"] * 3),
        ("It is 101, 35 and 8 per cent.", "en", ["items", "percent", "percent"]),
        # the last of a list has the unit of those before
        ("It sent messages: 7,390 in May, 912 in June, and 98 in July.", "en", ["messages"] * 3),
        # people per something are no people; what stands behind the number tells no rate of it
        ("The number of residents was 450, that is 3 per head.", "en", ["persons", "persons"]),
        # a span of time says when, or is what is told
        ("It came 33 within 2 days and 12 later.", "en", ["items", "days", "items"]),
        ("It took 2 days instead of 12.", "en", ["days", "days"]),
        ("It took 2 days and 12.", "en", ["days", "days"]),
        # currencies reach two words
        ("It paid 12 and 40 million tenge.", "en", ["items", "KZT"]),
        ("It paid 12 million and 40 million tenge.", "en", ["KZT", "KZT"]),
        ("It paid 12 million for books, and 40 million tenge.", "en", ["KZT", "KZT"]),
        ("It lent 12 million books from towns with 40 million tenge.", "en", ["items", "KZT"]),
        # parts with their share
        ("It has 1,200 users, in May 90 (8%).", "en", ["users", "users", "percent"]),
        ("Каждое пятое сообщение (12 296) верно.", "ru", ["percent", "messages"]),
    ],
)
def test_what_neighbours_lend(text: str, lang: str, told: list[str]) -> None:
    assert units(text, lang) == told


@pytest.mark.parametrize(
    ("part", "whole", "unit", "may"),
    [
        (number(12), number(12), "users", True),
        (number(12), number(11), "users", False),
        (number(12), number(12.5, 0.1), "users", False),
        (number(12), number(40), "percent", False),
        (number(12), number(40), "years", False),
        (number(12), number(40), "months", False),
        (number(12), number(40), "", False),
        (number(12), None, "users", False),
    ],
)
def test_a_part_is_of_a_count_as_large(part: Printed, whole: Printed | None, unit: str, may: bool) -> None:
    assert _may_be_of(part, whole, unit) is may


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        ("The oaks are aged 800.", "en", "years"),
        ("Жиынға 800 жас қатысты.", "kk", "persons"),
        ("Жиынға 80 жас адам келді.", "kk", "persons"),
        ("It paid GBP 12.", "en", ""),
        ("It paid 12 yuan.", "en", ""),
        ("It is a country of 12.", "en", "persons"),
        ("It grew by a factor of 12.", "en", "times"),
        ("The mark was 12 points.", "en", ""),
        ("The share lost 12 points.", "en", "percentage_points"),
        ("In tonnes, grain came to 12.", "en", ""),
        ("It lent 12 large.", "en", "items"),
        ("Of 4.2 billion tenge, 2.6 billion attended schools.", "en", "KZT"),
        ("Of 4.2 billion users, 2.6 billion attended schools.", "en", "persons"),
        ("12 – аккаунт", "kk", "accounts"),
    ],
)
def test_a_number_has_a_unit_of_its_own(text: str, lang: str, unit: str) -> None:
    assert units(text, lang)[-1] == unit
