"""The files of texts: a column a language, the same columns in every file, their order that of ``core.csv``."""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digital_diplomacy.errors import LabelError
from digital_diplomacy.labels.soundness import is_sound
from digital_diplomacy.unfinished import all_at_once, settle

if TYPE_CHECKING:
    from babel import Locale

FOLDER: Final = Path(__file__).parent
_TRUTH: Final = "en"  # the language whose texts say which fields others may have
_OWN: Final = ("kk", "ru", "en")
_FIRST: Final = "core"  # the file whose columns say in which order languages are offered


@cache  # every number asks
def locale(lang: str) -> "Locale":
    """What the Unicode CLDR knows of a language, by its BCP 47 code.

    Raises
    ------
    LabelError
        If it knows none of that code.

    Examples
    --------
    >>> locale("kk").english_name, locale("zh-Hant").english_name
    ('Kazakh', 'Chinese (Traditional)')
    """
    from babel import Locale, UnknownLocaleError  # commands that say no number do not wait for it

    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise LabelError(
            "{lang!r} is no language of the Unicode CLDR; write its BCP 47 code, as ky or uz", lang=lang
        ) from error


def is_latin(lang: str) -> bool:
    """Whether a language is written in Latin letters, as the Unicode CLDR has it.

    Examples
    --------
    >>> is_latin("uz"), is_latin("ky"), is_latin("uz-Cyrl")
    (True, False, False)
    """
    from babel.core import get_global

    known = locale(lang)
    likely = get_global("likely_subtags").get(known.language, "")
    return "Latn" in (known.script or likely)


def declared(folder: Path = FOLDER) -> tuple[str, ...]:
    """Languages that have a column, in order; not all need be complete.

    Examples
    --------
    >>> declared()[0]
    'kk'
    """
    settle(folder)  # what `add` had begun to move when it was killed
    with (folder / f"{_FIRST}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(name for name in next(csv.reader(stream)) if name != "code")


def read(folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """The texts in every language, by code.

    Raises
    ------
    LabelError
        If a file has other columns than the first, or a code occurs twice.
    """
    wanted, texts = {"code", *declared(folder)}, dict[str, dict[str, str]]()
    for path in sorted(folder.glob("*.csv")):
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        names = next(rows, [])
        if set(names) != wanted:
            odd = ", ".join(sorted(wanted ^ set(names)))
            raise LabelError(
                "labels/{name}: its columns differ from those of labels/{first}.csv in {odd}",
                name=path.name,
                first=_FIRST,
                odd=odd,
            )
        for cells in filter(None, rows):
            is_whole = len(cells) == len(names)
            row = dict(zip(names, cells, strict=True) if is_whole else _filled(names, cells))
            if row["code"] in texts:
                raise LabelError("labels/{name}: code {code!r} is defined twice", name=path.name, code=row["code"])
            texts[row["code"]] = row
    return texts


def _filled(names: list[str], cells: list[str]) -> Iterator[tuple[str, str]]:
    """Cells of a row that has too few or too many, by their columns."""
    return zip_longest(names, cells[: len(names)], fillvalue="")


def missing(texts: Mapping[str, Mapping[str, str]], lang: str) -> list[str]:
    """Codes without a text in a language, but for plural forms that it does not have; with those that only it has.

    Examples
    --------
    >>> missing({"unit.one": {"ky": "бир"}, "count.n.other": {"ky": ""}, "count.n.few": {"ky": ""}}, "ky")
    ['count.n.one', 'count.n.other']
    """
    forms = {*locale(lang).plural_form.tags, "other"}
    stems = {code.rpartition(".")[0] for code in texts if code.startswith("count.")}
    counts = {f"{stem}.{form}" for stem in stems for form in forms}
    codes = {code for code in texts if not code.startswith("count.")} | counts
    return sorted(code for code in codes if not (texts.get(code, {}).get(lang) or "").strip())


def unsound(texts: Mapping[str, Mapping[str, str]], lang: str) -> list[str]:
    """Codes whose text in a language has other fields than the English one, or control characters.

    Examples
    --------
    >>> unsound({"a": {"en": "{n} ties", "ky": "{n.__class__}"}, "b": {"en": "tie", "ky": "байланыш"}}, "ky")
    ['a']
    """
    return sorted(code for code, row in texts.items() if not is_sound(row.get(lang) or "", row.get(_TRUTH) or ""))


def complete(texts: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Languages with every text, all sound, in order; plural rules are read only for those with an empty cell.

    The project's own texts are known to be sound (its tests ask), so that no command has to look at them again.
    """
    full = (lang for lang in declared() if all(row[lang] for row in texts.values()) or not missing(texts, lang))
    return tuple(lang for lang in full if lang in _OWN or not unsound(texts, lang))


def add(lang: str, folder: Path = FOLDER) -> list[Path]:
    """Give every file an empty column of a language, and rows for plural forms no other language has.

    What stands in the files stays as it is, so that a difference shows the column alone. All files get it or none.

    Raises
    ------
    LabelError
        If the language is unknown or has a column.
    """
    locale(lang)
    if lang in declared(folder):
        raise LabelError(
            "{lang} has a column in labels/; what it lacks says `digital-diplomacy labels --check`", lang=lang
        )
    texts, paths = read(folder), [*sorted(folder.glob("*.csv")), *sentence_files(folder)]
    new = [code for code in missing(texts, lang) if code not in texts]
    with all_at_once(folder) as stage:
        for path in paths:
            widened = stage / path.relative_to(folder)
            widened.parent.mkdir(exist_ok=True)
            widened.write_bytes(_widened(path.read_bytes().decode(), lang, new, texts).encode())
    return paths


def sentence_files(folder: Path = FOLDER) -> list[Path]:
    """Files of errors and helps, whose sentences are known by their English form; what they lack is said in English."""
    return sorted(path for name in ("help", "refusals") for path in (folder / name).glob("*.csv"))


def untranslated(lang: str, folder: Path = FOLDER) -> list[tuple[str, str]]:
    """Files and English sentences of errors and helps without a translation, or with one that cannot be filled."""
    found = []
    for path in sentence_files(folder):
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        name = path.relative_to(folder).as_posix()
        found += [(name, row["en"]) for row in rows if not _is_told(row, lang)]
    return found


def _is_told(row: Mapping[str, str], lang: str) -> bool:
    text = (row.get(lang) or "").strip()
    return bool(text) and is_sound(text, row[_TRUTH])


def _widened(content: str, lang: str, new: list[str], texts: Mapping[str, Mapping[str, str]]) -> str:
    """A file with one column more, and with those of the new plural forms whose other forms stand in it."""
    lines = list(io.StringIO(content, newline=""))
    reader = csv.reader(lines)
    stems, names = set(), next(reader)
    ends = {reader.line_num: f",{lang}"}
    for row in reader:
        ends[reader.line_num] = ","
        if "code" in names:
            stems.add(row[names.index("code")].rpartition(".")[0])
    for number, more in ends.items():
        line = lines[number - 1]
        bare = line.rstrip("\r\n")
        lines[number - 1] = f"{bare}{more}{line[len(bare) :] or chr(10)}"
    added = io.StringIO()
    writer = csv.writer(added, lineterminator="\n")
    for code in new:
        stem = code.rpartition(".")[0]
        if stem in stems:
            others = texts[f"{stem}.other"]
            writer.writerow([code if name == "code" else others[name] for name in names] + [""])
    return "".join(lines) + added.getvalue()
