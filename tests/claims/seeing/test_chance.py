"""Passing figures counted by hand and against trying each of them."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pandas as pd
import pytest

from digital_diplomacy import claims
from digital_diplomacy.claims.checking import _is_possible, plain_verdict
from digital_diplomacy.claims.quantities import Claim, claim_of
from digital_diplomacy.claims.reading import reread
from digital_diplomacy.claims.seeing import chance
from digital_diplomacy.claims.seeing.chance import _bisected, _edge, _turn
from digital_diplomacy.claims.seeing.forms import Class
from digital_diplomacy.claims.stated import Stated, known_of, stated_of
from digital_diplomacy.errors import TableError
from digital_diplomacy.printed import Interval

Made: TypeAlias = Callable[..., Any]


def found(parsed: pd.DataFrame, relations: pd.DataFrame, claim_id: str = "002-001") -> tuple[int, int]:
    rows = claims.chance(parsed, relations)
    row = rows[rows["claim_id"] == claim_id].iloc[0]
    return int(row["passing_count"]), int(row["forms_count"])


def tried(parsed: pd.DataFrame, relations: pd.DataFrame, texts: list[str], claim_id: str = "002-001") -> int:
    """How many texts in place of a figure do not fail, each read and judged by itself."""
    known, (one,) = known_of(parsed), stated_of(relations)
    row = parsed.set_index("claim_id", drop=False).loc[claim_id].to_dict()
    others = [claim_of(made) for text in texts if (made := reread(row, text)) is not None]
    return sum(does_not_fail(one, {**known, claim_id: other}) for other in others)


def does_not_fail(one: Stated, known: dict[str, Claim]) -> bool:
    try:
        return plain_verdict(one, known) != "fails"
    except TableError:  # the divisor of a growth that may be zero
        return False


def test_one_number_of_a_form_equals_another(read: Made, figure: Made, related: Made) -> None:
    # 40.4% is 40.35 to 40.45; of 10.0 to 99.9 these meet it: 40.3 (to 40.35, or to 40.4 if cut off), 40.4, 40.5 (from
    # 40.45).
    parsed = read(figure("40.4%", 40.4, 0.05), figure("40.4%", 40.4, 0.05))
    assert found(parsed, related("same_quantity", "002-001", "002-002")) == (3, 900)


def test_a_share_that_may_not_pass_a_hundred(read: Made, figure: Made, related: Made) -> None:
    # Of 100 to 999 percent only 100 (99.5 to 100.5) is not above 100; of 10 to 99 all.
    assert found(read(figure("130%", 130, 0.5)), related("share_of_persons", "002-001")) == (1, 900)
    assert found(read(figure("30%", 30, 0.5)), related("share_of_persons", "002-001")) == (90, 90)


def test_closing_zeros_widen_the_round_figures_alone(read: Made, figure: Made, related: Made) -> None:
    # 5,432 is known to half a unit. 5,431 to 5,433 meet it; 5,430 as tens (5,425 to 5,435), 5,400 as hundreds (5,350
    # to 5,450) and 5,000 as thousands (4,500 to 5,500) too; 5,420 reaches 5,430 if cut off, no further, 5,300 5,400.
    parsed = read(figure("5,432", 5432, 0.5, unit="users"), figure("5,432", 5432, 0.5, unit="users"))
    assert found(parsed, related("same_quantity", "002-001", "002-002")) == (6, 9000)


def test_what_a_figure_itself_narrows_does_not_limit_others_in_its_place(
    read: Made, figure: Made, related: Made
) -> None:
    # That the whole is 0.8 million more than the part narrows it, but by the printed part, in whose place others stand.
    parsed = read(
        figure("39.5 million", 39.5e6, 0.05e6, unit="users"),
        figure("40 million", 40e6, 0.5e6, unit="users"),
        figure("0.8 million", 0.8e6, 0.05e6, unit="users"),
    )
    within = related("nesting", "002-001", "002-002")
    more = related("difference", "002-002 002-001", "002-003").assign(relation_id="more")
    texts = [f"{number / 10:.1f} million" for number in range(100, 1000)]
    assert found(parsed, pd.concat([within, more], ignore_index=True)) == (tried(parsed, within, texts), 900)


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("same_quantity", "002-001", "002-002"),
        ("nesting", "002-001", "002-002"),
        ("nesting", "002-002", "002-001"),
        ("order", "002-002 002-001 002-003", None),
        ("difference", "002-002 002-001", "002-003"),
        ("growth_over_base", "002-001 002-003", "002-004"),
        ("implied_population", "002-001 002-004", "002-002 002-005"),
        ("several_accounts", "002-001 002-001 002-003", "002-002"),
    ],
)
def test_the_count_is_that_of_trying_every_figure(
    read: Made, figure: Made, related: Made, kind: str, left: str, right: str | None
) -> None:
    parsed = read(
        figure("3,210", 3210, 0.5, unit="users"),
        figure("7,500", 7500, 0.5, unit="users"),
        figure("1,200", 1200, 0.5, unit="users"),
        figure("45.1%", 45.1, 0.05),
        figure("52%", 52, 0.5),
    )
    relations = related(kind, left, right)
    texts = [f"{number:,}" for number in range(1000, 10_000)]
    assert found(parsed, relations) == (tried(parsed, relations, texts), 9000)


def test_many_figures_that_cannot_be_solved_for_are_bisected_exactly(read: Made, figure: Made, related: Made) -> None:
    # 2 x and 1.2 million at least 7.5: of six digits before thousands x from 3,150 thousand; here counted one by one.
    parsed = read(
        figure("32,100", 32_100, 0.5, unit="users"),
        figure("75,123", 75_123, 0.5, unit="users"),
    )
    relations = related("several_accounts", "002-001 002-001", "002-002")
    texts = [f"{number:,}" for number in range(37_000, 38_200)]
    passing, forms = found(parsed, relations)
    # From 38,200 on every figure passes: twice that is above 75,123.5. Below 37,000 pass those that rounding to tens of
    # thousands or thousands lifts: 30,000 (to 35,000; cut off to 40,000), and no 36,000 (37,000 is too little).
    assert (passing, forms) == (tried(parsed, relations, ["30,000", *texts]) + (99_999 - 38_199), 90_000)


def test_a_relation_about_the_period_of_a_figure_says_nothing_of_its_digits(
    read: Made, figure: Made, related: Made
) -> None:
    parsed = read(figure("40%", 40, 0.5, period="2020"), figure("41%", 41, 0.5, period="2021"))
    assert claims.chance(parsed, related("date_order", "002-001", "002-002")).empty


def test_pairs_of_the_other_figures_alone_decide_whether_any_passes(read: Made, figure: Made, related: Made) -> None:
    # Behind 12% (to 12.5, cut off to 13) stand 10% to 13%; behind 12% and 75%, whose order is wrong, nothing does.
    parsed = read(figure("75%", 75, 0.5), figure("12%", 12, 0.5), figure("10%", 10, 0.5))
    assert found(parsed, related("order", "002-001 002-002 002-003"), "002-003") == (4, 90)
    assert found(parsed, related("order", "002-002 002-001 002-003"), "002-003") == (0, 90)


def test_about_fails_beyond_the_next_figures_as_round(read: Made, figure: Made, related: Made) -> None:
    # About 40 reaches from 30 to 50: of 10 to 99 pass 30 to 50, and 29, which cut off is 29 to 30.
    parsed = read(figure("about 40%", 40, 5, bound="about"), figure("70%", 70, 0.5))
    assert found(parsed, related("same_quantity", "002-001", "002-002"), "002-002") == (22, 90)


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("same_quantity", "002-001", "002-002"),
        ("nesting", "002-001 002-003", "002-002"),
        ("nesting", "002-002", "002-001"),
        ("order", "002-002 002-001 002-003", None),
        ("difference", "002-002 002-001", "002-003"),
        ("several_accounts", "002-001 002-002", "002-003 002-004"),
        ("ratio", "002-001 002-005", "002-006"),  # about 1 reaches to 0, by which nothing is divided
    ],
)
def test_the_count_beside_figures_told_roughly_is_that_of_trying_every_figure(
    read: Made, figure: Made, related: Made, kind: str, left: str, right: str | None
) -> None:
    parsed = read(
        figure("32.1 million", 32.1e6, 0.05e6, unit="users"),
        figure("about 75 million", 75e6, 0.5e6, bound="about", unit="users"),
        figure("12 million", 12e6, 0.5e6, unit="users"),
        figure("about 45%", 45, 0.5, bound="about"),
        figure("about 1 million", 1e6, 0.5e6, bound="about", unit="users"),
        figure("31", 31, 0, unit="times"),
    )
    texts = [f"{number / 10:.1f} million" for number in range(100, 1000)]
    assert found(parsed, related(kind, left, right)) == (tried(parsed, related(kind, left, right), texts), 900)


def test_the_ends_of_a_class_are_none_of_the_next_coarser_one() -> None:
    """Of the tens from 95 to 204 without the hundreds the first is 110 and the last 190; 110 itself is no hundred."""
    for first, last in ((95, 204), (110, 190), (100, 200)):
        shape = Class(first, last, 10, {}, {})
        assert [*_edge(shape, 1), *_edge(shape, -1)] == [110, 190]


@pytest.mark.parametrize("edge", range(111, 980, 7))
def test_the_turn_is_the_first_member_of_the_class_that_does_not_miss(
    edge: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the tens from 110 to 990 that are no hundreds those below the edge miss; each is tried one by one."""
    monkeypatch.setattr(chance, "_miss", lambda _trial, _shape, digits: -1 if digits < edge else 0)
    first = next(digits for digits in range(110, 991, 10) if digits % 100 and digits >= edge)
    assert _turn(None, Class(110, 990, 10, {}, {}), 110, 990, -1) == first  # type: ignore[arg-type]


def test_members_of_a_class_begin_at_the_first_multiple_of_its_step() -> None:
    """From 15 to 115 by tens: 20 to 90 and 110, for 100 closes with two zeros; from 20 on the same."""
    tens = [20, 30, 40, 50, 60, 70, 80, 90, 110]
    for first in (15, 20):
        made = Class(first, 115, 10, {}, {})
        assert list(made.members()) == tens
        assert made.count(0, 999) == len(tens)
        assert (made.count(30, 30), made.count(31, 39), made.count(100, 100)) == (1, 0, 0)


@pytest.mark.parametrize(
    ("left", "test", "right", "meets"),
    [
        ((1, 2), "equal", (2, 3), True),
        ((1, 2), "equal", (3, 4), False),
        ((3, 4), "equal", (1, 2), False),
        ((2, 9), "at_most", (1, 2), True),
        ((3, 9), "at_most", (1, 2), False),
        ((0, 1), "at_least", (1, 2), True),
        ((0, 1), "at_least", (2, 3), False),
    ],
)
def test_sides_meet_where_their_ends_touch(
    left: tuple[int, int], test: str, right: tuple[int, int], meets: bool
) -> None:
    assert _is_possible(Interval(*left), Interval(*right), test) is meets


@pytest.mark.parametrize(
    ("low", "high", "spans"),
    [
        (130, 870, [(130, 870)]),
        (131, 879, [(140, 870)]),
        (0, 2000, [(110, 990)]),
        (0, 500, [(110, 490)]),
        (510, 2000, [(510, 990)]),
        (0, 105, []),
        (995, 2000, []),
    ],
)
def test_bisecting_finds_the_span_that_passes(
    low: int, high: int, spans: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the tens from 110 to 990 that are no hundreds; each misses on the side where it lies."""
    monkeypatch.setattr(chance, "_miss", lambda _trial, _shape, digits: (digits > high) - (digits < low))
    assert _bisected(None, Class(110, 990, 10, {}, {})) == spans  # type: ignore[arg-type]


def test_a_relation_with_a_caveat_tells_no_chance(read: Made, figure: Made, related: Made) -> None:
    """Words that let both sides differ let any figure pass; without them 40% is told of the 3 in 900 counted above."""
    parsed = read(figure("40.4%", 40.4, 0.05), figure("40.4%", 40.4, 0.05))
    relations = related("same_quantity", "002-001", "002-002")
    assert len(claims.chance(parsed, relations)) == 2
    assert claims.chance(parsed, relations.assign(caveat="other_base")).empty
