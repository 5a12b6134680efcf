"""Networks of every format in one shape: identifiers, relations, weights and directions, checked row by row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy.errors import SourceError, TableError, joined, said
from digital_diplomacy.sources.doubtful_names import doubtful_names
from digital_diplomacy.sources.identifiers import normal_form, plain_text, refuse_twins, refuse_unwritable
from digital_diplomacy.sources.network_files.dl import parse_dl
from digital_diplomacy.sources.network_files.gdf import parse_gdf
from digital_diplomacy.sources.network_files.gexf import parse_gexf
from digital_diplomacy.sources.network_files.gml import parse_gml
from digital_diplomacy.sources.network_files.graphml import parse_graphml
from digital_diplomacy.sources.network_files.model import ACTOR, PERIOD, TIE, Parts, Reader, Row
from digital_diplomacy.sources.network_files.node_link import parse_node_link
from digital_diplomacy.sources.network_files.pajek import parse_pajek
from digital_diplomacy.sources.network_files.tables import read_actors, read_ties
from digital_diplomacy.sources.numbers import has_decimal_commas, numbers
from digital_diplomacy.sources.remarks import Remark, listed, listed_places
from digital_diplomacy.sources.texts import read_content
from digital_diplomacy.sources.workbooks import is_workbook

RELATION: Final = "tie"
"""Relation of a tie whose file names none."""

_ALIASES: Final = {"id": "actor_id", "node": "actor_id", "name": "label"}
_TIE_ALIASES: Final = {"kind": "relation", "edge": "relation", "from": "source", "to": "target"}
_LEAST_JOINED: Final = 6  # ties: of fewer any attribute of two values may happen to tell the ends of each apart
_EXACT: Final = 2**53  # whole numbers beyond it lose digits as floating-point numbers

_READERS: Final[Mapping[str, Reader]] = {
    ".json": parse_node_link,
    ".net": parse_pajek,
    ".graphml": parse_graphml,
    ".gexf": parse_gexf,
    ".gdf": parse_gdf,
    ".gml": parse_gml,
    ".dl": parse_dl,
}
_TABLES: Final = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".dta", ".parquet")
_BEGINNINGS: Final = {
    ".dl": re.compile(r"\s*dl\s+(?:n[rcm]?\s*=|format\s*=)", re.IGNORECASE),
    ".net": re.compile(r"\s*\*(?:network|vertices)\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class NetworkFile:
    """What a file holds.

    Attributes
    ----------
    edges : DataFrame
        ``source, target, relation, weight`` (float, 1 where the file has no weights) and further columns, a row per
        tie in the file's order; ``period`` among them where the format gives ties times. Ties given twice, loops and
        weights of 0 or less are still there. Where some ties have a direction and some not, each of the latter stands
        twice, one either way.
    actors : DataFrame
        ``actor_id, type, label`` and further columns, as the file lists them; empty where it lists none.
    is_directed : bool
        Whether ``source`` and ``target`` differ in meaning.
    remarks : tuple of Remark
        What was assumed, and what of the file is not in the two frames.
    places : tuple of str
        Where each row of ``edges`` stands in the file, as ``line 5``.
    undirected : int
        Ties without a direction that stand twice beside ties with one: the file does not say that they are returned.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "ties.csv"
    >>> pd.DataFrame({"source": ["mfa", "tv"], "target": ["tv", "mfa"], "weight": [2, 1]}).to_csv(path, index=False)
    >>> found = sources.read_network(path, directed=True)
    >>> len(found.edges), len(found.actors), found.is_directed, found.remarks
    (2, 0, True, ())
    >>> folder.cleanup()
    """

    edges: pd.DataFrame
    actors: pd.DataFrame
    is_directed: bool
    remarks: tuple[Remark, ...] = ()
    places: tuple[str, ...] = ()
    undirected: int = 0


def read_network(path: Path | str, *, nodes: Path | str | None = None, directed: bool | None = None) -> NetworkFile:
    """Read a network; the end of the name says the format.

    Tables (``.csv, .tsv, .txt, .xlsx``: ``source``, ``target`` and more), JSON node-link, Pajek (``.net``), GraphML,
    GEXF, GDF, GML and UCINET (``.dl``). Names of columns and attributes count in any case; columns without a meaning
    here are kept. XML is read without document types and entities, so a file cannot grow in memory or fetch others.

    Parameters
    ----------
    path : Path or str
        The ties, and in all formats but tables the actors too.
    nodes : Path or str, optional
        A table of actors for ties in a table.
    directed : bool, optional
        What the caller takes the ties for. A file that says otherwise is refused; one that says nothing counts as
        directed.

    Raises
    ------
    SourceError
        If the file cannot be read, its name has another end, or its direction is not the one expected.
    TableError
        Naming the row or element that cannot be understood, or two identifiers that differ in form only.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> ties, actors = Path(folder.name) / "ties.csv", Path(folder.name) / "actors.csv"
    >>> pd.DataFrame({"Source": ["mfa", "press"], "Target": ["press", "mfa"]}).to_csv(ties, index=False)
    >>> pd.DataFrame({"actor_id": ["mfa", "press"], "type": ["state", "media"]}).to_csv(actors, index=False)
    >>> found = sources.read_network(ties, nodes=actors, directed=True)
    >>> found.edges[["source", "target", "weight"]]  # 1 where the file has no weights
      source target  weight
    0    mfa  press     1.0
    1  press    mfa     1.0
    >>> found.actors["type"].tolist()
    ['state', 'media']
    >>> folder.cleanup()
    """
    ties_at, actors_at = Path(path), None if nodes is None else Path(nodes)
    parts = _parts(ties_at, actors_at)
    if not parts.ties:
        raise TableError("{ties_at}: the network has no ties; a network needs at least one", ties_at=ties_at)
    parts = replace(parts, ties=_named(parts.ties, (*TIE, PERIOD), _TIE_ALIASES, str(ties_at)))
    ties, is_directed, undirected, remarks = _directions(parts, ties_at, directed)
    entries = [(plain_text(row.cells[end]), row.place) for row in parts.ties for end in TIE[:2] if _filled(row, end)]
    actors = _named(parts.actors, ACTOR, _ALIASES, str(actors_at or ties_at))
    start = f"{actors_at.name}, " if actors_at else ""
    entries += [(plain_text(row.cells["actor_id"]), start + row.place) for row in actors if _filled(row, "actor_id")]
    refuse_twins(entries, str(ties_at))
    edges, more = _edges(ties, ties_at)
    listed_actors = _actors(actors, str(actors_at or ties_at))
    if not is_directed and (modes := _modes(listed_actors, edges)):
        listed_actors = listed_actors.assign(type=listed_actors["actor_id"].map(modes).fillna(""))
        of = dict(zip(("first", "second"), sorted(set(modes.values())), strict=True))
        more = (*more, Remark("modes_by", {"file": ties_at.name} | of))
    further = [name for name in edges if name not in (*TIE, PERIOD)]
    more = (*more, *doubtful_names(dict.fromkeys(normal_form(name) for name, _ in entries), ties_at.name))
    kept = (Remark("kept", {"file": ties_at.name, "columns": listed(further)}),) if further else ()
    is_timed = PERIOD in edges and len(edges[PERIOD].dropna().unique()) > 1
    times = (Remark("periods", {"file": ties_at.name}),) if is_timed else ()
    said = (*parts.remarks, *remarks, *more, *kept, *(remark for remark in times if remark not in parts.remarks))
    return NetworkFile(edges, listed_actors, is_directed, said, tuple(row.place for row in ties), undirected)


def _suffix(path: Path) -> str:
    """The ending that names the format; files of UCINET and Pajek are often called ``.txt`` and begin as theirs do."""
    suffix = path.suffix.lower()
    if suffix != ".txt" or not path.is_file() or is_workbook(path):
        return suffix
    text = read_content(path).text
    return next((one for one, begins in _BEGINNINGS.items() if begins.match(text)), suffix)


def _parts(path: Path, nodes: Path | None) -> Parts:
    suffix = _suffix(path)
    if suffix not in (*_READERS, *_TABLES):
        known = ", ".join((*_TABLES, *_READERS))
        raise SourceError(
            "{path}: unknown format {suffix!r}; known: {known}. Most programs export GraphML, GEXF or a table with the "
            "columns source and target",
            path=path,
            suffix=path.suffix,
            known=known,
        )
    content = None if suffix in _TABLES or is_workbook(path) else read_content(path)
    if content is None or (suffix == ".json" and content.text.lstrip().startswith("[")):  # a list of ties is a table
        found = read_ties(path, has_nodes=nodes is not None)
        if nodes is None:
            return found
        listed_actors, remarks = read_actors(nodes)
        return Parts(found.ties, listed_actors, found.is_directed, (*found.remarks, *remarks))
    if nodes is not None:
        raise SourceError(
            "{nodes}: {name} lists its own actors; a file of actors goes with ties in a table only",
            nodes=nodes,
            name=path.name,
        )
    try:
        found = _READERS[suffix](content.text, str(path), path.name)
    except RecursionError as error:
        raise TableError("{path}: nested too deeply to be a network", path=path) from error
    return Parts(found.ties, found.actors, found.is_directed, (*content.remarks, *found.remarks))


def _directions(parts: Parts, path: Path, expected: bool | None) -> tuple[list[Row], bool, int, tuple[Remark, ...]]:
    """The ties, those without a direction beside ones with it doubled; whether they are directed, and how many not."""
    stated = {row.is_directed for row in parts.ties} - {None}
    default = parts.is_directed if parts.is_directed is not None else next(iter(stated)) if len(stated) == 1 else None
    kinds = {default if row.is_directed is None else row.is_directed for row in parts.ties} - {None}
    if kinds and expected is not None and kinds != {expected}:
        words = {True: said("directed"), False: said("undirected")}
        found = joined((words[kind] for kind in (True, False) if kind in kinds), " + ")
        raise SourceError(
            "{path} says its ties are {found}, {words} was expected; mend one of them",
            path=path,
            found=found,
            words=words[expected],
        )
    if kinds == {False}:
        return list(parts.ties), False, 0, ()
    if not kinds:
        return list(parts.ties), expected is not False, 0, ()
    ties: list[Row] = []
    doubled = undirected = 0
    for row in parts.ties:
        ties.append(row)
        is_bare = (default if row.is_directed is None else row.is_directed) is False
        if row.is_mutual or is_bare:
            doubled += 1
            undirected += is_bare
            if row.cells.get("source") != row.cells.get("target"):
                turned = {"source": row.cells.get("target"), "target": row.cells.get("source")}
                ties.append(Row(row.place, {**row.cells, **turned}))
    remark = Remark("both_ways", {"file": path.name, "count": str(doubled)})
    return ties, True, undirected, (remark,) if doubled else ()


def _named(rows: Sequence[Row], meanings: Sequence[str], aliases: Mapping[str, str], where: str) -> list[Row]:
    """The rows by the names used here.

    A column has its meaning by its exact name, else by its name in another case, else by another word for it; what
    gives way to a better name is kept as it is.
    """
    names = list(dict.fromkeys(name for row in rows for name, value in row.cells.items() if _is_filled(value)))
    words = {name: normal_form(name).casefold() for name in names}
    chosen: dict[str, str] = {}
    for meaning in meanings:
        cased = [name for name in names if words[name] == meaning]
        others = [name for word, means in aliases.items() if means == meaning for name in names if words[name] == word]
        if meaning in names:
            chosen[meaning] = meaning
        elif len(cased) > 1:
            raise TableError(
                "{where}: {cased} differ in capital letters only; keep one, or call it {meaning}",
                where=where,
                cased=", ".join(cased),
                meaning=meaning,
            )
        elif free := [name for name in (*cased, *others) if name not in chosen]:
            chosen[free[0]] = meaning
    columns = {name: chosen.get(name, normal_form(name) or "unnamed") for name in names}
    refuse_twins(((name, "a column") for name in names if normal_form(name)), where)
    return [
        replace(row, cells={columns[name]: value for name, value in row.cells.items() if _is_filled(value)})
        for row in rows
    ]


def _is_filled(value: object) -> bool:
    return not (value is None or value == "" or (isinstance(value, float) and value != value))


def _filled(row: Row, name: str) -> bool:
    return _is_filled(row.cells.get(name))


def _frame(rows: Sequence[Row], first: Sequence[str], where: str) -> pd.DataFrame:
    """Cells as objects: a column with gaps must not turn whole numbers into others."""
    names = dict[str, None]()
    for row in rows:
        for name, value in row.cells.items():
            if isinstance(value, str) and not value.isprintable():
                refuse_unwritable(value, f"{row.place}, {name}", where)
            if name not in names:
                refuse_unwritable(name, row.place, where)
                names[name] = None
    columns = [*first, *(name for name in names if name not in first)]
    cells = {name: pd.Series([row.cells.get(name) for row in rows], dtype=object) for name in columns}
    return pd.DataFrame(cells)


def _edges(ties: Sequence[Row], path: Path) -> tuple[pd.DataFrame, tuple[Remark, ...]]:
    where = str(path)
    frame = _frame(ties, TIE, where)
    for end in TIE[:2]:
        _refuse_empty(ties, end, where)
        frame[end] = _identifiers(ties, end, where)
    relations = _identifiers(ties, "relation", where, twins=True)
    frame["relation"] = relations.where(relations != "", RELATION)
    if PERIOD in frame:
        periods = _identifiers(ties, PERIOD, where, twins=True).astype(object)
        frame[PERIOD] = periods.where(periods != "", None)
    frame["weight"], remarks = _weights(ties, path)
    return frame, remarks


def _identifiers(rows: Sequence[Row], name: str, where: str, *, twins: bool = False) -> pd.Series:
    cells = [plain_text(row.cells[name]) if name in row.cells else "" for row in rows]
    if twins:
        refuse_twins(((cell, row.place) for cell, row in zip(cells, rows, strict=True) if cell), where)
    return pd.Series([normal_form(cell) for cell in cells], dtype=str)


def _refuse_empty(rows: Sequence[Row], name: str, where: str) -> None:
    bare = [row.place for row in rows if not normal_form(plain_text(row.cells.get(name, "")))]
    if bare:
        raise TableError(
            "{where}: {bare}: no {name}; fill it in or leave it out", where=where, bare=listed(bare), name=name
        )


def _weights(rows: Sequence[Row], path: Path) -> tuple[pd.Series, tuple[Remark, ...]]:
    if not any("weight" in row.cells for row in rows):
        return pd.Series([1.0] * len(rows), dtype=float), ()
    empty = [row.place for row in rows if "weight" not in row.cells]
    if empty:
        raise TableError(
            "{path}: weight is empty in {empty}; give every tie a weight, or none", path=path, empty=listed(empty)
        )
    cells = [row.cells["weight"] for row in rows]
    found = numbers(cells)
    if None in found:  # marks of decimals are read for all cells at once: told is the one that is no number by itself
        alone = [number if numbers([cell])[0] is None else 0.0 for cell, number in zip(cells, found, strict=True)]
        found = alone if None in alone else found
    for row, cell, number in zip(rows, cells, found, strict=True):
        if number is None:
            raise TableError(
                "{path}: weight is no number in {place}: {cell!r}; write it with a decimal point, or leave weights "
                "out of the file",
                path=path,
                place=row.place,
                cell=plain_text(cell),
            )
        if abs(number) > _EXACT:
            raise TableError(
                "{path}: weight {cell} in {place} has more digits than are counted; it looks like an identifier, so "
                "give the column another name",
                path=path,
                cell=plain_text(cell),
                place=row.place,
            )
    remark = Remark(
        "decimal_commas",
        {
            "file": path.name,
            "column": "weight",
            "cells": listed_places(
                (row.place, cell) for row, cell in zip(rows, cells, strict=True) if "," in str(cell)
            ),
        },
    )
    return pd.Series(found, dtype=float), (remark,) if has_decimal_commas(cells) else ()


def _modes(actors: pd.DataFrame, edges: pd.DataFrame) -> dict[str, str]:
    """Kinds of actors by an attribute of two values that every tie joins, where no type is given; else nothing.

    networkx calls such an attribute ``bipartite`` and fills it with 0 and 1; others call it what they like.
    """
    if len(edges) < _LEAST_JOINED or (actors["type"] != "").any():
        return {}
    for name in actors.columns.drop(list(ACTOR)):
        cells = [plain_text(value) if _is_filled(value) else "" for value in actors[name]]
        kinds = sorted(set(cells) - {""})
        of = dict(zip(actors["actor_id"], cells, strict=True))
        ends = [edges[end].map(of).fillna("") for end in TIE[:2]]
        if len(kinds) == 2 and not any((end == "").any() for end in ends) and (ends[0] != ends[1]).all():
            return {actor: f"{name} {kind}" for actor, kind in of.items() if kind}
    return {}


def _actors(rows: Sequence[Row], where: str) -> pd.DataFrame:
    if not rows:
        return pd.DataFrame({name: [] for name in ACTOR}, dtype=str)
    _refuse_empty(rows, "actor_id", where)
    frame = _frame(rows, ACTOR, where)
    names = _identifiers(rows, "actor_id", where)
    labels = pd.Series([plain_text(row.cells.get("label", "")) for row in rows], dtype=str)
    return frame.assign(
        actor_id=names,
        label=labels.where(labels.str.strip() != "", names),
        type=_identifiers(rows, "type", where, twins=True),
    )
