"""Networks out to files and back, and what is refused on the way; read too by networkx and igraph."""

import json
import re
from pathlib import Path

import igraph
import networkx as nx
import pandas as pd
import pytest
from defusedxml.ElementTree import parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.pages.network_files import with_columns, write_network
from digital_diplomacy.sources.identifiers import normal_form
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


def test_identifiers_are_the_same_in_every_file(tmp_path: Path) -> None:
    handles = ["@MFA_KAZ", "=x", "+7 701", "-5", "'@quoted", '"q"', "a;b"]
    actors = pd.DataFrame({"actor_id": handles, "type": "ministry", "label": handles})
    edges = pd.DataFrame({"source": handles[:-1], "target": handles[1:], "relation": "@r", "weight": 1.0})
    write_network(edges, actors, tmp_path)
    assert "@MFA_KAZ,ministry,@MFA_KAZ\n" in (tmp_path / "network_actors.csv").read_text(encoding="utf-8")
    for name in FORMATS:
        again = read_back(tmp_path, name)
        assert again.actors["actor_id"].tolist() == handles, name
        assert again.edges["source"].tolist() == handles[:-1], name


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


@pytest.mark.parametrize("name", ["bomb.graphml", "bomb.gexf"])
def test_entities_are_refused_and_never_expanded(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(
        '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><g>&b;</g>', encoding="utf-8"
    )
    with pytest.raises(TableError, match="entities"):
        read_network(tmp_path / name)


def test_unknown_ends_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="unknown format"):
        read_network(tmp_path / "a.dot")
    with pytest.raises(SourceError, match="there is no such file"):
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


@pytest.mark.parametrize("name", FORMATS)
def test_whole_numbers_stay_whole_in_every_format(tmp_path: Path, name: str) -> None:
    actors = pd.DataFrame({"actor_id": ["1", "2"], "type": "state", "label": ["2020", "2021"]})
    actors["user"] = pd.Series([1436278513418522630, None], dtype=object)
    edges = pd.DataFrame({"source": ["1"], "target": ["2"], "relation": ["r"], "weight": [1.0], "year": [2019]})
    write_network(edges, actors, tmp_path)
    found = read_back(tmp_path, name)
    if name != "network.net":  # Pajek has no place for further columns
        assert found.actors["label"].tolist() == ["2020", "2021"]
        assert [str(cell) for cell in found.actors["user"]] == ["1436278513418522630", "None"]
        assert str(found.edges["year"].iloc[0]) == "2019"
    assert found.actors["actor_id"].tolist() == ["1", "2"]


# Letters of any script, with what each format has to take care of: quotation marks, separators, entities, signs of
# sections, line ends, and blanks within.
ODD = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=8),
    st.text(st.sampled_from(list("aЯ ,;\"'&<>#*%[]{}|=@-0.\\/\n\r\t\u2028\u0085")), min_size=1, max_size=8),
    st.sampled_from(
        ["&amp;", "&#65;", "1", "2.5", "nan", "None", "true", "*Arcs", "% x", "]]>", "label", "id", "l", "[1-3]"]
    ),
)
NAMES = ODD.map(normal_form).filter(bool)
CELLS = {
    "text": st.one_of(st.none(), ODD.filter(lambda text: bool(text.strip()))),
    "whole": st.one_of(st.none(), st.integers(-(2**62), 2**62)),
    "number": st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    "truth": st.one_of(st.none(), st.booleans()),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = draw(st.lists(NAMES, min_size=2, max_size=5, unique_by=lambda name: re.sub(r"\.0+$", "", name)))
    further = draw(
        st.dictionaries(
            st.sampled_from(["Label", "since", "Weight", "ИД", "a&b", "x"]), st.sampled_from([*CELLS]), max_size=3
        )
    )
    relations = draw(st.lists(NAMES, min_size=1, max_size=2, unique_by=lambda name: re.sub(r"\.0+$", "", name)))
    ends = st.sampled_from(names)
    ties = draw(st.lists(st.tuples(ends, ends, st.sampled_from(relations)), min_size=1, max_size=6))
    edges = pd.DataFrame(ties, columns=["source", "target", "relation"])
    edges["weight"] = [draw(st.floats(1e-9, 1e9)) for _ in ties]
    actors = pd.DataFrame({"actor_id": names, "type": draw(NAMES), "label": [draw(NAMES) for _ in names]})
    for name, kind in further.items():
        for frame in (edges, actors):
            # A label is text in every format, whatever it looks like.
            cells = [draw(CELLS["text" if name == "Label" else kind]) for _ in range(len(frame))]
            if any(cell is not None for cell in cells):
                frame[name] = pd.Series(cells, dtype=object)
    return edges, actors


def cells_of(frame: pd.DataFrame, *, as_text: bool) -> list[dict[str, object]]:
    def one(cell: object) -> object:
        if as_text and isinstance(cell, bool):
            return str(cell).lower()
        return repr(cell) if as_text and not isinstance(cell, str) else cell

    return [{name: one(cell) for name, cell in row.items() if cell is not None} for row in frame.to_dict("records")]


@given(written=tables(), directed=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_what_is_written_is_read_back_equal(
    tmp_path: Path, written: tuple[pd.DataFrame, pd.DataFrame], directed: bool
) -> None:
    edges, actors = written
    write_network(edges, actors, tmp_path, directed=directed)
    for name in FORMATS:
        again = read_back(tmp_path, name)
        assert again.is_directed == directed, name
        assert again.actors["actor_id"].tolist() == actors["actor_id"].tolist(), name
        assert ties_in_order(again.edges) == ties_in_order(edges), name
        if name != "network.net":  # Pajek has no place for more
            text = name == "network.csv"
            assert cells_of(again.actors, as_text=text) == cells_of(actors, as_text=text), name
            found, given_rows = (frame.drop(columns="weight") for frame in (again.edges, edges))
            assert cells_of(found, as_text=text) == cells_of(given_rows, as_text=text), name


def ties_in_order(edges: pd.DataFrame) -> list[list[object]]:
    return edges[["source", "target", "relation", "weight"]].to_numpy().tolist()


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


def test_columns_of_the_rows_come_to_the_measured_ties() -> None:
    rows = pd.DataFrame(
        {
            "source": ["a", "a", "b"],
            "target": ["b", "b", "c"],
            "relation": "r",
            "weight": [1.0, 2.0, 4.0],
            "since": ["2019", "2020", "2021"],
            "kept": ["x", "x", None],
        }
    )
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": "r", "weight": [3.0, 4.0]})
    written, differing = with_columns(ties, rows)
    assert cells_of(written, as_text=False) == [
        {"source": "a", "target": "b", "relation": "r", "weight": 3.0, "kept": "x"},
        {"source": "b", "target": "c", "relation": "r", "weight": 4.0, "since": "2021"},
    ]
    assert differing == ["since"]
    turned = ties.rename(columns={"source": "target", "target": "source"})
    assert with_columns(turned, rows, reverse=True)[0][["source", "since"]].to_numpy().tolist() == [
        ["b", None],
        ["c", "2021"],
    ]


def test_an_undirected_tie_is_written_once() -> None:
    rows = pd.DataFrame({"source": ["b"], "target": ["a"], "relation": ["r"], "weight": [2.0], "since": ["2019"]})
    both = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "relation": "r", "weight": 2.0})
    written, _ = with_columns(both, rows, directed=False)
    assert written.to_numpy().tolist() == [["b", "a", "r", 2.0, "2019"]]


def test_cells_that_are_equal_to_python_keep_their_own_writing(tmp_path: Path) -> None:
    """1, 1.0 and true, 0.0 and -0.0 are equal; none may be written as another that stands above it."""
    edges = pd.DataFrame({"source": list("abcde"), "target": list("bcdea"), "relation": "r", "weight": 1.0})
    edges["x"] = pd.Series([1, 1.0, True, "1", "true"], dtype=object)
    edges["y"] = [0.0, -0.0, 1.0, -0.0, 0.0]
    actors = pd.DataFrame({"actor_id": list("abcde"), "type": "", "label": ["A", None, 0, "", "E"]})
    write_network(edges, actors, tmp_path)
    lines = (tmp_path / "network.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[4] for line in lines] == ["1", "1.0", "true", "1", "true"]
    assert [line.split(",")[5] for line in lines] == ["0.0", "-0.0", "1.0", "-0.0", "0.0"]
    links = json.loads((tmp_path / "network.json").read_text(encoding="utf-8"))["edges"]
    assert [repr(link["x"]) for link in links] == ["1", "1.0", "True", "'1'", "'true'"]
    labels = re.findall(r'label="([^"]*)"', (tmp_path / "network.gexf").read_text(encoding="utf-8"))
    assert labels == ["A", "b", "0", "d", "E"]
