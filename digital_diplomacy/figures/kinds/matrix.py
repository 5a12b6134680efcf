"""Two lists crossed: what meets where, on whose word."""

from itertools import groupby
from typing import Any, Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import style, wording

MAX_ROWS: Final = 60
MAX_COLUMNS: Final = 20
KEYS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""A cell names its document by a letter; the note says which is which."""

LOOKS: Final = {
    "document": ("o", 0, True),
    "reading": ("o", 0, False),
    "before": ("o", 0, True),
    "undecided": ("s", 7, False),
    "after": ("X", 1, True),
    "listed": ("s", 0, True),
    "beyond_chance": ("P", 1, True),
    "stays": ("o", 0, True),
    "rests_on_one": ("o", 0, False),
    "cites": ("s", 0, True),
    "statements": ("s", 0, True),
    "ties": ("s", 0, True),
}
"""Marker, number of the colour and whether it is filled, so that every kind of cell looks the same everywhere."""

_LABEL_WIDTH: Final = 2.4  # inches
_LINE: Final = 0.15  # inches of a line of text
_ROW_GAP: Final = 0.11  # inches between rows
_HEAD: Final = 0.24  # inches of the name of a group of rows
_WIDEST: Final = 1.35  # inches of a column
_TALLEST: Final = 3.0  # inches of the names of columns
_STEP: Final = 0.2  # inches by which turned names grow until they fit
_MARKER: Final = 11.0  # points across


def plot_matrix(rows: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "") -> Figure:
    """Draw a table of rows by columns whose cells hold a mark, a count or nothing.

    Parameters
    ----------
    rows : DataFrame
        The table ``matrix``: 1 to 60 rows by 1 to 20 columns in the order of first use, each pair once.
    lang, title : str
        Language of every word, and what is drawn above the figure.
    emphasis : str
        Code of the entity whose row or column has a bold name.

    Returns
    -------
    Figure
        A cell's kind is told by marker, fill and colour, and by word in the legend; a count stands as a number. Where a
        cell rests on one document, a letter in it names that document, and a note the letters.

    Raises
    ------
    ValueError
        If there is nothing to draw, more than can be read, or a kind of cell without a look.

    Examples
    --------
    >>> from digital_diplomacy import claims, figures, sources
    >>> items = sources.load("ideas").query("item_kind in ['goal', 'risk']")
    >>> figure = figures.plot_matrix(claims.lists_by_document(items), lang="en")
    >>> [text.get_text() for text in figure.axes[0].texts][:3]  # each column is a document
    ['Almash 2018', 'Zhussupova 2021', 'Tassilova et al.\\n2024']
    """
    labels.check_language(lang)
    known = tables.validate(rows, tables.MATRIX)
    counts = known["row"].nunique(), known["column"].nunique()
    if not (1 <= counts[0] <= MAX_ROWS and 1 <= counts[1] <= MAX_COLUMNS):
        raise ArgumentError(
            "{counts} rows by {counts_2} columns, but a matrix shows 1 to {max_rows} by 1 to {max_columns}; check "
            "the selection that made them",
            counts=counts[0],
            counts_2=counts[1],
            max_rows=MAX_ROWS,
            max_columns=MAX_COLUMNS,
        )
    strange = sorted(set(known["cell"]) - set(LOOKS) - {""})
    if strange:
        raise ArgumentError(
            "no look for cells of kind {strange}; known: {looks}", strange=", ".join(strange), looks=", ".join(LOOKS)
        )
    with style.context():
        return _draw(known, emphasis, lang=lang, title=title)


def _draw(rows: pd.DataFrame, emphasis: str, *, lang: str, title: str) -> Figure:
    columns = list(dict.fromkeys(rows["column"]))
    names = [wording.coded(str(code), lang) for code in dict.fromkeys(rows["row"])]
    beside = min(
        style.across(_LABEL_WIDTH), 0.15 + max(style.text_width(name, style.SMALL_SIZE, "bold") for name in names)
    )
    wide = min(_WIDEST, (style.inner() - beside) / len(columns))
    heads, turned = headings([wording.coded(code, lang) for code in columns], wide)
    deep = depth(heads, turned)
    lines = _lines(rows, lang)
    height = sum(tall for _, _, tall in lines)
    keys = document_keys(rows)
    notes = [*document_notes(rows, keys, lang), *wording.source_line(rows["source_id"], lang)]
    figure = style.sheet(title=title, height=height + deep, notes=notes, handles=_handles(rows, lang))
    axes = figure.add_subplot()
    axes.set(xlim=(0, style.inner()), ylim=(height, -deep))
    axes.set_axis_off()
    middles = [beside + wide * (place + 0.5) for place in range(len(columns))]
    for middle in middles[::2]:
        axes.axvspan(middle - wide / 2, middle + wide / 2, color="#f4f4f4", linewidth=0, zorder=-1)
    for code, middle, head in zip(columns, middles, heads, strict=True):
        _name_column(axes, middle, head, turned=turned, bold=code in (emphasis, f"entity.{emphasis}"))
    top, most = 0.0, rows["count"].max()
    cells = {(row, column): place for place, row, column in rows[["row", "column"]].itertuples(name=None)}
    for code, text, tall in lines:
        _name_row(axes, top, tall, text, is_group=not code, bold=code in (emphasis, f"entity.{emphasis}"))
        for column, middle in zip(columns, middles, strict=True):
            if (code, column) in cells:
                cell = rows.loc[cells[code, column]]
                _shade(axes, middle, top, (wide, tall), cell["count"] / most)
                _draw_cell(axes, middle, top + tall / 2, cell, keys, lang)
        top += tall
    style.settle(figure)
    return figure


def headings(names: list[str], wide: float, size: float = style.SMALL_SIZE) -> tuple[list[list[str]], bool]:
    """Names of columns in lines, and whether they must be turned: a word wider than its column is not cut."""
    room = wide - 0.08
    if all(style.text_width(word, size, "bold") <= room for name in names for word in name.split(" ")):
        return [style.wrap(name, room, size, "bold") for name in names], False
    most = max(1, int((wide - 0.02) / _LINE))
    deep = max(style.text_width(word, size, "bold") for name in names for word in name.split(" ")) + 0.01
    while deep < _TALLEST:
        heads = [style.wrap(name, deep, size, "bold") for name in names]
        if max(map(len, heads)) <= most:
            return heads, True
        deep += _STEP
    return [style.wrap(name, _TALLEST, size, "bold")[:most] for name in names], True


def depth(heads: list[list[str]], turned: bool, size: float = style.SMALL_SIZE) -> float:
    """Inches above the first row that the names of columns take."""
    if not turned:
        return _LINE * max(map(len, heads)) + 0.12
    return max(style.text_width(line, size, "bold") for head in heads for line in head) + 0.15


def _lines(rows: pd.DataFrame, lang: str) -> list[tuple[str, list[str], float]]:
    """What stands below each other: names of groups (without a code) and rows, their text in lines, their height."""
    made: list[tuple[str, list[str], float]] = []
    pairs = dict.fromkeys(rows[["row_group", "row"]].itertuples(index=False, name=None))
    for group, members in groupby(pairs, key=lambda pair: pair[0]):
        if group:
            made.append(("", [wording.coded(group, lang)], _HEAD))
        for _, code in members:
            text = style.wrap(wording.coded(code, lang), style.across(_LABEL_WIDTH) - 0.12, style.SMALL_SIZE, "bold")
            made.append((code, text, _LINE * len(text) + _ROW_GAP))
    return made


def _name_column(axes: Axes, middle: float, head: list[str], *, turned: bool, bold: bool) -> None:
    axes.text(
        middle,
        -0.06,
        "\n".join(head),
        ha="center",
        va="bottom",
        rotation=90 if turned else 0,
        size=style.SMALL_SIZE,
        weight="bold" if bold else "normal",
        gid="column",
    )


def _name_row(axes: Axes, top: float, tall: float, text: list[str], *, is_group: bool, bold: bool) -> None:
    style.stroke(axes, [0, style.inner()], [top, top], color="#e4e4e4", linewidth=0.7, zorder=0)
    axes.text(
        0,
        top + tall / 2,
        "\n".join(text),
        va="center",
        size=style.SMALL_SIZE,
        weight="bold" if bold or is_group else "normal",
        color="#555555" if is_group else style.INK,
        gid="group" if is_group else "row",
    )


def _shade(axes: Axes, middle: float, top: float, size: tuple[float, float], part: float) -> None:
    """The ground of a count, the darker the larger it is."""
    if part > 0:
        wide, tall = size
        colour = style.COLOURS[0]
        axes.barh(top + tall / 2, wide, height=tall, left=middle - wide / 2, color=colour, alpha=0.08 + 0.42 * part)


def _draw_cell(axes: Axes, x: float, y: float, cell: "pd.Series[Any]", keys: dict[str, str], lang: str) -> None:
    if pd.notna(cell["count"]):
        text = labels.number(cell["count"], lang, decimals=0)
        axes.text(x, y, text, ha="center", va="center", size=style.TEXT_SIZE, gid="count")
        return
    if not cell["cell"]:
        return
    style.stroke(axes, [x], [y], **_look(cell["cell"]))
    key = keys.get(cell["documents"])
    if key:
        inside = "white" if LOOKS[cell["cell"]][2] else style.INK
        axes.text(x, y, key, ha="center", va="center_baseline", size=6.5, weight="bold", color=inside, gid="key")


def _look(code: str) -> dict[str, Any]:
    marker, number, filled = LOOKS[code]
    colour = style.COLOURS[number]
    return {
        "marker": marker,
        "markersize": _MARKER,
        "markerfacecolor": colour if filled else "white",
        "markeredgecolor": colour,
        "markeredgewidth": 1.3,
        "linestyle": "none",
    }


def document_keys(rows: pd.DataFrame) -> dict[str, str]:
    """A letter for each document of a matrix; none where cells rest on several at once, or all on one and the same."""
    met = rows[rows["cell"] != ""]
    found = sorted(set(met["documents"]) - {""})
    if any(" " in codes for codes in found) or not wording.differs(met["documents"]):
        return {}
    return dict(zip(found, KEYS, strict=False))


def _handles(rows: pd.DataFrame, lang: str) -> list[Artist]:
    marks = rows[rows["count"].isna()]
    return [
        Line2D([], [], **_look(code), label=labels.text(f"cell.{code}", lang))
        for code in LOOKS
        if code in set(marks["cell"])
    ]


def document_notes(rows: pd.DataFrame, keys: dict[str, str], lang: str) -> list[str]:
    """Which letter is which document, or the one document there is."""
    if keys:
        named = [(letter, labels.document(str(code), lang)) for code, letter in keys.items()]
        return ["; ".join(labels.text("notice.pair", lang, left=left, right=right) for left, right in named) + "."]
    found = set(rows.loc[rows["cell"] != "", "documents"])
    if len(found) == 1 and all(code.isdigit() for code in found):
        return [labels.text("notice.one_document", lang, document=labels.document(str(found.pop()), lang))]
    return []
