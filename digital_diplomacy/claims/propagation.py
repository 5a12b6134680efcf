"""What the other figures of a document imply for each of its figures.

Relations that a document's own figures must satisfy as equations (a count is a share of a population, an increase is
the later number less the earlier one) are solved for every figure in them; what they leave of a figure's interval is
kept, and so on until nothing gets narrower. Every step is exact and only takes away values no reading of the other
figures allows, so stopping early is safe.

References
----------
Benhamou F., Goualard F., Granvilliers L., Puget J.-F. (1999). Revising hull and box consistency. Proceedings of the
16th International Conference on Logic Programming, MIT Press, 230-244 (HC4: an equation is solved backwards through its
tree; each variable stands in it once, so that the result is its hull).
Moore R. E. (1966). Interval Analysis. Prentice-Hall.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar, cast

from digital_diplomacy.claims.quantities import READINGS, Quantity, combine, narrowed

ROUNDS: Final = 8
"""Rounds after which narrowing stops; with the few equations of a document two settle it."""

Equation: TypeAlias = Callable[[Mapping[str, Quantity]], Sequence[tuple[Quantity, Quantity]]]
"""From the quantities of all claims to the sides that must be equal."""

_Made = TypeVar("_Made")


class Memory:
    """What was made of the very same objects, so that it is made once.

    Objects are told apart by identity and kept with what was made of them: no other ever takes the place of one.

    Examples
    --------
    >>> memory, first = Memory(), [1]
    >>> memory.of((first,), lambda: len(first)), memory.of((first,), lambda: 2), memory.of(([1],), lambda: 3)
    (1, 1, 3)
    """

    def __init__(self) -> None:
        self._made: dict[tuple[int, ...], tuple[Sequence[object], Any]] = {}

    def of(self, given: Sequence[object], make: Callable[[], _Made]) -> _Made:
        """What ``make`` gives, unless it was asked of these objects before."""
        key = tuple(map(id, given))
        if key not in self._made:
            self._made[key] = given, make()
        return cast("_Made", self._made[key][1])


def propagate(
    known: Mapping[str, Quantity], equations: Sequence[Equation], memory: Memory | None = None
) -> tuple[dict[str, Quantity], dict[str, list[Quantity]]]:
    """Narrow quantities to what the equations leave of them.

    Parameters
    ----------
    known : mapping of claim_id to Quantity
        As printed.
    equations : sequence of callables
        Each gives, for quantities as narrowed so far, the pairs of sides that must be equal.
    memory : Memory, optional
        Of what was worked out before of the same quantities.

    Returns
    -------
    narrow : dict of claim_id to Quantity
        All quantities, narrowed reading by reading. Where an equation leaves nothing of a figure, it stays as it was:
        the contradiction is that equation's own finding.
    reasons : dict of claim_id to list of Quantity
        For each narrowed figure the solved equations that set its ends in the end.

    Examples
    --------
    >>> from digital_diplomacy.claims.quantities import alike, constant
    >>> from digital_diplomacy.printed import Interval
    >>> rough = Quantity("about ten", None, alike(Interval(5, 15)), claim_id="rough")
    >>> fine = Quantity("3.0", None, alike(Interval(2, 4)), claim_id="fine")
    >>> narrow, why = propagate({"rough": rough, "fine": fine}, [lambda now: [(now["rough"],
    ...     combine("×", [now["fine"], constant(3)]))]])
    >>> print(narrow["rough"], "from", why["rough"][0])
    about ten [6; 12] from 3.0 × 3 = [6; 12]
    """
    narrow, reasons, memory = dict(known), dict[str, list[Quantity]](), memory or Memory()
    for _ in range(ROUNDS):
        before = dict(narrow)
        for equation in equations:
            pairs = equation(narrow)
            _tighten(narrow, reasons, memory.of((pairs,), partial(_solved, pairs)), memory)
        if all(narrow[key] is before[key] for key in narrow):
            break
    return narrow, {key: _binding(narrow[key], solved) for key, solved in reasons.items()}


def _solved(pairs: Sequence[tuple[Quantity, Quantity]]) -> list[tuple[str, Quantity]]:
    """What each claim on two sides must be for them to be equal."""
    both = (each for left, right in pairs for each in ((left, right), (right, left)))
    return [needed for tree, target in both for needed in backwards(tree, target)]


def _tighten(
    narrow: dict[str, Quantity],
    reasons: dict[str, list[Quantity]],
    solved: Sequence[tuple[str, Quantity]],
    memory: Memory,
) -> None:
    for claim_id, implied in solved:
        own = narrow[claim_id]
        if implied.is_about or own.is_about:  # how far an "about" reaches is not printed, so nothing follows from it
            continue
        closer = memory.of((own, implied), partial(narrowed, own, implied.intervals))
        if closer is not own:
            narrow[claim_id] = closer
            reasons.setdefault(claim_id, []).append(implied)


def _binding(quantity: Quantity, solved: Sequence[Quantity]) -> list[Quantity]:
    """The solved equations that set one of the ends that were left."""
    kept = [
        implied
        for implied in solved
        if any(
            quantity.intervals[reading].low == implied.intervals[reading].low
            or quantity.intervals[reading].high == implied.intervals[reading].high
            for reading in READINGS
        )
    ]
    return list({implied.text: implied for implied in kept}.values())


def backwards(tree: Quantity, target: Quantity) -> Iterator[tuple[str, Quantity]]:
    """Every claim in the tree with what it must be for the tree to equal the target."""
    if tree.claim_id:
        yield tree.claim_id, target
    if tree.parts:
        first, second = tree.parts
        for part, other, is_first in ((first, second, True), (second, first, False)):
            needed = _undone(tree.sign, target, other, is_first=is_first)
            if needed is not None:
                yield from backwards(part, needed)


def _undone(sign: str, target: Quantity, other: Quantity, *, is_first: bool) -> Quantity | None:
    """One operand from the result and the other operand; nothing where an interval with zero would divide."""
    if sign == "×" and _multiplied_by(target, other):
        return target.parts[0]
    steps = {
        "+": ("−", target, other),
        "×": ("/", target, other),
        "−": ("+", target, other) if is_first else ("−", other, target),
        "/": ("×", target, other) if is_first else ("/", other, target),
    }
    operation, *operands = steps[sign]
    try:
        return combine(operation, operands)
    except ValueError:
        return None


def _multiplied_by(target: Quantity, factor: Quantity) -> bool:
    """Whether the target is a product with that constant, which then need not be divided out of it."""
    is_product = target.sign == "×" and not factor.claim_id and not factor.parts
    return is_product and not target.parts[1].claim_id and target.parts[1].intervals == factor.intervals
