import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from digital_diplomacy import __version__

REPOSITORY = Path(__file__).parents[1]


def run(*words: str, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "digital_diplomacy", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_version_and_help_answer() -> None:
    assert run("--version").stdout.strip() == __version__
    said = run("--help").stdout
    assert all(command in said for command in ("reproduce", "claims", "process", "notebooks", "tables", "seal"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--lang", "de"], "unknown language 'de'; allowed: kk, ru, en, all"),
        (["-p", "country=UZZ"], "parameter country: unknown value 'UZZ'; did you mean 'UZB'? allowed: ABW"),
        (["-p", "countri=UZB"], "unknown parameter 'countri': claims takes"),
        (["rankings", "-p", "edition=latest"], "parameter edition=latest: a whole number expected"),
        (["rankings", "-p", "edition=2021"], "parameter edition: unknown value 2021"),
        (["rankings", "-p", "compare=RUS,KZA"], "parameter compare: unknown value 'KZA'"),
        (["ranking"], "unknown notebook 'ranking'; known: claims"),
        (["-p", "country"], "write NAME=VALUE"),
        (["-p", "lang=kk"], "lang is set with --lang"),
        (["-p", "country=UZB", "-p", "country=KGZ"], "country is given twice"),
        (["rankings", "-p", "compare=,"], "parameter compare=,: at least one value expected"),
        (["penetration", "-p", "period=abc"], "parameter period: period 'abc' is not ISO 8601"),
        (["penetration", "-p", "period=2024/2000"], "'2024/2000' does not run forwards"),
    ],
)
def test_a_wrong_request_is_refused_before_anything_is_written(words: list[str], said: str, tmp_path: Path) -> None:
    result = run("reproduce", *words, "--out", str(tmp_path / "reports"))
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "reports").exists()


def test_outside_a_clone_the_error_says_how_to_get_the_tables(tmp_path: Path) -> None:
    result = run("reproduce", cwd=tmp_path)
    assert result.returncode == 2
    assert "clone it and work inside the clone" in result.stderr


def test_notebooks_are_listed_with_their_parameters() -> None:
    said = run("notebooks").stdout
    assert "country (text, default 'KAZ'): " in said
    assert "compare (a list of text, default" in said


def test_tables_are_listed_with_title_and_licence() -> None:
    said = run("tables").stdout
    assert "data/raw/un_egdi.csv: " in said
    assert "data/processed/egdi_by_edition.csv: " in said
    assert "(CC-BY-4.0)" in said


def test_processing_again_gives_the_committed_bytes() -> None:
    before = {path: path.read_bytes() for path in (REPOSITORY / "data/processed").iterdir()}
    result = run("process")
    assert result.returncode == 0, result.stderr
    assert {path: path.read_bytes() for path in (REPOSITORY / "data/processed").iterdir()} == before


def test_claims_are_printed_by_document_and_verdict_in_three_formats() -> None:
    table = run("claims", "--document", "001", "--verdict", "fails").stdout
    assert "= 102.84 [102.765; 102.915]" in table.replace("\n", " ")
    rows = list(csv.DictReader(io.StringIO(run("claims", "--verdict", "fails", "--format", "csv").stdout)))
    found = json.loads(run("claims", "--verdict", "fails", "--format", "json").stdout)
    assert [row["relation_id"] for row in rows] == [row["relation_id"] for row in found]
    assert {row["verdict"] for row in rows} == {"fails"}
    assert "қорытынды" in run("claims", "--lang", "kk").stdout.lower()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--verdict", "wrong"], "--verdict 'wrong': allowed are holds, approximate, fails, cannot be checked"),
        (["--document", "9"], "--document '9': allowed are 000, 001, 002, 003, 004"),
        (["--format", "xml"], "--format 'xml': allowed are table, csv, json"),
    ],
)
def test_a_wrong_choice_of_claims_is_refused(words: list[str], said: str) -> None:
    result = run("claims", *words)
    assert result.returncode == 2
    assert said in result.stderr


def test_reports_are_never_written_over_a_file_or_among_the_sources(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("reproduce", "claims", "--out", str(tmp_path / "file"))
    assert result.returncode == 2
    assert "a file of that name exists" in result.stderr
    assert "do not belong among the project's sources" in run("reproduce", "--out", "data/raw").stderr


def test_files_of_the_users_own_are_never_replaced(tmp_path: Path) -> None:
    own = tmp_path / "claims" / "en" / "notes.txt"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    result = run("reproduce", "claims", "--lang", "en", "--out", str(tmp_path))
    assert result.returncode == 2
    assert "holds files that are no results of this command" in result.stderr
    assert own.read_text() == "mine"
