"""What a reviewer accepted of a scan, as rows of the project's tables under the number of a new document."""

import re
from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from digital_diplomacy import claims
from digital_diplomacy.errors import TableError

_FIGURE: Final = re.compile(r"[A-Za-z0-9]+-(?P<number>\d{3})")
_RELATION: Final = re.compile(r"[A-Za-z0-9]+_(?P<name>[a-z0-9_]+)")
_SIDES: Final = ("left", "right")
_FAULT: Final = re.compile(r"^claims: (?:row 1 )?")

Where = Callable[[int, str], str]
"""Names a row of the reviewer's file by its position and the column of its id."""


def numbered(figures: pd.DataFrame, document: str, where: Where) -> pd.DataFrame:
    """Accepted figures under the number of their document; they keep their own.

    Raises
    ------
    TableError
        If an id is not as the scan writes it, or stands twice.
    """
    found = [_FIGURE.fullmatch(str(one)) for one in figures["claim_id"]]
    for row, match in enumerate(found):
        if match is None:
            raise TableError(
                "{row}, column `claim_id`: write it as the scan does, such as NEW-001", row=where(row, "claim_id")
            )
    ids = [f"{document}-{match['number']}" for match in found if match]
    _refuse_twice(ids, where, "claim_id")
    return figures.assign(claim_id=ids, document=document)


def related(relations: pd.DataFrame, figures: pd.DataFrame, document: str, where: Where) -> pd.DataFrame:
    """Accepted relations between accepted figures, under the number of their document.

    Parameters
    ----------
    relations : DataFrame
        As the scan writes them.
    figures : DataFrame
        What ``numbered`` returns.
    document : str
        Number of the document.
    where : callable
        Names a row for messages.

    Raises
    ------
    TableError
        If an id is not as the scan writes it or stands twice, or a side names a figure that was not accepted.
    """
    found = [_RELATION.fullmatch(str(one)) for one in relations["relation_id"]]
    known, ids = set(figures["claim_id"]), []
    sides: dict[str, list[str | None]] = {side: [] for side in _SIDES}
    for row, match in enumerate(found):
        if match is None:
            raise TableError(
                "{row}, column `relation_id`: write it as the scan does, such as NEW_n_of_m_001",
                row=where(row, "relation_id"),
            )
        ids.append(f"{document}_{match['name']}")
        for side in _SIDES:
            cell = relations[side].iloc[row]
            named = [] if pd.isna(cell) else str(cell).split()
            own = [_FIGURE.sub(rf"{document}-\g<number>", one) for one in named]
            lost = [one for one, renamed in zip(named, own, strict=True) if renamed not in known]
            if lost:
                raise TableError(
                    "{row}, column `{side}`: {lost} is no accepted figure; accept it in claims.csv, or leave the "
                    "relation out",
                    row=where(row, "relation_id"),
                    side=side,
                    lost=", ".join(lost),
                )
            sides[side].append(" ".join(own) or None)
    _refuse_twice(ids, where, "relation_id")
    renamed = {side: pd.Series(cells, index=relations.index, dtype=object) for side, cells in sides.items()}
    return relations.assign(relation_id=ids, left=renamed["left"], right=renamed["right"])


def _refuse_twice(ids: list[str], where: Where, column: str) -> None:
    for row, one in enumerate(ids):
        if one in ids[:row]:
            raise TableError(
                "{row}, column `{column}`: this id stands twice; leave one row out",
                row=where(row, column),
                column=column,
            )


def judged(
    figures: pd.DataFrame, relations: pd.DataFrame, documents: pd.DataFrame, where: Mapping[str, Where]
) -> pd.DataFrame:
    """Verdicts on accepted relations; every figure is read again from its printed characters.

    Parameters
    ----------
    figures, relations, documents : DataFrame
        Rows of the tables ``claims``, ``claim_relations`` and ``documents``.
    where : mapping of str to callable
        Names a row of ``claims`` and of ``claim_relations`` for messages.

    Returns
    -------
    DataFrame
        The table ``findings``.

    Raises
    ------
    TableError
        Naming file and line of a figure that does not read as stored, or of a relation that cannot be worked out.
    """
    for row in range(len(figures)):
        try:
            claims.parse(figures.iloc[[row]], documents)
        except TableError as error:
            at, said = where["claims"](row, "claim_id"), _FAULT.sub("", str(error))
            raise TableError("{at}, columns `as_printed` and `value`: {said}", at=at, said=said) from error
    parsed = claims.parse(figures, documents)
    for row in range(len(relations)):
        try:
            claims.check(parsed, relations.iloc[[row]])
        except TableError as error:
            at = where["claim_relations"](row, "relation_id")
            raise TableError("{at}, columns `kind`, `left` and `right`: {error}", at=at, error=error) from error
    return claims.check(parsed, relations)


def acknowledged(findings: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``acknowledged_findings`` for relations that fail: the reviewer saw them when accepting them."""
    failing = findings.loc[findings["verdict"] == "fails", ["relation_id", "reason"]]
    notes = relations.set_index("relation_id")["note"]
    return failing.assign(note=failing["relation_id"].map(notes)).reset_index(drop=True)
