"""Counts that a sentence divides, or the one behind it: at the last place where a rule holds, and beyond it."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pytest

from digital_diplomacy.drafting.divided import divided, included, kinds
from digital_diplomacy.drafting.unjudged import Draft
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]


def told(drafts: Iterable[Draft]) -> list[str]:
    """Each draft by its rule, kind and the values of its sides; all of these are suggested by places alone."""
    found = list(drafts)
    assert {each.sure for each in found} <= {"place"}
    return [
        " ".join([each.why, each.kind, *(f"{one.value:g}" for one in each.left), "|",
                  *(f"{one.value:g}" for one in each.right)])
        for each in found
    ]  # fmt: skip


def counts(one: Made, values: Iterable[float], **said: Any) -> list[Figure]:
    return [one(value, **said) for value in values]


BRACKETS = "Asked were # people in Chad (#), Mali (#) and Peru (#)."
COLON = "We saw # accounts: # in Chad and # in Mali."
THREE = ["divided sum_of_parts 10 20 30 | 60"]
TWO = ["divided sum_of_parts 31 23 | 54"]


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        (BRACKETS, [60, 10, 20, 30], THREE),
        (BRACKETS, [31, 10, 20, 30], ["divided sum_of_parts 10 20 30 | 31"]),
        (BRACKETS, [30, 10, 20, 30], []),  # no more than its largest part
        ("Asked were # people in Chad (#), Mali (#), Peru (#).", [60, 10, 20, 30], []),  # others may follow
        ("Asked were # people in Chad (#) and Mali (#) and # in Peru.", [60, 10, 20, 30], []),
        (f"Asked were #{' ' * 60}(#), Mali (#) and Peru (#).", [60, 10, 20, 30], THREE),
        (f"Asked were #{' ' * 61}(#), Mali (#) and Peru (#).", [60, 10, 20, 30], []),
        (f"Asked were # (#), M{'a' * 40}(#) and Peru (#).", [60, 10, 20, 30], THREE),
        (f"Asked were # (#), M{'a' * 41}(#) and Peru (#).", [60, 10, 20, 30], []),
        ("Asked were # people (#) and Peru (#).", [60, 10, 20], ["divided sum_of_parts 10 20 | 60"]),
        ("Asked were # people and Peru (#).", [60, 10], []),
        (COLON, [54, 31, 23], TWO),
        ("We saw # accounts: # in Chad.", [54, 31], []),
        ("We saw # accounts: # in Chad and # in Mali, and no others.", [54, 31, 23], []),
        ("We saw # accounts: # in Chad and # # in Mali.", [54, 31, 23, 5], []),
        (f"We saw #{' ' * 60}: # in Chad and # in Mali", [54, 31, 23], TWO),
        (f"We saw #{' ' * 61}: # in Chad and # in Mali", [54, 31, 23], []),
        ("We saw # accounts: # in Chad; # in Mali.", [54, 31, 23], []),
        ("We saw # accounts: # in Chad (# in Mali).", [54, 31, 23], []),
        ("In # towns we saw # accounts: # in Chad and # in Mali.", [100, 54, 31, 23], TWO),
        # The number of the groups is no part; another number there is.
        ("We sent # people to # groups: # here, # there and # away.", [480, 3, 160, 150, 170],
         ["divided sum_of_parts 160 150 170 | 480"]),
        ("We sent # people to # groups: # here, # there and # away.", [480, 4, 160, 150, 170], []),
        ("We sent # people # to: # here, # there and # away.", [480, 3, 160, 150, 170],
         ["divided sum_of_parts 160 150 170 | 480"]),
        # Words by which the parts may overlap, or be fewer than all.
        ("We saw # accounts used: # in Chad and # in Mali.", [54, 31, 23], []),
        ("We saw # accounts, including: # in Chad and # in Mali.", [54, 31, 23], []),
        ("We saw mainly # accounts: # in Chad and # in Mali.", [54, 31, 23], []),
        ("We saw # accounts: from # in Chad to # in Mali.", [54, 31, 23], []),
    ],
)  # fmt: skip
def test_a_count_is_divided_by_names_in_brackets_or_behind_a_colon(
    one: Made, sentence: Said, plain: str, values: list[float], drafts: list[str]
) -> None:
    assert told(divided(sentence(plain, *counts(one, values)))) == drafts


@pytest.mark.parametrize(("parts", "is_drafted"), [(12, True), (13, False)])
def test_a_count_is_divided_into_twelve_at_most(one: Made, sentence: Said, parts: int, is_drafted: bool) -> None:
    plain = "We saw # accounts: " + ", ".join(["# here"] * parts)
    found = list(divided(sentence(plain, *counts(one, [100, *range(2, parts + 2)]))))
    assert [len(each.left) for each in found] == [parts] * is_drafted


@pytest.mark.parametrize(
    "said",
    [{"unit": "messages"}, {"bound": "about"}, {"table": "1"}, {"unit": "days"}, {"value": 0}, {"value": 23.5}],
)
def test_a_part_is_an_exact_count_of_the_unit_of_its_whole(one: Made, sentence: Said, said: dict[str, Any]) -> None:
    assert told(divided(sentence(COLON, one(54), one(31), one(23)))) == TWO
    assert told(divided(sentence(COLON, one(54), one(31), one(**({"value": 23} | said))))) == []


BEFORE = "We know # missions."
OPENED = "Of these, # are embassies and # consulates."
NESTED = ["included nesting 71 19 | 98"]
HALVES = ["divided sum_of_parts 71 27 | 98"]


@pytest.mark.parametrize(
    ("before", "plain", "values", "drafts"),
    [
        (BEFORE, OPENED, [98, 71, 19], NESTED),
        ("There are # missions of # states.", OPENED, [98, 90, 71, 19], []),
        ("There are missions.", OPENED, [71, 19], []),
        (BEFORE, "Among them # are embassies and # consulates.", [98, 71, 19], NESTED),
        (BEFORE, "There # are embassies and # consulates.", [98, 71, 19], []),
        (BEFORE, "Of these, # are embassies.", [98, 71], []),
        (BEFORE, "Of these, # are embassies; # consulates.", [98, 71, 19], []),
        (BEFORE, "Of these, # read and # write.", [98, 71, 19], []),  # the same may do both
        (BEFORE, "# were women and # men.", [98, 71, 27], HALVES),
        (BEFORE, "# were women and # pupils.", [98, 71, 27], []),
        (BEFORE, "# were boys and # pupils.", [98, 71, 27], []),
        (BEFORE, "# were women and # men and # others.", [98, 71, 17, 10], []),
        ("In # towns we know # people.", "# were women and # men.", [5, 98, 71, 27], HALVES),
    ],
)  # fmt: skip
def test_what_one_sentence_counts_the_next_divides(
    one: Made, sentence: Said, before: str, plain: str, values: list[float], drafts: list[str]
) -> None:
    figures = counts(one, values)
    size = before.count("#")
    first, second = sentence(before, *figures[:size]), sentence(plain, *figures[size:], number=2)
    assert told(kinds(first, second)) == drafts


def test_only_the_sentence_right_before_counts_what_is_divided(one: Made, sentence: Said) -> None:
    parts = sentence(OPENED, one(71), one(19), number=3)
    for number, paragraph, drafts in ((2, 1, NESTED), (1, 1, []), (3, 1, []), (2, 2, [])):
        before = sentence(BEFORE, one(98), number=number, paragraph=paragraph)
        assert told(kinds(before, parts)) == drafts
    before = sentence(BEFORE, one(98), number=2)
    cells = sentence(OPENED, one(71, table="1"), one(19), number=3)
    shares = sentence("Of these, # are embassies, # of all, and # consulates.", one(71), one(7, "percent"), one(19),
                      number=3)  # fmt: skip
    others = sentence(OPENED, one(71, "messages"), one(19), number=3)
    for said in (cells, shares, others):
        assert told(kinds(before, said)) == []
    dated = sentence("Of these, # were embassies in @ and # consulates.", one(71), one(None, "date", date="2019"),
                     one(19), number=3)  # fmt: skip
    assert told(kinds(before, dated)) == NESTED
    women = sentence("# were women and # men, # of all.", one(71), one(27), one(7, "percent"), number=3)
    other_unit = sentence("# were women and # men.", one(71), one(27, "messages"), number=3)
    for said in (women, other_unit):
        assert told(kinds(before, said)) == []


INCLUDING = "There are # missions, of them # embassies, # consulates."


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        (INCLUDING, [98, 71, 19], NESTED),
        (INCLUDING, [71, 71, 19], ["included nesting 71 19 | 71"]),
        (INCLUDING, [70, 71, 19], []),
        ("There are # missions, of them # embassies.", [98, 71], []),
        ("There are missions, of them # embassies, # consulates.", [71, 19], []),
        ("There are # missions; of them # embassies, # consulates.", [98, 71, 19], NESTED),
        ("There are # missions, of them # embassies; # consulates.", [98, 71, 19], []),
        ("There are # missions, of them # use it, # read.", [98, 71, 19], []),
        ("There are # missions read, of them # embassies, # consulates.", [98, 71, 19], NESTED),
        ("There rose # missions, of them # embassies, # consulates.", [98, 71, 19], []),
        ("There fell # missions, of them # embassies, # consulates.", [98, 71, 19], []),
        ("In # states are # missions, of them # embassies, # consulates.", [200, 98, 71, 19], NESTED),
    ],
)
def test_kinds_of_a_count_are_at_most_all_of_it(
    one: Made, sentence: Said, plain: str, values: list[float], drafts: list[str]
) -> None:
    assert told(included(sentence(plain, *counts(one, values)))) == drafts


def test_shares_behind_kinds_are_of_other_things_unless_they_stand_in_brackets(one: Made, sentence: Said) -> None:
    share = one(70, "percent")
    behind = sentence(INCLUDING[:-1] + ", # of all.", one(98), one(71), one(19), share)
    bracket = sentence(INCLUDING[:-1] + " (# of all).", one(98), one(71), one(19), share)
    before = sentence(f"For # of all t{INCLUDING[1:]}", share, one(98), one(71), one(19))
    assert [told(included(said)) for said in (behind, bracket, before)] == [[], NESTED, NESTED]
    other = sentence(INCLUDING, one(98), one(71), one(19, "messages"))
    assert told(included(other)) == []


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        ("# мекеменің #-і – елшілік, #-ы – консулдық.", [98, 71, 19], NESTED),
        ("# мекеменің #-і – елшілік, #-ы – консулдық.", [71, 71, 19], ["included nesting 71 19 | 71"]),
        ("# мекеменің #-і – елшілік, #-ы – консулдық.", [70, 71, 19], []),
        ("# мекеменің #-і – елшілік.", [98, 71], []),
        ("# мекеменің #-і – елшілік, # консулдық.", [98, 71, 19], []),
        ("# елдегі # мекеменің #-і – елшілік, #-ы – консулдық.", [200, 98, 71, 19], NESTED),
    ],
)
def test_kazakh_predicates_are_kinds_of_the_count_before_them(
    one: Made, sentence: Said, plain: str, values: list[float], drafts: list[str]
) -> None:
    assert told(included(sentence(plain, *counts(one, values), lang="kk"))) == drafts
    mixed = sentence("# мекеменің #-і – елшілік, #-ы – консулдық.", one(98), one(71), one(19, "messages"), lang="kk")
    assert told(included(mixed)) == []
    assert told(included(sentence(plain, *counts(one, values), lang="en"))) == []
