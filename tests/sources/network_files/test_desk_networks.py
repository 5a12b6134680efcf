"""Networks as they lie on desks: weights called otherwise, actors in another sheet, tables of 0 and 1."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from digital_diplomacy import sources
from digital_diplomacy.errors import TableError


def ties(found: sources.NetworkFile) -> dict[tuple[str, str], float]:
    columns = ["source", "target", "weight"]
    return {(source, target): weight for source, target, weight in found.edges[columns].itertuples(index=False)}


def codes(found: sources.NetworkFile) -> list[str]:
    return [one.code for one in found.remarks]


@pytest.mark.parametrize(
    "header",
    [
        "Отправитель;Получатель;Число упоминаний",
        "Кімнен;Кімге;Саны",
        "from;to;mentions_count",
        "Vertex 1;Vertex 2;Edge Weight",
        "source;target;value",
        "От кого;Кому;Сколько раз",
    ],
)
def test_a_column_that_says_how_many_is_the_weight_and_is_told(tmp_path: Path, header: str) -> None:
    path = tmp_path / "ties.csv"
    path.write_text(f"{header}\na;b;12\nb;c;3\n", encoding="utf-8")
    found = sources.read_network(path)
    assert ties(found) == {("a", "b"): 12, ("b", "c"): 3}
    assert "weights_from" in codes(found)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("weight;value", "2;9"),  # a column is called weight
        ("count;number", "3;9"),  # two say so
        ("value", "0"),  # no tie is as strong as nothing
        ("value", "high"),
        ("page number of source", "7"),
        ("phone number", "7001"),
        ("year", "2020"),
    ],
)
def test_other_columns_of_numbers_are_kept_and_no_weights(tmp_path: Path, header: str, cells: str) -> None:
    path = tmp_path / "ties.csv"
    path.write_text(f"source;target;{header}\na;b;{cells}\nb;c;{cells}\n", encoding="utf-8")
    found = sources.read_network(path)
    assert set(ties(found).values()) == {2.0 if header.startswith("weight") else 1.0}
    assert "weights_from" not in codes(found)


def test_value_of_d3_is_the_weight(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    nodes = [{"name": "МИД"}, {"name": "ООН"}]
    path.write_text(json.dumps({"nodes": nodes, "links": [{"source": 0, "target": 1, "value": 3}]}), encoding="utf-8")
    found = sources.read_network(path)
    assert ties(found) == {("0", "1"): 3}
    assert found.actors["label"].tolist() == ["МИД", "ООН"]


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_actors_of_another_sheet_are_read_unless_they_are_given(tmp_path: Path) -> None:
    path = book(
        tmp_path / "gephi.xlsx",
        Nodes=[["Id", "Label", "Тип"], ["1", "МИД", "ministry"], ["2", "ООН", "state"]],
        Edges=[["Source", "Target", "Id", "Weight"], [1, 2, 0, 3]],
        Notes=[["read me"]],
    )
    found = sources.read_network(path)
    assert found.actors[["actor_id", "type", "label"]].to_numpy().tolist() == [
        ["1", "ministry", "МИД"],
        ["2", "state", "ООН"],
    ]
    said = {one.code: one.named for one in found.remarks}
    assert (said["sheets"]["ties"], said["sheets"]["actors"], said["left_out"]["what"]) == ("Edges", "Nodes", "Notes")
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("id;Название;Тип\n1;Министерство;ministry\n2;Организация;state\n", encoding="utf-8")
    given = sources.read_network(path, nodes=nodes)
    assert given.actors["label"].tolist() == ["Министерство", "Организация"]
    assert given.actors["type"].tolist() == ["ministry", "state"]
    assert "sheets" not in codes(given)


def test_a_table_of_0_and_1_between_two_kinds_of_names_is_a_network_of_two_modes(tmp_path: Path) -> None:
    path = tmp_path / "uses.csv"
    path.write_text("Ministry,Facebook,Telegram\nМИД,1,0\nМЗ,1,1\nМОН,,1\n", encoding="utf-8")
    found = sources.read_network(path)
    assert set(ties(found)) == {("МИД", "Facebook"), ("МЗ", "Facebook"), ("МЗ", "Telegram"), ("МОН", "Telegram")}
    assert found.actors["type"].tolist() == ["mode 1"] * 3 + ["mode 2"] * 2
    assert found.is_directed
    assert codes(found) == ["matrix", "two_modes"]
    path.write_text("Country,Accounts,Posts\nKAZ,12,300\nUZB,1,0\n", encoding="utf-8")
    with pytest.raises(TableError, match="no columns 'source' and 'target'"):
        sources.read_network(path)


def test_ties_without_a_header_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("mfa,un\nun,press\npress,mfa\n", encoding="utf-8")
    with pytest.raises(TableError, match="put such a line above the ties"):
        sources.read_network(path)


def test_numbers_below_an_empty_corner_are_weights_between_two_kinds_of_actors(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(",Telegram,X\nmfa,12,0\nmod,3,2.5\ngov,,1\n", encoding="utf-8")  # as pandas and R write a matrix
    found = sources.read_network(path)
    weights = {("mfa", "Telegram"): 12, ("mod", "Telegram"): 3, ("mod", "X"): 2.5, ("gov", "X"): 1}
    assert ties(found) == weights
    assert sorted(found.actors["type"]) == ["mode 1"] * 3 + ["mode 2"] * 2
    path.write_text("country,population,users\nKAZ,20,18\nUZB,36,30\nKGZ,7,6\n", encoding="utf-8")  # attributes
    with pytest.raises(TableError, match="no columns 'source' and 'target'"):
        sources.read_network(path)


def two_sides(crossing: str) -> str:
    """Six ties of networkx's GraphML between a, b, c and x, y; one of them as given."""
    nodes = "".join(f'<node id="{one}"><data key="d0">{int(one in "xy")}</data></node>' for one in "abcxy")
    pairs = ["a-x", "a-y", "b-x", "b-y", "c-x", crossing]
    edges = "".join('<edge source="{}" target="{}"/>'.format(*pair.split("-")) for pair in pairs)
    key = '<key id="d0" for="node" attr.name="bipartite" attr.type="long"/>'
    return f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{key}<graph edgedefault="undirected">{nodes}{edges}'


@pytest.mark.parametrize(("crossing", "types"), [("c-y", {"bipartite 0", "bipartite 1"}), ("a-b", {""})])
def test_an_attribute_of_two_values_that_every_tie_joins_is_the_type(
    tmp_path: Path, crossing: str, types: set[str]
) -> None:
    path = tmp_path / "sides.graphml"
    path.write_text(f"{two_sides(crossing)}</graph></graphml>", encoding="utf-8")
    found = sources.read_network(path)
    assert set(found.actors["type"]) == types
    assert ("modes_by" in codes(found)) is (types != {""})


@pytest.mark.parametrize("lost", ["?????????? ????? ???????????", "???", "?аза?стан", "М?А"])
def test_names_whose_letters_an_encoding_lost_are_no_actors(tmp_path: Path, lost: str) -> None:
    path = tmp_path / "ties.csv"
    path.write_text(f"source,target\nmfa,{lost}\nmfa,un\n", encoding="utf-8")
    with pytest.raises(TableError, match="question marks in place of letters"):
        sources.read_network(path)
    path.write_text("source,target\nmfa,Who answers?\nmfa,https://a.kz/?id=7\n", encoding="utf-8")
    assert len(ties(sources.read_network(path))) == 2


def test_ties_without_direction_among_others_are_counted_for_they_are_not_known_to_be_returned(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text("Source,Target,Type\na,b,Directed\nb,c,Undirected\nc,a,Mutual\n", encoding="utf-8")
    found = sources.read_network(path)
    assert (len(found.edges), found.undirected) == (5, 1)
    path.write_text("Source,Target,Type\na,b,Undirected\nb,c,Undirected\n", encoding="utf-8")
    assert sources.read_network(path).undirected == 0


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("dl n=2 format=edgelist1\nlabels embedded\ndata:\nМИД Акорда 2\n", {("МИД", "Акорда"): 2}),
        ("DL N = 2\nFORMAT = FULLMATRIX\nLABELS:\nА,Б\nDATA:\n0 1\n0 0\n", {("А", "Б"): 1}),
        ('*Vertices 2\n1 "МИД"\n2 "Сенат"\n*Arcs\n1 2 3\n', {("МИД", "Сенат"): 3}),
        ("source\ttarget\tweight\ndl\tn\t2\n", {("dl", "n"): 2}),
    ],
)  # fmt: skip
def test_a_text_file_is_read_as_what_it_begins_as(
    tmp_path: Path, content: str, expected: dict[tuple[str, str], float]
) -> None:
    path = tmp_path / "network.txt"
    path.write_text(content, encoding="utf-8")
    assert ties(sources.read_network(path)) == expected


def test_of_weights_the_one_that_is_no_number_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source;target;weight\nA;B;1,5\nB;C;2,25\nC;A;много\n", encoding="utf-8")
    with pytest.raises(TableError, match="weight is no number in line 4: 'много'"):
        sources.read_network(path)


def test_names_that_mix_alphabets_are_no_second_actor(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target\nМИД,un\nM\u0418\u0414,press\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"\(line 2\) and .* \(line 3\) look alike, and one of them mixes"):
        sources.read_network(path)
    path.write_text("source,target\nСОР,un\nCOP,press\nM\u0418\u0414,un\n", encoding="utf-8")
    assert set(sources.read_network(path).edges["source"]) == {
        "СОР",
        "COP",
        "M\u0418\u0414",
    }  # each in one alphabet, or alone


def test_names_that_differ_in_capitals_are_told_to_be_two_actors(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target\nMFA,un\nmfa,press\nun,MFA\n", encoding="utf-8")
    found = sources.read_network(path)
    assert {remark.code: remark.named["names"] for remark in found.remarks} == {"name_twins": "MFA/mfa"}
    assert set(found.edges["source"]) == {"MFA", "mfa", "un"}


def test_ends_of_links_of_vis_js_are_known(tmp_path: Path) -> None:
    path = tmp_path / "vis.json"
    path.write_text('{"nodes": [{"id": 1, "label": "mfa"}, {"id": 2}], "edges": [{"from": 1, "to": 2, "value": 3}]}')
    edges = sources.read_network(path).edges
    assert edges[["source", "target", "weight"]].to_numpy().tolist() == [["1", "2", 3.0]]


@pytest.mark.parametrize("twin", ["«Хабар»", '"""Хабар"""', "Хабар.", "ХАБАР"])
def test_names_that_are_typed_in_two_ways_are_told(tmp_path: Path, twin: str) -> None:
    path = tmp_path / "ties.csv"
    path.write_text(f"source,target\nХабар,МИД\n{twin},МИД\n", encoding="utf-8")
    (told,) = sources.read_network(path).remarks
    assert (told.code, str(told.named["names"]).count("/")) == ("name_twins", 1)


def test_several_names_in_a_cell_are_told(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target\nМИД,ООН;ОБСЕ\nООН,МИД\nНИИ; отдел 2,МИД\n", encoding="utf-8")
    assert {one.code: one.named["names"] for one in sources.read_network(path).remarks} == {"name_lists": "ООН;ОБСЕ"}


def test_notes_and_totals_below_ties_are_none(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    text = "source;target;weight\nМИД;ООН;2\nИтого;;2\n* за 2023 год;;\nИсточник: МИД;;\n"
    path.write_text(text, encoding="utf-8")
    found = sources.read_network(path)
    assert ties(found) == {("МИД", "ООН"): 2}
    said = {one.code: one.named for one in found.remarks}["notes_of_ties"]["lines"]
    assert said == "Итого, * за 2023 год, Источник: МИД"
    path.write_text("source;target;weight\nМИД;ООН;2\nООН;;1\n", encoding="utf-8")
    with pytest.raises(TableError, match="line 3: no target"):
        sources.read_network(path)
