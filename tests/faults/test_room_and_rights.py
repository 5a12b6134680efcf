"""A full disk, folders that cannot be written to, and the rights of what is written."""

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from digital_diplomacy.reproduction import PlainProgress, find_notebooks, plan_runs, run_all
from digital_diplomacy.reproduction.processed import stamp_tables
from digital_diplomacy.runs import places
from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.snapshot import Snapshot
from digital_diplomacy.sources import files as source_files
from digital_diplomacy.unfinished import MARK

from .conftest import Command, Project, files

NOBODY = 65534  # a user that every system has and that owns nothing


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_where_one_run_finds_no_room_the_others_are_done_and_the_next_run_heals(small: Project) -> None:
    small.executor.instead = lambda run, _: full() if run.notebook.name == "one" else None
    outcomes = small.reproduce()
    assert [outcome.state for outcome in outcomes] == ["failed", "done"]
    assert outcomes[0].failure is not None
    assert outcomes[0].failure.message == f"{small.reports / 'one/en'}: No space left on device"
    assert outcomes[0].failure.traceback == ""  # it is no fault of a program
    assert (small.reports / "index.html").is_file()
    assert "No space left on device" in (small.reports / "run.json").read_text()
    assert not list(small.reports.glob(".staging-*"))
    small.executor.instead = None
    assert small.states() == ["done", "reused"]


def test_a_folder_of_a_run_that_somebody_removes_fails_that_run_alone(small: Project) -> None:
    def remove(run: Run, place: Path) -> None:
        if run.notebook.name == "one":
            places.shutil.rmtree(place.parent)

    small.executor.instead = remove
    assert small.states() == ["failed", "done"]
    small.executor.instead = None
    assert small.states() == ["done", "reused"]


def test_a_write_that_fails_names_its_file_and_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("old")
    monkeypatch.setattr(Path, "write_text", full)
    monkeypatch.setattr(Path, "write_bytes", full)
    for write in (lambda: places.write_text(kept, "new"), lambda: source_files.replace(kept, b"new")):
        with pytest.raises(OSError, match="No space left on device") as caught:
            write()
        assert caught.value.filename == str(kept)
    assert files(tmp_path) == {"kept.csv": b"old"}


def test_the_rights_are_those_that_the_user_gives(tmp_path: Path, small: Project) -> None:
    for mask, rights in ((0o077, 0o600), (0o022, 0o644), (0o002, 0o664)):
        before = os.umask(mask)
        try:
            places.write_text(tmp_path / f"{mask}.html", "x")
            source_files.replace(tmp_path / f"{mask}.csv", b"x")
            small.reproduce("one", force=True)
        finally:
            os.umask(before)
        made = [tmp_path / f"{mask}.html", tmp_path / f"{mask}.csv", small.reports / "run.json"]
        assert [path.stat().st_mode & 0o777 for path in made] == [rights] * 3
        (small.reports / "run.json").unlink()
        (small.reports / "index.html").unlink()


def test_a_project_that_may_only_be_read_is_reproduced_elsewhere(
    small: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, before = tmp_path_factory.mktemp("out"), files(small.root)
    for name in ("mkdir", "write_text", "write_bytes", "open"):
        allowed = getattr(Path, name)

        def refused(path: Path, *given: Any, allowed: Callable[..., Any] = allowed, **named: Any) -> Any:
            writes = allowed.__name__ != "open" or (given[:1] or ("r",))[0] != "r"
            if writes and path.resolve().is_relative_to(small.root):
                raise PermissionError(errno.EROFS, "Read-only file system", str(path))
            return allowed(path, *given, **named)

        monkeypatch.setattr(Path, name, refused)
    assert small.states(out=elsewhere / "reports") == ["done", "done"]
    assert small.states(out=elsewhere / "reports") == ["reused", "reused"]
    stamp_tables(small.root / "reports/.cache/tables.json", {}, [], small.root)  # left out: built again the next time
    with pytest.raises(OSError, match=r"Read-only file system: .*reports"):
        small.reproduce()
    monkeypatch.undo()
    assert files(small.root) == before


def test_a_command_on_own_tables_leaves_nothing_half(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from digital_diplomacy.cli.index import command as index

    rows = ["entity,a,b", *(f"u{number},{number},{number * number % 7}" for number in range(8))]
    (tmp_path / "base.csv").write_text("\n".join(rows) + "\n")
    (tmp_path / "fw.csv").write_text("code,parent\nindex,\na,index\nb,index\n")
    words = ("index", "base.csv", "fw.csv", "--draws", "0", "--out", "made")
    (tmp_path / f"made/{MARK}4000000").mkdir(parents=True)  # of one that was killed
    (tmp_path / f"made/{MARK}4000000/scores.csv").write_text("half")
    monkeypatch.setattr(index, "write_page", full)
    refused = command(*words, cwd=tmp_path)
    assert (refused.code, "No space left on device" in refused.err) == (2, True)
    assert list((tmp_path / "made").iterdir()) == []
    monkeypatch.undo()
    done = command(*words, cwd=tmp_path)
    assert done.code == 0, done.err
    assert (tmp_path / "made/index.html").is_file()
    assert not list((tmp_path / "made").glob(".*"))
    again = command(*words, cwd=tmp_path)
    assert (again.code, "it exists and is not empty" in again.err) == (2, True)
    lines = done.out.splitlines()
    assert lines[-1].endswith("made/index.html")


def as_nobody(does: Callable[[], object]) -> str:
    """What a process of another user without a home says of what it does; of an ordinary user, of that same user."""
    hearing, saying = os.pipe()
    child = os.fork()
    if not child:
        told = "none"
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.environ["HOME"] = "/proc/none"
            told = repr(does())
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        finally:
            os.write(saying, told.encode()[:4000])
            os._exit(0)
    os.close(saying)
    os.waitpid(child, 0)
    with os.fdopen(hearing) as stream:
        return stream.read()


@pytest.mark.parametrize("quiet", [True, False])
def test_a_home_that_takes_no_files_is_passed_over_without_a_word_of_libraries(quiet: bool, tmp_path: Path) -> None:
    """As in containers; left alone, IPython and matplotlib would say so in English, among the lines of a command."""
    code = """
import sys
from digital_diplomacy.kernels import execution, fork_server
if sys.argv[1] == "True":
    execution.pass_over_homes()
    fork_server.preload(["matplotlib"])
import matplotlib
matplotlib.get_configdir()
from jupyter_client.kernelspec import KernelSpecManager
KernelSpecManager().kernel_dirs
"""
    homeless = {name: value for name, value in os.environ.items() if name not in ("IPYTHONDIR", "MPLCONFIGDIR")}
    homeless |= {"HOME": "/proc/none", "TMPDIR": str(tmp_path), "PYTHONWARNINGS": "default"}
    homeless = {name: value for name, value in homeless.items() if not name.startswith("XDG_")}
    words = [sys.executable, "-c", code, str(quiet)]
    done = subprocess.run(words, env=homeless, capture_output=True, text=True, check=True)
    told = [name for name in ("IPython", "Matplotlib") if name in done.stderr]
    assert told == ([] if quiet else ["IPython", "Matplotlib"]), done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_a_user_without_rights_or_home_works_in_a_folder_of_theirs(small: Project) -> None:
    """In a project of somebody else: read it, write elsewhere, be refused by name where they may not write."""
    with TemporaryDirectory() as base:
        Path(base).chmod(0o755)
        theirs, own = Path(base, "theirs"), Path(base, "own")
        shutil.copytree(small.root, theirs)
        own.mkdir()
        own.chmod(0o777)
        now = Snapshot(theirs)

        def states(out: Path) -> list[str]:
            runs = plan_runs(find_notebooks(theirs), [], {}, ["en"], {})
            told, made = PlainProgress(StringIO()), small.executor
            options: dict[str, Any] = {"jobs": 1, "force": False, "progress": told, "elsewhere": made, "now": now}
            return [outcome.state for outcome in run_all(runs, root=theirs, out=out, **options)]

        # What is imported late, and what is asked of Python's own folders, which may be another's, is done now.
        assert states(own / "warm") == ["done", "done"]
        shutil.rmtree(own / "warm")
        (theirs / "reports").mkdir(exist_ok=True)
        folders = [theirs, *(path for path in theirs.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        before = files(theirs)
        try:
            assert as_nobody(lambda: states(own / "reports")) == "['done', 'done']"
            assert as_nobody(lambda: states(own / "reports")) == "['reused', 'reused']"
            assert "Permission denied" in as_nobody(lambda: states(theirs / "reports"))
            refused = as_nobody(lambda: source_files.replace(theirs / "data/raw/datapackage.json", b"mine"))
            assert refused.startswith("PermissionError: [Errno 13] Permission denied: ")
            assert "data/raw/datapackage.json" in refused
        finally:
            for folder in folders:
                folder.chmod(0o755)
        assert files(theirs) == before
        owner = NOBODY if os.getuid() == 0 else os.getuid()
        assert {path.stat().st_uid for path in (own / "reports").rglob("*")} == {owner}


@pytest.mark.parametrize(
    ("lang", "told"), [("kk", "уақытша файлдарды"), ("ru", "нет папки для временных файлов"), ("en", "temporary files")]
)
def test_where_no_folder_takes_temporary_files_it_is_said_what_to_set(
    lang: str, told: str, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container of which nothing may be written; Python and each library say it in their own words."""
    import tempfile

    (tmp_path / "values.csv").write_text("entity,a\nx,1\ny,2\nz,3\nv,5\nw,4\nu,6\n")
    (tmp_path / "framework.csv").write_text("code,parent\nindex,\na,index\n")
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "none")])
    said = command("index", "values.csv", "framework.csv", "--draws", "0", "--lang", lang, cwd=tmp_path)
    assert (said.code, "TMPDIR" in said.err) == (2, True), said.err
    assert told in said.err
    assert not (tmp_path / "index").exists()


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from digital_diplomacy.cli import main
main()
"""


@pytest.mark.parametrize(
    "words",
    [
        ("network", "ties.csv", "--draws", "9", "--rewirings", "0"),
        ("index", "values.csv", "framework.csv", "--draws", "9"),
        ("claims", "scan", "paper.txt"),
        ("messages", "posts.jsonl", "--zone", "UTC", "--tables-only"),
    ],
    ids=lambda words: words[0],
)
def test_a_disk_without_room_is_told_with_the_folder_and_the_next_command_has_its_results(
    tmp_path: Path, command: Command, words: tuple[str, ...]
) -> None:
    """A limit on the size of files, as of a quota: a write fails in the middle, long after its file was opened."""
    pytest.importorskip("resource")
    post = '{"id": "1", "author_id": "7", "created_at": "2023-09-15T21:30:00Z"}'
    held = {
        "ties.csv": "source,target\na,b\nb,c\nc,a\na,d\n",
        "values.csv": "entity,a\nx,1\ny,2\nz,3\nv,5\nw,4\nu,6\n",
        "framework.csv": "code,parent,weight,direction\nindex,,1,1\na,index,1,1\n",
        "paper.txt": "In 2020 Kazakhstan had 15.1 million internet users, 80% of the population.\n",
        "posts.jsonl": f"{post}\n",
    }
    for name, text in held.items():
        (tmp_path / name).write_text(text)
    asked = (*words, "--out", "o", "--lang", "ru")
    done = subprocess.run([sys.executable, "-c", LIMITED, *asked], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert re.search(r"^ошибка: (\S*/)?o(/\S+)?: ", done.stderr.splitlines()[-1]), done.stderr
    left = [path.name for path in tmp_path.glob("o/**/*") if path.is_file()]
    assert [name for name in left if name not in (".counting", "messages.key")] == []
    again = command(*asked, cwd=tmp_path)
    assert again.code == 0, again.err
