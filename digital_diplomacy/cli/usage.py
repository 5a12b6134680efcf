"""A command line that is not understood, told in the user's language: what typer says of it, recognised by its form."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import Said, said

_FORMS: Final[Mapping[str, str]] = {
    r"No such option: (?P<option>\S+?)(?:\.| Did you mean (?P<near>.+)\?| \(Possible options: (?P<several>.+)\))?": (
        "there is no option {option}{near}"
    ),
    r"No such command '(?P<name>.*?)'\..*": "there is no command {name!r}",
    r"Missing (?:argument|option|parameter) '?(?P<name>[^'.]+)'?.*": "{name} is missing",
    r"Invalid value for '?(?P<name>[^:]+?)'?: (?P<what>.*)": "{name}: {what}",
    r"'(?P<value>.*)' is not a valid (?:integer|int|float|number)(?: range)?\.": "{value!r} is no number",
    r"(?P<value>\S+) is not in the range (?P<range>.*)\.": "{value} is not in the range {range}",
    r"'(?P<value>.*)' is not a valid boolean\..*": "{value!r} is neither true nor false",
    r"Got unexpected extra argument(?:s|\(s\))? \((?P<what>.*)\)": "what is {what} here for?",
    r"Option '(?P<option>.*)' requires (?:an argument|\d+ arguments)\.": "the option {option} needs a value",
    r"Option '(?P<option>.*)' does not take a value\.": "the option {option} takes no value",
    r"Missing command\.": "a command is missing",
}


def understood(message: str) -> Said:
    """What a message says, so that it can be told in other languages; where its form is not known, it is quoted.

    Examples
    --------
    >>> str(understood("Invalid value for '--draws': 'many' is not a valid integer range."))
    "--draws: 'many' is no number"
    """
    for form, template in _FORMS.items():
        found = re.fullmatch(form, message)
        if found is None:
            continue
        values: dict[str, object] = {name: text or "" for name, text in found.groupdict().items()}
        if message.startswith("Missing argument"):  # the help writes it so
            values["name"] = str(values["name"]).upper()
        if "{near}" in template:
            near = values.get("near") or values.pop("several", "")
            values["near"] = said(" (did you mean {near}?)", near=near) if near else ""
        if "what" in values and "name" in values:
            values["what"] = understood(str(values["what"]))
        return said(template, **values)
    return said("the command line is not understood: “{message}”", message=message)


def repeated(command: Any, words: Sequence[str]) -> str:
    """The first option that is given more than once and can have one value only; empty if there is none.

    The last of them would be taken, and the others forgotten without a word.

    Parameters
    ----------
    command : Command
        What typer makes of the application.
    words : sequence of str
        The command line behind the name of the program.

    Examples
    --------
    >>> import typer
    >>> from digital_diplomacy.cli import app, join
    >>> join(["sweep"])
    >>> command = typer.main.get_command(app)
    >>> repeated(command, ["sweep", "rankings", "--jobs", "1", "--jobs=2"])
    '--jobs'
    """
    rest = list(takewhile(lambda word: word != "--", words))
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    taking = [one for one in command.params if hasattr(one, "is_flag") and not (one.is_flag or one.multiple)]
    names = {name: one.opts[0] for one in taking for name in one.opts}
    every = {name for one in command.params if not getattr(one, "is_flag", True) for name in one.opts}
    given: Counter[str] = Counter()
    while rest:
        name, equals, _ = rest.pop(0).partition("=")
        given[names.get(name, "")] += 1
        if name in every and not equals and rest:
            rest.pop(0)  # its value, whatever it looks like
    return next((name for name, count in given.items() if name and count > 1), "")


def named_files(words: Sequence[str]) -> list[Path]:
    """What the words of a command line name that is there, by themselves or behind the sign of an option's value.

    Examples
    --------
    >>> named_files(["no such command", "no such file", "--out=."]) == [Path(".")]
    True
    """
    given = (Path(word.partition("=")[2] if word.startswith("--") and "=" in word else word) for word in words)
    return [path for path in given if _is_there(path)]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # longer than a name may be, or with a character that none may have
        return False
