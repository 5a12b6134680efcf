"""Verdicts on the relations between published figures, counted by document and kind."""

from itertools import pairwise
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from digital_diplomacy import labels, tables
from digital_diplomacy.figures import style, wording

LOOKS: Final = {
    "holds": style.Look(style.COLOURS[0], "o", "-"),
    "approximate": style.Look(style.COLOURS[6], "D", "-"),
    "fails": style.Look(style.COLOURS[1], "X", "-"),
    "cannot be checked": style.Look(style.FAINT, "s", "-"),
}
_LABEL_WIDTH: Final = 2.1  # inches
_COLUMN_WIDTH: Final = 1.18  # inches
_LINE: Final = 0.15  # inches of a line of text
_ROW_GAP: Final = 0.13  # inches between rows
_SMALLEST: Final = 5.0  # points across, of a marker for one relation
_LARGEST: Final = 13.0  # points across


def plot_findings(findings: pd.DataFrame, *, lang: str, title: str = "") -> Figure:
    """Count the verdicts of each kind of relation in each document, or set of documents compared.

    Parameters
    ----------
    findings : DataFrame
        The table ``findings``. Rows of the figure follow its order.
    lang, title : str
        Language of every word, and what is drawn above the figure.

    Returns
    -------
    Figure
        One column a verdict, told by place, colour, marker and word; the number stands beside each marker.

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
        return _draw(_lines(rows, lang), _counts(rows), lang=lang, title=title, areas=len(rows) > 1)


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Findings by documents and kind (rows) and verdict (all four columns)."""
    counts = pd.crosstab([rows["documents"], rows["kind"]], rows["verdict"])
    return counts.reindex(columns=list(tables.VERDICTS), fill_value=0)


def _lines(rows: pd.DataFrame, lang: str) -> list[tuple[str, str, str]]:
    """Rows from top to bottom: documents, kind (empty in a heading), text."""
    lines: list[tuple[str, str, str]] = []
    for documents, group in rows.groupby("documents", sort=False):
        codes = str(documents).split()
        code = "notice.document" if len(codes) == 1 else "notice.documents"
        lines.append((str(documents), "", labels.text(code, lang, documents=", ".join(codes))))
        lines.extend(
            (str(documents), kind, wording.name("kind", kind, lang)) for kind in group["kind"].drop_duplicates()
        )
    return lines


def _wrapped(line: tuple[str, str, str]) -> list[str]:
    return style.wrap(line[2], _LABEL_WIDTH, style.SMALL_SIZE, "normal" if line[1] else "bold")


def _draw(lines: list[tuple[str, str, str]], counts: pd.DataFrame, *, lang: str, title: str, areas: bool) -> Figure:
    heights = [_LINE * len(_wrapped(line)) + _ROW_GAP for line in lines]
    heads = {verdict: _head(verdict, int(counts[verdict].sum()), lang) for verdict in tables.VERDICTS}
    head_height = _LINE * max(text.count("\n") + 1 for text in heads.values()) + 0.1
    notes = [labels.text("notice.findings", lang)] if areas else []
    figure = style.sheet(title=title, height=sum(heights) + head_height, notes=notes)
    axes = figure.add_subplot()
    edges = [sum(heights[:number]) for number in range(len(heights) + 1)]
    axes.set(xlim=(0, _LABEL_WIDTH + 0.2 + 4 * _COLUMN_WIDTH), ylim=(edges[-1], -head_height))
    axes.set_axis_off()
    for column, verdict in enumerate(tables.VERDICTS):
        axes.text(_place(column), -0.05, heads[verdict], ha="center", va="bottom", weight="bold", size=style.SMALL_SIZE)
    for line, (top, bottom) in zip(lines, pairwise(edges), strict=True):
        _draw_line(axes, line, top, bottom, counts)
    style.settle(figure)
    return figure


def _head(verdict: str, count: int, lang: str) -> str:
    name = style.wrap(wording.name("verdict", verdict, lang), _COLUMN_WIDTH - 0.08, style.SMALL_SIZE, "bold")
    return "\n".join([*name, labels.number(count, lang)])


def _place(column: int) -> float:
    return _LABEL_WIDTH + 0.2 + _COLUMN_WIDTH * (column + 0.5)


def _draw_line(axes: Axes, line: tuple[str, str, str], top: float, bottom: float, counts: pd.DataFrame) -> None:
    documents, kind, _ = line
    middle = (top + bottom) / 2
    axes.text(
        0 if not kind else 0.12,
        middle,
        "\n".join(_wrapped(line)),
        va="center",
        size=style.SMALL_SIZE,
        weight="normal" if kind else "bold",
    )
    axes.plot([0, _place(4)], [top, top], color=style.FAINT if not kind else "#ececec", linewidth=0.7, zorder=0)
    if not kind:
        return
    largest = int(counts.to_numpy().max())
    for column, verdict in enumerate(tables.VERDICTS):
        count = int(counts[verdict][documents, kind])
        if count:
            _draw_count(axes, _place(column), middle, verdict, count, largest)


def _draw_count(axes: Axes, x: float, y: float, verdict: str, count: int, largest: int) -> None:
    """A marker whose area grows with the count, and the count beside it."""
    look = LOOKS[verdict]
    share = (count - 1) / max(1, largest - 1)
    size = (_SMALLEST**2 + share * (_LARGEST**2 - _SMALLEST**2)) ** 0.5
    hollow = verdict == "cannot be checked"
    face = "white" if hollow else look.colour
    axes.plot(
        [x - 0.12],
        [y],
        marker=look.marker,
        markersize=size,
        markerfacecolor=face,
        markeredgecolor=look.colour,
        linestyle="none",
    )
    axes.text(x + 0.06, y, str(count), va="center", ha="left", size=style.SMALL_SIZE)
