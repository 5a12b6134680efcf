"""UCINET's DL files after its help (DL language; Data > Export > DL): what each says, worked out by hand."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.sources import NetworkFile, read_network

SQUARE = "0 1 0\n0 0 2.5\n1 0 0\n"
READ = {
    # A row pays attention to a column: 1>2, 2>3 (2.5), 3>1.
    "plain": (f"dl n=3\ndata:\n{SQUARE}", "1>2; 2>3 2.5; 3>1"),
    "capitals": (f"DL N = 3\nFORMAT = FULLMATRIX\nData:\n{SQUARE}", "1>2; 2>3 2.5; 3>1"),
    "one_line": ("dl n=2, format=fullmatrix, labels: a,b data: 0 1 0 0", "a>b"),
    "wrapped_cells": ("dl n=3\ndata:\n0 1 0 0 0\n2.5 1 0 0\n", "1>2; 2>3 2.5; 3>1"),
    "commas": ("dl n=2\ndata:\n0,1\n3,0\n", "1>2; 2>1 3"),
    "labelled": (f"dl n=3\nlabels:\nbarry,david,lin\ndata:\n{SQUARE}", "barry>david; david>lin 2.5; lin>barry"),
    "labels_in_lines": (
        f"dl n=3\nlabels:\nbarry\ndavid\nlin\ndata:\n{SQUARE}",
        "barry>david; david>lin 2.5; lin>barry",
    ),
    "quoted": ("dl n=2\nlabels:\n\"Humpty Dumpty\" 'МИД РК'\ndata:\n0 1\n0 0\n", "Humpty Dumpty>МИД РК"),
    "embedded": (
        "dl n=3\nlabels embedded\nformat=fullmatrix\ndata:\nA B C\nA 0 1 0\nB 0 0 2\nC 1 0 0\n",
        "A>B; B>C 2; C>A",
    ),
    "embedded_order": ("dl n=2\nlabels embedded:\ndata:\nA B\nB 5 0\nA 0 1\n", "B>A 5; A>B"),
    "embedded_rows": ("dl n=2\nrow labels embedded\ndata:\nA 0 1\nB 4 0\n", "A>B; B>A 4"),
    "embedded_columns": ("dl n=2\ncolumn labels embedded\ndata:\nA B\n0 1\n4 0\n", "A>B; B>A 4"),
    "no_diagonal": ("dl n=3\ndiagonal absent\ndata:\n1 0\n0 2.5\n1 0\n", "1>2; 2>3 2.5; 3>1"),
    "no_diagonal_written_otherwise": ("dl n=3 diagonal = absent data: 1 0 0 2.5 1 0", "1>2; 2>3 2.5; 3>1"),
    "loop": ("dl n=2\ndata:\n1 1\n0 0\n", "1>1; 1>2"),
    "lower": ("dl n=3\nformat=lowerhalf\ndata:\n0\n1 0\n0 2 0\n", "2-1; 3-2 2"),
    "lower_without": ("dl n=3\nformat = lowerhalf\ndiagonal = absent\ndata:\n1\n0 2\n", "2-1; 3-2 2"),
    "upper": ("dl n=3\nformat=upperhalf\ndata:\n0 1 0\n0 2\n0\n", "1-2; 2-3 2"),
    "upper_without": ("dl n=3\nformat=upperhalf diagonal=absent\ndata:\n1 0\n2\n", "1-2; 2-3 2"),
    "relations": (
        "dl n=2 nm=2\nlabels: a b\nmatrix labels:\naid trade\ndata:\n0 1\n0 0\n0 2\n3 0\n",
        "a>b aid; a>b trade 2; b>a trade 3",
    ),
    "numbered_relations": ("dl n=2, nm=2\ndata:\n0 1\n0 0\n\n0 0\n3 0\n", "1>2 1; 2>1 2 3"),
    "level_labels": ("dl n=2 nm=2\nlevel labels: x,y\ndata:\n0 1 0 0\n0 0 1 0\n", "1>2 x; 2>1 y"),
    "edges": (
        "DL n=3\nformat = edgelist1\nlabels:\ngeorge, sally, jim\ndata:\n1 2\n1 3\n3 1\n",
        "george>sally; george>jim; jim>george",
    ),
    "edges_valued": ("dl\nformat=edgelist1\nn=3\ndata:\n1 2 1.5\n3,1,0.25\n", "1>2 1.5; 3>1 0.25"),
    "edges_embedded": (
        "DL n=3\nformat = edgelist1\nlabels embedded:\ndata:\ngeorge sally\njim George 2\n",
        "george>sally; jim>george 2",
    ),
    "edges_zero": ("dl n=2 format=edgelist1 data:\n1 2 0\n2 1 1\n", "2>1"),
    "nodes": ("dl n=4\nformat=nodelist1\ndata:\n1 2 3\n3 1\n", "1>2; 1>3; 3>1"),
    "nodes_embedded": (
        "dl n=3 format=nodelist1\nlabels embedded\ndata:\nann bob cyd\ncyd ann\n",
        "ann>bob; ann>cyd; cyd>ann",
    ),
    "nodes_counted": ("dl n=3\nformat=nodelist1b\ndata:\n2 2 3\n0\n1 1\n", "1>2; 1>3; 3>1"),
    "two_modes": ("dl nr=2, nc=3\ndata:\n1 0 2\n0 1 0\n", "row 1-column 1; row 1-column 3 2; row 2-column 2"),
    "two_modes_labelled": (
        "dl nr=2 nc=2\nrow labels:\nann bob\ncolumn labels:\nclub team\ndata:\n1 0\n1 1\n",
        "ann-club; bob-club; bob-team",
    ),
    "two_modes_embedded": (
        "dl nr=2 nc=2\nlabels embedded\ndata:\nclub team\nann 1 0\nbob 1 3\n",
        "ann-club; bob-club; bob-team 3",
    ),
    "two_modes_edges": (
        "dl nr=2 nc=2 format=edgelist2\nlabels embedded\ndata:\nann club\nbob club 2\nbob team\n",
        "ann-club; bob-club 2; bob-team",
    ),
    "two_modes_nodes": (
        "dl nr=2 nc=2 format=nodelist2\nrow labels embedded\ncol labels: club team\ndata:\nann 1\nbob 1 2\n",
        "ann-club; bob-club; bob-team",
    ),
    "windows_lines": ("dl n=2\r\nformat=edgelist1\r\ndata:\r\n1 2\r\n", "1>2"),
    "blank_lines": ("\n\ndl n=2\n\nformat=edgelist1\n\ndata:\n\n1 2\n\n", "1>2"),
}

REFUSED = {
    "no_dl": ("n=2\ndata:\n0 1 0 0\n", r"it does not begin with DL"),
    "no_data": ("dl n=2\n0 1\n0 0\n", r"line 2: '0 1' is no n, nr, nc, nm, format"),
    "header_alone": ("dl n=2", r"no 'data:'"),
    "no_size": ("dl\ndata:\n0 1 0 0\n", r"0 rows and 0 columns are announced"),
    "huge": ("dl n=999999999\ndata:\n0\n", r"999999999 rows .* up to 20000"),
    "unknown_format": ("dl n=2 format=blockmatrix\ndata:\n1\n", r"format 'blockmatrix' is not read; fullmatrix, "),
    "datafile": ("dl n=2\ndatafile = x.txt\ndata:\n", r"line 2: 'datafile = x.txt' is no n"),
    "too_few_cells": ("dl n=2\ndata:\n0 1 0\n", r"3 words in the data, 4 are expected"),
    "too_many_cells": ("dl n=2\ndata:\n0 1 0 0 1\n", r"5 words in the data, 4 are expected"),
    "word_for_a_cell": ("dl n=2\ndata:\n0 1\nNA 0\n", r"line 4: 'NA' is no number"),
    "beyond": ("dl n=2 format=edgelist1\ndata:\n1 3\n", r"line 3: '3' is no number from 1 to 2"),
    "zero": ("dl n=2 format=edgelist1\ndata:\n0 1\n", r"line 3: '0' is no number from 1 to 2"),
    "labels_not_announced": ("dl n=2 format=edgelist1\ndata:\nann bob\n", r"'ann' is no number .* 'labels embedded'"),
    "one_label_more": (
        "dl n=2 format=edgelist1 labels embedded\ndata:\na b\na c\n",
        r"line 4: 'c' is one more label than the 2",
    ),
    "labels_missing": ("dl n=3\nlabels: a b\ndata:\n" + SQUARE, r"2 row labels, 3 are announced"),
    "label_twice": ("dl n=3\nlabels: a b A\ndata:\n" + SQUARE, r"the label 'a' stands twice, capitals apart"),
    "embedded_twice": ("dl n=2\nlabels embedded\ndata:\na a\na 0 1\na 0 0\n", r"a label stands twice"),
    "both_modes": ("dl nr=1 nc=1\nlabels embedded\ndata:\nann\nann 1\n", r"'ann' names a row and a column"),
    "half_of_two_modes": ("dl nr=2 nc=2 format=lowerhalf\ndata:\n0 1 0\n", r"lowerhalf is of one mode"),
    "list_of_relations": ("dl n=2 nm=2 format=edgelist1\ndata:\n1 2\n", r"several matrices \(nm\) are read as plain"),
    "matrix_labels": ("dl n=1 nm=2\nmatrix labels: a\ndata:\n1 1\n", r"1 matrix labels, 2 are announced"),
    "long_line": ("dl n=2 format=edgelist1\ndata:\n1 2 3 4\n", r"line 3: 4 words; a row, a column and perhaps a value"),
    "wrong_count": ("dl n=2 format=nodelist1b\ndata:\n2 2\n0\n", r"line 3: '2' columns are announced, 1 follow"),
    "row_missing": ("dl n=2 format=nodelist1b\ndata:\n1 2\n", r"1 lines of data, one each of 2 rows"),
    "no_ties": ("dl n=2\ndata:\n0 0\n0 0\n", r"the network has no ties"),
}


def in_short(network: NetworkFile) -> str:
    """Ties as in the tables above: a>b directed, a-b undirected; relation and weight where not "tie" and 1."""
    mark = ">" if network.is_directed else "-"
    rows = network.edges[["source", "target", "relation", "weight"]].itertuples(index=False, name=None)
    return "; ".join(
        f"{source}{mark}{target}{'' if relation == 'tie' else f' {relation}'}{'' if weight == 1 else f' {weight:g}'}"
        for source, target, relation, weight in rows
    )


def read(folder: Path, text: str) -> NetworkFile:
    path = folder / "a.dl"
    path.write_bytes(text.encode())
    return read_network(path)


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_as_its_format_says(tmp_path: Path, name: str) -> None:
    text, ties = READ[name]
    assert in_short(read(tmp_path, text)) == ties


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_understood_is_refused_in_words_of_the_file(tmp_path: Path, name: str) -> None:
    text, said = REFUSED[name]
    with pytest.raises(DigitalDiplomacyError, match=said) as refusal:
        read(tmp_path, text)
    assert str(refusal.value).startswith(str(tmp_path / "a.dl"))


def test_actors_without_ties_are_there_and_two_modes_are_types(tmp_path: Path) -> None:
    assert read(tmp_path, READ["nodes"][0]).actors["actor_id"].tolist() == ["1", "2", "3", "4"]
    found = read(tmp_path, READ["two_modes_labelled"][0])
    assert found.actors[["actor_id", "type"]].to_numpy().tolist() == [
        ["ann", "mode 1"], ["bob", "mode 1"], ["club", "mode 2"], ["team", "mode 2"],
    ]  # fmt: skip
    assert [remark.code for remark in found.remarks] == ["two_modes"]


CELLS = st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(st.sampled_from([0, 1, 2.5]), min_size=n, max_size=n),
                                                     min_size=n, max_size=n))  # fmt: skip


@given(cells=CELLS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
def test_matrix_and_lists_of_one_network_are_read_alike(tmp_path: Path, cells: list[list[float]]) -> None:
    ties = [(i + 1, j + 1, value) for i, row in enumerate(cells) for j, value in enumerate(row) if value]
    if not ties:
        return
    size = len(cells)
    matrix = f"dl n={size}\ndata:\n" + "\n".join(" ".join(map(str, row)) for row in cells)
    edges = f"dl n={size} format=edgelist1 data:\n" + "\n".join(f"{i} {j} {value}" for i, j, value in ties)
    expected = "; ".join(f"{i}>{j}{'' if value == 1 else f' {value:g}'}" for i, j, value in ties)
    assert in_short(read(tmp_path, matrix)) == in_short(read(tmp_path, edges)) == expected


PIECES = [
    "",
    "\n",
    ",",
    "=",
    ":",
    "n=",
    "dl ",
    "data:",
    '"',
    "labels:",
    "labels embedded",
    "nm=3",
    "1e999",
    "\x00",
    "9" * 30,
]


@given(
    name=st.sampled_from([*READ, *REFUSED]),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), st.sampled_from(PIECES)), min_size=1, max_size=4),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_damaged_file_is_read_or_refused_in_words(
    tmp_path: Path, name: str, changes: list[tuple[float, int, str]]
) -> None:
    text = (READ.get(name) or REFUSED[name])[0]
    for place, length, piece in changes:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    try:
        read(tmp_path, text)
    except DigitalDiplomacyError as refusal:
        assert not re.search(r"np\.|Error\(|NoneType|values to unpack", str(refusal))  # noqa: PT017
