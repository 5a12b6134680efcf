"""Catalogues are read and written as gettext's own programs and translators' editors do."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.errors import NotebookError, TranslationError
from digital_diplomacy.labels import refusals
from digital_diplomacy.runs import translations


@pytest.fixture
def notebook(project: Path) -> Path:
    path = project / "notebooks" / "mine.ipynb"
    write(path, "# Who hears?\n\nThe share is 0.34 of `all`.", "## Limits\n\n- One.\n- Two of them.")
    return path


def write(path: Path, *texts: str, lang: str = "") -> None:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in texts]
    metadata = {"digital_diplomacy": {"lang": lang}} if lang else {}
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))


RUSSIAN = {
    "Who hears?": "Кто слышит?",
    "The share is 0.34 of `all`.": "Доля — 0,34 от `all`.",
    "Limits": "Ограничения",
    "One.": "Одно.",
    "Two of them.": "Два из них.",
}


def translate(notebook: Path, texts: dict[str, str] = RUSSIAN, lang: str = "ru") -> Path:
    """Fill a new catalogue as a translator would, in a text editor."""
    translations.update(notebook, lang)
    path = translations.catalogue(notebook, lang)
    said = path.read_text(encoding="utf-8")
    for original, text in texts.items():
        asked = f"msgid {json.dumps(original)}\nmsgstr "
        said = said.replace(f'{asked}""', asked + json.dumps(text, ensure_ascii=False))
    path.write_text(said, encoding="utf-8")
    return path


def whats(notebook: Path, lang: str = "ru") -> list[tuple[int, str, str]]:
    return [(fault.cell, fault.text, str(fault.what)) for fault in translations.faults(notebook, lang)]


def test_a_new_catalogue_has_a_message_a_paragraph_in_order_with_its_cell(notebook: Path) -> None:
    translations.update(notebook, "kk")
    assert translations.catalogue(notebook, "kk").read_text(encoding="utf-8") == (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: digital_diplomacy\\n"\n"Language: kk\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
        '#. heading\n#: mine.ipynb:1\nmsgid "Who hears?"\nmsgstr ""\n\n'
        '#. paragraph\n#: mine.ipynb:1\nmsgid "The share is 0.34 of `all`."\nmsgstr ""\n\n'
        '#. heading\n#: mine.ipynb:2\nmsgid "Limits"\nmsgstr ""\n\n'
        '#. list item\n#: mine.ipynb:2\nmsgid "One."\nmsgstr ""\n\n'
        '#. list item\n#: mine.ipynb:2\nmsgid "Two of them."\nmsgstr ""\n'
    )


def test_a_whole_translation_has_no_fault_and_is_shown(notebook: Path) -> None:
    translate(notebook)
    assert whats(notebook) == []
    found = translations.told(translations.stored(notebook), notebook, "ru")
    assert [cell["source"] for cell in found["cells"]] == [
        "# Кто слышит?\n\nДоля — 0,34 от `all`.",
        "## Ограничения\n\n- Одно.\n- Два из них.",
    ]
    assert found["metadata"]["digital_diplomacy"]["lang"] == "ru"


def test_updating_again_changes_no_byte(notebook: Path) -> None:
    path = translate(notebook)
    translations.update(notebook, "ru")
    before = path.read_bytes()
    translations.update(notebook, "ru")
    assert path.read_bytes() == before


def test_a_long_paragraph_that_changed_is_told_the_same_however_often_it_is_updated(notebook: Path) -> None:
    """Longer than a line of a catalogue, and than what is wrapped of it as a remark; with quotation marks in it."""
    long = 'Of "all" that is read in a year, the share that anybody hears is 0.34, as far as it can be told. ' * 3
    write(notebook, f"# Who hears?\n\n{long.strip()}")
    path = translations.begin(notebook, "ru", {long.strip(): "Доля — 0,34."})
    write(notebook, f"# Who hears?\n\n{long.replace('0.34', '0.35').strip()}")
    translations.update(notebook, "ru")
    before = path.read_text(encoding="utf-8")
    said = " ".join(line.removeprefix("#|").strip() for line in before.splitlines() if line.startswith("#|"))
    assert said.replace('" "', "").replace('\\"', '"') == f'msgid "{long.strip()}"'.replace('"Of', '"Of', 1)
    translations.update(notebook, "ru")
    assert path.read_text(encoding="utf-8") == before


def test_a_changed_paragraph_makes_its_translation_stale_and_says_of_what_it_was_made(notebook: Path) -> None:
    path = translate(notebook)
    write(notebook, "# Who hears?\n\nThe share is 0.35 of `all`.", "## Limits\n\n- One.\n- Two of them.")
    assert whats(notebook) == [(1, "The share is 0.35 of `all`.", "is not in the catalogue")]
    state = translations.update(notebook, "ru")
    assert (state.paragraphs, state.translated, state.stale, state.missing) == (5, 4, 1, 0)
    assert '#, fuzzy\n#| msgid "The share is 0.34 of `all`."\nmsgid "The share is 0.35 of `all`."' in path.read_text()
    assert [(cell, what[:24]) for cell, _, what in whats(notebook)] == [(1, "its translation is stale")]
    before = path.read_bytes()
    translations.update(notebook, "ru")
    assert path.read_bytes() == before


def test_a_stale_translation_is_right_again_once_confirmed_or_once_the_paragraph_is_as_before(notebook: Path) -> None:
    path = translate(notebook)
    write(notebook, "# Who listens?\n\nThe share is 0.34 of `all`.", "## Limits\n\n- One.\n- Two of them.")
    translations.update(notebook, "ru")
    path.write_text(path.read_text().replace("#, fuzzy\n", ""))
    assert whats(notebook) == []
    translations.update(notebook, "ru")
    assert "#|" not in path.read_text()
    assert "| msgid" not in path.read_text()


def test_a_translation_whose_paragraph_is_gone_is_kept_and_used_when_it_comes_back(notebook: Path) -> None:
    path = translate(notebook)
    write(notebook, "# Who hears?")
    assert translations.update(notebook, "ru").obsolete == 4
    assert '#~ msgstr "Два из них."' in path.read_text(encoding="utf-8")
    write(notebook, "# Who hears?", "## Limits\n\nTwo of them.")
    translations.update(notebook, "ru")
    assert whats(notebook) == []


def test_what_translators_programs_write_into_header_and_remarks_stays(notebook: Path) -> None:
    path = translate(notebook)
    head = '"Last-Translator: Айгүл <a@b.kz>\\n"\n"X-Generator: Poedit 3.4\\n"\n'
    said = path.read_text(encoding="utf-8").replace('"MIME-Version', f'{head}"MIME-Version', 1)
    path.write_text(said.replace("#. heading", "# Is this the right word?\n#. heading", 1), encoding="utf-8")
    before = path.read_bytes()
    translations.update(notebook, "ru")
    assert path.read_bytes() == before


def test_a_per_cent_sign_is_no_format(notebook: Path) -> None:
    write(notebook, "Some 12 % share {a} and 90 %d.")
    translations.update(notebook, "kk")
    assert "format" not in translations.catalogue(notebook, "kk").read_text()


@pytest.mark.parametrize(
    ("original", "text", "said"),
    [
        ("The share is 0.34 of `all`.", "", "has no translation"),
        ("The share is 0.34 of `all`.", "Доля — 0,43 от `all`.", "its translation differs: number 34 is missing"),
        ("The share is 0.34 of `all`.", "Доля — 0,34 от `всех`.", "its translation differs: code `all` is missing"),
        ("One.", "1\\\\. Одно.", "its translation differs: number 1 is not in the original"),
        ("One.", "- Одно.", "the translations of this cell make other blocks"),
        ("Limits", "> Ограничения", None),
        ("Two of them.", "Two of them.", "its translation is not in ru: of, them"),
        ("The share is 0.34 of `all`.", "Доля is 0.34 of `all`.", "its translation is not in ru: is, of"),
        ("Two of them.", "«Two of them».", None),
    ],
)
def test_a_translation_that_breaks_something_is_a_fault(
    notebook: Path, original: str, text: str, said: str | None
) -> None:
    translate(notebook, {**RUSSIAN, original: text})
    found = [what for _, _, what in whats(notebook)]
    assert (not found) if said is None else any(what.startswith(said) for what in found)


def test_a_refusal_names_file_cell_paragraph_and_command(notebook: Path) -> None:
    translate(notebook, {**RUSSIAN, "One.": ""})
    said = str(translations.refusal(notebook, "ru"))
    assert said.startswith(
        "notebooks/locale/ru/mine.po: not every paragraph of mine.ipynb is translated to ru as it stands (faults: 1)"
    )
    assert "cell 2, “One.”: has no translation" in said
    assert "digital-diplomacy translations --check mine" in said
    with pytest.raises(TranslationError, match=r"cell 2, “One\.”: has no translation"):
        translations.told(translations.stored(notebook), notebook, "ru")


def test_a_catalogue_in_one_language_demands_the_others(notebook: Path) -> None:
    translate(notebook)
    assert "kk/mine.po: not every paragraph of mine.ipynb is translated to kk as it stands (faults: 5)" in str(
        translations.refusal(notebook, "kk")
    )
    assert translations.refusal(notebook, "en") is None


def test_a_notebook_of_ones_own_keeps_its_language_and_says_which(notebook: Path) -> None:
    write(notebook, "# Кто слышит?", lang="ru")
    for lang in ("kk", "ru", "en"):
        found = translations.told(translations.stored(notebook), notebook, lang)
        assert found["cells"][0]["source"] == "# Кто слышит?"
        assert found["metadata"]["digital_diplomacy"]["lang"] == "ru"
        assert translations.refusal(notebook, lang) is None


@pytest.mark.parametrize("content", [b"no catalogue at all\n", b"<<<<<<< HEAD\n", b"# \xff\n"])
def test_a_broken_catalogue_is_named(notebook: Path, content: bytes) -> None:
    path = translate(notebook)
    path.write_bytes(path.read_bytes() + content)
    assert "ru/mine.po: no gettext catalogue" in str(translations.refusal(notebook, "ru"))
    with pytest.raises(TranslationError, match=r"ru/mine\.po: no gettext catalogue"):
        translations.update(notebook, "ru")


@pytest.mark.parametrize(
    ("content", "ru", "kk"),
    [
        (
            'msgid "a"\nmsgstr "b"\n\nno catalogue\n',
            "строка 4 не соответствует формату: «",
            "4-жол пішімге сай емес: «",
        ),
        ('msgid ""\nmsgstr "POT-Creation-Date: today\\n"\n', "его заголовок не", "оның тақырыбы пішімге"),
        (b'msgid "a"\nmsgstr "\xff"\n', "байт 19 — в другой кодировке", "19-байт басқа кодтауда"),
        ('msgid "a"\nmsgid_plural "b"\n', "у одного сообщения есть формы", "бір хабарда көптік түрлер"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_told_in_the_language_of_whoever_reads_it(
    notebook: Path, content: str | bytes, ru: str, kk: str
) -> None:
    translate(notebook).write_bytes(content if isinstance(content, bytes) else content.encode())
    what = translations.refusal(notebook, "ru")
    for lang, words in {"ru": ru, "kk": kk}.items():
        told = refusals.told(what, lang)
        assert words in told
        plain = re.sub(r"«[^«»]*»", "", told)
        assert not re.search(r"[A-Za-z]{3,}", re.sub(r"\S*mine\.po|gettext|UTF", "", plain)), told


def test_a_broken_notebook_is_named(notebook: Path) -> None:
    notebook.write_text("{}")
    with pytest.raises(NotebookError, match=r"mine\.ipynb is not a Jupyter notebook"):
        translations.update(notebook, "ru")


def test_sources_as_lists_of_lines_are_the_same_paragraphs(notebook: Path, write_notebook: Callable[..., Path]) -> None:
    translate(notebook)
    content = json.loads(notebook.read_text())
    for cell in content["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    notebook.write_text(json.dumps(content))
    assert whats(notebook) == []
