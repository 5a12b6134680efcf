"""Marks behind figures, and figures that are found in running text."""

from itertools import pairwise

import pytest

from digital_diplomacy.printed import Convention, UnreadableError, find, read
from digital_diplomacy.printed.finding import BROKEN_YEAR

RUSSIAN = Convention.of("ru")


@pytest.mark.parametrize(
    ("text", "value", "aside"),
    [
        ("10+ млн", 10_000_000, ""),
        ("63,5 проц.", 63.5, ""),
        ("741 тыс. (+5 %)", 741_000, "(+5 %)"),
        ("16,54*", 16.54, "*"),
        ("16,54¹", 16.54, "¹"),
        ("12 458 [3]", 12_458, "[3]"),
        ("1 200 000²", 1_200_000, "²"),
        ("2,5 млн [3, 4]", 2_500_000, "[3, 4]"),
    ],
)
def test_marks_behind_a_figure_are_set_aside(text: str, value: float, aside: str) -> None:
    found = read(text, convention=RUSSIAN)
    assert (float(found.value), found.aside) == (value, aside)


def test_a_plus_before_the_scale_is_a_lower_bound() -> None:
    assert read("10+ млн", convention=RUSSIAN).bound == "at_least"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10²", "may be a power"),
        ("12 м²", "may be a power"),
        ("10⁶", "may be a power"),
        ("5*10", "not understood"),
        ("[3]", "not understood"),
        ("*5", "not understood"),
        ("12 (15)", "is not printed"),
        ("741 тыс. (000)", "form no number"),
        ("12 [a]", "not understood"),
    ],
)
def test_what_may_be_more_than_a_mark_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(text, convention=RUSSIAN)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("One of the first results, as it were, at first sight.", "en"),
        ("В первую очередь один из них, во-вторых другой.", "ru"),
        ("COVID-19, 3D, B2B, F59.", "en"),
        ("в первой половине года", "ru"),
    ],
)
def test_words_and_names_that_count_nothing_are_no_figures(text: str, lang: str) -> None:
    assert find(text, convention=Convention.of(lang)) == []


def test_figures_do_not_overlap_and_stand_where_they_say() -> None:
    text = "с 2016 по 2018 годы, от 5 до 7 %, (−3 %), 12, 15 и 1,5 млн."
    found = find(text, convention=RUSSIAN)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert [one.text for one in found] == ["с 2016 по 2018 годы", "от 5 до 7 %", "−3 %", "12", "15", "1,5 млн."]


@pytest.mark.parametrize(
    ("text", "lang", "value", "bound", "unit"),
    [
        ("two thirds", "en", 66.666667, "about", "percent"),
        ("a third", "en", 33.333333, "about", "percent"),
        ("тысячи людей", "ru", 1000, "at_least", ""),
        ("thousands of people", "en", 1000, "at_least", ""),
        ("мыңдаған адам", "kk", 1000, "at_least", ""),
        ("десятки тысяч людей", "ru", 10_000, "at_least", ""),
        ("жүздеген мың адам", "kk", 100_000, "at_least", ""),
        ("сотни миллионов людей", "ru", 10**8, "at_least", ""),
        ("ондаған миллион адам", "kk", 10**7, "at_least", ""),
        ("оныншы", "kk", 10, "exact", "rank"),
        ("жиырмасыншы", "kk", 20, "exact", "rank"),
        ("тоқсаныншы", "kk", 90, "exact", "rank"),
    ],
)
def test_parts_of_a_whole_magnitudes_and_tens_in_order_are_found(
    text: str, lang: str, value: float, bound: str, unit: str
) -> None:
    """2 / 3, 1 / 3; thousands are at least one, tens of them at least ten; tenth, twentieth and ninetieth in Kazakh."""
    [found] = find(text, convention=Convention.of(lang))
    assert found.figure is not None
    assert (float(found.figure.value), found.figure.bound, found.figure.unit) == (value, bound, unit)


@pytest.mark.parametrize(
    ("text", "lang", "years"),
    [
        ("за последнее десятилетие", "ru", 10),
        ("в последнем столетии", "ru", 100),
        ("over the last decade", "en", 10),
        ("in the past century", "en", 100),
        ("соңғы онжылдықта", "kk", 10),
        ("соңғы ғасырда", "kk", 100),
    ],
)
def test_spans_of_decades_and_centuries_are_years(text: str, lang: str, years: int) -> None:
    [found] = find(text, convention=Convention.of(lang))
    assert found.figure is not None
    assert (found.figure.value, found.figure.unit, found.figure.bound) == (years, "years", "exact")


def test_nine_digits_in_words_are_one_figure() -> None:
    words = "one hundred and twenty-three million four hundred and fifty-six thousand seven hundred and eighty-nine"
    [found] = find(f"They had {words} users.", convention=Convention.of("en"))
    assert found.figure is not None
    assert (found.figure.value, found.figure.unit, found.text) == (123_456_789, "users", f"{words} users")


@pytest.mark.parametrize(
    ("text", "lang", "parts"),
    [
        # A blank or a comma with a blank behind it ends a number where it cannot group its digits.
        ("12, 500", "en", ["12, 500"]),
        ("12, 500", "ru", ["12", "500"]),
        ("1 200 000 и 3", "ru", ["1 200 000", "3"]),
        ("в таблице 1200 500", "ru", ["1200", "500"]),
        ("5млн и 7 млн.", "ru", ["5млн", "7 млн."]),
        ("7 users.", "en", ["7 users"]),
        ("3-fold and 5th, 2D, 12a and A7", "en", ["3-fold", "5th"]),
        ("№ 5, #6, p/7, 8²", "en", []),
        ("на 3 п. п. больше, на 4 п.п.", "ru", ["3 п. п.", "4 п.п."]),
        ("(5) «6»; 7: 8", "en", ["5", "6", "7", "8"]),
    ],
)
def test_a_figure_ends_where_its_number_or_its_words_do(text: str, lang: str, parts: list[str]) -> None:
    found = [one for one in find(text, convention=Convention.of(lang)) if not one.refusal]
    assert [one.text for one in found] == parts
    assert [text[one.start : one.end] for one in found] == parts


@pytest.mark.parametrize(
    ("text", "is_broken"), [("2018/19", True), ("1999/00", True), ("2018/20", False), ("2018/17", False)]
)
def test_a_year_of_two_parts_is_refused_where_the_second_follows_the_first(text: str, is_broken: bool) -> None:
    found = find(f"In {text} it grew.", convention=Convention.of("en"))
    broken = [(one.text, one.start, one.figure, one.date) for one in found if one.refusal == BROKEN_YEAR]
    assert broken == ([(text, 3, None, None)] if is_broken else [])


def test_what_can_mean_two_numbers_is_given_with_the_reason_and_nothing_else_is() -> None:
    [found] = find("It had 18,200 users.", convention=Convention("en"))
    assert (found.text, found.figure, found.date, found.is_implied) == ("18,200", None, None, False)
    assert "it can mean 18200 or 18.200" in found.refusal
    [idiom] = find("open 24/7", convention=Convention.of("en"))
    assert (idiom.text, idiom.refusal, idiom.is_implied) == ("24/7", "", True)
    [plain] = find("it has 7 users", convention=Convention.of("en"))
    assert (plain.start, plain.end, plain.refusal, plain.is_implied) == (7, 14, "", False)


def test_two_decades_reach_from_the_first_year_to_the_last() -> None:
    [found] = find("in the 1990s and 2000s", convention=Convention.of("en"))
    assert found.date is not None
    assert found.date.period == "1990/2009"


def test_a_grouping_comma_stays_one_before_a_word_of_scale() -> None:
    """1,220 in English is 1220 whatever follows; where commas mark decimals it is 1.22."""
    for lang, value in (("en", 1_220_000_000), ("ru", 1_220_000)):
        [found] = find("1,220 million" if lang == "en" else "1,220 млн", convention=Convention.of(lang))
        assert found.figure is not None
        assert found.figure.value == value


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("миллиарды людей", "ru", 10**9),
        ("billions of people", "en", 10**9),
        ("миллиардтаған адам", "kk", 10**9),
        ("миллионы людей", "ru", 10**6),
        ("millions of people", "en", 10**6),
        ("миллиондаған адам", "kk", 10**6),
        ("hundreds of people", "en", 100),
        ("dozens of people", "en", 12),
        ("сотни людей", "ru", 100),
        ("жүздеген адам", "kk", 100),
        ("десятки людей", "ru", 10),
    ],
)
def test_a_magnitude_is_the_least_of_its_kind(text: str, lang: str, value: int) -> None:
    [found] = find(text, convention=Convention.of(lang))
    assert found.figure is not None
    assert (found.figure.value, found.figure.bound) == (value, "at_least")


@pytest.mark.parametrize(("word", "size"), [("thousands", 3), ("millions", 6), ("billions", 9), ("trillions", 12)])
def test_scales_in_the_plural_are_those_in_the_singular(word: str, size: int) -> None:
    for scale in (word, word.removesuffix("s")):
        assert read(f"3 {scale}").value == 3 * 10**size


@pytest.mark.parametrize(
    ("text", "lang", "year"),
    [
        ("2019 showed it", "en", "2019"),
        ("2019 users left", "en", ""),
        ("2019 показал это", "ru", "2019"),
        ("2019 пользователей ушли", "ru", ""),
        ("2019 пайдаланушы кетті", "kk", ""),
    ],
)
def test_a_likely_year_is_one_unless_what_follows_is_counted(text: str, lang: str, year: str) -> None:
    [found] = find(text, convention=Convention.of(lang))
    assert (found.date.period if found.date is not None else "") == year


def test_three_are_the_fewest_that_a_top_is_made_of() -> None:
    for size, told in ((3, [(3, "rank", "at_most")]), (2, [(2, "", "exact")])):
        found = [one.figure for one in find(f"among the {size} largest", convention=Convention.of("en"))]
        assert [(one.value, one.unit, one.bound) for one in found if one is not None] == told


@pytest.mark.parametrize(
    ("text", "lang", "bounds"),
    [
        ("17 percentage points more than 37 percent", "en", ["exact", "exact"]),  # 37 is what it is compared with
        (
            "17 percentage points, more than 37 percent",
            "en",
            ["exact", "at_least"],
        ),  # what stands behind a comma is new
        ("more than 37 percent", "en", ["at_least"]),
        ("12, fewer than the 37 before", "en", ["exact", "exact"]),  # "the 37" is known, and no bound
        ("12, fewer than 37", "en", ["exact", "at_most"]),
        ("на 17 п. п. больше 37 %", "ru", ["exact", "exact"]),
        ("более 37 %", "ru", ["at_least"]),
    ],
)
def test_what_two_figures_are_compared_by_is_no_bound(text: str, lang: str, bounds: list[str]) -> None:
    found = find(text, convention=Convention.of(lang))
    assert [one.figure.bound for one in found if one.figure is not None] == bounds


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("364, 547", "en", [364_547]),  # a cell that holds nothing else
        (" 364, 547 ", "en", [364_547]),
        ("364, 547", "ru", [364, 547]),
        ("Of the 480, 168 left.", "en", [480, 168]),
        ("There were 300, 200 of them new.", "en", [300, 200]),
        ("It had 480, 168 and 230 doors.", "en", [480, 168, 230]),
        ("It had 480,168 doors.", "en", [480_168]),
    ],
)
def test_a_comma_with_a_blank_groups_digits_only_where_nothing_else_is_printed(
    text: str, lang: str, values: list[int]
) -> None:
    found = find(text, convention=Convention.of(lang))
    assert [one.figure.value for one in found if one.figure is not None] == values
