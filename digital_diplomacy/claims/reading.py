"""Every published figure read again from its printed form and compared with the value stored beside it."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels, printed, tables
from digital_diplomacy.claims.quantities import span
from digital_diplomacy.errors import TableError
from digital_diplomacy.frames import rows_of
from digital_diplomacy.printed import Convention, Printed

BOUNDS: Final = ("exact", "at_least", "at_most", "about")
KINDS_OF_CLAIM: Final = ("observation", "survey_share", "rank", "target", "forecast", "growth", "date", "count")
READINGS: Final = ("number", "date", "implied")

EXACT_KINDS: Final = ("rank", "count")
"""Kinds of claim whose whole numbers are counted out, not rounded."""

COUNTED_BELOW: Final = 1000
"""Whole numbers below it, in words or in digits, are counted where their unit is a thing; shares are measured."""

PARSED: Final = (
    "claim_id",
    "document",
    "entity",
    "measure",
    "platform",
    "period",
    "kind",
    "unit",
    "bound",
    "as_printed",
    "credited_source",
    "value",
    "low",
    "high",
    "low_filled",
    "high_filled",
    "low_truncated",
    "high_truncated",
    "first_day",
    "last_day",
)

HABIT: Final = ("reading", "lang", "decimal_mark", "grouping_mark", "closing_zeros")
"""Further columns of what ``parse`` returns: how a figure was read, so that it can be read again otherwise printed."""

_KEPT: Final = PARSED.index("value")  # the columns before it are taken over as they are


def parse(claims: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Read ``as_printed`` by the document's convention and give value, rounding interval and days.

    Parameters
    ----------
    claims : DataFrame
        The table ``claims``. ``reading`` says what its printed characters are: a ``number``, a ``date``, or ``implied``
        where only the sentence gives the value (a first place told by a verb); such a value is taken as stored.
    documents : DataFrame
        The table ``documents``: lang, decimal_mark, grouping_mark and closing_zeros of each; without the last column
        nobody knows what closing zeros are.

    Returns
    -------
    DataFrame
        One row a claim: claim_id, document, entity, measure, platform, period, kind, unit, bound, as_printed,
        credited_source; value (missing for a printed range), low and high (rounding interval, in ``unit``), low_filled
        and high_filled (if closing zeros are no digits), low_truncated and high_truncated (if digits were cut off),
        first_day and last_day of dates; reading, lang, decimal_mark, grouping_mark, closing_zeros (how it was read).
        The bound is not applied to the intervals. Ranks, counts and other whole numbers below a thousand that are no
        shares are exact, in words and in digits alike.

    Raises
    ------
    TableError
        Naming the claim and both values if what is printed is not what is stored; for a claim without locator, a unit
        without label, an unknown bound, kind or reading, or a document that is not described.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-037', '000-039']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> read[["as_printed", "low", "high", "low_filled", "high_filled"]]  # filled: closing zeros are no digits
      as_printed        low       high  low_filled  high_filled
    0  1,220,000  1219999.5  1220000.5   1215000.0    1225000.0
    1        94К    93500.0    94500.0     93500.0      94500.0
    """
    conventions, _ = _conventions(documents)
    said = [
        f"row {place} ({row['claim_id']}): {text}"
        for place, (row, faults) in enumerate(zip(rows_of(claims), _all_faults(claims, documents), strict=True), 1)
        for text in faults
    ]
    if said:
        raise TableError("claims: {said}.", said="; ".join(said))
    rows = [_parsed(row, conventions[row["document"]]) for row in rows_of(claims)]
    habits = documents if "closing_zeros" in documents else documents.assign(closing_zeros="unknown")
    habits = habits.set_index("document").loc[claims["document"], list(HABIT[1:])].reset_index(drop=True)
    frame = pd.DataFrame(rows, columns=PARSED)
    for column in PARSED[_KEPT:-2]:
        frame[column] = frame[column].astype(float)
    days = {name: _as_dates(frame[name]) for name in ("first_day", "last_day")}
    read = frame.assign(**days, reading=claims["reading"].to_numpy(), **habits)
    own = _own_names(documents)
    return tables.named(read, own) if own else read


def refused(claims: pd.DataFrame, documents: pd.DataFrame) -> list[bool]:
    """Which claims `parse` refuses, in their order; one of them is enough for it to refuse all.

    Parameters
    ----------
    claims, documents : DataFrame
        As in `parse`.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-037', '000-039']")
    >>> claims.refused(printed.assign(value=[1_220_000, 93]), sources.load("documents"))
    [False, True]
    """
    conventions, _ = _conventions(documents)
    rows = zip(rows_of(claims), _all_faults(claims, documents), strict=True)
    return [bool(faults) or _is_unreadable(row, conventions[row["document"]]) for row, faults in rows]


def _is_unreadable(row: Mapping[Any, Any], convention: Convention) -> bool:
    try:
        _parsed(row, convention)
    except TableError:
        return True
    return False


def _all_faults(claims: pd.DataFrame, documents: pd.DataFrame) -> list[list[str]]:
    """What is wrong with each claim."""
    conventions, unread = _conventions(documents)
    return [list(unread.get(row["document"]) or _faults(row, conventions)) for row in rows_of(claims)]


def _own_names(documents: pd.DataFrame) -> dict[str, str]:
    """Documents that no label names, by the name their own table gives them."""
    if "short" not in documents:
        return {}
    named = zip("entity.document_" + documents["document"], documents["short"], strict=True)
    return {code: short for code, short in named if not labels.is_known(code)}


def reread(row: Mapping[Any, Any], text: str) -> dict[str, Any] | None:
    """A row of what ``parse`` returns as it would be if other characters were printed; nothing if they are unreadable.

    Parameters
    ----------
    row : mapping
        Columns ``PARSED`` and ``HABIT``; its reading is ``number`` or ``date``.
    text : str
        What is printed instead.
    """
    convention = _convention(row)
    try:
        if row["unit"] == "date":
            found = printed.read_date(text, lang=convention.lang)
            days = {"first_day": pd.Timestamp(found.start), "last_day": pd.Timestamp(found.end)}
            return {**row, "as_printed": text, **days}
        figure = printed.read(text, convention=convention)
    except printed.UnreadableError:
        return None
    if figure.bound not in ("exact", row["bound"]):
        return None
    return {**row, "as_printed": text, **_numbers(row, figure)}


def _as_dates(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.to_datetime(column).astype("datetime64[s]")


def _convention(row: Mapping[Any, Any]) -> Convention:
    zeros = row.get("closing_zeros", "unknown")
    return Convention(row["lang"], row["decimal_mark"], row["grouping_mark"], None if zeros == "unknown" else zeros)


def _conventions(documents: pd.DataFrame) -> tuple[dict[str, Convention], dict[str, list[str]]]:
    """Conventions by document, and what is wrong with those of others, which concerns their claims alone."""
    found, unread = {}, {}
    for row in rows_of(documents):
        try:
            found[row["document"]] = _convention(row)
        except ValueError as error:
            unread[row["document"]] = [f"document {row['document']}: {error}"]
    return found, unread


def _faults(row: Mapping[Any, Any], conventions: dict[str, Convention]) -> list[str]:
    """What is wrong with a claim before anything is read."""
    allowed = {"bound": BOUNDS, "kind": KINDS_OF_CLAIM, "reading": READINGS, "document": tuple(conventions)}
    said = [
        f"{name} {row[name]!r} is none of {', '.join(codes)}"
        for name, codes in allowed.items()
        if row[name] not in codes
    ]
    if pd.isna(row["locator"]) or not str(row["locator"]).strip():
        said.append("no locator says where the figure stands")
    if not labels.is_known(f"unit.{row['unit']}"):
        said.append(f"unit {row['unit']!r} has no label unit.{row['unit']}; use one that has, or add it")
    return said


def _parsed(row: Mapping[Any, Any], convention: Convention) -> dict[str, object]:
    kept = {name: row[name] for name in PARSED[:_KEPT]}
    if row["unit"] == "date":
        first, last = _days(row, convention)
        return kept | {"first_day": first, "last_day": last}
    return kept | (_implied(row) if row["reading"] == "implied" else _number(row, convention))


def _days(row: Mapping[Any, Any], convention: Convention) -> tuple[object, object]:
    stored = None if pd.isna(row["value_date"]) else span(row["value_date"])
    if stored is None:
        raise TableError("claims: {claim_id} is a date without value_date", claim_id=row["claim_id"])
    if row["reading"] == "implied":
        return stored
    try:
        found = printed.read_date(row["as_printed"], lang=convention.lang)
    except printed.UnreadableError as error:
        raise TableError("claims: {claim_id}: {error}", claim_id=row["claim_id"], error=error) from error
    if (found.start, found.end) != stored:
        raise TableError(
            "claims: {claim_id} stores {value_date}, but {as_printed!r} reads {period}",
            claim_id=row["claim_id"],
            value_date=row["value_date"],
            as_printed=row["as_printed"],
            period=found.period,
        )
    return stored


def _implied(row: Mapping[Any, Any]) -> dict[str, object]:
    ends = {end: row["value"] if pd.isna(row[end]) else row[end] for end in ("low", "high")}
    other = {f"{end}_{how}": value for how in ("filled", "truncated") for end, value in ends.items()}
    return {"value": row["value"], **ends, **other}


def _number(row: Mapping[Any, Any], convention: Convention) -> dict[str, object]:
    try:
        figure = printed.read(row["as_printed"], convention=convention)
    except printed.UnreadableError as error:
        raise TableError("claims: {claim_id}: {error}", claim_id=row["claim_id"], error=error) from error
    if figure.bound not in ("exact", row["bound"]):
        raise TableError(
            "claims: {claim_id} stores bound {bound}, but {as_printed!r} reads {bound_2}",
            claim_id=row["claim_id"],
            bound=row["bound"],
            as_printed=row["as_printed"],
            bound_2=figure.bound,
        )
    value = None if figure.ends else figure.value
    low, high = figure.ends or _ends(row, figure)
    _compare(row, {"value": value, "low": low, "high": high})
    return _numbers(row, figure)


def _ends(row: Mapping[Any, Any], figure: Printed) -> tuple[Decimal, Decimal]:
    exact = figure.ends or (figure.value, figure.value)
    return exact if _is_counted(row, figure) else (figure.low, figure.high)


def _numbers(row: Mapping[Any, Any], figure: Printed) -> dict[str, object]:
    """Value and the ends of its interval in every reading of the digits."""
    ends = ("low", "high", "low_filled", "high_filled", "low_truncated", "high_truncated")
    exact, is_exact = figure.ends or (figure.value, figure.value), _is_counted(row, figure)
    found = {name: exact[name.startswith("high")] if is_exact else getattr(figure, name) for name in ends}
    value = math.nan if figure.ends else float(figure.value)
    return {"value": value, **{name: float(end) for name, end in found.items()}}


def _is_counted(row: Mapping[Any, Any], figure: Printed) -> bool:
    """Whether the figure, or both ends of the range, are whole numbers of things and so exact."""
    largest = max(abs(end) for end in figure.ends or (figure.value,))
    is_small = figure.last_digit == 1 and largest < COUNTED_BELOW
    is_exact_kind = row["kind"] in EXACT_KINDS and figure.ends is None
    return is_exact_kind or (is_small and row["unit"] != "percent" and row["bound"] != "about")


def _compare(row: Mapping[Any, Any], found: dict[str, Decimal | None]) -> None:
    """Stored value and interval, or the ends of a printed range, against those read."""
    for name, number in found.items():
        stored = None if pd.isna(row[name]) else Decimal(repr(float(row[name])))
        if stored != number:
            raise TableError(
                "claims: {claim_id} stores {name} {row}, but {as_printed!r} reads {number}; mend the stored one, "
                "never the printed figure",
                claim_id=row["claim_id"],
                name=name,
                row=row[name],
                as_printed=row["as_printed"],
                number=number,
            )
