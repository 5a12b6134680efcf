"""Weights of ties in a column that is called otherwise."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from digital_diplomacy.sources.identifiers import plain_text
from digital_diplomacy.sources.network_files.model import Row
from digital_diplomacy.sources.numbers import numbers
from digital_diplomacy.sources.remarks import Remark

_FIRST: Final = frozenset(
    (
        "weight",
        "number",
        "count",
        "times",
        "сколько",
        "қанша",
        "число",
        "количество",
        "кол-во",
        "сила",
        "частота",
        "вес",
    )
)
_LAST: Final = frozenset((
    *("weight", "weights", "value", "count", "counts", "strength", "frequency", "times"),
    *("число", "количество", "кол-во", "сила", "частота", "вес", "раз", "салмағы", "саны", "рет", "күші", "жиілігі"),
))  # fmt: skip
"""What the name of such a column begins or ends with: ``Число упоминаний``, ``Edge Weight``, ``value`` of D3."""


def with_weights(ties: Sequence[Row], file: str) -> tuple[list[Row], tuple[Remark, ...]]:
    """The ties with the one column whose name says how many or how strong they are as their weight, which is told.

    Where a column is called weight, where several say so, or where a cell is no number above 0, they stay as they are.
    """
    names = list(dict.fromkeys(name for row in ties for name in row.cells))
    if any(name.casefold() == "weight" for name in names):
        return list(ties), ()
    found = [name for name in names if _says_how_many(name)]
    cells = [row.cells.get(found[0]) for row in ties] if len(found) == 1 else []
    if not cells or not all(number and number > 0 for number in numbers([plain_text(cell or "") for cell in cells])):
        return list(ties), ()
    weighed = [
        replace(row, cells={"weight" if name == found[0] else name: cell for name, cell in row.cells.items()})
        for row in ties
    ]
    return weighed, (Remark("weights_from", {"file": file, "column": found[0]}),)


def _says_how_many(name: str) -> bool:
    words = re.split(r"[\s_.,:()]+", name.casefold().strip(" _.,:()"))
    return words[0] in _FIRST or words[-1] in _LAST
