"""Further forms that specifications allow and programs write, each with what it says, worked out by hand.

GEXF 1.1draft, 1.2draft and 1.3 (gexf.net primer and schemas); GraphML 1.0 (graphml.graphdrawing.org primer: defaults,
ports, nested graphs, hyperedges) as yEd, igraph, Gephi and NodeXL write it; Pajek's manual; GDF; GML; node-link JSON of
networkx 2 and 3 and of d3; lists of edges as spreadsheets and programs leave them.
"""

from pathlib import Path
from typing import Any, Final

import pytest

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.sources import NetworkFile, read_network

GRAPHML: Final = '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'
AB: Final = '<node id="a"/><node id="b"/>'
EDGE: Final = '<edge source="a" target="b"/>'


def gexf(graph: str, version: str = "1.3", namespace: str = "http://gexf.net/1.3") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><gexf xmlns="{namespace}" version="{version}">{graph}</gexf>'


NODES: Final = '<nodes><node id="a" label="A"/><node id="b" label="B"/></nodes>'
GEXF_EDGE: Final = '<edges><edge id="0" source="a" target="b"/></edges>'

READ: Final = {
    # GEXF by version.
    "v1_1.gexf": (
        gexf(
            '<graph defaultedgetype="directed" mode="static"><attributes class="node" mode="static">'
            '<attribute id="0" title="type" type="string"/></attributes><nodes><node id="a" label="A"><attvalues>'
            '<attvalue id="0" value="state"/></attvalues></node><node id="b" label="B"/></nodes><edges>'
            '<edge id="0" source="a" target="b" weight="2.4"/></edges></graph>',
            "1.1",
            "http://www.gexf.net/1.1draft",
        ),
        "a>b 2.4",
        {"a": {"type": "state", "label": "A"}, "b": {"type": "", "label": "B"}},
    ),
    "v1_2.gexf": (
        gexf(
            '<meta lastmodifieddate="2009-03-20"><creator>x</creator></meta><graph mode="static" '
            f'defaultedgetype="undirected">{NODES}{GEXF_EDGE}</graph>',
            "1.2",
            "http://www.gexf.net/1.2draft",
        ),
        "a-b",
        {"a": {"label": "A"}, "b": {"label": "B"}},
    ),
    "v1_2_default.gexf": (
        gexf(
            '<graph defaultedgetype="directed"><attributes class="node"><attribute id="0" title="type" type="string">'
            f"<default>media</default></attribute></attributes>{NODES}{GEXF_EDGE}</graph>",
            "1.2",
            "http://www.gexf.net/1.2draft",
        ),
        "a>b",
        {"a": {"type": "media"}, "b": {"type": "media"}},
    ),
    "v1_3_kind.gexf": (
        gexf(
            f'<graph defaultedgetype="directed">{NODES}<edges><edge source="a" target="b" kind="knows" weight="3"/>'
            '<edge source="a" target="b" kind="pays"/></edges></graph>'
        ),
        "a>b knows 3; a>b pays",
        {},
    ),
    "v1_3_long.gexf": (
        gexf(
            '<graph><attributes class="node"><attribute id="u" title="user_id" type="long"/>'
            '<attribute id="v" title="verified" type="boolean"/></attributes><nodes><node id="a"><attvalues>'
            '<attvalue for="u" value="1436278513418522630"/><attvalue for="v" value="true"/></attvalues></node>'
            f'<node id="b"/></nodes>{GEXF_EDGE}</graph>'
        ),
        "a-b",
        {"a": {"user_id": 1436278513418522630, "verified": True, "label": "a"}},
    ),
    "v1_3_spells.gexf": (
        gexf(
            f'<graph timeformat="date">{NODES}<edges><edge source="a" target="b"><spells>'
            '<spell start="2019-01-01" end="2019-06-30"/><spell start="2020-01-01"/></spells></edge></edges></graph>'
        ),
        "a-b [2019-01-01/2019-06-30; 2020-01-01/..]",
        {},
    ),
    "v1_2_open.gexf": (
        gexf(f'<graph>{NODES}<edges><edge source="a" target="b" startopen="2019" endopen="2021"/></edges></graph>'),
        "a-b [2019/2021]",
        {},
    ),
    "viz.gexf": (
        gexf(
            '<graph xmlns:viz="http://gexf.net/1.3/viz"><nodes><node id="a"><viz:size value="2.5"/>'
            '<viz:position x="1" y="-2" z="0"/><viz:color r="1" g="2" b="3"/></node><node id="b"/></nodes>'
            f"{GEXF_EDGE}</graph>"
        ),
        "a-b",
        {"a": {"x": 1.0, "y": -2.0, "size": 2.5}},
    ),
    "comment.gexf": (gexf(f"<!-- made by hand --><graph>{NODES}{GEXF_EDGE}</graph>"), "a-b", {}),
    "integer_ids.gexf": (
        gexf(
            '<graph idtype="integer"><nodes><node id="1"/><node id="2"/></nodes><edges>'
            '<edge id="10" source="2" target="1"/></edges></graph>'
        ),
        "2-1",
        {"1": {"label": "1"}, "2": {"label": "2"}},
    ),
    # GraphML
    "defaults.graphml": (
        GRAPHML.format(
            '<key id="d0" for="node" attr.name="type" attr.type="string"><default>media</default></key>'
            '<key id="d1" for="edge" attr.name="weight" attr.type="double"><default>0.5</default></key>'
            '<graph id="G" edgedefault="undirected"><node id="a"><data key="d0">state</data></node><node id="b"/>'
            f"{EDGE}</graph>"
        ),
        "a-b 0.5",
        {"a": {"type": "state"}, "b": {"type": "media"}},
    ),
    "ports.graphml": (
        GRAPHML.format(
            '<graph edgedefault="directed"><node id="a"><port name="N"><port name="N1"/></port></node><node id="b"/>'
            '<edge source="a" target="b" sourceport="N1"/></graph>'
        ),
        "a>b",
        {},
    ),
    "yed.graphml": (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">'
        '<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d10" yfiles.type="edgegraphics"/>'
        '<graph edgedefault="directed" id="G"><node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30.0"/>'
        '<y:NodeLabel>Ministry</y:NodeLabel></y:ShapeNode></data></node><node id="n1"><data key="d6"><y:ShapeNode>'
        "<y:NodeLabel>МИД</y:NodeLabel></y:ShapeNode></data></node>"
        '<edge id="e0" source="n0" target="n1"><data key="d10"><y:PolyLineEdge/></data></edge></graph></graphml>',
        "n0>n1",
        {"n0": {"label": "Ministry"}, "n1": {"label": "МИД"}},
    ),
    "igraph.graphml": (
        GRAPHML.format(
            '<key id="v_name" for="node" attr.name="name" attr.type="string"/>'
            '<key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>'
            '<graph id="G" edgedefault="directed"><node id="n0"><data key="v_name">Astana</data></node>'
            '<node id="n1"><data key="v_name">Almaty</data></node><edge source="n0" target="n1">'
            '<data key="e_weight">2</data></edge></graph>'
        ),
        "n0>n1 2",
        {"n0": {"label": "Astana"}, "n1": {"label": "Almaty"}},
    ),
    "gephi.graphml": (
        GRAPHML.format(
            '<key attr.name="label" attr.type="string" for="node" id="label"/>'
            '<key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>'
            '<key attr.name="weight" attr.type="double" for="edge" id="weight"/>'
            '<key attr.name="r" attr.type="int" for="node" id="r"/>'
            '<graph edgedefault="directed"><node id="a"><data key="label">A</data><data key="r">153</data></node>'
            '<node id="b"/><edge id="1" source="a" target="b"><data key="weight">4.0</data></edge></graph>'
        ),
        "a>b 4",
        {"a": {"label": "A", "r": 153}},
    ),
    "schema.graphml": (
        GRAPHML.format(
            f'<graph id="G" edgedefault="directed" parse.nodes="2" parse.edges="1">{AB}{EDGE}</graph>'
        ).replace(
            "<graphml ", '<graphml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x y" '
        ),
        "a>b",
        {},
    ),
    "booleans.graphml": (
        GRAPHML.format(
            '<key id="v" for="node" attr.name="verified" attr.type="boolean"/><graph edgedefault="undirected">'
            f'<node id="a"><data key="v">true</data></node><node id="b"><data key="v">0</data></node>{EDGE}</graph>'
        ),
        "a-b",
        {"a": {"verified": True}, "b": {"verified": False}},
    ),
    "described.graphml": (
        GRAPHML.format(f'<desc>net</desc><graph edgedefault="undirected"><desc>g</desc>{AB}{EDGE}</graph>'),
        "a-b",
        {},
    ),
    # Pajek
    "tabs.net": ('*Vertices\t2\n1\t"a"\n2\t"b"\n*Arcs\n1\t2\t3\n', "a>b 3", {}),
    "no_quotes.net": ("*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n", "a-b", {}),
    "nested.gexf": (
        gexf(
            '<graph defaultedgetype="directed"><nodes><node id="g"><nodes><node id="a"/><node id="h"><nodes>'
            '<node id="b"/></nodes><edges><edge source="b" target="h"/></edges></node></nodes></node></nodes>'
            '<edges><edge source="a" target="b"/></edges></graph>'
        ),
        "a>b; b>h",
        {"a": {"parent": "g"}, "b": {"parent": "h"}, "h": {"parent": "g"}},
    ),
    "nested.graphml": (
        GRAPHML.format(
            '<graph edgedefault="directed"><node id="g"><graph id="g:" edgedefault="directed"><node id="a"/>'
            '<node id="b"/><edge source="a" target="b"/></graph></node><edge source="g" target="a"/></graph>'
        ),
        "g>a; a>b",
        {"a": {"parent": "g"}, "b": {"parent": "g"}},
    ),
    "block_comments.net": (
        '/* two\n*Arcs\n lines */*Vertices 2 /* so many */\n1 "a /* no comment */"\n2 "b"\n% isn\'t "one /*\n*Arcs\n'
        "1 2 /* strong */ 3\n",
        "a /* no comment */>b 3",
        {},
    ),
    "comment.net": ('% made by hand\n*Vertices 2\n1 "a"\n2 "b"\n% ties\n*Arcs\n1 2\n', "a>b", {}),
    "coordinates.net": (
        '*Vertices 2\n1 "a" 0.1 0.2 0.5\n2 "b" 0.3 0.4 0.5\n*Arcs\n1 2\n',
        "a>b",
        {"a": {"x": 0.1, "y": 0.2}, "b": {"x": 0.3, "y": 0.4}},
    ),
    "unicode.net": ('\ufeff*Vertices 2\n1 "МИД"\n2 "ООН"\n*Arcs\n1 2\n', "МИД>ООН", {}),
    "negative.net": ('*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2 -1\n', "a>b -1", {}),
    "two_modes_list.net": (
        '*Vertices 3 1\n1 "ann"\n2 "club"\n3 "team"\n*Edgeslist\n1 2 3\n',
        "ann-club; ann-team",
        {"ann": {"type": "mode 1"}, "club": {"type": "mode 2"}},
    ),
    "exponent.net": ('*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 2 2.5e1\n', "a-b 25", {}),
    # GDF
    "types.gdf": (
        "nodedef>name VARCHAR,type VARCHAR,followers INT,verified BOOLEAN\na,state,12,true\nb,media,3,false\n"
        "edgedef>node1 VARCHAR,node2 VARCHAR,directed BOOLEAN,label VARCHAR\na,b,true,x\n",
        "a>b",
        {"a": {"type": "state", "followers": 12, "verified": True}},
    ),
    "no_labels.gdf": ("nodedef>name\na\nb\nedgedef>node1,node2\na,b\n", "a>b", {"a": {"label": "a"}}),
    "nodes_left_out.gdf": ("edgedef>node1 VARCHAR,node2 VARCHAR\na,b\n", "a>b", {}),
    "windows.gdf": ("nodedef>name VARCHAR\r\na\r\nb\r\nedgedef>node1 VARCHAR,node2 VARCHAR\r\na,b\r\n", "a>b", {}),
    # GML
    "networkx.gml": (
        'graph [\n  directed 1\n  multigraph 1\n  node [\n    id 0\n    label "a"\n  ]\n  node [\n    id 1\n'
        '    label "b"\n  ]\n  edge [\n    source 0\n    target 1\n    key 0\n    weight 1.5\n  ]\n]\n',
        "0>1 1.5",
        {"0": {"label": "a"}, "1": {"label": "b"}},
    ),
    "igraph.gml": (
        'Creator "igraph version 0.10"\nVersion 1\ngraph\n[\n  directed 0\n  node\n  [\n    id 0\n    name "a"\n  ]\n'
        '  node\n  [\n    id 1\n    name "b"\n  ]\n  edge\n  [\n    source 1\n    target 0\n  ]\n]\n',
        "1-0",
        {"0": {"label": "a"}},
    ),
    "yed.gml": (
        'graph [ hierarchic 1 label "" directed 1 node [ id 0 label "A" graphics [ x 1.0 y 2.0 w 30.0 ] ] node [ id 1 '
        'label "B" ] edge [ source 0 target 1 graphics [ fill "#000000" ] ] ]',
        "0>1",
        {"0": {"label": "A", "x": 1.0, "y": 2.0}},
    ),
    "negative.gml": (
        "graph [ directed 1 node [ id -1 ] node [ id 2 ] edge [ source -1 target 2 weight 0.5 ] ]",
        "-1>2 0.5",
        {},
    ),
    # Node-link JSON
    "networkx_2.json": (
        '{"directed": true, "multigraph": true, "graph": {}, "nodes": [{"type": "state", "id": "a"}, {"id": "b"}], '
        '"links": [{"weight": 2, "source": "a", "target": "b", "key": 0}]}',
        "a>b 2",
        {"a": {"type": "state"}},
    ),
    "networkx_3.json": (
        '{"directed": false, "multigraph": false, "graph": {}, "nodes": [{"id": "a"}, {"id": "b"}], '
        '"edges": [{"source": "a", "target": "b"}]}',
        "a-b",
        {},
    ),
    "d3.json": (
        '{"nodes": [{"id": "Myriel", "group": 1}, {"id": "Napoleon", "group": 1}], '
        '"links": [{"source": "Napoleon", "target": "Myriel", "value": 1}]}',
        "Napoleon>Myriel",
        {"Myriel": {"group": 1}},
    ),
    "d3_places.json": (
        '{"nodes": [{"name": "a", "group": 1}, {"name": "b", "group": 2}], "links": [{"source": 0, "target": 1}]}',
        "0>1",
        {"0": {"label": "a"}},
    ),
    "unicode.json": (
        '{"nodes": [{"id": "\\u041c\\u0418\\u0414"}, {"id": "b"}], "links": [{"source": "МИД", "target": "b"}]}',
        "МИД>b",
        {"МИД": {"label": "МИД"}},
    ),
    "nested_value.json": (
        '{"nodes": [{"id": 1, "tags": ["x", "y"]}, {"id": 2}], "links": [{"source": 1, "target": 2}]}',
        "1>2",
        {"1": {"tags": '["x", "y"]'}},
    ),
    # Lists of edges
    "minimal.csv": ("source,target\na,b", "a>b", {}),
    "pandas.csv": (",source,target,weight\n0,a,b,1.0\n1,b,a,2.0\n", "a>b; b>a 2", {}),
    "excel_europe.csv": ("sep=;\nSource;Target;Weight\na;b;0,5\nb;a;1,25\n", "a>b 0.5; b>a 1.25", {}),
    "gephi_mixed.csv": (
        "Source,Target,Type,Weight\na,b,Directed,1\nb,c,Undirected,2\n",
        "a>b; b>c 2; c>b 2",
        {},
    ),
    "gephi_mutual.json": (
        '{"nodes": [], "links": [{"Source": 1, "Target": 2, "directed": false}], "directed": false}',
        "1-2",
        {},
    ),
    "kinds.csv": ("source,target,kind\na,b,aid\nb,a,trade\n", "a>b aid; b>a trade", {}),
    "tabs.txt": ("source\ttarget\na\tb\n", "a>b", {}),
    "numbers.csv": ("source,target\n007,2\n", "007>2", {}),
    "blanks_within.csv": ("source,target\nNew York,  Nur-Sultan \n", "New York>Nur-Sultan", {}),
    "quoted_comma.csv": ('source,target\n"Press, the",b\n', "Press, the>b", {}),
    "periods.csv": ("source,target,period\na,b,2020\na,b,2021\n", "a>b [2020]; a>b [2021]", {}),
    "trailing_columns.csv": ("source,target,note\na,b,\n", "a>b", {}),
    "directed_column.csv": ("source,target,directed\na,b,1\nb,c,true\n", "a>b; b>c", {}),
    "loop.csv": ("source,target\na,a\n", "a>a", {}),
}

REFUSED: Final = {
    "dynamic.gexf": (
        gexf(f'<graph mode="dynamic" timeformat="double">{NODES}{GEXF_EDGE}</graph>'),
        r"dynamic graphs are not read; export one static period",
    ),
    "dynamic_attribute.gexf": (
        gexf(
            '<graph><attributes class="node" mode="dynamic"><attribute id="0" title="p" type="float"/></attributes>'
            '<nodes><node id="a"><attvalues><attvalue for="0" value="1" start="2009"/><attvalue for="0" value="2" '
            f'start="2010"/></attvalues></node><node id="b"/></nodes>{GEXF_EDGE}</graph>'
        ),
        r"an attribute has several values",
    ),
    "two_graphs.gexf": (gexf(f"<graph>{NODES}</graph><graph>{NODES}</graph>"), r"2 elements <graph>"),
    "no_source.gexf": (gexf(f'<graph>{NODES}<edges><edge target="b"/></edges></graph>'), r"<edge> without 'source'"),
    "direction.gexf": (gexf(f'<graph defaultedgetype="both ways?">{NODES}{GEXF_EDGE}</graph>'), r"defaultedgetype is"),
    "entity.gexf": ('<!DOCTYPE x [<!ENTITY e "ee">]><gexf/>', r"a document type or entities"),
    "nested_hyper.graphml": (
        GRAPHML.format(
            '<graph edgedefault="directed"><node id="g"><graph edgedefault="directed"><hyperedge/></graph>'
            "</node></graph>"
        ),
        r"hyperedge are not read",
    ),
    "open_comment.net": ('*Vertices 2\n1 "a"\n2 "b"\n/* ties\n*Arcs\n1 2\n', r"line 4: a comment begins with '/\*'"),
    "hyper.graphml": (
        GRAPHML.format(f'<graph edgedefault="directed">{AB}<hyperedge><endpoint node="a"/></hyperedge></graph>'),
        r"hyperedge are not read",
    ),
    "two_graphs.graphml": (
        GRAPHML.format(f'<graph edgedefault="directed">{AB}{EDGE}</graph>' * 2),
        r"2 elements <graph>",
    ),
    "no_default.graphml": (GRAPHML.format(f"<graph>{AB}{EDGE}</graph>"), r"<graph> without 'edgedefault'"),
    "unsure.graphml": (
        GRAPHML.format(f'<graph edgedefault="directed">{AB}<edge source="a" target="b" directed="maybe"/></graph>'),
        r"edge 1 is directed='maybe'",
    ),
    "two_networks.net": ('*Vertices 1\n1 "a"\n*Vertices 1\n1 "b"\n*Arcs\n1 1\n', r"2 sections \*Vertices"),
    "vector.net": ('*Vertices 1\n1 "a"\n*Vector x\n1\n', r"section '\*Vector' is not read"),
    "alone.net": ('*Vertices 1\n1 "a"\n*Arcs\n1\n', r"line 4: '1' alone; a tie has two ends"),
    "number.net": ('*Vertices 1\nfirst "a"\n*Arcs\n1 1\n', r"line 2: 'first' is no number of a vertex"),
    "early.net": ('1 "a"\n*Vertices 1\n', r"line 1: .* stands before any section"),
    "cells.gdf": ("nodedef>name,label\na\nedgedef>node1,node2\na,b\n", r"line 2: 1 cells, the header has 2"),
    "early.gdf": ("a,b\nnodedef>name\n", r"line 1: 'a,b' stands before 'nodedef>'"),
    "nodes_alone.gdf": ("nodedef>name\na\n", r"no section 'edgedef>'"),
    "direction.gdf": ("nodedef>name\na\nedgedef>node1,node2,directed BOOLEAN\na,a,often\n", r"'often'"),
    "open.gml": ("graph [ node [ id 1 ]", r"."),
    "no_graph.gml": ('Creator "x"', r"graph"),
    "links_of_nothing.json": (
        '{"nodes": [{"group": 1}], "links": [{"source": "x", "target": "y"}]}',
        r"the nodes have no 'id'",
    ),
    "numbers_for_nodes.json": ('{"nodes": [1, 2], "links": []}', r"number 1 of 'nodes' is 1, no object"),
    "adjacency.json": ('{"directed": false, "nodes": [{"id": 1}], "adjacency": [[]]}', r"it has no list 'links'"),
    "tree.json": ('{"id": 1, "children": [{"id": 2}]}', r"it has no list 'links'"),
    "spaces.txt": ("source target\na b\n", r"no columns 'source' and 'target'"),
    "no_header.csv": ("a,b\nb,c\n", r"no columns 'source' and 'target'"),
    "twins.csv": (
        "Source,Target\nmfa,un\nmfa\u00a0,un\n",
        r"'mfa' \(line 2\) and 'mfa\\xa0' \(line 3\) differ only in",
    ),
    "twins.json": (
        '{"nodes": [], "links": [{"SOURCE": "mfa", "TARGET": "un"}, {"SOURCE": "un ", "TARGET": "mfa"}]}',
        r"'un' \(link 1\) and 'un ' \(link 2\)",
    ),
    "weights_gap.csv": ("source,target,weight\na,b,1\nb,a,\n", r"weight is empty in line 3"),
}


def in_short(network: NetworkFile) -> str:
    """a>b directed, a-b undirected; relation, weight and period where they say more than "tie" and 1."""
    mark = ">" if network.is_directed else "-"
    said = []
    for row in network.edges.to_dict("records"):
        more = "" if row["relation"] == "tie" else f" {row['relation']}"
        more += "" if row["weight"] == 1 else f" {row['weight']:g}"
        said.append(
            f"{row['source']}{mark}{row['target']}{more}" + (f" [{row['period']}]" if row.get("period") else "")
        )
    return "; ".join(said)


def read(folder: Path, name: str, text: str) -> NetworkFile:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return read_network(folder / name)


@pytest.mark.parametrize("name", READ)
def test_a_form_its_format_allows_is_read_right(tmp_path: Path, name: str) -> None:
    text, ties, actors = READ[name]
    found = read(tmp_path, name, text)
    assert in_short(found) == ties
    known: dict[str, dict[str, Any]] = {row["actor_id"]: row for row in found.actors.to_dict("records")}
    assert {actor: {name: known[actor][name] for name in said} for actor, said in actors.items()} == actors


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_is_refused_by_name(tmp_path: Path, name: str) -> None:
    text, said = REFUSED[name]
    with pytest.raises(DigitalDiplomacyError, match=said) as refusal:
        read(tmp_path, name, text)
    assert str(tmp_path / name) in str(refusal.value)


def test_ports_are_said_to_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "ports.graphml"
    path.write_text(READ["ports.graphml"][0], encoding="utf-8")
    things = [remark.named["what"] for remark in read_network(path).remarks if remark.code == "left_out"]
    assert things == ["<port>, edge sourceport"]
