"""Texts that a spreadsheet would run when it opens a table, made to stay texts.

A text that begins as a formula does something only where it calls a function, a program or another file. Such a one
gets the apostrophe that spreadsheets take for "text"; every other stays as it is, so that ``@mfa`` is the same actor
in every file.

References
----------
OWASP Foundation, CSV Injection: cells that begin with ``=``, ``+``, ``-``, ``@``, tab or carriage return.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any, Final, Literal

import pandas as pd

_MARK: Final = "'"
_RUN: Final = re.compile(
    r"[\s\ufeff\u200b\"']*[=+\-@\uff1d\uff0b\uff0d\uff20]"  # also written wide, as East Asian systems take them
    r"(?=.*(?:[^\W\d][\w.]*\s*\(|[|!]))",
    re.DOTALL,
)


def inert(value: Any) -> Any:
    """A cell as it can stand in a CSV file: a text that a spreadsheet would run behind an apostrophe.

    Examples
    --------
    >>> inert("=HYPERLINK(A1)"), inert("@SUM(1)"), inert("=cmd|' /C calc'!A0")
    ("'=HYPERLINK(A1)", "'@SUM(1)", "'=cmd|' /C calc'!A0")
    >>> inert("@mfa"), inert("-1.5"), inert(-1.5)
    ('@mfa', '-1.5', -1.5)
    """
    return f"{_MARK}{value}" if isinstance(value, str) and _RUN.match(value) else value


def as_written(value: str) -> str:
    """The text that `inert` made a cell of.

    Examples
    --------
    >>> as_written("'=HYPERLINK(A1)"), as_written("'quoted'")
    ('=HYPERLINK(A1)', "'quoted'")
    """
    return value[1:] if value.startswith(_MARK) and _RUN.match(value[1:]) else value


def to_csv(frame: pd.DataFrame, **options: Any) -> str:
    """A frame as CSV that no spreadsheet runs: cells, and names of columns.

    Parameters
    ----------
    frame : DataFrame
    **options
        As `pandas.DataFrame.to_csv` takes them; without the index, and lines ended by a line feed.

    Examples
    --------
    >>> print(to_csv(pd.DataFrame({"unit": ["=SUM(A1)", "@mfa"], "score": [1.5, -2.0]})), end="")
    unit,score
    '=SUM(A1),1.5
    @mfa,-2.0
    """
    kept = frame.rename(columns=inert)
    is_returned = any("\r" in str(name) for name in kept.columns)
    for place, kind in enumerate(kept.dtypes):
        if not pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_datetime64_any_dtype(kind):
            texts = {value for value in kept.iloc[:, place] if isinstance(value, str)}
            is_returned = is_returned or any("\r" in text for text in texts)
            if any(_RUN.match(text) for text in texts):
                kept.isetitem(place, [inert(value) for value in kept.iloc[:, place]])
    # A carriage return that is not within quotation marks ends a line for readers, but not for the csv module.
    quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if is_returned else csv.QUOTE_MINIMAL
    return str(kept.to_csv(index=False, lineterminator="\n", quoting=quoting, **options))


def line(cells: Iterable[Any]) -> str:
    """One line of CSV that no spreadsheet runs.

    Examples
    --------
    >>> print(line(["=SUM(A1)", "a,b", 2]), end="")
    '=SUM(A1),"a,b",2
    """
    kept, stream = [inert(cell) for cell in cells], io.StringIO()
    is_returned = any("\r" in cell for cell in kept if isinstance(cell, str))
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL if is_returned else csv.QUOTE_MINIMAL).writerow(kept)
    return stream.getvalue()
