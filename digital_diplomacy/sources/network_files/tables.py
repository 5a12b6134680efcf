"""Ties and actors in tables: CSV and its relatives, and Excel workbooks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from digital_diplomacy.errors import TableError, said
from digital_diplomacy.sources.grids import Grid, read_grid
from digital_diplomacy.sources.intake.words import is_note, is_total
from digital_diplomacy.sources.network_files.matrix import read_matrix
from digital_diplomacy.sources.network_files.model import Parts, Row, direction, left_out, truth
from digital_diplomacy.sources.network_files.weighing import with_weights
from digital_diplomacy.sources.remarks import Remark, listed

_DIRECTIONS = 2  # more words than these in a column of types are kinds of tie

_TIE_WORDS = {
    "source": ("from", "sender", "vertex 1", "node 1", "node1", "actor1", "источник", "откуда", "отправитель",
               "от кого", "қайдан", "жіберуші", "кімнен"),
    "target": ("to", "receiver", "recipient", "vertex 2", "node 2", "node2", "actor2", "цель", "куда", "получатель",
               "кому", "қайда", "алушы", "кімге"),
    "weight": ("вес", "салмақ", "салмағы"),
    "relation": ("отношение", "қатынас"),
}  # fmt: skip
"""What people call columns of ties; read with a word to the user, and only where no column bears the name itself."""

_ACTOR_WORDS = {
    "actor_id": ("id", "node", "vertex", "актор", "узел", "идентификатор", "түйін"),
    "label": ("name", "название", "наименование", "имя", "атауы", "аты"),
    "type": ("тип", "вид", "түрі"),
    "country": ("страна", "ел"),
}
"""The same of columns of actors."""

_ENDS = [(name, *_TIE_WORDS[name]) for name in ("source", "target")]
_IDS = [("actor_id", *_ACTOR_WORDS["actor_id"])]


def read_ties(path: Path, *, has_nodes: bool = False) -> Parts:
    """Ties of a table with ``source`` and ``target``, whose ``Type`` may say their direction; or of a square one.

    A workbook may hold the actors in another sheet, as those of Gephi and NodeXL do; they are read unless the caller
    has them from elsewhere.
    """
    grid = read_grid(path, _ENDS)
    there = {name.strip().casefold() for name in grid.header}
    absent = [words for words in _ENDS if there.isdisjoint(words)]
    if absent and (matrix := read_matrix(grid, path)):
        return matrix
    if len(absent) == len(_ENDS):
        _refuse_without_ends(grid, path)
    grid.refuse_without([(words[0],) for words in absent], str(path))
    rows, remarks = _rows(grid, path)
    rows, renamed = _named_here(rows, grid.header, path, _TIE_WORDS)
    rows, notes = _without_notes(rows, path)
    rows, weighed = with_weights(rows, path.name)
    actors, sheets = ([], ()) if has_nodes else _beside(path, grid)
    remarks = (*(sheets or remarks), *renamed, *notes, *weighed)
    kinds = [name for name in grid.header if name.casefold() in ("type", "directed")]
    for name in kinds:
        rows, told = _directed(rows, name, path)
        remarks = (*remarks, *told)
    return Parts(rows, actors, None, remarks)


def _without_notes(rows: Sequence[Row], path: Path) -> tuple[list[Row], tuple[Remark, ...]]:
    """The ties without notes and totals below them, which have no other end and are told."""
    gone = [
        row
        for row in rows
        if not row.cells.get("target")
        and (text := str(row.cells.get("source") or ""))
        and (is_note(text) or is_total(text))
    ]
    if not gone:
        return list(rows), ()
    told = Remark("notes_of_ties", {"file": path.name, "lines": listed(str(row.cells["source"]) for row in gone)})
    left = {row.place for row in gone}
    return [row for row in rows if row.place not in left], (told,)


def _refuse_without_ends(grid: Grid, path: Path) -> None:
    has = ", ".join(grid.header[:12]) + (", ..." if len(grid.header) > 12 else "")
    raise TableError(
        "{path}: no columns 'source' and 'target', which name the two ends of a tie; the table begins at {start} and "
        "its columns, separated by {separator}, are {has}: call two of them so, or put such a line above the ties",
        path=path,
        start=grid.start,
        separator=said(grid.separator),
        has=has,
    )


def _beside(path: Path, grid: Grid) -> tuple[list[Row], tuple[Remark, ...]]:
    """Actors of another sheet of the workbook, and the remarks on both sheets in place of those on that of the ties."""
    sheet = next((one.named for one in grid.remarks if one.code == "sheet"), None)
    if sheet is None:
        return [], ()
    try:
        other = read_grid(path, _IDS, skip=[str(sheet["sheet"])])
    except TableError:  # the other sheets hold no table, which is no fault of the ties
        return [], ()
    if {name.strip().casefold() for name in other.header}.isdisjoint(_IDS[0]):
        return [], ()
    rows, _ = _rows(other, path)
    actors, renamed = _named_here(rows, other.header, path, _ACTOR_WORDS)
    further = next(
        (one.named for one in other.remarks if one.code == "sheet"), {"sheet": sheet["others"], "others": ""}
    )
    named = {"file": path.name, "ties": sheet["sheet"], "actors": further["sheet"]}
    rest = tuple(one for one in grid.remarks if one.code != "sheet")
    gone = str(further["others"])
    left = (Remark("left_out", {"file": path.name, "what": gone}),) if gone else ()
    return actors, (*rest, Remark("sheets", named), *left, *renamed)


def _named_here(
    rows: list[Row], header: Sequence[str], path: Path, meanings: Mapping[str, Sequence[str]]
) -> tuple[list[Row], list[Remark]]:
    """The rows with columns called as here, and what was renamed; identifiers and labels go without saying."""
    folded = {name.strip().casefold(): name for name in reversed(header)}
    found = {
        name: next((folded[word] for word in words if word in folded), "")
        for name, words in meanings.items()
        if name not in folded
    }
    renamed = {column: name for name, column in found.items() if column}
    named = [
        replace(row, cells={renamed.get(column, column): value for column, value in row.cells.items()}) for row in rows
    ]
    told = {
        column: {"file": path.name, "column": column, "name": name}
        for column, name in renamed.items()
        if column.strip().casefold() not in ("id", "node", "name", "vertex")
    }
    return named, [Remark("renamed", words) for words in told.values()]


def read_actors(path: Path) -> tuple[list[Row], tuple[Remark, ...]]:
    """Actors of a table with ``actor_id``, ``id`` or ``node``."""
    grid = read_grid(path, _IDS)
    grid.refuse_without(_IDS, str(path))
    rows, remarks = _rows(grid, path)
    rows, renamed = _named_here(rows, grid.header, path, _ACTOR_WORDS)
    return rows, (*remarks, *renamed)


def _rows(grid: Grid, path: Path) -> tuple[list[Row], tuple[Remark, ...]]:
    columns, unnamed = [], []
    for number, name in enumerate(grid.header):
        if name:
            columns.append((number, name))
            continue
        cells = [cells[number].strip() for _, cells in grid.rows]
        counts = [[str(first + row) for row in range(len(cells))] for first in (0, 1)]
        if cells in counts:  # the numbers of rows, as programs write them without a name
            unnamed.append(f"column {number + 1}")
        elif any(cells):
            raise TableError(
                "{path}: column {number} has no name in {start}; give it one",
                path=path,
                number=number + 1,
                start=grid.start,
            )
    names = [name for _, name in columns]
    twice = [name for number, name in enumerate(names) if name in names[:number]]
    if twice:
        raise TableError("{path}: column {twice!r} stands twice; keep one", path=path, twice=twice[0])
    rows = [
        Row(place, {name: cells[number] if cells[number].strip() else None for number, name in columns})
        for place, cells in grid.rows
    ]
    return rows, (*grid.remarks, *left_out(path.name, unnamed))


def _directed(rows: Sequence[Row], name: str, path: Path) -> tuple[list[Row], tuple[Remark, ...]]:
    """The rows with what a column says about their direction, or with its words as relations if they are kinds."""
    words = {row.cells[name].strip(): row.place for row in reversed(rows) if row.cells[name]}
    if name.casefold() == "directed":
        meant = {word: None if truth(word) is None else (truth(word) is True, False) for word in words}
        if any(kind is None for kind in meant.values()):
            return list(rows), ()
    else:
        meant = {word: direction(word) for word in words}
    unknown = [word for word, kind in meant.items() if kind is None]
    if unknown and len(unknown) == len(words) and len(words) > _DIRECTIONS:
        if any(other.casefold() in ("relation", "kind") for other in rows[0].cells):
            return list(rows), ()
        remark = Remark("types_are_relations", {"file": path.name, "words": listed(words)})
        renamed = {column: "relation" if column == name else column for column in rows[0].cells}
        return [Row(row.place, {renamed[column]: cell for column, cell in row.cells.items()}) for row in rows], (
            remark,
        )
    if unknown:
        raise TableError(
            "{path}: column {name!r} says {unknown!r} ({words}), which is neither directed nor undirected; write "
            "Directed or Undirected, or call the column relation if it holds kinds of tie",
            path=path,
            name=name,
            unknown=unknown[0],
            words=words[unknown[0]],
        )
    told = []
    for row in rows:
        kind = meant.get((row.cells[name] or "").strip())
        rest = {column: cell for column, cell in row.cells.items() if column != name}
        told.append(Row(row.place, rest, kind[0] if kind else None, bool(kind and kind[1])))
    return told, ()
