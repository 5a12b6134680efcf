"""What a change between two figures is by the units of all three, and which figures a sentence tells of a change."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pytest

from digital_diplomacy.drafting.changes import (
    above_whole,
    change_of,
    changes,
    dated,
    grown,
    lives,
    parts,
    places,
)
from digital_diplomacy.drafting.unjudged import Draft
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]
UNITS = {"u": "users", "m": "messages", "%": "percent", "p": "percentage_points", "x": "times", "r": "rank",
         "y": "years", "i": "items", "$": "dollars", "d": "days", "h": "persons"}  # fmt: skip


@pytest.fixture
def figures(one: Made) -> Callable[[str], list[Figure]]:
    """Figures by their values and the letters of their units: "40u 15%"; "?" is a range, @ a date."""

    def made(told: str) -> list[Figure]:
        return [
            one(None, "date", date=each[1:], printed=each[1:]) if each[0] == "@"
            else one(None if each[0] == "?" else float(each[:-1]), UNITS[each[-1]])
            for each in told.split()
        ]  # fmt: skip

    return made


def told(drafts: Iterable[Draft]) -> list[str]:
    def side(all_of_it: Iterable[Figure]) -> str:
        return " ".join(f"{one.value:g}" if one.value is not None else one.date for one in all_of_it)

    return [f"{each.why} {each.kind} {side(each.left)} | {side(each.right)}".strip() for each in drafts]


@pytest.mark.parametrize(
    ("unit", "by", "rising", "falling"),
    [
        ("users", "users", "change_amount difference 2 1", "change_amount difference 1 2"),
        ("users", "items", "change_amount difference 2 1", "change_amount difference 1 2"),
        ("users", "percent", "change_percent growth_rate 1 2", "change_percent decline_rate 1 2"),
        ("users", "times", "change_times ratio 2 1", "change_times ratio 1 2"),
        ("percent", "percentage_points", "change_points difference 2 1", "change_points difference 1 2"),
        ("percent", "percent", None, None),  # of percent or in points, which is not said
        ("percentage_points", "percent", None, None),
        ("rank", "percent", None, None),
        ("rank", "rank", "change_amount difference 2 1", "change_amount difference 1 2"),
        ("rank", "items", None, None),
        ("years", "items", None, None),
        ("users", "messages", None, None),
        ("users", "percentage_points", None, None),
        ("percent", "times", "change_times ratio 2 1", "change_times ratio 1 2"),
    ],
)
def test_a_change_is_of_the_unit_it_is_told_in(
    one: Made, unit: str, by: str, rising: str | None, falling: str | None
) -> None:
    earlier, later, change = one(1, unit), one(2, unit), one(3, by)
    for is_down, expected in ((False, rising), (True, falling)):
        made = change_of(earlier, later, change, is_down=is_down, words="words")
        told = None if made is None else f"{made.why} {made.kind} {' '.join(f'{each.value}' for each in made.left)}"
        assert told == expected
        if made is not None:
            assert ([each.value for each in made.right], made.words) == ([3], "words")


FELL = "It fell from # to #, by #."


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        ("It rose from # to #, by #.", "40u 60u 20u", ["change_amount difference 60 40 | 20"]),
        (FELL, "60u 40u 20u", ["change_amount difference 60 40 | 20"]),
        ("It is from # to #, by #.", "40u 60u 20u", []),  # no change is told
        ("It rose from # to #, by #.", "40u 60m 20u", []),
        ("It rose from # to #, by #.", "?u 60u 20u", []),
        ("It rose from # to #, by #.", "40u ?u 20u", []),
        ("It rose from # to #, by #.", "40u 60u ?u", []),
        ("It fell and rose from # to #, by #.", "40u 60u 20u", ["change_amount difference 60 40 | 20"]),
        ("It is # against #, by #.", "60u 40u 20u", ["change_amount difference 60 40 | 20"]),
        ("It is # against #, by #.", "40u 60u 20u", ["change_amount difference 60 40 | 20"]),
        ("It is # against #, by #.", "60u 40u 50%", ["change_percent growth_rate 40 60 | 50"]),
        ("It is # against #, by #.", "40u 60u 33%", ["change_percent decline_rate 60 40 | 33"]),
        ("It is # against #, by #.", "60u 60u 0%", ["change_percent growth_rate 60 60 | 0"]),
        # The nearest amount that can be one of this change; one behind a semicolon only where there is no other.
        ("By # others rose, it rose from # to #, by #.", "7u 40u 60u 20u", ["change_amount difference 60 40 | 20"]),
        ("It rose from # to #, by # and by #.", "40u 60u 20m 50%", ["change_percent growth_rate 40 60 | 50"]),
        ("It rose from # to # there; by #.", "40u 60u 20u", ["change_amount difference 60 40 | 20"]),
        ("By # it rose; it rose from # to # in the far west of it, by #.", "7u 40u 60u 20u",
         ["change_amount difference 60 40 | 20"]),
        ("It rose from # to #; by # prices, and others by #.", "40u 60u 7u 8u", ["change_amount difference 60 40 | 7"]),
    ],
)  # fmt: skip
def test_the_ends_of_a_change_and_its_amount(
    figures: Callable[[str], list[Figure]], sentence: Said, plain: str, values: str, drafts: list[str]
) -> None:
    assert told(changes(sentence(plain, *figures(values)))) == drafts


@pytest.mark.parametrize(
    ("first", "second", "by", "drafts"),
    [
        ((40, "2019"), (60, "2021"), 20, ["change_amount difference 60 40 | 20"]),
        ((60, "2021"), (40, "2019"), 20, ["change_amount difference 60 40 | 20"]),
        ((60, "2019"), (40, "2021"), 20, ["change_amount difference 60 40 | 20"]),
        ((40, "2019"), (60, "2019"), 20, []),
        ((40, ""), (60, "2019"), 20, []),
        ((40, "2019"), (60, ""), 20, []),
        ((None, "2019"), (60, "2021"), 20, []),
        ((40, "2019"), (60, "2021"), None, []),
    ],
)
def test_two_figures_of_their_own_times_are_the_ends_of_a_change(
    one: Made, sentence: Said, first: Any, second: Any, by: float | None, drafts: list[str]
) -> None:
    ends = [one(value, period=period) for value, period in (first, second)]
    plain = "It was # there, then # here, # more."
    assert told(dated(sentence(plain, *ends, one(by)))) == drafts
    if drafts:
        assert told(dated(sentence("It was # up from #, # more.", *ends, one(by)))) == []  # told as a change already
        assert told(dated(sentence("It was #, then # and #, # more.", *ends, one(5, period="2017"), one(by)))) == []
        other = one(first[0], "messages", period=first[1])
        assert told(dated(sentence(plain, other, ends[1], one(by)))) == []
        cells = [one(value, period=period, table="1") for value, period in (first, second)]
        assert told(dated(sentence(plain, *cells, one(by)))) == []
        with_date = sentence(
            "In @ it was # there, then # here, # more.", one(None, "date", date="2019"), *ends, one(by)
        )
        assert told(dated(with_date)) == drafts


GROWN = "It now has #, grown by # (by #)."


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        (GROWN, "12000u 26% 2500u", ["grown growth_over_base 12000 2500 | 26"]),
        (GROWN, "12000u 2500u 26%", ["grown growth_over_base 12000 2500 | 26"]),
        (GROWN, "12000u 26% 1000u", ["grown growth_over_base 12000 1000 | 26"]),
        (GROWN, "202000u 1% 2000u", ["grown growth_over_base 202000 2000 | 1"]),  # 2000 of 200000
        (GROWN, "202000u 0% 2000u", []),
        (GROWN, "12000u 26% 999u", []),
        (GROWN, "4850u 26% 1000u", ["grown growth_over_base 4850 1000 | 26"]),
        (GROWN, "9450u 8400u 12%", []),  # what it was before
        (GROWN, "12000u 26% 12000u", []),
        (GROWN, "12000u 26% 13000u", []),
        (GROWN, "12000u 26% 2500x", []),
        (GROWN, "12000u 26% ?u", []),
        ("It now has #, # and # of #.", "12000u 26% 2500u 7%", []),
        ("It now has #, or # (#).", "12000u 26% 2500u", []),
        ("It now has #, # more (#).", "12000u 26% 2500u", ["grown growth_over_base 12000 2500 | 26"]),
        ("It now has #, больше by # (#).", "12000u 26% 2500u", ["grown growth_over_base 12000 2500 | 26"]),
        ("It now has #, larger by # (#).", "12000u 26% 2500u", []),
        ("It grew from # to # (#).", "12000u 2500u 26%", []),
        ("It grew to # up from # (by #).", "12000u 2500u 26%", []),
    ],
)
def test_a_figure_is_told_with_how_much_it_grew(
    figures: Callable[[str], list[Figure]], sentence: Said, plain: str, values: str, drafts: list[str]
) -> None:
    assert told(grown(sentence(plain, *figures(values)))) == drafts


NESTED = ["n_of_m nesting 63 | 90"]
SHARED = [*NESTED, "n_of_m_share share_of_base 63 90 | 70"]


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        ("It is # of #.", "63u 90u", NESTED),
        ("It is # of # (#%).", "63u 90u 70%", SHARED),
        ("It is # of # (#%).", "63u 90u 70m", NESTED),
        ("It is # of # (#%).", "63u 90u ?%", NESTED),
        ("It is # of #.", "63u 1u", []),
        ("It is # of #.", "63u 2u", ["n_of_m nesting 63 | 2"]),
        ("It is # of #.", "63% 90u", []),
        ("It is # of #.", "63u 90.5u", []),
        ("It rose from # to # of #.", "63u 90u 95u", []),  # the ends of a change
        ("Of the # schools # (#%) read, # (#%) write.", "90u 63u 70% 45u 50%",
         [*SHARED, "n_of_m nesting 45 | 90", "n_of_m_share share_of_base 45 90 | 50"]),
        ("Of the # schools # (#%) read; # (#%) write.", "90u 63u 70% 45u 50%", SHARED),
        ("Of the # schools # (#%) read, # (#%) write.", "90u 63u 70% 45.5u 50%", SHARED),
        ("Of the # schools # (#%) read, # (#%) write.", "90u 63u 70% 45u 50m", SHARED),
        ("Of the # schools # (#%) read, # (#%) write.", "90u 63u 70% 45u ?%", SHARED),
        ("Of the # schools # (#%) read, # write.", "90u 63u 70% 45u", SHARED),
        # The whole stands behind its part: what follows is of something else.
        ("It is # of # (#%), and # (#%) write.", "63u 90u 70% 45u 50%", SHARED),
        ("It is #% of the # (#).", "70% 90u 63u", ["share_of_base share_of_base 63 90 | 70"]),
        ("It is #% of the # (#).", "70u 90u 63u", []),
        ("It is #% of the # (#).", "70% 90u 62.5u", []),
        ("It is #% of the # (#).", "70% 90.5u 63u", []),
        ("It is #% of the # (#).", "70% 90.5$ 62.5$", ["share_of_base share_of_base 62.5 90.5 | 70"]),
        ("It is #% of the # (#).", "70% 90.5$ 62.5u", []),
    ],
)  # fmt: skip
def test_parts_of_a_whole_and_their_shares(
    figures: Callable[[str], list[Figure]], sentence: Said, plain: str, values: str, drafts: list[str]
) -> None:
    assert told(parts(sentence(plain, *figures(values)))) == drafts


def test_cells_are_no_parts_of_a_sentence(one: Made, sentence: Said) -> None:
    assert told(parts(sentence("It is # of #.", one(63), one(90)))) == NESTED
    assert told(parts(sentence("It is # of #.", one(63, table="1"), one(90)))) == []
    shares = [one(70, "percent"), one(45, table="1"), one(50, "percent")]
    assert told(parts(sentence("Of the # schools # (#%) read, # (#%) write.", one(90), one(63), *shares))) == SHARED


@pytest.mark.parametrize(
    ("rule", "plain", "values", "drafts"),
    [
        (places, "It is #th of #.", "58r 63u", ["rank_of rank_within 58 | 63"]),
        (places, "It is #th of #.", "58i 63u", ["rank_of rank_within 58 | 63"]),
        (places, "It is #th of #.", "58u 63u", []),
        (places, "It is #th of #.", "?r 63u", []),
        (places, "It is #th of #.", "58r 63%", []),
        (lives, "Simmel (@–@)", "@1858 @1918", ["years date_order 1858 | 1918"]),
        (lives, "Simmel (@ - @)", "@1858 @1918", ["years date_order 1858 | 1918"]),
        (lives, "Simmel (@, @)", "@1858 @1918", []),
        (lives, "Simmel (#–@)", "58u @1918", []),
        (lives, "Simmel (@–#)", "@1858 18u", []),
        (lives, "In @ Simmel (@–@)", "@1900 @1858 @1918", ["years date_order 1858 | 1918"]),
        (above_whole, "It is # of the population.", "101%", ["above_whole share_of_persons 101 |"]),
        (above_whole, "It is # of the population.", "100%", []),
        (above_whole, "It is # of the population.", "101u", []),
        (above_whole, "It is # of the population.", "?%", []),
        (above_whole, "It is # of the rest.", "101%", []),
        (above_whole, "It rose # of the population.", "101%", []),
        (above_whole, "Of the population it is #.", "101%", []),
    ],
)
def test_places_ages_lives_and_shares_above_all(
    figures: Callable[[str], list[Figure]],
    sentence: Said,
    rule: Callable[[Marked], Iterable[Draft]],
    plain: str,
    values: str,
    drafts: list[str],
) -> None:
    assert told(rule(sentence(plain, *figures(values)))) == drafts
