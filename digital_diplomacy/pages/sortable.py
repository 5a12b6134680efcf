"""Tables of columns in the reader's terms, with what the script of the page sorts them by."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from digital_diplomacy.errors import ArgumentError

MARK = "dd-sortable"
"""Class of these tables, whose headings may take several lines."""

_TALL = 30  # rows from which the headings stay in sight


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    heading : str
    cells : tuple of str
        Words or numbers as readers see them; HTML if ``is_html``.
    keys : tuple of float, optional
        What rows are sorted by, one number a cell, missing ones last; by default cells are sorted as words.
    is_html : bool
        Whether the cells are markup already.
    """

    heading: str
    cells: tuple[str, ...]
    keys: tuple[float, ...] | None = None
    is_html: bool = False


def sortable_table(columns: Sequence[Column], *, caption: str, lang: str, ordered: int | None = None) -> str:
    """HTML of a table whose rows the script of a page sorts; all texts are escaped.

    Parameters
    ----------
    columns : sequence of Column
        At least one, all of one length.
    caption : str
        Above the table.
    lang : str
        Language of the words, by whose alphabet they are sorted.
    ordered : int, optional
        Number of the column the rows are already sorted by, ascending.

    Raises
    ------
    ValueError
        If columns differ in length.

    Examples
    --------
    >>> html = sortable_table([Column("Rank", ("1", "2"), (1.0, 2.0))], caption="Ranking", lang="en", ordered=0)
    >>> 'aria-sort="ascending"' in html, 'data-value="2"' in html
    (True, True)
    """
    lengths = sorted({len(part) for column in columns for part in (column.cells, column.keys or column.cells)})
    if len(lengths) != 1:
        raise ArgumentError(
            "columns have {lengths} cells; every one needs as many cells and keys as the others", lengths=lengths
        )
    heads = "".join(_head(column, number == ordered) for number, column in enumerate(columns))
    naming = next((column for column in columns if column.keys is None), None)
    rows = "\n".join(
        f"<tr>{''.join(_cell(column, row, column is naming) for column in columns)}</tr>" for row in range(lengths[0])
    )
    classes = f"dd-table {MARK}{' tall' if lengths[0] > _TALL else ''}"
    return (
        f'<table class="{classes}" lang="{escape(lang)}">\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _head(column: Column, is_ordered: bool) -> str:
    order = ' aria-sort="ascending"' if is_ordered else ""
    return f'<th scope="col"{_class(column)}{order}>{escape(column.heading)}</th>'


def _cell(column: Column, row: int, is_name: bool) -> str:
    """A cell; the first column of words names the rows."""
    text = column.cells[row] if column.is_html else escape(column.cells[row])
    if is_name:
        return f'<th scope="row">{text}</th>'
    key = ""
    if column.keys is not None:
        number = column.keys[row]
        key = f' data-value="{"" if number != number else f"{number:.12g}"}"'  # a missing number differs from itself
    return f"<td{_class(column)}{key}>{text}</td>"


def _class(column: Column) -> str:
    return "" if column.keys is None else ' class="dd-number"'
