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
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import numpy as np
import pandas as pd

from digital_diplomacy.errors import TableError

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet computes, or that was kept from it by an apostrophe."""

_TIE: Final = ("source", "target", "relation", "weight")

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""

_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_GEXF: Final = "http://gexf.net/1.3"


def write_network(edges: pd.DataFrame, actors: pd.DataFrame, folder: Path, *, directed: bool = True) -> list[Path]:
    """Write a network in every format, ``network.*`` and ``network_actors.csv``.

    Parameters
    ----------
    edges : DataFrame
        ``source, target, relation, weight`` and further columns of text or numbers; missing cells are left out.
    actors : DataFrame
        ``actor_id`` (unique), ``type``, ``label`` and further columns, for every actor of the edges. Columns ``x``,
        ``y`` and ``size`` also place the actor in Gephi.
    folder : Path
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
    Pajek knows no quotes within names; they become typographic ones there, and types stand in ``network.clu``. A cell
    that a spreadsheet would compute begins with an apostrophe in CSV. A further column that some format reserves is
    written under another name: ``id`` as ``id_attribute``.
    """
    unknown = sorted({*edges["source"], *edges["target"]} - set(actors["actor_id"]))
    if unknown:
        raise TableError(f"no actor is listed for {', '.join(unknown[:10])}; list every end of the edges")
    _refuse_controls(edges, actors)
    edges, actors = _beside(edges, ("id", "type", "kind", "edge")), _beside(actors, ("id", "node", "name"))
    written = []
    for name, compose in _WRITERS.items():
        path = folder / name
        path.write_text(compose(edges, actors, directed), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _beside(frame: pd.DataFrame, taken: tuple[str, ...]) -> pd.DataFrame:
    """The frame with columns renamed that readers of some format would take for the actor, its label or the tie."""
    return frame.rename(columns={column: f"{column}_attribute" for column in frame if str(column).lower() in taken})


def _refuse_controls(*frames: pd.DataFrame) -> None:
    for frame in frames:
        for column in frame.select_dtypes(exclude="number"):
            for row, text in enumerate(frame[column], start=1):
                if isinstance(text, str) and _CONTROL.search(text):
                    raise TableError(f"row {row}, column {column!r}: {text!r} holds a control character; remove it")


def _present(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """The cells that hold something; numbers as Python's own."""
    return {
        str(name): value.item() if hasattr(value, "item") else value
        for name, value in row.items()
        if not (value is None or value == "" or (isinstance(value, float) and math.isnan(value)) or value is pd.NA)
    }


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    return (_present(row) for row in frame.to_dict("records"))


def _csv(frame: pd.DataFrame) -> str:
    safe = frame.copy()
    for column in frame.select_dtypes(exclude="number"):
        safe[column] = frame[column].map(_kept_from_computing, na_action="ignore")
    return str(safe.to_csv(index=False, lineterminator="\n"))


def _kept_from_computing(cell: object) -> object:
    return f"'{cell}" if _FORMULA.match(str(cell)) else cell


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
        f"{numbers[source]} {numbers[target]} {weight!r} l {_quoted(relation)}"
        for source, target, relation, weight in zip(*(edges[column].tolist() for column in _TIE), strict=True)
    ]
    return "\n".join([f"*Vertices {len(actors)}", *vertices, "*Arcs" if directed else "*Edges", *ties]) + "\n"


def _quoted(name: object) -> str:
    text = str(name).replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}")
    return '"' + " ".join(text.split()) + '"'


def _partition(_edges: pd.DataFrame, actors: pd.DataFrame, _directed: bool) -> str:
    """Types of actor as a Pajek partition: a number per actor, in the order of their names."""
    types = sorted(set(actors["type"]))
    legend = [f"% {number} {name}" for number, name in enumerate(types, start=1)]
    return (
        "\n".join([*legend, f"*Vertices {len(actors)}", *(str(types.index(kind) + 1) for kind in actors["type"])])
        + "\n"
    )


def _document(root: Element) -> str:
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _kinds(frame: pd.DataFrame, left_out: Collection[str]) -> dict[str, str]:
    """Columns to be declared, with their type in XML."""
    columns = [str(column) for column in frame if str(column) not in left_out]
    return {column: _kind(frame[column]) for column in columns}


def _kind(cells: pd.Series) -> str:
    filled = cells.dropna()
    if len(filled) and filled.map(lambda cell: isinstance(cell, bool | np.bool_)).all():
        return "boolean"
    return "double" if pd.api.types.is_numeric_dtype(cells) else "string"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(float(value)) if isinstance(value, int | float) else str(value)


def _graphml(edges: pd.DataFrame, actors: pd.DataFrame, directed: bool) -> str:
    place = f"{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd"
    root = Element("graphml", {"xmlns": _GRAPHML, "xmlns:xsi": _XSI, "xsi:schemaLocation": place})
    kinds = {"node": _kinds(actors, ["actor_id"]), "edge": _kinds(edges, ["source", "target"])}
    for domain, columns in kinds.items():
        for column, kind in columns.items():
            declared = {"id": f"{domain}_{column}", "for": domain, "attr.name": column, "attr.type": kind}
            SubElement(root, "key", declared)
    graph = SubElement(root, "graph", {"edgedefault": "directed" if directed else "undirected"})
    for row in _rows(actors):
        _add_data(SubElement(graph, "node", {"id": row.pop("actor_id")}), row, "node")
    for number, row in enumerate(_rows(edges)):
        ends = {"id": f"e{number}", "source": row.pop("source"), "target": row.pop("target")}
        _add_data(SubElement(graph, "edge", ends), row, "edge")
    return _document(root)


def _add_data(element: Element, values: Mapping[str, Any], domain: str) -> None:
    for column, value in values.items():
        SubElement(element, "data", {"key": f"{domain}_{column}"}).text = _written(value)


def _gexf(edges: pd.DataFrame, actors: pd.DataFrame, directed: bool) -> str:
    kind = "directed" if directed else "undirected"
    root = Element("gexf", {"xmlns": _GEXF, "xmlns:viz": f"{_GEXF}/viz", "version": "1.3"})
    graph = SubElement(root, "graph", {"mode": "static", "defaultedgetype": kind})
    _declare(graph, "node", _kinds(actors, ["actor_id", "label", "x", "y", "size"]))
    # The relation stands twice: as kind, which tells parallel edges apart, and as a column for programs without kinds.
    _declare(graph, "edge", _kinds(edges, ["source", "target", "weight"]))
    nodes = SubElement(graph, "nodes")
    for row in _rows(actors):
        name = row.pop("actor_id")
        node = SubElement(nodes, "node", {"id": name, "label": str(row.pop("label", name))})
        place: dict[str, Any] = {axis: row.pop(axis) for axis in ("x", "y", "size") if axis in row}
        _add_values(node, row)
        _add_place(node, place)
    ties = SubElement(graph, "edges")
    for number, row in enumerate(_rows(edges)):
        ends = {"id": str(number), "source": row.pop("source"), "target": row.pop("target")}
        said = {"kind": row["relation"], "weight": _written(row.pop("weight"))}
        _add_values(SubElement(ties, "edge", ends | said), row)
    return _document(root)


def _declare(graph: Element, domain: str, columns: Mapping[str, str]) -> None:
    group = SubElement(graph, "attributes", {"class": domain})
    for column, kind in columns.items():
        SubElement(group, "attribute", {"id": column, "title": column, "type": kind})


def _add_values(element: Element, values: Mapping[str, Any]) -> None:
    group = SubElement(element, "attvalues")
    for column, value in values.items():
        SubElement(group, "attvalue", {"for": column, "value": _written(value)})


def _add_place(node: Element, place: Mapping[str, Any]) -> None:
    if "x" in place and "y" in place:
        SubElement(node, "viz:position", {"x": _written(place["x"]), "y": _written(place["y"]), "z": "0.0"})
    if "size" in place:
        SubElement(node, "viz:size", {"value": _written(place["size"])})


_WRITERS: Final[Mapping[str, Callable[[pd.DataFrame, pd.DataFrame, bool], str]]] = {
    "network.csv": _edges_csv,
    "network_actors.csv": _actors_csv,
    "network.json": _json,
    "network.net": _pajek,
    "network.clu": _partition,
    "network.graphml": _graphml,
    "network.gexf": _gexf,
}
