"""How long a cell of a table may be, and what Python's reader of CSV files says, in words for whoever has the file."""

import csv
from collections.abc import Iterable
from typing import Final

from digital_diplomacy.errors import Said, said

LONGEST: Final = 131_072
"""Characters of a cell: four times what Excel holds. More is a text, or a table behind a lost quotation mark."""


def too_long() -> Said:
    """Why a row with a cell of more characters than `LONGEST` is not read.

    Examples
    --------
    >>> str(too_long()).partition(";")[0]
    'a cell has more than 131072 characters'
    """
    return said(
        "a cell has more than {most} characters; either a quotation mark before it is not closed, or it holds a whole "
        "text, which belongs in a file of its own",
        most=LONGEST,
    )


def is_too_long(cells: Iterable[str]) -> bool:
    """Whether any of them has more characters than `LONGEST`.

    Examples
    --------
    >>> is_too_long(["KAZ", "x" * 131_073]), is_too_long([])
    (True, False)
    """
    return max(map(len, cells), default=0) > LONGEST


def separator_of(start: str) -> str:
    """The mark that parts the names in the first line of a small table: a comma, or what Excel writes in its place.

    Examples
    --------
    >>> separator_of("place;country\\nmfa;KAZ\\n"), separator_of("place,country"), separator_of("place")
    (';', ',', ',')
    """
    header = start.partition("\n")[0]
    return max((",", ";", "\t"), key=header.count)


def csv_fault(error: csv.Error) -> Said:
    """What a reader of CSV files met, in a sentence that can be told in other languages.

    Examples
    --------
    >>> str(csv_fault(csv.Error("unexpected end of data")))
    'a quotation mark is not closed'
    """
    words = str(error)
    if "unexpected end" in words:
        return said("a quotation mark is not closed")
    if "field limit" in words:
        return too_long()
    if "expected after" in words:
        return said("a closing quotation mark stands within a cell; write it twice")
    if "new-line" in words:
        return said("a line ends in the midst of a cell that is not in quotation marks")
    return Said(words)
