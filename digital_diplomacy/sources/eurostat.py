"""Tables as Eurostat hands them out: tabs between periods, commas between the codes of a row, letters behind figures.

The first cell of the header names the dimensions and, behind a backslash, what runs along the line:
``freq,unit,geo\\TIME_PERIOD``. A figure and the letters of its status stand in one cell; a colon says that there is
none (Eurostat, API, TSV data format).
"""

import re
from typing import Final

_HEADER: Final = re.compile(r"\w+(?:,\w+)*\\(?:TIME_PERIOD|TIME)", re.IGNORECASE)
_CELL: Final = re.compile(r"(?P<figure>:|[-+]?\d[\d.,]*)\s*(?P<marks>[a-z]{1,4})?")
_OWN: Final = {"EL": "GR", "UK": "GB"}  # codes of countries that Eurostat has and ISO 3166 has not
_PLACE: Final = "geo"


def is_eurostat(text: str) -> bool:
    """Whether the first line is the header of such a table."""
    return _HEADER.fullmatch(text.partition("\n")[0].partition("\t")[0].strip()) is not None


def eurostat_rows(text: str) -> tuple[list[tuple[str, list[str]]], dict[str, int]]:
    """The rows with a cell for every code and without letters of status, and how often each of these stood there."""
    lines = [(f"line {number}", line.split("\t")) for number, line in enumerate(text.splitlines(), start=1)]
    start, header = lines[0]
    keys = header[0].strip().partition("\\")[0].split(",")
    rows, marks = [(start, [*keys, *(cell.strip() for cell in header[1:])])], dict[str, int]()
    for place, cells in lines[1:]:
        codes = cells[0].strip().split(",")
        named = [_OWN.get(code, code) if key == _PLACE else code for key, code in zip(keys, codes, strict=False)]
        figures = []
        for cell in cells[1:]:
            parts = _CELL.fullmatch(cell.strip())
            figures.append("" if parts and parts["figure"] == ":" else parts["figure"] if parts else cell.strip())
            for mark in (parts["marks"] or "") if parts else "":
                marks[mark] = marks.get(mark, 0) + 1
        rows.append((place, [*named, *codes[len(keys) :], *figures] if len(codes) >= len(keys) else [*codes, *figures]))
    return rows, marks
