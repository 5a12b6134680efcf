"""When two figures may be one quantity told twice: digits, words and nouns at their limits."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from digital_diplomacy.drafting.twice import (
    _counts_alike,
    _is_telling,
    _tells_a_quantity,
    _Told,
    _what,
    _with_later,
    _words,
    again,
    pages,
    recalled,
    stems,
    twice,
    word_behind,
)
from digital_diplomacy.drafting.unjudged import Draft
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]


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
    assert word_behind(marked("It has # embassies", figure), figure) == "embas"
    assert word_behind(marked("It has #-odd embassies", figure), figure) == "embas"
    assert word_behind(marked("It has #, embassies", figure), figure) == ""
    assert word_behind(marked("It has # of", figure), figure) == ""
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


def pairs(drafts: Iterable[Draft]) -> list[tuple[float | None, float | None, str, str]]:
    return [(each.left[0].value, each.right[0].value, each.why, each.sure) for each in drafts]


PAGE = "The embassy pages of Lima draw # followers."
RECALLED = "As noted above, the embassy pages of Lima draw # followers."


@pytest.mark.parametrize("said", [{"table": "1"}, {"in_references": True}, {"unit": "messages"}, {"period": "2020"}])
def test_what_is_recalled_was_told_of_the_same_thing_in_the_text(
    one: Made, sentence: Said, said: dict[str, Any]
) -> None:
    second = sentence(RECALLED, one(23_900, period="2019"), number=2)
    assert pairs(recalled([sentence(PAGE, one(23_900)), second])) == [(23_900, 23_900, "recalled", "words")]
    assert pairs(recalled([sentence(PAGE, one(23_900, period="2019")), second])) != []
    other = one(23_900, **{"unit": "users"} | said)
    assert pairs(recalled([sentence(PAGE, other), second])) == []


@pytest.mark.parametrize(
    ("first", "second", "is_drafted"),
    [
        (PAGE, RECALLED, True),
        (PAGE, PAGE, False),  # no word recalls
        ("The embassy of Lima draws # followers.", RECALLED, True),
        ("The ministry in Peru asks # readers.", RECALLED, False),
        (PAGE, "As noted above, the embassy pages of Lima draw # readers.", False),  # another noun
        (PAGE, "As noted above, embassy pages # there.", True),
        (PAGE, "As noted above, pages # there.", False),  # one word in common
    ],
)
def test_a_recalled_figure_is_told_in_nearly_the_same_words(
    one: Made, sentence: Said, first: str, second: str, is_drafted: bool
) -> None:
    sentences = [sentence(first, one(23_900)), sentence(second, one(24_000), number=2)]
    assert len(list(recalled(sentences))) == is_drafted
    assert not list(recalled(sentences[::-1]))


def test_of_several_told_before_the_nearest_is_recalled_and_two_in_a_sentence_are_not(
    one: Made, sentence: Said
) -> None:
    before = [sentence(PAGE, one(n), number=n) for n in (11, 12)]
    assert pairs(recalled([*before, sentence(RECALLED, one(13), number=13)])) == [(12, 13, "recalled", "words")]
    two = sentence(RECALLED + " Others draw #.", one(13), one(14), number=13)
    assert not list(recalled([*before, two]))
    mixed = sentence(RECALLED + " Others draw #.", one(13), one(14, "percent"), number=13)
    assert pairs(recalled([*before, mixed])) == [(12, 13, "recalled", "words")]


@pytest.mark.parametrize(
    ("values", "said", "is_drafted"),
    [
        ((210, 210), {}, True),
        ((210, 211), {}, True),  # nearly the same words, whatever the digits
        ((9, 9), {}, False),
        ((9.5, 9.5), {}, True),
        ((210, 210), {"unit": "percent"}, False),  # answers to two questions are told in the same words
        ((210, 210), {"entity": "KAZ"}, False),
        ((210, 210), {"table": "1"}, False),
        ((210, 210), {"in_references": True}, False),
    ],
)
def test_nearly_the_same_words_tell_one_quantity(
    one: Made, sentence: Said, values: tuple[float, float], said: dict[str, Any], is_drafted: bool
) -> None:
    own = {"unit": said["unit"]} if "unit" in said else {}
    first = sentence(PAGE, one(values[0], **own))
    second = sentence(PAGE, one(values[1], **({"unit": "users"} | said)), number=2)
    assert len(list(twice([first, second]))) == is_drafted
    assert not list(twice([first, sentence(PAGE, one(values[1]), number=1)]))


@pytest.mark.parametrize(
    ("counts", "is_drafted"),
    [
        ([{}, {}], True),
        ([{}], False),
        ([{}, {}, {}], False),  # told more often than twice
        ([{}, {"entity": ""}], False),
        ([{}, {"platform": ""}], False),
        ([{}, {"unit": "persons"}], False),
        ([{}, {"value": 99}], False),
        ([{}, {"value": 100}], True),
        ([{}, {"in_references": True}], False),
        ([{"period": "2019"}, {"period": "2020"}], False),
        ([{"period": "2019"}, {"period": "2019"}], True),
        ([{"period": "2019"}, {}], True),
    ],
)
def test_a_page_is_counted_twice_where_two_sentences_count_it(
    one: Made, sentence: Said, counts: list[dict[str, Any]], is_drafted: bool
) -> None:
    plain = {"value": 23_900, "unit": "followers", "entity": "KAZ", "platform": "twitter"}
    made = [one(**(plain | each)) for each in counts]
    said = [sentence("It has # there.", figure, number=number) for number, figure in enumerate(made)]
    assert [(each.why, each.sure) for each in pages(said)] == [("page", "place")] * is_drafted
    if is_drafted:
        assert not list(pages([sentence("It has # and #.", *made)]))
        assert not list(pages([sentence("It rose to # there.", made[0]), said[1]]))


@pytest.mark.parametrize(
    ("first", "second", "values", "is_drafted"),
    [
        ("The embassies asked #.", "Then the embassies asked #.", (123, 123), True),
        ("The embassies asked #.", "Then the embassies asked #.", (123, 124), False),
        ("The embassies asked #.", "Then the ministry told #.", (123, 123), False),
        ("The embassies asked #.", "Then the same # left.", (12, 12), True),
        ("The embassies asked #.", "Then the same # left.", (9, 9), False),
        ("The embassies asked #.", "Then # respondents left.", (12, 12), True),
        ("The embassies asked #.", "Then # others left.", (12, 12), False),
        ("There are # masts.", "Then # masts fell.", (123, 123), True),  # of one noun, no other word is needed
        ("There are # masts.", "Then # masts fell.", (12, 12), False),
    ],
)
def test_the_same_number_again_is_drafted_so_that_a_misprint_would_show(
    one: Made, sentence: Said, first: str, second: str, values: tuple[float, float], is_drafted: bool
) -> None:
    said = [sentence(first, one(values[0])), sentence(second, one(values[1]), number=2)]
    assert [each.why for each in again(said)] == ["again"] * is_drafted
    people = [said[0], sentence(second, one(values[1], "persons"), number=2)]
    assert [each.why for each in again(people)] == ["again"] * is_drafted  # users are persons
    for other in ({"unit": "messages"}, {"table": "1"}, {"in_references": True}):
        told = sentence(second, one(values[1], **({"unit": "users"} | other)), number=2)
        assert not list(again([said[0], told]))
    assert not list(again([said[0], replace(said[1], number=1)]))
