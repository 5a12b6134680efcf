"""Idioms by hand: one in n lies from one in n + 1/2 to one in n - 1/2, tops end at their last place."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from digital_diplomacy.printed.idioms import find_idioms
from digital_diplomacy.printed.model import Printed, PrintedDate


def only(text: str, lang: str) -> tuple[str, Printed | PrintedDate]:
    [(start, end, meaning)] = find_idioms(text, lang)
    return text[start:end], meaning


@pytest.mark.parametrize(
    ("text", "lang", "said", "part", "whole", "bound"),
    [
        ("каждый третий житель", "ru", "каждый третий", 1, 3, "about"),
        ("более чем каждая пятая семья", "ru", "более чем каждая пятая", 1, 5, "at_least"),
        ("две трети жителей", "ru", "две трети", 2, 3, "about"),
        ("три четверти", "ru", "три четверти", 3, 4, "about"),
        ("четыре пятых", "ru", "четыре пятых", 4, 5, "about"),
        ("одна пятая", "ru", "одна пятая", 1, 5, "about"),
        ("девять десятых", "ru", "девять десятых", 9, 10, "about"),
        ("одна десятая", "ru", "одна десятая", 1, 10, "about"),
        ("менее трети", "ru", "менее трети", 1, 3, "at_most"),
        ("около четверти", "ru", "около четверти", 1, 4, "about"),
        ("more than every tenth", "en", "more than every tenth", 1, 10, "at_least"),
        ("one in seven", "en", "one in seven", 1, 7, "about"),
        ("one out of 100", "en", "one out of 100", 1, 100, "about"),
        ("two thirds", "en", "two thirds", 2, 3, "about"),
        ("a quarter", "en", "a quarter", 1, 4, "about"),
        ("three fourths", "en", "three fourths", 3, 4, "about"),
        ("four-fifths", "en", "four-fifths", 4, 5, "about"),
        ("a fifth", "en", "a fifth", 1, 5, "about"),
        ("three tenths", "en", "three tenths", 3, 10, "about"),
        ("a tenth", "en", "a tenth", 1, 10, "about"),
        ("less than a third", "en", "less than a third", 1, 3, "at_most"),
        ("әр бесінші", "kk", "әр бесінші", 1, 5, "about"),
        ("үштен бірі", "kk", "үштен бірі", 1, 3, "about"),
        ("үштен екісі", "kk", "үштен екісі", 2, 3, "about"),
        ("төрттен үші", "kk", "төрттен үші", 3, 4, "about"),
        ("бестен төрті", "kk", "бестен төрті", 4, 5, "about"),
        ("бестен үш", "kk", "бестен үш", 3, 5, "about"),
        ("ширегі", "kk", "ширегі", 1, 4, "about"),
    ],
)
def test_a_share_is_so_many_of_so_many(text: str, lang: str, said: str, part: int, whole: int, bound: str) -> None:
    found, meaning = only(text, lang)
    assert isinstance(meaning, Printed)
    ends = (Fraction(part, whole), part / (whole + Fraction(1, 2)), part / (whole - Fraction(1, 2)))
    value, low, high = (round(float(100 * end), 6) for end in ends)
    assert (found, float(meaning.value), float(meaning.low), float(meaning.high)) == (said, value, low, high)
    assert (meaning.low_filled, meaning.low_truncated, meaning.high_filled, meaning.high_truncated) == (
        meaning.low, meaning.low, meaning.high, meaning.high,
    )  # fmt: skip
    assert (meaning.unit, meaning.bound, meaning.last_digit, meaning.text) == ("percent", bound, 1, said)


@pytest.mark.parametrize("text", ["половина жителей", "half of them", "жартысы"])
def test_a_half_lies_from_two_fifths_to_two_thirds(text: str) -> None:
    """1 / 2.5 to 1 / 1.5."""
    _, meaning = only(text, {"п": "ru", "h": "en", "ж": "kk"}[text[0]])
    assert isinstance(meaning, Printed)
    assert (meaning.value, meaning.low, meaning.high) == (50, 40, Decimal("66.666667"))


SIZES = {
    "ru": {3: "тройку тройке", 4: "четверку четвёрке", 5: "пятерку пятёрке", 6: "шестерку шестёрке",
           7: "семерку семёрке", 8: "восьмерку восьмёрке", 9: "девятку", 10: "десятку", 20: "двадцатку",
           30: "тридцатку", 40: "сороковку", 50: "пятидесятку", 100: "сотню сотне"},
    "kk": {3: "үштік үштігі", 5: "бестік бестігі", 10: "ондық ондығы", 20: "жиырмалық", 30: "отыздық отыздығы",
           50: "елулік елулігі", 100: "жүздік жүздігі"},
}  # fmt: skip


@pytest.mark.parametrize(("lang", "size"), [(lang, size) for lang, sizes in SIZES.items() for size in sizes])
def test_a_top_list_ends_at_its_last_place(lang: str, size: int) -> None:
    for word in SIZES[lang][size].split():
        if word == "сотню":
            continue  # no ending of a top list: -ню
        found = list(find_idioms(f"вошла в первую {word}" if lang == "ru" else f"алғашқы {word}", lang))
        meanings = [meaning for *_, meaning in found]
        assert [
            (one.value, one.low, one.high, one.unit, one.bound) for one in meanings if isinstance(one, Printed)
        ] == [(size, size, size, "rank", "at_most")]


@pytest.mark.parametrize(
    ("text", "lang", "value", "unit", "bound"),
    [
        ("топ-2", "ru", 2, "rank", "at_most"),
        ("top 30", "en", 30, "rank", "at_most"),
        ("top hundred", "en", 100, "rank", "at_most"),
        ("among the three most visited", "en", 3, "rank", "at_most"),
        ("в число десяти самых посещаемых", "ru", 10, "rank", "at_most"),
        ("из пятерки", "ru", 5, "items", "exact"),
        ("десятки тысяч людей", "ru", 10_000, "", "at_least"),
        ("десятки миллионов людей", "ru", 10**7, "", "at_least"),
        ("сотни людей", "ru", 100, "", "at_least"),
        ("тысячи людей", "ru", 1000, "", "at_least"),
        ("миллионы людей", "ru", 10**6, "", "at_least"),
        ("миллиарды людей", "ru", 10**9, "", "at_least"),
        ("десятки лет", "ru", 10, "years", "at_least"),
        ("tens of thousands of users", "en", 10_000, "", "at_least"),
        ("dozens of users", "en", 12, "", "at_least"),
        ("hundreds of millions of users", "en", 10**8, "", "at_least"),
        ("thousands of years", "en", 1000, "years", "at_least"),
        ("millions of users", "en", 10**6, "", "at_least"),
        ("billions of users", "en", 10**9, "", "at_least"),
        ("ондаған мың адам", "kk", 10_000, "", "at_least"),
        ("жүздеген адам", "kk", 100, "", "at_least"),
        ("мыңдаған адам", "kk", 1000, "", "at_least"),
        ("жүздеген миллион адам", "kk", 10**8, "", "at_least"),
        ("миллиондаған адам", "kk", 10**6, "", "at_least"),
        ("миллиардтаған адам", "kk", 10**9, "", "at_least"),
        ("ондаған жыл", "kk", 10, "years", "at_least"),
        ("последнего десятилетия", "ru", 10, "years", "exact"),
        ("последнего века", "ru", 100, "years", "exact"),
        ("past decade", "en", 10, "years", "exact"),
        ("соңғы онжылдықта", "kk", 10, "years", "exact"),
        ("24/7", "kk", 24, "hours_per_day", "exact"),
        ("a single day", "en", 1, "days", "exact"),
        ("оба", "ru", 2, "", "exact"),
        ("both countries", "en", 2, "", "exact"),
        ("лидирует", "ru", 1, "rank", "exact"),
        ("the undisputed leader", "en", 1, "rank", "exact"),
    ],
)
def test_words_stand_for_numbers(text: str, lang: str, value: int, unit: str, bound: str) -> None:
    _, meaning = only(text, lang)
    assert isinstance(meaning, Printed)
    assert (meaning.value, meaning.low, meaning.high, meaning.last_digit) == (value, value, value, 1)
    assert (meaning.unit, meaning.bound) == (unit, bound)


@pytest.mark.parametrize(
    ("text", "lang", "first", "last", "precision", "bound"),
    [
        ("в начале XX века", "ru", 1901, 2000, "century", "about"),
        ("конец XI века", "ru", 1001, 1100, "century", "about"),
        ("the early 21st century", "en", 2001, 2100, "century", "about"),
        ("end of the 22nd century", "en", 2101, 2200, "century", "about"),
        ("XX ғасырдың басында", "kk", 1901, 2000, "century", "about"),
        ("первое десятилетие XXI века", "ru", 2001, 2010, "year", "exact"),
        ("first decade of the 11th century", "en", 1001, 1010, "year", "exact"),
        ("first decade of the 22nd century", "en", 2101, 2110, "year", "exact"),
        ("начало 2000-х", "ru", 2000, 2000, "year", "about"),
        ("early 1900s", "en", 1900, 1900, "year", "about"),
        ("the 1990s and 2000s", "en", 1990, 2009, "year", "exact"),
    ],
)
def test_parts_of_centuries_and_decades_are_years(
    text: str, lang: str, first: int, last: int, precision: str, bound: str
) -> None:
    _, meaning = only(text, lang)
    assert isinstance(meaning, PrintedDate)
    assert (meaning.start, meaning.end) == (dt.date(first, 1, 1), dt.date(last, 12, 31))
    assert (meaning.precision, meaning.bound) == (precision, bound)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("one in one", "en"),  # the whole
        ("one in 101", "en"),
        ("one in blue", "en"),
        ("топ-1", "ru"),
        ("among the two most visited", "en"),
        ("среди первых синих", "ru"),
        ("две тысячи людей", "ru"),  # a number
        ("the 1990s and 1990s", "en"),
        ("the 2000s and 1990s", "en"),
        ("end of the 10th century", "en"),
        ("end of the 23rd century", "en"),
        ("first decade of the 10th century", "en"),
        ("first decade of the 23rd century", "en"),
        ("екіден үш", "kk"),  # three of two
        ("көктен бірі", "kk"),
    ],
)
def test_what_has_no_number_or_too_large_a_one_is_no_idiom(text: str, lang: str) -> None:
    assert list(find_idioms(text, lang)) == []


def test_idioms_stand_in_order_and_do_not_overlap() -> None:
    text = "Every third user is online 24/7, one in four at the top 10."
    found = [(text[start:end], start) for start, end, _ in find_idioms(text, "en")]
    assert found == [("Every third", 0), ("24/7", 27), ("one in four", 33), ("top 10", 52)]
    assert [text_ for text_, _ in found] == [text[start : start + len(said)] for said, start in found]
