"""The command that makes an index of a researcher's own tables, from files to files."""

import csv
import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from digital_diplomacy.cli import main
from digital_diplomacy.cli.index import command as index

VALUES = """entity,name,population,users,posts,price
a,Алматы,10,50,4,1
b,"=Б, «Астана» & co",20,80,8,2
c,Ақтау,10,20,2,4
d,Атырау,40,160,4,3
"""
FRAMEWORK = """code,name,parent,direction,weight,denominator,source,reason
users,Пайдаланушылар,reach,1,1,population,сауалнама,
posts,,reach,1,3,,,said by experts
price,Баға,index,-1,1,,,
reach,Қамту,index,1,1,,,
index,Индекс,,1,1,,,
"""
STEPS = """
[[steps]]
step = "denominate"
[[steps]]
step = "screen"
method = "none"
reason = "all units are complete"
[[steps]]
step = "impute"
method = "none"
reason = "nothing is missing"
[[steps]]
step = "treat"
method = "none"
reason = "four units have no outliers to speak of"
[[steps]]
step = "normalise"
method = "min_max"
low = 0
high = 100
[[steps]]
step = "weigh"
method = "none"
reason = "weights of the framework"
[[steps]]
step = "aggregate"
method = "arithmetic"
"""


def write(folder: Path) -> Path:
    for name, text in (("values.csv", VALUES), ("framework.csv", FRAMEWORK), ("steps.toml", STEPS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path)


@pytest.fixture(scope="module")
def made_once(once: Callable[..., Callable[..., Path]]) -> Callable[..., Path]:
    """What the command makes with these arguments, for those who only read it."""
    make = once(write, made)
    return lambda *arguments: make(*arguments) / "out"


DRAWN = ("--draws", "300", "--lang", "kk", "--profiles", "all")
PLAIN = ("--draws", "0", "--profile", "a")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Exit code of ``digital-diplomacy index`` with these arguments."""
    monkeypatch.setattr(sys, "argv", ["digital-diplomacy", "index", *arguments])
    try:
        main()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def made(monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    return run(monkeypatch, "values.csv", "framework.csv", "--steps", "steps.toml", "--out", "out", *more)


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(monkeypatch, *arguments) == 2
    return capsys.readouterr().err


def test_scores_and_ranks_are_those_of_the_declared_steps(made_once: Callable[..., Path]) -> None:
    out = made_once(*DRAWN)
    scores = pd.read_csv(out / "scores.csv").set_index("entity")
    # users per head 5, 4, 2, 4 -> 100, 66 2/3, 0, 66 2/3; posts 4, 8, 2, 4 -> 33 1/3, 100, 0, 33 1/3;
    # reach weighs them 1 : 3 -> 50, 91 2/3, 0, 41 2/3; price turned 1, 2, 4, 3 -> 100, 66 2/3, 0, 33 1/3; their mean.
    assert scores["reach"].to_list() == pytest.approx([50, 275 / 3, 0, 125 / 3])
    assert scores["index"].to_list() == pytest.approx([75, 475 / 6, 0, 37.5])
    ranks = pd.read_csv(out / "ranks.csv").set_index("entity")
    assert ranks["index"].to_list() == [2, 1, 4, 3]


def test_pages_profiles_and_files_name_the_researchers_own_units(made_once: Callable[..., Path]) -> None:
    out = made_once(*DRAWN)
    page = (out / "index.html").read_text(encoding="utf-8")
    assert 'lang="kk"' in page
    assert "Ақтау" in page
    assert "=Б, «Астана» &amp; co" in page
    for entity in "abcd":
        assert f"profiles/{entity}.html" in page
        profile = (out / "profiles" / f"{entity}.html").read_text(encoding="utf-8")
        assert "Пайдаланушылар" in profile
        assert "posts" in profile
        assert (out / "profiles" / f"{entity}.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert "http" not in page.replace("http://www.w3.org", "").replace("http-equiv", "")


def test_the_uncertainty_is_kept_with_what_was_declared(made_once: Callable[..., Path]) -> None:
    out = made_once(*DRAWN)
    rows = pd.read_csv(out / "uncertainty.csv")
    median = rows[rows["measure"] == "rank_median_method"]
    assert (median["interval"] == "simulation").all()
    assert (median["low"] <= median["high"]).all()
    # c is last in everything, whatever the weights and the way of rescaling.
    assert median.set_index("entity").loc["c", ["low", "value", "high"]].tolist() == [4, 4, 4]
    declared = json.loads((out / "steps.json").read_text(encoding="utf-8"))
    assert [step["step"] for step in declared["steps"]][-1] == "aggregate"
    assert {factor["factor"] for factor in declared["factors"]} == {"weights", "choice"}


def test_factors_of_the_file_replace_the_usual_ones(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "steps.toml").write_text(STEPS + '[[factors]]\nfactor = "weights"\nspread = 0.5\n', encoding="utf-8")
    assert made(monkeypatch, "--draws", "50") == 0
    declared = json.loads((folder / "out" / "steps.json").read_text(encoding="utf-8"))
    assert declared["factors"] == [{"factor": "weights", "spread": 0.5}]


def test_two_runs_give_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(monkeypatch, "--draws", "100", "--profile", "a") == 0
    (folder / "out").rename(folder / "first")
    assert made(monkeypatch, "--draws", "100", "--profile", "a") == 0
    files = sorted(path.relative_to(folder / "first") for path in (folder / "first").rglob("*") if path.is_file())
    assert Path("profiles/a.svg") in files
    for file in files:
        assert (folder / "first" / file).read_bytes() == (folder / "out" / file).read_bytes(), file


def test_the_workbook_holds_every_table_and_no_formula(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "values.csv").write_text(VALUES.replace("a,Алматы", "=1+1,Алматы"), encoding="utf-8")
    assert made(monkeypatch, "--draws", "0", "--profile", "b") == 0
    book = openpyxl.load_workbook(folder / "out" / "index.xlsx")
    assert {"scores", "ranks", "framework", "notes", "effective_weights"} <= set(book.sheetnames)
    assert book["scores"]["A2"].value == "=1+1"
    assert book["scores"]["A2"].data_type == "s"
    with zipfile.ZipFile(folder / "out" / "index.xlsx") as archive:
        assert b"<f>" not in b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "values.csv",
            "c,Ақтау,10,20",
            "c,Ақтау,10,many",
            "values.csv, column 'users': cells that are no number like the others (1): line 4: 'many'; leave",
        ),
        ("values.csv", "c,Ақтау", "b,Ақтау", "values.csv: line 3 and line 4 are both of b"),
        ("values.csv", "posts", "post", "values.csv: no column 'posts'; the table begins at line 1"),
        ("values.csv", "entity,name", "entity;name", "line 2 (a/Алматы): 6 cells, the header 5"),
        ("framework.csv", "reach,Қамту,index", "reach,Қамту,reach", "reach"),
        ("framework.csv", "posts,,reach,1,3", "posts,,reach,1,-3", "weight"),
        ("framework.csv", "price,Баға,index", "users,Баға,index", "unique"),
        ("steps.toml", 'method = "min_max"', 'method = "minmax"', "unknown method 'minmax'"),
        ("steps.toml", "low = 0", "lowest = 0", "unknown argument 'lowest'"),
        ("steps.toml", 'step = "treat"', 'step = "trim"', "unknown step 'trim'"),
        ("steps.toml", "[[steps]]", "[[step]]", "'step' is not understood"),
        ("steps.toml", "low = 0", "low = ", "no TOML"),
    ],
)
def test_bad_input_is_refused_in_one_line_and_nothing_is_written(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    message: str,
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    assert made(monkeypatch) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert not (folder / "out").exists()


def test_units_that_are_no_countries_keep_their_own_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "values.csv").write_text(VALUES.replace("entity,name", "entity,title"), encoding="utf-8")
    assert made(monkeypatch, "--draws", "0") == 0
    said = "kept as the units’ own names, since they are no exact name or code of one country: a, b, c, d."
    assert said in capsys.readouterr().out


def test_a_folder_that_holds_something_is_not_written_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(monkeypatch, capsys, "values.csv", "framework.csv", "--out", str(folder))
    assert "not empty; choose a new folder" in said


def test_an_unknown_profile_or_language_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "--lang: unknown language 'de'" in refused(
        monkeypatch, capsys, "values.csv", "framework.csv", "--lang", "de"
    )
    assert made(monkeypatch, "--draws", "0", "--profile", "zz") == 2
    assert "--profile zz" in capsys.readouterr().err


def test_of_several_periods_the_last_is_shown_with_its_uncertainty(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, *rows = VALUES.splitlines()
    earlier = [f"{row},2020" for row in rows]
    later = [f"{row},2021" for row in rows[:-1]] + ["d,Атырау,40,400,9,1,2021"]
    (folder / "values.csv").write_text("\n".join([f"{header},period", *earlier, *later]) + "\n", encoding="utf-8")
    steps = STEPS.replace("low = 0", 'over = "period"\nlow = 0')
    (folder / "steps.toml").write_text(steps, encoding="utf-8")
    assert made(monkeypatch, "--draws", "50") == 0
    found = pd.read_csv(folder / "out" / "uncertainty.csv")
    assert set(found["period"]) == {2021}
    # In 2021 d is best in everything, and its place does not depend on any choice.
    assert found.loc[(found["entity"] == "d") & (found["measure"] == "rank_median_method"), "high"].tolist() == [1]
    assert "2021" in (folder / "out" / "ranking.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("cell", ["nan", "1_000"])
def test_what_only_a_programming_language_takes_for_a_number_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    (folder / "values.csv").write_text(VALUES.replace("c,Ақтау,10,20", f"c,Ақтау,10,{cell}"), encoding="utf-8")
    assert made(monkeypatch) == 2
    assert f"no number like the others (1): line 4: '{cell}'; leave a cell empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["10,5", "около 5", "9,1", "8,2"], "(1): строка 3: 'около 5';"),
        (["10,5", "9.5", "9,1", "8,2"], "(1): строка 3: '9.5';"),
        (["q"] * 12, "(12): " + ", ".join(f"строка {line}: 'q'" for line in range(2, 10)) + ", … (+4);"),
    ],
)
def test_of_a_column_only_the_cells_are_told_that_are_no_numbers(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cells: list[str], told: str
) -> None:
    """The first few with their lines and how many there are; and not the others of a column that they keep from being
    read with its decimal commas. A row of sums or notes is no unit, and what stands in it is not asked about."""
    rows = [f"u{number};{cell}" for number, cell in enumerate(cells)]
    (folder / "values.csv").write_text("\n".join(["entity;a", *rows, "Итого;~", ""]), encoding="utf-8")
    (folder / "framework.csv").write_text("code,parent,weight,direction\nindex,,1,1\na,index,1,1\n", encoding="utf-8")
    assert run(monkeypatch, "values.csv", "framework.csv", "--out", "out", "--lang", "ru") == 2
    assert told in capsys.readouterr().err


def test_tables_of_other_programs_give_the_same_scores(
    folder: Path, made_once: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = (
        VALUES.replace("entity,name", "Entity,Name")
        .replace("users", "Users")
        .replace("a,Алматы,10,50,4,1", "a,Алматы,10,50.0,4,1")
    )
    rows = [";".join(cells) for cells in csv.reader(values.splitlines())]
    (folder / "values.csv").write_bytes(
        ("sep=;\r\n" + "\r\n".join(rows).replace("50.0", "50,0") + "\r\n\r\n").encode("utf-16")
    )
    tree = FRAMEWORK.replace("code,name,parent", "Code,Name,Parent").replace("index,Индекс,,1,1", "index,Индекс,,,")
    (folder / "framework.csv").write_text(
        "\ufeff" + tree.replace(",1,3,", ',1,"3,0",').replace(",1,1,pop", ',1,"1,0",pop'), encoding="utf-8"
    )
    assert made(monkeypatch, *PLAIN) == 0
    for file in ("scores.csv", "ranks.csv", "framework.csv"):
        assert (folder / "out" / file).read_bytes() == (made_once(*PLAIN) / file).read_bytes(), file


def test_a_workbook_is_taken_as_it_is(
    folder: Path, made_once: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(VALUES.splitlines()):
        cells = [float(cell) if cell.isdigit() else cell for cell in row]
        book.active.append(cells)
        for cell, text in zip(book.active[book.active.max_row], row, strict=True):
            if text.startswith("="):
                cell.data_type = "s"
    book.save(folder / "values.xlsx")
    arguments = ["framework.csv", "--steps", "steps.toml", "--out", "out", *PLAIN]
    assert run(monkeypatch, "values.xlsx", *arguments) == 0
    assert (folder / "out" / "scores.csv").read_bytes() == (made_once(*PLAIN) / "scores.csv").read_bytes()


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("framework.csv", "code,weight\nusers,1\n", "framework.csv: neither parent nor direction stands"),
        (
            "framework.csv",
            "code,parent,weight\nusers,index,much\nindex,,1\n",
            "column `weight`: users: 'much' is no number",
        ),
        (
            "framework.csv",
            "code,parent\nusers,index \nindex,\n",
            "'index ' (line 2) and 'index' (line 3) differ only in",
        ),
        (
            "values.csv",
            '"Data Source","WDI",\n\n"Country Name","Code",2019,2020,2021,2022,\nKazakhstan,KAZ,1,2,3,4,\n',
            "no column 'users'; the table begins at line 3 and its columns, separated by commas, are Country Name",
        ),
        ("values.csv", "entity\tusers, %\nKAZ\t1\n", "separated by tabs, are entity, users, %"),
        ("values.csv", "", "the file is empty"),
    ],
)
def test_other_tables_are_refused_in_words_of_the_file(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    content: str,
    message: str,
) -> None:
    (folder / file).write_text(content, encoding="utf-8")
    assert made(monkeypatch) == 2
    assert message in capsys.readouterr().err


def test_goalposts_need_no_word_about_periods(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "values.csv").write_text("entity,name,period,x\na,A,2020,0\na,A,2021,5\nb,B,2020,10\nb,B,2021,5\n")
    (folder / "framework.csv").write_text("code,parent,goalpost_low,goalpost_high\nx,index,0,10\nindex,,,\n")
    (folder / "steps.toml").write_text(STEPS.replace('"min_max"', '"goalposts"').replace("high = 100", "high = 1"))
    assert made(monkeypatch, "--draws", "0", "--profile", "a") == 0
    assert pd.read_csv(folder / "out" / "scores.csv")["index"].tolist() == [0.0, 0.5, 1.0, 0.5]


def test_columns_that_are_no_part_of_the_index_are_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "framework.csv").write_text(FRAMEWORK.replace("price,Баға,index,-1,1,,,\n", ""), encoding="utf-8")
    assert made(monkeypatch, "--draws", "0", "--profile", "a") == 0
    said = "values.csv: columns that the framework does not name are no part of the index: price."
    assert said in capsys.readouterr().out.splitlines()
    assert said in (folder / "out" / "index.html").read_text(encoding="utf-8")


SEVEN = """Country,users,posts,price
Қазақстан,50,,1
Өзбекстан,80,8,2
Кыргызстан,20,2,4
Georgia,60,4,3
Armenia,,,5
Азербайджан,30,6,2
Монголия,40,5,6
"""
FLAT = "code,name,parent,direction\nusers,Users,index,1\nposts,Posts,index,1\nprice,Price,index,-1\nindex,My index,,1\n"
CHOICES = """
[[factors]]
factor = "choice"
step = "normalise"
options = [{ method = "min_max", low = 1 }, { method = "LAST" }]
[[factors]]
factor = "choice"
step = "aggregate"
options = [{ method = "arithmetic" }, { method = "geometric" }]
"""


@pytest.fixture
def seven(folder: Path) -> Path:
    (folder / "values.csv").write_text(SEVEN, encoding="utf-8")
    (folder / "framework.csv").write_text(FLAT, encoding="utf-8")
    return folder


def test_terminal_and_page_say_who_was_left_out_and_what_was_made_up(
    seven: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["values.csv", "framework.csv", "--out", "out", "--draws", "100", "--profile", "Қазақстан"]
    assert run(monkeypatch, *arguments) == 0
    said = capsys.readouterr().out
    page = (seven / "out" / "index.html").read_text(encoding="utf-8")
    for sentence in (
        "names of countries were matched to ISO 3166 codes: 7 of 7 units.",
        "Left out: 1 of 7 units: Armenia (too few values: 1 of 3 indicators).",
        # Six units with three indicators are left; the only gap among them is that of Kazakhstan.
        "Made up: 1 of 18 values were missing and imputed (units: 1): Kazakhstan 1.",
    ):
        assert sentence in said
        assert sentence in page
    assert "<h1>My index</h1>" in page
    assert page.count("<tbody>") == 2  # one table of units, one of the framework
    profile = (seven / "out" / "profiles" / "KAZ.html").read_text(encoding="utf-8")
    assert "neither a strength nor a weakness: Posts (imputed)." in profile
    strong = profile[profile.index("Strongest indicators") : profile.index("Place in every")]
    assert "Price" in strong  # 1 is the best of all
    assert "Posts" not in strong
    assert "imputed or winsorised value" in (seven / "out" / "profiles" / "KAZ.svg").read_text(encoding="utf-8")


def test_table_and_figure_have_the_order_of_the_ranks(seven: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "values.csv", "framework.csv", "--out", "out", "--draws", "100") == 0
    table = pd.read_csv(seven / "out" / "ranking.csv")
    assert table["rank"].is_monotonic_increasing
    names = {"KAZ": "Kazakhstan", "UZB": "Uzbekistan", "KGZ": "Kyrgyzstan", "GEO": "Georgia"}
    names |= {"AZE": "Azerbaijan", "MNG": "Mongolia"}
    for file in ("index.html", "ranking.svg"):
        text = (seven / "out" / file).read_text(encoding="utf-8")
        body = text[text.index("<tbody>") :] if file == "index.html" else text
        places = [body.index(names[code]) for code in table["entity"]]
        assert places == sorted(places), file
    book = openpyxl.load_workbook(seven / "out" / "index.xlsx")
    assert [cell.value for cell in book["ranking"][1]][:2] == ["entity", "name"]
    assert {row[1].value for row in book["ranking"].iter_rows(min_row=2)} == set(names.values())
    assert [cell.value for cell in book["correlations"][1]][:2] == ["left", "left_name"]


def test_an_option_that_can_never_work_is_refused_before_anything_is_drawn(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = STEPS.replace("low = 0", "low = 1").replace('"arithmetic"', '"geometric"')
    factor = CHOICES.rpartition("[[factors]]")[0].replace("LAST", "z_score")
    (folder / "steps.toml").write_text(steps + factor, encoding="utf-8")
    assert made(monkeypatch) == 2
    said = capsys.readouterr().err
    assert "factor 'choice_normalise': option 2 (method = 'z_score') cannot work with these steps" in said
    assert "not above 0" in said
    assert not (folder / "out").exists()


def test_usual_factors_leave_out_what_cannot_work_and_say_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = STEPS.replace("low = 0", "low = 1").replace('"arithmetic"', '"geometric"')
    (folder / "steps.toml").write_text(steps, encoding="utf-8")
    assert made(monkeypatch, "--draws", "100") == 0
    said = "Ways to normalise that cannot work with these steps were left out of the draws: z_score."
    assert said in capsys.readouterr().out
    assert said in (folder / "out" / "index.html").read_text(encoding="utf-8")
    assert pd.read_csv(folder / "out" / "failed_draws.csv").empty


def test_many_failed_draws_are_a_warning_on_terminal_and_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Each option works with some other; z-scores with geometric means, a quarter of the draws, fail.
    (folder / "steps.toml").write_text(STEPS + CHOICES.replace("LAST", "z_score"), encoding="utf-8")
    assert made(monkeypatch, "--draws", "400") == 0
    failed = int(pd.read_csv(folder / "out" / "failed_draws.csv")["draws"].sum())
    assert 60 < failed < 140
    said = f"Warning: {failed} of 400 draws ({round(failed / 4)}%) failed"
    assert said in capsys.readouterr().out
    assert said in (folder / "out" / "index.html").read_text(encoding="utf-8")


def test_tables_of_coinr_are_taken_as_they_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = (
        "uName,uCode,Time,Size,pop,x,y\nA,AA,2018,L,1,10,5\nB,BB,2018,S,2,30,NA\n"
        "C,CC,2018,S,4,20,1\nD,DD,2018,L,2,8,3\n"
    )
    meta = (
        "Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type,Color\n1,x,Ex,1,1,km,NA,pop,top,Indicator,a\n"
        "1,y,Why,-1,3,NA,2,NA,top,Indicator,b\n2,top,The top,1,1,Score,NA,NA,NA,Aggregate,c\n"
        "NA,Size,Size,NA,NA,NA,NA,NA,NA,Group,d\nNA,pop,People,NA,NA,NA,NA,NA,NA,Denominator,e\n"
    )
    (folder / "iData.csv").write_text(data, encoding="utf-8")
    (folder / "iMeta.csv").write_text(meta, encoding="utf-8")
    steps = STEPS.replace('method = "none"\nreason = "nothing is missing"', 'method = "median"')
    (folder / "steps.toml").write_text(steps, encoding="utf-8")
    common = ["--steps", "steps.toml", "--draws", "0"]
    assert run(monkeypatch, "iData.csv", "iMeta.csv", "--out", "two", *common) == 0
    said = capsys.readouterr().out
    for remark in (
        "iData.csv: read as tables of COINr (iMeta + iData).",
        "groups and other columns were kept, but are no part of the index: Size.",
        "iMeta.csv: columns of iMeta that have no use here were not read: Color.",
        "iData.csv: NA was read as a missing value (cells: 1).",
    ):
        assert remark in said
    scores = pd.read_csv(folder / "two" / "scores.csv").set_index("entity")
    # x by people 10, 15, 5, 4: 600/11, 100, 100/11, 0. y 5, (3), 1, 3 turned: 0, 50, 100, 50; weights 1 and 3.
    expected = {"AA": 150 / 11, "BB": 62.5, "CC": 75 + 25 / 11, "DD": 37.5}
    assert scores["top"].to_dict() == pytest.approx(expected)
    book = openpyxl.Workbook()
    for name, text in (("iMeta", meta), ("iData", data)):
        sheet = book.create_sheet(name)
        for row in csv.reader(text.splitlines()):
            sheet.append(
                [None if cell == "NA" else float(cell) if cell.lstrip("-").isdigit() else cell for cell in row]
            )
    book.remove(book.active)
    book.save(folder / "coin.xlsx")
    assert run(monkeypatch, "coin.xlsx", "--out", "one", *common) == 0
    for file in ("scores.csv", "ranking.csv", "framework.csv"):
        assert (folder / "one" / file).read_bytes() == (folder / "two" / file).read_bytes(), file


def test_one_file_that_is_no_workbook_of_both_tables_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "values.csv: a framework is needed, too" in refused(monkeypatch, capsys, "values.csv")


def test_a_framework_is_begun_from_the_columns_and_asks_which_way_is_better(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mine.csv").write_text(
        "Страна;Охват;Цена;Заметка\nKAZ;92,3;1;да\nUZB;;2;нет\nKGZ;70;4;3\nARM;75;3;\nGEO;80;3,5;\n", "utf-8"
    )
    assert run(monkeypatch, "mine.csv", "--draft", "begun.csv") == 0
    said = capsys.readouterr().out
    assert "2 indicators" in said
    assert "Заметка" in said  # left out, and told so
    begun = (folder / "begun.csv").read_text(encoding="utf-8")
    assert begun.splitlines()[1:] == ["Охват,Охват,index,?,1,,,", "Цена,Цена,index,?,1,,,", "index,mine,,1,1,,,"]
    assert "'?'" in refused(monkeypatch, capsys, "mine.csv", "begun.csv", "--out", "out")
    assert "begun.csv is there already" in refused(monkeypatch, capsys, "mine.csv", "--draft", "begun.csv")
    (folder / "begun.csv").write_text(begun.replace("?", "1", 1).replace("?", "-1", 1), encoding="utf-8")
    assert run(monkeypatch, "mine.csv", "begun.csv", "--out", "out", "--draws", "0") == 0
    scores = pd.read_csv(folder / "out" / "scores.csv").set_index("entity")["index"]
    assert scores["KAZ"] == 100  # most reached and cheapest, each scaled to 100
    (folder / "words.csv").write_text("entity,note\nKAZ,yes\n", encoding="utf-8")
    assert "no indicator" in refused(monkeypatch, capsys, "words.csv", "--draft", "other.csv")
    assert not (folder / "other.csv").exists()


def test_states_of_one_country_are_no_countries_though_one_is_called_georgia(
    seven: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    states = dict(
        zip(SEVEN.split("\n")[1:8], ["Alabama", "Alaska", "Texas", "Georgia", "Ohio", "Utah", "Iowa"], strict=True)
    )
    rows = [state + row[row.index(",") :] for row, state in states.items()]
    (seven / "values.csv").write_text("\n".join(["unit,users,posts,price", *rows]) + "\n", encoding="utf-8")
    assert run(monkeypatch, "values.csv", "framework.csv", "--out", "out", "--draws", "0", "--lang", "ru") == 0
    assert "Georgia" in (seven / "out" / "ranking.csv").read_text(encoding="utf-8")
    assert "Грузия" not in (seven / "out" / "index.html").read_text(encoding="utf-8")


def test_two_names_of_one_country_are_refused(
    seven: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (seven / "values.csv").write_text(SEVEN.replace("Монголия", "Uzbekistan"), encoding="utf-8")
    assert "'Өзбекстан' and 'Uzbekistan' are one country (UZB)" in refused(
        monkeypatch, capsys, "values.csv", "framework.csv"
    )


def test_own_names_come_before_words_of_the_package_and_units_before_indicators(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{unit},{10 * place},{place % 3 + 1}\n" for place, unit in enumerate(("KAZ", "GEO", "UZB", "KGZ")))
    (folder / "values.csv").write_text("entity,share,GEO\n" + rows, encoding="utf-8")
    told = "code,parent,name\nshare,index,\nGEO,index,Aspect of place\nindex,,Own index\n"
    (folder / "framework.csv").write_text(told, encoding="utf-8")
    assert run(monkeypatch, "values.csv", "framework.csv", "--draws", "0", "--out", "out", "--profile", "GEO") == 0
    page = (folder / "out" / "index.html").read_text(encoding="utf-8")
    assert ">Shares<" not in page  # the package's word for a group of that code
    assert ">share<" in page
    assert ">Georgia<" in page
    assert "Georgia" in (folder / "out" / "ranking.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("units", "draws", "said"),
    [(6, "0", "6 units, and at most 5 are ranked"), (5, "10", "of at most 3 are drawn"), (5, "0", ""), (3, "10", "")],
)
def test_more_units_than_pages_and_draws_are_for_are_refused_before_anything_is_computed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    units: int,
    draws: str,
    said: str,
) -> None:
    monkeypatch.setattr(index, "_RANKED", 5)
    monkeypatch.setattr(index, "_DRAWN", 3)
    asked = []
    monkeypatch.setattr(index, "_made", lambda *given: asked.append(given) or index.refuse("computed"))
    rows = [f"u{number},{number},{number * number % 7}" for number in range(units)]
    (tmp_path / "base.csv").write_text("\n".join(["entity,a,b", *rows]) + "\n")
    (tmp_path / "fw.csv").write_text("code,parent\nindex,\na,index\nb,index\n")
    monkeypatch.chdir(tmp_path)
    words = ["index", "base.csv", "fw.csv", "--draws", draws, "--out", "made", "--lang", "en"]
    monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *words])
    with pytest.raises(SystemExit):
        main()
    assert (said or "computed") in capsys.readouterr().err
    assert bool(asked) is not bool(said)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_scores_that_are_equal_but_for_binary_noise_are_one_place_and_nothing_missing_is_not_spoken_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    # a goes up as b goes down: every unit has (x + 1 - x) / 2 of the scale, 50 points.
    (tmp_path / "base.csv").write_text("entity,a,b\nKAZ,1,4\nUZB,2,3\nKGZ,3,2\nTJK,4,1\n")
    (tmp_path / "fw.csv").write_text("code,parent\nindex,\na,index\nb,index\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        sys, "argv", ["dd", "index", "base.csv", "fw.csv", "--draws", "50", "--out", "made", "--lang", lang]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    said = capsys.readouterr().out
    assert re.search(r"\(?50[.,]0\b", said)
    for words in ("missing", "недостающи", "Жетіспейтін"):
        assert words not in said
    table = pd.read_csv(tmp_path / "made" / "ranking.csv")
    assert table["rank"].tolist() == [1] * 4
    alpha = pd.read_csv(tmp_path / "made" / "alpha.csv")
    assert alpha["value"].isna().all()
