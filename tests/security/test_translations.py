"""Languages and catalogues that others give: words, and nothing that is looked into, run or taken for another text."""

import contextlib
import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from digital_diplomacy import labels
from digital_diplomacy.cli import labels as command
from digital_diplomacy.errors import LabelError, Said, TranslationError
from digital_diplomacy.labels import columns, refusals, soundness
from digital_diplomacy.runs import translations
from digital_diplomacy.runs.paragraphs import differences

HARMFUL = [
    "{n.__class__}", "{0.__class__}", "{n[0]}", "{n:>999999999}", "{n:{n}}", "{n!a}", "{other}", "{}", "{n", "n}",
    "{n} \x1b[2J", "{n} \x9b2J", "{n}\0",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMFUL)
def test_a_text_that_looks_into_values_is_not_sound(text: str) -> None:
    assert not soundness.is_sound(text, "{n} ties")


def test_every_text_of_the_project_is_sound() -> None:
    texts = columns.read()
    assert [(lang, code) for lang in labels.LANGUAGES for code in columns.unsound(texts, lang)] == []
    assert [(lang, found) for lang in labels.LANGUAGES for found in columns.untranslated(lang)] == []


@pytest.fixture
def kyrgyz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The texts of the package with a fourth language, all of whose texts are the English ones."""
    folder = tmp_path / "labels"
    shutil.copytree(columns.FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for path in folder.rglob("*.csv"):
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        write(path, [row | {"ky": row["en"]} for row in rows])
    monkeypatch.setattr(columns, "FOLDER", folder)
    monkeypatch.setattr(columns.declared, "__defaults__", (folder,))
    return folder


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("text", [text for text in HARMFUL if "\0" not in text])
def test_a_language_with_such_a_text_is_not_offered_and_the_check_names_it(
    kyrgyz: Path, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = columns.read(kyrgyz)
    assert columns.complete(whole)[-1] == "ky"
    path = kyrgyz / "network_page.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    at = next(number for number, row in enumerate(rows) if row["code"] == "count.ties.other")
    rows[at]["ky"] = text
    write(path, rows)
    found = columns.read(kyrgyz)
    assert "ky" not in columns.complete(found)
    assert columns.unsound(found, "ky") == ["count.ties.other"]
    monkeypatch.setattr(labels, "_texts", lambda: found)
    with pytest.raises(LabelError, match=r"'ky' is not complete: 1 of its texts .*'count\.ties\.other'"):
        raise LabelError(labels.refusal("ky"))
    monkeypatch.setattr(columns, "read", lambda: found)
    with pytest.raises(SystemExit):
        command._check("ky")
    assert "count.ties.other" in capsys.readouterr().out


def test_an_error_with_such_a_translation_is_said_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path / "a.csv", [{"en": "{path}: the file is empty", "ru": "{path.__class__.__mro__}", "kk": "{path} бос"}]
    )
    monkeypatch.setattr(refusals, "FOLDER", tmp_path)
    refusals.sentences.cache_clear()
    try:
        empty = Said("{path}: the file is empty", {"path": "a.csv"})
        assert [refusals.told(empty, lang) for lang in ("ru", "kk")] == ["a.csv: the file is empty", "a.csv бос"]
    finally:
        refusals.sentences.cache_clear()


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("<script>alert(x)</script>", "tag <script> is not in the original"),
        ("<img src=x onerror=alert(x)>", "tag <img src=x onerror=alert(x)> is not in the original"),
        ("<svg/onload=alert(x)>", "tag <svg/onload=alert(x)> is not in the original"),
        ("[here](javascript:alert(x))", "link javascript:alert(x) is not in the original"),
        ("[here](java&#115;cript:alert(x))", "link java&#115;cript:alert(x) is not in the original"),
        ("[here]\n\n[here]: javascript:alert(x)", "link javascript:alert(x) is not in the original"),
        ("[here]\n\n[here]:\n//other.example", "link //other.example is not in the original"),
        ("![seen](//other.example/a.png)", "link //other.example/a.png is not in the original"),
        ("<javascript:alert(x)>", "tag <javascript:alert(x)> is not in the original"),
        ("{name}", "field {name} is not in the original"),
        ("`{name.__class__}`", "code `{name.__class__}` is not in the original"),
        ("\x1b[J", "control character"),
        ("\u202etxt.exe", "control character"),
        ("\u2067txt.exe\u2069", "control character"),
        ("<!-- Место -->", "tag <!-- Место --> is not in the original"),
        ("<?x ?>", "tag <?x ?> is not in the original"),
    ],
)
def test_a_translation_of_prose_brings_no_link_tag_field_or_control_of_its_own(added: str, said: str) -> None:
    original = "A rank is only relative."
    assert differences(original, "Место всегда относительно.") == []
    assert any(str(found).startswith(said) for found in differences(original, f"Место относительно. {added}"))


HEAD = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'


@pytest.mark.parametrize(
    "header",
    [
        "nplurals=__import__('pathlib').Path('owned').touch(); plural=n;",
        "nplurals=2; plural=__import__('pathlib').Path('owned').touch();",
        f"nplurals=99999999999; plural={'(' * 5000}n{')' * 5000};",
    ],
)
def test_what_a_catalogue_says_of_plurals_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": "A rank."}], "metadata": {}}))
    catalogue = translations.catalogue(path, "ru")
    catalogue.parent.mkdir(parents=True)
    body = '\nmsgid "A rank."\nmsgstr "Место."\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "в"\nmsgstr[1] "г"\n'
    catalogue.write_text(f'{HEAD}"Plural-Forms: {header}\\n"\n{body}', encoding="utf-8")
    with pytest.raises(TranslationError, match="a message has plural forms, and no paragraph has") as refused:
        translations.spoken(path, "ru")
    assert "у одного сообщения есть формы множественного числа" in refusals.told(refused.value, "ru")
    catalogue.write_text(
        f'{HEAD}"Plural-Forms: {header}\n"\n\n{body.partition("msgid_plural")[0][:-9]}', encoding="utf-8"
    )
    with contextlib.suppress(TranslationError):
        assert translations.spoken(path, "ru") == ["Место."]
    assert not (tmp_path / "owned").exists()
