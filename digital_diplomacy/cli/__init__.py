"""The command ``digital-diplomacy``: it composes the library and computes nothing itself.

Imports of the library stand inside the commands, so that ``--help`` answers at once.
"""

import sys
import warnings
from typing import Annotated

import typer

from digital_diplomacy import __version__
from digital_diplomacy.cli import (  # noqa: F401  # they join the application
    claims,
    claims_scan,
    claims_take_in,
    data,
    index,
    labels,
    network,
    runs,
    sweeps,
    tables,
    tracing,
    translations,
)
from digital_diplomacy.cli.app import app, refuse, speak
from digital_diplomacy.errors import DigitalDiplomacyError, NamelessWarning, said


def main() -> None:
    """Entry point: errors raised on purpose become one line and exit code 2."""
    warnings.filterwarnings("error", category=NamelessWarning)
    speak(sys.argv[1:])
    try:
        app()
    except DigitalDiplomacyError as error:
        refuse(error)
    except OSError as error:
        refuse("{file}: {reason}", file=error.filename or said("file"), reason=said(error.strerror or str(error)))
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
