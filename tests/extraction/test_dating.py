"""Dates that lean on others: lives, days without a year, the same year; worked by hand."""

import datetime as dt

import pytest

from digital_diplomacy.extraction.dating import lives, with_implied, year_told
from digital_diplomacy.printed import Convention, Found, PrintedDate, find


def told(text: str, lang: str = "en") -> list[Found]:
    return find(text, convention=Convention.of(lang))


def periods(found: list[Found]) -> list[tuple[str, str]]:
    return [(one.text, one.date.period) for one in found if one.date is not None]


def dated(start: int, end: int, first: tuple[int, int, int], last: tuple[int, int, int]) -> Found:
    return Found(start, end, "x" * (end - start), date=PrintedDate(dt.date(*first), dt.date(*last), "year"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Simmel (1858–1918)", [("1858", "1858"), ("1918", "1918")]),
        ("Simmel (1858–1878)", [("1858", "1858"), ("1878", "1878")]),  # twenty years
        ("Simmel (1858–1877)", [("1858–1877", "1858/1877")]),
        ("Simmel (1858–1968)", [("1858", "1858"), ("1968", "1968")]),  # a hundred and ten
        ("Simmel (1858–1969)", [("1858–1969", "1858/1969")]),
        ("the model (1858–1918)", [("1858–1918", "1858/1918")]),  # nobody is named
        ("Simmel (1858–1918, Berlin)", [("1858", "1858"), ("1918", "1918")]),
        ("Simmel G. (1858–1918)", [("1858", "1858"), ("1918", "1918")]),
    ],
)
def test_years_behind_a_name_are_those_of_a_life(text: str, expected: list[tuple[str, str]]) -> None:
    parts = lives(told(text), text)
    assert periods(parts) == expected
    assert [text[one.start : one.end] for one in parts] == [one.text for one in parts]


def test_a_date_has_a_year_if_it_lies_in_one() -> None:
    assert year_told(dated(0, 4, (2019, 3, 1), (2019, 3, 31))) == 2019
    assert year_told(dated(0, 4, (2019, 3, 1), (2020, 3, 31))) is None
    assert year_told(Found(0, 1, "5")) is None


@pytest.mark.parametrize(
    ("text", "lang", "year", "expected"),
    [
        ("In 2019 it rose; on 5 March it fell.", "en", None, [("2019", "2019"), ("5 March", "2019-03-05")]),
        ("In 2018 and 2019 it rose, on March 5 it fell.", "en", None,
         [("2018", "2018"), ("2019", "2019"), ("March 5", "2019-03-05")]),
        # what is told behind a day, and a decade, give it no year; the year of the text does
        ("On 5 March it fell, in 2019 it rose.", "en", None, [("2019", "2019")]),
        ("On 5 March it fell, in 2019 it rose.", "en", 2017, [("5 March", "2017-03-05"), ("2019", "2019")]),
        ("In the 1990s it rose; on 5 March it fell.", "en", None, [("1990s", "1990/1999")]),
        ("In 2019 it rose until 5 March.", "en", None, [("2019", "2019"), ("until 5 March", "2019-03-05")]),
        ("В 2019 году рост, до 5 марта.", "ru", None, [("2019 году", "2019"), ("до 5 марта", "2019-03-05")]),
        ("В 2019 году рост, в том же году спад.", "ru", None, [("2019 году", "2019"), ("в том же году", "2019")]),
        ("On 5 March 2019 it fell.", "en", 2017, [("5 March 2019", "2019-03-05")]),
        ("On 31 February it fell.", "en", 2017, []),
        ("On 03/04/2021 it fell.", "en", None, [("03/04/2021", "2021")]),  # the year alone is sure
    ],
)  # fmt: skip
def test_a_day_without_a_year_is_of_the_last_year_told_before(
    text: str, lang: str, year: int | None, expected: list[tuple[str, str]]
) -> None:
    found = with_implied(told(text, lang), text, lang, year)
    assert periods(found) == expected
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_a_date_that_touches_a_day_was_told_before_it() -> None:
    text = "2019—5 March"
    [year, day] = with_implied([dated(0, 5, (2019, 1, 1), (2019, 12, 31))], text, "en", None)
    assert (year.is_implied, day.is_implied) == (False, True)
    assert (day.text, day.start, day.end) == ("5 March", 5, 12)
    assert day.date is not None
    assert day.date.period == "2019-03-05"


def test_a_day_takes_the_place_of_numbers_within_it_and_of_no_others() -> None:
    text = "In 2019, 7 users on 5 March, 8 of them left"
    numbers = [Found(9, 10, "7"), Found(20, 21, "5"), Found(29, 30, "8")]
    found = with_implied([dated(3, 7, (2019, 1, 1), (2019, 12, 31)), *numbers], text, "en", None)
    assert [(one.start, one.text) for one in found if one.date is None or one.is_implied] == [
        (9, "7"), (20, "5 March"), (29, "8"),
    ]  # fmt: skip
    until = with_implied([dated(3, 7, (2019, 1, 1), (2019, 12, 31))], "In 2019, until 5 March", "en", None)[-1]
    assert until.date is not None
    assert until.date.bound == "at_most"


@pytest.mark.parametrize(
    ("one", "start", "end", "is_shared"),
    [((3, 6), 6, 9, False), ((3, 6), 5, 9, True), ((3, 6), 0, 3, False), ((3, 6), 0, 4, True), ((3, 6), 4, 5, True),
     ((4, 5), 3, 6, True), ((3, 6), 3, 3, False)],
)  # fmt: skip
def test_figures_overlap_where_they_share_a_character(
    one: tuple[int, int], start: int, end: int, *, is_shared: bool
) -> None:
    assert Found(*one, "x").overlaps(start, end) is is_shared
