"""Figures at fault, worked by hand and against trying every set of figures with another solver."""

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from digital_diplomacy import claims
from digital_diplomacy.claims.seeing.faults import _attained, _ends, _halved, _middle
from digital_diplomacy.claims.seeing.hitting import smallest_repairs
from digital_diplomacy.claims.seeing.solving import Node, Relation, linear, solve
from digital_diplomacy.claims.seeing.systems import System
from digital_diplomacy.printed import Interval

Made: TypeAlias = Callable[..., Any]


def sets(rows: pd.DataFrame) -> list[list[str]]:
    return [group["claim_id"].tolist() for _, group in rows.groupby(["system", "set"])]


def test_nothing_is_at_fault_where_all_can_hold(read: Made, figure: Made, related: Made) -> None:
    parsed = read(figure("40%", 40, 0.5), figure("40%", 40, 0.5))
    assert claims.localise(parsed, related("same_quantity", "002-001", "002-002")).empty


def test_two_figures_that_disagree_cannot_be_told_apart(read: Made, figure: Made, related: Made) -> None:
    # 40% (39.5 to 40.5, cut off to 41) or 70% (to 71): each could be the other, and is by one digit.
    rows = claims.localise(
        read(figure("40%", 40, 0.5), figure("70%", 70, 0.5)), related("same_quantity", "002-001", "002-002")
    )
    assert sets(rows) == [["002-001"], ["002-002"]]
    assert rows["sets_count"].tolist() == [2, 2]
    assert rows[["low", "high"]].to_numpy().tolist() == [[69.5, 71.0], [39.5, 41.0]]
    assert rows["misprint"].tolist() == ["70%", "40%"]


def test_a_relation_with_a_caveat_finds_nobody_at_fault(read: Made, figure: Made, related: Made) -> None:
    parsed = read(figure("40%", 40, 0.5), figure("70%", 70, 0.5))
    relations = related("same_quantity", "002-001", "002-002")
    assert len(claims.localise(parsed, relations)) == 2
    assert claims.localise(parsed, relations.assign(caveat="other_base")).empty


def test_a_third_figure_tells_which_of_two_is_at_fault(read: Made, figure: Made, related: Made) -> None:
    relations = pd.concat([
        related("same_quantity", "002-001", "002-002"),
        related("same_quantity", "002-003", "002-002", relation_id="s"),
    ])  # fmt: skip
    rows = claims.localise(read(figure("40%", 40, 0.5), figure("70%", 70, 0.5), figure("40%", 40, 0.5)), relations)
    assert sets(rows) == [["002-002"]]
    assert (rows["relations"][0], rows["figures_count"][0]) == ("r s", 3)


def test_a_count_of_a_witness_is_no_candidate_and_a_rounded_figure_of_one_is(
    read: Made, figure: Made, related: Made
) -> None:
    # Twice 210 are rated, one text and the witness say there are 193: with the witness free the one 193 and the witness
    # would be as few to change as the two 210; 193 members are counted, so the two 210 are what does not fit.
    rated = [figure("210", 210, 0, unit="count"), figure("210", 210, 0, unit="count")]
    relations = pd.concat([
        related("same_quantity", "002-001", "002-002"),
        related("nesting", "002-001", "002-003", relation_id="s"),
        related("same_quantity", "002-003", "witness", relation_id="t"),
    ])  # fmt: skip
    parsed = read(*rated, figure("193", 193, 0, unit="count"))
    witness = parsed.tail(1).assign(claim_id="witness", document="")
    assert sets(claims.localise(parsed, relations, witness)) == [["002-001", "002-002"]]
    # Ends half a unit away, as of what is rounded: both pairs could be at fault.
    ends = {name: 193 + sign / 2 for name, sign in [("low", -1), ("high", 1), ("low_filled", -1), ("high_filled", 1)]}
    rounded = claims.localise(parsed, relations, witness.assign(**ends, low_truncated=193.0, high_truncated=194.0))
    assert sets(rounded) == [["002-001", "002-002"], ["002-003", "witness"]]


def test_relations_that_hold_one_by_one_may_not_hold_together(read: Made, figure: Made, related: Made) -> None:
    # 40% may be 39.5 to 40.5, or 40 to 41 cut off: it meets 39.6% (39.55 to 39.65) only rounded, and 40.4% too, not
    # both at once. Either of the two outer figures could be at fault, and the middle one is not.
    relations = pd.concat([
        related("same_quantity", "002-001", "002-002"), related("same_quantity", "002-002", "002-003", relation_id="s"),
    ])  # fmt: skip
    parsed = read(figure("39.6%", 39.6, 0.05), figure("40%", 40, 0.5), figure("40.4%", 40.4, 0.05))
    assert claims.check(parsed, relations.iloc[:1])["verdict"].tolist() == ["holds"]
    rows = claims.localise(parsed, relations)
    assert sets(rows) == [["002-001"], ["002-003"]]


def test_a_lost_mark_or_a_swap_is_named(read: Made, figure: Made, related: Made) -> None:
    # 53% is no part of 41%; the nearest misprint that is, is the swap 35% (43% begins at 42.5, above 42), and of 41% it
    # is 61% (51% ends at 52, 53% begins at 52.5). 130.5% passes 100; with its mark moved it does not.
    rows = claims.localise(
        read(figure("53%", 53, 0.5), figure("41%", 41, 0.5)), related("nesting", "002-001", "002-002")
    )
    assert rows["misprint"].tolist() == ["35%", "61%"]
    assert rows["misprint_kind"].tolist() == ["swap", "digit"]
    rows = claims.localise(read(figure("130.5%", 130.5, 0.05)), related("share_of_persons", "002-001"))
    assert rows[["misprint", "misprint_kind"]].to_numpy().tolist() == [["13.05%", "mark"]]


def test_dates_are_candidates_with_the_days_they_would_need(read: Made, date: Made, related: Made) -> None:
    rows = claims.localise(read(date("2016", "2016"), date("2017", "2017")), related("same_date", "002-001", "002-002"))
    assert sets(rows) == [["002-001"], ["002-002"]]
    assert rows["misprint"].tolist() == ["2017", "2016"]
    assert rows["low"].tolist() == [2017.0, 2016.0]


def test_a_period_meets_its_first_and_its_last_year_at_once(read: Made, date: Made, related: Made) -> None:
    relations = pd.concat([
        related("same_date", "002-001", "002-002"), related("same_date", "002-001", "002-003", relation_id="s"),
    ])  # fmt: skip
    parsed = read(date("2004-2011", "2004/2011"), date("2004", "2004"), date("2011", "2011"))
    assert claims.localise(parsed, relations).empty


def test_the_end_of_a_period_that_disagrees_is_at_fault(read: Made, date: Made, related: Made) -> None:
    # The period ends in 2011 and its last year is 2012; 2004 agrees. Of "2004-2011" the 2012 is nearest, of 2012 2011.
    parsed = read(date("2004-2011", "2004/2011"), date("2004", "2004"), date("2012", "2012"))
    rows = claims.localise(parsed, related("same_period", "002-001", "002-002 002-003"))
    assert sets(rows) == [["002-001"], ["002-003"]]
    assert rows["misprint"].tolist() == ["2004-2012", "2011"]
    assert rows["low"].tolist() == [2012.0, 2011.0]


def test_a_figure_told_roughly_is_at_fault_beyond_its_reach(read: Made, figure: Made, related: Made) -> None:
    # About 40 reaches from 30 to 50. 70 would have to be 50, or the other about 50, which is as round as 0 and 100.
    parsed = read(figure("about 40%", 40, 5, bound="about"), figure("70%", 70, 0.5))
    rows = claims.localise(parsed, related("same_quantity", "002-001", "002-002"))
    assert sets(rows) == [["002-001"], ["002-002"]]
    assert rows["misprint"].tolist() == ["about 50%", "50%"]
    assert rows["high"].tolist()[1] == 50.0
    near = read(figure("about 40%", 40, 5, bound="about"), figure("48%", 48, 0.5))
    assert claims.localise(near, related("same_quantity", "002-001", "002-002")).empty


def systems(count: int, seed: int) -> list[tuple[list[Relation], dict[str, Interval], np.ndarray, np.ndarray]]:
    """Random sums of whole numbers with signs, as relations and as a matrix with bounds of its rows."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        figures, rows = int(rng.integers(2, 8)), int(rng.integers(1, 5))
        matrix = rng.integers(-1, 2, (rows, figures))
        tests = rng.integers(0, 3, rows)
        values = rng.integers(0, 12, figures)
        names = [f"f{place:02d}" for place in range(figures)]
        relations = []
        for place, row in enumerate(matrix):
            sides = [Node(value=Interval(0, 0)), Node(value=Interval(0, 0))]
            for name, sign in zip(names, row, strict=True):
                if sign:
                    side = 0 if sign > 0 else 1
                    sides[side] = Node(sign="+", first=sides[side], second=Node(key=name))
            relations.append(Relation(str(place), sides[0], sides[1], ("equal", "at_most", "at_least")[tests[place]]))
        bounds = {name: Interval(int(value), int(value) + 1) for name, value in zip(names, values, strict=True)}
        made.append((relations, bounds, matrix, tests))
    return made


def can_hold(matrix: np.ndarray, tests: np.ndarray, bounds: list[tuple[Any, ...]]) -> bool:
    upper = np.vstack([matrix[tests == 1], -matrix[tests == 2]])
    equal = matrix[tests == 0]
    solved = linprog(np.zeros(matrix.shape[1]), upper if len(upper) else None, np.zeros(len(upper)) if len(upper) else
                     None, equal if len(equal) else None, np.zeros(len(equal)) if len(equal) else None,
                     bounds)  # fmt: skip
    return bool(solved.status == 0)


def test_the_smallest_sets_are_those_of_trying_all_with_linear_programs() -> None:
    for relations, bounds, matrix, tests in systems(25, seed=3):
        names = sorted(bounds)

        def repaired(freed: frozenset[str], relations=relations, bounds=bounds) -> bool:  # type: ignore[no-untyped-def]
            return solve(relations, {**bounds, **dict.fromkeys(freed, Interval(0, float("inf")))}) is not None

        every = [
            [frozenset(some) for some in itertools.combinations(names, size) if can_hold(
                matrix, tests, [(0, None) if name in some else tuple(map(float, (bounds[name].low, bounds[name].high)))
                                for name in names])]
            for size in range(len(names) + 1)
        ]  # fmt: skip
        expected = next((found for found in every if found), [])
        assert smallest_repairs(names, repaired) == sorted(expected, key=sorted)


@pytest.mark.parametrize("names", [["a"], ["a", "b", "c"]])
def test_what_no_release_repairs_has_no_set(names: list[str]) -> None:
    assert smallest_repairs(names, lambda _: False) == []


def made(sign: str, first: Node, second: Node) -> Node:
    return Node(sign=sign, first=first, second=second)


A, B, C = (Node(key) for key in "abc")
TWO, FIVE = (Node(value=Interval(number, number)) for number in (2, 5))


@pytest.mark.parametrize(
    ("left", "right", "test", "row", "low", "high"),
    [
        (made("+", A, B), FIVE, "equal", {"a": 1, "b": 1}, 5, 5),
        (made("−", A, B), C, "equal", {"a": 1, "b": -1, "c": -1}, 0, 0),
        (made("+", made("−", A, B), C), FIVE, "at_most", {"a": 1, "b": -1, "c": 1}, float("-inf"), 5),
        (made("−", made("+", A, B), A), FIVE, "at_least", {"b": 1}, 5, float("inf")),  # a - a is no unknown
        (made("+", A, TWO), made("×", FIVE, B), "equal", {"a": 1, "b": -5}, -2, -2),
        (made("/", made("−", A, B), TWO), A, "equal", {"a": "-1/2", "b": "-1/2"}, 0, 0),
    ],
)
def test_sums_and_multiples_become_coefficients(
    left: Node, right: Node, test: str, row: dict[str, int | str], low: float, high: float
) -> None:
    found = linear(Relation("r", left, right, test))
    assert found is not None
    assert found[0] == {key: Fraction(value) for key, value in row.items()}
    assert (found[1].low, found[1].high) == (low, high)


@pytest.mark.parametrize("left", [made("×", A, B), made("/", FIVE, A), made("/", A, Node(value=Interval(0, 0)))])
def test_products_of_figures_and_divisions_by_them_or_by_nothing_are_not_linear(left: Node) -> None:
    assert linear(Relation("r", left, FIVE, "equal")) is None


class Known:
    """Stands for a system: it has a solution where the interval asked about meets the one that is known."""

    def __init__(self, low: object, high: object) -> None:
        self.known = Interval(Fraction(str(low)), Fraction(str(high)))

    def solved(self, _: str, changed: dict[str, Interval]) -> dict[str, Interval] | None:
        return changed if changed["a"].overlaps(self.known) else None


INF = float("inf")


@pytest.mark.parametrize(
    ("solution", "own", "ends"),
    [
        ((2, 3), (2, 3), (2, 3)),
        ((2, 3), (0, 10), (2, 3)),
        ((0, 3), (0, 10), (0, 3)),
        ((2, 10), (0, 10), (2, 10)),
        ((0, 10), (2, 3), (2, 3)),
        ((7, 8), (5, INF), (7, INF)),  # twice as far and one on: 11
        ((11, 12), (5, INF), (11, INF)),
        ((1, 2), (-INF, 5), (-INF, 2)),
        ((-11, -11), (-INF, 5), (-INF, -11)),
        ((-7, -6), (-9, -1), (-7, -6)),
        ((-3, -2), (-5, INF), (-3, INF)),
    ],
)
def test_ends_are_drawn_in_to_where_a_solution_is(
    solution: tuple[int, int], own: tuple[float, float], ends: tuple[float, float]
) -> None:
    asked = Interval(*(end if end in (INF, -INF) else Fraction(end) for end in own))  # type: ignore[arg-type]
    found = _attained(Known(*solution), "rounded", "a", {}, asked)  # type: ignore[arg-type]
    assert (float(found.low), float(found.high)) == pytest.approx(ends, abs=1e-10)


def test_an_end_is_halved_forty_times() -> None:
    # The least multiple of 8/2^40 that is not below 8/3; 2^40 leaves 1 when divided by 3.
    found = _halved(Fraction(0), Fraction(8), lambda end: end >= Fraction(8, 3))
    assert found == Fraction(8 * (2**40 + 2), 3 * 2**40)


@pytest.mark.parametrize(
    ("needed", "told"),
    [
        ((1, 2), (1, 2)),
        (("1e-7", 2), (0, 2)),
        (("1e-6", 2), (1e-6, 2)),
        (("-1e-7", 2), (-1e-7, 2)),
        ((1, 10**8 - 1), (1, 10**8 - 1)),  # a million times the largest end printed, 100
        ((1, 10**8), (1, None)),
        ((-(10**8), 2), (None, 2)),
        ((1 - 10**8, 2), (1 - 10**8, 2)),
    ],
)
def test_an_end_far_beyond_what_is_printed_is_none(needed: tuple[object, object], told: tuple[Any, Any]) -> None:
    bounds = {"a": Interval(Fraction(-100), Fraction(7)), "b": Interval(Fraction(5), INF)}
    system = System([], {"rounded": bounds})
    ends = _ends(Interval(*(Fraction(str(end)) for end in needed)), system)
    assert [None if np.isnan(end) else end for end in (ends["low"], ends["high"])] == list(told)


def test_of_open_intervals_a_million_is_far() -> None:
    system = System([], {"rounded": {"a": Interval(-INF, INF)}})
    ends = _ends(Interval(Fraction(-999_999), Fraction(1_000_000)), system)
    assert ends["low"] == -999_999
    assert np.isnan(ends["high"])


def test_the_middle_of_an_open_interval_is_its_end() -> None:
    assert [_middle(Interval(*ends)) for ends in ((2, 4), (2, INF), (-INF, 5))] == [3, 2, 5]


def test_of_one_document_are_told_the_contradictions_that_touch_it_with_all_their_candidates(
    read: Made, figure: Made, related: Made
) -> None:
    parsed = read(*(figure(f"{value}%", value, 0.5) for value in (40, 70, 10, 90)))
    parsed = parsed.assign(document=["002", "003", "004", "004"])
    relations = pd.concat([
        related("same_quantity", "002-001", "002-002"), related("same_quantity", "002-003", "002-004", relation_id="s"),
    ])  # fmt: skip
    near = {
        code: [sorted(set(rows["claim_id"])), *claims.located(rows).to_numpy().tolist()]
        for code in ("", "002", "003", "004")
        for rows in [claims.localise(parsed, relations, document=code)]
    }
    first, second = ["002-001", "002-002"], ["002-003", "002-004"]
    # Either side of a disagreement of two may be wrong, and one digit would explain it: 40 or 70, 10 or 90.
    assert near == {"": [first + second, [2, 0, 2, 2]], "002": [first, [1, 0, 1, 1]], "003": [first, [1, 0, 1, 1]],
                    "004": [second, [1, 0, 1, 1]]}  # fmt: skip
    assert claims.localise(parsed, relations, document="001").empty
