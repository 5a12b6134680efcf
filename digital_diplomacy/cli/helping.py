"""What ``--help`` says, in the user's language: English sentences stand in the code, translations in a table."""

import csv
import io
import re
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.cli.app import LANGUAGES

FOLDER: Final = Path(__file__).parents[1] / "labels" / "help"
_HEADS: Final = re.compile(r"^(?:Usage|Arguments|Options|Commands):", re.MULTILINE)
_MARKS: Final = re.compile(r"(?<=\[)(?:default:|required)(?=[\s\]])|Show this message and exit\.")


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Translations by language, of every English sentence of the helps."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        found |= {row["en"]: row for row in rows}
    return found


def in_language(sentence: str, lang: str) -> str:
    """A sentence of a help in a language, or as it is where it has no translation.

    Examples
    --------
    >>> in_language("Name of a table.", "ru"), in_language("Nobody translated this.", "ru")
    ('Имя таблицы.', 'Nobody translated this.')
    """
    known = sentences().get(sentence.replace(LANGUAGES, "{languages}"), {}).get(lang)
    return known.replace("{languages}", LANGUAGES) if known else sentence


def translate(command: Any, lang: str) -> None:
    """Tell a command, and all below it, in a language."""
    for one in (command, *command.params):
        if getattr(one, "help", None):
            one.help = in_language(one.help, lang)
        if isinstance(getattr(one, "show_default", None), str):
            one.show_default = in_language(one.show_default, lang)
    command.get_help = partial(_headed, command.get_help, lang)
    for below in getattr(command, "commands", {}).values():
        translate(below, lang)


def _headed(made: Any, lang: str, context: Any) -> str:
    """A help with its headings, which typer words itself."""
    text = _HEADS.sub(lambda found: in_language(found[0], lang), made(context))
    return _MARKS.sub(lambda found: in_language(found[0], lang), text)
