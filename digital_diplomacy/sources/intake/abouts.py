"""Cells of a foreign table, each with what it is about: what many cells are about is kept once."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from digital_diplomacy.sources.grids import Line
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.intake.kinds import PERCENT, Kind
from digital_diplomacy.sources.intake.model import Answers, Column
from digital_diplomacy.sources.intake.words import SCALES, fold, roles, unit

_POWERS: Final = {"0": "", "units": "", "3": SCALES[0], "thousands": SCALES[0], "6": SCALES[1], "millions": SCALES[1]}
"""Scales by what SDMX's UNIT_MULT says, as a power of ten or in words."""

_KEPT: Final = 2**17  # what cells are about that is kept: all countries in all years, and more


class About(NamedTuple):
    """What a cell is about, as the file writes it: country, code, period, platform, measure, series.

    The country of a cell merged over several rows stands in the first of them; below it is filled in.
    """

    name: str
    code: str
    period: str
    platform: str
    measure: str
    series: str
    is_filled: bool


class Cell(NamedTuple):
    """A cell that holds a figure, or says that there is none; its unit, if a column of units names it."""

    place: str
    text: str
    scale: str
    unit: str
    about: About


def cells_of(rows: Sequence[Line], columns: Sequence[Column], kind: Kind, given: Answers) -> Iterator[Cell]:
    """Cells of the columns that hold figures, row by row."""
    keys = {
        column.role: column.place
        for column in reversed(columns)
        if column.role in ("entity", "code", "period", "platform")
    }
    series = [column.place for column in columns if column.role == "series"]
    measured = [column.place for column in columns if column.role == "unit"]
    multiplied = [column.place for column in columns if column.role == "multiplier"]
    codes = {one.code: one.unit for one in kind.measures}
    answered = {fold(name): role for name, role in given.columns.items() if role in codes}
    held = [column for column in columns if column.role in (*codes, "value")]
    before = ""
    for place, cells in rows:
        texts = {role: cells[at] for role, at in keys.items()}
        named = texts.get("entity", "") or texts.get("code", "")
        is_filled = bool(keys.keys() & {"entity", "code"}) and not named.strip()
        before = named if named.strip() else before
        units = [text for at in measured if (text := normal_form(cells[at]))]
        named_unit = next((one for one in map(unit, units) if one), "")
        told = [answered[fold(cells[at])] for at in series if fold(cells[at]) in answered]
        known = told or [role for at in series for role in sorted(roles(cells[at]) & codes.keys())]
        fitting = [role for role in known if (codes[role] == PERCENT) == (named_unit == PERCENT)]
        indicator = next(iter(fitting if named_unit and fitting else known), "")
        said = " ".join([cells[at] for at in series])
        powers = [text for at in multiplied if (text := fold(cells[at]))]
        scale = next((_POWERS.get(text, text) for text in powers), "") or (named_unit if named_unit in SCALES else "")
        for column in held:
            yield Cell(
                place,
                cells[column.place],
                column.scale or scale,
                named_unit or "".join(units[:1]),
                _about(
                    column.entity or (before if is_filled else named),
                    "" if column.entity else texts.get("code", ""),
                    column.period or texts.get("period", "") or given.period,
                    column.platform or texts.get("platform", ""),
                    column.role if column.role in codes else indicator,
                    said,
                    is_filled=is_filled and bool(before) and not column.entity,
                ),
            )


@lru_cache(_KEPT)
def _about(named: str, code: str, period: str, platform: str, measure: str, series: str, *, is_filled: bool) -> About:
    return About(normal_form(named), code, period, platform, measure, series, is_filled)
