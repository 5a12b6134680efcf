"""What is not the package's own stays: files beside results, among them, and in folders named by mistake."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from digital_diplomacy.cli.lab import arguments
from digital_diplomacy.errors import ParameterError
from digital_diplomacy.messages.intake.writing import appearing
from digital_diplomacy.runs.places import recover, swap, write_text
from digital_diplomacy.runs.verified import Verified
from digital_diplomacy.sources.files import replace
from digital_diplomacy.unfinished import MARK

from .conftest import Command, Project, files

MINE = {
    "index.html": "my page",
    "run.json": '{"mine": true}',
    "failed/one-en.ipynb": "{}",
    ".staging-mine/notes.txt": "mine",
    "kk.html": "my page",
    "one/en/notes.txt": "mine",
    "collected/one/runs.csv": "mine",
}


def fill(folder: Path, contents: dict[str, str]) -> None:
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.mark.parametrize("name", MINE)
def test_a_folder_with_files_of_ones_own_is_refused_and_left(small: Project, name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, {name: MINE[name]})
    before = files(out)
    first = name.partition("/")[0]
    with pytest.raises(ParameterError, match=rf"holds files that are no results of this command \({first}\)"):
        small.reproduce(out=out)
    assert files(out) == before
    assert small.executor.executed == []


def test_the_command_refuses_folders_of_other_things(small: Project, command: Command) -> None:
    for name in (".git", ".venv", ".github"):
        (small.root / name).mkdir()
        (small.root / name / "config").write_text("mine")
    for words in (["--out", ".git"], ["--out", ".venv"], ["--out", ".github"], ["--out", ".."], ["--out", "/"]):
        for more in ([], ["--dry-run"]):
            refused = command("reproduce", *words, *more, cwd=small.root)
            assert (refused.code, "holds files that are no results" in refused.err) == (2, True), words
    assert files(small.root / ".git") == {"config": b"mine"}


def test_results_are_known_as_such_and_the_projects_own_folder_may_have_a_cache(small: Project, tmp_path: Path) -> None:
    fill(small.reports, {".gitignore": "*", ".cache/tables.json": "{}", "sweeps/run.json": "{}"})
    assert small.states() == ["done", "done"]
    assert small.states() == ["reused", "reused"]
    assert (small.reports / ".gitignore").read_text() == "*"
    shutil.copytree(small.reports, tmp_path / "copy", ignore=shutil.ignore_patterns(".running", "sweeps"))
    assert small.states(out=tmp_path / "copy") == ["reused", "reused"]  # as an older version left them


def test_notes_among_results_stay_whether_these_are_made_anew_or_not(small: Project) -> None:
    notes = {"notes.txt": "mine", "figures/sketch.svg": "mine", ".ipynb_checkpoints/x.ipynb": "mine"}
    small.reproduce("one")
    place = small.reports / "one/en"
    fill(place, notes)
    (place / "link").symlink_to("notes.txt")
    assert small.states("one") == ["reused"]
    assert small.states("one", force=True) == ["done"]
    assert {name: (place / name).read_text() for name in notes} == notes
    assert (place / "link").read_text() == "mine"
    assert (place / "figures/map.svg").read_text() == "<svg/>"
    assert small.states("one") == ["reused"]
    assert not list(small.reports.glob("*/.replaced-*"))


def test_a_note_is_kept_where_a_new_result_takes_its_name_and_after_a_kill_between(tmp_path: Path) -> None:
    new, final = tmp_path / "new", tmp_path / "one/en"
    fill(final, {"result.json": '{"files": {"index.html": "0"}}', "index.html": "old", "tables/t.csv": "mine"})
    fill(new, {"result.json": '{"files": {"tables/t.csv": "0"}}', "tables/t.csv": "new"})
    swap(new, final)
    assert {name: text for name, text in files(final).items() if name != "result.json"} == {
        "tables/t.csv": b"new",
        "tables/t-2.csv": b"mine",
    }
    fill(tmp_path / "one/.replaced-en", {"result.json": "half", "index.html": "old", "notes.txt": "mine"})
    recover(tmp_path)
    assert set(files(final)) == {"result.json", "tables/t.csv", "tables/t-2.csv", "notes.txt"}
    assert not (tmp_path / "one/.replaced-en").exists()


KILLED = 4_000_000  # more than a system numbers processes to


def test_what_a_killed_write_left_is_swept_by_the_next_and_nothing_else_is(tmp_path: Path) -> None:
    ours = [f"{MARK}{KILLED}-0a1b2c3d-claims_parsed.csv", f"{MARK}{KILLED}-ffffffff-a b"]
    mine = [
        *(".unfinished-notes", f"{MARK}{KILLED}", f"{MARK}{KILLED}-plan.txt", f"{MARK}x-0a1b2c3d-a"),
        # Of another computer, where such a process may run.
        *(f".unfinished-{host}{KILLED}-0a1b2c3d-a" for host in ("", "another-")),
        *(f"{MARK}{os.getpid()}-0a1b2c3d-claims_parsed.csv", ".claims_parsed.csv-0a1b2c3d", ".t.csv.part"),
    ]
    half = f"{MARK}{KILLED}-0a1b2c3d-folder"  # a folder has no such name
    writes = {
        "a text": lambda place: write_text(place / "a", "new"),
        "a table": lambda place: replace(place / "a", b"new"),
        "hashes": lambda place: remember(place),
        "messages": lambda place: appear(place / "a"),
        "a run": recover,
    }
    for what, write in writes.items():
        place = tmp_path / what
        fill(place, dict.fromkeys([*ours, *mine, f"{half}/note"], "x"))
        (place / f"{MARK}{KILLED}-0a1b2c3d-link").symlink_to("elsewhere")
        write(place)
        left = {path.name for path in place.iterdir()}
        assert sorted(left & {*ours}) == [], what
        assert left >= {*mine, half, f"{MARK}{KILLED}-0a1b2c3d-link"}, what


def remember(place: Path) -> None:
    known = Verified(place / "outputs.json")
    (place / "a").write_text("x")
    known._new[str(place / "a")] = [1, 1, 1, 1, "0"]
    known.remember()
    assert (place / "outputs.json").is_file()


def appear(path: Path) -> None:
    with appearing(path) as beside:
        beside.write_text("new")
    assert path.read_text() == "new"


def test_a_name_as_long_as_any_is_written(tmp_path: Path) -> None:
    for name in ("x" * 255, "ә" * 127):
        write_text(tmp_path / name, "new")
    assert sorted(files(tmp_path)) == sorted(["x" * 255, "ә" * 127])


@pytest.mark.parametrize("name", ["messages.parquet", "counts.csv", "daily.csv"])
def test_messages_are_counted_into_no_folder_with_files_of_their_names(
    name: str, tmp_path: Path, command: Command
) -> None:
    tweet = {"id": "1", "author_id": "1", "created_at": "2023-09-15T21:30:00Z"}
    fill(tmp_path, {"t.jsonl": json.dumps(tweet) + "\n", f"mine/{name}": "mine", "out/notes.txt": "mine"})
    words = ("messages", "t.jsonl", "--zone", "UTC", "--tables-only", "--plain", "--out")
    refused = command(*words, "mine", cwd=tmp_path)
    assert (refused.code, f"no results of this command ({name})" in refused.err) == (2, True)
    assert files(tmp_path / "mine") == {name: b"mine"}
    for _ in range(2):  # and again into what it wrote itself
        done = command(*words, "out", cwd=tmp_path)
        assert done.code == 0, done.err
    assert (tmp_path / "out/notes.txt").read_text() == "mine"
    assert (tmp_path / "out" / name).is_file()


def test_lab_takes_no_module_from_the_folder_it_starts_in(tmp_path: Path) -> None:
    root = tmp_path / "мой проект 'x'"
    fill(root, dict.fromkeys(("random.py", "json.py", "jupyterlab.py", "traitlets.py"), "raise SystemExit('taken')"))
    words = [sys.executable, *arguments(root, ["--version"], is_root=False)]
    ended = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, version("jupyterlab")), ended.stderr
