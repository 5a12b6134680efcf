"""The frame of pages to play with: one file that nothing in it can break out of, and code shared by all of them."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from markupsafe import Markup

from digital_diplomacy import figures, labels
from digital_diplomacy.figures import displays
from digital_diplomacy.figures.views.document import POLICY, View, document, frame, marks, words
from digital_diplomacy.runs.outputs import write_outputs

Node = Callable[[str, str, Any], Any]

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]>",
    "a\u2028b\u2029c",
    "&lt;b&gt; & <b>",
    "\"quoted\" and 'single'",
    "=HYPERLINK(1)",
    "مرحبا",
    "x" * 200,
]


def view(names: list[str], lang: str = "en", title: str = "A title") -> View:
    data, texts = {"directed": True, "actors": names}, words(lang, "view_network.")
    twin, options = Markup("<p>twin</p>"), {"notes": names}
    return View("network", title, lang, "What it shows", data, texts, twin, options=options)


def blocks(page: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/json" id="(\w+)">(.*?)</script>', page, re.DOTALL)
    return {name: json.loads(content) for name, content in found}


def test_names_are_read_back_as_they_are_and_end_no_block() -> None:
    page = document(view(HOSTILE, title=HOSTILE[0]))
    assert blocks(page)["data"]["actors"] == HOSTILE
    assert blocks(page)["data"]["title"] == HOSTILE[0]
    assert len(re.findall("<script", page)) == 3  # words, data, code
    assert len(re.findall("</script", page)) == 3
    assert "<!--" not in page
    assert not re.search("[\u2028\u2029]", re.sub(r"<p class=\"notes\">.*?</p>", "", page))
    for name in HOSTILE:
        assert html.escape(name, quote=False).replace('"', "&#34;").replace("'", "&#39;") in page


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_page_says_its_language_and_fetches_nothing(lang: str) -> None:
    page = document(view(["a"], lang))
    assert f'<html lang="{lang}" dir="{labels.direction(lang)}">' in page
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert html.unescape(policy) == POLICY
    assert POLICY == "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    assert set(re.findall(r'https?://[^"\s<]+', page)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(src|href)=\"(?!data:|#)", page)
    assert "url(" not in page
    assert "<p>twin</p>" in page.split("<noscript>")[1].split("</noscript>")[0]


def test_everything_in_a_notebook_is_a_frame_that_becomes_the_file(tmp_path: Path) -> None:
    page = document(view(HOSTILE))
    described = {"kind": "view", "name": "net", "title": "T", "lang": "en", "alt": "A", "view": "network"}
    output = {"metadata": {"digital_diplomacy": described}, "data": {"text/html": frame(page, 'A "title"')}}
    [written] = write_outputs({"cells": [{"outputs": [output]}]}, tmp_path)
    assert (tmp_path / "figures" / "net.html").read_text(encoding="utf-8") == page
    assert written["view"] == "network"
    assert list(written["files"]) == ["figures/net.html"]


def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(displays, "display", lambda data, *, metadata, **_: sent.append({"data": data, **metadata}))
    return sent


TIES = pd.DataFrame({"source": ["KAZ"], "target": ["UZB"], "relation": "cites", "weight": 1.0})
PLACES = pd.DataFrame(
    {"actor_id": ["KAZ", "UZB"], "type": "state", "label": ["A", "B"], "x": [0.0, 1.0], "y": 0.0, "size": [0.0, 1.0]}
)


def test_a_view_goes_with_its_figure_and_takes_the_options_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = shown(monkeypatch)
    said = TIES.assign(document="My report")
    figures.show(
        figures.plot_network, (TIES, PLACES), name="x", title="Two states", view=figures.view_network, statements=said
    )
    assert [one["digital_diplomacy"]["kind"] for one in sent] == ["figure", "view"]
    assert [one["digital_diplomacy"]["title"] for one in sent] == ["Two states"] * 2
    assert sent[1]["digital_diplomacy"]["view"] == "network"
    page = html.unescape(sent[1]["data"]["text/html"])
    assert blocks(page)["data"]["documents"] == [{"code": "My report", "name": "My report"}]
    assert "data:image/webp;base64," in page.split("<noscript>")[1]


def test_an_option_that_neither_takes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    shown(monkeypatch)
    with pytest.raises(TypeError, match="sort_of"):
        figures.show(figures.plot_network, (TIES, PLACES), title="T", view=figures.view_network, sort_of=1)


def test_without_rows_there_is_no_view(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = shown(monkeypatch)
    figures.show_view(figures.view_network, (TIES.head(0), PLACES), name="x", title="T")
    assert sent == []


def test_fragments_are_read_as_they_are_written(node: Node) -> None:
    states = [
        {"hide": ["a", "b,c", "d&e=f#g%h", "'quoted'"], "at": ["Ақтау"]},
        {"empty": [], "n": ["0"]},
        {name: [name] for name in HOSTILE},
        {},
    ]
    written = node("frame_logic.js", "given.map(own.writeFragment)", states)
    assert written[1:] == ["#n=0", written[2], ""]
    assert written[0] == "#at=%D0%90%D2%9B%D1%82%D0%B0%D1%83&hide=a,b%2Cc,d%26e%3Df%23g%25h,%27quoted%27"
    read = node("frame_logic.js", "given.map(own.readFragment)", written)
    assert read == [{name: codes for name, codes in state.items() if codes} for state in states]


def test_a_fragment_that_nobody_wrote_is_no_error(node: Node) -> None:
    told = node("frame_logic.js", "given.map(own.readFragment)", ["#%E0%A4%A&a=1", "#=x&&y", "", "#a=%zz"])
    assert told == [{"a": ["1"]}, {}, {}, {}]


def test_a_table_is_read_back_from_its_csv(node: Node) -> None:
    rows = [["a", "b"], ['say "x"', "1,5"], ["two\nlines", "=1+1"], ["", "\r"]]
    text = node("frame_logic.js", "own.csvText(given)", rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_numbers_and_plural_forms_are_those_of_the_library(node: Node, lang: str) -> None:
    numbers = [0, 1, 2, 5, 11, 21, 22, 104, 999, 1000, 12345, 1234567]
    given = {"numbers": numbers, "lang": lang, "marks": marks(lang), "texts": words(lang, counts=["ties"])}
    told = node("frame_logic.js", "given.numbers.map((n) => own.written(n, given.marks))", given)
    assert told == [labels.number(number, lang) for number in numbers]
    called = "given.numbers.map((n) => own.counted(given.texts, 'ties', n, given.lang, given.marks))"
    assert node("frame_logic.js", called, given) == [labels.counted("ties", number, lang) for number in numbers]
    decimals = node("frame_logic.js", "['0.5', '1234.25'].map((n) => own.written(n, given.marks))", given)
    assert decimals == [labels.number(0.5, lang), labels.number(1234.25, lang)]


def test_fields_are_filled_and_doubled_braces_are_braces(node: Node) -> None:
    given = {"text": "{{x}} {name} of {n}", "fields": {"name": "{n} $& $1", "n": 3}}
    assert node("frame_logic.js", "own.fill(given.text, given.fields)", given) == "{x} {n} $& $1 of 3"
