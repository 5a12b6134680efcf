"""Aggregation: from indicators to pillars to the index, with a method of its own at each level if wanted."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError, joined, said
from digital_diplomacy.rankings.composite.framework import PERIOD, Hierarchy, check_framework, check_values, hierarchy
from digital_diplomacy.rankings.composite.methods import DOMAINS, Method, Spec, method_of
from digital_diplomacy.rankings.composite.steps import Floats, Step, cell_notes, names

Flags = npt.NDArray[np.bool_]
T = TypeVar("T")

_ENOUGH: Final = 1e-9  # 3 of 5 children are at least 0.6, whatever their quotient is in binary


def codes_of(tree: Hierarchy) -> tuple[str, ...]:
    """All codes in the order of the columns of weights: indicators, then aggregates, the index last."""
    return (*tree.indicators, *tree.aggregates)


def weights_of(framework: pd.DataFrame) -> Floats:
    """Weights of a checked framework in the order of `codes_of`, shape (codes,)."""
    given = framework.set_index("code")["weight"]
    return given.loc[list(codes_of(hierarchy(framework)))].to_numpy(float)


def index_weights(weights: Floats, tree: Hierarchy) -> Floats:
    """Effective weights: the part of the index that each code makes up where every mean is arithmetic.

    Parameters
    ----------
    weights : ndarray, shape (..., codes)
        In the order of `codes_of`, at least 0, of any sum within a parent; leading axes are draws.

    Returns
    -------
    ndarray, shape (..., codes)
        0 to 1; the index has 1, and the indicators sum to 1. A complete table of values, shape (units, indicators),
        times the part that belongs to the indicators is the index.
    """
    place = {code: number for number, code in enumerate(codes_of(tree))}
    found = np.ones_like(weights)  # stored as weights are, whether by draw or by code
    for code in reversed(tree.aggregates):
        below = [place[child] for child in tree.children[code]]
        parts = weights[..., below]
        found[..., below] = found[..., [place[code]]] * parts / parts.sum(axis=-1, keepdims=True)
    return found


def aggregate_levels(
    x: Floats,
    weights: Floats,
    tree: Hierarchy,
    methods: Mapping[str, Method],
    *,
    thresholds: Mapping[str, float] | None = None,
) -> Floats:
    """Every aggregate of a table of values, or of many draws of it.

    Parameters
    ----------
    x : ndarray, shape (..., units, indicators)
        Normalised values, more is better, columns as ``tree.indicators``; missing as NaN.
    weights : ndarray, shape (..., codes)
        In the order of `codes_of`. Leading axes (draws) of both broadcast.
    tree : Hierarchy
        What is made of what.
    methods : mapping of aggregate to Method
        How each is made; see `methods_by_aggregate`.
    thresholds : mapping of aggregate to float, optional
        Smallest share of its children that must be there, 0 to 1; without it one child is enough.

    Returns
    -------
    ndarray, shape (..., units, aggregates)
        Columns as ``tree.aggregates``, the index last. Missing where too few children are there, and where a method is
        not defined for a value or would be for any aggregate below: a forbidden value never passes for a missing one.
    """
    place = {code: number for number, code in enumerate(codes_of(tree))}
    made: dict[str, Floats] = {code: x[..., number] for number, code in enumerate(tree.indicators)}
    refused: dict[str, Flags] = {}
    for code in tree.aggregates:
        children = tree.children[code]
        below = _stack([made[child] for child in children])
        method, parts = methods[code], weights[..., [place[child] for child in children]]
        enough = _enough(below, (thresholds or {}).get(code, 0.0))
        made[code] = _combined(method, below, parts, enough)
        wrong = [refused[child] for child in children if child in refused]
        outside = outside_domain(below, method).any(axis=-1) if method.domain != "any" else np.False_
        if outside.any() or wrong:
            refused[code] = np.logical_or.reduce(np.broadcast_arrays(outside, *wrong))
            made[code] = np.where(refused[code], np.nan, made[code])
    return _stack([made[code] for code in tree.aggregates])


def _stack(columns: Sequence[Floats]) -> Floats:
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def _enough(below: Floats, threshold: float) -> Flags:
    """Units with the wanted share of children; the one-dimensional answer of complete tables is the cheap case."""
    missing = np.isnan(below)
    if not missing.any():
        return np.ones(1, dtype=bool)
    have = below.shape[-1] - missing.sum(axis=-1)
    enough: Flags = (have > 0) & (have >= threshold * below.shape[-1] - _ENOUGH)
    return enough


def _combined(method: Method, below: Floats, weights: Floats, enough: Flags) -> Floats:
    if enough.all():
        return method.combine(below, weights)
    if method.relative:  # a unit left out for want of data is not compared with the others either
        below = np.where(enough[..., None], below, np.nan)
    return np.where(enough, method.combine(below, weights), np.nan)


def outside_domain(x: Floats, method: Method) -> Flags:
    """Cells that a method is not defined for, of the shape of ``x``."""
    if method.domain == "any":
        return np.zeros(x.shape, dtype=bool)
    outside: Flags = x < 0 if method.domain == "nonnegative" else x <= 0
    return outside


def methods_by_aggregate(
    method: Spec | Sequence[Spec] | Mapping[str, Spec], framework: pd.DataFrame
) -> dict[str, Method]:
    """The method of each aggregate.

    Parameters
    ----------
    method : method, sequence of methods, or mapping of aggregate to method
        One for all; one for each level, pillars of indicators first; or one for each aggregate by its code. A method is
        a name of ``METHODS``, or a mapping with that ``name`` and its options.
    framework : DataFrame
        As `check_framework` returns it.

    Raises
    ------
    ValueError
        If there are too few or too many, or an aggregate is unknown or left out.
    """
    tree = hierarchy(framework)
    if isinstance(method, str) or (isinstance(method, Mapping) and "name" in method and "name" not in tree.aggregates):
        return dict.fromkeys(tree.aggregates, method_of(method))
    if isinstance(method, Mapping):
        return {code: method_of(spec) for code, spec in _by_code(method, tree, "method").items()}
    return {code: method_of(spec) for code, spec in _by_level(method, tree, "method").items()}


def thresholds_by_aggregate(
    threshold: float | Sequence[float] | Mapping[str, float], framework: pd.DataFrame
) -> dict[str, float]:
    """The smallest share of children of each aggregate, given like the methods of `methods_by_aggregate`.

    Raises
    ------
    ValueError
        As `methods_by_aggregate`, and if a share is not within 0 and 1.
    """
    tree = hierarchy(framework)
    if isinstance(threshold, Mapping):
        found = _by_code(threshold, tree, "threshold")
    elif isinstance(threshold, Sequence):
        found = _by_level(threshold, tree, "threshold")
    else:
        found = dict.fromkeys(tree.aggregates, threshold)
    wrong = {code: share for code, share in found.items() if not 0 <= share <= 1}
    if wrong:
        raise ArgumentError("threshold is {wrong}; a share of the children from 0 to 1 expected", wrong=wrong)
    return found


def _by_level(given: Sequence[T], tree: Hierarchy, option: str) -> dict[str, T]:
    if len(given) != tree.levels:
        raise ArgumentError(
            "{option} has {count} entries for {levels} levels; give one for each, or one for all",
            option=option,
            count=len(given),
            levels=tree.levels,
        )
    return {code: given[tree.height[code] - 1] for code in tree.aggregates}


def _by_code(given: Mapping[str, T], tree: Hierarchy, option: str) -> dict[str, T]:
    unknown = [code for code in given if code not in tree.aggregates]
    missing = [code for code in tree.aggregates if code not in given]
    if unknown or missing:
        none = said("none")
        wrong = said(
            "unknown {unknown}; left out {missing}",
            unknown=", ".join(unknown) or none, missing=", ".join(missing) or none,
        )  # fmt: skip
        raise ArgumentError(
            "{option} by aggregate: {wrong}; name each aggregate of the framework once", option=option, wrong=wrong
        )
    return {code: given[code] for code in tree.aggregates}


def aggregate(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: Spec | Sequence[Spec] | Mapping[str, Spec] = "arithmetic",
    threshold: float | Sequence[float] | Mapping[str, float] = 0.0,
    pooled: bool = False,
) -> Step:
    """Values with one column more for every aggregate of the framework.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them; normalised, so that more is better everywhere. Weights count
        within a parent, whatever they sum to.
    method : method, sequence of methods, or mapping of aggregate to method
        One for all, one for each level (pillars of indicators first), or one for each aggregate. A method is a name, or
        a mapping with that name and its options: ``arithmetic``; ``geometric``; ``harmonic``; ``generalised`` (power);
        ``copeland``; ``mpi`` (penalty, spread) and ``adjusted_mpi`` (penalty), for values normalised as their authors
        do; ``owa`` (quantifier or order_weights); ``benefit_of_doubt`` (share_low, share_high); ``wroclaw``;
        ``mean_min`` (strength, smoothing).
    threshold : float, sequence or mapping
        Smallest share of its children, by number, that a unit must have for an aggregate; below it the aggregate is
        missing, above it the weights are shared out over the children that are there. 0 asks for one child.
    pooled : bool
        Whether ``copeland``, ``benefit_of_doubt`` and ``wroclaw`` compare the units of all periods with each other;
        otherwise those of one period.

    Returns
    -------
    Step
        Notes name the aggregates withheld for want of data.

    Raises
    ------
    ValueError
        If a method, an option or a threshold is unknown or senseless.
    TableError
        If a method is not defined for a value, naming unit, column, value and cure; or less is still better somewhere.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ", "UZB"], "a": [1.0, 4.0], "b": [4.0, np.nan]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> rankings.aggregate(table, tree, method="geometric", threshold=0.5).values["index"].tolist()
    [2.0, 4.0]
    """
    checked = check_framework(framework)
    table = check_values(values, checked)
    tree = hierarchy(checked)
    _refuse_directions(checked)
    methods = methods_by_aggregate(method, checked)
    thresholds = thresholds_by_aggregate(threshold, checked)
    x = table[list(tree.indicators)].to_numpy(float)
    scores = np.empty((len(table), len(tree.aggregates)))
    together = pd.Series("", index=table.index) if pooled or PERIOD not in table else table[PERIOD]
    for rows in table.groupby(together, sort=False).indices.values():
        scores[rows] = aggregate_levels(x[rows], weights_of(checked), tree, methods, thresholds=thresholds)
    made = pd.concat(
        [
            table.drop(columns=[code for code in tree.aggregates if code in table]),
            pd.DataFrame(scores, columns=list(tree.aggregates), index=table.index),
        ],
        axis=1,
    )
    for code in tree.aggregates:
        _refuse_outside(made, code, tree, methods[code])
    return Step(made, checked, _withheld(made, tree, thresholds))


def _refuse_directions(framework: pd.DataFrame) -> None:
    against = framework.loc[framework["direction"] < 0, "code"].tolist()
    if against:
        raise TableError(
            "framework: {against} still has direction -1, so that the index would reward it; normalise first, which "
            "turns the values, or set the direction of values that are turned already to 1",
            against=", ".join(map(repr, against)),
        )


def _refuse_outside(made: pd.DataFrame, code: str, tree: Hierarchy, method: Method) -> None:
    children = list(tree.children[code])
    below = made[children].to_numpy(float)
    rows, columns = np.nonzero(outside_domain(below, method))
    if not len(rows):
        return
    unit = names(made)
    cells = [
        said("{unit}, column {column!r}: {value:g}", unit=unit[r], column=children[c], value=below[r, c])
        for r, c in zip(rows[:10], columns[:10], strict=True)
    ]
    more = said(" and more") if len(rows) > len(cells) else ""
    raise TableError(
        "aggregate {code!r}: {cells}{more}; method {name!r} needs values {domains}: normalise to a range above 0 "
        "(such as 1 to 100), or take another method",
        code=code,
        cells=joined(cells),
        more=more,
        name=method.name,
        domains=DOMAINS[method.domain],
    )


def _withheld(made: pd.DataFrame, tree: Hierarchy, thresholds: Mapping[str, float]) -> pd.DataFrame:
    codes = list(tree.aggregates)
    after = made[codes].to_numpy(float)
    reason = np.full(after.shape, "", dtype=object)
    for column, code in enumerate(codes):
        children, rows = list(tree.children[code]), np.flatnonzero(np.isnan(after[:, column]))
        have = made[children].notna().sum(axis=1).to_numpy() if len(rows) else ()
        for row in rows:
            reason[row, column] = f"{have[row]} of {len(children)} children available, threshold {thresholds[code]:g}"
    return cell_notes(made, codes, np.full(after.shape, np.nan), after, reason)
