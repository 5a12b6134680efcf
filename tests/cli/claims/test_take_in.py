"""Accepted rows of a scan become a document of the project, all of them or none."""

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import claims, cli, sources, tables
from digital_diplomacy.sources.files import TAKING
from digital_diplomacy.sources.intake import reviewed
from digital_diplomacy.unfinished import MARK

FIGURES = (
    "accepted,claim_id,document,locator,entity,measure,platform,period,value,value_date,low,high,unit,bound,as_printed,"
    "reading,credited_source,kind,also_in,notebook,paraphrase,note\n"
    "yes,NEW-001,NEW,paragraph 1,KAZ,followers,,,40001,,40000.5,40001.5,followers,exact,\"40,001\",number,"
    ",observation,,,At first.,\n"
    "да,NEW-002,NEW,paragraph 1,KAZ,followers,,,50001,,50000.5,50001.5,followers,exact,\"50,001\",number,"
    ",observation,,,Later.,\n"
    "ИӘ,NEW-003,NEW,paragraph 1,bots,bot_share,,,30,,29.5,30.5,percent,exact,30 %,number,,growth,,,Growth.,\n"
    ",NEW-004,NEW,paragraph 2,,items,,,7,,7,7,items,exact,7,number,,count,,,,\n"
)  # fmt: skip
RELATIONS = (
    "accepted,relation_id,kind,left,right,exhaustive,constant,named,caveat,matter,notebook,note,why,words,sure\n"
    "yes,NEW_change_001,growth_rate,NEW-001 NEW-002,NEW-003,False,,,,substance,claims,from … to,a,b,words\n"
    ",NEW_order_002,order,NEW-002 NEW-004,,False,,,,substance,claims,larger,a,b,words\n"
)
NAMED = ("--document", "005", "--author", "Author, A.; Reader, R.", "--year", "2025", "--title", "A paper of our own")
TABLES = ("documents", "claims", "claim_relations", "acknowledged_findings")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the raw tables, and a reviewed scan beside it."""
    monkeypatch.chdir(made(tmp_path))
    return tmp_path


def made(folder: Path) -> Path:
    shutil.copytree(sources.project_root() / "data" / "raw", folder / "data" / "raw")
    (folder / "claims.csv").write_text(FIGURES, encoding="utf-8")
    (folder / "relations.csv").write_text(RELATIONS, encoding="utf-8")
    (folder / "document.csv").write_text('lang,decimal_mark,grouping_mark\nen,.,","\n', encoding="utf-8")
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["digital-diplomacy", "claims", "take-in", ".", *(arguments or NAMED)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(str(ended.value.code or 0))


def held(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / "data" / "raw").iterdir()}


def test_accepted_rows_are_added_and_nothing_else_changes(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """(50,001 / 40,001 - 1) × 100 = 24.9994, which no rounding makes 30: acknowledged, with the reason."""
    before = held(project)
    assert run(monkeypatch) == 0
    after = held(project)
    assert {name for name in after if after[name] != before[name]} == {
        "datapackage.json",
        *(f"{n}.csv" for n in TABLES),
    }
    added = {name: set(after[f"{name}.csv"].splitlines()) - set(before[f"{name}.csv"].splitlines()) for name in TABLES}
    assert {name: len(rows) for name, rows in added.items()} == {
        "documents": 1, "claims": 3, "claim_relations": 1, "acknowledged_findings": 1,
    }  # fmt: skip
    assert all(set(before[f"{n}.csv"].splitlines()) <= set(after[f"{n}.csv"].splitlines()) for n in TABLES)
    assert (
        "claims.csv: 3 rows taken in as document 005; rows without `accepted` left out: 1." in capsys.readouterr().out
    )
    new = {name: sources.load(name, root=project) for name in TABLES}
    assert new["documents"]["short"].tolist()[-1] == "Author & Reader 2025"
    own = new["claims"][new["claims"]["document"] == "005"]
    parsed = claims.parse(own, new["documents"])
    assert tables.names_of(parsed) == {"entity.document_005": "Author & Reader 2025"}
    relations = new["claim_relations"][new["claim_relations"]["relation_id"] == "005_change_001"]
    known = new["acknowledged_findings"]
    found = claims.confirm(claims.check(parsed, relations), known[known["relation_id"] == "005_change_001"])
    assert tables.names_of(found) == tables.names_of(parsed)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("claims.csv", "да,NEW-002", "maybe,NEW-002", "claims.csv, column `accepted`: 3 «maybe»"),
        ("claims.csv", ",50001,", ",50002,", "claims.csv, line 3 (NEW-002), columns `as_printed` and `value`"),
        ("claims.csv", "percent,exact", "parsecs,exact", "claims.csv, line 4 (005-003)"),
        ("claims.csv", "NEW-002", "NEW-001", "this id stands twice"),
        ("claims.csv", "yes,NEW-001", ",NEW-001", "relations.csv, line 2 (NEW_change_001), column `left`: NEW-001"),
        ("relations.csv", "growth_rate", "growth_of", "relations.csv, line 2 (005_change_001)"),
        ("document.csv", "lang,", "tongue,", "document.csv: one row with the columns lang"),
    ],
)
def test_a_faulty_row_is_refused_by_file_and_line_and_nothing_is_written(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    file: str, old: str, new: str, said: str,
) -> None:  # fmt: skip
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    before = held(project)
    assert run(monkeypatch) == 2
    assert said in capsys.readouterr().err
    assert held(project) == before


@pytest.mark.parametrize(("no", "false"), [("no", "FALSE"), ("нет", "ЛОЖЬ"), ("жоқ", "ЖАЛҒАН")])
def test_what_spreadsheets_and_reviewers_write_in_their_language_is_read(
    no: str, false: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = FIGURES.replace(",NEW-004,", f"{no},NEW-004,").replace(",KAZ,followers", ",Казахстан,followers")
    (project / "claims.csv").write_text(figures, encoding="utf-8")
    (project / "relations.csv").write_text(RELATIONS.replace("False", false), encoding="utf-8")
    assert run(monkeypatch) == 0
    assert "Казахстан → KAZ" in capsys.readouterr().out
    taken = sources.load("claims", root=project)
    assert taken.loc[taken["document"] == "005", "entity"].tolist() == ["KAZ", "KAZ", "bots"]
    (relation,) = (
        sources.load("claim_relations", root=project).query("relation_id == '005_change_001'").to_dict("records")
    )
    assert relation["exhaustive"] is False


def test_a_flag_that_is_none_is_refused_by_what_it_says(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "relations.csv").write_text(RELATIONS.replace("False", "perhaps"), encoding="utf-8")
    assert run(monkeypatch) == 2
    assert "'perhaps'" in capsys.readouterr().err


def test_the_same_again_and_nothing_accepted_are_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with (project / "claims.csv").open(encoding="utf-8") as stream:
        rows = pd.DataFrame(list(csv.DictReader(stream)))
    full = (project / "claims.csv").read_bytes()
    rows.assign(accepted="").to_csv(project / "claims.csv", index=False)
    assert run(monkeypatch) == 2
    assert "no row is accepted" in capsys.readouterr().err
    (project / "claims.csv").write_bytes(full)
    assert run(monkeypatch) == 0
    assert run(monkeypatch) == 2
    assert "--document 005: there is such a document already" in capsys.readouterr().err
    assert run(monkeypatch, "--document", "006", *NAMED[2:]) == 2
    assert "taken in already, as document 005" in capsys.readouterr().err


def test_a_failure_while_renaming_puts_everything_back(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rename = held(project), Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == "claim_relations.csv":
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(reviewed.Path, "replace", failing)
    assert run(monkeypatch) == 2
    assert held(project) == before


KILLED = """
import os, signal, sys
from pathlib import Path
import pandas
from digital_diplomacy import claims
from digital_diplomacy.cli import main
from digital_diplomacy.sources.intake import reviewed
moved, names = Path.replace, []
def stopping(self, target):
    if len(names) == last:
        os.kill(os.getpid(), signal.SIGKILL)
    names.append(target)
    return moved(self, target)
Path.replace = stopping
for last in range(6):
    if os.fork() == 0:
        os.chdir(str(last))
        main()
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""
"""Kills the command before each of its moves, in folders of their own and processes forked from one that imported."""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, int]]:
    """A project for each move that comes after the command was killed, and the exit code of that."""
    top = tmp_path_factory.mktemp("killed")
    folders = [made(top / str(moves)) for moves in range(6)]
    words = [sys.executable, "-c", KILLED, "claims", "take-in", ".", *NAMED]
    ended = subprocess.run(words, cwd=top, capture_output=True, check=True, text=True)
    codes = [int(line) for line in ended.stdout.splitlines() if line.lstrip("-").isdigit()]
    return list(zip(folders, codes, strict=True))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
@pytest.mark.parametrize("moves", range(6))
def test_a_paper_whose_intake_is_killed_between_two_files_stands_whole_for_the_next_command(
    killed: list[tuple[Path, int]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moves: int
) -> None:
    """Four tables and their description are moved; a sixth move there is none, and the command ends."""
    before = held(sources.project_root())
    project, code = killed[moves]
    monkeypatch.chdir(project)
    assert code == (0 if moves == 5 else -signal.SIGKILL)
    assert (project / "data/raw" / TAKING).is_dir() == (moves < 5)
    assert "005" in set(sources.load("documents", root=project)["document"])  # reading alone heals
    assert not (project / "data/raw" / TAKING).exists()
    for name in TABLES:
        assert len(sources.load(name, root=project))
    assert {name for name, content in held(project).items() if before.get(name) != content} == {
        "datapackage.json", *(f"{n}.csv" for n in TABLES),
    }  # fmt: skip
    assert run(monkeypatch) == 2
    assert "there is such a document already" in capsys.readouterr().err


def test_what_was_not_yet_whole_when_its_intake_was_killed_is_gone(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = project / "data/raw" / f"{MARK}4000000"  # of a process that is none
    stage.mkdir()
    (stage / "claims.csv").write_text("half")
    assert "005" not in set(sources.load("documents", root=project)["document"])
    assert run(monkeypatch) == 0
    assert not stage.exists()
    assert "005" in set(sources.load("documents", root=project)["document"])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "claims.csv, `entity` бағаны: 2-жолдар бос"),
        ("ru", "claims.csv, столбец `entity`: пусто в строках 2"),
        ("en", "claims.csv, column `entity`: nothing stands in lines 2"),
    ],
)
def test_refusals_are_in_the_language_asked_for(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    text = (project / "claims.csv").read_text(encoding="utf-8")
    (project / "claims.csv").write_text(text.replace("paragraph 1,KAZ", "paragraph 1,", 1), encoding="utf-8")
    assert run(monkeypatch, *NAMED, "--lang", lang) == 2
    assert said in capsys.readouterr().err


def test_no_word_of_a_refusal_is_left_in_english(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three English words in a row are prose; sentences of errors stand within those of the command."""
    prose = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
    faults = [
        ("kk", "claims.csv", ",50001,", ",50002,"),
        ("ru", "claims.csv", ",50001,", ",50002,"),
        ("ru", "claims.csv", "percent,exact", "parsecs,exact"),
        ("kk", "relations.csv", "growth_rate", "growth_of"),
        ("ru", "relations.csv", "growth_rate", "growth_of"),
    ]
    for lang, file, old, new in faults:
        text = (project / file).read_text(encoding="utf-8")
        (project / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        assert run(monkeypatch, *NAMED, "--lang", lang) == 2
        told = capsys.readouterr().err
        assert not prose.search(re.sub(r"`[^`]*`|«[^»]*»", " ", told)), told
        (project / file).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("drafts", [RELATIONS.splitlines(keepends=True)[0], RELATIONS.replace("yes,", ","), None])
def test_figures_without_relations_are_taken_in_and_the_terminal_says_that_none_is(
    drafts: str | None, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A paper whose words tell no relation still has figures; a relations.csv without rows, or none, is no fault."""
    (project / "relations.csv").unlink()
    if drafts is not None:
        (project / "relations.csv").write_text(drafts, encoding="utf-8")
    before = held(project)
    assert run(monkeypatch, *NAMED, "--lang", "en") == 0
    told = capsys.readouterr().out
    assert "claims.csv: 3 rows taken in as document 005" in told
    assert "No relation between them is accepted: nothing of this document is checked until one is." in told
    after = held(project)
    assert {name for name in after if after[name] != before[name]} == {
        "datapackage.json",
        "documents.csv",
        "claims.csv",
    }
    assert len(sources.load("claims", root=project).query("document == '005'")) == 3
