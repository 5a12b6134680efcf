"""Which year of a series a printed figure repeats: a row for each figure, a column for each year back."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, palette, style, wording

PRINTED: Final = "printed"
_ROW: Final = 0.32  # inches
_BEFORE: Final = 0.08  # of a column, between the printed figure and the first
_HEAD: Final = 0.5  # inches of the names of columns
_FIRST: Final = 2.05  # inches of the printed figures, across a sheet as wide as a page
_OTHER: Final = "#f1f1f1"


def plot_repeats(estimates: pd.DataFrame, *, lang: str = "en", title: str = "") -> Figure:
    """Draw printed figures beside the values of a series in the same and in earlier years; those that agree stand out.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates``, from `edition_repeats`: group ``printed`` with a rounding interval, one row a period,
        and groups named for the years back; measure and unit are the same in all rows.
    lang, title : str
        As in `plot_estimates`.

    Returns
    -------
    Figure
        A cell is filled where the value of its column lies in the interval of the printed figure; its number is the
        value with the decimals of the printed figure.

    Raises
    ------
    ValueError
        If rows differ in measure or unit, a period has no printed figure, or one cell has two values.

    Examples
    --------
    >>> from digital_diplomacy import figures, penetration, sources
    >>> table = sources.load("datareportal").query("measure == 'internet_users_pct'")
    >>> rows = penetration.printed_figures(table, source_id="datareportal")
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> figure = figures.plot_repeats(penetration.edition_repeats(rows, series, lags=[2]), lang="en")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['two years earlier', 'Printed,\\n% of population', 'Jan 2021', '81.9', '81.9', 'Jan 2023', '90.9', '90.9']
    """
    labels.check_language(lang)
    rows = marks.ready(estimates, tables.ESTIMATES)
    for column in ("entity", "measure", "unit"):
        if wording.differs(rows[column]):
            raise ArgumentError(
                "repeats are shown of one {column}, but these rows have several; select one", column=column
            )
    if rows.duplicated(["period", "group"]).any():
        raise ArgumentError("a period has two values of one group; select one source of the printed figures")
    own = rows[rows["group"] == PRINTED].set_index("period")
    lost = sorted(set(rows["period"]) - set(own.index))
    if lost:
        raise ArgumentError(
            "no printed figure of {lost} to compare with; its group is {printed!r}", lost=lost[0], printed=PRINTED
        )
    with style.context():
        return _draw(rows, own, lang=lang, title=title)


def _draw(rows: pd.DataFrame, own: pd.DataFrame, *, lang: str, title: str) -> Figure:
    columns = [group for group in sorted(rows["group"].unique()) if group != PRINTED]
    figure = style.sheet(
        title=title,
        height=_HEAD + _ROW * len(own) + 0.1,
        notes=[labels.text("notice.repeats", lang), *wording.source_line(rows["source_id"], lang)],
    )
    axes = figure.add_subplot()
    wide = (style.inner() - style.across(_FIRST)) / max(1, len(columns))
    first = style.across(_FIRST) / wide  # from here on a column is as wide as one
    for number, group in enumerate(columns):
        said = "\n".join(style.name_lines(wording.name("group", group, lang), wide - 0.03, style.SMALL_SIZE))
        axes.text(first + number + 0.5, -0.12, said, size=style.SMALL_SIZE, ha="center", va="bottom", gid="head")
    unit = wording.unit_and_base(str(rows["unit"].iloc[0]), str(rows["base"].iloc[0]), lang)
    head = f"{wording.name('group', PRINTED, lang)},\n{unit}"
    axes.text(first - _BEFORE, -0.12, head, size=style.SMALL_SIZE, ha="right", va="bottom", gid="head")
    for place, (period, printed) in enumerate(own.sort_index().iterrows()):
        values = rows[rows["period"] == period].set_index("group")["value"]
        _draw_row(axes, place, first, printed, values.reindex(columns), lang=lang)
    axes.set(xlim=(0, first + len(columns)), ylim=(len(own), -_HEAD / _ROW))
    axes.axis("off")
    style.settle(figure)
    return figure


def _draw_row(
    axes: Axes, place: int, first: float, printed: pd.Series, values: "pd.Series[float]", *, lang: str
) -> None:
    places = wording.decimals(float(printed["value"]), width=float(printed["high"] - printed["low"]))
    places = max(places, 1)
    name = labels.period(str(printed.name), lang)
    said = wording.rounded(float(printed["value"]), lang, places=places)
    axes.text(0, place + 0.5, name, size=style.TEXT_SIZE, va="center", gid="name")
    axes.text(
        first - _BEFORE, place + 0.5, said, size=style.TEXT_SIZE, weight="bold", ha="right", va="center", gid="printed"
    )
    for number, value in enumerate(values):
        if pd.isna(value):
            continue
        meets = bool(printed["low"] <= value <= printed["high"])
        face = palette.ASKED_COLOUR if meets else _OTHER
        cell = Rectangle(
            (first + number + 0.03, place + 0.06), 0.94, 0.88, facecolor=face, gid="same" if meets else "cell"
        )
        axes.add_patch(cell)
        axes.text(
            first + number + 0.5,
            place + 0.5,
            wording.rounded(float(value), lang, places=places),
            size=style.TEXT_SIZE,
            ha="center",
            va="center",
            color="white" if meets else style.INK,
            weight="bold" if meets else "normal",
        )
