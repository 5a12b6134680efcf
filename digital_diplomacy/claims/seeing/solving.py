"""Whether figures within their intervals can satisfy several relations at once: exact, in rational numbers.

Every relation narrows the figures in it (HC4, one reading of the digits at a time); then those that are linear are
solved together by a simplex method on bounded variables. Both work in fractions, so that no tolerance decides.

References
----------
Benhamou F., Goualard F., Granvilliers L., Puget J.-F. (1999). Revising hull and box consistency. Proceedings of the
16th International Conference on Logic Programming, MIT Press, 230-244.
Dutertre B., de Moura L. (2006). A fast linear-arithmetic solver for DPLL(T). Computer Aided Verification, LNCS 4144,
81-94 (the simplex method on bounds).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from digital_diplomacy.claims.quantities import Quantity
from digital_diplomacy.printed import Interval

EVERY: Final = Interval(-math.inf, math.inf)
ROUNDS: Final = 12
"""Rounds of narrowing; stopping early leaves intervals wider than they must be, never too narrow."""

Bounds = dict[str, Interval]


@dataclass(frozen=True)
class Node:
    """A figure (key), a constant (value), or arithmetic on two of them (sign, first, second)."""

    key: str = ""
    value: Interval = EVERY
    sign: str = ""
    first: "Node | None" = None
    second: "Node | None" = None


@dataclass(frozen=True)
class Relation:
    """Two sides and how they must stand to each other: equal, at_most or at_least."""

    relation_id: str
    left: Node
    right: Node
    test: str

    @cached_property
    def keys(self) -> frozenset[str]:
        """The figures on both sides."""
        return frozenset({*_keys(self.left), *_keys(self.right)})


def node(tree: Quantity) -> Node:
    """The arithmetic of a side without its text."""
    if tree.parts:
        first, second = tree.parts
        return Node(sign=tree.sign, first=node(first), second=node(second))
    return Node(key=tree.claim_id) if tree.claim_id else Node(value=tree.rounded)


def _keys(tree: Node) -> list[str]:
    if tree.first is None or tree.second is None:
        return [tree.key] if tree.key else []
    return [*_keys(tree.first), *_keys(tree.second)]


def solve(relations: Sequence[Relation], bounds: Mapping[str, Interval]) -> Bounds | None:
    """The bounds as the relations narrow them; nothing if no values satisfy all.

    For linear relations the answer "nothing" is given exactly when it is true. Where a product or ratio of two figures
    stands in a relation, intervals that remain may hold no common solution.

    Examples
    --------
    >>> a, b = Node(key="a"), Node(key="b")
    >>> total = Relation("sum", Node(sign="+", first=a, second=b), Node(value=Interval(10, 10)), "equal")
    >>> found = solve([total], {"a": Interval(0, 9), "b": Interval(2, 3)})
    >>> print(found["a"], found["b"])
    [7, 8] [2, 3]
    >>> solve([total, Relation("order", a, b, "at_most")], {"a": Interval(0, 9), "b": Interval(2, 3)}) is None
    True
    """
    narrow = dict(bounds)
    stale = list(relations)
    for _ in range(ROUNDS):
        before = dict(narrow)
        if not all(_revise(one, narrow) for one in stale):
            return None
        moved = {key for key in narrow if narrow[key] is not before[key]}
        stale = [one for one in relations if moved & one.keys]
        if not stale:
            break
    rows = [row for row in map(linear, relations) if row is not None]
    return narrow if len(rows) < 2 or _is_feasible(rows, narrow) else None


def blamed(relations: Sequence[Relation], bounds: Mapping[str, Interval]) -> tuple[frozenset[str], frozenset[int]]:
    """Figures and places of relations from which narrowing derives that not all can hold; none if it does not.

    Every figure carries what narrowed it, and a relation that is left without values takes what its figures carry. They
    are enough for the contradiction, and need not be as few as possible.

    Examples
    --------
    >>> a, b, c = Node(key="a"), Node(key="b"), Node(key="c")
    >>> pairs = [Relation("one", a, b, "at_most"), Relation("two", b, c, "equal"), Relation("three", a, a, "equal")]
    >>> figures, places = blamed(pairs, {"a": Interval(5, 6), "b": Interval(0, 9), "c": Interval(1, 2)})
    >>> sorted(figures), sorted(places)
    (['a', 'b', 'c'], [0, 1])
    """
    narrow = dict(bounds)
    figures = {key: frozenset({key}) for key in bounds}
    places: dict[str, frozenset[int]] = dict.fromkeys(bounds, frozenset())
    stale = list(range(len(relations)))
    for _ in range(ROUNDS):
        moved: set[str] = set()
        for place in stale:
            keys, before = relations[place].keys, dict(narrow)
            blame = frozenset[str]().union(*(figures[key] for key in keys))
            used = frozenset({place}).union(*(places[key] for key in keys))
            if not _revise(relations[place], narrow):
                return blame, used
            for key in [key for key in keys if narrow[key] is not before[key]]:
                figures[key], places[key] = blame, used
                moved.add(key)
        stale = [place for place, one in enumerate(relations) if moved & one.keys]
        if not stale:
            break
    return frozenset(), frozenset()


def _revise(one: Relation, narrow: Bounds) -> bool:
    """Narrow the figures of one relation; whether anything is left."""
    values: dict[int, Interval] = {}
    left, right = _forward(one.left, narrow, values), _forward(one.right, narrow, values)
    for_left, for_right = right, left
    if one.test == "at_most":
        for_left, for_right = Interval(-math.inf, right.high), Interval(left.low, math.inf)
    elif one.test == "at_least":
        for_left, for_right = Interval(right.low, math.inf), Interval(-math.inf, left.high)
    pairs = ((one.left, left, for_left), (one.right, right, for_right))
    return all(own.overlaps(target) and _backward(tree, target, narrow, values) for tree, own, target in pairs)


def _forward(tree: Node, narrow: Mapping[str, Interval], values: dict[int, Interval]) -> Interval:
    """What a side can be; noted for all its parts."""
    if tree.first is None or tree.second is None:
        own = narrow[tree.key] if tree.key else tree.value
    else:
        own = _apply(tree.sign, _forward(tree.first, narrow, values), _forward(tree.second, narrow, values)) or EVERY
    values[id(tree)] = own
    return own


def _apply(sign: str, first: Interval, second: Interval) -> Interval | None:
    if sign == "+":
        return first + second
    if sign == "−":
        return first - second
    if sign == "×":
        return first * second
    return None if second.low <= 0 <= second.high else first / second


def _backward(tree: Node, target: Interval, narrow: Bounds, values: Mapping[int, Interval]) -> bool:
    if tree.first is None or tree.second is None:
        return not tree.key or _keep(tree.key, target, narrow)
    own = values[id(tree)]
    if target.low <= own.low and own.high <= target.high:  # no value of any part leads out of the target
        return True
    first, second = values[id(tree.first)], values[id(tree.second)]
    undo = {"+": "−", "−": "+", "×": "/", "/": "×"}[tree.sign]
    for_first = _apply(undo, target, second)
    for_second = _apply(tree.sign, first, target) if tree.sign in "−/" else _apply(undo, target, first)
    return all(
        needed is None or _backward(part, needed, narrow, values)
        for part, needed in ((tree.first, for_first), (tree.second, for_second))
    )


def _keep(key: str, target: Interval, narrow: Bounds) -> bool:
    own = narrow[key]
    if not own.overlaps(target):
        return False
    if target.low > own.low or target.high < own.high:
        narrow[key] = Interval(max(own.low, target.low), min(own.high, target.high))
    return True


def linear(one: Relation) -> "tuple[dict[str, Fraction], Interval] | None":
    """A relation as coefficients of the figures and the bounds of their sum; nothing if it is not linear."""
    left, right = _terms(one.left), _terms(one.right)
    if left is None or right is None:
        return None
    keys = {*left, *right} - {""}
    row = {key: left.get(key, Fraction(0)) - right.get(key, Fraction(0)) for key in sorted(keys)}
    rest = right.get("", Fraction(0)) - left.get("", Fraction(0))
    low = -math.inf if one.test == "at_most" else rest
    high = math.inf if one.test == "at_least" else rest
    return {key: value for key, value in row.items() if value}, Interval(low, high)


def _terms(tree: Node) -> dict[str, Fraction] | None:
    """Coefficients by figure, the constant under the empty key."""
    if tree.first is None or tree.second is None:
        if tree.key:
            return {tree.key: Fraction(1)}
        low = tree.value.low
        return None if isinstance(low, float) or low != tree.value.high else {"": low}
    first, second = _terms(tree.first), _terms(tree.second)
    if first is None or second is None:
        return None
    if tree.sign in "+−":
        sign = 1 if tree.sign == "+" else -1
        return {key: first.get(key, Fraction(0)) + sign * second.get(key, Fraction(0)) for key in {**first, **second}}
    factor, other = (second, first) if set(second) == {""} else (first, second)
    if set(factor) != {""} or (tree.sign == "/" and (factor is first or not factor[""])):
        return None
    return {key: value * factor[""] if tree.sign == "×" else value / factor[""] for key, value in other.items()}


def _is_feasible(rows: Sequence[tuple[dict[str, Fraction], Interval]], bounds: Mapping[str, Interval]) -> bool:
    """Whether values within the bounds exist whose sums lie within theirs."""
    table = {f"row {place}": dict(row) for place, (row, _) in enumerate(rows)}
    limits = {**bounds, **{f"row {place}": limit for place, (_, limit) in enumerate(rows)}}
    free = sorted({key for row in table.values() for key in row})
    at = {key: _nearest_to_zero(limits[key]) for key in free}
    at |= {name: sum((value * at[key] for key, value in row.items()), Fraction(0)) for name, row in table.items()}
    while True:
        broken = [name for name in sorted(table) if not limits[name].contains(at[name])]
        if not broken:
            return True
        name = broken[0]  # Bland's rule: always the first, so that it ends
        rises = at[name] < limits[name].low
        able = [key for key in sorted(table[name]) if _can_move(at[key], limits[key], (table[name][key] > 0) == rises)]
        if not able:
            return False
        _pivot(table, at, name, able[0], Fraction(limits[name].low if rises else limits[name].high))


def _nearest_to_zero(limit: Interval) -> Fraction:
    return Fraction(min(max(Fraction(0), limit.low), limit.high))


def _can_move(value: Fraction, limit: Interval, up: bool) -> bool:
    return value < limit.high if up else value > limit.low


def _pivot(
    table: dict[str, dict[str, Fraction]], at: dict[str, Fraction], leaves: str, enters: str, to: Fraction
) -> None:
    """Set a sum to a value by moving one figure, and write the figure as a sum in its place."""
    row = table.pop(leaves)
    factor = row.pop(enters)
    step = (to - at[leaves]) / factor
    at[leaves], at[enters] = to, at[enters] + step
    new = {leaves: 1 / factor} | {key: -value / factor for key, value in row.items()}
    for name, other in table.items():
        weight = other.pop(enters, Fraction(0))
        if weight:
            at[name] += weight * step
            merged = {key: other.get(key, Fraction(0)) + weight * value for key, value in new.items()}
            other.update(merged)
            for key in [key for key, value in other.items() if not value]:
                del other[key]
    table[enters] = new
