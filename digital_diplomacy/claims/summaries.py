"""What readers see: verdicts in words, every claim beside its relations, claims counted by kind and credited source."""

import re
from functools import cache
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels, tables
from digital_diplomacy.claims.checking import PINS
from digital_diplomacy.errors import ArgumentError, TableError

_EXPLAINED: Final = ["relation_id", "kind", "reason", "claims"]
_CREDIT: Final = ["credited", "original", "hand", "conflict"]
MATTERS: Final = ("substance", "reference")
"""What relations are about: what the documents say, or dates and names of the works they cite."""

_WEEKDAY: Final = re.compile(r"\(W-([1-7])\)")
_WITNESS: Final = re.compile(r"\(((?:[^()]|\([^()]*\))+?)(?:: ([\d/-]+))?; v\. (\d{4})\)")
"""Behind a figure of another table: its source, its period where the figure is no date itself, its version."""

_COMPUTED: Final = re.compile(r"\[[^\[\]]*\]|(?<== )\d+(?:\.\d+)?")
_LONG: Final = re.compile(r"(?<![\d.,\[])\d{5,}(?= [+−×/] )|(?<=[+−×/] )\d{5,}(?![\d.,])")
_DIGITS: Final = re.compile(r"\d+(?:\.\d+)?")

_CLAIM: Final = ["document", "claim_id", "as_printed", "locator"]


def of_document(frame: pd.DataFrame, document: str) -> pd.DataFrame:
    """Rows of claims or findings that concern one document; all of them for the empty string.

    Parameters
    ----------
    frame : DataFrame
        With a column ``document``, or ``documents`` (joined by blanks).
    document : str
        Its number.

    Raises
    ------
    ValueError
        If the document has no row.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> rows = pd.DataFrame({"relation_id": ["a", "b"], "documents": ["000", "000 001"]})
    >>> claims.of_document(rows, "001")
      relation_id documents
    0           b   000 001
    """
    if not document:
        return frame.copy()
    column = "documents" if "documents" in frame else "document"
    kept = frame[frame[column].str.split().map(lambda codes: document in codes)]
    if kept.empty:
        raise ArgumentError(
            "no row of document {document!r}; documents: {split}",
            document=document,
            split=", ".join(sorted(set(" ".join(frame[column]).split()))),
        )
    return kept.reset_index(drop=True)


def explain(findings: pd.DataFrame, lang: str, *, verdict: str = "") -> pd.DataFrame:
    """The findings, or those of one verdict, by their codes, with their reason as a sentence of the language.

    Parameters
    ----------
    findings : DataFrame
        The table ``findings``.
    lang : str
        Language of the sentences.
    verdict : str
        Only findings of this verdict.

    Returns
    -------
    DataFrame
        relation_id, kind (label code), reason (text; figures as printed), claims (claim_ids). Of failures and of what
        cannot be checked also the explanation in words, if ``finding.<relation_id>`` is labelled; verdict (label code)
        where none was chosen.

    Raises
    ------
    ValueError
        If the verdict is none of ``tables.VERDICTS``.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    >>> found = claims.check(claims.parse(printed, sources.load("documents")), relations)
    >>> claims.explain(found, "en", verdict="fails")["reason"][0]
    '176,375 [176,374.5; 176,375.5] < 440,606 [440,605.5; 440,606.5]'
    """
    if verdict and verdict not in tables.VERDICTS:
        raise ArgumentError(
            "unknown verdict {verdict!r}; allowed: {verdicts}", verdict=verdict, verdicts=", ".join(tables.VERDICTS)
        )
    chosen = findings["verdict"] == verdict if verdict else pd.Series(True, index=findings.index)
    kept = findings.loc[chosen, _EXPLAINED if verdict else ["verdict", *_EXPLAINED]].reset_index(drop=True)
    said = kept.assign(reason=[_sentence(reason, lang) for reason in kept["reason"]])
    if verdict in ("fails", "cannot be checked"):
        said.insert(3, "explanation", explained(said["relation_id"], lang))
    return said


def explained(relation_ids: "pd.Series[str]", lang: str) -> "pd.Series[Any]":
    """What a finding means, in words; missing where none are labelled (``finding.<relation_id>``)."""
    known = labels.codes("finding.")
    codes = "finding." + relation_ids
    said = [labels.text(code, lang) if code in known else None for code in codes]
    return pd.Series(said, index=relation_ids.index, dtype=object)


def _sentence(reason: str, lang: str) -> str:
    codes, _, said = reason.partition(": ")
    return sentence_of(codes, arithmetic_in(said, lang), lang)


def sentence_of(codes: str, arithmetic: str, lang: str) -> str:
    """A reason in words: its first code says what was found, the others on what that rests."""
    first, *others = codes.split()
    said, _, pins = arithmetic.partition(PINS)
    texts = [labels.text(f"sentence.claims_{first}", lang, arithmetic=said)]
    texts += [labels.text(f"sentence.claims_{code}", lang, pins=pins) for code in others]
    return " ".join(text if text.endswith(".") or len(texts) == 1 else f"{text}." for text in texts)


def arithmetic_in(said: str, lang: str) -> str:
    """Arithmetic with its computed numbers in the marks of the language; figures stay as they were printed.

    Computed are the ends of intervals, in square brackets, and what follows a sign of equality. Whole numbers below
    ten thousand have no grouping marks: they may be years. Long constants that are added are grouped, too.
    A day of the week (W-6, ISO 8601) has its name.

    Examples
    --------
    >>> from digital_diplomacy import claims
    >>> said = "37,72% + 11.3% = 49.02 [49.0; 49.1] > 18,200 [18199.5; 18200.5]"
    >>> claims.arithmetic_in(said, "ru").replace(chr(160), " ")
    '37,72% + 11.3% = 49,02 [49,0; 49,1] > 18,200 [18 199,5; 18 200,5]'
    """
    named = _WEEKDAY.sub(lambda found: f"({labels.weekday(int(found[1]), lang)})", entries_in(said, lang))
    named = _LONG.sub(lambda found: labels.digits(found.group(), lang), named)
    return _COMPUTED.sub(
        lambda part: _DIGITS.sub(lambda found: labels.digits(found.group(), lang), part.group()), named
    )


def entries_in(said: str, lang: str) -> str:
    """What is told with the source of another table's figure, and with the version it was taken from, in words of the
    language; an entry of the document's own list ("#14") by its place.

    Examples
    --------
    >>> entries_in("2017 (#14; v. 2018)", "en")
    '2017 (reference list, item 14; version of 2018)'
    >>> entries_in("2021 (Zhussupova 2021; v. 2021)", "kk")
    '2021 (Жүсіпова 2021; 2021 ж. нұсқасы)'
    >>> entries_in("83% (Facebook: 2016-03; v. 2016)", "en")
    '83% (Facebook: Mar 2016; version of 2016)'
    """

    def told(found: re.Match[str]) -> str:
        who, when, version = _witness(found[1], lang), found[2], found[3]
        if when is None:
            return labels.text("claims.witness", lang, who=who, version=version)
        return labels.text("claims.witness_dated", lang, who=who, when=labels.period(when, lang), version=version)

    return _WITNESS.sub(told, said)


def _witness(who: str, lang: str) -> str:
    """A source: the place in the document's own list, the document itself, or who published it."""
    if who.startswith("#"):
        listed, item = labels.text("place.reference_list", lang), labels.text("place.item", lang, name=who[1:])
        return f"{listed}, {item}"
    own = _documents().get(who) or f"credit.{slug(who)}"
    return labels.text(own, lang) if labels.is_known(own) else who


@cache
def _documents() -> dict[str, str]:
    return {labels.text(code, "en"): code for code in labels.codes("entity.document_")}


def matrix(claims: pd.DataFrame, findings: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Every claim beside every relation it takes part in, the verdict, and the notebook that recomputes it.

    Parameters
    ----------
    claims : DataFrame
        Columns claim_id, document, locator, as_printed; optionally notebook, where the figure is recomputed.
    findings : DataFrame
        The table ``findings``.
    relations : DataFrame
        Columns relation_id, notebook.

    Returns
    -------
    DataFrame
        document, claim_id, as_printed, locator, kind (of relation), verdict, relation_id, notebook; one row a claim and
        relation, and one row, without kind and verdict, for a claim no relation speaks of. The notebook is the one that
        recomputes the figure; where none does, that of the relation; where there is no relation either, missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> printed = pd.DataFrame({"claim_id": ["000-001", "000-002"], "document": "000", "locator": "", "as_printed": ""})
    >>> found = pd.DataFrame({"relation_id": ["same"], "kind": "order", "verdict": "holds", "claims": "000-001"})
    >>> relations = pd.DataFrame({"relation_id": ["same"], "notebook": "claims"})
    >>> claims.matrix(printed, found, relations)[["claim_id", "kind", "verdict"]]
      claim_id   kind verdict
    0  000-001  order   holds
    1  000-002    NaN     NaN
    """
    judged = findings[["relation_id", "kind", "verdict", "claims"]].assign(claim_id=findings["claims"].str.split())
    judged = judged.explode("claim_id").drop(columns="claims").drop_duplicates()
    judged = judged.merge(relations[["relation_id", "notebook"]], on="relation_id", validate="many_to_one")
    rows = claims[_CLAIM].merge(judged, on="claim_id", how="left", validate="one_to_many")
    if "notebook" in claims:
        own = rows["claim_id"].map(claims.set_index("claim_id")["notebook"])
        rows["notebook"] = own.fillna(rows["notebook"])
    return rows.sort_values(["claim_id", "relation_id"], ignore_index=True)[
        [*_CLAIM, "kind", "verdict", "relation_id", "notebook"]
    ]


def subject(entity: str, lang: str) -> str:
    """Of whom a figure is: a country, or whom the document names, in its own word if no label has one."""
    is_named = entity.isupper() and (labels.is_known(f"entity.{entity}") or labels.is_country(entity))
    return labels.entity(entity, lang) if is_named else labels.or_own(f"subject.{slug(entity)}", entity, lang)


def slug(name: str) -> str:
    """A name as part of a label code.

    Examples
    --------
    >>> slug("Tim O'Reilly"), slug("e-government paragraph")
    ('tim_o_reilly', 'e_government_paragraph')
    """
    return re.sub(r"\W+", "_", name.casefold()).strip("_")


def said_of(measure: str, platform: str | float, lang: str) -> str:
    """What a figure measures, and of which platform unless the measure says so."""
    said = labels.or_own(f"says.{measure}", measure, lang)
    return (
        said
        if pd.isna(platform) or str(platform) in measure
        else f"{said} ({labels.text(f'platform.{platform}', lang)})"
    )


def overview(claims: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """One row of counts: claims_count, relations_count, relations of each verdict, and those that hold for certain.

    Parameters
    ----------
    claims : DataFrame
        One row a claim.
    findings : DataFrame
        The table ``findings``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> reasons = ["certain: 1 = 1", "not_contradicted: 2 ≈ 2", "contradiction: 1 > 0"]
    >>> found = pd.DataFrame({"verdict": ["holds", "holds", "fails"], "reason": reasons})
    >>> claims.overview(pd.DataFrame({"claim_id": ["a", "b"]}), found).T
                             0
    claims_count             2
    relations_count          3
    certain_count            1
    holds_count              2
    approximate_count        0
    fails_count              1
    cannot_be_checked_count  0
    """
    verdicts = {name: int((findings["verdict"] == name).sum()) for name in tables.VERDICTS}
    return pd.DataFrame(
        [
            {
                "claims_count": len(claims),
                "relations_count": len(findings),
                "certain_count": int(findings["reason"].str.startswith("certain").sum()),
                **{f"{name.replace(' ', '_')}_count": count for name, count in verdicts.items()},
            }
        ]
    )


def worst_kind(findings: pd.DataFrame) -> pd.DataFrame:
    """How many relations are contradicted, and the kind in which most are.

    Returns
    -------
    DataFrame
        One row: fails_count, relations_count, kind and kind_count (of the one with most contradictions), case: ``most``
        if one kind has more than any other, ``spread`` if several have as many, ``clear`` if nothing is contradicted.
        No row without findings.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> found = pd.DataFrame({"kind": ["order", "order", "nesting"], "verdict": ["fails", "fails", "holds"]})
    >>> claims.worst_kind(found)
       fails_count  relations_count   kind  kind_count  case
    0            2                3  order           2  most
    """
    counts = findings.loc[findings["verdict"] == "fails", "kind"].value_counts()
    if findings.empty:
        return pd.DataFrame()
    found = {"fails_count": int(counts.sum()), "relations_count": len(findings)}
    if counts.empty:
        return pd.DataFrame([found | {"kind": "", "kind_count": 0, "case": "clear"}])
    case = "most" if (counts == counts.max()).sum() == 1 else "spread"
    return pd.DataFrame([found | {"kind": counts.index[0], "kind_count": int(counts.max()), "case": case}])


def tally(claims: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Claims of each document by kind.

    Parameters
    ----------
    claims : DataFrame
        Columns document, kind.
    lang : str
        Language of the names of kinds.

    Returns
    -------
    DataFrame
        document, claim_kind (words of the language), claims_count; largest first within a document.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> printed = pd.DataFrame({"document": ["000", "000", "001"], "kind": ["rank", "rank", "date"]})
    >>> claims.tally(printed, "en")
      document claim_kind  claims_count
    0      000       Rank             2
    1      001       Date             1
    """
    return _counted(claims.assign(claim_kind=_kinds(claims, lang)), ["document", "claim_kind"])


def about(claims: pd.DataFrame, findings: pd.DataFrame, country: str) -> pd.DataFrame:
    """How many figures each document prints about one country, and how many of them are tested and contradicted.

    Parameters
    ----------
    claims : DataFrame
        Columns claim_id, document, entity.
    findings : DataFrame
        The table ``findings``, of which only claims and verdict are used.
    country : str
        ISO 3166 alpha-3; a country no document speaks of gives no rows.

    Returns
    -------
    DataFrame
        document, claims_count, related_count (in at least one relation), contradicted_count (in one that fails).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> printed = pd.DataFrame({"claim_id": ["a", "b", "c"], "document": "001", "entity": ["KAZ", "KAZ", "UZB"]})
    >>> found = pd.DataFrame({"claims": ["a c", "a"], "verdict": ["holds", "fails"]})
    >>> claims.about(printed, found, "KAZ")
      document  claims_count  related_count  contradicted_count
    0      001             2              1                   1
    """
    own = claims[claims["entity"] == country]
    related = _named_in(findings)
    contradicted = _named_in(findings[findings["verdict"] == "fails"])
    counted = own.assign(related=own["claim_id"].isin(related), contradicted=own["claim_id"].isin(contradicted))
    sums = counted.groupby("document", sort=True).agg(
        claims_count=("claim_id", "size"), related_count=("related", "sum"), contradicted_count=("contradicted", "sum")
    )
    return sums.reset_index()


def _named_in(findings: pd.DataFrame) -> set[str]:
    return {claim_id for ids in findings["claims"] for claim_id in str(ids).split()}


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
        document, credited_source (its number in the reference list, or that no source is named, in words; missing where
        it is named otherwise), credited and
        original (words of the language, several separated by semicolons), hand and conflict (label codes),
        claims_count; largest first within a document.

    Raises
    ------
    TableError
        If a claim credits a source the table does not describe, naming it.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims, sources
    >>> printed = pd.DataFrame({"document": ["000", "000", "000"], "credited_source": ["1", "1", None]})
    >>> rows = claims.provenance(printed, sources.load("provenance"), "en")
    >>> rows[["credited_source", "credited", "hand", "claims_count"]]
       credited_source             credited    hand  claims_count
    0                1  Internet Live Stats  second             2
    1  no source named                  NaN     NaN             1
    """
    keys = ["document", "credited_source"]
    counts = claims.groupby(keys, dropna=False, sort=True).size().rename("claims_count").reset_index()
    rows = counts.merge(sources[[*keys, *_CREDIT]], on=keys, how="left", validate="one_to_one")
    unknown = rows[rows["credited_source"].notna() & rows["credited"].isna()]
    if not unknown.empty:
        named = "; ".join("/".join(pair) for pair in unknown[keys].itertuples(index=False))
        raise TableError("provenance: no row for the source credited in {named}; describe it there", named=named)
    is_number = rows["credited_source"].isna() | rows["credited_source"].str.fullmatch(r"\d+(; \d+)*").astype(bool)
    rows["credited_source"] = _sources(rows, lang).where(is_number, None)
    for column in ("credited", "original"):
        rows[column] = [None if pd.isna(names) else _credits(str(names), lang) for names in rows[column]]
    ordered = rows.sort_values(["document", "claims_count"], ascending=[True, False], kind="stable", ignore_index=True)
    return ordered[[*keys, *_CREDIT, "claims_count"]]


def _credits(names: str, lang: str) -> str:
    """Works and bodies by name in the language; one without a label keeps the name of the table."""
    known = labels.codes("credit.")
    codes = {name: f"credit.{slug(name)}" for name in names.split("; ")}
    return "; ".join(labels.text(code, lang) if code in known else name for name, code in codes.items())


def _kinds(claims: pd.DataFrame, lang: str) -> list[str]:
    return [labels.text(f"kind.{code}", lang) for code in claims["kind"]]


def _sources(claims: pd.DataFrame, lang: str) -> "pd.Series[str]":
    return claims["credited_source"].fillna(labels.text("sentence.claims_no_source", lang))


def _counted(claims: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    counts = claims.groupby(by, sort=True).size().rename("claims_count").reset_index()
    order = [by[0], "claims_count", *by[1:]]
    return counts.sort_values(order, ascending=[True, False, *[True] * (len(by) - 1)], ignore_index=True)
