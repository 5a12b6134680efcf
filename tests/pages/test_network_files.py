"""Networks out to files and back, and what is refused on the way; read too by networkx and igraph."""

import json
from pathlib import Path

import igraph
import networkx as nx
import pandas as pd
import pytest
from defusedxml.ElementTree import parse

from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.pages.network_files import write_network
from digital_diplomacy.sources.network_files import NetworkFile, read_network

EDGES = pd.DataFrame(
    {
        "source": ["МИД", "МИД", "=cmd|' /C calc'!A0", "b & <c>"],
        "target": ["b & <c>", "b & <c>", "МИД", "=cmd|' /C calc'!A0"],
        "relation": ["follows", "cites", "follows", "follows"],
        "weight": [1.5, 2.0, 0.1 + 0.2, 3e-7],
        "document": ["000", None, "001", "'=x"],
    }
)
ACTORS = pd.DataFrame(
    {
        "actor_id": ["МИД", "b & <c>", "=cmd|' /C calc'!A0", "alone"],
        "type": ["ministry", "platform", "", "state"],
        "label": ["Сыртқы істер министрлігі", 'He said "no"', "-5", "Alone"],
        "x": [0.0, 1.0, 2.5, -3.0],
        "y": [1.0, 0.0, 2.0, 4.0],
    }
)
FORMATS = ["network.csv", "network.json", "network.net", "network.graphml", "network.gexf"]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_network(EDGES, ACTORS, tmp_path)
    return tmp_path


def read_back(folder: Path, name: str) -> NetworkFile:
    return read_network(folder / name, nodes=folder / "network_actors.csv" if name.endswith(".csv") else None)


def ties(edges: pd.DataFrame) -> list[tuple[object, ...]]:
    return sorted(edges[["source", "target", "relation", "weight"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_back_every_tie_with_relation_and_exact_weight(written: Path, name: str) -> None:
    network = read_back(written, name)
    assert network.is_directed
    assert ties(network.edges) == ties(EDGES)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_back_actors_without_ties(written: Path, name: str) -> None:
    assert sorted(read_back(written, name).actors["actor_id"]) == sorted(ACTORS["actor_id"])


@pytest.mark.parametrize("name", ["network.csv", "network.json", "network.graphml", "network.gexf"])
def test_types_labels_places_and_further_columns_come_back(written: Path, name: str) -> None:
    network = read_back(written, name)
    columns = ["actor_id", "type", "label"]
    assert network.actors[columns].to_numpy().tolist() == ACTORS[columns].to_numpy().tolist()
    assert network.actors[["x", "y"]].astype(float).to_numpy().tolist() == ACTORS[["x", "y"]].to_numpy().tolist()
    assert network.edges["document"].fillna("").tolist() == ["000", "", "001", "'=x"]


def test_writing_twice_gives_the_same_bytes(written: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = tmp_path_factory.mktemp("again")
    for path in write_network(EDGES, ACTORS, again):
        assert path.read_bytes() == (written / path.name).read_bytes()


def test_a_spreadsheet_computes_no_cell(written: Path) -> None:
    cells = pd.read_csv(written / "network_actors.csv", dtype=str)
    texts = pd.concat([cells["actor_id"], cells["label"]])
    assert not texts.str.match(r"[=+\-@]").any()


def test_networkx_reads_graphml_and_gexf_alike(written: Path) -> None:
    expected = {(s, t, r): w for s, t, r, w in EDGES.iloc[:, :4].itertuples(index=False, name=None)}
    graphml = nx.read_graphml(written / "network.graphml", force_multigraph=True)
    assert graphml.is_directed()
    assert {(s, t, d["relation"]): d["weight"] for s, t, d in graphml.edges(data=True)} == expected
    assert graphml.nodes["МИД"]["label"] == "Сыртқы істер министрлігі"
    gexf = nx.read_gexf(written / "network.gexf", version="1.3")
    assert {(s, t, d["relation"]): d["weight"] for s, t, d in gexf.edges(data=True)} == expected
    assert gexf.nodes["alone"]["type"] == "state"


def test_networkx_reads_json_and_pajek(written: Path) -> None:
    node_link = nx.node_link_graph(json.loads((written / "network.json").read_text(encoding="utf-8")), edges="edges")
    assert node_link.number_of_edges() == len(EDGES)
    assert node_link.nodes["МИД"]["type"] == "ministry"
    pajek = nx.read_pajek(written / "network.net")
    expected = {(s, t, r): w for s, t, r, w in EDGES.iloc[:, :4].itertuples(index=False, name=None)}
    assert {(s, t, d["l"]): d["weight"] for s, t, d in pajek.edges(data=True)} == expected


def test_igraph_reads_graphml_and_pajek(written: Path) -> None:
    graphml = igraph.Graph.Read_GraphML(str(written / "network.graphml"))
    assert graphml.is_directed()
    assert sorted(graphml.es["weight"]) == sorted(EDGES["weight"])
    assert graphml.vs["type"] == ["ministry", "platform", "", "state"]
    assert igraph.Graph.Read_Pajek(str(written / "network.net")).ecount() == len(EDGES)


def test_graphml_follows_the_published_schema(written: Path) -> None:
    """graphml.xsd 1.0: keys before the graph; key needs id, node id, edge source and target, graph edgedefault."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = parse(written / "network.graphml").getroot()
    assert root.tag == f"{space}graphml"
    tags = [child.tag.removeprefix(space) for child in root]
    assert tags == ["key"] * tags.count("key") + ["graph"]
    keys = {key.get("id"): key for key in root.iter(f"{space}key")}
    assert len(keys) == tags.count("key")
    assert {key.get("attr.type") for key in keys.values()} <= {"boolean", "int", "long", "float", "double", "string"}
    nodes = [node.get("id") for node in root.iter(f"{space}node")]
    assert len(set(nodes)) == len(nodes)
    for edge in root.iter(f"{space}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
    for owner in ("node", "edge"):
        for element in root.iter(f"{space}{owner}"):
            assert all(keys[data.get("key")].get("for") == owner for data in element)


def test_gexf_follows_the_published_schema(written: Path) -> None:
    """gexf.xsd 1.3: version, graph with attributes, nodes, edges; attvalue for a declared attribute of its class."""
    space = "{http://gexf.net/1.3}"
    root = parse(written / "network.gexf").getroot()
    assert (root.tag, root.get("version")) == (f"{space}gexf", "1.3")
    graph = root[0]
    assert [child.tag.removeprefix(space) for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    declared = {group.get("class"): {one.get("id") for one in group} for group in graph.iter(f"{space}attributes")}
    types = {one.get("type") for one in graph.iter(f"{space}attribute")}
    assert types <= {"integer", "long", "double", "float", "boolean", "string", "liststring", "anyURI"}
    for owner in ("node", "edge"):
        for element in graph.iter(f"{space}{owner}"):
            assert {one.get("for") for one in element.iter(f"{space}attvalue")} <= declared[owner]
    positions = list(graph.iter("{http://gexf.net/1.3/viz}position"))
    assert [float(one.get("x", "nan")) for one in positions] == ACTORS["x"].tolist()


def test_types_stand_in_a_pajek_partition(written: Path) -> None:
    lines = (written / "network.clu").read_text(encoding="utf-8").splitlines()
    assert lines == ["% 1 ", "% 2 ministry", "% 3 platform", "% 4 state", "*Vertices 4", "2", "3", "1", "4"]


def test_an_undirected_network_says_so_in_every_format(tmp_path: Path) -> None:
    write_network(EDGES, ACTORS, tmp_path, directed=False)
    for name in FORMATS:
        assert not read_back(tmp_path, name).is_directed, name
        with pytest.raises(SourceError, match="undirected, directed was expected"):
            read_network(tmp_path / name, directed=True)


def test_gephis_own_column_names_are_understood(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("Source,Target,Type,Weight,Kind\na,b,Undirected,2,ally\n", encoding="utf-8")
    (tmp_path / "n.csv").write_text("Id,Label\na,Alpha\nb,\n", encoding="utf-8")
    network = read_network(tmp_path / "e.csv", nodes=tmp_path / "n.csv")
    assert not network.is_directed
    assert network.edges.to_dict("records") == [{"source": "a", "target": "b", "relation": "ally", "weight": 2.0}]
    assert network.actors["label"].tolist() == ["Alpha", "b"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"source,target\na,b\nc\n", r"row 2 has 1 cells, the header 2"),
        ("a.csv", b"source,target\na,\n", r"row 1 has no target"),
        ("a.csv", b"source,target,weight\na,b,1\nb,c,\n", r"weight is no number in row 2"),
        ("a.csv", b"source,target,weight\na,b,many\n", r"row 1: 'many'"),
        ("a.csv", b"source,target,weight\na,b,inf\n", r"row 1: 'inf'"),
        ("a.csv", b"source;target\na;b\n", r"semicolons"),
        ("a.csv", b"from,to\na,b\n", r"no column or attribute 'source'"),
        ("a.csv", b"source,target,Type\na,b,directed\na,c,undirected\n", r"some ties are directed"),
        ("a.csv", b"", r"empty|not enough"),
        ("a.json", b"{", r"line 1: not valid JSON"),
        ("a.json", b"[]", r"not node-link JSON"),
        ("a.net", b'*Vertices 1\n1 "a"\n*Arcs\n1 2 1\n', r"line 4: '1 2' are not numbers"),
        ("a.net", b'*Vertices 1\n1 "a"\n*Matrix\n1\n', r"'matrix' is not understood"),
        ("a.graphml", b"<graphml><graph edgedefault='directed'><hyperedge/></graph></graphml>", r"hyperedge"),
        ("a.graphml", b"<graphml><graph edgedefault='directed'><node/></graph></graphml>", r"<node> without 'id'"),
        ("a.graphml", b"<graphml>", r"not well-formed"),
        ("a.graphml", b"<gexf/>", r"root is <gexf>"),
        ("a.gexf", b"<gexf><graph mode='dynamic'/></gexf>", r"dynamic"),
        ("a.gexf", b"<gexf><graph><edges><edge source='a' target='b' type='mutual'/></edges></graph></gexf>", "mutual"),
    ],
)
def test_a_file_that_is_not_understood_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=message):
        read_network(tmp_path / name)


@pytest.mark.parametrize("name", ["bomb.graphml", "bomb.gexf"])
def test_entities_are_refused_and_never_expanded(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(
        '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><g>&b;</g>', encoding="utf-8"
    )
    with pytest.raises(TableError, match="entities"):
        read_network(tmp_path / name)


def test_wrong_encodings_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("source,target\nМИД,б\n".encode("cp1251"))
    with pytest.raises(SourceError, match=r"line 2: byte 14 is not UTF-8"):
        read_network(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes("source,target\na,b\n".encode("utf-16"))
    with pytest.raises(SourceError, match="is UTF-16"):
        read_network(tmp_path / "b.csv")


def test_pajeks_own_sections_of_relations_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.net").write_text(
        '*Vertices 2\r\n1 "a" 0.1 0.2 ellipse\r\n2 "b"\r\n*Arcs :1 "trade"\r\n1 2 3\r\n*Arcs :2 "aid"\r\n2 1\r\n'
    )
    assert ties(read_network(tmp_path / "a.net").edges) == [("a", "b", "trade", 3.0), ("b", "a", "aid", 1.0)]


def test_unknown_ends_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="unknown format"):
        read_network(tmp_path / "a.xlsx")
    with pytest.raises(SourceError, match="is missing"):
        read_network(tmp_path / "a.csv")


def test_an_unlisted_actor_or_a_control_character_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no actor is listed for b & <c>"):
        write_network(EDGES, ACTORS[ACTORS["actor_id"] != "b & <c>"], tmp_path)
    with pytest.raises(TableError, match=r"row 1, column 'label'.*control"):
        write_network(EDGES, ACTORS.assign(label="\x01"), tmp_path)
    assert not list(tmp_path.iterdir())


def test_columns_that_a_format_reserves_are_kept_under_another_name(tmp_path: Path) -> None:
    actors = pd.DataFrame({"actor_id": ["a", "b"], "type": "state", "label": ["A", "B"], "id": [7, 8], "name": "n"})
    edges = pd.DataFrame({"source": ["a"], "target": ["b"], "relation": ["uses"], "weight": [1.0], "id": ["x"]})
    write_network(edges, actors, tmp_path)
    for name in ("network.json", "network.graphml", "network.gexf"):
        found = read_network(tmp_path / name).actors
        assert found["actor_id"].tolist() == ["a", "b"]
        assert found["label"].tolist() == ["A", "B"]
        assert found["id_attribute"].tolist() == [7, 8]
    found = read_network(tmp_path / "network.csv", nodes=tmp_path / "network_actors.csv").actors
    assert found["id_attribute"].tolist() == ["7", "8"]


def test_truth_values_are_written_as_such_and_read_back(tmp_path: Path) -> None:
    actors = pd.DataFrame({"actor_id": ["a", "b"], "type": "state", "label": ["A", "B"], "is_open": [True, None]})
    edges = pd.DataFrame({"source": ["a"], "target": ["b"], "relation": ["uses"], "weight": [1.0], "formal": [False]})
    write_network(edges, actors, tmp_path)
    for name in ("network.graphml", "network.gexf"):
        found = read_network(tmp_path / name)
        assert found.edges["formal"].tolist() == [False]
        assert found.actors["is_open"].iloc[0] is True
    assert nx.read_graphml(tmp_path / "network.graphml").nodes["a"]["is_open"] is True
    assert igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml")).es[0]["formal"] is False


def test_attributes_named_as_ends_do_not_replace_them(tmp_path: Path) -> None:
    path = tmp_path / "named.graphml"
    path.write_text(
        '<graphml><key id="k" for="edge" attr.name="source" attr.type="string"/>'
        '<key id="i" for="node" attr.name="actor_id" attr.type="string"/><graph edgedefault="directed">'
        '<node id="a"><data key="i">x</data></node><node id="b"/>'
        '<edge source="a" target="b"><data key="k">a report</data></edge></graph></graphml>',
        encoding="utf-8",
    )
    found = read_network(path)
    assert found.edges[["source", "target", "source_attribute"]].to_numpy().tolist() == [["a", "b", "a report"]]
    assert found.actors["actor_id"].tolist() == ["a", "b"]


def test_names_of_igraph_and_labels_of_yed_are_read(tmp_path: Path) -> None:
    built = igraph.Graph([(0, 1)], directed=True)
    built.vs["name"] = ["Ministry", "Platform"]
    built.write_graphml(str(tmp_path / "igraph.graphml"))
    assert read_network(tmp_path / "igraph.graphml").actors["label"].tolist() == ["Ministry", "Platform"]
    drawn = '<data key="d"><y:ShapeNode><y:Fill color="red"/><y:NodeLabel>{}</y:NodeLabel></y:ShapeNode></data>'
    nodes = "".join(f'<node id="{name}">{drawn.format(name.upper())}</node>' for name in "ab")
    (tmp_path / "yed.graphml").write_text(
        '<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key for="node" id="d" yfiles.type="nodegraphics"/>'
        f'<graph edgedefault="directed">{nodes}<edge source="a" target="b"/></graph></graphml>',
        encoding="utf-8",
    )
    found = read_network(tmp_path / "yed.graphml").actors
    assert found.to_dict("list") == {"actor_id": ["a", "b"], "type": ["", ""], "label": ["A", "B"]}
