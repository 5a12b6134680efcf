"""What readers see: verdicts in words, claims counted by kind and credited source, agreement of readings."""

from typing import Final

import pandas as pd

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import TableError

_EXPLAINED: Final = ["relation_id", "kind", "reason", "claims"]
_CREDIT: Final = ["credited", "original", "hand", "conflict"]
_CLAIM: Final = ["document", "claim_id", "as_printed", "locator"]


def of_document(frame: pd.DataFrame, document: str) -> pd.DataFrame:
    """Rows of claims or findings that concern one document; all of them for the empty string.

    Raises
    ------
    ValueError
        If the document has no row.
    """
    if not document:
        return frame.copy()
    column = "documents" if "documents" in frame else "document"
    kept = frame[frame[column].str.split().map(lambda codes: document in codes)]
    if kept.empty:
        raise ValueError(
            f"no row of document {document!r}; documents: {', '.join(sorted(set(' '.join(frame[column]).split())))}"
        )
    return kept.reset_index(drop=True)


def explain(findings: pd.DataFrame, lang: str, *, verdict: str = "") -> pd.DataFrame:
    """The findings, or those of one verdict, with their reason as a sentence of the language.

    Returns
    -------
    DataFrame
        relation_id, kind (label code), reason (text; figures as printed), claims (claim_ids). Of failures also the
        explanation in words, if ``finding.<relation_id>`` is labelled; and verdict (label code) where none was chosen.

    Raises
    ------
    ValueError
        If the verdict is none of ``tables.VERDICTS``.
    """
    if verdict and verdict not in tables.VERDICTS:
        raise ValueError(f"unknown verdict {verdict!r}; allowed: {', '.join(tables.VERDICTS)}")
    chosen = findings["verdict"] == verdict if verdict else pd.Series(True, index=findings.index)
    kept = findings.loc[chosen, _EXPLAINED if verdict else ["verdict", *_EXPLAINED]].reset_index(drop=True)
    said = kept.assign(reason=[_sentence(reason, lang) for reason in kept["reason"]])
    if verdict == "fails":
        known = labels.codes("finding.")
        codes = "finding." + said["relation_id"]
        said.insert(3, "explanation", [labels.text(code, lang) if code in known else None for code in codes])
    return said


def _sentence(reason: str, lang: str) -> str:
    code, _, arithmetic = reason.partition(": ")
    return labels.text(f"sentence.claims_{code}", lang, arithmetic=arithmetic)


def matrix(claims: pd.DataFrame, findings: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Every claim beside every relation it takes part in, the verdict, and the notebook that recomputes it.

    Parameters
    ----------
    claims : DataFrame
        Columns claim_id, document, locator, as_printed.
    findings : DataFrame
        The table ``findings``.
    relations : DataFrame
        Columns relation_id, notebook.

    Returns
    -------
    DataFrame
        document, claim_id, as_printed, locator, kind (of relation), verdict, relation_id, notebook; one row a claim and
        relation, and one row, without kind and verdict, for a claim no relation speaks of.
    """
    judged = findings[["relation_id", "kind", "verdict", "claims"]].assign(claim_id=findings["claims"].str.split())
    judged = judged.explode("claim_id").drop(columns="claims").drop_duplicates()
    judged = judged.merge(relations[["relation_id", "notebook"]], on="relation_id", validate="many_to_one")
    rows = claims[_CLAIM].merge(judged, on="claim_id", how="left", validate="one_to_many")
    rows["notebook"] = rows["notebook"].fillna("claims")
    return rows.sort_values(["claim_id", "relation_id"], ignore_index=True)[
        [*_CLAIM, "kind", "verdict", "relation_id", "notebook"]
    ]


def overview(claims: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """One row of counts: claims_count, relations_count, and relations of each verdict."""
    verdicts = {name: int((findings["verdict"] == name).sum()) for name in tables.VERDICTS}
    return pd.DataFrame(
        [
            {
                "claims_count": len(claims),
                "relations_count": len(findings),
                **{f"{name.replace(' ', '_')}_count": count for name, count in verdicts.items()},
            }
        ]
    )


def tally(claims: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Claims of each document by kind.

    Returns
    -------
    DataFrame
        document, claim_kind (words of the language), claims_count; largest first within a document.
    """
    return _counted(claims.assign(claim_kind=_kinds(claims, lang)), ["document", "claim_kind"])


def about(claims: pd.DataFrame, country: str, lang: str) -> pd.DataFrame:
    """Claims about one country by kind and credited source.

    Parameters
    ----------
    country : str
        ISO 3166 alpha-3; a country no document speaks of gives no rows.

    Returns
    -------
    DataFrame
        claim_kind, document, credited_source (its number or name in that document), claims_count.
    """
    own = claims[claims["entity"] == country]
    named = own.assign(claim_kind=_kinds(own, lang), credited_source=_sources(own, lang))
    return _counted(named, ["claim_kind", "document", "credited_source"])


def provenance(claims: pd.DataFrame, sources: pd.DataFrame, lang: str) -> pd.DataFrame:
    """How many claims each document credits to each source, who produced the figures, and at how many removes.

    Parameters
    ----------
    claims : DataFrame
        Columns document, credited_source (missing where none is named).
    sources : DataFrame
        The table ``provenance``: document, credited_source, credited, original, hand, conflict.

    Returns
    -------
    DataFrame
        document, credited_source, credited, original, hand and conflict (label codes), claims_count; largest first
        within a document.

    Raises
    ------
    TableError
        If a claim credits a source the table does not describe, naming it.
    """
    keys = ["document", "credited_source"]
    counts = claims.groupby(keys, dropna=False, sort=True).size().rename("claims_count").reset_index()
    rows = counts.merge(sources[[*keys, *_CREDIT]], on=keys, how="left", validate="one_to_one")
    unknown = rows[rows["credited_source"].notna() & rows["credited"].isna()]
    if not unknown.empty:
        named = "; ".join("/".join(pair) for pair in unknown[keys].itertuples(index=False))
        raise TableError(f"provenance: no row for the source credited in {named}; describe it there")
    rows["credited_source"] = _sources(rows, lang)
    ordered = rows.sort_values(["document", "claims_count"], ascending=[True, False], kind="stable", ignore_index=True)
    return ordered[[*keys, *_CREDIT, "claims_count"]]


def _kinds(claims: pd.DataFrame, lang: str) -> list[str]:
    return [labels.text(f"kind.{code}", lang) for code in claims["kind"]]


def _sources(claims: pd.DataFrame, lang: str) -> "pd.Series[str]":
    return claims["credited_source"].fillna(labels.text("sentence.claims_no_source", lang))


def _counted(claims: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    counts = claims.groupby(by, sort=True).size().rename("claims_count").reset_index()
    order = [by[0], "claims_count", *by[1:]]
    return counts.sort_values(order, ascending=[True, False, *[True] * (len(by) - 1)], ignore_index=True)


def kappa(*, both: int, only_first: int, only_second: int, neither: int) -> float:
    """Cohen's kappa of two readers who decide, unit by unit, whether it holds a claim.

    Parameters
    ----------
    both, only_first, only_second, neither : int
        Units in which both, one, or none of the readers saw a claim.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives; at least -1.

    Raises
    ------
    ValueError
        If a count is negative, or kappa is undefined because both readers decided the same in every unit of one kind.

    References
    ----------
    Cohen J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1),
    37-46.

    Examples
    --------
    >>> kappa(both=20, only_first=5, only_second=10, neither=15)
    0.4
    """
    cells = (both, only_first, only_second, neither)
    units = sum(cells)
    if min(cells) < 0 or units == 0:
        raise ValueError(f"counts of units are at least 0 and not all 0, not {cells}")
    by_chance = (both + only_first) * (both + only_second) + (neither + only_first) * (neither + only_second)
    if by_chance == units**2:
        raise ValueError("kappa is undefined where both readers decided alike in every unit and never otherwise")
    return (units * (both + neither) - by_chance) / (units**2 - by_chance)
