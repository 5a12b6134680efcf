"""Missing values: filled once by a stated rule, or several times to carry what is not known to the ranks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError, said
from digital_diplomacy.rankings.composite.framework import (
    ENTITY,
    PERIOD,
    Hierarchy,
    check_framework,
    check_values,
    hierarchy,
    replace_columns,
)
from digital_diplomacy.rankings.composite.gaussian import draw_missing, expect_missing
from digital_diplomacy.rankings.composite.normalisation import normalise_columns
from digital_diplomacy.rankings.composite.panel import PANEL, from_periods
from digital_diplomacy.rankings.composite.steps import (
    Floats,
    Step,
    blocks,
    cell_notes,
    choose,
    notes,
    refuse_constant,
    refuse_empty,
)

METRICS: Final = ("gower", "euclidean")
"""How far apart two units are, over the indicators both have: the mean difference as a share of the range, or the root
mean square difference in standard deviations."""

DRAWS: Final = ("iterative", "nearest")
"""Methods of `impute_many`."""


@dataclass(frozen=True)
class _Options:
    by: str
    level: int | None
    rescale: bool
    neighbours: int
    metric: str
    ridge: float


def impute(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: str = "median",
    by: str = "",
    level: int | None = 1,
    rescale: bool = True,
    max_distance: float | None = None,
    neighbours: int = 5,
    metric: str = "gower",
    ridge: float = 0.1,
    over: str | None = None,
) -> Step:
    """Fill missing values of indicators; what a method cannot fill stays missing.

    - ``mean``, ``median``: of the indicator
    - ``group_mean``, ``group_median``: of the indicator among units with the same value in column ``by``
    - ``row_mean``, ``row_median``: of the unit's other indicators under the same aggregate of height ``level``, after
      ``rescale`` put back on the indicator's own scale
    - ``latest``: the last earlier period of the unit that has a value
    - ``constant``: the same, or the first later one if there is no earlier
    - ``linear``: on the line between the neighbouring periods, and as ``constant`` outside them
    - ``nearest``: mean over the ``neighbours`` units nearest by ``metric`` that have the indicator
    - ``iterative``: expectation given the unit's other values under a multivariate normal distribution fitted by the EM
      algorithm, held within the observed range
    - ``none``

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them.
    method : str
        As listed.
    by : str
        Column of the values that groups units; a unit without group is not filled.
    level : int, optional
        Height of the aggregates within which rows are averaged (1: pillars of indicators); None for all indicators.
    rescale : bool
        Average rows on min-max scales on which more is better, not in the indicators' units.
    max_distance : float, optional
        Longest way to another period, in years; without it any.
    neighbours : int
        At least 1.
    metric : str
        One of ``METRICS``.
    ridge : float
        How far correlations are shrunk to 0 (0 to 1, not included) in ``iterative``; needed above 0 if there are more
        indicators than units.
    over : str, optional
        ``period`` or ``panel``: whose values are used, except by the panel methods; to be said if there are several
        periods.

    Returns
    -------
    Step
        A note for every value filled, with the method and, if from other periods, which.

    Raises
    ------
    TableError
        Naming indicators without any value, or without the spread a method needs.

    References
    ----------
    J. C. Gower, A general coefficient of similarity and some of its properties, 1971, Biometrics 27, pp. 857-871.
    O. Troyanskaya et al., Missing value estimation methods for DNA microarrays, 2001, Bioinformatics 17, pp. 520-525.
    A. P. Dempster, N. M. Laird, D. B. Rubin, Maximum likelihood from incomplete data via the EM algorithm, 1977,
    Journal of the Royal Statistical Society B 39, pp. 1-38.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ", "UZB", "KGZ"], "users": [90.0, np.nan, 80.0]})
    >>> tree = pd.DataFrame({"code": ["users", "index"], "parent": ["index", ""]})
    >>> rankings.impute(table, tree, method="mean").values["users"].tolist()
    [90.0, 85.0, 80.0]
    """
    choose("method", method, ("none", *_FILLS, *PANEL))
    options = _check(_Options(by, level, rescale, neighbours, metric, ridge))
    tree = check_framework(framework)
    table = check_values(values, tree)
    codes = list(hierarchy(tree).indicators)
    before = table[codes].to_numpy(float)
    if method == "none" or not np.isnan(before).any():
        return Step(table, tree, notes())
    if method in PANEL:
        after, reason = from_periods(table, before, method, max_distance)
    else:
        after, reason = before.copy(), np.full(before.shape, method, dtype=object)
        for rows in blocks(table, over):
            refuse_empty(table, codes, rows)
            after[rows] = _FILLS[method](table, rows, tree, options)
    filled = np.isnan(before) & ~np.isnan(after)
    said = cell_notes(table, codes, before, after, np.where(filled, reason, ""))
    return Step(replace_columns(table, dict(zip(codes, after.T, strict=True))), tree, said)


def _check(options: _Options) -> _Options:
    choose("metric", options.metric, METRICS)
    if options.neighbours < 1:
        raise ArgumentError("neighbours is {neighbours}; at least 1", neighbours=options.neighbours)
    if not 0 <= options.ridge < 1:
        raise ArgumentError("ridge is {ridge}; it must be from 0 to below 1", ridge=options.ridge)
    return options


def _cells(table: pd.DataFrame, rows: npt.NDArray[np.intp], tree: pd.DataFrame) -> Floats:
    return table[list(hierarchy(tree).indicators)].to_numpy(float)[rows]


def _by_column(statistic: Callable[..., Floats], *, grouped: bool) -> Callable[..., Floats]:
    """Fill every indicator with a statistic of its values, of all units or of those in the same group."""

    def fill(table: pd.DataFrame, rows: npt.NDArray[np.intp], tree: pd.DataFrame, options: _Options) -> Floats:
        x = _cells(table, rows, tree)
        groups = _groups(table, rows, options.by) if grouped else np.zeros(len(rows), dtype=int)
        filled = x.copy()
        for group in np.unique(groups[groups >= 0]):
            inside = groups == group
            known = ~np.isnan(x[inside]).all(axis=0)
            centre = np.full(x.shape[1], np.nan)
            centre[known] = statistic(x[inside][:, known], axis=0)
            filled[inside] = np.where(np.isnan(x[inside]), centre, x[inside])
        return filled

    return fill


def _groups(table: pd.DataFrame, rows: npt.NDArray[np.intp], by: str) -> npt.NDArray[np.intp]:
    if by not in table or by in (ENTITY, PERIOD):
        raise ArgumentError("by is {by!r}; name the column of the values that groups units", by=by)
    column = table[by].iloc[rows]
    return np.asarray(pd.factorize(column.where(column.astype(str) != ""))[0], dtype=np.intp)


def _by_row(statistic: Callable[..., Floats]) -> Callable[..., Floats]:
    """Fill every unit with a statistic of its other indicators in the same part of the framework."""

    def fill(table: pd.DataFrame, rows: npt.NDArray[np.intp], tree: pd.DataFrame, options: _Options) -> Floats:
        shape = hierarchy(tree)
        x = _cells(table, rows, tree)
        sign = tree.set_index("code")["direction"].loc[list(shape.indicators)].to_numpy(float)
        if options.rescale:
            refuse_constant(table, shape.indicators, rows, said("averaging rows on min-max scales"))
        scaled = normalise_columns(x, "min_max", directions=sign) if options.rescale else x
        low, high = np.nanmin(x * sign, axis=0), np.nanmax(x * sign, axis=0)
        filled = x.copy()
        for members in _families(shape, options.level):
            part = scaled[:, members]
            some = ~np.isnan(part).all(axis=1)
            centre = np.full(len(x), np.nan)
            centre[some] = statistic(part[some], axis=1)
            own = centre[:, None]
            if options.rescale:
                own = (own * (high - low)[members] + low[members]) * sign[members]
            filled[:, members] = np.where(np.isnan(x[:, members]), own, x[:, members])
        return filled

    return fill


def _families(shape: Hierarchy, level: int | None) -> list[list[int]]:
    """Positions of the indicators under each aggregate of a height (or the highest below it); all for None."""
    if level is None:
        return [list(range(len(shape.indicators)))]
    if not 1 <= level <= shape.levels:
        raise ArgumentError(
            "level is {level}; the framework has aggregates of height 1 to {levels}", level=level, levels=shape.levels
        )
    families: dict[str, list[int]] = {}
    for number, code in enumerate(shape.indicators):
        above = shape.parent[code]
        while above in shape.parent and shape.height[shape.parent[above]] <= level:
            above = shape.parent[above]
        families.setdefault(above, []).append(number)
    return list(families.values())


def _donors(x: Floats, metric: str) -> Floats:
    """Distances between units, shape (units, units); infinite to itself and where no indicator is shared."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if metric == "gower":
            spread = np.nanmax(x, axis=0) - np.nanmin(x, axis=0)
        else:
            spread = np.sqrt(np.nansum((x - np.nanmean(x, axis=0)) ** 2, axis=0) / (np.sum(~np.isnan(x), axis=0) - 1))
        told = spread > 0
        gaps = np.abs(x[:, None, told] - x[None, :, told]) / spread[told]
        shared = np.sum(~np.isnan(gaps), axis=2)
        total: Floats = np.nansum(gaps if metric == "gower" else gaps**2, axis=2) / shared
    distance: Floats = total if metric == "gower" else np.sqrt(total)
    distance[shared == 0] = np.inf
    np.fill_diagonal(distance, np.inf)
    return distance


def _nearest(x: Floats, neighbours: int, metric: str, pick: Callable[[Floats], float]) -> Floats:
    """Fill with what ``pick`` makes of the nearest donors' values; equally near ones in the order of the rows."""
    distance, filled = _donors(x, metric), x.copy()
    for unit, column in zip(*np.nonzero(np.isnan(x)), strict=True):
        able = np.flatnonzero(~np.isnan(x[:, column]) & np.isfinite(distance[unit]))
        if len(able):
            order = able[np.argsort(distance[unit, able], kind="stable")][:neighbours]
            filled[unit, column] = pick(x[order, column])
    return filled


def _mean_of_nearest(table: pd.DataFrame, rows: npt.NDArray[np.intp], tree: pd.DataFrame, options: _Options) -> Floats:
    return _nearest(_cells(table, rows, tree), options.neighbours, options.metric, lambda known: float(np.mean(known)))


def _iterative(table: pd.DataFrame, rows: npt.NDArray[np.intp], tree: pd.DataFrame, options: _Options) -> Floats:
    refuse_constant(table, hierarchy(tree).indicators, rows, said("method {method!r}", method="iterative"))
    return expect_missing(_cells(table, rows, tree), ridge=options.ridge)


_FILLS: Final[Mapping[str, Callable[..., Floats]]] = {
    "mean": _by_column(np.nanmean, grouped=False),
    "median": _by_column(np.nanmedian, grouped=False),
    "group_mean": _by_column(np.nanmean, grouped=True),
    "group_median": _by_column(np.nanmedian, grouped=True),
    "row_mean": _by_row(np.nanmean),
    "row_median": _by_row(np.nanmedian),
    "nearest": _mean_of_nearest,
    "iterative": _iterative,
}


def impute_many(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: str = "iterative",
    draws: int,
    neighbours: int = 5,
    metric: str = "gower",
    ridge: float = 0.1,
    over: str | None = None,
    rng: np.random.Generator,
) -> list[pd.DataFrame]:
    """Several completed tables that differ where values are missing, as far as the data leave them open.

    ``iterative`` draws the parameters of the normal distribution by refitting it to resampled units, and then the
    missing values given the observed ones; ``nearest`` draws one of the nearest donors. Both hold values within the
    observed range.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them.
    method : str
        One of ``DRAWS``.
    draws : int
        Tables to make, at least 1.
    neighbours, metric, ridge, over
        As for `impute`.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    list of DataFrame
        Like ``values``.

    Raises
    ------
    ArgumentError
        If ``draws`` is below 1.

    References
    ----------
    D. B. Rubin, Multiple Imputation for Nonresponse in Surveys, 1987, Wiley.
    J. Honaker, G. King, What to do about missing values in time-series cross-section data, 2010, American Journal of
    Political Science 54, pp. 561-581 (resampling before the EM algorithm).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [1.0, 2, 3, 4], "y": [10.0, 20, None, 40]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> rng = np.random.default_rng(1)
    >>> tables = rankings.impute_many(table, tree, method="nearest", neighbours=2, draws=20, rng=rng)
    >>> sorted({float(one["y"][2]) for one in tables})  # one of the two neighbours of C
    [20.0, 40.0]
    """
    choose("method", method, DRAWS)
    if draws < 1:
        raise ArgumentError("draws is {draws}; at least 1", draws=draws)
    options = _check(_Options("", None, False, neighbours, metric, ridge))
    tree = check_framework(framework)
    table = check_values(values, tree)
    codes = list(hierarchy(tree).indicators)
    filled = np.repeat(table[codes].to_numpy(float)[None], draws, axis=0)
    for rows in blocks(table, over):
        refuse_empty(table, codes, rows)
        refuse_constant(table, codes, rows, said("method {method!r}", method=method))
        x = _cells(table, rows, tree)
        if method == "iterative":
            filled[:, rows] = draw_missing(x, draws=draws, ridge=options.ridge, rng=rng)
        else:
            for draw in range(draws):
                filled[draw, rows] = _nearest(x, neighbours, metric, lambda known: float(rng.choice(known)))
    return [replace_columns(table, dict(zip(codes, draw.T, strict=True))) for draw in filled]
