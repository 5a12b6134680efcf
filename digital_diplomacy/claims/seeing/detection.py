"""How many misprints of each figure the relations would reveal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from digital_diplomacy.claims.checking import closer_verdict, has_sides, plain_verdict, verdict
from digital_diplomacy.claims.quantities import Claim, claim_of
from digital_diplomacy.claims.reading import HABIT, PARSED
from digital_diplomacy.claims.seeing.misprints import MISPRINTS, Misprint, has_digits, misprints
from digital_diplomacy.claims.stated import Equations, Stated, known_of, stated_of
from digital_diplomacy.errors import TableError
from digital_diplomacy.tables import named_as

_ABOUT: Final = ("claim_id", "document", "kind", "unit", "as_printed")
_COUNTS: Final = (*MISPRINTS, "misprints")


@dataclass(frozen=True)
class _Audit:
    """By figure the relations that do not fail as printed, places of those with sides, equations among all of them."""

    known: dict[str, Claim]
    standing: Mapping[str, list[Stated]]
    sided: frozenset[int]
    equations: Equations


def power(
    claims: pd.DataFrame, relations: pd.DataFrame, evidence: pd.DataFrame | None = None, *, document: str = ""
) -> pd.DataFrame:
    """How many misprints of each figure the relations between the figures would reveal.

    Each misprint (see ``misprints``) is read again by its document's convention and put in place of the figure, all
    others left as printed; it is revealed if a relation that does not fail as printed now fails, or can no longer be
    worked out. A relation that fails anyway reveals nothing new. These are all misprints there are, not a sample of
    them, so that a share has no sampling error; misprints of two figures at once are another question.

    Parameters
    ----------
    claims : DataFrame
        What ``parse`` returns.
    relations : DataFrame
        The table ``claim_relations``.
    evidence : DataFrame, optional
        What ``evidence`` returns. Its own figures are taken as right.
    document : str
        Misprint only figures of this document, held against all the others as ever; of every one, if empty.

    Returns
    -------
    DataFrame
        One row a figure that is printed in digits, in the order of the claims: claim_id, document, kind, unit,
        as_printed, relations_count (relations it stands in), and of misprints of each kind (``digit``, ``swap``,
        ``mark``) and of all (``misprints``) ``..._count``, ``..._revealed`` (a count) and ``..._share`` (0 to 1,
        missing where the figure has none, as where only its sentence gives the value).

    Raises
    ------
    TableError
        As ``check`` does of the figures as printed.

    References
    ----------
    Verhoeff J. (1969). Error detecting decimal codes. Mathematical Centre Tracts 29, Amsterdam: a check is judged by
    the shares of single and of transposition errors it detects.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-014', '000-012']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_websites'")
    >>> found = claims.power(read, relations)
    >>> found[["as_printed", "digit_count", "digit_revealed"]]  # 208 websites of 210 states, and at least one each
      as_printed  digit_count  digit_revealed
    0  210 стран           26               2
    1        208           26              16
    """
    audit = _audit(claims, relations, evidence)
    stands_in = pd.Series([name for one in stated_of(relations) for name in one.names], dtype=object).value_counts()
    rows = [
        {name: row[name] for name in _ABOUT}
        | {"relations_count": int(stands_in.get(row["claim_id"], 0))}
        | _counted(misprints(row), audit)
        for row in claims[[*PARSED, *HABIT]].to_dict("records")
        if has_digits(str(row["as_printed"])) and document in ("", row["document"])
    ]
    found = pd.DataFrame(rows, columns=[*_ABOUT, "relations_count", *_columns()])
    return named_as(found.astype({f"{kind}_share": float for kind in _COUNTS}), claims)


def _columns() -> list[str]:
    return [f"{kind}_{what}" for kind in _COUNTS for what in ("count", "revealed", "share")]


def totals(power: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Sums of what ``power`` returns.

    Parameters
    ----------
    power : DataFrame
        What ``power`` returns.
    by : sequence of str
        Its columns to group by, such as ``["document"]`` or ``["kind"]``; without any, one row of all.

    Returns
    -------
    DataFrame
        The grouping columns, figures_count, related_count (in at least one relation), blind_count (of which a misprint
        would never be revealed), untried_count (without a misprint that can still be read), and counts and shares as in
        ``power``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> rows = pd.DataFrame({"document": ["a", "a"], "relations_count": [1, 0]})
    >>> for kind in ("digit", "swap", "mark", "misprints"):
    ...     rows[f"{kind}_count"], rows[f"{kind}_revealed"] = [10, 10], [5, 0]
    >>> found = claims.totals(rows, by=["document"])
    >>> found[["figures_count", "related_count", "blind_count", "misprints_share"]].values
    array([[2.  , 1.  , 1.  , 0.25]])
    """
    keys = list(by) or pd.Series(0, index=power.index)
    marked = power.assign(
        is_related=power["relations_count"] > 0,
        is_blind=(power["misprints_count"] > 0) & (power["misprints_revealed"] == 0),
        is_untried=power["misprints_count"] == 0,
    )
    sums = {f"{kind}_{what}": (f"{kind}_{what}", "sum") for kind in _COUNTS for what in ("count", "revealed")}
    heads = {"figures_count": ("misprints_count", "size"), "related_count": ("is_related", "sum"),
             "blind_count": ("is_blind", "sum"), "untried_count": ("is_untried", "sum")}  # fmt: skip
    found = marked.groupby(keys, sort=True).agg(**heads, **sums).reset_index(drop=not by)
    shares = {f"{kind}_share": found[f"{kind}_revealed"] / found[f"{kind}_count"] for kind in _COUNTS}
    return found.assign(**shares)[[*by, *heads, *_columns()]]


def _audit(claims: pd.DataFrame, relations: pd.DataFrame, evidence: pd.DataFrame | None) -> _Audit:
    known, stated = known_of(claims, evidence), stated_of(relations)
    complete = [one for one in stated if one.names <= known.keys()]
    equations = Equations(complete, known)
    standing: dict[str, list[Stated]] = {key: [] for key in known}
    for one in complete:
        if verdict(one, known, equations) != "fails":
            for key in one.names:
                standing[key].append(one)
    return _Audit(known, standing, frozenset(one.place for one in complete if has_sides(one, known)), equations)


def _counted(found: Sequence[Misprint], audit: _Audit) -> dict[str, Any]:
    revealed = [one.kind for one in found if _is_revealed(one, audit)]
    kinds = [one.kind for one in found]
    counts: dict[str, Any] = {}
    for kind in _COUNTS:
        count = len(kinds) if kind == "misprints" else kinds.count(kind)
        seen = len(revealed) if kind == "misprints" else revealed.count(kind)
        counts |= {f"{kind}_count": count, f"{kind}_revealed": seen, f"{kind}_share": seen / count if count else None}
    return counts


def _is_revealed(misprint: Misprint, audit: _Audit) -> bool:
    """Whether a relation with the figure fails by itself, or one that the figure narrows does."""
    key = str(misprint.row["claim_id"])
    try:
        known = {**audit.known, key: claim_of(misprint.row)}
    except ValueError:  # no share of those asked is at least 605 percent
        return True
    if any(_fails(plain_verdict, one, known) for one in audit.standing[key]):
        return True
    reached = audit.equations.linked([key])
    near = {one.place: one for other in reached for name in other.names for one in audit.standing[name]}
    sided = (one for place, one in near.items() if place in audit.sided)
    return any(_fails(closer_verdict, one, known, audit.equations) for one in sided)


def _fails(judge: Callable[..., str], one: Stated, *given: Any) -> bool:
    try:
        return judge(one, *given) == "fails"
    except TableError:  # no longer to be worked out, which ``check`` says aloud
        return True
