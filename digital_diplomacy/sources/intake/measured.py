"""A column of units: which rows are in the unit that the table takes."""

from collections.abc import Sequence
from pathlib import Path

from digital_diplomacy.sources.intake.abouts import Cell
from digital_diplomacy.sources.intake.kinds import PERCENT, Kind
from digital_diplomacy.sources.intake.model import Column, Question
from digital_diplomacy.sources.remarks import Remark, listed


def in_unit(
    cells: Sequence[Cell], kind: Kind, where: Path, remarks: list[Remark], used: Sequence[Column]
) -> tuple[list[Cell], list[Question]]:
    """The cells whose unit is that of their measure, and a question if there are others only; those left are told."""
    units = {one.code: one.unit for one in kind.measures}
    kept = [one for one in cells if _fits(one, units.get(one.about.measure, ""))]
    if len(kept) == len(cells):
        return kept, []
    told = listed(one.unit for one in cells if not _fits(one, units.get(one.about.measure, "")))
    if not any(one.about.measure for one in kept):
        header = next(one.header or f"#{one.place + 1}" for one in used if one.role == "unit")
        said = {"units": told, "measures": listed(units)}
        return [], [Question("units", said, "--column", after="=-", example=header)]
    remarks.append(Remark("other_units", {"file": where.name, "units": told}))
    return kept, []


def _fits(cell: Cell, unit: str) -> bool:
    if not cell.unit or not unit:
        return True
    return cell.unit == PERCENT if unit == PERCENT else cell.unit != PERCENT
