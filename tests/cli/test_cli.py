import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import typer

from digital_diplomacy import __version__, claims, cli

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Said:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, give: Callable[..., tuple[object, str, str]]) -> Run:
    """The command as a person would give it, in this process: one that imports the libraries anew takes seconds."""
    for name in ("CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)

    def command(*words: str, cwd: Path = REPOSITORY) -> Said:
        code, out, err = give(*words, cwd=cwd)
        return Said(code if isinstance(code, int) else int(code is not None), out, err)

    return command


@pytest.fixture
def empty_project(tmp_path: Path) -> Path:
    """A project without tables whose only notebook has one parameter beside the language."""
    for folder in ("raw", "processed"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        (tmp_path / "data" / folder / "datapackage.json").write_text('{"resources": []}')
    (tmp_path / "notebooks").mkdir()
    code = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "outputs": [], "execution_count": None}
    cells = [code | {"id": "p", "source": 'edition = 2024  # edition\nlang = "en"  # language'}]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "notebooks/one.ipynb").write_text(json.dumps(content))
    return tmp_path


def test_version_and_help_answer(run: Run) -> None:
    assert run("--version").stdout.strip() == __version__
    said = run("--help").stdout
    commands = ("reproduce", "sweep", "trace", "claims", "process", "notebooks", "tables", "seal")
    assert all(command in said for command in commands)


def test_help_and_a_look_at_what_would_run_import_no_library_of_data(empty_project: Path) -> None:
    script = (
        "import sys; from digital_diplomacy.cli import main\ntry: main()\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    slow = {"pandas", "numpy", "nbformat", "papermill", "pandera", "matplotlib", "IPython", "jinja2", "rich", "asyncio"}
    for words in (["--help"], ["reproduce", "--dry-run"]):
        command = [sys.executable, "-c", script, *words]
        said = subprocess.run(command, cwd=empty_project, capture_output=True, text=True, check=True).stdout
        assert slow.isdisjoint(said.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--lang", "de"], "unknown language 'de'; allowed: kk, ru, en, all"),
        (["-p", "country=UZZ"], "parameter country: unknown value 'UZZ'; did you mean 'UZB'? allowed: ABW"),
        (["-p", "countri=UZB"], "unknown parameter 'countri': rankings takes"),
        (["rankings", "-p", "edition=latest"], "parameter edition=latest: a whole number expected"),
        (["rankings", "-p", "edition=2021"], "parameter edition: unknown value 2021"),
        (["rankings", "-p", "compare=RUS,KZA"], "parameter compare: unknown value 'KZA'"),
        (["rankings", "-p", 'compare=["RUS", "KZA"]'], "parameter compare: unknown value 'KZA'"),
        (["rankings", "-p", "compare=RUS,Atlantis"], "parameter compare: 'Atlantis' is no name of a country"),
        (["ranking"], "unknown notebook 'ranking'; did you mean 'rankings'? known: rankings, penetration"),
        (["-p", "country"], "write NAME=VALUE"),
        (["-p", "lang=kk"], "lang is set with --lang"),
        (["-p", "country=UZB", "-p", "country=KGZ"], "country is given twice"),
        (["rankings", "-p", "compare=,"], "parameter compare=,: at least one value expected"),
        (["penetration", "-p", "period=abc"], "parameter period: period 'abc' is not ISO 8601"),
        (["penetration", "-p", "period=2024/2000"], "'2024/2000' does not run forwards"),
    ],
)
def test_a_wrong_request_is_refused_before_anything_is_written(
    run: Run, words: list[str], said: str, tmp_path: Path
) -> None:
    result = run("reproduce", *words, "--out", str(tmp_path / "reports"))
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "reports").exists()


def test_outside_a_clone_the_error_says_how_to_get_the_tables(run: Run, tmp_path: Path) -> None:
    result = run("reproduce", cwd=tmp_path)
    assert result.returncode == 2
    assert "clone it and work inside the clone" in result.stderr


def test_notebooks_are_listed_with_their_parameters(run: Run) -> None:
    said = run("notebooks").stdout
    assert "country (text, default 'KAZ'): " in said
    assert "compare (a list of text, default" in said


def test_tables_are_listed_with_title_and_licence(run: Run) -> None:
    said = run("tables").stdout
    assert "data/raw/un_egdi.csv: " in said
    assert "data/processed/egdi_by_edition.csv: " in said
    assert "(CC-BY-4.0)" in said


def test_processing_again_gives_the_committed_bytes(run: Run) -> None:
    before = {path: path.read_bytes() for path in (REPOSITORY / "data/processed").iterdir()}
    result = run("process")
    assert result.returncode == 0, result.stderr
    assert {path: path.read_bytes() for path in (REPOSITORY / "data/processed").iterdir()} == before


SPOKEN = {
    "en": ["data/processed/a.csv: 1 row", "column ky in 2 files, 0 texts to translate", "one.po: 1 paragraph",
           "no ky text", "one/ru: runs", "there were no results"],
    "ru": ["data/processed/a.csv: строк 1", "столбец ky добавлен, файлов 2; текстов для перевода 0",
           "one.po: абзацев 1", "нет текста (ky)", "one/ru: будет выполнено", "результатов не было"],
    "kk": ["data/processed/a.csv: жол саны 1", "ky бағаны қосылды, файл саны 2; аударылатын мәтін саны 0",
           "one.po: абзац саны 1", "мәтіні жоқ (ky)", "one/ru: орындалады", "нәтиже болмаған"],
}  # fmt: skip


@pytest.mark.parametrize("lang", SPOKEN)
def test_what_commands_did_is_told_in_the_readers_language(
    run: Run, empty_project: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("DIGITAL_DIPLOMACY_LANG", lang)
    content = json.loads((empty_project / "notebooks/one.ipynb").read_text())
    content["cells"].insert(0, {"cell_type": "markdown", "id": "t", "metadata": {}, "source": "# Who hears?"})
    (empty_project / "notebooks/one.ipynb").write_text(json.dumps(content))
    assert run("translations", "one", cwd=empty_project).returncode == 0
    monkeypatch.setattr("digital_diplomacy.cli.tables.build", lambda _: {"data/processed/a.csv": 1})
    monkeypatch.setattr("digital_diplomacy.labels.columns.add", lambda _: [Path("a.csv"), Path("b.csv")])
    monkeypatch.setattr("digital_diplomacy.labels.columns.missing", lambda *_: [])
    told = run("process", cwd=empty_project).stdout + run("labels", "new", "ky", cwd=empty_project).stdout
    monkeypatch.setattr("digital_diplomacy.labels.columns.declared", lambda *_: ("kk", "ru", "en", "ky"))
    monkeypatch.setattr("digital_diplomacy.labels.columns.read", dict)
    monkeypatch.setattr("digital_diplomacy.labels.columns.missing", lambda _, lang: ["a"] if lang == "ky" else [])
    monkeypatch.setattr("digital_diplomacy.labels.columns.untranslated", lambda _: [])
    told += run("labels", "--check", cwd=empty_project).stdout
    told += run("reproduce", "--dry-run", cwd=empty_project).stdout
    assert [part for part in SPOKEN[lang] if part not in told] == []
    english = {"column", "files", "paragraph", "text", "missing", "translate", "once", "runs", "results"}
    assert lang == "en" or not english & {*re.findall(r"(?<![-`])\b[a-z]+\b", re.sub(r"`[^`]*`|/\S+", "", told))}


def test_claims_are_printed_by_document_and_verdict_in_three_formats(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = {}  # the same relations are checked four times

    def check(parsed: pd.DataFrame, relations: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
        key = tuple(frame.to_csv() for frame in (parsed, relations, shown))
        if key not in checked:
            checked[key] = claims_check(parsed, relations, shown)
        return checked[key].copy()

    claims_check = claims.check
    monkeypatch.setattr(claims, "check", check)
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
def test_a_wrong_choice_of_claims_is_refused(run: Run, words: list[str], said: str) -> None:
    result = run("claims", *words)
    assert result.returncode == 2
    assert said in result.stderr


def test_reports_are_never_written_over_a_file_or_among_the_sources(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("reproduce", "claims", "--out", str(tmp_path / "file"))
    assert result.returncode == 2
    assert "a file of that name exists" in result.stderr
    assert "do not belong among the project's sources" in run("reproduce", "--out", "data/raw").stderr


def test_files_of_the_users_own_are_never_replaced(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "claims" / "en" / "notes.txt"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    result = run("reproduce", "claims", "--lang", "en", "--out", str(tmp_path))
    assert result.returncode == 2
    assert "holds files that are no results of this command" in result.stderr
    assert own.read_text() == "mine"


def test_what_would_run_is_said_with_the_reason_and_nothing_is_written(run: Run, empty_project: Path) -> None:
    said = run("reproduce", "--dry-run", "--lang", "kk", cwd=empty_project).stdout
    assert said == "one/kk: орындалады\n    нәтиже болмаған\n"
    assert (
        run("reproduce", "--dry-run", "--lang", "en", cwd=empty_project).stdout
        == "one/en: runs\n    there were no results\n"
    )
    events = run("reproduce", "--dry-run", "--force", "--lang", "kk", "--json", cwd=empty_project).stdout
    assert json.loads(events) == {"event": "decision", "run": "one/kk", "state": "rerun", "reasons": ["asked for"]}
    assert not (empty_project / "reports").exists()


def test_explaining_names_all_that_results_rest_on(run: Run, empty_project: Path) -> None:
    words = ("reproduce", "one", "--lang", "en")
    assert run(*words, "--quiet", cwd=empty_project) == Said(0, "", "")
    said = run(*words, "--explain", cwd=empty_project).stdout
    assert said.startswith("one/en: nothing has changed\n    rests on parameters: edition = 2024, lang = 'en'\n")
    assert "rests on modules: digital_diplomacy.kernels" in said
    events = [json.loads(line) for line in run(*words, "--json", cwd=empty_project).stdout.splitlines()]
    assert [event["event"] for event in events] == ["plan", "finish", "end"]
    assert (events[1]["state"], events[2]["reused"]) == ("reused", 1)
    assert "1 of 1 unchanged" in run(*words, cwd=empty_project).stdout


def test_a_sweep_says_what_would_run(run: Run, empty_project: Path) -> None:
    said = run("sweep", "one", "--over", "edition=2020,2022", "--over", "lang=*", "--dry-run", cwd=empty_project)
    assert said.stdout.splitlines()[::2] == [
        f"one/{lang}_edition-{edition}: runs" for edition in (2020, 2022) for lang in ("kk", "ru", "en")
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["one"], "give --over NAME=A,B,C or --grid FILE"),
        (["two", "--over", "lang=kk"], "unknown notebook 'two'; known: one"),
        (["one", "--over", "lang"], "--over lang: write NAME=VALUE"),
        (["one", "--over", "lang=de"], "parameter lang: unknown value 'de'"),
        (["one", "--over", "lang=kk", "--over", "lang=ru"], "lang is given twice"),
        (["one", "--over", "lang=kk", "--in-process", "always"], "--in-process 'always': allowed are auto, never"),
        (["one", "--grid", "none.csv"], "none.csv: there is no such file"),
    ],
)
def test_a_wrong_sweep_is_refused(run: Run, empty_project: Path, words: list[str], said: str) -> None:
    result = run("sweep", *words, cwd=empty_project)
    assert result.returncode == 2
    assert said in result.stderr
    assert not (empty_project / "reports").exists()


def test_tracing_a_file_of_no_run_is_refused(run: Run, empty_project: Path) -> None:
    (empty_project / "x.svg").write_text("")
    result = run("trace", "x.svg", cwd=empty_project)
    assert result.returncode == 2
    assert "is no file of a run" in result.stderr


def test_processed_tables_are_built_again_only_when_something_changed(run: Run) -> None:
    assert run("process", "--quiet") == Said(0, "", "")
    assert "data/processed" not in run("reproduce", "--dry-run", "--lang", "en").stdout


def test_translations_are_begun_by_name_kept_and_checked(run: Run, empty_project: Path) -> None:
    content = json.loads((empty_project / "notebooks/one.ipynb").read_text())
    content["cells"].insert(0, {"cell_type": "markdown", "id": "t", "metadata": {}, "source": "# Who hears?"})
    (empty_project / "notebooks/one.ipynb").write_text(json.dumps(content))
    said = run("translations", "--check", cwd=empty_project)
    assert (said.returncode, said.stdout) == (0, "one: not translated; its prose is the same in every run\n")
    said = run("translations", "--check", "one", "--lang", "ru", cwd=empty_project)
    assert (said.returncode, said.stdout) == (
        1,
        "notebooks/locale/ru/one.po: отсутствует; создайте его командой `digital-diplomacy translations one`\n",
    )
    said = run("translations", "one", cwd=empty_project)
    assert said.stdout.splitlines() == [
        f"notebooks/locale/{lang}/one.po: 1 paragraphs, 0 translated, 0 stale, 1 missing; 0 obsolete"
        for lang in ("kk", "ru")
    ]
    path = empty_project / "notebooks/locale/ru/one.po"
    path.write_text(path.read_text().replace('hears?"\nmsgstr ""', 'hears?"\nmsgstr "Кто слышит?"'))
    said = run("translations", "--check", cwd=empty_project)
    assert said.returncode == 1
    assert said.stdout == "notebooks/locale/kk/one.po: cell 1, “Who hears?”: has no translation\n"
    assert run("translations", "--check", "--lang", "ru", cwd=empty_project).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [(("two",), "unknown notebook 'two'; known: one"), (("one", "--lang", "fr"), "unknown language 'fr'; allowed: kk")],
)
def test_translations_of_what_is_not_there_are_refused(
    run: Run, empty_project: Path, words: tuple[str, ...], said: str
) -> None:
    refused = run("translations", *words, cwd=empty_project)
    assert refused.returncode == 2
    assert said in refused.stderr


def test_claims_tell_what_the_audit_sees_and_write_it(run: Run, tmp_path: Path) -> None:
    found = run("claims", "--power", "--document", "004", "--out", str(tmp_path / "seen"))
    assert "Of 396 possible misprints 160 would be noticed" in found.stdout
    written = pd.read_csv(tmp_path / "seen" / "power.csv", dtype={"document": str})
    assert set(written["document"]) == {"004"}
    assert {path.name for path in (tmp_path / "seen").iterdir()} == {"power.csv", "chance.csv", "localised.csv"}


def test_languages_given_one_by_one_all_run_and_other_options_are_given_once(run: Run, empty_project: Path) -> None:
    said = run("reproduce", "--dry-run", "--lang", "ru", "--lang=en", "--lang", "ru", cwd=empty_project).stdout
    assert [line.partition(":")[0] for line in said.splitlines() if line.startswith("one/")] == ["one/ru", "one/en"]
    refused = run("reproduce", "--lang", "ru", "--lang", "de", cwd=empty_project)
    assert (refused.returncode, "«de»" in refused.stderr or "'de'" in refused.stderr) == (2, True)
    for words in (("--jobs", "1", "--jobs", "2"), ("--out=a", "--out", "b")):
        refused = run("reproduce", *words, cwd=empty_project)
        assert refused.returncode == 2
        assert f"{words[0].partition('=')[0]} is given more than once" in refused.stderr
    assert not (empty_project / "a").exists()


def test_no_option_of_any_command_is_forgotten_without_a_word() -> None:
    from digital_diplomacy.cli.usage import repeated

    cli.join()
    command = typer.main.get_command(cli.app)

    def check(group: Any, words: list[str]) -> int:
        checked = 0
        for name, below in getattr(group, "commands", {}).items():
            checked += check(below, [*words, name])
        for one in () if hasattr(group, "commands") else group.params:
            if not one.opts[0].startswith("-") or one.is_flag:
                continue
            for option in one.opts:
                twice = [*words, option, "1", f"{one.opts[0]}=2"]
                assert repeated(command, twice) == ("" if one.multiple else one.opts[0]), twice
                # A value that looks like an option is none, and what stands behind two dashes is no option.
                assert repeated(command, [*words, option, one.opts[0], "--", option, "1"]) == "", twice
                checked += 1
        return checked

    assert check(command, []) > 50
