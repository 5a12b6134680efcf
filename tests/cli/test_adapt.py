"""`adapt`, as a person gives it: what ran, what is missing, and where to get it."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import labels, sources
from digital_diplomacy.cli import adapt
from digital_diplomacy.reproduction import gaps
from digital_diplomacy.runs import translations
from digital_diplomacy.sources.intake import TABLES

REPOSITORY = Path(__file__).parents[2]

SHOWN = """
from IPython.display import display
known = open("data/raw/trust_survey.csv").read()
said = {"kind": "notice", "name": "trust", "title": "Trust of " + country, "alt": "Trust of " + country + ": nothing"}
display({"text/plain": "-"}, raw=True, metadata={"digital_diplomacy": said} if country not in known else {})
"""

ERROR = {"kk": "қате", "ru": "ошибка", "en": "error"}

Run = Callable[..., tuple[object, str, str]]


@pytest.fixture
def tables(project: Path) -> Path:
    """The project with the table that says whom people trust, as it is described."""
    described = json.loads((REPOSITORY / "data" / "raw" / "datapackage.json").read_text(encoding="utf-8"))
    kept = [one for one in described["resources"] if one["name"] in ("trust_survey", "documents")]
    described["resources"] = kept
    (project / "data" / "raw" / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    for one in kept:
        shutil.copy(REPOSITORY / "data" / "raw" / one["path"], project / "data" / "raw")
    return project


@pytest.fixture
def run(tables: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    monkeypatch.setattr("digital_diplomacy.cli.runs.reasons_to_build", lambda *_: [])
    return lambda *words: run("adapt", *words, place=tables)


def test_what_ran_and_what_is_missing_is_said_with_the_way_to_get_it(
    run: Run, tables: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("trust", [SHOWN])
    write_notebook("sound", ["pass"])
    write_notebook("broken", ["1 / 0"])
    mine = write_notebook("mine", ["pass"])
    translations.begin(mine, "ru", {})
    write_notebook("apart", ["pass"], parameters='lang = "en"')  # takes no country
    code, out, _ = run("--country", "Өзбекстан", "--lang", "ru", "--jobs", "1")
    assert code == 1
    assert "Блокнотов: 4. Полных: 1; с пропусками: 1; не выполнено: 2." in out
    assert "`digital-diplomacy translations --check mine` перечислит недостающее" in out
    assert "• Trust of UZB" in out
    assert "Читаются, но об этой стране ничего не содержат: trust_survey." in out
    assert "ZeroDivisionError" in out or "division by zero" in out
    assert "data fetch" not in out  # no publisher serves such a table
    assert re.search(r'data add my_table\.csv --as trust_survey --country UZB --source ".+" --lang ru', out)
    page = (tables / "reports" / "adapt-UZB.ru.html").read_text(encoding="utf-8")
    assert '<html lang="ru"' in page
    assert 'href="trust/ru_country-UZB/index.html"' in page
    assert (tables / "reports" / "trust" / "ru_country-UZB" / "index.html").is_file()
    assert "apart" not in page


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize(
    ("name", "near"), [("Kazahstan", "KAZ"), ("Korea", "PRK"), ("Узбекистон", "UZB"), ("ZZZ", "KGZ")]
)
def test_a_country_that_is_none_is_refused_with_the_nearest(
    name: str, near: str, lang: str, run: Run, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("sound", ["pass"])
    code, out, err = run("--country", name, "--lang", lang)
    assert (code, out) == (2, "")
    assert err.startswith(f"{ERROR[lang]}: --country {name}: ")
    assert near in err


def result(*notices: tuple[str, str], inputs: tuple[str, ...] = (), said: str = "It rose.") -> dict[str, object]:
    answer = {"kind": "answer", "name": "answer", "title": said, "alt": "", "said": [said], "evidence": []}
    shown = [{"kind": "notice", "title": title, "alt": alt} for title, alt in notices]
    return {"shown": [answer, *shown], "dependencies": {"inputs": dict.fromkeys(inputs)}, "lang": "en"}


def test_tables_count_as_missing_only_where_something_was_left_out() -> None:
    held = {"data/raw/one.csv": {"KAZ"}, "data/raw/two.csv": {"KAZ", "UZB"}}
    read = ("data/raw/one.csv", "data/raw/two.csv", "data/raw/three.csv")
    figure, sentence = ("Trust", "Trust: nothing is known"), ("Nothing to say.", "Nothing to say.")
    assert gaps.find(result(inputs=read), "UZB", held) == gaps.Gap((), 0, ())
    assert gaps.find(result(figure, sentence, inputs=read), "UZB", held) == gaps.Gap(("Trust",), 1, ("one",))
    assert gaps.find(result(sentence, inputs=read), "KGZ", held) == gaps.Gap((), 1, ("one", "two"))
    assert gaps.find(result(figure, inputs=read), "KAZ", held) == gaps.Gap(("Trust",), 0, ())
    none = labels.text("notice.no_answer_about", "en", country="Uzbekistan")
    assert gaps.find(result(inputs=read, said=none), "UZB", held) == gaps.Gap((), 1, ("one",))


def test_a_table_of_ones_own_counts_as_part_of_the_one_it_stands_before(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"entity": ["KAZ", None, "UZB"], "source_id": "own"})
    monkeypatch.setattr(sources, "load", lambda *_, **__: frame)
    held = gaps.countries_held(["data/raw/trust_survey.csv", "data/raw/own_trust_survey.csv"], Path())
    assert held == {"data/raw/trust_survey.csv": {"KAZ", "UZB"}}


NOT_OF_COUNTRIES = {
    "claim_evidence": "names rows of other tables",
    "un_egdi_exceptions": "lists odd cells",
    "published_figures": "is compared with the documents' figures alone",
    "global_users": "is of the world",
    "world_population": "is of the world",
}


def test_every_table_of_countries_says_where_more_is_published() -> None:
    package = json.loads((REPOSITORY / "data" / "raw" / "datapackage.json").read_text(encoding="utf-8"))
    fields = {one["name"]: {field["name"] for field in one["schema"]["fields"]} for one in package["resources"]}
    of_countries = {name for name, columns in fields.items() if columns & {"entity", "iso3", "country"}}
    told = {code.removeprefix("adapt.where.") for code in labels.codes("adapt.where.")}
    assert told == of_countries - NOT_OF_COUNTRIES.keys()
    assert set(TABLES) <= told


def test_what_a_publisher_serves_is_fetched_by_the_command_that_is_named() -> None:
    said = adapt._way("internet_users", "TKM", "en", REPOSITORY)
    assert "data fetch worldbank --indicator IT.NET.USER.ZS --countries TKM --lang en" in " ".join(said)
