"""Figures of other tables that answer what the documents leave open, looked up where they stand."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from digital_diplomacy.claims.quantities import span
from digital_diplomacy.claims.reading import PARSED
from digital_diplomacy.errors import TableError

EXACT: Final = ("rank", "count")


def evidence(named: pd.DataFrame, *, load: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """Look up the figures that relations name as evidence.

    Parameters
    ----------
    named : DataFrame
        The table ``claim_evidence``: evidence_id, table, keys (``column=value; ...``), column, kind, entity, measure,
        period, unit, source, vintage.
    load : callable
        Gives a table by its name, such as ``sources.load``.

    Returns
    -------
    DataFrame
        Columns of what ``parse`` returns, to be passed to ``check`` beside it: claim_id is the evidence_id, document is
        empty, as_printed holds the figure with its source and vintage. Ranks and counts are exact; other figures have
        the interval of their row where it has one, otherwise half a unit of their last digit, and its bound ("more
        than"). A date has its days.

    Raises
    ------
    TableError
        If the keys do not single out one row, or the row has no figure, or no date where the unit is one.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> named = sources.load("claim_evidence").query("evidence_id == 'egdi_2020_kaz'")
    >>> claims.evidence(named, load=sources.load)[["claim_id", "value", "unit"]]  # the place the United Nations print
            claim_id  value  unit
    0  egdi_2020_kaz   29.0  rank
    """
    rows = [_looked_up(row, load) for _, row in named.iterrows()]
    frame = pd.DataFrame(rows, columns=PARSED)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("first_day", "last_day")})


def _looked_up(row: "pd.Series[Any]", load: Callable[[str], pd.DataFrame]) -> dict[str, object]:
    found = _row(row, load(row["table"]))
    value = found[row["column"]]
    if pd.isna(value):
        raise TableError(
            "claim_evidence: {evidence_id}: {table} has no {column} there",
            evidence_id=row["evidence_id"],
            table=row["table"],
            column=row["column"],
        )
    if row["unit"] == "date":
        return _dated(row, value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value))
    low, high = _interval(row, found)
    number = Decimal(repr(float(value))).normalize()
    sign = "%" if row["unit"] == "percent" else ""
    kept = {name: row[name] for name in ("entity", "measure", "period", "kind", "unit")}
    ends = {f"{end}{how}": at for how in ("", "_filled", "_truncated") for end, at in (("low", low), ("high", high))}
    said = f"{number:f}{sign} ({row['source']}: {row['period']}; v. {row['vintage']})"
    return (
        {"claim_id": row["evidence_id"], "document": "", "bound": _bound(row, found), "as_printed": said}
        | {"value": float(value)}
        | kept
        | ends
    )


def _dated(row: "pd.Series[Any]", value: str) -> dict[str, object]:
    """A date of another table: a year, month or day."""
    try:
        days = span(value)
    except (KeyError, ValueError):
        days = None
    if days is None:
        raise TableError(
            "claim_evidence: {evidence_id}: {value!r} in {table} is no date of ISO 8601",
            evidence_id=row["evidence_id"],
            value=value,
            table=row["table"],
        )
    kept = {name: row[name] for name in ("entity", "measure", "period", "kind", "unit")}
    said = f"{value} ({row['source']}; v. {row['vintage']})"
    days_of = {"first_day": days[0], "last_day": days[1]}
    return {"claim_id": row["evidence_id"], "document": "", "bound": "exact", "as_printed": said} | kept | days_of


def _row(row: "pd.Series[Any]", table: pd.DataFrame) -> "pd.Series[Any]":
    kept = pd.Series(True, index=table.index)
    for key in str(row["keys"]).split("; "):
        column, _, wanted = key.partition("=")
        if column not in table.columns:
            raise TableError(
                "claim_evidence: {evidence_id}: {table} has no column {column!r}",
                evidence_id=row["evidence_id"],
                table=row["table"],
                column=column,
            )
        kept &= table[column].astype(str) == wanted
    if kept.sum() != 1:
        found = f"{row['keys']} singles out {kept.sum()} rows of {row['table']}, not 1"
        raise TableError("claim_evidence: {evidence_id}: {found}", evidence_id=row["evidence_id"], found=found)
    return table[kept].iloc[0]


def _bound(row: "pd.Series[Any]", found: "pd.Series[Any]") -> str:
    """What the words around the figure claim, where its table says so."""
    return str(found["bound"]) if row["column"] == "value" and "bound" in found.index else "exact"


def _interval(row: "pd.Series[Any]", found: "pd.Series[Any]") -> tuple[float, float]:
    value = Decimal(repr(float(found[row["column"]])))
    if row["kind"] in EXACT:
        return float(value), float(value)
    if row["column"] == "value" and {"low", "high"} <= set(found.index):
        return float(found["low"]), float(found["high"])
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return float(value - half), float(value + half)
