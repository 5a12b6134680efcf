"""What a notebook may be told: its parameters cell read as literals, and given values checked against it."""

import ast
import io
import math
import tokenize
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from digital_diplomacy import labels
from digital_diplomacy.errors import NotebookError, ParameterError

TAG: Final = "parameters"
_KINDS: Final[dict[type, str]] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
}


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell.

    Attributes
    ----------
    name : str
    default : str, int, float, bool or list of str or int
    comment : str
        What the line's comment says.
    """

    name: str
    default: Any
    comment: str

    @property
    def kind(self) -> str:
        """The type in words, e.g. ``a list of text``."""
        base = _KINDS[type(self.default)]
        return f"{base} of {_KINDS[type(self.default[0])]}" if isinstance(self.default, list) and self.default else base


def read_parameters(notebook: Mapping[str, Any], path: Path) -> dict[str, Parameter]:
    """Parameters a notebook declares, in order; empty if it has no cell tagged ``parameters``.

    Raises
    ------
    NotebookError
        If the cell holds anything but assignments of literals, or there are two such cells.
    """
    cells = [cell for cell in notebook["cells"] if TAG in cell.get("metadata", {}).get("tags", [])]
    if len(cells) > 1:
        raise NotebookError(f"{path.name}: {len(cells)} cells are tagged {TAG!r}; keep one")
    if not cells:
        return {}
    source = "".join(cells[0]["source"])
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise NotebookError(f"{path.name}, parameters cell, line {error.lineno}: {error.msg}") from error
    comments = _comments(source)
    found = [_parameter(statement, comments, path) for statement in tree.body]
    return {parameter.name: parameter for parameter in found}


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _parameter(statement: ast.stmt, comments: Mapping[int, str], path: Path) -> Parameter:
    where = f"{path.name}, parameters cell, line {statement.lineno}"
    if not (
        isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name)
    ):
        raise NotebookError(f"{where}: only `name = literal  # comment` may stand here")
    try:
        default = ast.literal_eval(statement.value)
    except ValueError as error:
        raise NotebookError(f"{where}: {statement.targets[0].id} is not a literal") from error
    items = default if isinstance(default, list) else [default]
    if type(default) not in _KINDS or any(type(item) not in (str, int, float, bool) for item in items):
        raise NotebookError(
            f"{where}: {statement.targets[0].id} must be text, a number, true or false, or a list of these"
        )
    return Parameter(statement.targets[0].id, default, comments.get(statement.lineno, ""))


def parse(parameter: Parameter, text: str) -> Any:
    """A value typed on the command line, in the parameter's own type; lists are separated by commas.

    Raises
    ------
    ParameterError
        Naming the parameter, the text and the type expected.
    """
    default = parameter.default
    if isinstance(default, list):
        first = Parameter(parameter.name, default[0] if default else "", "")
        values = [parse(first, part.strip()) for part in text.split(",") if part.strip()]
        if not values:
            raise ParameterError(f"parameter {parameter.name}={text}: at least one value expected, such as {default!r}")
        return values
    if isinstance(default, bool):
        if text.lower() not in ("true", "false"):
            raise _wrong_type(parameter, text)
        return text.lower() == "true"
    try:
        value = type(default)(text)
    except ValueError as error:
        raise _wrong_type(parameter, text) from error
    if isinstance(value, float) and not math.isfinite(value):
        raise _wrong_type(parameter, text)
    return value


def _wrong_type(parameter: Parameter, value: object) -> ParameterError:
    return ParameterError(
        f"parameter {parameter.name}={value!s}: {parameter.kind} expected, such as {parameter.default!r}"
    )


def check(parameter: Parameter, value: Any, allowed: Collection[Any] | None) -> Any:
    """Return ``value`` if it has the parameter's type and every item of it is among ``allowed`` (any, if None).

    Raises
    ------
    ParameterError
        Naming the allowed values and the nearest one.
    """
    items = value if isinstance(value, list) else [value]
    wanted = parameter.default if isinstance(parameter.default, list) else [parameter.default]
    if isinstance(value, list) != isinstance(parameter.default, list) or any(
        type(item) is not type(wanted[0]) for item in items if wanted
    ):
        raise _wrong_type(parameter, value)
    if parameter.name == "period":
        _check_period(str(value))
    for item in items if allowed is not None else []:
        if item not in (allowed or ()):
            choices = [str(choice) for choice in allowed or ()]
            near = get_close_matches(str(item).upper(), choices, n=1) or get_close_matches(str(item), choices, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise ParameterError(
                f"parameter {parameter.name}: unknown value {item!r}; {hint}allowed: {', '.join(choices)}"
            )
    return value


def _check_period(value: str) -> None:
    """A period is an ISO 8601 year, month or day, or a range of them in order."""
    ends = value.split("/")
    try:
        labels.period(value, "en")
    except ValueError as error:
        raise ParameterError(f"parameter period: {error}") from error
    if ends != sorted(ends) or len(ends) > 2:
        raise ParameterError(f"parameter period: {value!r} does not run forwards; write it as earlier/later")
