"""Two lists face to face: lines join the items that meet, and tell on whose word."""

from collections.abc import Hashable
from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.kinds.matrix import document_keys, document_notes
from digital_diplomacy.figures.parts import palette, style, wording

MAX_ITEMS: Final = 60  # on either side
LOOKS: Final[dict[str, tuple[Any, float]]] = {"document": ("-", 2.0), "reading": ((0, (3, 2)), 1.1)}
"""Line of a meeting and its width in points: whole if a document says it, broken if this package does."""

_LEFT: Final = 2.75  # inches of the names on the left
_RIGHT: Final = 2.5  # inches of those on the right
_LINE: Final = 0.15  # inches of a line of text
_GAP: Final = 0.09  # inches between items
_HEAD: Final = 0.11  # inches around the name of a group
_KEY_AT: Final = 0.16  # of a line, where the letter of its document stands


class _Item(NamedTuple):
    code: str
    lines: list[str]
    middle: float


def plot_crossing(rows: pd.DataFrame, *, lang: str = "en", title: str = "", emphasis: str = "") -> Figure:
    """Draw which items of one list meet which of another.

    Parameters
    ----------
    rows : DataFrame
        The table ``matrix``, every item on the left by every one on the right; ``cell`` is ``document``, ``reading`` or
        empty. At most 60 items a side.
    lang, title : str
        Language of every word, and what is drawn above the figure.
    emphasis : str
        Code of the entity whose name and lines stand out.

    Returns
    -------
    Figure
        Names left and right, grey where nothing meets them; a whole line where a document puts two together, a broken
        one where this package does. Where several documents do so, a letter on the line names the document.

    Raises
    ------
    ValueError
        If there is nothing to draw, more than can be read, or a kind of cell that is no meeting.

    Examples
    --------
    >>> from digital_diplomacy import claims, figures, sources
    >>> rows = claims.crossing(sources.load("ideas"), sources.load("crosswalk"), "conditions_objectives")
    >>> figure = figures.plot_crossing(rows, lang="en", title="Three of six meet")
    >>> figure.texts[0].get_text(), len(figure.axes)
    ('Three of six meet', 1)
    """
    labels.check_language(lang)
    known = tables.validate(rows, tables.MATRIX)
    counts = known["row"].nunique(), known["column"].nunique()
    if not all(1 <= count <= MAX_ITEMS for count in counts):
        raise ArgumentError(
            "{counts} by {counts_2} items, but each side holds 1 to {max_items}; choose fewer lists",
            counts=counts[0],
            counts_2=counts[1],
            max_items=MAX_ITEMS,
        )
    strange = sorted(set(known["cell"]) - {*LOOKS, ""})
    if strange:
        raise ArgumentError(
            "no line for cells of kind {strange}; known: {looks}", strange=", ".join(strange), looks=", ".join(LOOKS)
        )
    with style.context():
        return _draw(known, emphasis, lang=lang, title=title)


def _draw(rows: pd.DataFrame, emphasis: str, *, lang: str, title: str) -> Figure:
    met = rows[rows["cell"] != ""]
    heads, left, tall = _left_side(rows, lang)
    right, other = _right_side(rows, met, left, tall, lang)
    keys = document_keys(met)
    height = max(tall, other)
    notes = [*document_notes(met, keys, lang), *wording.source_line(rows["source_id"], lang)]
    figure = style.sheet(title=title, height=height, notes=notes, handles=_handles(met, lang))
    axes = figure.add_subplot()
    axes.set(xlim=(0, style.inner()), ylim=(height, 0))
    axes.set_axis_off()
    for said, middle in heads:
        axes.text(
            0, middle, "\n".join(said), va="center", weight="bold", size=style.SMALL_SIZE, color="#555555", gid="group"
        )
    for side, column, place, align in (
        (left, "row", style.across(_LEFT), "right"),
        (right, "column", style.inner() - style.across(_RIGHT), "left"),
    ):
        for item in side.values():
            _name(axes, item, place + (-0.08 if align == "right" else 0.08), align, column, met, emphasis)
    for line in met.to_dict("records"):
        _join(axes, line, left[line["row"]].middle, right[line["column"]].middle, keys, emphasis)
    style.settle(figure)
    return figure


def _left_side(rows: pd.DataFrame, lang: str) -> tuple[list[tuple[list[str], float]], dict[Hashable, _Item], float]:
    """Heads of groups and items below each other in the order of the rows, and the height they take."""
    heads, items, top, above = list[tuple[list[str], float]](), dict[Hashable, _Item](), 0.0, ""
    for group, code in dict.fromkeys(rows[["row_group", "row"]].itertuples(index=False, name=None)):
        if group and group != above:
            said = _wrapped(group, style.across(_LEFT), lang)
            tall = _LINE * len(said) + _HEAD
            heads.append((said, top + tall / 2))
            top += tall
        above = group
        lines = _wrapped(code, style.across(_LEFT) - 0.15, lang)
        tall = _LINE * len(lines) + _GAP
        items[code] = _Item(code, lines, top + tall / 2)
        top += tall
    return heads, items, top


def _right_side(
    rows: pd.DataFrame, met: pd.DataFrame, left: dict[Hashable, _Item], room: float, lang: str
) -> tuple[dict[Hashable, _Item], float]:
    """Items spread over the height of the left side, in an order of few crossings, and the height they need."""
    codes = list(dict.fromkeys(rows["column"]))
    if not any(wording.coded(str(code), lang)[0].isdigit() for code in codes):  # stages keep their order
        middles = met["row"].map(lambda code: left[code].middle).groupby(met["column"]).mean()
        codes.sort(key=lambda code: (code not in middles.index, middles.get(code, 0.0)))
    lines = {code: _wrapped(code, style.across(_RIGHT) - 0.15, lang) for code in codes}
    needed = sum(_LINE * len(said) + _GAP for said in lines.values())
    spare = max(0.0, room - needed) / len(codes)
    items, top = dict[Hashable, _Item](), 0.0
    for code, said in lines.items():
        tall = _LINE * len(said) + _GAP + spare
        items[code] = _Item(code, said, top + tall / 2)
        top += tall
    return items, top


def _wrapped(code: str, width: float, lang: str) -> list[str]:
    return style.wrap(wording.coded(code, lang), width, style.SMALL_SIZE, "bold")


def _name(axes: Axes, item: _Item, x: float, align: str, column: str, met: pd.DataFrame, emphasis: str) -> None:
    is_asked = item.code in (emphasis, f"entity.{emphasis}")
    is_met = item.code in set(met[column])
    axes.text(
        x,
        item.middle,
        "\n".join(item.lines),
        ha=align,
        va="center",
        size=style.SMALL_SIZE,
        weight="bold" if is_asked else "normal",
        color=style.INK if is_met else palette.MUTED,
        gid=column,
    )


def _join(axes: Axes, met: dict[Hashable, Any], start: float, end: float, keys: dict[str, str], emphasis: str) -> None:
    asked = met["column"] in (emphasis, f"entity.{emphasis}")
    colour = palette.ASKED_COLOUR if asked else style.COLOURS[0]
    ends = (style.across(_LEFT), style.inner() - style.across(_RIGHT))
    line, width = LOOKS[met["cell"]]
    style.stroke(axes, ends, (start, end), color=colour, linewidth=width, linestyle=line, gid="line")
    style.stroke(axes, ends, (start, end), color=colour, linestyle="none", marker="o", markersize=3.5)
    key = keys.get(met["documents"])
    if key:
        x, y = ends[0] + _KEY_AT * (ends[1] - ends[0]), start + _KEY_AT * (end - start)
        box = {"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": colour, "linewidth": 0.8}
        axes.text(x, y, key, ha="center", va="center", size=6.5, weight="bold", color=colour, bbox=box, gid="key")


def _handles(met: pd.DataFrame, lang: str) -> list[Artist]:
    return [
        Line2D([], [], color=style.COLOURS[0], linewidth=width, linestyle=line, label=labels.text(f"cell.{code}", lang))
        for code, (line, width) in LOOKS.items()
        if code in set(met["cell"])
    ]
