"""Verdicts on the relations between published figures: which kinds hold and fail in which documents."""

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.figures import style, wording

LOOKS: Final = {
    "holds": style.Look(style.COLOURS[0], "o", "-"),
    "approximate": style.Look(style.COLOURS[6], "D", "-"),
    "fails": style.Look(style.COLOURS[1], "X", "-"),
    "cannot be checked": style.Look(style.FAINT, "s", "-"),
}
_LABEL_WIDTH: Final = 2.4  # inches
_WIDTH: Final = style.WIDTH - 2 * style.PAD
_LINE: Final = 0.15  # inches of a line of text
_ROW_GAP: Final = 0.13  # inches between rows
_MARK_WIDTH: Final = 0.31  # inches of a marker and the number beside it
_MARKER: Final = 6.5  # points across


def plot_findings(findings: pd.DataFrame, *, lang: str = "en", title: str = "") -> Figure:
    """Draw the verdicts as a grid of kinds of relation by document, or set of documents compared.

    Parameters
    ----------
    findings : DataFrame
        The table ``findings``.
    lang, title : str
        Language of every word, and what is drawn above the figure.

    Returns
    -------
    Figure
        Kinds with failures come first. A verdict is told by colour, marker and, in the legend, word and total; the
        number beside a marker counts its relations.

    Raises
    ------
    ValueError
        If there is no finding.
    """
    labels.check_language(lang)
    rows = tables.validate(findings, tables.FINDINGS)
    if rows.empty:
        raise ValueError("no findings to draw; check the selection that made them")
    with style.context():
        return _draw(_counts(rows), lang=lang, title=title)


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Findings by kind (rows, the worst first) and documents, verdict (columns; all four verdicts)."""
    verdicts = pd.Categorical(rows["verdict"], categories=list(tables.VERDICTS))
    counts = pd.crosstab(rows["kind"], [rows["documents"], verdicts], dropna=False)
    totals = counts.T.groupby(level=1, observed=False).sum().T
    order = totals.assign(all=totals.sum(axis=1)).sort_values(
        ["fails", "approximate", "all"], ascending=False, kind="stable"
    )
    single_first = sorted(rows["documents"].unique(), key=lambda documents: (documents.count(" "), documents))
    return counts.loc[order.index, single_first]


def _draw(counts: pd.DataFrame, *, lang: str, title: str) -> Figure:
    documents = list(counts.columns.get_level_values(0).unique())
    texts = [
        style.wrap(wording.name("kind", str(kind), lang), _LABEL_WIDTH - 0.1, style.SMALL_SIZE) for kind in counts.index
    ]
    heights = [_LINE * len(lines) + _ROW_GAP for lines in texts]
    heads = [[labels.document(code, lang) for code in str(codes).split()] for codes in documents]
    head_height = 0.1 + max(style.text_width(name, style.SMALL_SIZE, weight="bold") for name in chain(*heads))
    notes = [labels.text("notice.findings", lang)]
    figure = style.sheet(title=title, height=sum(heights) + head_height, notes=notes, handles=_handles(counts, lang))
    axes = figure.add_subplot()
    axes.set(xlim=(0, _WIDTH), ylim=(sum(heights), -head_height))
    axes.set_axis_off()
    edges = _column_edges(counts, documents)
    places = [(left + right) / 2 for left, right in pairwise(edges)]
    for left, right in list(pairwise(edges))[::2]:
        axes.axvspan(left, right, color="#f4f4f4", linewidth=0, zorder=-1)
    for place, codes in zip(places, heads, strict=True):
        head = "\n".join(codes)
        axes.text(place, -0.05, head, ha="center", va="bottom", weight="bold", size=style.SMALL_SIZE, rotation=90)
    top = 0.0
    for kind, lines, height in zip(counts.index, texts, heights, strict=True):
        axes.plot([0, _WIDTH], [top, top], color="#e4e4e4", linewidth=0.7, zorder=0)
        axes.text(0, top + height / 2, "\n".join(lines), va="center", size=style.SMALL_SIZE)
        for place, codes in zip(places, documents, strict=True):
            _draw_cell(axes, place, top + height / 2, counts.loc[kind, codes])
        top += height
    style.settle(figure)
    return figure


def _column_edges(counts: pd.DataFrame, documents: list[object]) -> list[float]:
    """Where columns begin and end, in inches; each is as wide as its fullest cell needs."""
    present = (counts > 0).T.groupby(level=0, sort=False, observed=False).sum().T  # verdicts in each cell
    marks = [max(1.3, float(present[codes].max())) for codes in documents]
    unit = (_WIDTH - _LABEL_WIDTH) / sum(marks)
    return [_LABEL_WIDTH + unit * done for done in (0.0, *accumulate(marks))]


def _handles(counts: pd.DataFrame, lang: str) -> Sequence[Line2D]:
    totals = counts.sum().groupby(level=1, observed=False).sum()
    return [
        Line2D(
            [],
            [],
            **_marker(verdict),
            label=f"{wording.name('verdict', verdict, lang)}: {labels.number(int(totals[verdict]), lang)}",
        )
        for verdict in tables.VERDICTS
    ]


def _marker(verdict: str) -> dict[str, Any]:
    look = LOOKS[verdict]
    face = "white" if verdict == "cannot be checked" else look.colour
    return {
        "marker": look.marker,
        "markersize": _MARKER,
        "markerfacecolor": face,
        "markeredgecolor": look.colour,
        "linestyle": "none",
    }


def _draw_cell(axes: Axes, x: float, y: float, counts: "pd.Series[int]") -> None:
    """The verdicts that occur in one cell, side by side around its middle."""
    found = [(verdict, int(counts[verdict])) for verdict in tables.VERDICTS if counts[verdict]]
    for number, (verdict, count) in enumerate(found):
        left = x + _MARK_WIDTH * (number - len(found) / 2)
        axes.plot([left + 0.08], [y], **_marker(verdict))
        axes.text(left + 0.16, y, str(count), va="center", ha="left", size=style.SMALL_SIZE)
