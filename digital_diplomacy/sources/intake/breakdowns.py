"""Columns that break figures down: by sex, age, residence, region. Only rows on everybody are figures of a country."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from digital_diplomacy.sources.grids import Line
from digital_diplomacy.sources.intake.model import Answers, Column, Question
from digital_diplomacy.sources.intake.words import fold, is_everybody, is_missing, roles, words
from digital_diplomacy.sources.remarks import Remark, listed

_GROUPS: Final = "breakdown"
_PLACES: Final = "breakdown_place"
"""Also what tables call the part of the world that a country lies in, which breaks nothing down."""


def rows_on_everybody(
    rows: Sequence[Line], columns: Sequence[Column], answers: Answers, where: Path
) -> tuple[list[Line], list[Remark], list[Question]]:
    """The rows whose figures are of everybody, what was left out, and what is open because no row says that it is.

    A column that the user says holds nothing is not looked at.
    """
    kept, remarks = list(rows), list[Remark]()
    answered = {fold(name) for name in answers.columns}
    for column in columns:
        if column.role not in ("", "-") or column.period or {f"#{column.place + 1}", fold(column.header)} & answered:
            continue
        meant = frozenset[str]().union(*(roles(text) for text in (column.header, *column.header.split(" / "))))
        kept, plans = _without_plans(kept, column)
        if plans:
            remarks.append(Remark("plans_left", {"file": where.name, "column": column.header, "parts": listed(plans)}))
        texts = {cells[column.place]: None for _, cells in kept if not is_missing(cells[column.place])}
        parts = [text for text in texts if not is_everybody(text)]
        if not parts or not meant & {_GROUPS, _PLACES}:
            continue
        if not meant & {_GROUPS} and _holds_countries_apart(kept, columns, column):
            continue
        if len(parts) == len(texts):
            named = {"column": column.header, "parts": listed(parts)}
            return kept, remarks, [Question("breakdown", named, "--column", f"{column.header}=", example="-")]
        left = frozenset(parts)
        kept = [line for line in kept if line[1][column.place] not in left]
        remarks.append(Remark("parts_left", {"file": where.name, "column": column.header, "parts": listed(parts)}))
    return kept, remarks, []


def _without_plans(rows: Sequence[Line], column: Column) -> tuple[list[Line], list[str]]:
    """The rows that a column does not call plans, targets or forecasts, and what it calls the others."""
    called = [fold(cells[column.place]) for _, cells in rows]
    plans = {text for text in called if text and text.split()[0] in words("planned")}
    kept = [line for line, text in zip(rows, called, strict=True) if text not in plans]
    return kept, list(dict.fromkeys(text for text in called if text in plans))


def _holds_countries_apart(rows: Sequence[Line], columns: Sequence[Column], column: Column) -> bool:
    """Whether every country stands in one part only and some parts hold several: parts of the world do so."""
    keys = [one.place for one in columns if one.role in ("entity", "code")]
    pairs = {(fold(cells[keys[0]]), fold(cells[column.place])) for _, cells in rows} if keys else set()
    countries, parts = ({pair[side] for pair in pairs} for side in (0, 1))
    return len(pairs) == len(countries) > len(parts)
