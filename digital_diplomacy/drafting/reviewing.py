"""A paper from its blocks to its figures, drafts of relations and what of them fails."""

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from digital_diplomacy import claims
from digital_diplomacy.drafting.relating import ONE_UNIT_KINDS, draft_relations
from digital_diplomacy.drafting.unjudged import BARE
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.extraction.apart import told_apart
from digital_diplomacy.extraction.claim_rows import scan
from digital_diplomacy.extraction.graded import SCORE
from digital_diplomacy.extraction.habits import habit
from digital_diplomacy.extraction.masks import masked
from digital_diplomacy.extraction.sentences import language

MOST_NUMBERS: Final = 20_000
"""As many as a book of a thousand pages may print; more are tables, and belong into a spreadsheet."""
MOST_CHARACTERS: Final = 5_000_000
_NUMBER: Final = re.compile(r"\d(?:[\d.,]*\d)?")
_TOO_MANY: Final = {
    "numbers": "the paper prints {count} numbers, more than {most}; scan its parts one by one",
    "characters": "the paper has {count} characters, more than {most}; scan its parts one by one",
}


@dataclass(frozen=True)
class Review:
    """What a scan found.

    Parameters
    ----------
    figures : DataFrame
        Every figure (see ``told_apart``); ``reading`` is ``implied`` where its characters alone do not give its
        value.
    relations : DataFrame
        Drafts (see ``draft_relations``), nothing accepted.
    findings : DataFrame
        The table ``findings``: the verdict on each draft.
    unread : DataFrame
        Figures whose digits have several meanings, or none; they stand in no relation.
    language, decimal_mark, grouping_mark : str
        Of the paper as a whole.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import drafting, sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "paper.txt"
    >>> size = path.write_text("Of 200 people asked, 60 (30 %) are online.")
    >>> found = drafting.review(sources.read_paper(path))
    >>> found.language, len(found.figures), len(found.relations), found.findings["verdict"].tolist()
    ('en', 3, 2, ['holds', 'holds'])
    >>> folder.cleanup()
    """

    figures: pd.DataFrame
    relations: pd.DataFrame
    findings: pd.DataFrame
    unread: pd.DataFrame
    language: str
    decimal_mark: str | None
    grouping_mark: str | None


def review(blocks: pd.DataFrame, *, document: str = "NEW") -> Review:
    """Figures of a paper, drafts of the relations between them, and their verdicts.

    Parameters
    ----------
    blocks : DataFrame
        What ``sources.read_paper`` returns.
    document : str
        Id the figures are numbered under.

    Raises
    ------
    ArgumentError
        If the paper prints more than ``MOST_NUMBERS`` numbers, or has more than ``MOST_CHARACTERS`` characters.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import drafting, sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "paper.txt"
    >>> size = path.write_text("Users rose from 42 million to 51 million, or by 30 %.")
    >>> found = drafting.review(sources.read_paper(path))
    >>> found.findings[["kind", "verdict", "left_low", "left_high"]].round(1)  # 50.5 / 42.5 to 51.5 / 41.5
              kind verdict  left_low  left_high
    0  growth_rate   fails      18.8       24.1
    >>> folder.cleanup()
    """
    _refuse_too_many(blocks["text"])
    found = scan(blocks, document=document)
    found = found.assign(unit=found["unit"].replace("", "unstated"))
    apart = told_apart(found[found["reading"] != "refused"].reset_index(drop=True), blocks)
    text = " ".join(blocks["text"].astype(str))
    main = language(text)
    convention = habit([masked(text)], main)
    described = _described(document, main, convention.decimal, convention.grouping)
    drafts = draft_relations(apart, blocks)
    figures, parsed = settled(_reported(with_units_lent(apart, drafts), drafts), described)
    relations, findings = _judged(parsed, drafts)
    unread = found[found["reading"] == "refused"].reset_index(drop=True)
    return Review(figures, relations, findings, unread, main, convention.decimal, convention.grouping)


def with_units_lent(figures: pd.DataFrame, drafts: pd.DataFrame) -> pd.DataFrame:
    """Figures in which a bare number has the unit of those that a draft adds it to or compares it with.

    People without a noun that make up a number with a noun of no unit are that many of it: "nine names … the other
    seven answered".

    Parameters
    ----------
    figures : DataFrame
        What ``told_apart`` returns.
    drafts : DataFrame
        What ``draft_relations`` returns of them.

    Returns
    -------
    DataFrame
        The figures; only one without a noun beside it is given another unit.
    """
    units = {str(one): str(unit) for one, unit in zip(figures["claim_id"], figures["unit"], strict=True)}
    has_noun = figures["counted"].fillna("").ne("")
    bare = set(figures.loc[figures["unit"].eq(BARE) & ~has_noun, "claim_id"])
    things = set(figures.loc[figures["unit"].eq(BARE) & has_noun, "claim_id"])
    names_none = ~has_noun & ~figures["as_printed"].str.contains(_NOUN)
    people = set(figures.loc[figures["unit"].eq("persons") & names_none, "claim_id"])
    lent: dict[str, str] = {}
    for draft in drafts[drafts["kind"].isin(ONE_UNIT_KINDS)].itertuples():
        sides = [*str(draft.left).split(), *(str(draft.right).split() if isinstance(draft.right, str) else [])]
        if sides[-1] in things:
            lent |= dict.fromkeys(people & {*sides}, BARE)
        others = {lent.get(one, units[one]) for one in sides} - {BARE}
        if len({claims.ONE_UNIT.get(unit, unit) for unit in others}) == 1:
            lent |= {one: min(others) for one in sides if one in bare and one not in lent}
    told = figures["claim_id"].map(lent)
    return figures.assign(unit=told.where(told.notna(), figures["unit"]))


_NOUN: Final = re.compile(r"\w\s[^\W\d_]{4,}")
"""A noun printed with its number, "40 people"."""


def _reported(figures: pd.DataFrame, drafts: pd.DataFrame) -> pd.DataFrame:
    """The figures a reviewer sees: the number of a list's last item where a relation names it, points of no unit."""
    named = {one for side in ("left", "right") for ids in drafts[side].dropna() for one in str(ids).split()}
    kept = figures[figures["role"].ne("length") | figures["claim_id"].isin(named)].reset_index(drop=True)
    return kept.assign(unit=kept["unit"].replace(SCORE, "unstated"))


def _judged(parsed: pd.DataFrame, relations: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The drafts that can be worked out, and their verdicts; one that divides by what may be nothing is no draft."""
    named = {one for side in ("left", "right") for ids in relations[side].dropna() for one in str(ids).split()}
    findings = claims.check(parsed[parsed["claim_id"].isin(named)], relations, leaves_out=True)
    return relations[relations["relation_id"].isin(findings["relation_id"])].reset_index(drop=True), findings


def _refuse_too_many(texts: "pd.Series[str]") -> None:
    """Refuse what would take minutes; the time a scan takes goes with the numbers of a paper."""
    numbers = sum(len(_NUMBER.findall(str(text))) for text in texts)
    characters = sum(len(str(text)) for text in texts)
    for what, count, most in (("numbers", numbers, MOST_NUMBERS), ("characters", characters, MOST_CHARACTERS)):
        if count > most:
            raise ArgumentError(_TOO_MANY[what], count=f"{count:,}", most=f"{most:,}")


def _described(document: str, lang: str, decimal: str | None, grouping: str | None) -> pd.DataFrame:
    named = {"document": document, "lang": lang, "decimal_mark": decimal, "grouping_mark": grouping}
    return pd.DataFrame([named | {"closing_zeros": "unknown"}])


def settled(figures: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures as ``claims.parse`` reads them in the marks of the whole paper; where it cannot, as they were found.

    Returns
    -------
    tuple of DataFrame
        The draft with its ``reading`` settled, and what ``claims.parse`` returns of it.
    """
    if figures.empty:
        return figures, pd.DataFrame(columns=["claim_id"])
    refused = claims.refused(figures.assign(credited_source=None), documents)
    told = figures.assign(reading=figures["reading"].mask(pd.Series(refused, index=figures.index), "implied"))
    return told, claims.parse(told.assign(credited_source=None), documents)
