"""`data add`, `data list` and `data remove`, as a person gives them."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.cli import runs
from digital_diplomacy.sources.intake import TABLES

REPOSITORY = Path(__file__).parents[3]
GUIDES = REPOSITORY / "docs"

Run = Callable[..., tuple[object, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("raw", "processed"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        shutil.copy(REPOSITORY / "data" / folder / "datapackage.json", tmp_path / "data" / folder)
    shutil.copy(REPOSITORY / "data" / "raw" / "internet_users.csv", tmp_path / "data" / "raw")
    return tmp_path


def guide(lang: str) -> str:
    return (GUIDES / lang / "own_tables.md").read_text(encoding="utf-8")


def blocks(kind: str, lang: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", guide(lang), re.DOTALL)


@pytest.mark.parametrize(("lang", "encoding"), [("kk", "kz1048"), ("ru", "cp1251"), ("en", "ascii")])
def test_the_example_of_the_guide_runs_as_it_says(run: Run, project: Path, lang: str, encoding: str) -> None:
    (table,), (command,), (told,) = (blocks(kind, lang) for kind in ("csv", "console", "text"))
    (project / "kyrgyzstan.csv").write_text(table, encoding=encoding)
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)][1:]
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    assert out == told
    source = words[words.index("--source") + 1]
    assert run("data", "list")[1] == f"own_internet_users: {source} → internet_users\n"
    assert run("data", "remove", "own_internet_users", "--lang", lang)[0] == 0
    assert run("data", "list")[1] == ""


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_guide_names_all_tables_that_take_one(lang: str) -> None:
    [named] = [part for part in guide(lang).split("\n\n") if "`theopenasia_2020`" in part]
    assert re.findall(r"`(\w+)`", named) == list(TABLES)


def test_a_dry_run_writes_nothing(run: Run, project: Path) -> None:
    before = sorted(path.name for path in project.rglob("*"))
    (project / "a.csv").write_text("Country,Year,Value\nKAZ,2020,85.9\n", encoding="utf-8")
    code, out, _ = run("data", "add", "a.csv", "--dry-run")
    assert code == 0
    assert "Nothing was written" in out
    assert "Read for internet_users: 1 figure, 2020; Kazakhstan." in out
    assert sorted(path.name for path in project.rglob("*")) == sorted([*before, "a.csv"])


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Страна;Год;Охват\nКазахстан;2020;85,9\n", '--column "Охват=internet_users_pct"'),
        ("Country,Year,Population,Online\nKazakhstan,2020,18.9,85.9\n", '--column "Online=internet_users_pct"'),
        ("Год;Доля пользователей интернета\n2020;85,9\n", '--country "KGZ"'),
        ("Страна;Год;Значение\nКазахстан;2020;10,500\n", '--decimal ","'),
        ("Страна;Год;Значение\nКонго;2020;10,5\n", '--entity "Конго='),
        ("Страна;Год;Значение\nКазахстан;2020;859\n", "859"),
        ("Страна;Год;Значение\nКазахстан;2020;85,9\n", '--source "…"'),
    ],
)
def test_a_refusal_gives_the_row_or_the_option_in_the_language(
    run: Run, project: Path, table: str, said: str, lang: str
) -> None:
    (project / "a.csv").write_text(table, encoding="utf-8")
    code, _, err = run("data", "add", "a.csv", "--lang", lang)
    assert code == 2
    assert said in err
    assert not list((project / "data" / "raw").glob("own_*"))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "--period 20201 — бұл кестеге жарайтын кезең емес"),
        ("ru", "--period 20201 — не период для этой таблицы"),
        ("en", "--period 20201 is no period this table takes"),
    ],
)
def test_a_period_that_is_none_is_refused_where_the_columns_have_their_own(
    run: Run, project: Path, lang: str, said: str
) -> None:
    (project / "a.csv").write_text("Страна;2020;2021\nКазахстан;85,9;90,9\n", encoding="cp1251")
    code, _, err = run("data", "add", "a.csv", "--source", "x", "--period", "20201", "--lang", lang)
    assert (code, said in err) == (2, True)
    assert not list((project / "data" / "raw").glob("own_*"))
    code, _, err = run("data", "add", "a.csv", "--source", "x", "--period", "2020", "--lang", lang)
    assert (code, "(2020, 2021)" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as", "claims"], "'claims' takes no table of your own; these do: internet_users, "),
        (["--country", "Atlantis"], "'Atlantis' is no country"),
        (["--decimal", ";"], "--decimal: ';' is none of"),
        (["--column", "Year"], "--column Year: write NAME=VALUE"),
    ],
)
def test_a_wrong_option_is_refused(run: Run, project: Path, words: list[str], said: str) -> None:
    (project / "a.csv").write_text("Country,Year,Value\nKAZ,2020,85.9\n", encoding="utf-8")
    code, _, err = run("data", "add", "a.csv", *words)
    assert code == 2
    assert said in err


def test_on_a_terminal_it_is_asked_once(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Охват", "Statistics office"])
    (project / "a.csv").write_text("Страна;Год;Охват\nКазахстан;2020;85,9\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda _text: next(answers))
    code, _, err = run("data", "add", "a.csv")
    assert (code, err) == (0, "")
    assert '"Охват": "internet_users_pct"' in (project / "data" / "raw" / "datapackage.json").read_text("utf-8")


def test_answers_are_remembered_for_the_next_table_and_said(run: Run, project: Path) -> None:
    """The office's next table has the same header and the same name of the country; the first has gone by then."""
    told = "Мемлекет аты;Жылы;Үлес\nҚырғыз елі;{year};61,5\n"
    (project / "a.csv").write_text(told.format(year=2020), encoding="utf-8")
    (project / "b.csv").write_text(told.format(year=2021), encoding="utf-8")
    answers = ["--column", "Мемлекет аты=country", "--column", "Үлес=internet_users_pct", "--entity", "Қырғыз елі=KGZ"]
    source = ["--source", "Ұлттық статистика"]
    assert run("data", "add", "b.csv", *source, "--lang", "kk")[0] == 2
    assert run("data", "add", "a.csv", *source, *answers, "--lang", "kk")[0] == 0
    assert run("data", "remove", "own_internet_users", "--lang", "kk")[0] == 0
    code, out, err = run("data", "add", "b.csv", *source, "--lang", "kk")
    assert (code, err) == (0, "")
    assert (
        "b.csv: бұрынғы кестеге берілген жауаптар қолданылды: Мемлекет аты=country, Үлес=internet_users_pct, "
        "Қырғыз елі=KGZ."
    ) in out
    (project / "c.csv").write_text("Ел;Жыл;Үлес пайызбен\nҚытай;2020;61,5\n", encoding="utf-8")
    assert run("data", "add", "c.csv", *source, "--lang", "kk")[0] == 2


def test_a_given_answer_comes_before_a_remembered_one(run: Run, project: Path) -> None:
    (project / "a.csv").write_text("Страна;Год;Значение\nКонго;2020;10,5\n", encoding="utf-8")
    (project / "b.csv").write_text("Страна;Год;Значение\nКонго;2021;11,5\n", encoding="utf-8")
    assert run("data", "add", "a.csv", "--source", "x", "--entity", "Конго=COD")[0] == 0
    assert run("data", "remove", "own_internet_users")[0] == 0
    assert run("data", "add", "b.csv", "--source", "x", "--entity", "Конго=COG", "--lang", "en")[0] == 0
    assert "COG,2021" in (project / "data" / "raw" / "own_internet_users.csv").read_text(encoding="utf-8")


def test_one_command_takes_in_and_makes_the_page(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[object, ...]] = []
    monkeypatch.setattr(runs, "reproduce", lambda names, *, parameters, lang: made.append((names, parameters, lang)))
    rows = "Кыргызстан;2020;61,5\nКазахстан;2020;85,9\n"  # the page is on the table's first, whatever its code
    (project / "a.csv").write_text(f"Страна;Год;Значение\n{rows}", encoding="cp1251")
    code, out, err = run("data", "add", "a.csv", "--source", "x", "--page", "--lang", "ru")
    assert (code, err) == (0, "")
    assert made == [(["penetration"], ["country=KGZ"], ["ru"])]
    assert "Дальше:" not in out


def test_years_that_a_table_ends_before_are_told(run: Run, project: Path) -> None:
    (project / "a.csv").write_text("Country,Year,Value\nKAZ,2010,31.6\nUZB,2030,\nKAZ,2011,50.6\n", encoding="utf-8")
    _, out, _ = run("data", "add", "a.csv", "--source", "X", "--lang", "en")
    assert "internet_users has figures of later years (Kazakhstan 202" in out
    assert "Uzbekistan 2" not in out


def test_regions_are_offered_to_be_left_out_at_once(run: Run, project: Path) -> None:
    (project / "a.csv").write_text("Страна;2021\nКазахстан;90,9\nАбай;88\nЖетысу;88,1\nУлытау;93,6\n", encoding="utf-8")
    assert '--entity "*=-"' in run("data", "add", "a.csv", "--source", "X", "--lang", "ru")[2]
    code, out, _ = run("data", "add", "a.csv", "--source", "X", "--lang", "ru", "--entity", "*=-", "--dry-run")
    assert code == 0
    assert "Абай, Жетысу, Улытау" in out
