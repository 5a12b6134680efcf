"""Editions of the index of e-government taken in: a table of one's own and a fetched one, with what comes with them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import labels, rankings, sources
from digital_diplomacy.sources import files, intake

REPOSITORY = Path(__file__).parents[3]
TABLES = ("un_egdi", "un_egdi_editions", "un_egdi_exceptions")
OWN = """Страна;Год;Место;Индекс развития электронного правительства;OSI;HCI;TII
Казахстан;2026;1;0,6;0,9;0,6;0,3
Узбекистан;2026;2;0,5;0,6;0,6;0,3
Киргизия;2026;3;0,3;0,3;0,3;0,3
"""
HEAD = ("Survey Year,Country Name,E-Government Rank,E-Government Index,E-Participation Index,Online Service Index,"
        "Human Capital Index,Telecommunication Infrastructure Index\n")  # fmt: skip
Run = Callable[..., tuple[object, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("raw", "processed"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        shutil.copy(REPOSITORY / "data" / folder / "datapackage.json", tmp_path / "data" / folder)
    for name in TABLES:
        shutil.copy(REPOSITORY / "data" / "raw" / f"{name}.csv", tmp_path / "data" / "raw")
    return tmp_path


def loaded(root: Path) -> list[pd.DataFrame]:
    return [sources.load(name, root=root) for name in TABLES]


def test_an_edition_of_one_s_own_is_read_whole_and_goes_again(project: Path, run: Run) -> None:
    before = (project / "data" / "raw" / "datapackage.json").read_text(encoding="utf-8")
    (project / "own.csv").write_bytes(OWN.encode("cp1251"))
    code, out, err = run("data", "add", "own.csv", "--as", "un_egdi", "--source", "ООН", "--lang", "ru")
    assert code == 0, err
    assert "1 : 1 : 1" in out
    assert "смена определения" not in out
    assert "reproduce rankings -p country=KAZ -p edition=2026" in out
    table = rankings.by_edition(*loaded(project))
    places = table[table["edition"] == 2026].set_index("iso3")["rank"]
    assert places.to_dict() == {"KAZ": 1, "UZB": 2, "KGZ": 3}
    assert table[table["edition"] == 2024]["iso3"].nunique() == 193
    found = rankings.index_ranks(table)
    assert found["source_id"].unique().tolist() == ["un_egdi\x1fown/ООН"]
    _, out, _ = run("data", "list")
    assert out.count("own_un_egdi") == 1  # what comes with it is not listed
    assert run("data", "remove", "own_un_egdi")[0] == 0
    assert (
        json.loads((project / "data" / "raw" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        == (json.loads(before)["resources"])
    )
    assert list((project / "data" / "raw").glob("own_*")) == []


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_other_weights_are_said_to_be_a_change_of_definition(project: Path, run: Run, lang: str) -> None:
    """Of Kazakhstan 0.50 × 0.9 + 0.25 × 0.6 + 0.25 × 0.3 = 0.675, of Tajikistan 0.10 + 0.10 + 0.15."""
    text = OWN.splitlines()[0] + (
        "\nКазахстан;2026;1;0,675;0,9;0,6;0,3\nУзбекистан;2026;2;0,525;0,6;0,6;0,3\nТаджикистан;2026;3;0,35;0,2;0,4;0,6"
        "\nКиргизия;2026;4;0,3;0,3;0,3;0,3\nТуркменистан;2026;5;0,2;0,1;0,5;0,1\n"
    )
    (project / "own.csv").write_text(text, encoding="utf-8")
    code, out, err = run("data", "add", "own.csv", "--as", "un_egdi", "--source", "ООН", "--lang", lang)
    assert code == 0, err
    told = {"edition": 2026, "before": 2024, "old": "1 : 1 : 1", "new": "2 : 1 : 1"}
    assert labels.text("intake.edition_break", lang, **told) in out
    breaks = sources.load("breaks", root=REPOSITORY)
    found = rankings.edition_breaks(breaks, sources.load("un_egdi_editions", root=project))
    assert found[found["period"] == "2026"]["measure"].tolist() == ["egdi", "egdi_rank", "egdi_recomputed"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (";TII\n", ";Кадры\n", "tii"),
        ("Киргизия;2026;3;", "Киргизия;2026;5;", "места идут до 5"),
        ("Казахстан;2026;1;0,6", "Казахстан;2026;1;6,0", "6,0"),
        ("Казахстан;2026;1;", "Казахстан;2026;1,5;", "1,5"),
        ("Казахстан;2026;", "Казахстан;2026-05;", "2026-05"),
    ],
)
def test_what_makes_no_ranking_is_not_taken_in(project: Path, run: Run, old: str, new: str, said: str) -> None:
    (project / "own.csv").write_text(OWN.replace(old, new), encoding="utf-8")
    code, out, err = run("data", "add", "own.csv", "--as", "un_egdi", "--source", "ООН", "--lang", "ru")
    assert code == 2, out
    assert said in err
    assert list((project / "data" / "raw").glob("own_*")) == []


def test_what_is_taken_out_stays_whole_until_no_description_names_it(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "own.csv").write_text(OWN, encoding="utf-8")
    run("data", "add", "own.csv", "--as", "un_egdi", "--source", "ООН")
    before = loaded(project)

    def ends(path: Path, _: bytes) -> None:
        raise KeyboardInterrupt(path.name)

    with monkeypatch.context() as ended:
        ended.setattr(files, "replace", ends)
        with pytest.raises(KeyboardInterrupt, match=r"datapackage\.json"):
            intake.remove("own_un_egdi", root=project)
    for table, again in zip(before, loaded(project), strict=True):
        pd.testing.assert_frame_equal(table, again)
    intake.remove("own_un_egdi", root=project)
    assert list((project / "data" / "raw").glob("own_*")) == []


def test_a_fetched_edition_stands_in_the_place_of_the_old_one_with_its_odd_cells(project: Path, run: Run) -> None:
    shipped = pd.read_csv(project / "data" / "raw" / "un_egdi.csv", dtype=str).query("edition == '2024'")
    lines = [
        f'{one.edition},"{one.iso3}",{one.rank},{float(one.egdi):.4f},{one.epi},{one.osi},{one.hci},{one.tii}'
        for one in shipped.itertuples()
    ]
    (project / "egov.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    run("data", "fetch", "egovkb", "--file", "egov.csv")
    [name] = [path.stem for path in (project / "data" / "raw").glob("egovkb_*")]
    code, out, err = run("data", "use", name)
    assert code == 0, err
    assert "2024: 193 states, weights of the components 1 : 1 : 1 as the figures bear out" in out
    values, editions, exceptions = loaded(project)
    assert editions[editions["edition"] == 2024]["egdi_decimals"].tolist() == [4]  # five decimals in the project's
    assert len(exceptions[exceptions["edition"] == 2024]) < 92  # as many there, in the fifth decimal
    assert len(exceptions[exceptions["edition"] == 2008]) == 13
    assert values[values["edition"] == 2024]["source_id"].str.startswith("edition/").all()
    rankings.by_edition(values, editions, exceptions)
    assert run("data", "use", name, "--off")[0] == 0
    assert "source_id" not in sources.load("un_egdi_exceptions", root=project)


def test_a_country_alone_is_no_edition(project: Path, run: Run) -> None:
    (project / "egov.csv").write_text(HEAD + "2024,Kazakhstan,24,0.9009,0.9,0.939,0.8403,0.9235\n", encoding="utf-8")
    run("data", "fetch", "egovkb", "--file", "egov.csv")
    [name] = [path.stem for path in (project / "data" / "raw").glob("egovkb_*")]
    code, _, err = run("data", "use", name)
    assert code == 2
    assert "ranks go to 24; take in all states of the edition" in err
    assert "source_id" not in sources.load("un_egdi", root=project)
