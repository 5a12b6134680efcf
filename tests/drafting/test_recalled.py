"""What is recalled in the words it was told in, and followers counted twice, at the limits of digits and words."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pytest

from digital_diplomacy.drafting.recalled import _counts_alike, _words, pages, recalled
from digital_diplomacy.drafting.stems import stems, word_behind
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
