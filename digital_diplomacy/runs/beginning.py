"""A notebook of one's own, begun from the template that comes with the package or from another notebook.

What is begun runs at once, in every language its model is translated to: its catalogues are begun with it.
"""

import errno
import json
import os
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.runs import translations
from digital_diplomacy.runs.outputs import KEY
from digital_diplomacy.runs.parameters import INJECTED, TAG
from digital_diplomacy.unfinished import all_at_once, settle

TEMPLATE: Final = Path(__file__).parent / "templates" / "question.ipynb"
"""The notebook that asks a question of one's own: question, parameters, answer, calls, limits."""

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d|failed|sweeps", re.IGNORECASE)
"""Names that Windows keeps for devices, and those of folders beside the results of notebooks."""

_LANG: Final = re.compile(r"""^(lang\s*=\s*)(["'])[\w-]*\2""", re.MULTILINE)


@dataclass(frozen=True)
class Refusal:
    """Why a notebook cannot bear a name: the code of what is wrong, and a name that would do."""

    code: str
    suggestion: str


def refused(name: str, root: Path) -> Refusal | None:
    """Why a new notebook cannot be called so; None if it can.

    Parameters
    ----------
    name : str
        Without its ending.
    root : Path
        The project's folder.

    Returns
    -------
    Refusal or None
        ``not_a_name`` for what is no plain file name, ``reserved`` for one that means something else, ``taken`` where a
        notebook or a catalogue has it, in any case of letters.
    """
    taken = _taken(root)
    code = "not_a_name" if not _PLAIN.fullmatch(name) else "reserved" if _RESERVED.fullmatch(name) else ""
    code = code or ("taken" if name.casefold() in taken else "")
    return Refusal(code, _suggested(name, taken)) if code else None


def _taken(root: Path) -> set[str]:
    """Names of notebooks and of catalogues, also of those whose notebook is gone."""
    folder = root / "notebooks"
    settle(folder)  # of one that was killed while it moved into its place
    return {path.stem.casefold() for path in (*folder.glob("*.ipynb"), *folder.glob("locale/*/*.po"))}


def _suggested(name: str, taken: Collection[str]) -> str:
    """The nearest name that can be had: plain letters, lower case, a number behind it where it is taken."""
    plain = unicodedata.normalize("NFKD", Path(name).name).encode("ascii", "ignore").decode().lower()
    near = re.sub(r"[^a-z0-9]+", "_", plain).strip("_0123456789")[:50]
    near = near if near and not _RESERVED.fullmatch(near) else f"my_{near or 'question'}"
    free = (f"{near}{number}" for number in ("", *(f"_{n}" for n in range(2, 1000))))
    return next((one for one in free if one not in taken), near)


def begin(path: Path, model: Path, *, lang: str) -> list[Path]:
    """Write a notebook like another, with its prose in a language and a catalogue for each other one.

    Parameters
    ----------
    path : Path
        Where the new one goes; nothing may be there.
    model : Path
        The notebook it is begun from: it stays as it is.
    lang : str
        Language the author goes on writing in; the model must be wholly told in it (`told_in`).

    Returns
    -------
    list of Path
        The notebook, then its catalogues.

    Raises
    ------
    FileExistsError
        If there is such a file.
    NotebookError, TranslationError
        If the model or a catalogue of it cannot be read.
    """
    content = translations.told(translations.stored(model), model, lang)
    others = {code: translations.spoken(model, code) for code in _languages(model) if code != lang}
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with all_at_once(path.parent) as stage:
        begun = stage / path.name
        begun.write_bytes((json.dumps(_own(content, lang), ensure_ascii=False, indent=1) + "\n").encode())
        told = translations.spoken(begun, lang)
        made = [translations.begin(begun, code, dict(zip(told, texts, strict=True))) for code, texts in others.items()]
    return [path, *(path.parent / one.relative_to(stage) for one in made)]


def told_in(model: Path) -> list[str]:
    """Languages in which every paragraph of a notebook can be read, its own first."""
    return [lang for lang in _languages(model) if not translations.refusal(model, lang)]


def _languages(model: Path) -> list[str]:
    own = translations.own_language(translations.stored(model))
    return [own, *(path.parent.name for path in translations.catalogues(model) if path.parent.name != own)]


def _own(content: dict[str, Any], lang: str) -> dict[str, Any]:
    """The content without outputs and without what is the model's alone: its place among the others, a run's values."""
    about = {name: value for name, value in content["metadata"].get(KEY, {}).items() if name not in ("order", "lang")}
    about |= {"lang": lang} if lang != translations.SOURCE else {}
    plain = {name: value for name, value in content["metadata"].items() if name != KEY}
    cells = [cell for cell in content["cells"] if INJECTED not in cell.get("metadata", {}).get("tags", [])]
    metadata = plain | ({KEY: about} if about else {})
    return {**content, "cells": [_emptied(cell, lang) for cell in cells], "metadata": metadata}


def _emptied(cell: dict[str, Any], lang: str) -> dict[str, Any]:
    """A cell as it is stored: without outputs, the parameter ``lang`` in the author's language, a string a line."""
    text = "".join(cell["source"])
    if TAG in cell.get("metadata", {}).get("tags", []):
        text = _LANG.sub(rf"\g<1>\g<2>{lang}\g<2>", text)
    bare: dict[str, Any] = {"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {}
    return {**cell, **bare, "source": text.splitlines(keepends=True)}
