"""The application all commands join, and how one refuses what it was asked."""

import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NoReturn

import typer

from digital_diplomacy.cli.streams import put
from digital_diplomacy.errors import DigitalDiplomacyError, Said, said

with (Path(__file__).parents[1] / "labels" / "core.csv").open(encoding="utf-8") as _stream:
    LANGUAGES: Final = ", ".join(_stream.readline().strip().split(",")[1:])
"""The languages that have a column, for help, which is not to wait until every text is read."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help answers in half the time
    help="Reproduce digital-diplomacy rankings, penetration figures and networks from their published sources.",
)


_LONGEST: Final = 1000  # characters of a value in an error


def speak(words: Sequence[str]) -> None:
    """Speak the language that a command is given by ``--lang``, or else that of the reader's system."""
    from digital_diplomacy.labels.refusals import ASKED

    given = [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    given += [value for option, value in pairwise(words) if option == "--lang"]
    known = [lang for lang in given if lang in LANGUAGES.split(", ")]
    ASKED.set(known[-1] if known else "")


def spoken() -> str:
    """The language in which a command speaks with its user."""
    from digital_diplomacy.labels.refusals import reader_language

    return reader_language()


def refuse(sentence: str | Said | BaseException, /, **values: object) -> NoReturn:
    """Say what is wrong, in the user's language, and end with code 2."""
    from digital_diplomacy.labels.refusals import told

    what = said(sentence, **values) if isinstance(sentence, str) else sentence
    words = told(said("error: {what}", what=_short(what)), spoken())
    put(words, file=sys.stderr)
    raise SystemExit(2)


def _short(value: object) -> object:
    """A sentence whose values, which may be of a file, take no more than a few lines each."""
    if isinstance(value, DigitalDiplomacyError):
        return _short(value.sentence)
    if isinstance(value, Said):
        return Said(value.template, {name: _short(part) for name, part in value.values.items()})
    return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value


def check_language(lang: str, *more: str) -> None:
    """Refuse a language that is not offered, saying which are; ``more`` may stand for one."""
    from digital_diplomacy import labels

    if lang not in (*labels.LANGUAGES, *more):
        refuse("--lang: {what}", what=labels.refusal(lang, *more))


def check_asked() -> None:
    """Refuse a language that is asked for by this package's own variable and not offered: `kz` is no code of Kazakh."""
    from digital_diplomacy.labels.refusals import unspoken

    lang = unspoken()
    if lang:
        from digital_diplomacy import labels

        refuse("DIGITAL_DIPLOMACY_LANG: {what}", what=labels.refusal(lang))


def talk(lang: str) -> str:
    """The language to talk in: the one asked for, or else that of the reader's system."""
    if lang:
        check_language(lang)
    return lang or spoken()


def project_root() -> Path:
    """The project the command works on, found without loading what reads tables; refused as that refuses."""
    from digital_diplomacy.runs.notebooks import project_above

    found = project_above(Path.cwd())
    if found is None:
        from digital_diplomacy import sources

        return sources.project_root()
    return found
