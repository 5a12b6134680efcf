"""Contradictions told in ways that need more than one clause, and sound sentences that look like them."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.cli.claims.scan_page import _place

FAILS = [
    # 56 + 47 = 103; 57 + 46 = 103; 58 + 45 = 103; 63 + 41 = 104; 58 + 46 = 104
    ("Women made up 56% and men 47% of those who filled in the form.", "sum_at_most_100"),
    ("Женщины составили 58 %, мужчины – 45 % подписчиков.", "sum_at_most_100"),
    ("На вопрос 63 % ответили «да», 41 % – «нет».", "sum_at_most_100"),
    ("Оқырмандардың 58%-ы әйелдер, 46%-ы ерлер.", "sum_at_most_100"),
    # 58.5 + 24 + 21.5 = 104
    ("Approval was voiced by 58.5% of readers, 24.0% were neutral and 21.5% were opposed.", "sum_at_most_100"),
    # 672 / 1200 = 56 %
    ("The survey asked 1,200 people. Of them 672 (66%) read the news online.", "share_of_base"),
    ("Опрошено 1 200 человек. Из них 672 (66 %) читают новости в сети.", "share_of_base"),
    ("Сауалнамаға 1 200 адам қатысты. Олардың 672-сі (66%) жаңалықты желіден оқиды.", "share_of_base"),
    # six names
    ("Ведомство есть на семи площадках: Telegram, Facebook, Instagram, YouTube, Twitter, TikTok.", "list_length"),
    ("News.\n\n## References\n\n1. Digital 2022: Peru. URL: https://example.com/2022 (дата обращения: 14.03.2012).",
     "date_order"),
    ("It ranked 265th of 193 countries.", "rank_within"),
]  # fmt: skip
SOUND = [
    "Among women 56% trust the portal and among men 67% do.",
    "The portal is trusted by 56% of women and 67% of men.",
    "Порталу доверяют 63 % женщин и 61 % мужчин.",
    "Әйелдердің 58%-ы, ерлердің 66%-ы порталға сенеді.",
    "Asked which sites they open, respondents named Facebook (70%), Instagram (48%) and Telegram (30%).",
]


def _failing(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    findings = drafting.review(sources.read_paper(tmp_path / "paper.txt")).findings
    return list(findings.loc[findings["verdict"] == "fails", "kind"]) if len(findings) else []


@pytest.mark.parametrize(("text", "kind"), FAILS)
def test_a_contradiction_over_clauses_and_sentences_fails(tmp_path: Path, text: str, kind: str) -> None:
    assert _failing(tmp_path, text) == [kind]


@pytest.mark.parametrize("text", SOUND)
def test_shares_of_different_bases_are_not_added(tmp_path: Path, text: str) -> None:
    assert _failing(tmp_path, text) == []


def test_places_are_told_in_the_language_of_the_reader() -> None:
    assert (
        _place("table 1, row Peru, column Users, thousand", "ru") == "таблица 1, строка Peru, столбец Users, thousand"
    )


@pytest.mark.parametrize(
    ("locator", "told"),
    [
        ("paragraph 3", "абзац 3"),
        ("section 2. Results, in short, paragraph 7, page 4", "раздел «2. Results, in short», абзац 7, страница 4"),
        ("table 1, row Peru, Chad, column Users, thousand", "таблица 1, строка Peru, Chad, столбец Users, thousand"),
        ("reference list, item 2, page 9", "список литературы, пункт 2, страница 9"),
        ("footnote 5, page 1", "сноска 5, страница 1"),
        ("heading 1", "заголовок в абзаце 1"),
    ],
)
def test_places_are_told_in_the_readers_language(locator: str, told: str) -> None:
    assert _place(locator, "ru") == told
