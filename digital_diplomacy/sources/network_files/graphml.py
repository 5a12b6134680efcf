"""GraphML as ties and actors.

networkx and igraph read GraphML too, but both give a node's data by the attribute's name alone: of two keys with one
name the last wins, and what is not data of a key is dropped without a word.

References
----------
Brandes, U., Eiglsperger, M., Herman, I., Himsolt, M., Marshall, M. S. (2002). GraphML progress report: structural
layer proposal. Graph Drawing, LNCS 2265, 501-512.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.network_files.model import Parts, Row, beside, left_out, numbers_ties, truth
from digital_diplomacy.sources.network_files.xml import attribute, children, document, only_child, tag, typed
from digital_diplomacy.sources.remarks import Remark

_TAKEN: Final = {"node": ("actor_id",), "edge": ("source", "target")}
"""Columns that no attribute of the file may fill."""

_WORDS: Final = frozenset({"label", "name", "type", "relation", "kind", "period", "id"})
"""Attributes that are never typed: they name things, whatever the file declares them to be."""

_YED_LABELS: Final = ("NodeLabel", "EdgeLabel")
_OWN: Final = frozenset({"id", "source", "target", "directed"})


def parse_graphml(text: str, where: str, file: str) -> Parts:
    """Ties and actors of a GraphML document with one graph.

    Nodes of a graph within a node, such as yEd's groups, are actors beside it, with it as ``parent``.

    Raises
    ------
    TableError
        Naming what is not understood: entities, several graphs, hyperedges.
    """
    root = document(text, "graphml", where)
    graph = only_child(root, "graph", where)
    graphs = _graphs(graph, where)
    odd = sorted({tag(element) for one, _ in graphs for element in one} - {"node", "edge", "data", "desc"})
    if odd:
        raise TableError("{where}: {odd} are not read; nodes and edges are", where=where, odd=", ".join(odd))
    keys = {attribute(key, "id", where): key for key in children(root, "key")}
    edges = [edge for one, _ in graphs for edge in children(one, "edge")]
    actors = [_actor(node, keys, where, parent=parent) for one, parent in graphs for node in children(one, "node")]
    default = _is_directed(graph, where)
    own = {edge: str(_is_directed(one, where)) for one, parent in graphs if parent for edge in children(one, "edge")}
    keeps = not numbers_ties([edge.get("id") for edge in edges])
    ties = [
        _tie(edge, number, keys, where, keeps=keeps, usual=own.get(edge)) for number, edge in enumerate(edges, start=1)
    ]
    told = [Remark("nested", {"file": file})] if len(graphs) > 1 else []
    return Parts(ties, actors, default, (*left_out(file, _unread(root, [one for one, _ in graphs])), *told))


def _graphs(graph: Element, where: str) -> list[tuple[Element, str]]:
    """The graph and those within its nodes, each of these with the name of its node."""
    found = [(graph, "")]
    for one, _ in found:  # which grows meanwhile, level by level
        nodes = list(children(one, "node"))
        found += [(inner, attribute(node, "id", where)) for node in nodes for inner in children(node, "graph")]
    return found


def _is_directed(graph: Element, where: str) -> bool:
    default = attribute(graph, "edgedefault", where).strip().lower()
    if default not in ("directed", "undirected"):
        raise TableError(
            "{where}: edgedefault is {default!r}; directed or undirected is expected", where=where, default=default
        )
    return default == "directed"


def _actor(node: Element, keys: Mapping[str, Element], where: str, *, parent: str) -> Row:
    values = {**_data(node, keys, "node", where), "actor_id": attribute(node, "id", where)}
    if parent:
        values[beside("parent", values)] = parent
    return Row(f"node {node.get('id')!r}", values)


def _tie(edge: Element, number: int, keys: Mapping[str, Element], where: str, *, keeps: bool, usual: str | None) -> Row:
    said = edge.get("directed", usual)
    if said is not None and truth(said) is None:
        raise TableError(
            "{where}: edge {number} is directed={said!r}; true or false is expected",
            where=where,
            number=number,
            said=said,
        )
    values = _data(edge, keys, "edge", where)
    values |= {end: attribute(edge, end, where) for end in ("source", "target")}
    if keeps and edge.get("id"):
        values |= {beside("id", values): edge.get("id")}
    return Row(f"edge {number}", values, None if said is None else truth(said))


def _data(element: Element, keys: Mapping[str, Element], domain: str, where: str) -> dict[str, Any]:
    """Values of the element's data and of the keys' defaults, by the keys' names.

    Data of a key that is not declared is text by the key's id. Drawings that yEd keeps in data of keys without a name
    give the label, and nothing else.
    """
    own = {data.get("key", ""): data.text or "" for data in children(element, "data") if not len(data)}
    drawn = (part for data in children(element, "data") for part in data.iter() if tag(part) in _YED_LABELS)
    label = next((part.text.strip() for part in drawn if part.text and part.text.strip()), None)
    values: dict[str, Any] = {} if label is None else {"label": label}
    weights = {key.get("attr.name", "") for key in keys.values() if key.get("attr.name", "").casefold() == "weight"}
    weight = "weight" if "weight" in weights else next(iter(weights), "")  # read with decimal commas too, later
    for identifier, text in own.items():
        if identifier not in keys:
            values[beside(identifier, _TAKEN[domain])] = text
    # What an element says of its own comes before defaults.
    for identifier, key in sorted(keys.items(), key=lambda one: one[0] not in own):
        default = next(children(key, "default"), None)
        written = own.get(identifier, None if default is None else default.text or "")
        if written is None or key.get("for", "all") not in (domain, "all"):
            continue
        # Programs declare a name once for each type its values have; only a value beside another stands apart.
        name = beside(key.get("attr.name", identifier), _TAKEN[domain])
        if name in values and not (name == "label" and label == values[name]):
            if identifier not in own:
                continue
            name = f"{name} ({identifier})"
        plain = name.casefold() in _WORDS or (domain, name) == ("edge", weight)
        kind = "string" if plain else key.get("attr.type", "string")
        values[name] = typed(written, kind, f"{where}, {tag(element)} {element.get('id')!r}")
    return values


def _unread(root: Element, graphs: Sequence[Element]) -> Iterator[str]:
    """What the document says beside nodes, edges and their data."""
    for element in (element for graph in graphs for element in graph):
        if tag(element) in ("data", "desc"):
            yield f"<{tag(element)}> of the graph"
            continue
        for part in element:
            if tag(part) not in ("data", "graph"):
                yield f"<{tag(part)}>"
            elif len(part):
                yield "drawings in <data>"
        for name in set(element.attrib) - _OWN:
            yield f"{tag(element)} {name.rpartition('}')[2]}"
    for element in root:
        if tag(element) not in ("graph", "key", "data"):
            yield f"<{tag(element)}>"
