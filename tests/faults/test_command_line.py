"""The command line wherever its output leads, whoever starts it, and however long it may take."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy import reproduction
from digital_diplomacy.cli import streams
from digital_diplomacy.cli.app import refuse
from digital_diplomacy.cli.network import command as network
from digital_diplomacy.errors import DigitalDiplomacyError, NotebookError, SourceError, said
from digital_diplomacy.kernels.execution import unexpected
from digital_diplomacy.reproduction import Outcome, PlainProgress, find_notebooks, plan_runs
from digital_diplomacy.reproduction.progress import JsonProgress
from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.results import Failure

from .conftest import Command, Project, files

SAID = "Қазақ ≠ Ошибка 😀"


@pytest.fixture
def failed(small: Project) -> Outcome:
    run = plan_runs(find_notebooks(small.root), ["one"], {}, ["en"], {})[0]
    return Outcome(run, "failed", 0.0, Failure(2, f"raise ValueError({SAID!r})", "ValueError", SAID, ""))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251", "cp1252", "koi8-r", "cp1254", "utf-8"])
def test_a_letter_that_the_output_lacks_ends_nothing(
    failed: Outcome, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    streams.make_ready()
    for told in (PlainProgress(sys.stdout), JsonProgress(sys.stdout)):
        told.plan([failed.run.folder])
        told.finish(failed)
        told.close()
    print(SAID, flush=True)
    lines = written.getvalue().decode(encoding).splitlines()
    assert lines[-1] == SAID.encode(encoding, "backslashreplace").decode(encoding)
    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert [event["failure"]["message"] for event in events if "failure" in event] == [SAID]
    assert streams.is_narrow() == (encoding != "utf-8")


def test_an_output_that_is_closed_or_full_is_no_traceback() -> None:
    code = "import sys; from digital_diplomacy.cli import main; sys.argv = ['x', '--version']; main()"
    for stdout, ended, told in (
        ("1>&-", 0, ""),
        (">/dev/full", 2, "standard output: No space left"),
        ("| :", None, ""),
    ):
        line = f'sleep 0.2; exec {sys.executable} -c "$CODE"'  # a reader that has gone has gone by then
        said = subprocess.run(
            ["sh", "-c", f"({line}) {stdout}"],
            env=os.environ | {"CODE": code},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told in said.stderr
        assert "Traceback" not in said.stderr
        assert "Exception ignored" not in said.stderr
        assert ended is None or said.returncode == ended


TIES = "source,target\na,b\nb,c\nc,a\nc,d\n"


@pytest.mark.parametrize("led", [">&-", "<&- >&- 2>&-", "2>&-", "| :"])
def test_results_are_whole_whoever_listens(led: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "b.csv").write_text("entity,a,b\nu,1,4\nv,2,3\nw,4,1\nx,5,2\n")
    (tmp_path / "f.csv").write_text("code,parent\nindex,\na,index\nb,index\n")
    words = ("index", "b.csv", "f.csv", "--draws", "0", "--lang", "ru", "--out")
    assert command(*words, "known", cwd=tmp_path).code == 0
    line = f"{sys.executable} -m digital_diplomacy {' '.join(words)} out; echo $? > code"
    said = subprocess.run(
        ["sh", "-c", f"({line}) {led}"], cwd=tmp_path, input="", capture_output=True, text=True, check=False
    )
    assert ((tmp_path / "code").read_text(), said.stderr) == ("0\n", "")
    assert files(tmp_path / "out") == files(tmp_path / "known")


SETTINGS = {
    "no locale, no zone, no checks of Python's": {
        "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "TZ": ":/nowhere/at all", "PYTHONOPTIMIZE": "2",
    },
    "a dotless i, a zone ahead, another order of sets, a narrow terminal, no temporary folder": {
        "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "COLUMNS": "20", "NO_COLOR": "1",
        "TMPDIR": "/nowhere",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_results_are_the_same_bytes_whatever_the_environment(name: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "t.csv").write_text(f"{TIES}İi,a\nі,b\n", encoding="utf-8")
    words = ("network", "t.csv", "--draws", "9", "--rewirings", "9", "--lang", "kk", "--out")
    assert command(*words, "known", cwd=tmp_path).code == 0
    said = subprocess.run(
        [sys.executable, "-m", "digital_diplomacy", *words, "out"],
        cwd=tmp_path, env=os.environ | SETTINGS[name], capture_output=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, b"")
    assert files(tmp_path / "out") == files(tmp_path / "known")


def test_what_passes_words_on_has_an_end_though_the_output_was_closed_before() -> None:
    output = io.TextIOWrapper(io.BytesIO())
    passing = streams.lasting(output)
    output.close()
    passing.close()  # as Python does with what is gone; from 3.13 on it tells what goes wrong then
    assert passing.closed


def test_limits_are_those_of_the_command(small: Project, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    def run_all(runs: list[Run], **options: Any) -> list[Outcome]:
        given.append(options["limits"])
        return [Outcome(run, "reused", 0.0) for run in runs]

    monkeypatch.setattr(reproduction, "run_all", run_all)
    words = ("--time-limit", "2.5", "--memory-limit", "500", "--quiet")
    assert command("reproduce", "one", "--lang", "en", *words, cwd=small.root).code == 0
    command("sweep", "one", "--over", "edition=2020", *words, cwd=small.root)
    assert command("reproduce", "one", "--lang", "en", "--quiet", cwd=small.root).code == 0
    assert [(one.cell_seconds, one.memory) for one in given] == [(2.5, 500), (2.5, 500), (0, 0)]
    refused = command("reproduce", "--time-limit", "-1", cwd=small.root)
    assert (refused.code, "--time-limit" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "interrupted; what was finished is kept"),
        (RecursionError("x"), 2, "nested too deeply"),
        (PermissionError(13, "Permission denied", "a/b.csv"), 2, "a/b.csv: Permission denied"),
        (OSError(30, "Read-only file system", "a"), 2, "a: Read-only file system"),
        (DigitalDiplomacyError("{what} is wrong", what="this"), 2, "error: this is wrong"),
    ],
)
def test_whatever_ends_a_command_is_told_in_a_line(
    small: Project, command: Command, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, told: str
) -> None:
    def run_all(*_: object, **__: object) -> list[Outcome]:
        raise error

    monkeypatch.setattr(reproduction, "run_all", run_all)
    said = command("reproduce", "one", "--lang", "en", "--quiet", cwd=small.root)
    assert (said.code, told in said.err, len(said.err.splitlines())) == (code, True, 1)


@pytest.mark.parametrize("name", ["a\x1b[2J\u202eb\u200f.csv", "a\u061cb\u2028c\x9b1m.csv"])
def test_names_of_files_move_no_cursor_on_either_stream(name: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / name).write_text("source,target\na,b\nb,c\nc,a\n")
    drawn = command("network", name, "--draws", "1", "--rewirings", "0", "--out", "n", "--lang", "en", cwd=tmp_path)
    refused = command("index", name, "--out", "i", "--lang", "en", cwd=tmp_path)
    assert (drawn.code, refused.code) == (0, 2)
    shown = name.encode("unicode_escape").decode()
    for words in (drawn.out, refused.out, refused.err):
        assert shown in words
        assert not set(words) & set("\x1b\x9b\u202e\u200f\u061c\u2028")


def test_a_failure_moves_no_cursor_and_gives_no_command_to_a_service(failed: Outcome) -> None:
    hostile = "\x1b[31mred\x1b[0m \x1b]0;title\x07\x1b[2J\n::stop-commands::tok\n  ##[error]x\r\u202eabc\0"
    failure = unexpected(ValueError(hostile))
    assert failure.message == "red \\x1b]0;title\\x07\\x1b[2J\n::stop-commands::tok\n  ##[error]x\\r\\u202eabc\\x00"
    stream = io.StringIO()
    told = PlainProgress(stream)
    told.plan(["one/en"])
    told.finish(Outcome(failed.run, "failed", 0.0, failure))
    told.close()
    assert not [line for line in stream.getvalue().splitlines() if line.strip().startswith(("::", "##["))]
    assert "| ::stop-commands::tok" in stream.getvalue()


def test_notebooks_are_known_by_names_with_dots_blanks_and_quotes(small: Project) -> None:
    names = ["egdi.2024", "a 'b' \"c\"", "Қазақ", "a&b<c>"]
    for name in [*names, "._one"]:  # as macOS leaves beside one.ipynb
        (small.root / "notebooks/one.ipynb").with_name(f"{name}.ipynb").write_bytes(
            (small.root / "notebooks/one.ipynb").read_bytes()
        )
    found = find_notebooks(small.root)
    assert "._one" not in found
    for name in names:
        for given in (name, f"notebooks/{name}.ipynb", f"{name}.ipynb"):
            assert plan_runs(found, [given], {}, ["en"], {})[0].folder == f"{name}/en"
    with pytest.raises(NotebookError, match=r"unknown notebook 'egdi'; "):
        plan_runs(found, ["egdi"], {}, ["en"], {})


def test_a_name_too_long_for_a_file_fails_its_run_alone(small: Project) -> None:
    name = "ә" * 120  # 240 bytes, with the ending 246: as long as a name may be
    (small.root / f"notebooks/{name}.ipynb").write_bytes((small.root / "notebooks/one.ipynb").read_bytes())

    def fail(run: Run, _: Path) -> None:
        if run.notebook.name == name:
            raise OSError(28, "No space left on device")

    small.executor.instead = fail
    assert sorted(small.states(edition="9" * 60)) == ["done", "done", "failed"]
    small.executor.instead = None
    assert sorted(small.states(edition="9" * 60)) == ["done", "reused", "reused"]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_long_command_on_a_network_says_before_it_begins_what_would_be_short(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    network._offer(40.0, 1_000_000, 99, lang)  # reading took 40 s: 42.5 reckoned, so a little quicker than reckoned
    # 0.5 + 20 to measure without rewired networks, 4 + 10 to draw, 0.5 + 120 to write: 155 x 40 / 42.5 = 145.9
    assert "--rewirings 0" in (said := capsys.readouterr().out)
    assert "146" in said
    for gone, ties, rewirings in ((40.0, 1_000_000, 0), (2.5, 1_000, 99), (40.0, 1_000_000, 3)):
        network._offer(gone, ties, rewirings, lang)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("nested", [False, True])
def test_an_error_with_words_of_a_file_is_short_and_moves_no_cursor(
    nested: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "\x1b]0;title\x07\x1b[2J\u202eabc\0" + "[" * 20_000
    inner = said("{file} ({columns})", file="a.json", columns=words)
    error = SourceError("no file is of a kind known here: {files}; give a mapping", files=inner if nested else words)
    with pytest.raises(SystemExit, match="2"):
        refuse(error)
    told = capsys.readouterr().err
    assert "\\x1b]0;title\\x07\\x1b[2J\\u202eabc\\x00[[" in told
    assert not set(told) & set("\x1b\x07\0\u202e")
    assert told.endswith(f"[…{')' * nested}; give a mapping\n")
    assert len(told) < 1_200


NAME = "a\nerror: all is well\x1b[2J\r.csv"


@pytest.mark.parametrize(
    "words",
    [
        ("network", NAME, "--out", "out"),
        ("network", "ties.csv", "--out", "ties.csv/" + NAME),
        ("index", NAME, "fw.csv", "--out", "out"),
        ("messages", NAME, "--zone", "UTC", "--out", "out"),
        ("claims", "scan", f"{NAME}.csv", "--out", "out"),
        ("claims", "scan", "ties.txt", "--out", NAME),
        ("data", "add", NAME),
        ("adapt", "--country", NAME),
    ],
)
def test_no_name_of_a_file_begins_a_line_of_ours(words: tuple[str, ...], project: Path, command: Command) -> None:
    (project / "ties.csv").write_text("source,target\na,b\n")
    (project / "ties.txt").write_text("In 2020 there were 5 million users.\n")
    (project / NAME).write_text("source,period\n")
    (project / "notebooks").mkdir(exist_ok=True)
    said = command(*words, cwd=project)
    told = said.out + said.err
    assert "a\\nerror: all is well\\x1b[2J" in told.replace("\\\\", "\\")
    assert not any(line.startswith("error: all is well") for line in told.split("\n"))
    assert not set(told) & set("\x1b\r")
