"""How alike a ranking and one known only within bounds can be: the extremes over all orders that fit the bounds."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.places import (
    COEFFICIENTS,
    MIN_UNITS,
    check_method,
    coefficient,
    pair_rows,
    shared_entities,
    sides,
)

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int_]

_HALF = 0.5  # a solver's 0 and 1 differ from them by less than its tolerance


def compatible_correlation(left: pd.DataFrame, right: pd.DataFrame, *, method: str = "kendall") -> pd.DataFrame:
    """Least and greatest correlation of a ranking with one known only within bounds, over every order that fits them.

    Both coefficients are sums over pairs of units: tau counts a pair as +1 or -1, and the sum of r s in Spearman's rho,
    with s the place among the shared units, is the sum of r and of the r of the later unit of every pair. So the
    extremes are those of a linear function of which unit of a pair comes first. Places between which no bound ends
    make a cell; within one any order is possible. A whole-number programme chooses a cell for each unit, no more units
    than places, and may count a pair as ordered one way only if the cells allow it; in a cell all pairs can then be
    ordered as wished. Both ends are thus attained, and no order goes beyond them. For bounds of this kind a formula is
    not to be had: to find the nearest order is NP-hard already for a partial order.

    Parameters
    ----------
    left : DataFrame
        Estimates with a value per entity.
    right : DataFrame
        Estimates with whole ``low`` and ``high`` places per entity; all its entities take part, also those that
        ``left`` does not have, since they hold places too.
    method : str
        ``kendall`` (tau-b) or ``spearman`` (rho).

    Returns
    -------
    DataFrame
        Pairs, one row without a value (no order is likelier than another), interval ``bound``, n shared entities; the
        right side is named ``<measure>_compatible``. Empty with fewer than five shared entities.

    Raises
    ------
    TableError
        If no order fits the bounds.

    References
    ----------
    F. J. Brandenburg, A. Gleissner, A. Hofmeier, Comparing and aggregating partial orders with Kendall tau distances,
    2013.

    Examples
    --------
    A to C are known, D and E hold places 4 and 5 in either order: of ten pairs none or one is inverted.

    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> left = pd.DataFrame({"entity": list("ABCDE"), "value": range(5), "measure": "egdi_rank", "source_id": ""})
    >>> right = left.assign(measure="ddr_rank", low=[1, 2, 3, 4, 4], high=[1, 2, 3, 5, 5])
    >>> rankings.compatible_correlation(left, right)[["low", "high", "n"]].to_numpy().tolist()
    [[0.8, 1.0, 5.0]]
    """
    check_method(method)
    both = shared_entities(left.dropna(subset="value"), right.reset_index(drop=True).assign(row=np.arange(len(right))))
    if len(both) < MIN_UNITS:
        return pair_rows([])
    score = np.full(len(right), np.nan)
    score[both["row"].to_numpy(int)] = both["value_left"].rank().to_numpy(float)
    low, high = right["low"].to_numpy(int), right["high"].to_numpy(int)
    ends = [_extreme(score, low, high, method, sign=sign) for sign in (-1, 1)]
    names = sides(left, right)
    row = {"value": np.nan, "low": min(ends), "high": max(ends), "interval": "bound", "level": np.nan}
    right_name = {"right": f"{names['right']}_compatible", "measure": COEFFICIENTS[method], "n": len(both)}
    return pair_rows([names | row | right_name])


def _extreme(score: Floats, low: Whole, high: Whole, method: str, *, sign: int) -> float:
    """Greatest (``sign`` 1) or least (-1) coefficient of scores with an order of all units within their bounds."""
    wished = sign * score
    order = np.lexsort((wished, _best_cells(wished, low, high, method)))
    kept = order[~np.isnan(score[order])]
    return coefficient(score[kept], np.arange(len(kept), dtype=float), method)


def _best_cells(wished: Floats, low: Whole, high: Whole, method: str) -> Whole:
    """Number of a cell for each unit, such that pairs are ordered by ``wished`` as far as their worth allows."""
    starts = np.unique(np.concatenate([low, high + 1]))  # no bound begins or ends between two places of a cell
    first, last = np.searchsorted(starts, low), np.searchsorted(starts, high, side="right") - 1
    units, cells = np.nonzero(
        (np.arange(len(starts) - 1) >= first[:, None]) & (np.arange(len(starts) - 1) <= last[:, None])
    )
    here = np.arange(len(units))
    gains, limits = _pairs(wished, first, last, np.searchsorted(units, np.arange(len(low))), method)
    width = len(units) + len(gains)
    one_cell = coo_array((np.ones(len(units)), (units, here)), shape=(len(low), width))
    room = coo_array((np.ones(len(units)), (cells, here)), shape=(len(starts) - 1, width))
    solved = milp(
        -np.concatenate([np.zeros(len(units)), gains]),
        integrality=np.concatenate([np.ones(len(units)), np.zeros(len(gains))]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(one_cell, 1, 1),
            LinearConstraint(room, -np.inf, np.diff(starts)),
            LinearConstraint(limits, -np.inf, 1),
        ],
        options={"mip_rel_gap": 0.0},
    )
    if solved.x is None:
        raise TableError("no order fits the bounds of the ranks: more units share places than there are places")
    chosen = solved.x[: len(units)] > _HALF
    return np.asarray(cells[chosen])


def _pairs(wished: Floats, first: Whole, last: Whole, begins: Whole, method: str) -> tuple[Floats, coo_array]:
    """What each pair is worth once ordered as wished, and the cells that rule that out: where only the later unit is.

    Pairs that the bounds order already, and pairs within one cell, are left out: nothing is to be decided on them.
    """
    wish, start, end, begin = (each.tolist() for each in (wished, first, last, begins))  # asked by the ten thousand
    gains: list[float] = []
    entries: list[tuple[int, int, float]] = []
    count = 0
    variables = begin[-1] + end[-1] - start[-1] + 1
    for pair in combinations(np.flatnonzero(~np.isnan(wished)).tolist(), 2):
        i, j = sorted(pair, key=lambda unit: wish[unit])
        if wish[i] == wish[j] or end[i] <= start[j] or end[j] < start[i]:
            continue
        if start[i] == end[i]:
            decisive = range(end[i] - 1, end[i])  # of a unit that cannot move, one cell says all
        elif start[j] == end[j]:
            decisive = range(start[j], start[j] + 1)
        else:
            decisive = range(start[j], end[i])
        for cell in decisive:
            before = [(begin[i] + c - start[i], -1.0) for c in range(start[i], min(cell, end[i]) + 1)]
            before += [(begin[j] + c - start[j], 1.0) for c in range(start[j], min(cell, end[j]) + 1)]
            entries += [(count, column, weight) for column, weight in [*before, (variables + len(gains), 1.0)]]
            count += 1
        gains.append(1.0 if method == "kendall" else wish[j] - wish[i])
    row, column, weight = (np.array(part) for part in zip(*entries, strict=True)) if entries else ((), (), ())
    return np.array(gains), coo_array((weight, (row, column)), shape=(count, variables + len(gains)))
