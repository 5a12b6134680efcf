"""The pages in front of all results."""

import json
import re
from pathlib import Path
from typing import Any

from digital_diplomacy.pages.documents import document_page
from digital_diplomacy.pages.front import front_pages
from digital_diplomacy.pages.reports import size_of


def result(notebook: str = "mine", lang: str = "en", *, svg: str = "", **more: Any) -> dict[str, Any]:
    """A stored result with one figure on which its answer rests."""
    shown = [
        {"kind": "answer", "name": "answer", "title": "It rose.", "said": ["It rose.", "By 2."], "evidence": ["map"]},
        {"kind": "figure", "name": "map", "title": "A <map>", "alt": "", "files": {"figures/map.svg": "0"}},
    ]
    described = {"notebook": notebook, "lang": lang, "folder": f"{notebook}/{lang}", "is_stale": False, "shown": shown}
    return {**described, "parameters": {"country": "KAZ"}, "changed": {}, **more}


def test_every_language_has_pages_of_its_own_and_a_door_leads_to_them(tmp_path: Path) -> None:
    made = front_pages([result(), result(lang="kk")], {}, tmp_path, tmp_path)
    pages = {f"{name}.{lang}.html" for name in ("index", "brief", "glossary") for lang in ("en", "kk")}
    assert set(made) == {*pages, "index.html", "pages.js"}
    assert all('href="glossary.kk.html"' in made[f"{name}.kk.html"] for name in ("index", "brief"))
    assert 'href="index.kk.html"' in made["index.html"]
    assert 'href="index.kk.html" hreflang="kk"' in made["index.en.html"]
    assert ".ru.html" not in "".join(made.values())
    described = {name: re.findall(r'<meta name="description" content="([^"]+)">', made[name]) for name in pages}
    assert {name for name, found in described.items() if len(found) != 1} == set()
    assert described["glossary.kk.html"] != described["glossary.en.html"] != described["index.en.html"]


def test_the_index_tells_answers_and_shows_one_picture_a_notebook(tmp_path: Path) -> None:
    path = tmp_path / "mine/en/figures/map.svg"
    path.parent.mkdir(parents=True)
    path.write_text('<svg viewBox="0 0 500 200.6"></svg>')
    page = front_pages([result()], {}, tmp_path, tmp_path)["index.en.html"]
    assert "<p>It rose.</p>" in page
    assert "<p>By 2.</p>" in page
    assert page.count("<img ") == 1
    assert 'alt="A &lt;map&gt;" width="500" height="201" loading="lazy"' in page
    assert "<map>" not in page
    assert 'src="mine/en/figures/map.svg"' in page


def test_the_index_names_what_a_title_is_about(tmp_path: Path) -> None:
    told = result()
    told["shown"] = [{**told["shown"][1], "title": "It rose", "topic": "Users & shares"}, told["shown"][1]]
    page = front_pages([told], {}, tmp_path, tmp_path)["index.en.html"]
    assert '#map">It rose</a> <span class="about">Users &amp; shares</span></li>' in page
    assert '#map">A &lt;map&gt;</a></li>' in page


def test_the_index_shows_a_figure_as_it_is_drawn_for_a_column(tmp_path: Path) -> None:
    (tmp_path / "mine/en/figures").mkdir(parents=True)
    for name, box in (("map.svg", "0 0 500 200.6"), ("map.narrow.svg", "0 0 331.2 402")):
        (tmp_path / "mine/en/figures" / name).write_text(f'<svg viewBox="{box}"></svg>')
    made = front_pages([result()], {}, tmp_path, tmp_path)
    for page in (made["index.en.html"], made["brief.en.html"]):
        assert 'src="mine/en/figures/map.narrow.svg" alt="A &lt;map&gt;" width="331" height="402"' in page
        assert 'map.svg"' not in page


def test_a_result_without_its_picture_still_has_a_section(tmp_path: Path) -> None:
    page = front_pages([result()], {}, tmp_path, tmp_path)["index.en.html"]
    assert "<img " not in page
    assert 'href="mine/en/index.html#map"' in page


def test_the_brief_says_of_every_answer_what_stands_alone_and_leaves_out_lessons(tmp_path: Path) -> None:
    both, lesson = result("both"), result("lesson")
    both["shown"][0]["brief"], lesson["shown"][0]["brief"] = 2, 0
    page = front_pages([result(), both, lesson], {}, tmp_path, tmp_path)["brief.en.html"]
    assert page.count("<p>It rose.</p>") == page.count("<p>It rose. By 2.</p>") == 1
    assert page.count("Kazakhstan") == 1  # of all of them, in the heading
    assert "lesson" not in page
    page = front_pages([result(), {**both, "parameters": {"country": "UZB"}}], {}, tmp_path, tmp_path)["brief.en.html"]
    assert page.count("Kazakhstan") == page.count("Uzbekistan") == 1


def test_the_list_of_pages_cannot_end_the_script_it_stands_in(tmp_path: Path) -> None:
    made = front_pages([result("</script><b>")], {}, tmp_path, tmp_path)["pages.js"]
    assert "</script>" not in made
    pages = json.loads(made.removeprefix("window.DD_PAGES = ").removesuffix(";\n"))
    assert pages == [
        {"notebook": "</script><b>", "folder": "en", "lang": "en", "title": "</script><b>", "language": "English"}
    ]


def test_a_picture_without_a_size_has_none() -> None:
    assert size_of("<svg>") == ""


def test_a_notebook_without_a_label_is_called_by_its_own_heading_in_the_language(tmp_path: Path) -> None:
    for lang, heading in (("en", "Who is <online>?"), ("ru", "Кто в сети?")):
        path = tmp_path / f"mine/{lang}/notebook.ipynb"
        path.parent.mkdir(parents=True)
        cells = [
            {"cell_type": "code", "source": "# no heading"},
            {"cell_type": "markdown", "source": [f"# {heading}\n"]},
        ]
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    made = front_pages([result(), result(lang="ru"), result("rankings", "ru")], {}, tmp_path, tmp_path)
    assert "Who is &lt;online&gt;?" in made["index.en.html"]
    assert "Кто в\N{NO-BREAK SPACE}сети?" in made["index.ru.html"]
    assert "Who is" not in made["index.ru.html"]
    titles = [
        one["title"] for one in json.loads(made["pages.js"].removeprefix("window.DD_PAGES = ").removesuffix(";\n"))
    ]
    assert titles[:2] == ["Who is <online>?", "Кто в сети?"]
    assert titles[2].startswith("Цифровая дипломатия")  # the label's


def test_links_in_a_head_have_whole_addresses_and_those_readers_follow_say_their_language(tmp_path: Path) -> None:
    """Search engines read no relative address of another language, and where pages will stand is not known."""
    made = front_pages([result(lang=lang) for lang in ("en", "kk", "ru")], {}, tmp_path, tmp_path)
    made["index.html of a command"] = document_page("T", [], lang="en", others={"kk": "page.kk.html"})
    for name, page in made.items():
        in_head = re.findall(r"<link[^>]*hreflang[^>]*>", page)
        assert all(re.search(r'href="https?://', link) for link in in_head), name
    assert 'href="glossary.ru.html" hreflang="ru"' in made["glossary.kk.html"]
    assert 'href="page.kk.html" hreflang="kk"' in made["index.html of a command"]
