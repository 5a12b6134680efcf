"""Who holds what: descriptors, licence files and citation say the same of every table."""

import csv
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from digital_diplomacy.sources import fetching, intake

REPOSITORY: Final = Path(__file__).parents[1]
UNITED_NATIONS: Final = "LicenseRef-UN-terms-of-use"


def resources() -> dict[str, dict[str, Any]]:
    """Descriptors by the path of their table; nothing is inherited from the package."""
    found: dict[str, dict[str, Any]] = {}
    for folder in ("raw", "processed"):
        package = json.loads((REPOSITORY / "data" / folder / "datapackage.json").read_text(encoding="utf-8"))
        assert "licenses" not in package
        found |= {f"data/{folder}/{resource['path']}": resource for resource in package["resources"]}
    return found


TABLES: Final = resources()
BROUGHT: Final = ("takenFrom", "fetched", "accompanies")
"""Marks of tables that whoever uses the package took in: REUSE.toml, which is the package's, cannot know them."""
OURS: Final = [path for path, table in TABLES.items() if not set(BROUGHT) & set(table)]


def annotated() -> dict[str, str]:
    """The licences that REUSE.toml gives single files."""
    said = tomllib.loads((REPOSITORY / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    return {
        path: one["SPDX-License-Identifier"]
        for one in said
        for path in ([one["path"]] if isinstance(one["path"], str) else one["path"])
    }


@pytest.mark.parametrize("path", OURS)
def test_a_table_states_its_own_rights_and_the_licence_file_the_same(path: str) -> None:
    names = sorted(licence["name"] for licence in TABLES[path]["licenses"])
    assert annotated()[path] == " AND ".join(names)
    assert len(TABLES[path]["rights"].split()) > 10
    for name in names:
        assert (REPOSITORY / "LICENSES" / f"{name}.txt").is_file()


def test_the_licence_file_names_every_table_that_is_wholly_of_others() -> None:
    said = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    theirs = {path for path, table in TABLES.items() if table["rights"].startswith("All values: ")}
    named = set(re.findall(r"data/(?:raw|processed)/\w+\.csv", said))
    assert named == theirs | {"data/processed/egdi_by_edition.csv"}


def test_no_licence_of_ours_covers_the_index_that_may_not_be_passed_on() -> None:
    held = {path for path, table in TABLES.items() if UNITED_NATIONS in str(table["licenses"])}
    assert held == {"data/raw/un_egdi.csv", "data/processed/egdi_by_edition.csv"}
    for path in held:
        assert [licence["name"] for licence in TABLES[path]["licenses"]] == [UNITED_NATIONS]
        assert "No licence of ours" in TABLES[path]["rights"] or "no licence of ours" in TABLES[path]["rights"]


def test_what_is_computed_from_a_table_that_may_not_be_passed_on_may_not_be_either() -> None:
    bound = {table["name"] for table in TABLES.values() if UNITED_NATIONS in str(table["licenses"])}
    for path, table in TABLES.items():
        said = " ".join(source["title"] for source in table.get("sources", []))
        if path.startswith("data/processed/") and bound & set(re.findall(r"\w+", said)):
            assert UNITED_NATIONS in str(table["licenses"]), path


def test_files_for_indexes_of_software_are_made_from_the_citation() -> None:
    checked = [sys.executable, str(REPOSITORY / ".ci/metadata.py"), "--check"]
    assert subprocess.run(checked, capture_output=True, text=True, check=False).stderr == ""
    cited = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    for name in ("codemeta.json", ".zenodo.json"):
        made = json.loads((REPOSITORY / name).read_text(encoding="utf-8"))
        assert made["version"] == cited["version"]
        assert set(made["keywords"]) == set(cited["keywords"])


def test_the_licence_of_the_package_names_every_licence_of_its_own() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    assert project["license"].split(" AND ") == cited["license"]
    text = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    assert all(word in text for word in ("MIT License", "CC BY 4.0", "un_egdi.csv", "egdi_by_edition.csv"))


DOCUMENTS: Final = (REPOSITORY / "data/raw/documents.csv").read_text(encoding="utf-8").splitlines()
PRINTED: Final = {row["short"] for row in csv.DictReader(DOCUMENTS)}
ACCESSED: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}|(?:not recorded|made by this package); in (?:this package|it) since (\d{4}-\d{2}-\d{2})"
    r"|not consulted; printed (?:in (.+)|on the pages below and in two documents)"
)


@pytest.mark.parametrize("path", TABLES)
def test_a_source_has_address_vintage_and_date_of_access_or_says_why_not(path: str) -> None:
    assert TABLES[path]["sources"]
    check_sources(TABLES[path])


def check_sources(table: dict[str, Any]) -> None:
    for source in table["sources"]:
        assert len(source["version"]) > 3, source
        said = ACCESSED.fullmatch(source["accessed"])
        assert said, source
        assert set(said[2].split(" and ")) <= PRINTED if said[2] else True
        assert "path" in source or len(source["note"].split()) > 4, source
        assert re.fullmatch(r"https?://[\w.-]+/\S*", source.get("path", "https://none/")), source


def test_a_table_that_was_taken_in_or_fetched_says_as_much_of_its_source(tmp_path: Path) -> None:
    root = Path(shutil.copytree(REPOSITORY / "data", tmp_path / "data")).parent
    kind = intake.kind_of("internet_users")
    given = {
        "KGZ": "", "UZB": "https://example.org", "TJK": "https://example.org/a b", "TKM": "example.org/users",
        "MNG": "http://example.org/users?year=2024", "AZE": " https://example.org/x ",
    }  # fmt: skip
    names = {}
    for iso3, address in given.items():
        path = tmp_path / f"{iso3}.csv"
        path.write_text(f"Country,2024\n{iso3},72.5\n", encoding="utf-8")
        licence = "CC-BY-4.0" if address else ""
        origin = intake.Origin(path, "Office", licence, address)
        names[intake.add(intake.read_foreign(path, kind), kind, origin, root=root)] = iso3
    for number, retrieved in enumerate(("2026-11-29T09:00:00Z", "2025-01-02T03:04:05Z")):
        world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
        rows = [{"indicator": {"id": query.indicator, "value": "Users"}, "country": {"id": "", "value": "KAZ"},
                 "countryiso3code": "KAZ", "date": "2024", "value": 90 + number}]  # fmt: skip
        head = {"page": 1, "pages": 1, "total": 1} | ({"lastupdated": "2026-07-13"} if number else {})
        body = fetching.Received("https://x.org/", json.dumps([head, rows]).encode(), "https://x.org/", retrieved)
        name, _ = fetching.keep(fetching.read(world, [body], query), [body], world, query, root=root)
        names[name] = retrieved[:10]
    package = json.loads((root / "data/raw/datapackage.json").read_text(encoding="utf-8"))
    held = {names[one["name"]]: one for one in package["resources"] if one["name"] in names}
    assert len(held) == len(given) + 2
    for key, table in held.items():
        check_sources(table)
        assert len(table["rights"].split()) > 10
        [source] = table["sources"]
        assert source["accessed"] == key if "-" in key else "path" in source or given[key] in source["note"]
    assert [key for key, table in held.items() if "note" in table["sources"][0]] == ["KGZ", "TJK", "TKM"]
    assert held["2025-01-02"]["sources"][0]["version"] == "edition 2026-07-13"


@pytest.mark.parametrize("folder", ["raw", "processed"])
def test_descriptors_name_documents_by_author_and_year(folder: str) -> None:
    package = json.loads((REPOSITORY / "data" / folder / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        told = [table["title"], table["description"], *(source["title"] for source in table["sources"])]
        assert [text for text in told if re.search(r"\b00[0-4]\b", text)] == []


def test_the_baseline_is_bound_like_the_tables_it_repeats_values_of() -> None:
    assert annotated()["data/baseline/*.csv"] == f"CC-BY-4.0 AND LicenseRef-figures-of-others AND {UNITED_NATIONS}"
