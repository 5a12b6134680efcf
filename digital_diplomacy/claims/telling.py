"""Printed figures as readers of any language are told them: what each is, its words in quotation marks, its place."""

import math
import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.claims.checking import MISSED, PINS, pinned
from digital_diplomacy.claims.summaries import (
    MATTERS,
    arithmetic_in,
    entries_in,
    explained,
    said_of,
    sentence_of,
    slug,
    subject,
)

TOLD: Final = (
    "claim_id", "document", "position", "as_printed", "claim", "quoted", "place", "numeral", "value", "low", "high",
)  # fmt: skip
"""Columns of what ``tell`` returns."""

EVERY: Final = (
    "document", "position", "claim", "printed", "value", "low", "high", "kind", "verdict", "against", "worked",
    "notebook",
)  # fmt: skip
"""Columns of what ``described`` returns."""

_NUMBERED: Final = re.compile(r"(paragraph|item|table|appendix|row|column) (\S+)")
_NAMED: Final = re.compile(r"«([^»]*)»")
_SIGN: Final = re.compile(f" ({'|'.join(MISSED.values())}) ")
_SIGNS: Final = {"at_least": "≥", "at_most": "≤", "about": "~", "exact": ""}
_BOUNDS: Final = (_SIGNS["at_least"], _SIGNS["at_most"])
_PERIOD: Final = re.compile(r"\((\d{4}[\d/-]*)\)")
_ENDS: Final = re.compile(r"\[[^\[\]]*\]")
_YEARS: Final = re.compile(r"\b\d{4}(?:\.\d+)?\b")
_ONLY_PERIOD: Final = re.compile(r"^.*\(([^;()]*)\)$")  # not who published a date, and when
_DAY: Final = "%Y-%m-%d"
LARGE: Final = 1_000.0  # from here on a gap is told in whole numbers
_NOISE: Final = 1e-6  # a gap of 2.6 must not count as a hair less


class _Figure(NamedTuple):
    """What arithmetic needs of a figure that was told."""

    claim_id: str
    document: str
    as_printed: str
    numeral: str


def tell(
    printed: pd.DataFrame, parsed: pd.DataFrame, documents: pd.DataFrame, lang: str, *, evidence: pd.DataFrame | None
) -> pd.DataFrame:
    """Every figure in words of the language, with what is printed as a quotation in its own.

    Parameters
    ----------
    printed : DataFrame
        The table ``claims``: claim_id, document, locator, as_printed.
    parsed : DataFrame
        What ``parse`` makes of it.
    documents : DataFrame
        The table ``documents``: document, lang.
    lang : str
        Language of the reader.
    evidence : DataFrame, optional
        What ``evidence`` returns: figures of other tables, which have no place in a document.

    Returns
    -------
    DataFrame
        One row a figure: claim_id, document, position (its number in the document), as_printed, claim (what it is, of
        whom, when), quoted (``labels.quoted``), place (where it stands), numeral (the same as a number or date of the
        language; the quotation where words or the sentence alone hold it), value, low and high (a bound has one end and
        no value, a range the ends that are printed, dates have neither).

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id == '000-037'")
    >>> documents = sources.load("documents")
    >>> told = claims.tell(printed, claims.parse(printed, documents), documents, "en", evidence=None)
    >>> told[["quoted", "numeral"]].to_numpy().tolist()
    [['<q lang="ru">1,220,000</q>', '1,220,000']]
    """
    spoken = documents.set_index("document")["lang"]
    known = parsed.set_index("claim_id").loc[printed["claim_id"]].reset_index()
    is_range = known["value"].isna() & known["low"].notna()
    for end in {"low", "high"} & set(printed.columns):  # a range is told from end to end as printed
        known[end] = known[end].mask(is_range, printed[end].set_axis(known.index))
    at_most, at_least = (known["bound"] == bound for bound in ("at_most", "at_least"))
    quoted = [
        labels.quoted(text, spoken[document])
        for text, document in zip(printed["as_printed"], printed["document"], strict=True)
    ]
    made = known.assign(
        position=known["claim_id"].str.rpartition("-")[2].astype(int),
        claim=[figure_in(row, lang) for _, row in known.iterrows()],
        quoted=quoted,
        place=[place_in(locator, lang) for locator in printed["locator"]],
        numeral=[numeral_in(row, lang) or text for (_, row), text in zip(known.iterrows(), quoted, strict=True)],
        value=known["value"].mask(at_most | at_least),
        low=known["low"].mask(at_most).mask(at_least, known["value"]),
        high=known["high"].mask(at_least).mask(at_most, known["value"]),
    )
    shown = pd.DataFrame(columns=list(TOLD)) if evidence is None else _witnesses(evidence, lang)
    return pd.concat([made[list(TOLD)], shown], ignore_index=True)


def _witnesses(evidence: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Figures of other tables: a number or date of the language, and behind it who published it, and when."""
    told = evidence.assign(position=math.nan, claim="", quoted="", place="")
    leading = {True: _leading_date, False: _leading_number}
    told["numeral"] = [
        entries_in(leading[unit == "date"](text, lang), lang)
        for text, unit in zip(evidence["as_printed"], evidence["unit"], strict=True)
    ]
    return told[list(TOLD)]


def _leading_date(text: str, lang: str) -> str:
    date, blank, rest = text.partition(" ")
    return f"{labels.period(date, lang)}{blank}{rest}"


def _leading_number(text: str, lang: str) -> str:
    number, blank, rest = text.partition(" ")
    digits = number.removesuffix("%")
    return f"{labels.digits(digits, lang)}{_percent(lang) if number.endswith('%') else ''}{blank}{rest}"


def _percent(lang: str) -> str:
    return "%" if lang == "en" else "\N{NO-BREAK SPACE}%"


def figure_in(row: "pd.Series[Any]", lang: str) -> str:
    """What a parsed figure is: what is measured, of whom, and when, where the document says when."""
    said = {"says": said_of(row["measure"], row["platform"], lang), "about": subject(row["entity"], lang)}
    if pd.isna(row["period"]) or not row["period"]:
        return labels.text("sentence.claims_figure", lang, **said)
    return labels.text("sentence.claims_figure_dated", lang, **said, period=labels.period(row["period"], lang))


def place_in(locator: str, lang: str) -> str:
    """Where a figure stands in its document, in words of the language; a place without label in its own words.

    Examples
    --------
    >>> place_in("table 1, row Russia, column YouTube", "ru")
    'таблица 1, строка Россия, столбец YouTube'
    """
    return ", ".join(_part_in(part, lang) for part in locator.split(", "))


def _part_in(part: str, lang: str) -> str:
    numbered = _NUMBERED.fullmatch(part)
    if numbered and not labels.is_known(f"place.{slug(part)}"):
        kind, name = numbered.groups()
        own = f"place.name_{slug(name)}"
        return labels.text(f"place.{kind}", lang, name=labels.text(own, lang) if labels.is_known(own) else name)
    return labels.or_own(f"place.{slug(part)}", part, lang)


def numeral_in(row: "pd.Series[Any]", lang: str) -> str:
    """A parsed figure as a number or date of the language, to the digit printed; empty where no digit is printed.

    Examples
    --------
    >>> row = {"as_printed": "63.50%", "unit": "percent", "bound": "about", "value": 63.5, "low": 63.495}
    >>> numeral_in(pd.Series(row | {"high": 63.505}), "ru").replace(chr(160), " ")
    '~63,50 %'
    """
    if not re.search(r"\d", row["as_printed"]):
        return ""
    if row["unit"] == "date":
        return labels.period(_days(row["first_day"], row["last_day"]), lang)
    unit = _percent(lang) if row["unit"] == "percent" else ""
    width = row["high"] - row["low"]
    if pd.isna(row["value"]):
        ends = (labels.number(row[end], lang) for end in ("low", "high"))
        return f"{_SIGNS[row['bound']]}{'–'.join(ends)}{unit}"
    own = len(f"{row['value']:.10f}".rstrip("0").partition(".")[2])
    decimals = max(own, -round(math.log10(width)) if 0 < width < 1 else 0)
    return f"{_SIGNS[row['bound']]}{labels.number(row['value'], lang, decimals=decimals)}{unit}"


def _days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """The shortest ISO 8601 period from one day to another."""
    if first == last:
        return first.strftime(_DAY)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"
    if first.day == 1 and last == first + pd.offsets.MonthEnd(0):
        return first.strftime("%Y-%m")
    return f"{first.strftime(_DAY)}/{last.strftime(_DAY)}"


def read_out(
    findings: pd.DataFrame, told: pd.DataFrame, relations: pd.DataFrame, documents: pd.DataFrame, lang: str, *,
    verdict: str,
) -> pd.DataFrame:  # fmt: skip
    """The findings of one verdict for readers: what it means, what is printed and where, the arithmetic in words.

    Parameters
    ----------
    findings : DataFrame
        The table ``findings``.
    told : DataFrame
        What ``tell`` returns.
    relations, documents : DataFrame
        The tables of these names.
    lang : str
        Language of every word and computed number.
    verdict : str
        One of ``tables.VERDICTS``.

    Returns
    -------
    DataFrame
        documents, matter (label code ``matter.<code>``), kind, explanation (where there is one), printed (quotations
        with their places), reason (why, in words, then the arithmetic in the numbers of the language). What the
        documents say comes before dates and names of works cited.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> documents, relations = sources.load("documents"), sources.load("claim_relations")
    >>> read = claims.parse(printed, documents)
    >>> found = claims.check(read, relations.query("relation_id == '000_lead_video'"))
    >>> told = claims.tell(printed, read, documents, "en", evidence=None)
    >>> rows = claims.read_out(found, told, relations, documents, "en", verdict="fails")
    >>> rows["reason"][0].rpartition(". ")[2]
    '176,375 [176,374.5; 176,375.5] < 440,606 [440,605.5; 440,606.5]'
    """
    kept = findings[findings["verdict"] == verdict].reset_index(drop=True)
    spoken, figures = documents.set_index("document")["lang"], _figures(told)
    rows = kept.assign(
        matter=kept["relation_id"].map(relations.set_index("relation_id")["matter"]),
        explanation=explained(kept["relation_id"], lang),
        printed=[_quotations(row["claims"].split(), told, lang) for _, row in kept.iterrows()],
        reason=[_reason(row, figures, spoken, lang) for _, row in kept.iterrows()],
    )
    order = rows["matter"].map(MATTERS.index).sort_values(kind="stable").index
    columns = ["documents", "matter", "kind", "explanation", "printed", "reason"]
    shown = [column for column in columns if column != "explanation" or rows[column].notna().any()]
    return rows.loc[order, shown].reset_index(drop=True)


def _quotations(claim_ids: list[str], told: pd.DataFrame, lang: str) -> str:
    """What is printed, each figure with its place; the document too where several speak, one place only once."""
    rows = told.set_index("claim_id").reindex(claim_ids).dropna(subset=["document"])
    rows = rows[rows["document"] != ""]
    several = len(set(rows["document"])) > 1
    said = []
    for (document, place), group in rows.groupby(["document", "place"], sort=False):
        where = place
        if several:
            where = labels.text("place.at", lang, document=labels.document(str(document), lang), place=place)
        said.append(f"{', '.join(group['quoted'])} ({where})")
    return "; ".join(said)


def _reason(row: "pd.Series[Any]", figures: list[_Figure], spoken: "pd.Series[str]", lang: str) -> str:
    """Why, in words where the sides miss each other, and the arithmetic as a sentence of the language."""
    codes, _, whole = str(row["reason"]).partition(": ")
    documents = str(row["documents"]).split()
    said, bar, pins = whole.partition(PINS)
    if row["unit"] == "date":
        said = _ENDS.sub(lambda found: _YEARS.sub(lambda year: _month(float(year[0]), lang), found[0]), said)
    arithmetic = restated(said, _numerals(str(row["claims"]).split(), figures), lang)
    if row["unit"] == "date":
        arithmetic = _PERIOD.sub(lambda found: f"({labels.period(found[1], lang)})", arithmetic)
    if documents:
        arithmetic = _NAMED.sub(lambda found: labels.quoted(found[1], spoken[documents[0]]), arithmetic)
    if pins:
        others = [figure.claim_id for figure in figures if figure.document in documents]
        pins = restated(pins, _numerals(others, figures), lang)
    sentence = sentence_of(codes, arithmetic + bar + pins, lang)
    return f"{_in_words(row, arithmetic, lang)} {sentence}" if row["verdict"] == "fails" else sentence


def _month(years: float, lang: str) -> str:
    """A moment in years as the month it lies in, which is as near as printed years and ages tell it.

    Examples
    --------
    >>> _month(2022.0, "en"), _month(2023.995, "en"), _month(2009.216, "en")
    ('Jan 2022', 'Dec 2023', 'Mar 2009')
    """
    return labels.period(f"{math.floor(years):04d}-{math.floor(12 * (years % 1) + _NOISE) + 1:02d}", lang)


def _figures(told: pd.DataFrame) -> list[_Figure]:
    return list(map(_Figure._make, told[list(_Figure._fields)].itertuples(index=False, name=None)))


def _numerals(claim_ids: Iterable[str], figures: Iterable[_Figure]) -> dict[str, str]:
    asked = set(claim_ids)
    return {figure.as_printed: figure.numeral for figure in figures if figure.claim_id in asked}


def restated(arithmetic: str, numerals: dict[str, str], lang: str) -> str:
    """Arithmetic of ``check`` with every printed figure as it is told in the language, and computed numbers likewise.

    The sign of a figure that is told as a bound stands in brackets behind another sign, and once behind the same.

    Parameters
    ----------
    arithmetic : str
        Figures as printed, signs and computed numbers.
    numerals : dict of str to str
        What is printed, and what stands for it.
    lang : str
        Language of computed numbers.

    Examples
    --------
    >>> restated("2.5 + 2 = 4.5 [4.45; 4.55] > 2", {"2.5": "2,5", "2": "2"}, "ru")
    '2,5 + 2 = 4,5 [4,45; 4,55] > 2'
    >>> [restated(said, {"over 80": "≥80"}, "en") for said in ("85 ≥ over 80", "85 < over 80", "over 80 + 3")]
    ['85 ≥ 80', '85 < (≥80)', '≥80 + 3']
    """
    if not numerals:
        return arithmetic_in(arithmetic, lang)
    longest_first = sorted(numerals, key=len, reverse=True)
    figure = re.compile(rf"(\[[^\[\]]*\])|(?<![\w.,])({'|'.join(map(re.escape, longest_first))})(?![\w,.]*\w)")
    marks: list[str] = []

    def replace(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        marks.append(numerals[found[2]])
        return f"\x00{len(marks) - 1}\x00"

    computed = arithmetic_in(figure.sub(replace, arithmetic), lang)
    return _MARKED.sub(
        lambda found: f"{found['sign'] or ''}{_behind(found['sign'] or '', marks[int(found['mark'])])}", computed
    )


_MARKED: Final = re.compile(r"(?P<sign>[-+−×/=≠<>≤≥] )?\x00(?P<mark>\d+)\x00")


_REACHING: Final = ("-", "+", "−", "×", "/")
"""Signs that would join the first end of a range only."""


def _behind(sign: str, numeral: str) -> str:
    """A figure behind a sign of arithmetic, or behind none; a range that is taken away or added stands in brackets."""
    if sign[:1] in _REACHING and "–" in numeral:
        return f"({numeral})"
    if not sign or not numeral.startswith(_BOUNDS):
        return numeral
    return numeral[1:] if sign.startswith(numeral[0]) else f"({numeral})"


def _in_words(row: "pd.Series[Any]", arithmetic: str, lang: str) -> str:
    """How the two sides miss each other, told from the findings' own intervals."""
    missed = _SIGN.search(str(row["reason"]))
    test = {sign: name for name, sign in MISSED.items()}[missed[1]] if missed else "equal"
    if row["unit"] == "":
        return labels.text("sentence.claims_words_names", lang)
    if row["unit"] == "date":
        left, right = (_ONLY_PERIOD.sub(r"\1", side) for side in _SIGN.split(arithmetic, maxsplit=1)[::2])
        return labels.text(f"sentence.claims_words_dates_{test}", lang, left=left, right=right)
    gap = max(row["left_low"] - row["right_high"], row["right_low"] - row["left_high"])
    said = {side: _extent(row[f"{side}_low"], row[f"{side}_high"], lang) for side in ("left", "right")}
    return labels.text(f"sentence.claims_words_{test}", lang, **said, gap=_at_least(gap, lang))


def _extent(low: float, high: float, lang: str) -> str:
    """A number known exactly, or from where to where it may lie, which no rounding makes less."""
    if low == high:
        return _rounded(low, lang)
    scale = 1 if high - low >= 10 else 100
    outer = (math.floor(round(scale * low, 6)) / scale, math.ceil(round(scale * high, 6)) / scale)
    ends = (labels.number(end, lang) for end in outer)
    return labels.text("sentence.claims_words_extent", lang, **dict(zip(("low", "high"), ends, strict=True)))


def _at_least(gap: float, lang: str) -> str:
    """A gap rounded down, to two decimals or, of large ones, to whole numbers."""
    scale = 1 if gap >= LARGE else 100
    return labels.number(math.floor(scale * gap + _NOISE) / scale, lang)


def _rounded(value: float, lang: str) -> str:
    return labels.number(round(value, 2), lang)


def described(
    rows: pd.DataFrame, findings: pd.DataFrame, told: pd.DataFrame, documents: pd.DataFrame, lang: str
) -> pd.DataFrame:
    """The rows of ``matrix`` for readers: each figure, what is printed where, its counterpart, and the arithmetic.

    Parameters
    ----------
    rows : DataFrame
        What ``matrix`` returns.
    findings : DataFrame
        The table ``findings``.
    told : DataFrame
        What ``tell`` returns.
    documents : DataFrame
        The table ``documents``: document, lang.
    lang : str
        Language of every word and computed number.

    Returns
    -------
    DataFrame
        document, position (number of the figure in it), claim, printed (quotation and place), value, low, high, kind
        (of relation), verdict, against (the other figures of the relation, as printed), worked (why, and the
        arithmetic), notebook.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> documents = sources.load("documents")
    >>> relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    >>> read = claims.parse(printed, documents)
    >>> found = claims.check(read, relations)
    >>> told = claims.tell(printed, read, documents, "en", evidence=None)
    >>> rows = claims.described(claims.matrix(printed, found, relations), found, told, documents, "en")
    >>> rows[["position", "value", "verdict"]]
       position     value verdict
    0        35  440606.0   fails
    1        42  176375.0   fails
    """
    spoken, figures = documents.set_index("document")["lang"], _figures(told)
    reasons = {str(row["relation_id"]): _reason(row, figures, spoken, lang) for _, row in findings.iterrows()}
    known = told.set_index("claim_id")
    own = known.loc[rows["claim_id"]].reset_index()
    others = findings.set_index("relation_id")["claims"].str.split()
    against = [
        None if pd.isna(relation) else "; ".join(_other(known.loc[other]) for other in others[relation] if other != one)
        for one, relation in rows[["claim_id", "relation_id"]].itertuples(index=False, name=None)
    ]
    made = rows.reset_index(drop=True).assign(
        position=own["position"].astype(int),
        claim=own["claim"],
        printed=own["quoted"] + " (" + own["place"] + ")",
        value=own["value"].astype(float),
        low=own["low"].astype(float),
        high=own["high"].astype(float),
        against=pd.Series(against, dtype=object),
        worked=rows["relation_id"].map(reasons).astype(object).to_numpy(),
    )
    return made[list(EVERY)]


def narrowings(
    claims: pd.DataFrame, relations: pd.DataFrame, told: pd.DataFrame, lang: str, *, document: str = ""
) -> pd.DataFrame:
    """What ``pinned`` returns of one document, or of all, for readers.

    Parameters
    ----------
    claims, relations : DataFrame
        As for ``check``, of all documents.
    told : DataFrame
        What ``tell`` returns, of all documents.
    lang : str
        Language of numbers.
    document : str
        Only figures of this document, of which there may be none; all of them for the empty string.

    Returns
    -------
    DataFrame
        document, claim, printed, low, high, low_pinned, high_pinned, arithmetic.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['001-045', '001-046', '001-047']")
    >>> documents = sources.load("documents")
    >>> relations = sources.load("claim_relations").query("relation_id == '001_social_growth'")
    >>> read = claims.parse(printed, documents)
    >>> told = claims.tell(printed, read, documents, "en", evidence=None)
    >>> claims.narrowings(read, relations, told, "en")[["low", "high", "low_pinned", "high_pinned"]].round()
              low        high  low_pinned  high_pinned
    0  11500000.0  12500000.0  11695283.0   12500000.0
    """
    rows = pinned(claims, relations)
    kept = rows[rows["document"] == document].reset_index(drop=True) if document else rows
    own = told.set_index("claim_id").loc[kept["claim_id"]].reset_index()
    by_document: dict[str, dict[str, str]] = {}
    for figure in _figures(told):
        by_document.setdefault(figure.document, {})[figure.as_printed] = figure.numeral
    numerals = [by_document.get(code, {}) for code in kept["document"]]
    made = kept.assign(
        claim=own["claim"],
        printed=own["quoted"] + " (" + own["place"] + ")",
        arithmetic=[restated(said, known, lang) for said, known in zip(kept["arithmetic"], numerals, strict=True)],
    )
    return made[["document", "claim", "printed", "low", "high", "low_pinned", "high_pinned", "arithmetic"]]


def _other(figure: "pd.Series[Any]") -> str:
    return str(figure["quoted"] or figure["numeral"])
