"""The command that begins a notebook of one's own."""

from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digital_diplomacy.cli.app import LANGUAGES, app, refuse, spoken, talk
from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    from digital_diplomacy.runs.notebooks import Notebook


@app.command("new")
def new_notebook(
    name: Annotated[str, typer.Argument(help="Name of the notebook, such as my_question.")],
    model: Annotated[
        str, typer.Option("--from", metavar="NOTEBOOK", help="Begin from this notebook.", show_default="a template")
    ] = "",
    lang: Annotated[
        str, typer.Option(help=f"Language you write in: {LANGUAGES}.", show_default="that of the system")
    ] = "",
) -> None:
    """Begin a notebook of your own in notebooks/: it runs at once, in every language, and you change it from there."""
    from digital_diplomacy import labels
    from digital_diplomacy.runs import beginning

    lang = talk(lang)
    root, stem = project(), name.removeprefix("notebooks/").removesuffix(".ipynb")
    wrong = beginning.refused(stem, root)
    if wrong:
        refuse(labels.text(f"new.{wrong.code}", spoken(), name=name, suggestion=wrong.suggestion))
    begun_from = _model(model, root) if model else beginning.TEMPLATE
    _refuse_untold(begun_from, lang)
    made = beginning.begin(root / "notebooks" / f"{stem}.ipynb", begun_from, lang=lang)
    _say(made, stem, root, lang)


def project() -> Path:
    """The project the command works on, refused where there is none."""
    from digital_diplomacy import labels
    from digital_diplomacy.runs.notebooks import project_above

    return project_above(Path.cwd()) or refuse(labels.text("new.no_project", spoken(), folder=str(Path.cwd())))


def _model(name: str, root: Path) -> Path:
    """The notebook of the project to begin from, refused where it is none, with the nearest name."""
    from digital_diplomacy import labels
    from digital_diplomacy.errors import NotebookError
    from digital_diplomacy.runs.notebooks import find_notebooks

    known: dict[str, Notebook] = {}
    with suppress(NotebookError):  # a project without notebooks; the refusal below says what to do
        known = find_notebooks(root)
    stem = Path(name).name.removesuffix(".ipynb")
    if stem not in known:
        near = get_close_matches(stem, known, n=1) or list(known)[:1]
        code = "new.unknown_model" if known else "new.no_model"
        refuse(labels.text(code, spoken(), name=name, near="".join(near), known=", ".join(known)))
    if known[stem].fault:
        refuse(labels.text("new.faulty_model", spoken(), name=stem, fault=known[stem].fault))
    return known[stem].path


def _refuse_untold(model: Path, lang: str) -> None:
    """Refuse to begin in a language in which the model cannot be read."""
    from digital_diplomacy import labels
    from digital_diplomacy.runs import beginning

    told = beginning.told_in(model)
    if lang not in told:
        named = ", ".join(f"{labels.language(code, spoken())} (--lang {code})" for code in told)
        language = labels.language(lang, spoken())
        refuse(labels.text("new.untold_model", spoken(), name=model.stem, language=language, told=named))


def _say(made: list[Path], stem: str, root: Path, lang: str) -> None:
    """What was written, and what to do next."""
    from digital_diplomacy import labels

    shown = [path.relative_to(root).as_posix() for path in made]
    put(labels.text("new.made" if shown[1:] else "new.made_alone", lang, path=shown[0]))
    for path in shown[1:]:
        put(f"  {path}")
    put(labels.text("new.run", lang, command=f"digital-diplomacy reproduce {stem} --lang {lang}"))
    put(labels.text("new.change", lang, path=shown[0]))
    if shown[1:]:
        update, check = (f"digital-diplomacy translations {option}{stem}" for option in ("", "--check "))
        put(labels.text("new.translate", lang, update=update, check=check))
    else:
        put(labels.text("new.untranslated", lang, language=labels.language(lang, lang)))
