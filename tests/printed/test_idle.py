"""Number words that count nothing, beside those that count."""

import pytest

from digital_diplomacy.printed import read
from digital_diplomacy.printed.idle import is_idle


@pytest.mark.parametrize(
    ("text", "said", "is_nothing"),
    [
        ("one of them", "one", True),
        ("one of the five", "one", False),
        ("один из трех", "один", False),
        ("no one came", "one", True),
        ("it had one user", "one user", True),
        ("it had only one user", "one user", False),
        ("it took one year", "one year", False),
        ("it grew one percent", "one percent", False),
        ("two of them", "two", False),
        ("at least one user", "at least one user", False),
        ("1 of them", "1", False),
        ("at first, it grew", "first", True),
        ("at first it grew", "first", True),
        ("First, it grew", "First", True),
        ("first of all", "first", True),
        ("the first glance", "first", True),
        ("the first year", "first", True),
        ("one of the first", "first", True),
        ("первые пользователи", "первые", True),
        ("первый пользователь", "первый", True),
        ("во-первых, рост", "первых", True),
        ("в-третьих рост", "третьих", True),
        ("in the Fourth Industrial Revolution", "Fourth", True),
        ("in the Fourth industrial revolution", "Fourth", True),
        ("in the fourth Industrial Revolution", "fourth", True),
        ("Fourth Avenue", "Fourth", True),
        ("a few every second year", "second", True),
        ("the second year", "second", True),
        ("it ranked second last year", "second", False),
        ("second place", "second", False),
        ("the second largest network", "second", False),
        ("among 16 provinces it is fifth by coverage", "fifth", False),
        ("climbed from 11th to fourth", "fourth", False),
        ("the fourth is what nobody sees", "fourth", True),
        ("третья гипотеза не отвергнута", "третья", True),
        ("поднялось на четыре позиции с тринадцатого.", "тринадцатого", False),
        ("екінші кезеңде", "екінші", True),
        ("қамту бойынша облыс алтыншы, ал", "алтыншы", False),
        ("the third party", "third", True),
        ("the 3rd party", "3rd", False),
    ],
)
def test_a_word_of_number_counts_or_does_not(text: str, said: str, is_nothing: bool) -> None:
    start = text.index(said)
    assert is_idle(text, start, start + len(said), read(said)) is is_nothing


def test_what_is_no_number_or_a_range_is_not_idle() -> None:
    assert not is_idle("one of them", 0, 3, None)
    assert not is_idle("one to two of them", 0, 10, read("one to two"))


def test_only_what_stands_near_tells_what_a_word_does() -> None:
    far = f"only {'x' * 80} one user"
    assert is_idle(far, far.index("one"), len(far), read("one user"))
