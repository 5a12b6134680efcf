"""Numbers of a run against those that are kept, worked by hand; and the baseline of this repository as it is kept."""

import ast
import csv
import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from digital_diplomacy.cli import baseline as told
from digital_diplomacy.cli import main
from digital_diplomacy.errors import TableError
from digital_diplomacy.reproduction import Outcome, Run, baseline, find_notebooks

REPOSITORY: Final = Path(__file__).parents[2]
HEAD: Final = "entity,period,measure,value,verdict\n"
FIRST: Final = "KAZ,2020,share,0.8375,holds\n"
SECOND: Final = "KAZ,2024,share,0.9,fails\n"
ROWS: Final = f"{HEAD}{FIRST}{SECOND}UZB,2024,share,12,holds\n"
SAID: Final = "24th of 193, 0.901."

Write = Callable[..., Path]


@pytest.fixture
def results(tmp_path: Path) -> Write:
    """Write what a run leaves: rows of a figure, and the sentence of its answer."""

    def write(rows: str = ROWS, said: str = SAID, lang: str = "en", title: str = "24 of 193") -> Path:
        folder = tmp_path / "reports" / "one" / lang
        (folder / "figures").mkdir(parents=True, exist_ok=True)
        (folder / "figures/places.csv").write_text(rows, encoding="utf-8")
        shown = [
            {
                "kind": "answer",
                "name": "",
                "title": said,
                "alt": "",
                "files": {},
                "said": [said],
                "evidence": ["places"],
            },
            {
                "kind": "figure",
                "name": "places",
                "title": title,
                "alt": "",
                "files": {"figures/places.csv": "", "a.svg": ""},
            },
        ]
        result = {"notebook": "one", "lang": lang, "parameters": {}, "files": {}, "dependencies": {}, "shown": shown}
        (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def root(tmp_path: Path, results: Write) -> Path:
    """A project whose baseline is the run above, with one tolerance stated."""
    folder = results()
    baseline.keep(tmp_path, "one", baseline.exhibits(folder, json.loads((folder / "result.json").read_text())["shown"]))
    (tmp_path / "data/baseline/tolerances.csv").write_text(
        "notebook,exhibit,column,absolute,relative,reason\none,figures/drawn,,1,0,ranks of draws\n"
    )
    return tmp_path


# What changes, and the differences it makes: exhibit, row, column, kept, found. The usual tolerance of 12 is
# 1e-9 + 1e-6 * 12 = 0.000012001.
CASES: Final[Mapping[str, tuple[dict[str, str], list[tuple[str, int, str, str, str]]]]] = {
    "nothing": ({}, []),
    "within the tolerance": ({"UZB,2024,share,12,": "UZB,2024,share,12.00001,"}, []),
    "beyond it": (
        {"UZB,2024,share,12,": "UZB,2024,share,12.00002,"},
        [("figures/places", 3, "value", "12", "12.00002")],
    ),
    "written otherwise": ({"0.8375": "8.375e-1"}, []),
    "no number any more": ({"0.8375": ""}, [("figures/places", 1, "value", "0.8375", "")]),
    "a verdict": ({"0.9,fails": "0.9,holds"}, [("figures/places", 2, "verdict", "fails", "holds")]),
    "the order alone": ({HEAD + FIRST + SECOND: HEAD + SECOND + FIRST}, []),
    "a row less": (
        {"KAZ,2024,share,0.9,fails\n": ""}, [("figures/places", 0, "", "KAZ, 2024, share, 0.9, fails", "")],
    ),
    "a row more before the others": (
        {"KAZ,2020,": "KAZ,2018,share,0.7,holds\nKAZ,2020,"},
        [("figures/places", 1, "", "", "KAZ, 2018, share, 0.7, holds")],
    ),
    "a column": (
        {",verdict\n": "\n", ",holds": "", ",fails": ""},
        [("figures/places", 0, "", "entity, period, measure, value, verdict", "entity, period, measure, value")],
    ),
    "a number more": ({SAID: "24th of 193, 0.901, 7."}, [("answer", 1, "sentence", SAID, "24th of 193, 0.901, 7.")]),
    "a last digit of the answer": ({"0.901": "0.902"}, []),
    "two last digits": ({"0.901": "0.903"}, [("answer", 1, "sentence", SAID, "24th of 193, 0.903.")]),
    "the next rank": ({"24th": "25th"}, [("answer", 1, "sentence", SAID, "25th of 193, 0.901.")]),
    "told the other way": ({SAID: "193rd of 24, 0.901."}, [("answer", 1, "sentence", SAID, "193rd of 24, 0.901.")]),
    "other words around the same numbers": ({"24th of 193": "The place is 24, those counted 193"}, []),
}  # fmt: skip


def changed(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def test_what_differs_is_found_and_nothing_else(root: Path, results: Write) -> None:
    for what, (changes, wanted) in CASES.items():
        rows, said = changed(ROWS, changes), changed(SAID, changes)
        assert (rows, said) != (ROWS, SAID) or what == "nothing"
        found = baseline.differences(root, results(rows, said), "one", "en")
        assert found is not None
        assert [(one.exhibit, one.row, one.column, one.kept, one.found) for one in found] == wanted, what


def test_a_row_is_named_by_what_stands_left_of_the_value(root: Path, results: Write) -> None:
    found = baseline.differences(root, results(ROWS.replace("0.9,", "0.8,")), "one", "en")
    assert found == [
        baseline.Difference("one", "en", "figures/places", 2, ("KAZ", "2024", "share"), "value", "0.9", "0.8")
    ]


def test_numbers_of_titles_are_compared_and_their_words_are_not(root: Path, results: Write) -> None:
    assert baseline.differences(root, results(title="193 states; place: 25"), "one", "en") != []
    assert baseline.differences(root, results(title="place 24 among 193"), "one", "en") == []
    found = baseline.differences(root, results(title="26 of 193"), "one", "en")
    assert found == [baseline.Difference("one", "en", "titles", 1, ("places",), "title", "24 of 193", "26 of 193")]


def test_in_another_language_numbers_are_compared_and_words_are_not(root: Path, results: Write) -> None:
    translated = changed(ROWS, {"holds": "орындалады", "fails": "орындалмайды"})
    assert baseline.differences(root, results(translated, "24-орын", lang="kk"), "one", "kk") == []
    wrong = baseline.differences(root, results(translated.replace("0.9,", "0.91,"), "24-орын", lang="kk"), "one", "kk")
    assert wrong is not None
    assert [(one.row, one.column, one.kept, one.found) for one in wrong] == [(2, "value", "0.9", "0.91")]
    shorter = baseline.differences(root, results(translated.rpartition("UZB")[0], "24", lang="kk"), "one", "kk")
    assert shorter is not None
    assert [(one.kept, one.found) for one in shorter] == [("UZB, 2024, share, 12, holds", "")]


def test_a_figure_that_is_gone_or_new_differs(root: Path, results: Write) -> None:
    kept = root / "data/baseline/one.csv"
    kept.write_text(kept.read_text().replace("figures/places", "figures/map"))
    found = baseline.differences(root, results(), "one", "en")
    assert found is not None
    assert [(one.exhibit, one.kept, one.found) for one in found] == [
        ("figures/map", "entity, period, measure, value, verdict", ""),
        ("figures/places", "", "entity, period, measure, value, verdict"),
    ]


def test_a_stated_tolerance_holds_where_it_is_stated_and_nowhere_else(root: Path, results: Write) -> None:
    kept, folder = root / "data/baseline/one.csv", results(ROWS.replace("share,12,", "share,12.9,"))
    assert baseline.differences(root, folder, "one", "en") != []
    (folder / "figures/places.csv").rename(folder / "figures/drawn.csv")
    result = (folder / "result.json").read_text().replace("figures/places", "figures/drawn")
    (folder / "result.json").write_text(result)
    kept.write_text(kept.read_text().replace("figures/places", "figures/drawn"))
    assert baseline.differences(root, folder, "one", "en") == []


def test_a_tolerance_stated_for_sentences_holds_for_each_of_their_numbers(root: Path, results: Write) -> None:
    with (root / "data/baseline/tolerances.csv").open("a") as file:
        file.write("one,answer,sentence,0.09,0,a p value of draws\n")
    for said, same in (("24th of 193, 0.811.", True), ("24th of 193, 0.81.", False), ("25th of 193, 0.901.", False)):
        assert (baseline.differences(root, results(said=said), "one", "en") == []) is same, said


def test_a_baseline_with_a_broken_row_is_refused_naming_its_line(root: Path, results: Write) -> None:
    kept = root / "data/baseline/one.csv"
    kept.write_text(kept.read_text().replace("UZB,2024,share,12,holds", "UZB,2024"))
    with pytest.raises(TableError, match=r"data/baseline/one\.csv, line 8: 2 cells where figures/places has 5 columns"):
        baseline.differences(root, results(), "one", "en")


def outcome(
    root: Path, write_notebook: Callable[..., Path], name: str, lang: str = "en", state: str = "done"
) -> Outcome:
    write_notebook(name, ["1"])
    return Outcome(Run(find_notebooks(root)[name], lang, {}), state, 0.0)


def test_the_command_says_where_and_what_in_the_users_language(
    root: Path, results: Write, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    results(ROWS.replace("0.8375", "0.8"))
    outcomes = [outcome(root, write_notebook, "one"), outcome(root, write_notebook, "mine")]
    said = {
        "en": ["mine: no baseline", "figure places, row 1 (KAZ, 2020, share), value: kept 0.8375, now 0.8", "If these"],
        "kk": ["mine: бұл дәптердің", "сурет places, 1-жол (KAZ, 2020, share), value: сақталғаны 0.8375, қазір 0.8"],
        "ru": ["mine: эталонных", "рисунок places, строка 1 (KAZ, 2020, share), value: было 0.8375, стало 0.8"],
    }
    for lang, parts in said.items():
        monkeypatch.setattr(told, "spoken", lambda lang=lang: lang)
        assert not told.check(root, root / "reports", outcomes, quiet=False, as_json=False)
        captured = capsys.readouterr()
        assert [part for part in parts if part not in captured.out + captured.err] == []
    assert not told.check(root, root / "reports", outcomes, quiet=True, as_json=True)
    event = json.loads(capsys.readouterr().out)
    assert (event["event"], event["exhibit"], event["kept"], event["found"]) == (
        "difference", "figures/places", "0.8375", "0.8",
    )  # fmt: skip
    results()
    assert told.check(root, root / "reports", outcomes, quiet=False, as_json=False)
    assert "Every number agrees" in capsys.readouterr().out.replace("Все числа", "Every number").replace(
        "совпадают", "agrees"
    )


def test_of_many_differences_of_a_figure_the_first_are_told_and_the_others_counted() -> None:
    many = [baseline.Difference("one", "en", "figures/places", row, (), "value", "1", "2") for row in range(1, 31)]
    lines = told.lines(many, "en")
    assert "30" in lines[0]
    assert lines[-2] == "one/en/figures/places: and 18 more"
    assert len(lines) == 1 + 12 + 1 + 1


def test_a_written_baseline_agrees_with_what_it_was_written_from(
    root: Path, results: Write, write_notebook: Callable[..., Path]
) -> None:
    results(ROWS.replace("0.8375", "0.8"))
    results(ROWS.replace("0.8375", "0.7"), lang="kk")
    outcomes = [outcome(root, write_notebook, "one"), outcome(root, write_notebook, "one", "kk")]
    told.write(root, root / "reports", outcomes, quiet=True)
    assert baseline.differences(root, root / "reports/one/en", "one", "en") == []
    assert baseline.differences(root, root / "reports/one/kk", "one", "kk") != []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--check", "--write-baseline"], "give one of the two"),
        (["--check", "-p", "country=UZB"], "the baseline is of the notebooks' own parameters"),
        (["--check", "--dry-run"], "leave out --dry-run"),
        (["--write-baseline", "--lang", "ru"], "задайте --lang en или all"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(REPOSITORY)
    monkeypatch.setattr(sys, "argv", ["digital-diplomacy", "reproduce", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def shown_by(path: Path) -> set[str]:
    """Figures and tables that a notebook's cells show."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    names = set()
    for source in ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("show", "show_table"):
                [name] = [ast.literal_eval(word.value) for word in node.keywords if word.arg == "name"]
                folder = "figures" if node.func.attr == "show" else "tables"  # type: ignore[attr-defined]
                names.add(f"{folder}/{name}")
    return names


def test_the_repository_keeps_every_figure_table_and_answer_of_its_notebooks() -> None:
    notebooks = {path.stem: path for path in (REPOSITORY / "notebooks").glob("*.ipynb")}
    standing = {name for name, path in notebooks.items() if '"order"' in path.read_text(encoding="utf-8")}
    files = {path.stem: path for path in (REPOSITORY / "data/baseline").glob("*.csv") if path.name != "tolerances.csv"}
    assert set(files) == standing
    for name in files:
        kept = baseline.kept(REPOSITORY, name)
        assert kept is not None
        assert set(kept) - {"answer", "titles"} == shown_by(notebooks[name]), f"{name}: run reproduce --write-baseline"
        assert len(kept["answer"]) > 1
    assert sum(path.stat().st_size for path in files.values()) < 2_000_000


def test_every_tolerance_names_what_is_kept_and_why() -> None:
    path = REPOSITORY / "data/baseline/tolerances.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert rows
    for row in rows:
        kept = baseline.kept(REPOSITORY, row["notebook"])
        assert kept is not None
        assert row["exhibit"] in kept
        assert row["column"] in ("", *kept[row["exhibit"]][0])
        assert len(row["reason"].split()) > 4
        assert float(row["absolute"]) + float(row["relative"]) > 0


def test_continuous_integration_checks_within_the_one_run_of_the_notebooks() -> None:
    steps = re.findall(r"^step (.*)", (REPOSITORY / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
    assert [re.findall(r"make reproduce\b[^#]*", step) for step in steps if "reproduce" in step] == [
        ["make reproduce ARGS=--check  "]
    ]
