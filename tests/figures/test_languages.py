"""A language that the project does not have: every figure and page is wholly in it, and nothing touches.

Its texts are the English ones in letters outside Latin-1 and longer by a vowel for each; months and countries are those
of a language of the Unicode CLDR in other letters. A word in plain Latin letters is one that no label has given.
"""

import re
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import claims, figures, labels, sources, tables
from digital_diplomacy.pages.front import front_pages

REPOSITORY = Path(__file__).parents[2]
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "āƀčđēƒğħīĵķłɱňōƥɋřšţūʋŵẋŷž", strict=True))
HEBREW = dict(zip("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתאבגד", strict=True))
PLAIN = {"low": np.nan, "high": np.nan, "interval": "none", "level": np.nan, "base": "", "n": np.nan, "group": ""}


def pseudo(text: str, letters: dict[str, str]) -> str:
    """A text in other letters and longer, its fields as they are."""

    def changed(match: re.Match[str]) -> str:
        if match["field"]:
            return match["field"]
        made = "".join(letters.get(letter, letter) for letter in match["word"].lower())
        return re.sub("([āēīōū])", r"\1\1", made)

    return re.sub(r"(?P<field>\{[^{}]*\})|(?P<word>[A-Za-z]+)", changed, text)


@pytest.fixture(params=["uk", "he"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    code = str(request.param)
    letters = LETTERS if code == "uk" else HEBREW
    texts = {one: row | {code: pseudo(row["en"], letters)} for one, row in labels._texts().items()}
    for stem in {one.rpartition(".")[0] for one in texts if one.startswith("count.")}:
        texts.setdefault(f"{stem}.two", {code: pseudo(texts[f"{stem}.other"]["en"], letters)})
    monkeypatch.setattr(labels, "_texts", lambda: texts)
    monkeypatch.setattr(labels, "LANGUAGES", (*labels.LANGUAGES, code))
    return code


def estimates(**changes: list[object]) -> pd.DataFrame:
    count = len(next(iter(changes.values())))
    plain = {"entity": "KAZ", "period": "2020", "measure": "egdi_rank", "unit": "rank", "source_id": "un_egdi"}
    return tables.validate(pd.DataFrame([{**PLAIN, **plain}] * count).assign(**changes), tables.ESTIMATES)


def series() -> Figure:
    entities, values = ["KAZ", "UZB", "KGZ"] * 3, [28.0, 87.0, 83.0, 28.0, 69.0, 81.0, 24.0, 63.0, 78.0]
    rows = estimates(entity=entities, period=["2020"] * 3 + ["2022"] * 3 + ["2024"] * 3, value=values)
    return figures.plot_series(rows, lang=LANG[0], title=labels.text("figure.egdi_rank_over_time", LANG[0]))


def bars() -> Figure:
    values = [40.0, 50.0, 60.0]
    rows = estimates(
        group=["osi", "hci", "tii"], value=values, low=[v - 5 for v in values], high=[v + 5 for v in values]
    )
    rows = rows.assign(interval="rounding", unit="percent")
    return figures.plot_estimates(rows, lang=LANG[0], by="group")


def pairs() -> Figure:
    made = [("KAZ", "UZB", -35.0, -37.0, -33.0), ("KAZ", "RUS", 4.0, 1.0, 6.0)]
    rows = pd.DataFrame(made, columns=["left", "right", "value", "low", "high"])
    rows = rows.assign(measure="egdi_rank", interval="simulation", level=0.9, unit="rank", n=193.0, source_id="un_egdi")
    return figures.plot_pairs(rows, lang=LANG[0])


def findings() -> Figure:
    sides = {"left": "1", "left_low": 1.0, "left_high": 2.0, "right": "1", "right_low": 1.0, "right_high": 2.0}
    plain = {"kind": "nesting", "documents": "000", **sides, "unit": "percent", "reason": "", "claims": "c"}
    rows = [{**plain, "relation_id": f"r{n}", "verdict": verdict} for n, verdict in enumerate(tables.VERDICTS)]
    return figures.plot_findings(tables.validate(pd.DataFrame(rows), tables.FINDINGS), lang=LANG[0])


def network() -> Figure:
    edges = [(f"a{n}", f"a{(n * 3 + 1) % 9}", ("cites", "uses")[n % 2], 1.0 + n) for n in range(9)]
    angle, kinds = np.arange(9) * 2.4, ["citizens", "media", "scholar"] * 3
    names = [labels.text(f"type.{kind}", LANG[0]) for kind in kinds]
    nodes = {"actor_id": [f"a{n}" for n in range(9)], "type": kinds, "label": names, "size": np.arange(9) + 1.0}
    places = pd.DataFrame({**nodes, "x": np.sqrt(angle + 1) * np.cos(angle), "y": np.sqrt(angle + 1) * np.sin(angle)})
    return figures.plot_network(pd.DataFrame(edges, columns=list(tables.EDGES.columns)), places, lang=LANG[0])


def timeline() -> Figure:
    rows = claims.dated(sources.load("events", root=REPOSITORY), kinds=("work", "rating", "paper"))
    return figures.plot_timeline(rows, lang=LANG[0], emphasis="KAZ")


def matrix() -> Figure:
    return figures.plot_matrix(claims.lists_by_document(sources.load("ideas", root=REPOSITORY)), lang=LANG[0])


def world() -> Figure:
    return figures.plot_map(estimates(entity=["KAZ", "UZB", "DEU"], value=[1.0, 2.0, 3.0]), lang=LANG[0])


LANG = [""]  # of the figure that is drawn


def words(figure: Figure) -> list[str]:
    """Words in plain Latin letters that a figure says."""
    drawn = [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_visible()]
    return [word for text in drawn for word in re.findall("[A-Za-z]{2,}", text)]


@pytest.mark.parametrize("draw", [series, bars, pairs, findings, network, timeline, matrix, world])
def test_figures_say_no_word_that_is_not_of_the_language_and_nothing_touches(
    lang: str, draw: Callable[[], Figure], touching: Callable[[Figure], list[object]]
) -> None:
    LANG[0] = lang
    figure = draw()
    figure.canvas.draw()  # a legend finds its place when it is drawn
    assert words(figure) == []
    assert touching(figure) == []


def test_a_page_says_no_word_that_is_not_of_the_language_and_runs_its_way(lang: str, tmp_path: Path) -> None:
    answer = {"kind": "answer", "name": "answer", "title": "", "said": [], "evidence": []}
    result = {"notebook": "rankings", "lang": lang, "folder": f"rankings/{lang}", "is_stale": True, "shown": [answer]}
    made = front_pages([{**result, "parameters": {"country": "KAZ"}, "changed": {}}], {}, tmp_path, tmp_path)
    for name in ("index", "brief", "glossary"):
        page = made[f"{name}.{lang}.html"]
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "he" else "ltr"}">' in page
        shown = re.sub(r'(?s)<(style|script|cite).*?</\1>|<a href="run.json">.*?</a>', " ", page.partition("<body>")[2])
        shown = re.sub(rf'(?s)<(\w+)[^>]*\slang="(?!{lang}")[^>]*>.*?</\1>', " ", shown)
        assert re.findall("[A-Za-z]{2,}", re.sub(r"<[^>]*>|&\w+;", " ", shown)) == []
