"""Parts of a hundred, totals of running text and counts of one population, at the last place where they are one."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting.sums import _is_only, _may_be_part, alongside, negations, sums
from digital_diplomacy.drafting.wholes import (
    hundreds,
    hundreds_over_sentences,
    populations,
)
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]


def test_only_is_said_before_less_than_was_told(one: Made) -> None:
    parts = [one(3), one(9)]
    told = [("Всего 8", 8), ("всего 9", 9), ("in all 2", 2)]
    assert [_is_only(words, one(value), parts) for words, value in told] == [True, False, False]
    assert not _is_only("всего 0", one(0), [])


def test_a_part_is_an_exact_whole_number_of_running_text(one: Made) -> None:
    assert _may_be_part(one(5))
    for other in (one(5.5), one(5, "percent"), one(5, bound="about"), one(5, table="1"), one(None)):
        assert not _may_be_part(other)


AT_MOST, ALL = "sum_at_most_100", "sum_to_100"


@pytest.mark.parametrize(
    ("plain", "shares", "drafts"),
    [
        ("Of those polled # said yes, # no and # nothing.", 3, [AT_MOST]),
        ("Of those polled # said yes and # no.", 2, []),
        ("Of all # said yes, # no and # nothing.", 3, []),
        ("# said yes and the remaining # no.", 2, [ALL]),
        ("The remaining # said no, # yes.", 2, [AT_MOST]),
        ("The remaining # said no.", 1, []),
        ("# said yes, # no and the remaining # nothing.", 3, [ALL]),
        ("# use one, # two and the remaining # none.", 3, [ALL]),  # all of one whole, whoever uses what
        ("# use one and the remaining # none.", 2, []),
        ("The remaining # use one, # two and # three.", 3, []),
        ("By several answers # use one, # two and the remaining # none.", 3, []),
        ("Of those polled # use one, # two and # three.", 3, []),
        ("Of those polled # use mainly one, # two and # three.", 3, [AT_MOST]),
        ("Of those polled by several answers # said mainly yes, # no and # nothing.", 3, []),
        ("Of those polled # said yes, including # here, # there and # everywhere.", 4, []),
        ("Including all, of those polled # said yes, # no and # nothing.", 3, [AT_MOST]),
        ("Of those polled from # to #, and # nothing.", 3, []),
    ],
)
def test_shares_of_a_sentence_are_all_or_at_most_all_of_a_whole(
    one: Made, sentence: Said, plain: str, shares: int, drafts: list[str]
) -> None:
    found = list(hundreds(sentence(plain, *(one(10 + place, "percent") for place in range(shares)))))
    assert [each.kind for each in found] == drafts
    for each in found:
        assert [share.value for share in each.left] == [10 + place for place in range(shares)]
        assert (each.exhaustive, each.why) == ((True, "hundred_rest") if drafts == [ALL] else (False, "hundred"))


def test_shares_of_two_times_are_no_parts_of_one_whole(one: Made, sentence: Said) -> None:
    shares = [one(value, "percent") for value in (46, 24, 30)]
    dates = [one(None, "date", date=date) for date in ("2019", "2021")]
    plain = "Of those polled # said yes, # no and # nothing in @ and @."
    assert not list(hundreds(sentence(plain, *shares, *dates)))
    assert len(list(hundreds(sentence(plain, *shares, dates[0], dates[0])))) == 1


@pytest.mark.parametrize(
    ("before", "behind", "is_drafted"),
    [
        ("Of those polled # said yes.", "# said no and # nothing.", True),
        ("Of those polled # said yes and # no.", "# said nothing.", True),
        ("Of those polled # said yes.", "The word # is no.", False),
        ("Of all # said yes and # no.", "# said nothing.", False),
        ("Of those polled # use it and # not.", "# said nothing.", False),
        ("Of those polled # said yes and # no.", "# use it.", False),
        ("Of those polled # said yes and # no.", "# rose.", False),
        ("Of those polled # said yes, # perhaps and # no.", "# said nothing.", False),
        ("Of those polled # said yes and # no.", "# said nothing, # little.", False),
    ],
)
def test_three_shares_of_two_sentences_are_at_most_all_where_one_stands_alone(
    one: Made, sentence: Said, before: str, behind: str, is_drafted: bool
) -> None:
    def shares(plain: str) -> list[Figure]:
        return [one(10 + place, "percent") for place in range(plain.count("#"))]

    first = sentence(before, *shares(before))
    found = list(hundreds_over_sentences(first, sentence(behind, *shares(behind), number=2)))
    assert [(each.kind, each.sure, len(each.left)) for each in found] == [(AT_MOST, "place", 3)] * is_drafted
    assert not list(hundreds_over_sentences(first, sentence(behind, *shares(behind), number=2, paragraph=2)))


def test_no_other_figures_stand_among_shares_of_two_sentences(one: Made, sentence: Said) -> None:
    shares = [one(value, "percent") for value in (46, 24, 30)]
    behind = sentence("# said no and # nothing.", *shares[1:], number=2)
    plain = "Of those polled # said yes"
    assert len(list(hundreds_over_sentences(sentence(f"{plain}.", shares[0]), behind))) == 1
    assert not list(hundreds_over_sentences(sentence(f"{plain} in # towns.", shares[0], one(7)), behind))
    other = sentence("# said no and # nothing in # towns.", *shares[1:], one(7), number=2)
    assert not list(hundreds_over_sentences(sentence(f"{plain}.", shares[0]), other))
    total = sentence("Of those polled # said yes, in all #.", shares[0], one(100, "percent"))
    assert not list(hundreds_over_sentences(total, sentence("# said no.", shares[1], number=2)))


def test_counts_of_one_population_are_compared(one: Made, sentence: Said) -> None:
    share = one(30, "percent")
    first = sentence("One has # users, # of the population.", one(5_700_000), share)
    for plain, figures, is_drafted in (
        ("Another has # users, # of the population.", [one(10_000), share], True),
        ("Another has # users, # of the population.", [one(9_999), share], False),
        ("Another has # users, # of the population.", [one(10_000.5), share], False),
        ("Another has # users, # of the page.", [one(10_000), share], False),
        ("Its penetration is # users or #.", [one(10_000), share], True),
        ("Among # of the population it has # users.", [share, one(10_000)], False),
        ("Another has # and # users, # of the population.", [one(10_000), one(10_001), share], False),
        (
            "Another has # users, # here and in the many towns around, # of the population.",
            [one(10_000), one(7, "percent"), share],
            False,
        ),
        ("Another has # users, # of the population, # here.", [one(10_000), share, one(7, "percent")], True),
        ("Another rose to # users, # of the population.", [one(10_000), share], False),
        ("Another fell to # users, # of the population.", [one(10_000), share], False),
        ("Another has # users, # of the population.", [one(10_000, table="1"), share], False),
    ):
        found = list(populations([first, sentence(plain, *figures, number=2)]))
        assert [each.kind for each in found] == ["common_population"] * is_drafted, plain
        assert all([one.value for one in each.left] == [5_700_000, 30, 10_000, 30] for each in found)
    assert not list(populations([first]))


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        ("Asked were # boys and # girls, in all #.", [(3, "u"), (4, "u"), (7, "u")], [[3, 4]]),
        ("Asked were # boys, in all #.", [(3, "u"), (7, "u")], []),
        ("Asked were #, #, #, #, # and #, in all #.", [(n, "u") for n in range(1, 8)], [[1, 2, 3, 4, 5, 6]]),
        ("Asked were #, #, #, #, #, # and #, in all #.", [(n, "u") for n in range(1, 9)], []),
        ("Asked were # boys and # girls, in all #.", [(3, "u"), (4.5, "u"), (7, "u")], []),
        ("Asked were # boys and # girls, in all #.", [(3, "u"), (4, "u"), (7.5, "u")], []),
        ("Told are # and #, in all #.", [(60, "%"), (40, "%"), (100, "%")], [[60, 40]]),
        ("Told are # and #, in all #.", [(60, "%"), (30, "%"), (90, "%")], [[60, 30]]),
        ("Told are #, in all #.", [(60, "%"), (60, "%")], []),
        ("Told are #, # and #, in all #.", [(7, "u"), (60, "%"), (40, "%"), (100, "%")], [[60, 40]]),
        ("Told are # and #, in all #, and # more.", [(3, "u"), (4, "u"), (7, "u"), (9, "u")], [[3, 4]]),
        ("There are # people (# women and # boys).", [(7, "u"), (4, "u"), (3, "u")], []),
    ],
)
def test_a_total_is_told_behind_its_parts_or_before_them(
    one: Made, sentence: Said, plain: str, values: list[tuple[float, str]], drafts: list[list[float]]
) -> None:
    figures = [one(value, {"u": "users", "%": "percent"}[unit]) for value, unit in values]
    found = list(sums(sentence(plain, *figures)))
    assert [[each.value for each in made.left] for made in found] == drafts
    assert {made.kind for made in found} <= {"sum_of_parts"}


ALONG = "Of the # regions # have it, and # have none."


@pytest.mark.parametrize(
    ("plain", "values", "drafts"),
    [
        (ALONG, [(17, "regions"), (4, "regions"), (7, "regions")], [7]),
        (ALONG, [(17, "regions"), (4, "regions"), (7, "users")], []),
        ("Of the # regions # have it; # have none.", [(17, "regions"), (4, "regions"), (7, "regions")], []),
        (ALONG, [(17, "persons"), (4, "persons"), (7, "persons")], []),
        (ALONG, [(17, "items"), (4, "items"), (7, "items")], []),
        (ALONG, [(17, "regions"), (4, "regions"), (7.5, "regions")], []),
        (ALONG, [(17.5, "regions"), (4, "regions"), (7, "regions")], []),
        ("In # of # regions it is, and # have none.", [(4, "regions"), (17, "regions"), (7, "regions")], []),
    ],
)
def test_further_counts_of_a_kind_are_parts_of_the_same_whole(
    one: Made, sentence: Said, plain: str, values: list[tuple[float, str]], drafts: list[float]
) -> None:
    found = list(alongside(sentence(plain, *(one(value, unit) for value, unit in values))))
    assert [each.left[0].value for each in found] == drafts
    assert all(each.right[0].value == 17 and each.sure == "place" for each in found)


DENIED, TRUST = "Of embassy readers # do not trust portals.", "Of embassy readers # trust portals."


@pytest.mark.parametrize(
    ("denied", "affirmed", "is_drafted"),
    [
        (DENIED, TRUST, True),
        (DENIED, DENIED, False),
        (DENIED, "Of embassy readers # watch portals.", False),
        (DENIED, "Of embassy readers # trust portals, as rose.", False),
        (DENIED, "Of embassy readers # trust portals, as fell.", False),
        ("Of embassy readers # do not trust portals, as rose.", TRUST, False),
        ("Of embassy readers # do not trust portals, as fell.", TRUST, False),
        (f"Of embassy readers portals #{' ' * 79}not trust.", TRUST, False),  # 80 characters before the verb
        (f"Of embassy readers portals #{' ' * 78}not trust.", TRUST, True),
        (DENIED, f"Of embassy readers portals #{' ' * 79}trust.", False),
        (DENIED, f"Of embassy readers portals #{' ' * 78}trust.", True),
    ],
)
def test_who_does_and_who_does_not_are_at_most_all(
    one: Made, sentence: Said, denied: str, affirmed: str, is_drafted: bool
) -> None:
    first = sentence(denied, one(58, "percent"))
    for paragraph, is_near in ((1, True), (2, True), (3, False)):
        second = sentence(affirmed, one(42, "percent"), number=2, paragraph=paragraph)
        found = list(negations([first, second]))
        assert [[share.value for share in each.left] for each in found] == [[58, 42]] * (is_drafted and is_near)
    assert not list(negations([first, sentence(affirmed, one(42), number=2)]))
    assert not list(negations([sentence(denied, one(58)), sentence(affirmed, one(42, "percent"), number=2)]))
