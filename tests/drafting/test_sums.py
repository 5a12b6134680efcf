"""Changes told in the sentence behind, and shares of those who do and do not, on sentences written by hand."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting.sums import _may_exclude, changed_since
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]


def marked(plain: str, *figures: Figure, number: int = 1, paragraph: int = 1) -> Marked:
    """A sentence in which # stands for each figure."""
    placed = []
    for place, figure in enumerate(figures):
        at = plain.index("#")
        plain = plain[:at] + chr(0xE000 + place) + plain[at + 1 :]
        placed.append(replace(figure, start=at, end=at + 1))
    places = tuple(figure.start for figure in placed)
    return Marked(plain, plain, tuple(placed), places, "en", number, paragraph)


@pytest.mark.parametrize(
    ("unit", "by", "words", "said"),
    [
        ("users", "users", "It rose by #.", "difference change_amount 2 1 | 3"),
        ("users", "items", "It rose by #.", "difference change_amount 2 1 | 3"),
        ("users", "users", "It fell by #.", "difference change_amount 1 2 | 3"),
        ("users", "percent", "It rose by #.", "growth_rate change_percent 1 2 | 3"),
        ("users", "percent", "It fell by #.", "decline_rate change_percent 1 2 | 3"),
        ("users", "times", "It rose by #.", None),
        ("rank", "rank", "It rose by #.", None),
        ("percent", "percent", "It rose by #.", None),
    ],
)
def test_a_change_is_of_the_two_ends_of_the_sentence_before(
    one: Made, unit: str, by: str, words: str, said: str | None
) -> None:
    ends = marked("It had # and then #.", one(1, unit), one(2, unit))
    found = list(changed_since(ends, marked(words, one(3, by), number=2)))
    told = [
        f"{each.kind} {each.why} {' '.join(f'{side.value}' for side in each.left)} | {each.right[0].value}"
        for each in found
    ]
    assert told == ([said] if said else [])
    assert all(each.sure == "place" for each in found)


def test_a_change_has_two_ends_in_the_sentence_right_before_it(one: Made) -> None:
    change = marked("It rose by #.", one(3), number=2)
    assert len(list(changed_since(marked("It had # and #.", one(1), one(2)), change))) == 1
    for before in (
        marked("It had #.", one(1)),
        marked("It had #, # and #.", one(1), one(2), one(4)),
        marked("It had # and #.", one(1), one(2, "messages")),
        marked("It had # and #.", one(1), one(2), paragraph=2),
        marked("It had # and #.", one(1), one(2), number=0),
    ):
        assert not list(changed_since(before, change))
    two = marked("It rose by # and had #.", one(3), one(5), number=2)
    assert not list(changed_since(marked("It had # and #.", one(1), one(2)), two))


@pytest.mark.parametrize(
    ("denied", "share", "may"),
    [
        ({"platform": "twitter"}, {"platform": "twitter"}, True),
        ({"platform": "twitter"}, {"platform": "facebook"}, False),
        ({"platform": "internet"}, {"platform": "facebook"}, True),  # who is on none is on no network
        ({"platform": "social_networks"}, {"platform": "facebook"}, True),
        ({"platform": "internet"}, {"platform": "television"}, False),
        ({"platform": "facebook"}, {"platform": "internet"}, False),
        ({"platform": "internet"}, {}, False),
        ({"period": "2019"}, {"period": "2020"}, False),
        ({"period": "2019"}, {"period": "2019"}, True),
        ({"period": "2019"}, {}, True),
    ],
)
def test_shares_exclude_each_other_where_they_are_of_one_thing(
    one: Made, denied: dict[str, str], share: dict[str, str], may: bool
) -> None:
    words = "embassies opened portals #"
    first, second = one(58, "percent", **denied), one(42, "percent", **share)
    assert _may_exclude(marked(words, first), first, marked(words, second), second) is may
    few = "embassies opened #"  # two words in common are not enough
    if not denied.get("platform") and not share.get("platform"):
        assert not _may_exclude(marked(few, first), first, marked(words, second), second)


def test_figures_of_other_units_stand_beside_a_change_and_of_its_own_unit_do_not(one: Made) -> None:
    ends = marked("It had # and #.", one(1), one(2))
    assert len(list(changed_since(ends, marked("It rose by # in # towns.", one(3), one(7, "items"), number=2)))) == 1
    assert not list(changed_since(ends, marked("It rose by # in # towns.", one(3), one(7), number=2)))
