"""Networks from files of researchers' own: CSV, JSON node-link, Pajek, GraphML and GEXF, as edges and actors."""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.sources.network_xml import parse_gexf, parse_graphml
from digital_diplomacy.sources.own_tables import read_text

RELATION: Final = "tie"
"""Relation of a tie whose file names none."""

_ESCAPED: Final = re.compile(r"^'(?='*[=+\-@\t\r])")
"""An apostrophe that keeps spreadsheets from computing what follows; the cell's text begins after it."""

_EDGE_NAMES: Final = {"kind": "relation", "edge": "relation"}
_ACTOR_NAMES: Final = {"id": "actor_id", "node": "actor_id", "name": "label"}

Record = Mapping[str, Any]
Parts = tuple[list[dict[str, Any]], list[dict[str, Any]], bool | None]
"""Ties, actors, and whether ties have a direction (None where a file does not say)."""


@dataclass(frozen=True)
class NetworkFile:
    """What a file holds.

    Attributes
    ----------
    edges : DataFrame
        ``source, target, relation, weight`` (float, 1 where the file has no weights) and further columns, a row per
        tie in the file's order. Ties given twice, loops and weights of 0 or less are still there.
    actors : DataFrame
        ``actor_id, type, label`` and further columns, as the file lists them; empty where it lists none.
    is_directed : bool
        Whether ``source`` and ``target`` differ in meaning.
    """

    edges: pd.DataFrame
    actors: pd.DataFrame
    is_directed: bool


def read_network(path: Path, *, nodes: Path | None = None, directed: bool | None = None) -> NetworkFile:
    """Read a network; the end of the name says the format: .csv, .json, .net, .graphml or .gexf.

    XML is read without document types and entities, so a file cannot grow in memory or fetch others.

    Parameters
    ----------
    path : Path
        The ties, and in all formats but CSV the actors too.
    nodes : Path, optional
        A CSV file of actors for ties in CSV.
    directed : bool, optional
        What the caller takes the ties for. A file that says otherwise is refused; CSV without a column ``Type`` says
        nothing and counts as directed.

    Raises
    ------
    SourceError
        If the file cannot be read, its name has another end, or its direction is not the one expected.
    TableError
        Naming the row or element that cannot be understood.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(f"{path}: unknown format {path.suffix!r}; known: {', '.join(_READERS)}")
    if nodes is not None and path.suffix.lower() != ".csv":
        raise SourceError(f"{nodes}: {path.name} lists its own actors; a file of actors goes with ties in CSV only")
    ties, actors, said = reader(read_text(path), str(path))
    listed = actors if nodes is None else _csv_records(read_text(nodes), str(nodes), _ACTOR_NAMES)
    if said is not None and directed is not None and said != directed:
        words = {True: "directed", False: "undirected"}
        raise SourceError(f"{path} says its ties are {words[said]}, {words[directed]} was expected; mend one of them")
    is_directed = said if said is not None else directed is not False
    return NetworkFile(_edges(ties, str(path)), _actors(listed, str(nodes or path)), is_directed)


def _edges(ties: Iterable[Record], where: str) -> pd.DataFrame:
    frame = pd.DataFrame(list(ties))
    for end in ("source", "target"):
        if end not in frame:
            raise TableError(f"{where}: no column or attribute {end!r}; ties need source and target")
        _refuse_empty(frame[end], end, where)
    relation = frame["relation"].where(_filled(frame["relation"]), RELATION) if "relation" in frame else RELATION
    weight = _weights(frame["weight"], where) if "weight" in frame else 1.0
    ends = {end: frame[end].astype(str) for end in ("source", "target")}
    typed = frame.assign(**ends, relation=relation, weight=weight)
    first = ["source", "target", "relation", "weight"]
    return typed[[*first, *(column for column in typed if column not in first)]]


def _filled(column: pd.Series) -> pd.Series:
    return column.notna() & (column.astype(str) != "")


def _refuse_empty(column: pd.Series, name: str, where: str) -> None:
    bare = [str(row) for row, filled in enumerate(_filled(column), start=1) if not filled]
    if bare:
        raise TableError(f"{where}: row {', '.join(bare[:10])} has no {name}; fill it in or leave the row out")


def _weights(column: pd.Series, where: str) -> pd.Series:
    numbers = pd.to_numeric(column.where(_filled(column)), errors="coerce").astype(float)
    wrong = [row for row, number in enumerate(numbers) if not math.isfinite(number)]
    if wrong:
        said = "; ".join(f"row {row + 1}: {column.iloc[row]!r}" for row in wrong[:10])
        raise TableError(f"{where}: weight is no number in {said}; give every tie a weight, or none")
    return numbers


def _actors(listed: Iterable[Record], where: str) -> pd.DataFrame:
    frame = pd.DataFrame(list(listed))
    if "label" not in frame:  # igraph and others keep it as name
        frame = frame.rename(columns={"name": "label"})
    if frame.empty:
        return pd.DataFrame({"actor_id": [], "type": [], "label": []}, dtype=str)
    if "actor_id" not in frame:
        raise TableError(f"{where}: no column 'actor_id' (or 'id'); every actor needs one")
    _refuse_empty(frame["actor_id"], "actor_id", where)
    names = frame["actor_id"].astype(str)
    label = frame["label"].where(_filled(frame["label"]), names) if "label" in frame else names
    kind = frame["type"].where(_filled(frame["type"]), "") if "type" in frame else ""
    typed = frame.assign(actor_id=names, label=label.astype(str), type=kind)
    first = ["actor_id", "type", "label"]
    return typed[[*first, *(column for column in typed if column not in first)]]


def _csv_records(text: str, where: str, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows as dictionaries; column names in small letters, empty cells None."""
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError) as error:
        raise TableError(f"{where}: not a table of comma-separated values ({error or 'it is empty'})") from error
    if len(header) == 1 and ";" in header[0]:
        raise TableError(f"{where}: cells are separated by semicolons; save the file with commas")
    columns = [names.get(name.strip().lower(), name.strip().lower()) for name in header]
    if len(set(columns)) < len(columns):
        raise TableError(f"{where}: two columns mean the same among {', '.join(header)}; keep one")
    if not rows:
        raise TableError(f"{where}: the table has no rows")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise TableError(f"{where}: row {number} has {len(row)} cells, the header {len(columns)}")
    return [{column: _ESCAPED.sub("", cell) or None for column, cell in zip(columns, row, strict=True)} for row in rows]


def _read_csv(text: str, where: str) -> Parts:
    ties = _csv_records(text, where, _EDGE_NAMES)
    said = {str(tie.get("type") or "").lower() for tie in ties}
    if not said <= {"directed", "undirected"}:
        return ties, [], None
    if len(said) > 1:
        raise TableError(f"{where}: some ties are directed and some are not; keep one kind")
    return [{name: cell for name, cell in tie.items() if name != "type"} for tie in ties], [], said == {"directed"}


def _read_json(text: str, where: str) -> Parts:
    try:
        content = json.loads(text)
        listed = content["nodes"]
        ties = content["edges"] if "edges" in content else content["links"]
        actors = [{_ACTOR_NAMES.get(name, name): value for name, value in node.items()} for node in listed]
        return [dict(tie) for tie in ties], actors, bool(content.get("directed", True))
    except json.JSONDecodeError as error:
        raise TableError(f"{where}, line {error.lineno}: not valid JSON ({error.msg})") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise TableError(
            f"{where}: not node-link JSON ({type(error).__name__}: {error}); 'nodes' with 'id' and 'edges' or 'links' "
            "with 'source' and 'target' are expected"
        ) from error


_TOKEN: Final = re.compile(r'"([^"]*)"|(\S+)')
_SECTION: Final = re.compile(r"\*\s*(\w+)(?:\s*:\s*\d+)?\s*(?:\"([^\"]*)\")?")


def _read_pajek(text: str, where: str) -> Parts:
    names: dict[str, str] = {}
    ties: list[dict[str, Any]] = []
    kinds: set[bool] = set()
    section, relation = "", RELATION
    for number, line in enumerate(text.splitlines(), start=1):
        tokens = [quoted or bare for quoted, bare in _TOKEN.findall(line)]
        if not tokens or line.startswith("%"):
            continue
        if opened := _SECTION.match(line.strip()):
            section, relation = opened[1].lower(), opened[2] or RELATION
        elif section == "vertices":
            names[tokens[0]] = tokens[1] if len(tokens) > 1 else tokens[0]
        elif section in ("arcs", "edges"):
            ties.append(_pajek_tie(tokens, names, relation, f"{where}, line {number}"))
            kinds.add(section == "arcs")
        elif section != "network":
            raise TableError(f"{where}, line {number}: section {section!r} is not understood; *Arcs and *Edges are")
    if len(kinds) > 1:
        raise TableError(f"{where}: *Arcs and *Edges in one file; write each undirected tie as two arcs")
    return ties, [{"actor_id": name} for name in names.values()], kinds != {False}


def _pajek_tie(tokens: list[str], names: Mapping[str, str], relation: str, where: str) -> dict[str, Any]:
    if len(tokens) < 2 or not {*tokens[:2]} <= names.keys():
        raise TableError(f"{where}: {' '.join(tokens[:2])!r} are not numbers of two *Vertices")
    weight = tokens[2] if len(tokens) > 2 else "1"
    label = tokens[tokens.index("l", 3) + 1] if "l" in tokens[3:-1] else relation
    return {"source": names[tokens[0]], "target": names[tokens[1]], "relation": label, "weight": weight}


_READERS: Final[Mapping[str, Callable[[str, str], Parts]]] = {
    ".csv": _read_csv,
    ".json": _read_json,
    ".net": _read_pajek,
    ".graphml": parse_graphml,
    ".gexf": parse_gexf,
}
