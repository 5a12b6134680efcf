"""Editions stand beside each other and never over one another; one of them is read; two are compared."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from digital_diplomacy import sources
from digital_diplomacy.sources import intake
from digital_diplomacy.sources.fetching import (
    FetchError,
    Query,
    Received,
    compare,
    editions,
    keep,
    publisher_of,
    read,
    release,
    use,
)
from digital_diplomacy.tables import is_edition

REPOSITORY = Path(__file__).parents[3]
WORLD = publisher_of("worldbank")
NAME = "Individuals using the Internet (% of population)"
Figures = dict[tuple[str, str], Any]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("raw", "processed"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        shutil.copy(REPOSITORY / "data" / folder / "datapackage.json", tmp_path / "data" / folder)
    for name in ("internet_users", "un_egdi"):
        shutil.copy(REPOSITORY / "data" / "raw" / f"{name}.csv", tmp_path / "data" / "raw")
    return tmp_path


def bank(figures: Figures, updated: str, code: str = "IT.NET.USER.ZS", name: str = NAME) -> Received:
    rows = [{"indicator": {"id": code, "value": name}, "country": {"id": "", "value": iso3}, "countryiso3code": iso3,
             "date": year, "value": value} for (iso3, year), value in figures.items()]  # fmt: skip
    head = {"page": 1, "pages": 1, "total": len(rows), "lastupdated": updated}
    return Received("https://api.worldbank.org/x", json.dumps([head, rows]).encode(), "https://api.worldbank.org/x",
                    "2026-11-29T09:00:00Z")  # fmt: skip


def kept(project: Path, figures: Figures, updated: str, **asked: Any) -> tuple[str, bool]:
    code = asked.pop("code", "IT.NET.USER.ZS")
    body, query = bank(figures, updated, code, asked.pop("name", NAME)), Query(code, **asked)
    return keep(read(WORLD, [body], query), [body], WORLD, query, root=project)


OLD: Figures = {("KAZ", "2022"): 92.3, ("KAZ", "2023"): 92.8785, ("UZB", "2023"): 89.0}
NEW: Figures = {("KAZ", "2022"): 92.3, ("KAZ", "2023"): 92.1, ("KAZ", "2024"): 93.4, ("UZB", "2024"): 89.5}


def test_a_new_edition_never_overwrites_the_old_one(project: Path) -> None:
    first, second = kept(project, OLD, "2026-01-28"), kept(project, NEW, "2026-07-13")
    assert first == ("worldbank_it_net_user_zs_2026_01_28", True)
    assert second == ("worldbank_it_net_user_zs_2026_07_13", True)
    before = (project / "data" / "raw" / f"{first[0]}.csv").read_bytes()
    assert kept(project, OLD, "2026-01-28") == (first[0], False)  # the same figures are there once
    third = kept(project, OLD | {("KAZ", "2022"): 92.4}, "2026-01-28")  # others under the same date
    assert third == ("worldbank_it_net_user_zs_2026_01_28_2", True)
    assert (project / "data" / "raw" / f"{first[0]}.csv").read_bytes() == before
    assert sources.load(first[0], root=project)["internet_users_pct"].tolist() == [92.3, 92.8785, 89.0]


def test_the_descriptor_says_from_where_when_and_under_which_terms(project: Path) -> None:
    name, _ = kept(project, OLD, "2026-01-28", countries=("KAZ", "UZB"), period="2022/2023")
    said = sources.describe(name, root=project)
    assert said["licenses"][0]["name"] == "CC-BY-4.0"
    assert "2026-01-28" in said["title"]
    found = said["fetched"]
    [file] = found.pop("files")
    assert found == {
        "publisher": "worldbank", "series": "IT.NET.USER.ZS", "edition": "2026-01-28", "isStated": True,
        "table": "internet_users", "unit": "% of population", "countries": ["KAZ", "UZB"], "period": "2022/2023",
    }  # fmt: skip
    assert file["address"] == "https://api.worldbank.org/x"
    assert file["retrieved"] == "2026-11-29T09:00:00Z"
    assert file["hash"] == f"sha256:{bank(OLD, '2026-01-28').sha256}"


def contents(project: Path) -> dict[Path, bytes]:
    """What the project's files hold; the empty file by which commands wait for each other may stay or go."""
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and path.name != ".changing"}


def test_nothing_is_written_where_a_figure_breaks_a_rule(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(project)
    with pytest.raises(FetchError, match="outside what this measure can be"):
        kept(project, {("KAZ", "2022"): 192.3}, "2026-01-28")
    with pytest.raises(FetchError) as found:  # months, which a table of years does not take
        kept(project, {("KAZ", "2022M01"): 92.3}, "2026-01-28")
    assert found.value.code == "rule"
    assert contents(project) == before


def test_the_edition_in_use_is_read_for_its_countries_and_the_other_given_up(project: Path) -> None:
    first, second = kept(project, OLD, "2026-01-28")[0], kept(project, NEW, "2026-07-13")[0]
    assert use(first, root=project) == []
    assert use(second, root=project) == [first]
    rows = sources.load("internet_users", root=project)
    own = rows[rows["source_id"].map(is_edition)]
    assert set(own["iso3"]) == {"KAZ", "UZB"}
    assert own.loc[own["iso3"] == "KAZ", "year"].tolist() == [2022, 2023, 2024]
    assert own["source_id"].str.contains("2026-07-13").all()
    assert [one.used for one in editions(project)] == [False, True]
    assert release(second, root=project)
    assert not release(second, root=project)
    assert "source_id" not in sources.load("internet_users", root=project)
    intake.remove(first, root=project)
    assert [one.name for one in editions(project)] == [second]


def test_a_series_without_a_table_stands_alone(project: Path) -> None:
    name, _ = kept(project, {("KAZ", "2022"): 19_000_000}, "2026-07-13", code="SP.POP.TOTL", name="Population, total")
    assert sources.load(name, root=project)["value"].tolist() == [19_000_000.0]
    with pytest.raises(FetchError, match="internet_users") as found:
        use(name, root=project)
    assert found.value.code == "not_used"


def test_a_table_of_one_s_own_is_not_pushed_aside(project: Path) -> None:
    (project / "a.csv").write_text("Country,Year,Value\nKAZ,2020,85.9\n", encoding="utf-8")
    kind = intake.kind_of("internet_users")
    intake.add(
        intake.read_foreign(project / "a.csv", kind), kind, intake.Origin(project / "a.csv", "Me", ""), root=project
    )
    name = kept(project, OLD, "2026-01-28")[0]
    with pytest.raises(FetchError, match="own_internet_users") as found:
        use(name, root=project)
    assert found.value.code == "own_before"


def told(old: str, new: str, project: Path) -> tuple[list[tuple[str, ...]], int, int, int, int]:
    found = compare(old, new, root=project)
    rows = found.rows[["kind", "entity", "period", "old", "new"]].sort_values(["kind", "entity", "period"])
    return [tuple(row) for row in rows.to_numpy()], found.same, found.rounded, found.left, found.beyond


def test_what_was_revised_added_and_removed_is_told_apart(project: Path) -> None:
    first, second = kept(project, OLD, "2026-01-28")[0], kept(project, NEW, "2026-07-13")[0]
    rows, same, rounded, left, beyond = told(first, second, project)
    assert rows == [
        ("added", "KAZ", "2024", "", "93.4"),
        ("added", "UZB", "2024", "", "89.5"),
        ("changed", "KAZ", "2023", "92.8785", "92.1"),
        ("removed", "UZB", "2023", "89.0", ""),
    ]
    assert (same, rounded, left, beyond) == (1, 0, 0, 0)
    change = compare(first, second, root=project).rows.query("kind == 'changed'")["change"]
    assert change.round(4).tolist() == [-0.7785]  # 92.1 - 92.8785


def test_more_digits_of_one_figure_are_no_revision(project: Path) -> None:
    """The project's table has six significant digits: 92.8785 is anything from 92.87845 to 92.87855."""
    own = sources.load("internet_users", root=project).set_index(["iso3", "year"])["internet_users_pct"]
    assert own["KAZ", 2023] == 92.8785
    name = kept(project, {("KAZ", "2023"): 92.878549, ("KAZ", "2022"): float(own["KAZ", 2022]) + 0.0002}, "2026-07-13")[
        0
    ]
    rows, same, rounded, _, beyond = told("internet_users", name, project)
    assert [row[:3] for row in rows] == [("changed", "KAZ", "2022")]
    assert (same, rounded) == (0, 1)
    assert beyond == len(own) - 2


def test_what_nobody_asked_for_was_not_removed(project: Path) -> None:
    first = kept(project, OLD, "2026-01-28")[0]
    second = kept(project, {("KAZ", "2023"): 92.8785}, "2026-07-13", countries=("KAZ",), period="2023")[0]
    assert told(first, second, project) == ([], 1, 0, 2, 0)  # KAZ 2022 and UZB 2023 are left


def test_the_index_is_compared_column_by_column(project: Path) -> None:
    shipped = pd.read_csv(project / "data" / "raw" / "un_egdi.csv", dtype=str)
    row = shipped[(shipped["edition"] == "2022") & (shipped["iso3"] == "KAZ")].iloc[0]
    head = ("Survey Year,Country Name,E-Government Rank,E-Government Index,E-Participation Index,Online Service Index,"
            "Human Capital Index,Telecommunication Infrastructure Index\n")  # fmt: skip
    cells = f'2022,"Kazakhstan ",{row["rank"]},{row["egdi"]}00,{row["epi"]},0.1,{row["hci"]},{row["tii"]}\n'
    body = Received("egov.csv", (head + cells).encode(), "", "2026-11-29T09:00:00Z")
    un = publisher_of("egovkb")
    name, _ = keep(read(un, [body], Query()), [body], un, Query(), root=project)
    assert name == "egovkb_egdi_2026_11_29"
    found = compare("un_egdi", name, root=project)
    assert found.rows[["measure", "old", "new"]].to_numpy().tolist() == [["osi", row["osi"], "0.1"]]
    assert found.same == 5


def test_tables_of_two_kinds_are_not_compared(project: Path) -> None:
    name = kept(project, OLD, "2026-01-28")[0]
    with pytest.raises(FetchError, match="not tables of one kind"):
        compare("un_egdi", name, root=project)


def shares(project: Path, text: str) -> str:
    body = Received("social_media-KZ-monthly.csv", text.encode(), "", "2026-11-29T09:00:00Z")
    seen = publisher_of("statcounter")
    return keep(read(seen, [body], Query()), [body], seen, Query(), root=project)[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"Date","Facebook"\n2020-01,40\n2020-02,41\n', "several_periods"),
        ('"Social Media","Market Share Perc. (Jan 2020)"\n"Facebook",40\n"Newcomer",1\n', "no_name"),
    ],
)
def test_an_edition_that_a_page_could_not_show_is_kept_and_not_used(project: Path, text: str, code: str) -> None:
    name = shares(project, text)
    with pytest.raises(FetchError) as found:
        use(name, root=project)
    assert found.value.code == code
    assert not editions(project)[0].used
