"""Translations of notebooks' prose: one gettext catalogue a notebook and language, a message a paragraph.

A catalogue is ``notebooks/locale/<language>/<notebook>.po``. A notebook with a catalogue in any language is a
translated one: it runs only in languages its prose is wholly translated to. One without is a researcher's own, whose
prose stays in its own language, which its metadata may name (``"digital_diplomacy": {"lang": "ru"}``).

References
----------
Free Software Foundation. GNU gettext utilities, section 3: the format of PO files,
https://www.gnu.org/software/gettext/manual/gettext.html.
"""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from digital_diplomacy.errors import ArgumentError, NotebookError, Said, TranslationError, joined, said
from digital_diplomacy.runs import catalogues as files
from digital_diplomacy.runs.outputs import KEY
from digital_diplomacy.runs.paragraphs import differences, paragraphs, repeated, replaced, shape
from digital_diplomacy.unfinished import replace

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

SOURCE: Final = "en"
"""Language of the prose of notebooks that name none."""

_SAID: Final = 3  # faults that one refusal spells out
_SHOWN: Final = 60  # characters of a paragraph by which a reader knows it
_LONGER: Final = 4  # times its original
_SHORT: Final = 200
"""Characters that a translation may have besides: a word in brackets, a note."""


@dataclass(frozen=True)
class Fault:
    """A paragraph that is not translated as it stands: its cell (1-based), its first words, what is wrong with it."""

    cell: int
    text: str
    what: Said

    @property
    def sentence(self) -> Said:
        """What is wrong and where, in words that can be told in other languages."""
        shown = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        return said("cell {cell}, “{text}”: {what}", cell=self.cell, text=shown, what=self.what)

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True)
class State:
    """How far a catalogue is: paragraphs in all, translated, stale, missing, and translations no paragraph asks for."""

    path: Path
    paragraphs: int
    translated: int
    stale: int
    missing: int
    obsolete: int


def catalogue(notebook: Path, lang: str) -> Path:
    """Where the catalogue of a notebook in a language is, or would be."""
    return notebook.parent / "locale" / lang / f"{notebook.stem}.po"


def catalogues(notebook: Path) -> list[Path]:
    """The catalogues there are of a notebook, in all languages."""
    return [path for path in sorted((notebook.parent / "locale").glob("*/*.po")) if path.stem == notebook.stem]


def is_translated(notebook: Path) -> bool:
    """Whether a notebook has a catalogue, in any language."""
    return bool(catalogues(notebook))


def own_language(content: Mapping[str, Any]) -> str:
    """Language a notebook's prose is written in.

    Examples
    --------
    >>> own_language({"metadata": {"digital_diplomacy": {"lang": "ru"}}}), own_language({"metadata": {}})
    ('ru', 'en')
    """
    return str(content.get("metadata", {}).get(KEY, {}).get("lang", SOURCE))


def update(notebook: Path, lang: str) -> State:
    """Write the catalogue of a notebook anew from its paragraphs, keeping every translation; only if it differs.

    A translation whose paragraph has changed is marked ``fuzzy`` with the paragraph it was made of, one whose paragraph
    is gone is kept at the end as obsolete, and used again if the paragraph comes back.

    Parameters
    ----------
    notebook : Path
    lang : str
        Language of the catalogue; not the notebook's own.

    Raises
    ------
    NotebookError
        If the notebook cannot be read.
    TranslationError
        If the catalogue cannot.
    """
    path = catalogue(notebook, lang)
    known = files.read(path, lang)
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    previous = {message.id: message.previous_id for message in known if message.fuzzy}
    for key, message in list(known.obsolete.items()):
        if key not in known:
            known[message.id] = message
    known.obsolete.clear()
    known.update(_template(notebook))
    for message in known:
        if message.fuzzy and not message.previous_id:
            message.previous_id = previous.get(message.id, [])
    new = files.written(known, old, lang)
    if new != old:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, new.encode())
    return _state(path, known)


def faults(notebook: Path, lang: str) -> list[Fault]:
    """Why a notebook's prose cannot be shown in a language; none if it can, or need not because it is not translated.

    Raises
    ------
    NotebookError, TranslationError
        If the notebook or its catalogue cannot be read.
    """
    content = stored(notebook)
    if lang == own_language(content) or not is_translated(notebook):
        return []
    known, own = files.read(catalogue(notebook, lang), lang), own_language(content)
    return [fault for number, text in _told(content) for fault in _cell_faults(number, text, known, lang, own)]


def refusal(notebook: Path, lang: str) -> Said | None:
    """Why a notebook cannot run in a language, where, and what to do; None if it can."""
    return _refusal(notebook, lang, spelled=_SAID)


def refused(notebook: Path, lang: str) -> Said | None:
    """What `refusal` says, in short."""
    return _refusal(notebook, lang, spelled=0)


def _refusal(notebook: Path, lang: str, *, spelled: int) -> Said | None:
    try:
        found = faults(notebook, lang)
    except (NotebookError, TranslationError) as error:
        return error.sentence
    if not found:
        return None
    values = {
        "place": catalogue(notebook, lang).relative_to(notebook.parents[1]).as_posix(),
        "notebook": notebook.name, "lang": lang, "count": len(found), "stem": notebook.stem,
    }  # fmt: skip
    if not spelled:
        return said(
            "{place}: not every paragraph of {notebook} is translated to {lang} as it stands (faults: {count}); "
            "see `digital-diplomacy translations --check {stem}`",
            **values,
        )
    more = [said("and {count} more", count=len(found) - spelled)] if len(found) > spelled else []
    return said(
        "{place}: not every paragraph of {notebook} is translated to {lang} as it stands (faults: {count}): {listed}. "
        "Bring the catalogue up to date with `digital-diplomacy translations {stem}`, translate, then see "
        "`digital-diplomacy translations --check {stem}`",
        listed=joined([*(one.sentence for one in found[:spelled]), *more]),
        **values,
    )


def spoken(notebook: Path, lang: str) -> list[str]:
    """The paragraphs of a notebook in a language, in order; empty where there is no translation that stands.

    Raises
    ------
    NotebookError, TranslationError
        If the notebook or its catalogue cannot be read.
    """
    content = stored(notebook)
    texts = [one.text for _, text in _told(content) for one in paragraphs(text)]
    if lang == own_language(content):
        return texts
    known = files.read(catalogue(notebook, lang), lang)
    found = [known.get(text) for text in texts]
    return [str(message.string) if message and not message.fuzzy else "" for message in found]


def begin(notebook: Path, lang: str, given: Mapping[str, str]) -> Path:
    """Write the first catalogue of a notebook in a language, with the translations given; empty where there is none."""
    path, known = catalogue(notebook, lang), _template(notebook)
    for message in known:
        message.string = given.get(str(message.id), "") if message.id else message.string
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(files.written(known, "", lang), encoding="utf-8", newline="\n")
    return path


def told(executed: Mapping[str, Any], notebook: Path, lang: str) -> dict[str, Any]:
    """A copy of an executed notebook with its prose in a language, which its metadata name.

    Parameters
    ----------
    executed : mapping
        With the markdown cells of the notebook as it is stored.
    notebook : Path
        The notebook as it is stored.
    lang : str

    Raises
    ------
    TranslationError
        If the prose is not wholly translated, as `refusal` says.
    """
    found, own = copy.deepcopy(dict(executed)), own_language(stored(notebook))
    spoken = lang if is_translated(notebook) else own
    found["metadata"] = {**found["metadata"], KEY: {**found["metadata"].get(KEY, {}), "lang": spoken}}
    if spoken == own:
        return found
    why = refusal(notebook, lang)
    if why:
        raise TranslationError(why)
    known = files.read(catalogue(notebook, lang), lang)
    for cell in found["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = replaced(_text(cell), lambda text: str(known[text].string))
    return found


def stored(notebook: Path) -> dict[str, Any]:
    """A notebook as it is stored."""
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        if not all({"cell_type", "source"} <= {*cell} for cell in content["cells"]):
            raise ArgumentError("a cell has no type or no source")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotebookError(
            "{name} is not a Jupyter notebook ({kind}: {error})",
            name=notebook.name,
            kind=type(error).__name__,
            error=error,
        ) from error
    return dict(content)


def _text(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"]).replace("\r\n", "\n")


def _told(content: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Markdown cells with their numbers as Jupyter's users count all cells, from 1."""
    for number, cell in enumerate(content["cells"], start=1):
        if cell["cell_type"] == "markdown":
            yield number, _text(cell)


def _template(notebook: Path) -> "Catalog":
    from babel.messages.catalog import Catalog

    made = Catalog()
    for number, text in _told(stored(notebook)):
        for one in paragraphs(text):
            made.add(one.text, locations=[(notebook.name, number)], auto_comments=[one.kind])
    return made


def _state(path: Path, known: "Catalog") -> State:
    messages = [message for message in known if message.id]
    stale = sum(message.fuzzy for message in messages)
    missing = sum(not message.string for message in messages)
    obsolete = len(known.obsolete)
    return State(path, len(messages), len(messages) - stale - missing, stale, missing, obsolete)


def _cell_faults(number: int, text: str, known: "Catalog", lang: str, own: str) -> Iterator[Fault]:
    found = []
    for one in paragraphs(text):
        found += [Fault(number, one.text, what) for what in _wrong(one.text, known, lang, own)]
    yield from found
    if not found:
        in_language = replaced(text, lambda one: str(known[one].string))
        if shape(in_language) != shape(text):
            other = said(
                "the translations of this cell make other blocks; one begins like a list, a heading or a table"
            )
            yield Fault(number, text, other)


def _wrong(text: str, known: "Catalog", lang: str, own: str) -> Iterator[Said]:
    message = known.get(text)
    if message is None:
        yield said("is not in the catalogue")
    elif not message.string:
        yield said("has no translation")
    elif message.fuzzy:
        yield said("its translation is stale (fuzzy): it was made of another text, or nobody has confirmed it")
    elif len(str(message.string)) > _LONGER * len(text) + _SHORT:  # nor is it looked through, which could take hours
        yield said(
            "its translation is {count} characters long, its original {original}; translate that paragraph alone",
            count=len(str(message.string)),
            original=len(text),
        )
    else:
        for what in differences(text, str(message.string)):
            yield said("its translation differs: {what}", what=what)
        from digital_diplomacy.labels.columns import (
            is_latin,  # imported here: runs that are only looked up need no words
        )

        left = repeated(text, str(message.string), is_latin=is_latin(lang)) if own == SOURCE else []
        if left:
            yield said("its translation is not in {lang}: {words}", lang=lang, words=", ".join(left[:_SAID]))
