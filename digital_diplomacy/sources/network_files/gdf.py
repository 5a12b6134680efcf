"""GDF, the format of GUESS that tools for Twitter, YouTube and Facebook write, as ties and actors.

References
----------
Gephi documentation, GDF, https://docs.gephi.org/desktop/User_Manual/Import/GDF_File_Format: sections, types, quotes.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.network_files.model import Parts, Row, truth
from digital_diplomacy.sources.network_files.xml import typed
from digital_diplomacy.sources.remarks import Remark

_HEADER: Final = re.compile(r"\s*(node|edge)def\s*>\s*(.*)", re.IGNORECASE)
_DEFINITION: Final = re.compile(r"[^,(]+(?:\([^)]*\)[^,(]*)*")
# A quoted cell ends at a quotation mark before a comma or the line's end: texts hold quotation marks of their own.
_CELL: Final = re.compile(
    r"""\s*(?:"(?P<double>(?:\\.|[^\\])*?)"|'(?P<single>(?:\\.|[^\\])*?)')\s*(?:,|$)|(?P<bare>[^,]*)(?:,|$)"""
)
_KINDS: Final = {
    "bool": "boolean",
    "bit": "boolean",
    "bigint": "long",
    "smallint": "int",
    "tinyint": "int",
    "real": "double",
}
_WORDS: Final = frozenset({"name", "label", "type", "class", "relation", "kind", "period", "weight"})

Column = tuple[str, str]
"""Name and type of a column."""


def parse_gdf(text: str, where: str, file: str) -> Parts:
    """Ties and actors of a GDF file; where no column ``directed`` says so, ties say nothing of their direction.

    Raises
    ------
    TableError
        Naming the line that has another number of cells than its section.
    """
    columns: list[Column] = []
    section = ""
    rows: dict[str, list[Row]] = {"node": [], "edge": []}
    headers: dict[str, list[Column]] = {}
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        place = f"line {number}"
        if opened := _HEADER.fullmatch(line):
            section, columns = opened[1].lower(), _columns(opened[2], section=opened[1].lower())
            headers[section] = columns
        elif line.strip() and not section:
            raise TableError(
                "{where}, {place}: {line!r} stands before 'nodedef>'", where=where, place=place, line=line[:40]
            )
        elif line.strip():
            rows[section].append(Row(place, _values(_cells(line), columns, f"{where}, {place}")))
    if "edge" not in headers:
        raise TableError("{where}: no section 'edgedef>'; a GDF file has nodedef> and edgedef>", where=where)
    told = any(name == "directed" for name, _ in headers["edge"])
    remarks = () if told else (Remark("direction_unsaid", {"file": file}),)
    return Parts([_tie(row, where) for row in rows["edge"]], rows["node"], None, remarks)


def _columns(header: str, *, section: str) -> list[Column]:
    """The columns, the first bearing the names used here whatever the file calls them."""
    found = []
    for definition in _DEFINITION.findall(header):
        words = definition.split()
        if words:
            kind = re.split(r"\W", words[1].lower())[0] if len(words) > 1 else "varchar"
            found.append((words[0].strip("'\""), _KINDS.get(kind, kind)))
    lower = [name.lower() for name, _ in found]
    wanted = {"node": {"name": "actor_id"}, "edge": {"node1": "source", "node2": "target"}}[section]
    places = [lower.index(word) if word in lower else at for at, word in enumerate(wanted)]
    renamed = dict(zip(places, wanted.values(), strict=True))
    return [
        (renamed.get(at, "directed" if section == "edge" and name.lower() == "directed" else name), kind)
        for at, (name, kind) in enumerate(found)
    ]


def _cells(line: str) -> list[str]:
    cells, at = [], 0
    while at <= len(line):
        found = _CELL.match(line, at)
        if found is None:
            break
        cells.append(_cell(found))
        if found.end() >= len(line) and not line[: found.end()].endswith(","):
            break
        if found.end() == at:
            break
        at = found.end()
        if at == len(line):
            cells.append("")
            break
    return cells


def _cell(found: re.Match[str]) -> str:
    """The text of a cell; within quotation marks a doubled one, or one behind a backslash, is one."""
    if found["bare"] is not None:
        return found["bare"].strip()
    mark, text = ('"', found["double"]) if found["double"] is not None else ("'", found["single"])
    return re.sub(r"\\(['\"\\,])", r"\1", text.replace(mark * 2, mark))


def _values(cells: Sequence[str], columns: Sequence[Column], where: str) -> dict[str, Any]:
    kept = list(cells)
    while len(kept) > len(columns) and not kept[-1]:
        kept.pop()
    if len(kept) != len(columns):
        raise TableError(
            "{where}: {count} cells, the header has {count_2}; set texts that hold commas in quotation marks",
            where=where,
            count=len(kept),
            count_2=len(columns),
        )
    return {
        name: None if cell == "" else cell if name in ("actor_id", "source", "target") or name.lower() in _WORDS
        else typed(cell, kind, where)
        for (name, kind), cell in zip(columns, kept, strict=True)
    }  # fmt: skip


def _tie(row: Row, where: str) -> Row:
    said = row.cells.get("directed")
    if said is not None and truth(said) is None:
        raise TableError(
            "{where}, {place}: directed is {said!r}; true or false is expected", where=where, place=row.place, said=said
        )
    rest = {name: value for name, value in row.cells.items() if name != "directed"}
    # A gap among values is false, the default of a truth value; without the column nothing is said.
    return Row(row.place, rest, (truth(said) or False) if "directed" in row.cells else None)
