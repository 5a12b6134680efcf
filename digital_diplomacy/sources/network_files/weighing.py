"""Weights of ties in a column that is called otherwise."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from digital_diplomacy.sources.identifiers import plain_text
from digital_diplomacy.sources.network_files.model import Row
from digital_diplomacy.sources.numbers import numbers
from digital_diplomacy.sources.remarks import Remark

_WORDS: Final = frozenset((
    *("weight", "weights", "value", "count", "counts", "number", "strength", "frequency"),
    *("вес", "число", "количество", "кол-во", "сила", "частота", "салмағы", "саны", "күші", "жиілігі"),
))  # fmt: skip
"""What the name of such a column begins or ends with: ``Edge Weight``, ``Число упоминаний``, ``value`` of D3."""


def with_weights(ties: Sequence[Row], file: str) -> tuple[list[Row], tuple[Remark, ...]]:
    """The ties with the one column whose name says how many or how strong they are as their weight, which is told.

    Where a column is called weight, where several say so, or where a cell is no number above 0, they stay as they are.
    """
    names = list(dict.fromkeys(name for row in ties for name in row.cells))
    if any(name.casefold() == "weight" for name in names):
        return list(ties), ()
    found = [name for name in names if _WORDS & _ends(name)]
    cells = [row.cells.get(found[0]) for row in ties] if len(found) == 1 else []
    if not cells or not all(number and number > 0 for number in numbers([plain_text(cell or "") for cell in cells])):
        return list(ties), ()
    weighed = [
        replace(row, cells={"weight" if name == found[0] else name: cell for name, cell in row.cells.items()})
        for row in ties
    ]
    return weighed, (Remark("weights_from", {"file": file, "column": found[0]}),)


def _ends(name: str) -> set[str]:
    words = re.split(r"[\s_.,:()]+", name.casefold().strip(" _.,:()"))
    return {words[0], words[-1]}
