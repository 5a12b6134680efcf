"""A long table that readers sort by any column: plain HTML, whole without the script that reorders its rows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Column:
    """One column of the table.

    Attributes
    ----------
    heading : str
    values : sequence of str, or of float
        By what rows are sorted; a missing number comes last either way.
    texts : sequence of str
        What stands in the cells; the values by default.
    """

    heading: str
    values: Sequence[str] | Sequence[float]
    texts: Sequence[str] | None = None


def sortable_table(columns: Sequence[Column], *, caption: str, lang: str, missing: str) -> str:
    """The table as HTML, rows in the order given; ``missing`` says what a dash means.

    Examples
    --------
    >>> columns = [Column("Name", ["a"]), Column("Ties", [2.0], ["2"])]
    >>> table = sortable_table(columns, caption="C", lang="en", missing="not defined")
    >>> table.splitlines()[4]
    '<tr><th scope="row">a</th><td class="dd-number" data-value="2.0">2</td></tr>'
    """
    heads = "".join(f'<th scope="col"{_class(column)}>{escape(column.heading)}</th>' for column in columns)
    rows = zip(
        *(_cells(column, first=number == 0, missing=missing) for number, column in enumerate(columns)), strict=True
    )
    body = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return (
        f'<table class="dd-table tall" lang="{lang}">\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _is_number(column: Column) -> bool:
    return any(isinstance(value, float) for value in column.values)


def _class(column: Column) -> str:
    return ' class="dd-number"' if _is_number(column) else ""


def _cells(column: Column, *, first: bool, missing: str) -> list[str]:
    texts = column.texts if column.texts is not None else [str(value) for value in column.values]
    if not _is_number(column):
        name, scope = ("th", ' scope="row"') if first else ("td", "")
        return [f"<{name}{scope}>{escape(text)}</{name}>" for text in texts]
    none = f'<td class="dd-number"><span title="{escape(missing)}">–</span></td>'
    numbers = [float(value) for value in column.values]
    return [
        none if math.isnan(number) else f'<td class="dd-number" data-value="{number!r}">{escape(text)}</td>'
        for number, text in zip(numbers, texts, strict=True)
    ]
