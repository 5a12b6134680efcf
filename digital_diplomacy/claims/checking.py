"""Verdicts on relations between printed figures, and their comparison with those already acknowledged."""

import math
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

import pandas as pd

from digital_diplomacy import tables
from digital_diplomacy.claims.propagation import Equation, Memory, propagate
from digital_diplomacy.claims.quantities import READINGS, Claim, Quantity, loosened
from digital_diplomacy.claims.relations import Outcome, Sides, Unchecked
from digital_diplomacy.claims.stated import Equations, Stated, known_of, stated_of
from digital_diplomacy.errors import TableError
from digital_diplomacy.printed import Interval

MET: Final = {"equal": "=", "at_most": "≤", "at_least": "≥"}
MISSED: Final = {"equal": "≠", "at_most": ">", "at_least": "<"}
PINS: Final = " ¦ "
"""Between the arithmetic of a reason and what pins its figures down."""

_COLUMNS: Final = ("relation_id", "kind", "left", "right", "exhaustive", "constant")
_SEVERITY: Final = ("fails", "cannot be checked", "approximate", "holds")


def check(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    evidence: pd.DataFrame | None = None,
    *,
    leaves_out: bool = False,
) -> pd.DataFrame:
    """Work out every relation and say whether the printed figures can satisfy it.

    A figure is judged with everything its own document implies for it: the document's equations (``EQUATIONS``) narrow
    its interval first (``propagation``), the relation in question left aside.

    Parameters
    ----------
    claims : DataFrame
        What ``parse`` returns, one row a claim.
    relations : DataFrame
        The table ``claim_relations``: relation_id, kind (one of ``KINDS``), left and right (claim_ids or evidence_ids
        separated by blanks), exhaustive, constant; optionally named (two names of one thing) and caveat (why the two
        sides, though printed side by side, cannot be compared).
    evidence : DataFrame, optional
        What ``evidence`` returns: figures of other tables. Relations that name some cannot be checked without it.
    leaves_out : bool
        Whether relations whose figures do not fit their kind have no row, and are not refused: drafts, of which nobody
        has looked at any.

    Returns
    -------
    DataFrame
        The table ``findings``, in the order of the relations. ``fails``: no values the figures stand for satisfy it,
        in no reading of their last digits. ``approximate``: they do so only if digits were cut off or closing zeros
        are no digits, or a figure is printed as approximate and reaches so far (``reach_of``). ``holds``: not
        contradicted, which proves nothing, or certain, whatever the figures stand for. ``cannot be checked``: see the
        reason. Intervals are those under rounding, every digit counted, or where a figure told roughly fails those of
        its reach; an open end is missing; dates are decimal years. ``reason`` is codes, a colon and the arithmetic;
        ``explain`` puts it into words.

    Raises
    ------
    TableError
        Naming row, relation and reason: an unknown kind, a claim that is not in the table, different units, a division
        by an interval that contains zero.

    References
    ----------
    Moore R. E. (1966). Interval Analysis. Prentice-Hall.
    Benhamou F., Goualard F., Granvilliers L., Puget J.-F. (1999). Revising hull and box consistency. Proceedings of the
    16th International Conference on Logic Programming, MIT Press, 230-244.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-031', '000-035', '000-038', '000-042']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id in ['000_lead_facebook', '000_lead_video']")
    >>> claims.check(read, relations)[["relation_id", "verdict"]]  # Russia is said to lead in all four
             relation_id verdict
    0  000_lead_facebook   holds
    1     000_lead_video   fails
    """
    missing = [name for name in _COLUMNS if name not in relations.columns]
    if missing:
        raise TableError("claim_relations: column `{missing}` is missing", missing=missing[0])
    known = known_of(claims, evidence)
    stated = [one for one in stated_of(relations) if not leaves_out or _is_workable(one, known)]
    equations = Equations(stated, known)
    rows = [_checked(one, known, equations) for one in stated]
    found = tables.validate(pd.DataFrame(rows, columns=list(tables.FINDINGS.columns)), tables.FINDINGS)
    own = tables.names_of(claims)
    return tables.named(found, own) if own else found


def _is_workable(one: Stated, known: Mapping[str, Claim]) -> bool:
    """Whether figures fit the kind of a relation: of one unit where they are compared, nothing divided by nothing."""
    try:
        one.outcome(known)
    except TableError:
        return False
    return True


def _checked(one: Stated, known: Mapping[str, Claim], equations: Equations) -> dict[str, object]:
    ids = [*one.ids("left"), *one.ids("right")]
    documents = {known[claim_id].document for claim_id in ids if claim_id in known} - {""}
    lacking = [claim_id for claim_id in ids if claim_id not in known and not _is_claim(claim_id)]
    if lacking:
        finding = _sides(None, None, "") | {"verdict": "cannot be checked", "reason": f"no_evidence: {lacking[0]}"}
    else:
        finding = _finding(one, known, equations)
    about = {"documents": " ".join(sorted(documents)), "claims": " ".join(dict.fromkeys(ids))}
    return {"relation_id": one.relation_id, "kind": one.row["kind"], **about, **finding}


def _is_claim(claim_id: str) -> bool:
    """Whether an id has the form of a claim's (``001-041``) and not that of a figure of another table."""
    return claim_id[:1].isdigit()


def _finding(one: Stated, known: Mapping[str, Claim], equations: Equations) -> dict[str, object]:
    outcome = one.outcome(known)
    if isinstance(outcome, Unchecked):
        return _unchecked(outcome)
    caveat = one.text("caveat")
    if caveat:
        first = outcome[0]
        said = "; ".join(dict.fromkeys(str(side) for sides in outcome for side in (sides.left, sides.right)))
        return _unchecked(Unchecked(caveat, said, first.left, first.right, first.unit))
    plain = _judged(outcome)
    narrow, reasons = narrowed_for(one, known, equations)
    if plain["verdict"] == "fails" or not reasons:
        return plain
    closer = _judged(_sides_of(one.outcome(narrow)), pins=[(narrow[key], solved) for key, solved in reasons.items()])
    is_worse = _SEVERITY.index(str(closer["verdict"])) < _SEVERITY.index(str(plain["verdict"]))
    return closer if is_worse else plain


def plain_verdict(one: Stated, known: Mapping[str, Claim]) -> str:
    """The verdict on a relation by its own figures alone; what else their documents say is left aside."""
    outcome = one.outcome(known)
    if isinstance(outcome, Unchecked) or one.text("caveat"):
        return "cannot be checked"
    return _worst(outcome)


def verdict(one: Stated, known: Mapping[str, Claim], equations: Equations) -> str:
    """The verdict of ``check`` on one relation, without its words.

    Parameters
    ----------
    one : Stated
        The relation.
    known : mapping of str to Claim
        Every figure by its id.
    equations : Equations
        Of all documents.
    """
    plain = plain_verdict(one, known)
    if plain == "fails" or not has_sides(one, known):
        return plain
    return min(plain, closer_verdict(one, known, equations), key=_SEVERITY.index)


def has_sides(one: Stated, known: Mapping[str, Claim]) -> bool:
    """Whether a relation says which figures must meet."""
    return not isinstance(one.outcome(known), Unchecked) and not one.text("caveat")


def closer_verdict(one: Stated, known: Mapping[str, Claim], equations: Equations) -> str:
    """The verdict on a relation that has sides with what the other equations leave of its figures; "holds" if all."""
    narrow, reasons = narrowed_for(one, known, equations)
    return _worst(_sides_of(one.outcome(narrow))) if reasons else "holds"


def _worst(outcome: Sequence[Sides]) -> str:
    return min((_verdict(sides)[0] for sides in outcome), key=_SEVERITY.index)


def _sides_of(outcome: Outcome) -> list[Sides]:
    return [] if isinstance(outcome, Unchecked) else outcome


def narrowed_for(
    one: Stated, known: Mapping[str, Claim], equations: Equations, *, without: str = ""
) -> tuple[Mapping[str, Claim], dict[str, list[Quantity]]]:
    """The claims as narrowed by the other equations of their documents, and why, for those the relation names.

    Equations that name the figure ``without`` narrow nothing.
    """
    ids = one.names
    own = equations.linked(ids, but=[one.relation_id], without=without)
    reached = {key for other in own for side in ("left", "right") for key in other.ids(side)}
    quantities = {key: quantity for key in reached if (quantity := known[key].quantity) is not None}
    asked = [_equation(other, known, equations.memory) for other in own]
    narrow, reasons = propagate(quantities, asked, equations.memory)
    closer = {key: replace(known[key], quantity=narrow[key]) for key in narrow.keys() & ids}
    return ChainMap(closer, cast("dict[str, Claim]", known)), {
        key: solved for key, solved in reasons.items() if key in ids
    }


def pinned(claims: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Figures that the other figures of their own document pin down more closely than their digits do.

    Parameters
    ----------
    claims, relations : DataFrame
        As for ``check``.

    Returns
    -------
    DataFrame
        document, claim_id, as_printed, low, high (by its own digits, every zero counted), low_pinned, high_pinned (what
        the equations of the document leave), arithmetic (those that set the ends); in the order of the claims.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['001-045', '001-046', '001-047']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '001_social_growth'")
    >>> found = claims.pinned(read, relations)
    >>> found[["as_printed", "low", "high", "low_pinned", "high_pinned"]].round(3)
         as_printed         low        high    low_pinned  high_pinned
    0  12 миллионов  11500000.0  12500000.0  1.169528e+07   12500000.0
    """
    known, stated = known_of(claims), stated_of(relations)
    memory = Memory()
    equations = [_equation(one, known, memory) for one in stated if one.is_equation(known)]
    quantities = {key: claim.quantity for key, claim in known.items() if claim.quantity is not None}
    narrow, reasons = propagate(quantities, equations, memory)
    rows = [
        {
            "document": known[key].document,
            "claim_id": key,
            "as_printed": known[key].as_printed,
            **_ends(quantities[key], ""),
            **_ends(narrow[key], "_pinned"),
            "arithmetic": "; ".join(str(quantity) for quantity in reasons[key]),
        }
        for key in known
        if key in reasons and narrow[key].rounded != quantities[key].rounded
    ]
    columns = ["document", "claim_id", "as_printed", "low", "high", "low_pinned", "high_pinned", "arithmetic"]
    return pd.DataFrame(rows, columns=columns)


def _ends(quantity: Quantity, how: str) -> dict[str, float]:
    """Both ends of an interval; an open one is missing."""
    ends = {f"{end}{how}": float(getattr(quantity.rounded, end)) for end in ("low", "high")}
    return {name: math.nan if math.isinf(end) else end for name, end in ends.items()}


def _equation(one: Stated, known: Mapping[str, Claim], memory: Memory) -> Equation:
    claims = {key: known[key] for key in one.names}

    def sides(now: Mapping[str, Quantity]) -> list[tuple[Quantity, Quantity]]:
        quantities = {key: now.get(key, claim.quantity) for key, claim in claims.items()}
        return memory.of((one, *claims.values(), *quantities.values()), lambda: _pairs(one, claims, quantities))

    return sides


def _pairs(
    one: Stated, claims: Mapping[str, Claim], quantities: Mapping[str, Quantity | None]
) -> list[tuple[Quantity, Quantity]]:
    """The sides of a relation whose claims have other quantities."""
    known = {key: replace(claim, quantity=quantities[key]) for key, claim in claims.items()}
    return [(pair.left, pair.right) for pair in _sides_of(one.outcome(known))]


def _unchecked(outcome: Unchecked) -> dict[str, object]:
    reason = f"{outcome.code}: {outcome.arithmetic}"
    return _sides(outcome.left, outcome.right, outcome.unit) | {"verdict": "cannot be checked", "reason": reason}


def _judged(outcome: Sequence[Sides], *, pins: Sequence[tuple[Claim, Sequence[Quantity]]] = ()) -> dict[str, object]:
    worst = min(outcome, key=lambda sides: _SEVERITY.index(_verdict(sides)[0]))
    verdict, code = _verdict(worst)
    if code == "out_of_reach":  # told, and the gap measured, from where the figure told roughly ends
        worst = _loosened(worst)
    said = [worst] if verdict == "fails" else outcome
    has_zeros = verdict != "approximate" and any(
        side.has_open_zeros for sides in said for side in (sides.left, sides.right)
    )
    reason = f"{code}{' zeros' * has_zeros}{' pinned' * bool(pins)}: {_arithmetic(said)}"
    if pins:
        reason += PINS + "; ".join(_because(claim, solved) for claim, solved in pins)
    return _sides(worst.left, worst.right, worst.unit) | {"verdict": verdict, "reason": reason}


def _because(claim: Claim, solved: Sequence[Quantity]) -> str:
    """A figure with what is left of its interval, and the equations that left it."""
    return f"{claim.quantity} ⇐ {', '.join(str(quantity) for quantity in solved)}"


def _verdict(sides: Sides) -> tuple[str, str]:
    """The verdict, and the code of its reason."""
    possible = dict(zip(READINGS, _in_every_reading(sides, _is_possible), strict=True))
    if sides.left.is_about or sides.right.is_about:
        return _verdict_on_about(sides, is_possible=any(possible.values()))
    if all(_in_every_reading(sides, _is_certain)):
        return "holds", "certain"
    if _has_no_test(sides):
        return "cannot be checked", "open_ends"
    if possible["rounded"]:
        return "holds", "not_contradicted"
    if possible["filled"]:
        return "approximate", "zeros_only"
    return ("approximate", "cut_off_only") if possible["truncated"] else ("fails", "contradiction")


def _verdict_on_about(sides: Sides, *, is_possible: bool) -> tuple[str, str]:
    if is_possible:
        return "approximate", "about"
    return ("approximate", "about_only") if _is_in_reach(sides) else ("fails", "out_of_reach")


def is_contradicted(sides: Sides) -> bool:
    """Whether no values that two sides can stand for meet, told as approximate or not."""
    return _verdict(sides)[0] == "fails"


def _is_in_reach(sides: Sides) -> bool:
    """Whether the sides can meet if figures told as approximate reach as far as they can."""
    try:
        wide = _loosened(sides)
    except ValueError:  # it may be zero, and divides
        return True
    return any(_in_every_reading(wide, _is_possible))


def _loosened(sides: Sides) -> Sides:
    return replace(sides, left=loosened(sides.left), right=loosened(sides.right))


def _in_every_reading(sides: Sides, holds: Callable[[Interval, Interval, str], bool]) -> Iterator[bool]:
    return (holds(sides.left.intervals[how], sides.right.intervals[how], sides.test) for how in READINGS)


def _is_possible(left: Interval, right: Interval, test: str) -> bool:
    if test == "equal":
        return left.overlaps(right)
    return left.low <= right.high if test == "at_most" else left.high >= right.low


def _is_certain(left: Interval, right: Interval, test: str) -> bool:
    if test == "equal":
        return left == right and left.low == left.high
    return left.high <= right.low if test == "at_most" else left.low >= right.high


def _has_no_test(sides: Sides) -> bool:
    """Whether open ends alone make it possible, so that no figure could have failed it."""
    left, right = sides.left.rounded, sides.right.rounded
    if sides.test == "equal":
        return left.low == right.low == -math.inf or left.high == right.high == math.inf
    low, high = (left, right) if sides.test == "at_most" else (right, left)
    return low.low == -math.inf or high.high == math.inf


def _arithmetic(outcome: Sequence[Sides]) -> str:
    """Printed figures, what they come to with its interval, and how the two sides stand to each other."""
    said = ""
    last: Quantity | None = None
    for sides in outcome:
        said += (
            f" {_sign(sides)} {sides.right}" if sides.left is last else f"; {sides.left} {_sign(sides)} {sides.right}"
        )
        last = sides.right
    return said.removeprefix("; ")


def _sign(sides: Sides) -> str:
    if not _is_possible(sides.left.rounded, sides.right.rounded, sides.test):
        return MISSED[sides.test]
    return "≈" if sides.test == "equal" and sides.left.rounded != sides.right.rounded else MET[sides.test]


def _sides(left: Quantity | None, right: Quantity | None, unit: str) -> dict[str, object]:
    found: dict[str, object] = {"unit": unit}
    for name, side in (("left", left), ("right", right)):
        found[name] = "" if side is None else side.text
        for end in ("low", "high"):
            value = None if side is None else getattr(side.rounded, end)
            found[f"{name}_{end}"] = None if value is None or abs(value) == float("inf") else round(float(value), 6)
    return found


def confirm(findings: pd.DataFrame, acknowledged: pd.DataFrame) -> pd.DataFrame:
    """Return the findings if those that fail are exactly the acknowledged ones.

    Parameters
    ----------
    findings : DataFrame
        What ``check`` returns.
    acknowledged : DataFrame
        relation_id and reason of every failure that was looked at.

    Raises
    ------
    TableError
        Naming each failure that is new, each acknowledgement that no longer applies, and each whose arithmetic changed.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    >>> found = claims.check(claims.parse(printed, sources.load("documents")), relations)
    >>> known = sources.load("acknowledged_findings").query("relation_id == '000_lead_video'")
    >>> claims.confirm(found, known)[["relation_id", "verdict"]]
          relation_id verdict
    0  000_lead_video   fails
    """
    fails = dict(
        findings.loc[findings["verdict"] == "fails", ["relation_id", "reason"]].itertuples(index=False, name=None)
    )
    known = dict(acknowledged[["relation_id", "reason"]].itertuples(index=False, name=None))
    said = [f"{key} fails and is not acknowledged ({fails[key]})" for key in fails if key not in known]
    said += [f"{key} is acknowledged but does not fail" for key in known if key not in fails]
    said += [
        f"{key} now fails otherwise than acknowledged ({fails[key]})"
        for key in fails
        if known.get(key, fails[key]) != fails[key]
    ]
    if said:
        raise TableError(
            "acknowledged_findings: {said}. Look at each, then mend the table or acknowledge it.", said="; ".join(said)
        )
    return findings.copy()
