"""Files of catalogues.

What is refused, `msgfmt --check` of GNU gettext 0.21 refuses at the same line, but for two strings in one line, which
Babel takes for one, other languages, and long translations.
"""

import json
from pathlib import Path

import pytest

from digital_diplomacy.errors import TranslationError
from digital_diplomacy.labels import refusals
from digital_diplomacy.runs import translations

HEAD = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
BODY = 'msgid "A rank."\nmsgstr "Место."\n'


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A notebook of one paragraph, `A rank.`."""
    path = tmp_path / "notebooks" / "mine.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": "A rank."}], "metadata": {}}))
    return path


def written(notebook: Path, text: str | bytes) -> Path:
    """The Russian catalogue of the notebook with a text."""
    path = translations.catalogue(notebook, "ru")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refuses(notebook: Path, said: str) -> None:
    """Holds that running and updating both refuse in these words, and that the file stays as it was."""
    path = translations.catalogue(notebook, "ru")
    before = path.read_bytes()
    assert said in str(translations.refusal(notebook, "ru"))
    with pytest.raises(TranslationError) as refused:
        translations.update(notebook, "ru")
    assert said in str(refused.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('msgid "A rank."\nmsgstr "Место.\n', 7),
        ('msgid "A rank."\nmsgstr "Место.\\"\n', 7),
        ('msgid "A rank.\nmsgstr "Место."\n', 6),
        ("msgid A rank.\nmsgstr Место.\n", 6),
        ('msgid "A rank."\nmsgstr "Ме" "сто."\n', 7),
        (f'{BODY}\n#~ msgid "Old."\n#~ msgstr "Старое.\n', 10),
        (f'domain "mine"\n\n{BODY}', 6),
    ],
)
def test_a_string_without_its_end_is_refused_by_its_line(notebook: Path, body: str, line: int) -> None:
    written(notebook, HEAD + body)
    refuses(notebook, f"line {line} is not as the format has it")


@pytest.mark.parametrize("other", ["Ранг.", "Место."])
def test_a_text_translated_twice_is_refused_by_both_lines(notebook: Path, other: str) -> None:
    written(notebook, f'{HEAD}{BODY}\nmsgid ""\n"A "\n"rank."\nmsgstr "{other}"\n')
    refuses(notebook, "translated in line 6 and again in line 9; keep one of them")


def test_one_text_in_two_contexts_or_once_put_away_is_not_twice(notebook: Path) -> None:
    written(
        notebook,
        f'{HEAD}{BODY}\nmsgctxt "head"\nmsgid "A rank."\nmsgstr "Ранг."\n\n#~ msgid "A rank."\n#~ msgstr "Старое."\n',
    )
    assert translations.spoken(notebook, "ru") == ["Место."]


@pytest.mark.parametrize("form", ["msgstr[0]", "msgstr[9999999999]", "msgstr[-1]", "msgstr[x]", "  msgstr[0]"])
def test_forms_of_plurals_are_refused(notebook: Path, form: str) -> None:
    written(notebook, f'{HEAD}msgid "A rank."\n{form} "Место."\n')
    refuses(notebook, "a message has plural forms, and no paragraph has")


@pytest.mark.parametrize("charset", ["CHARSET", "windows-1251", "utf-16", "nonesuch", "%s"])
def test_what_was_read_in_utf_8_is_written_in_it_whatever_the_header_says(notebook: Path, charset: str) -> None:
    path = written(notebook, f"{HEAD.replace('utf-8', charset)}{BODY}")
    assert translations.update(notebook, "ru").translated == 1
    text = path.read_text(encoding="utf-8")
    assert 'msgstr "Место."' in text
    assert '"Content-Type: text/plain; charset=utf-8\\n"' in text


def test_a_mark_of_the_encoding_at_the_start_is_no_fault(notebook: Path) -> None:
    path = written(notebook, f"\ufeff{HEAD}{BODY}")
    assert translations.refusal(notebook, "ru") is None
    assert translations.update(notebook, "ru").translated == 1
    assert path.read_text(encoding="utf-8").startswith('msgid ""\nmsgstr ""\n"Language: ru')


@pytest.mark.parametrize(("named", "is_refused"), [("kk", True), ("en_GB", True), ("ru_RU", False), ("", False)])
def test_a_catalogue_of_another_language_is_refused(notebook: Path, named: str, is_refused: bool) -> None:
    written(notebook, f"{HEAD.replace('Language: ru', f'Language: {named}')}{BODY}")
    if is_refused:
        refuses(notebook, f"its header says Language: {named}, and it lies among catalogues in ru")
        assert named in refusals.told(translations.refusal(notebook, "ru"), "kk")
    else:
        assert translations.refusal(notebook, "ru") is None


def test_a_translation_far_longer_than_its_paragraph_is_refused_and_not_looked_through(notebook: Path) -> None:
    longest = "Место" * 45 + "Мес"  # 228 characters: four times the seven of the paragraph and 200
    written(notebook, f'{HEAD}msgid "A rank."\nmsgstr "{longest}"\n')
    assert translations.refusal(notebook, "ru") is None
    for text in (f"{longest}т", '<span lang=\\"a\\">' * 50_000, "\\\\begin{a}" * 50_000, "[" * 100_000):
        written(notebook, f'{HEAD}msgid "A rank."\nmsgstr "{text}"\n')
        assert "characters long, its original 7" in str(translations.refusal(notebook, "ru"))


def test_blank_lines_and_remarks_without_end_are_read(notebook: Path) -> None:
    written(notebook, HEAD + "\n" * 200_000 + "# a remark\n" * 20_000 + BODY)
    assert translations.refusal(notebook, "ru") is None
