"""What notebooks may not do to tables, and what their results say that no later run can say again."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.runs import afterwards
from digital_diplomacy.runs.notebooks import Run

from .conftest import Command, Project

forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

# Code of a cell that would change a table of the project, or its description, or the folder they stand in.
HARMS = (
    "open('data/raw/t.csv', 'w').write('mine')",
    "open('data/raw/t.csv', 'a').write('mine')",
    "open('data/raw/t.csv', 'r+').write('mine')",
    "open('data/raw/datapackage.json', 'wb').write(b'')",
    "open('data/processed/p.csv', 'w').write('mine')",
    "from pathlib import Path; Path('data/raw/t.csv').write_text('mine')",
    "from pathlib import Path; Path('data/raw/t.csv').unlink()",
    "import os; os.close(os.open('data/raw/t.csv', os.O_WRONLY))",
    "import os; os.truncate('data/raw/t.csv', 0)",
    "import os; f = open('data/raw/t.csv'); os.truncate(f.fileno(), 0)",
    "import os; os.rename('data/raw/t.csv', 'taken.csv')",
    "import os; open('new.csv', 'w').close(); os.replace('new.csv', 'data/raw/t.csv')",
    "import os; os.chdir('data/raw'); os.remove('t.csv')",
    "import os; os.symlink('data/raw/t.csv', 'link'); open('link', 'w').write('mine')",
    "import shutil; shutil.copy('read.csv', 'data/raw/t.csv')",
    "import shutil; shutil.rmtree('data/raw')",
    "import shutil; shutil.rmtree('data')",
    "import shutil; shutil.move('data/raw', 'elsewhere')",
)
# What is nobody's table, or the notebook's own.
ALLOWED = (
    "open('data/raw/t.csv').read()",
    "import os; own = 'data/raw/own.csv'; open(own, 'w').close(); open(own, 'a').close(); os.remove(own)",
    "import tempfile; tempfile.TemporaryFile().write(b'a')",
    "open('mine.csv', 'w').write('a')",
    "open('data/mine.csv', 'w').write('a')",
    "import shutil; shutil.copy('data/raw/t.csv', 'copy.csv')",
)
DRIVER = """
import os, json, sys
from pathlib import Path
from digital_diplomacy.kernels import observing
for number, code in enumerate(json.loads(sys.stdin.read())):
    if not os.fork():
        os.environ |= observing.request(Path.cwd(), Path("..") / f"notes-{number}")
        base = Path("..").resolve()
        observing.start(os.environ)
        said = ""
        try:
            exec(code, {"__name__": "__main__"})
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        (base / f"said-{number}").write_text(said)
        os._exit(0)
    os.wait()
    for name in ("new.csv", "link"):
        Path(name).unlink(missing_ok=True)
"""


@forking
def test_a_notebook_that_would_change_a_table_is_refused_and_the_table_stays(tmp_path: Path) -> None:
    project = tmp_path / "project"
    whole = {
        "data/raw/t.csv": "x\n1\n",
        "data/raw/datapackage.json": "{}",
        "data/processed/p.csv": "y\n",
        "read.csv": "",
    }
    for name, text in whole.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    codes = json.dumps([*HARMS, *ALLOWED])
    subprocess.run([sys.executable, "-c", DRIVER], input=codes, text=True, check=True, cwd=project, timeout=60)
    said = [(tmp_path / f"said-{number}").read_text() for number in range(len(HARMS) + len(ALLOWED))]
    told = "notebooks read the tables of a project and do not change them"
    assert [code for code, text in zip(HARMS, said, strict=False) if told not in text] == []
    assert said[0].startswith("NotebookError: data/raw/t.csv: ")
    assert said[len(HARMS) :] == [""] * len(ALLOWED)
    assert {name: (project / name).read_text() for name in whole} == whole


def test_a_table_that_changed_behind_pythons_back_is_told_of(
    small: Project, table: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table("t")

    def change(run: Run, _: Path) -> None:
        if run.notebook.name == "one":  # as a program does that the notebook started
            path.write_text("x\n7\n")

    small.executor.instead = change
    told = [list(map(str, outcome.remarks)) for outcome in small.reproduce()]
    said = "data/raw/t.csv changed while it ran; if that was not you, restore it from the repository"
    assert told == [[said], []]
    path.unlink()
    assert afterwards.changed({"data/raw/t.csv": (1, 1, 1)}, afterwards.tables(small.root)) == ["data/raw/t.csv"]


NOON = dt.datetime(2031, 3, 9, 12, 0, 0, tzinfo=dt.UTC)  # a Sunday; 1930824000 seconds after 1970
DATED = (
    "2031-03-09", "2031-03-09 12:00:01.25", "09.03.2031", "9.3.2031", "20310309", "03/09/2031", "2031/03/09",
    "Sun Mar  9 12:00:00 2031", "Sun, 09 Mar 2031 12:00:00 +0000", "March 9, 2031", "9 марта 2031 г.",
    "2031 ж. 9 наурыз", "1930824000", "1930824001.75", "1930824000123",
)  # fmt: skip
UNDATED = ("2031", "2031-03-08", "12:00:01", "120310309", "1930823000", "x1930824", "№ 9 2031", "March 2031", "")


def executed(place: Path, **output: Any) -> Path:
    content = {"cells": [{"cell_type": "code", "outputs": [output] if output else []}]}
    (place / "notebook.ipynb").write_text(json.dumps(content))
    return place


@pytest.mark.parametrize("form", ["stream", "text/html", "image/svg+xml", "lines"])
def test_a_date_of_the_run_in_what_it_shows_is_found(tmp_path: Path, form: str) -> None:
    def output(text: str) -> dict[str, Any]:
        if form == "stream":
            return {"output_type": "stream", "text": f"made {text}\n"}
        parts = ["made ", text, "\n"] if form == "lines" else f"<p>made {text}</p>"
        return {"output_type": "display_data", "data": {"text/html" if form == "lines" else form: parts}}

    found = {
        text: afterwards.moment(executed(tmp_path, **output(text)), [], NOON, NOON + dt.timedelta(seconds=2))
        for text in (*DATED, *UNDATED)
    }
    assert [text for text in DATED if not found[text]] == []
    assert [text for text in UNDATED if found[text]] == []


def test_a_date_that_the_run_was_given_is_no_date_of_the_run(tmp_path: Path) -> None:
    given = tmp_path / "given.csv"
    place = executed(tmp_path, output_type="stream", text="read on 9 марта 2031 г.")
    given.write_text("accessed\n2031-03-09\n")
    assert afterwards.moment(place, [given], NOON, NOON) == ""
    given.write_text("accessed\n2031-03-08\n")
    assert afterwards.moment(place, [given, tmp_path / "gone.csv"], NOON, NOON) == "9 марта 2031"
    pictures = {"image/png": "2031-03-09", "text/plain": ""}  # bytes in letters
    assert afterwards.moment(executed(tmp_path, data=pictures), [], NOON, NOON) == ""
    (tmp_path / "notebook.ipynb").write_text("half")
    assert afterwards.moment(tmp_path, [], NOON, NOON) == ""


def test_results_with_the_date_of_their_run_are_announced_and_never_reused(
    small: Project, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(afterwards, "moment", lambda place, *_: "2031-03-09" if "0" in place.name else "")
    said = "never reused: what it shows holds the date of the run (2031-03-09)"
    first = small.reproduce()
    assert sorted(list(map(str, outcome.remarks)) for outcome in first) == [[], [said]]
    assert sorted(small.states()) == ["done", "reused"]
    explained = command("reproduce", "--dry-run", "--lang", "en", cwd=small.root)
    assert said in explained.out
    record = json.loads((small.reports / "run.json").read_text())
    assert sorted(run["never_reused"] for run in record["runs"]) == [[], [said]]
    pages = [path.read_text() for path in small.reports.glob("*/en/made.html")]
    assert sum("showed the date of the run (2031-03-09)" in page for page in pages) == 1
