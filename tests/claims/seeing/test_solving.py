"""Narrowing by hand for every sign and test, and whether all can hold beside linear programs."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from digital_diplomacy.claims.quantities import READINGS
from digital_diplomacy.claims.seeing.solving import EVERY, Node, Relation, blamed, linear, solve
from digital_diplomacy.claims.seeing.systems import System
from digital_diplomacy.printed import Interval

A, B, C = (Node(key=key) for key in "abc")
INF = float("inf")
Ends = tuple[float | Fraction, float | Fraction]


def of(low: object, high: object) -> Interval:
    return Interval(*(end if end in (INF, -INF) else Fraction(str(end)) for end in (low, high)))  # type: ignore[arg-type]


def node(first: Node, sign: str, second: Node) -> Node:
    return Node(sign=sign, first=first, second=second)


def number(value: object) -> Node:
    return Node(value=of(value, value))


@pytest.mark.parametrize(
    ("left", "test", "right", "bounds", "expected"),
    [
        (node(A, "+", B), "equal", number(10), {"a": (0, 9), "b": (2, 3)}, {"a": (7, 8), "b": (2, 3)}),
        (node(A, "−", B), "equal", number(2), {"a": (0, 10), "b": (1, 3)}, {"a": (3, 5), "b": (1, 3)}),
        (node(A, "−", B), "equal", number(2), {"a": (4, 4.5), "b": (0, 9)}, {"a": (4, 4.5), "b": (2, 2.5)}),
        (node(A, "×", B), "equal", number(12), {"a": (1, 4), "b": (2, 4)}, {"a": (3, 4), "b": (3, 4)}),
        (node(A, "/", B), "equal", number(2), {"a": (1, 4), "b": (1, 3)}, {"a": (2, 4), "b": (1, 2)}),
        (number(2), "equal", node(A, "/", B), {"a": (1, 4), "b": (1, 3)}, {"a": (2, 4), "b": (1, 2)}),
        # a divisor that may be zero says nothing of the ratio, and is itself the dividend over it
        (node(A, "/", B), "equal", number(2), {"a": (1, 4), "b": (0, 3)}, {"a": (1, 4), "b": (0.5, 2)}),
        (node(A, "×", B), "equal", number(6), {"a": (1, 10), "b": (0, 3)}, {"a": (2, 10), "b": (0.6, 3)}),
        (A, "at_most", B, {"a": (0, 9), "b": (3, 5)}, {"a": (0, 5), "b": (3, 5)}),
        (A, "at_most", B, {"a": (4, 9), "b": (3, 5)}, {"a": (4, 5), "b": (4, 5)}),
        (A, "at_least", B, {"a": (0, 4), "b": (3, 5)}, {"a": (3, 4), "b": (3, 4)}),
        (A, "at_most", B, {"a": (5, 6), "b": (0, 5)}, {"a": (5, 5), "b": (5, 5)}),
        (A, "at_most", B, {"a": (5.1, 6), "b": (0, 5)}, None),
        (A, "at_least", B, {"a": (0, 5), "b": (5.1, 6)}, None),
        (A, "equal", B, {"a": (0, 5), "b": (5, 6)}, {"a": (5, 5), "b": (5, 5)}),
        (A, "equal", B, {"a": (0, 5), "b": (5.1, 6)}, None),
        (node(node(A, "+", B), "+", C), "equal", number(3), {"a": (0, 9), "b": (1, 9), "c": (1, 9)},
         {"a": (0, 1), "b": (1, 2), "c": (1, 2)}),
        (node(A, "+", B), "at_most", number(3), {"a": (0, INF), "b": (1, INF)}, {"a": (0, 2), "b": (1, 3)}),
    ],
)  # fmt: skip
def test_one_relation_leaves_exactly_what_it_allows(
    left: Node, test: str, right: Node, bounds: dict[str, Ends], expected: dict[str, Ends] | None
) -> None:
    given = {key: of(*ends) for key, ends in bounds.items()}
    found = solve([Relation("r", left, right, test)], given)
    assert found == (None if expected is None else {key: of(*ends) for key, ends in expected.items()})
    assert given == {key: of(*ends) for key, ends in bounds.items()}
    assert (blamed([Relation("r", left, right, test)], given)[1] == {0}) == (expected is None)


def test_narrowing_goes_on_from_relation_to_relation() -> None:
    chain = [Relation("1", A, B, "at_most"), Relation("2", B, C, "at_most"), Relation("3", C, number(2), "at_most")]
    found = solve(chain, {key: of(1, 9) for key in "abc"})
    assert found == {key: of(1, 2) for key in "abc"}


def test_what_moved_in_a_round_is_looked_at_again() -> None:
    relations = [
        Relation("1", A, B, "at_most"),
        Relation("2", A, number(5), "at_most"),
        Relation("3", B, number(2), "at_most"),
    ]
    assert solve(relations, {"a": of(1, 9), "b": of(1, 9)}) == {"a": of(1, 2), "b": of(1, 2)}


def made(seed: int) -> tuple[list[Relation], dict[str, Interval], np.ndarray, np.ndarray, np.ndarray]:
    """Random sums of figures against numbers: relations, bounds, and the same as a matrix, tests and right sides."""
    rng = np.random.default_rng(seed)
    figures, rows = int(rng.integers(2, 5)), int(rng.integers(2, 5))
    matrix, sides = rng.integers(-2, 3, (rows, figures)), rng.integers(-3, 6, rows)
    tests = rng.integers(0, 3, rows)
    names = [f"f{place}" for place in range(figures)]
    relations = []
    for place, row in enumerate(matrix):
        tree = number(0)
        for name, factor in zip(names, row, strict=True):
            if factor:
                tree = node(tree, "+", node(number(factor), "×", Node(key=name)))
        relations.append(
            Relation(str(place), tree, number(sides[place]), ("equal", "at_most", "at_least")[tests[place]])
        )
    lows = rng.integers(-2, 3, figures)
    bounds = {name: of(low, low + int(rng.integers(0, 3))) for name, low in zip(names, lows, strict=True)}
    return relations, bounds, matrix, tests, sides


def program(
    matrix: np.ndarray, tests: np.ndarray, sides: np.ndarray, bounds: list[tuple[float, float]], cost: np.ndarray
) -> float | None:
    upper, ceiling = np.vstack([matrix[tests == 1], -matrix[tests == 2]]), np.r_[sides[tests == 1], -sides[tests == 2]]
    equal = matrix[tests == 0]
    told = {"A_ub": upper, "b_ub": ceiling} if len(upper) else {}
    told |= {"A_eq": equal, "b_eq": sides[tests == 0]} if len(equal) else {}
    solved = linprog(cost, bounds=bounds, **told)
    return float(solved.fun) if solved.status == 0 else None


@pytest.mark.parametrize("seed", range(40))
def test_linear_relations_can_hold_where_a_linear_program_has_a_solution(seed: int) -> None:
    relations, bounds, matrix, tests, sides = made(seed)
    ends = [(float(each.low), float(each.high)) for each in bounds.values()]
    found = solve(relations, bounds)
    assert (found is not None) == (program(matrix, tests, sides, ends, np.zeros(len(ends))) is not None)
    for place, key in enumerate(bounds if found is not None else ()):  # nothing that solves all is taken away
        unit = np.eye(len(ends))[place]
        least, most = (sign * (program(matrix, tests, sides, ends, sign * unit) or 0.0) for sign in (1, -1))
        assert found is not None
        assert float(found[key].low) <= least + 1e-9
        assert most - 1e-9 <= float(found[key].high)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_blamed_contradicts_itself_whatever_all_other_figures_are(seed: int) -> None:
    relations, bounds, *_ = made(seed)
    figures, places = blamed(relations, bounds)
    if places:
        free = {key: each if key in figures else EVERY for key, each in bounds.items()}
        assert solve([relations[place] for place in sorted(places)], free) is None
    else:
        assert not figures


@pytest.mark.parametrize("seed", range(40))
def test_figures_of_a_conflict_contradict_each_other_whatever_the_others_are(seed: int) -> None:
    relations, bounds, *_ = made(seed)
    used = sorted(set().union(*(one.keys for one in relations)))
    system = System(relations, {how: {key: bounds[key] for key in used} for how in READINGS})
    assert system.keys == used
    if system.holds({}):
        assert system.is_repaired(frozenset())
        return
    conflict = system.conflict(frozenset())
    assert conflict <= set(used)
    assert not system.is_repaired(frozenset(used) - conflict)


def test_a_conflict_has_no_figure_that_it_does_not_need() -> None:
    # a is at most b, which is at most c, and d takes no part: of 3, 9 and 1 the first and the last cannot both stand.
    relations = [
        Relation("1", A, B, "at_most"),
        Relation("2", B, C, "at_most"),
        Relation("3", Node("d"), A, "at_least"),
    ]
    own = {"a": of(3, 3), "b": of(0, 9), "c": of(1, 1), "d": of(3, 9)}
    system = System(relations, dict.fromkeys(READINGS, own))
    assert system.conflict(frozenset()) == {"a", "c"}
    assert system.conflict(frozenset("b")) == {"a", "c"}
    assert system.is_repaired(frozenset("a"))
    assert not system.is_repaired(frozenset("bd"))


def test_a_changed_figure_may_be_anything_it_could_be_printed_as() -> None:
    relations = [
        Relation("1", node(A, "×", B), number(4), "equal"),
        Relation("2", node(C, "+", Node(key="d")), Node(key="e@date"), "equal"),
    ]
    own = {"a": of(1, 2), "b": of(1, 2), "c": of(1, 2), "d": of(-1, 2), "e@date": of(1, 2)}
    widest = System(relations, dict.fromkeys(READINGS, own)).widest
    least = of("1e-12", INF)
    assert widest == {"a": least, "b": least, "c": of(0, INF), "d": EVERY, "e@date": EVERY}


def test_readings_are_solved_apart_and_one_that_holds_is_enough() -> None:
    relations = [Relation("1", A, B, "equal"), Relation("2", B, C, "equal")]
    exact = {"a": of(1, 1), "b": of(2, 2), "c": of(2, 2)}
    system = System(relations, dict.fromkeys(READINGS, exact) | {"filled": exact | {"a": of(0, 2)}})
    assert [system.solved(how, {}) for how in READINGS] == [None, dict.fromkeys("abc", of(2, 2)), None]
    assert system.holds({})
    none = System(relations, dict.fromkeys(READINGS, exact))
    assert (none.holds({}), none.holds({"a": of(2, 3)}), none.is_repaired(frozenset("a"))) == (False, True, True)
    assert none.is_repaired(frozenset("c")) is False
    assert none.solved("rounded", {"a": of(0, 9)}) == dict.fromkeys("abc", of(2, 2))


@pytest.mark.parametrize(
    ("tree", "row", "rest"),
    [
        (node(node(A, "×", number(3)), "−", node(number(2), "×", B)), {"a": 3, "b": -2}, 7),
        (node(node(A, "+", number(4)), "/", number(2)), {"a": Fraction(1, 2)}, 5),
        (node(number(2), "−", A), {"a": -1}, 5),
        (node(number(6), "/", number(3)), {}, 5),
    ],
)
def test_terms_are_gathered_with_their_factors(tree: Node, row: dict[str, object], rest: int) -> None:
    found = linear(Relation("r", tree, number(7), "equal"))
    assert found == (row, of(rest, rest))


@pytest.mark.parametrize(
    "tree", [node(A, "×", B), node(A, "/", number(0)), node(number(1), "/", A), Node(value=of(1, 2)), Node()]
)
def test_products_ratios_and_what_is_not_known_exactly_are_not_linear(tree: Node) -> None:
    assert linear(Relation("r", tree, number(7), "equal")) is None
