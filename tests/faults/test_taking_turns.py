"""Two commands at once: one writes, the other is told or waits; a killed one holds nothing."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy import reproduction, sources
from digital_diplomacy.errors import BusyError, SourceError
from digital_diplomacy.runs import plan
from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.places import only_run
from digital_diplomacy.runs.results import Limits, Observed, Result
from digital_diplomacy.runs.snapshot import Snapshot, sha256
from digital_diplomacy.sources import files as source_files
from digital_diplomacy.sources import intake

from .conftest import Command, Executor, Project, files

REPOSITORY = Path(__file__).parents[2]
HOLDS = """
import sys
from pathlib import Path
from digital_diplomacy.runs.places import only_run
with only_run(Path(sys.argv[1]), lock=sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""

ENTERS = """
import os, sys, time
from pathlib import Path
from digital_diplomacy.errors import BusyError
from digital_diplomacy.runs.places import only_run
folder, until, entries = Path(sys.argv[1]), time.monotonic() + 1.5, 0
while time.monotonic() < until:
    try:
        with only_run(folder):
            inside = os.open(folder / "inside", os.O_CREAT | os.O_EXCL)  # fails where another is inside
            os.close(inside)
            entries += 1
            os.unlink(folder / "inside")
    except BusyError:
        pass
print(entries)
"""

SEALS = """
import sys
from digital_diplomacy import sources
for _ in range(8):
    sources.seal(sys.argv[2], root=sys.argv[1])
"""


def start(code: str, *words: object, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], text=True, **options)


def test_a_folder_is_held_by_one_and_by_nobody_once_that_one_is_killed(tmp_path: Path) -> None:
    with start(HOLDS, tmp_path, ".running", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=f"process {holder.pid} is writing to"), only_run(tmp_path):
            pass
        holder.kill()
        holder.wait()
    with only_run(tmp_path):
        pass


def test_never_two_are_inside(tmp_path: Path) -> None:
    """Also where a killed run left its mark: the file of the lock is there from the first entry on."""
    (tmp_path / ".running").write_text("4000000")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    racing = [start(ENTERS, tmp_path, **pipes) for _ in range(3)]
    told = [process.communicate() for process in racing]
    assert [error for _, error in told if error] == []
    assert sum(int(entries) for entries, _ in told) > 10


@pytest.mark.parametrize("left", ["", "4000000", "1", "9" * 30, "\u049b\u0430\u0437\u0430\u049b", "\0\0"])
def test_whatever_stands_in_a_lock_nobody_holds_it_is_taken(tmp_path: Path, left: str) -> None:
    (tmp_path / ".running").write_text(left, encoding="utf-8")
    (tmp_path / ".running-process").write_bytes(b"\xff\xfe")
    with only_run(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [".running"]


def test_tables_sealed_at_once_all_keep_their_hash(project: Path, table: Callable[[str], Path]) -> None:
    names = ["one", "two", "three"]
    for name in names:
        table(name)
    # Each seals a table again and again that another process changes the description of meanwhile.
    racing = [start(SEALS, project, name, stderr=subprocess.PIPE) for name in names]
    assert [process.communicate()[1] for process in racing] == [""] * 3
    assert [len(sources.load(name, root=project)) for name in names] == [2, 2, 2]
    package = json.loads((project / "data/raw/datapackage.json").read_text())
    assert [one["bytes"] for one in package["resources"]] == [6, 6, 6]


def test_one_that_changes_tables_waits_and_then_says_why(
    project: Path, table: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    table("one")
    monkeypatch.setattr(source_files, "_PATIENCE", 0)
    with (
        source_files.changing(project),
        pytest.raises(SourceError, match=r"another command is changing the tables of .*data; try again"),
    ):
        sources.seal("one", root=project)
    assert len(sources.seal("one", root=project)) == 64


def test_messages_are_counted_into_a_folder_by_one_and_the_other_is_told(tmp_path: Path, command: Command) -> None:
    """Tables of two, or the key of the one beside what was hashed with that of the other, would stand together."""
    tweet = {"id": "1", "author_id": "1", "created_at": "2023-09-15T21:30:00Z"}
    (tmp_path / "t.jsonl").write_text(json.dumps(tweet) + "\n")
    words = ("messages", "t.jsonl", "--zone", "UTC", "--tables-only", "--out", "o", "--lang", "ru")
    with start(HOLDS, tmp_path / "o", ".counting", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        before = files(tmp_path / "o")
        told = command(*words, cwd=tmp_path)
        assert (told.code, f"процесс {holder.pid}" in told.err) == (2, True), told.err
        assert files(tmp_path / "o") == before
        holder.kill()
        holder.wait()
    assert command(*words, cwd=tmp_path).code == 0
    assert len((tmp_path / "o/messages.key").read_bytes()) == 32


@pytest.mark.parametrize("behind_its_runs", [False, True])
def test_adapt_while_another_command_writes_to_its_folder_is_told_and_writes_nothing(
    project: Path,
    write_notebook: Callable[..., Path],
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    behind_its_runs: bool,
) -> None:
    """`reproduce` in the same folder, begun before `adapt` or between its runs and its page on them."""
    write_notebook("one", ["1"])
    monkeypatch.setattr("digital_diplomacy.cli.adapt.refresh_tables", lambda *_, **__: None)
    reports = project / "reports"
    with ExitStack() as held:
        if behind_its_runs:
            monkeypatch.setattr(reproduction, "run_all", lambda *_, **__: held.enter_context(only_run(reports)) or [])
        else:
            held.enter_context(only_run(reports))
            before = files(reports)
        told = command("adapt", "--country", "KAZ", "--lang", "ru", "--jobs", "1", cwd=project)
        assert (told.code, f"процесс {os.getpid()}" in told.err) == (2, True), told.err
        assert not list(reports.glob("adapt-*"))
        assert behind_its_runs or files(reports) == before
    if not behind_its_runs:
        assert command("adapt", "--country", "KAZ", "--lang", "en", "--jobs", "1", "--quiet", cwd=project).code == 0
        assert (reports / "adapt-KAZ.en.html").is_file()


DRAFT = {
    "document.csv": 'lang,decimal_mark,grouping_mark\nen,.,","\n',
    "claims.csv": "accepted,claim_id,document,locator,entity,measure,platform,period,value,value_date,low,high,unit,"
    "bound,as_printed,reading,credited_source,kind,also_in,notebook,paraphrase,note\n"
    "yes,NEW-001,NEW,p. 1,KAZ,followers,,,401,,401,401,followers,exact,401,number,,observation,,,A.,\n"
    "yes,NEW-002,NEW,p. 1,KAZ,followers,,,402,,402,402,followers,exact,402,number,,observation,,,B.,\n",
    "relations.csv": "accepted,relation_id,kind,left,right,exhaustive,constant,named,caveat,matter,notebook,note\n"
    "yes,NEW_order_001,order,NEW-002 NEW-001,,False,,,,substance,claims,larger\n",
}


def test_tables_and_papers_taken_in_at_once_all_stand_and_a_number_is_given_once(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "data/raw", tmp_path / "data/raw")
    for name, country in (("k", "Kyrgyzstan"), ("u", "Uzbekistan")):
        (tmp_path / f"{name}.csv").write_text(f"Country,2020,2021\n{country},50.0,60.0\n")
    for name, text in DRAFT.items():
        (tmp_path / name).write_text(text)
    paper = ("claims", "take-in", ".", "--author", "Author, A.", "--year", "2025")
    raced = [
        [("data", "add", f"{name}.csv", "--source", "Committee") for name in "ku"],
        [(*paper, "--document", number, "--title", f"Paper {number}") for number in ("005", "006")],
        [(*paper, "--document", "007", "--title", title) for title in ("One", "Two")],
    ]
    ended = []
    for pair in raced:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": tmp_path}
        both = [start("from digital_diplomacy.cli import main; main()", *words, **pipes) for words in pair]
        told = [process.communicate() for process in both]
        assert not any("Traceback" in error for _, error in told), told
        ended.append(sorted(process.returncode for process in both))
    assert ended == [[0, 0], [0, 0], [0, 2]]
    shorts = sources.load("documents", root=tmp_path)["short"].tolist()
    assert {"Author 2025", "Author 2025b", "Author 2025c"} <= set(shorts)
    assert set(intake.own_tables(tmp_path)) == {"own_internet_users", "own_internet_users_2"}
    new = [one for one in sources.load("documents", root=tmp_path)["document"] if one >= "005"]
    assert new == ["005", "006", "007"]
    assert {"005-001", "006-001", "007-001"} <= set(sources.load("claims", root=tmp_path)["claim_id"])
    countries = [sources.load(one, root=tmp_path)["iso3"].unique().tolist() for one in intake.own_tables(tmp_path)]
    assert sorted(countries) == [["KGZ"], ["UZB"]]
    assert not list((tmp_path / "data/raw").glob(".unfinished-*"))


class Reader(Executor):
    """Runs that read a table, which ``meanwhile`` may touch."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None, reads: str = "data/raw/t.csv") -> None:
        super().__init__()
        self.meanwhile, self.reads = meanwhile, reads

    def execute(self, run: Run, root: Path, place: Path, *, on_cell: Any, limits: Limits) -> Result:
        found = super().execute(run, root, place, on_cell=on_cell, limits=limits)
        self.meanwhile()
        return replace(found, inputs=Observed((self.reads,)))


def inputs_of(project: Project, name: str) -> dict[str, str | None]:
    told = json.loads((project.reports / name / "en/result.json").read_text())
    return dict(told["dependencies"]["inputs"])


def test_a_run_whose_table_came_and_went_meanwhile_is_none_that_is_kept(
    small: Project, table: Callable[[str], Path]
) -> None:
    """`data add` and `data remove` while it ran: it may have read a table that is not there before or after."""
    described = small.root / "data/raw/datapackage.json"
    before = described.read_bytes()

    def comes_and_goes() -> None:
        path = table("t")  # which the run reads here
        described.write_bytes(before)
        path.unlink()

    for meanwhile, kept in ((comes_and_goes, None), (lambda: None, plan.ABSENT)):
        reading = Project(small.root, Reader(meanwhile))
        assert reading.states("one", force=True) == ["done"]
        assert inputs_of(reading, "one") == {"data/raw/t.csv": kept}
        assert reading.states("one") == ["done" if kept is None else "reused"]


@pytest.mark.parametrize("change", ["another", "gone"])
def test_what_a_run_read_is_noted_though_another_run_read_it_before_it_changed(
    project: Path, table: Callable[[str], Path], write_notebook: Callable[..., Path], change: str
) -> None:
    """`seal` or `data remove` between two runs of one command, and the old file back afterwards."""
    path, notebook = table("t"), write_notebook("one", ["1"])
    now = Snapshot(project)
    first = now.seen("data/raw/t.csv")
    if change == "another":
        path.write_text("x\n3\n")
    else:
        path.unlink()
    time.sleep(0.01)  # clocks of files tick slower than those of processes
    known, started = plan.before(notebook, {}, now), time.time_ns()
    given: dict[str, Any] = {"notebook": notebook, "lang": "en", "shown": [], "started_ns": started, "now": now}
    noted = plan.record(known, inputs=Observed(("data/raw/t.csv",)), **given)["inputs"]["data/raw/t.csv"]
    assert noted == (sha256(path) if change == "another" else plan.ABSENT)
    assert noted != first


def test_a_file_whose_name_is_no_text_is_noted_like_another(small: Project) -> None:
    """A name in KOI8-R, as old archives have them: Python reads such bytes as halves of surrogates."""
    name = os.fsdecode("Отчёт".encode("koi8-r"))
    try:
        (small.root / name).write_text("n")
    except OSError:
        pytest.skip("names of files are texts here")
    reading = Project(small.root, Reader(reads=name))
    assert reading.states("one") == ["done"]
    assert inputs_of(reading, "one") == {name: sha256(small.root / name)}
    assert json.loads((reading.reports / "run.json").read_text(encoding="utf-8"))["summary"]["done"] == 1
    assert reading.states("one") == ["reused"]
    (small.root / name).write_text("m")
    assert reading.states("one") == ["done"]
