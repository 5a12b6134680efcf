"""What share of the misprints a document could have would be noticed: a bar a document, filled as far as they would."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording

_ROW: Final = 0.36  # inches
_BAR: Final = 0.62  # of the row
_AXIS: Final = 0.12  # inches below the bars
_REST: Final = "#e3e3e3"
_HALF: Final = 50.0  # percent


def plot_noticed(estimates: pd.DataFrame, *, lang: str = "en", title: str = "") -> Figure:
    """Draw shares of a hundred as filled bars, a document a row, the largest first.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``: entity (a document), value in percent, ``n`` the misprints there are.
    lang, title : str
        As in `plot_estimates`.

    Returns
    -------
    Figure
        The share stands in or on each bar, the number it is of beside it. All misprints are counted, none is drawn by
        lot, so that no interval belongs to a share.

    Raises
    ------
    ValueError
        If a value is not in percent of 0 to 100.

    Examples
    --------
    >>> from digital_diplomacy import claims, figures, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-014', '000-012']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_websites'")
    >>> figure = figures.plot_noticed(claims.noticed(claims.power(read, relations)), lang="en")
    >>> sorted(text.get_text() for text in figure.axes[0].texts)
    ['38%', 'of 55']
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES)
    if (rows["unit"] != "percent").any() or not rows["value"].between(0, 100).all():
        raise ArgumentError("shares that are noticed are percentages from 0 to 100")
    with style.context():
        return _draw(rows.sort_values("value", ascending=False, kind="stable"), lang=lang, title=title)


def _draw(rows: pd.DataFrame, *, lang: str, title: str) -> Figure:
    handles = [
        Patch(color=colour, label=labels.text(code, lang))
        for colour, code in ((palette.ASKED_COLOUR, "notice.noticed"), (_REST, "notice.unnoticed"))
    ]
    notes = [labels.text("notice.misprints", lang), *wording.source_line(rows["source_id"], lang)]
    figure = style.sheet(title=title, height=_ROW * len(rows) + _AXIS, handles=handles, notes=notes)
    axes = figure.add_subplot()
    names = [wording.name("entity", str(code), lang) for code in rows["entity"]]
    axes.set_yticks(range(len(rows)), names, size=style.TEXT_SIZE)
    axes.set(ylim=(len(rows) - 0.5, -0.5), xlim=(0, 100), xticks=[])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    for place, (_, row) in enumerate(rows.iterrows()):
        _draw_bar(axes, place, float(row["value"]), int(row["n"]), lang)
    style.settle(figure)
    return figure


def _draw_bar(axes: Axes, place: int, share: float, count: int, lang: str) -> None:
    axes.barh([place], [100], height=_BAR, color=_REST, linewidth=0)
    axes.barh([place], [share], height=_BAR, color=palette.ASKED_COLOUR, linewidth=0, gid="share")
    sign = "%" if lang == "en" else "\N{NO-BREAK SPACE}%"
    said = f"{labels.number(round(share), lang)}{sign}"
    at, side = (share - 1.5, "right") if share > _HALF else (share + 1.5, "left")
    axes.text(at, place, said, weight="bold", va="center", ha=side, size=style.TEXT_SIZE, gid="value")
    of = labels.text("notice.of_misprints", lang, n=labels.number(count, lang))
    axes.text(101.5, place, of, va="center", size=style.SMALL_SIZE, gid="count")  # beside the bar, however full it is
