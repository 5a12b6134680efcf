"""What a function says of a frame that lacks a column it needs: which, and what it takes instead."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from traceback import walk_tb
from typing import Any, Final

import pandas as pd

from digital_diplomacy.errors import Said, TableError, joined, said

_NAMED: Final = 12  # columns told of a frame; more would hide the sentence behind them
_QUOTED: Final = re.compile(r"'([^']+)'")


def in_words(room: str, public: Mapping[str, Any]) -> dict[str, Any]:
    """The functions among a room's public names, which then refuse a frame without a column they need in words.

    What a function takes stands in its docstring, and the refusal quotes it from there.

    Parameters
    ----------
    room : str
        The module whose names they are.
    public : mapping of str to object
        The names; what is no function stays as it is.

    Raises
    ------
    TableError
        By the functions returned, where pandas does not find a column of an argument.

    Examples
    --------
    >>> def total(counts):
    ...     '''Their sum.'''
    ...     return int(counts["people"].sum())
    >>> told = in_words("room", {"total": total})["total"]
    >>> told(pd.DataFrame({"people": [2, 3]}))
    5
    >>> told(pd.DataFrame({"men": [2, 3]}))
    Traceback (most recent call last):
    digital_diplomacy.errors.TableError: room.total: `counts` has no column `people`; it has `men`. It takes: Their sum.
    """
    return {name: _telling(one, room) if inspect.isfunction(one) else one for name, one in public.items()}


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows by column, read many times faster than pandas' own; of a column that is not there pandas says so.

    Examples
    --------
    >>> rows_of(pd.DataFrame({"people": [2, 3]}))
    [{'people': 2}, {'people': 3}]
    """

    class Row(dict[str, Any]):
        """A row that says which column it lacks."""

        def __missing__(self, name: str) -> Any:
            return frame[name]

    names = [str(name) for name in frame]
    return [Row(zip(names, row.values(), strict=True)) for row in records(frame)]


def records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """The rows as dictionaries, as ``to_dict("records")`` gives them; columns are read at once, which is quicker.

    Examples
    --------
    >>> records(pd.DataFrame({"people": [2, 3], "name": ["a", "b"]}))
    [{'people': 2, 'name': 'a'}, {'people': 3, 'name': 'b'}]
    """
    names = [str(name) for name in frame]
    columns = [frame[name].to_numpy(dtype=object).tolist() for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _telling(function: Callable[..., Any], room: str) -> Callable[..., Any]:
    @wraps(function)
    def telling(*given: Any, **named: Any) -> Any:
        try:
            return function(*given, **named)
        except KeyError as error:
            told = _said(function, room, error, given, named) if _of_pandas(error) else None
            if told is None:
                raise
            raise TableError(told) from error

    telling.__module__ = room  # where pickle finds it again
    return telling


def _of_pandas(error: KeyError) -> bool:
    """Whether pandas missed the key, and not a dictionary of ours."""
    frame = [frame for frame, _ in walk_tb(error.__traceback__)][-1]
    return str(frame.f_globals.get("__name__", "")).startswith("pandas.")


def _looked_in(error: KeyError) -> list[list[Any]]:
    """Columns of the frames of pandas that were looked in on the way to the error."""
    seen = (frame.f_locals.get("self") for frame, _ in walk_tb(error.__traceback__))
    return [list(one.columns) for one in seen if isinstance(one, pd.DataFrame)]


def _said(
    function: Callable[..., Any], room: str, error: KeyError, given: Sequence[Any], named: Mapping[str, Any]
) -> Said | None:
    """Which arguments lack which columns, and what they should be; nothing if all of them are there."""
    arguments = inspect.signature(function).bind(*given, **named).arguments
    given_frames = {name: one for name, one in arguments.items() if isinstance(one, pd.DataFrame)}
    wanted, known = _names(error.args[0] if error.args else ""), _looked_in(error)
    # Of several frames it is the one pandas looked in, if it came there unchanged.
    given_frames = {name: one for name, one in given_frames.items() if list(one.columns) in known} or given_frames
    lines = []
    for name, frame in given_frames.items():
        missing = [column for column in wanted if column not in frame.columns]
        if missing:
            told = "`{name}` has no column {missing}; it has {has}. It takes: {takes}"
            has, takes = _listed(list(frame.columns)) or said("none"), _described(function, name)
            lines.append(said(told, name=name, missing=_listed(missing), has=has, takes=takes))
    where = f"{room.rpartition('.')[2]}.{function.__name__}"
    return said("{where}: {lines}", where=where, lines=joined(lines, " Or: ")) if lines else None


def _names(key: object) -> list[str]:
    """Columns that a message of pandas, or the key itself, names."""
    if isinstance(key, str):
        return _QUOTED.findall(key.partition("dtype")[0]) if "[" in key else [key]
    return [str(one) for one in key] if isinstance(key, list | tuple | pd.Index) else [str(key)]


def _listed(names: Sequence[Any]) -> Said | str:
    first = ", ".join(f"`{name}`" for name in names[:_NAMED])
    if len(names) <= _NAMED:
        return first
    return joined([first, said(" and {count} more", count=len(names) - _NAMED)], "")


def _described(function: Callable[..., Any], parameter: str) -> str:
    """What the docstring says of a parameter; where it says nothing of it, its first sentence."""
    doc = inspect.getdoc(function) or ""
    found = re.search(rf"^(?:\w+, )*{parameter}(?:, \w+)*(?: : [^\n]*)?\n((?:    [^\n]*(?:\n|$))+)", doc, re.MULTILINE)
    return " ".join((found[1] if found else doc.partition("\n\n")[0]).split())
