"""Files as programs write them, by the specifications of their formats: what each says, worked out by hand.

GEXF 1.1draft, 1.2draft and 1.3 (gexf.net); GraphML 1.0 (graphml.graphdrawing.org); Pajek's reference manual and wiki;
GDF (docs.gephi.org); GML (Himsolt 1997); node-link JSON of networkx and D3.
"""

import re
from pathlib import Path
from typing import Final

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.sources import NetworkFile, read_network

GEXF: Final = '<?xml version="1.0" encoding="UTF-8"?><gexf xmlns="http://gexf.net/1.3" version="1.3">{}</gexf>'
NODES: Final = '<nodes><node id="a" label="A"/><node id="b" label="B"/><node id="c" label="C"/></nodes>'
GRAPHML: Final = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'
THREE: Final = '<node id="a"/><node id="b"/><node id="c"/>'
NET: Final = '*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n'
GDF: Final = "nodedef>name VARCHAR,label VARCHAR\na,A\nb,B\nc,C\n"


def gexf(edges: str, *, head: str = "", graph: str = 'defaultedgetype="directed"', nodes: str = NODES) -> str:
    return GEXF.format(f"<graph {graph}>{head}{nodes}<edges>{edges}</edges></graph>")


def graphml(edges: str, *, head: str = "", default: str = "directed", nodes: str = THREE) -> str:
    return GRAPHML.format(f'{head}<graph edgedefault="{default}">{nodes}{edges}</graph>')


def key(name: str, domain: str, kind: str) -> str:
    return f'<key id="{name}0" for="{domain}" attr.name="{name}" attr.type="{kind}"/>'


# What a file is called, what it holds, and its ties: a>b directed, a-b undirected; relation and weight where they are
# not "tie" and 1.
READ: Final = {
    # GEXF: weight 1.0, edges undirected and static where nothing is said.
    "weights_left_out.gexf": (
        gexf('<edge source="a" target="b" weight="2.5"/><edge source="b" target="c"/>'),
        "a>b 2.5; b>c",
    ),
    "nothing_said.gexf": (gexf('<edge id="0" source="a" target="b"/>', graph=""), "a-b"),
    "all_typed.gexf": (gexf('<edge source="a" target="b" type="undirected"/>'), "a-b"),
    "mutual.gexf": (
        gexf('<edge source="a" target="b" type="mutual"/><edge source="b" target="c" type="directed"/>'),
        "a>b; b>a; b>c",
    ),
    "mixed.gexf": (
        gexf('<edge source="a" target="b" type="undirected"/><edge source="b" target="c"/>'),
        "a>b; b>a; b>c",
    ),
    "types_of_tweets.gexf": (
        gexf('<edge source="a" target="b" type="retweet" weight="3"/><edge source="c" target="a" type="mention"/>'),
        "a>b retweet 3; c>a mention",
    ),
    "kinds.gexf": (
        gexf('<edge source="a" target="b" kind="aid"/><edge source="a" target="b" kind="trade"/>'),
        "a>b aid; a>b trade",
    ),
    "capital_weight.gexf": (
        gexf(
            '<edge source="a" target="b"><attvalues><attvalue for="0" value="7"/></attvalues></edge>',
            head='<attributes class="edge"><attribute id="0" title="Weight" type="double"/></attributes>',
        ),
        "a>b 7",
    ),
    "count_attributes.gexf": (
        GEXF.format(
            '<meta lastmodifieddate="2024-01-01"><creator>Gephi 0.10</creator></meta>'
            f'<graph defaultedgetype="undirected" idtype="string" mode="static"><nodes count="3">{NODES[7:]}'
            '<edges count="1"><edge id="7" source="c" target="a" weight="4.0"/></edges></graph>'
        ),
        "c-a 4",
    ),
    "old_namespace.gexf": (
        gexf('<edge source="a" target="b"/>').replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft"),
        "a>b",
    ),
    "no_namespace.gexf": (gexf('<edge source="a" target="b"/>').replace(' xmlns="http://gexf.net/1.3"', ""), "a>b"),
    "windows.gexf": (
        gexf('<edge source="a" target="b"/>').replace("UTF-8", "windows-1251").encode("cp1251"),
        "a>b",
    ),
    "capitals.gexf": (
        gexf('<edge Source="a" Target="b" Weight="2"/>', graph='defaultEdgeType="Directed" Mode="Static"'),
        "a>b 2",
    ),
    # GraphML
    "capitals.graphml": (
        graphml('<edge source="a" target="b"/>').replace("edgedefault", "edgeDefault").replace("directed", "Directed"),
        "a>b",
    ),
    "capital_weight.graphml": (
        graphml(
            '<edge source="a" target="b"><data key="WEIGHT0">3</data></edge>', head=key("WEIGHT", "edge", "double")
        ),
        "a>b 3",
    ),
    "default_weight.graphml": (
        graphml(
            '<edge source="a" target="b"/><edge source="b" target="c"><data key="w">2</data></edge>',
            head='<key id="w" for="edge" attr.name="weight" attr.type="float"><default>0.5</default></key>',
        ),
        "a>b 0.5; b>c 2",
    ),
    "one_undirected.graphml": (
        graphml('<edge source="a" target="b" directed="false"/><edge source="b" target="c"/>'),
        "a>b; b>a; b>c",
    ),
    "undirected.graphml": (graphml('<edge id="x" source="b" target="a"/>', default="undirected"), "b-a"),
    "relation.graphml": (
        graphml(
            '<edge source="a" target="b"><data key="Relation0">aid</data></edge>',
            head=key("Relation", "edge", "string"),
        ),
        "a>b aid",
    ),
    "for_all.graphml": (
        graphml('<edge source="a" target="b"><data key="weight0">2</data></edge>', head=key("weight", "all", "int")),
        "a>b 2",
    ),
    "no_key.graphml": (graphml('<edge source="a" target="b"><data>2</data></edge>'), "a>b"),
    "undeclared_key.graphml": (graphml('<edge source="a" target="b"><data key="weight">2</data></edge>'), "a>b 2"),
    "one_name_two_types.graphml": (
        graphml(
            '<edge source="a" target="b"><data key="d0">2</data></edge>'
            '<edge source="b" target="c"><data key="d1">0.5</data></edge>',
            head='<key id="d0" for="edge" attr.name="weight" attr.type="long"/>'
            '<key id="d1" for="edge" attr.name="weight" attr.type="double"/>',
        ),
        "a>b 2; b>c 0.5",
    ),
    # Pajek
    "networkx.net": (
        '*vertices 2\n1 a 0.0 0.0 ellipse label A year 2019\n2 "b c" 0.0 0.0 ellipse\n*arcs\n1 2 2.5 since 2019\n',
        "a>b c 2.5",
    ),
    "arcs.net": (NET + "*Arcs\n1 2 3\n2 3\n", "a>b 3; b>c"),
    "edges.net": (NET + "*Edges\n1 2 0.5\n", "a-b 0.5"),
    "small_letters.net": (NET.lower() + "*arcs\n1 2\n", "a>b"),
    "old_lines.net": ((NET + "*Arcs\n1 2\n").replace("\n", "\r"), "a>b"),
    "windows_lines.net": ((NET + "*Arcs\n1 2\n").replace("\n", "\r\n"), "a>b"),
    "numbered_relations.net": (NET + "*Arcs :1\n1 2\n*Arcs :2\n1 2 4\n", "a>b 1; a>b 2 4"),
    "named_relations.net": (NET + '*Arcs :1 "aid"\n1 2\n*Arcs :2 "trade"\n1 2 4\n', "a>b aid; a>b trade 4"),
    "relation_in_line.net": (NET + "*Arcs\n1: 1 2 1\n2: 1 2 5\n", "a>b 1; a>b 2 5"),
    "lists.net": (NET + "*Arcslist\n1 2 3\n3 1\n", "a>b; a>c; c>a"),
    "edge_lists.net": (NET + "*Edgeslist\n1 2 3\n", "a-b; a-c"),
    "matrix.net": (NET + "*Matrix\n0 1 0\n0 0 2.5\n0 0 0\n", "a>b; b>c 2.5"),
    "two_mode_matrix.net": ('*Vertices 3 2\n1 "a"\n2 "b"\n3 "c"\n*Matrix\n1\n4\n', "a-c; b-c 4"),
    "both.net": (NET + "*Arcs\n1 2\n*Edges\n2 3 2\n", "a>b; b>c 2; c>b 2"),
    "drawn.net": (
        '*Network the drawn\n% a comment\n*Vertices 2\n1 "a" 0.1 0.2 0.5 ellipse x_fact 2 ic Red\n2 "b" 0.3 0.4\n'
        "*Arcs\n1 2 3 w 2 c Blue p Dots\n",
        "a>b 3",
    ),
    "line_labels.net": (NET + '*Arcs\n1 2 1 l "aid"\n', "a>b aid"),
    "numbers_alone.net": ("*Vertices 3\n*Arcs\n1 2\n3 1\n", "1>2; 3>1"),
    "some_described.net": ('*Vertices 3\n2 "b"\n*Arcs\n1 2\n', "1>b"),
    "equal_labels.net": ('*Vertices 3\n1 "x"\n2 "x"\n3 "y"\n*Arcs\n1 3\n2 3\n', "1>3; 2>3"),
    "times.net": (NET + "*Arcs\n1 2 1 [1-3,7]\n", "a>b"),
    # GDF
    "plain.gdf": (GDF + "edgedef>node1 VARCHAR,node2 VARCHAR\na,b\nb,c\n", "a>b; b>c"),
    "spaced.gdf": (
        "nodedef> name VARCHAR(32),label VARCHAR(32) DEFAULT x\na,A\nb,B\n"
        "edgedef> node1, node2, weight DOUBLE DEFAULT 1.0\na , b , 2.34\n",
        "a>b 2.34",
    ),
    "directed.gdf": (
        GDF + "edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE,directed BOOLEAN\na,b,2,true\nb,c,1,true\n",
        "a>b 2; b>c",
    ),
    "undirected.gdf": (GDF + "edgedef>node1 VARCHAR,node2 VARCHAR,directed BOOLEAN\na,b,false\n", "a-b"),
    "capitals.gdf": (
        GDF.replace("nodedef", "NODEDEF")
        + "EDGEDEF>Node1 VARCHAR,Node2 VARCHAR,Weight INT,Directed BOOLEAN\na,b,5,TRUE\n",
        "a>b 5",
    ),
    "commas.gdf": (GDF + 'edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE\na,b,"2,5"\n', "a>b 2.5"),
    "quoted.gdf": (
        'nodedef>name VARCHAR,label VARCHAR\n"a, the first",A\n\'b "two"\',B\n'
        'edgedef>node1 VARCHAR,node2 VARCHAR\n"a, the first",\'b "two"\'\n',
        'a, the first>b "two"',
    ),
    # GML
    "plain.gml": (
        'Creator "x"\ngraph [\n directed 1\n node [ id 1 label "A" ]\n node [ id 2 ]\n edge [ source 1 target 2'
        " value 3 ]\n]\n",
        "1>2 3",
    ),
    "undirected.gml": ("graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] ]", "0-1"),
    "one_line.gml": ("graph [directed 1 node [id 0] node [id 1] edge [source 0 target 1 weight 2.5]]", "0>1 2.5"),
    "parallel.gml": (
        "graph [ directed 1 node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] edge [ source 0 target 1 ] ]",
        "0>1; 0>1",
    ),
    "gephi_names.gml": (
        "graph [ directed 1 node [ id n0 ] node [ id n1 ] edge [ id e0 source n0 target n1 ] ]",
        "n0>n1",
    ),
    "commented.gml": ("# made by hand\ngraph [ # a list\n directed 1\n edge [ source 1 target 2 ] ]", "1>2"),
    "relations.gml": ('graph [ directed 1 edge [ source 1 target 2 Relation "aid" Weight 2 ] ]', "1>2 aid 2"),
    # JSON
    "networkx.json": (
        '{"directed": true, "multigraph": false, "graph": {}, "nodes": [{"id": "a"}, {"id": "b"}],'
        ' "links": [{"source": "a", "target": "b", "weight": 2}]}',
        "a>b 2",
    ),
    "undirected.json": ('{"directed": false, "nodes": [], "edges": [{"source": 1, "target": 2}]}', "1-2"),
    "early_d3.json": (
        '{"nodes": [{"name": "Myriel"}, {"name": "Napoleon"}], "links": [{"source": 1, "target": 0, "value": 8}]}',
        "1>0 8",
    ),
    "names_as_ends.json": (
        '{"nodes": [{"name": "a"}, {"name": "b"}], "links": [{"source": "a", "target": "b"}]}',
        "a>b",
    ),
    "capitals.json": ('{"Directed": true, "Nodes": [{"ID": 1}], "Links": [{"SOURCE": 1, "TARGET": 2}]}', "1>2"),
    "float_ids.json": ('{"nodes": [{"id": 1.0}, {"id": 2.0}], "links": [{"Source": 1, "Target": 2.0}]}', "1>2"),
    # Tables
    "gephi.csv": (
        "Source,Target,Type,Id,Label,timeset,Weight\na,b,Directed,0,,,2.0\nb,c,Directed,1,,,1.0\n",
        "a>b 2; b>c",
    ),
    "german.csv": ("Source;Target;Type;Weight\na;b;Ungerichtet;1,5\n", "a-b 1.5"),
    "russian.csv": ("Source,Target,Type\na,b,Неориентированная\n", "a-b"),
    "spaced.csv": ("source, target, weight\na, b, 2\nb, a, 1\n", "a>b 2; b>a"),
    "commas_at_ends.csv": ("source,target,\na,b,\n,,\nb,c,\n", "a>b; b>c"),
    "numbered.csv": (",source,target\n0,a,b\n1,b,c\n", "a>b; b>c"),
    "above.csv": ("My ties,\nmade in 2024,\n\nsource,target,weight\na,b,2\n", "a>b 2"),
    "separated.csv": ("sep=;\r\nSource;Target\r\na;b\r\n", "a>b"),
    "tabs.tsv": ("source\ttarget\tweight\na\tb\t3\n", "a>b 3"),
    "bars.txt": ("source|target\na|b\n", "a>b"),
    "marked.csv": ("\ufeffsource,target\na,b\n", "a>b"),
    "old_mac.csv": ("source,target\ra,b\r", "a>b"),
    "utf16.csv": ("source\ttarget\nМИД\tb\n".encode("utf-16"), "МИД>b"),
    "utf16_bare.csv": ("source\ttarget\na\tb\n".encode("utf-16-le"), "a>b"),
    "windows.csv": ("source;target\nМинистерство;Посольство\n".encode("cp1251"), "Министерство>Посольство"),
    "kazakh.csv": ("source;target\nҚазақстан;Өзбекстан\n".encode("kz1048"), "Қазақстан>Өзбекстан"),
    "kinds.csv": ("source,target,type\na,b,reply\nb,a,quote\nb,c,retweet\n", "a>b reply; b>a quote; b>c retweet"),
    "thousands.csv": ('source,target,weight\na,b,"1 250,5"\nb,c,"0,5"\n', "a>b 1250.5; b>c 0.5"),
    "truth.csv": ("source,target,directed\na,b,false\n", "a-b"),
    "quoted.csv": ('source,target\n"a, the ""first""\nline",b\n', 'a, the "first"\nline>b'),
}

REFUSED: Final = {
    "twins.csv": (
        "source,target\nmfa,un\nmfa\u00a0,un\n",
        r"'mfa' \(line 2\) and 'mfa\\xa0' \(line 3\) differ only in",
    ),
    "composed.csv": ("source,target\n\u00e9,un\ne\u0301,un\n", r"\(line 2\) and .* \(line 3\) differ only in"),
    "invisible.csv": ("source,target\nmfa,un\nmf\u200ba,un\n", r"'mfa' \(line 2\) and 'mf\\u200ba' \(line 3\)"),
    "floats.csv": ("source,target\n2,un\n2.0,un\n", r"'2' \(line 2\) and '2.0' \(line 3\)"),
    "relations.csv": ("source,target,relation\na,b,aid\nb,a,aid \n", r"'aid' \(line 2\) and 'aid ' \(line 3\)"),
    "types.json": (
        '{"nodes": [{"id": 1, "type": "1"}, {"id": 2, "type": "1.0"}], "links": [{"source": 1, "target": 2}]}',
        r"'1' \(node 1\) and '1.0' \(node 2\)",
    ),
    "turkish.csv": ("Source,Target,Type\na,b,Belirsiz\n", r"column 'Type' says 'Belirsiz' \(line 2\)"),
    "two_weights.csv": ("source,target,Weight,WEIGHT\na,b,1,2\n", r"Weight, WEIGHT differ in capital letters only"),
    "short.csv": ("source,target\na,b\nc\n", r"line 3 \(c\): 1 cells, the header 2 \(separated by commas\)"),
    "empty_end.csv": ("source,target\na,\n", r"line 2: no target"),
    "empty_weight.csv": ("source,target,weight\na,b,1\nb,c,\n", r"weight is empty in line 3"),
    "words.csv": ("source,target,weight\na,b,many\n", r"weight is no number in line 2: 'many'"),
    "infinite.csv": ("source,target,weight\na,b,inf\n", r"line 2: 'inf'"),
    "ambiguous.csv": ('source,target,weight\na,b,"1,203"\n', r"line 2: '1,203'"),
    "identifier_as_weight.csv": ("source,target,weight\na,b,1436278513418522630\n", r"more digits than are counted"),
    "who_whom.csv": (
        "who;whom\na;b\n",
        r"no columns 'source' and 'target', .* the table begins at line 1 .* separated by semicolons, are who, whom",
    ),
    "separator_alone.csv": ("sep=;\n", r"the table has no rows"),
    "nothing.csv": ("", r"the file is empty"),
    "blank.csv": (" \n\n", r"the file is empty"),
    "header.csv": ("source,target\n", r"the table has no rows"),
    "twice.csv": ("source,target,source\na,b,c\n", r"column 'source' stands twice"),
    "open_quote.csv": ('source,target\n"a,b\n', r"line 2: .*a quotation mark is not closed"),
    "page.csv": ("<!DOCTYPE html><html><body>Log in</body></html>", r"is a web page \(HTML\)"),
    "unnamed.csv": ("source,target,\na,b,x\n", r"column 3 has no name"),
    "control.csv": ("source,target\na\x07,b\n", r"line 2, source: .*control character"),
    "latin.csv": ("source,target\nélysée,b\n".encode("latin-1"), r"line 2: byte 14 is not UTF-8"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1", r"old kind of Excel or Word"),
    "broken.xlsx": (b"PK\x03\x04\x14\x00", r"damaged ZIP archive or workbook"),
    "archive.csv": (b"PK\x03\x04\x14\x00", r"a damaged ZIP archive"),
    "packed.csv": (b"\x1f\x8b\x08\x00", r"compressed \(gzip\)"),
    "a.dot": ("graph { a -- b }", r"unknown format '.dot'"),
    "half.json": ("{", r"line 1: not valid JSON"),
    "list.json": ("[]", r"the JSON holds no table"),
    "no_nodes.json": ('{"links": []}', r"it has no list 'nodes'"),
    "cytoscape.json": ('{"elements": {"nodes": []}}', r"JSON of Cytoscape"),
    "not_a_number.json": (
        '{"nodes": [], "links": [{"source": 1, "target": 2, "weight": NaN}]}',
        r"NaN is no number of JSON",
    ),
    "null.json": (
        '{"nodes": [], "links": [{"source": 1, "target": 2, "weight": null}]}',
        r"weight is empty \(null\) in link 1",
    ),
    "direction.json": ('{"directed": "maybe", "nodes": [], "links": []}', r"'directed' is \"maybe\""),
    "deep.json": ("[" * 100_000, r"nested too deeply|not valid JSON"),
    "digits.json": (
        '{"nodes": [], "links": [{"source": ' + "9" * 5000 + ', "target": 2}]}',
        r"a number that cannot be read",
    ),
    "beyond.net": (NET + "*Arcs\n1 9\n", r"line 6: '9' is no number of one of the 3 vertices"),
    "repeated.net": ('*Vertices 2\n1 "a"\n1 "b"\n*Arcs\n1 2\n', r"line 3: vertex 1 stands in line 2 too"),
    "too_many.net": ('*Vertices 1\n1 "a"\n2 "b"\n*Arcs\n1 2\n', r"1 vertices are announced, vertex 2 is described"),
    "bare_label.net": (
        "*Vertices 2\n1 Ministry of Truth\n*Arcs\n1 2\n",
        r"line 2: 'of' is not understood; .*quotation",
    ),
    "partition.net": (NET + "*Arcs\n1 2\n*Partition x\n", r"section '\*Partition' is not read"),
    "matrix.net": (NET + "*Matrix\n0 1\n", r"2 cells in the matrix, 3 x 3 are expected"),
    "no_ties.net": (NET, r"the network has no ties"),
    "hyper.graphml": (graphml("<hyperedge/>"), r"hyperedge"),
    "no_id.graphml": (graphml("", nodes="<node/>"), r"<node> without 'id'"),
    "open.graphml": ("<graphml>", r"not well-formed"),
    "other.graphml": ("<gexf/>", r"root is <gexf>"),
    "typed.graphml": (
        graphml('<edge source="a" target="b"><data key="year0">soon</data></edge>', head=key("year", "edge", "int")),
        r"'soon' is no int",
    ),
    "twin_columns.json": (
        '{"nodes": [], "links": [{"source": 1, "target": 2, "since": 1, "since ": 2}]}',
        r"'since' \(a column\) and 'since ' \(a column\) differ only",
    ),
    "dynamic.gexf": (gexf("", graph='mode="dynamic"'), r"dynamic"),
    "no_edges.gexf": (gexf(""), r"the network has no ties"),
    "changing.gexf": (
        gexf(
            '<edge source="a" target="b"><attvalues><attvalue for="0" value="1"/><attvalue for="0" value="2"/>'
            "</attvalues></edge>"
        ),
        r"edge 1: an attribute has several values",
    ),
    "cells.gdf": (GDF + "edgedef>node1 VARCHAR,node2 VARCHAR\na,b,c\n", r"line 6: 3 cells, the header has 2"),
    "no_edges.gdf": (GDF, r"no section 'edgedef>'"),
    "words.gdf": (GDF + "edgedef>node1 VARCHAR,node2 VARCHAR,directed BOOLEAN\na,b,perhaps\n", r"perhaps"),
    "open.gml": ("graph [ node [ id 1 ]", r"']' is missing"),
    "quote.gml": ('graph [ node [ id 1 label "A ] ]', r"line 1: a quotation mark is not closed"),
    "two.gml": ("graph [ ] graph [ ]", r"2 lists 'graph"),
}


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def in_short(network: NetworkFile) -> str:
    """The ties as in the tables above."""
    mark = ">" if network.is_directed else "-"
    rows = network.edges[["source", "target", "relation", "weight"]].itertuples(index=False, name=None)
    return "; ".join(
        f"{source}{mark}{target}{'' if relation == 'tie' else f' {relation}'}{'' if weight == 1 else f' {weight:g}'}"
        for source, target, relation, weight in rows
    )


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_as_its_format_says(tmp_path: Path, name: str) -> None:
    content, ties = READ[name]
    assert in_short(read_network(written(tmp_path, name, content))) == ties


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_understood_is_refused_in_words_of_the_file(tmp_path: Path, name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(DigitalDiplomacyError, match=said) as refusal:
        read_network(written(tmp_path, name, content))
    message = str(refusal.value)
    assert message.startswith(str(tmp_path / name))
    assert not re.search(r"np\.|Error|NoneType|nan\b|dtype|values to unpack", message)


@pytest.mark.parametrize(
    "name", [name for name in READ if name.endswith((".gexf", ".graphml", ".net", ".gdf", ".gml"))]
)
def test_blanks_and_lines_between_make_no_difference(tmp_path: Path, name: str) -> None:
    content, ties = READ[name]
    if isinstance(content, str) and "\r" not in content:
        spaced = (
            content.replace("><", ">\n  <") if name.endswith(("gexf", "graphml")) else content.replace("\n", " \n\n")
        )
        assert in_short(read_network(written(tmp_path, name, spaced + "\n\n"))) == ties
    else:
        tail = b"\n" if isinstance(content, bytes) else "\r\r"
        assert in_short(read_network(written(tmp_path, name, content + tail))) == ties  # type: ignore[operator]


def actors(network: NetworkFile) -> list[dict[str, object]]:
    frame = network.actors
    return [{name: cell for name, cell in row.items() if cell is not None} for row in frame.to_dict("records")]


def test_attributes_of_gexf_1_1_and_capital_names_are_types_and_labels(tmp_path: Path) -> None:
    nodes = (
        '<nodes><node id="1"><attvalues><attvalue id="t" value="state"/></attvalues></node>'
        '<node id="2" label="B"><attvalues><attvalue for="t" value="media"/></attvalues></node></nodes>'
    )
    head = '<attributes class="node"><attribute id="t" title="Type" type="string"/></attributes>'
    found = read_network(written(tmp_path, "a.gexf", gexf('<edge source="1" target="2"/>', head=head, nodes=nodes)))
    assert actors(found) == [
        {"actor_id": "1", "type": "state", "label": "1"},
        {"actor_id": "2", "type": "media", "label": "B"},
    ]


def test_quotation_marks_within_texts_of_gdf_are_kept(tmp_path: Path) -> None:
    text = (
        'nodedef>name VARCHAR,label VARCHAR,n BIGINT\nUC1,"News, ""24""",1436278513418522630\nUC2,O\'Brien\'s,\n'
        "UC3,'It''s \\'x\\'',5\nUC4,'A correct 'GDF' file',\nedgedef>node1 VARCHAR,node2 VARCHAR\nUC1,UC2\n"
    )
    found = read_network(written(tmp_path, "a.gdf", text)).actors
    assert found["label"].tolist() == ['News, "24"', "O'Brien's", "It's 'x'", "A correct 'GDF' file"]
    assert found["n"].tolist() == [1436278513418522630, None, 5, None]


def test_attributes_that_networkx_keeps_in_pajek_are_columns(tmp_path: Path) -> None:
    found = read_network(written(tmp_path, "a.net", READ["networkx.net"][0]))
    assert found.actors["year"].tolist() == ["2019", None]
    assert found.actors["label_attribute"].tolist() == ["A", None]
    assert found.edges["since"].tolist() == ["2019"]


def test_whole_numbers_keep_every_digit_beside_gaps(tmp_path: Path) -> None:
    data = '<data key="User id0">1436278513418522630</data><data key="year0">2019</data>'
    head = key("User id", "node", "long") + key("year", "node", "int") + key("share", "node", "double")
    nodes = f'<node id="1">{data}</node><node id="2"><data key="share0">0.5</data></node>'
    found = read_network(
        written(tmp_path, "a.graphml", graphml('<edge source="1" target="2"/>', head=head, nodes=nodes))
    )
    assert actors(found) == [
        {"actor_id": "1", "type": "", "label": "1", "User id": 1436278513418522630, "year": 2019},
        {"actor_id": "2", "type": "", "label": "2", "share": 0.5},
    ]


def test_labels_are_never_typed(tmp_path: Path) -> None:
    nodes = '<node id="1"><data key="label0">007</data></node><node id="2"/>'
    path = written(
        tmp_path, "a.graphml", graphml('<edge source="1" target="2"/>', head=key("label", "node", "int"), nodes=nodes)
    )
    assert read_network(path).actors["label"].tolist() == ["007", "2"]
    content = '{"nodes": [{"id": 1, "label": 2020}, {"id": 2}], "links": [{"source": 1, "target": 2}]}'
    assert read_network(written(tmp_path, "a.json", content)).actors["label"].tolist() == ["2020", "2"]


def test_times_stand_in_a_column_and_the_remark_says_so(tmp_path: Path) -> None:
    edges = (
        '<edge source="a" target="b" start="2009-03-01" end="2009-03-10"/>'
        '<edge source="b" target="c"><spells><spell start="2010"/><spell end="2012"/></spells></edge>'
    )
    found = read_network(written(tmp_path, "a.gexf", gexf(edges)))
    assert found.edges["period"].tolist() == ["2009-03-01/2009-03-10", "2010/..; ../2012"]
    assert [remark.code for remark in found.remarks] == ["periods"]
    found = read_network(written(tmp_path, "a.net", NET + "*Arcs\n1 2 1 [1-3,7]\n2 3\n"))
    assert found.edges["period"].tolist() == ["1-3,7", None]


def test_two_modes_of_pajek_are_types(tmp_path: Path) -> None:
    found = read_network(written(tmp_path, "a.net", '*Vertices 3 2\n1 "a"\n2 "b"\n3 "c"\n*Edges\n1 3\n'))
    assert found.actors["type"].tolist() == ["mode 1", "mode 1", "mode 2"]
    assert [remark.code for remark in found.remarks] == ["two_modes"]


def test_names_of_pajek_and_gml_are_decoded(tmp_path: Path) -> None:
    found = read_network(
        written(tmp_path, "a.net", '*Vertices 2\n1 "&#1052;&#1048;&#1044;"\n2 "Q &amp; A"\n*Arcs\n1 2\n')
    )
    assert found.actors["actor_id"].tolist() == ["МИД", "Q & A"]
    text = 'graph [ node [ id 1 label "&#1052;&#x418;&#1044; &quot;x&quot;" ] edge [ source 1 target 1 ] ]'
    assert read_network(written(tmp_path, "a.gml", text)).actors["label"].tolist() == ['МИД "x"']


def test_equal_labels_of_pajek_name_no_actor(tmp_path: Path) -> None:
    content, _ = READ["equal_labels.net"]
    found = read_network(written(tmp_path, "a.net", content))
    assert found.actors[["actor_id", "label"]].to_numpy().tolist() == [["1", "x"], ["2", "x"], ["3", "y"]]
    assert [(remark.code, remark.named["names"]) for remark in found.remarks] == [("equal_names", "x")]


LEFT_OUT: Final = {
    "viz.gexf": (
        gexf(
            '<edge source="a" target="b"/>', nodes='<nodes><node id="a"><viz:color r="1" xmlns:viz="v"/></node></nodes>'
        ),
        "<color>",
    ),
    "described.graphml": (graphml("<desc>my net</desc>" + '<edge source="a" target="b"/>'), "<desc> of the graph"),
    "drawn.net": (READ["drawn.net"][0], "*Network the drawn, c, ic, p, shapes, w, x_fact"),
    "graph.json": ('{"graph": {"name": "x"}, "nodes": [], "links": [{"source": 1, "target": 2}]}', "graph"),
    "drawn.gml": (
        "graph [ comment 3 node [ id 1 graphics [ x 1.5 fill 2 ] ] edge [ source 1 target 1 ] ]",
        "graph comment, graphics",
    ),
    "numbered.csv": (READ["numbered.csv"][0], "column 1"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_named(tmp_path: Path, name: str) -> None:
    content, what = LEFT_OUT[name]
    remarks = read_network(written(tmp_path, name, content)).remarks
    assert [remark.named["what"] for remark in remarks if remark.code == "left_out"] == [what]


@pytest.mark.parametrize(
    ("name", "code", "values"),
    [
        ("windows.csv", "encoding", {"encoding": "Windows-1251", "example": "Министерство"}),
        ("kazakh.csv", "encoding", {"encoding": "KZ-1048", "example": "Қазақстан"}),
        ("german.csv", "separator", {"separator": ";"}),
        ("above.csv", "begins", {"line": "4"}),
        ("mixed.gexf", "both_ways", {"count": "1"}),
        ("kinds.csv", "types_are_relations", {"words": "retweet, quote, reply"}),
        ("plain.gml", "weights_from", {"column": "value"}),
        ("plain.gdf", "direction_unsaid", {}),
        ("thousands.csv", "decimal_commas", {"column": "weight", "cells": "line 2: '1 250,5', line 3: '0,5'"}),
        ("line_labels.net", "labels_are_relations", {"words": "aid"}),
        ("early_d3.json", "weights_from", {"column": "value"}),
    ],
)
def test_what_is_assumed_is_said(tmp_path: Path, name: str, code: str, values: dict[str, str]) -> None:
    remarks = read_network(written(tmp_path, name, READ[name][0])).remarks
    told = [{key: str(value) for key, value in remark.named.items()} for remark in remarks if remark.code == code]
    assert told == [{"file": name} | values]


def test_further_columns_travel_as_they_are_called(tmp_path: Path) -> None:
    content = "source,target,start,PID,for,id\na,b,2019-01-01,1,q,\nb,c,,2,q,x\n"
    found = read_network(written(tmp_path, "a.csv", content)).edges
    assert list(found) == ["source", "target", "relation", "weight", "start", "PID", "for", "id"]
    assert found["start"].tolist() == ["2019-01-01", None]
    assert found["id"].tolist() == [None, "x"]


def test_a_better_name_leaves_the_other_as_a_column(tmp_path: Path) -> None:
    ties = written(tmp_path, "t.csv", "source,target\na,b\n")
    nodes = written(tmp_path, "n.csv", "Id,label,Label,Type\na,Alpha,ALPHA,state\nb,,BETA,media\n")
    found = read_network(ties, nodes=nodes)
    assert actors(found) == [
        {"actor_id": "a", "type": "state", "label": "Alpha", "Label": "ALPHA"},
        {"actor_id": "b", "type": "media", "label": "b", "Label": "BETA"},
    ]


def test_twins_across_two_files_name_both(tmp_path: Path) -> None:
    ties = written(tmp_path, "t.csv", "source,target\na,b\n")
    nodes = written(tmp_path, "n.csv", "id\na \nb\n")
    with pytest.raises(DigitalDiplomacyError, match=r"'a' \(line 2\) and 'a ' \(n\.csv, line 2\) differ only"):
        read_network(ties, nodes=nodes)


def test_sheets_of_a_workbook_are_tables_and_their_numbers_whole(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "about"
    book.active.append(["made by hand"])
    sheet = book.create_sheet("ties")
    for row in (["Source", "Target", "Weight"], [2.0, 3, 1.5], [3, 2, 1]):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    found = read_network(tmp_path / "t.xlsx")
    assert in_short(found) == "2>3 1.5; 3>2"
    assert [(remark.code, remark.named["others"]) for remark in found.remarks] == [("sheet", "about")]


def test_a_formula_without_a_value_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["source", "target", "weight"], ["a", "b", "=1+1"]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(DigitalDiplomacyError, match=r"cell C2: the formula has no value"):
        read_network(tmp_path / "t.xlsx")


def test_every_reader_of_text_takes_a_path_as_text(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "source,target\na,b\n")
    pd.testing.assert_frame_equal(read_network(str(path)).edges, read_network(path).edges)


PIECES: Final = [
    b"",
    b"\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b'"',
    b"'",
    b"<",
    b">",
    b"/>",
    b"&amp;",
    b"&#0;",
    b"[",
    b"]",
    b"{",
    b"}",
    b"*",
    b"0",
    b"-1",
    b"1e999",
    b"nan",
    b"null",
    b"2.0",
    b"0,6",
    b"9" * 400,
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\x8b",
    b"\xcc\x81",
    b'"\\ud800"',
    b"*Vertices 99999999999",
    b"sep=",
    b"%",
    b"#",
    b"\\",
    b"Label",
    b"weight",
    b"source",
]


@given(
    name=st.sampled_from([*READ, *REFUSED]),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 20), st.one_of(st.sampled_from(PIECES), st.binary(max_size=4))),
        min_size=1,
        max_size=4,
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_a_damaged_file_is_read_or_refused_in_words(
    tmp_path: Path, name: str, changes: list[tuple[float, int, bytes]]
) -> None:
    """Ten thousand of them: ``python benchmarks/files_fuzz.py``."""
    content = (READ.get(name) or REFUSED[name])[0]
    data = content if isinstance(content, bytes) else content.encode()
    for place, length, piece in changes:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + length :]
    try:
        read_network(written(tmp_path, name, data))
    except DigitalDiplomacyError as refusal:
        assert not re.search(r"np\.|Error\(|NoneType|values to unpack|codec", str(refusal))  # noqa: PT017


@pytest.mark.parametrize(
    ("header", "weight"),
    [("Источник;Цель;Вес", 2.5), ("from;to;weight", 2.5), ("Қайдан;Қайда;Салмағы", 2.5)],
)
def test_columns_of_ties_may_have_the_names_people_give_them(tmp_path: Path, header: str, weight: float) -> None:
    (tmp_path / "ties.csv").write_text(f"{header}\nmfa;un;2,5\nun;mfa;1\n", encoding="utf-8")
    found = read_network(tmp_path / "ties.csv")
    assert found.edges[["source", "target", "weight"]].to_numpy().tolist() == [["mfa", "un", weight], ["un", "mfa", 1]]
    assert [one.code for one in found.remarks].count("renamed") == len(set(header.split(";")) - {"weight"})


def test_a_column_that_bears_the_name_itself_comes_first(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("source,target,from\nmfa,un,2019\nun,mfa,2020\n", encoding="utf-8")
    found = read_network(tmp_path / "ties.csv")
    assert found.edges["source"].tolist() == ["mfa", "un"]
    assert found.edges["from"].tolist() == ["2019", "2020"]


def test_two_blanks_in_a_name_make_no_second_actor(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("source,target\nMFA Kenya,UN\nMFA  Kenya,EU\n", encoding="utf-8")
    with pytest.raises(DigitalDiplomacyError, match=r"'MFA Kenya' \(line 2\) and 'MFA  Kenya' \(line 3\)"):
        read_network(tmp_path / "ties.csv")


def test_a_list_of_ties_in_json_is_a_table(tmp_path):
    content = '[{"source": "A", "target": "B", "weight": 2}, {"source": "B", "target": "C", "weight": 0.5}]'
    edges = read_network(written(tmp_path, "ties.json", content)).edges
    assert edges[["source", "target", "weight"]].to_numpy().tolist() == [["A", "B", 2.0], ["B", "C", 0.5]]
