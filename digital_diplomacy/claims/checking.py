"""Verdicts on relations between printed figures, and their comparison with those already acknowledged."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from digital_diplomacy import tables
from digital_diplomacy.claims.quantities import Claim, Quantity, claim_of
from digital_diplomacy.claims.relations import KINDS, Outcome, Relation, Sides, Unchecked
from digital_diplomacy.errors import TableError
from digital_diplomacy.printed import Interval

MET: Final = {"equal": "=", "at_most": "≤", "at_least": "≥"}
MISSED: Final = {"equal": "≠", "at_most": ">", "at_least": "<"}

_COLUMNS: Final = ("relation_id", "kind", "left", "right", "exhaustive", "constant")


def check(claims: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Work out every relation and say whether the printed figures can satisfy it.

    Parameters
    ----------
    claims : DataFrame
        What ``parse`` returns, one row a claim.
    relations : DataFrame
        The table ``claim_relations``: relation_id, kind (one of ``KINDS``), left and right (claim_ids separated by
        blanks), exhaustive, constant.

    Returns
    -------
    DataFrame
        The table ``findings``, in the order of the relations. ``fails``: no values the figures stand for satisfy it,
        whether their last digits were rounded or cut off. ``approximate``: they do so only if digits were cut off, or
        a figure is printed as approximate. ``holds``: not contradicted, which proves nothing. ``cannot be checked``:
        see the reason. Intervals are those under rounding; an open end is missing; dates are decimal years. ``reason``
        is a code, a colon and the arithmetic; ``explain`` puts it into words.

    Raises
    ------
    TableError
        Naming row, relation and reason: an unknown kind, a claim that is not in the table, different units, a division
        by an interval that contains zero.

    References
    ----------
    Moore R. E. (1966). Interval Analysis. Prentice-Hall.
    """
    missing = [name for name in _COLUMNS if name not in relations.columns]
    if missing:
        raise TableError(f"claim_relations: column `{missing[0]}` is missing")
    known = {str(row["claim_id"]): claim_of(row) for _, row in claims.iterrows()}
    rows = [_checked(place, row, known) for place, (_, row) in enumerate(relations.iterrows(), start=1)]
    return tables.validate(pd.DataFrame(rows, columns=list(tables.FINDINGS.columns)), tables.FINDINGS)


def _checked(place: int, row: "pd.Series[Any]", known: dict[str, Claim]) -> dict[str, object]:
    where = f"claim_relations, row {place} ({row['relation_id']})"
    try:
        relation = _relation(row, known)
        outcome = KINDS[row["kind"]](relation)
    except KeyError as error:
        raise TableError(f"{where}: unknown kind {error}; allowed: {', '.join(KINDS)}") from error
    except ValueError as error:
        raise TableError(f"{where}: {error}") from error
    claims = [*relation.left, *relation.right]
    return {
        "relation_id": relation.relation_id,
        "kind": row["kind"],
        "documents": " ".join(sorted({claim.document for claim in claims})),
        "claims": " ".join(claim.claim_id for claim in claims),
        **_finding(outcome),
    }


def _relation(row: "pd.Series[Any]", known: dict[str, Claim]) -> Relation:
    sides = {side: [] if pd.isna(row[side]) else str(row[side]).split() for side in ("left", "right")}
    unknown = [claim_id for ids in sides.values() for claim_id in ids if claim_id not in known]
    if unknown:
        raise ValueError(f"claim {unknown[0]!r} is not in the table of claims")
    return Relation(
        relation_id=str(row["relation_id"]),
        left=[known[claim_id] for claim_id in sides["left"]],
        right=[known[claim_id] for claim_id in sides["right"]],
        is_exhaustive=bool(row["exhaustive"]),
        constant=None if pd.isna(row["constant"]) else float(row["constant"]),
    )


def _finding(outcome: Outcome) -> dict[str, object]:
    if isinstance(outcome, Unchecked):
        reason = f"{outcome.code}: {outcome.arithmetic}"
        return _sides(outcome.left, outcome.right, outcome.unit) | {"verdict": "cannot be checked", "reason": reason}
    worst = min(outcome, key=lambda sides: _SEVERITY.index(_verdict(sides)[0]))
    verdict, code = _verdict(worst)
    said = [worst] if verdict == "fails" else outcome
    return _sides(worst.left, worst.right, worst.unit) | {"verdict": verdict, "reason": f"{code}: {_arithmetic(said)}"}


_SEVERITY: Final = ("fails", "approximate", "holds")


def _verdict(sides: Sides) -> tuple[str, str]:
    """The verdict, and the code of its reason."""
    rounded = _is_possible(sides.left.rounded, sides.right.rounded, sides.test)
    truncated = _is_possible(sides.left.truncated, sides.right.truncated, sides.test)
    if sides.left.is_about or sides.right.is_about:
        return ("approximate", "about") if rounded or truncated else ("approximate", "about_only")
    if rounded:
        return "holds", "not_contradicted"
    return ("approximate", "cut_off_only") if truncated else ("fails", "contradiction")


def _is_possible(left: Interval, right: Interval, test: str) -> bool:
    if test == "equal":
        return left.overlaps(right)
    return left.low <= right.high if test == "at_most" else left.high >= right.low


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
            f"acknowledged_findings: {'; '.join(said)}. Look at each, then mend the table or acknowledge it."
        )
    return findings.copy()
