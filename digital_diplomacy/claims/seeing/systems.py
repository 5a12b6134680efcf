"""Connected relations and the intervals of their figures, solved part by part."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias

from digital_diplomacy.claims.quantities import READINGS
from digital_diplomacy.claims.relations import DATED
from digital_diplomacy.claims.seeing.solving import EVERY, Bounds, Node, Relation, blamed, solve
from digital_diplomacy.printed import Interval

_LEAST: Final = Interval(Fraction(1, 10**12), math.inf)
"""What a changed figure may be that stands in a product or ratio."""

_Question: TypeAlias = tuple[tuple[int, ...], frozenset[tuple[str, str]], frozenset[tuple[str, Interval]]]


@dataclass(frozen=True)
class System:
    """Relations connected by the figures in them, and the intervals of these, reading by reading.

    A figure known exactly carries nothing from one relation to the next, so relations linked by such figures alone are
    solved apart; what a part leaves is remembered, for most changes leave most parts as they were.
    """

    relations: Sequence[Relation]
    bounds: Mapping[str, Bounds]
    _answers: dict[_Question, Bounds | None] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def keys(self) -> list[str]:
        """The figures of all relations, sorted."""
        return sorted(frozenset().union(*(one.keys for one in self.relations)))

    @cached_property
    def widest(self) -> Bounds:
        """What a figure may be if it is changed: not negative, unless it is printed so."""
        return {key: _changed(key, self) for key in self.keys}

    @cached_property
    def _alike(self) -> dict[str, dict[str, str]]:
        """The first reading in which a figure has the interval it has in this one."""
        return {
            how: {key: next(one for one in READINGS if self.bounds[one][key] == own) for key, own in bounds.items()}
            for how, bounds in self.bounds.items()
        }

    def solved(self, how: str, changed: Mapping[str, Interval]) -> Bounds | None:
        """The intervals in one reading of the digits, some figures changed; nothing if not all relations can hold."""
        relations, found = self._asked(how, changed)
        for part in _parts(relations, found):
            left = self._left(how, part, relations, changed)
            if left is None:
                return None
            found |= left
        return found

    def _asked(self, how: str, changed: Mapping[str, Interval]) -> tuple[Sequence[Relation], Bounds]:
        own = self.bounds[how]
        fixed = {key: each for key, each in own.items() if key.endswith(DATED) and key not in changed}
        relations = [_with_dates(one, fixed) for one in self.relations] if fixed else self.relations
        return relations, {**own, **changed}

    def _left(
        self, how: str, part: tuple[int, ...], relations: Sequence[Relation], changed: Mapping[str, Interval]
    ) -> Bounds | None:
        asked = [relations[place] for place in part]
        keys = frozenset().union(*(one.keys for one in asked))
        printed = frozenset((key, self._alike[how][key]) for key in keys - changed.keys())
        question = (part, printed, frozenset((key, changed[key]) for key in keys & changed.keys()))
        if question not in self._answers:
            bounds = {key: changed.get(key, self.bounds[how][key]) for key in keys}
            self._answers[question] = solve(asked, bounds)
        return self._answers[question]

    def holds(self, changed: Mapping[str, Interval]) -> bool:
        """Whether all relations can hold in some reading of the digits, some figures changed."""
        return any(self.solved(how, changed) is not None for how in READINGS)

    def is_repaired(self, freed: frozenset[str]) -> bool:
        """Whether all relations can hold if some figures may be anything."""
        return self.holds({key: self.widest[key] for key in freed if key in self.widest})

    def conflict(self, freed: frozenset[str]) -> frozenset[str]:
        """Figures of which one more must be freed if some are: as few as can be, none of which can be left out.

        Whether one can be left out is tried one by one; where the others contradict themselves without it, only those
        that the contradiction is derived from are kept, which often leaves out several at once.
        """
        part, kept = self._derived(freed) or (self, frozenset(self.keys) - freed)
        tried = frozenset[str]()
        while kept - tried:
            one = min(kept - tried)
            closer = part._contradiction(kept - {one})
            kept, tried = (kept, tried | {one}) if closer is None else (closer, tried)
        return kept

    def _contradiction(self, kept: frozenset[str]) -> frozenset[str] | None:
        """Figures among those kept that contradict each other, all others being free; nothing if they do not."""
        freed = frozenset(self.keys) - kept
        derived = self._derived(freed)
        if derived is not None:
            return derived[1]
        return None if self.is_repaired(freed) else kept

    def _derived(self, freed: frozenset[str]) -> tuple["System", frozenset[str]] | None:
        """What contradicts itself although some figures are freed: a few of the relations, and figures of theirs.

        All other figures may be freed too, and the contradiction stays. Nothing where narrowing alone does not show it
        in every reading of the digits.
        """
        keys, places = frozenset[str](), frozenset[int]()
        changed = {key: self.widest[key] for key in freed}
        for how in READINGS:
            if how != READINGS[0] and self.bounds[how] == self.bounds[READINGS[0]]:
                continue
            own, used = blamed(*self._asked(how, changed))
            if not used:
                return None
            dated = {key for place in used for key in self.relations[place].keys if key.endswith(DATED)}
            keys, places = keys | own | dated, places | used
        return System([self.relations[place] for place in sorted(places)], self.bounds), keys - freed


def _parts(relations: Sequence[Relation], bounds: Mapping[str, Interval]) -> list[tuple[int, ...]]:
    """Places of relations that share figures not known exactly."""
    groups: list[tuple[set[int], set[str]]] = []
    for place, one in enumerate(relations):
        places, keys = {place}, {key for key in one.keys if bounds[key].low != bounds[key].high}
        apart = []
        for group in groups:
            if group[1].isdisjoint(keys):
                apart.append(group)
            else:
                places |= group[0]
                keys |= group[1]
        groups = [*apart, (places, keys)]
    return [tuple(sorted(places)) for places, _ in groups]


def _changed(key: str, system: System) -> Interval:
    if key.endswith(DATED):
        return EVERY
    if system.bounds["rounded"][key].low < 0:
        return EVERY
    is_factor = any(_is_factor(key, tree, False) for one in system.relations for tree in (one.left, one.right))
    return _LEAST if is_factor else Interval(0, math.inf)


def _is_factor(key: str, tree: Node, below: bool) -> bool:
    if tree.first is None or tree.second is None:
        return below and tree.key == key
    inside = below or tree.sign in "×/"
    return any(_is_factor(key, part, inside) for part in (tree.first, tree.second))


def _with_dates(one: Relation, fixed: Mapping[str, Interval]) -> Relation:
    """Dates as printed in place of their names: a period may meet one date with its start and another with its end."""
    return replace(one, left=_with(one.left, fixed), right=_with(one.right, fixed))


def _with(tree: Node, fixed: Mapping[str, Interval]) -> Node:
    if tree.first is None or tree.second is None:
        return Node(value=fixed[tree.key]) if tree.key in fixed else tree
    return replace(tree, first=_with(tree.first, fixed), second=_with(tree.second, fixed))
