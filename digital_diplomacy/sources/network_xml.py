"""GraphML and GEXF as ties and actors, read without document types and entities.

References
----------
Brandes, U., Eiglsperger, M., Herman, I., Himsolt, M., Marshall, M. S. (2002). GraphML progress report: structural
layer proposal. Graph Drawing, LNCS 2265, 501-512.
GEXF 1.3 primer, Gephi consortium, https://gexf.net.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from digital_diplomacy.errors import TableError

_TAKEN: Final = {"node": ("actor_id",), "edge": ("source", "target")}
"""Columns that no attribute of the file may fill."""

_NUMERIC: Final = frozenset({"int", "integer", "long", "short", "byte", "float", "double"})
_BOOLEAN: Final = {"true": True, "1": True, "false": False, "0": False}
_YED_LABELS: Final = ("NodeLabel", "EdgeLabel")

Records = tuple[list[dict[str, Any]], list[dict[str, Any]], bool]


def _root(text: str, expected: str, where: str) -> Element:
    try:
        # A declaration of another encoding would contradict text that is already decoded.
        root: Element = fromstring(text.encode("utf-8"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise TableError(
            f"{where}: a document type or entities in the file; they can hide files and memory bombs, so remove them"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise TableError(f"{where}: not well-formed XML in UTF-8 ({error})") from error
    if _name(root) != expected:
        raise TableError(f"{where}: its root is <{_name(root)}>, <{expected}> is expected")
    return root


def _name(element: Element) -> str:
    """Tag without its namespace, which differs between versions of a format."""
    return element.tag.rpartition("}")[2]


def _named(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent if _name(child) == name)


def _one(parent: Element, name: str, where: str) -> Element:
    found = list(_named(parent, name))
    if len(found) != 1:
        raise TableError(f"{where}: {len(found)} elements <{name}>; one is expected")
    return found[0]


def _attribute(element: Element, name: str, where: str) -> str:
    value = element.get(name)
    if value is None:
        raise TableError(f"{where}: <{_name(element)}> without {name!r}: {dict(element.attrib)}")
    return value


def _typed(text: str, kind: str, where: str) -> str | float | bool | None:
    if kind == "boolean":
        if text.strip().lower() not in ("", *_BOOLEAN):
            raise TableError(f"{where}: {text!r} is no {kind}")
        return _BOOLEAN.get(text.strip().lower())
    if kind not in _NUMERIC:
        return text
    try:
        return float(text)
    except ValueError as error:
        raise TableError(f"{where}: {text!r} is no {kind}") from error


def parse_graphml(text: str, where: str) -> Records:
    """Ties and actors of a GraphML document with one flat graph.

    Raises
    ------
    TableError
        Naming what is not understood: entities, several graphs, hyperedges, nested graphs, ties of both kinds.
    """
    root = _root(text, "graphml", where)
    graph = _one(root, "graph", where)
    odd = sorted({_name(element) for element in graph} - {"node", "edge", "data", "desc"})
    if odd or any(True for node in graph.iter() if node is not graph and _name(node) in ("graph", "port")):
        raise TableError(f"{where}: {', '.join(odd) or 'nested graphs or ports'} are not read; nodes and edges are")
    keys = {_attribute(key, "id", where): key for key in _named(root, "key")}
    actors = [
        {**_data(node, keys, "node", where), "actor_id": _attribute(node, "id", where)}
        for node in _named(graph, "node")
    ]
    ties = [
        {
            **_data(edge, keys, "edge", where),
            "source": _attribute(edge, "source", where),
            "target": _attribute(edge, "target", where),
        }
        for edge in _named(graph, "edge")
    ]
    default = _attribute(graph, "edgedefault", where) == "directed"
    kinds = {
        default if edge.get("directed") is None else edge.get("directed") == "true" for edge in _named(graph, "edge")
    }
    if len(kinds) > 1:
        raise TableError(f"{where}: some edges are directed and some are not; keep one kind")
    return ties, actors, kinds.pop() if kinds else default


def _beside(name: str, domain: str) -> str:
    """The column of an attribute; one named as an actor or an end of a tie stands beside it."""
    return f"{name}_attribute" if name in _TAKEN[domain] else name


def _data(element: Element, keys: Mapping[str, Element], domain: str, where: str) -> dict[str, Any]:
    """Values of the element's data and of the keys' defaults, by the keys' names.

    Drawings that yEd keeps in data of keys without a name give the label, and nothing else.
    """
    own = {data.get("key", ""): data.text or "" for data in _named(element, "data") if not len(data)}
    drawn = (part for data in _named(element, "data") for part in data.iter() if _name(part) in _YED_LABELS)
    label = next((part.text.strip() for part in drawn if part.text and part.text.strip()), None)
    unknown = sorted(set(own) - set(keys))
    if unknown:
        raise TableError(f"{where}: <data key={unknown[0]!r}> in {dict(element.attrib)} has no <key>")
    values: dict[str, Any] = {} if label is None else {"label": label}
    for identifier, key in keys.items():
        default = next(_named(key, "default"), None)
        text = own.get(identifier, None if default is None else default.text or "")
        if text is not None and key.get("for", "all") in (domain, "all"):
            values[_beside(key.get("attr.name", identifier), domain)] = _typed(
                text, key.get("attr.type", "string"), where
            )
    return values


def parse_gexf(text: str, where: str) -> Records:
    """Ties and actors of a static GEXF document (1.1 to 1.3).

    Raises
    ------
    TableError
        Naming what is not understood: entities, dynamic graphs, nested nodes, ties of both kinds.
    """
    root = _root(text, "gexf", where)
    graph = _one(root, "graph", where)
    nested = any(True for group in _named(graph, "nodes") for node in group for _ in _named(node, "nodes"))
    if graph.get("mode", "static") != "static" or nested:
        raise TableError(f"{where}: dynamic and nested graphs are not read; export one static period")
    attributes = {
        domain: {_attribute(one, "id", where): one for group in _of_class(graph, domain) for one in group}
        for domain in ("node", "edge")
    }
    actors = [
        {
            "actor_id": _attribute(node, "id", where),
            **_plain(node, ("label",)),
            **_values(node, attributes["node"], "node", where),
            **_place(node, where),
        }
        for group in _named(graph, "nodes")
        for node in _named(group, "node")
    ]
    default = graph.get("defaultedgetype", "undirected")
    edges = [edge for group in _named(graph, "edges") for edge in _named(group, "edge")]
    kinds = {edge.get("type", default) for edge in edges} or {default}
    if kinds not in ({"directed"}, {"undirected"}):
        raise TableError(f"{where}: edges of type {', '.join(sorted(kinds))}; all directed or all undirected are read")
    ties = [
        {
            "source": _attribute(edge, "source", where),
            "target": _attribute(edge, "target", where),
            **({"relation": edge.get("kind")} if edge.get("kind") else {}),
            **_plain(edge, ("weight", "label")),
            **_values(edge, attributes["edge"], "edge", where),
        }
        for edge in edges
    ]
    return ties, actors, kinds == {"directed"}


def _of_class(graph: Element, domain: str) -> Iterator[Element]:
    return (group for group in _named(graph, "attributes") if group.get("class") == domain)


def _plain(element: Element, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: element.get(name) for name in names if element.get(name) is not None}


def _place(node: Element, where: str) -> dict[str, float]:
    """Where Gephi drew a node, and how large."""
    told = {"position": {"x": "x", "y": "y"}, "size": {"value": "size"}}
    return {
        column: float(_typed(_attribute(mark, name, where), "float", where) or 0.0)
        for tag, names in told.items()
        for mark in _named(node, tag)
        for name, column in names.items()
    }


def _values(element: Element, attributes: Mapping[str, Element], domain: str, where: str) -> dict[str, Any]:
    values = {}
    own = {one.get("for", ""): one.get("value", "") for group in _named(element, "attvalues") for one in group}
    unknown = sorted(set(own) - set(attributes))
    if unknown:
        raise TableError(f"{where}: <attvalue for={unknown[0]!r}> in {dict(element.attrib)} has no <attribute>")
    for identifier, attribute in attributes.items():
        default = next(_named(attribute, "default"), None)
        text = own.get(identifier, None if default is None else default.text or "")
        if text is not None:
            values[_beside(_attribute(attribute, "title", where), domain)] = _typed(
                text, attribute.get("type", "string"), where
            )
    return values
