"""Nouns of two meanings, told by the words of their sentence, and nouns of two words."""

import pytest

from digital_diplomacy.extraction.compounds import (
    compound_unit,
    is_measured_head,
    is_no_message,
    is_of_staff,
    is_online,
)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("The ministry filled 40 posts.", True),
        ("The ministry filled 40 posts on its Facebook page.", False),
        ("The ministry had 40 posts.", False),
        ("The channel showed 40 border posts.", True),  # places, whatever is published
    ],
)
def test_posts_are_of_staff_unless_they_are_written(text: str, is_one: bool) -> None:
    assert is_of_staff(text) is is_one


@pytest.mark.parametrize(
    ("head", "is_one"),
    [("Tonnes", True), ("Thousand tonnes", True), ("Grain in tonnes", False), ("Canals, km", True), ("", False)],
)
def test_a_head_of_measures_ends_in_one(head: str, is_one: bool) -> None:
    assert is_measured_head(head, "en") is is_one


def test_records_are_messages_only_online() -> None:
    assert is_no_message("запись", "Сделано 40 записей в журнале.")
    assert not is_no_message("запись", "Сделано 40 записей.")
    assert not is_no_message("запись", "Сделано 40 записей в журнале на странице Facebook.")
    assert not is_no_message("сообщение", "Сделано 40 сообщений в журнале.")
    assert is_online("публикация", "На странице 40 публикаций.")
    assert not is_online("книга", "На странице 40 книг.")


@pytest.mark.parametrize(
    ("printed", "behind", "unit"),
    [
        ("286 post", " offices", "items"),
        ("286 post", " Offices", ""),  # a name begins
        ("1 post", " office", ""),
        ("286 user", " accounts", "accounts"),
        ("286 posts", " offices", ""),
        ("286 post", " in", ""),
    ],
)
def test_a_noun_of_two_words_counts_the_second(printed: str, behind: str, unit: str) -> None:
    assert compound_unit(printed, behind) == unit
