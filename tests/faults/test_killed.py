"""Commands killed at each of their changes of files: what stood before is whole, and the next command heals."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy import cli, reproduction, sources
from digital_diplomacy.cli import fresh_folders
from digital_diplomacy.labels import columns
from digital_diplomacy.reproduction import Outcome
from digital_diplomacy.runs import translations
from digital_diplomacy.runs.notebooks import Run

from .conftest import Command, Project, files
from .test_taking_turns import DRAFT, REPOSITORY

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {"os.rename": 2, "os.link": 2, "os.symlink": 2, "os.remove": 1, "os.mkdir": 1, "os.rmdir": 1, "os.chmod": 1}
"""What Python tells its auditors of, and how many names come with it."""

MOST = 200  # changes of one command: more would be a test that never ends


def dies_at(number: int, folder: Path, by: int = signal.SIGKILL) -> None:
    """End this process before its change of that number below the folder."""
    seen = [0]

    def look(event: str, told: tuple[Any, ...]) -> None:
        if event == "open":
            names = told[:1] if (told[2] or 0) & WRITES and not isinstance(told[0], int) else ()
        else:
            names = told[: CHANGES.get(event, 0)]
        if any(Path(os.fsdecode(name)).absolute().is_relative_to(folder) for name in names):
            seen[0] += 1
            if seen[0] == number:
                os.kill(os.getpid(), by)

    sys.addaudithook(look)


def dies_within(number: int) -> None:
    """End this process when half of the file of that number is written."""
    seen = [0]
    whole = {"write_bytes": Path.write_bytes, "write_text": Path.write_text}

    def half(name: str) -> Callable[..., int]:
        def write(path: Path, content: Any, **options: Any) -> int:
            seen[0] += 1
            if seen[0] < number:
                return whole[name](path, content, **options)
            whole[name](path, content[: len(content) // 2], **options)
            os.kill(os.getpid(), signal.SIGKILL)
            return 0

        return write

    for name in whole:
        setattr(Path, name, half(name))


def given(words: tuple[str, ...], folder: Path, dies: Callable[[], None] = lambda: None) -> tuple[int, str]:
    """What becomes of a command in a process of its own: its exit code, less than 0 of a signal, and its errors."""
    errors = folder.with_name("errors")
    child = os.fork()
    if not child:
        code: object = 1
        try:
            said = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(said, 1)
            os.dup2(said, 2)
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            os.chdir(folder)
            sys.argv = ["digital-diplomacy", *words]
            dies()
            cli.main()
        except SystemExit as error:
            code = error.code or 0
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code if isinstance(code, int) else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), errors.read_text()


def project(folder: Path) -> None:
    """The tables that commands write to, and those these stand in front of."""
    shutil.copytree(REPOSITORY / "data/raw", folder / "data/raw", ignore=shutil.ignore_patterns("fetched"))
    (folder / "notebooks").mkdir()


def users(folder: Path) -> None:
    project(folder)
    (folder / "u.csv").write_text("Country,2020,2021\nKyrgyzstan,50.0,60.0\n")


UNNAMED = "data/raw/own_internet_users.csv"
"""Of a table that no description names yet, or any more: nobody reads it, and the next that is taken in replaces it."""

ADD = ("data", "add", "u.csv", "--as", "internet_users", "--source", "X", "--lang", "en")


def added(folder: Path) -> None:
    users(folder)
    assert given(ADD, folder)[0] == 0


def answered(folder: Path) -> None:
    project(folder)
    shutil.copy(REPOSITORY / "docs/examples/worldbank.json", folder / "w.json")


FETCH = ("data", "fetch", "worldbank", "--indicator", "IT.NET.USER.ZS", "--countries", "KAZ", "--file", "w.json")


def fetched(folder: Path) -> None:
    answered(folder)
    assert given(FETCH, folder)[0] == 0


def shortened(folder: Path) -> None:
    project(folder)
    path = folder / "data/raw/global_users.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def drafted(folder: Path) -> None:
    project(folder)
    for name, text in DRAFT.items():
        (folder / "draft").mkdir(exist_ok=True)
        (folder / "draft" / name).write_text(text)


def translated(folder: Path) -> None:
    """A notebook with a paragraph that has changed since it was translated."""
    (folder / "data/raw").mkdir(parents=True)
    (folder / "data/raw/datapackage.json").write_text('{"resources": []}')
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Who hears?\n\nThe share is 0.34."}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = folder / "notebooks/claims.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(content))
    translations.begin(path, "ru", {"Who hears?": "Кто слышит?", "The share is 0.34.": "Доля — 0,34."})
    translations.begin(path, "kk", {"Who hears?": "Кім естиді?", "The share is 0.34.": "Үлесі 0,34."})
    cell["source"] = "# Who hears?\n\nThe share is 0.35."
    path.write_text(json.dumps(content))


def told(folder: Path) -> None:
    translated(folder)
    path = folder / "notebooks/claims.ipynb"
    path.write_text(path.read_text().replace("0.35", "0.34"))


@dataclass(frozen=True)
class Case:
    words: tuple[str, ...]
    begins: Callable[[Path], None]
    there: str = "\0"
    """What the same command says where its work is done already."""


PAPER = ("--document", "005", "--author", "A", "--year", "2024", "--title", "T", "--lang", "en")
CASES = {
    "data add": Case(ADD, users, "is there already"),
    "data remove": Case(("data", "remove", "own_internet_users"), added, "is no table that"),
    "data fetch": Case(FETCH, answered),
    "data use": Case(("data", "use", "worldbank_it_net_user_zs_2026_07_13"), fetched),
    "seal": Case(("seal", "global_users"), shortened),
    "claims take-in": Case(("claims", "take-in", "draft", *PAPER), drafted, "there is such a document already"),
    "translations": Case(("translations", "claims"), translated),
    "new": Case(("new", "mine", "--from", "claims", "--lang", "en"), told, "is there already"),
    "labels new": Case(("labels", "new", "ky"), told, "has a column"),
}


def few_texts(folder: Path) -> Path:
    """Files of texts to which a language may be added, beside the notebooks."""
    place = folder / "labels"
    for name, text in {"core": "a,б,б,a", "more": "b,в,в,b", "refusals/some": ""}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        header = "code,kk,ru,en" if text else "en,kk,ru"
        (place / f"{name}.csv").write_text(f"{header}\n{text}\n".replace("\n\n", "\n"))
    return place


def is_whole(folder: Path) -> None:
    """Every table that is named is there with the hash it is named with, and so are the texts of every language."""
    if (folder / "u.csv").exists() or (folder / "w.json").exists() or (folder / "draft").exists():
        for name in ("internet_users", "claims", "claim_relations", "documents", "global_users"):
            assert len(sources.load(name, root=folder))
    if (folder / "labels").exists():
        assert len(columns.read(folder / "labels")) == 2


@pytest.mark.parametrize("name", CASES)
def test_killed_at_any_change_of_a_file_a_command_leaves_old_or_new_and_the_next_heals(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    case, start, run, done = CASES[name], *(tmp_path / one for one in ("start", "run", "done"))
    if name == "labels new":
        add, read, declared = columns.add, columns.read, columns.declared
        monkeypatch.setattr(columns, "add", lambda lang: add(lang, Path("labels")))
        monkeypatch.setattr(columns, "read", lambda place=Path("labels"): read(place))
        monkeypatch.setattr(columns, "declared", lambda place=Path("labels"): declared(place))
    case.begins(start)
    if name == "labels new":
        few_texts(start)
    shutil.copytree(start, done)
    ended = command(*case.words, cwd=done)  # here, so that all is imported for the processes that are forked from this
    assert ended.code == 0, ended.err
    ways = [lambda number: dies_at(number, run), dies_within]
    for dies in ways[: 1 if name == "claims take-in" else 2]:  # it checks every relation each time, a second long
        for number in range(1, MOST):
            shutil.rmtree(run, ignore_errors=True)
            shutil.copytree(start, run)
            killed, said = given(case.words, run, lambda dies=dies, number=number: dies(number))
            if not killed:
                break
            assert killed == -signal.SIGKILL, said
            is_whole(run)
            code, said = given(case.words, run)
            assert code == 0 or (code == 2 and case.there in said), (number, said)
            left = files(run)
            if name == "data remove":  # a file that no description names any more is read by nobody
                left.pop(UNNAMED, None)
            assert left == files(done), number
        assert 1 < number < MOST


def test_killed_at_any_change_of_a_file_runs_for_a_country_are_whole_for_the_next(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    run_all = reproduction.run_all

    def in_no_kernel(runs: list[Run], **options: Any) -> list[Outcome]:
        return run_all(runs, **options | {"elsewhere": small.executor})

    monkeypatch.setattr(reproduction, "run_all", in_no_kernel)
    monkeypatch.setattr("digital_diplomacy.cli.adapt.refresh_tables", lambda *_, **__: None)
    words = ("adapt", "--country", "KAZ", "--lang", "en", "--jobs", "1")
    start, run, done = (tmp_path / one for one in ("start", "r/run", "done"))
    for name in ("data", "notebooks"):
        shutil.copytree(small.root / name, start / name)
    shutil.copytree(start, done)
    ended = command(*words, cwd=done)
    assert ended.code == 0, ended.err
    for number in range(1, MOST):
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(start, run)
        killed, said = given(words, run, lambda number=number: dies_at(number, run))
        if not killed:
            break
        assert killed == -signal.SIGKILL, said
        code, said = given(words, run)
        assert code == 0, (number, said)
        assert shown(run) == shown(done), number
    assert 20 < number < MOST


def own(folder: Path) -> None:
    """Tables, a paper and messages of a researcher's own."""
    users(folder)
    texts = {
        "b.csv": "entity,a,b\nu,1,4\nv,2,3\nw,4,1\nx,5,2\n",
        "f.csv": "code,parent\nindex,\na,index\nb,index\n",
        "t.csv": "source,target\na,b\nb,c\nc,a\nc,d\n",
        "p.txt": "Of 200 people asked, 60 (30 %) are online.",
        "m.jsonl": '{"id": "1", "author_id": "1", "created_at": "2023-09-15T21:30:00Z"}\n',
    }
    for name, text in texts.items():
        (folder / name).write_text(text)


ASKED = {
    "data add": ADD[:-1],
    "index": ("index", "b.csv", "f.csv", "--draws", "0", "--out", "o", "--lang"),
    "network": ("network", "t.csv", "--draws", "1", "--rewirings", "0", "--out", "o", "--lang"),
    "messages": ("messages", "m.jsonl", "--zone", "UTC", "--tables-only", "--out", "o", "--lang"),
    "claims scan": ("claims", "scan", "p.txt", "--out", "o", "--lang"),
}
TOLD = {
    "kk": "тоқтатылды; жартылай жасалған ештеңе қалмады, келесі іске қосу басынан басталады",
    "ru": "прервано; ничего наполовину сделанного не осталось, следующий запуск начнёт сначала",
    "en": "interrupted; nothing half done is left, the next run begins anew",
}


@pytest.mark.parametrize("name", ASKED)
def test_a_command_that_is_asked_to_end_says_so_in_a_line_and_leaves_nothing_half(
    name: str, tmp_path: Path, command: Command
) -> None:
    """By Ctrl-C, by a service, by a terminal that closes; from its first change of a file to one of its last."""
    start, run, done = (tmp_path / one for one in ("start", "r/run", "done"))
    own(start)
    shutil.copytree(start, done)
    assert command(*ASKED[name], "en", cwd=done).code == 0
    asked = [(signal.SIGINT, 130, "ru"), (signal.SIGTERM, 143, "kk"), (signal.SIGHUP, 129, "en")]
    for number, (by, code, lang) in enumerate(asked * 2, start=1):
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(start, run)

        def ends(number: int = number, by: int = by) -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            dies_at(number, run, by)

        ended, said = given((*ASKED[name], lang), run, ends)
        assert (ended, said.count(TOLD[lang]), "Traceback" in said) == (code, 1, False), (number, said)
        left = {path: text for path, text in files(run).items() if path not in ("data/.changing", UNNAMED)}
        assert left == files(start), number
    assert given((*ASKED[name], "en"), run)[0] == 0
    assert set(files(run)) == set(files(done))


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_results_that_were_moving_when_a_command_ended_are_in_nobodys_way(by: int, tmp_path: Path) -> None:
    place, errors = tmp_path / "r/out", tmp_path / "errors"

    def makes(text: str, number: int = 0) -> int:
        child = os.fork()
        if not child:
            code = 1
            try:
                sys.stderr = errors.open("w")
                signal.signal(signal.SIGINT, signal.default_int_handler)
                dies_at(number, place, by)
                fresh_folders.check_fresh(place)
                with fresh_folders.fresh_folder(place) as stage:
                    (stage / "tables").mkdir()
                    for name in ("answer.txt", "index.html", "tables/a.csv", "tables/b.csv"):
                        (stage / name).write_text(text)
                code = 0
            except KeyboardInterrupt:
                code = 130
            except SystemExit:
                code = 2
            finally:
                sys.stderr.flush()
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    for number in range(1, MOST):
        shutil.rmtree(place, ignore_errors=True)
        ended = makes("old", number)
        if not ended:
            break
        assert ended == (130 if by == signal.SIGINT else -by), number
        if by == signal.SIGINT:
            assert not place.exists() or set(files(place).values()) == {b"old"}, number
        whole = place.is_dir() and len(files(place)) == 4 and not list(place.rglob(".files"))
        again = makes("new")
        assert (again, whole) in ((0, False), (0, True), (2, True)), number
        assert sorted(path.name for path in place.iterdir()) == ["answer.txt", "index.html", "tables"]
        assert set(files(place).values()) == {b"old" if again else b"new"}
        assert len(files(place)) == 4
    assert 12 < number < MOST


@pytest.mark.parametrize("name", ["index", "network", "claims scan"])
def test_a_command_killed_while_its_results_move_is_done_by_the_same_command(
    name: str, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path / "run")
    rename = Path.rename

    def moves(path: Path, to: Path) -> Path:
        if path.parent.name.endswith("-whole") and [one for one in to.parent.iterdir() if one.name[0] != "."]:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(path, to)

    def dies() -> None:
        monkeypatch.setattr(Path, "rename", moves)

    words = (*ASKED[name], "en")
    assert given(words, tmp_path / "run", dies)[0] == -signal.SIGKILL
    assert list((tmp_path / "run/o").glob(".unfinished-*-whole"))
    said = command(*words, cwd=tmp_path / "run")
    assert said.code == 0, said.err
    assert not list((tmp_path / "run/o").glob(".*"))


def shown(folder: Path) -> dict[str, bytes]:
    """What readers see of results; times differ, and where a command was killed is no file of theirs."""
    made = files(folder / "reports")
    return {name: text for name, text in made.items() if not name.endswith((".json", ".running"))}
