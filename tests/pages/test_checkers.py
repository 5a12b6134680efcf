"""What axe, html-validate and the Nu checker ask of pages, asked of every kind of page without them.

The rules by their names there: scrollable-region-focusable, landmark-unique (axe); valid-id, no-dup-id, long-title,
prefer-native-element, unique-landmark (html-validate); attributes that are no address, sections without a heading (Nu).
"""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from digital_diplomacy import figures
from digital_diplomacy.pages.anchors import anchor
from digital_diplomacy.pages.documents import Section, document_page
from digital_diplomacy.pages.front import front_pages
from digital_diplomacy.pages.reports import how_made_page, notebook_page
from digital_diplomacy.pages.sortable import Column, sortable_table
from digital_diplomacy.runs.notebooks import Notebook, Run
from digital_diplomacy.runs.results import Failure

LONG = "Which place does the country have in digital diplomacy, and how sure is that, all in all? " * 2
LANDMARKS = {"nav", "main", "header", "footer"}


class Page(HTMLParser):
    """Elements with their attributes and ancestors, and what stands in the title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.headed: list[bool] = []
        self.bare: list[str] = []
        self.title = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given, [given.get("role", name) for name, given in self.open]))
        if re.fullmatch("h[1-6]", tag):
            self.headed = [True] * len(self.headed)
        if tag not in ("meta", "link", "img", "br", "input", "hr"):
            self.open.append((tag, given))
            self.headed.append(False)

    def handle_endtag(self, tag: str) -> None:
        name, given = self.open.pop()
        has_heading = self.headed.pop()
        assert name == tag, f"{name} is closed as {tag}"
        if tag == "section" and not has_heading:
            self.bare.append(str(given))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "title":
            self.title += data


def faults(html: str) -> list[str]:
    """What a checker would say."""
    page = Page(html)
    ids = [given["id"] for _, given, _ in page.elements if "id" in given]
    named = [(tag, given["aria-label"]) for tag, given, _ in page.elements if "aria-label" in given]
    found = [f"id {one!r}" for one in ids if not re.fullmatch(r"[^\W\d_][\w-]*", one)]
    found += [f"twice: {one}" for one, count in Counter([*ids, *named]).items() if count > 1]
    found += [f"title of {len(page.title)}"] if len(page.title) > 70 else []
    found += [f"no heading: {one}" for one in page.bare]
    for tag, given, above in page.elements:
        wide = tag == "pre" and "group" not in above
        wide |= "scroll" in given.get("class", "").split()
        found += [f"not reached: {tag} {given}"] if wide and given.get("tabindex") != "0" else []
        found += [f"role of {tag}"] if given.get("role") in ("region", "navigation", "main", "button") else []
        found += [f"blank in {given['href']}" for _ in [0] if re.search(r"\s", given.get("href", ""))]
        held = [name for name in above if name in ("group", "section", "div", "table")]
        found += ["a table that nothing lets move"] if tag == "table" and not held else []
    return found


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {}}


def prose(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": text, "metadata": {}}


def shown(kind: str, name: str, data: dict[str, str]) -> dict[str, Any]:
    told = {"kind": kind, "name": name, "title": "One title", "lang": "kk", "alt": "a"}
    return {"output_type": "display_data", "data": data, "metadata": {"digital_diplomacy": told}}


def notebook(lang: str) -> str:
    table = {"text/html": '<table class="dd-table"><caption>One title</caption></table>', "text/csv": "a\n1\n"}
    cells = [
        prose(f"# {LONG}"),
        prose(
            "## Was it there, before the “protest”?\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n    lines\n\n[up](#Шек-теу-&)"
        ),
        prose("## Шек теу &\n\n### 2024\n\n## Шек теу &\n\n## documents"),
        code("x = 1", {"output_type": "stream", "name": "stdout", "text": "printed"}),
        code("1", {"output_type": "display_data", "data": {"text/html": "<table><tr><td>1</td></tr></table>"}}),
        code("t", shown("table", "a b", table), shown("table", "2nd", table)),
        code("f", shown("figure", "one/two", {"image/svg+xml": '<svg viewBox="0 0 2 1"/>', "image/png": "AAAA"})),
    ]
    named = [
        ("table", "a b", "tables/a b.csv"),
        ("table", "2nd", "tables/2.csv"),
        ("figure", "one/two", "figures/one/two.svg"),
    ]
    written = [{"kind": kind, "name": name, "title": "One title", "files": {path: ""}} for kind, name, path in named]
    run = Run(Notebook("mine", Path("notebooks/mine.ipynb"), {}, LONG, 0), lang, {})
    return notebook_page(run, {"cells": cells}, written)


def made(lang: str) -> str:
    entry = {"path": "data/raw/a b.csv", "title": "A", "kind": "file", "sha256": "0", "sources": [], "licenses": []}
    software = {"Python": "3", "packages": {"pandas": "3"}, "lock": "0", "requirements.lock": "0"}
    result = {
        "notebook": "rankings", "lang": lang, "code": "0", "parameters": {"country": "KAZ"},
        "dependencies": {"environment": software}, "files": {"figures/a.svg": "0", "figures/a.png": "0"},
    }  # fmt: skip
    return how_made_page(result, [entry])


def document(lang: str) -> str:
    table = sortable_table([Column("a", ("1",), (1.0,))], caption="One caption", lang=lang)
    bare = figures.table_html(pd.DataFrame({"value": [1]}), lang=lang)
    sections = [
        Section("", paragraphs=("w",), kind="notice"),
        Section("H", tables=(table, table, bare), kind="answer"),
        Section("H", tables=(bare,)),
    ]
    return document_page(LONG, sections, lang=lang)


PAGES = {"notebook": notebook, "made": made, "document": document}


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", PAGES)
def test_a_checker_finds_nothing(kind: str, lang: str) -> None:
    assert faults(PAGES[kind](lang)) == []


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_checker_finds_nothing_on_the_pages_in_front(lang: str, tmp_path: Path) -> None:
    answer = {"kind": "answer", "name": "answer", "title": "", "said": ["One."], "evidence": ["a b"]}
    figure = {"kind": "figure", "name": "a b", "title": "A", "alt": "A"}
    result = {"notebook": "rankings", "lang": lang, "folder": f"rankings/{lang}", "is_stale": True}
    result |= {"shown": [answer, figure], "parameters": {"country": "KAZ"}, "changed": {}}
    failure = Failure(3, "1 / 0", "ZeroDivisionError", "division by zero", "")
    pages = front_pages([result], {"rankings/kk": failure}, tmp_path, tmp_path)
    for name in (f"index.{lang}.html", f"brief.{lang}.html", f"glossary.{lang}.html", "index.html"):
        assert faults(pages[name]) == [], name


def test_links_within_a_notebook_lead_where_they_led() -> None:
    text = notebook("en")
    page = Page(text)
    ids = {given["id"] for _, given, _ in page.elements if "id" in given}
    within = {given["href"][1:] for _, given, _ in page.elements if given.get("href", "").startswith("#")}
    assert within <= ids
    assert 'href="#Шек-теу">up</a>' in text
    assert {"Шек-теу", "Шек-теу-2", "at-2024", "documents-2", "Was-it-there-before-the-protest"} <= ids


def test_links_to_how_it_was_made_lead_to_its_rows() -> None:
    rows = {given["id"] for _, given, _ in Page(made("en")).elements if "id" in given}
    assert {anchor("figures/a.svg"), anchor("data/raw/a b.csv")} <= rows
    assert 'href="made.html#figures-one-two-svg"' in notebook("en")


def test_a_licence_without_a_common_name_is_told_in_the_readers_language() -> None:
    entry = {"path": "data/raw/a.csv", "title": "A", "kind": "file", "sha256": "0", "sources": []}
    software = {"Python": "3", "packages": {}, "lock": "0", "requirements.lock": "0"}
    result = {"notebook": "rankings", "lang": "ru", "code": "0", "parameters": {}, "files": {},
              "dependencies": {"environment": software}}  # fmt: skip
    named = [{"name": name, "title": "", "path": ""} for name in ("LicenseRef-UN-terms-of-use", "CC0-1.0")]
    page = how_made_page(result, [entry | {"licenses": named}])
    assert "условия использования ООН: дальнейшее распространение не разрешено" in page
    assert '<span lang="en">CC0-1.0</span>' in page
    assert "LicenseRef" not in page
