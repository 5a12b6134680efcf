"""The command ``digital-diplomacy``: it composes the library and computes nothing itself.

Imports of the library stand inside the commands, so that ``--help`` answers at once.
"""

import gc
import sys
import warnings
from typing import Annotated, Final

import typer

from digital_diplomacy import __version__
from digital_diplomacy.cli import (  # noqa: F401  # they join the application
    adapt,
    claims,
    claims_scan,
    claims_take_in,
    data,
    index,
    labels,
    network,
    new,
    runs,
    sweeps,
    tables,
    tracing,
    translations,
)
from digital_diplomacy.cli.app import app, refuse
from digital_diplomacy.errors import DigitalDiplomacyError, NamelessWarning

_SELDOM: Final = 50_000
"""Objects made between two collections of garbage: at Python's own 700 they take a tenth of a command's time."""


def main() -> None:
    """Entry point: errors raised on purpose become one line and exit code 2."""
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    warnings.filterwarnings("error", category=NamelessWarning)
    try:
        app()
    except DigitalDiplomacyError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename or 'file'}: {error.strerror or error}")
    except KeyboardInterrupt:
        print("interrupted; what was finished is kept, the next run goes on from there", file=sys.stderr)
        raise SystemExit(130) from None


def _version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
