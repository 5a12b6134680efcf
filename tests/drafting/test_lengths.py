"""Entries of lists counted by hand: in a sentence, in items behind it, and by the ordinals that open paragraphs."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from digital_diplomacy.drafting.lengths import _by_ordinals, entries, items, lengths
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]


@pytest.mark.parametrize(
    ("listed", "lang", "count"),
    [
        ("roads, schools and trade", "en", 3),
        ("roads, schools, and trade.", "en", 3),
        ("roads, schools, trade;", "en", 3),
        ("roads and schools", "en", 2),
        ("roads", "en", 1),
        ("roads, schools, etc.", "en", None),
        ("roads, , trade", "en", None),
        ("roads – schools, trade", "en", None),
        ("roads. Schools, trade", "en", None),
        ("roads; schools; trade", "en", 3),
        ("roads; schools; trade;", "en", 3),
        ("roads; schools, and trade", "en", 2),
        ("a b c d e f g h i, roads", "en", 2),  # nine words are an entry, ten a clause
        ("a b c d e f g h i j, roads", "en", None),
        ("roads, which are long, trade", "en", None),
        ("1) roads, 2) schools and shops, 3) trade", "en", 3),
        ("1) roads, 3) schools", "en", None),
        ("2) roads, 3) schools", "en", None),
        ("a) roads b) schools c) trade", "en", 3),
        ("a) roads a) schools", "en", None),
        ("дороги, школы и торговля", "ru", 3),
        ("жол, мектеп және сауда", "kk", 3),
        ("", "en", None),
    ],
)
def test_entries_of_a_list_are_counted_or_not_at_all(listed: str, lang: str, count: int | None) -> None:
    assert entries(listed, lang) == count


@pytest.mark.parametrize(
    ("listed", "counts"),
    [
        # "living and nature and people" may be one entry, two or three: the count nearest to the one stated
        ("economy, travel, living and nature and people", {0: 4, 3: 4, 4: 4, 5: 5, 6: 5}),
        ("economy, and nature and people", {0: 2, 2: 2, 3: 3, 4: 3}),
        ("nature and people and trade", {0: None, 2: None, 3: None}),
        # a conjunction behind the last semicolon and a comma leaves one more open
        ("roads; schools, and trade", {0: 2, 2: 2, 3: 3, 4: 3}),
        ("roads; schools and trade", {0: 2, 3: 2}),
        ("roads, schools, trade", {2: 3, 4: 3}),
    ],
)
def test_where_and_may_stand_inside_an_entry_the_stated_count_is_taken_if_it_can_be(
    listed: str, counts: dict[int, int | None]
) -> None:
    assert {stated: entries(listed, "en", stated=stated) for stated in counts} == counts


def block(kind: str, text: str, number: float | None = None) -> dict[str, object]:
    return {"kind": kind, "text": text, "number": number}


A, B, C = (block("item", text, number) for number, text in enumerate("abc", 1))
BULLETS = [block("item", "x"), block("item", "y")]
END = block("paragraph", "end")


@pytest.mark.parametrize(
    ("following", "is_open", "found"),
    [
        ([A, B, C, END], False, (3, "c")),
        ([A, B, A], False, (2, "b")),  # the next list begins
        ([A, C], False, (1, "a")),
        ([B, C], False, (0, "")),
        ([A, B, *BULLETS], False, (2, "b")),
        ([*BULLETS, A], True, (2, "y")),
        (BULLETS, False, (0, "")),  # bullets belong to a sentence only behind its colon
        ([END, A], True, (0, "")),
        ([], True, (0, "")),
    ],
)
def test_items_behind_a_sentence_are_counted_while_they_go_on(
    following: list[dict[str, object]], is_open: bool, found: tuple[int, str]
) -> None:
    assert items(following, is_open=is_open) == found


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (["Firstly, roads.", "Secondly, schools.", "Thirdly, trade."], 3),
        (["The first factor.", "More of it.", "The second factor.", "Finally, the third."], 3),
        (["Firstly, roads.", "Thirdly, trade."], 1),
        (["Secondly, schools.", "Firstly, roads."], 1),
        (["Во-первых, дороги.", "Во-вторых, школы.", "Пятый."], 2),
        (["Біріншіден, жол.", "Екіншіден, мектеп.", "Үшінші.", "Төртінші.", "Бесінші.", "Алтыншы."], 6),
        (["Roads."], 0),
    ],
)
def test_paragraphs_that_open_with_ordinals_are_counted_in_their_order(texts: list[str], count: int) -> None:
    following = [block("paragraph", text) for text in texts]
    assert _by_ordinals(following) == count  # type: ignore[arg-type]
    assert _by_ordinals([block("heading", "More"), *following]) == 0  # type: ignore[arg-type]
    far = [block("paragraph", "x")] * 29
    assert _by_ordinals([*far, *following]) == (count > 0 and texts[0] != "Secondly, schools.")  # type: ignore[arg-type]


ENTRIES = "roads, trade and health"


@pytest.mark.parametrize(
    ("plain", "value", "found"),
    [
        (f"It named # priorities: {ENTRIES}.", 2, ["list_colon 3"]),
        (f"It named # priorities: {ENTRIES}.", 1, []),
        (f"It named # priorities: {ENTRIES}.", 30, ["list_colon 3"]),
        (f"It named # priorities: {ENTRIES}.", 31, []),
        (f"It named # priorities: {ENTRIES}.", 2.5, []),
        ("It named # priorities: roads.", 3, []),
        (f"It named # priorities… {ENTRIES}.", 3, ["list_colon 3"]),
        (f"It named # priorities... {ENTRIES}.", 3, ["list_colon 3"]),
        (f"It named # new priorities of all: {ENTRIES}.", 3, ["list_colon 3"]),
        (f"It named #, priorities: {ENTRIES}.", 3, []),
        (f"It named #{' x' * 25} priorities: {ENTRIES}.", 3, ["list_colon 3"]),  # 60 characters to the noun
        (f"It named #{' x' * 30} priorities: {ENTRIES}.", 3, []),
        (f"It named # priorities{' x' * 60}: {ENTRIES}.", 3, ["list_colon 3"]),  # and 120 to the colon
        (f"It named # priorities{' x' * 60}x: {ENTRIES}.", 3, []),
        (f"It named priorities, #: {ENTRIES}.", 3, ["list_colon 3"]),
        (f"It named priorities{' ' * 15}#: {ENTRIES}.", 3, ["list_colon 3"]),
        (f"It named priorities{' ' * 24}#: {ENTRIES}.", 3, []),  # no whole noun in the 25 characters before
        (f"It named priorities and #: {ENTRIES}.", 3, []),
        (f"There are # priorities ({ENTRIES}) now.", 3, ["list_brackets 3"]),
        (f"There are # priorities of towns ({ENTRIES}) now.", 3, ["list_brackets 3"]),
        (f"There are # priorities of all towns ({ENTRIES}) now.", 3, []),
        ("There are # priorities (roads) now: trade and health.", 3, []),
        ("The # ministries – Health and Trade – answered.", 3, []),
        (f"It has # neighbours: {ENTRIES}.", 12, ["list_colon 3"]),
        (f"It has # neighbours: {ENTRIES}.", 13, []),
        ("It has # neighbours: roads.", 3, []),
        (f"It has # near and good neighbours: {ENTRIES}.", 3, []),
        (f"It has # good old neighbours: {ENTRIES}.", 3, ["list_colon 3"]),
        (f"It has #: {ENTRIES}.", 3, []),  # nothing is named that is listed
        ("It drew Georgia and Peru, # of which bought it.", 2, ["list_before 2"]),
        ("It drew Georgia, Mali and Peru, all # of which bought it.", 2, ["list_before 3"]),
        ("It drew Georgia and Peru, # which bought it.", 2, []),
        ("It drew Georgia and # of which bought it.", 2, []),
        (f"It drew G{'a' * 588} and Peru, # of which bought it.", 2, ["list_before 2"]),  # 600 characters before
        (f"It drew G{'a' * 589} and Peru, # of which bought it.", 2, []),
    ],
)
def test_a_number_tells_the_length_of_the_list_behind_it(
    one: Made, sentence: Said, plain: str, value: float, found: list[str]
) -> None:
    figure = one(value, "items", printed=f"{value:g}")
    drafts = list(lengths(sentence(plain, figure), []))
    assert [f"{each.why} {each.constant}" for each in drafts] == found
    assert all([one.value for one in each.left] == [value] and each.right == () for each in drafts)
    for other in ({"bound": "about"}, {"table": "1"}):
        assert not list(lengths(sentence(plain, one(value, "items", **other)), []))


def test_a_number_of_two_words_names_what_is_listed(one: Made, sentence: Said) -> None:
    named = one(3, "items", printed="3 towns")
    assert [each.constant for each in lengths(sentence(f"It has #: {ENTRIES}.", named), [])] == [3]


def test_the_number_that_closes_a_list_is_its_length(one: Made, sentence: Said) -> None:
    closing = one(3, "items", role="length")
    found = list(lengths(sentence("# health", closing), []))
    assert [(each.why, each.constant, each.words) for each in found] == [("list_end", 3, "3")]
    assert not list(lengths(sentence("# health", one(None, "items", role="length")), []))


@pytest.mark.parametrize(("unit", "found"), [("years", [3]), ("months", [3]), ("users", [])])
def test_only_times_stand_between_a_number_and_its_list(one: Made, sentence: Said, unit: str, found: list[int]) -> None:
    said = sentence(f"It named # priorities for # of all: {ENTRIES}.", one(3, "items"), one(40, unit))
    assert [each.constant for each in lengths(said, [])] == found


def numbered(count: int) -> list[dict[str, Any]]:
    return [block("item", f"item {number}", number) for number in range(1, count + 1)]


ORDINALS = [block("paragraph", text) for text in ("Firstly, roads.", "Secondly, trade.")]


@pytest.mark.parametrize(
    ("plain", "following", "found"),
    [
        ("It named # priorities:", numbered(3), ["list_items 3"]),
        ("It named # priorities.", numbered(3), ["list_items 3"]),
        ("It named # priorities", numbered(3), []),
        ("It named # priorities.", numbered(2), ["list_items 2"]),
        ("It named # priorities.", numbered(1), []),
        ("It named # priorities:", BULLETS, ["list_items 2"]),
        ("It named # priorities.", BULLETS, []),
        (f"It named # priorities{' x' * 29}.", numbered(3), ["list_items 3"]),  # 59 characters and the full stop
        (f"It named # priorities{' x' * 29} .", numbered(3), []),
        (f"It named # priorities{' x' * 30}:", numbered(3), ["list_items 3"]),
        ("It named # priorities.", ORDINALS, ["list_ordinals 2"]),
        ("It named # priorities.", [*numbered(1), *ORDINALS], ["list_ordinals 2"]),
        ("It named # priorities.", [*numbered(2), *ORDINALS], ["list_items 2"]),
        ("It named # priorities.", ORDINALS[:1], []),
    ],
)
def test_a_list_behind_a_sentence_is_of_items_or_paragraphs(
    one: Made, sentence: Said, plain: str, following: list[dict[str, Any]], found: list[str]
) -> None:
    drafts = lengths(sentence(plain, one(2, "items")), following)
    assert [f"{each.why} {each.constant}" for each in drafts] == found
