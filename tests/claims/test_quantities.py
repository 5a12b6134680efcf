"""Figures as exact intervals and the text of arithmetic on them, every field worked by hand."""

import datetime as dt
import math
from fractions import Fraction

import pandas as pd
import pytest

from digital_diplomacy.claims.quantities import (
    READINGS,
    Quantity,
    alike,
    claim_of,
    combine,
    constant,
    loosened,
    narrowed,
    plain,
    reach_of,
    span,
    years,
)
from digital_diplomacy.printed import Interval

NO_DAY = pd.NaT


def figure(text: str, value: int | str | None, low: str, high: str, **fields: object) -> Quantity:
    exact = None if value is None else Fraction(value)
    return Quantity(text, exact, alike(Interval(Fraction(low), Fraction(high))), **fields)  # type: ignore[arg-type]


A, B, C = (figure(name, value, str(value), str(value), claim_id=name) for name, value in (("a", 6), ("b", 3), ("c", 2)))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (Fraction(0), "0"),
        (Fraction(100), "100"),  # whole numbers keep their zeros, decimals do not
        (Fraction(1005, 10), "100.5"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 2**12), "0.000244140625"),  # twelve decimals, all there are
        (Fraction(2000, 3), "666.6667"),  # seven significant digits
        (Fraction(1, 3), "0.3333333"),
        (Fraction(-1, 30), "-0.03333333"),
        (Fraction(10**7, 3), "3333333"),
        (Fraction(10**9, 3), "333333333"),  # no digit before the decimal mark is left out
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_a_number_has_all_its_decimals_or_seven_digits(number: Fraction | float, said: str) -> None:
    assert plain(number) == said


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (figure("20.4%", "20.4", "20.35", "20.45"), "20.4% [20.35; 20.45]"),
        (figure("17", 17, "17", "17"), "17"),
        (figure("five years", 5, "5", "5"), "five years = 5"),
        (figure("half", "0.5", "0.25", "0.75"), "half = 0.5 [0.25; 0.75]"),
        (figure("2 to 3", None, "2", "3"), "2 to 3 [2; 3]"),
        (figure("17", None, "17", "17"), "17 [17; 17]"),
        (figure("2004", None, "2004", "2005", form="date"), "2004"),
        (combine("+", [A, B]), "a + b = 9"),
        (combine("+", [A, figure("2 to 3", None, "2", "3")]), "a + 2 to 3 = [8; 9]"),
        (
            Quantity("100", Fraction(100), alike(Interval(100, 100)) | {"filled": Interval(50, 150)}),
            "100 [100; 100 | 50; 150]",
        ),
    ],
)
def test_a_quantity_tells_its_number_where_words_hide_it_and_its_interval_where_it_has_a_width(
    quantity: Quantity, said: str
) -> None:
    assert str(quantity) == said


@pytest.mark.parametrize(
    ("made", "text", "value"),
    [
        (combine("×", [combine("+", [A, B]), C]), "(a + b) × c", 18),
        (combine("×", [C, combine("−", [A, B])]), "c × (a − b)", 6),
        (combine("/", [combine("−", [A, B]), C]), "(a − b) / c", Fraction(3, 2)),
        (combine("−", [A, combine("+", [B, C])]), "a − (b + c)", 1),
        (combine("−", [combine("+", [A, B]), C]), "a + b − c", 7),
        (combine("+", [A, combine("−", [B, C])]), "a + b − c", 7),
        (combine("/", [A, combine("×", [B, C])]), "a / (b × c)", 1),
        (combine("/", [combine("×", [A, B]), C]), "a × b / c", 9),
        (combine("×", [A, combine("/", [B, C])]), "a × b / c", 9),
        (combine("+", [A, combine("×", [B, C])]), "a + b × c", 12),
        (combine("−", [A, combine("/", [B, C])]), "a − b / c", Fraction(9, 2)),
        (combine("−", [A, B, C]), "a − b − c", 1),
    ],
)
def test_brackets_stand_where_the_order_of_arithmetic_needs_them(
    made: Quantity, text: str, value: int | Fraction
) -> None:
    assert (made.text, made.value, made.rounded) == (text, value, Interval(value, value))


def test_arithmetic_keeps_its_parts_its_leaves_and_what_is_about() -> None:
    rough = figure("about 4", 4, "3", "5", is_about=True)
    made = combine("−", [A, rough, constant(Fraction(1, 2))])
    assert (made.value, made.rounded, made.is_about, made.form) == (
        Fraction(3, 2), Interval(Fraction(1, 2), Fraction(5, 2)), True, "result",
    )  # fmt: skip
    assert [leaf.text for leaf in made.leaves] == ["a", "about 4", "0.5"]
    assert (made.sign, made.parts[0].text, made.claim_id) == ("−", "a − about 4", "")
    assert not combine("+", [A, B]).is_about
    assert combine("+", [A, figure("2 to 3", None, "2", "3")]).value is None
    assert combine("+", [figure("2 to 3", None, "2", "3"), A]).value is None
    assert combine("+", [A]) is A
    with pytest.raises(ValueError, match="contains zero"):
        combine("/", [A, constant(0)])


def test_narrowing_goes_reading_by_reading_and_stops_at_a_contradiction() -> None:
    own = Quantity("x", None, alike(Interval(10, 20)))
    given = {"rounded": Interval(15, 30), "filled": Interval(0, 10), "truncated": Interval(21, 30)}
    assert narrowed(own, given).intervals == {
        "rounded": Interval(15, 20), "filled": Interval(10, 10), "truncated": Interval(10, 20),
    }  # fmt: skip
    assert own.intervals == alike(Interval(10, 20))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2020", (2020, 1, 1), (2020, 12, 31)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("2020-02-03", (2020, 2, 3), (2020, 2, 3)),
        ("2019-11/2021", (2019, 11, 1), (2021, 12, 31)),
        ("2019/2020-02-03", (2019, 1, 1), (2020, 2, 3)),
    ],
)
def test_a_period_runs_from_the_first_day_of_its_first_part_to_the_last_of_its_last(
    period: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert span(period) == (dt.date(*first), dt.date(*last))


def test_a_day_is_its_share_of_the_year_and_a_bound_has_one_end() -> None:
    # 2 July is the 183rd day of a year with 365, 1 July that of a leap year: 182 days have passed.
    days = {"first": dt.date(2021, 7, 2), "last": dt.date(2024, 7, 1)}
    low, high = 2021 + Fraction(182, 365), 2024 + Fraction(182, 366)
    found = {bound: years(**days, text="then", bound=bound) for bound in ("exact", "about", "at_most", "at_least")}
    assert {bound: one.rounded for bound, one in found.items()} == {
        "exact": Interval(low, high), "about": Interval(low, high),
        "at_most": Interval(-math.inf, high), "at_least": Interval(low, math.inf),
    }  # fmt: skip
    assert [one.is_about for one in found.values()] == [False, True, False, False]
    assert {(one.text, one.value, one.form) for one in found.values()} == {("then", None, "date")}
    assert years(**days, text="then").rounded == Interval(low, high)


ROW = {
    "claim_id": "002-001", "document": "002", "unit": "percent", "as_printed": "20.4%", "period": None, "value": 20.4,
    "low": 20.35, "high": 20.45, "low_filled": 20.3, "high_filled": 20.5, "low_truncated": 20.4, "high_truncated": 20.5,
    "first_day": NO_DAY, "last_day": NO_DAY, "bound": "exact", "kind": "observation",
}  # fmt: skip


def test_a_row_becomes_the_decimals_that_were_printed() -> None:
    claim = claim_of(ROW)
    assert claim.quantity is not None
    assert (claim.claim_id, claim.document, claim.unit, claim.as_printed, claim.period, claim.bound) == (
        "002-001", "002", "percent", "20.4%", "", "exact",
    )  # fmt: skip
    assert (claim.first_day, claim.last_day) == (None, None)
    assert (claim.quantity.text, claim.quantity.value, claim.quantity.is_about) == ("20.4%", Fraction(204, 10), False)
    assert claim.quantity.claim_id == "002-001"
    assert claim.quantity.intervals == {
        "rounded": Interval(Fraction(2035, 100), Fraction(2045, 100)),
        "filled": Interval(Fraction(203, 10), Fraction(205, 10)),
        "truncated": Interval(Fraction(204, 10), Fraction(205, 10)),
    }
    assert (claim_of(ROW | {"period": "2020"}).period, claim_of(ROW | {"unit": "respondents"}).unit) == (
        "2020", "persons",
    )  # fmt: skip


def test_a_row_of_a_date_has_days_and_no_quantity() -> None:
    days = {"first_day": pd.Timestamp(2020, 2, 1), "last_day": pd.Timestamp(2020, 2, 29)}
    claim = claim_of(ROW | {"low": None, "value": None} | days)
    assert (claim.quantity, claim.first_day, claim.last_day) == (None, dt.date(2020, 2, 1), dt.date(2020, 2, 29))


@pytest.mark.parametrize(
    ("kind", "bound", "ends"),
    [
        ("observation", "at_most", (-math.inf, 40)),
        ("observation", "at_least", (40, math.inf)),
        ("survey_share", "at_most", (0, 40)),
        ("survey_share", "at_least", (40, 100)),
        ("survey_share", "about", (39, 41)),
    ],
)
def test_a_bound_is_open_on_its_side_and_a_share_of_those_asked_ends_at_the_whole(
    kind: str, bound: str, ends: tuple[float, float]
) -> None:
    low = dict.fromkeys(("low", "low_filled", "low_truncated"), 39.0)
    high = dict.fromkeys(("high", "high_filled", "high_truncated"), 41.0)
    quantity = claim_of(ROW | low | high | {"value": 40.0, "kind": kind, "bound": bound}).quantity
    assert quantity is not None
    assert {(quantity.intervals[how].low, quantity.intervals[how].high) for how in READINGS} == {ends}
    assert quantity.is_about == (bound == "about")


@pytest.mark.parametrize(
    ("ends", "value", "is_range", "reach"),
    [
        ((35, 45), 40, False, (30, 50)),
        ((1_500_000, 2_500_000), 2_000_000, False, (1_000_000, 3_000_000)),
        (("4.5", "5.5"), 5, False, (0, 10)),  # as round as 5 are 0 and 10
        ((145, 155), 150, False, (100, 200)),  # ... and as 150, 100 and 200
        ((145, 155), None, False, (100, 200)),
        (("3.65", "3.75"), "3.7", False, ("3.6", "3.8")),
        (("1233.5", "1234.5"), 1234, False, (1224, 1244)),  # not round, and told roughly all the same
        (("741.5", "742.5"), 742, False, (741, 743)),
        ((15_465_000, 15_475_000), 15_470_000, False, (15_370_000, 15_570_000)),
        ((27, 29), None, True, (25, 31)),  # "about 27 to 29": the next ranges as wide
    ],
)
def test_about_reaches_to_the_next_numbers_as_round(
    ends: tuple[str, str], value: str | None, is_range: bool, reach: tuple[str, str]
) -> None:
    low, high = (Fraction(end) for end in ends)
    found = reach_of(Interval(low, high), None if value is None else Fraction(value), is_range=is_range)
    assert found == Interval(Fraction(reach[0]), Fraction(reach[1]))


@pytest.mark.parametrize(
    ("value", "unit", "reach"),
    [(12, "months", (6, 18)), (24, "hours", (18, 30)), (13, "months", (12, 14)), (12, "persons", (11, 13))],
)
def test_parts_of_years_and_days_are_round_by_sixes(value: int, unit: str, reach: tuple[int, int]) -> None:
    half = Fraction(1, 2)
    assert reach_of(Interval(value - half, value + half), Fraction(value), unit=unit) == Interval(*reach)
    tens = reach_of(Interval(Fraction(55), Fraction(65)), Fraction(60), unit="minutes")
    assert tens == Interval(50, 70)


def test_how_roughly_a_figure_without_width_is_meant_nobody_knows() -> None:
    assert reach_of(Interval(Fraction(40), Fraction(40)), Fraction(40)) is None
    stored = dict.fromkeys(("value", "low", "high", "low_filled", "high_filled"), 50.0)
    row = ROW | stored | {"low_truncated": 50.0, "high_truncated": 50.0, "bound": "about"}
    quantity = claim_of(row).quantity  # "about half", told by the sentence and stored without its interval
    assert quantity is not None
    assert loosened(quantity).rounded == Interval(-math.inf, math.inf)


def test_a_limit_has_no_reach() -> None:
    assert reach_of(Interval(Fraction(1), math.inf)) is None
    assert reach_of(Interval(-math.inf, Fraction(1))) is None


def test_arithmetic_is_loosened_figure_by_figure() -> None:
    about = figure("about 40", 40, "35", "45", is_about=True, reach=Interval(Fraction(30), Fraction(50)))
    total = combine("−", [about, figure("3", 3, "3", "3")])
    assert loosened(total).rounded == Interval(27, 47)
    assert loosened(A) is A
    date = years(dt.date(2000, 1, 1), dt.date(2000, 12, 31), text="about 2000", bound="about")
    assert loosened(date).rounded == Interval(-math.inf, math.inf)
