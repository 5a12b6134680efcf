"""Breaks of definition that a line over time crosses: drawn between its points, and told below."""

from typing import Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from digital_diplomacy import labels
from digital_diplomacy.figures.parts import style, wording

_LINE: Final = ["entity", "group", "measure", "base", "unit", "source_id"]
_BREAK: Final = ["measure", "period", "code", "detail"]


class Crossing(NamedTuple):
    """A break between two points of a line: of which measure, its period and code, where on the time axis, and what
    its sentence fills in."""

    measure: str
    period: str
    code: str
    x: float
    detail: str = ""


def crossed(rows: pd.DataFrame, breaks: pd.DataFrame | None) -> list[Crossing]:
    """Breaks of the rows' measures that have a point of one line on either side, by time.

    Parameters
    ----------
    rows : DataFrame
        Estimates with their place ``x`` on the time axis.
    breaks : DataFrame or None
        ``measure``, ``period`` (the first of the new definition; a range where it is only known to lie between),
        ``code`` and, where the sentence of a code has a place for it, ``detail``.
    """
    if breaks is None or breaks.empty:
        return []
    found: dict[tuple[str, ...], Crossing] = {}
    known = breaks.reindex(columns=_BREAK, fill_value="")
    told = [key for key in known.itertuples(index=False, name=None) if key[0] in set(rows["measure"])]
    for _, line in rows.groupby(_LINE, sort=False, dropna=False):
        points = list(zip(line["period"], line["x"], strict=True))
        for measure, period, code, detail in told:
            before = [x for at, x in points if _precedes(at, period)]
            after = [x for at, x in points if _follows(at, period)]
            if measure == line["measure"].iloc[0] and before and after:
                middle = (max(before) + min(after)) / 2
                found.setdefault((measure, period, code), Crossing(measure, period, code, middle, detail))
    return sorted(found.values())


def _precedes(at: str, period: str) -> bool:
    """Whether a point ends before a break; a year that holds it does not."""
    last, first = at.split("/")[-1], period.split("/")[0]
    size = min(len(last), len(first))
    return last[:size] < first[:size]


def _follows(at: str, period: str) -> bool:
    first, last = at.split("/")[0], period.split("/")[-1]
    size = min(len(first), len(last))
    return first[:size] >= last[:size]


def notes(rows: pd.DataFrame, breaks: pd.DataFrame | None, lang: str) -> list[str]:
    """What the breaks are, in one note that names their measure where the figure has several; none without any."""
    several, told, named = wording.differs(rows["measure"]), list[str](), ""
    for one in crossed(rows, breaks):
        said = labels.text(f"break.{one.code}", lang, when=labels.period(one.period, lang), detail=one.detail)
        is_new = several and one.measure != named
        told.append(f"{labels.text(f'measure.{one.measure}', lang)} — {said}" if is_new else said)
        named = one.measure
    return [labels.text("notice.breaks", lang, breaks="; ".join(told))] if told else []


def draw(axes: Axes, rows: pd.DataFrame, breaks: pd.DataFrame | None) -> None:
    """A dotted line for each break that a line of the panel crosses."""
    for x in {one.x for one in crossed(rows, breaks)}:
        axes.axvline(x, color=style.INK, linewidth=1, linestyle=(0, (1, 2)), zorder=1)
