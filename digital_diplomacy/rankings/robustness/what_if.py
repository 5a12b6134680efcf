"""What would have to change for a unit to hold another rank: one of its indicators, or the weights of the index."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, brentq, milp

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.composite.aggregation import (
    aggregate_levels,
    methods_by_aggregate,
    thresholds_by_aggregate,
    weights_of,
)
from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, check_framework, check_values, hierarchy
from digital_diplomacy.rankings.composite.methods import Method
from digital_diplomacy.rankings.composite.pipeline import Index, resolve, run
from digital_diplomacy.rankings.composite.steps import Floats
from digital_diplomacy.rankings.rows import estimates

Steps = Sequence[Mapping[str, Any]]

_POINTS: Final = 4  # between now and the bound; a score that rises and falls again is caught by one of them
_PRECISION: Final = 1e-10  # of the way to the bound
_MARGIN: Final = 5e-6  # of the range of scores; above both tolerances of the solver together, far below printed digits
_LINEAR: Final[Mapping[str, Callable[[Floats], Floats]]] = {
    "arithmetic": lambda x: x,
    "geometric": np.log,
    "harmonic": lambda x: -1 / x,
}
"""Means as increasing functions of a mean that is linear in the weights."""


def indicator_change(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    steps: Steps,
    *,
    entity: str,
    rank: int,
    bounds: Mapping[str, tuple[float, float]] | None = None,
    source_id: str = "",
) -> pd.DataFrame:
    """The smallest change of each single indicator that brings a unit to a rank, all other values as they are.

    The index is made anew for every value tried, so that a changed value also moves what it is compared with (a new
    maximum, another mean). For a better rank the indicator moves towards its better end, for a worse one away from it.

    Parameters
    ----------
    values, framework, steps
        As `run` takes them, with one period.
    entity : str
        A unit with a score.
    rank : int
        Competition rank to be reached: that one or a better, or, from above it, that one or a worse.
    bounds : mapping of code to (low, high), optional
        How far an indicator can go, in its unit; by default to its goalposts, otherwise to the extremes of all units.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    DataFrame
        Estimates, two rows for each indicator the unit has (``group``), in the indicator's unit, n units ranked:
        ``value_now``, and ``value_needed`` with the interval ``bound`` of all values up to the indicator's bound.
        ``value_needed`` is missing where no value within the bounds is enough.

    Raises
    ------
    ValueError
        If there is no such unit or rank, or there are several periods.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 40, 80, 100], "y": [0.0, 40, 80, 100]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> steps = rankings.default_steps()
    >>> found = rankings.indicator_change(table, tree, steps, entity="A", rank=3, bounds={"y": (0, 50)})
    >>> found.loc[found["measure"] == "value_needed", "value"].round(6).tolist()
    [64.0, nan]
    """
    tree = check_framework(framework)
    table = check_values(values, tree)
    if PERIOD in table and len(set(table[PERIOD])) > 1:
        raise ArgumentError("values have several periods; keep the one in which the rank is asked for")

    def margin(code: str, value: float) -> float:
        changed = table.assign(**{code: table[code].mask(table[ENTITY] == entity, value)})
        return _margin(score(changed), entity, rank, better=better)

    score = _scorer(tree, steps)
    before = score(table)
    better = _is_better(before, entity, rank)
    own = {code: float(table.loc[table[ENTITY] == entity, code].iloc[0]) for code in hierarchy(tree).indicators}
    parts = []
    for _, row in tree[tree["code"].isin(list(own))].iterrows():
        code = str(row["code"])
        now = own[code]
        if np.isnan(now):
            continue
        upward = (row["direction"] > 0) == better
        end = _bound(table[code], row, (bounds or {}).get(code), upward=upward)
        needed = _first_crossing(cache(partial(margin, code)), now, end)
        parts += _change_rows(code, str(row["unit"]), now, needed, end)
    period = str(table[PERIOD].iloc[0]) if PERIOD in table else ""
    frame = pd.DataFrame(parts).assign(entity=entity, period=period, n=float(before.notna().sum()))
    return estimates(frame, source_id=source_id)


def _scorer(framework: pd.DataFrame, steps: Steps) -> Callable[[pd.DataFrame], pd.Series]:
    """Values to scores by entity: the whole run, or the last step alone where all others are skipped."""
    tree, resolved = hierarchy(framework), resolve(steps)
    if any(step.get("method") != "none" for step in resolved[:-1]):
        return lambda values: run(values, framework, steps).scores.set_index(ENTITY)[tree.index]
    methods = methods_by_aggregate(resolved[-1]["method"], framework)
    thresholds = thresholds_by_aggregate(resolved[-1]["threshold"], framework)
    codes, weights = list(tree.indicators), weights_of(framework)
    sign = framework.set_index("code").loc[codes, "direction"].to_numpy(float)

    def aggregated(values: pd.DataFrame) -> pd.Series:
        made = aggregate_levels(values[codes].to_numpy(float) * sign, weights, tree, methods, thresholds=thresholds)
        return pd.Series(made[:, -1], index=values[ENTITY])

    return aggregated


def _is_better(scores: pd.Series, entity: str, rank: int) -> bool:
    """Whether the rank asked for is the present one or a better."""
    if entity not in scores.index or np.isnan(scores[entity]):
        raise ArgumentError(
            "no unit {entity!r} with a score; the first with one: {index}",
            entity=entity,
            index=", ".join(scores.dropna().index[:5]),
        )
    if not 1 <= rank <= scores.notna().sum():
        raise ArgumentError(
            "rank is {rank}; choose 1 to {sum}, the number of units with a score", rank=rank, sum=scores.notna().sum()
        )
    return bool(rank <= 1 + (scores > scores[entity]).sum())


def _margin(scores: pd.Series, entity: str, rank: int, *, better: bool) -> float:
    """How far the unit's score is beyond the one that gives the rank; the rank is held at 0 and above."""
    if entity not in scores.index or np.isnan(scores[entity]):
        return -np.inf
    others = np.sort(scores.drop(entity).dropna().to_numpy())[::-1]
    if better:
        return float(scores[entity] - others[rank - 1]) if rank <= len(others) else np.inf
    # One more than rank - 2 units must be above, and a tie would leave the better of the two places to both.
    return float(np.nextafter(others[rank - 2], -np.inf) - scores[entity])


def _bound(column: pd.Series, row: pd.Series, given: tuple[float, float] | None, *, upward: bool) -> float:
    if given is not None:
        return float(given[upward])
    post = float(row["goalpost_high" if upward else "goalpost_low"])
    if not np.isnan(post):
        return post
    return float(column.max() if upward else column.min())


def _first_crossing(margin: Callable[[float], float], now: float, end: float) -> float:
    """The value nearest to ``now`` at which the margin is not negative; missing if there is none up to ``end``."""
    if margin(now) >= 0:
        return now
    last = now
    for point in np.linspace(now, end, _POINTS + 1)[1:] if end != now else []:
        if margin(point) >= 0:
            return _cross(margin, last, float(point), abs(end - now) * _PRECISION)
        last = float(point)
    return np.nan


def _cross(margin: Callable[[float], float], below: float, above: float, precision: float) -> float:
    """Root between two points, moved to the side on which the rank is held."""

    def finite(value: float) -> float:
        return float(np.clip(margin(value), -1e300, 1e300))

    root = float(brentq(finite, below, above, xtol=precision, rtol=8 * np.finfo(float).eps))
    step = precision if above > below else -precision
    while margin(root) < 0 and abs(above - root) > precision:
        root, step = root + step, 2 * step
    return root if margin(root) >= 0 else above


def _change_rows(code: str, unit: str, now: float, needed: float, end: float) -> list[dict[str, Any]]:
    reaches = not np.isnan(needed) and min(now, end) <= needed <= max(now, end)
    low, high = (min(needed, end), max(needed, end)) if reaches else (needed, needed)
    both = {"group": code, "unit": unit}
    return [
        {**both, "measure": "value_now", "value": now, "low": now, "high": now, "interval": "none"},
        {**both, "measure": "value_needed", "value": needed, "low": low, "high": high, "interval": "bound"},
    ]


def weight_change(
    index: Index, *, entity: str, rank: int, parent: str | None = None, source_id: str = ""
) -> pd.DataFrame:
    """The smallest change of weights that brings a unit to a rank or a better one, all values as they are.

    The sum of absolute changes is minimised over the weights of one aggregate's children (shares of sum 1, none
    negative), by a mixed-integer linear programme that also chooses who stays above.

    Parameters
    ----------
    index : Index
        As `run` returns it, one period; the mean of ``parent`` arithmetic, geometric, harmonic or generalised.
    entity : str
        A unit with a score.
    rank : int
        Competition rank to be reached.
    parent : str, optional
        The aggregate whose weights change: the index itself by default. Ranks are those in this aggregate.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    DataFrame
        Estimates, two rows for each child (``group``), unit ``share``, n units: ``weight_now`` and ``weight_needed``;
        the latter is missing if no weights bring the unit to the rank. Needed shares put the unit ahead
        by five millionths of the range of scores.

    Raises
    ------
    ValueError
        If there is no such unit, rank or aggregate, or its mean is another one.
    TableError
        If a child has no score for a unit.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.4, 0.8, 1], "y": [1.0, 0.8, 0.3, 0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> made = rankings.run(table, tree, rankings.EDITION_STEPS)
    >>> found = rankings.weight_change(made, entity="C", rank=1)
    >>> found[["group", "measure", "value"]].round(3)  # 0.8 w + 0.3 (1 - w) is B's 0.4 w + 0.8 (1 - w) at w = 5 / 9
      group        measure  value
    0     x     weight_now  0.500
    1     y     weight_now  0.500
    2     x  weight_needed  0.556
    3     y  weight_needed  0.444
    """
    framework = index.framework
    root = parent or hierarchy(framework).index
    children = hierarchy(framework).children.get(root)
    if children is None:
        raise ArgumentError("{root!r} is no aggregate of the framework", root=root)
    rows = index.scores[index.scores[root].notna()].reset_index(drop=True)
    if rows[ENTITY].duplicated().any():
        raise ArgumentError("the index has several periods; keep the one in which the rank is asked for")
    _is_better(rows.set_index(ENTITY)[root], entity, rank)
    gaps = rows[ENTITY][rows[list(children)].isna().any(axis=1)].tolist()
    if gaps:
        raise TableError(
            "{gaps}: a part of {root!r} has no score; impute it or leave the units out",
            gaps=", ".join(gaps[:5]),
            root=root,
        )
    weights = framework.set_index("code").loc[list(children), "weight"].to_numpy(float)
    now = weights / weights.sum()
    x = _linear(rows[list(children)].to_numpy(float), _method(index, root))
    needed = smallest_weight_change(x, now, int(np.flatnonzero(rows[ENTITY] == entity)[0]), rank)
    frame = pd.concat(
        [
            pd.DataFrame({"group": children, "measure": "weight_now", "value": now}),
            pd.DataFrame({"group": children, "measure": "weight_needed", "value": needed}),
        ]
    )
    period = str(rows[PERIOD].iloc[0]) if PERIOD in rows else ""
    known = frame.assign(period=period, n=float(len(rows)), low=np.nan, high=np.nan)
    return estimates(known, entity=entity, unit="share", interval="none", source_id=source_id)


def _method(index: Index, aggregate: str) -> Method:
    spec = index.steps[-1]["method"]
    return methods_by_aggregate(spec, index.framework)[aggregate]


def _linear(x: Floats, method: Method) -> Floats:
    """Scores of the children, transformed so that their weighted mean orders units as the method does."""
    if method.name in _LINEAR:
        return _LINEAR[method.name](x)
    if method.name == "generalised" and isinstance(method.combine, partial):
        power = float(method.combine.keywords["power"])
        return np.asarray(np.sign(power) * x**power) if power else np.log(x)
    raise ArgumentError(
        "no smallest change of weights for the method {name!r}; a mean of powers is needed", name=method.name
    )


def smallest_weight_change(x: Floats, weights: Floats, unit: int, rank: int) -> Floats:
    """Weights nearest to those given, by the sum of absolute changes, under which at most ``rank`` - 1 units are above.

    Parameters
    ----------
    x : ndarray, shape (units, parts)
        Scores whose weighted arithmetic mean is ranked.
    weights : ndarray, shape (parts,)
        At least 0, of sum 1.
    unit : int
        Row of ``x``.
    rank : int
        1 to units.

    Returns
    -------
    ndarray, shape (parts,)
        At least 0, of sum 1; all missing if no weights do.

    Examples
    --------
    >>> smallest_weight_change(np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([0.5, 0.5]), 0, 1).round(4).tolist()
    [0.6667, 0.3333]
    """
    ahead = x[unit] - np.delete(x, unit, axis=0)
    ahead = ahead[(ahead < 0).any(axis=1)]  # whoever is nowhere better is never above
    size, rivals = len(weights), len(ahead)
    if (ahead @ weights < 0).sum() < rank:
        return weights.copy()
    ahead = ahead / np.ptp(x, axis=0).max()  # the solver's tolerances are absolute
    margin = _MARGIN
    # Unknowns: weights, sizes of their changes, and for each rival whether it stays above.
    identity, none = np.eye(size), np.zeros((size, rivals))
    slack = np.diag(np.clip(-ahead.min(axis=1), 0, None) + 2 * margin)
    rules = [
        LinearConstraint(np.hstack([identity, -identity, none]), ub=weights),
        LinearConstraint(np.hstack([-identity, -identity, none]), ub=-weights),
        LinearConstraint(np.hstack([ahead, np.zeros((rivals, size)), slack]), lb=margin),
        LinearConstraint(np.concatenate([np.ones(size), np.zeros(size + rivals)]), lb=1, ub=1),
        LinearConstraint(np.concatenate([np.zeros(2 * size), np.ones(rivals)]), ub=rank - 1),
    ]
    goal = np.concatenate([np.zeros(size), np.ones(size), np.zeros(rivals)])
    whole = np.concatenate([np.zeros(2 * size), np.ones(rivals)])
    solved = milp(goal, constraints=rules, integrality=whole, bounds=Bounds(0, 1), options={"mip_rel_gap": 0})
    if solved.x is None:
        return np.full(size, np.nan)
    found = np.clip(solved.x[:size], 0, None)
    return np.asarray(found / found.sum())
