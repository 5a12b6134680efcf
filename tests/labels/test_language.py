"""Kazakh and Russian texts are Kazakh and Russian, by script and by common words."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from babel.messages.pofile import read_po

from digital_diplomacy import figures, labels
from digital_diplomacy.pages.front import front_pages
from digital_diplomacy.pages.reports import how_made_page
from digital_diplomacy.runs import translations
from digital_diplomacy.runs.snapshot import LOCK

Foreign = Callable[[str, str], tuple[list[str], int]]
REPOSITORY = Path(__file__).parents[2]
CYRILLIC = ("kk", "ru")
NOTEBOOKS = sorted(
    path for path in (REPOSITORY / "notebooks").glob("*.ipynb") if '"order"' in path.read_text(encoding="utf-8")
)
"""Those of the project; a researcher's own have no place among them."""

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
def test_the_pages_in_front_are_in_their_language(
    lang: str, foreign: Foreign, page_words: Callable[[str, str], str], tmp_path: Path
) -> None:
    answer = {"kind": "answer", "name": "answer", "title": "", "said": [], "evidence": []}
    result = {"notebook": "rankings", "lang": lang, "folder": f"rankings/{lang}", "is_stale": True, "shown": [answer]}
    made = front_pages([{**result, "parameters": {"country": "KAZ"}, "changed": {}}], {}, tmp_path, tmp_path)
    for name in ("index", "brief", "glossary"):
        odd, count = foreign(page_words(made[f"{name}.{lang}.html"], lang), lang)
        assert len(odd) <= 0.01 * count, (name, odd)


@pytest.mark.parametrize("lang", CYRILLIC)
def test_the_page_on_how_it_was_made_is_in_its_language(
    lang: str, foreign: Foreign, page_words: Callable[[str, str], str]
) -> None:
    entry = {"path": "data/raw/actors.csv", "title": "Actors", "kind": "file", "sha256": "0", "licenses": []}
    environment = {"Python": "3", "packages": {"frictionless": "5", "pandas": "3"}, LOCK: "0"}
    result = {
        "notebook": "rankings", "lang": lang, "code": "0", "parameters": {"country": "KAZ", "own_choice": "mean"},
        "dependencies": {"environment": environment, "variables": ["HOME"]}, "files": {"figures/ranks.svg": "0"},
    }  # fmt: skip
    page = how_made_page(result, [{**entry, "sources": [{"title": "United Nations", "path": ""}]}])
    odd, _ = foreign(page_words(page, lang), lang)
    assert [word for word in odd if word not in ("own", "choice")] == []


@pytest.mark.parametrize("lang", CYRILLIC)
def test_printed_words_are_quotations_and_languages_have_names(
    lang: str, foreign: Foreign, page_words: Callable[[str, str], str]
) -> None:
    rows = pd.DataFrame(
        {"as_printed": ["80% by 2020", "Public Services"], "language": ["en", "kk"], "value": [80.0, 1.0]}
    )
    page = f"<body>{figures.table_html(rows, lang=lang)}"
    assert foreign(page_words(page, lang), lang)[0] == []
    assert '<q lang="und">80% by 2020</q>' in page


@pytest.mark.parametrize("lang", CYRILLIC)
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_prose_of_a_notebook_is_in_its_language(
    notebook: Path, lang: str, foreign: Foreign, page_words: Callable[[str, str], str]
) -> None:
    with translations.catalogue(notebook, lang).open("rb") as stream:
        texts = [str(message.string) for message in read_po(stream) if message.id]
    odd, count = foreign(page_words(f"<body>{' '.join(texts)}", lang), lang)
    assert len(odd) <= 0.01 * count, odd
