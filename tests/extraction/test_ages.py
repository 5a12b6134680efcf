"""Ages told of people or of nobody, on either side of the words that decide."""

import pytest

from digital_diplomacy.extraction.ages import is_age


@pytest.mark.parametrize(
    ("printed", "before", "behind", "is_one"),
    [
        ("25", "a ", "-year-old driver", True),
        ("25", "a ", "-year lease", False),
        ("50", "those ", " or over", True),
        ("50", "those ", " or under", False),
        ("60", "те, кому ", " лет и старше", True),
        ("63", "Ол ", " жаста", True),
        ("800", "", " жас маман келді", False),  # the young, and no age
        ("22", "Олар ", " мен 63 жас", True),
        ("22", "Олар ", " мен 63 үй", False),
        ("over 18", "Entry is for women ", ".", True),
        ("over 18", "Entry is for women ", " towns", False),  # a noun behind: eighteen of something
        ("18", "Entry is for women ", ".", False),
        ("under 18", "600 pupils were asked; 100 of the pupils are ", ".", True),
        ("under 18", "The teachers had ", ".", False),  # no verb between them and the number says that they are
        ("under 18", "The results of the tests were ", ".", False),  # nobody is told of
        ("25", "They are aged ", ".", True),
        ("25", "They are ", ".", False),
        ("older than 25", "They are ", ".", True),
        ("41", "The median age was ", ".", True),
        ("41", "The median age group was ", "%", False),
        ("60", "тех, кому за ", ",", True),
        ("50", "By age: ", " and older", True),
        ("50", "By place: ", " and farther", False),
    ],
)
def test_a_number_is_an_age_by_the_words_around_it(printed: str, before: str, behind: str, is_one: bool) -> None:
    assert is_age(printed, before, behind) is is_one
