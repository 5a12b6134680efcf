"""Units of the columns and rows of a table that tell the total of the others, or their change, and name no unit."""

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

from digital_diplomacy.extraction.tokens import Row, patterns

_GENERAL: Final = ("items", "unstated", "")
_NOT_COUNTED: Final = ("percent", "percentage_points", "times", "rank", "date")
_CHANGE: Final = re.compile(
    r"grow|increase|change|differ|рост|прирост|измен|разниц|өсім|өсу|өзгер|айырма|(?<!\d)[+±Δ]", re.IGNORECASE
)


def of_totals(rows: Sequence[Row], blocks: Sequence[Mapping[Hashable, Any]]) -> None:
    """Give the cells of such lines the one unit of the other counts of their row or column, in place.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the draft of claims.
    blocks : sequence of dict
        Rows of what ``sources.read_paper`` returns.
    """
    places = {int(one["paragraph"]): one for one in blocks if one["kind"] == "cell"}
    for head, along in (("column_header", "table_row"), ("row_header", "table_column")):
        lines: dict[tuple[int, int], list[tuple[Row, str]]] = defaultdict(list)
        for row in rows:
            block = places.get(int(str(row["paragraph"])))
            if block is not None and not block["is_head"] and row["unit"] not in _NOT_COUNTED:
                lines[int(block["table"]), int(block[along])].append((row, str(block[head])))
        for line in lines.values():
            units = {str(row["unit"]) for row, name in line if not _is_derived(name)}
            if len(units) != 1 or units <= set(_GENERAL):
                continue
            (unit,) = units
            for row, name in line:
                if row["unit"] in _GENERAL and _is_derived(name) and isinstance(row, dict):
                    row["unit"] = unit


def _is_derived(name: str) -> bool:
    return _CHANGE.search(name) is not None or any(pattern.search(name) for pattern in patterns("total", ""))
