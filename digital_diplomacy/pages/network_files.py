"""Networks written for other programs: CSV, JSON node-link, Pajek, GraphML, and GEXF for Gephi.

References
----------
Brandes, U., Eiglsperger, M., Herman, I., Himsolt, M., Marshall, M. S. (2002). GraphML progress report: structural
layer proposal. Graph Drawing, LNCS 2265, 501-512.
GEXF 1.3 primer, Gephi consortium, https://gexf.net.
Batagelj, V., Mrvar, A. Pajek reference manual, http://mrvar.fdv.uni-lj.si/pajek.
"""

import functools
import json
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy.errors import TableError
from digital_diplomacy.formulas import inert

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
        raise TableError(
            "no actor is listed for {unknown}; list every end of the edges", unknown=", ".join(unknown[:10])
        )
    _refuse_controls(edges, actors)
    ties = _table(_beside(edges, ("id", "type", "kind", "edge", "directed")))
    listed = _table(_beside(actors, ("id", "node", "name")))
    written = []
    for name, compose in _WRITERS.items():
        path = Path(folder) / name
        path.write_text(compose(ties, listed, directed), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def stated_both_ways(rows: pd.DataFrame) -> list[str]:
    """Ties that rows state in both orders of their ends, where no tie has a direction: perhaps one told twice.

    Examples
    --------
    >>> rows = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "a", "a"], "relation": "r", "weight": 1.0})
    >>> stated_both_ways(rows)
    ['a – b']
    """
    relations = rows["relation"] if "relation" in rows else [""] * len(rows)
    known = set(zip(rows["source"], rows["target"], relations, strict=True))
    both = sorted((one, other) for one, other, kind in known if one < other and (other, one, kind) in known)
    return [f"{one} – {other}" for one, other in dict.fromkeys(both)]


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
    cells = _table(rows).cells
    stated: dict[tuple[str, str, str], list[int]] = {}
    for row, tie in enumerate(zip(cells[ends[0]], cells[ends[1]], cells["relation"], strict=True)):
        stated.setdefault(_key(*tie, directed=directed), []).append(row)
    weights: dict[tuple[str, str, str], float] = {}
    for source, target, relation, weight in ties[list(_TIE)].itertuples(index=False, name=None):
        weights.setdefault(_key(source, target, relation, directed=directed), weight)
    groups = [stated[key] for key in weights]
    columns = {end: [cells[place][group[0]] for group in groups] for end, place in zip(_TIE, ends, strict=False)}
    columns |= {"relation": [key[2] for key in weights], "weight": list(weights.values())}
    differing = []
    for name in cells:
        if name not in _TIE:
            columns[name], is_one = _agreed(cells[name], groups)
            differing += [] if is_one else [name]
    frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
    return frame.astype({"weight": float}), differing


def _agreed(cells: list[Any], groups: list[list[int]]) -> tuple[list[Any], bool]:
    """What the rows of each group say alike, None where they disagree; and whether none does."""
    found, is_one = [], True
    for group in groups:
        said = {repr(cells[row]) for row in group} if len(group) > 1 else ()
        found.append(None if len(said) > 1 else cells[group[0]])
        is_one &= len(said) < 2
    return found, is_one


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
                raise TableError("column {column!r} holds a control character; remove it", column=column)
        for column in frame.select_dtypes(exclude="number"):
            cells = frame[column].tolist()
            wrong = {text for text in {cell for cell in cells if isinstance(cell, str)} if _CONTROL.search(text)}
            for row, text in enumerate(cells if wrong else (), start=1):
                if isinstance(text, str) and text in wrong:
                    raise TableError(
                        "row {row}, column {column!r}: {text!r} holds a control character; remove it",
                        row=row,
                        column=column,
                        text=text,
                    )


@dataclass(frozen=True)
class _Table:
    """A frame as the writers need it.

    Attributes
    ----------
    cells : dict of list
        Columns as Python's own values, None where a cell holds nothing.
    kinds : dict of str
        The type of each column in XML.
    rows : int
    """

    cells: dict[str, list[Any]]
    kinds: dict[str, str]
    rows: int

    def without(self, *columns: str) -> "_Table":
        return _Table({name: cells for name, cells in self.cells.items() if name not in columns}, self.kinds, self.rows)


def _table(frame: pd.DataFrame) -> _Table:
    cells = {str(name): _column(frame.iloc[:, place]) for place, name in enumerate(frame)}
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    kinds = {name: _kind(cells[name], is_numeric=is_numeric) for name, is_numeric in zip(cells, numeric, strict=True)}
    return _Table(cells, kinds, len(frame))


def _column(cells: pd.Series) -> list[Any]:
    return [
        value if type(value) is str and value else None if _is_missing(value) else _own(value)
        for value in cells.tolist()
    ]


def _own(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value))


def _texts(cells: list[Any], write: Callable[[Any], str]) -> list[str]:
    """Cells as they are written, nothing for an empty one; of a large network most texts stand in many rows."""
    once = functools.cache(write)
    return ["" if cell is None else once(cell) if type(cell) is str else write(cell) for cell in cells]


def _lines(table: _Table, write: Callable[[str, Any], str]) -> list[str]:
    """Of every row what its cells are written as, one after the other."""
    columns = [_texts(cells, functools.partial(write, name)) for name, cells in table.cells.items()]
    return ["".join(parts) for parts in zip(*columns, strict=True)] if columns else [""] * table.rows


def _csv(table: _Table) -> str:
    """Quoted by hand: the csv module leaves a carriage return bare, and readers take it for the end of a line."""
    columns = [_texts(cells, lambda cell: _cell(_written(cell))) for cells in table.cells.values()]
    lines = [",".join(map(_cell, table.cells)), *map(",".join, zip(*columns, strict=True))]
    return "\n".join(lines) + "\n"


def _cell(told: str) -> str:
    text = str(inert(told))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _edges_csv(edges: _Table, _actors: _Table, directed: bool) -> str:
    kind = ["Directed" if directed else "Undirected"] * edges.rows
    return _csv(replace(edges, cells={**edges.cells, "type": kind}))


def _actors_csv(_edges: _Table, actors: _Table, _directed: bool) -> str:
    return _csv(actors)


def _json(edges: _Table, actors: _Table, directed: bool) -> str:
    nodes = {"id": actors.cells["actor_id"], **actors.without("actor_id").cells}
    parts = {"nodes": replace(actors, cells=nodes), "edges": edges}
    head = {"directed": directed, "multigraph": True, "graph": {}}
    told = [f' "{name}": {json.dumps(value)}' for name, value in head.items()]
    told += [f' "{name}": {_objects(table)}' for name, table in parts.items()]
    return "{\n" + ",\n".join(told) + "\n}\n"


def _objects(table: _Table) -> str:
    """Rows as objects of JSON, laid out as `json.dumps` does with ``indent=1``, which takes ten times as long."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = _lines(table, lambda name, value: f",\n   {encode(name)}: {encode(value)}")
    return "[\n" + ",\n".join(f"  {{{line[1:]}\n  }}" if line else "  {}" for line in lines) + "\n ]" if lines else "[]"


def _pajek(edges: _Table, actors: _Table, directed: bool) -> str:
    numbers = {name: number for number, name in enumerate(actors.cells["actor_id"], start=1)}
    vertices = [f"{number} {_quoted(name)}" for name, number in numbers.items()]
    # A line's label carries the relation: several sections of relations are read by Pajek alone.
    relations = _texts(edges.cells["relation"], _quoted)
    ends = [edges.cells[column] for column in ("source", "target", "weight")]
    ties = [
        f"{numbers[source]} {numbers[target]} {float(weight)!r} l {relation}"
        for source, target, weight, relation in zip(*ends, relations, strict=True)
    ]
    return "\n".join([f"*Vertices {actors.rows}", *vertices, "*Arcs" if directed else "*Edges", *ties]) + "\n"


def _quoted(name: object) -> str:
    """A name in quotation marks; what would end it, or be taken for such a sign, as the sign's number."""
    text = _ENTITY.sub("&amp;", str(name)).replace('"', "&#34;")
    return '"' + _SPACES.sub(lambda found: f"&#{ord(found[0])};", text) + '"'


def _partition(_edges: _Table, actors: _Table, _directed: bool) -> str:
    """Types of actor as a Pajek partition: a number per actor, in the order of their names."""
    given = ["" if kind is None else kind for kind in actors.cells["type"]]
    numbers = {kind: number for number, kind in enumerate(sorted(set(given)), start=1)}
    legend = [f"% {number} {' '.join(kind.split())}" for kind, number in numbers.items()]
    return "\n".join([*legend, f"*Vertices {actors.rows}", *(str(numbers[kind]) for kind in given)]) + "\n"


def _document(lines: Iterable[str]) -> str:
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


def _kind(cells: list[Any], *, is_numeric: bool) -> str:
    filled = [value for value in cells if value is not None]
    if not filled:
        return "double" if is_numeric else "string"
    kinds = {type(value) for value in filled}
    if kinds == {bool}:
        return "boolean"
    if not kinds <= {int, float}:
        return "string"
    if kinds == {int}:
        return "long" if all(abs(value) < _LONG for value in filled) else "string"
    return "double"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, int | float) else str(value)


def _graphml(edges: _Table, actors: _Table, directed: bool) -> str:
    return _document(_graphml_lines(edges, actors, directed))


def _graphml_lines(edges: _Table, actors: _Table, directed: bool) -> Iterator[str]:
    place = f"{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd"
    yield _element(0, "graphml", {"xmlns": _GRAPHML, "xmlns:xsi": _XSI, "xsi:schemaLocation": place})
    parts = {"node": actors.without("actor_id"), "edge": edges.without("source", "target")}
    keys = {
        domain: {column: f"{domain}_{number}" for number, column in enumerate(table.cells)}
        for domain, table in parts.items()
    }
    for domain, named in keys.items():
        for column, key in named.items():
            kind = "double" if (domain, column) == ("edge", "weight") else parts[domain].kinds[column]
            yield _element(1, "key", {"id": key, "for": domain, "attr.name": column, "attr.type": kind}, "")
    yield _element(1, "graph", {"edgedefault": "directed" if directed else "undirected"})
    ends = {
        "node": [f'id="{name}"' for name in _texts(actors.cells["actor_id"], _quoted_text)],
        "edge": _ends("e", edges),
    }
    for domain, table in parts.items():
        data = _lines(table, functools.partial(_data, keys[domain]))
        for attributes, inner in zip(ends[domain], data, strict=True):
            yield f"  <{domain} {attributes}>\n{inner}  </{domain}>" if inner else f"  <{domain} {attributes} />"
    yield from (" </graph>", "</graphml>")


def _data(keys: Mapping[str, str], column: str, value: object) -> str:
    return f'   <data key="{keys[column]}">{_escape(_written(value))}</data>\n'


def _ends(prefix: str, edges: _Table) -> list[str]:
    """Identifier, source and target of every tie as attributes."""
    ends = (_texts(edges.cells[end], _quoted_text) for end in ("source", "target"))
    rows = enumerate(zip(*ends, strict=True))
    return [f'id="{prefix}{number}" source="{source}" target="{target}"' for number, (source, target) in rows]


def _quoted_text(value: object) -> str:
    return _quote(str(value))


def _gexf(edges: _Table, actors: _Table, directed: bool) -> str:
    return _document(_gexf_lines(edges, actors, directed))


def _gexf_lines(edges: _Table, actors: _Table, directed: bool) -> Iterator[str]:
    yield _element(0, "gexf", {"xmlns": _GEXF, "xmlns:viz": f"{_GEXF}/viz", "version": "1.3"})
    yield _element(1, "graph", {"mode": "static", "defaultedgetype": "directed" if directed else "undirected"})
    placed = [axis for axis in ("x", "y", "size") if actors.kinds.get(axis) in ("double", "long")]
    # The relation stands twice: as kind, which tells parallel edges apart, and as a column for programs without kinds.
    inner = {"node": actors.without("actor_id", "label", *placed), "edge": edges.without("source", "target", "weight")}
    for domain, table in inner.items():
        yield from _declared(domain, {column: table.kinds[column] for column in table.cells})
    yield "  <nodes>"
    names = actors.cells["actor_id"]
    labelled = [
        name if label is None else label for label, name in zip(actors.cells.get("label", names), names, strict=True)
    ]
    columns = (
        _texts(names, _quoted_text),
        _texts(labelled, _quoted_text),
        _attvalues(inner["node"]),
        _places(actors, placed),
    )
    for name, label, values, place in zip(*columns, strict=True):
        yield f'   <node id="{name}" label="{label}">\n{values}{place}   </node>'
    yield from ("  </nodes>", "  <edges>")
    relations = _texts(edges.cells["relation"], _quoted_text)
    weights = [_written(float(weight)) for weight in edges.cells["weight"]]
    for ends, kind, weight, values in zip(_ends("", edges), relations, weights, _attvalues(inner["edge"]), strict=True):
        yield f'   <edge {ends} kind="{kind}" weight="{weight}">\n{values}   </edge>'
    yield from ("  </edges>", " </graph>", "</gexf>")


def _declared(domain: str, columns: Mapping[str, str]) -> Iterator[str]:
    if not columns:
        yield _element(2, "attributes", {"class": domain}, "")
        return
    yield _element(2, "attributes", {"class": domain})
    for column, kind in columns.items():
        yield _element(3, "attribute", {"id": column, "title": column, "type": kind}, "")
    yield "  </attributes>"


def _attvalues(table: _Table) -> list[str]:
    """The further columns of every row."""
    made = _lines(
        table, lambda column, value: f'     <attvalue for="{_quote(column)}" value="{_quote(_written(value))}" />\n'
    )
    return [f"    <attvalues>\n{line}    </attvalues>\n" if line else "    <attvalues />\n" for line in made]


def _places(actors: _Table, placed: Collection[str]) -> list[str]:
    """Where every actor stands, and how large."""
    columns = {axis: actors.cells[axis] if axis in placed else [None] * actors.rows for axis in ("x", "y", "size")}
    return ["".join(_place(*values)) for values in zip(*columns.values(), strict=True)]


def _place(x: float | None, y: float | None, size: float | None) -> Iterator[str]:
    marks = {axis: _written(value) for axis, value in (("x", x), ("y", y)) if value is not None}
    if marks:
        yield _element(4, "viz:position", {**marks, "z": "0.0"}, "") + "\n"
    if size is not None:
        yield _element(4, "viz:size", {"value": _written(size)}, "") + "\n"


_WRITERS: Final[Mapping[str, Callable[[_Table, _Table, bool], str]]] = {
    "network.csv": _edges_csv,
    "network_actors.csv": _actors_csv,
    "network.json": _json,
    "network.net": _pajek,
    "network.clu": _partition,
    "network.graphml": _graphml,
    "network.gexf": _gexf,
}
