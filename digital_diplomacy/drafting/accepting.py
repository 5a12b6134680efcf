"""What a reviewer accepted of a scan, as rows of the project's tables under the number of a new document."""

import re
from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from digital_diplomacy import claims, labels
from digital_diplomacy.errors import TableError, said
from digital_diplomacy.labels import refusals

_FIGURE: Final = re.compile(r"[A-Za-z0-9]+-(?P<number>[0-9]{3})")
_RELATION: Final = re.compile(r"[A-Za-z0-9]+_(?P<name>[a-z0-9_]+)")
_SIDES: Final = ("left", "right")
_FIRST: Final = said("row {which}", which="1")

Where = Callable[[int, str], str]
"""Names a row of the reviewer's file by its position and the column of its id."""


def numbered(figures: pd.DataFrame, document: str, where: Where, *, lang: str = "en") -> pd.DataFrame:
    """Accepted figures under the number of their document; they keep their own.

    Parameters
    ----------
    figures : DataFrame
        With claim_id and document, as the scan writes them.
    document : str
        Its number.
    where : callable
        Names a row for messages.

    Raises
    ------
    TableError
        If an id is not as the scan writes it, or stands twice.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import drafting
    >>> accepted = pd.DataFrame({"claim_id": ["NEW-001", "NEW-004"], "document": "NEW"})
    >>> drafting.numbered(accepted, "005", lambda row, column: f"claims.csv, line {row + 2}")
      claim_id document
    0  005-001      005
    1  005-004      005
    """
    found = [_FIGURE.fullmatch(str(one)) for one in figures["claim_id"]]
    for row, match in enumerate(found):
        if match is None:
            raise _fault("scan_id", lang, where=where(row, "claim_id"), column="claim_id", example="NEW-001")
    ids = [f"{document}-{match['number']}" for match in found if match]
    _refuse_twice(ids, where, "claim_id", lang)
    return figures.assign(claim_id=ids, document=document)


def related(
    relations: pd.DataFrame, figures: pd.DataFrame, document: str, where: Where, *, lang: str = "en"
) -> pd.DataFrame:
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
    lang : str
        Language of messages.

    Raises
    ------
    TableError
        If an id is not as the scan writes it or stands twice, or a side names a figure that was not accepted.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import drafting
    >>> figures = pd.DataFrame({"claim_id": ["005-001", "005-004"]})
    >>> drafts = pd.DataFrame({"relation_id": ["NEW_order_001"], "left": ["NEW-001"], "right": ["NEW-004"]})
    >>> drafting.related(drafts, figures, "005", lambda row, column: f"claim_relations.csv, line {row + 2}")
         relation_id     left    right
    0  005_order_001  005-001  005-004
    """
    found = [_RELATION.fullmatch(str(one)) for one in relations["relation_id"]]
    known, ids = set(figures["claim_id"]), []
    sides: dict[str, list[str | None]] = {side: [] for side in _SIDES}
    for row, match in enumerate(found):
        if match is None:
            example = "NEW_n_of_m_001"
            raise _fault("scan_id", lang, where=where(row, "relation_id"), column="relation_id", example=example)
        ids.append(f"{document}_{match['name']}")
        for side in _SIDES:
            cell = relations[side].iloc[row]
            named = [] if pd.isna(cell) else str(cell).split()
            own = [_FIGURE.sub(rf"{document}-\g<number>", one) for one in named]
            lost = [one for one, renamed in zip(named, own, strict=True) if renamed not in known]
            if lost:
                raise _fault("lost", lang, where=where(row, "relation_id"), column=side, names=", ".join(lost))
            sides[side].append(" ".join(own) or None)
    _refuse_twice(ids, where, "relation_id", lang)
    renamed = {side: pd.Series(cells, index=relations.index, dtype=object) for side, cells in sides.items()}
    return relations.assign(relation_id=ids, left=renamed["left"], right=renamed["right"])


def _refuse_twice(ids: list[str], where: Where, column: str, lang: str) -> None:
    for row, one in enumerate(ids):
        if one in ids[:row]:
            raise _fault("twice", lang, where=where(row, column), column=column)


def _fault(code: str, lang: str, **named: str) -> TableError:
    return TableError(labels.text(f"taking.{code}", lang, **named))


def judged(
    figures: pd.DataFrame,
    relations: pd.DataFrame,
    documents: pd.DataFrame,
    where: Mapping[str, Where],
    *,
    lang: str = "en",
) -> pd.DataFrame:
    """Verdicts on accepted relations; every figure is read again from its printed characters.

    Parameters
    ----------
    figures, relations, documents : DataFrame
        Rows of the tables ``claims``, ``claim_relations`` and ``documents``.
    where : mapping of str to callable
        Names a row of ``claims`` and of ``claim_relations`` for messages.
    lang : str
        Language of messages.

    Returns
    -------
    DataFrame
        The table ``findings``.

    Raises
    ------
    TableError
        Naming file and line of a figure that does not read as stored, or of a relation that cannot be worked out.

    Examples
    --------
    >>> from digital_diplomacy import drafting, sources
    >>> figures = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    >>> where = dict.fromkeys(["claims", "claim_relations"], lambda row, column: f"line {row + 2}")
    >>> drafting.judged(figures, relations, sources.load("documents"), where)[["relation_id", "verdict"]]
          relation_id verdict
    0  000_lead_video   fails
    """
    for row in range(len(figures)):
        try:
            claims.parse(figures.iloc[[row]], documents)
        except TableError as error:
            at, told = where["claims"](row, "claim_id"), refusals.told(error, lang)
            # The only row that was looked at is the first of one: where it stands in the file is said before.
            bare = told.removeprefix("claims: ").removeprefix(refusals.told(_FIRST, lang)).lstrip()
            raise _fault("unread", lang, where=at, said=bare.rstrip(".")) from error
    parsed = claims.parse(figures, documents)
    for row in range(len(relations)):
        try:
            claims.check(parsed, relations.iloc[[row]])
        except TableError as error:
            at = where["claim_relations"](row, "relation_id")
            raise _fault("unworked", lang, where=at, said=refusals.told(error, lang).rstrip(".")) from error
    return claims.check(parsed, relations)


def acknowledged(findings: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``acknowledged_findings`` for relations that fail: the reviewer saw them when accepting them.

    Parameters
    ----------
    findings : DataFrame
        What ``judged`` returns.
    relations : DataFrame
        Columns relation_id, note.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import drafting
    >>> found = pd.DataFrame({"relation_id": ["a", "b"], "verdict": ["holds", "fails"], "reason": ["1 = 1", "1 > 0"]})
    >>> relations = pd.DataFrame({"relation_id": ["a", "b"], "note": ["", "A slip of the pen."]})
    >>> drafting.acknowledged(found, relations)
      relation_id reason                note
    0           b  1 > 0  A slip of the pen.
    """
    failing = findings.loc[findings["verdict"] == "fails", ["relation_id", "reason"]]
    notes = relations.set_index("relation_id")["note"]
    return failing.assign(note=failing["relation_id"].map(notes)).reset_index(drop=True)
