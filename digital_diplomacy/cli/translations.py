"""The command that keeps the catalogues of notebooks' prose."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digital_diplomacy.cli.app import app, project_root, refuse, spoken
from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    from digital_diplomacy.runs.notebooks import Notebook


@app.command("translations")
def translations_command(
    notebooks: Annotated[
        list[str] | None,
        typer.Argument(help="Names of notebooks; all that have a catalogue, if none is named.", show_default=False),
    ] = None,
    lang: Annotated[str, typer.Option(help="One language alone.", show_default="all but the notebook's own")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; list what is not translated and end with code 1 if any.")
    ] = False,
) -> None:
    """Bring the catalogues of notebooks' prose up to date; naming a notebook without one begins its translation."""
    from digital_diplomacy import labels
    from digital_diplomacy.runs import translations
    from digital_diplomacy.runs.notebooks import find_notebooks

    root, faulty = project_root(), 0
    for notebook in _chosen(find_notebooks(root), notebooks or []):
        if not notebooks and not translations.is_translated(notebook.path):
            put(labels.text("command.untranslated", spoken(), notebook=notebook.name))
            continue
        for code in _languages(notebook.path, lang, begun=not check):
            faulty += _check(notebook.path, code, root) if check else _update(notebook.path, code, root)
    if check and faulty:
        raise SystemExit(1)


def _chosen(known: "dict[str, Notebook]", wanted: list[str]) -> "list[Notebook]":
    from digital_diplomacy.runs.notebooks import unknown_notebook

    names = [Path(name).stem for name in wanted] or list(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        refuse(unknown_notebook(unknown[0], known))
    return [known[name] for name in names]


def _languages(notebook: Path, lang: str, *, begun: bool) -> list[str]:
    """Languages a notebook is translated to, or is to be (``begun``): those whose labels are not complete."""
    from digital_diplomacy import labels
    from digital_diplomacy.labels import columns
    from digital_diplomacy.runs import translations

    known = columns.declared()
    if lang and lang not in known:
        refuse(
            "unknown language {lang!r}; allowed: {known}; another begins with `labels new {lang}`",
            lang=lang,
            known=", ".join(known),
        )
    own = translations.own_language(translations.stored(notebook))
    chosen = [lang] if lang else known if begun else labels.LANGUAGES
    return [code for code in chosen if code != own]


def _update(notebook: Path, lang: str, root: Path) -> int:
    from digital_diplomacy import labels
    from digital_diplomacy.runs import translations

    state = translations.update(notebook, lang)
    counts = {name: getattr(state, name) for name in ("paragraphs", "translated", "stale", "missing", "obsolete")}
    place = state.path.relative_to(root).as_posix()
    put(labels.text("command.catalogue", spoken(), path=place, **counts))
    return 0


def _check(notebook: Path, lang: str, root: Path) -> int:
    """Say what is not translated, a line a fault; how many there are."""
    from digital_diplomacy import labels
    from digital_diplomacy.labels.refusals import told
    from digital_diplomacy.runs import translations

    place = translations.catalogue(notebook, lang).relative_to(root).as_posix()
    if not translations.is_translated(notebook):
        put(labels.text("command.no_catalogue", spoken(), path=place, notebook=notebook.stem))
        return 1
    found = translations.faults(notebook, lang)
    for fault in found:
        put(f"{place}: {told(fault.sentence, spoken())}")
    return len(found)
