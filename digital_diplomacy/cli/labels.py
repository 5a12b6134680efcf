"""The commands that keep the texts of figures, tables and pages: what is missing, and another language."""

from typing import Annotated

import typer

from digital_diplomacy.cli.app import app, project_root, refuse

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
    files = columns.add(lang)
    print(f"{columns.FOLDER}: column {lang} in {len(files)} files, {len(columns.missing(columns.read(), lang))} texts")
    for notebook in notebooks:
        state = translations.update(notebook, lang)
        print(f"{state.path.relative_to(root).as_posix()}: {state.paragraphs} paragraphs")
    print(f"translate them; `labels --check` and `translations --check --lang {lang}` say what is still missing")
    print(f"once no text is missing, {lang} is offered beside {', '.join(labels.LANGUAGES)}")


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
        print(f"{one}: has no {code} text")
    sentences = [(code, *one) for code in known if lang in ("", code) for one in columns.untranslated(code)]
    for code, file, sentence in sentences:
        print(f"labels/{file}: {sentence!r} has no {code} text")
    if lacks or sentences:
        raise SystemExit(1)
