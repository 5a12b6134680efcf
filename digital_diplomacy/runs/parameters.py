"""What a notebook may be told: its parameters cell read as literals, given values checked against it and written in."""

import ast
import datetime as dt
import io
import math
import tokenize
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from pathlib import Path, PurePath
from typing import Any, Final

from digital_diplomacy.errors import ArgumentError, NotebookError, ParameterError, Said, said

TAG: Final = "parameters"
INJECTED: Final = "injected-parameters"
"""Tag of the cell behind the parameters cell that holds the values of a run; papermill's own name for it."""

_SHOWN: Final = 30  # choices named in a refusal; two hundred codes hide the nearest
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
        return str(self.said_kind)

    @property
    def said_kind(self) -> Said:
        """The type in words that can be told in other languages."""
        base = said(_KINDS[type(self.default)])
        if not isinstance(self.default, list) or not self.default:
            return base
        return said("a list of {kind}", kind=said(_KINDS[type(self.default[0])]))


def read_parameters(notebook: Mapping[str, Any], path: Path) -> dict[str, Parameter]:
    """Parameters a notebook declares, in order; empty if it has no cell tagged ``parameters``.

    Raises
    ------
    NotebookError
        If the cell holds anything but assignments of literals, or there are two such cells.
    """
    cells = [cell for cell in notebook["cells"] if TAG in cell.get("metadata", {}).get("tags", [])]
    if len(cells) > 1:
        raise NotebookError(
            "{name}: {count} cells are tagged {tag!r}; keep one", name=path.name, count=len(cells), tag=TAG
        )
    if not cells:
        return {}
    source = "".join(cells[0]["source"])
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise NotebookError(
            "{name}, parameters cell, line {lineno}: {msg}", name=path.name, lineno=error.lineno, msg=error.msg
        ) from error
    comments = _comments(source)
    found = [_parameter(statement, comments, path) for statement in tree.body]
    return {parameter.name: parameter for parameter in found}


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _assigned(statement: ast.stmt) -> tuple[ast.expr | None, ast.expr | None]:
    """Target and value of ``name = literal``, which typed notebooks write ``name: type = literal``."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return statement.targets[0], statement.value
    return (statement.target, statement.value) if isinstance(statement, ast.AnnAssign) else (None, None)


def _parameter(statement: ast.stmt, comments: Mapping[int, str], path: Path) -> Parameter:
    where = said("{file}, parameters cell, line {number}", file=path.name, number=statement.lineno)
    target, value = _assigned(statement)
    if not isinstance(target, ast.Name) or value is None:
        raise NotebookError("{where}: only `name = literal  # comment` may stand here", where=where)
    try:
        default = ast.literal_eval(value)
    except ValueError as error:
        raise NotebookError("{where}: {id} is not a literal", where=where, id=target.id) from error
    items = default if isinstance(default, list) else [default]
    if type(default) not in _KINDS or any(type(item) not in (str, int, float, bool) for item in items):
        raise NotebookError(
            "{where}: {id} must be text, a number, true or false, or a list of these", where=where, id=target.id
        )
    if any(isinstance(item, float) and not math.isfinite(item) for item in items):
        raise NotebookError("{where}: {id} is not a finite number", where=where, id=target.id)
    if len({type(item) for item in items}) > 1:
        raise NotebookError("{where}: {id} mixes types; one type a list", where=where, id=target.id)
    return Parameter(target.id, default, comments.get(statement.lineno, ""))


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
            raise ParameterError(
                "parameter {name}={text}: at least one value expected, such as {default!r}",
                name=parameter.name,
                text=text,
                default=default,
            )
        return values
    if isinstance(default, bool):
        if text.lower() not in ("true", "false"):
            raise _wrong_type(parameter, text)
        return text.lower() == "true"
    try:
        return _plain(type(default)(text), default)
    except ValueError as error:
        raise _wrong_type(parameter, text) from error


def coerce(parameter: Parameter, value: Any) -> Any:
    """A value given in Python, in the parameter's own plain type, so that it can be written into a notebook exactly.

    NumPy's scalars become Python's, whole numbers become floats where the default is one, tuples and arrays of one
    dimension become lists, dates ISO 8601 text and paths text with forward slashes.

    Raises
    ------
    ParameterError
        If that would change the value: text for a number, true or false for a number, a number for text, a fraction for
        a whole number; for NaN, infinity, sets (they have no order), text that is no Unicode, and everything else.

    Examples
    --------
    >>> coerce(Parameter("since", "2020-01-01", ""), dt.date(2021, 5, 1))
    '2021-05-01'
    >>> coerce(Parameter("years", [2020], ""), (2018, 2019))
    [2018, 2019]
    """
    try:
        if not isinstance(parameter.default, list):
            return _plain(value, parameter.default)
        listed = value.tolist() if hasattr(value, "tolist") else value
        if not isinstance(listed, list | tuple):
            raise _wrong_type(parameter, value)
        return [_plain(item, parameter.default[0] if parameter.default else "") for item in listed]
    except (ValueError, OverflowError) as error:
        raise _wrong_type(parameter, value) from error


def _plain(value: Any, default: Any) -> Any:
    """``value`` as the type of ``default``, or an ArgumentError if it is not one of its kind."""
    if hasattr(value, "dtype") and getattr(value, "ndim", 1) == 0:
        value = value.item()  # a NumPy scalar: those are no int, and not all of them a float
    if isinstance(default, bool) or isinstance(value, bool):
        fits = isinstance(default, bool) and isinstance(value, bool)
    elif isinstance(default, int):
        fits = isinstance(value, Integral)
    elif isinstance(default, float):
        fits = isinstance(value, Real) and math.isfinite(value)
    else:
        value = _text(value)
        fits = isinstance(value, str)
    if not fits or type(default)(value) != value:  # a float may not hold all digits of a whole number or fraction
        raise ArgumentError  # the caller says of which parameter
    return type(default)(value)


def _text(value: Any) -> Any:
    if isinstance(value, dt.date):  # datetimes too
        return value.isoformat()
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, str):
        value.encode()  # half a surrogate pair, as a broken file name gives, cannot be stored: a UnicodeEncodeError
    return value


def inject(notebook: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a notebook with a cell behind its parameters cell that assigns ``values``.

    The values stand there as Python writes them: exact, and readable also in Kazakh or Russian.

    Parameters
    ----------
    notebook : mapping
        As stored in its file.
    values : mapping of name to value
        As `coerce`, `parse` or `check` return them.

    Returns
    -------
    dict
        ``notebook`` itself, copied, if there are no values.

    Raises
    ------
    ParameterError
        If there are values but no parameters cell.
    """
    cells = [cell for cell in notebook["cells"] if INJECTED not in cell.get("metadata", {}).get("tags", [])]
    if values:
        place = next((n for n, cell in enumerate(cells) if TAG in cell.get("metadata", {}).get("tags", [])), None)
        if place is None:
            raise ParameterError(
                "no cell is tagged {tag!r}, so that {values} cannot be set", tag=TAG, values=", ".join(values)
            )
        cells.insert(place + 1, _assignments(values))
    return {**notebook, "cells": cells}


def _assignments(values: Mapping[str, Any]) -> dict[str, Any]:
    lines = [f"{name} = {value!r}" for name, value in values.items()]
    return {
        "cell_type": "code",
        "id": "injected",
        "metadata": {"tags": [INJECTED]},
        "execution_count": None,
        "outputs": [],
        "source": "\n".join(["# Parameters", *lines]),
    }


def _wrong_type(parameter: Parameter, value: object) -> ParameterError:
    return ParameterError(
        "parameter {name}={value!s}: {kind} expected, such as {default!r}",
        name=parameter.name,
        value=value,
        kind=parameter.said_kind,
        default=parameter.default,
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
            if _is_country(parameter.name, str(item)):
                raise ParameterError(
                    "parameter {name}: the tables hold nothing on {item}; take in one of your own "
                    "(docs/own_tables.md), or choose one of {choices}",
                    name=parameter.name,
                    item=item,
                    choices=_first(choices),
                )
            near = _meant(parameter.name, str(item), choices)
            hint = said("did you mean {near!r}? ", near=near) if near else ""
            raise ParameterError(
                "parameter {name}: unknown value {item!r}; {hint}allowed: {choices}",
                name=parameter.name,
                item=item,
                hint=hint,
                choices=_first(choices),
            )
    return value


def _is_country(name: str, text: str) -> bool:
    """Whether the code of a country is given for one, so that nothing is misspelt."""
    from digital_diplomacy import labels  # imported here: runs that are only looked up need no words

    return name in ("country", "compare") and text.isupper() and labels.is_country(text)


def _meant(name: str, text: str, choices: Sequence[str]) -> str:
    """The choice that was meant, or nothing; countries are also known by two letters and by name."""
    from digital_diplomacy import labels  # imported here: runs that are only looked up need no words
    from digital_diplomacy.labels.nearness import nearest

    meant = labels.nearest_country(text) if name in ("country", "compare") else ""
    return meant if meant in choices else nearest(text.upper(), choices) or nearest(text, choices)


def _first(choices: Sequence[str]) -> str:
    """All choices, or the first of many."""
    more = f", … (+{len(choices) - _SHOWN})" if len(choices) > _SHOWN else ""
    return ", ".join(choices[:_SHOWN]) + more


def _check_period(value: str) -> None:
    """A period is an ISO 8601 year, month or day, or a range of them in order."""
    from digital_diplomacy import labels  # imported here: runs that are only looked up need no words

    ends = value.split("/")
    try:
        labels.period(value, "en")
    except ValueError as error:
        raise ParameterError("parameter period: {error}", error=error) from error
    if ends != sorted(ends) or len(ends) > 2:
        raise ParameterError(
            "parameter period: {value!r} does not run forwards; write it as earlier/later", value=value
        )
