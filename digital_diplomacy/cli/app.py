"""The application all commands join, and how one refuses what it was asked."""

import sys
from typing import NoReturn

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reproduce digital-diplomacy rankings, penetration figures and networks from their published sources.",
)


def refuse(message: str) -> NoReturn:
    """Say in one line what is wrong and end with code 2."""
    print(f"error: {message}", file=sys.stderr)
    raise SystemExit(2)
