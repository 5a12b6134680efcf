"""Verdicts on the relations between published figures: which kinds hold and fail in which documents."""

from collections.abc import Hashable, Sequence
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.kinds.matrix import depth, headings
from digital_diplomacy.figures.parts import style, wording

LOOKS: Final = {
    "holds": style.Look("#a9bdd0", "o", "-"),
    "approximate": style.Look(style.COLOURS[6], "D", "-"),
    "fails": style.Look(style.COLOURS[1], "X", "-"),
    "cannot be checked": style.Look(style.FAINT, "s", "-"),
}
_ORDER: Final = ("fails", "approximate", "cannot be checked", "holds")
"""In a cell the contradictions come first; what holds is the ground they stand out from."""

SEVERAL: Final = "several"
"""Column of the relations that compare documents with each other."""

REST: Final = "rest"
"""Row of the kinds of which nothing but agreement is told, where they are many."""

_FEW: Final = 4  # such kinds that keep rows of their own
_LABEL_WIDTH: Final = 2.1  # inches
_HEAD_SIZE: Final = 7.0  # points
_TOTAL_WIDTH: Final = 0.45  # inches of the counts at the right
_LINE: Final = 0.15  # inches of a line of text
_ROW_GAP: Final = 0.1  # inches between rows
_HEAD: Final = 0.26  # inches of the name of a block
_MARK: Final = 0.125  # inches of a mark and the gap beside it
_SIZES: Final = {"fails": 6.5, "approximate": 4.6, "cannot be checked": 5.0, "holds": 5.0}  # points across


def plot_findings(findings: pd.DataFrame, *, lang: str = "en", title: str = "") -> Figure:
    """Draw every relation as a mark, by its kind and by the document whose figures it compares.

    Parameters
    ----------
    findings : DataFrame
        The table ``findings``.
    lang, title : str
        Language of every word, and what is drawn above the figure.

    Returns
    -------
    Figure
        Kinds with contradictions stand together above those without, those with most first; more than four kinds whose
        relations are all without contradiction share the last row. Relations that compare documents have a column of
        their own. A verdict is told by colour, marker and, in the legend, word and total; the counts at the right are
        contradictions and relations of a kind.

    Raises
    ------
    ValueError
        If there is no finding.

    Examples
    --------
    >>> from digital_diplomacy import claims, figures, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> rows = claims.check(read, sources.load("claim_relations").query("relation_id == '000_lead_video'"))
    >>> figure = figures.plot_findings(rows, lang="en")
    >>> sorted(text.get_text() for text in figure.axes[0].texts)
    ['1 / 1', 'Almash 2018', 'Figures follow the stated order', 'With contradictions']
    """
    labels.check_language(lang)
    rows = tables.validate(findings, tables.FINDINGS)
    if rows.empty:
        raise ArgumentError("no findings to draw; check the selection that made them")
    with style.context():
        return _draw(*_gathered(_counts(rows)), lang=lang, title=title)


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Findings by kind (rows, the worst first) and column, verdict (columns; all four verdicts)."""
    columns = rows["documents"].mask(rows["documents"].str.contains(" "), SEVERAL).rename("column")
    verdicts = pd.Categorical(rows["verdict"], categories=list(tables.VERDICTS))
    counts = pd.crosstab(rows["kind"], [columns, verdicts], dropna=False)
    totals = counts.T.groupby(level=1, observed=False).sum().T
    order = totals.assign(all=totals.sum(axis=1)).sort_values(
        ["fails", "approximate", "all"], ascending=False, kind="stable"
    )
    several_last = sorted(columns.unique(), key=lambda code: (code == SEVERAL, code))
    return counts.loc[order.index, several_last]


def _gathered(counts: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The counts with the kinds that only hold in one row, if they are many, and how many kinds that row holds."""
    others = [verdict for verdict in tables.VERDICTS if verdict != "holds"]
    plain = counts.T.groupby(level=1, observed=False).sum().T[others].sum(axis=1) == 0
    if plain.sum() <= _FEW:
        return counts, 0
    rest = counts[plain].sum().to_frame(REST).T
    return pd.concat([counts[~plain], rest.set_axis(counts.columns, axis=1)]), int(plain.sum())


def _draw(counts: pd.DataFrame, gathered: int, *, lang: str, title: str) -> Figure:
    codes = list(counts.columns.get_level_values(0).unique())
    wide = (style.inner() - style.across(_LABEL_WIDTH) - _TOTAL_WIDTH) / len(codes)
    heads, turned = headings([_head(str(code), lang) for code in codes], wide, _HEAD_SIZE)
    deep = depth(heads, turned, _HEAD_SIZE)
    blocks = _blocks(counts, lang)
    lines = {kind: _lines(str(kind), gathered, lang) for kind in counts.index}
    per_line = max(1, int((wide - 0.1) / _MARK))
    heights = {kind: _height(counts.loc[kind], len(lines[kind]), per_line) for kind in counts.index}
    height = sum(heights.values()) + _HEAD * len(blocks)
    notes = [labels.text("notice.findings", lang), *wording.source_line(["claim_relations"], lang)]
    figure = style.sheet(title=title, height=height + deep, notes=notes, handles=_handles(counts, lang))
    axes = figure.add_subplot()
    axes.set(xlim=(0, style.inner()), ylim=(height, -deep))
    axes.set_axis_off()
    lefts = [style.across(_LABEL_WIDTH) + wide * place for place in range(len(codes))]
    for left, head in zip(lefts, heads, strict=True):
        axes.text(left, -0.06, "\n".join(head), va="bottom", weight="bold", size=_HEAD_SIZE, gid="column",
                  rotation=90 if turned else 0)  # fmt: skip
    for left in lefts[::2]:
        axes.axvspan(left - 0.04, left + wide - 0.04, color="#f6f6f6", linewidth=0, zorder=-1)
    top = 0.0
    for name, kinds in blocks:
        axes.text(0, top + _HEAD / 2, name, va="center", weight="bold", size=style.SMALL_SIZE, color="#555555")
        top += _HEAD
        for kind in kinds:
            _draw_row(axes, top, heights[kind], lines[kind], counts.loc[[kind]].iloc[0], lefts, per_line)
            top += heights[kind]
    style.settle(figure)
    return figure


def _head(code: str, lang: str) -> str:
    """Name of a column; where no document is named, no name."""
    return labels.text("notice.several_documents", lang) if code == SEVERAL else labels.document(code, lang)


def _blocks(counts: pd.DataFrame, lang: str) -> list[tuple[str, list[Hashable]]]:
    """Kinds with and without contradictions, under their names; no block that would be empty."""
    fails = counts.T.groupby(level=1, observed=False).sum().T["fails"]
    parts = (("notice.kinds_contradicted", fails > 0), ("notice.kinds_uncontradicted", fails == 0))
    return [(labels.text(code, lang), list(counts.index[chosen])) for code, chosen in parts if chosen.any()]


def _lines(kind: str, gathered: int, lang: str) -> list[str]:
    rest = labels.text("notice.kinds_rest", lang, count=labels.number(gathered, lang)) if kind == REST else ""
    return style.wrap(rest or wording.name("kind", kind, lang), style.across(_LABEL_WIDTH) - 0.15, style.SMALL_SIZE)


def _height(counts: "pd.Series[int]", lines: int, per_line: int) -> float:
    most = int(counts.groupby(level=0).sum().max())
    return max(_LINE * lines, _MARK * -(-most // per_line)) + _ROW_GAP


def _draw_row(
    axes: Axes, top: float, height: float, lines: list[str], counts: "pd.Series[int]", lefts: list[float], per_line: int
) -> None:
    """Name, marks and counts of one kind of relation."""
    middle = top + height / 2
    style.stroke(axes, [0, style.inner()], [top, top], color="#e4e4e4", linewidth=0.7, zorder=0)
    axes.text(0, middle, "\n".join(lines), va="center", size=style.SMALL_SIZE, gid="row")
    codes = list(counts.index.get_level_values(0).unique())
    for left, code in zip(lefts, codes, strict=True):
        found = [verdict for verdict in _ORDER for _ in range(int(counts[code, verdict]))]
        first = middle - _MARK * (-(-len(found) // per_line) - 1) / 2
        for place, verdict in enumerate(found):
            across, down = place % per_line, place // per_line
            style.stroke(axes, [left + _MARK * (across + 0.5)], [first + _MARK * down], **_marker(verdict))
    fails = int(counts.xs("fails", level=1).sum())
    said = f"{fails} / {int(counts.sum())}"
    axes.text(style.inner(), middle, said, ha="right", va="center", size=style.SMALL_SIZE, gid="count",
              weight="bold" if fails else "normal")  # fmt: skip


def _handles(counts: pd.DataFrame, lang: str) -> Sequence[Line2D]:
    totals = counts.sum().groupby(level=1, observed=False).sum()
    return [
        Line2D(
            [],
            [],
            **_marker(verdict),
            label=f"{wording.name('verdict', verdict, lang)}: {labels.number(int(totals[verdict]), lang)}",
        )
        for verdict in _ORDER
        if totals[verdict]
    ]


def _marker(verdict: str) -> dict[str, Any]:
    look = LOOKS[verdict]
    face = "white" if verdict == "cannot be checked" else look.colour
    return {
        "marker": look.marker,
        "markersize": _SIZES[verdict],
        "markerfacecolor": face,
        "markeredgecolor": look.colour,
        "linestyle": "none",
    }
