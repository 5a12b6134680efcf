"""The command ``digital-diplomacy``: it composes the library and computes nothing itself.

Imports of the library stand inside the commands, so that ``--help`` answers at once, and of the modules of commands
only those of the one that is called are imported.
"""

import gc
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final, NoReturn

import typer

from digital_diplomacy import __version__
from digital_diplomacy.cli import ending, streams
from digital_diplomacy.cli.app import app, check_asked, refuse, speak, spoken
from digital_diplomacy.cli.helping import translate
from digital_diplomacy.cli.streams import put
from digital_diplomacy.cli.usage import named_files, repeated, understood
from digital_diplomacy.endless import refuse_endless
from digital_diplomacy.errors import DigitalDiplomacyError, NamelessWarning, said

_UsageError: Final[Any] = typer.BadParameter.__mro__[1]
"""What typer raises where it does not understand the command line; it gives it no public name."""


_WRITTEN_IN: Final = {
    "adapt": ("adapt",),
    "claims": ("claims.command", "claims.scan", "claims.take_in"),
    "data": ("data.command", "data.diff", "data.fetch"),
    "index": ("index.command",),
    "lab": ("lab",),
    "labels": ("labels",),
    "messages": ("messages.command",),
    "network": ("network.command",),
    "new": ("new",),
    "notebooks": ("runs",),
    "reproduce": ("runs",),
    "sweep": ("sweeps",),
    "process": ("tables",),
    "tables": ("tables",),
    "seal": ("tables",),
    "trace": ("tracing",),
    "translations": ("translations",),
}
"""Modules below this one that each command, or group of commands, stands in; in the order of ``--help``."""

_GOING_ON: Final = ("adapt", "reproduce", "sweep")
"""Commands whose work is of parts, each of which stays once it is done; all others are begun anew."""

_HELPED: Final = "NoArgsIsHelpError"
"""What it raises to show the help of a group that is called without a command."""


def _path(error: Any) -> str:
    return str(error.ctx.command_path) if error.ctx else "digital-diplomacy"


_SELDOM: Final = 50_000
"""Objects made between two collections of garbage: at Python's own 700 they take a tenth of a command's time."""


def join(words: Sequence[str] = ()) -> None:
    """Have commands join the application: the one that the words of a command line begin with, or else all."""
    every = [module for modules in _WRITTEN_IN.values() for module in modules]
    for module in _WRITTEN_IN.get(words[0] if words else "", every):
        import_module(f"{__name__}.{module}")


def main() -> None:
    """Entry point: errors raised on purpose become one line and exit code 2."""
    streams.make_ready()
    with ending.heard() as asked:
        try:
            _main(asked)
        except KeyboardInterrupt:
            _say_interrupted()
            raise SystemExit(ending.code(asked)) from None
        finally:
            speak(())  # whoever calls this again asks anew


def _main(asked: list[int]) -> NoReturn:
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    join(sys.argv[1:])
    warnings.filterwarnings("error", category=NamelessWarning)
    speak(sys.argv[1:])
    try:
        check_asked()
        raise SystemExit(_run(asked))
    except typer.Abort:
        refuse("nothing was done: the question was not answered")
    except _UsageError as error:
        if spoken() == "en" or type(error).__name__ == _HELPED:
            error.show()
            raise SystemExit(error.exit_code) from None
        refuse("{what}; see `{command} --help`", what=understood(error.format_message()), command=_path(error))
    except DigitalDiplomacyError as error:
        refuse(error)
    except BrokenPipeError:  # whoever read the output has read enough
        streams.give_up()
        raise SystemExit(1) from None
    except RecursionError:
        refuse("something in a file is nested too deeply to be read")
    except MemoryError:
        refuse("this machine's memory is too small for that; give it less at a time, or use a larger machine")
    except OSError as error:
        no_output = not error.filename and streams.has_failed()
        if not (error.filename or no_output or takes_temporary_files()):
            refuse("no folder takes temporary files; set TMPDIR to a folder that can be written to")
        file = error.filename or (said("standard output") if no_output else said("file"))
        refuse("{file}: {reason}", file=file, reason=said(error.strerror or str(error)))


def takes_temporary_files() -> bool:
    """Whether a folder for temporary files is found; where none is, each library says so in words of its own."""
    import tempfile  # seldom asked for

    try:
        return bool(tempfile.gettempdir())
    except OSError:
        return False


def _run(asked: list[int]) -> int:
    """Run the command with its helps in the user's language; the exit code."""
    command = typer.main.get_command(app)
    if spoken() != "en":
        translate(command, spoken())
    if twice := repeated(command, sys.argv[1:]):
        refuse("{option} is given more than once, and only one can be meant; give it once", option=twice)
    if sys.argv[1:2] != ["lab"]:  # its words are JupyterLab's
        for path in named_files(sys.argv[1:]):
            refuse_endless(path)
    ended = command(standalone_mode=False)
    sys.stdout.flush()
    if ended == ending.INTERRUPTED:  # typer takes the interrupt for an end
        _say_interrupted()
        return ending.code(asked)
    return ended if isinstance(ended, int) else 0


def _say_interrupted() -> None:
    from digital_diplomacy.labels.refusals import told

    if sys.argv[1:2] and sys.argv[1] in _GOING_ON:
        what = said("interrupted; what was finished is kept, the next run goes on from there")
    else:
        what = said("interrupted; nothing half done is left, the next run begins anew")
    put(told(what, spoken()), file=sys.stderr)


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
