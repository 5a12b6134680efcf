"""Texts that a spreadsheet would run when it opens a table, made to stay texts.

A text that begins as a formula does something only where it calls a function, a program or another file. Such a one
gets the apostrophe that spreadsheets take for "text"; every other stays as it is, so that ``@mfa`` is the same actor
in every file.

References
----------
OWASP Foundation, CSV Injection: cells that begin with ``=``, ``+``, ``-``, ``@``, tab or carriage return.
"""

import re
from typing import Any, Final

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
    for place, kind in enumerate(kept.dtypes):
        if not pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_datetime64_any_dtype(kind):
            column = kept.iloc[:, place]
            if any(isinstance(value, str) and _RUN.match(value) for value in column):
                kept.isetitem(place, [inert(value) for value in column])
    return str(kept.to_csv(index=False, lineterminator="\n", **options))
