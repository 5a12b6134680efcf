"""Names nobody should have: markup, marks of formulas, letters from right to left, two hundred letters."""

import sys
import xml.etree.ElementTree as ElementTree
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from digital_diplomacy import figures, labels
from digital_diplomacy.cli import main
from digital_diplomacy.figures.parts import style
from digital_diplomacy.pages.directions import isolated
from digital_diplomacy.pages.documents import Section, document_page
from digital_diplomacy.pages.workbook import write_workbook

LONG = "Ұзын" * 50  # 200 letters
ARABIC, HEBREW = "جمهورية كازاخستان", "קזחסטן"
NAMES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "A & B \"quoted\" 'so'",
    "=1+1",
    "+7700",
    "-x",
    "@mfa",
    "{braces} %s $x_1$",
    ARABIC,
    HEBREW,
    LONG,
]


class Texts(HTMLParser):
    """Texts of a page outside of scripts, and every element that could do something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.acting: list[str] = []
        self.within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.within = tag
        self.acting += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.acting += [tag] if tag in ("iframe", "object") or (tag == "img" and dict(attrs).get("src") == "x") else []

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within if self.within != tag else ""

    def handle_data(self, data: str) -> None:
        if self.within == "script":
            self.acting += ["alert"] if "alert(" in data else []
        else:
            self.said.append(data)


def estimates(names: list[str]) -> pd.DataFrame:
    count = len(names)
    rows = {"entity": names, "group": "", "period": "2024", "measure": "index_rank", "value": np.arange(count) + 1.0}
    plain = {
        "low": np.nan,
        "high": np.nan,
        "interval": "none",
        "level": np.nan,
        "unit": "rank",
        "base": "",
        "n": np.nan,
    }
    return pd.DataFrame({**rows, **plain, "source_id": ""})


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_on_a_page(name: str) -> None:
    with labels.own_names({"entity.x": name}):
        table = figures.table_html(pd.DataFrame({"entity": ["x"], "value": [1.0]}), title=name, lang="en")
        folded = figures.table_html(
            pd.DataFrame({"claim": [name], "printed": [name]}), folded={"claim": ["printed"]}, lang="en"
        )
    section = Section(name, paragraphs=(name,), image="a.svg", alt=name, tables=(table, folded), links={"a": name})
    page = Texts(document_page(name, [section], lang="en"))
    assert page.acting == []
    assert sum(said == name for said in page.said) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_in_a_figure(name: str) -> None:
    with labels.own_names({"entity.x": name}):
        rows = estimates(["x", "KAZ"])
        figure = figures.plot_ranking(rows, lang="en", title=name)
        drawn = figures.svg(figure, title=name)
    tree = ElementTree.fromstring(drawn)  # noqa: S314 - made above
    assert {element.tag.rpartition("}")[2] for element in tree.iter()} & {"script", "foreignObject", "image"} == set()
    assert escape(name, quote=False)[:20] in drawn


@pytest.mark.parametrize("words", [LONG, "two hundred " * 20])
def test_a_name_without_end_is_cut_on_a_figure_and_whole_in_words(words: str) -> None:
    name = words.strip()
    with labels.own_names({"entity.x": name}):
        rows = estimates(["KAZ", "x", *(f"U{number}" for number in range(20))])
        with labels.own_names({f"entity.U{number}": f"U{number}" for number in range(20)}):
            figure = figures.plot_ranking(rows, lang="en")
            said = figures.describe(rows, "en")
    [tick] = [text for text in figure.axes[0].get_yticklabels() if text.get_text().endswith("…")]
    lines = tick.get_text().split("\n")
    assert len(lines) == style.NAME_LINES
    assert name.startswith(lines[0].removesuffix("-"))
    assert name in said
    left, _, width, _ = figure.axes[0].get_position().bounds
    assert width > 0.4  # the plot keeps its room
    assert left > 0


def test_names_that_fit_are_not_cut() -> None:
    name = "Министерство иностранных дел Республики Казахстан"
    assert style.name_lines(name, 2.4, 8.0) == style.wrap(name, 2.4, 8.0)


@pytest.mark.parametrize("begins", ["=1+1", "+7700", "-x", "@mfa", "\tx"])
def test_no_cell_of_a_workbook_is_or_becomes_a_formula(begins: str, tmp_path: Path) -> None:
    write_workbook({"s": pd.DataFrame({begins: [begins, "plain"]})}, tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx")["s"]
    assert [(sheet[place].value, sheet[place].data_type) for place in ("A1", "A2")] == [(begins, "s")] * 2
    assert [sheet[place].quotePrefix for place in ("A1", "A2", "A3")] == [True, True, False]


@pytest.mark.parametrize("name", [ARABIC, HEBREW, f"{HEBREW} & {ARABIC}"])
def test_letters_from_right_to_left_are_kept_apart(name: str) -> None:
    page = document_page("T", [Section("", paragraphs=(f"First: {name} (72, 3)",), alt=name)], lang="en")
    apart = "".join(part for part in page.partition("First: ")[2].partition("</p>")[0])
    assert apart.startswith("<bdi>")
    assert apart.endswith("</bdi> (72, 3)")
    assert isolated(page.replace("<bdi>", "").replace("</bdi>", ""), "en") == page


@pytest.mark.parametrize("turning", ["\u202e", "\u2067", "\u200f", "\u202b"])
def test_no_name_turns_the_words_behind_it(turning: str) -> None:
    with labels.own_names({"entity.x": f"{turning}evil\nname"}):
        assert labels.entity("x", "en") == "evil name"


@pytest.mark.parametrize("mark", ["\x1b", "\x00", "\x08", "\x7f", "\x9b", "\ufffe", "\ud800"])
def test_no_name_brings_a_control_character_or_half_a_letter(mark: str) -> None:
    with labels.own_names({"entity.x": f"e{mark}vil"}):
        assert labels.entity("x", "en") == "evil"


@pytest.mark.parametrize("mark", ["\x1b", "\x00", "\x1f"])
def test_no_control_character_reaches_a_page_or_breaks_a_figure(mark: str) -> None:
    figure = figures.plot_ranking(estimates(["KAZ", "UZB"]), lang="en", title="T")
    figure.axes[0].set_gid(f"e{mark}vil")  # written as it is
    assert ElementTree.fromstring(figures.svg(figure)) is not None  # noqa: S314 - made above
    assert mark not in document_page("T", [Section("", paragraphs=(f"e{mark}vil",))], lang="en")


@pytest.mark.parametrize("mark", ["\u202e", "\u2067"])
def test_no_page_turns_the_words_behind_a_name(mark: str) -> None:
    for lang in labels.LANGUAGES:
        assert mark not in document_page(f"{mark}T", [Section(mark, paragraphs=(f"e{mark}vil",))], lang=lang)


def test_names_in_a_description_are_text_wherever_they_are_told(tmp_path: Path) -> None:
    """Of a table whose description a stranger wrote: on pages and figures, and beside others in one cell."""
    from digital_diplomacy import sources
    from digital_diplomacy.sources import intake

    source = '=HYPERLINK("http://e.org";"x") <script>alert(1)</script>\n\u202e\x1b[2J\x1f"\''
    with sources.trial() as root:
        path, kind = root / "\u202e<b>\x1b.csv", intake.kind_of("internet_users")
        pd.DataFrame({"Country": ["Kyrgyzstan"], "2020": [72.0]}).to_csv(path, index=False)
        origin = intake.Origin(path, source=source, licence="<i>\x1b", address='https://e.org/"><script>')
        intake.add(intake.read_foreign(path, kind), kind, origin, root=root)
        told = sources.describe("own_internet_users", root=root)
        [named] = {row for row in sources.load("internet_users", root=root)["source_id"] if row.startswith("own/")}
    plain = '=HYPERLINK("http://e.org";"x") <script>alert(1)</script> [2J "\''
    assert (told["title"], named) == (plain, f"own/{plain}")
    assert not any(mark in str(told) for mark in ("\\x1b", "\\u202e", "\\x1f"))


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code


def test_the_command_on_indices_takes_such_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = pd.DataFrame({"entity": NAMES, "<b>one</b>": np.arange(11.0), "=two": np.arange(11.0)[::-1] ** 2})
    values.to_csv(tmp_path / "values.csv", index=False)
    tree = {"code": ["all", "<b>one</b>", "=two"], "parent": ["", "all", "all"], "name": [NAMES[0], "", LONG]}
    pd.DataFrame(tree).to_csv(tmp_path / "framework.csv", index=False)
    run(monkeypatch, tmp_path, "index", "values.csv", "framework.csv", "--draws", "0", "--profile", LONG)
    page = Texts((tmp_path / "index/index.html").read_text(encoding="utf-8"))
    assert page.acting == []
    assert set(NAMES) <= set(page.said)
    assert set(pd.read_csv(tmp_path / "index/ranking.csv")["entity"]) == set(NAMES)
    [profile] = (tmp_path / "index/profiles").glob("*.html")
    assert Texts(profile.read_text(encoding="utf-8")).acting == []


def test_the_command_on_networks_takes_such_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = len(NAMES)
    ties = {"source": NAMES, "target": [NAMES[(number + 1) % count] for number in range(count)], "relation": LONG}
    pd.DataFrame(ties).to_csv(tmp_path / "ties.csv", index=False)
    run(monkeypatch, tmp_path, "network", "ties.csv", "--draws", "9", "--rewirings", "0")
    page = Texts((tmp_path / "network/index.html").read_text(encoding="utf-8"))
    assert page.acting == []
    assert set(NAMES) <= set(page.said)
    assert set(pd.read_csv(tmp_path / "network/actors.csv")["actor_id"]) == set(NAMES)
