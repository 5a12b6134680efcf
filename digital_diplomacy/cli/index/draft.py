"""A framework to begin from: an indicator per column of numbers, and what only the researcher knows left open."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digital_diplomacy.cli.app import refuse
from digital_diplomacy.cli.index.inputs import read_values

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.sources import Remark

_INDEX: Final = "index"
"""Code of the whole index, unless a column of the values bears it."""

_OPEN: Final = ("code", "name", "parent", "direction", "weight", "unit", "source", "reason")
"""Columns of the draft; whether more is better, units and sources are nobody's to guess."""


_ASKED: Final = "?"
"""What stands where an answer is needed: the index is refused until it is given."""


def draft(values: Path) -> "tuple[pd.DataFrame, list[str], tuple[Remark, ...]]":
    """A framework of equal weights without directions, names of the columns left out, and how the table was read."""
    import pandas as pd
    from pandas.api.types import is_numeric_dtype

    given = read_values(values)
    table = given.frame.drop(columns=["entity", "name", "period"], errors="ignore")
    codes = [str(name) for name, column in table.items() if is_numeric_dtype(column) and column.notna().any()]
    if not codes:
        refuse("{values}: no column holds numbers alone, so there is no indicator", values=values)
    whole = _INDEX if _INDEX not in table else f"{values.stem} {_INDEX}"
    open_cells: dict[str, object] = dict.fromkeys(_OPEN, "")
    open_cells |= {"weight": 1, "direction": _ASKED}
    rows = [{**open_cells, "code": code, "name": code, "parent": whole} for code in codes]
    rows.append({**open_cells, "code": whole, "name": values.stem, "direction": 1})
    left = [_with_odd(str(name), list(column)) for name, column in table.items() if name not in codes]
    return pd.DataFrame(rows), left, given.remarks


def _with_odd(name: str, cells: Sequence[object]) -> str:
    """A column left out, with the first cell that keeps it from being one of numbers where others are numbers."""
    from digital_diplomacy.sources.numbers import numbers

    filled = [str(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    odd = [cell for cell, number in zip(filled, numbers(filled), strict=True) if number is None]
    return f"{name} ({odd[0]!r})" if odd and len(odd) < len(filled) else name


def write_draft(values: Path, place: Path, lang: str) -> list[str]:
    """Write the draft and say what is still to be filled in; a file that is there already is refused."""
    from digital_diplomacy import labels
    from digital_diplomacy.cli.remarks import say
    from digital_diplomacy.formulas import to_csv
    from digital_diplomacy.unfinished import replace

    if place.exists():
        refuse("{path} is there already; choose another name with --draft", path=place)
    begun, left, remarks = draft(values)
    say(remarks, lang)
    replace(place, to_csv(begun).encode())
    count = labels.number(len(begun) - 1, lang)
    told = [labels.text("index.draft_written", lang, file=place, count=count, values=values)]
    return told + ([labels.text("index.draft_left", lang, columns=", ".join(left))] if left else [])
