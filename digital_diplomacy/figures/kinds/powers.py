"""The four powers of a network side by side: a row for each leading actor or standard, a column for each power."""

import math
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import marks, style, wording
from digital_diplomacy.figures.parts.axes import scale

NETWORK: Final = "network"


class Column(NamedTuple):
    """One power: the code of its heading, what is drawn, its p value, and what chance gives."""

    heading: str
    measure: str
    chance: str = ""
    expected: str = ""


COLUMNS: Final = (
    Column("power_networking", "core_ratio"),
    Column("power_network", "coverage", "coverage_p", "coverage_expected"),
    Column("power_networked", "dependence"),
    Column("power_programmers", "goals_set", "programmer_p"),
    Column("power_switchers", "switched_pairs", "switcher_p", "switched_pairs_expected"),
)
MAX_ROWS: Final = 24
_MEASURES: Final = tuple(column.measure for column in COLUMNS)
_MAKING: Final = ("programmer_p", "switcher_p")
_SIGNIFICANT: Final = 0.05
_HEADING: Final = 7.5  # points, at which the longest word of a heading fits its column
_NAMES: Final = 1.55  # inches of the names of rows
_COLUMN: Final = 0.98  # inches of a column's words
_BESIDE: Final = 3  # columns beside each other on a narrow sheet
_LINE: Final = 0.145  # inches of a line of words
_ROW: Final = 0.11  # inches added to a row
_BEHIND: Final = "#c9c9c9"


@wording.in_own_names
def plot_powers(estimates: pd.DataFrame, *, lang: str = "en", title: str = "", n: int = 5) -> Figure:
    """Draw the four powers of one relation side by side for those who lead in any of them.

    Parameters
    ----------
    estimates : DataFrame
        The table ``estimates`` of the four powers, of one group: for each actor ``core_ratio`` (networking power),
        ``dependence`` (networked power), ``goals_set`` and ``switched_pairs`` with their p values (network-making
        power), for each standard ``coverage`` with what chance gives (network power), and for ``network``
        the exclusion asymmetry. Further measures are passed over.
    lang : str
        Language of every word and number.
    title : str
        Drawn above the figure.
    n : int
        Leaders of each power that get a row, those equal to the n-th included as long as all fit into 24 rows.

    Returns
    -------
    Figure
        Rows by falling dependence; a dash where a power is not defined, an asterisk at p of 0.05 and less, without any
        one document too, a grey bar for what chance gives. A power that was not measured has no column; notes say so,
        and that nobody stands out.

    Raises
    ------
    ValueError
        If there is nothing to draw, ``n`` is below 1, or the rows are of several groups.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, labels, networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"], "weight": 1.0})
    >>> rows = networks.networked_power(networks.graph(ties))
    >>> with labels.own_names({"entity.a": "Adam", "entity.b": "Bela", "entity.c": "Cleo"}):
    ...     figure = figures.plot_powers(rows, lang="en")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]  # two depend on Cleo
    ['Cleo']
    """
    labels.check_language(lang)
    if n < 1:
        raise ArgumentError("n is {n}; at least 1 leader of each power expected", n=n)
    rows = tables.validate(estimates, tables.ESTIMATES)
    if wording.differs(rows["group"]):
        found = ", ".join(repr(str(group)) for group in rows["group"].unique()[:4])
        raise ArgumentError(
            "the powers of one relation stand in a figure, but these rows have {found}; select one", found=found
        )
    wanted = [part for column in COLUMNS for part in column[1:]]
    drawn = rows[rows["measure"].isin(wanted) & (rows["entity"] != NETWORK)]
    marks.ready(drawn[drawn["measure"].isin(_MEASURES)], tables.ESTIMATES)  # refuses rows without a value
    with style.context():
        return _draw(drawn, rows, _leaders(drawn, n), lang=lang, title=title)


def _leaders(rows: pd.DataFrame, n: int) -> list[str]:
    """Who stands in the figure, by falling dependence, then by code."""
    for least in range(n, 0, -1):
        chosen: set[str] = set()
        for column in COLUMNS:
            values = rows[(rows["measure"] == column.measure) & (rows["value"] > 0)].set_index("entity")["value"]
            places = values.rank(method="min", ascending=False)
            equal = places[places <= least].index
            # A crowd of equals, such as a large core, says little of any of them and would fill the figure.
            chosen |= set(equal if len(equal) <= 2 * least else [])
        if 0 < len(chosen) <= MAX_ROWS:
            break
    else:
        chosen = set(sorted(set(rows.loc[rows["value"].notna(), "entity"]))[:MAX_ROWS])
    depended = rows[rows["measure"] == "dependence"].set_index("entity")["value"]
    return sorted(chosen, key=lambda entity: (-float(depended.get(entity, -1.0)), entity))


def _draw(rows: pd.DataFrame, every: pd.DataFrame, leaders: list[str], *, lang: str, title: str) -> Figure:
    is_narrow = style.width() < style.WIDTH
    columns = [column for column in COLUMNS if (rows["measure"] == column.measure).any()]
    across = min(len(columns), _BESIDE) if is_narrow else len(columns)
    wide = _COLUMN * (_BESIDE if is_narrow else len(COLUMNS)) / across
    names = [style.name_lines(labels.entity(code, lang), style.across(_NAMES), style.SMALL_SIZE) for code in leaders]
    headings = [style.wrap(labels.text(f"notice.{column.heading}", lang), wide, _HEADING, "bold") for column in columns]
    words = [style.wrap(_axis(rows, column, lang), wide, 7) for column in columns]
    heights = [_LINE * len(name) + _ROW for name in names]
    room = _LINE * (max(map(len, headings)) + max(map(len, words))) + 0.5
    shown = rows[rows["entity"].isin(leaders) & rows["measure"].isin(_MEASURES)]
    down = math.ceil(len(columns) / across)
    figure = style.sheet(
        title=title,
        height=down * (sum(heights) + room),
        notes=[*_left_out(columns, lang), *_notes(rows, every, leaders, lang)],
        handles=marks.interval_handles(shown[shown["value"].notna()], lang),
    )
    panels = figure.subplots(down, across, gridspec_kw={"wspace": 0.08}, squeeze=False).ravel()
    for empty in panels[len(columns) :]:
        empty.set_axis_off()
    places = np.cumsum(heights) - np.array(heights) / 2
    for number, (axes, column) in enumerate(zip(panels, columns, strict=False)):
        first = number % across == 0
        axes.set_ylim(sum(heights), 0)
        axes.set_yticks(places, ["\n".join(name) for name in names] if first else [""] * len(names))
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="x", labelsize=7)
        axes.spines["left"].set_visible(False)
        axes.set_title("\n".join(headings[number]), loc="left", size=_HEADING, weight="bold")
        axes.set_xlabel("\n".join(words[number]), size=7, loc="left", linespacing=1.15)
        look = style.look(COLUMNS.index(column))
        _draw_column(axes, rows, column, dict(zip(leaders, places, strict=True)), look, lang=lang)
    style.settle(figure)
    return figure


def _left_out(columns: list[Column], lang: str) -> list[str]:
    """Which powers have no column, each with what it takes to measure it, said once."""
    missing = [labels.text(f"notice.{column.heading}_missing", lang) for column in COLUMNS if column not in columns]
    return [labels.text("notice.power_not_measured", lang, powers="; ".join(missing))] if missing else []


def _axis(rows: pd.DataFrame, column: Column, lang: str) -> str:
    """What the axis of a column shows, and its unit."""
    units = rows.loc[rows["measure"] == column.measure, "unit"]
    measure = labels.text(f"measure.{column.measure}", lang)
    return f"{measure}, {labels.text(f'unit.{units.iloc[0]}', lang)}" if len(units) else measure


def _draw_column(
    axes: Axes, rows: pd.DataFrame, column: Column, places: dict[str, float], look: style.Look, *, lang: str
) -> None:
    given = rows[rows["measure"] == column.measure].set_index("entity")
    shown = given.reindex([entity for entity in places if entity in given.index])
    by_chance = rows[rows["measure"] == column.expected].set_index("entity")[["low", "high"]].reindex(shown.index)
    chances = _worst(rows[rows["measure"] == column.chance]).reindex(shown.index)
    numbers = np.column_stack([shown[["value", "low", "high"]], by_chance, chances]).astype(float)
    scale(axes, "x", [0.0, *numbers[:, :5].ravel()], str(given["unit"].iloc[0]), lang, ticks=3)
    for entity, kind, (value, low, high, least, most, p) in zip(shown.index, shown["interval"], numbers, strict=True):
        place = places[str(entity)]
        if math.isnan(value):
            axes.text(0.02, place, "–", transform=axes.get_yaxis_transform(), va="center", color=style.FAINT)
            continue
        if not math.isnan(least):
            axes.plot([least, most], [place] * 2, color=_BEHIND, linewidth=5, solid_capstyle="butt", zorder=1.5)
        marks.draw_dot(axes, marks.Dot(value, low, high, kind), place, look, upright=False)
        if p <= _SIGNIFICANT:
            axes.annotate("*", (value, place), (6, -3), textcoords="offset points", va="center", annotation_clip=False)


def _worst(chances: pd.DataFrame) -> "pd.Series[float]":
    """The p of each actor, or the largest it takes when a document is left out."""
    return chances.set_index("entity")[["value", "high"]].max(axis=1)


def _notes(rows: pd.DataFrame, every: pd.DataFrame, leaders: list[str], lang: str) -> list[str]:
    shown = rows[rows["entity"].isin(leaders)]
    drawn = shown[shown["measure"].isin(_MEASURES)]
    tested = shown[shown["measure"].isin([column.chance for column in COLUMNS if column.chance])]
    making = every[every["measure"].isin(_MAKING)]
    said = [
        labels.text(code, lang)
        for code, wanted in {
            "notice.power_chance": shown["measure"]
            .isin([column.expected for column in COLUMNS if column.expected])
            .any(),
            "notice.power_significant": (_worst(tested) <= _SIGNIFICANT).any(),
            "notice.power_nobody": len(making) and not (_worst(making) <= _SIGNIFICANT).any(),
            "notice.power_undefined": drawn["value"].isna().any(),
            "notice.power_definitions": True,
        }.items()
        if wanted
    ]
    return [
        *_asymmetry(every, lang),
        *marks.interval_notes(drawn[drawn["value"].notna()], lang),
        " ".join(said),
        *wording.source_line(every["source_id"], lang),
    ]


def _asymmetry(rows: pd.DataFrame, lang: str) -> list[str]:
    """The exclusion asymmetry in a sentence, where it is known."""
    codes = ["exclusion_asymmetry", "exclusion_asymmetry_expected", "exclusion_asymmetry_p"]
    of_all = rows[rows["entity"] == NETWORK].set_index("measure")[["value", "low", "high"]].reindex(codes)
    numbers = of_all.to_numpy(dtype=float)
    if np.isnan(numbers[:, 0]).any():
        return []
    (value, low, high), chance = 100 * numbers[[0, 1, 1], [0, 1, 2]], numbers[2, 0]
    expected = wording.interval_text(round(low, 1), round(high, 1), lang, unit="percent")
    share = wording.number(value, lang, unit="percent")
    texts = {"value": share, "expected": expected, "p": wording.chance(chance, lang)}
    return [labels.text("notice.power_asymmetry", lang, **texts)]
