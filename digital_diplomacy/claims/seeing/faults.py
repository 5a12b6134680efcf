"""Which figures are at fault where relations cannot all hold: the smallest sets whose change lets them."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

import pandas as pd

from digital_diplomacy.claims.checking import is_contradicted, verdict
from digital_diplomacy.claims.quantities import READINGS, Claim, claim_of, loosened
from digital_diplomacy.claims.relations import DATED, Unchecked
from digital_diplomacy.claims.seeing.hitting import smallest_repairs
from digital_diplomacy.claims.seeing.misprints import Misprint, misprints
from digital_diplomacy.claims.seeing.solving import Bounds, Relation, linear, node
from digital_diplomacy.claims.seeing.systems import System
from digital_diplomacy.claims.sides import FIRST, LAST, LIMIT, claim_id_of, days_of, end_of, limit_of
from digital_diplomacy.claims.stated import Equations, Stated, known_of, stated_of
from digital_diplomacy.frames import rows_of
from digital_diplomacy.printed import Interval
from digital_diplomacy.printed.intervals import End
from digital_diplomacy.tables import named_as

COLUMNS: Final = (
    "system", "relations", "figures_count", "size", "sets_count", "set", "claim_id", "document", "as_printed", "unit",
    "low", "high", "misprint", "misprint_kind",
)  # fmt: skip

_STEPS: Final = 40
"""Halvings by which an end that is not attained is told, to twelve digits."""

_FAR: Final = 1e6
"""An end so many times beyond the largest printed figure is no end, one so far below one is zero."""


def localise(
    claims: pd.DataFrame, relations: pd.DataFrame, evidence: pd.DataFrame | None = None, *, document: str = ""
) -> pd.DataFrame:
    """The smallest sets of figures whose change lets all connected relations hold, all of them.

    Relations that share a figure form a system. Where no values within the figures' intervals satisfy a system in any
    one reading of their digits, every smallest set of figures is named that, changed, would leave values for all
    others within theirs. One set: the figures in it are at fault if as few as possible are. Several: it cannot be
    localised, and these are the candidates. Nothing is corrected.

    Conflicts are derived by exact interval and linear arithmetic in fractions; the smallest sets that meet all of them
    are sought by depth, and each is confirmed exactly. Where ratios of figures link several relations in a circle, a
    set may be offered that is too small. Dates are compared two by two, as periods are, and the two ends of a period
    told twice count as two figures. Relations with an "about", and names, say nothing here.

    Parameters
    ----------
    claims : DataFrame
        What ``parse`` returns.
    relations : DataFrame
        The table ``claim_relations``.
    evidence : DataFrame, optional
        What ``evidence`` returns. A witness's count or rank is taken as right, since nothing in it is rounded (the
        United Nations have 193 members); what it rounds or dates may be at fault like any figure.
    document : str
        Only systems with a candidate in this document; all for the empty string.

    Returns
    -------
    DataFrame
        One row a figure of a set: system (from 1, of all documents), relations (ids of those that fail), figures_count
        (of the system), size (figures of a set), sets_count, set (from 1), claim_id, document, as_printed, unit, low
        and high (where it would have to lie with all figures outside the set as printed; missing where open; dates as
        decimal years), misprint (the nearest single misprint that does it, see ``misprints``; missing if none) and
        misprint_kind.

    References
    ----------
    Fellegi I. P., Holt D. (1976). A systematic approach to automatic edit and imputation. Journal of the American
    Statistical Association 71(353), 17-35.
    Reiter R. (1987). A theory of diagnosis from first principles. Artificial Intelligence 32(1), 57-95.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    >>> found = claims.localise(read, relations)
    >>> found[["claim_id", "as_printed", "low", "high"]]  # Russia's video needs more views, or Kazakhstan's fewer
      claim_id as_printed       low      high
    0  000-035    440,606       0.0  176376.0
    1  000-042    176,375  440605.5       NaN
    """
    known, stated = known_of(claims, evidence), stated_of(relations)
    complete = [one for one in stated if one.names <= known.keys()]
    rows = {str(row["claim_id"]): row for row in rows_of(claims)}
    found: list[dict[str, Any]] = []
    for system in _systems(complete, known):
        failing = _failing(system, complete, known)
        if failing is not None:
            found += list(_rows(system, failing, known, rows, len({row["system"] for row in found}) + 1))
    frame = pd.DataFrame(found, columns=list(COLUMNS)).astype({"low": float, "high": float})
    if document:
        frame = frame[frame["system"].isin(frame.loc[frame["document"] == document, "system"])]
    return named_as(frame.reset_index(drop=True), claims)


def _systems(stated: Sequence[Stated], known: Mapping[str, Claim]) -> Iterator[System]:
    """Connected relations with the intervals of their figures."""
    bounds: dict[str, Bounds] = {how: {} for how in READINGS}
    light = [one for each in stated for one in _light(each, known, bounds)]
    while light:
        group, keys = [light.pop(0)], set[str]()
        while True:
            keys |= {key for one in group for key in one.keys}
            near = [one for one in light if one.keys & keys]
            if not near:
                break
            group += near
            light = [one for one in light if one not in near]
        yield System(group, {how: {key: bounds[how][key] for key in keys} for how in READINGS})


def _light(one: Stated, known: Mapping[str, Claim], bounds: dict[str, Bounds]) -> list[Relation]:
    """The pairs of sides of a relation that could fail; their figures' intervals are noted."""
    outcome = one.outcome(known)
    if isinstance(outcome, Unchecked) or one.text("caveat"):
        return []
    made = []
    for sides in outcome:
        if sides.left.is_about or sides.right.is_about:
            if not is_contradicted(sides):
                continue
            sides = replace(sides, left=loosened(sides.left), right=loosened(sides.right))
        leaves = [leaf for side in (sides.left, sides.right) for leaf in side.leaves if leaf.claim_id]
        if not leaves:
            continue
        for how in READINGS:
            bounds[how].update({leaf.claim_id: leaf.intervals[how] for leaf in leaves})
        made.append(Relation(one.relation_id, node(sides.left), node(sides.right), sides.test))
    return made


def _failing(system: System, stated: Sequence[Stated], known: Mapping[str, Claim]) -> list[str] | None:
    """The relations of a system that fail; nothing if they can all hold.

    Relations that hold one in one reading of the digits and one in another are no contradiction.
    """
    if system.holds({}):
        return None
    ids = {one.relation_id for one in system.relations}
    equations = Equations(stated, known)
    failing = [
        one.relation_id for one in stated if one.relation_id in ids and verdict(one, known, equations) == "fails"
    ]
    hull = {key: _hull([system.bounds[how][key] for how in READINGS]) for key in system.keys}
    return failing if failing or system.solved("rounded", hull) is None else None


def _hull(intervals: Sequence[Interval]) -> Interval:
    return Interval(min(one.low for one in intervals), max(one.high for one in intervals))


def _rows(
    system: System,
    failing: Sequence[str],
    known: Mapping[str, Claim],
    rows: Mapping[str, Mapping[Any, Any]],
    number: int,
) -> Iterator[dict[str, Any]]:
    certain = frozenset(key for key in system.keys if claim_id_of(key) not in rows and _is_exact(key, system))
    names = [key for key in system.keys if key not in certain]
    sets = smallest_repairs(names, system.is_repaired, lambda freed: system.conflict(freed) - certain)
    about = {"system": number, "relations": " ".join(failing), "figures_count": len(system.keys)}
    for place, keys in enumerate(sets, start=1):
        for key in sorted(keys):
            claim_id = claim_id_of(key)
            claim = known[claim_id]
            unit = "date" if key.endswith(DATED) else claim.unit
            needed = _needed(system, key, keys)
            nearest = _nearest_misprint(system, key, keys, needed, rows.get(claim_id))
            yield about | {
                "size": len(keys), "sets_count": len(sets), "set": place, "claim_id": claim_id,
                "document": claim.document, "as_printed": claim.as_printed, "unit": unit,
                **_ends(needed, system),
                "misprint": nearest.text if nearest else None, "misprint_kind": nearest.kind if nearest else None,
            }  # fmt: skip


def _is_exact(key: str, system: System) -> bool:
    """Whether a figure is a number that nobody rounded: 193 members, rank 29."""
    return not key.endswith(DATED) and all(
        system.bounds[how][key].low == system.bounds[how][key].high for how in READINGS
    )


def _needed(system: System, key: str, keys: frozenset[str]) -> Interval:
    """Where a figure of a set would have to lie, in any reading of the digits of the others."""
    changed = {one: system.widest[one] for one in keys}
    found = [(how, solved[key]) for how in READINGS if (solved := system.solved(how, changed)) is not None]
    if all(linear(one) is not None for one in system.relations):
        found = [(how, _attained(system, how, key, changed, own)) for how, own in found]
    return _hull([own for _, own in found])


def _ends(needed: Interval, system: System) -> dict[str, float]:
    """The ends as numbers; what only the least factor there may be keeps from zero or from no end is told as that."""
    own = [abs(float(end)) for each in system.bounds["rounded"].values() for end in (each.low, each.high)]
    most = _FAR * max((end for end in own if math.isfinite(end)), default=1.0)
    low, high = float(needed.low), float(needed.high)
    low = 0.0 if 0 < low < 1 / _FAR else low
    return {"low": low if abs(low) < most else math.nan, "high": high if abs(high) < most else math.nan}


def _attained(system: System, how: str, key: str, changed: Mapping[str, Interval], own: Interval) -> Interval:
    """An interval with its ends where a solution exists: narrowing alone may leave them too far out."""

    def fits(low: End, high: End) -> bool:
        return system.solved(how, {**changed, key: Interval(low, high)}) is not None

    low, high = own.low, own.high
    if not isinstance(low, float) and not fits(low, low):
        inner = abs(low) * 2 + 1 if isinstance(high, float) else high
        low = _halved(low, inner, lambda end: fits(own.low, end))
    if not isinstance(high, float) and not fits(high, high):
        inner = abs(high) * 2 + 1 if isinstance(low, float) else -low
        high = -_halved(-high, inner, lambda end: fits(-end, own.high))
    return Interval(low, max(low, high))


def _halved(outer: Fraction, inner: Fraction, reaches: Callable[[Fraction], bool]) -> Fraction:
    """The least end up to which, from ``outer``, a solution exists."""
    for _ in range(_STEPS):
        middle = (outer + inner) / 2
        outer, inner = (outer, middle) if reaches(middle) else (middle, inner)
    return inner


def _nearest_misprint(
    system: System, key: str, keys: frozenset[str], needed: Interval, row: Mapping[Any, Any] | None
) -> Misprint | None:
    """The misprint nearest to what is printed with which the relations hold, the rest of the set being free."""
    rest = {one: system.widest[one] for one in keys if one != key}
    middle = _middle(system.bounds["rounded"][key])
    drafts = [(one, _intervals(one, key)) for one in ([] if row is None else misprints(row))]
    able = [(one, own) for one, own in drafts if own is not None and _hull(list(own.values())).overlaps(needed)]
    nearest_first = sorted(able, key=lambda each: abs(_middle(each[1]["rounded"]) - middle))
    fits = (one for one, own in nearest_first if _fits(system, {how: {**rest, key: own[how]} for how in READINGS}))
    return next(fits, None)


def _fits(system: System, changed: Mapping[str, Bounds]) -> bool:
    return any(system.solved(how, changed[how]) is not None for how in READINGS)


def _intervals(one: Misprint, key: str) -> Mapping[str, Interval] | None:
    try:
        claim = claim_of(one.row)
    except ValueError:  # no share of those asked is at least 605 percent
        return None
    quantity = None if claim.quantity is None else loosened(claim.quantity)
    if key.endswith(DATED) and claim.first_day is not None and claim.last_day is not None:
        ends = [end for end in (FIRST, LAST) if key.endswith(end)]
        quantity = end_of(claim, ends[0]) if ends else limit_of(claim) if key.endswith(LIMIT) else days_of([claim])
    return None if quantity is None else {str(how): own for how, own in quantity.intervals.items()}


def _middle(interval: Interval) -> float:
    ends = [float(end) for end in (interval.low, interval.high) if not math.isinf(end)]
    return sum(ends) / len(ends)
