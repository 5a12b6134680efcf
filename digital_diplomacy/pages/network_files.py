"""Networks written for other programs: CSV, JSON node-link, Pajek, GraphML, and GEXF for Gephi.

References
----------
Brandes, U., Eiglsperger, M., Herman, I., Himsolt, M., Marshall, M. S. (2002). GraphML progress report: structural
layer proposal. Graph Drawing, LNCS 2265, 501-512.
GEXF 1.3 primer, Gephi consortium, https://gexf.net.
Batagelj, V., Mrvar, A. Pajek reference manual, http://mrvar.fdv.uni-lj.si/pajek.
"""

import json
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy.errors import TableError

_TIE: Final = ("source", "target", "relation", "weight")

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""

_QUOTED: Final = re.compile(r'[",\r\n]|^\s|\s$')
_ENTITY: Final = re.compile(r"&(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp);)")
_SPACES: Final = re.compile(r"[^\S ]|^ | $")

_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_GEXF: Final = "http://gexf.net/1.3"
_LONG: Final = 2**63  # whole numbers of XML formats have 64 bits


def write_network(
    edges: pd.DataFrame, actors: pd.DataFrame, folder: Path | str, *, directed: bool = True
) -> list[Path]:
    """Write a network in every format, ``network.*`` and ``network_actors.csv``.

    Parameters
    ----------
    edges : DataFrame
        ``source, target, relation, weight`` and further columns of text or numbers; missing cells are left out.
    actors : DataFrame
        ``actor_id`` (unique), ``type``, ``label`` and further columns, for every actor of the edges. Columns ``x``,
        ``y`` and ``size`` also place the actor in Gephi.
    folder : Path or str
        Exists; files of these names are replaced.
    directed : bool
        Whether source and target differ in meaning.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    TableError
        If an edge names an actor that is not listed, or a text holds a character that XML cannot.

    Notes
    -----
    Identifiers are the same in every file. Pajek has a place for names, relations and weights alone; types stand in
    ``network.clu``, and characters that would end a name are written as ``&#34;``. A further column that some format
    reserves is written under another name: ``id`` as ``id_attribute``.
    """
    unknown = sorted({*edges["source"], *edges["target"]} - set(actors["actor_id"]))
    if unknown:
        raise TableError(f"no actor is listed for {', '.join(unknown[:10])}; list every end of the edges")
    _refuse_controls(edges, actors)
    edges = _beside(edges, ("id", "type", "kind", "edge", "directed"))
    actors = _beside(actors, ("id", "node", "name"))
    written = []
    for name, compose in _WRITERS.items():
        path = Path(folder) / name
        path.write_text(compose(edges, actors, directed), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def with_columns(
    ties: pd.DataFrame, rows: pd.DataFrame, *, directed: bool = True, reverse: bool = False
) -> tuple[pd.DataFrame, list[str]]:
    """Measured ties with the further columns of the rows they come from; an undirected tie once, as the file has it.

    Parameters
    ----------
    ties : DataFrame
        ``source, target, relation, weight``; if not ``directed``, each tie in both directions.
    rows : DataFrame
        The same and further columns, a row per statement of a tie.
    directed, reverse : bool
        How the ties were taken from the rows: each both ways, or turned round.

    Returns
    -------
    frame : DataFrame
        The ties, sorted as given, with every column of the rows.
    differing : list of str
        Columns that are empty in some tie because the rows that state it disagree.

    Examples
    --------
    >>> rows = pd.DataFrame({"source": ["b"], "target": ["a"], "relation": ["r"], "weight": [1.0], "since": [2019]})
    >>> both = pd.concat([rows, rows.rename(columns={"source": "target", "target": "source"})])
    >>> with_columns(both[list(_TIE)], rows, directed=False)[0].to_dict("records")
    [{'source': 'b', 'target': 'a', 'relation': 'r', 'weight': 1.0, 'since': 2019}]
    """
    ends = ("target", "source") if reverse else ("source", "target")
    stated: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in _rows(rows):
        stated.setdefault(_key(row[ends[0]], row[ends[1]], row["relation"], directed=directed), []).append(row)
    further = [str(column) for column in rows if column not in _TIE]
    written: dict[tuple[str, str, str], dict[str, Any]] = {}
    differing: dict[str, None] = {}
    for source, target, relation, weight in ties[list(_TIE)].itertuples(index=False, name=None):
        key = _key(source, target, relation, directed=directed)
        if key in written:
            continue
        known = stated[key]
        first = {"source": known[0][ends[0]], "target": known[0][ends[1]], "relation": relation, "weight": weight}
        for column in further:
            values = list({repr(row.get(column)): row.get(column) for row in known}.values())
            first[column] = values[0] if len(values) == 1 else None
            differing |= {column: None} if len(values) > 1 else {}
        written[key] = first
    columns = [*_TIE, *further]
    cells = {name: [row[name] for row in written.values()] for name in columns}
    frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in cells.items()})
    return frame.astype({"weight": float}), list(differing)


def _key(source: str, target: str, relation: str, *, directed: bool) -> tuple[str, str, str]:
    return (source, target, relation) if directed or source < target else (target, source, relation)


def _beside(frame: pd.DataFrame, taken: tuple[str, ...]) -> pd.DataFrame:
    """The frame with columns renamed that readers of some format would take for the actor, its label or the tie."""
    names = [str(column) for column in frame]
    renamed: dict[str, str] = {}
    for column in names:
        free = f"{column}_attribute"
        while free in names or free in renamed.values():
            free += "_"
        if column.lower() in taken:
            renamed[column] = free
    return frame.rename(columns=renamed)


def _refuse_controls(*frames: pd.DataFrame) -> None:
    for frame in frames:
        for column in frame:
            if _CONTROL.search(str(column)):
                raise TableError(f"column {column!r} holds a control character; remove it")
        for column in frame.select_dtypes(exclude="number"):
            for row, text in enumerate(frame[column], start=1):
                if isinstance(text, str) and _CONTROL.search(text):
                    raise TableError(f"row {row}, column {column!r}: {text!r} holds a control character; remove it")


def _column(cells: pd.Series) -> list[Any]:
    """The cells as Python's own values, None where they hold nothing."""
    values = [value.item() if hasattr(value, "item") else value for value in cells.tolist()]
    return [None if _is_missing(value) else value for value in values]


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value))


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Of every row the cells that hold something."""
    names = [str(column) for column in frame]
    columns = [_column(frame.iloc[:, place]) for place in range(len(names))]
    for cells in zip(*columns, strict=True):
        yield {name: value for name, value in zip(names, cells, strict=True) if value is not None}


def _csv(frame: pd.DataFrame) -> str:
    """Quoted by hand: the csv module leaves a carriage return bare, and readers take it for the end of a line."""
    columns = [str(column) for column in frame]
    lines = [columns, *([_written(row[name]) if name in row else "" for name in columns] for row in _rows(frame))]
    return "".join(",".join(map(_cell, line)) + "\n" for line in lines)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _edges_csv(edges: pd.DataFrame, _actors: pd.DataFrame, directed: bool) -> str:
    return _csv(edges.assign(type="Directed" if directed else "Undirected"))


def _actors_csv(_edges: pd.DataFrame, actors: pd.DataFrame, _directed: bool) -> str:
    return _csv(actors)


def _json(edges: pd.DataFrame, actors: pd.DataFrame, directed: bool) -> str:
    nodes = [{"id": row.pop("actor_id"), **row} for row in _rows(actors)]
    content = {"directed": directed, "multigraph": True, "graph": {}, "nodes": nodes, "edges": list(_rows(edges))}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _pajek(edges: pd.DataFrame, actors: pd.DataFrame, directed: bool) -> str:
    numbers = {name: number for number, name in enumerate(actors["actor_id"], start=1)}
    vertices = [f"{number} {_quoted(name)}" for name, number in numbers.items()]
    # A line's label carries the relation: several sections of relations are read by Pajek alone.
    ties = [
        f"{numbers[source]} {numbers[target]} {float(weight)!r} l {_quoted(relation)}"
        for source, target, relation, weight in zip(*(edges[column].tolist() for column in _TIE), strict=True)
    ]
    return "\n".join([f"*Vertices {len(actors)}", *vertices, "*Arcs" if directed else "*Edges", *ties]) + "\n"


def _quoted(name: object) -> str:
    """A name in quotation marks; what would end it, or be taken for such a sign, as the sign's number."""
    text = _ENTITY.sub("&amp;", str(name)).replace('"', "&#34;")
    return '"' + _SPACES.sub(lambda found: f"&#{ord(found[0])};", text) + '"'


def _partition(_edges: pd.DataFrame, actors: pd.DataFrame, _directed: bool) -> str:
    """Types of actor as a Pajek partition: a number per actor, in the order of their names."""
    types = sorted(set(actors["type"]))
    legend = [f"% {number} {' '.join(name.split())}" for number, name in enumerate(types, start=1)]
    return (
        "\n".join([*legend, f"*Vertices {len(actors)}", *(str(types.index(kind) + 1) for kind in actors["type"])])
        + "\n"
    )


def _document(lines: Iterator[str]) -> str:
    """Lines of XML; written by hand, since of a large network every tie would be several objects."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n"


def _element(depth: int, name: str, attributes: Mapping[str, Any], content: str | None = None) -> str:
    """One element on a line: empty, or around ``content``; ``None`` leaves it open."""
    opened = f"{' ' * depth}<{name}" + "".join(f' {key}="{_quote(str(value))}"' for key, value in attributes.items())
    if content is None:
        return f"{opened}>"
    return f"{opened}>{content}</{name}>" if content else f"{opened} />"


def _escape(text: str) -> str:
    # A bare carriage return would be read as a line feed.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quote(text: str) -> str:
    return _escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#09;")


def _kinds(frame: pd.DataFrame, left_out: Collection[str]) -> dict[str, str]:
    """Columns to be declared, with their type in XML."""
    columns = [str(column) for column in frame if str(column) not in left_out]
    return {column: _kind(frame[column]) for column in columns}


def _kind(cells: pd.Series) -> str:
    filled = [value for value in cells.tolist() if not _is_missing(value)]
    if not filled:
        return "double" if pd.api.types.is_numeric_dtype(cells) else "string"
    if all(isinstance(value, bool) for value in filled):
        return "boolean"
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in filled):
        return "string"
    if all(isinstance(value, int) for value in filled):
        return "long" if all(abs(value) < _LONG for value in filled) else "string"
    return "double"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, int | float) else str(value)


def _graphml(edges: pd.DataFrame, actors: pd.DataFrame, directed: bool) -> str:
    return _document(_graphml_lines(edges, actors, directed))


def _graphml_lines(edges: pd.DataFrame, actors: pd.DataFrame, directed: bool) -> Iterator[str]:
    place = f"{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd"
    yield _element(0, "graphml", {"xmlns": _GRAPHML, "xmlns:xsi": _XSI, "xsi:schemaLocation": place})
    keys: dict[str, dict[str, str]] = {}
    for domain, columns in {
        "node": _kinds(actors, ["actor_id"]),
        "edge": _kinds(edges.assign(weight=edges["weight"].astype(float)), ["source", "target"]),
    }.items():
        keys[domain] = {column: f"{domain}_{number}" for number, column in enumerate(columns)}
        for column, kind in columns.items():
            declared = {"id": keys[domain][column], "for": domain, "attr.name": column, "attr.type": kind}
            yield _element(1, "key", declared, "")
    yield _element(1, "graph", {"edgedefault": "directed" if directed else "undirected"})
    for row in _rows(actors):
        yield from _data("node", {"id": row.pop("actor_id")}, row, keys["node"])
    for number, row in enumerate(_rows(edges)):
        ends = {"id": f"e{number}", "source": row.pop("source"), "target": row.pop("target")}
        yield from _data("edge", ends, row, keys["edge"])
    yield from (" </graph>", "</graphml>")


def _data(name: str, ends: Mapping[str, Any], values: Mapping[str, Any], keys: Mapping[str, str]) -> Iterator[str]:
    if not values:
        yield _element(2, name, ends, "")
        return
    yield _element(2, name, ends)
    for column, value in values.items():
        yield f'   <data key="{keys[column]}">{_escape(_written(value))}</data>'
    yield f"  </{name}>"


def _gexf(edges: pd.DataFrame, actors: pd.DataFrame, directed: bool) -> str:
    return _document(_gexf_lines(edges, actors, directed))


def _gexf_lines(edges: pd.DataFrame, actors: pd.DataFrame, directed: bool) -> Iterator[str]:
    yield _element(0, "gexf", {"xmlns": _GEXF, "xmlns:viz": f"{_GEXF}/viz", "version": "1.3"})
    yield _element(1, "graph", {"mode": "static", "defaultedgetype": "directed" if directed else "undirected"})
    placed = [axis for axis in ("x", "y", "size") if axis in actors and _kind(actors[axis]) in ("double", "long")]
    yield from _declared("node", _kinds(actors, ["actor_id", "label", *placed]))
    # The relation stands twice: as kind, which tells parallel edges apart, and as a column for programs without kinds.
    yield from _declared("edge", _kinds(edges, ["source", "target", "weight"]))
    yield "  <nodes>"
    for row in _rows(actors):
        name = row.pop("actor_id")
        yield _element(3, "node", {"id": name, "label": str(row.pop("label", name))})
        place: dict[str, Any] = {axis: row.pop(axis) for axis in placed if axis in row}
        yield from _values(row)
        yield from _place(place)
        yield "   </node>"
    yield from ("  </nodes>", "  <edges>")
    for number, row in enumerate(_rows(edges)):
        ends = {"id": str(number), "source": row.pop("source"), "target": row.pop("target")}
        said = {"kind": row["relation"], "weight": _written(float(row.pop("weight")))}
        yield _element(3, "edge", ends | said)
        yield from _values(row)
        yield "   </edge>"
    yield from ("  </edges>", " </graph>", "</gexf>")


def _declared(domain: str, columns: Mapping[str, str]) -> Iterator[str]:
    if not columns:
        yield _element(2, "attributes", {"class": domain}, "")
        return
    yield _element(2, "attributes", {"class": domain})
    for column, kind in columns.items():
        yield _element(3, "attribute", {"id": column, "title": column, "type": kind}, "")
    yield "  </attributes>"


def _values(values: Mapping[str, Any]) -> Iterator[str]:
    if not values:
        yield "    <attvalues />"
        return
    yield "    <attvalues>"
    for column, value in values.items():
        yield f'     <attvalue for="{_quote(column)}" value="{_quote(_written(value))}" />'
    yield "    </attvalues>"


def _place(place: Mapping[str, Any]) -> Iterator[str]:
    if "x" in place or "y" in place:
        marks = {axis: _written(place[axis]) for axis in ("x", "y") if axis in place}
        yield _element(4, "viz:position", {**marks, "z": "0.0"}, "")
    if "size" in place:
        yield _element(4, "viz:size", {"value": _written(place["size"])}, "")


_WRITERS: Final[Mapping[str, Callable[[pd.DataFrame, pd.DataFrame, bool], str]]] = {
    "network.csv": _edges_csv,
    "network_actors.csv": _actors_csv,
    "network.json": _json,
    "network.net": _pajek,
    "network.clu": _partition,
    "network.graphml": _graphml,
    "network.gexf": _gexf,
}
