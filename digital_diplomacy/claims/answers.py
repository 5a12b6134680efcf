"""The answer of the page on published figures: what not to quote, and how much the audit can see."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.claims.checking import PINS
from digital_diplomacy.claims.summaries import arithmetic_in

SHORT_FROM: Final = 1_000_000  # from here on millions are words; CLDR's Kazakh short form of a thousand is "м."
DECIMALS: Final = 2
ITEM: Final = "• "  # before each of several things in one sentence, which pages show as a list


def answer(
    claims: pd.DataFrame, findings: pd.DataFrame, relations: pd.DataFrame, *, country: str, lang: str
) -> dict[str, pd.DataFrame]:
    """What a reader should not quote, how many contradictions there are, and how much the audit can see.

    Parameters
    ----------
    claims : DataFrame
        What ``parse`` returns, of all documents or of one.
    findings : DataFrame
        What ``check`` returns, of the same documents.
    relations : DataFrame
        Columns relation_id and matter (substance or reference).
    country : str
        ISO 3166 alpha-3; its figures are counted too.
    lang : str
        Language of the short names of contradictions.

    Returns
    -------
    dict of label code to DataFrame
        One row a sentence, its columns the fields of the text; a sentence that does not apply has no row.
        Contradictions of substance stand by name (``finding_short.<relation_id>``), those with a figure of the country
        first; those of references by number.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> said = claims.answer(read, claims.check(read, relations), relations, country="KAZ", lang="en")
    >>> said["sentence.answer_claims_country"]  # one of the two counts is Kazakhstan's
      country  claims_count  fails_count
    0     KAZ             1            1
    """
    failing = findings[findings["verdict"] == "fails"]
    matter = failing["relation_id"].map(relations.set_index("relation_id")["matter"])
    own = claims[claims["entity"] == country]
    grave = _own_first(failing[matter == "substance"], set(own["claim_id"]))
    short = [_short(row, lang) for _, row in grave.iterrows()]
    named = "; ".join(f"{ITEM}{text}" for text in short) if len(short) > 1 else "".join(short)
    related, contradicted = _claims(findings), _claims(failing)
    reach = {"claims_count": len(claims), "related_count": int(claims["claim_id"].isin(related).sum())}
    reach["alone_count"] = reach["claims_count"] - reach["related_count"]
    counts = {
        "relations_count": len(findings),
        "fails_count": len(failing),
        "substance_count": len(grave),
        "reference_count": len(failing) - len(grave),
    }
    of_country = {
        "country": country,
        "claims_count": len(own),
        "fails_count": int(own["claim_id"].isin(contradicted).sum()),
    }
    return {
        "sentence.answer_claims_quote": _row({"named": named}, len(grave) > 0),
        "sentence.answer_claims_counts": _row(counts, len(failing) > 0),
        "sentence.answer_claims_none": _row({"relations_count": len(findings)}, len(failing) == 0),
        "sentence.answer_claims_reach": _row(reach, len(claims) > 0),
        "sentence.answer_claims_country": _row(of_country, len(own) > 0),
        "sentence.answer_claims_no_country": _row({"country": country}, len(own) == 0),
    }


def _own_first(findings: pd.DataFrame, own: set[str]) -> pd.DataFrame:
    """The findings with a claim among the given ones before the others, each in their order."""
    rows = findings.reset_index(drop=True)
    is_foreign = rows["claims"].map(lambda ids: own.isdisjoint(str(ids).split())).astype(bool)
    return rows.loc[is_foreign.sort_values(kind="stable").index]


def _short(finding: "pd.Series[Any]", lang: str) -> str:
    """What a contradicted relation would have had one quote, with both sides as numbers of the language."""
    if not labels.is_known(f"finding_short.{finding['relation_id']}"):  # of a document taken in: the arithmetic alone
        return arithmetic_in(str(finding["reason"]).partition(": ")[2].partition(PINS)[0], lang)
    sides = {name: text for side in ("left", "right") for name, text in _numbers(finding, side, lang).items()}
    return labels.text(f"finding_short.{finding['relation_id']}", lang, **sides)


def _numbers(finding: "pd.Series[Any]", side: str, lang: str) -> dict[str, str]:
    """Middle and ends of a side's interval, of a date its year; as printed, where it is a name or has an open end.

    A figure that its document narrows down has a middle nobody printed; its ends say what is known.
    """
    low, high = finding[f"{side}_low"], finding[f"{side}_high"]
    printed = str(finding[side])
    if finding["unit"] == "" or pd.isna(low) or pd.isna(high):
        return {side: printed, f"{side}_low": printed, f"{side}_high": printed}
    if finding["unit"] == "date":
        year = str(int(low)) if int(low) == int(high) else printed
        return {side: year, f"{side}_low": str(int(low)), f"{side}_high": str(int(high))}
    values = {side: (low + high) / 2, f"{side}_low": low, f"{side}_high": high}
    return {name: _number(value, lang) for name, value in values.items()}


def _number(value: float, lang: str) -> str:
    return labels.short_number(value, lang) if value >= SHORT_FROM else labels.number(round(value, DECIMALS), lang)


def _claims(findings: pd.DataFrame) -> set[str]:
    return {claim_id for ids in findings["claims"] for claim_id in str(ids).split()}


def _row(fields: Mapping[str, object], applies: bool) -> pd.DataFrame:
    return pd.DataFrame([fields] if applies else [], columns=list(fields))
