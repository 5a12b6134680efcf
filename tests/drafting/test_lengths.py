"""Entries of lists counted by hand: in a sentence, in items behind it, and by the ordinals that open paragraphs."""

import pytest

from digital_diplomacy.drafting.lengths import _by_ordinals, entries, items


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
