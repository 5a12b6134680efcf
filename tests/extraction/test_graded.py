"""Points of a scale, places of a ranking and Russian groups of people, each beside what is none."""

import pytest

from digital_diplomacy.extraction.graded import are_people, is_of_places, score_unit


@pytest.mark.parametrize(
    ("value", "printed", "before", "behind", "lang", "unit"),
    [
        (4.6, "4.6", "It got ", " out of 5.", "en", "score"),
        (4.0, "4", "It got ", " out of 5.", "en", ""),  # whole, and nothing is rated: four of five things
        (4.0, "4", "It is rated ", " out of 5.", "en", "score"),
        (5.0, "5", "It is rated ", " out of 5.", "en", "score"),  # the full mark itself
        (5.1, "5.1", "It is rated ", " out of 5.", "en", ""),  # above it
        (4.6, "4.6", "It is rated ", " out of 6.", "en", ""),  # no scale has six points
        (4.0, "4%", "It is rated ", " of 5.", "en", ""),
        (4.6, "4.6", "It is rated ", " out of 5 hotels.", "en", ""),
        (4.6, "4.6", "It is rated ", " now.", "en", ""),
        (5.0, "5", "It got 4.6 out of ", ".", "en", "score"),
        (5.0, "5", "It got 4 out of ", ".", "en", ""),
        (5.0, "5", "It is rated 4 out of ", ".", "en", "score"),
        (6.0, "6", "It is rated 4.6 out of ", ".", "en", ""),
        (5.0, "5", "It is rated 4.6 out of ", " hotels.", "en", ""),
        (5.0, "5", "Қызметке ", "-тен 4,3 балл берді.", "kk", "score"),
        (6.0, "6", "Қызметке ", "-дан 4,3 балл берді.", "kk", ""),
        (5.0, "5", "Қызметке ", "-тен 4 адам келді.", "kk", ""),
    ],
)
def test_points_are_those_of_a_scale(
    value: float, printed: str, before: str, behind: str, lang: str, unit: str
) -> None:
    assert score_unit(value, printed, before, behind, lang) == unit


@pytest.mark.parametrize(
    ("before", "behind", "lang", "is_one"),
    [
        ("The port ranks 9th, up ", " places.", "en", True),
        ("The port ranks 9th and has ", " places.", "en", False),  # nothing moved
        ("The port went up ", " places.", "en", False),  # no ranking is told of
        ("The port ranks 9th, up ", " towns.", "en", False),
        ("The port ranks 9th, up ", " \nplaces", "en", False),  # the next line is another cell
        ("The port climbed" + " " * 83, " places in the ranking.", "en", True),  # 90 characters, the verb's among them
        ("The port climbed" + " " * 84, " places in the ranking.", "en", False),
        ("Порт поднялся на ", " места в рейтинге.", "ru", True),
        ("Порт поднялся на ", " места из ста в рейтинге.", "ru", False),
        ("Рейтингте порт ", " саты көтерілді.", "kk", True),
        ("Рейтингте порт ", " саты болды.", "kk", False),
    ],
)
def test_places_are_those_by_which_something_moved_in_a_ranking(
    before: str, behind: str, lang: str, is_one: bool
) -> None:
    assert is_of_places(before, behind, lang) is is_one


@pytest.mark.parametrize(
    ("printed", "behind", "lang", "are"),
    [
        ("семеро", " пришли", "ru", True),
        ("двое", " суток", "ru", False),
        ("семь", " пришли", "ru", False),
        ("семеро", " пришли", "kk", False),
    ],
)
def test_a_collective_number_is_of_people_but_before_what_has_no_singular(
    printed: str, behind: str, lang: str, are: bool
) -> None:
    assert are_people(printed, behind, lang) is are
