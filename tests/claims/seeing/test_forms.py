"""Figures in the form of another: which there are, and the intervals they would have, by hand."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import pytest

from digital_diplomacy.claims.quantities import READINGS, claim_of
from digital_diplomacy.claims.seeing.chance import _common, _joined
from digital_diplomacy.claims.seeing.forms import Class, Line, forms, standing, whole, within
from digital_diplomacy.printed import Interval

Made: TypeAlias = Callable[..., Any]
INF = math.inf
EVERY, NONE = (-INF, INF), (INF, -INF)


def counts(parsed: Any) -> list[tuple[int, int]]:
    return [(one.step, one.count(one.first, one.last)) for one in forms(parsed.iloc[0].to_dict())]


@pytest.mark.parametrize(
    ("text", "value", "half", "fields", "expected"),
    [
        ("30%", 30, 0.5, {}, [(1, 81), (10, 9)]),  # 10 to 99, nine of them tens
        ("0.25%", 0.25, 0.005, {}, [(1, 90), (10, 9)]),  # 0.01 to 0.99: a zero that is printed stays one
        ("5", 5, 0, {"unit": "users"}, [(1, 9)]),
        ("100%", 100, 0.5, {"kind": "survey_share"}, [(100, 1)]),  # more than all are none
        ("0", 0, 0, {"unit": "users"}, []),
    ],
)
def test_figures_of_a_form_are_counted_by_the_zeros_they_close_with(
    read: Made, figure: Made, text: str, value: float, half: float, fields: dict[str, str],
    expected: list[tuple[int, int]],
) -> None:  # fmt: skip
    if "kind" in fields:
        parsed = read(figure(f"at least {text}", value, half, **fields, bound="at_least"))
    else:
        parsed = read(figure(text, value, half, **fields))
    assert counts(parsed) == expected


def test_a_date_a_range_a_word_and_two_numerals_have_no_other_of_their_form(read: Made, date: Made) -> None:
    ranged = {"as_printed": "18 to 29", "low": 18, "high": 29, "unit": "years"}
    word = {"as_printed": "five", "value": 5, "low": 5, "high": 5, "unit": "years"}
    for row in (date("2016", "2016"), ranged, word):
        assert counts(read(row)) == []


def test_every_member_has_the_interval_that_is_read_from_it(read: Made, figure: Made) -> None:
    small, tens = forms(read(figure("30%", 30, 0.5)).iloc[0].to_dict())
    percent = {"rounded": (Fraction(83, 2), Fraction(85, 2)), "filled": (Fraction(83, 2), Fraction(85, 2)),
               "truncated": (42, 43)}  # fmt: skip
    assert {how: (one.low, one.high) for how, one in small.intervals(42).items()} == percent
    assert list(tens.members()) == [10, 20, 30, 40, 50, 60, 70, 80, 90]
    [ones, *_] = forms(read(figure("at most 40%", 40, 0.5, bound="at_most")).iloc[0].to_dict())
    assert {(one.low, one.high) for one in ones.intervals(42).values()} == {(-INF, 42)}
    [ones, *_] = forms(read(figure("at least 40%", 40, 0.5, bound="at_least")).iloc[0].to_dict())
    assert {(one.low, one.high) for one in ones.intervals(42).values()} == {(42, INF)}


def test_another_figure_stands_in_the_place_of_a_claim(read: Made, figure: Made) -> None:
    claim = claim_of(read(figure("about 30%", 30, 5, bound="about")).iloc[0].to_dict())
    spans = dict.fromkeys(READINGS, Interval(1, 2))
    made = standing(claim, spans)
    assert made.quantity is not None
    assert (made.quantity.intervals, made.quantity.is_about, made.quantity.claim_id) == (spans, True, "002-001")
    assert (made.quantity.value, made.quantity.text, made.claim_id) == (None, "about 30%", "002-001")


@pytest.mark.parametrize(
    ("line", "bound", "low", "high"),
    [
        (Line(Fraction(2), Fraction(1)), 7, (-INF, 3), (3, INF)),  # 2 d + 1 at most, or at least, 7
        (Line(Fraction(-2), Fraction(1)), 7, (-3, INF), (-INF, -3)),
        (Line(Fraction(0), Fraction(5)), 5, EVERY, EVERY),
        (Line(Fraction(0), Fraction(5)), 4, NONE, EVERY),
        (Line(Fraction(0), Fraction(5)), 6, EVERY, NONE),
        (Line(Fraction(2), Fraction(1)), INF, EVERY, NONE),
        (Line(Fraction(2), Fraction(1)), -INF, NONE, EVERY),
        (Line(Fraction(0), -INF), 5, EVERY, NONE),
        (Line(Fraction(0), INF), 5, NONE, EVERY),
    ],
)
def test_an_end_lies_within_a_bound_for_these_digits(
    line: Line, bound: float, low: tuple[float, float], high: tuple[float, float]
) -> None:
    exact = bound if math.isinf(bound) else Fraction(bound)
    assert (within(line, exact, is_low=True), within(line, exact, is_low=False)) == (low, high)


def test_a_line_gives_the_end_of_each_figure() -> None:
    assert [Line(Fraction(2), Fraction(1)).at(3), Line(Fraction(0), INF).at(3)] == [7, INF]


@pytest.mark.parametrize(
    ("low", "high", "span"),
    [
        (-INF, INF, (10, 99)),
        (Fraction(25, 2), Fraction(75, 2), (13, 37)),
        (13, 37, (13, 37)),
        (INF, -INF, (100, 9)),
        (Fraction(-7, 2), Fraction(-5, 2), (-3, -3)),
    ],
)
def test_digits_are_whole_numbers_of_the_class(low: float, high: float, span: tuple[int, int]) -> None:
    assert whole(low, high, Class(10, 99, 1, {}, {})) == span


def test_spans_that_touch_are_one_and_only_common_parts_are_common() -> None:
    assert _joined([(7, 9), (1, 3), (4, 5), (20, 10), (8, 8), (11, 12)]) == [(1, 5), (7, 9), (11, 12)]
    assert _joined([(1, 9), (2, 3)]) == [(1, 9)]
    assert _common([(1, 5), (7, 9)], [(5, 7), (9, 20)]) == [(5, 5), (7, 7), (9, 9)]
    assert _common([(1, 2)], [(3, 4)]) == []
