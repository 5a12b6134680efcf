"""Titles of the project's tables and of their sources in every language."""

import json
from pathlib import Path

import pytest

from digital_diplomacy import labels
from digital_diplomacy.pages.reports import how_made_page
from digital_diplomacy.runs.snapshot import LOCK

ROOT = Path(__file__).parents[2]
TABLES = [
    table
    for package in ("raw", "processed")
    for table in json.loads((ROOT / f"data/{package}/datapackage.json").read_text(encoding="utf-8"))["resources"]
]
SOURCES = [source for table in TABLES for source in table["sources"]]
PUBLICATIONS = ("DataReportal, ", "StatCounter Global Stats, Frequently", "Macintosh A. and Whyte A. (2006)")
"""What begins so may be the title of a publication, which stays in its language."""


@pytest.mark.parametrize("lang", [lang for lang in labels.LANGUAGES if lang != "en"])
def test_every_table_has_a_title_in_every_language(lang: str) -> None:
    assert [table["name"] for table in TABLES if labels.titled(table["title"], lang) in ("", table["title"])] == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_what_this_project_says_of_a_source_is_said_in_every_language(lang: str) -> None:
    own = [source["title"] for source in SOURCES if "path" not in source or not source["path"]]
    own += [source["title"] for source in SOURCES if source["title"].startswith("Page read: ")]
    assert len(own) > 80
    assert [title for title in own if not labels.titled(title, lang) and not title.startswith(PUBLICATIONS)] == []


def test_no_title_is_labelled_that_no_descriptor_has() -> None:
    told = {one["title"] for one in [*TABLES, *SOURCES]}
    assert [code for code in labels.codes("titled.") if labels.text(code, "en") not in told] == []


def test_the_page_on_how_it_was_made_marks_only_titles_that_stay_in_english() -> None:
    table = next(one for one in TABLES if one["name"] == "breaks")
    entry = {"path": "data/raw/breaks.csv", "title": table["title"], "kind": "file", "sha256": "0", "licenses": []}
    result = {
        "notebook": "penetration", "lang": "ru", "code": "0", "parameters": {}, "files": {},
        "dependencies": {"environment": {"Python": "3", "packages": {}, LOCK: "0"}},
    }  # fmt: skip
    sources = [{"title": one["title"], "path": one.get("path", "")} for one in table["sources"]]
    page = how_made_page(result, [{**entry, "sources": sources}])
    assert "<br>Изменения в том, что считают опубликованные ряды<br>" in page
    assert '<span lang="en">StatCounter Global Stats, Frequently Asked Questions</span></a>' in page
    assert '">ДЭСВ ООН, база знаний об электронном правительстве</a>' in page
