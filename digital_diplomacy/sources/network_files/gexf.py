"""GEXF 1.1 to 1.3 as ties and actors, as Gephi and tools for social media write it.

networkx reads GEXF too, but refuses ``attvalue id`` of version 1.1 and drops the type, kind and time of a tie.

References
----------
GEXF 1.3 primer, Gephi consortium, https://gexf.net: the weight of an edge is 1.0 where it has none (section 2.1), a
graph's edges are undirected where it says nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.identifiers import plain_text
from digital_diplomacy.sources.network_files.model import Parts, Row, beside, direction, left_out, numbers_ties
from digital_diplomacy.sources.network_files.xml import attribute, children, document, only_child, tag, typed
from digital_diplomacy.sources.numbers import plain_number
from digital_diplomacy.sources.remarks import Remark

_TAKEN: Final = {"node": ("actor_id", "label", "x", "y", "size"), "edge": ("source", "target", "weight", "relation")}
"""Columns that no attribute of the file may fill where the format's own place for them is filled."""

_WORDS: Final = frozenset({"label", "name", "type", "relation", "kind", "period"})
"""Attributes that are never typed: they name things, whatever the file declares them to be."""

_TIMES: Final = ("start", "startopen", "end", "endopen")
_DRAWN: Final = {"position": {"x": "x", "y": "y"}, "size": {"value": "size"}}


def parse_gexf(text: str, where: str, file: str) -> Parts:
    """Ties and actors of a static GEXF document; times of nodes and edges in a column ``period``.

    Nodes within nodes are actors beside them, with the one they stand in as ``parent``; edges may stand in any node.

    Raises
    ------
    TableError
        Naming what is not understood: entities, graphs whose attributes change in time.
    """
    root = document(text, "gexf", where)
    graph = only_child(root, "graph", where)
    if graph.get("mode", "static").strip().lower() != "static":
        raise TableError("{where}: dynamic graphs are not read; export one static period", where=where)
    declared = {domain: _declared(graph, domain, where) for domain in ("node", "edge")}
    holders = _holders(graph, where)
    nodes = [(node, parent) for one, parent in holders for node in _within(one, "nodes", "node")]
    edges = [edge for one, _ in holders for edge in _within(one, "edges", "edge")]
    keeps = not numbers_ties([edge.get("id") for edge in edges])
    ties = [_tie(edge, number, declared["edge"], where, keeps=keeps) for number, edge in enumerate(edges, start=1)]
    actors = [_actor(node, declared["node"], where, parent=parent) for node, parent in nodes]
    default = direction(graph.get("defaultedgetype", "undirected"))
    if default is None:
        raise TableError(
            "{where}: defaultedgetype is {defaultedgetype!r}; directed or undirected",
            where=where,
            defaultedgetype=graph.get("defaultedgetype"),
        )
    remarks = left_out(file, _unread(root, graph, [*(node for node, _ in nodes), *edges]))
    timed = any("period" in row.cells for row in ties)
    told = [Remark("periods", {"file": file})] if timed else []
    told += [Remark("nested", {"file": file})] if len(holders) > 1 else []
    return Parts(ties, actors, default[0], (*remarks, *told))


def _holders(graph: Element, where: str) -> list[tuple[Element, str]]:
    """What nodes and edges stand in: the graph, and nodes that hold others, each of these with its name."""
    found = [(graph, "")]
    for one, _ in found:  # which grows meanwhile, level by level
        inner = (node for node in _within(one, "nodes", "node") if {tag(part) for part in node} & {"nodes", "edges"})
        found += [(node, attribute(node, "id", where)) for node in inner]
    return found


def _within(holder: Element, group: str, name: str) -> list[Element]:
    return [one for part in children(holder, group) for one in children(part, name)]


def _actor(node: Element, declared: Mapping[str, Element], where: str, *, parent: str) -> Row:
    own = {"actor_id": attribute(node, "id", where)}
    own |= {name: value for name, value in node.attrib.items() if name not in ("id", *_TIMES)}
    place = f"node {node.get('id')!r}"
    values = own | _place(node, f"{where}, {place}") | _time(node)
    found = _with_attributes(values, node, declared, "node", f"{where}, {place}")
    if parent:
        found[beside("parent", found)] = parent
    return Row(place, found)


def _tie(edge: Element, number: int, declared: Mapping[str, Element], where: str, *, keeps: bool) -> Row:
    place = f"edge {number}"
    kind = edge.get("type")
    told = direction(kind) if kind else None
    values: dict[str, Any] = {end: attribute(edge, end, where) for end in ("source", "target")}
    # The relation is the kind; tools for social media write it as a type that is no direction.
    relation = edge.get("kind") or (kind if kind and told is None else None)
    values |= {"relation": relation} if relation else {}
    taken = ("id", "source", "target", "type", "kind", *_TIMES)
    values |= {name: value for name, value in edge.attrib.items() if name not in taken}
    if keeps and edge.get("id"):
        values["id"] = edge.get("id")
    found = _with_attributes(values | _time(edge), edge, declared, "edge", f"{where}, {place}")
    if not any(name.casefold() == "weight" for name in found):
        found["weight"] = "1.0"
    return Row(place, found, told[0] if told else None, bool(told and told[1]))


def _declared(graph: Element, domain: str, where: str) -> dict[str, Element]:
    """Attributes of nodes or edges by id."""
    groups = [one for one in children(graph, "attributes") if one.get("class", "node").strip().lower() == domain]
    return {attribute(one, "id", where): one for group in groups for one in children(group, "attribute")}


def _with_attributes(
    values: Mapping[str, Any], element: Element, declared: Mapping[str, Element], domain: str, where: str
) -> dict[str, Any]:
    """The values with those of the declared attributes; what the format itself says comes first."""
    given = [one for group in children(element, "attvalues") for one in children(group, "attvalue")]
    names = [one.get("for") or one.get("id") or one.get("title") or "" for one in given]
    if len(set(names)) < len(names):
        raise TableError(
            "{where}: an attribute has several values, as in dynamic graphs; export one static period", where=where
        )
    own = {name: one.get("value", "") for name, one in zip(names, given, strict=True)}
    found = dict(values)
    seen: set[str] = set()
    for identifier in sorted({**declared, **own}, key=lambda name: name not in own):
        one = declared.get(identifier)
        default = None if one is None else next(children(one, "default"), None)
        text = own.get(identifier, None if default is None else default.text or "")
        if text is None or (text == "" and identifier not in own):
            continue
        title = (None if one is None else one.get("title")) or identifier
        # Programs declare a title once for each type its values have; only a value beside another stands apart.
        if title in seen:
            if identifier not in own:
                continue
            title = f"{title} ({identifier})"
        seen.add(title)
        weight = domain == "edge" and title.casefold() == "weight" and "weight" not in values
        plain = title.casefold() in _WORDS or weight  # a weight may have a decimal comma
        value = typed(text, "string" if one is None or plain else one.get("type", "string"), where)
        # A relation stands as kind for Gephi and as attribute for programs without kinds; one is enough.
        if title in _TAKEN[domain] and _differ(found.get(title), value):
            title = beside(title, _TAKEN[domain])
        found[title] = value
    return found


def _differ(first: object, second: object) -> bool:
    if first in (None, "") or plain_text(first) == plain_text(second):
        return False
    return plain_number(first) is None or plain_number(first) != plain_number(second)


def _place(node: Element, where: str) -> dict[str, Any]:
    """Where Gephi drew a node, and how large."""
    return {
        column: typed(mark.get(name, ""), "float", where)
        for drawn, names in _DRAWN.items()
        for mark in children(node, drawn)
        for name, column in names.items()
    }


def _time(element: Element) -> dict[str, str]:
    """When an element is there: ``start/end`` of its spells, an open end as two points (ISO 8601-2)."""
    spells = [spell for group in children(element, "spells") for spell in children(group, "spell")]
    texts = []
    for one in spells or [element]:
        start, end = one.get("start") or one.get("startopen"), one.get("end") or one.get("endopen")
        if start or end:
            texts.append(f"{start or '..'}/{end or '..'}")
    return {"period": "; ".join(texts)} if texts else {}


def _unread(root: Element, graph: Element, elements: Iterable[Element]) -> Iterator[str]:
    """What the document says beside nodes, edges, their attributes, places and times."""
    known = {"attvalues", "spells", "nodes", "edges", *_DRAWN}
    yield from (f"<{tag(child)}>" for child in root if child is not graph)
    yield from (f"<{tag(child)}>" for child in graph if tag(child) not in ("attributes", "nodes", "edges"))
    yield from (f"<{tag(part)}>" for element in elements for part in element if tag(part) not in known)
