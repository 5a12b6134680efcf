"""Small counts kept from readers who can add and subtract: cells are suppressed until no bound is too narrow."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.handed_counts import COLUMNS
from digital_diplomacy.messages.aggregates import ALL, AUTHORS, MESSAGES, PUBLISHED, SUPPRESSED, sums

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_TOTAL_COST: Final = 1000.0  # a total is worth as many cells
_LEAST: Final = 2
_ROUNDED: Final = 1e-6
_Relation = tuple[dict[int, float], bool]
"""Rows and their factors; whether their sum is 0, or at most 0."""


def suppress(rows: pd.DataFrame, *, threshold: int) -> pd.DataFrame:
    """Suppress small counts, and as many others that the small ones cannot be worked out.

    A cell (platform and period) is small if its messages, or its authors, are fewer than the threshold, but not none.
    Messages and authors of a cell are suppressed together. Further cells follow, those that cost least, until tables
    are found that agree with all that is left, and in which every suppressed count differs by the threshold or more:
    whoever knows the sums, that authors are no more than messages, that authors of a month are at least those of any
    day and at most those of all days together, and that an empty cell is always published, cannot narrow it further.
    Totals are suppressed only if they are small themselves, or if there is no other way; the total of all is never.

    Parameters
    ----------
    rows : DataFrame
        As `aggregate` returns it.
    threshold : int
        Least count that may be published, 2 or more.

    Returns
    -------
    DataFrame
        The rows, ``status`` ``suppressed`` and no value in some; all other values are exact.

    Raises
    ------
    ArgumentError
        If the threshold is below 2, or a month cannot be protected: too little was counted in it.

    References
    ----------
    Cox, L. H. (1980). Suppression methodology and statistical disclosure control. Journal of the American Statistical
    Association 75(370), 377-385.
    Fischetti, M., Salazar, J. J. (2001). Solving the cell suppression problem on tabular data with linear constraints.
    Management Science 47(7), 1008-1027.
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.

    Examples
    --------
    Of two platforms and two days one cell is small. Its row and its column give it away, so that a rectangle goes.

    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> cells = {"a": (2, 40), "b": (50, 60), "all": (52, 100)}
    >>> rows = [(p, f"2023-09-0{d}", n) for p, both in cells.items() for d, n in enumerate(both, 1)]
    >>> rows += [(p, "2023-09", sum(both)) for p, both in cells.items()]
    >>> table = pd.DataFrame(rows, columns=["platform", "period", "value"])
    >>> safe = messages.suppress(table.assign(measure="messages", status="published"), threshold=5)
    >>> safe.loc[safe["status"] == "suppressed", ["platform", "period"]].to_numpy().tolist()
    [['a', '2023-09-01'], ['a', '2023-09-02'], ['b', '2023-09-01'], ['b', '2023-09-02']]
    """
    if threshold < _LEAST:
        raise ArgumentError("the threshold is {threshold}; from 2 on, a count can be too small", threshold=threshold)
    found = rows.reset_index(drop=True)
    months = found["period"].str[:7]
    hidden = np.zeros(len(found), dtype=bool)
    for month in sorted(months.unique()):
        inside = (months == month).to_numpy()
        hidden[inside] = _hidden(found[inside].reset_index(drop=True), threshold, month)
    return found.assign(
        value=found["value"].astype(float).mask(hidden), status=np.where(hidden, SUPPRESSED, PUBLISHED)
    )[COLUMNS]


def attack(rows: pd.DataFrame) -> pd.DataFrame:
    """What anyone can conclude of the suppressed counts, by linear programmes.

    Parameters
    ----------
    rows : DataFrame
        As `suppress` or `read_counts` returns it.

    Returns
    -------
    DataFrame
        ``platform, period, measure, low, high`` of every suppressed count: whole numbers between which it lies. A cell
        without messages is always published, so that a suppressed one has at least one message; and a month whose
        authors are told of has at least one.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> rows = pd.DataFrame({"platform": ["vk", "ok", "all"], "period": "2023-09", "measure": "messages"})
    >>> rows["value"], rows["status"] = [None, None, 9.0], ["suppressed", "suppressed", "published"]
    >>> messages.attack(rows)[["low", "high"]].to_numpy().tolist()
    [[1.0, 8.0], [1.0, 8.0]]
    """
    found = rows.reset_index(drop=True)
    months = found["period"].str[:7]
    parts = [pd.DataFrame(columns=[*COLUMNS[:3], "low", "high"])]
    for month in sorted(months.unique()):
        table = found[months == month].reset_index(drop=True)
        unknown = (table["status"] == SUPPRESSED).to_numpy()
        some = (table["measure"] == MESSAGES) | (table["period"] == month)
        least = (some & unknown).to_numpy(dtype=float)
        given = table["value"].astype(float).to_numpy()
        system = _system(table, np.where(unknown, least, given), np.where(unknown, np.inf, given))
        ends = [_ends(system, int(place)) for place in np.flatnonzero(unknown)]
        parts.append(table.loc[unknown, COLUMNS[:3]].assign(low=[e[0] for e in ends], high=[e[1] for e in ends]))
    return pd.concat(parts[1:] or parts, ignore_index=True)


@dataclass(frozen=True, eq=False)
class _System:
    """What is known of the counts of a month: relations as rows of a matrix, and the least and most of each count."""

    matrix: Floats
    equal: Bools
    low: Floats
    high: Floats


def _system(table: pd.DataFrame, low: Floats, high: Floats) -> _System:
    relations = list(_relations(table))
    matrix = np.zeros((len(relations), len(table)))
    for at, (factors, _) in enumerate(relations):
        matrix[at, list(factors)] = list(factors.values())
    return _System(matrix, np.array([equal for _, equal in relations], dtype=bool), low, high)


def _relations(table: pd.DataFrame) -> Iterator[_Relation]:
    """Sums of messages; authors at most messages, at most those of the month, which are at most those of all days."""
    for total, parts, _ in sums(table):
        yield {total: -1.0, **dict.fromkeys(parts, 1.0)}, True
    place = {key: at for at, key in enumerate(zip(table["platform"], table["period"], table["measure"], strict=True))}
    for (platform, period, measure), at in place.items():
        if measure != AUTHORS:
            continue
        if (platform, period, MESSAGES) in place:
            yield {at: 1.0, place[platform, period, MESSAGES]: -1.0}, False
        days = [d for (p, q, m), d in place.items() if (p, m) == (platform, AUTHORS) and q != period == q[:7]]
        for day in days:
            yield {day: 1.0, at: -1.0}, False
        if days:
            yield {at: 1.0, **dict.fromkeys(days, -1.0)}, False


def _ends(system: _System, place: int) -> tuple[float, float]:
    """The least and the most that one count can be."""
    from scipy.optimize import linprog  # half a second to import, and most commands suppress nothing

    found = []
    for sign in (1.0, -1.0):
        cost = np.zeros(len(system.low))
        cost[place] = sign
        answer = linprog(
            cost,
            A_ub=system.matrix[~system.equal],
            b_ub=np.zeros((~system.equal).sum()),
            A_eq=system.matrix[system.equal],
            b_eq=np.zeros(system.equal.sum()),
            bounds=np.column_stack([system.low, system.high]),
            method="highs",
        )
        if answer.status == 3:  # without bound: nothing published says how many there are at most
            found.append(np.inf)
            continue
        if answer.status != 0:
            raise ArgumentError("the counts contradict each other; take the table as it was made")
        found.append(np.ceil(answer.fun - _ROUNDED) if sign > 0 else np.floor(-answer.fun + _ROUNDED))
    return float(found[0]), float(found[1])


def _hidden(table: pd.DataFrame, threshold: int, month: str) -> Bools:
    """Which counts of a month are suppressed."""
    value: Floats = np.asarray(table["value"], dtype=np.float64)
    cells = pd.factorize(pd.MultiIndex.from_frame(table[["platform", "period"]]))[0]
    small = (value > 0) & (value < threshold)
    hidden = np.isin(cells, cells[small])
    whole = ((table["platform"] == ALL) & (table["period"] == month)).to_numpy()
    if hidden[whole].any():
        raise _unprotected(month, threshold)
    price = np.where((table["platform"] == ALL) | (table["period"] == month), _TOTAL_COST, 1.0)
    fixed = whole | (np.bincount(cells, weights=value)[cells] == 0)
    system = _system(table, np.where(fixed, value, np.minimum(value, 1.0)), np.where(fixed, value, np.inf))
    seen = [value]
    while True:
        least, most = np.min(seen, axis=0), np.max(seen, axis=0)
        narrow = np.flatnonzero(hidden & (most - least < threshold))
        if not len(narrow):
            return hidden
        place = int(narrow[np.argmin((most - least)[narrow])])
        ends = (least[place], most[place])
        costs = np.asarray(np.where(hidden, 0.0, price), dtype=float)
        seen.extend(_others(system, value, costs, place, threshold, ends))
        if np.ptp(np.array(seen)[:, place]) < threshold:
            raise _unprotected(month, threshold)
        hidden |= np.isin(cells, cells[np.any(np.array(seen) != value, axis=0)])


def _unprotected(month: str, threshold: int) -> ArgumentError:
    return ArgumentError(
        "{month}: counts below {threshold} cannot be kept from readers who add and subtract, for too little was "
        "counted; count more platforms, or publish nothing of this month",
        month=month,
        threshold=threshold,
    )


def _others(
    system: _System, value: Floats, price: Floats, place: int, threshold: int, seen: tuple[float, float]
) -> Iterator[Floats]:
    """Other tables that could be true, cheapest first, until a count differs by the threshold between two of them."""
    for least, most in ((seen[0] + threshold, np.inf), (-np.inf, seen[1] - threshold)):
        found = _cheapest(system, value, price, place, least, most)
        if found is not None:
            yield found
            return
    for end in _ends(system, place):
        found = _cheapest(system, value, price, place, end, end)
        if found is not None:
            yield found


def _cheapest(system: _System, value: Floats, price: Floats, place: int, least: float, most: float) -> Floats | None:
    """The table of whole numbers that moves priced counts least, one count being bounded; None if there is none."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    low, high = system.low.copy(), system.high.copy()
    low[place], high[place] = max(low[place], least), min(high[place], most)
    if (low > high).any():
        return None
    count = len(value)
    eye, nothing = np.eye(count), np.zeros((len(system.matrix), count))
    # The counts, and how far each lies above and below the true one.
    rules = LinearConstraint(
        np.vstack([np.hstack([system.matrix, nothing, nothing]), np.hstack([eye, -eye, eye])]),
        np.concatenate([np.where(system.equal, 0.0, -np.inf), value]),
        np.concatenate([np.zeros(len(system.matrix)), value]),
    )
    bounds = Bounds(np.concatenate([low, np.zeros(2 * count)]), np.concatenate([high, np.full(2 * count, np.inf)]))
    cost = np.concatenate([np.zeros(count), price, price])
    kinds = np.concatenate([np.ones(count), np.zeros(2 * count)])
    answer = milp(cost, constraints=rules, bounds=bounds, integrality=kinds)
    return None if answer.x is None else np.round(answer.x[:count])
