"""The commands that keep the texts of figures, tables and pages: what is missing, and another language."""

from typing import Annotated

import typer

from digital_diplomacy.cli.app import app, project_root, refuse, spoken
from digital_diplomacy.cli.streams import put

_group = typer.Typer(invoke_without_command=True, no_args_is_help=True, rich_markup_mode=None)
app.add_typer(_group, name="labels")


@_group.callback()
def labels_command(
    check: Annotated[
        bool, typer.Option("--check", help="List the texts that are missing and end with code 1 if any.")
    ] = False,
    lang: Annotated[str, typer.Option(help="One language alone.", show_default="all that have a column")] = "",
) -> None:
    """Texts of figures, tables and pages: a row a text, a column a language."""
    if check:
        _check(lang)


@_group.command("new")
def new_language(lang: Annotated[str, typer.Argument(metavar="LANGUAGE", help="BCP 47 code, as ky or uz.")]) -> None:
    """Begin a language: an empty column in every file of texts, a catalogue for every translated notebook."""
    from digital_diplomacy import labels
    from digital_diplomacy.labels import columns
    from digital_diplomacy.runs import translations
    from digital_diplomacy.runs.notebooks import find_notebooks

    root = project_root()
    notebooks = [one.path for one in find_notebooks(root).values() if translations.is_translated(one.path)]
    unbegun = [notebook for notebook in notebooks if not translations.catalogue(notebook, lang).exists()]
    if lang not in columns.declared() or not unbegun:  # else it was killed between the columns and the catalogues
        files = columns.add(lang)
        lacks = len(columns.missing(columns.read(), lang))
        _say("command.language_column", folder=columns.FOLDER, lang=lang, files=len(files), texts=lacks)
    for notebook in unbegun:
        state = translations.update(notebook, lang)
        _say("command.paragraphs", path=state.path.relative_to(root).as_posix(), paragraphs=state.paragraphs)
    _say("command.language_next", lang=lang)
    _say("command.language_offered", lang=lang, known=", ".join(labels.LANGUAGES))


def _say(code: str, **values: object) -> None:
    from digital_diplomacy import labels

    put(labels.text(code, spoken(), **values))


def _check(lang: str) -> None:
    from digital_diplomacy.labels import columns

    texts, known = columns.read(), columns.declared()
    if lang and lang not in known:
        refuse(
            "unknown language {lang!r}; allowed: {known}; another begins with `labels new {lang}`",
            lang=lang,
            known=", ".join(known),
        )
    lacks = [(code, one) for code in known if lang in ("", code) for one in columns.missing(texts, code)]
    for code, one in lacks:
        _say("command.no_text", what=one, lang=code)
    odd = [(code, one) for code in known if lang in ("", code) for one in columns.unsound(texts, code)]
    for code, one in odd:
        _say("command.odd_text", what=one, lang=code)
    sentences = [(code, *one) for code in known if lang in ("", code) for one in columns.untranslated(code)]
    for code, file, sentence in sentences:
        _say("command.no_sentence", file=f"labels/{file}", sentence=sentence, lang=code)
    if lacks or odd or sentences:
        raise SystemExit(1)
