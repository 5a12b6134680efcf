"""What errors say, in the language of whoever reads them.

A sentence is known by its English form, which stands where it is raised; its translations stand in ``refusals/*.csv``,
a row a sentence, a column a language. What has no translation is said in English.
"""

import csv
import io
import os
import re
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path, PurePath
from typing import Final

from digital_diplomacy.errors import DigitalDiplomacyError, Said
from digital_diplomacy.labels.agreement import agreed
from digital_diplomacy.labels.columns import declared
from digital_diplomacy.labels.soundness import is_sound
from digital_diplomacy.visible import in_line

FOLDER: Final = Path(__file__).with_name("refusals")
_ENGLISH: Final = "en"
_PLACE: Final = re.compile(r"(line|row|column|node|edge|sheet|cell) (\d+|'[^']*')")
_PLACES: Final = re.compile(rf"{_PLACE.pattern}(?:, {_PLACE.pattern})*(?:, … \(\+\d+\))?")
_WHERE: Final = re.compile(rf"(?P<file>[^\n]+, )??(?P<place>{_PLACES.pattern})")
"""A place alone, or behind the name of its file."""

_BREAK: Final = re.compile(r"[\n\r\v\f\x85]")
_JSON: Final = re.compile(r"(?P<what>.+?): line (?P<line>\d+) column (?P<column>\d+) \(char \d+\)")
"""How Python's reader of JSON ends what it says of a file."""

_VARIABLES: Final = ("DIGITAL_DIPLOMACY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""What is asked of this package alone, then the variables of POSIX, the first before the others."""


_AT: Final = "{what}, line {line}, column {column}"

_LIBRARIES: Final = (
    "File is not a zip file",
    "Bad magic number for central directory",
    "Expecting property name enclosed in double quotes",
    "Expecting value",
    "Expecting ',' delimiter",
    "Expecting ':' delimiter",
    "Extra data",
    "Unterminated string starting at",
    "Invalid control character at",
    "Invalid \\escape",
    "Invalid \\uXXXX escape",
    "Illegal trailing comma before end of object",
    "Illegal trailing comma before end of array",
    "Unexpected UTF-8 BOM (decode using utf-8-sig)",
)
"""What Python's readers of JSON and ZIP files say, which is told in other languages where an error quotes it."""


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Translations by language, of every English sentence."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        found |= {row[_ENGLISH]: _sound(row) for row in rows}
    return found


def _sound(row: dict[str, str]) -> dict[str, str]:
    """A sentence with those of its translations that can be filled as it is."""
    english = row[_ENGLISH]
    return {lang: text for lang, text in row.items() if text and is_sound(text, english)}


def told(sentence: object, lang: str) -> str:
    """An error, or a sentence of one, in a language; anything else as it is.

    Parameters
    ----------
    sentence : DigitalDiplomacyError, Said or any other object
        Sentences among the values of a sentence are told in the same language.
    lang : str
        BCP 47 code.

    Examples
    --------
    >>> from digital_diplomacy.errors import SourceError
    >>> told(SourceError("{path}: the file is empty", path="a.csv"), "ru")
    'a.csv: файл пуст'
    >>> told("a sentence nobody has translated", "kk")
    'a sentence nobody has translated'
    """
    said = sentence.sentence if isinstance(sentence, DigitalDiplomacyError) else sentence
    if not isinstance(said, Said):
        return str(said)
    template = sentences().get(said.template, {}).get(lang) or said.template
    return agreed(str(Said(template, named(said.values, lang))), lang)


def named(values: Mapping[str, object], lang: str) -> dict[str, object]:
    """Values of a sentence in a language: sentences among them, and places of a file such as ``line 3``.

    None has more than a line: whoever names a file or a country cannot begin a line of ours.

    Examples
    --------
    >>> named({"place": "line 3, column 'year'", "text": "line", "count": 2}, "ru")
    {'place': "строка 3, столбец 'year'", 'text': 'line', 'count': 2}
    >>> named({"where": "ties.net, line 3"}, "kk")
    {'where': 'ties.net, 3-жол'}
    """
    return {name: _told_value(_of_one_line(value), lang) for name, value in values.items()}


def _of_one_line(value: object) -> object:
    is_broken = isinstance(value, str) and not value.isprintable() and _BREAK.search(value)
    return in_line(value) if is_broken or isinstance(value, PurePath) else value


def _told_value(value: object, lang: str) -> object:
    if isinstance(value, Said):
        return told(value, lang)
    if lang == _ENGLISH or not isinstance(value, str):
        return value
    if found := _JSON.fullmatch(value):
        what = told(Said(found["what"], {}), lang)
        return told(Said(_AT, {"what": what, "line": found["line"], "column": found["column"]}), lang)
    if value in _LIBRARIES:
        return told(Said(value, {}), lang)
    where = _WHERE.fullmatch(value)
    if where is None:
        return value
    return (where["file"] or "") + _PLACE.sub(
        lambda found: told(Said(f"{found[1]} {{which}}", {"which": found[2]}), lang), where["place"]
    )


ASKED: Final[ContextVar[str]] = ContextVar("asked", default="")
"""The language that a command was given by ``--lang``; whatever speaks meanwhile, in any room, speaks it."""


def reader_language(environment: Mapping[str, str] | None = None) -> str:
    """The language that was asked for, or that of the reader's system, if this package speaks it; otherwise English.

    Examples
    --------
    >>> reader_language({"LANG": "ru_RU.UTF-8"}), reader_language({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"})
    ('ru', 'en')
    >>> reader_language({"LC_ALL": "C", "DIGITAL_DIPLOMACY_LANG": "kk"})
    'kk'
    """
    if environment is None and ASKED.get():
        return ASKED.get()
    asked = os.environ if environment is None else environment
    lang = _code(next((value for name in _VARIABLES if (value := asked.get(name))), ""))
    return lang if lang in declared() else _ENGLISH


def unspoken(environment: Mapping[str, str] | None = None) -> str:
    """What this package's own variable asks for, if it is no language of this package and no ``--lang`` is given.

    Examples
    --------
    >>> [unspoken({"DIGITAL_DIPLOMACY_LANG": asked, "LANG": "de"}) for asked in ("kz", "kk_KZ.UTF-8", "")]
    ['kz', '', '']
    """
    if environment is None and ASKED.get():
        return ""
    said = (os.environ if environment is None else environment).get(_VARIABLES[0], "")
    return "" if not said or _code(said) in declared() else said


def _code(said: str) -> str:
    """The code of the language in what a variable says, as ``kk`` in ``kk_KZ.UTF-8``."""
    return said.replace("-", "_").partition("_")[0].partition(".")[0].casefold()
