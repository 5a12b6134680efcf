"""How likely a random figure in the form of a printed one would have passed a relation."""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Final, cast

import pandas as pd

from digital_diplomacy.claims.checking import is_contradicted, narrowed_for, plain_verdict, verdict
from digital_diplomacy.claims.propagation import backwards
from digital_diplomacy.claims.quantities import READINGS, Claim, Quantity, loosened
from digital_diplomacy.claims.reading import HABIT, PARSED
from digital_diplomacy.claims.relations import Outcome, Sides, Unchecked
from digital_diplomacy.claims.seeing.forms import Class, forms, standing, whole, within
from digital_diplomacy.claims.stated import Equations, Stated, known_of, stated_of
from digital_diplomacy.errors import TableError
from digital_diplomacy.printed import Interval
from digital_diplomacy.printed.model import Reading
from digital_diplomacy.tables import named_as

COLUMNS: Final = ("relation_id", "kind", "verdict", "claim_id", "document", "as_printed", "forms_count",
                  "passing_count", "pass_probability")  # fmt: skip
ENUMERATED: Final = 2000
"""Up to so many figures of a class are tried one by one where the relation cannot be solved for the figure."""

_Spans = list[tuple[int, int]]


def chance(claims: pd.DataFrame, relations: pd.DataFrame, evidence: pd.DataFrame | None = None) -> pd.DataFrame:
    """Of every relation and each figure in it: the probability that a random figure would not have failed it.

    A random figure has the form of the printed one: the same marks, words and number of digits, the first of them not
    zero unless it is printed so; each is as likely as any other. The other figures stay as printed, narrowed by the
    equations of their document the random one does not stand in. All such figures are counted, not drawn: a relation is
    solved for the figure in exact intervals, and the whole numbers counted whose interval meets what is left. Where it
    cannot be solved (a figure named twice, whole years told as ages are) they are tried one by one, or, being many,
    bisected: both sides move one way with the figure.

    Parameters
    ----------
    claims : DataFrame
        What ``parse`` returns.
    relations : DataFrame
        The table ``claim_relations``.
    evidence : DataFrame, optional
        What ``evidence`` returns.

    Returns
    -------
    DataFrame
        relation_id, kind, verdict (as printed), claim_id (the figure taken at random), document, as_printed,
        forms_count (figures of its form), passing_count (that would not fail), pass_probability (0 to 1). Relations
        that cannot be checked, and figures that are dates, ranges or words, have no row.

    References
    ----------
    Brown N. J. L., Heathers J. A. J. (2017). The GRIM test. Social Psychological and Personality Science 8(4), 363-369;
    Jung L., scrutiny: Error Detection in Science, R package, function ``grim_probability`` (the probability that a
    figure random but for its number of decimals is inconsistent), here of any relation and as its complement.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-044', '000-027']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_rank_russia'")
    >>> found = claims.chance(read, relations)
    >>> found[["as_printed", "forms_count", "passing_count"]]  # any place of one digit is within 100 to 999 states
      as_printed  forms_count  passing_count
    0    4 место            9              9
    1  210 стран          900            900
    """
    known, stated = known_of(claims, evidence), stated_of(relations)
    complete = [one for one in stated if one.names <= known.keys()]
    equations = Equations(complete, known)
    figures = {str(row["claim_id"]): row for row in claims[[*PARSED, *HABIT]].to_dict("records")}
    shapes = {key: forms(figures[key]) for key in figures if any(key in one.names for one in complete)}
    rows = [row for one in complete for row in _rows(one, known, equations, shapes)]
    return named_as(pd.DataFrame(rows, columns=list(COLUMNS)), claims)


def _rows(
    one: Stated, known: Mapping[str, Claim], equations: Equations, shapes: Mapping[str, list[Class]]
) -> Iterator[dict[str, Any]]:
    found, outcome = verdict(one, known, equations), one.outcome(known)
    if isinstance(outcome, Unchecked) or one.text("caveat"):
        return
    # A figure may also be dated by its period alone, or be of another period than the one that is judged.
    judged = {leaf.claim_id for sides in outcome for side in (sides.left, sides.right) for leaf in side.leaves}
    for key in (key for key in dict.fromkeys([*one.ids("left"), *one.ids("right")]) if key in judged):
        classes = shapes.get(key, [])
        count = sum(each.count(each.first, each.last) for each in classes)
        if count:
            near, _ = narrowed_for(one, known, equations, without=key)
            passing = sum(_passing(_Trial(one, near, key), each) for each in classes)
            about = {"claim_id": key, "document": known[key].document, "as_printed": known[key].as_printed}
            counts = {"forms_count": count, "passing_count": passing, "pass_probability": passing / count}
            yield {"relation_id": one.relation_id, "kind": one.row["kind"], "verdict": found} | about | counts


@dataclass(frozen=True)
class _Trial:
    """A relation, the figures in it, and the one that is taken at random."""

    one: Stated
    known: Mapping[str, Claim]
    key: str


def _passing(trial: _Trial, shape: Class) -> int:
    """How many figures of a class do not fail the relation."""
    spans = _solved(trial, shape)
    if spans is None:
        members = shape.count(shape.first, shape.last)
        if members <= ENUMERATED:
            return sum(_passes(trial, shape, digits) for digits in shape.members())
        spans = _bisected(trial, shape)
    return sum(shape.count(first, last) for first, last in spans)


def _solved(trial: _Trial, shape: Class) -> _Spans | None:
    """The digits that pass, as spans of whole numbers; nothing where the relation is not solved for the figure."""
    outcome = trial.one.outcome(trial.known)
    spans: _Spans = [(shape.first, shape.last)]
    for sides in [] if isinstance(outcome, Unchecked) else outcome:
        leaves = [*sides.left.leaves, *sides.right.leaves]
        named = [leaf for leaf in leaves if leaf.claim_id == trial.key]
        own = trial.known[trial.key].quantity
        if not named:  # a pair of the other figures
            if is_contradicted(sides):
                return []
            continue
        if len(named) != 1 or own is None or own.is_about or named[0].intervals != own.intervals:
            return None
        reaching = _reaching(sides)
        implied = [needed for each in reaching if (needed := _implied(each, trial.key)) is not None]
        if not reaching or len(implied) < len(reaching):
            return None
        spans = _common(spans, _joined([_span(each, shape, how) for each in implied for how in READINGS]))
    return spans


def _reaching(sides: Sides) -> list[Sides]:
    """Two sides, and once more with what is told as approximate as wide as it can reach; nothing if it has no end."""
    if not (sides.left.is_about or sides.right.is_about):
        return [sides]
    try:
        return [sides, replace(sides, left=loosened(sides.left), right=loosened(sides.right))]
    except ValueError:  # it may be zero, and divides
        return []


def _implied(sides: Sides, key: str) -> Mapping[Reading, Interval] | None:
    """What the figure must be for the sides to meet, reading by reading; limits open the side they leave free."""
    left, right = sides.left, sides.right
    if sides.test == "at_most":
        left, right = _opened(left, "high"), _opened(right, "low")
    elif sides.test == "at_least":
        left, right = _opened(left, "low"), _opened(right, "high")
    for tree, target in ((sides.left, right), (sides.right, left)):
        for claim_id, needed in backwards(tree, target):
            if claim_id == key:
                return needed.intervals
    return None


def _opened(side: Quantity, end: str) -> Quantity:
    """A side with one end taken away."""
    ends = {"low": -inf, "high": inf}
    spans = {
        how: Interval(ends["low"], own.high) if end == "low" else Interval(own.low, ends["high"])
        for how, own in side.intervals.items()
    }
    return replace(side, intervals=spans, parts=(), sign="", claim_id="")


def _span(implied: Mapping[Reading, Interval], shape: Class, how: Reading) -> tuple[int, int]:
    ends = [
        within(shape.lows[how], implied[how].high, is_low=True),
        within(shape.highs[how], implied[how].low, is_low=False),
    ]
    return whole(max(low for low, _ in ends), min(high for _, high in ends), shape)


def _joined(spans: Sequence[tuple[int, int]]) -> _Spans:
    joined: _Spans = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _common(one: _Spans, other: _Spans) -> _Spans:
    pairs = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return [(first, last) for first, last in pairs if first <= last]


def _passes(trial: _Trial, shape: Class, digits: int) -> bool:
    """Whether a figure does not fail the relation."""
    try:
        return plain_verdict(trial.one, _with(trial, shape, digits)) != "fails"
    except TableError:  # it cannot be worked out, as where the figure makes a divisor zero
        return False


def _with(trial: _Trial, shape: Class, digits: int) -> Mapping[str, Claim]:
    """The figures with another one in the place of that which is taken at random."""
    figure = standing(trial.known[trial.key], shape.intervals(digits))
    return ChainMap({trial.key: figure}, cast("dict[str, Claim]", trial.known))


def _miss(trial: _Trial, shape: Class, digits: int) -> int:
    """0 if a figure passes, otherwise on which side of the right-hand side the left one misses it."""
    if _passes(trial, shape, digits):
        return 0
    try:
        return _side(trial.one.outcome(_with(trial, shape, digits)))
    except TableError:
        return 2


def _side(outcome: Outcome) -> int:
    failing = [sides for sides in ([] if isinstance(outcome, Unchecked) else outcome) if is_contradicted(sides)]
    return 1 if failing[0].left.rounded.low > failing[0].right.rounded.high else -1


def _bisected(trial: _Trial, shape: Class) -> _Spans:
    """Where the figures pass lies between where they miss on one side and where they miss on the other."""
    inside = [*_edge(shape, 1), *_edge(shape, -1)]
    first, last = inside[0], inside[1]
    at = [_miss(trial, shape, digits) for digits in (first, last)]
    if at[0] == at[1]:
        return [(first, last)] if at[0] == 0 else []
    left = first if at[0] == 0 else _turn(trial, shape, first, last, at[0])
    right = last if at[1] == 0 else _turn(trial, shape, last, first, at[1])
    return [(left, right)] if left <= right else []


def _edge(shape: Class, way: int) -> Iterator[int]:
    """The first or the last member of a class."""
    step = shape.step
    at = -(-shape.first // step) * step if way > 0 else shape.last // step * step
    yield at if at % (10 * step) else at + way * step


def _turn(trial: _Trial, shape: Class, outer: int, inner: int, side: int) -> int:
    """The member nearest to ``outer`` that does not miss on that side."""
    step = shape.step
    while abs(inner - outer) > step:
        middle = (outer + inner) // 2 // step * step
        probe = middle if middle % (10 * step) else middle + step
        if probe in (outer, inner):
            probe = middle - step if middle - step not in (outer, inner) and middle % (10 * step) == 0 else middle
            if not min(outer, inner) < probe < max(outer, inner) or probe % (10 * step) == 0:
                break
        if _miss(trial, shape, probe) == side:
            outer = probe
        else:
            inner = probe
    return inner
