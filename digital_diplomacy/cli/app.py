"""The application all commands join, and how one refuses what it was asked."""

import sys
from pathlib import Path
from typing import Final, NoReturn

import typer

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


def refuse(message: str) -> NoReturn:
    """Say in one line what is wrong and end with code 2."""
    print(f"error: {message}", file=sys.stderr)
    raise SystemExit(2)


def check_language(lang: str, *more: str) -> None:
    """Refuse a language that is not offered, saying which are; ``more`` may stand for one."""
    from digital_diplomacy import labels

    if lang not in (*labels.LANGUAGES, *more):
        refuse(f"--lang: {labels.refusal(lang, *more)}")


def project_root() -> Path:
    """The project the command works on, found without loading what reads tables; refused as that refuses."""
    from digital_diplomacy.runs.notebooks import project_above

    found = project_above(Path.cwd())
    if found is None:
        from digital_diplomacy import sources

        return sources.project_root()
    return found
