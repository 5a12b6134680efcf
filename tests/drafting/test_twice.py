"""When two figures may be one quantity told twice: digits, words and nouns at their limits."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting.twice import (
    _counts_alike,
    _is_telling,
    _noun,
    _tells_a_quantity,
    _Told,
    _what,
    _with_later,
    _words,
    stems,
)
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]


def marked(plain: str, *figures: Figure) -> Marked:
    """A sentence in which # stands for each figure."""
    places = tuple(place for place, char in enumerate(plain) if char == "#")
    for number, place in enumerate(places):
        plain = plain[:place] + chr(0xE000 + number) + plain[place + 1 :]
    return Marked(plain, plain, figures, places, "en", 1, 1)


@pytest.mark.parametrize(
    ("value", "unit", "periods", "shared", "is_telling"),
    [
        (123, "users", ("", ""), 2, True),
        (123, "users", ("", ""), 1, False),
        (120, "users", ("", ""), 2, True),  # from a hundred on, though of two digits
        (99, "users", ("", ""), 2, False),
        (100, "users", ("", ""), 2, True),
        (12.5, "percent", ("", ""), 2, True),
        (12, "percent", ("", ""), 2, False),
        (120, "percent", ("", ""), 2, False),
        (0, "users", ("", ""), 2, False),
        (5, "users", ("2020", "2020"), 1, True),  # of one period a word is enough
        (5, "users", ("2020", "2020"), 0, False),
        (123, "users", ("2020", "2021"), 2, False),
        (123, "users", ("2020", ""), 2, True),
    ],
)
def test_the_same_number_tells_if_it_is_long_or_of_one_period(
    one: Made, value: float, unit: str, periods: tuple[str, str], shared: int, is_telling: bool
) -> None:
    first, second = (one(value, unit, period=period) for period in periods)
    assert _is_telling(first, second, frozenset("abc"[:shared])) is is_telling


@pytest.mark.parametrize(
    ("value", "unit", "table", "tells"),
    [
        (10, "users", "", True),
        (9, "users", "", False),
        (9.5, "users", "", True),
        (None, "users", "", False),
        (10, "years", "", False),
        (10, "", "", False),
        (10, "users", "1", False),
        (10, "percent", "", True),
    ],
)
def test_small_numbers_times_and_cells_count_something_new(
    one: Made, value: float | None, unit: str, table: str, tells: bool
) -> None:
    assert _tells_a_quantity(one(value, unit, table=table)) is tells


def test_words_around_a_figure_are_those_of_its_clause(one: Made) -> None:
    figure, other = one(10, start=0), one(20, start=1)
    said = marked("schools; embassies opened # pages quickly, # users", figure, other)
    assert _words(said, figure) == {"embas", "opene", "pages", "quick"}
    assert _words(said, other) == {"pages", "quick", "users"}
    # 75 characters before the figure: all of "page", or what is no word of four letters
    assert "page" in _words(marked(f"page {'x' * 69} #", figure), figure)
    assert "page" not in _words(marked(f"page {'x' * 70} #", figure), figure)
    assert "page" in _words(marked(f"# {'x' * 69} page", figure), figure)
    assert "page" not in _words(marked(f"# {'x' * 70} page", figure), figure)
    assert "page" in _words(marked("#page", figure), figure)


def test_the_noun_right_behind_a_figure_and_common_ones_are_none(one: Made) -> None:
    figure = one(10)
    assert _noun(marked("It has # embassies", figure), figure) == "embas"
    assert _noun(marked("It has #-odd embassies", figure), figure) == "embas"
    assert _noun(marked("It has #, embassies", figure), figure) == ""
    assert _noun(marked("It has # of", figure), figure) == ""
    assert [_counts_alike(*pair) for pair in (("a", "a"), ("", "a"), ("a", ""), ("a", "b"))] == [
        True,
        True,
        True,
        False,
    ]


def test_each_figure_meets_the_later_ones_that_are_alike(one: Made) -> None:
    said = marked("# # # #")
    told = [
        _Told(one(n, platform=platform), said, frozenset()) for n, platform in ((1, "a"), (2, "b"), (3, "a"), (4, "a"))
    ]
    met = [(each.one.value, [other.one.value for other in later]) for each, later in _with_later(told, _what)]
    assert met == [(1, [3, 4]), (2, []), (3, [4]), (4, [])]
    assert _what(one(1, entity="KAZ", period="2020")) == ("users", "KAZ", "", "2020")


def test_stems_are_the_first_five_letters_of_words_of_four_and_more() -> None:
    assert stems("Embassies opened new page; pages") == {"embas", "opene", "page", "pages"}
