"""No file that a spreadsheet opens runs anything, and names are the same in every file."""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_diplomacy import figures, labels, sources
from digital_diplomacy.cli.index.tables import write_tables
from digital_diplomacy.figures import html_tables
from digital_diplomacy.formulas import as_written, inert, line, to_csv
from digital_diplomacy.pages.network_files import write_network
from digital_diplomacy.reproduction.outcomes import Outcome
from digital_diplomacy.reproduction.sweep import Sweep, collect
from digital_diplomacy.runs.notebooks import Notebook, Run
from digital_diplomacy.runs.parameters import Parameter
from digital_diplomacy.runs.results import Failure

RUNS = [
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://e.org";"x")',
    "+SUM(A1)",
    "-SUM (A1)*cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=WEBSERVICE(A1)",
    "\r=IMPORTXML(A1)",
    "\n@SUM(A1)",
    ' =DDE("cmd")',
    "\ufeff=SUM(A1)",
    '"=SUM(A1)',
    "＝SUM(A1)",
    "＠SUM(A1)",
    "='\\\\e.org\\x[b]S'!A1",
]
STAYS = ["@mfa", "=1+1", "+7 700", "-x", "-5.2", "+5,2%", "-5 (2)", "'quoted'", "a=SUM(A1)", "", "Қазақстан", "1e308"]


@pytest.mark.parametrize("text", RUNS)
def test_what_would_run_is_a_text_and_read_back_as_it_was(text: str) -> None:
    assert inert(text) == f"'{text}"
    assert as_written(inert(text)) == text


@pytest.mark.parametrize("text", STAYS)
def test_what_runs_nothing_stays_as_it_is(text: str) -> None:
    assert inert(text) == text
    assert as_written(text) == text


@given(st.text(alphabet="=+-@'\"\t\r\n (SUM)A1|!.,\ufeff＝x"))
def test_reading_gives_back_what_was_written_and_nothing_written_runs(text: str) -> None:
    assert as_written(inert(text)) == text
    assert inert(text) == text or inert(text).startswith("'")


def test_frames_keep_numbers_gaps_and_their_own_cells() -> None:
    frame = pd.DataFrame({"=A(1)": RUNS, "n": np.arange(len(RUNS)) - 7.5, "some": [None, RUNS[0], 1, *STAYS[:-1]]})
    before = frame.copy()
    rows = list(csv.reader(io.StringIO(to_csv(frame), newline="")))
    assert rows[0] == ["'=A(1)", "n", "some"]
    assert [float(row[1]) for row in rows[1:]] == list(frame["n"])
    assert [row[2] for row in rows[1:4]] == ["", f"'{RUNS[0]}", "1"]
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("text", ["a\r=SUM(A1)", "a\n=SUM(A1)", "\r\n=SUM(A1)", 'a"\r"=SUM(A1)', "a\r\r"])
def test_no_line_begins_within_a_cell(text: str) -> None:
    for written in (to_csv(pd.DataFrame({"a": ["x", text], "b": [1.5, 2.5]})), "a,b\nx,1.5\n" + line([text, 2.5])):
        rows = list(csv.reader(io.StringIO(written, newline="")))
        assert [[as_written(cell) for cell in row] for row in rows] == [["a", "b"], ["x", "1.5"], [text, "2.5"]]


def cells(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found += [(path.name, cell) for row in csv.reader(stream) for cell in row]
    return found


def test_no_cell_of_any_table_that_is_written_runs(tmp_path: Path) -> None:
    names = RUNS[:5]
    ties = pd.DataFrame({"source": names, "target": names[1:] + names[:1], "relation": names[0], "weight": 1.0})
    actors = pd.DataFrame({"actor_id": names, "type": "state", "label": names})
    (tmp_path / "network").mkdir()
    write_network(ties, actors, tmp_path / "network", directed=True)
    scores = pd.DataFrame({"entity": names, "index": range(5)})

    class Made:
        steps: tuple[object, ...] = ()

    (tmp_path / "index").mkdir()
    write_tables({"scores": scores}, Made(), (), tmp_path / "index", names={}, lang="en")  # type: ignore[arg-type]
    (tmp_path / "shown.csv").write_text(html_tables.csv_of(scores), encoding="utf-8")
    note = Notebook("n", Path("n.ipynb"), {"text": Parameter("text", "", "")}, "N", 0)
    runs = tuple(Run(note, "en", {"text": name, "lang": "en"}) for name in names)
    failure = Failure(1, "", "ValueError", names[0], "")
    (tmp_path / "sweep").mkdir()
    collect(Sweep(note, ("text",), runs), [Outcome(run, "failed", 0.0, failure) for run in runs], tmp_path / "sweep")
    found = cells(tmp_path)
    assert {name for name, _ in found} == {"network.csv", "network_actors.csv", "scores.csv", "shown.csv", "runs.csv"}
    assert [cell for cell in found if inert(as_written(cell[1])) != cell[1]] == []
    assert sum(cell in [f"'{name}" for name in names] for _, cell in found) >= 5 * 5
    with labels.own_names({f"entity.{name}": name for name in names}):
        assert "'=cmd" not in figures.table_html(scores, title="T", lang="en")  # a page is no spreadsheet


def test_files_that_were_written_are_read_back_with_the_names_they_had(tmp_path: Path) -> None:
    names = [RUNS[0], RUNS[2], "@mfa"]
    ties = pd.DataFrame({"source": names, "target": names[1:] + names[:1], "relation": "tie", "weight": 1.0})
    actors = pd.DataFrame({"actor_id": names, "type": "state"})
    write_network(ties, actors, tmp_path, directed=True)
    read = sources.read_network(tmp_path / "network.csv", nodes=tmp_path / "network_actors.csv")
    assert sorted(read.edges["source"]) == sorted(names)
    assert sorted(read.actors["actor_id"]) == sorted(names)
