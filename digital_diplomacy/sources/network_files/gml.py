"""GML as ties and actors.

networkx (3.6) refuses parallel ties of files that do not announce them, nodes of one label and keys it does not know
the form of; igraph (1.0) reads whole numbers as floating-point ones. Neither keeps the order of ties.

References
----------
Himsolt, M. (1997). GML: a portable graph file format. Universität Passau. Graphs are undirected by default; unknown
keys are allowed everywhere; characters beyond ASCII are written as ``&#1052;``.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from digital_diplomacy.errors import TableError, said
from digital_diplomacy.sources.network_files.model import Parts, Row, decoded, left_out, truth
from digital_diplomacy.sources.remarks import Remark

_TOKEN: Final = re.compile(r'"(?P<text>[^"]*)"|(?P<mark>[\[\]])|(?P<word>[^\s\[\]"#][^\s\[\]"]*)|(?P<skip>\s+|#[^\n]*)')
_WHOLE: Final = re.compile(r"[+-]?\d{1,4000}")
_FLOAT: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_WORDS: Final = frozenset({"label", "name", "type", "relation", "kind", "period"})
_DESCRIBING: Final = frozenset({"node", "edge", "directed", "multigraph"})

Pair = tuple[str, Any, str]
"""A key, its value (a text, a number, or a list of pairs), and where it stands."""


def parse_gml(text: str, where: str, file: str) -> Parts:
    """Ties and actors of a GML file with one graph; the weight of a tie is its ``weight`` or else its ``value``.

    Raises
    ------
    TableError
        Naming the line that is not understood.
    """
    top = _pairs(text, where)
    graphs = [(value, place) for key, value, place in top if key.casefold() == "graph" and isinstance(value, list)]
    if len(graphs) != 1:
        raise TableError("{where}: {count} lists 'graph [ ... ]'; one is expected", where=where, count=len(graphs))
    graph = graphs[0][0]
    left = {key for key, _, _ in top if key.casefold() not in ("graph", "creator", "version")}
    left |= {f"graph {key}" for key, _, _ in graph if key.casefold() not in _DESCRIBING}
    actors = [Row(place, _values(pairs, left, place, where)) for pairs, place in _of(graph, "node", where)]
    ties = [Row(place, _values(pairs, left, place, where)) for pairs, place in _of(graph, "edge", where)]
    remarks: tuple[Remark, ...] = ()
    names = {name.casefold(): name for row in ties for name in row.cells}
    if "weight" not in names and "value" in names:
        ties = [
            Row(row.place, {("weight" if key == names["value"] else key): cell for key, cell in row.cells.items()})
            for row in ties
        ]
        remarks = (Remark("weights_from", {"file": file, "column": names["value"]}),)
    said = next((value for key, value, _ in graph if key.casefold() == "directed"), 0)
    if truth(said) is None:
        raise TableError("{where}: directed is {said!r}; 1 or 0 is expected", where=where, said=said)
    return Parts(ties, actors, truth(said), (*remarks, *left_out(file, left)))


def _pairs(text: str, where: str) -> list[Pair]:
    """The file as a list of pairs, lists within lists."""
    stack: list[list[Pair]] = [[]]
    key: str | None = None
    for kind, word, place in _tokens(text, where):
        if kind == "mark" and word == "]":
            if key is not None or len(stack) == 1:
                alone = said("']' without '['")
                what = said("key {key!r} without a value", key=key) if key is not None else alone
                raise TableError("{where}, {place}: {what}", where=where, place=place, what=what)
            stack.pop()
        elif key is None:
            if kind != "word":
                raise TableError(
                    "{where}, {place}: {word!r} where a key is expected", where=where, place=place, word=word[:40]
                )
            key = word
        elif kind == "mark":
            inner: list[Pair] = []
            stack[-1].append((key, inner, place))
            stack.append(inner)
            key = None
        else:
            stack[-1].append((key, _value(key, kind, word), place))
            key = None
    if key is not None or len(stack) > 1:
        raise TableError("{where}: the file ends within a list; ']' is missing", where=where)
    return stack[0]


def _tokens(text: str, where: str) -> Iterator[tuple[str, str, str]]:
    at, line = 0, 1
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise TableError("{where}, line {line}: a quotation mark is not closed", where=where, line=line)
        kind = found.lastgroup or "skip"
        if kind != "skip":
            yield kind, found[kind], f"line {line}"
        line += found[0].count("\n")
        at = found.end()


def _value(key: str, kind: str, token: str) -> str | int | float:
    if kind == "text" or key.casefold() in _WORDS:
        return decoded(token)
    if _WHOLE.fullmatch(token):
        return int(token)
    return float(token) if _FLOAT.fullmatch(token) else token


def _of(graph: Sequence[Pair], name: str, where: str) -> Iterator[tuple[list[Pair], str]]:
    for key, value, place in graph:
        if key.casefold() == name:
            if not isinstance(value, list):
                raise TableError(
                    "{where}, {place}: {name} is {value!r}, no list", where=where, place=place, name=name, value=value
                )
            yield value, place


def _values(pairs: Sequence[Pair], left: set[str], place: str, where: str) -> dict[str, Any]:
    """Values by key; of a drawing the place alone; a key given several times as a JSON list of its values."""
    found: dict[str, Any] = {}
    for key, value, _ in pairs:
        if isinstance(value, list):
            drawn = {name: one for name, one, _ in value if name in ("x", "y")} if key == "graphics" else {}
            found |= drawn
            if key == "graphics" and {name for name, _, _ in value} <= {"x", "y"}:
                continue
            left.add(key)
        elif key in found and key in ("id", "source", "target", "label"):
            raise TableError("{where}, {place}: {key!r} is given twice", where=where, place=place, key=key)
        else:
            found.setdefault(key, []).append(value)
    return {
        key: values
        if not isinstance(values, list)
        else values[0]
        if len(values) == 1
        else json.dumps(values, ensure_ascii=False)
        for key, values in found.items()
    }
