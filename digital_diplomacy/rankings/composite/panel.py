"""Values over several periods: filled from one another, and their trends."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, check_framework, check_values, hierarchy
from digital_diplomacy.rankings.composite.steps import Floats, choose
from digital_diplomacy.rankings.rows import estimates

PANEL: Final = ("latest", "constant", "linear")
"""Where a missing value comes from: the last earlier period, that or the first later one, or the line between both."""

TRENDS: Final = {"compound_growth": "compound_growth_share", "fitted_change": "fitted_change_share"}
"""Methods of `trends` and the codes of their measures."""


def from_periods(
    table: pd.DataFrame, x: Floats, method: str, max_distance: float | None
) -> tuple[Floats, npt.NDArray[np.object_]]:
    """Values filled from other periods of the same unit, and which those are."""
    if PERIOD not in table:
        raise ArgumentError(
            "method {method!r} fills from other periods; the values have no column {period!r}",
            method=method,
            period=PERIOD,
        )
    if max_distance is not None and not max_distance >= 0:
        raise ArgumentError("max_distance is {max_distance}; it must be 0 years or more", max_distance=max_distance)
    limit = np.inf if max_distance is None else max_distance
    filled, reason = x.copy(), np.full(x.shape, "", dtype=object)
    when = np.array([years(period) for period in table[PERIOD]])
    for unit in table.groupby(ENTITY, sort=False).indices.values():
        rows = unit[np.argsort(when[unit], kind="stable")]
        for column in np.flatnonzero(np.isnan(x[rows]).any(axis=0)):
            filled[rows, column], sources = fill_series(x[rows, column], when[rows], method, limit=limit)
            periods = table[PERIOD].iloc[rows].tolist()
            said = [f"{method}: from {' and '.join(periods[at] for at in found)}" for found in sources]
            reason[rows, column] = said
    return filled, reason


def years(period: str) -> float:
    """A period as a number of years: ``2021-07`` is 2021.5."""
    parts = [int(part) for part in str(period).split("/")[0].split("-") if part.isdigit()]
    if not parts or len(str(period).split("/")[0].split("-")) != len(parts):
        raise TableError(
            "values, column {period!r}: {period_2!r} is not ISO 8601 (YYYY, YYYY-MM or YYYY-MM-DD)",
            period=PERIOD,
            period_2=period,
        )
    month, day = [*parts[1:], 1, 1][:2]
    return parts[0] + (month - 1) / 12 + (day - 1) / 365.25


def fill_series(y: Floats, at: Floats, method: str, *, limit: float = np.inf) -> tuple[Floats, list[tuple[int, ...]]]:
    """One series over time filled from itself.

    Parameters
    ----------
    y : ndarray, shape (periods,)
        May hold missing values.
    at : ndarray, shape (periods,)
        Years, rising.
    method : str
        One of ``PANEL``.
    limit : float
        Longest way to a value used, in years.

    Returns
    -------
    filled : ndarray, shape (periods,)
    sources : list of tuple of int
        For every period, the positions its value comes from: itself, another, two, or none.

    Examples
    --------
    >>> fill_series(np.array([1.0, np.nan, 3.0]), np.array([2018.0, 2020, 2022]), "linear")
    (array([1., 2., 3.]), [(0,), (0, 2), (2,)])
    """
    known = np.flatnonzero(~np.isnan(y))
    filled, sources = np.array(y, dtype=float), []
    for now in range(len(y)):
        found = _sources(known, now, choose("method", method, PANEL))
        if any(abs(at[source] - at[now]) > limit for source in found):
            found = ()
        sources.append(found)
        if found:
            filled[now] = np.interp(at[now], at[list(found)], y[list(found)])
    return filled, sources


def _sources(known: npt.NDArray[np.intp], at: int, method: str) -> tuple[int, ...]:
    if at in known:
        return (at,)
    before, after = tuple(known[known < at][-1:].tolist()), tuple(known[known > at][:1].tolist())
    if method == "latest":
        return before
    if method == "constant":
        return before or after
    return before + after


def trends(
    values: pd.DataFrame, framework: pd.DataFrame, *, method: str = "compound_growth", source_id: str
) -> pd.DataFrame:
    """Yearly relative change of every indicator of every unit over the periods it has values for.

    - ``compound_growth``: (last / first)^(1 / years between them) - 1
    - ``fitted_change``: slope of the least-squares line over the periods / its height in the first period

    Parameters
    ----------
    values : DataFrame
        As `check_values` takes them, with ``period``.
    framework : DataFrame
        As `check_framework` takes it; directions do not matter, so that a rise is above 0 for every indicator.
    method : str
        One of ``TRENDS``.
    source_id : str
        Table the values come from.

    Returns
    -------
    DataFrame
        Estimates: ``group`` is the code of the indicator, ``period`` the range with values, ``value`` a share per year,
        ``n`` the number of values. The value is missing with fewer than two, and where the start is not above 0 (a
        relative change from there says nothing); no change at all is 0.

    Raises
    ------
    ArgumentError
        If the values have no periods.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": "KAZ", "period": ["2018", "2020"], "users": [50.0, 72.0]})
    >>> tree = pd.DataFrame({"code": ["users", "index"], "parent": ["index", ""]})
    >>> rankings.trends(table, tree, source_id="own")["value"].round(3).tolist()
    [0.2]
    """
    choose("method", method, TRENDS)
    tree = check_framework(framework)
    table = check_values(values, tree)
    if PERIOD not in table:
        raise ArgumentError("a trend needs periods; the values have no column {period!r}", period=PERIOD)
    rows = []
    for entity, unit in table.groupby(ENTITY, sort=False):
        when = np.array([years(period) for period in unit[PERIOD]])
        order = np.argsort(when, kind="stable")
        periods = unit[PERIOD].to_numpy()
        for code in hierarchy(tree).indicators:
            y = unit[code].to_numpy(float)
            known = order[~np.isnan(y[order])]
            span = "/".join(dict.fromkeys(periods[known[[0, -1]]])) if len(known) else ""
            value = _TREND[method](when[known], y[known]) if len(known) > 1 else np.nan
            rows.append({"entity": entity, "group": code, "period": span, "value": value, "n": float(len(known))})
    frame = pd.DataFrame(rows).assign(low=np.nan, high=np.nan)
    return estimates(frame, measure=TRENDS[method], unit="share", interval="none", source_id=source_id)


def _compound_growth(at: Floats, y: Floats) -> float:
    if y[0] == y[-1]:
        return 0.0
    if y[0] <= 0 or y[-1] < 0:
        return float("nan")
    return float((y[-1] / y[0]) ** (1 / (at[-1] - at[0])) - 1)


def _fitted_change(at: Floats, y: Floats) -> float:
    if np.ptp(y) == 0:
        return 0.0
    centred = at - at.mean()
    slope = centred @ (y - y.mean()) / (centred @ centred)
    start = y.mean() + slope * centred[0]
    return float(slope / start) if start > 0 else float("nan")


_TREND: Final = {"compound_growth": _compound_growth, "fitted_change": _fitted_change}
