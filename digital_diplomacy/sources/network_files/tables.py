"""Ties and actors in tables: CSV and its relatives, and Excel workbooks."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.grids import Grid, read_grid
from digital_diplomacy.sources.network_files.matrix import read_matrix
from digital_diplomacy.sources.network_files.model import Parts, Row, direction, left_out, truth
from digital_diplomacy.sources.remarks import Remark, listed

_DIRECTIONS = 2  # more words than these in a column of types are kinds of tie

_TIE_WORDS = {
    "source": ("from", "sender", "источник", "откуда", "отправитель", "қайдан", "жіберуші"),
    "target": ("to", "receiver", "recipient", "цель", "куда", "получатель", "қайда", "алушы"),
    "weight": ("вес", "салмақ", "салмағы"),
    "relation": ("отношение", "қатынас"),
}
"""What people call columns of ties; read with a word to the user, and only where no column bears the name itself."""


def read_ties(path: Path) -> Parts:
    """Ties of a table with ``source`` and ``target``, whose ``Type`` may say their direction; or of a square one."""
    wanted = [(name, *_TIE_WORDS[name]) for name in ("source", "target")]
    grid = read_grid(path, wanted)
    there = {name.strip().casefold() for name in grid.header}
    absent = [(words[0],) for words in wanted if there.isdisjoint(words)]
    if absent and (matrix := read_matrix(grid, path)):
        return matrix
    grid.refuse_without(absent, str(path))
    rows, remarks = _rows(grid, path)
    rows, renamed = _named_here(rows, grid.header, path)
    remarks = (*remarks, *renamed)
    kinds = [name for name in grid.header if name.casefold() in ("type", "directed")]
    for name in kinds:
        rows, said = _directed(rows, name, path)
        remarks = (*remarks, *said)
    return Parts(rows, [], None, remarks)


def _named_here(rows: list[Row], header: Sequence[str], path: Path) -> tuple[list[Row], list[Remark]]:
    """The rows with columns of ties called as here, and what was renamed."""
    folded = {name.strip().casefold(): name for name in reversed(header)}
    found = {
        name: next((folded[word] for word in words if word in folded), "")
        for name, words in _TIE_WORDS.items()
        if name not in folded
    }
    renamed = {column: name for name, column in found.items() if column}
    named = [
        replace(row, cells={renamed.get(column, column): value for column, value in row.cells.items()}) for row in rows
    ]
    told = {column: {"file": path.name, "column": column, "name": name} for column, name in renamed.items()}
    return named, [Remark("renamed", words) for words in told.values()]


def read_actors(path: Path) -> tuple[list[Row], tuple[Remark, ...]]:
    """Actors of a table with ``actor_id``, ``id`` or ``node``."""
    wanted = (("actor_id", "id", "node"),)
    grid = read_grid(path, wanted)
    grid.refuse_without(wanted, str(path))
    return _rows(grid, path)


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
