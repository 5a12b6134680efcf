"""Square tables as networks, worked out by hand; and those that cannot be read with certainty, with what to do."""

from pathlib import Path

import openpyxl
import pytest

from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.labels import refusals
from digital_diplomacy.sources import NetworkFile, read_network

DIRECTED = ",mfa,un,osce\nmfa,0,2,1\nun,1,,0\nosce,0,0.5,0\n"


def read(tmp_path: Path, text: str, name: str = "m.csv", **options: object) -> NetworkFile:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_network(tmp_path / name, **options)  # type: ignore[arg-type]


def ties(found: NetworkFile) -> list[tuple[object, ...]]:
    rows = found.edges[["source", "target", "weight"]].itertuples(index=False, name=None)
    return list(rows)


def test_a_tie_goes_from_the_row_to_the_column_and_empty_cells_and_zeros_are_none(tmp_path: Path) -> None:
    found = read(tmp_path, DIRECTED)
    assert ties(found) == [("mfa", "un", 2), ("mfa", "osce", 1), ("un", "mfa", 1), ("osce", "un", 0.5)]
    assert found.is_directed
    assert [remark.code for remark in found.remarks] == ["matrix"]
    # In another order of rows, with a name for the column of names, and an actor that nobody is tied to.
    other = read(tmp_path, "name,un,mfa,osce,alone\nosce,0.5,0,0,0\nmfa,2,0,1,\nalone,0,0,0,0\nun,0,1,0,0\n")
    assert sorted(ties(other)) == sorted(ties(found))
    assert sorted(other.actors["actor_id"]) == ["alone", "mfa", "osce", "un"]


def test_a_table_that_its_diagonal_mirrors_has_each_tie_once_and_without_direction(tmp_path: Path) -> None:
    found = read(tmp_path, ";a;b;c\na;0;0,5;2\nb;0,5;1;0\nc;2;0;0\n")
    assert ties(found) == [("a", "b", 0.5), ("a", "c", 2), ("b", "b", 1)]
    assert not found.is_directed
    assert [remark.code for remark in found.remarks] == ["separator", "matrix_mirrored", "decimal_commas"]
    assert refusals.told(found.remarks[-1].named["cells"], "ru") == "строка 2: '0,5'"  # and not "line 2"
    with pytest.raises(SourceError, match="says its ties are directed, undirected was expected"):
        read(tmp_path, DIRECTED, directed=False)


def test_a_sheet_of_a_workbook_is_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([None, "mfa", "un"], ["mfa", None, 3], ["un", 0, None]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "m.xlsx")
    assert ties(read_network(tmp_path / "m.xlsx")) == [("mfa", "un", 3)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b,c\n0,1,2\n1,0,2\n1,2,0\n", r"as many rows of numbers as columns \(3\), but the rows have no names; put"),
        (
            ",a,b,c\na,0,1,2\nb,1,0,2\nd,1,2,0\n",
            r"\(only a row: d; only a column: c\); name the same .* source, target",
        ),
        (",a,b\na,0,1\nb,x,0\n", r"line 3, column 'a': 'x' is no number; in a matrix of ties"),
        (",a,b\na,0,0\nb,,0\n", "the network has no ties"),
        (",a,b\nx,0,0\ny,,0\n", "no columns 'source' and 'target'"),
        ("a,b\nx,y\ny,z\n", "no columns 'source' and 'target'"),
        (",a,a\na,0,1\nb,1,0\n", "no columns 'source' and 'target'"),
        (
            ",\u0439,\u0438\u0306\n\u0439,0,1\n\u0438\u0306,1,0\n",
            "no columns 'source' and 'target'",
        ),  # one name in two forms
    ],
)
def test_what_is_no_matrix_of_ties_is_refused_with_what_to_do(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(TableError, match=told):
        read(tmp_path, text)


@pytest.mark.parametrize("half", [",a,b,c\na,,,\nb,1,,\nc,0,2,\n", ",a,b,c\na,0,1,0\nb,,0,2\nc,,,0\n"])
def test_half_a_matrix_has_ties_without_direction(tmp_path: Path, half: str) -> None:
    found = read(tmp_path, half)
    assert {frozenset(ends): weight for *ends, weight in ties(found)} == {frozenset("ab"): 1, frozenset("bc"): 2}
    assert not found.is_directed
    assert [remark.code for remark in found.remarks] == ["matrix_half"]


def test_totals_of_a_matrix_are_no_actors(tmp_path: Path) -> None:
    found = read(tmp_path, ",a,b,c,Total\na,0,1,2,3\nb,1,0,0,1\nc,0.1,0.2,0,0.3\nTotal,1.1,1.2,2,4.3\n")
    assert ties(found) == [("a", "b", 1), ("a", "c", 2), ("b", "a", 1), ("c", "a", 0.1), ("c", "b", 0.2)]
    assert {remark.code: remark.named.get("names") for remark in found.remarks}["matrix_totals"] == "Total"
    # An actor of that name whose ties are not the sums of others stays one, and so do sides that are left open.
    kept = read(tmp_path, ",a,b,Total\na,0,1,2\nb,1,0,2\nTotal,1,5,0\n")
    assert sorted(kept.actors["actor_id"]) == ["Total", "a", "b"]
    two = read(tmp_path, "actor,e1,e2,Итого\nКЗ,1,0,1\nУЗ,1,1,2\nКГ,0,1,1\n")
    assert sorted(two.actors["actor_id"]) == ["e1", "e2", "КГ", "КЗ", "УЗ"]


def test_a_matrix_of_r_has_no_corner_and_a_dash_on_the_diagonal_is_no_tie(tmp_path: Path) -> None:
    found = read(tmp_path, "a,b,c\na,–,1,0\nb,2,–,0\nc,0,3,—\n")
    assert ties(found) == [("a", "b", 1), ("b", "a", 2), ("c", "b", 3)]
    with pytest.raises(TableError, match="'–' is no number"):
        read(tmp_path, ",a,b,c\na,0,–,0\nb,2,0,0\nc,0,3,0\n")
    with pytest.raises(TableError, match="4 cells, the header 3"):  # a comma before decimals shifts no column
        read(tmp_path, "source,target,weight\na,b,1,5\nb,c,2,5\n")
