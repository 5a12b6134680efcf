"""Lines of tables with a total, and columns of shares, at the last place where they are one."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting.sums import _is_only, _may_be_part, _stem, alongside, negations, sums
from digital_diplomacy.drafting.wholes import (
    _column_of_shares,
    _total,
    hundreds,
    hundreds_over_sentences,
    populations,
    totals,
)
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]


def drawn(one: Made, cells: list[tuple[str, float, str]]) -> list[tuple[list[float | None], list[float | None]]]:
    line = [one(value, unit, row=row, table="1") for row, value, unit in cells]
    return [([each.value for each in made.left], [each.value for each in made.right]) for made in _total(line, "row")]


@pytest.mark.parametrize(
    ("cells", "drafts"),
    [
        ([("a", 1, "users"), ("b", 2, "users"), ("Total", 3, "users")], [([1, 2], [3])]),
        ([("Total", 3, "users"), ("a", 1, "users"), ("b", 2, "users")], [([1, 2], [3])]),
        ([("a", 1, "users"), ("Total", 3, "users")], []),  # one part is no sum
        ([("a", 1, "users"), ("b", 2, "persons"), ("Total", 3, "users")], []),
        ([("a", 1, "users"), ("a", 2, "users"), ("Total", 3, "users")], []),
        ([("a", 1, "users"), ("b", 2, "users"), ("Total", 3, "users"), ("Total", 4, "users")], []),
        ([("a", 1, "users"), ("b", 2, "users")], []),
        ([("a", 40, "percent"), ("b", 60, "percent"), ("Total", 100, "percent")], [([40, 60], [100])]),
        ([("a", 40, "percent"), ("b", 50, "percent"), ("Total", 90, "percent")], []),
    ],
)
def test_a_line_with_one_total_of_its_unit_is_a_sum(
    one: Made, cells: list[tuple[str, float, str]], drafts: list[object]
) -> None:
    assert drawn(one, cells) == drafts


@pytest.mark.parametrize(
    ("head", "rows", "units", "is_drafted"),
    [
        ("Distribution, %", "abc", ["percent"] * 3, True),
        ("Структура, %", "abc", ["percent"] * 3, True),
        ("Share, %", "abc", ["percent"] * 3, False),
        ("Distribution, %", "ab", ["percent"] * 2, False),
        ("Distribution, %", "abc", ["percent", "percent", "users"], False),
        ("Distribution, %", ["a", "b", "Total"], ["percent"] * 3, False),
    ],
)
def test_three_shares_below_a_head_of_a_distribution_are_at_most_all(
    one: Made, head: str, rows: list[str], units: list[str], is_drafted: bool
) -> None:
    cells = [one(10, unit, row=row, column=head) for row, unit in zip(rows, units, strict=True)]
    made = list(_column_of_shares(cells))
    assert [(each.kind, each.why, each.sure, each.words) for each in made] == (
        [("sum_at_most_100", "hundred_column", "place", head)] if is_drafted else []
    )


def test_only_is_said_before_less_than_was_told(one: Made) -> None:
    parts = [one(3), one(9)]
    told = [("Всего 8", 8), ("всего 9", 9), ("in all 2", 2)]
    assert [_is_only(words, one(value), parts) for words, value in told] == [True, False, False]
    assert not _is_only("всего 0", one(0), [])


def test_a_part_is_an_exact_whole_number_of_running_text(one: Made) -> None:
    assert _may_be_part(one(5))
    for other in (one(5.5), one(5, "percent"), one(5, bound="about"), one(5, table="1"), one(None)):
        assert not _may_be_part(other)


def test_words_are_alike_by_their_first_four_letters() -> None:
    assert _stem("women|girls", "Womenfolk")
    assert _stem("women|girls", "girlhood")
    assert not _stem("women", "womb")


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


def test_rows_and_columns_of_a_table_are_added_each_for_itself(one: Made, sentence: Said) -> None:
    values = {("May", "Posts"): 1, ("June", "Posts"): 2, ("Total", "Posts"): 3, ("May", "Replies"): 5,
              ("June", "Replies"): 6, ("Total", "Replies"): 11}  # fmt: skip
    cells = [
        sentence("#", one(value, row=row, column=column, table="1"), number=number)
        for number, ((row, column), value) in enumerate(values.items())
    ]
    found = [([one.value for one in each.left], [one.value for one in each.right]) for each in totals(cells)]
    assert found == [([1, 2], [3]), ([5, 6], [11])]
    other = sentence("#", one(2, row="June", column="Posts", table="2"), number=9)
    assert not list(totals([cells[0], other, cells[2]]))
    running = [sentence("#", one(value, row=row, column="Posts")) for row, value in (("a", 1), ("b", 2), ("Total", 3))]
    assert not list(totals(running))
    empty = [sentence("#", one(value, row=row, column="Posts", table="1"))
             for row, value in (("a", 1), ("b", None), ("c", 2), ("Total", 3))]  # fmt: skip
    assert [[one.value for one in each.left] for each in totals(empty)] == [[1, 2]]


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
        ("There are # people (# women and # men).", [(7, "u"), (4, "u"), (3, "u")], [[4, 3]]),
        ("There are # people (# women and # boys).", [(7, "u"), (4, "u"), (3, "u")], []),
        ("There are # people (# women and # men).", [(7.5, "u"), (4, "u"), (3, "u")], []),
        ("There are # people (# women and # men).", [(7, "u"), (4.5, "u"), (3, "u")], []),
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
