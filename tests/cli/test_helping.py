"""Helps in the language of their reader."""

import inspect
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from digital_diplomacy import cli
from digital_diplomacy.cli import helping
from digital_diplomacy.cli.app import LANGUAGES, app
from digital_diplomacy.cli.usage import understood
from digital_diplomacy.errors import said
from digital_diplomacy.labels import refusals

CYRILLIC = re.compile("[а-яәғқңөұүһі]", re.IGNORECASE)


def told(command: Any) -> Iterator[str]:
    for one in (command, *command.params):
        yield from (text for text in (getattr(one, "help", None), getattr(one, "show_default", None)) if text)
    for below in getattr(command, "commands", {}).values():
        yield from told(below)


def test_every_sentence_of_every_help_has_its_translations() -> None:
    cli.join()
    texts = {text for text in told(typer.main.get_command(app)) if isinstance(text, str)}
    known = helping.sentences()
    assert sorted(text for text in texts if text.replace(LANGUAGES, "{languages}") not in known) == []
    assert [row for row in known.values() if not all(row[lang].strip() for lang in LANGUAGES.split(", "))] == []


def shown(words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *words])
    with pytest.raises(SystemExit):
        cli.main()
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        (["data", "add", "--help", "--lang", "kk"], "kk"),
        (["labels", "new", "--help"], "ru"),
        (["--help"], "ru"),
        (["data"], "ru"),  # a group without a command
    ],
)
def test_a_help_is_whole_in_one_language(
    words: list[str], lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIGITAL_DIPLOMACY_LANG", lang)
    said = shown(words, monkeypatch, capsys)
    assert helping.in_language("Options:", lang) in said
    assert not re.search(r"^Usage|^Options|^Commands|Show this message|default:|required|error", said, re.MULTILINE)
    lines = [line for line in said.splitlines() if re.match(r"  +(--|[a-z])\S*  +\S", line)]
    assert lines
    assert [line for line in lines if not CYRILLIC.search(line)] == []


WRONG = (
    "zzz", "data zzz", "seal", "reproduce --zzz", "reproduce --lan ru", "reproduce --jobs many", "reproduce --jobs 0",
    "reproduce --share=yes", "reproduce -p", "seal a b", "reproduce --force=1", "adapt", "data fetch x --max-seconds x",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_a_command_line_that_is_not_understood_is_told_in_the_language(
    lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Behind what is typed and the names of commands no word of typer's own is left."""
    monkeypatch.setenv("DIGITAL_DIPLOMACY_LANG", lang)
    strange = said("the command line is not understood: “{message}”", message="\0")
    quoted = refusals.told(strange, lang).partition("\0")[0]
    for line in WRONG:
        told = shown(line.split(), monkeypatch, capsys)
        bare = re.sub(r"`[^`]*`|«[^»]*»|--?[a-z-]+|\b(?:[A-Z]+|x|yes)\b", "", told)
        typed = set(line.split())
        assert [word for word in re.findall("[a-z]{2,}", bare) if word not in typed] == [], told
        assert quoted not in told


def test_a_form_that_nobody_knows_is_quoted() -> None:
    for message in ("Something new of typer's.", "Missing everything"):
        assert message in refusals.told(understood(message), "ru")
        assert CYRILLIC.search(refusals.told(understood(message), "ru"))


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_what_readers_of_other_libraries_say_is_told_in_the_language(lang: str) -> None:
    for text in ("{bad", "[1,]", '{"a" 1}', '["\\q"]', '["a', "1 2", '{"a":1,}'):
        with pytest.raises(json.JSONDecodeError) as caught:
            json.loads(text)
        told = refusals.told(said("{what}", what=caught.value), lang)
        assert bool(re.search("[A-Za-z]{3,}", told)) == (lang == "en"), told
        assert str(caught.value.colno) in told
    with pytest.raises(zipfile.BadZipFile) as broken:
        zipfile.ZipFile(io.BytesIO(b"PK"))
    assert (refusals.told(said("{what}", what=broken.value), lang) == str(broken.value)) == (lang == "en")


def test_a_help_in_english_stays_as_typer_makes_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIGITAL_DIPLOMACY_LANG", "en")
    assert "Show this message and exit." in shown(["seal", "--help"], monkeypatch, capsys)


@pytest.mark.parametrize("word", cli._WRITTEN_IN)
def test_a_command_stands_in_the_modules_that_are_imported_for_it(word: str) -> None:
    """Nothing of a group is missing if only these are, and there is no further command."""
    cli.join()
    every = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert set(every) == set(cli._WRITTEN_IN)
    below = getattr(every[word], "commands", {word: every[word]}).values()
    rooms = {inspect.unwrap(one.callback).__module__.removeprefix("digital_diplomacy.cli.") for one in below}
    assert rooms <= {*cli._WRITTEN_IN[word]}


@pytest.mark.parametrize("named", ["kz", "Kazakh", "../ru", "ru\x1b[2J"])
def test_a_language_nobody_speaks_in_the_packages_own_variable_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, give: Callable[..., tuple[object, str, str]], named: str
) -> None:
    monkeypatch.setenv("DIGITAL_DIPLOMACY_LANG", named)
    code, _, said = give("labels", "--check", cwd=tmp_path)
    assert code == 2
    assert said.startswith("error: DIGITAL_DIPLOMACY_LANG: unknown language '")
    assert said.endswith("; allowed: kk, ru, en\n")
    assert "\x1b" not in said
    code, _, said = give("trace", "nowhere.svg", "--help", "--lang", "ru", cwd=tmp_path)
    assert "DIGITAL_DIPLOMACY_LANG" not in said


def test_a_language_of_the_system_that_nobody_speaks_is_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, give: Callable[..., tuple[object, str, str]]
) -> None:
    monkeypatch.delenv("DIGITAL_DIPLOMACY_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "Texts of figures, tables and pages" in give("labels", "--help", cwd=tmp_path)[1]
