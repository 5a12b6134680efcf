"""JSON node-link, as networkx and D3 write it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from digital_diplomacy.errors import ArgumentError, TableError, said
from digital_diplomacy.sources.network_files.model import Parts, Row, left_out, numbers_ties, truth
from digital_diplomacy.sources.network_files.weighing import with_weights

_READ: Final = frozenset({"directed", "multigraph", "nodes", "edges", "links"})
_SHAPE: Final = said("'nodes' with 'id' and 'edges' or 'links' with 'source' and 'target' are expected")


def parse_node_link(text: str, where: str, file: str) -> Parts:
    """Ties and actors of a JSON object with ``nodes`` and ``links`` (or ``edges``).

    Nodes without ``id`` are known by their ``name`` or, as in early D3, by their place in the list.

    Raises
    ------
    TableError
        Naming the node or link that is not understood.
    """
    content = _object(text, where)
    name = next((name for name in ("edges", "links") if name in content), None)
    if name is None or "nodes" not in content:
        missing = "'nodes'" if name else "'links'"
        raise TableError(
            "{where}: not node-link JSON, it has no list {missing}; {shape}", where=where, missing=missing, shape=_SHAPE
        )
    nodes, links = (_objects(content[part], part, where) for part in ("nodes", name))
    identified = _identified(nodes, links, where)
    actors = [Row(f"node {number}", _cells(node)) for number, node in enumerate(identified, start=1)]
    kept = [_cells(link) for link in links]
    if numbers_ties([None if link.get("id") is None else str(link["id"]) for link in kept]):
        kept = [{key: value for key, value in link.items() if key != "id"} for link in kept]
    ties = [Row(f"link {number}", link) for number, link in enumerate(kept, start=1)]
    _refuse_empty_weights(ties, where)
    ties, weighed = with_weights(ties, file)
    things = [key for key, value in content.items() if key not in _READ and value not in ({}, [], None, "")]
    return Parts(ties, actors, _direction(content, where), (*weighed, *left_out(file, things)))


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        content = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise TableError(
            "{where}, line {lineno}: not valid JSON ({msg})", where=where, lineno=error.lineno, msg=error.msg
        ) from error
    except ArgumentError as error:
        raise TableError(
            "{where}: a number that cannot be read ({error}); mend it", where=where, error=error
        ) from error
    except ValueError as error:
        raise TableError(
            "{where}: a number that cannot be read ({error}); mend it", where=where, error=str(error)[:60]
        ) from error
    if not isinstance(content, dict):
        raise TableError("{where}: not node-link JSON, it is no object; {shape}", where=where, shape=_SHAPE)
    for name in [name for name in content if name not in _READ and name.casefold() in _READ]:
        content.setdefault(name.casefold(), content.pop(name))
    if "elements" in content:
        raise TableError("{where}: JSON of Cytoscape ('elements'); export GraphML or node-link JSON", where=where)
    return content


def _refuse_constant(name: str) -> NoReturn:
    raise ArgumentError("{name} is no number of JSON", name=name)


def _objects(listed: object, name: str, where: str) -> list[dict[str, Any]]:
    if not isinstance(listed, list):
        raise TableError("{where}: {name!r} is no list; {shape}", where=where, name=name, shape=_SHAPE)
    for number, one in enumerate(listed, start=1):
        if not isinstance(one, dict):
            raise TableError(
                "{where}: number {number} of {name!r} is {one}, no object; {shape}",
                where=where,
                number=number,
                name=name,
                one=json.dumps(one)[:40],
                shape=_SHAPE,
            )
    return listed


def _identified(
    nodes: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]], where: str
) -> Sequence[Mapping[str, Any]]:
    """The nodes with ``id``; where none has one, by names if the links use them, else by place in the list."""
    if not nodes or any(key.casefold() in ("id", "actor_id", "node") for node in nodes for key in node):
        return nodes
    ends = [link[end] for link in links for end in ("source", "target") if end in link]
    named = {node.get("name") for node in nodes if isinstance(node.get("name"), str)}
    if named and all(isinstance(end, str) and end in named for end in ends):
        return [{"id": node.get("name"), **node} for node in nodes]
    if all(type(end) is int and 0 <= end < len(nodes) for end in ends):
        return [{"id": place, **node} for place, node in enumerate(nodes)]
    raise TableError("{where}: the nodes have no 'id'; {shape}", where=where, shape=_SHAPE)


def _cells(values: Mapping[str, Any]) -> dict[str, Any]:
    """Single values as they are, lists and objects as their JSON."""
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for name, value in values.items()
    }


def _refuse_empty_weights(ties: Sequence[Row], where: str) -> None:
    for row in ties:
        if any(name.casefold() == "weight" and value is None for name, value in row.cells.items()):
            raise TableError(
                "{where}: weight is empty (null) in {place}; give every tie a weight, or none",
                where=where,
                place=row.place,
            )


def _direction(content: Mapping[str, Any], where: str) -> bool | None:
    said = content.get("directed")
    if said is None:
        return None
    if truth(said) is None:
        raise TableError(
            "{where}: 'directed' is {said}; true or false is expected", where=where, said=json.dumps(said)[:40]
        )
    return truth(said)
