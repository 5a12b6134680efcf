"""Kazakh and Russian texts are Kazakh and Russian, by script and by common words."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy import labels
from digital_diplomacy.pages.front import front_pages

Foreign = Callable[[str, str], tuple[list[str], int]]
CYRILLIC = ("kk", "ru")
NAMES = ("cited.", "page.language")
"""Texts that are in other languages by what they are."""


def texts(lang: str) -> dict[str, str]:
    return {code: row[lang] for code, row in labels._texts().items() if not code.startswith(NAMES)}


@pytest.mark.parametrize("lang", CYRILLIC)
def test_labels_are_in_their_language(lang: str, foreign: Foreign) -> None:
    found = {code: foreign(text, lang) for code, text in texts(lang).items()}
    wrong, words = sum(len(odd) for odd, _ in found.values()), sum(count for _, count in found.values())
    assert wrong <= 0.01 * words, {code: odd for code, (odd, _) in found.items() if odd}


@pytest.mark.parametrize("lang", CYRILLIC)
def test_no_label_is_left_in_another_language(lang: str, foreign: Foreign) -> None:
    """Each alone: one of two thousand that nobody has translated is no matter for a share of all words."""
    found = {code: foreign(text, lang) for code, text in texts(lang).items()}
    names = {"entity.land_of_great_steppe"}  # a campaign, whose name is English everywhere
    assert {code: odd for code, (odd, count) in found.items() if len(odd) > 0.2 * count and code not in names} == {}


def test_no_longer_kazakh_text_is_the_russian_one() -> None:
    russian, kazakh = texts("ru"), texts("kk")
    same = [code for code, text in kazakh.items() if text == russian[code] and not code.startswith("entity.")]
    assert [code for code in same if len(re.findall(r"[а-яё]{2,}", kazakh[code].lower())) > 3] == []


@pytest.mark.parametrize(
    ("lang", "text", "odd"),
    [
        ("ru", "Доля is 5 of `all` {names}", ["is", "of"]),
        ("ru", "Доля және «some words» Facebook", ["және"]),
        ("kk", "Үлес и мәні", []),  # one letter says nothing
        ("kk", "Үлес не мәні, см. Twitter", []),
        ("kk", "Үлес для мәні", ["для"]),
    ],
)
def test_foreign_words_are_found(lang: str, text: str, odd: list[str], foreign: Foreign) -> None:
    assert foreign(text, lang)[0] == odd


@pytest.mark.parametrize("lang", CYRILLIC)
def test_the_pages_in_front_are_in_their_language(lang: str, foreign: Foreign, tmp_path: Path) -> None:
    answer = {"kind": "answer", "name": "answer", "title": "", "said": [], "evidence": []}
    result = {"notebook": "rankings", "lang": lang, "folder": f"rankings/{lang}", "is_stale": True, "shown": [answer]}
    made = front_pages([{**result, "parameters": {"country": "KAZ"}, "changed": {}}], {}, tmp_path, tmp_path)
    for name in ("index", "brief", "glossary"):
        page = re.sub(r"(?s)<(style|script).*?</\1>|<link[^>]*>", " ", made[f"{name}.{lang}.html"])
        page = re.sub(rf'(?s)<(\w+)[^>]*\slang="(?!{lang}")[^>]*>.*?</\1>', " ", page.partition("<body>")[2])
        odd, count = foreign(re.sub(r"<[^>]*>", " ", page), lang)
        assert len(odd) <= 0.01 * count, (name, odd)
