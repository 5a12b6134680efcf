"""A command line that is not understood, told in the user's language: what typer says of it, recognised by its form."""

import re
from collections.abc import Mapping
from typing import Final

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
            values["near"] = said("; did you mean {near}?", near=near) if near else ""
        if "what" in values and "name" in values:
            values["what"] = understood(str(values["what"]))
        return said(template, **values)
    return said("the command line is not understood: “{message}”", message=message)
