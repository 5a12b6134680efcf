"""Answers that exclude each other, with the clauses, times and counts that keep them apart."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting.answers import opposites, with_middle
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        ("Women made up #% and men #%.", [56, 44], [[56, 44]]),
        ("Men made up #% and women #%.", [44, 56], [[44, 56]]),
        ("#% were women, and #% were men.", [56, 44], [[56, 44]]),
        ("Women #, pupils #.", [56, 44], []),
        ("Of women #% and of men #%.", [56, 44], []),  # each has a base of its own
        ("#% of women and #% of men.", [56, 44], []),
        ("Women #, women # and men #.", [50, 6, 44], []),
        ("Women # and men #; women # and men #.", [56, 44, 60, 40], [[56, 44], [60, 40]]),
        ("Women #; men #.", [56, 44], []),
        ("Women # and men #; all #.", [56, 44, 100], [[56, 44]]),
        ("It rose: women #, men #.", [56, 44], []),
        ("It fell: women #, men #.", [56, 44], []),
        ("It is from # to #: women #, men #.", [1, 2, 56, 44], []),
    ],
)
def test_two_words_that_exclude_each_other_divide_all(
    one: Made, sentence: Said, plain: str, values: list[float], drafts: list[list[float]]
) -> None:
    found = list(opposites(sentence(plain, *(one(value, "percent") for value in values))))
    assert [[each.value for each in made.left] for made in found] == drafts
    assert {(made.kind, made.why, made.right, made.sure) for made in found} <= {
        ("sum_at_most_100", "hundred", (), "words")
    }


def test_counts_and_ranges_are_no_shares_of_opposites(one: Made, sentence: Said) -> None:
    plain = "Women made up #% and men #%."
    assert not list(opposites(sentence(plain, one(56, "users"), one(44, "percent"))))
    assert not list(opposites(sentence(plain, one(None, "percent"), one(44, "percent"))))


@pytest.mark.parametrize(
    ("plain", "shares", "is_drafted"),
    [
        ("# said yes, # no and # were undecided.", 3, True),
        ("# said yes, # were undecided.", 2, False),
        ("# said yes, # perhaps, # so, # no and # were undecided.", 5, True),
        ("# said yes, # perhaps, # so, # never, # no and # were undecided.", 6, False),
        ("# said yes, # no and # were silent.", 3, False),
        ("# said yes, # were neutral and # were undecided.", 3, True),
        ("# said yes, # no; # were undecided.", 3, True),
        ("# said yes; # no, # were undecided.", 3, False),
        ("# said yes, # no and # were undecided, as it rose.", 3, False),
        ("# said yes, # no and # were undecided, as it fell.", 3, False),
        ("From # to #, and # were undecided.", 3, False),
        ("By several answers # said yes, # no and # were undecided.", 3, False),
    ],
)
def test_three_to_five_answers_with_one_in_the_middle_are_at_most_all(
    one: Made, sentence: Said, plain: str, shares: int, is_drafted: bool
) -> None:
    found = list(with_middle(sentence(plain, *(one(10 + place, "percent") for place in range(shares)))))
    assert [len(each.left) for each in found] == [shares] * is_drafted
    assert {(each.kind, each.why) for each in found} <= {("sum_at_most_100", "hundred")}


def test_a_number_of_people_in_brackets_and_one_date_change_no_answers(one: Made, sentence: Said) -> None:
    shares = [one(value, "percent") for value in (58, 22, 20)]
    count, first, second = one(802), one(None, "date", date="2019"), one(None, "date", date="2021")
    behind = "# said yes, # no and # were undecided"
    for plain, figures, size in (
        (f"(n = #) {behind}.", [count, *shares], 1),
        (f"(N=#) {behind}.", [count, *shares], 1),
        (f"(of #) {behind}.", [count, *shares], 1),
        (f"{behind} (of #).", [*shares, count], 0),
        (f"In @ {behind}.", [first, *shares], 1),
        (f"In @ and @ {behind}.", [first, second, *shares], 0),
        (f"In @ and @ {behind}.", [first, first, *shares], 1),
    ):
        assert len(list(with_middle(sentence(plain, *figures)))) == size
