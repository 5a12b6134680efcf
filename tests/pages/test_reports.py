"""Pages show what Jupyter's own tools would show of a notebook, and nothing its author asked to leave out."""

from pathlib import Path
from typing import Any

import pytest
from nbconvert.filters import Highlight2HTML

from digital_diplomacy import labels
from digital_diplomacy.pages import reports
from digital_diplomacy.pages.front import front_pages
from digital_diplomacy.pages.reports import notebook_page, spoken
from digital_diplomacy.runs.notebooks import Notebook, Run, find_notebooks
from digital_diplomacy.runs.outputs import NARROW_SVG
from digital_diplomacy.runs.results import Failure


def page(*cells: dict[str, Any], tmp_path: Path = Path(), lang: str = "en") -> str:
    run = Run(Notebook("mine", tmp_path / "notebooks" / "mine.ipynb", {}, "Mine", 0), lang, {})
    whole = [{"metadata": {}, **cell} for cell in cells]
    return notebook_page(run, {"cells": whole}, [])


def code(source: str, *outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {"tags": list(tags)}}


def shown(**data: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {name.replace("_", "/"): text for name, text in data.items()}}


PRINTED = {"output_type": "stream", "name": "stdout", "text": "PRINTED"}


def test_an_attached_picture_is_embedded() -> None:
    attached = {"cell_type": "markdown", "source": "![a map](attachment:map.png)"}
    assert 'src="data:image/png;base64,AAAA"' in page(attached | {"attachments": {"map.png": {"image/png": "AAAA"}}})


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif"])
def test_pictures_of_every_usual_kind_are_shown(kind: str) -> None:
    text = page(code("1", shown(**{f"image_{kind}": "AAAA", "text_plain": "<object>"})))
    assert f'<img src="data:image/{kind};base64,AAAA"' in text
    assert "object" not in text.partition("<body")[2]


def test_a_formula_is_shown_as_it_is_written() -> None:
    text = page(code("1", shown(text_latex="$a^2 < b$", text_plain="<IPython.core.display.Math object>")))
    assert "<pre>$a^2 &lt; b$</pre>" in text
    assert "object" not in text.partition("<body")[2]


@pytest.mark.parametrize(
    ("tag", "code_shown", "output_shown"),
    [
        ("", True, True),
        ("remove-cell", False, False),
        ("remove_cell", False, False),
        ("hide-input", False, True),
        ("remove-input", False, True),
        ("remove-output", True, False),
    ],
)
def test_tags_hide_what_they_say(tag: str, code_shown: bool, output_shown: bool) -> None:
    text = page(code("SECRET = 1", PRINTED, tags=(tag,) if tag else ()))
    assert ("SECRET" in text, "PRINTED" in text) == (code_shown, output_shown)


WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "IntSlider(value=7)"}


def test_a_stored_widget_is_shown_as_its_text() -> None:
    text = page(code("1", {"output_type": "display_data", "data": WIDGET}))
    assert "<pre>IntSlider(value=7)</pre>" in text
    assert "model_id" not in text


def test_text_of_an_object_has_its_colours() -> None:
    text = page(code("1", shown(text_plain="\x1b[31mred\x1b[0m <b>")))
    assert 'class="ansi-red-fg">red</span> &lt;b&gt;' in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "60,000 characters"), ("ru", "символов: 60\xa0000"), ("kk", "60\xa0000 таңба")]
)
def test_of_a_long_print_beginning_and_end_are_shown_and_how_much_is_not(lang: str, said: str) -> None:
    lines = "".join(f"{number:09d}\n" for number in range(16_000))  # 160,000 characters; 50,000 stay of either end
    text = page(code("1", PRINTED | {"text": lines}), lang=lang)
    assert said in text
    assert [f"{number:09d}" in text for number in (0, 4_999, 5_000, 10_999, 11_000, 15_999)] == [
        *(True, True, False, False, True, True)
    ]


def test_a_long_line_is_cut_and_a_short_print_is_not() -> None:
    assert "x" * 50_001 not in page(code("1", PRINTED | {"text": "x" * 100_001}))
    assert "x" * 100_000 in page(code("1", PRINTED | {"text": "x" * 100_000}))


def test_what_is_too_large_for_a_page_is_shown_as_its_text() -> None:
    text = page(code("1", shown(image_png="A" * 20_000_001, text_plain="<Figure of the year>")))
    assert "This output is too large for a page (20,000,001 characters)" in text
    assert "&lt;Figure of the year&gt;" in text
    assert len(text) < 100_000


def test_the_index_tells_once_of_a_failure_that_languages_share(tmp_path: Path) -> None:
    (tmp_path / "data/raw").mkdir(parents=True)
    failure = Failure(3, "1 / 0", "ZeroDivisionError", "division by zero", "")
    other = Failure(3, "1 / 0", "KeyError", "a", "")
    failures = {"a/kk": failure, "a/ru": failure, "b/kk": failure, "a/en": other}
    text = front_pages([], failures, tmp_path, tmp_path)["index.en.html"]
    assert text.count("ZeroDivisionError") == 2
    assert "<strong>a/kk, a/ru</strong>" in text
    assert "<strong>a/en</strong>" in text


def test_each_index_tells_of_a_failure_in_its_own_language(tmp_path: Path) -> None:
    (tmp_path / "data/raw").mkdir(parents=True)
    lines = {lang: f"TableError: said in {lang}" for lang in ("kk", "ru", "en")}
    traces = {lang: "\n".join(dict.fromkeys([lines["en"], line])) for lang, line in lines.items()}
    said = {lang: Failure(3, "", "TableError", f"said in {lang}", trace) for lang, trace in traces.items()}
    other = Failure(3, "", "TableError", "another", "")
    failures = {f"a/{lang}_country-UZB": one for lang, one in said.items()} | {"a/ru_country-TJK": other}
    result = {"notebook": "a", "parameters": {}, "shown": [], "is_stale": False}
    shown = [result | {"lang": lang, "folder": f"a/{lang}"} for lang in said]
    pages = front_pages(shown, failures, tmp_path, tmp_path)
    for lang in said:
        text = pages[f"index.{lang}.html"]
        assert [one for one in said if f"said in {one}" in text] == [lang]
        assert text.count("another") == 1
        assert "<strong>a/kk_country-UZB, a/ru_country-UZB, a/en_country-UZB</strong>" in text


def figure(name: str) -> dict[str, Any]:
    """A figure as `figures.show` displays it."""
    described = {"kind": "figure", "name": name, "title": "It rose", "topic": "Users", "lang": "en", "alt": "It rose."}
    data = {"image/svg+xml": '<svg viewBox="0 0 518.4 300"/>', "image/png": "AAAA", "text/csv": "a\n1\n"}
    return {"output_type": "display_data", "data": data, "metadata": {"digital_diplomacy": described}}


def test_a_figure_has_number_topic_files_citation_and_the_way_to_how_it_was_made() -> None:
    run = Run(Notebook("mine", Path("notebooks/mine.ipynb"), {}, "Mine", 0), "en", {})
    files = {f"figures/{name}.{kind}": "0" for name in ("one", "two") for kind in ("svg", "png", "csv")}
    shown = [
        {"kind": "figure", "name": name, "title": "It rose", "files": {path: "0" for path in files if name in path}}
        for name in ("one", "two")
    ]
    cells = [
        {"cell_type": "markdown", "source": "## First\n", "metadata": {}},
        code("1", figure("one"), figure("two")),
        {"cell_type": "markdown", "source": "## Then *this*", "metadata": {}},
    ]
    text = notebook_page(run, {"cells": cells}, shown)
    assert 'href="#two">Figure 2.</a> Users' in text
    assert 'width="518" height="300" loading="lazy"' in text
    assert [f'<a href="figures/two.{kind}">{kind.upper()}</a>' in text for kind in ("svg", "png", "csv")] == [True] * 3
    assert 'href="made.html#figures-two-svg"' in text
    assert "<source" not in text
    assert "figure “two”: It rose. Users." in text  # a title alone may not say of what it speaks
    assert ">First</a>" in text
    assert ">Then this</a>" in text


def test_a_page_to_play_with_is_linked_under_its_figure_and_alone_where_it_has_none() -> None:
    run = Run(Notebook("mine", Path("notebooks/mine.ipynb"), {}, "Mine", 0), "ru", {})
    described = {"kind": "view", "title": "Who <listens>", "lang": "ru", "alt": "A", "view": "network"}
    views = [
        {"output_type": "display_data", "data": {"text/html": "<iframe srcdoc='x'></iframe>"},
         "metadata": {"digital_diplomacy": described | {"name": name}}}
        for name in ("one", "three")
    ]  # fmt: skip
    kinds = [("figure", "one", "svg"), ("view", "one", "html"), ("view", "three", "html")]
    shown = [
        {"kind": kind, "name": name, "title": "T", "files": {f"figures/{name}.{ending}": "0"}}
        for kind, name, ending in kinds
    ]
    text = notebook_page(run, {"cells": [code("1", figure("one"), *views)]}, shown)
    inside = text[text.index('<figure id="one">') : text.index("</figure>")]
    link = labels.text("view.link_network", "ru")
    assert f'<a class="play" href="figures/one.html">{link}</a>' in inside
    assert text.count("figures/one.html") == 1
    assert f'<a class="play" href="figures/three.html">Who &lt;listens&gt;: {link}</a>' in text
    assert "iframe" not in text


def test_a_narrow_screen_gets_the_figure_drawn_for_it() -> None:
    run = Run(Notebook("mine", Path("notebooks/mine.ipynb"), {}, "Mine", 0), "en", {})
    output = figure("one")
    output["data"][NARROW_SVG] = '<svg viewBox="0 0 331.2 400"/>'
    files = {f"figures/one{end}": "0" for end in (".svg", ".narrow.svg", ".png")}
    shown = [{"kind": "figure", "name": "one", "title": "It rose", "files": files}]
    text = notebook_page(run, {"cells": [code("1", output)]}, shown)
    source = '<source media="(max-width: 40rem)" srcset="figures/one.narrow.svg" width="331" height="400">'
    assert f'<picture>{source}<img src="figures/one.svg"' in text
    assert 'href="figures/one.narrow.svg"' not in text


def notice(name: str, *, of: str = "figure") -> dict[str, Any]:
    said = f"nothing on {name}"
    told = {"kind": "notice", "name": name, "title": name if of == "figure" else said, "alt": said, "lang": "en"}
    data = {"text/markdown": f"nothing on {name}", "text/plain": f"nothing on {name}"}
    return {"output_type": "display_data", "data": data, "metadata": {"digital_diplomacy": told}}


def test_what_is_missing_is_said_once_where_it_is_listed() -> None:
    alone = page(code("a", notice("map")), code("b", notice("trust")))
    assert "nothing on map" in alone
    assert "nothing on trust" in alone
    listed = page(code("a", notice("map")), code("b", notice("trust", of="sentences")), code("c", notice("missing")))
    assert "nothing on" not in listed.replace("nothing on missing", "")
    assert "nothing on missing" in listed
    assert '<p id="map">Not shown here: map. <a href="#missing">Why?</a></p>' in listed  # answers may rest on it
    assert 'id="trust"' not in listed


def test_what_notebooks_were_run_with_is_told_in_words() -> None:
    """Every parameter of the project's notebooks has a name for readers, and what it is given one too."""
    found = find_notebooks(Path(__file__).parents[2])
    named = {name for notebook in found.values() for name in notebook.parameters} - {"lang"}
    assert [name for name in sorted(named) if not labels.is_known(f"parameter.{name}")] == []
    said = {
        "month": "2023-09",
        "rules": "all",
        "relation": "replies_to",
        "compare": ["UZB", "KGZ"],
        "zone": "Asia/Almaty",
    }
    assert {name: spoken(name, value, "ru") for name, value in said.items()} == {
        "month": "сент. 2023\u202fг.",
        "rules": "считаются все сообщения",
        "relation": "ответы",
        "compare": "Узбекистан, Кыргызстан",
        "zone": "Asia/Almaty",
    }


def test_the_country_asked_about_is_not_compared_with_itself(tmp_path: Path) -> None:
    notebook = Notebook("mine", tmp_path / "notebooks" / "mine.ipynb", {}, "Mine", 0)
    run = Run(notebook, "en", {"country": "KGZ", "compare": ["UZB", "KGZ", "SGP"]})
    text = notebook_page(run, {"cells": []}, [])
    assert "Uzbekistan, Singapore" in text
    assert text.count("Kyrgyzstan") == 1


def test_an_answer_rests_on_no_figure_that_is_not_there(tmp_path: Path) -> None:
    run = Run(Notebook("mine", tmp_path / "notebooks" / "mine.ipynb", {}, "Mine", 0), "en", {})
    said = {
        "kind": "answer",
        "name": "answer",
        "title": "So it is.",
        "said": ["So it is."],
        "evidence": ["map", "list"],
        "files": [],
    }
    told = {"text/markdown": "So it is.", "text/plain": "So it is."}
    cell = code("1", {"output_type": "display_data", "data": told, "metadata": {"digital_diplomacy": said}})
    shown_here = [
        said,
        {"kind": "figure", "name": "map", "title": "A map of ours", "alt": "A map", "files": []},
        {"kind": "notice", "name": "list", "title": "A list of theirs", "alt": "There is no list.", "files": []},
    ]
    text = notebook_page(run, {"cells": [cell]}, shown_here)
    assert "A map of ours" in text
    assert "A list of theirs" not in text


def test_code_that_is_coloured_once_for_all_languages_is_as_nbconvert_colours_it() -> None:
    for source in ("x = 1", "y = f(x)  # why", "x = 1"):
        assert reports._highlighted(source) == Highlight2HTML()(source)
