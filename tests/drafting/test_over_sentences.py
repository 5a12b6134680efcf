"""A change told over two sentences, and places of a ranking with the places between them."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import drafting, sources

CHANGES = [
    ("growth_rate", "Roofs were mended on 300 barns. A year earlier there had been 240; the increase is 25%.",
     (240, 300, 25)),
    ("growth_rate", "Лодок стало 360. Годом ранее их было 300; рост — 20 %.", (300, 360, 20)),
    ("growth_rate", "Порт принял 6,0 млн туристов, из них 1,5 млн (25 %) — дети. В 2019 году туристов было 5,0 млн, "
     "прирост составил 20 %.", (5e6, 6e6, 20)),
    ("growth_rate", "Паром 600 мың жолаушы тасыды. 2019 жылы жолаушылар 500 мың болған, өсім 20 пайыз.",
     (5e5, 6e5, 20)),
    ("growth_rate", "They laid 720 mines of salt and 40 of coal. Dust was low. In 2018 they had laid 600 mines, "
     "an increase of 20%.", (600, 720, 20)),
    ("decline_rate", "Fares fell from 80 to 60 euros. This is a decrease of 25%.", (80, 60, 25)),
    ("decline_rate", "Costs fell from $900 to $720. The saving amounts to 20%.", (900, 720, 20)),
    ("growth_rate", "Ставка выросла с 40 тыс. до 50 тыс. тенге. Прирост составил 25 %.", (4e4, 5e4, 25)),
    ("growth_rate", "Баға 40 мың теңгеден 50 мың теңгеге дейін өсті. Өсім 25 пайызды құрады.", (4e4, 5e4, 25)),
    ("growth_rate", "Rents climbed from €400 to €500, 25% more.", (400, 500, 25)),
    ("difference", "The harbour went from 41st to 29th place, up twelve places.", (41, 29, 12)),
    ("difference", "Город опустился с 8-го на 13-е место, то есть на пять строк.", (13, 8, 5)),
    ("difference", "По чистоте район поднялся на 7 ступеней — с 20-го места на 13-е место.", (20, 13, 7)),
    ("difference", "Порт 18-орыннан 11-орынға шығып, 7 сатыға көтерілді.", (18, 11, 7)),
]  # fmt: skip

NONE = [
    "Sales rose from 40 to 60 crates. This is 20% less than planned.",
    "The town has 460 buses. A year earlier it had 300 trams; the increase is 15%.",
    "The museum has 800 paintings. A year before there were 200 guides, a drop of 5%.",
    "The team moved from 9th to 5th place and won five games.",
    "Команда поднялась с 9-го места на 5-е место и забила 12 голов.",
    "Команда 9-орыннан 5-орынға көтерілді, 12 гол соқты.",
    "Парк вырос с 400 до 460 автобусов. Это 15 % автобусов страны.",
    "Экспорт достиг $690 млн. В 2018 году он составлял $460 млн.",
]


def changes(folder: Path, text: str) -> pd.DataFrame:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(folder / "paper.txt"))
    value = found.figures.set_index("claim_id")["value"]
    kinds = ("growth_rate", "decline_rate", "difference", "growth_over_base")
    drafts = found.relations[found.relations["kind"].isin(kinds)].merge(found.findings[["relation_id", "verdict"]])
    told = [tuple(value[one] for one in f"{row.left} {row.right}".split()) for row in drafts.itertuples()]
    return drafts.assign(told=told)


@pytest.mark.parametrize(("kind", "text", "told"), CHANGES)
def test_a_change_is_drafted_and_holds(tmp_path: Path, kind: str, text: str, told: tuple[float, ...]) -> None:
    drafts = changes(tmp_path, text)
    assert list(zip(drafts["kind"], drafts["told"], drafts["verdict"], strict=True)) == [(kind, told, "holds")]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_change_between_both_is_not_drafted(tmp_path: Path, text: str) -> None:
    assert changes(tmp_path, text).empty


def test_places_that_do_not_add_up_fail(tmp_path: Path) -> None:
    drafts = changes(tmp_path, "The harbour went from 41st to 29th place, up nine places.")
    assert list(drafts["verdict"]) == ["fails"]


def test_women_and_men_are_all_of_what_their_noun_counts_before(tmp_path: Path) -> None:
    text = "There are 900 divers. Many work by night. Women are 400 divers and men 600."
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    verdicts = dict(zip(found.findings["kind"], found.findings["verdict"], strict=True))
    assert verdicts == {"sum_of_parts": "fails", "nesting": "holds"}
