"""What is made for the site holds all of its source, and a site that does not hold together is refused."""

import importlib
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from digital_diplomacy import labels

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"


@pytest.fixture(autouse=True)
def _beside_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS / "_site"))


@pytest.fixture
def made() -> Any:
    return importlib.import_module("made")


@pytest.fixture
def check() -> Any:
    return importlib.import_module("check")


# ---- what is made ---------------------------------------------------------------------------------------------------


def test_every_public_name_stands_once_in_the_reference(made: Any) -> None:
    pages = [path.read_text(encoding="utf-8") for path in (DOCS / "reference").glob("*.md")]
    shown = [room for page in pages for room in re.findall(r"<!-- made: room (\w+) -->", page)]
    rooms = [path.parent.name for path in (REPOSITORY / "digital_diplomacy").glob("*/__init__.py")]
    listed = {room for room in rooms if hasattr(importlib.import_module(f"digital_diplomacy.{room}"), "__all__")}
    assert listed <= set(shown)
    assert len(shown) == len(set(shown))
    for room in shown:
        text, module = made.room(room), importlib.import_module(f"digital_diplomacy.{room}")
        names = re.findall(r"^\.\. (?:autofunction|autoclass|py:data):: (\w+)$", text, re.MULTILINE)
        assert len(names) == len(set(names))
        public = getattr(module, "__all__", None)
        assert sorted(names) == sorted(public) if public else names
        assert all(hasattr(module, name) for name in names)


def test_a_module_without_a_list_offers_what_it_explains_itself(made: Any) -> None:
    names = made.origins("tables")
    assert {"ESTIMATES", "INTERVALS", "validate"} <= set(names)
    assert not {"pa", "SchemaErrors", "Final", "_text"} & set(names)


def test_the_dictionary_has_every_table_and_column_with_its_unit(made: Any) -> None:
    text = made.tables()
    descriptor = json.loads((REPOSITORY / "data" / "raw" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        part = text.partition(f"\n## {resource['name']}\n")[2].partition("\n## ")[0]
        fields = resource["schema"]["fields"]
        assert all(licence["title"].split(",")[0] in part for licence in resource["licenses"])
        rows = [
            [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in part.splitlines() if "|" in line
        ]
        assert [row[0] for row in rows[2:]] == [f"`{field['name']}`" for field in fields]
        assert {len(row) for row in rows} == {4}  # no text breaks its row
        units = [row[2].replace("\\", "") for row in rows[2:]]
        assert units == [" ".join(field.get("unit", "").split()) for field in fields]


def test_text_of_others_is_no_markup(made: Any) -> None:
    assert made._prose("a | b *c* <d> [e](f)\n#g") == r"a \| b \*c\* \<d\> \[e\](f) \#g"
    assert made._prose("of `a_<b>|c` and_d") == r"of `a_<b>\|c` and\_d"
    column = {"name": "a", "type": "string", "title": "A", "constraints": {"pattern": "x|y", "required": True}}
    assert made._column(column) == r"| `a` | string |  | A. (never missing; pattern `x\|y`) |"


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_glossary_of_the_site_is_that_of_the_labels(made: Any, lang: str) -> None:
    terms = [labels.text(code, lang) for code in labels.codes("term.")]
    assert sorted(re.findall(r"^## (.+)$", made.terms(lang), re.MULTILINE)) == sorted(terms)


def test_decisions_are_those_of_the_page_on_architecture(made: Any) -> None:
    assert "| pandera schemas are built from the descriptor" in made.decisions()
    assert "## " not in made.decisions()


def test_what_nobody_makes_is_refused(made: Any) -> None:
    with pytest.raises(ValueError, match="runs: nothing called 'weather' is made; known: room"):
        made.fill(None, "runs", ["a\n<!-- made: weather -->\n"])


def test_a_comment_is_replaced_and_the_rest_stays(made: Any) -> None:
    source = ["before\n\n<!-- made: decisions -->\n\nafter <!-- made: nothing of this --> it\n"]
    made.fill(None, "decisions", source)
    assert source[0].startswith("before\n\n| decision | reason |")
    assert source[0].endswith("|\n\nafter <!-- made: nothing of this --> it\n")


def test_every_page_has_a_place_in_the_contents(made: Any) -> None:
    named = [page for pages in made.CONTENTS.values() for page in pages]
    found = {
        path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md") if "_" not in str(path)[0]
    }
    assert [page for page in named if "*" not in page and page not in found] == []
    folders = {page.rpartition("/")[0] for page in found - {"index"} if not page.startswith(("_build/", "solutions/"))}
    assert folders == {"", "reference", *made.LANGUAGES}  # a new folder needs its part of the contents


# ---- a page has one language ----------------------------------------------------------------------------------------

TREE = """<p class="caption"><span>Қазақша</span></p><ul><li><a href="#">Алғашқы</a></li></ul>
<p class="caption"><span>Русский</span></p><ul><li><a href="#">Первые</a></li></ul>
<p class="caption"><span>English</span></p><ul><li><a href="#">Getting</a></li></ul>
<p class="caption"><span>Guides</span></p><ul><li><a href="#">Running</a></li></ul>
<p class="caption"><span>Reference</span></p><ul><li><a href="#">Errors</a></li></ul>"""


@pytest.mark.parametrize(
    ("page", "lang", "kept", "gone"),
    [
        ("kk/start", "kk", ["Алғашқы"], ["Первые", "Getting", "Running", "Errors"]),
        ("ru/meaning", "ru", ["Первые"], ["Алғашқы", "Getting", "Running", "Errors"]),
        (
            "runs",
            "en",
            ["Getting", "Running", "Errors", '<ul lang="kk">', '<ul lang="ru">'],
            ['lang="en"', 'lang="ref'],
        ),
    ],
)
def test_beside_a_page_stands_what_is_in_its_language(page: str, lang: str, kept: list[str], gone: list[str]) -> None:
    languages = importlib.import_module("languages")
    ways = {"prev": {"link": "../en/glossary.html"}, "next": {"link": "meaning.html"}}
    context = {"furo_navigation_tree": TREE, "pathto": lambda name: f"../{name}.html", "language": "en", **ways}
    languages.dress(None, page, "page.html", context, None)
    assert context["language"] == lang
    assert [one for one in kept if one not in context["furo_navigation_tree"]] == []
    assert [one for one in gone if one in context["furo_navigation_tree"]] == []
    assert (context["prev"] is None) == (lang != "en")
    assert context["next"]


def test_words_of_the_theme_are_translated_or_missed_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    languages = importlib.import_module("languages")
    words = tmp_path / "words.csv"
    words.write_text("theme,en,kk,ru\n>Next<,>Next<,>Келесі<,>Дальше<\n>Up<,>To the top<,>Жоғары<,>Вверх<\n")
    monkeypatch.setattr(languages, "WORDS", words)
    app = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(format="html"))
    for folder in ("kk", "ru", "reference"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.html").write_text("<a>Next</a><a>Up</a>", encoding="utf-8")
    languages.translate(app, None)
    assert (tmp_path / "reference" / "a.html").read_text(encoding="utf-8") == "<a>Next</a><a>To the top</a>"
    assert (tmp_path / "kk" / "a.html").read_text(encoding="utf-8") == "<a>Келесі</a><a>Жоғары</a>"
    languages.translate(app, None)  # a second build writes only what has changed
    (tmp_path / "kk" / "a.html").write_text("<a>Onwards</a>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"words.csv: no page in kk says >Next<, >Up<; the theme has changed"):
        languages.translate(app, None)


# ---- a site that does not hold together -----------------------------------------------------------------------------

GOOD = '<h1 id="top">a</h1><a href="#top">x</a><a href="b/c.html#d">y</a><a href="https://example.org/">z</a>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b" / "c.html").write_text('<p id="d"><a href="../a.html">a</a></p><img src="p%20q.png">')
    (tmp_path / "b" / "p q.png").write_bytes(b"")
    (tmp_path / "s.css").write_text("a { background: url(b/p.png) }")
    return tmp_path


def test_a_whole_site_has_no_faults(check: Any, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(check.faults(site)) == []
    assert check.main(str(site)) == 0
    assert capsys.readouterr().out == "2 pages checked, 0 faults\n"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<a href="gone.html">x</a>', "a.html: gone.html: leads nowhere"),
        ('<a href="#gone">x</a>', "a.html: #gone: no such place on that page"),
        ('<a href="b/c.html#e">x</a>', "a.html: b/c.html#e: no such place on that page"),
        ('<a href="../../outside.html">x</a>', "a.html: ../../outside.html: leads nowhere"),
        ('<img src="gone.png">', "a.html: gone.png: leads nowhere"),
        ('<script src="https://cdn.example.org/a.js"></script>', "a.html: https://cdn.example.org/a.js: is fetched"),
        ('<link rel="stylesheet" href="//cdn.example.org/a.css">', "a.html: //cdn.example.org/a.css: is fetched"),
        ('<img src="http://example.org/a.png">', "a.html: http://example.org/a.png: is fetched"),
    ],
)
def test_what_does_not_hold_is_named(check: Any, site: Path, html: str, said: str) -> None:
    (site / "a.html").write_text(html, encoding="utf-8")
    [fault] = check.faults(site)
    assert fault.startswith(said)
    assert check.main(str(site)) == 1


@pytest.mark.parametrize("css", ["@import '//x.org/a.css';", "a { b: url( 'https://x.org/f.woff2') }"])
def test_a_style_that_fetches_is_named(check: Any, site: Path, css: str) -> None:
    (site / "s.css").write_text(css)
    assert list(check.faults(site)) == ["s.css: fetches from elsewhere"]


def test_an_empty_folder_is_no_site(check: Any, tmp_path: Path) -> None:
    assert list(check.faults(tmp_path)) == [f"{tmp_path}: no page in it; build it first"]


def test_signatures_of_several_lines_and_results_of_two_are_valid_html() -> None:
    languages = importlib.import_module("languages")
    lines = '<dl>\n<dd><em class="sig-param">a</em>,</dd>\n<dd><em class="sig-param">b</em>,</dd>\n</dl>'
    assert languages.valid(f"<dt>f({lines})</dt>") == (
        '<dt>f(<span class="sig-line"><em class="sig-param">a</em>,</span>\n'
        '<span class="sig-line"><em class="sig-param">b</em>,</span>)</dt>'
    )
    nested = '<dd class="field-even"><p><ul><li><p>edges</p></li></ul>\n</p>\n</dd>'
    assert languages.valid(nested) == '<dd class="field-even"><ul><li><p>edges</p></li></ul>\n</dd>'
    told = '<dd class="field-odd"><p><b>a</b> – <p>Each has:</p>\n<ul><li>b</li></ul>\n</p>\n</dd>'
    assert languages.valid(told) == '<dd class="field-odd"><p><b>a</b> – Each has:</p>\n<ul><li>b</li></ul>\n</dd>'
    kept = '<dd class="field-even"><p>One thing.</p>\n</dd>'
    assert languages.valid(kept) == kept
